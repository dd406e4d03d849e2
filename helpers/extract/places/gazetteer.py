"""The names of places: those of the corpus's own table, then GeoNames, narrowed to the country the
corpus is about."""

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import pandas as pd

from helpers.corpus.places import UNRESOLVED
from helpers.extract.places.geonames import (
    LARGE,
    City,
    find_city,
    load_countries,
    name_cities,
    name_divisions,
    open_cities,
    read_country,
)
from helpers.extract.places.names import (
    AREAS,
    COMMON_WORDS,
    FOLDED,
    JOINERS,
    KEYS,
    NAME_WORD,
    PARTS,
    STANDS_BEFORE,
    fold_name,
    key_name,
)
from helpers.extract.text.cache import Cache
from helpers.extract.text.document import Document

PRECISIONS = {"city": "1", "town": "1", "governorate": "4", "country": "6"}  # UCDP where_prec
FILLED_BY_PEOPLE = ("kind", "governorate", "country", "prec", "parts")  # of an unresolved place


class PlaceMention(NamedTuple):
    """A place as the text names it: start and end, its key, the words, whether a gazetteer knows
    it, and as what GeoNames does (None: it does not, or the corpus's own table has it). In
    "Kell, Velmar" the country belongs to the span and not to the words."""

    start: int
    end: int
    key: str
    words: str
    resolved: bool
    known: City | None = None


@dataclass
class Gazetteer:
    """Names folded → place key. `own`: names of the corpus's table; `cities`: names of GeoNames;
    `openings`: the first words of `cities`; `own_first`: first word → the lengths of own names,
    longest first; `rare`: whether a word holds
    the rarest of an own name of several words (None without such); `opens`: whether a word, cut at
    blanks, may open a name of any kind (but in passages all in capitals); `divisions`: names of
    provinces; `ranks`: key → "country" or "capital"; `precisions`: key → `prec` of the corpus's
    table; `home`: the countries that the corpus is about."""

    own: dict[tuple[str, ...], str] = field(default_factory=dict)
    cities: dict[str, City] = field(default_factory=dict)
    openings: frozenset[str] = frozenset()
    own_first: dict[str, list[int]] = field(default_factory=dict)
    rare: Cache[bool] | None = None
    opens: Cache[bool] = field(default_factory=lambda: Cache(partial(_may_open, frozenset())))
    divisions: dict[str, City] = field(default_factory=dict)
    ranks: dict[str, str] = field(default_factory=dict)
    precisions: dict[str, str] = field(default_factory=dict)
    home: frozenset[str] = frozenset()

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
        name_divisions(codes),
        _rank_places(places, cities),
        _read_precisions(places),
        codes,
    )


def _read_precisions(places: pd.DataFrame) -> dict[str, str]:
    """Key → `prec` of the corpus's table, where it is empty that of the kind."""
    if not {"prec", "kind"} <= set(places.columns):
        return {}
    rows = zip(places.index, places["prec"], places["kind"])
    return {key: str(prec) or PRECISIONS.get(kind, "1") for key, prec, kind in rows}


def _rank_places(places: pd.DataFrame, cities: dict[str, City]) -> dict[str, str]:
    """Key → "country" or "capital", which may stand for a government."""
    ranks: dict[str, str] = {}
    for country in load_countries().values():
        capital = cities.get(fold_name(country["capital"]))
        if capital and fold_name(capital["name"]) == fold_name(country["capital"]):
            ranks[key_name(capital["name"])] = "capital"
        ranks[key_name(country["name"])] = "country"
    if "kind" in places:
        ranks |= dict.fromkeys(places.index[places["kind"] == "country"], "country")
    return ranks


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
    if not _CITED.fullmatch(note):
        return False
    city = cities.get(fold_name(name))
    is_of_key = key_name(name) == row["place"] or row["place"].startswith(f"{key_name(name)}_")
    return is_of_key or city is not None and note == cite_city(city)


_CITED = re.compile(r"(GeoNames \d+, population \d+|ISO 3166-2 [A-Z]{2}-\w+): check")


def cite_city(city: City) -> str:
    """The note of a place that GeoNames gave, as long as nobody has checked it."""
    if city.get("kind") == "governorate":
        return f"ISO 3166-2 {city['code']}: check"
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
    key = KEYS[known["name"] if known else words]
    return PlaceMention(start, end, key, words, known is not None, known)


def mention_division(
    mention: PlaceMention, end: int, text: str, gazetteer: Gazetteer
) -> PlaceMention:
    """A place as the province of its name, which the word up to `end` says it is; as it was where
    there is none."""
    known = gazetteer.divisions.get(FOLDED[mention.words])
    if known is None and mention.known:  # a spelling of its chief town: "Hodeida | province"
        known = gazetteer.divisions.get(FOLDED[mention.known["name"]])
    if known is None:
        return mention
    key = key_name(known["name"])
    if gazetteer.cities[FOLDED[mention.words]] is not known:
        key += "_governorate"  # the codebook's key: the city bears the plain name
    return mention._replace(key=key, words=text[mention.start : end], resolved=True, known=known)


def mention_within(
    mention: PlaceMention, country: PlaceMention, gazetteer: Gazetteer
) -> PlaceMention:
    """A place as that of its name in the country that stands behind it: "Kell, Velmar"; one of
    another country than the plain name means has the country in its key."""
    mention = mention._replace(end=country.end)
    nation = country.known
    if not nation or nation.get("kind") != "country":
        return mention
    code, own = nation["countrycode"], mention.known
    if own and own["countrycode"] == code:
        return mention
    if there := find_city(mention.words, code):
        key = key_name(there["name"]) + (f"_{country.key}" if own else "")
        return mention._replace(key=key, resolved=True, known=there)
    key = f"{key_name(mention.words)}_{country.key}" if own else mention.key
    known = {"name": mention.words, "countrycode": code, "kind": "unknown"}
    return mention._replace(key=key, resolved=False, known=known)


def is_governorate(mention: PlaceMention) -> bool:
    """Whether a place is a province, state or governorate of GeoNames' kind."""
    return mention.known is not None and mention.known.get("kind") == "governorate"


_DIVISION = re.compile(r"(?i: (?:province|governorate|region|state|oblast|department|county))$")


def is_region(mention: PlaceMention, gazetteer: Gazetteer) -> bool:
    """Whether a place is a country or a province, by GeoNames or by its own words ("Ménaka
    region"), which may hold several towns."""
    if gazetteer.ranks.get(mention.key) == "country" or FOLDED[mention.words] in AREAS:
        return True
    return is_governorate(mention) or bool(_DIVISION.search(mention.words))


def describe_place(mention: PlaceMention) -> dict[str, Any]:
    """A row of places.csv (PLACE_COLUMNS) for a place that the corpus's table has not; named as
    the text spells it."""
    name = mention.words.title() if mention.words.isupper() else mention.words
    row: dict[str, Any] = {
        "place": mention.key,
        "name": name,
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
    city = mention.known
    if city is None:
        return row
    row["country"] = load_countries()[city["countrycode"]]["iso3"]
    kind = city.get("kind") or ("city" if city["population"] >= LARGE else "town")
    if kind == "unknown":
        return row
    row |= {"kind": kind, "prec": PRECISIONS[kind], "note": cite_city(city)}
    row["names"] = list(dict.fromkeys([mention.words, city["name"]]))
    if kind == "governorate":
        row["names"] = [mention.words]  # the plain name may be that of the city too
    if kind != "country":
        row |= {"lat": city["latitude"], "lon": city["longitude"]}
    return row


def name_precision(mention: PlaceMention, gazetteer: Gazetteer) -> str:
    """UCDP where_prec of a place: of its row in the corpus's table, else by its kind; "" for a name
    that no gazetteer knows."""
    if not mention.resolved:
        return ""
    kind = mention.known.get("kind", "town") if mention.known else "town"
    return gazetteer.precisions.get(mention.key) or PRECISIONS[kind]
