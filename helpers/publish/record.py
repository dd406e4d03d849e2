"""Record: what stands behind a chart, worked out once: its sentences, and where its marks lead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

from helpers.analysis.selection import Study
from helpers.charts.chart import Chart
from helpers.corpus.places import split_values
from helpers.publish.escaping import show_controls
from helpers.publish.links import anchor_claim, link_anchor, link_mark
from helpers.schema.formatting import count

QUOTES = 4  # quotes in the tooltip of a mark that rests on many claims


class Citation(NamedTuple):
    """One claim behind a chart, or one reading of a question that is no claim.

    n: its number under the figure. claim_id: for a reading the id of its mark. document: the short
    title of its text. start, end: code points. number: the words that carry it, "" for an event;
    number_start: where they begin. marks: ids of the marks that rest on it. address: where it
    stands on the evidence pages, from the folder of the figures.
    """

    n: int
    claim_id: str
    doc_id: str
    document: str
    start: int
    end: int
    quote: str
    number: str
    number_start: int
    marks: tuple[str, ...]
    address: str


@dataclass(frozen=True)
class FigureRecord:
    """A chart with all that its files say beside the picture.

    stem: the name of its files. citations: in the order of their numbers. links: mark id → the
    address it leads to. tooltips: mark id → what it shows, its quotes (the first few of many) and
    their documents.
    """

    chart: Chart
    figure: Figure
    stem: str
    citations: tuple[Citation, ...]
    links: Mapping[str, str]
    tooltips: Mapping[str, str]

    @property
    def formats(self) -> list[str]:
        """The pictures that were asked for."""
        return self.chart.study.parameters["formats"]

    @property
    def canvas(self) -> FigureCanvasAgg:
        """What measures and draws the figure (start_chart gives it one of Agg)."""
        return cast("FigureCanvasAgg", self.figure.canvas)


def make_record(chart: Chart) -> FigureRecord:
    """The record of a chart that was drawn. Raises ValueError for one that is absent."""
    if chart.figure is None:
        raise ValueError(f"there is no record of what was not drawn: {chart.absence}")
    stem = name_stem(chart.study, chart.name)
    citations = list_citations(chart)
    links = {row["mark_id"]: link_mark(chart.study, stem, row) for row in chart.rows}
    tooltips = word_tooltips(chart, citations)
    return FigureRecord(chart, chart.figure, stem, tuple(citations), links, tooltips)


def name_stem(study: Study, name: str) -> str:
    """The stem of a figure's files: its name, with the width where it is not the full one."""
    width = study.parameters["width"]
    return name if width == "full" else f"{name}_{width}"


def list_citations(chart: Chart) -> list[Citation]:
    """The sentences behind a chart, in order of text and place. Raises nothing: the quotes passed
    the gate on loading."""
    study, found = chart.study, []
    marks: dict[str, list[str]] = defaultdict(list)
    for row in chart.rows:
        for claim_id in split_values(row["claims"]):
            marks[claim_id].append(row["mark_id"])
        if row["kind"] == "reading":
            place = (row["documents"], row["start"], row["mark_id"])
            found.append((*place, row["end"], row["quote"], "", row["start"], [row["mark_id"]]))
    for claim_id, ids in marks.items():
        claim = study.by_claim[claim_id]
        place = (claim.doc_id, int(claim.start), claim_id)
        at = int(claim.number_start if claim.number else claim.start)
        found.append((*place, int(claim.end), claim.exact, claim.number, at, ids))
    titles = dict(zip(study.documents["doc_id"], study.documents["title"]))
    citations = []
    for n, sentence in enumerate(sorted(found, key=lambda sentence: sentence[:3]), 1):
        doc_id, start, name, end, quote, number, at, ids = sentence
        words = (titles[doc_id], start, end, quote, number, at)
        address = link_anchor(study, anchor_claim(name), doc_id)
        citations.append(Citation(n, name, doc_id, *words, tuple(ids), address))
    return citations


def word_tooltips(chart: Chart, citations: list[Citation]) -> dict[str, str]:
    """The tooltip of each mark, by mark id."""
    quotes: dict[str, list[str]] = defaultdict(list)
    for citation in citations:
        words = " ".join(citation.quote.split())
        cited = f"“{words}” ({citation.document}, {citation.claim_id})"
        for mark_id in citation.marks:
            own = citation.claim_id == mark_id  # told first, before the claims that share its words
            quotes[mark_id].insert(0 if own else len(quotes[mark_id]), cited)
    titles = dict(zip(chart.study.documents["doc_id"], chart.study.documents["title"]))
    tooltips = {}
    for row in chart.rows:
        said = quotes[row["mark_id"]]
        lines = said[:1] if row["kind"] == "reading" else said[:QUOTES]
        if row["kind"] == "document":
            lines = [f"{row['documents']} {titles[row['documents']]}", *lines]
        if row["kind"] not in ("claim", "reading") and row.get("words"):
            lines = [row["words"], *lines]
        if row["kind"] != "reading" and len(said) > QUOTES:
            lines = [*lines, f"and {count(len(said) - QUOTES, 'more claim')}"]
        tooltips[row["mark_id"]] = show_controls("\n".join(lines))
    return tooltips
