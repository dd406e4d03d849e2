"""Largest: which figures of people the overview sets large, and what stands beside each of them."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from helpers.analysis.contradictions import HARMED, share_days
from helpers.analysis.selection import Study
from helpers.analysis.statements import Statement, merge_statements
from helpers.schema.quantity import is_increment

FLOWS = ("new_displacement", "forced_to_flee")
# words that mean nothing without the figure before them: "a similar number", "twice as many"
LEANING = (
    r"\b(?:similar|same|equal|comparable|equivalent)\b|\b(?:as|so) (?:many|few)\b"
    r"|\b(?:others?|rest|remainder)\b|\bmore than (?:that|this|half|double)\b"
)
SOON = pd.Timedelta(days=31)  # after a period, within which a count that goes on is of it too
RIVALS = 2  # figures of other sources that stand below a number


class Number(NamedTuple):
    """A number of the overview: its statement, the role of its colour, what others tell of the same
    in words alone, the last total of the same count, where it goes on long after the period, what
    other sources say in numbers, and a larger figure that ends after the period."""

    statement: Statement
    role: str
    worded: list[Statement]
    later: Statement | None = None
    others: tuple[Statement, ...] = ()
    wider: Statement | None = None


def choose_numbers(study: Study) -> list[Number]:
    """The largest flow of people displaced, the largest figure of people killed that no party says
    and the largest that a party says, all within the period, none a part of another and none
    withdrawn by its source; of a count that goes on within SOON of the period its last total."""
    claims = study.all_claims
    period = study.period
    people = told = claims[(claims["unit"] == "person") & claims["date_start"].notna()]
    if period is not None:
        inside = (people["date_start"] >= period[0]) & (people["date_end"] <= period[1])
        people = people[inside]
    found = merge_statements(people, study.is_said_by_party)
    totals = merge_statements(told, study.is_said_by_party)
    until = None if period is None else period[1] + SOON
    moved = [one for one in found if one.first.measure in FLOWS]
    dead = [one for one in found if one.first.measure == "killed"]
    own, theirs = [one for one in dead if not one.party], [one for one in dead if one.party]
    chosen = []
    for group, role in ((moved, "displacement"), (own, "casualties"), (theirs, "party")):
        numbers = _list_wholes(group)
        if numbers:
            largest = max(numbers, key=lambda one: one.number)
            latest = _find_later(totals, largest, until) or largest
            later = _find_later(totals, latest)
            wider = None if period is None else _find_wider(totals, latest, period)
            worded = [one for one in found if one.worded and _is_alike(one, latest)]
            chosen.append(Number(latest, role, worded, later, (), wider))
    large = {number.statement.first.claim_id for number in chosen}
    rest = [one for one in _list_wholes(totals) if one.first.claim_id not in large]
    return [_set_beside(number, _list_others(rest, number.statement)) for number in chosen]


def are_largest(
    study: Study, numbers: list[Number], days: tuple[pd.Timestamp, pd.Timestamp]
) -> bool:
    """Whether nobody gives a larger figure of people displaced, or of people killed, within these
    days than any of the numbers, but for those that stand among them: a party's figure may be the
    largest of its own and below what others count."""
    claims = study.all_claims
    people = claims[(claims["unit"] == "person") & claims["date_start"].notna()]
    within = people[(people["date_start"] >= days[0]) & (people["date_end"] <= days[1])]
    shown = {number.statement.first.claim_id for number in numbers}
    told = merge_statements(within, study.is_said_by_party)
    rest = [one for one in _list_wholes(told) if one.first.claim_id not in shown]
    return not any(
        other.number > number.statement.number
        for number in numbers
        for other in rest
        if _find_kind(other) == _find_kind(number.statement)
    )


def _find_kind(one: Statement) -> str:
    """What a figure counts, as a subtitle names it."""
    return "displaced" if one.first.measure in FLOWS else str(one.first.measure)


def _set_beside(number: Number, others: tuple[Statement, ...]) -> Number:
    """A number with what other sources say; what they say is told once."""
    ids = {one.first.claim_id for one in others}
    told = number.wider is not None and number.wider.first.claim_id in ids
    return number._replace(others=others, wider=None if told else number.wider)


def _list_wholes(statements: list[Statement]) -> list[Statement]:
    """Those in numbers that are no part of another and that their source stands by."""
    numbers = [one for one in statements if not one.worded and not one.withdrawn]
    return [one for one in numbers if not one.first.part_of]


def _list_others(rest: list[Statement], number: Statement) -> tuple[Statement, ...]:
    """What other sources than that of a number say in numbers of its measure and place: of its very
    days, or of the same people on most of them. Of each source the last, the largest first, at most
    RIVALS."""
    latest: dict[tuple, Statement] = {}
    for one in sorted(rest, key=lambda one: (one.first.date_end, one.number)):
        if _is_rival(one, number):
            latest[tuple(one.sources) or (one.first.claim_id,)] = one
    return tuple(sorted(latest.values(), key=lambda one: -one.number)[:RIVALS])


def _is_rival(one: Statement, number: Statement) -> bool:
    """Whether a number answers the question of another that stands large."""
    first, other = number.first, one.first
    if (first.measure, first.place) != (other.measure, other.place):
        return False
    if {*one.sources} & {*number.sources} or is_increment(other.number):
        return False
    if (first.date_start, first.date_end) == (other.date_start, other.date_end):
        return True
    shared = share_days(first, other)
    return _name_people(one) == _name_people(number) and 2 * shared >= max(one.days, number.days)


def _name_people(one: Statement) -> tuple:
    """Whom a figure counts, as far as it tells them from others."""
    affected = one.first.affected
    return affected if affected in HARMED else "", one.first.affected_side


def _find_wider(
    told: list[Statement], one: Statement, period: tuple[pd.Timestamp, pd.Timestamp]
) -> Statement | None:
    """The largest figure of the same kind, of that or another place, that begins within the period
    and ends after it, by SOON at most, where it is larger: what the title of another figure says
    must not look forgotten."""
    wider = [
        other
        for other in _list_wholes(told)
        if other.first.measure == one.first.measure and other.party == one.party
        if other.number > one.number and _name_people(other) == _name_people(one)
        if period[0] <= other.first.date_start <= period[1]
        if period[1] < other.first.date_end <= period[1] + SOON
    ]
    return max(wider, key=lambda other: other.number, default=None)


def _is_alike(one: Statement, number: Statement) -> bool:
    """Whether words alone ("dozens") may stand below a number: of its place, of days that it
    shares, of the civilians or of the fighters whom it counts, not of its own source, and without
    leaning on another figure."""
    first, counted = one.first, number.first
    if (first.measure, first.place) != (counted.measure, counted.place):
        return False
    if not share_days(first, counted) or {*one.sources} & {*number.sources}:
        return False
    if counted.measure == "killed" and _name_people(one)[0] != _name_people(number)[0]:
        return False
    return not re.search(LEANING, first.number, re.IGNORECASE)


def _find_later(
    told: list[Statement], one: Statement, until: pd.Timestamp | None = None
) -> Statement | None:
    """The last total, up to a day, that goes on with the count of a statement: of its measure,
    place, people, sources and first day."""
    first = one.first
    if first.date_kind != "period" or not one.sources:
        return None
    count = ["measure", "place", "affected", "affected_side", "date_start", "date_kind"]
    on = [
        other
        for other in told
        if other.sources == one.sources and not other.withdrawn and not other.worded
        if all(getattr(other.first, name) == getattr(first, name) for name in count)
        if other.first.date_end > first.date_end
        if until is None or other.first.date_end <= until
    ]
    return max(on, key=lambda other: other.first.date_end, default=None)
