"""Theme: the sizes, colours and markers of every chart, set for the drawing and put back.

Sizes are printed sizes: millimetres and points.

Here as in every module of charts matplotlib is imported where something is drawn: it takes as long
to import as pandas, and a notebook that stops at a wrong parameter should not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.charts.fonts import share_extents

if TYPE_CHECKING:
    from matplotlib.typing import RcKeyType

Looks = dict[str, Any]  # how matplotlib is to draw something: colour, width, size and so on
MM = 1 / 25.4  # inches
TITLE, SUBTITLE, LABEL, SMALL = 10.0, 7.5, 7.0, 6.2  # points; nothing is set below 6
INK, GREY, PALE, FAINT = "#1a1a1a", "#5c5c5c", "#d9d9d9", "#ececec"
# okabe_ito without its yellow, which vanishes on paper; each colour has one marker, for greyscale.
COLOURS = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#000000"]
MARKERS = ["o", "s", "^", "D", "v", "P", "X"]
RC: dict[RcKeyType, object] = {
    "font.family": "DejaVu Sans",
    "font.size": LABEL,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.labelsize": LABEL,
    "xtick.labelsize": LABEL,
    "ytick.labelsize": LABEL,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.minor.width": 0.4,
    "xtick.major.size": 3,
    "ytick.major.size": 3,
    "xtick.minor.size": 1.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 0.4,
    "hatch.color": "#b0b0b0",
    "svg.hashsalt": "eleven-days",
    "pdf.fonttype": 42,
    "axes.unicode_minus": True,
    "text.hinting": "no_hinting",
    "text.parse_math": False,  # a dollar sign in a text is a dollar sign
}


@contextmanager
def themed() -> Iterator[None]:
    """Within it, matplotlib draws as these charts are drawn; afterwards, after an error too, its
    settings and functions are what they were. Every draw_… is decorated with it, and so is what
    renders a chart."""
    import matplotlib

    with matplotlib.rc_context(RC), share_extents():
        yield


def style_documents(documents: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """doc_id → (colour, marker), the same in every chart. Up to seven documents each have their
    own; beyond that colour goes by publisher, and beyond seven publishers there is one."""
    keys = dict(zip(documents["doc_id"], documents["doc_id"]))
    if len(keys) > len(COLOURS):
        keys = dict(zip(documents["doc_id"], documents["publisher"]))
    order = {key: number for number, key in enumerate(sorted(set(keys.values())))}
    if len(order) > len(COLOURS):
        order = dict.fromkeys(order, 0)
    return {doc_id: (COLOURS[order[key]], MARKERS[order[key]]) for doc_id, key in keys.items()}
