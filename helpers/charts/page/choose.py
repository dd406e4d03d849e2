"""Choose: which statements become rows, in which blocks, and what is counted instead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from helpers.analysis.statements import (
    STOCKS,
    Statement,
    Totals,
    is_long,
    touches,
)
from helpers.charts.beside import measure_beside
from helpers.charts.findings import name_place
from helpers.charts.look.fonts import measure_text
from helpers.charts.look.language import Words
from helpers.charts.look.theme import POINT
from helpers.charts.page.grid import (
    Block,
    Page,
    Place,
)
from helpers.charts.rows import measure_bar_key, measure_block
from helpers.charts.totals import EDGE_MM, measure_totals

ROWS = {"full": 16, "column": 12, "slide": 7}  # at most, over all blocks
PLACES = 6  # of a block
LARGEST = 4  # of a place that has more; and the newest of each source
FIRST = 4  # rows of the place with the largest number, where another place has its two besides
ENOUGH = 2  # rows of a block, of the first twice as many, where the page has little room
STRETCH = 1.8
GAP_MM = {"full": 3.6, "column": 3.2, "slide": 4.0}


@dataclass(frozen=True)
class Subject:
    """What a figure counts. blocks: head of a block (strings.toml) → its measures; column: the head
    of its numbers; gathers: whether its small blocks may share one (find_small)."""

    name: str
    topic: str
    role: str
    blocks: dict[str, tuple[str, ...]]
    columns: dict[str, str]
    gathers: bool = False


class Sorted(NamedTuple):
    """Statements by where they are drawn. rows: of the period; stocks: at a day; beyond: for the
    most part of other days than the period's; long: of the whole war; outside: of other times;
    undated; compared: in words that mean nothing alone."""

    rows: list[Statement]
    stocks: list[Statement]
    long: list[Statement]
    outside: list[Statement]
    undated: list[Statement]
    beyond: list[Statement]
    compared: list[Statement]


class Part(NamedTuple):
    """A block before its rows are chosen; mixed: whether it holds several measures."""

    head: str
    column: str
    statements: list[Statement]
    strip: bool = True
    mixed: bool = False


def fit_blocks(
    page: Page, subject: Subject, found: Sorted, totals: list[Totals], room: float
) -> list[Block]:
    """The blocks of a plot `room` millimetres high, with as many rows as the width allows and the
    page has room for (find_height). Where it has room for few, the last blocks are left out, so
    that the first say something: each has ENOUGH rows or all that there are."""
    width = page.chart.width
    if width == "slide" and totals:
        return []
    room = find_height(page, totals, room)
    parts = list_parts(page, subject, found)
    if width == "slide":
        parts = parts[:1]
    for kept in range(len(parts), 0, -1):
        blocks = _fill_blocks(page, parts[:kept], room)
        if kept == 1 or _are_filled(blocks, parts[:kept]):
            return _add_last(page, blocks, room)
    return []


def find_height(page: Page, totals: list[Totals], room: float) -> float:
    """The millimetres of a plot that blocks and their key have: all but running totals."""
    return room - measure_totals(page, totals) - measure_beside(page, totals)


def say_texts(page: Page, blocks: list[Block], room: float) -> Page:
    """The page with the rows on which no source is named and that say in which text they stand,
    where that takes a line more: the first of each block, the others as far as there is room."""
    wanting = [[one for one in block.statements if _wants_text(page, one)] for block in blocks]
    for one in [one for ones in wanting for one in ones[:1]]:
        page = replace(page, texts=page.texts | {one.first.claim_id})
    for one in [one for ones in wanting for one in ones[1:]]:
        more = replace(page, texts=page.texts | {one.first.claim_id})
        page = more if _measure_blocks(more, blocks) <= room else page
    return page


def _wants_text(page: Page, one: Statement) -> bool:
    """Whether the text that a row stands in has no room beside the words that nobody is named."""
    if page.chart.width != "full" or one.sources:
        return False
    left, right = page.grid.words
    return measure_text(page.attribution(one).source, page.look.date) * POINT > right - left


def _measure_blocks(page: Page, blocks: list[Block]) -> float:
    """The height of blocks and their key."""
    high = sum(measure_block(page, block) + GAP_MM[page.chart.width] for block in blocks)
    return high + measure_bar_key(page, blocks) + EDGE_MM


def _add_last(page: Page, blocks: list[Block], room: float) -> list[Block]:
    """The blocks, where one figure of a place alone has no row with that row, as far as there is
    room: named below the others it would take half of one."""
    for at, block in enumerate(blocks):
        for number, place in enumerate(block.places):
            if page.chart.width != "full" or place.more != 1:
                continue
            places = list(blocks[at].places)
            places[number] = Place(place.name, _order([*place.statements, *place.left]))
            more = [*blocks[:at], replace(blocks[at], places=places), *blocks[at + 1 :]]
            blocks = more if _measure_texts(page, more) <= room else blocks
    return blocks


def _measure_texts(page: Page, blocks: list[Block]) -> float:
    """The height of blocks, each with a row that says in which text it stands."""
    return _measure_blocks(say_texts(page, blocks, 0.0), blocks)


def _fill_blocks(page: Page, parts: list[Part], room: float) -> list[Block]:
    """Blocks of these parts with as many rows as there is room for."""
    for most in range(ROWS[page.chart.width], 0, -1):
        blocks = _choose_blocks(page, parts, most)
        if _measure_texts(page, blocks) <= room:
            return blocks
    return blocks[:1]


def _are_filled(blocks: list[Block], parts: list[Part]) -> bool:
    """Whether every part has its block, with ENOUGH rows: the first twice as many."""
    rows = [len(block.statements) for block in blocks]
    wanted = [min(len(part.statements), ENOUGH * (1 if at else 2)) for at, part in enumerate(parts)]
    return len(rows) == len(parts) and all(has >= need for has, need in zip(rows, wanted))


def stretch_rows(page: Page, blocks: list[Block], room: float) -> Page:
    """The page with its rows as high as a slide has room for, STRETCH times at most."""
    rows = sum(len(block.statements) for block in blocks)
    if page.chart.width != "slide" or not rows:
        return page
    used = sum(measure_block(page, block) + GAP_MM["slide"] for block in blocks)
    spare = room - 4 * page.look.date * POINT - used
    return replace(page, stretch=min(STRETCH, max(1.0, 1 + spare / rows / page.grid.row)))


def list_parts(page: Page, subject: Subject, found: Sorted) -> list[Part]:
    """What may become a block, in the order of the page."""
    words, parts, column = page.words, [], page.words("column_people")
    small = find_small(subject, found)
    for head in subject.blocks:
        mine = _find_statements(subject, found, head)
        if head not in small:
            parts.append(Part(words(head), words(subject.columns[head]), mine))
        elif head == small[0]:
            names = [words(measure) for one in small for measure in subject.blocks[one]]
            said = ", ".join(names)
            mine = [one for head in small for one in _find_statements(subject, found, head)]
            parts.append(Part(said[:1].upper() + said[1:], column, mine, mixed=True))
    parts.append(Part(_say_beyond(page, found.beyond), column, found.beyond, strip=False))
    parts.append(Part(words("head_war"), column, found.long, strip=False))
    return [part for part in parts if part.statements]


def find_small(subject: Subject, found: Sorted) -> list[str]:
    """The heads of blocks after the first that share one, each row with its measure, so that a
    lone row does not take the room of a finding: those of one number at most, which has no other
    beside it to be compared with. None where there is only one such block."""
    if not subject.gathers:
        return []
    held = {head: _find_statements(subject, found, head) for head in subject.blocks}
    others = [head for head in list(held)[1:] if held[head]]
    small = [head for head in others if sum(not one.worded for one in held[head]) < 2]
    return small if len(small) > 1 else []


def _find_statements(subject: Subject, found: Sorted, head: str) -> list[Statement]:
    """The statements of a block."""
    measures = subject.blocks[head]
    source = found.stocks if measures[0] in STOCKS else found.rows
    return [one for one in source if one.first.measure in measures]


def _say_beyond(page: Page, beyond: list[Statement]) -> str:
    """The head of figures that count other days for the most part."""
    study = page.chart.study
    if study.period is None or not study.settings.get("offensive"):
        return page.words("head_beyond")
    before = all(one.first.date_start < study.period[0] for one in beyond)
    return page.words("head_before" if before else "head_beyond")


def _choose_blocks(page: Page, parts: list[Part], most: int) -> list[Block]:
    """Blocks with `most` rows in all: the first part takes two rows a turn, the others one."""
    shares = [0] * len(parts)
    left = min(most, sum(len(part.statements) for part in parts))
    while left:
        for at, part in enumerate(parts):
            step = min(1 if at else 2, len(part.statements) - shares[at], left)
            shares[at] += step
            left -= step
    blocks: list[Block] = []
    for part, share in zip(parts, shares):
        if share:
            blocks.append(_choose_rows(page, part, share, blocks[0].most if blocks else 1.0))
    return _bare_blocks(blocks)


def _bare_blocks(blocks: list[Block]) -> list[Block]:
    """The blocks, those without bars that would need another scale than the first bars."""
    numbered = [block for block in blocks if not all(one.worded for one in block.statements)]
    scales = [block.most for block in numbered if not block.mixed]
    return [
        replace(block, bare=block.mixed or bool(scales and block.most != scales[0]))
        for block in blocks
    ]


def _choose_rows(page: Page, part: Part, most: int, least: float) -> Block:
    """The rows of a part: the place with the largest number and those with most texts, of each the
    largest figures, of two sources where there are two, and the newest of each source; what is left
    out is counted under its place, and in a line on the other places.
    `least`: the number that a bar of the block before stands for where it is as long as its
    column."""
    colour = page.look.colour[_find_role(part)]
    places: dict[str, list[Statement]] = {}
    for one in part.statements:
        places.setdefault(one.first.place, []).append(one)
    told = sorted(places, key=lambda key: (-_count_texts(places[key]), _rank_place(places[key])))
    largest = min(places, key=lambda key: _rank_place(places[key]))
    told.sort(key=lambda key: key != largest)
    kept = _keep_places(told, {key: len(places[key]) for key in told}, most)
    kept.sort(key=lambda key: _rank_place(places[key]))
    shares = _share_rows({key: len(places[key]) for key in kept}, most)
    chosen = [_make_place(page, places[key], shares[key]) for key in kept]
    others = [one for key in places if key not in kept for one in places[key]]
    said = _say_others(page.words, others)
    least = least if part.strip else 1.0
    return Block(part.head, part.column, chosen, colour, said, part.strip, least, mixed=part.mixed)


def _keep_places(told: list[str], counts: dict[str, int], most: int) -> list[str]:
    """The first places of `told`, at most PLACES, that `most` rows are enough for: each has two, so
    that of two sources on one place neither stands alone, the first FIRST."""
    kept: list[str] = []
    for key in told[:PLACES]:
        used = [min(counts[one], 2 if at else _count_first(most)) for at, one in enumerate(kept)]
        if sum(used) < most:
            kept.append(key)
    return kept


def _count_first(most: int) -> int:
    """How many of `most` rows the first place has before others have more than two."""
    return max(2, min(FIRST, most - 2))


def _find_role(part: Part) -> str:
    topic = part.statements[0].first.topic
    return "displacement" if topic == "displacement" else "casualties"


def _count_texts(statements: list[Statement]) -> int:
    return len({doc_id for one in statements for doc_id in one.documents})


def _rank_place(statements: list[Statement]) -> tuple:
    """By the largest number, then by the first day; places in words alone come last."""
    numbers = [one.number for one in statements if not one.worded]
    return -max(numbers, default=-1.0), min(one.first.date_start for one in statements)


def _share_rows(counts: dict[str, int], most: int) -> dict[str, int]:
    """How many rows each place has of `most`: the first, with the largest number, its own, then one
    more a turn, so that each has its first."""
    shares = dict.fromkeys(counts, 0)
    first = next(iter(counts))
    shares[first] = min(counts[first], _count_first(most), most)
    left = min(most, sum(counts.values())) - shares[first]
    turn = 0
    while left:
        turn += 1
        for key in counts:
            if left and shares[key] < min(counts[key], turn):
                shares[key] += 1
                left -= 1
    return shares


def _pick(statements: list[Statement], most: int) -> list[Statement]:
    """So many statements of a place: the largest, the largest of another source (an outsider’s
    beside a party’s, else another source’s, on the same days before others), then the newest of
    each named source, the largest, the others by size; in the order of their numbers, words
    last."""
    ranked = sorted(statements, key=rank)
    first = ranked[0]
    others = [one for one in ranked if one.party != first.party]
    others += [one for one in ranked if one.sources != first.sources]
    days = first.first.date_start, first.first.date_end
    others.sort(key=lambda one: (one.party == first.party, not touches(one, days)))
    newest: dict[tuple, Statement] = {}
    for one in sorted(ranked, key=lambda one: one.first.date_end, reverse=True):
        newest.setdefault(tuple(one.sources), one)
    latest = sorted((one for names, one in newest.items() if names), key=rank)
    order = [first, *others[:1], *latest, *ranked[:LARGEST], *newest.values(), *ranked]
    kept = list({id(one): one for one in order}.values())[:most]
    return _order(kept)


def _make_place(page: Page, statements: list[Statement], most: int) -> Place:
    """A place with `most` rows of its statements; the others in the order of their numbers."""
    kept = _pick(statements, most)
    shown = {id(one) for one in kept}
    left = tuple(one for one in sorted(statements, key=rank) if id(one) not in shown)
    return Place(name_place(page.chart.study, page.words, statements[0]), kept, left)


def _order(statements: list[Statement]) -> list[Statement]:
    """The rows of a place as they stand."""
    return sorted(statements, key=_rank_days if _are_by_day(statements) else rank)


def _are_by_day(statements: list[Statement]) -> bool:
    """Whether rows of a place stand in the order of their days: of displaced people within the
    period, whom texts count again and again, so that rows by size would read as a fall."""
    return not any(is_long(one) or one.first.topic != "displacement" for one in statements)


def _rank_days(one: Statement) -> tuple:
    return one.first.date_end, one.first.date_start, rank(one)


def rank(one: Statement) -> tuple:
    return (one.worded, 0.0 if one.worded else -one.number, one.first.date_start)


def _say_others(words: Words, others: list[Statement]) -> str:
    numbers = [one.number for one in others if not one.worded]
    if not others:
        return ""
    if not numbers:
        return words.count("other_places_words", len(others))
    least, most = words.number(min(numbers)), words.number(max(numbers))
    measures = {one.first.measure for one in others}
    what = words(measures.pop() if len(measures) == 1 else "people")
    if least == most and len(numbers) < len(others):
        return words("other_places_some", n=len(others))
    if len(others) == 1 or least == most:
        return words.count("other_places", len(others), most=most, what=what)
    return words("other_places", n=len(others), least=least, most=most, what=what)
