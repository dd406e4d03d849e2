"""What all charts share: colours and markers, hollow marks, footer and
lettering, a place for every label."""

import re
from dataclasses import replace
from functools import cache
from itertools import combinations

import matplotlib.colors
import numpy as np
import pandas as pd
import pytest
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from helpers.analysis.review import describe_review
from helpers.charts import FIGURES, draw_figure
from helpers.charts.chart import LeftOut, absent_chart
from helpers.charts.fonts import balance_text, wrap_text
from helpers.charts.layout import finish_chart, start_chart
from helpers.charts.marks import place_labels, shorten
from helpers.charts.theme import TITLE, style_documents
from helpers.schema.errors import ClaimsError
from helpers.schema.formatting import count, say_number, say_range, say_round
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


def list_styles(charts) -> set:
    """(document, colour) of every mark that stands for one claim, reading or text; the numbers
    of a text are coloured by account."""
    return {
        (row.documents, colour_of(artist))
        for name, chart in charts.items()
        if name != "corpus_coverage"
        for row, artist in zip(
            chart.marks.itertuples(), map(find_marks(chart).get, chart.marks["mark_id"])
        )
        if row.kind in ("claim", "reading", "document")
    }


def test_a_document_has_the_same_colour_in_every_chart(charts, study):
    styles = list_styles(charts)
    assert sorted(document for document, _ in styles) == sorted(study.documents["doc_id"])
    assert len({colour for _, colour in styles}) == len(styles)


def test_a_document_has_the_same_marker_in_every_chart(charts, study):
    markers = {
        (row.documents, artist.get_marker())
        for name, chart in charts.items()
        for row, artist in zip(
            chart.marks.itertuples(), map(find_marks(chart).get, chart.marks["mark_id"])
        )
        if row.kind in ("claim", "reading", "document")
        and isinstance(artist, Line2D)
        and artist.get_marker() not in ("None", "|", "_")
    }
    assert sorted(document for document, _ in markers) == sorted(study.documents["doc_id"])
    assert len({marker for _, marker in markers}) == len(markers)


def read_legend(chart) -> list[tuple]:
    """(label, colour, marker) of the legend's documents."""
    [box] = chart.figure.legends
    lines = [
        (text.get_text(), handle)
        for text, handle in zip(box.get_texts(), box.legend_handles)
        if isinstance(handle, Line2D)
    ]
    documents = [(label, line) for label, line in lines if line.get_marker() not in ("None", "x")]
    return [
        (label, matplotlib.colors.to_hex(line.get_color()), line.get_marker())
        for label, line in documents
    ]


@pytest.mark.parametrize(
    "name",
    [name for name in FIGURES if name not in ("corpus_coverage", "pace_map", "source_coverage")],
)
def test_the_legend_shows_the_colour_and_marker_of_each_document_drawn(charts, study, name):
    styles = style_documents(study.documents)
    drawn = {
        row.documents for row in charts[name].marks.itertuples() if row.kind in ("claim", "reading")
    }
    legend = {label[:3]: (colour, marker) for label, colour, marker in read_legend(charts[name])}
    assert drawn <= set(legend)
    assert {
        key: (matplotlib.colors.to_hex(styles[key][0]), styles[key][1]) for key in legend
    } == legend


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


def with_documents(study, publishers: list[str]):
    """The study, as if it had as many documents as there are publishers."""
    copies = study.documents.iloc[[0] * (len(publishers) - len(study.documents))]
    more = pd.concat([study.documents, copies], ignore_index=True)
    return replace(
        study,
        documents=more.assign(doc_id=[f"{n:03d}" for n in range(len(more))], publisher=publishers),
    )


def test_the_legend_names_publishers_beyond_seven_documents(study):
    chart = draw_figure(
        "displacement_reported",
        with_documents(study, ["BBC", "BBC", "El País", "El País", "ECPS", "x", "x", "x"]),
    )
    assert sorted(label for label, _, _ in read_legend(chart)) == ["BBC", "ECPS", "El País"]
    assert (
        colour_of(find_marks(chart)["003-011"])
        == colour_of(find_marks(chart)["002-016"])
        != colour_of(find_marks(chart)["004-032"])
    )


def test_the_legend_has_one_entry_beyond_seven_publishers(study):
    chart = draw_figure("displacement_reported", with_documents(study, list("abcdefgh")))
    assert [label for label, _, _ in read_legend(chart)] == ["all documents"]
    assert len({colour_of(artist) for artist in find_marks(chart).values()}) == 1


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


@pytest.mark.parametrize(
    "name",
    [
        "displacement_reported",
        "casualties_reported",
        "displacement_northwest",
        "eleven_days",
        "pace_timeline",
    ],
)
def test_a_claim_nobody_reviewed_is_hollow(unreviewed, name):
    chart = draw_figure(name, unreviewed)
    claims = chart.marks[chart.marks["kind"] == "claim"]["mark_id"]
    assert len(claims)
    assert [mark for mark in claims if not is_hollow(find_marks(chart)[mark])] == []


@pytest.mark.parametrize(
    "name", ["displacement_reported", "casualties_reported", "displacement_northwest"]
)
def test_a_reviewed_claim_is_filled(charts, name):
    claims = charts[name].marks[charts[name].marks["kind"] == "claim"]["mark_id"]
    assert len(claims)
    assert [mark for mark in claims if is_hollow(find_marks(charts[name])[mark])] == []


def test_the_days_of_a_claim_nobody_reviewed_are_dotted(unreviewed):
    chart = draw_figure("corpus_timeline", unreviewed)
    claims = chart.marks[chart.marks["kind"] == "claim"]["mark_id"]
    assert len(claims)
    assert all(find_marks(chart)[mark].is_dashed() for mark in claims)


# --- the footer ----------------------------------------------------------------------------------


def read_footer(chart) -> str:
    """The lowest of the texts set on the page, on one line."""
    lowest = min(chart.figure.texts, key=lambda text: text.get_position()[1])
    return " ".join(lowest.get_text().split())


@EVERY_CHART
def test_the_footer_names_the_sources(charts, study, name):
    titles = study.documents.set_index("doc_id")["title"]
    drawn = {doc_id for cell in charts[name].marks["documents"] for doc_id in cell.split(";")}
    named = {
        doc_id
        for doc_id in titles.index
        if f"{doc_id} {titles[doc_id]}" in read_footer(charts[name])
    }
    assert read_footer(charts[name]).startswith("Sources: ")
    assert named == drawn


@EVERY_CHART
def test_the_footer_names_whom_each_document_relays(charts, claims, study, name):
    used = {claim for cell in charts[name].marks["claims"] for claim in cell.split(";")}
    expected = {}
    for row in claims[
        claims["claim_id"].isin(used) & (claims["source_original"] != "")
    ].itertuples():
        expected.setdefault(row.doc_id, set()).update(row.source_original.split(";"))
    said = {}
    for row in study.documents.itertuples():
        if found := re.search(
            re.escape(f"{row.doc_id} {row.title}") + r" \([^)]*relaying ([^)]*)\)",
            read_footer(charts[name]),
        ):
            said[row.doc_id] = set(found[1].split(", "))
    assert said == expected


@EVERY_CHART
def test_the_footer_counts_claims_and_documents(charts, name):
    marks = charts[name].marks
    claims, documents = (
        {key for cell in marks[column] for key in cell.split(";") if key}
        for column in ("claims", "documents")
    )
    said = f" {count(len(claims), 'claim')} from {count(len(documents), 'document')}; "
    assert len(claims)
    assert said in read_footer(charts[name])


@EVERY_CHART
def test_the_footer_gives_the_date_of_the_corpus(charts, name):
    assert re.search(r"; corpus of [^;]*\b9 December 2024; ", read_footer(charts[name]))


@EVERY_CHART
def test_the_footer_repeats_what_was_refused(charts, name):
    assert all(" ".join(said.split()) in read_footer(charts[name]) for said in charts[name].refused)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("displacement_reported", "Stock, flow and cross-border figures are not added up"),
        ("displacement_northwest", "“nearly thirty percent” of Syria’s population"),
        ("casualties_reported", "Nothing is added up"),
        ("casualties_november_2024", "November 2024 begins before the offensive"),
        ("casualties_in_context", "“four”"),
        ("eleven_days", "“746” killed, Nov 2024; “176” killed, Nov 2024."),
        ("eleven_days", "counter-offensives (3), offensives on other fronts (2)"),
        ("pace_timeline", "plans, demands, rumours and forecasts (17)"),
        ("pace_timeline", "counter-offensives (3), offensives on other fronts (2)"),
        ("pace_distance", "counter-offensives (3), offensives on other fronts (2)"),
        ("pace_map", "without a point of their own at this scale"),
    ],
)
def test_the_footer_says_what_was_not_drawn_or_not_compared(charts, name, said):
    assert said in read_footer(charts[name])


@EVERY_CHART
def test_the_footer_says_that_the_claims_were_checked(charts, name):
    assert "checked against its text" in read_footer(charts[name])
    assert "proposed" not in read_footer(charts[name])


@EVERY_CHART
def test_the_footer_says_when_nobody_reviewed_the_claims(unreviewed, name):
    chart = draw_figure(name, unreviewed)
    claims = len({key for cell in chart.marks["claims"] for key in cell.split(";") if key})
    assert f"{claims} of {claims} proposed by rule, not reviewed" in read_footer(chart)
    assert "checked against its text" not in read_footer(chart)


def test_the_footer_counts_documents_that_are_too_many_to_name(study):
    chart, [axis] = start_chart(with_documents(study, list("abcdefgh")), "many", 40)
    for doc_id in chart.study.documents["doc_id"]:
        [dot] = axis.plot([int(doc_id)], [0], marker="o")
        chart.mark_document(dot, doc_id, "published")
    assert read_footer(finish_chart(chart, "t", "s", "a", "r")).startswith(
        "Sources: 8 documents of the corpus. 0 claims from 8 documents"
    )


def test_the_footer_names_a_text_that_stands_for_itself_without_a_claim(study):
    chart, [axis] = start_chart(study, "alone", 40)
    chart.mark_document(axis.plot([1], [1], marker="o")[0], "003", "published")
    assert read_footer(finish_chart(chart, "t", "s", "a", "r")).startswith(
        "Sources: 003 Advance towards Damascus"
    )


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


def test_the_footer_counts_what_was_left_out_kind_by_kind(study):
    said = "Not drawn: captures (1), steps (1), other claims (1). Roads are longer."
    chart, _ = draw_one_of_four(study)
    assert read_footer(chart).endswith(said)
    assert " ".join(chart.refused) == said


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


@EVERY_CHART
def test_title_and_subtitle_stand_on_the_page(charts, name):
    said = [" ".join(text.get_text().split()) for text in charts[name].figure.texts]
    assert charts[name].title in said
    assert charts[name].subtitle in said
    assert charts[name].title
    assert charts[name].alt
    assert charts[name].reading


@pytest.mark.parametrize(("width", "mm"), [("full", 174), ("column", 85), ("slide", 254)])
def test_a_page_has_its_printed_width(width, mm):
    assert draw("displacement_rate", width).figure.get_figwidth() * 25.4 == pytest.approx(mm)


def test_a_slide_is_16_to_9():
    assert np.divide(*draw("displacement_rate", "slide").figure.get_size_inches()) == pytest.approx(
        16 / 9, rel=1e-3
    )


# --- lettering -----------------------------------------------------------------------------------


@cache
def draw(name: str, width: str):
    return draw_figure(name, make_study(width=width))


def list_texts(figure) -> list[Text]:
    """The texts that are really drawn: ticks beyond the ends of an axis are not."""
    texts, draw_text = [], Text.draw
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Text,
            "draw",
            lambda text, *rest, **more: (texts.append(text), draw_text(text, *rest, **more)),
        )
        figure.draw_without_rendering()
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


def frame(text: Text, renderer) -> np.ndarray:
    """The four corners of a text as it is printed, turned as it is turned, in pixels."""
    angle = text.get_rotation()
    if angle % 90 == 0:
        return Text.get_window_extent(text, renderer).corners()[[0, 1, 3, 2]]
    assert text.get_rotation_mode() == "anchor"
    text.set_rotation(0)
    corners = Text.get_window_extent(text, renderer).corners()[[0, 1, 3, 2]]
    text.set_rotation(angle)
    return (
        Affine2D()
        .rotate_deg_around(*text.get_transform().transform(text.get_unitless_position()), angle)
        .transform(corners)
    )


def frame_texts(figure, monkeypatch) -> list[tuple[str, np.ndarray]]:
    """(text, corners in points) at the resolution of print."""
    monkeypatch.setattr(figure, "dpi", 300)
    renderer = figure.canvas.get_renderer()
    return [(text.get_text(), frame(text, renderer) * 72 / 300) for text in list_texts(figure)]


def overlap(one: np.ndarray, other: np.ndarray, slack: float = 0.5) -> bool:
    """Whether two frames share more than `slack` points either way."""
    if (np.minimum(one.max(0), other.max(0)) - np.maximum(one.min(0), other.min(0)) <= slack).any():
        return False
    upright = all(len(np.unique(corners.round(6)[:, 0])) == 2 for corners in (one, other))
    return upright or Path(one[[0, 1, 2, 3, 0]]).intersects_path(
        Path(other[[0, 1, 2, 3, 0]]), filled=True
    )


TOO_LONG = [
    ("pace_timeline", "column"),
    ("casualties_reported", "column"),
    ("source_coverage", "column"),
    ("disagreements", "column"),
    ("disagreements", "slide"),
]
PAGES = [
    (name, width)
    for width in ("full", "column", "slide")
    for name in FIGURES
    if (name, width) not in TOO_LONG
]
EVERY_PAGE = pytest.mark.parametrize(("name", "width"), PAGES)


@pytest.mark.parametrize(("name", "width"), TOO_LONG)
def test_a_chart_that_does_not_fit_a_page_says_what_to_do(name, width):
    assert draw(name, width).figure is None
    assert "take the full width" in draw(name, width).absence


@pytest.mark.parametrize(("name", "width"), PAGES)
def test_no_text_is_printed_over_another(monkeypatch, name, width):
    texts = frame_texts(draw(name, width).figure, monkeypatch)
    assert len(texts) > 10
    assert [(one, other) for (one, a), (other, b) in combinations(texts, 2) if overlap(a, b)] == []


@EVERY_PAGE
def test_no_text_is_cut_by_the_edge_of_the_page(monkeypatch, name, width):
    figure = draw(name, width).figure
    page = figure.get_size_inches() * 72
    texts = frame_texts(figure, monkeypatch)
    assert [
        text for text, corners in texts if (corners < -0.5).any() or (corners > page + 0.5).any()
    ] == []


@EVERY_PAGE
def test_no_lettering_is_smaller_than_six_points(name, width):
    assert min(text.get_size() for text in list_texts(draw(name, width).figure)) >= 6


def test_the_overlap_of_texts_is_measured_rightly():
    square = np.array([[0, 0], [0, 10], [10, 10], [10, 0]])
    assert overlap(square, square + 5)
    assert not overlap(square, square + 10)
    diamond = Affine2D().rotate_deg_around(5, 5, 45).transform(square)
    assert not overlap(square + [11, 11], diamond)
    assert overlap(square + [4, 4], diamond)


def test_a_text_printed_over_another_is_noticed(study, monkeypatch):
    chart, [axis] = start_chart(study, "crowded", 60)
    chart.mark(axis.plot([0.9], [0.9], marker="o")[0], next(study.claims.itertuples()))
    axis.set(xlim=(0, 1), ylim=(0, 1))
    for x in (0.3, 0.31):
        axis.text(x, 0.1, "one over another", rotation=20, rotation_mode="anchor")
    texts = frame_texts(finish_chart(chart, "t", "s", "a", "r").figure, monkeypatch)
    assert [(one, other) for (one, a), (other, b) in combinations(texts, 2) if overlap(a, b)] == [
        ("one over another",) * 2
    ]


# --- labels that look for a place ----------------------------------------------------------------


def label_points(study, points: list, labels: list[str], height: float = 60):
    chart, [axis] = start_chart(study, "labelled", height)
    axis.set_xlim(0, 1)
    axis.set_ylim(0, 1)
    for x, y in points:
        chart.mark(axis.plot([x], [y], marker="o")[0], next(study.claims.itertuples()))
    place_labels(chart, axis, points, labels)
    return finish_chart(chart, "t", "s", "a", "r")


def test_labels_of_close_points_stand_apart(study, monkeypatch):
    chart = label_points(
        study,
        [(0.5, 0.5), (0.51, 0.52), (0.52, 0.5)],
        ["Aleppo", "Aleppo Citadel", "Aleppo University"],
    )
    texts = [
        (text, corners)
        for text, corners in frame_texts(chart.figure, monkeypatch)
        if text.startswith("Aleppo")
    ]
    assert len(texts) == 3
    assert not any(overlap(a, b) for (_, a), (_, b) in combinations(texts, 2))


def test_a_label_stands_inside_its_panel(study, monkeypatch):
    chart = label_points(study, [(0.999, 0.5)], ["at the right edge"])
    [corners] = [
        corners
        for text, corners in frame_texts(chart.figure, monkeypatch)
        if text == "at the right edge"
    ]
    assert (
        corners[:, 0].max() <= chart.figure.axes[0].get_window_extent().x1 * 72 / chart.figure.dpi
    )


def test_a_label_without_a_free_place_is_left_out_and_counted(study, monkeypatch):
    chart = label_points(study, [(0.5, 0.5)] * 80, ["a long label\nof two lines"] * 80, height=20)
    left = [
        corners
        for text, corners in frame_texts(chart.figure, monkeypatch)
        if text.startswith("a long label")
    ]
    assert 0 < len(left) < 80
    assert not any(overlap(a, b) for a, b in combinations(left, 2))
    assert f"{80 - len(left)} of 80 labels found no room" in chart.reading


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("pace_map", "full"),
        ("pace_map", "column"),
        ("pace_map", "slide"),
        ("casualties_in_context", "full"),
        ("casualties_in_context", "slide"),
    ],
)
def test_every_place_and_toll_finds_room_for_its_label(name, width):
    assert "found no room" not in draw(name, width).reading


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
