"""Stairs: labels that find room by height, titles that rest on what nobody doubts, a map that shows
how places lie, and days with their year."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from helpers.charts import FIGURES, draw_figure
from helpers.charts.advance.labels import place_stops
from helpers.charts.advance.overview import choose_mapped
from helpers.charts.advance.pace import list_pace_titles
from helpers.charts.advance.stairs import BAR_MM, Stairs, _plan_sheet, fit_height
from helpers.charts.captures.stops import Stop, list_stops
from helpers.charts.look.language import Words
from helpers.charts.look.theme import find_look
from tests.charts.made_up import Wish, write_corpus
from tests.conftest import make_study

ROOM_MM = 174.0
TOLD = [  # name, side, days: a place that another side took two months later stands last
    ("Dinder", "HTS coalition", "2024-10-28", "2024-10-29"),
    ("El Hamadi", "HTS coalition", "2025-02-17", "2025-02-17"),
    ("Khartoum presidential palace", "HTS coalition", "2025-03-21", "2025-03-21"),
    ("Khartoum airport", "HTS coalition", "2025-03-26", "2025-03-26"),
    ("al-Khuwei", "HTS coalition", "2025-04-15", "2025-04-16"),
    ("al-Khuwei", "RSF", "2025-06-17", "2025-06-17"),
]


@pytest.fixture
def told(study) -> list[Stop]:
    """Captures over eight months, as six texts tell them."""
    one = next(stop for stop in list_stops(study) if stop.step == "captured")
    bare = replace(one, denials=(), partly=(), stance="", after=(), alone={}, told=1, point=None)
    return [
        replace(
            bare,
            place=name,
            name=name,
            side=side,
            first=pd.Timestamp(first),
            last=pd.Timestamp(last),
            stance="claimed by HTS coalition" if name in ("Dinder", "al-Khuwei") else "",
        )
        for name, side, first, last in TOLD
    ]


def read_words(chart) -> list[str]:
    """All words that a chart shows."""
    from matplotlib.text import Text

    return [text.get_text().replace("\n", " ") for text in chart.drawn.findobj(Text)]


def count_covered(study, stairs: Stairs, high: float) -> int:
    """How much of other words and lines the labels of a panel so high cover."""
    size = (ROOM_MM, high, BAR_MM["full"])
    sheet = _plan_sheet(study, stairs, size, find_look(study), False)
    return sum(one.covered for one in place_stops(sheet))


def test_a_panel_grows_until_no_label_covers_another(study, told):
    stairs = Stairs(told, [], pd.DataFrame())
    low = 40.0
    assert count_covered(study, stairs, low) > 0
    high = fit_height(study, stairs, (ROOM_MM, low), 3 * low, find_look(study))
    assert low < high <= 3 * low
    assert count_covered(study, stairs, high) == 0


def test_a_panel_whose_labels_have_room_stays_as_high_as_it_is(study, told):
    stairs = Stairs(told[:2], [], pd.DataFrame())
    assert fit_height(study, stairs, (ROOM_MM, 40.0), 120.0, find_look(study)) == 40.0


def test_a_title_rests_on_captures_that_nobody_doubts_and_not_one_party_alone_tells(study, told):
    assert "El Hamadi to Khartoum airport" in list_pace_titles(study, told)[0]


def test_a_title_of_doubted_captures_alone_names_them(study, told):
    doubted = [stop for stop in told if stop.stance]
    assert "Dinder to al-Khuwei" in list_pace_titles(study, doubted)[0]


def test_the_overview_has_no_map_of_fewer_than_half_of_its_captures(study, told):
    aleppo = next(stop for stop in list_stops(study) if stop.place == "aleppo")
    assert choose_mapped(study, [aleppo, *told[:2]]) == []


def test_the_overview_has_no_map_of_several_captures_at_one_spot(study):
    stops = [stop for stop in list_stops(study) if stop.point and stop.step == "captured"]
    aleppo, hama = (next(one for one in stops if one.place == key) for key in ("aleppo", "hama"))
    beside = replace(aleppo, place="aleppo_citadel", name="its citadel")
    assert choose_mapped(study, [aleppo, beside]) == []
    assert choose_mapped(study, [aleppo, hama]) == [aleppo, hama]
    assert choose_mapped(study, [aleppo]) == [aleppo]


def test_days_have_their_year_where_the_words_of_a_study_ask_for_it():
    words = Words(years=True)
    first, last = pd.Timestamp("2025-10-26"), pd.Timestamp("2025-11-09")
    assert words.day(first) == "26 Oct 2025"
    assert words.period(first, last) == "26 Oct to 9 Nov 2025"
    assert words.tick(pd.Timestamp("2025-11-01")) == "Nov 2025"
    assert Words().tick(pd.Timestamp("2025-11-01")) == "1 Nov"


@pytest.mark.parametrize("width", ["full", "column"])
def test_no_figure_of_two_years_names_a_day_without_its_year(tmp_path, width):
    folder = write_corpus(tmp_path / "two_years", Wish(50, days=500))
    study = make_study(corpus=str(folder), width=width)
    months = "|".join(Words().month(pd.Timestamp(2041, month, 1)) for month in range(1, 13))
    bare = re.compile(rf"\b\d{{1,2}} (?:{months})\b(?!\.? (?:\d{{4}}|to \d))")
    drawn = [chart for chart in (draw_figure(name, study) for name in FIGURES) if chart.figure]
    assert len(drawn) > 5
    found = {chart.name: [w for w in read_words(chart) if bare.search(w)] for chart in drawn}
    assert {name: words for name, words in found.items() if words} == {}
