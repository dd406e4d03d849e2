"""Ground: what lies under the dots of a map. Sea, countries, borders, their names, a scale bar.

A view is a rectangle of degrees that fills a panel true to scale at its middle latitude
(equirectangular). Nothing is fetched: the borders come with the helpers. Labels stay clear of all
of it (helpers.charts.look.labels); the names of countries take the room that the labels leave.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from helpers.charts.look.fonts import measure_text
from helpers.charts.look.labels import Box, Ground, find_crossed
from helpers.charts.look.language import Words
from helpers.charts.look.theme import Look, Looks
from helpers.charts.maps.view import (
    Point,
    Reach,
    View,
    bound,
    measure_reach,
)
from helpers.corpus.borders import Borders, list_ceasefire_lines, load_borders

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path

BARS = [1000, 500, 200, 100, 50, 20, 10, 5, 2, 1]  # km
FINEST = 0.5  # points: the least that two points of a border lie apart; three times in a small map
SMALL_MM = 60  # wide
DASHES = (0, (3.0, 1.8))  # widths of the line: of a boundary that is a ceasefire line
SQUARE = 0.6  # points: the lines of squares where no land is drawn
NORTH = 1.8  # of the size of names: the width of an arrow to the north, with the room beside it
ALONG = 25  # places of a scale bar along an edge
BAR = 0.24  # share of the width that a scale bar takes at most
TEXT_HIGH = 1.15  # height of a line's letters, in sizes


def lay_ground(view: View, country: str) -> Ground:
    """What the labels of a view avoid before anything is written: its edges and its borders, none
    where the borders do not have the country."""
    borders = load_borders()
    if is_bare(country):
        return Ground(view.panel)
    placed = [view.place(borders.arcs[at]) for at in _list_lines(view)]
    if not placed:
        return Ground(view.panel)
    segments = np.concatenate([np.hstack([line[:-1], line[1:]]) for line in placed])
    return Ground(view.panel, lines=segments[find_crossed(segments, view.panel)])


def _list_lines(view: View) -> list[int]:
    """The arcs whose box touches the view."""
    return [at for at, reach in enumerate(_bound_arcs()) if _touches(reach, view)]


def draw_land(axis: Axes, view: View, country: str, look: Look) -> None:
    """Sea, countries and borders in a panel whose axes become degrees. Where the borders lack
    the country (its texts are invented) there are squares as wide as the scale bar instead."""
    axis.set(xlim=(view.west, view.east), ylim=(view.south, view.north), xticks=[], yticks=[])
    _frame(axis, look)
    axis.patch.set_visible(True)
    borders = load_borders()
    if country not in borders.countries:
        axis.set_facecolor(look.colour["neighbour"])
        _draw_squares(axis, view)
        return
    axis.set_facecolor(look.colour["sea"])
    _fill_countries(axis, view, borders, country, look)
    _draw_borders(axis, view, borders, country, look)


def draw_lands(
    figure: Figure,
    base: Axes,
    panels: Sequence[Axes],
    corners: np.ndarray,
    view: View,
    country: str,
    look: Look,
) -> None:
    """The same land in several panels: drawn in `base`, whose unit is a millimetre, at the panels'
    lower left `corners`. A file then holds every shape once, and `use`s it."""
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

    borders = load_borders()
    for axis in panels:
        axis.set(xlim=(view.west, view.east), ylim=(view.south, view.north), xticks=[], yticks=[])
        _frame(axis, look)
    page = Path(np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]) * view.panel[2:], closed=True)
    points = Affine2D().scale(1 / 72) + figure.dpi_scale_trans

    def spread(path: Path, zorder: float, **looks) -> None:
        style: Looks = {"offsets": corners, "offset_transform": base.transData, **looks}
        base.add_collection(PathCollection([path], transform=points, zorder=zorder, **style))

    known = country in borders.countries
    sea = look.colour["sea" if known else "neighbour"]
    spread(page, 0.1, facecolors=sea, edgecolors="none", linewidths=0)
    if not known:
        squares = Path.make_compound_path(*(Path(line) for line in list_squares(view)))
        spread(squares, 0.5, facecolors="none", edgecolors="white", linewidths=SQUARE)
        return
    for shape, colour in _list_shapes(view, borders, country, 0.0):
        placed = Path(view.place(np.asarray(shape.vertices)), shape.codes)
        spread(placed, 0.5, facecolors=look.colour[colour], edgecolors="none", linewidths=0)
    for lines, width, style in _list_borders(view, borders, country):
        cut = [_cut_at_edge(view.place(line), view) for line in lines]
        path = Path.make_compound_path(*(part for part in cut if np.size(part.vertices)))
        edge = look.colour["border"]
        spread(path, 1, facecolors="none", edgecolors=edge, linewidths=width, linestyles=[style])


def _draw_squares(axis: Axes, view: View) -> None:
    from matplotlib.collections import LineCollection

    lines = [[find_degrees(view, end) for end in line] for line in list_squares(view)]
    looks: Looks = {"colors": "white", "linewidths": SQUARE, "zorder": 0.5}
    axis.add_collection(LineCollection(lines, **looks), autolim=False)


def list_squares(view: View) -> list[list[tuple[float, float]]]:
    """The lines of squares as wide as the scale bar, in points of the page."""
    _, side = measure_scale(view)
    panel = view.panel
    across = [[(x, 0.0), (x, panel.y1)] for x in np.arange(side, panel.x1, side)]
    return across + [[(0.0, y), (panel.x1, y)] for y in np.arange(side, panel.y1, side)]


def _cut_at_edge(line: np.ndarray, view: View) -> Path:
    """A line in points of the page, without what lies beyond the panel."""
    from matplotlib.path import Path

    x0, y0, x1, y1 = view.panel
    cut = Path(line).cleaned(clip=(x0 + 1, y0 + 1, x1 - 1, y1 - 1))  # it leaves 1 point more
    points, codes = np.asarray(cut.vertices), np.asarray(cut.codes)
    return Path(points[:-1], codes[:-1])  # the last point only ends it


def _frame(axis: Axes, look: Look) -> None:
    for spine in axis.spines.values():
        spine.set(visible=True, color=look.colour["rule"], linewidth=0.5)


def _fill_countries(axis: Axes, view: View, borders: Borders, country: str, look: Look) -> None:
    """Each country as one shape, cut a little beyond the edge of the view."""
    from matplotlib.patches import PathPatch

    for path, colour in _list_shapes(view, borders, country, 0.1):
        shape = PathPatch(path, facecolor=look.colour[colour], zorder=0.5)
        shape.set(edgecolor="none", linewidth=0)
        axis.add_patch(shape)


def _list_shapes(
    view: View, borders: Borders, country: str, beyond: float
) -> Iterator[tuple[Path, str]]:
    """(land of a country, role of its colour), cut `beyond` degrees past the edge of the view."""
    from matplotlib.path import Path
    from matplotlib.transforms import Bbox

    west, south, east, north = view.west, view.south, view.east, view.north
    edge = Bbox.from_extents(west - beyond, south - beyond, east + beyond, north + beyond)
    for code in list_in_view(borders, view):
        rings = [trace_thin(ring, view) for ring in borders.countries[code].rings]
        cut = [Path(ring, closed=True).clip_to_bbox(edge) for ring in rings if len(ring) > 2]
        cut = [part for part in cut if np.size(part.vertices)]
        if cut:
            yield Path.make_compound_path(*cut), "country" if code == country else "neighbour"


def list_in_view(borders: Borders, view: View) -> list[str]:
    """Codes of the countries whose box touches the view, the largest first, so that an enclave lies
    on what surrounds it."""
    boxes = _bound_countries()
    seen = [code for code in boxes if any(_touches(box, view) for box in boxes[code])]
    return sorted(seen, key=lambda code: (-max(map(measure_reach, boxes[code])), code))


@cache
def _bound_countries() -> dict[str, list[Reach]]:
    """Code → the box of each ring of a country."""
    borders = load_borders()
    return {
        code: [bound(borders.trace(ring)) for ring in land.rings]
        for code, land in borders.countries.items()
    }


@cache
def _bound_arcs() -> list[Reach]:
    return [bound(arc) for arc in load_borders().arcs]


def _touches(reach: Reach | View, view: View) -> bool:
    across = reach.west < view.east and reach.east > view.west
    return across and reach.south < view.north and reach.north > view.south


def _draw_borders(axis: Axes, view: View, borders: Borders, country: str, look: Look) -> None:
    """The lines in view, those of the country thicker, ceasefire lines dashed."""
    from matplotlib.collections import LineCollection

    for lines, width, style in _list_borders(view, borders, country):
        looks: Looks = {"colors": look.colour["border"], "linewidths": width, "zorder": 1}
        looks["linestyles"] = [style]
        axis.add_collection(LineCollection(lines, **looks), autolim=False)


def _list_borders(
    view: View, borders: Borders, country: str
) -> list[tuple[list[np.ndarray], float, Any]]:
    """(lines in view, their width in points, solid or dashes): of other countries, of the country,
    and those that are ceasefire lines; a kind without lines is left out."""
    seen, own = {*_list_lines(view)}, borders.list_arcs(country)
    ceased = {arc for arcs in list_ceasefire_lines().values() for arc in arcs} & seen
    kinds = (
        (seen - own - ceased, 0.5, "solid"),
        ((own & seen) - ceased, 1.0, "solid"),
        (ceased, 0.8, DASHES),
    )
    return [
        ([part for at in sorted(arcs) for part in cut_line(thin_arc(at, view), view)], wide, style)
        for arcs, wide, style in kinds
        if arcs
    ]


def find_ceasefire_lines(view: View) -> list[str]:
    """The names of the disputed areas of whose ceasefire line some is in view."""
    seen = {*_list_lines(view)}
    return [
        name
        for name, arcs in list_ceasefire_lines().items()
        if any(cut_line(thin_arc(arc, view), view) for arc in arcs & seen)
    ]


@cache
def thin_arc(arc: int, view: View) -> np.ndarray:
    """An arc without the points that cannot be told from the one before on paper; neighbours share
    it, so it is thinned alike for both."""
    line = load_borders().arcs[arc]
    spots = np.round(view.place(line) / (FINEST if view.wide > SMALL_MM else 3 * FINEST))
    kept = np.concatenate([[True], (np.diff(spots, axis=0) != 0).any(axis=1)])
    kept[-1] = True
    return line[kept]


def trace_thin(ring: tuple[int, ...], view: View) -> np.ndarray:
    """A ring of thinned arcs."""
    lines = [thin_arc(arc, view) if arc >= 0 else thin_arc(~arc, view)[::-1] for arc in ring]
    return np.concatenate([lines[0], *(line[1:] for line in lines[1:])])


def cut_line(line: np.ndarray, view: View) -> list[np.ndarray]:
    """The runs of a line that come near the view: what lies far off would only fill the file."""
    low, high = np.minimum(line[:-1], line[1:]), np.maximum(line[:-1], line[1:])
    near = (low < (view.east, view.north)).all(axis=1) & (high > (view.west, view.south)).all(
        axis=1
    )
    edges = np.flatnonzero(np.diff(np.concatenate([[False], near, [False]]).astype(int)))
    return [line[start : end + 1] for start, end in zip(edges[::2], edges[1::2])]


def measure_scale(view: View) -> tuple[int, float]:
    """(km, points) of the scale bar: a round length of at most BAR of the map."""
    km = next((bar for bar in BARS if bar <= view.km_wide * BAR), BARS[-1])
    return km, km / view.km_wide * view.panel.x1


def is_bare(country: str) -> bool:
    """Whether the borders do not have a country, so that no land is drawn."""
    return country not in load_borders().countries


def place_scale(
    view: View, ground: Ground, dots: np.ndarray, look: Look, words: Words, bare: bool
) -> Box:
    """Where the scale bar stands: in the corner with the fewest dots and lines, or where each
    corner has one along the lower or the upper edge or a side, as near to the first corner as
    possible. bare: where no land is drawn an arrow to the north stands beside it."""
    km, length = measure_scale(view)
    wide, high = max(length, measure_text(words.distance(km), look.map)), look.map * 1.6
    if bare:
        wide, high = wide + NORTH * look.map, look.map * 2.2
    panel, off = view.panel, 7.0
    xs, ys = (panel.x1 - off - wide, off), (off, panel.y1 - off - high)
    corners = [(x, y) for y in ys for x in xs]
    along = [(float(x), y) for y in ys for x in np.linspace(*xs, ALONG)[1:-1]]
    along += [(x, float(y)) for x in xs for y in np.linspace(*ys, ALONG)[1:-1]]
    boxes = [Box(x, y - 2, x + wide, y + high + 2) for x, y in [*corners, *along]]

    def count_crowd(box: Box) -> tuple[int, int]:
        near = np.abs(dots - ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2))
        held = (near < (wide / 2 + 8, high / 2 + 8)).all(axis=1)
        wider = Box(box.x0 - 3, box.y0 - 2, box.x1 + 3, box.y1 + 2)
        return int(held.sum()), int(find_crossed(ground.lines, wider).sum())

    return min(boxes, key=count_crowd)


def draw_scale(axis: Axes, view: View, box: Box, look: Look, words: Words, bare: bool) -> None:
    """The bar in its corner, its length above it; beside it, where no land is drawn, north."""
    km, length = measure_scale(view)
    middle, low = (box.x0 + box.x1) / 2, box.y0 + 2
    if bare:
        middle -= NORTH * look.map / 2
        _draw_north(axis, view, (box.x1 - 0.5 * look.map, low), look, words)
    line: Looks = {"color": look.colour["secondary"], "linewidth": 0.9, "zorder": 5}
    ends = [middle - length / 2, middle + length / 2]
    draw_line(axis, view, [(ends[0], low), (ends[1], low)], line)
    for end in ends:
        draw_line(axis, view, [(end, low - 1.8), (end, low + 1.8)], line)
    looks: Looks = {"color": look.colour["secondary"], "ha": "center"}
    write_at(axis, view, words.distance(km), (middle, low + 3.2), look.map, **looks)


def _draw_north(
    axis: Axes, view: View, foot: tuple[float, float], look: Look, words: Words
) -> None:
    """An arrow up from its foot, in points of the page, and the letter of north above it."""
    (x, low), size, grey = foot, look.map, look.colour["secondary"]
    line: Looks = {"color": grey, "linewidth": 0.9, "zorder": 5}
    draw_line(axis, view, [(x, low), (x, low + size)], line)
    head: Looks = {"color": grey, "marker": "^", "markersize": 0.55 * size, "zorder": 5}
    draw_line(axis, view, [(x, low + size)], head)
    looks: Looks = {"color": grey, "ha": "center"}
    write_at(axis, view, words("north"), (x, low + 1.45 * size), size, **looks)


def draw_line(axis: Axes, view: View, points: list[tuple[float, float]], looks: Looks) -> None:
    """A line through points of the page."""
    xs, ys = np.array([find_degrees(view, point) for point in points]).T
    axis.plot(xs, ys, **looks)


def find_degrees(view: View, point: tuple[float, float]) -> Point:
    """Points of the page, from the panel's lower left corner, → (lon, lat)."""
    panel = view.panel
    lon = view.west + point[0] / panel.x1 * (view.east - view.west)
    return lon, view.south + point[1] / panel.y1 * (view.north - view.south)


def write_at(
    axis: Axes, view: View, words: str, point: tuple[float, float], size: float, **looks
) -> None:
    """Words with their baseline at a point of the page; not tied to any place."""
    panel = view.panel
    at = (point[0] / panel.x1, point[1] / panel.y1)
    axis.text(*at, words, size=size, transform=axis.transAxes, va="baseline", **looks)


def add_box(ground: Ground, *boxes: Box) -> Ground:
    """The ground with more boxes on it."""
    return Ground(ground.panel, np.vstack([ground.boxes, *boxes]), ground.lines)
