"""A chart: a figure and what stands behind it, mark by mark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers.analysis.loading import say_faulty
from helpers.analysis.selection import Study
from helpers.corpus.places import split_values
from helpers.schema.errors import ClaimsError

if TYPE_CHECKING:  # matplotlib takes as long to import as pandas
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTHS_MM = {"full": 174.0, "column": 85.0, "slide": 338.7}  # two pages' widths; 13.33 in


class LeftOut(NamedTuple):
    """Claims that a chart does not draw: their kind in the plural ("counter-offensives"), their
    ids."""

    words: str
    claims: list[str]


class Told(NamedTuple):
    """What a chart says in words; `reading` is a sentence that reads it. Of several titles or
    subtitles the first that fits is taken."""

    title: str | list[str]
    subtitle: str | list[str]
    alt: str
    reading: str


@dataclass
class Chart:
    """A chart and what stands behind it.

    rows: one a mark drawn, with mark_id (also the artist's gid, after "mark-"), kind (claim,
    derived, document, group, reading), claims and documents (ids, `;` between), words (quoted, or
    what a mark without words of its own shows), and what was plotted. targets: mark id → what of
    it takes a click, where that is more than its artist. sources: the texts behind it, for the
    caption; source_line and note: the two lines of the foot. left_out: kinds of claims that belong
    to the chart's subject and are not drawn (leave_out). refused: sentences on what was not drawn
    or not compared; the first says left_out. panels: axes that stand in a plot, each with its place
    there in millimetres (look.layout). later: what can only be placed once the layout stands.
    Without a figure, `absence` says why there is none.
    """

    name: str
    study: Study
    figure: Figure | None = None
    title: str = ""
    subtitle: str = ""
    alt: str = ""
    reading: str = ""
    sources: str = ""
    source_line: str = ""
    note: str = ""
    left_out: list[LeftOut] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    absence: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)
    artists: list[Artist] = field(default_factory=list)
    targets: dict[str, Artist] = field(default_factory=dict)
    panels: list[tuple[Axes, tuple[float, float, float, float]]] = field(default_factory=list)
    legend: list[Artist] = field(default_factory=list)
    later: list[Callable[[], None]] = field(default_factory=list)

    @property
    def drawn(self) -> Figure:
        """The figure. Raises ClaimsError for a chart that has none."""
        if self.figure is None:
            raise ClaimsError(self.absence or f"{self.name} has no figure")
        return self.figure

    @property
    def marks(self) -> pd.DataFrame:
        """The table of marks; one row is one mark drawn."""
        return pd.DataFrame(self.rows)

    @property
    def derived(self) -> pd.DataFrame:
        """The marks that were computed, with their formula in `words` and the ends of what follows;
        one row is one mark."""
        rows = [row for row in self.rows if row["kind"] == "derived"]
        return pd.DataFrame(rows, columns=None if rows else ["mark_id", "words", "low", "high"])

    @property
    def claim_ids(self) -> list[str]:
        """Ids of the claims behind the marks, each once."""
        return sorted({claim for row in self.rows for claim in split_values(row["claims"])})

    @property
    def used(self) -> pd.DataFrame:
        """The claims behind the marks."""
        coded = self.study.coded
        return coded[coded["claim_id"].isin(self.claim_ids)]

    @property
    def width(self) -> str:
        """The width asked for: full, column or slide."""
        return self.study.parameters["width"]

    @property
    def width_mm(self) -> float:
        """The printed width."""
        return WIDTHS_MM[self.width]

    @property
    def framed(self) -> bool:
        """Whether title, subtitle and foot are drawn, or only the plot."""
        return self.study.parameters["frame"] == "full"

    def mark(self, artist: Artist, claim, **plotted) -> None:
        """Enter an artist that stands for a claim row. Every mark drawn is entered by this method
        or a sibling below."""
        plotted |= {"words": claim.number or claim.exact}
        self._enter(artist, claim.claim_id, "claim", [claim.claim_id], [claim.doc_id], plotted)

    def mark_merged(self, artist: Artist, claims: list, **plotted) -> None:
        """Enter an artist that stands for one statement that several claim rows make, the first of
        them the one it is drawn after."""
        first, ids = claims[0], [claim.claim_id for claim in claims]
        documents = sorted({claim.doc_id for claim in claims})
        kind = "claim" if len(claims) == 1 else "group"
        plotted |= {"words": first.number or first.exact}
        self._enter(artist, first.claim_id, kind, ids, documents, plotted)

    def aim(self, target: Artist) -> None:
        """Let a click on `target` lead where one on the mark entered last does: a row of words with
        its bar, say. It has no ink."""
        mark_id = self.rows[-1]["mark_id"]
        target.set_gid(f"target-{mark_id}")
        self.targets[mark_id] = target

    def mark_derived(self, artist: Artist, derived, **plotted) -> None:
        """Enter an artist that stands for a derived row (helpers.analysis.rates), with the claims
        it rests on."""
        plotted |= {"words": derived.formula}
        claims, documents = derived.claims, derived.doc_ids
        self._enter(artist, derived.derived_id, "derived", claims, documents, plotted)

    def mark_document(self, artist: Artist, doc_id: str, words: str, **plotted) -> None:
        """Enter an artist that stands for a text as a whole; `words` say what is shown of it."""
        plotted |= {"words": words}
        self._enter(artist, f"document-{doc_id}", "document", [], [doc_id], plotted)

    def mark_group(
        self, artist: Artist, name: str, claims: list[str], words: str, **plotted
    ) -> None:
        """Enter an artist that counts or gathers several claims, such as a cell of a heatmap;
        `words` say what it shows."""
        documents = sorted({self.study.by_claim[claim].doc_id for claim in claims})
        self._enter(artist, name, "group", claims, documents, plotted | {"words": words})

    def mark_reading(self, artist: Artist, reading, claims: list[str]) -> None:
        """Enter an artist that stands for a row of disagreements: a document's quote, and the
        claims that share its words."""
        plotted = {
            "question": reading.question,
            "words": reading.reading,
            "start": reading.start,
            "end": reading.end,
            "quote": reading.exact,
        }
        self._enter(artist, reading.mark, "reading", claims, [reading.doc_id], plotted)

    def leave_out(self, claims: pd.DataFrame, kinds: dict[str, pd.Series]) -> None:
        """Enter the claims of a table on which no mark rests, for the footer and the .json; call it
        when all marks are entered. `kinds`: words in the plural → which rows of `claims` they name
        (booleans). A claim counts under the first kind that fits it, and under "other claims" where
        none does."""
        rest = ~claims["claim_id"].isin(self.claim_ids)
        groups = []
        for words, named in kinds.items():
            groups.append(LeftOut(words, list(claims["claim_id"][rest & named])))
            rest = rest & ~named
        groups.append(LeftOut("other claims", list(claims["claim_id"][rest])))
        self.left_out += [group for group in groups if group.claims]

    def _enter(
        self,
        artist: Artist,
        name: str,
        kind: str,
        claims: list[str],
        documents: list[str],
        plotted: dict[str, Any],
    ) -> None:
        taken = sum(
            row["mark_id"] == name or row["mark_id"].startswith(name + "--") for row in self.rows
        )
        mark_id = f"{name}--{taken + 1}" if taken else name
        artist.set_gid(f"mark-{mark_id}")
        self.artists.append(artist)
        row = {"mark_id": mark_id, "kind": kind}
        row |= {"claims": ";".join(claims), "documents": ";".join(documents)}
        self.rows.append(row | plotted)


def absent_chart(study: Study, name: str, why: str) -> Chart:
    """A chart that cannot be drawn from this selection, with the sentence that says so."""
    said = f"{why} {say_faulty(study.faulty)}".strip()
    return Chart(name, study, absence=f"`{name}` is not drawn: {said}")
