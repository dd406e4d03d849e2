"""Journal: what people decided, kept beside the table they decided on.

It is written before the table is, and only ever added to: from it a decision is taken back, made
again, audited, or brought back where another program saved an older table over it.
"""

import csv
import hashlib
import io
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from helpers.schema.columns import CLAIM_COLUMNS, NUMBERS, TABLES
from helpers.schema.csv_files import Layout, find_layout, guard_cell, pad_id, unguard_cell
from helpers.schema.errors import CorpusError
from helpers.schema.files import check_inside

Cells = dict[str, str]
COLUMNS = TABLES["decisions"].names
JOURNALS = {"claims.csv": "decisions.csv", "second_review.csv": "second_decisions.csv"}
TAKEN_BACK, MADE_AGAIN = "undone", "redone"


class Decision(NamedTuple):
    """What one person decided of one claim. number: claims decided in one stroke share it. when:
    ISO time. what: accepted, corrected, rejected, added, undone or redone. seen: sum_row of the row
    as it stood before. before, after: the cells that changed; None where there was, or is, no
    row."""

    number: int
    when: str
    who: str
    what: str
    claim_id: str
    seen: str
    before: Cells | None
    after: Cells | None


def read_cell(row: Mapping[str, str], name: str) -> str:
    """A cell as it compares: 12.0 is 12, the 4 of a spreadsheet is 004; "" for a missing one."""
    cell = row.get(name, "")
    if name == "doc_id":
        return pad_id(cell)
    if name in NUMBERS and cell:
        try:
            return f"{float(cell):.15g}"
        except ValueError:
            return cell
    return cell


def sum_row(row: Mapping[str, str] | None) -> str:
    """A short checksum of what a row of claims says; "" for no row. Columns that are younger than
    the table, and a person's own, make no difference while they are empty."""
    if row is None:
        return ""
    cells = [(name, cell) for name in CLAIM_COLUMNS if (cell := read_cell(row, name))]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()[:16]


def find_changes(before: Mapping[str, str] | None, after: Mapping[str, str] | None) -> Cells | None:
    """The cells of `before` that are others in `after`; all of them where there is no `after`,
    None where there is no `before`."""
    if before is None:
        return None
    if after is None:
        return {name: cell for name, cell in before.items() if cell}
    names = [*before, *(name for name in after if name not in before)]
    return {
        name: before.get(name, "")
        for name in names
        if read_cell(before, name) != read_cell(after, name)
    }


class Journal:
    """The journal of a table: all decisions in order. `refresh` reads what was added since; only
    who holds the lock of the table calls it, or `append`."""

    def __init__(self, file: Path):
        self.file = file
        self.decisions: list[Decision] = []
        self._data = b""
        self._whole = 0  # bytes that are whole lines; a process may be killed within one

    @property
    def last_number(self) -> int:
        """The number of the last decision; 0 before the first."""
        return max((decision.number for decision in self.decisions), default=0)

    def refresh(self) -> None:
        """Read what the journal holds. A last line that was never finished is no decision: nobody
        was told that it was kept. Raises CorpusError for what is no journal."""
        data = b""
        if self.file.exists():
            check_inside(self.file)
            data = self.file.read_bytes()
        if data == self._data:
            return
        self.decisions, self._whole = _read_journal(data, self.file.name)
        self._data = data

    def append(self, decisions: Iterable[Decision]) -> None:
        """Write decisions behind the last, on disk when this returns. Raises CorpusError when they
        cannot be written; the journal is as it was then."""
        added = list(decisions)
        start = b"" if self._data else b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\n"
        layout = find_layout(self._data or start)
        if self._data and self._whole == len(self._data) and not self._data.endswith(b"\n"):
            start = layout.line_end.encode()
        data = start + "".join(_compose_line(decision, layout) for decision in added).encode()
        try:
            _write_behind(self.file, self._whole, data)
        except OSError as error:
            raise CorpusError(
                f"{self.file} cannot be written ({error.strerror}); nothing was decided. Close it "
                "in other programs, free the disk, or copy the corpus to where you may write"
            ) from None
        self._data = self._data[: self._whole] + data
        self._whole = len(self._data)
        self.decisions += added


def _write_behind(file: Path, whole: int, data: bytes) -> None:
    """Bytes behind the whole lines of a file, or none of them."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        os.ftruncate(handle, whole)
        os.lseek(handle, whole, os.SEEK_SET)
        try:
            left = data
            while left:
                left = left[os.write(handle, left) :]
            os.fsync(handle)
        except BaseException:
            os.ftruncate(handle, whole)
            raise
    finally:
        os.close(handle)


def _compose_line(decision: Decision, layout: Layout) -> str:
    cells = [
        str(decision.number),
        decision.when,
        " ".join(decision.who.split()),
        decision.what,
        decision.claim_id,
        decision.seen,
        *(json.dumps(part, ensure_ascii=False) for part in (decision.before, decision.after)),
    ]
    out = io.StringIO()
    csv.writer(out, delimiter=layout.separator, lineterminator=layout.line_end).writerow(
        [guard_cell(cell) for cell in cells]
    )
    return out.getvalue()


def _read_journal(data: bytes, name: str) -> tuple[list[Decision], int]:
    """(the decisions, how many bytes are whole lines). No cell holds a line end: JSON writes it as
    a sign, and names are kept on one line."""
    if not data:
        return [], 0
    try:
        layout = find_layout(data[: data.rfind(b"\n") + 1] or data)
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"{name} is not UTF-8 (byte {error.start}); export it as CSV UTF-8"
        ) from None
    if layout.encoding != "utf-8":  # it is added to byte by byte, and never written anew
        raise CorpusError(f"{name} is not UTF-8 any more; export it as CSV UTF-8")
    lines = data.splitlines(keepends=True)
    decisions, whole = [], 0
    for number, line in enumerate(lines, 1):
        words = line.decode("utf-8-sig", "replace").strip("\r\n")
        if words and words != layout.header and not words.startswith("#"):
            try:
                decisions.append(_read_line(words, layout.separator))
            except (ValueError, TypeError, csv.Error):
                if number == len(lines) and not line.endswith(b"\n"):
                    break
                raise CorpusError(
                    f"{name} line {number} is no decision; put back the line as it was, from a "
                    "copy, or rename the file to begin another"
                ) from None
        whole += len(line)
    return decisions, whole


def _read_line(words: str, separator: str) -> Decision:
    """Raises ValueError or csv.Error for a line that is no decision."""
    [cells] = csv.reader([words], delimiter=separator, strict=True)
    number, when, who, what, claim_id, seen, before, after = map(unguard_cell, cells)
    old, new = json.loads(before), json.loads(after)
    if what not in TABLES["decisions"]["what"].allowed:
        raise ValueError(what)
    if not all(part is None or isinstance(part, dict) for part in (old, new)):
        raise ValueError(before, after)
    return Decision(int(number), when, who, what, claim_id, seen, old, new)


def load_decisions(folder: Path, table: str = "claims.csv") -> list[Decision]:
    """Every decision on a table of a corpus, in order; none where nobody has decided. Raises
    CorpusError for a journal that cannot be read."""
    journal = Journal(folder / JOURNALS[table])
    journal.refresh()
    return journal.decisions


def list_strokes(decisions: list[Decision], who: str) -> tuple[list[list[Decision]], ...]:
    """(what this person may take back, what they may make again): the decisions of each stroke,
    the next one last."""
    strokes: dict[int, list[Decision]] = {}
    for decision in decisions:
        if decision.who == who:
            strokes.setdefault(decision.number, []).append(decision)
    done: list[list[Decision]] = []
    undone: list[list[Decision]] = []
    for stroke in strokes.values():
        what = stroke[0].what
        if what == TAKEN_BACK and done:
            undone.append(done.pop())
        elif what == MADE_AGAIN and undone:
            done.append(undone.pop())
        elif what not in (TAKEN_BACK, MADE_AGAIN):
            done.append(stroke)
            undone = []
    return done, undone


def find_lost(
    rows: Mapping[str, Mapping[str, str]], decisions: Iterable[Decision]
) -> dict[str, Cells | None]:
    """Claims whose row stands exactly as it did before a decision, so that an older table must
    have been saved over it (or the table was never written): claim id → the row as decided, None
    where it was taken out. A row that somebody changed otherwise since is left to them."""
    chains: dict[str, list[Decision]] = {}
    for decision in decisions:
        chains.setdefault(decision.claim_id, []).append(decision)
    lost: dict[str, Cells | None] = {}
    for claim_id, chain in chains.items():
        row = rows.get(claim_id)
        if is_as_decided(row, chain[-1]):
            continue
        now = sum_row(row)
        steps = [at for at, decision in enumerate(chain) if decision.seen == now]
        if not steps:
            continue
        decided = None if row is None else dict(row)
        for decision in chain[steps[-1] :]:
            after = decision.after
            decided = None if after is None else {**(decided or {}), **after}
        if sum_row(decided) != now:
            lost[claim_id] = decided
    return lost


def is_as_decided(row: Mapping[str, str] | None, last: Decision) -> bool:
    """Whether a row holds what was decided of it; looked at before any checksum is taken."""
    after = last.after
    if row is None or after is None:
        return row is None and after is None
    return all(read_cell(row, name) == read_cell(after, name) for name in after)
