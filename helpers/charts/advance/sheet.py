"""Sheet: what the labels of stairs are written on, and how a label is written in its box."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from helpers.analysis.selection import Study
from helpers.charts.advance.days import find_span, number_days
from helpers.charts.captures.stops import DAY, Stop
from helpers.charts.look.fonts import measure_text
from helpers.charts.look.labels import Box
from helpers.charts.look.theme import LEADING, POINT, Look
from helpers.charts.maps.dots import Shape

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Sheet(NamedTuple):
    """What the labels of stairs are written on: the panel, what stands in it and where (lines in
    days and millimetres; size: width and height of the panel and height of a bar, in millimetres),
    whether labels have a number."""

    study: Study
    stops: list[Stop]
    ys: list[float]
    size: tuple[float, float, float]
    lines: list[tuple[float, float, float, float]]
    look: Look
    numbered: bool

    @property
    def panel(self) -> Box:
        """The panel in points."""
        return Box(0, 0, self.size[0] / POINT, self.size[1] / POINT)

    def place(self, day: float, y: float) -> tuple[float, float]:
        """Where a day and a height stand, in points from the panel's lower left corner."""
        first, last = find_span(self.stops)
        start, end = number_days([first, last + DAY])
        return (day - start) / (end - start) * self.panel.x1, (self.size[1] - y) / POINT

    @property
    def brief(self) -> bool:
        """Whether a label has a line and no more: on a slide beside a map."""
        return self.numbered and self.study.parameters["width"] == "slide"


class Seat(NamedTuple):
    """Where a label stands: its box, whether it begins at the box's left edge (None: its lines are
    centred over their bar), and the start of the bar that it belongs to, in days and millimetres
    and in points of the panel."""

    box: Box
    starts: bool | None
    point: tuple[float, float]
    at: tuple[float, float]


def bound_bar(sheet: Sheet, stop: Stop, y: float) -> Box:
    """A bar in points of the panel."""
    x0, x1 = (sheet.place(day, y)[0] for day in number_days([stop.first, stop.last + DAY]))
    middle, half = sheet.place(x0, y)[1], sheet.size[2] / 2 / POINT
    return Box(x0, middle - half, x1, middle + half)


def write_shape(
    axis: Axes,
    shape: Shape,
    seat: Seat,
    look: Look,
    indent: float,
    beneath: bool = False,
) -> None:
    """A label in its box, `indent` points from its edge at its bar: names bold, what is denied in
    italics. beneath: whether all of it is written as what stands beneath a name."""
    size, box, at = look.label, seat.box, seat.at
    baseline = box.y1 - at[1] - size * 0.86
    wides = [sum(measure_text(run.words, size, run.bold) for run in line) for line in shape]
    for number, (line, wide) in enumerate(zip(shape, wides)):  # each begins below the name
        right = box.x1 - indent
        left = (box.x0 + indent if seat.starts else right - max(wide, wides[0])) - at[0]
        if seat.starts is None:
            left = (box.x0 + box.x1 - wide) / 2 - at[0]
        for run in line:
            blank = len(run.words) - len(run.words.lstrip())
            spaced = left + measure_text(run.words[:blank], size)
            pale = beneath or number > 0 or blank > 1
            axis.annotate(
                run.words.strip(),
                seat.point,
                (round(spaced, 3), round(baseline, 3)),
                "data",
                "offset points",
                size=size,
                weight="bold" if run.bold else "normal",
                style="italic" if beneath or number else "normal",
                color=look.colour["secondary" if pale else "text"],
                va="baseline",
                annotation_clip=False,
                zorder=6,
            )
            left += measure_text(run.words, size, run.bold)
        baseline -= LEADING * size
