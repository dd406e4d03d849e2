"""Tables: every figure, event and disagreement as a list, for what a picture leaves out.

`all_figures`, `all_events` and `all_disagreements` lie beside the figures as a web page to sort and
filter, which asks no server for anything, and as CSV; with the report as Word too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from helpers.analysis.disagreements import list_disagreements
from helpers.analysis.findings import word_number
from helpers.analysis.selection import Study
from helpers.corpus.places import name_places
from helpers.publish.links import anchor_claim, link_anchor
from helpers.publish.templating import render_page
from helpers.schema.columns import SAID
from helpers.schema.csv_files import compose_table
from helpers.schema.formatting import name_harmed, say_when

EVENTS = {  # measure → what happened, as a table says it
    "offensive_start": "attack begun",
    "reached": "reached",
    "entered": "entered",
    "captured": "captured",
    "withdrawn": "left",
    "counter_offensive": "counter-attack",
    "control_share": "held",
    "control_change": "change of hands",
    "settlements_captured": "places captured",
    "duration": "duration",
    "distance": "distance",
}
END = "\uffff"  # behind all words and days: where nothing stands
REVIEWS = {"proposed": "not checked", "accepted": "checked", "corrected": "checked, corrected"}


@dataclass(frozen=True)
class Table:
    """A table: what its page is called, the columns of its page (column → head), those to filter
    by, the rows that it holds of a study."""

    title: str
    heads: dict[str, str]
    filters: tuple[str, ...]
    list_rows: Callable[[Study], pd.DataFrame]


def list_all_figures(study: Study) -> pd.DataFrame:
    """Every figure of people, in the order of places and days. One row is one claim with a number:
    place, days (words), first_day, figure (the text's words), low, best, high, unit, topic, what,
    people, source, stance (reported, claimed, denied, expected), text, published, review, quote,
    claim, address (of the quote on the evidence pages, from the folder of the figures)."""
    claims = study.all_claims
    people = claims[(claims["number"] != "") & (claims["topic"] != "pace")]
    rows = _describe(study, people)
    return rows.assign(
        figure=[word_number(row) for row in people.itertuples()],
        low=list(people["low"]),
        best=list(people["best"]),
        high=list(people["high"]),
        unit=list(people["unit"]),
        topic=list(people["topic"]),
        what=[SAID[measure] for measure in people["measure"]],
        people=[name_harmed(row) for row in people.itertuples()],
    ).sort_values(["place", "first_day", "claim"], kind="stable", ignore_index=True)[FIGURE_COLUMNS]


def list_all_events(study: Study) -> pd.DataFrame:
    """Every event of the offensive's pace, by its first day, undated ones last. One row is one
    claim of pace: days (words), first_day, place, what, side (who acted), figure (where the words
    count something), source, stance, text, published, review, quote, claim, address."""
    claims = study.all_claims
    events = claims[claims["topic"] == "pace"]
    rows = _describe(study, events)
    return rows.assign(
        figure=[word_number(row) for row in events.itertuples()],
        what=[EVENTS.get(measure, SAID[measure]) for measure in events["measure"]],
        side=[cell.replace(";", ", ") for cell in events["actor"]],
    ).sort_values(
        ["first_day", "place", "claim"],
        key=lambda cells: cells.replace("", END),
        kind="stable",
        ignore_index=True,
    )[EVENT_COLUMNS]


def list_all_disagreements(study: Study) -> pd.DataFrame:
    """Every question that the texts answer differently. One row is one reading: question, answer,
    source, text, disputed (whether sources contradict each other; else the texts only differ), kind
    (of difference), why, found (by whom), quote, claim (the first that shares its words),
    address."""
    readings = list_disagreements(study)
    titles = dict(zip(study.documents["doc_id"], study.documents["title"], strict=True))
    rows = [
        (
            row.question,
            row.reading,
            ", ".join(name for name in row.sources if not name.startswith("text ")),
            titles[row.doc_id],
            "disputed" if row.disputed else "only different",
            row.explanation,
            row.why,
            row.found or "written by a person",
            " ".join(row.exact.split()),
            row.claims[0] if row.found else row.mark,
            link_anchor(study, anchor_claim(row.claims[0] if row.found else row.mark), row.doc_id),
        )
        for row in readings.itertuples()
    ]
    return pd.DataFrame(rows, columns=DISAGREEMENT_COLUMNS)


FIGURE_COLUMNS = [
    *("place", "days", "first_day", "figure", "low", "best", "high", "unit", "topic", "what"),
    "people",
    *("source", "stance", "text", "published", "review", "quote", "claim", "address"),
]
EVENT_COLUMNS = [
    *("days", "first_day", "place", "what", "side", "figure", "source", "stance", "text"),
    *("published", "review", "quote", "claim", "address"),
]
DISAGREEMENT_COLUMNS = [
    *("question", "answer", "source", "text", "disputed", "kind", "why", "found", "quote", "claim"),
    "address",
]


def _describe(study: Study, claims: pd.DataFrame) -> pd.DataFrame:
    """What figures and events have in common: where, when, who says so, in which text."""
    documents = {row.doc_id: row for row in study.documents.itertuples()}
    rows = [
        {
            "place": name_places(study.places, row.place),
            "days": say_when(row),
            "first_day": "" if pd.isna(row.date_start) else f"{row.date_start:%Y-%m-%d}",
            "source": _say_source(study, row),
            "stance": row.assertion,
            "text": documents[row.doc_id].title,
            "published": documents[row.doc_id].published,
            "review": REVIEWS.get(row.review, row.review),
            "quote": " ".join(row.exact.split()),
            "claim": row.claim_id,
            "address": link_anchor(study, anchor_claim(row.claim_id), row.doc_id),
        }
        for row in claims.itertuples()
    ]
    columns = ["place", "days", "first_day", "source", "stance", "text", "published", "review"]
    return pd.DataFrame(rows, columns=[*columns, "quote", "claim", "address"])


def _say_source(study: Study, row) -> str:
    """UN, SOHR; HTS (party); "" where the text names nobody."""
    said = row.source_original.replace(";", ", ")
    return f"{said} (party)" if said and study.is_said_by_party(row) else said


TABLES = {
    "all_figures": Table(
        "All figures",
        {
            "place": "Place",
            "days": "Days",
            "figure": "Figure",
            "what": "What",
            "people": "Whom",
            "source": "Source",
            "stance": "Told as",
            "text": "Text",
            "review": "Review",
        },
        ("place", "what", "source", "stance", "text"),
        list_all_figures,
    ),
    "all_events": Table(
        "All events",
        {
            "days": "Days",
            "place": "Place",
            "what": "What",
            "side": "Side",
            "figure": "Words",
            "source": "Source",
            "stance": "Told as",
            "text": "Text",
            "review": "Review",
        },
        ("what", "side", "place", "source", "stance", "text"),
        list_all_events,
    ),
    "all_disagreements": Table(
        "All questions on which the texts differ",
        {
            "question": "Question",
            "answer": "What a text says",
            "source": "Who says it",
            "text": "Text",
            "disputed": "Disputed",
            "why": "How they differ",
            "found": "Found",
        },
        ("disputed", "kind", "source", "text", "found"),
        list_all_disagreements,
    ),
}
SORTED_BY = {"days": ["first_day"], "figure": ["best", "high", "low"]}  # column → by what


class Listed(NamedTuple):
    """A table that lies beside the figures: its stem, title and number of rows."""

    stem: str
    title: str
    rows: int


def render_tables(study: Study) -> tuple[list[Listed], dict[str, bytes]]:
    """(the tables that have a row; file name → content, of the web page and the CSV of each)."""
    listed, files = [], {}
    for name, table in TABLES.items():
        rows = table.list_rows(study)
        if len(rows):
            listed.append(Listed(name, table.title, len(rows)))
            files[f"{name}.html"] = render_table(study, table, rows)
            files[f"{name}.csv"] = compose_table(rows, float_format="%.15g").encode("utf-8-sig")
    return listed, files


def render_table(study: Study, table: Table, rows: pd.DataFrame) -> bytes:
    """The web page of a table: sorted by a click on a head, filtered by words and by lists."""
    lines = []
    for row in rows.to_dict("records"):
        cells = [
            {"words": row[column], "key": _find_key(row, column), "lead": column == "figure"}
            for column in table.heads
        ]
        picked = {name: row[name] for name in table.filters}
        lines.append(
            {"cells": cells, "picked": picked, "quote": row["quote"], "href": row["address"]}
        )
    choices = {
        name: sorted({row[name] for row in rows.to_dict("records")} - {""})
        for name in table.filters
    }
    return render_page(
        "table.html",
        script="table.js",
        corpus=study.settings["title"],
        invented=study.is_invented,
        title=table.title,
        heads=list(table.heads.values()),
        choices={name: values for name, values in choices.items() if len(values) > 1},
        names=table.heads | {"kind": "Kind"},
        rows=lines,
    )


def _find_key(row: dict[str, Any], column: str) -> str | None:
    """What a cell is sorted by, "" for a cell without a value; None where that is what it says."""
    if column not in SORTED_BY:
        return None
    ends = [row.get(name) for name in SORTED_BY[column]]
    return next((str(end) for end in ends if end is not None and pd.notna(end)), "")


def convert_tables(study: Study) -> dict[str, bytes]:
    """File name → the Word file of each table that has a row, in the looks of the report, on pages
    across. Needs the report's packages, which its caller asks for."""
    from helpers.publish.report.convert import run_pandoc
    from helpers.publish.report.word import compose_word_table

    files, reference = {}, run_pandoc("--print-default-data-file=reference.docx")
    for name, table in TABLES.items():
        rows = table.list_rows(study)
        if len(rows):
            shown = rows[list(table.heads)].rename(columns=table.heads)
            title = f"{table.title}: {study.settings['title']}"
            if study.is_invented:
                title += " (invented texts)"
            files[f"{name}.docx"] = compose_word_table(title, shown, reference)
    return files
