"""Lies told on figures of rows, one at a time: each is noticed by the check that is for it."""

import re
from dataclasses import replace

import pytest
from matplotlib.patches import Rectangle

from helpers.charts import draw_figure
from tests.conftest import SEEDS, make_study
from tests.reader.canvas import find_artists, is_time, list_texts
from tests.reader.charts import CHECKS
from tests.reader.tables import load_tables
from tests.reader.test_lies import make_days_late, notice

FIGURES = pytest.mark.parametrize("name", ["displacement_over_time", "casualties_over_time"])
MARKS = "marks stand at the numbers and days of their claims"
DAYS = "bars of days stand at the days of their claims"
TICKS = "the labels of axes stand where they say"
QUOTES = "quotations stand at marks of claims that say so"
PLACES = "places in a panel are those of the marks beside them"
DATED = "days in a panel are those of the marks beside them"
FOOT = "source line and note count rightly"
TABLE = "what is left to the table is counted rightly"
CHACO = SEEDS.parent / "tests" / "samples" / "chaco"
SPEAKERS = "titles name who says so, and where"
WORDS = "numbers in titles, feet and alt texts are facts"


@pytest.fixture(scope="module")
def tables():
    return load_tables(SEEDS)


@pytest.fixture
def draw():
    """Draws a figure anew, so that a test may spoil it."""
    return lambda name, width="full": draw_figure(name, make_study(width=width))


def reword(old: str, new: str):
    """A lie that changes words on the sheet."""

    def lie(chart, tables) -> None:
        for axes in chart.figure.axes:
            for text in list_texts(axes):
                text.set_text(text.get_text().replace(old, new))

    return lie


def list_bars(chart) -> list:
    return [
        artist
        for artist in find_artists(chart).values()
        if isinstance(artist, Rectangle) and not is_time(artist.axes, "x")
        if artist.get_facecolor()[3]  # a row of words alone has no ink of its own
    ]


@FIGURES
def test_a_bar_of_another_length_is_noticed(draw, tables, name):
    def lie(chart, tables):
        bar = list_bars(chart)[0]
        bar.set_width(bar.get_width() * 1.1)

    assert notice(draw(name), tables, lie, MARKS)


@FIGURES
def test_days_of_a_statement_drawn_elsewhere_are_noticed(draw, tables, name):
    def lie(chart, tables):
        days = chart.figure.findobj(lambda artist: (artist.get_gid() or "").startswith("days-"))
        days[0].set_width(days[0].get_width() + 1)

    assert notice(draw(name), tables, lie, DAYS)


@FIGURES
def test_days_of_words_drawn_elsewhere_are_noticed(draw, tables, name):
    def lie(chart, tables):
        bars = [one for one in find_artists(chart).values() if is_time(one.axes, "x")]
        bars[0].set_x(bars[0].get_x() + 1)

    assert notice(draw(name), tables, lie, MARKS)


@FIGURES
def test_labels_of_days_that_stand_elsewhere_are_noticed(draw, tables, name):
    assert notice(draw(name), tables, make_days_late, TICKS)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“746”", "“764”"),  # another number
        ("“at least 22”", "“more than 22”"),  # another hedge
        ("“multiple”", "“Droves”"),  # the words of another row
        ("“terrorists”", "“civilians”"),  # another noun
        ("part of “746”", "part of “764”"),  # another whole
    ],
)
def test_a_quotation_in_a_row_that_says_something_else_is_noticed(draw, tables, old, new):
    assert notice(draw("casualties_over_time"), tables, reword(old, new), QUOTES)


def test_a_party_that_is_not_named_is_noticed(draw, tables):
    lie = reword("Syrian state media (party)", "no source named")
    assert notice(draw("casualties_over_time"), tables, lie, QUOTES)


def test_a_row_of_another_place_is_noticed(draw, tables):
    assert notice(draw("casualties_over_time"), tables, reword("Aleppo", "Homs"), PLACES)


@pytest.mark.parametrize(
    ("width", "old", "new"),
    [("column", "29 Nov to 6 Dec", "30 Nov to 6 Dec"), ("full", "Mar 2011", "Mar 2012")],
)
def test_days_written_in_a_row_that_are_others_are_noticed(draw, tables, width, old, new):
    assert notice(draw("casualties_over_time", width), tables, reword(old, new), DATED)


def test_the_title_of_another_text_is_noticed(draw, tables):
    lie = reword("Deterrence of Aggression", "Rebels enter Damascus")
    assert notice(draw("casualties_over_time", "column"), tables, lie, QUOTES)


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("source_line", "3 others", "2 others"),
        ("source_line", " and 3 others", ""),
        ("source_line", "“Deterrence of Aggression”", "“Advance towards Damascus”"),
        ("source_line", "30 Nov to", "20 Nov to"),
        ("note", "3 figures", "4 figures"),
    ],
)
def test_a_foot_that_counts_wrongly_is_noticed(charts, tables, field, old, new):
    chart = charts["casualties_over_time"]
    assert old in getattr(chart, field)
    lie = replace(chart, **{field: getattr(chart, field).replace(old, new)})
    assert CHECKS[FOOT](chart, tables) == []
    assert CHECKS[FOOT](lie, tables)


def test_a_number_of_figures_in_the_table_that_is_another_is_noticed(draw, tables):
    chart = draw("casualties_over_time", "slide")
    assert CHECKS[TABLE](chart, tables) == []
    more = re.search(r"(\d+) more not shown", chart.alt)
    lie = chart.alt.replace(more[0], f"{int(more[1]) + 1} more not shown")
    assert CHECKS[TABLE](replace(chart, alt=lie), tables)


@pytest.mark.parametrize("words", ["1 more not shown", "1 more:", "Other places: 1 figure"])
def test_more_figures_left_to_the_table_than_there_are_is_noticed(draw, tables, words):
    lie = reword("civilians", words)  # all have a row
    assert notice(draw("casualties_over_time", "full"), tables, lie, TABLE)


@pytest.mark.parametrize(("old", "new"), [("In all, 37", "In all, 41"), ("In all, ", "")])
def test_a_note_that_does_not_count_all_that_is_not_shown_is_noticed(old, new):
    chart, many = (
        draw_figure("casualties_over_time", make_study(corpus=str(CHACO))),
        load_tables(CHACO),
    )
    assert CHECKS[TABLE](chart, many) == []
    lie = replace(chart, note=chart.note.replace(old, new))
    assert CHECKS[TABLE](lie, many)


@pytest.mark.parametrize(
    ("check", "old", "new"),
    [
        (WORDS, "“nearly 400,000”", "“nearly 300,000”"),
        (SPEAKERS, "the UN says", "SOHR says"),
        (SPEAKERS, "the UN says", "one text says"),
        (SPEAKERS, "Syria:", "Homs:"),
    ],
)
def test_a_title_that_says_something_else_is_noticed(charts, tables, check, old, new):
    chart = charts["displacement_over_time"]
    assert old in chart.title
    lie = replace(chart, title=chart.title.replace(old, new))
    assert CHECKS[check](chart, tables) == []
    assert CHECKS[check](lie, tables)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“52,300”", "“41,000”"),
        ("from the Chaco", "from Villa Hayes"),
        ("24 Sep", "25 Sep"),
        ("OCHA", "IOM"),
        ("up from", "down from"),
        ("“3,600”", "“9,000”"),
        ("five weeks", "six weeks"),
        (
            "“52,300” displaced from the Chaco by 24 Sep",
            "“41,000” displaced from the Chaco by 16 Sep",
        ),
    ],
)
def test_a_title_that_tells_a_running_total_wrongly_is_noticed(old, new):
    chart = draw_figure("displacement_over_time", make_study(corpus=str(CHACO)))
    assert old in chart.title
    lie = replace(chart, title=chart.title.replace(old, new))
    many = load_tables(CHACO)
    assert CHECKS[SPEAKERS](chart, many) == []
    assert CHECKS[SPEAKERS](lie, many)
