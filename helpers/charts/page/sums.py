"""Sums: a figure that is as many as others of its source together, which adds nothing to them."""

from __future__ import annotations

from itertools import combinations

from helpers.analysis.statements import Statement
from helpers.charts.look.language import Words

MOST = 3  # figures that make a sum


def find_sums(statements: list[Statement]) -> dict[str, list[Statement]]:
    """claim → the statements that its number is the sum of: exact figures of its source and
    measure, each of a smaller place and of days within its own that end with it, since what was
    counted to an earlier day is no part of a later sum. Only what no text calls a part: that is
    said at the part."""
    exact = [one for one in statements if one.first.quantifier == "exact" and one.sources]
    found = {}
    for whole in exact:
        if parts := _find_parts(whole, [one for one in exact if _may_be_part(one, whole)]):
            found[whole.first.claim_id] = parts
    return found


def say_sum(words: Words, parts: list[Statement]) -> str:
    """the sum of “342” and “171”."""
    return words("as_many", quotes=words.join([words.quote(one.first.number) for one in parts]))


def _may_be_part(one: Statement, whole: Statement) -> bool:
    a, b = one.first, whole.first
    same = one.sources == whole.sources and a.measure == b.measure and not a.part_of
    within = b.date_start <= a.date_start and a.date_end == b.date_end
    smaller = bool(a.place and b.place) and a.place_prec < b.place_prec
    return bool(same and within and smaller and not one.withdrawn and 0 < one.number < whole.number)


def _find_parts(whole: Statement, others: list[Statement]) -> list[Statement]:
    """The fewest of the others, one a place, the largest first, that together are as many."""
    places = {one.first.place: one for one in others}
    ordered = sorted(places.values(), key=lambda one: -one.number)
    for size in range(2, MOST + 1):
        for parts in combinations(ordered, size):
            if sum(part.number for part in parts) == whole.number:
                return list(parts)
    return []
