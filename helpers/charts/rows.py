"""Rows: statements with their numbers, a row each: place · days · quote · bar · who, who says so.

A block is a table of rows on one scale from 0, place by place. At a column's width a row is stacked
instead: quote and who, bar, days and source. The whole row takes a click.
"""

from __future__ import annotations

from helpers.charts.look.signs import WORDED, draw_key, measure_key
from helpers.charts.page.grid import Block, Page, find_line
from helpers.charts.page.stacked import draw_stacked, measure_stacked
from helpers.charts.page.table import draw_table, measure_foot, measure_more, measure_rows


def measure_block(page: Page, block: Block) -> float:
    """The height of a block in millimetres, without the gap after it."""
    grid, line = page.grid, find_line(page)
    if page.chart.width != "column":
        rows = sum(sum(measure_rows(page, place)) + grid.gap for place in block.places)
        rows += sum(measure_more(page, place) for place in block.places)
        return grid.head + rows + measure_foot(page, block)
    rows = sum(measure_stacked(page, one, block.bare) for one in block.statements)
    rows += grid.gap * len(block.places)
    more = sum(place.more > 0 for place in block.places)  # names stand above the rows
    return grid.head + rows + (len(block.places) + more + bool(block.others)) * line


def draw_block(page: Page, block: Block, top: float, first: bool) -> float:
    """A block from `top` on; gives its lower end. Only the first names the columns that all
    share."""
    if page.chart.width == "column":
        return draw_stacked(page, block, top)
    return draw_table(page, block, top, first)


def _list_day_signs(page: Page, blocks: list[Block]) -> list[str]:
    """Which bars of days are drawn beside rows: over one day, over several."""
    if page.chart.width == "column":
        return []
    shown = [one for block in blocks if block.strip for one in block.statements]
    single = {one.days == 1 for one in shown}
    return [name for name, kind in (("one_day", True), ("some_days", False)) if kind in single]


def draw_bar_key(page: Page, blocks: list[Block], top: float) -> float:
    """What the ends of the bars mean, of those that occur; gives the lower end of the key."""
    says, width = _word_key(page, blocks), page.grid.words[1]
    return top + draw_key(page.plot, says, (0, top), width, blocks[0].colour, page.look)


def measure_bar_key(page: Page, blocks: list[Block]) -> float:
    """Its height in millimetres."""
    return measure_key(_word_key(page, blocks), page.grid.words[1], page.look)


def _word_key(page: Page, blocks: list[Block]) -> dict[str, str]:
    """sign → what it means, of those that occur."""
    shown = [(block, one) for block in blocks for one in block.statements if not one.worded]
    names = {WORDED[one.first.quantifier] for block, one in shown if not block.bare}
    kept = [name for name in dict.fromkeys(WORDED.values()) if name in names]
    if any(one.party for block, one in shown if not block.bare):
        kept.append("party")
    elif any(one.party for block in blocks for one in block.statements):
        kept.append("party_words")
    if kept == ["exact"]:
        kept = []
    kept += _list_day_signs(page, blocks)
    says = {name: page.words(name.removesuffix("_words")) for name in kept}
    if page.shaded is not None and page.chart.width != "column":
        says["shaded"] = page.words("offensive")
    return says
