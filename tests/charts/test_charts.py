"""The charts as data: every mark on the canvas held against the claims, counted with
plain pandas."""

import re
from dataclasses import replace
from math import asin, cos, radians, sin, sqrt

import matplotlib.colors
import matplotlib.dates as mdates
import numpy as np
import pandas as pd
import pytest
from matplotlib.lines import Line2D

from helpers.charts import FIGURES, draw_figure
from helpers.charts.theme import style_documents
from helpers.claims.audit import list_numbers
from tests.conftest import SEEDS, make_study

EVERY_CHART = pytest.mark.parametrize("name", FIGURES)
DAY = pd.Timedelta(days=1)
ROUTE = ["idlib", "aleppo", "hama", "homs", "damascus"]
NORTHWEST = {
    "idlib_governorate",
    "idlib_and_aleppo_countryside",
    "opposition_held_northwest",
    "liberated_areas",
}
STEPS = {
    "reached": "reached",
    "entered": "entered",
    "captured": "captured",
    "withdrawn": "withdrawal",
}  # measure → verb on the chart


def list_artists(chart) -> list:
    """The artists on the canvas that stand for something, found by walking the figure."""
    return chart.figure.findobj(lambda artist: (artist.get_gid() or "").startswith("mark-"))


def find_marks(chart) -> dict:
    """Mark id → artist on the canvas."""
    return {artist.get_gid().removeprefix("mark-"): artist for artist in list_artists(chart)}


def xs(artist) -> tuple:
    """Where an artist stands along x, in data units: a line's points, a bar's two ends."""
    if isinstance(artist, Line2D):
        return tuple(float(x) for x in artist.get_xdata(orig=False))
    return (artist.get_x(), artist.get_x() + artist.get_width())


def ys(artist) -> tuple:
    return tuple(float(y) for y in artist.get_ydata(orig=False))


def in_axes(artist) -> np.ndarray:
    """An artist's corners or points as fractions of its axes: (0, 0) is the lower left, (1, 1)
    the upper right."""
    if isinstance(artist, Line2D):
        points = artist.get_transform().transform(artist.get_xydata())
    else:
        points = artist.get_window_extent().get_points()
    return artist.axes.transAxes.inverted().transform(points)


def days(*moments) -> tuple:
    return tuple(mdates.date2num(pd.Timestamp(moment)) for moment in moments)


def span(row) -> tuple:
    """The ends of a bar over all days of a claim, the last included."""
    return days(row.date_start, row.date_end + DAY)


def measure_km(places: pd.DataFrame, one: str, other: str) -> float:
    (lat, lon), (lat_to, lon_to) = (
        map(radians, places.loc[place, ["lat", "lon"]]) for place in (one, other)
    )
    half = sin((lat_to - lat) / 2) ** 2 + cos(lat) * cos(lat_to) * sin((lon_to - lon) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


def face(artist) -> str:
    return matplotlib.colors.to_hex(
        artist.get_markerfacecolor() if isinstance(artist, Line2D) else artist.get_facecolor()
    )


# --- nothing vanishes ----------------------------------------------------------------------------

TOPICS = ["displacement", "casualties", "pace"]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_claim_is_in_a_figure_of_its_topic_or_named_as_left_out(charts, claims, topic):
    figures = [charts[name] for name in FIGURES if name.partition("_")[0] in (topic, "eleven")]
    drawn = {claim for chart in figures for claim in chart.claim_ids}
    named = {claim for chart in figures for group in chart.left_out for claim in group.claims}
    assert set(claims[claims["topic"] == topic]["claim_id"]) <= drawn | named


# --- what each chart has to draw, by its definition ---------------------------------------------


def within(claims: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    return claims[(claims["date_start"] >= start) & (claims["date_end"] <= end)]


def offensive_events(claims: pd.DataFrame, *measures: str) -> pd.DataFrame:
    kept = (
        (claims["scope"] == "offensive")
        & (claims["unit"] == "event")
        & claims["measure"].isin(measures)
    )
    return claims[kept & claims["date_start"].notna() & (claims["place"] != "")]


def firm_captures(claims: pd.DataFrame) -> pd.DataFrame:
    """The captures of places, not of ground somewhere in a region, that are neither denied nor
    expected."""
    rows = offensive_events(claims, "captured")
    return rows[
        rows["assertion"].isin(["reported", "claimed"]) & rows["place_prec"].isin(["1", "2", "3"])
    ]


def told_steps(claims: pd.DataFrame) -> pd.DataFrame:
    """What the texts tell of, or deny: not what is planned, demanded or rumoured."""
    rows = offensive_events(claims, *STEPS)
    return rows[rows["assertion"] != "expected"]


def denials_of(claims: pd.DataFrame, place: str) -> set:
    rows = offensive_events(claims, "captured")
    return set(rows[(rows["assertion"] == "denied") & (rows["place"] == place)]["claim_id"])


def own_captures(claims: pd.DataFrame) -> pd.DataFrame:
    """The captures by the side whose advance it is, or by nobody named."""
    rows = firm_captures(claims)
    return rows[(rows["actor"] == "") | rows["actor"].str.contains("HTS coalition")]


def capture_days(claims: pd.DataFrame) -> dict:
    """Place → (first, last) day that every document allows for its capture, or that any names
    where they exclude each other."""
    bounds = (
        own_captures(claims)
        .groupby(["place", "doc_id"])
        .agg(first=("date_start", "min"), last=("date_end", "max"))
    )
    found = {}
    for place, rows in bounds.groupby("place"):
        first, last = rows["first"].max(), rows["last"].min()
        found[place] = (first, last) if first <= last else (rows["first"].min(), rows["last"].max())
    return found


def account_for(study, claims: pd.DataFrame) -> pd.Series:
    """Each number of the texts: in a claim's figure, in its date, or neither. Counts by document
    and account."""
    figures = [
        (row.doc_id, row.number_start, row.number_start + len(row.number))
        for row in claims[claims["number"] != ""].itertuples()
    ]
    dates = [
        (row.doc_id, row.date_at, row.date_at + len(row.date_exact))
        for row in claims[claims["date_exact"] != ""].itertuples()
    ]

    def account(number) -> str:
        for name, spans in (("claim", figures), ("date", dates)):
            if any(
                doc_id == number.doc_id and start <= number.start and number.end <= end
                for doc_id, start, end in spans
            ):
                return name
        return "not a claim"

    numbers = list_numbers(study.documents)
    return pd.Series(
        [(number.doc_id, account(number)) for number in numbers.itertuples()]
    ).value_counts()


def expect_coverage(claims, study):
    cells = [
        f"cell-{doc_id}-{topic}" for doc_id, topic in set(zip(claims["doc_id"], claims["topic"]))
    ]
    accounts = pd.Series([doc_id for doc_id, _ in account_for(study, claims).index]).value_counts()
    return cells + [
        f"document-{doc_id}" + (f"--{n}" if n > 1 else "")
        for doc_id, bars in accounts.items()
        for n in range(1, bars + 1)
    ]


def expect_northwest(claims, _):
    here = claims[(claims["topic"] == "displacement") & claims["place"].isin(NORTHWEST)]
    stated = here[(here["unit"] == "person") | (here["quantifier"] == "vague")]
    stated = stated[stated["measure"].isin(["population", "idps", "in_camps"])]
    shares = here[(here["unit"] == "percent") & here["best"].notna()]
    derived = [f"part-{row.claim_id}-{row.part_of}" for row in shares.itertuples() if row.part_of]
    return [
        *stated["claim_id"],
        *derived,
        *(f"whole-{row.claim_id}-{row.same_as}" for row in shares.itertuples() if row.same_as),
    ]


def expect_november(claims, _):
    dead = claims[
        (claims["measure"] == "killed") & (claims["unit"] == "person") & claims["best"].notna()
    ]
    dead = within(dead, "2024-11-01", "2024-11-30")
    return [
        *dead["claim_id"],
        *(f"remainder-{row.part_of}-{row.claim_id}" for row in dead.itertuples() if row.part_of),
    ]


def expect_distance(claims, _):
    events = offensive_events(claims, "entered", "captured")
    events = events[
        events["assertion"].isin(["reported", "claimed"])
        & events["place"].isin(ROUTE)
        & events["actor"].str.contains("HTS")
    ]
    groups = {f"{row.place}-{row.doc_id}-{row.measure}" for row in events.itertuples()}
    taken = [place for place in ROUTE if place in capture_days(claims)]
    said = claims[
        (claims["measure"] == "distance")
        & (claims["place_to"] == "damascus")
        & claims["best"].notna()
    ]
    return [*groups, *(f"speed-{a}-{b}" for a, b in zip(taken, taken[1:])), *said["claim_id"]]


def expect_map(claims, study):
    events = offensive_events(claims, "offensive_start", "reached", "entered", "captured")
    events = events[events["assertion"].isin(["reported", "claimed"])]
    places = study.places[study.places.index.isin(events["place"]) & study.places["lat"].notna()]
    towns = list(places[places["kind"].isin(["city", "town", "village"])].index)
    sites = places[places["kind"] == "site"].index
    return [
        *towns,
        *(
            site
            for site in sites
            if min(measure_km(study.places, site, town) for town in towns) > 15
        ),
    ]


def expect_days(claims, _):
    people = claims[(claims["unit"] == "person") & (claims["scope"] == "offensive")]
    figures = within(
        people[people["measure"].isin(["new_displacement", "forced_to_flee", "killed"])],
        "2024-11-27",
        "2024-12-08",
    )
    return [
        "start",
        *(place for place in ROUTE if place in capture_days(claims)),
        *figures["claim_id"],
    ]


def expect_disagreements(*_):
    readings = pd.read_csv(SEEDS / "disagreements.csv", dtype=str)
    turn = readings.groupby(["question_id", "doc_id"]).cumcount() + 1
    return [
        f"reading-{row.question_id}-{row.doc_id}" + (f"--{n}" if n > 1 else "")
        for row, n in zip(readings.itertuples(), turn)
    ]


def expect_rate(claims, _):
    """The offensive's own flows that have a number and count days; the war's displaced are none
    of these."""
    flows = claims[
        claims["measure"].isin(["new_displacement", "forced_to_flee"])
        & (claims["unit"] == "person")
        & (claims["scope"] == "offensive")
    ]
    flows = flows[
        flows["date_kind"].isin(["period", "window"])
        & flows["date_start"].notna()
        & flows[["low", "best", "high"]].notna().any(axis=1)
    ]
    return "daily-" + flows["claim_id"]


def expect_timeline(claims, _):
    events = told_steps(claims)
    return [*events["claim_id"], *("document-" + events["doc_id"]).unique()]


def expect_displaced(claims, _):
    rows = claims[(claims["topic"] == "displacement") & claims["unit"].isin(["person", "percent"])]
    return rows[rows["measure"] != "population"]["claim_id"]


def expect_casualties(claims, _):
    return claims[(claims["topic"] == "casualties") & claims["unit"].isin(["person", "percent"])][
        "claim_id"
    ]


def expect_tolls(claims, _):
    """Numbers of the dead that count days: an event on a day unknown counts none."""
    dead = claims[(claims["measure"] == "killed") & (claims["unit"] == "person")]
    dead = dead[dead["date_start"].notna() & (dead["quantifier"] != "vague")]
    day_unknown = (dead["date_kind"] == "point") & (dead["date_start"] != dead["date_end"])
    return dead[~day_unknown]["claim_id"]


def expect_dated(claims, study):
    return [
        *claims[claims["date_start"].notna()]["claim_id"],
        *("document-" + study.documents["doc_id"]),
    ]


EXPECTED = {
    "eleven_days": expect_days,
    "corpus_timeline": expect_dated,
    "corpus_coverage": expect_coverage,
    "displacement_reported": expect_displaced,
    "displacement_rate": expect_rate,
    "displacement_northwest": expect_northwest,
    "casualties_reported": expect_casualties,
    "casualties_november_2024": expect_november,
    "casualties_in_context": expect_tolls,
    "pace_timeline": expect_timeline,
    "pace_distance": expect_distance,
    "pace_map": expect_map,
    "disagreements": expect_disagreements,
}


# --- every chart ---------------------------------------------------------------------------------


@EVERY_CHART
def test_every_row_of_marks_has_one_artist_on_the_canvas(charts, name):
    drawn = [artist.get_gid() for artist in list_artists(charts[name])]
    assert drawn
    assert len(set(drawn)) == len(drawn)
    assert sorted(drawn) == sorted("mark-" + charts[name].marks["mark_id"])


@pytest.mark.parametrize("name", EXPECTED)
def test_the_marks_are_those_that_the_claims_call_for(charts, claims, study, name):
    assert sorted(find_marks(charts[name])) == sorted(EXPECTED[name](claims, study))


@EVERY_CHART
def test_every_mark_leads_to_claims_and_documents_that_exist(charts, claims, study, name):
    home = dict(zip(claims["claim_id"], claims["doc_id"]))
    for row in charts[name].marks.itertuples():
        ids, documents = [cell.split(";") if cell else [] for cell in (row.claims, row.documents)]
        assert set(ids) <= set(home), row.mark_id
        assert documents, row.mark_id
        assert set(documents) <= set(study.documents["doc_id"]), row.mark_id
        assert not ids or set(documents) == {home[claim] for claim in ids}, row.mark_id


@EVERY_CHART
def test_every_mark_is_visible_inside_an_axes_or_in_its_margin(charts, name):
    for mark, artist in find_marks(charts[name]).items():
        assert artist.get_visible(), mark
        assert artist.axes in charts[name].figure.axes, mark
        assert artist.get_alpha() != 0, mark
        points = in_axes(artist)
        right = 1 if artist.get_clip_on() else 1.13
        assert np.isfinite(points).all(), mark
        assert (points > -1e-6).all(), mark
        assert (points <= [right + 1e-6, 1 + 1e-6]).all(), mark


@EVERY_CHART
def test_every_mark_has_ink_or_area(charts, name):
    for mark, artist in find_marks(charts[name]).items():
        if isinstance(artist, Line2D):
            stroke = (
                artist.get_linestyle() not in ("None", "")
                and artist.get_linewidth() > 0
                and len(artist.get_xydata()) > 1
            )
            assert stroke or (
                artist.get_marker() not in ("None", "", None) and artist.get_markersize() > 0
            ), mark
        else:
            box = artist.get_window_extent()
            assert min(box.width, box.height) > 1, mark


@EVERY_CHART
def test_every_axes_lies_on_the_page(charts, name):
    for axis in charts[name].figure.axes:
        box = axis.get_position()
        assert 0 <= box.x0 < box.x1 <= 1
        assert 0 <= box.y0 < box.y1 <= 1


@pytest.mark.parametrize("name", [name for name in FIGURES if name != "disagreements"])
def test_without_claims_a_chart_says_why_it_is_absent(study, name):
    none = replace(study, claims=study.claims.iloc[:0], undated=study.undated.iloc[:0])
    if name == "displacement_northwest":  # an empty column has no type of its own
        none = make_study(documents=["002"])
    chart = draw_figure(name, none)
    assert chart.figure is None
    assert chart.rows == []
    assert f"`{name}` is not drawn: " in chart.absence


@pytest.mark.parametrize(
    "name",
    [
        "eleven_days",
        "displacement_northwest",
        "casualties_november_2024",
        "pace_distance",
        "pace_map",
    ],
)
def test_a_chart_that_needs_a_setting_names_the_one_that_is_missing(study, name):
    chart = draw_figure(name, replace(study, settings={"title": "bare"}))
    assert chart.figure is None
    assert "corpus.toml names no" in chart.absence


# --- figures as worded ---------------------------------------------------------------------------


def worded(claims: pd.DataFrame, chart) -> pd.DataFrame:
    """The claims that a chart draws one by one."""
    return claims[claims["claim_id"].isin(find_marks(chart))].set_index("claim_id", drop=False)


REPORTED = pytest.mark.parametrize("name", ["displacement_reported", "casualties_reported"])
WORDED = pytest.mark.parametrize(
    "name", ["displacement_reported", "casualties_reported", "displacement_northwest"]
)


@WORDED
def test_a_number_stands_at_its_value(charts, claims, name):
    rows = worded(claims, charts[name])
    rows = rows[rows["quantifier"] != "vague"]
    ends = {
        row.claim_id: [row.best] if pd.notna(row.best) else [row.low, row.high]
        for row in rows.itertuples()
    }
    expected = {
        key: tuple(value for value in values if pd.notna(value)) for key, values in ends.items()
    }
    marks = find_marks(charts[name])
    assert expected
    assert {key: xs(marks[key]) for key in expected} == expected


@REPORTED
def test_a_number_is_placed_by_the_scale_of_its_axis(charts, claims, name):
    rows, marks = worded(claims, charts[name]), find_marks(charts[name])
    for key in rows[rows["quantifier"] != "vague"].index:
        assert marks[key].get_transform() == marks[key].axes.transData


@WORDED
def test_words_without_a_number_stand_in_the_hatched_lane(charts, claims, name):
    rows, marks = worded(claims, charts[name]), find_marks(charts[name])
    vague = rows[rows["quantifier"] == "vague"].index
    assert len(vague)
    for key in vague:
        axis = marks[key].axes
        [lane] = [patch for patch in axis.patches if patch.get_hatch()]
        left, right = axis.transAxes.inverted().transform(lane.get_window_extent().get_points())[
            :, 0
        ]
        assert 1 < left < in_axes(marks[key])[0, 0] < right, key


@WORDED
def test_only_words_without_a_number_stand_in_the_lane(charts, claims, name):
    rows, marks = worded(claims, charts[name]), find_marks(charts[name])
    beyond = {key for key, artist in marks.items() if in_axes(artist)[:, 0].max() > 1}
    assert beyond == set(rows[rows["quantifier"] == "vague"].index)


@REPORTED
def test_shares_and_people_never_share_a_panel(charts, claims, name):
    rows, marks = worded(claims, charts[name]), find_marks(charts[name])
    people, shares = (
        {id(marks[key].axes) for key in rows[rows["unit"] == unit].index}
        for unit in ("person", "percent")
    )
    assert len(people) == len(shares) == 1
    assert people != shares


@WORDED
def test_a_mark_stands_beside_its_own_words(charts, claims, name):
    marks = find_marks(charts[name])
    for row in worded(claims, charts[name]).itertuples():
        axis, [y] = marks[row.claim_id].axes, set(ys(marks[row.claim_id]))
        labels = dict(
            zip(axis.get_yticks(), (label.get_text() for label in axis.get_yticklabels()))
        )
        assert row.number in labels[y], row.claim_id


@REPORTED
def test_an_arrow_points_to_the_end_that_the_words_leave_open(charts, claims, name):
    sides = {"more_than": 1, "at_least": 1, "nearly": -1, "less_than": -1, "up_to": -1}
    marks, rows = find_marks(charts[name]), worded(claims, charts[name])
    open_ended = rows[rows["quantifier"].isin(sides)]["quantifier"]
    expected = {
        (xs(marks[key])[0], ys(marks[key])[0]): sides[quantifier]
        for key, quantifier in open_ended.items()
    }
    arrows = [
        text
        for axis in charts[name].figure.axes
        for text in axis.texts
        if getattr(text, "arrow_patch", None) is not None
    ]
    assert expected
    assert {text.xy: np.sign(text.get_position()[0]) for text in arrows} == expected


def test_a_range_is_drawn_as_a_bar_from_low_to_high(charts):
    mark = find_marks(charts["casualties_reported"])["004-080"]
    bars = [
        line
        for line in mark.axes.lines
        if line is not mark and ys(line) == ys(mark) and xs(line) == (10_000, 40_000)
    ]
    assert len(bars) == 1
    assert bars[0].get_linestyle() == "-"
    assert bars[0].get_linewidth() > 1


# --- displacement --------------------------------------------------------------------------------


def list_arrows(axis) -> list:
    """The arrows of an axes: (the point they start from, their direction)."""
    return [
        (text.xy, tuple(np.sign(text.get_position())))
        for text in axis.texts
        if getattr(text, "arrow_patch", None) is not None
    ]


def test_the_rate_stands_at_the_number_by_the_most_days_its_words_allow(charts):
    mark = find_marks(charts["displacement_rate"])["daily-003-011"]
    assert xs(mark) == pytest.approx((400_000 / 7,))


def test_neither_end_of_the_rate_is_a_bound(charts):
    mark = find_marks(charts["displacement_rate"])["daily-003-011"]
    at = (xs(mark)[0], ys(mark)[0])
    assert list_arrows(mark.axes) == [(at, (-1, 0)), (at, (1, 0))]
    assert [line for line in mark.axes.lines if line is not mark] == []


def test_the_formula_of_the_rate_stands_beside_it(charts):
    [axis] = charts["displacement_rate"].figure.axes
    words = [text.get_text() for text in axis.texts if text.get_text()]
    assert words == ["about 57,000 a day", "nearly 400,000 ÷ 7 days or fewer (UN)"]


def test_what_the_whole_war_displaced_has_no_rate_beside_the_offensive(charts):
    [group] = [group for group in charts["displacement_rate"].left_out if "000-007" in group.claims]
    assert group.words == "flights of the war and its background"


def test_the_title_of_the_rate_is_computed_from_it(charts):
    assert charts["displacement_rate"].title == (
        "“nearly 400,000” displaced within a week (UN): about 57,000 people a day over 7 days, "
        "more if it took fewer"
    )


RATES = {
    "exact": ("700", "exact", (700, 700, 700), {}, "about 100 people a day over 7 days"),
    "at least": ("at least 700", "at_least", (700, 700, None), {}, "100 or more people a day"),
    "up to": ("up to 700", "up_to", (None, None, 700), {}, "100 or fewer people a day"),
    "about": ("about 700", "about", (None, 700, None), {}, "about 100 people a day"),
    "range": ("700 to 1,400", "between", (700, None, 1400), {}, "100 to 200 people a day"),
    "exact in a window": (
        "700",
        "exact",
        (700, 700, 700),
        {"date_kind": "window", "days_most": 7, "date_end": pd.Timestamp("2024-12-06")},
        "100 or more people a day over 7 days",
    ),
}


@pytest.mark.parametrize(
    ("number", "quantifier", "values", "when", "said"), RATES.values(), ids=RATES
)
def test_a_rate_is_said_as_open_as_its_words(study, claims, number, quantifier, values, when, said):
    week = {"date_kind": "period", "days_most": pd.NA, "date_exact": ""} | when
    row = claims[claims["claim_id"] == "003-011"].assign(
        number=number,
        quantifier=quantifier,
        **dict(zip(("low", "best", "high"), map(float, map(nan_of, values)))),
        **({"date_end": pd.Timestamp("2024-12-03")} | week),
    )
    table = pd.concat([claims[claims["claim_id"] != "003-011"], row])
    coded = pd.concat([study.coded[study.coded["claim_id"] != "003-011"], row])
    other = replace(study, claims=table[table["date_start"].notna()], coded=coded)
    assert f": {said}" in draw_figure("displacement_rate", other).title


def nan_of(value):
    return float("nan") if value is None else value


def test_a_number_without_a_date_is_not_called_the_offensives(charts, study, claims):
    undated = claims[claims["claim_id"] == "004-109"].assign(
        claim_id="900-000", scope="offensive", quantifier="exact", best=5.0, low=5.0, high=5.0
    )
    other = replace(study, undated=pd.concat([study.undated, undated]))
    title = draw_figure("displacement_reported", other).title
    assert title == charts["displacement_reported"].title + "; 1 more bears no date"


def test_the_northwest_shows_what_is_stated_and_what_follows(charts):
    numbers = [
        artist
        for artist in find_marks(charts["displacement_northwest"]).values()
        if artist.get_clip_on()
    ]
    values = sorted(x for artist in numbers for x in xs(artist))
    assert values == pytest.approx([1.5e6, 2e6, 3e6, 4e6, 4.5e6], rel=2e-3)


def test_a_derived_total_is_said_as_open_and_as_claimed_as_what_it_rests_on(charts):
    chart = charts["displacement_northwest"]
    [axis] = chart.figure.axes
    assert {"2 million", "about 4.5 million"} <= {text.get_text() for text in axis.texts}
    labels = [label.get_text() for label in axis.get_yticklabels()]
    formula = "approximately one and a half million ÷ about one third (claimed · HTS)"
    assert formula in [label.replace("\n", " ").strip() for label in labels]
    assert chart.title.endswith("a share and a number (claimed · HTS) would make about 4.5 million")


def test_the_northwest_counts_the_areas_that_have_a_population(charts):
    said = "Populations given for 2 of 3 areas: “three million” and “About 4 million”;"
    assert charts["displacement_northwest"].title.startswith(said)


def test_areas_that_no_text_tells_apart_are_not_told_apart(charts):
    said = " ".join(charts["displacement_northwest"].refused)
    assert "No text says how far Idlib governorate and the “liberated areas”" in said


def test_derived_totals_are_hollow_and_stated_ones_filled(charts):
    hollow = {
        mark
        for mark, artist in find_marks(charts["displacement_northwest"]).items()
        if face(artist) == "#ffffff"
    }
    assert hollow == {"part-004-093-004-092", "whole-004-111-004-112"}


# --- casualties ----------------------------------------------------------------------------------


def test_the_bar_of_november_is_taken_apart_without_a_gap(charts):
    marks = find_marks(charts["casualties_november_2024"])
    assert xs(marks["004-079"]) == (0, 176)
    assert xs(marks["remainder-004-078-004-079"]) == (176, 746)
    assert xs(marks["004-078"]) == (746,)


def test_the_derived_remainder_is_hatched_and_the_stated_part_is_not(charts):
    marks = find_marks(charts["casualties_november_2024"])
    assert marks["remainder-004-078-004-079"].get_hatch()
    assert not marks["004-079"].get_hatch()


def test_other_deaths_of_november_stand_below_the_bar(charts):
    marks = find_marks(charts["casualties_november_2024"])
    assert xs(marks["002-015"]) == (200,)
    assert ys(marks["002-015"])[0] < marks["004-079"].get_y()


def test_deaths_that_may_lie_outside_november_are_not_drawn_beside_it(charts):
    left_out = {group.words: group.claims for group in charts["casualties_november_2024"].left_out}
    assert {"004-011", "004-057"} <= set(left_out["deaths whose days reach beyond the month"])


def test_a_toll_stands_at_its_number_and_the_days_it_counts(charts, claims):
    rows, marks = (
        worded(claims, charts["casualties_in_context"]),
        find_marks(charts["casualties_in_context"]),
    )
    length = (rows["date_end"] - rows["date_start"]).dt.days + 1
    expected = {
        row.claim_id: ((length[row.claim_id],), (row.best,))
        for row in rows.itertuples()
        if pd.notna(row.best)
    }
    assert expected
    assert {key: (xs(marks[key]), ys(marks[key])) for key in expected} == expected


def test_the_range_for_hama_is_a_line_from_low_to_high(charts):
    line = find_marks(charts["casualties_in_context"])["004-080"]
    assert xs(line) == (365, 365)
    assert ys(line) == (10_000, 40_000)
    assert line.get_linestyle() == "-"


def test_no_line_among_the_tolls_stands_at_a_number_that_no_text_gives(charts, claims):
    [axis] = charts["casualties_in_context"].figure.axes
    dead = claims[claims["measure"] == "killed"]
    given = set(dead[["low", "best", "high"]].stack().dropna())
    drawn = [ys(line) for line in axis.lines if not line.is_dashed()]
    drawn += [(point[1],) for point, _ in list_arrows(axis)]
    assert drawn
    assert {y for points in drawn for y in points} <= given


def test_an_arrow_to_fewer_days_stands_where_the_words_leave_them_open(charts):
    [axis] = charts["casualties_in_context"].figure.axes
    marks = find_marks(charts["casualties_in_context"])
    fewer = {point for point, direction in list_arrows(axis) if direction == (-1, 0)}
    assert fewer == {(8, 22), (730, 10_000), (365, 10_000), (365, 40_000)}
    assert xs(marks["004-057"]) == (8,)


def test_a_toll_of_a_window_counts_its_length_and_never_its_bounds(study, claims):
    row = claims[claims["claim_id"] == "002-015"].assign(
        date_kind="window", days_most=3, date_end=pd.Timestamp("2024-12-06")
    )
    other = replace(study, claims=row)
    chart = draw_figure("casualties_in_context", other)
    assert xs(find_marks(chart)["002-015"]) == (3,)


@pytest.mark.parametrize("rate", [0.1, 1, 10, 100, 1000])
def test_a_guide_line_is_one_number_a_day(charts, rate):
    [axis] = charts["casualties_in_context"].figure.axes
    guides = [
        line
        for line in axis.lines
        if line.is_dashed() and np.allclose(line.get_ydata(), rate * line.get_xdata())
    ]
    assert len(guides) == 1
    assert axis.get_xscale() == axis.get_yscale() == "log"


# --- pace ----------------------------------------------------------------------------------------


def test_a_date_bar_covers_the_days_of_its_claim(charts, claims):
    marks = find_marks(charts["pace_timeline"])
    assert {
        row.claim_id: xs(marks[row.claim_id])
        for row in worded(claims, charts["pace_timeline"]).itertuples()
    } == {row.claim_id: span(row) for row in told_steps(claims).itertuples()}


def test_the_rows_of_the_timeline_hold_one_place_text_verb_and_actor_each(charts, claims):
    marks, rows = find_marks(charts["pace_timeline"]), worded(claims, charts["pace_timeline"])
    order = sorted(rows.index, key=lambda key: -marks[key].get_y() - marks[key].get_height() / 2)
    keys = [
        tuple(rows.loc[key, ["place", "doc_id", "measure", "actor", "assertion"]]) for key in order
    ]
    runs = [key for number, key in enumerate(keys) if number == 0 or key != keys[number - 1]]
    [axis] = charts["pace_timeline"].figure.axes
    labels = [label.get_text() for label in axis.get_yticklabels()]
    assert len(runs) == len(set(keys)) == len(labels)
    assert [label.split(" ")[0] for label in labels] == [
        STEPS[measure] for _, _, measure, _, _ in runs
    ]


def test_no_two_date_bars_cover_each_other(charts, claims):
    marks, rows = find_marks(charts["pace_timeline"]), worded(claims, charts["pace_timeline"])
    bars = sorted(
        (marks[key].get_y(), marks[key].get_y() + marks[key].get_height()) for key in rows.index
    )
    assert all(upper[0] >= lower[1] - 1e-9 for lower, upper in zip(bars, bars[1:]))


def test_only_what_is_said_to_be_captured_is_drawn_in_full_colour(charts, claims, study):
    marks, rows, styles = (
        find_marks(charts["pace_timeline"]),
        worded(claims, charts["pace_timeline"]),
        style_documents(study.documents),
    )
    full = {
        key
        for key in rows.index
        if face(marks[key]) == matplotlib.colors.to_hex(styles[rows.loc[key, "doc_id"]][0])
    }
    firm = rows["assertion"].isin(["reported", "claimed"])
    assert full == set(rows[firm & (rows["measure"] == "captured")].index)


def test_what_only_a_party_says_has_a_dashed_edge(charts, claims):
    marks, rows = find_marks(charts["pace_timeline"]), worded(claims, charts["pace_timeline"])
    dashed = {key for key in rows.index if marks[key].get_linestyle() not in ("-", "solid")}
    assert dashed == set(rows[rows["assertion"] != "reported"].index)


@pytest.mark.parametrize("name", ["pace_timeline", "corpus_timeline"])
def test_a_text_stands_on_the_days_on_which_it_was_written_or_published(charts, study, name):
    marks = find_marks(charts[name])
    for row in study.documents.itertuples():
        marker = marks[f"document-{row.doc_id}"]
        [y] = ys(marker)
        lines = {xs(line) for line in marker.axes.lines if set(ys(line)) == {y}}
        assert xs(marker) == days(row.published_start), row.doc_id
        assert days(row.published_start, row.published_end + DAY) in lines, row.doc_id


@pytest.mark.parametrize("name", ["pace_timeline", "corpus_timeline"])
def test_the_days_of_a_text_are_called_those_of_writing_or_publication(charts, name):
    marks = charts[name].marks
    texts = marks[marks["kind"] == "document"]
    assert len(texts) == 5
    assert texts["words"].str.startswith("written or published ").all()


def test_a_capture_that_is_only_denied_is_no_second_verb_for_a_place(study):
    rows = study.claims[study.claims["claim_id"].isin(["001-013", "001-024"])].copy()
    rows["place"] = "homs"
    title = draw_figure("pace_timeline", replace(study, claims=rows)).title
    assert title == "2 claims on who stood where when, at 1 place"


def test_the_reading_of_the_timeline_counts_claims_of_parties_and_denials(charts, claims):
    said = told_steps(claims)["assertion"].value_counts()
    assert charts["pace_timeline"].reading.endswith(
        f"By a party’s own word: {said['claimed']} bars; denied: {said['denied']}."
    )


def test_no_step_is_said_to_have_been_left(charts, claims):
    [axis] = charts["pace_timeline"].figure.axes
    labels = [label.get_text() for label in axis.get_yticklabels()]
    assert sum(label.startswith("withdrawal · ") for label in labels) > 5
    assert not any(label.startswith("left") for label in labels)


def test_the_timeline_names_who_denies(charts, claims):
    [axis] = charts["pace_timeline"].figure.axes
    [said] = [text for text in axis.texts if text.get_text() == "denied by government"]
    bar = find_marks(charts["pace_timeline"])["001-024"]
    assert said.xy[1] == pytest.approx(bar.get_y() + bar.get_height() / 2)


def test_the_title_of_the_timeline_counts_claims_places_and_double_verbs(charts, claims):
    steps = told_steps(claims)
    firm = steps[(steps["assertion"] != "denied") & steps["measure"].isin(["entered", "captured"])]
    both = (firm.groupby("place")["measure"].nunique() == 2).sum()
    assert charts["pace_timeline"].title == (
        f"{len(steps)} claims on who stood where when, at {steps['place'].nunique()} places, "
        f"{both} of which are entered in one sentence and captured in another"
    )


def test_a_place_stands_at_its_straight_line_distance(charts, study):
    marks = find_marks(charts["pace_distance"])
    for place in ("aleppo", "hama", "homs", "damascus"):
        heights = [ys(artist)[0] for mark, artist in marks.items() if mark.startswith(place + "-")]
        km = measure_km(study.places, place, "damascus")
        assert np.mean(heights) == pytest.approx(km, abs=0.1)
        assert max(abs(height - km) for height in heights) < 20
        assert len(set(heights)) == len(heights)


def test_an_entry_or_capture_covers_the_days_that_a_text_gives_it(charts, claims):
    events = offensive_events(claims, "entered", "captured")
    events = events[
        events["assertion"].isin(["reported", "claimed"])
        & events["place"].isin(ROUTE)
        & events["actor"].str.contains("HTS")
    ]
    groups = events.groupby(events["place"] + "-" + events["doc_id"] + "-" + events["measure"])
    expected = {
        key: days(group["date_start"].min(), group["date_end"].max() + DAY) for key, group in groups
    }
    marks, ids = (
        find_marks(charts["pace_distance"]),
        charts["pace_distance"].marks.set_index("mark_id")["claims"],
    )
    assert {key: xs(marks[key]) for key in expected} == expected
    assert {key: set(ids[key].split(";")) for key in expected} == {
        key: set(group["claim_id"]) for key, group in groups
    }


@pytest.mark.parametrize(
    ("place", "place_to", "fewest", "most"),
    [("aleppo", "hama", 5, 6), ("hama", "homs", 2, 3), ("homs", "damascus", 0, 1)],
)
def test_a_speed_is_a_band_between_the_days_of_two_captures(
    charts, study, claims, place, place_to, fewest, most
):
    band = find_marks(charts["pace_distance"])[f"speed-{place}-{place_to}"]
    ends = {}
    for x, y in band.get_xy():
        ends.setdefault(round(y, 6), set()).add(x)
    expected = {}
    for stop in (place, place_to):
        first, last = capture_days(claims)[stop]
        km = measure_km(study.places, stop, "damascus")
        expected[round(km, 6)] = set(days(first, last + DAY))
    assert ends == expected
    row, km = (
        charts["pace_distance"].marks.set_index("mark_id").loc[f"speed-{place}-{place_to}"],
        measure_km(study.places, place, place_to),
    )
    if fewest:
        assert (row["low"], row["high"]) == pytest.approx((km / most, km / fewest))
    else:
        assert pd.isna(row["low"])
        assert pd.isna(row["high"])


def test_no_pace_is_printed_where_two_places_may_have_fallen_on_one_day(charts):
    chart = charts["pace_distance"]
    said = [text.get_text() for text in chart.figure.axes[0].texts]
    assert "141 km, perhaps on one day:\nno daily pace" in said
    assert "0 to 1 days" not in "".join([chart.title, chart.reading, chart.alt, *said])
    assert "km a day to Damascus" not in chart.title


def test_the_distance_names_who_denies_that_a_place_was_taken(charts, study):
    [axis] = charts["pace_distance"].figure.axes
    [said] = [text for text in axis.texts if text.get_text() == "capture denied\nby government"]
    assert said.xy[1] == pytest.approx(measure_km(study.places, "homs", "damascus"))


def test_what_only_a_party_says_is_dashed_in_the_distance(charts, claims):
    chart, assertion = charts["pace_distance"], dict(zip(claims["claim_id"], claims["assertion"]))
    marks, claimed = find_marks(chart), set()
    for row in chart.marks[chart.marks["kind"] == "group"].itertuples():
        if all(assertion[claim] == "claimed" for claim in row.claims.split(";")):
            claimed.add(row.mark_id)
            assert "claimed by HTS" in row.words
    assert claimed
    assert {
        mark
        for mark in chart.marks["mark_id"]
        if isinstance(marks[mark], Line2D) and marks[mark].is_dashed()
    } == claimed


def test_a_texts_own_distance_stands_at_its_number(charts):
    assert ys(find_marks(charts["pace_distance"])["001-019"]) == (160,)


# --- the map and the headline --------------------------------------------------------------------


def test_a_place_stands_at_its_longitude_and_latitude(charts, study):
    points = {
        mark: (*xs(artist), *ys(artist)) for mark, artist in find_marks(charts["pace_map"]).items()
    }
    assert points == {place: tuple(study.places.loc[place, ["lon", "lat"]]) for place in points}


def test_a_place_on_the_map_carries_all_its_claims(charts, claims):
    events = offensive_events(claims, "offensive_start", "reached", "entered", "captured")
    events = events[events["assertion"].isin(["reported", "claimed"])]
    for row in charts["pace_map"].marks.itertuples():
        own = set(events[events["place"] == row.mark_id]["claim_id"])
        assert set(row.claims.split(";")) == own | denials_of(claims, row.mark_id)


def test_the_title_of_the_map_counts_the_captures_and_those_it_shows(charts, claims):
    captured = set(capture_days(claims))
    shown = captured & set(find_marks(charts["pace_map"]))
    assert len(captured) > len(shown) > 1
    said = (
        f"{len(captured)} places or parts of places captured by HTS coalition; {len(shown)} stand "
        "on the map"
    )
    assert charts["pace_map"].title.startswith(said)
    assert said in charts["pace_map"].alt


def test_the_map_says_by_which_other_side_a_place_was_entered(charts):
    words = charts["pace_map"].marks.set_index("mark_id")["words"]
    assert words["deir_ez_zor"] == "Deir ez-Zor: entered by SDF 30 Nov–6 Dec"
    assert words["idlib"] == "Idlib: attack began 27 Nov"


def test_the_map_says_that_a_capture_is_denied_and_by_whom(charts):
    chart = charts["pace_map"]
    words = chart.marks.set_index("mark_id")["words"]
    assert [place for place in words.index if "denied" in words[place]] == ["homs"]
    assert "Homs: capture denied by government." in chart.refused
    assert "Homs, 7–8 Dec (denied)" in chart.alt


def test_the_colour_of_a_place_is_the_first_day_it_may_have_fallen(charts, claims):
    first = {place: bounds[0] for place, bounds in capture_days(claims).items()}
    marks = find_marks(charts["pace_map"])
    taken = [place for place in marks if place in first]
    assert len({first[place] for place in taken}) > 3
    for one in taken:
        for other in taken:
            assert (face(marks[one]) == face(marks[other])) == (first[one] == first[other]), (
                one,
                other,
            )


def test_later_captures_are_darker_on_the_map(charts, claims):
    marks, first = (
        find_marks(charts["pace_map"]),
        {place: bounds[0] for place, bounds in capture_days(claims).items()},
    )
    light = {
        place: sum(matplotlib.colors.to_rgb(face(marks[place])))
        for place in ("aleppo", "hama", "homs", "damascus")
    }
    assert sorted(light, key=light.get, reverse=True) == sorted(light, key=first.get)


def test_a_place_not_captured_is_hollow_on_the_map(charts, claims):
    hollow = {
        mark for mark, artist in find_marks(charts["pace_map"]).items() if face(artist) == "#ffffff"
    }
    assert hollow == set(find_marks(charts["pace_map"])) - set(own_captures(claims)["place"])
    assert hollow


def test_the_map_is_true_to_scale(charts):
    axis = charts["pace_map"].figure.axes[0]
    lat = pd.read_csv(SEEDS / "syria_outline.csv", comment="#")["lat"].mean()
    (left, bottom), (right, top) = axis.transData.transform([(38, 34), (39, 35)])
    assert (right - left) / (top - bottom) == pytest.approx(cos(radians(lat)), rel=1e-3)


def test_the_scale_bar_is_100_km(charts):
    axis = charts["pace_map"].figure.axes[0]
    [word] = [text for text in axis.texts if text.get_text() == "100 km"]
    [bar] = [
        line
        for line in axis.lines
        if not line.get_gid() and len(line.get_xydata()) == 2 and ys(line)[0] == ys(line)[1]
    ]
    lat, degrees = (
        pd.read_csv(SEEDS / "syria_outline.csv", comment="#")["lat"].mean(),
        xs(bar)[1] - xs(bar)[0],
    )
    assert degrees * 2 * np.pi * 6371.0088 / 360 * cos(radians(lat)) == pytest.approx(100, rel=1e-3)
    assert word.get_position()[0] == pytest.approx(np.mean(xs(bar)))


def test_the_outline_of_the_country_is_the_one_of_the_corpus(charts):
    outline = pd.read_csv(SEEDS / "syria_outline.csv", comment="#")[["lon", "lat"]].to_numpy()
    shapes = [
        patch.get_xy()
        for patch in charts["pace_map"].figure.axes[0].patches
        if hasattr(patch, "get_closed")
    ]
    assert any(
        len(shape) >= len(outline) and np.allclose(shape[: len(outline)], outline)
        for shape in shapes
    )


def test_the_advance_covers_the_days_that_every_text_allows(charts, claims):
    marks, allowed = find_marks(charts["eleven_days"]), capture_days(claims)
    for place in ("aleppo", "hama", "homs", "damascus"):
        first, last = allowed[place]
        assert xs(marks[place]) == days(first, last + DAY), place
    assert xs(marks["start"]) == days("2024-11-27", "2024-11-28")


def test_a_step_of_the_advance_carries_its_captures_by_the_coalition(charts, claims):
    ids, captures = charts["eleven_days"].marks.set_index("mark_id")["claims"], own_captures(claims)
    for place in ("aleppo", "hama", "homs", "damascus"):
        own = set(captures[captures["place"] == place]["claim_id"])
        assert set(ids[place].split(";")) == own | denials_of(claims, place)


def test_beside_a_step_stand_its_days_its_texts_and_its_sources(charts, claims):
    captures, axis = own_captures(claims), charts["eleven_days"].figure.axes[0]
    said = [text.get_text() for text in axis.texts]
    for place, dates in {"aleppo": "29–30 Nov", "hama": "5 Dec", "damascus": "8 Dec"}.items():
        rows = captures[captures["place"] == place]
        sources = {source for row in rows.itertuples() for source in sources_of(row)}
        texts = rows["doc_id"].nunique()
        assert len(rows) > texts  # or counting rows would pass
        assert f"{dates} · {texts} texts, {len(sources)} sources" in said


def test_a_denied_step_says_by_whom(charts):
    axis = charts["eleven_days"].figure.axes[0]
    denied = [text.get_text() for text in axis.texts if "denied" in text.get_text()]
    assert denied == ["7–8 Dec · 1 text, 2 sources\ndenied by government"]


def test_a_step_that_only_a_party_tells_says_so(study):
    own = study.claims["claim_id"].isin(["001-018", "001-021"])
    chart = draw_figure("eleven_days", replace(study, claims=study.claims[~own]))
    labels = [label.get_text() for label in chart.figure.axes[0].get_yticklabels()]
    assert "Homs captured (claimed by HTS)" in labels
    assert "Hama captured" in labels


def test_nothing_joins_the_steps_of_the_advance(charts):
    axis, marks = charts["eleven_days"].figure.axes[0], find_marks(charts["eleven_days"])
    assert {line.get_gid() for line in axis.lines} == {
        artist.get_gid() for artist in marks.values() if artist.axes is axis
    }


def test_the_steps_of_the_advance_go_down_the_route(charts):
    marks = find_marks(charts["eleven_days"])
    assert [ys(marks[key])[0] for key in ("start", "aleppo", "hama", "homs", "damascus")] == [
        0,
        -1,
        -2,
        -3,
        -4,
    ]


def test_a_figure_of_the_eleven_days_covers_the_days_it_counts(charts, claims):
    marks = find_marks(charts["eleven_days"])
    rows = worded(claims, charts["eleven_days"])
    assert len(rows)
    assert {key: xs(marks[key]) for key in rows.index} == {
        row.claim_id: span(row) for row in rows.itertuples()
    }


def test_a_shorter_time_within_the_days_is_a_thin_line(charts, claims):
    marks, rows = find_marks(charts["eleven_days"]), worded(claims, charts["eleven_days"])
    high = {key: marks[key].get_height() for key in rows.index}
    windows = set(rows[rows["date_kind"] == "window"].index)
    assert windows == {"003-011"}
    assert max(high[key] for key in windows) * 4 < min(high[key] for key in set(high) - windows)


def test_a_figure_of_the_eleven_days_says_whom_where_who_says_so_and_when(charts):
    labels = [label.get_text() for label in charts["eleven_days"].figure.axes[1].get_yticklabels()]
    assert {
        "“nearly 400,000” displaced “within a week”\nSyria · UN · somewhere within 27 Nov–7 Dec",
        "“more than 200 ‘terrorists’” killed\nSyria · claimed by Syrian state media · 29 Nov",
        "“at least one” killed\ncombatants of Russia · Syria · 27 Nov–6 Dec",
        "“at least 22” killed\ncivilians · Aleppo · 29 Nov–6 Dec",
    } <= set(labels)


def test_the_title_of_the_eleven_days_keeps_the_week_its_source_and_the_claim(charts):
    title = charts["eleven_days"].title
    assert title.startswith("11 days to Damascus: “nearly 400,000” displaced “within a week” (UN)")
    assert "3 numbers for the dead (1 claimed by a party), none of them for all these days" in title


@pytest.mark.parametrize(
    ("doc_id", "title"),
    [("000", "11 to 12 days to Damascus"), ("001", "11 days"), ("003", "at most 10 days to Hama")],
)
def test_the_days_of_the_advance_are_those_that_the_texts_allow(doc_id, title):
    assert draw_figure("eleven_days", make_study(documents=[doc_id])).title.startswith(title)


def test_the_eleven_days_show_no_figure_that_counts_other_days(charts, claims):
    rows = worded(claims, charts["eleven_days"])
    assert rows["date_start"].min() >= pd.Timestamp("2024-11-27")
    assert rows["date_end"].max() <= pd.Timestamp("2024-12-08")
    assert not {746, 176} & set(rows["best"])
    assert any("“746”" in said and "“176”" in said for said in charts["eleven_days"].refused)


def test_figures_without_a_number_are_hatched_in_the_eleven_days(charts, claims):
    marks, rows = find_marks(charts["eleven_days"]), worded(claims, charts["eleven_days"])
    assert {key for key in rows.index if marks[key].get_hatch()} == set(
        rows[rows["quantifier"] == "vague"].index
    )


def test_both_panels_of_the_eleven_days_share_their_days(charts):
    above, below = charts["eleven_days"].figure.axes
    assert above.get_xlim() == below.get_xlim()
    assert above.get_position().x0 == pytest.approx(below.get_position().x0)
    assert above.get_position().width == pytest.approx(below.get_position().width)


# --- the corpus and its sources ------------------------------------------------------------------


def test_a_dated_claim_covers_its_days_in_the_corpus_timeline(charts, claims):
    marks, dated = find_marks(charts["corpus_timeline"]), claims[claims["date_start"].notna()]
    assert {key: xs(marks[key]) for key in dated["claim_id"]} == {
        row.claim_id: span(row) for row in dated.itertuples()
    }


def test_a_dated_claim_stands_in_the_row_of_its_text(charts, claims):
    marks, axis = find_marks(charts["corpus_timeline"]), charts["corpus_timeline"].figure.axes[0]
    labels = {
        label.get_text().split(" ")[0]: y
        for y, label in zip(axis.get_yticks(), axis.get_yticklabels())
    }
    for row in claims[claims["date_start"].notna()].itertuples():
        assert abs(ys(marks[row.claim_id])[0] - labels[row.doc_id]) < 0.5, row.claim_id


def test_the_title_of_the_corpus_timeline_counts_by_scope(charts, claims):
    dated = claims[claims["date_start"].notna()]
    own = dated["scope"] == "offensive"
    first = dated[~own]["date_start"].min().year
    said = f"{own.sum()} of {len(dated)} dated claims tell of the offensive itself"
    assert charts["corpus_timeline"].title.startswith(said)
    assert charts["corpus_timeline"].title.endswith(f"reach back to {first}")


def test_a_claim_stands_in_the_panel_of_its_days(charts, claims):
    _, panel = charts["corpus_timeline"].figure.axes
    marks, dated = find_marks(charts["corpus_timeline"]), claims[claims["date_start"].notna()]
    recent = {key for key in dated["claim_id"] if marks[key].axes is panel}
    assert recent == set(within(dated, "2024-11-20", "2024-12-10")["claim_id"])


def test_the_cells_hold_the_counts_of_claims(charts, claims):
    counts = pd.crosstab(claims["doc_id"], claims["topic"])[["displacement", "casualties", "pace"]]
    axis = charts["corpus_coverage"].figure.axes[0]
    written = [int(text.get_text()) for text in axis.texts]
    assert written == list(counts.to_numpy().flat)
    assert sum(written) == len(claims)
    assert axis.collections[0].get_array().flatten().tolist() == written


def test_a_cell_lies_over_its_count_and_carries_its_claims(charts, claims):
    marks, ids = (
        find_marks(charts["corpus_coverage"]),
        charts["corpus_coverage"].marks.set_index("mark_id")["claims"],
    )
    texts = sorted(claims["doc_id"].unique())
    for (doc_id, topic), group in claims.groupby(["doc_id", "topic"]):
        cell = marks[f"cell-{doc_id}-{topic}"]
        assert (cell.get_x(), cell.get_y()) == (
            ["displacement", "casualties", "pace"].index(topic),
            texts.index(doc_id),
        )
        assert sorted(ids[f"cell-{doc_id}-{topic}"].split(";")) == sorted(group["claim_id"])


def test_the_bars_account_for_every_number_of_the_texts(charts, study, claims):
    axis, accounts = charts["corpus_coverage"].figure.axes[1], account_for(study, claims)
    labels = {
        round(y): label.get_text() for y, label in zip(axis.get_yticks(), axis.get_yticklabels())
    }
    names = {
        matplotlib.colors.to_hex(bars[0].get_facecolor()): bars.get_label()
        for bars in axis.containers
    }
    bars = [artist for artist in list_artists(charts["corpus_coverage"]) if artist.axes is axis]
    assert sum(bar.get_width() for bar in bars) == len(list_numbers(study.documents))
    assert {
        (labels[round(bar.get_y() + bar.get_height() / 2)], names[face(bar)]): bar.get_width()
        for bar in bars
    } == accounts.to_dict()


def test_the_bars_of_a_text_stand_end_to_end(charts):
    axis, rows = charts["corpus_coverage"].figure.axes[1], {}
    for bar in (
        artist for artist in list_artists(charts["corpus_coverage"]) if artist.axes is axis
    ):
        rows.setdefault(bar.get_y(), []).append(xs(bar))
    for ends in map(sorted, rows.values()):
        assert ends[0][0] == 0
        assert all(left[1] == right[0] for left, right in zip(ends, ends[1:]))


def sources_of(row) -> list[str]:
    return row.source_original.split(";") if row.source_original else [f"text {row.doc_id}"]


def test_every_finding_has_a_dot_for_each_source_behind_it(charts, claims):
    figures = claims[
        (claims["number"] != "")
        & (claims["quantifier"] != "vague")
        & ~claims["measure"].isin(["duration", "distance"])
    ]
    denied = claims[claims["claim_id"].isin(denials_of(claims, "homs"))]
    assert len(denied)
    expected = [
        (row.claim_id, source)
        for row in pd.concat([figures, firm_captures(claims), denied]).itertuples()
        for source in sources_of(row)
    ]
    marks, ids = (
        find_marks(charts["source_coverage"]),
        charts["source_coverage"].marks.set_index("mark_id")["claims"],
    )
    [axis] = charts["source_coverage"].figure.axes
    columns = {x: label.get_text() for x, label in zip(axis.get_xticks(), axis.get_xticklabels())}
    drawn = [
        (claim, columns[xs(artist)[0]])
        for mark, artist in marks.items()
        for claim in ids[mark].split(";")
    ]
    assert sorted(drawn) == sorted(expected)


def read_findings(chart) -> dict:
    """Label of a row → its marks, of the findings that quote no figure."""
    [axis], marks = chart.figure.axes, find_marks(chart)
    labels = {y: label.get_text() for y, label in zip(axis.get_yticks(), axis.get_yticklabels())}
    rows = {}
    for mark, artist in marks.items():
        label = " ".join(labels[ys(artist)[0]].split())
        if not label.startswith("“"):
            rows.setdefault(label.partition(" · ")[0], []).append(mark)
    return rows


def test_every_capture_of_a_place_by_one_side_is_one_row_of_findings(charts, claims, study):
    chart, captures = charts["source_coverage"], firm_captures(claims)
    ids = chart.marks.set_index("mark_id")["claims"]
    rows = {
        label: {claim for mark in marks for claim in ids[mark].split(";")}
        for label, marks in read_findings(chart).items()
    }
    sides = captures.assign(side=captures["actor"].str.replace(";", ", ")).groupby(
        ["place", "side"]
    )
    expected = {}
    for (place, side), group in sides:
        name = study.places.loc[place, "name"]
        label = f"{name[0].upper()}{name[1:]} captured by {side}"
        expected[label] = set(group["claim_id"]) | denials_of(claims, place)
    assert rows == expected


def test_a_source_that_denies_a_finding_is_a_cross(charts):
    chart = charts["source_coverage"]
    marks = find_marks(chart)
    crosses = {mark for mark in marks if marks[mark].get_marker() == "x"}
    [denial] = crosses
    assert denial in read_findings(chart)["Homs captured by HTS coalition"]
    row = chart.marks.set_index("mark_id").loc[denial]
    assert (row["claims"], row["x"]) == ("001-024", "government")


def test_the_number_beside_a_source_counts_the_texts_that_relay_it(charts, claims):
    chart, home = charts["source_coverage"], dict(zip(claims["claim_id"], claims["doc_id"]))
    [axis], marks = chart.figure.axes, find_marks(chart)
    numbers = {text.xy: text.get_text() for text in axis.texts if text.get_text().isdigit()}
    several = {}
    for row in chart.marks.itertuples():
        texts = {home[claim] for claim in row.claims.split(";")}
        if len(texts) > 1:
            several[(*xs(marks[row.mark_id]), *ys(marks[row.mark_id]))] = str(len(texts))
    assert several
    assert numbers == several


def test_every_finding_bears_its_days(charts):
    [axis] = charts["source_coverage"].figure.axes
    labels = [" ".join(label.get_text().split()) for label in axis.get_yticklabels()]
    own = re.compile(r"“[^”]*” \([^)]*\d{4}\)")  # where the days of a finding's numbers differ
    dated = [label for label in labels if label[-4:].isdigit() or own.match(label)]
    undated = [label for label in labels if label.endswith(" · undated")]
    assert len(dated) + len(undated) == len(labels)
    assert len(undated) == 1


def test_a_reading_stands_before_its_own_words(charts):
    readings = pd.read_csv(SEEDS / "disagreements.csv", dtype=str)
    beside = {}  # (panel, height) → the line of text that starts right of a dot
    for number, axis in enumerate(charts["disagreements"].figure.axes):
        beside |= {
            (number, round(text.get_position()[1], 6)): text.get_text()
            for text in axis.texts
            if text.get_position()[0] > 4
        }
    marks, panels = find_marks(charts["disagreements"]), charts["disagreements"].figure.axes
    for mark, row in zip(expect_disagreements(), readings.itertuples()):
        line = beside[(panels.index(marks[mark].axes), round(ys(marks[mark])[0], 6))]
        assert row.reading.startswith(line), mark


def test_a_reading_names_its_document_and_the_claims_that_share_its_words(charts, claims):
    readings = pd.read_csv(SEEDS / "disagreements.csv", dtype={"doc_id": str})
    marks = charts["disagreements"].marks.set_index("mark_id")
    for mark, row in zip(expect_disagreements(), readings.itertuples()):
        near = claims[
            (claims["doc_id"] == row.doc_id)
            & (claims["start"] < row.end)
            & (claims["end"] > row.start)
        ]
        assert marks.loc[mark, "documents"] == row.doc_id
        assert marks.loc[mark, "claims"] == ";".join(near["claim_id"])


# --- titles --------------------------------------------------------------------------------------

OTHERS = {
    "eleven_days": ["000", "001", "002", "003"],
    "corpus_timeline": ["000", "001"],
    "corpus_coverage": ["000", "001"],
    "displacement_reported": ["000", "004"],
    "displacement_northwest": ["000", "001"],
    "casualties_reported": ["000", "001", "002"],
    "casualties_in_context": ["004"],
    "pace_timeline": ["000", "001"],
    "pace_distance": ["004"],
    "pace_map": ["000", "001"],
    "source_coverage": ["001", "002"],
    "disagreements": ["001", "002"],
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_title_follows_from_the_documents_it_is_drawn_from(charts, name):
    other = draw_figure(name, make_study(documents=OTHERS[name]))
    assert other.figure is not None
    assert other.title != charts[name].title


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("displacement_reported", "“nearly 400,000”", "“nearly 300,000”"),
        ("displacement_rate", "about 57,000", "about 43,000"),
        ("eleven_days", "“nearly 400,000” displaced", "“nearly 300,000” displaced"),
        ("casualties_reported", "“more than 200 ‘terrorists’”", "“more than 300 ‘terrorists’”"),
        (
            "casualties_november_2024",
            "Of 746 killed, 176 civilians; of the other 570",
            "Of 946 killed, 176 civilians; of the other 770",
        ),
    ],
)
def test_a_number_changed_in_the_corpus_changes_the_title(charts, reworded, name, before, after):
    assert before in charts[name].title
    assert after in draw_figure(name, reworded).title


@pytest.fixture(scope="module")
def reworded(tmp_path_factory):
    """The study of a copy of the corpus in which three texts give other numbers, recoded
    accordingly."""
    from hashlib import sha256
    from shutil import copytree

    corpus = tmp_path_factory.mktemp("reworded") / "corpus"
    copytree(SEEDS, corpus)
    words = {
        "nearly 400,000": "nearly 300,000",
        "746 people": "946 people",
        "more than 200": "more than 300",
    }
    values = {"400000": "300000", "746": "946", "200": "300"}
    sums = {}
    for file in corpus.glob("*.txt"):
        text = file.read_bytes()
        for old, new in words.items():
            text = text.replace(old.encode(), new.encode())
        file.write_bytes(text)
        sums[file.name] = sha256(text).hexdigest()
    for name in ("claims.csv", "disagreements.csv"):
        table = pd.read_csv(corpus / name, dtype=str, keep_default_na=False)
        table["exact"] = table["exact"].replace(words, regex=True)
        if name == "claims.csv":
            table["number"] = table["number"].replace({**words, **values})
            table[["low", "best", "high"]] = table[["low", "best", "high"]].replace(values)
        table.to_csv(corpus / name, index=False)
    documents = pd.read_csv(corpus / "documents.csv", dtype=str, keep_default_na=False)
    documents.assign(sha256=documents["file"].map(sums)).to_csv(
        corpus / "documents.csv", index=False
    )
    return make_study(corpus=str(corpus))


def test_a_finished_map_stands_where_drawing_puts_it(study):
    figure = draw_figure("pace_map", study).figure
    before = [axis.get_position().bounds for axis in figure.axes]
    figure.canvas.draw()
    assert [axis.get_position().bounds for axis in figure.axes] == before
