"""A review: one person going through the claims of a corpus, one key at a time.

What the widget shows comes from `show`, what a key asks goes through `do`; nothing here knows of a
browser, so that a review can be held, and tested, without one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.claims.decisions.journal import Cells, sum_row
from helpers.claims.decisions.table import DECIDED, Change, ReviewTable
from helpers.claims.gate import describe_doubts
from helpers.corpus.places import split_values
from helpers.extract.places.gazetteer import (
    Gazetteer,
    build_gazetteer,
)
from helpers.review.chips import BY_KEY, list_options, read_typed
from helpers.review.completion import PlaceKeys, complete_row
from helpers.review.doubt import Known, find_home, find_repeats, list_doubts_of, order_claims
from helpers.review.marking import build_marked
from helpers.review.reading import Asked, Option, TextReading, ask_about
from helpers.schema.csv_files import pad_id
from helpers.schema.errors import ClaimsError, CorpusError, ParameterError

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

    # --- what there is ---------------------------------------------------------------------------

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

    # --- what a key does -------------------------------------------------------------------------

    def do(self, what: str, **given: Any) -> None:
        """What a key asks for; `told` says what came of it. Nothing that goes wrong is raised: it
        is told, and the claim stays as it was.

        accept, reject, save (what was changed), undo, redo, next, back, skip, only (decide this one
        alone), whole (show the whole text), drop (what was changed), set (chip, and option or
        typed), mark (doc_id, start, end), texts (list them), text (doc_id: go to one).
        """
        actions: dict[str, Callable[..., None]] = {
            "accept": lambda: self._decide("accepted"),
            "reject": lambda: self._decide("rejected"),
            "save": self._save,
            "undo": lambda: self._step(self.table.undo, "taken back"),
            "redo": lambda: self._step(self.table.redo, "made again"),
            "next": lambda: self._go(self.at + 1),
            "back": lambda: self._go(self.at - 1),
            "skip": self._skip,
            "only": self._toggle_only,
            "whole": self._toggle_whole,
            "drop": self._drop,
            "set": self._set,
            "mark": self._mark,
            "texts": self._list_texts,
            "text": self._go_to_text,
        }
        self.told, self.listing = ("", ""), False
        try:
            actions[what](**given)
        except (CorpusError, ParameterError) as fault:
            self.told = ("refused", str(fault))
            self._reread()

    def _decide(self, what: str) -> None:
        row = self.row
        if row is None:
            return
        if self.draft is not None and what == "accepted":
            self._save()
            return
        self.draft = None
        names = [self.claim_id, *self.repeats]
        rows = [self.table.rows[name] for name in names]
        self._write([Change(it["claim_id"], dict(it), {**it, "review": what}) for it in rows], what)
        parts = [
            name
            for name, row in self.table.rows.items()
            if what == "rejected" and set(names) & set(split_values(row["part_of"]))
        ]
        if parts:
            kind, words = self.told
            self.told = (kind, f"{words}; {', '.join(parts)} is still said to be part of it")

    def _save(self) -> None:
        """The changes of the claim, decided; without any it is accepted."""
        if self.draft is None:
            self._decide("accepted")
            return
        seen, row = self.draft.seen, self.draft.row
        self.places.save_new(row)
        if seen is None:
            row = {**row, "review": "accepted"}
            self._write([Change(row["claim_id"], None, row)], "added")
            return
        if sum_row(seen) == sum_row(row):
            self.draft = None
            self._decide("accepted")
            return
        changes = [Change(row["claim_id"], seen, {**row, "review": "corrected"})]
        changes += [self._repeat_change(name, seen, row) for name in self.repeats]
        self._write(changes, "corrected")

    def _repeat_change(self, name: str, seen: Cells, row: Cells) -> Change:
        """The same correction of a claim that repeats this one in another text."""
        other = dict(self.table.rows[name])
        cells = {
            column: cell
            for column, cell in row.items()
            if cell != seen.get(column, "")
            and column not in ("start", "end", "number_start", "date_at", "review")
        }
        reading = self.read_text(other["doc_id"])
        text = reading.text if reading else ""
        after = complete_row(other, cells, text, self.table.places)
        return Change(name, other, {**after, "review": "corrected"})

    def _write(self, changes: list[Change], what: str) -> None:
        """Decide, and go on to the next claim that nobody has decided."""
        self._require_open()
        self.table.decide(changes, what)
        self._count_time()
        self.draft, self.only = None, False
        self.told = ("done", _say_done([change.claim_id for change in changes], what))
        if what == "added":  # back to the claim at which its words were marked
            self.order.insert(self.at, changes[0].claim_id)
            self.at += 1
        else:
            self._go_on()

    def _require_open(self) -> None:
        if self.closed:
            raise CorpusError(self.closed)

    def _go_on(self) -> None:
        """To the next claim in order that nobody has decided, else to the first one left."""
        left = set(self.left)
        after = [at for at, name in enumerate(self.order) if name in left and at > self.at]
        before = [at for at, name in enumerate(self.order) if name in left]
        self.at = next(iter(after or before), len(self.order))

    def _step(self, step: Callable[[], list[str]], words: str) -> None:
        self._require_open()
        self.draft, self.text = None, ""
        names = step()
        if not names:
            self.told = ("", f"nothing to be {words}")
            return
        self.told = ("done", f"{words}: {', '.join(names)}")
        self.order[self.at : self.at] = [name for name in names if name not in self.order]
        gone = sum(name not in self.table.rows for name in self.order[: self.at])
        self.order = [name for name in self.order if name in self.table.rows]
        shown = [name for name in names if name in self.order]
        self.at = self.order.index(shown[0]) if shown else self.at - gone

    def _go(self, at: int) -> None:
        self.draft, self.only = None, False
        if self.text:  # back from a text to the claim
            self.text = ""
            return
        self.at = max(0, min(at, len(self.order) - 1))

    def _list_texts(self) -> None:
        self.listing = True

    def _go_to_text(self, doc_id: str) -> None:
        """To the first claim of a text that nobody has decided, else to its first, else to the text
        itself."""
        self.draft, self.only, self.text = None, False, ""
        rows = [row for row in self.table.rows.values() if pad_id(row["doc_id"]) == doc_id]
        rows = [row for row in rows if row["claim_id"] in self.order]
        rows.sort(key=lambda row: (row["review"] in DECIDED, int(row["start"] or 0)))
        if rows:
            self.at = self.order.index(rows[0]["claim_id"])
        elif doc_id in self._rows:
            self.text = doc_id

    def _skip(self) -> None:
        """The claim goes behind those that nobody has decided."""
        if not self.claim_id or self.draft is not None:
            self._drop()
            return
        name = self.order.pop(self.at)
        left = set(self.left)
        last = max((at for at, other in enumerate(self.order) if other in left), default=-1)
        self.order.insert(max(last + 1, self.at), name)
        self.at = min(self.at, len(self.order) - 1)

    def _toggle_only(self) -> None:
        self.only = not self.only

    def _toggle_whole(self) -> None:
        self.whole = not self.whole

    def _drop(self) -> None:
        self.draft = None

    def _set(self, chip: str, option: int = -1, typed: str = "") -> None:
        """A chip of the claim changed, and whatever follows from it."""
        row = self.row
        reading = self.read_text(row["doc_id"]) if row else None
        if row is None or reading is None:
            raise ClaimsError("there is no text to choose from")
        if option >= 0:
            cells = self.list_options(chip)[option].cells
        else:
            cells = read_typed(
                BY_KEY[chip],
                typed,
                row,
                reading,
                lambda name: self.places.find_key(name, reading.text),
            )
        kept = self.draft.by_hand - set(BY_KEY[chip].columns) if self.draft else frozenset()
        cells = {name: cell for name, cell in cells.items() if name not in kept}
        after = complete_row(row, cells, reading.text, self.places.list_known(), kept)
        seen = dict(self.table.rows[row["claim_id"]]) if self.draft is None else self.draft.seen
        self.draft = Draft(seen, after, kept | set(BY_KEY[chip].columns))

    def _mark(self, start: int, end: int, doc_id: str = "") -> None:
        """A claim that nobody proposed, from words that were marked in a text."""
        row = self.row
        reading = self.read_text(doc_id or (row["doc_id"] if row else ""))
        if reading is None:
            raise ClaimsError("mark the words in a text of this corpus")
        marked = build_marked(reading, start, end, self.places.name_mention)
        marked["claim_id"] = self.table.number_claim(reading.doc_id)
        after = complete_row(
            marked, {"place": marked["place"]}, reading.text, self.places.list_known()
        )
        self.draft = Draft(None, after)

    # --- inside ----------------------------------------------------------------------------------

    def _is_wanted(self, row: Cells) -> bool:
        return not self.wanted or pad_id(row["doc_id"]) in self.wanted

    def _quote_sentence(self, row: Mapping[str, str]) -> str:
        reading = self.read_text(row["doc_id"])
        if reading is None or not row["start"].isdecimal() or not row["end"].isdecimal():
            return row["exact"]
        start, end = reading.find_sentence(int(row["start"]), int(row["end"]))
        return reading.text[start:end]

    def _reread(self) -> None:
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

    def _count_time(self) -> None:
        now = datetime.fromisoformat(self.table.journal.decisions[-1].when)
        if self._last is not None:
            self._seconds.append(min((now - self._last).total_seconds(), 120.0))
        self._last = now

    @property
    def folder(self) -> Path:
        """The folder of the corpus."""
        return self.table.file.parent


def _say_done(names: list[str], what: str) -> str:
    more = f", and {len(names) - 1} that repeat it" if len(names) > 1 else ""
    return f"{names[0]} {what}{more}"
