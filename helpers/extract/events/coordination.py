"""Coordination: places that share a verb, verbs that share a place, and what goes on without its
verb: "Kell fell on Monday, Mira on Tuesday", "was seized and later retaken", "Kell (12 March)"."""

import re
from typing import NamedTuple

from helpers.extract.events.actors import find_actor
from helpers.extract.events.lists import go_on
from helpers.extract.places.gazetteer import PlaceMention
from helpers.extract.rules.territory import (
    DATE_SIGN,
    PLACE_FILL,
    PLACE_SIGN,
    compile_territory,
)

_NEXT = compile_territory(
    r"""~({join}|~[,;:]~(and )?| and~,~)((on |by |since )?{date}~,?~)?(in turn )?((of|from) )?
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
_IN_BRACKETS = compile_territory(r"(?P<places>{place}) \((\w+ ){0,3}?(on )?{date}\)")
CHANGES = compile_territory(r"\((?=({taken}|fell|lost|overrun)\b[^()]{1,60}?{date})[^()]{1,240}\)")
_CHANGE = compile_territory(
    r"""\b(?P<verb>({taken}|fell|lost|overrun)( (back|over|again))?)
    ( by (the )?(?P<actor>{holder}))?(,? (on|in|early|late|around|\w+ \w+ on))*~{date}"""
)
_CHANGED = compile_territory(r"\bchang(ed|es|ing) hands\b|\b({taken}|fell|lost)\b")
IN_BRACKETS_NEEDS = compile_territory(r"\(({taken}|fell|lost|overrun)\b")
PRIZE = compile_territory(r"\b{prize}\b")
# "Kell|, on the Mira road, on Monday"
_TAIL = compile_territory(r"(~,[^,.;:]{3,60},(?=~{date}| on\b| in\b))?[^.;:\ue000]{0,60}?{date}")
# "on Monday | without resistance | and Mira on Tuesday"
_MANNER = compile_territory(
    r" (with|without|after|in|amid|following|at|under) [^.,;:\ue000\ue002]{1,50}?(?= and )"
)


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
            more += _follow_places(event, begin, text, marked, meant)
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
    more += read_changes(order, begin, text, marked, meant, [])
    known = {(event.place.start, event.measure) for event in found}
    return [
        event
        for event in more
        if event.rule in ("and", "changes") or (event.place.start, event.measure) not in known
    ]


def _follow_places(
    event: Found, begin: int, text: str, marked: str, meant: dict[int, list[PlaceMention]]
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
    goes_on = _NEXT.match(marked, at)
    words = text[begin + at : begin + goes_on.start("places")] if goes_on else ""
    is_dated = goes_on and DATE_SIGN in marked[at : goes_on.start("places")]
    if not is_dated or words.endswith("that "):  # "two weeks before that" is counted from two
        tail = _TAIL.match(marked, at, at + 110)
        at = tail.end() if tail else at
        manner = _MANNER.match(marked, at)
        at = manner.end() if manner else at
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
    """Several places with a day in brackets, and a word of gain: "Kell (12 March)"."""
    pairs = list(_IN_BRACKETS.finditer(marked))
    if len(pairs) < 2 or not PRIZE.search(marked):
        return []
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
        for place in meant.get(pair.start(), [])
    ]


def read_changes(
    order: int,
    begin: int,
    text: str,
    marked: str,
    meant: dict[int, list[PlaceMention]],
    focus: list[PlaceMention],
) -> list[Found]:
    """The changes that brackets tell of a place: "Kell (taken 1 March, retaken by the army 8
    March)". `focus`: the place last spoken of, for a sentence that names none."""
    found: list[Found] = []
    for brackets in CHANGES.finditer(marked):
        before = text[begin : begin + brackets.start()].lower()
        sign = marked.rfind(PLACE_SIGN, 0, brackets.start())
        if before.startswith("changed hands"):
            sign = -1  # whatever a capital makes of the first word
        between = marked[max(0, sign) : brackets.start()].lstrip(PLACE_SIGN + PLACE_FILL)
        if (sign < 0 or between.strip()) and not _CHANGED.search(before):
            continue
        places = focus if sign < 0 else meant.get(sign, [])
        for change in _CHANGE.finditer(marked, *brackets.span()):
            start, end = begin + change.start(), begin + change.end()
            acted = [begin + at for at in change.span("actor")] if change["actor"] else [0, 0]
            found += [
                Found(
                    "captured",
                    start,
                    end,
                    start,
                    place,
                    text[slice(*acted)],
                    "reported",
                    "changes",
                    "passive",
                    order,
                )
                for place in places[-1:]
            ]
    return found


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
