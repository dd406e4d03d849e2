"""Stairs: the bars of captures by day, on a scale of km or row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.charts.advance.days import draw_steps, find_span, is_long, number_days, set_days
from helpers.charts.advance.labels import Sheet, write_stops
from helpers.charts.captures.stops import DAY, Stop
from helpers.charts.captures.words import (
    say_texts,
    say_verb,
)
from helpers.charts.chart import Chart
from helpers.charts.look.language import Words, find_words
from helpers.charts.look.signs import HIGH_MM, draw_days, style_days, style_hatch
from helpers.charts.look.theme import LEADING, POINT, Look, Looks
from helpers.charts.maps.dots import find_colour, is_doubted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STAIR_MM = {"full": 84.0, "column": 84.0, "slide": 92.0}
ROW_MM = {"full": 9.5, "column": 10.5, "slide": 16.0}
BAR_MM = {"full": 2.6, "column": 2.6, "slide": 5.0}
BELOW = {True: 0.95, False: 0.7}  # of a row, brief or not: what words below its bars add to it
LEAST_APART = 8.0  # millimetres between two places on a scale of km; nearer, rows are drawn


class Stairs(NamedTuple):
    """What the figure shows: its stops from first to last; km of each to the target, empty where
    they make no way to one; speeds (derive_speed) between those of the route."""

    stops: list[Stop]
    km: list[float]
    speeds: pd.DataFrame


def is_apart(stairs: Stairs, width: str) -> bool:
    """Whether the bars of two places on a scale of km leave room for their labels."""
    km = sorted(set(stairs.km))
    scale = (STAIR_MM[width] - 16) / max(km[-1], 1)
    return not np.isnan(stairs.km).any() and min(np.diff(km), default=99) * scale >= LEAST_APART


def measure_stairs(stairs: Stairs, width: str) -> float:
    """The height of the panel in millimetres."""
    if stairs.km:
        return STAIR_MM[width]
    rows = len({stop.place for stop in stairs.stops})
    return min(rows * ROW_MM[width] + 4, 125.0 if width != "slide" else 98.0)


def _find_heights(stairs: Stairs, high: float, tall: float, look: Look, brief: bool) -> list[float]:
    """Where each bar stands, in millimetres from the panel's upper edge: those of a place on one
    level, since a town that is lost and taken again has not moved."""
    lines: dict[str, int] = {}
    for stop in stairs.stops:
        doubts = (stop.denials, stop.partly, stop.stance)
        beneath = sum(map(bool, doubts))
        beneath += bool(beneath and stop.after)  # beside words at the next bars
        lines[stop.place] = max(lines.get(stop.place, 1), 1 if brief else 1 + beneath)
    line, (first, *others) = look.label * LEADING * POINT, lines.values()
    if stairs.km:  # the farthest stands highest
        first = lines[stairs.stops[int(np.argmax(stairs.km))].place]
    top, low = first * line + tall + 2.0, high - max(0.9 * tall, 0.75 * line)
    if brief:  # labels stand level with their bars
        top, low = 0.55 * line, high - 0.55 * line
    if stairs.km:
        low -= 3.0
        return [low - km / max(stairs.km) * (low - top) for km in stairs.km]
    lost = {stop.place for stop in stairs.stops if stop.after}  # who took them stands below
    gaps = [
        (1.0 if brief else 0.5 + 0.5 * number) + BELOW[brief] * (place in lost)
        for place, number in zip(lines, others)
    ]
    weights = np.cumsum([0.0, *gaps])
    share = (low - top) / max(float(weights[-1]), 1.0)
    levels = dict(zip(lines, top + share * weights))
    return [float(levels[stop.place]) for stop in stairs.stops]


def draw_stairs(
    chart: Chart,
    axis: Axes,
    stairs: Stairs,
    size: tuple[float, float],
    look: Look,
    numbered: bool = False,
) -> None:
    """Bars, stair and labels in a panel of days across and millimetres down. numbered: a disc with
    its number stands before each label."""
    study, (wide, high) = chart.study, size
    if numbered and chart.width == "slide":
        look = replace(look, label=look.date)
    tall = BAR_MM[chart.width]
    tall *= 0.6 if numbered and chart.width == "slide" else 1.0
    stops, ys = (
        stairs.stops,
        _find_heights(stairs, high, tall, look, numbered and chart.width == "slide"),
    )
    set_days(axis, *find_span(stops), wide, look, find_words(study), striped=not numbered)
    axis.set_ylim(high, 0)
    for stop, y in zip(stops, ys):
        for one in (stop, *stop.after):
            _draw_stop(chart, axis, one, y, tall, look)
    brief = numbered and chart.width == "slide"  # labels stand where the lines would
    lines = [] if is_long(stops) or brief else draw_steps(chart, axis, stops, ys, tall, look)
    sheet = Sheet(axis, study, stops, ys, (wide, high, tall), lines, look, numbered)
    write_stops(sheet)
    if stairs.km and chart.width != "column":
        _write_km(axis, stairs, ys, look, find_words(study))


def _write_km(axis: Axes, stairs: Stairs, ys: list[float], look: Look, words: Words) -> None:
    """The distance of each place to the last, left of the panel."""
    grey: Looks = {"size": look.date, "color": look.colour["secondary"], "va": "center"}
    for km, y in {round(km): y for km, y in zip(stairs.km, ys)}.items():
        axis.annotate(
            words.distance(km),
            (0, y),
            (-4, 0),
            ("axes fraction", "data"),
            "offset points",
            ha="right",
            annotation_clip=False,
            **grey,
        )


def _draw_stop(chart: Chart, axis: Axes, stop: Stop, y: float, tall: float, look: Look) -> None:
    """The bar of a stop, as a mark: over the days that every text allows."""
    colour = find_colour(chart.study, stop, look)
    first, end = number_days([stop.first, stop.last + DAY])
    looks = style_days(colour, stop.days)
    if is_doubted(stop):
        looks = style_hatch(colour, tall >= HIGH_MM)
    bar = draw_days(axis, (first, end), y, tall, looks)
    claims = [*stop.claims, *stop.denied_claims]
    words = find_words(chart.study)
    days = words.period(stop.first, stop.last)
    said = f"{stop.name}: {say_verb(words, stop)} {days}, {say_texts(words, stop)}"
    plotted = {"x": stop.first, "end": stop.last, "step": stop.step, "side": stop.side}
    chart.mark_group(bar, stop.place, claims, said, **plotted)
