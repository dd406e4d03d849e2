"""Dots: how running totals are drawn as dots and lines, and the key that says what these mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from helpers.analysis.statements import Statement, Totals
from helpers.charts.look.fonts import measure_text
from helpers.charts.look.signs import style_dot
from helpers.charts.look.theme import POINT, Looks
from helpers.charts.page.grid import Page

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HOLLOW = ("about", "nearly")
DASHES = (0, (3.2, 1.4))  # of a line that counts civilians or fighters alone
DOT = {"full": 5.4, "column": 5.0, "slide": 9.0}  # points
LINE = {"full": 1.6, "column": 1.5, "slide": 2.6}
CROSS = 1.35  # of the size of a dot: a cross over the dot that corrects it
EDGE = 1.2  # points of white round a cross, so that both it and that dot are seen
LEAST_MM = {"full": 7.0, "column": 10.5, "slide": 9.0}  # of a key
FIRST, LAST = 0.6, 1.5  # sizes of the letters above the first line of a key, below the last
STEP = 1.6  # from line to line, and between two entries


class Entry(NamedTuple):
    """A sign of the key: its words, how it is drawn, whether it is a line; where it stands, in
    millimetres from the left and in lines."""

    said: str
    looks: Looks
    is_line: bool
    left: float
    line: int


def is_part(line: list[Statement]) -> bool:
    """Whether a line counts civilians or fighters alone."""
    return line[0].first.affected in ("civilian", "combatant")


def tint_dot(page: Page, one: Statement, colour: str) -> tuple[str, str]:
    """(colour of the dot, of the words)."""
    known = page.look.colour
    return (known["party"], known["party_text"]) if one.party else (colour, colour)


def draw_dot(page: Page, panel: Axes, one: Statement, colour: str) -> None:
    """A total at its last day and number; what its source has withdrawn is a cross, over the dot
    that corrects it."""
    from matplotlib.patheffects import withStroke

    first = one.first
    name = "near_total" if first.quantifier in HOLLOW else "total"
    name = "corrected" if one.withdrawn else name
    size = DOT[page.chart.width] * (CROSS if one.withdrawn else 1)
    style = style_dot(name, tint_dot(page, one, colour)[0], size)
    style |= {"zorder": 4, "clip_on": False}
    if one.withdrawn:
        halo = withStroke(linewidth=style["markeredgewidth"] + EDGE, foreground="white")
        style |= {"path_effects": [halo], "zorder": 4.5}
    [dot] = panel.plot([first.date_end], [one.number], **style)
    plotted = {"x": first.best, "low": first.low, "high": first.high}
    claims = [*one.claims, *one.denials]
    page.chart.mark_merged(dot, claims, **plotted, measure=first.measure, unit=first.unit)


def measure_dot_key(page: Page, panels: list[Totals]) -> float:
    """The height of the key in millimetres."""
    lines = 1 + max(entry.line for entry in _list_entries(page, panels, ""))
    high = (FIRST + STEP * (lines - 1) + LAST) * page.look.date * POINT
    return max(LEAST_MM[page.chart.width], high)


def draw_dot_key(page: Page, panels: list[Totals], top: float, colour: str) -> float:
    """What lines and dots mean, of those that occur; gives its lower end."""
    size = page.look.date
    for entry in _list_entries(page, panels, colour):
        y, wide = top + (FIRST + STEP * entry.line) * size * POINT, _measure_sign(page, entry)
        middle = entry.left + wide / 2 - 0.8
        ends = [entry.left, entry.left + wide - 2] if entry.is_line else [middle]
        page.plot.plot(ends, [y] * len(ends), **entry.looks)
        page.write(entry.left + wide, y, entry.said, size, "secondary")
    return top + measure_dot_key(page, panels)


def _measure_sign(page: Page, entry: Entry) -> float:
    return (7.0 if entry.is_line else 3.4) * page.look.date / 7.6


def _list_entries(page: Page, panels: list[Totals], colour: str) -> list[Entry]:
    """The signs that occur, set in lines."""
    size, right, left, line = page.look.date, page.grid.words[1], 0.0, 0
    placed = []
    for name, looks, is_line in _list_signs(page, panels, colour):
        entry = Entry(page.words(name), looks, is_line, left, line)
        wide = _measure_sign(page, entry) + measure_text(entry.said, size) * POINT
        if left > 0 and left + wide > right:
            left, line = 0.0, line + 1
        placed.append(entry._replace(left=left, line=line))
        left += wide + STEP * size * POINT
    return placed


def _list_signs(page: Page, panels: list[Totals], colour: str) -> list[tuple[str, Looks, bool]]:
    """(name in strings.toml, how it is drawn, whether it is a line)."""
    width = page.chart.width
    statements = [one for totals in panels for one in totals.statements]
    quantifiers = [one.first.quantifier for one in statements if not one.withdrawn]
    lines = [line for totals in panels for line in totals.lines]
    parts = dict.fromkeys(line[0].first.affected for line in lines if is_part(line))
    stroke: Looks = {"color": colour, "linewidth": LINE[width]}
    signs: list[tuple[str, Looks, bool]] = [("joined", stroke, True)]
    signs += [(name, {**stroke, "linestyle": DASHES}, True) for name in parts]
    shown = {"total": False, "near_total": True}
    dots = [name for name, kept in shown.items() if kept in [one in HOLLOW for one in quantifiers]]
    dots += ["corrected"] if any(one.withdrawn for one in statements) else []
    signs += [(name, style_dot(name, colour, DOT[width] * 0.85), False) for name in dots]
    if any(one.party for one in statements):
        grey = page.look.colour["party"]
        signs.append(("party", style_dot("total", grey, DOT[width] * 0.85), False))
    return signs
