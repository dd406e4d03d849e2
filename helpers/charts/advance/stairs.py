"""Stairs: the bars of captures by day, on a scale of km or row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.selection import Study
from helpers.charts.advance.days import (
    draw_steps,
    find_span,
    find_steps,
    is_long,
    number_days,
    set_days,
)
from helpers.charts.advance.labels import place_stops, write_stops
from helpers.charts.advance.sheet import Sheet, bound_bar
from helpers.charts.captures.stops import DAY, Stop
from helpers.charts.captures.words import (
    say_texts,
    say_verb,
)
from helpers.charts.chart import Chart
from helpers.charts.look.fonts import measure_text
from helpers.charts.look.labels import Box, find_crossed, find_overlaps
from helpers.charts.look.language import Words, find_words
from helpers.charts.look.signs import (
    HIGH_MM,
    draw_days,
    style_days,
    style_hatch,
    style_hollow,
)
from helpers.charts.look.theme import LEADING, POINT, Look, Looks
from helpers.charts.maps.dots import find_colour, is_doubted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STAIR_MM = {"full": 84.0, "column": 84.0, "slide": 92.0}
ROW_MM = {"full": 9.5, "column": 10.5, "slide": 16.0}
BAR_MM = {"full": 2.6, "column": 2.6, "slide": 5.0}
BELOW = {True: 1.2, False: 0.7}  # of a row, brief or not: what words below its bars add to it
HIGHER = (1.12, 1.25, 1.4, 1.6, 1.8, 2.0)  # times as high as usual, where labels need it
EDGE = ("axes fraction", "data")
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
    sheet = _plan_sheet(study, stairs, (wide, high, tall), look, numbered)
    stops, ys = sheet.stops, sheet.ys
    set_days(axis, *find_span(stops), wide, look, find_words(study), striped=not numbered)
    axis.set_ylim(high, 0)
    for stop, y in zip(stops, ys):
        for one in (stop, *stop.after):
            _draw_stop(chart, axis, one, y, tall, look)
    draw_steps(chart, axis, _find_steps(sheet), look)
    write_stops(axis, sheet)
    if stairs.km and chart.width != "column":
        _write_km(axis, stairs, ys, look, find_words(study))
    elif stairs.km:
        _write_ends(axis, sheet, stairs.km, find_words(study))


def _plan_sheet(
    study: Study, stairs: Stairs, size: tuple[float, float, float], look: Look, numbered: bool
) -> Sheet:
    """What the labels of stairs in a panel of a size are written on."""
    brief = numbered and study.parameters["width"] == "slide"
    ys = _find_heights(stairs, size[1], size[2], look, brief)
    sheet = Sheet(study, stairs.stops, ys, size, [], look, numbered)
    paths = [path for _, path in _find_steps(sheet)]
    lines = [(*start, *end) for path in paths for start, end in zip(path, path[1:])]
    return sheet._replace(lines=lines)


def _find_steps(sheet: Sheet) -> list[tuple[Stop, list[tuple[float, float]]]]:
    """The lines from bar to bar; none over months, nor where labels stand in their place."""
    if is_long(sheet.stops) or sheet.brief:
        return []
    return find_steps(sheet.study, sheet.stops, sheet.ys, sheet.size[2])


def fit_height(
    study: Study,
    stairs: Stairs,
    size: tuple[float, float],
    most: float,
    look: Look,
    numbered: bool = False,
) -> float:
    """The least height of a panel at which no label covers other words or is crossed by a line,
    from that of `size` on, in HIGHER steps, up to `most`; where none is, the one at which they
    cover least."""
    tall, (wide, high) = BAR_MM[study.parameters["width"]], size
    heights = [high, *(high * share for share in HIGHER if high * share < most), max(high, most)]
    covered = {}
    for height in heights:
        sheet = _plan_sheet(study, stairs, (wide, height, tall), look, numbered)
        covered[height] = sum(one.covered for one in place_stops(sheet))
        if not covered[height]:
            break
    return min(covered, key=lambda height: covered[height])


def _write_km(axis: Axes, stairs: Stairs, ys: list[float], look: Look, words: Words) -> None:
    """The distance of each place to the last, left of the panel."""
    grey: Looks = {"size": look.date, "color": look.colour["secondary"], "va": "center"}
    for km, y in {round(km): y for km, y in zip(stairs.km, ys)}.items():
        axis.annotate(
            words.distance(km),
            (0, y),
            (-4, 0),
            EDGE,
            "offset points",
            ha="right",
            annotation_clip=False,
            **grey,
        )


def _write_ends(axis: Axes, sheet: Sheet, km: list[float], words: Words) -> None:
    """The distances of the farthest place and of the nearest on their levels, at the edge of the
    panel that has room: a column has none beside it."""
    look, panel = sheet.look, sheet.panel
    taken = [one.seat.box for one in place_stops(sheet)]
    taken += [bound_bar(sheet, stop, y) for stop, y in zip(sheet.stops, sheet.ys)]
    lines = np.array([[*sheet.place(*line[:2]), *sheet.place(*line[2:])] for line in sheet.lines])
    grey: Looks = {"size": look.date, "color": look.colour["secondary"], "va": "center"}
    for at in (int(np.argmax(km)), int(np.argmin(km))):
        said = words.distance(round(km[at]))
        wide, middle = measure_text(said, look.date), sheet.place(0, sheet.ys[at])[1]
        for share, side, left in ((0, "left", panel.x0), (1, "right", panel.x1 - wide)):
            box = Box(left, middle - look.date / 2, left + wide, middle + look.date / 2)
            full = find_overlaps(box, np.array(taken)).any()
            if not full and not find_crossed(lines.reshape(-1, 4), box).any():
                axis.annotate(said, (share, sheet.ys[at]), ha=side, xycoords=EDGE, **grey)
                break


def _draw_stop(chart: Chart, axis: Axes, stop: Stop, y: float, tall: float, look: Look) -> None:
    """The bar of a stop, as a mark: over the days that every text allows; hollow where nothing was
    captured, but the offensive began."""
    colour = find_colour(chart.study, stop, look)
    first, end = number_days([stop.first, stop.last + DAY])
    looks = style_days(colour, stop.days)
    if stop.step == "offensive_start":
        looks = style_hollow(colour)
    elif is_doubted(stop):
        looks = style_hatch(colour, tall >= HIGH_MM)
    bar = draw_days(axis, (first, end), y, tall, looks)
    claims = [*stop.claims, *stop.denied_claims]
    words = find_words(chart.study)
    days = words.period(stop.first, stop.last)
    said = f"{stop.name}: {say_verb(words, stop)} {days}, {say_texts(words, stop)}"
    plotted = {"x": stop.first, "end": stop.last, "step": stop.step, "side": stop.side}
    chart.mark_group(bar, stop.place, claims, said, **plotted)
