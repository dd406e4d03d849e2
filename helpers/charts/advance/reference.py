"""Reference: rates of advance that are not the texts', as a grey band beside their speeds.

style.toml asks for it (`reference = "attacker won, 1939 to 1973"`, a row of reference.toml). It is
no mark: it has no claims, leads nowhere, and stands in no table of the figure. Its words say where
it comes from, and what it is not.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from helpers.charts.look.fonts import wrap_text
from helpers.charts.look.style import find_style
from helpers.charts.look.theme import LEADING, POINT, Look, Looks, mix_pale

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from helpers.analysis.selection import Study

FILE = Path(__file__).with_name("reference.toml")
NAMES = "reference-"  # with which the ids of its artists begin
BAND_MM = 3.4  # height of the band behind a bar


class Reference(NamedTuple):
    """A row of reference.toml: the middle half of so many battles lay between lower and upper, km
    a day. words: which battles; source, caveats: whose data, and what they are not."""

    words: str
    battles: int
    lower: float
    median: float
    upper: float
    source: str
    address: str
    licence: str
    caveats: str


@cache
def load_references() -> dict[str, Reference]:
    """Name → reference."""
    told: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))
    rows = {row["name"]: {**told, **row} for row in told["row"]}
    return {
        name: Reference(**{field: row[field] for field in Reference._fields})
        for name, row in rows.items()
    }


def find_reference(study: Study, speeds: pd.DataFrame) -> Reference | None:
    """The reference that the style of a study's corpus asks for, where a speed stands that it may
    be beside. A slide says no speed."""
    if study.parameters["width"] == "slide" or speeds["high"].isna().all():
        return None
    return load_references().get(find_style(study).reference)


def say_reference(reference: Reference) -> str:
    """What the caption says of the band."""
    return (
        f"The grey band is not from these texts: the middle half of {reference.battles} "
        f"{reference.words}, advanced {reference.lower} to {reference.upper} km a day, "
        f"median {reference.median} "
        f"({reference.source}, {reference.address}, {reference.licence}); {reference.caveats}."
    )


def draw_band(
    panel: Axes,
    place: tuple[float, float],
    ends: tuple[float, float],
    look: Look,
    share: float = 0.28,
) -> None:
    """A pale stretch from one end to the other; place: its middle and height in millimetres."""
    from matplotlib.patches import Rectangle

    (middle, tall), (low, high) = place, ends
    band = Rectangle((low, middle - tall / 2), high - low, tall, linewidth=0, zorder=0.5)
    band.set(facecolor=mix_pale(look.colour["party"], share), gid=f"{NAMES}band")
    panel.add_patch(band)


def write_reference(
    panel: Axes, reference: Reference, place: tuple[float, float, float], look: Look
) -> float:
    """What the band is, in grey, from a point of a panel (x; millimetres down) over a width in
    millimetres; gives the lower end."""
    x, y, wide = place
    told = (
        f"The middle half of {reference.battles} {reference.words} ({reference.source}). "
        f"Not from these texts: {reference.caveats}."
    )
    words = wrap_text(told, look.date, wide / POINT)
    grey: Looks = {"va": "top", "size": look.date, "color": look.colour["secondary"]}
    panel.text(x, y, words, gid=f"{NAMES}words", linespacing=look.spacing, **grey)
    return y + (words.count("\n") + 1) * look.date * LEADING * POINT
