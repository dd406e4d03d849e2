"""Who killed, wounded or took those whom a figure counts: the sentences of agents.tsv with the
party that a careful reader takes from each, "" where the words do not say. `half` b was not before
the eyes of whoever wrote the rules."""

import csv
from pathlib import Path

import pytest

from helpers.extract.counts.find import find_counts
from helpers.extract.events.agents import find_agent
from helpers.extract.events.parties import Parties
from helpers.extract.rows import name_actor
from helpers.extract.text.document import Document

FILE = Path(__file__).with_name("agents.tsv")
# Sentences of a half that are read wrongly: "shot nine people", "holds 40 drivers", those of two
# armies together.
KNOWN = {"a": 4, "b": 2}


def read_agent(text: str, words: str) -> str:
    """Who is meant to have done what the figure at these words counts; "missed" without it."""
    document = Document(text)
    start = text.index(words)
    counts = [c for c in find_counts(document) if c.number.start <= start < c.number.end]
    if not counts:
        return "missed"
    number = counts[0].number
    return name_actor(find_agent(Parties(document), number.start, number.end, counts[0].measure))


def list_wrong(half: str) -> list[tuple[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["half"] == half]
    read = [(row, read_agent(row["text"], row["words"])) for row in rows]
    return [(row["text"], actor) for row, actor in read if actor != row["actor"]]


@pytest.mark.parametrize("half", KNOWN)
def test_the_party_that_did_it_is_named_where_the_sentence_says_so(half):
    wrong = list_wrong(half)
    assert len(wrong) == KNOWN[half], wrong
