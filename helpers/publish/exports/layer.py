"""Layer: places.geojson, the claims as a layer for a map (QGIS, GDAL, Leaflet).

One feature is one claim. Its geometry is the points of its places, null where none has one: a total
over two towns is one claim at two points, so that nothing counts twice, and the middle of a country
is no place. GeoJSON is RFC 7946: longitude before latitude, WGS 84.
"""

import json
from typing import Any

import pandas as pd

from helpers.analysis.selection import Study
from helpers.publish.exports.rows import Rendered, describe_claims, locate_places
from helpers.schema.columns import DAYS, WHOLE_NUMBERS
from helpers.schema.formatting import count

FILE = "places.geojson"


def render_layer(study: Study) -> Rendered:
    """places.geojson: each claim with all its columns, its sentence and its text."""
    table = describe_claims(study)
    features = [
        {
            "type": "Feature",
            "id": row["claim_id"],
            "geometry": _draw_points(study, row["place"]),
            "properties": {name: _to_json(name, cell) for name, cell in row.items()},
        }
        for row in table.to_dict("records")
    ]
    bare = sum(feature["geometry"] is None for feature in features)
    said = []
    if bare:
        said = [
            f"{FILE}: {count(bare, 'claim')} of {len(features):,} without a point, of no place, a "
            "whole country, or a place whose lat and lon are empty in places.csv"
        ]
    layer = {"type": "FeatureCollection", "name": "places", "features": features}
    return Rendered({FILE: (json.dumps(layer, ensure_ascii=False, indent=1) + "\n").encode()}, said)


def _draw_points(study: Study, keys: str) -> dict[str, Any] | None:
    points = locate_places(study, keys)
    if not points:
        return None
    return {"type": "MultiPoint", "coordinates": [[lon, lat] for lat, lon in points]}


def _to_json(name: str, cell):
    """A cell as JSON has it; null where nothing stands."""
    if pd.isna(cell) or cell == "":
        return None
    if name in DAYS:
        return f"{cell:%Y-%m-%d}"
    return int(cell) if name in WHOLE_NUMBERS else cell
