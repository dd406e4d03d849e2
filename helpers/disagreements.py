"""Disagreements: readings of one question that differ, under the same gate as the claims; and what each
finding would lose with a text."""

import re
from pathlib import Path

import pandas as pd

from helpers.codebook import MEASURES, SAID
from helpers.corpus import load_quotes
from helpers.estimates import count_sources, date_captures, group_claims
from helpers.folders import CorpusError
from helpers.places import name_places
from helpers.tables import list_faults

DISAGREEMENT_COLUMNS = [
    "question_id",
    "question",
    "topic",
    "doc_id",
    "start",
    "end",
    "exact",
    "reading",
    "low",
    "high",
    "unit",
    "explanation",
    "why",
    "note",
]
EXPLANATIONS = ["time of writing", "scope", "wording", "parties", "open"]


def load_disagreements(folder: str | Path, documents: pd.DataFrame) -> pd.DataFrame:
    """The readings that differ. One row is one reading of one question by one document, with its quote.

    Columns: mark (the id that charts and pages give it: reading-d01-002, for a second reading of the question by
    one document reading-d01-002--2), question_id, question, topic (displacement, casualties, pace, other), doc_id, start, end,
    exact, reading (in few words), low, high, unit (where the reading is a number), explanation (time of
    writing, scope, wording, parties, open), why, note. Empty without disagreements.csv. Raises
    CorpusError, all faults at once: a quote that does not stand, an unknown explanation, a question
    with a single reading.
    """
    table = load_quotes(
        folder, "disagreements.csv", DISAGREEMENT_COLUMNS, documents, _check_reading
    )
    readings = table["question_id"].value_counts()
    if single := [
        f"{question} has one reading only; a disagreement takes two"
        for question in readings[readings < 2].index
    ]:
        raise CorpusError(list_faults("disagreements.csv", single))
    turns = table.groupby(["question_id", "doc_id"]).cumcount() + 1
    marks = [
        f"reading-{row.question_id}-{row.doc_id}" + f"--{turn}" * (turn > 1)
        for row, turn in zip(table.itertuples(), turns)
    ]
    return table.assign(
        low=pd.to_numeric(table["low"]), high=pd.to_numeric(table["high"]), mark=marks
    )


def _check_reading(row: dict) -> list[str]:
    allowed = {"explanation": EXPLANATIONS, "topic": [*dict.fromkeys(MEASURES.values()), "other"]}
    faults = [
        f'{column} reads "{row[column]}", which is no number; write digits only, or nothing'
        for column in ("low", "high")
        if row[column] and not re.fullmatch(r"\d+(\.\d+)?", row[column])
    ]
    return faults + [
        f'{column} reads "{row[column]}"; write one of {", ".join(values)}'
        for column, values in allowed.items()
        if row[column] not in values
    ]


def find_claims_of(reading, claims: pd.DataFrame) -> list[str]:
    """Ids of the claims that share words with a reading's quote."""
    near = (
        (claims["doc_id"] == reading.doc_id)
        & (claims["start"] < reading.end)
        & (claims["end"] > reading.start)
    )
    return list(claims["claim_id"][near])


def _word_group(claims: pd.DataFrame, said: str, where: str) -> str:
    """“three million” living there · Idlib; the place only where the words do not name it."""
    words = "; ".join(
        dict.fromkeys(
            claims["exact"]
            if len(claims) == 1 and claims["number"].iloc[0].lower() in ("a", "an")
            else claims["number"]
        )
    )
    return f"“{words}” {said}" + (f" · {where}" if where and where not in said else "")


def list_findings(claims: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """What the charts rest on, and what each finding rests on. One row is one finding: a group of
    comparable figures (displacement, casualties, and those of pace that count) or the capture of a place
    by one side.

    Columns: topic, finding (words), claims, documents (lists of ids), sources (original source → claim
    ids), falls_without (the document whose loss takes the finding away; empty when others carry it).
    """
    figures = claims[
        (claims["number"] != "")
        & (claims["quantifier"] != "vague")
        & ~claims["measure"].isin(["duration", "distance"])
    ]
    by_id = claims[["claim_id", "doc_id", "exact", "number", "source_original"]].set_index(
        "claim_id", drop=False
    )  # taken from hundreds of times: no column that is not read
    groups = [
        (
            row.measure,
            _word_group(by_id.loc[row.claims], SAID[row.measure], name_places(places, row.place)),
            row.claims,
        )
        for row in group_claims(figures, places).itertuples()
    ]
    for actor, captures in claims[claims["measure"] == "captured"].groupby("actor", sort=False):
        by = f" by {actor.replace(';', ', ')}" if actor else ""
        groups += [
            ("captured", f"{name_places(places, row.place)} captured{by}", row.claims)
            for row in date_captures(captures).itertuples()
        ]
    rows = []
    for measure, label, ids in groups:
        documents = sorted(set(by_id.loc[ids, "doc_id"]))
        rows.append(
            (
                MEASURES[measure],
                label,
                ids,
                documents,
                count_sources(by_id.loc[ids]),
                documents[0] if len(documents) == 1 else "",
            )
        )
    findings = pd.DataFrame(
        rows, columns=["topic", "finding", "claims", "documents", "sources", "falls_without"]
    )
    order = ["displacement", "casualties", "pace"]
    return findings.sort_values(
        "topic", key=lambda topics: topics.map(order.index), kind="stable", ignore_index=True
    )
