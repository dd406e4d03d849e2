"""Days as spreadsheets and people write them in a cell."""

import pytest

from helpers.schema.days import ask_day, find_month, list_days, read_span


@pytest.mark.parametrize(
    "cell",
    [
        "2024-11-29",
        "2024-11-29 00:00:00",
        "2024-11-29T00:00",
        "2024/11/29",
        "29.11.2024",
        "29.11.24",
        "29/11/2024",
        "11/29/2024",
        "11/29/24",
        "29-Nov-24",
        "29 Nov 2024",
        "29. November 2024",
        "Nov 29, 2024",
        "Friday, November 29, 2024",
        "Freitag, 29. November 2024",
        "45625",
        "45625.0",
    ],
)
def test_a_day_that_is_clear_is_read(cell):
    assert [str(day) for day in list_days(cell)] == ["2024-11-29"]


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("03/04/2024", ["2024-04-03", "2024-03-04"]),
        ("3-4-2024", ["2024-04-03", "2024-03-04"]),
        ("05/05/2024", ["2024-05-05"]),
        ("03.04.2024", ["2024-04-03"]),
        ("24-11-29", ["2024-11-29", "2029-11-24"]),
    ],
)
def test_a_day_in_figures_may_be_two(cell, days):
    assert sorted(str(day) for day in list_days(cell)) == sorted(days)


@pytest.mark.parametrize(
    "cell", ["", "late November", "31.02.2024", "29 Nov", "2024", "746", "Mar-11"]
)
def test_what_is_no_day_is_none(cell):
    assert list_days(cell) == ()


@pytest.mark.parametrize(("cell", "day"), [("2/2/82", "1982-02-02"), ("8/8/29", "2029-08-08")])
def test_two_digits_are_the_year_that_spreadsheets_take_them_for(cell, day):
    assert [str(day) for day in list_days(cell)] == [day]


def test_a_day_that_may_be_two_is_asked_in_words():
    assert ask_day("03/04/2024") == (
        "“03/04/2024” may be 3 Apr 2024 or 4 Mar 2024; write the one that is meant, as 2024-04-03 "
        "or 2024-03-04"
    )
    assert ask_day("29/11/2024") == ask_day("soon") == ""


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("27.11.2024/8.12.2024", "2024-11-27/2024-12-08"),
        ("27 Nov 2024 bis 8. Dez 2024", "2024-11-27/2024-12-08"),
        ("27 Nov 2024 – soon", "27 Nov 2024 – soon"),
        ("", ""),
    ],
)
def test_an_interval_is_read_where_both_of_its_days_are_clear(cell, read):
    assert read_span(cell) == read


@pytest.mark.parametrize(("word", "month"), [("Mrz", 3), ("Okt.", 10), ("MAI", 5), ("De", 0)])
def test_months_are_english_or_german(word, month):
    assert find_month(word) == month
