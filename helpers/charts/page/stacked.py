"""Stacked: rows at a column's width: quote and who, bar, days and source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.analysis.statements import (
    Statement,
)
from helpers.charts.look.fonts import cut_lines, measure_text
from helpers.charts.look.theme import LEADING, POINT, Looks
from helpers.charts.page.attribution import say_days, say_of
from helpers.charts.page.grid import (
    Block,
    Page,
    Place,
    add_amounts,
    choose_fitting,
    draw_bar,
    draw_target,
    find_line,
    mark_row,
    quote_number,
    style_quote,
    tint,
)
from helpers.charts.page.others import write_others

if TYPE_CHECKING:
    from matplotlib.text import Text


def draw_stacked(page: Page, block: Block, top: float) -> float:
    """A block with its rows stacked from `top` on; gives its lower end."""
    grid, look = page.grid, page.look
    page.write(0, top + grid.head * 0.5, block.head, look.label, weight="bold")
    beside = measure_text(block.head, look.label, True) * POINT + 2.0
    why = ["as_worded"] if beside <= grid.words[1] / 2 else []
    if block.bare:
        why = ["no_bars_stacked", "no_bars", "no_bars_short"][not why :]
    if block.mixed:
        why = ["no_bars_mixed", "no_bars_short"]
    if said := choose_fitting(page, why, grid.words[1] - beside):
        page.write(beside, top + grid.head * 0.5, said, look.date, "secondary")
    page.rule(top + grid.head, "text", 0.8)
    begin = y = top + grid.head
    bars: list[tuple[Statement, float, Text]] = []
    targets = []
    for place in block.places:
        if y > begin:
            page.rule(y)
        y += grid.gap
        name = cut_lines(place.name, look.label, grid.words[1] / POINT, 1, True)
        page.write(0, y + find_line(page) * 0.45, name, look.label, weight="bold")
        y += find_line(page)
        for one in place.statements:
            high = measure_stacked(page, one, block.bare)
            bars.append((one, *_write_stacked(page, block, one, y)))
            targets.append(draw_target(page, y, high))
            y += high
        if place.more:
            said = _say_more(page, place)
            page.write(0, y + 0.3 * find_line(page), said, look.date, "secondary")
            y += find_line(page)
    if block.others:
        page.rule(y)
        write_others(page, block.others, y + find_line(page) * 0.6)
    amounts = add_amounts(page, block, begin, y)
    for (one, at, number), target in zip(bars, targets):
        barred = not (one.worded or block.bare)
        artist = draw_bar(page, block, amounts, one, at) if barred else target
        artist = number if block.bare and not one.worded else artist
        mark_row(page.chart, artist, one, barred)
        if artist is not target:
            page.chart.aim(target)
    return y + find_line(page) * bool(block.others)


def _say_more(page: Page, place: Place) -> str:
    """Hestrow: 1 more not shown; without the place where its name is too long."""
    said = page.words("more_of_place", place=place.name, n=place.more)
    fits = measure_text(said, page.look.date) * POINT <= page.grid.words[1]
    return said if fits else page.words("more_in_table", n=place.more)


def measure_stacked(page: Page, one: Statement, bare: bool) -> float:
    """The height of a stacked row: less without a bar (`bare`, or in words), more where whom it
    counts needs a line of its own, or somebody denies it."""
    grid, line = page.grid, page.look.label * POINT * LEADING
    more = bool(one.denials) + _needs_line(page, one)
    return grid.row + line * more - (grid.bar + 1.4) * (one.worded or bare)


def _cut_quote(page: Page, one: Statement) -> tuple[str, float]:
    """(the number as it is quoted, in the room there is; where the words beside it begin)."""
    size, room = page.look.number, 0.72 * page.grid.words[1] / POINT
    quote = cut_lines(quote_number(page.words, one), size, room, 1, True)
    return quote, measure_text(quote, size, not one.worded, one.worded) * POINT + 1.6


def _needs_line(page: Page, one: Statement) -> bool:
    """Whether whom a figure counts has no room beside its number."""
    wide = measure_text(_say_beside(page, one), page.look.label) * POINT
    return _cut_quote(page, one)[1] + wide > page.grid.words[1]


def _say_beside(page: Page, one: Statement) -> str:
    """Whom a figure counts, on the line of its number."""
    return say_of(page.words, one, page.attribution(one).people)


def _write_stacked(page: Page, block: Block, one: Statement, y: float) -> tuple[float, Text]:
    """The words of a stacked row; gives where its bar stands, and its number as it is written."""
    grid, look = page.grid, page.look
    step = look.label * POINT * LEADING
    colour = tint(page, block, one)[1]
    style = style_quote(one)
    room = grid.words[1] / POINT
    quote, beside = _cut_quote(page, one)
    attribution = page.attribution(one)
    at = y + 0.5 * step
    line: Looks = {"va": "baseline"}
    base = at + 0.36 * look.label * POINT
    number = page.write(0, base, quote, look.number, colour, **style, **line)
    if _needs_line(page, one):
        at += step
        said = cut_lines(attribution.people, look.label, room, 1)
        page.write(0, base + step, said, look.label, **line)
    else:
        page.write(beside, base, _say_beside(page, one), look.label, **line)
    bar = at + step * 0.7 + grid.bar / 2
    at = at + step if one.worded or block.bare else bar + grid.bar / 2 + step * 0.62
    days = say_days(page.words, one, one.days > 60)
    said = f"{days} · {attribution.source}"
    if measure_text(said, look.date) > room:
        said = cut_lines(f"{days} · {attribution.short}", look.date, room, 1)
    page.write(0, at, said, look.date, "secondary")
    if attribution.denied:
        page.write(0, at + step, attribution.denied, look.date, style="italic")
    return bar, number
