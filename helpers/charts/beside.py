"""Beside: running totals that no dot of a line can stand for, as words below the panels.

“up to 30,000” displaced, 4–15 May, UN: a bound or a range has no place on a line, yet it is
another answer to the same question.
"""

from __future__ import annotations

from helpers.analysis.statements import Statement, Totals
from helpers.charts.findings import name_place
from helpers.charts.look.fonts import cut_lines, measure_text
from helpers.charts.look.theme import POINT, Looks
from helpers.charts.page.attribution import say_days
from helpers.charts.page.grid import Page, draw_target, find_line, mark_row, quote_number
from helpers.schema.quantity import is_increment

MOST = {"full": 3, "column": 2, "slide": 1}  # that are named, the largest first


def choose_beside(page: Page, panels: list[Totals]) -> list[Statement]:
    """The statements beside the lines of panels that are named below them: totals all of them. What
    was added, or is a part of a total, answers another question."""
    beside = [one for panel in panels for one in panel.beside if not one.first.part_of]
    totals = [one for one in beside if not is_increment(one.first.number)]
    found = sorted(totals, key=lambda one: -one.number)
    return found[: MOST[page.chart.width]]


def measure_beside(page: Page, panels: list[Totals]) -> float:
    """The height of their lines in millimetres."""
    return len(choose_beside(page, panels)) * find_line(page)


def draw_beside(page: Page, panels: list[Totals], top: float, colour: str) -> float:
    """A line of words for each from `top` on: its number, whom it counts, its days, its source;
    gives their lower end."""
    chosen, high, size = choose_beside(page, panels), find_line(page), page.look.date
    lead = page.words("beside")
    left = (measure_text(lead, size) + size / 2) * POINT
    for number, one in enumerate(chosen):
        middle = top + number * high  # half a line up, nearer to the panel than to the rows
        line: Looks = {"va": "baseline"}
        base = middle + 0.36 * size * POINT
        if not number:
            page.write(0, base, lead, size, "secondary", **line)
        tint = page.look.colour["party_text"] if one.party else colour
        quote = quote_number(page.words, one)
        written = page.write(left, base, quote, size, tint, weight="bold", **line)
        mark_row(page.chart, written, one, False)
        page.chart.aim(draw_target(page, middle - high / 2, high))
        right = left + (measure_text(quote, size, True) + size / 3) * POINT
        room = (page.grid.words[1] - right) / POINT
        said = cut_lines(_say_beside(page, one, len(panels) > 1), size, room, 1)
        page.write(right, base, said, size, "secondary", **line)
    return top + len(chosen) * high


def _say_beside(page: Page, one: Statement, placed: bool) -> str:
    """displaced, 4–15 May, UN, in Atlantic Dispatch; `placed`: with its place."""
    attribution = page.attribution(one)
    place = [name_place(page.chart.study, page.words, one)] if placed else []
    said = [attribution.people, *place, say_days(page.words, one), attribution.source]
    return ", ".join([*said, *filter(None, [attribution.denied])])
