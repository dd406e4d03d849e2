"""Rates: what claims imply together (a rest, a pace, a total), each with its formula and its claims."""

import itertools

import pandas as pd

from helpers.analysis.comparisons import date_captures
from helpers.corpus.places import measure_between, split_values
from helpers.schema.formatting import count
from helpers.schema.quantity import Days, read_length


def derive_remainders(claims: pd.DataFrame) -> pd.DataFrame:
    """What is left of a whole when its coded parts are taken away: 746 killed − 176 civilians = 570.

    Only where whole and parts are exact, in one unit, of one measure, and lie in one document; the
    rest was not coded as anything else in the text, and is said to be so ("others").
    """
    rows, by_id = [], {claim.claim_id: claim for claim in claims.itertuples()}
    for whole in by_id.values():
        parts = [
            part
            for part in by_id.values()
            if whole.claim_id in split_values(part.part_of)
            and (part.measure, part.unit, part.doc_id) == (whole.measure, whole.unit, whole.doc_id)
        ]
        if parts and all(claim.quantifier == "exact" for claim in (whole, *parts)):
            rest = whole.best - sum(part.best for part in parts)
            formula = (
                f"{whole.best:,.0f} − "
                + " − ".join(f"{part.best:,.0f}" for part in parts)
                + f" = {rest:,.0f}"
            )
            rows.append(
                _derived(
                    "remainder",
                    "others within " + whole.number,
                    rest,
                    rest,
                    rest,
                    whole.unit,
                    formula,
                    [whole, *parts],
                )
            )
    return _derived_table(rows)


def derive_daily(claims: pd.DataFrame) -> pd.DataFrame:
    """People per day that a figure for a period implies, spread evenly: arithmetic, not a measured rate.

    The days are those that the figure counts (count_days): of a period its days, of a window the most that
    its words allow ("within a week": 7), never the window. low and high are the claim's own over these days;
    an end that the words leave open stays missing, and best is the figure they name. Of a window fewer days
    are as true as the most, so high stays missing; "nearly" leaves low missing, and so neither end is a
    bound. Vague and undated claims have no rate.
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
            formula = f"{claim.number} ÷ {days}"
            rows.append(
                _derived("daily", claim.number, low, best, high, "person per day", formula, [claim])
            )
    return _derived_table(rows)


def count_days(claim) -> Days:
    """The days that a dated claim's figure counts: days_most of a window, else the days of its bounds.

    A period whose dating words name a shorter length ("within a week", coded before windows were) counts
    that length.
    """
    if pd.notna(claim.days_most):
        return Days(float(claim.days_most), True)
    bounds = float((claim.date_end - claim.date_start).days + 1)
    length = read_length(claim.date_exact)
    if length and (length.or_fewer or length.most < bounds):
        return Days(min(length.most, bounds), length.or_fewer)
    return Days(bounds, False)


def say_length(claim) -> str:
    """How long a window's figure took at most: “within a week” where the dating words say it, else "within 1
    day"."""
    if read_length(claim.date_exact):
        return f"“{claim.date_exact}”"
    return f"within {count(int(claim.days_most), 'day')}"


def derive_totals(claims: pd.DataFrame) -> pd.DataFrame:
    """Totals that a share and a number imply: two-thirds of three million; the population of which one
    third is one and a half million. The base is the claim in part_of, the number the one in same_as. low and
    high follow from the ends that the words give; where either leaves one open, it stays missing."""
    rows, by_id = [], {claim.claim_id: claim for claim in claims.itertuples()}
    for share in claims[(claims["unit"] == "percent") & claims["best"].notna()].itertuples():
        for number in (by_id[key] for key in split_values(share.part_of) if key in by_id):
            if number.unit == "person" and pd.notna(number.best):
                rows.append(
                    _implied(
                        "part",
                        f"{share.number} of {number.number}",
                        [
                            (number.low, share.low),
                            (number.best, share.best),
                            (number.high, share.high),
                        ],
                        "×",
                        share,
                        number,
                    )
                )
        for number in (by_id[key] for key in split_values(share.same_as) if key in by_id):
            if number.unit == "person" and pd.notna(number.best):
                rows.append(
                    _implied(
                        "whole",
                        f"the whole of which {share.number} is {number.number}",
                        [
                            (number.low, share.high),
                            (number.best, share.best),
                            (number.high, share.low),
                        ],
                        "÷",
                        share,
                        number,
                    )
                )
    return _derived_table(rows)


def _implied(kind: str, label: str, ends: list[tuple], sign: str, share, number) -> dict:
    """A derived total; `ends` are the (number, percent) from which its low, best and high follow."""
    low, best, high = (
        # a fraction such as two-thirds is stored to four digits only
        float(f"{value * percent / 100 if sign == '×' else value * 100 / percent:.3g}")
        for value, percent in ends
    )
    formula = f"{number.number} {sign} {share.number}"
    return _derived(kind, label, low, best, high, "person", formula, [share, number])


def derive_speed(
    claims: pd.DataFrame, places: pd.DataFrame, route: list[str], actors: list[str] | None = None
) -> pd.DataFrame:
    """Straight-line km per day between successive places of a route that were captured.

    The days between two places follow from date_captures, from date to date. Columns as derived; low is the
    slowest pace the dates allow, high the fastest. Where both may have fallen on one day there is no pace by
    the day: low and high are missing, and the formula says why. `km`, `days_fewest`, `days_most`, `place`,
    `place_to` besides.
    """
    dates = date_captures(claims, actors).set_index("place")
    by_id = {claim.claim_id: claim for claim in claims.itertuples()}
    derived = []
    for place, place_to in itertools.pairwise([place for place in route if place in dates.index]):
        km, left, right = (
            measure_between(places, place, place_to),
            dates.loc[place],
            dates.loc[place_to],
        )
        fewest, most = (right["first"] - left["last"]).days, (right["last"] - left["first"]).days
        if pd.notna(km) and most > 0:
            label = f"{places.loc[place, 'name']} to {places.loc[place_to, 'name']}"
            row = _derived(
                "speed",
                label,
                km / most if fewest > 0 else None,
                None,
                km / fewest if fewest > 0 else None,
                "km per day",
                _word_speed(km, fewest, most),
                [by_id[key] for key in left["claims"] + right["claims"]],
            )
            derived.append(
                {
                    **row,
                    "derived_id": f"speed-{place}-{place_to}",
                    "km": km,
                    "days_fewest": fewest,
                    "days_most": most,
                    "place": place,
                    "place_to": place_to,
                }
            )
    return _derived_table(derived, ["km", "days_fewest", "days_most", "place", "place_to"])


def _word_speed(km: float, fewest: int, most: int) -> str:
    """124 km ÷ 5 to 6 days; 141 km, perhaps on one day: no pace."""
    if fewest <= 0:
        return f"{km:.0f} km, perhaps on one day: no daily pace"
    days = f"{fewest} to {most} days" if fewest != most else count(most, "day")
    return f"{km:.0f} km ÷ {days}"


def _derived(kind, label, low, best, high, unit, formula, claims) -> dict:
    ids = list(dict.fromkeys(claim.claim_id for claim in claims))
    return {
        "derived_id": f"{kind}-{'-'.join(ids[:2])}",
        "kind": kind,
        "label": label,
        "low": low,
        "best": best,
        "high": high,
        "unit": unit,
        "formula": formula,
        "claims": ids,
        "doc_ids": list(dict.fromkeys(claim.doc_id for claim in claims)),
    }


def _derived_table(rows: list[dict], more: list[str] | None = None) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=DERIVED_COLUMNS + (more or [])).astype(
        {"low": float, "best": float, "high": float}
    )


DERIVED_COLUMNS = [
    "derived_id",
    "kind",
    "label",
    "low",
    "best",
    "high",
    "unit",
    "formula",
    "claims",
    "doc_ids",
]
