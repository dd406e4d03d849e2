"""Frame: the words round a plot. Title, subtitle and key above it, source line and note below.

`measure_frame` breaks them into lines and says how much room they take; `write_frame` writes them,
once the figure has its height. With `frame = "none"` only the key and the words "Invented texts"
are left, because a picture of invented dead will be copied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from helpers.charts.chart import Chart
from helpers.charts.look.fonts import balance_text, cut_lines, measure_text, wrap_text
from helpers.charts.look.language import find_words
from helpers.charts.look.style import find_style
from helpers.charts.look.theme import LEADING, MM, POINT, Looks, find_look

if TYPE_CHECKING:
    from matplotlib.text import Text

TITLE_LINES = 2
BARE_MM = 0.6  # above and below a plot without its words, which stands among those of others
COUNTED = re.compile(r"(\d) (?=[a-zA-Z])")  # 27 days, 7 Sep: on one line
KEY_GAPS = 3.9  # sizes of the letters that sign and gaps of an entry of the key take
LOGO_LINES = 1.2  # height of the logo, in sizes of the title


@dataclass(frozen=True)
class Line:
    """A block of words above or below the plot: millimetres from the upper (of the foot: lower)
    edge of the figure to its upper edge."""

    words: str
    size: float
    top: float
    role: str = "secondary"
    bold: bool = False


@dataclass(frozen=True)
class Frame:
    """What stands round a plot. head, foot: its blocks; head_mm, foot_mm: the room they take.
    key_mm: where the key stands, from the upper edge; columns: into how many it is set."""

    head: tuple[Line, ...]
    foot: tuple[Line, ...]
    head_mm: float
    foot_mm: float
    margin_mm: float
    key_mm: float
    columns: int


def measure_frame(
    chart: Chart, title: str | list[str], subtitle: str | list[str], margin_mm: float
) -> Frame:
    """The blocks round a chart, broken into lines. Enters the title and subtitle that fit into the
    chart; a selection is named in the subtitle."""
    look, room = find_look(chart.study), (chart.width_mm - 2 * margin_mm) / POINT
    words, logo = find_words(chart.study), find_style(chart.study).logo
    beside = room * 0.75 if logo is not None and chart.framed else room
    chart.title = _choose(title, look.title, beside, TITLE_LINES, True)
    chart.subtitle = _choose(subtitle, look.subtitle, beside, 1, False)
    if chart.study.selection:
        chart.subtitle += f" {words('selected', words=chart.study.selection)}"
    head: list[Line] = []
    top = margin_mm if chart.framed else BARE_MM
    if chart.framed:
        block = _break_title(chart.title, look.title, beside)
        top = _stack(head, block, look.title, top, "text", bold=True)
        block = cut_lines(chart.subtitle, look.subtitle, beside, 2)
        top = _stack(head, block, look.subtitle, top + 0.25 * look.subtitle * POINT, "secondary")
    if chart.study.settings.get("invented"):
        gap = 0.3 * look.label * POINT
        top = _stack(head, words("invented"), look.label, top + gap, "text", bold=True)
    key_mm = top + (0.4 * look.foot * POINT if head else 0.0)
    columns, high = measure_legend(chart, room)
    top = key_mm + high * POINT
    head_mm = top + (0.9 * look.subtitle * POINT if head or chart.legend else 0.0)
    foot, below = _break_foot(chart, room, margin_mm)
    return Frame(tuple(head), tuple(foot), head_mm, below, margin_mm, key_mm, columns)


def _stack(
    lines: list[Line], block: str, size: float, top: float, role: str, bold: bool = False
) -> float:
    """A block added at `top`; gives where it ends."""
    lines.append(Line(block, size, top, role, bold))
    return top + LEADING * size * POINT * (block.count("\n") + 1)


def _break_foot(chart: Chart, room: float, margin_mm: float) -> tuple[list[Line], float]:
    """Source line and note in lines, and the room they take, a rule above them included."""
    if not chart.framed:
        return [], BARE_MM
    size = find_look(chart.study).foot
    said = (chart.source_line, chart.note, find_style(chart.study).foot)
    blocks = [wrap_text(COUNTED.sub("\\1\u00a0", words), size, room) for words in said if words]
    lines, below = [], margin_mm
    for block in reversed(blocks):
        below += LEADING * size * POINT * (block.count("\n") + 1)
        lines.append(Line(block, size, below))
    return lines, below + 1.2 * size * POINT


def _choose(words: str | list[str], size: float, room: float, most: int, bold: bool) -> str:
    """The first of several wordings that fits into so many lines, else the shortest."""
    said = [words] if isinstance(words, str) else words
    for one in said:
        if wrap_text(one, size, room, bold).count("\n") < most:
            return one
    return min(said, key=len)


def _break_title(title: str, size: float, room: float) -> str:
    title = COUNTED.sub("\\1\u00a0", title)
    block = balance_text(title, size, room)
    if block.count("\n") < TITLE_LINES:
        return block
    return cut_lines(title, size, room, TITLE_LINES, True)


def write_frame(chart: Chart, frame: Frame) -> None:
    """Write the blocks into a figure that has its height."""
    figure, wide = chart.drawn, chart.width_mm
    high = figure.get_figheight() / MM
    left = frame.margin_mm / wide
    for line in frame.head:
        _write(chart, left, 1 - line.top / high, line)
    for line in frame.foot:
        _write(chart, left, line.top / high, line)
    if frame.foot:
        from matplotlib.lines import Line2D

        size = find_look(chart.study).foot * POINT
        y = (frame.foot[-1].top + 0.35 * size) / high
        colour = find_look(chart.study).colour["rule"]
        rule: Looks = {"color": colour, "linewidth": 0.6, "transform": figure.transFigure}
        figure.add_artist(Line2D([left, 1 - left], [y, y], **rule))
    if chart.legend:
        _draw_key(chart, (left, 1 - frame.key_mm / high), frame.columns)
    if chart.framed:
        _draw_logo(chart, frame, high)


def _draw_logo(chart: Chart, frame: Frame, high: float) -> None:
    """The logo of the house in its corner of the head, as high as the title."""
    style = find_style(chart.study)
    if style.logo is None:
        return
    from matplotlib.image import imread

    picture = imread(style.logo)
    tall = LOGO_LINES * find_look(chart.study).title * POINT
    wide = min(tall * picture.shape[1] / picture.shape[0], chart.width_mm / 4)
    margin = frame.margin_mm
    left = margin if style.corner == "left" else chart.width_mm - margin - wide
    box = (left / chart.width_mm, 1 - (margin + tall) / high, wide / chart.width_mm, tall / high)
    left, bottom, across, up = (round(side, 6) for side in box)
    axes = chart.drawn.add_axes((left, bottom, across, up))
    axes.imshow(picture)
    axes.axis("off")


def _write(chart: Chart, x: float, y: float, line: Line) -> Text:
    weight = "bold" if line.bold else "normal"
    return chart.drawn.text(
        round(x, 6),
        round(y, 6),
        line.words,
        size=line.size,
        weight=weight,
        color=find_look(chart.study).colour[line.role],
        va="top",
        linespacing=find_look(chart.study).spacing,
    )


def _draw_key(chart: Chart, corner: tuple[float, float], columns: int) -> None:
    look = find_look(chart.study)
    box = chart.drawn.legend(
        handles=chart.legend,
        loc="upper left",
        bbox_to_anchor=corner,
        ncols=columns,
        fontsize=look.foot,
        frameon=False,
        handletextpad=0.5,
        columnspacing=1.4,
        borderpad=0,
        borderaxespad=0,
        labelspacing=0.45,
        labelcolor=look.colour["text"],
    )
    box.set_in_layout(False)


def measure_legend(chart: Chart, width: float) -> tuple[int, float]:
    """(columns, height in points) of the key: as many columns as fit into `width` points, each as
    wide as its widest entry."""
    if not chart.legend:
        return 1, 0.0
    size = find_look(chart.study).foot
    wides = [measure_text(str(handle.get_label()), size) for handle in chart.legend]
    many = len(wides)
    for rows in range(1, many + 1):
        columns = -(-many // rows)
        parts = np.array_split(wides, columns)
        if sum(part.max() + KEY_GAPS * size for part in parts) <= width:
            break
    return columns, rows * size * 1.68 + 3
