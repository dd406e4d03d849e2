"""The map by day: a small map for each day on which a capture became certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from helpers.analysis.selection import Study
from helpers.charts.captures.stops import Stop, list_stops, share_dots, span_years
from helpers.charts.captures.words import (
    caption_partly,
    list_sides,
    say_by,
    say_denials,
    say_odd,
)
from helpers.charts.chart import Chart, Told, absent_chart
from helpers.charts.findings import say_country
from helpers.charts.look.fonts import cut_lines, measure_text
from helpers.charts.look.language import find_words
from helpers.charts.look.layout import add_panel, find_room, finish_chart, measure_room, start_plot
from helpers.charts.look.signs import style_dot
from helpers.charts.look.theme import (
    LEADING,
    POINT,
    Look,
    Looks,
    find_look,
    with_theme,
)
from helpers.charts.maps.dots import (
    cover_dots,
    draw_place,
    find_colour,
    group_stops,
    write_label,
)
from helpers.charts.maps.ground import (
    add_box,
    draw_lands,
    draw_scale,
    is_bare,
    lay_ground,
    place_scale,
)
from helpers.charts.maps.key import list_signs
from helpers.charts.maps.names import list_disputes, name_countries, name_disputed
from helpers.charts.maps.panels import (
    FEWEST,
    GAP,
    Panel,
    Sheet,
    choose_sheet,
    list_points,
    say_name,
)
from helpers.charts.maps.telling import (
    credit_borders,
    endorse,
    leave_out,
    mention_borders,
    title_advance,
)
from helpers.charts.maps.view import View
from helpers.schema.formatting import count

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

MOST_PLACES = 12
HELD = 0.65  # size of a dot on the maps after that of its day


@with_theme
def draw_advance_map_by_day(study: Study) -> Chart:
    """A small map for each day on which a capture became certain: the last on which every text lets
    it fall. Large: certain since that day, a mark with its claims; smaller: before. All have the
    colour of who took them; what is to come is not drawn.
    Days beyond MOST_DAYS share a map with their neighbours, and so do more where names find room
    only on fewer and larger maps."""
    name = "advance_map_by_day"
    stops = [stop for stop in list_stops(study) if stop.point]
    stops, shared = share_dots(study, stops)
    shown = [stop for stop in stops if stop.step in ("captured", "offensive_start")]
    places = {stop.place for stop in shown if stop.step == "captured"}
    days = {stop.last for stop in shown if stop.step == "captured"}
    if len(days) < FEWEST or len(places) > MOST_PLACES or not places:
        return absent_chart(study, name, _explain(len(days), len(places)))
    chart, plot = start_plot(study, name)
    every = [[stop] for stop in shown]  # every sign that may be needed
    chart.legend = [*_list_ages(study, shown), *_list_other_signs(study, shown, [shown, *every])]
    room = measure_room(chart, *_tell_days(study, shown, len(days))[:2])
    sheet = choose_sheet(chart, shown, room)
    ends = [max(stop.last for stop in panel.new) for panel in sheet.planned]
    views = [[stop for stop in shown if stop.last <= end] for end in ends]
    chart.legend = [*_list_ages(study, shown), *_list_other_signs(study, shown, views)]
    told = _tell_days(study, shown, len(sheet.planned))
    _draw_panels(chart, plot, shown, sheet)
    leave_out(chart, shared)
    words = find_words(study)
    refused = [*say_denials(words, shown), *say_odd(words, shown)]
    refused = [*list_disputes(sheet.view, study.country, words), *refused]
    note = (*endorse(study), *refused)
    refused += caption_partly(words, shown)
    finish_chart(chart, told, refused, note, credit_borders(study))
    return mention_borders(chart)


def _list_ages(study: Study, shown: list[Stop]) -> list[Line2D]:
    """What a key says of new and earlier captures."""
    from matplotlib.lines import Line2D

    words, look = find_words(study), find_look(study)
    size = look.foot * 0.8
    colour = look.colour["secondary"]
    if len(list_sides(shown)) == 1:
        colour = find_colour(study, shown[0], look)
    signs = {
        "new_by_then": style_dot("captured", colour, size),
        "before_then": style_dot("captured", colour, size * HELD),
    }
    return [Line2D([], [], label=words(name), **style) for name, style in signs.items()]


def _list_other_signs(study: Study, shown: list[Stop], views: list[list[Stop]]) -> list[Artist]:
    """The rest of the key: every sign of the maps, with these stops each, but that of a plain
    capture."""
    captured, signs = (
        find_words(study)("captured"),
        list_signs(study, shown, find_look(study), views),
    )
    return [sign for sign in signs if sign.get_label() != captured]


def _explain(days: int, places: int) -> str:
    if places > MOST_PLACES:
        return f"{count(places, 'place')} are too many for small maps; `advance_map` has them."
    if not places:
        return "no text says on which day a place with a point was captured."
    return (
        f"captures of places with a point became certain on {count(days, 'day')}, and a row of "
        f"maps needs {FEWEST}; `advance_map` has what there is."
    )


def _draw_panels(chart: Chart, plot: Axes, shown: list[Stop], sheet: Sheet) -> None:
    """All maps, in rows, each below its day and above the names that its numbers stand for; on a
    slide as high as it has room for."""
    look, (room, _) = find_look(chart.study), find_room(chart.study)
    per, wide, gap = sheet.per, sheet.wide, GAP[chart.width]
    view, planned = sheet.view, sheet.planned
    base = add_panel(chart, 0, 0, room, 1.0)
    line, year, y = look.label * LEADING * POINT, span_years(shown), 0.0
    heads = _head_panels(chart, planned, wide, year, look)
    axes, corners = [], []
    for first in range(0, len(planned), per):
        ends = []
        for column, panel in enumerate(planned[first : first + per]):
            x, top = column * (wide + gap), y + 1.15 * line
            bold: Looks = {"va": "top", "weight": "bold", "size": look.label}
            plot.text(x, y, heads[first + column], color=look.colour["text"], **bold)
            axes.append(add_panel(chart, x, top, wide, view.high))
            corners.append((x, top + view.high))
            _draw_dots(chart, axes[-1], panel, shown, sheet.size, look)
            ends.append(_list_names(chart, plot, (x, top + view.high, wide), panel, look))
        y = max(ends) + 0.8 * line
    low = _write_notes(plot, planned, (y - 0.8 * line, room), look)
    _lay_base(chart, base, axes, np.array(corners), low, view, look)
    _finish_panels(chart, axes, sheet, shown)
    plot.set_ylim(low + 0.6 * line, 0)


def _write_notes(plot: Axes, planned: list[Panel], place: tuple[float, float], look: Look) -> float:
    """What the labels of maps had no room for, below all of them; gives the lower end."""
    (y, wide), notes = place, [note for panel in planned for note in panel.notes]
    if not notes:
        return y
    block = cut_lines(" ".join(notes), look.foot, wide / POINT, 2)
    grey: Looks = {"va": "top", "size": look.foot, "linespacing": look.spacing}
    plot.text(0, y + 0.35 * look.foot * POINT, block, color=look.colour["secondary"], **grey)
    return y + look.foot * LEADING * POINT * (block.count("\n") + 1.3)


def _head_panels(
    chart: Chart, planned: list[Panel], wide: float, year: bool, look: Look
) -> list[str]:
    """What stands above each map, in the words that have room above all: Captured by 30 Nov; by 30
    Nov."""
    words = find_words(chart.study)
    days = [words.day(max(stop.last for stop in panel.new), year) for panel in planned]
    whole, brief = (
        [words(name, day=day) for day in days] for name in ("captured_by_then", "by_then")
    )
    fits = all(measure_text(said, look.label, True) * POINT <= wide for said in whole)
    return whole if fits else brief


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
    """The dots of one map, `size` points across: new ones, and smaller those of places that an
    earlier map has and where nothing is new."""
    day = max(stop.last for stop in panel.new)
    for stops in group_stops(stop for stop in shown if stop.last <= day):
        own = size if any(stop in panel.new for stop in stops) else size * HELD
        draw_place(chart, axis, stops, own, look, panel.new)


def _finish_panels(
    chart: Chart,
    axes: list[Axes],
    sheet: Sheet,
    shown: list[Stop],
) -> None:
    """The labels of all maps; on the last a scale where it hides nothing; on the first what finds
    room of the names of countries, on the next what finds none there."""
    look, view, planned = find_look(chart.study), sheet.view, sheet.planned
    country, words, points = chart.study.country, find_words(chart.study), list_points(shown)
    land, bare, known = lay_ground(view, country), is_bare(country), frozenset[str]()
    grounds = [add_box(land, *(label.spot.box for label in panel.labels)) for panel in planned]
    dots = view.place(np.array(points))
    box = place_scale(view, grounds[-1], dots, look, words, bare)
    draw_scale(axes[-1], view, box, look, words, bare)
    grounds[-1] = add_box(grounds[-1], box)
    for axis, panel, ground in zip(axes, planned, grounds):
        for label in panel.labels:
            write_label(axis, view, label, sheet.letters, look)
        ground = cover_dots(view, ground, points, sheet.size / 2)
        if axis is axes[0]:
            ground, _ = name_disputed(axis, view, ground, country, look, words)
        known = name_countries(axis, view, ground, country, look, words, known)


def _tell_days(study: Study, shown: list[Stop], panels: int) -> Told:
    """Titles, subtitles, alt text and reading."""
    taken = [stop for stop in shown if stop.step == "captured"]
    words = find_words(study)
    begin, end = min(stop.first for stop in shown), max(stop.last for stop in shown)
    titles = title_advance(study, shown, timed=True)
    sides = list_sides(taken)
    by = say_by(words, sides[0]) if len(sides) == 1 else ""
    days = words.period(begin, end, True)
    named = {"where": say_country(study, words), "days": days}
    subtitles = [
        words("subtitle_by_day", by=by, **named),
        words("subtitle_by_day", by="", **named),
        words("subtitle_by_day_short", **named),
        words("subtitle_by_day_short", where="", days=days),
    ]
    alt = words.count("alt_by_day", panels, days=days, title=titles[0])
    return Told(titles, subtitles, alt, words("reading_by_day"))
