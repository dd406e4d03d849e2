"""Doubt: in which order claims are reviewed, the doubtful first, and which of them repeat one
statement in several texts, to be decided once."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import pandas as pd

from helpers.claims.decisions.journal import Cells
from helpers.corpus.places import split_values
from helpers.extract.places.geonames import load_countries, read_country
from helpers.schema.columns import CLAIM_COLUMNS, NUMBERS
from helpers.schema.csv_files import pad_id

UNCHECKED = "check"  # how the note of a place ends that a gazetteer gave and nobody has looked at
LAST = 9  # rank of a claim without a doubt
# What may differ between two texts that say the same in the same words.
OF_TEXT = {
    *("claim_id", "doc_id", "start", "end", "number_start", "date_at", "part_of", "same_as"),
    *("note", "rule", "agreement"),
}
SAID = [name for name in CLAIM_COLUMNS if name not in OF_TEXT]


@dataclass
class Known:
    """What is known of a claim beside its cells. readings: claim id → where the two readers differ,
    "" where they do not. named: claim id → why its place or source is doubtful, "" where neither
    is. places: the places of the corpus. home: the countries it is about, three
    letters each; empty where that is not known. rejected: the claims that stand no more."""

    readings: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    places: pd.DataFrame = field(default_factory=pd.DataFrame)
    home: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()


def find_home(
    country: str, rows: Iterable[Mapping[str, str]], places: pd.DataFrame
) -> frozenset[str]:
    """The countries that a corpus is about, as its settings name them, else the one in which most
    places of its claims lie; empty where none has one."""
    with suppress(ValueError):  # "" is none
        codes = [read_country(name) for name in split_values(country)]
        if codes:
            return frozenset(load_countries()[code]["iso3"] for code in codes)
    keys = [key for row in rows for key in split_values(row["place"]) if key in places.index]
    found = Counter(str(places.loc[key, "country"]) for key in keys)
    del found[""]
    return frozenset(split_values(found.most_common(1)[0][0])) if found else frozenset()


def name_abroad(key: str, places: pd.DataFrame, home: frozenset[str]) -> str:
    """The country of a place that lies in another than the corpus is about: Spain; "" of a place
    at home, and of a country itself."""
    if not home or key not in places.index or places.loc[key, "kind"] == "country":
        return ""
    codes = split_values(places.loc[key, "country"])
    if not codes or home & set(codes):
        return ""
    names = {row["iso3"]: row["name"] for row in load_countries().values()}
    return ", ".join(names.get(code, code) for code in codes)


def name_place(key: str, places: pd.DataFrame, home: frozenset[str]) -> str:
    """A place by its name, with its country where that is another: "Palma (Spain)"."""
    name = str(places.loc[key, "name"]) if key in places.index else key
    country = name_abroad(key, places, home)
    return f"{name} ({country})" if country else name


def list_doubts_of(row: Mapping[str, str], known: Known) -> list[str]:
    """What is doubtful about a claim, in words."""
    return [words for words in _find_doubts(row, known) if words]


def _find_doubts(row: Mapping[str, str], known: Known) -> list[str]:
    """One sentence for each kind of doubt, the gravest first; "" for those that are none."""
    differs = known.readings.get(row["claim_id"], "")
    named = known.named.get(row["claim_id"], "")
    gone = [key for key in split_values(row["part_of"]) if key in known.rejected]
    return [
        f"the two readings differ: {differs.replace('_', ' ')}" if differs else "",
        _doubt_place(row, known),
        f"part of {', '.join(gone)}, which is rejected" if gone else "",
        "" if row["date_start"] else "undated",
        "" if row["place"] else "no place",
        f"doubtful: {named}" if named else "",
        "nobody named who claims it" if _lacks_source(row) else "",
    ]


def _doubt_place(row: Mapping[str, str], known: Known) -> str:
    """A place abroad that a gazetteer gave for a name, and nobody has looked at."""
    doubtful = [
        name_place(key, known.places, known.home)
        for key in (*split_values(row["place"]), *split_values(row["place_to"]))
        if name_abroad(key, known.places, known.home)
        and str(known.places.loc[key, "note"]).endswith(UNCHECKED)
    ]
    return f"is it {', '.join(doubtful)}?" if doubtful else ""


def order_claims(rows: Iterable[Cells], faults: Mapping[str, list[str]], known: Known) -> list[str]:
    """The ids of claims in the order of review: those that do not stand in their text (`faults`),
    those of the first doubt, and so on, the largest number first among equals; then events."""

    def rank(row: Cells) -> tuple:
        doubts = [at for at, words in enumerate(_find_doubts(row, known)) if words]
        place = (pad_id(row["doc_id"]), int(row["start"] or 0), row["claim_id"])
        return not faults.get(row["claim_id"]), min(doubts, default=LAST), -_find_size(row), place

    return [row["claim_id"] for row in sorted(rows, key=rank)]


def find_repeats(
    rows: Iterable[Cells], quote_sentence: Callable[[Cells], str]
) -> dict[str, list[str]]:
    """Claim id → the ids of claims in other texts that repeat it: the same cells, in a sentence of
    the same words (`quote_sentence` gives that of a row, and is asked only where cells agree)."""
    alike: dict[tuple, list[Cells]] = {}
    for row in rows:
        alike.setdefault(tuple(row.get(name, "") for name in SAID), []).append(row)
    groups: dict[tuple, list[Cells]] = {}
    for number, group in enumerate(alike.values()):
        for row in group if len(group) > 1 else []:
            words = " ".join(quote_sentence(row).split()).lower()
            groups.setdefault((number, words), []).append(row)
    repeats = {}
    for group in groups.values():
        for row in group:
            doc_id = pad_id(row["doc_id"])
            others = [other["claim_id"] for other in group if pad_id(other["doc_id"]) != doc_id]
            if others:
                repeats[row["claim_id"]] = others
    return repeats


def _lacks_source(row: Mapping[str, str]) -> bool:
    return not row["source_original"] and row["assertion"] in ("claimed", "denied")


def _find_size(row: Mapping[str, str]) -> float:
    """The largest value of a row that counts people or households; 0 for all others."""
    if row["unit"] not in ("person", "household"):
        return 0.0
    values = [float(row[name]) for name in NUMBERS if _is_number(row[name])]
    return max(values, default=0.0)


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).isdigit()
