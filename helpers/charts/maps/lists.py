"""Lists: what the numbers of a map stand for, beside it or below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.analysis.selection import Study
from helpers.charts.captures.stops import Stop
from helpers.charts.captures.words import keep_together, list_partly
from helpers.charts.chart import Chart
from helpers.charts.look.fonts import cut_lines, measure_text
from helpers.charts.look.language import find_words
from helpers.charts.look.layout import find_room
from helpers.charts.look.theme import LEADING, POINT, Look, Looks, find_look
from helpers.charts.maps.areas import list_rows, list_undrawn, say_undrawn, write_areas
from helpers.charts.maps.dots import Plan, find_colour, say_stop
from helpers.charts.maps.telling import Map

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP_MM = {"full": 4.0, "column": 4.0, "slide": 8.0}  # between a map and its list


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
            bottom = _count_rest(chart, plot, (left, bottom, wide), told, look)
        bottom += line
    rows = list_rows(chart.study, told, plan) if chart.width != "slide" else []
    ends = [view.high, bottom if rows else bottom - line]
    if rows:
        ends.append(write_areas(chart, plot, (left, bottom, wide), rows, look, most))
    return max(ends) + 1.0


def _count_rest(
    chart: Chart, plot: Axes, place: tuple[float, float, float], told: Map, look: Look
) -> float:
    """How much of the map and of areas without a point a slide has no room for; gives the lower
    end."""
    (left, top, wide), more = place, list_undrawn(told)
    if not more:
        return top
    grey: Looks = {"va": "top", "size": look.date, "color": look.colour["secondary"]}
    said = cut_lines(say_undrawn(find_words(chart.study), more), look.date, wide / POINT, 2)
    plot.text(left, top, said, linespacing=look.spacing, **grey)
    return top + look.date * LEADING * POINT * (said.count("\n") + 1)


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
            block = cut_lines(keep_together(say_row(study, stop)), look.date, wide / POINT, 2)
            high += look.date * LEADING * POINT * (block.count("\n") + 1)
    return high


def say_row(study: Study, stop: Stop) -> str:
    """captured 29–30 Nov, 5 texts; parts disputed by Syrian state media."""
    return "; ".join([say_stop(study, stop), *list_partly(find_words(study), stop)])


def _fits_beside(study: Study, stops: list[Stop], wide: float, look: Look) -> bool:
    """Whether what is told first of a place has room on the line of its name."""
    told = _measure_name(stops, look) + measure_text(say_row(study, stops[0]), look.date) * POINT
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
    columns = 2 if wide > 120 and chart.width == "full" else 1
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
            said = say_row(study, stop)
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
