"""Fighters who leave or enter without a word of where: "the soldiers had gone", "a platoon entered
at noon". They do so in the place last spoken of, if an event was told there just before."""

import re

from helpers.extract.events.actors import find_actor, is_armed
from helpers.extract.events.coordination import Found
from helpers.extract.events.matching.match import Sentence
from helpers.extract.events.matching.prefilter import Prefilter
from helpers.extract.events.modality import judge_modality
from helpers.extract.places.gazetteer import PlaceMention
from helpers.extract.rules.needs import find_needs
from helpers.extract.rules.notation import expand_pattern
from helpers.extract.rules.territory import PARTS, compile_territory
from helpers.extract.text.document import Document

_TELLS = r"""\b((?P<withdrawn>{withdraw_verb}|{abandon_verb}|{go_verb} (back|out|away|off)
    |(had|have|has) (already |long )?(gone|left|fled)|gave up|(were|are) gone
    |(drew|fell|pulled|moved) back
    |(was|were|been) ({adverb} )?(pushed|driven|beaten|forced|thrown|chased|knocked) (back )?
    (off|out of|from) (it|there))
    |(?P<entered>{enter_verb}|{go_verb} (back )?in)
    |(?P<captured>{drive_verb} (them|it|the ({attribute}){0,2}?{forces}) out))
    (?=[.,;:]|$|~((a few|several|some) )?{date}|~(before|at|by
    |in (borrowed|the (night|dark|morning|afternoon|evening)|haste)
    |around|about|overnight|early|late|again|under|after|only|amid|along|of (its|their) own
    |that (night|day|morning|evening|week)|since|without|on|with
    |under cover|across|towards?|to the|the (night|day|same|next|previous|following)|from
    |((a few|several|some|two|three|four|\d+) )?(days|hours|weeks)|a (day|week)|soon|then|as)\b)"""
_JOINS = re.compile(r"\b(?:and|but|then)\b")  # to a verb whose subject it shares
_BEFORE = re.compile(r"\b(?:before|after) $")  # "held the town for a day | before withdrawing"
_BARE = compile_territory(_TELLS)
_NEEDS = Prefilter([find_needs(expand_pattern(_TELLS, PARTS))])
NEAR = 2  # sentences between an event and one that is told without its place


def may_be_bare(document: Document, order: int) -> bool:
    """Whether a sentence may tell such an event."""
    return bool(_NEEDS.choose(document, order, list))


def find_bare(sentence: Sentence, here: list[Found], find_place: list[PlaceMention]) -> list[Found]:
    """The events of a sentence that name no place. `here`: those already found in it; `find_place`:
    the place last spoken of before it."""
    found: list[Found] = []
    for match in _BARE.finditer(sentence.marked):
        measure = match.lastgroup or ""
        verb, end = match.span(measure)
        before = [event for event in here + found if event.verb < sentence.begin + verb]
        places = [before[-1].place] if before else find_place
        is_joined = bool(_BEFORE.search(sentence.marked, max(0, verb - 8), verb))
        if not before and is_joined:
            named = [place for at, held in sentence.meant.items() if at < verb for place in held]
            places = named[-1:] or find_place
        if not places or any(_is_same(event, verb, end, sentence) for event in here):
            continue
        actor, at = None, verb
        if not is_joined:
            actor, at = find_actor(sentence.marked, verb, end, "finite", False)
        words = ""
        if actor:
            first = sentence.begin + actor[0]
            words = sentence.text[first : sentence.begin + actor[1]]
            if not sentence.parties.is_armed(words, first):
                continue
        elif is_joined:
            if not is_armed(sentence.marked[:verb], "", ""):
                continue
        elif not before or not _JOINS.search(sentence.marked, max(0, verb - 40), verb):
            continue
        modality = judge_modality(sentence.marked, verb, verb, end, "finite")
        if not modality or not actor and modality == "expected":
            continue
        start, stop = sentence.begin + verb, sentence.begin + end
        found.append(
            Found(
                measure,
                sentence.begin + at if actor else start,
                stop,
                start,
                places[-1]._replace(start=start, end=stop),
                words or (before[-1].actor if before else ""),
                modality,
                "bare",
                "finite",
                sentence.order,
            )
        )
    return found


def _is_same(event: Found, verb: int, end: int, sentence: Sentence) -> bool:
    """Whether a verb is that of an event already found."""
    return event.start <= sentence.begin + verb < event.end or (
        sentence.begin + verb <= event.verb < sentence.begin + end
    )
