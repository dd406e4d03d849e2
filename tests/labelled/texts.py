"""The labelled texts, and the tables that the rules read them in."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from helpers.corpus.places import PLACE_COLUMNS

FOLDER = Path(__file__).parent
FILES = ("mixed", "news", "sentences", "wire", "alerts", "plain_alerts", "plain_news")


@lru_cache
def load_labelled(name: str) -> tuple[dict, ...]:
    """The texts of a file with their labels, one a line."""
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def make_documents(rows: Sequence[dict]) -> pd.DataFrame:
    """Texts as a table of documents; `published` is a day or None."""
    days = pd.to_datetime([row["published"] for row in rows])
    return pd.DataFrame(
        {
            "doc_id": [row["id"] for row in rows],
            "text": [row["text"] for row in rows],
            "language": "English",
            "published_start": days,
            "published_end": days,
        }
    )


def make_places() -> pd.DataFrame:
    """A places table without a place."""
    return pd.DataFrame(columns=PLACE_COLUMNS).set_index("place")
