"""Numbers: figures set large, each with what it counts, who says so, and what else is told."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.selection import Study
from helpers.analysis.statements import Statement, merge_statements
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

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BIG = {"full": 21.0, "column": 19.0, "slide": 28.0}  # points, of the numbers
LEAST_BIG = {"full": 14.0, "column": 14.0, "slide": 24.0}
FLOWS = ("new_displacement", "forced_to_flee")
INDENT_MM, GAP_MM = 3.7, 4.0  # of the words of a number, and between two numbers
# words that mean nothing without the figure before them: "a similar number", "twice as many"
LEANING = (
    r"\b(?:similar|same|equal|comparable|equivalent)\b|\b(?:as|so) (?:many|few)\b"
    r"|\b(?:others?|rest|remainder)\b|\bmore than (?:that|this|half|double)\b"
)
SOON = pd.Timedelta(days=31)  # after a period, within which a count that goes on is of it too
RIVALS = 2  # figures of other sources that stand below a number
OTHERS = 3  # figures in words alone that stand below a number


class Number(NamedTuple):
    """A number of the overview: its statement, the role of its colour, what is told of the same in
    words alone, the last total of the same count, where it goes on long after the period, and what
    others say of the dead of the same place and days."""

    statement: Statement
    role: str
    worded: list[Statement]
    later: Statement | None = None
    others: tuple[Statement, ...] = ()


class Lines(NamedTuple):
    """A block of lines of one size."""

    block: str
    size: float
    style: Looks

    @property
    def high(self) -> float:
        """Its height in millimetres."""
        return self.size * LEADING * POINT * (self.block.count("\n") + 1)


def choose_numbers(study: Study) -> list[Number]:
    """The largest flow of people displaced, the largest figure of people killed that no party says
    and the largest that a party says, all within the period, none a part of another and none
    withdrawn by its source; of a count that goes on within SOON of the period its last total."""
    claims = study.all_claims
    period = study.period
    people = told = claims[(claims["unit"] == "person") & claims["date_start"].notna()]
    if period is not None:
        inside = (people["date_start"] >= period[0]) & (people["date_end"] <= period[1])
        people = people[inside]
    found = merge_statements(people, study.is_said_by_party)
    moved = [one for one in found if one.first.measure in FLOWS]
    dead = [one for one in found if one.first.measure == "killed"]
    own, theirs = [one for one in dead if not one.party], [one for one in dead if one.party]
    chosen = []
    for group, role in ((moved, "displacement"), (own, "casualties"), (theirs, "party")):
        whole = [one for one in group if not one.worded and not one.first.part_of]
        numbers = [one for one in whole if not one.withdrawn]
        if numbers:
            largest = max(numbers, key=lambda one: one.number)
            totals = merge_statements(told, study.is_said_by_party)
            until = None if period is None else period[1] + SOON
            latest = _find_later(totals, largest, until) or largest
            worded = [one for one in group if one.worded and _is_alike(one, latest)]
            chosen.append(Number(latest, role, worded, _find_later(totals, latest)))
    large = [number.statement for number in chosen]
    rest = [one for one in dead if one not in large]
    return [number._replace(others=_list_others(rest, number.statement)) for number in chosen]


def _list_others(dead: list[Statement], number: Statement) -> tuple[Statement, ...]:
    """What other sources than that of a number of people killed say in numbers of its place and
    days, the largest first, at most RIVALS."""
    first = number.first
    if first.measure != "killed":
        return ()
    same = ["place", "date_start", "date_end"]
    others = [
        one
        for one in dead
        if not one.worded and not one.withdrawn and not one.first.part_of
        if all(getattr(one.first, name) == getattr(first, name) for name in same)
        if not {*one.sources} & {*number.sources}
    ]
    return tuple(sorted(others, key=lambda one: -one.number)[:RIVALS])


def _is_alike(one: Statement, number: Statement) -> bool:
    """Whether words alone ("dozens") may stand below a number: of the civilians or of the fighters
    whom it counts, and without leaning on another figure."""
    counted = number.first.affected
    if number.first.measure == "killed" and counted in ("civilian", "combatant"):
        return one.first.affected == counted and not re.search(
            LEANING, one.first.number, re.IGNORECASE
        )
    return not re.search(LEANING, one.first.number, re.IGNORECASE)


def _find_later(
    told: list[Statement], one: Statement, until: pd.Timestamp | None = None
) -> Statement | None:
    """The last total, up to a day, that goes on with the count of a statement: of its measure,
    place, people, sources and first day."""
    first = one.first
    if first.date_kind != "period" or not one.sources:
        return None
    count = ["measure", "place", "affected", "affected_side", "date_start", "date_kind"]
    on = [
        other
        for other in told
        if other.sources == one.sources and not other.withdrawn and not other.worded
        if all(getattr(other.first, name) == getattr(first, name) for name in count)
        if other.first.date_end > first.date_end
        if until is None or other.first.date_end <= until
    ]
    return max(on, key=lambda other: other.first.date_end, default=None)


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
    told = [claim for other in number.worded for claim in other.claims]
    elsewhere = _has_words(chart, number)
    if elsewhere:
        ids = [claim.claim_id for claim in told]
        chart.mark_group(written[-1], f"words-{ids[0]}", ids, words[-1].block)
    if number.later is not None:
        line = written[-2] if elsewhere else written[-1]
        chart.mark_merged(line, list(number.later.claims), measure=number.later.first.measure)
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
    lines = [
        (", ".join(filter(None, parts)), look.label, bold),
        (_say_speaker(study, number, bool(list_others(chart, number))), look.date, grey),
    ]
    for other in list_others(chart, number):
        whom = words(other.first.measure)
        if chart.width != "slide":
            whom = f"{say_people(study, words, other, dated=False)} {whom}"
        quote, source = words.quote(other.first.number), name_source(words, other)
        if not other.sources and chart.width != "slide":  # the text's own voice: which text
            source = make_attribution(study)(other).source
        said = words("another_says", source=source, quote=quote, what=whom)
        lines.append((said, look.date, {"color": look.colour["text"]}))
    if attribution.denied:
        lines.append((attribution.denied, look.date, {"style": "italic", **grey}))
    if number.later is not None:
        later = number.later.first
        quote = words.quote(later.number)
        said = words("later_total", day=words.day(later.date_end), quote=quote)
        lines.append((said, look.date, {"style": "italic", **grey}))
    if _has_words(chart, number):
        told = {other.first.number.lower(): other.first.number for other in number.worded}
        quotes = [words.quote(said) for said in told.values()]
        more = words("elsewhere", quotes=", ".join(quotes[:OTHERS]))
        lines.append((more, look.date, {"style": "italic", **grey}))
    return lines


def _has_words(chart: Chart, number: Number) -> bool:
    """Whether what is told in words alone stands below a number: not on a slide, nor in a column
    below the figures of others."""
    room = chart.width == "full" or chart.width == "column" and not number.others
    return bool(number.worded) and room


def list_others(chart: Chart, number: Number) -> tuple[Statement, ...]:
    """What others say that stands below a number: on a slide one figure, below a party's."""
    if chart.width != "slide":
        return number.others
    return number.others[:1] if number.role == "party" else ()


def _say_speaker(study: Study, number: Number, answered: bool = False) -> str:
    """Who says so; of a party as a sentence, which says that it is one: says the government, a
    party to the war, in Asunción Star; answered: briefly on a slide, where another's figure stands
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
