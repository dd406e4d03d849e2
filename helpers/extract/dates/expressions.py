"""Dates in a text: the words that date, and the days they allow, resolved against the text's own date (`days`).

Words that cannot be resolved (no publication date, no year) are found all the same, so that their numbers count
nobody, but bear no days.
"""

import re
from bisect import bisect_left, bisect_right
from datetime import date
from itertools import accumulate, compress, count
from operator import add, itemgetter
from typing import NamedTuple

from helpers.extract.dates.calendar import (
    AMOUNT,
    COUNTS,
    DASH,
    DAY,
    FULL_MONTH,
    MONTH,
    MONTHS,
    PART,
    TIME,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    resolve_days,
)
from helpers.extract.text.cache import Memo
from helpers.extract.text.sentences import Sentence

_NUMERAL = rf"{YEAR}|\d{{1,2}}(?:st|nd|rd|th)?\s?(?:[-–—/.]|to|and|until|through)|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?[adfjmnos]|\d{{1,3}}\s+(?:day|week|month|year|hour)"  # what a date that begins with a digit begins with
DATE = re.compile(
    rf"(?<![\w/-])(?=\D|{_NUMERAL})(?:"
    rf"(?P<iso>{YEAR}-[01]\d-[0-3]\d\b)"
    rf"|(?P<slash>[0-3]?\d/[0-3]?\d/(?:\d{{4}}|\d\d)\b|[0-3]?\d\.[01]?\d\.(?:19|20)\d\d\b)"
    rf"|(?P<range>(?:from\s+|between\s+)?(?:{DAY}\s+{MONTH}(?:,?\s+{YEAR})?{DASH}{DAY}\s+{MONTH}|{MONTH}\s+{DAY}{DASH}{MONTH}\s+{DAY}|{DAY}{DASH}{DAY}\s+{MONTH}|{MONTH}\s+{DAY}{DASH}{DAY}(?!\s+(?:people|persons|families)))(?:,?\s+{YEAR})?)"
    rf"|(?P<day>(?:{WEEKDAY},?\s+(?:the\s+)?)?(?:{DAY}\s+(?:of\s+)?{MONTH}(?:,?\s+{YEAR})?|{MONTH}\s+(?:the\s+)?{DAY}(?![,.]\d{{3}})(?:,?\s+{YEAR})?))"
    rf"|(?P<part>{PART}[\s-]+{MONTH}(?:\s+{YEAR})?)"
    rf"|(?P<night>(?:the\s+)?night\s+(?:of|from)\s+{WEEKDAY}\s+to\s+{WEEKDAY})"
    rf"|(?P<nth>the\s+\d{{1,2}}(?:st|nd|rd|th)(?=\s*[.,;:)\"'”’]|\s+(?:and|by|after|in|when|while|of\s+(?:the|that|this|last)\s+month)\b|\s*$))"
    rf"|(?P<month>(?:(?:in|since|until|by|of)\s+)?{MONTH}\s+last\s+year\b|(?:(?:last|since|in|during|until|by|of)\s+)?{MONTH},?\s+(?:of\s+)?{YEAR}|(?:last|this|next|since|in|during|until|by|of|that)\s+{MONTH}(?!\s+\d{{1,2}}\b)|{FULL_MONTH}\b)"
    rf"|(?P<weekday>(?:(?:last|this|next|on|past)\s+)?{WEEKDAY}{TIME})"
    rf"|(?P<near>the\s+day\s+before\s+yesterday|yesterday|today|tonight|overnight|last\s+night|this\s+(?:morning|afternoon|evening))\b"
    rf"|(?P<ago>(?:(?:some|about|around|nearly|over|more\s+than)\s+)?{AMOUNT}\s+(?:days?|weeks?|months?|years?|hours?)\s+ago\b)"
    rf"|(?P<later>{AMOUNT}\s+(?:days?|weeks?)\s+(?:later|earlier|afterwards?|before\s+that|after\s+that)\b|the\s+(?:next|following|previous|same)\s+(?:day|morning|evening|night)\b|the\s+day\s+(?:after|before)\b|that\s+(?:day|night)\b|hours\s+later\b|a\s+day\s+(?:later|earlier)\b)"
    rf"|(?P<past>(?:(?:in|over|during|within|for)\s+)?(?:the\s+)?(?:past|last|previous)\s+(?:{AMOUNT}\s+)?(?:days?|weeks?|months?|years?|hours?|24\s+hours|48\s+hours|72\s+hours|decade|fortnight|weekend)\b|(?:earlier|later)\s+(?:this|last)\s+(?:week|month|year)\b|this\s+(?:week|month|year|weekend)\b|(?:at|over)\s+the\s+weekend\b|(?:earlier\s+)?in\s+the\s+week\b)"
    rf"|(?P<year>(?:(?:early|mid|late|the\s+end\s+of|the\s+beginning\s+of|between|and|to)[\s-]+)?{YEAR}(?!\s*(?:gmt|utc|hours|hrs|local))(?:s\b|[-–]\d{{2,4}}\b)?)"
    rf")"
)


# Where DATE may match: words that open dating words, and marks that all of them hold. Between the two lie at most five
# words ("more than | a couple of weeks ago"); what stands further from every mark is not tried.
_OPENER = re.compile(
    rf"(?<!\d)\d|\b(?:{'|'.join(sorted([*MONTHS, *WEEKDAYS], key=len, reverse=True))}|from|between|early|mid|late|the|night|in|since|until|by|of|last|during|this|next|that|on|past|yesterday|today|tonight|overnight|"
    rf"some|about|around|nearly|over|more|{'|'.join(sorted((name.split()[0] for name in COUNTS), key=len, reverse=True))}|hours|within|for|previous|earlier|later|at|and|to)\b"
)
_MARK = re.compile(
    rf"\d|\b(?:{'|'.join(sorted([*MONTHS, *WEEKDAYS], key=len, reverse=True))}|yesterday|today|tonight|overnight|(?:day|week|month|year|hour)s?|night|morning|afternoon|evening|decade|fortnight|weekend)\b"
)
_REACH = 8  # words
_PIECE = 20_000  # characters judged at a time, so that a long text fills no memory with its words
_MARKED = Memo(lambda word: bool(_MARK.search(word)))
_OPENINGS = Memo(lambda word: tuple(match.start() for match in _OPENER.finditer(word)))


def _match_dates(lowered: str, begin: int = 0, end: int | None = None):
    """The matches of DATE that begin between two offsets, as DATE.finditer gives them, tried only where they may begin."""
    end = len(lowered) if end is None else end
    stop, at = begin - 1, begin
    while begin < end:
        stop = lowered.find(" ", max(begin + _PIECE, stop + 1), end)
        stop = end if stop < 0 else stop
        words = lowered[begin:stop].split(" ")
        starts = list(
            map(add, accumulate(map(len, words), initial=begin), count())
        )  # of the words, and of what follows them
        if "" in words:  # two blanks in a row: no word stands between them
            starts, words = [*compress(starts, words), starts[-1]], list(filter(None, words))
        tried = 0
        for order in compress(count(), map(_MARKED.__getitem__, words)):
            for near in range(max(tried, order - _REACH + 1), order + 1):
                for offset in _OPENINGS[words[near]]:
                    if starts[near] + offset >= at and (
                        match := DATE.match(lowered, starts[near] + offset)
                    ):
                        at = match.end()
                        yield match
            tried = order + 1
        begin = starts[
            len(words) if stop == end else max(tried, len(words) - _REACH)
        ]  # the last words may open dates of the next piece


class DateSpans:
    """Where the dating words of a text stand, as `find_dates` finds them, looked for around one sentence after another."""

    def __init__(self, text: str, lowered: str, sentences: list[Sentence]):
        self.text, self.lowered, self.sentences = text, lowered, sentences
        self._spans: list[tuple[int, int]] = []
        self._searched = 0

    def within(self, order: int) -> list[tuple[int, int]]:
        """(start, end) of the dating words that reach into a sentence. Sentences are asked for in reading order."""
        sentence = self.sentences[order]
        if sentence.start >= self._searched:
            start, self._searched = self._find_stretch(order)
            self._spans = [
                match.span()
                for match in _match_dates(self.lowered, start, self._searched)
                if _is_date(match, match.lastgroup, self.text)
            ]
        first = bisect_right(self._spans, sentence.start, key=itemgetter(1))
        return self._spans[first : bisect_left(self._spans, sentence.end, first, key=itemgetter(0))]

    def _find_stretch(self, order: int) -> tuple[int, int]:
        """The stretch (start, end) around a sentence that no dating words cross; nothing that was searched before lies in it."""
        first = last = order
        while (
            first
            and self.sentences[first - 1].start >= self._searched
            and _may_cross(self.lowered, self.sentences[first - 1].end)
        ):
            first -= 1
        while last + 1 < len(self.sentences) and _may_cross(self.lowered, self.sentences[last].end):
            last += 1
        return self.sentences[first].start, self.sentences[last].end


def _may_cross(lowered: str, end: int) -> bool:
    """Whether dating words may go on behind the end of a sentence: not behind a sign that DATE does not hold, nor behind a
    full stop that is no month's or number's."""
    return lowered[end - 1] not in _CLOSED and (
        lowered[end - 1] != "." or _MARKED[lowered[max(0, end - 24) : end].split()[-1]]
    )


_CLOSED = frozenset('!?…|:;)]"”»')


class Dating(NamedTuple):
    """Dating words: start and end in the text; the first and last day they allow (None where they cannot be
    resolved); kind "point" or "period"; basis explicit or relative; lead "since", "by", "before" or ""."""

    start: int
    end: int
    first: date | None
    last: date | None
    kind: str
    basis: str
    lead: str


def find_dates(lowered: str, text: str, published: tuple[date, date] | None = None) -> list[Dating]:
    """The dating words of a text in reading order, none inside another.

    `published`: first and last possible day of publication; None when unknown.
    """
    found: list[Dating] = []
    anchor = None  # the last day named: "the next day" counts from it
    year = None if published else _find_year(lowered)
    for match in _match_dates(lowered):
        kind = match.lastgroup
        if not _is_date(match, kind, text):
            continue
        resolved = resolve_days(kind, match[kind], published, anchor, year)
        lead = _LEAD.search(lowered[max(0, match.start() - 14) : match.start()])
        first, last, period = resolved if resolved else (None, None, False)
        basis = (
            "explicit"
            if kind in ("iso", "slash", "range", "day", "part", "month", "year")
            else "relative"
        )
        word = lead[1] if lead else "since" if match[0].startswith("since") else ""
        word = {
            "since": "since",
            "from": "since" if published and first and last == first else "",
            "by": "by",
            "until": "by",
            "till": "by",
            "before": "before",
            "after": "after",
        }.get(word, "as_of" if word.startswith("as") else "")
        found.append(
            Dating(
                match.start(),
                match.end(),
                first,
                last,
                "period" if period else "point",
                basis,
                word,
            )
        )
        if first and (last - first).days <= 1 and word != "by":
            anchor = first
    return found


_LEAD = re.compile(r"\b(since|by|before|until|till|after|from|as\s+of|as\s+at|to)\s+(?:the\s+)?$")
_YEAR = re.compile(rf"{YEAR}(?!\s*(?:gmt|utc|hours|hrs))")
_YEAR_LEAD = re.compile(rf"(?:{MONTH},?|{DAY},?|\bin|\bsince|\bof)$")


def _find_year(lowered: str) -> int | None:
    """The first year that a text names behind a month, a day, "in", "since" or "of"."""
    for match in _YEAR.finditer(lowered):
        end = match.start()
        while end and lowered[end - 1].isspace():
            end -= 1
        if end < match.start() and _YEAR_LEAD.search(lowered, max(0, end - 16), end):
            return int(match[0])
    return None


def _is_date(match: re.Match, kind: str, text: str) -> bool:
    """Not "may" the verb, "march" the walk, or a count that looks like a year ("2000 people")."""
    words, after = match[0], match.string[match.end() : match.end() + 24]
    if (
        kind in ("month", "part")
        and re.search(r"\b(?:may|march|mar|sun|sat)\b", words)
        and not re.search(r"\d", words)
    ):
        month = re.search(r"\b(?:may|march|mar)\b", words)
        written = (
            text[match.start() + month.start() : match.start() + month.end()] if month else "X"
        )
        return (
            written[0].isupper()
            and not (written.isupper() and re.match(r"\s+(?:be|have|not|on|in|to|the)\b", after))
            and not words.startswith("of ")
        )
    if kind == "weekday" and re.fullmatch(r"(?:fri|tue|thu|thur|tues|thurs)", words):
        return text[match.start()].isupper()
    if kind == "year":
        return not re.match(
            r"\s+(?:people|persons|families|households|individuals|civilians|others|refugees|idps|residents|soldiers|troops|fighters|men|women|children|were|have|had|homes|houses|displaced|inhabitants|[a-z]+\s+(?:people|families|persons|civilians))\b|[,.]\d{3}",
            after,
        ) and not re.search(
            r"(?:[$£€#]|\b(?:some|about|around|least|than|nearly|over|almost|total of|approximately|roughly|killed|killing|displaced|displacing|resolution|up to|estimated)\s?)$",
            match.string[max(0, match.start() - 14) : match.start()],
        )
    if (
        kind == "day"
        and (
            clash := re.match(
                r"\s?(?:people|persons|families|civilians|others|soldiers|were|dead|killed)\b",
                after,
            )
        )
        and not re.search(rf"{YEAR}", words)
    ):
        return not re.search(r"\d(?:st|nd|rd|th)?$", words) or clash is None
    return True
