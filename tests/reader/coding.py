"""claims.csv beside the second coding: rows paired by their spans, and every cell in which a pair differs."""

import itertools

import pandas as pd

COLUMNS = [
    "measure",
    "actor",
    "affected",
    "place",
    "place_to",
    "date_start",
    "date_end",
    "as_of",
    "source_original",
    "assertion",
    "scope",
]


def pair_rows(one: pd.DataFrame, other: pd.DataFrame) -> list[tuple]:
    """(row, row) of two codings that share words of a text, one to one: first those that share most of their
    words, and of equals those with more equal cells, so that two rows over one span find their own."""
    sides = [table.to_dict("records") for table in (one, other)]
    found = []
    for left, right in itertools.product(*(range(len(side)) for side in sides)):
        a, b = sides[0][left], sides[1][right]
        if a["doc_id"] != b["doc_id"]:
            continue
        shared = min(int(a["end"]), int(b["end"])) - max(int(a["start"]), int(b["start"]))
        if shared > 0:
            whole = max(int(a["end"]), int(b["end"])) - min(int(a["start"]), int(b["start"]))
            alike = sum(a[name] == b[name] for name in [*COLUMNS, "number_start", "number"])
            found.append((-shared / whole, -alike, left, right))
    taken: tuple[set, set] = (set(), set())
    pairs = []
    for _, _, left, right in sorted(found):
        if left not in taken[0] and right not in taken[1]:
            taken[0].add(left)
            taken[1].add(right)
            pairs.append((sides[0][left], sides[1][right]))
    return pairs


def list_differences(claims: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Cells in which paired rows differ; one row is one cell: claim_id, column, here, second. Values of a cell that
    holds several are compared as a set."""
    rows = [
        (here["claim_id"], name, here[name], there[name])
        for here, there in pair_rows(claims, second)
        for name in COLUMNS
        if set(here[name].split(";")) != set(there[name].split(";"))
    ]
    return pd.DataFrame(rows, columns=["claim_id", "column", "here", "second"]).sort_values(
        ["claim_id", "column"], ignore_index=True
    )


def check_as_of(claims: pd.DataFrame, documents: pd.DataFrame) -> list[str]:
    """The day that a stock or share describes lies among the days of its claim, and not after its text was
    written."""
    latest, found = dict(zip(documents["doc_id"], documents["last"])), []
    for row in claims[claims["as_of"] != ""].itertuples():
        first, _, last = row.as_of.partition("/")
        days = pd.Timestamp(first), pd.Timestamp(last or first)
        if days[1] > latest[row.doc_id]:
            found.append(f"{row.claim_id}: as_of {row.as_of} lies after its text")
        if pd.notna(row.date_start) and not row.date_start <= days[0] <= days[1] <= row.date_end:
            found.append(
                f"{row.claim_id}: as_of {row.as_of} lies outside its days, "
                f"{row.date_start:%Y-%m-%d} to {row.date_end:%Y-%m-%d}"
            )
    return found
