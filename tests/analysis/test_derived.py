"""Derived: what corpus.toml leaves unsaid, from made-up claims and from those of seeds/."""

import pandas as pd
import pytest

from helpers.analysis.settings.derived import (
    choose_leading,
    derive_country,
    derive_parties,
    derive_period,
    derive_route,
    derive_settings,
    derive_sides,
    list_captures,
)
from tests.analysis.made import make_claims, make_documents, make_places

MARCH = "2031-03-"
# From north to south, 111 km a degree.
VALLEY = make_places(
    ("north", 14.0, 30.0),
    ("middle", 13.0, 30.0),
    ("bridge", 12.0, 30.0),
    ("capital", 11.0, 30.0),
    ("harbour", 16.0, 36.0),
    ("airport", 13.02, 30.0),
)


def capture(place: str, days: str, actor: str = "Front", **cells) -> dict:
    return {"place": place, "days": days, "actor": actor, **cells}


def days(first: str, last: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    return pd.Timestamp(first), pd.Timestamp(last)


@pytest.fixture(scope="module")
def seeds(study):
    """What is derived of seeds/ from its claims alone."""
    return derive_settings(study.coded, study.documents, study.places)


# --- the five texts ------------------------------------------------------------------------------


def test_the_days_of_seeds_are_those_a_person_wrote(study, seeds):
    settled = study.settings["offensive"]
    assert seeds.period == days(str(settled["start"]), str(settled["end"]))


def test_the_way_of_seeds_leads_where_a_person_said(study, seeds):
    route = study.settings["route"]
    assert (seeds.leading, seeds.target) == (route["actors"][0], route["target"])
    assert [stop for stop in seeds.route if stop in route["places"]] == route["places"][1:]


def test_every_source_of_seeds_coded_as_a_party_is_one(study, seeds):
    claimed = study.coded[study.coded["assertion"] == "claimed"]["source_original"]
    assert set(claimed) <= set(seeds.parties)


@pytest.mark.parametrize("source", ["UN", "SOHR", "Dareen Khalifa", "Calibre Obscura", "Erdogan"])
def test_who_fights_nobody_in_seeds_is_no_party(seeds, source):
    assert source not in seeds.parties


def test_seeds_are_of_syria(seeds):
    assert seeds.country == "SYR"


# --- period --------------------------------------------------------------------------------------


def test_the_period_is_the_shortest_run_that_holds_four_of_five():
    told = make_claims(
        *(capture("north", f"{MARCH}{day}") for day in ("01", "20", "21", "21", "23"))
    )
    assert derive_period(told)[0] == days(f"{MARCH}20", f"{MARCH}23")


def test_a_toll_of_more_than_a_month_does_not_stretch_the_period():
    told = make_claims(
        capture("north", f"{MARCH}20"),
        {"measure": "killed", "people": 9, "days": "2030-01-01/2031-03-20"},
    )
    assert derive_period(told)[0] == days(f"{MARCH}20", f"{MARCH}20")


@pytest.mark.parametrize(("begun", "first"), [("13", "13"), ("12", "20")])
def test_the_period_grows_to_a_beginning_up_to_seven_days_before(begun, first):
    captures = [capture("north", f"{MARCH}20") for _ in range(8)]
    told = make_claims({"measure": "offensive_start", "days": f"{MARCH}{begun}"}, *captures)
    assert derive_period(told)[0] == days(f"{MARCH}{first}", f"{MARCH}20")


def test_the_period_grows_to_the_last_capture():
    captures = [capture("north", f"{MARCH}20") for _ in range(8)]
    told = make_claims(*captures, capture("capital", f"{MARCH}25"))
    assert derive_period(told)[0] == days(f"{MARCH}20", f"{MARCH}25")


def test_a_vague_beginning_does_not_stretch_the_period():
    captures = [capture("north", f"{MARCH}20") for _ in range(8)]
    vague = {"measure": "offensive_start", "days": f"{MARCH}15/2031-03-20"}
    assert derive_period(make_claims(vague, *captures))[0] == days(f"{MARCH}20", f"{MARCH}20")


def test_without_a_day_there_is_no_period():
    period, why = derive_period(make_claims(capture("north", "")))
    assert period is None
    assert why == "No event and no flow of a month or less has a day."


def test_what_is_expected_denied_or_history_decides_nothing():
    rows = [
        capture("north", f"{MARCH}20", assertion="expected"),
        capture("north", f"{MARCH}20", assertion="denied"),
        capture("north", f"{MARCH}20", scope="historical"),
    ]
    derived = derive_settings(make_claims(*rows), make_documents(f"{MARCH}21"), VALLEY)
    assert (derived.period, derived.sides, derived.leading) == (None, (), "")


# --- sides and parties ---------------------------------------------------------------------------


def find_sides(*rows: dict) -> tuple[str, ...]:
    told = make_claims(*rows)
    return derive_sides(told, list_captures(told, None), None)[0]


def test_sides_stand_in_the_order_of_their_first_capture():
    later, first = capture("north", f"{MARCH}09", "Army"), capture("middle", f"{MARCH}02", "Front")
    assert find_sides(later, first) == ("Front", "Army")


def test_who_only_left_a_place_is_a_side_after_the_others():
    left = {"measure": "withdrawn", "actor": "Army", "days": f"{MARCH}01"}
    assert find_sides(left, capture("north", f"{MARCH}02", "Front")) == ("Front", "Army")


def test_the_leading_side_is_that_of_most_captured_places():
    told = make_claims(
        capture("harbour", f"{MARCH}01", "Army"),
        capture("north", f"{MARCH}02"),
        capture("middle", f"{MARCH}03"),
        capture("harbour", f"{MARCH}01", "Army"),
    )
    assert choose_leading(list_captures(told, None)) == "Front"


def find_parties(source: str, assertion: str = "reported", sides=("Front", "government")) -> set:
    told = make_claims(
        {"measure": "killed", "people": 9, "source_original": source, "assertion": assertion}
    )
    return set(derive_parties(told, tuple(sides), "SDN")[0]) - {*sides}


@pytest.mark.parametrize(
    "source", ["Northern Front", "defence ministry", "Sudanese army", "state media", "rebels"]
)
def test_a_side_its_army_ministry_and_media_are_parties(source):
    assert find_parties(source, sides=("Northern Front coalition", "government")) == {source}


@pytest.mark.parametrize("source", ["UN", "IOM", "Red Cross", "residents", "Israeli military"])
def test_aid_agencies_witnesses_and_armies_of_other_wars_are_none(source):
    assert find_parties(source) == set()


def test_a_foreign_army_that_acts_in_the_war_is_a_party():
    assert find_parties("Israeli military", sides=("Israel",)) == {"Israeli military"}


def test_who_is_coded_as_a_party_that_claims_is_one():
    assert find_parties("Valley Channel", "claimed") == {"Valley Channel"}


def test_a_statement_is_a_partys_only_where_no_other_source_stands_behind_it(study):
    rows = study.coded.set_index("claim_id", drop=False)
    party = rows[rows["source_original"] == "HTS"].iloc[0]
    assert study.is_said_by_party(party)
    assert not study.is_said_by_party(rows[rows["source_original"] == "UN"].iloc[0])
    shared = party.copy()
    shared["source_original"] = "HTS;UN"
    assert not study.is_said_by_party(shared)


# --- route ---------------------------------------------------------------------------------------


def find_way(*rows: dict):
    return derive_route(list_captures(make_claims(*rows), None), VALLEY)


def test_captures_that_lead_to_the_last_are_the_route():
    way = find_way(
        capture("middle", f"{MARCH}04"),
        capture("north", f"{MARCH}02"),
        capture("capital", f"{MARCH}09"),
    )
    assert (way.stops, way.target, way.fronts) == (("north", "middle", "capital"), "capital", ())


def test_one_stop_may_lie_farther_off():
    way = find_way(
        capture("middle", f"{MARCH}02"),
        capture("north", f"{MARCH}03"),
        capture("bridge", f"{MARCH}05"),
        capture("capital", f"{MARCH}09"),
    )
    assert way.stops == ("middle", "north", "bridge", "capital")
    assert "but for North" in way.why


def test_a_second_front_is_no_part_of_the_route():
    coast = VALLEY.iloc[[4]].rename(index={"harbour": "coast"}).assign(lat=17.0)
    order = ("north", "harbour", "middle", "coast", "bridge", "capital")
    rows = [capture(place, f"{MARCH}0{day}") for day, place in enumerate(order, 1)]
    captures = list_captures(make_claims(*rows), None)
    way = derive_route(captures, pd.concat([VALLEY, coast]))
    assert way.stops == ("north", "middle", "bridge", "capital")
    assert way.fronts == ("harbour", "coast")


def test_a_site_beside_a_captured_town_is_no_stop_of_its_own():
    way = find_way(
        capture("north", f"{MARCH}02"),
        capture("middle", f"{MARCH}04"),
        capture("middle", f"{MARCH}04"),
        capture("airport", f"{MARCH}04"),
        capture("capital", f"{MARCH}09"),
    )
    assert "airport" not in way.stops + way.fronts


def test_a_capture_known_to_within_more_than_a_week_is_no_stop():
    way = find_way(
        capture("north", f"{MARCH}01/2031-03-08"),
        capture("middle", f"{MARCH}04/2031-03-10"),
        capture("capital", f"{MARCH}11"),
    )
    assert way.stops == ("middle", "capital")


def test_captures_without_a_way_have_no_route():
    places = make_places(*((key, 10.0 + at, 30.0) for at, key in enumerate("eabcd")))
    rows = [capture(place, f"{MARCH}0{day}") for day, place in enumerate("abcde", 1)]
    way = derive_route(list_captures(make_claims(*rows), None), places)
    assert (way.stops, way.target, way.fronts) == ((), "", tuple("abcde"))


# --- country -------------------------------------------------------------------------------------


def test_the_country_is_that_of_most_points():
    places = make_places(("a", 13, 30), ("b", 14, 31), ("c", 9, 35, "ETH"))
    told = make_claims(*(capture(place, f"{MARCH}02") for place in "abccc"))
    assert derive_country(told, make_documents(f"{MARCH}03"), places)[0] == "SDN"


def test_without_a_point_the_texts_name_the_country():
    documents = make_documents(f"{MARCH}03").assign(text="Sudanese troops left. Sudan is at war.")
    assert derive_country(make_claims({"measure": "killed"}), documents, make_places())[0] == "SDN"
