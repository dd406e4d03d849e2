"""Choose: which statements become rows, in which blocks, and what is counted instead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from helpers.analysis.statements import (
    STOCKS,
    Statement,
    Totals,
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
from helpers.charts.page.pick import pick, put_in_order, rank, sort_places
from helpers.charts.page.plan import DEPTH, Plan, plan_rows
from helpers.charts.rows import measure_bar_key, measure_block
from helpers.charts.totals import EDGE_MM, measure_totals

ROWS = {"full": 16, "column": 13, "slide": 7}  # at most, over all blocks
ENOUGH = 3  # rows of the first block, where the page has little room
STRETCH = 1.8
GAP_MM = {"full": 3.2, "column": 3.2, "slide": 4.0}


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
    """A block before its rows are chosen; mixed: the measures of one that holds several, each of
    which its head names if a row has it."""

    head: str
    column: str
    statements: list[Statement]
    strip: bool = True
    mixed: tuple[str, ...] = ()


def fit_blocks(
    page: Page, subject: Subject, found: Sorted, totals: list[Totals], room: float
) -> list[Block]:
    """The blocks of a plot `room` millimetres high, with as many rows as the width allows and the
    page has room for (find_height). Where it has room for few, the last blocks are left out, so
    that the first says something: it has ENOUGH rows or all that there are."""
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
            places[number] = Place(place.name, put_in_order([*place.statements, *place.left]))
            more = [*blocks[:at], replace(blocks[at], places=places), *blocks[at + 1 :]]
            blocks = more if _fits(page, more, room) else blocks
    return blocks


def _fill_blocks(page: Page, parts: list[Part], room: float) -> list[Block]:
    """Blocks of these parts with as many rows as there is room for; empty where several parts have
    no room for the largest place of each."""

    def fits(plans: list[Plan]) -> bool:
        return _fits(page, _choose_blocks(page, parts, plans), room)

    width = page.chart.width
    places = [list(sort_places(part.statements).values()) for part in parts]
    plans = plan_rows(places, DEPTH[width], ROWS[width], fits)
    return _choose_blocks(page, parts, plans)


def _fits(page: Page, blocks: list[Block], room: float) -> bool:
    """Whether there is room for blocks, each with a row that says in which text it stands."""
    return _measure_blocks(say_texts(page, blocks, 0.0), blocks) <= room


def _are_filled(blocks: list[Block], parts: list[Part]) -> bool:
    """Whether every part has its block, the first with ENOUGH rows and two places, if it has so
    many."""
    if len(blocks) < len(parts):
        return False
    rows, places = parts[0].statements, {one.first.place for one in parts[0].statements}
    several = len(blocks[0].places) >= min(len(places), 2)
    return several and len(blocks[0].statements) >= min(len(rows), ENOUGH)


def stretch_rows(page: Page, blocks: list[Block], room: float) -> Page:
    """The page with its rows as high as a slide has room for, STRETCH times at most."""
    rows = sum(len(block.statements) for block in blocks)
    if page.chart.width != "slide" or not rows:
        return page
    spare = room - _measure_blocks(page, blocks)
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
            names = tuple(measure for one in small for measure in subject.blocks[one])
            mine = [one for head in small for one in _find_statements(subject, found, head)]
            parts.append(Part("", column, mine, mixed=names))
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


def _choose_blocks(page: Page, parts: list[Part], plans: list[Plan]) -> list[Block]:
    """Blocks of the parts, each with the rows of its plan."""
    blocks: list[Block] = []
    for part, plan in zip(parts, plans):
        blocks.append(_choose_rows(page, part, plan, blocks[0].most if blocks else 1.0))
    return _bare_blocks(blocks)


def _bare_blocks(blocks: list[Block]) -> list[Block]:
    """The blocks, those without bars that would need another scale than the first bars."""
    numbered = [block for block in blocks if not all(one.worded for one in block.statements)]
    scales = [block.most for block in numbered if not block.mixed]
    return [
        replace(block, bare=block.mixed or bool(scales and block.most != scales[0]))
        for block in blocks
    ]


def _choose_rows(page: Page, part: Part, plan: Plan, least: float) -> Block:
    """The rows of a part, those of its plan; what is left out is counted under its place, and in a
    line on the other places. `least`: the number that a bar of the block before stands for where it
    is as long as its column."""
    colour = page.look.colour[_find_role(part)]
    places = sort_places(part.statements)
    shares = dict(zip(places, plan))
    chosen = [_make_place(page, places[key], share) for key, share in shares.items()]
    others = [one for key in places if key not in shares for one in places[key]]
    least = least if part.strip else 1.0
    head = _name_measures(page.words, part.mixed, chosen) if part.mixed else part.head
    mixed = bool(part.mixed)
    return Block(head, part.column, chosen, colour, others, part.strip, least, mixed=mixed)


def _name_measures(words: Words, measures: tuple[str, ...], chosen: list[Place]) -> str:
    """Killed or injured, released: the head of a block of several measures, those of its rows."""
    drawn = {one.first.measure for place in chosen for one in place.statements}
    said = ", ".join(words(measure) for measure in measures if measure in drawn)
    return said[:1].upper() + said[1:]


def _find_role(part: Part) -> str:
    topic = part.statements[0].first.topic
    return "displacement" if topic == "displacement" else "casualties"


def _make_place(page: Page, statements: list[Statement], most: int) -> Place:
    """A place with `most` rows of its statements; the others in the order of their numbers."""
    kept = pick(statements, most)
    shown = {id(one) for one in kept}
    left = tuple(one for one in sorted(statements, key=rank) if id(one) not in shown)
    return Place(name_place(page.chart.study, page.words, statements[0]), kept, left)
