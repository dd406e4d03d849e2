"""Statements: a sentence of a report says of a number what its claim says, or the report is
refused."""

import pytest
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from helpers.analysis.selection import Study
from helpers.publish.report.clauses import read_source, split_clauses
from helpers.publish.report.statements import check_statements, find_named_places
from tests.conftest import SEEDS

ENVIRONMENT = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)


def check(study: Study, prose: str) -> list[str]:
    """The faults of a source."""
    return [fault for _, fault in check_statements(ENVIRONMENT, prose, study)]


TRUE = {
    "what it counts beside it": 'The UN counts {{ number("003-011") }} people displaced.',
    "a quote alone": '{{ quote("003-011") }}',
    "what it counts before it": 'Killed in Aleppo were {{ number("004-057") }} civilians.',
    "the war": 'The war left {{ number("000-006") }} dead.',
    "its days": '{{ number("004-078") }} people were killed, {{ days("004-078") }}.',
    "another claim with the same days": '{{ number("004-079") }} killed, {{ days("004-078") }}.',
    "its month": 'In November, a month of the war, {{ number("004-078") }} people were killed.',
    "the country of a place": 'In Syria {{ number("004-057") }} civilians were killed.',
    "a name lent": 'Around Aleppo {{ number("002-016") }} were displaced.',
    "its source": '{{ source("002-015") }} says that {{ number("002-015") }} were killed.',
    "its source by name": 'Syrian state media claimed {{ number("002-015") }} killed.',
    "an expectation": '{{ source("004-113") }} says that {{ number("004-113") }} will return.',
    "two measures": 'In the war {{ number("000-006") }} died and {{ number("000-007") }} fled.',
    "a length": 'It fell in {{ number("001-022") }}.',
    "a base": '{{ number("000-013") }} people live in the province of Idlib.',
    "another clause": 'Many were killed; {{ number("003-011") }} were displaced.',
    "another sentence": 'Many were killed. {{ number("003-011") }} were displaced.',
    "another line": "- many were killed\n- {{ number('003-011') }} were displaced",
    "no slot": "In November the dead of Homs were displaced, according to HTS.",
    "an unknown id, left to the slot": '{{ number("999-001") }} dogs',
}


@pytest.mark.parametrize("prose", TRUE.values(), ids=TRUE)
def test_what_the_claim_says_is_let_through(study, prose):
    assert check(study, prose) == []


FALSE = {
    "the dead called displaced": (
        'In the war {{ number("000-006") }} were forced to flee.',
        "the sentence says “forced to flee”, and “More than 500,000” (000-006) counts people",
    ),
    "the displaced called dead": (
        '{{ number("003-011") }} people were killed within a week, says the UN.',
        "the sentence says “killed”, and “nearly 400,000” (003-011) counts new displacement",
    ),
    "two figures exchanged": (
        'In the war {{ number("000-007") }} died and {{ number("000-006") }} fled.',
        "“12 million” (000-007) counts forced to flee, and the words beside it do not say so",
    ),
    "nothing said": (
        'It was {{ number("003-011") }}.',
        "“nearly 400,000” (003-011) counts new displacement, and the words beside it do not say so",
    ),
    "more than the figure": (
        'In Aleppo {{ number("004-057") }} civilians were killed or injured.',
        "the sentence says “injured”, and “at least 22” (004-057) counts people killed",
    ),
    "a quote of something else": (
        'Refugees: {{ quote("003-011") }}.',
        "the sentence says “Refugees”, and “nearly 400,000” (003-011) counts new displacement",
    ),
    "people called civilians": (
        'The UN counts {{ number("003-011") }} displaced civilians.',
        "“nearly 400,000” (003-011) is said of “civilians”, and its text says of whom",
    ),
    "civilians called fighters": (
        '{{ number("004-057") }} fighters were killed.',
        "(004-057) is said of “fighters”, and its text says of whom it counts: civilian",
    ),
    "a claim stated": (
        'On a Friday {{ number("002-015") }} were killed.',
        "“more than 200” (002-015) is claimed by Syrian state media, whom the sentence does",
    ),
    "a claim quoted and stated": (
        '{{ quote("002-015") }}.',
        "is claimed by Syrian state media, whom the sentence does not name; write {{ source(",
    ),
    "a party that acts and does not speak": (
        'HTS freed {{ number("001-023") }} prisoners.',
        "“3,500” (001-023) is claimed, and the sentence states it; write that it is claimed",
    ),
    "an expectation stated": (
        'According to {{ source("004-113") }} {{ number("004-113") }} are back in Syria.',
        "“Many” (004-113) is expected, and the sentence states it",
    ),
    "another source": (
        'According to the {{ source("003-011") }} {{ number("004-057") }} civilians were killed.',
        "the sentence names another text or source than that of “at least 22” (004-057)",
    ),
    "a source more than there is": (
        'According to {{ source("002-016") }} {{ number("003-011") }} were displaced.',
        "the sentence names another text or source than that of “nearly 400,000” (003-011)",
    ),
    "another text": (
        '{{ document("000-006") }} has {{ number("004-057") }} civilians killed.',
        "the sentence names another text or source than that of “at least 22” (004-057)",
    ),
    "the war’s dead in the offensive": (
        'In the offensive {{ number("000-006") }} were killed.',
        "“More than 500,000” (000-006) is no figure of the offensive (war), and the sentence",
    ),
    "the dead of history": (
        'In Hama {{ number("001-017") }} were killed.',
        '(historical), and the sentence does not say so; write {{ days("001-017") }}',
    ),
    "the offensive’s displaced in the war": (
        'The war displaced {{ number("003-011") }}.',
        "“nearly 400,000” (003-011) is a figure of the offensive, and the sentence speaks of",
    ),
    "another month": (
        'In January {{ number("003-011") }} were displaced.',
        "“nearly 400,000” (003-011) is not of January",
    ),
    "another place": (
        '{{ number("004-097") }} fled Aleppo.',
        "“Thousands” (004-097) is of Homs, not of Aleppo; name its place, or none",
    ),
    "two places exchanged": (
        '{{ number("004-032") }} fled Homs and {{ number("004-097") }} left Aleppo.',
        "“thousands” (004-032) is of Aleppo, not of Homs",
    ),
    "a place within its own": (
        'In Aleppo {{ number("003-011") }} were displaced.',
        "“nearly 400,000” (003-011) is of Syria, not of Aleppo",
    ),
    "an id that is not written out": (
        "{{ number(name) }} displaced",
        "number(…) takes the id of a claim, written out where its words are to stand",
    ),
    "a number kept for later": (
        '{% set dead = number("000-006") %}{{ dead }} forced to flee',
        "number(…) takes the id of a claim, written out where its words are to stand",
    ),
}


@pytest.mark.parametrize(("prose", "fault"), FALSE.values(), ids=FALSE)
def test_what_the_claim_does_not_say_is_refused(study, prose, fault):
    assert any(fault in found for found in check(study, prose)), check(study, prose)


def test_a_fault_bears_the_line_of_its_slot(study):
    prose = 'One.\n\nTwo\nwords: {{ number("003-011") }} killed.'
    assert [line for line, _ in check_statements(ENVIRONMENT, prose, study)] == [4]


def test_the_report_of_the_corpus_says_what_its_claims_say(study):
    source = (SEEDS / "report" / "report.md").read_text("utf-8")
    assert check(study, source) == []


def test_every_number_of_the_report_of_the_corpus_is_held_against_its_sentence(study):
    source = (SEEDS / "report" / "report.md").read_text("utf-8")
    text, holes, _ = read_source(ENVIRONMENT, source)
    clauses = split_clauses(text, holes)
    held = [slot.claim for clause in clauses for slot in clause.slots if slot.name == "number"]
    assert len(held) == source.split("#}")[1].count("{{ number(") > 15


def test_the_longest_name_of_a_place_counts(study):
    words = "in Idlib and the Aleppo countryside"
    assert find_named_places(words, study.places) == {
        "idlib_and_aleppo_countryside": "Idlib and the Aleppo countryside"
    }
