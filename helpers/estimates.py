"""Estimates: which claims may stand side by side, which may not and why, and what follows from them.

No averages, and no single best for a group: each claim keeps its own words. What is computed from
several claims is marked as derived, with its formula and the ids of the claims it rests on.
"""

import itertools

import pandas as pd

from helpers.places import measure_between, overlap_places, share_value, split_values
from helpers.prose import count
from helpers.study import list_sources
from helpers.wording import Days, read_length

COUNTING = {  # stock is never added to flow (IDMC); a population is neither
    "new_displacement": "flow",
    "returns": "flow",
    "idps": "stock",
    "in_camps": "stock",
    "refugees": "stock across borders",
    "forced_to_flee": "stock or flow, unsaid",
    "population": "base",
}
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


def find_obstacle(claim, other, places: pd.DataFrame) -> str:
    """Why two claim rows may not be compared; "" when they may.

    Comparable means: same measure (and so the same stock or flow), unit, scope, kind of people (civilian,
    combatant) and side whose people they were (UCDP's side_a and side_b deaths), neither a part of the
    other, overlapping place and overlapping period. Figures of two periods that share less than half of the
    shorter count other things. The first obstacle in that order is named.
    """
    if claim.measure != other.measure:
        kinds = [COUNTING.get(row.measure, row.measure) for row in (claim, other)]
        return _against(*kinds) if kinds[0] != kinds[1] else _against(claim.measure, other.measure)
    if claim.unit != other.unit:
        return _against(claim.unit, other.unit)
    if claim.scope != other.scope:
        return _against(claim.scope, other.scope)
    if claim.affected != other.affected:
        return _against(claim.affected, other.affected) + " (who was affected)"
    if set(split_values(claim.affected_side)) != set(split_values(other.affected_side)):
        return _against(claim.affected_side, other.affected_side) + " (whose people)"
    if other.claim_id in split_values(claim.part_of) or claim.claim_id in split_values(
        other.part_of
    ):
        return "a part against its whole"
    if not overlap_places(places, claim.place, other.place):
        return "another place"
    if pd.isna(claim.date_start) or pd.isna(other.date_start):
        return "undated"
    if claim.date_start > other.date_end or other.date_start > claim.date_end:
        return "another period"
    if "point" not in (claim.date_kind, other.date_kind) and _share_days(claim, other) < 0.5:
        return "another period"
    return ""


def _share_days(claim, other) -> float:
    """How much of the shorter of two periods lies in the other: 0 to 1."""
    shared = min(claim.date_end, other.date_end) - max(claim.date_start, other.date_start)
    shorter = min(row.date_end - row.date_start for row in (claim, other))
    return (shared.days + 1) / (shorter.days + 1)


def _against(one: str, other: str) -> str:
    return " against ".join(sorted((one or "unsaid", other or "unsaid")))


def group_claims(claims: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Claims that may stand side by side. One row is one group, in which every claim is comparable with
    every other (find_obstacle); a claim joins the first such group in reading order.

    Columns: group, measure, counting (stock, flow …), unit, scope, place, claims (list of ids), wordings,
    low and high (outer range of the wordings; high is missing when a claim leaves the top open, low when
    one leaves the bottom open), open_top, vague (claims without a number), documents, sources (numbers
    of distinct documents and of original sources: five texts relaying one source are one).
    """
    groups: list[list] = []
    for claim in claims.itertuples():
        home = next(
            (
                group
                for group in groups
                if not any(find_obstacle(claim, other, places) for other in group)
            ),
            None,
        )
        if home is None:
            groups.append([claim])
        else:
            home.append(claim)
    return pd.DataFrame(
        [_summarise(f"g{number:02d}", group) for number, group in enumerate(groups, 1)],
        columns=[
            "group",
            "measure",
            "counting",
            "unit",
            "scope",
            "place",
            "claims",
            "wordings",
            "low",
            "high",
            "open_top",
            "vague",
            "documents",
            "sources",
        ],
    )


def _summarise(name: str, group: list) -> dict:
    first = group[0]
    lows = [
        claim.low if pd.notna(claim.low) else None
        for claim in group
        if claim.quantifier not in ("vague", "")
    ]
    highs = [
        claim.high if pd.notna(claim.high) else None
        for claim in group
        if claim.quantifier not in ("vague", "")
    ]
    open_top = None in highs
    return {
        "group": name,
        "measure": first.measure,
        "counting": COUNTING.get(first.measure, "events" if not first.number else "count"),
        "unit": first.unit or "event",
        "scope": first.scope,
        "place": ";".join(dict.fromkeys(claim.place for claim in group)),
        "claims": [claim.claim_id for claim in group],
        "wordings": "; ".join(dict.fromkeys(claim.number or claim.exact for claim in group)),
        "low": None if None in lows or not lows else min(lows),
        "high": None if open_top or not highs else max(highs),
        "open_top": open_top,
        "vague": sum(claim.quantifier == "vague" for claim in group),
        "documents": len({claim.doc_id for claim in group}),
        "sources": len(count_sources(group)),
    }


def count_sources(claims) -> dict[str, list[str]]:
    """Original source → ids of the claims it is behind. `claims`: a table or a list of its rows.

    The document is the source_office (UCDP); a source the text does not name is that text itself, so
    unnamed sources never merge across documents.
    """
    behind: dict[str, list[str]] = {}
    for claim in claims.itertuples() if isinstance(claims, pd.DataFrame) else claims:
        for source in list_sources(claim):
            behind.setdefault(source, []).append(claim.claim_id)
    return behind


def refuse_comparisons(claims: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """What was not compared, and why. One row is one obstacle within a topic: topic, obstacle, pairs
    (how many pairs of claims it keeps apart), example (the ids of the first pair)."""
    rows = []
    for topic, members in claims.groupby("topic", sort=False):
        obstacles: dict[str, list] = {}
        for claim, other in itertools.combinations(members.itertuples(), 2):
            if obstacle := find_obstacle(claim, other, places):
                obstacles.setdefault(obstacle, []).append(f"{claim.claim_id} and {other.claim_id}")
        rows += [(topic, obstacle, len(pairs), pairs[0]) for obstacle, pairs in obstacles.items()]
    return pd.DataFrame(rows, columns=["topic", "obstacle", "pairs", "example"]).sort_values(
        ["topic", "pairs"], ascending=[True, False], ignore_index=True, kind="stable"
    )


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


def date_captures(claims: pd.DataFrame, actors: list[str] | None = None) -> pd.DataFrame:
    """When each place was captured, as far as the documents allow. One row is one place: place, first
    and last (days), agreed, claims, documents. `actors` keeps the captures by one of them, or by nobody
    named: an SDF capture is not the coalition's advance. Only places count (place_prec 1 to 3): ground
    taken somewhere in a region is not the region.

    A document allows the days from the earliest to the latest of its claims of the offensive that the
    place was captured (reported, or claimed by a party). The days are those that every document allows;
    where documents exclude each other, all days that any of them allows, and agreed is False.
    """
    captures = claims[
        (claims["measure"] == "captured")
        & (claims["unit"] == "event")
        & claims["place_prec"].isin(["1", "2", "3"])
        & (claims["scope"] == "offensive")
        & claims["assertion"].isin(["reported", "claimed"])
        & claims["date_start"].notna()
    ]
    if actors:
        captures = captures[
            captures["actor"].map(lambda cell: not cell or share_value(cell, actors)).astype(bool)
        ]
    captures = captures.assign(place=captures["place"].map(split_values)).explode("place")
    by_document = captures.groupby(["place", "doc_id"]).agg(
        first=("date_start", "min"), last=("date_end", "max")
    )
    rows = []
    for place, group in captures.groupby("place", sort=False):
        bounds = by_document.loc[place]
        agreed = bounds["first"].max() <= bounds["last"].min()
        first, last = (
            (bounds["first"].max(), bounds["last"].min())
            if agreed
            else (bounds["first"].min(), bounds["last"].max())
        )
        rows.append((place, first, last, bool(agreed), list(group["claim_id"]), list(bounds.index)))
    return pd.DataFrame(rows, columns=["place", "first", "last", "agreed", "claims", "documents"])


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
