"""Layout: how every chart begins and ends. Start once, draw, finish once.

Titles are handed in, computed; the footer is composed here from what was drawn, so that no chart
can go without its sources.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, cast

from helpers.analysis.selection import Study
from helpers.charts.chart import Chart, absent_chart
from helpers.charts.fonts import balance_text, measure_text, wrap_text
from helpers.charts.footer import compose_sources, say_left_out
from helpers.charts.theme import GREY, INK, MM, SMALL, SUBTITLE, TITLE, Looks
from helpers.schema.errors import ClaimsError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

SLIDE_HEIGHT_MM = 142.9  # 16:9
LONGEST_MM = {  # a column has to fit a page; the full width may be read on a screen
    "full": 1000.0,
    "column": 250.0,
    "slide": SLIDE_HEIGHT_MM,
}


def start_chart(
    study: Study, name: str, height_mm: float, **subplots: Any
) -> tuple[Chart, list[Axes]]:
    """An empty chart of the study's width and (chart, list of axes). `height_mm` is that of the
    panels; title and footer are added to it. A slide has the height of a slide, whatever is asked
    for."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    chart = Chart(name, study)
    # rounded, because sum() of floats is more exact from Python 3.12 on, and one bit changes every
    # id in an SVG
    size = (chart.width_mm * MM, round(height_mm, 2) * MM)
    chart.figure = Figure(figsize=size, layout="constrained")
    FigureCanvasAgg(chart.figure)
    axes = chart.figure.subplots(**{"squeeze": False, **subplots})
    return chart, list(axes.flat)


def finish_chart(
    chart: Chart,
    title: str,
    subtitle: str,
    alt: str,
    reading: str,
    refused: list[str] | None = None,
) -> Chart:
    """Title, subtitle and footer put round the panels. Raises ClaimsError when nothing was marked:
    a chart that draws nothing must never look like a finding."""
    if not chart.rows:
        raise ClaimsError(
            f"{chart.name} was finished without a single mark; draw its claims or return "
            "absent_chart"
        )
    if chart.study.selection:
        subtitle += f" Selected: {chart.study.selection}."
    chart.title, chart.subtitle, chart.alt, chart.reading = title, subtitle, alt, reading
    chart.refused = [*filter(None, [say_left_out(chart.left_out), *(refused or [])])]
    chart.sources = compose_sources(chart)
    total = _write_words(chart)
    if total / MM > LONGEST_MM[chart.width] + 0.1:
        why = f"it would be {total / MM:.0f} mm high"
        return _refuse_width(chart, f"at this width ({chart.width}) {why}")
    with warnings.catch_warnings():
        warnings.filterwarnings("error", "constrained_layout not applied")
        try:
            settle_layout(chart.drawn)
        except UserWarning:
            why = f"its labels leave no room for its panels at this width ({chart.width})"
            return _refuse_width(chart, why)
    for place in chart.later:
        place()
    return chart


def _refuse_width(chart: Chart, why: str) -> Chart:
    why += "; take the full width, or select less."
    return absent_chart(chart.study, chart.name, why)


def _write_words(chart: Chart) -> float:
    """Title, subtitle, legend and footer, and the height of the whole figure, in inches."""
    figure, room = chart.drawn, chart.width_mm * MM * 72 - 12
    title = balance_text(chart.title, TITLE, room)
    subtitle = wrap_text(chart.subtitle, SUBTITLE, room)
    footer = wrap_text(" ".join([chart.sources, *chart.refused]), SMALL, room)
    title_high = _measure_height(title, TITLE)
    subtitle_high = _measure_height(subtitle, SUBTITLE)
    columns, legend_high = measure_legend(chart, room)
    head = (title_high + subtitle_high + legend_high + 17) / 72
    foot = (_measure_height(footer, SMALL) + 10) / 72
    total = figure.get_figheight() + head + foot
    if chart.width == "slide":
        total = SLIDE_HEIGHT_MM * MM
    figure.set_figheight(total)
    engine = cast("ConstrainedLayoutEngine", figure.get_layout_engine())
    panels = (0, foot / total, 1, 1 - (head + foot) / total)
    engine.set(rect=panels, w_pad=0.08, h_pad=0.03)
    left = 6 / 72 / figure.get_figwidth()

    def down(points: float) -> float:
        """So many points below the upper edge, as a fraction of the height."""
        return 1 - points / 72 / total

    figure.text(left, down(5), title, size=TITLE, weight="bold", va="top", linespacing=1.2)
    grey: Looks = {"color": GREY, "linespacing": 1.2}
    figure.text(left, down(title_high + 8), subtitle, size=SUBTITLE, va="top", **grey)
    figure.text(left, 4 / 72 / total, footer, size=SMALL, va="bottom", **grey)
    if chart.legend:
        corner = (left, down(title_high + subtitle_high + 13))
        _draw_legend(chart, corner, columns)
    return total


def _measure_height(block: str, size: float) -> float:
    """The height in points of a text of several lines."""
    return 1.28 * size * (block.count("\n") + 1)


def _draw_legend(chart: Chart, corner: tuple[float, float], columns: int) -> None:
    box = chart.drawn.legend(
        handles=chart.legend,
        loc="upper left",
        bbox_to_anchor=corner,
        ncols=columns,
        fontsize=SMALL,
        frameon=False,
        handletextpad=0.5,
        columnspacing=1.4,
        borderpad=0,
        borderaxespad=0,
        labelspacing=0.45,
        labelcolor=INK,
    )
    box.set_in_layout(False)


def measure_legend(chart: Chart, width: float) -> tuple[int, float]:
    """(columns, height in points) of the legend: as many columns as fit into `width` points."""
    if not chart.legend:
        return 1, 0.0
    widest = max(measure_text(str(handle.get_label()), SMALL) for handle in chart.legend)
    columns = max(1, min(len(chart.legend), int(width // (widest + 2.3 * SMALL + 1.4 * SMALL))))
    return columns, -(-len(chart.legend) // columns) * SMALL * 1.6 + 3


def settle_layout(figure: Figure) -> None:
    """Put everything where it will stand, once: every format shows the same, no save draws twice,
    and nothing is drawn to find out. Warns as matplotlib does where the panels find no room."""
    from matplotlib.legend import Legend

    renderer = find_renderer(figure)
    cast("ConstrainedLayoutEngine", figure.get_layout_engine()).execute(figure)
    figure.set_layout_engine(None)
    for axis in figure.axes:
        locator = axis.get_axes_locator()
        axis.apply_aspect(None if locator is None else locator(axis, renderer))
    for legend in figure.findobj(Legend):  # its words know their places only once it was drawn
        legend.draw(renderer)


def find_renderer(figure: Figure) -> RendererAgg:
    """What measures the artists of a figure."""
    return cast("FigureCanvasAgg", figure.canvas).get_renderer()
