"""seeds/claims.csv held by the second coding: a cell on which both agree, or of which it is known
that they do not, changes on purpose only. coding_differences.csv lists what is known: claim,
column, what stands here, what there."""

from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.reader.coding import COLUMNS, check_as_of, list_differences, pair_rows
from tests.reader.tables import load_tables, read

KNOWN = Path(__file__).with_name("coding_differences.csv")


@pytest.fixture(scope="module")
def codings():
    return read(SEEDS / "claims.csv"), read(SEEDS / "second_coding.csv")


def name_rows(table) -> set[str]:
    return {
        f"{row.claim_id} {row.column}: “{row.here}”, “{row.second}”" for row in table.itertuples()
    }


def test_no_cell_differs_from_the_second_coding_but_those_that_are_known(codings):
    new = name_rows(list_differences(*codings)) - name_rows(read(KNOWN))
    assert not new, (
        f"here and in the second coding differ {sorted(new)}; correct the row, or, where "
        f"the text bears it out, "
        f"list it in {KNOWN.name}"
    )


def test_every_difference_that_is_known_is_one(codings):
    gone = name_rows(read(KNOWN)) - name_rows(list_differences(*codings))
    assert not gone, f"listed in {KNOWN.name} and no difference (any more): {sorted(gone)}"


def test_the_codings_share_more_than_nine_rows_of_ten(codings):
    assert len(pair_rows(*codings)) / len(codings[0]) > 0.9


@pytest.mark.parametrize("column", COLUMNS)
def test_another_value_in_any_column_is_noticed(codings, column):
    claims, second = codings
    here, _ = next(pair for pair in pair_rows(claims, second) if pair[0][column] == pair[1][column])
    spoiled = claims.copy()
    spoiled.loc[spoiled["claim_id"] == here["claim_id"], column] = "another"
    new = name_rows(list_differences(spoiled, second)) - name_rows(read(KNOWN))
    assert any(row.startswith(f"{here['claim_id']} {column}: “another”") for row in new)


def test_the_day_that_a_stock_describes_lies_among_its_days():
    tables = load_tables(SEEDS)
    assert check_as_of(tables.claims, tables.documents) == []


def test_a_year_off_is_noticed():
    tables = load_tables(SEEDS)
    dated = tables.claims["as_of"].str.startswith("2024")
    assert dated.any()
    late = tables.claims.assign(as_of=tables.claims["as_of"].str.replace("2024", "2025"))
    early = tables.claims.assign(as_of=tables.claims["as_of"].str.replace("2024", "1999"))
    for spoiled in (late, early):
        named = {fault.partition(":")[0] for fault in check_as_of(spoiled, tables.documents)}
        assert set(tables.claims["claim_id"][dated]) <= named
