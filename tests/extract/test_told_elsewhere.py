"""Figures whose place, source or standing another sentence tells: the table told_elsewhere.txt, and
the events beside them."""

from pathlib import Path

import pandas as pd
import pytest

from helpers.corpus.places import PLACE_COLUMNS
from helpers.extract.places.names import fold_name
from helpers.extract.propose import propose_claims

EMPTY = pd.DataFrame(columns=PLACE_COLUMNS).set_index("place")
TABLE = Path(__file__).with_name("told_elsewhere.txt")
CASES = [
    [cell.strip() for cell in line.split(" | ")]
    for line in TABLE.read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def propose(text, country):
    """What is proposed from one text of 19 June 2024."""
    text = text.replace(" // ", "\n\n").replace(" / ", "\n")
    day = pd.Timestamp("2024-06-19")
    row = {"doc_id": "001", "text": text, "language": "English"}
    documents = pd.DataFrame([row | {"published_start": day, "published_end": day}])
    return propose_claims(documents, EMPTY, country)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[1]} {case[3]}")
def test_a_figure_takes_from_other_sentences_what_they_tell_of_it(case):
    _, _, country, words, places, sources, assertion, text = case
    proposals = propose(text, country)
    claims = proposals.claims
    found = claims[claims["exact"].str.contains(words, regex=False)].iloc[-1]
    if places != "-":
        keys = [key for key in found["place"].split(";") if key]
        named = ";".join(fold_name(proposals.places.loc[key, "name"]) for key in keys)
        assert named in [fold_name(place.strip()) for place in places.split(";")]
    if sources != "-":
        assert found["source_original"] in [source.strip() for source in sources.split(";")]
    if assertion != "-":
        assert found["assertion"] == assertion


def test_figures_of_a_war_in_several_towns_stand_in_none_of_them():
    text = (
        "War in the north spreads // Rebels attacked Kobo on Monday. // On Tuesday shells struck "
        "Woldia. // Officials declined to comment. // Doctors say 27 people were killed."
    )
    found = propose(text, "ETH").claims
    assert list(found["place"][found["exact"].str.contains("27")]) == [""]


def test_a_capture_that_the_next_sentence_calls_false_is_denied():
    text = (
        "An earlier post said that gunmen had captured the village of Bubong. The mayor says that "
        "is false."
    )
    assert list(propose(text, "PHL").claims["assertion"]) == ["denied"]


def test_a_heading_over_a_line_of_its_own_is_no_part_of_the_name_below():
    text = "Log // Events / Sebba, 21 June. A drone strike killed 3 civilians."
    assert list(propose(text, "BFA").claims["place"]) == ["sebba"]
