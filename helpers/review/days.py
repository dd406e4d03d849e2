"""Days as a person writes them: 27 Nov, 27.11.2024, 27 Nov to 8 Dec, on Saturday, late November."""

import re

from helpers.extract.dates.calendar import Span
from helpers.extract.dates.expressions import find_dates
from helpers.extract.text.document import Document
from helpers.schema.days import ask_day, list_days
from helpers.schema.errors import ClaimsError

_FIGURES = re.compile(r"\d{1,2}([./-])\d{1,2}\1(\d{4}|\d{2})\.?")
_SPLIT = re.compile(r"\s*(?:/(?=\s*\d{4}-)|\bto\b|\buntil\b|\bthrough\b|–|—|\s-\s)\s*", re.I)
_OPENS = re.compile(r"(?:in|between|from|since|during|throughout)\s+", re.I)
_ALL = re.compile(r"(?:in|from|during|throughout)\s+", re.I)
_BETWEEN = re.compile(r"between\s+(.+?)\s+and\s+(.+)", re.I)
_SINCE = re.compile(r"since\s+(.+)", re.I)
_NONE = ("", "-", "–", "none", "no", "undated", "unknown")


def read_days(words: str, published: Span | None = None) -> Span | None:
    """The first and last day that a person means; None for none ("", "undated"). `published`: the
    text's own days, from which "on Saturday" and days without a year are seen.

    Raises ClaimsError, with what to write instead, for words that are no day, and for figures that
    may be two: 11/12/2024.

    >>> read_days("27.11.2024")
    (datetime.date(2024, 11, 27), datetime.date(2024, 11, 27))
    """
    words = " ".join(words.split()).strip(" .,")
    if words.lower() in _NONE:
        return None
    if (since := _SINCE.fullmatch(words)) and published:
        begun = _read_one(since[1], published)
        if begun and begun[0] == begun[1]:
            return _order((begun[0], published[1]), words)
    if whole := _read_one(words, published):
        return _order(whole, words)
    between = _BETWEEN.fullmatch(words)
    parts = list(between.groups()) if between else _SPLIT.split(_ALL.sub("", words, count=1))
    if len(parts) == 1 and (whole := _read_one(parts[0], published)):
        return _order(whole, words)
    if len(parts) == 2:
        last = _read_one(parts[1], published)
        first = _read_one(parts[0], last or published)
        if first and last:
            return _order((first[0], last[1]), words)
    raise ClaimsError(
        f"“{words}” is no day that can be read; write it as 27 Nov 2024, 2024-11-27 or "
        "27 Nov to 8 Dec 2024, or nothing for an undated claim"
    )


def is_throughout(words: str) -> bool:
    """Whether typed days are opened by a word that means all of them: "between 3 and 5 March".

    >>> is_throughout("in late November"), is_throughout("27 Nov")
    (True, False)
    """
    return bool(_OPENS.match(words))


def _order(span: Span, words: str) -> Span:
    if span[0] > span[1]:
        raise ClaimsError(f"“{words}” ends before it begins; swap the days")
    return span


def _read_one(words: str, published: Span | None) -> Span | None:
    """A day, or what the words of a date allow; None for what is none."""
    days = list_days(words)
    if len(days) > 1:
        raise ClaimsError(ask_day(words))
    if days:
        return days[0], days[0]
    if _FIGURES.fullmatch(words):
        raise ClaimsError(f"“{words}” is no day of the calendar; write it as 27 Nov 2024")
    for tried in (words, f"on {words}"):
        found = find_dates(Document(tried), published)
        if len(found) == 1 and (span := found[0].span) and not found[0].lead:
            if found[0].end == len(tried) and tried.find(words) >= found[0].start:
                return span
    return None
