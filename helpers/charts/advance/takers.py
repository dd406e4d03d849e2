"""Takers: at the bars of a place that changed hands who took it away and who took it back."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from helpers.charts.advance.days import number_days
from helpers.charts.advance.sheet import Seat, Sheet, bound_bar, write_shape
from helpers.charts.captures.stops import Stop, span_years
from helpers.charts.captures.words import say_claimed, say_side
from helpers.charts.look.labels import Box, Ground, find_crossed, find_overlaps
from helpers.charts.look.language import find_words
from helpers.charts.maps.dots import Run, Shape, measure_shape

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CLEAR = 3.5  # points left and right of such words, which else run on into others


class Takers(NamedTuple):
    """The words at the bars of a row, each with its place, and the ground with them on it. covered:
    how many of them found no free place."""

    told: list[tuple[Shape, Seat]]
    ground: Ground
    covered: int = 0


def place_takers(sheet: Sheet, stop: Stop, y: float, ground: Ground) -> list[Takers]:
    """Where the words on who took a place away and back may stand: at first below the bars, and at
    first above them; one empty choice of a place that kept its holder."""
    if not stop.after:
        return [Takers([], ground)]
    return [_place_row(sheet, stop, y, ground, first) for first in ("below", "above")]


def _place_row(sheet: Sheet, stop: Stop, y: float, ground: Ground, first: str) -> Takers:
    """The words of a row, each at the first free place at its bar; in two lines where one would
    stretch over another bar of the row."""
    row, told = [bound_bar(sheet, one, y) for one in (stop, *stop.after)], []
    covered = 0
    for bar, one in zip(row[1:], stop.after):
        panel = ground.panel
        columns = [  # as wide as bars, which need no room beside them
            Box(other.x0 + CLEAR, panel.y0, other.x1 - CLEAR, panel.y1)
            for other in row
            if other != bar
        ]
        strict = replace(ground, boxes=np.vstack([ground.boxes, *columns]))
        shapes = _shape_taker(sheet, one)
        shape = shapes[-1]
        above = _stand_above(bar, measure_shape(shape, sheet.look.date), panel)
        box = above  # where nothing is free
        for on, tried in itertools.product((strict, ground), shapes):
            room = _find_room(bar, measure_shape(tried, sheet.look.date), on, first)
            if room:
                shape, box = tried, room
                break
        covered += box == above
        centred = abs((box.x0 + box.x1) - (bar.x0 + bar.x1)) < 0.1
        point = (number_days([one.first])[0], y)
        told.append((shape, Seat(box, None if centred else True, point, sheet.place(*point))))
        wide = Box(box.x0 - CLEAR, box.y0, box.x1 + CLEAR, box.y1)
        ground = replace(ground, boxes=np.vstack([ground.boxes, wide]))
    return Takers(told, ground, covered)


def _stand_above(bar: Box, size: tuple[float, float], panel: Box) -> Box:
    """Above a bar, within the panel."""
    left = max(panel.x0, min(bar.x0, panel.x1 - size[0]))
    return Box(left, bar.y1 + 1.2, left + size[0], bar.y1 + 1.2 + size[1])


def write_takers(axis: Axes, sheet: Sheet, takers: Takers) -> None:
    """The words at their bars."""
    look = replace(sheet.look, label=sheet.look.date)
    for shape, seat in takers.told:
        write_shape(axis, shape, seat, look, 0.0, beneath=True)


def _shape_taker(sheet: Sheet, stop: Stop) -> list[Shape]:
    """by the government 12 May; retaken 4 Sep, where its side surely had the place before: in one
    line, and in two."""
    words = find_words(sheet.study)
    days = words.period(stop.first, stop.last, span_years(sheet.stops))
    days += words("not_checked") if stop.unreviewed else ""
    says = f", {say_claimed(words, stop)}" if stop.stance else ""
    if stop.retaken and stop.side == sheet.study.leading:
        return [((Run(words("retaken", days=days) + says),),)]
    by = words("side_by", side=say_side(words, stop.side))
    line, broken = ((Run(f"{by} {days}{says}"),),), ((Run(by),), (Run(days + says),))
    return [line] if sheet.brief else [line, broken]


def _find_room(bar: Box, size: tuple[float, float], ground: Ground, first: str) -> Box | None:
    """The first free place of words below or above a bar: over its middle, else slid to where they
    still touch it; then right of it."""
    wide, high = size
    lows = [bar.y0 - 1.8 - high, bar.y1 + 1.2]
    lefts = [(bar.x0 + bar.x1 - wide) / 2, bar.x0, bar.x1 - wide]
    places = list(itertools.product(lefts, lows if first == "below" else lows[::-1]))
    places = sorted(places, key=lambda place: place[1] != places[0][1])
    for left, low in [*places, (bar.x1 + CLEAR, (bar.y0 + bar.y1 - high) / 2)]:
        box = Box(left, low, left + wide, low + high)
        wider = Box(box.x0 - CLEAR, low, box.x1 + CLEAR, box.y1)
        taken = find_overlaps(wider, ground.boxes).any() or find_crossed(ground.lines, box).any()
        across = ground.panel.x0 <= box.x0 and box.x1 <= ground.panel.x1
        if not taken and across and ground.panel.y0 <= low and box.y1 <= ground.panel.y1:
            return box
    return None
