"""Speeds: those between captures, as bars on one scale or as rows of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.analysis.selection import Study
from helpers.charts.advance.reference import (
    BAND_MM,
    NAMES,
    Reference,
    draw_band,
    find_reference,
    write_reference,
)
from helpers.charts.chart import Chart
from helpers.charts.look.fonts import cut_lines, measure_text, wrap_text
from helpers.charts.look.language import Words, find_words
from helpers.charts.look.layout import add_panel
from helpers.charts.look.signs import style_hatch
from helpers.charts.look.theme import LEADING, POINT, Look, Looks
from helpers.corpus.places import name_places
from helpers.schema.formatting import say_range, say_round

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SPEED_MM = 44.0  # width of the panel
BROKEN = (0, (1.2, 0.9))  # the stroke of a single speed in doubt
SWATCH_MM = (3.6, 2.2)  # the hatching beside the words of a speed in doubt


def draw_speeds(
    chart: Chart, plot: Axes, place: tuple[float, float, float], speeds: pd.DataFrame, look: Look
) -> float:
    """The speed of each step as a bar from the slowest to the fastest that the days allow, on one
    scale from 0; gives the lower end."""
    (left, top, wide), words = place, find_words(chart.study)
    line = look.label * LEADING * POINT
    reference = find_reference(chart.study, speeds)
    title = wrap_text(words("speed"), look.label, wide / POINT, True)
    ways = [cut_lines(say_way(words, row), look.date, wide / POINT, 2) for row in _list(speeds)]
    head = 1.9 + title.count("\n")
    more = sum(way.count("\n") for way in ways)
    high = line * (head + more + 4.05 * len(speeds) + (3 if reference else 0))
    panel = add_panel(chart, left, top, wide, high)
    panel.axis("off")
    ends = (reference.lower, reference.upper) if reference else (0.0, 0.0)
    fastest = float(np.nanmax([1.0, *speeds["high"], *speeds["low"], *ends]))
    indent = measure_text("1,000 ", look.label, True) * POINT
    after = _measure_ends(words, speeds, look) if reference is None else 2 * indent
    scale = fastest / (wide - indent - after)  # km a day a millimetre
    panel.set(xlim=(-indent * scale, (wide - indent) * scale), ylim=(high, 0))
    bold: Looks = {"va": "top", "size": look.label, "weight": "bold", "color": look.colour["text"]}
    grey: Looks = {"va": "top", "size": look.date, "color": look.colour["secondary"]}
    edge, y = -indent * scale, head * line
    panel.text(edge, 0, title, linespacing=look.spacing, **bold)
    for row, way in zip(_list(speeds), ways, strict=True):
        leg = cut_lines(name_leg(chart.study, row), look.label, wide / POINT, 1, True)
        panel.text(edge, y, leg, **bold)
        panel.text(edge, y + line, way, linespacing=look.spacing, **grey)
        start = y
        y += (2.15 + way.count("\n")) * line
        if pd.isna(row.high):
            none = panel.text(edge, y - 0.1 * line, words("no_speed"), style="italic", **grey)
            chart.mark_derived(none, row, **_plot_speed(row))
        else:
            _draw_speed(chart, panel, row, y + 0.5 * line, scale, look)
            if reference:
                draw_band(panel, (y + 0.5 * line, BAND_MM), ends, look)
        y += 1.9 * line
        _aim(chart, panel, (edge, start, wide * scale, (2.1 + way.count("\n")) * line))
    if reference:
        high = _draw_reference(panel, reference, (edge, y, wide), scale, look)
    return top + high


def _draw_reference(
    panel: Axes, reference: Reference, place: tuple[float, float, float], scale: float, look: Look
) -> float:
    """The band of other battles by itself, its ends beside it, and what it is; gives the lower
    end."""
    edge, y, wide = place
    line = look.label * LEADING * POINT
    strong: Looks = {"size": look.label, "weight": "bold", "color": look.colour["secondary"]}
    panel.text(edge, y, "For comparison", va="top", gid=f"{NAMES}title", **strong)
    middle = y + 1.85 * line
    draw_band(panel, (middle, BAND_MM), (reference.lower, reference.upper), look)
    for x, number, side in (
        (reference.lower - scale, reference.lower, "right"),
        (reference.upper + scale, reference.upper, "left"),
    ):
        words = say_round(number)
        panel.text(x, middle, words, ha=side, va="center", gid=f"{NAMES}{side}", **strong)
    return write_reference(panel, reference, (edge, y + 2.7 * line, wide), look)


def _draw_speed(chart: Chart, panel: Axes, row, middle: float, scale: float, look: Look) -> None:
    """The bar of one speed, hatched where a capture that it is between is in doubt, a line from 0
    to it, and behind it its ends."""
    from matplotlib.patches import Rectangle

    colour, tall = look.colour["advance"], 2.2
    looks: Looks = {"facecolor": colour, "edgecolor": colour, "linewidth": 0.9}
    if row.doubt:
        looks |= style_hatch(colour)
        if row.low == row.high:  # a stroke has no room for hatching, and is broken instead
            looks |= {"linestyle": BROKEN}
    bar = Rectangle((row.low, middle - tall / 2), row.high - row.low, tall, zorder=3, **looks)
    panel.add_patch(bar)
    chart.mark_derived(bar, row, **_plot_speed(row))
    words = find_words(chart.study)
    strong: Looks = {"va": "center", "size": look.label, "weight": "bold", "color": colour}
    rule: Looks = {"color": look.colour["secondary"], "linewidth": 0.6}
    panel.plot([0, row.low], [middle, middle], **rule)
    panel.plot([0, 0], [middle - tall / 2, middle + tall / 2], **rule)
    grey: Looks = {"va": "center", "size": look.date, "color": look.colour["secondary"]}
    panel.text(-scale, middle, words.number(0), ha="right", **grey)
    said = words.range(row.low, row.high)
    panel.text(row.high + scale, middle, said, ha="left", **strong)


def _list(speeds: pd.DataFrame) -> list[Any]:
    return list(speeds.itertuples())


def _measure_ends(words: Words, speeds: pd.DataFrame, look: Look) -> float:
    """The millimetres that the ends of the longest speed take behind its bar."""
    known = speeds.dropna(subset=["high"])
    said = [words.range(row.low, row.high) for row in known.itertuples()]
    return max((measure_text(one, look.label, True) * POINT for one in said), default=0.0) + 2


def list_speeds(
    chart: Chart, plot: Axes, place: tuple[float, float, float], speeds: pd.DataFrame, look: Look
) -> float:
    """The speeds as rows of words; gives the lower end."""
    (left, top, wide), words = place, find_words(chart.study)
    line = look.label * LEADING * POINT
    bold: Looks = {"va": "top", "size": look.label, "weight": "bold"}
    plot.text(left, top, words("speed"), color=look.colour["text"], **bold)
    y = top + 1.5 * line
    for row in speeds.itertuples():
        grey: Looks = {"va": "top", "size": look.date, "color": look.colour["secondary"]}
        plot.text(left, y, name_leg(chart.study, row), color=look.colour["text"], **bold)
        way = cut_lines(say_way(words, row), look.date, wide / POINT, 2)
        plot.text(left, y + line, way, linespacing=look.spacing, **grey)
        said = words("speed_none")
        if pd.notna(row.high):
            said = words("km_a_day", range=words.range(row.low, row.high))
        told = plot.text(left + wide, y, said, ha="right", color=look.colour["advance"], **bold)
        chart.mark_derived(told, row, **_plot_speed(row))
        if row.doubt and pd.notna(row.high):
            end = left + wide - measure_text(said, look.label, True) * POINT - 1.5
            _draw_swatch(plot, (end, y + 0.45 * line), look)
        more = way.count("\n") * line
        _aim(chart, plot, (left, y, wide, 2.2 * line + more))
        y += 2.4 * line + more
    reference = find_reference(chart.study, speeds)
    return _list_reference(plot, reference, (left, y, wide), look) if reference else y


def _draw_swatch(plot: Axes, end: tuple[float, float], look: Look) -> None:
    """The hatching of what is in doubt, left of words; end: the middle of its right edge."""
    from matplotlib.patches import Rectangle

    (x, y), (wide, high) = end, SWATCH_MM
    looks = style_hatch(look.colour["advance"])
    plot.add_patch(Rectangle((x - wide, y - high / 2), wide, high, zorder=3, **looks))


def _list_reference(
    plot: Axes, reference: Reference, place: tuple[float, float, float], look: Look
) -> float:
    """The reference as a row of words on a pale band; gives the lower end."""
    left, y, wide = place
    line = look.label * LEADING * POINT
    strong: Looks = {"size": look.label, "weight": "bold", "color": look.colour["secondary"]}
    plot.text(left + 1, y + 1, "For comparison", va="top", gid=f"{NAMES}title", **strong)
    said = f"{say_range(reference.lower, reference.upper)} km a day"
    at = (left + wide - 1, y + 1)
    plot.text(*at, said, ha="right", va="top", gid=f"{NAMES}ends", **strong)
    low = write_reference(plot, reference, (left + 1, y + 1 + line, wide - 2), look) + 1
    draw_band(plot, ((y + low) / 2, low - y), (left, left + wide), look, 0.12)
    return low


def _aim(chart: Chart, axes: Axes, place: tuple[float, float, float, float]) -> None:
    """Let a click on a block (x, y, width, height) lead where the mark entered last leads."""
    from matplotlib.patches import Rectangle

    x, y, wide, high = place
    target = Rectangle((x, y), wide, high, facecolor="none", edgecolor="none", zorder=0.9)
    axes.add_patch(target)
    chart.aim(target)


def _plot_speed(row) -> dict[str, object]:
    return {
        "low": row.low,
        "high": row.high,
        "unit": row.unit,
        "km": round(row.km, 1),
        "days_fewest": row.days_fewest,
        "days_most": row.days_most,
    }


def name_leg(study: Study, row) -> str:
    """Aleppo to Hama."""
    ends = (name_places(study.places, place) for place in (row.place, row.place_to))
    return find_words(study)("leg", place=next(ends), place_to=next(ends))


def say_way(words: Words, row) -> str:
    """124 km in 5 to 6 days; 141 km, perhaps both on 8 Dec; 65 km in 3 days from the recapture,
    where a side took the place that a step sets out from more than once; 45 km in 2 to 3 days to a
    denied capture, of one that has a speed."""
    km = words.number(round(row.km))
    if row.days_fewest <= 0:
        days = words.period(row.both_first, row.both_last)
        one = row.both_first == row.both_last
        said = words("way_one_day" if one else "way_some_day", km=km, days=days)
    elif row.days_fewest == row.days_most:
        said = words("way", km=km, days=words.count("in_days", row.days_most))
    else:
        days = words("way_days", fewest=row.days_fewest, most=row.days_most)
        said = words("way", km=km, days=days)
    doubt = row.doubt if pd.notna(row.high) else ""
    return " ".join([said, *(words(name) for name in (row.counted_from, doubt) if name)])
