"""Texts: a document as its evidence page shows it, whole, its claims marked in place."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import quote

from helpers.publish.evidence.cards import fill_claim_card, fill_reading_card
from helpers.publish.evidence.references import References
from helpers.publish.links import anchor_claim, anchor_document
from helpers.schema.columns import MEASURES, VALUES

LINE_ENDS = re.compile(r"(?:\r?\n[ \t]*)*\r?\n")
KINDS = ("claims", "readings", "reasons", "numbers")  # of spans


class Span(NamedTuple):
    """A stretch of a text (code points) that is marked: its kind, and what is said of it: the
    anchor of a claim or a reading, the reason why a number is no claim; "" of a claim's number."""

    start: int
    end: int
    kind: str
    value: str


def describe_text(
    document, claims: list, readings: list, numbers: list, known: References
) -> dict[str, Any]:
    """A document as its page shows it: its paragraphs, beside each the cards of what begins there,
    and its `numbers` that are no claims."""
    here = known.pages[document.doc_id]
    filled = [fill_claim_card(claim, here, known) for claim in claims]
    cards = {card["anchor"]: card for card in filled}
    filled = [fill_reading_card(reading, here, known) for reading in readings]
    notes = {note["anchor"]: note for note in filled}
    rows = []
    for segments in cut_text(document.text, list_spans(claims, readings, numbers)):
        begun = [anchor for segment in segments for anchor in segment["opens"]]
        rows.append(
            {
                "segments": segments,
                "cards": [cards[anchor] for anchor in begun if anchor in cards],
                "notes": [notes[anchor] for anchor in begun if anchor in notes],
            }
        )
    topics = Counter(claim.topic for claim in claims)
    published = "on an unknown day"
    if document.published:
        days = document.published.replace("/", " to ")
        published = f"{days} ({document.published_basis})"
    measures, reviews = list(MEASURES), VALUES["review"]
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
        "tally": {topic: topics[topic] for topic in VALUES["topic"] if topics[topic]},
        "counts": Counter(
            (measures.index(claim.measure), reviews.index(claim.review)) for claim in claims
        ),
        "other": [
            name for name in cards | notes if guess_home(name, known.pages) != document.doc_id
        ],
    }


def list_spans(claims: list, readings: list, numbers: list) -> list[Span]:
    """What is marked in a text."""
    spans = [Span(c.start, c.end, "claims", anchor_claim(c.claim_id)) for c in claims]
    spans += [Span(r.start, r.end, "readings", anchor_claim(r.mark)) for r in readings]
    spans += [
        Span(int(c.number_start), int(c.number_start) + len(c.number), "numbers", "")
        for c in claims
        if c.number
    ]
    spans += [Span(n.start, n.end, "reasons", f"{n.kind}: {n.reason}") for n in numbers]
    return spans


def cut_text(text: str, spans: list[Span]) -> list[list[dict[str, Any]]]:
    """A text cut at the ends of every span and line: paragraphs, each a list of segments, which
    joined are the text.

    A segment holds its `words`, for each kind the values of the spans over it, `opens` (claims and
    readings that begin with it) and `blank` (it is an empty line, or several).
    """
    lines = [at for match in LINE_ENDS.finditer(text) for at in match.span()]
    bounds = sorted({0, len(text), *lines, *(at for span in spans for at in span[:2])})
    ends, opening = set(lines[1::2]), defaultdict(list)
    for span in sorted(spans, key=lambda span: (span[0], span[3])):
        opening[span[0]].append(span)
    paragraphs: list[list[dict[str, Any]]] = [[]]
    over: list[Span] = []
    for start, end in pairwise(bounds):
        over = [span for span in over if span[1] > start] + opening[start]
        words, ends_line = text[start:end], end in ends
        segment: dict[str, Any] = {
            kind: [value for _, _, of, value in over if of == kind] for kind in KINDS
        }
        segment["opens"] = [
            value for _, _, kind, value in opening[start] if kind in ("claims", "readings")
        ]
        segment["words"] = words
        segment["blank"] = ends_line and words not in ("\n", "\r\n") and not words.strip()
        paragraphs[-1].append(segment)
        if ends_line and end < len(text):
            paragraphs.append([])
    return paragraphs


def guess_home(anchor: str, documents: Collection[str]) -> str:
    """The document whose id an anchor begins with, the longest; "" when there is none. The index
    does the same to send an anchor on, and lists those that this does not find.

    >>> guess_home("004-1-2", {"004", "004-1"})
    '004-1'
    """
    parts = anchor.split("-")
    names = ("-".join(parts[:n]) for n in range(len(parts) - 1, 0, -1))
    return next((name for name in names if name in documents), "")
