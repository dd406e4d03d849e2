"""Telling: what a map says in words: title, subtitle, boundaries, what it leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from helpers.analysis.selection import Study
from helpers.charts.captures.stops import (
    NEAR_KM,
    Stop,
    choose_side,
    find_point,
    name_kinds,
)
from helpers.charts.captures.words import (
    list_sides,
    open_sentence,
    say_denier,
    say_side,
    say_spelled,
    span_captures,
)
from helpers.charts.chart import Chart, Told
from helpers.charts.findings import name_home, say_country
from helpers.charts.look.language import Words, find_words
from helpers.charts.look.style import find_style
from helpers.charts.maps.dots import count_dots
from helpers.charts.maps.ground import is_bare
from helpers.corpus.borders import SOURCE
from helpers.corpus.places import split_values

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


def say_cut(words: Words, told: Map) -> list[str]:
    """What stands for more than itself, or is not on the map."""
    said = []
    if told.cut:
        said.append(words.count("more_places", len({stop.place for stop in told.cut})))
    if told.shared:
        said.append(words.count("near_sites", len({stop.place for stop in told.shared})))
    return said


def tell_map(study: Study, told: Map) -> Told:
    """Titles, subtitles, alt text and reading."""
    shown, words = told.shown, find_words(study)
    first, last = min(stop.first for stop in shown), max(stop.last for stop in shown)
    titles = title_advance(study, list_titled(told))
    steps = [
        step for step in ("captured", "entered", "reached") if any(s.step == step for s in shown)
    ]
    named = {
        "steps": words.join([words(step) for step in steps], "or"),
        "days": words.period(first, last, True),
    }
    unless = words("unless", side=say_side(words, study.leading)) if study.leading else ""
    where, forms = say_country(study, words), ("", "_plain", "_possible")
    subtitles = [words(f"subtitle_map{form}", where=where, **named) + unless for form in forms]
    brief = [
        words(f"subtitle_map_{form}", where=place, **named)
        for form in ("possible", "least")
        for place in dict.fromkeys([where, ""])
    ]
    if unless and len(list_sides(shown)) > 1:  # whose a capture without a name is goes first
        subtitles += [f"{said}{unless}" for said in brief]
    subtitles += brief
    sides, country = list_sides(shown), name_home(study, words)
    where = words("alt_of_country", country=country) if country else ""
    taken = [stop for stop in shown if stop.step == "captured"]
    ends = [
        words(name, place=stop.name, days=words.period(stop.first, stop.last))
        for name, stop in zip(("alt_from", "alt_to"), dict.fromkeys([*taken[:1], *taken[-1:]]))
    ]
    marks = words.count("marks", count_dots(shown))
    alt = words("alt_map", country=where, marks=marks, **named, title=titles[-1] + "".join(ends))
    if len(sides) > 1:
        alt += f" {words('alt_sides', sides=', '.join(say_side(words, side) for side in sides))}"
    return Told(titles, subtitles, alt, words("reading_map"))


def list_titled(told: Map) -> list[Stop]:
    """The stops that a title counts: all of the side with most captures, those of another side
    where each of its captures is drawn."""
    stops = [*told.shown, *told.cut]
    first = list_sides(stops)[0]
    beyond = {stop.side for stop in told.cut if stop.step == "captured"} - {first}
    return [stop for stop in stops if stop.side not in beyond]


def title_advance(study: Study, stops: list[Stop], timed: bool = False) -> list[str]:
    """The finding, longest first: which side took how many places, timed: within how many days, and
    what became of them; or from where to where."""
    words = find_words(study)
    taken = sorted((stop for stop in stops if stop.step == "captured"), key=lambda s: s.first)
    if not taken:
        told = say_spelled(words, "places_reached", len({stop.place for stop in stops}))
        return [words("captured_none", told=told)]
    sides = list_sides(taken)
    noun = name_settlements(study, [stop for stop in taken if stop.side in sides[:2]])
    mine, denied = _part_denied([stop for stop in taken if stop.side == sides[0]])
    first = open_sentence(_say_taken(words, mine, taken, noun))
    span = words("in_span", span=span_captures(words, mine)) if timed and len(mine) > 1 else ""
    titles = []
    if len(sides) > 1:
        others, _ = _part_denied([stop for stop in taken if stop.side == sides[1]])
        ends = [say_lost(words, side, taken) for side in (mine, others)]
        if ends[0] and len(others) == 1:
            titles = [f"{first}{span}{ends[0].whole}", f"{first}{ends[0].brief}"]
        elif len(others) > 1 or any(ends):
            second = _say_taken(words, others, taken, noun, brief=len(mine) > 1)
            titles = [
                f"{first}{span}{ends[0].whole}; {second}{ends[1].whole}",
                f"{first}{ends[0].brief}; {second}{ends[1].brief}",
                f"{first}{ends[0].brief}; {ends[1].kept or second}",
            ]
            plain = open_sentence(_say_taken(words, mine, taken, "places"))
            titles.append(f"{plain}{ends[0].brief}; {ends[1].kept or second}")
    said = _say_disputed(words, denied, mine)
    if not titles and len(mine) > 1 and mine[0].place != mine[-1].place:
        way = words("from_to", place=mine[0].name, place_to=mine[-1].name)
        titles += [f"{first}{span}, {way}{more}" for more in said]
        titles += [f"{first}, {way}{more}" for more in said if span]
        titles += [*(f"{first}{more}" for more in said), f"{first}{span}, {way}"]
    elif not titles:
        titles += [f"{first}{span}{more}" for more in said]
    return [*titles, f"{first}{span}", first]


def name_settlements(study: Study, stops: list[Stop]) -> str:
    """What a title counts, of sides that took several: cities, towns, both of them, or places
    where one is neither."""
    taken: dict[str, set[str]] = {}
    for stop in stops:
        taken.setdefault(stop.side, set()).add(stop.place)
    many = [side for side, places in taken.items() if len(places) > 1]
    kinds = {study.places["kind"].get(stop.place) for stop in stops if stop.side in many}
    names = {("city",): "cities", ("town",): "towns", ("city", "town"): "settlements"}
    return names.get(tuple(sorted(map(str, kinds))), "places")


def _part_denied(stops: list[Stop]) -> tuple[list[Stop], list[Stop]]:
    """(captures that a title counts, those of places whose capture is denied and no other told);
    where all are denied it counts these."""
    firm = [stop for stop in stops if not stop.denials]
    places = {stop.place for stop in firm}
    return firm or stops, [stop for stop in stops if stop.place not in places]


def _say_disputed(words: Words, denied: list[Stop], counted: list[Stop]) -> list[str]:
    """; one text adds Homs, which the government denied; ; Homs is disputed; of several how many:
    what a title says of captures that are denied, longest first."""
    if not denied:
        return []
    if len({stop.place for stop in denied}) > 1 or denied[0] in counted:
        side = say_denier(words, denied[0])
        if denied[0] in counted:
            return [words("denied_it", side=side)] if len(denied) == 1 else []
        return [words("denied_more", n=words.spell(len({stop.place for stop in denied})))]
    [stop, *_] = denied
    named = {"side": say_denier(words, stop), "place": stop.name}
    name = "adds_one" if stop.texts == 1 else "adds_many"
    said = words(name, n=words.spell(stop.texts), **named)
    if stop.stance:
        said = words("adds_claimed", **named)
    return [said, words("disputed_place", place=stop.name)]


def _say_taken(
    words: Words,
    stops: list[Stop],
    taken: list[Stop],
    noun: str,
    brief: bool = False,
) -> str:
    """the SDF took three cities; Northern Front says it took Sarn; brief, behind another side: took
    three."""
    places = {stop.place for stop in stops}
    many = len(places) > 1
    what = stops[0].name
    if many:
        what = words.spell(len(places)) if brief else say_spelled(words, noun, len(places))
    if not stops[0].side:
        return words("fell_unsaid", what=what)
    others = [stop for stop in taken if stop.side != stops[0].side and not stop.disputed]
    again = not many and any(
        one.place == stops[0].place and stop.first > one.last for one in others for stop in stops
    )
    name = "retook" if again else "took"
    if all(stop.stance for stop in stops):
        name = f"says_{name}"
    return words(name, side=say_side(words, stops[0].side), what=what)


class Lost(NamedTuple):
    """What a side lost again, after a blank: with to whom, and without; "" of nothing. kept: how
    many of how many it kept, as a sentence."""

    whole: str = ""
    brief: str = ""
    kept: str = ""

    def __bool__(self) -> bool:
        return bool(self.brief)


def say_lost(words: Words, stops: list[Stop], taken: list[Stop]) -> Lost:
    """and lost three of them to the government: the places whose last capture is another side's;
    "at least" where who took some of them says so alone."""
    latest = {stop.place: stop for stop in sorted(stops, key=lambda stop: stop.last)}
    takers = [
        stop
        for stop in taken
        if stop.place in latest and stop.first > latest[stop.place].last
        if stop.side != latest[stop.place].side
    ]
    lost = {stop.place for stop in takers}
    firm = {stop.place for stop in takers if not stop.stance}
    if not lost:
        return Lost()
    sides = {stop.side for stop in takers}
    side = say_side(words, takers[0].side)
    if not firm:
        said = words("lost_so_says", n=words.spell(len(lost)), side=side)
        return Lost(said, said)
    brief = words("lost" if firm == lost else "lost_least", n=words.spell(len(firm)))
    kept = words(
        "kept" if firm == lost else "kept_most",
        side=say_side(words, stops[0].side),
        n=words.spell(len(latest) - len(firm)) if len(latest) > len(firm) else words("none"),
        all=words.spell(len(latest)),
    )
    return Lost(words("lost_to", lost=brief, side=side) if len(sides) == 1 else brief, brief, kept)


def endorse(study: Study) -> list[str]:
    """The sentence on boundaries, the house's own or ours; where none are drawn that there are
    none, and what is drawn instead."""
    if is_bare(study.country):
        words = find_words(study)
        country = name_home(study, words) or words("this_country")
        return [words("no_boundaries", country=country)]
    return [find_style(study).boundaries or find_words(study)("boundaries")]


def credit_borders(study: Study) -> str:
    """Whose boundaries are drawn, for the source line; "" where none are."""
    bare = is_bare(study.country)
    return "" if bare else find_words(study)("boundaries_by", source=SOURCE)


def mention_borders(chart: Chart) -> Chart:
    """The sentence on boundaries, in the caption where the picture has no foot."""
    if not chart.framed:
        chart.sources = " ".join([*endorse(chart.study), chart.sources])
    return chart
