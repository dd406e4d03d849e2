"""Stops: what the texts tell of each place in the offensive, as the figures of the advance draw it.

A stop is one place and one side, with the farthest step that the side took there: captured, entered
or reached; or the place where the offensive began. What is only expected or denied is no stop.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import WeakKeyDictionary

import pandas as pd

from helpers.analysis.selection import Study, say_stance
from helpers.analysis.stories import count_independent
from helpers.corpus.places import measure_between, share_value, split_values

STEPS = ["captured", "entered", "reached", "offensive_start"]  # the farthest first
KNOWN_WITHIN = pd.Timedelta(days=2)  # a beginning whose day is known no better is no beginning
NEAR_KM = 5  # a site nearer than this to a place on the map shares its dot
DAY = pd.Timedelta(days=1)
Days = tuple[pd.Timestamp, pd.Timestamp]
_LISTED: WeakKeyDictionary[Study, list[Stop]] = WeakKeyDictionary()  # list_stops of each study


@dataclass(frozen=True)
class Stop:
    """One place and one side. first, last: the days that every text allows for the step; where
    texts exclude each other (agreed is False) those of most texts, the earlier of equal ones.
    alone: text → the days that it allows by itself. odd: texts that exclude the days given.
    contested: whether several sides took the place; retaken: whether its side had taken it before
    and nobody doubts that; redone: whether it took it again later and nobody doubts that."""

    place: str
    name: str
    side: str
    step: str
    first: pd.Timestamp
    last: pd.Timestamp
    agreed: bool
    claims: tuple[str, ...]
    alone: dict[str, Days] = field(hash=False)
    odd: tuple[str, ...] = ()
    point: tuple[float, float] | None = None  # lon, lat
    denials: tuple[Any, ...] = field(default=(), hash=False)  # claims that deny it, as rows
    partly: tuple[Any, ...] = field(default=(), hash=False)  # denials that it holds a part, as rows
    stance: str = ""  # "claimed by HTS" where nobody reports it
    unreviewed: bool = False
    contested: bool = False
    retaken: bool = False
    redone: bool = False
    told: int = 0  # by how many independent texts
    after: tuple[Stop, ...] = field(default=(), hash=False)  # list_after, where its row shows them

    @property
    def deniers(self) -> tuple[str, ...]:
        """Who denies it, as far as the texts say who."""
        cells = [row.source_original for row in self.denials]
        return tuple(dict.fromkeys(source for cell in cells for source in split_values(cell)))

    @property
    def denied_claims(self) -> list[str]:
        """The ids of the claims that deny it, whole or in part."""
        return [row.claim_id for row in (*self.denials, *self.partly)]

    @property
    def disputed(self) -> bool:
        """Whether somebody denies it, or nobody but a party says so."""
        return bool(self.denials or self.stance)

    @property
    def texts(self) -> int:
        """How many texts tell it, those that print one agency story as one."""
        return self.told or len(self.alone)

    @property
    def days(self) -> int:
        """How many days the step may have been taken on."""
        return (self.last - self.first).days + 1


def list_stops(study: Study) -> list[Stop]:
    """All stops of the selection, by first day: one a place and side, of the farthest step, two
    where it took the place again from another; and the beginning of the leading side's offensive,
    where it has a place of its own. Worked out once for each study: every figure of the advance
    asks several times."""
    if study not in _LISTED:
        _LISTED[study] = _work_out_stops(study)
    return list(_LISTED[study])


def _work_out_stops(study: Study) -> list[Stop]:
    events = select_steps(study)
    best: dict[tuple[str, str], list[Stop]] = {}
    for (step, place, side), group in events.groupby(["measure", "place", "side"], sort=False):
        if step == "offensive_start":
            continue
        held = best.get((place, side))
        if held is None or STEPS.index(step) < STEPS.index(held[0].step):
            parts = split_recaptures(group, events) if step == "captured" else [group]
            built = [build_stop(study, part, len(parts) == 1) for part in parts]
            best[place, side] = [
                replace(
                    stop,
                    retaken=any(not one.disputed for one in built[:at]),
                    redone=any(not one.disputed for one in built[at + 1 :]),
                )
                for at, stop in enumerate(built)
            ]
    stops = [stop for held in best.values() for stop in held]
    taken = [place for (place, _), held in best.items() if held[0].step == "captured"]
    stops = [replace(stop, contested=taken.count(stop.place) > 1) for stop in stops]
    begun = find_beginning(study, events)
    if begun and (begun.place, begun.side) not in best:
        stops.append(begun)
    return sorted(stops, key=order_stop)


def order_stop(stop: Stop) -> tuple:
    """By which stops are ordered: the first possible day, then the last."""
    return stop.first, stop.last, STEPS.index(stop.step), stop.name


def select_steps(study: Study) -> pd.DataFrame:
    """The events of the offensive that are steps of an advance; one row is one claim at one place,
    with the `side` that acted: the leading one where several did, "" where the text names none and
    no other text does for that place."""
    claims = study.claims
    events = claims[
        (claims["scope"] == "offensive")
        & claims["measure"].isin(STEPS)
        & claims["assertion"].isin(["reported", "claimed"])
        & (claims["unit"] == "event")
        & (claims["place"] != "")
    ]
    events = events.assign(place=events["place"].map(split_values)).explode("place")
    events = events.assign(side=[choose_side(study, cell) for cell in events["actor"]])
    named = events[events["side"] != ""].groupby("place")["side"].first().to_dict()
    places = zip(events["side"], events["place"])
    return events.assign(side=[side or named.get(place, "") for side, place in places])


def choose_side(study: Study, actor: str) -> str:
    """The side that a cell of actors stands for."""
    actors = split_values(actor)
    if study.leading in actors:
        return study.leading
    return actors[0] if actors else ""


def build_stop(study: Study, group: pd.DataFrame, only: bool = True) -> Stop:
    """A stop from its claims, which are of one place, side and step. only: whether it is the only
    capture of the place by the side; else it takes the denials of its own days alone."""
    rows = list(group.itertuples())
    row = rows[0]
    alone: dict[str, Days] = {}
    for claim in rows:
        first, last = alone.get(claim.doc_id, (claim.date_start, claim.date_end))
        alone[claim.doc_id] = min(first, claim.date_start), max(last, claim.date_end)
    (first, last), odd = meet_days(alone)
    denials = find_denials(study, row) if row.measure == "captured" else []
    denials = [one for one in denials if only or one.date_start <= last and one.date_end >= first]
    partly = find_partly(study, row, (first, last)) if row.measure == "captured" else []
    return Stop(
        place=row.place,
        name=name_place(study, row.place),
        side=row.side,
        step=row.measure,
        first=first,
        last=last,
        agreed=not odd,
        claims=tuple(dict.fromkeys(claim.claim_id for claim in rows)),
        alone=alone,
        odd=odd,
        point=find_point(study, row.place),
        denials=tuple(denials),
        partly=tuple(partly),
        stance=say_stance(rows),
        unreviewed=any(claim.review == "proposed" for claim in rows),
        told=count_independent(list(alone), study.stories),
    )


def split_recaptures(group: pd.DataFrame, events: pd.DataFrame) -> list[pd.DataFrame]:
    """The captures of one place by one side, parted where another side took the place between
    them."""
    row = group.iloc[0]
    others = events[
        (events["measure"] == "captured")
        & (events["place"] == row["place"])
        & (events["side"] != row["side"])
    ]
    if others.empty or len(group) == 1:
        return [group]
    ordered = group.sort_values(["date_start", "date_end"], kind="stable")
    parts: list[list[int]] = [[]]
    latest = None
    for at, (first, last) in enumerate(zip(ordered["date_start"], ordered["date_end"])):
        between = others["date_start"].gt(latest) & others["date_end"].lt(first) if latest else None
        if between is not None and between.any():
            parts.append([])
            latest = None
        parts[-1].append(at)
        latest = last if latest is None else min(latest, last)
    return [ordered.iloc[part] for part in parts]


def meet_days(alone: dict[str, Days]) -> tuple[Days, tuple[str, ...]]:
    """(days that every text allows, none) or, where texts exclude each other, (days that most of
    them allow, the texts that exclude these)."""
    first, last = max(days[0] for days in alone.values()), min(days[1] for days in alone.values())
    if first <= last:
        return (first, last), ()
    groups = []
    for start in sorted({days[0] for days in alone.values()}):
        together = {text: days for text, days in alone.items() if days[0] <= start <= days[1]}
        groups.append((len(together), start, min(days[1] for days in together.values()), together))
    _, first, last, together = max(groups, key=lambda group: (group[0], -group[1].value))
    return (first, last), tuple(text for text in alone if text not in together)


def find_beginning(study: Study, events: pd.DataFrame) -> Stop | None:
    """Where the leading side's offensive began: the earliest beginning whose day is known, at a
    place with a point."""
    begun = events[(events["measure"] == "offensive_start") & (events["side"] == study.leading)]
    begun = begun[begun["date_end"] - begun["date_start"] < KNOWN_WITHIN]
    placed = [find_point(study, place) is not None for place in begun["place"]]
    begun = begun[pd.Series(placed, index=begun.index, dtype=bool)]
    if begun.empty:
        return None
    place = begun.sort_values("date_start", kind="stable").iloc[0]["place"]
    return build_stop(study, begun[begun["place"] == place])


def find_point(study: Study, place: str) -> tuple[float, float] | None:
    """(lon, lat) of a place that has a point of its own; a region's point is only its middle."""
    if place not in study.places.index:
        return None
    row = study.places.loc[place]
    if pd.isna(row["lat"]) or pd.isna(row["lon"]) or row["prec"] not in ("1", "2"):
        return None
    return float(row["lon"]), float(row["lat"])


def name_place(study: Study, place: str) -> str:
    """The name of a place as a figure writes it; the key itself where places.csv does not have
    it."""
    return str(study.places.loc[place, "name"]) if place in study.places.index else place


def find_denials(study: Study, capture) -> list[Any]:
    """The claims that deny a capture (a row of select_steps), as rows: of its place, by its side;
    where they name no side, by another than the one that denies it."""
    found = []
    for row in study.denials:
        side = choose_side(study, row.actor)
        own = side == capture.side if side else not share_value(row.source_original, [capture.side])
        if own and share_value(row.place, [capture.place]):
            found.append(row)
    return found


def find_partly(study: Study, capture, days: Days) -> list[Any]:
    """The claims that deny on these days that the side of a capture holds a part of its place, as
    rows: what is told of the whole they do not deny."""
    claims = study.claims
    denied = (claims["measure"] == "control_share") & (claims["assertion"] == "denied")
    near = (claims["date_start"] <= days[1]) & (claims["date_end"] >= days[0])
    return [
        row
        for row in claims[denied & near & (claims["scope"] == "offensive")].itertuples()
        if share_value(row.place, [capture.place])
        and choose_side(study, row.actor) in (capture.side, "")
    ]


def list_after(told: list[Stop], stop: Stop) -> list[Stop]:
    """The captures of a place after a stop, by day, where the first of them is another side's: who
    took it away, and who took it back."""
    after = [
        one
        for one in told
        if one.place == stop.place and one.step == "captured" and one.first > stop.last
    ]
    after = sorted(after, key=order_stop)
    return after if after and after[0].side != stop.side else []


def find_holder(stops: list[Stop]) -> Stop:
    """The stop of who holds a place: its last capture, else the last that is told of it."""
    taken = [one for one in stops if one.step == "captured"]
    return max(taken or stops, key=order_stop)


def share_dots(study: Study, stops: list[Stop]) -> tuple[list[Stop], list[Stop]]:
    """(stops that have a dot of their own, stops within NEAR_KM of one of those of their side or of
    a town): a citadel is shown by its town. Towns go before sites, captured before reached."""
    order = {stop: at for at, stop in enumerate(stops)}
    ranked = sorted(stops, key=lambda stop: (_rank_kind(study, stop.place), STEPS.index(stop.step)))
    own: list[Stop] = []
    shared = []
    for stop in ranked:
        near = [
            other
            for other in own
            if other.place != stop.place
            and measure_between(study.places, other.place, stop.place) < NEAR_KM
        ]
        if near:
            shared.append(stop)
        else:
            own.append(stop)
    return sorted(own, key=order.__getitem__), shared


def _rank_kind(study: Study, place: str) -> int:
    kinds = ["city", "town", "village", "camp", "site"]
    kind = study.places.loc[place, "kind"]
    return kinds.index(kind) if kind in kinds else len(kinds)


# --- words ---------------------------------------------------------------------------------------


def span_years(stops: Iterable[Stop]) -> bool:
    """Whether the stops lie in more than one year, so that days need theirs."""
    stops = list(stops)
    return len({day.year for stop in stops for day in (stop.first, stop.last)}) > 1


def colour_side(study: Study, side: str) -> str:
    """The role of a side's colour: the first to capture, the second, any other."""
    sides = [one for one in study.sides if one]
    if not sides or side == sides[0]:
        return "advance"
    if len(sides) > 1 and side == sides[1]:
        return "second_side"
    return "other_side"


def name_kinds(
    study: Study, claims: pd.DataFrame, more: dict[str, pd.Series]
) -> dict[str, pd.Series]:
    """What a caption calls the claims of pace that its figure does not draw (Chart.leave_out):
    words → rows of `claims`. `more` names the steps that the figure draws of some places only."""
    measure = claims["measure"]
    return {
        "claims of the years before and of background": claims["scope"] != "offensive",
        "plans, demands, rumours and forecasts": claims["assertion"] == "expected",
        "denials": claims["assertion"] == "denied",
        "counter-offensives": measure == "counter_offensive",
        "beginnings of the offensive and its battles": measure == "offensive_start",
        "durations": measure == "duration",
        "distances": measure == "distance",
        "shares and changes of what is held": measure.isin(["control_share", "control_change"]),
        "counts of unnamed places or people": (measure == "settlements_captured")
        | (claims["unit"] != "event"),
        "events without a date": claims["date_start"].isna(),
        "events at no named place": claims["place"] == "",
        **more,
    }
