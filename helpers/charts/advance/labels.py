"""Labels: name, days and texts of each bar, written where there is room beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from helpers.analysis.selection import Study
from helpers.charts.advance.days import number_days
from helpers.charts.advance.sheet import Seat, Sheet, bound_bar, write_shape
from helpers.charts.advance.takers import Takers, place_takers, write_takers
from helpers.charts.captures.stops import (
    Stop,
    find_holder,
    list_stops,
    order_stop,
    span_years,
)
from helpers.charts.captures.words import (
    list_denied,
    say_by,
    say_claimed,
    say_texts,
)
from helpers.charts.look.labels import Box, Ground, find_crossed, find_overlaps
from helpers.charts.look.language import find_words
from helpers.charts.look.signs import style_core, style_hatched_ring
from helpers.charts.look.theme import LEADING, Look, Looks
from helpers.charts.maps.dots import Run, Shape, find_colour, is_doubted, measure_shape

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Placed(NamedTuple):
    """A label with its place, and the words on who took its stop away and back. number: 0 of one
    that has none. covered: 0 where it stands free, else how much of other words and lines it
    covers, words counting 9."""

    stop: Stop
    shape: Shape
    seat: Seat
    indent: float
    number: int
    takers: Takers
    covered: int


def place_stops(sheet: Sheet) -> list[Placed]:
    """The name, days and texts of each bar: above it, right of it, left of it or below it, wherever
    there is room first; at its end beside the bar, if asked for, its number in a disc."""
    stops, look = sheet.stops, sheet.look
    segments = np.array(
        [[*sheet.place(*line[:2]), *sheet.place(*line[2:])] for line in sheet.lines]
    )
    bars = [bound_bar(sheet, stop, y) for stop, y in zip(stops, sheet.ys)]
    after = {  # height of a row → its bars of who took the place away and back
        y: [bound_bar(sheet, one, y) for one in stop.after] for stop, y in zip(stops, sheet.ys)
    }
    taken = np.array([*bars, *(bar for row in after.values() for bar in row)])
    ground = Ground(sheet.panel, taken, segments.reshape(-1, 4))
    indents = [
        look.label * 1.75 + 2 * _widen_disc(stop) if number else 0.0
        for stop, number in zip(stops, number_captures(sheet))
    ]
    year, placed = span_years(stops), []
    for at, (stop, indent) in enumerate(zip(stops, indents)):
        beside = [bar for bar, y in zip(bars, sheet.ys) if y == sheet.ys[at] and bar != bars[at]]
        if sheet.brief:  # else the bars of who took it away and back have words of their own
            beside += after[sheet.ys[at]]
        shapes = [_shape_stop(sheet.study, stop, year, sheet.brief)]
        if sheet.brief and stop.stance and stop.denials:  # the denial says that it is a claim
            shapes.append(_shape_stop(sheet.study, replace(stop, stance=""), year, True))
        if any(other.place == stop.place and bar in beside for other, bar in zip(stops[:at], bars)):
            shapes.append((shapes[0][0][1:], *shapes[0][1:]))  # its row has its name
        tried = [
            (_find_place(bars[at], shape, on.ground, look, indent, beside, sheet.brief), shape, on)
            for on in place_takers(sheet, stop, sheet.ys[at], ground)
            for shape in shapes
        ]
        poor = [
            (covered, _runs_on(box, bars[at], on, look), _measure_gap(box, bars[at]) > look.label)
            for (covered, box, _), _, on in tried
        ]
        best = min(range(len(tried)), key=poor.__getitem__)
        (covered, box, starts), shape, takers = tried[best]
        lines = np.array(_bound_lines(shape, box, starts, look, indent))
        ground = replace(takers.ground, boxes=np.vstack([takers.ground.boxes, lines]))
        point = (number_days([stop.first])[0], sheet.ys[at])
        seat = Seat(box, starts, point, sheet.place(*point))
        number = number_captures(sheet)[at] if indent else 0
        covered += 9 * takers.covered
        placed.append(Placed(stop, shape, seat, indent, number, takers, covered))
    return placed


def write_stops(axis: Axes, sheet: Sheet) -> None:
    """The labels of all bars, each in its place."""
    for one in place_stops(sheet):
        write_takers(axis, sheet, one.takers)
        write_shape(axis, one.shape, one.seat, sheet.look, one.indent)
        if one.number:
            _write_disc(axis, sheet, one)


def _measure_gap(box: Box, bar: Box) -> float:
    """The points between a label and its bar, up or down."""
    return max(box.y0 - bar.y1, bar.y0 - box.y1, 0.0)


def _runs_on(box: Box, bar: Box, takers: Takers, look: Look) -> bool:
    """Whether words on who took a place away follow its label on one level, as one sentence; not
    where its bar stands between them."""
    near = 4 * look.label
    return not (box.y0 < bar.y1 and bar.y0 < box.y1) and any(
        box.y0 < seat.box.y1 and seat.box.y0 < box.y1 and box.x1 - 1 < seat.box.x0 < box.x1 + near
        for _, seat in takers.told
    )


def _widen_disc(stop: Stop) -> float:
    """How many points a disc reaches farther to each side where it is hatched."""
    return 1.5 * is_doubted(find_holder([stop, *stop.after]))


def number_captures(sheet: Sheet) -> list[int]:
    """The number of each stop, where labels have one: 0 of where the offensive began."""
    return number_stops(sheet.stops) if sheet.numbered else [0] * len(sheet.stops)


def number_stops(stops: list[Stop]) -> list[int]:
    """Captures from 1 on; 0 where the offensive began, which is none."""
    captures = [stop for stop in stops if stop.step != "offensive_start"]
    return [captures.index(stop) + 1 if stop in captures else 0 for stop in stops]


def _bound_lines(
    shape: Shape, box: Box, starts: bool | None, look: Look, indent: float
) -> list[Box]:
    """The lines of a label in its box, the first with its number: beside a short one is room."""
    step, boxes = LEADING * look.label, []
    wides = [measure_shape((line,), look.label)[0] for line in shape]
    for number, line in enumerate(wides):
        wide = line + indent
        left = box.x0 if starts else box.x1 - max(wide, wides[0] + indent * (number > 0))
        if starts is None:
            left = (box.x0 + box.x1 - wide) / 2
        low = box.y0 if number == len(shape) - 1 else box.y1 - (number + 1) * step
        boxes.append(Box(left, low, left + wide, box.y1 - number * step))
    return boxes


def _write_disc(axis: Axes, sheet: Sheet, placed: Placed) -> None:
    """The number of a stop in a disc at the end of its label that is at its bar, so that the disc
    stands over no other days, in the colour of who holds the place and hatched as on the map."""
    stop, seat, look = placed.stop, placed.seat, sheet.look
    box, at = seat.box, seat.at
    holder = find_holder([stop, *stop.after])
    colour = find_colour(sheet.study, holder, look)
    half = look.label * 0.7 + _widen_disc(stop)
    across = box.x0 + half if seat.starts else box.x1 - half
    middle = (across - at[0], box.y1 - look.label * 0.86 - at[1])
    disc: Looks = {"boxstyle": f"circle,pad={0.08 if sheet.brief else 0.22}"}
    disc |= {"facecolor": colour, "edgecolor": colour, "linewidth": 0.9}
    if is_doubted(holder):  # behind the number is white, as on the map
        off = (middle[0], middle[1] + 0.34 * look.map)
        size = look.map * (1.85 if sheet.brief else 2.2)
        for style in (style_hatched_ring(colour, size), style_core(size)):
            _plot_off(axis, seat.point, off, style)
    axis.annotate(
        str(placed.number),
        seat.point,
        (round(middle[0], 3), round(middle[1], 3)),
        "data",
        "offset points",
        ha="center",
        va="baseline",
        size=look.map,
        weight="bold",
        color=colour if is_doubted(holder) else "white",
        bbox=None if is_doubted(holder) else disc,
        annotation_clip=False,
        zorder=6,
    )


def _plot_off(
    axis: Axes, point: tuple[float, float], off: tuple[float, float], style: Looks
) -> None:
    """A dot `off` points from a point of the panel."""
    from matplotlib.transforms import ScaledTranslation

    inches = axis.figure.dpi_scale_trans
    moved = axis.transData + ScaledTranslation(round(off[0], 3) / 72, round(off[1], 3) / 72, inches)
    axis.plot(*[[at] for at in point], transform=moved, zorder=5.5, clip_on=False, **style)


def _shape_stop(study: Study, stop: Stop, year: bool, brief: bool = False) -> Shape:
    """Aleppo 29–30 Nov 5 texts, and below it who alone says it or denies it; without the texts
    where there is no room. brief: all in one line, who denies it left to the note."""
    words = find_words(study)
    days = words.period(stop.first, stop.last, year)
    days += words("not_checked") if stop.unreviewed else ""
    verb = f"{words('offensive_begins')}, " if stop.step == "offensive_start" else ""
    if stop.retaken:
        days = words("retaken", days=days)
    own = stop.stance == f"claimed by {stop.side}"  # who says so is named
    by = say_by(words, stop.side) if _names_side(study, stop) and not own else ""
    if brief:
        says = f", {say_claimed(words, stop)}" if stop.stance else ""
        denied = f"; {words('denied')}" if stop.denials else ""
        return ((Run(f"{stop.name} ", True), Run(f"{verb}{days}{says}{denied}")),)
    wide = study.parameters["width"] == "full"
    more = [by.strip()] if by else []
    end = ";" if stop.denials else ""  # else claim and denial read as one sentence
    more += [f"{say_claimed(words, stop)}{end}"] if stop.stance else []
    more += list_denied(words, stop)
    beneath = tuple((Run(said),) for said in more)
    name, texts = Run(f"{stop.name} ", True), Run(f"   {say_texts(words, stop)}")
    if wide:
        return ((name, Run(f"{verb}{days}"), texts), *beneath)
    return ((name, Run(f"{verb}{days}")), *beneath)


def _names_side(study: Study, stop: Stop) -> bool:
    """Whether a label says by whom a place was taken: by another side than the leading one; by that
    one, where it stands after another side's, and is no recapture."""
    if stop.side != study.leading:
        return True
    told = [one for one in list_stops(study) if one.place == stop.place and one.step == stop.step]
    before = any(order_stop(one) < order_stop(stop) for one in told)
    return stop.contested and before and not stop.retaken


def _find_place(
    bar: Box,
    shape: Shape,
    ground: Ground,
    look: Look,
    indent: float,
    beside: list[Box],
    level: bool = False,
) -> tuple[int, Box, bool | None]:
    """(what it covers, box, whether its lines begin at its left edge, None: are centred) of the
    first free place round a bar, level: first right and left of it; where none is free, the one
    that covers least. beside: bars of its row, above and below which it would be taken for
    theirs."""
    wide, high = measure_shape(shape, look.label)
    wide, near = wide + indent, 0.35 * look.label
    high += 2.5 if indent and not level else 0
    above, below = bar.y1 + 0.6 * near, bar.y0 - 0.7 * near - high
    middle = bar.y1 - min(bar.y1 - bar.y0, look.label) / 2 - high / 2
    panel = ground.panel
    best: tuple[int, Box, bool | None] = (10**6, Box(0, above, wide, above + high), True)
    rows = np.array([Box(one.x0, panel.y0, one.x1, panel.y1) for one in beside]).reshape(-1, 4)
    centred = (bar.x0 + bar.x1 - wide) / 2
    places: list[tuple[float, float, bool | None]] = [
        (bar.x0 + near, above, True),
        (bar.x1 + near, middle, True),
        (bar.x0 - near - wide, middle, False),
        (bar.x1 - wide, above, False),
        (bar.x0 + near, below, True),
        (bar.x1 - wide, below, False),
        (bar.x0 - near - wide, above, False),
        (bar.x0 - near - wide, below, False),
        *((centred, low, None) for low in ((above, below) if beside and not indent else ())),
    ]
    if level:
        places = places[1:3] + places
        places += [(panel.x0, low, True) for low in (above, below) if panel.x0 + wide > bar.x0]
    for step in (1, 2):  # of two captures of one place
        more = step * look.label * LEADING
        places += [(bar.x0 + near, above + more, True), (bar.x1 - wide, above + more, False)]
        places += [(bar.x0 + near, below - more, True), (bar.x1 - wide, below - more, False)]
    slid = np.linspace(bar.x0 + near, bar.x1 - wide, 12)[1:-1]  # over the bar, past a line
    places += [(float(left), low, True) for low in (above, below) for left in slid]
    for left, low, starts in places:
        box = Box(left, low, left + wide, low + high)
        inside = panel.x0 - 1 <= box.x0 and box.x1 <= panel.x1 + 1
        if not inside or box.y0 < panel.y0 or box.y1 > panel.y1:
            continue
        covered = 9 * find_overlaps(box, ground.boxes).sum()  # a line may be crossed, words not
        covered += 4 * find_overlaps(box, rows).sum() + find_crossed(ground.lines, box).sum()
        best = min(best, (int(covered), box, starts), key=lambda place: place[0])
        if covered == 0:
            break
    return best
