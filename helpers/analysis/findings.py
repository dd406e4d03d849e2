"""Findings: what the charts rest on, and what each would lose with a text."""

import pandas as pd

from helpers.analysis.comparisons import count_sources, date_captures, group_claims, read_value
from helpers.analysis.rates import say_window
from helpers.analysis.selection import say_stance
from helpers.corpus.copies import name_text
from helpers.corpus.places import name_places, split_values
from helpers.schema.columns import MEASURES, SAID, VALUES
from helpers.schema.formatting import join_words, name_harmed, say_period

FINDING_COLUMNS = [
    *("topic", "finding", "claims", "documents", "sources", "denied", "falls_without")
]


def list_findings(claims: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """What the charts rest on, and what each finding rests on. One row is one finding: a number
    that comparable figures give (displacement, casualties, and those of pace that count) or the
    capture of a place by one side. What is only expected is no finding.

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
            *_group_captures(claims, places, by_id),
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
    documents = sorted({name_text(row) for row in behind or denials})
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
    """(measure, words, ids) of each number that comparable figures give."""
    figures = claims[
        (claims["number"] != "")
        & (claims["quantifier"] != "vague")
        & (claims["assertion"] != "expected")
        & ~claims["measure"].isin(["duration", "distance"])
    ]
    found = []
    for group in group_claims(figures, places).itertuples():
        same: dict[tuple, list[str]] = {}
        for claim in group.claims:
            same.setdefault(read_value(by_id[claim]), []).append(claim)
        for ids in same.values():
            rows = [by_id[claim] for claim in ids]
            where = name_places(places, ";".join(dict.fromkeys(row.place for row in rows)))
            found.append((group.measure, _word_figures(rows, where), ids))
    return found


def _group_captures(claims: pd.DataFrame, places: pd.DataFrame, by_id: dict) -> list[tuple]:
    """(measure, words, ids) of each place that one side captured, with the denials of it."""
    captures, found = claims[claims["measure"] == "captured"], []
    for actor, group in captures.groupby("actor", sort=False):
        by = f" by {actor.replace(';', ', ')}" if actor else ""
        is_denied = (group["assertion"] == "denied") & (group["scope"] == "offensive")
        denials = [by_id[claim] for claim in group["claim_id"][is_denied]]
        for row in date_captures(group).itertuples():
            firm = [by_id[claim] for claim in dict.fromkeys(row.claims)]
            denied = [
                denial.claim_id for denial in denials if row.place in split_values(denial.place)
            ]
            for told, first, last in _split_days(firm):
                stance = say_stance(told)
                words = f"{name_places(places, row.place)} captured{by}"
                words += f" ({stance})" if stance else ""
                ids = [claim.claim_id for claim in told]
                found.append(("captured", f"{words} · {say_period(first, last)}", ids + denied))
                denied = []
    return found


def _split_days(captures: list) -> list[tuple[list, pd.Timestamp, pd.Timestamp]]:
    """The captures of one place by one side, apart where texts give days that exclude each other:
    it was taken twice, or they disagree. One entry: its claim rows, and the first and last of the
    days that each of its texts allows."""
    bounds: dict[str, tuple[pd.Timestamp, pd.Timestamp]] = {}
    for row in captures:
        first, last = bounds.get(row.doc_id, (row.date_start, row.date_end))
        bounds[row.doc_id] = min(first, row.date_start), max(last, row.date_end)
    parts: list[tuple[set[str], pd.Timestamp, pd.Timestamp]] = []
    for name in sorted(bounds, key=lambda name: (*reversed(bounds[name]), name)):
        begun, ended = bounds[name]
        if parts and begun <= parts[-1][2]:
            names, first, last = parts[-1]
            parts[-1] = {*names, name}, max(first, begun), min(last, ended)
        else:
            parts.append(({name}, begun, ended))
    return [
        ([row for row in captures if row.doc_id in names], first, last)
        for names, first, last in parts
    ]


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
        numbers.setdefault(word_number(row), []).append(row)
    if len({_say_days(same) for same in numbers.values()}) == 1:
        return join_words([f"“{words}”" for words in numbers]), _say_days(rows)
    dated = [f"“{words}” ({_say_days(same)})" for words, same in numbers.items()]
    return join_words(dated), ""


def word_number(row) -> str:
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


def name_no_findings(claims: pd.DataFrame) -> dict[str, pd.Series]:
    """What claims that are no findings of their own are called (Chart.leave_out): words → rows."""
    measure = claims["measure"]
    return {
        "plans, demands, rumours and forecasts": claims["assertion"] == "expected",
        "durations and distances": measure.isin(["duration", "distance"]),
        "figures without a number": claims["quantifier"] == "vague",
        "denials of no finding": claims["assertion"] == "denied",
        "captures of ground without a place of its own": measure == "captured",
        "arrivals, entries and withdrawals": measure.isin(["reached", "entered", "withdrawn"]),
        "beginnings of attacks and counter-attacks": measure.isin(
            ["offensive_start", "counter_offensive"]
        ),
        "what is held, without a figure": measure.isin(["control_share", "control_change"]),
        "displacements, deaths and detentions without a figure": claims["topic"] != "pace",
    }
