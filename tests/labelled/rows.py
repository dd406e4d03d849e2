"""The rows that the rules propose from some hundred sentences, in words: rows.txt holds every
sentence with its rows below it.

    python tests/labelled/rows.py

writes rows.txt anew: to be run when a rule was changed on purpose, and every difference that
test_labelled.py shows was read.
"""

import sys
from difflib import unified_diff
from pathlib import Path

FOLDER = Path(__file__).parent
FILE = FOLDER / "rows.txt"
DAY = "2022-03-16"  # a Wednesday, on which all of them were written
DATES = ("date_kind", "date_start", "date_end", "days_most", "date_basis", "date_exact")
SAID = ("source_original", "assertion", "scope", "affected")
USUAL = {"reported", "offensive", "unknown", ""}  # not shown


def load_sentences() -> list[str]:
    """The sentences of rows.txt: its lines that are no rows."""
    lines = FILE.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(" ")]


def show_row(row: dict[str, str]) -> str:
    """A proposed row in one line: value, quote, who and where, days, who says so, links, and the
    rule."""
    value = [
        row["quantifier"],
        *(row[name] or "–" for name in ("low", "best", "high")),
        row["unit"],
    ]
    parts = [
        f"{row['measure']} {' '.join(value)}" if row["number"] else row["measure"],
        f"“{row['exact']}”",
        f"by {row['actor']}" if row["actor"] else "",
        f"in {row['place']}" if row["place"] else "",
        f"to {row['place_to']}" if row["place_to"] else "",
        " ".join(row[name] for name in DATES if row.get(name)),
        f"as of {row['as_of']}" if row["as_of"] else "",
        " ".join(row[name] for name in SAID if row[name] not in USUAL),
        *(f"{name} {row[name].rpartition('-')[2]}" for name in ("part_of", "same_as") if row[name]),
        f"[{row['rule']}]",
    ]
    return " · ".join(part for part in parts if part)


def read_sentences(sentences: list[str]) -> str:
    """Every sentence and, below it, the rows that are proposed from it."""
    from helpers.extract.propose import propose_claims
    from tests.labelled.texts import make_documents, make_places

    rows = [{"id": f"{n:04d}", "text": text, "published": DAY} for n, text in enumerate(sentences)]
    claims = propose_claims(make_documents(rows), make_places(), "SYR").claims
    found: dict[str, list[str]] = {row["id"]: [] for row in rows}
    for claim in claims.to_dict("records"):
        found[claim["doc_id"]].append(f"    {show_row(claim)}")
    return "\n\n".join("\n".join([row["text"], *found[row["id"]]]) for row in rows) + "\n"


def compare(kept: str, now: str) -> str:
    """What is gone (-) and new (+), below the sentence it is read in; "" where nothing is."""
    lines = unified_diff(kept.splitlines(), now.splitlines(), "rows.txt", "now", lineterm="", n=3)
    return "\n".join(lines)


if __name__ == "__main__":
    sys.path[:0] = [str(FOLDER.parent), str(FOLDER.parent.parent)]
    FILE.write_text(read_sentences(load_sentences()), "utf-8")
