"""Wholes: which totals of people the texts take apart, and in which order they are drawn."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from helpers.analysis.comparisons import read_value
from helpers.analysis.rates import derive_remainders
from helpers.analysis.selection import Study
from helpers.corpus.places import split_values

MOST = {"full": 12, "column": 8, "slide": 4}  # totals that are drawn


class Total(NamedTuple):
    """A figure and what it is made of: claim rows of the whole (the same in several texts), one row
    a part, and the derived remainder, None where whole or part is no exact number."""

    claims: list[Any]
    parts: list[list[Any]]
    rest: Any

    @property
    def first(self) -> Any:
        """The claim that is drawn."""
        return self.claims[0]

    @property
    def own(self) -> list[list[Any]]:
        """The parts that its own source gives: those inside its bar."""
        source = self.first.source_original
        return [part for part in self.parts if part[0].source_original == source]

    @property
    def others(self) -> list[list[Any]]:
        """The parts that another source gives."""
        source = self.first.source_original
        return [part for part in self.parts if part[0].source_original != source]


def list_totals(study: Study) -> list[Total]:
    """The totals of people with a part in numbers, those that say the same as one."""
    claims = study.all_claims
    people = claims[(claims["unit"] == "person") & (claims["quantifier"] != "vague")]
    people = people[people[["low", "best", "high"]].notna().any(axis=1)]
    rests = {row.claims[0]: row for row in derive_remainders(people).itertuples()}
    by_id = {row.claim_id: row for row in people.itertuples()}
    parts: dict[str, list[Any]] = {}
    for row in people.itertuples():
        for key in split_values(row.part_of):
            whole = by_id.get(key)
            if whole is None or whole.measure != row.measure:
                continue
            if read_value(row) != read_value(whole):  # all of them are no part
                parts.setdefault(key, []).append(row)
    found: dict[tuple, Total] = {}
    for key, members in parts.items():
        whole = by_id[key]
        parts_of = tuple(read_value(part) for part in members)
        same = (whole.measure, read_value(whole), whole.place, whole.source_original, parts_of)
        if same in found:
            found[same].claims.append(whole)
            for mine, part in zip(found[same].parts, members, strict=True):
                mine.append(part)
        else:
            alone = all(part.source_original == whole.source_original for part in members)
            rest = rests.get(key) if alone else None  # two sources' numbers are not subtracted
            if rest is not None and len(rest.claims) > 1 + len(members):
                rest = None  # nor is what is no part
            found[same] = Total([whole], [[part] for part in members], rest)
    return list(found.values())


def choose_totals(study: Study, totals: list[Total]) -> list[Total]:
    """The largest of the deaths first, then of the other measures; in each the places by their
    largest total, and within a place by day."""
    order = ["killed", "killed_or_injured", "injured"]

    def rank(total: Total) -> tuple:
        measure = total.first.measure
        return order.index(measure) if measure in order else len(order), measure

    by_size = sorted(totals, key=lambda total: (rank(total), -measure_length(total.first)))
    kept = by_size[: MOST[study.parameters["width"]]]
    largest: dict[tuple, float] = {}
    for total in kept:
        key = total.first.measure, total.first.place
        largest[key] = max(largest.get(key, 0.0), measure_length(total.first))

    def place(total: Total) -> tuple:
        first = total.first
        day = pd.Timestamp.max if pd.isna(first.date_end) else first.date_end
        key = (rank(total), -largest[first.measure, first.place], first.place)
        return *key, *_name_count(total)[2:], day

    return sorted(kept, key=place)


def goes_on(before: Total | None, total: Total) -> bool:
    """Whether a total is a later one of the same count: of one source, place and first day."""
    first = total.first
    if before is None or not first.source_original or pd.isna(first.date_start):
        return False
    return _name_count(before) == _name_count(total) and before.first.date_end != first.date_end


def _name_count(total: Total) -> tuple[str, str, str, str]:
    """What running totals of one count share: measure, place, source and first day."""
    first = total.first
    return first.measure, first.place, first.source_original, str(first.date_start)


def measure_length(claim) -> float:
    """The number that a bar is as long as."""
    return float(next(end for end in (claim.best, claim.high, claim.low) if pd.notna(end)))
