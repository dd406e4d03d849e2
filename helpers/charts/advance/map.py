"""The map: who captured, entered or reached which place, and on which days it may have been."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.selection import Study
from helpers.charts.advance.dots import (
    SIGNS,
    Label,
    Run,
    Shape,
    cover_dots,
    draw_dots,
    find_colour,
    place_shapes,
    say_stop,
    write_label,
)
from helpers.charts.advance.ground import (
    View,
    add_box,
    choose_view,
    draw_land,
    draw_scale,
    lay_ground,
    name_countries,
    name_disputed,
    place_scale,
)
from helpers.charts.advance.stops import (
    NEAR_KM,
    STEPS,
    Stop,
    choose_side,
    find_point,
    list_stops,
    name_kinds,
    order_stop,
    share_dots,
    span_years,
)
from helpers.charts.advance.words import (
    keep_together,
    list_sides,
    name_country,
    open_sentence,
    say_by,
    say_claimed,
    say_denials,
    say_denied,
    say_odd,
    say_side,
    say_spelled,
    say_step,
    say_texts,
    say_verb,
)
from helpers.charts.chart import Chart, absent_chart
from helpers.charts.fonts import cut_lines, measure_text
from helpers.charts.labels import Box, Ground
from helpers.charts.language import Words, find_words
from helpers.charts.layout import add_panel, find_room, finish_chart, start_plot
from helpers.charts.signs import style_dot
from helpers.charts.style import find_style
from helpers.charts.theme import LEADING, POINT, Look, Looks, find_look, with_theme
from helpers.corpus.borders import SOURCE, load_borders
from helpers.corpus.places import split_values

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NUMBERED = 12  # more places than these are numbered
MOST = {"full": 25, "column": 12, "slide": 7}  # more are cut to those in most texts
LISTED = {"full": 8, "column": 6, "slide": 6}  # rows of what has no dot
DOT = {"full": 7.0, "column": 7.0, "slide": 14.0}  # points across
MAP_MM = {  # width and least and most height of the map: alone, and beside a list
    "full": ((172.8, 80, 112), (104, 80, 125)),
    "column": ((83.8, 70, 105), (83.8, 70, 88)),
    "slide": ((314.7, 105, 105), (200, 105, 105)),
}
LIST_MM = {"full": 200.0, "column": 92.0, "slide": 105.0}  # height of the list of numbers, at most
SPAN = "30 Nov – 30 Nov"  # a column of days is at least as wide
NO_ROOM = "events of areas or places for which there was no room"


class Map(NamedTuple):
    """What a map shows: stops with a dot, those too many for one, those told of areas without a
    point, and those near a town that its dot stands for."""

    shown: list[Stop]
    cut: list[Stop]
    wide: list[Stop]
    shared: list[Stop]

    @property
    def points(self) -> list[tuple[float, float]]:
        return [stop.point for stop in self.shown if stop.point]


class Plan(NamedTuple):
    """A map before it is drawn: its view, the ground under the labels, the scale bar's box, the
    labels that found room, and the places that a number stands for."""

    view: View
    ground: Ground
    bar: Box
    labels: list[Label]
    lost: list[list[Stop]]


@with_theme
def draw_advance_map(study: Study) -> Chart:
    """The places captured, entered or reached, each a dot in the colour of the side that did it;
    beside it the days that every text allows and how many texts tell it. One mark is one place and
    side with the claims of that step and those that deny it. Where a label finds no room, and all
    of them above NUMBERED places, a number leads to a list. What is told of areas without a point
    is a row below, a mark too. No line between places."""
    name = "advance_map"
    told = choose_stops(study, list_stops(study), MOST[study.parameters["width"]])
    if not told.shown:
        return absent_chart(study, name, explain_absence(told))
    chart, plot = start_plot(study, name)
    look = find_look(study)
    told, plan = fit_list(study, told)
    axis = add_panel(chart, 0, 0, plan.view.wide, plan.view.high)
    disputes = _draw_map(chart, axis, plan, told, look)
    plot.set_ylim(_write_lists(chart, plot, plan, told, look), 0)
    chart.legend += list_signs(study, told.shown, look)
    leave_out(chart, told.shared, [*told.wide, *told.cut])
    words = find_words(study)
    more = [*disputes, *say_odd(words, told.shown), *_say_cut(words, told)]
    refused = [*say_denials(words, told.shown), *more]
    titles, subtitles, alt, reading = _tell_map(study, told)
    left = sum(len(group.claims) for group in chart.left_out if group.words == NO_ROOM)
    alt += f" {words.count('alt_more', left)}" if left else ""
    said = (titles, subtitles, alt, reading)
    note = (*endorse(study), *more)
    finish_chart(chart, *said, refused=refused, note=note, data=credit_borders(study))
    return mention_borders(chart)


def fit_list(study: Study, told: Map) -> tuple[Map, Plan]:
    """The map with as many places as its list has room for, those in most texts."""
    stops = [*told.shown, *told.cut, *told.wide, *told.shared]
    plan = plan_map(study, told)
    most = len(group_places(told.shown))
    while plan.lost and _measure_list(study, plan) > LIST_MM[study.parameters["width"]]:
        most -= 1
        told = choose_stops(study, sorted(stops, key=order_stop), most)
        plan = plan_map(study, told)
    return told, plan


def choose_stops(study: Study, stops: list[Stop], most: int) -> Map:
    """Which stops have a dot, at most so many places, and which are told otherwise."""
    placed = [stop for stop in stops if stop.point]
    wide = [stop for stop in stops if not stop.point]
    own, shared = share_dots(study, placed)
    ranked = sorted(own, key=lambda stop: (STEPS.index(stop.step), -stop.texts, stop.first))
    places = list(dict.fromkeys(stop.place for stop in ranked))
    kept = places[:most]
    shown = [stop for stop in own if stop.place in kept]
    return Map(shown, [stop for stop in own if stop not in shown], wide, shared)


def explain_absence(told: Map) -> str:
    """Why there is no map, and what to do."""
    if told.wide:
        names = ", ".join(dict.fromkeys(stop.name for stop in told.wide[:3]))
        more = " …" if len(told.wide) > 3 else ""
        return (
            f"no place that was captured, entered or reached has a point ({names}{more}); write "
            "lat, lon and prec 1 or 2 into places.csv."
        )
    return "no text says on which day a place was captured, entered or reached."


def plan_map(study: Study, told: Map) -> Plan:
    """The map alone, with the labels that find room and a number for one or two that do not; where
    more find none, on a slide any, and above NUMBERED places, all are numbered beside a list."""
    alone, beside = MAP_MM[study.parameters["width"]]
    numbered = len(told.shown) > NUMBERED
    plan = _plan_layout(study, told, beside if numbered else alone, numbered)
    few = 0 if study.parameters["width"] == "slide" else 2
    return plan if numbered or len(plan.lost) <= few else _plan_layout(study, told, beside, True)


def _plan_layout(study: Study, told: Map, size: tuple[float, float, float], numbered: bool) -> Plan:
    """Where everything stands on a map of this width, least and most height."""
    look, width = find_look(study), study.parameters["width"]
    radius = DOT[width] / 2 + 0.8
    view = choose_view(told.points, study.country, *size)
    ground = lay_ground(view, study.country)
    places = group_places(told.shown)
    points = [stops[0].point or (0.0, 0.0) for stops in places]
    bar = place_scale(view, ground, view.place(np.array(points)), look, find_words(study))
    ground = add_box(ground, bar)
    year = span_years(told.shown)
    shapes = [_shape_label(study, stops, year) for stops in places]
    labels: list[Label] = []
    lost = list(range(len(places)))
    if not numbered:
        labels, lost = place_shapes(view, ground, points, shapes, look.label, radius)
        ground = add_box(ground, *(label.spot.box for label in labels))
    among = [points[at] for at in lost]
    named = [_shape_number(number, places[at]) for number, at in enumerate(lost, 1)]
    ground = cover_dots(view, ground, points, radius)
    numbers, _ = place_shapes(view, ground, among, named, look.label, radius)
    ground = add_box(ground, *(label.spot.box for label in numbers))
    return Plan(view, ground, bar, [*labels, *numbers], [places[at] for at in lost])


def _draw_map(chart: Chart, axis: Axes, plan: Plan, told: Map, look: Look) -> list[str]:
    """Ground, dots and labels; gives what is to be said of disputed areas."""
    country, words = chart.study.country, find_words(chart.study)
    draw_land(axis, plan.view, country, look)
    draw_dots(chart, axis, told.shown, DOT[chart.width], look)
    draw_scale(axis, plan.view, plan.bar, look, words)
    for label in plan.labels:
        write_label(axis, plan.view, label, look.label, look)
    ground, disputes = name_disputed(axis, plan.view, plan.ground, country, look, words)
    name_countries(axis, plan.view, ground, country, look, words)
    return disputes


def group_places(stops: list[Stop]) -> list[list[Stop]]:
    """The stops of each place, the place whose first day is earliest first."""
    places: dict[str, list[Stop]] = {}
    for stop in stops:
        places.setdefault(stop.place, []).append(stop)
    return list(places.values())


def _shape_label(study: Study, stops: list[Stop], year: bool) -> list[Shape]:
    """How the label of a place can be set: in one line, or its name above; without the number of
    texts where there is no room for it."""
    width, words = study.parameters["width"], find_words(study)
    long = [say_stop(study, stop) for stop in stops]
    plain = [say_step(words, stop, study.leading, year) for stop in stops]
    short = [
        f"{said}; {say_denied(words, stop)}" if stop.denials else said
        for said, stop in zip(plain, stops)
    ]
    name = Run(stops[0].name, True)
    shapes: list[Shape] = []
    denied = f"; {words('denied')}"
    least = [said + denied if stop.denials else said for said, stop in zip(plain, stops)]
    for told in (long, short, least) if width == "full" else (short, least):
        first, *rest = told
        lines = tuple((Run(said),) for said in rest)
        shapes.append(((Run(f"{name.words} ", True), Run(first)), *lines))
        shapes.append(((name,), *((Run(said),) for said in told)))
    return shapes


def _shape_number(number: int, stops: list[Stop]) -> list[Shape]:
    """4 El Fasher, or the number alone."""
    return [((Run(f"{number} ", True), Run(stops[0].name)),), ((Run(str(number), True),),)]


# --- lists ---------------------------------------------------------------------------------------


def _write_lists(chart: Chart, plot: Axes, plan: Plan, told: Map, look: Look) -> float:
    """What numbers stand for, beside the map where there is room, and what is told of areas without
    a point; gives the lower end in millimetres."""
    view, lost = plan.view, plan.lost
    room, most = find_room(chart.study)
    gap = 4.0 if chart.width != "slide" else 8.0
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
        bottom += line
    ends = [view.high, bottom - line if not told.wide else bottom]
    if told.wide and chart.width != "slide":
        ends.append(_write_areas(chart, plot, (left, bottom, wide), told.wide, look, most))
    return max(ends) + 1.0


def _measure_list(study: Study, plan: Plan) -> float:
    """The height of the list of numbers in one column, in millimetres."""
    look, (room, _) = find_look(study), find_room(study)
    beside = room - plan.view.wide - 4.0
    indent = measure_text("25 ", look.label, True) * POINT
    wide = (beside if beside >= 40 else room) - indent
    high = 0.0
    for stops in plan.lost:
        high += look.label * LEADING * POINT + 0.45 * look.date * LEADING * POINT
        for stop in stops:
            block = cut_lines(keep_together(say_stop(study, stop)), look.date, wide / POINT, 2)
            high += look.date * LEADING * POINT * (block.count("\n") + 1)
    return high


def _write_numbers(
    chart: Chart,
    plot: Axes,
    place: tuple[float, float, float],
    groups: list[list[Stop]],
    look: Look,
) -> float:
    """A row a place: its number, name and what is told of it; in two columns where they are many;
    gives the lower end."""
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
        indent = measure_text("25 ", look.label, True) * POINT
        colour = find_colour(study, stops[-1], look)
        looks: Looks = {"va": "top", "size": look.label, "weight": "bold"}
        plot.text(x, y, str(number), color=colour, **looks)
        plot.text(x + indent, y, stops[0].name, color=look.colour["text"], **looks)
        y += look.label * LEADING * POINT
        for stop in stops:
            said = say_stop(study, stop)
            words = cut_lines(keep_together(said), look.date, (each - indent) / POINT, 2)
            grey: Looks = {"va": "top", "size": look.date, "color": look.colour["secondary"]}
            told = plot.text(x + indent, y, words, linespacing=look.spacing, **grey)
            denials = [claim.claim_id for claim in stop.denials]
            claims = [*stop.claims, *denials]
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
    shown = sorted(shown[: LISTED[chart.width]], key=lambda stop: (stop.first, stop.last))
    head: Looks = {"va": "top", "size": look.label, "weight": "bold"}
    words, ink = find_words(chart.study), look.colour["text"]
    plot.text(left, top, words("without_point"), color=ink, **head)
    columns = 2 if wide > 150 and chart.width != "slide" else 1
    each, per = (wide - 5 * (columns - 1)) / columns, -(-len(shown) // columns)
    longest = max((_say_area_days(words, stop) for stop in shown), key=len)
    days = max(measure_text(f"{said} ", look.label, True) for said in (SPAN, longest)) * POINT
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
    by = say_by(words, stop.side) if stop.side != study.leading else ""
    stance = f", {say_claimed(words, stop)}" if stop.stance else ""
    return f"{say_verb(words, stop.step)}{by}{stance}, {say_texts(words, stop)}"


# --- words ---------------------------------------------------------------------------------------


def list_signs(study: Study, stops: list[Stop], look: Look) -> list:
    """What a key says: the signs that occur where there is more than one, and the sides where there
    are several."""
    from matplotlib.lines import Line2D

    words = find_words(study)
    signs = list(dict.fromkeys(stop.step for stop in sorted(stops, key=_rank)))
    sides = list_sides(stops)
    if len(signs) + len(sides) < 3:
        return []
    size, found = look.foot * 0.8, []
    first = look.colour["secondary"] if len(sides) > 1 else find_colour(study, stops[0], look)
    for step in signs if len(signs) > 1 else []:
        found.append(
            Line2D([], [], label=words(SIGNS[step]), **style_dot(SIGNS[step], first, size))
        )
    for side in sides if len(sides) > 1 else []:
        stop = next(stop for stop in stops if stop.side == side)
        colour = find_colour(study, stop, look)
        label = words("side_by", side=say_side(words, side))
        swatch: Looks = {"marker": "s", "linestyle": "none", "color": colour, "markersize": size}
        found.append(Line2D([], [], label=label, **swatch))
    return found


def _rank(stop: Stop) -> int:
    return STEPS.index(stop.step)


def leave_out(chart: Chart, shared: list[Stop], listed: Iterable[Stop] = ()) -> None:
    """Every claim of the pace that no mark stands for, by kind. shared: stops that another's
    dot stands for; listed: those for which there was no room."""
    study = chart.study
    claims = study.all_claims
    steps = claims[claims["topic"] == "pace"]
    near = {claim for stop in shared for claim in stop.claims}
    no_room = {claim for stop in listed for claim in stop.claims}
    taken = steps["measure"] == "captured"
    sides = pd.Series([choose_side(study, cell) for cell in steps["actor"]], index=steps.index)
    more = {
        "withdrawals": steps["measure"] == "withdrawn",
        f"events within {NEAR_KM} km of a place on the map": steps["claim_id"].isin(near),
        NO_ROOM: steps["claim_id"].isin(no_room),
        "arrivals and entries": steps["measure"].isin(["entered", "reached"]),
        "captures of areas without a point": taken & ~_have_points(study, steps),
        "captures by other sides": taken & ~sides.isin(["", study.leading]),
        "other captures": taken,
    }
    chart.leave_out(steps, name_kinds(study, steps, more))


def _have_points(study: Study, steps: pd.DataFrame) -> pd.Series:
    """Which claims tell of a place that has a point of its own."""
    found = [
        any(find_point(study, place) for place in split_values(cell)) for cell in steps["place"]
    ]
    return pd.Series(found, index=steps.index, dtype=bool)


def _say_cut(words: Words, told: Map) -> list[str]:
    """What stands for more than itself, or is not on the map."""
    said = []
    if told.cut:
        said.append(words.count("more_places", len({stop.place for stop in told.cut})))
    if told.shared:
        said.append(words.count("near_sites", len({stop.place for stop in told.shared})))
    return said


def _tell_map(study: Study, told: Map) -> tuple[list[str], list[str], str, str]:
    """Titles, subtitles, alt text and reading."""
    shown, words = told.shown, find_words(study)
    first, last = min(stop.first for stop in shown), max(stop.last for stop in shown)
    titles = title_advance(study, [*shown, *told.cut])
    steps = [
        step for step in ("captured", "entered", "reached") if any(s.step == step for s in shown)
    ]
    named = {
        "steps": words.join([words(step) for step in steps], "or"),
        "days": words.period(first, last, True),
    }
    leading = open_sentence(say_side(words, study.leading))
    unless = words("unless", side=leading) if study.leading else ""
    subtitles = [
        *(words(f"subtitle_map{name}", **named) + unless for name in ("", "_plain", "_short")),
        words("subtitle_map_short", **named),
    ]
    sides = list_sides(shown)
    country = name_country(words, study.country)
    where = words("alt_of_country", country=country) if country else ""
    taken = [stop for stop in shown if stop.step == "captured"]
    ends = [
        words(name, place=stop.name, days=words.period(stop.first, stop.last))
        for name, stop in zip(("alt_from", "alt_to"), dict.fromkeys([*taken[:1], *taken[-1:]]))
    ]
    marks = words.count("marks", len(shown))
    alt = words("alt_map", country=where, marks=marks, **named, title=titles[-1] + "".join(ends))
    if len(sides) > 1:
        alt += f" {words('alt_sides', sides=', '.join(say_side(words, side) for side in sides))}"
    return titles, subtitles, alt, words("reading_map")


def title_advance(study: Study, stops: list[Stop]) -> list[str]:
    """The finding: which side took how many places, and from where to where."""
    words = find_words(study)
    taken = sorted((stop for stop in stops if stop.step == "captured"), key=lambda s: s.first)
    if not taken:
        told = say_spelled(words, "places_reached", len({stop.place for stop in stops}))
        return [words("captured_none", told=told)]
    sides = list_sides(taken)
    said = [_say_taken(words, [s for s in taken if s.side == side], taken) for side in sides[:2]]
    first = open_sentence(said[0].words)
    mine = [stop for stop in taken if stop.side == sides[0]]
    titles = []
    others = [stop for stop in taken if stop.side == sides[1]] if len(sides) > 1 else []
    if len(others) > 1 or any(one.again for one in said[1:]):
        titles.append(f"{first}, {said[1].words}")
    if len(mine) > 1 and mine[0].place != mine[-1].place:
        ends = words("from_to", place=mine[0].name, place_to=mine[-1].name)
        titles.append(f"{first}, {ends}")
    return [*titles, first]


class _Taken(NamedTuple):
    """What a side took, in words, and whether it took it again."""

    words: str
    again: bool


def _say_taken(words: Words, stops: list[Stop], taken: list[Stop]) -> _Taken:
    """the SDF took three places; Northern Front says it took Sarn."""
    places = {stop.place for stop in stops}
    many = len(places) > 1
    what = say_spelled(words, "places", len(places)) if many else stops[0].name
    if not stops[0].side:
        return _Taken(words("fell_unsaid", what=what), False)
    before = [
        stop
        for stop in taken
        if stop.side != stops[0].side
        if any(one.place == stop.place and one.first > stop.last for one in stops)
    ]
    again = not many and bool(before)
    name = "retook" if again else "took"
    if all(stop.stance for stop in stops):
        name = f"says_{name}"
    return _Taken(words(name, side=say_side(words, stops[0].side), what=what), again)


def endorse(study: Study) -> list[str]:
    """The sentence on boundaries, the house's own or ours, where any are drawn."""
    if study.country not in load_borders().countries:
        return []
    return [find_style(study).boundaries or find_words(study)("boundaries")]


def credit_borders(study: Study) -> str:
    """Whose boundaries are drawn, for the source line; "" where none are."""
    return find_words(study)("boundaries_by", source=SOURCE) if endorse(study) else ""


def mention_borders(chart: Chart) -> Chart:
    """The sentence on boundaries, in the caption where the picture has no foot."""
    if not chart.framed:
        chart.sources = " ".join([*endorse(chart.study), chart.sources])
    return chart
