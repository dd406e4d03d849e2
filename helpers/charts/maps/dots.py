"""Dots: the places on a map, with their labels or, where a label finds no room, a number."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from helpers.analysis.selection import Study
from helpers.charts.captures.stops import Stop, colour_side, find_holder
from helpers.charts.captures.words import list_partly, say_denied, say_step, say_texts
from helpers.charts.chart import Chart
from helpers.charts.look.fonts import measure_text
from helpers.charts.look.labels import Box, Ground, Spot, place_labels
from helpers.charts.look.language import find_words
from helpers.charts.look.signs import (
    CORE,
    NUMBERED,
    hatch_dot,
    style_core,
    style_dot,
    style_hatched_ring,
)
from helpers.charts.look.theme import LEADING, Look, Looks
from helpers.charts.maps.ground import TEXT_HIGH, add_box, find_degrees
from helpers.charts.maps.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

SIGNS = {
    "captured": "captured",
    "entered": "entered",
    "reached": "reached",
    "offensive_start": "began",
}
RING = 1.45  # of the size of a dot: the ring round it, of a side that was there before
UNBROKEN = 8  # letters of a name that stays in one line: Yby Yaú
WIDE_RING = 1.75  # the same where it is hatched, and its hatching has to be seen
CLEAR = 0.62  # of their size: how far apart the nearest two dots should lie
LEAST = 0.8  # of its usual size: the smallest dot on a map where two lie nearer
RIM = 0.6  # points: the white edge that keeps discs near each other apart


class Run(NamedTuple):
    """Words of one weight in a line."""

    words: str
    bold: bool = False


Shape = tuple[tuple[Run, ...], ...]  # a label: its lines, each of runs


class Label(NamedTuple):
    """A label that found room: the point (lon, lat) it belongs to, its shape, its place."""

    point: tuple[float, float]
    shape: Shape
    spot: Spot


class Plan(NamedTuple):
    """A map before it is drawn: its view, the ground under the labels, the scale bar's box, the
    labels that found room, the places that a number stands for, the sizes in points of dots and
    letters."""

    view: View
    ground: Ground
    bar: Box
    labels: list[Label]
    lost: list[list[Stop]]
    size: float
    letters: float


def find_colour(study: Study, stop: Stop, look: Look) -> str:
    return look.colour[colour_side(study, stop.side)]


def draw_place(
    chart: Chart,
    axis: Axes,
    stops: list[Stop],
    size: float,
    look: Look,
    new: Sequence[Stop] | None = None,
    numbered: bool = False,
) -> None:
    """The dot of a place, of who holds it; round it, where another side was there before, a thin
    ring in that side's colour, hatched where its capture is in doubt. Each is a mark of what its
    side did there, as far as that is among `new` (None: all of it); of nothing new it is none.
    numbered: a hatched dot is a wide ring, for a number in its white middle."""
    holder, before = find_holder(stops), find_ring(stops)
    others = [stop for stop in stops if stop.side != holder.side]
    mine = [stop for stop in stops if stop.side == holder.side]
    fresh = new is None or any(stop in new for stop in stops)
    low = 6.0 if fresh else 4.0
    if before:
        colour = find_colour(chart.study, before, look)
        style = style_ring(colour, size)
        if is_doubted(before):
            style = style_hatched_ring(colour, size * WIDE_RING)
            _plot_dot(axis, holder, style_core(size * 1.3 / CORE), low + 0.1)
        ring = _plot_dot(axis, holder, style, low)
        _mark_stops(chart, ring, [stop for stop in others if new is None or stop in new])
    colour = find_colour(chart.study, holder, look)
    style = style_stop(holder, colour, size)
    if numbered and is_doubted(holder):
        style = style_hatched_ring(colour, NUMBERED * size)
    if not fresh and style["markeredgecolor"] == "white":
        style |= {"markeredgewidth": RIM / 2}
    dot = _plot_dot(axis, holder, style, low + 0.25)
    _mark_stops(chart, dot, [stop for stop in mine if new is None or stop in new])


def find_ring(stops: list[Stop]) -> Stop | None:
    """The stop that the ring round the dot of a place stands for: the last of another side than
    the one that holds it."""
    holder = find_holder(stops)
    return next((stop for stop in reversed(stops) if stop.side != holder.side), None)


def _plot_dot(axis: Axes, stop: Stop, style: Looks, zorder: float) -> Line2D:
    lon, lat = stop.point or (np.nan, np.nan)
    [dot] = axis.plot([lon], [lat], zorder=zorder, **style)
    return dot


def _mark_stops(chart: Chart, dot: Line2D, stops: list[Stop]) -> None:
    """A dot as the mark of what one side did at its place, of none where that is nothing."""
    if not stops:
        return
    last = stops[-1]
    lon, lat = last.point or (np.nan, np.nan)
    plotted = {"x": lon, "y": lat, "first": last.first, "last": last.last, "step": last.step}
    claims = [claim for stop in stops for claim in stop.claims]
    claims += [claim for stop in stops for claim in stop.denied_claims]
    words = find_words(chart.study)
    told = [(say_stop(chart.study, stop), *list_partly(words, stop)) for stop in stops]
    said = "; ".join(itertools.chain(*told))
    chart.mark_group(dot, last.place, claims, f"{last.name}: {said}", **plotted)


def draw_dots(chart: Chart, axis: Axes, stops: Iterable[Stop], size: float, look: Look) -> None:
    """The dots of all places."""
    for told in group_stops(stops):
        draw_place(chart, axis, told, size, look)


def group_stops(stops: Iterable[Stop]) -> list[list[Stop]]:
    """The stops of each place."""
    places: dict[str, list[Stop]] = {}
    for stop in stops:
        places.setdefault(stop.place, []).append(stop)
    return list(places.values())


def count_dots(stops: Iterable[Stop]) -> int:
    """How many dots and rings stops make."""
    return sum(min(len({stop.side for stop in told}), 2) for told in group_stops(stops))


def fit_dots(view: View, points: Sequence[tuple[float, float]], size: float) -> float:
    """The size of the dots of a map: smaller where one would cover half of another, unless they lie
    so near that this would hardly part them."""
    placed = view.place(np.array(list(dict.fromkeys(points))).reshape(-1, 2))
    gaps = np.hypot(*(placed[:, None, :] - placed[None, :, :]).transpose(2, 0, 1))
    nearest = float(gaps[np.triu_indices(len(placed), 1)].min(initial=np.inf))
    if nearest / CLEAR < 0.9 * LEAST * size:
        return size
    return float(np.clip(nearest / CLEAR, LEAST * size, size))


def find_size(stops: list[Stop], size: float) -> float:
    """The size of the dot of a place with the ring round it, where it has one."""
    if count_dots(stops) < 2:
        return size
    before = find_ring(stops)
    return size * (WIDE_RING if before and is_doubted(before) else RING)


def style_stop(stop: Stop, colour: str, size: float) -> Looks:
    """How plot() draws a dot of this size: hatched, where somebody denies it or nobody but a party
    says so; else with a white edge that keeps it apart."""
    style = style_dot(SIGNS[stop.step], colour, size)
    if is_doubted(stop):
        return hatch_dot(style, colour)
    if style["markerfacecolor"] == colour and "fillstyle" not in style:
        style |= {"markeredgecolor": "white", "markeredgewidth": RIM}
    return style


def style_ring(colour: str, size: float) -> Looks:
    """How plot() draws the ring round a dot of this size."""
    ring = style_dot("began", colour, size * RING)
    return ring | {"markeredgewidth": max(0.9, size / 8)}


def is_doubted(stop: Stop) -> bool:
    """Whether the sign of a stop is hatched; where an offensive began is a ring anyhow."""
    return stop.disputed and stop.step != "offensive_start"


def say_stop(study: Study, stop: Stop) -> str:
    """captured by SDF 30 Nov, 1 text; denied by government. Who denies that it holds a part of the
    place is told by list_partly."""
    words = find_words(study)
    said = f"{say_step(words, stop, study.leading)}, {say_texts(words, stop)}"
    return f"{said}; {say_denied(words, stop)}" if stop.denials else said


def break_name(line: tuple[Run, ...]) -> list[Shape]:
    """A line that ends with a name, and where the name has a blank the two lines it makes."""
    *before, name = line
    head, blank, tail = name.words.rpartition(" ")
    if not head.strip(" 0123456789") or not blank or len(name.words) <= UNBROKEN:
        return [(line,)]
    return [(line,), ((*before, name._replace(words=head)), (name._replace(words=tail),))]


def break_words(line: tuple[Run, ...]) -> list[Shape]:
    """The shapes of break_name, and one with each word on a line of its own."""
    *before, name = line
    words = name.words.split()
    if len(words) < 3:
        return break_name(line)
    first = (*before, name._replace(words=words[0]))
    return [*break_name(line), (first, *((name._replace(words=word),) for word in words[1:]))]


def measure_shape(shape: Shape, size: float) -> tuple[float, float]:
    """(width, height) of a label in points."""
    widths = [sum(measure_text(run.words, size, run.bold) for run in line) for line in shape]
    return max(widths), size * (TEXT_HIGH + LEADING * (len(shape) - 1))


def place_shapes(
    view: View,
    ground: Ground,
    points: Sequence[tuple[float, float]],
    shapes: Sequence[Sequence[Shape]],
    size: float,
    radii: float | Sequence[float],
) -> tuple[list[Label], list[int]]:
    """(the labels that find room, each in one of its shapes; the numbers of the points whose labels
    find none)."""
    middles = [tuple(view.place(np.array(point))) for point in points]
    sizes = [[measure_shape(shape, size) for shape in own] for own in shapes]
    spots = place_labels(middles, sizes, ground, radii, size)
    labels = [
        Label(points[at], shapes[at][spot.shape], spot) for at, spot in enumerate(spots) if spot
    ]
    return labels, [at for at, spot in enumerate(spots) if spot is None]


def write_label(axis: Axes, view: View, label: Label, size: float, look: Look) -> None:
    """A label in its place, tied to its point by a line where it lies far off."""
    x, y = view.place(np.array(label.point))
    spot, box = label.spot, label.spot.box
    baseline = box.y1 - y - size * 0.86
    for line in label.shape:
        wide = sum(measure_text(run.words, size, run.bold) for run in line)
        spare = (box.x1 - box.x0 - wide) * {1: 0.0, 0: 0.5, -1: 1.0}[spot.side]
        left = box.x0 + spare - x
        for run in line:
            looks: Looks = {"size": size, "color": look.colour["text"]}
            axis.annotate(
                run.words.strip(),
                label.point,
                xytext=(round(left, 3), round(baseline, 3)),
                textcoords="offset points",
                va="baseline",
                weight="bold" if run.bold else "normal",
                zorder=7,
                annotation_clip=False,
                **looks,
            )
            left += measure_text(run.words, size, run.bold)
        baseline -= LEADING * size
    if spot.tie:
        ends = [find_degrees(view, end) for end in (spot.tie[:2], spot.tie[2:])]
        xs, ys = zip(*ends)
        axis.plot(xs, ys, color=look.colour["secondary"], linewidth=0.5, zorder=5)


def cover_dots(
    view: View, ground: Ground, points: Sequence[tuple[float, float]], radius: float
) -> Ground:
    """The ground with the dots on it."""
    middles = view.place(np.array(points).reshape(-1, 2))
    boxes = (Box(x - radius, y - radius, x + radius, y + radius) for x, y in middles)
    return add_box(ground, *boxes)
