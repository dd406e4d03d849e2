"""Merging: proposals brought into claims.csv without touching what a person has decided."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.claims.decisions.anchoring import load_ids_aside
from helpers.claims.decisions.journal import find_lost, load_decisions
from helpers.claims.gate import check_claims, load_claim_table
from helpers.claims.matching import (
    Row,
    is_near,
    is_same,
    list_positions,
    share_place,
    share_quote,
)
from helpers.claims.proposals import (
    MERGED,
    Proposed,
    save_claims,
    save_proposals,
    take_table,
)
from helpers.corpus.places import load_places, split_values
from helpers.schema.columns import NUMBERS, PROPOSAL_COLUMNS, TABLES
from helpers.schema.csv_files import (
    compose_as,
    name_some,
    pad_id,
    python_strings,
)
from helpers.schema.errors import CorpusError
from helpers.schema.files import check_unchanged, replace_file
from helpers.schema.formatting import count
from helpers.schema.locks import PATIENCE, hold_lock

BEFORE = "claims.before_merge.csv"
NOTHING = "`claims.csv` is as it was: there is nothing to bring in"
DECIDED = ("accepted", "corrected", "rejected")
LINKS = ["part_of", "same_as"]
# what the extractor says of a claim
OWN = [name for name in PROPOSAL_COLUMNS if name not in ("claim_id", "review", *LINKS)]


class Merge(NamedTuple):
    """What a merge did. added, updated, unchanged, dropped, edited, held: claim ids. left: what
    was proposed again of rows that people decided or edited, as "004-p003, rejected as
    004-p007". columns: those that claims.csv lacked. decided: how many rows people have decided
    on. read: the sum_file of the claims.csv merged."""

    added: list[str]
    updated: list[str]  # proposed before too, in other words now; the id stays
    unchanged: list[str]
    left: list[str]
    dropped: list[str]  # proposed before, not any more
    edited: list[str]  # marked as proposed, but not as the last merge left them
    held: list[str]  # not proposed any more, but named by a row that stays, or with a person's note
    columns: list[str]
    decided: int
    read: str

    def __repr__(self) -> str:
        return self._repr_markdown_().replace("**", "")

    def _repr_markdown_(self) -> str:
        lines = [
            f"**{self.decided:,}** rows that people accepted, corrected or rejected: as they were",
            _say_ids("added", self.added),
            _say_ids("left out, because people have decided on them", self.left),
            _say_ids("dropped, no longer proposed", self.dropped),
            _say_ids("still proposed, unchanged", self.unchanged),
            _say_ids("still proposed, now in other words", self.updated),
        ]
        kept = ((EDITED, self.edited), (NAMED, self.held))
        lines += [_say_ids(what, ids) for what, ids in kept if ids]
        if self.columns:
            lines.append(f"columns added, empty where people decided: {', '.join(self.columns)}")
        return "\n".join(f"- {line}" for line in lines)

    @property
    def changes(self) -> bool:
        """Whether claims.csv is another after this merge."""
        return bool(self.added or self.updated or self.dropped or self.columns)


EDITED = (
    "marked as proposed but kept as they are, because somebody edited or linked them since the "
    "last merge (where what it brought in is not known any more: because they are not what is "
    "proposed now); set their review, or delete a row to have it proposed anew"
)
NAMED = "no longer proposed but kept, because they bear a note of yours or a kept row names them"


def _say_ids(what: str, ids: list[str], most: int = 12) -> str:
    said = f"**{len(ids):,}** {what}"
    if not ids:
        return said
    more = f" … and {len(ids) - most:,} more" if len(ids) > most else ""
    return f"{said}: {'; '.join(ids[:most])}{more}"


@python_strings
def merge_proposals(
    claims: pd.DataFrame, proposals: Proposed, before: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, Merge]:
    """(claims with the proposals brought in, what was done). Tables of text, as load_coded gives
    them; `proposals` is what propose_claims returns, or its table. One row stays one claim, and no
    column goes.

    Rows that a person accepted, corrected or rejected keep their order and every cell, and what
    they settle does not come back: the same number of the same topic (of a rejected one, the same
    measure too), the same event at the same place, even where the quote begins or ends elsewhere.
    So do rows that are marked as proposed but edited, links included, as far as `before` can tell,
    the proposals of the last merge (load_merged); without them every row is taken for edited that
    is not what is proposed now. The other rows still proposed follow the proposals: the same claim
    keeps its id and what a person wrote in columns of their own, a new one gets an id never seen in
    the table, what is not proposed any more is dropped, unless it bears such a note.
    """
    table = take_table(proposals).drop(columns="agreement", errors="ignore")
    found, rows = _list_rows(table), _list_records(claims)
    decided = {number for number, row in enumerate(rows) if row["review"] in DECIDED}
    edited = _find_edited(rows, decided, found, before)
    decided_by, same_as = _match_rows(rows, found, decided, edited)
    kept = _find_kept(rows, decided | edited, set(same_as.values()))
    new = [at for at in range(len(found)) if at not in decided_by and at not in same_as]
    ids = _number_claims([found[at] for at in new], rows, claims.attrs.get("used", []))
    for at, number in [*same_as.items(), *decided_by.items()]:
        if at in same_as or _says_still(rows[number], found[at]):
            ids[found[at]["claim_id"]] = rows[number]["claim_id"]
    fresh = {number: _link({**rows[number], **found[at]}, ids) for at, number in same_as.items()}
    merged = [fresh.get(number, row) for number, row in enumerate(rows) if number in kept]
    merged += [_link(found[at], ids) for at in new]
    columns = [name for name in table if name not in claims]
    changed = {number for number, row in fresh.items() if _is_changed(rows[number], row)}

    def name_rows(numbers: Iterable[int]) -> list[str]:
        """The ids of rows by their positions, in the order of the table."""
        return [rows[number]["claim_id"] for number in sorted(numbers)]

    report = Merge(
        added=[ids[found[at]["claim_id"]] for at in new],
        updated=name_rows(changed),
        unchanged=name_rows(fresh.keys() - changed),
        left=[
            _say_left(found[at], rows[number], number in edited)
            for at, number in sorted(decided_by.items())
        ],
        dropped=name_rows(set(range(len(rows))) - kept),
        edited=name_rows(edited),
        held=name_rows(kept - fresh.keys() - decided - edited),
        columns=columns,
        decided=len(decided),
        read=claims.attrs.get("read", ""),
    )
    return pd.DataFrame(merged, columns=[*claims, *columns], dtype=str).fillna(""), report


def _list_records(table: pd.DataFrame) -> list[Row]:
    return table.to_dict("records")


def _list_rows(table: pd.DataFrame) -> list[Row]:
    return [{**row, "doc_id": pad_id(row["doc_id"])} for row in _list_records(table)]


def _say_left(proposal: Row, row: Row, is_edited: bool) -> str:
    verdict = "edited" if is_edited else row["review"]
    words = proposal["number"] or proposal["exact"]
    return f"“{words}” in {proposal['doc_id']}, {verdict} as {row['claim_id']}"


def _is_changed(row: Row, fresh: Row) -> bool:
    return any(_read_cell(fresh, name) != _read_cell(row, name) for name in (*OWN, *LINKS))


def save_merge(
    table: pd.DataFrame,
    merge: Merge,
    folder: Path,
    documents: pd.DataFrame,
    patience: float = PATIENCE,
) -> list[str]:
    """Write what merge_proposals returned: claims.csv, whole or not at all; beside it, where a
    merge changes something, the table as it stood before (claims.before_merge.csv); and, for the
    next merge to see what was edited, the proposals that were brought in (proposals.merged.csv).
    Returns in sentences what was done.

    Run again it finds what it wrote, and does nothing. Raises CorpusError when claims.csv is not
    any more what was read for this merge, when somebody else saves it for longer than `patience`
    seconds or it lacks decisions of the journal, and ClaimsError when the merged table does not
    stand in the texts: then nothing is written, and what somebody saved stands.
    """
    file = folder / "claims.csv"
    brought = ~(table["review"].isin(DECIDED) | table["claim_id"].isin(merge.edited))
    if not (file.exists() or merge.changes):
        return [NOTHING]
    with hold_lock(file, patience):  # who decides by key saves at any moment
        if file.exists() and file.read_bytes() == compose_as(file, table):
            said = ["`claims.csv` holds this merge already: nothing was written"]
        else:
            check_unchanged(file, merge.read)
            _check_none_lost(file)
            said = _replace_claims(table, merge, file, documents)
        if file.exists():
            save_proposals(table[brought], folder, MERGED)
    return said


def _check_none_lost(file: Path) -> None:
    """Raises CorpusError where an older copy was saved over decisions, which a merge might then
    put out of reach."""
    aside = set(load_ids_aside(file.parent))
    decisions = [it for it in load_decisions(file.parent) if it.claim_id not in aside]
    if not decisions:
        return
    rows = {row["claim_id"]: row for row in _list_records(load_claim_table(file))}
    if lost := find_lost(rows, decisions):
        raise CorpusError(
            f"{file.parent.name}/{file.name} lacks {count(len(lost), 'decision')} of "
            f"decisions.csv ({name_some(list(lost))}), as when an older copy is saved over it; "
            "open 01_review_claims, which brings them back, and merge then"
        )


def _replace_claims(
    table: pd.DataFrame, merge: Merge, file: Path, documents: pd.DataFrame
) -> list[str]:
    if not merge.changes:
        return [NOTHING]
    check_claims(table, documents, load_places(file.parent))
    said = [f"`claims.csv`; and `{MERGED}`, by which the next merge knows what you edited"]
    if merge.read:
        replace_file(file.with_name(BEFORE), file.read_bytes())
        said.append(f"`{BEFORE}`: `claims.csv` as it was before this merge")
    save_claims(table, file.parent, read=merge.read)
    return said


def _match_rows(
    rows: list[Row], found: list[Row], decided: set[int], edited: set[int]
) -> tuple[dict[int, int], dict[int, int]]:
    """(proposal → decided row, proposal → proposed row), by position. Whatever a decided row
    settles goes to it; then each proposed row takes the proposal that is the same claim; last, a
    decided event that nothing matched takes one proposal that only partly agrees with it."""
    of_text, settled = list_positions(rows), decided | edited
    reviewed = [  # an edit settles as much as a correction
        {**row, "review": "corrected"} if number in edited else row
        for number, row in enumerate(rows)
    ]
    decided_by: dict[int, int] = {}
    same_as: dict[int, int] = {}
    used: set[int] = set()
    steps = (  # where a match goes, which rows may match, by what rule, and whether only once
        (decided_by, settled, _is_settled, False),
        (same_as, set(range(len(rows))) - settled, is_same, True),
        (decided_by, settled, _is_partly, True),
    )
    for matches, allowed, fits, once in steps:
        for at, row in enumerate(found):
            if at in decided_by or at in same_as:
                continue
            for number in of_text.get(row["doc_id"], []):
                if number not in allowed or (once and number in used):
                    continue
                if share_quote(row, rows[number]) and fits(row, reviewed[number]):
                    matches[at] = number
                    used.add(number)
                    break
    return decided_by, same_as


def _is_settled(proposal: Row, row: Row) -> bool:
    if is_same(proposal, row):
        return True
    if row["review"] == "rejected" or not proposal["number"] or not is_near(proposal, row):
        return False
    return proposal["topic"] == row["topic"] or row["review"] == "corrected"


def _is_partly(proposal: Row, row: Row) -> bool:
    """An event whose place or (if a person corrected it) verb is another now."""
    if row["review"] == "rejected" or proposal["number"] or row["number"]:
        return False
    if proposal["measure"] == row["measure"]:
        return True
    return row["review"] == "corrected" and share_place(proposal, row)


def _find_edited(
    rows: list[Row], decided: set[int], found: list[Row], before: pd.DataFrame | None
) -> set[int]:
    """The rows marked as proposed that are not as the last merge left them: a cell or a link is
    another. What it wrote (load_merged) names rows by their ids in claims.csv; proposals, those
    `before` or without any those of now, by ids of their own."""
    is_merged, last = False, found
    if before is not None:
        is_merged = before.attrs.get("is_merged", False)
        last = _list_rows(before) if is_merged or len(before) else found
    columns = [name for name in OWN if rows and name in rows[0]]

    def sign(row: Row) -> tuple:
        """What the extractor says in a row, as far as claims.csv has columns for it."""
        return tuple(_read_cell(row, name) for name in columns)

    origins = {sign(row): row for row in last}
    edited: set[int] = set()
    homes = {} if is_merged else _find_homes(rows, last, sign)
    for number, row in enumerate(rows):
        if number in decided:
            continue
        origin = origins.get(sign(row))
        if origin and _leads_as(row, origin, homes):
            del origins[sign(row)]  # a second row like it is a copy that somebody made
        else:
            edited.add(number)
    return edited


def _leads_as(row: Row, proposal: Row, homes: dict[str, str]) -> bool:
    """Whether the links of a row lead to what its proposal names."""
    return all(
        set(split_values(row[column]))
        == {homes.get(name, name) for name in split_values(proposal[column])} - {""}
        for column in LINKS
    )


def _find_homes(
    rows: list[Row], proposals: list[Row], sign: Callable[[Row], tuple]
) -> dict[str, str]:
    """Id of a proposal that others name → the id of the row of claims.csv that a merge leads
    them to: the one with its cells, else with its number, else its event; "" where it leads them
    nowhere."""
    of_text, homes = list_positions(rows), {}
    named = {name for row in proposals for column in LINKS for name in split_values(row[column])}
    for proposal in proposals:
        if proposal["claim_id"] not in named:
            continue
        near = [rows[number] for number in of_text.get(proposal["doc_id"], [])]
        near = [row for row in near if is_near(row, proposal) and _says_still(row, proposal)]
        alike = [row for row in near if sign(row) == sign(proposal)]
        homes[proposal["claim_id"]] = next((row["claim_id"] for row in alike + near), "")
    return homes


def _says_still(row: Row, proposal: Row) -> bool:
    """Whether a link to a proposal may lead to the row that settles it: not rejected, and with
    its value."""
    return row["review"] != "rejected" and all(
        _read_cell(row, name) == _read_cell(proposal, name) for name in (*NUMBERS, "unit")
    )


def _read_cell(row: Row, name: str) -> str | float:
    """A cell as it compares: 12.0 is 12, the 4 of a spreadsheet is 004."""
    cell = str(row.get(name, "")).strip()
    if name == "doc_id":
        return pad_id(cell)
    return float(cell) if name in NUMBERS and cell else cell


def _find_kept(rows: list[Row], settled: set[int], matched: set[int]) -> set[int]:
    """The rows that stay: settled, proposed again, noted on in a column of a person, or
    named by one of those that may not change."""
    by_id = {row["claim_id"]: number for number, row in enumerate(rows)}
    noted = {
        number
        for number, row in enumerate(rows)
        if any(cell for name, cell in row.items() if name not in TABLES["proposals"].names)
    }
    held = settled | (noted - matched)
    open_rows = held
    while open_rows:
        named = {
            by_id[name]
            for number in open_rows
            for column in LINKS
            for name in split_values(rows[number][column])
            if name in by_id
        }
        open_rows = named - held - matched
        held |= open_rows
    return held | matched


def _number_claims(new: list[Row], rows: list[Row], used: list[str]) -> dict[str, str]:
    """Proposal id → its id in claims.csv: after the highest that the table has, names, or has
    `used`, for that text."""
    highest: dict[str, int] = {}
    named = [*used, *(row[column] for row in rows for column in ("claim_id", *LINKS))]
    for name in (name for cell in named for name in split_values(cell)):
        text, _, number = name.rpartition("-p")
        if number.isdigit():
            highest[pad_id(text)] = max(highest.get(pad_id(text), 0), int(number))
    ids = {}
    for row in new:
        highest[row["doc_id"]] = highest.get(row["doc_id"], 0) + 1
        ids[row["claim_id"]] = f"{row['doc_id']}-p{highest[row['doc_id']]:03d}"
    return ids


def _link(row: Row, ids: dict[str, str]) -> Row:
    """A proposal under its id in claims.csv, with its links led there; a link to what is not there
    is cut."""
    links = {
        name: ";".join(ids[other] for other in split_values(row[name]) if other in ids)
        for name in LINKS
    }
    return {**row, "claim_id": ids[row["claim_id"]], **links}
