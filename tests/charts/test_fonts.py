"""Words have one width in all formats, and a PDF takes along of its fonts what a viewer needs."""

import io

import matplotlib.text
import pypdf
import pytest
from fontTools.ttLib import TTFont
from matplotlib.backends import _backend_pdf_ps as backend
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.text import Text

from helpers.charts.look.fonts import (
    EMBEDDED,
    cut_font,
    cut_lines,
    embed_little,
    measure_text,
    share_extents,
    space_evenly,
    wrap_text,
)
from helpers.charts.look.theme import themed
from helpers.publish.formats.pictures import render_chart
from helpers.publish.record import make_record

DEJAVU = findfont(FontProperties(family="DejaVu Sans"))


def list_fonts(pdf: bytes) -> list[TTFont]:
    fonts = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()
    files = [
        font.get_object()["/DescendantFonts"][0]
        .get_object()["/FontDescriptor"]
        .get_object()["/FontFile2"]
        for font in fonts
    ]
    return [TTFont(io.BytesIO(file.get_object().get_data())) for file in files]


def test_a_pdf_embeds_outlines_and_widths_and_no_table_for_setting_text(charts):
    fonts = list_fonts(render_chart(make_record(charts["displacement_over_time"]), "pdf"))
    assert fonts
    assert all({"glyf", "hmtx"} <= set(font.keys()) <= EMBEDDED | {"GlyphOrder"} for font in fonts)


@pytest.mark.parametrize(
    "letters", ["Rate", "Rate نزوح", "office"], ids=["English", "Arabic beside it", "ligatures"]
)
def test_a_cut_font_has_the_outlines_asked_for(letters):
    font, whole = get_font(DEJAVU), TTFont(DEJAVU)
    glyphs = {item.glyph_index for item in font._layout(letters, LoadFlags.NO_HINTING)}
    with cut_font(DEJAVU, glyphs) as cut:
        names = {glyph: cut.font.getGlyphName(cut.glyph_index_map[glyph]) for glyph in glyphs}
        for glyph, name in names.items():
            assert cut.font["hmtx"][name][0] == whole["hmtx"][whole.getGlyphName(glyph)][0]
            assert len(cut.font["glyf"][name].getCoordinates(cut.font["glyf"])[0]) == len(
                whole["glyf"][whole.getGlyphName(glyph)].getCoordinates(whole["glyf"])[0]
            )


def test_a_text_takes_the_same_share_of_the_figure_at_every_resolution(charts):
    figure = charts["displacement_over_time"].figure
    words = max(figure.findobj(Text), key=lambda text: len(text.get_text()))
    with themed():
        small = words.get_window_extent(figure.canvas.get_renderer(), dpi=72)
        large = words.get_window_extent(figure.canvas.get_renderer(), dpi=300)
    assert large.width / small.width == pytest.approx(300 / 72, rel=1e-9)


# Another matplotlib: its functions are gone, or take other arguments


def write_pdf() -> str:
    """The words of a page that this matplotlib writes."""
    figure, file = Figure(), io.BytesIO()
    figure.text(0.5, 0.5, "Rate")
    with themed(), embed_little():
        figure.savefig(file, format="pdf")
    return pypdf.PdfReader(file).pages[0].extract_text()


def test_a_font_is_cut_by_matplotlib_where_its_function_takes_other_arguments(monkeypatch):
    stock, cut = backend.get_glyphs_subset, []

    def changed(fontfile, glyphs, features=()):
        cut.append(glyphs)
        return stock(fontfile, glyphs)

    monkeypatch.setattr(backend, "get_glyphs_subset", changed)
    assert write_pdf() == "Rate"
    assert cut


def test_a_pdf_is_written_where_matplotlib_hands_out_fonts_in_another_way(monkeypatch):
    results = backend.SubsetResults

    def whole(fontfile, glyphs):
        return results(TTFont(fontfile), {glyph: glyph for glyph in glyphs})._as_cm()

    monkeypatch.setattr(backend, "get_glyphs_subset", whole)
    monkeypatch.delattr(backend, "SubsetResults")
    assert write_pdf() == "Rate"


@pytest.mark.parametrize("other", [None, lambda renderer, text, font: (1.0, 1.0, 0.0)])
def test_words_are_measured_by_matplotlib_where_its_function_is_another(other, monkeypatch):
    monkeypatch.setattr(matplotlib.text, "_get_text_metrics_with_cache", other)
    with share_extents():
        assert matplotlib.text._get_text_metrics_with_cache is other
    assert matplotlib.text._get_text_metrics_with_cache is other


@pytest.mark.parametrize("va", ["top", "baseline", "center"])
def test_lines_stand_equally_far_apart_whatever_their_letters(va):
    figure = matplotlib.figure.Figure(dpi=72)
    texts = [
        figure.text(0.5, 0.5, words, size=10, va=va, linespacing=0.8)
        for words in ("no ace\nis sea", "jp gqy\nis sea", "no ace\n“(lkj)”")
    ]
    renderer = matplotlib.backends.backend_agg.FigureCanvasAgg(figure).get_renderer()

    def measure() -> set[float]:
        places = [[place[-1][1] for place in text._get_layout(renderer)[1]] for text in texts]
        return {round(first - second, 6) for first, second in places}

    stock = measure()
    assert len(stock) > 1  # else matplotlib does it by itself, and space_evenly may go
    with space_evenly(1.5):
        assert measure() == {12.0}
    assert measure() == stock


def test_a_day_stays_with_its_month_and_a_number_with_what_it_counts():
    for held in ("14 Aug", "10 Sep 2034", "27 days", "2 texts", "3 more"):
        lines = {
            line
            for width in range(20, 90)
            for line in wrap_text(f"a {held} b", 8, width).split("\n")
        }
        assert any(held in line for line in lines)
        assert not any(line.endswith(held.split()[0]) and held not in line for line in lines)


def test_a_name_too_wide_for_its_column_is_broken_after_a_hyphen():
    with themed():
        block = wrap_text("Harrowgate-on-the-Lake", 8, 70, True)
        assert block == "Harrowgate-on-\nthe-Lake"
        assert wrap_text("Harrowgate-on-the-Lake", 8, 200, True) == "Harrowgate-on-the-Lake"


def test_a_lone_word_too_wide_for_its_line_is_cut_and_marked_as_cut():
    with themed():
        said = cut_lines("Vertriebenenunterkunftsverwaltung", 8, 80, 1)
        assert said.startswith("Vertriebenen")
        assert said.endswith("…")
        assert measure_text(said, 8) <= 80
        assert cut_lines("Homs", 8, 80, 1) == "Homs"
