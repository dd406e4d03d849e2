"""The map by day: a small map for each day on which a capture became certain."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from helpers.analysis.selection import Study
from helpers.charts.advance.dots import (
    INNER,
    Run,
    cover_dots,
    draw_dot,
    find_colour,
    place_shapes,
    write_label,
)
from helpers.charts.advance.ground import (
    View,
    add_box,
    bound_view,
    draw_land,
    draw_scale,
    lay_ground,
    place_scale,
)
from helpers.charts.advance.map import (
    credit_borders,
    endorse,
    leave_out,
    list_signs,
    mention_borders,
)
from helpers.charts.advance.stops import Stop, list_stops, share_dots, span_years
from helpers.charts.advance.words import (
    list_sides,
    open_sentence,
    say_by,
    say_denials,
    say_odd,
    say_spelled,
)
from helpers.charts.chart import Chart, absent_chart
from helpers.charts.fonts import cut_lines
from helpers.charts.language import find_words
from helpers.charts.layout import add_panel, find_room, finish_chart, start_plot
from helpers.charts.signs import style_dot
from helpers.charts.theme import (
    LEADING,
    POINT,
    Look,
    Looks,
    find_look,
    mix_pale,
    with_theme,
)
from helpers.schema.formatting import count

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FEWEST, MOST_DAYS, MOST_PLACES = 3, 6, 12
ROW = {"full": 6, "column": 3, "slide": 6}  # maps side by side
HIGH_MM = {"full": (45, 85), "column": (34, 60), "slide": (60, 92)}
DOT = {"full": 6.0, "column": 5.0, "slide": 11.0}
GAP = {"full": 2.2, "column": 1.8, "slide": 4.0}  # millimetres between maps


@with_theme
def draw_advance_map_by_day(study: Study) -> Chart:
    """A small map for each day on which a capture became certain: the last on which every text lets
    it fall. Dark: certain since that day, a mark with its claims; pale: before; outlined: to come.
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
    panels = group_days(shown)
    _draw_panels(chart, plot, panels, shown, find_look(study))
    chart.legend += list_signs(study, shown, find_look(study))
    leave_out(chart, shared)
    words = find_words(study)
    refused = [*say_denials(words, shown), *say_odd(words, shown)]
    told, note = _tell_days(study, shown, panels), (*endorse(study), *refused)
    finish_chart(chart, *told, refused=refused, note=note, data=credit_borders(study))
    return mention_borders(chart)


def _explain(days: int, places: int) -> str:
    if places > MOST_PLACES:
        return f"{count(places, 'place')} are too many for small maps; `advance_map` has them."
    return (
        f"captures of places with a point became certain on {count(days, 'day')}, and a row of "
        f"maps needs {FEWEST}; `advance_map` has what there is."
    )


def group_days(stops: list[Stop]) -> list[list[Stop]]:
    """The stops of each map: those of one last day, or of neighbouring ones where there are more
    than MOST_DAYS."""
    ordered = sorted(stops, key=lambda stop: (stop.last, stop.first, stop.name))
    groups = [list(group) for _, group in itertools.groupby(ordered, key=lambda stop: stop.last)]
    while len(groups) > MOST_DAYS:  # join the two neighbours that are nearest in time
        apart = [
            (groups[at + 1][-1].last - groups[at][0].last).days for at in range(len(groups) - 1)
        ]
        at = int(np.argmin(apart))
        groups[at : at + 2] = [groups[at] + groups[at + 1]]
    return groups


def _draw_panels(
    chart: Chart, plot: Axes, panels: list[list[Stop]], shown: list[Stop], look: Look
) -> None:
    """All maps, in rows, each below its day."""
    room, _ = find_room(chart.study)
    per = min(ROW[chart.width], len(panels))
    if chart.width == "column" and len(panels) == 4:
        per = 2
    gap, (least, most) = GAP[chart.width], HIGH_MM[chart.width]
    wide = (room - gap * (per - 1)) / per
    view = bound_view([stop.point for stop in shown if stop.point], wide, least, most)
    line = look.label * LEADING * POINT
    year, y, words = span_years(shown), 0.0, find_words(chart.study)
    for at, new in enumerate(panels):
        column, row = at % per, at // per
        if column == 0 and row:
            y += view.high + 2.4 * line + 2
        x = column * (wide + gap)
        last = max(stop.last for stop in new)
        days = words.period(min(stop.last for stop in new), last, year)
        bold: Looks = {"va": "top", "weight": "bold", "size": look.label}
        plot.text(x, y, days, color=look.colour["text"], **bold)
        axis = add_panel(chart, x, y + 1.15 * line, wide, view.high)
        lost = _draw_panel(chart, axis, view, new, shown, look, at == len(panels) - 1)
        if lost:
            said = cut_lines(", ".join(lost), look.map, wide / POINT, 2)
            grey: Looks = {"va": "top", "size": look.map, "color": look.colour["text"]}
            plot.text(x, y + 1.2 * line + view.high, said, linespacing=look.spacing, **grey)
    plot.set_ylim(y + view.high + 2.4 * line, 0)


def _draw_panel(
    chart: Chart,
    axis: Axes,
    view: View,
    new: list[Stop],
    shown: list[Stop],
    look: Look,
    scaled: bool,
) -> list[str]:
    """One map; gives the names that find no room on it."""
    study, size = chart.study, DOT[chart.width]
    draw_land(axis, view, study.country, look)
    day = max(stop.last for stop in new)
    held: set[str] = set()
    for stop in shown:
        if stop in new:
            draw_dot(chart, axis, stop, size, look, above=stop.place in held)
        elif stop.last < day:
            _draw_pale(axis, study, stop, size * (INNER if stop.place in held else 1), look)
        elif stop.last > day and stop.place not in held:
            _draw_coming(axis, stop, size * 0.6, look)
        held.add(stop.place)
    ground = lay_ground(view, study.country)
    points = [stop.point for stop in shown if stop.point]
    ground = cover_dots(view, ground, points, size / 2)
    if scaled:
        words = find_words(study)
        box = place_scale(view, ground, view.place(np.array(points)), look, words)
        draw_scale(axis, view, box, look, words)
        ground = add_box(ground, box)
    named = list({stop.place: stop for stop in new}.values())
    shapes = [[((Run(stop.name, True),),)] for stop in named]
    own = [stop.point or (0.0, 0.0) for stop in named]
    labels, lost = place_shapes(view, _without(view, ground, own), own, shapes, look.date, size / 2)
    for label in labels:
        write_label(axis, view, label, look.date, look)
    return [named[at].name for at in lost]


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
    looks: Looks = style_dot("began", look.colour["border"], size) | {"markeredgewidth": 0.6}
    axis.plot(*[[at] for at in stop.point or ()], zorder=3, **looks)


def _tell_days(
    study: Study, shown: list[Stop], panels: list[list[Stop]]
) -> tuple[list[str], list[str], str, str]:
    """Titles, subtitles, alt text and reading."""
    taken = sorted(
        (stop for stop in shown if stop.step == "captured"),
        key=lambda stop: (stop.last, stop.first),
    )
    words = find_words(study)
    begin, end = min(stop.first for stop in shown), max(stop.last for stop in shown)
    long = (taken[-1].last - min(stop.first for stop in taken)).days + 1
    places, years = len({stop.place for stop in taken}), -(-long // 365)
    span = words.count("days", long) if years < 3 else words.count("years", years)
    name = "fell_within_one" if places == 1 else "fell_within_many"
    within = words(name, places=open_sentence(say_spelled(words, "places", places)), span=span)
    ends = words("from_to", place=taken[0].name, place_to=taken[-1].name)
    way = f"{within}, {ends}"
    sides = list_sides(taken)
    by = say_by(words, sides[0]) if len(sides) == 1 else ""
    days = words.period(begin, end, True)
    subtitles = [
        words("subtitle_by_day", by=by, days=days),
        words("subtitle_by_day_short"),
        words("subtitle_by_day_least"),
    ]
    alt = words.count("alt_by_day", len(panels), days=days, title=way)
    return [way, within], subtitles, alt, words("reading_by_day")
