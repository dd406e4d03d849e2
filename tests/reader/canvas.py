"""A figure as it is drawn: its axes with the labels that can be seen, its texts, where each mark
stands."""

from dataclasses import dataclass

import matplotlib.colors
import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text

SIDES = ("x", "y")


@dataclass(frozen=True)
class Tick:
    """A label that can be seen on an axis, and the place that its tick has in the axis's units."""

    at: float
    words: str


def read_ticks(axes, side: str) -> list[Tick]:
    """The labels of one axis between its two ends, in the order of their places."""
    axis = getattr(axes, f"{side}axis")
    if not (axes.axison and axes.get_visible() and axis.get_visible()):
        return []
    low, high = sorted(axis.get_view_interval())
    slack = (high - low) * 1e-6
    ticks = [
        Tick(float(place), label.get_text())
        for minor in (False, True)
        for place, label in zip(
            axis.get_ticklocs(minor=minor), axis.get_ticklabels(minor=minor), strict=False
        )
        if label.get_visible() and label.get_text().strip()
        if low - slack <= place <= high + slack
    ]
    return sorted(ticks, key=lambda tick: tick.at)


def is_time(axes, side: str) -> bool:
    """Whether days were plotted along an axis."""
    axis = getattr(axes, f"{side}axis")
    return "date" in type(axis.get_converter()).__name__.lower()


def read_day(place: float) -> pd.Timestamp:
    """The moment at a place of a time axis."""
    return pd.Timestamp(mdates.num2date(place).replace(tzinfo=None)).round("s")


def place_day(moment) -> float:
    return mdates.date2num(pd.Timestamp(moment))


def find_artists(chart) -> dict:
    """Mark id → artist on the canvas."""
    marked = chart.figure.findobj(lambda artist: (artist.get_gid() or "").startswith("mark-"))
    return {artist.get_gid().removeprefix("mark-"): artist for artist in marked}


def list_marks(chart) -> list[tuple]:
    """(row of the marks, artist) of each mark on the canvas."""
    artists = find_artists(chart)
    return [
        (row, artists[row.mark_id]) for row in chart.marks.itertuples() if row.mark_id in artists
    ]


def read_points(artist, side: str) -> list[float] | None:
    """Where an artist stands along an axis, in its units: the points of a line, the two ends of a
    bar; None where it is placed by another scale, such as a fraction of the panel."""
    number = SIDES.index(side)
    if isinstance(artist, PathCollection):
        if not artist.get_offset_transform().contains_branch_seperately(artist.axes.transData)[
            number
        ]:
            return None
        return [float(point[number]) for point in artist.get_offsets()]
    if not artist.get_transform().contains_branch_seperately(artist.axes.transData)[number]:
        return None
    if isinstance(artist, Line2D):
        data = artist.get_xdata(orig=False) if side == "x" else artist.get_ydata(orig=False)
        return [float(value) for value in data]
    if isinstance(artist, Rectangle):
        start = artist.get_x() if side == "x" else artist.get_y()
        length = artist.get_width() if side == "x" else artist.get_height()
        return [float(start), float(start + length)]
    corners = artist.get_window_extent().get_points()
    return [
        float(value) for value in artist.axes.transData.inverted().transform(corners)[:, number]
    ]


def box_of(artist):
    """An artist in pixels."""
    return artist.get_window_extent(artist.get_figure(root=True).canvas.get_renderer())


# --- texts ---------------------------------------------------------------------------------------


def list_texts(axes) -> list[Text]:
    """What is written in a panel, save on its axes and what reference.check_reference holds."""
    return [
        text
        for text in axes.texts
        if text.get_visible() and text.get_text().strip() and not is_reference(text)
    ]


def is_reference(artist) -> bool:
    """Whether an artist shows what no text of the corpus says."""
    return (artist.get_gid() or "").startswith("reference-")


def read_anchor(text: Text) -> tuple:
    """(x, y) in pixels of the point that a text stands at; None for a side on which it is placed by
    a fraction of the panel and not by the data."""
    if isinstance(text, Annotation):
        system = text.xycoords
        names = system if isinstance(system, tuple) else (system, system)
        tied = [_is_data(text.axes, name, side) for name, side in zip(names, SIDES)]
        point = text.axes.transData.transform(_in_numbers(text.axes, text.xy))
    else:
        tied = list(text.get_transform().contains_branch_seperately(text.axes.transData))
        point = text.get_transform().transform(text.get_unitless_position())
    return tuple(float(place) if held else None for place, held in zip(point, tied))


def _is_data(axes, name, side: str) -> bool:
    if isinstance(name, str):
        return name == "data"
    return name.contains_branch_seperately(axes.transData)[SIDES.index(side)]


def _in_numbers(axes, point) -> tuple:
    x, y = point
    return (
        axes.convert_xunits(x) if not isinstance(x, int | float) else x,
        axes.convert_yunits(y) if not isinstance(y, int | float) else y,
    )


# --- looks ---------------------------------------------------------------------------------------


def read_face(artist) -> str:
    """The colour that fills an artist; of words their own."""
    if isinstance(artist, Text):
        return matplotlib.colors.to_hex(artist.get_color())
    if isinstance(artist, Line2D):
        colour = artist.get_markerfacecolor() if has_marker(artist) else artist.get_color()
    else:
        colour = artist.get_facecolor()
        colour = colour[0] if np.ndim(colour) > 1 else colour
    return matplotlib.colors.to_hex(colour)


def read_colour(artist) -> str:
    """The colour of an artist: of a line, of a bar's edge, or of its face where the edge is
    white."""
    if isinstance(artist, Line2D | Text):
        colours = [artist.get_color()]
    else:
        colours = [artist.get_edgecolor(), artist.get_facecolor()]
    colours = [colour[0] if np.ndim(colour) > 1 else colour for colour in colours]
    names = [matplotlib.colors.to_hex(colour) for colour in colours]
    return next((name for name in names if name != "#ffffff"), "#ffffff")


def has_marker(artist) -> bool:
    return isinstance(artist, Line2D) and artist.get_marker() not in ("None", "", " ", None)


def read_light(colour: str) -> float:
    """How light a colour is: 0 black, 1 white."""
    return float(np.dot(matplotlib.colors.to_rgb(colour), (0.2126, 0.7152, 0.0722)))


def read_legends(chart) -> list[tuple]:
    """(label, handle) of every entry of every legend."""
    boxes = [*chart.figure.legends, *(axes.get_legend() for axes in chart.figure.axes)]
    return [
        (text.get_text(), handle)
        for box in boxes
        if box is not None
        for text, handle in zip(box.get_texts(), box.legend_handles)
    ]


def list_words(chart) -> list[str]:
    """All that is written on a figure, a piece at a time, legends, axes and panels alike."""
    pieces = [text.get_text() for text in chart.figure.texts]
    pieces += [label for label, _ in read_legends(chart)]
    for axes in chart.figure.axes:
        pieces += [axes.get_xlabel(), axes.get_ylabel(), axes.get_title()]
        pieces += [text.get_text() for text in list_texts(axes)]
        pieces += [tick.words for side in SIDES for tick in read_ticks(axes, side)]
    return [piece for piece in pieces if piece.strip()]


def read_marker(artist) -> str:
    """The marker of a mark: its own, or the one drawn on the beginning of its bar; "" where there
    is none."""
    if has_marker(artist):
        return _name_marker(artist)
    points = [read_points(artist, side) for side in SIDES]
    if None in points:
        return ""
    start, height = min(points[0]), sum(points[1]) / len(points[1])
    for line in artist.axes.lines:
        if line is artist or not has_marker(line) or len(line.get_xdata()) != 1:
            continue
        at = [read_points(line, side) for side in SIDES]
        if None not in at and np.allclose([at[0][0], at[1][0]], [start, height], atol=1e-6):
            return _name_marker(line)
    return ""


def _name_marker(line) -> str:
    """A marker by its name; one that is drawn by a path of its own has none."""
    marker = line.get_marker()
    return marker if isinstance(marker, str) else ""


def list_looks(artist) -> dict:
    """What tells one style from another: how wide its line is, whether it is dashed, hatched or
    hollow, and how light it is filled."""
    face = read_face(artist)
    if isinstance(artist, Text):
        traits = dict.fromkeys(("dashed", "hatched", "hollow", "marker"), False)
        return {"width": 0.0, "light": read_light(face), **traits}
    line = isinstance(artist, Line2D)
    return {
        "width": round(artist.get_linewidth(), 2),
        "dashed": artist.get_linestyle() not in ("-", "solid", "None", "none", ""),
        "hatched": bool(not line and artist.get_hatch()),
        "hollow": face == "#ffffff",
        "light": read_light(face),
        "marker": has_marker(artist),
    }
