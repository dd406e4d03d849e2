"""Pages: the evidence as web pages. Each text stands whole, its claims marked in place, and beside
each claim what was coded from it."""

from collections import defaultdict
from itertools import groupby
from typing import Any

import pandas as pd

from helpers.analysis.disagreements import load_disagreements
from helpers.analysis.review import say_where_to_review
from helpers.analysis.selection import Study
from helpers.publish.evidence.cards import fill_reading_card, say_measure
from helpers.publish.evidence.references import References, gather_references
from helpers.publish.evidence.texts import describe_text
from helpers.publish.links import FOLDER, INDEX, LISTS, anchor_claim, anchor_mark, is_split
from helpers.publish.templating import render_page
from helpers.schema.columns import MEASURES, VALUES


def render_evidence_pages(
    study: Study, figures: dict[str, dict], news: str = ""
) -> dict[str, bytes]:
    """The evidence pages of a corpus: file, relative to the figures folder → its bytes. All of its
    claims are there, whatever the study selects.

    The texts on one page; of a long corpus (helpers.publish.links) an index and a page a text.
    Apart from them one of the marks that stand for several claims, and of the questions. `figures`:
    stem → its .json; `news`: a sentence on what has changed. Raises CorpusError when
    not_claims.csv or disagreements.csv does not stand in the texts.
    """
    known = gather_references(study, figures)
    readings = load_disagreements(study.folder, study.documents)
    texts = describe_texts(study, readings, known)
    common = {
        "corpus": study.settings["title"],
        "remark": study.remark,
        "review": say_where_to_review(study),
        "news": news,
        "filters": list_filters(study.coded),
        "everywhere": [(figures[stem]["title"], known.pictures[stem]) for stem in known.everywhere],
        "index": INDEX,
        "lists": LISTS,
        "contents": [],
        "texts": [],
    }
    lists = {
        "figures": list_gathered(figures, known),
        "questions": gather_questions(readings, known),
    }
    contents: dict[str, dict[str, Any]] = {LISTS: {"kind": "lists", **lists}}
    if not is_split(study):
        contents[INDEX] = {"kind": "whole", "contents": texts, "texts": texts}
    else:
        contents[INDEX] = {"kind": "index", "contents": texts}
        for before, text, after in zip([None, *texts], texts, [*texts[1:], None]):
            contents[text["page"]] = {
                "kind": "text",
                "texts": [text],
                "before": before,
                "after": after,
            }
    return {
        f"{FOLDER}/{name}": render_page("evidence.html", **common | contents[name])
        for name in sorted(contents)
    }


def describe_texts(study: Study, readings: pd.DataFrame, known: References) -> list[dict[str, Any]]:
    """The documents as their pages show them. Numbers that no table accounts for stand with those
    that are no claims."""
    from helpers.claims.audit import account_numbers, load_not_claims

    not_claims = load_not_claims(study.folder, study.documents)
    accounts = account_numbers(study.documents, study.coded, not_claims)
    unknown = accounts[accounts["account"] == ""].assign(
        kind="unaccounted for", reason="in no claim, and nobody has said why"
    )
    shared = list(unknown.columns.intersection(not_claims.columns))
    numbers = pd.concat([not_claims, unknown[shared]])
    claims, answers, others = map(group_by_document, (study.coded, readings, numbers))
    return [
        describe_text(row, claims[row.doc_id], answers[row.doc_id], others[row.doc_id], known)
        for row in study.documents.itertuples()
    ]


def group_by_document(table: pd.DataFrame) -> dict[str, list]:
    """document → its rows of a table, in reading order."""
    rows = defaultdict(list)
    for row in sorted(table.itertuples(), key=lambda row: row.start):
        rows[row.doc_id].append(row)
    return rows


def list_gathered(figures: dict[str, dict], known: References) -> list[dict[str, Any]]:
    """The figures, each with its marks that are no single claim (derived, or a group) and the
    claims behind each. A claim that has left the corpus since the figure was drawn has no link."""
    shown = []
    for stem, figure in figures.items():
        marks = [
            {
                "anchor": anchor_mark(stem, mark["mark"]),
                "words": mark["words"] or mark["mark"],
                "kind": mark["kind"],
                "claims": [
                    claim | {"href": _link_from_lists(claim["claim"], known)}
                    for claim in mark["claims"]
                ],
            }
            for mark in figure["marks"]
            if mark["kind"] in ("derived", "group")
        ]
        shown.append({"title": figure["title"], "href": known.pictures[stem], "marks": marks})
    return shown


def _link_from_lists(claim_id: str, known: References) -> str:
    if claim_id not in known.home:
        return ""
    return known.link_card(anchor_claim(claim_id), known.home[claim_id], LISTS)


def gather_questions(readings: pd.DataFrame, known: References) -> list[dict[str, Any]]:
    """The questions that the texts answer differently, each with its readings."""
    questions, answers = [], defaultdict(list)
    for row in readings.itertuples():
        answers[row.question_id].append(row)
    for question_id, rows in answers.items():
        given = [
            fill_reading_card(row, LISTS, known)
            | {"href": known.link_card(anchor_claim(row.mark), row.doc_id, LISTS)}
            for row in rows
        ]
        questions.append(
            {
                "anchor": f"question-{anchor_claim(question_id)}",
                "id": question_id,
                "question": rows[0].question,
                "explanation": rows[0].explanation,
                "why": rows[0].why,
                "answers": given,
            }
        )
    return questions


def list_filters(claims: pd.DataFrame) -> dict[str, Any]:
    """What claims can be filtered by, as far as the corpus has it: topics, (topic, its measures)
    and reviews."""
    numbers = {measure: number for number, measure in enumerate(MEASURES)}
    found = [measure for measure in MEASURES if measure in set(claims["measure"])]
    measures = [
        (topic, [(measure, say_measure(measure), numbers[measure]) for measure in group])
        for topic, group in groupby(found, MEASURES.__getitem__)
    ]
    reviews = [
        (review, number)
        for number, review in enumerate(VALUES["review"])
        if review in set(claims["review"])
    ]
    return {
        "measures": measures,
        "reviews": reviews,
        "claims": f"{len(claims):,} claim{'' if len(claims) == 1 else 's'}",
    }
