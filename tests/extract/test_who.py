"""Who says a figure, of whom, and what befell them: the table of who.txt, and single promises."""

import pytest

from helpers.extract.attribution.find import Sources
from helpers.extract.counts.find import find_counts
from helpers.extract.text.document import Document
from tests.extract.who import list_misreadings, load_cases

# Rows that are not read, or not rightly, by kind.
KNOWN = {
    "own": 1,  # "two of its own"
    "country": 1,  # a country that "has registered" refugees
    "withdrawn": 3,  # whose note it was; "it should have read"
    "abroad": 1,  # "up from" of those a country received
    "left": 1,  # "are left in the village"
    "further": 1,  # "Partners plan for"
    "loses": 1,  # "M23", which is two words to the rules
}
CASES = load_cases()
KINDS = list(dict.fromkeys(case.kind for case in CASES))


@pytest.fixture(scope="module")
def misread():
    return list_misreadings(CASES)


@pytest.mark.parametrize("kind", KINDS)
def test_no_more_rows_of_a_kind_are_misread_than_are_known(misread, kind):
    wrong = [f"{case.text!r}: {fault}" for case, fault in misread if case.kind == kind]
    assert len(wrong) <= KNOWN.get(kind, 0), "\n".join(wrong)


@pytest.mark.parametrize("kind", KINDS)
def test_no_fewer_rows_are_misread_than_the_table_of_known_ones_says(misread, kind):
    assert sum(case.kind == kind for case, _ in misread) >= KNOWN.get(kind, 0)


def judge(text, words):
    return tuple(Sources(Document(text)).judge(text.index(words)))


def test_an_outlet_at_the_head_of_an_item_says_what_stands_in_it_and_no_more():
    text = "1. KELL RADIO (HUTHI): 12 MEN DIED. 14 WERE HURT.\n\n30 people died in Mira."
    assert judge(text, "14") == ("KELL RADIO", "claimed")
    assert judge(text, "30") == ("", "reported")


def test_brackets_behind_a_name_are_its_abbreviation_and_no_source():
    assert judge("Nine died in a post of the World Health Organization (WHO).", "Nine")[0] == ""
    assert judge("Nine people died in Kell (WHO).", "Nine")[0] == "WHO"


def test_a_denial_holds_in_its_own_clause_only():
    text = "The army denied that Kell had fallen and put rebel losses at 60 dead."
    assert judge(text, "60") == ("army", "claimed")
    assert not find_counts(Document(text))[0].denied


def test_a_number_behind_a_dateline_is_found_whole():
    counts = find_counts(Document("KELL, July 17 - Seventeen people were killed."))
    assert [count.number.reading.best for count in counts] == [17.0]


def test_those_who_are_wounded_beside_soldiers_are_soldiers_too():
    counts = find_counts(Document("Four soldiers were killed and six wounded."))
    assert [count.affected for count in counts] == ["combatant", "combatant"]


def test_refugees_alone_are_not_called_civilians_but_killed_ones_are():
    assert find_counts(Document("Some 900 refugees have arrived in Kell."))[0].affected == "unknown"
    assert find_counts(Document("Some 900 refugees were killed."))[0].affected == "civilian"
