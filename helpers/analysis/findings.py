"""Findings: what the charts rest on, and what each would lose with a text."""

import pandas as pd

from helpers.analysis.comparisons import count_sources, date_captures, group_claims
from helpers.analysis.rates import say_window
from helpers.analysis.selection import say_stance
from helpers.corpus.places import name_places, split_values
from helpers.schema.columns import MEASURES, SAID, VALUES
from helpers.schema.formatting import join_words, name_harmed, say_period

FINDING_COLUMNS = [
    *("topic", "finding", "claims", "documents", "sources", "denied", "falls_without")
]


def list_findings(claims: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """What the charts rest on, and what each finding rests on. One row is one finding: a group of
    comparable figures (displacement, casualties, and those of pace that count) or the capture of a
    place by one side. What is only expected is no finding.

    Columns: topic, finding (words, with whom and which days they count, and who claims it where no
    text reports it), claims, documents (lists of ids), sources (original source → ids of the claims
    it is behind), denied (original source → ids of its denials), falls_without (the document whose
    loss takes the finding away; empty when others carry it).
    """
    by_id = {row.claim_id: row for row in claims.itertuples()}
    rows = [
        _list_finding(MEASURES[measure], words, [by_id[claim] for claim in ids])
        for measure, words, ids in [
            *_group_figures(claims, places, by_id),
            *_group_captures(claims, places),
        ]
    ]
    findings = pd.DataFrame(rows, columns=FINDING_COLUMNS)
    return findings.sort_values(
        "topic",
        key=lambda topics: topics.map(VALUES["topic"].index),
        kind="stable",
        ignore_index=True,
    )


def _list_finding(topic: str, words: str, rows: list) -> tuple:
    """A row of list_findings. A denial is not behind what it denies."""
    denials = [row for row in rows if row.assertion == "denied"]
    behind = [row for row in rows if row.assertion != "denied"]
    documents = sorted({row.doc_id for row in behind or denials})
    return (
        topic,
        words,
        [row.claim_id for row in rows],
        documents,
        count_sources(behind),
        count_sources(denials),
        documents[0] if len(documents) == 1 else "",
    )


def _group_figures(claims: pd.DataFrame, places: pd.DataFrame, by_id: dict) -> list[tuple]:
    """(measure, words, ids) of each group of comparable figures."""
    figures = claims[
        (claims["number"] != "")
        & (claims["quantifier"] != "vague")
        & (claims["assertion"] != "expected")
        & ~claims["measure"].isin(["duration", "distance"])
    ]
    found = []
    for group in group_claims(figures, places).itertuples():
        rows, where = [by_id[claim] for claim in group.claims], name_places(places, group.place)
        found.append((group.measure, _word_figures(rows, where), group.claims))
    return found


def _group_captures(claims: pd.DataFrame, places: pd.DataFrame) -> list[tuple]:
    """(measure, words, ids) of each place that one side captured, with the denials of it."""
    captures, found = claims[claims["measure"] == "captured"], []
    for actor, group in captures.groupby("actor", sort=False):
        by = f" by {actor.replace(';', ', ')}" if actor else ""
        denials = group[(group["assertion"] == "denied") & (group["scope"] == "offensive")]
        for row in date_captures(group).itertuples():
            firm = group[group["claim_id"].isin(row.claims)]
            stance = say_stance(list(firm.itertuples()))
            denied = [
                denial.claim_id
                for denial in denials.itertuples()
                if row.place in split_values(denial.place)
            ]
            words = f"{name_places(places, row.place)} captured{by}"
            words += f" ({stance})" if stance else ""
            found.append(
                ("captured", f"{words} · {say_period(row.first, row.last)}", row.claims + denied)
            )
    return found


def _word_figures(rows: list, where: str) -> str:
    """“at least 22” killed · civilians · Aleppo · 29 Nov to 6 Dec 2024: words, who did it where it
    is of pace, who claims it; whom they count; the place, unless the words name it; the days."""
    first = rows[0]
    said, stance = SAID[first.measure], say_stance(rows)
    place = "" if where in said else where
    actors = dict.fromkeys(actor for row in rows for actor in split_values(row.actor))
    if MEASURES[first.measure] == "pace" and actors:
        said += f" by {', '.join(actors)}"
    if first.date_kind == "window":
        said += f" {say_window(first)}"
    said += f" ({stance})" if stance else ""
    words, days = _quote_numbers(rows)
    base = f" of {first.base}" if first.unit == "percent" and first.base else ""
    parts = [f"{words}{base} {said}", name_harmed(first), place, days]
    return " · ".join(part for part in parts if part)


def _quote_numbers(rows: list) -> tuple[str, str]:
    """(“at least 22”, its days): the numbers of a finding, each in quotation marks of its own, and
    the days of all; where these differ, each has its own in brackets, and there are none of all."""
    numbers: dict[str, list] = {}
    for row in rows:
        numbers.setdefault(_word_number(row), []).append(row)
    if len({_say_days(same) for same in numbers.values()}) == 1:
        return join_words([f"“{words}”" for words in numbers]), _say_days(rows)
    dated = [f"“{words}” ({_say_days(same)})" for words, same in numbers.items()]
    return join_words(dated), ""


def _word_number(row) -> str:
    """The words of a number; of a bare article, those that follow it too."""
    bare = row.number.lower() in ("a", "an")
    return row.exact[int(row.number_start - row.start) :] if bare else row.number


def _say_days(rows: list) -> str:
    """The days within which all figures of a group lie: "1982 to 1983"; "a day in 8–9 Dec 2024" of
    a stock; "within 27 Nov to 7 Dec 2024" of a shorter time; "undated"."""
    dated = [row for row in rows if pd.notna(row.date_start)]
    if not dated:
        return "undated"
    start, end = min(row.date_start for row in dated), max(row.date_end for row in dated)
    days, kinds = say_period(start, end), {row.date_kind for row in dated}
    if kinds == {"window"}:
        return f"within {days}"
    return f"a day in {days}" if kinds == {"point"} and start != end else days
