"""Boxes: what is written on a chart, line by line, and where each line stands on the paper.

Measured from the drawn figure alone, in millimetres from its lower left corner. A line's box is as
high as its letters, without the leading.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.text import Annotation, Text

from helpers.charts.look.fonts import measure_text
from helpers.charts.look.theme import MM, POINT, themed
from tests.reader.canvas import SIDES

RISE = 0.72  # height of a capital letter, in sizes of the letters
TOUCH = 0.25  # millimetres by which boxes may overlap: sidebearings, a comma's tail


@dataclass(frozen=True)
class Box:
    """A line of words: its edges in millimetres, its size in points, and the text it is part of."""

    words: str
    left: float
    lower: float
    right: float
    upper: float
    size: float
    text: Text

    def overlaps(self, other: Box) -> bool:
        """Whether two lines of different texts run over each other."""
        return (
            self.text is not other.text
            and min(self.right, other.right) - max(self.left, other.left) > TOUCH
            and min(self.upper, other.upper) - max(self.lower, other.lower) > TOUCH
        )


def list_boxes(figure) -> list[Box]:
    """Every line of every text that can be seen."""
    with themed():
        for legend in figure.findobj(Legend):  # its words know their places only once it was drawn
            legend.draw(figure.canvas.get_renderer())
        for axes in figure.axes:  # as do the labels and lines of ticks
            for side in SIDES:
                getattr(axes, f"{side}axis").get_ticklabels(which="both")
        return [box for text in _list_seen(figure) for box in _cut_lines(text, figure)]


def _list_seen(figure) -> list[Text]:
    """Texts with words and ink; of the labels of an axis those whose tick can be seen."""
    unseen = set()
    for axes in figure.axes:
        for side in SIDES:
            unseen |= _list_unseen(axes, side)
    return [
        text
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and text.get_alpha() != 0
        if id(text) not in unseen and _is_shown(text)
    ]


def _is_shown(text: Text) -> bool:
    """Whether the panel or legend that holds a text is shown."""
    axes = text.axes
    return axes is None or axes.get_visible()


def _list_unseen(axes, side: str) -> set[int]:
    """Ids of the labels of an axis that nothing draws: outside its ends, or of a hidden axis."""
    axis = getattr(axes, f"{side}axis")
    hidden = not (axes.axison and axes.get_visible() and axis.get_visible())
    low, high = sorted(axis.get_view_interval())
    slack = (high - low) * 1e-6
    unseen = set()
    for minor in (False, True):
        ticks = axis.get_minor_ticks() if minor else axis.get_major_ticks()
        for place, tick in zip(axis.get_ticklocs(minor=minor), ticks, strict=False):
            seen = not hidden and low - slack <= place <= high + slack
            for label, shown in (
                (tick.label1, tick.label1.get_visible()),
                (tick.label2, tick.label2.get_visible()),
            ):
                if not (seen and shown):
                    unseen.add(id(label))
        for tick in ticks[len(axis.get_ticklocs(minor=minor)) :]:
            unseen |= {id(tick.label1), id(tick.label2)}
    if hidden:
        unseen |= {id(axis.label), id(axis.get_offset_text())}
    return unseen


def _cut_lines(text: Text, figure) -> list[Box]:
    """The lines of a text. One that is turned keeps one box, that of the whole."""
    renderer = figure.canvas.get_renderer()
    pixels = 1 / (figure.dpi * MM)
    if isinstance(text, Annotation):
        text.update_positions(renderer)
    extent = Text.get_window_extent(text, renderer)  # of an annotation without its arrow
    left, lower, right, upper = (side * pixels for side in extent.extents)
    lines, size = text.get_text().split("\n"), text.get_fontsize()
    if text.get_rotation() % 360:
        return [Box(text.get_text(), left, lower, right, upper, size, text)]
    style = (text.get_fontweight() in ("bold", "semibold", 600, 700), text.get_style() == "italic")
    high = (upper - lower) / len(lines)
    boxes = []
    for number, words in enumerate(lines):
        if not words.strip():
            continue
        wide = min(measure_text(words, size, *style) * POINT, right - left)
        start = _find_start(text, left, right, wide)
        middle = upper - high * (number + 0.5)
        half = RISE * size * POINT / 2
        boxes.append(Box(words, start, middle - half, start + wide, middle + half, size, text))
    return boxes


def _find_start(text: Text, left: float, right: float, wide: float) -> float:
    """Where a line begins within its block."""
    side = getattr(text, "_multialignment", None) or text.get_horizontalalignment()
    if side == "right":
        return right - wide
    if side == "center":
        return (left + right - wide) / 2
    return left


def find_overlaps(boxes: list[Box]) -> list[tuple[Box, Box]]:
    """Pairs of lines that run over each other."""
    if not boxes:
        return []
    edges = np.array([(box.left, box.lower, box.right, box.upper) for box in boxes])
    order = np.argsort(edges[:, 1])
    near = []
    for at, number in enumerate(order):  # only what reaches as high can be met
        for other in order[at + 1 :]:
            if edges[other, 1] > edges[number, 3]:
                break
            near.append((boxes[number], boxes[other]))
    return [(one, other) for one, other in near if one.overlaps(other)]


def find_outside(boxes: list[Box], figure) -> list[Box]:
    """Lines that leave the picture, or the panel that cuts them off."""
    wide, high = (side / MM for side in figure.get_size_inches())
    return [
        box
        for box in boxes
        if box.left < -TOUCH
        or box.lower < -TOUCH
        or box.right > wide + TOUCH
        or box.upper > high + TOUCH
        or _is_cut_off(box, figure)
    ]


def _is_cut_off(box: Box, figure) -> bool:
    clip = box.text.get_clip_box()
    if clip is None or not box.text.get_clip_on():
        return False
    pixels = 1 / (figure.dpi * MM)
    left, lower, right, upper = (side * pixels for side in clip.extents)
    return (
        box.left < left - TOUCH
        or box.lower < lower - TOUCH
        or box.right > right + TOUCH
        or box.upper > upper + TOUCH
    )


# --- lines ---------------------------------------------------------------------------------------


def find_struck(boxes: list[Box], figure) -> list[Box]:
    """Lines of words that a drawn line runs through, a tie, a curve or a grid, where the words do
    not stand on a ground of their own."""
    segments = [(line, ends) for line in _list_lines(figure) for ends in _cut_segments(line)]
    if not segments:
        return []
    ends = np.array([ends for _, ends in segments])
    struck = []
    for box in boxes:
        hits = _cross(ends, box)
        if any(not _is_masked(box.text, segments[number][0], figure) for number in hits):
            struck.append(box)
    return struck


def _list_lines(figure) -> list[Line2D]:
    """Lines with ink that run from point to point, grids among them; those of keys are signs."""
    skipped = {id(line) for legend in figure.findobj(Legend) for line in legend.findobj(Line2D)}
    for axes in figure.axes:
        if not (axes.axison and axes.get_visible()):
            skipped |= {id(line) for line in _list_grid(axes)}
    return [
        line
        for line in figure.findobj(Line2D)
        if line.get_visible()
        and line.get_linestyle() not in ("None", "none", "", " ")
        and line.get_linewidth() > 0
        and len(line.get_xdata()) > 1
        and id(line) not in skipped
    ]


def _list_grid(axes) -> list[Line2D]:
    return [*axes.get_xgridlines(), *axes.get_ygridlines()]


def _cut_segments(line: Line2D) -> list[tuple[float, float, float, float]]:
    """A line point by point, in millimetres; of what a panel cuts off, what is left."""
    figure = line.get_figure(root=True)
    pixels = 1 / (figure.dpi * MM)
    points = line.get_transform().transform(np.column_stack(line.get_data(orig=False))) * pixels
    points = points[np.isfinite(points).all(axis=1)]
    clip = line.get_clip_box() if line.get_clip_on() else None
    if clip is not None:
        low, high = np.array(clip.min) * pixels, np.array(clip.max) * pixels
        points = np.clip(points, low, high)
    return [(*one, *other) for one, other in zip(points[:-1], points[1:], strict=True)]


def _cross(ends: np.ndarray, box: Box) -> np.ndarray:
    """Which segments run through the middle of a box (Liang and Barsky's clipping)."""
    high, wide = box.upper - box.lower, box.right - box.left
    inner = (box.left + 0.1 * wide, box.lower + 0.2 * high)
    outer = (box.right - 0.1 * wide, box.upper - 0.2 * high)
    start, way = ends[:, :2], ends[:, 2:] - ends[:, :2]
    with np.errstate(divide="ignore", invalid="ignore"):
        near, far = (inner - start) / way, (outer - start) / way
    level = way == 0
    within = (start > inner) & (start < outer)
    near, far = np.minimum(near, far), np.maximum(near, far)
    near = np.where(level, np.where(within, -np.inf, np.inf), near)
    far = np.where(level, np.where(within, np.inf, -np.inf), far)
    enters = np.maximum(near.max(axis=1), 0)
    leaves = np.minimum(far.min(axis=1), 1)
    return np.flatnonzero(enters < leaves)


def _is_masked(text: Text, line: Line2D, figure) -> bool:
    """Whether words have a ground or rim of their own, and are drawn over the line."""
    patch = text.get_bbox_patch()
    has_ground = patch is not None and patch.get_visible() and patch.get_facecolor()[3] > 0.5
    has_rim = bool(text.get_path_effects())
    return (has_ground or has_rim) and _rank(text, figure) > _rank(line, figure)


def _rank(artist, figure) -> tuple[float, float, float]:
    """In which order an artist is drawn: its panel's, then its own. A line of a grid names no
    panel."""
    homes = [axes for axes in figure.axes if artist.axes is axes or artist in _list_grid(axes)]
    if not homes:
        return (np.inf, 0.0, artist.get_zorder())
    return (homes[0].get_zorder(), figure.axes.index(homes[0]), artist.get_zorder())
