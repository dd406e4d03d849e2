"""Strip: the days that figures describe, as bars on an axis of days beside the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.analysis.statements import (
    Statement,
)
from helpers.charts.look.fonts import measure_text
from helpers.charts.look.language import Words
from helpers.charts.look.layout import add_panel
from helpers.charts.look.signs import FAINT, draw_days, style_days
from helpers.charts.look.theme import POINT, Looks
from helpers.charts.page.grid import (
    DAY,
    Page,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SEASON = 75  # days: a longer strip names months
LATE = "2000-11-30"  # a day whose name is long
NOON = pd.Timedelta(hours=12)  # of a day its line stands at, in the middle of a bar over that day
APART = 1.6  # of the width of a label: how far the middles of two stand apart at least


def choose_days(
    words: Words,
    size: float,
    first: pd.Timestamp,
    last: pd.Timestamp,
    width: float,
    padded: bool = False,
) -> list[pd.Timestamp]:
    """The days that have a label, `size` points high, on an axis `width` millimetres long: as many
    as stand apart, at even steps from the first, or the first days of months. `padded`: whether the
    axis goes on beyond its days, so that the last has room for its label."""
    room = width / (1.6 * measure_longest(words, size, first, last) * POINT)
    total = (last - first).days + 1
    months = list(pd.date_range(first, last, freq="MS"))
    if total > SEASON:
        step = -(-len(months) // max(1, int(room)))
        return months[::step] or [first]
    steps = (1, 2, 3, 4, 5, 7) if total <= 14 else (7, 14, 21, 28)  # by weeks, where there are some
    step = next((days for days in steps if total / days <= room), steps[-1])
    days = list(pd.date_range(first, last, freq=f"{step}D"))
    spare = 0.4 * total / max(room, 1)  # a label at the very end would stand far out of the strip
    least = 1 if padded else min(spare, total / 2)
    return [day for day in days if (last - day).days + 1 >= least] or [first]


def measure_longest(words: Words, size: float, first: pd.Timestamp, last: pd.Timestamp) -> float:
    """How wide a label of an axis of these days may be, in points."""
    named = pd.Timestamp(LATE).replace(day=1 if (last - first).days >= SEASON else 30)
    return measure_text(words.tick(named), size)


def choose_lines(
    words: Words, size: float, first: pd.Timestamp, last: pd.Timestamp, width: float
) -> list[pd.Timestamp]:
    """The days that a strip names: its first and its last, and as many between them at even steps
    as stand apart; of a strip of many months the first days of months."""
    total = (last - first).days
    if total > SEASON:
        return choose_days(words, size, first, last, width)
    span = width * total / (total + 1)  # millimetres between the two middles
    steps = min(total, int(span / (APART * measure_longest(words, size, first, last) * POINT)))
    if not steps:
        return [first]
    return [first + DAY * round(total * step / steps) for step in range(steps + 1)]


def add_strip(page: Page, top: float, bottom: float) -> Axes:
    """An axes of days over all rows of a block, its days named below. A line stands at the noon of
    its day: a bar that ends with the 6th goes just beyond the line of the 6th."""
    left, right = page.grid.days
    strip = add_panel(page.chart, left, top, right - left, bottom - top)
    first, last = page.days
    strip.set(xlim=(first, last + DAY), ylim=(bottom, top))
    strip.yaxis.set_visible(False)
    strip.spines[:].set_visible(False)
    days = choose_lines(page.words, page.look.date, first, last, right - left)
    noons = [day + NOON for day in days]
    strip.set_xticks(noons, [page.words.tick(day) for day in days])
    strip.tick_params(axis="x", length=0, pad=2, labelsize=page.look.date)
    strip.tick_params(axis="x", labelcolor=page.look.colour["secondary"])
    for noon in noons:
        strip.axvline(noon, color=page.look.colour["rule"], linewidth=0.6, zorder=0)
    if page.shaded is not None:
        strip.axvspan(
            page.shaded[0], page.shaded[1] + DAY, color=page.look.colour["period"], lw=0, zorder=-1
        )
    return strip


def draw_strip(page: Page, strip: Axes, one: Statement, y: float):
    """The days of a statement, as far as the strip goes; a tick points to those beyond. In ink: in
    the colour of people a bar of days would be taken for how many they are."""
    import matplotlib.dates as mdates

    (first, last), colour = page.days, page.look.colour["text"]
    start, end = max(one.first.date_start, first), min(one.first.date_end, last)
    ends = (mdates.date2num(start), mdates.date2num(end + DAY))
    looks = style_days(colour, one.days, FAINT)
    bar = draw_days(strip, ends, y, page.grid.days_bar, looks)
    beyond: Looks = {"color": colour, "markersize": 3, "linestyle": "none", "clip_on": False}
    if one.first.date_start < first:
        strip.plot([ends[0]], [y], marker=4, **beyond)
    if one.first.date_end > last:
        strip.plot([ends[1]], [y], marker=5, **beyond)
    return bar
