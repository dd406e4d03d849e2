"""Rates of other battles beside the speeds: asked for by name, read as the table has them, and no
claim."""

import numpy as np
import pytest

from helpers.charts import draw_figure
from helpers.charts.advance.reference import NAMES, load_references
from tests.charts.boxes import find_outside, find_overlaps, list_boxes
from tests.conftest import SEEDS, make_study
from tests.reader.canvas import is_reference
from tests.reader.charts import CHECKS, list_complaints
from tests.reader.tables import load_tables

ROW = "attacker won, 1939 to 1973"
CHECK = CHECKS["what is no claim is said to be none"]


@pytest.fixture
def draw(corpus):
    """Draws the pace of a copy of the default corpus beside a row of the table."""

    def draw_beside(row: str = ROW, width: str = "full"):
        (corpus / "style.toml").write_text(f'reference = "{row}"', "utf-8")
        return draw_figure("advance_pace", make_study(corpus=str(corpus), width=width))

    return draw_beside


def find_artists(chart, name: str = "") -> list:
    return chart.figure.findobj(
        lambda artist: is_reference(artist) and artist.get_gid().startswith(NAMES + name)
    )


@pytest.mark.parametrize("width", ["full", "column"])
@pytest.mark.parametrize("row", load_references())
def test_a_reader_finds_what_the_table_says(draw, row, width):
    chart = draw(row, width)
    assert len(find_artists(chart)) > 3 - (width == "column")
    assert list_complaints(chart, load_tables(SEEDS)) == []
    boxes = list_boxes(chart.figure)
    assert find_overlaps(boxes) == find_outside(boxes, chart.figure) == []


@pytest.mark.parametrize("width", ["full", "column"])
def test_the_marks_are_those_without_it(draw, study, width):
    plain = draw_figure("advance_pace", make_study(width=width))
    beside = draw(width=width)
    assert beside.marks.equals(plain.marks)
    assert (beside.title, beside.alt, beside.note) == (plain.title, plain.alt, plain.note)


def test_a_slide_has_no_speed_and_nothing_to_compare(draw):
    chart = draw(width="slide")
    assert find_artists(chart) == []
    assert not any("grey band" in sentence for sentence in chart.refused)


def test_without_a_speed_there_is_nothing_to_compare(draw, monkeypatch):
    from helpers.charts.advance import pace

    derive = pace.derive_speed
    monkeypatch.setattr(
        pace, "derive_speed", lambda *told: derive(*told).assign(low=np.nan, high=np.nan)
    )
    assert find_artists(draw()) == []


def test_the_caption_names_source_licence_and_caveats(draw):
    said = " ".join(draw().refused)
    for words in ("CDB90", "ODC-By 1.0", "https://github.com/jrnold/CDB90", "not insurgents"):
        assert words in said


def test_another_number_is_noticed(draw):
    chart = draw()
    [words] = find_artists(chart, "words")
    words.set_text(words.get_text().replace("166", "167"))
    assert CHECK(chart, None)


@pytest.mark.parametrize("name", ["left", "right"])
def test_another_end_is_noticed(draw, name):
    chart = draw()
    [end] = find_artists(chart, name)
    end.set_text("9")
    assert CHECK(chart, None)


def test_a_band_elsewhere_is_noticed(draw):
    chart = draw()
    find_artists(chart, "band")[0].set_x(3.0)
    assert CHECK(chart, None)


@pytest.mark.parametrize("lost", ["Not from these texts", "not campaigns", "(CDB90)"])
def test_a_caveat_that_is_gone_is_noticed(draw, lost):
    chart = draw()
    [words] = find_artists(chart, "words")
    told = " ".join(words.get_text().split())
    assert lost in told
    words.set_text(told.replace(lost, ""))
    assert CHECK(chart, None)
