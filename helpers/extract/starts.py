"""When fighting began, where a text gives the day and names no place with it: "since the battle
began on 15 August", "Launched on 5 October, the operation …". Each day is told once."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from helpers.extract.dates.calendar import Span
from helpers.extract.dates.expressions import Dating
from helpers.extract.events.actors import find_actor, is_of_fighters
from helpers.extract.periods.period import SEASON
from helpers.extract.places.countries import name_governments
from helpers.extract.rules.needs import list_signs
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
    r"|\bcounter-?\s?(?:attack|offensive)\b"
)
_MAY_SIGNS = list_signs(_MAY.pattern)
_REACH = 70  # characters before a day in which it is said what began


# "had regained several hills in a counter-attack | on Friday"
_COUNTERS = re.compile(r"\b(?:in|with|during) an? counter-?\s?(?:attack|offensive) (?:on )?$")


class Start(NamedTuple):
    """Where it is told that fighting began, the measure, the words for who began it ("" if unsaid)
    and those that date it."""

    start: int
    end: int
    measure: str
    actor: str
    dating: Dating


def find_starts(
    document: Document, list_dates: Callable[[], list[Dating]], published: Span | None
) -> Iterator[Start]:
    """Each beginning within the season before the text."""
    told: set[date] = set()
    if not published or not any(sign in document.lowered for sign in _MAY_SIGNS):
        return
    if not _MAY.search(document.lowered):
        return
    for dating in list_dates():
        first, last = dating.first, dating.last
        if not first or not last or first in told or (last - first).days > 1:
            continue
        if not published[0] - SEASON <= first <= published[1]:
            continue
        found = _find_began(document, dating)
        if found is not None:
            told.add(first)
            yield found


def _find_began(document: Document, dating: Dating) -> Start | None:
    """The beginning of fighting that the words before a day tell."""
    lowered = document.lowered
    sentence = document.sentences[document.find_sentence(dating.start)]
    begin = max(sentence.start, dating.start - _REACH)
    before = lowered[begin : dating.start]
    if launches := _LAUNCHES.search(before):
        actor = _name_actor(document, sentence.start, begin + launches.start(), dating.start)
        start = begin + launches.start()
        return Start(start, dating.end, "offensive_start", actor, dating)
    if began := _BEGAN.search(before):
        return Start(begin + began.start(), dating.end, "offensive_start", "", dating)
    if counters := _COUNTERS.search(before):
        return Start(begin + counters.start(), dating.end, "counter_offensive", "", dating)
    opens = begin == sentence.start and _LAUNCHED.match(before)
    if opens and _IS_IT.match(lowered, dating.end, sentence.end):
        return Start(sentence.start, dating.end, "offensive_start", "", dating)
    return None


def _name_actor(document: Document, first: int, verb: int, end: int) -> str:
    """The words for those who launched it, if they are fighters."""
    words = document.lowered[first:end]
    found, _ = find_actor(words, verb - first, end - first, "finite", False)
    actor = document.text[first + found[0] : first + found[1]] if found else ""
    is_side = is_of_fighters(actor) or actor.lower() in name_governments()
    return actor if is_side else ""
