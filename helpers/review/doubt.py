"""Doubt: in which order claims are reviewed, the doubtful first, and which of them repeat one
statement in several texts, to be decided once."""

from collections.abc import Callable, Iterable, Mapping

from helpers.claims.decisions import Cells
from helpers.schema.columns import CLAIM_COLUMNS, NUMBERS
from helpers.schema.csv_files import pad_id

DOUBTFUL = "doubtful: "  # before the place or source that its sentence leaves in doubt
NAMED = "place or source is doubtful"
READINGS_DIFFER = "differ"  # with this `agreement` begins where the two readings differ
DOUBTS: tuple[tuple[str, Callable[[Mapping[str, str]], bool]], ...] = (
    ("the two readings differ", lambda row: row.get("agreement", "").startswith(READINGS_DIFFER)),
    (NAMED, lambda row: DOUBTFUL in row.get("agreement", "")),
    ("undated", lambda row: not row["date_start"]),
    ("no place", lambda row: not row["place"]),
    ("nobody named who claims it", lambda row: _lacks_source(row)),
)
# What may differ between two texts that say the same in the same words.
OF_TEXT = {
    *("claim_id", "doc_id", "start", "end", "number_start", "date_at", "part_of", "same_as"),
    *("note", "rule", "agreement"),
}
SAID = [name for name in CLAIM_COLUMNS if name not in OF_TEXT]


def list_doubts_of(row: Mapping[str, str]) -> list[str]:
    """What is doubtful about a claim, in words."""
    found = [words for words, applies in DOUBTS if applies(row)]
    why = row.get("agreement", "").partition(DOUBTFUL)[2]
    return [f"{words}: {why}" if words == NAMED else words for words in found]


def order_claims(rows: Iterable[Cells], faults: Mapping[str, list[str]]) -> list[str]:
    """The ids of claims in the order of review: those that do not stand in their text (`faults`),
    those of the first doubt, and so on, the largest number first among equals; then events."""

    def rank(row: Cells) -> tuple:
        doubts = [at for at, (_, applies) in enumerate(DOUBTS) if applies(row)]
        place = (pad_id(row["doc_id"]), int(row["start"] or 0), row["claim_id"])
        return not faults.get(row["claim_id"]), min(doubts, default=9), -_find_size(row), place

    return [row["claim_id"] for row in sorted(rows, key=rank)]


def find_repeats(
    rows: Iterable[Cells], quote_sentence: Callable[[Cells], str]
) -> dict[str, list[str]]:
    """Claim id → the ids of claims in other texts that repeat it: the same cells, in a sentence of
    the same words (`quote_sentence` gives that of a row, and is asked only where cells agree)."""
    alike: dict[tuple, list[Cells]] = {}
    for row in rows:
        alike.setdefault(tuple(row.get(name, "") for name in SAID), []).append(row)
    groups: dict[tuple, list[Cells]] = {}
    for number, group in enumerate(alike.values()):
        for row in group if len(group) > 1 else []:
            words = " ".join(quote_sentence(row).split()).lower()
            groups.setdefault((number, words), []).append(row)
    repeats = {}
    for group in groups.values():
        for row in group:
            doc_id = pad_id(row["doc_id"])
            others = [other["claim_id"] for other in group if pad_id(other["doc_id"]) != doc_id]
            if others:
                repeats[row["claim_id"]] = others
    return repeats


def _lacks_source(row: Mapping[str, str]) -> bool:
    return not row["source_original"] and row["assertion"] in ("claimed", "denied")


def _find_size(row: Mapping[str, str]) -> float:
    """The largest value of a row that counts people or households; 0 for all others."""
    if row["unit"] not in ("person", "household"):
        return 0.0
    values = [float(row[name]) for name in NUMBERS if _is_number(row[name])]
    return max(values, default=0.0)


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).isdigit()
