"""Datelines: sentences that open with place and date of writing ("DAMAR, 6 Aug (JNA) — …")."""

import re
from functools import lru_cache

from helpers.extract.text.document import Document

_OPENING = 140  # characters in which a dateline ends
_FIRST = 8  # sentences that may open with a dateline of any form
_MONTH = r"[A-Z][a-z]{2,8}\.?"
_DATELINE = re.compile(
    r"\s*(?:[A-ZÀ-Þ][A-ZÀ-Þ'’.-]{2,}[^\n]{0,110}?"
    r"(?:\s(?:-|–|—|--|_)\s|\)\s*(?:--|—|–|-|_)\s|—)"
    r"|\([A-Z][^)\n]{2,40}\)\s*[-–—]\s"
    r"|[A-ZÀ-Þ][^\W\d_][\w'’ /-]{1,40}, "  # "Kabul, 29 July 2021 - "
    r"(?:[A-ZÀ-Þ][^\W\d_][\w'’ -]{1,30}, )?"  # "Juba, South Sudan, Dec 10, 2025 (AFP) - "
    rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})[ ,\d]{{0,7}}(?:\s\([^)\n]{{2,40}}\))?\s[-–—]+\s)"
)
_LINE = re.compile(  # "PEMBA, March 3, 2026 (Agency)" on a line of its own
    r"(?![A-Z][a-z]+day\b)[A-ZÀ-Þ][\w'’./ ()-]{1,60}, (?:[A-Z][a-z]+day,? )?"
    rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}),? (?:19|20)\d\d"
    r"(?: ?[-–—|,] ?[^\n.]{2,60}| ?\([^)\n]{2,60}\))?"
)
_OUTLET = re.compile(  # "2. ADEN RADIO, 1700 GMT: …" in a digest
    r"\s*(?:\d{1,2}[.)]\s*)?[A-ZÀ-Þ][^:\n.;]{0,50}?\b(?i:radio|tv|television|agency|broadcasting)\b"
    r"[^:\n.;]{0,40}:\s"
)
_DASHES = "-–—_"
_PLAIN = re.compile(r"[A-ZÀ-Þ' .]{4,30}(?:,[^–—-]{0,40})?\s[-–—]")


@lru_cache(maxsize=1)  # places, days and events of a text ask for the same
def find_datelines(document: Document) -> dict[int, int]:
    """Sentence → where its news begins, behind the dateline; sentences without one are left out.

    Each sentence is tried only if the mark stands in it that its dateline ends with.
    """
    found, lines = {}, find_lines(document)
    for order, sentence in enumerate(document.sentences):
        end = min(sentence.end, sentence.start + _OPENING)
        opening = document.text[sentence.start : end]
        if ":" in opening and (outlet := _OUTLET.match(document.text, sentence.start, end)):
            found[order] = outlet.end()
            continue
        if order in lines:
            found[order] = sentence.end
            continue
        if not any(dash in opening for dash in _DASHES):
            continue
        match = _DATELINE.match(document.text, sentence.start, end)
        if not match:
            continue
        in_capitals = sum(map(str.isupper, opening)) >= 0.6 * sum(map(str.isalpha, opening))
        if not in_capitals and (order < _FIRST or _PLAIN.match(opening)):
            found[order] = match.end()
    return found


@lru_cache(maxsize=1)
def find_lines(document: Document) -> frozenset[int]:
    """The sentences at the head that are a dateline and nothing else: their day is that of
    writing, and dates nothing that is told."""
    return frozenset(
        order
        for order, sentence in enumerate(document.sentences[:_FIRST])
        if sentence.is_heading and _LINE.fullmatch(document.text, sentence.start, sentence.end)
    )
