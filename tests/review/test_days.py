"""Days as a person writes them."""

from datetime import date

import pytest

from helpers.review.choices.days import read_days
from helpers.schema.errors import ClaimsError

TEXT = (date(2024, 12, 8), date(2024, 12, 9))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("27 Nov", "2024-11-27", "2024-11-27"),
        ("27 november 2024", "2024-11-27", "2024-11-27"),
        ("Nov 27, 2024", "2024-11-27", "2024-11-27"),
        ("2024-11-27", "2024-11-27", "2024-11-27"),
        ("27.11.2024", "2024-11-27", "2024-11-27"),
        ("11.12.2024", "2024-12-11", "2024-12-11"),
        ("27/11/2024", "2024-11-27", "2024-11-27"),
        ("11/27/2024", "2024-11-27", "2024-11-27"),
        ("8/8/24", "2024-08-08", "2024-08-08"),
        ("2024-11-27/2024-12-08", "2024-11-27", "2024-12-08"),
        ("2024-11-27 to 2024-12-08", "2024-11-27", "2024-12-08"),
        ("27 Nov to 8 Dec", "2024-11-27", "2024-12-08"),
        ("27–30 Nov 2024", "2024-11-27", "2024-11-30"),
        ("on Saturday", "2024-12-07", "2024-12-07"),
        ("late November", "2024-11-21", "2024-11-30"),
        ("November 2024", "2024-11-01", "2024-11-30"),
        ("2013", "2013-01-01", "2013-12-31"),
        ("between 27 and 30 November", "2024-11-27", "2024-11-30"),
        ("from 27 Nov to 8 Dec", "2024-11-27", "2024-12-08"),
        ("in late November", "2024-11-21", "2024-11-30"),
        ("since 27 November", "2024-11-27", "2024-12-09"),
    ],
)
def test_a_day_is_read(words, first, last):
    span = read_days(words, TEXT)
    assert span is not None
    assert [day.isoformat() for day in span] == [first, last]


@pytest.mark.parametrize("words", ["", "undated", "-", " none "])
def test_no_day_is_said(words):
    assert read_days(words, TEXT) is None


@pytest.mark.parametrize("words", ["11/12/2024", "1-2-2024"])
def test_a_day_that_may_be_two_is_asked(words):
    with pytest.raises(ClaimsError, match="may be .* or .*; write the one that is meant"):
        read_days(words, TEXT)


@pytest.mark.parametrize(
    "words", ["soon", "31.02.2024", "27 Nov or so", "since 2011", "2024-13-01"]
)
def test_what_is_no_day_is_refused_with_what_to_write(words):
    with pytest.raises(ClaimsError, match="write it as 27 Nov 2024"):
        read_days(words, TEXT)


def test_days_out_of_order_are_refused():
    with pytest.raises(ClaimsError, match="ends before it begins"):
        read_days("2024-12-08 to 2024-11-27", TEXT)
