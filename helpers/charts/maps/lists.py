"""Lists: what the numbers of a map stand for, and what is told of areas without a point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.analysis.selection import Study
from helpers.charts.captures.stops import (
    STEPS,
    Stop,
)
from helpers.charts.captures.words import (
    keep_together,
    open_sentence,
    say_by,
    say_claimed,
    say_texts,
    say_verb,
)
from helpers.charts.chart import Chart
from helpers.charts.look.fonts import cut_lines, measure_text
from helpers.charts.look.language import Words, find_words
from helpers.charts.look.layout import find_room
from helpers.charts.look.theme import LEADING, POINT, Look, Looks, find_look
from helpers.charts.maps.dots import (
    Plan,
    find_colour,
    say_stop,
)
from helpers.charts.maps.telling import (
    Map,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP_MM = {"full": 4.0, "column": 4.0, "slide": 8.0}  # between a map and its list
LISTED = {"full": 8, "column": 6, "slide": 6}  # rows of what has no dot


def write_lists(chart: Chart, plot: Axes, plan: Plan, told: Map, look: Look, most: float) -> float:
    """What numbers stand for, beside the map where there is room, and what is told of areas without
    a point, down to `most` at most; gives the lower end in millimetres."""
    view, lost = plan.view, plan.lost
    room, _ = find_room(chart.study)
    gap = GAP_MM[chart.width]
    beside = room - view.wide - gap
    line = look.label * LEADING * POINT
    if beside < 40:
        left, wide, top = 0.0, room, view.high + line
    else:
        left, wide, top = view.wide + gap, beside, 0.0
    bottom = _write_numbers(chart, plot, (left, top, wide), lost, look) if lost else top
    if lost and beside >= 40 and chart.width == "full":
        left, wide, bottom = 0.0, room, max(view.high + line, bottom)
    elif lost:
        if chart.width == "slide":
            bottom = _count_rest(chart, plot, (left, bottom), told, look)
        bottom += line
    is_last = not told.wide or chart.width == "slide"
    ends = [view.high, bottom - line if is_last else bottom]
    if told.wide and chart.width != "slide":
        ends.append(_write_areas(chart, plot, (left, bottom, wide), told.wide, look, most))
    return max(ends) + 1.0


def _count_rest(
    chart: Chart, plot: Axes, corner: tuple[float, float], told: Map, look: Look
) -> float:
    """How much of the map and of areas without a point a slide has no room for; gives the lower
    end."""
    left, top = corner
    taken = {stop.place for stop in told.cut if stop.step != "offensive_start"}
    more = len(taken) + len(told.wide)
    if not more:
        return top
    grey: Looks = {"va": "top", "size": look.date, "color": look.colour["secondary"]}
    plot.text(left, top, find_words(chart.study)("more_in_table", n=more), **grey)
    return top + look.date * LEADING * POINT


def measure_list(study: Study, plan: Plan) -> float:
    """The height of the list of numbers in one column, in millimetres."""
    look, (room, _) = find_look(study), find_room(study)
    beside = room - plan.view.wide - GAP_MM[study.parameters["width"]]
    indent = measure_text("250", look.label, True) * POINT
    wide = (beside if beside >= 40 else room) - indent
    high = 0.0
    for stops in plan.lost:
        high += look.label * LEADING * POINT + 0.45 * look.date * LEADING * POINT
        for stop in stops[_fits_beside(study, stops, wide, look) :]:
            block = cut_lines(keep_together(say_stop(study, stop)), look.date, wide / POINT, 2)
            high += look.date * LEADING * POINT * (block.count("\n") + 1)
    return high


def _fits_beside(study: Study, stops: list[Stop], wide: float, look: Look) -> bool:
    """Whether what is told first of a place has room on the line of its name."""
    told = _measure_name(stops, look) + measure_text(say_stop(study, stops[0]), look.date) * POINT
    return told <= wide


def _measure_name(stops: list[Stop], look: Look) -> float:
    return measure_text(f"{stops[0].name}  ", look.label, True) * POINT


def _write_numbers(
    chart: Chart,
    plot: Axes,
    place: tuple[float, float, float],
    groups: list[list[Stop]],
    look: Look,
) -> float:
    """A row a place: its number, name and what is told of it, the first on the same line where it
    has room; in two columns where they are many; gives the lower end."""
    left, top, wide = place
    study = chart.study
    columns = 2 if wide > 120 else 1
    each = (wide - 4 * (columns - 1)) / columns
    per = -(-len(groups) // columns)
    line, y, lowest = look.date * LEADING * POINT, top, top
    for number, stops in enumerate(groups, 1):
        column, row = divmod(number - 1, per)
        if row == 0:
            y = top
        x = left + column * (each + 4)
        indent = measure_text("250", look.label, True) * POINT
        colour = find_colour(study, stops[-1], look)
        looks: Looks = {"va": "baseline", "size": look.label, "weight": "bold"}
        base = y + 0.86 * look.label * POINT
        plot.text(x, base, str(number), color=colour, **looks)
        plot.text(x + indent, base, stops[0].name, color=look.colour["text"], **looks)
        y += look.label * LEADING * POINT
        beside = _fits_beside(study, stops, each - indent, look)
        for stop in stops:
            said = say_stop(study, stop)
            words = cut_lines(keep_together(said), look.date, (each - indent) / POINT, 2)
            grey: Looks = {"va": "top", "size": look.date, "color": look.colour["secondary"]}
            if beside and stop is stops[0]:
                at, grey["va"] = x + indent + _measure_name(stops, look), "baseline"
                told = plot.text(at, base, words, linespacing=look.spacing, **grey)
                y -= line
            else:
                told = plot.text(x + indent, y, words, linespacing=look.spacing, **grey)
            claims = [*stop.claims, *stop.denied_claims]
            chart.mark_group(told, f"row-{stop.place}", claims, f"{stop.name}: {said}")
            y += line * (words.count("\n") + 1)
        y += 0.45 * line
        lowest = max(lowest, y)
    return lowest


def _write_areas(
    chart: Chart,
    plot: Axes,
    place: tuple[float, float, float],
    areas: list[Stop],
    look: Look,
    most: float,
) -> float:
    """A row for each event of an area without a point, in two columns where there is room: its
    days, and what is told. Those that tell most come first; gives the lower end."""
    left, top, wide = place
    line = look.label * LEADING * POINT
    shown = sorted(areas, key=lambda stop: (STEPS.index(stop.step), -stop.texts, stop.first))
    room = int((most - top) / (2.35 * look.date * LEADING * POINT)) - 1  # two lines each, a head
    rows = LISTED[chart.width]
    rows += len(areas) == rows + 1  # one more takes no more room than to say that it is left out
    shown = sorted(shown[: max(1, min(rows, room))], key=lambda stop: (stop.first, stop.last))
    head: Looks = {"va": "top", "size": look.label, "weight": "bold"}
    words, ink = find_words(chart.study), look.colour["text"]
    plot.text(left, top, words("without_point"), color=ink, **head)
    columns = 2 if wide > 150 and chart.width != "slide" else 1
    each, per = (wide - 5 * (columns - 1)) / columns, -(-len(shown) // columns)
    longest = max((_say_area_days(words, stop) for stop in shown), key=len)
    days = measure_text(f"{longest} ", look.label, True) * POINT
    y, lowest = top + 1.25 * line, top
    for at, stop in enumerate(shown):
        column, row = divmod(at, per)
        if row == 0:
            y = top + 1.25 * line
        y = _write_area(chart, plot, (left + column * (each + 5), y, each), stop, look, days)
        lowest = max(lowest, y)
    more = len(areas) - len(shown)
    if more:
        grey: Looks = {"va": "top", "size": look.date, "color": look.colour["secondary"]}
        plot.text(left, lowest, words("more_in_table", n=more), **grey)
        lowest += look.date * LEADING * POINT
    return lowest


def _write_area(
    chart: Chart, plot: Axes, place: tuple[float, float, float], stop: Stop, look: Look, days: float
) -> float:
    """One such row, as a mark; gives its lower end."""
    from matplotlib.patches import Rectangle

    x, y, wide = place
    said = open_sentence(f"{stop.name}: {_say_area(chart.study, stop)}")
    words = cut_lines(keep_together(said), look.date, (wide - days) / POINT, 2)
    line = look.date * LEADING * POINT
    high, first = line * (words.count("\n") + 1), y + line / 2
    when: Looks = {"va": "center", "size": look.date, "weight": "bold"}
    told = _say_area_days(find_words(chart.study), stop)
    colour = find_colour(chart.study, stop, look)
    row = plot.text(x, first, told, color=colour, linespacing=look.spacing, **when)
    looks: Looks = {"va": "center", "size": look.date, "color": look.colour["text"]}
    plot.text(x + days, y + high / 2, words, linespacing=look.spacing, **looks)
    chart.mark_group(row, f"area-{stop.place}-{stop.step}", list(stop.claims), said)
    target = Rectangle((x, y), wide, high, facecolor="none", edgecolor="none", zorder=1)
    plot.add_patch(target)
    chart.aim(target)
    return y + high + 0.35 * line


def _say_area_days(words: Words, stop: Stop) -> str:
    """27–30 Nov; with "?" where nobody checked it."""
    days = words.period(stop.first, stop.last)
    return days + words("not_checked") if stop.unreviewed else days


def _say_area(study: Study, stop: Stop) -> str:
    """captured by the SDF, 1 text."""
    words = find_words(study)
    by = say_by(words, stop.side) if stop.side != study.leading or stop.contested else ""
    stance = f", {say_claimed(words, stop)}" if stop.stance else ""
    return f"{say_verb(words, stop)}{by}{stance}, {say_texts(words, stop)}"
