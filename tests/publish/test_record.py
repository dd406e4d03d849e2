"""The sentences behind a chart: numbered, found again in their texts, and safe to show."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from helpers.charts import draw_figure
from helpers.publish.escaping import mark_number
from helpers.publish.notebook.display import render_quotes
from helpers.publish.record import list_citations, make_record
from helpers.schema.columns import CLAIM_COLUMNS
from tests.charts.test_charts import EVERY_CHART
from tests.conftest import make_study

SHARP = 'at least 30 people <b>or "more"</b> & <script>alert(1)</script> were killed'
ARABIC = "قتل 40 شخصا"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A chart of one text that holds a script, an ampersand and a sentence in Arabic."""
    folder = tmp_path_factory.mktemp("hostile")
    text = f"In Hama {SHARP}.\n{ARABIC} في حماة.\n"
    (folder / "000_<i>news.txt").write_text(text, "utf-8")
    common = {
        "doc_id": "000",
        "topic": "casualties",
        "measure": "killed",
        "unit": "person",
        "affected": "unknown",
        "date_kind": "point",
        "date_start": "2024-12-08",
        "date_end": "2024-12-08",
        "date_prec": "1",
        "date_basis": "inferred",
        "note": "the day of the text",
        "assertion": "reported",
        "scope": "war",
        "review": "accepted",
        "low": "30",
        "best": "30",
    }
    rows = [
        common
        | {
            "claim_id": "000-001",
            "exact": SHARP,
            "number": "at least 30",
            "quantifier": "at_least",
        },
        common
        | {
            "claim_id": "000-002",
            "exact": ARABIC,
            "number": "40",
            "quantifier": "exact",
            "low": "40",
            "best": "40",
            "high": "40",
        },
    ]
    for row in rows:
        start = text.index(row["exact"])
        row |= {
            "start": start,
            "end": start + len(row["exact"]),
            "number_start": text.index(row["number"]),
        }
    pd.DataFrame(rows, columns=CLAIM_COLUMNS).to_csv(folder / "claims.csv", index=False)
    return draw_figure("casualties_over_time", make_study(corpus=str(folder)))


def find_homes(chart, claims) -> dict[str, str]:
    """Document of each claim, and of each reading that a chart draws."""
    readings = {row["mark_id"]: row["documents"] for row in chart.rows if row["kind"] == "reading"}
    return dict(zip(claims["claim_id"], claims["doc_id"])) | readings


def bold(quote: str, number: str, start: int = 100) -> str:
    """The quote as the evidence shows it, its number standing where it is found last."""
    row = pd.Series(
        {
            "quote": quote,
            "number": number,
            "start": start,
            "number_start": start + quote.rindex(number),
        }
    )
    return mark_number(row)


def list_evidence(chart) -> pd.DataFrame:
    """The sentences behind a chart as a table."""
    return pd.DataFrame(list_citations(chart))


class Page(HTMLParser):
    """The tags and attributes of a page, the rows of its table and what stands in bold."""

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.rows, self.bold = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data
        if self.tags[-1][0] == "b":
            self.bold.append(data)
            self.tags.append(("/b", {}))


@EVERY_CHART
def test_the_evidence_of_a_chart_is_every_claim_behind_a_mark_once(charts, name):
    behind = {claim for cell in charts[name].marks["claims"] for claim in cell.split(";") if claim}
    readings = {row["mark_id"] for row in charts[name].rows if row["kind"] == "reading"}
    assert behind
    assert sorted(list_evidence(charts[name])["claim_id"]) == sorted(behind | readings)


@EVERY_CHART
def test_every_quote_stands_in_its_text(charts, claims, study, name):
    texts, home = (
        dict(zip(study.documents["doc_id"], study.documents["text"])),
        find_homes(charts[name], claims),
    )
    for row in list_evidence(charts[name]).itertuples():
        assert row.quote
        assert texts[home[row.claim_id]][row.start : row.end] == row.quote, row.claim_id


@EVERY_CHART
def test_the_evidence_is_numbered_in_reading_order(charts, claims, name):
    evidence, home = list_evidence(charts[name]), find_homes(charts[name], claims)
    order = [(home[row.claim_id], row.start) for row in evidence.itertuples()]
    assert list(evidence["n"]) == list(range(1, len(evidence) + 1))
    assert order == sorted(order)


def test_the_evidence_names_every_mark_that_rests_on_a_claim(charts):
    evidence = list_evidence(charts["parts_of_a_total"]).set_index("claim_id")["marks"]
    assert evidence["004-078"] == ("004-078", "remainder-004-078-004-079")
    assert evidence["004-079"] == ("004-079", "remainder-004-078-004-079")


def test_the_evidence_names_the_short_title_of_the_document(charts, study):
    titles = study.documents.set_index("doc_id")["title"]
    evidence = list_evidence(charts["displacement_over_time"]).set_index("claim_id")["document"]
    assert evidence["003-011"] == titles["003"]


@EVERY_CHART
def test_the_page_has_a_numbered_row_for_every_claim(charts, name):
    evidence = list_evidence(charts[name])
    _, *rows = Page(render_quotes(make_record(charts[name]))).rows
    assert [(row[0], row[1], row[2]) for row in rows] == [
        (str(row.n), row.claim_id, f"“{row.quote}”") for row in evidence.itertuples()
    ]
    assert [row[3] for row in rows] == [
        f"{row.document}, {row.start}–{row.end}" for row in evidence.itertuples()
    ]


@EVERY_CHART
def test_the_words_that_carry_a_figure_are_bold(charts, name):
    numbers = [number for number in list_evidence(charts[name])["number"] if number]
    assert numbers or name.startswith("advance")
    assert Page(render_quotes(make_record(charts[name]))).bold == numbers


def test_an_event_has_nothing_in_bold():
    assert bold("Rebels entered Damascus", "") == "Rebels entered Damascus"


def test_only_the_figure_is_bold():
    assert (
        bold("nearly 400,000 people displaced", "nearly 400,000")
        == "<b>nearly 400,000</b> people displaced"
    )


def test_the_figure_is_bold_where_it_stands_not_where_it_first_occurs():
    assert bold("Casualties in Iran: an officer", "an") == "Casualties in Iran: <b>an</b> officer"


def test_text_is_escaped_on_both_sides_of_the_figure():
    assert bold("<i>30</i> & more", "30") == "&lt;i&gt;<b>30</b>&lt;/i&gt; &amp; more"


def test_the_figure_itself_is_escaped():
    assert bold("<30 killed", "<30") == "<b>&lt;30</b> killed"


def test_no_tag_of_a_text_becomes_a_tag_of_the_page(hostile):
    html = render_quotes(make_record(hostile))
    assert "<script" not in html
    assert "<i>" not in html
    assert "&lt;script&gt;" in html
    assert {tag for tag, _ in Page(html).tags} <= {
        "a",
        "details",
        "summary",
        "code",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "b",
        "/b",
    }


def test_a_quote_reads_the_same_on_the_page_as_in_the_text(hostile):
    assert [row[2] for row in Page(render_quotes(make_record(hostile))).rows[1:]] == [
        f"“{SHARP}”",
        f"“{ARABIC}”",
    ]


def test_a_quote_is_free_to_run_right_to_left(hostile):
    cells = [
        attributes
        for tag, attributes in Page(render_quotes(make_record(hostile))).tags
        if tag == "td"
    ]
    assert [cell.get("dir") for cell in cells] == [None, None, "auto", None] * 2


def test_a_short_list_stands_open_and_a_long_one_is_folded(charts):
    short, long = (
        render_quotes(make_record(charts["displacement_over_time"])),
        render_quotes(make_record(charts["corpus"])),
    )
    assert re.match("<details[^>]* open>", short)
    assert re.match("<details(?![^>]* open)", long)


def test_the_summary_counts_the_claims(charts):
    one = draw_figure("displacement_over_time", make_study(documents=["002"]))
    said = "<summary>The sentences behind <code>displacement_over_time</code>: 1 quote</summary>"
    assert said in render_quotes(make_record(one))
    some = "<summary>The sentences behind <code>parts_of_a_total</code>: 2 quotes</summary>"
    assert some in render_quotes(make_record(charts["parts_of_a_total"]))
