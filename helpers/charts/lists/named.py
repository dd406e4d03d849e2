"""Named: findings in rows, by who is named as their source."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import pandas as pd

from helpers.analysis.attribution import KINDS, choose_kind, find_kind
from helpers.analysis.selection import Study
from helpers.analysis.stories import count_independent, group_stories
from helpers.charts.lists.examples import (
    add_actor,
    add_years,
    find_days,
    find_denial,
    is_own,
    shorten,
)
from helpers.charts.look.language import Words, find_words

MOST_PARTIES, FEWEST_PARTIES = 4, 2  # that have a row each
GATHERED = ("monitor", "people", "media", "other")  # kinds that share a row where room is short


class Square(NamedTuple):
    """A finding: its words, in full and in short, claims (ids), how many independent texts tell
    it, its shade, how large its number is; own: whether it is of the offensive and of its days,
    else its short words tell the years; denied: the name of the word (strings.toml) for
    what another denies or its own source took back, else ""."""

    key: str
    words: str
    short: str
    claims: list[str]
    texts: int
    shade: str
    size: float
    own: bool
    denied: str


class Row(NamedTuple):
    """The findings of one kind of source, or of one source; is_kind: whether of several."""

    label: str
    is_party: bool
    squares: list[Square]
    is_kind: bool


def list_rows(study: Study, findings: pd.DataFrame, few: bool = False) -> list[Row]:
    """A row for findings without a source, for each party of the most, for each other kind, and for
    what is told with a source and without one. few: where there is no room for all, fewer parties
    have a row, and kinds that are neither aid agency nor party share one."""
    story = group_stories(study.documents)
    rows: dict[tuple[str, str], list[Square]] = {}
    named: dict[tuple[str, str], set[str]] = {}
    days = find_days(study, list_firsts(study, findings))
    for finding in findings.itertuples():
        texts = count_independent(finding.documents, story)
        sources = list(finding.sources) or list(finding.denied)
        kind = choose_kind(study, sources)
        speaker = sources[0] if kind == "party" else ""
        shade = "several"
        if texts == 1:
            shade = "party" if kind == "party" else "one"
        key = f"finding-{finding.Index + 1}"
        first = study.by_claim[finding.claims[0]]
        sizes = [value for value in (first.best, first.high, first.low) if pd.notna(value)]
        size, own = max(sizes, default=0.0), is_own(first, days)
        short = shorten(study, first) if own else add_years(study, first, days)
        told = finding.finding, short, finding.claims, texts, shade, size, own
        square = Square(key, *told, find_denial(finding))
        rows.setdefault((kind, speaker), []).append(square)
        mine = [source for source in sources if find_kind(study, source) == kind]
        named.setdefault((kind, speaker), set()).update(mine)
    return _order_rows(study, _tell_apart(study, rows), named, few)


def list_firsts(study: Study, findings: pd.DataFrame) -> list:
    """The first claim of each finding."""
    return [study.by_claim[claims[0]] for claims in findings["claims"]]


def _tell_apart(
    study: Study, rows: dict[tuple[str, str], list[Square]]
) -> dict[tuple[str, str], list[Square]]:
    """The squares, those of the same few words with who did it and when."""
    counts = Counter(square.short for squares in rows.values() for square in squares)
    found = {}
    for key, squares in rows.items():
        found[key] = [
            square._replace(short=add_actor(study, square.short, study.by_claim[square.claims[0]]))
            if square.short and counts[square.short] > 1
            else square
            for square in squares
        ]
    return found


def _order_rows(
    study: Study,
    rows: dict[tuple[str, str], list[Square]],
    named: dict[tuple[str, str], set[str]],
    few: bool,
) -> list[Row]:
    """What nobody is named for, then the others by their findings, those of several sources last;
    parties above the most share one."""
    parties = sorted((key for key in rows if key[0] == "party"), key=lambda key: -len(rows[key]))
    kept = parties[: FEWEST_PARTIES if few else MOST_PARTIES]
    merged: dict[tuple[str, str], list[Square]] = {}
    names: dict[tuple[str, str], set[str]] = {}
    for key, squares in rows.items():
        kind = key[0]
        home = key if kind != "party" or key in kept else ("party", "")
        if few and kind in GATHERED:
            home = ("rest", "")
        merged.setdefault(home, []).extend(squares)
        names.setdefault(home, set()).update(named[key])
    order, words = [*KINDS, "rest"], find_words(study)

    def rank(key: tuple[str, str]) -> tuple:
        gathered = key in (("party", ""), ("other", ""), ("rest", "")) and len(names[key]) > 1
        return key[0] != "unnamed", gathered, -len(merged[key]), order.index(key[0]), key

    ranked = sorted(merged, key=rank)
    return [_make_row(words, key, merged[key], names[key]) for key in ranked]


def _make_row(words: Words, key: tuple[str, str], squares: list[Square], named: set[str]) -> Row:
    kind, label = key[0], words(f"kind_{key[0]}")
    is_kind = kind not in ("unnamed", "mixed") and len(named) > 1
    if len(named) == 1 and kind not in ("unnamed", "mixed"):
        label = words.name(next(iter(named)))
        label = words("party_named", source=label) if kind == "party" else label
    label = label[:1].upper() + label[1:]
    ranked = sorted(squares, key=lambda square: (not square.own, -square.texts, -square.size))
    return Row(label, kind == "party", ranked, is_kind)
