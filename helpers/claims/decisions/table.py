"""Table: a decision, in the journal and in claims.csv before anything else happens.

Under a lock the table is read once, the row held against what the person saw, the decision written
behind the journal and the table written once, in the layout it has. What others decided or edited
in other rows meanwhile stays; the same row is refused with both shown.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.claims.checks import check_links, check_reading, check_row
from helpers.claims.decisions.anchoring import load_ids_aside
from helpers.claims.decisions.journal import (
    JOURNALS,
    MADE_AGAIN,
    TAKEN_BACK,
    Cells,
    Decision,
    Journal,
    find_changes,
    find_lost,
    is_as_decided,
    list_strokes,
    sum_row,
)
from helpers.claims.decisions.mending import mend_cells, mend_words
from helpers.corpus.places import split_values
from helpers.schema.columns import CLAIM_COLUMNS, TABLES
from helpers.schema.csv_files import (
    compose_in,
    find_layout,
    list_faults,
    name_some,
    pad_id,
    python_strings,
    read_table,
)
from helpers.schema.errors import ClaimsError, CorpusError, ParameterError
from helpers.schema.files import check_inside, open_part
from helpers.schema.locks import hold_lock

TRIES = 20  # saves of other programs that may come between reading and writing
DECIDED = ("accepted", "corrected", "rejected")
FIGURE = ["number", "number_start", "low", "best", "high", "quantifier", "unit"]


class Change(NamedTuple):
    """What a person decides of one claim: the row as they saw it, and as it shall be; None where
    there is none yet, or shall be none any more."""

    claim_id: str
    seen: Cells | None
    after: Cells | None


class ChangedError(CorpusError):
    """A row that somebody else changed since a person saw it. `rows`: claim id → the row as it
    stands, and as the person would have it."""

    def __init__(self, rows: dict[str, tuple[Cells | None, Cells | None]], words: str):
        super().__init__(words)
        self.rows = rows


class _Moved(Exception):  # noqa: N818  (no fault: the table is read again)
    """Somebody saved the table between reading and writing."""


class ReviewTable:
    """A table of claims under review: its rows as last read (claim id → cells, in the order of the
    file), and the journal beside it.

    `texts`: doc_id → text and `places`, which a row is held against; `reviewer`: who decides, as
    they name themselves; `clock`: the time of a decision. `brought_back`: sentences on decisions
    that were in the journal and not in the table any more.
    """

    def __init__(
        self,
        file: Path,
        texts: Mapping[str, str],
        places: pd.DataFrame,
        reviewer: str,
        clock: Callable[[], datetime],
    ):
        self.file, self.texts, self.places = file, dict(texts), places
        self.reviewer, self.clock = " ".join(reviewer.split()), clock
        self.journal = Journal(file.with_name(JOURNALS[file.name]))
        self.rows: dict[str, Cells] = {}
        self.columns: list[str] = []
        self.brought_back: list[str] = []
        self._data = b""
        self._stamp: tuple[int, ...] = ()

    def read(self) -> None:
        """Read table and journal, writing nothing. Raises CorpusError for a table that cannot be
        read."""
        self._read_table()
        self.journal.refresh()

    def recover(self) -> None:
        """Read table and journal, and bring back what the table has lost (find_lost). Raises
        CorpusError where nothing can be written."""
        self._work(lambda: ([], {}))

    def decide(self, changes: Iterable[Change], what: str) -> None:
        """Decide on claims in one stroke: into the journal, then into the table, both on disk when
        this returns. `what`: accepted, corrected, rejected or added.

        Raises ClaimsError for a row that would not stand in its text, ChangedError for one that
        somebody changed since, CorpusError when nothing can be written: then nothing was decided.
        Where the journal was written and the table could not be, CorpusError says that the
        decision is kept there; the next one brings it in.
        """
        wanted = list(changes)
        self._require_reviewer()
        self._work(lambda: (self._enter(wanted, what), {c.claim_id: c.after for c in wanted}))

    def undo(self) -> list[str]:
        """Take back this reviewer's last decision; the claims it was about, none where there is
        nothing to take back. Raises as decide does."""
        return self._step(TAKEN_BACK)

    def redo(self) -> list[str]:
        """Make again the decision taken back last; the claims it was about. Raises as decide
        does."""
        return self._step(MADE_AGAIN)

    def may_step(self) -> tuple[bool, bool]:
        """Whether this reviewer has something to take back, and something to make again."""
        done, undone = list_strokes(self.journal.decisions, self.reviewer)
        return bool(done), bool(undone)

    def check(self, row: Cells, places: pd.DataFrame | None = None) -> list[str]:
        """What the gate minds of a row, were it in the table: of itself, and of the rows that are
        parts of it; and what a figure's words say otherwise, where they are not those of the table.
        (Figures that stand in the table may be a person's, who knows better than the reader.)
        `places`: those it may name, if others than the table has."""
        rows = {**self.rows, row["claim_id"]: row}
        faults = check_row(_fill(row), self.texts, self.places if places is None else places, rows)
        if _find_figure(row) != _find_figure(self.rows.get(row["claim_id"], {})):
            faults += check_reading(_fill(row), self.texts)
        for part in self.rows.values():
            claim_id = part["claim_id"]
            if (
                row["claim_id"] in split_values(part.get("part_of", ""))
                and claim_id != row["claim_id"]
            ):
                known = check_links(part, self.rows)
                found = check_links(_fill(part), rows)
                faults += [f"{claim_id}: {fault}" for fault in found if fault not in known]
        return faults

    def check_own(self, row: Cells) -> list[str]:
        """What the gate minds of a row itself."""
        return check_row(_fill(row), self.texts, self.places, self.rows)

    def number_claim(self, doc_id: str) -> str:
        """An id for a claim that no rule proposed: after the highest of its text that the table or
        the journal knows, never used before."""
        named = {*self.rows, *(decision.claim_id for decision in self.journal.decisions)}
        for row in self.rows.values():
            named |= {*split_values(row["part_of"]), *split_values(row["same_as"])}
        numbers = [0]
        for name in named:
            text, _, number = name.rpartition("-")
            if pad_id(text) == doc_id and number.isdigit():
                numbers.append(int(number))
        return f"{doc_id}-{max(numbers) + 1:03d}"

    # --- inside ----------------------------------------------------------------------------------

    def _require_reviewer(self) -> None:
        if not self.reviewer:
            raise ParameterError(
                'reviewer = "" says nobody; write your name or initials, as in reviewer = "RK". '
                "It stands beside each decision, and is never taken from the machine"
            )

    def _step(self, what: str) -> list[str]:
        """One step back or forth in this reviewer's decisions."""
        self._require_reviewer()
        changes: list[Change] = []

        def prepare() -> tuple[list[Decision], dict[str, Cells | None]]:
            done, undone = list_strokes(self.journal.decisions, self.reviewer)
            steps = done if what == TAKEN_BACK else undone
            changes[:] = [self._turn(decision, what) for decision in steps[-1]] if steps else []
            return self._enter(changes, what), {c.claim_id: c.after for c in changes}

        self._work(prepare)
        return [change.claim_id for change in changes]

    def _turn(self, decision: Decision, what: str) -> Change:
        """A decision taken back, or made again, on the row as it stands. Raises ChangedError where
        the cells it was about are others now."""
        old, new = decision.after, decision.before
        if what == MADE_AGAIN:
            old, new = new, old
        row = self.rows.get(decision.claim_id)
        wanted = None if new is None else {**(row or {}), **new}
        if not is_as_decided(row, decision._replace(after=old)):
            self._refuse({decision.claim_id: (row, wanted)})
        return Change(decision.claim_id, row, wanted)

    def _enter(self, changes: list[Change], what: str) -> list[Decision]:
        """The decisions that changes make, on the rows as they stand on disk. Raises ChangedError
        and ClaimsError."""
        for change in changes:
            if change.after is not None and not change.claim_id:
                raise ClaimsError("claim_id is empty; number the claim")
        others = {
            change.claim_id: (self.rows.get(change.claim_id), change.after)
            for change in changes
            if sum_row(self.rows.get(change.claim_id))
            not in (sum_row(change.seen), sum_row(change.after))
        }
        if others:
            self._refuse(others)
        if what not in (TAKEN_BACK, MADE_AGAIN):
            self._check_all(changes)
        number = self.journal.last_number + 1
        when = self.clock().isoformat(timespec="seconds")
        return [
            Decision(
                number,
                when,
                self.reviewer,
                what,
                change.claim_id,
                sum_row(row := self.rows.get(change.claim_id)),
                find_changes(row, change.after),
                find_changes(change.after, row),
            )
            for change in changes
        ]

    def _check_all(self, changes: list[Change]) -> None:
        """Raises ClaimsError for rows that would not stand in their texts. Who rejects a row need
        not mend it first."""
        faults = []
        for change in changes:
            if change.after is None:
                continue
            known = self.check(change.seen) if change.seen else []
            is_rejected = change.after["review"] == "rejected"
            faults += [
                f"{change.claim_id}: {fault}"
                for fault in self.check(change.after)
                if not (is_rejected and fault in known)
            ]
        if faults:
            raise ClaimsError(
                list_faults("Not decided, for it would not stand in its text", faults)
            )

    def _refuse(self, rows: dict[str, tuple[Cells | None, Cells | None]]) -> None:
        said = "\n".join(
            f"  {claim_id}: {_say_apart(now, wanted)}" for claim_id, (now, wanted) in rows.items()
        )
        raise ChangedError(
            rows,
            f"{self.file.name} was changed since you saw it; nothing was decided. Look at the row "
            f"as it stands now, and decide again:\n{said}",
        )

    def _work(self, prepare: Callable[[], tuple[list[Decision], dict[str, Cells | None]]]) -> None:
        """Read, prepare, write behind the journal, write the table: as one, whoever else works on
        it. Where another program saves in between, all but the journal is done anew."""
        with hold_lock(self.file):
            entered: list[Decision] = []
            for _ in range(TRIES):
                self.read()
                aside = set(load_ids_aside(self.file.parent))
                kept = (it for it in self.journal.decisions if it.claim_id not in aside)
                lost = find_lost(self.rows, kept)
                self._apply(lost)
                if entered:
                    self._hold(entered)
                else:
                    entered, changed = prepare()
                    if entered:
                        self.journal.append(entered)
                    self._apply(changed)
                if not (lost or entered):
                    return
                try:
                    self._write(bool(entered))
                except _Moved:
                    continue
                own = {decision.claim_id for decision in entered}
                if back := [name for name in lost if name not in own]:
                    self.brought_back.append(_say_brought_back(back, self.journal.decisions))
                return
            raise CorpusError(f"{self.file.name} is saved by another program all the time; {_KEPT}")

    def _hold(self, entered: list[Decision]) -> None:
        """What was entered into the journal, held against a table that was saved meanwhile. Where
        that has another row now, the decision is taken back in the journal, and refused."""
        others = [
            decision
            for decision in entered
            if not is_as_decided(self.rows.get(decision.claim_id), decision)
        ]
        if not others:
            return
        number = self.journal.last_number + 1
        self.journal.append(
            decision._replace(
                number=number, what=TAKEN_BACK, before=decision.after, after=decision.before
            )
            for decision in entered
        )
        rows = {decision.claim_id: self.rows.get(decision.claim_id) for decision in others}
        self._refuse({d.claim_id: (row := rows[d.claim_id], _rewrite(row, d)) for d in others})

    def _read_table(self) -> None:
        check_inside(self.file)
        try:
            with self.file.open("rb") as source:
                self._stamp = _find_stamp(os.fstat(source.fileno()))
                self._data = source.read()
        except FileNotFoundError:
            raise CorpusError(
                f"{self.file.parent.name} has no {self.file.name}; notebooks/00_propose_claims "
                "writes it with merge=True"
            ) from None
        except OSError as error:
            raise CorpusError(
                f"{self.file.name} cannot be opened ({error.strerror}); allow reading it"
            ) from None
        table = read_table(self._data, self.file.name, TABLES["claims"].needed)
        table = mend_words(mend_cells(table, self.file), self.texts, self.places)
        columns = [table[name].tolist() for name in table]
        records: list[Cells] = [dict(zip(table.columns, cells)) for cells in zip(*columns)]
        self.columns = list(table.columns)
        self.rows = {row["claim_id"]: row for row in records}
        if len(self.rows) < len(records):
            ids = [row["claim_id"] for row in records]
            twice = dict.fromkeys(claim_id for claim_id in ids if ids.count(claim_id) > 1)
            raise ClaimsError(
                f"{self.file.name}: the claim_id {name_some(list(twice))} stands on more than one "
                "row; give each row its own, ids are never reused"
            )

    def _apply(self, rows: Mapping[str, Cells | None]) -> None:
        for claim_id, row in rows.items():
            if row is None:
                self.rows.pop(claim_id, None)
            else:  # a row that comes back from the journal has no empty cells
                self.rows[claim_id] = {**dict.fromkeys(self.columns, ""), **row}
                filled = [name for name in CLAIM_COLUMNS if row.get(name)]
                self.columns += [name for name in filled if name not in self.columns]

    @python_strings
    def _write(self, is_entered: bool) -> None:
        """The rows as they are, whole or not at all, unless somebody saved the table since."""
        cells = [[row.get(name, "") for name in self.columns] for row in self.rows.values()]
        table = pd.DataFrame(cells, columns=self.columns, dtype=str)
        data = compose_in(find_layout(self._data), table)
        try:
            with open_part(self.file) as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())  # first: waiting for it leaves time to save in between
                if _find_stamp(self.file.stat()) != self._stamp:
                    raise _Moved
        except FileNotFoundError:
            raise _Moved from None
        except OSError as error:
            kept = _KEPT if is_entered else "it is as it was"
            raise CorpusError(
                f"{self.file.name} cannot be written ({error.strerror}): close it in other "
                f"programs, or free the disk; {kept}"
            ) from None


_KEPT = "your decision is kept in the journal beside it, and is brought in with the next one"


def _fill(row: Cells) -> Cells:
    """A row with the columns that its table lacks, empty."""
    return {**dict.fromkeys(CLAIM_COLUMNS, ""), **row}


def _find_figure(row: Cells) -> list[str]:
    """The cells that a figure's words give: the words, where they stand, and their values."""
    return [row.get(name, "") for name in FIGURE]


def _rewrite(row: Cells | None, decision: Decision) -> Cells | None:
    """A row as a decision would have it."""
    return None if decision.after is None else {**(row or {}), **decision.after}


def _find_stamp(status: os.stat_result) -> tuple[int, ...]:
    """By what a file is known to be the one that was read, without reading it again."""
    return status.st_ino, status.st_size, status.st_mtime_ns


def _say_apart(now: Cells | None, wanted: Cells | None) -> str:
    """A row as it stands and as a person would have it, where they differ."""
    if now is None:
        return "the row is not there any more"
    if wanted is None:
        return "the row was changed since it was added"
    names = list(find_changes(now, wanted) or {})
    pairs = [f"{name} reads “{now.get(name, '')}”, you “{wanted.get(name, '')}”" for name in names]
    return "; ".join(pairs)


def _say_brought_back(lost: list[str], decisions: list[Decision]) -> str:
    """A sentence on decisions that the table had lost."""
    people = {decision.claim_id: decision.who for decision in decisions}
    who = dict.fromkeys(people[claim_id] for claim_id in lost)
    those = "decision" if len(lost) == 1 else "decisions"
    return (
        f"{len(lost)} {those} by {name_some(list(who))} stood in the journal but not in the table, "
        f"as when an older copy is saved over it: brought back ({name_some(lost)}). "
        "To take one back, undo it here"
    )
