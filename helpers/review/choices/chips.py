"""Chips: a claim as a reviewer sees it, one chip a question, each with what the text offers for it
and with the words it rests on."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from helpers.claims.decisions.journal import Cells
from helpers.claims.decisions.table import DECIDED
from helpers.corpus.places import split_values
from helpers.review.choices.days import (
    offer_as_of,
    offer_days,
    read_days,
    say_days,
    type_days,
    write_as_of,
    write_days,
)
from helpers.review.choices.reading import Asked, Option, TextReading
from helpers.review.doubt import Known, name_abroad, name_place
from helpers.schema.columns import MEASURES, NUMBERS, TABLES
from helpers.schema.errors import ClaimsError
from helpers.schema.formatting import say_number

CODEBOOK = tomllib.loads((Path(__file__).parent / "codebook.toml").read_text("utf-8"))
MOST = 9  # options, each with a digit; further ones are typed
COLUMNS = TABLES["claims"]


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
BY_KEY = {chip.key: chip for chip in CHIPS}


def say_typed(chip: Chip, row: Mapping[str, str]) -> str:
    """What may be typed for a chip; of values that have no digit, their first letters."""
    if chip.name != "what":
        return chip.typed
    values = [value.replace("_", " ") for value in order_measures(row)[MOST:]]
    return f"the first letters of {', '.join(values)}"


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


def list_options(chip: Chip, asked: Asked) -> list[Option]:
    """What may be chosen for a chip. The order is that of the text, whatever claim is looked at, so
    that a digit keeps its meaning within a sentence; where the text offers more than there are
    digits, the nearest to the sentence are kept."""
    row = asked.row
    start, end = int(row["start"] or 0), int(row["end"] or 0)
    lists: dict[str, Callable[[], list[Option]]] = {
        "number": lambda: [
            Option(
                offer.words,
                "",
                {"number": offer.words, "number_start": str(offer.start)},
                offer.start,
            )
            for offer in asked.reading.list_numbers(start, end)
        ],
        "place": lambda: _offer_places(chip, asked),
        "where to": lambda: _offer_places(chip, asked),
        "days": lambda: offer_days(asked),
        "as of": lambda: offer_as_of(asked),
        "source": lambda: _offer_names(
            chip, asked, [*asked.reading.list_sources(start, end), *_list_names(asked, chip)]
        ),
        "who did it": lambda: _offer_names(chip, asked, _list_names(asked, chip)),
        "side": lambda: _offer_names(
            chip, asked, [*_list_names(asked, chip), *_list_names(asked, BY_KEY["a"])]
        ),
    }
    if chip.name not in lists:
        return _list_fixed(chip, asked)
    last = _list_last(chip, asked)
    return [*_arrange(chip, asked, lists[chip.name](), MOST - len(last)), *last]


def _list_fixed(chip: Chip, asked: Asked) -> list[Option]:
    """What may be chosen whatever the text says, in the order of the codebook."""
    if chip.name == "what":
        return _offer_measures(asked.row)
    if chip.name == "part of":
        return _offer_wholes(asked)
    return _offer_allowed(chip, asked.row)[:MOST]


def _list_last(chip: Chip, asked: Asked) -> list[Option]:
    """What ends a list: the day of the text, and nothing at all."""
    if chip.name == "number":
        return []
    if chip.name not in ("days", "as of"):
        return [Option("none", "", {chip.columns[0]: ""})]
    none = Option("undated", "", write_days("", ""))
    if chip.name == "as of":
        none = Option("none", "", {"as_of": ""})
    if not asked.reading.published:
        return [none]
    first, last = (day.isoformat() for day in asked.reading.published)
    cells = write_days(first, last) | {"date_exact": "", "date_kind": "point"}
    if chip.name == "as of":
        cells = write_as_of(first, last)
    return [Option(say_days(first, last), "day of the text", cells), none]


def _arrange(chip: Chip, asked: Asked, options: list[Option], most: int) -> list[Option]:
    """Options once each, at most so many, in the order of the text; what stands nowhere in it comes
    last. The one that is chosen now is kept, then the nearest."""
    once: dict[tuple[str, str], Option] = {}
    for option in options:
        once.setdefault((option.label, option.hint), option)

    def rank(option: Option) -> tuple[bool, bool, int]:
        gap = max(option.at - asked.stop + 1, asked.begin - option.at, 0) if option.at >= 0 else 1
        return not is_chosen(chip, option, asked.row), gap > 0 and option.at >= 0, gap

    kept = sorted(once.values(), key=rank)[:most]
    told = [option for option in once.values() if option in kept]
    return sorted(told, key=lambda option: (option.at < 0, option.at))


def is_chosen(chip: Chip, option: Option, row: Mapping[str, str]) -> bool:
    """Whether an option is what a row says now."""
    return all(
        option.cells.get(name, row.get(name, "")) == row.get(name, "") for name in chip.columns
    )


def read_typed(
    chip: Chip,
    words: str,
    row: Mapping[str, str],
    reading: TextReading,
    find_place: Callable[[str], str],
) -> Cells:
    """The cells that typed words fill. `find_place`: the key of a place by its name, which may
    raise. Raises ClaimsError for words that mean nothing here."""
    words, column = " ".join(words.split()), chip.columns[0]
    if chip.name == "days":
        span = read_days(words, reading.published)
        return type_days(words, span, row, reading) if span else write_days("", "")
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


def _offer_places(chip: Chip, asked: Asked) -> list[Option]:
    """The places of the text, those abroad with their country, and what a person chose or typed
    for another claim of the text."""
    options: dict[str, Option] = {}
    known = asked.known
    for key, offer in asked.places:
        country = name_abroad(key, known.places, known.home)
        option = Option(offer.words, country, {chip.columns[0]: key}, offer.start)
        if key not in options or offer.start < options[key].at:
            options[key] = option
    for other in asked.others:
        for keys in (other["place"], other["place_to"]):
            if keys and keys not in options and other["review"] in DECIDED:
                label = "; ".join(
                    name_place(key, known.places, known.home) for key in split_values(keys)
                )
                options[keys] = Option(label, "", {chip.columns[0]: keys})
    return list(options.values())


def _list_names(asked: Asked, chip: Chip) -> list[str]:
    """What the claims of the text say for a chip."""
    return [cell for row in asked.others if (cell := row.get(chip.columns[0], ""))]


def _offer_names(chip: Chip, asked: Asked, names: list[str]) -> list[Option]:
    """Names, where they stand first in the text."""
    options = []
    for name in dict.fromkeys(names):
        found = asked.reading.find_name(name)
        label = name.replace(";", "; ")
        options.append(Option(label, "", {chip.columns[0]: name}, found[0] if found else -1))
    return options


def _offer_measures(row: Mapping[str, str]) -> list[Option]:
    """As many measures as there are digits, always in the same order."""
    return [
        Option(value.replace("_", " "), CODEBOOK["measure"][value], {"measure": value})
        for value in order_measures(row)[:MOST]
    ]


def order_measures(row: Mapping[str, str]) -> list[str]:
    """The measures in the order of the codebook; of what has no number the events first."""
    if row["number"]:
        return list(MEASURES)
    return sorted(MEASURES, key=lambda value: MEASURES[value] != "pace")


def _offer_wholes(asked: Asked) -> list[Option]:
    """Figures of the same unit in the text, but for those that are rejected."""
    row = asked.row
    options = [
        Option(f"“{other['number']}”", other["claim_id"], {"part_of": other["claim_id"]})
        for other in sorted(asked.others, key=lambda other: int(other["start"] or 0))
        if other["claim_id"] != row["claim_id"]
        and other["number"]
        and other["unit"] == row["unit"]
        and other["review"] != "rejected"
    ]
    return [*options[: MOST - 1], Option("none", "", {"part_of": ""})]


def _offer_allowed(chip: Chip, row: Mapping[str, str]) -> list[Option]:
    """All that may stand in a column of few values."""
    column = chip.columns[0]
    told = CODEBOOK.get(column, {})
    options = [
        Option(value.replace("_", " "), told.get(value, ""), {column: value})
        for value in COLUMNS[column].allowed
    ]
    if chip.name == "kind of days":
        days = {"window": row["days_most"] or "1"}
        return [
            option._replace(cells=option.cells | {"days_most": days.get(option.label, "")})
            for option in options
        ]
    return options
