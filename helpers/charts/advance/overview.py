"""The overview: the advance on a map and day by day, and the numbers given for the same days."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.selection import Study
from helpers.charts.advance.days import list_steps
from helpers.charts.advance.labels import number_stops
from helpers.charts.advance.rest import measure_rest, say_rest, write_rest
from helpers.charts.advance.stairs import Stairs, draw_stairs, fit_height
from helpers.charts.advance.telling import tell_whole
from helpers.charts.captures.stops import (
    Stop,
    find_holder,
    list_after,
    list_stops,
    share_dots,
)
from helpers.charts.captures.words import (
    caption_partly,
    say_denials,
)
from helpers.charts.chart import Chart, absent_chart
from helpers.charts.look.language import Words, find_words
from helpers.charts.look.layout import (
    PAGE_MM,
    add_panel,
    find_room,
    finish_chart,
    measure_room,
    start_plot,
)
from helpers.charts.look.signs import NUMBERED, style_core
from helpers.charts.look.theme import (
    LEADING,
    POINT,
    Look,
    Looks,
    find_look,
    with_theme,
)
from helpers.charts.maps.dots import (
    Run,
    Shape,
    break_name,
    cover_dots,
    draw_place,
    find_colour,
    find_size,
    is_doubted,
    place_shapes,
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
from helpers.charts.maps.key import (
    list_bars,
    list_began,
    list_begun_bars,
    list_doubts,
    list_hatched,
    list_pale,
    list_rings,
    order_signs,
)
from helpers.charts.maps.names import name_countries, name_disputed
from helpers.charts.maps.telling import (
    credit_borders,
    endorse,
    leave_out,
    mention_borders,
)
from helpers.charts.maps.view import (
    View,
    bound_view,
)
from helpers.charts.page.largest import Number, choose_numbers
from helpers.charts.page.numbers import (
    leave_out_people,
    measure_numbers,
    write_numbers,
)

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

MOST = 6  # captures
DISC = {"full": 10.5, "column": 10.5, "slide": 20.0}  # points across
MAP_MM = {"full": (62.0, 66.0), "column": (83.8, 60.0), "slide": (76.0, 96.0)}
ROW_MM = {"full": 12.4, "column": 9.6, "slide": 12.8}
ABOVE_MM = {"full": 4.0, "column": 4.0, "slide": 2.0}  # the numbers, below the days
COLUMN_MM = 223.0  # the height of a column, which leaves room for a caption on the page
LEAST_MAP_MM = 42.0  # lower, names find no room; but where the page has no more
FOOT_LINES = 2.4  # lines of days and months below the captures
SLIDE_MM = 103.0  # height of a slide below two lines of title, above two of foot


class Whole(NamedTuple):
    """What the overview shows; rest: the words for captures that it leaves out, longest first."""

    stairs: Stairs
    numbers: list[Number]
    rest: list[str]


@with_theme
def draw_overview(study: Study) -> Chart:
    """Left a map of the captures of the side with most of them, right the same captures by the days
    that every text allows, with the same numbers, below three figures whose days lie within the
    period: the largest of people displaced, the largest of people killed that no party says, and
    the largest that a party says; of a running total that goes on the latest. A dot and a bar are
    one place with its claims; a figure is one statement. What the texts do not tell is left
    out."""
    name = "overview"
    whole = choose_whole(study)
    if not whole.stairs.stops and not whole.numbers:
        return absent_chart(
            study,
            name,
            "no text tells of a capture, of people displaced or of people killed on known days.",
        )
    chart, plot = start_plot(study, name)
    look = find_look(study)
    chart.legend = _list_signs(study, whole.stairs.stops, look)
    told = tell_whole(study, whole.stairs.stops, whole.numbers)
    most = measure_room(chart, told.title, told.subtitle)
    bottom, disputes = _draw_blocks(chart, plot, whole, look, most)
    plot.set_ylim(bottom, 0)
    leave_out(chart, [])
    leave_out_people(chart)
    mapped = choose_mapped(study, whole.stairs.stops)
    bounds = endorse(study) if mapped else []
    captures = [stop for stop in whole.stairs.stops if stop.step == "captured"]
    refused = [*disputes, *say_denials(find_words(study), captures)]
    note, data = (*bounds, *refused), credit_borders(study) if bounds else ""
    refused += caption_partly(find_words(study), captures)
    finish_chart(chart, told, [*refused, *(f"{said}." for said in whole.rest[:1])], note, data)
    return mention_borders(chart) if mapped else chart


def _list_signs(study: Study, stops: list[Stop], look: Look) -> list[Artist]:
    """What a key says of what is hatched or pale, of steps, sides and rings, where they
    occur."""
    groups = [[stop, *stop.after] for stop in stops]
    told = [one for group in groups for one in group]
    colour = look.colour["secondary"]
    if len({one.side for one in told}) == 1:
        colour = find_colour(study, told[0], look)
    hatched = list_hatched(study, told, look)
    if any(is_doubted(find_holder(group)) for group in groups):  # dots and bars
        hatched = list_doubts(study, told, colour, look)
    mapped = [group for group in groups if group[0] in choose_mapped(study, stops)]
    began = list_began(study, mapped, look) or list_begun_bars(study, stops, look)
    rings = [*began, *list_rings(study, mapped, colour, look)]
    bars = [*list_pale(study, told, look), *list_bars(study, told, look)]
    steps = [] if study.parameters["width"] == "slide" else list_steps(study, stops, look)
    return order_signs(study, [*hatched, *bars, *rings, *steps])


def choose_whole(study: Study) -> Whole:
    """What the overview shows of a study."""
    stops = choose_captures(study)
    stairs = Stairs(stops, [], pd.DataFrame())
    return Whole(stairs, choose_numbers(study), say_rest(study, stops))


def choose_captures(study: Study) -> list[Stop]:
    """The captures of the leading side, its route's where it has one, and before them the place
    where its offensive began: the first MOST, where all are so few, else the first, the last and
    those in most texts; each with who took its place away, and back."""
    stops = list_stops(study)
    mine = [stop for stop in stops if stop.step == "captured" and stop.side == study.leading]
    firsts = {stop.place: stop for stop in reversed(mine)}  # one taken again stands once
    known = [stop for stop in mine if stop.days <= 31 and firsts[stop.place] is stop]
    way = [stop for stop in known if stop.place in study.route]
    mine = way if len(way) > 1 else known
    begun = [stop for stop in stops if stop.step == "offensive_start"]
    begun = [stop for stop in begun if mine and stop.first <= mine[0].first]
    room = MOST - len(begun)
    ends = mine[:1] + mine[-1:]
    kept = sorted(mine, key=lambda stop: (stop not in ends, -stop.texts))[:room]
    mine = [replace(stop, after=tuple(list_after(stops, stop))) for stop in mine if stop in kept]
    return [*begun, *mine]


def choose_mapped(study: Study, stops: list[Stop]) -> list[Stop]:
    """The stops that the map shows: those with a point; none where it would show fewer than half of
    them, or several at one spot, and so not how they lie."""
    placed = [stop for stop in stops if stop.point]
    apart, _ = share_dots(study, placed)
    spots = len({stop.place for stop in apart})
    return placed if 2 * len(placed) >= len(stops) and spots >= min(2, len(stops)) else []


def _draw_blocks(
    chart: Chart, plot: Axes, whole: Whole, look: Look, most: float
) -> tuple[float, list[str]]:
    """Map, stairs and numbers where each width has them, on a slide at most so high; gives the
    lower end, and what is to be said of disputed areas."""
    room, _ = find_room(chart.study)
    stops = whole.stairs.stops
    wide, high = MAP_MM[chart.width]
    if chart.width == "slide":
        high = min(high, most)
    mapped = choose_mapped(chart.study, stops)
    if chart.width == "full":
        high = max(high, len(stops) * ROW_MM["full"] + 2.0 * look.date * LEADING * POINT)
    if chart.width == "column":  # what days and numbers leave of the page
        used = _measure_days(chart, stops, look) + measure_rest(whole.rest, room, look) + 11.0
        used += measure_numbers(chart, whole.numbers, room, look) if whole.numbers else 0.0
        least = max(30.0, min(LEAST_MAP_MM, most - used))
        high = min(high, max(least, most - (PAGE_MM - COLUMN_MM) - used))
    gap = 5.0 if chart.width != "slide" else 9.0
    left, bottom = 0.0, 0.0
    disputes: list[str] = []
    if mapped:
        disputes = _draw_map(chart, stops, (0, 0, wide, high), look)
        if chart.width == "column":
            bottom = high + 4
        else:
            left = wide + gap
    side = left if chart.width == "slide" else 0.0
    below = 0.0
    if whole.numbers:
        below = measure_numbers(chart, whole.numbers, room - side, look) + (
            ABOVE_MM[chart.width] if stops else 0.0
        )
    if stops:
        spare = min(SLIDE_MM, most) - below if chart.width == "slide" else 0.0
        low = _draw_days(chart, whole, (left, bottom, room - left), spare, look)
        bottom = max(low, high if mapped and chart.width == "full" else 0.0)
    if whole.numbers:
        top = bottom + (ABOVE_MM[chart.width] if stops else 0.0)
        write_numbers(chart, plot, (side, top, room - side), whole.numbers, look)
    ends = [bottom + below, high if mapped else 0.0]
    return max(ends), disputes


def _draw_map(
    chart: Chart, stops: list[Stop], place: tuple[float, float, float, float], look: Look
) -> list[str]:
    """The captures on a map, numbered as beside it; gives what is to be said of disputed areas."""
    study, mapped = chart.study, choose_mapped(chart.study, stops)
    words = find_words(study)
    points = [stop.point or (0.0, 0.0) for stop in mapped]
    view = bound_view(points, study.country, place[2], place[3], place[3])
    axis = add_panel(chart, *place)
    draw_land(axis, view, study.country, look)
    ground = lay_ground(view, study.country)
    dots, bare = view.place(np.array(points)), is_bare(study.country)
    bar = place_scale(view, ground, dots, look, words, bare)
    draw_scale(axis, view, bar, look, words, bare)
    ground = add_box(ground, bar)
    disc, apart = DISC[chart.width], _are_apart(view, points, DISC[chart.width])
    radius = disc / 2 if apart else disc / 3
    numbers = [number_stops(stops)[stops.index(stop)] for stop in mapped]
    for stop, number in zip(mapped, numbers):
        inside = apart and number > 0
        draw_place(chart, axis, [stop, *stop.after], 2 * radius, look, numbered=inside)
        if inside:
            holder = find_holder([stop, *stop.after])
            write_number(axis, study, holder, number, 2 * radius, look)
    shapes = [_shape_name(words, *told, apart) for told in zip(mapped, numbers)]
    radii = [find_size([stop, *stop.after], 2 * radius) / 2 + 0.8 for stop in mapped]
    if apart:
        radii = [r * NUMBERED if is_doubted(stop) else r for r, stop in zip(radii, mapped)]
    for size in (look.label, look.date, look.foot):  # smaller, where a name finds no room
        labels, _ = place_shapes(view, ground, points, shapes, size, radii)
        if not any(label.shape[0][0].words.isdigit() for label in labels):
            break
    else:  # all by their numbers, which the days beside the map explain
        size, shapes = look.label, [shape[-1:] for shape in shapes]
        labels, _ = place_shapes(view, ground, points, shapes, size, radii)
    for label in labels:
        write_label(axis, view, label, size, look)
        ground = add_box(ground, label.spot.box)
    ground = cover_dots(view, ground, points, radius)
    ground, disputes = name_disputed(axis, view, ground, study.country, look, words)
    name_countries(axis, view, ground, study.country, look, words)
    return disputes


def _are_apart(view: View, points: list[tuple[float, float]], size: float) -> bool:
    """Whether discs of this size stand clear of each other."""
    placed = view.place(np.array(points))
    gaps = np.hypot(*(placed[:, None, :] - placed[None, :, :]).transpose(2, 0, 1))
    return bool((gaps[np.triu_indices(len(placed), 1)] > size).all())


def _shape_name(words: Words, stop: Stop, number: int, inside: bool) -> list[Shape]:
    """The name beside a disc that has its number inside, or none (0), else number and name; below
    it, where there is room, why the disc is hatched."""
    name = stop.name if inside or not number else f"{number} {stop.name}"
    shapes, holder = break_name((Run(name, True),)), find_holder([stop, *stop.after])
    if is_doubted(holder):
        why = words("denied" if holder.denials else "claimed")
        shapes = [*((*shape, (Run(why),)) for shape in shapes), *shapes]
    return shapes if inside or not number else [*shapes, ((Run(str(number), True),),)]


def write_number(
    axis: Axes, study: Study, stop: Stop, number: int, size: float, look: Look
) -> None:
    """A number in the middle of a disc `size` points across, in the side's colour on a hatched one,
    whose middle is white."""
    colour = find_colour(study, stop, look) if is_doubted(stop) else "white"
    looks: Looks = {"size": look.map, "weight": "bold", "color": colour, "zorder": 8}
    if is_doubted(stop):
        lon, lat = stop.point or (0, 0)
        axis.plot([lon], [lat], zorder=7.5, **style_core(NUMBERED * size))
    axis.annotate(
        str(number),
        stop.point or (0, 0),
        (0, -0.34 * look.map),
        "data",
        "offset points",
        ha="center",
        va="baseline",
        annotation_clip=False,
        **looks,
    )


def _draw_days(
    chart: Chart, whole: Whole, place: tuple[float, float, float], spare: float, look: Look
) -> float:
    """The captures by day, with the numbers of the map, on a slide in the room to spare, and what
    is left out; gives the lower end."""
    (left, top, wide), stairs = place, whole.stairs
    foot = FOOT_LINES * look.date * LEADING * POINT
    high = _measure_days(chart, stairs.stops, look) - foot
    if chart.width == "full" and left:
        high = max(high, MAP_MM["full"][1] - foot)  # as high as the map beside it
    if spare:
        high = spare - foot
    else:
        high = fit_height(chart.study, stairs, (wide, high), 1.6 * high, look, numbered=True)
    axis = add_panel(chart, left, top, wide, high)
    draw_stairs(chart, axis, stairs, (wide, high), look, numbered=True)
    low = top + high + foot
    return low + write_rest(axis, whole.rest, (wide, high), look, chart.width == "slide")


def _measure_days(chart: Chart, stops: list[Stop], look: Look) -> float:
    """The height of the captures by day with their days below, in millimetres, where nothing else
    decides."""
    lost = [stop for stop in stops if stop.after]  # two lines below their bars, and their doubts
    more = sum(2 + bool(stop.denials) + bool(stop.stance) for stop in lost)
    high = len(stops) * ROW_MM[chart.width] + more * look.label * LEADING * POINT
    return high + FOOT_LINES * look.date * LEADING * POINT
