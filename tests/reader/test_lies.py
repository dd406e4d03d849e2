"""Lies told on drawn figures, one at a time: each is noticed by the check that is there for it."""

import re
from dataclasses import replace

import pytest
from matplotlib.lines import Line2D
from matplotlib.text import Text

from helpers.charts import FIGURES, draw_figure
from tests.conftest import SEEDS, make_study
from tests.reader.axes import is_list
from tests.reader.canvas import find_artists, is_time, list_texts, read_points, read_ticks
from tests.reader.charts import CHECKS
from tests.reader.facts import Scene
from tests.reader.numbers import check_numbers, list_pieces
from tests.reader.tables import load_tables
from tests.reader.words import find_days, read_number, split_sentences

CHACO = SEEDS.parent / "tests" / "samples" / "chaco"


@pytest.fixture(scope="module")
def tables():
    return load_tables(SEEDS)


@pytest.fixture
def draw(study):
    """Draws a figure of the default corpus anew, so that a test may spoil it."""
    return lambda name: draw_figure(name, study)


def notice(chart, tables, lie, check: str) -> list[str]:
    """What a check complains of once a lie is told that it did not complain of before."""
    before = CHECKS[check](chart, tables)
    lie(chart, tables)
    return [fault for fault in CHECKS[check](chart, tables) if fault not in before]


# --- the axes ------------------------------------------------------------------------------------

TICKS = "the labels of axes stand where they say"
WITH_DAYS = ["overview", "advance_pace"]


def relabel(axes, side: str, words: list[str]) -> None:
    getattr(axes, f"set_{side}ticks")([tick.at for tick in read_ticks(axes, side)], words)


def list_sides(chart):
    return [(axes, side) for axes in chart.figure.axes for side in "xy" if read_ticks(axes, side)]


def multiply_numbers(chart, tables) -> None:
    """1,000 becomes 10,000."""
    for axes, side in list_sides(chart):
        ticks = read_ticks(axes, side)
        if not is_time(axes, side) and not is_list(ticks, tables):
            relabel(axes, side, [f"{10 * read_number(tick.words):,g}" for tick in ticks])


def make_days_late(chart, tables) -> None:
    """Each label of a time axis says what the one before it said."""
    for axes, side in list_sides(chart):
        if is_time(axes, side):
            words = [tick.words for tick in read_ticks(axes, side)]
            relabel(axes, side, [words[-1], *words[:-1]])


def move_days_by_half(chart, tables) -> None:
    """Labels of days stand at the end of their day, where the next begins."""
    for axes, side in list_sides(chart):
        if is_time(axes, side):
            ticks = read_ticks(axes, side)
            places, words = [tick.at + 0.45 for tick in ticks], [tick.words for tick in ticks]
            getattr(axes, f"set_{side}ticks")(places, words)


def test_numbers_ten_times_as_large_are_noticed():
    chart = draw_figure("displacement_over_time", make_study(corpus=str(CHACO)))
    assert notice(chart, load_tables(CHACO), multiply_numbers, TICKS)


@pytest.mark.parametrize("name", WITH_DAYS)
@pytest.mark.parametrize("lie", [make_days_late, move_days_by_half])
def test_days_that_stand_elsewhere_are_noticed(draw, tables, name, lie):
    assert notice(draw(name), tables, lie, TICKS)


# --- the map -------------------------------------------------------------------------------------


def add_a_day(match: re.Match) -> str:
    return f"{int(match[0]) + 1}"


def make_labels_late(chart, tables) -> None:
    for axes in chart.figure.axes:
        for text in list_texts(axes):
            if find_days(text.get_text(), tables.year):
                text.set_text(re.sub(r"\d+(?= [A-Z]|–)", add_a_day, text.get_text()))


def swap_names(chart, tables) -> None:
    """The labels of two places on the map say each other's name."""
    one, other = [
        text
        for text in list_texts(chart.figure.axes[1])
        if text.get_text().split("\n")[0] in ("Hama", "Homs")
    ]
    words = one.get_text(), other.get_text()
    one.set_text(words[1])
    other.set_text(words[0])


def test_days_a_day_late_on_the_map_are_noticed(draw, tables):
    check = "days in a panel are those of the marks beside them"
    assert len(notice(draw("advance_map"), tables, make_labels_late, check)) > 3


def test_two_names_swapped_on_the_map_are_noticed(draw, tables):
    check = "places in a panel are those of the marks beside them"
    assert notice(draw("advance_map"), tables, swap_names, check)


def test_a_scale_bar_that_says_twice_its_length_is_noticed(draw, tables):
    def lie(chart, tables):
        [text] = [text for text in list_texts(chart.figure.axes[1]) if "200 km" in text.get_text()]
        text.set_text("400 km")

    check = "the scale bar of a map is as long as it says"
    assert notice(draw("advance_map"), tables, lie, check)


# --- legends -------------------------------------------------------------------------------------


def swap_words(chart, *beginnings: str) -> None:
    """The entries that begin so change places; their signs stay."""
    entries = chart.figure.legends[0].get_texts()
    one, other = (
        next(text for text in entries if text.get_text().startswith(words)) for words in beginnings
    )
    words = one.get_text(), other.get_text()
    one.set_text(words[1])
    other.set_text(words[0])


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("advance_map", "captured", "entered"),
        ("advance_map", "entered", "where the advance began"),
        ("advance_map", "captured", "where the advance began"),
        ("advance_map", "by the HTS coalition", "by the SDF"),
    ],
)
def test_two_styles_swapped_in_a_legend_are_noticed(draw, tables, name, one, other):
    check = "the key of a map looks as its marks"
    assert notice(draw(name), tables, lambda chart, _: swap_words(chart, one, other), check)


@pytest.mark.parametrize("name", ["overview", "advance_map", "advance_map_by_day"])
@pytest.mark.parametrize("place", ["homs", "aleppo"])
def test_a_dot_that_is_wrongly_firm_or_in_doubt_is_noticed(draw, tables, name, place):
    """The capture of Homs is denied; that of Aleppo is told by all."""

    def turn(chart, _) -> None:
        dots = [one for one in chart.artists if isinstance(one, Line2D)]
        dot = next(one for one in dots if one.get_gid().startswith(f"mark-{place}"))
        homs = next(one for one in dots if one.get_gid().startswith("mark-homs"))
        face = dot.get_color() if place == "homs" else "#ffffff"
        dot.set(marker=homs.get_marker(), markerfacecolor=face, markeredgecolor=dot.get_color())

    check = "what is denied or only claimed is hatched"
    assert notice(draw(name), tables, turn, check)


def test_a_key_that_names_another_doubt_is_noticed(draw, tables):
    def rename(chart, _) -> None:
        entries = chart.figure.legends[0].get_texts()
        entry = next(text for text in entries if text.get_text().startswith("hatched"))
        entry.set_text("hatched: one party’s word")

    check = "what is denied or only claimed is hatched"
    assert notice(draw("advance_map"), tables, rename, check)


# --- marks ---------------------------------------------------------------------------------------

MARKS = "marks stand at the numbers and days of their claims"


def move_first(chart, tables) -> None:
    """The first mark that is placed by a scale stands a tenth farther right."""
    artists = [one for one in find_artists(chart).values() if not isinstance(one, Text)]
    artist = next(one for one in artists if read_points(one, "x"))
    if isinstance(artist, Line2D):
        artist.set_xdata([value * 1.1 for value in artist.get_xdata(orig=False)])
    else:
        artist.set_x(artist.get_x() + 1)


@pytest.mark.parametrize(
    "name",
    ["overview", "advance_map", "advance_map_by_day", "advance_pace"],
)
def test_a_mark_that_stands_elsewhere_is_noticed(draw, tables, name):
    assert notice(draw(name), tables, move_first, MARKS)


@pytest.mark.parametrize(
    ("name", "column"),
    [("casualties_over_time", "low"), ("overview", "end"), ("advance_pace", "end")],
)
def test_a_row_of_marks_that_says_something_else_is_noticed(draw, tables, name, column):
    def lie(chart, tables):
        import pandas as pd

        row = next(row for row in chart.rows if pd.notna(row.get(column)))
        row[column] += pd.Timedelta(days=1) if column == "end" else 1

    assert notice(draw(name), tables, lie, MARKS)


# --- labels --------------------------------------------------------------------------------------

QUOTES = "quotations stand at marks of claims that say so"


def reword(old: str, new: str, times: int = 1):
    """A lie that changes words in a panel or on an axis of rows."""

    def lie(chart, tables) -> None:
        for axes in chart.figure.axes:
            for text in list_texts(axes):
                text.set_text(text.get_text().replace(old, new))
            for side in "xy":
                ticks = read_ticks(axes, side)
                if ticks and any(old in tick.words for tick in ticks):
                    relabel(axes, side, [tick.words.replace(old, new, times) for tick in ticks])

    return lie


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("overview", "2 texts", "3 texts"),
        ("advance_pace", "309 km", "319 km"),
        ("advance_pace", "21 to 25", "21 to 24"),
        ("advance_pace", "21 to 25", "15 to 22"),
        ("advance_map", "Four sites", "Five sites"),
        ("advance_map", "two more)", "three more)"),
    ],
)
def test_a_number_in_a_panel_that_is_another_is_noticed(draw, tables, name, old, new):
    check = "numbers in a panel are facts of the marks beside them"
    assert notice(draw(name), tables, reword(old, new), check)


# --- words ---------------------------------------------------------------------------------------

WORDS = "numbers in titles, feet and alt texts are facts"


@pytest.mark.parametrize("name", ["displacement_over_time", "casualties_over_time", "advance_map"])
@pytest.mark.parametrize(
    "words",
    [
        "It shows death rates per hour.",
        "It shows changes per day.",
        "It is counted in hours.",
        "It is counted in households.",
    ],
)
def test_a_unit_that_nothing_has_is_noticed(draw, tables, name, words):
    def lie(chart, tables):
        chart.alt = f"{chart.alt} {words}"

    assert notice(draw(name), tables, lie, "units and kinds in words are those of the marks")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("overview", "“nearly 400,000”", "“nearly 300,000”"),
        ("advance_pace", "to Hama", "to Homs"),
        ("advance_map", "four cities and towns", "five cities and towns"),
    ],
)
def test_a_title_that_says_something_else_is_noticed(charts, tables, name, old, new):
    assert old in charts[name].title
    lie = replace(charts[name], title=charts[name].title.replace(old, new))
    assert set(CHECKS[WORDS](lie, tables)) - set(CHECKS[WORDS](charts[name], tables))


# What may be said of one thing in two ways: 141.1 km a day is 140 or more, and 141 or more; a lane
# of a list, and "claims in words" of the dead, are those of people, or these and the shares.
EITHER = re.compile(r"or more km a day|By lane: |claims in words")


@pytest.mark.parametrize("name", FIGURES)
def test_a_number_in_the_words_of_a_figure_that_is_one_more_is_noticed(charts, tables, name):
    chart = charts[name]
    scene, missed = Scene(chart, tables), []
    for where, text in list_pieces(chart).items():
        for sentence in split_sentences(text):
            before = set(check_numbers(scene, {where: sentence}))
            for match in re.finditer(r"\d(?!\d)", sentence):
                digit = str((int(match[0]) + 1) % 10)
                lie = sentence[: match.start()] + digit + sentence[match.end() :]
                if set(check_numbers(scene, {where: lie})) <= before:
                    missed.append(lie)
    assert [words for words in missed if not EITHER.search(words)] == []
