"""A click on a mark shows its sentence: the links of SVG and PDF, their tooltips, what screen
readers are told."""

import io
from dataclasses import replace
from urllib.parse import unquote

import pandas as pd
import pypdf
import pytest
from lxml import etree
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.text import Text
from PIL import Image

from helpers.charts import FIGURES, draw_figure
from helpers.charts.look.theme import find_look, themed
from helpers.publish.description import describe_chart
from helpers.publish.evidence.pages import render_evidence_pages
from helpers.publish.formats.pdf import number_marks
from helpers.publish.formats.pictures import render_chart
from helpers.publish.record import list_citations, make_record
from helpers.schema.columns import CLAIM_COLUMNS
from helpers.schema.errors import ParameterError
from tests.charts.test_charts import EVERY_CHART
from tests.conftest import make_study

NS = {"s": "http://www.w3.org/2000/svg"}
HREF = "{http://www.w3.org/1999/xlink}href"


@pytest.fixture(scope="module")
def drawn(charts) -> dict[str, etree._Element]:
    """Every chart as SVG, parsed."""
    return {
        name: etree.fromstring(render_chart(make_record(charts[name]), "svg")) for name in FIGURES
    }


@pytest.fixture(scope="module")
def printed(charts) -> dict[str, pypdf.PdfReader]:
    """Every chart as PDF, opened."""
    return {
        name: pypdf.PdfReader(io.BytesIO(render_chart(make_record(charts[name]), "pdf")))
        for name in FIGURES
    }


@pytest.fixture(scope="module")
def anchors(charts, study) -> set[str]:
    """Every anchor of the evidence pages, as an address that a figure beside them would name."""
    pages = render_evidence_pages(
        study, {name: describe_chart(make_record(charts[name])) for name in FIGURES}
    )
    return {
        f"{page}#{name}"
        for page, data in pages.items()
        for name in etree.HTML(data.decode()).xpath("//@id")
    }


def find_links(root) -> dict[str, etree._Element]:
    """mark id → the link that is all its mark holds."""
    return {
        group.get("id").removeprefix("mark-"): link
        for group in root.iterfind(".//s:g", NS)
        if (group.get("id") or "").startswith("mark-")
        for [link] in [list(group)]
    }


@EVERY_CHART
def test_an_svg_has_a_linked_mark_for_every_row_of_its_csv(charts, drawn, name):
    rows = pd.read_csv(io.StringIO(charts[name].marks.to_csv(index=False)))
    assert sorted(find_links(drawn[name])) == sorted(rows["mark_id"])


@EVERY_CHART
def test_every_link_of_an_svg_leads_to_an_anchor_of_the_evidence(drawn, anchors, name):
    assert {unquote(link.get(HREF)) for link in find_links(drawn[name]).values()} <= anchors


@EVERY_CHART
def test_a_mark_of_one_claim_leads_to_it_of_a_text_to_the_text_of_many_to_their_list(
    charts, drawn, name
):
    links = find_links(drawn[name])
    for row in charts[name].rows:
        single = row["kind"] == "group" and ";" not in row["claims"]
        ends = {
            "claim": row["claims"],
            **({"group": row["claims"]} if single else {}),
            "document": f"document-{row['documents']}",
            "reading": row["mark_id"],
        }
        assert (
            links[row["mark_id"]]
            .get(HREF)
            .endswith(f"#{ends.get(row['kind'], name + '.' + row['mark_id'])}")
        )


@EVERY_CHART
def test_every_quote_in_a_tooltip_is_that_of_its_claim_and_stands_in_the_text(
    charts, study, drawn, name
):
    texts = dict(zip(study.documents["doc_id"], study.documents["text"]))
    said = {
        claim.claim_id: texts[claim.doc_id][claim.start : claim.end]
        for claim in study.coded.itertuples()
    }
    links = find_links(drawn[name])
    for row in charts[name].rows:
        tip = links[row["mark_id"]].findtext("s:title", namespaces=NS)
        quotes = (
            [texts[row["documents"]][row["start"] : row["end"]]]
            if row["kind"] == "reading"
            else [said[claim] for claim in row["claims"].split(";") if claim]
        )
        assert (
            tip.count("“" + " ".join(quotes[0].split()) + "” (") >= 1
            if quotes
            else row["documents"] in tip
        )
        assert (
            all(f"“{' '.join(quote.split())}” (" in tip for quote in quotes)
            or len(quotes) > 4
            and f"and {len(quotes) - 4} more claim" in tip
        )


def test_a_tooltip_names_the_document_of_its_quote(charts):
    assert (
        make_record(charts["displacement_over_time"]).tooltips["003-011"]
        == "“nearly 400,000 people displaced within a week” (Advance towards Damascus, 003-011)"
    )


def test_the_tooltip_of_a_derived_mark_begins_with_its_formula(charts):
    tooltips = make_record(charts["parts_of_a_total"]).tooltips
    said = tooltips["remainder-004-078-004-079"]
    assert said.startswith("746 − 176 = 570\n“746 people")


@EVERY_CHART
def test_an_svg_tells_a_screen_reader_its_title_and_what_it_shows(charts, drawn, name):
    root = drawn[name]
    told = {element.get("id"): element.text for element in root.iterchildren() if element.get("id")}
    assert root.get("role") == "img"
    assert (told[root.get("aria-labelledby")], told[root.get("aria-describedby")]) == (
        charts[name].title,
        charts[name].alt,
    )


def test_what_is_no_mark_takes_no_click(drawn):
    assert drawn["corpus"].get("pointer-events") == "none"
    assert {link.get("pointer-events") for link in find_links(drawn["corpus"]).values()} == {"all"}


def test_links_begin_with_the_address_asked_for():
    chart = draw_figure(
        "parts_of_a_total", make_study(evidence="https://example.org/syria/evidence/")
    )
    links = find_links(etree.fromstring(render_chart(make_record(chart), "svg")))
    rest = "remainder-004-078-004-079"
    assert {link.get(HREF) for link in links.values()} == {
        f"https://example.org/syria/evidence/marks.html#parts_of_a_total.{rest}",
        "https://example.org/syria/evidence/index.html#004-078",
        "https://example.org/syria/evidence/index.html#004-079",
    }


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://example.org",
        "https://example.org/a b",
        'x"onload',
        "https:///x",
        "data:text/html,x",
        "../evidence",
        "https://example.org/a)b",
    ],
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ParameterError, match="is no address of a folder"):
        make_study(evidence=address)


def test_control_characters_of_a_text_are_drawn_as_their_pictures(tmp_path):
    quote = "at least 30 people\x07 <b>&\x1b were killed"
    (tmp_path / "000_news.txt").write_text(f"In Hama {quote}.\n", "utf-8")
    row = {
        "claim_id": "000-001",
        "doc_id": "000",
        "start": 8,
        "end": 8 + len(quote),
        "exact": quote,
        "number": "at least 30",
        "number_start": 8,
        "topic": "casualties",
        "measure": "killed",
        "low": "30",
        "best": "30",
        "quantifier": "at_least",
        "unit": "person",
        "affected": "unknown",
        "date_kind": "point",
        "date_start": "2024-12-08",
        "date_end": "2024-12-08",
        "date_prec": "1",
        "date_basis": "inferred",
        "note": "the day of the text",
        "assertion": "reported",
        "scope": "war",
        "review": "accepted",
    }
    pd.DataFrame([row], columns=CLAIM_COLUMNS).to_csv(tmp_path / "claims.csv", index=False)
    root = etree.fromstring(
        render_chart(
            make_record(draw_figure("casualties_over_time", make_study(corpus=str(tmp_path)))),
            "svg",
        )
    )
    assert (
        find_links(root)["000-001"].findtext("s:title", namespaces=NS)
        == "“at least 30 people␇ <b>&␛ were killed” (000 news, 000-001)"
    )


# --- PDF -----------------------------------------------------------------------------------------


def list_links(reader) -> list[tuple[str, list[float]]]:
    """(address, rectangle) of each link of the one page."""
    return [
        (str(note["/A"]["/URI"]), [float(value) for value in note["/Rect"]])
        for note in (entry.get_object() for entry in reader.pages[0]["/Annots"])
    ]


@EVERY_CHART
def test_a_pdf_links_every_mark_where_the_svg_does(charts, printed, drawn, name):
    places = [link.get(HREF) for link in find_links(drawn[name]).values()]
    found = [address for address, _ in list_links(printed[name])][
        -len(places) :
    ]  # the marks come last
    assert sorted(found) == sorted(places)


@EVERY_CHART
def test_a_pdf_links_every_numbered_sentence(charts, printed, name):
    evidence, links = (
        pd.DataFrame(list_citations(charts[name])),
        [address.partition("#")[2] for address, _ in list_links(printed[name])],
    )
    assert set(evidence["claim_id"]) <= set(links)
    words = printed[name].pages[0].extract_text()
    assert (f"Sentences, numbered as in {name}.md:" in words) == bool(len(evidence))
    assert all(str(n) in words for n in evidence["n"])


@EVERY_CHART
def test_every_link_of_a_pdf_lies_on_its_page(printed, name):
    box = printed[name].pages[0].mediabox
    for _, (left, bottom, right, top) in list_links(printed[name]):
        assert float(box.left) <= left < right <= float(box.right) + 0.5
        assert float(box.bottom) - 0.5 <= bottom < top <= float(box.top)


def test_a_link_of_a_pdf_covers_its_row(charts, printed):
    chart, page = charts["displacement_over_time"], printed["displacement_over_time"].pages[0]
    rectangles = [rectangle for _, rectangle in list_links(printed[chart.name])][-len(chart.rows) :]
    strip = float(page.mediabox.height) - chart.figure.get_figheight() * 72
    for (left, bottom, right, top), artist, row in zip(rectangles, chart.artists, chart.rows):
        box = artist.get_window_extent(chart.figure.canvas.get_renderer())
        x, y = (box.min + box.max) / 2 * 72 / chart.figure.dpi
        assert left < x < right
        assert bottom < y + strip < top
        assert (top - bottom) / 72 * 25.4 >= 7, row["mark_id"]  # a thumb finds it


def test_numbers_stand_beside_marks_that_have_room(charts, printed):
    marks = len(charts["displacement_over_time"].rows)
    sentences = len(charts["displacement_over_time"].claim_ids)
    links = list_links(printed["displacement_over_time"])
    spots = {address.partition("#")[2] for address, _ in links[: -marks - sentences]}
    assert spots == set(charts["displacement_over_time"].claim_ids)


@EVERY_CHART
@themed()
def test_the_number_beside_a_mark_covers_no_mark_and_no_words(charts, name):
    chart = charts[name]
    renderer = chart.figure.canvas.get_renderer()
    thick = [
        artist.get_linewidth() if isinstance(artist, Line2D) else 0 for artist in chart.artists
    ]
    others = [
        artist.get_window_extent(renderer).padded(wide / 2 * chart.figure.dpi / 72)
        for artist, wide in zip(chart.artists, thick)
    ]
    others += [
        text.get_window_extent(renderer)
        for text in chart.figure.findobj(Text)
        if text.get_visible() and text.get_text().strip()
    ]
    labels = number_marks(make_record(chart))
    try:
        boxes = [
            label.get_window_extent(renderer).padded(-1.5 * chart.figure.dpi / 72)
            for label in labels
        ]
        assert not [
            label.get_text()
            for label, box in zip(labels, boxes)
            for other in others
            if box.overlaps(other)
        ]
        assert not [
            1 for box in boxes for other in boxes if box is not other and box.overlaps(other)
        ]
    finally:
        for label in labels:
            label.remove()


def test_a_pdf_has_title_and_description(charts, printed):
    about = printed["advance_map"].metadata
    assert (about.title, about.subject) == (charts["advance_map"].title, charts["advance_map"].alt)


def test_a_chart_without_evidence_has_no_strip(charts):
    chart = charts["corpus"]
    texts = [row | {"claims": ""} for row in chart.rows if row["kind"] == "document"]
    bare = replace(
        chart,
        rows=texts,
        artists=[
            artist for artist, row in zip(chart.artists, chart.rows) if row["kind"] == "document"
        ],
    )
    assert (
        "Sentences"
        not in pypdf.PdfReader(io.BytesIO(render_chart(make_record(bare), "pdf")))
        .pages[0]
        .extract_text()
    )


def test_an_area_has_its_own_colour_in_a_png():
    """A palette that only keeps colours far apart drew the pale ground of a map pink."""
    chart = draw_figure("overview", make_study(corpus="tests/samples/orvane"))
    picture = Image.open(io.BytesIO(render_chart(make_record(chart), "png"))).convert("RGB")
    counted = sorted(picture.getcolors(picture.width * picture.height), reverse=True)
    ground = tuple(round(255 * part) for part in to_rgb(find_look(chart.study).colour["neighbour"]))
    assert [colour for _, colour in counted[:2]] == [(255, 255, 255), ground]
