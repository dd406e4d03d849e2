"""The key and the scale bar of a map, held against its marks and the earth."""

import re
from math import asin, cos, radians, sin, sqrt

import pandas as pd
from matplotlib.colors import same_color, to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path

from .canvas import list_marks, read_legends
from .tables import FIRM, Tables, split

NAMES = ("advance_map", "advance_map_by_day")
DOUBTED = (*NAMES, "overview", "advance_pace")
STEPS = {"captured": "captured", "entered": "entered"}
STEPS |= dict.fromkeys(["where the advance began", "advance began"], "offensive_start")
DOUBTS = {  # words of an entry for what is hatched → what is told of what it stands for
    "hatched: capture denied": {"denied"},
    "hatched: one party’s word": {"claimed"},
    "hatched: denied, or one party’s word": {"denied", "claimed"},
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
            if is_ring(artist, chart):
                continue
            if label in STEPS and row.step == STEPS[label] and shape(artist) != shape(handle):
                found.append(f'{chart.name}: "{label}" in the key looks other than {row.mark_id}')
            is_side = label.startswith("by ") and sides == {side}
            if is_side and not same_color(tint(artist), handle.get_color()):
                found.append(f'{chart.name}: {row.mark_id} has another colour than "{label}"')
    return found


def check_doubts(chart, tables: Tables) -> list[str]:
    """A dot or a bar is hatched where its capture, the last where it is of several, is denied or
    only claimed, and there alone; the key says which of them occur. So is no ring round a dot."""
    if chart.name not in DOUBTED:
        return []
    claims, found, told = tables.claims.set_index("claim_id"), [], set()
    for row, artist in list_marks(chart):
        mine = claims.loc[[key for key in split(row.claims) if key in claims.index]]
        if not isinstance(getattr(row, "step", None), str) or row.step == "offensive_start":
            continue
        doubts = set() if is_ring(artist, chart) else find_doubts(mine)
        told |= doubts
        if is_hatched(artist) != bool(doubts):
            found.append(f"{chart.name}: {row.mark_id} is wrongly drawn as firm or as in doubt")
    entries = [(DOUBTS[label], sign) for label, sign in read_legends(chart) if label in DOUBTS]
    if [doubts for doubts, _ in entries] != [doubts for doubts in [told] if doubts]:
        found.append(f"{chart.name}: the key does not say that hatched is what is {told}")
    if not all(is_hatched(sign) for _, sign in entries):
        found.append(f"{chart.name}: what the key calls hatched is not")
    return found


def find_doubts(mine: pd.DataFrame) -> set[str]:
    """What is in doubt of the last capture that claims tell of: denials of its days, or of any
    where there is no earlier one; that none of its claims is reported. A denial that a part of the
    place is held is no denial of its capture."""
    mine = mine[mine["measure"] != "control_share"]
    firm = mine[mine["assertion"].isin(FIRM)]
    last = firm[firm["date_end"] >= firm["date_start"].max()]
    denials = mine[mine["assertion"] == "denied"]
    if len(last) < len(firm):
        first, end = last["date_start"].max(), last["date_end"].min()
        denials = denials[(denials["date_start"] <= end) & (denials["date_end"] >= first)]
    doubts = {"denied"} if len(denials) else set()
    return doubts | ({"claimed"} if "reported" not in set(last["assertion"]) else set())


def is_ring(artist, chart) -> bool:
    """Whether a dot goes round another of its map, which is of who came later."""
    if not isinstance(artist, Line2D) or len(artist.get_xdata()) != 1:
        return False
    return any(
        line is not artist
        and not is_core(line)
        and line.get_markersize() < artist.get_markersize()
        and [*map(list, line.get_data())] == [*map(list, artist.get_data())]
        for line in artist.axes.lines
    )


def is_core(line) -> bool:
    """Whether a marker is the white behind the number of a hatched dot."""
    is_white = to_hex(line.get_markerfacecolor()) == "#ffffff"
    return is_white and str(line.get_markeredgecolor()) == "none"


def is_hatched(artist) -> bool:
    """Whether a bar or a dot is hatched in the full colour of its edge, on white."""
    if isinstance(artist, Patch):
        return bool(artist.get_hatch())
    marker = artist.get_marker()
    return isinstance(marker, Path) and to_hex(artist.get_markerfacecolor()) == "#ffffff"


def shape(line: Line2D) -> tuple[str, bool]:
    """(full or half, whether it is a ring)."""
    is_white = to_hex(line.get_markerfacecolor()) == "#ffffff"
    return line.get_fillstyle(), is_white and not is_hatched(line)


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
