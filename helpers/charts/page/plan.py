"""Plan: how many rows each place of each part of a figure has.

Whole places, the largest first: a place that is opened shows its largest figure and the newest of
each source, so that a party's never stands alone where another source has one. Only then is the
next smaller place opened; one that has no room closes the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

from helpers.analysis.statements import Statement
from helpers.charts.page.pick import count_needed

PLACES = 6  # of a block
FIRST = 3  # rows that the largest place keeps, so that a second has room
DEPTH = {"full": 4, "column": 3, "slide": 2}  # figures of a place that has no more: all have rows
Plan = tuple[int, ...]  # rows of each place of a part, the largest place first
Places = list[list[Statement]]  # the figures of each place of a part


def plan_rows(
    parts: list[Places], depth: int, most: int, fits: Callable[[list[Plan]], bool]
) -> list[Plan]:
    """A plan for each part, `most` rows in all: of each its largest place, then place after place,
    the first part two a turn, at last more rows of these. Of one part alone that has no room for
    the whole place a part of it; empty where several have none. `fits`: whether the page has room
    for such plans."""
    plans: list[Plan] = [(_list_sizes(places[0], depth)[0],) for places in parts]

    def widen(at: int, choices: Iterable[Plan]) -> bool:
        """Whether there is room for one of these plans of a part, which it then has."""
        for plan in choices:
            wanted = [*plans[:at], plan, *plans[at + 1 :]]
            if sum(chain(*wanted)) <= most and fits(wanted):
                plans[at] = plan
                return True
        return False

    if not widen(0, [plans[0]]):
        if len(parts) > 1:
            return []
        plans = [(1,)]
        widen(0, [(rows,) for rows in range(_list_sizes(parts[0][0], depth)[0] - 1, 1, -1)])
    turns = [at for at in range(len(parts)) for _ in range(1 if at else 2)]
    while turns:
        turns = [at for at in turns if widen(at, _list_next(parts[at], plans[at], depth))]
    if len(plans[0]) == 1:  # one place is no picture of a war
        widen(0, _list_shared(parts[0], plans[0], depth))
    for at, places in enumerate(parts):
        for choices in _list_fuller(places, plans[at]):
            widen(at, choices(plans[at]))
    return plans


def _list_sizes(statements: list[Statement], depth: int, least: bool = False) -> list[int]:
    """How many rows a place may be opened with, the best first: all where it has no more than
    `depth`; the largest figure and the newest of each source; `least`: or the two of these without
    which it would tell one side's story."""
    needed = count_needed(statements)
    sizes = [max(min(len(statements), depth), needed), needed, *[min(needed, 2)] * least]
    return list(dict.fromkeys(sizes))


def _list_next(places: Places, plan: Plan, depth: int, least: bool = False) -> list[Plan]:
    """A plan with the next place too, with as many rows as it may be opened with."""
    following = places[len(plan) : PLACES][:1]
    return [
        (*plan, size) for statements in following for size in _list_sizes(statements, depth, least)
    ]


def _list_shared(places: Places, plan: Plan, depth: int) -> list[Plan]:
    """A plan of one place with the next one too, for which the first gives up rows, down to
    FIRST."""
    [most] = plan
    kept = range(most, min(most, FIRST) - 1, -1)
    return [wider for rows in kept for wider in _list_next(places, (rows,), depth, least=True)]


def _list_fuller(places: Places, plan: Plan) -> list[Callable[[Plan], list[Plan]]]:
    """For each place, those that lack what they need first: a plan → it with more rows of this
    place, the most first."""

    def add_rows(number: int) -> Callable[[Plan], list[Plan]]:
        rows = range(len(places[number]), plan[number], -1)
        return lambda now: [(*now[:number], more, *now[number + 1 :]) for more in rows]

    order = sorted(range(len(plan)), key=lambda at: plan[at] >= count_needed(places[at]))
    return [add_rows(number) for number in order]
