"""Parts of a total: each figure that a text takes apart, with its parts and what is left of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers.analysis.selection import Study
from helpers.analysis.statements import Statement
from helpers.charts.captures.words import open_sentence
from helpers.charts.chart import Chart, Told, absent_chart
from helpers.charts.findings import add_article, name_cell, say_many
from helpers.charts.lists.swatches import DOTTED, THIN, TINTS, add_key, find_tint
from helpers.charts.lists.wholes import (
    Total,
    choose_totals,
    goes_on,
    list_totals,
    measure_length,
)
from helpers.charts.look.fonts import cut_lines, wrap_text
from helpers.charts.look.language import Words, find_words
from helpers.charts.look.layout import find_room, finish_chart, measure_room, start_plot
from helpers.charts.look.signs import PALE, SIGNS, WORDED, draw_end
from helpers.charts.look.theme import LEADING, POINT, Looks, find_look, mix_pale, with_theme
from helpers.charts.page.attribution import name_source, name_texts, say_people, say_source
from helpers.charts.page.grid import quote_exact, quote_number, quote_within
from helpers.corpus.places import split_values

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Grid:
    """Millimetres: how wide place and days are, the right end of the quotation, the ends of the
    bar, the left end of the words. stacked: below each other; under: the words below the bar."""

    place: float
    quote: float
    bar: tuple[float, float]
    words: float
    stacked: bool = False
    under: bool = False


GRIDS = {
    "full": Grid(47, 66, (69, 126), 130),
    "column": Grid(60, 83.5, (0, 80), 0, stacked=True),
    "slide": Grid(96, 134, (140, 228), 244),  # an arrow at the end has room before the words
}
GAP = {"full": 0.55, "column": 1.0}  # lines between totals: stacked ones need more to stand apart
UNDER = Grid(96, 134, (140, 305), 140, under=True)  # of a slide with room, as right of the bar
# the words of a part would stand beside what is left of the total
THICKEST = 3.0  # of a bar on a slide, in lines of words
WIDE = Grid(200, 318.7, (0, 300), 0, stacked=True)  # of a slide with one total
HEAD = 2.2  # lines of the name of a measure, with the room round it
LARGE = 1.6  # of the words there, beside those of others


class Setting(NamedTuple):
    """How totals are set: on which grid, how much thicker than a line of words a bar is, how large
    the words are beside those of other figures, how many lines stand below each total."""

    grid: Grid
    stretch: float
    large: float = 1.0
    gap: float = 0.55


@with_theme
def draw_parts_of_a_total(study: Study) -> Chart:
    """Totals of people and the parts that their texts give, on one scale for each measure. One mark
    is the total, a part of it, or the remainder, which is derived and dotted."""
    totals = list_totals(study)
    if not totals:
        return absent_chart(
            study,
            "parts_of_a_total",
            "no text takes a number of people apart; the column part_of says which figure is a "
            "part of which.",
        )
    kept = choose_totals(study, totals)
    chart, plot = start_plot(study, "parts_of_a_total")
    told = _tell(study, kept, len(totals) - len(kept))
    add_key(chart, kept)
    setting = _set_rows(chart, kept, measure_room(chart, *told["told"][:2]))
    top = 0.0
    for measure in dict.fromkeys(total.first.measure for total in kept):
        mine = [total for total in kept if total.first.measure == measure]
        top = _draw_measure(chart, plot, mine, top, setting)
    plot.set_ylim(top, 0)
    return finish_chart(chart, **told)


def _set_rows(chart: Chart, totals: list[Total], room: float) -> Setting:
    """How totals are set: on a slide thicker and farther apart as there is room, and one alone
    across all of it, in large letters."""
    if chart.width != "slide":
        return Setting(GRIDS[chart.width], 1.0, gap=GAP[chart.width])
    line = find_look(chart.study).label * POINT * LEADING
    sizes = [len(total.parts) + (total.rest is not None) + bool(total.others) for total in totals]
    if len(totals) == 1:
        spare = (room / line - HEAD) / LARGE - 3.6 - sizes[0]
        return Setting(WIDE, min(2 * THICKEST, max(1.0, spare)), LARGE)
    heads = len({total.first.measure for total in totals})
    high = room / line - HEAD * heads - 0.55 * len(totals)
    grid, spare = UNDER, (high - sum(2.0 + size for size in sizes)) / len(totals)
    if spare < 0:
        grid = GRIDS["slide"]
        spare = (high - sum(max(2.0, 1.0 + size) for size in sizes)) / len(totals)
    stretch = min(THICKEST, max(1.0, 1 + 0.7 * spare))
    return Setting(grid, stretch, gap=0.55 + min(1.5, max(0.0, spare - stretch + 1)))


# --- drawing -------------------------------------------------------------------------------------


def _draw_measure(
    chart: Chart, plot: Axes, totals: list[Total], top: float, setting: Setting
) -> float:
    """The totals of one measure on a scale of their own, under its name; gives the lower end."""
    grid, look, words = setting.grid, find_look(chart.study), find_words(chart.study)
    line = look.label * POINT * LEADING
    colour = look.colour[TINTS[totals[0].first.topic]]
    head: Looks = {"va": "baseline", "size": look.label, "weight": "bold", "color": colour}
    said = words(f"head_parts_{totals[0].first.measure}")
    said += f" ({words('another_scale')})" if top else ""
    plot.text(0, top + line * 0.8, said, **head)
    right = find_room(chart.study)[0]
    plot.plot([0, right], [top + line * 1.2] * 2, color=look.colour["text"], linewidth=0.6)
    longest = max(measure_length(total.first) for total in totals)
    scale = (grid.bar[1] - grid.bar[0]) / longest
    y = top + line * 1.55
    for before, total in zip([None, *totals], totals):
        y = _draw_total(chart, plot, total, y, scale, setting, goes_on(before, total))
    return y + line * 0.6


def _draw_total(
    chart: Chart,
    plot: Axes,
    total: Total,
    top: float,
    scale: float,
    setting: Setting,
    on: bool = False,
) -> float:
    """One total: place, days, who says so, its words, bar and parts; gives the lower end. on: it is
    a later total of the count above it, and no event of its own."""
    grid, stretch, look = setting.grid, setting.stretch, find_look(chart.study)
    label, date, number = (size * setting.large for size in (look.label, look.date, look.number))
    study, words = chart.study, find_words(chart.study)
    line = label * POINT * LEADING
    base, second = top + line * 0.8, top + line * 1.8
    bold: Looks = {"va": "baseline", "size": label, "weight": "bold"}
    small: Looks = {"va": "baseline", "size": date, "color": look.colour["secondary"]}
    room = (grid.quote if grid.stacked else grid.place + 2) / POINT
    if on:
        said = words("counted_on", day=words.day(total.first.date_end))
        plot.text(0, base, cut_lines(said, date, room, 1), **small)
    else:
        place = name_cell(study, words, total.first.place) or words("place_unsaid")
        place = cut_lines(open_sentence(place), label, grid.place / POINT, 1, True)
        plot.text(0, base, place, **bold)
        plot.text(0, second, _say_days(study, words, total, date, room), **small)
    quote = quote_number(words, Statement(tuple(total.claims)))
    plot.text(grid.quote, base, quote, **{**bold, "size": number, "ha": "right"})
    above = (1.15 if on else 2.15) if grid.stacked else 0.5
    middle = top + line * (above + 0.5 * stretch)
    _draw_bar(chart, plot, total, (grid.bar[0], middle, label * POINT * stretch), scale)
    below = grid.stacked or grid.under
    left, y = grid.words, top + line * (above + 0.85 + stretch if below else 0.8)
    wide = (find_room(study)[0] - left) / POINT
    lines: list[tuple[str, str, list[Any] | None]] = [
        (said, role, None) for said, role in _list_words(study, words, total)
    ]
    lines += [(_say_part(study, words, total, part), "text", part) for part in total.others]
    for words_of, role, other in lines:
        if other is not None:  # its bar below that of the total, whose source does not say so
            y = max(y, top + line * (above + stretch + 0.85))
            row = (grid.bar[0], y - 0.28 * label * POINT, THIN * label * POINT)
            _draw_part(chart, plot, other, row, scale)
            y += line if below else 0.0
        for shown in cut_lines(words_of, date, wide, 2).split("\n"):
            plot.text(left, y, shown, va="baseline", size=date, color=look.colour[role])
            y += line
    return max(y - line * 0.8, top + line * (1 + stretch)) + line * setting.gap


def _say_days(study: Study, words: Words, total: Total, size: float, room: float) -> str:
    """1–30 Nov · Red Cross, in River Plate Wire; without the paper where there is no room."""
    first = total.first
    days = words("undated")
    if pd.notna(first.date_start):
        days = words.period(first.date_start, first.date_end)
    party = all(study.is_said_by_party(claim) for claim in total.claims)
    one = Statement(tuple(total.claims), party)
    said = f"{days} · {say_source(study, words, name_texts(study, words), one)}"
    if wrap_text(said, size, room).count("\n"):
        said = f"{days} · {name_source(words, one)}"
    return cut_lines(said, size, room, 1)


def _draw_bar(
    chart: Chart, plot: Axes, total: Total, row: tuple[float, float, float], scale: float
) -> None:
    """The total as an outline, in it its parts, and the remainder dotted; `row`: its left end,
    middle and height."""
    from matplotlib.patches import Rectangle

    x, middle, high = row
    colour = find_tint(chart.study, total.claims)
    y = middle - high / 2
    rim: Looks = {"edgecolor": colour, "linewidth": 0.6}
    wide = measure_length(total.first) * scale
    outline = Rectangle((x, y), wide, high, facecolor=mix_pale(colour, 0.25), **rim)
    chart.mark_merged(plot.add_patch(outline), total.claims, best=total.first.best)
    draw_end(plot, total.first, (x + wide, middle), 0.8 * high, colour)
    for number, part in enumerate(total.own):
        x = _draw_part(chart, plot, part, (x, middle, high), scale, number % 2 == 1)
    if total.rest is not None:
        dotted: Looks = {"facecolor": "white", "edgecolor": colour, "linestyle": DOTTED}
        wide = total.rest.best * scale
        left = Rectangle((x, y), wide, high, zorder=3, linewidth=0.9, **dotted)
        chart.mark_derived(plot.add_patch(left), total.rest, best=total.rest.best)


def _draw_part(
    chart: Chart,
    plot: Axes,
    part: list[Any],
    row: tuple[float, float, float],
    scale: float,
    second: bool = False,
) -> float:
    """A part as a bar; `row`: its left end, middle and height; gives its right end. second: lighter
    than the one before it."""
    from matplotlib.patches import Rectangle

    x, middle, high = row
    wide, own = measure_length(part[0]) * scale, find_tint(chart.study, part)
    face = mix_pale(own, 0.65 if second else 1.0)
    sign = SIGNS[WORDED[part[0].quantifier]]
    if sign.fill == "pale":  # about, nearly, at most
        face = mix_pale(own, PALE)
    looks: Looks = {"facecolor": face, "edgecolor": own, "linewidth": 0.6, "zorder": 3}
    bar = Rectangle((x, middle - high / 2), wide, high, **looks)
    chart.mark_merged(plot.add_patch(bar), part, best=part[0].best)
    if sign.end == "stop":
        draw_end(plot, part[0], (x + wide, middle), 0.8 * high, own)
    return x + wide


# --- words ---------------------------------------------------------------------------------------


def _list_words(study: Study, words: Words, total: Total) -> list[tuple[str, str]]:
    """(words, role) of whom the total counts where that is not everybody, of each part of its own
    source and of the remainder."""
    lines = [(_say_part(study, words, total, part), "text") for part in total.own]
    if whom := _say_whom(study, words, total):  # of a part that another gives it is no word
        speaker = _name_speaker(words, total.first) if total.others else ""
        lines.insert(0, (f"{words('whom_in_all', whom=whom)}{speaker}", "text"))
    if total.rest is not None:
        rest = words.number(total.rest.best)
        lines.append((words("the_others", n=rest, formula=total.rest.formula), "secondary"))
    return lines


def _say_whom(study: Study, words: Words, total: Total) -> str:
    """“97” fighters; “Thirty bandits”, in the words of the party that says so; "" of people."""
    first = total.first
    if first.topic != "casualties" or first.part_of:
        return ""
    party = all(study.is_said_by_party(claim) for claim in total.claims)
    one = Statement(tuple(total.claims), party)
    whom = say_people(study, words, one, dated=False).removesuffix(f" {words(first.measure)}")
    if whom == words("people"):
        return ""
    phrase = f"{first.number} {whom.strip('“”')}"
    if phrase in " ".join(first.exact.split()) and one.reviewed:
        return words.quote(phrase)
    return f"{quote_number(words, one)} {whom}"


def _say_part(study: Study, words: Words, total: Total, part: list[Any]) -> str:
    """“16” civilians; “Nearly 6,000”, Pozo Colorado; of a part that has neither people nor a place
    of its own the words of its text, which say what it is a part by."""
    first, one = part[0], Statement(tuple(part))
    own = first.source_original == total.first.source_original
    place = name_cell(study, words, first.place)
    speaker = "" if own else _name_speaker(words, first)
    if first.affected in ("civilian", "combatant"):
        return f"{quote_number(words, one)} {words(first.affected)}{speaker}"
    if place and first.place != total.first.place:
        return f"{quote_number(words, one)}, {place}{speaker}"
    said = quote_exact(words, first.exact)
    named = first.source_original and first.source_original in first.exact
    speaker = "" if named else speaker
    return f"{said}{speaker}" if one.reviewed else f"{said} {words('not_checked')}{speaker}"


def _name_speaker(words: Words, claim) -> str:
    """“, says the bishop”, beside a part that is not from the source of its total, or its total."""
    sources = split_values(claim.source_original)
    if not sources:
        return f", {words('no_source')}"
    name = words.join([add_article(source, words) for source in sources]).replace("'", "’")
    return f", {words('so_say' if say_many(words, sources) else 'so_says', source=name)}"


def _tell(study: Study, totals: list[Total], dropped: int) -> dict[str, Any]:
    words = find_words(study)
    first = max(
        (total for total in totals if total.first.measure == totals[0].first.measure),
        key=lambda total: (not total.others, measure_length(total.first)),
    )
    place = name_cell(study, words, first.first.place)
    part = _say_part(study, words, first, [*first.own, *first.others][0])
    among = "parts_title" if first.own else "parts_title_other"
    said = words(first.first.measure)
    number = quote_within(words, Statement(tuple(first.claims)))
    speaker = _say_speaker(study, words, first)
    named = {"n": number, "said": said, "part": part, "speaker": speaker}
    title = []
    for year in (True, False) if pd.notna(first.first.date_start) else ():
        days = words.period(first.first.date_start, first.first.date_end, year)
        head = f"{place}, {days}" if place else days
        title.append(open_sentence(words(among, place=head, **named)))
        if not year and first.own:
            title.append(open_sentence(words("parts_title_brief", place=head, **named)))
    name = among if place else f"{among}_plain"
    title.append(open_sentence(words(name, place=place, **named)))
    title.append(words("parts_plain", n=words.count("totals", len(totals))))
    derived = any(total.rest is not None for total in totals)
    note = (words("note_rest"),) if derived else ()
    refused = [said for total in totals if (said := _say_other_days(study, words, total))]
    if said_of_title := _say_other_days(study, words, first):
        note = (said_of_title, *note)
    if dropped:
        note = (*note, words.count("more_totals", dropped))
    alt = words.count("alt_parts", len(totals), title=title[0])
    alt += f" {words('alt_parts_rest' if derived else 'alt_parts_none')}"
    reading = words("reading_parts")
    subtitle = [f"{said}{_say_years(totals)}" for said in _head_totals(words, totals)]
    told = {"told": Told(title, subtitle, alt, reading), "note": note}
    return {**told, "refused": refused}


def _head_totals(words: Words, totals: list[Total]) -> list[str]:
    """Totals of people and the parts that the same texts give, of one a total and its part; then in
    fewer words."""
    if len(totals) > 1:
        return [words("subtitle_parts"), words("subtitle_parts_short")]
    many = len(totals[0].parts)
    return [words.count(name, many) for name in ("subtitle_total", "subtitle_total_short")]


def _say_years(totals: list[Total]) -> str:
    """“, 2024”, after a comma: a short title has days without their year; "" of several years."""
    days = [total.first.date_end for total in totals if pd.notna(total.first.date_end)]
    years = {day.year for day in days}
    return f", {years.pop()}" if len(years) == 1 else ""


def _say_other_days(study: Study, words: Words, total: Total) -> str:
    """That a total counts days beyond those of the offensive; "" where it does not, or where nobody
    has said which days these are."""
    first = total.first
    if study.period is None or "offensive" not in study.settings or pd.isna(first.date_start):
        return ""
    if first.date_start >= study.period[0] and first.date_end <= study.period[1]:
        return ""
    days = words.period(first.date_start, first.date_end)
    return words("note_other_days", n=words.quote(first.number), days=days)


def _say_speaker(study: Study, words: Words, total: Total) -> str:
    """“, says the government”: a party's figure is never told in a title without it; “, one text
    says”, where no source is named."""
    sources = split_values(total.first.source_original)
    if not sources:
        texts = len({claim.doc_id for claim in total.claims})
        if texts == 1:
            return ", " + words("says", source=words("one_text"))
        return ", " + words("say", source=words("texts_many", n=words.spell(texts)))
    name = words.join([add_article(source, words) for source in sources])
    return ", " + words("says" if len(sources) == 1 else "say", source=name)
