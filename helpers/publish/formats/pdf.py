"""PDF: a chart to print, its marks linked to their sentences.

Every mark is a link; beside it, where there is room, stand the numbers of its sentences, and below
the figure a strip of all numbers, each a link. They are text, so that who reads on paper sees them.
"""

from __future__ import annotations

import io
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from matplotlib.text import Text
    from matplotlib.transforms import Bbox
    from pypdf import PdfWriter

from helpers.charts.look.fonts import embed_little, measure_text
from helpers.charts.look.theme import GREY, SMALL
from helpers.publish.record import FigureRecord

REACH = 4.0  # points: the least width and height of a link; a finger needs more than a hairline
GAP = "   "  # between two numbers of the strip
LABEL_INK, LEAST = "#0a4f7d", 7.0  # the numbers beside marks: points
MARGIN = 6.0  # points left of the strip, and right of it


class StripWord(NamedTuple):
    """A number in the strip, or what stands before the first: points from the lower left corner of
    the figure, what it says, and the address it leads to ("" for none)."""

    x: float
    y: float
    says: str
    address: str


class Strip(NamedTuple):
    """The numbers of the sentences below a figure, and the inches they take."""

    words: list[StripWord]
    depth: float


def render_pdf(record: FigureRecord, dpi: int) -> bytes:
    """The chart as PDF: numbers beside the marks and in the strip, then links over the marks.

    The texts put into the figure are taken out again.
    """
    from matplotlib.transforms import Bbox

    figure, strip = record.figure, lay_strip(record)
    width, height = figure.get_size_inches()
    texts = [*write_strip(record, strip), *number_marks(record)]
    buffer = io.BytesIO()
    no_clock = {"CreationDate": None}
    try:
        with embed_little():
            figure.savefig(
                buffer,
                format="pdf",
                dpi=dpi,
                metadata=no_clock | {"Title": record.chart.title, "Subject": record.chart.alt},
                bbox_inches=Bbox.from_bounds(0, -strip.depth, width, height + strip.depth),
                pad_inches=0,
            )
    finally:
        for text in texts:
            text.remove()
    return link_pdf(buffer, record, strip)


def lay_strip(record: FigureRecord) -> Strip:
    """Where the words of the strip stand."""
    if not record.citations:
        return Strip([], 0.0)
    said = [(f"Sentences, numbered as in {record.stem}.md:", "")]
    said += [(str(citation.n), citation.address) for citation in record.citations]
    words, x, y = [], MARGIN, -SMALL * 1.1
    for word, address in said:
        wide = measure_text(word, SMALL)
        if x + wide > record.figure.get_figwidth() * 72 - MARGIN:
            x, y = MARGIN, y - SMALL * 1.5
        words.append(StripWord(x, y, word, address))
        x += wide + measure_text(GAP, SMALL)
    return Strip(words, (1.3 * SMALL - y) / 72)


def write_strip(record: FigureRecord, strip: Strip) -> list[Text]:
    """The strip as texts of the figure, one a line: a text for each number takes as long as all."""
    width, height = record.figure.get_size_inches()
    texts = []
    for _, line in groupby(strip.words, key=lambda word: (word.y, word.address == "")):
        words = list(line)
        first = words[0]
        texts.append(
            record.figure.text(
                first.x / width / 72,
                first.y / height / 72,
                GAP.join(word.says for word in words),
                size=SMALL,
                color=LABEL_INK if first.address else GREY,
                va="baseline",
            )
        )
    return texts


def number_marks(record: FigureRecord) -> list[Text]:
    """The numbers of its sentences beside each mark, linked, wherever there is room for them; a
    mark in a crowd has none, and is found through the strip."""
    from matplotlib import text as matplotlib_text

    figure, numbers = record.figure, defaultdict(list)
    for citation in record.citations:
        for mark_id in citation.marks:
            numbers[mark_id].append(citation.n)
    renderer, point = record.canvas.get_renderer(), figure.dpi / 72
    chart = record.chart
    boxes = [measure_mark(artist, renderer) for artist in chart.artists]
    words = [
        text.get_window_extent(renderer)
        for text in figure.findobj(matplotlib_text.Text)
        if text.get_visible() and text.get_text().strip()
    ]
    taken = np.array([box.extents for box in boxes + words])
    right, top, texts = figure.bbox.x1, figure.bbox.y1, []
    for box, mark_id in zip(boxes, record.links):
        if mark_id not in numbers:
            continue
        text = figure.text(0, 0, word_numbers(numbers[mark_id]), size=LEAST, color=LABEL_INK)
        own = text.get_window_extent(renderer)
        apart = 1.5 * point  # or 2 and 15 would read 215
        for x, y in _surround(box, own, 2 * point):
            spot = (x - apart, y + own.y0 + point, x + own.x1 + apart, y + own.y1 - point)
            beside = (taken[:, 0] > spot[2]) | (taken[:, 2] < spot[0])
            free = beside | (taken[:, 1] > spot[3]) | (taken[:, 3] < spot[1])
            if free.all() and 0 < x < right - own.x1:
                text.set(x=x / right, y=y / top, zorder=9, url=record.links[mark_id])
                texts.append(text)
                taken = np.vstack([taken, spot])
                break
        else:
            text.remove()
    return texts


def word_numbers(numbers: list[int]) -> str:
    """The numbers of a mark's sentences, short.

    >>> word_numbers([3]), word_numbers([3, 9]), word_numbers([3, 9, 12])
    ('3', '3, 9', '3 +2')
    """
    first, *others = numbers
    if len(others) > 1:
        return f"{first} +{len(others)}"
    return ", ".join(map(str, numbers))


def measure_mark(artist, renderer) -> Bbox:
    """The box of a mark in pixels, with the width of its line, which matplotlib leaves out."""
    from matplotlib.lines import Line2D

    box = artist.get_window_extent(renderer)
    if isinstance(artist, Line2D) and artist.get_linestyle() not in ("None", "none", ""):
        return box.padded(artist.get_linewidth() / 2 * artist.figure.dpi / 72)
    return box


def _surround(box: Bbox, own: Bbox, gap: float) -> list[tuple[float, float]]:
    """Where a label may begin round a mark, best first: right of it, left, above, below; then
    farther right and left, past an arrow. `own`: the label's line, from where it begins."""
    middle = (box.y0 + box.y1 - own.y0 - own.y1) / 2
    centre = (box.x0 + box.x1 - own.x1) / 2
    near, *right = [(box.x1 + gap * far, middle) for far in (1, 4, 6)]
    close, *left = [(box.x0 - gap * far - own.x1, middle) for far in (1, 4, 6)]
    above, below = (centre, box.y1 - own.y0 + gap / 2), (centre, box.y0 - own.y1 - gap / 2)
    return [near, close, above, below, *right, *left]


def link_pdf(pdf: io.BytesIO, record: FigureRecord, strip: Strip) -> bytes:
    """The PDF with a link over every number of the strip and every mark: matplotlib links whole
    texts alone."""
    from matplotlib.transforms import Bbox
    from pypdf import PdfWriter

    writer, renderer = PdfWriter(clone_from=pdf), record.canvas.get_renderer()
    scale, depth = 72 / record.figure.dpi, strip.depth * 72
    for x, y, says, address in strip.words:
        if address:
            wide = measure_text(says, SMALL)
            _add_link(writer, address, x, y + depth - 1, x + wide, y + depth + SMALL)
    for artist, (mark_id, address) in zip(record.chart.artists, record.links.items()):
        artist = record.chart.targets.get(mark_id, artist)
        box = measure_mark(artist, renderer)
        if artist.get_clip_on() and artist.axes is not None:
            box = Bbox.intersection(box.padded(0.01), artist.axes.bbox.padded(0.02)) or box
        x, y = (box.x0 + box.x1) / 2 * scale, (box.y0 + box.y1) / 2 * scale + depth
        wide, high = max(box.width * scale, REACH) / 2, max(box.height * scale, REACH) / 2
        _add_link(writer, address, x - wide, y - high, x + wide, y + high)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _add_link(
    writer: PdfWriter, address: str, left: float, bottom: float, right: float, top: float
) -> None:
    """A link over a rectangle, in points from the lower left corner of the page."""
    from pypdf.annotations import Link

    left, bottom, right, top = (round(float(value), 2) for value in (left, bottom, right, top))
    rect = (left, bottom, right, top)
    writer.add_annotation(0, Link(rect=rect, url=address, border=[0, 0, 0]))
