"""How many places were taken, where a text counts them without their names: "overran four towns",
"24 villages were liberated". Places that it lists behind the number are events of their own."""

import re
from collections.abc import Iterator

from helpers.extract.counts.find import Count
from helpers.extract.dates.search import DateSpans
from helpers.extract.events.actors import find_actor, may_take
from helpers.extract.events.modality import judge_modality
from helpers.extract.events.parties import Parties
from helpers.extract.rules.notation import list_alternatives
from helpers.extract.rules.territory import compile_territory
from helpers.extract.text.document import Document
from helpers.extract.text.numbers import Number, find_numbers
from helpers.extract.text.signs import add_sign
from helpers.extract.text.teasers import find_teasers
from helpers.schema.quantity import ONES

_KINDS = (
    r"(?:towns|villages|cities|settlements|localities|hamlets|municipalities|barangays|townships"
    r"|communes|districts|(?:district|county|market) towns"
    r"|(?:district|provincial|regional|county|state)"
    r" (?:centres|centers|capitals|headquarters|seats))"
)
_SITES = r"(?:(?:army|military|police|militia) (?:posts|positions|bases|camps|barracks)|outposts)"
_MAY = re.compile(rf"(?:{_KINDS}|{_SITES})\b")  # `_NOUN` lets none begin within a word
_ENDS = re.compile(
    rf"(?:{_KINDS}|posts|positions|bases|camps|barracks|centres|centers|capitals|headquarters"
    r"|seats)\b"
)  # of its matches
_SIGN = add_sign(_ENDS.search, lowers=True)
_NOUN = re.compile(
    r" (?:of (?:(?:the|its|their|all) )?(?:\d+ )?)?"
    rf"(?:(?!and\b|or\b|in\b|of\b|from\b|were\b|had\b|people\b)[\w'’-]+ ){{0,3}}?"
    rf"(?P<noun>{_KINDS}(?: and {_KINDS})?|(?P<sites>{_SITES}))\b"
)
# "three villages | of Kell district |, four villages near Odra"
_OF_PLACE = re.compile(
    r" (?:of|in|near|around|outside) (?:the )?"
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b)"
    r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?(?: (?:district|province|county|region))?\b"
)
# "four cities|, two towns and 16 villages | have been freed"
_MORE = re.compile(rf"(?:(?:,| and|, and) [\w-]+ {_KINDS}){{1,4}}")
_TAKES = compile_territory(r"\b(?P<verb>{take}|{gain_control})\b")
_TAKEN = compile_territory(
    r"""[^.;:,]{0,40}? (?P<verb>((were|have been|had been) ({adverb} ){0,2}({taken}|overrun)
    |fell|(have|had) fallen))\b(?! by (\d|half|an? (third|quarter)))"""
)
# "1,300 rebels have been killed and | 62 localities | reconquered": "have been" holds for both
_TAKEN_TOO = compile_territory(
    r" (?P<verb>{taken})(?=~[.,;]|$| (in|across|throughout|since|by|on)\b)"
)
_AND = re.compile(r"\b(?:were|have been|had been)\b[^.;:]{3,80} and $")
# What may not stand between the verb and the number: another verb or clause.
_APART = re.compile(
    r"[.;:]|\b(?:from|near|who|which|that|when|where|while"
    r"|(?<!together )(?<!along )with|against|for|by|to|\w+ing)\b"
)
# "40 people from | three villages were captured"
_HANGS = re.compile(r"\b(?:from|in|of|to|at|between|across|around|near|for|with|on) $")
# "34 of the municipality's | 37 barangays"
_OF_ALL = re.compile(
    rf"(?:\d|\b(?:{list_alternatives(ONES)})) (?:out )?of (?:(?:the|its|their|all) )?"
    r"(?:[\w-]+['’]s? )?$"
)
_LAST = re.compile(r"\b(?:last|remaining|other|final) $")
_COUNTED = re.compile(rf"\b{_KINDS}\b")  # between a verb and a later number
# "19 towns last month|, against | 26 in September | and just | 22 in May", "| claims | 31 for"
_AGAINST = re.compile(
    r"[^.;:]{0,70}?,? (?:against|compared (?:with|to)|up from|down from|"
    r"(?:claims?|claimed|counts?|counted|puts? (?:it|the number) at)) (?:just |only |some |about )?"
)
_AND_BESIDE = re.compile(r" (?:in|for) [\w ]{3,20},? and (?:just |only |some |about )?")
_LISTED = re.compile(r"\s*(?::|[–—-]\s|\(|,? (?:including|among them|namely|notably|such as)\b)")


def find_settlements(document: Document, dates: DateSpans) -> list[tuple[Count, str]]:
    """(the figure, the words for who took them), in reading order."""
    found: list[tuple[Count, str]] = []
    teasers = find_teasers(document)
    for order in document.find_sentences(_SIGN):
        start, end, _, is_heading = document.sentences[order]
        is_heading = is_heading and document.text[start] not in "–—-•*"  # no mere line of a list
        if order in teasers or is_heading or not _MAY.search(document.lowered, start, end):
            continue
        found += _read_sentence(document, order, dates)
    return found


def _read_sentence(document: Document, order: int, dates: DateSpans) -> Iterator[tuple[Count, str]]:
    sentence, last = document.sentences[order], None
    for number in find_numbers(document, order, dates.within(order)):
        between = document.lowered[last[0].end : number.start] if last else ""
        is_beside = _AGAINST.fullmatch(between) or _AND_BESIDE.fullmatch(between)
        if last and number.is_count and is_beside and not number.reading.is_share:
            count = last[0]._replace(
                start=number.start, end=number.end, number=number, rule="settlements beside"
            )
            yield count, last[1]
            last = count, last[1]
        noun = _NOUN.match(document.lowered, number.end, sentence.end)
        if not noun or not number.is_count or number.reading.is_share:
            continue
        if noun["noun"] == "districts" and _LAST.search(
            document.lowered, sentence.start, number.start
        ):
            continue  # of a town
        place = _OF_PLACE.match(document.text, noun.end("noun"), sentence.end)
        if not place and document.lowered.startswith(" of ", noun.end("noun")):
            continue
        if _OF_ALL.search(document.lowered, sentence.start, number.start):
            continue
        if _LISTED.match(document.lowered, noun.end("noun"), sentence.end):
            continue
        end = place.end() if place else noun.end("noun")
        if read := _read_verb(document, order, number, end):
            last = read[0]._replace(unit="site" if noun["sites"] else read[0].unit), read[1]
            yield last


_OWN = ("its ", "their ", "his ")  # "its troops": whose, the text says before


def _read_verb(
    document: Document, order: int, number: Number, end: int
) -> tuple[Count, str] | None:
    """The figure and who acted, if a verb says that the places were taken."""
    lowered, sentence = document.lowered, document.sentences[order]
    ahead = list(_TAKES.finditer(lowered, sentence.start, number.start))
    more = _MORE.match(lowered, end, sentence.end)
    behind = _TAKEN.match(lowered, more.end() if more else end, sentence.end)
    if not behind and _AND.search(lowered, sentence.start, number.start):
        behind = _TAKEN_TOO.match(lowered, end, sentence.end)
    if ahead and not _APART.search(lowered, ahead[-1].end(), number.start):
        (verb, stop), form = ahead[-1].span("verb"), "finite"
    elif behind and not _HANGS.search(lowered, sentence.start, number.start):
        (verb, stop), form = behind.span("verb"), "passive"
    else:
        return None
    words, begin = lowered[sentence.start : sentence.end], sentence.start
    left = min(verb, number.start) - begin
    modality = judge_modality(words, left, verb - begin, max(stop, end) - begin, form)
    actor, _ = find_actor(words, verb - begin, max(stop, end) - begin, form, form == "passive")
    name = document.text[begin + actor[0] : begin + actor[1]] if actor else ""
    if actor and (name.lower() in ("it", "they") or name.lower().startswith(_OWN)):
        name = Parties(document).resolve(name, begin + actor[0], "")
    if not modality or not may_take(name):
        return None
    if name.lower().endswith(("offensive", "campaign", "advance", "push")):
        name = ""  # no side
    is_later = bool(_COUNTED.search(lowered, verb, number.start))
    start = number.start if is_later else min(verb, number.start)
    rule, measure = f"settlements {form}", "settlements_captured"
    count = Count(start, max(stop, end), number, measure, "settlement", rule, order)
    return count._replace(expected=modality == "expected", denied=modality == "denied"), name
