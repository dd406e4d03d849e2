"""Which rows the figures over time show: how many of each place, which, and in which order."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis.statements import Statement, merge_statements, pair_compared
from helpers.charts.page.pick import count_needed, pick, sort_places
from helpers.charts.page.plan import plan_rows
from tests.conftest import make_study

DAY = pd.Timedelta(days=1)
NONE = {"best": float("nan"), "low": float("nan"), "high": float("nan")}  # of words


@pytest.fixture(scope="module")
def sample() -> Statement:
    """“203” killed in Orvane, an exact figure of a source that is no party."""
    study = make_study(corpus="tests/samples/orvane")
    told = merge_statements(study.all_claims, study.is_said_by_party)
    return next(one for one in told if one.first.number == "203")


@pytest.fixture
def tell(sample):
    """A statement of a number, a place, a source, so many days after others, of a party or not."""

    def tell(number: float, place="a", source="Monitor", later=0, party=False) -> Statement:
        day = sample.first.date_end + later * DAY
        values = {"best": number, "place": place, "source_original": source, "date_end": day}
        return Statement((sample.first._replace(**values),), party=party)

    return tell


def plan(tell, counts: list[list[int]], room: int, depth: int = 4, most: int = 16):
    """Plans of parts with so many figures of each place, each of a source of its own, on a page
    that has room for so many rows."""
    parts = [
        [
            [tell(1000 - 100 * at - row, f"{at}", f"source {row}") for row in range(count)]
            for at, count in enumerate(places)
        ]
        for places in counts
    ]
    return plan_rows(parts, depth, most, lambda plans: sum(map(sum, plans)) <= room)


# --- how many ------------------------------------------------------------------------------------


def test_a_place_that_is_opened_has_all_its_rows(tell):
    assert plan(tell, [[3, 3, 3]], room=9) == [(3, 3, 3)]
    assert plan(tell, [[3, 3, 3]], room=8) == [(3, 3)]


def test_a_place_without_room_closes_the_list_and_no_smaller_one_is_opened(tell):
    assert plan(tell, [[3, 2, 4, 1]], room=7) == [(3, 2)]


def test_a_second_place_is_opened_though_the_first_gives_up_rows_for_it(tell):
    """One place is no picture of a war."""
    assert plan(tell, [[5, 4]], room=6) == [(4, 2)]
    assert plan(tell, [[4, 4]], room=5) == [(3, 2)]
    assert plan(tell, [[4, 4]], room=4) == [(4,)]


def test_each_part_has_its_largest_place_or_none_has_a_plan(tell):
    assert plan(tell, [[2, 2, 2], [2, 2, 2]], room=8) == [(2, 2, 2), (2,)]
    assert plan(tell, [[5], [5]], room=9) == []


def test_of_a_place_alone_that_has_no_room_a_part_is_shown(tell):
    assert plan(tell, [[9]], room=3) == [(3,)]


def test_room_that_is_left_goes_to_places_that_have_more_figures(tell):
    assert plan(tell, [[9, 2]], room=9) == [(7, 2)]


def test_no_more_rows_than_a_width_has_and_no_more_than_six_places(tell):
    assert plan(tell, [[5, 5, 5, 5]], room=99, most=16) == [(5, 5, 5)]
    assert plan(tell, [[1] * 8], room=99) == [(1,) * 6]


# --- which ---------------------------------------------------------------------------------------


def name_picked(statements: list[Statement], most: int) -> list[float]:
    return [one.number for one in pick(statements, most)]


def test_the_largest_figure_comes_first_then_that_of_another_than_the_party(tell):
    told = [
        tell(90, party=True, source="army"),
        tell(80, party=True, source="front"),
        tell(10, source="Monitor"),
    ]
    assert name_picked(told, 1) == [90]
    assert name_picked(told, 2) == [90, 10]


def test_the_newest_of_each_source_comes_before_what_is_larger_and_older(tell):
    told = [tell(90), tell(70, source="Red Cross"), tell(20, source="Red Cross", later=3)]
    assert count_needed(told) == 3
    told.append(tell(60, source="Red Cross", later=1))
    assert count_needed(told) == 3
    assert name_picked(told, 3) == [90, 70, 20]


def test_of_counts_on_a_given_day_the_newest_comes_after_the_largest(tell):
    told = [
        Statement((one.first._replace(topic="displacement", measure="in_camps"),))
        for one in (tell(9700), tell(5000, later=3), tell(3400, later=9))
    ]
    assert name_picked(told, 2) == [9700, 3400]


def test_words_that_only_compare_have_no_row_without_what_they_compare_with(tell):
    one = tell(22)
    compared = Statement((one.first._replace(number="a similar number", **NONE),), beside=one)
    others = [tell(90, source="Red Cross"), tell(80, source="UN")]
    assert [one.first.number for one in pick([*others, compared], 9)] == ["203", "203"]
    assert pick([*others, one, compared], 9)[-2:] == [one, compared]


def test_words_are_paired_with_the_number_that_their_sentence_holds():
    study = make_study()
    told = merge_statements(study.all_claims, study.is_said_by_party)
    [compared] = [one for one in pair_compared(told) if one.beside is not None]
    assert (compared.first.number, compared.beside.first.number) == (
        "a similar number",
        "at least 22",
    )
    elsewhere = [one for one in told if one.first.number != "at least 22"]
    assert all(one.beside is None for one in pair_compared(elsewhere))


def test_places_stand_by_their_largest_number_and_those_in_words_last(tell):
    told = [tell(5, "a"), tell(9, "b"), tell(7, "a")]
    words = Statement((tell(1, "c").first._replace(number="dozens", **NONE),))
    assert list(sort_places([words, *told])) == ["b", "a", "c"]
