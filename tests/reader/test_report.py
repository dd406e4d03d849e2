"""The report of the default corpus, read back against the claims that it cites."""

import pytest

from helpers.publish.description import describe_chart
from helpers.publish.record import make_record
from helpers.publish.report.draft import load_draft
from helpers.publish.report.fill import fill_source
from tests.conftest import SEEDS
from tests.reader.report import check_report, list_prose, read_annex
from tests.reader.tables import load_tables


@pytest.fixture(scope="module")
def tables():
    return load_tables(SEEDS)


@pytest.fixture(scope="module")
def report(study, charts) -> str:
    """The report as Markdown, of which Word, PDF and web page are made word for word."""
    figures = {
        name: describe_chart(make_record(chart)) for name, chart in charts.items() if chart.figure
    }
    draft = load_draft(study, figures)
    return fill_source(draft, (SEEDS / "report" / "report.md").read_text("utf-8"), "report.md")


def test_the_words_round_each_number_say_what_its_claim_says(report, tables):
    assert check_report(report, tables) == []


def test_there_is_something_to_read(report):
    assert len(list_prose(report)) > 15
    assert len(read_annex(report)) > 50


LIES = [
    ("dead according to", "forced to flee according to"),
    ("forced to flee", "killed"),
    ("killed", "injured"),
    ("displaced", "killed"),
    ("civilians", "fighters"),
    ("according to the UN", "according to SOHR"),
    ("Syrian state media", "SOHR"),
    ("rocket attacks", "shelling"),
    ("Russian air strikes", "Russians"),
    ("Homs", "Hama"),
    ("Idlib", "Homs"),
    ("“Rebels enter Damascus”", "“Advance towards Damascus”"),
    ("“Deterrence of Aggression”", "“Rebels enter Damascus”"),
    (" 5 texts", " 6 texts"),
    (" 30 questions", " 31 questions"),
    ("27 November 2024", "26 November 2024"),
    ("5 December 2024", "6 December 2024"),
    ("[“12 million”]", "[“11 million”]"),
]


@pytest.mark.parametrize(("words", "lie"), LIES)
def test_a_report_that_says_something_else_is_noticed(report, tables, words, lie):
    prose, annex, rest = report.partition("## Annex")
    assert words in prose
    assert len(check_report(prose.replace(words, lie) + annex + rest, tables)) >= 1
