"""Sentences whose words were changed (tests/labelled/edits.py) are read as they were: each condition of a rule ends where it did.

A change of a rule that is wanted is read first, and then kept, as test_labelled.py says.
"""

import pytest

from tests.labelled.edits import (
    list_edits,
    list_far,
    list_framed,
    read_edits,
    read_far,
    read_framed,
)
from tests.labelled.readings import compare_readings, explain


@pytest.mark.parametrize(("kind", "first"), list_edits())
def test_sentences_changed_by_chance_are_read_as_they_were(kind, first):
    assert not (differences := compare_readings(read_edits(kind, first))), explain(differences)


@pytest.mark.parametrize(("kind", "frame"), list_framed())
def test_words_put_into_a_frame_are_read_as_they_were(kind, frame):
    assert not (differences := compare_readings(read_framed(kind, frame))), explain(differences)


@pytest.mark.parametrize(("kind", "frame"), list_far())
def test_a_rule_looks_as_far_as_it_did(kind, frame):
    assert not (differences := compare_readings(read_far(kind, frame))), explain(differences)
