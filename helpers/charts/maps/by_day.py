"""The map by day: a small map for each day on which a capture became certain."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from helpers.analysis.selection import Study
from helpers.charts.captures.stops import Stop, list_stops, share_dots, span_years
from helpers.charts.captures.words import (
    list_sides,
    say_by,
    say_denials,
    say_odd,
)
from helpers.charts.chart import Chart, Told, absent_chart
from helpers.charts.look.fonts import cut_lines, measure_text
from helpers.charts.look.labels import Ground
from helpers.charts.look.language import find_words
from helpers.charts.look.layout import add_panel, find_room, finish_chart, measure_room, start_plot
from helpers.charts.look.signs import style_dot
from helpers.charts.look.theme import (
    LEADING,
    POINT,
    Look,
    Looks,
    find_look,
    mix_pale,
    with_theme,
)
from helpers.charts.maps.dots import (
    INNER,
    Label,
    Run,
    Shape,
    cover_dots,
    draw_dot,
    find_colour,
    place_shapes,
    write_label,
)
from helpers.charts.maps.ground import (
    add_box,
    draw_lands,
    draw_scale,
    lay_ground,
    place_scale,
)
from helpers.charts.maps.telling import (
    credit_borders,
    endorse,
    leave_out,
    list_signs,
    mention_borders,
    title_advance,
)
from helpers.charts.maps.view import View, bound_view
from helpers.schema.formatting import count

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FEWEST, MOST_DAYS, MOST_PLACES = 3, 6, 12
LARGE = 4  # so many maps where dots would merge on more and smaller ones
FEW = 2  # names that find no room on the maps; where more find none, all are numbered
ROW = {"full": 6, "column": 3, "slide": 6}  # maps side by side
HIGH_MM = {"full": (45, 85), "column": (34, 60), "slide": (44, 110)}
DOT = {"full": 7.0, "column": 6.0, "slide": 12.0}
SMALL = 0.85  # of a dot's size, on maps where some lie near each other
GAP = {"full": 2.2, "column": 1.8, "slide": 4.0}  # millimetres between maps


@with_theme
def draw_advance_map_by_day(study: Study) -> Chart:
    """A small map for each day on which a capture became certain: the last on which every text lets
    it fall. Dark: certain since that day, a mark with its claims; pale: before; a cross: to come.
    Days beyond MOST_DAYS share a map with their neighbours."""
    name = "advance_map_by_day"
    stops = [stop for stop in list_stops(study) if stop.point]
    stops, shared = share_dots(study, stops)
    shown = [stop for stop in stops if stop.step in ("captured", "offensive_start")]
    places = {stop.place for stop in shown if stop.step == "captured"}
    days = sorted({stop.last for stop in shown})
    if len(days) < FEWEST or len(places) > MOST_PLACES or not places:
        return absent_chart(study, name, _explain(len(days), len(places)))
    chart, plot = start_plot(study, name)
    crowded = _merge_dots(study, shown)
    panels = group_days(shown, LARGE if crowded else MOST_DAYS)
    told = _tell_days(study, shown, panels)
    chart.legend += list_signs(study, shown, find_look(study))
    sheet = _Sheet(
        per=count_across(chart.width, len(panels), crowded),
        size=DOT[chart.width] * (SMALL if crowded else 1),
        high=measure_room(chart, *told[:2]),
    )
    _draw_panels(chart, plot, panels, shown, sheet)
    leave_out(chart, shared)
    words = find_words(study)
    refused = [*say_denials(words, shown), *say_odd(words, shown)]
    note = (*endorse(study), *refused)
    finish_chart(chart, told, refused, note, credit_borders(study))
    return mention_borders(chart)


def _explain(days: int, places: int) -> str:
    if places > MOST_PLACES:
        return f"{count(places, 'place')} are too many for small maps; `advance_map` has them."
    if not places:
        return "no text says on which day a place with a point was captured."
    return (
        f"captures of places with a point became certain on {count(days, 'day')}, and a row of "
        f"maps needs {FEWEST}; `advance_map` has what there is."
    )


class _Sheet(NamedTuple):
    """Maps side by side, the size of their dots in points, and how high all may be in
    millimetres."""

    per: int
    size: float
    high: float


def _merge_dots(study: Study, shown: list[Stop]) -> bool:
    """Whether the dots of more than one pair of places would cover each other by half on the
    smallest maps."""
    width, (room, _) = study.parameters["width"], find_room(study)
    points = np.array(list(dict.fromkeys(list_points(shown))))
    per = min(ROW[width], len(group_days(shown)))
    wide = (room - GAP[width] * (per - 1)) / per
    view = bound_view(list_points(shown), study.country, wide, *map(float, HIGH_MM[width]))
    placed = view.place(points)
    gaps = np.hypot(*(placed[:, None, :] - placed[None, :, :]).transpose(2, 0, 1))
    return int((gaps[np.triu_indices(len(placed), 1)] < DOT[width] / 2).sum()) > 1


def count_across(width: str, maps: int, crowded: bool) -> int:
    """How many maps stand side by side: two where dots lie near each other, but on a slide."""
    if crowded and width != "slide" or width == "column" and maps == 4:
        return min(2, maps)
    return min(ROW[width], maps)


def group_days(stops: list[Stop], most: int = MOST_DAYS) -> list[list[Stop]]:
    """The stops of each map: those of one last day, or of neighbouring ones where there are more
    than `most`."""
    ordered = sorted(stops, key=lambda stop: (stop.last, stop.first, stop.name))
    groups = [list(group) for _, group in itertools.groupby(ordered, key=lambda stop: stop.last)]
    while len(groups) > most:  # join the two neighbours that are nearest in time
        apart = [
            (groups[at + 1][-1].last - groups[at][0].last).days for at in range(len(groups) - 1)
        ]
        at = int(np.argmin(apart))
        groups[at : at + 2] = [groups[at] + groups[at + 1]]
    return groups


class Panel(NamedTuple):
    """A small map: what is new on it, its labels, and what the numbers among them stand for."""

    new: list[Stop]
    labels: list[Label]
    listed: list[tuple[int, Stop]]


def plan_panels(
    study: Study, view: View, panels: list[list[Stop]], shown: list[Stop], size: float
) -> list[Panel]:
    """The maps with the labels that find room, and a number for what finds none; where more than
    FEW names find none, every place has its number."""
    look = find_look(study)
    ground = cover_dots(view, lay_ground(view, study.country), list_points(shown), size / 2)
    named = [
        _place_words(view, ground, firsts, [say_name(stop) for stop in firsts], look, size)
        for firsts in map(_list_places, panels)
    ]
    few = sum(len(lost) for _, lost in named) <= FEW
    places: dict[str, int] = {}
    planned = []
    for new, (labels, lost) in zip(panels, named):
        listed = lost if few else new
        labels = labels if few else []
        numbers = [places.setdefault(stop.place, len(places) + 1) for stop in listed]
        taken = add_box(ground, *(label.spot.box for label in labels))
        firsts = _list_places(listed)
        words = [str(places[stop.place]) for stop in firsts]
        more, _ = _place_words(view, taken, firsts, words, look, size)
        planned.append(Panel(new, [*labels, *more], list(zip(numbers, listed))))
    return planned


def _list_places(stops: list[Stop]) -> list[Stop]:
    """The last stop of each place: one label is enough."""
    return list({stop.place: stop for stop in stops}.values())


def _place_words(
    view: View, ground: Ground, stops: list[Stop], words: list[str], look: Look, size: float
) -> tuple[list[Label], list[Stop]]:
    """(labels beside the dots of stops, the stops whose words find no room)."""
    own = list_points(stops)
    shapes: list[list[Shape]] = [[((Run(said, True),),)] for said in words]
    free = _without(view, ground, own)
    labels, lost = place_shapes(view, free, own, shapes, look.date, size / 2 + 0.6)
    return labels, [stops[at] for at in lost]


def say_name(stop: Stop) -> str:
    """The name of a place, with a question mark where nobody has checked what is told of it."""
    return f"{stop.name}?" if stop.unreviewed else stop.name


def list_points(stops: list[Stop]) -> list[tuple[float, float]]:
    """Where the dots of stops lie."""
    return [stop.point for stop in stops if stop.point]


def _draw_panels(
    chart: Chart, plot: Axes, panels: list[list[Stop]], shown: list[Stop], sheet: _Sheet
) -> None:
    """All maps, in rows, each below its day and above the names that its numbers stand for; on a
    slide as high as it has room for."""
    look, (room, _) = find_look(chart.study), find_room(chart.study)
    per, gap = sheet.per, GAP[chart.width]
    wide = (room - gap * (per - 1)) / per
    view, planned = _fit_maps(chart, panels, shown, wide, sheet)
    base = add_panel(chart, 0, 0, room, 1.0)
    line, year, y = look.label * LEADING * POINT, span_years(shown), 0.0
    words = find_words(chart.study)
    axes, corners = [], []
    for first in range(0, len(planned), per):
        ends = []
        for column, panel in enumerate(planned[first : first + per]):
            x, top = column * (wide + gap), y + 1.15 * line
            bold: Looks = {"va": "top", "weight": "bold", "size": look.label}
            said = words("by_then", day=words.day(max(stop.last for stop in panel.new), year))
            plot.text(x, y, said, color=look.colour["text"], **bold)
            axes.append(add_panel(chart, x, top, wide, view.high))
            corners.append((x, top + view.high))
            _draw_dots(chart, axes[-1], panel, shown, sheet.size, look)
            ends.append(_list_names(chart, plot, (x, top + view.high, wide), panel, look))
        y = max(ends) + 0.8 * line
    low = y - 0.8 * line
    _lay_base(chart, base, axes, np.array(corners), low, view, look)
    _finish_panels(chart, axes, planned, shown, view, look)
    plot.set_ylim(low + 0.6 * line, 0)


def _fit_maps(
    chart: Chart, panels: list[list[Stop]], shown: list[Stop], wide: float, sheet: _Sheet
) -> tuple[View, list[Panel]]:
    """What the maps show, and their labels. On a slide they are as high as the names below them
    leave room, whatever the shape of the ground."""
    study, look = chart.study, find_look(chart.study)
    points, size = list_points(shown), sheet.size
    least, most = map(float, HIGH_MM[chart.width])
    if chart.width != "slide":
        view = bound_view(points, study.country, wide, least, most)
        return view, plan_panels(study, view, panels, shown, size)
    spare = sheet.high - 2.2 * look.label * LEADING * POINT
    for names in range(max(map(len, panels)) + 1):
        tall = max(least, spare - names * look.foot * LEADING * POINT)
        view = bound_view(points, study.country, wide, tall, tall)
        planned = plan_panels(study, view, panels, shown, size)
        if max(len(panel.listed) for panel in planned) <= names:
            break
    return view, planned


def _lay_base(
    chart: Chart,
    base: Axes,
    axes: list[Axes],
    corners: np.ndarray,
    low: float,
    view: View,
    look: Look,
) -> None:
    """The land below all maps, down to `low` of the plot."""
    at = next(at for at, (axis, _) in enumerate(chart.panels) if axis is base)
    left, top, wide, _ = chart.panels[at][1]
    chart.panels[at] = (base, (left, top, wide, low))
    base.set(xlim=(0, wide), ylim=(low, 0))
    base.axis("off")
    base.set_zorder(-1)
    draw_lands(chart.drawn, base, axes, corners, view, chart.study.country, look)


def _list_names(
    chart: Chart, plot: Axes, place: tuple[float, float, float], panel: Panel, look: Look
) -> float:
    """What the numbers of a map stand for, a line each below it, with the day where the map has
    several and there is room; gives the lower end."""
    (left, y, wide), words = place, find_words(chart.study)
    size = look.map if chart.width != "slide" else look.foot
    indent = measure_text("100", size, True) * POINT
    several = len({stop.last for stop in panel.new}) > 1
    y += 0.35 * size * POINT
    places: dict[int, list[Stop]] = {}
    for number, stop in panel.listed:
        places.setdefault(number, []).append(stop)
    for number, stops in places.items():
        stop = stops[-1]
        block = cut_lines(say_name(stop), size, (wide - indent) / POINT, 2)
        doubt = words("not_checked") if stop.unreviewed else ""
        days = ", ".join(words.period(one.first, one.last) for one in stops)
        dated = f"{stop.name} {days}{doubt}"
        if several and measure_text(dated, size) <= (wide - indent) / POINT:
            block = dated
        looks: Looks = {"va": "top", "size": size, "linespacing": look.spacing}
        colour = find_colour(chart.study, stop, look)
        plot.text(left, y, str(number), color=colour, weight="bold", **looks)
        plot.text(left + indent, y, block, color=look.colour["text"], **looks)
        y += size * LEADING * POINT * (block.count("\n") + 1)
    return y


def _draw_dots(
    chart: Chart, axis: Axes, panel: Panel, shown: list[Stop], size: float, look: Look
) -> None:
    """The dots of one map, `size` points across: new, before and to come."""
    day = max(stop.last for stop in panel.new)
    held: set[str] = set()
    for stop in shown:
        if stop in panel.new:
            draw_dot(chart, axis, stop, size, look, above=stop.place in held)
        elif stop.last < day:
            inner = INNER if stop.place in held else 1
            _draw_pale(axis, chart.study, stop, size * inner, look)
        elif stop.last > day and stop.place not in held:
            _draw_coming(axis, stop, size, look)
        held.add(stop.place)


def _finish_panels(
    chart: Chart,
    axes: list[Axes],
    planned: list[Panel],
    shown: list[Stop],
    view: View,
    look: Look,
) -> None:
    """The labels of all maps, and on the last a scale where it hides nothing."""
    for axis, panel in zip(axes, planned):
        for label in panel.labels:
            write_label(axis, view, label, look.date, look)
    ground = lay_ground(view, chart.study.country)
    ground = add_box(ground, *(label.spot.box for label in planned[-1].labels))
    dots, words = view.place(np.array(list_points(shown))), find_words(chart.study)
    box = place_scale(view, ground, dots, look, words)
    draw_scale(axes[-1], view, box, look, words)


def _without(view: View, ground, own):
    """The ground without the boxes of the dots that are labelled, which labels mind by
    themselves."""
    middles = view.place(np.array(own).reshape(-1, 2))
    centres = (ground.boxes[:, :2] + ground.boxes[:, 2:]) / 2
    apart = np.abs(centres[:, None, :] - middles[None, :, :]).max(axis=2) > 0.01
    kept = apart.all(axis=1) if len(middles) else np.ones(len(centres), dtype=bool)
    return type(ground)(ground.panel, ground.boxes[kept], ground.lines)


def _draw_pale(axis: Axes, study: Study, stop: Stop, size: float, look: Look) -> None:
    """What an earlier map has dark."""
    pale = mix_pale(find_colour(study, stop, look), 0.45)
    name = "began" if stop.step == "offensive_start" else "captured"
    axis.plot(*[[at] for at in stop.point or ()], zorder=4, **style_dot(name, pale, size))


def _draw_coming(axis: Axes, stop: Stop, size: float, look: Look) -> None:
    """What a later map has dark."""
    looks: Looks = style_dot("coming", look.colour["border"], size) | {"markeredgewidth": 0.8}
    axis.plot(*[[at] for at in stop.point or ()], zorder=3, **looks)


def _tell_days(study: Study, shown: list[Stop], panels: list[list[Stop]]) -> Told:
    """Titles, subtitles, alt text and reading."""
    taken = [stop for stop in shown if stop.step == "captured"]
    words = find_words(study)
    begin, end = min(stop.first for stop in shown), max(stop.last for stop in shown)
    titles = title_advance(study, shown, timed=True)
    sides = list_sides(taken)
    by = say_by(words, sides[0]) if len(sides) == 1 else ""
    days = words.period(begin, end, True)
    subtitles = [
        words("subtitle_by_day", by=by, days=days),
        words("subtitle_by_day_short"),
        words("subtitle_by_day_least"),
    ]
    alt = words.count("alt_by_day", len(panels), days=days, title=titles[0])
    return Told(titles, subtitles, alt, words("reading_by_day"))
