"""Rest: the captures that the overview leaves out, in words below its days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.analysis.selection import Study
from helpers.charts.captures.stops import Stop, list_stops, share_dots
from helpers.charts.look.fonts import measure_text
from helpers.charts.look.language import find_words
from helpers.charts.look.theme import LEADING, POINT, Look, Looks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAMED = 2  # places that are left out and named; of more, how many


def say_rest(study: Study, shown: list[Stop]) -> list[str]:
    """Which captures of the leading side the map of the advance has and the overview has not,
    longest first: Also captured, not shown: Rastan; 1 more capture is on the map."""
    words, drawn = find_words(study), {stop.place for stop in shown}
    own, _ = share_dots(study, [stop for stop in list_stops(study) if stop.point])
    more = {
        stop.place: stop.name
        for stop in own
        if stop.step == "captured" and stop.side == study.leading and stop.place not in drawn
    }
    if not more or not shown:
        return []
    names = [words("also_captured", places=words.join(list(more.values())))]
    return [*(names if len(more) <= NAMED else []), words.count("more_captured", len(more))]


def write_rest(axis: Axes, said: list[str], size: tuple[float, float], look: Look) -> float:
    """What was left out, in the line of the months below a panel of days, at its right end, its
    left end or between, where none stands; else in a line below it. Gives the height that this
    adds. size: width and height of the panel."""
    if not said:
        return 0.0
    line, (wide, high) = look.date * LEADING * POINT, size
    taken = _find_months(axis, wide, look)
    grey: Looks = {"size": look.date, "style": "italic", "color": look.colour["secondary"]}
    grey |= {"va": "top", "annotation_clip": False}
    for words in said:
        long = measure_text(words, look.date, italic=True) * POINT
        for left in (wide - long, 0.0, *(end + 3 for _, end in taken)):
            clear = all(left > end + 2 or left + long < start - 2 for start, end in taken)
            if clear and 0 <= left <= wide - long:
                _write(axis, words, (left / wide, high + 1.35 * line), grey)
                return 0.0
    _write(axis, said[-1], (0.0, high + 2.4 * line), grey)
    return line


def _write(axis: Axes, words: str, at: tuple[float, float], looks: Looks) -> None:
    """Words from a share of the panel's width, so many millimetres below its upper edge."""
    axis.annotate(words, at, xycoords=("axes fraction", "data"), **looks)


def _find_months(axis: Axes, wide: float, look: Look) -> list[tuple[float, float]]:
    """From where to where, in millimetres, each month or year below the days stands."""
    first, last = axis.get_xlim()
    found = []
    for day, label in zip(axis.get_xticks(), axis.get_xticklabels()):
        _, _, month = label.get_text().partition("\n")
        if month:
            middle = (day - first) / (last - first) * wide
            half = measure_text(month, look.date) * POINT / 2
            found.append((middle - half, middle + half))
    for text in axis.texts:  # the first month, where its middle has no room
        if text.get_text().startswith("\n"):
            found.append((0.0, measure_text(text.get_text().strip(), look.date) * POINT))
    return sorted(found)
