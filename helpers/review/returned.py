"""What comes back in a workbook: the decisions that a person wrote into `review.xlsx`.

Each row is held against the row as it was written, so that only what the person changed is decided,
and goes through the same door as a key of the widget: the gate, the journal, the table. Formulas
are never worked out, and what cannot be brought in is said row by row and stays in the file.
"""

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from helpers.claims.decisions.journal import Cells, find_changes, is_as_decided, read_cell, sum_row
from helpers.claims.decisions.mending import find_alike, list_place_keys, mend_cell
from helpers.claims.decisions.table import DECIDED, Change, ChangedError
from helpers.corpus.places import split_values
from helpers.review.choices.completion import complete_row
from helpers.review.session import Review
from helpers.review.workbook import CHANGED, COLUMNS, COUNTED, REVIEW, WRITES, WRITTEN
from helpers.schema.columns import CLAIM_COLUMNS, DAYS, NUMBERS, VALUES
from helpers.schema.csv_files import THOUSANDS, name_columns, pad_id, unguard_cell
from helpers.schema.errors import ClaimsError, CorpusError
from helpers.schema.formatting import count, join_words

MOST_UNPACKED = 300_000_000  # bytes: ten thousand claims take thirty million
EMPTY_ROWS = 2_000  # one after another, after which nothing more is looked for
HEADER_ROWS = 20  # within which the names of the columns stand
OLD = b"\xd0\xcf\x11\xe0"  # an .xls, or an .xlsx behind a password
QUOTED = ("exact", "number", "date_exact")


class Sheet(NamedTuple):
    """What a workbook holds. rows: number of the row → its cells, as far as they could be read, and
    what is wrong with the others. written: claim id → its row as it was written; `seen` the sum of
    the whole."""

    rows: dict[int, tuple[Cells, list[str]]]
    written: dict[str, Cells]


class Wanted(NamedTuple):
    """A decision that stands in a row of the workbook."""

    number: int
    who: str
    what: str
    change: Change


def read_workbook(review: Review, file: Path) -> tuple[list[str], list[str]]:
    """Decide what a person decided in a workbook: (what was done, in sentences; what could not be
    brought in and why, a row each). What stands in the table already is passed over, so that a
    workbook can be read as often as one likes. Raises CorpusError for a file that is no workbook of
    this kind, and as ReviewTable.decide does when nothing can be written."""
    sheet = load_sheet(file)
    review.table.recover()
    keys = list_place_keys(review.table.places)
    wanted, refused, ids = [], [], [cells.get("claim_id", "") for cells, _ in sheet.rows.values()]
    for number, (cells, faults) in sheet.rows.items():
        claim_id = cells.get("claim_id", "")
        where = f"{file.name} row {number} ({claim_id or 'without claim_id'})"
        try:
            if faults:
                raise ClaimsError("; ".join(faults))
            if claim_id and ids.count(claim_id) > 1:
                raise ClaimsError("the claim stands on more than one row; keep one of them")
            for name in ("place", "place_to"):
                if name in cells:
                    cells[name] = _name_places(cells[name], keys)
            if found := _want(review, number, cells, sheet.written.get(claim_id)):
                wanted.append(found)
        except ClaimsError as fault:
            refused.append(f"{where}: {' '.join(str(fault).split())}")
    told, more = _decide(review, wanted, file.name)
    return told, refused + more


def _decide(review: Review, wanted: list[Wanted], name: str) -> tuple[list[str], list[str]]:
    """Decide, in one stroke for each reviewer and kind of decision; each claim that was added in
    one of its own, for it takes the next number of its text."""
    table, own = review.table, review.table.reviewer
    told, refused = [], []
    strokes: dict[tuple[str, str, int], list[Wanted]] = {}
    for it in wanted:
        own_stroke = it.number if it.what == "added" else 0
        strokes.setdefault((it.who, it.what, own_stroke), []).append(it)
    try:
        for (who, what, _), stroke in strokes.items():
            table.reviewer = who
            try:
                table.decide([_number(review, it.change) for it in stroke], what)
            except (ClaimsError, ChangedError) as fault:
                refused.append(f"{name}: {fault}")
                continue
            told.append(f"{count(len(stroke), 'claim')} {what} by {who}, from {name}")
    finally:
        table.reviewer = own
    return told, refused


def _number(review: Review, change: Change) -> Change:
    """A change whose claim, if it is added, has the next number of its text."""
    if change.after is None or change.seen is not None:
        return change
    claim_id = review.table.number_claim(change.after["doc_id"])
    return Change(claim_id, None, {**change.after, "claim_id": claim_id})


def _want(review: Review, number: int, cells: Cells, written: Cells | None) -> Wanted | None:
    """The decision that stands in a row; None for none, or for one that the table holds. Raises
    ClaimsError for what cannot be decided, with the reason."""
    table = review.table
    who = " ".join(cells.pop("reviewer", "").split()) or table.reviewer
    claim_id = cells.get("claim_id", "")
    if not claim_id:
        return _want_added(review, number, cells, who)
    row = table.rows.get(claim_id)
    if row is None:
        raise ClaimsError(f"{table.file.name} has no such claim; nothing was decided of it")
    before = written or row
    changed = {name: cells[name] for name in CHANGED if _is_changed(name, cells, before)}
    asked, had = cells.get("review") or before["review"], before["review"]
    if not changed and asked == had:
        return None
    if asked not in VALUES["review"]:
        raise ClaimsError(f"review reads “{asked}”; write one of {', '.join(VALUES['review'])}")
    if asked not in DECIDED and had in DECIDED:
        raise ClaimsError(f"it was {had}; to take a decision back press u in the widget")
    after = _complete(review, row, changed)
    what = "corrected" if changed and asked != "rejected" else asked
    after["review"] = what
    if sum_row(after) == sum_row(row):
        return None
    if written is None and row["review"] in DECIDED:
        raise ClaimsError(f"was decided since: {_say_apart(row, after)}; write the workbook anew")
    if written and not _is_own(review, claim_id, row, written["seen"], who):
        raise ClaimsError(
            f"{table.file.name} was changed since the workbook was written: "
            f"{_say_apart(row, after)}; write the workbook anew, and decide again"
        )
    known = table.check(row) if what == "rejected" else []
    if faults := [fault for fault in table.check(after) if fault not in known]:
        raise ClaimsError("; ".join(faults))
    return Wanted(number, who, what, Change(claim_id, dict(row), after))


def _want_added(review: Review, number: int, cells: Cells, who: str) -> Wanted | None:
    """A claim that a person wrote into a row of their own."""
    filled = {name: cells[name] for name in CHANGED if cells.get(name)}
    doc_id = pad_id(cells.get("doc_id", ""))
    if not filled.get("exact") or not doc_id:
        raise ClaimsError(
            "has no claim_id: put it back as it was; of a claim that nobody proposed, fill in "
            "doc_id, exact and measure at least"
        )
    empty = {**dict.fromkeys(CLAIM_COLUMNS, ""), "doc_id": doc_id, "review": "accepted"}
    after = _complete(review, empty, {"measure": "", "date_start": "", **filled})
    after["assertion"] = after["assertion"] or "reported"
    alike = ("doc_id", "start", "end", "number_start", "measure", "place")
    for row in review.table.rows.values():
        if all(read_cell(row, name) == read_cell(after, name) for name in alike):
            return None  # brought in when the workbook was read before
    after["claim_id"] = review.table.number_claim(doc_id)
    if faults := review.table.check(after):
        raise ClaimsError("; ".join(faults))
    return Wanted(number, who, "added", Change(after["claim_id"], None, after))


def _complete(review: Review, row: Cells, changed: Cells) -> Cells:
    """A row with the cells that a person changed, and what follows from them. Values that were
    typed beside a number are those of the person."""
    reading = review.read_text(row["doc_id"])
    after = complete_row(row, changed, reading.text if reading else "", review.table.places)
    own = (*NUMBERS, "quantifier", "unit")
    typed = {name: changed[name] for name in own if name in changed}
    return {**after, **typed}


def _is_own(review: Review, claim_id: str, row: Cells, seen: str, who: str) -> bool:
    """Whether a row is as the workbook has it, or as the same person decided since."""
    if sum_row(row) == seen:
        return True
    chain = [it for it in review.table.journal.decisions if it.claim_id == claim_id]
    steps = [at for at, decision in enumerate(chain) if decision.seen == seen]
    if not steps or not is_as_decided(row, chain[-1]):
        return False
    return all(decision.who == who for decision in chain[steps[0] :])


def _is_changed(name: str, cells: Cells, before: Cells) -> bool:
    """Whether a cell is another than the one that was written. Quotes may have lost their curls."""
    if name not in cells:
        return False
    now, was = read_cell(cells, name), read_cell(before, name).strip()
    if now == was or (name in QUOTED and now and find_alike(now).fullmatch(was)):
        return False
    return split_values(now) != split_values(was) or name in QUOTED


def _name_places(cell: str, keys: dict[str, str]) -> str:
    """Places by their keys, which were named by key or by name."""
    return ";".join(keys.get(it, keys.get(it.casefold(), it)) for it in split_values(cell))


def _say_apart(now: Cells, wanted: Cells) -> str:
    names = find_changes(now, wanted) or {}
    return "; ".join(
        f"{name} reads “{now.get(name, '')}” there, “{wanted.get(name, '')}” here" for name in names
    )


# --- the file --------------------------------------------------------------------------------


def load_sheet(file: Path) -> Sheet:
    """The rows of a workbook. Raises CorpusError for what is none, or lacks the columns by which
    claims are known."""
    from openpyxl import load_workbook

    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise CorpusError(
            f'{file.parent.name} has no {file.name}; workbook = "write" writes it'
        ) from None
    except OSError as error:
        raise CorpusError(f"{file.name} cannot be opened ({error.strerror}); close it") from None
    _check_archive(data, file.name)
    try:
        book = load_workbook(io.BytesIO(data), keep_links=False)
    except Exception as error:  # damaged files make it raise almost anything
        raise CorpusError(
            f"{file.name} cannot be read ({type(error).__name__}); open it and save it as .xlsx"
        ) from None
    for sheet in book.worksheets:
        if sheet.title != WRITTEN and (found := _find_header(sheet)):
            return Sheet(_read_rows(sheet, *found, book.epoch), _read_written(book))
    raise CorpusError(
        f"{file.name} has no sheet with the columns claim_id and review (it had one called "
        f"{REVIEW}); put their names back into its first row"
    )


def _check_archive(data: bytes, name: str) -> None:
    if data.startswith(OLD):
        raise CorpusError(f"{name} is an old .xls or has a password; save it as .xlsx without one")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile:
        raise CorpusError(f"{name} is no .xlsx, or damaged; save it as .xlsx again") from None
    if size > MOST_UNPACKED:
        raise CorpusError(f"{name} unpacks to {size:,} bytes, more than a review can have")


def _find_header(sheet: Any) -> tuple[int, list[str]] | None:
    """(the row of the header, its names); None where there is none."""
    for number, row in enumerate(sheet.iter_rows(1, HEADER_ROWS, values_only=True), 1):
        names = name_columns([str(cell or "").strip() for cell in row])
        names = [name.lower() if name.lower() in COLUMNS else name for name in names]
        if "claim_id" in names and "review" in names:
            return number, names
    return None


def _read_rows(
    sheet: Any, header: int, names: list[str], epoch: datetime
) -> dict[int, tuple[Cells, list[str]]]:
    merged = {
        (number, column): str(span)
        for span in sheet.merged_cells.ranges
        for number in range(span.min_row, min(span.max_row, sheet.max_row) + 1)
        for column in range(span.min_col, span.max_col + 1)
        if (span.min_row, span.min_col) != (number, column)
    }
    twice = sorted({name for name in names if name in WRITES and names.count(name) > 1})
    if twice:
        raise CorpusError(f"the column {join_words(twice)} stands twice in the sheet; delete one")
    rows: dict[int, tuple[Cells, list[str]]] = {}
    empty = 0
    for number, row in enumerate(sheet.iter_rows(header + 1), header + 1):
        cells, faults = {}, []
        for at, (name, cell) in enumerate(zip(names, row), 1):
            if name not in (*WRITES, "claim_id", "reviewer"):
                continue
            if (number, at) in merged:
                if name in ("review", "claim_id"):
                    span = merged[number, at]
                    faults.append(f"{name} is merged with other cells ({span}); unmerge them")
                continue
            read = _read_cell(name, cell, epoch)
            if read is None:
                faults.append(
                    f"{name} holds a formula or its error, which is never worked out here; type "
                    "the value itself"
                )
                continue
            cells[name] = read
        if any(cells.values()) or faults:
            rows[number], empty = (cells, faults), 0
        else:
            empty += 1
        if empty > EMPTY_ROWS:
            break
    return rows


def _read_cell(name: str, cell: Any, epoch: datetime) -> str | None:
    """A cell as the table would have it; None for a formula, or the error of one."""
    from openpyxl.utils.datetime import from_excel

    value = cell.value
    if cell.data_type in ("f", "e"):
        return None
    if value is None:
        return ""
    if name in (*DAYS, "as_of") and isinstance(value, int | float) and value > 0:
        value = from_excel(value, epoch)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"
    words = unguard_cell(str(value).strip())
    if name in COUNTED and re.fullmatch(r"\d+,\d{1,2}", words):
        words = words.replace(",", ".")
    if name in COUNTED and re.fullmatch(THOUSANDS, words):
        words += f" or {words.replace('.', '')}"
    return mend_cell(name, words)


def _read_written(book: Any) -> dict[str, Cells]:
    """Claim id → its row as it was written; none where the hidden sheet is gone."""
    if WRITTEN not in book.sheetnames:
        return {}
    head, *rows = book[WRITTEN].iter_rows(values_only=True)
    if list(head[: 2 + len(WRITES)]) != ["claim_id", "seen", *WRITES]:
        return {}
    return {
        str(row[0]): dict(zip(head, ["" if cell is None else str(cell) for cell in row]))
        for row in rows
        if row[0]
    }
