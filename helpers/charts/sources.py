"""Sources: who is behind each finding, and where the texts read differently."""

import textwrap
from collections import defaultdict

import pandas as pd

from helpers.analysis.disagreements import find_claims_of, list_findings, load_disagreements
from helpers.analysis.selection import Study
from helpers.charts.fonts import wrap_text
from helpers.charts.lanes import FAINT
from helpers.charts.marks import MARKER_SIZE, add_document_legend, is_unreviewed
from helpers.charts.theme import (
    GREY,
    INK,
    MM,
    SMALL,
    Chart,
    absent_chart,
    finish_chart,
    start_chart,
    style_documents,
)
from helpers.corpus.copies import name_stories
from helpers.schema.formatting import count

TOPICS = {
    "displacement": "Displacement",
    "casualties": "Casualties",
    "pace": "Pace",
    "other": "Beside them",
}


def draw_source_coverage(study: Study) -> Chart:
    """Findings by original source. One mark is one source behind one finding, with the claims it is
    behind, or one that denies it (a cross); a source the text does not name is the text itself."""
    name = "source_coverage"
    findings = list_findings(study.all_claims, study.places)
    if findings.empty:
        return absent_chart(study, name, "no figure and no capture lies within the selection.")
    behind = pd.Series(
        [
            source
            for column in ("sources", "denied")
            for sources in findings[column]
            for source in sources
        ]
    ).value_counts()
    named = [source for source in behind.index if not source.startswith("text ")]
    own = sorted(source for source in behind.index if source.startswith("text "))
    columns = {source: number for number, source in enumerate([*named, *own])}
    on_pace = findings["topic"] == "pace"
    findings = _label_findings(study, findings)
    panels = (
        [part for part in (findings[~on_pace], findings[on_pace]) if len(part)]
        if study.parameters["width"] == "slide"
        else [findings]
    )
    chart, axes = start_chart(
        study,
        name,
        3.7 * -_place_rows(findings)["y"].min() + 31,
        ncols=len(panels),
        squeeze=False,
    )
    for axis, part in zip(axes, panels):
        _draw_behind(chart, axis, part, columns, len(named) if own else 0)
    single = findings[findings["falls_without"] != ""]
    anonymous = findings[
        findings["sources"].map(
            lambda sources: bool(sources) and all(source.startswith("text ") for source in sources)
        )
    ]
    title = f"{len(single)} of {count(len(findings), 'finding')} rest{'s' * (len(findings) == 1)} on one text; for {len(anonymous)} no text names a source"
    subtitle = "Findings by the source that is named for them. Left of the line: sources the texts name; right of it: texts that say it themselves. A number counts the texts that relay a source, where they are several; a cross is a denial."
    alt = (
        f"Matrix of {count(len(findings), 'finding')} by {count(len(columns), 'source')}. {title}."
    )
    top = single["falls_without"].value_counts()
    reading = (
        f"Without text {top.index[0]}, {top.iloc[0]} of {len(findings)} findings would be gone. "
        if len(top) > 1
        else ""
    ) + "Texts that relay one source count as one; a text that names none stands for itself."
    claims = study.all_claims
    chart.leave_out(claims, name_no_findings(claims))
    return finish_chart(chart, title, subtitle, alt, reading)


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


def _label_findings(study: Study, findings: pd.DataFrame) -> pd.DataFrame:
    """The findings with a `label` each: their words in lines that the width has room for."""
    widest = {"full": 88, "column": 34, "slide": 72}[study.parameters["width"]]
    return findings.assign(label=[_wrap_finding(words, widest) for words in findings["finding"]])


def _wrap_finding(words: str, widest: int) -> str:
    """The words of a finding in lines of at most so many letters, broken between its parts where they are short."""
    parts = [
        part.replace(" ", "\u00a0") if len(part) < widest / 2 else part
        for part in (words[0].upper() + words[1:]).split(" · ")
    ]
    lines = textwrap.wrap("\u00a0· ".join(parts), widest, break_on_hyphens=False)
    return "\n".join(lines).replace("\u00a0", " ")


def _place_rows(findings: pd.DataFrame) -> pd.DataFrame:
    """Heights for one row a finding (`y`, counting down) and for the heading of its topic (`heading_y`); a
    label of several lines has more room."""
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
    chart: Chart, axis, findings: pd.DataFrame, columns: dict[str, int], named: int
) -> None:
    """A panel of findings (rows, grouped by topic) by source (columns; the first `named` are left of the line)."""
    rows = _place_rows(findings)
    for row in rows.itertuples():
        axis.axhline(row.y, color=FAINT, linewidth=0.5, zorder=0)
        for source, ids in row.sources.items():
            _draw_source(chart, axis, row, source, ids, (columns[source], row.y))
        for source, ids in row.denied.items():
            _draw_denial(chart, axis, row, source, ids, (columns[source], row.y))
    axis.set_yticks(rows["y"], rows["label"], size=SMALL, linespacing=1.05)
    for topic, y in rows.drop_duplicates("topic").set_index("topic")["heading_y"].items():
        axis.annotate(
            TOPICS[topic],
            xy=(0, y),
            xycoords=("axes fraction", "data"),
            xytext=(-3.5, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            size=SMALL + 0.4,
            weight="bold",
        )
    axis.set_xticks(
        list(columns.values()),
        list(columns),
        rotation=55,
        ha="left",
        size=SMALL,
        rotation_mode="anchor",
    )
    axis.xaxis.tick_top()
    if named:
        axis.axvline(named - 0.5, color=GREY, linewidth=0.6)
    axis.set_xlim(-0.7, len(columns) - 0.3)
    axis.set_ylim(rows["y"].min() - 1, 1.5)
    axis.tick_params(length=0)
    axis.spines[["left", "bottom", "top"]].set_visible(False)


def _draw_source(chart: Chart, axis, row, source: str, ids: list[str], at: tuple) -> None:
    """A source behind a finding, with the number of texts that relay it."""
    styles = style_documents(chart.study.documents)
    own = source.startswith("text ")
    colour, marker = styles[source.removeprefix("text ")] if own else (INK, "o")
    [dot] = axis.plot(
        [at[0]],
        [at[1]],
        marker=marker,
        color=colour,
        markerfacecolor="white" if is_unreviewed(chart, ids) else colour,
        markersize=MARKER_SIZE,
        linestyle="none",
        zorder=3,
    )
    chart.mark_group(
        dot,
        f"finding-{row.Index + 1}-{source.replace(' ', '-')}",
        ids,
        f"{row.finding} · {source}",
        x=source,
        y=float(at[1]),
        finding=row.finding,
    )
    stories = name_stories(chart.study.documents)
    texts = {stories[chart.study.by_claim[claim].doc_id] for claim in ids}
    if len(texts) > 1:
        axis.annotate(
            f"{len(texts)}",
            at,
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            size=SMALL,
            color=GREY,
        )


def _draw_denial(chart: Chart, axis, row, source: str, ids: list[str], at: tuple) -> None:
    """A source that denies a finding, as a cross."""
    [cross] = axis.plot(
        [at[0]], [at[1]], marker="x", color=INK, markersize=MARKER_SIZE, linestyle="none", zorder=3
    )
    chart.mark_group(
        cross,
        f"denial-{row.Index + 1}-{source.replace(' ', '-')}",
        ids,
        f"{row.finding} · denied by {source}",
        x=source,
        y=float(at[1]),
        finding=row.finding,
    )


def draw_disagreements(study: Study) -> Chart:
    """Where the texts read one question differently, drawn side by side with what explains each. One
    mark is one reading: document, quote, and the claims that share its words."""
    name = "disagreements"
    readings = load_disagreements(study.folder, study.documents)
    chosen = study.parameters["documents"] or list(study.documents["doc_id"])
    if study.parameters["topics"]:
        readings = readings[readings["topic"].isin(study.parameters["topics"])]
    texts_of = readings.groupby("question_id")["doc_id"].nunique()
    readings = readings[readings["doc_id"].isin(chosen)]
    left = readings.groupby("question_id")["doc_id"].transform("nunique")
    # one text's readings of a question that others answer too may agree; a question one text raises alone may not
    readings = readings[(left > 1) | (readings["question_id"].map(texts_of) == 1)]
    if readings.empty:
        return absent_chart(
            study, name, "disagreements.csv holds no question with two readings in this selection."
        )
    panels = {"full": 3, "column": 1, "slide": 6}[study.parameters["width"]]
    width = (WIDTH_POINTS[study.parameters["width"]] - 16) / panels - 10
    questions = defaultdict(list)
    for row in readings.itertuples():
        questions[row.question_id].append(row)
    blocks = [_lay_question(rows, width) for rows in questions.values()]
    columns = _split_columns(blocks, panels)
    lines = round(max(sum(block["lines"] + 0.7 for block in column) for column in columns), 2)
    if study.parameters["width"] == "slide" and lines * LINE / 72 / MM > 108:
        return absent_chart(
            study,
            name,
            f"{len(blocks)} questions do not fit a slide; take the full width, or fewer questions (topics).",
        )
    chart, axes = start_chart(
        study, name, lines * LINE / 72 / MM, ncols=len(columns), squeeze=False
    )
    for axis, column in zip(axes, columns):
        axis.set_axis_off()
        axis.set_xlim(-1.5, width)
        axis.set_ylim(-lines, 0)
        _draw_column(chart, axis, column)
    add_document_legend(chart, readings["doc_id"])
    causes = readings.drop_duplicates("question_id")["explanation"].value_counts()
    inside = readings.groupby("question_id")["doc_id"].nunique()
    title = f"{count(len(questions), 'question')} answered differently; why: " + ", ".join(
        f"{cause} {number}" for cause, number in causes.items()
    )
    subtitle = f"Readings of one question, by text; in italics what explains the difference. {int((inside == 1).sum())} of the questions are answered in more than one way by one text alone."
    alt = f"List of {count(len(questions), 'question')} with {count(len(readings), 'reading')}. {title}."
    reading = f"None of the readings is called right here; {causes.get('open', 0)} of the differences stay open. Who cites one reading should know the others."
    return finish_chart(chart, title, subtitle, alt, reading)


WIDTH_POINTS = {"full": 174 * MM * 72, "column": 85 * MM * 72, "slide": 254 * MM * 72}
LINE = 7.7  # points from line to line


def _lay_question(rows: list, width: float) -> dict:
    """The lines a question takes: its words, a line or two for each reading, and the explanation."""
    question = wrap_text(rows[0].question, SMALL + 0.3, width, True).split("\n")
    readings = [(row, wrap_text(row.reading, SMALL, width - 13).split("\n")) for row in rows]
    return {
        "question": question,
        "readings": readings,
        "explanation": rows[0].explanation,
        "lines": len(question) + sum(len(words) for _, words in readings) + 1,
    }


def _split_columns(blocks: list[dict], panels: int) -> list[list[dict]]:
    """Blocks in reading order over columns of about equal height."""
    total = sum(block["lines"] + 0.7 for block in blocks)
    columns, used = [[]], 0.0
    for block in blocks:
        if (
            used + (block["lines"] + 0.7) / 2 > total / panels * len(columns)
            and len(columns) < panels
        ):
            columns.append([])
        columns[-1].append(block)
        used += block["lines"] + 0.7
    return columns


def _draw_column(chart: Chart, axis, blocks: list[dict]) -> None:
    study, y = chart.study, -0.5
    styles = style_documents(study.documents)
    for block in blocks:
        for line in block["question"]:
            axis.text(0, y, line, size=SMALL + 0.3, weight="bold", va="center")
            y -= 1
        for row, lines in block["readings"]:
            colour, marker = styles[row.doc_id]
            [dot] = axis.plot(
                [4],
                [y],
                marker=marker,
                color=colour,
                markersize=3.8,
                linestyle="none",
                clip_on=False,
            )
            chart.mark_reading(dot, row, find_claims_of(row, study.all_claims))
            for line in lines:
                axis.text(13, y, line, size=SMALL, va="center")
                y -= 1
        axis.text(13, y, block["explanation"], size=SMALL, style="italic", color=GREY, va="center")
        y -= 1.7
