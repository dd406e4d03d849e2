"""Rest: the captures that the overview leaves out, of every side, in words below its days, and
those that the pace leaves out, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.analysis.selection import Study
from helpers.charts.advance.days import MONTH
from helpers.charts.captures.stops import Stop, list_stops, name_place, share_dots
from helpers.charts.captures.words import list_sides, say_by, say_side, say_spelled
from helpers.charts.look.fonts import measure_text, wrap_text
from helpers.charts.look.language import Words, find_words
from helpers.charts.look.theme import LEADING, POINT, Look, Looks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAMED = 2  # places that are left out and named; of more, how many


def say_rest(study: Study, shown: list[Stop]) -> list[str]:
    """Which captures the overview has not, longest first: Captures not shown: Rastan; Aleppo
    International Airport by the SDF; nine areas or sites. Those of the leading side come first and
    have no side beside them; of areas without a point and of sites by a town how many there are."""
    words, drawn = find_words(study), {stop.place for stop in shown}
    told = [stop for stop in list_stops(study) if stop.step == "captured"]
    told = [stop for stop in told if stop.place not in drawn]
    own, _ = share_dots(study, [stop for stop in list_stops(study) if stop.point])
    left = [stop for stop in told if stop in own]
    areas = len({stop.place for stop in told} - {stop.place for stop in left})
    more = [say_spelled(words, "areas", areas)] if areas else []
    if not told or not shown:
        return []
    if not left:
        return [words("captures_left", places=said) for said in more]
    sides = sorted(list_sides(left), key=lambda side: side != study.leading)
    taken = {side: [stop for stop in left if stop.side == side] for side in sides}
    places = say_spelled(words, "places", len({stop.place for stop in left}))
    every = [places]
    if study.leading not in sides:
        named = words.join([say_side(words, side) for side in sides])
        every = [f"{places} {by}" for by in (words("side_by", side=named), words("by_others"))]
    forms = [_say_sides(study, taken, NAMED), _say_sides(study, taken, 0), *every]
    forms = ["; ".join([said, *more]) for said in forms]
    if areas:
        forms.append(say_spelled(words, "places", len({stop.place for stop in told})))
    return [words("captures_left", places=said) for said in dict.fromkeys(forms)]


def _say_sides(study: Study, taken: dict[str, list[Stop]], most: int) -> str:
    """What each side took: Rastan; four places by the Amambay Front; three by the government, one
    of them on its word alone. Of another side's places that are more than `most` how many."""
    words, said, counted = find_words(study), [], False
    for side, stops in taken.items():
        names = list({stop.place: stop.name for stop in stops}.values())
        by = say_by(words, side) if side != study.leading else ""
        doubt = _say_claimed(words, stops)
        if len(names) <= (most if by else NAMED):
            said.append(f"{words.join(names)}{by}{doubt}")
            continue
        many = words.spell(len(names)) if counted else say_spelled(words, "places", len(names))
        said.append(f"{many}{by}{doubt}")
        counted = True
    return "; ".join(said)


def _say_claimed(words: Words, stops: list[Stop]) -> str:
    """How many of the places of a side fell on a party's word alone, after a comma."""
    firm = {stop.place for stop in stops if not stop.stance}
    claimed = {stop.place for stop in stops} - firm
    if not claimed:
        return ""
    return f", {say_spelled(words, 'some_claimed', len(claimed)) if firm else words('all_claimed')}"


def say_undrawn(study: Study, shown: list[Stop], sharpest: int) -> list[str]:
    """Which captures of the leading side on the map the pace has not, and why: Not drawn: Rastan,
    perhaps taken before Hama. sharpest: days within which a capture has to lie."""
    words, drawn = find_words(study), {stop.place for stop in shown}
    own, _ = share_dots(study, [stop for stop in list_stops(study) if stop.point])
    mine = [stop for stop in own if stop.step == "captured" and stop.side == study.leading]
    whys: dict[str, list[str]] = {}
    for stop in mine:
        if stop.place not in drawn:
            whys.setdefault(_say_why(study, stop, shown, sharpest), []).append(stop.name)
    said = []
    for why, names in whys.items():
        few = len(names) <= NAMED
        places = words.join(names) if few else say_spelled(words, "places", len(names))
        said.append(words("not_drawn_captures", places=places, why=why))
    return said


def _say_why(study: Study, stop: Stop, shown: list[Stop], sharpest: int) -> str:
    """Why the pace has no bar of a capture."""
    words = find_words(study)
    if stop.days > sharpest:
        return words("left_vague")
    if not study.route or stop.place in study.route:
        return words("left_room")
    for one in shown:
        if one.step == "captured" and one.first <= stop.last and stop.first <= one.last:
            return words("left_order", place=one.name)
    return words("left_off", place=name_place(study, study.target))


def write_rest(
    axis: Axes, said: list[str], size: tuple[float, float], look: Look, tight: bool
) -> float:
    """What was left out, in the line of the months below a panel of days, where none of them
    stands, else in a line or two below it; the longest words that are no wider than the panel, or
    than twice its width. Gives the height that this adds. size: width and height of the panel;
    tight: whether shorter words are better than a line more."""
    line, (wide, high) = look.date * LEADING * POINT, size
    longs = {words: measure_text(words, look.date, italic=True) * POINT for words in said}
    fitting = [words for words in said if longs[words] <= wide] or said[-1:]
    if not fitting:
        return 0.0
    taken = _find_months(axis, wide, look)
    broken = _break_rest(said, wide, look)
    grey: Looks = {"linespacing": look.spacing}
    grey |= {"size": look.date, "style": "italic", "color": look.colour["secondary"]}
    grey |= {"va": "top", "annotation_clip": False}
    if not tight and broken.count("\n") == 1:
        _write(axis, broken, (0.0, high + 2.4 * line), grey)
        return 2 * line
    for words in fitting if tight else fitting[:1]:
        left = _find_left(longs[words], wide, taken)
        if left is not None:
            _write(axis, words, (left / wide, high + 1.35 * line), grey)
            return 0.0
    _write(axis, fitting[-1 if tight else 0], (0.0, high + 2.4 * line), grey)
    return line


def measure_rest(said: list[str], wide: float, look: Look) -> float:
    """The height that write_rest may add to a panel so wide, where a line more is no matter."""
    lines = _break_rest(said, wide, look).count("\n") + 1 if said else 0
    return min(lines, 2) * look.date * LEADING * POINT


def _break_rest(said: list[str], wide: float, look: Look) -> str:
    """The longest words, in lines that a panel is wide enough for."""
    return wrap_text(said[0], look.date, 0.97 * wide / POINT)


def _find_left(long: float, wide: float, taken: list[tuple[float, float]]) -> float | None:
    """Where words so long begin in a line so wide: at its right end, its left end or behind a
    month, clear of all months (`taken`); None where they have no room."""
    for left in (wide - long, 0.0, *(end + 3 for _, end in taken)):
        clear = all(left > end + 2 or left + long < start - 2 for start, end in taken)
        if clear and 0 <= left <= wide - long:
            return left
    return None


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
        if text.get_label() == MONTH:
            found.append((0.0, measure_text(text.get_text().strip(), look.date) * POINT))
    return sorted(found)
