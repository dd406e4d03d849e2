"""Marking: a claim that nobody proposed, from the words that a reviewer marked."""

from collections.abc import Callable

import pandas as pd

from helpers.claims.decisions.journal import Cells
from helpers.extract.places.gazetteer import PlaceMention
from helpers.review.choices.completion import complete_row
from helpers.review.choices.days import find_until, name_kind
from helpers.review.choices.reading import TextReading
from helpers.schema.columns import CLAIM_COLUMNS
from helpers.schema.errors import ClaimsError


def build_marked(
    reading: TextReading, start: int, end: int, name_place: Callable[[PlaceMention], str]
) -> Cells:
    """A row from the words between two offsets: its number, place, days and source are those that
    the text offers nearest, in the same sentence. What is counted stays empty: the reviewer says
    it. Raises ClaimsError where nothing was marked."""
    text = reading.text
    words = text[start:end]
    kept = words.rstrip().rstrip(".,;:").rstrip()
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(kept)
    if not 0 <= start < end <= len(text):
        raise ClaimsError("mark the words of the claim in the text first")
    row = dict.fromkeys(CLAIM_COLUMNS, "") | {
        "doc_id": reading.doc_id,
        "start": str(start),
        "end": str(end),
        "exact": text[start:end],
        "unit": "event",
        "date_prec": "7",
        "scope": "offensive",
        "review": "accepted",
    }
    row["source_original"], row["assertion"] = reading.judge_source(start)
    begin, stop = reading.find_sentence(start, end)
    numbers = [it for it in reading.list_numbers(start, end) if start <= it.start and it.end <= end]
    places = [it for it in reading.list_places(start, end) if begin <= it.start < stop]
    dates = [it for it in reading.list_dates(start, end) if begin <= it.start < stop]
    cells: Cells = {"place": name_place(places[0].means)} if places else {}
    if numbers:
        cells |= {"number": numbers[0].words, "number_start": str(numbers[0].start)}
    if dates:
        first, last = (day.isoformat() for day in dates[0].means.span)
        until = find_until(dates[0], reading)
        last = until or last
        cells |= {"date_start": first, "date_end": last, "date_exact": dates[0].words}
        cells |= {"date_at": str(dates[0].start), "date_basis": dates[0].means.basis}
        cells["date_kind"] = "period" if until else name_kind(dates[0])
    place = cells.pop("place", "")
    return complete_row(row, cells, text, pd.DataFrame()) | {"place": place}
