"""Pictures: a chart as SVG, PDF or PNG, the same bytes for the same chart.

In an SVG every mark is a link with a tooltip; what a PDF has instead is in helpers.publish.pdf.
"""

import io

import numpy as np

from helpers.charts.theme import themed
from helpers.publish.escaping import show_controls
from helpers.publish.pdf import render_pdf
from helpers.publish.record import FigureRecord

PRINT_DPI, SCREEN_DPI = 300, 110
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
WINDOW = "evidence"  # one window for all links: the next mark clicked moves it on, opens no other
STYLE = (
    "#{0}{{max-width:100%;height:auto}}#{0} a:hover,#{0} a:focus{{opacity:.6}}"
    "#{0} a:focus{{outline:1.5px solid #0072b2}}"
)


def render_chart(record: FigureRecord, kind: str) -> bytes:
    """A chart as "svg", "pdf" or "png". The settings of matplotlib are put back as they were."""
    if kind == "png":
        return render_pixels(record)[0]
    with themed():
        if kind == "pdf":
            return render_pdf(record, PRINT_DPI)
        buffer = io.BytesIO()
        no_clock = {"Date": None}
        record.figure.savefig(buffer, format="svg", dpi=PRINT_DPI, metadata=no_clock)
    return link_svg(buffer.getvalue(), record)


def render_pixels(record: FigureRecord) -> tuple[bytes, bytes]:
    """(PNG to print, PNG for a screen): drawn once, because drawing takes longer than making it
    smaller. Nothing of a chart is transparent."""
    from PIL import Image

    figure = record.figure
    before, figure.dpi = figure.dpi, PRINT_DPI
    try:
        with themed():
            record.canvas.draw()
        drawn = Image.fromarray(np.asarray(record.canvas.buffer_rgba())).convert("RGB")
    finally:
        figure.dpi = before
    wide, high = (round(side * SCREEN_DPI / PRINT_DPI) for side in drawn.size)
    shown = drawn.resize((wide, high), Image.Resampling.HAMMING)
    return _encode_png(drawn, PRINT_DPI), _encode_png(shown, SCREEN_DPI)


def _encode_png(image, dpi: int) -> bytes:
    buffer = io.BytesIO()
    # A chart has few colours: to compress it more takes longer and saves nothing.
    image.save(buffer, "png", dpi=(dpi, dpi), compress_level=3)
    return buffer.getvalue()


def link_svg(svg: bytes, record: FigureRecord) -> bytes:
    """An SVG as matplotlib wrote it, with title, description and role for screen readers, each mark
    a link with a tooltip, and nothing else in the way of a click."""
    from lxml import etree

    chart, stem = record.chart, record.stem
    root = etree.fromstring(
        show_controls(svg.decode("utf-8")).encode("utf-8"),
        etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True),
    )
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
    style.text = style.text.strip() + STYLE.format(stem)
    groups = {group.get("id"): group for group in root.iter(f"{{{SVG}}}g")}
    for mark_id, address in record.links.items():
        group = groups[show_controls(f"mark-{mark_id}")]
        target = {f"{{{XLINK}}}href": address, "target": WINDOW, "pointer-events": "all"}
        link = etree.Element(f"{{{SVG}}}a", target)
        etree.SubElement(link, f"{{{SVG}}}title").text = record.tooltips[mark_id]
        link.extend(list(group))
        group.append(link)
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")
