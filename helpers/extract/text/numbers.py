"""Numbers in a text: where one stands, which words carry it, and what it is surely not.

Only the stretch is found here; `helpers.wording` reads it, as the gate will read it again. One pattern,
anchored at a digit or a number word, finds each number once; hedges are looked for beside it.
"""

import re
from itertools import accumulate
from typing import NamedTuple

from helpers.extract.text.cache import Memo
from helpers.wording import DIGITS, HEDGES, ONES, SCALES, TENS, Reading, read_number

_ONE = "|".join(sorted([*ONES, *TENS], key=len, reverse=True))
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_WORDS = rf"(?:{_ONE})(?:-(?:{_ONE})|\s(?:{_ONE})(?=\s(?:{_SCALE})\b))?\b"
_SCALED = rf"(?:[\s-]+(?:{_SCALE})\b)+"
_ATOM = (
    rf"(?:(?:{DIGITS.pattern})(?:\s?(?:k|mn|mln|bn)\b|m\b(?!\s?(?:high|wide|long|deep|tall|of\s+water))|\s+and\s+a\s+half(?:{_SCALED})|{_SCALED})?"
    rf"|\b(?:{_WORDS}|an?)[\s-]+and[\s-]+a[\s-]+half{_SCALED}|\b(?:three[\s-]quarters|half|a\s+(?:quarter|third))\s+of\s+a\s+(?:million|billion)\b"
    rf"|\b(?:{_WORDS}|an?){_SCALED}(?:\s+and\s+a\s+half\b|(?:\s+and)?\s+{_WORDS}(?:{_SCALED})?)*"
    rf"|\bhalf(?:\s+a)?[\s-]+(?:{_SCALE})\b|\ban?\s+(?:further\s+|estimated\s+)?(?:half[\s-]+)?(?:{_SCALE})\b(?:\s+and\s+a\s+half\b)?"
    rf"|\b{_WORDS})"
)
_PART = r"\b(?:(?:one|two|three|four|a)[\s-]+)?(?:thirds?|quarters?|fifths?|sixths?|tenths?)(?=\s+of\b(?!\s+an?\s+(?:million|billion)))|\bhalf(?=\s+(?:of|the|its|their)\b)"
_VAGUE = (
    r"\b(?:(?:several|many|tens\s+of|hundreds\s+of)\s+)?(?:dozens|scores|hundreds|thousands|millions)(?:\s+(?:upon|and)\s+(?:thousands|hundreds))?\b"
    r"|\bseveral(?:\s+(?:dozen|hundred|thousand|million))?\b|\ba\s+few(?:\s+(?:dozen|hundred|thousand))?\b|\ba\s+couple\b|\bnumerous\b|\bcountless\b|(?<!as\s)\bmany\b|(?<!at\s)(?<!at\sthe\s)\bmost\b"
    r"|\ba\s+(?:large\s+|small\s+|significant\s+|huge\s+|unknown\s+|growing\s+)?number\b|\blarge\s+numbers\b"
)
_TO = r"(?:\s?[-–—]\s?|\s+(?:to|or|maybe)\s+|,\s+(?:maybe|perhaps|possibly)\s+)"
FINDER = re.compile(
    rf"(?:(?<![\w.,/$£€¥#-])(?<!\d['’])|(?<=\bc\.)|(?<=\bca\.)|(?<=about)|(?<=over)|(?<=some)|(?<=nearly)|(?<=[a-z]ed))(?:\b(?P<pair>between|from)\s+{_ATOM}(?:\s+[a-z]+){{0,2}}?\s+(?:and|to|up\s+to)\s+{_ATOM}|(?P<part>{_PART})|{_ATOM}(?P<range>{_TO}{_ATOM}(?!\s?[-–—]\d))?|(?P<vague>{_VAGUE}))"
    rf"(?P<share>\s?%|\s+per\s?cent\b)?(?P<tail>\+|\s+or\s+(?:more|so|fewer|less|thereabouts)\b|-odd\b|-plus\b|\s+odd\b|\s+plus\b|,?\s+at\s+(?:least|(?:the\s+)?most|(?:a|the)\s+minimum|the\s+very\s+least)\b|,?\s+if\s+not\s+more\b)?"
)
_OPENER = re.compile(
    rf"(?<!\d)\d|\b(?:{_ONE}|an?|between|from|half|thirds?|quarters?|fifths?|sixths?|tenths?|tens|several|many|dozens|scores|hundreds|thousands|millions|numerous|countless|most|large)\b"
)
_OPENINGS = Memo(
    lambda word: tuple(match.start() for match in _OPENER.finditer(word))
)  # offsets in a word at which FINDER may match
_HEDGES = "|".join(
    re.escape(hedge).replace(r"\ ", r"\s+") for hedge in sorted(HEDGES, key=len, reverse=True)
)
_FILLERS = r"(?:\s+(?:the|another|a\s+further|a\s+total\s+of|an\s+additional|additional|other))?"
HEDGE_BEFORE = re.compile(rf"(?<![\w-])(?:{_HEDGES})(?:\s+(?:{_HEDGES}))?{_FILLERS}\s*$")
_NO_NUMBER = rf"(?!\s+(?:\d|(?:{_ONE}|an?|some|about)\b))"  # "31 people, at least 12 of them": that hedge is the next number's
LATE_TAIL = re.compile(
    r"\s+(?:[a-z]+,?\s+){1,2}(?:if\s+not\s+more|at\s+(?:least|(?:the\s+)?most|a\s+minimum|the\s+very\s+least)|or\s+(?:more|so|fewer|less|thereabouts))\b(?!\s+(?:seriously|severely|than|in\s+part))"
    + _NO_NUMBER
)
_NAMED = re.compile(  # what a number behind it names, and does not count
    r"(?:\b(?:resolution|article|section|chapter|paragraph|page|no\.?|nos\.?|highway|route|road|phase|stage|level|category|day|week|channel|grade|class|type|version|unit|flight|"
    r"ward|zone|block|lot|km|room|gate|table|box|annex|division|brigade|battalion|regiment|bulletin|update|magnitude|aged|age|pop\.?|sector|round)\s+|#|№|\+)$"
)
_RATIO = re.compile(
    r"\baged?\s+[\w-]+(?:,\s+[\w-]+)*\s+(?:and|to)\s+$|\b(?:youngest|oldest|eldest)(?:\s+of\s+(?:them|whom))?,?\s+(?:was\s+|being\s+)?$|\b(?:one|two|three|four|five|six|seven|eight|nine|\d)\s+(?:person\s+)?(?:in|out\s+of)(?:\s+every)?\s+$"
)
_OF_TEN = re.compile(
    r"\s+(?:person\s+)?(?:in|out\s+of)\s+(?:every\s+)?(?:three|four|five|six|seven|eight|nine|ten|twenty|(?:a\s+)?hundred|\d{1,3})\b(?!\s+(?:\w+\s+)?(?:raids?|attacks?|villages?|towns?|districts?|places?|days?|weeks?|months?|years?|hours?|camps?|sites?|incidents?|families|households|provinces?|strikes?|schools?|homes|houses|cent(?:re|er)s|shelters|clashes|buildings|cities|areas))"
)  # "one in five"
_OTHER_COUNT = re.compile(  # what a number before it measures, by its first letters
    r"\s+per\b(?!\s?cent)|(?:st|nd|rd|th)\b|\s?(?:a\.?m\b|p\.?m\b|°|º|gmt\b|utc\b|hrs\b|:\d|km\b|kms\b|mm\b|cm\b|kg\b|kgs\b|mph\b|kph\b|ha\b|ft\b|m\b(?!\w))|-(?!\d|odd|plus|and)[a-z]|[’']s\b|\.\d|/\d"
)

_MONEY = re.compile(r"(?:[$£€¥]|\b(?:rs|usd|us\$|eur|php|inr|ksh|tk)\.?)\s?$")
_CLOCK = re.compile(r"[0-2]\d[0-5]\d")
_AT = re.compile(r"\b(?:at|by|until|from|since|about)\s+$")
_COUNTED = re.compile(r"\s+[a-z]*(?:people|persons|families|civilians|homes)")
_SOME = re.compile(r"\b(?:no|any|some|every|each|this|that|another)\s+$")
_CHANGE = re.compile(
    r"\b(?:ris|rose|increas|climb|jump|grow|grew|fall|fell|drop|declin|went|going|reduc|chang|up|down|swel|swol|revis)\w*\s+(?:\w+\s+)?$"
)


class Number(NamedTuple):
    """A number as the text words it: start and end of the words that carry it (hedge included), where
    the bare number begins and ends, its reading, and whether it only names or measures (a house number, "12-year-old")."""

    start: int
    end: int
    bare_start: int
    bare_end: int
    reading: Reading
    is_count: bool


def lower_text(text: str) -> str:
    """The text in lower case, character for character: letters that would grow when lowered stay."""
    lowered = text.lower()
    return (
        lowered
        if len(lowered) == len(text)
        else "".join(letter if len(letter.lower()) != 1 else letter.lower() for letter in text)
    )


_MARK = re.compile(
    rf"\d|\b(?:{_ONE}|{_SCALE}|half|thirds?|quarters?|fifths?|sixths?|tenths?|dozens|scores|hundreds|thousands|millions|several|few|couple|numerous|countless|many|most|numbers?)\b"
)


def opens_number(word: str) -> bool:
    """Whether a word (lowered, cut at blanks) may be of a number: every match of FINDER holds such a word."""
    return bool(_MARK.search(word))


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """The numbers in lowered text between two offsets, in reading order, none inside another.

    Calendar dates are the caller's to leave out (`dates.find_dates`); ordinals, sums of money, ages in
    compounds, and names with a number in them come with is_count False.
    """
    found, last = [], start
    for match in _match_numbers(text, start, len(text) if end is None else end):
        parts = [match]
        if match["pair"] == "from" and _CHANGE.search(
            text, max(0, match.start() - 24), match.start()
        ):  # "rose from 30 to 50": two counts, no range
            parts = [
                part
                for part in (
                    FINDER.match(text, *span)
                    for span in (
                        (match.start() + 5, text.rindex(" to ", *match.span())),
                        (text.rindex(" to ", *match.span()) + 4,),
                    )
                )
                if part
            ]
        for part in parts:
            number = _read_match(text, part, last)
            if number:
                found.append(number)
                last = number.end
    return found


def _match_numbers(text: str, start: int, end: int):
    """The matches of FINDER, tried only where a digit or a number word stands: as FINDER.finditer gives them."""
    words = text[start:end].split(" ")
    before = list(
        accumulate(map(len, words), initial=start)
    )  # letters before each word; as many blanks as words
    for order, offsets in enumerate(map(_OPENINGS.__getitem__, words)):
        for offset in offsets:
            begin = before[order] + order + offset
            if begin >= start and (match := FINDER.match(text, begin, end)):
                start = match.end()
                yield match


def _read_match(text: str, match: re.Match, last: int) -> Number | None:
    begin, stop = match.span()
    earliest = max(last, begin - 45)
    before = text[earliest:begin]
    if (
        match["pair"] and read_number(text[begin:stop]) is None
    ):  # "from 30 people to 40" that is no range
        return None
    hedge = _judge_lead(before) & _HEDGED and HEDGE_BEFORE.search(before)
    first = earliest + hedge.start() if hedge else begin
    if not match["tail"] and not hedge and (late := LATE_TAIL.match(text, stop, stop + 45)):
        reading = read_number(text[first : late.end()])
        if reading and reading.quantifier != "exact":
            return Number(
                first, late.end(), begin, stop, reading, _is_count(text, begin, stop, first)
            )
    reading = read_number(text[first:stop])
    if (
        reading is None and match["range"]
    ):  # two numbers side by side that are no range: the first alone
        stop = match.start("range")
        reading = read_number(text[first:stop])
    if reading is None:
        return None
    return Number(first, stop, begin, stop, reading, _is_count(text, begin, stop, first))


# What the last word before a number may close: a hedge, a name that the number belongs to, a ratio, a currency.
_HEDGED, _NAMES, _RATED, _PRICED = 1, 2, 4, 8
_HEDGE_ENDS = "|".join(
    sorted(
        {re.escape(hedge.split()[-1]) for hedge in HEDGES}
        | {"the", "another", "further", "of", "additional", "other"}
    )
)
_LEADS = Memo(
    lambda word: (
        _HEDGED * bool(re.search(rf"(?<![\w-])(?:{_HEDGE_ENDS})$", word))
        | _NAMES * bool(_NAMED.search(word + " ") or _NAMED.search(word))
        | _RATED
        * bool(
            re.search(
                r"\b(?:and|to|youngest|oldest|eldest|them|whom|was|being|in|of|every),?$", word
            )
        )
        | _PRICED * bool(_MONEY.search(word))
    )
)


def _judge_lead(before: str) -> int:
    """What the last word of the letters before a number may close (bits)."""
    words = before.split()
    return _LEADS[words[-1]] if words else 0


def _is_count(text: str, begin: int, stop: int, first: int) -> bool:
    """Whether the number can count people: no ordinal, clock time, measure, money, or part of a name."""
    before, after = text[max(0, first - 24) : first], text[stop : stop + 12]
    words, lead = text[begin:stop], _judge_lead(before)
    if (
        stop - begin == 4
        and _CLOCK.fullmatch(words)
        and _AT.search(text[max(0, begin - 8) : begin])
        and not _COUNTED.match(after)
    ):
        return False  # at 2320
    if words == "one" and _SOME.search(before):
        return False  # no one, another one
    if words[0] == "0" and stop - begin > 2 and words.isdigit():  # 0600, a time
        return False
    if (
        stop - begin <= 5
        and (words[0].isalpha() or stop - begin == 1)
        and _OF_TEN.match(text, stop)
    ):
        return False
    if (
        _OTHER_COUNT.match(after)
        or lead & _NAMES
        and (words[0].isdigit() or "age" in before)
        and _NAMED.search(before)
        or lead & _RATED
        and _RATIO.search(before)
    ):
        return False
    return not (lead & _PRICED and _MONEY.search(before))
