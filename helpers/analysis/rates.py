"""Rates: what claims imply together (a rest, a pace, a total), each with its formula and its
claims."""

import itertools
from collections.abc import Iterable
from typing import Any

import pandas as pd

from helpers.analysis.comparisons import date_captures
from helpers.corpus.places import measure_between, split_values
from helpers.schema.formatting import count
from helpers.schema.quantity import Days, read_length

DERIVED_COLUMNS = [
    *("derived_id", "kind", "label", "low", "best", "high", "unit", "formula"),
    *("claims", "doc_ids"),
]
SPEED_COLUMNS = ["km", "days_fewest", "days_most", "place", "place_to"]
Ends = tuple[float | None, float | None, float | None]  # low, best, high


def derive_remainders(claims: pd.DataFrame) -> pd.DataFrame:
    """What is left of a whole when its coded parts are taken away: 746 killed − 176 civilians =
    570.

    Only where whole and parts are exact, in one unit, of one measure, and lie in one document; the
    rest was not coded as anything else in the text, and is said to be so ("others").
    """
    rows = []
    for whole in claims.itertuples():
        parts = [
            part
            for part in claims.itertuples()
            if whole.claim_id in split_values(part.part_of)
            and (part.measure, part.unit, part.doc_id) == (whole.measure, whole.unit, whole.doc_id)
        ]
        if parts and all(claim.quantifier == "exact" for claim in (whole, *parts)):
            rest = whole.best - sum(part.best for part in parts)
            taken = " − ".join(f"{claim.best:,.0f}" for claim in (whole, *parts))
            rows.append(
                _derive(
                    "remainder",
                    f"others within {whole.number}",
                    (rest, rest, rest),
                    whole.unit,
                    f"{taken} = {rest:,.0f}",
                    [whole, *parts],
                )
            )
    return _gather(rows)


def derive_daily(claims: pd.DataFrame) -> pd.DataFrame:
    """People per day that a figure for a period implies, spread evenly: arithmetic, not a measured
    rate.

    The days are those that the figure counts (count_days): of a period its days, of a window the
    most that its words allow ("within a week": 7), never the window. low and high are the claim's
    own over these days; an end that the words leave open stays missing, and best is the figure they
    name. Of a window fewer days are as true as the most, so high stays missing; "nearly" leaves low
    missing, and so neither end is a bound. Vague and undated claims have no rate.
    """
    rows = []
    counted = claims["date_kind"].isin(["period", "window"]) & claims["date_start"].notna()
    for claim in claims[(claims["unit"] == "person") & counted].itertuples():
        days = count_days(claim)
        low, best, high = (
            None if pd.isna(value) else value / days.most
            for value in (claim.low, claim.best, claim.high)
        )
        if claim.quantifier in ("more_than", "at_least"):
            best = None  # the figure is the least, and stands in low
        if claim.quantifier == "nearly" or days.or_fewer:
            high = None
        if low or best or high:
            ends, formula = (low, best, high), f"{claim.number} ÷ {days}"
            rows.append(_derive("daily", claim.number, ends, "person per day", formula, [claim]))
    return _gather(rows)


def count_days(claim) -> Days:
    """The days that a dated claim's figure counts: days_most of a window, else the days of its
    bounds.

    A period whose dating words name a shorter length ("within a week", coded before windows were)
    counts that length.
    """
    if pd.notna(claim.days_most):
        return Days(float(claim.days_most), True)
    bounds = float((claim.date_end - claim.date_start).days + 1)
    length = read_length(claim.date_exact)
    if length and (length.or_fewer or length.most < bounds):
        return Days(min(length.most, bounds), length.or_fewer)
    return Days(bounds, False)


def say_window(claim) -> str:
    """How long a window's figure took at most: “within a week” where the dating words say it, else
    "within 1 day"."""
    if read_length(claim.date_exact):
        return f"“{claim.date_exact}”"
    return f"within {count(int(claim.days_most), 'day')}"


def derive_totals(claims: pd.DataFrame) -> pd.DataFrame:
    """Totals that a share and a number imply: two-thirds of three million; the population of which
    one third is one and a half million. The base is the claim in part_of, the number the one in
    same_as. low and high follow from the ends that the words give; where either leaves one open, it
    stays missing."""
    rows, by_id = [], {claim.claim_id: claim for claim in claims.itertuples()}

    def find_people(cell: str) -> list:
        """The numbers of people that a cell of links leads to."""
        linked = (by_id[key] for key in split_values(cell) if key in by_id)
        return [row for row in linked if row.unit == "person" and pd.notna(row.best)]

    for share in claims[(claims["unit"] == "percent") & claims["best"].notna()].itertuples():
        for number in find_people(share.part_of):
            low, best, high = (
                _round_implied(getattr(number, end) * getattr(share, end) / 100)
                for end in ("low", "best", "high")
            )
            label = f"{share.number} of {number.number}"
            formula = f"{number.number} × {share.number}"
            rows.append(
                _derive("part", label, (low, best, high), "person", formula, [share, number])
            )
        for number in find_people(share.same_as):
            low, best, high = (
                _round_implied(value * 100 / percent)
                for value, percent in (
                    (number.low, share.high),
                    (number.best, share.best),
                    (number.high, share.low),
                )
            )
            label = f"the whole of which {share.number} is {number.number}"
            formula = f"{number.number} ÷ {share.number}"
            rows.append(
                _derive("whole", label, (low, best, high), "person", formula, [share, number])
            )
    return _gather(rows)


def _round_implied(value: float) -> float:
    """Three digits: a fraction such as two-thirds is stored to four only."""
    return float(f"{value:.3g}")


def derive_speed(
    claims: pd.DataFrame, places: pd.DataFrame, route: list[str], actors: list[str] | None = None
) -> pd.DataFrame:
    """Straight-line km per day between successive places of a route that were captured.

    The days between two places follow from date_captures, from date to date. Columns as derived;
    low is the slowest pace the dates allow, high the fastest. Where both may have fallen on one day
    there is no pace by the day: low and high are missing, and the formula says why. `km`,
    `days_fewest`, `days_most`, `place`, `place_to` besides.
    """
    dates = date_captures(claims, actors).set_index("place")
    by_id = {claim.claim_id: claim for claim in claims.itertuples()}
    rows = []
    for place, place_to in itertools.pairwise([place for place in route if place in dates.index]):
        km = measure_between(places, place, place_to)
        left, right = dates.loc[place], dates.loc[place_to]
        fewest, most = (right["first"] - left["last"]).days, (right["last"] - left["first"]).days
        if pd.isna(km) or most <= 0:
            continue
        row = _derive(
            "speed",
            f"{places.loc[place, 'name']} to {places.loc[place_to, 'name']}",
            (km / most, None, km / fewest) if fewest > 0 else (None, None, None),
            "km per day",
            _word_speed(km, fewest, most),
            [by_id[key] for key in left["claims"] + right["claims"]],
        )
        further = dict(zip(SPEED_COLUMNS, (km, fewest, most, place, place_to), strict=True))
        rows.append({**row, "derived_id": f"speed-{place}-{place_to}", **further})
    return _gather(rows, SPEED_COLUMNS)


def _word_speed(km: float, fewest: int, most: int) -> str:
    """124 km ÷ 5 to 6 days; 141 km, perhaps on one day: no pace."""
    if fewest <= 0:
        return f"{km:.0f} km, perhaps on one day: no daily pace"
    days = f"{fewest} to {most} days" if fewest != most else count(most, "day")
    return f"{km:.0f} km ÷ {days}"


def _derive(
    kind: str, label: str, ends: Ends, unit: str, formula: str, claims: Iterable
) -> dict[str, Any]:
    """A row of DERIVED_COLUMNS from the claims it rests on."""
    rows = {claim.claim_id: claim.doc_id for claim in claims}
    ids, documents = list(rows), list(dict.fromkeys(rows.values()))
    derived_id = f"{kind}-{'-'.join(ids[:2])}"
    cells = (derived_id, kind, label, *ends, unit, formula, ids, documents)
    return dict(zip(DERIVED_COLUMNS, cells, strict=True))


def _gather(rows: list[dict[str, Any]], more: list[str] | None = None) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=DERIVED_COLUMNS + (more or []))
    return table.astype({"low": float, "best": float, "high": float})
