"""Areas: what a map tells below it, of areas without a point and of sites by a town whose dot they
share, and how much of that it has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from helpers.analysis.selection import Study
from helpers.charts.captures.stops import STEPS, Stop, name_place
from helpers.charts.captures.words import (
    keep_together,
    list_partly,
    open_sentence,
    say_by,
    say_claimed,
    say_verb,
)
from helpers.charts.chart import Chart
from helpers.charts.look.fonts import cut_lines, measure_text, wrap_text
from helpers.charts.look.language import Words, find_words
from helpers.charts.look.theme import LEADING, POINT, Look, Looks
from helpers.charts.maps.dots import Plan, find_colour
from helpers.charts.maps.telling import Map
from helpers.corpus.places import measure_between

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LISTED = {"full": 12, "column": 8}  # rows of what has no dot


class Row(NamedTuple):
    """A row below a map: the stops that it tells of, of one side and step; town: the name of that
    by which they lie, where they are several sites; parts: who disputes a part of the place, where
    its label has no room for it."""

    stops: list[Stop]
    town: str = ""
    parts: str = ""

    @property
    def rank(self) -> tuple:
        """What goes before others where not all have room."""
        stop = self.stops[0]
        texts = max(one.texts for one in self.stops)
        return not self.parts, STEPS.index(stop.step), -len(self.stops), -texts, stop.first


def list_rows(study: Study, told: Map, plan: Plan) -> list[Row]:
    """All rows of a map: an area each, a town each with the sites by it, and who disputes a part of
    a place whose label does not say so."""
    towns: dict[tuple, list[Stop]] = {}
    for stop in told.shared:
        town = _find_town(study, told, stop)
        towns.setdefault((town, stop.side, stop.step, stop.stance), []).append(stop)
    sites = [
        Row(stops, name_place(study, town) if len(stops) > 1 else "")
        for (town, *_), stops in towns.items()
    ]
    words = find_words(study)
    parts = [
        Row([stop], parts="; ".join(list_partly(words, stop)))
        for stop in list_unsaid(study, told, plan)
    ]
    return [*parts, *(Row([stop]) for stop in told.wide), *sites]


def _find_town(study: Study, told: Map, stop: Stop) -> str:
    """The place on the map whose dot stands for a site."""
    places = dict.fromkeys(one.place for one in [*told.shown, *told.cut])
    return min(places, key=lambda place: measure_between(study.places, place, stop.place))


def list_unsaid(study: Study, told: Map, plan: Plan) -> list[Stop]:
    """The stops a part of whose place is disputed, where neither label nor list says so."""
    words = find_words(study)
    said = {run.words for label in plan.labels for line in label.shape for run in line}
    whole = " ".join(said)
    listed = {stop for stops in plan.lost for stop in stops}
    return [
        stop
        for stop in told.shown
        if stop not in listed and any(part not in whole for part in list_partly(words, stop))
    ]


def list_undrawn(told: Map) -> list[Stop]:
    """What a map without a list of areas leaves out."""
    cut = [stop for stop in told.cut if stop.step != "offensive_start"]
    return [*cut, *told.wide, *told.shared]


def say_undrawn(words: Words, stops: list[Stop]) -> str:
    """Not shown: 13 more captured, 2 more entered or reached: of places."""
    taken = {stop.place for stop in stops if stop.step == "captured"}
    others = {stop.place for stop in stops} - taken
    said = [words("more_captured", n=len(taken))] if taken else []
    said += [words("more_entered", n=len(others))] if others else []
    return words("undrawn", told=", ".join(said))


def write_areas(
    chart: Chart,
    plot: Axes,
    place: tuple[float, float, float],
    areas: list[Row],
    look: Look,
    most: float,
) -> float:
    """The rows in two columns where there is room, each with its days, and what is told. Those that
    tell most come first; gives the lower end."""
    left, top, wide = place
    line = look.label * LEADING * POINT
    shown = sorted(areas, key=lambda row: row.rank)
    room = int((most - top) / (2.35 * look.date * LEADING * POINT)) - 1  # two lines each, a head
    rows = LISTED[chart.width]
    rows += len(areas) == rows + 1  # one more takes no more room than to say that it is left out
    columns = 2 if wide > 150 else 1
    kept = shown[: max(1, min(rows, room * columns))]
    left_out = [stop for row in shown[len(kept) :] for stop in row.stops]
    kept = sorted(kept, key=_find_row_days)
    head: Looks = {"va": "top", "size": look.label, "weight": "bold"}
    words, ink = find_words(chart.study), look.colour["text"]
    plot.text(left, top, words("without_point"), color=ink, **head)
    each, per = (wide - 5 * (columns - 1)) / columns, -(-len(kept) // columns)
    days = max(measure_text(f"{_say_days(words, row)} ", look.label, True) for row in kept) * POINT
    y, lowest = top + 1.25 * line, top
    for at, area in enumerate(kept):
        column, row = divmod(at, per)
        if row == 0:
            y = top + 1.25 * line
        y = _write_area(chart, plot, (left + column * (each + 5), y, each), area, look, days)
        lowest = max(lowest, y)
    if left_out:
        grey: Looks = {"va": "top", "size": look.date, "color": look.colour["secondary"]}
        plot.text(left, lowest, say_undrawn(words, left_out), **grey)
        lowest += look.date * LEADING * POINT
    return lowest


def find_days(stops: list[Stop]) -> tuple:
    """The first and the last possible day of stops."""
    return min(stop.first for stop in stops), max(stop.last for stop in stops)


def _write_area(
    chart: Chart, plot: Axes, place: tuple[float, float, float], row: Row, look: Look, days: float
) -> float:
    """One such row, as a mark; gives its lower end."""
    from matplotlib.patches import Rectangle

    x, y, wide = place
    ways = [open_sentence(said) for said in _say_row(chart.study, row)]
    room = (wide - days) / POINT
    said = next(
        (way for way in ways if wrap_text(keep_together(way), look.date, room).count("\n") < 2),
        ways[-1],
    )
    words = cut_lines(keep_together(said), look.date, room, 2)
    line = look.date * LEADING * POINT
    high, first = line * (words.count("\n") + 1), y + line / 2
    when: Looks = {"va": "center", "size": look.date, "weight": "bold"}
    told, stop = _say_days(find_words(chart.study), row), row.stops[0]
    colour = find_colour(chart.study, stop, look)
    text = plot.text(x, first, told, color=colour, linespacing=look.spacing, **when)
    looks: Looks = {"va": "center", "size": look.date, "color": look.colour["text"]}
    plot.text(x + days, y + high / 2, words, linespacing=look.spacing, **looks)
    chart.mark_group(text, f"area-{stop.place}-{stop.step}", _list_claims(row), said)
    target = Rectangle((x, y), wide, high, facecolor="none", edgecolor="none", zorder=1)
    plot.add_patch(target)
    chart.aim(target)
    return y + high + 0.35 * line


def _list_claims(row: Row) -> list[str]:
    if row.parts:
        return [claim.claim_id for claim in row.stops[0].partly]
    return list(dict.fromkeys(claim for stop in row.stops for claim in stop.claims))


def _find_row_days(row: Row) -> tuple:
    """The first and the last day of a row: of a dispute those on which it was said."""
    if not row.parts:
        return find_days(row.stops)
    told = row.stops[0].partly
    return min(one.date_start for one in told), max(one.date_end for one in told)


def _say_days(words: Words, row: Row) -> str:
    """27–30 Nov; with "?" where nobody checked it."""
    days = words.period(*_find_row_days(row))
    return days + words("not_checked") if any(stop.unreviewed for stop in row.stops) else days


def _say_row(study: Study, row: Row) -> list[str]:
    """What a row tells, longest first: Prisons in Hama: captured, 1 text; Four sites at Aleppo:
    captured, 1 text (Aleppo Citadel and three more)."""
    words, stop = find_words(study), row.stops[0]
    if row.parts:
        return [f"{stop.name}: {row.parts}"]
    texts = len({text for one in row.stops for text in one.alone}) if row.town else stop.texts
    told = f"{_say_step(study, stop)}, {words.count('texts', texts)}"
    if not row.town:
        return [f"{stop.name}: {told}"]
    names = [one.name for one in row.stops]
    many = len(names)
    head = f"{words('sites_at', n=words.spell(many), town=row.town)}: {told}"
    lists = [words.join(names)]
    for kept in range(many - 1, 0, -1):
        rest = words("sites_more", n=words.spell(many - kept))
        lists.append(words.join([*names[:kept], rest]))
    return [*(f"{head} ({said})" for said in lists), head]


def _say_step(study: Study, stop: Stop) -> str:
    """captured by the SDF; captured, says HTS."""
    words = find_words(study)
    by = say_by(words, stop.side) if stop.side != study.leading or stop.contested else ""
    stance = f", {say_claimed(words, stop)}" if stop.stance else ""
    return f"{say_verb(words, stop)}{by}{stance}"
