"""Dates in a text: the words that date, and the days they allow, resolved against the text's own
date (`calendar`).

Words that cannot be resolved (no publication date, no year) are found all the same, so that their
numbers count nobody, but bear no days. The patterns are in dates.toml.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import compress
from operator import itemgetter
from typing import NamedTuple

from helpers.extract.dates.calendar import NAMES, Span, Viewpoint, names_year
from helpers.extract.dates.spans import list_days, resolve_days
from helpers.extract.rules.load import load_parts, load_patterns, load_toml
from helpers.extract.rules.notation import expand_pattern
from helpers.extract.text.cache import Cache
from helpers.extract.text.document import Document, lower_text

_PATTERNS = load_patterns("dates.toml", **NAMES)


def _compile_kinds() -> re.Pattern[str]:
    """One pattern for all kinds of dating words, each a group of its name."""
    parts = load_parts("dates.toml", **NAMES)
    kinds = "|".join(
        f"(?P<{kind}>{expand_pattern(pattern.strip(), parts)})"
        for kind, pattern in load_toml("dates.toml")["dates"].items()
    )
    return re.compile(rf"(?<![\w/-])(?=\D|{parts['numeral']})(?:{kinds})")


_DATE = _compile_kinds()
_MARKED = Cache(lambda word: bool(_PATTERNS["mark"].search(lower_text(word))))
# Offsets in a word at which dating words may begin.
_OPENINGS = Cache(
    lambda word: tuple(match.start() for match in _PATTERNS["opener"].finditer(lower_text(word)))
)
_REACH = 8  # words; the first mark of dating words stands at most five behind their first word


def _match_dates(document: Document, words: range) -> Iterator[re.Match[str]]:
    """The matches of the pattern that begin in these words, tried only shortly before a word that
    may mark one."""
    tried, at = words.start, 0
    marked = map(_MARKED.__getitem__, document.words[words.start : words.stop])
    for index in compress(words, marked):
        for near in range(max(tried, index - _REACH + 1), index + 1):
            for offset in _OPENINGS[document.words[near]]:
                begin = document.starts[near] + offset
                if begin >= at and (match := _DATE.match(document.lowered, begin)):
                    at = match.end()
                    yield match
        tried = index + 1


Offsets = tuple[int, int]  # start and end in the text


class DateSpans:
    """Where the dating words of a text stand, as `find_dates` finds them, looked for around one
    sentence after another."""

    def __init__(self, document: Document):
        self.document = document
        self._spans: list[Offsets] = []
        self._searched = 0

    def within(self, order: int) -> list[Offsets]:
        """(start, end) of the dating words that reach into a sentence. Sentences are asked for in
        reading order."""
        sentence = self.document.sentences[order]
        if sentence.start >= self._searched:
            start, self._searched = self._find_joined(order)
            words = self.document.find_words(start, self._searched)
            matches = _match_dates(self.document, words)
            self._spans = [match.span() for match in matches if _is_date(match, self.document)]
        first = bisect_right(self._spans, sentence.start, key=itemgetter(1))
        return self._spans[first : bisect_left(self._spans, sentence.end, first, key=itemgetter(0))]

    def _find_joined(self, order: int) -> tuple[int, int]:
        """(start, end) of a sentence and those around it that dating words may join to it; nothing
        that was searched before lies in it."""
        sentences, first, last = self.document.sentences, order, order
        while first and sentences[first - 1].start >= self._searched and self._may_cross(first - 1):
            first -= 1
        while last + 1 < len(sentences) and self._may_cross(last):
            last += 1
        return sentences[first].start, sentences[last].end

    def _may_cross(self, order: int) -> bool:
        """Whether dating words may go on behind the end of a sentence: not behind a sign that they
        do not hold, nor behind a full stop that is no month's or number's."""
        word = self.document.list_words(order)[-1]
        return word[-1] not in _CLOSED and (word[-1] != "." or _MARKED[word])


_CLOSED = frozenset('!?…|:;)]"”»')


class Dating(NamedTuple):
    """Dating words: start and end in the text; the first and last day they allow (None where they
    cannot be resolved); kind "point" or "period"; basis explicit or relative; lead "since",
    "begun" (the day on which a war or siege began), "compared" (the deadliest since), "by",
    "before", "after", "as_of" or "";
    `opens`: where the words of the lead begin; `seen`: the days from which the words were seen,
    those of the text or of the dated entry they stand in; `days`: the days named one by one;
    `is_entry`: it stands over an entry of a list or live report."""

    start: int
    end: int
    first: date | None
    last: date | None
    kind: str
    basis: str
    lead: str
    opens: int = 0
    seen: Span | None = None
    days: tuple[date, ...] = ()
    is_entry: bool = False

    @property
    def span(self) -> Span | None:
        """First and last day; None where they cannot be resolved."""
        return (self.first, self.last) if self.first and self.last else None


_EXPLICIT = frozenset("iso slash week_of range day part month year".split())
# Explicit where they name a month or year.
_EITHER = frozenset("ending list between quarter start weekday_nth".split())
_LEADS = {
    "by": "by",
    "until": "by",
    "till": "by",
    "before": "before",
    "after": "after",
}


def find_dates(document: Document, published: Span | None = None) -> list[Dating]:
    """The dating words of a text in reading order, none inside another.

    `published`: first and last possible day of publication; None when unknown. Words without a
    year are seen from there, or from the day of the entry they stand in ("3 May: …"); in a text
    of unknown day, none takes its year from another sentence.
    """
    everywhere = range(len(document.words))
    matches = [match for match in _match_dates(document, everywhere) if _is_date(match, document)]
    years = _lend_years(document, matches, published)
    found: list[Dating] = []
    anchor: Span | None = None
    named: date | None = None  # the day named last, whatever is said of it
    seen = published
    for match, year in zip(matches, years):
        kind = match.lastgroup or ""
        is_ahead = not year and not names_year(match[0]) and _tells_ahead(document, match)
        is_of_text = kind in _OF_TEXT and published is not None
        day = named if "same" in match[0] else anchor and anchor[_BACKWARDS[match[0]]]
        view = Viewpoint(published if is_of_text else seen, day, year, is_ahead)
        dating = _resolve(document, match, kind, view)
        if _opens_entry(document, dating, published):
            dating = dating._replace(is_entry=True)
        dating = dating._replace(seen=seen)
        found.append(dating)
        if dating.first and dating.last and (dating.last - dating.first).days <= 1:
            named = dating.first
            anchor = anchor if dating.lead == "by" else (dating.first, dating.last)
        if dating.is_entry:
            seen = dating.span
    return found


def _resolve(document: Document, match: re.Match[str], kind: str, view: Viewpoint) -> Dating:
    """Dating words with their days."""
    resolved = resolve_days(kind, match[0], view)
    first, last, is_period = resolved or (None, None, False)
    is_day = view.published is not None and first is not None and first == last
    lead, opens = _read_lead(document, match, is_day)
    return Dating(
        match.start(),
        match.end(),
        first,
        last,
        "period" if is_period or _is_throughout(match) else "point",
        "explicit" if _is_explicit(kind, match[0]) else "relative",
        lead,
        opens,
        None,
        list_days(kind, match[0], (first, last) if first and last else None),
    )


def _is_explicit(kind: str, words: str) -> bool:
    """Whether words name a day, month or year of the calendar: "the week to Sunday" does not."""
    if kind in _EXPLICIT:
        return True
    return kind in _EITHER and bool(_PATTERNS["calendar"].search(words))


def _read_lead(document: Document, match: re.Match[str], is_day: bool) -> tuple[str, int]:
    """(what the words before a date make of it, where they begin): "since", "begun", "by",
    "before", "after", "as_of", "compared" or "". `is_day`: it is one day, which "from" may open."""
    text, start = match.string, match.start()
    if match[0].startswith("since"):
        return ("" if _is_span(match) else _read_since(text, start)), start
    begin = max(0, start - 14)
    before = _PATTERNS["lead"].search(text[begin:start])
    word = before["lead"] if before else ""
    if before and word == "since":
        return _read_since(text, begin + before.start()), begin + before.start()
    if before and word == "from":
        return ("since" if is_day else ""), begin + before.start()
    if before and word:
        return "as_of" if word.startswith("as") else _LEADS.get(word, ""), begin + before.start()
    sentence = document.sentences[document.find_sentence(start)].start
    begin = max(sentence, start - 120)
    near = text[begin:start] + _preposition(match[0])
    if "since" in near and (clause := _PATTERNS["since_clause"].search(near)):
        return _read_since(text, begin + clause.start()), begin + clause.start()
    if clause := _PATTERNS["begun"].search(near):
        return "begun", begin + clause.start()
    return "", start


def _read_since(text: str, at: int) -> str:
    """ "since"; "compared" behind a superlative, which counts nothing from there: "the deadliest
    month since 2020"."""
    return "compared" if _PATTERNS["superlative"].search(text[max(0, at - 90) : at]) else "since"


def _preposition(words: str) -> str:
    """The preposition that dating words begin with, and a blank."""
    first = words.partition(" ")[0]
    return f"{first} " if first in ("in", "on", "of") else ""


def _is_throughout(match: re.Match[str]) -> bool:
    """Whether all days of a span are meant: "throughout November"."""
    before = match.string[max(0, match.start() - 24) : match.start()]
    if match[0].startswith("throughout"):
        return True
    return before.rstrip().endswith(("throughout", "throughout the month of", "all through"))


def _is_span(match: re.Match[str]) -> bool:
    """Whether the words name both ends: "since March 2011 until June 2012"."""
    return match.lastgroup in ("between", "range")


def _lend_years(
    document: Document, matches: list[re.Match[str]], published: Span | None
) -> list[int | None]:
    """The year that other words of the sentence lend to those that have none: the next of the days
    they are joined with ("3 April and 9 May 2021"), or the one named before them."""
    years: list[int | None] = [None] * len(matches)
    named = [_last_year(match) for match in matches]
    for at in range(len(matches) - 2, -1, -1):
        if named[at] is None and matches[at].lastgroup in _DAYS:
            between = document.lowered[matches[at].end() : matches[at + 1].start()]
            if matches[at + 1].lastgroup in _DAYS and _PATTERNS["joins_days"].match(between):
                years[at] = named[at] = named[at + 1]
    carried, order = None, -1
    for at, match in enumerate(matches):
        sentence = document.find_sentence(match.start())
        carried = carried if sentence == order else None
        order = sentence
        if named[at] is not None:
            is_told = not _read_lead(document, match, True)[0] and match.lastgroup in _LENDING
            carried = named[at] if is_told else carried
        elif carried and match.lastgroup in _DAYS and not _is_recent(match, published):
            years[at] = carried
    return years


# Whether words count back: behind a night, "the day before" counts from its second day.
_BACKWARDS = Cache(lambda words: bool(re.search(r"\b(?:before|previous|earlier)\b", words)))
_DAYS = frozenset({"day", "list", "range", "part"})
_OF_TEXT = _DAYS | {"month", "between", "quarter"}  # seen from the text's day in its entries too
_LENDING = frozenset({"day", "list", "range", "iso", "slash", "month", "year", "between"})
_RECENT = 31  # days before the text: a day so near needs no year


def _is_recent(match: re.Match[str], published: Span | None) -> bool:
    """Whether a day without a year is near the text's own, so that it is hardly one of another
    year."""
    if not published:
        return False
    found = resolve_days(match.lastgroup or "", match[0], Viewpoint(published, None, None))
    return found is not None and (published[1] - found[0]).days <= _RECENT


def _last_year(match: re.Match[str]) -> int | None:
    """The last year that dating words name; None of a decade."""
    years = _PATTERNS["any_year"].findall(match[0])
    return int(years[-1]) if years and not match[0].endswith("s") else None


def _tells_ahead(document: Document, match: re.Match[str]) -> bool:
    """Whether a sentence tells of what is to come."""
    sentence = document.sentences[document.find_sentence(match.start())]
    return bool(_PATTERNS["ahead"].search(document.lowered, sentence.start, sentence.end))


def _opens_entry(document: Document, dating: Dating, published: Span | None) -> bool:
    """Whether a day stands over what is told of it: a heading that is all but a date, or a date at
    the opening of a line ("[16.03.2022 21:35] …"); not the day on which the text was written."""
    if dating.first != dating.last or dating.basis != "explicit" or not dating.first:
        return False
    if published and dating.first > published[1] or dating.lead:
        return False
    order = document.find_sentence(dating.start)
    sentence, text = document.sentences[order], document.lowered
    before = text[sentence.start : dating.start]
    if sentence.is_heading and dating.end <= sentence.end:
        heading = before + " " + text[dating.end : sentence.end]
        if _PATTERNS["written"].search(heading):
            return False
        return not _PATTERNS["beside_date"].sub("", heading)
    if before.strip(" [(-–—•*"):
        return False
    return bool(_PATTERNS["opens_entry"].match(text, dating.end))


def _is_date(match: re.Match[str], document: Document) -> bool:
    """Not "may" the verb, "march" the walk, or a count that looks like a year ("2000 people")."""
    begin, end = match.span()
    kind, words, after = match.lastgroup, match[0], document.lowered[end : end + 24]
    if kind in ("month", "part") and (month := _PATTERNS["word_month"].search(words)):
        written = document.text[begin + month.start() : begin + month.end()]
        is_verb = written.isupper() and _PATTERNS["word_month_behind"].match(after)
        return bool(re.search(r"\d", words)) or (
            written[0].isupper() and not is_verb and not words.startswith("of ")
        )
    if kind in ("between", "list") and (month := _PATTERNS["word_month"].search(words)):
        return document.text[begin + month.start()].isupper()
    if kind == "weekday" and _PATTERNS["short_weekday"].search(words):
        return document.text[begin].isupper()
    if kind == "year":
        before = document.lowered[max(0, begin - 14) : begin]
        if _PATTERNS["counted_year"].match(after):
            return False
        if _PATTERNS["counted_or_year"].match(after):
            return bool(_PATTERNS["dated_year"].search(before))
        return " and " in words or not _PATTERNS["counting_year"].search(before)
    if kind == "day" and _PATTERNS["counted_day"].match(after):
        has_year = bool(_PATTERNS["any_year"].search(words))
        return has_year or not _PATTERNS["ends_in_number"].search(words)
    return True
