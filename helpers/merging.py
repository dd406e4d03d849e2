"""Merging: proposals brought into claims.csv without touching what a person has decided."""

from typing import NamedTuple

import pandas as pd

from helpers.codebook import NUMBERS
from helpers.places import share_value, split_values
from helpers.proposals import PROPOSAL_COLUMNS, take_table
from helpers.tables import pad_id

DECIDED = ("accepted", "corrected", "rejected")
LINKS = ["part_of", "same_as"]
OWN = [
    name for name in PROPOSAL_COLUMNS if name not in ("claim_id", "review", *LINKS)
]  # what the extractor says of a claim


class Merge(NamedTuple):
    """What a merge did. added, updated, unchanged, dropped, held: claim ids. left: what was proposed again
    of rows that people decided, as "004-p003, rejected as 004-p007". decided: how many such rows there are."""

    added: list[str]
    updated: list[str]  # proposed before too, in other words now; the id stays
    unchanged: list[str]
    left: list[str]
    dropped: list[str]  # proposed before, not any more
    held: list[str]  # marked as proposed, but kept: edited by hand, or named by a row that is
    decided: int

    def __repr__(self) -> str:
        return self._repr_markdown_().replace("**", "")

    def _repr_markdown_(self) -> str:
        lines = [
            f"**{self.decided:,}** rows that people accepted, corrected or rejected: as they were",
            _say("added", self.added),
            _say("left out, because people have decided on them", self.left),
            _say("dropped, no longer proposed", self.dropped),
            _say("still proposed, unchanged", self.unchanged),
            _say("still proposed, now in other words", self.updated),
        ]
        held = [
            _say(
                "kept although marked as proposed, because they were edited or a reviewed row names them; set their review",
                self.held,
            )
        ]
        return "\n".join(f"- {line}" for line in lines + held * bool(self.held))


def _say(what: str, ids: list[str], most: int = 12) -> str:
    more = f" … and {len(ids) - most:,} more" * (len(ids) > most)
    return f"**{len(ids):,}** {what}" + (f": {'; '.join(ids[:most])}{more}" if ids else "")


def merge_proposals(
    claims: pd.DataFrame, proposals, before: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, Merge]:
    """(claims with the proposals brought in, what was done). Tables of text, as load_table gives them;
    `proposals` is what propose_claims returns, or its table. One row stays one claim.

    Rows that a person accepted, corrected or rejected keep their order and every cell, and what they
    settle does not come back: the same number of the same topic (of a rejected one, the same measure too),
    the same event at the same place, even where the quote begins or ends elsewhere. Rows still proposed
    follow the proposals: the same claim keeps its id, a new one gets an id never seen in the table, what is
    not proposed any more is dropped. `before` holds the proposals of the last run: a row that is marked
    as proposed but differs from them was edited by hand and is kept too.
    """
    found = [
        row | {"doc_id": pad_id(row["doc_id"])} for row in take_table(proposals).to_dict("records")
    ]
    rows = claims.to_dict("records")
    settled = {
        number for number, row in enumerate(rows) if row["review"] in DECIDED
    } | _find_edited(rows, before)
    decided_by, same_as = _match_rows(rows, found, settled)
    kept = _find_named(rows, settled, set(same_as.values()))
    ids = {found[at]["claim_id"]: rows[number]["claim_id"] for at, number in same_as.items()}
    new = [at for at in range(len(found)) if at not in decided_by and at not in same_as]
    ids |= _number_claims([found[at] for at in new], rows)
    for (
        at,
        number,
    ) in decided_by.items():  # a link leads to a decided row only where it still says the same
        if rows[number]["review"] != "rejected" and all(
            _read(rows[number], name) == _read(found[at], name) for name in (*NUMBERS, "unit")
        ):
            ids[found[at]["claim_id"]] = rows[number]["claim_id"]
    fresh = {number: _link(rows[number] | found[at], ids) for at, number in same_as.items()}
    table = [fresh.get(number, row) for number, row in enumerate(rows) if number in kept]
    columns = [
        *claims.columns,
        *(name for name in take_table(proposals).columns if name not in claims.columns),
    ]
    merged = pd.DataFrame(
        [*table, *(_link(found[at], ids) for at in new)], columns=columns, dtype=str
    ).fillna("")
    changed = {
        number
        for number, row in fresh.items()
        if any(_read(row, name) != _read(rows[number], name) for name in (*OWN, *LINKS))
    }
    report = Merge(
        added=[ids[found[at]["claim_id"]] for at in new],
        updated=[rows[number]["claim_id"] for number in sorted(changed)],
        unchanged=[rows[number]["claim_id"] for number in sorted(set(fresh) - changed)],
        left=[
            f"“{found[at]['number'] or found[at]['exact']}” in {found[at]['doc_id']}, {rows[number]['review']} as {rows[number]['claim_id']}"
            for at, number in sorted(decided_by.items())
        ],
        dropped=[row["claim_id"] for number, row in enumerate(rows) if number not in kept],
        held=[
            rows[number]["claim_id"]
            for number in sorted(kept - set(fresh))
            if rows[number]["review"] not in DECIDED
        ],
        decided=sum(row["review"] in DECIDED for row in rows),
    )
    return merged, report


def _match_rows(
    rows: list[dict], found: list[dict], settled: set[int]
) -> tuple[dict[int, int], dict[int, int]]:
    """(proposal → decided row, proposal → proposed row), by position. Whatever a decided row settles goes to
    it; then each proposed row takes the proposal that is the same claim; last, a decided event that nothing
    matched takes one proposal that only partly agrees with it."""
    of_text: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        of_text.setdefault(pad_id(row["doc_id"]), []).append(number)
    decided_by, same_as, used = {}, {}, set()
    near = {
        at: [number for number in of_text.get(row["doc_id"], []) if _overlap(row, rows[number])]
        for at, row in enumerate(found)
    }
    steps = (
        (
            decided_by,
            lambda row, number: number in settled and _is_settled(row, rows[number]),
            False,
        ),
        (same_as, lambda row, number: number not in settled and is_same(row, rows[number]), True),
        (decided_by, lambda row, number: number in settled and _is_partly(row, rows[number]), True),
    )
    for matches, fits, once in steps:
        for at, row in enumerate(found):
            if at in decided_by or at in same_as:
                continue
            home = next(
                (
                    number
                    for number in near[at]
                    if not (once and number in used) and fits(row, number)
                ),
                None,
            )
            if home is not None:
                matches[at] = home
                used.add(home)
    return decided_by, same_as


def is_same(one: dict, other: dict) -> bool:
    """Whether two rows of one text are the same claim: one measure and the same number, or the same event
    at the same place, where their quotes overlap."""
    if (
        bool(one["number"]) != bool(other["number"])
        or one["measure"] != other["measure"]
        or not _overlap(one, other)
    ):
        return False
    return _share_number(one, other) if one["number"] else _share_place(one, other)


def _is_settled(proposal: dict, row: dict) -> bool:
    if is_same(proposal, row):
        return True
    if row["review"] == "rejected" or not (
        proposal["number"] and row["number"] and _share_number(proposal, row)
    ):
        return False
    return proposal["topic"] == row["topic"] or row["review"] == "corrected"


def _is_partly(proposal: dict, row: dict) -> bool:
    """An event whose place or (if a person corrected it) verb is another now."""
    if row["review"] == "rejected" or proposal["number"] or row["number"]:
        return False
    return (
        proposal["measure"] == row["measure"]
        or row["review"] == "corrected"
        and _share_place(proposal, row)
    )


def _overlap(one: dict, other: dict) -> bool:
    return int(one["start"]) < int(other["end"]) and int(other["start"]) < int(one["end"])


def _share_number(one: dict, other: dict) -> bool:
    a, b = int(one["number_start"]), int(other["number_start"])
    return a < b + len(other["number"]) and b < a + len(one["number"])


def _share_place(one: dict, other: dict) -> bool:
    return one["place"] == other["place"] or share_value(one["place"], split_values(other["place"]))


def _find_edited(rows: list[dict], before: pd.DataFrame | None) -> set[int]:
    """The rows marked as proposed that the last run did not propose so."""
    if before is None or before.empty:
        return set()
    last = {tuple(_read(row, name) for name in OWN) for row in before.to_dict("records")}
    return {
        number
        for number, row in enumerate(rows)
        if tuple(_read(row, name) for name in OWN) not in last
    }


def _read(row: dict, name: str) -> str | float:
    """A cell as it compares: 12.0 is 12, the 4 of a spreadsheet is 004."""
    cell = str(row.get(name, "")).strip()
    return pad_id(cell) if name == "doc_id" else float(cell) if name in NUMBERS and cell else cell


def _find_named(rows: list[dict], settled: set[int], matched: set[int]) -> set[int]:
    """The rows that stay: settled, proposed again, or named by one that is settled and may not change."""
    by_id = {row["claim_id"]: number for number, row in enumerate(rows)}
    held, open_rows = set(settled), set(settled)
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


def _number_claims(new: list[dict], rows: list[dict]) -> dict[str, str]:
    """Proposal id → its id in claims.csv: after the highest that the table has, or names, for that text."""
    highest: dict[str, int] = {}
    seen = [
        name
        for row in rows
        for name in (row["claim_id"], *split_values(row["part_of"]), *split_values(row["same_as"]))
    ]
    for name in seen:
        text, _, number = name.rpartition("-p")
        if number.isdigit():
            highest[pad_id(text)] = max(highest.get(pad_id(text), 0), int(number))
    ids = {}
    for row in new:
        highest[row["doc_id"]] = highest.get(row["doc_id"], 0) + 1
        ids[row["claim_id"]] = f"{row['doc_id']}-p{highest[row['doc_id']]:03d}"
    return ids


def _link(row: dict, ids: dict[str, str]) -> dict:
    """A proposal under its id in claims.csv, with its links led there; a link to what is not there is cut."""
    return (
        row
        | {"claim_id": ids[row["claim_id"]]}
        | {
            name: ";".join(ids[other] for other in split_values(row[name]) if other in ids)
            for name in LINKS
        }
    )


def compare_claims(coded: pd.DataFrame, proposals) -> pd.DataFrame:
    """Proposals beside the claims that people coded (tables of text). One row is one topic: coded, proposed
    (rows), both (coded rows that a proposal matches: is_same), precision and recall of the proposals (shares;
    missing where there is nothing to share). Rejected rows are left out."""
    coded = coded[coded["review"] != "rejected"]
    pairs = pair_claims(coded, proposals)
    topics = coded.set_index("claim_id")["topic"]
    rows = []
    for topic in ("displacement", "casualties", "pace"):
        people, rule = (
            int((coded["topic"] == topic).sum()),
            int((take_table(proposals)["topic"] == topic).sum()),
        )
        both = sum(topics[name] == topic for name in pairs)
        rows.append(
            (
                topic,
                people,
                rule,
                both,
                both / rule if rule else None,
                both / people if people else None,
            )
        )
    return pd.DataFrame(rows, columns=["topic", "coded", "proposed", "both", "precision", "recall"])


def list_unmatched(coded: pd.DataFrame, proposals) -> pd.DataFrame:
    """What people coded and no rule proposes, and the other way round. One row is one such claim: claim_id,
    side ("people only", "rule only"), measure, number, exact; in the order of the texts."""
    table, pairs = (
        take_table(proposals),
        pair_claims(coded[coded["review"] != "rejected"], proposals),
    )
    parts = [
        coded[(coded["review"] != "rejected") & ~coded["claim_id"].isin(list(pairs))].assign(
            side="people only"
        ),
        table[~table["claim_id"].isin(list(pairs.values()))].assign(side="rule only"),
    ]
    both = pd.concat(parts, ignore_index=True)
    both = both.assign(
        doc_id=both["doc_id"].map(pad_id), at=pd.to_numeric(both["start"])
    ).sort_values(["doc_id", "at", "claim_id"], kind="stable")
    return both[["claim_id", "side", "measure", "number", "exact"]].set_index("claim_id")


def pair_claims(coded: pd.DataFrame, proposals) -> dict[str, str]:
    """claim_id of a coded row → claim_id of the proposal that is the same claim, one to one, in reading order."""
    of_text: dict[str, list[dict]] = {}
    for row in take_table(proposals).to_dict("records"):
        of_text.setdefault(pad_id(row["doc_id"]), []).append(row)
    pairs, used = {}, set()
    for row in coded.to_dict("records"):
        match = next(
            (
                other["claim_id"]
                for other in of_text.get(pad_id(row["doc_id"]), [])
                if other["claim_id"] not in used and is_same(row, other)
            ),
            None,
        )
        if match:
            pairs[row["claim_id"]] = match
            used.add(match)
    return pairs
