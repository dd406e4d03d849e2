"""What all charts share: colours and markers of texts, what is left out, how they begin and end."""

from dataclasses import replace

import matplotlib.colors
import pandas as pd
import pytest
from matplotlib.lines import Line2D

from helpers.analysis.review import describe_review
from helpers.charts import draw_figure
from helpers.charts.chart import LeftOut, absent_chart
from helpers.charts.fonts import balance_text, wrap_text
from helpers.charts.layout import finish_chart, start_chart
from helpers.charts.marks import shorten
from helpers.charts.theme import TITLE, style_documents
from helpers.schema.errors import ClaimsError
from helpers.schema.formatting import say_number, say_range, say_round
from tests.charts.test_charts import EVERY_CHART, find_marks
from tests.conftest import make_study

# --- a document has one colour and one marker ----------------------------------------------------


def colour_of(artist) -> str:
    """The colour of a line, or of a bar's edge; of its face where the edge is white."""
    colours = (
        [artist.get_color()]
        if isinstance(artist, Line2D)
        else [artist.get_edgecolor(), artist.get_facecolor()]
    )
    return next(colour for colour in map(matplotlib.colors.to_hex, colours) if colour != "#ffffff")


def many_documents(number: int, publishers: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "doc_id": [f"{n:03d}" for n in range(number)],
            "publisher": [f"paper {n % publishers}" for n in range(number)],
        }
    )


def test_seven_documents_each_have_a_colour_and_a_marker():
    styles = style_documents(many_documents(7, 1)).values()
    assert len({colour for colour, _ in styles}) == len({marker for _, marker in styles}) == 7


def test_beyond_seven_documents_colour_goes_by_publisher():
    styles = style_documents(many_documents(9, 3))
    assert styles["000"] == styles["003"] == styles["006"]
    assert len(set(styles.values())) == 3


def test_beyond_seven_publishers_there_is_one_colour():
    assert len(set(style_documents(many_documents(9, 8)).values())) == 1


# --- claims nobody reviewed ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def unreviewed(tmp_path_factory):
    """The study of a copy of the corpus in which every claim is the extractor's."""
    from shutil import copytree

    from tests.conftest import SEEDS

    corpus = tmp_path_factory.mktemp("unreviewed") / "corpus"
    copytree(SEEDS, corpus)
    claims = pd.read_csv(corpus / "claims.csv", dtype=str, keep_default_na=False)
    claims.assign(review="proposed").to_csv(corpus / "claims.csv", index=False)
    return make_study(corpus=str(corpus))


def is_hollow(artist) -> bool:
    fill = artist.get_markerfacecolor() if isinstance(artist, Line2D) else artist.get_facecolor()
    return matplotlib.colors.to_hex(fill) == "#ffffff"


def test_the_days_of_a_claim_nobody_reviewed_are_dotted(unreviewed):
    chart = draw_figure("corpus_timeline", unreviewed)
    claims = chart.marks[chart.marks["kind"] == "claim"]["mark_id"]
    assert len(claims)
    assert all(find_marks(chart)[mark].is_dashed() for mark in claims)


# --- what is left out is named -------------------------------------------------------------------


def draw_one_of_four(study):
    """A chart that draws the first of four claims and leaves the others out: one by its
    measure, two by both kinds, of which the first counts, and one by no kind."""
    claims = study.claims[study.claims["measure"].isin(["captured", "entered"])].head(4).copy()
    claims["measure"] = ["captured", "captured", "entered", "reached"]
    chart, [axis] = start_chart(study, "one", 40)
    chart.mark(axis.plot([1], [1], marker="o")[0], next(claims.itertuples()))
    chart.leave_out(
        claims,
        {
            "captures": claims["measure"] == "captured",
            "steps": claims["measure"].isin(["captured", "entered"]),
            "plans": claims["assertion"] == "expected",
        },
    )
    return finish_chart(chart, "t", "s", "a", "r", ["Roads are longer."]), list(claims["claim_id"])


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
    chart, [axis] = start_chart(study, "empty", 40)
    axis.plot([1, 2], [1, 2])
    with pytest.raises(ClaimsError, match="empty was finished without a single mark"):
        finish_chart(chart, "title", "subtitle", "alt", "reading")


def test_an_absent_chart_has_neither_figure_nor_marks(study):
    chart = absent_chart(study, "x", "there is nothing.")
    assert chart.figure is None
    assert chart.rows == []
    assert chart.absence == "`x` is not drawn: there is nothing."


def test_a_claim_drawn_twice_has_two_ids(study):
    chart, [axis] = start_chart(study, "twice", 40)
    for x in (1, 2, 3):
        chart.mark(axis.plot([x], [1])[0], next(study.claims.itertuples()))
    assert list(chart.marks["mark_id"]) == ["000-001", "000-001--2", "000-001--3"]


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (400, "400"),
        (10_000, "10,000"),
        (1_500_000, "1.5 million"),
        (12e6, "12 million"),
        (0.1, "0.1"),
    ],
)
def test_a_number_is_written_as_a_reader_says_it(value, words):
    assert say_number(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(36_363.6, "36,000"), (2384.26, "2,400"), (0.4321, "0.43"), (1_234_567, "1.2 million")],
)
def test_a_derived_value_has_two_digits(value, words):
    assert say_round(value) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (14.9, 22.3, "15 to 22"),
        (14.9, 15.1, "15"),
        (141.4, None, "140 or more"),
        (141.4, float("nan"), "140 or more"),
    ],
)
def test_a_range_names_both_ends_or_the_open_one(low, high, words):
    assert say_range(low, high) == words


def test_a_text_that_is_too_long_is_cut_at_a_word_and_marked():
    assert shorten("approximately one and a half million", 26) == "approximately one and a …"
    assert shorten("short", 24) == "short"


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
        wrap_text(words, TITLE, 400, True).split("\n"),
        balance_text(words, TITLE, 400).split("\n"),
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
