"""Table: rows at full width and on a slide: place · days · quote · bar · who, who says so."""

from __future__ import annotations

from helpers.analysis.statements import (
    Statement,
)
from helpers.charts.findings import say_many
from helpers.charts.look.fonts import cut_lines, measure_text
from helpers.charts.look.theme import LEADING, POINT, Looks
from helpers.charts.page.attribution import is_within, say_days
from helpers.charts.page.grid import (
    Attribution,
    Block,
    Page,
    Place,
    add_amounts,
    break_name,
    choose_fitting,
    draw_bar,
    draw_target,
    find_line,
    mark_row,
    quote_number,
    quote_within,
    style_quote,
    tint,
)
from helpers.charts.page.others import write_others
from helpers.charts.page.strip import add_strip, draw_strip


def measure_rows(page: Page, place: Place) -> list[float]:
    """The height of each row of a place; the last is higher where the place's own words need it."""
    heights = [_measure_row(page, one) for one in place.statements]
    lines = break_name(page, place).count("\n") + 1
    needed = lines * page.look.label * POINT * LEADING + 1.0
    heights[-1] += max(0.0, needed - sum(heights))
    return heights


def measure_more(page: Page, place: Place) -> float:
    """The height of the lines that name or count what of a place is not drawn."""
    return find_line(page) * max(len(name_left(page, place)), 1) if place.more else 0.0


def _measure_row(page: Page, one: Statement) -> float:
    """The height of a row: more where its words need a third line, or somebody denies it."""
    grid, look = page.grid, page.look
    line = look.label * POINT * LEADING
    more = len(_list_lines(page, one)) - 2
    number = (_quote(page, one).count("\n") + 1) * look.number * POINT * LEADING + 1.0
    return max(grid.row + more * line, number)


def _list_lines(page: Page, one: Statement) -> list[tuple[str, float, str, Looks]]:
    """The lines beside a bar: (words, size, role of the colour, looks)."""
    look, attribution = page.look, page.attribution(one)
    room = (page.grid.words[1] - page.grid.words[0]) / POINT
    told = cut_lines(attribution.people, look.label, room, 2)
    if is_within(one):  # the bar beside it is of all the days on which it may have been
        whole = page.words("in_these_days", people=attribution.people)
        longer = cut_lines(whole, look.label, room, 2)
        told = longer if " ".join(longer.split()) == whole else told
    people = told.split("\n")
    lines: list[tuple[str, float, str, Looks]] = [(part, look.label, "text", {}) for part in people]
    said = attribution.source
    if measure_text(said, look.date) > room:
        said = cut_lines(attribution.short, look.date, room, 1)
        if one.first.claim_id in page.texts:
            said = _break_source(attribution, look.date, room)
    lines += [(part, look.date, "secondary", {}) for part in said.split("\n")]
    if attribution.denied:
        denied = cut_lines(attribution.denied, look.date, room, 1)
        lines.append((denied, look.date, "text", {"style": "italic"}))
    return lines


def _break_source(attribution: Attribution, size: float, room: float) -> str:
    """no source named, / in “Deterrence of Aggression”: two lines, the text whole on the second
    where that has room for it."""
    text = attribution.source.removeprefix(f"{attribution.short}, ")
    if measure_text(text, size) <= room:
        return f"{attribution.short},\n{text}"
    return cut_lines(attribution.source, size, room, 2)


def _quote(page: Page, one: Statement) -> str:
    """The number in the text's words, in lines as wide as the column has room."""
    left, right = page.grid.number
    quote = quote_number(page.words, one)
    return cut_lines(quote, page.look.number, (right - left) / POINT, 3, not one.worded)


def draw_table(page: Page, block: Block, top: float, first: bool) -> float:
    """A block as a table from `top` on; gives its lower end."""
    grid = page.grid
    _write_heads(page, block, top, first)
    page.rule(top + grid.head, "text", 0.8)
    begin = y = top + grid.head
    drawn: list[tuple[Statement, float, float]] = []
    for place in block.places:
        if y > begin:
            page.rule(y)
        y += grid.gap
        heights = measure_rows(page, place)
        _write_place(page, place, y, heights)
        for one, high in zip(place.statements, heights):
            drawn.append((one, y, high))
            y += high
        if place.more:
            _write_more(page, place, y + find_line(page) * 0.4)
        y += measure_more(page, place)
    _draw_rows(page, block, drawn, begin, y)
    y += measure_foot(page, block)
    if block.others:  # below the days, of which it is none
        write_others(page, block.others, y - find_line(page) * 0.45)
    return y


def _write_more(page: Page, place: Place, y: float) -> None:
    """Which figures of a place have no row, where the numbers stand; where there is no room to name
    them, how many, below its name."""
    size, lines = page.look.date, name_left(page, place)
    if not lines:
        page.write(0, y, page.words("more_in_table", n=place.more), size, "secondary")
    told = iter(place.left)
    for number, line in enumerate(lines):
        left = page.grid.number[0]
        for at, said in enumerate(line):
            written = page.write(left, y + number * find_line(page), said, size, "secondary")
            if number or at:  # the first says whose they are
                mark_row(page.chart, written, next(told), False)
            left += measure_text(f"{said} ", size) * POINT


def name_left(page: Page, place: Place) -> list[list[str]]:
    """Whose figures have no row and how many, then each of them, in one line right of the days or
    in two, if need be without the verb of who says so; empty where they have no room."""
    if not place.more:
        return []
    lead = page.words("more_named", place=place.name, n=place.more)
    for brief in (False, True):
        named = [_name_left(page, one, brief) for one in place.left]
        said = [lead, *(f"{one};" for one in named[:-1]), named[-1]]
        for first in range(len(said), 1, -1):  # pieces of the first line
            lines = [line for line in (said[:first], said[first:]) if line]
            if all(_fits(page, line) for line in lines) and (brief or len(lines) == 1):
                return lines
    return []


def _fits(page: Page, said: list[str]) -> bool:
    """Whether words fit on a line right of the days."""
    room = page.grid.words[1] - page.grid.number[0]
    return measure_text(" ".join(said), page.look.date) * POINT <= room


def _name_left(page: Page, one: Statement, brief: bool) -> str:
    """“at least 118” people, 4–12 May, says Orvane Monitor; brief: 4–12 May, Orvane Monitor."""
    attribution = page.attribution(one)
    people = attribution.people.partition(",")[0]
    said = [f"{quote_within(page.words, one)} {people}", say_days(page.words, one)]
    source = attribution.short
    if one.sources and not brief:
        many = say_many(page.words, list(one.sources))
        source = page.words("so_say" if many else "so_says", source=source)
    return ", ".join([*said, source, *filter(None, [attribution.denied])])


def measure_foot(page: Page, block: Block) -> float:
    """The height of what stands below the rows of a table: days, and the line on other places."""
    days = page.grid.foot if block.strip else 0.0
    return days + find_line(page) * 0.85 * bool(block.others)


def _write_place(page: Page, place: Place, top: float, heights: list[float]) -> None:
    """The name of a place in its first row."""
    name = break_name(page, place)
    page.write(0, top + heights[0] / 2, name, page.look.label, weight="bold")


def _write_heads(page: Page, block: Block, top: float, first: bool) -> None:
    grid, size, y = page.grid, page.look.date, top + page.grid.head * 0.55
    page.write(0, y, block.head, page.look.label, weight="bold")
    bold: Looks = {"weight": "bold"}
    page.write(grid.number[1], y, block.column, size, "secondary", ha="right", **bold)
    if block.bare:
        why = ["no_bars_mixed" if block.mixed else "no_bars", "no_bars_short"]
        beside = measure_text(block.head, page.look.label, True) * POINT + 1.5
        room = grid.number[1] - measure_text(block.column, size, True) * POINT - 2.0 - beside
        if said := choose_fitting(page, why, room):
            page.write(beside, y, said, size, "secondary")
    if not first:
        return
    said = page.words("days_described")
    beside = (measure_text(block.head, page.look.label, True) + 1.2 * page.look.label) * POINT
    left = max(grid.days[0], beside)
    right = grid.number[1] - measure_text(block.column, size, True) * POINT - 2.0
    if block.strip and left + measure_text(said, size, True) * POINT <= right:
        page.write(left, y, said, size, "secondary", **bold)
    page.write(grid.words[0], y, page.words("who"), size, "secondary", **bold)


def _draw_rows(
    page: Page,
    block: Block,
    drawn: list[tuple[Statement, float, float]],
    top: float,
    bottom: float,
) -> None:
    """The rows of a block: words on the plot, bars on axes of people, days on axes of days."""
    amounts = add_amounts(page, block, top, bottom)
    strip = add_strip(page, top, bottom) if block.strip else None
    for one, y, high in drawn:
        middle = y + high / 2
        number = _write_row(page, block, one, middle)
        days = None
        if strip is not None:
            days = draw_strip(page, strip, one, middle)
        target = draw_target(page, y, high)
        barred = not (one.worded or block.bare)
        artist = draw_bar(page, block, amounts, one, middle) if barred else target
        if block.bare and not one.worded:
            artist = number
        elif one.worded and days is not None:
            artist = days
        mark_row(page.chart, artist, one, barred)
        if days is not None and artist is not days:
            days.set_gid(f"days-{page.chart.rows[-1]['mark_id']}")
        if artist is not target:
            page.chart.aim(target)


def _write_row(page: Page, block: Block, one: Statement, y: float):
    """The words of a row; gives its number as it is written."""
    grid, look = page.grid, page.look
    colour = tint(page, block, one)[1]
    style = style_quote(one)
    quote = _quote(page, one)
    number = page.write(grid.number[1], y, quote, look.number, colour, ha="right", **style)
    step = look.label * POINT * LEADING
    lines = _list_lines(page, one)
    at = y - step * (len(lines) - 1) / 2
    for words, size, role, more in lines:
        page.write(grid.words[0], at, words, size, role, **more)
        at += step
    if not block.strip:
        first = one.first
        said = page.words.period(first.date_start, first.date_end, True)
        page.write(grid.days[0], y, said, look.date, "secondary")
    return number
