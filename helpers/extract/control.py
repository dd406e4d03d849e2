"""Which share of a land is held, where a text gives it: "controls over 70% of the country", "nearly
three quarters of the territory are under state control"."""

import re
from collections.abc import Iterator

from helpers.extract.counts.find import Count
from helpers.extract.dates.search import DateSpans
from helpers.extract.events.modality import judge_modality
from helpers.extract.events.parties import names_fighters
from helpers.extract.text.document import Document
from helpers.extract.text.numbers import Number, find_numbers
from helpers.extract.text.signs import add_sign
from helpers.extract.text.teasers import find_teasers

_MAY = re.compile(r"%|\bper ?cent\b|\b(?:third|quarter|half|fifth|tenth)s?\b")
_SHARE = re.compile(r"%|cent\b|\b(?:third|quarter|half|fifth|tenth)s?\b")  # a word of its matches
_SIGN = add_sign(_SHARE.search, lowers=True)
_LAND = re.compile(
    r" (?:of )?(?:(?:the|its|their|all|this) )?(?:whole )?(?:national |country['’]s |rebel-held "
    r"|internationally recogni[sz]ed )?"
    r"(?P<land>country|territory|land|city|town|capital|province|region|state|district|island"
    r"|enclave|valley|camp)\b"
)
# A land by its name, held in part by who controls or occupies it: "85% of | Kell |, up".
_NAMED = re.compile(
    r" of (?:(?:the|[a-z]+ern|central) )?(?P<land>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3})"
    r"(?=[,.;:)]|$| (?:and|in|as|after|since|by|from|up|down|according|now|today|at)\b"
    r"|(?: [Cc]ity)? (?:province|state|region|city|territory|district|county)\b)"
)
_RULES = re.compile(r"(?:re)?control|occup")
_HOLDS = re.compile(
    r"\b(?P<verb>(?:re)?(?:controls?|controlled|controlling|holds?|held|holding|occup(?:y|ies|ied)"
    r"|captured?|seized?|taken?|gained?|conquered|recovered|liberated?|won)"
    r"(?: back| over| control of| hold of)?) (?:[\w-]+ ){0,2}?$"
)
_HELD = re.compile(
    r"[^.;]{0,30}? (?P<verb>(?:is|are|was|were|remains?|remained|had|has|have) (?:[\w-]+ ){0,2}?"
    r"(?:(?:in|under|outside|beyond|out of) (?:the )?(?:[\w'’-]+ ){0,3}?(?:control|hands|rule)"
    r"|retaken|captured|recaptured"
    r"|(?<!was )(?<!were )(?<!been )occupied|held by|controlled by|lost to))\b"
)
# A second share beside the first: "against 60 percent at the end of 2022".
_AGAINST = re.compile(r",? (?:against|compared (?:with|to)|up from|down from|from) $")
# What others say of the share told before: "Analysts put the figure closer to 40%."
_PUT = re.compile(r"\bputs? (?:the|that) (?:figure|share|number) (?:\w+ )?(?:to |at )?$")
Span = tuple[int, int]
_NEAR = 60  # characters before a share in which it is said what holds it


def find_control_shares(document: Document, dates: DateSpans) -> Iterator[Count]:
    """The shares, in reading order."""
    teasers, told = find_teasers(document), -2
    for order in document.find_sentences(_SIGN):
        start, end, _, is_heading = document.sentences[order]
        if order in teasers or is_heading or not _MAY.search(document.lowered, start, end):
            continue
        if order - told > 1 and not _may_be_of_land(document, start, end):
            continue  # a share of something else
        last: Number | None = None
        for number in find_numbers(document, order, dates.within(order)):
            if not number.reading.is_share:
                continue
            count = _read_share(document, order, number)
            if not count and _is_beside(document, number, last, order - told == 1):
                count = _build(
                    document, order, number, number.start, number.end, "share beside", None
                )
            if count:
                last, told = number, order
                yield count


def _may_be_of_land(document: Document, start: int, end: int) -> bool:
    """Whether the words between two offsets may hold a share of a land."""
    has_land = _LAND.search(document.lowered, start, end)
    return bool(has_land or _NAMED.search(document.text, start, end))


def _is_beside(document: Document, number: Number, last: Number | None, follows: bool) -> bool:
    """Whether a share stands beside one told before, of the same land."""
    lowered = document.lowered
    if last:
        return bool(_AGAINST.search(lowered[last.end : number.start]))
    before = lowered[max(0, number.start - _NEAR) : number.start]
    return follows and bool(_PUT.search(before))


def _read_share(document: Document, order: int, number: Number) -> Count | None:
    """The share, if a verb of holding says of it that it is held."""
    lowered, sentence = document.lowered, document.sentences[order]
    begin = max(sentence.start, number.start - _NEAR)
    ahead = _HOLDS.search(lowered[begin : number.start])
    land = _LAND.match(lowered, number.end, sentence.end)
    if not land and ahead and _RULES.match(ahead["verb"]):
        if names_fighters(document, sentence.start, number.start):  # no firm "controls 30% of Kell"
            land = _NAMED.match(document.text, number.end, sentence.end)
    if not land:
        return None
    behind = _HELD.match(lowered, land.end(), sentence.end)
    if ahead:
        start, end, rule = begin + ahead.start("verb"), land.end(), "share of"
    elif behind:
        start, end, rule = number.start, behind.end("verb"), "share held"
    else:
        return None
    return _build(document, order, number, start, end, rule, land.span("land"))


def _build(
    document: Document,
    order: int,
    number: Number,
    start: int,
    end: int,
    rule: str,
    land: Span | None,
) -> Count | None:
    """The figure, unless the words around it say that nothing is told."""
    sentence = document.sentences[order]
    words, left = document.lowered[sentence.start : sentence.end], start - sentence.start
    modality: str | None = "reported"
    if land:  # else it stands beside another, whose verb was judged
        modality = judge_modality(words, left, left, end - sentence.start, "finite")
    if not modality:
        return None
    count = Count(start, end, number, "control_share", "percent", rule, order, base=land)
    return count._replace(expected=modality == "expected", denied=modality == "denied")
