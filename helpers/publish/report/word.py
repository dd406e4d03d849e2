"""Word: the reference document that gives the Word report its looks.

It is pandoc's own, restyled here, so that no binary file is kept: A4, margins that make the text as
wide as a figure, the figures' colours, captions that stay with their pictures, a page number in the
footer.
"""

import io
import json
import re
import zipfile
from datetime import datetime
from typing import NamedTuple

import pandas as pd
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from helpers.charts.chart import WIDTHS_MM
from helpers.charts.look.theme import GREY, INK
from helpers.publish.escaping import show_controls

PAPER_MM, MARGIN_MM = (210, 297), (210 - WIDTHS_MM["full"]) / 2
MEASURE_MM = 36  # of a line left white beside running text: lines of 174 mm are too long to read
FULL, FITS = 0.8, 0.97  # of a page: white below the one is no gap; estimates are rough
SERIF, SANS, LINK, PALE = "Georgia", "Verdana", "#00598c", "F2F2F2"


class Style(NamedTuple):
    """A paragraph style: font, size in points, space before and after in points, and the part of
    the line left white on the right in millimetres."""

    font: str
    size: float
    before: float
    after: float
    indent: float
    bold: bool = False
    colour: str = INK


STYLES = {
    "Normal": Style(SERIF, 10.5, 0, 7, 0),
    "Body Text": Style(SERIF, 10.5, 4, 5, MEASURE_MM),
    "First Paragraph": Style(SERIF, 10.5, 4, 5, MEASURE_MM),
    "Compact": Style(SERIF, 10.5, 0, 3, MEASURE_MM),
    "Title": Style(SANS, 19, 0, 12, 0, bold=True),
    "Heading 1": Style(SANS, 13.5, 18, 6, 0, bold=True),
    "Heading 2": Style(SANS, 10, 12, 4, 0, bold=True),
    "Image Caption": Style(SANS, 8, 3, 16, 24),
    "Captioned Figure": Style(SERIF, 10.5, 8, 0, 0),
    "Cell": Style(SANS, 8, 2, 2, 0),
    "Footnote Text": Style(SERIF, 8, 0, 2, 0),
    "Box": Style(SANS, 8, 0, 4, MEASURE_MM),
    "Annex": Style(SERIF, 9, 0, 3, MEASURE_MM),
    "Footer": Style(SANS, 7.5, 0, 0, 0, colour=GREY),
}


def style_word(reference: bytes) -> bytes:
    """pandoc's reference.docx in the house style; bytes in, bytes out."""
    document = Document(io.BytesIO(reference))
    styles = document.styles
    known = {style.name for style in styles}
    for name, look in STYLES.items():
        if name not in known:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style_paragraph(styles[name], look)
    styles["Captioned Figure"].paragraph_format.keep_with_next = True
    styles["Image Caption"].paragraph_format.keep_together = True
    styles["Image Caption"].font.italic = False
    # Where the text begins after a number of three digits.
    styles["Annex"].paragraph_format.tab_stops.add_tab_stop(Mm(14.5))
    frame_box(styles["Box"])
    source = styles.add_style("Source Line", WD_STYLE_TYPE.CHARACTER)
    source.font.size, source.font.color.rgb = Pt(7), _parse_colour(GREY)
    styles["Hyperlink"].font.color.rgb = _parse_colour(LINK)
    lay_page(document.sections[0])
    buffer = io.BytesIO()
    document.save(buffer)
    return stop_clock(buffer)


def settle_figures(blocks: list[dict], heights: dict[str, float]) -> list[dict]:
    """The blocks of a report as pandoc reads it, each figure that would leave much of a page white
    put behind the text that fills the page. How much room a block takes is estimated: a figure that
    comes a few lines early or late still stands by its paragraph. `heights` of pictures, in mm."""
    page = PAPER_MM[1] - 2 * MARGIN_MM
    settled: list[dict] = []
    waiting: list[dict] = []
    used = passed = 0.0  # of this page; since a figure began to wait
    for block, following in zip(blocks, [*blocks[1:], {"t": ""}]):
        if "Div" in (block["t"], following["t"]):  # methods or annex, behind which nothing waits
            settled += waiting
            waiting = []
        if block["t"] == "Figure":
            waiting.append(block)
        else:
            settled.append(block)
            high = estimate_height(block, heights)
            used, passed = (used + high) % page, passed + high
        while waiting and block["t"] != "Header":
            high = estimate_height(waiting[0], heights)
            fits = used + high < FITS * page
            if not fits and used < FULL * page and passed < page:
                break
            settled.append(waiting.pop(0))
            used, passed = used + high if fits else high, 0
        if not waiting:
            passed = 0
    return settled + waiting


def estimate_height(block: dict, heights: dict[str, float]) -> float:
    """How much of a page a block takes, in mm, footnotes included: lines of so many letters, as
    high as the styles above set them."""
    kind, content = block["t"], block.get("c", [])
    if kind == "Figure":
        picture = re.search(r'"t": "Image".*?\["([^"]*)", ""\]\]', json.dumps(content))
        caption = 4 * (1 + _count_letters(content[1]) // 100)
        return heights.get(picture[1] if picture else "", 60) + caption + 10
    if kind == "Header":
        return 25 if content[0] == 1 else 14
    notes = [note["c"] for note in _list_notes(content)]
    below = sum(1 + 3.9 * (1 + _count_letters(note) // 118) for note in notes)
    if kind in ("Para", "Plain"):
        letters = _count_letters(content) - sum(map(_count_letters, notes))
        return (3 if kind == "Para" else 1) + 5.4 * (1 + letters // 73) + below
    parts = _list_blocks(content)
    if kind == "Table":
        columns = len(content[2])
        tall = [1.4 + 4 * (1 + _count_letters(part) // 36) for part in parts]
        return below + sum(max(tall[at : at + columns]) for at in range(0, len(tall), columns))
    return sum(estimate_height(part, heights) for part in parts)


def _list_blocks(node) -> list[dict]:
    """The blocks next below a node of pandoc's JSON."""
    if isinstance(node, dict):
        return (
            [node]
            if node.get("t") in ("Para", "Plain", "Header", "Figure")
            else _list_blocks(list(node.values()))
        )
    return (
        [block for part in node for block in _list_blocks(part)] if isinstance(node, list) else []
    )


def _list_notes(node) -> list[dict]:
    """The footnotes in a node of pandoc's JSON."""
    if isinstance(node, dict):
        return [node] if node.get("t") == "Note" else _list_notes(list(node.values()))
    return [note for part in node for note in _list_notes(part)] if isinstance(node, list) else []


def _count_letters(node) -> int:
    """The letters in a node of pandoc's JSON, blanks included."""
    if isinstance(node, dict):
        if node.get("t") == "Str":
            return len(node["c"])
        return 1 if node.get("t") in ("Space", "SoftBreak") else _count_letters(list(node.values()))
    return sum(map(_count_letters, node)) if isinstance(node, list) else 0


def finish_word(file: bytes) -> bytes:
    """A report as pandoc wrote it, its footnotes counted through, its tables as wide as the page:
    their rows stay whole, their heads are repeated, their cells are in a style of their own, where
    the template has it; a line in bold stays with what it heads."""
    document = Document(io.BytesIO(file))
    known = {style.name for style in document.styles}
    for restart in document.element.body.iter(qn("w:numRestart")):
        restart.set(qn("w:val"), "continuous")  # pandoc's footnotes begin anew below each heading
    for paragraph in document.paragraphs:
        if paragraph.runs and all(run.bold for run in paragraph.runs if run.text.strip()):
            paragraph.paragraph_format.keep_with_next = True  # it heads what follows
    for table in document.tables:
        _repeat_head(table)
        for cell in table._cells:
            for paragraph in cell.paragraphs:
                if "Cell" in known:
                    paragraph.style = "Cell"
                paragraph.paragraph_format.right_indent = Mm(0)
        for cell in table.rows[0].cells:
            for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                run.bold = True
    buffer = io.BytesIO()
    document.save(buffer)
    return stop_clock(buffer)


def _repeat_head(table) -> None:
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    properties = table.rows[0]._tr.get_or_add_trPr()
    if properties.find(qn("w:tblHeader")) is None:
        properties.append(OxmlElement("w:tblHeader"))


def compose_word_table(title: str, rows: pd.DataFrame, reference: bytes) -> bytes:
    """A table as a Word file in the house style, on pages across: its title, then the rows under
    heads that each page repeats. `reference`: pandoc's own."""
    document = Document(io.BytesIO(style_word(reference)))
    for block in list(document.element.body)[:-1]:  # the last says how pages are laid
        document.element.body.remove(block)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = map(Mm, reversed(PAPER_MM))
    title = show_controls(title.encode("utf-8", "replace").decode())
    document.add_paragraph(title, style="Heading 1")
    table = document.add_table(rows=1, cols=len(rows.columns), style="Table")
    for cell, head in zip(table.rows[0].cells, rows.columns, strict=True):
        _write_cell(cell, str(head), bold=True)
    for row in rows.itertuples(index=False):
        for cell, value in zip(table.add_row().cells, row, strict=True):
            _write_cell(cell, str(value))
    _repeat_head(table)
    document.core_properties.title = title
    for name in ("created", "modified"):  # no clock in a file
        setattr(document.core_properties, name, datetime(1980, 1, 1))
    buffer = io.BytesIO()
    document.save(buffer)
    return stop_clock(buffer)


def _write_cell(cell, words: str, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Compact"
    paragraph.paragraph_format.right_indent = Mm(0)
    run = paragraph.add_run(show_controls(words.encode("utf-8", "replace").decode()))
    run.bold, run.font.size, run.font.name = bold, Pt(8), SANS


def stop_clock(file: io.BytesIO) -> bytes:
    """A zip file with no time in it: pandoc takes parts over as they are."""
    still = io.BytesIO()
    with zipfile.ZipFile(file) as parts, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as same:
        for name in parts.namelist():
            same.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts.read(name), zipfile.ZIP_DEFLATED
            )
    return still.getvalue()


def _parse_colour(code: str) -> RGBColor:
    return RGBColor.from_string(code.lstrip("#").upper())


def style_paragraph(style, look: Style) -> None:
    """A paragraph style set, for every script alike: pandoc's fonts come from a theme and differ by
    script."""
    font, layout = style.font, style.paragraph_format
    font.name, font.size, font.bold = look.font, Pt(look.size), look.bold
    font.color.rgb = _parse_colour(look.colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), look.font)
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.right_indent, layout.alignment = Mm(look.indent), WD_ALIGN_PARAGRAPH.LEFT
    layout.line_spacing = 1.3 if look.font == SERIF and look.size > 9 else 1.2
    layout.widow_control = True


def frame_box(style) -> None:
    """A pale ground and a rule on the left, the same for every paragraph, so that they join into
    one box."""
    style.paragraph_format.left_indent = Mm(3)
    properties = style.element.get_or_add_pPr()
    borders, shade = OxmlElement("w:pBdr"), OxmlElement("w:shd")
    sides = {  # width in eighths of a point, distance in points, colour
        "top": (4, 4, PALE),
        "left": (18, 6, "0072B2"),
        "bottom": (4, 4, PALE),
        "right": (4, 6, PALE),
    }
    for side, (size, space, colour) in sides.items():
        border = OxmlElement(f"w:{side}")
        for name, value in {"val": "single", "sz": size, "space": space, "color": colour}.items():
            border.set(qn(f"w:{name}"), str(value))
        borders.append(border)
    for name, value in {"val": "clear", "color": "auto", "fill": PALE}.items():
        shade.set(qn(f"w:{name}"), value)
    spacing = properties.find(qn("w:spacing"))  # the schema wants borders and ground before it
    spacing.addprevious(borders)
    spacing.addprevious(shade)


def lay_page(section) -> None:
    """A4, margins, and a footer with the page number."""
    section.page_width, section.page_height = map(Mm, PAPER_MM)
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
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
