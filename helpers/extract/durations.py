"""How long fighting, a siege or control of a place lasted, where a text gives a length of time:
"after two days of street fighting", "held the port for a year". What lasts in everyday life, or how
long somebody was held, is none.
"""

import re
from collections.abc import Iterator

from helpers.extract.counts.find import Count
from helpers.extract.events.modality import judge_modality
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.rules.notation import list_alternatives
from helpers.extract.text.document import Document
from helpers.extract.text.numbers import Number
from helpers.extract.text.signs import add_sign
from helpers.extract.text.teasers import find_teasers
from helpers.schema.quantity import HEDGES, ONES, TENS, read_number

_UNIT = re.compile(r"(hour|day|night|week|month|year)s?\b")
# A number stands right before a unit: "Monday" and "today" need not be read.
_BEGINS = re.compile(rf"(?:^|-){_UNIT.pattern}")
_SIGN = add_sign(_BEGINS.search, lowers=True)
_HEDGE = list_alternatives(re.escape(hedge) for hedge in HEDGES)
_NUMBER = re.compile(  # before its unit
    rf"(?<![\w.,/-])(?:(?:just|only|{_HEDGE}) )?(?:\d{{1,3}}|{list_alternatives([*ONES, *TENS])}"
    r"|an?|several|a few|many|a couple of)[ -]$"
)
_LONGEST_NUMBER = 40  # characters
_COMBAT = (
    r"(?:fighting|combat|clashes|battles?|siege|shelling|bombardment|air ?strikes|resistance"
    r"|street battles|assaults?|occupation)"
)
_OF_COMBAT = re.compile(rf" of (?:(?!peace|calm|talks)[\w'’-]+ ){{0,3}}?{_COMBAT}\b")
# "a four-hour | humanitarian pause", "the five-month | battle"
_AS_LONG = re.compile(
    r"(?<!s)(?:-long)? (?:[\w-]+ )?(?:battle|siege|blockade|pause|truce|ceasefire|occupation"
    r"|fighting|assault|bombardment)\b"
)
# "it took the army | 154 days | to dislodge the fighters"
_TO_WIN = re.compile(
    r" to (?:dislodge|retake|recapture|drive|oust|clear|expel|flush|take|capture)\b"
)
_TOOK = re.compile(r"\b(?:took|taken) (?:[\w'’-]+ ){0,4}$")
_FIGHTERS = r"(?:insurgents|rebels|fighters|militants|jihadists|gunmen|troops|soldiers|army|forces)"
# What lasted "for a year": a place was held, or fought for; those who fight were there.
_LASTED = re.compile(
    rf"""\b(?:(?:held|holding|controlled|occupied|besieged|ruled|defended)
    [ ](?:it|(?:the|its|this)[ ](?:[\w-]+[ ]){{0,2}}?(?:town|city|port|village|capital|base|airport
    |island|bridge|district|area|region|position|camp|province))
    |occupied[ ](?:parts|most|much|half|all)[ ]of[ ][\w-]+
    |(?:was|were|been|remained|stayed)[ ](?:occupied|besieged|encircled|surrounded|contested
    |under[ ](?:siege|fire|bombardment|[\w-]+[ ](?:control|occupation)))
    |{_FIGHTERS}[ ](?:were|stayed|remained|held[ ]out)[ ]?(?:there|here|in[ ][\w-]+)?
    |(?:held[ ]out|resisted|fought|fighting|battles?|clashes|clashed)(?:[ ][\w'’-]+){{0,5}}?
    |(?:been[ ])?(?:trading|exchanging|exchanged|traded)[ ](?:fire|shells|blows)
    |(?:fighting|battle|siege|clashes)[ ](?:[\w'’-]+[ ]){{0,4}}?(?:lasted|raged|went[ ]on)
    )[ ](?:for[ ])$""",
    re.VERBOSE,
)
# "had taken Kell and Odra | in less than a month"
_TAKEN = re.compile(
    r"\b(?:captured|seized|overr[au]n|(?:has|have|had) taken|retaken|recaptured)"
    r"\b(?:(?!\b(?:is|are|was|were|to|who|which)\b)[^.;:]){1,105}? in $"
)
_FELL = re.compile(r"\b(?:fell|fallen)(?: to [\w'’ -]{1,25}?)? (?:with)?in (?:the )?$")
_REACH = 125  # characters before a length in which it is said what lasted
_WAR = re.compile(
    rf"\b(?:{list_alternatives(LISTS['attack'])}|troops|army|siege|blockade|trading fire|war)\b"
)
_NEIGHBOURS = 1  # sentences to either side in which it is said that there is war


def find_durations(document: Document) -> Iterator[Count]:
    """The lengths of fighting and control, in reading order."""
    lowered, teasers = document.lowered, find_teasers(document)
    for unit in _find_units(document):
        if lowered[unit.start() - 1 : unit.start()] not in (" ", "-", "\n"):
            continue
        first = max(0, unit.start() - _LONGEST_NUMBER)
        number = _NUMBER.search(lowered[first : unit.start()])
        if number is None:
            continue
        order = document.find_sentence(unit.start())
        begin = first + number.start()
        sentence = document.sentences[order]
        if order in teasers or sentence.is_heading or begin < sentence.start:
            continue
        count = _read_length(document, order, begin, unit)
        if count is not None and _is_of_war(document, order):
            yield count


def _find_units(document: Document) -> Iterator[re.Match[str]]:
    """The units of time, in reading order."""
    for index in document.find_signs(_SIGN):
        start = document.starts[index]
        yield from _UNIT.finditer(document.lowered, start, start + len(document.words[index]))


def _read_length(document: Document, order: int, begin: int, unit: re.Match[str]) -> Count | None:
    """The length that begins at an offset, if the words beside it say what lasted so long."""
    lowered, sentence = document.lowered, document.sentences[order]
    reading = read_number(lowered[begin : unit.end()])
    if reading is None:
        return None
    before = lowered[max(sentence.start, begin - _REACH) : begin]
    behind = _OF_COMBAT.match(lowered, unit.end(), sentence.end)
    behind = behind or _read_behind(document, begin, unit, before, sentence.end)
    lasted = (
        None
        if behind
        else (_LASTED.search(before) or _FELL.search(before) or _TAKEN.search(before))
    )
    if not behind and not lasted:
        return None
    start = begin - len(before) + lasted.start() if lasted else begin
    end = behind.end() if behind else unit.end()
    words, form = lowered[sentence.start : sentence.end], "noun" if behind else "finite"
    left = start - sentence.start
    modality = judge_modality(words, left, left, end - sentence.start, form)
    if not modality:
        return None
    number = Number(begin, unit.end(), begin, unit.end(), reading, True)
    rule = "duration of" if behind else "duration for"
    count = Count(start, end, number, "duration", unit[1], rule, order)
    return count._replace(expected=modality == "expected", denied=modality == "denied")


def _read_behind(
    document: Document, begin: int, unit: re.Match[str], before: str, end: int
) -> re.Match[str] | None:
    """The words behind a length that say what was so long, or what took so long."""
    if document.lowered[unit.start() - 1] == "-":
        return _AS_LONG.match(document.lowered, unit.end(), end)
    return _TO_WIN.match(document.lowered, unit.end(), end) if _TOOK.search(before) else None


def _is_of_war(document: Document, order: int) -> bool:
    """Whether a sentence or its neighbours tell of war: a cup is held "for a year" too."""
    spans = document.sentences
    first, last = max(0, order - _NEIGHBOURS), min(len(spans) - 1, order + _NEIGHBOURS)
    return bool(_WAR.search(document.lowered, spans[first].start, spans[last].end))
