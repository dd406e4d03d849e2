"""What the words before a date make of it: "since", "by", "after", the day on which a war began, or
only the measure of something. The patterns are in dates.toml."""

import re

from helpers.extract.dates.calendar import NAMES
from helpers.extract.rules.load import load_patterns
from helpers.extract.rules.needs import list_signs
from helpers.extract.text.document import Document

_PATTERNS = load_patterns("dates.toml", **NAMES)
_BEGUN = list_signs(_PATTERNS["begun"].pattern)
_LEADS = {
    "by": "by",
    "until": "by",
    "till": "by",
    "before": "before",
    "after": "after",
}


def read_lead(document: Document, match: re.Match[str], is_day: bool) -> tuple[str, int]:
    """(what the words before a date make of it, where they begin): "since", "begun", "by",
    "before", "after", "as_of", "compared", "named" (part of a name) or "". `is_day`: it is one day,
    which "from" may open."""
    text, start = match.string, match.start()
    if _is_named(document, match):
        return "named", start
    if match[0].startswith("since"):
        return ("" if _is_span(match) else _read_since(text, start)), start
    begin = max(0, start - 14)
    before = _PATTERNS["lead"].search(text[begin:start])
    word = before["lead"] if before else ""
    if before and word == "since":
        return _read_since(text, begin + before.start()), begin + before.start()
    if before and word == "from":
        is_owner = text.startswith(("'s", "’s"), match.end())  # "the toll from | Sunday |'s raid"
        return ("since" if is_day and not is_owner else ""), begin + before.start()
    if _compares(text, begin, match):
        return "compared", start
    if before and word:
        return "as_of" if word.startswith("as") else _LEADS.get(word, ""), begin + before.start()
    sentence = document.sentences[document.find_sentence(start)].start
    begin = max(sentence, start - 120)
    near = text[begin:start] + _preposition(match[0])
    if "since" in near and (clause := _PATTERNS["since_clause"].search(near)):
        return _read_since(text, begin + clause.start()), begin + clause.start()
    if any(sign in near for sign in _BEGUN) and (clause := _PATTERNS["begun"].search(near)):
        return "begun", begin + clause.start()
    return "", start


def _is_named(document: Document, match: re.Match[str]) -> bool:
    """Whether a day or year is part of a name: "the 26 September Bridge", "at the | Friday |
    Market", "the | 2016 | accord"."""
    if match.lastgroup == "year" and match.string.endswith(("the ", "a "), 0, match.start()):
        return bool(_PATTERNS["named_for_year"].match(match.string, match.end()))
    if match.lastgroup not in ("day", "weekday"):
        return False
    if match.lastgroup == "weekday" and not match[0].isalpha():
        return False  # "last Friday", "on Friday"
    is_on = match.lastgroup == "weekday" and match.string.endswith("on ", 0, match.start())
    return not is_on and bool(_PATTERNS["named_for_day"].match(document.text, match.end()))


def _compares(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a day or year is only the measure of something: "up by 6,200 on | yesterday", "one of
    the deadliest attacks | this year"."""
    if match.lastgroup in ("near", "ago") and _PATTERNS["up_on"].search(
        text[max(0, begin - 40) : match.start()]
    ):
        return True
    if match[0].startswith("more than") and _PATTERNS["more_than"].search(
        text[max(0, match.start() - 12) : match.start()]
    ):
        return True
    if match.lastgroup not in ("past", "to_date"):
        return False
    before = text[max(0, begin - 60) : match.start()]
    return bool(_PATTERNS["worst_of"].search(before) or _PATTERNS["nth_time"].search(before))


def _read_since(text: str, at: int) -> str:
    """ "since"; "compared" behind a superlative, which counts nothing from there: "the deadliest
    month since 2020", and behind a change: "a rise of two per cent since August"."""
    before = text[max(0, at - 90) : at]
    is_measured = any(_PATTERNS[name].search(before) for name in ("superlative", "changed"))
    return "compared" if is_measured else "since"


def _preposition(words: str) -> str:
    """The preposition that dating words begin with, and a blank."""
    first = words.partition(" ")[0]
    return f"{first} " if first in ("in", "on", "of", "at", "over") else ""


def _is_span(match: re.Match[str]) -> bool:
    """Whether the words name both ends: "since March 2011 until June 2012"."""
    return match.lastgroup in ("between", "range")
