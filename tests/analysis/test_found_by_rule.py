"""Disagreements that a rule finds, on made-up claims and in seeds/."""

import pytest

from helpers.analysis.disagreements import list_disagreements
from helpers.analysis.questions import BY_RULE, find_disagreements, say_where
from tests.analysis.made import make_claims, make_documents, make_places

PLACES = make_places(("odra", 13.0, 30.0), ("mira", 14.0, 30.0))
DOCUMENTS = make_documents("2031-03-05", "2031-03-05", "2031-03-09", "2031-03-09")
DAY, WEEK = "2031-03-03", "2031-03-03/2031-03-09"


def killed(people: int, **cells) -> dict:
    row = {"measure": "killed", "place": "odra", "days": DAY, "date_kind": "period"}
    return {**row, "people": people, **cells}


def find(*rows: dict, parties: tuple[str, ...] = ()):
    return find_disagreements(make_claims(*rows), DOCUMENTS, PLACES, parties)


def test_two_numbers_for_one_place_and_day_disagree():
    found = find(killed(12), killed(40))
    assert found["question"].unique().tolist() == ["How many were killed in Odra, 3 Mar 2031?"]
    assert found["reading"].tolist() == ["“12”", "“40”"]
    assert set(found["found"]) == {BY_RULE}


@pytest.mark.parametrize(
    "other",
    [
        {"people": 12},
        {"place": "mira"},
        {"days": "2031-03-04"},
        {"days": WEEK},
        {"measure": "injured"},
        {"unit": "household"},
        {"assertion": "expected"},
        {"part_of": "001-001"},
        {"doc_id": "001"},
        {"scope": "war"},
        {"quantifier": "vague"},
    ],
)
def test_what_counts_the_same_or_something_else_is_no_disagreement(other):
    assert find(killed(12), killed(**{"people": 40, **other})).empty


def test_soldiers_and_civilians_are_two_questions():
    assert find(killed(12, affected="civilian"), killed(40, affected="combatant")).empty


def test_a_later_total_of_one_source_is_no_disagreement():
    first = killed(12, source_original="UN", days="2031-03-03/2031-03-08")
    assert find(first, killed(40, source_original="UN", days=WEEK)).empty


def test_two_sources_in_one_text_disagree():
    rows = [
        killed(12, source_original="UN", doc_id="001"),
        killed(40, source_original="army", doc_id="001"),
    ]
    assert len(find(*rows)) == 2


def test_one_number_of_one_source_in_two_texts_is_one_answer():
    rows = [killed(12, source_original="UN"), killed(12, source_original="UN"), killed(40)]
    found = find(*rows)
    assert found["documents"].tolist() == [["001", "002"], ["003"]]


@pytest.mark.parametrize(
    ("one", "other", "explanation", "why"),
    [
        (
            {"people": 60, "affected": "civilian"},
            {},
            "open",
            "a part is larger than the whole",
        ),
        (
            {"days": "2031-03-03/2031-03-06"},
            {"days": "2031-03-04/2031-03-06"},
            "scope",
            "different days",
        ),
        (
            {"source_original": "UN"},
            {"source_original": "army"},
            "parties",
            "different sources, one of them a party",
        ),
        ({"source_original": "UN"}, {"source_original": "SOHR"}, "open", "different sources"),
        ({}, {"doc_id": "003"}, "time of writing", "written on different days"),
        ({}, {}, "open", "nothing in the texts says why"),
    ],
)
def test_why_comes_from_the_fields_that_differ(one, other, explanation, why):
    rows = killed(**{"people": 12, **one}), killed(40, **other)
    found = find(*rows, parties=("army",))
    assert (found["explanation"].iloc[0], found["why"].iloc[0]) == (explanation, why)


def test_a_source_that_withdraws_its_figure_has_corrected_it():
    own = {"source_original": "UN"}
    withdrawn = killed(12, **own, doc_id="003", assertion="denied")
    found = find(killed(12, **own), killed(40, **own), withdrawn)
    assert set(found["why"]) == {"corrected by its source"}
    assert set(found["explanation"]) == {"time of writing"}


@pytest.mark.parametrize(
    ("measure", "place", "said"),
    [
        ("killed", "Odra", "in Odra"),
        ("new_displacement", "the Chaco", "from the Chaco"),
        ("killed", "Remanso bridge", "at the Remanso bridge"),
    ],
)
def test_a_question_names_its_place_as_english_does(measure, place, said):
    assert say_where(measure, place) == said


def test_captures_on_days_that_exclude_each_other_disagree():
    taken = {"place": "odra", "actor": "Front"}
    found = find({**taken, "days": DAY}, {**taken, "days": DAY}, {**taken, "days": "2031-03-06"})
    assert found["question"].iloc[0] == "When did Odra fall to Front?"
    assert found["reading"].tolist() == ["3 Mar 2031", "6 Mar 2031"]


def test_captures_of_two_sides_do_not_disagree():
    taken = {"place": "odra", "days": DAY}
    other = {"place": "odra", "days": "2031-03-06", "actor": "Army"}
    assert find({**taken, "actor": "Front"}, other).empty


def test_a_denied_capture_is_asked():
    taken = {"place": "odra", "actor": "Front", "days": DAY}
    found = find(taken, {**taken, "assertion": "denied", "source_original": "army"})
    assert found["question"].iloc[0] == "Had Odra fallen by 3 Mar 2031?"
    assert found["reading"].tolist() == ["captured", "denied"]
    assert found["explanation"].iloc[0] == "parties"


def test_a_denial_of_other_days_is_not_asked():
    taken = {"place": "odra", "actor": "Front", "days": DAY}
    assert find(taken, {**taken, "assertion": "denied", "days": "2031-03-08"}).empty


def test_what_people_wrote_comes_first_and_is_not_asked_twice(study):
    listed = list_disagreements(study)
    assert (listed["found"] == "").all()
    assert listed["question_id"].nunique() == 30


def test_without_the_table_the_rule_still_finds_hama_and_homs(corpus):
    from tests.conftest import make_study

    (corpus / "disagreements.csv").unlink()
    questions = list_disagreements(make_study(corpus=str(corpus)))["question"].unique().tolist()
    assert questions == [
        "How many were killed in Hama, 1982 to 1983?",
        "Had Homs fallen by 8 Dec 2024?",
    ]


def test_a_place_that_changed_hands_in_between_fell_twice():
    taken = {"place": "odra", "actor": "Front"}
    retaken = {"place": "odra", "actor": "Army", "days": "2031-03-05"}
    assert find({**taken, "days": DAY}, retaken, {**taken, "days": "2031-03-07"}).empty


def test_totals_that_grow_from_week_to_week_are_no_disagreement():
    first = killed(12, source_original="UN", days="2031-03-03/2031-03-09")
    later = killed(40, source_original="IOM", days="2031-03-03/2031-03-16")
    assert find(first, later).empty


@pytest.mark.parametrize(("civilians", "questions"), [(30, 0), (50, 1)])
def test_civilians_contradict_all_dead_only_where_they_are_more(civilians, questions):
    found = find(killed(40), killed(civilians, affected="civilian"))
    assert found["question_id"].nunique() == questions


FIGHTERS = {"affected": "combatant", "affected_side": "Front", "source_original": "army"}
ALL = {"affected": "unknown", "quantifier": "about"}


def test_more_fighters_than_people_killed_is_a_disagreement():
    found = find(killed(112, **FIGHTERS), killed(20, **ALL), parties=("army",))
    assert found["question"].unique().tolist() == ["How many were killed in Odra, 3 Mar 2031?"]
    assert found["reading"].tolist() == ["“20”", "“112”"]
    assert found["disputed"].all()
    assert found["why"].iloc[0] == (
        "a part is larger than the whole; different sources, one of them a party"
    )


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ({"people": 21, "quantifier": "about"}, {"people": 20}),  # "about" reaches as far
        ({}, {"quantifier": "at_least", "high": None}),
        ({}, {"quantifier": "between", "best": None, "high": 120}),
        ({"quantifier": "up_to", "low": None, "best": None}, {}),
        ({}, {"number": "A further 20"}),
        ({}, {"part_of": "009-001"}),
        ({}, {"affected": "civilian"}),
        ({}, {"affected_side": "Army"}),
        ({}, {"place": "mira"}),
        ({}, {"unit": "household"}),
        ({}, {"doc_id": "001", "source_original": "army"}),
        ({"days": WEEK}, {}),
        ({}, {"days": WEEK, "date_kind": "window"}),
    ],
)
def test_fighters_do_not_outnumber_people_whom_the_words_may_count_besides(part, whole):
    one = killed(**{"people": 112, **FIGHTERS, **part})
    assert find(one, killed(**{"people": 20, **ALL, **whole})).empty


def test_fighters_of_one_day_may_outnumber_all_of_its_week():
    assert len(find(killed(112, **FIGHTERS), killed(20, **ALL, days=WEEK))) == 2


def test_people_of_one_side_outnumber_all():
    side = {"affected": "unknown", "affected_side": "Front"}
    assert len(find(killed(112, **side), killed(20, **ALL))) == 2


def test_a_part_is_not_held_against_another_texts_whole():
    whole, part = killed(40), killed(12, claim_id="002-002", part_of="002-001")
    assert find(whole, part).empty


@pytest.mark.parametrize(
    ("one", "other", "disputed"),
    [
        ({"people": 12}, {"people": 40}, True),
        ({"people": 12}, {"people": 40, "days": "2031-03-03/2031-03-04"}, False),
        ({"people": 40, "affected": "civilian"}, {"people": 12}, True),  # more than all
        ({"people": 12, "quantifier": "more_than", "high": None}, {"people": 40}, False),
        ({"people": 40, "quantifier": "up_to", "low": None, "best": None}, {"people": 12}, False),
        ({"people": 58, "quantifier": "exact"}, {"people": 60, "quantifier": "about"}, False),
        ({"people": 12}, {"people": 60, "quantifier": "about"}, True),
    ],
)
def test_a_question_is_disputed_where_numbers_of_the_same_people_and_days_exclude_each_other(
    one, other, disputed
):
    found = find(killed(**{"source_original": "UN", **one}), killed(**other), parties=("army",))
    assert set(found["disputed"]) == {disputed}


def test_a_figure_that_its_source_withdrew_disputes_nothing():
    told = {"source_original": "UN", "date_kind": "period"}
    rows = [killed(40, **told), killed(12, source_original="UN", doc_id="002")]
    found = find(*rows, killed(40, source_original="UN", assertion="denied", doc_id="002"))
    assert not found["disputed"].any()
