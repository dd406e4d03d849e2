"""Contradictions: whether two figures answer one question, and whether one excludes the other."""

import itertools
from collections.abc import Iterator

import pandas as pd

from helpers.analysis.comparisons import find_obstacle, read_value
from helpers.corpus.copies import name_text
from helpers.corpus.places import split_values
from helpers.schema.quantity import is_increment

HARMED = {"civilian": "civilians", "combatant": "fighters"}  # people told apart from others
ROUGH = 0.1  # of a number, that "about" and "nearly" reach: "about 60" does not contradict 58


def ask_the_same(one, other, places: pd.DataFrame) -> bool:
    """Whether two figures of one measure and place count the same people on the same days: both or
    neither a part of a larger figure; comparable (find_obstacle) but for whether civilians or
    fighters are told apart; at least half of the longer stretch of days shared; and totals over a
    period ending on about the same day, for they grow."""
    if bool(one.part_of) != bool(other.part_of):
        return False
    if {one.affected, other.affected} == {"civilian", "combatant"}:
        return False
    if find_obstacle(one, other._replace(affected=one.affected), places):
        return False
    longer = max(_count_days(one), _count_days(other))
    apart = abs((one.date_end - other.date_end).days)
    is_total = one.date_kind == other.date_kind == "period" and one.scope != "historical"
    return share_days(one, other) >= longer / 2 and not (is_total and apart > max(1, longer / 10))


def contradict(one, other) -> bool:
    """Whether two figures that answer one question contradict each other: other numbers from two
    texts or sources. Of people told apart (civilians) and of all, only if the part is the larger; a
    later total of one source does not contradict the earlier."""
    if read_value(one) == read_value(other):
        return False
    if other.claim_id in split_values(one.same_as) or one.claim_id in split_values(other.same_as):
        return False
    if one.source_original == other.source_original:
        if name_text(one) == name_text(other):
            return False
        if one.source_original and one.date_end != other.date_end:
            return False
    if one.affected == other.affected:
        return True
    if one.affected not in HARMED and other.affected not in HARMED:
        return True
    part, whole = (one, other) if one.affected in HARMED else (other, one)
    return _bound(part)[0] > _bound(whole)[1]


def outnumbers(part, whole) -> bool:
    """Whether a figure of some people is larger than one of all of them, of one measure and place:
    112 fighters of one side killed on a day on which about 20 people were. No number of people fits
    both, though neither counts the same people; so the least that the words of the part allow must
    be more than the most that those of the whole allow, and its days must lie within the whole's.
    What only adds to a figure ("a further 20"), or is itself a part, is no whole."""
    if part.unit != whole.unit or not part.place or part.place != whole.place:
        return False
    if (part.source_original, name_text(part)) == (whole.source_original, name_text(whole)):
        return False
    if whole.part_of or is_increment(whole.number) or not _is_among(part, whole):
        return False
    return _lies_within(part, whole) and _bound(part)[0] > _bound(whole)[1]


def _is_among(part, whole) -> bool:
    """Whether a figure counts some of the people of another: its fighters, those of one side."""
    sides, all_sides = (set(split_values(row.affected_side)) for row in (part, whole))
    if all_sides and not (sides and sides <= all_sides):
        return False
    apart = [row.affected if row.affected in HARMED else "" for row in (part, whole)]
    return apart[1] in ("", apart[0]) and (apart[0] != apart[1] or sides != all_sides)


def _lies_within(part, whole) -> bool:
    """Whether the days of a figure lie among those of another. Of a count at a day, or within some
    of its days, that is known only where both are of one and the same day."""
    if part.date_start == part.date_end == whole.date_start == whole.date_end:
        return True
    if whole.date_kind != "period":
        return False
    return bool(whole.date_start <= part.date_start and part.date_end <= whole.date_end)


def _least(row) -> float:
    return row.low if pd.notna(row.low) else row.best


def _most(row) -> float:
    """The most that the words allow; of “at least” no bound."""
    if pd.notna(row.high):
        return row.high
    return float("inf") if row.quantifier in ("at_least", "more_than") else row.best


def is_disputed(members: list, withdrawn: set[str]) -> bool:
    """Whether two sources stand against each other (find_opposed)."""
    return any(True for _ in find_opposed(members, withdrawn))


def find_opposed(members: list, withdrawn: set[str]) -> Iterator[tuple]:
    """The pairs of figures with which two sources stand against each other: of those that nobody
    withdrew, on the same people and days (the place is that of the question), one excludes the
    other, or some outnumber all. Other days or people are else a difference, and so are words that
    both may be true: "more than 10,000" beside "between 10,000 and 40,000"."""
    firm = [row for row in members if row.claim_id not in withdrawn]
    for one, other in itertools.combinations(firm, 2):
        names = {row.source_original or name_text(row) for row in (one, other)}
        if len(names) > 1 and (
            _exclude(one, other) or outnumbers(one, other) or outnumbers(other, one)
        ):
            yield one, other


def _exclude(one, other) -> bool:
    """Whether two figures count the same people and days, and no number fits the words of both."""
    alike = ("affected", "affected_side", "date_start", "date_end")
    if any(getattr(one, name) != getattr(other, name) for name in alike):
        return False
    (least, most), (low, high) = _bound(one), _bound(other)
    return bool(most < low or high < least)


def _bound(row) -> tuple[float, float]:
    """The least and the most that the words of a figure allow."""
    if row.quantifier in ("about", "nearly"):
        return row.best * (1 - ROUGH), row.best * (1 + ROUGH * (row.quantifier == "about"))
    return 0.0 if pd.isna(_least(row)) else _least(row), _most(row)


def _count_days(row) -> int:
    return (row.date_end - row.date_start).days + 1


def share_days(one, other) -> int:
    """How many days two stretches of days share; 0 for none."""
    shared = min(one.date_end, other.date_end) - max(one.date_start, other.date_start)
    return max(0, shared.days + 1)
