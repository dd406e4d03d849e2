"""Lies told on drawn lists, one at a time: each is noticed."""

import pytest

from helpers.charts import draw_figure
from tests.conftest import SEEDS, make_study
from tests.reader.canvas import find_artists
from tests.reader.lists import check_lists
from tests.reader.tables import load_tables


@pytest.fixture(scope="module")
def tables():
    return load_tables(SEEDS)


@pytest.fixture
def draw(study):
    return lambda name: draw_figure(name, study)


def reword(chart, old: str, new: str) -> None:
    """The first text of a chart that says so says something else."""
    text = next(text for axes in chart.figure.axes for text in axes.texts if old in text.get_text())
    text.set_text(text.get_text().replace(old, new))


@pytest.mark.parametrize("name", ["sources", "disagreements", "corpus", "parts_of_a_total"])
@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_a_list_as_it_is_drawn_tells_no_lie(tables, name, width):
    assert check_lists(draw_figure(name, make_study(width=width)), tables) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("sources", "33", "34"),
        ("sources", "nearly 400,000", "nearly 500,000"),
        ("disagreements", "three days", "four days"),
        ("disagreements", "photos were staged", "photos were never staged"),
        ("corpus", "17", "18"),
        ("parts_of_a_total", "570 others", "571 others"),
    ],
)
def test_a_word_or_number_that_is_another_is_noticed(draw, tables, name, old, new):
    chart = draw(name)
    reword(chart, old, new)
    assert check_lists(chart, tables)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("sources", "for 33", "for 32"),
        ("sources", "three of", "four of"),
        ("disagreements", "four questions", "five questions"),
        ("disagreements", "on 26 more", "on 25 more"),
    ],
)
def test_a_title_that_counts_otherwise_is_noticed(draw, tables, name, old, new):
    chart = draw(name)
    assert old in chart.title
    chart.title = chart.title.replace(old, new)
    assert check_lists(chart, tables)


@pytest.mark.parametrize("name", ["corpus", "parts_of_a_total"])
def test_a_bar_of_another_length_is_noticed(draw, tables, name):
    chart = draw(name)
    mark = "displaced-004" if name == "corpus" else "004-079"
    artist = find_artists(chart)[mark]
    artist.set_width(artist.get_width() * 1.1)
    assert check_lists(chart, tables)


def test_a_bar_that_counts_claims_of_another_kind_is_noticed(draw, tables):
    chart = draw("corpus")
    row = next(row for row in chart.rows if row["mark_id"] == "displaced-004")
    other = next(row for row in chart.rows if row["mark_id"] == "casualties-004")
    row["claims"] = other["claims"]
    assert check_lists(chart, tables)
