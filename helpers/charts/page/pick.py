"""Pick: which figures of a place have rows, and in which order rows and places stand."""

from __future__ import annotations

from helpers.analysis.statements import STOCKS, Statement, is_long, touches

LARGEST = 4  # of a place that has more; and the newest of each source
NEEDED = 5  # rows of a place, at most, before the next is opened


def count_needed(statements: list[Statement]) -> int:
    """How many rows a place needs at least, where there is room."""
    return min(NEEDED, len(_list_needed(statements)))


def sort_places(statements: list[Statement]) -> dict[str, list[Statement]]:
    """place → its statements, the place with the largest number first."""
    places: dict[str, list[Statement]] = {}
    for one in sorted(statements, key=rank):
        places.setdefault(one.first.place, []).append(one)
    return dict(sorted(places.items(), key=lambda place: _rank_place(place[1])))


def pick(statements: list[Statement], most: int) -> list[Statement]:
    """So many statements of a place, in the order in which they stand: what it needs, then the
    largest, the others by size. Words that mean something beside another figure alone have a row
    only with that."""
    ranked = sorted(statements, key=rank)
    order = [*_list_needed(statements), *ranked[:LARGEST], *ranked]
    kept: dict[int, Statement] = {}
    for one in order:
        if len(kept) < most and (one.beside is None or id(one.beside) in kept):
            kept.setdefault(id(one), one)
    return put_in_order(list(kept.values()))


def _list_needed(statements: list[Statement]) -> list[Statement]:
    """What a place needs to show, the most needed first: the largest; of counts on a given day the
    newest; another source's (an outsider's beside a party's, on the same days before others); the
    newest of each source."""
    ranked = sorted(statements, key=rank)
    first = ranked[0]
    newest = sorted(ranked, key=lambda one: one.first.date_end, reverse=True)
    days = first.first.date_start, first.first.date_end
    alike = [one for one in ranked if one.first.measure == first.first.measure]
    others = [one for one in alike if one.sources != first.sources and one.beside is None]
    others.sort(key=lambda one: (one.party == first.party, not touches(one, days)))
    latest: dict[tuple, Statement] = {}
    for one in newest:
        if one.beside is None:
            latest.setdefault((one.first.measure, *one.sources), one)
    stocks = [one for one in newest if one.first.measure in STOCKS]
    named = sorted(latest.values(), key=lambda one: (not one.sources, rank(one)))
    order = [first, *stocks[:1], *others[:1], *named]
    return list({id(one): one for one in order}.values())


def put_in_order(statements: list[Statement]) -> list[Statement]:
    """The rows of a place as they stand."""
    return sorted(statements, key=_rank_days if _are_by_day(statements) else rank)


def _are_by_day(statements: list[Statement]) -> bool:
    """Whether rows of a place stand in the order of their days: of displaced people within the
    period, whom texts count again and again, so that rows by size would read as a fall."""
    return not any(is_long(one) or one.first.topic != "displacement" for one in statements)


def _rank_days(one: Statement) -> tuple:
    return one.first.date_end, one.first.date_start, rank(one)


def rank(one: Statement) -> tuple:
    """By number, the largest first, words last; what only compares right after what it compares
    with."""
    told = one.beside or one
    size = 0.0 if told.worded else -told.number
    return (told.worded, size, told.first.date_start, one.beside is not None)


def _rank_place(statements: list[Statement]) -> tuple:
    """By the largest number, then by the first day; places in words alone come last."""
    numbers = [one.number for one in statements if not one.worded]
    return -max(numbers, default=-1.0), min(one.first.date_start for one in statements)
