"""Others: figures of places that have no rows, in a line below a block."""

from __future__ import annotations

from helpers.analysis.statements import Statement
from helpers.charts.findings import name_place
from helpers.charts.look.fonts import measure_text
from helpers.charts.look.language import Words
from helpers.charts.look.theme import POINT
from helpers.charts.page.attribution import say_days, say_of
from helpers.charts.page.grid import Page, mark_row, quote_within
from helpers.charts.page.pick import rank

NAMED = 3  # figures of other places, at most, that a line names


def write_others(page: Page, others: list[Statement], y: float) -> None:
    """The line on other places: each figure, where there is room, or how many there are."""
    size, left = page.look.date, 0.0
    pieces = name_others(page, others)
    if not pieces:
        page.write(0, y, count_others(page, others), size, "secondary")
    for one, said in zip(others if pieces else [], pieces, strict=True):
        mark_row(page.chart, page.write(left, y, said, size, "secondary"), one, False)
        left += measure_text(f"{said} ", size) * POINT


def name_others(page: Page, others: list[Statement]) -> list[str]:
    """Each figure of other places with its place, days and source, where one line has room for
    all; else empty."""
    if not 0 < len(others) <= NAMED:
        return []
    said = [_name_other(page, one) for one in others]
    pieces = [*(f"{one};" for one in said[:-1]), said[-1]]
    fits = measure_text(" ".join(pieces), page.look.date) * POINT <= page.grid.words[1]
    return pieces if fits else []


def _name_other(page: Page, one: Statement) -> str:
    """Hama: “hundreds” of people released, 1–6 Dec, no source named."""
    attribution, words = page.attribution(one), page.words
    people = say_of(words, one, attribution.people.partition(",")[0])
    told = [f"{quote_within(words, one)} {people}", say_days(words, one), attribution.short]
    place = name_place(page.chart.study, words, one)
    said = ", ".join([*told, *filter(None, [attribution.denied])])
    return words("other_place_named", place=place, said=said)


def count_others(page: Page, others: list[Statement]) -> str:
    """Other places: 7 figures, from 3 to “more than 40” killed: both ends as they are worded, as
    far as there is room."""
    words, numbers = page.words, sorted((one for one in others if not one.worded), key=rank)
    if not others:
        return ""
    if not numbers:
        return words.count("other_places_words", len(others))
    least, most = _say_end(words, numbers[-1]), _say_end(words, numbers[0])
    measures = {one.first.measure for one in others}
    what = words(measures.pop() if len(measures) == 1 else "people")
    if least == most and len(numbers) < len(others):
        return words("other_places_some", n=len(others))
    if len(others) == 1 or least == most:
        return words.count("other_places", len(others), most=most, what=what)
    names = ("other_places", "other_places_bare", "other_places_least")
    said = [words(name, n=len(others), least=least, most=most, what=what) for name in names]
    size, room = page.look.date, page.grid.words[1] / POINT
    return next((one for one in said if measure_text(one, size) <= room), said[-1])


def _say_end(words: Words, one: Statement) -> str:
    """A number of a line on several: in the text's words where it is not exact."""
    exact = one.first.quantifier == "exact" and one.reviewed
    return words.number(one.number) if exact else quote_within(words, one)
