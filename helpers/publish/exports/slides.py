"""Slides: report.pptx, a finding a slide: title, subtitle, note and source line as text to edit,
the picture with its alternative text, the sentences in the notes.

Same corpus, same bytes: no time of day stands in the file.
"""

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from helpers.analysis.selection import Study
from helpers.charts import FIGURES, draw_figure
from helpers.charts.look.layout import BARE_SLIDE_MM
from helpers.publish.escaping import show_controls
from helpers.publish.exports.rows import Rendered, date_corpus, quote_sentence
from helpers.publish.formats.pictures import render_pixels
from helpers.publish.record import FigureRecord, make_record
from helpers.schema.extras import require_extra

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

FILE = "report.pptx"
WIDTH, HEIGHT, MARGIN = 338.7, 190.5, 10.0  # millimetres, as the slides that charts are drawn for
TOP = 41.0  # what title and subtitle take above the picture
FOOT = HEIGHT - TOP - BARE_SLIDE_MM  # note and source line below
FONT = "Arial"  # on every desk, or one as wide, which the template's Calibri is not
DARK, QUIET = 0x22, 0x55  # greys of title and of what is said beside it
TITLE_ONLY = 5  # the layout of the default template that has a title and nothing else


def render_slides(study: Study) -> Rendered:
    """report.pptx from the figures as they are drawn for a slide. Raises MissingExtraError where
    python-pptx is not installed."""
    require_extra("export", FILE, "pptx")
    from pptx import Presentation
    from pptx.util import Mm

    wide = replace(study, parameters={**study.parameters, "width": "slide", "frame": "none"})
    show = Presentation()
    show.slide_width, show.slide_height = Mm(WIDTH), Mm(HEIGHT)
    remarks = []
    for name in FIGURES:
        chart = draw_figure(name, wide)
        if chart.figure is None:
            remarks.append(chart.absence)
        else:
            _add_finding(show, make_record(chart))
    if not show.slides:
        remarks.append(f"{FILE}: no figure can be drawn from this corpus, and no slide is in it")
    _fix_properties(show, study)
    return Rendered({FILE: _pack(show)}, remarks)


def _add_finding(show: "Presentation", record: FigureRecord) -> None:
    """A slide for a chart."""
    from pptx.util import Mm

    chart = record.chart
    slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    box = slide.shapes.title
    box.left, box.top = Mm(MARGIN), Mm(7)
    box.width, box.height = Mm(WIDTH - 2 * MARGIN), Mm(24)
    _write(box.text_frame, chart.title, 24, DARK, bold=True)
    _add_words(slide, "Subtitle", chart.subtitle, TOP - 10, 15)
    drawn, _ = render_pixels(record)
    _paint_ground(slide, drawn)
    picture = slide.shapes.add_picture(io.BytesIO(drawn), 0, 0)
    high = HEIGHT - TOP - FOOT
    scale = min(Mm(WIDTH) / picture.width, Mm(high) / picture.height)
    picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
    picture.left = int((Mm(WIDTH) - picture.width) / 2)
    picture.top = int(Mm(TOP) + (Mm(high) - picture.height) / 3)
    picture.name = chart.name
    picture._element.nvPicPr.cNvPr.set("descr", show_controls(chart.alt))  # no way but this one
    _add_words(slide, "Note", chart.note, HEIGHT - FOOT + 1, 12)
    _add_words(slide, "Sources", chart.source_line, HEIGHT - FOOT + 9, 12)
    slide.notes_slide.notes_text_frame.text = show_controls(write_notes(record))


def _paint_ground(slide: "Slide", drawn: bytes) -> None:
    """The slide in the colour that the picture has at its corner, so that no edge shows."""
    from PIL import Image
    from pptx.dml.color import RGBColor

    ground = slide.background.fill
    ground.solid()
    with Image.open(io.BytesIO(drawn)) as picture:
        corner = picture.convert("RGB").crop((0, 0, 1, 1)).tobytes()
    ground.fore_color.rgb = RGBColor(*corner)


def write_notes(record: FigureRecord) -> str:
    """What a speaker finds below a slide: what reads the chart, then each sentence with its number,
    text, claim and address."""
    texts = dict(zip(record.chart.study.documents["doc_id"], record.chart.study.documents["text"]))
    lines = [record.chart.reading, record.chart.sources, ""]
    if record.chart.study.is_invented:
        lines.insert(0, "The texts are invented.")
    for citation in record.citations:
        words = quote_sentence(texts[citation.doc_id], citation.start, citation.end)
        told = f"{citation.document}, {citation.claim_id}, {citation.address}"
        lines.append(f"[{citation.n}] “{words}” ({told})")
    return "\n".join(lines)


def _add_words(slide: "Slide", name: str, words: str, top: float, points: float) -> None:
    """A box of words across the slide, so many millimetres from its top; none for no words."""
    from pptx.util import Mm

    if not words:
        return
    box = slide.shapes.add_textbox(Mm(MARGIN), Mm(top), Mm(WIDTH - 2 * MARGIN), Mm(8))
    box.name = name
    _write(box.text_frame, words, points, QUIET)


def _write(frame, words: str, points: float, grey: int, bold: bool = False) -> None:
    """Words into a frame: to the left, wrapped, in one size and grey. Bold ones, a title, end at
    the frame's foot, so that one line stands as near to what follows as two."""
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame.text = show_controls(words)
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM if bold else MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        for run in paragraph.runs:
            run.font.name, run.font.size, run.font.bold = FONT, Pt(points), bold
            run.font.color.rgb = RGBColor(grey, grey, grey)


def _fix_properties(show: "Presentation", study: Study) -> None:
    made = date_corpus(study).to_pydatetime()
    about = show.core_properties
    about.created = about.modified = about.last_printed = made
    about.title = show_controls(study.settings["title"])[:255]  # what the format allows
    about.author = about.last_modified_by = "Eleven Days"
    about.revision = 1


def _pack(show: "Presentation") -> bytes:
    """The file with every part dated alike, for python-pptx writes the time of saving."""
    saved, packed = io.BytesIO(), io.BytesIO()
    show.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return packed.getvalue()
