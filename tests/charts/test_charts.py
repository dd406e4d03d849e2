"""The charts as data: every mark on the canvas held against the claims, counted with
plain pandas."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from helpers.charts import FIGURES, draw_figure
from tests.conftest import make_study

EVERY_CHART = pytest.mark.parametrize("name", FIGURES)
DAY = pd.Timedelta(days=1)


def list_artists(chart) -> list:
    """The artists on the canvas that stand for something, found by walking the figure."""
    return chart.figure.findobj(lambda artist: (artist.get_gid() or "").startswith("mark-"))


def find_marks(chart) -> dict:
    """Mark id → artist on the canvas."""
    return {artist.get_gid().removeprefix("mark-"): artist for artist in list_artists(chart)}


def in_axes(artist) -> np.ndarray:
    """An artist's corners or points as fractions of its axes: (0, 0) is the lower left, (1, 1)
    the upper right."""
    if isinstance(artist, Line2D):
        points = artist.get_transform().transform(artist.get_xydata())
    else:
        # of its own renderer: the figure's is the one that it was saved with last
        renderer = FigureCanvasAgg(artist.get_figure(root=True)).get_renderer()
        points = artist.get_window_extent(renderer).get_points()
    return artist.axes.transAxes.inverted().transform(points)


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


# --- every chart ---------------------------------------------------------------------------------


@EVERY_CHART
def test_every_row_of_marks_has_one_artist_on_the_canvas(charts, name):
    drawn = [artist.get_gid() for artist in list_artists(charts[name])]
    assert drawn
    assert len(set(drawn)) == len(drawn)
    assert sorted(drawn) == sorted("mark-" + charts[name].marks["mark_id"])


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


# --- titles --------------------------------------------------------------------------------------

OTHERS = {
    "overview": ["000", "001"],
    "corpus": ["000", "001"],
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
