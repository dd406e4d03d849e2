"""View: the rectangle of degrees that a map shows, true to scale at its middle latitude."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from helpers.charts.look.labels import Box
from helpers.charts.look.theme import POINT
from helpers.corpus.borders import Borders, load_borders
from helpers.corpus.places import EARTH_RADIUS_KM

Point = tuple[float, float]  # lon, lat
MARGIN, LEAST = 0.12, 2.5  # of the box around the dots: a share of it, and degrees
ALONE = 0.3  # degrees at least, where there are no borders to show
ASIDE = 0.6  # share of its width that a box of dots gains for labels, where no land is drawn
LEAN = 0.7  # share of the room to spare by which a view leans towards the country
WHOLE = 1 / 3  # of a country's box: dots that take more of it are shown in the whole country
KM = np.radians(1) * EARTH_RADIUS_KM  # of a degree of latitude


@dataclass(frozen=True)
class View:
    """What a map shows: degrees at its edges, and its size in millimetres."""

    west: float
    east: float
    south: float
    north: float
    wide: float
    high: float

    def place(self, points: np.ndarray) -> np.ndarray:
        """(lon, lat) → points of the page from the panel's lower left corner."""
        span = np.array([self.east - self.west, self.north - self.south])
        size = np.array([self.wide, self.high]) / POINT
        return (np.asarray(points, dtype=float) - (self.west, self.south)) / span * size

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    @property
    def panel(self) -> Box:
        return Box(0, 0, self.wide / POINT, self.high / POINT)

    @property
    def km_wide(self) -> float:
        middle = np.radians((self.south + self.north) / 2)
        return float((self.east - self.west) * KM * np.cos(middle))


class Reach(NamedTuple):
    """A box of degrees."""

    west: float
    east: float
    south: float
    north: float


def choose_view(
    points: Sequence[Point], country: str, wide: float, least: float, most: float
) -> View:
    """The view of a panel `wide` millimetres wide and between `least` and `most` high: the box of
    the points and MARGIN round it, at least LEAST degrees high; the whole country where the box
    covers WHOLE of the country's."""
    land = load_borders().countries.get(country)
    reach = _widen(bound(np.array(points)), MARGIN, LEAST) if land else _leave_aside(points, MARGIN)
    if land:
        box = bound(trace_largest(load_borders(), land.rings))
        if measure_reach(reach) >= WHOLE * measure_reach(box):
            reach = _widen(_join(reach, box), MARGIN / 3, LEAST)
    narrow = np.cos(np.radians((reach.south + reach.north) / 2))
    high = wide * (reach.north - reach.south) / ((reach.east - reach.west) * narrow)
    return fit_view(reach, wide, float(np.clip(high, least, most)), country)


def bound_view(
    points: Sequence[Point], country: str, wide: float, least: float, most: float
) -> View:
    """The view of the points alone, in a panel so wide and between `least` and `most` high."""
    reach = _widen(bound(np.array(points)), 2 * MARGIN, LEAST)
    if country not in load_borders().countries:
        reach = _leave_aside(points, 2 * MARGIN)
    narrow = np.cos(np.radians((reach.south + reach.north) / 2))
    high = wide * (reach.north - reach.south) / ((reach.east - reach.west) * narrow)
    return fit_view(reach, wide, float(np.clip(high, least, most)), country)


def fit_view(reach: Reach, wide: float, high: float, country: str = "") -> View:
    """The box of degrees, made wider or higher until it fills the panel true to scale; more so
    towards the middle of the country, so that a coast is not half a map of sea."""
    narrow = np.cos(np.radians((reach.south + reach.north) / 2))
    lon, lat = (reach.west + reach.east) / 2, (reach.south + reach.north) / 2
    spans = (reach.east - reach.west) * narrow, reach.north - reach.south
    scale = max(spans[0] / wide, spans[1] / high)  # degrees of latitude a millimetre
    across, up = scale * wide / narrow / 2, scale * high / 2
    land = load_borders().countries.get(country)
    if land:
        box = bound(trace_largest(load_borders(), land.rings))
        lon += _lean((box.west + box.east) / 2 - lon, across - (reach.east - reach.west) / 2)
        lat += _lean((box.south + box.north) / 2 - lat, up - (reach.north - reach.south) / 2)
    else:
        lon += ASIDE / 2 * (across - (reach.east - reach.west) / 2)
    return View(lon - across, lon + across, lat - up, lat + up, wide, high)


def _lean(wish: float, spare: float) -> float:
    """How far a view moves that would like to move so far and has so much to spare on each side."""
    return LEAN * float(np.clip(wish, -spare, spare))


def bound(points: np.ndarray) -> Reach:
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return Reach(float(west), float(east), float(south), float(north))


def _join(one: Reach, other: Reach) -> Reach:
    west, east = min(one.west, other.west), max(one.east, other.east)
    return Reach(west, east, min(one.south, other.south), max(one.north, other.north))


def measure_reach(reach: Reach) -> float:
    return (reach.east - reach.west) * (reach.north - reach.south)


def _widen(reach: Reach, margin: float, least: float) -> Reach:
    """A box with a margin, of at least so many degrees."""
    ends = []
    for low, high in ((reach.west, reach.east), (reach.south, reach.north)):
        more = max((high - low) * margin, (least - (high - low)) / 2)
        ends += [low - more, high + more]
    return Reach(*ends)


def _leave_aside(points: Sequence[Point], margin: float) -> Reach:
    """The box of points where no land is drawn: with room for labels right of them."""
    reach = _widen(bound(np.array(points)), margin, ALONE)
    return reach._replace(east=reach.east + ASIDE * (reach.east - reach.west))


def trace_largest(borders: Borders, rings: Iterable[tuple[int, ...]]) -> np.ndarray:
    """The longest ring of a country: its main land, without islands far off."""
    return max(
        (borders.trace(ring) for ring in rings), key=lambda ring: np.ptp(ring, axis=0).prod()
    )
