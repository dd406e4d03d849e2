"""Panels: how many small maps of an advance there are, what each shows, and where its words
stand."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.selection import Study
from helpers.charts.captures.stops import Stop, order_stop
from helpers.charts.captures.words import caption_partly, say_by, say_claimed
from helpers.charts.chart import Chart
from helpers.charts.look.labels import Ground
from helpers.charts.look.language import find_words
from helpers.charts.look.layout import find_room
from helpers.charts.look.theme import LEADING, POINT, find_look
from helpers.charts.maps.dots import (
    WIDE_RING,
    Label,
    Run,
    Shape,
    break_words,
    cover_dots,
    fit_dots,
    place_shapes,
)
from helpers.charts.maps.ground import add_box, lay_ground
from helpers.charts.maps.view import View, bound_view

FEWEST, MOST_DAYS = 3, 6
# so many maps where dots would merge on more and smaller ones
LARGE = {"full": 4, "column": 3, "slide": 3}
ACROSS = {"full": 2, "column": 1, "slide": 3}  # of these side by side
FEW = 2  # names that find no room on the maps; where more find none, all are numbered
ROW = {"full": 6, "column": 3, "slide": 6}  # maps side by side
HIGH_MM = {"full": (45, 85), "column": (34, 60), "slide": (44, 110)}
DOT = {"full": 7.0, "column": 6.0, "slide": 12.0}
SMALL = 0.85  # of a dot's size, on maps where some lie near each other
GAP = {"full": 2.2, "column": 1.8, "slide": 4.0}  # millimetres between maps


class Panel(NamedTuple):
    """A small map: what is new on it, its labels, what the numbers among them stand for, how many
    labels had no room for what is to be said beneath a name, and what is said of parts of places
    below all maps instead."""

    new: list[Stop]
    labels: list[Label]
    listed: list[tuple[int, Stop]]
    unsaid: int
    notes: list[str]


class Sheet(NamedTuple):
    """Maps, `per` of them side by side, each `wide` millimetres wide; the sizes in points of their
    dots and letters."""

    per: int
    wide: float
    size: float
    letters: float
    view: View
    planned: list[Panel]


def choose_sheet(chart: Chart, shown: list[Stop], high: float) -> Sheet:
    """The maps on which every name finds room, with what is to be said beneath it: as many as there
    are days, else fewer and larger ones; else those on which every name does; where there are none
    such, numbers stand for names on the first of these."""
    width, look = chart.width, find_look(chart.study)
    crowded = _merge_dots(chart.study, shown)
    most = len(group_days(shown, LARGE[width] if crowded else MOST_DAYS))
    if width == "column" and most == 5:  # the last row would have an empty place
        most = 4
    tried = []
    for number in range(most, min(most, FEWEST) - 1, -1):
        panels = group_days(shown, number)
        for letters in (look.date, look.foot):
            tried.append(_fit_maps(chart, panels, shown, crowded, (letters, high)))
            if not any(panel.listed or panel.unsaid for panel in tried[-1].planned):
                return tried[-1]
    named = [sheet for sheet in tried if not any(panel.listed for panel in sheet.planned)]
    return [*named, *tried][0]


def _fit_maps(
    chart: Chart,
    panels: list[list[Stop]],
    shown: list[Stop],
    crowded: bool,
    room: tuple[float, float],
) -> Sheet:
    """What these maps show, and their labels. room: size of letters, and how high all may be. On a
    slide they are as high as the names below them leave room, whatever the shape of the ground."""
    study, width = chart.study, chart.width
    (letters, high), look, points = room, find_look(study), list_points(shown)
    per = count_across(width, len(panels), crowded)
    wide = (find_room(study)[0] - GAP[width] * (per - 1)) / per
    size = DOT[width] * (SMALL if crowded else 1)
    least, most = map(float, HIGH_MM[width])
    if width != "slide":
        rows = -(-len(panels) // per)
        most = max(least, min(most, high / rows - 2.2 * look.label * LEADING * POINT))
        view = bound_view(points, study.country, wide, least, most)
        size = fit_dots(view, points, size)
        planned = plan_panels(study, view, panels, shown, (size, letters))
        return Sheet(per, wide, size, letters, view, planned)
    spare = high - 2.2 * look.label * LEADING * POINT
    for names in range(max(map(len, panels)) + 2):
        tall = max(least, spare - names * look.foot * LEADING * POINT)
        view = bound_view(points, study.country, wide, tall, tall)
        planned = plan_panels(study, view, panels, shown, (size, letters))
        noted = any(panel.notes for panel in planned)
        if max(len(panel.listed) for panel in planned) + noted <= names:
            break
    return Sheet(per, wide, size, letters, view, planned)


def _merge_dots(study: Study, shown: list[Stop]) -> bool:
    """Whether the dots of more than one pair of places would cover each other by half on the
    smallest maps."""
    width, (room, _) = study.parameters["width"], find_room(study)
    points = np.array(list(dict.fromkeys(list_points(shown))))
    per = min(ROW[width], len(group_days(shown)))
    wide = (room - GAP[width] * (per - 1)) / per
    view = bound_view(list_points(shown), study.country, wide, *map(float, HIGH_MM[width]))
    placed = view.place(points)
    gaps = np.hypot(*(placed[:, None, :] - placed[None, :, :]).transpose(2, 0, 1))
    return int((gaps[np.triu_indices(len(placed), 1)] < DOT[width] / 2).sum()) > 1


def count_across(width: str, maps: int, crowded: bool) -> int:
    """How many maps stand side by side: few where dots lie near each other."""
    if crowded:
        return min(ACROSS[width], maps)
    if width == "column" and maps == 4:
        return 2
    return min(ROW[width], maps)


def group_days(stops: list[Stop], most: int = MOST_DAYS) -> list[list[Stop]]:
    """The stops of each map: those of one last day, or of neighbouring ones where there are more
    than `most`; where an offensive began stands on the map of the next captures."""
    ordered = sorted(stops, key=lambda stop: (stop.last, stop.first, stop.name))
    taken = sorted({stop.last for stop in stops if stop.step == "captured"})
    groups = [
        list(group) for _, group in itertools.groupby(ordered, lambda one: _find_day(one, taken))
    ]
    while len(groups) > most:  # join the two neighbours that are nearest in time
        apart = [
            (groups[at + 1][-1].last - groups[at][0].last).days for at in range(len(groups) - 1)
        ]
        at = int(np.argmin(apart))
        groups[at : at + 2] = [groups[at] + groups[at + 1]]
    return groups


def _find_day(stop: Stop, taken: list[pd.Timestamp]) -> pd.Timestamp:
    """The day of the map that has a stop: the first of those on which a capture became certain
    (`taken`) by which it had happened, else the last of them."""
    return next((day for day in taken if day >= stop.last), taken[-1])


def plan_panels(
    study: Study,
    view: View,
    panels: list[list[Stop]],
    shown: list[Stop],
    sizes: tuple[float, float],
) -> list[Panel]:
    """The maps with the labels that find room, and a number for what finds none; where more than
    FEW names find none, every place has its number. sizes: of dots and letters."""
    ground = cover_dots(view, lay_ground(view, study.country), list_points(shown), sizes[0] / 2)
    ends = [max(stop.last for stop in new) for new in panels]
    firsts = [_list_places(new) for new in panels]
    beneath = [_say_all_beneath(study, own, shown, ends[:at]) for at, own in enumerate(firsts)]
    named = [_name_places(view, ground, *told, sizes) for told in zip(firsts, beneath)]
    few = sum(len(lost) for _, lost in named) <= FEW
    places: dict[str, int] = {}
    planned = []
    for new, own, said, (labels, lost) in zip(panels, firsts, beneath, named):
        listed = lost if few else new
        labels = labels if few else []
        numbers = [places.setdefault(stop.place, len(places) + 1) for stop in listed]
        taken = add_box(ground, *(label.spot.box for label in labels))
        bare = _list_places(listed)
        shapes: list[list[Shape]] = [[((Run(str(places[stop.place]), True),),)] for stop in bare]
        more, _ = _place_words(view, taken, bare, shapes, sizes)
        short = [
            stop for stop, words in zip(own, said) if words and not _is_said(stop, words, labels)
        ]
        notes = [note for stop in short for note in caption_partly(find_words(study), [stop])]
        unsaid = sum(not stop.partly for stop in short)
        planned.append(Panel(new, [*labels, *more], list(zip(numbers, listed)), unsaid, notes))
    return planned


def _is_said(stop: Stop, words: str, labels: list[Label]) -> bool:
    """Whether the label of a stop has these words beneath its name."""
    lines = [label.shape for label in labels if label.point == stop.point]
    return any(words in " ".join(run.words for line in shape for run in line) for shape in lines)


def _name_places(
    view: View,
    ground: Ground,
    stops: list[Stop],
    beneath: list[str],
    sizes: tuple[float, float],
) -> tuple[list[Label], list[Stop]]:
    """The names of places on a map, below each what is to be said of it (beneath); where these
    words find no room, the name alone."""
    names = [break_words((Run(say_name(stop), True),)) for stop in stops]
    told = [_shape_beneath(said) for said in beneath]
    whole = [
        [(*name, *more) for more in own for name in shapes] or shapes
        for shapes, own in zip(names, told)
    ]
    labels, lost = _place_words(view, ground, stops, whole, sizes)
    if not lost:
        return labels, lost
    either = [list(dict.fromkeys([*full, *shapes])) for full, shapes in zip(whole, names)]
    some = [more if stop in lost else full for stop, more, full in zip(stops, either, whole)]
    for shapes in (some, *_brief_one(whole, names), either, names):
        labels, lost = _place_words(view, ground, stops, shapes, sizes)
        if not lost:
            break
    return labels, lost


def _brief_one(whole: list[list[Shape]], names: list[list[Shape]]) -> Iterator[list[list[Shape]]]:
    """The shapes of all places, of one of them the name alone, of each in turn."""
    for at, shapes in enumerate(names):
        if whole[at] != shapes:
            yield [*whole[:at], shapes, *whole[at + 1 :]]


def _list_places(stops: list[Stop]) -> list[Stop]:
    """The last stop of each place: one label is enough."""
    return list({stop.place: stop for stop in stops}.values())


def _place_words(
    view: View,
    ground: Ground,
    stops: list[Stop],
    shapes: list[list[Shape]],
    sizes: tuple[float, float],
) -> tuple[list[Label], list[Stop]]:
    """(labels beside the dots of stops, the stops whose words find no room in any shape)."""
    own = list_points(stops)
    free = _without(view, ground, own)
    size, letters = sizes
    radii = [size / 2 * (WIDE_RING if stop.contested else 1) + 0.6 for stop in stops]
    labels, lost = place_shapes(view, free, own, shapes, letters, radii)
    return labels, [stops[at] for at in lost]


def _shape_beneath(said: str) -> list[Shape]:
    """Words below a name, in one line, in two and in three; nothing of no words."""
    if not said:
        return []
    words = said.split(" ")  # what a blank that does not break keeps together stays so
    found: list[Shape] = []
    for many in range(1, min(len(words), 3) + 1):
        ways = [
            [" ".join(words[at:end]) for at, end in itertools.pairwise((0, *cuts, len(words)))]
            for cuts in itertools.combinations(range(1, len(words)), many - 1)
        ]
        best = min(ways, key=lambda lines: max(map(len, lines)))
        found.append(tuple((Run(line),) for line in best))
    return found


def _say_all_beneath(
    study: Study, stops: list[Stop], shown: list[Stop], ends: list[pd.Timestamp]
) -> list[str]:
    """What is to be said of each place of a map. ends: the last days of the maps before it."""
    said = [[*_say_days(study, stop, ends), *_say_beneath(study, stop, shown)] for stop in stops]
    return [", ".join(parts) for parts in said]


def _say_beneath(study: Study, stop: Stop, shown: list[Stop]) -> list[str]:
    """denied; captured, says the government; parts disputed; of another side than the leading one
    that took the place after that: retaken by the government, as far as the texts tell that it had
    held it; captured by the government where it denied that it had lost it."""
    words = find_words(study)
    before = [one for one in shown if one.place == stop.place and one.side != stop.side]
    lost = [one for one in before if order_stop(one) < order_stop(stop)]
    regained = stop.retaken and bool(lost)
    if stop.denials:
        return [words("denied")]
    if stop.stance:
        return [words("retaken_bare" if regained else "captured"), say_claimed(words, stop)]
    if stop.partly:
        return [words("denied_parts")]
    if stop.side == study.leading:
        return []
    if any(stop.side in one.deniers for one in lost):
        return [words("captured") + say_by(words, stop.side)]
    return [words("retaken_bare") + say_by(words, stop.side)] if regained else []


def _say_days(study: Study, stop: Stop, ends: list[pd.Timestamp]) -> list[str]:
    """1–6 Dec: the days of a capture that may have been on a day of a map before its own, whose
    order the maps would else invent."""
    if stop.step != "captured" or not ends or stop.first > ends[-1]:
        return []
    days = find_words(study).period(stop.first, stop.last)
    return [days.replace(" ", "\u00a0")]


def say_name(stop: Stop) -> str:
    """The name of a place, with a question mark where nobody has checked what is told of it."""
    return f"{stop.name}?" if stop.unreviewed else stop.name


def list_points(stops: list[Stop]) -> list[tuple[float, float]]:
    """Where the dots of stops lie."""
    return [stop.point for stop in stops if stop.point]


def _without(view: View, ground: Ground, own: list[tuple[float, float]]) -> Ground:
    """The ground without the boxes of the dots that are labelled, which labels mind by themselves;
    no label may be taken for one of the other dots' (whose boxes are square)."""
    middles = view.place(np.array(own).reshape(-1, 2))
    centres = (ground.boxes[:, :2] + ground.boxes[:, 2:]) / 2
    apart = np.abs(centres[:, None, :] - middles[None, :, :]).max(axis=2) > 0.01
    kept = apart.all(axis=1) if len(middles) else np.ones(len(centres), dtype=bool)
    sides = ground.boxes[:, 2:] - ground.boxes[:, :2]
    dots = kept & np.isclose(sides[:, 0], sides[:, 1])
    return Ground(ground.panel, ground.boxes[kept], ground.lines, others=centres[dots])
