"""Sources: who is behind each finding, and where the texts read differently."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.analysis.disagreements import find_claims_of, load_disagreements
from helpers.analysis.findings import list_findings
from helpers.analysis.selection import Study
from helpers.charts.chart import WIDTHS_MM, Chart, Told, absent_chart
from helpers.charts.fonts import wrap_text
from helpers.charts.layout import finish_chart, start_chart
from helpers.charts.marks import add_document_legend, draw_dot, is_unreviewed, write_beside
from helpers.charts.panels import NO_BREAK, hold_parts, name_group
from helpers.charts.theme import FAINT, GREY, INK, MM, SMALL, Looks, style_documents, themed
from helpers.schema.formatting import count

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TOPICS = {
    "displacement": "Displacement",
    "casualties": "Casualties",
    "pace": "Pace",
    "other": "Beside them",
}
FINDING_MOST = {"full": 88, "column": 34, "slide": 72}  # letters in a line of a finding
QUESTION_COLUMNS = {"full": 3, "column": 1, "slide": 6}
QUESTION_SIZE = SMALL + 0.3  # points
LINE_MM = 7.7 / 72 / MM  # from line to line
SLIDE_MM = 108  # of lines that a slide has room for
APART = 0.7  # lines between two questions


@themed()
def draw_source_coverage(study: Study) -> Chart:
    """Findings by original source. One mark is one source behind one finding, with the claims it is
    behind, or one that denies it (a cross); a source the text does not name is the text itself."""
    name = "source_coverage"
    findings = list_findings(study.all_claims, study.places)
    if findings.empty:
        return absent_chart(study, name, "no figure and no capture lies within the selection.")
    named, own = _order_sources(findings)
    columns = {source: number for number, source in enumerate([*named, *own])}
    most = FINDING_MOST[study.parameters["width"]]
    labels = [_wrap_finding(words, most) for words in findings["finding"]]
    findings = findings.assign(label=labels)
    panels = [findings]
    if study.parameters["width"] == "slide":
        pace = findings["topic"] == "pace"
        panels = [part for part in (findings[~pace], findings[pace]) if len(part)]
    high = 3.7 * -_place_rows(findings)["y"].min() + 31
    chart, axes = start_chart(study, name, high, ncols=len(panels))
    for axis, part in zip(axes, panels):
        _draw_behind(chart, axis, part, columns, len(named) if own else 0)
    chart.leave_out(study.all_claims, name_no_findings(study.all_claims))
    return finish_chart(chart, *_tell_coverage(findings, len(columns)))


def _order_sources(findings: pd.DataFrame) -> tuple[list[str], list[str]]:
    """(the sources that the texts name, those behind most findings first; the texts that say it
    themselves)."""
    cells = pd.concat([findings["sources"], findings["denied"]])
    behind = pd.Series([source for cell in cells for source in cell]).value_counts()
    own = sorted(source for source in behind.index if source.startswith("text "))
    return [source for source in behind.index if source not in own], own


def _tell_coverage(findings: pd.DataFrame, sources: int) -> Told:
    single = findings[findings["falls_without"] != ""]
    anonymous = [
        cell
        for cell in findings["sources"]
        if cell and all(source.startswith("text ") for source in cell)
    ]
    counted, rest = count(len(findings), "finding"), "rests" if len(findings) == 1 else "rest"
    title = (
        f"{len(single)} of {counted} {rest} on one text; for {len(anonymous)} no text names a "
        "source"
    )
    subtitle = (
        "Findings by the source that is named for them. Left of the line: sources the texts name; "
        "right of it: texts that say it themselves. A number counts the texts that relay a source, "
        "where they are several; a cross is a denial."
    )
    alt = f"Matrix of {counted} by {count(sources, 'source')}. {title}."
    reading = "Texts that relay one source count as one; a text that names none stands for itself."
    top = single["falls_without"].value_counts()
    if len(top) > 1:
        gone = f"{top.iloc[0]} of {len(findings)} findings would be gone"
        reading = f"Without text {top.index[0]}, {gone}. {reading}"
    return Told(title, subtitle, alt, reading)


def name_no_findings(claims: pd.DataFrame) -> dict[str, pd.Series]:
    """What claims that are no findings of their own are called (Chart.leave_out): words → rows."""
    measure = claims["measure"]
    return {
        "plans, demands, rumours and forecasts": claims["assertion"] == "expected",
        "durations and distances": measure.isin(["duration", "distance"]),
        "figures without a number": claims["quantifier"] == "vague",
        "denials of no finding": claims["assertion"] == "denied",
        "captures of ground without a place of its own": measure == "captured",
        "arrivals, entries and withdrawals": measure.isin(["reached", "entered", "withdrawn"]),
        "beginnings of attacks and counter-attacks": measure.isin(
            ["offensive_start", "counter_offensive"]
        ),
        "what is held, without a figure": measure.isin(["control_share", "control_change"]),
        "displacements, deaths and detentions without a figure": claims["topic"] != "pace",
    }


def _wrap_finding(words: str, widest: int) -> str:
    """The words of a finding in lines of at most so many letters, broken between its parts where
    they are short."""
    parts = (words[0].upper() + words[1:]).split(" · ")
    whole = hold_parts(parts, widest // 2 - 1)
    return "\n".join(textwrap.wrap(whole, widest, break_on_hyphens=False)).replace(NO_BREAK, " ")


def _place_rows(findings: pd.DataFrame) -> pd.DataFrame:
    """Heights for one row a finding (`y`, counting down) and for the heading of its topic
    (`heading_y`); a label of several lines has more room."""
    y, heights, headings, last = 1.0, [], [], None
    for row in findings.itertuples():
        if row.topic != last:
            heading, last = y, row.topic
            y -= 1
        more = 0.65 * row.label.count("\n")
        heights.append(y - more / 2)
        headings.append(heading)
        y -= 1 + more
    return findings.assign(y=heights, heading_y=headings)


def _draw_behind(
    chart: Chart, axis: Axes, findings: pd.DataFrame, columns: dict[str, int], named: int
) -> None:
    """A panel of findings (rows, grouped by topic) by source (columns; the first `named` are left
    of the line)."""
    rows = _place_rows(findings)
    for row in rows.itertuples():
        axis.axhline(row.y, color=FAINT, linewidth=0.5, zorder=0)
        for source, ids in row.sources.items():
            _draw_source(chart, axis, row, source, ids, (columns[source], row.y))
        for source, ids in row.denied.items():
            _draw_denial(chart, axis, row, source, ids, (columns[source], row.y))
    axis.set_yticks(rows["y"], rows["label"], size=SMALL, linespacing=1.05)
    for topic, y in rows.groupby("topic", sort=False)["heading_y"].first().items():
        name_group(axis, TOPICS[topic], y)
    turned: Looks = {"rotation": 55, "rotation_mode": "anchor", "ha": "left"}
    axis.set_xticks(list(columns.values()), list(columns), size=SMALL, **turned)
    axis.xaxis.tick_top()
    if named:
        axis.axvline(named - 0.5, color=GREY, linewidth=0.6)
    axis.set_xlim(-0.7, len(columns) - 0.3)
    axis.set_ylim(rows["y"].min() - 1, 1.5)
    axis.tick_params(length=0)
    axis.spines[["left", "bottom", "top"]].set_visible(False)


def _draw_source(
    chart: Chart, axis: Axes, row, source: str, ids: list[str], at: tuple[float, float]
) -> None:
    """A source behind a finding, with the number of texts that relay it."""
    style = (INK, "o")
    if source.startswith("text "):
        style = style_documents(chart.study.documents)[source.removeprefix("text ")]
    dot = draw_dot(axis, [at[0]], [at[1]], style, is_unreviewed(chart, ids), zorder=3)
    key, said = f"finding-{row.Index + 1}-{source.replace(' ', '-')}", f"{row.finding} · {source}"
    chart.mark_group(dot, key, ids, said, x=source, y=float(at[1]), finding=row.finding)
    texts = {chart.study.by_claim[claim].doc_id for claim in ids}
    if len(texts) > 1:
        write_beside(axis, f"{len(texts)}", at, (4, 0), color=GREY)


def _draw_denial(
    chart: Chart, axis: Axes, row, source: str, ids: list[str], at: tuple[float, float]
) -> None:
    """A source that denies a finding, as a cross."""
    cross = draw_dot(axis, [at[0]], [at[1]], (INK, "x"), zorder=3)
    key = f"denial-{row.Index + 1}-{source.replace(' ', '-')}"
    said = f"{row.finding} · denied by {source}"
    chart.mark_group(cross, key, ids, said, x=source, y=float(at[1]), finding=row.finding)


@dataclass
class Question:
    """The lines that a question takes: its words, a line or two for each reading (a row of
    disagreements), and the explanation."""

    words: list[str]
    readings: list[tuple[Any, list[str]]]
    explanation: str

    @property
    def lines(self) -> float:
        """How many, with the space to the next question."""
        return len(self.words) + sum(len(words) for _, words in self.readings) + 1 + APART


@themed()
def draw_disagreements(study: Study) -> Chart:
    """Where the texts read one question differently, drawn side by side with what explains each.
    One mark is one reading: document, quote, and the claims that share its words."""
    name = "disagreements"
    readings = _select_readings(study)
    if readings.empty:
        return absent_chart(
            study, name, "disagreements.csv holds no question with two readings in this selection."
        )
    size = study.parameters["width"]
    panels = QUESTION_COLUMNS[size]
    width = (WIDTHS_MM[size] * MM * 72 - 16) / panels - 10
    questions = [
        _lay_question(list(rows.itertuples()), width)
        for _, rows in readings.groupby("question_id", sort=False)
    ]
    columns = _split_columns(questions, panels)
    lines = round(max(sum(question.lines for question in column) for column in columns), 2)
    if size == "slide" and lines * LINE_MM > SLIDE_MM:
        return absent_chart(
            study,
            name,
            f"{len(questions)} questions do not fit a slide; take the full width, or fewer "
            "questions (topics).",
        )
    chart, axes = start_chart(study, name, lines * LINE_MM, ncols=len(columns))
    for axis, column in zip(axes, columns):
        axis.set_axis_off()
        axis.set_xlim(-1.5, width)
        axis.set_ylim(-lines, 0)
        _draw_column(chart, axis, column)
    add_document_legend(chart, readings["doc_id"])
    return finish_chart(chart, *_tell_disagreements(readings))


def _select_readings(study: Study) -> pd.DataFrame:
    """The readings of the topics and texts selected. One text's readings of a question that others
    answer too may agree, and then stay out; those of a question that it alone answers stay."""
    readings = load_disagreements(study.folder, study.documents)
    chosen = study.parameters["documents"] or list(study.documents["doc_id"])
    if study.parameters["topics"]:
        readings = readings[readings["topic"].isin(study.parameters["topics"])]
    texts_of = readings.groupby("question_id")["doc_id"].nunique()
    readings = readings[readings["doc_id"].isin(chosen)]
    left = readings.groupby("question_id")["doc_id"].transform("nunique")
    return readings[(left > 1) | (readings["question_id"].map(texts_of) == 1)]


def _tell_disagreements(readings: pd.DataFrame) -> Told:
    causes = readings.drop_duplicates("question_id")["explanation"].value_counts()
    texts = readings.groupby("question_id")["doc_id"].nunique()
    asked = count(len(texts), "question")
    why = ", ".join(f"{cause} {number}" for cause, number in causes.items())
    title = f"{asked} answered differently; why: {why}"
    subtitle = (
        "Readings of one question, by text; in italics what explains the difference. "
        f"{int((texts == 1).sum())} of the questions are answered in more than one way by one text "
        "alone."
    )
    alt = f"List of {asked} with {count(len(readings), 'reading')}. {title}."
    reading = (
        f"None of the readings is called right here; {causes.get('open', 0)} of the differences "
        "stay open. Who cites one reading should know the others."
    )
    return Told(title, subtitle, alt, reading)


def _lay_question(rows: list, width: float) -> Question:
    words = wrap_text(rows[0].question, QUESTION_SIZE, width, True).split("\n")
    readings = [(row, wrap_text(row.reading, SMALL, width - 13).split("\n")) for row in rows]
    return Question(words, readings, rows[0].explanation)


def _split_columns(questions: list[Question], panels: int) -> list[list[Question]]:
    """Questions in reading order over columns of about equal height."""
    column = sum(question.lines for question in questions) / panels
    columns: list[list[Question]] = [[]]
    used = 0.0
    for question in questions:
        middle = used + question.lines / 2
        if middle > column * len(columns) and len(columns) < panels:
            columns.append([])
        columns[-1].append(question)
        used += question.lines
    return columns


def _draw_column(chart: Chart, axis: Axes, questions: list[Question]) -> None:
    y, styles = -0.5, style_documents(chart.study.documents)
    for question in questions:
        for line in question.words:
            axis.text(0, y, line, size=QUESTION_SIZE, weight="bold", va="center")
            y -= 1
        for row, lines in question.readings:
            looks: Looks = {"markersize": 3.8, "clip_on": False, "zorder": 2}
            dot = draw_dot(axis, [4], [y], styles[row.doc_id], **looks)
            chart.mark_reading(dot, row, find_claims_of(row, chart.study.all_claims))
            for line in lines:
                axis.text(13, y, line, size=SMALL, va="center")
                y -= 1
        axis.text(13, y, question.explanation, size=SMALL, style="italic", color=GREY, va="center")
        y -= 1 + APART
