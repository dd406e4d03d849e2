"""Labels: on made-up maps of 5, 25 and 60 dots none touches another, a dot, a border, a name or the
edge; those without a place are few, and are given back as such."""

import itertools

import numpy as np
import pytest
from matplotlib.path import Path

from helpers.charts.look.labels import (
    APART,
    FAR,
    GAP,
    Box,
    Ground,
    find_crossed,
    find_overlaps,
    place_labels,
)
from helpers.corpus.borders import is_inside, load_borders

SIZE = (493.0, 360.0)  # points: a map of a page's width
EDGES = (35.2, 42.6, 32.1, 37.5)  # Syria
NAMES = Box(250, 335, 290, 343), Box(20, 60, 60, 68), Box(420, 30, 440, 38)
RADIUS = 3.0


def to_page(points: np.ndarray) -> np.ndarray:
    west, east, south, north = EDGES
    return (points - (west, south)) / (east - west, north - south) * SIZE


def draw_borders() -> np.ndarray:
    """The borders in view, as segments."""
    lines = [to_page(arc) for arc in load_borders().arcs]
    segments = np.concatenate([np.hstack([line[:-1], line[1:]]) for line in lines])
    return segments[find_crossed(segments, Box(0, 0, *SIZE))]


def scatter_dots(number: int, seed: int) -> np.ndarray:
    """Dots in crowds, as towns along a road are."""
    random = np.random.default_rng(seed)
    west, east, south, north = EDGES
    crowds = random.uniform((west, south), (east, north), (max(2, number // 5), 2))
    dots: list = []
    while len(dots) < number:
        lon, lat = crowds[random.integers(len(crowds))] + random.normal(0, 0.7, 2)
        if west + 0.2 < lon < east - 0.2 and south + 0.2 < lat < north - 0.2:
            dots += [(lon, lat)] if is_inside("SYR", lat, lon) else []
    return to_page(np.array(dots))


def make_shapes(number: int) -> list[list[tuple[float, float]]]:
    """A line of 100 to 170 points, or two lines of its half."""
    widths = [100.0 + 10 * (at % 8) for at in range(number)]
    return [[(wide, 9.5), (0.6 * wide, 19.3)] for wide in widths]


@pytest.fixture(scope="module")
def ground() -> Ground:
    return Ground(Box(0, 0, *SIZE), np.array(NAMES), draw_borders())


MAPS = [(number, seed) for number in (5, 25, 60) for seed in range(3)]


@pytest.mark.parametrize(("number", "seed"), MAPS)
def test_no_label_touches_anything(ground, number, seed):
    dots = scatter_dots(number, seed)
    spots = place_labels([tuple(dot) for dot in dots], make_shapes(number), ground, RADIUS)
    boxes = np.array([spot.box for spot in spots if spot])
    around = np.hstack([dots - RADIUS, dots + RADIUS])
    assert len(boxes)
    for one, other in itertools.combinations(boxes, 2):
        assert not find_overlaps(one, other[None]).any()
    for box in boxes:
        assert not find_overlaps(box, around).any()
        assert not find_overlaps(box, ground.boxes).any()
        assert not find_crossed(ground.lines, box).any()
        assert min(box) >= 0
        assert box[2] <= SIZE[0]
        assert box[3] <= SIZE[1]


@pytest.mark.parametrize(("number", "seed"), MAPS)
def test_no_tie_runs_through_a_label_or_a_dot(ground, number, seed):
    dots = scatter_dots(number, seed)
    spots = place_labels([tuple(dot) for dot in dots], make_shapes(number), ground, RADIUS)
    for at, spot in enumerate(spots):
        if spot is None or spot.tie is None:
            continue
        others = [one.box for number, one in enumerate(spots) if one and number != at]
        others += [Box(*(dot - RADIUS), *(dot + RADIUS)) for dot in np.delete(dots, at, axis=0)]
        assert not find_crossed(np.array([spot.tie]), *others).any()


@pytest.mark.parametrize(("number", "seed"), MAPS)
def test_no_two_ties_cross(ground, number, seed):
    dots = scatter_dots(number, seed)
    spots = place_labels([tuple(dot) for dot in dots], make_shapes(number), ground, RADIUS)
    ties = [Path([spot.tie[:2], spot.tie[2:]]) for spot in spots if spot and spot.tie]
    for one, other in itertools.combinations(ties, 2):
        assert not one.intersects_path(other, filled=False)


@pytest.mark.parametrize(("number", "most"), [(5, 0), (25, 0.4)])
def test_few_labels_find_no_place(ground, number, most):
    lost = 0
    for seed in range(3):
        dots = [tuple(dot) for dot in scatter_dots(number, seed)]
        lost += place_labels(dots, make_shapes(number), ground, RADIUS).count(None)
    assert lost <= most * 3 * number


def test_a_label_stands_right_of_its_dot_where_nothing_is_in_the_way():
    [spot] = place_labels([(50, 50)], [[(40, 10)]], Ground(Box(0, 0, 200, 100)))
    assert spot.side == 1
    assert spot.tie is None
    assert spot.box.x0 > 50
    assert spot.box.y0 + spot.box.y1 == pytest.approx(100)


def test_a_label_that_has_no_room_in_one_line_is_set_in_two():
    [spot] = place_labels([(20, 50)], [[(90, 10), (45, 20)]], Ground(Box(0, 0, 80, 100)))
    assert spot.shape == 1


def test_a_label_that_finds_no_room_anywhere_is_given_back_as_none():
    assert place_labels([(20, 20)], [[(90, 10)]], Ground(Box(0, 0, 40, 40))) == [None]


def test_a_label_far_from_its_dot_is_tied_to_it():
    wall = np.array([Box(8, 52.5, 12, 60)])
    [spot] = place_labels([(3, 50)], [[(40, 10)]], Ground(Box(0, 44, 160, 56), wall), 3.0)
    assert spot.tie is not None
    assert not find_overlaps(spot.box, wall).any()


def test_a_label_makes_room_for_another_that_has_one_place_only():
    """The right dot can be labelled on its left alone, where the left dot's label would stand."""
    points, shapes = [(28, 50), (95, 50)], [[(40, 10)], [(40, 10)]]
    wall = np.array([Box(98, 0, 200, 100), Box(60, 56, 98, 100), Box(60, 0, 98, 44)])
    spots = place_labels(points, shapes, Ground(Box(0, 0, 200, 100), wall), 1.0)
    assert None not in spots


def test_of_two_dots_a_label_stands_nearer_to_its_own():
    spots = place_labels(
        [(50, 50), (58, 50)], [[(40, 10)], [(40, 10)]], Ground(Box(0, 0, 200, 100))
    )
    for spot, x in zip(spots, (50, 58)):
        away = [abs(np.clip(one, spot.box.x0, spot.box.x1) - one) for one in (50, 58)]
        assert spot.tie or away[(50, 58).index(x)] == min(away)


def test_a_label_keeps_clear_of_the_dot_of_another():
    """Left of its own dot a label would end, with its name, right over another's."""
    panel, wall = Box(0, 0, 175, 100), np.array([Box(154, 20, 175, 80)])
    own, other = (150.0, 50.0), (62.0, 41.0)
    shapes = [[(100.0, 8.0)], [(1.0, 1.0)]]
    alone, _ = place_labels([own, (62.0, 5.0)], shapes, Ground(panel, wall), 2.0)
    beside, _ = place_labels([own, other], shapes, Ground(panel, wall), 2.0)
    assert alone.box.y0 < own[1] < alone.box.y1
    assert beside.box.y0 - other[1] > alone.box.y0 - other[1] + 4


@pytest.mark.parametrize(("apart", "beside"), [(4.0, True), (2.0, False)])
def test_two_labels_beside_each_other_do_not_read_as_one(apart, beside):
    """Right of the left dot there is room up to the label of the other, which has one place."""
    wide, reach = 40.0, 1.0 + GAP  # of a dot and to its label
    left, right = (50.0, 50.0), (50.0 + reach + wide + APART + apart + wide + reach, 50.0)
    wall = [Box(right[0] + 1.2, 0, 300, 100), Box(120, 56, 300, 100), Box(120, 0, 300, 44)]
    spots = place_labels(
        [left, right],
        [[(wide, 10.0)], [(wide, 10.0)]],
        Ground(Box(0, 0, 300, 100), np.array(wall)),
        1.0,
    )
    level = [spot.box.y0 < 50 < spot.box.y1 and spot.side for spot in spots]
    assert level[1] == -1
    assert bool(level[0] == 1) is beside


@pytest.mark.parametrize(("share", "moved"), [(0.3, True), (0.7, False)])
def test_a_label_that_a_line_leads_to_keeps_clear_of_the_dot_of_another(share, moved):
    """A dot in a narrow lane has room for its label above or below the lane, above first; a dot
    without a label stands over the place above, at a `share` of how far off its own dot is."""
    lane = np.array([Box(0, 40, 48, 60), Box(52, 40, 100, 60)])
    away = 1.0 + GAP + FAR[0]
    other = np.array([(58.0, 50 + away + 6.0 + share * away)])
    ground = Ground(Box(0, 0, 100, 100), lane, others=other)
    [spot] = place_labels([(50.0, 50.0)], [[(20.0, 6.0)]], ground, 1.0)
    assert spot.tie is not None
    assert bool(spot.box.y1 < 50) is moved


def test_a_line_enters_a_box_or_does_not():
    box = Box(0, 0, 10, 10)
    lines = np.array([(-5, 5, 15, 5), (-5, 12, 15, 12), (-5, 0, 3, 20), (2, 2, 3, 3)], dtype=float)
    assert list(find_crossed(lines, box)) == [True, False, False, True]


@pytest.mark.parametrize("uncrossed", [False, True])
def test_a_tie_crosses_no_line_where_it_must_not(uncrossed):
    """A dot under a line, with room for its label only above the line."""
    line = np.array([[0.0, 30.0, 100.0, 30.0]])
    lid = np.array([[0.0, 0.0, 40.0, 26.0], [60.0, 0.0, 100.0, 26.0], [40.0, 0.0, 60.0, 16.0]])
    ground = Ground(Box(0, 0, 100, 80), lid, line, uncrossed)
    [spot] = place_labels([(50.0, 22.0)], [[(30.0, 10.0)]], ground, 2.0)
    assert (spot is None) == uncrossed
    assert uncrossed or spot.tied


def test_a_long_line_does_not_begin_far_left_of_its_dot():
    """Right of the dot there is no room; the name stood 64 mm off, at the far end of its line."""
    long, two = (160.0, 10.0), (120.0, 20.0)
    place, ground = ([(190.0, 50.0)], [[long, two]]), Ground(Box(0, 0, 200, 100))
    [spot] = place_labels(*place, ground, 3.0, letters=8.2)
    [unnamed] = place_labels(*place, ground, 3.0)
    assert (spot.shape, unnamed.shape) == (1, 0)
