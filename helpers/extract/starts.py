"""When fighting began, where a text gives the day and names no place with it: "since the battle
began on 15 August", "Launched on 5 October, the operation …". Each day is told once."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from helpers.extract.dates.calendar import Span
from helpers.extract.dates.expressions import Dating
from helpers.extract.periods.period import SEASON
from helpers.extract.text.document import Document

_FIGHTING = (
    r"(?:battles?|fighting|clashes|offensive|siege|assault|operation|hostilities|campaign"
    r"|counter-?offensive)"
)
_BEGAN = re.compile(
    rf"\b{_FIGHTING} (?:again )?(?:(?:against|on|by|in) (?:[\w'’-]+ ){{1,4}}?)?"
    r"(?P<verb>began|begun|broke out|started|erupted|flared(?: up)?"
    r"|was launched|were launched)(?: again| anew| early| late)? (?:on |in |at )?$"
)
# "launched the assault | on 13 June"
_LAUNCHES = re.compile(
    rf"\b(?:launched|began|started) (?:the|their|its) (?:[\w-]+ )?{_FIGHTING} (?:on )?$"
)
_LAUNCHED = re.compile(r"(?:launched|started|begun) (?:on )?$")
_IS_IT = re.compile(rf"[^.;]{{0,60}}?, (?:the|this) (?:[\w-]+ ){{0,3}}?{_FIGHTING}\b")
_MAY = re.compile(
    rf"{_BEGAN.pattern.removesuffix('(?:on |in |at )?$')}|\b(?:launched|begun|began|started) "
)
_REACH = 70  # characters before a day in which it is said what began


def find_starts(
    document: Document, list_dates: Callable[[], list[Dating]], published: Span | None
) -> Iterator[tuple[int, int, Dating]]:
    """(start, end, dating words) of each beginning within the season before the text."""
    told: set[date] = set()
    if not published or not _MAY.search(document.lowered):
        return
    for dating in list_dates():
        first, last = dating.first, dating.last
        if not first or not last or first in told or (last - first).days > 1:
            continue
        if not published[0] - SEASON <= first <= published[1]:
            continue
        start = _find_began(document, dating)
        if start is not None:
            told.add(first)
            yield start, dating.end, dating


def _find_began(document: Document, dating: Dating) -> int | None:
    """Where the words begin that say that fighting began on a day."""
    lowered = document.lowered
    sentence = document.sentences[document.find_sentence(dating.start)]
    begin = max(sentence.start, dating.start - _REACH)
    before = lowered[begin : dating.start]
    if began := _BEGAN.search(before) or _LAUNCHES.search(before):
        return begin + began.start()
    opens = begin == sentence.start and _LAUNCHED.match(before)
    if opens and _IS_IT.match(lowered, dating.end, sentence.end):
        return sentence.start
    return None
