"""Pages: the evidence as web pages. Each text stands whole, its claims marked in place, and beside each
claim what was coded from it. Static, and safe whatever a text holds: the templates escape every value, and
no script runs but the page's own.
"""

import base64
import hashlib
import re
from collections import Counter, defaultdict
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from urllib.parse import quote

import pandas as pd

from helpers.analysis.disagreements import load_disagreements
from helpers.analysis.selection import Study
from helpers.claims.audit import account_numbers, load_not_claims
from helpers.publish.cards import describe_claim, describe_reading, link_card, say_measure
from helpers.publish.evidence import show_controls
from helpers.publish.links import (
    FOLDER,
    INDEX,
    LISTS,
    anchor_claim,
    anchor_document,
    anchor_mark,
    is_split,
    name_page,
)
from helpers.schema.columns import MEASURES, VALUES

LINE_ENDS = re.compile(r"(?:\r?\n[ \t]*)*\r?\n")


def render_evidence(study: Study, figures: dict[str, dict]) -> dict[str, bytes]:
    """The evidence pages of a corpus: file, relative to the figures folder → its bytes. All of its claims are
    there, whatever the study selects.

    The texts on one page; of a long corpus (helpers.publish.links) an index and a page a text. Apart from them one of the
    marks that stand for several claims, and of the questions. `figures`: stem → its .json. Raises CorpusError when
    not_claims.csv or disagreements.csv does not stand in the texts.
    """
    known = gather_knowledge(study, figures)
    readings = load_disagreements(study.folder, study.documents)
    not_claims = load_not_claims(study.folder, study.documents)
    accounts = account_numbers(study.documents, study.coded, not_claims)
    unknown = accounts[accounts["account"] == ""].assign(
        kind="unaccounted for", reason="in no claim, and nobody has said why"
    )
    tables = [
        group_rows(table)
        for table in (
            study.coded,
            readings,
            pd.concat(
                [not_claims, unknown[list(unknown.columns.intersection(not_claims.columns))]]
            ),
        )
    ]
    texts = [
        describe_text(document, *(table[document.doc_id] for table in tables), known)
        for document in study.documents.itertuples()
    ]
    everywhere = [(figures[stem]["title"], known["pictures"][stem]) for stem in known["everywhere"]]
    common = {
        "corpus": study.settings["title"],
        "remark": study.remark,
        "filters": list_filters(study.coded),
        "everywhere": everywhere,
        "index": INDEX,
        "lists": LISTS,
    }
    files = {
        LISTS: render_page(
            "evidence.html",
            **common,
            kind="lists",
            contents=[],
            texts=[],
            figures=list_marks(figures, known),
            questions=list_questions(readings, known),
        )
    }
    if is_split(study):
        files[INDEX] = render_page(
            "evidence.html", **common, kind="index", contents=texts, texts=[]
        )
        for before, text, after in zip([None, *texts], texts, [*texts[1:], None]):
            files[text["page"]] = render_page(
                "evidence.html",
                **common,
                kind="text",
                contents=[],
                texts=[text],
                before=before,
                after=after,
            )
    else:
        files[INDEX] = render_page(
            "evidence.html", **common, kind="whole", contents=texts, texts=texts
        )
    return {f"{FOLDER}/{name}": files[name] for name in sorted(files)}


def gather_knowledge(study: Study, figures: dict[str, dict]) -> dict:
    """What every card refers to: places; pages (document → its page), home (claim → document), behind (figure →
    its claims), everywhere (figures that rest on every claim, which need not be said with each), pictures (figure
    → address)."""
    ending = next(
        (ending for ending in ("svg", "png") if ending in study.parameters["formats"]), "json"
    )
    behind = {
        stem: {claim["claim"] for mark in figure["marks"] for claim in mark["claims"]}
        for stem, figure in figures.items()
    }
    everywhere = [
        stem for stem, claims in behind.items() if claims and claims >= set(study.coded["claim_id"])
    ]
    return {
        "places": study.places,
        "pages": {doc_id: name_page(study, doc_id) for doc_id in study.documents["doc_id"]}
        | {"": LISTS},
        "home": dict(zip(study.coded["claim_id"], study.coded["doc_id"])),
        "behind": {stem: claims for stem, claims in behind.items() if stem not in everywhere},
        "everywhere": everywhere,
        "pictures": {stem: f"../{quote(stem)}.{ending}" for stem in figures},
    }


def render_page(template: str, **values) -> bytes:
    """A template of helpers/publish/templates filled in, as UTF-8. Its style and script stand in the page, and a policy
    allows these two and nothing else that runs or loads."""
    from markupsafe import Markup

    templates = open_templates()
    style, script = (
        Markup(templates.loader.get_source(templates, name)[0])
        for name in ("page.css", "evidence.js")
    )
    sums = {
        name: base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        for name, block in (("style_sum", style), ("script_sum", script))
    }
    return (
        templates.get_template(template)
        .render(style=style, script=script, **sums, **values)
        .encode()
    )


@cache
def open_templates():
    """The templates, escaping every value, refusing one that is missing."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    home = FileSystemLoader(Path(__file__).parent / "templates")
    return Environment(
        loader=home,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=show_value,
    )


def show_value(value):
    """A value as a template shows it: its control characters as pictures. What is markup already stays as it is."""
    return value if hasattr(value, "__html__") else show_controls(str(value))


def group_rows(table: pd.DataFrame) -> dict[str, list]:
    """document → its rows of a table, in reading order."""
    rows = defaultdict(list)
    for row in sorted(table.itertuples(), key=lambda row: row.start):
        rows[row.doc_id].append(row)
    return rows


def cut_text(text: str, spans: list[tuple[int, int, str, str]]) -> list[list[dict]]:
    """A text cut at the ends of every span and line: paragraphs, each a list of segments, which joined are the text.

    A span is (start, end, kind, value). A segment holds its `words`, for each kind the values of the spans over
    it (claims, readings, reasons, numbers), `opens` (claims and readings that begin with it) and `blank` (it is
    an empty line, or several).
    """
    lines = [at for match in LINE_ENDS.finditer(text) for at in match.span()]
    bounds = sorted({0, len(text), *lines, *(at for span in spans for at in span[:2])})
    ends, opening = set(lines[1::2]), defaultdict(list)
    for span in sorted(spans, key=lambda span: span[:1] + span[3:]):
        opening[span[0]].append(span)
    paragraphs, over = [[]], []
    for start, end in pairwise(bounds):
        over = [span for span in over if span[1] > start] + opening[start]
        segment = {
            kind: [value for _, _, of, value in over if of == kind]
            for kind in ("claims", "readings", "reasons", "numbers")
        }
        segment["opens"] = [
            value for _, _, kind, value in opening[start] if kind in ("claims", "readings")
        ]
        paragraphs[-1].append(
            segment
            | {
                "words": text[start:end],
                "blank": end in ends
                and text[start:end] not in ("\n", "\r\n")
                and not text[start:end].strip(),
            }
        )
        if end in ends and end < len(text):
            paragraphs.append([])
    return paragraphs


def describe_text(document, claims: list, readings: list, numbers: list, known: dict) -> dict:
    """A document as its page shows it: its paragraphs, beside each the cards of what begins there, and its
    `numbers` that are no claims."""
    here = known["pages"][document.doc_id]
    cards, notes = (
        [describe_claim(claim, here, known) for claim in claims],
        [describe_reading(reading, here, known) for reading in readings],
    )
    spans = [(int(c.start), int(c.end), "claims", anchor_claim(c.claim_id)) for c in claims] + [
        (r.start, r.end, "readings", anchor_claim(r.mark)) for r in readings
    ]
    spans += [
        (int(c.number_start), int(c.number_start) + len(c.number), "numbers", "")
        for c in claims
        if c.number
    ]
    spans += [(n.start, n.end, "reasons", f"{n.kind}: {n.reason}") for n in numbers]
    by_anchor = {card["anchor"]: card for card in cards + notes}
    rows = []
    for segments in cut_text(document.text, spans):
        begun = [by_anchor[anchor] for segment in segments for anchor in segment["opens"]]
        rows.append(
            {
                "segments": segments,
                "cards": [card for card in begun if card["is_claim"]],
                "notes": [card for card in begun if not card["is_claim"]],
            }
        )
    other = [
        anchor for anchor in by_anchor if guess_home(anchor, known["pages"]) != document.doc_id
    ]
    published = (
        f"{document.published.replace('/', ' to ')} ({document.published_basis})"
        if document.published
        else "on an unknown day"
    )
    return {
        "id": document.doc_id,
        "anchor": anchor_document(document.doc_id),
        "page": here,
        "href": quote(here),
        "title": document.title,
        "publisher": document.publisher,
        "published": published,
        "rows": rows,
        "numbers": numbers,
        "claims": len(cards),
        "readings": len(notes),
        "tally": {
            topic: n
            for topic in VALUES["topic"]
            if (n := sum(card["topic"] == topic for card in cards))
        },
        "counts": Counter(
            (list(MEASURES).index(card["measure"]), VALUES["review"].index(card["review"]))
            for card in cards
        ),
        "other": other,
    }


def guess_home(anchor: str, documents) -> str:
    """The document whose id an anchor begins with ("004" of "004-031"), the longest; "" when there is none. The
    index does the same to send an anchor on, and lists those that this does not find."""
    parts = anchor.split("-")
    return next(
        (name for n in range(len(parts) - 1, 0, -1) if (name := "-".join(parts[:n])) in documents),
        "",
    )


def list_marks(figures: dict[str, dict], known: dict) -> list[dict]:
    """The figures, each with its marks that are no single claim (derived, or a group) and the claims behind each. A
    claim that has left the corpus since the figure was drawn has no link."""
    shown = []
    for stem, figure in figures.items():
        marks = [
            {
                "anchor": anchor_mark(stem, mark["mark"]),
                "words": mark["words"] or mark["mark"],
                "kind": mark["kind"],
                "claims": [
                    claim
                    | {
                        "href": link_card(
                            anchor_claim(claim["claim"]),
                            known["home"][claim["claim"]],
                            LISTS,
                            known,
                        )
                        if claim["claim"] in known["home"]
                        else ""
                    }
                    for claim in mark["claims"]
                ],
            }
            for mark in figure["marks"]
            if mark["kind"] in ("derived", "group")
        ]
        shown.append(
            {
                "stem": stem,
                "title": figure["title"],
                "href": known["pictures"][stem],
                "marks": marks,
            }
        )
    return shown


def list_questions(readings: pd.DataFrame, known: dict) -> list[dict]:
    """The questions that the texts answer differently, each with its readings."""
    questions, answers = [], defaultdict(list)
    for row in readings.itertuples():
        answers[row.question_id].append(row)
    for rows in answers.values():
        given = [
            describe_reading(row, LISTS, known)
            | {"href": link_card(anchor_claim(row.mark), row.doc_id, LISTS, known)}
            for row in rows
        ]
        questions.append(
            {
                "anchor": f"question-{anchor_claim(rows[0].question_id)}",
                "id": rows[0].question_id,
                "question": rows[0].question,
                "explanation": rows[0].explanation,
                "why": rows[0].why,
                "answers": given,
            }
        )
    return questions


def list_filters(claims: pd.DataFrame) -> dict:
    """What claims can be filtered by, as far as the corpus has it: topics, (topic, its measures) and reviews."""
    measures = [measure for measure in MEASURES if measure in set(claims["measure"])]
    return {
        "measures": [
            (
                topic,
                [
                    (measure, say_measure(measure), list(MEASURES).index(measure))
                    for measure in group
                ],
            )
            for topic, group in groupby(measures, MEASURES.get)
        ],
        "reviews": [
            (review, number)
            for number, review in enumerate(VALUES["review"])
            if review in set(claims["review"])
        ],
        "claims": f"{len(claims):,} claim{'s' * (len(claims) != 1)}",
    }
