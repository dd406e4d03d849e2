"""Numbers: figures set large, each with what it counts, who says so, and what else is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from helpers.analysis.selection import Study
from helpers.analysis.statements import Statement
from helpers.charts.captures.words import (
    keep_together,
    open_sentence,
)
from helpers.charts.chart import Chart
from helpers.charts.findings import add_article, name_cell, say_many
from helpers.charts.look.fonts import cut_lines, measure_text
from helpers.charts.look.language import find_words
from helpers.charts.look.theme import LEADING, POINT, Look, Looks
from helpers.charts.page.attribution import (
    is_within,
    make_attribution,
    name_source,
    name_texts,
    say_days,
    say_people,
    say_source,
)
from helpers.charts.page.grid import quote_number
from helpers.charts.page.largest import FLOWS, Number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BIG = {"full": 21.0, "column": 19.0, "slide": 28.0}  # points, of the numbers
LEAST_BIG = {"full": 14.0, "column": 14.0, "slide": 24.0}
INDENT_MM, GAP_MM = 3.7, 4.0  # of the words of a number, and between two numbers
OTHERS = 3  # figures in words alone that stand below a number


class Lines(NamedTuple):
    """A block of lines of one size."""

    block: str
    size: float
    style: Looks

    @property
    def high(self) -> float:
        """Its height in millimetres."""
        return self.size * LEADING * POINT * (self.block.count("\n") + 1)


def _compose_numbers(
    chart: Chart, numbers: list[Number], wide: float, look: Look
) -> list[list[Lines]]:
    """What stands below each other for each number, in lines as wide as its column."""
    each = find_column(chart, numbers, wide)[0]
    quotes = [quote_number(find_words(chart.study), number.statement) for number in numbers]
    room = each - INDENT_MM
    size = _fit_big(quotes, room, chart.width)
    composed = []
    for number, quote in zip(numbers, quotes):
        ink = look.colour["party_text" if number.role == "party" else number.role]
        big = cut_lines(quote, size, room / POINT, 2, True)
        weight = "normal" if number.role == "party" else "bold"  # as large, but second to others
        words = [Lines(big, size, {"weight": weight, "color": ink})]
        for said, points, style in _list_lines(chart, number, look):
            bold = style.get("weight") == "bold"
            most = 2 if chart.width == "slide" else 3
            block = cut_lines(keep_together(said), points, room / POINT, most, bold)
            if block.endswith("…") and points > look.date:  # smaller rather than cut
                points = look.date
                block = cut_lines(keep_together(said), points, room / POINT, most + 1, bold)
            words.append(Lines(block, points, style))
        composed.append(words)
    return composed


def find_column(chart: Chart, numbers: list[Number], wide: float) -> tuple[float, float]:
    """(width, step) of the columns of numbers: beside each other, in a column below each other."""
    if chart.width == "column":
        return wide, 0.0
    each = (wide - GAP_MM * (len(numbers) - 1)) / len(numbers)
    return each, each + GAP_MM


def measure_words(words: list[Lines]) -> float:
    """The height of a number with its lines, in millimetres."""
    return sum(one.high for one in words) + 0.4 * (len(words) - 1)


def measure_numbers(chart: Chart, numbers: list[Number], wide: float, look: Look) -> float:
    """The height of all numbers."""
    heights = [measure_words(words) for words in _compose_numbers(chart, numbers, wide, look)]
    if chart.width == "column":
        return sum(heights) + 3.0 * (len(heights) - 1)
    return max(heights)


def write_numbers(
    chart: Chart, plot: Axes, place: tuple[float, float, float], numbers: list[Number], look: Look
) -> None:
    """Each number large, with what it counts, who says so and what else is told."""
    left, top, wide = place
    each, step = find_column(chart, numbers, wide)
    for number, words in zip(numbers, _compose_numbers(chart, numbers, wide, look)):
        _write_number(chart, plot, (left, top, each), number, words, look)
        left += step
        top += 0.0 if step else measure_words(words) + 3.0


def _fit_big(quotes: list[str], room: float, width: str) -> float:
    """The one size of all numbers: as large as the longest allows."""
    widest = max(measure_text(quote, 1.0, True) for quote in quotes) * POINT
    return float(np.clip(np.floor(2 * room / widest) / 2, LEAST_BIG[width], BIG[width]))


def _write_number(
    chart: Chart,
    plot: Axes,
    place: tuple[float, float, float],
    number: Number,
    words: list[Lines],
    look: Look,
) -> None:
    """One number with its lines; the quote is the mark, the whole takes a click."""
    from matplotlib.patches import Rectangle

    left, top, wide = place
    high, at, written = measure_words(words), top, []
    for one in words:
        y = at + one.high - 0.34 * one.size * POINT  # the baseline of the last line
        looks: Looks = {"va": "baseline", "linespacing": look.spacing, "size": one.size}
        written.append(plot.text(left + INDENT_MM, y, one.block, **looks | one.style))
        at += one.high + 0.4
    elsewhere = _has_words(chart, number)
    if elsewhere:
        ids = [claim.claim_id for other in number.worded[:OTHERS] for claim in other.claims]
        chart.mark_group(written[-1], f"words-{ids[0]}", ids, words[-1].block)
    ends = [one for one in (number.later, number.wider) if one is not None]
    for line, end in zip(written[len(written) - len(ends) - elsewhere :], ends):
        chart.mark_merged(line, list(end.claims), measure=end.first.measure)
    others = list_others(chart, number)
    for line, other in zip(written[3:], others):  # below number, what it counts and who
        chart.mark_merged(line, list(other.claims), measure=other.first.measure)
    colour = look.colour[number.role]
    rule = Rectangle((left, top + 0.6), 1.2, high - 0.6, facecolor=colour, zorder=2)
    rule.set(edgecolor="none", linewidth=0)
    plot.add_patch(rule)
    first = number.statement.first
    plotted = {"low": first.low, "best": first.best, "high": first.high, "unit": first.unit}
    claims = list(number.statement.claims)
    chart.mark_merged(written[0], claims, measure=first.measure, **plotted)
    own = high - (words[-1].high if elsewhere else 0.0)
    target = Rectangle((left, top), wide, own, facecolor="none", edgecolor="none", zorder=1)
    plot.add_patch(target)
    chart.aim(target)


def _list_lines(chart: Chart, number: Number, look: Look) -> list[tuple[str, float, Looks]]:
    """(words, size, looks) of the lines below a number: what it counts where and when, who says so,
    what is told in words alone."""
    study = chart.study
    words, one = find_words(study), number.statement
    attribution, first = make_attribution(study)(one), one.first
    what = words(first.measure) if first.topic == "casualties" else ""
    whom = say_people(study, words, one, dated=False)
    people = " ".join(filter(None, [whom, what]))
    where = name_cell(study, words, first.place)
    when = say_days(words, one)
    if is_within(one):
        when = f"{words.quote(first.date_exact)} {when}"
    parts = [open_sentence(people), where, when]
    bold: Looks = {"weight": "bold", "color": look.colour["text"]}
    grey: Looks = {"color": look.colour["secondary"]}
    answered = bool(list_others(chart, number)) or number.wider is not None
    lines = [
        (", ".join(filter(None, parts)), look.label, bold),
        (_say_speaker(study, number, answered), look.date, grey),
    ]
    for other in list_others(chart, number):
        lines.append((_say_other(chart, other, one), look.date, {"color": look.colour["text"]}))
    if attribution.denied:
        lines.append((attribution.denied, look.date, {"style": "italic", **grey}))
    if number.later is not None:
        later = number.later.first
        quote = words.quote(later.number)
        said = words("later_total", day=words.day(later.date_end), quote=quote)
        lines.append((said, look.date, {"style": "italic", **grey}))
    if number.wider is not None:
        said = _say_wider(study, number.wider, one)
        lines.append((said, look.date, {"style": "italic", **grey}))
    if _has_words(chart, number):
        told = [
            words("worded", quote=words.quote(other.first.number), source=name_source(words, other))
            for other in number.worded[:OTHERS]
        ]
        more = words("elsewhere", quotes="; ".join(told))
        lines.append((more, look.date, {"style": "italic", **grey}))
    return lines


def _say_other(chart: Chart, other: Statement, one: Statement) -> str:
    """residents, in Morvast Herald: “about 20” people killed; UN: “up to 30,000” by 15 May: with
    its days where they are not those of the number that stands large."""
    study, words = chart.study, find_words(chart.study)
    narrow = chart.width == "slide"
    source = name_source(words, other) if narrow else make_attribution(study)(other).source
    said = words.quote(other.first.number)
    if other.first.measure not in FLOWS:
        whom = "" if narrow else say_people(study, words, other, dated=False)
        said = " ".join(filter(None, [said, whom, words(other.first.measure)]))
    days, own = (say_days(words, row) for row in (other, one))
    if days != own and other.first.date_start == one.first.date_start:
        said = words("by_day", what=said, day=words.day(other.first.date_end))
    elif days != own:
        said = f"{said}, {days}"
    return words("another_says", source=source, said=said)


def _say_wider(study: Study, wider: Statement, one: Statement) -> str:
    """Paraguay, by 30 Sep: “513”; with its source where another says so."""
    words, first = find_words(study), wider.first
    place = name_cell(study, words, first.place) or words("place_unsaid")
    quote = words.quote(first.number)
    said = words("wider_total", place=place, day=words.day(first.date_end), quote=quote)
    if wider.sources == one.sources:
        return open_sentence(said)
    return open_sentence(f"{said}, {name_source(words, wider)}")


def _has_words(chart: Chart, number: Number) -> bool:
    """Whether what is told in words alone stands below a number: not on a slide, nor in a column
    below the figures of others."""
    room = chart.width == "full" or chart.width == "column" and not number.others
    return bool(number.worded) and room


def list_others(chart: Chart, number: Number) -> tuple[Statement, ...]:
    """What others say that stands below a number: on a slide one figure, below a party's, for the
    bars above need the room."""
    if chart.width != "slide":
        return number.others
    return number.others[:1] if number.role == "party" else ()


def _say_speaker(study: Study, number: Number, answered: bool = False) -> str:
    """Who says so; of a party as a sentence, which says that it is one: says the government, a
    party to the war, in Asunción Star; answered: briefly on a slide, where another figure stands
    below it."""
    words, one = find_words(study), number.statement
    if answered and study.parameters["width"] == "slide":
        return name_source(words, one)
    if number.role != "party" or not one.sources:
        return make_attribution(study)(one).source
    source = words.join([add_article(name, words) for name in one.sources])
    many = say_many(words, list(one.sources))
    said = words("parties_say" if many else "party_says", source=source)
    bare = replace(one, party=False)
    told = say_source(study, words, name_texts(study, words), bare)
    return f"{said}{told.removeprefix(name_source(words, bare))}"


def leave_out_people(chart: Chart) -> None:
    """The figures of people displaced and killed that the overview does not show, by kind."""
    claims = chart.study.all_claims
    people = claims[claims["measure"].isin([*FLOWS, "killed"])]
    kinds = {
        "displaced or dead of other times or of the war": people["scope"] != "offensive",
        "displaced or dead without a number or as a share": people["unit"] != "person",
        "displaced or dead by forecast or denied": people["assertion"].isin(["expected", "denied"]),
        "smaller figures of displaced or dead": people["unit"] == "person",
    }
    chart.leave_out(people, kinds)


def _is_after(study: Study, one: Statement) -> bool:
    """Whether a total goes on after the period."""
    return study.period is not None and bool(one.first.date_end > study.period[1])


def say_number(study: Study, number: Number) -> list[str]:
    """“280,000” displaced from the Chaco, says the UN; of a whole country, where it is told without
    another place, also without it."""
    words, one = find_words(study), number.statement
    fled, whole = one.first.measure in FLOWS, one.first.place_prec == "6"
    what = words("new_displacement" if fled else "killed")
    whats = [what]
    if one.first.place:  # people are displaced from a place, but within a country
        place = name_cell(study, words, one.first.place)
        placed = words("from_place" if fled and not whole else "in_place", what=what, place=place)
        whats = [placed, what] if whole else [placed]
    if number.later is not None or _is_after(study, one):
        day = words.day(one.first.date_end)
        whats = [words("by_day", what=what, day=day) for what in whats]
    quote = words.quote(one.first.number)
    if one.sources:
        source = words.join([add_article(name, words) for name in one.sources])
        said = words("so_say" if say_many(words, one.sources) else "so_says", source=source)
    elif len(one.documents) == 1:
        said = words("so_says", source=words("one_text"))
    else:
        said = words("so_say", source=words("the_texts"))
    return [f"{quote} {what}, {said}" for what in whats]
