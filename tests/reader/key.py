"""The key and the scale bar of a map, held against its marks and the earth."""

import re
from math import asin, cos, radians, sin, sqrt

from matplotlib.colors import same_color, to_hex
from matplotlib.lines import Line2D

from .canvas import list_marks, read_legends
from .tables import Tables, split

NAMES = ("advance_map", "advance_map_by_day")
STEPS = {"captured": "captured", "entered": "entered", "where it began": "offensive_start"}
DOUBTS = {  # words of an entry for pale dots → what is told of the places that it stands for
    "pale: denied": {"denied"},
    "pale: one party’s word": {"claimed"},
    "pale: denied, or one party’s word": {"denied", "claimed"},
}
SHARE = 0.03  # by which a scale bar may differ from what it says
EARTH = 6371.0088  # km


def check_key(chart, tables: Tables) -> list[str]:
    """Each entry of the key of a map: the dots of such steps have its sign, those of such a side
    its colour."""
    if chart.name not in NAMES:
        return []
    claims = tables.claims.set_index("claim_id")
    found = []
    for label, handle in read_legends(chart):
        for row, artist in list_marks(chart):
            if not isinstance(artist, Line2D) or not isinstance(handle, Line2D):
                continue
            mine = claims.loc[[key for key in split(row.claims) if key in claims.index]]
            sides = {split(cell)[0] for cell in mine["actor"] if cell}
            side = re.sub(r"^by (the )?", "", label)
            if label in STEPS and row.step == STEPS[label] and shape(artist) != shape(handle):
                found.append(f'{chart.name}: "{label}" in the key looks other than {row.mark_id}')
            is_side = label.startswith("by ") and sides == {side}
            if is_side and not same_color(tint(artist), handle.get_color()):
                found.append(f'{chart.name}: {row.mark_id} has another colour than "{label}"')
    return found


def check_doubts(chart, tables: Tables) -> list[str]:
    """A dot on a map is pale where its capture is denied or only claimed, and there alone; the key,
    where there is one, says which of them occur."""
    if chart.name not in (*NAMES, "overview"):
        return []
    claims, found, told = tables.claims.set_index("claim_id"), [], set()
    for row, artist in list_marks(chart):
        mine = claims.loc[[key for key in split(row.claims) if key in claims.index]]
        if not isinstance(artist, Line2D) or (mine["measure"] == "offensive_start").any():
            continue
        doubts = {"denied"} & set(mine["assertion"])
        doubts |= {"claimed"} if "reported" not in set(mine["assertion"]) else set()
        told |= doubts
        if is_pale(artist) != bool(doubts):
            found.append(f"{chart.name}: {row.mark_id} is wrongly drawn as firm or as in doubt")
    entries = [(DOUBTS[label], line) for label, line in read_legends(chart) if label in DOUBTS]
    if chart.name in NAMES and told and [doubts for doubts, _ in entries] != [told]:
        found.append(f"{chart.name}: the key does not say that pale is what is {told}")
    if not all(is_pale(line) for _, line in entries):
        found.append(f"{chart.name}: what the key calls pale is not")
    return found


def is_pale(line: Line2D) -> bool:
    """Whether a dot is filled with less than the colour of its edge, and is no ring."""
    face, edge = line.get_markerfacecolor(), to_hex(line.get_markeredgecolor())
    return to_hex(face) not in (edge, "#ffffff") and edge != "#ffffff"


def shape(line: Line2D) -> tuple[str, bool]:
    """(full or half, whether it is a ring)."""
    return line.get_fillstyle(), to_hex(line.get_markerfacecolor()) == "#ffffff"


def tint(line: Line2D):
    """The colour of a dot, which is its edge's, unless a white edge keeps it apart from others."""
    edge = line.get_markeredgecolor()
    return line.get_markerfacecolor() if to_hex(edge) == "#ffffff" else edge


def check_scale(chart, tables: Tables) -> list[str]:
    """The bar under "100 km" is as long as so many kilometres are in the middle of the map."""
    if chart.name not in (*NAMES, "overview"):
        return []
    found = []
    for axes in chart.figure.axes:
        said = [re.fullmatch(r"(\d+) km", text.get_text()) for text in axes.texts]
        said = [int(match[1]) for match in said if match]
        bars = [measure_bar(line) for line in axes.lines if is_level(line)]
        if said and not any(abs(bar - said[0]) <= SHARE * said[0] for bar in bars):
            found.append(f"{chart.name}: no bar of the scale is {said[0]} km long")
    return found


def is_level(line: Line2D) -> bool:
    """Whether a line may be a scale bar: no mark, two points, one latitude."""
    ys = line.get_ydata()
    return line.get_gid() is None and len(ys) == 2 and ys[0] == ys[1]


def measure_bar(line: Line2D) -> float:
    (west, east), lat = map(radians, line.get_xdata()), radians(sum(line.axes.get_ylim()) / 2)
    return 2 * EARTH * asin(sqrt((cos(lat) * sin((east - west) / 2)) ** 2))
