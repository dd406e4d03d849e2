"""How many people live in a place, where a text says so beside its news: "a town of 20,000", "home
to about 15,000 before the fighting", "half of the region's 140,000 residents"."""

import re
from collections.abc import Iterator

from helpers.extract.counts.find import Count
from helpers.extract.dates.search import DateSpans
from helpers.extract.rules.notation import list_alternatives
from helpers.extract.text.document import Document
from helpers.extract.text.numbers import NUMBER, Number, find_numbers
from helpers.extract.text.signs import add_sign
from helpers.extract.text.teasers import find_teasers
from helpers.schema.quantity import ONES

_PLACE = (
    r"(?:town|city|village|hamlet|district|region|province|county|state|country|island|enclave"
    r"|territory|municipality|commune|settlement|community|suburb|valley|capital|port)"
)
_WAR = r"(?:war|conflict|fighting|invasion|offensive|attack|crisis|siege|battle)\b"
_DWELLERS = r"(?:inhabitants|residents|souls)"
_MAY = re.compile(
    rf"\b{_DWELLERS}\b|\bpopulation\b|\bhome to\b|\bremain|\bstill (?:in|inside|there|liv|remain)"
    rf"|\blived\b|\bnumber(?:s|ed|ing)? |\bbefore the (?:[\w-]+ )?{_WAR}|\bpeople, "
    rf"|\b{_PLACE} of (?:[\w-]+ ){{0,3}}?(?=\d|{list_alternatives(ONES)})"
)
_WORD = re.compile(  # one of its matches
    rf"\b(?:{_DWELLERS}|population|home|remain|remains|remained|still|lived|numbers?|numbered"
    rf"|numbering|before|people(?=,)|{_PLACE})\b"
)
_SIGN = add_sign(_WORD.search, lowers=True)
# "a town | of 20,000 people", "its population | swelled to 3 million"
_TOWN_OF = re.compile(rf"\b{_PLACE} of $")
_POPULATION = re.compile(
    r"\bpopulation (?:of [\w' -]{2,40}? (?=has|had|is|was|stood|then|now|swe|gr|r|sh|f|d))?"
    r"(?:(?:has|had|have|then|now|which|that|once) )*(?:of|is|was|stood at|at"
    r"|(?:swell|swelled|swollen|grow|grew|grown|rise|rose|risen|shrink|shrank|shrunk"
    r"|fall|fell|fallen|drop|dropped|dwindled)(?: from [\w., ]{1,20}?)? to) "
    r"(?:\w+ )?$"
)
# "fewer than 1,300 civilians | remain there", "up to 65,000 | are still inside"
_WHO = (
    r"(?P<who> (?:[\w-]+ )?(?:people|civilians|residents|inhabitants|persons|souls|villagers|locals"
    r"|townspeople)| (?:ethnic )?[A-Z]\w+)?"
)
_THOUGHT = (
    r"(?: (?:are|were|is|was)| may| might)?(?: (?:now|all))?"
    r"(?: (?:thought|believed|estimated|said|reported|known|understood)(?: to)?)?(?: be| have)?"
)
_PLACE_OF_STAY = (
    rf"(?:in(?:side)? (?:the (?:[\w-]+ )?{_PLACE}\b|[A-Z])|inside(?=[.,;]|$)|there\b(?! is| are))"
)
_STAY = re.compile(
    rf"{_WHO}{_THOUGHT} (?:still (?:living |remain )?{_PLACE_OF_STAY}"
    rf"|(?:still )?remain(?:s|ed)?(?: {_PLACE_OF_STAY}|(?=[.,;]|$)| of (?:a|its|the) ))"
)
# "where | 17,000 lived before the war", "out of | 11,000 before the war"
_LIVED = re.compile(
    r"(?: people| residents| persons)?(?: who)?(?: had)? (?:once )?lived"
    r"(?: there| here| in [^.,;]{2,30}?)? (?:before|until|prior)\b"
)
_OUT_OF = re.compile(r"\b(?:out of|against|compared with|down from) (?:about |some )?$")
_BEFORE_WAR = re.compile(rf"(?: people| residents)? before the (?:[\w-]+ )?{_WAR}")
# "of Kell's | 40,000 people, few got away"
_WHOLE = re.compile(r"(?:^|[.;“\"] ?)of (?:the )?(?:[\w-]+ ){0,2}?[\w-]+['’]s? $")
# "all the people of Kell, who numbered about | 2,400"
_NUMBERED = re.compile(
    r"\b(?:people|inhabitants|population|residents|villagers)(?: of [\w' -]{2,30})?,? "
    r"(?:who|which|once|then|had|has| )*number(?:s|ed|ing)? $"
)
_ALL = re.compile(r" (?:people|inhabitants|residents)\b")
_FEWEST = 500  # a bare number as small is of captives, say
_HOME = re.compile(r"\b(?:home to|inhabited by) $")
# "The school I stand in is | home to": of those who found shelter there
_REFUGE = re.compile(
    r"\b(?:camps?|displacement|(?:gathering|idp) sites?|schools?|church(?:es)?|mosques?|shelters?"
    r"|stadium|compound|warehouses?|hangars?|tents?|barracks|monaster(?:y|ies)|madrasas?"
    r"|convents?|gym(?:nasium)?s?)\b[^,;:.]{0,40}(?:, [a-z]+)? (?<!were )(?<!was )home to $"
)
_NOT_UPROOTED = r"(?! (?:uprooted|displaced|driven|forced|who (?:have |had )?(?:fled|been )))"
_PEOPLE = re.compile(
    rf" (?:people|persons|civilians|{_DWELLERS})\b{_NOT_UPROOTED}|[.,;)]| before\b| and\b"
)
# "its | 600,000 residents", "with | 42,000 inhabitants"
_OWNED = re.compile(
    r"(?:['’]s?|\b(?:its|had|has|have|with|are|is|were|counts|counted|found|numbered)) $"
)
_RESIDENTS = re.compile(rf" (?:or so )?{_DWELLERS}\b")
# Of these only a part did what follows: "half of the region's | 140,000 residents have fled".
_PART = re.compile(
    r"\b(?:half|thirds?|quarters?|fifths?|tenths?|most|many|some|few|majority|cent|percent)"
    r" of (?:the |its |their )?(?:[\w'’-]+ ){0,3}$"
)
_BEHAVE = re.compile(
    r" (?:have|had|has|were|are|was)? ?(?:been |since |already )?\w+(?:ed|led|en)\b"
)
# "home to 60,000 before the war, has | 11,000 left"
_LEFT = re.compile(r" (?:people |residents )?(?:are |were )?left(?=[,.;])")
_ONCE = re.compile(r"\b(?:population|home to|inhabitants|residents)\b")
_REACH = 60  # characters before a number in which it is said whose it is


def find_populations(document: Document, dates: DateSpans) -> Iterator[Count]:
    """The figures, in reading order: one row a number of people who live in a place."""
    teasers = find_teasers(document)
    for order in document.find_sentences(_SIGN):
        if not document.signs[order] & NUMBER:
            continue
        start, end, _, is_heading = document.sentences[order]
        if order in teasers or is_heading or not _MAY.search(document.lowered, start, end):
            continue
        for number in find_numbers(document, order, dates.within(order)):
            if not number.reading.is_share and _tells_population(document, order, number):
                yield _build(document, order, number)


def _tells_population(document: Document, order: int, number: Number) -> bool:
    """Whether the words around a number say that so many live there."""
    lowered, sentence = document.lowered, document.sentences[order]
    before = lowered[max(sentence.start, number.start - _REACH) : number.start]
    if _POPULATION.search(before):
        return True
    if _stays(document, order, number):
        return True
    if _NUMBERED.search(before):
        return True
    if _WHOLE.search(before) and _ALL.match(lowered, number.end, sentence.end):
        return True
    people = _PEOPLE.match(lowered, number.end, sentence.end)
    if _HOME.search(before) or _TOWN_OF.search(before):
        return people is not None
    if _LEFT.match(lowered, number.end, sentence.end):
        return bool(_ONCE.search(lowered, sentence.start, number.start))
    residents = _RESIDENTS.match(lowered, number.end, sentence.end)
    if not residents:
        return False
    if _PART.search(before):
        return True
    acts = _BEHAVE.match(lowered, residents.end(), sentence.end)
    return bool(_OWNED.search(before)) and not acts


def _stays(document: Document, order: int, number: Number) -> bool:
    """Whether as many stay in a place where others left, or lived there before the war."""
    text, end = document.text, document.sentences[order].end
    if _OUT_OF.search(document.lowered, max(0, number.start - 16), number.start):
        return bool(_BEFORE_WAR.match(text, number.end, end))
    if _LIVED.match(text, number.end, end):
        return True
    if not (stay := _STAY.match(text, number.end, end)) or not number.is_count:
        return False
    reading = number.reading
    return bool(stay["who"]) or (reading.best or reading.high or 0) >= _FEWEST


def _build(document: Document, order: int, number: Number) -> Count:
    """The figure, with the noun behind its number."""
    people = _PEOPLE.match(document.lowered, number.end)
    end = people.end() if people and people[0][:1] == " " else number.end
    affected = "civilian" if document.lowered[number.end : end].endswith("civilians") else "unknown"
    sentence = document.sentences[order]
    before = document.lowered[sentence.start : number.start]
    is_refuge = _HOME.search(before) and _REFUGE.search(before)
    measure = "idps" if is_refuge else "population"
    rule = "population of"
    return Count(number.start, end, number, measure, "person", rule, order, affected)
