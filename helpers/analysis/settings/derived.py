"""Derived: what a corpus needs to be drawn and corpus.toml does not say.

Each answer comes with the sentence that says from what it was derived. It is a question to a person
until somebody writes the answer into corpus.toml (settling.py). Notebook 00 asks it.

The extractor is imported where it is asked: its rules take as long to build as pandas to import.
"""

import itertools
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from helpers.corpus.places import measure_between, name_places, split_values
from helpers.schema.columns import MEASURES
from helpers.schema.formatting import count, join_words, say_day, say_period

SHARE = 0.8  # of the dated events and flows that the period holds
LONGEST_FLOW = 31  # days; what counts a longer time says little about the days of an offensive
DAY = pd.Timedelta(days=1)
GROWN = 7 * DAY  # by which the period may grow at each end
SURE = 2  # days; a beginning or capture within them has a day
SHARPEST = 7  # days within which the capture of a stop on the route lies
TOO_WIDE = ["4", "5", "6", "7"]  # place_prec: ground taken somewhere in it is not the place
SAME_TOWN_KM = 5  # a site so near to a captured town is no stop of its own
LEAST_STOPS = 2  # of a route
EVENTS = [  # measures of pace that happen on a day; the others last or measure
    *("offensive_start", "reached", "entered", "captured", "withdrawn", "counter_offensive"),
]
FLOWS = [
    *("new_displacement", "forced_to_flee", "returns"),
    *(name for name, topic in MEASURES.items() if topic == "casualties"),
]
# Words that many sides and bodies bear and that name none of them.
GENERIC = {
    *("a", "an", "and", "of", "the", "coalition", "forces", "force", "army", "military", "rebels"),
    *("militia", "militias", "fighters", "troops", "group", "groups", "allied", "pro", "national"),
    *(
        "front",
        "movement",
        "media",
        "state",
        "ministry",
        "defence",
        "defense",
        "spokesman",
        "linked",
    ),
}


@dataclass(frozen=True)
class Derived:
    """What a corpus needs to be drawn.

    period: first and last day of what the texts tell, or None without a dated event or flow. sides:
    actors of captures and withdrawals, in the order of their first capture, those without one last.
    parties: sources and actors whose word is that of a party to the war. leading: the side with
    most captures, "" without one. route: its captured places (keys) in order, each nearer to the
    last; empty where they make no way. target: the last stop, "". fronts: its captures off the
    route, which only a map shows. country: that of most points, ISO 3166-1 alpha-3. because: name
    of an answer → the sentence that says from what it was derived, or that corpus.toml says it.
    """

    period: tuple[pd.Timestamp, pd.Timestamp] | None = None
    sides: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    leading: str = ""
    route: tuple[str, ...] = ()
    target: str = ""
    fronts: tuple[str, ...] = ()
    country: str = ""
    because: dict[str, str] = field(default_factory=dict)


def derive_settings(claims: pd.DataFrame, documents: pd.DataFrame, places: pd.DataFrame) -> Derived:
    """All answers from the claims of a corpus, its documents (their words name the country where no
    place has a point) and its places. What is only expected or denied, or lies before the war
    (scope historical, context), decides nothing."""
    told = claims[
        claims["assertion"].isin(["reported", "claimed"])
        & ~claims["scope"].isin(["historical", "context"])
    ]
    period, why_period = derive_period(told)
    captures = list_captures(told, period)
    sides, why_sides = derive_sides(told, captures, period)
    country, why_country = derive_country(claims, documents, places)
    parties, why_parties = derive_parties(claims, sides, country)
    leading = choose_leading(captures)
    way = derive_route(captures[captures["side"] == leading], places)
    because = {
        "period": why_period,
        "sides": why_sides,
        "parties": why_parties,
        "route": way.why,
        "country": why_country,
    }
    answers = (period, sides, parties, leading, way.stops, way.target, way.fronts)
    return Derived(*answers, country, because)


# --- period --------------------------------------------------------------------------------------


def derive_period(told: pd.DataFrame) -> tuple[tuple[pd.Timestamp, pd.Timestamp] | None, str]:
    """The shortest run of days that holds SHARE of the dated events and flows of at most
    LONGEST_FLOW days; of runs of one length the earliest. It grows by at most GROWN days to the
    earliest beginning of an offensive and to the latest capture whose day is known: neither is to
    lie outside what it begins or ends. With the sentence that says so."""
    dated = told[told["measure"].isin(EVENTS + FLOWS) & told["date_start"].notna()]
    short = dated[_count_days(dated) <= LONGEST_FLOW]
    if short.empty:
        return None, "No event and no flow of a month or less has a day."
    start, end = _find_shortest_run(list(zip(short["date_start"], short["date_end"])))
    why = f"the shortest run of days that holds {SHARE:.0%} of {len(short)} dated events and flows"
    sharp = short[(short["measure"] == "offensive_start") & (_count_days(short) <= SURE)]
    begun = sharp["date_start"][sharp["date_start"].between(start - GROWN, start)]
    captures = list_captures(told, None)
    taken = captures["last"][captures["last"] - captures["first"] < SURE * DAY]
    taken = taken[taken.between(end, end + GROWN)]
    first, last = min(begun, default=start), max(taken, default=end)
    grown = []
    if first < start:
        grown.append(f"to {say_day(first)}, when a text lets the offensive begin")
    if last > end:
        grown.append(f"to {say_day(last)}, the last capture")
    more = f", grown {' and '.join(grown)}" if grown else ""
    return (first, last), f"{say_period(first, last)}: {why}{more}."


def _count_days(claims: pd.DataFrame) -> pd.Series:
    """How many days the bounds of claims hold."""
    return (claims["date_end"] - claims["date_start"]).dt.days + 1


def _find_shortest_run(
    spans: list[tuple[pd.Timestamp, pd.Timestamp]],
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The shortest (first day, last day) within which SHARE of the spans lie; the earliest of equal
    ones."""
    needed = -int(-SHARE * len(spans) // 1)
    runs = []
    for first in sorted({start for start, _ in spans}):
        ends = sorted(end for start, end in spans if start >= first)
        if len(ends) >= needed:
            runs.append((first, ends[needed - 1]))
    return min(runs, key=lambda run: (run[1] - run[0], run[0]))


# --- sides and parties ---------------------------------------------------------------------------

Days = tuple[pd.Timestamp, pd.Timestamp]  # first, last
CAPTURE_COLUMNS = ["side", "place", "first", "last", "claims", "documents"]


def list_captures(
    told: pd.DataFrame, period: tuple[pd.Timestamp, pd.Timestamp] | None
) -> pd.DataFrame:
    """When each side captured each place within the period. One row is one place and side: side,
    place, first and last (the days that every text allows, or where texts exclude each other all
    that any of them allows; of a place that it lost and took again, the first time), claims and
    documents (ids)."""
    kept = told[
        (told["measure"] == "captured")
        & (told["unit"] == "event")
        & ~told["place_prec"].isin(TOO_WIDE)
        & (told["actor"] != "")
    ]
    kept = _keep_within(kept, period)
    columns = ["actor", "place", "doc_id", "date_start", "date_end", "claim_id"]
    taken: dict[tuple[str, str], list] = {}  # side and place → its claims
    for actors, cell, *claim in zip(*(kept[name] for name in columns)):
        for key in itertools.product(split_values(actors), split_values(cell)):
            taken.setdefault(key, []).append(claim)
    rows = []
    for (side, place), claims in taken.items():
        bounds: dict[str, Days] = {}
        for text, start, end, _ in claims:
            begun, ended = bounds.get(text, (start, end))
            bounds[text] = min(begun, start), max(ended, end)
        others = [
            (start, end)
            for (other, there), lost in taken.items()
            if there == place and other != side
            for _, start, end, _ in lost
        ]
        bounds = _keep_first(bounds, others)
        firsts, lasts = zip(*bounds.values())
        first, last = max(firsts), min(lasts)
        if first > last:
            first, last = min(firsts), max(lasts)
        rows.append((side, place, first, last, [claim for *_, claim in claims], list(bounds)))
    table = pd.DataFrame(rows, columns=CAPTURE_COLUMNS)
    table = table.astype({"first": "datetime64[us]", "last": "datetime64[us]"})
    return table.sort_values(["first", "last"], kind="stable", ignore_index=True)


def _keep_first(bounds: dict[str, Days], others: list[Days]) -> dict[str, Days]:
    """The days of a capture by one side (text → first, last) before another took the place from
    that side, by day. `others`: the captures of the place by other sides."""
    taken = min(last for _, last in bounds.values())
    lost = min((end for start, end in others if start > taken), default=pd.Timestamp.max)
    by_day = sorted(bounds.items(), key=lambda item: item[1])
    return {text: days for text, days in by_day if days[0] <= lost}


def _keep_within(
    claims: pd.DataFrame, period: tuple[pd.Timestamp, pd.Timestamp] | None
) -> pd.DataFrame:
    """The dated claims whose bounds are at most LONGEST_FLOW days and touch the period."""
    kept = claims[claims["date_start"].notna() & (_count_days(claims) <= LONGEST_FLOW)]
    if period is None:
        return kept
    return kept[(kept["date_end"] >= period[0]) & (kept["date_start"] <= period[1])]


def derive_sides(
    told: pd.DataFrame,
    captures: pd.DataFrame,
    period: tuple[pd.Timestamp, pd.Timestamp] | None,
) -> tuple[tuple[str, ...], str]:
    """Actors of captures in the order of the first, then those of withdrawals in the period."""
    took = list(dict.fromkeys(captures["side"]))
    left = _keep_within(told[told["measure"] == "withdrawn"], period)
    left = left.sort_values("date_start", kind="stable")
    gave = [actor for cell in left["actor"] for actor in split_values(cell)]
    sides = tuple(dict.fromkeys([*took, *gave]))
    if not sides:
        return (), "No text says who captured or left a place."
    only = [side for side in sides if side not in took]
    parts = []
    if took:
        parts.append(f"{join_words(took)} captured places, in this order")
    if only:
        parts.append(f"{join_words(only)} left some")
    return sides, "; ".join(parts) + "."


def choose_leading(captures: pd.DataFrame) -> str:
    """The side that captured most places; of several the one that was first."""
    return "" if captures.empty else str(captures["side"].value_counts(sort=True).index[0])


def derive_parties(
    claims: pd.DataFrame, sides: tuple[str, ...], country: str
) -> tuple[tuple[str, ...], str]:
    """Sides, and the sources whose word is a party's: those that are one of them by name; state
    media, ministries, armies and rebels of the country or of an actor; those whose statement is
    coded as a party's (claimed)."""
    sources = {source for cell in claims["source_original"] for source in split_values(cell)}
    stated = claims[claims["assertion"] == "claimed"]["source_original"]
    coded = {source for cell in stated for source in split_values(cell)}
    reasons: dict[str, list[str]] = {}
    for source in sorted(sources - {*sides}):
        if reason := _find_reason(source, sides, country, coded):
            reasons.setdefault(reason, []).append(source)
    parties = tuple(
        dict.fromkeys([*sides, *(name for names in reasons.values() for name in names)])
    )
    if not parties:
        return (), "No actor of a capture or withdrawal, no army and no ministry is a source."
    said = [f"{join_words([*sides])} captured or left places"] if sides else []
    said += [f"{join_words(names)}: {reason}" for reason, names in reasons.items()]
    return parties, "; ".join(said) + "."


def _find_reason(source: str, sides: tuple[str, ...], country: str, coded: set[str]) -> str:
    """Why a source counts as a party to the war; "" where it does not."""
    if any(_share_name(source, side) for side in sides):
        return "one of them by name"
    from helpers.extract.attribution.names import is_party

    if is_party(source, frozenset()) and _is_involved(source, sides, country):
        return "state media, a ministry, an army or rebels"
    return "coded as a party that claims" if source in coded else ""


def _share_name(source: str, side: str) -> bool:
    """Whether two names are one by the words that are not common to many: HTS, HTS coalition."""
    one, other = (set(re.findall(r"\w+", name.lower())) - GENERIC for name in (source, side))
    return source == side or bool(one and other) and (one <= other or other <= one)


def _is_involved(source: str, sides: tuple[str, ...], country: str) -> bool:
    """Whether a body that speaks for an army or a government is of the country of the war, or of
    one whose own forces act in it: the Israeli military is no party to a war without it."""
    from helpers.extract.places.countries import count_countries
    from helpers.extract.places.geonames import read_country

    named = set(count_countries([source]))
    acting = set(count_countries([*sides]))
    home = set()
    for code in split_values(country):
        with suppress(ValueError):  # a country that was invented
            home.add(read_country(code))
    return not named or bool(named & (acting | home))


# --- route ---------------------------------------------------------------------------------------


class Way(NamedTuple):
    """The way of an advance: stops in order, the last of them, captures off it, and why."""

    stops: tuple[str, ...]
    target: str
    fronts: tuple[str, ...]
    why: str


def derive_route(captures: pd.DataFrame, places: pd.DataFrame) -> Way:
    """The captured places of one side that lead, each nearer than the one before, to the last that
    fell; one may lie farther off. Only places with a point of their own and days known within
    SHARPEST count; a site within SAME_TOWN_KM of a stop is that stop. Where more than one lies
    farther off, the longest way that does is the route if it holds more than half of the places;
    the others are second fronts."""
    towns = _list_towns(captures, places)
    if len(towns) < LEAST_STOPS:
        return Way((), "", tuple(towns), "Fewer than two captured towns have a day and a point.")
    target = towns[-1]
    km = [measure_between(places, town, target) for town in towns]
    farther = [at for at in range(1, len(km)) if km[at] >= km[at - 1]]
    stops = towns if len(farther) <= 1 else _find_longest_way(towns, km)
    fronts = tuple(town for town in towns if town not in stops)
    where, side = name_places(places, target), captures["side"].iloc[0]
    if len(stops) * 2 <= len(towns):
        why = f"The towns captured by {side} lie on no way to {where}, the last that fell."
        return Way((), "", tuple(towns), why)
    named = join_words([name_places(places, stop) for stop in stops])
    why = f"{named}: captured by {side} in this order, each nearer to {where} than the last"
    if len(farther) == 1:
        why += f", but for {name_places(places, towns[farther[0]])}"
    if fronts:
        why += f"; {join_words([name_places(places, front) for front in fronts])} lie off the way"
    return Way(tuple(stops), target, fronts, why + ".")


def _list_towns(captures: pd.DataFrame, places: pd.DataFrame) -> list[str]:
    """Captured places with a point, in the order of the days on which each was sure; of those
    within SAME_TOWN_KM of each other the one that most texts name."""
    short = (captures["last"] - captures["first"]).dt.days < SHARPEST
    known = captures["place"].isin(
        places.index[places["lat"].notna() & places["prec"].isin(["1", "2"])]
    )
    rows = captures[short & known].sort_values(["last", "first"], kind="stable")
    texts = rows["documents"].map(len)
    towns: list[str] = []
    for place in rows["place"][texts.sort_values(ascending=False, kind="stable").index]:
        far = [measure_between(places, place, town) > SAME_TOWN_KM for town in towns]
        if all(far):
            towns.append(place)
    return [place for place in rows["place"] if place in towns]


def _find_longest_way(towns: list[str], km: list[float]) -> list[str]:
    """The longest row of towns, in order, each nearer to the last town than the one before."""
    best: list[list[int]] = []
    for at in range(len(towns)):
        before = [way for way in best if km[way[-1]] > km[at]]
        best.append([*max(before, key=len, default=[]), at])
    return [towns[at] for at in best[-1]]


# --- country -------------------------------------------------------------------------------------


def derive_country(
    claims: pd.DataFrame, documents: pd.DataFrame, places: pd.DataFrame
) -> tuple[str, str]:
    """The country (alpha-3) that holds most of the places with a point that claims name; of several
    the one that most claims name. Without a point, that which the texts name most."""
    named = [key for cell in claims["place"] for key in split_values(cell)]
    points = _list_points(named, places)
    held = pd.Series([code for cell in points["country"] for code in split_values(cell)], dtype=str)
    if held.empty:
        from helpers.extract.places.countries import guess_country

        codes = split_values(guess_country(list(documents["text"])))
        if not codes:
            return "", "No place has a point, and the texts name no country."
        code = find_iso3(codes[0])
        return code, f"{name_country(code)}: no place has a point, the texts name it most."
    counts = held.value_counts()
    told = pd.Series([code for key in named for code in _read_codes(places, key)], dtype=str)
    most = counts.index[counts == counts.iloc[0]]
    code = max(most, key=lambda code: (int((told == code).sum()), code))
    where = f"{counts.iloc[0]} of the {count(len(points), 'place')} with a point lie there"
    return code, f"{name_country(code)}: {where}."


def _read_codes(places: pd.DataFrame, key: str) -> list[str]:
    return split_values(places.loc[key, "country"]) if key in places.index else []


def _list_points(named: list[str], places: pd.DataFrame) -> pd.DataFrame:
    """The places with a point of their own that claims name; of a country or province the point is
    only its middle."""
    sharp = places["prec"].isin(["1", "2", "3"]) & places["lat"].notna()
    return places[sharp & places.index.isin(named)]


def name_country(code: str) -> str:
    """The English name of a country given by its three letters; the letters of one not known."""
    from helpers.extract.places.geonames import load_countries

    names = {row["iso3"]: row["name"] for row in load_countries().values()}
    return names.get(code, code)


def find_iso3(words: str) -> str:
    """The three letters of a country given by its name, its two or its three letters."""
    from helpers.extract.places.geonames import load_countries, read_country

    return load_countries()[read_country(words)]["iso3"]
