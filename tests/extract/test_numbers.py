"""Numbers in a text: where their words begin and end, hedge included, and which of them count
nobody."""

import pytest

from helpers.extract.text.document import Document
from helpers.extract.text.numbers import find_numbers
from helpers.schema.characters import lower_text
from helpers.schema.quantity import read_number
from tests.growth import MOST, measure_growth, repeat


def find(text):
    document = Document(text)
    return [
        number
        for order in range(len(document.sentences))
        for number in find_numbers(document, order)
    ]


def find_words(text):
    return [text[number.start : number.end] for number in find(text)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("They met 746 people.", "746", 746),
        ("They met 3,500 people.", "3,500", 3_500),
        ("They met 12 345 people.", "12 345", 12_345),
        ("They met 12.345 people.", "12.345", 12_345),
        ("They met 12'345 people.", "12'345", 12_345),
        ("They met 12’345 people.", "12’345", 12_345),
        ("They met 1,20,000 people.", "1,20,000", 120_000),
        ("They met 1 ,200 people.", "1 ,200", 1_200),
        ("They met 2,500,000 people.", "2,500,000", 2_500_000),
        ("They met 12.5 million people.", "12.5 million", 12_500_000),
        ("They met 1.2m people.", "1.2m", 1_200_000),
        ("They met 40K people.", "40K", 40_000),
        ("They met 5 lakh people.", "5 lakh", 500_000),
        ("They met 60 thousand people.", "60 thousand", 60_000),
        ("They met twenty-two people.", "twenty-two", 22),
        ("They met two hundred and fifty people.", "two hundred and fifty", 250),
        (
            "They met one hundred and twenty-five thousand people.",
            "one hundred and twenty-five thousand",
            125_000,
        ),
        ("They met half a million people.", "half a million", 500_000),
        ("They met a million and a half people.", "a million and a half", 1_500_000),
        ("They met one and a half million people.", "one and a half million", 1_500_000),
        ("They met a dozen people.", "a dozen", 12),
        ("They met two dozen people.", "two dozen", 24),
        ("They met half a dozen people.", "half a dozen", 6),
        ("They met a hundred people.", "a hundred", 100),
        ("THEY MET FORTY PEOPLE.", "FORTY", 40),
        ("They met 10,000,000 people.", "10,000,000", 10_000_000),
        ("They met zero people.", "zero", 0),
    ],
)
def test_a_number_of_any_form_is_one_span_with_one_value(text, words, value):
    assert find_words(text) == [words]
    assert find(text)[0].reading == (value, value, value, "exact", False)


@pytest.mark.parametrize(
    ("text", "words", "quantifier"),
    [
        ("about 300 people", "about 300", "about"),
        ("some 300 people", "some 300", "about"),
        ("c.300 people", "c.300", "about"),
        ("~300 people", "~300", "about"),
        ("an estimated 300 people", "an estimated 300", "about"),
        ("300-odd people", "300-odd", "about"),
        ("300 or so people", "300 or so", "about"),
        ("in the region of 300 people", "in the region of 300", "about"),
        ("more than 300 people", "more than 300", "more_than"),
        ("well over 300 people", "well over 300", "more_than"),
        ("upwards of 300 people", "upwards of 300", "more_than"),
        ("in excess of 300 people", "in excess of 300", "more_than"),
        ("300+ people", "300+", "more_than"),
        ("at least 300 people", "at least 300", "at_least"),
        ("no fewer than 300 people", "no fewer than 300", "at_least"),
        ("at least some 300 people", "at least some 300", "at_least"),
        ("300 or more people", "300 or more", "at_least"),
        ("at least another 300 people", "at least another 300", "at_least"),
        ("300 at least", "300 at least", "at_least"),
        ("300 people at least", "300 people at least", "at_least"),
        ("300 people or more", "300 people or more", "at_least"),
        ("nearly 300 people", "nearly 300", "nearly"),
        ("almost 300 people", "almost 300", "nearly"),
        ("close to 300 people", "close to 300", "nearly"),
        ("fewer than 300 people", "fewer than 300", "less_than"),
        ("just under 300 people", "just under 300", "less_than"),
        ("up to 300 people", "up to 300", "up_to"),
        ("as many as 300 people", "as many as 300", "up_to"),
        ("no more than 300 people", "no more than 300", "up_to"),
        ("More\nthan  300 people", "More\nthan  300", "more_than"),
    ],
)
def test_a_hedge_before_or_behind_belongs_to_the_words(text, words, quantifier):
    assert find_words(text) == [words]
    low, best, high, found, _ = find(text)[0].reading
    assert found == quantifier
    assert {low, best, high} <= {300, None}


def test_the_bare_number_stands_without_its_hedge():
    text = "They met more than 3,000 people."
    number = find(text)[0]
    assert text[number.bare_start : number.bare_end] == "3,000"


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("between 10,000 and 40,000 people", "between 10,000 and 40,000", 10_000, 40_000),
        ("between five and seven people", "between five and seven", 5, 7),
        ("from 3 to 5 people", "from 3 to 5", 3, 5),
        ("10 to 12 people", "10 to 12", 10, 12),
        ("10-12 people", "10-12", 10, 12),
        ("10–12 people", "10–12", 10, 12),
        ("15,000-20,000 people", "15,000-20,000", 15_000, 20_000),
        ("two or three people", "two or three", 2, 3),
        ("some 40 to 50 people", "some 40 to 50", 40, 50),
        ("one to two million people", "one to two million", 1_000_000, 2_000_000),
        ("12, maybe 15 people", "12, maybe 15", 12, 15),
    ],
)
def test_a_range_is_one_number_with_two_ends(text, words, low, high):
    assert find_words(text) == [words]
    assert find(text)[0].reading == (low, None, high, "between", False)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("two-thirds of them", "two-thirds", 66.67),
        ("a third of the town", "a third", 33.33),
        ("half of the town", "half", 50),
        ("30 per cent of them", "30 per cent", 30),
        ("30% of them", "30%", 30),
        ("fifty percent of them", "fifty percent", 50),
    ],
)
def test_a_share_is_a_number_in_percent(text, words, value):
    assert find_words(text) == [words]
    assert find(text)[0].reading == (value, value, value, "exact", True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dozens came.", "Dozens"),
        ("Hundreds of thousands came.", "Hundreds of thousands"),
        ("Several came.", "Several"),
        ("A few came.", "A few"),
        ("Tens of thousands came.", "Tens of thousands"),
        ("A large number came.", "A large number"),
    ],
)
def test_vague_words_are_found_and_have_no_value(text, words):
    assert find_words(text) == [words]
    assert find(text)[0].reading == (None, None, None, "vague", False)


@pytest.mark.parametrize(
    "text",
    [
        "the 12-year-old",
        "the 12th",
        "12 km away",
        "12 kg of flour",
        "300 m to go",
        "at 5.30 pm",
        "at 0600",
        "page 7",
        "Resolution 242",
        "aged 34",
        "No. 5",
        "Article 5",
        "one in three",
        "Flight 604",
        "Highway 12",
        "30 mph",
        "a magnitude 6",
    ],
)
def test_a_number_that_names_or_measures_counts_nobody(text):
    assert [number.is_count for number in find(text)] in ([False], [False, False])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nobody",
        "$500",
        "£3 million",
        "the A4 sheet",
        "MH17",
        "COVID-19",
        "a B52",
        "the mid-1990s",
        "first",
        "once",
        "a week",
        "a man",
        "someone",
        "often",
        "tenure",
        "attend",
    ],
)
def test_a_text_without_a_number_has_none(text):
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12 men, two women and some 30 children", ["12", "two", "some 30"]),
        ("900 families (about 4,500 people)", ["900", "about 4,500"]),
        ("12 in Kell; at least 30 in Mira", ["12", "at least 30"]),
        ("1 and 2", ["1", "2"]),
        ("The toll rose from 30 to 50.", ["30", "50"]),
    ],
)
def test_numbers_are_found_once_each_in_reading_order(text, words):
    assert find_words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "300 people, at least 40 of them children",
        "between 20 and 30 men or 40 to 50 in all",
        "more than 300 to 400",
        "about two hundred and fifty, nearly all of them",
        "two and a half thousand and 12",
    ],
)
def test_no_number_lies_inside_another(text):
    numbers = find(text)
    assert all(before.end <= after.start for before, after in zip(numbers, numbers[1:]))


def test_numbers_are_those_of_a_sentence():
    document = Document("12 men. 14 women. 16 children")
    assert [document.text[n.start : n.end] for n in find_numbers(document, 1)] == ["14"]


def test_the_words_of_every_number_can_be_read_again():
    text = (
        "About 300, more than 4,000, two-thirds of 12 million, dozens, c.40K, between 5 and 6, "
        "7 or 8, half a million, 30% and up to 90."
    )
    numbers = find(text)
    assert len(numbers) == 11
    assert [read_number(text[number.start : number.end]) for number in numbers] == [
        number.reading for number in numbers
    ]


# What other libraries of numbers ask of themselves


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("one trillion", 1e12),
        ("twenty-one trillion three hundred", 21_000_000_000_300),
        ("fifty   two", 52),
        ("3 dozens", 36),
        ("three dozens", 36),
        ("3 hundred and 21 yuan", 321),
        ("three lakh crore", 3e12),
        ("10 bln", 1e10),
        ("2mil", 2e6),
        ("1,674.5 million", 1_674_500_000),
        ("3 million and a half", 3_500_000),
        ("two thirds of a million", 666_700),
        ("two hundred forty three", 243),
    ],
)
def test_numbers_of_other_suites_are_read(text, value):
    assert [number.reading.best for number in find(text)] == [pytest.approx(value, rel=1e-4)]


@pytest.mark.parametrize(
    "text",
    [
        "1e10",
        "10G",
        "1.1^23",
        "3/4",
        "2  1/4",
        "one eighth",
        "one over three",
        "2000 over 3",
        "minus five",
        "the answer is negative one",
        "nought point eleven",
        "two point five",
        "five and a quarter",
        "two hundred and fifty-four hundredths",
        "nine million and five ninths",
        "1,3.",
        "8x2^10",
        "192.168.1.2",
        "My number is +1-222-2222/2222",
    ],
)
def test_what_goes_on_unread_counts_nobody(text):
    assert not any(number.is_count for number in find(text))


# Lower case, letter for letter


@pytest.mark.parametrize(
    "text", ["Kell", "İstif", "ΣΑΣ", "STRASSE ß", "ﬁve 12", "\U0001f600 A", "İİİİ 40 PEOPLE", ""]
)
def test_lowering_keeps_the_length(text):
    assert len(lower_text(text)) == len(text)


def test_lowering_is_the_usual_where_lengths_agree():
    assert lower_text("Some 40 PEOPLE in ÉVREUX") == "some 40 people in évreux"


def test_offsets_are_right_behind_letters_that_grow_when_lowered():
    text = "İstif ve İpek: AT LEAST 40 people, İ 12"
    assert find_words(text) == ["AT LEAST 40", "12"]


# Time


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "7 ",
        "7, ",
        "1. ",
        "one ",
        "hundred and ",
        "between 3 ",
        "from 3 men ",
        "at least ",
        "twenty-",
        "3 to ",
        "3-",
        " ",
        "half a ",
        "12 \n",
        "some ",
    ],
)
def test_a_long_text_costs_no_more_than_as_much_in_short_texts(piece):
    growth = measure_growth(find, lambda length: repeat(piece, length), 80_000)
    assert growth < MOST


def test_ten_thousand_numbers_are_all_found():
    assert len(find(" men, ".join(str(number) for number in range(2, 10_002)))) == 10_000
