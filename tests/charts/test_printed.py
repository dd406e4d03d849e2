"""Every figure as an editor gets it, at every width: of seeds, of the samples, of made-up rows."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers.charts import FIGURES, draw_figure
from helpers.charts.chart import LeftOut, Told
from helpers.charts.look.layout import add_panel, finish_chart, start_plot
from helpers.schema.columns import VALUES
from tests.charts.boxes import find_outside, find_overlaps, find_struck, list_boxes
from tests.charts.corpora import CORPORA, SUITE, Corpora
from tests.charts.printed import (
    check_foot,
    check_invented,
    check_numbers,
    check_page,
    check_rows,
    check_sizes,
    check_title,
    check_words,
    list_faults,
)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory) -> Corpora:
    return Corpora(tmp_path_factory.mktemp("corpora"))


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize(
    ("corpus", "width"), [(corpus, width) for corpus in SUITE for width in SUITE[corpus]]
)
def test_a_figure_can_be_printed(corpora, corpus, width, name):
    assert list_faults(draw_figure(name, corpora.open(corpus, width))) == []


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("width", ["full", "slide"])
def test_a_figure_without_its_frame_can_be_printed(corpora, width, name):
    assert list_faults(draw_figure(name, corpora.open("orvane", width, "none"))) == []


def test_a_slide_a_millimetre_too_high_is_found(corpora):
    chart = draw_figure("corpus", corpora.open("one", "slide"))
    assert check_page(chart) == []
    chart.figure.set_figheight(191.5 / 25.4)
    assert check_page(chart) == ["a slide of 338.7 × 191.5 mm"]


def test_every_corpus_is_drawn():
    assert set(SUITE) == set(CORPORA)


def test_made_up_rows_come_in_every_measure_of_people_and_wording(corpora):
    coded = corpora.open("five hundred").coded
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


def test_lines_through_words_are_found_unless_the_words_have_a_ground_over_them():
    figure = write()
    panel = figure.add_axes((0, 0, 1, 1))
    panel.set(xlim=(0, 100), ylim=(0, 50))
    panel.grid(axis="y")
    panel.set_yticks([10, 20, 30, 40])
    panel.plot([50, 90], [5, 45], zorder=8)
    ground = {"facecolor": "white", "edgecolor": "none"}
    panel.text(5, 20, "on the grid", va="center")
    panel.text(5, 30, "on a ground", va="center", bbox=ground, zorder=6)
    panel.text(60, 25, "under a curve", va="center", bbox=ground, zorder=6)
    panel.text(5, 35, "free")
    struck = {box.words for box in find_struck(list_boxes(figure), figure)}
    assert struck == {"on the grid", "under a curve"}


@pytest.fixture
def draw_bars(corpora):
    """A chart of bars, each as long as the number of its claim, save where told otherwise."""

    def draw(stretch=1.0, start=0.0, scale="linear", skip=0, title="Title"):
        study = corpora.open("fifty")
        chart, plot = start_plot(study, "casualties_over_time")
        claims = study.claims[study.claims["topic"] == "casualties"]
        rows = [row for row in claims.itertuples() if row.best == row.best]
        panel = add_panel(chart, 50, 0, 60, 4 * len(rows))
        panel.set(xlim=(0 if scale == "linear" else 1, 50_000), xscale=scale)
        panel.axis("off")
        for number, row in enumerate(rows):
            length = row.best * (stretch if number == 3 else 1)
            bar = Rectangle((start, number), length, 0.5)
            panel.add_patch(bar)
            chart.mark(bar, row)
        words = list(claims["claim_id"][claims["best"].isna()])
        chart.left_out = [LeftOut("figures", words[skip:])]
        plot.set_ylim(4 * len(rows), 0)
        return finish_chart(chart, Told(title, "Subtitle", "Alt.", "Reading."))

    return draw


def test_bars_as_long_as_their_numbers_pass(draw_bars):
    chart = draw_bars()
    assert check_numbers(chart) == check_rows(chart) == check_title(chart) == []


def test_a_bar_at_a_number_that_no_row_holds_is_found(draw_bars):
    [fault] = check_numbers(draw_bars(stretch=1.5))
    assert "its rows say" in fault


@pytest.mark.parametrize("looks", [{"start": 5.0}, {"scale": "log"}])
def test_bars_that_do_not_begin_at_0_or_are_on_a_logarithmic_scale_are_found(draw_bars, looks):
    assert any("from 0 on a linear scale" in fault for fault in check_numbers(draw_bars(**looks)))


def test_a_row_that_is_neither_drawn_nor_left_out_is_found(draw_bars):
    [fault] = check_rows(draw_bars(skip=1))
    assert "1 rows are neither drawn nor left out" in fault


def test_a_row_that_is_drawn_and_left_out_is_found(draw_bars):
    chart = draw_bars()
    chart.left_out.append(LeftOut("others", chart.claim_ids[:1]))
    assert check_rows(chart) == [f"{chart.claim_ids[0]} is drawn and left out"]


def test_a_title_that_was_cut_is_found(draw_bars):
    [fault] = check_title(draw_bars(title="A long title " * 30))
    assert "cut" in fault


def test_words_of_the_trade_are_found_and_quoted_ones_are_not(draw_bars):
    chart = draw_bars(title="Three claims of “relaying claims” in text 004")
    faults = check_words(chart, list_boxes(chart.figure))
    assert any('"claims" in' in fault for fault in faults)
    assert any('"004" in' in fault for fault in faults)
    assert not any('"relaying"' in fault for fault in faults)


def test_a_long_note_small_words_and_a_high_figure_are_found(draw_bars):
    chart = draw_bars()
    chart.note = "word " * 26
    assert "26 words" in check_foot(chart)[0]
    chart.figure.text(0.5, 0.5, "tiny", size=6.9)
    assert check_sizes(chart, list_boxes(chart.figure)) == ['"tiny" is set in 6.9 pt']
    chart.figure.set_figheight(241 / 25.4)
    assert check_page(chart) == ["it is 241 mm high"]


def test_a_picture_of_an_invented_war_that_does_not_say_so_is_found(corpora):
    chart = draw_figure("corpus", corpora.open("orvane", "full", "none"))
    boxes = list_boxes(chart.figure)
    assert check_invented(chart, boxes) == []
    unsaid = [box for box in boxes if box.words != "Invented texts"]
    assert check_invented(chart, unsaid) == ["it does not say that its texts are invented"]
