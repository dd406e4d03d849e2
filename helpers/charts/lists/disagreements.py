"""Disagreements: questions that the texts answer differently. Who says what, who stands against
whom on those that are disputed, and what differs on the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.analysis.disagreements import list_disagreements
from helpers.analysis.questions import BY_RULE
from helpers.analysis.selection import Study
from helpers.charts.captures.words import open_sentence
from helpers.charts.chart import Chart, Told, absent_chart
from helpers.charts.findings import say_country
from helpers.charts.lists.answers import say_answer, say_aside, say_who
from helpers.charts.lists.questions import (
    KINDS,
    choose_readings,
    count_questions,
    find_corrections,
    find_speakers,
    rank_questions,
    settle_causes,
    word_difference,
    word_question,
    word_sides,
)
from helpers.charts.look.fonts import cut_lines, wrap_text
from helpers.charts.look.language import Words, find_words
from helpers.charts.look.layout import find_room, finish_chart, measure_room, start_plot
from helpers.charts.look.theme import LEADING, POINT, Looks, find_look, with_theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP = 0.55  # of a line, above and below a rule
APART = 0.3  # of a line, between two answers
ASCENT = 0.85  # of the size of a label: how far its line's top lies above the letters' feet


@dataclass(frozen=True)
class Columns:
    """Left ends and widths of the columns in millimetres; stacked: the question above its answers,
    the reason below them."""

    question: tuple[float, float]
    says: tuple[float, float]
    who: tuple[float, float]
    why: tuple[float, float]
    stacked: bool = False


COLUMNS = {
    "full": Columns((0, 47), (51, 53), (107, 36), (146, 26.5)),
    "column": Columns((0, 83.5), (0, 48), (50, 33.5), (0, 83.5), stacked=True),
    "slide": Columns((0, 88), (96, 100), (202, 64), (272, 42)),
}


@dataclass
class Answer:
    """A reading as it is written: the row of disagreements, lines of its words and of who says
    it."""

    reading: Any
    says: str
    who: str

    @property
    def lines(self) -> int:
        return 1 + max(self.says.count("\n"), self.who.count("\n"))


@dataclass
class Question:
    """A question as it is written: its id, lines, answers, who stands against whom or what differs;
    answers stand APART."""

    key: str
    topic: str
    asked: str
    why: str
    disputed: bool
    answers: list[Answer] = field(default_factory=list)

    def count_lines(self, stacked: bool) -> float:
        """Of text, from rule to rule."""
        said = sum(one.lines for one in self.answers) + APART * (len(self.answers) - 1)
        sides: list[float] = [self.asked.count("\n") + 1, said]
        sides.append(self.why.count("\n") + 1)
        return sum(sides) + 2 * APART if stacked else max(sides)


@with_theme
def draw_disagreements(study: Study) -> Chart:
    """Questions that the texts answer differently, at most MOST_QUESTIONS: those that are disputed,
    and under a head of their own others. One mark is one reading, with the claims that share its
    words."""
    readings = settle_causes(list_disagreements(study))
    ranked = rank_questions(study, readings)
    if not ranked:
        return absent_chart(
            study,
            "disagreements",
            "no two texts or sources give other numbers or days for one thing, and "
            "disagreements.csv holds no such question in this selection.",
        )
    chart, plot = start_plot(study, "disagreements")
    top = _write_heads(chart, plot, ranked[0][1]["disputed"].iloc[0])
    room = measure_room(chart, _find_titles(study, readings), "") - top
    mixed = readings["found"].nunique() > 1  # else the caption says once who found them
    questions = _choose_questions(chart, ranked, room, mixed)
    air = _find_air(chart, questions, room)
    for before, question in zip([None, *questions], questions):
        if before is not None and before.disputed and not question.disputed:
            others = sum(not one.disputed for one in questions)
            top = _write_others(chart, plot, top, others < count_questions(readings)[1])
        elif before is not None:
            _rule(chart, plot, top)
        _write_question(chart, plot, question, top + air)
        top += _measure(chart, question) + 2 * air
    plot.set_ylim(top, 0)
    return finish_chart(chart, **_tell(study, readings, [one.key for one in questions]))


def _find_air(chart: Chart, questions: list[Question], room: float) -> float:
    """The millimetres above and below a question that a slide has to spare."""
    if chart.width != "slide":
        return 0.0
    spare = room - sum(_measure(chart, question) for question in questions)
    if len({question.disputed for question in questions}) > 1:
        spare -= _measure_others(chart)
    most = find_look(chart.study).label * POINT * LEADING
    return min(most, max(0.0, spare / len(questions) / 2))


# --- which ---------------------------------------------------------------------------------------


def _choose_questions(
    chart: Chart, ranked: list[tuple[str, pd.DataFrame]], room: float, mixed: bool
) -> list[Question]:
    """The questions that fit into `room` millimetres, disputed ones first, each in the order of
    KINDS; others only where all of these have room."""
    chosen: list[tuple[tuple[bool, int], Question]] = []
    mine = sum(rows["disputed"].iloc[0] for _, rows in ranked)
    for kind, rows in ranked:
        question = _lay_question(chart.study, rows, mixed)
        high = _measure(chart, question)
        if not question.disputed and len(chosen) < mine:
            break  # a disputed one had no room
        if mine and not question.disputed and len(chosen) == mine:
            high += _measure_others(chart)
        if chosen and high > room:
            continue  # a shorter one may have room
        room -= high
        chosen.append(((not question.disputed, KINDS.index(kind)), question))
    return [question for _, question in sorted(chosen, key=lambda one: one[0])]


# --- how -----------------------------------------------------------------------------------------


def _lay_question(study: Study, rows: pd.DataFrame, mixed: bool) -> Question:
    """A question broken into lines of the columns; `mixed`: whether it says that a rule found
    it."""
    look, words = find_look(study), find_words(study)
    columns = COLUMNS[study.parameters["width"]]
    first = rows.iloc[0]
    asked = word_question(study, words, rows)
    asked = cut_lines(asked, look.label, columns.question[1] / POINT, 4, True)
    chosen = choose_readings(study, rows)
    disputed = bool(first["disputed"])
    why = word_sides(study, words, chosen) if disputed else word_difference(study, words, rows)
    if mixed and first["found"] == BY_RULE:
        why = f"{why} ({words('by_rule')})"
    named = words("differs_prefix", why=why) if columns.stacked and not disputed else why
    why = open_sentence(named)
    lines = cut_lines(why, look.date, columns.why[1] / POINT, 4)
    question = Question(first["question_id"], first["topic"], asked, lines, disputed)
    corrected = find_corrections(study, chosen)
    for reading in chosen:
        aside = say_aside(study, words, reading, rows, corrected)
        said = f"{say_answer(words, reading)}{aside}"
        if any(study.by_claim[claim].review == "proposed" for claim in reading.claims):
            said = f"{said} {words('not_checked')}"
        says = cut_lines(said, look.label, columns.says[1] / POINT, 2)
        room = columns.who[1] / POINT
        who, *shorter = say_who(study, words, reading)
        long = "\n" in wrap_text(who, look.date, room)
        if shorter and long and study.parameters["width"] == "slide":
            who = shorter[0]
        question.answers.append(Answer(reading, says, cut_lines(who, look.date, room, 2)))
    return question


def _measure(chart: Chart, question: Question) -> float:
    stacked = COLUMNS[chart.width].stacked
    line = find_look(chart.study).label * POINT * LEADING
    return (question.count_lines(stacked) + 2 * GAP) * line


def _write_heads(chart: Chart, plot: Axes, disputed: bool) -> float:
    """The heads of the columns and the rule below them; gives its height. Stacked there are none.
    disputed: whether the first question is."""
    columns, look, words = COLUMNS[chart.width], find_look(chart.study), find_words(chart.study)
    if columns.stacked:
        return 0.0
    for name in ("question", "says", "who", "why"):
        left = getattr(columns, name)[0]
        grey = look.colour["secondary"]
        head: Looks = {"size": look.date, "color": grey, "weight": "bold"}
        if name == "why":
            name = "against" if disputed else "differs"
        _write(chart, plot, (left, 0), words(f"column_{name}"), **head)
    below = look.label * POINT * LEADING * 1.2
    _rule(chart, plot, below, "text")
    return below


def _write_others(chart: Chart, plot: Axes, top: float, some: bool) -> float:
    """The heads of the questions that are not disputed, between two rules; gives their lower end.
    some: whether not all of them are shown, so that it says which, where it has room."""
    look, words = find_look(chart.study), find_words(chart.study)
    _rule(chart, plot, top, "text")
    head: Looks = {"size": look.date, "color": look.colour["secondary"], "weight": "bold"}
    y, columns = top + GAP * look.label * POINT * LEADING, COLUMNS[chart.width]
    name = "head_others_some" if some and not columns.stacked else "head_others"
    _write(chart, plot, (0, y), words(name), **head)
    if not columns.stacked:
        _write(chart, plot, (columns.why[0], y), words("column_differs"), **head)
    low = top + _measure_others(chart)
    _rule(chart, plot, low)
    return low


def _measure_others(chart: Chart) -> float:
    return (1 + 2 * GAP) * find_look(chart.study).label * POINT * LEADING


def _rule(chart: Chart, plot: Axes, y: float, role: str = "rule") -> None:
    colour = find_look(chart.study).colour[role]
    plot.plot([0, find_room(chart.study)[0]], [y, y], color=colour, linewidth=0.6)


def _write(
    chart: Chart, plot: Axes, corner: tuple[float, float], words: str, size: float, **looks: Any
):
    """Lines of words from `corner` (left, top of a line of labels) on; whatever their size, their
    first lines stand on one line. Gives the artist."""
    first = corner[1] + find_look(chart.study).label * POINT * ASCENT
    last = first + words.count("\n") * size * POINT * LEADING  # which matplotlib sets them by
    spaced: Looks = {"va": "baseline", "linespacing": find_look(chart.study).spacing, "size": size}
    return plot.text(corner[0], last, words, **spaced, **looks)


def _write_question(chart: Chart, plot: Axes, question: Question, top: float) -> None:
    """A question from `top` on: itself, its answers, and why they differ."""
    columns, look = COLUMNS[chart.width], find_look(chart.study)
    line = look.label * POINT * LEADING
    y = top + GAP * line
    bold: Looks = {"size": look.label, "weight": "bold"}
    _write(chart, plot, (columns.question[0], y), question.asked, **bold)
    if columns.stacked:
        y += (question.asked.count("\n") + 1 + APART) * line
    for answer in question.answers:
        corner = columns.says[0], y
        said = _write(chart, plot, corner, answer.says, size=look.label)
        _mark(chart, said, answer.reading)
        _aim(chart, plot, (y, answer.lines * line))
        grey = look.colour["secondary"]
        _write(chart, plot, (columns.who[0], y), answer.who, size=look.date, color=grey)
        y += (answer.lines + APART) * line
    if not columns.stacked:
        y = top + GAP * line
    quiet: Looks = {"color": look.colour["secondary"]} if columns.stacked else {}
    _write(chart, plot, (columns.why[0], y), question.why, size=look.date, **quiet)


def _mark(chart: Chart, artist, reading) -> None:
    if reading.found == BY_RULE:
        said = f"{reading.question} {reading.reading}"
        chart.mark_group(artist, reading.mark, reading.claims, said, question=reading.question)
    else:
        chart.mark_reading(artist, reading, reading.claims)


def _aim(chart: Chart, plot: Axes, rows: tuple[float, float]) -> None:
    """The row of an answer as one target: words and who says them."""
    from matplotlib.patches import Rectangle

    columns = COLUMNS[chart.width]
    wide = columns.who[0] + columns.who[1] - columns.says[0]
    looks: Looks = {"facecolor": "none", "edgecolor": "none"}
    chart.aim(plot.add_patch(Rectangle((columns.says[0], rows[0]), wide, rows[1], **looks)))


# --- words ---------------------------------------------------------------------------------------


def _find_titles(study: Study, readings: pd.DataFrame) -> list[str]:
    """On how many questions sources contradict each other, and on how many more the texts only
    differ; then a shorter title."""
    words = find_words(study)
    disputed, rest = count_questions(readings)
    if not disputed:
        return [words.count("differ_none", rest, spelled=words.spell(rest))]
    more = words.count("differ_rest", rest, spelled=words.spell(rest)) if rest else ""
    asked = words.count("asked", disputed, spelled=words.spell(disputed))
    title = words(f"differ_{find_speakers(study, readings)}", asked=asked)
    short = words.count("differ_short", disputed, asked=asked)
    return [f"{title}{more}", open_sentence(f"{short}{more}"), open_sentence(short)]


def _say_shown(words: Words, readings: pd.DataFrame, drawn: list[str]) -> str:
    """How many of the questions that the title counts are drawn: these four, and two of the other
    26."""
    disputed, rest = count_questions(readings)
    asked = readings.drop_duplicates("question_id").set_index("question_id")["disputed"]
    mine = int(asked[drawn].sum())
    others, all_mine = len(drawn) - mine, disputed or rest
    shown = mine if disputed else others
    said = words.count("shown_all", all_mine, all=words.spell(all_mine))
    if shown < all_mine:
        said = words("shown_some", n=words.spell(shown), all=words.spell(all_mine))
    if disputed and others:
        said = words.count(
            "shown_others", others, shown=said, some=words.spell(others), rest=words.spell(rest)
        )
    return open_sentence(said)


def _tell(study: Study, readings: pd.DataFrame, drawn: list[str]) -> dict[str, Any]:
    """The words round the table; `drawn`: ids of the questions that it shows."""
    words = find_words(study)
    asked = int(readings["question_id"].nunique())
    title = _find_titles(study, readings)
    left = asked - len(drawn)
    shown = [_say_shown(words, readings, drawn)] if left else []
    where, quoted = _say_where_and_when(study, readings, drawn), words("quoted_differ")
    whole = study.parameters["width"] == "full"  # else the note has more room
    said = [*filter(None, [where or words("subtitle_differ"), *shown]), *[quoted][:whole]]
    note = [] if whole else [f"{quoted}."]
    if left:
        note.append(words.count("note_differ", left))
    by_rule = int(readings[readings["found"] == BY_RULE]["question_id"].nunique())
    alt = words.count("alt_differ", len(drawn), title=title[0])
    alt += f" {words.count('alt_by_rule', asked, rule=by_rule)}"
    reading = words("reading_differ")
    if by_rule == asked:  # in the caption: in a picture it could not be printed
        reading = f"{words('note_by_rule')} {reading}"
    told = Told(title, ". ".join(said), alt, reading)
    return {"told": told, "note": (*note, words("note_right"))}


def _say_where_and_when(study: Study, readings: pd.DataFrame, drawn: list[str]) -> str:
    """In Syria, 27 Nov to 8 Dec 2024: the country, and the days of the offensive, where nobody
    settled them those of its figures and captures that are shown; "" of neither."""
    words = find_words(study)
    asked = readings[readings["question_id"].isin(drawn)]
    claims = study.all_claims[study.all_claims["claim_id"].isin(asked["claims"].explode())]
    claims = claims[(claims["scope"] == "offensive") & claims["date_start"].notna()]
    days = study.period if study.settings.get("offensive") else None
    if days is None and len(claims):
        days = claims["date_start"].min(), claims["date_end"].max()
    said = "" if days is None else words.period(*days, True)
    parts = [say_country(study, words).strip(" ()"), said]
    return open_sentence(", ".join(filter(None, parts)))
