"""The map: who captured, entered or reached which place, and on which days it may have been."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from helpers.analysis.selection import Study
from helpers.charts.captures.stops import (
    STEPS,
    Stop,
    list_stops,
    order_stop,
    share_dots,
    span_years,
)
from helpers.charts.captures.words import (
    caption_partly,
    keep_together,
    list_partly,
    say_denials,
    say_denied,
    say_odd,
    say_step,
)
from helpers.charts.chart import Chart, absent_chart
from helpers.charts.look.fonts import wrap_text
from helpers.charts.look.labels import PRINTED, Ground
from helpers.charts.look.language import find_words
from helpers.charts.look.layout import add_panel, finish_chart, measure_room, start_plot
from helpers.charts.look.theme import LEADING, POINT, Look, find_look, with_theme
from helpers.charts.maps.areas import list_undrawn, list_unsaid, say_undrawn
from helpers.charts.maps.dots import (
    Label,
    Plan,
    Run,
    Shape,
    break_name,
    cover_dots,
    draw_dots,
    find_size,
    fit_dots,
    group_stops,
    place_shapes,
    say_stop,
    write_label,
)
from helpers.charts.maps.ground import (
    add_box,
    draw_land,
    draw_scale,
    is_bare,
    lay_ground,
    place_scale,
)
from helpers.charts.maps.key import list_signs
from helpers.charts.maps.lists import measure_list, write_lists
from helpers.charts.maps.names import name_countries, name_disputed
from helpers.charts.maps.telling import (
    NO_ROOM,
    Map,
    credit_borders,
    endorse,
    leave_out,
    mention_borders,
    say_cut,
    tell_map,
)
from helpers.charts.maps.view import View, choose_view

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NUMBERED = 12  # more places than these are numbered
MOST = {"full": 25, "column": 12, "slide": 8}  # more are cut to those in most texts
DOT = {"full": 7.0, "column": 7.0, "slide": 14.0}  # points across
MAP_MM = {  # width and least and most height of the map: alone, and beside a list
    "full": ((172.8, 80, 112), (104, 80, 125)),
    "column": ((83.8, 70, 105), (83.8, 70, 88)),
    "slide": ((318.7, 105, 105), (200, 105, 105)),
}
NARROW_MM = 165.0  # width of a map on a slide whose list would else leave places out
BROKEN_MM = (38.0, 28.0)  # widths of a label in print, where whole lines find no room
AREAS_MM = 8.0  # of two lines: between map and list, and for the first area below
LIST_MM = {"full": 200.0, "column": 86.0, "slide": 105.0}  # height of the list of numbers, at most


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
    told, plan, high = fit_list(chart, told)
    axis = add_panel(chart, 0, 0, plan.view.wide, plan.view.high)
    disputes = _draw_map(chart, axis, plan, told, look)
    plot.set_ylim(write_lists(chart, plot, plan, told, look, high), 0)
    leave_out(chart, [], [*told.wide, *told.shared, *told.cut])
    words = find_words(study)
    cut = say_cut(words, told)
    more = [*disputes, *say_odd(words, told.shown)]
    denials = say_denials(words, told.shown)
    retaken = say_denials(words, [stop for stop in told.shown if stop.redone])
    refused = [*denials, *caption_partly(words, told.shown), *more, *cut]
    more = [*retaken, *more]
    if chart.width != "slide":  # there, and in a list of areas, it is said how much more there is
        more += say_cut(words, told._replace(shared=[]))
    elif not plan.lost and (rest := list_undrawn(told)):
        more.append(f"{say_undrawn(words, rest)}.")
    said = tell_map(study, told)
    left = sum(len(group.claims) for group in chart.left_out if group.words == NO_ROOM)
    if left:
        said = said._replace(alt=f"{said.alt} {words.count('alt_more', left)}")
    note = (*endorse(study), *more)
    finish_chart(chart, said, refused, note, credit_borders(study))
    return mention_borders(chart)


def fit_list(chart: Chart, told: Map) -> tuple[Map, Plan, float]:
    """The map with as many places as its list has room for, those in most texts, and how high the
    plot may be; enters the key."""
    study, width = chart.study, chart.width
    stops = [*told.shown, *told.cut, *told.wide, *told.shared]
    chart.legend = list_signs(study, told.shown, find_look(study))
    high = measure_room(chart, *tell_map(study, told)[:2])
    plan = plan_map(study, told, high)
    most = len(group_places(told.shown))
    room = min(LIST_MM[width], high)
    if width == "column":  # where the list stands below the map, and areas below the list
        areas = bool(told.wide or told.shared)
        room = min(room, high - plan.view.high - AREAS_MM * (1 + areas))
    if width == "slide" and list_undrawn(told):
        room -= find_look(study).date * LEADING * POINT  # how much more there is
    narrow = width == "slide" and bool(plan.lost) and measure_list(study, plan) > room
    if narrow:
        plan = plan_map(study, told, high, narrow=True)
    while plan.lost and measure_list(study, plan) > room:
        most -= 1
        told = choose_stops(study, sorted(stops, key=order_stop), most)
        plan = plan_map(study, told, high, narrow)
    chart.legend = list_signs(study, told.shown, find_look(study))
    return told, plan, high


def choose_stops(study: Study, stops: list[Stop], most: int) -> Map:
    """Which stops have a dot, at most so many places, and which are told otherwise."""
    placed = [stop for stop in stops if stop.point]
    wide = [stop for stop in stops if not stop.point]
    own, shared = share_dots(study, placed)
    mine = [stop for stop in own if stop.step == "captured" and stop.side == study.leading]
    ends = {stop.place for stop in [*mine[:1], *mine[-1:]]}  # where the advance began and got to

    whole = len({stop.place for stop in mine}) <= most  # else those in most texts, of all sides

    def rank(stop: Stop) -> tuple:
        others = whole and stop not in mine
        return STEPS.index(stop.step), stop.place not in ends, others, -stop.texts, stop.first

    places = list(dict.fromkeys(stop.place for stop in sorted(own, key=rank)))
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


def plan_map(study: Study, told: Map, high: float, narrow: bool = False) -> Plan:
    """The map alone, at most so high, with the labels that find room and a number for one or two
    that do not; where more find none, on a slide any or none beside its dot, and above NUMBERED
    places, all are numbered beside a list."""
    alone, beside = (
        (wide, min(least, high), min(most, high))
        for wide, least, most in MAP_MM[study.parameters["width"]]
    )
    numbered = len(told.shown) > NUMBERED
    plan = _plan_layout(study, told, beside if numbered else alone, numbered)
    if narrow:
        beside = (NARROW_MM, *beside[1:])
    few = len(plan.lost) <= 2
    if study.parameters["width"] == "slide":
        tied = any(label.spot.tie for label in plan.labels)
        few = not plan.lost and not list_unsaid(study, told, plan) and not tied
    return plan if numbered or few else _plan_layout(study, told, beside, True)


def _plan_layout(study: Study, told: Map, size: tuple[float, float, float], numbered: bool) -> Plan:
    """Where everything stands on a map of this width, least and most height."""
    look, width = find_look(study), study.parameters["width"]
    view = choose_view(told.points, study.country, *size)
    ground = lay_ground(view, study.country)
    places = group_places(told.shown)
    points = [stops[0].point or (0.0, 0.0) for stops in places]
    dots, bare = view.place(np.array(points)), is_bare(study.country)
    bar = place_scale(view, ground, dots, look, find_words(study), bare)
    ground = add_box(ground, bar)
    dot = fit_dots(view, points, DOT[width])
    radii = [find_size(stops, dot) / 2 + 0.8 for stops in places]
    labels: list[Label] = []
    lost, letters = list(range(len(places))), look.label
    for tried in [] if numbered else [look.label, look.date]:
        for shapes in _list_ways(study, places, tried):
            placed = place_shapes(view, ground, points, shapes, tried, radii)
            if len(placed[1]) < len(lost):
                (labels, lost), letters = placed, tried
            if not lost:
                break
        if not lost:
            break
    ground = add_box(ground, *(label.spot.box for label in labels))
    listed = [places[at] for at in lost]
    own = [radii[at] for at in lost]
    numbers = _place_numbers(view, ground, listed, letters, own)
    ground = cover_dots(view, ground, points, max(radii))
    ground = add_box(ground, *(label.spot.box for label in numbers))
    return Plan(view, ground, bar, [*labels, *numbers], listed, dot, letters)


def _place_numbers(
    view: View, ground: Ground, listed: list[list[Stop]], letters: float, radii: list[float]
) -> list[Label]:
    """4 El Fasher, wherever that has room, else 4. letters: their size; radii: of the dots."""
    points = [stops[0].point or (0.0, 0.0) for stops in listed]
    runs = [(Run(f"{number} ", True), Run(stops[0].name)) for number, stops in enumerate(listed, 1)]
    forms = [break_name(run) for run in runs]
    named, bare = place_shapes(view, ground, points, forms, letters, radii)
    taken = add_box(ground, *(label.spot.box for label in named))
    taken = cover_dots(view, taken, [label.point for label in named], max(radii, default=0.0))
    alone: list[list[Shape]] = [[((Run(runs[at][0].words.strip(), True),),)] for at in bare]
    own = [points[at] for at in bare]
    return [*named, *place_shapes(view, taken, own, alone, letters, [radii[at] for at in bare])[0]]


def _draw_map(chart: Chart, axis: Axes, plan: Plan, told: Map, look: Look) -> list[str]:
    """Ground, dots and labels; gives what is to be said of disputed areas."""
    country, words = chart.study.country, find_words(chart.study)
    draw_land(axis, plan.view, country, look)
    draw_dots(chart, axis, told.shown, plan.size, look)
    draw_scale(axis, plan.view, plan.bar, look, words, is_bare(chart.study.country))
    for label in plan.labels:
        write_label(axis, plan.view, label, plan.letters, look)
    ground, disputes = name_disputed(axis, plan.view, plan.ground, country, look, words)
    name_countries(axis, plan.view, ground, country, look, words)
    return disputes


def group_places(stops: list[Stop]) -> list[list[Stop]]:
    """The stops of each place, the place first of which it was first certain."""
    return sorted(group_stops(stops), key=lambda told: (told[0].last, told[0].first))


def _list_ways(
    study: Study, places: list[list[Stop]], letters: float
) -> Iterator[list[list[Shape]]]:
    """The shapes in which the labels of all places can be set, the best first: of all that is to be
    said, then also of less and less; each with its lines whole, then broken too."""
    year = span_years([stop for stops in places for stop in stops])
    told = [_list_words(study, stops, year) for stops in places]
    levels = range(1, max(map(len, told)) + 1)
    ways = [(most, broken) for most in levels for broken in (False, True)]
    if study.parameters["width"] != "full":  # shorter words before broken lines
        ways = [*((most, False) for most in levels[:2]), *ways]
    for most, broken in dict.fromkeys(ways):
        shapes = [_shape_label(stops[0].name, own[:most]) for stops, own in zip(places, told)]
        more = [_break_shapes(own[-1], letters) if broken else [] for own in shapes]
        yield [[*own, *parts] for own, parts in zip(shapes, more)]


def _list_words(study: Study, stops: list[Stop], year: bool) -> list[list[str]]:
    """The lines of a label, below each other or the first beside its name, the best first: what is
    told of each stop, with the number of texts in a figure of full width, who denies it, and who
    disputes a part of the place; without the number; without who denies it; without a part that is
    disputed, and of a place taken again without what was denied, which the note tells."""
    words = find_words(study)
    plain = [say_step(words, stop, study.leading, year) for stop in stops]
    parts = [line for stop in stops for line in list_partly(words, stop)]

    def add(say: Callable[[Stop], str]) -> list[str]:
        return [
            f"{said}; {say(stop)}" if stop.denials else said for said, stop in zip(plain, stops)
        ]

    long, short, brief = (
        [say_stop(study, stop) for stop in stops],
        add(lambda stop: say_denied(words, stop)),
        add(lambda stop: words("denied")),
    )
    settled = plain if any(stop.redone for stop in stops) else brief
    ways = [*([long] if study.parameters["width"] == "full" else []), short, brief]
    found = [[*way, *parts] for way in ways] + [brief, settled]
    return [way for at, way in enumerate(found) if way not in found[:at]]


def _shape_label(name: str, ways: list[list[str]]) -> list[Shape]:
    """How the label of a place can be set: in one line, or its name above."""
    shapes: list[Shape] = []
    for first, *rest in ways:
        lines = tuple((Run(said),) for said in rest)
        shapes.append(((Run(f"{name} ", True), Run(first)), *lines))
        shapes.append(((Run(name, True),), (Run(first),), *lines))
    return shapes


def _break_shapes(shape: Shape, size: float) -> list[Shape]:
    """A label below its name with its lines broken, where whole ones find no room."""
    name, *lines = shape
    found: list[Shape] = []
    for wide in BROKEN_MM:
        most = wide / POINT * size / PRINTED
        parts = [wrap_text(keep_together(run.words), size, most).split("\n") for [run] in lines]
        found.append((name, *((Run(part),) for part in itertools.chain(*parts))))
    return list(dict.fromkeys(found))
