"""Charts: a study goes in, a Chart comes out. One function a figure.

`chart` is a figure and what stands behind it. `look` (a folder) is how every chart looks: `theme`
sets sizes and colours, `layout` begins and ends it, `signs` draws a single claim; `page` (a folder)
and `totals` draw many. `displacement` and `casualties` hold figures, and so do the folders `lists`,
`maps` and `advance`, the last two over what `captures` says of each place.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.analysis.selection import Study
    from helpers.charts.chart import Chart

# figure → module that draws it, in the order of the gallery: the headline, then by notebook
FIGURES = {
    "overview": "advance.overview",
    "displacement_over_time": "displacement",
    "casualties_over_time": "casualties",
    "parts_of_a_total": "lists.parts",
    "advance_map": "maps.map",
    "advance_map_by_day": "maps.by_day",
    "advance_pace": "advance.pace",
    "sources": "lists.sources",
    "disagreements": "lists.disagreements",
    "corpus": "lists.corpus",
}


def draw_figure(name: str, study: Study) -> Chart:
    """The chart called `name` (a key of FIGURES), drawn from a study. Raises KeyError for another
    name."""
    return getattr(import_module(f"helpers.charts.{FIGURES[name]}"), f"draw_{name}")(study)
