"""A review: one person going through the claims of a corpus, one key at a time.

What the widget shows comes from `view`, what a key asks goes through `keys`; nothing here knows of
a browser, so that a review can be held, and tested, without one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pandas as pd

from helpers.claims.decisions.journal import Cells, sum_row
from helpers.claims.decisions.table import DECIDED, ReviewTable
from helpers.claims.gate import describe_doubts
from helpers.extract.places.gazetteer import (
    Gazetteer,
    build_gazetteer,
)
from helpers.review.choices.chips import BY_KEY, list_options
from helpers.review.choices.completion import PlaceKeys
from helpers.review.choices.reading import Asked, Option, TextReading, ask_about
from helpers.review.doubt import Known, find_home, find_repeats, list_doubts_of, order_claims
from helpers.schema.csv_files import pad_id
from helpers.schema.errors import CorpusError

SECONDS = 12.0  # a decision, until this person's own are known
FEW = 5  # decisions by which they are


@dataclass
class Draft:
    """A claim as the reviewer is changing it: the row as it was (None for one that is added), as it
    would be, and the columns that were set by hand, which follow from nothing any more."""

    seen: Cells | None
    row: Cells
    by_hand: frozenset[str] = frozenset()


@dataclass
class Review:
    """A corpus under review by one person.

    table: the claims and their journal. documents: as load_corpus gives them. country: as
    corpus.toml or a parameter names it. order: the claims still to be looked at, the doubtful
    first; at: where in it the reviewer is. told: what the last key led to, as (kind, words), kind
    being "done", "refused" or "". settled: sentences on what was found when it was opened. closed:
    why nothing can be decided here; "" where it can. wanted: ids of the texts that are reviewed;
    empty for all. listing: whether the texts are listed, to go to one. text: the text that is read
    without a claim; "" for none.
    """

    table: ReviewTable
    documents: pd.DataFrame
    country: str = ""
    order: list[str] = field(default_factory=list)
    at: int = 0
    draft: Draft | None = None
    only: bool = False
    whole: bool = False
    told: tuple[str, str] = ("", "")
    settled: list[str] = field(default_factory=list)
    closed: str = ""
    wanted: list[str] = field(default_factory=list)
    listing: bool = False
    text: str = ""

    def __post_init__(self) -> None:
        self._rows = dict(zip(self.documents["doc_id"], self.documents.to_dict("records")))
        self._readings: dict[str, TextReading] = {}
        self._gazetteer: Gazetteer | None = None
        self._readers: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._home: frozenset[str] = frozenset()
        self._seconds: list[float] = []
        self._last: datetime | None = None
        self._repeats: dict[str, list[str]] = {}
        self.places = PlaceKeys(self.table)
        self.begin()

    def begin(self) -> None:
        """Order the claims anew: those nobody has decided, the doubtful first, then the others in
        reading order."""
        rows = [row for row in self.table.rows.values() if self._is_wanted(row)]
        open_rows = [row for row in rows if row["review"] not in DECIDED]
        faults = {row["claim_id"]: self.table.check_own(row) for row in open_rows}
        self._readers, self._named = self._read_twice(open_rows)
        self._home = find_home(self.country, rows, self.table.places)
        done = [row for row in rows if row["review"] in DECIDED]
        done.sort(key=lambda row: (pad_id(row["doc_id"]), int(row["start"] or 0)))
        self.order = order_claims(open_rows, faults, self.known) + [row["claim_id"] for row in done]
        self.at, self.draft, self.only = 0, None, False
        self._repeats = find_repeats(open_rows, self._quote_sentence)

    def _read_twice(self, rows: list[Cells]) -> tuple[dict[str, str], dict[str, str]]:
        """(claim id → where the two readers differ, claim id → why its place or source is
        doubtful)."""
        from helpers.claims.second_reader.doubts import describe_named

        if not rows:
            return {}, {}
        table = pd.DataFrame(rows)
        numbered = table.assign(doc_id=table["doc_id"].map(pad_id))
        names, places = table["claim_id"], self.places.list_known()
        differ = describe_doubts(table, self.documents)
        named = describe_named(numbered, self.documents, places)
        return dict(zip(names, differ)), dict(zip(names, named))

    @property
    def claim_id(self) -> str:
        """The claim that is looked at; "" where there is none."""
        if self.draft is not None:
            return self.draft.row["claim_id"]
        if self.text:
            return ""
        return self.order[self.at] if self.at < len(self.order) else ""

    @property
    def row(self) -> Cells | None:
        """The claim that is looked at, as it would be saved; None where there is none."""
        if self.draft is not None:
            return self.draft.row
        return self.table.rows.get(self.claim_id)

    @property
    def left(self) -> list[str]:
        """The claims that nobody has decided."""
        return [
            name
            for name, row in self.table.rows.items()
            if row["review"] not in DECIDED and self._is_wanted(row)
        ]

    @property
    def minutes(self) -> float:
        """How long what is left takes, at this person's own pace once it is known."""
        pace = (
            sorted(self._seconds)[len(self._seconds) // 2] if len(self._seconds) >= FEW else SECONDS
        )
        return len(self.left) * pace / 60

    @property
    def repeats(self) -> list[str]:
        """Claims in other texts that are decided with this one."""
        if self.only or (self.draft is not None and self.draft.seen is None):
            return []
        others = self._repeats.get(self.claim_id, [])
        return [name for name in others if name in self.left]

    @property
    def doubts(self) -> list[str]:
        """What is doubtful about the claim, in words."""
        row = self.row
        return self.list_doubts(row) if row and row["review"] not in DECIDED else []

    def list_doubts(self, row: Mapping[str, str]) -> list[str]:
        """What is doubtful about a claim that nobody has decided, in words."""
        return list_doubts_of(row, self.known)

    @property
    def known(self) -> Known:
        """What is known of the claims beside their cells."""
        places, rows = self.places.list_known(), self.table.rows
        rejected = frozenset(name for name, row in rows.items() if row["review"] == "rejected")
        return Known(self._readers, self._named, places, self._home, rejected)

    @property
    def faults(self) -> list[str]:
        """What the gate minds of the claim as it would be saved."""
        return self.table.check(self.row, self.places.list_known()) if self.row else []

    def read_text(self, doc_id: str) -> TextReading | None:
        """A text and what it offers; None where there is none of this id."""
        doc_id = pad_id(doc_id)
        if doc_id in self._rows and doc_id not in self._readings:
            self._readings[doc_id] = TextReading(self._rows[doc_id], self.gazetteer)
        return self._readings.get(doc_id)

    @property
    def gazetteer(self) -> Gazetteer:
        """The names of places, of the corpus's own table and of GeoNames."""
        if self._gazetteer is None:
            from helpers.extract.places.countries import guess_country

            country = self.country or guess_country(list(self.documents["text"]))
            self._gazetteer = build_gazetteer(self.table.places, country)
        return self._gazetteer

    def list_options(self, key: str) -> list[Option]:
        """What the text offers for a chip of the claim."""
        row = self.row
        reading = self.read_text(row["doc_id"]) if row else None
        if row is None or reading is None:
            return []
        return list_options(BY_KEY[key], self.ask_about(row, reading))

    def ask_about(self, row: Cells, reading: TextReading) -> Asked:
        """A claim for which choices are listed, with the other claims of its text."""
        doc_id = pad_id(row["doc_id"])
        others = [it for it in self.table.rows.values() if pad_id(it["doc_id"]) == doc_id]
        start, end = int(row["start"] or 0), int(row["end"] or 0)
        named = reading.list_names(start, end, self.table.places)
        places = [(self.places.name_mention(offer.means), offer) for offer in named]
        return ask_about(row, reading, others, places, self.known)

    def _is_wanted(self, row: Cells) -> bool:
        return not self.wanted or pad_id(row["doc_id"]) in self.wanted

    def _quote_sentence(self, row: Mapping[str, str]) -> str:
        reading = self.read_text(row["doc_id"])
        if reading is None or not row["start"].isdecimal() or not row["end"].isdecimal():
            return row["exact"]
        start, end = reading.find_sentence(int(row["start"]), int(row["end"]))
        return reading.text[start:end]

    def go_on(self) -> None:
        """To the next claim in order that nobody has decided, else to the first one left."""
        left = set(self.left)
        after = [at for at, name in enumerate(self.order) if name in left and at > self.at]
        before = [at for at, name in enumerate(self.order) if name in left]
        self.at = next(iter(after or before), len(self.order))

    def reread(self) -> None:
        """The table as it stands, after a decision that was refused."""
        try:
            self.table.read()
        except CorpusError as fault:
            self.told = ("refused", f"{self.told[1]}\n{fault}")
        if self.draft is None and self.claim_id not in self.table.rows:
            self.order = [name for name in self.order if name in self.table.rows]
            self.at = min(self.at, max(0, len(self.order) - 1))
        if self.draft is not None and self.draft.seen is not None:
            now = self.table.rows.get(self.draft.row["claim_id"])
            if now is not None and sum_row(now) != sum_row(self.draft.seen):
                self.draft = None

    def note_decision(self) -> None:
        """How long the last decision took, by the journal."""
        now = datetime.fromisoformat(self.table.journal.decisions[-1].when)
        if self._last is not None:
            self._seconds.append(min((now - self._last).total_seconds(), 120.0))
        self._last = now

    @property
    def folder(self) -> Path:
        """The folder of the corpus."""
        return self.table.file.parent
