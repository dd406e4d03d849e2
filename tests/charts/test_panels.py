"""Labels of figures as worded: whose words, whom they count, where, when and who says so stand at
the mark."""

import pandas as pd
import pytest

from helpers.charts import draw_figure
from helpers.charts.casualties import say_length
from helpers.charts.displacement import say_total
from helpers.charts.panels import list_parts, nest_quotes, quote_claim, wrap_label
from helpers.corpus.places import name_places
from helpers.schema.formatting import say_period, say_voice, say_when
from tests.charts.test_charts import find_marks, worded, ys
from tests.conftest import make_study

WORDED = pytest.mark.parametrize(
    "name", ["displacement_reported", "displacement_northwest", "casualties_reported"]
)
WIDTHS = pytest.mark.parametrize("width", ["full", "slide"])


def pick(claims, claim_id, **changes):
    """One claim as a row, with these changes."""
    (row,) = claims[claims["claim_id"] == claim_id].assign(**changes).itertuples()
    return row


def label_of(chart, mark: str) -> str:
    """The words beside a mark, in one line."""
    artist = find_marks(chart)[mark]
    axis, [y] = artist.axes, set(ys(artist))
    labels = dict(zip(axis.get_yticks(), (label.get_text() for label in axis.get_yticklabels())))
    return " ".join(labels[y].split())


# --- at the mark ---------------------------------------------------------------------------------


@WORDED
@WIDTHS
def test_who_says_so_stands_at_the_mark(claims, name, width):
    chart = draw_figure(name, make_study(width=width))
    voiced = worded(claims, chart)
    voiced = voiced[(voiced["source_original"] != "") | (voiced["assertion"] != "reported")]
    assert len(voiced)
    for row in voiced.itertuples():
        label = label_of(chart, row.claim_id)
        stance = [] if row.assertion == "reported" else [row.assertion]
        said = " · ".join([*stance, row.source_original.replace(";", ", ")])
        assert label.endswith(f"({said})"), row.claim_id


@WORDED
@WIDTHS
def test_the_period_stands_at_the_mark(claims, name, width):
    chart = draw_figure(name, make_study(width=width))
    for row in worded(claims, chart).itertuples():
        days = "undated" if pd.isna(row.date_start) else say_period(row.date_start, row.date_end)
        assert days in label_of(chart, row.claim_id), row.claim_id


@WORDED
@WIDTHS
def test_the_place_or_the_base_of_a_share_stands_at_the_mark(claims, study, name, width):
    chart = draw_figure(name, make_study(width=width))
    for row in worded(claims, chart).itertuples():
        where = (
            row.base if row.unit == "percent" and row.base else name_places(study.places, row.place)
        )
        assert where in label_of(chart, row.claim_id), row.claim_id


# --- the words of a label ------------------------------------------------------------------------


def test_the_word_of_a_party_is_kept_where_it_alone_says_who_they_were(claims, study):
    row = pick(claims, "002-015")
    assert " · ".join(list_parts(row, study.places)) + say_voice(row) == (
        "“more than 200 ‘terrorists’” · Syria · 29 Nov 2024 (claimed · Syrian state media)"
    )


def test_the_word_of_a_party_is_not_taken_over_where_the_text_says_who_they_were(claims, study):
    row = pick(claims, "002-015", affected="combatant")
    assert list_parts(row, study.places)[:2] == ["“more than 200”", "combatants"]


def test_people_that_the_text_itself_leaves_open_have_no_word(claims, study):
    row = pick(claims, "002-015", assertion="reported")
    assert list_parts(row, study.places)[:2] == ["“more than 200”", "Syria"]


@pytest.mark.parametrize(
    ("claim", "people"),
    [
        ("004-011", "combatants of Russia"),
        ("004-036", "combatants of HTS coalition and government"),
        ("004-057", "civilians"),
    ],
)
def test_the_dead_bear_the_side_that_the_text_names(claims, study, claim, people):
    assert list_parts(pick(claims, claim), study.places)[1] == people


@pytest.mark.parametrize(
    ("changes", "voice"),
    [
        ({}, " (claimed · Syrian state media)"),
        ({"assertion": "reported", "source_original": "UN;SOHR"}, " (UN, SOHR)"),
        ({"assertion": "reported", "source_original": ""}, ""),
        ({"assertion": "denied", "source_original": ""}, " (denied)"),
    ],
)
def test_the_voice_is_who_says_so_and_how(claims, changes, voice):
    assert say_voice(pick(claims, "002-015", **changes)) == voice


def test_a_number_in_a_title_bears_its_voice(claims):
    assert quote_claim(pick(claims, "003-011")) == "“nearly 400,000” (UN)"


@pytest.mark.parametrize(
    ("words", "nested"),
    [
        ("200 “terrorists”", "200 ‘terrorists’"),
        ("a number of terrorists”", "a number of terrorists"),
        ("746", "746"),
    ],
)
def test_quotation_marks_within_a_quote_are_single(words, nested):
    assert nest_quotes(words) == nested


@pytest.mark.parametrize(
    ("claim", "changes", "said"),
    [
        ("002-015", {}, "29 Nov 2024"),
        ("004-036", {}, "27–30 Nov 2024"),
        ("004-011", {}, "a day in 27 Nov to 6 Dec 2024"),
        ("003-011", {}, "7 days or fewer in 27 Nov to 7 Dec 2024"),
        ("003-011", {"days_most": 1}, "1 day or fewer in 27 Nov to 7 Dec 2024"),
        ("004-066", {}, "undated"),
        ("003-001", {}, "2011 to Dec 2024"),
        ("000-006", {}, "Mar 2011 to Dec 2024"),
    ],
)
def test_days_are_said_as_their_kind_means_them(claims, claim, changes, said):
    assert say_when(pick(claims, claim, **changes)) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "1 day"),
        (7, "7 days"),
        (729, "729 days"),
        (731, "2 years"),
        (5033, "nearly 14 years"),
        (1150, "more than 3 years"),
    ],
)
def test_a_length_is_not_rounded_without_a_word(days, said):
    assert say_length(days) == said


@pytest.mark.parametrize(
    ("low", "best", "high", "said"),
    [
        (2e6, 2e6, 2e6, "2 million"),
        (None, 4.5e6, None, "about 4.5 million"),
        (2e6, 2e6, None, "2 million or more"),
        (None, 2e6, 2e6, "2 million or fewer"),
    ],
)
def test_a_total_is_said_as_open_as_it_is(low, best, high, said):
    (row,) = pd.DataFrame([{"low": low, "best": best, "high": high}], dtype=float).itertuples()
    assert say_total(row) == said


def test_a_label_breaks_between_its_parts_and_loses_nothing(study):
    parts = ["“approximately one and a half million”", "Opposition-held north-west", "5 Dec 2024"]
    assert wrap_label([*parts, " (claimed · HTS)"], study, 60) == (
        "“approximately one and a half million” ·\n"
        "Opposition-held north-west · 5 Dec 2024 (claimed · HTS)"
    )
