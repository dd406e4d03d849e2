"""Dating words and the days they allow, counted from the text's own date."""

from datetime import date

import pytest

from helpers.extract.dates import find_dates

WEDNESDAY = (date(2022, 3, 16),) * 2


def days(text, published=WEDNESDAY):
    return [(text[found.start:found.end], found.first and found.first.isoformat(), found.last and found.last.isoformat()) for found in find_dates(text.lower(), text, published)]


@pytest.mark.parametrize("text, first, last", [
    ("It fell on 12 March 2021.", "2021-03-12", "2021-03-12"), ("It fell on March 12.", "2022-03-12", "2022-03-12"), ("It fell on December 12.", "2021-12-12", "2021-12-12"),
    ("It fell on Saturday.", "2022-03-12", "2022-03-12"), ("It fell on Wednesday.", "2022-03-16", "2022-03-16"), ("It fell yesterday.", "2022-03-15", "2022-03-15"),
    ("It fell the day before yesterday.", "2022-03-14", "2022-03-14"), ("It fell overnight.", "2022-03-15", "2022-03-16"), ("It fell last week.", "2022-03-07", "2022-03-13"),
    ("It fell earlier this week.", "2022-03-14", "2022-03-16"), ("It fell over the weekend.", "2022-03-12", "2022-03-13"), ("It fell three days ago.", "2022-03-13", "2022-03-13"),
    ("It fell in early March.", "2022-03-01", "2022-03-10"), ("It fell in the second half of February.", "2022-02-16", "2022-02-28"), ("It fell on 8-9 March.", "2022-03-08", "2022-03-09"),
    ("On the night of Sunday to Monday it fell.", "2022-03-13", "2022-03-14"), ("It fell on the 8th.", "2022-03-08", "2022-03-08"), ("It fell on the 26th.", "2022-02-26", "2022-02-26"),
])
def test_dating_words_allow_these_days(text, first, last):
    assert days(text)[0][1:] == (first, last)


def test_the_ninth_is_a_day_of_the_month_named_last():
    assert days("Odra fell on 25 February and Pesk on the 26th.")[1][1] == "2022-02-26"


@pytest.mark.parametrize("text", ["The 19th brigade advanced.", "The 3rd person was hurt.", "They may retreat.", "They march on."])
def test_ordinals_and_verbs_are_no_days(text):
    assert days(text) == []


def test_days_later_count_from_the_day_named_last():
    assert [found[1] for found in days("Odra fell on Saturday; two days later Pesk fell, and the next day Lunde.")] == ["2022-03-12", "2022-03-14", "2022-03-15"]


def test_without_a_date_of_publication_weekdays_are_found_but_bear_no_days():
    assert days("It fell on Saturday.", None)[0][1:] == (None, None)


@pytest.mark.parametrize("text, lead", [("By Tuesday it had fallen.", "by"), ("Held since Friday.", "since"), ("It fell before Friday.", "before"), ("It fell on Friday.", "")])
def test_the_word_before_says_whether_other_days_are_allowed(text, lead):
    assert find_dates(text.lower(), text, WEDNESDAY)[0].lead == lead
