"""Scale: how high panels of running totals are, up to which number and over which days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.analysis.statements import Totals

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEADROOM = 1.24  # of a panel over its largest number, so that a label of two lines fits above
HIGH_MM = {"full": (47.0, 31.5), "column": (56.0,), "slide": (77.0,)}  # of one panel, of two each
LEAST_MM = 18.0  # of a panel on the scale of a higher one; with less room it has its own
CLEAR = 12.0  # points right of the numbers of an axis that stay free of labels


def find_top(totals: Totals) -> float:
    """The number at the upper edge of a panel."""
    return HEADROOM * max(one.number for one in totals.statements)


def share_height(panels: list[Totals], width: str, room: float = 0.0) -> list[float]:
    """The millimetres of each panel: as high as its numbers, so that all have one scale; equal ones
    where the lowest would be less than LEAST_MM high. room: what a slide has for one panel, which
    fills it."""
    high, tops = HIGH_MM[width][len(panels) - 1], [find_top(totals) for totals in panels]
    if width == "slide" and room:
        high = room / len(panels)
    shares = [len(panels) * high * top / sum(tops) for top in tops]
    return shares if min(shares) >= LEAST_MM else [high] * len(panels)


def find_ends(panels: list[Totals]) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and the last of the days to which totals count, so that a day stands in all panels
    at one place."""
    days = [one.first.date_end for totals in panels for one in totals.statements]
    return min(days), max(days)


def list_steps(panel: Axes, high: float, size: float) -> list[tuple[float, float, float, float]]:
    """Boxes (points from the lower left corner of a panel so high) right of the numbers of its
    axis, of such a size, where no label stands: it would read on from them."""
    most = panel.get_ylim()[1]
    steps = [tick / most * high for tick in panel.get_yticks() if tick > 0]
    return [(-4.0, step - size / 2, CLEAR, step + size / 2) for step in steps]
