"""Places: distances, names, and which ground two places share."""

import pandas as pd
import pytest

from helpers.corpus.places import (
    load_places,
    measure_between,
    measure_distance,
    name_places,
    overlap_places,
    split_values,
)
from helpers.schema.errors import CorpusError


@pytest.fixture(scope="session")
def places(study):
    return study.places


def edit_places(folder, key, /, **cells):
    table = pd.read_csv(folder / "places.csv", dtype=str, keep_default_na=False)
    for column, value in cells.items():
        table.loc[table["place"] == key, column] = value
    table.to_csv(folder / "places.csv", index=False)


def refuse(folder) -> list[str]:
    with pytest.raises(CorpusError) as caught:
        load_places(folder)
    return [line.strip() for line in str(caught.value).splitlines()]


@pytest.mark.parametrize(
    ("ends", "km"),
    [
        ((51.5074, -0.1278, 48.8566, 2.3522), 344),  # London to Paris
        ((90, 0, 0, 0), 10_002),  # pole to equator, from which the metre was made
        ((0, 179.5, 0, -179.5), 111.32),  # a degree of the equator, across the date line
    ],
)
def test_a_distance_is_within_half_a_percent_of_the_known_one(ends, km):
    assert measure_distance(*ends) == pytest.approx(km, rel=0.005)


def test_aleppo_is_309_km_from_damascus(places):
    assert measure_between(places, "aleppo", "damascus") == pytest.approx(309, rel=0.005)


def test_a_distance_is_the_same_both_ways(places):
    assert measure_between(places, "hama", "homs") == pytest.approx(
        measure_between(places, "homs", "hama"), abs=1e-9
    )


def test_a_place_is_no_distance_from_itself(places):
    assert measure_between(places, "homs", "homs") == 0


@pytest.mark.parametrize("other", ["northwest_syria", "atlantis"])
def test_a_place_without_coordinates_is_at_no_known_distance(places, other):
    assert pd.isna(measure_between(places, "aleppo", other))
    assert pd.isna(measure_between(places, other, "aleppo"))


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ("aleppo", "Aleppo"),
        ("homs;daraa", "Homs, Daraa"),
        ("suwayda_governorate", "As-Suwayda governorate"),
        ("atlantis", "atlantis"),
        ("hama; atlantis", "Hama, atlantis"),
        ("", ""),
    ],
)
def test_places_are_named_as_charts_write_them(places, keys, name):
    assert name_places(places, keys) == name


@pytest.mark.parametrize(
    ("keys", "others", "shared"),
    [
        ("aleppo", "aleppo", True),
        ("aleppo", "hama", False),
        ("homs;daraa", "daraa", True),
        ("homs;daraa", "hama;damascus", False),
        ("northwest_syria", "hama_governorate", True),  # a part
        ("opposition_held_northwest", "idlib_governorate", True),  # a part of a part
        ("daraa_and_suwayda", "homs;suwayda_governorate", True),
        ("southern_syria", "idlib_governorate", False),
        ("", "", True),
        ("", "aleppo", False),
        ("atlantis", "atlantis", True),
    ],
)
def test_two_places_share_ground_when_they_are_the_same_or_one_contains_the_other(
    places, keys, others, shared
):
    assert overlap_places(places, keys, others) is shared
    assert overlap_places(places, others, keys) is shared


def test_parts_that_contain_each_other_do_not_go_round_for_ever():
    ring = pd.DataFrame({"parts": [["b"], ["a"]]}, index=["a", "b"])
    assert overlap_places(ring, "a", "b") is True
    assert overlap_places(ring, "a", "c") is False


@pytest.mark.parametrize(
    ("cell", "values"),
    [("a", ["a"]), ("a;b", ["a", "b"]), (" a ; b ;", ["a", "b"]), ("", []), (";", [])],
)
def test_a_cell_is_split_at_its_semicolons(cell, values):
    assert split_values(cell) == values


def test_the_gazetteer_lists_spellings_and_parts(places):
    assert places.loc["tell_rifaat", "names"] == ["Tell Rifaat", "Tell Refaat"]
    assert places.loc["aleppo_and_hama", "parts"] == ["aleppo_governorate", "hama_governorate"]
    assert (places.loc["homs", "lat"], places.loc["homs", "lon"]) == (34.7324, 36.7137)


def test_no_two_places_have_the_same_key(places):
    assert places.index.is_unique


def test_a_corpus_without_places_csv_has_an_empty_gazetteer(corpus):
    (corpus / "places.csv").unlink()
    assert load_places(corpus).empty


def test_decimal_commas_of_a_spreadsheet_are_read(corpus, places):
    table = pd.read_csv(corpus / "places.csv", dtype=str, keep_default_na=False)
    table[["lat", "lon"]] = table[["lat", "lon"]].map(lambda value: value.replace(".", ","))
    table.to_csv(corpus / "places.csv", index=False, sep=";")
    pd.testing.assert_frame_equal(load_places(corpus), places)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"place": "homs"}, 'places.csv: place "homs" stands twice'),
        ({"name": " "}, "places.csv (hama): name is empty; write it as charts shall show it"),
        ({"lat": "95"}, 'places.csv (hama): lat reads "95"; write degrees between -90 and 90'),
        (
            {"lon": "-181"},
            'places.csv (hama): lon reads "-181"; write degrees between -180 and 180',
        ),
        (
            {"lat": "north"},
            'places.csv (hama): lat reads "north"; write degrees between -90 and 90',
        ),
        ({"parts": "aleppo;atlantis"}, "places.csv (hama): part atlantis is no place here"),
    ],
)
def test_a_faulty_place_is_named(corpus, cells, fault):
    edit_places(corpus, "hama", **cells)
    assert fault in refuse(corpus)[1:]


def test_all_faulty_places_are_named_at_once(corpus):
    edit_places(corpus, "hama", lat="95", parts="atlantis")
    edit_places(corpus, "daraa", lon="east")
    assert refuse(corpus)[0] == "places.csv (3):"


def test_a_missing_column_of_places_csv_is_named(corpus):
    pd.read_csv(corpus / "places.csv", dtype=str).drop(columns="parts").to_csv(
        corpus / "places.csv", index=False
    )
    assert refuse(corpus)[0].startswith("places.csv lacks the column parts")


def test_asking_for_places_changes_nothing(places):
    before = places.copy(deep=True)
    overlap_places(places, "northwest_syria", "aleppo")
    name_places(places, "aleppo;hama")
    measure_between(places, "aleppo", "hama")
    pd.testing.assert_frame_equal(places, before)
