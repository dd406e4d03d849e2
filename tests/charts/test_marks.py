"""What all charts share: what is left out, how they begin and end, words in lines."""

from dataclasses import replace

import pytest

from helpers.analysis.review import describe_review
from helpers.charts.chart import LeftOut, Told, absent_chart
from helpers.charts.look.fonts import balance_text, wrap_text
from helpers.charts.look.layout import finish_chart, start_plot
from helpers.schema.errors import ClaimsError
from tests.charts.test_charts import EVERY_CHART
from tests.conftest import make_study

# --- what is left out is named -------------------------------------------------------------------


def draw_one_of_four(study):
    """A chart that draws the first of four claims and leaves the others out: one by its
    measure, two by both kinds, of which the first counts, and one by no kind."""
    claims = study.claims[study.claims["measure"].isin(["captured", "entered"])].head(4).copy()
    claims["measure"] = ["captured", "captured", "entered", "reached"]
    chart, axis = start_plot(study, "one")
    chart.mark(axis.plot([1], [1], marker="o")[0], next(claims.itertuples()))
    chart.leave_out(
        claims,
        {
            "captures": claims["measure"] == "captured",
            "steps": claims["measure"].isin(["captured", "entered"]),
            "plans": claims["assertion"] == "expected",
        },
    )
    return finish_chart(chart, Told("t", "s", "a", "r"), ["Roads are longer."]), list(
        claims["claim_id"]
    )


def test_what_no_mark_rests_on_is_left_out_under_the_first_kind_that_fits(study):
    chart, (_, capture, entry, other) = draw_one_of_four(study)
    assert chart.left_out == [
        LeftOut("captures", [capture]),
        LeftOut("steps", [entry]),
        LeftOut("other claims", [other]),
    ]


@EVERY_CHART
def test_no_claim_is_both_drawn_and_left_out(charts, name):
    left_out = [claim for group in charts[name].left_out for claim in group.claims]
    assert set(left_out).isdisjoint(charts[name].claim_ids)
    assert len(left_out) == len(set(left_out))


@EVERY_CHART
def test_what_is_left_out_has_a_name(charts, name):
    assert "other claims" not in [group.words for group in charts[name].left_out]


# --- a chart is begun and finished ---------------------------------------------------------------


def test_a_chart_without_a_mark_cannot_be_finished(study):
    chart, axis = start_plot(study, "empty")
    axis.plot([1, 2], [1, 2])
    with pytest.raises(ClaimsError, match="empty was finished without a single mark"):
        finish_chart(chart, Told("title", "subtitle", "alt", "reading"))


def test_an_absent_chart_has_neither_figure_nor_marks(study):
    chart = absent_chart(study, "x", "there is nothing.")
    assert chart.figure is None
    assert chart.rows == []
    assert chart.absence == "`x` is not drawn: there is nothing."


def test_a_claim_drawn_twice_has_two_ids(study):
    chart, axis = start_plot(study, "twice")
    for x in (1, 2, 3):
        chart.mark(axis.plot([x], [1])[0], next(study.claims.itertuples()))
    assert list(chart.marks["mark_id"]) == ["000-001", "000-001--2", "000-001--3"]


# --- words ---------------------------------------------------------------------------------------


def test_lines_are_no_wider_than_asked():
    words = "every place captured on the way to the capital and the days on which it fell"
    lines = wrap_text(words, 7, 100).split("\n")
    assert " ".join(lines) == words
    assert len(lines) > 2
    assert all(wrap_text(line, 7, 100) == line for line in lines)


def test_a_heading_leaves_no_word_alone_on_its_last_line():
    words = (
        "Of those killed in one month some were civilians and of the others the text does not say "
        "who they were"
    )
    plain, even = (
        wrap_text(words, 13.5, 400, True).split("\n"),
        balance_text(words, 13.5, 400).split("\n"),
    )
    assert len(even) == len(plain)
    assert len(even[-1]) >= len(plain[-1])
    assert len(even[-1].split()) > 1


def test_the_footer_says_coded_twice_only_of_texts_that_were(study, claims):
    said = "texts coded by reading, twice, every claim checked against its text"
    assert describe_review(study, claims) == said
    assert said not in describe_review(replace(study, coded_twice=frozenset({"000"})), claims)


@pytest.mark.parametrize(
    ("reviews", "said"),
    [
        (["accepted", "accepted"], "every claim accepted by a person, "),
        (["corrected", "corrected"], "every claim corrected by a person, "),
        (["accepted", "corrected"], "1 accepted and 1 corrected by a person, "),
        (["accepted", "proposed"], "1 of 2 proposed by rule, not reviewed"),
    ],
)
def test_without_a_second_coding_the_footer_says_what_the_reviews_say(study, claims, reviews, said):
    once = replace(study, coded_twice=frozenset())
    assert describe_review(once, claims.head(2).assign(review=reviews)).startswith(said)


def test_reviewed_proposals_are_not_called_coded_twice(study, claims):
    proposals = claims.assign(claim_id="001-p001")
    assert describe_review(study, proposals).startswith("every claim accepted by a person, ")


def test_a_corpus_without_a_second_coding_says_nothing_of_one(corpus):
    (corpus / "second_coding.csv").unlink()
    study = make_study(corpus=str(corpus))
    assert study.coded_twice == frozenset()
    assert "twice" not in repr(study)
