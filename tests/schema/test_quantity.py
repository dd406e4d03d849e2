"""Wording: number words → low, best, high, quantifier, and whether they name a share."""

import pytest

from helpers.schema.quantity import bound_value, find_hedge_outside, read_number

VAGUE = (None, None, None, "vague", False)


def exact(value, is_share=False):
    return (value, value, value, "exact", is_share)


@pytest.mark.parametrize(
    ("words", "reading"),
    [
        # The figures of the corpus
        ("746", exact(746)),
        ("176", exact(176)),
        ("3,500", exact(3_500)),
        ("12 million", exact(12_000_000)),
        ("three million", exact(3_000_000)),
        ("three", exact(3)),
        ("two", exact(2)),
        ("four", exact(4)),
        ("an", exact(1)),
        ("four years", exact(4)),
        ("just three days", exact(3)),
        ("just 11 days", exact(11)),
        ("just 24 hours", exact(24)),
        ("A week", exact(1)),
        ("One night", exact(1)),
        ("tripling", exact(3)),
        ("two-thirds", exact(66.67, True)),
        ("More than 500,000", (500_000, 500_000, None, "more_than", False)),
        ("more than 10,000", (10_000, 10_000, None, "more_than", False)),
        ("more than 200", (200, 200, None, "more_than", False)),
        ("more than 100", (100, 100, None, "more_than", False)),
        ("more than five years", (5, 5, None, "more_than", False)),
        ("more than half", (50, 50, None, "more_than", True)),
        ("at least 22", (22, 22, None, "at_least", False)),
        ("at least one", (1, 1, None, "at_least", False)),
        ("nearly 400,000", (None, 400_000, 400_000, "nearly", False)),
        ("nearly 10,000", (None, 10_000, 10_000, "nearly", False)),
        ("nearly thirty percent", (None, 30, 30, "nearly", True)),
        ("less than two weeks", (None, None, 2, "less_than", False)),
        ("approximately 5 million", (None, 5_000_000, None, "about", False)),
        ("approximately one and a half million", (None, 1_500_000, None, "about", False)),
        ("About 4 million", (None, 4_000_000, None, "about", False)),
        ("about 160 kilometers", (None, 160, None, "about", False)),
        ("about one third", (None, 33.33, None, "about", True)),
        ("between 10,000 and 40,000", (10_000, None, 40_000, "between", False)),
        # Other wordings of the codebook
        ("one and a half million", exact(1_500_000)),
        ("half a million", exact(500_000)),
        ("60 thousand", exact(60_000)),
        ("1.2 million", exact(1_200_000)),
        ("twenty-two", exact(22)),
        ("two hundred and fifty", exact(250)),
        ("one hundred and twenty-five thousand", exact(125_000)),
        ("one million two hundred thousand", exact(1_200_000)),
        ("two and a half", exact(2.5)),
        ("a dozen", exact(12)),
        ("half a dozen", exact(6)),
        ("a hundred", exact(100)),
        ("a", exact(1)),
        ("zero", exact(0)),
        ("0", exact(0)),
        ("2.5", exact(2.5)),
        ("12 345", exact(12_345)),
        ("2,500,000", exact(2_500_000)),
        ("“746”", exact(746)),
        ("746 people", exact(746)),
        ("only 11 days", exact(11)),
        ("the past four years", exact(4)),
        ("a decade", exact(10)),
        ("two decades", exact(20)),
        ("twice", exact(2)),
        ("threefold", exact(3)),
        ("half", exact(50, True)),
        ("a third", exact(33.33, True)),
        ("a quarter", exact(25, True)),
        ("three-quarters", exact(75, True)),
        ("four fifths", exact(80, True)),
        ("30%", exact(30, True)),
        ("30 percent", exact(30, True)),
        ("fifty per cent", exact(50, True)),
        ("over 200", (200, 200, None, "more_than", False)),
        ("no fewer than 12", (12, 12, None, "at_least", False)),
        ("200 or more", (200, 200, None, "at_least", False)),
        ("22 at least", (22, 22, None, "at_least", False)),
        ("almost 300", (None, 300, 300, "nearly", False)),
        ("close to 300", (None, 300, 300, "nearly", False)),
        ("nearly a third", (None, 33.33, 33.33, "nearly", True)),
        ("under 10", (None, None, 10, "less_than", False)),
        ("fewer than 10", (None, None, 10, "less_than", False)),
        ("within a week", (None, None, 1, "less_than", False)),
        ("up to 500", (None, None, 500, "up_to", False)),
        ("as many as 200", (None, None, 200, "up_to", False)),
        ("no more than 5", (None, None, 5, "up_to", False)),
        ("up to a third", (None, None, 33.33, "up_to", True)),
        ("some 200", (None, 200, None, "about", False)),
        ("around 5 million", (None, 5_000_000, None, "about", False)),
        ("an estimated 1.5 million", (None, 1_500_000, None, "about", False)),
        ("more\nthan  500,000", (500_000, 500_000, None, "more_than", False)),
        ("from 3 to 5", (3, None, 5, "between", False)),
        ("10 to 12", (10, None, 12, "between", False)),
        ("10,000–40,000", (10_000, None, 40_000, "between", False)),
        ("about 10,000-12,000", (10_000, None, 12_000, "between", False)),
        ("two or three", (2, None, 3, "between", False)),
        # Wordings of other texts
        ("c.40K", (None, 40_000, None, "about", False)),
        ("1.2m", exact(1_200_000)),
        ("1,20,000", exact(120_000)),
        ("5 lakh", exact(500_000)),
        ("3.400", exact(3_400)),
        ("1.250 million", exact(1_250_000)),
        ("12'500", exact(12_500)),
        ("1 ,200", exact(1_200)),
        ("a million and a half", exact(1_500_000)),
        ("two dozen", exact(24)),
        ("300-odd", (None, 300, None, "about", False)),
        ("300+", (300, 300, None, "more_than", False)),
        ("~300", (None, 300, None, "about", False)),
        ("60 soldiers at least", (60, 60, None, "at_least", False)),
        ("at least some 300", (300, 300, None, "at_least", False)),
        ("upwards of 40", (40, 40, None, "more_than", False)),
        ("just under 300", (None, None, 300, "less_than", False)),
        ("between half and two-thirds", (50, None, 66.67, "between", True)),
        ("between 20% and 30%", (20, None, 30, "between", True)),
    ],
)
def test_the_words_give_the_range(words, reading):
    assert read_number(words) == reading


@pytest.mark.parametrize(
    "words",
    [
        "Dozens",
        "hundreds",
        "thousands",
        "millions",
        "several",
        "few",
        "a few",
        "many",
        "Most",
        "a majority",
        "multiple",
        "multiple times",
        "droves",
        "Droves",
        "large numbers",
        "a large number",
        "a small number",
        "a significant number",
        "a number",
        "a similar number",
        "several dozen",
        "several hours",
        "just a few hours",
        "Only a few",
        "years",
        "recent years",
        "decades",
        "within hours",
        "numerous",
        "hundreds of thousands",
        "more than a few",
    ],
)
def test_vague_words_have_no_number(words):
    assert read_number(words) == VAGUE


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "Damascus",
        "the city",
        "fled",
        "nobody",
        "more than",
        "about",
        "or more",
        "first",
        "second",
        "both",
        "once",
        "746x",
        "x746",
        "2,50",
        "the last week",
        "December 6, 2024",
        "one in",
        "five in three",
        "exactly some",
    ],
)
def test_words_without_a_number_give_nothing(words):
    assert read_number(words) is None


@pytest.mark.parametrize(
    ("quantifier", "bounds"),
    [
        ("exact", (7, 7, 7)),
        ("more_than", (7, 7, None)),
        ("at_least", (7, 7, None)),
        ("nearly", (None, 7, 7)),
        ("about", (None, 7, None)),
        ("less_than", (None, None, 7)),
        ("up_to", (None, None, 7)),
    ],
)
def test_a_quantifier_bounds_a_value_as_the_codebook_says(quantifier, bounds):
    assert bound_value(7, quantifier) == bounds


@pytest.mark.parametrize(
    ("before", "after", "hedge"),
    [
        ("there were nearly ", " people", "nearly"),
        ("More than ", " people", "more than"),
        ("no more than ", "", "no more than"),
        ("killed at least ", " civilians", "at least"),
        ("more than\n", "", "more than"),
        ("some ", " fighters", "some"),
        ("An estimated ", "", "an estimated"),
        ("killed ", " or more", "or more"),
        ("killed ", " or so were hurt", "or so"),
        ("killed ", " at most", "at most"),
        ("", " people fled", None),
        ("all told, ", " people fled", None),
        ("handsome ", "", None),  # "some" inside a word
        ("turnover: ", "", None),
        ("nearly all of the ", "", None),  # not next to the number
        ("only ", " days", None),
        ("just ", " days", None),
        ("killed ", " or sold", None),  # "or so" inside a word
        ("", "", None),
    ],
)
def test_a_hedge_left_outside_the_number_is_found(before, after, hedge):
    assert find_hedge_outside(before, after) == hedge


@pytest.mark.parametrize(
    ("words", "low", "high", "is_share"),
    [
        ("between 1 and 2 million", 1e6, 2e6, False),
        ("10 to 20 thousand", 1e4, 2e4, False),
        ("between 30 and 40 percent", 30, 40, True),
        ("from 10 to 20 percent", 10, 20, True),
    ],
)
def test_a_scale_or_share_said_once_holds_for_both_ends(words, low, high, is_share):
    assert read_number(words) == (low, None, high, "between", is_share)


@pytest.mark.parametrize("words", ["three and four", "12 7", "-5"])
def test_what_the_words_leave_open_is_no_number(words):
    assert read_number(words) is None


@pytest.mark.parametrize(
    ("before", "hedge"),
    [
        ("as many\nas", "as many as"),
        ("just under the ", "just under"),
        ("more than the only ", "more than"),
    ],
)
def test_a_hedge_is_found_across_lines_and_articles(before, hedge):
    assert find_hedge_outside(before, " people") == hedge
