"""places.geojson, opened with GDAL (pyogrio), which QGIS reads it with."""

import json
import struct
from dataclasses import replace

import pyogrio.raw
import pytest

from helpers.publish.exports.layer import render_layer
from tests.publish.exports.conftest import FORMULA, find_changes


def open_layer(file):
    """(rows, points of each) as GDAL reads them."""
    meta, _, shapes, cells = pyogrio.raw.read(file)
    assert meta["crs"] == "EPSG:4326"
    rows = [dict(zip(meta["fields"], row)) for row in zip(*cells)]
    return rows, [read_points(shape) for shape in shapes]


def read_points(shape: bytes | None) -> list[tuple[float, float]]:
    """The points of a MultiPoint in WKB: how many, then five bytes and two numbers each."""
    if shape is None:
        return []
    kind, number = struct.unpack_from("<II", shape, 1)
    assert kind == 4
    return [struct.unpack_from("<dd", shape, 9 + 21 * at + 5) for at in range(number)]


@pytest.fixture(scope="module")
def layer(folder):
    return open_layer(folder / "places.geojson")


def test_every_claim_is_a_feature_field_by_field(layer):
    rows = [
        {name: None if str(cell) == "NaT" else unpack(cell) for name, cell in row.items()}
        for row in layer[0]
    ]
    assert find_changes(rows) == []


def unpack(cell):
    """A day of numpy as text; other cells as they are."""
    return str(cell)[:10] if type(cell).__name__ == "datetime64" else cell


def test_a_claim_stands_at_the_points_of_its_places_longitude_first(layer, study):
    places = study.places
    for row, points in zip(*layer):
        keys = [key for key in (row["place"] or "").split(";") if key]
        own = [key for key in keys if places.at[key, "prec"] not in ("6", "7")]
        if len(keys) == 1 and own and not places.at[keys[0], "parts"]:
            lat, lon = places.at[keys[0], "lat"], places.at[keys[0], "lon"]
            assert points == ([] if lat != lat else [(lon, lat)])
    at = {row["claim_id"]: points for row, points in zip(*layer)}
    assert at["000-004"] == [(37.1343, 36.2021)]  # Aleppo


def test_a_total_over_two_places_is_one_feature_with_two_points(layer, study):
    at = [len(points) for row, points in zip(*layer) if row["place"] == "aleppo_and_hama"]
    assert set(at) == {2}


def test_the_middle_of_a_country_is_no_place(layer):
    assert {len(points) for row, points in zip(*layer) if row["place"] == "syria"} == {0}


def test_each_feature_has_its_sentence_and_its_text(layer, study):
    texts = dict(zip(study.documents["doc_id"], study.documents["text"]))
    titles = dict(zip(study.documents["doc_id"], study.documents["title"]))
    for row, _ in zip(*layer):
        assert " ".join(row["exact"].split()) in row["sentence"]
        assert row["sentence"] in " ".join(texts[row["doc_id"]].split())
        assert row["text_title"] == titles[row["doc_id"]]


def test_a_formula_stays_a_word(spoiled, tmp_path):
    (tmp_path / "x.geojson").write_bytes(render_layer(spoiled).files["places.geojson"])
    rows, _ = open_layer(tmp_path / "x.geojson")
    assert {row["note"] for row in rows} == {FORMULA}


def test_without_places_every_claim_is_there_without_a_point(study):
    made = render_layer(replace(study, places=study.places.iloc[:0]))
    features = json.loads(made.files["places.geojson"])["features"]
    assert [it["geometry"] for it in features] == [None] * len(study.coded)
    assert f"{len(study.coded)} claims of {len(study.coded)} without a point" in made.remarks[0]
