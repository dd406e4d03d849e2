"""The figures of the advance as data: what is a stop, what a map shows, what follows from days."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from helpers.charts import draw_figure
from helpers.charts.advance.days import number_days
from helpers.charts.advance.overview import choose_captures
from helpers.charts.advance.pace import choose_stairs
from helpers.charts.advance.rest import say_rest
from helpers.charts.advance.speeds import say_way
from helpers.charts.captures.stops import (
    Stop,
    colour_side,
    list_stops,
    meet_days,
    share_dots,
)
from helpers.charts.findings import name_home
from helpers.charts.look.labels import Box, find_crossed
from helpers.charts.look.language import Words
from helpers.charts.look.layout import MARGIN_MM
from helpers.charts.look.theme import COLOUR
from helpers.charts.maps import areas
from helpers.charts.maps.dots import Run, break_name
from helpers.charts.maps.ground import list_squares, measure_scale
from helpers.charts.maps.map import MOST, choose_stops, plan_map
from helpers.charts.maps.names import hold_points
from helpers.charts.maps.panels import MOST_DAYS, group_days
from helpers.charts.maps.telling import mention_borders
from helpers.charts.maps.view import View, choose_view, fit_view
from helpers.charts.page import largest
from helpers.corpus.borders import list_ceasefire_lines, load_borders
from helpers.publish.figures import save_figure
from helpers.publish.formats.pdf import render_pdf
from helpers.publish.record import make_record
from tests.charts.boxes import list_boxes
from tests.charts.test_charts import find_marks
from tests.conftest import make_study

SAMPLES = "tests/samples"
MAPS = ("overview", "advance_map", "advance_map_by_day")
FIGURES = (*MAPS, "advance_pace")
BORDER = COLOUR["border"].lower()
DAY = pd.Timedelta(days=1)
WIDTHS = ("full", "column", "slide")


@pytest.fixture(scope="module")
def orvane():
    """A war in which a town is taken, lost and taken again."""
    return make_study(corpus=f"{SAMPLES}/orvane")


@pytest.fixture(scope="module")
def chaco():
    """A war on two fronts, without a capital to march on."""
    return make_study(corpus=f"{SAMPLES}/chaco")


@pytest.fixture(scope="module")
def stops(study) -> list[Stop]:
    return list_stops(study)


def find_stop(stops: list[Stop], place: str, side: str) -> Stop:
    [stop] = [stop for stop in stops if (stop.place, stop.side) == (place, side)]
    return stop


def at(day: str) -> pd.Timestamp:
    return pd.Timestamp(day)


def alter(study, claim_id: str, **cells):
    """The study with cells of one claim changed."""
    tables = {}
    for name in ("claims", "coded"):
        table = getattr(study, name).copy()
        for column, value in cells.items():
            table.loc[table["claim_id"] == claim_id, column] = value
        tables[name] = table
    return replace(study, **tables)


# --- stops ---------------------------------------------------------------------------------------


def test_a_place_stands_with_the_farthest_step_that_a_side_took(stops):
    assert find_stop(stops, "aleppo", "HTS coalition").step == "captured"
    assert find_stop(stops, "deir_ez_zor", "SDF").step == "entered"


def test_the_days_of_a_stop_are_those_that_every_text_allows(stops):
    aleppo = find_stop(stops, "aleppo", "HTS coalition")
    assert (aleppo.first, aleppo.last) == (at("2024-11-29"), at("2024-11-30"))
    assert aleppo.texts == 5


def test_where_texts_exclude_each_other_most_decide_and_the_odd_one_is_named():
    days = {"a": (at("2025-10-26"), at("2025-10-26")), "c": (at("2025-11-01"), at("2025-11-01"))}
    days["b"] = (at("2025-10-25"), at("2025-10-27"))
    assert meet_days(days) == ((at("2025-10-26"), at("2025-10-26")), ("c",))


def test_of_as_many_texts_on_either_side_the_earlier_days_count():
    days = {"a": (at("2025-11-01"), at("2025-11-01")), "b": (at("2025-10-26"), at("2025-10-26"))}
    assert meet_days(days) == ((at("2025-10-26"), at("2025-10-26")), ("a",))


def test_what_is_only_expected_is_no_stop(study):
    before = {claim for stop in list_stops(study) for claim in stop.claims}
    after = list_stops(alter(study, "004-041", assertion="expected"))
    assert "004-041" in before
    assert "004-041" not in {claim for stop in after for claim in stop.claims}


def test_a_denial_is_told_beside_the_capture_and_makes_no_stop(stops):
    homs = find_stop(stops, "homs", "HTS coalition")
    assert homs.deniers == ("government",)
    assert not [stop for stop in stops if "001-024" in stop.claims]


def test_a_denial_of_a_part_stands_beside_the_capture_and_does_not_deny_it(stops):
    """State media called photos of Aleppo's neighbourhoods staged; five texts tell that it fell."""
    aleppo = find_stop(stops, "aleppo", "HTS coalition")
    assert [row.claim_id for row in aleppo.partly] == ["002-013"]
    assert not aleppo.denials
    assert not aleppo.disputed


@pytest.mark.parametrize(
    ("name", "width"),
    [("overview", "full"), ("overview", "column"), *(("advance_pace", w) for w in WIDTHS)],
)
def test_a_denial_of_a_part_is_told_at_the_bar_of_the_capture(study, name, width):
    said = "parts disputed by Syrian state media"
    assert said in read_words(draw_wide(study, name, width))


@pytest.mark.parametrize("name", FIGURES)
def test_a_denial_of_a_part_is_a_click_away_from_its_place(charts, name):
    marks = charts[name].marks
    assert marks["claims"].str.contains("002-013").any()
    said = "Aleppo: parts disputed by Syrian state media."
    assert name == "advance_pace" or said in charts[name].refused


def test_the_offensive_begins_where_its_first_day_is_known(stops):
    [begun] = [stop for stop in stops if stop.step == "offensive_start"]
    assert (begun.place, begun.first) == ("idlib", at("2024-11-27"))


def test_a_town_taken_again_has_a_stop_for_each_capture(orvane):
    hestrow = [stop for stop in list_stops(orvane) if stop.place == "hestrow"]
    told = [(stop.side, stop.first) for stop in hestrow if stop.step == "captured"]
    assert told == [
        ("Highland League", at("2037-05-09")),
        ("government", at("2037-05-12")),
        ("Highland League", at("2037-05-15")),
    ]


def test_a_denial_stands_beside_the_capture_of_its_days_alone(orvane):
    denied = [stop.first for stop in list_stops(orvane) if stop.denials]
    assert denied == [at("2037-05-09")]


def test_a_site_beside_a_town_shares_its_dot(study, stops):
    own, shared = share_dots(study, [stop for stop in stops if stop.point])
    assert {"aleppo", "aleppo_airport", "homs"} <= {stop.place for stop in own}
    assert {"aleppo_citadel", "hama_outskirts"} <= {stop.place for stop in shared}


def test_an_area_has_no_dot_though_places_csv_has_its_middle(stops):
    wide = {stop.place for stop in stops if not stop.point}
    assert {"north_hama_territory", "pocket_east_of_euphrates"} <= wide


def test_sides_have_the_colours_of_their_first_captures(chaco):
    roles = [colour_side(chaco, side) for side in chaco.sides[:3]]
    assert roles == ["advance", "second_side", "other_side"]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2024-11-29", "2024-11-30", "29–30 Nov"),
        ("2024-11-27", "2024-12-07", "27 Nov to 7 Dec"),
        ("2024-12-30", "2025-01-02", "30 Dec 2024 to 2 Jan 2025"),
    ],
)
def test_days_are_said_short(first, last, said):
    assert Words().period(at(first), at(last)) == said


# --- the ground ----------------------------------------------------------------------------------


def test_a_view_is_true_to_scale_at_its_middle():
    view = choose_view([(36.7, 34.7), (37.2, 36.2)], "SYR", 100, 60, 120)
    middle = np.radians((view.south + view.north) / 2)
    across = view.wide / ((view.east - view.west) * np.cos(middle))
    assert across == pytest.approx(view.high / (view.north - view.south))


def test_a_view_of_one_place_is_two_and_a_half_degrees_high():
    view = choose_view([(36.7, 34.7)], "SYR", 100, 60, 120)
    assert view.north - view.south >= 2.5 - 1e-9


def test_where_no_land_is_drawn_the_dots_leave_room_for_labels_right_of_them():
    view = choose_view([(36.2, 34.0), (36.9, 35.0)], "", 100, 60, 120)
    assert view.east - 36.9 > 2 * (36.2 - view.west)


def _measure_panel(chart, axes):
    """(width, height) of a panel in millimetres."""
    return next(place[2:] for one, place in chart.panels if one is axes)


@pytest.mark.parametrize("name", MAPS)
def test_where_no_land_is_drawn_squares_are_as_wide_as_the_scale_bar(orvane, name):
    chart = draw_wide(orvane, name, "full")
    axes = find_marks(chart)[chart.marks["mark_id"].iloc[0]].axes
    view = View(*axes.get_xlim(), *axes.get_ylim(), *_measure_panel(chart, axes))
    km, _ = measure_scale(view)
    drawn = [text.get_text() for one in chart.figure.axes for text in one.texts]
    assert f"{km} km" in drawn
    assert len(list_squares(view)) >= 4


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("name", MAPS)
def test_where_no_land_is_drawn_north_is_shown_and_the_key_says_why(orvane, study, name, width):
    known, bare = draw_wide(study, name, width), draw_wide(orvane, name, width)
    norths = [
        sum(text.get_text() == "N" for axes in chart.figure.axes for text in axes.texts)
        for chart in (known, bare)
    ]
    assert norths == [0, 1]
    for chart, words in ((known, 0), (bare, name != "overview")):  # which has no key
        labels = [handle.get_label() for handle in chart.legend]
        assert labels.count("boundaries not known") == words


@pytest.mark.parametrize("name", ["advance_map", "advance_map_by_day"])
def test_a_key_of_many_lines_ends_above_the_map(orvane, name):
    figure = draw_wide(orvane, name, "column").figure
    renderer = FigureCanvasAgg(figure).get_renderer()
    lower = figure.legends[0].get_window_extent(renderer).y0
    assert all(lower > axes.get_window_extent().y1 for axes in figure.axes if axes.lines)


def test_a_view_that_takes_a_third_of_the_country_shows_all_of_it():
    some = choose_view([(36.7, 34.7), (37.2, 36.2)], "SYR", 170, 60, 120)
    most = choose_view([(36.1, 33.0), (40.2, 36.5)], "SYR", 170, 60, 120)
    assert not some.holds(42.3, 37.2)
    assert most.holds(42.3, 37.2)


@pytest.mark.parametrize("name", MAPS)
@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_every_dot_lies_in_its_panel(name, width):
    chart = draw_figure(name, make_study(width=width))
    for row in chart.marks.itertuples():
        if isinstance(row.x, float) and row.x == row.x:
            axes = find_marks(chart)[row.mark_id].axes
            assert axes.get_xlim()[0] < row.x < axes.get_xlim()[1]
            assert axes.get_ylim()[0] < row.y < axes.get_ylim()[1]


def test_the_country_is_drawn_as_the_data_set_has_it(charts):
    """Of points over the map those are white that lie in Syria, and no others."""
    [axes] = [axis for axis in charts["advance_map"].figure.axes if axis.patches and axis.lines]
    [land] = [
        patch.get_path().vertices
        for patch in axes.patches
        if patch.get_facecolor()[:3] == (1.0, 1.0, 1.0) and len(patch.get_path().vertices) > 100
    ]
    borders = load_borders()
    rings = [borders.trace(ring) for ring in borders.countries["SYR"].rings]
    points = np.array([(lon, lat) for lon in range(36, 43) for lat in range(33, 38)], dtype=float)
    assert list(hold_points([land], points)) == list(hold_points(rings, points))


def test_a_country_that_the_data_set_lacks_has_no_borders_and_no_sentence_on_them(orvane):
    chart = draw_figure("advance_map", orvane)
    assert Words()("boundaries") not in chart.note
    assert "Boundaries" not in chart.source_line


@pytest.mark.parametrize("name", MAPS)
def test_every_map_says_that_its_boundaries_imply_no_endorsement(charts, name):
    assert Words()("boundaries") in charts[name].note


@pytest.mark.parametrize("name", MAPS)
def test_without_a_frame_the_caption_says_so_first(name):
    chart = draw_figure(name, make_study(frame="none"))
    assert chart.sources.startswith(Words()("boundaries"))


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("name", MAPS)
def test_a_ceasefire_line_in_view_is_dashed_and_named_in_the_note(study, name, width):
    chart = draw_wide(study, name, width)
    assert "Golan: held by Israel" in chart.note
    assert "dashed: ceasefire line" in chart.note
    words = [text.get_text() for axis in chart.figure.axes for text in axis.texts]
    assert "Golan Heights" in words
    dashed, solid = list_boundaries(chart)
    ends = list_ceasefire_lines()["Golan Heights"]
    golan = np.vstack([load_borders().arcs[arc] for arc in ends])
    for lon, lat in dashed:
        assert np.hypot(*(golan - (lon, lat)).T).min() < 0.12, (lon, lat)
    assert len(dashed) > 1
    inner = [point for point in golan[1:-1] if point[1] < 33.2]
    gaps = [np.hypot(*(solid - point).T).min() for point in inner]
    assert min(gaps) > 0.001  # it is not drawn as a boundary too


def list_boundaries(chart) -> list[np.ndarray]:
    """The points in degrees of the boundaries of a map: of those dashed, of those solid."""
    found: dict[bool, list] = {True: [], False: []}
    for axis in chart.figure.axes:
        for lines in filter(is_boundary, axis.collections):
            paths = [path.vertices for path in lines.get_paths() if len(path.vertices)]
            if isinstance(lines, PathCollection):  # drawn once, for several maps, in points
                panel = next(one for one in chart.figure.axes if one.lines)
                wide, high = (72 / 25.4 * side for side in _measure_panel(chart, panel))
                (west, east), (south, north) = panel.get_xlim(), panel.get_ylim()
                scale = np.array([(east - west) / wide, (north - south) / high])
                paths = [path * scale + (west, south) for path in paths]
            found[lines.get_linestyle()[0][1] is not None] += paths
    return [np.vstack(found[dashed]) for dashed in (True, False)]


def is_boundary(lines) -> bool:
    return [to_hex(colour) for colour in np.atleast_2d(lines.get_edgecolor())] == [BORDER]


def test_no_party_is_named_at_the_area_that_it_disputes(charts):
    """The only land of Israel's that the small maps show is the Golan: its name stood there."""
    assert "ISRAEL" not in read_words(charts["advance_map_by_day"])
    assert "ISRAEL" in read_words(charts["advance_map"])


def test_of_two_countries_without_a_ceasefire_line_no_boundary_is_dashed(chaco):
    chart = draw_figure("advance_map", chaco)
    lines = [one for axis in chart.figure.axes for one in axis.collections]
    lines = [one for one in lines if isinstance(one, LineCollection)]
    assert lines
    assert not [one for one in lines if one.get_linestyle()[0][1] is not None]


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("name", ["seeds", "chaco"])
def test_small_maps_name_the_country_on_the_first(study, chaco, name, width):
    chart = draw_wide({"seeds": study, "chaco": chaco}[name], "advance_map_by_day", width)
    maps = [axis for axis in chart.figure.axes if axis.lines]
    named = [{text.get_text() for text in axis.texts} for axis in maps]
    own = {"seeds": "SYRIA", "chaco": "PARAGUAY"}[name]
    assert own in named[0]
    assert sum(own in words for words in named) == 1


# --- maps ----------------------------------------------------------------------------------------


def list_side_dots(chart):
    """Every dot on a map in the full colour of a side, hatched or not."""
    sides = {COLOUR[role].lower() for role in ("advance", "second_side", "other_side")}
    return [
        line
        for axis in chart.figure.axes
        for line in axis.lines
        if line.get_marker() == "o" or is_hatched(line)
        if line.get_color().lower() in sides and line.get_transform() == axis.transData
    ]


def is_hatched(dot) -> bool:
    """Whether a bar or a dot is hatched on white, its edge in the full colour."""
    if isinstance(dot, Rectangle):
        same = to_hex(dot.get_hatchcolor()) == to_hex(dot.get_edgecolor())
        return bool(dot.get_hatch()) and same and to_hex(dot.get_facecolor()) == "#ffffff"
    edge = dot.get_markeredgecolor() == dot.get_color()
    return isinstance(dot.get_marker(), Path) and dot.get_markerfacecolor() == "white" and edge


@pytest.mark.parametrize("name", ["overview", "advance_map"])
def test_every_dot_in_a_sides_colour_is_a_mark(charts, name):
    dots = list_side_dots(charts[name])
    assert dots
    assert all((dot.get_gid() or "").startswith("mark-") for dot in dots)


def sort_maps(chart):
    """The small maps, first to last: each its dots, {(lon, lat, colour): (size, mark or not)}."""
    maps: dict = {}
    for dot in list_side_dots(chart):
        [lon], [lat] = dot.get_data()
        at = maps.setdefault(id(dot.axes), {})
        at[lon, lat, dot.get_color()] = (dot.get_markersize(), bool(dot.get_gid()))
    return list(maps.values())


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("name", ["seeds", "chaco"])
def test_a_place_taken_keeps_its_colour_on_later_small_maps(study, chaco, name, width):
    """Pale dots were read as places lost; those of places to come as strikes: there are none."""
    chart = draw_wide({"seeds": study, "chaco": chaco}[name], "advance_map_by_day", width)
    known: set = set()
    for dots in sort_maps(chart):
        new = {at for at, (_, is_mark) in dots.items() if is_mark}
        assert set(dots) == known | new
        known |= new
    every = [
        line for axis in chart.figure.axes for line in axis.lines if len(line.get_xdata()) == 1
    ]
    assert set(every) == set(list_side_dots(chart))


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_what_is_new_on_a_small_map_is_larger_than_before(study, width):
    maps = sort_maps(draw_wide(study, "advance_map_by_day", width))
    for dots in maps:
        new, held = (
            [size for size, is_mark in dots.values() if is_mark is one] for one in (True, False)
        )
        assert not held or max(held) < 0.8 * min(new)


def test_a_dot_stands_where_places_csv_has_the_place(charts, study):
    for row in charts["advance_map"].marks.itertuples():
        if row.mark_id in study.places.index:
            place = study.places.loc[row.mark_id]
            assert (row.x, row.y) == (place["lon"], place["lat"])


def test_a_dot_carries_the_claims_of_its_step_and_those_that_deny_it(charts):
    marks = charts["advance_map"].marks.set_index("mark_id")
    assert set(marks.loc["homs", "claims"].split(";")) == {
        *("001-018", "001-021", "001-024", "001-025", "001-026"),
    }


def test_captured_entered_and_begun_are_told_apart_without_colour(charts):
    marks = find_marks(charts["advance_map"])
    assert marks["aleppo"].get_fillstyle() == "full"
    assert marks["deir_ez_zor"].get_fillstyle() == "left"
    assert marks["idlib"].get_markerfacecolor() == "white"


def test_a_label_over_or_under_a_dot_is_of_that_dot_or_tied_to_its_own(chaco):
    """Horqueta's stood over the ring of Concepción, and was read as of that."""
    plan = plan_map(chaco, choose_stops(chaco, list_stops(chaco), 25), 125.0)
    points = {label.point: plan.view.place(np.array(label.point)) for label in plan.labels}
    assert len(points) == 14
    for label in (one for one in plan.labels if not one.spot.tied):
        box = label.spot.box
        away = {
            point: abs(y - (box.y0 + box.y1) / 2)
            for point, (x, y) in points.items()
            if box.x0 < x < box.x1 and box.y0 - 9 < y < box.y1 + 9
        }
        assert min(away, key=away.__getitem__, default=label.point) == label.point, label.shape


def test_above_twelve_places_all_are_numbered_in_a_list(chaco):
    chart = draw_figure("advance_map", chaco)
    rows = [mark for mark in chart.marks["mark_id"] if mark.startswith("row-")]
    assert len(rows) > 12


def test_a_number_on_the_map_has_its_name_where_there_is_room(chaco):
    axis = draw_figure("advance_map", chaco).figure.axes[1]
    words = [text.get_text() for text in axis.texts]
    numbers = [at for at, said in enumerate(words) if said.isdigit()]
    after = {words[at]: (words + [""])[at + 1] for at in numbers}
    names = {stop.name for stop in list_stops(chaco)}
    assert len(after) == 14
    assert all(any(name.startswith(said) for name in names) for said in after.values())
    assert "" not in after.values()


@pytest.mark.parametrize(("width", "taken"), [("column", 3), ("slide", 13)])
def test_the_map_says_how_much_more_it_has_no_room_for(study, width, taken):
    said = f"Not shown: {taken} more captured, 2 more entered or reached"
    assert said in read_words(draw_wide(study, "advance_map", width))


@pytest.mark.parametrize("width", WIDTHS)
def test_the_map_and_the_overview_count_the_same_areas_and_sites(study, width):
    words = " ".join(read_words(draw_wide(study, "advance_map", width)))
    rows = re.findall(r"(Four sites at|[^:]*): captured", words.partition("Also reported")[2])
    listed = sum(4 if "Four sites" in row else 1 for row in rows)
    left = re.search(r"Not shown: (\d+) more captured", words)
    overview = " ".join(read_words(draw_wide(study, "overview", width)))
    count = re.search(r"(\d+) areas or sites", overview)
    assert count
    assert listed + int(left[1] if left else 0) == int(count[1])


def test_sites_that_share_a_towns_dot_are_a_row_that_leads_to_all_their_claims(study, stops):
    chart = draw_wide(study, "advance_map", "full")
    _, shared = share_dots(study, [stop for stop in stops if stop.point])
    marked = {claim for cell in chart.marks["claims"] for claim in cell.split(";")}
    assert shared
    assert all(set(stop.claims) <= marked for stop in shared)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["advance_map", "advance_map_by_day"])
def test_a_map_says_that_parts_of_a_place_are_disputed(study, name, width):
    """At its label, in the list, or below where neither has room."""
    words = " ".join(read_words(draw_wide(study, name, width)))
    assert "parts disputed by Syrian state media" in words


@pytest.mark.parametrize("width", WIDTHS)
def test_a_small_map_dates_what_may_have_fallen_on_an_earlier_one(study, width):
    said = " ".join(read_words(draw_wide(study, "advance_map_by_day", width)))
    assert re.search(r"Rastan 1–6.Dec", said)
    assert not re.search(r"(?:Damascus|Hama) \d", said)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["advance_map", "advance_map_by_day"])
def test_a_map_names_its_country(study, orvane, name, width):
    """Orvane stands in places.csv alone; in a column its note says so, for want of room."""
    for own, country in ((study, "Syria"), (orvane, "Orvane")):
        chart = draw_wide(own, name, width)
        known = f"in {country}" in chart.subtitle or country.upper() in read_words(chart)
        assert known or f"No boundaries of {country} are known" in chart.note
    assert "of Orvane are known" in chart.note


@pytest.mark.parametrize("width", WIDTHS)
def test_small_maps_say_by_which_day_places_are_shown(study, width):
    subtitle = draw_wide(study, "advance_map_by_day", width).subtitle
    assert "last day" in subtitle or "last possible day" in subtitle


def test_a_country_that_no_list_has_is_the_one_round_the_places(orvane):
    far = orvane.places.assign(prec=orvane.places["prec"].replace("7", "6"))
    assert name_home(replace(orvane, places=far), Words()) == "Orvane"


def test_a_map_in_a_column_numbers_no_place_that_has_room_for_words(study):
    words = read_words(draw_wide(study, "advance_map", "column"))
    assert not [said for said in words if said.isdigit()]


def test_a_slide_leaves_no_place_out_where_its_list_can_be_wider(orvane):
    words = " ".join(read_words(draw_wide(orvane, "advance_map", "slide")))
    assert "Velhaven" in words
    assert "Brindhal" in words
    assert re.search(r"9.May, 1.text; denied by the government", words)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("corpus", ["study", "orvane", "chaco"])
def test_a_label_is_nearer_to_its_own_dot_than_to_another_or_a_line_leads_to_it(
    request, corpus, width
):
    own = make_study(corpus={"study": "seeds"}.get(corpus, f"{SAMPLES}/{corpus}"), width=width)
    told = choose_stops(own, list_stops(own), MOST[width])
    plan = plan_map(own, told, 105.0)
    points = plan.view.place(np.array(list(dict.fromkeys(told.points))))
    for label in plan.labels:
        x0, y0, x1, y1 = label.spot.box
        gaps = np.hypot(*(points - np.clip(points, (x0, y0), (x1, y1))).T)
        at = plan.view.place(np.array(label.point))
        mine = float(np.hypot(*(at - np.clip(at, (x0, y0), (x1, y1)))))
        assert label.spot.tie or mine <= gaps.min() + 0.5, label.shape


@pytest.mark.parametrize(("name", "width"), [("overview", "column"), ("advance_map", "slide")])
def test_a_country_too_narrow_for_its_name_is_named_beside_it(study, name, width):
    assert "LEBANON" in read_words(draw_wide(study, name, width))


def test_in_a_column_a_dot_does_not_cover_half_of_another(study):
    chart = draw_wide(study, "advance_map", "column")
    dots = {mark: line for mark, line in find_marks(chart).items() if isinstance(line, Line2D)}
    assert next(iter(dots.values())).get_markersize() < 6.0


def test_one_area_more_takes_the_room_of_the_words_that_one_is_not_shown(study, monkeypatch):
    monkeypatch.setitem(areas.LISTED, "full", 11)
    words = " ".join(read_words(draw_wide(study, "advance_map", "full")))
    assert len(re.findall(r": (?:captured|entered|reached)", words)) == 12
    assert "Not shown" not in words


def test_an_area_that_the_table_lists_is_named_where_it_is_in_view(study):
    """The West Bank stood beside Israel without a name."""
    chart = draw_figure("advance_map", study)
    [name] = [text for axes in chart.figure.axes for text in axes.texts if "West" in str(text)]
    assert (name.get_text(), name.get_style()) == ("West Bank", "italic")
    assert "Gaza" not in read_words(chart)


def test_a_short_name_stays_in_one_line():
    lines = {name: len(break_name((Run(name, True),))) for name in ("Yby Yaú", "Villa Hayes")}
    assert lines == {"Yby Yaú": 1, "Villa Hayes": 2}  # shapes to choose from


def test_what_has_no_room_is_counted_and_left_to_the_table(chaco):
    stops = list_stops(chaco)
    told = choose_stops(chaco, stops, 5)
    assert len({stop.place for stop in told.shown}) == 5
    assert {stop.place for stop in told.cut} & {stop.place for stop in told.shown} == set()
    every = [*told.shown, *told.cut, *told.wide, *told.shared]
    assert sorted(stop.name for stop in every) == sorted(stop.name for stop in stops)


def test_days_of_more_than_six_maps_are_joined(chaco):
    stops = [stop for stop in list_stops(chaco) if stop.point and stop.step == "captured"]
    groups = group_days(stops)
    assert len(groups) == MOST_DAYS < len({stop.last for stop in stops})
    assert sum(map(len, groups)) == len(stops)


def test_a_beginning_after_all_captures_stands_on_the_last_map(stops):
    begun = next(stop for stop in stops if stop.step == "offensive_start")
    late = replace(begun, last=begun.last + pd.Timedelta(days=60))
    taken = [stop for stop in stops if stop.step == "captured" and stop.point]
    assert group_days([*taken, late])[-1][-1] == late
    assert len(group_days([*taken, late])) == len(group_days(taken))


def test_a_place_is_new_on_the_map_of_its_last_possible_day_alone(charts):
    chart = charts["advance_map_by_day"]
    panels = {row.mark_id: find_marks(chart)[row.mark_id].axes for row in chart.marks.itertuples()}
    assert panels["aleppo"] is panels["aleppo_airport"]
    assert panels["homs"] is panels["damascus"]
    assert panels["hama"] is not panels["rastan"]
    assert len({id(panel) for panel in panels.values()}) == 4


def test_where_an_offensive_began_stands_on_the_map_of_the_first_captures(charts):
    """A map of its own showed no capture."""
    marks = find_marks(charts["advance_map_by_day"])
    assert marks["idlib"].axes is marks["aleppo"].axes


@pytest.mark.parametrize("name", FIGURES)
def test_an_unchecked_capture_has_a_question_mark(study, name):
    unchecked = study.claims.assign(review="proposed")
    chart = draw_figure(
        name, replace(study, claims=unchecked, coded=study.coded.assign(review="proposed"))
    )
    words = [text.get_text() for axis in chart.figure.axes for text in axis.texts]
    assert any(said.endswith("?") or "? " in said or "?," in said for said in words) or (
        name == "advance_map_by_day"
    )
    assert "not checked by a person" in chart.note


# --- pace ----------------------------------------------------------------------------------------


def test_the_stairs_go_down_the_route_by_distance(study):
    stairs = choose_stairs(study)
    assert [stop.place for stop in stairs.stops] == ["idlib", "aleppo", "hama", "homs", "damascus"]
    assert [round(km) for km in stairs.km] == [271, 309, 185, 141, 0]


def test_a_speed_is_a_range_only_where_a_day_lies_between_two_captures(charts):
    speeds = charts["advance_pace"].marks
    speeds = speeds[speeds["kind"] == "derived"].set_index("mark_id")
    assert speeds.loc["speed-aleppo-hama", ["low", "high"]].round().tolist() == [21, 25]
    assert speeds.loc["speed-homs-damascus", ["low", "high"]].isna().all()


def test_between_fronts_there_is_no_speed(chaco):
    """Places of the second front are on the map and in no speed."""
    stairs = choose_stairs(chaco)
    off = set(chaco.derived.fronts)
    assert not off & {*stairs.speeds["place"], *stairs.speeds["place_to"]}
    assert not stairs.speeds["high"].gt(100).any()


def test_without_a_way_there_is_no_speed_and_a_sentence_says_why(study):
    route = study.settings["route"] | {"places": ["homs", "hama", "aleppo", "damascus"]}
    chart = draw_figure("advance_pace", replace(study, settings=study.settings | {"route": route}))
    assert "derived" not in set(chart.marks["kind"])
    assert any(said.startswith("No speed is given") for said in chart.refused)


def test_a_town_taken_again_has_a_bar_for_each_capture(orvane):
    chart = draw_figure("advance_pace", orvane)
    bars = [row for row in chart.marks.itertuples() if row.mark_id.startswith("hestrow")]
    sides = [row.side for row in bars if isinstance(row.side, str)]
    assert sides == ["Highland League", "government", "Highland League"]


def test_a_speed_ends_at_the_first_capture_of_a_town_and_the_next_begins_at_its_last(orvane):
    speeds = choose_stairs(orvane).speeds.set_index(["place", "place_to"])
    assert speeds.loc[("quellmark", "hestrow"), ["days_fewest", "days_most"]].tolist() == [3, 3]
    assert speeds.loc[("hestrow", "dunvarra"), ["days_fewest", "days_most"]].tolist() == [3, 3]
    assert speeds.loc[("hestrow", "dunvarra"), "claims"] == ["012-001", "016-001"]


def test_from_a_town_that_another_side_holds_there_is_no_speed(orvane):
    claims = orvane.claims[orvane.claims["claim_id"] != "012-001"]  # the recapture
    speeds = choose_stairs(replace(orvane, claims=claims)).speeds
    assert list(speeds["place_to"]) == ["hestrow", "morvast"]


def test_a_bar_is_the_mark_of_all_texts_that_tell_of_the_capture(charts):
    marks = charts["advance_pace"].marks
    own = marks[marks["mark_id"].str.startswith("aleppo")]
    assert list(own["mark_id"]) == ["aleppo"]  # no line for what one text alone allows


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_a_map_and_a_pace_say_the_year(study, orvane, width):
    for one, year in ((study, "2024"), (orvane, "2037")):
        assert year in draw_wide(one, "advance_map", width).subtitle
    if width == "column":
        assert "2024" in draw_wide(study, "advance_pace", width).subtitle


def test_a_bar_covers_the_days_that_every_text_allows(charts):
    marks = charts["advance_pace"].marks.set_index("mark_id")
    bar = find_marks(charts["advance_pace"])["homs"]
    ends = number_days([marks.loc["homs", "x"], marks.loc["homs", "end"] + DAY])
    assert [bar.get_x(), bar.get_x() + bar.get_width()] == ends


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_a_label_stands_over_no_other_bar_of_its_row(orvane, width):
    chart = draw_wide(orvane, "advance_pace", width)
    marks = find_marks(chart)
    bars = [marks[name] for name in ("hestrow", "hestrow--2", "hestrow--3")]
    for bar in bars:
        words = [text for text in bar.axes.texts if text.xy[0] == bar.get_x()]
        boxes = [box for box in list_boxes(chart.figure) if box.text in words]
        assert boxes
        for other in bars:
            start, end = find_sides(other)
            over = any(box.left < end and box.right > start for box in boxes)
            assert other is bar or not over


def find_sides(bar) -> tuple[float, float]:
    """The left and right end of a bar on the paper, in millimetres."""
    days = [bar.get_x(), bar.get_x() + bar.get_width()]
    points = bar.axes.transData.transform([(day, 0) for day in days])[:, 0]
    start, end = points / bar.axes.figure.dpi * 25.4
    return start, end


@pytest.mark.parametrize("name", ["seeds", "orvane"])
def test_kilometres_on_a_slide_stay_within_its_margin(study, orvane, name):
    own = study if name == "seeds" else orvane
    chart = draw_wide(own, "advance_pace", "slide")
    left = [box.left for box in list_boxes(chart.figure) if box.words.endswith(" km")]
    assert len(left) == 5
    assert min(left) >= MARGIN_MM["slide"]


def test_a_bar_on_the_edge_of_its_panel_keeps_its_outline(charts):
    bar = find_marks(charts["advance_pace"])["homs"]
    assert bar.get_x() + bar.get_width() == bar.axes.get_xlim()[1]
    assert not bar.get_clip_on()


def test_a_speed_is_measured_from_a_nought_that_is_drawn(charts):
    speeds = charts["advance_pace"].figure.axes[2]
    assert [text.get_text() for text in speeds.texts].count("0") == 2  # one of three is not known


def test_the_ends_of_a_speed_stand_behind_its_bar_and_not_in_the_line_to_it(charts):
    chart = charts["advance_pace"]
    bar, panel = find_marks(chart)["speed-aleppo-hama"], chart.figure.axes[2]
    ends = [line.get_xdata() for line in panel.lines if line.get_xdata()[0] != line.get_xdata()[1]]
    assert bar.get_x() in [right for _, right in ends]  # the line runs to the bar
    [said] = [text for text in panel.texts if text.get_text() == "21 to 25"]
    assert said.get_position()[0] > bar.get_x() + bar.get_width()
    right = said.get_window_extent(chart.figure.canvas.get_renderer()).x1
    assert right <= panel.get_window_extent().x1


@pytest.mark.parametrize("width", ["full", "column"])
def test_a_step_from_a_town_that_fell_twice_says_from_which_it_counts(orvane, chaco, width):
    """That it was retaken would presuppose a first capture that is denied."""
    words = read_words(draw_wide(orvane, "advance_pace", width))
    assert "60 km in 3 days from the later capture" in words
    words = read_words(draw_wide(chaco, "advance_pace", width))
    assert "210 km in 5 days from the recapture" in words


@pytest.mark.parametrize("width", ["full", "column"])
def test_of_two_captures_that_may_share_a_day_the_pace_says_which(study, width):
    assert "141 km, perhaps both on 8 Dec" in read_words(draw_wide(study, "advance_pace", width))


def test_of_two_captures_that_may_share_several_days_the_pace_says_so(study):
    row = choose_stairs(study).speeds.iloc[-1].copy()
    row["both_first"] = row["both_last"] - DAY
    assert say_way(Words(), row) == "141 km, perhaps both on one day of 7–8 Dec"


def test_a_speed_to_a_capture_that_is_denied_is_hatched_and_says_so(charts):
    chart = charts["advance_pace"]
    marks = find_marks(chart)
    assert is_hatched(marks["speed-hama-homs"])
    assert not is_hatched(marks["speed-aleppo-hama"])
    ways = [said for said in read_words(chart) if " km in " in said]
    assert ways == ["124 km in 5 to 6 days", "45 km in 2 to 3 days to a denied capture"]


def test_a_single_speed_in_doubt_is_a_broken_stroke(chaco):
    """It has no room for hatching."""
    marks = find_marks(draw_figure("advance_pace", chaco))
    broken = {
        mark
        for mark, bar in marks.items()
        if mark.startswith("speed-") and bar.get_linestyle() not in ("-", "solid")
    }
    assert broken == {"speed-estigarribia-filadelfia"}


def test_in_a_column_a_speed_in_doubt_has_hatching_before_its_words(study):
    chart = draw_wide(study, "advance_pace", "column")
    said = find_marks(chart)["speed-hama-homs"]
    hatched = [patch for patch in said.axes.patches if is_sign(patch) and is_hatched(patch)]
    [swatch] = [patch for patch in hatched if not patch.get_gid()]
    box = said.get_window_extent(FigureCanvasAgg(chart.figure).get_renderer())
    sample = swatch.get_window_extent()
    assert box.y0 < (sample.y0 + sample.y1) / 2 < box.y1
    assert sample.x1 < box.x0
    assert "45 km in 2 to 3 days to a denied capture" in read_words(chart)


def test_a_speed_is_called_what_it_is(charts):
    assert "Straight-line km a day between captures" in read_words(charts["advance_pace"])


# --- what is missing -----------------------------------------------------------------------------


def keep(study, kept):
    return replace(study, claims=study.claims[kept], coded=study.coded[kept])


def test_without_points_a_map_says_where_to_write_them(study):
    chart = draw_figure("advance_map", replace(study, places=study.places.assign(lat=float("nan"))))
    assert "write lat, lon and prec 1 or 2 into places.csv" in chart.absence


def test_one_capture_makes_no_pace(study):
    claims = study.claims
    one = claims[(claims["measure"] != "captured") | (claims["place"] == "hama")]
    chart = draw_figure("advance_pace", replace(study, claims=one))
    assert "only Hama was captured within known days" in chart.absence


def test_without_captures_the_overview_has_its_numbers(study):
    claims = study.claims[study.claims["topic"] != "pace"]
    chart = draw_figure("overview", replace(study, claims=claims))
    assert chart.figure is not None
    assert "003-011" in set(chart.marks["mark_id"])


def test_the_overview_shows_the_largest_numbers_of_the_period(charts):
    marks = charts["overview"].marks
    numbers = marks[marks["measure"].notna()]
    assert sorted(numbers["mark_id"]) == ["002-015", "003-011", "004-057"]


# --- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FIGURES)
def test_a_pdf_does_not_depend_on_what_was_drawn_before_it(study, tmp_path, name):
    home = replace(study, figures=tmp_path)
    alone = render_pdf(make_record(draw_figure(name, home)), 200)
    chart = draw_figure(name, home)
    save_figure(chart)
    chart.figure.savefig(tmp_path / "other.png", dpi=50)
    assert render_pdf(make_record(chart), 200) == alone


@pytest.mark.parametrize("name", FIGURES)
def test_the_same_chart_is_drawn_twice_alike(study, name):
    one, other = draw_figure(name, study), draw_figure(name, study)
    assert one.marks.equals(other.marks)


def test_the_sentence_on_boundaries_is_said_once(study):
    chart = mention_borders(draw_figure("advance_map", study))
    assert chart.sources.count(Words()("boundaries")) == 0


def test_a_view_grows_and_never_shrinks():
    view = choose_view([(36.7, 34.7), (37.2, 36.2)], "", 100, 60, 120)
    wider = fit_view(view, 200, view.high)
    assert wider.west <= view.west
    assert wider.east >= view.east


# --- what an editor would miss -------------------------------------------------------------------


def draw_wide(study, name: str, width: str):
    return draw_figure(name, replace(study, parameters=study.parameters | {"width": width}))


def read_words(chart) -> list[str]:
    return [" ".join(text.get_text().split()) for axis in chart.figure.axes for text in axis.texts]


@pytest.mark.parametrize("name", ["overview", "advance_map"])
@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_where_the_advance_began_and_got_to_is_always_shown(chaco, name, width):
    chart = draw_wide(chaco, name, width)
    shown = {row.mark_id.split("--")[0] for row in chart.marks.itertuples()}
    assert {"estigarribia", "villa_hayes"} <= shown


@pytest.mark.parametrize(
    ("name", "width", "title"),
    [
        (
            "advance_map_by_day",
            "full",
            "The Chaco Column took five cities and towns in 24 days; the Amambay Front took four "
            "and lost at least two to the government",
        ),
        (
            "advance_map",
            "column",
            "The Chaco Column took five places; the Amambay Front kept at most two of four",
        ),
    ],
)
def test_a_title_says_what_a_side_lost_again(name, width, title):
    """Of the four one is lost by the word of the taker alone."""
    assert draw_figure(name, make_study(corpus="tests/samples/chaco", width=width)).title == title


def test_a_title_counts_no_captures_of_another_side_that_are_not_drawn(chaco):
    chart = draw_wide(chaco, "advance_map", "slide")
    dots = [line for line in chart.figure.axes[1].lines if line.get_gid()]
    assert "Amambay Front" not in chart.title
    assert chart.title.startswith("The Chaco Column took five cities and towns")
    assert len({line.get_gid().split("--")[0] for line in dots}) >= 6


@pytest.mark.parametrize("name", ["advance_map", "advance_map_by_day"])
def test_a_title_counts_no_capture_that_is_denied_unless_taken_again(study, orvane, name):
    title = draw_wide(study, name, "full").title
    assert title.startswith("The HTS coalition took four cities and towns")
    assert title.endswith(
        "from Aleppo to Damascus; one text adds Homs, whose loss the government denied"
    )
    again = draw_wide(orvane, name, "full").title
    assert again.startswith("The Highland League took four cities and towns")
    assert "denied" not in again


def test_where_all_captures_are_denied_a_title_says_so(study):
    kept = study.claims["place"].eq("homs") | study.claims["measure"].ne("captured")
    title = draw_figure("advance_map", replace(study, claims=study.claims[kept])).title
    assert title == "The HTS coalition took Homs; the government denied it"


@pytest.mark.parametrize("name", ["overview", "advance_pace"])
def test_a_way_runs_between_captures_that_nobody_denies(chaco, name):
    """Mariscal Estigarribia, before Filadelfia, is denied."""
    title = draw_figure(name, chaco).title
    assert title.startswith("The Chaco Column took 24 days from Filadelfia to Villa Hayes")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("name", "side"),
    [("seeds", "The HTS coalition"), ("orvane", "The Highland League"), ("chaco", "The Chaco")],
)
def test_the_title_of_a_pace_says_whose_advance_it_was(study, orvane, chaco, name, side, width):
    own = {"seeds": study, "orvane": orvane, "chaco": chaco}[name]
    assert draw_wide(own, "advance_pace", width).title.startswith(side)


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("name", ["advance_map", "advance_map_by_day"])
def test_a_capture_that_is_denied_or_on_one_partys_word_is_hatched(chaco, name, width):
    """Mariscal Estigarribia fell, which the government denies; Concepción was retaken, says the
    government alone."""
    chart = draw_wide(chaco, name, width)
    dots = {mark: line for mark, line in find_marks(chart).items() if isinstance(line, Line2D)}
    found = {mark: line for mark, line in dots.items() if is_hatched(line)}
    drawn = {mark.partition("-")[0] for mark in dots}  # on a slide the places in most texts
    doubted = {"concepcion", "estigarribia"} & drawn
    assert {mark.partition("-")[0] for mark in found} == doubted
    assert "estigarribia" in doubted


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_a_small_map_keeps_hatched_what_was_in_doubt_before(chaco, width):
    """Mariscal Estigarribia, denied on the first of the maps."""
    chart = draw_wide(chaco, "advance_map_by_day", width)
    maps = [axis for axis in chart.figure.axes if any(line.get_gid() for line in axis.lines)]
    kept = [
        sum(is_hatched(line) and line.get_color() == "#4A1F70" for line in axis.lines)
        for axis in maps
    ]
    assert kept == [1] * len(maps)


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_the_ring_of_a_capture_in_doubt_is_hatched_as_its_dot_was(orvane, width):
    """Hestrow: announced by the Highland League and denied, taken by the government on 12 May."""
    chart = draw_wide(orvane, "advance_map_by_day", width)
    marks = [line for mark, line in find_marks(chart).items() if mark.startswith("hestrow")]
    [ring] = [line for line in marks if isinstance(line, Line2D) and is_hatched(line)]
    assert ring.get_color() == COLOUR["advance"]
    core, dot = (line for line in ring.axes.lines if _lies_over(line, ring))
    assert dot.get_color() == COLOUR["other_side"]
    assert not is_hatched(dot)
    assert dot.get_markersize() < core.get_markersize() < ring.get_markersize()
    labels = [entry.get_label() for entry in chart.legend]
    assert labels.count("hatched: denied, or one party’s word") == 1
    assert "ring: who held it before" in labels


def _lies_over(line: Line2D, other: Line2D) -> bool:
    same = line.get_xydata().tolist() == other.get_xydata().tolist()
    return same and line.get_zorder() > other.get_zorder()


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_the_overview_says_at_a_hatched_disc_why_it_is_hatched(study, width):
    chart = draw_wide(study, "overview", width)
    words = [text.get_text() for axes in chart.figure.axes for text in axes.texts]
    assert any("denied" in said for said in words)
    disc = find_marks(chart)["homs"]
    number = next(
        text for text in disc.axes.texts if text.get_text() == "3" and text.get_color() != "white"
    )
    assert number.get_color() == disc.get_color()
    cores = [line for line in disc.axes.lines if line.get_color() == "white"]
    [core] = [line for line in cores if line.get_xydata().tolist() == disc.get_xydata().tolist()]
    renderer = FigureCanvasAgg(chart.figure).get_renderer()
    digit = number.get_window_extent(renderer)
    across = core.get_markersize() * chart.figure.dpi / 72
    assert digit.width < across < disc.get_markersize() * chart.figure.dpi / 72
    assert disc.zorder < core.zorder < number.zorder  # the number stands on white, not on hatching
    assert core.get_markersize() > 1.25 * number.get_fontsize()  # with white round it


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("name", FIGURES)
def test_doubt_has_one_sign_in_dots_and_bars_and_one_entry_in_the_key(study, name, width):
    """Pale meant several days in a bar and denied in a dot."""
    chart = draw_wide(study, name, width)
    marks = {mark: sign for mark, sign in find_marks(chart).items() if not isinstance(sign, Text)}
    hatched = {mark for mark, sign in marks.items() if is_sign(sign) and is_hatched(sign)}
    speeds = {"speed-hama-homs"} if (name, width) == ("advance_pace", "full") else set()
    assert {mark.partition("--")[0] for mark in hatched} == {"homs"} | speeds
    assert [entry.get_label() for entry in chart.legend].count("hatched: capture denied") == 1
    if name in ("overview", "advance_pace"):
        own = hatched - speeds
        bar = [marks[mark] for mark in own if isinstance(marks[mark], Rectangle)]
        assert len(bar) == 1
        assert not marks["aleppo--2" if name == "overview" else "aleppo"].get_hatch()  # two days


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_the_overview_says_that_its_steps_are_no_distances(study, width):
    labels = [entry.get_label() for entry in draw_wide(study, "overview", width).legend]
    said = "step: the next place, not a distance"
    assert (said in labels) == (width != "slide")  # whose bars no line joins


@pytest.mark.parametrize(
    ("width", "airport"),
    [
        ("full", "Aleppo International Airport"),
        ("column", "Aleppo International Airport"),
        ("slide", "one place"),
    ],
)
def test_the_overview_names_or_counts_every_capture_that_it_leaves_out(study, width, airport):
    """It named two of fifteen, and read as complete."""
    said = f"Captures not shown: Rastan; {airport} by the SDF; 13 areas or sites"
    words = read_words(draw_wide(study, "overview", width))
    assert said in [one.replace("\n", " ") for one in words]
    taken = {stop.place for stop in list_stops(study) if stop.step == "captured"}
    assert len(taken - {"aleppo", "hama", "homs", "damascus", "rastan"}) == 1 + 13


def test_of_many_captures_left_out_the_overview_says_how_many(study):
    shown = [stop for stop in list_stops(study) if stop.place == "aleppo"]
    assert say_rest(study, shown) == [
        f"Captures not shown: {said}"
        for said in (
            "four places; Aleppo International Airport by the SDF; 13 areas or sites",
            "four places; one by the SDF; 13 areas or sites",
            "five places; 13 areas or sites",
            "18 places",
        )
    ]


TWO_FRONTS = (
    "four places by the Amambay Front; three by the government, one of them on its word alone"
)


@pytest.mark.parametrize(
    ("width", "said"),
    [
        ("full", TWO_FRONTS),
        ("column", TWO_FRONTS),
        ("slide", "four places by other sides"),
    ],
)
def test_the_overview_says_that_it_leaves_out_a_second_front(chaco, width, said):
    """Concepción is the government's word alone."""
    words = read_words(draw_wide(chaco, "overview", width))
    assert f"Captures not shown: {said}" in [one.replace("\n", " ") for one in words]


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_the_pace_names_a_capture_that_it_leaves_out_and_says_why(study, width):
    note = draw_wide(study, "advance_pace", width).note
    assert "Not drawn: Rastan, perhaps taken before Hama." in note


@pytest.mark.parametrize("corpus", ["study", "orvane"])
def test_a_pace_to_scale_fills_its_slide(request, corpus):
    """On a low panel in German the words of two bars ran into each other."""
    chart = draw_wide(request.getfixturevalue(corpus), "advance_pace", "slide")
    panel = next(axis for axis in chart.figure.axes if axis.patches)
    assert panel.get_position().height * 190.5 > 92


def test_the_pace_says_of_a_capture_whose_days_are_uncertain_that_they_are(study):
    claims = study.claims["place"] == "rastan"
    [row] = study.claims[claims]["claim_id"]
    vague = alter(study, row, date_start=at("2024-11-27"))
    assert "Not drawn: Rastan, days too uncertain." in draw_figure("advance_pace", vague).note


def test_where_all_captures_are_shown_the_overview_names_none_left_out(orvane):
    assert say_rest(orvane, list_stops(orvane)) == []


def test_on_a_slide_the_label_of_a_place_that_changed_hands_covers_no_number(orvane):
    """Hestrow's words ran under the 3 of Dunvarra."""
    chart = draw_wide(orvane, "overview", "slide")
    renderer = FigureCanvasAgg(chart.figure).get_renderer()
    texts = [text for axes in chart.figure.axes for text in axes.texts]
    long = next(text for text in texts if text.get_text() == "by the Highland League 15 May")
    words = long.get_window_extent(renderer)
    [number] = [text for text in texts if text.get_text() == "3" and text.axes is long.axes]
    digit = number.get_window_extent(renderer)
    assert not digit.padded(0.25 * digit.height).overlaps(words)  # its disc


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_what_a_party_says_is_as_large_and_lighter_in_the_overview(study, width):
    texts = [
        text
        for axes in draw_wide(study, "overview", width).figure.axes
        for text in axes.texts
        if text.get_text() in ("“nearly 400,000”", "“at least 22”", "“more than 200”")
    ]
    weights = {text.get_text(): text.get_weight() for text in texts}
    assert weights.pop("“more than 200”") == "normal"
    assert set(weights.values()) == {"bold"}
    assert len({text.get_size() for text in texts}) == 1


def test_the_overview_says_in_words_that_a_party_says_so(charts):
    assert "says Syrian state media, a party to the war" in read_words(charts["overview"])


def is_sign(artist) -> bool:
    """Whether a mark is a dot, or a bar with ink."""
    return isinstance(artist, Line2D | Rectangle)


@pytest.mark.parametrize("name", FIGURES)
def test_without_doubt_no_key_speaks_of_hatching(study, name):
    firm = study.claims[study.claims["assertion"] == "reported"]
    coded = study.coded[study.coded["assertion"] == "reported"]
    chart = draw_figure(name, replace(study, claims=firm, coded=coded))
    assert not [entry for entry in chart.legend if "hatched" in str(entry.get_label())]


def test_a_town_that_is_lost_and_taken_again_stays_on_its_level(chaco):
    chart = draw_figure("advance_pace", chaco)
    bars = [one for axis in chart.figure.axes for one in axis.patches if one.get_gid()]
    heights = {round(bar.get_y(), 3) for bar in bars if "-pozo_colorado" in bar.get_gid()[:18]}
    assert len(heights) == 1


def test_the_month_below_the_first_day_stays_on_the_page(chaco):
    for name in ("overview", "advance_pace"):
        figure = draw_wide(chaco, name, "column").figure
        [month] = [one for one in figure.findobj(Text) if one.get_text().strip() == "Aug"]
        assert month.get_window_extent().x0 >= 0


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_the_overview_shows_who_took_a_place_away_and_back(width):
    chart = draw_figure("overview", make_study(corpus="tests/samples/chaco", width=width))
    marks = chart.marks[chart.marks["mark_id"].str.startswith("pozo_colorado")]
    marks = marks[marks["side"].notna() & marks["x"].notna()]
    days = [f"{day:%d %b}" for day in marks["x"]]
    assert list(zip(marks["side"], days)) == [
        ("Chaco Column", "25 Aug"),
        ("government", "30 Aug"),
        ("Chaco Column", "04 Sep"),
    ]
    words = " ".join(text.get_text() for axes in chart.figure.axes for text in axes.texts)
    assert "30 Aug" in words
    assert "retaken 4 Sep" in words


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("name", ["orvane", "chaco"])
def test_the_overview_names_at_its_bar_who_took_a_place_away(orvane, chaco, name, width):
    """A black bar among purple ones, explained elsewhere alone, was not understood."""
    chart = draw_wide({"orvane": orvane, "chaco": chaco}[name], "overview", width)
    [mark] = chart.marks.loc[chart.marks["side"] == "government", "mark_id"]
    bar = find_marks(chart)[mark]
    said = [text for text in bar.axes.texts if text.xy[0] == bar.get_x()]
    assert " ".join(text.get_text() for text in said).startswith("by the government")
    renderer = FigureCanvasAgg(chart.figure).get_renderer()
    words = Bbox.union([text.get_window_extent(renderer) for text in said])
    box = bar.get_window_extent(renderer)
    assert words.x0 <= (box.x0 + box.x1) / 2 <= words.x1
    assert max(words.y0 - box.y1, box.y0 - words.y1) < 3 / 25.4 * chart.figure.dpi


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize(
    ("name", "side"),
    [("seeds", "the HTS coalition"), ("orvane", "the Highland League"), ("chaco", "the Chaco")],
)
def test_the_overview_says_whose_captures_it_shows(study, orvane, chaco, name, side, width):
    own = {"seeds": study, "orvane": orvane, "chaco": chaco}[name]
    assert f"by {side}" in draw_wide(own, "overview", width).subtitle


@pytest.mark.parametrize("name", ["overview", "advance_pace"])
def test_the_line_of_an_advance_stops_while_another_side_holds_the_place(chaco, name):
    chart = draw_figure(name, chaco)
    between = number_days([pd.Timestamp("2034-09-01")])[0]
    dated = [axes for axes in chart.figure.axes if axes.get_xlim()[0] > 10_000]
    ends = [number_days_of(line) for axes in dated for line in axes.lines]
    assert ends
    assert not any(first < between < last for first, last in ends)


def number_days_of(line) -> tuple[float, float]:
    days = [float(day) for day in line.get_xdata()]
    return min(days), max(days)


def test_of_a_total_that_goes_on_after_the_period_the_last_is_large(chaco):
    chart = draw_figure("overview", chaco)
    assert "“52,300” displaced from the Chaco by 24 Sep, says OCHA" in chart.title
    words = [text for axes in chart.figure.axes for text in axes.texts]
    [large] = [text for text in words if text.get_text() == "“52,300”"]
    assert large.get_size() > 13
    assert any("14 Aug to 24 Sep" in text.get_text() for text in words)
    assert not any("27,100" in text.get_text() for text in words)


def test_a_total_that_goes_on_long_after_the_period_is_told_below(chaco, monkeypatch):
    monkeypatch.setattr(largest, "SOON", pd.Timedelta(days=0))
    chart = draw_figure("overview", chaco)
    assert "“27,100” displaced from the Chaco by 7 Sep, says OCHA" in chart.title
    words = [text.get_text() for axes in chart.figure.axes for text in axes.texts]
    assert "By 24 Sep: “52,300”" in words
    [last] = [row for row in chart.marks.itertuples() if row.words == "52,300"]
    assert last.claims


def test_a_claim_and_its_denial_are_two_sentences(orvane):
    chart = draw_figure("advance_pace", orvane)
    words = [text.get_text() for axes in chart.figure.axes for text in axes.texts]
    assert "says the Highland League;" in words
    assert "denied by the government" in words


def test_the_small_maps_count_the_days_of_the_overview(charts):
    title = "The HTS coalition took four cities and towns in eight to nine days, from Aleppo to "
    title += "Damascus"
    assert charts["advance_map_by_day"].title.startswith(title)
    assert "took eight to nine days" in charts["overview"].title


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_every_new_place_is_named_on_its_map_or_below_it(chaco, width):
    chart = draw_wide(chaco, "advance_map_by_day", width)
    words = read_words(chart)
    maps = {
        (id(artist.axes), mark.split("--")[0]) for mark, artist in find_marks(chart).items()
    }  # a place that changes hands twice on one map is named there once
    names = [chaco.places.loc[place, "name"] for _, place in maps]
    for name in names:  # on one line or on several
        found = sum(said.startswith(name) or name.startswith(f"{said} ") for said in words)
        assert found >= names.count(name), name
        assert all(any(word in said for said in words) for word in name.split())


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("name", ["seeds", "orvane", "chaco"])
def test_small_maps_need_no_numbers(study, orvane, chaco, name, width):
    own = {"seeds": study, "orvane": orvane, "chaco": chaco}[name]
    words = read_words(draw_wide(own, "advance_map_by_day", width))
    assert not [said for said in words if said.isdigit()]


@pytest.mark.parametrize("name", ["orvane", "chaco"])
def test_the_holder_of_a_place_is_its_dot_and_who_held_it_before_a_thin_ring(orvane, chaco, name):
    """Hestrow and Pozo Colorado were taken, lost and taken again."""
    own = {"orvane": orvane, "chaco": chaco}[name]
    chart = draw_wide(own, "advance_map", "full")
    place = {"orvane": "hestrow", "chaco": "pozo_colorado"}[name]
    dots = [line for mark, line in find_marks(chart).items() if mark.startswith(place)]
    ring, dot = (line for line in dots if isinstance(line, Line2D))
    assert (ring.get_markerfacecolor(), ring.get_color()) == ("white", COLOUR["other_side"])
    assert dot.get_markerfacecolor() == dot.get_color() == COLOUR["advance"]
    assert dot.get_markersize() == pytest.approx({"orvane": 7.0, "chaco": 5.6}[name])  # crowded
    assert ring.get_markersize() - 2 * ring.get_markeredgewidth() > dot.get_markersize()
    assert ring.get_zorder() < dot.get_zorder()


def test_on_small_maps_a_place_has_the_colour_of_its_holder_on_that_day(orvane):
    """Hestrow: the government on 12 May, the Highland League again on 15 May."""
    chart = draw_figure("advance_map_by_day", orvane)
    lon, lat = orvane.places.loc["hestrow", ["lon", "lat"]]
    colours = []
    for axis in (axis for axis in chart.figure.axes if axis.lines):
        here = [dot for dot in axis.lines if [*map(list, dot.get_data())] == [[lon], [lat]]]
        drawn = [dot.get_color() for dot in sorted(here, key=Line2D.get_zorder)]
        colours.append([colour for colour in drawn if colour != "white"])  # a hatched ring’s core
    own, government = COLOUR["advance"], COLOUR["other_side"]
    assert colours == [[], [own, government], [government, own], [government, own]]


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_a_place_retaken_without_denial_is_not_marked_as_denied(orvane, width):
    for name in MAPS:
        chart = draw_wide(orvane, name, width)
        denied = [said for said in read_words(chart) if "denied" in said]
        announced = "denied by the government", "9 May; denied", "capture announced", "hatched:"
        assert all(said.startswith(announced) for said in denied), name
        dots = [sign for sign in find_marks(chart).values() if isinstance(sign, Line2D)]
        dots = [dot for dot in dots if not any(_lies_over(line, dot) for line in dot.axes.lines)]
        assert not any(is_hatched(dot) for dot in dots), name  # a ring of the days before may be
    words = " ".join(read_words(draw_wide(orvane, "overview", width)))
    assert "by the government 12 May" in words
    assert "by the Highland League 15 May" in words
    assert "retaken" not in words  # nor lost: nobody but the League says that it had the place
    assert "lost" not in words


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_the_map_tells_a_denial_of_a_place_that_was_taken_again(orvane, width):
    chart = draw_wide(orvane, "advance_map", width)
    assert "The government denied the capture of Hestrow, 9 May." in chart.note
    [said] = [said for said in read_words(chart) if said.startswith("capture announced")]
    assert "denied" in said or width == "slide"  # whose lines are short; there the note tells it


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_a_third_bar_says_that_a_place_was_retaken(chaco, width):
    assert "retaken 4 Sep" in read_bar(draw_wide(chaco, "advance_pace", width), "pozo_colorado--3")


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_a_third_bar_says_by_whom_where_the_first_is_disputed(orvane, width):
    own = read_bar(draw_wide(orvane, "advance_pace", width), "hestrow--3")
    assert "15 May" in own
    assert "by the Highland League" in own


def read_bar(chart, mark: str) -> list[str]:
    """The words that are tied to a bar."""
    bar = find_marks(chart)[mark]
    return [text.get_text() for text in bar.axes.texts if text.xy[0] == bar.get_x()]


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_the_overview_numbers_captures_and_not_where_the_offensive_began(study, width):
    chart = draw_wide(study, "overview", width)
    words = read_words(chart)
    numbers = [said for said in words if said.isdigit() and said in "12345"]
    taken = sum(row.step == "captured" for row in chart.marks.itertuples() if is_drawn(row))
    assert taken == 4
    assert sorted(set(numbers)) == ["1", "2", "3", "4"]
    ring = find_marks(chart)["idlib"]
    point = tuple(float(side) for [side] in ring.get_data())
    beside = [text.get_text() for text in ring.axes.texts if is_at(text, point)]
    assert "Idlib" in beside
    assert not [said for said in beside if said.isdigit()]


def is_at(text, point: tuple[float, float]) -> bool:
    """Whether words are tied to a point."""
    return tuple(getattr(text, "xy", ())) == point


def is_drawn(row) -> bool:
    """Whether a mark is a dot on a map."""
    return isinstance(row.x, float) and row.x == row.x


@pytest.mark.parametrize("words", ["a similar number", "as many", "the same number"])
def test_the_overview_leaves_out_words_that_mean_nothing_alone(study, words):
    dozens = study.claims["measure"].eq("killed") & study.claims["number"].eq("Dozens")
    [claim] = study.claims.loc[dozens & study.claims["scope"].eq("offensive"), "claim_id"][:1]
    chart = draw_figure("overview", alter(study, claim, number=words, affected="civilian"))
    said = " ".join(read_words(chart))
    assert words not in said
    assert "a similar number" not in said
    assert claim not in chart.claim_ids


@pytest.mark.parametrize(("affected", "stands"), [("combatant", False), ("civilian", True)])
def test_words_on_fighters_do_not_stand_below_a_number_of_civilians(study, affected, stands):
    dozens = study.claims["measure"].eq("killed") & study.claims["number"].eq("Dozens")
    [claim] = study.claims.loc[dozens & study.claims["scope"].eq("offensive"), "claim_id"][:1]
    said = " ".join(read_words(draw_figure("overview", alter(study, claim, affected=affected))))
    assert ("Dozens" in said) == stands


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("name", ["orvane", "chaco"])
def test_the_label_of_a_place_that_changed_hands_runs_under_no_other(orvane, chaco, name, width):
    chart = draw_wide({"orvane": orvane, "chaco": chaco}[name], "overview", width)
    boxes = list_boxes(chart.figure)
    boxes = [box for box in boxes if box.text.axes]  # not the key
    own = [box for box in boxes if box.words.startswith(("retaken", "by the Highland"))]
    named = {stop.name for stop in list_stops({"orvane": orvane, "chaco": chaco}[name])}
    assert own
    for box in own:
        beside = [one for one in boxes if one.text.axes is box.text.axes and one.words in named]
        below = [
            one for one in beside if one.upper < box.lower + 0.1 or one.lower > box.upper - 0.1
        ]
        assert below
        for one in beside:
            level = min(one.upper, box.upper) - max(one.lower, box.lower)
            assert level <= 0.2 or one.left > box.right or one.right < box.left


def test_a_place_that_changed_hands_names_each_side(orvane):
    words = read_words(draw_wide(orvane, "advance_map", "full"))
    assert any(said.startswith("captured by the Highland League 15 May") for said in words)
    assert any(said.startswith("capture announced by the Highland League 9 May") for said in words)


def test_numbers_follow_the_day_by_which_a_place_is_certain(study):
    """Rastan fell 1–6 Dec, Hama 5 Dec: on the small maps Hama is first."""
    words = read_words(draw_wide(study, "advance_map", "slide"))
    assert words.index("Hama") < words.index("Rastan") < words.index("Homs")


def test_where_dots_would_merge_the_maps_are_fewer_and_larger(chaco, study):
    """Of the Chaco six small maps had three pairs of towns in one dot each; of Syria there is one
    such pair."""
    crowded, clear = (draw_wide(one, "advance_map_by_day", "slide") for one in (chaco, study))
    counts = [
        sum(said.startswith("Captured by ") for said in read_words(chart))
        for chart in (crowded, clear)
    ]
    assert counts == [3, 4]


def test_a_small_map_is_named_for_the_day_by_which_it_is_certain(study):
    words = read_words(draw_wide(study, "advance_map_by_day", "slide"))
    assert [said for said in words if said.startswith("Captured by ")] == [
        f"Captured by {day}" for day in ("30 Nov", "5 Dec", "6 Dec", "8 Dec")
    ]


@pytest.mark.parametrize("name", ["seeds", "orvane", "chaco"])
def test_small_maps_fill_a_slide(study, orvane, chaco, name):
    own = {"seeds": study, "orvane": orvane, "chaco": chaco}[name]
    chart = draw_wide(own, "advance_map_by_day", "slide")
    high = chart.figure.get_figheight() * 25.4
    plot = chart.figure.axes[0].get_position().y0 * high
    foot = max(box.upper for box in list_boxes(chart.figure) if box.words.startswith("Sources:"))
    assert plot - foot < 9  # millimetres


def test_an_unchecked_capture_has_a_question_mark_on_the_map_of_its_day(study):
    claims = study.claims.assign(review="proposed")
    chart = draw_figure("advance_map_by_day", replace(study, claims=claims))
    assert {"Aleppo?", "Hama?", "Damascus?"} <= set(read_words(chart))


def test_small_maps_share_one_drawing_of_the_land(chaco):
    chart = draw_figure("advance_map_by_day", chaco)
    [base] = [axis for axis in chart.figure.axes if axis.get_zorder() < 0]
    panels = {artist.axes for artist in chart.artists}
    assert len(panels) > 1
    assert all(len(land.get_offsets()) == len(panels) for land in base.collections)
    assert not any(axis.patches or axis.collections for axis in panels)


def test_the_key_has_each_colour_once_and_says_what_a_ring_round_a_dot_is(chaco):
    unnamed = alter(chaco, "024-001", actor="River Guard")
    for study in (chaco, unnamed):
        labels = [entry.get_label() for entry in draw_figure("advance_map", study).legend]
        assert "ring: who held it before" in labels
    colours = [
        entry.get_color()
        for entry in draw_figure("advance_map", unnamed).legend
        if entry.get_label().startswith("by ")
    ]
    assert len(colours) == len(set(colours))


def test_the_table_of_speeds_has_those_of_the_figure(chaco):
    chart = draw_figure("advance_pace", chaco)
    speeds = chart.derived.set_index("mark_id")
    assert len(speeds) == 5
    assert (
        speeds.loc["speed-loma_plata-pozo_colorado", "days_most"] == 6
    )  # not 16, to its recapture
    assert draw_figure("advance_map", chaco).derived.empty


def test_steps_that_are_no_distances_say_so(charts, chaco):
    said = "step: the next place, not a distance"
    assert said in list_labels(draw_figure("advance_pace", chaco))
    assert said not in list_labels(charts["advance_pace"])  # has kilometres beside it


def test_a_pace_to_scale_is_so_in_a_column_too_and_says_of_what(study, orvane):
    for own, place in ((study, "Damascus"), (orvane, "Morvast")):
        chart = draw_wide(own, "advance_pace", "column")
        assert choose_stairs(chart.study).km
        assert f"height: straight-line km to {place}" in list_labels(chart)


@pytest.mark.parametrize("name", ["seeds", "orvane"])
def test_a_pace_in_a_column_has_kilometres_at_its_top_and_foot(study, orvane, name):
    own = study if name == "seeds" else orvane
    chart = draw_wide(own, "advance_pace", "column")
    km = choose_stairs(chart.study).km
    boxes = [box for box in list_boxes(chart.figure) if re.fullmatch(r"\d+ km", box.words)]
    high, low = sorted(boxes, key=lambda box: -box.lower)
    assert (high.words, low.words) == (f"{max(km):.0f} km", "0 km")


@pytest.mark.parametrize("figure", ["advance_pace", "overview"])
@pytest.mark.parametrize("width", WIDTHS)
def test_where_nothing_was_captured_the_bar_is_hollow_and_the_key_says_why(orvane, width, figure):
    chart = draw_wide(orvane, figure, width)
    marks = [mark for key, mark in find_marks(chart).items() if key.startswith("brindhal")]
    [bar] = [mark for mark in marks if isinstance(mark, Rectangle)]
    assert to_hex(bar.get_facecolor()) == "#ffffff"
    assert not bar.get_hatch()
    said = "offensive begins" if figure == "advance_pace" else "advance began"
    assert any(said in label for label in list_labels(chart))


def test_a_label_between_two_bars_of_its_row_is_centred_over_its_own(chaco):
    chart = draw_figure("advance_pace", chaco)
    renderer = FigureCanvasAgg(chart.figure).get_renderer()
    [bar] = [
        artist
        for row, artist in zip(chart.rows, chart.artists, strict=True)
        if row["mark_id"].startswith("pozo_colorado") and row.get("side") != "Chaco Column"
    ]
    [said] = [text for text in bar.axes.texts if text.get_text() == "by the government"]
    words, box = said.get_window_extent(renderer), bar.get_window_extent(renderer)
    assert abs((words.x0 + words.x1) - (box.x0 + box.x1)) / 2 < 0.2 * words.width


def test_texts_that_print_one_agency_story_count_once_beside_a_place():
    stops = list_stops(make_study(corpus="tests/samples/chaco"))
    [fallen] = [stop for stop in stops if stop.place == "filadelfia" and stop.step == "captured"]
    assert len(fallen.alone) == 2
    assert fallen.texts == 1


# --- what a key, a label and a map leave no reader in doubt about --------------------------------


def list_labels(chart) -> list[str]:
    return [entry.get_label() for entry in chart.legend]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["overview", "advance_pace"])
def test_the_key_says_what_a_pale_bar_is_where_there_is_one(study, chaco, name, width):
    """Aleppo's, pale for its two days, read as one partly denied."""
    said = "pale: some time in these days"
    assert said in list_labels(draw_wide(study, name, width))
    assert said not in list_labels(draw_wide(chaco, name, width))  # whose days are all known


@pytest.mark.parametrize("name", ["overview", "advance_pace"])
def test_the_key_names_the_side_of_a_bar_in_another_colour(study, chaco, name):
    assert "by the government" in list_labels(draw_figure(name, chaco))
    assert "by the Chaco Column" in list_labels(draw_figure(name, chaco))  # and of the others
    assert not [said for said in list_labels(draw_figure(name, study)) if said.startswith("by ")]


@pytest.mark.parametrize("width", WIDTHS)
def test_what_others_say_of_the_same_dead_stands_below_a_partys_number(orvane, width):
    """112 insurgents died at Hestrow, says the ministry; residents counted about 20 bodies."""
    chart = draw_wide(orvane, "overview", width)
    said = "residents, in Morvast Herald: “about 20” people killed"
    if width == "slide":
        said = "residents: “about 20” killed"
    assert said in read_words(chart)
    [row] = [row for row in chart.marks.itertuples() if row.claims == "009-004"]
    assert row.words == "about 20"


def test_of_other_days_no_figure_stands_below_a_number(orvane):
    other = alter(orvane, "009-004", date_end=at("2037-05-13"))
    said = read_words(draw_figure("overview", other))
    assert not [words for words in said if words.startswith("residents")]


@pytest.mark.parametrize("width", ["full", "column"])
def test_another_source_on_the_same_displaced_stands_below_their_number(orvane, width):
    chart = draw_wide(orvane, "overview", width)
    assert "UN, in Atlantic Dispatch: “up to 30,000” by 15 May" in read_words(chart)
    assert "013-003" in chart.claim_ids


def test_of_a_rival_the_last_figure_of_most_of_the_days_stands_below_a_number(chaco):
    """The government's 15,000 by 13 Sep, not its 8,000 by 25 Aug."""
    said = read_words(draw_figure("overview", chaco))
    assert "government (party), in Radio Pilcomayo: “15,000” by 13 Sep" in said
    assert not [words for words in said if "8,000" in words or "2,100" in words]


@pytest.mark.parametrize(
    ("cells", "stands"),
    [
        ({"place": "northern_districts"}, False),  # the source of the number itself
        ({"place": "northern_districts", "source_original": "mayor"}, True),
        ({"source_original": "mayor"}, False),  # of another place
    ],
)
def test_words_alone_stand_below_a_number_of_their_place_and_another_source(orvane, cells, stands):
    """“Thousands” fled Quellmark, says the Relief Council, stood below its own 31,400."""
    said = read_words(draw_figure("overview", alter(orvane, "002-005", **cells)))
    assert ("In words only: “Thousands”, mayor" in said) == stands
    assert any("Thousands" in words for words in said) == stands


def test_words_on_another_place_do_not_stand_below_a_number(study, chaco):
    for own, words in ((study, "large numbers"), (study, "Thousands"), (chaco, "hundreds")):
        assert words not in " ".join(read_words(draw_figure("overview", own)))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_larger_figure_that_ends_after_the_period_is_told_below_a_number(chaco, width):
    """342 dead in the Chaco, and the casualties say 513 in Paraguay by 30 Sep."""
    chart = draw_wide(chaco, "overview", width)
    assert "Paraguay, by 30 Sep: “513”" in read_words(chart)
    assert "060-001" in chart.claim_ids
    assert not [words for words in read_words(chart) if "381" in words]  # a party's, of all


@pytest.mark.parametrize(
    "cells",
    [
        {"affected": "combatant"},
        {"source_original": "government"},
        {"date_end": at("2034-12-30")},
        {"part_of": "060-002"},
    ],
)
def test_a_larger_figure_of_others_is_not_told_below_a_number(chaco, cells):
    said = read_words(draw_figure("overview", alter(chaco, "060-001", **cells)))
    assert not [words for words in said if "513" in words]


@pytest.mark.parametrize("width", ["full", "column"])
def test_the_overview_says_once_who_announced_a_capture_and_that_it_was_denied(orvane, width):
    words = read_words(draw_wide(orvane, "overview", width))
    assert words.count("says the Highland League;") == 1
    assert "denied by the government" in words
    assert not any("announced" in said for said in words)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["seeds", "orvane", "chaco"])
def test_a_number_stands_over_the_days_of_its_place_or_beside_its_bar(
    study, orvane, chaco, name, width
):
    """The 2 of Hestrow stood over 4 May, five days before its bar."""
    own = {"seeds": study, "orvane": orvane, "chaco": chaco}[name]
    chart = draw_wide(own, "overview", width)
    marks, boxes = find_marks(chart), list_boxes(chart.figure)
    for number, stop in enumerate(
        [stop for stop in choose_captures(own) if stop.step == "captured"], 1
    ):
        own_marks = [mark for key, mark in marks.items() if key.startswith(stop.place)]
        bars = [mark for mark in own_marks if isinstance(mark, Rectangle)]
        bar = min(bars, key=Rectangle.get_x)
        start, end = find_sides(bar)
        [disc] = [
            box
            for box in boxes
            if box.text.axes is bar.axes and box.words == str(number)
            if box.text.get_weight() == "bold"
        ]
        middle, far = (disc.left + disc.right) / 2, 6 if width == "slide" else 4
        assert start - far < middle < end + far, stop.name


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["orvane", "chaco"])
def test_who_took_a_place_away_does_not_follow_its_label_as_one_sentence(
    orvane, chaco, name, width
):
    """Pozo Colorado 25 Aug   1 text   by the government 30 Aug."""
    own = {"orvane": orvane, "chaco": chaco}[name]
    boxes = list_boxes(draw_wide(own, "overview", width).figure)
    takers = [box for box in boxes if box.words.startswith("by the government")]
    named = [box for box in boxes if box.words.endswith(("25 Aug", "1 text", "9 May"))]
    assert takers
    for taker in (box for box in takers if box.text.get_style() == "italic"):
        for label in (box for box in named if box.text.axes is taker.text.axes):
            level = label.lower < taker.upper and taker.lower < label.upper
            assert not (level and -1 < taker.left - label.right < 8), label.words


@pytest.mark.parametrize("width", WIDTHS)
def test_the_key_explains_the_ring_where_an_offensive_began(study, chaco, width):
    said = "advance began" if width == "slide" else "where the advance began"
    assert said in list_labels(draw_wide(study, "overview", width))
    assert said not in list_labels(draw_wide(chaco, "overview", width))


def test_where_bars_alone_are_hatched_the_key_shows_a_bar(study, orvane):
    for own, sign in ((study, Line2D), (orvane, Patch)):
        [entry] = [
            one for one in draw_figure("overview", own).legend if "hatched" in str(one.get_label())
        ]
        assert isinstance(entry, sign)


def test_a_low_map_in_a_column_keeps_its_names(chaco):
    words = read_words(draw_wide(chaco, "overview", "column"))
    assert "1 Mariscal Estigarribia" in words
    assert "6 Villa Hayes" in words


@pytest.mark.parametrize("width", ["full", "slide"])
def test_the_overview_promises_the_largest_figures_only_where_nobody_gives_a_larger_one(
    study, orvane, chaco, width
):
    """Of Chaco the government counts "upwards of 900" within the days that the subtitle names; of
    Orvane a party's "112" is below an earlier "At least 118"."""
    said = "figures of people displaced and killed"
    assert f"the largest {said}" in draw_wide(study, "overview", width).subtitle
    for own in (orvane, chaco):
        subtitle = draw_wide(own, "overview", width).subtitle
        assert said in subtitle
        assert "largest" not in subtitle


@pytest.mark.parametrize(("name", "most"), [("seeds", 224), ("orvane", 235), ("chaco", 237)])
def test_a_column_leaves_room_for_a_caption(study, orvane, chaco, name, most):
    own = {"seeds": study, "orvane": orvane, "chaco": chaco}[name]
    assert draw_wide(own, "overview", "column").figure.get_figheight() * 25.4 < most


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["seeds", "orvane", "chaco"])
def test_the_map_says_that_its_days_are_possible_ones(study, orvane, chaco, name, width):
    """Rastan captured 1–6 Dec read as a battle of a week."""
    own = {"seeds": study, "orvane": orvane, "chaco": chaco}[name]
    subtitle = draw_wide(own, "advance_map", width).subtitle
    assert "by possible day" in subtitle or "may have" in subtitle


def test_a_scale_bar_crosses_no_border_where_it_finds_such_a_place(study):
    chart = draw_figure("overview", study)
    [panel] = [
        axis for axis in chart.figure.axes if any(t.get_text() == "50 km" for t in axis.texts)
    ]
    [bar] = [
        line.get_xydata()
        for line in panel.lines
        if len(line.get_xydata()) == 2 and line.get_xydata()[0, 1] == line.get_xydata()[1, 1]
        if line.get_xydata()[0, 1] < 33.5 and np.ptp(line.get_xydata()[:, 0]) > 0.4
    ]
    (west, south), (east, _) = bar
    around = Box(west - 0.02, south - 0.02, east + 0.02, south + 0.1)
    arcs = load_borders().arcs
    assert not any(find_crossed(np.hstack([arc[:-1], arc[1:]]), around).any() for arc in arcs)


def test_the_first_month_stands_on_the_line_of_the_others(chaco):
    boxes = list_boxes(draw_figure("overview", chaco).figure)
    months = {box.words: box.lower for box in boxes if box.words in ("Aug", "Sep")}
    assert abs(months["Aug"] - months["Sep"]) < 0.2


@pytest.mark.parametrize("width", WIDTHS)
def test_names_on_maps_keep_clear_of_the_frame(chaco, width):
    """Pedro Juan Caballero ended half a millimetre from it."""
    chart = draw_wide(chaco, "advance_map_by_day", width)
    wide = chart.figure.get_figwidth() * 25.4
    boxes = [
        box for box in list_boxes(chart.figure) if box.text.axes and box.text.get_weight() == "bold"
    ]
    for box in boxes:
        frame = box.text.axes.get_position()
        if any(line.get_gid() for line in box.text.axes.lines):  # a map
            assert frame.x1 * wide - box.right > 1.0, box.words
            assert box.left - frame.x0 * wide > 1.0, box.words


@pytest.mark.parametrize("width", WIDTHS)
def test_a_small_map_says_that_a_side_took_a_place_and_not_back_what_it_never_lost(orvane, width):
    said = " ".join(read_words(draw_wide(orvane, "advance_map_by_day", width)))
    assert "Hestrow captured by the government" in said  # who denied that it had lost it


@pytest.mark.parametrize("name", ["orvane", "chaco"])
def test_a_map_of_several_sides_says_whose_the_captures_are_that_name_none(orvane, chaco, name):
    own = {"orvane": orvane, "chaco": chaco}[name]
    subtitle = draw_figure("advance_map", own).subtitle
    assert f"By the {own.leading} unless another is named" in subtitle


@pytest.mark.parametrize("width", WIDTHS)
def test_a_small_map_says_on_whose_word_alone_a_place_fell(chaco, width):
    said = " ".join(read_words(draw_wide(chaco, "advance_map_by_day", width)))
    assert re.search(r"Concepción (captured|retaken), says the government", said)
