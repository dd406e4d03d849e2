"""Rows: statements with their numbers, a row each: place · days · quote · bar · who, who says so.

A block is a table of rows on one scale from 0, place by place. At a column's width a row is stacked
instead: quote and who, bar, days and source. The whole row takes a click.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers.analysis.statements import Statement
from helpers.charts.chart import Chart
from helpers.charts.fonts import cut_lines, measure_text
from helpers.charts.language import Words, find_words
from helpers.charts.layout import add_panel
from helpers.charts.signs import WORDED, draw_amount, draw_days, draw_key
from helpers.charts.theme import LEADING, POINT, Look, Looks, find_look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Grid:
    """Where the columns of a row stand, in millimetres of the plot: the left and right end of each.
    row: height of a row with two lines of words; head: of the heads of columns; foot: of the days
    below a block; bar, days_bar: heights; gap: above the first row of a place."""

    place: tuple[float, float]
    days: tuple[float, float]
    number: tuple[float, float]
    amount: tuple[float, float]
    words: tuple[float, float]
    row: float
    head: float
    foot: float
    bar: float
    days_bar: float
    gap: float


GRIDS = {
    "full": Grid(
        (0, 29), (31, 65), (66.5, 101), (103, 126), (130, 172.8), 7.4, 5.6, 4.4, 2.6, 1.9, 0.9
    ),
    "slide": Grid(
        (0, 54), (58, 120), (122, 188), (192, 233), (241, 318.7), 13.2, 9.6, 8.0, 4.6, 3.4, 1.2
    ),
    "column": Grid((0, 83.8), (0, 0), (0, 83.8), (0, 79), (0, 83.8), 13.0, 6.0, 0.0, 2.4, 0.0, 1.0),
}


class Place(NamedTuple):
    """The rows of one place; more: how many statements of it only the table has."""

    name: str
    statements: list[Statement]
    more: int = 0


@dataclass(frozen=True)
class Block:
    """Rows on one scale. head, column: what the block counts, and the head of its numbers; others:
    a line on the places that have no rows; strip: whether its days are drawn, or written; least:
    the number below which its longest bar is not as long as the column, so that few people do not
    look like many beside another block."""

    head: str
    column: str
    places: list[Place]
    colour: str
    others: str = ""
    strip: bool = True
    least: float = 1.0

    @property
    def statements(self) -> list[Statement]:
        """All of its rows."""
        return [one for place in self.places for one in place.statements]

    @property
    def most(self) -> float:
        """The number that a bar as long as its column stands for."""
        numbers = [one.number for one in self.statements if not one.worded]
        return max([*numbers, self.least])


class Voice(NamedTuple):
    """What stands beside a bar: whom it counts, who says so (in short: without the paper), and who
    denies it."""

    people: str
    source: str
    short: str
    denied: str = ""


@dataclass(frozen=True)
class Page:
    """What all blocks of a chart share: where they are drawn, the days of the strip, the days to
    shade (or None), and how a statement's people and sources are worded."""

    chart: Chart
    plot: Axes
    days: tuple[pd.Timestamp, pd.Timestamp]
    shaded: tuple[pd.Timestamp, pd.Timestamp] | None
    voice: Callable[[Statement], Voice]

    @property
    def grid(self) -> Grid:
        """The columns of its width."""
        return GRIDS[self.chart.width]

    @property
    def look(self) -> Look:
        """Sizes and colours."""
        return find_look(self.chart.study)

    @property
    def words(self) -> Words:
        """The fixed words."""
        return find_words(self.chart.study)

    def write(
        self, x: float, y: float, words: str, size: float, role: str = "text", **looks
    ) -> Text:
        """Words at a place of the plot."""
        style: Looks = {"va": "center", "color": self.look.colour.get(role, role)}
        return self.plot.text(
            x, y, words, size=size, linespacing=self.look.spacing, **style | looks
        )

    def rule(self, y: float, role: str = "rule", width: float = 0.6) -> None:
        """A line across the plot."""
        right = self.grid.words[1]
        self.plot.plot([0, right], [y, y], color=self.look.colour[role], lw=width, zorder=1)


def measure_block(page: Page, block: Block) -> float:
    """The height of a block in millimetres, without the gap after it."""
    grid, line = page.grid, _line(page)
    rows = sum(sum(_measure_rows(page, place)) + grid.gap for place in block.places)
    if page.chart.width != "column":
        return grid.head + rows + _measure_foot(page, block)
    more = sum(place.more > 0 for place in block.places)  # names stand above the rows
    return grid.head + rows + (len(block.places) + more + bool(block.others)) * line


def draw_block(page: Page, block: Block, top: float, first: bool) -> float:
    """A block from `top` on; gives its lower end. Only the first names the columns that all
    share."""
    draw = _draw_stacked if page.chart.width == "column" else _draw_table
    return draw(page, block, top, first)


def _line(page: Page) -> float:
    """The height of a line of words, in millimetres."""
    return page.look.date * POINT * LEADING * 1.25


def _measure_rows(page: Page, place: Place) -> list[float]:
    """The height of each row of a place; the last is higher where the place's own words need it."""
    heights = [_measure_row(page, one) for one in place.statements]
    if page.chart.width != "column":
        lines = _break_name(page, place).count("\n") + 1 + bool(place.more)
        needed = lines * page.look.label * POINT * LEADING + 1.0
        heights[-1] += max(0.0, needed - sum(heights))
    return heights


def _break_name(page: Page, place: Place) -> str:
    """The name of a place in the lines that its column has room for."""
    return cut_lines(place.name, page.look.label, (page.grid.place[1] - 1) / POINT, 2, True)


def _measure_row(page: Page, one: Statement) -> float:
    """The height of a row: more where its words need a third line, or somebody denies it."""
    grid, look = page.grid, page.look
    line = look.label * POINT * LEADING
    if page.chart.width == "column":
        return grid.row + line * bool(one.denials) - (grid.bar + 1.4) * one.worded
    more = len(_list_lines(page, one)) - 2
    number = (_quote(page, one).count("\n") + 1) * look.number * POINT * LEADING + 1.0
    return max(grid.row + more * line, number)


def _list_lines(page: Page, one: Statement) -> list[tuple[str, float, str, Looks]]:
    """The lines beside a bar: (words, size, role of the colour, looks)."""
    look, voice = page.look, page.voice(one)
    room = (page.grid.words[1] - page.grid.words[0]) / POINT
    people = cut_lines(voice.people, look.label, room, 2).split("\n")
    lines: list[tuple[str, float, str, Looks]] = [(part, look.label, "text", {}) for part in people]
    fits = measure_text(voice.source, look.date) <= room
    said = voice.source if fits else cut_lines(voice.short, look.date, room, 1)
    lines.append((said, look.date, "secondary", {}))
    if voice.denied:
        denied = cut_lines(voice.denied, look.date, room, 1)
        lines.append((denied, look.date, "text", {"style": "italic"}))
    return lines


def _quote(page: Page, one: Statement) -> str:
    """The number in the text's words, in lines as wide as the column has room."""
    left, right = page.grid.number
    quote = quote_number(page.words, one)
    return cut_lines(quote, page.look.number, (right - left) / POINT, 3, not one.worded)


def quote_number(words: Words, one: Statement) -> str:
    """A number in the text's words, of a bare article with its noun; with a question mark where
    nobody has checked it."""
    first = one.first
    said = first.number or first.exact
    if said.lower() in ("a", "an"):
        said = _name_one(first.exact[int(first.number_start - first.start) :])
    quote = words.quote(said)
    return quote if one.reviewed else f"{quote} {words('not_checked')}"


def _name_one(words: str) -> str:
    """An article with its noun, without what is told of it.

    >>> _name_one("an Iranian Brigadier General was killed")
    'an Iranian Brigadier General'
    """
    kept: list[str] = []
    for word in words.split()[:4]:
        if word.lower() in ("was", "is", "has", "had", "who", "died", "killed", "and", "in"):
            break
        kept.append(word)
    return " ".join(kept).rstrip(".,;:")


def tint(page: Page, block: Block, one: Statement) -> tuple[str, str]:
    """(colour of the bar, colour of the words): grey for what only a party says."""
    colour = page.look.colour
    return (colour["party"], colour["party_text"]) if one.party else (block.colour, block.colour)


# --- a table, at full width and on a slide -------------------------------------------------------


def _draw_table(page: Page, block: Block, top: float, first: bool) -> float:
    grid, look = page.grid, page.look
    _write_heads(page, block, top, first)
    page.rule(top + grid.head, "text", 0.8)
    begin = y = top + grid.head
    drawn: list[tuple[Statement, float, float]] = []
    for place in block.places:
        if y > begin:
            page.rule(y)
        y += grid.gap
        heights = _measure_rows(page, place)
        _write_place(page, place, y, heights)
        for one, high in zip(place.statements, heights):
            drawn.append((one, y, high))
            y += high
    _draw_rows(page, block, drawn, begin, y)
    if block.others:
        page.write(grid.number[0], y + _line(page) * 0.55, block.others, look.date, "secondary")
    return y + _measure_foot(page, block)


def _measure_foot(page: Page, block: Block) -> float:
    """The height of what stands below the rows of a table: days, and the line on other places."""
    if block.strip:
        return page.grid.foot
    return _line(page) * bool(block.others)


def _write_place(page: Page, place: Place, top: float, heights: list[float]) -> None:
    """The name of a place in its first row, and below, how many more figures of it there are."""
    look, room = page.look, (page.grid.place[1] - 1) / POINT
    name = _break_name(page, place)
    said = page.words("more_in_table", n=place.more) if place.more else ""
    at = top + heights[0] / 2
    step = look.label * POINT * LEADING
    if said and len(heights) == 1:
        at -= step / 2
    page.write(0, at, name, look.label, weight="bold")
    below = at + step * (1 + name.count("\n") / 2)
    if said:
        last = top + sum(heights) - heights[-1] / 2
        at = max(below, last) if len(heights) > 1 else below
        page.write(0, at, cut_lines(said, look.date, room, 1), look.date, "secondary")


def _write_heads(page: Page, block: Block, top: float, first: bool) -> None:
    grid, size, y = page.grid, page.look.date, top + page.grid.head * 0.55
    page.write(0, y, block.head, page.look.label, weight="bold")
    bold: Looks = {"weight": "bold"}
    page.write(grid.number[1], y, block.column, size, "secondary", ha="right", **bold)
    if not first:
        return
    wide = measure_text(block.head, page.look.label, True) * POINT
    if block.strip and wide < grid.days[0]:
        page.write(grid.days[0], y, page.words("days_described"), size, "secondary", **bold)
    page.write(grid.words[0], y, page.words("who"), size, "secondary", **bold)


def _draw_rows(
    page: Page,
    block: Block,
    drawn: list[tuple[Statement, float, float]],
    top: float,
    bottom: float,
) -> None:
    """The rows of a block: words on the plot, bars on axes of people, days on axes of days."""
    amounts = _add_amounts(page, block, top, bottom)
    strip = _add_strip(page, top, bottom) if block.strip else None
    for one, y, high in drawn:
        middle = y + high / 2
        _write_row(page, block, one, middle)
        days = None
        if strip is not None:
            days = _draw_strip(page, strip, one, middle, tint(page, block, one)[0])
        target = _draw_target(page, y, high)
        artist = target if one.worded else _draw_bar(page, block, amounts, one, middle)
        if one.worded and days is not None:
            artist = days
        _mark(page.chart, artist, one)
        if days is not None and artist is not days:
            days.set_gid(f"days-{page.chart.rows[-1]['mark_id']}")
        if artist is not target:
            page.chart.aim(target)


def _add_amounts(page: Page, block: Block, top: float, bottom: float) -> Axes:
    """An axes of people, from 0 to the largest number, without ink of its own."""
    left, right = page.grid.amount
    amounts = add_panel(page.chart, left, top, right - left, bottom - top)
    amounts.set(xlim=(0, block.most), ylim=(bottom, top))
    amounts.axis("off")
    return amounts


def _draw_bar(page: Page, block: Block, amounts: Axes, one: Statement, y: float):
    left, right = page.grid.amount
    colour = tint(page, block, one)[0]
    unit = block.most / (right - left)
    return draw_amount(amounts, one.first, (0, y), 1.0, page.grid.bar, colour, unit)


def _write_row(page: Page, block: Block, one: Statement, y: float) -> None:
    grid, look = page.grid, page.look
    colour = tint(page, block, one)[1]
    style: Looks = {"style": "italic"} if one.worded else {"weight": "bold"}
    page.write(grid.number[1], y, _quote(page, one), look.number, colour, ha="right", **style)
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


def _draw_target(page: Page, y: float, high: float):
    """What of a row takes a click: all of it, without ink."""
    from matplotlib.patches import Rectangle

    target = Rectangle(
        (0, y), page.grid.words[1], high, facecolor="none", edgecolor="none", zorder=9
    )
    page.plot.add_patch(target)
    return target


def _mark(chart: Chart, artist, one: Statement) -> None:
    first = one.first
    plotted = {"x": first.best, "low": first.low, "high": first.high}
    if one.worded:
        plotted = dict.fromkeys(plotted)
    claims = [*one.claims, *one.denials]
    chart.mark_merged(artist, claims, **plotted, measure=first.measure, unit=first.unit)


# --- the strip of days ---------------------------------------------------------------------------


def _add_strip(page: Page, top: float, bottom: float) -> Axes:
    """An axes of days over all rows of a block, its days named below."""
    left, right = page.grid.days
    strip = add_panel(page.chart, left, top, right - left, bottom - top)
    first, last = page.days
    strip.set(xlim=(first, last + DAY), ylim=(bottom, top))
    strip.yaxis.set_visible(False)
    strip.spines[:].set_visible(False)
    days = choose_days(page.look.date, first, last, right - left)
    strip.set_xticks(days, [page.words.day(day) for day in days])
    strip.tick_params(axis="x", length=0, pad=2, labelsize=page.look.date)
    strip.tick_params(axis="x", labelcolor=page.look.colour["secondary"])
    for day in days:
        strip.axvline(day, color=page.look.colour["rule"], linewidth=0.6, zorder=0)
    if page.shaded is not None:
        strip.axvspan(
            page.shaded[0], page.shaded[1] + DAY, color=page.look.colour["period"], lw=0, zorder=-1
        )
    return strip


def choose_days(
    size: float, first: pd.Timestamp, last: pd.Timestamp, width: float
) -> list[pd.Timestamp]:
    """The days that have a label, `size` points high, on an axis `width` millimetres long: as many
    as stand apart, at even steps from the first, or the first days of months."""
    room = width / (1.6 * measure_text("30 Nov", size) * POINT)
    total = (last - first).days + 1
    months = list(pd.date_range(first, last, freq="MS"))
    if total > 75:
        step = -(-len(months) // max(1, int(room)))
        return months[::step] or [first]
    steps = (1, 2, 3, 4, 5, 7) if total <= 14 else (7, 14, 28)  # by weeks, where there are some
    step = next((days for days in steps if total / days <= room), steps[-1])
    days = list(pd.date_range(first, last, freq=f"{step}D"))
    spare = 0.6 * total / max(room, 1)  # a label at the very end would stand out of the strip
    return [day for day in days if (last - day).days + 1 >= min(spare, total / 2)] or [first]


def _draw_strip(page: Page, strip: Axes, one: Statement, y: float, colour: str):
    """The days of a statement, as far as the strip goes; a tick points to those beyond."""
    import matplotlib.dates as mdates

    first, last = page.days
    start, end = max(one.first.date_start, first), min(one.first.date_end, last)
    ends = (mdates.date2num(start), mdates.date2num(end + DAY))
    bar = draw_days(strip, ends, y, page.grid.days_bar, colour, one.days)
    beyond: Looks = {"color": colour, "markersize": 3, "linestyle": "none", "clip_on": False}
    if one.first.date_start < first:
        strip.plot([ends[0]], [y], marker=4, **beyond)
    if one.first.date_end > last:
        strip.plot([ends[1]], [y], marker=5, **beyond)
    return bar


# --- stacked, at a column's width ----------------------------------------------------------------


def _draw_stacked(page: Page, block: Block, top: float, first: bool) -> float:
    grid, look = page.grid, page.look
    page.write(0, top + grid.head * 0.5, block.head, look.label, weight="bold")
    wide = measure_text(block.head, look.label, True) * POINT
    if wide < grid.words[1] / 2:
        right: Looks = {"ha": "right", "weight": "bold"}
        page.write(
            grid.words[1], top + grid.head * 0.5, block.column, look.date, "secondary", **right
        )
    page.rule(top + grid.head, "text", 0.8)
    begin = y = top + grid.head
    bars: list[tuple[Statement, float]] = []
    targets = []
    for place in block.places:
        if y > begin:
            page.rule(y)
        y += grid.gap
        name = cut_lines(place.name, look.label, grid.words[1] / POINT, 1, True)
        page.write(0, y + _line(page) * 0.45, name, look.label, weight="bold")
        y += _line(page)
        for one in place.statements:
            high = _measure_row(page, one)
            bars.append((one, _write_stacked(page, block, one, y)))
            targets.append(_draw_target(page, y, high))
            y += high
        if place.more:
            said = page.words("more_in_table", n=place.more)
            page.write(0, y + 0.3 * _line(page), said, look.date, "secondary")
            y += _line(page)
    if block.others:
        page.rule(y)
        page.write(0, y + _line(page) * 0.6, block.others, look.date, "secondary")
    amounts = _add_amounts(page, block, begin, y)
    for (one, at), target in zip(bars, targets):
        artist = target if one.worded else _draw_bar(page, block, amounts, one, at)
        _mark(page.chart, artist, one)
        if artist is not target:
            page.chart.aim(target)
    return y + _line(page) * bool(block.others)


def _write_stacked(page: Page, block: Block, one: Statement, y: float) -> float:
    """The words of a stacked row; gives the height of its bar."""
    grid, look = page.grid, page.look
    step = look.label * POINT * LEADING
    colour, quote = tint(page, block, one)[1], quote_number(page.words, one)
    style: Looks = {"style": "italic"} if one.worded else {"weight": "bold"}
    room = grid.words[1] / POINT
    quote = cut_lines(quote, look.number, 0.72 * room, 1, True)
    at = y + 0.5 * step
    page.write(0, at, quote, look.number, colour, **style)
    beside = measure_text(quote, look.number, not one.worded, one.worded) * POINT + 1.6
    voice = page.voice(one)
    people = cut_lines(voice.people, look.label, room - beside / POINT, 1)
    page.write(beside, at, people, look.label)
    bar = at + step * 0.7 + grid.bar / 2
    at = at + step if one.worded else bar + grid.bar / 2 + step * 0.62
    days = page.words.period(one.first.date_start, one.first.date_end, one.days > 60)
    said = f"{days} · {voice.source}"
    if measure_text(said, look.date) > room:
        said = cut_lines(f"{days} · {voice.short}", look.date, room, 1)
    page.write(0, at, said, look.date, "secondary")
    if voice.denied:
        page.write(0, at + step, voice.denied, look.date, style="italic")
    return bar


# --- the key -------------------------------------------------------------------------------------


def draw_bar_key(page: Page, blocks: list[Block], top: float) -> float:
    """What the ends of the bars mean, of those that occur; gives the lower end of the key."""
    shown = [(block, one) for block in blocks for one in block.statements if not one.worded]
    names = [WORDED[one.first.quantifier] for _, one in shown]
    kept = [name for name in dict.fromkeys(WORDED.values()) if name in names]
    if any(one.party for _, one in shown):
        kept.append("party")
    if kept == ["exact"]:
        kept = []
    says = {name: page.words(name) for name in kept}
    if page.shaded is not None and page.chart.width != "column":
        says["shaded"] = page.words("offensive")
    if not says:
        return top
    left = page.grid.days[0]
    width = page.grid.words[1] - left
    return top + draw_key(page.plot, says, (left, top), width, blocks[0].colour, page.look)
