"""What follows from the two coded invented wars: places lost and taken again, counts withdrawn."""

import pytest

from helpers.analysis.disagreements import list_disagreements
from helpers.analysis.statements import merge_statements
from helpers.charts import draw_figure
from tests.conftest import make_study


@pytest.fixture(scope="module")
def chaco():
    return make_study(corpus="tests/samples/chaco")


def test_a_town_that_was_lost_and_taken_again_stays_on_the_route(chaco):
    assert "pozo_colorado" in chaco.route


def test_a_count_that_its_source_corrected_is_withdrawn(chaco):
    people = chaco.claims[chaco.claims["unit"] == "person"]
    statements = merge_statements(people, chaco.is_said_by_party)
    withdrawn = [one for one in statements if one.withdrawn]
    assert [(one.number, one.sources) for one in withdrawn] == [(28_000, ["OCHA"])]


def test_a_denial_by_somebody_else_withdraws_nothing(chaco):
    table = chaco.coded.set_index("claim_id", drop=False)
    corrected = table["doc_id"] == "032"
    table.loc[corrected, "source_original"] = "government"
    statements = merge_statements(table[table["unit"] == "person"], chaco.is_said_by_party)
    assert any(one.denials for one in statements)
    assert not any(one.withdrawn for one in statements)


def test_the_overview_leads_with_no_count_that_was_withdrawn(chaco):
    words = set(draw_figure("overview", chaco).marks["words"])
    assert "52,300" in words
    assert "28,000" not in words


def test_who_withdraws_a_figure_is_not_among_those_who_give_it(chaco):
    readings = list_disagreements(chaco)
    [answer] = readings[readings["reading"].str.contains("28,000")].itertuples()
    assert answer.documents == ["030"]
