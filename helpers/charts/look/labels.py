"""Labels: where words beside points find room, without touching each other or what is drawn.

A label is tried in eight places round its point, near it and then farther off, tied to it by a
line; in one line and then, if it has other shapes, in those. It never covers a point, another
label, a line (a border) or other words (the name of a country), nor leaves the panel. One that
finds no place is left to the caller, who gives the point a number and a line in a list.

Everything is measured in points of the page. Of the libraries tried, adjustText moves labels until
they overlap less and textalloc leaves lines of text across a border; neither keeps both promises
(tests/charts/test_labels.py holds the made-up maps on which they were compared).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

SIDES = [  # where a label may stand round its point, the best first: direction in x and in y
    *((1.0, 0.0), (0.71, 0.71), (0.71, -0.71), (0.0, 1.0)),
    *((0.0, -1.0), (-1.0, 0.0), (-0.71, 0.71), (-0.71, -0.71)),
]
SLID = (0.12, 0.3)  # share of a label above or below that lies left of its point, for names
LINED = (0.2, 0.8)  # share of a label beside its point that lies below it
GAP = 2.4  # points between a dot and its label
FAR = (9.0, 18.0, 30.0, 44.0)  # points farther off, where a line ties a label to its dot
PRINTED = 8.2  # points: letters for which these distances are; larger ones stand farther off
AWAY = 14  # sizes of letters: a line left of its dot that is longer has its name far off
APART = 1.0  # points that stay free round a label
EDGE = 3.4  # points that a label is wished to stay clear of the sides of the frame
BESIDE = 3.0  # points more between two labels beside each other, else they read as one
SHORT = 1.2  # points by which the line to a label ends before its words
ROUNDS = 4  # in which labels without a place may push others to another
ORDERS = 12  # in which labels choose their places, those that found none first the next time
CLEAR = 1.3  # of its distance to its own dot: a label is wished so far from any other's
TIED = 0.5  # the same of a label that a line leads to
LEVEL = 0.4  # share that a distance along a line of words counts, since one reads along it


class Box(NamedTuple):
    """A rectangle on the page."""

    x0: float
    y0: float
    x1: float
    y1: float


class Spot(NamedTuple):
    """A place for a label: which of its shapes, its box, on which side of the point it stands (-1
    left of it, 0 above or below, 1 right), and the line that ties it to its point where it lies far
    off (x, y to x, y)."""

    shape: int
    box: Box
    side: int
    tie: Box | None

    @property
    def tied(self) -> bool:
        """Whether a line ties the label to its point."""
        return self.tie is not None


@dataclass(frozen=True)
class Ground:
    """What labels stay clear of: the panel's edges, boxes (x0, y0, x1, y1) and lines (segments
    x0, y0, x1, y1), a row each; uncrossed: whether the lines that tie labels to their points stay
    clear of the lines too; others: points (x, y) that have no label here, and that none may be
    taken for the label of."""

    panel: Box
    boxes: np.ndarray = field(default_factory=lambda: np.empty((0, 4)))
    lines: np.ndarray = field(default_factory=lambda: np.empty((0, 4)))
    uncrossed: bool = False
    others: np.ndarray = field(default_factory=lambda: np.empty((0, 2)))


class _Try(NamedTuple):
    """A candidate place of one label, with the line that ties it to its point (none: a point)."""

    label: int
    spot: Spot
    tie: Box


def place_labels(
    points: Sequence[tuple[float, float]],
    shapes: Sequence[Sequence[tuple[float, float]]],
    ground: Ground,
    radii: float | Sequence[float] = 3.0,
    letters: float = 0.0,
) -> list[Spot | None]:
    """A place for the label of each point; None where there is none.

    shapes: for each point the sizes (width, height) in which its label can be set, the best first.
    radii: of the dots. letters: their size, where a line begins with a name that is to stand near
    its dot. Places that stand near another's dot or level with it, or at a side of
    the frame, are taken only by labels that find no other, even by pushing.
    """
    middles = np.array(points, dtype=float).reshape(-1, 2)
    sizes = np.broadcast_to(np.asarray(radii, dtype=float), len(middles))
    dots = np.hstack([middles - sizes[:, None], middles + sizes[:, None]])
    labels = range(len(middles))
    tries = [
        one
        for label in labels
        for one in _list_tries(label, middles[label], shapes[label], sizes[label], letters)
    ]
    tries = _keep_free(tries, ground, dots, middles)
    clash = _find_clashes(tries)
    own = [[at for at, one in enumerate(tries) if one.label == label] for label in labels]
    every = np.vstack([middles, ground.others])
    near = [
        _is_near_another(one, every)
        or _is_at_edge(one, ground.panel)
        or _begins_far_off(one, letters)
        for one in tries
    ]
    clear = [[at for at in mine if not near[at]] for mine in own]
    own = [sorted(mine, key=near.__getitem__) for mine in own]
    taken = _seat_best(clear, own, clash)
    for label in sorted(taken):  # where room has become free nearer to the point
        del taken[label]
        _take_first(label, own, taken, clash)
    return [tries[taken[label]].spot if label in taken else None for label in labels]


def _seat_best(clear: list[list[int]], own: list[list[int]], clash: np.ndarray) -> dict[int, int]:
    """A place for as many labels as find one, clear ones before others: of several orders in which
    they choose the best. Who found none, or none that is clear, chooses earlier the next time."""
    best: tuple[tuple[int, int], dict[int, int]] | None = None
    urgent = [0] * len(own)
    for _ in range(ORDERS):
        taken: dict[int, int] = {}
        for places in (clear, own):
            _seat_labels(places, taken, clash, urgent)
        behind = [label for label in range(len(own)) if taken.get(label) not in clear[label]]
        score = (len(own) - len(taken), len(behind))
        if best is None or score < best[0]:
            best = score, taken
        if not behind:
            break
        for label in behind:
            urgent[label] += 1 + (label not in taken)
    return best[1] if best else {}


def _seat_labels(
    own: list[list[int]], taken: dict[int, int], clash: np.ndarray, urgent: list[int]
) -> None:
    """A place of `own` for each label that has none yet: the urgent and those with fewest choose
    first, then each that found none tries to push others."""
    lost = [label for label in range(len(own)) if label not in taken]
    for label in sorted(lost, key=lambda label: (-urgent[label], len(own[label]))):
        _take_first(label, own, taken, clash)
    for _ in range(ROUNDS):
        lost = [label for label in range(len(own)) if label not in taken]
        moved = [_push_others(label, own, taken, clash) for label in lost]
        if not any(moved):
            break


def _list_tries(
    label: int,
    point: np.ndarray,
    shapes: Sequence[tuple[float, float]],
    radius: float,
    letters: float,
) -> list[_Try]:
    """All places of a label, the best first: near before far, then shape by shape."""
    x, y = map(float, point)
    found = []
    distances = (0.0, *(far * max(1.0, letters / PRINTED) for far in FAR))
    sides = _list_sides(more=letters > 0)
    for away, shape in itertools.product(distances, range(len(shapes))):
        wide, high = shapes[shape]
        for dx, dy, before, below, side in sides:
            reach = radius + GAP + away
            left, low = x + dx * reach - before * wide, y + dy * reach - below * high
            box = Box(left, low, left + wide, low + high)
            end = (float(np.clip(x, box.x0, box.x1)), float(np.clip(y, box.y0, box.y1)))
            start = (x + dx * (radius + 0.6), y + dy * (radius + 0.6)) if away else end
            near = (end[0] - dx * SHORT, end[1] - dy * SHORT)
            spot = Spot(shape, box, side, Box(*start, *near) if away else None)
            found.append(_Try(label, spot, Box(*start, *end)))
    return found


def _list_sides(more: bool) -> list[tuple[float, float, float, float, int]]:
    """Where a label may stand: direction in x and y, the shares of its width and height before and
    below its anchor, the side that its lines are set to. more: also places above, below and beside
    its point from which it is moved along."""
    found = [
        (dx, dy, (1 - float(np.sign(dx))) / 2, (1 - float(np.sign(dy))) / 2, int(np.sign(dx)))
        for dx, dy in SIDES
    ]
    if not more:
        return found
    slid = [(0.0, dy, share, (1 - dy) / 2, 1) for dy in (1.0, -1.0) for share in SLID]
    lined = [(dx, 0.0, (1 - dx) / 2, share, int(dx)) for dx in (1.0, -1.0) for share in LINED]
    return [*found, *slid, *lined]


def _keep_free(
    tries: list[_Try], ground: Ground, dots: np.ndarray, points: np.ndarray
) -> list[_Try]:
    """The places that nothing on the ground forbids, and that no other dot could be taken for the
    owner of: it lies farther off than the own one, or a line leads to that."""
    panel, kept = ground.panel, []
    for one in tries:
        box = _pad(one.spot.box)
        if box.x0 < panel.x0 or box.y0 < panel.y0 or box.x1 > panel.x1 or box.y1 > panel.y1:
            continue
        others = np.delete(dots, one.label, axis=0)
        if find_overlaps(box, ground.boxes).any() or find_overlaps(box, others).any():
            continue
        if find_crossed(ground.lines, box).any():
            continue
        if one.spot.tie:
            if find_crossed(np.array([one.tie]), *others, *ground.boxes).any():
                continue
            if ground.uncrossed and _find_crossing(one.tie, ground.lines).any():
                continue
        elif _is_nearer_to_another(one, np.vstack([points, ground.others])):
            continue
        kept.append(one)
    return kept


def _is_nearer_to_another(one: _Try, points: np.ndarray) -> bool:
    box = one.spot.box
    gaps = points - np.clip(points, (box.x0, box.y0), (box.x1, box.y1))
    away = np.hypot(gaps[:, 0], gaps[:, 1])
    return bool(away[one.label] > away.min() + 0.5)


def _is_near_another(one: _Try, points: np.ndarray) -> bool:
    """Whether a reader may take a label for that of another dot, above, below or beside it: not one
    that begins right beside its own; one that a line leads to where another is far nearer."""
    if len(points) < 2 or (not one.spot.tie and _begins_beside(one, points[one.label])):
        return False
    box = one.spot.box
    gaps = points - np.clip(points, (box.x0, box.y0), (box.x1, box.y1))
    own = float(np.hypot(*gaps[one.label]))
    others = np.delete(gaps, one.label, axis=0)
    if one.spot.tie:
        return bool((np.hypot(others[:, 0], others[:, 1]) < TIED * own).any())
    return bool((np.hypot(LEVEL * others[:, 0], others[:, 1]) < CLEAR * own).any())


def _is_at_edge(one: _Try, panel: Box) -> bool:
    """Whether a label ends right at a side of the frame."""
    return one.spot.box.x0 < panel.x0 + EDGE or one.spot.box.x1 > panel.x1 - EDGE


def _begins_far_off(one: _Try, letters: float) -> bool:
    """Whether a label is one long line left of its point, with its name at the far end."""
    x0, y0, x1, y1 = one.spot.box
    return one.spot.side == -1 and y1 - y0 < 1.7 * letters and x1 - x0 > AWAY * letters


def _begins_beside(one: _Try, point: np.ndarray) -> bool:
    return one.spot.side == 1 and one.spot.box.y0 < point[1] < one.spot.box.y1


def _pad(box: Box) -> Box:
    return Box(box.x0 - APART, box.y0 - APART, box.x1 + APART, box.y1 + APART)


def find_overlaps(box: Sequence[float], boxes: np.ndarray) -> np.ndarray:
    """Which boxes a box overlaps."""
    x0, y0, x1, y1 = boxes.T
    return (x0 < box[2]) & (x1 > box[0]) & (y0 < box[3]) & (y1 > box[1])


def find_crossed(lines: np.ndarray, *boxes: Sequence[float]) -> np.ndarray:
    """Which lines enter one of the boxes: a line does when its own box overlaps, and the corners of
    the box lie on both sides of it."""
    hit = np.zeros(len(lines), dtype=bool)
    x0, y0, x1, y1 = lines.T
    low, left = np.minimum(y0, y1), np.minimum(x0, x1)
    high, right = np.maximum(y0, y1), np.maximum(x0, x1)
    for box in boxes:
        near = (left < box[2]) & (right > box[0]) & (low < box[3]) & (high > box[1])
        for at in np.flatnonzero(near & ~hit):
            hit[at] = _is_split(lines[at], box)
    return hit


def _find_crossing(tie: Box, lines: np.ndarray) -> np.ndarray:
    """Which lines a tie crosses: the ends of each lie on both sides of the other."""

    def find_sides(ends: np.ndarray, x: Any, y: Any) -> np.ndarray:
        x0, y0, x1, y1 = ends.T
        return np.sign((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0))

    own, (x0, y0, x1, y1) = np.array(tie), lines.T
    apart = find_sides(own, x0, y0) != find_sides(own, x1, y1)
    return apart & (find_sides(lines, *tie[:2]) != find_sides(lines, *tie[2:]))


def _is_split(line: np.ndarray, box: Sequence[float]) -> bool:
    """Whether corners of a box lie on both sides of a line, or on it."""
    x0, y0, x1, y1 = map(float, line)
    sides = [
        (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)
        for x, y in itertools.product((box[0], box[2]), (box[1], box[3]))
    ]
    return min(sides) <= 0 <= max(sides)


def _find_clashes(tries: list[_Try]) -> np.ndarray:
    """Which two places exclude each other: those of one label, boxes that overlap, a box with the
    line of another, and lines that cross or nearly so."""
    labels = np.array([one.label for one in tries])
    clash = labels[:, None] == labels[None, :]
    padded = np.array([_pad(one.spot.box) for one in tries]).reshape(-1, 4)
    padded += (-BESIDE, 0.0, BESIDE, 0.0)
    boxes = np.array([one.spot.box for one in tries]).reshape(-1, 4)
    tied = [at for at, one in enumerate(tries) if one.spot.tie]
    ties = np.array([tries[at].tie for at in tied]).reshape(-1, 4)
    for at, box in enumerate(padded):
        clash[at] |= find_overlaps(list(box), boxes)
        crossed = np.array(tied, dtype=int)[find_crossed(ties, padded[at])]
        clash[at, crossed] = clash[crossed, at] = True
    longer = [_lengthen(tries[at].tie) for at in tied]
    for at, tie in zip(tied, longer):
        clash[at, np.array(tied)[_find_crossing(tie, np.array(longer))]] = True
    return clash | clash.T


def _lengthen(tie: Box) -> Box:
    """A line that reaches APART farther at both ends."""
    x, y = tie.x1 - tie.x0, tie.y1 - tie.y0
    share = APART / max(float(np.hypot(x, y)), APART)
    dx, dy = x * share, y * share
    return Box(tie.x0 - dx, tie.y0 - dy, tie.x1 + dx, tie.y1 + dy)


def _take_first(label: int, own: list[list[int]], taken: dict[int, int], clash: np.ndarray) -> bool:
    """The first free place of a label, if there is one."""
    held = list(taken.values())
    for at in own[label]:
        if not clash[at, held].any():
            taken[label] = at
            return True
    return False


def _push_others(
    label: int,
    own: list[list[int]],
    taken: dict[int, int],
    clash: np.ndarray,
) -> bool:
    """Take a place that others hold, if each of these finds another; else all stays as it was."""
    for at in own[label]:
        moved = [other for other, held in taken.items() if clash[at, held]]
        trial = {other: held for other, held in taken.items() if other not in moved}
        trial[label] = at
        if all(_take_first(other, own, trial, clash) for other in moved):
            taken.clear()
            taken.update(trial)
            return True
    return False
