"""Days: a panel whose x-axis is days, and the lines from stop to stop on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.analysis.selection import Study
from helpers.charts.captures.stops import DAY, Stop, list_after, list_stops
from helpers.charts.chart import Chart
from helpers.charts.look.fonts import measure_text
from helpers.charts.look.language import Words, find_words
from helpers.charts.look.theme import POINT, Look, Looks, mix_pale
from helpers.charts.maps.dots import find_colour

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

NOON = pd.Timedelta(hours=12)
STAIR = {"full": 0.9, "column": 0.9, "slide": 1.8}  # points: the line from bar to bar
LONGEST = 100  # days, beyond which months are named instead
SECOND = 1.09  # sizes of the letters from the top of a label to the second line of it
MONTH = "month"  # label of the first month where the days below it have no room for it
LEAST = 8  # days that a panel has, so that labels find room beside the bars of one day


def set_days(
    axis: Axes,
    first: pd.Timestamp,
    last: pd.Timestamp,
    wide: float,
    look: Look,
    words: Words,
    striped: bool = True,
) -> None:
    """An axis from the first day to the end of the last in a panel `wide` millimetres wide: every
    day or every second, third … named in its middle, the month below where it begins; of long
    spans the months alone. striped: every second day, where each has a name."""
    axis.xaxis_date()
    axis.set_xlim(first, last + DAY)
    days = pd.date_range(first, last)
    if len(days) > LONGEST:
        _set_months(axis, first, last, wide, look, words)
    else:
        step = next(
            step
            for step in (1, 2, 3, 5, 7, 10, 14, 20, 30, 50)
            if wide / POINT / len(days) * step >= 1.6 * measure_text("30", look.date)
        )
        named = [day for at, day in enumerate(days) if at % step == 0]
        labels: list[str] = []
        month = ""
        edge = wide / len(days) / 2  # from the first label's middle
        for day in named:
            said = words.month(day).rstrip(".")
            if not labels and measure_text(said, look.date) * POINT / 2 > edge:
                _write_month(axis, said, look)
                labels.append(f"{day.day}")
            else:
                labels.append(f"{day.day}" if said == month else f"{day.day}\n{said}")
            month = said
        axis.set_xticks([day + NOON for day in named], labels, linespacing=look.spacing)
        for at in range(0, len(days), 2) if striped and step == 1 else []:
            axis.axvspan(
                days[at], days[at] + DAY, color=look.colour["stripe"], linewidth=0, zorder=0
            )
    axis.tick_params(
        axis="x",
        length=0 if len(days) <= LONGEST else 2.5,
        color=look.colour["rule"],
        pad=2,
        labelsize=look.date,
        labelcolor=look.colour["secondary"],
    )
    for spine in axis.spines.values():
        spine.set_visible(False)
    axis.set_yticks([])
    axis.tick_params(axis="y", length=0)


def _write_month(axis: Axes, said: str, look: Look) -> None:
    """The month below the first day, from the left edge, where its middle has no room."""
    grey: Looks = {"size": look.date, "color": look.colour["secondary"], "va": "top"}
    at: Looks = {"xycoords": "axes fraction", "textcoords": "offset points"}
    low = -2 - SECOND * look.date  # a blank line before it is drawn too small
    axis.annotate(said, (0, 0), (0, low), label=MONTH, **at, **grey)


def _set_months(
    axis: Axes, first: pd.Timestamp, last: pd.Timestamp, wide: float, look: Look, words: Words
) -> None:
    """A name at the first day of every month, or of every third, or of every year."""
    room = wide / POINT / (1.5 * measure_text("Sep 2025", look.date))
    for frequency in ("MS", "QS", "YS", "5YS", "10YS"):
        starts = pd.date_range(first, last, freq=frequency)
        if len(starts) <= room:
            break
    yearly = frequency.endswith("YS")
    edge = (last - first) * (0.6 * measure_text("2025", look.date) * POINT / wide)
    starts = [day for day in starts if first + edge <= day <= last - edge]
    labels, year = [], 0
    for day in starts:
        month = words.month(day).rstrip(".")
        said = f"{month}\n{day.year}" if day.year != year else month
        labels.append(f"{day.year}" if yearly else said)
        year = day.year
    axis.set_xticks(starts, labels, linespacing=look.spacing)


def number_days(days: Sequence[pd.Timestamp]) -> list[float]:
    """Days as the axis counts them."""
    from matplotlib.dates import date2num

    return [float(date2num(day)) for day in days]


def find_span(stops: Sequence[Stop]) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and the last day of a panel, which has LEAST at least."""
    last = max(one.last for stop in stops for one in (stop, *stop.after))
    first = min(stop.first for stop in stops)
    return first, max(last, first + (LEAST - 1) * DAY)


def is_long(stops: Sequence[Stop]) -> bool:
    """Whether a panel names months instead of days."""
    first, last = find_span(stops)
    return (last - first).days + 1 > LONGEST


def find_steps(
    study: Study, stops: list[Stop], ys: list[float], tall: float
) -> list[tuple[Stop, list[tuple[float, float]]]]:
    """(stop, corners of the line from its bar, in days and millimetres): from each bar of the
    leading side to the next, along to its first possible day, then down or up; not while another
    side holds the place."""
    lead, told = study.leading, list_stops(study)
    mine = [(stop, y) for stop, y in zip(stops, ys) if stop.side == lead or stop.step != "captured"]
    steps = []
    for (before, y), (after, y_to) in zip(mine, mine[1:]):
        edge = y_to - np.sign(y_to - y) * tall / 2
        held = before
        for one in list_after(told, before):
            if (one.first, one.last) >= (after.first, after.last):
                break
            if one.side != lead:  # the line ends where another side holds the place
                ends = number_days([held.last + DAY, one.first])
                steps.append((before, [(ends[0], y), (ends[1], y)]))
            held = one
        if held.side != lead and held is not before:
            continue
        start, turn = number_days([held.last + DAY, after.first])
        turn_x = turn + 0.02
        steps.append((before, [(min(start, turn_x), y), (turn_x, y), (turn_x, edge)]))
    return steps


def draw_steps(
    chart: Chart, axis: Axes, steps: list[tuple[Stop, list[tuple[float, float]]]], look: Look
) -> None:
    """The lines from bar to bar (find_steps)."""
    pale: Looks = {"linewidth": STAIR[chart.width], "zorder": 1.5, "solid_joinstyle": "miter"}
    for stop, path in steps:
        days, heights = zip(*path)
        axis.plot(days, heights, color=mix_pale(find_colour(chart.study, stop, look), 0.5), **pale)


def list_steps(study: Study, stops: list[Stop], look: Look, said: str = "") -> list[Artist]:
    """The entry for the line from bar to bar, where there is one: that its steps are no distances,
    or `said`."""
    from matplotlib.lines import Line2D

    if len(stops) < 2 or is_long(stops):
        return []
    pale: Looks = {"color": mix_pale(find_colour(study, stops[0], look), 0.5)}
    pale |= {"linewidth": STAIR[study.parameters["width"]]}
    return [Line2D([], [], label=said or find_words(study)("key_step"), **pale)]
