"""Sentences: where a text is cut, and where it only looks as if."""

import pytest

from helpers.extract.text.sentences import LONGEST, split_sentences
from tests.growth import MOST, measure_growth, repeat


def cut(text):
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Shells fell on Kell. Nine people died.", ["Shells fell on Kell.", "Nine people died."]),
        ("Nine died! Who fired? Nobody knows…", ["Nine died!", "Who fired?", "Nobody knows…"]),
        ("He said: “Nine died.” Then he left.", ["He said: “Nine died.”", "Then he left."]),
        ('He said: "Nine died." Then he left.', ['He said: "Nine died."', "Then he left."]),
        ("NINE DIED. TEN WERE HURT.", ["NINE DIED.", "TEN WERE HURT."]),
        ("The army left.Nobody was hurt.", ["The army left.", "Nobody was hurt."]),
        ("By 6 a.m. The town had fallen.", ["By 6 a.m.", "The town had fallen."]),
        (
            "Gen. Alk said the U.N. had left. It had not.",
            ["Gen. Alk said the U.N. had left.", "It had not."],
        ),
        ("No stop at the end", ["No stop at the end"]),
        ("  Nine died.  Ten fled.  ", ["Nine died.", "Ten fled."]),
    ],
)
def test_a_text_is_cut_where_reporters_stop(text, sentences):
    assert cut(text) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Brel and Mrs. Oran fled.",
        "They left at 5 p.m. on Monday.",
        "Some 12.5 million people fled.",
        "J. Brel fled.",
        "The U.S. Army left.",
        "No. 5 camp is full.",
        "It rose to 3.5 per cent, i.e. by 1.2 points.",
        "On 3 Jan. shells fell.",
        "Wait... what happened?",
        "The vote was 5 vs. 4.",
        "Lt. Col. Ana Brel said nine had died.",
        "Some 3.500 people fled.",
    ],
)
def test_a_full_stop_that_ends_nothing_does_not_cut(text):
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Rebels take Odra\n\nThe town fell at dawn.",
            ["Rebels take Odra", "The town fell at dawn."],
        ),
        (
            "Rebels take Odra\nThe town fell at dawn.",
            ["Rebels take Odra", "The town fell at dawn."],
        ),
        (
            "Rebels take Odra\r\n\r\nThe town fell at dawn.",
            ["Rebels take Odra", "The town fell at dawn."],
        ),
        ("• 3 killed\n• 12 injured", ["• 3 killed", "• 12 injured"]),
        ("- 3 killed\n- 12 injured", ["- 3 killed", "- 12 injured"]),
        ("Killed: 3\nInjured: 12", ["Killed: 3", "Injured: 12"]),
        ("Home | News | World", ["Home |", "News |", "World"]),
    ],
)
def test_headings_items_and_cells_stand_alone(text, sentences):
    assert cut(text) == sentences


def test_a_heading_is_a_short_line_without_a_stop():
    assert [
        sentence.is_heading
        for sentence in split_sentences(
            "Rebels take Odra\n\nThe town fell at dawn. It had held out for a week."
        )
    ] == [True, False, False]


def test_a_long_line_without_a_stop_is_no_heading():
    assert [sentence.is_heading for sentence in split_sentences("people fled " * 20)] == [False]


def test_a_blank_line_begins_a_paragraph():
    assert [
        sentence.paragraph
        for sentence in split_sentences("Kell fell. Mira held.\n\nOst fell.\n\nLunde held.")
    ] == [0, 0, 1, 2]


def test_a_line_that_goes_on_in_small_letters_is_one_sentence():
    assert cut("At least 14 people, most\nof them women, died.") == [
        "At least 14 people, most\nof them women, died."
    ]


def test_a_line_that_ends_in_a_comma_goes_on():
    assert cut("Kell, Mira,\nOst and Lunde fell.") == ["Kell, Mira,\nOst and Lunde fell."]


def test_lines_that_end_where_the_page_ended_are_joined():
    text = (
        "Officials in the coastal district said on Tuesday that at least\n1,300 people had "
        "been evacuated after the river burst its banks\n"
        "and that the bridge at\nKell had been closed to all but ambulances and to the "
        "army.\n\nThe governor of the province is to visit the flooded quarters of\nKell "
        "and Mira on Wednesday, his office said in a short note to\nreporters."
    )
    assert cut(text) == [part.strip() for part in text.split("\n\n")]


# Offsets and bounds


TEXTS = [
    "",
    " ",
    "\n\n",
    ".",
    "...",
    "a. b. c.",
    "Kell fell.\n\n\n- Mira\n- Ost\n",
    "İ. İ. İpek fled.",
    "((((",
    "||||",
    "”.”.”.",
    "x" * 5_000,
    "x y " * 5_000,
    "\u200b",
    "Kell\r\nMira\r\n",
]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_sentences_follow_each_other_and_hold_every_letter(text):
    sentences = split_sentences(text)
    assert all(before.end <= after.start for before, after in zip(sentences, sentences[1:]))
    assert "".join(
        "".join(text[sentence.start : sentence.end] for sentence in sentences).split()
    ) == "".join(text.split())


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_no_sentence_is_blank_or_too_long(text):
    for sentence in cut(text):
        assert sentence.strip()
        assert len(sentence) <= LONGEST


@pytest.mark.parametrize(
    "text",
    [
        "  Nine died.  Ten fled.  ",
        "\n\n Kell fell \n\n\t Mira held\n",
        "\u3000Nine died.\u3000\nTen fled.",
        "- Mira \n- Ost ",
    ],
)
def test_no_sentence_begins_or_ends_with_a_blank(text):
    assert all(sentence == sentence.strip() for sentence in cut(text))


def test_what_has_no_stop_is_cut_between_words():
    sentences = cut("people of the valley fled " * 1_000)
    assert len(sentences) > 1
    assert {word for sentence in sentences for word in sentence.split()} == {
        "people",
        "of",
        "the",
        "valley",
        "fled",
    }


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "\n",
        ".",
        "\n ",
        " \n\t",
        "a. ",
        "...",
        "|",
        "- a\n",
        "”",
        "Mr. ",
        "U.N. ",
        "word ",
        ".)",
    ],
    ids=repr,
)
def test_a_long_text_costs_no_more_than_as_much_in_short_texts(piece):
    growth = measure_growth(split_sentences, lambda length: repeat(piece, length), 200_000)
    assert growth < MOST


def test_a_million_characters_without_a_stop_cost_no_more_than_as_many_in_short_texts():
    piece = "people of the valley fled "
    growth = measure_growth(split_sentences, lambda length: repeat(piece, length), 1_000_000)
    assert growth < MOST


def test_what_is_too_long_for_a_sentence_is_cut_at_the_last_blank_that_leaves_it_short_enough():
    first, *_ = cut("word " * 900)
    assert LONGEST - len("word ") <= len(first) <= LONGEST
    assert first.endswith(" word")
    first, *_ = cut(
        "word " * 10 + "x" * 3 * LONGEST
    )  # no blank in its second half: cut where it must be
    assert len(first) == LONGEST
