"""Words have one width in all formats, and a PDF takes along of its fonts what a viewer needs."""

import io

import pypdf
import pytest
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.text import Text

from helpers.charts.fonts import EMBEDDED, cut_font
from helpers.pictures import render_chart

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
    fonts = list_fonts(render_chart(charts["displacement_rate"], "pdf"))
    assert fonts and all(
        {"glyf", "hmtx"} <= set(font.keys()) <= EMBEDDED | {"GlyphOrder"} for font in fonts
    )


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
    figure = charts["displacement_rate"].figure
    words = max(figure.findobj(Text), key=lambda text: len(text.get_text()))
    small = words.get_window_extent(figure.canvas.get_renderer(), dpi=72)
    large = words.get_window_extent(figure.canvas.get_renderer(), dpi=300)
    assert large.width / small.width == pytest.approx(300 / 72, rel=1e-9)
