"""Names: those of the countries and disputed areas in view, where the labels leave room."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from helpers.charts.look.fonts import measure_text
from helpers.charts.look.labels import (
    Box,
    Ground,
    Spot,
    find_crossed,
    find_overlaps,
    place_labels,
)
from helpers.charts.look.language import Words
from helpers.charts.look.theme import Look, Looks
from helpers.charts.maps.ground import (
    TEXT_HIGH,
    add_box,
    draw_line,
    find_ceasefire_lines,
    list_in_view,
    write_at,
)
from helpers.charts.maps.view import View
from helpers.corpus.borders import Borders, load_borders, load_disputed

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GRID = (22, 16)  # places tried for the name of a country
BROAD = 7.0  # points from the middle of a land to its nearest border: narrower ones have no name
TILE = 5.0  # points: the width of the tiles by which land is covered
DISPUTED = 0.35  # degrees of latitude round the point of a disputed area that no party's name names
TIE = 16.0  # points: the longest line to the name of a country that stands on other land
FREE = 14  # points round the line to the name of a disputed area, without another name


def name_countries(
    axis: Axes,
    view: View,
    ground: Ground,
    country: str,
    look: Look,
    words: Words,
    known: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """The names of the countries in view, each where its land has most room, and none where there
    is too little, nor of those `known`; gives the codes of all that are known by now."""
    borders = load_borders()
    if country not in borders.countries:
        return known
    unknown = [code for code in list_in_view(borders, view) if code not in known]
    for code in sorted(unknown, key=lambda code: code != country):
        name, own = words.country(code, borders.countries[code].name).upper(), code == country
        size = look.date if own else look.map
        box = _find_room(view, ground, borders, code, (measure_text(name, size, own), size))
        if box is None:
            spot = None if own else _lead_to(view, ground, borders, code, name, look)
            if spot is None:
                continue
            ground, box = _draw_tie(axis, view, ground, spot, look), spot.box
        looks: Looks = {"color": look.colour["border"], "weight": "bold" if own else "normal"}
        write_at(axis, view, name, (box.x0, box.y0 + 0.26 * size), size, **looks)
        ground, known = add_box(ground, box), known | {code}
    return known


def _find_room(
    view: View, ground: Ground, borders: Borders, code: str, size: tuple[float, float]
) -> Box | None:
    """The box for a name within a country's land in view that is farthest from all lines and
    boxes."""
    wide, high = size[0], size[1] * TEXT_HIGH
    panel = view.panel
    best, room = None, 1.5
    for x, y in _list_centres(view, borders, code):
        box = Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        if box.x0 < 3 or box.y0 < 3 or box.x1 > panel.x1 - 3 or box.y1 > panel.y1 - 3:
            continue
        padded = Box(box.x0 - 2, box.y0 - 2, box.x1 + 2, box.y1 + 2)
        if find_crossed(ground.lines, padded).any() or find_overlaps(padded, ground.boxes).any():
            continue
        clear = _measure_clear(box, ground)
        if clear > room:
            best, room = box, clear
    return best


def _list_centres(view: View, borders: Borders, code: str) -> list[tuple[float, float]]:
    """Points all over a country's land in view, in points of the page; none by a disputed area to
    which it is a party: its name there would settle whose it is."""
    rings = [view.place(borders.trace(ring)) for ring in borders.countries[code].rings]
    lows, highs = ([end(ring, axis=0) for ring in rings] for end in (np.min, np.max))
    x0, y0 = np.clip(np.min(lows, axis=0), 0, view.panel[2:])
    x1, y1 = np.clip(np.max(highs, axis=0), 0, view.panel[2:])
    centres = [  # of a small country too
        (x0 + (x1 - x0) * (column + 0.5) / GRID[0], y0 + (y1 - y0) * (row + 0.5) / GRID[1])
        for row, column in itertools.product(range(GRID[1]), range(GRID[0]))
    ]
    held = hold_points(rings, np.array(centres)) & ~_are_disputed(view, code, np.array(centres))
    return [centre for centre, inside in zip(centres, held) if inside]


def _are_disputed(view: View, code: str, points: np.ndarray) -> np.ndarray:
    """Which points lie by a disputed area to which a country is a party."""
    near = np.zeros(len(points), dtype=bool)
    for area in load_disputed().itertuples():
        if code in area.countries:
            middle, edge = view.place(
                np.array([[area.lon, area.lat], [area.lon, area.lat + DISPUTED]])
            )
            near |= np.hypot(*(points - middle).T) < np.hypot(*(edge - middle))
    return near


def _lead_to(
    view: View, ground: Ground, borders: Borders, code: str, name: str, look: Look
) -> Spot | None:
    """Where the name of a country too narrow for it stands, with the line that leads to the middle
    of its land in view; None of land too small to be asked about."""
    centres = _list_centres(view, borders, code)
    if not centres:
        return None

    def measure(point: tuple[float, float]) -> float:
        return _measure_clear(Box(*point, *point), ground)

    middle = max(centres, key=measure)
    if measure(middle) < BROAD:
        return None
    size = (measure_text(name, look.map), look.map * TEXT_HIGH)
    [spot] = place_labels([middle], [[size]], _cover_others(view, ground, borders, code), 0.0)
    if spot:
        return spot
    [spot] = place_labels([middle], [[size]], ground, 0.0)  # on other land right beside it
    short = spot and spot.tie and np.hypot(spot.tie.x1 - middle[0], spot.tie.y1 - middle[1]) < TIE
    return spot if short else None


def _cover_others(view: View, ground: Ground, borders: Borders, code: str) -> Ground:
    """The ground with all land of other countries than one covered: its name stands there or at
    sea."""
    xs, ys = (np.arange(TILE / 2, end, TILE) for end in view.panel[2:])
    middles = np.array(list(itertools.product(xs, ys)))
    land = np.zeros(len(middles), dtype=bool)
    for other in list_in_view(borders, view):
        if other != code:
            rings = [view.place(borders.trace(ring)) for ring in borders.countries[other].rings]
            land |= hold_points(rings, middles)
    half = TILE / 2
    tiles = (Box(x - half, y - half, x + half, y + half) for x, y in middles[land])
    return add_box(ground, *tiles)


def _draw_tie(axis: Axes, view: View, ground: Ground, spot: Spot, look: Look) -> Ground:
    """The line from a name to the land that it is of; gives the ground with it."""
    if not spot.tie:
        return ground
    line: Looks = {"color": look.colour["secondary"], "linewidth": 0.4, "zorder": 2}
    draw_line(axis, view, [spot.tie[:2], spot.tie[2:]], line)
    (x0, y0), (x1, y1) = sorted([spot.tie[:2], spot.tie[2:]])  # no other name beside it
    low, up = sorted([y0, y1])
    return add_box(ground, Box(x0 - FREE, low - FREE, x1 + FREE, up + FREE))


def hold_points(rings: list[np.ndarray], points: np.ndarray) -> np.ndarray:
    """Which points lie within rings: a ray from each crosses them an odd number of times."""
    x, y = points.T
    odd = np.zeros(len(points), dtype=bool)
    for ring in rings:
        if ring[:, 1].max() < y.min() or ring[:, 1].min() > y.max():
            continue
        (x0, y0), (x1, y1) = (end[:, :, None] for end in (ring[:-1].T, ring[1:].T))
        spans = (y0 > y) != (y1 > y)
        rise = np.where(y1 == y0, 1, y1 - y0)
        odd ^= (spans & (x < x0 + (y - y0) / rise * (x1 - x0))).sum(axis=0) % 2 == 1
    return odd


def _measure_clear(box: Box, ground: Ground) -> float:
    """How far the nearest line, box or edge is from a box, in points; at most 40."""
    edges = [box.x0, box.y0, ground.panel.x1 - box.x1, ground.panel.y1 - box.y1]
    ends = np.vstack([ground.lines[:, :2], ground.boxes[:, :2], ground.boxes[:, 2:]])
    gaps = ends - np.clip(ends, (box.x0, box.y0), (box.x1, box.y1))
    nearest = np.hypot(gaps[:, 0], gaps[:, 1]).min() if len(ends) else 40.0
    return float(min(*edges, nearest, 40.0))


def list_disputes(view: View, country: str, words: Words) -> list[str]:
    """What is to be said of each disputed area in view, and of a ceasefire line in view that it is
    dashed."""
    if country not in load_borders().countries:
        return []
    notes, dashed = [], find_ceasefire_lines(view)
    for area in load_disputed().itertuples():
        _, note = words.disputed(area.name, area.note)
        if area.name in dashed:
            notes.append(f"{note}; {words('ceasefire_line')}.")
        elif view.holds(area.lon, area.lat):
            notes.append(f"{note}.")
    return notes


def name_disputed(
    axis: Axes, view: View, ground: Ground, country: str, look: Look, words: Words
) -> tuple[Ground, list[str]]:
    """The names of the disputed areas in view, in italics, where there is room at the place they
    are of; gives the ground with them, and what is to be said of each, room or not."""
    notes = list_disputes(view, country, words)
    for area in load_disputed().itertuples() if notes else ():
        if not view.holds(area.lon, area.lat):
            continue
        name, _ = words.disputed(area.name, area.note)
        size = (measure_text(name, look.map, italic=True), look.map * TEXT_HIGH)
        middle = view.place(np.array([area.lon, area.lat]))
        [spot] = place_labels([tuple(middle)], [[size]], ground, 0.0)
        if spot is None:
            continue
        box, looks = spot.box, {"color": look.colour["secondary"], "style": "italic", "zorder": 2}
        write_at(axis, view, name, (box.x0, box.y0 + 0.26 * look.map), look.map, **looks)
        ground = add_box(_draw_tie(axis, view, ground, spot, look), box)
    return ground, notes
