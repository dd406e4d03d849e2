"""Headings of dated lists: a day and a place, and nothing else ("Nov. 3 - KELL."); and the places
at the head of a list of how they stand ("4/ Kell: contested")."""

import re

from helpers.extract.dates.search import Offsets
from helpers.extract.rules.territory import compile_territory
from helpers.extract.text.document import Document
from helpers.extract.text.sentences import Sentence

_LONGEST = 60  # characters
_BEFORE = re.compile(r"[\W_]*$")
_NAME = re.compile(r"[\W_]*(?P<name>[^\W\d_a-z][^\W\d_]*(?:[ '’-][^\W\d_]+){0,3})[\W_]*$")


_LABEL = re.compile(
    r"\W*(?:\d{1,2}[/.)]*\s+)?(?P<name>[A-Z][^\W\d_]+(?:[ '’-][^\W\d_]+){0,3}?)"
    r"(?: (?:town|city|village|district))?: (?=(?P<rest>[^\n]{4,60}))"
)
_STANDING = compile_territory(r"{standing}\b")


def find_label_name(document: Document, sentence: Sentence) -> tuple[int, int] | None:
    """Where the name stands of which a line of a list says how it stands (start, end); None in
    other sentences."""
    label = _LABEL.match(document.text, sentence.start, sentence.end)
    if not label or not _STANDING.match(label["rest"].lower()):
        return None
    return label.span("name")


def may_be_heading(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence is short, and holds a figure, as headings of a day do."""
    start, end = sentence.start, sentence.end
    return end - start <= _LONGEST and any(map(str.isdigit, document.text[start:end]))


def find_heading_name(
    document: Document, sentence: Sentence, dates: list[Offsets]
) -> tuple[int, int] | None:
    """Where the name stands in a heading of a day and a name (start, end); None in other
    sentences."""
    if len(dates) != 1 or not may_be_heading(document, sentence):
        return None
    text, (start, end) = document.text, dates[0]
    if not _BEFORE.match(text[sentence.start : start]):
        return None
    name = _NAME.match(text[end : sentence.end])
    if not name or not name["name"][:1].isupper():
        return None
    return end + name.start("name"), end + name.end("name")
