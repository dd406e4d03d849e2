"""The days that a sentence points back to: "in those days", "during that time", "in the four days",
"by then"."""

import re
from bisect import bisect_left
from operator import attrgetter

from helpers.extract.counts.find import Count
from helpers.extract.dates.calendar import AMOUNTS
from helpers.extract.dates.expressions import Dating
from helpers.extract.periods.told import PATTERNS, Told
from helpers.extract.rules.needs import list_signs
from helpers.extract.text.sentences import Sentence

_SINCE = re.compile(r"[^.;,\d]{0,70}\bsince(?=[.,;])")
_BY_THEN = re.compile(r"\bby (?:then|that time)\b")
_THOSE_SIGNS = list_signs(PATTERNS["those_days"].pattern)
# "since (the start of) the invasion", whose day stands elsewhere beside its name
_SINCE_NAMED = re.compile(
    r"\bsince (?:the |its |this )?"
    r"(?:(?:start|beginning|outbreak|onset|launch|outset) of (?:the |this )?)?(?:[\w-]+ ){0,2}?"
    r"(?P<noun>invasion|ceasefire|truce|coup|armistice|takeover|uprising|offensive|siege"
    r"|escalation|incursion|withdrawal|peace deal)\b(?! (?:of|in|on|began|started) )"
)
_NAMED_ON = (
    r"\b{noun} (?:in [\w-]+ )?(?:of|in|on|(?:that |which )?(?:began|started|took effect|took hold"
    r"|came into (?:force|effect)|entered into force|was (?:agreed|signed|launched))"
    r"(?: at [\w:.]+(?: local time)?)?(?: on| in)?)? ?(?:the )?(?:early |late )?$"
)
_UNDER = 12  # sentences that may stand under a question
_start = attrgetter("start")


def find_those(source: Told, sentence: Sentence, count: Count) -> Dating | None:
    """The days that "on those two days" or "during that time" means: all that the sentence before
    tells, else the last ones told; of "in the four days", the last time that was so long."""
    if not any(sign in source.lowered[sentence.start : sentence.end] for sign in _THOSE_SIGNS):
        return None
    those = PATTERNS["those_days"].search(source.lowered, sentence.start, sentence.end)
    if not those:
        return None
    at = bisect_left(source.dates, sentence.start, key=_start)
    told = [d for d in source.dates[max(0, at - 4) : at] if d.span and not d.lead]
    told = [dating for dating in told if not source.is_of_others(dating)]
    if those["number"]:
        days = AMOUNTS[those["number"]]
        return next((d for d in told[::-1] if _count_days(d) == days), None)
    before = source.document.sentences[count.sentence - 1]
    here = [d for d in told if d.start >= before.start]
    if len(here) > 1:
        first, last = min(d.first for d in here if d.first), max(d.last for d in here if d.last)
        return here[-1]._replace(first=first, last=last, kind="period")
    return told[-1] if told else None


def find_named(source: Told, sentence: Sentence) -> list[Dating]:
    """The day of what a sentence counts since, told elsewhere with its name: "since the ceasefire",
    beside "the ceasefire of | 27 November"; none where two days are told."""
    named = _SINCE_NAMED.search(source.lowered, sentence.start, sentence.end)
    if not named:
        return []
    if named["noun"] not in source.named:
        source.named[named["noun"]] = _list_named(source, named["noun"])
    return source.named[named["noun"]]


def _list_named(source: Told, noun: str) -> list[Dating]:
    """The one day that stands beside a noun."""
    begins, told = re.compile(_NAMED_ON.format(noun=noun)), []
    for dating in source.dates:
        before = source.lowered[max(0, dating.start - 60) : dating.start]
        if dating.span and (
            begins.search(before) or source.lowered.startswith(f" {noun}", dating.end)
        ):
            told.append(dating._replace(lead="begun"))
    return told[:1] if len({dating.span for dating in told}) == 1 else []


def find_then_end(
    source: Told, sentence: Sentence, count: Count, told: list[Dating]
) -> Dating | None:
    """The day told last, on which "3,000 had gone by then", or after which "a further 80
    since"."""
    is_since = _SINCE.match(source.lowered, count.number.end, sentence.end)
    by_then = not told and _BY_THEN.search(source.lowered, sentence.start, sentence.end)
    if not is_since and not by_then:
        return None
    at = bisect_left(source.dates, count.start, key=_start)
    days = [d for d in source.dates[max(0, at - 3) : at] if d.span and d.lead != "since"]
    if not days or not days[-1].span:
        return None
    day = days[-1].span[1]
    lead, first = ("begun", day) if is_since else ("by", days[-1].span[0])
    return days[-1]._replace(first=first, last=day, lead=lead)


def asks_toll(source: Told, count: Count) -> bool:
    """Whether the question that a figure stands under asks how many died: a paragraph of one
    sentence."""
    sentences = source.document.sentences
    for order in range(count.sentence - 1, max(0, count.sentence - _UNDER), -1):
        here, before = sentences[order], sentences[order - 1]
        if source.lowered.endswith("?", here.start, here.end):
            is_alone = before.paragraph < here.paragraph < sentences[order + 1].paragraph
            asks = PATTERNS["asks_toll"].match(source.lowered, here.start, here.end)
            return is_alone and asks is not None
    return False


def _count_days(dating: Dating) -> int:
    """How many days dating words allow; 0 of none."""
    return (dating.span[1] - dating.span[0]).days + 1 if dating.span else 0
