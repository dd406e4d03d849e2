"""What several texts say is one statement where it is the same, and two where it is not."""

import pandas as pd
import pytest

from helpers.analysis.statements import find_totals, is_long, merge_statements, touches
from tests.conftest import make_study

DAY = pd.Timestamp


@pytest.fixture(scope="module")
def study():
    return make_study(corpus="tests/samples/chaco")


def merge(study, *changes, like: str = "005-002"):
    """The statements of copies of a claim, each in a text of its own, with these changes."""
    row = study.coded[study.coded["claim_id"] == like]
    rows = [
        row.assign(claim_id=f"{900 + at}-001", doc_id=f"{900 + at}", exact=f"words {at}", **change)
        for at, change in enumerate(changes)
    ]
    return merge_statements(pd.concat(rows), study.is_said_by_party)


def test_one_source_in_three_texts_is_one_statement(study):
    [one] = merge(study, {}, {}, {})
    assert [claim.claim_id for claim in one.claims] == ["900-001", "901-001", "902-001"]
    assert one.documents == ["900", "901", "902"]


def test_a_hedge_of_another_wording_and_the_same_meaning_makes_no_second_statement(study):
    about = {"quantifier": "about", "low": float("nan"), "high": float("nan")}
    assert (
        len(merge(study, about | {"number": "some 3,600"}, about | {"number": "about 3,600"})) == 1
    )


@pytest.mark.parametrize(
    "other",
    [
        {"quantifier": "more_than", "high": float("nan")},
        {"best": 3700.0},
        {"place": "western_chaco"},
        {"measure": "forced_to_flee"},
        {"affected": "civilian"},
        {"source_original": "UNHCR"},
        {"source_original": ""},
        {"date_start": DAY("2034-09-01"), "date_end": DAY("2034-09-09")},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_differs_is_another_statement(study, other):
    assert len(merge(study, {}, other)) == 2


def test_sources_that_no_text_names_are_not_taken_for_one(study):
    assert len(merge(study, {"source_original": ""}, {"source_original": ""})) == 2


def test_the_very_same_words_in_two_papers_are_one_story(study):
    row = study.coded[study.coded["claim_id"] == "005-002"].assign(source_original="")
    twice = pd.concat([row, row.assign(claim_id="900-001", doc_id="900")])
    assert len(merge_statements(twice, study.is_said_by_party)) == 1


def test_the_statement_is_drawn_by_the_claim_that_knows_its_days_best(study):
    [one] = merge(study, {"date_start": DAY("2034-08-01")}, {})
    assert one.first.claim_id == "901-001"


def test_what_is_expected_is_no_statement(study):
    assert merge(study, {"assertion": "expected"}) == []


def test_a_denial_stands_with_what_it_denies(study):
    [one] = merge(study, {}, {"assertion": "denied", "source_original": "government"})
    assert [row.source_original for row in one.denials] == ["government"]
    assert one.documents == ["900"]


def test_what_a_party_says_is_marked_as_such(study):
    assert [one.party for one in merge(study, {}, {"source_original": "government"})] == [
        False,
        True,
    ]


# --- running totals ------------------------------------------------------------------------------


def total(day: str, number: float, **more) -> dict:
    return {"date_end": DAY(day), "low": number, "best": number, "high": number} | more


def find(study, *changes):
    return find_totals(merge(study, *changes))


GROWING = [total("2034-08-19", 10.0), total("2034-08-24", 30.0), total("2034-08-29", 20.0)]


def test_three_totals_of_one_source_are_a_line_in_the_order_of_days(study):
    [totals] = find(study, *reversed(GROWING))
    assert [[one.number for one in line] for line in totals.lines] == [[10, 30, 20]]
    assert totals.alone == []


def test_two_totals_are_no_line(study):
    assert find(study, *GROWING[:2]) == []


def test_another_source_is_never_joined(study):
    [totals] = find(study, *GROWING, total("2034-08-26", 25.0, source_original="UNHCR"))
    assert [one.number for one in totals.alone] == [25]


def test_a_source_that_no_text_names_makes_no_line(study):
    assert find(study, *(change | {"source_original": ""} for change in GROWING)) == []


@pytest.mark.parametrize(
    "other",
    [{"place": "pozo_colorado"}, {"date_start": DAY("2034-08-15")}, {"measure": "returns"}],
    ids=lambda other: next(iter(other)),
)
def test_another_place_first_day_or_measure_is_no_point_of_the_line(study, other):
    assert find(study, *GROWING[:2], GROWING[2] | other) == []


def test_of_two_totals_of_one_day_the_one_denied_is_not_joined(study):
    denial = total("2034-08-29", 20.0, assertion="denied")
    [totals] = find(study, *GROWING, denial, total("2034-08-29", 18.0))
    assert [one.number for one in totals.lines[0]] == [10, 30, 18]
    assert [one.number for one in totals.alone] == [20]


@pytest.mark.parametrize("quantifier", ["between", "less_than", "up_to"])
def test_a_range_or_a_bound_has_no_point_among_totals(study, quantifier):
    other = total("2034-08-27", 5.0, quantifier=quantifier, best=float("nan"))
    [totals] = find(study, *GROWING, other)
    assert all(one.first.quantifier != quantifier for one in totals.statements)
    assert [one.first.quantifier for one in totals.beside] == [quantifier]


def test_a_part_that_makes_no_line_has_no_point_beside_its_whole(study):
    part = total("2034-08-27", 5.0, part_of="900-001", source_original="UNHCR")
    [totals] = find(study, *GROWING, part)
    assert totals.alone == []
    assert [one.number for one in totals.beside] == [5]


def test_a_part_of_the_total_stands_beside_its_whole(study):
    killed = study.coded[(study.coded["measure"] == "killed") & (study.coded["place"] == "chaco")]
    [totals] = find_totals(merge_statements(killed, study.is_said_by_party))
    assert {line[0].first.affected for line in totals.lines} == {"mixed", "civilian"}


# --- days ----------------------------------------------------------------------------------------


def test_the_days_and_not_the_scope_make_a_total_of_the_whole_war(study):
    long, month = merge(
        study,
        {"date_start": DAY("2033-01-01"), "best": 7.0},
        {"scope": "war", "best": 8.0},
    )
    assert is_long(long)
    assert not is_long(month)


def test_a_day_shared_with_the_period_is_enough(study):
    [one] = merge(study, {})
    assert touches(one, (DAY("2034-08-19"), DAY("2034-09-30")))
    assert not touches(one, (DAY("2034-08-20"), DAY("2034-09-30")))
    assert touches(one, None)
