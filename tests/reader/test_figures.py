"""What a reader reads off every figure, at every width and of two corpora, held against the tables.

The checks (tests/reader) take any figure: a new one is read as soon as it stands in FIGURES. A
complaint names the figure, the sentence or mark, and what the tables say; test_lies.py shows
that each check complains.
"""

from functools import cache
from pathlib import Path

import pytest

from helpers.charts import FIGURES, draw_figure
from tests.conftest import SEEDS, make_study
from tests.reader.canvas import is_time, list_marks, list_words, read_ticks
from tests.reader.charts import CHECKS
from tests.reader.facts import Scene
from tests.reader.numbers import list_pieces, read_pieces
from tests.reader.tables import load_tables

CORPORA = {"seeds": SEEDS, "invented": Path(__file__).parent / "invented"}
WIDTHS = ["full", "column", "slide"]


@cache
def load(corpus: str):
    return load_tables(CORPORA[corpus])


@cache
def draw_all(corpus: str, width: str) -> tuple:
    """Every figure of a corpus that has one at this width."""
    study = make_study(corpus=str(CORPORA[corpus]), width=width)
    charts = [draw_figure(name, study) for name in FIGURES]
    return tuple(chart for chart in charts if chart.figure is not None)


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("corpus", CORPORA)
def test_what_is_read_off_a_figure_is_true(corpus, width, check):
    tables = load(corpus)
    found = [fault for chart in draw_all(corpus, width) for fault in CHECKS[check](chart, tables)]
    assert not found, f"not so that {check}:\n" + "\n".join(found)


@pytest.mark.parametrize("corpus", CORPORA)
def test_every_figure_is_read_at_one_width_at_least(corpus):
    drawn = {chart.name for width in WIDTHS for chart in draw_all(corpus, width)}
    absent = set(FIGURES) - drawn
    assert len(absent) <= 1, sorted(
        absent
    )  # of three articles none disagree, of five no rate need follow


def test_there_is_something_to_read():
    charts = draw_all("seeds", "full")
    totals = draw_figure("displacement_over_time", make_study(corpus="tests/samples/chaco"))
    ticks = [
        is_time(axes, side)
        for chart in [*charts, totals]  # numbers stand on axes of running totals alone
        for axes in chart.figure.axes
        for side in "xy"
        for _ in read_ticks(axes, side)
    ]
    facts = [
        fact
        for chart in charts
        for reading in read_pieces(Scene(chart, load("seeds")), list_pieces(chart))
        for fact in reading.facts
    ]
    assert ticks.count(True) > 40
    assert ticks.count(False) > 3
    assert sum(len(list_marks(chart)) for chart in charts) > 150
    assert len(facts) > 150
    assert sum(len(list_words(chart)) for chart in charts) > 400
