"""Sentences of who.txt: who says a figure, of whom, and what befell them, as a careful reader takes
it from them."""

from pathlib import Path
from typing import NamedTuple

from helpers.extract.propose import propose_claims
from tests.labelled.texts import make_documents, make_places

FILE = Path(__file__).with_suffix(".txt")
NEAR = 14  # characters between a number and the words that the table gives for it


class Case(NamedTuple):
    """A text and the right row of one of its figures; a cell with "-" is not judged. `read`: the
    rules were written with it in sight."""

    kind: str
    read: bool
    text: str
    words: str
    measure: str
    affected: str
    source: str
    assertion: str


def load_cases() -> list[Case]:
    """The sentences in the order of the table; of each kind every other one was not read before
    the rules stood."""
    cases: list[Case] = []
    seen: dict[str, int] = {}
    for line in FILE.read_text("utf-8").splitlines():
        if line[:1] in ("", "#"):
            continue
        kind, text, *cells = line.split(" | ")
        seen[kind] = seen.get(kind, 0) + 1
        text = text.replace(" // ", "\n\n").replace(" / ", "\n")
        cases.append(Case(kind, seen[kind] % 2 == 1, text, *cells))
    return cases


def list_misreadings(cases: list[Case]) -> list[tuple[Case, str]]:
    """(case, what was read instead) of every case that is not read rightly."""
    documents = [
        {"id": f"{at:04d}", "text": case.text, "published": "2024-06-12"}
        for at, case in enumerate(cases)
    ]
    claims = propose_claims(make_documents(documents), make_places()).claims
    rows = {row["id"]: claims[claims["doc_id"] == row["id"]] for row in documents}
    found = []
    for case, row in zip(cases, documents):
        fault = _find_fault(case, rows[row["id"]].to_dict("records"))
        if fault:
            found.append((case, fault))
    return found


def _find_fault(case: Case, rows: list[dict]) -> str:
    """What of the row is wrong, or "" if nothing is."""
    start = case.text.index(case.words)
    near = [row for row in rows if abs(int(row["number_start"] or -99) - start) < NEAR]
    near.sort(key=lambda row: abs(int(row["number_start"]) - start))
    if not near:
        return "missed"
    wrong = [
        f"{column} {near[0][name]!r}"
        for column, name in (
            ("measure", "measure"),
            ("affected", "affected"),
            ("source", "source_original"),
            ("assertion", "assertion"),
        )
        if not _fits(getattr(case, column), near[0][name])
    ]
    return ", ".join(wrong)


def _fits(cell: str, value: str) -> bool:
    """Whether a value is one of those that a cell allows."""
    allowed = [name.strip().lower() for name in cell.split(";")]
    return "-" in allowed or all(name in allowed for name in value.lower().split(";"))
