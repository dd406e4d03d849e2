"""The names of places: those of the corpus's own table, then GeoNames, narrowed to the country the
corpus is about."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import pandas as pd

from helpers.corpus.places import UNRESOLVED
from helpers.extract.places.geonames import (
    LARGE,
    City,
    load_countries,
    name_cities,
    open_cities,
    read_country,
)
from helpers.extract.places.names import (
    COMMON_WORDS,
    FOLDED,
    JOINERS,
    NAME_WORD,
    PARTS,
    STANDS_BEFORE,
    fold_name,
    key_name,
)
from helpers.extract.text.cache import Cache
from helpers.extract.text.document import Document

FILLED_BY_PEOPLE = ("kind", "governorate", "country", "prec", "parts")  # of an unresolved place


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
    longest first; `rare`: whether a word holds
    the rarest of an own name of several words (None without such); `opens`: whether a word, cut at
    blanks, may open a name of any kind (but in passages all in capitals)."""

    own: dict[tuple[str, ...], str] = field(default_factory=dict)
    cities: dict[str, City] = field(default_factory=dict)
    openings: frozenset[str] = frozenset()
    own_first: dict[str, list[int]] = field(default_factory=dict)
    rare: Cache[bool] | None = None
    opens: Cache[bool] = field(default_factory=lambda: Cache(partial(_may_open, frozenset())))

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
    codes = frozenset(read_country(part) for part in country.split(";") if part.strip())
    cities = name_cities(codes)
    own = _name_own(places, cities)
    first: dict[str, set[int]] = {}
    for words in own:
        first.setdefault(words[0], set()).add(len(words))
    rarest = frozenset(
        max(words, key=_rank_rarity) for words in own if len(words) > 1 or words == ("the",)
    )
    return Gazetteer(
        own,
        cities,
        open_cities(codes),
        {word: sorted(lengths, reverse=True) for word, lengths in first.items()},
        Cache(partial(_holds_any, rarest)) if rarest else None,
        Cache(partial(_may_open, frozenset(first))),
    )


def _name_own(places: pd.DataFrame, cities: dict[str, City]) -> dict[tuple[str, ...], str]:
    """Folded words → key, of the names in a corpus's places table; the first place that bears a
    name has it."""
    own: dict[tuple[str, ...], str] = {}
    rows = places.rename_axis("place").reset_index().to_dict("records")
    known = {name for row in rows for name in [row["name"], *row["names"]]}
    for row in rows:
        for name in [row["name"], *row["names"]]:
            if _is_written_by_rules(row, name, cities):
                continue
            if " and " in name and all(part.strip() in known for part in name.split(" and ")):
                continue  # "Aleppo and Hama" is two places; a total over both is for people to code
            words = tuple(fold_name(word) or word.lower() for word in NAME_WORD.findall(name))
            if words:
                own.setdefault(words, row["place"])
    return own


def _is_written_by_rules(row: dict[Hashable, Any], name: str, cities: dict[str, City]) -> bool:
    """Whether a name stands in the corpus's table only because an earlier run wrote it there, as
    GeoNames has it or as not resolved, and nobody has touched the row since: it is no better known
    than it was then, and no place is found that was not found the first time."""
    note = row.get("note", "")
    if note == UNRESOLVED:
        filled = pd.notna(row["lat"]) or any(row[column] for column in FILLED_BY_PEOPLE)
        return not filled and key_name(name) == row["place"]
    city = cities.get(fold_name(name))
    return city is not None and note == cite_city(city) and row["place"] == key_name(city["name"])


def cite_city(city: City) -> str:
    """The note of a place that GeoNames gave, as long as nobody has checked it."""
    return f"GeoNames {city['geonameid']}, population {city['population']}: check"


def _rank_rarity(word: str) -> tuple[bool, int]:
    """Large for a word that few texts hold: "qusayr" rather than "the" or "city"."""
    return word not in COMMON_WORDS and word not in JOINERS, len(word)


def _may_open(own: frozenset[str], word: str) -> bool:
    """Whether a name may begin within a word; `own`: first words of own names."""
    return any(
        part.folded in own or part.is_name and part.folded not in STANDS_BEFORE
        for part in PARTS[word]
    )


def _holds_any(rarest: frozenset[str], word: str) -> bool:
    """Whether what stands between two blanks holds one of these words."""
    return any(part.folded in rarest for part in PARTS[word])


def mention_place(text: str, start: int, end: int, gazetteer: Gazetteer) -> PlaceMention:
    """A span of the text as the place it names."""
    words = text[start:end]
    known = gazetteer.cities.get(FOLDED[words])
    return PlaceMention(
        start, end, key_name(known["name"] if known else words), words, known is not None
    )


def describe_place(mention: PlaceMention, gazetteer: Gazetteer) -> dict[str, Any]:
    """A row of places.csv (PLACE_COLUMNS) for a place that the corpus's table has
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
        "note": UNRESOLVED,
    }
    if city is None:
        return row
    row |= {
        "name": city["name"],
        "names": list(dict.fromkeys([city["name"], mention.words])),
        "country": load_countries()[city["countrycode"]]["iso3"],
        "note": cite_city(city),
    }
    if city.get("kind") == "country":
        return row | {"kind": "country", "prec": "6"}
    return row | {
        "kind": "city" if city["population"] >= LARGE else "town",
        "lat": city["latitude"],
        "lon": city["longitude"],
        "prec": "1",
    }
