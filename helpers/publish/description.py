"""Description: what the .json of a figure says, written here and read back."""

import contextlib
import json
import re
from pathlib import Path
from typing import Any

from helpers.analysis.review import count_review, name_doubted
from helpers.charts import FIGURES
from helpers.charts.chart import Chart
from helpers.charts.look.language import find_words
from helpers.corpus.places import split_values
from helpers.publish.record import Citation, FigureRecord
from helpers.schema.files import finish_saving
from helpers.schema.formatting import end_sentence

PACKAGES = ["matplotlib", "numpy", "pandas", "seaborn"]
# parameters that say nothing of what is drawn
FOLDERS = ("corpus", "figures", "formats", "style", "strict", "changed_since")


def describe_chart(record: FigureRecord) -> dict[str, Any]:
    """What a chart's .json holds: words, parameters, corpus checksum, package versions, and the
    list mark → claim → document, span, quote. No time, no path, no Python version."""
    from importlib.metadata import version

    chart, parameters = record.chart, record.chart.study.parameters
    return {
        "name": chart.name,
        "title": chart.title,
        "subtitle": chart.subtitle,
        "alt": chart.alt,
        "caption": write_caption(chart),
        "sources": chart.sources,
        "review": count_review(chart.study, chart.used)._asdict(),
        "left_out": [group._asdict() for group in chart.left_out],
        "refused": chart.refused,
        "parameters": {key: value for key, value in parameters.items() if key not in FOLDERS},
        "corpus": {"title": chart.study.settings["title"], "sha256": chart.study.checksum},
        "packages": {name: version(name) for name in PACKAGES},
        "marks": describe_marks(record),
    }


def write_caption(chart: Chart) -> str:
    """Title, subtitle and the sentences that read the chart; last, which of its claims a person
    settled though a reading of their words has them otherwise."""
    caption = f"{chart.title}. {end_sentence(chart.subtitle)} {chart.reading}"
    return " ".join(filter(None, [caption, name_doubted(chart.used, find_words(chart.study).turn)]))


def describe_marks(record: FigureRecord) -> list[dict[str, Any]]:
    """The marks of a chart, each with its address, its texts and the sentences behind it."""
    citations = {citation.claim_id: citation for citation in record.citations}
    marks = []
    for row in record.chart.rows:
        name = row["mark_id"]
        claims = [citations[claim] for claim in split_values(row["claims"])]
        mark = {
            "mark": name,
            "kind": row["kind"],
            "words": row.get("words", ""),
            "address": record.links[name],
            "documents": split_values(row["documents"]),
            "claims": [
                {"claim": claim.claim_id, "document": claim.doc_id, **_quote(claim)}
                for claim in claims
            ],
        }
        if row["kind"] == "reading":
            mark["reading"] = _quote(citations[name])
        marks.append(mark)
    return marks


def _quote(citation: Citation) -> dict[str, Any]:
    return {
        "title": citation.document,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }


def load_figures(folder: Path) -> dict[str, dict[str, Any]]:
    """The figures that stand in a folder: stem → what its .json says, in the order of the gallery.
    A .json that is no figure's, or one of an earlier version whose marks have no address, is passed
    over."""
    finish_saving(folder)
    found = {}
    for file in sorted(folder.glob("*.json"), key=lambda file: _rank(file.stem)):
        with contextlib.suppress(ValueError, KeyError, TypeError):
            figure = json.loads(file.read_text("utf-8"))
            if all({"address", "words"} <= set(mark) for mark in figure["marks"]):
                found[file.stem] = figure
    return found


def _rank(stem: str) -> tuple[int, str]:
    name = re.sub(r"_(column|slide)$", "", stem)
    return ([*FIGURES, name].index(name), stem)
