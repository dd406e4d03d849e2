"""Telling: what a map says in words: key, title, subtitle, boundaries, what it leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from helpers.analysis.selection import Study
from helpers.charts.advance.dots import (
    SIGNS,
    find_colour,
)
from helpers.charts.advance.stops import (
    NEAR_KM,
    STEPS,
    Stop,
    choose_side,
    find_point,
    name_kinds,
    say_days,
)
from helpers.charts.advance.words import (
    list_sides,
    name_country,
    open_sentence,
    say_places,
    say_side,
)
from helpers.charts.chart import Chart
from helpers.charts.signs import style_dot
from helpers.charts.theme import Look, Looks
from helpers.corpus.borders import SENTENCE, SOURCE, load_borders
from helpers.corpus.places import split_values
from helpers.schema.formatting import count, say_period

NO_ROOM = "events of areas or places for which there was no room"
DATA = f"Boundaries: {SOURCE}."


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


def list_signs(study: Study, stops: list[Stop], look: Look) -> list:
    """What a key says: the signs that occur where there is more than one, the sides where there
    are several (those of one colour together), and a place taken from who had taken it."""
    from matplotlib.lines import Line2D

    signs = list(dict.fromkeys(stop.step for stop in sorted(stops, key=_rank)))
    sides = list_sides(stops)
    taken = [stop.place for stop in stops if stop.step == "captured"]
    rings = "several sides (centre: latest)" if len(stops) > len({s.place for s in stops}) else ""
    if len(taken) > len(set(taken)):
        rings = "changed hands (centre: latest)"
    if len(signs) + len(sides) + bool(rings) < 3:
        return []
    size, found = look.foot * 0.8, []
    first = look.colour["secondary"] if len(sides) > 1 else find_colour(study, stops[0], look)
    for step in signs if len(signs) > 1 else []:
        label = {"offensive_start": "where it began"}.get(step, step)
        found.append(Line2D([], [], label=label, **style_dot(SIGNS[step], first, size)))
    if rings:
        rim: Looks = {"markeredgecolor": look.colour["rule"], "markeredgewidth": size / 4}
        inside: Looks = style_dot("captured", first, size) | rim
        found.append(Line2D([], [], label=rings, **inside))
    colours: dict[str, list[str]] = {}
    for side in sides if len(sides) > 1 else []:
        stop = next(stop for stop in stops if stop.side == side)
        colours.setdefault(find_colour(study, stop, look), []).append(side)
    for colour, alike in colours.items():
        label = f"by {say_side(alike[0])}" if len(alike) == 1 else "by other sides"
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


def say_cut(told: Map) -> list[str]:
    """What stands for more than itself, or is not on the map."""
    said = []
    if told.cut:
        more = len({stop.place for stop in told.cut})
        said.append(f"{count(more, 'place')} more in the table.")
    if told.shared:
        near = len({stop.place for stop in told.shared})
        share = "shares" if near == 1 else "share"
        said.append(f"{count(near, 'nearby site')} {share} a town’s dot.")
    return said


def tell_map(study: Study, told: Map) -> tuple[list[str], list[str], str, str]:
    """Titles, subtitles, alt text and reading."""
    shown = told.shown
    first, last = min(stop.first for stop in shown), max(stop.last for stop in shown)
    titles = title_advance(study, [*shown, *told.cut])
    steps = [
        step for step in ("captured", "entered", "reached") if any(s.step == step for s in shown)
    ]
    said = " or ".join(filter(None, [", ".join(steps[:-1]), steps[-1] if steps else ""]))
    days = say_period(first, last)
    unless = f". {open_sentence(say_side(study.leading))} unless said" if study.leading else ""
    subtitles = [
        f"Places {said}, and the days on which it may have happened, {days}{unless}",
        f"Places {said}, and the days on which it may have been, {days}{unless}",
        f"Places {said} and the possible days{unless}",
        f"Places {said} and the possible days",
    ]
    sides = list_sides(shown)
    where = name_country(study.country)
    taken = [stop for stop in shown if stop.step == "captured"]
    ends = f", from {taken[0].name} ({say_days(taken[0].first, taken[0].last)})" if taken else ""
    if len(taken) > 1:
        ends += f" to {taken[-1].name} ({say_days(taken[-1].first, taken[-1].last)})"
    alt = (
        f"Map{f' of {where}' if where else ''} with {count(len(shown), 'mark')}, {days}: places "
        f"{said}. {titles[-1]}{ends}."
    )
    if len(sides) > 1:
        alt += f" Sides: {', '.join(say_side(side) for side in sides)}."
    reading = (
        "A dot says that texts tell of a place, not where a front ran. The days are those that "
        "every text allows."
    )
    return titles, subtitles, alt, reading


def title_advance(study: Study, stops: list[Stop]) -> list[str]:
    """The finding: which side took how many places, and from where to where."""
    taken = sorted((stop for stop in stops if stop.step == "captured"), key=lambda s: s.first)
    if not taken:
        places = len({stop.place for stop in stops})
        were = "was" if places == 1 else "were"
        told = f"{say_places(places)} {were} entered or reached"
        return [f"No text says that a place was captured; {told}"]
    sides = list_sides(taken)
    said = [_say_taken([stop for stop in taken if stop.side == side], taken) for side in sides[:2]]
    first = open_sentence(said[0])
    mine = [stop for stop in taken if stop.side == sides[0]]
    titles = []
    others = [stop for stop in taken if stop.side == sides[1]] if len(sides) > 1 else []
    if len(others) > 1 or any("retook" in words for words in said[1:]):
        titles.append(f"{first}, {said[1]}")
    if len(mine) > 1 and mine[0].place != mine[-1].place:
        titles.append(f"{first}, from {mine[0].name} to {mine[-1].name}")
    return [*titles, first]


def _say_taken(stops: list[Stop], taken: list[Stop]) -> str:
    """the SDF took three places; Northern Front says it took Sarn."""
    side = say_side(stops[0].side)
    verb = "says it took" if all(stop.stance for stop in stops) else "took"
    places = {stop.place for stop in stops}
    what = say_places(len(places)) if len(places) > 1 else stops[0].name
    if not stops[0].side:
        return f"{what} fell to a side not named"
    before = [
        stop
        for stop in taken
        if stop.side != stops[0].side
        if any(one.place == stop.place and one.first > stop.last for one in stops)
    ]
    if len(places) == 1 and before:
        verb = verb.replace("took", "retook")
    return f"{side} {verb} {what}"


def endorse(study: Study) -> list[str]:
    """The sentence on boundaries, where any are drawn."""
    return [SENTENCE] if study.country in load_borders().countries else []


def mention_borders(chart: Chart) -> Chart:
    """The sentence on boundaries, in the caption where the picture has no foot."""
    if not chart.framed:
        chart.sources = " ".join([*endorse(chart.study), chart.sources])
    return chart
