"""Sources: who is behind each finding, and where the texts read differently."""

from collections import defaultdict

import pandas as pd

from helpers.charts.fonts import wrap_text
from helpers.charts.lanes import FAINT
from helpers.charts.marks import MARKER_SIZE, add_document_legend, is_unreviewed, shorten
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
from helpers.disagreements import find_claims_of, list_findings, load_disagreements
from helpers.prose import count
from helpers.study import Study

TOPICS = {
    "displacement": "Displacement",
    "casualties": "Casualties",
    "pace": "Pace",
    "other": "Beside them",
}


def draw_source_coverage(study: Study) -> Chart:
    """Findings by original source. One mark is one source behind one finding, with the claims it is
    behind; a source the text does not name is the text itself."""
    name = "source_coverage"
    findings = list_findings(study.all_claims, study.places)
    if findings.empty:
        return absent_chart(study, name, "no figure and no capture lies within the selection.")
    behind = pd.Series(
        [source for sources in findings["sources"] for source in sources]
    ).value_counts()
    named = [source for source in behind.index if not source.startswith("text ")]
    own = sorted(source for source in behind.index if source.startswith("text "))
    columns = {source: number for number, source in enumerate([*named, *own])}
    on_pace = findings["topic"] == "pace"
    panels = (
        [part for part in (findings[~on_pace], findings[on_pace]) if len(part)]
        if study.parameters["width"] == "slide"
        else [findings]
    )
    chart, axes = start_chart(
        study,
        name,
        (3.7 if study.parameters["width"] != "column" else 3.2)
        * (len(findings) + 2 * findings["topic"].nunique())
        + 24,
        ncols=len(panels),
        squeeze=False,
    )
    for axis, part in zip(axes, panels):
        _draw_behind(chart, axis, part, columns, len(named) if own else 0)
    single = findings[findings["falls_without"] != ""]
    anonymous = findings[
        findings["sources"].map(
            lambda sources: all(source.startswith("text ") for source in sources)
        )
    ]
    title = f"{len(single)} of {count(len(findings), 'finding')} rest{'s' * (len(findings) == 1)} on one text; for {len(anonymous)} no text names a source"
    subtitle = "Findings by the source that is named for them. Left of the line: sources the texts name; right of it: texts that say it themselves. A number counts the claims."
    alt = (
        f"Matrix of {count(len(findings), 'finding')} by {count(len(columns), 'source')}. {title}."
    )
    top = single["falls_without"].value_counts()
    reading = (
        f"Without text {top.index[0]}, {top.iloc[0]} of {len(findings)} findings would be gone. "
        if len(top) > 1
        else ""
    ) + "Texts that relay one source count as one; a text that names none stands for itself."
    return finish_chart(
        chart,
        title,
        subtitle,
        alt,
        reading,
        ["Vague figures, durations and distances are no findings of their own here."],
    )


def _draw_behind(
    chart: Chart, axis, findings: pd.DataFrame, columns: dict[str, int], named: int
) -> None:
    """A panel of findings (rows, grouped by topic) by source (columns; the first `named` are left of the line)."""
    starts = findings["topic"] != findings["topic"].shift()
    ys = -pd.Series(range(len(findings)), index=findings.index) - (starts.cumsum() - 1)
    styles = style_documents(chart.study.documents)
    for y, row in zip(ys, findings.itertuples()):
        axis.axhline(y, color=FAINT, linewidth=0.5, zorder=0)
        for source, ids in row.sources.items():
            colour, marker = (
                styles[source.removeprefix("text ")] if source.startswith("text ") else (INK, "o")
            )
            fill = "white" if is_unreviewed(chart, ids) else colour
            [dot] = axis.plot(
                [columns[source]],
                [y],
                marker=marker,
                color=colour,
                markerfacecolor=fill,
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
                y=float(y),
                finding=row.finding,
            )
            if len(ids) > 1:
                axis.annotate(
                    f"{len(ids)}",
                    (columns[source], y),
                    xytext=(4, 0),
                    textcoords="offset points",
                    va="center",
                    size=SMALL,
                    color=GREY,
                )
    widest = {"full": 66, "column": 30, "slide": 54}[chart.study.parameters["width"]]
    axis.set_yticks(ys, [shorten(finding, widest) for finding in findings["finding"]], size=SMALL)
    for topic, y in zip(findings["topic"][starts], ys[starts]):
        axis.annotate(
            TOPICS[topic],
            xy=(0, y + 1),
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
    axis.set_ylim(ys.min() - 0.7, 1.5)
    axis.tick_params(length=0)
    axis.spines[["left", "bottom", "top"]].set_visible(False)


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
    subtitle = f"Readings of one question, by text; in italics what explains the difference. {int((inside == 1).sum())} of the questions are answered in two ways by one text alone."
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
