"""What goes on without its verb: "Kell fell on Monday, Mira on Tuesday", "was seized and later retaken", "Kell (12 March)"."""

import re
from typing import NamedTuple

from helpers.extract.events.actors import find_actor
from helpers.extract.events.pieces import JOIN, NO_TAKE, SHORT
from helpers.extract.events.rules import PRIZE
from helpers.extract.places.gazetteer import PlaceMention
from helpers.extract.rules.ground import ADVERB, DATE, PLACE, TAKEN

_CHAIN = re.compile(
    rf"\s*(?:(?:{JOIN}|\s*[,;:]\s*(?:and\s+)?|\s+and\s*,\s*)(?:(?:on\s+|by\s+)?{DATE}\s*,?\s*)?(?:in\s+turn\s+)?(?:of\s+)?)(?P<places>{SHORT}(?:\s+and\s+{SHORT}(?!\s*,?\s*(?:on\s+)?{DATE})(?!\s*(?:was|were|fell|has|had)\b))*)(?P<after>(?:\s*,[^,.;:]{{1,40}},)?(?:\s*,?\s*(?:on\s+|by\s+|early\s+|late\s+|only\s+|just\s+)*{DATE})?)(?!\s*(?:was|were|is|are|fell|has|had)\b)"
)
_AFTER_STOP = re.compile(
    rf"\s*(?:and\s+)?(?:then\s+)?(?P<places>{SHORT})\s*,?\s*(?:on\s+)?{DATE}\s*[.;]?$"
)
_AND_VERB = re.compile(
    rf"(?:\band|\bbut|\bthen|,)\s+(?:{ADVERB}\s+){{0,3}}(?:was\s+|were\s+)?(?:{ADVERB}\s+){{0,2}}(?P<verb>{TAKEN}(?:\s+(?:over|back))?{NO_TAKE})(?=\s+(?:by|on|in|from)\b|\s*{DATE}|\s*[.,;])"
)
_PARENTHESES = re.compile(
    rf"(?P<places>{PLACE})\s+\((?P<verb>{TAKEN}|fell|lost|overrun)?\s*(?:\w+\s+){{0,3}}?(?:on\s+)?{DATE}\)"
)
_PRIZE = re.compile(rf"\b(?:{PRIZE})\b")
_TAIL = re.compile(rf"[^.;:{PLACE[0]}]{{0,60}}?{DATE}")


class Found(NamedTuple):
    """An event before it is dated: `verb` its offset in the text, `sentence` the index of its sentence."""

    measure: str
    start: int
    end: int
    verb: int
    place: PlaceMention
    actor: str
    assertion: str
    rule: str
    form: str
    sentence: int


def find_chained(
    index: int,
    begin: int,
    text: str,
    masked: str,
    meant: dict[int, list[PlaceMention]],
    found: list[Found],
) -> list[Found]:
    """What a sentence adds to the events found in it: places that share a verb, verbs that share a place."""
    more: list[Found] = []
    for event in [event for event in found if event.measure == "captured"]:
        more += _follow_places(event, begin, masked, meant)
        if event.rule in ("passive", "falls", "left", "reduced"):
            for match in _AND_VERB.finditer(masked, event.end - begin):
                if "\ue000" not in masked[event.end - begin : match.start()]:
                    actor, _ = find_actor(masked, match.start("verb"), match.end(), "passive", True)
                    more.append(
                        _join_verb(event, match, begin)._replace(
                            actor=text[begin + actor[0] : begin + actor[1]] if actor else ""
                        )
                    )
    for event in [
        event for event in found if event.measure == "withdrawn" and event.form == "passive"
    ]:
        more += [
            _join_verb(event, match, begin)._replace(measure="captured", actor="")
            for match in _AND_VERB.finditer(masked, event.end - begin)
        ]
    pairs = list(_PARENTHESES.finditer(masked))
    for pair in pairs:
        if pair["verb"] or len(pairs) > 1 and _PRIZE.search(masked):
            more += [
                Found(
                    "captured",
                    begin + pair.start(),
                    begin + pair.end(),
                    begin + pair.start(),
                    place,
                    "",
                    "reported",
                    "parentheses",
                    "chain",
                    index,
                )
                for place in meant[pair.start()]
            ]
    known = {(event.place.start, event.measure) for event in found}
    return [
        event
        for event in more
        if event.rule == "and" or (event.place.start, event.measure) not in known
    ]


def _follow_places(
    event: Found, begin: int, masked: str, meant: dict[int, list[PlaceMention]]
) -> list[Found]:
    more, at = [], event.end - begin
    tail = _TAIL.match(masked, at, at + 110)
    at = tail.end() if tail else at
    while link := _CHAIN.match(masked, at):
        if "\ue002" not in link[0] and " as well as " not in link[0]:
            break
        first, last = link.span("places")
        more += [
            event._replace(
                start=begin + first,
                end=begin + last,
                verb=begin + first,
                place=place,
                rule="chain",
                form="chain",
            )
            for sign in range(first, last)
            for place in meant.get(sign, [])
        ]
        at = link.end()
    return more


def _join_verb(event: Found, match: re.Match, begin: int) -> Found:
    return event._replace(
        start=begin + match.start("verb"),
        end=begin + match.end("verb"),
        verb=begin + match.start("verb"),
        rule="and",
    )


def find_continued(
    index: int, begin: int, masked: str, meant: dict[int, list[PlaceMention]]
) -> list[Found]:
    """The place of a sentence that goes on where the one before it stopped: "Kell fell on Saturday; Mira, on Sunday"."""
    if not (match := _AFTER_STOP.match(masked)):
        return []
    return [
        Found(
            "captured",
            begin,
            begin + match.end("places"),
            begin + match.start("places"),
            place,
            "",
            "reported",
            "chain",
            "chain",
            index,
        )
        for place in meant[masked.index("\ue000")]
    ]
