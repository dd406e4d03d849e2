"""The report of the default corpus, read back against the claims that it cites."""

import re
from dataclasses import replace

import pytest

from helpers.publish.description import describe_chart
from helpers.publish.record import make_record
from helpers.publish.report.draft import load_draft
from helpers.publish.report.fill import fill_source
from tests.conftest import SEEDS
from tests.reader.report import check_report, cite_notes, list_prose
from tests.reader.report_annex import list_notes, read_annex
from tests.reader.report_tables import list_rows
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
    annex = read_annex(report)
    assert len(list_prose(report)) > 15
    assert len(annex) > 40
    assert sum(len(entry.spans) for entry in annex.values()) > 50
    assert len(list_notes(report)) > 20
    assert len(list_rows(report)) == 8


def test_each_footnote_leads_to_one_claim(report, tables):
    assert {len(names) for names in cite_notes(report, tables).values()} == {1}


# What the body says, what it is made to say, and the fault that the reader finds.
LIES = [
    ("dead according to", "forced to flee according to", r"\(000-006\): it is killed, beside it"),
    ("forced to flee", "killed", r"\(000-007\): it is forced_to_flee, beside it"),
    ("killed", "injured", r"\(004-036\): it is killed, beside it"),
    ("displaced", "killed", r"\(002-016\): it is new_displacement, beside it"),
    ("civilians", "fighters", r"\(004-079\): it counts civilian, not fighters"),
    ("according to the UN", "according to SOHR", r"\(003-011\): its source is UN, not SOHR"),
    ("Syrian state media", "SOHR", r"\(002-015\): its source is Syrian state media, not SOHR"),
    ("rocket attacks", "shelling", r"the report \['airstrike', 'shelling'\]"),
    ("Russian air strikes", "Russians", r"the report \['rocket'\]"),
    ("Homs", "Hama", r"\(001-022\): its place is homs, not \['hama'\]"),
    ("Idlib", "Homs", r"\(000-013\): its place is idlib_governorate, not \['homs'\]"),
    (
        "“Rebels enter Damascus”",
        "“Advance towards Damascus”",
        r"\(000-005\): it stands in 000, not in “Advance towards Damascus”",
    ),
    (
        "“Deterrence of Aggression”",
        "“Rebels enter Damascus”",
        r"\(004-001\): it stands in 004, not in “Rebels enter Damascus”",
    ),
    (" 5 texts", " 6 texts", r"6 texts .* is no count of texts"),
    (" 30 questions", " 31 questions", r"31 questions .* is no count of texts"),
    ("27 November 2024", "26 November 2024", "“26 November 2024” is the day of no such claim"),
    ("5 December 2024", "6 December 2024", "“6 December 2024” is the day of no such claim"),
    ("[“12 million”]", "[“11 million”]", r"\(000-007\): its words are “12 million”"),
    # the table of key figures
    ("captured 29–30 Nov", "captured 28–30 Nov", "Aleppo has other days"),
    ("begins 27 Nov", "begins 26 Nov", "Idlib has other days"),
    (r"29–30 Nov\, 5 texts", r"29–30 Nov\, 4 texts", "5 texts tell of it"),
    ("denied by the government", "denied by the rebels", r"denied by \['government'\], not by"),
    (r"\; denied by the government", "", r"denied by \['government'\], not by"),
    ("| Hama | captured", "| Homs | captured", "tells of no captured at Homs"),
    ("[10](#s10) |", "[11](#s11) |", "tells of no offensive_start at Idlib"),
    ("[2](#s2), [11]", "[11]", "the texts that tell of it are"),
    (r"New displacement\, Syria |", r"People killed\, Syria |", "it is new_displacement, not"),
    (r"New displacement\, Syria |", r"New displacement\, Homs |", r"syria, not \['homs'\]"),
    (r"civilians\, Aleppo |", r"fighters\, Aleppo |", "civilian, not fighters, in the row"),
    (r"civilians\, Aleppo |", "Aleppo |", "it counts civilians, and nothing says so"),
    ("7 days or fewer in", "8 days or fewer in", "its days are 7.0 at most"),
    ("27 Nov to 7 Dec 2024 |", "27 Nov to 8 Dec 2024 |", "its days are 2024-11-27"),
    (r"UN\, in “Advance", r"SOHR\, in “Advance", "its source is UN, not SOHR, in the row"),
    (r"UN\, in “Advance", "“Advance", "its source is UN, not , in the row"),
    (r"UN\, in “Advance towards", r"UN\, in “March towards", "it stands in “Advance towards"),
    ("[“nearly 400\\,000”]", "[“nearly 500\\,000”]", "“nearly 400,000”, in the row"),
    # the lists of what the texts answer differently
    ("- 11 days (", "- 12 days (", "is no reading of “How long did the offensive take"),
    ("- 11 days (“Overthrown in 11 days”)", "- 11 days (“Rebels enter Damascus”)", "no reading"),
    (r"[\[8\]](#s8)", r"[\[9\]](#s9)", "leads to a sentence without its words"),
    (r"week \(UN\)", r"week \(SOHR\)", r"names \['SOHR'\], its sentence \['UN'\]"),
    # where numbers lead
    ("[^n4]", "[^n3]", r"\(001-006\): its words are “just three days”"),
    ("[^n4]", "", "“just a few hours” has no footnote"),
    ("[^n4]", "[^n99]", "footnote 99 is missing"),
    (r"[1](#s1), [9](#s9)", r"[1](#s1), [9](#s8)", r"\[9\]\(#s8\) leads to no such sentence"),
    (r"[1](#s1), [9](#s9)", r"[99](#s99), [9](#s9)", r"\[99\]\(#s99\) leads to no such"),
]


@pytest.mark.parametrize(("words", "lie", "fault"), LIES)
def test_a_report_that_says_something_else_is_noticed(report, tables, words, lie, fault):
    prose, annex, rest = report.partition("## Annex")
    assert words in prose
    found = check_report(prose.replace(words, lie) + annex + rest, tables)
    assert any(re.search(fault, complaint) for complaint in found)


# The same of annex and footnotes.
WRONG = [
    ("2289–2334", "2290–2334", "sentence 28 of the annex is not that of 003-011"),
    (r"[003\-011](", r"[003\-008](", "sentence 28 of the annex is not that of 003-008"),
    ("#003-011)", "#003-008)", "sentence 28 of the annex is not that of 003-011"),
    ("3266–3329", "3266", "sentence 6 of the annex stands there as number 5"),
    ("\n6. [", "\n7. [", "sentence 7 of the annex stands there as number 6"),
    (
        r"**About 4 million** people live there\.",
        r"**About 4 million** people live here\.",
        "sentence 6 of the annex does not stand in 000",
    ),
    (r"within a week due to the violence\.", "within a week", "sentence 28 .* no whole sentence"),
    ("The rapid military actions have", "actions have", "sentence 28 .* no whole sentence"),
    ("\n6. [“**About 4 million** ", "\n6. [“About **4 million** ", "sentence 6 .* words in bold"),
    ("[^n16]: [“**About 4 million** ", "[^n16]: [“About **4 million** ", "footnote 16 .* no claim"),
    ("[^n16]: [“**About 4", "[^n16]: [“**About 5", "footnote 16 quotes another sentence than 6"),
    ("[sentence 28](#s28)", "[sentence 27](#s27)", "footnote 0 quotes another sentence than 27"),
    ("[sentence 28](#s28)", "[sentence 28](#s27)", "footnote 0 leads to no sentence"),
    ("} “Advance towards Damascus”", "} “Rebels enter Damascus”", "footnote 0 says of 003"),
    (r"Damascus”\, 5 December", r"Damascus”\, 4 December", "footnote 0 says of 003"),
    ("[^n4]: ", "[^n99]: ", "footnote 4 is missing"),
    ("[^n4]: ", "[^n3]: ", "footnote 3 stands 2 times"),
    ("### [003 Advance towards", "### [003 March towards", "heads no text"),
    (r"publisher unknown\, 6 December", r"Reuters\, 6 December", "annex says of 004: Reuters"),
    (r"publisher unknown\, 6 December", r"publisher unknown\, 7 December", "annex says of 004"),
    (r"\, printed as the day of writing", r"\, inferred", "annex says of 004"),
]


@pytest.mark.parametrize(("words", "lie", "fault"), WRONG)
def test_a_wrong_annex_or_footnote_is_noticed(report, tables, words, lie, fault):
    prose, head, rest = report.partition("## Annex")
    assert words in rest
    found = check_report(prose + head + rest.replace(words, lie), tables)
    assert any(re.search(fault, complaint) for complaint in found)


def test_a_sentence_printed_twice_is_noticed(report, tables):
    line = next(line for line in report.splitlines() if line.startswith("6. [“**About"))
    again = report.replace(line, f"{line}\n\n{line}", 1)
    assert any("printed twice" in complaint for complaint in check_report(again, tables))


def test_a_sentence_that_nothing_cites_is_noticed(report, tables):
    without = re.sub(r"\[Sentence \[45\]\(#s45\) in the annex\. ", "[", report)
    without = re.sub(r"; \[sentence 45\]\(#s45\)", "; [sentence 44](#s44)", without)
    without = re.sub(r", \[43–45\]\(#s43\)|\[\\\[45\\\]\]\(#s45\)", "", without)
    found = check_report(without, tables)
    assert "sentence 45 of the annex is cited nowhere" in found


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (r"publisher unknown\, 6 December 2024\, printed", {"publisher": "Reuters"}),
        (r"publisher unknown\, 6 December 2024\, printed", {"url": "https://example.org/4"}),
    ],
)
def test_publisher_and_address_that_are_known_are_missed_where_they_are_not_said(
    report, tables, said, known
):
    documents = tables.documents.assign(url="")
    for column, value in known.items():
        documents.loc[documents["doc_id"] == "004", column] = value
    found = check_report(report, replace(tables, documents=documents))
    assert said in report
    assert any(complaint.startswith("the annex says of 004") for complaint in found)
