"""Reviewed: who decided what of a table, how far two reviewers agree, and the rows as they were
before anybody decided."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.claims.agreement import find_alpha
from helpers.claims.decisions.journal import Cells, Decision, load_decisions
from helpers.schema.csv_files import load_table
from helpers.schema.formatting import count, join_words

KINDS = ("accepted", "corrected", "rejected")
COMPARED = {  # what two reviewers may say otherwise → the columns that hold it
    "value": ["low", "best", "high", "quantifier", "unit"],
    "measure": ["measure"],
    "place": ["place"],
    "days": ["date_start", "date_end"],
    "source": ["source_original", "assertion"],
}


class Reviewed(NamedTuple):
    """How many rows of a table people accepted, corrected and rejected, how many nobody decided
    on, and who decided (the last to decide on each row; a row coded by hand names nobody)."""

    accepted: int
    corrected: int
    rejected: int
    proposed: int
    reviewers: tuple[str, ...]


class Verdict(NamedTuple):
    """What stands of one claim, as the journal has it: accepted, corrected or rejected, and by
    whom."""

    review: str
    who: str


def list_verdicts(decisions: Iterable[Decision]) -> dict[str, Verdict]:
    """Claim id → what stands of it; without claims whose decision was taken back."""
    verdicts: dict[str, Verdict] = {}
    for decision in decisions:
        cells = decision.after
        known = verdicts.get(decision.claim_id)
        review = known.review if known else ""
        if cells is None:
            review = ""
        elif "review" in cells:
            review = cells["review"]
        verdicts[decision.claim_id] = Verdict(review, decision.who)
    return {name: verdict for name, verdict in verdicts.items() if verdict.review in KINDS}


def load_verdicts(folder: Path) -> dict[str, Verdict]:
    """Claim id → what stands of it in claims.csv, wherever it was decided, and by whom, as far as
    the journal knows: "" of what was decided in a spreadsheet."""
    file = folder / "claims.csv"
    if not file.exists():
        return {}
    journal, rows = list_verdicts(load_decisions(folder)), load_table(file, ["claim_id", "review"])
    verdicts = {}
    for name, review in zip(rows["claim_id"], rows["review"]):
        if review in KINDS:
            told = journal.get(name, Verdict("", ""))
            verdicts[name] = Verdict(review, told.who if told.review == review else "")
    return verdicts


def count_reviewed(reviews: Iterable[str], decisions: Iterable[Decision]) -> Reviewed:
    """Who decided how much: of the column review of a table, and its journal."""
    kinds = pd.Series(list(reviews), dtype=object).value_counts()
    accepted, corrected, rejected = (int(kinds.get(kind, 0)) for kind in KINDS)
    people = dict.fromkeys(verdict.who for verdict in list_verdicts(decisions).values())
    return Reviewed(accepted, corrected, rejected, int(kinds.get("proposed", 0)), tuple(people))


def say_reviewed(reviewed: Reviewed) -> str:
    """12 accepted, 3 corrected and 1 rejected by 2 reviewers, 4 not checked by a person."""
    numbers = (reviewed.accepted, reviewed.corrected, reviewed.rejected)
    counts = [f"{number:,} {kind}" for kind, number in zip(KINDS, numbers) if number]
    parts = []
    if counts:
        people = len(reviewed.reviewers)
        by = f"by {count(people, 'reviewer')}" if people else "by a person"
        parts.append(f"{join_words(counts)} {by}")
    if reviewed.proposed:
        parts.append(f"{reviewed.proposed:,} not checked by a person")
    return ", ".join(parts)


def restore_proposed(rows: Mapping[str, Cells], decisions: Iterable[Decision]) -> list[Cells]:
    """The rows as they stood before anybody decided on them, for a second reviewer who shall not
    see what the first one did; claims that a person added are left out."""
    before = {name: dict(row) for name, row in rows.items()}
    for decision in reversed(list(decisions)):
        if decision.before is None:
            before.pop(decision.claim_id, None)
        else:
            before[decision.claim_id] = {**before.get(decision.claim_id, {}), **decision.before}
    return [{**row, "review": "proposed"} for row in before.values()]


def compare_reviewers(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """How far two reviewers of the same proposals agree (tables of text with the columns of
    claims). One row is one question: rows (decided by both; for all but the first: kept by both),
    agree (how many say the same), share (of them; missing without any); of the first question also
    Krippendorff's alpha, missing where it cannot be told."""
    a, b = (table[table["review"].isin(KINDS)].set_index("claim_id") for table in (first, second))
    both = a.index.intersection(b.index)
    a, b = a.loc[both], b.loc[both]
    kept = [table["review"] != "rejected" for table in (a, b)]
    verdicts = [flags.map({True: "kept", False: "rejected"}).tolist() for flags in kept]
    rows = [_count_same("kept or rejected", kept[0] == kept[1])]
    rows[0]["alpha"] = find_alpha(*verdicts) if len(both) else float("nan")
    stays = kept[0] & kept[1]
    for question, columns in COMPARED.items():
        same = (a.loc[stays, columns] == b.loc[stays, columns]).all(axis=1)
        rows.append(_count_same(question, same))
    everything = [name for columns in COMPARED.values() for name in columns]
    whole = (a.loc[stays, everything] == b.loc[stays, everything]).all(axis=1)
    rows.append(_count_same("the whole row", whole))
    return pd.DataFrame(rows).set_index("question")


def list_apart(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """The rows on which two reviewers differ. One row is one claim: claim_id, exact, and what each
    of them says where they differ."""
    a, b = (table[table["review"].isin(KINDS)].set_index("claim_id") for table in (first, second))
    rows = []
    for name in a.index.intersection(b.index):
        one, other = a.loc[name], b.loc[name]
        columns = [column for columns in COMPARED.values() for column in columns]
        if (one["review"] == "rejected") != (other["review"] == "rejected"):
            said = [one["review"], other["review"]]
        elif one["review"] == "rejected" or not (apart := _find_apart(one, other, columns)):
            continue
        else:
            said = ["; ".join(f"{name}: {row[name]}" for name in apart) for row in (one, other)]
        rows.append((name, one["exact"], *said))
    table = pd.DataFrame(rows, columns=["claim_id", "exact", "first", "second"])
    return table.set_index("claim_id")


def _find_apart(one: pd.Series, other: pd.Series, columns: list[str]) -> list[str]:
    return [column for column in columns if one[column] != other[column]]


def _count_same(question: str, same: pd.Series) -> dict:
    total = len(same)
    share = float(same.mean()) if total else float("nan")
    return {"question": question, "rows": total, "agree": int(same.sum()), "share": share}
