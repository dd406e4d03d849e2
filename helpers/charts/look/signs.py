"""Signs: the one table of what is drawn for what, the same in every figure, and how each is drawn.

One sign has one meaning, in greyscale too: the end of a bar says how its number is worded, the
length how much that is; days beside people are in ink, the colour of words; grey and "(party)" say
that a party to the war says so; a place on a map is a disc, a half disc, a small dot or a ring.
Colour says what is counted and is handed in.

    draw_amount(plot, claim, (103, 20), mm_per_person, 2.6, colour)  # → the artist to mark
    draw_days(plot, (31, 44), 20, 1.4, style_days(ink, days, FAINT))
    axis.plot(lon, lat, **style_dot("captured", colour, 5))
    draw_key(plot, {"exact": "as counted"}, (31, 80), 143, colour, look)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.charts.look.fonts import measure_text
from helpers.charts.look.theme import POINT, Look, Looks, mix_pale

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Rectangle
    from matplotlib.path import Path


@dataclass(frozen=True)
class Sign:
    """One sign. kind: bar, days, dot, place or line; says: its meaning as a key words it; fill:
    solid, pale (always outlined), both (solid to the low, pale to the high), half, hollow or
    hatched; end: of a bar."""

    kind: str
    says: str
    fill: str = "solid"
    end: str = ""


SIGNS = {
    "exact": Sign("bar", "as counted", end="square"),
    "at_least": Sign("bar", "at least", end="chevron"),
    "at_most": Sign("bar", "nearly, at most", "pale", "stop"),
    "about": Sign("bar", "about", "pale", "open"),
    "between": Sign("bar", "between", "both", "stop"),
    "party": Sign("bar", "said by a party to the war"),  # in grey, whatever its end
    "one_day": Sign("days", "this day"),
    "some_days": Sign("days", "several days: the longer, the paler", "pale"),
    "total": Sign("dot", "exact, or at least"),
    "near_total": Sign("dot", "about, or nearly", "hollow"),
    "corrected": Sign("dot", "corrected by its source", end="cross"),
    "joined": Sign("line", "one source’s count over time"),
    "derived": Sign("line", "computed, with its formula", "dotted"),
    "captured": Sign("place", "captured"),
    "entered": Sign("place", "entered", "half"),
    "reached": Sign("place", "reached"),
    "began": Sign("place", "where the advance began", "hollow"),
    "doubted": Sign("place", "hatched: denied, or one party’s word", "hatched"),
}
WORDED = {  # quantifier → the bar that says so
    "exact": "exact",
    "more_than": "at_least",
    "at_least": "at_least",
    "nearly": "at_most",
    "less_than": "at_most",
    "up_to": "at_most",
    "about": "about",
    "between": "between",
}
KEY_DAYS = {"one_day": 1, "some_days": 7}  # how many days the sample in a key is over
THIN = 0.6  # of the height of a bar of people: one of days
BEHIND = (0.24, 0.43)  # of the height of a bar: from where to where behind it a chevron stands
CHEVRON = 0.4  # points of its stroke a millimetre of the bar's height
EDGE = 0.55  # points: the outline of a bar, and the least that a bar shows of its number
PALE = 0.5  # strength of a pale fill
FAINT = 0.5  # of the strength of days in ink: at full strength they would have the grey of a party
HATCH = "/////"  # of a bar in doubt, in its colour on white
HATCH_WIDE = {False: 0.8, True: 1.3}  # points: its lines, on a bar as high as on a slide
HIGH_MM = 4.0  # from which a bar is as high as on a slide
CORE = 0.7  # of a hatched disc: the white middle that its number stands on
NUMBERED = 1.25  # of the size of a disc: a hatched one with a number, whose hatching is a ring
CHORDS = {False: (-0.5, 0.0, 0.5), True: (-0.33, 0.33)}  # lines of a dot, of a small one, in radii
RING_CHORDS = (-0.8, -0.48, -0.16, 0.16, 0.48, 0.8)  # of a hatched ring
SMALL_DOT = 6.0  # points across


def find_length(claim) -> float:
    """The number that a bar is as long as: the best, else the end that the words give."""
    for value in (claim.best, claim.high, claim.low):
        if pd.notna(value):
            return float(value)
    raise ValueError(f"{claim.claim_id} has no number; its words are written, not drawn")


def draw_amount(
    axes: Axes,
    claim,
    corner: tuple[float, float],
    scale: float,
    height: float,
    colour: str,
    unit: float = 1.0,
) -> Rectangle:
    """The bar of a claim's number from `corner` (x, y of the middle of its left end), `scale` of x
    a person and `height` of y high; gives the rectangle that is as long as the number. Drawn beyond
    it are only a chevron and a stop. `unit`: how much of x is as wide on the page as 1
    of y."""
    from matplotlib.patches import Rectangle

    sign, (x, y) = SIGNS[WORDED[claim.quantifier]], corner
    length, half = find_length(claim) * scale, height / 2
    edge: Looks = {"edgecolor": colour, "linewidth": EDGE, "joinstyle": "miter", "clip_on": False}
    face = colour if sign.fill == "solid" else mix_pale(colour, PALE)
    if sign.end == "open":  # no stroke at its end
        edge |= {"edgecolor": "none", "linewidth": 0}
        rim: Looks = {"color": colour, "linewidth": EDGE, "clip_on": False, "zorder": 4}
        axes.plot([x + length, x, x, x + length], [y - half, y - half, y + half, y + half], **rim)
    bar = Rectangle((x, y - half), length, height, facecolor=face, zorder=3, **edge)
    axes.add_patch(bar)
    if sign.fill == "both":
        low = claim.low * scale
        axes.add_patch(Rectangle((x, y - half), low, height, facecolor=colour, zorder=3, **edge))
    draw_end(axes, claim, (x + length, y), height, colour, unit)
    return bar


def draw_end(
    axes: Axes,
    claim,
    at: tuple[float, float],
    height: float,
    colour: str,
    unit: float = 1.0,
) -> None:
    """What stands at the end of a bar: behind it a thin chevron for a floor, the same beside every
    number and apart from the bar, so that it adds no length; a stop for a ceiling."""
    end, (x, y) = SIGNS[WORDED[claim.quantifier]].end, at
    if end == "chevron":
        looks: Looks = {"color": colour, "linewidth": CHEVRON * height, "clip_on": False}
        near, far = (x + share * height * unit for share in BEHIND)
        ends = [y - 0.42 * height, y, y + 0.42 * height]
        axes.plot([near, far, near], ends, solid_joinstyle="miter", zorder=4, **looks)
    if end == "stop":
        stop: Looks = {"color": colour, "linewidth": 1.3, "clip_on": False, "zorder": 4}
        ends = [y - 0.8 * height, y + 0.8 * height]
        axes.plot([x, x], ends, solid_capstyle="butt", **stop)


def draw_days(
    plot: Axes,
    ends: tuple[float, float],
    y: float,
    height: float,
    looks: Looks,
) -> Rectangle:
    """A bar over the days that a text allows. looks: those of style_days, or of style_hatch where
    what it stands for is in doubt."""
    from matplotlib.patches import Rectangle

    edge: Looks = {"joinstyle": "miter", "clip_on": False}  # drawn on the panel's edge too
    bar = Rectangle((ends[0], y - height / 2), ends[1] - ends[0], height, zorder=3, **looks | edge)
    plot.add_patch(bar)
    return bar


def style_days(colour: str, days: int, faint: float = 1.0) -> Looks:
    """How a bar over so many days is filled and edged: dark for one day, the fainter the more there
    are. faint: how much of its strength a bar over several days has."""
    face = colour if days == 1 else mix_pale(colour, faint * find_strength(days))
    return {"facecolor": face, "edgecolor": colour, "linewidth": EDGE}


def style_hatch(colour: str, large: bool = False) -> Looks:
    """How a patch in doubt is filled and edged: hatched in its colour on white."""
    lines: Looks = {"hatch": HATCH, "hatchcolor": colour, "hatch_linewidth": HATCH_WIDE[large]}
    return {"facecolor": "white", "edgecolor": colour, "linewidth": 2 * EDGE, **lines}


def style_hollow(colour: str) -> Looks:
    """How a bar over days on which nothing was captured is filled and edged: an outline."""
    return {"facecolor": "white", "edgecolor": colour, "linewidth": 2 * EDGE}


def find_strength(days: int) -> float:
    """How strong a bar over so many days is filled: 1 for a day, then less and less.

    >>> [find_strength(days) for days in (1, 3, 14, 60)]
    [1.0, 0.5, 0.3, 0.15]
    """
    return next((share for most, share in ((1, 1.0), (7, 0.5), (31, 0.3)) if days <= most), 0.15)


def style_dot(name: str, colour: str, size: float) -> Looks:
    """How plot() draws a dot of SIGNS, `size` points across: full, half, hollow, hatched; one
    reached is small, one corrected a cross."""
    sign = SIGNS[name]
    looks: Looks = {
        "marker": "o",
        "linestyle": "none",
        "color": colour,
        "markersize": size * (0.55 if name == "reached" else 1),
        "markeredgecolor": colour,
        "markeredgewidth": max(0.8, size / 6),
        "markerfacecolor": "white" if sign.fill == "hollow" else colour,
    }
    if sign.end == "cross":
        looks |= {"marker": "x", "markersize": size * 0.95}
    if sign.fill == "half":
        looks |= {"fillstyle": "left", "markerfacecoloralt": "white"}
    return hatch_dot(looks, colour) if sign.fill == "hatched" else looks


def style_core(size: float) -> Looks:
    """How plot() draws the white middle of a hatched disc of this size, for its number."""
    looks: Looks = {"marker": "o", "linestyle": "none", "markersize": CORE * size}
    return looks | {"color": "white", "markeredgecolor": "none"}


def hatch_dot(looks: Looks, colour: str) -> Looks:
    """A dot of style_dot as one in doubt is drawn: hatched in its colour on white, half a dot its
    left half."""
    size = looks["markersize"]
    edge: Looks = {"markeredgecolor": colour, "markeredgewidth": max(0.6, size / 8)}
    marker = _trace_hatch("fillstyle" in looks, size < SMALL_DOT)
    return looks | {"marker": marker, "markerfacecolor": "white", **edge}


def style_hatched_ring(colour: str, size: float) -> Looks:
    """How plot() draws a disc `size` points across of whose hatching a core leaves a ring."""
    looks: Looks = {"marker": _trace_hatch(False, False, RING_CHORDS), "linestyle": "none"}
    edge: Looks = {"markeredgecolor": colour, "markeredgewidth": max(0.6, size / 18)}
    return looks | edge | {"color": colour, "markerfacecolor": "white", "markersize": size}


@cache
def _trace_hatch(half: bool, small: bool, chords: tuple[float, ...] = ()) -> Path:
    """The outline of a hatched dot with its chords; half: those of its left half."""
    from matplotlib.path import Path

    along, across = np.array([1.0, 1.0]) / np.sqrt(2), np.array([-1.0, 1.0]) / np.sqrt(2)
    lines = [[(0.0, -1.0), (0.0, 1.0)]] if half else []
    for off in chords or CHORDS[small]:
        low, high = (off * across + end * np.sqrt(1 - off**2) * along for end in (-1, 1))
        if half:
            high = low + along * min(-low[0] / along[0], 2.0)  # up to the line in the middle
        if not half or low[0] < 0:
            lines.append([(float(low[0]), float(low[1])), (float(high[0]), float(high[1]))])
    return Path.make_compound_path(Path.unit_circle(), *(Path(line) for line in lines))


def style_ringed(colour: str, size: float) -> Looks:
    """How plot() draws, for a key, a dot with a ring round it, `size` points across."""
    looks: Looks = {"marker": _trace_ringed(), "linestyle": "none", "markersize": size}
    return looks | {"color": colour, "markeredgecolor": "none"}


@cache
def _trace_ringed() -> Path:
    from matplotlib.path import Path

    circle = Path.unit_circle()
    points = np.asarray(circle.vertices)
    hole = Path(0.8 * np.vstack([points[-2::-1], points[-2]]), circle.codes)  # walked backwards
    return Path.make_compound_path(circle, hole, Path(0.56 * points, circle.codes))


class _Sample:
    """A claim that a key shows the bar of: `worded` so, of 1 person."""

    claim_id = "key"

    def __init__(self, quantifier: str) -> None:
        self.quantifier = quantifier
        self.best = self.high = 1.0
        self.low = 0.55


def _shade(
    plot: Axes, corner: tuple[float, float], width: float, height: float, look: Look
) -> None:
    """The sample of the days told of, shaded behind longer ones."""
    from matplotlib.patches import Rectangle

    x, y = corner
    rule: Looks = {"edgecolor": look.colour["rule"], "linewidth": EDGE}
    face = look.colour["period"]
    plot.add_patch(Rectangle((x, y - height / 2), width, height, facecolor=face, **rule))


KEY_LINE = 1.7, 0.72  # sizes of its words: the height of a line of a key, that of its samples


def draw_key(
    plot: Axes,
    says: dict[str, str],
    corner: tuple[float, float],
    width: float,
    colour: str,
    look: Look,
) -> float:
    """What bars mean (`says`: name → words), those of days in ink, in as many lines as `width`
    needs, from `corner` (x, y of the upper left, in millimetres); gives the height of the lines."""
    size, (left, top) = look.date, corner
    line, high = (size * POINT * times for times in KEY_LINE)
    thin = high * THIN
    quantifiers = {sign: quantifier for quantifier, sign in WORDED.items()} | {"party": "exact"}
    for name, x, number, sample, beside in _place_key(says, width, look):
        x, y = left + x, top + line * (number + 0.5)
        if name == "shaded":
            _shade(plot, (x, y), sample, size * POINT, look)
        elif name == "party_words":
            grey: Looks = {"color": look.colour["party_text"], "weight": "bold"}
            plot.text(x + sample / 2, y, "“…”", size=size, ha="center", va="center", **grey)
        elif name in KEY_DAYS:
            ink = look.colour["text"]
            draw_days(plot, (x, x + sample), y, thin, style_days(ink, KEY_DAYS[name], FAINT))
        else:
            tint = look.colour["party"] if name == "party" else colour
            draw_amount(plot, _Sample(quantifiers[name]), (x, y), sample, high, tint)
        words: Looks = {"size": size, "color": look.colour["secondary"], "va": "center"}
        plot.text(x + beside, y, says[name], **words)
    return measure_key(says, width, look)


def measure_key(says: dict[str, str], width: float, look: Look) -> float:
    """The height of a key (draw_key) in millimetres; 0 of an empty one."""
    lines = [number + 1 for _, _, number, *_ in _place_key(says, width, look)]
    return max(lines, default=0) * KEY_LINE[0] * look.date * POINT


def _place_key(
    says: dict[str, str], width: float, look: Look
) -> list[tuple[str, float, int, float, float]]:
    """(name, left end, line, length of the sample, where its words begin) of each entry of a
    key."""
    size, placed = look.date * POINT, []
    x, line, high = 0.0, 0, size * KEY_LINE[1]
    for name, meaning in says.items():
        sample = high * THIN if KEY_DAYS.get(name) == 1 else 2 * high
        beside = sample + high * (0.7 + BEHIND[1] * (name == "at_least"))  # a chevron lies behind
        wide = beside + measure_text(meaning, look.date) * POINT
        if x > 0 and x + wide > width:
            x, line = 0.0, line + 1
        placed.append((name, x, line, sample, beside))
        x += wide + size * 1.6
    return placed
