"""Live: a figure in the page of whoever runs the notebook, with its sentences at hand.

Hovering shows the sentences behind a mark, a click keeps them open, and sources, places and
assertions can be chosen. A notebook keeps whatever its cells display, and a widget that was kept is
dead when the notebook is opened again; so nothing is displayed here. The widget hands its picture
to the page, which puts it in the place of the PNG, and is closed. What a notebook keeps is the PNG
and the table; where nobody looks on (papermill, nbval), or nobody trusts the notebook, that is all
there is.
"""

import json
from typing import Any

import anywidget
import traitlets

from helpers.corpus.places import name_places, split_values
from helpers.publish.links import find_way
from helpers.publish.notebook.display import find_surroundings, name_view
from helpers.publish.record import Citation, FigureRecord
from helpers.publish.templating import TEMPLATES

SCRIPT = TEMPLATES / "live.js"
ASSERTIONS = {  # as a reader is asked about them
    "reported": "reported",
    "claimed": "said by a party to the war",
    "denied": "denied",
    "expected": "expected",
}
UNNAMED = "no source named"
NOWHERE = "no place named"


class Live(anywidget.AnyWidget):
    """A figure on its way into a page: `view` as JSON, until the page says that it has it."""

    _esm = SCRIPT
    view = traitlets.Unicode().tag(sync=True)


def show_live(record: FigureRecord, svg: bytes) -> Live:
    """Hand a figure to the page. Nothing is displayed, and the widget closes itself when the page
    has taken the figure."""
    widget = Live(view=json.dumps(compose_view(record, svg), ensure_ascii=False))
    widget.on_msg(_close)
    return widget


def _close(widget: Live, content, buffers) -> None:
    """Both models that a widget has, so that no state of them can be saved."""
    widget.layout.close()
    widget.close()


def compose_view(record: FigureRecord, svg: bytes) -> dict[str, Any]:
    """All that the page needs of a figure: token (which output it belongs to), svg, way (before an
    address), alt; marks: mark id → numbers of its sentences; sentences: number → what is shown of
    it and what it can be chosen by."""
    marks: dict[str, list[int]] = {row["mark_id"]: [] for row in record.chart.rows}
    for citation in record.citations:
        for mark in citation.marks:
            marks[mark].append(citation.n)
    return {
        "token": name_view(record),
        "svg": svg.decode("utf-8"),
        "way": find_way(record.chart.study),
        "alt": record.chart.alt,
        "marks": marks,
        "sentences": {citation.n: _describe(record, citation) for citation in record.citations},
    }


def _describe(record: FigureRecord, citation: Citation) -> dict[str, Any]:
    """A sentence with the words round it, and by what it can be chosen; a reading of a question is
    no claim and has neither source nor place."""
    study = record.chart.study
    text = study.documents.set_index("doc_id").loc[citation.doc_id, "text"]
    before, after = find_surroundings(text, citation.start, citation.end)
    said: dict[str, Any] = {
        "before": before,
        "quote": citation.quote,
        "after": after,
        "document": citation.document,
        "address": citation.address,
    }
    claim = study.by_claim.get(citation.claim_id)
    if claim is None:
        return said
    keys = split_values(claim.place)
    return said | {
        "source": split_values(claim.source_original) or [UNNAMED],
        "place": [name_places(study.places, key) for key in keys] or [NOWHERE],
        "assertion": [ASSERTIONS[claim.assertion]],
    }
