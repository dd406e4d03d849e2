"""Pictures: a chart as SVG, PDF or PNG, the same bytes for the same chart.

What an SVG has is in helpers.publish.formats.svg, what a PDF has in helpers.publish.formats.pdf.
"""

import io

import numpy as np

from helpers.charts.look.theme import themed
from helpers.publish.formats.pdf import render_pdf
from helpers.publish.formats.svg import render_svg
from helpers.publish.record import FigureRecord

PRINT_DPI, SCREEN_DPI = 300, 110
COLOURS = 128  # of a PNG; more than a chart has, edges of letters included
FEWER = 64  # of one that is too heavy with so many: a slide full of letters
PLAIN = 3 / 8  # of these, the colours that cover most: areas, whose tint nothing may change
# zlib's levels: 9 saves a twentieth of the bytes and takes nine times as long, so only a picture
# that would come near the 250 KB a page bears is packed as tightly as can be.
QUICK, TIGHT = 6, 9
HEAVY = 250_000  # bytes


def render_chart(record: FigureRecord, kind: str) -> bytes:
    """A chart as "svg", "pdf" or "png". The settings of matplotlib are put back as they were."""
    if kind == "png":
        return render_pixels(record)[0]
    with themed(record.chart.study):
        return render_pdf(record, PRINT_DPI) if kind == "pdf" else render_svg(record)


def render_pixels(record: FigureRecord) -> tuple[bytes, bytes]:
    """(PNG to print, PNG for a screen): drawn once, because drawing takes longer than making it
    smaller. Nothing of a chart is transparent."""
    from PIL import Image

    figure = record.figure
    before, figure.dpi = figure.dpi, PRINT_DPI
    try:
        with themed(record.chart.study):
            record.canvas.draw()
        drawn = Image.fromarray(np.asarray(record.canvas.buffer_rgba())).convert("RGB")
    finally:
        figure.dpi = before
    wide, high = (round(side * SCREEN_DPI / PRINT_DPI) for side in drawn.size)
    shown = drawn.resize((wide, high), Image.Resampling.HAMMING)
    return _encode_png(drawn, PRINT_DPI), _encode_png(shown, SCREEN_DPI)


def _encode_png(image, dpi: int) -> bytes:
    """With a palette: a chart has few colours, and takes half the room so."""
    ways = [(COLOURS, QUICK), (COLOURS, TIGHT), (FEWER, TIGHT)]
    packed = b""
    for colours, level in ways:
        packed = _pack(_reduce_colours(image, colours), dpi, level)
        if len(packed) <= HEAVY:
            break
    return packed


def _pack(image, dpi: int, level: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "png", dpi=(dpi, dpi), compress_level=level)
    return buffer.getvalue()


def _reduce_colours(image, most: int):
    """A picture with a palette of so many colours: PLAIN of them as they are, and of the others,
    edges of letters and lines, those that lie farthest apart."""
    from PIL import Image

    counted = sorted(image.getcolors(image.width * image.height), reverse=True)
    colours = np.array([colour for _, colour in counted], dtype=np.int32)
    each = Image.fromarray(colours[None].astype(np.uint8), "RGB")  # how often they occur is told
    plain = round(PLAIN * most)
    apart = each.quantize(most - plain, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    others = np.array(apart.getpalette(), dtype=np.int32).reshape(-1, 3)
    palette = np.vstack([colours[:plain], others])[:most]
    gaps = ((colours[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2)
    nearest = np.zeros(1 << 24, dtype=np.uint8)
    nearest[_number_colours(colours)] = gaps.argmin(axis=1)
    few = Image.fromarray(nearest[_number_colours(np.asarray(image, dtype=np.int32))], "P")
    few.putpalette(palette.astype(np.uint8).tobytes())
    return few


def _number_colours(colours: np.ndarray) -> np.ndarray:
    """Each colour (red, green and blue along the last axis) as one number."""
    return (colours[..., 0] << 16) + (colours[..., 1] << 8) + colours[..., 2]
