"""Word: the reference document that gives the Word report its looks.

It is pandoc's own, restyled here, so that no binary file is kept: A4, the margins that make the text as wide
as a figure, the figures' colours, captions that stay with their pictures, a page number in the foot.
"""

import io
import zipfile

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from helpers.charts.chart import WIDTHS_MM
from helpers.charts.theme import GREY, INK

PAPER_MM, MARGIN_MM = (210, 297), (210 - WIDTHS_MM["full"]) / 2
MEASURE_MM = 36  # of a line left white beside running text: lines of 174 mm are too long to read
SERIF, SANS, LINK = "Georgia", "Verdana", "#00598c"
STYLES = {  # style → font, points, bold, colour, space before and after in points, right indent in mm
    "Normal": (SERIF, 10.5, False, INK, 0, 7, 0),
    "Body Text": (SERIF, 10.5, False, INK, 4, 5, MEASURE_MM),
    "First Paragraph": (SERIF, 10.5, False, INK, 4, 5, MEASURE_MM),
    "Compact": (SERIF, 10.5, False, INK, 0, 3, MEASURE_MM),
    "Title": (SANS, 19, True, INK, 0, 12, 0),
    "Heading 1": (SANS, 13.5, True, INK, 18, 6, 0),
    "Heading 2": (SANS, 10, True, INK, 12, 4, 0),
    "Image Caption": (SANS, 8, False, INK, 3, 16, 24),
    "Captioned Figure": (SERIF, 10.5, False, INK, 8, 0, 0),
    "Box": (SANS, 8, False, INK, 0, 4, MEASURE_MM),
    "Annex": (SERIF, 9, False, INK, 0, 3, MEASURE_MM),
    "Footer": (SANS, 7.5, False, GREY, 0, 0, 0),
}


def style_word(reference: bytes) -> bytes:
    """pandoc's reference.docx in the house style; bytes in, bytes out."""
    document = Document(io.BytesIO(reference))
    known = {style.name for style in document.styles}
    for name in STYLES:
        style = (
            document.styles[name]
            if name in known
            else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        style_paragraph(style, *STYLES[name])
    document.styles["Captioned Figure"].paragraph_format.keep_with_next = True
    document.styles["Image Caption"].paragraph_format.keep_together = True
    document.styles["Image Caption"].font.italic = False
    document.styles["Annex"].paragraph_format.tab_stops.add_tab_stop(
        Mm(14.5)
    )  # where the text begins after a number of three digits
    frame_box(document.styles["Box"])
    source = document.styles.add_style("Source Line", WD_STYLE_TYPE.CHARACTER)
    source.font.size, source.font.color.rgb = Pt(7), _colour(GREY)
    document.styles["Hyperlink"].font.color.rgb = _colour(LINK)
    lay_page(document.sections[0])
    buffer = io.BytesIO()
    document.save(buffer)
    return still_clock(buffer)


def still_clock(file: io.BytesIO) -> bytes:
    """A zip file with no time in it: pandoc takes parts over as they are."""
    still = io.BytesIO()
    with zipfile.ZipFile(file) as parts, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as same:
        for name in parts.namelist():
            same.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts.read(name))
    return still.getvalue()


def _colour(code: str) -> RGBColor:
    return RGBColor.from_string(code.lstrip("#").upper())


def style_paragraph(
    style,
    font: str,
    size: float,
    bold: bool,
    colour: str,
    before: float,
    after: float,
    indent: float,
) -> None:
    """A paragraph style set, for every script alike: pandoc's fonts come from a theme and differ by script."""
    style.font.name, style.font.size, style.font.bold, style.font.color.rgb = (
        font,
        Pt(size),
        bold,
        _colour(colour),
    )
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.right_indent, layout.alignment = (
        Pt(before),
        Pt(after),
        Mm(indent),
        WD_ALIGN_PARAGRAPH.LEFT,
    )
    layout.line_spacing = 1.3 if font == SERIF and size > 9 else 1.2
    layout.widow_control = True


def frame_box(style) -> None:
    """A pale ground and a rule on the left, the same for every paragraph, so that they join into one box."""
    style.paragraph_format.left_indent = Mm(3)
    properties = style.element.get_or_add_pPr()
    borders, shade = OxmlElement("w:pBdr"), OxmlElement("w:shd")
    for side, (size, space, colour) in {
        "top": (4, 4, "F2F2F2"),
        "left": (18, 6, "0072B2"),
        "bottom": (4, 4, "F2F2F2"),
        "right": (4, 6, "F2F2F2"),
    }.items():
        border = OxmlElement(f"w:{side}")
        for name, value in {"val": "single", "sz": size, "space": space, "color": colour}.items():
            border.set(qn(f"w:{name}"), str(value))
        borders.append(border)
    for name, value in {"val": "clear", "color": "auto", "fill": "F2F2F2"}.items():
        shade.set(qn(f"w:{name}"), value)
    spacing = properties.find(qn("w:spacing"))  # the schema wants borders and ground before it
    spacing.addprevious(borders)
    spacing.addprevious(shade)


def lay_page(section) -> None:
    """A4, margins, and a foot with the page number."""
    section.page_width, section.page_height = map(Mm, PAPER_MM)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(
        MARGIN_MM
    )
    section.footer_distance = Mm(9)
    section.footer.is_linked_to_previous = False
    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Footer"
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTHS_MM["full"]), WD_TAB_ALIGNMENT.RIGHT)
    for name, text in (("TITLE", "\t"), ("PAGE", "")):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), name)
        field.append(OxmlElement("w:r"))
        field[0].append(OxmlElement("w:t"))
        paragraph._p.append(field)
        if text:
            paragraph.add_run(text)
