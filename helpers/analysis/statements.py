"""Statements: the same thing said in several texts is one statement, with all its claims.

A figure draws statements, a table holds the claims. What counts as the same: one measure, number,
quantifier, unit, kind of people and place, overlapping days, and one named source, or the very same
words, as a story that several papers take from an agency has them. A source that a text does not
name is that text itself, so two such texts are never merged for their number alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from helpers.corpus.places import share_value, split_values
from helpers.schema.quantity import is_increment

LEAST_TOTALS = 3  # of one source over time; fewer make no line
OPEN_ENDED = ("between", "less_than", "up_to")  # quantifiers of a range and of bounds
LONGEST_DAYS = 365  # a figure that counts more days is one of the whole war
WEEK = pd.Timedelta(days=7)  # by which days may lie off a period and count with it
FLOWS = ("new_displacement", "forced_to_flee", "returns")
STOCKS = ("idps", "in_camps", "refugees")
# words that are a number only beside another: "22 civilians and a similar number of fighters"
COMPARED = re.compile(
    r"(?:(?:an?|the) )?(?:(?:about|roughly|almost|nearly|exactly) )?(?:the )?"
    r"(?:similar|same|equal|comparable) (?:number|amount|toll)s?"
    r"|(?:(?:about|roughly|almost|nearly|just|twice|half) )?as many(?: again| more)?"
)


@dataclass(frozen=True)
class Statement:
    """What one source says, in one or several texts. claims: rows of the claims table, the one that
    is drawn first. denials: rows that deny it. party: whether a party to the war, and nobody else,
    says so. beside: the statement of the same sentence that its words only compare with, as far as
    a figure shows it there."""

    claims: tuple[Any, ...]
    party: bool = False
    denials: tuple[Any, ...] = ()
    beside: Statement | None = None

    @property
    def first(self) -> Any:
        """The claim that is drawn."""
        return self.claims[0]

    @property
    def sources(self) -> list[str]:
        """The sources that the texts name; empty where they name none."""
        return split_values(self.first.source_original)

    @cached_property
    def documents(self) -> list[str]:
        """The texts that make the statement; those that deny it are none of them."""
        return sorted({claim.doc_id for claim in self.claims})

    @property
    def number(self) -> float:
        """The number that its mark stands for: the best, else the high, else the low; NaN for
        words."""
        ends = (self.first.best, self.first.high, self.first.low)
        return next((float(end) for end in ends if pd.notna(end)), float("nan"))

    @property
    def withdrawn(self) -> bool:
        """Whether its own source denies it: a count that was corrected."""
        return any(share_value(row.source_original, self.sources) for row in self.denials)

    @property
    def worded(self) -> bool:
        """Whether it is in words alone ("dozens")."""
        return pd.isna(self.number)

    @property
    def compared(self) -> bool:
        """Whether its words mean nothing alone ("a similar number")."""
        said = " ".join(self.first.number.lower().split())
        return self.worded and COMPARED.fullmatch(said) is not None

    @property
    def reviewed(self) -> bool:
        """Whether a person has checked every claim of it."""
        return all(claim.review != "proposed" for claim in self.claims)

    @property
    def days(self) -> int:
        """How many days its bounds hold; 0 without a date."""
        if pd.isna(self.first.date_start):
            return 0
        return (self.first.date_end - self.first.date_start).days + 1


class Totals(NamedTuple):
    """Running totals of one measure, place and first day. lines: of each source its statements in
    the order of their last days, at least LEAST_TOTALS; alone: those that no line joins; beside:
    those that no dot can stand for, nor a bar among figures of single periods."""

    measure: str
    place: str
    lines: list[list[Statement]]
    alone: list[Statement]
    beside: list[Statement]

    @property
    def statements(self) -> list[Statement]:
        """All of them."""
        return [statement for line in self.lines for statement in line] + self.alone


def merge_statements(claims: pd.DataFrame, is_party) -> list[Statement]:
    """The statements that claims make, in reading order. `is_party`: claim row → whether a party to
    the war alone says it (Study.is_said_by_party). What is expected is no statement of what was; a
    denial belongs to what it denies, and is a statement of its own where nothing says that."""
    told = claims[claims["assertion"].isin(["reported", "claimed"])]
    groups: dict[tuple, list[list[Any]]] = {}
    for claim in told.itertuples():
        alike = groups.setdefault(_key(claim), [])
        own = next((group for group in alike if any(_is_same(claim, one) for one in group)), None)
        if own is None:
            alike.append([claim])
        else:
            own.append(claim)
    merged = [group for alike in groups.values() for group in alike]
    statements = [Statement(tuple(_put_first(group)), is_party(group[0])) for group in merged]
    return _add_denials(statements, claims[claims["assertion"] == "denied"])


def _key(claim) -> tuple:
    """What statements must share. Words stand for themselves: "dozens" is not "scores"."""
    ends = tuple(None if pd.isna(end) else end for end in (claim.low, claim.best, claim.high))
    worded = claim.number.lower() if claim.quantifier == "vague" else ""
    people = (claim.affected, claim.affected_side)
    kind = (claim.measure, claim.unit, claim.quantifier)
    return (*kind, *ends, worded, *people, claim.place)


def _is_same(claim, other) -> bool:
    """Whether two claims that share their key are one statement."""
    sources = set(split_values(claim.source_original)), set(split_values(other.source_original))
    if sources[0] != sources[1] or not sources[0]:
        if " ".join(claim.exact.split()) != " ".join(other.exact.split()):
            return False
    if pd.isna(claim.date_start) or pd.isna(other.date_start):
        return pd.isna(claim.date_start) and pd.isna(other.date_start)
    return claim.date_start <= other.date_end and other.date_start <= claim.date_end


def _put_first(group: list[Any]) -> list[Any]:
    """The claim with the fewest days first: of one statement it knows most of when."""
    dated = [claim for claim in group if pd.notna(claim.date_start)]
    if not dated:
        return group
    first = min(dated, key=lambda claim: claim.date_end - claim.date_start)
    return [first, *(claim for claim in group if claim is not first)]


def _add_denials(statements: list[Statement], denials: pd.DataFrame) -> list[Statement]:
    """Statements, each with the rows that deny it: of its measure, place and number."""
    found = list(statements)
    for row in denials.itertuples():
        for at, statement in enumerate(found):
            first = statement.first
            same = (first.measure, first.place, first.quantifier) == (
                row.measure,
                row.place,
                row.quantifier,
            )
            if same and not statement.worded and row.best == first.best:
                found[at] = replace(statement, denials=(*statement.denials, row))
                break
    return found


def pair_compared(statements: list[Statement]) -> list[Statement]:
    """The statements, those that only compare with what they compare with, where it has a number of
    the same place and days in the same words: “at least 22” civilians and “a similar number”."""
    return [
        replace(one, beside=next((other for other in statements if _is_beside(one, other)), None))
        if one.compared
        else one
        for one in statements
    ]


def _is_beside(one: Statement, other: Statement) -> bool:
    """Whether the words of one statement hold the number of another."""
    a, b = one.first, other.first
    keys = ("doc_id", "measure", "place", "date_start", "date_end")
    same = all(getattr(a, key) == getattr(b, key) for key in keys)
    return bool(same and not other.worded and a.start <= b.number_start < a.end)


def is_long(statement: Statement) -> bool:
    """Whether a figure counts more than LONGEST_DAYS days: it stands on a scale of its own. The
    days decide, not the scope: a month's total of the war is a month's total."""
    return statement.days > LONGEST_DAYS and statement.first.date_kind != "point"


def touches(statement: Statement, period: tuple[pd.Timestamp, pd.Timestamp] | None) -> bool:
    """Whether a dated statement shares a day with a period (None: every day)."""
    if period is None:
        return True
    first = statement.first
    return bool(first.date_start <= period[1] and first.date_end >= period[0])


def is_beyond(statement: Statement, period: tuple[pd.Timestamp, pd.Timestamp] | None) -> bool:
    """Whether a figure that reaches into a period counts other days for the most part: the month's
    total in which an offensive began. Days within a week of the period count with it."""
    if period is None or is_long(statement):
        return False
    first = statement.first
    start, end = period[0] - WEEK, period[1] + WEEK
    shared = (min(first.date_end, end) - max(first.date_start, start)).days + 1
    return bool(2 * max(shared, 0) < statement.days)


def find_totals(statements: Iterable[Statement]) -> list[Totals]:
    """Running totals: of one measure, place, people and first day, of which one source at least
    gives LEAST_TOTALS, each to another last day. A part of a total (part_of) stands beside its
    whole. Sorted by the number of texts, the most first."""
    counted = [one for one in statements if _is_running(one)]
    roots = {claim.claim_id: one for one in counted for claim in one.claims}
    groups: dict[tuple, list[Statement]] = {}
    for one in counted:
        whole = roots.get(one.first.part_of, one)
        people = (whole.first.affected, whole.first.affected_side)
        key = (one.first.measure, one.first.place, people, one.first.date_start)
        groups.setdefault(key, []).append(one)
    found = [_draw_lines(key, group) for key, group in groups.items()]
    kept = [totals for totals in found if totals.lines]
    return sorted(kept, key=lambda totals: -_count_texts(totals))


def _is_running(one: Statement) -> bool:
    first = one.first
    flow = first.measure not in STOCKS and first.date_kind == "period" and first.unit == "person"
    return flow and not one.worded and one.days > 1


def _count_texts(totals: Totals) -> int:
    return len({doc_id for one in totals.statements for doc_id in one.documents})


def _is_no_dot(one: Statement) -> bool:
    """Whether a number is a range, a bound or an increment, so that no dot says what it says."""
    return one.first.quantifier in OPEN_ENDED or is_increment(one.first.number)


def _draw_lines(key: tuple, group: list[Statement]) -> Totals:
    """The statements of a group as lines of one source and people each, and those that stand
    alone: of one last day the line takes the one that nobody denies, else the first. No dot stands
    in the middle of a range, at a bound ("fewer than 500" may be 20) or for what was added ("a
    further 6,300"), nor for a part that makes no line: beside its whole it would look like another
    count of it."""
    lines, alone = [], []
    beside = [one for one in group if _is_no_dot(one)]
    sources: dict[tuple, list[Statement]] = {}
    for one in group:
        if one not in beside:
            sources.setdefault((*sorted(one.sources), one.first.affected), []).append(one)
    for (*names, _), said in sources.items():
        by_day: dict[pd.Timestamp, Statement] = {}
        for one in sorted(said, key=lambda one: bool(one.denials)):
            by_day.setdefault(one.first.date_end, one)
        line = [by_day[day] for day in sorted(by_day)]
        if names and len(line) >= LEAST_TOTALS:
            lines.append(line)
            alone += [one for one in said if one not in line]
        else:
            alone += [one for one in said if not one.first.part_of]
            beside += [one for one in said if one.first.part_of]
    measure, place = key[0], key[1]
    return Totals(measure, place, sorted(lines, key=lambda line: -line[-1].number), alone, beside)
