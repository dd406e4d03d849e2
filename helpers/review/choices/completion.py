"""Completion: what follows from a cell that a person changed is filled in, never asked: offsets,
values, topic and unit, precision of days and places, keys of places by their names."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import pandas as pd

from helpers.claims.checks import find_precision
from helpers.claims.decisions.journal import Cells
from helpers.claims.decisions.table import ReviewTable
from helpers.claims.proposals import save_places
from helpers.corpus.places import PLACE_COLUMNS, UNRESOLVED, split_values
from helpers.extract.periods.figures import STOCKS
from helpers.extract.places.gazetteer import PlaceMention, describe_place
from helpers.extract.places.names import fold_name, key_name
from helpers.schema.columns import CLAIM_COLUMNS, MEASURES, NUMBERS, UNITS_OF_MEASURE
from helpers.schema.errors import ClaimsError
from helpers.schema.quantity import read_number

UNDATED = "undated:"  # how the note of the rules begins that says why a claim bears no day
DATE_COLUMNS = (
    *("date_kind", "date_start", "date_end", "days_most", "date_basis", "date_exact", "date_at"),
)


def complete_row(
    row: Mapping[str, str],
    cells: Cells,
    text: str,
    places: pd.DataFrame,
    kept: Collection[str] = (),
) -> Cells:
    """A row with these cells changed, and with all that follows from them but in columns that are
    to be `kept`. Raises ClaimsError for words that stand nowhere near."""
    after = {**dict.fromkeys(CLAIM_COLUMNS, ""), **row, **cells}
    if "exact" in cells:
        _locate_quote(after, text)
    if "number" in cells or "exact" in cells:
        _locate_number(after, text)
    if "measure" in cells:
        _follow_measure(after)
    if "number" in cells:
        _read_values(after)
    if {"date_start", "date_end", "date_exact"} & cells.keys():
        _follow_days(after, cells, text)
        if "as_of" not in cells and "as_of" not in kept:
            _follow_as_of(after)
        if after["date_start"] and after["note"].startswith(UNDATED) and "note" not in cells:
            after["note"] = ""
    if "place" in cells:
        after["place_prec"] = _find_place_precision(after["place"], places)
    return after


def find_nearest(text: str, words: str, at: int, first: int = 0, last: int | None = None) -> int:
    """Where words stand in a text (between two offsets) nearest to an offset; -1 for nowhere.

    >>> find_nearest("12 here, 12 there", "12", 10)
    9
    """
    found, best = text.find(words, first, last), -1
    while found >= 0 and words:
        if best < 0 or abs(found - at) < abs(best - at):
            best = found
        found = text.find(words, found + 1, last)
    return best


def _locate_quote(row: Cells, text: str) -> None:
    start = find_nearest(text, row["exact"], int(row["start"] or 0))
    if start < 0:
        raise ClaimsError(f"“{row['exact']}” does not stand in the text; copy it to the letter")
    row |= {"start": str(start), "end": str(start + len(row["exact"]))}


def _locate_number(row: Cells, text: str) -> None:
    """The offset of the number; where it stands beside the quote, the quote grows to hold it."""
    number = row["number"]
    if not number:
        row["number_start"] = ""
        return
    start, end = int(row["start"]), int(row["end"])
    at = find_nearest(text, number, int(row["number_start"] or start), start, end)
    if at < 0:
        first = max(text.rfind("\n", 0, start), 0)
        last = text.find("\n", end)
        at = find_nearest(text, number, start, first, len(text) if last < 0 else last)
    if at < 0:
        raise ClaimsError(f"“{number}” does not stand near the quote; copy it to the letter")
    start, end = min(start, at), max(end, at + len(number))
    row |= {"start": str(start), "end": str(end), "exact": text[start:end]}
    row["number_start"] = str(at)


def _read_values(row: Cells) -> None:
    """Values and quantifier as the words of the number give them."""
    reading = read_number(row["number"]) if row["number"] else None
    if row["number"] and reading is None:
        raise ClaimsError(f"“{row['number']}” holds no number that can be read")
    values = (reading.low, reading.best, reading.high) if reading else (None,) * 3
    row |= {name: _write_value(value) for name, value in zip(NUMBERS, values)}
    row["quantifier"] = reading.quantifier if reading else ""
    if reading and reading.is_share and reading.quantifier != "vague":
        row["unit"] = "percent"
    elif reading and row["unit"] in ("", "event", "percent"):
        row["unit"] = _name_unit(row["measure"])
    elif not reading:
        row["unit"] = "event"


def _write_value(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _name_unit(measure: str) -> str:
    """What a measure counts, where nothing else is said."""
    if measure in UNITS_OF_MEASURE:
        return UNITS_OF_MEASURE[measure][0]
    if measure == "settlements_captured":
        return "settlement"
    return "percent" if measure == "control_share" else "person"


def _follow_measure(row: Cells) -> None:
    """Topic and unit of a measure; whom it befell, where it befalls anybody."""
    row["topic"] = MEASURES.get(row["measure"], row["topic"])
    if not row["number"]:
        row["unit"] = "event"
    elif row["unit"] in ("", "event") or row["unit"] not in UNITS_OF_MEASURE.get(
        row["measure"], [row["unit"]]
    ):
        row["unit"] = _name_unit(row["measure"])
    if row["topic"] == "pace":
        row["affected"] = ""
    elif not row["affected"]:
        row["affected"] = "unknown"


def _follow_days(row: Cells, cells: Cells, text: str) -> None:
    """Precision, kind, basis and the place of the dating words, from the days."""
    start, end = row["date_start"], row["date_end"]
    row["date_prec"] = find_precision(start or None, end or None)
    if not start:
        row |= dict.fromkeys(DATE_COLUMNS, "")
        return
    row["date_kind"] = row["date_kind"] or "point"
    if row["date_kind"] == "window":
        days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
        row["days_most"] = str(min(int(row["days_most"] or days), days))
    else:
        row["days_most"] = ""
    if row["date_exact"]:  # days that were typed are what these words mean
        at = int(row["date_at"] or row["start"])
        row["date_at"] = str(find_nearest(text, row["date_exact"], at))
        if row["date_basis"] not in ("explicit", "relative"):
            row["date_basis"] = "explicit"
    else:
        row |= {"date_at": "", "date_basis": "inferred"}


def _follow_as_of(row: Cells) -> None:
    """The day that a stock or total describes: the last of its days; of a stock that is dated by
    bounds, any of them."""
    if not row["as_of"] and row["measure"] not in STOCKS:
        return
    days = [row["date_start"], row["date_end"]]
    if row["date_kind"] == "period":
        days = days[1:]
    row["as_of"] = "/".join(dict.fromkeys(day for day in days if day))


def _find_place_precision(keys: str, places: pd.DataFrame) -> str:
    """UCDP where_prec of places: that of the least precise; "" where one is not known."""
    found = [
        str(places.loc[key, "prec"]) if key in places.index else "" for key in split_values(keys)
    ]
    return max(found, default="") if all(found) else ""


class PlaceKeys:
    """The keys of the places of a review: those of places.csv, and of names that it would add."""

    def __init__(self, table: ReviewTable):
        self.table = table
        self._new: dict[str, dict[str, Any]] = {}

    def name_mention(self, mention: PlaceMention) -> str:
        """The key of a place that the text names, which is remembered, to be added to places.csv
        if it is chosen."""
        if mention.key not in self.table.places.index:
            self._new.setdefault(mention.key, describe_place(mention))
        return mention.key

    def find_key(self, name: str, text: str) -> str:
        """The key of a place by its name as a person typed it. Raises ClaimsError for a name that
        neither places.csv nor the text has."""
        folded = fold_name(name)
        for key, place in self.table.places.iterrows():
            if folded in {fold_name(one) for one in (str(key), place["name"], *place["names"])}:
                return str(key)
        for key, place in self._new.items():
            if folded in {fold_name(one) for one in (key, place["name"], *place["names"])}:
                return key
        if folded not in fold_name(text):
            raise ClaimsError(
                f"“{name}” stands neither in places.csv nor in the text; write it as the text does"
            )
        cell: dict[str, Any] = dict.fromkeys(PLACE_COLUMNS, "")
        cell |= {"lat": float("nan"), "lon": float("nan"), "parts": [], "names": [name]}
        key = key_name(name)
        self._new[key] = cell | {"place": key, "name": name, "note": UNRESOLVED}
        return key

    def list_known(self) -> pd.DataFrame:
        """The places of the corpus, and those that this review would add."""
        rows = [row for key, row in self._new.items() if key not in self.table.places.index]
        if not rows:
            return self.table.places
        new = pd.DataFrame(rows, columns=PLACE_COLUMNS).set_index("place")
        return pd.concat([self.table.places, new]) if len(self.table.places) else new

    def save_new(self, row: Cells) -> None:
        """Places that a claim names and places.csv lacks, added to it before the claim is saved."""
        keys = {*split_values(row["place"]), *split_values(row["place_to"])}
        if not keys - set(self.table.places.index):
            return
        known = self.list_known()
        wanted = [key for key in known.index if key in keys or key in self.table.places.index]
        self.table.places = known.loc[wanted]
        save_places(self.table.places, self.table.file.parent)
