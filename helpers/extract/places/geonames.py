"""GeoNames (geonames.zip): its cities and countries, and what a bare name means."""

import csv
import io
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from helpers.extract.places.names import COUNTRIES_TOO, NO_NAMES, fold_name

GEONAMES = Path(__file__).with_name("geonames.zip")  # made by tests/make_gazetteer.py
# In it; beside them a file a country, "SY.csv".
COUNTRIES, ABROAD, DIVISIONS = "countries.csv", "abroad.csv", "divisions.csv"
COUNTRY_COLUMNS = ["code", "iso3", "name", "capital", "geonameid", "population"]
SPELLINGS = "alternatenames"  # the other names of a city, joined by |
CITY_COLUMNS = [
    "geonameid",
    "name",
    "countrycode",
    "population",
    "latitude",
    "longitude",
    SPELLINGS,
]
DIVISION_COLUMNS = ["code", "countrycode", "name", "type", "latitude", "longitude", SPELLINGS]
LONGEST_NAME = 4  # words of a name that GeoNames knows; those of the corpus's own may be longer
LARGE = 100_000  # inhabitants; a city abroad is known by its bare name from this size
_LEADING = 10  # a shared name is known where one city has so many times the inhabitants of the next
City = dict[str, Any]  # a city or country, by column


@lru_cache(maxsize=8)
def open_cities(codes: frozenset[str]) -> frozenset[str]:
    """The first words of the names of GeoNames."""
    return frozenset(name.split()[0] for name in name_cities(codes) if name)


def read_country(words: str) -> str:
    """The two letters of a country. Raises ValueError when it is none, saying what to write."""
    wanted = words.strip().lower()
    for code, row in load_countries().items():
        if wanted in (code.lower(), row["iso3"].lower(), row["name"].lower()):
            return code
    raise ValueError(
        f'country "{words}" is no country of GeoNames; write two or three letters (SY, SYR) or its '
        "English name (Syria)"
    )


def name_countries() -> list[str]:
    """The English names of all countries."""
    return [row["name"] for row in load_countries().values()]


@lru_cache(maxsize=1)
def load_countries() -> dict[str, City]:
    """Two letters → country, in the order of GeoNames."""
    return {row["code"]: row for row in _load_rows(COUNTRIES)}


@lru_cache(maxsize=1)
def _load_divisions() -> dict[str, list[City]]:
    """Country (two letters) → its provinces, states, governorates: its first-level divisions."""
    found: dict[str, list[City]] = {}
    for row in _load_rows(DIVISIONS):
        row["latitude"], row["longitude"] = float(row["latitude"]), float(row["longitude"])
        row[SPELLINGS] = tuple(filter(None, row[SPELLINGS].split("|")))
        found.setdefault(row["countrycode"], []).append(row | {"kind": "governorate"})
    return found


@lru_cache(maxsize=8)
def name_divisions(codes: frozenset[str]) -> dict[str, City]:
    """Folded name → province of these countries; a name that two bear is none."""
    found: dict[str, list[City]] = {}
    for row in (row for code in sorted(codes) for row in _load_divisions().get(code, ())):
        for name in {fold_name(name) for name in (row["name"], *row[SPELLINGS])} - NO_NAMES:
            if len(name) > 2 and len(name.split()) <= LONGEST_NAME:
                found.setdefault(name, []).append(row)
    return {name: rows[0] for name, rows in found.items() if len(rows) == 1}


@lru_cache(maxsize=32)
def _load_cities(file: str) -> list[City]:
    """The cities of a file: of one country ("SY.csv"), or the large ones of all (ABROAD)."""
    rows = _load_rows(file)
    for row in rows:
        row["latitude"], row["longitude"] = float(row["latitude"]), float(row["longitude"])
        row[SPELLINGS] = tuple(filter(None, row[SPELLINGS].split("|")))
    return rows


def _load_rows(file: str) -> list[City]:
    """The rows of a CSV in geonames.zip, none where it has no such file: some countries have no
    city."""
    with zipfile.ZipFile(GEONAMES) as packed:
        if file not in packed.namelist():
            return []
        with packed.open(file) as opened:
            rows: list[City] = list(csv.DictReader(io.TextIOWrapper(opened, "utf-8", newline="")))
    for row in rows:
        for column in {"geonameid", "population"} & row.keys():
            row[column] = int(row[column])
    return rows


@lru_cache(maxsize=8)
def name_cities(codes: frozenset[str]) -> dict[str, City]:
    """Folded name → city, province or country. At home every spelling of every city, abroad large
    cities by their name."""
    found: dict[str, list[City]] = {}
    abroad = [row for row in _load_cities(ABROAD) if row["countrycode"] not in codes]
    for row in [*abroad, *(row for code in codes for row in _load_cities(f"{code}.csv"))]:
        names = {row["name"], *row[SPELLINGS]}
        names = {name for name in names if len(name) > 3 or name.isascii() and not name.isupper()}
        for name in map(fold_name, sorted(names)):
            if (
                len(name) > 2
                and name[0].isalpha()
                and len(name.split()) <= LONGEST_NAME
                and name not in NO_NAMES
            ):
                rows = found.setdefault(name, [])
                if not rows or rows[-1] is not row:
                    rows.append(row)
    known: dict[str, City] = dict(name_divisions(codes))
    for name, rows in found.items():
        if city := _choose_city(name, rows, codes):
            known[name] = city
    for code, row in load_countries().items():
        for name in (row["name"], *COUNTRIES_TOO.get(code, ())):
            known[fold_name(name)] = row | {"countrycode": code, "kind": "country"}
    return known


@lru_cache(maxsize=256)
def find_city(words: str, code: str) -> City | None:
    """The largest city of a country that is spelled so; None without one. The large cities come
    first: the file of a country is opened only for a small one."""
    spelled = words.casefold()
    large = (row for row in _load_cities(ABROAD) if row["countrycode"] == code)
    found = [row for row in large if fold_name(row["name"]) == fold_name(words)]
    if not found:
        found = [
            row
            for row in _load_cities(f"{code}.csv")
            if spelled == row["name"].casefold()
            or any(spelled == name.casefold() for name in row[SPELLINGS])
        ]
    return max(found, key=lambda row: (row["population"], -row["geonameid"]), default=None)


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
