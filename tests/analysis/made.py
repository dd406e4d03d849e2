"""Made-up claims, documents and places: a row a call, with what a test does not say left plain."""

import pandas as pd

from helpers.corpus.places import PLACE_COLUMNS
from helpers.schema.columns import CLAIM_COLUMNS, MEASURES

PLAIN = {
    "measure": "captured",
    "unit": "event",
    "place_prec": "1",
    "date_kind": "point",
    "date_prec": "1",
    "date_basis": "explicit",
    "assertion": "reported",
    "scope": "offensive",
    "review": "accepted",
}


def make_claims(*rows: dict) -> pd.DataFrame:
    """Claims as load_claims types them. A row says what matters: `days` ("2031-03-03" or two as
    a/b) and `people` (a number) besides the columns."""
    made = []
    for number, row in enumerate(rows, 1):
        cells = {**PLAIN, "doc_id": f"{number:03d}", **row}
        first, _, last = cells.pop("days", "").partition("/")
        cells |= {"date_start": first or None, "date_end": last or first or None}
        if people := cells.pop("people", None):
            cells |= {name: people for name in ("low", "best", "high") if name not in row}
            cells |= {"number": f"{people:,}", "unit": "person", "quantifier": "exact"}
            cells |= {name: row[name] for name in ("unit", "number", "quantifier") if name in row}
        cells.setdefault("topic", MEASURES[cells["measure"]])
        cells.setdefault("claim_id", f"{cells['doc_id']}-{number:03d}")
        cells.setdefault("exact", f"{cells.get('number', '')} {cells['measure']}".strip())
        cells |= {"start": number * 100, "end": number * 100 + len(cells["exact"])}
        made.append(cells)
    table = pd.DataFrame(made, columns=CLAIM_COLUMNS)
    numbers = ["low", "best", "high"]
    days = ["date_start", "date_end"]
    words = [name for name in table if name not in [*numbers, *days, "start", "end"]]
    table[words] = table[words].astype(object).fillna("").astype(str)
    table[numbers] = table[numbers].astype(float)
    return table.assign(**{name: pd.to_datetime(table[name]) for name in days})


def make_places(*rows: tuple) -> pd.DataFrame:
    """Places as load_places gives them: (key, lat, lon) or (key, lat, lon, country)."""
    cells = [
        {
            "place": row[0],
            "name": row[0].title(),
            "names": [row[0].title()],
            "kind": "city",
            "lat": row[1],
            "lon": row[2],
            "country": row[3] if len(row) > 3 else "SDN",
            "prec": "1",
            "parts": [],
        }
        for row in rows
    ]
    table = pd.DataFrame(cells, columns=PLACE_COLUMNS)
    return table.assign(governorate="", note="").set_index("place")


def make_documents(*days: str) -> pd.DataFrame:
    """Documents 001, 002 … published on these days."""
    published = pd.to_datetime(list(days))
    names = [f"{number:03d}" for number in range(1, len(days) + 1)]
    return pd.DataFrame(
        {
            "doc_id": names,
            "title": [f"Text {name}" for name in names],
            "text": [""] * len(days),
            "published_start": published,
            "published_end": published,
        }
    )
