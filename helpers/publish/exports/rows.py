"""Rows: what every export says of a claim, beside its own columns: the whole sentence, the text it
stands in, the names of its places."""

from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from helpers.analysis.selection import Study
from helpers.corpus.places import find_parts, name_places, split_values
from helpers.extract.text.sentences import Sentence, split_sentences
from helpers.schema.columns import DAYS

# How a text is called in the table of claims → in that of documents.
OF_TEXT = {
    "text_title": "title",
    "publisher": "publisher",
    "published": "published",
    "author": "author",
    "url": "url",
    "file": "file",
}
COUNTRIES = ("6", "7")  # UCDP where_prec of a country, of what lies abroad


class Rendered(NamedTuple):
    """What an export consists of: name of a file → its bytes; and sentences on what is not in
    them."""

    files: dict[str, bytes]
    remarks: list[str]


def describe_claims(study: Study) -> pd.DataFrame:
    """All claims of a corpus, in the order of its table, but for the rejected.

    One row is one claim: its columns as `Study.coded` has them (days and numbers missing where the
    words leave them open), then place_name, sentence, and text_title, publisher, published, author,
    url and file of its text; where the texts are invented a last column says so in every row, for a
    row leaves the file that it came in.
    """
    claims = study.coded
    texts = study.documents.set_index("doc_id")
    spans = zip(claims["doc_id"], claims["start"], claims["end"])
    told = {
        "place_name": [name_places(study.places, cell) for cell in claims["place"]],
        "sentence": [
            quote_sentence(texts.at[doc_id, "text"], int(start), int(end))
            for doc_id, start, end in spans
        ],
    }
    for name, column in OF_TEXT.items():
        cells = texts[column] if column in texts else pd.Series("", texts.index)
        told[name] = claims["doc_id"].map(cells).fillna("")
    if study.is_invented:
        told["invented"] = ["yes"] * len(claims)
    return claims.assign(**told)


def quote_sentence(text: str, start: int, end: int) -> str:
    """The words of the sentences that a quote touches, on one line.

    >>> quote_sentence("It rained. Nine people died, he said. It ended.", 11, 27)
    'Nine people died, he said.'
    """
    touched = [it for it in _split(text) if it.start < end and start < it.end]
    if touched:
        start, end = min(start, touched[0].start), max(end, touched[-1].end)
    return " ".join(text[start:end].split())


@lru_cache(maxsize=8)
def _split(text: str) -> list[Sentence]:
    return split_sentences(text)


def locate_places(study: Study, keys: str, countries: bool = False) -> list[tuple[float, float]]:
    """(latitude, longitude) of each place of a `place` cell; a total over several places has those
    of its parts, a place without a point none. The middle of a country is nobody's place, and is
    left out unless `countries` are asked for, as UCDP and IDMC give them."""
    points = []
    for key in split_values(keys):
        found = [key] if key in study.places.index else []
        if found and pd.isna(study.places.at[key, "lat"]):
            found = sorted(find_parts(study.places, {key}) & set(study.places.index))
        for name in found:
            point = (study.places.at[name, "lat"], study.places.at[name, "lon"])
            if study.places.at[name, "prec"] in COUNTRIES and not countries:
                continue
            if not pd.isna(point[0]) and point not in points:
                points.append(point)
    return points


def write_day(day) -> str:
    """An ISO day; "" where there is none."""
    return "" if pd.isna(day) else f"{day:%Y-%m-%d}"


def write_claims(study: Study) -> pd.DataFrame:
    """All claims as text, as claims.csv writes them: numbers and days too, "" where nothing stands,
    columns of a person's own included."""
    claims = study.coded.drop(columns=["doubt", "story"], errors="ignore")
    cells = {name: [_write_cell(name, cell) for cell in claims[name]] for name in claims}
    return pd.DataFrame(cells, dtype=str)


def _write_cell(name: str, cell) -> str:
    if pd.isna(cell):
        return ""
    if name in DAYS:
        return write_day(cell)
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def date_corpus(study: Study) -> pd.Timestamp:
    """The last day on which a text of the corpus was written, else the last day that its claims
    tell of: by it files are dated, so that they are the same on any day; 1 January 2000 where
    nothing has a day."""
    days = [study.documents["published_end"].max(), study.coded["date_end"].max()]
    known = [day for day in days if not pd.isna(day) and day.year >= 1980]
    return known[0] if known else pd.Timestamp("2000-01-01")
