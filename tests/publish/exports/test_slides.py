"""report.pptx, opened with python-pptx."""

import io
import zipfile
from dataclasses import replace

import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from helpers.charts import FIGURES, draw_figure
from helpers.publish.exports.rows import quote_sentence
from helpers.publish.exports.slides import render_slides
from helpers.publish.record import list_citations
from tests.conftest import make_study
from tests.publish.exports.conftest import MARKUP


@pytest.fixture(scope="module")
def show(folder):
    return Presentation(str(folder / "report.pptx"))


@pytest.fixture(scope="module")
def drawn():
    wide = make_study(width="slide", frame="none")
    return [draw_figure(name, wide) for name in FIGURES]


def find_box(slide, name: str) -> str:
    return next((it.text_frame.text for it in slide.shapes if it.name == name), "")


def find_picture(slide):
    [picture] = [it for it in slide.shapes if it.shape_type == MSO_SHAPE_TYPE.PICTURE]
    return picture


def test_a_slide_a_finding_with_its_words_as_text(show, drawn):
    assert len(show.slides) == len(drawn)
    for slide, chart in zip(show.slides, drawn):
        assert slide.shapes.title.text_frame.text == chart.title
        assert find_box(slide, "Subtitle") == chart.subtitle
        assert find_box(slide, "Note") == chart.note
        assert find_box(slide, "Sources") == chart.source_line


def test_every_picture_has_its_alternative_text_and_its_own_shape(show, drawn):
    for slide, chart in zip(show.slides, drawn):
        picture = find_picture(slide)
        assert picture._element.nvPicPr.cNvPr.get("descr") == chart.alt
        wide, high = picture.image.size
        assert picture.width / picture.height == pytest.approx(wide / high, rel=1e-3)


def test_a_picture_is_shown_as_large_as_it_is_drawn_so_that_no_word_falls_below_12_points(show):
    """Words are drawn at 12 points and more for a picture as wide as the slide."""
    for slide in show.slides:
        assert find_picture(slide).width == show.slide_width, slide.shapes.title.text_frame.text


def test_the_slide_has_the_ground_of_its_picture(show):
    for slide in show.slides:
        with Image.open(io.BytesIO(find_picture(slide).image.blob)) as picture:
            corner = picture.convert("RGB").getpixel((0, 0))
        assert tuple(slide.background.fill.fore_color.rgb) == corner


def test_nothing_lies_beyond_the_slide_or_over_the_picture(show):
    for slide in show.slides:
        picture = find_picture(slide)
        assert picture.left >= 0
        assert picture.left + picture.width <= show.slide_width
        for box in slide.shapes:
            if box.shape_type != MSO_SHAPE_TYPE.PICTURE:
                above = box.top + box.height <= picture.top
                below = picture.top + picture.height <= box.top <= show.slide_height
                assert above or below, (slide.shapes.title.text_frame.text, box.name)


def test_the_notes_hold_every_sentence_with_its_claim(show, drawn, study):
    texts = dict(zip(study.documents["doc_id"], study.documents["text"]))
    for slide, chart in zip(show.slides, drawn):
        notes = slide.notes_slide.notes_text_frame.text
        for it in list_citations(chart):
            sentence = quote_sentence(texts[it.doc_id], it.start, it.end)
            assert f"[{it.n}] “{sentence}” ({it.document}, {it.claim_id}, " in notes


def test_the_file_is_dated_by_the_corpus(folder, show):
    assert f"{show.core_properties.modified:%Y-%m-%d}" == "2024-12-09"
    with zipfile.ZipFile(folder / "report.pptx") as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_markup_in_a_title_is_words(spoiled):
    from dataclasses import replace as change

    marked = change(spoiled, coded=spoiled.coded.assign(note=""))
    data = render_slides(marked).files["report.pptx"]
    opened = Presentation(io.BytesIO(data))
    assert opened.core_properties.title == MARKUP.replace("\x07", "␇")
    notes = " ".join(slide.notes_slide.notes_text_frame.text for slide in opened.slides)
    assert "<b>Kell & Co</b>" in notes


def test_a_selection_without_figures_is_a_show_without_slides_and_says_so(study):
    empty = study.coded.iloc[:0]
    bare = replace(study, coded=empty, claims=empty, undated=empty)
    made = render_slides(bare)
    opened = Presentation(io.BytesIO(made.files["report.pptx"]))
    names = [it for it in FIGURES if any(f"`{it}` is not drawn" in said for said in made.remarks)]
    assert len(opened.slides) + len(names) == len(FIGURES)
    assert len(names) > 5
