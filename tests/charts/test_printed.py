"""Every figure as an editor gets it, at every width: of seeds, of the samples, of made-up rows."""

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers.charts import FIGURES, draw_figure
from helpers.charts.chart import WIDTHS_MM, LeftOut
from helpers.charts.layout import finish_chart, start_plot
from helpers.corpus.folders import REPOSITORY
from helpers.schema.columns import VALUES
from tests.charts.boxes import find_outside, find_overlaps, list_boxes
from tests.charts.made_up import WISHES, write_corpus
from tests.charts.printed import (
    check_foot,
    check_numbers,
    check_page,
    check_rows,
    check_sizes,
    check_title,
    check_words,
    list_faults,
)
from tests.conftest import make_study

SAMPLES = REPOSITORY / "tests" / "samples"
CODED = ("orvane", "chaco")
UNCODED = ("invented_war", "veshka", "undated", "quiet")


@pytest.fixture(scope="module")
def open_corpus(tmp_path_factory):
    """The study of a corpus by its name here, at a width; each is written and opened once."""
    home = tmp_path_factory.mktemp("corpora")

    def leave_claims_out(name: str) -> Path:
        """A sample as it is before anybody reviewed it."""
        folder = shutil.copytree(SAMPLES / name, home / f"{name}_unreviewed")
        for table in ("claims.csv", "not_claims.csv"):
            (folder / table).unlink()
        return folder

    @cache
    def find(name: str) -> str:
        if name in WISHES:
            return str(write_corpus(home / name.replace(" ", "_"), WISHES[name]))
        if name.endswith(" unreviewed"):
            return str(leave_claims_out(name.split()[0]))
        return "seeds" if name == "seeds" else str(SAMPLES / name)

    @cache
    def open_at(name: str, frame: str):
        return make_study(corpus=find(name), frame=frame)

    def open_it(name: str, width: str = "full", frame: str = "full"):
        study = open_at(name, frame)
        return replace(study, parameters=study.parameters | {"width": width})

    return open_it


CORPORA = ["seeds", *CODED, *(f"{name} unreviewed" for name in CODED), *UNCODED, *WISHES]


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("width", WIDTHS_MM)
@pytest.mark.parametrize("corpus", CORPORA)
def test_a_figure_can_be_printed(open_corpus, corpus, width, name):
    assert list_faults(draw_figure(name, open_corpus(corpus, width))) == []


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("width", WIDTHS_MM)
def test_a_figure_without_its_frame_can_be_printed(open_corpus, width, name):
    assert list_faults(draw_figure(name, open_corpus("orvane", width, "none"))) == []


@pytest.mark.parametrize("width", WIDTHS_MM)
@pytest.mark.parametrize("frame", ["full", "none"])
@pytest.mark.parametrize("corpus", [*CODED, "orvane unreviewed"])
def test_a_picture_of_an_invented_war_says_so(open_corpus, corpus, width, frame):
    study = open_corpus(corpus, width, frame)
    charts = [draw_figure(name, study) for name in FIGURES]
    drawn = [chart for chart in charts if chart.figure]
    assert drawn
    for chart in drawn:
        assert "Invented texts" in {box.words for box in list_boxes(chart.figure)}, chart.name


def test_made_up_rows_come_in_every_measure_of_people_and_wording(open_corpus):
    coded = open_corpus("five hundred").coded
    assert len(coded) == 500
    assert set(coded["quantifier"]) >= set(VALUES["quantifier"]) - {"less_than"}
    assert {"killed", "in_camps", "new_displacement", "captured"} <= set(coded["measure"])


# --- the checks find what they are for -----------------------------------------------------------


def write(*texts) -> Figure:
    """A picture of 100 × 50 mm with words at places in millimetres."""
    figure = Figure(figsize=(100 / 25.4, 50 / 25.4))
    FigureCanvasAgg(figure)
    for x, y, words, looks in texts:
        figure.text(x / 100, y / 50, words, **{"size": 8, **looks})
    return figure


def pair_words(figure) -> list[set]:
    return [{one.words, other.words} for one, other in find_overlaps(list_boxes(figure))]


def test_words_that_run_into_each_other_are_found():
    figure = write((5, 20, "Quellmark", {}), (12, 20.5, "9 May", {}), (5, 30, "above", {}))
    assert pair_words(figure) == [{"Quellmark", "9 May"}]


def test_the_short_line_of_a_block_leaves_room_beside_it():
    block = "a long first line of the block\nshort"
    apart = write((5, 20, block, {}), (30, 20.2, "beside", {}))
    assert pair_words(apart) == []
    assert pair_words(write((5, 20, block, {}), (8, 20.2, "beside", {}))) == [{"short", "beside"}]


def test_words_beyond_the_edge_are_found():
    figure = write((90, 20, "Quellmark", {}), (5, 20, "inside", {}), (5, 49.5, "high", {}))
    assert {box.words for box in find_outside(list_boxes(figure), figure)} == {"Quellmark", "high"}


def test_words_that_a_panel_cuts_off_are_found():
    figure = write()
    panel = figure.add_axes((0.2, 0.2, 0.5, 0.5))
    panel.axis("off")
    panel.text(0.9, 0.5, "Quellmark", clip_on=True)
    panel.text(0.9, 0.9, "uncut")
    assert [box.words for box in find_outside(list_boxes(figure), figure)] == ["Quellmark"]


def test_labels_of_ticks_outside_the_axis_are_no_words():
    figure = write()
    panel = figure.add_axes((0.2, 0.2, 0.5, 0.5))
    panel.set_xticks([0, 1, 2], ["zero", "one", "two"])
    panel.set(xlim=(0, 1), yticks=[])
    assert {box.words for box in list_boxes(figure)} == {"zero", "one"}


@pytest.fixture
def draw_bars(open_corpus):
    """A chart of bars, each as long as a number of its claim, save where told otherwise."""

    def draw(name="casualties_over_time", stretch=1.0, skip=0, title="Title", note=()):
        study = open_corpus("fifty")
        chart, plot = start_plot(study, name)
        claims = study.claims[study.claims["topic"] == "casualties"]
        rows = [row for row in claims.itertuples() if row.best == row.best]
        for number, row in enumerate(rows):
            length = row.best * 0.01 * (stretch if number == 3 else 1)
            bar = Rectangle((50, number * 4), length, 2)
            plot.add_patch(bar)
            chart.mark(bar, row)
        words = list(claims["claim_id"][claims["best"].isna()])
        chart.left_out = [LeftOut("figures", words[skip:])]
        plot.set_ylim(4 * len(rows), 0)
        return finish_chart(chart, title, "Subtitle", "Alt.", "Reading.", note=note)

    return draw


def test_bars_as_long_as_their_numbers_pass(draw_bars):
    chart = draw_bars()
    assert check_numbers(chart) == check_rows(chart) == check_title(chart) == []


def test_a_bar_at_a_number_that_no_row_holds_is_found(draw_bars):
    [fault] = check_numbers(draw_bars(stretch=1.5))
    assert "which is none of" in fault


def test_a_row_that_is_neither_drawn_nor_left_out_is_found(draw_bars):
    [fault] = check_rows(draw_bars(skip=1))
    assert "1 rows are neither drawn nor left out" in fault


def test_a_title_that_was_cut_is_found(draw_bars):
    [fault] = check_title(draw_bars(title="A long title " * 30))
    assert "cut" in fault


def test_words_of_the_trade_are_found_and_quoted_ones_are_not(draw_bars):
    faults = check_words(draw_bars(title="Three claims of “relaying claims” in text 004"))
    assert any('"claims" in' in fault for fault in faults)
    assert any('"004" in' in fault for fault in faults)
    assert not any('"relaying"' in fault for fault in faults)


def test_a_long_note_small_words_and_a_high_figure_are_found(draw_bars):
    chart = draw_bars()
    chart.note = "word " * 26
    assert "26 words" in check_foot(chart)[0]
    chart.figure.text(0.5, 0.5, "tiny", size=6.9)
    assert check_sizes(chart) == ['"tiny" is set in 6.9 pt']
    chart.figure.set_figheight(241 / 25.4)
    assert check_page(chart) == ["it is 241 mm high"]
