"""Pictures: a chart as SVG, PDF or PNG, the same bytes for the same chart, its marks linked to their sentences.

In an SVG every mark is a link with a tooltip. In a PDF every mark is a link too, and below the foot stand
the numbers of the sentences, each a link: print readers see them, and they are text.
"""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.transforms import Bbox

from helpers.charts.chart import Chart
from helpers.charts.fonts import embed_little, measure_text
from helpers.charts.theme import GREY, SMALL, SUBTITLE, themed
from helpers.publish.evidence import list_evidence, show_controls
from helpers.publish.links import anchor_claim, link_anchor, link_mark
from helpers.schema.formatting import count

METADATA = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}  # no clock in a file
PRINT_DPI, SCREEN_DPI = 300, 110
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
WINDOW = "evidence"  # one window for all links: the second mark clicked moves it on instead of opening another
QUOTES = 4  # quotes in the tooltip of a mark that rests on many claims
REACH = 4.0  # points: the least width and height of a link in a PDF; a finger needs more than a hairline
GAP = "   "  # between two numbers of the strip
LABEL_INK, LEAST = "#0a4f7d", 6.0  # the numbers beside marks: points


def name_figure(chart: Chart) -> str:
    """The stem of a chart's files: its name, with the width where it is not the full one."""
    width = chart.study.parameters["width"]
    return chart.name + ("" if width == "full" else f"_{width}")


@themed()
def render_chart(chart: Chart, kind: str) -> bytes:
    """The bytes of a chart as "svg", "pdf" or "png": the same for the same chart, whatever the hour."""
    if kind == "png":
        return render_pixels(chart)[0]
    if kind == "pdf":
        return _render_pdf(chart)
    buffer = io.BytesIO()
    chart.figure.savefig(buffer, format="svg", dpi=PRINT_DPI, metadata=METADATA["svg"])
    return link_svg(buffer.getvalue(), chart)


@themed()
def render_pixels(chart: Chart) -> tuple[bytes, bytes]:
    """(PNG to print, PNG for a screen): drawn once, because drawing takes longer than making it smaller. Nothing of
    a chart is transparent."""
    from PIL import Image

    figure = chart.figure
    before, figure.dpi = figure.dpi, PRINT_DPI
    try:
        figure.canvas.draw()
        drawn = Image.fromarray(np.asarray(figure.canvas.buffer_rgba())).convert("RGB")
    finally:
        figure.dpi = before
    shown = drawn.resize(
        [round(side * SCREEN_DPI / PRINT_DPI) for side in drawn.size], Image.Resampling.HAMMING
    )
    return _write_png(drawn, PRINT_DPI), _write_png(shown, SCREEN_DPI)


def _write_png(image, dpi: int) -> bytes:
    buffer = io.BytesIO()
    image.save(
        buffer, "png", dpi=(dpi, dpi), compress_level=3
    )  # of few colours: more takes longer and saves nothing
    return buffer.getvalue()


def link_svg(svg: bytes, chart: Chart) -> bytes:
    """An SVG as matplotlib wrote it, with title, description and role for screen readers, each mark a link
    with a tooltip, and nothing else in the way of a click."""
    from lxml import etree

    root = etree.fromstring(
        show_controls(svg.decode("utf-8")).encode("utf-8"),
        etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True),
    )
    stem = name_figure(chart)
    root.set("id", stem)
    root.set("role", "img")
    root.set("aria-labelledby", f"{stem}-title")
    root.set("aria-describedby", f"{stem}-desc")
    root.set("pointer-events", "none")  # a number written over a bar would swallow the click
    for name, text in (("desc", chart.alt), ("title", chart.title)):
        element = etree.Element(f"{{{SVG}}}{name}", id=f"{stem}-{name}")
        element.text = show_controls(text)
        root.insert(0, element)
    style = root.find(f".//{{{SVG}}}style")
    style.text = (
        style.text.strip()
        + f"#{stem}{{max-width:100%;height:auto}}#{stem} a:hover,#{stem} a:focus{{opacity:.6}}#{stem} a:focus{{outline:1.5px solid #0072b2}}"
    )
    groups = {group.get("id"): group for group in root.iter(f"{{{SVG}}}g")}
    tips = describe_marks(chart)
    for row in chart.rows:
        group = groups[show_controls(f"mark-{row['mark_id']}")]
        link = etree.Element(
            f"{{{SVG}}}a",
            {
                f"{{{XLINK}}}href": link_mark(chart.study, stem, row),
                "target": WINDOW,
                "pointer-events": "all",
            },
        )
        etree.SubElement(link, f"{{{SVG}}}title").text = tips[row["mark_id"]]
        link.extend(list(group))
        group.append(link)
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")


def describe_marks(chart: Chart) -> dict[str, str]:
    """The tooltip of each mark, by mark id: what it shows, its quotes (the first few of many), their documents."""
    evidence = list_evidence(chart)
    quotes: dict[str, list[str]] = {}
    for row in evidence.itertuples():
        for mark_id in row.marks:
            own = (
                row.claim_id == mark_id
            )  # a reading is told by its own words, not by the claims that share them
            quotes.setdefault(mark_id, []).insert(
                0 if own else len(evidence),
                f"“{' '.join(row.quote.split())}” ({row.document}, {row.claim_id})",
            )
    titles = chart.study.documents.set_index("doc_id")["title"]
    tips = {}
    for row in chart.rows:
        said = quotes.get(row["mark_id"], [])[: 1 if row["kind"] == "reading" else None]
        lines = [row["words"]] * (
            row["kind"] not in ("claim", "reading") and bool(row.get("words"))
        )
        lines += [
            f"{name} {titles[name]}" for name in [row["documents"]] if row["kind"] == "document"
        ]
        lines += said[:QUOTES] + [f"and {count(len(said) - QUOTES, 'more claim')}"] * (
            len(said) > QUOTES
        )
        tips[row["mark_id"]] = show_controls("\n".join(lines))
    return tips


def _render_pdf(chart: Chart) -> bytes:
    """The chart as PDF: numbers beside the marks and in a strip below the foot, then links over the marks."""
    from matplotlib.transforms import Bbox

    width, height = chart.figure.get_size_inches()
    words, depth = lay_strip(chart)
    lines = [
        list(line) for _, line in groupby(words, key=lambda word: (word[1], word[3] is None))
    ]  # a text a line: each number alone takes as long
    strip = [
        chart.figure.text(
            line[0][0] / width / 72,
            line[0][1] / height / 72,
            GAP.join(word for _, _, word, _ in line),
            size=SMALL,
            color=LABEL_INK if line[0][3] else GREY,
            va="baseline",
        )
        for line in lines
    ]
    labels = _number_marks(chart)
    buffer = io.BytesIO()
    metadata = METADATA["pdf"] | {"Title": chart.title, "Subject": chart.alt}
    try:
        with embed_little():
            chart.figure.savefig(
                buffer,
                format="pdf",
                dpi=PRINT_DPI,
                metadata=metadata,
                bbox_inches=Bbox.from_bounds(0, -depth, width, height + depth),
                pad_inches=0,
            )
    finally:
        for text in strip + labels:
            text.remove()
    return _link_pdf(buffer, chart, words, depth)


def lay_strip(chart: Chart) -> tuple[list[tuple[float, float, str, str | None]], float]:
    """(words, inches they take): the strip of a PDF, the numbers of the evidence below the figure's lower edge.
    A word is (x, y, what it says, its address), in points from the lower left corner of the figure."""
    evidence = list_evidence(chart)
    if evidence.empty:
        return [], 0.0
    x, y = 6.0, -SMALL * 1.1
    said = [(f"Sentences, numbered as in {name_figure(chart)}.md:", None)]
    said += [
        (str(row.n), link_anchor(chart.study, anchor_claim(row.claim_id), row.doc_id))
        for row in evidence.itertuples()
    ]
    words = []
    for word, url in said:
        wide = measure_text(word, SMALL)
        if x + wide > chart.figure.get_figwidth() * 72 - 6:
            x, y = 6.0, y - SMALL * 1.5
        words.append((x, y, word, url))
        x += wide + measure_text(GAP, SMALL)
    return words, (SUBTITLE - y) / 72


def _number_marks(chart: Chart) -> list:
    """The numbers of its sentences beside each mark, linked, wherever there is room for them; a mark in a
    crowd has none, and is found through the strip below the foot."""
    from matplotlib.text import Text

    numbers: dict[str, list[int]] = {}
    for row in list_evidence(chart).itertuples():
        for mark_id in row.marks:
            numbers.setdefault(mark_id, []).append(row.n)
    renderer, point = chart.figure.canvas.get_renderer(), chart.figure.dpi / 72
    boxes = [_measure_mark(artist, renderer) for artist in chart.artists]
    words = [
        text.get_window_extent(renderer)
        for text in chart.figure.findobj(Text)
        if text.get_visible() and text.get_text().strip()
    ]
    taken = np.array([box.extents for box in boxes + words])
    texts = []
    for box, row in zip(boxes, chart.rows):
        if row["mark_id"] not in numbers:
            continue
        [first, *others] = numbers[row["mark_id"]]
        label = (
            f"{first}"
            if not others
            else f"{first}, {others[0]}"
            if len(others) == 1
            else f"{first} +{len(others)}"
        )
        wide, high = measure_text(label, LEAST) * point, LEAST * point
        for x, y in _surround(box, wide, high, 2 * point):
            spot = (
                x - 1.5 * point,
                y - 0.1 * high,
                x + wide + 1.5 * point,
                y + 0.9 * high,
            )  # or 2 and 15 would read 215
            free = (
                (taken[:, 0] > spot[2])
                | (taken[:, 2] < spot[0])
                | (taken[:, 1] > spot[3])
                | (taken[:, 3] < spot[1])
            )
            if free.all() and 0 < x < chart.figure.bbox.x1 - wide:
                texts.append(
                    chart.figure.text(
                        x / chart.figure.bbox.x1,
                        y / chart.figure.bbox.y1,
                        label,
                        size=LEAST,
                        color=LABEL_INK,
                        va="baseline",
                        url=link_mark(chart.study, name_figure(chart), row),
                        zorder=9,
                    )
                )
                taken = np.vstack([taken, spot])
                break
    return texts


def _measure_mark(artist, renderer) -> Bbox:
    """The box of a mark in pixels, with the width of its line, which matplotlib leaves out."""
    from matplotlib.lines import Line2D

    box = artist.get_window_extent(renderer)
    return (
        box.padded(artist.get_linewidth() / 2 * artist.figure.dpi / 72)
        if isinstance(artist, Line2D) and artist.get_linestyle() not in ("None", "none", "")
        else box
    )


def _surround(box: Bbox, wide: float, high: float, gap: float) -> list[tuple[float, float]]:
    """Where a label may begin round a mark, best first: right of it, left, above, below; then farther right
    and left, past an arrow."""
    middle = (box.y0 + box.y1 - 0.72 * high) / 2
    centre = (box.x0 + box.x1 - wide) / 2
    beside = [(box.x1 + gap * far, middle) for far in (1, 4, 6)] + [
        (box.x0 - gap * far - wide, middle) for far in (1, 4, 6)
    ]
    return [
        beside[0],
        beside[3],
        (centre, box.y1 + gap / 2),
        (centre, box.y0 - gap / 2 - 0.8 * high),
        *beside[1:3],
        *beside[4:],
    ]


def _link_pdf(
    pdf: io.BytesIO, chart: Chart, words: list[tuple[float, float, str, str | None]], depth: float
) -> bytes:
    """The PDF with a link over every number of the strip and every mark: matplotlib links whole texts alone."""
    from matplotlib.transforms import Bbox
    from pypdf import PdfWriter
    from pypdf.annotations import Link

    writer, renderer, scale = (
        PdfWriter(clone_from=pdf),
        chart.figure.canvas.get_renderer(),
        72 / chart.figure.dpi,
    )
    for x, y, word, url in words:
        if url:
            rect = tuple(
                round(float(value), 2)
                for value in (
                    x,
                    y + depth * 72 - 1,
                    x + measure_text(word, SMALL),
                    y + depth * 72 + SMALL,
                )
            )
            writer.add_annotation(0, Link(rect=rect, url=url, border=[0, 0, 0]))
    for artist, row in zip(chart.artists, chart.rows):
        box = _measure_mark(artist, renderer)
        if artist.get_clip_on() and artist.axes is not None:
            box = Bbox.intersection(box.padded(0.01), artist.axes.bbox.padded(0.02)) or box
        middle = ((box.x0 + box.x1) / 2 * scale, (box.y0 + box.y1) / 2 * scale + depth * 72)
        reach = (max(box.width * scale, REACH) / 2, max(box.height * scale, REACH) / 2)
        rect = tuple(
            round(float(value), 2)
            for value in (
                middle[0] - reach[0],
                middle[1] - reach[1],
                middle[0] + reach[0],
                middle[1] + reach[1],
            )
        )
        writer.add_annotation(
            0,
            Link(rect=rect, url=link_mark(chart.study, name_figure(chart), row), border=[0, 0, 0]),
        )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
