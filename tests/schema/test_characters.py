"""Folding: what the eye does not see is read over, and every offset leads back to what is
stored."""

import pytest

from helpers.schema.characters import fold_text


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("plain text [sic] of 25 people", "plain text [sic] of 25 people"),
        ("dis\u00adplaced", "displaced"),
        ("dis\u00ad\nplaced", "displaced"),
        ("At least\u200b 26", "At least 26"),
        ("\ufeffTwelve", "Twelve"),
        ("\ufb01ghters o\ufb03ce", "fighters office"),
        ("Twenty\u2011two", "Twenty-two"),
        ("Tallbi\u0304sah", "Tallb\u012bsah"),
        ("25\u00b3 people", "25 people"),
        ("60 people[2] fled.[4][5]", "60 people fled."),
        ("70 [6] miners", "70 miners"),
        ("the army freed [12] people", "the army freed [12] people"),
    ],
)
def test_a_text_is_read_without_what_the_eye_passes_over(stored, read):
    assert fold_text(stored).text == read


@pytest.mark.parametrize(
    ("stored", "words", "kept"),
    [
        ("They dis\u00adplaced 9 people", "displaced", "dis\u00adplaced"),
        ("The \ufb01ghters \ufb02ed", "fled", "\ufb02ed"),
        ("In Tallbi\u0304sah 30 died", "Tallb\u012bsah", "Tallbi\u0304sah"),
        ("Some 1,\u200b200 people", "1,200", "1,\u200b200"),
        ("At least 25[3] people", "25", "25"),
        ("At least 25[3] people", "people", "people"),
    ],
)
def test_words_are_found_again_in_the_stored_text(stored, words, kept):
    folded = fold_text(stored)
    at = folded.text.index(words)
    start, end = folded.find_span(at, at + len(words))
    assert stored[start:end] == kept
