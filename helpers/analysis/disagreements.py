"""Disagreements: questions that the texts answer differently, as people wrote them down and as a
rule finds them. The readings that people quote stand under the same gate as the claims."""

from pathlib import Path

import pandas as pd

from helpers.analysis.questions import DISAGREEMENT_COLUMNS, find_disagreements
from helpers.analysis.selection import Study, list_sources
from helpers.corpus.quotes import load_quotes
from helpers.schema.columns import find_misfits, find_misshapen
from helpers.schema.csv_files import list_faults
from helpers.schema.errors import CorpusError


def load_disagreements(folder: str | Path, documents: pd.DataFrame) -> pd.DataFrame:
    """The readings that differ. One row is one reading of one question by one document, with its
    quote.

    Columns: those of disagreements.csv, low and high as numbers, and mark (the id that charts and
    pages give it: reading-d01-002, for a second reading of the question by one document
    reading-d01-002--2). Empty without disagreements.csv. Raises CorpusError, all faults at once: a
    quote that does not stand, an unknown explanation, a question with a single reading.
    """
    table = load_quotes(folder, "disagreements", documents, _check_reading)
    readings = table["question_id"].value_counts()
    if single := [
        f"{question} has one reading only; a disagreement takes two"
        for question in readings[readings < 2].index
    ]:
        raise CorpusError(list_faults("disagreements.csv", single))
    turns = table.groupby(["question_id", "doc_id"]).cumcount() + 1
    marks = "reading-" + table["question_id"] + "-" + table["doc_id"]
    marks = marks.mask(turns > 1, marks + "--" + turns.astype(str))
    return table.assign(
        low=pd.to_numeric(table["low"]), high=pd.to_numeric(table["high"]), mark=marks
    )


def _check_reading(row: dict[str, str]) -> list[str]:
    numbers = {name: cell for name, cell in row.items() if name not in ("start", "end")}
    return find_misshapen("disagreements", numbers) + find_misfits("disagreements", row)


def find_claims_of(reading, claims: pd.DataFrame) -> list[str]:
    """Ids of the claims that share words with a reading's quote."""
    spans = zip(*(claims[name] for name in ("claim_id", "doc_id", "start", "end")))
    return [
        claim
        for claim, document, start, end in spans
        if document == reading.doc_id and start < reading.end and end > reading.start
    ]


def list_disagreements(study: Study) -> pd.DataFrame:
    """All questions that the texts of a selection answer differently: first those that people wrote
    into disagreements.csv, then those that a rule finds and none of these asks.

    One row is one reading of one question: question_id, question, topic, doc_id (the first text),
    documents and claims (lists of ids), sources (list; a source that is not named is the text
    itself), source (whom a person names for words that no claim holds), exact (the text's words),
    reading (what it answers), low, high, unit, explanation, why (a sentence), found ("" by a
    person, else BY_RULE), mark (id), start, end, disputed (whether sources stand against each
    other for the same people, place and days: on other questions the texts only differ).
    """
    written = _list_written(study)
    found = find_disagreements(study.all_claims, study.documents, study.places, study.parties)
    asked = [
        {claim for ids in rows["claims"] for claim in ids}
        for _, rows in written.groupby("question_id")
    ]
    fresh = [
        rows
        for _, rows in found.groupby("question_id", sort=False)
        if not any(_is_asked(rows, claims) for claims in asked)
    ]
    readings = pd.concat([written, *fresh], ignore_index=True)[DISAGREEMENT_COLUMNS]
    return readings.astype({"disputed": bool})


def _is_asked(rows: pd.DataFrame, claims: set[str]) -> bool:
    """Whether a question that people wrote holds two readings or more of one that a rule found."""
    return sum(not claims.isdisjoint(ids) for ids in rows["claims"]) > 1


def _list_written(study: Study) -> pd.DataFrame:
    """The readings of the topics and texts selected. One text's readings of a question that others
    answer too may agree, and then stay out; those of a question that it alone answers stay."""
    readings = load_disagreements(study.folder, study.documents)
    chosen = list(study.texts["doc_id"])
    if study.parameters["topics"]:
        readings = readings[readings["topic"].isin(study.parameters["topics"])]
    texts_of = readings.groupby("question_id")["doc_id"].nunique()
    readings = readings[readings["doc_id"].isin(chosen)]
    left = readings.groupby("question_id")["doc_id"].transform("nunique")
    readings = readings[(left > 1) | (readings["question_id"].map(texts_of) == 1)]
    claims = [find_claims_of(reading, study.all_claims) for reading in readings.itertuples()]
    sources = [
        list(dict.fromkeys(source for key in ids for source in list_sources(study.by_claim[key])))
        or [source or f"text {doc_id}"]
        for ids, source, doc_id in zip(claims, readings["source"], readings["doc_id"], strict=True)
    ]
    documents = [[doc_id] for doc_id in readings["doc_id"]]
    more = {"claims": claims, "sources": sources, "documents": documents, "found": ""}
    return _tell_disputed(readings.assign(**more), study.parties)


def _tell_disputed(readings: pd.DataFrame, parties: tuple[str, ...]) -> pd.DataFrame:
    """The readings with `disputed`: of what people wrote, the questions on which they say that
    parties disagree, where a party to the war and another answer."""
    speakers = readings.groupby("question_id")["sources"].agg(lambda cells: set().union(*cells))
    between = speakers.map(lambda names: len(names) > 1 and bool(names & set(parties)))
    opposed = readings["question_id"].map(between).astype(bool)
    return readings.assign(disputed=(readings["explanation"] == "parties") & opposed)
