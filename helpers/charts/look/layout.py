"""Layout: how every chart begins and ends. Start once, draw, finish once.

    chart, plot = start_plot(study, "displacement_over_time")  # an axes in millimetres, y downwards
    panel = add_panel(chart, 12, 0, 150, 60)                   # an axes of its own within the plot
    plot.set_ylim(height, 0)                                   # how high it became
    finish_chart(chart, Told(title, subtitle, alt, reading))

`finish_chart` puts the frame round the plot: title (at most two lines), subtitle, source line,
note. With `frame = "none"` only the plot is drawn, with the words "Invented texts" where the corpus
is invented; the rest stands in the chart's fields, for captions.

Sizes and colours come from `find_look(study)` in theme.py, signs from signs.py. Texts are cut at
the room there is with fonts.py (wrap_text, cut_lines, measure_text: points; 1 point is theme.POINT
millimetres).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from helpers.analysis.loading import say_faulty
from helpers.analysis.selection import Study
from helpers.charts.chart import Chart, Told
from helpers.charts.look.footer import (
    compose_note,
    compose_source_line,
    compose_sources,
    say_left_out,
)
from helpers.charts.look.frame import Frame, measure_frame, write_frame
from helpers.charts.look.language import find_words
from helpers.charts.look.theme import LEADING, MM, POINT, find_look
from helpers.schema.errors import ClaimsError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
    from matplotlib.figure import Figure

SLIDE_HEIGHT_MM = 190.5  # 7.5 in, of 13.33 in
BARE_SLIDE_MM = 130.5  # what a slide's own title and notes leave of it for a picture without them
MARGIN_MM = {"full": 0.6, "column": 0.6, "slide": 10.0}
FOOT_LINES = {"full": 2, "column": 4, "slide": 2}
PAGE_MM = 240.0
# How high a plot may be: a page less its frame; a slide less a title of two lines.
PLOT_MM = {"full": 205.0, "column": 200.0, "slide": 106.0}


def find_room(study: Study) -> tuple[float, float]:
    """(width, most height) of a plot in millimetres at the width that a study asks for."""
    width = study.parameters["width"]
    return Chart("", study).width_mm - 2 * MARGIN_MM[width], PLOT_MM[width]


def measure_room(chart: Chart, title: str | list[str], subtitle: str | list[str]) -> float:
    """How high a plot may be: what title, subtitle and the key entered so far leave above the foot,
    on a slide all of it, without a frame what the slide's own words leave."""
    margin, size = MARGIN_MM[chart.width], find_look(chart.study).foot * POINT
    frame = measure_frame(chart, title, subtitle, margin)
    if chart.width == "slide" and not chart.framed:
        return BARE_SLIDE_MM - frame.head_mm - frame.foot_mm
    foot = margin + (FOOT_LINES[chart.width] * LEADING + 1.2) * size
    sheet = SLIDE_HEIGHT_MM if chart.width == "slide" else PAGE_MM
    return sheet - frame.head_mm - foot - 1.0


def start_plot(study: Study, name: str) -> tuple[Chart, Axes]:
    """An empty chart and an axes over all of its plot, in millimetres: (0, 0) is the upper left
    corner, y counts down. Whoever draws sets the lower end, plot.set_ylim(height, 0)."""
    wide, high = find_room(study)
    chart = _make_figure(study, name, high)
    plot = chart.drawn.add_axes((0, 0, 1, 1))
    plot.set(xlim=(0, wide), ylim=(high, 0))
    plot.axis("off")
    plot.set_zorder(1)  # its words stand over the lines of panels, and its rows take the clicks
    chart.panels.append((plot, (0, 0, wide, 0)))
    return chart, plot


def add_panel(chart: Chart, left: float, top: float, width: float, height: float) -> Axes:
    """An axes of its own at a place of the plot, in millimetres from the plot's upper left
    corner."""
    panel = chart.drawn.add_axes((0, 0, 1, 1))
    panel.patch.set_visible(False)
    chart.panels.append((panel, (left, top, width, height)))
    return panel


def _make_figure(study: Study, name: str, height_mm: float) -> Chart:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    chart = Chart(name, study)
    # rounded, because sum() of floats is more exact from Python 3.12 on, and one bit changes every
    # id in an SVG
    chart.figure = Figure(figsize=(chart.width_mm * MM, round(height_mm, 2) * MM))
    FigureCanvasAgg(chart.figure)
    return chart


def finish_chart(
    chart: Chart,
    told: Told,
    refused: list[str] | None = None,
    note: tuple[str, ...] = (),
    data: str = "",
) -> Chart:
    """The frame put round the panels, its title in two lines and its subtitle in one. `refused`:
    what was not drawn or not compared. `note`: sentences a reader must not miss, the gravest first.
    `data`: whose data are drawn besides the texts' ("Borders: Natural Earth."). Raises ClaimsError
    when nothing was marked: a chart that draws nothing must never look like a finding."""
    if not chart.rows:
        raise ClaimsError(
            f"{chart.name} was finished without a single mark; draw its claims or return "
            "absent_chart"
        )
    chart.alt, chart.reading = told.alt, told.reading
    words = find_words(chart.study)
    said = [say_faulty(chart.study.faulty, words.turn), say_left_out(chart.left_out, words)]
    said += refused or []
    chart.refused = [sentence for sentence in said if sentence]
    chart.sources = compose_sources(chart)
    chart.source_line = compose_source_line(chart, data)
    chart.note = compose_note(chart, note)
    frame = measure_frame(chart, told.title, told.subtitle, MARGIN_MM[chart.width])
    _settle_plot(chart, frame)
    write_frame(chart, frame)
    for place in chart.later:
        place()
    return chart


def _find_height(chart: Chart, plot_mm: float, frame: Frame) -> float:
    """The height of the whole figure in millimetres. A slide has that of a slide."""
    total = frame.head_mm + plot_mm + frame.foot_mm
    if chart.width == "slide" and chart.framed:
        total = max(total, SLIDE_HEIGHT_MM)
    return round(total, 2)


def _settle_plot(chart: Chart, frame: Frame) -> None:
    """Plot and panels in their places: a millimetre of the plot is one of the figure."""
    figure, margin = chart.drawn, MARGIN_MM[chart.width]
    plot_mm = chart.panels[0][0].get_ylim()[0]
    total = _find_height(chart, plot_mm, frame)
    figure.set_figheight(total * MM)
    chart.panels[0] = (chart.panels[0][0], (0, 0, chart.width_mm - 2 * margin, plot_mm))
    for axes, (left, top, wide, high) in chart.panels:
        lower = total - frame.head_mm - top - high
        box = (
            (margin + left) / chart.width_mm,
            lower / total,
            wide / chart.width_mm,
            high / total,
        )
        axes.set_position(box)
    settle_layout(figure)


def settle_layout(figure: Figure) -> None:
    """Put everything where it will stand, once: every format shows the same, no save draws twice,
    and nothing is drawn to find out. Places are rounded, so that the last bit of a float, which may
    differ from machine to machine, changes no id in an SVG."""
    from matplotlib.legend import Legend

    renderer = find_renderer(figure)
    for axis in figure.axes:
        locator = axis.get_axes_locator()
        axis.apply_aspect(None if locator is None else locator(axis, renderer))
        if locator is None:
            axis.set_aspect("auto")  # the place has its shape by now; drawing would find it again
            axis.set_position([round(side, 6) for side in axis.get_position().bounds])
    for legend in figure.findobj(Legend):  # its words know their places only once it was drawn
        legend.draw(renderer)


def find_renderer(figure: Figure) -> RendererAgg:
    """What measures the artists of a figure."""
    return cast("FigureCanvasAgg", figure.canvas).get_renderer()
