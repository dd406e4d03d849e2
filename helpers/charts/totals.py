"""Totals: running totals of one place and first day, as lines over time from 0.

A line joins what one source says of other days; another source's totals, or those of none that a
text names, are dots that no line joins. A later, smaller total is drawn and joined: the dip is a
fact about the texts. Grey is what a party to the war says.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.analysis.statements import Statement, Totals
from helpers.charts.look.fonts import cut_lines, measure_text, wrap_text
from helpers.charts.look.labels import Box as Frame
from helpers.charts.look.labels import Ground, Spot, find_crossed, place_labels
from helpers.charts.look.layout import add_panel, find_room
from helpers.charts.look.theme import LEADING, POINT, Looks
from helpers.charts.page.dots import (
    DASHES,
    DOT,
    LINE,
    draw_dot,
    draw_dot_key,
    is_part,
    measure_dot_key,
    tint_dot,
)
from helpers.charts.page.grid import Page, quote_number
from helpers.charts.page.scale import find_ends, find_top, list_steps, share_height
from helpers.charts.page.strip import choose_days

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAMED_MOST = 14  # dots of a panel that all get a label
PAD = 0.075  # of the days, before the first and after the last
Lines = list[tuple[str, float, Looks]]  # of a label: words, size, colour and weight
LOW = 0.25  # share of a panel's height: a lower dot may have its label below the axis
NAME_MM = 26.0  # width of a source in a label, where a whole line finds no room
HEAD_MM = {"full": 6.0, "column": 6.0, "slide": 9.6}
DAYS_MM = {"full": 6.0, "column": 6.0, "slide": 10.0}  # their labels below a panel, and a gap
EDGE_MM = 0.5  # below the last line of a plot


def measure_totals(page: Page, panels: list[Totals]) -> float:
    """The height of panels with heads, days and key, in millimetres."""
    if not panels:
        return 0.0
    return _measure_words(page, panels) + sum(share_height(panels, page.chart.width))


def _measure_words(page: Page, panels: list[Totals]) -> float:
    """The height of heads, days and key, without what they stand around."""
    width = page.chart.width
    floors = sum(_measure_floor(page, totals) for totals in panels)
    return len(panels) * (HEAD_MM[width] + DAYS_MM[width]) + floors + measure_dot_key(page, panels)


def _measure_floor(page: Page, totals: Totals) -> float:
    """Millimetres for labels between the axis and its days, where several lines run so low that
    those of the lower one have no room above it."""
    most = find_top(totals)
    low = min(one.number for one in totals.statements)
    if len(totals.lines) < 2 or low > LOW * most:
        return 0.0
    return page.look.label * LEADING * POINT + 0.8


def draw_totals(
    page: Page, panels: list[Totals], heads: list[str], colour: str, room: float
) -> float:
    """Panels of running totals one below the other, on one scale where each has room for it, their
    key below the last; gives its lower end. On a slide they fill its room (millimetres)."""
    width, wide, y = page.chart.width, find_room(page.chart.study)[0], 0.0
    left = room - _measure_words(page, panels) - EDGE_MM
    ends, highs = find_ends(panels), share_height(panels, width, left)
    shared = max(map(find_top, panels)) if len(set(highs)) > 1 else 0.0
    for number, (totals, head, high) in enumerate(zip(panels, heads, highs)):
        if number and not shared and find_top(totals) != find_top(panels[0]):
            head = f"{head} ({page.words('another_scale')})"
        said = cut_lines(head, page.look.label, wide / POINT, 1, True)
        page.write(0, y + HEAD_MM[width] * 0.5, said, page.look.label, weight="bold")
        y += HEAD_MM[width]
        _draw_panel(page, totals, ends, (y, high), colour, shared)
        y += high + DAYS_MM[width] + _measure_floor(page, totals)
    return draw_dot_key(page, panels, y, colour)


def _draw_panel(
    page: Page,
    totals: Totals,
    ends: tuple[pd.Timestamp, pd.Timestamp],
    place: tuple[float, float],
    colour: str,
    shared: float,
) -> None:
    """One panel at a place (its upper edge, its height). ends: the days of all panels; shared: the
    number at the upper edge of the highest, whose steps all have, 0 where each has its own."""
    width = page.chart.width
    panel = _add_panel(page, totals, ends, place, shared)
    for line in totals.lines:
        tint = page.look.colour["party"] if line[0].party else colour
        days = [one.first.date_end for one in line]
        numbers = [one.number for one in line]
        style = DASHES if is_part(line) else "solid"
        panel.plot(days, numbers, color=tint, linewidth=LINE[width], linestyle=style, zorder=3)
    for one in totals.statements:
        draw_dot(page, panel, one, colour)
    _label_dots(page, panel, totals, colour)


def _add_panel(
    page: Page,
    totals: Totals,
    ends: tuple[pd.Timestamp, pd.Timestamp],
    place: tuple[float, float],
    shared: float,
) -> Axes:
    """Days along, people up from 0."""
    from matplotlib.ticker import MaxNLocator

    look, words = page.look, page.words
    most, (top, high) = find_top(totals), place
    locator = MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10])
    ticks = [tick for tick in locator.tick_values(0, shared or most) if tick <= most]
    labels = [words.number(tick) for tick in ticks]
    left = max(measure_text(label, look.date) for label in labels) * POINT + 1.6
    right = page.grid.words[1] - 1
    panel = add_panel(page.chart, left, top, right - left, high)
    first, last = ends
    pad = (last - first) * PAD
    panel.set(xlim=(first - pad, last + pad), ylim=(0, most))
    panel.set_yticks(ticks, labels)
    days = _choose_ticks(page, totals, ends, right - left)
    panel.set_xticks(days, [_say_until(page, day) for day in days])
    grey = look.colour["secondary"]
    panel.tick_params(length=0, labelsize=look.date, labelcolor=grey, pad=3)
    panel.spines[["left", "top", "right"]].set_visible(False)
    panel.spines["bottom"].set(color=look.colour["text"], linewidth=0.8)
    panel.grid(axis="y", color=look.colour["rule"], linewidth=0.5, zorder=0)
    panel.set_axisbelow(True)
    return panel


def _choose_ticks(
    page: Page, totals: Totals, ends: tuple[pd.Timestamp, pd.Timestamp], wide: float
) -> list[pd.Timestamp]:
    """The days named below a panel: those of its dots, of the largest line first, as far as they
    stand apart, first and last before others; of very many dots even steps."""
    size, (first, last) = page.look.date, ends
    if len(totals.statements) > NAMED_MOST:
        return choose_days(page.words, size, first, last, wide, padded=True)
    day = wide / ((last - first).days * (1 + 2 * PAD) or 1)  # millimetres
    apart = 1.15 * measure_text(_say_until(page, pd.Timestamp("2000-11-30")), size) * POINT
    lines = sorted(totals.lines, key=lambda line: -line[-1].number)
    kept: list[pd.Timestamp] = []
    outer = [line[at] for line in lines for at in (0, -1)]
    for one in [*outer, *(one for line in lines for one in line), *totals.statements]:
        end = one.first.date_end
        if all(abs((end - other).days) * day >= apart for other in kept):
            kept.append(end)
    return sorted(kept)


def _say_until(page: Page, day: pd.Timestamp) -> str:
    """by 20 Aug: a running total is no number of that day."""
    return page.words("until", day=page.words.day(day))


def _label_dots(page: Page, panel: Axes, totals: Totals, colour: str) -> None:
    """Beside each dot its number and who says so, where there is room; one without room loses the
    second line, then its label. Of very many dots the ends of the lines are named."""
    statements = _choose_named(totals)
    box = next(place for axes, place in page.chart.panels if axes is panel)
    wide, high = box[2] / POINT, box[3] / POINT
    radius = DOT[page.chart.width] / 2
    points = [_place(panel, one, wide, high) for one in statements]
    several = len({one.first.affected for one in statements}) > 1
    within = {id(one) for line in totals.lines for one in line[:-1]}
    named = {tick.get_text() for tick in panel.get_xticklabels()}
    texts = []
    for one in statements:
        dated = _say_until(page, one.first.date_end) in named
        if one.withdrawn:
            texts.append(_word_withdrawn(page, one, dated))
        elif id(one) in within:
            texts.append(_word_day(page, one, dated))
        else:
            texts.append(_word_labels(page, one, several))
    shapes = [[_measure(page, lines) for lines in options] for options in texts]
    segments = [
        (*_place(panel, a, wide, high), *_place(panel, b, wide, high))
        for line in totals.lines
        for a, b in zip(line, line[1:])
    ]
    others = [_place(panel, one, wide, high) for one in totals.statements if one not in statements]
    boxes = [(x - radius, y - radius, x + radius, y + radius) for x, y in others]
    ground = Ground(
        Frame(-4.0, 2.0, wide + 2.0, high + 6.0),
        np.array(boxes).reshape(-1, 4),
        np.array(segments).reshape(-1, 4),
        uncrossed=True,
    )
    first = {id(line[at]) for line in totals.lines for at in (0, -1)}
    first |= {id(one) for one in statements if one.denials}
    early = [id(one) in first for one in statements]
    spots = _place_first(points, shapes, ground, early, radius)
    steps = np.array(list_steps(panel, high, page.look.date)).reshape(-1, 4)
    clear = replace(ground, boxes=np.vstack([ground.boxes, steps]))
    apart = _place_first(points, shapes, clear, early, radius)
    if apart.count(None) == spots.count(None):  # no label is lost for the numbers at the axis
        spots = apart
    if floor := _measure_floor(page, totals) / POINT:
        low = _place_below(points, texts, shapes, (spots, ground.lines, radius))
        spots = [spot or below for spot, below in zip(spots, low)]
    for one, options, spot in zip(statements, texts, spots):
        if spot is None:
            continue
        _write_label(page, box, one, options[spot.shape], spot, colour)
        if spot.tie is not None:
            _tie(page, box, spot.tie)
    if any(spot.box.y0 < 0 for spot in spots if spot):
        panel.tick_params(axis="x", pad=3 + floor)


def _place_below(
    points: list[tuple[float, float]],
    texts: list[list[Lines]],
    shapes: list[list[tuple[float, float]]],
    taken: tuple[list[Spot | None], np.ndarray, float],
) -> list[Spot | None]:
    """Places of labels of one line below the axis, straight below the dots of labels without a
    place, where nothing lies between. taken: the places found, the lines, the size of dots."""
    spots, lines, radius = taken
    found: list[Spot | None] = [None] * len(points)
    for at, (x, y) in enumerate(points):
        tie = Frame(x, y - radius - 0.6, x, -0.5)
        dots = [point for other, point in enumerate(points) if other != at]
        free = not any(abs(there - x) < radius and low < y for there, low in dots)
        free &= not find_crossed(lines, Frame(x - 0.3, 0.0, x + 0.3, tie.y0)).any()
        for number, (wide, high) in enumerate(shapes[at]):
            left = max(x - wide / 2, 2.0)  # clear of the number at the axis
            box = Frame(left, -1.0 - high, left + wide, -1.0)
            beside = any(one and one.box.x0 < box.x1 and one.box.x1 > box.x0 for one in found)
            if free and not beside and spots[at] is None and len(texts[at][number]) == 1:
                found[at] = Spot(number, box, 0, tie if tie.y0 > 3 else None)
                break
    return found


def _place_first(
    points: list[tuple[float, float]],
    shapes: list[list[tuple[float, float]]],
    ground: Ground,
    first: list[bool],
    radius: float,
) -> list[Spot | None]:
    """Places of labels (place_labels): those that are `first` choose before the others, the ends of
    lines, of which a title tells, and what is denied."""
    spots: dict[int, Spot | None] = {}
    for chosen in (True, False):
        mine = [at for at, early in enumerate(first) if early == chosen]
        others = [points[at] for at in range(len(points)) if at not in mine]
        boxes = [Frame(x - radius, y - radius, x + radius, y + radius) for x, y in others]
        boxes += [spot.box for spot in spots.values() if spot]
        ties = [spot.tie for spot in spots.values() if spot and spot.tie]
        free = replace(
            ground,
            boxes=np.vstack([ground.boxes, np.array(boxes).reshape(-1, 4)]),
            lines=np.vstack([ground.lines, np.array(ties).reshape(-1, 4)]),
        )
        own = [points[at] for at in mine]
        placed = place_labels(own, [shapes[at] for at in mine], free, radius)
        spots |= dict(zip(mine, placed))
    return [spots[at] for at in range(len(points))]


def _choose_named(totals: Totals) -> list[Statement]:
    """The statements that get a label: all, or of more than NAMED_MOST the first and last of each
    line and the largest."""
    statements = totals.statements
    if len(statements) <= NAMED_MOST:
        return statements
    ends = [line[at] for line in totals.lines for at in (0, -1)]
    largest = sorted(statements, key=lambda one: -one.number)
    kept = {id(one) for one in [*ends, *largest][:NAMED_MOST]}
    return [one for one in statements if id(one) in kept]


def _place(panel: Axes, one: Statement, wide: float, high: float) -> tuple[float, float]:
    """Where a dot stands, in points from the panel's lower left corner."""
    import matplotlib.dates as mdates

    left, right = panel.get_xlim()
    x = (mdates.date2num(one.first.date_end) - left) / (right - left)
    return float(x * wide), float(one.number / panel.get_ylim()[1] * high)


def _word_labels(page: Page, one: Statement, several: bool) -> list[Lines]:
    """The lines of a label, the fullest first: the number, what it counts to which day, who says so
    and who denies it; then without the paper; then the number alone. `several`: whether whom it
    counts has to be said."""
    look, words, attribution = page.look, page.words, page.attribution(one)
    until = _say_until(page, one.first.date_end)
    grey: Looks = {"color": look.colour["secondary"]}
    number = (quote_number(words, one), look.label, {"weight": "bold"})
    denied = [(attribution.denied, look.date, {"style": "italic"})] if attribution.denied else []
    people, what = attribution.people.split(",")[0], words(one.first.measure)
    what = f"{people} {what}" if several and people != what else what
    options = [
        [number, (words("counted_until", what=what, until=until, source=source), look.date, grey)]
        for source in dict.fromkeys([attribution.source, attribution.short])
    ]
    options = [[*option, *denied] for option in options]
    if several:
        options.append([number, (people, look.date, grey)])
    parts = wrap_text(attribution.short, look.date, NAME_MM / POINT).split("\n")
    options.append([number, *((part, look.date, grey) for part in parts), *denied])
    options.append([(f"{number[0]} · {attribution.short}", *number[1:]), *denied])
    return [*options, [number, *denied], [number]]


def _word_withdrawn(page: Page, one: Statement, dated: bool) -> list[Lines]:
    """The label of a number that its source has withdrawn, which stands back behind the others:
    small and not bold; with its day unless that stands below the panel (dated)."""
    words, size = page.words, page.look.date
    corrected, quote = page.attribution(one).denied, quote_number(words, one)
    said = words("taken_back_by", quote=quote, corrected=corrected)
    small: Looks = {"style": "italic"}
    day = [] if dated else [(_say_until(page, one.first.date_end), size, small)]
    whole = [(said, size, small), *day]
    return [whole, [(f"{quote},", size, small), (corrected, size, small), *day], whole[:1]]


def _word_day(page: Page, one: Statement, dated: bool) -> list[Lines]:
    """The lines of a label within a line, whose last label says whose count it is: the number and
    its day, below it or beside, unless that stands below the panel (dated), then the number
    alone."""
    look, words = page.look, page.words
    number = (quote_number(words, one), look.label, {"weight": "bold"})
    grey: Looks = {"color": look.colour["secondary"]}
    denied = page.attribution(one).denied
    tail = [(denied, look.date, {"style": "italic"})] if denied else []
    day = (_say_until(page, one.first.date_end), look.date, grey)
    if dated:
        return [[number, *tail], [number]]
    said = words("quote_until", quote=number[0], until=day[0])
    return [[number, day, *tail], [(said, *number[1:]), *tail], [number, *tail], [number]]


def _measure(page: Page, lines: Lines) -> tuple[float, float]:
    """(width, height) of a label in points."""
    wide = max(
        measure_text(words, size, looks.get("weight") == "bold") for words, size, looks in lines
    )
    return wide, sum(size * LEADING for _, size, _ in lines)


def _write_label(page: Page, box, one: Statement, lines, spot, colour: str) -> None:
    """The lines of a label in their spot, ranged towards the dot."""
    ha = {-1: "right", 0: "center", 1: "left"}[spot.side]
    x = {-1: spot.box.x1, 0: (spot.box.x0 + spot.box.x1) / 2, 1: spot.box.x0}[spot.side]
    y = spot.box.y1
    ink = tint_dot(page, one, colour)[1]
    for words, size, looks in lines:
        style: Looks = {"color": ink} | looks
        at = _to_plot(box, x, y - size * LEADING / 2)
        behind: Looks = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}  # no grid under it
        page.write(*at, words, size, ha=ha, zorder=6, bbox=behind, **style)
        y -= size * LEADING


def _tie(page: Page, box: tuple[float, float, float, float], tie: Frame) -> None:
    """A thin line from a dot to its label."""
    (x0, y0), (x1, y1) = _to_plot(box, tie.x0, tie.y0), _to_plot(box, tie.x1, tie.y1)
    page.plot.plot([x0, x1], [y0, y1], color=page.look.colour["secondary"], lw=0.5, zorder=2)


def _to_plot(box: tuple[float, float, float, float], x: float, y: float) -> tuple[float, float]:
    """Points from the panel's lower left corner as millimetres of the plot."""
    left, top, _, high = box
    return left + x * POINT, top + high - y * POINT
