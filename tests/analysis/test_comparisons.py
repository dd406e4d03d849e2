"""Estimates: what may stand side by side, what may not, and what follows from the claims."""

import itertools

import pandas as pd
import pytest

from helpers.analysis.comparisons import (
    count_sources,
    date_captures,
    find_obstacle,
    group_claims,
    refuse_comparisons,
)
from helpers.analysis.rates import (
    count_days,
    derive_daily,
    derive_remainders,
    derive_speed,
    derive_totals,
)

ROUTE = ["idlib", "aleppo", "hama", "homs", "damascus"]


@pytest.fixture(scope="session")
def places(study):
    return study.places


def pick(claims, *ids, **changes) -> pd.DataFrame:
    """These rows of the claims in this order, every one with these changes."""
    return (
        claims.set_index("claim_id", drop=False)
        .loc[list(ids)]
        .reset_index(drop=True)
        .assign(**changes)
    )


def twin(claims, claim, *changes) -> pd.DataFrame:
    """Copies of one claim that differ in these cells only; the copies are called 900-000, 900-001,
    …"""
    copies = [
        pick(claims, claim, claim_id=f"900-{number:03d}", **cells)
        for number, cells in enumerate(changes)
    ]
    return pd.concat(copies, ignore_index=True)


def obstacle(table, places) -> str:
    one, other = table.itertuples()
    assert find_obstacle(one, other, places) == find_obstacle(other, one, places)
    return find_obstacle(one, other, places)


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


# Like is compared with like


def test_two_copies_of_a_claim_may_be_compared(claims, places):
    assert obstacle(twin(claims, "004-078", {}, {"doc_id": "001"}), places) == ""


DIFFERENCES = {
    "stock and flow": ({"measure": "idps"}, {"measure": "new_displacement"}, "flow against stock"),
    "stock here and across borders": (
        {"measure": "idps"},
        {"measure": "refugees"},
        "stock against stock across borders",
    ),
    "flow and what may be either": (
        {"measure": "new_displacement"},
        {"measure": "forced_to_flee"},
        "flow against stock or flow, unsaid",
    ),
    "a base and a stock": (
        {"measure": "population"},
        {"measure": "in_camps"},
        "base against stock",
    ),
    "two stocks": ({"measure": "idps"}, {"measure": "in_camps"}, "idps against in_camps"),
    "killed and injured": ({"measure": "killed"}, {"measure": "injured"}, "injured against killed"),
    "people and households": (
        {"unit": "person"},
        {"unit": "household"},
        "household against person",
    ),
    "people and a share": ({"unit": "person"}, {"unit": "percent"}, "percent against person"),
    "war and offensive": ({"scope": "war"}, {"scope": "offensive"}, "offensive against war"),
    "history and offensive": (
        {"scope": "historical"},
        {"scope": "offensive"},
        "historical against offensive",
    ),
    "civilians and combatants": (
        {"affected": "civilian"},
        {"affected": "combatant"},
        "civilian against combatant (who was affected)",
    ),
    "civilians and unsaid": (
        {"affected": "civilian"},
        {"affected": ""},
        "civilian against unsaid (who was affected)",
    ),
    "dead of two sides": (
        {"affected_side": "Russia"},
        {"affected_side": "government"},
        "Russia against government (whose people)",
    ),
    "dead of one side and of nobody named": (
        {"affected_side": "government"},
        {},
        "government against unsaid (whose people)",
    ),
    "part and whole": ({"part_of": "900-001"}, {}, "a part against its whole"),
    "part of two and whole": ({"part_of": "000-001;900-001"}, {}, "a part against its whole"),
    "two places": ({"place": "hama"}, {"place": "homs"}, "another place"),
    "dated and undated": ({}, {"date_start": pd.NaT, "date_end": pd.NaT}, "undated"),
    "two periods": (
        {},
        {"date_start": day("2024-12-01"), "date_end": day("2024-12-08")},
        "another period",
    ),
    "periods that hardly meet": (
        {"date_end": day("2024-11-15")},
        {"date_start": day("2024-11-15")},
        "another period",
    ),
}


@pytest.mark.parametrize(("one", "other", "reason"), DIFFERENCES.values(), ids=DIFFERENCES.keys())
def test_claims_that_differ_are_kept_apart_with_the_reason(claims, places, one, other, reason):
    assert obstacle(twin(claims, "004-078", one, other), places) == reason


@pytest.mark.parametrize(
    ("one", "other"),
    [(cells[0], cells[1]) for cells in DIFFERENCES.values()],
    ids=DIFFERENCES.keys(),
)
def test_claims_that_differ_never_share_a_group(claims, places, one, other):
    assert list(group_claims(twin(claims, "004-078", one, other), places)["claims"]) == [
        ["900-000"],
        ["900-001"],
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"place": "northwest_syria"}, {"place": "hama_governorate"}),
        ({"date_end": day("2024-11-15")}, {"date_start": day("2024-11-08")}),
        (
            {"date_kind": "point", "date_end": day("2024-11-15")},
            {"date_kind": "point", "date_start": day("2024-11-15")},
        ),
        ({"source_original": "UN"}, {"source_original": "SOHR"}),
        ({"actor": "SDF"}, {"actor": "SNA"}),
        ({"affected_side": "SDF;SNA"}, {"affected_side": "SNA;SDF"}),
    ],
    ids=[
        "part of a region",
        "half of the shorter period shared",
        "one possible day shared",
        "other sources",
        "other actors",
        "the same sides",
    ],
)
def test_claims_that_may_be_compared_share_a_group(claims, places, one, other):
    assert list(group_claims(twin(claims, "004-078", one, other), places)["claims"]) == [
        ["900-000", "900-001"]
    ]


def test_the_first_obstacle_is_the_one_that_is_named(claims, places):
    assert obstacle(pick(claims, "000-006", "003-011"), places) == "flow against killed"
    assert (
        obstacle(pick(claims, "000-006", "004-037"), places)
        == "combatant against unknown (who was affected)"
    )
    assert (
        obstacle(pick(claims, "004-078", "004-079"), places)
        == "civilian against mixed (who was affected)"
    )


def test_obstacles_are_the_same_both_ways(claims, places):
    counted = [row for row in claims.itertuples() if row.topic != "pace"]
    pairs = list(itertools.combinations(counted, 2))
    assert len(pairs) > 1000
    assert [find_obstacle(a, b, places) for a, b in pairs] == [
        find_obstacle(b, a, places) for a, b in pairs
    ]


def test_a_group_holds_only_claims_that_may_be_compared_with_every_other(claims, places):
    rows = {row.claim_id: row for row in claims.itertuples()}
    for ids in group_claims(claims, places)["claims"]:
        assert all(
            find_obstacle(rows[a], rows[b], places) == "" for a, b in itertools.combinations(ids, 2)
        )


def test_every_claim_is_in_exactly_one_group(claims, places):
    assert sorted(itertools.chain(*group_claims(claims, places)["claims"])) == sorted(
        claims["claim_id"]
    )


def test_a_claim_that_fits_only_some_of_a_group_opens_its_own(claims, places):
    """A region overlaps two governorates that do not overlap each other."""
    table = twin(
        claims,
        "004-078",
        {"place": "hama_governorate"},
        {"place": "northwest_syria"},
        {"place": "idlib_governorate"},
    )
    assert list(group_claims(table, places)["claims"]) == [["900-000", "900-001"], ["900-002"]]


def test_hama_1982_is_one_group_of_two_texts_with_an_open_top(claims, places):
    (group,) = group_claims(pick(claims, "001-017", "004-080"), places).to_dict("records")
    assert group["claims"] == ["001-017", "004-080"]
    assert (group["low"], pd.isna(group["high"]), group["open_top"]) == (10_000, True, True)
    assert (
        group["documents"],
        group["sources"],
        group["vague"],
        group["measure"],
        group["unit"],
    ) == (2, 2, 0, "killed", "person")
    assert group["wordings"] == "more than 10,000; between 10,000 and 40,000"


def test_a_closed_group_has_the_outer_range_of_its_wordings(claims, places):
    between = {
        "low": 500.0,
        "best": float("nan"),
        "high": 900.0,
        "quantifier": "between",
        "number": "between 500 and 900",
    }
    (group,) = group_claims(twin(claims, "004-078", {}, between), places).to_dict("records")
    assert (group["low"], group["high"], group["open_top"]) == (500, 900, False)


def test_a_ceiling_opens_the_bottom(claims, places):
    nearly = {
        "low": float("nan"),
        "best": 800.0,
        "high": 800.0,
        "quantifier": "nearly",
        "number": "nearly 800",
    }
    (group,) = group_claims(twin(claims, "004-078", {}, nearly), places).to_dict("records")
    assert (pd.isna(group["low"]), group["high"], group["open_top"]) == (True, 800, False)


def test_a_vague_claim_is_counted_and_leaves_the_range_alone(claims, places):
    vague = dict.fromkeys(("low", "best", "high"), float("nan")) | {
        "quantifier": "vague",
        "number": "Dozens",
    }
    (group,) = group_claims(twin(claims, "004-078", {}, vague), places).to_dict("records")
    assert (group["low"], group["high"], group["vague"], group["open_top"]) == (746, 746, 1, False)


def test_a_group_of_vague_claims_has_no_range(claims, places):
    (group,) = group_claims(pick(claims, "002-013", "004-038"), places).to_dict("records")
    assert (pd.isna(group["low"]), pd.isna(group["high"]), group["vague"]) == (True, True, 2)


@pytest.mark.parametrize(
    ("measure", "counting"),
    [
        ("new_displacement", "flow"),
        ("returns", "flow"),
        ("idps", "stock"),
        ("in_camps", "stock"),
        ("refugees", "stock across borders"),
        ("forced_to_flee", "stock or flow, unsaid"),
        ("population", "base"),
        ("killed", "count"),
    ],
)
def test_a_group_says_what_it_counts(claims, places, measure, counting):
    assert (
        group_claims(pick(claims, "004-078", measure=measure), places).loc[0, "counting"]
        == counting
    )


def test_groups_are_numbered_in_reading_order(claims, places):
    groups = group_claims(
        twin(claims, "004-078", {"place": "hama"}, {"place": "homs"}, {"place": "hama"}), places
    )
    assert groups[["group", "place"]].values.tolist() == [["g01", "hama"], ["g02", "homs"]]


def test_a_group_names_its_scope_and_each_of_its_places_once(claims, places):
    few = twin(
        claims,
        "004-078",
        {"place": "northwest_syria"},
        {"place": "hama_governorate"},
        {"place": "northwest_syria"},
    )
    (group,) = group_claims(few, places).to_dict("records")
    assert (group["scope"], group["place"]) == ("war", "northwest_syria;hama_governorate")


@pytest.mark.parametrize("unit", ["event", ""])
def test_events_are_counted_as_events_and_have_no_range(claims, places, unit):
    (group,) = group_claims(pick(claims, "001-018", "001-021", unit=unit), places).to_dict(
        "records"
    )
    assert (group["counting"], group["unit"]) == ("events", "event")
    assert (pd.isna(group["low"]), pd.isna(group["high"]), group["open_top"], group["vague"]) == (
        True,
        True,
        False,
        0,
    )


# Who said it


def test_five_texts_that_relay_one_source_are_one_source(claims, places):
    table = twin(
        claims,
        "004-078",
        *({"doc_id": f"00{number}", "source_original": "UN"} for number in range(5)),
    )
    assert count_sources(table) == {"UN": ["900-000", "900-001", "900-002", "900-003", "900-004"]}
    (group,) = group_claims(table, places).to_dict("records")
    assert (group["documents"], group["sources"]) == (5, 1)


def test_unnamed_sources_are_one_for_each_document(claims):
    table = twin(claims, "004-078", {"doc_id": "000"}, {"doc_id": "000"}, {"doc_id": "001"})
    assert count_sources(table) == {"text 000": ["900-000", "900-001"], "text 001": ["900-002"]}


def test_a_claim_of_two_sources_counts_for_both(claims):
    assert count_sources(pick(claims, "002-016", "003-011")) == {
        "UN": ["002-016", "003-011"],
        "SOHR": ["002-016"],
    }


def test_sources_are_counted_from_rows_as_from_a_table(claims):
    table = pick(claims, "002-016", "003-011")
    assert count_sources(list(table.itertuples())) == count_sources(table)


# What was not compared


def test_refusals_are_sorted_by_topic_and_number_of_pairs(claims, places):
    refusals = refuse_comparisons(claims, places)
    assert list(refusals["topic"].drop_duplicates()) == ["casualties", "displacement", "pace"]
    assert all(group["pairs"].is_monotonic_decreasing for _, group in refusals.groupby("topic"))


def test_refusals_count_each_pair_of_a_topic_once(claims, places):
    few = claims[claims["topic"] == "displacement"]
    refused = refuse_comparisons(few, places)["pairs"].sum()
    comparable = sum(
        find_obstacle(a, b, places) == "" for a, b in itertools.combinations(few.itertuples(), 2)
    )
    assert refused > 200
    assert refused + comparable == len(few) * (len(few) - 1) / 2


def test_refusals_do_not_depend_on_the_order_of_the_claims(claims, places):
    few = claims[claims["topic"] != "pace"]
    keys = ["topic", "obstacle", "pairs"]
    forwards, backwards = (
        refuse_comparisons(table, places)[keys].sort_values(keys, ignore_index=True)
        for table in (few, few[::-1].reset_index(drop=True))
    )
    pd.testing.assert_frame_equal(forwards, backwards)


def test_an_example_names_the_pair_it_keeps_apart(claims, places):
    refusals = refuse_comparisons(pick(claims, "002-015", "004-057", "003-011"), places)
    assert refusals.values.tolist() == [
        ["casualties", "civilian against unknown (who was affected)", 1, "002-015 and 004-057"]
    ]


def test_refusals_are_a_numbered_table(claims, places):
    refusals = refuse_comparisons(claims[claims["topic"] != "pace"], places)
    assert list(refusals.columns) == ["topic", "obstacle", "pairs", "example"]
    assert list(refusals.index) == list(range(len(refusals)))


def test_claims_that_may_be_compared_are_not_refused(claims, places):
    assert refuse_comparisons(twin(claims, "004-078", {}, {}), places).empty


# What follows from the claims


def test_746_less_176_civilians_leaves_570_others(claims):
    (row,) = derive_remainders(claims).to_dict("records")
    assert (row["low"], row["best"], row["high"], row["unit"]) == (570, 570, 570, "person")
    assert (row["formula"], row["claims"], row["doc_ids"]) == (
        "746 − 176 = 570",
        ["004-078", "004-079"],
        ["004"],
    )


def test_a_remainder_says_of_what_it_is_the_rest(claims):
    (row,) = derive_remainders(claims).to_dict("records")
    assert (row["derived_id"], row["kind"], row["label"]) == (
        "remainder-004-078-004-079",
        "remainder",
        "others within 746",
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"quantifier": "at_least"},
        {"measure": "injured"},
        {"unit": "percent"},
        {"doc_id": "003"},
        {"part_of": ""},
    ],
    ids=["part not exact", "other measure", "other unit", "other document", "no part"],
)
def test_no_remainder_is_taken_where_the_part_does_not_fit(claims, changes):
    table = pd.concat(
        [pick(claims, "004-078"), pick(claims, "004-079", **changes)], ignore_index=True
    )
    assert derive_remainders(table).empty


def test_no_remainder_is_taken_from_a_whole_that_is_not_exact(claims):
    table = pd.concat(
        [pick(claims, "004-078", quantifier="nearly"), pick(claims, "004-079")], ignore_index=True
    )
    assert derive_remainders(table).empty


def test_two_parts_are_both_taken_away(claims):
    second = pick(claims, "004-079", claim_id="900-000", low=70.0, best=70.0, high=70.0)
    (row,) = derive_remainders(
        pd.concat([pick(claims, "004-078", "004-079"), second], ignore_index=True)
    ).to_dict("records")
    assert (row["best"], row["formula"]) == (500, "746 − 176 − 70 = 500")


def test_nearly_400_000_within_a_week_is_spread_over_seven_days(claims):
    (row,) = derive_daily(pick(claims, "003-011")).to_dict("records")
    assert row["best"] == pytest.approx(400_000 / 7)
    assert (row["formula"], row["unit"], row["claims"]) == (
        "nearly 400,000 ÷ 7 days or fewer",
        "person per day",
        ["003-011"],
    )


def test_neither_end_of_nearly_within_a_week_is_a_bound(claims):
    (row,) = derive_daily(pick(claims, "003-011")).to_dict("records")
    assert pd.isna(row["low"])
    assert pd.isna(row["high"])


def test_an_exact_figure_of_a_window_leaves_the_top_open(claims):
    exact = {"quantifier": "exact", "number": "700", "low": 700.0, "best": 700.0, "high": 700.0}
    (row,) = derive_daily(pick(claims, "003-011", **exact)).to_dict("records")
    assert (row["low"], row["best"], pd.isna(row["high"])) == (100, 100, True)


def test_a_daily_rate_is_called_by_the_words_it_spreads(claims):
    (row,) = derive_daily(pick(claims, "003-011")).to_dict("records")
    assert (row["derived_id"], row["kind"], row["label"]) == (
        "daily-003-011",
        "daily",
        "nearly 400,000",
    )


def test_a_figure_said_with_about_is_spread_as_it_stands(claims):
    about = {
        "quantifier": "about",
        "number": "about 600",
        "low": float("nan"),
        "best": 600.0,
        "high": float("nan"),
    }
    (row,) = derive_daily(pick(claims, "004-078", **about)).to_dict("records")
    assert (pd.isna(row["low"]), row["best"], pd.isna(row["high"])) == (True, 20, True)


def test_746_in_november_are_spread_over_thirty_days(claims):
    (row,) = derive_daily(pick(claims, "004-078")).to_dict("records")
    assert (row["low"], row["best"], row["high"]) == (746 / 30,) * 3
    assert row["formula"] == "746 ÷ 30 days"


def test_a_range_is_spread_from_its_low_to_its_high(claims):
    (row,) = derive_daily(pick(claims, "004-080", date_exact="")).to_dict("records")
    assert (row["low"], row["high"]) == (10_000 / 365, 40_000 / 365)
    assert pd.isna(row["best"])


@pytest.mark.parametrize(
    ("claim", "changes"),
    [
        ("004-036", {}),
        ("003-011", {"date_start": pd.NaT, "date_end": pd.NaT}),
        ("003-011", {"date_kind": "point"}),
        ("003-011", {"unit": "household"}),
    ],
    ids=["vague", "undated", "a point", "not people"],
)
def test_no_daily_rate_is_made_where_none_follows(claims, claim, changes):
    assert derive_daily(pick(claims, claim, **changes)).empty


@pytest.mark.parametrize(
    ("words", "most", "or_fewer"),
    [
        ("within a week", 7, True),
        ("in three days", 3, False),
        ("just 48 hours", 2, False),
        ("", 11, False),
        ("late November", 11, False),
        ("within two weeks", 11, True),
        ("recent days", 11, False),
        ("last Thursday", 11, False),
    ],
)
def test_a_period_counts_the_days_of_its_words_within_its_bounds(claims, words, most, or_fewer):
    period = pick(claims, "003-011", date_exact=words, date_kind="period", days_most=pd.NA)
    (claim,) = period.itertuples()
    assert count_days(claim) == (most, or_fewer)


def test_a_window_counts_at_most_its_length_and_never_its_bounds(claims):
    (claim,) = pick(claims, "003-011", date_exact="").itertuples()
    assert count_days(claim) == (7, True)


def test_two_thirds_of_three_million_are_two_million(claims):
    (row,) = derive_totals(pick(claims, "004-092", "004-093")).to_dict("records")
    assert (row["best"], row["unit"], row["formula"]) == (
        2_000_000,
        "person",
        "three million × two-thirds",
    )
    assert row["claims"] == ["004-093", "004-092"]


def test_one_and_a_half_million_are_a_third_of_four_and_a_half(claims):
    (row,) = derive_totals(pick(claims, "004-111", "004-112")).to_dict("records")
    assert (row["best"], row["formula"]) == (
        4_500_000,
        "approximately one and a half million ÷ about one third",
    )
    assert row["claims"] == ["004-111", "004-112"]


@pytest.mark.parametrize(
    ("ids", "derived_id", "kind", "label"),
    [
        (["004-092", "004-093"], "part-004-093-004-092", "part", "two-thirds of three million"),
        (
            ["004-111", "004-112"],
            "whole-004-111-004-112",
            "whole",
            "the whole of which about one third is approximately one and a half million",
        ),
    ],
)
def test_a_total_says_what_it_is_the_part_or_the_whole_of(claims, ids, derived_id, kind, label):
    (row,) = derive_totals(pick(claims, *ids)).to_dict("records")
    assert (row["derived_id"], row["kind"], row["label"]) == (derived_id, kind, label)


@pytest.mark.parametrize(
    ("share", "number"),
    [("004-093", "004-092"), ("004-111", "004-112")],
    ids=["its base", "the same people"],
)
@pytest.mark.parametrize(
    "changes", [{"unit": "household"}, {"best": float("nan")}], ids=["not people", "no figure"]
)
def test_a_share_implies_no_people_where_the_number_is_none_of_people(
    claims, share, number, changes
):
    assert derive_totals(pd.concat([pick(claims, share), pick(claims, number, **changes)])).empty


def test_a_share_without_a_figure_implies_nothing(claims):
    assert derive_totals(
        pd.concat([pick(claims, "004-093", best=float("nan")), pick(claims, "004-092")])
    ).empty


NO = float("nan")


@pytest.mark.parametrize(
    ("number", "share", "part", "whole"),
    [
        ((300, 300, 300), (50, 50, 50), (150, 150, 150), (600, 600, 600)),
        ((300, 300, NO), (50, 50, 50), (150, 150, NO), (600, 600, NO)),
        ((300, 300, 300), (NO, 50, 50), (NO, 150, 150), (600, 600, NO)),
        ((NO, 300, NO), (50, 50, 50), (NO, 150, NO), (NO, 600, NO)),
    ],
    ids=["exact", "at least", "nearly half", "about"],
)
def test_a_total_is_as_open_as_what_it_follows_from(claims, number, share, part, whole):
    ends = ("low", "best", "high")
    people = pick(claims, "004-092", claim_id="900-000", **dict(zip(ends, map(float, number))))
    shares = dict(zip(ends, map(float, share)))
    of_it = pick(claims, "004-093", claim_id="900-001", part_of="900-000", **shares)
    it = pick(claims, "004-111", claim_id="900-002", same_as="900-000", **shares)
    totals = derive_totals(pd.concat([people, of_it, it])).set_index("kind")[list(ends)]
    assert totals.loc["part"].tolist() == pytest.approx(list(part), nan_ok=True)
    assert totals.loc["whole"].tolist() == pytest.approx(list(whole), nan_ok=True)


def test_only_shares_imply_totals(claims):
    assert derive_totals(pick(claims, "004-078", "004-079")).empty


def test_a_share_whose_base_is_not_selected_implies_nothing(claims):
    assert derive_totals(pick(claims, "004-093", "004-111")).empty


# When places were captured


def capture(claims, *documents) -> pd.DataFrame:
    """Captures of Homs: (document, first day, last day)."""
    changes = [
        {"doc_id": doc_id, "date_start": day(first), "date_end": day(last)}
        for doc_id, first, last in documents
    ]
    return twin(claims, "001-018", *changes)


def dates_of(table) -> tuple:
    (row,) = date_captures(table).to_dict("records")
    return str(row["first"].date()), str(row["last"].date()), row["agreed"]


def test_a_capture_is_dated_by_the_days_that_every_document_allows(claims):
    table = capture(
        claims, ("000", "2024-12-01", "2024-12-06"), ("001", "2024-12-04", "2024-12-08")
    )
    assert dates_of(table) == ("2024-12-04", "2024-12-06", True)


def test_documents_that_share_one_day_agree(claims):
    table = capture(
        claims, ("000", "2024-12-01", "2024-12-04"), ("001", "2024-12-04", "2024-12-08")
    )
    assert dates_of(table) == ("2024-12-04", "2024-12-04", True)


def test_documents_that_exclude_each_other_give_all_days_and_do_not_agree(claims):
    table = capture(
        claims, ("000", "2024-12-01", "2024-12-03"), ("001", "2024-12-04", "2024-12-08")
    )
    assert dates_of(table) == ("2024-12-01", "2024-12-08", False)


def test_one_document_allows_all_days_between_its_own_claims(claims):
    table = capture(
        claims, ("000", "2024-12-01", "2024-12-02"), ("000", "2024-12-05", "2024-12-06")
    )
    assert dates_of(table) == ("2024-12-01", "2024-12-06", True)


@pytest.mark.parametrize(
    "changes",
    [
        {"assertion": "denied"},
        {"assertion": "expected"},
        {"scope": "war"},
        {"measure": "entered"},
        {"date_start": pd.NaT, "date_end": pd.NaT},
    ],
    ids=["denied", "expected", "of the war", "entered only", "undated"],
)
def test_what_is_no_dated_capture_of_the_offensive_dates_none(claims, changes):
    assert date_captures(pick(claims, "001-018", **changes)).empty


@pytest.mark.parametrize(
    ("actor", "places"),
    [("HTS coalition", ["homs"]), ("SNA;HTS coalition", ["homs"]), ("", ["homs"]), ("SDF", [])],
)
def test_captures_by_one_side_are_those_by_it_and_by_nobody_named(claims, actor, places):
    assert (
        list(date_captures(pick(claims, "001-018", actor=actor), ["HTS coalition"])["place"])
        == places
    )


def test_a_dated_capture_names_its_claims_and_documents(claims):
    (row,) = date_captures(
        capture(claims, ("001", "2024-12-01", "2024-12-06"), ("000", "2024-12-04", "2024-12-08"))
    ).to_dict("records")
    assert (row["claims"], row["documents"]) == (["900-000", "900-001"], ["000", "001"])


@pytest.mark.parametrize(
    ("place", "first", "last"),
    [
        ("aleppo", "2024-11-29", "2024-11-30"),
        ("hama", "2024-12-05", "2024-12-05"),
        ("homs", "2024-12-07", "2024-12-08"),
        ("damascus", "2024-12-08", "2024-12-08"),
    ],
)
def test_the_cities_fell_on_these_days(claims, place, first, last):
    row = date_captures(claims).set_index("place").loc[place]
    assert (str(row["first"].date()), str(row["last"].date()), row["agreed"]) == (first, last, True)


# Speeds


@pytest.mark.parametrize(
    ("place", "place_to", "km", "fewest", "most"),
    [("aleppo", "hama", 124, 5, 6), ("hama", "homs", 45, 2, 3)],
)
def test_a_speed_is_the_distance_by_the_days_the_dates_allow(
    claims, places, place, place_to, km, fewest, most
):
    row = (
        derive_speed(claims, places, ROUTE).set_index(["place", "place_to"]).loc[(place, place_to)]
    )
    assert row["km"] == pytest.approx(km, abs=0.5)
    assert (row["days_fewest"], row["days_most"]) == (fewest, most)
    assert (row["low"], row["high"]) == (
        pytest.approx(row["km"] / most),
        pytest.approx(row["km"] / fewest),
    )
    assert (row["formula"], row["unit"]) == (f"{km} km ÷ {fewest} to {most} days", "km per day")


def test_there_is_no_daily_pace_where_both_places_may_have_fallen_on_one_day(claims, places):
    row = derive_speed(claims, places, ROUTE).set_index("derived_id").loc["speed-homs-damascus"]
    assert (row["days_fewest"], row["days_most"]) == (0, 1)
    assert pd.isna(row["low"])
    assert pd.isna(row["best"])
    assert pd.isna(row["high"])


def test_a_speed_says_between_which_places(claims, places):
    row = derive_speed(claims, places, ROUTE).loc[0]
    assert (row["derived_id"], row["kind"], row["label"]) == (
        "speed-aleppo-hama",
        "speed",
        "Aleppo to Hama",
    )


def march(claims, places, *captures) -> dict:
    """The speed between captures of Hama and Homs: (actor, first day, last day) each."""
    rows = [
        {"place": place, "actor": actor, "date_start": day(first), "date_end": day(last)}
        for place, (actor, first, last) in zip(("hama", "homs"), captures)
    ]
    (row,) = derive_speed(twin(claims, "001-018", *rows), places, ROUTE).to_dict("records")
    return row


@pytest.mark.parametrize(
    ("homs", "formula"),
    [
        (("2024-12-06", "2024-12-06"), "45 km ÷ 1 day"),
        (("2024-12-07", "2024-12-07"), "45 km ÷ 2 days"),
        (("2024-12-06", "2024-12-09"), "45 km ÷ 1 to 4 days"),
        (("2024-12-05", "2024-12-06"), "45 km, perhaps on one day: no daily pace"),
        (("2024-12-04", "2024-12-06"), "45 km, perhaps on one day: no daily pace"),
    ],
)
def test_a_speed_says_over_how_many_days(claims, places, homs, formula):
    assert (
        march(claims, places, ("", "2024-12-05", "2024-12-05"), ("", *homs))["formula"] == formula
    )


def test_a_march_of_one_day_has_a_speed(claims, places):
    row = march(claims, places, ("", "2024-12-05", "2024-12-05"), ("", "2024-12-06", "2024-12-06"))
    assert (row["low"], row["high"]) == (row["km"], row["km"])


def test_the_speed_of_one_side_rests_on_its_own_captures(claims, places):
    sides = twin(
        claims,
        "001-018",
        {"place": "hama", "actor": "SNA", "date_end": day("2024-12-07")},
        {"place": "homs", "actor": "HTS coalition", "date_start": day("2024-12-08")},
    )
    assert list(derive_speed(sides, places, ROUTE)["derived_id"]) == ["speed-hama-homs"]
    assert derive_speed(sides, places, ROUTE, ["HTS coalition"]).empty


def test_a_place_of_the_route_that_was_not_captured_is_skipped(claims, places):
    assert list(derive_speed(claims, places, ROUTE)["derived_id"]) == [
        "speed-aleppo-hama",
        "speed-hama-homs",
        "speed-homs-damascus",
    ]


def test_a_speed_lists_the_claims_of_both_places(claims, places):
    row = derive_speed(pick(claims, "001-011", "001-012", "001-018"), places, ROUTE).loc[0]
    assert (row["claims"], row["doc_ids"]) == (["001-012", "001-018"], ["001"])


def test_no_speed_is_made_backwards(claims, places):
    assert derive_speed(claims, places, ROUTE[::-1]).empty


def test_no_speed_is_made_without_coordinates(claims, places):
    nowhere = places.assign(lat=float("nan"))
    assert derive_speed(claims, nowhere, ROUTE).empty


# Tables in, new tables out


@pytest.mark.parametrize(
    "make",
    [
        group_claims,
        refuse_comparisons,
        lambda claims, places: derive_speed(claims, places, ROUTE),
        lambda claims, _: derive_remainders(claims),
        lambda claims, _: derive_daily(claims),
        lambda claims, _: derive_totals(claims),
        lambda claims, _: date_captures(claims),
        lambda claims, _: count_sources(claims),
    ],
    ids=["groups", "refusals", "speed", "remainders", "daily", "totals", "captures", "sources"],
)
def test_what_is_handed_in_stays_as_it_was(claims, places, make):
    few = claims[claims["topic"] != "pace"] if make is refuse_comparisons else claims
    before = few.copy(deep=True), places.copy(deep=True)
    make(few, places)
    pd.testing.assert_frame_equal(few, before[0])
    pd.testing.assert_frame_equal(places, before[1])


@pytest.mark.parametrize(
    "make",
    [
        group_claims,
        refuse_comparisons,
        lambda claims, places: derive_speed(claims, places, ROUTE),
        lambda claims, _: derive_remainders(claims),
        lambda claims, _: derive_daily(claims),
        lambda claims, _: derive_totals(claims),
        lambda claims, _: date_captures(claims),
    ],
    ids=["groups", "refusals", "speed", "remainders", "daily", "totals", "captures"],
)
def test_from_no_claims_nothing_follows(claims, places, make):
    assert len(make(claims.head(0), places)) == 0


@pytest.mark.parametrize(
    "make",
    [
        group_claims,
        lambda claims, places: derive_speed(claims, places, ROUTE),
        lambda claims, _: derive_remainders(claims),
        lambda claims, _: derive_daily(claims),
        lambda claims, _: derive_totals(claims),
        lambda claims, _: date_captures(claims),
    ],
    ids=["groups", "speed", "remainders", "daily", "totals", "captures"],
)
def test_a_table_without_rows_has_the_columns_of_one_with_rows(claims, places, make):
    assert list(make(claims.head(0), places).columns) == list(make(claims, places).columns)


def test_every_derived_row_names_its_claims_and_has_an_id_of_its_own(claims, places):
    tables = [
        derive_remainders(claims),
        derive_daily(claims),
        derive_totals(claims),
        derive_speed(claims, places, ROUTE),
    ]
    derived = pd.concat([table[["derived_id", "claims", "formula"]] for table in tables])
    assert [table.empty for table in tables] == [False] * 4
    assert derived["derived_id"].is_unique
    assert all(set(ids) <= set(claims["claim_id"]) and ids for ids in derived["claims"])
    assert (derived["formula"] != "").all()


@pytest.mark.parametrize(
    ("claim", "rates"),
    [
        ("000-006", ["low"]),
        ("003-011", ["best"]),
        ("004-037", ["best"]),
        ("004-080", ["low", "high"]),
    ],
)
def test_an_open_end_has_no_rate(claims, claim, rates):
    (row,) = derive_daily(claims[claims["claim_id"] == claim]).to_dict("records")
    assert [end for end in ("low", "best", "high") if pd.notna(row[end])] == rates


def test_one_day_is_said_in_the_singular(claims):
    (row,) = derive_daily(claims[claims["claim_id"] == "002-015"]).to_dict("records")
    assert row["formula"] == "more than 200 ÷ 1 day"


def test_a_capture_by_another_side_is_not_the_advance(claims):
    sdf = claims[(claims["measure"] == "captured") & (claims["actor"] == "SDF")]
    assert set(date_captures(sdf)["place"]) == {
        "aleppo_last_quarters",
        "aleppo_airport",
        "pocket_east_of_euphrates",
    }
    assert date_captures(sdf, ["HTS coalition"]).empty


def test_a_claim_of_two_places_counts_for_each(claims):
    claim = claims[claims["measure"] == "captured"].head(1).assign(place="homs;daraa")
    assert date_captures(claim)["place"].tolist() == ["homs", "daraa"]
