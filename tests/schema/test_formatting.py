"""Numbers, days and attributions in words."""

import pytest

from helpers.schema.formatting import say_attribution, say_number, say_range, say_round, say_when


def pick(claims, claim_id, **changes):
    """One claim as a row, with these changes."""
    (row,) = claims[claims["claim_id"] == claim_id].assign(**changes).itertuples()
    return row


@pytest.mark.parametrize(
    ("changes", "attribution"),
    [
        ({}, " (claimed · Syrian state media)"),
        ({"assertion": "reported", "source_original": "UN;SOHR"}, " (UN, SOHR)"),
        ({"assertion": "reported", "source_original": ""}, ""),
        ({"assertion": "denied", "source_original": ""}, " (denied)"),
    ],
)
def test_the_voice_is_who_says_so_and_how(claims, changes, attribution):
    assert say_attribution(pick(claims, "002-015", **changes)) == attribution


@pytest.mark.parametrize(
    ("claim", "changes", "said"),
    [
        ("002-015", {}, "29 Nov 2024"),
        ("004-036", {}, "27–30 Nov 2024"),
        ("004-011", {}, "a day in 27 Nov to 6 Dec 2024"),
        ("003-011", {}, "7 days or fewer in 27 Nov to 7 Dec 2024"),
        ("003-011", {"days_most": 1}, "1 day or fewer in 27 Nov to 7 Dec 2024"),
        ("004-066", {}, "undated"),
        ("003-001", {}, "2011 to Dec 2024"),
        ("000-006", {}, "Mar 2011 to Dec 2024"),
    ],
)
def test_days_are_said_as_their_kind_means_them(claims, claim, changes, said):
    assert say_when(pick(claims, claim, **changes)) == said


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (400, "400"),
        (10_000, "10,000"),
        (1_500_000, "1.5 million"),
        (12e6, "12 million"),
        (0.1, "0.1"),
    ],
)
def test_a_number_is_written_as_a_reader_says_it(value, words):
    assert say_number(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(36_363.6, "36,000"), (2384.26, "2,400"), (0.4321, "0.43"), (1_234_567, "1.2 million")],
)
def test_a_derived_value_has_two_digits(value, words):
    assert say_round(value) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (14.9, 22.3, "15 to 22"),
        (14.9, 15.1, "15"),
        (141.4, None, "140 or more"),
        (141.4, float("nan"), "140 or more"),
    ],
)
def test_a_range_names_both_ends_or_the_open_one(low, high, words):
    assert say_range(low, high) == words
