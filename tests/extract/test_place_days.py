"""Rows whose place or days other words tell than those beside them: the table place_days.txt."""

from pathlib import Path

import pandas as pd
import pytest

from helpers.corpus.places import PLACE_COLUMNS
from helpers.extract.places.names import fold_name
from helpers.extract.propose import propose_claims

EMPTY = pd.DataFrame(columns=PLACE_COLUMNS).set_index("place")
TABLE = Path(__file__).with_name("place_days.txt")
CASES = [
    [cell.strip() for cell in line.split("|")]
    for line in TABLE.read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def propose(text, country, day):
    """What is proposed from one text of a day."""
    text = text.replace(" // ", "\n\n").replace(" / ", "\n")
    row = {"doc_id": "001", "text": text, "language": "English"}
    row |= dict.fromkeys(("published_start", "published_end"), pd.Timestamp(day))
    return propose_claims(pd.DataFrame([row]), EMPTY, country)


def list_places(cell):
    """The folded names of one answer, in any order."""
    return sorted(fold_name(name.strip()) for name in cell.split(";"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[1]} {case[4]}")
def test_a_row_takes_from_other_words_what_they_tell_of_its_place_and_days(case):
    _, _, country, day, words, places, days, text = case
    proposals = propose(text, country, day)
    claims = proposals.claims
    found = claims[claims["exact"].str.contains(words, regex=False)].iloc[0]
    if places != "-":
        keys = [key for key in found["place"].split(";") if key]
        named = sorted(fold_name(proposals.places.loc[key, "name"]) for key in keys)
        assert named in [list_places(answer) if answer else [] for answer in places.split("; ")]
    if days != "-":
        assert "/".join(filter(None, [found["date_start"], found["date_end"]])) in days.split("; ")
