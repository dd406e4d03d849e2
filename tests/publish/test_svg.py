"""An SVG whose text is text, that brings its letters along and stays small; a PNG that does too."""

import base64
import io
import re
from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from helpers.charts import FIGURES, draw_figure
from helpers.charts.chart import Told
from helpers.charts.look.fonts import TYPEFACES
from helpers.charts.look.layout import finish_chart, start_plot
from helpers.publish.formats.pictures import render_chart
from helpers.publish.formats.svg import cut_common, cut_letters
from helpers.publish.record import make_record
from helpers.schema.errors import ParameterError
from tests.charts.test_charts import EVERY_CHART
from tests.conftest import make_study

NS = {"s": "http://www.w3.org/2000/svg"}
FACE = re.compile(r"@font-face\{font-family:'([^']+)';[^}]*?base64,([^)]+)\)\}")
CHACO = "tests/samples/chaco"
KB = 1024


def render(chart, **parameters) -> bytes:
    study = replace(chart.study, parameters=chart.study.parameters | parameters)
    return render_chart(make_record(replace(chart, study=study)), "svg")


def read_texts(svg: bytes) -> list[str]:
    return [text.text for text in etree.fromstring(svg).iterfind(".//s:text", NS) if text.text]


@EVERY_CHART
def test_every_word_of_the_picture_is_text_of_the_svg(charts, name):
    said = " ".join(read_texts(render(charts[name]))).split()
    assert set(charts[name].title.split()) <= set(said)
    assert set(charts[name].source_line.split()) <= set(said)


@EVERY_CHART
def test_no_word_stands_in_it_twice(charts, name):
    """A second text for an edge would be found, copied and read aloud again."""
    svg = etree.fromstring(render(charts[name]))
    at = [(text.text, text.get("x"), text.get("y")) for text in svg.iterfind(".//s:text", NS)]
    assert len([one for one in at if one[1]]) == len({one for one in at if one[1]})


@EVERY_CHART
def test_the_svg_brings_every_letter_it_uses(charts, name):
    svg = render(charts[name])
    faces = FACE.findall(svg.decode())
    assert {family for family, _ in faces} == {f"{name} letters"}
    known = set()
    for _, data in faces:
        known |= set(TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap())
    assert {letter for text in read_texts(svg) for letter in text if ord(letter) not in known} <= {
        " ",
        "\u00a0",
    }


@pytest.mark.parametrize("face", ["Regular", "Bold", "Italic"])
@pytest.mark.parametrize("words", ["fi 1,500–40,000", "“Homs”: killed · 8 Dec → Damascus"])
def test_letters_cut_from_the_common_ones_are_those_of_the_whole_font(face, words, monkeypatch):
    file, letters = TYPEFACES / f"ElevenDaysSans-{face}.ttf", frozenset(words)
    cut = cut_letters(file, letters)
    assert len(cut) < len(cut_common(file))
    monkeypatch.setattr("helpers.publish.formats.svg.COMMON", set())
    assert cut == cut_letters.__wrapped__(file, letters)


@EVERY_CHART
def test_a_browser_finds_the_tables_it_needs_in_the_letters(charts, name):
    for _, data in FACE.findall(render(charts[name]).decode()):
        tables = set(TTFont(io.BytesIO(base64.b64decode(data))).keys())
        assert {"cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post"} <= tables


def test_a_font_that_readers_have_stands_in_the_place_of_the_letters(charts):
    svg = render(charts["casualties_over_time"], svg_font="Source Sans 3").decode()
    assert "@font-face" not in svg
    assert "font-family:'Source Sans 3'," in svg


@pytest.mark.parametrize("font", ["a'b", "x;y", "<b>"])
def test_a_name_that_no_font_has_is_refused(font):
    with pytest.raises(ParameterError, match="is no name of a font"):
        make_study(svg_font=font)


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("name", FIGURES)
def test_pictures_are_small(name, width):
    """Of 60 texts; those of five hold less."""
    chart = draw_figure(name, make_study(corpus=CHACO, width=width))
    svg = render(chart).decode()
    assert len(FACE.sub("", svg).encode()) <= 60 * KB
    assert len(svg.encode()) <= 120 * KB
    assert len(render_chart(make_record(chart), "png")) <= 250 * KB


def test_words_that_are_not_turned_carry_no_rotation(charts):
    svg = etree.fromstring(render(charts["casualties_over_time"]))
    texts = svg.findall(".//s:text", NS)
    assert len(texts) > 20
    assert not any(text.get("transform", "").startswith("rotate(-0") for text in texts)
    assert not any(re.search(r"\.\d{3,}", text.get("x", "")) for text in texts)


def test_an_edge_round_words_is_painted_under_the_same_words(study):
    from matplotlib.patheffects import withStroke

    chart, plot = start_plot(study, "edged")
    chart.mark(plot.plot([5], [5], marker="o")[0], next(study.claims.itertuples()))
    plot.text(5, 5, "Damascus", path_effects=[withStroke(linewidth=2.5, foreground="#DCE7EE")])
    plot.set_ylim(10, 0)
    finish_chart(chart, Told("t", "s", "a", "r"))
    svg = etree.fromstring(render(chart))
    [name] = [text for text in svg.iterfind(".//s:text", NS) if text.text == "Damascus"]
    assert "paint-order: stroke; stroke: #DCE7EE; stroke-width: 2.5px" in name.get("style")


def test_a_row_of_words_lies_within_the_link_of_its_mark(charts):
    chart = charts["casualties_over_time"]
    svg = etree.fromstring(render(chart))
    assert chart.targets
    for mark in chart.targets:
        [group] = svg.xpath(f"//*[@id='mark-{mark}']")
        [link] = list(group)
        _, *drawn = [child for child in link if not child.tag.endswith("}title")]  # after the row
        is_bar = len(drawn) == 1
        assert is_bar or drawn and all(child.tag.endswith("}text") for child in drawn), mark
    assert not svg.xpath("//*[starts-with(@id, 'target-')]")
