"""The fields of UCDP, IDMC and casualty records, held against claims.csv."""

import io
from dataclasses import replace

import pandas as pd
import pytest

from helpers.publish.exports.standards import (
    GED_COLUMNS,
    IDU_COLUMNS,
    RECORD_COLUMNS,
    render_standards,
)
from helpers.schema.csv_files import read_table
from tests.publish.exports.conftest import FORMULA, load_rows


def open_csv(data: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)


def open_all(made) -> dict[str, pd.DataFrame]:
    return {name: open_csv(data) for name, data in made.files.items()}


@pytest.fixture(scope="module")
def tables(folder):
    names = ("ucdp_ged.csv", "idmc_idu.csv", "casualty_records.csv", "standards.csv")
    return {name: open_csv((folder / name).read_bytes()) for name in names}


def pick(**cells) -> list[dict[str, str]]:
    return [row for row in load_rows() if all(row[name] == cell for name, cell in cells.items())]


def test_the_columns_are_those_of_ucdp_and_idmc_then_ours(tables):
    assert len(GED_COLUMNS) == 49
    assert len(IDU_COLUMNS) == 35
    assert list(tables["ucdp_ged.csv"])[:49] == GED_COLUMNS
    assert list(tables["idmc_idu.csv"])[:35] == IDU_COLUMNS
    assert list(tables["casualty_records.csv"])[:10] == RECORD_COLUMNS


def test_every_figure_of_people_killed_is_a_row_as_coded(tables):
    rows = [
        row
        for row in pick(measure="killed", unit="person")
        if row["assertion"] in ("reported", "claimed")
    ]
    found = tables["ucdp_ged.csv"].to_dict("records")
    assert [row["claim_id"] for row in rows] == [row["relid"] for row in found]
    for row, other in zip(rows, found):
        same = ("exact", "low", "best", "high", "date_start", "date_end", "source_original")
        assert [other[name] for name in same] == [row[name] for name in same]
        assert other["where_prec"] == row["place_prec"]
        assert other["date_prec"] == (row["date_prec"] if row["date_prec"] in "12345" else "")
        dead = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
        assert "".join(other[name] for name in dead) == row["best"]
        assert (other["deaths_civilians"] != "") == (
            row["affected"] == "civilian" and row["best"] != ""
        )


def test_every_figure_of_new_displacement_is_a_row_as_coded(tables):
    rows = [row for row in pick(measure="new_displacement") if row["unit"] == "person"]
    found = tables["idmc_idu.csv"].to_dict("records")
    assert [row["claim_id"] for row in rows] == [row["claim_id"] for row in found]
    for row, other in zip(rows, found):
        assert other["figure"] == row["best"]
        assert other["displacement_start_date"] == row["date_start"]
        assert other["displacement_end_date"] == row["date_end"]
    [un] = [row for row in found if row["claim_id"] == "003-011"]
    assert (un["qualifier"], un["figure"], un["iso3"], un["sources"]) == (
        "approximately",
        "400000",
        "SYR",
        "UN",
    )


def test_a_record_says_where_when_who_and_how_many(tables):
    [row] = tables["casualty_records.csv"].query("claim_id == '004-057'").to_dict("records")
    assert row["location_of_incident"] == "Aleppo"
    assert row["numbers_killed"] == "22 or more"
    assert row["source"].startswith("Deterrence of Aggression, 2024-12-06, 004_")
    assert row["name"] == row["age"] == row["sex_gender"] == row["type_of_death"] == ""


def check(tables, claim_id: str, standard: str) -> tuple[str, list[str]]:
    table = tables["standards.csv"]
    [row] = table[
        (table["claim_id"] == claim_id) & table["standard"].str.startswith(standard)
    ].values
    return row[2], row[3].split("; ")


def test_each_claim_is_told_which_standard_it_meets_and_what_is_missing(tables):
    assert check(tables, "004-011", "UCDP") == ("yes", ["high", "source_office"])
    meets, missing = check(tables, "004-036", "UCDP")  # "Dozens", on both sides
    assert (meets, missing[:3]) == ("no", ["side_a", "side_b", "best"])
    assert check(tables, "003-011", "IDMC") == ("yes", ["source_url"])
    assert check(tables, "002-016", "IDMC")[1][:2] == ["figure", "qualifier"]
    meets, missing = check(tables, "004-108", "Standards")
    assert meets == "no"
    assert {"date_or_time_of_incident", "numbers_killed", "name"} <= set(missing)


def test_a_total_over_a_period_is_no_record_of_an_incident(tables):
    meets, missing = check(tables, "000-006", "Standards")  # more than 500,000 since 2011
    assert (meets, missing[0]) == ("no", "a single incident (a total over a period)")


def test_what_is_denied_is_no_row_and_is_told(study):
    coded = study.coded.assign(assertion="denied")
    made = render_standards(replace(study, coded=coded))
    tables = open_all(made)
    assert len(tables["ucdp_ged.csv"]) == len(tables["idmc_idu.csv"]) == 0
    assert set(tables["standards.csv"]["meets"]) == {"no"}
    assert tables["standards.csv"]["missing"].str.startswith("the word of somebody (denied)").all()
    assert "14 figures left out, denied or only expected" in made.remarks[0]


def test_a_range_has_no_figure_and_a_bound_has_its_own(study):
    one = study.coded[study.coded["claim_id"] == "003-011"]
    none = float("nan")
    coded = pd.concat(
        [
            one.assign(claim_id="003-901", quantifier="between", low=10.0, best=none, high=40.0),
            one.assign(claim_id="003-902", quantifier="up_to", low=none, best=none, high=30.0),
            one.assign(claim_id="003-903", unit="household", best=9.0),
        ]
    )
    table = open_all(render_standards(replace(study, coded=coded)))["idmc_idu.csv"]
    assert table["figure"].tolist() == ["", "30", ""]
    assert table["qualifier"].tolist() == ["", "less than", "approximately"]


def test_coordinates_south_of_the_equator_are_numbers_and_no_formula(study):
    places = study.places.assign(lat=-study.places["lat"])
    table = open_all(render_standards(replace(study, places=places)))["idmc_idu.csv"]
    assert set(table["locations_coordinates"]) >= {"-36.2021, 37.1343", "-34.7324, 36.7137"}
    assert (table["latitude"].astype(float) < 0).all()


def test_a_formula_is_guarded_and_comes_back_as_it_was(spoiled):
    data = render_standards(spoiled).files["ucdp_ged.csv"]
    assert set(open_csv(data)["source_office"]) == {"'" + FORMULA}
    assert set(read_table(data, "x", [])["source_office"]) == {FORMULA}
