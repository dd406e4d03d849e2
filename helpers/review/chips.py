"""Chips: a claim as a reviewer sees it, one chip a question, each with what the text offers for it
and with the words it rests on."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from helpers.claims.decisions import Cells
from helpers.corpus.places import split_values
from helpers.review.days import read_days
from helpers.review.doubt import Known, name_place
from helpers.review.reading import Offer, TextReading
from helpers.schema.columns import MEASURES, NUMBERS, TABLES
from helpers.schema.errors import ClaimsError
from helpers.schema.formatting import say_number, say_period

MOST = 9  # options, each with a digit; further ones are typed
COLUMNS = TABLES["claims"]


class Option(NamedTuple):
    """Something to choose for a chip: its label, a hint beside it, and the cells it fills."""

    label: str
    hint: str
    cells: Cells


class Chip(NamedTuple):
    """One question about a claim. key: the letter that opens it. columns: the cells it shows.
    typed: the sentence that says what may be typed, "" where one chooses only."""

    key: str
    name: str
    columns: tuple[str, ...]
    typed: str


CHIPS = (
    Chip("v", "number", ("number",), "the words of the number, as the text has them"),
    Chip("m", "what", ("measure",), "what is counted, or what happened"),
    Chip("u", "unit", ("unit",), "what is counted"),
    Chip("w", "whom", ("affected",), ""),
    Chip("x", "side", ("affected_side",), "whose people, as the text names them"),
    Chip("a", "who did it", ("actor",), "who acted, as the text names them"),
    Chip("p", "place", ("place",), "a name as it stands in the text; several with ;"),
    Chip("t", "where to", ("place_to",), "a name as it stands in the text; several with ;"),
    Chip("d", "days", ("date_start", "date_end"), "27 Nov, 27 Nov to 8 Dec 2024, late November"),
    Chip("k", "kind of days", ("date_kind", "days_most"), ""),
    Chip("g", "as of", ("as_of",), "the day that a stock or total describes"),
    Chip("s", "source", ("source_original",), "who says it, as the text names them"),
    Chip("e", "stance", ("assertion",), ""),
    Chip("c", "scope", ("scope",), ""),
    Chip("h", "part of", ("part_of",), "claim ids; several with ;"),
    Chip("q", "quote", ("exact",), "the words of the claim, to the letter"),
    Chip("o", "note", ("note",), "what a careful reader could ask, answered"),
)
MAY_BE_EMPTY = ("place", "place_to", "actor", "source_original", "affected_side")
BY_KEY = {chip.key: chip for chip in CHIPS}


def show_value(chip: Chip, row: Mapping[str, str], known: Known) -> str:
    """What a chip shows of a row: "" for nothing."""
    if chip.name == "number":
        return _say_quantity(row)
    if chip.name in ("place", "where to"):
        keys = split_values(row[chip.columns[0]])
        return "; ".join(name_place(key, known.places, known.home) for key in keys)
    if chip.name == "part of":
        said = {key: f"{key} (rejected)" for key in known.rejected}
        return "; ".join(said.get(key, key) for key in split_values(row["part_of"]))
    if chip.name == "days":
        return say_days(row["date_start"], row["date_end"])
    if chip.name == "kind of days":
        most = f", {row['days_most']} days or fewer" if row["days_most"] else ""
        return row["date_kind"] + most
    if chip.name == "as of":
        first, _, last = row["as_of"].partition("/")
        return say_days(first, last or first)
    return row[chip.columns[0]].replace("_", " ").replace(";", "; ")


def say_days(first: str, last: str) -> str:
    """29 Nov 2024; 27–30 Nov 2024; "" for none, the cells themselves where they are no days."""
    if not first:
        return ""
    try:
        return say_period(pd.Timestamp(first), pd.Timestamp(last))
    except (ValueError, TypeError):
        return f"{first}/{last}"


def list_options(
    chip: Chip,
    row: Mapping[str, str],
    reading: TextReading,
    others: Iterable[Mapping[str, str]],
    name_place: Callable[[Offer], str],
) -> list[Option]:
    """What the text offers for a chip, the nearest first. `others`: the claims of this text, whose
    names are offered again; `name_place`: the key of a place that the text names."""
    start, end = int(row["start"] or 0), int(row["end"] or 0)
    lists: dict[str, Callable[[], list[Option]]] = {
        "number": lambda: [
            Option(offer.words, "", {"number": offer.words, "number_start": str(offer.start)})
            for offer in reading.list_numbers(start, end)
        ],
        "place": lambda: _offer_places(chip, reading.list_places(start, end), name_place),
        "where to": lambda: _offer_places(chip, reading.list_places(start, end), name_place),
        "days": lambda: _offer_days(reading, start, end),
        "as of": lambda: _offer_as_of(reading, start, end),
        "source": lambda: [
            Option(name, "", {"source_original": name})
            for name in [*reading.list_sources(start, end), *_list_names(others, "source_original")]
        ],
        "who did it": lambda: _offer_names("actor", others),
        "side": lambda: _offer_names("affected_side", [*others, *_as_sides(others)]),
        "what": lambda: _offer_measures(row),
        "part of": lambda: _offer_wholes(row, others),
    }
    options = lists.get(chip.name, lambda: _offer_allowed(chip, row))()
    if chip.columns[0] in MAY_BE_EMPTY:
        options = [*options[: MOST - 1], Option("none", "", {chip.columns[0]: ""})]
    if chip.name == "days":
        options = [*options[: MOST - 1], Option("undated", "", _days("", ""))]
    once: dict[tuple[str, str], Option] = {}
    for option in options:
        once.setdefault((option.label, option.hint), option)
    return list(once.values())[:MOST]


def read_typed(chip: Chip, words: str, reading: TextReading, find_place: Callable[[str], str]):
    """The cells that typed words fill. `find_place`: the key of a place by its name, which may
    raise. Raises ClaimsError for words that mean nothing here."""
    words, column = " ".join(words.split()), chip.columns[0]
    if chip.name == "days":
        span = read_days(words, reading.published)
        return _days(*(day.isoformat() for day in span)) if span else _days("", "")
    if chip.name == "as of":
        span = read_days(words, reading.published)
        days = dict.fromkeys(day.isoformat() for day in span or ())
        return {"as_of": "/".join(days)}
    if chip.name in ("place", "where to"):
        names = split_values(words.replace(",", ";"))
        return {column: ";".join(dict.fromkeys(find_place(name) for name in names))}
    allowed = COLUMNS[column].allowed
    if allowed:
        return {column: _choose_allowed(chip, words, list(allowed))}
    return {column: ";".join(split_values(words)) if COLUMNS[column].several else words}


def _choose_allowed(chip: Chip, words: str, allowed: list[str]) -> str:
    """The value that words begin: "inj" is injured. Raises ClaimsError for none, or for several."""
    asked = words.lower().replace(" ", "_")
    fits = [value for value in allowed if value.startswith(asked)]
    if asked in allowed:
        return asked
    if len(fits) != 1 or not asked:
        said = ", ".join(value.replace("_", " ") for value in fits or allowed)
        raise ClaimsError(f"{chip.name} “{words}” may be one of: {said}")
    return fits[0]


def _say_quantity(row: Mapping[str, str]) -> str:
    """“nearly 400,000” person; "" for an event."""
    if not row["number"]:
        return ""
    values = []
    for name in NUMBERS:
        try:
            values.append(say_number(float(row[name])) if row[name] else "")
        except ValueError:
            values.append(row[name])
    low, best, high = values
    if best and low == high:
        said = best
    elif best:
        said = " ".join(
            part
            for part in (f"{best}", "or more" if low else "", "or fewer" if high else "")
            if part
        )
    else:
        said = "–".join(part for part in (low, high) if part) or "no value"
    return f"“{row['number']}” {said}"


def _days(first: str, last: str) -> Cells:
    return {"date_start": first, "date_end": last}


def _offer_days(reading: TextReading, start: int, end: int) -> list[Option]:
    options = []
    for offer in reading.list_dates(start, end):
        first, last = (day.isoformat() for day in offer.means.span)
        cells = _days(first, last) | {
            "date_exact": offer.words,
            "date_at": str(offer.start),
            "date_basis": offer.means.basis,
            "date_kind": "period" if offer.means.kind == "period" else "point",
        }
        options.append(Option(say_days(first, last), f"“{offer.words}”", cells))
    if reading.published:
        first, last = (day.isoformat() for day in reading.published)
        cells = _days(first, last) | {"date_exact": "", "date_kind": "point"}
        options.insert(
            min(len(options), 3), Option(say_days(first, last), "day of the text", cells)
        )
    return options


def _offer_as_of(reading: TextReading, start: int, end: int) -> list[Option]:
    options = []
    for option in _offer_days(reading, start, end):
        days = dict.fromkeys((option.cells["date_start"], option.cells["date_end"]))
        options.append(option._replace(cells={"as_of": "/".join(days)}))
    return [*options[: MOST - 1], Option("none", "", {"as_of": ""})]


def _offer_places(
    chip: Chip, offers: list[Offer], name_place: Callable[[Offer], str]
) -> list[Option]:
    options: dict[str, Option] = {}
    for offer in offers:
        key = name_place(offer)
        options.setdefault(key, Option(offer.words, "", {chip.columns[0]: key}))
    return list(options.values())


def _list_names(rows: Iterable[Mapping[str, str]], column: str) -> list[str]:
    cells = [row.get(column, "") for row in rows]
    return list(dict.fromkeys(cell for cell in cells if cell))


def _as_sides(rows: Iterable[Mapping[str, str]]) -> list[dict[str, Any]]:
    return [{"affected_side": name} for name in _list_names(rows, "actor")]


def _offer_names(column: str, rows: Iterable[Mapping[str, str]]) -> list[Option]:
    return [
        Option(name.replace(";", "; "), "", {column: name}) for name in _list_names(rows, column)
    ]


def _offer_measures(row: Mapping[str, str]) -> list[Option]:
    """The measures of the row's topic, the others typed; of all topics where it has none."""
    topic = row["topic"]
    return [
        Option(value.replace("_", " "), "" if of == topic else of, {"measure": value})
        for value, of in sorted(MEASURES.items(), key=lambda pair: pair[1] != topic)
    ]


def _offer_wholes(row: Mapping[str, str], others: Iterable[Mapping[str, str]]) -> list[Option]:
    """Larger figures of the same measure and unit in the text."""
    options = [
        Option(f"“{other['number']}”", other["claim_id"], {"part_of": other["claim_id"]})
        for other in others
        if other["claim_id"] != row["claim_id"] and other["number"] and other["unit"] == row["unit"]
    ]
    return [*options[: MOST - 1], Option("none", "", {"part_of": ""})]


def _offer_allowed(chip: Chip, row: Mapping[str, str]) -> list[Option]:
    """All that may stand in a column of few values."""
    column = chip.columns[0]
    options = [
        Option(value.replace("_", " "), "", {column: value}) for value in COLUMNS[column].allowed
    ]
    if chip.name == "kind of days":
        days = {"window": row["days_most"] or "1"}
        return [
            option._replace(cells=option.cells | {"days_most": days.get(option.label, "")})
            for option in options
        ]
    return options
