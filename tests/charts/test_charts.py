"""The charts as data: every mark on the canvas held against the claims, counted with
plain pandas."""

import matplotlib.colors
import matplotlib.dates as mdates
import numpy as np
import pandas as pd
import pytest
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from helpers.charts import FIGURES, draw_figure
from helpers.claims.audit import list_numbers
from tests.conftest import make_study

EVERY_CHART = pytest.mark.parametrize("name", FIGURES)
DAY = pd.Timedelta(days=1)


def list_artists(chart) -> list:
    """The artists on the canvas that stand for something, found by walking the figure."""
    return chart.figure.findobj(lambda artist: (artist.get_gid() or "").startswith("mark-"))


def find_marks(chart) -> dict:
    """Mark id → artist on the canvas."""
    return {artist.get_gid().removeprefix("mark-"): artist for artist in list_artists(chart)}


def xs(artist) -> tuple:
    """Where an artist stands along x, in data units: a line's points, a bar's two ends."""
    if isinstance(artist, Line2D):
        return tuple(float(x) for x in artist.get_xdata(orig=False))
    return (artist.get_x(), artist.get_x() + artist.get_width())


def ys(artist) -> tuple:
    return tuple(float(y) for y in artist.get_ydata(orig=False))


def in_axes(artist) -> np.ndarray:
    """An artist's corners or points as fractions of its axes: (0, 0) is the lower left, (1, 1)
    the upper right."""
    if isinstance(artist, Line2D):
        points = artist.get_transform().transform(artist.get_xydata())
    else:
        points = artist.get_window_extent().get_points()
    return artist.axes.transAxes.inverted().transform(points)


def days(*moments) -> tuple:
    return tuple(mdates.date2num(pd.Timestamp(moment)) for moment in moments)


def span(row) -> tuple:
    """The ends of a bar over all days of a claim, the last included."""
    return days(row.date_start, row.date_end + DAY)


def face(artist) -> str:
    return matplotlib.colors.to_hex(
        artist.get_markerfacecolor() if isinstance(artist, Line2D) else artist.get_facecolor()
    )


# --- nothing vanishes ----------------------------------------------------------------------------

SUBJECTS = {  # topic → how the names of its figures begin
    "displacement": ["displacement"],
    "casualties": ["casualties"],
    "pace": ["advance", "overview"],
}


@pytest.mark.parametrize("topic", SUBJECTS)
def test_every_claim_is_in_a_figure_of_its_topic_or_named_as_left_out(charts, claims, topic):
    figures = [charts[name] for name in FIGURES if name.partition("_")[0] in SUBJECTS[topic]]
    drawn = {claim for chart in figures for claim in chart.claim_ids}
    named = {claim for chart in figures for group in chart.left_out for claim in group.claims}
    assert set(claims[claims["topic"] == topic]["claim_id"]) <= drawn | named


# --- what each chart has to draw, by its definition ---------------------------------------------


def within(claims: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    return claims[(claims["date_start"] >= start) & (claims["date_end"] <= end)]


def account_for(study, claims: pd.DataFrame) -> pd.Series:
    """Each number of the texts: in a claim's figure, in its date, or neither. Counts by document
    and account."""
    figures = [
        (row.doc_id, row.number_start, row.number_start + len(row.number))
        for row in claims[claims["number"] != ""].itertuples()
    ]
    dates = [
        (row.doc_id, row.date_at, row.date_at + len(row.date_exact))
        for row in claims[claims["date_exact"] != ""].itertuples()
    ]

    def account(number) -> str:
        for name, spans in (("claim", figures), ("date", dates)):
            if any(
                doc_id == number.doc_id and start <= number.start and number.end <= end
                for doc_id, start, end in spans
            ):
                return name
        return "not a claim"

    numbers = list_numbers(study.documents)
    return pd.Series(
        [(number.doc_id, account(number)) for number in numbers.itertuples()]
    ).value_counts()


def expect_coverage(claims, study):
    cells = [
        f"cell-{doc_id}-{topic}" for doc_id, topic in set(zip(claims["doc_id"], claims["topic"]))
    ]
    accounts = pd.Series([doc_id for doc_id, _ in account_for(study, claims).index]).value_counts()
    return cells + [
        f"document-{doc_id}" + (f"--{n}" if n > 1 else "")
        for doc_id, bars in accounts.items()
        for n in range(1, bars + 1)
    ]


def expect_november(claims, _):
    dead = claims[
        (claims["measure"] == "killed") & (claims["unit"] == "person") & claims["best"].notna()
    ]
    dead = within(dead, "2024-11-01", "2024-11-30")
    return [
        *dead["claim_id"],
        *(f"remainder-{row.part_of}-{row.claim_id}" for row in dead.itertuples() if row.part_of),
    ]


def expect_dated(claims, study):
    return [
        *claims[claims["date_start"].notna()]["claim_id"],
        *("document-" + study.documents["doc_id"]),
    ]


EXPECTED = {
    "corpus_timeline": expect_dated,
    "corpus_coverage": expect_coverage,
    "casualties_november_2024": expect_november,
}


# --- every chart ---------------------------------------------------------------------------------


@EVERY_CHART
def test_every_row_of_marks_has_one_artist_on_the_canvas(charts, name):
    drawn = [artist.get_gid() for artist in list_artists(charts[name])]
    assert drawn
    assert len(set(drawn)) == len(drawn)
    assert sorted(drawn) == sorted("mark-" + charts[name].marks["mark_id"])


@pytest.mark.parametrize("name", EXPECTED)
def test_the_marks_are_those_that_the_claims_call_for(charts, claims, study, name):
    assert sorted(find_marks(charts[name])) == sorted(EXPECTED[name](claims, study))


@EVERY_CHART
def test_every_mark_leads_to_claims_and_documents_that_exist(charts, claims, study, name):
    home = dict(zip(claims["claim_id"], claims["doc_id"]))
    for row in charts[name].marks.itertuples():
        ids, documents = [cell.split(";") if cell else [] for cell in (row.claims, row.documents)]
        assert set(ids) <= set(home), row.mark_id
        assert documents, row.mark_id
        assert set(documents) <= set(study.documents["doc_id"]), row.mark_id
        assert not ids or set(documents) == {home[claim] for claim in ids}, row.mark_id


@EVERY_CHART
def test_every_mark_is_visible_inside_an_axes_or_in_its_margin(charts, name):
    for mark, artist in find_marks(charts[name]).items():
        assert artist.get_visible(), mark
        assert artist.axes in charts[name].figure.axes, mark
        assert artist.get_alpha() != 0, mark
        points = in_axes(artist)
        right = 1 if artist.get_clip_on() else 1.13
        assert np.isfinite(points).all(), mark
        assert (points > -1e-6).all(), mark
        assert (points <= [right + 1e-6, 1 + 1e-6]).all(), mark


@EVERY_CHART
def test_every_mark_has_ink_or_area(charts, name):
    for mark, artist in find_marks(charts[name]).items():
        if isinstance(artist, Line2D):
            stroke = (
                artist.get_linestyle() not in ("None", "")
                and artist.get_linewidth() > 0
                and len(artist.get_xydata()) > 1
            )
            assert stroke or (
                artist.get_marker() not in ("None", "", None) and artist.get_markersize() > 0
            ), mark
        else:
            box = artist.get_window_extent()
            edged = isinstance(artist, Patch) and artist.get_linewidth() >= 0.5
            assert edged or min(box.width, box.height) > 1, mark


@EVERY_CHART
def test_every_axes_lies_on_the_page(charts, name):
    for axis in charts[name].figure.axes:
        box = axis.get_position()
        assert 0 <= box.x0 < box.x1 <= 1
        assert 0 <= box.y0 < box.y1 <= 1


# --- figures as worded ---------------------------------------------------------------------------


# --- displacement --------------------------------------------------------------------------------


# --- casualties ----------------------------------------------------------------------------------


def test_the_bar_of_november_is_taken_apart_without_a_gap(charts):
    marks = find_marks(charts["casualties_november_2024"])
    assert xs(marks["004-079"]) == (0, 176)
    assert xs(marks["remainder-004-078-004-079"]) == (176, 746)
    assert xs(marks["004-078"]) == (746,)


def test_the_derived_remainder_is_hatched_and_the_stated_part_is_not(charts):
    marks = find_marks(charts["casualties_november_2024"])
    assert marks["remainder-004-078-004-079"].get_hatch()
    assert not marks["004-079"].get_hatch()


def test_other_deaths_of_november_stand_below_the_bar(charts):
    marks = find_marks(charts["casualties_november_2024"])
    assert xs(marks["002-015"]) == (200,)
    assert ys(marks["002-015"])[0] < marks["004-079"].get_y()


def test_deaths_that_may_lie_outside_november_are_not_drawn_beside_it(charts):
    left_out = {group.words: group.claims for group in charts["casualties_november_2024"].left_out}
    assert {"004-011", "004-057"} <= set(left_out["deaths whose days reach beyond the month"])


# --- pace ----------------------------------------------------------------------------------------


# --- the map and the headline --------------------------------------------------------------------


# --- the corpus and its sources ------------------------------------------------------------------


def test_a_dated_claim_covers_its_days_in_the_corpus_timeline(charts, claims):
    marks, dated = find_marks(charts["corpus_timeline"]), claims[claims["date_start"].notna()]
    assert {key: xs(marks[key]) for key in dated["claim_id"]} == {
        row.claim_id: span(row) for row in dated.itertuples()
    }


def test_a_dated_claim_stands_in_the_row_of_its_text(charts, claims):
    marks, axis = find_marks(charts["corpus_timeline"]), charts["corpus_timeline"].figure.axes[0]
    labels = {
        label.get_text().split(" ")[0]: y
        for y, label in zip(axis.get_yticks(), axis.get_yticklabels())
    }
    for row in claims[claims["date_start"].notna()].itertuples():
        assert abs(ys(marks[row.claim_id])[0] - labels[row.doc_id]) < 0.5, row.claim_id


def test_the_title_of_the_corpus_timeline_counts_by_scope(charts, claims):
    dated = claims[claims["date_start"].notna()]
    own = dated["scope"] == "offensive"
    first = dated[~own]["date_start"].min().year
    said = f"{own.sum()} of {len(dated)} dated claims tell of the offensive itself"
    assert charts["corpus_timeline"].title.startswith(said)
    assert charts["corpus_timeline"].title.endswith(f"reach back to {first}")


def test_a_claim_stands_in_the_panel_of_its_days(charts, claims):
    _, panel = charts["corpus_timeline"].figure.axes
    marks, dated = find_marks(charts["corpus_timeline"]), claims[claims["date_start"].notna()]
    recent = {key for key in dated["claim_id"] if marks[key].axes is panel}
    assert recent == set(within(dated, "2024-11-20", "2024-12-10")["claim_id"])


def test_the_cells_hold_the_counts_of_claims(charts, claims):
    counts = pd.crosstab(claims["doc_id"], claims["topic"])[["displacement", "casualties", "pace"]]
    axis = charts["corpus_coverage"].figure.axes[0]
    written = [int(text.get_text()) for text in axis.texts]
    assert written == list(counts.to_numpy().flat)
    assert sum(written) == len(claims)
    assert axis.collections[0].get_array().flatten().tolist() == written


def test_a_cell_lies_over_its_count_and_carries_its_claims(charts, claims):
    marks, ids = (
        find_marks(charts["corpus_coverage"]),
        charts["corpus_coverage"].marks.set_index("mark_id")["claims"],
    )
    texts = sorted(claims["doc_id"].unique())
    for (doc_id, topic), group in claims.groupby(["doc_id", "topic"]):
        cell = marks[f"cell-{doc_id}-{topic}"]
        assert (cell.get_x(), cell.get_y()) == (
            ["displacement", "casualties", "pace"].index(topic),
            texts.index(doc_id),
        )
        assert sorted(ids[f"cell-{doc_id}-{topic}"].split(";")) == sorted(group["claim_id"])


def test_the_bars_account_for_every_number_of_the_texts(charts, study, claims):
    axis, accounts = charts["corpus_coverage"].figure.axes[1], account_for(study, claims)
    labels = {
        round(y): label.get_text() for y, label in zip(axis.get_yticks(), axis.get_yticklabels())
    }
    names = {
        matplotlib.colors.to_hex(bars[0].get_facecolor()): bars.get_label()
        for bars in axis.containers
    }
    bars = [artist for artist in list_artists(charts["corpus_coverage"]) if artist.axes is axis]
    assert sum(bar.get_width() for bar in bars) == len(list_numbers(study.documents))
    assert {
        (labels[round(bar.get_y() + bar.get_height() / 2)], names[face(bar)]): bar.get_width()
        for bar in bars
    } == accounts.to_dict()


def test_the_bars_of_a_text_stand_end_to_end(charts):
    axis, rows = charts["corpus_coverage"].figure.axes[1], {}
    for bar in (
        artist for artist in list_artists(charts["corpus_coverage"]) if artist.axes is axis
    ):
        rows.setdefault(bar.get_y(), []).append(xs(bar))
    for ends in map(sorted, rows.values()):
        assert ends[0][0] == 0
        assert all(left[1] == right[0] for left, right in zip(ends, ends[1:]))


# --- titles --------------------------------------------------------------------------------------

OTHERS = {
    "overview": ["000", "001"],
    "corpus_timeline": ["000", "001"],
    "corpus_coverage": ["000", "001"],
    "displacement_over_time": ["000", "004"],
    "casualties_over_time": ["000"],
    "advance_map": ["000", "001"],
    "sources": ["001", "002"],
    "disagreements": ["001", "002"],
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_title_follows_from_the_documents_it_is_drawn_from(charts, name):
    other = draw_figure(name, make_study(documents=OTHERS[name]))
    assert other.figure is not None
    assert other.title != charts[name].title
