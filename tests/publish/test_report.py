"""The report: one source with slots becomes Word, PDF and web page, and stops where a slot cannot
be filled."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import typst
from docx import Document
from lxml import html
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from helpers.charts import draw_figure
from helpers.publish.description import load_figures
from helpers.publish.figures import save_figure
from helpers.publish.report import convert
from helpers.publish.report.backmatter import describe_date
from helpers.publish.report.build import main, make_report, open_parameters
from helpers.publish.report.draft import ReportError, escape_text, load_draft
from helpers.publish.report.fill import fill_source
from helpers.publish.report.slots import SLOTS
from helpers.publish.report.word import settle_figures
from helpers.publish.templating import TEMPLATES
from helpers.schema.errors import CorpusError, ParameterError
from tests.conftest import PATIENCE, SEEDS
from tests.growth import count_calls

SHOWN = [
    "overview",
    "advance_map",
    "advance_pace",
    "displacement_over_time",
    "casualties_over_time",
    "parts_of_a_total",
]
SOURCE = (SEEDS / "report" / "report.md").read_text("utf-8")
NASTY = (
    "a `b` *c* [d](e) $f$ @g <h onclick=i>&amp; #let j = 1 {{ k }} \\textbf{l} ~m~ ::: | "
    "”n” {#o .p} \u0627\u0644\u0633\u0644\u0627\u0645 \x07 1. -- q_r_"
)


@pytest.fixture(scope="module")
def drawn(study, tmp_path_factory):
    """A study whose folder holds the figures that the report shows."""
    folder = tmp_path_factory.mktemp("report") / "figures"
    here = replace(
        study,
        figures=folder,
        parameters=study.parameters | {"figures": str(folder), "formats": ["svg", "png"]},
    )
    for name in SHOWN:
        save_figure(draw_figure(name, here))
    return here


@pytest.fixture(scope="module")
def report(drawn) -> dict[str, Path]:
    """The report of the default corpus, by ending."""
    return {file.suffix[1:]: file for file in make_report(drawn)}


@pytest.fixture(scope="module")
def pictures() -> dict:
    """The pictures drawn so far, for all drafts."""
    return {}


@pytest.fixture
def draft(drawn, pictures):
    """A draft of nothing yet."""
    draft = load_draft(drawn, load_figures(drawn.figures))
    draft.pictures = pictures
    return draft


def fill(draft, prose: str) -> str:
    """What a source becomes, below a title."""
    return fill_source(draft, f"# Title\n\n{prose}\n", "report.md")


def refuse(draft, prose: str) -> str:
    """The message with which a source is refused; the prose stands on line 3."""
    with pytest.raises(ReportError) as error:
        fill(draft, prose)
    return str(error.value)


def walk(node):
    """Every structure element of a tagged PDF."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, list):
        for part in node:
            yield from walk(part)
    elif isinstance(node, dict):
        yield node
        yield from walk(node.get("/K", []))


# --- the three files -----------------------------------------------------------------------------


def test_one_call_writes_word_pdf_and_web_page_beside_the_figures(report, drawn):
    assert [file.name for file in report.values()] == ["report.docx", "report.pdf", "report.html"]
    assert {file.parent for file in report.values()} == {drawn.figures}
    assert not list(drawn.figures.glob(".*"))


def test_the_same_figures_give_the_same_bytes(report, drawn):
    first = {kind: file.read_bytes() for kind, file in report.items()}
    make_report(drawn)
    assert {kind for kind, file in report.items() if file.read_bytes() != first[kind]} == set()


def test_no_file_tells_the_hour(report):
    assert {part.date_time[0] for part in zipfile.ZipFile(report["docx"]).infolist()} == {1980}
    assert (
        Document(report["docx"]).core_properties.created.year
        == Document(report["docx"]).core_properties.modified.year
        == 1980
    )
    assert set(PdfReader(report["pdf"]).metadata) == {"/Title", "/Creator"}
    assert (
        b"CreateDate"
        not in PdfReader(report["pdf"]).trailer["/Root"]["/Metadata"].get_object().get_data()
    )


def test_no_file_holds_a_path_of_the_machine(report, drawn):
    unpacked = b"".join(
        zipfile.ZipFile(report["docx"]).read(name)
        for name in zipfile.ZipFile(report["docx"]).namelist()
        if name.endswith(("xml", "rels"))
    )
    for data in (unpacked, report["html"].read_bytes(), report["pdf"].read_bytes()):
        assert str(drawn.figures).encode() not in data
        assert b"/tmp/" not in data


def test_alt_text_of_every_figure_arrives_in_all_three(report, drawn):
    expected = [load_figures(drawn.figures)[name]["alt"] for name in SHOWN]
    word = zipfile.ZipFile(report["docx"]).read("word/document.xml")
    from_word = [node.get("descr") for node in html.etree.fromstring(word).iter("{*}docPr")]
    page = html.fromstring(report["html"].read_bytes())
    tree = PdfReader(report["pdf"]).trailer["/Root"]["/StructTreeRoot"]
    from_pdf = [
        str(node["/Alt"])
        for node in walk(tree.get("/K"))
        if node.get("/S") == "/Figure" and "/Alt" in node
    ]
    assert from_word == expected
    for width in ("broad", "narrow"):
        described = page.xpath(f"//div[contains(@class, '{width}')]/*[1]/*[name()='desc']")
        assert len(described) == len(expected)
    assert [node.text for node in page.xpath("//div[@class='sheet broad']//desc")] == expected
    assert from_pdf == expected


def test_the_title_is_computed_and_set_in_all_three(report, drawn):
    title = load_figures(drawn.figures)["overview"]["title"]
    page = html.fromstring(report["html"].read_bytes())
    assert (
        Document(report["docx"]).core_properties.title
        == PdfReader(report["pdf"]).metadata.title
        == page.findtext(".//title")
        == title
    )
    assert [node.text_content() for node in page.iter("h1")] == [title]


def test_headings_are_headings_in_all_three(report):
    sections = re.findall(r"^## (.+)$", SOURCE, re.M)
    word = [
        paragraph.text
        for paragraph in Document(report["docx"]).paragraphs
        if paragraph.style.name == "Heading 1"
    ]
    outline = [
        entry.title for entry in PdfReader(report["pdf"]).outline if not isinstance(entry, list)
    ]
    page = html.fromstring(report["html"].read_bytes())
    own = [node.text_content() for node in page.xpath("//h2[not(ancestor::dialog)]")]
    assert word == outline == own[:-1] == sections
    assert own[-1] == "The texts"
    assert len(sections) > 4


def test_the_language_is_set_in_all_three(report):
    styles = zipfile.ZipFile(report["docx"]).read("word/styles.xml").decode()
    assert re.search(r'<w:lang [^>]*w:val="en-GB"', styles)
    assert PdfReader(report["pdf"]).trailer["/Root"]["/Lang"] == "en-GB"
    assert html.fromstring(report["html"].read_bytes()).get("lang") == "en-GB"


def test_the_pdf_is_tagged_and_its_fonts_are_embedded(report):
    reader, fonts = PdfReader(report["pdf"]), {}
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()
    for page in reader.pages:
        fonts |= {
            str(font.get_object()["/BaseFont"]): font.get_object()
            for font in page["/Resources"].get("/Font", {}).values()
        }
    assert fonts
    assert {font["/Subtype"] for font in fonts.values()} == {"/Type0"}
    assert all(
        {"/FontFile2", "/FontFile3"}
        & set(font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object())
        for font in fonts.values()
    )


def test_the_pdf_sets_the_words_of_a_picture_in_the_letters_of_the_charts(report):
    names = {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(report["pdf"]).pages
        for part in page["/Resources"].get("/XObject", {}).values()
        for font in part.get_object().get("/Resources", {}).get("/Font", {}).values()
    }
    names |= {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(report["pdf"]).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert any("ElevenDaysSans" in name for name in names)


def test_pictures_are_vectors_in_the_pdf(report):
    parts = [
        part.get_object()
        for page in PdfReader(report["pdf"]).pages
        for part in page["/Resources"].get("/XObject", {}).values()
    ]
    assert [
        part["/Width"] for part in parts if part["/Subtype"] == "/Image" and part["/Width"] > 50
    ] == []  # the map's colour scale is a strip of pixels


def test_pictures_in_word_are_full_width_at_300_dpi(report):
    document = Document(report["docx"])
    section = document.sections[0]
    text_width = section.page_width.mm - section.left_margin.mm - section.right_margin.mm
    assert round(text_width, 1) == 174.0
    assert round(section.page_height.mm) == 297
    for shape in document.inline_shapes:
        picture = document.part.related_parts[
            shape._inline.graphic.graphicData.pic.blipFill.blip.embed
        ].image
        assert abs(shape.width.mm - 174) < 0.2
        assert round(picture.px_width / shape.width.inches) == 300


def test_captions_are_captions_and_stay_with_their_pictures(report):
    document = Document(report["docx"])
    captions = [
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph.style.name == "Image Caption"
    ]
    assert [caption.split(".")[0] for caption in captions] == [
        f"Figure {number}" for number in range(1, len(SHOWN) + 1)
    ]
    assert document.styles["Captioned Figure"].paragraph_format.keep_with_next
    page = html.fromstring(report["html"].read_bytes())
    assert len(page.findall(".//figure/figcaption")) == len(SHOWN)


def test_pictures_have_no_frame_and_captions_say_what_it_would(draft):
    filled = fill(draft, '{{ figure("displacement_over_time") }}')
    figure, picture = draft.figures["displacement_over_time"], draft.pictures[draft.shown[0]]
    for svg in (picture.svg, picture.narrow):
        drawn = html.etree.fromstring(svg.encode())
        words = [node.text or "" for node in drawn.iter("{http://www.w3.org/2000/svg}text")]
        assert not [word for word in words if figure["title"][:20] in word or "Sources:" in word]
    assert filled.count(escape_text(figure["title"])) == 2, "in the caption and the alt text"
    assert escape_text(figure["subtitle"]) in filled


def test_captions_bear_title_reading_and_sources(report, drawn):
    figure = load_figures(drawn.figures)["advance_map"]
    caption = next(
        node.text_content()
        for node in html.fromstring(report["html"].read_bytes()).iter("figcaption")
        if "Figure 2" in node.text_content()
    )
    assert figure["title"] in caption
    assert figure["caption"][-60:] in caption
    assert figure["sources"]
    assert figure["sources"] in caption


def test_no_caption_says_a_sentence_twice(report):
    for node in html.fromstring(report["html"].read_bytes()).iter("figcaption"):
        said = [part for part in re.split(r"(?<=[.!?]) ", node.text_content()) if len(part) > 20]
        assert [part for part in said if said.count(part) > 1] == []


def test_a_question_in_word_stays_with_its_answers(report):
    paragraphs = Document(report["docx"]).paragraphs
    asked = [paragraph for paragraph in paragraphs if paragraph.text == "Had Homs fallen?"]
    assert [paragraph.paragraph_format.keep_with_next for paragraph in asked] == [True]


def test_word_numbers_its_pages(report):
    footer = Document(report["docx"]).sections[0].footer._element.xml
    assert re.search(r'w:instr="PAGE"', footer)


def test_every_link_within_a_report_arrives(report):
    page = html.fromstring(report["html"].read_bytes())
    targets = {node.get("id") for node in page.iter() if node.get("id")}
    assert {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")} <= targets
    word = html.etree.fromstring(zipfile.ZipFile(report["docx"]).read("word/document.xml"))
    key = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    anchors = {node.get(f"{key}anchor") for node in word.iter(f"{key}hyperlink")} - {None}
    assert anchors
    assert anchors <= {node.get(f"{key}name") for node in word.iter(f"{key}bookmarkStart")}


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not on PATH")
def test_libreoffice_opens_the_word_file(report, tmp_path):
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            report["docx"],
        ],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    pages = [page.extract_text() for page in PdfReader(tmp_path / "report.pdf").pages]
    assert len(pages) > 8
    assert "Annex: the sentences" in " ".join(pages)
    assert not [number for number, page in enumerate(pages, 1) if not page.strip()]
    assert "Key figure" in pages[0]
    noted = re.findall(r"^ ?(\d+)\n? “", "\n".join(pages[:6]), re.M)
    assert [int(number) for number in noted] == list(range(1, len(noted) + 1))
    assert len(noted) > 20
    if shutil.which("pdftoppm"):
        assert max(measure_white(tmp_path / "report.pdf", tmp_path)[:-1]) < 0.4, "half empty"


@pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not on PATH")
def test_a_browser_opens_the_page_without_a_fault_or_a_request_elsewhere(report):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    said, asked, faults, wide = [], [], [], []
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox"],
            timeout=PATIENCE * 1_000,
        )
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
            page.set_default_timeout(PATIENCE * 1_000)
            page.on("console", lambda message: said.append(message.text))
            page.on("request", lambda request: asked.append(request.url))
            page.goto(report["html"].as_uri())
            faults += [
                fault["id"]
                for fault in Axe().run(page).response["violations"]
                if fault["impact"] in ("serious", "critical")
            ]
            wide.append(page.evaluate("document.documentElement.scrollWidth"))
        browser.close()
    assert (said, faults, wide) == ([], [], [390, 390])
    assert {url.partition(":")[0] for url in asked} == {"file"}


# --- the annex and the methods box ---------------------------------------------------------------


def test_the_annex_has_every_claim_used_once_with_quote_span_and_address(report, drawn):
    used = {
        claim["claim"]
        for name in SHOWN
        for mark in load_figures(drawn.figures)[name]["marks"]
        for claim in mark["claims"]
    }
    used |= set(re.findall(r'(?:number|quote)\("([\d-]+)"\)', SOURCE.split("#}")[1]))
    entries = list(
        html.fromstring(report["html"].read_bytes()).get_element_by_id("annex").iter("li")
    )
    by_id = {link.text_content(): entry for entry in entries for link in entry.iter("a")}
    claims = drawn.coded.set_index("claim_id")
    texts = dict(zip(drawn.documents["doc_id"], drawn.documents["text"]))
    assert used <= set(by_id)
    assert len(by_id) == sum(len(list(entry.iter("a"))) for entry in entries)
    for name in used:
        row, words = claims.loc[name], " ".join(by_id[name].text_content().split())
        assert " ".join(texts[row.doc_id][row.start : row.end].split()) in words
        assert f"{name} {row.start}–{row.end}" in words
        assert by_id[name].xpath(f".//a[text()='{name}']/@href") == [f"#{name}"]


def test_a_number_in_the_text_has_a_footnote_with_the_whole_sentence(draft):
    prose = '{{ number("003-011") }} displaced; in the war {{ number("000-007") }} forced to flee.'
    filled = fill(draft, prose + "\n\n{{ annex() }}")
    assert re.search(
        r"\[“nearly 400\\,000”\]\{dir=auto proof=[0-9a-f]{64}\}\[\^n0\] displaced", filled
    )
    (noted,) = re.findall(r"^\[\^n0\]: (.*)$", filled, re.M)
    (listed,) = re.findall(r"^2\. (.*)$", filled, re.M)
    sentence = (
        "“The rapid military actions have led to a humanitarian crisis\\, with the United Nations "
        "reporting **nearly 400\\,000** people displaced within a week due to the violence\\.”"
    )
    assert sentence in noted
    assert sentence in listed
    assert "Advance towards Damascus”\\, 5 December 2024" in noted
    assert noted.endswith("[sentence 2](#s2).")


def test_a_number_in_a_heading_leads_to_the_annex(draft):
    filled = fill(draft, '## {{ number("003-011") }} displaced\n\n{{ annex() }}')
    assert re.search(
        r"^## \[“nearly 400\\,000”\]\{[^}]*\} \[\\\[1\\\]\]\(#s1\) displaced", filled, re.M
    )


def test_every_footnote_of_the_word_file_holds_whole_sentences(report, drawn):
    notes = html.etree.fromstring(zipfile.ZipFile(report["docx"]).read("word/footnotes.xml"))
    said = [" ".join("".join(note.itertext()).split()) for note in notes]
    said = [words for words in said if words]
    texts = [" ".join(text.split()) for text in drawn.documents["text"]]
    asked = len(re.findall(r'(?:number|quote)\("', SOURCE.split("#}")[1]))
    assert len(said) > asked, "the table of key figures has some too"
    for words in said:
        sentence = words[1 : words.index("” “")]
        assert any(sentence in text for text in texts)
        assert sentence[-1] in '.!?”’"', sentence
        assert sentence[0].isupper() or sentence[0] in '“‘"', sentence


def test_claims_of_one_sentence_share_its_entry(draft):
    fill(draft, 'In the war {{ number("000-006") }} were killed.\n\n{{ annex() }}')
    fill(
        draft,
        'In the war {{ number("000-006") }} were killed, {{ number("000-007") }} forced to flee.'
        "\n\n{{ annex() }}",
    )
    assert draft.numbers["000-006"] == draft.numbers["000-007"] == 1


def test_the_words_of_the_number_are_bold_in_the_annex(report):
    annex = html.fromstring(report["html"].read_bytes()).get_element_by_id("annex")
    assert "nearly 400,000" in [node.text_content() for node in annex.iter("strong")]


def test_a_caption_names_its_sentences_in_runs(draft):
    filled = fill(draft, '{{ figure("advance_map") }} {{ annex() }}')
    assert re.search(
        r"Sentences \[\d+(–\d+)?\]\(#s\d+\)(, \[\d+(–\d+)?\]\(#s\d+\))* in the annex", filled
    )


def test_a_reading_that_quotes_a_claim_is_cited_as_that_claim(draft):
    shared = draft.readings[~draft.readings["name"].str.startswith("reading-")]
    assert len(shared)
    assert set(shared["name"]) <= set(draft.study.coded["claim_id"])
    assert draft.evidence.index.is_unique


def test_the_methods_box_says_what_the_figures_shown_refuse(draft):
    filled = fill(draft, '{{ figure("parts_of_a_total") }} {{ methods() }}')
    assert "with days outside the offensive" in filled
    assert draft.study.checksum in filled
    assert "with days outside the offensive" not in fill(
        load_draft(draft.study, draft.figures), "{{ methods() }}"
    )


def test_the_methods_box_names_texts_days_and_review(draft):
    filled = fill(draft, "{{ methods() }}")
    assert all(escape_text(title) in filled for title in draft.study.documents["title"])
    assert "6 December 2024" in filled
    assert escape_text("Texts coded by reading, twice") in filled


@pytest.mark.parametrize(
    ("doc_id", "said"),
    [
        ("001", "8 December 2024, printed"),
        ("003", "5 December 2024 to 7 December 2024, inferred"),
        ("004", "6 December 2024, printed as the day of writing"),
    ],
)
def test_the_day_of_a_text_says_whether_it_is_that_of_writing(draft, doc_id, said):
    documents = draft.study.documents
    (row,) = documents[documents["doc_id"] == doc_id].itertuples()
    assert describe_date(row) == said


# --- slots ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        ('days("003-011")', "7 days or fewer in 27 November to 7 December 2024"),
        ('days("001-005")', "27 November 2024"),
        ('days("000-006")', "March 2011 to December 2024"),
        ('days("004-078")', "November 2024"),
        ('source("002-016")', "UN and SOHR"),
        ('source("004-057")', "“Deterrence of Aggression”"),
        ('document("003-011")', "“Advance towards Damascus”"),
        ('count("text")', "5 texts"),
    ],
)
def test_a_slot_says_what_the_tables_say(draft, slot, text):
    assert f"\n{text}\n" in fill(draft, f"{{{{ {slot} }}}}")


def test_the_head_of_the_default_source_names_every_slot():
    head = SOURCE.split("#}")[0]
    assert [slot for slot in SLOTS if f"{{{{ {slot}(" not in head] == []


def test_the_source_for_any_corpus_shows_every_figure_of_the_folder(drawn, tmp_path):
    folder = shutil.copytree(drawn.figures, tmp_path / "figures")
    files = make_report(replace(drawn, figures=folder), TEMPLATES / "report.md")
    page = html.fromstring(files[2].read_bytes())
    shown = [node.get("id") for node in page.xpath("//div[@class='sheet broad']/*[1]")]
    assert shown == list(load_figures(folder))
    assert "Key figure" in page.findtext(".//th")


def test_whatever_a_text_holds_arrives_as_text_in_all_three(drawn, tmp_path):
    coded = drawn.coded.copy()
    at = coded.index[coded["claim_id"] == "003-011"][0]
    coded.loc[at, ["exact", "number"]] = NASTY, ""
    documents = drawn.documents.assign(title=NASTY)
    source = tmp_path / "report.md"
    source.write_text(
        '# {{ document("003-011") }}\n\n{{ quote("003-011") }}\n\n## Annex\n\n{{ annex() }}\n',
        "utf-8",
    )
    folder = tmp_path / "figures"
    shutil.copytree(drawn.figures, folder)
    word, pdf, page = make_report(
        replace(drawn, coded=coded, documents=documents, figures=folder, claims=coded), source
    )
    expected = re.sub(r"\s", "", NASTY.replace("\x07", "\ufffd"))
    from_word = re.sub(
        r"\s", "", "".join(paragraph.text for paragraph in Document(word).paragraphs)
    )
    from_page = re.sub(r"\s", "", html.fromstring(page.read_bytes()).find(".//main").text_content())
    assert from_word.count(expected) >= 3
    assert from_page.count(expected) >= 3
    from_pdf = re.sub(r"\s", "", "".join(part.extract_text() for part in PdfReader(pdf).pages))
    assert all(
        part in from_pdf
        for part in ("`b`*c*[d](e)$f$@g<honclick=i>&amp;#letj=1{{k}}\\textbf{l}~m~:::|", "q_r_")
    )


# --- what stops the build ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prose", "message"),
    [
        (
            '{{ number("003-911") }}',
            r'report.md line 3: no claim has the id "003-911"; did you mean "003-011"\?',
        ),
        ('{{ number("000-001") }}', r"report.md line 3: claim 000-001 .* carries no number; write"),
        ('{{ days("004-119") }}', "report.md line 3: claim 004-119 bears no date; drop the slot"),
        (
            '{{ figure("advance_mpa") }}',
            r'report.md line 3: no figure is called "advance_mpa"; did you mean "advance_map"\?',
        ),
        (
            '{{ figure("advance_map_by_day") }}',
            r"report.md line 3: advance_map_by_day .* is not in .*; run make figures",
        ),
        (
            '{{ see("advance_map") }}: {{ number("003-011") }} displaced',
            "report.md line 3: advance_map is referred to and not shown",
        ),
        (
            '{{ nummer("003-011") }}',
            r'report.md line 3: "nummer" is no slot; did you mean "number"\?',
        ),
        (
            '{{ disagreement("d99") }}',
            'report.md line 3: no question has the id "d99"; did you mean',
        ),
        ('{{ count("dogs") }}', 'report.md line 3: nothing called "dogs" is counted'),
        (
            "{{ see() }}",
            "report.md line 3: .*missing 1 required positional argument.*; correct the slot",
        ),
        ('{{ number("003-011" }}', "report.md line 3: .*; correct the slot"),
        ("{% for name in figures() %}", "report.md line 3: .*; correct the slot"),
        (
            "some 40 people",
            'report.md line 3: "40" is a number typed in the text; take it from a claim',
        ),
        ("Thousands fled, three died", '"Thousands" is a number .*\n.*"three" is a number'),
        ("{{ 40 * 2 }}", "report.md line 3: 40 is a number typed in a slot"),
        ('{% set n = "40" %}{{ n }}', "report.md line 3: '40' is a number typed in a slot"),
        ('{{ "{} dead".format(900) }}', "report.md line 3: 900 is a number typed in a slot"),
        ("½ of the people", 'report.md line 3: "½" is a number typed in the text'),
        (
            "Of {{ title }}",
            'report.md line 3: "title" stands without its brackets; write {{ title\\(…\\) }}',
        ),
        ("{{ figures() }}", "report.md line 3: figures\\(\\) is for a loop"),
        ("# Another title", "report.md line 3: this is a second title; write ## for a section"),
        ("### A part", "report.md line 3: this is no section of the title's"),
        (
            '{{ figure("advance_map") }}\n\n{{ figure("advance_map") }}',
            "report.md line 5: figure stands here a second time; drop one",
        ),
        ("{{ annex() }}\n\n{{ annex() }}", "report.md line 5: annex stands here a second time"),
        ('{{ see("advance_map") }}', "report.md line 3: advance_map is referred to and not shown"),
        ("## Method {#m}", "report.md line 3: .*{# begins a comment"),
    ],
)
def test_a_source_that_cannot_be_filled_is_refused_with_line_and_remedy(draft, prose, message):
    assert re.search(message, refuse(draft, prose))


def test_the_dead_called_displaced_are_refused(draft):
    message = refuse(draft, 'In the war {{ number("000-006") }} were forced to flee.')
    assert "report.md line 3: the sentence says “forced to flee”" in message
    assert "“More than 500,000” (000-006) counts people killed" in message


def test_a_claimed_figure_without_who_claims_it_is_refused(draft):
    message = refuse(draft, 'On a Friday {{ number("002-015") }} were killed.')
    assert "is claimed by Syrian state media, whom the sentence does not name" in message


def test_a_reading_names_who_claims_it_once(draft):
    filled = fill(draft, '{{ disagreement("d04") }} {{ disagreement("d06") }}')
    assert escape_text("more than 200 “terrorists” (claimed · Syrian state media)") + " (" in filled
    assert escape_text("3,500, in Homs, say the rebels") + " (“" in filled


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "report.md line 1: the report has no title; begin with a heading"),
        ("Words\n\n# Title", "report.md line 1: this stands before the title"),
        ("## Only a section", "report.md line 1: the report has no title"),
    ],
)
def test_a_source_begins_with_its_title(draft, source, message):
    with pytest.raises(ReportError, match=message):
        fill_source(draft, source, "report.md")


def test_a_number_of_the_authors_own_is_listed_as_such(draft):
    assert "The author’s own" not in fill(draft, "{{ methods() }}")
    text, _, listed = fill(
        draft, 'Situation as of {{ own("12 December 2024") }}\n\n{{ methods() }}'
    ).partition("The author’s own")
    assert "Situation as of 12 December 2024" in text
    assert "12 December 2024" in listed


def test_a_source_that_cites_needs_an_annex(drawn, tmp_path):
    source = tmp_path / "mine.md"
    source.write_text('# Title\n\n{{ number("003-011") }} displaced\n')
    with pytest.raises(
        ReportError,
        match=r"mine.md: sentences are cited and there is no annex; write \{\{ annex\(\) \}\}",
    ):
        make_report(drawn, source)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("evidence", "https://example.org/e"),
        ("reviewed", True),
        ("topics", ["pace"]),
        ("actors", ["SDF"]),
    ],
)
def test_a_figure_of_other_links_claims_or_topics_is_refused(draft, name, value):
    draft.study = replace(draft.study, parameters=draft.study.parameters | {name: value})
    assert f"advance_map was drawn from another selection ({name})" in refuse(
        draft, '{{ figure("advance_map") }}'
    )


def test_the_report_is_converted_once_for_each_file_and_once_to_check_its_pictures(
    drawn, monkeypatch
):
    converted, compiled, run_pandoc, compile_typst = [], [], convert.run_pandoc, typst.compile

    def count_run(*arguments, text=""):
        kind = next(words for words in arguments if not words.startswith("--from="))
        converted.append((kind, len(text)))
        return run_pandoc(*arguments, text=text)

    def count_compile(source, **options):
        compiled.append(len(source))
        return compile_typst(source, **options)

    monkeypatch.setattr(convert, "run_pandoc", count_run)
    monkeypatch.setattr(typst, "compile", count_compile)
    make_report(drawn)
    assert sorted(kind for kind, length in converted if length > 10_000) == [
        "--to=docx",
        "--to=html5",
        "--to=json",
        "--to=typst",
    ]
    assert [kind for kind, length in converted if 0 < length < 10_000] == ["--to=plain"], "title"
    assert len(converted) == 6
    assert len(compiled) == 1


def test_twice_as_many_slots_take_little_more_than_twice_the_calls(drawn):
    figures, calls = load_figures(drawn.figures), []
    for most in (50, 100):
        slots = [f'{{{{ document("{claim}") }}}}' for claim in drawn.coded["claim_id"][:most]]
        source = "\n\n".join(["# Title", *slots, "{{ annex() }}"])
        draft = load_draft(drawn, figures)
        calls.append(count_calls(fill_source, draft, source, "report.md"))
    assert calls[1] < 2.5 * calls[0]


def test_what_is_no_prose_may_hold_digits(draft):
    fill(
        draft,
        'One <!-- 12 --> text, [here](https://example.org/2024 "4"), {# 12 #} how many\n\n'
        "1. item\n\n[ref]: https://example.org/7",
    )


def test_a_line_is_counted_in_the_whole_source(draft):
    assert "report.md line 7:" in refuse(draft, "<!-- a\nb -->\n\n{# c #}\nsome 40 people")


def test_a_figure_of_another_state_of_the_corpus_is_stale(draft):
    draft.study = replace(draft.study, checksum="0" * 64)
    assert (
        "report.md line 3: advance_map was drawn before texts or tables of the corpus changed; "
        "run make figures" in refuse(draft, '{{ figure("advance_map") }}')
    )


def test_a_figure_of_another_selection_is_refused(draft):
    draft.study = replace(draft.study, parameters=draft.study.parameters | {"since": "2024-12-01"})
    assert "advance_map was drawn from another selection (since)" in refuse(
        draft, '{{ figure("advance_map") }}'
    )


def test_a_picture_that_is_not_among_the_figures_is_named(drawn, tmp_path):
    source = tmp_path / "mine.md"
    source.write_text("# Title\n\n![a](harbour.png)\n")
    with pytest.raises(ReportError, match='"harbour.png" is no file among the figures'):
        make_report(drawn, source)


def test_a_folder_without_figures_is_named(study, tmp_path):
    with pytest.raises(ReportError, match="holds no figure; run make figures"):
        make_report(replace(study, figures=tmp_path))


def test_what_stops_the_build_leaves_the_previous_report(drawn, tmp_path):
    folder = shutil.copytree(drawn.figures, tmp_path / "figures")
    for name in ("report.docx", "report.pdf", "report.html"):
        (folder / name).write_bytes(b"before")
    source = tmp_path / "report.md"
    source.write_text("# Title\n\nsome 40 people\n")
    with pytest.raises(ReportError):
        make_report(replace(drawn, figures=folder), source)
    (folder / "report.html").unlink()
    (folder / "report.html").mkdir()  # cannot be replaced by a file, whoever asks
    source.write_text("# Title\n\nsome people\n")
    with pytest.raises(CorpusError, match="cannot be written"):
        make_report(replace(drawn, figures=folder), source)
    assert {(folder / name).read_bytes() for name in ("report.docx", "report.pdf")} == {b"before"}
    assert not list(folder.glob(".*"))


def test_the_command_line_says_what_is_wrong_and_exits_with_one(capsys, tmp_path):
    assert main(["-p", "figures", str(tmp_path)]) == 1
    assert "holds no figure; run make figures" in capsys.readouterr().err
    assert main(["--source", str(tmp_path / "none.md"), "-p", "figures", str(tmp_path)]) == 1
    assert "none.md cannot be read" in capsys.readouterr().err


def test_a_misspelt_parameter_is_named():
    with pytest.raises(
        ParameterError, match='no parameter is called "corpsu"; did you mean "corpus"'
    ):
        open_parameters({"corpsu": "seeds"})


# --- a house template ----------------------------------------------------------------------------


def test_each_template_of_a_house_replaces_ours_alone(drawn, tmp_path):
    folder, house = shutil.copytree(drawn.figures, tmp_path / "figures"), tmp_path / "house"
    house.mkdir()
    (house / "report.html").write_text(
        "<html lang='$lang$'><title>$pagetitle$</title><p>The house</p>$body$</html>"
    )
    reference = Document()
    reference.styles["Title"].font.name = "House Sans"
    reference.save(house / "report.docx")
    source = tmp_path / "report.md"
    source.write_text("# Title\n\nsome people\n")
    word, pdf, page = make_report(replace(drawn, figures=folder), source, house)
    assert "The house" in page.read_text("utf-8")
    assert Document(word).styles["Title"].font.name == "House Sans"
    assert any(
        "DejaVuSans-Bold" in font.get_object()["/BaseFont"]
        for font in PdfReader(pdf).pages[0]["/Resources"]["/Font"].values()
    )


def test_a_template_beside_the_texts_is_found(drawn, tmp_path):
    folder, corpus = shutil.copytree(drawn.figures, tmp_path / "figures"), tmp_path / "corpus"
    (corpus / "report").mkdir(parents=True)
    (corpus / "report" / "report.typ").write_text(
        '#set document(title: "x")\nThe house prints $body$'
    )
    source = tmp_path / "report.md"
    source.write_text("# Title\n\nsome people\n")
    pdf = make_report(replace(drawn, figures=folder, folder=corpus), source)[1]
    assert "The house prints" in PdfReader(pdf).pages[0].extract_text()


def test_a_template_that_is_wrong_is_named(drawn, tmp_path):
    (tmp_path / "report.typ").write_text("#nothing\n$body$")
    with pytest.raises(
        ReportError, match="report.typ: typst stopped: .*unknown variable.*correct the template"
    ):
        make_report(drawn, templates=tmp_path)
    with pytest.raises(ReportError, match="--template names a folder"):
        make_report(drawn, templates=tmp_path / "none")


# --- pages ---------------------------------------------------------------------------------------


def measure_white(pdf: Path, folder: Path) -> list[float]:
    """How much of each page, below its last ink and above its footnotes and footer, is one stretch
    of white."""
    subprocess.run(
        ["pdftoppm", "-r", "20", "-gray", pdf, folder / "page"], check=True, timeout=PATIENCE
    )
    whites = []
    for file in sorted(folder.glob("page*.pgm")):
        picture = np.asarray(Image.open(file))
        inked = np.flatnonzero((picture < 200).any(axis=1))
        whites.append(float(np.diff(inked).max() / len(picture)))
    return whites


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="pdftoppm is not on PATH")
def test_no_page_of_the_pdf_is_half_empty(report, tmp_path):
    whites = measure_white(report["pdf"], tmp_path)
    assert len(whites) > 8
    assert max(whites[:-1]) < 0.4


def test_the_first_page_has_the_table_of_key_figures(report):
    first = PdfReader(report["pdf"]).pages[0].extract_text()
    assert "Key figure" in first
    assert "nearly 400,000" in first
    (table,) = Document(report["docx"]).tables
    cells = [cell.text for row in table.rows for cell in row.cells]
    assert "New displacement, Syria" in cells
    assert "Homs" in cells
    blocks = [block.tag.rpartition("}")[2] for block in Document(report["docx"]).element.body]
    assert blocks.index("tbl") < 4


def test_key_figures_can_be_named(draft):
    filled = fill(draft, '{{ summary("002-015", "003-011") }}\n\n{{ annex() }}')
    rows = [line for line in filled.splitlines() if line.startswith("|")][2:]
    assert [row.split(" | ")[0] for row in rows] == [
        "| People killed\\, Syria",
        "| New displacement\\, Syria",
    ]
    assert "Syrian state media\\, in “Rebels sweep into Aleppo”" in rows[0]


def make_blocks(*heights: int | str) -> list[dict]:
    """Blocks as pandoc reads them: a paragraph of so many lines, or a figure by its stem."""
    return [
        {
            "t": "Figure",
            "c": [["", [], []], [None, []], [{"t": "Image", "c": [[], [], [block, ""]]}]],
        }
        if isinstance(block, str)
        else {"t": "Para", "c": [{"t": "Str", "c": "x" * 73 * block}]}
        for block in heights
    ]


def test_a_figure_without_room_waits_behind_the_text_that_fills_the_page():
    tall = {"a.png": 150.0, "b.png": 20.0}
    order = settle_figures(make_blocks(24, "a.png", 10, 10, "b.png"), tall)
    assert [block["t"] for block in order] == ["Para", "Para", "Para", "Figure", "Figure"]
    assert settle_figures(make_blocks(4, "a.png", 10), tall)[1]["t"] == "Figure"


def test_no_figure_waits_behind_methods_or_annex():
    blocks = [*make_blocks(24, "a.png"), {"t": "Header", "c": [2]}, {"t": "Div", "c": [[], []]}]
    order = settle_figures(blocks, {"a.png": 150.0})
    assert [block["t"] for block in order] == ["Para", "Figure", "Header", "Div"]


def test_figures_keep_their_order_and_none_is_lost():
    tall = {"a.png": 150.0, "b.png": 20.0}
    blocks = make_blocks(24, "a.png", "b.png", 4)
    order = settle_figures(blocks, tall)
    assert sorted(map(str, order)) == sorted(map(str, blocks))
    figures = [str(block) for block in order if block["t"] == "Figure"]
    assert figures == [str(block) for block in blocks if block["t"] == "Figure"]


def test_each_figure_can_be_a_page_of_its_own(drawn, tmp_path):
    folder = shutil.copytree(drawn.figures, tmp_path / "figures")
    source = tmp_path / "report.md"
    source.write_text('# Title\n\n{{ figure("parts_of_a_total") }}\n\n## A\n\n{{ annex() }}\n')
    files = make_report(replace(drawn, figures=folder), source, texts="quotes", alone=True)
    assert files[-1].name == "parts_of_a_total.html"
    assert "The sentences in their texts" in files[-1].read_text("utf-8")


def test_what_a_page_holds_of_the_texts_stands_in_corpus_toml(drawn, tmp_path):
    folder = shutil.copytree(drawn.figures, tmp_path / "figures")
    source = tmp_path / "report.md"
    source.write_text('# Title\n\n{{ quote("003-011") }} say the UN\n\n## A\n\n{{ annex() }}\n')
    here = replace(drawn, figures=folder, settings=drawn.settings | {"texts": "quotes"})
    page = make_report(here, source)[2].read_text("utf-8")
    assert "The sentences in their texts" in page
    assert "The texts</h2>" in make_report(here, source, texts="whole")[2].read_text("utf-8")
