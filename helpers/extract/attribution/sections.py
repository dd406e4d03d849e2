"""Sections of a digest: items that are headed by the outlet whose report they give ("3. SABA AGENCY
(ADEN): …"), which holds to the next item or the end of the paragraph."""

import re
from typing import NamedTuple

from helpers.extract.attribution.names import is_office, name_source
from helpers.extract.attribution.phrases import WORDS
from helpers.extract.attribution.statement import PATTERNS

_END = re.compile(r"\n[ \t]*\n")
_LONGEST = 4_000  # characters of an item


class Section(NamedTuple):
    """An item of a digest: where its words begin behind the heading and where it ends, the outlet,
    and the side in brackets behind its name, or ""."""

    start: int
    end: int
    source: str
    side: str


def find_sections(text: str) -> list[Section]:
    """The items of a text in reading order; none in a text that is no digest.

    >>> find_sections("1. KELL RADIO (HUTHI): 12 DEAD.")[0].source
    'KELL RADIO'
    """
    if ": " not in text and "[SOT " not in text:
        return []
    found = [
        (match.start(), match.end(), match["source"].strip(), match["side"] or "")
        for match in PATTERNS["section"].finditer(text)
        if PATTERNS["outlet"].search(match["source"])
    ]
    found += [
        (match.start(), match.end(), name_source(match["source"]), "")
        for match in PATTERNS["issued"].finditer(text)
    ]
    found += [
        (match.start(), match.end(), source, "")
        for match in PATTERNS["from_head"].finditer(text)
        if (source := name_source(match["source"])) and _may_tell(source)
    ]
    found += [
        (match.start(), match.end(), source, "")
        for match in PATTERNS["recorded"].finditer(text)
        if (source := _find_full_name(text, match["label"] or match["sot"]))
    ]
    found = list({start: one for one in found for start in one[1:2]}.values())
    found.sort()
    sections: list[Section] = []
    sides: dict[str, str] = {}  # outlet → the side in brackets where it was named first
    for order, (_, start, source, said) in enumerate(found):
        side = sides.setdefault(source, said) or said
        closing = _END.search(text, start, start + _LONGEST)
        end = closing.start() if closing else min(len(text), start + _LONGEST)
        if order + 1 < len(found):
            end = min(end, found[order + 1][0])
        sections.append(Section(start, end, source, side))
    return sections


def _may_tell(source: str) -> bool:
    """Whether "From …:" names an organisation or officials, and no place."""
    words = set(source.lower().split())
    return is_office(source) or not words.isdisjoint(WORDS["body"] | WORDS["role"])


def find_label(text: str, at: int) -> str:
    """Who speaks in the paragraph of a transcript that holds an offset: "Ana Brel" of "BREL: My
    organisation | has counted"; "" of a text without labels, and of a presenter."""
    start = text.rfind("\n", 0, at) + 1
    match = PATTERNS["labelled"].match(text, start, at)
    if match is None or PATTERNS["presents"].search(match["label"]):
        return ""
    return _find_full_name(text, match["label"])


def _find_full_name(text: str, label: str) -> str:
    """The name under which a text introduces whose recording a label in capitals heads: "Ana Brel"
    of "BREL (recording)"; of voices without a name ""."""
    if PATTERNS["nameless"].search(label):
        return ""
    name = label.title()
    if " " in name:
        return name
    whole = re.search(rf"(?:[A-Z][\w’'-]+ ){{1,2}}(?i:{re.escape(label)})\b", text)
    return whole[0] if whole else name
