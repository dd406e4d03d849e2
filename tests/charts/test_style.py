"""A house's own looks: colours, language, logo and a line of its own, or why they cannot be had."""

import io
import re
from pathlib import Path

import matplotlib.colors
import numpy as np
import pytest
from matplotlib.patches import Rectangle
from PIL import Image

from helpers.charts import draw_figure
from helpers.charts.language import Words, load_strings
from helpers.charts.style import Style, load_style
from helpers.schema.errors import CorpusError
from tests.charts.boxes import find_outside, find_overlaps, list_boxes
from tests.conftest import make_study

BRACES = re.compile(r"\{(\w+)\}")


@pytest.fixture
def dress(corpus):
    """Writes a style.toml into a copy of the default corpus, and draws a figure of it."""

    def draw(text: str, name="casualties_over_time", width="full"):
        (corpus / "style.toml").write_text(text, "utf-8")
        load_style.cache_clear()
        return draw_figure(name, make_study(corpus=str(corpus), width=width))

    yield draw
    load_style.cache_clear()


def read_words(chart) -> set[str]:
    return {box.words for box in list_boxes(chart.figure)}


def test_without_a_file_nothing_changes(tmp_path):
    assert load_style(tmp_path) == Style()


# --- language ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", load_strings())
def test_a_language_has_all_words_and_their_braces(language):
    english, words = load_strings()["en"], load_strings()[language]
    assert set(words) == set(english)
    for name, text in english.items():
        if isinstance(text, str):
            assert set(BRACES.findall(words[name])) <= set(BRACES.findall(text)), name
            assert words[name] or not text, name
    assert len(words["months"]) == 12
    assert len(words["numbers"]) == 13


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("name", ["displacement_over_time", "casualties_over_time"])
def test_a_figure_in_german_is_german_but_for_the_words_of_the_texts(dress, name, width):
    chart = dress('language = "de"', name, width)
    english = {text for text in load_strings()["en"].values() if isinstance(text, str)}
    german = {text for text in load_strings()["de"].values() if isinstance(text, str)}
    said = {words for words in read_words(chart) if words in english - german}
    assert said == set()
    assert chart.source_line.startswith("Quellen: ")
    boxes = list_boxes(chart.figure)
    assert find_overlaps(boxes) == find_outside(boxes, chart.figure) == []


def test_quotations_days_and_numbers_are_written_as_the_language_has_them(dress):
    chart = dress('language = "de"')
    assert "„746“" in read_words(chart)
    assert {"1. Nov.", "15. Nov."} <= read_words(chart)
    assert chart.title == "Kein Text zählt alle Toten der Offensive"
    assert Words("de").number(25_000) == "25.000"
    assert Words("de").number(1.5e6) == "1,5 Mio."


# --- colours, foot, logo -------------------------------------------------------------------------


def test_a_colour_of_the_house_is_that_of_the_marks(dress):
    chart = dress('[colours]\ncasualties = "#7A0019"')
    edges = {
        matplotlib.colors.to_hex(artist.get_edgecolor())
        for artist in chart.artists
        if isinstance(artist, Rectangle) and artist.get_edgecolor()[3]
    }
    assert "#7a0019" in edges
    assert "#9b1c31" not in edges


def test_a_line_of_the_house_stands_in_the_foot(dress):
    assert "© Example Institute" in read_words(dress('foot = "© Example Institute"'))


def make_logo(folder: Path) -> None:
    data = io.BytesIO()
    Image.fromarray(np.full((40, 120, 3), 90, dtype=np.uint8)).save(data, "png")
    (folder / "logo.png").write_bytes(data.getvalue())


@pytest.mark.parametrize("corner", ["left", "right"])
def test_a_logo_stands_in_its_corner(corpus, dress, corner):
    make_logo(corpus)
    chart = dress(f'[logo]\nfile = "logo.png"\ncorner = "{corner}"')
    [box] = [axes.get_position() for axes in chart.figure.axes if axes.images]
    assert (box.x0 < 0.1) == (corner == "left")
    assert box.y1 > 0.95
    assert chart.figure.get_figwidth() * box.width / (
        chart.figure.get_figheight() * box.height
    ) == pytest.approx(3, rel=0.01)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('langage = "de"', 'knows no "langage"; did you mean "language"?'),
        ('language = "tlh"', 'language = "tlh" has no table in strings.toml; en, de do'),
        ("foot = 3", "foot = 3 is no text"),
        (
            'reference = "battles"',
            'reference = "battles" is no row of reference.toml; all; attacker',
        ),
        ('[colours]\nkilled = "#000000"', '[colours] knows no "killed"'),
        ('[colours]\nparty = "mud"', '[colours] party = "mud" is no colour'),
        ('[colours]\ndisplacement = "#7FC8F0"', "displacement has a contrast of 1.8 with white"),
        ('[colours]\nparty = "#8C2A3A"', "party and casualties differ by 1 in lightness"),
        ('[logo]\nfile = "none.png"', '[logo] file = "none.png" is no file of this folder'),
        ('[logo]\nfile = "documents.csv"', "is no PNG"),
        ('[logo]\nfile = "../x.png"', "is no file of this folder"),
        ('[logo]\nfile = "logo.png"\ncorner = "top"', 'corner = "top" is neither left nor right'),
        ("language =", "correct that line"),
    ],
)
def test_what_cannot_be_had_is_said(dress, text, said):
    with pytest.raises(CorpusError, match=re.escape(said)):
        dress(text)


def test_every_fault_is_named_at_once(dress):
    with pytest.raises(CorpusError) as caught:
        dress('[colours]\nparty = "#FFFFFF"\ndisplacement = "#FFFF00"')
    assert str(caught.value).count("style.toml [colours]") == 2
