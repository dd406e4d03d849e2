"""Borders: the countries of the world as polygons, and in which of them a point lies.

`borders.json.gz` is a TopoJSON topology: lines (arcs) that neighbours share, each a run of steps on
a grid, and for each country the rings that its arcs close. `country_names.csv` gives the names that
maps bear where those of the data set are cut short or differ from the United Nations' own; both
tables may be edited. tests/make_borders.py makes the first; its LICENCE is in the LICENSE file.
"""

import gzip
import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers.corpus.places import EARTH_RADIUS_KM, split_values
from helpers.schema.csv_files import load_table
from helpers.schema.errors import CorpusError

HERE = Path(__file__).parent
BORDERS_FILE = HERE / "borders.json.gz"
SOURCE = "Natural Earth"  # who drew the borders, as a map's source line names it
NEAR_KM = 3.0  # farther outside its country a place is asked about: 1:50m is no finer
Ring = tuple[int, ...]  # numbers of arcs, as TopoJSON has them: ~3 is arc 3 walked backwards


@dataclass(frozen=True)
class Country:
    """A country: its ISO code (alpha-3), its name, and its polygons; the first ring of a polygon is
    its edge, the others are holes."""

    code: str
    name: str
    polygons: tuple[tuple[Ring, ...], ...]

    @property
    def rings(self) -> list[Ring]:
        return [ring for polygon in self.polygons for ring in polygon]


@dataclass(frozen=True)
class Borders:
    """The borders of all countries. arcs: each an array of (lon, lat) in degrees. countries: code →
    Country."""

    arcs: tuple[np.ndarray, ...]
    countries: dict[str, Country]

    def trace(self, ring: Ring) -> np.ndarray:
        """A ring as one closed array of (lon, lat)."""
        lines = [self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1] for arc in ring]
        return np.concatenate([lines[0], *(line[1:] for line in lines[1:])])

    def list_arcs(self, code: str) -> set[int]:
        """The numbers of the arcs that bound a country; none of one that is not known."""
        rings = self.countries[code].rings if code in self.countries else []
        return {arc if arc >= 0 else ~arc for ring in rings for arc in ring}

    def count_sides(self) -> Counter[int]:
        """Arc → how many countries it bounds: two at a land border, one at a coast."""
        return Counter(
            arc if arc >= 0 else ~arc
            for country in self.countries.values()
            for ring in country.rings
            for arc in ring
        )


@cache
def load_borders() -> Borders:
    """The borders of all countries, decoded from the file that comes with the helpers."""
    topology: dict[str, Any] = json.loads(gzip.decompress(BORDERS_FILE.read_bytes()))
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(steps), axis=0) * scale + shift for steps in topology["arcs"]]
    named = load_table(HERE / "country_names.csv", ["code", "name"])
    names = dict(zip(named["code"], named["name"]))
    countries = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code, name = shape["properties"]["a3"], shape["properties"]["name"]
        polygons = tuple(tuple(map(tuple, rings)) for rings in shape["arcs"])
        countries[code] = Country(code, names.get(code, name), polygons)
    return Borders(tuple(arcs), countries)


@cache
def load_disputed() -> pd.DataFrame:
    """Areas over which states disagree. One row is one area: name; note (who holds it and what is
    said against that, in words that a map can print); lat, lon (where its name stands); countries
    (ISO codes of those concerned, `;` between); line ("ceasefire", where the boundary that the
    borders draw between these is a ceasefire line). No line is drawn of its own: none that does not
    come from a named, licensed data set, and no such data set is known here."""
    table = load_table(HERE / "disputed.csv", ["name", "note", "lat", "lon", "countries", "line"])
    return table.assign(
        lat=table["lat"].astype(float),
        lon=table["lon"].astype(float),
        countries=table["countries"].map(split_values),
    )


@cache
def list_ceasefire_lines() -> dict[str, set[int]]:
    """Name of a disputed area → the arcs that all its countries share, where the table says that
    the boundary between them is a ceasefire line."""
    borders, areas = load_borders(), load_disputed()
    return {
        area.name: set.intersection(*(borders.list_arcs(code) for code in area.countries))
        for area in areas[areas["line"] == "ceasefire"].itertuples()
    }


def find_country(lat: float, lon: float) -> str:
    """The code of the country that a point lies in; "" at sea."""
    for code in load_borders().countries:
        if is_inside(code, lat, lon):
            return code
    return ""


def is_inside(code: str, lat: float, lon: float) -> bool:
    """Whether a point lies in a country: a ray from it crosses the country's rings an odd number of
    times. Raises CorpusError for a code that the borders do not have."""
    crossings = 0
    for ring in _trace_country(code):
        if lon > ring[:, 0].max() or not ring[:, 1].min() <= lat <= ring[:, 1].max():
            continue
        (x, y), (x_to, y_to) = ring[:-1].T, ring[1:].T
        spans = (y > lat) != (y_to > lat)
        cuts = x[spans] + (lat - y[spans]) / (y_to - y)[spans] * (x_to - x)[spans]
        crossings += int((cuts > lon).sum())
    return crossings % 2 == 1


def measure_outside(code: str, lat: float, lon: float) -> float:
    """How many km a point lies outside a country; 0 inside. On the plane that touches the globe at
    the point, which near the border is as good as the globe."""
    if is_inside(code, lat, lon):
        return 0.0
    km = np.radians(1) * EARTH_RADIUS_KM
    nearest = np.inf
    for ring in _trace_country(code):
        points = (ring - (lon, lat)) * (km * np.cos(np.radians(lat)), km)
        start, step = points[:-1], np.diff(points, axis=0)
        square = np.maximum((step**2).sum(axis=1), 1e-12)
        along = np.clip(-(start * step).sum(axis=1) / square, 0, 1)
        nearest = min(nearest, float(np.hypot(*(start + along[:, None] * step).T).min()))
    return nearest


def _trace_country(code: str) -> list[np.ndarray]:
    borders = load_borders()
    if code not in borders.countries:
        raise CorpusError(
            f'country "{code}" has no borders here; write its ISO code of three letters, as SYR'
        )
    return [borders.trace(ring) for ring in borders.countries[code].rings]


def question_places(places: pd.DataFrame) -> pd.DataFrame:
    """Places that lie farther than NEAR_KM outside the country that places.csv gives them. One row
    is one place: place, country, lies_in (code, "" at sea), km. Not a place of a country that the
    borders do not have, nor one between countries that a listed area is disputed by."""
    rows = []
    known = load_borders().countries
    disputes = [set(parties) for parties in load_disputed()["countries"]]
    for place in places[places["lat"].notna() & places["lon"].notna()].itertuples():
        code = str(place.country)
        if code not in known:
            continue
        km = measure_outside(code, place.lat, place.lon)
        if km <= NEAR_KM:
            continue
        lies_in = find_country(place.lat, place.lon)
        if not any({code, lies_in} <= parties for parties in disputes):
            rows.append((place.Index, code, lies_in, round(km, 1)))
    return pd.DataFrame(rows, columns=["place", "country", "lies_in", "km"])
