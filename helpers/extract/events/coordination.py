"""Coordination: places that share a verb, verbs that share a place, and what goes on without its
verb: "Kell fell on Monday, Mira on Tuesday", "was seized and later retaken", "Kell (12 March)"."""

import re
from typing import NamedTuple

from helpers.extract.events.actors import find_actor
from helpers.extract.events.lists import go_on
from helpers.extract.places.gazetteer import PlaceMention
from helpers.extract.rules.territory import DATE_SIGN, PLACE_SIGN, compile_territory

_NEXT = compile_territory(
    r"""~({join}|~[,;:]~(and )?| and~,~)((on |by )?{date}~,?~)?(in turn )?(of )?
    (?P<places>{short_place}( and {short_place}(?!~,?~(on )?{date})
    (?!~(was|were|fell|has|had)\b))*)
    (~,[^,.;:]{1,40},)?(~,?~(on |by |early |late |only |just )*{date})?
    (?!~(was|were|is|are|fell|has|had)\b)"""
)
_AFTER_STOP = compile_territory(r"~(and )?(then )?(?P<places>{short_place})~,?~(on )?{date}~[.;]?$")
_AND_VERB = compile_territory(
    r"""(\band|\bbut|\bthen|,) ({adverb} ){0,3}(was |were )?({adverb} ){0,2}
    (?P<verb>{taken}( (over|back))?{no_idiom}|fell)(?= (by|on|in|from|to|\w+ days? later)\b
    |~{date}|~[.,;])"""
)
IN_BRACKETS = compile_territory(
    r"(?P<places>{place}) \((?P<verb>{taken}|fell|lost|overrun)?~(\w+ ){0,3}?(on )?{date}\)"
)
IN_BRACKETS_NEEDS = compile_territory(r"\b({prize}|{taken}|fell|lost|overrun)")
PRIZE = compile_territory(r"\b{prize}\b")
_TAIL = compile_territory(r"[^.;:\ue000]{0,60}?{date}")


class Found(NamedTuple):
    """An event before it is dated: `verb` its offset in the text, `sentence` the index of its
    sentence, `allows` what its rule may read beside it (ALLOWS in rules/load.py)."""

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
    allows: frozenset[str] = frozenset()


def find_coordinated(
    order: int,
    begin: int,
    text: str,
    marked: str,
    meant: dict[int, list[PlaceMention]],
    found: list[Found],
) -> list[Found]:
    """What a sentence adds to the events found in it: places that share a verb, verbs that share a
    place."""
    more: list[Found] = []
    for event in found:
        if event.measure in ("captured", "withdrawn"):
            more += _follow_places(event, begin, marked, meant)
        if event.measure in ("captured", "entered") and "shared place" in event.allows:
            more += _follow_verbs(event, begin, text, marked)
    for event in found:
        if event.measure == "withdrawn" and event.form == "passive":
            end = event.end - begin
            more += [
                _join_verb(event, match, begin)._replace(measure="captured", actor="")
                for match in _AND_VERB.finditer(marked, end)
            ]
    more += _read_brackets(order, begin, marked, meant)
    known = {(event.place.start, event.measure) for event in found}
    return [
        event
        for event in more
        if event.rule == "and" or (event.place.start, event.measure) not in known
    ]


def _follow_places(
    event: Found, begin: int, marked: str, meant: dict[int, list[PlaceMention]]
) -> list[Found]:
    """The places behind an event, each with a date of its own."""
    more: list[Found] = []
    at = event.end - begin
    signs = go_on(marked, at) if "further places" in event.allows else []
    if signs:
        return [
            _list_place(event, place, begin, sign)
            for sign in signs
            for place in meant.get(sign, [])
        ]
    tail = _TAIL.match(marked, at, at + 110)
    at = tail.end() if tail else at
    while following := _NEXT.match(marked, at):
        if DATE_SIGN not in following[0] and " as well as " not in following[0]:
            break
        first, last = following.span("places")
        more += [
            event._replace(
                start=begin + first,
                end=begin + last,
                verb=begin + first,
                place=place,
                rule="chain",
                form="list",
            )
            for sign in range(first, last)
            for place in meant.get(sign, [])
        ]
        at = following.end()
    return more


def _list_place(event: Found, place: PlaceMention, begin: int, sign: int) -> Found:
    """The event at a further place of a list."""
    start, end = begin + sign, place.end
    return event._replace(start=start, end=end, verb=start, place=place, rule="chain", form="list")


def _follow_verbs(event: Found, begin: int, text: str, marked: str) -> list[Found]:
    """The verbs behind an event that say more of its place: "was seized and later retaken"."""
    more: list[Found] = []
    end = event.end - begin
    for match in _AND_VERB.finditer(marked, end):
        if PLACE_SIGN not in marked[end : match.start()]:
            actor, _ = find_actor(marked, match.start("verb"), match.end(), "passive", True)
            words = text[begin + actor[0] : begin + actor[1]] if actor else ""
            verb = _join_verb(event, match, begin)
            more.append(verb._replace(actor=words, measure="captured"))
    return more


def _join_verb(event: Found, match: re.Match[str], begin: int) -> Found:
    """The event of a further verb."""
    start, end = match.span("verb")
    return event._replace(start=begin + start, end=begin + end, verb=begin + start, rule="and")


def _read_brackets(
    order: int, begin: int, marked: str, meant: dict[int, list[PlaceMention]]
) -> list[Found]:
    """Places with a day in brackets: "Kell (12 March)"; without a verb only several of them, with a
    word of gain."""
    pairs = list(IN_BRACKETS.finditer(marked))
    return [
        Found(
            "captured",
            begin + pair.start(),
            begin + pair.end(),
            begin + pair.start(),
            place,
            "",
            "reported",
            "parentheses",
            "list",
            order,
        )
        for pair in pairs
        if pair["verb"] or len(pairs) > 1 and PRIZE.search(marked)
        for place in meant.get(pair.start(), [])
    ]


def find_continued(
    order: int, begin: int, marked: str, meant: dict[int, list[PlaceMention]]
) -> list[Found]:
    """The place of a sentence that goes on where the one before it stopped: "Kell fell on Saturday;
    Mira, on Sunday"."""
    match = _AFTER_STOP.match(marked)
    if not match:
        return []
    verb, end = begin + match.start("places"), begin + match.end("places")
    return [
        Found("captured", begin, end, verb, place, "", "reported", "chain", "list", order)
        for place in meant.get(marked.index(PLACE_SIGN), [])
    ]
