"""Attribution: who a sentence says a thing from, and whether that is a party to the fighting."""

import pytest

from helpers.extract.attribution.find import Sources
from helpers.extract.attribution.statements import find_statements
from helpers.extract.text.document import Document
from helpers.extract.text.numbers import find_numbers
from tests.growth import MOST, measure_growth, repeat


def find_source(text):
    """Who says the first number of a text."""
    document = Document(text)
    for order in range(len(document.sentences)):
        if numbers := find_numbers(document, order):
            return tuple(Sources(document).judge(numbers[0].start))
    return tuple(Sources(document).judge(0))


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("According to the Red Crescent, 14 people died.", "Red Crescent"),
        ("Fourteen people died, according to the mayor of Kell.", "mayor of Kell"),
        ("Residents said five people were killed.", "Residents"),
        ("Five people were killed, police said.", "police"),
        ("The hospital in Kell counted 23 dead.", "hospital in Kell"),
        ("Doctors reported 14 deaths.", "Doctors"),
        ("The Ministry of Health said 16 people had died.", "Ministry of Health"),
        ("“Nine people died,” the mayor of Kell told reporters.", "mayor of Kell"),
        ("The governor of Odra, Ana Brel, said 40 families had fled.", "governor of Odra"),
        (
            "The Tessin Monitor, which has observers in the area, said nine had died.",
            "Tessin Monitor",
        ),
        ("The number was confirmed on Sunday: the bishop said 12 had drowned.", "bishop"),
    ],
)
def test_the_one_who_says_it_is_named(sentence, source):
    assert find_source(sentence) == (source, "reported")


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The army said 30 rebels were killed.", "army"),
        ("A rebel commander said his men had lost four fighters.", "rebel commander"),
        ("The Harlo Front claimed that it had killed 20 soldiers.", "Harlo Front"),
        ("State media reported that 12 people were hurt.", "State media"),
        ("Citing the defence ministry, the daily put the toll at 12.", "defence ministry"),
        ("The militia announced that it had freed 90 prisoners.", "militia"),
    ],
)
def test_a_party_to_the_fighting_claims(sentence, source):
    assert find_source(sentence) == (source, "claimed")


@pytest.mark.parametrize("verb", ["claimed", "alleged", "insisted", "boasted"])
def test_who_claims_insists_or_alleges_claims_whoever_it_is(verb):
    assert find_source(f"Activists {verb} that 60 people had died.") == ("Activists", "claimed")


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The United Nations says 40,000 people have fled.", "UN"),
        ("According to the United Nations, 40,000 people have fled.", "UN"),
        ("The UN says 40,000 people have fled.", "UN"),
        ("The International Organization for Migration (IOM) recorded 900 arrivals.", "IOM"),
        ("The International Organisation for Migration said 900 had arrived.", "IOM"),
        ("OCHA said that 3,000 people had fled.", "OCHA"),
    ],
)
def test_organisations_go_by_their_short_name(sentence, source):
    assert find_source(sentence) == (source, "reported")


@pytest.mark.parametrize(
    "sentence",
    [
        "Five people were killed on Monday.",
        "He said 12 people were hurt.",
        "They said 12 people were hurt.",
        "It was not clear who fired the shell.",
        "Nine.",
    ],
)
def test_a_sentence_that_names_nobody_has_no_source_and_is_reported(sentence):
    assert find_source(sentence) == ("", "reported")


def test_a_line_end_within_a_name_is_a_blank():
    found = find_statements("According to the Red\nCrescent, 14 people died.")
    assert [statement.source for statement in found] == ["Red Crescent"]


def test_a_source_never_holds_the_sign_between_several():
    assert ";" not in find_source("According to the Red Crescent; 14 people died; others fled.")[0]


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "A",
        "Kell ",
        "Kell of ",
        "the ",
        "said ",
        "police ",
        "according to ",
        "Kell, ",
        "(",
        "x-",
        "of the Kell of ",
        "12 died, it said. ",
        "“12 died. ",
        "12 died. The agency said so (KAN). ",
    ],
)
def test_all_figures_of_a_text_cost_as_much_as_its_length(piece):
    def judge_all(document):
        sources = Sources(document)  # anew: it remembers what it has judged
        for sentence in document.sentences:
            sources.judge(sentence.start)

    def write(length):
        return Document(repeat(piece, length))

    assert measure_growth(judge_all, write, 160_000) < MOST


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "President Omar Haddad told a rally that his troops had entered Kell. Haddad said"
            " later that 40 rebels had been killed.",
            "President Omar Haddad",
        ),
        ("Odran officials said 26 more of their servicemen had been killed.", "Odran officials"),
        ("The rebels' Al-Nour television said 15 fighters were buried.", "Al-Nour television"),
        ("Eritrea hasn't disclosed its losses, but says 43 civilians died.", "Eritrea"),
        ("The army listed its losses. That takes to 90 the number of its dead.", "army"),
    ],
)
def test_who_speaks_of_his_own_troops_is_a_party(text, source):
    assert find_source(text) == (source, "claimed")


def test_a_mission_or_a_witness_does_not_become_a_party():
    text = "The UN mission said that 26 of its soldiers had been hurt."
    assert find_source(text) == ("UN mission", "reported")
    text = "A resident said his brother had joined the army. Up to 40 people were killed there."
    assert find_source(text) == ("", "reported")


_OFFICIAL = (
    "Our troops hold the ridge. According to the Ministry of Defence, {words} attacked at night. "
    "Up to 40 soldiers were hit there."
)


def test_a_text_that_takes_a_side_claims_what_it_tells():
    text = _OFFICIAL.format(words="the enemy")
    assert find_source(text) == ("Ministry of Defence", "claimed")
    assert find_source(_OFFICIAL.format(words="gunmen")) == ("", "reported")
    quoted = 'The mayor said: "Our troops met the enemy." In all, 40 people died.'
    assert find_source(quoted) == ("", "reported")
