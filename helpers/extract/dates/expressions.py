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

from helpers.extract.dates.calendar import NAMES, Span, Viewpoint, resolve_days
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
    cannot be resolved); kind "point" or "period"; basis explicit or relative; lead "since", "by",
    "before" or ""."""

    start: int
    end: int
    first: date | None
    last: date | None
    kind: str
    basis: str
    lead: str

    @property
    def span(self) -> Span | None:
        """First and last day; None where they cannot be resolved."""
        return (self.first, self.last) if self.first and self.last else None


_EXPLICIT = frozenset({"iso", "slash", "range", "day", "part", "month", "year"})
_LEADS = {
    "since": "since",
    "by": "by",
    "until": "by",
    "till": "by",
    "before": "before",
    "after": "after",
}


def find_dates(document: Document, published: Span | None = None) -> list[Dating]:
    """The dating words of a text in reading order, none inside another.

    `published`: first and last possible day of publication; None when unknown.
    """
    found: list[Dating] = []
    anchor: date | None = None
    year = None if published else _find_year(document.lowered)
    for match in _match_dates(document, range(len(document.words))):
        if not _is_date(match, document):
            continue
        kind = match.lastgroup or ""
        resolved = resolve_days(kind, match[0], Viewpoint(published, anchor, year))
        first, last, is_period = resolved or (None, None, False)
        lead = _read_lead(match, published is not None and first is not None and first == last)
        basis = "explicit" if kind in _EXPLICIT else "relative"
        reading = "period" if is_period else "point"
        found.append(Dating(match.start(), match.end(), first, last, reading, basis, lead))
        if first and last and (last - first).days <= 1 and lead != "by":
            anchor = first
    return found


def _read_lead(match: re.Match[str], is_day: bool) -> str:
    """What the word before a date makes of it: "since", "by", "before", "after", "as_of" or "".
    `is_day`: it is one day, which "from" may open."""
    before = _PATTERNS["lead"].search(match.string[max(0, match.start() - 14) : match.start()])
    word = before["lead"] if before else ""
    if not before and match[0].startswith("since"):
        return "since"
    if word == "from":
        return "since" if is_day else ""
    return "as_of" if word.startswith("as") else _LEADS.get(word, "")


def _find_year(lowered: str) -> int | None:
    """The first year that a text names behind a month, a day, "in", "since" or "of"."""
    for match in _PATTERNS["year_alone"].finditer(lowered):
        end = match.start()
        while end and lowered[end - 1].isspace():
            end -= 1
        lead = _PATTERNS["year_lead"].search(lowered, max(0, end - 16), end)
        if end < match.start() and lead:
            return int(match[0])
    return None


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
    if kind == "weekday" and _PATTERNS["short_weekday"].search(words):
        return document.text[begin].isupper()
    if kind == "year":
        before = document.lowered[max(0, begin - 14) : begin]
        return not (
            _PATTERNS["counted_year"].match(after) or _PATTERNS["counting_year"].search(before)
        )
    if kind == "day" and _PATTERNS["counted_day"].match(after):
        has_year = bool(_PATTERNS["any_year"].search(words))
        return has_year or not _PATTERNS["ends_in_number"].search(words)
    return True
