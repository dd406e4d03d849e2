"""Grid: where the columns of a row stand, what a block holds, and what all rows share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers.analysis.statements import (
    Statement,
)
from helpers.charts.chart import Chart
from helpers.charts.look.fonts import cut_lines, measure_text
from helpers.charts.look.language import Words, find_words
from helpers.charts.look.layout import add_panel
from helpers.charts.look.signs import draw_amount
from helpers.charts.look.theme import LEADING, POINT, Look, Looks, find_look

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
        (0, 29), (31, 65), (66.5, 101), (103, 126), (130, 172.8), 7.6, 5.6, 4.4, 2.6, 1.5, 0.9
    ),
    "slide": Grid(
        (0, 54), (58, 120), (122, 188), (192, 233), (241, 318.7), 13.8, 9.6, 8.0, 4.6, 2.7, 1.2
    ),
    "column": Grid((0, 83.8), (0, 0), (0, 83.8), (0, 79), (0, 83.8), 12.3, 6.0, 0.0, 2.4, 0.0, 1.0),
}


class Place(NamedTuple):
    """The rows of one place; left: its statements that only the table has."""

    name: str
    statements: list[Statement]
    left: tuple[Statement, ...] = ()

    @property
    def more(self) -> int:
        """How many statements of it only the table has."""
        return len(self.left)


@dataclass(frozen=True)
class Block:
    """Rows on one scale, that of the first block. head, column: what the block counts, and the head
    of its numbers; others: statements of places that have no rows; strip: whether its days are
    drawn, or written; least: the number below which its longest bar is not as long as the column,
    so that few people do not look like many beside another block; bare: whether its rows have no
    bars, since they would need another scale, and readers compare bars of a page all the same;
    mixed: whether its rows count several things, each named in its row."""

    head: str
    column: str
    places: list[Place]
    colour: str
    others: list[Statement] = field(default_factory=list)
    strip: bool = True
    least: float = 1.0
    bare: bool = False
    mixed: bool = False

    @property
    def statements(self) -> list[Statement]:
        """All of its rows."""
        return [one for place in self.places for one in place.statements]

    @property
    def most(self) -> float:
        """The number that a bar as long as its column stands for."""
        numbers = [one.number for one in self.statements if not one.worded]
        return max([*numbers, self.least])


class Attribution(NamedTuple):
    """What stands beside a bar: whom it counts, who says so (in short: without the paper), and who
    denies it."""

    people: str
    source: str
    short: str
    denied: str = ""


@dataclass(frozen=True)
class Page:
    """What all blocks of a chart share: where they are drawn, the days of the strip, the days to
    shade (or None), how a statement's people and sources are worded, and which rows have a line
    more for the text that they stand in (claim ids)."""

    chart: Chart
    plot: Axes
    days: tuple[pd.Timestamp, pd.Timestamp]
    shaded: tuple[pd.Timestamp, pd.Timestamp] | None
    attribution: Callable[[Statement], Attribution]
    stretch: float = 1.0
    texts: frozenset[str] = frozenset()

    @property
    def grid(self) -> Grid:
        """The columns of its width, its rows stretched."""
        grid = GRIDS[self.chart.width]
        return replace(grid, row=grid.row * self.stretch)

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


def quote_number(words: Words, one: Statement) -> str:
    """A number in the text's words, of a bare article with its noun; with a question mark where
    nobody has checked it."""
    first = one.first
    said = first.number or first.exact
    if said.lower() in ("a", "an"):
        said = _name_one(first.exact[int(first.number_start - first.start) :])
    quote = words.quote(said)
    return quote if one.reviewed else f"{quote} {words('not_checked')}"


def style_quote(one: Statement) -> Looks:
    """Bold; in italics where it is words alone; plain where its source has withdrawn it."""
    if one.worded:
        return {"style": "italic"}
    return {} if one.withdrawn else {"weight": "bold"}


def quote_within(words: Words, one: Statement) -> str:
    """A number as quote_number has it, in the midst of a sentence: small, where its text begins a
    sentence with it.

    “At least 118” → “at least 118”
    """
    return begin_small(quote_number(words, one))


def begin_small(said: str) -> str:
    """A quotation within a sentence: “At least 118” → “at least 118”.

    >>> begin_small("“At least 118”"), begin_small("“UN figures”")
    ('“at least 118”', '“UN figures”')
    """
    head = re.match(r"\W*[A-Z](?=[a-z]| )", said)
    return said if head is None else head[0].lower() + said[head.end() :]


def quote_exact(words: Words, exact: str) -> str:
    """Words of a text in quotation marks. Their own are kept within, save a pair that holds them
    all and one whose other half is cut off; straight ones are made pairs.

    >>> quote_exact(Words(), "more than 200 “terrorists”"), quote_exact(Words(), "“We announce it.")
    ('“more than 200 ‘terrorists’”', '“We announce it.”')
    """
    said = _pair_quotes(" ".join(exact.split()))
    opened, closed = said.count("“"), said.count("”")
    whole = opened == closed == 1 and said[0] + said[-1] == "“”"
    if whole or opened > closed:
        said = said.removeprefix("“")
    if whole or closed > opened:
        said = said.removesuffix("”")
    return words.quote(said)


def _pair_quotes(exact: str) -> str:
    """Words with straight quotation marks as pairs; one that a quotation cuts off is closed.

    >>> _pair_quotes('its garrison was "in full control')
    'its garrison was “in full control”'
    """
    first, *pieces = exact.split('"')
    for number, piece in enumerate(pieces):
        first += f"{'”' if number % 2 else '“'}{piece}"
    return first + "”" * (len(pieces) % 2)


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
        if word.endswith((",", ";", ":")):
            break
    return " ".join(kept).rstrip(".,;:")


def tint(page: Page, block: Block, one: Statement) -> tuple[str, str]:
    """(colour of the bar, colour of the words): grey for what only a party says."""
    colour = page.look.colour
    return (colour["party"], colour["party_text"]) if one.party else (block.colour, block.colour)


def find_line(page: Page) -> float:
    """The height of a line of words, in millimetres."""
    return page.look.date * POINT * LEADING * 1.25


def break_name(page: Page, place: Place) -> str:
    """The name of a place in the lines that its column has room for."""
    return cut_lines(place.name, page.look.label, (page.grid.place[1] - 1) / POINT, 2, True)


def choose_fitting(page: Page, names: list[str], room: float) -> str:
    """The first of several words of strings.toml that `room` millimetres have room for beside a
    head; "" where none fits."""
    said = [page.words(name) for name in names]
    size = page.look.date
    return next((one for one in said if measure_text(one, size) * POINT <= room), "")


def draw_target(page: Page, y: float, high: float):
    """What of a row takes a click: all of it, without ink."""
    from matplotlib.patches import Rectangle

    target = Rectangle(
        (0, y), page.grid.words[1], high, facecolor="none", edgecolor="none", zorder=9
    )
    page.plot.add_patch(target)
    return target


def mark_row(chart: Chart, artist, one: Statement, barred: bool) -> None:
    """Enter a row; of one that is not `barred` nothing stands at its number."""
    first = one.first
    plotted = {"x": first.best, "low": first.low, "high": first.high}
    if not barred:
        plotted = dict.fromkeys(plotted)
    claims = [*one.claims, *one.denials]
    chart.mark_merged(artist, claims, **plotted, measure=first.measure, unit=first.unit)


def add_amounts(page: Page, block: Block, top: float, bottom: float) -> Axes:
    """An axes of people, from 0 to the largest number, without ink of its own."""
    left, right = page.grid.amount
    amounts = add_panel(page.chart, left, top, right - left, bottom - top)
    amounts.set(xlim=(0, block.most), ylim=(bottom, top))
    amounts.axis("off")
    return amounts


def draw_bar(page: Page, block: Block, amounts: Axes, one: Statement, y: float):
    left, right = page.grid.amount
    colour = tint(page, block, one)[0]
    unit = block.most / (right - left)
    return draw_amount(amounts, one.first, (0, y), 1.0, page.grid.bar, colour, unit)
