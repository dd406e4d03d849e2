"""Comparisons: which claims may stand side by side, which may not and why, and what follows from
them.

No averages, and no single best for a group: each claim keeps its own words. What is computed from
several claims is marked as derived, with its formula and the ids of the claims it rests on.
"""

import itertools

import pandas as pd

from helpers.analysis.selection import list_sources
from helpers.corpus.copies import name_text
from helpers.corpus.places import overlap_places, share_value, split_values

COUNTING = {  # stock is never added to flow (IDMC); a population is neither
    "new_displacement": "flow",
    "returns": "flow",
    "idps": "stock",
    "in_camps": "stock",
    "refugees": "stock across borders",
    "forced_to_flee": "stock or flow, unsaid",
    "population": "base",
}


ATTRIBUTES = {  # column in which claims must agree → what a message adds
    "unit": "",
    "scope": "",
    "affected": " (who was affected)",
    "affected_side": " (whose people)",
}


def find_obstacle(claim, other, places: pd.DataFrame) -> str:
    """Why two claim rows may not be compared; "" when they may.

    Comparable means: same measure (and so the same stock or flow), unit, scope, kind of people
    (civilian, combatant) and side whose people they were (UCDP's side_a and side_b deaths), neither
    a part of the other, overlapping place and overlapping period. Figures of two periods that share
    less than half of the shorter count other things. The first obstacle in that order is named.
    """
    if claim.measure != other.measure:
        kinds = [COUNTING.get(row.measure, row.measure) for row in (claim, other)]
        return _against(*kinds) if kinds[0] != kinds[1] else _against(claim.measure, other.measure)
    for column, more in ATTRIBUTES.items():
        cells = getattr(claim, column), getattr(other, column)
        if cells[0] != cells[1] and set(split_values(cells[0])) != set(split_values(cells[1])):
            return _against(*cells) + more
    parts = split_values(claim.part_of), split_values(other.part_of)
    if other.claim_id in parts[0] or claim.claim_id in parts[1]:
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


def read_value(claim) -> tuple[float, ...]:
    """The number that a claim's words give, of a range its ends: two claims that have it in common
    say the same number, hedged or not."""
    return (claim.best,) if pd.notna(claim.best) else (claim.low, claim.high)


GROUP_COLUMNS = [
    *("group", "measure", "counting", "unit", "scope", "place", "claims", "wordings"),
    *("low", "high", "open_top", "vague", "documents", "sources"),
]


def group_claims(claims: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Claims that may stand side by side. One row is one group, in which every claim is comparable
    with every other (find_obstacle); a claim joins the first such group in reading order.

    Columns: group, measure, counting (stock, flow …), unit, scope, place, claims (list of ids),
    wordings, low and high (outer range of the wordings; high is missing when a claim leaves the top
    open, low when one leaves the bottom open), open_top, vague (claims without a number),
    documents, sources (numbers of distinct documents and of original sources: five texts relaying
    one source are one).
    """
    groups: list[list] = []
    for claim in claims.itertuples():
        for group in groups:
            if not any(find_obstacle(claim, other, places) for other in group):
                group.append(claim)
                break
        else:
            groups.append([claim])
    rows = [_summarise(f"g{number:02d}", group) for number, group in enumerate(groups, 1)]
    return pd.DataFrame(rows, columns=GROUP_COLUMNS)


def _summarise(name: str, group: list) -> tuple:
    """A row of GROUP_COLUMNS."""
    first = group[0]
    counted = [claim for claim in group if claim.quantifier not in ("vague", "")]
    lows, highs = [claim.low for claim in counted], [claim.high for claim in counted]
    open_top = any(map(pd.isna, highs))
    return (
        name,
        first.measure,
        COUNTING.get(first.measure, "count" if first.number else "events"),
        first.unit or "event",
        first.scope,
        ";".join(dict.fromkeys(claim.place for claim in group)),
        [claim.claim_id for claim in group],
        "; ".join(dict.fromkeys(claim.number or claim.exact for claim in group)),
        None if any(map(pd.isna, lows)) else min(lows, default=None),
        None if open_top else max(highs, default=None),
        open_top,
        sum(claim.quantifier == "vague" for claim in group),
        len({name_text(claim) for claim in group}),
        len(count_sources(group)),
    )


def count_sources(claims) -> dict[str, list[str]]:
    """Original source → ids of the claims it is behind. `claims`: a table or a list of its rows.

    The document is the source_office (UCDP); a source the text does not name is that text itself,
    so unnamed sources never merge across documents.
    """
    behind: dict[str, list[str]] = {}
    for claim in claims.itertuples() if isinstance(claims, pd.DataFrame) else claims:
        for source in list_sources(claim):
            behind.setdefault(source, []).append(claim.claim_id)
    return behind


def refuse_comparisons(claims: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """What was not compared, and why. One row is one obstacle within a topic: topic, obstacle,
    pairs (how many pairs of claims it keeps apart), example (the ids of the first pair)."""
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


def date_captures(claims: pd.DataFrame, actors: list[str] | None = None) -> pd.DataFrame:
    """When each place was captured, as far as the documents allow. One row is one place: place,
    first and last (days), agreed, claims, documents. `actors` keeps the captures by one of them, or
    by nobody named: an SDF capture is not the coalition's advance. Only places count (place_prec 1
    to 3): ground taken somewhere in a region is not the region.

    A document allows the days from the earliest to the latest of its claims of the offensive that
    the place was captured (reported, or claimed by a party). The days are those that every document
    allows; where documents exclude each other, all days that any of them allows, and agreed is
    False.
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
        theirs = captures["actor"].map(lambda cell: not cell or share_value(cell, actors))
        captures = captures[theirs.astype(bool)]
    story = "story" if "story" in captures else "doc_id"
    ids: dict[str, list[str]] = {}
    bounds: dict[str, dict[str, tuple]] = {}  # place → text → its first and last day
    columns = ["place", story, "date_start", "date_end", "claim_id"]
    for cell, text, first, last, claim in zip(*(captures[name] for name in columns)):
        for place in split_values(cell):
            ids.setdefault(place, []).append(claim)
            texts = bounds.setdefault(place, {})
            begun, ended = texts.get(text, (first, last))
            texts[text] = min(begun, first), max(ended, last)
    rows = []
    for place, texts in bounds.items():
        firsts, lasts = zip(*texts.values())
        first, last = max(firsts), min(lasts)
        agreed = first <= last
        if not agreed:
            first, last = min(firsts), max(lasts)
        rows.append((place, first, last, agreed, ids[place], sorted(texts)))
    return pd.DataFrame(rows, columns=["place", "first", "last", "agreed", "claims", "documents"])
