"""Places: names in every spelling, coordinates, and the distances between them."""

from pathlib import Path

import numpy as np
import pandas as pd

from helpers.corpus.folders import open_folder
from helpers.schema.columns import TABLES
from helpers.schema.csv_files import list_faults, load_table, make_empty, python_strings
from helpers.schema.errors import CorpusError

PLACE_COLUMNS = TABLES["places"].names
UNRESOLVED = "not resolved: fill in lat and lon"  # the note of a place that no gazetteer knows
EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


@python_strings
def load_places(folder: str | Path) -> pd.DataFrame:
    """The gazetteer of a corpus, indexed by place key. One row is one place or one total over
    places.

    Columns: name (as charts write it), names (list of spellings met), kind, lat and lon (degrees,
    WGS 84; missing for regions without a sensible point), governorate, country (ISO 3166-1
    alpha-3), prec (UCDP where_prec), parts (list of keys, for composites and regions), note. A
    corpus without places.csv has an empty one. Raises CorpusError on a doubled key, a place without
    a name, an impossible coordinate or an unknown part."""
    file = open_folder(folder) / "places.csv"
    if not file.exists():
        return make_empty("places").astype({"lat": float, "lon": float}).set_index("place")
    places = load_table(file, PLACE_COLUMNS)
    faults = [
        f'places.csv: place "{key}" stands twice'
        for key in places["place"][places["place"].duplicated()]
    ]
    faults += [
        f"places.csv ({key}): name is empty; write it as charts shall show it"
        for key in places["place"][places["name"].str.strip() == ""]
    ]
    for axis in TABLES["places"].pick("degrees"):
        limit = TABLES["places"][axis].most
        degrees = pd.to_numeric(places[axis], errors="coerce")
        wrong = (places[axis] != "") & ~(degrees.abs() <= limit)
        faults += [
            f'places.csv ({place}): {axis} reads "{cell}"; '
            f"write degrees between -{limit} and {limit}"
            for place, cell in places[wrong].set_index("place")[axis].items()
        ]
        places[axis] = degrees
    for column in ("names", "parts"):
        places[column] = places[column].map(split_values)
    known = set(places["place"])
    faults += [
        f"places.csv ({row.place}): part {part} is no place here"
        for row in places.itertuples()
        for part in row.parts
        if part not in known
    ]
    if faults:
        raise CorpusError(list_faults("places.csv", faults))
    return places.set_index("place")


def split_values(cell: str) -> list[str]:
    """The values of a cell that may hold several, separated by `;`."""
    return [value.strip() for value in str(cell).split(";") if value.strip()]


def share_value(cell: str, values: list[str]) -> bool:
    """Whether a cell that may hold several values holds one of `values`."""
    return not set(values).isdisjoint(split_values(cell))


def measure_distance(lat: float, lon: float, lat_to, lon_to):
    """Great-circle distance in km (haversine), the straight line a crow flies; roads are longer."""
    lat, lon, lat_to, lon_to = map(np.radians, (lat, lon, lat_to, lon_to))
    half = (
        np.sin((lat_to - lat) / 2) ** 2
        + np.cos(lat) * np.cos(lat_to) * np.sin((lon_to - lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))


def measure_between(places: pd.DataFrame, place: str, other: str) -> float:
    """Straight-line km between two place keys; NaN when either has no coordinates."""
    if place not in places.index or other not in places.index:
        return float("nan")
    a, b = places.loc[place], places.loc[other]
    return float(measure_distance(a["lat"], a["lon"], b["lat"], b["lon"]))


def name_places(places: pd.DataFrame, keys: str) -> str:
    """The chart name of a `place` cell: "Aleppo", "Daraa, As-Suwayda"; the key itself if
    unknown."""
    return ", ".join(
        places.loc[key, "name"] if key in places.index else key for key in split_values(keys)
    )


def overlap_places(places: pd.DataFrame, keys: str, others: str) -> bool:
    """Whether two `place` cells share ground: the same key, or one contains the other.

    Containment follows `parts`. Two empty cells overlap; an empty and a filled one do not.
    """
    mine, theirs = set(split_values(keys)), set(split_values(others))
    if not mine or not theirs:
        return mine == theirs
    return bool(
        mine & theirs or mine & find_parts(places, theirs) or theirs & find_parts(places, mine)
    )


def find_parts(places: pd.DataFrame, keys: set[str]) -> set[str]:
    """All places that lie within others: their `parts`, and the parts of these."""
    found: set[str] = set()
    open_keys = set(keys)
    while open_keys:
        parts = {
            part for key in open_keys if key in places.index for part in places.loc[key, "parts"]
        }
        open_keys = parts - found
        found |= parts
    return found
