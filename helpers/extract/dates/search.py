"""Where dating words stand in a text, before anything is said of their days. The patterns are in
dates.toml."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import compress

from helpers.extract.dates.calendar import NAMES
from helpers.extract.rules.load import load_parts, load_patterns, load_toml
from helpers.extract.rules.notation import expand_pattern
from helpers.extract.rules.openings import LENGTH, find_openings, write_opening
from helpers.extract.text.cache import Cache
from helpers.extract.text.document import Document
from helpers.extract.text.signs import add_sign
from helpers.schema.characters import lower_text

_PATTERNS = load_patterns("dates.toml", **NAMES)


def _expand_kinds() -> dict[str, str]:
    """Kind of dating words → its pattern, with the kind as the name of its group."""
    parts = load_parts("dates.toml", **NAMES)
    return {
        kind: f"(?P<{kind}>{expand_pattern(pattern.strip(), parts)})"
        for kind, pattern in load_toml("dates.toml")["dates"].items()
    }


_KINDS = _expand_kinds()
_KIND_OPENINGS = {kind: find_openings(pattern) for kind, pattern in _KINDS.items()}
_BEGINS = re.compile(rf"(?<![\w/-])(?=\D|{load_parts('dates.toml', **NAMES)['numeral']})")
_FIRST = 14  # characters by which the kinds are told that may begin


@cache
def _compile_kind(kind: str) -> re.Pattern[str]:
    """The pattern of a kind of dating words, compiled when a text first has words that may be."""
    return re.compile(_KINDS[kind])


def _choose_kinds(words: str) -> list[re.Pattern[str]]:
    """The patterns of the kinds that may begin with these characters, in the order of the table."""
    opening = write_opening(words)
    begins = {opening[:length] for length in range(len(opening) + 1)}
    is_cut = len(words) == _FIRST and len(opening) < LENGTH  # many blanks
    return [
        _compile_kind(kind)
        for kind in _KINDS
        if is_cut or not begins.isdisjoint(_KIND_OPENINGS[kind])
    ]


_BY_WORDS = Cache(_choose_kinds)


def _match_date(lowered: str, begin: int) -> re.Match[str] | None:
    """The dating words that begin at an offset: of the first kind that matches."""
    patterns = _BY_WORDS[lowered[begin : begin + _FIRST]]
    if not patterns or not _BEGINS.match(lowered, begin):
        return None
    matches = (pattern.match(lowered, begin) for pattern in patterns)
    return next(filter(None, matches), None)


_MARKED = Cache(lambda word: bool(_PATTERNS["mark"].search(lower_text(word))))
_DATES = add_sign(_MARKED.__getitem__)
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
                if begin >= at and (match := _match_date(document.lowered, begin)):
                    at = match.end()
                    yield match
        tried = index + 1


Offsets = tuple[int, int]  # start and end in the text


class DateSpans:
    """The dating words of a text before they are resolved, looked for around one sentence after
    another, and nowhere twice."""

    def __init__(self, document: Document):
        self.document = document
        self._found: dict[int, list[re.Match[str]]] = {}  # sentence → those around it

    def within(self, order: int) -> list[Offsets]:
        """(start, end) of the dating words that reach into a sentence."""
        sentence, around = self.document.sentences[order], self._find_around(order)
        if not around:
            return []
        first = bisect_right(around, sentence.start, key=re.Match.end)
        last = bisect_left(around, sentence.end, first, key=re.Match.start)
        return [match.span() for match in around[first:last]]

    def find_all(self) -> list[re.Match[str]]:
        """All of the text, in reading order."""
        found: list[re.Match[str]] = []
        here = None
        for order in range(len(self.document.sentences)):
            around = self._find_around(order)
            if around is not here:
                found += around
            here = around
        return found

    def _find_around(self, order: int) -> list[re.Match[str]]:
        """Those of a sentence and of those around it that dating words may join to it."""
        if order not in self._found:
            first, last = order, order
            while first and self._may_cross(first - 1):
                first -= 1
            while last + 1 < len(self.document.sentences) and self._may_cross(last):
                last += 1
            around = self._read_sentences(first, last)
            for near in range(first, last + 1):
                self._found[near] = around
        return self._found[order]

    def _read_sentences(self, first: int, last: int) -> list[re.Match[str]]:
        """Those of some sentences in a row."""
        if not any(signs & _DATES for signs in self.document.signs[first : last + 1]):
            return []
        start, end = self.document.sentences[first].start, self.document.sentences[last].end
        matches = _match_dates(self.document, self.document.find_words(start, end))
        return [match for match in matches if _is_date(match, self.document)]

    def _may_cross(self, order: int) -> bool:
        """Whether dating words may go on behind the end of a sentence: not behind a sign that they
        do not hold, nor behind a full stop that is no month's or number's."""
        word = self.document.find_last_word(order)
        return word[-1] not in _CLOSED and (word[-1] != "." or _MARKED[word])


_CLOSED = frozenset('!?…|:;)]"”»')


def _is_date(match: re.Match[str], document: Document) -> bool:
    """Not "may" the verb, "march" the walk, or a count that looks like a year ("2000 people")."""
    begin, end = match.span()
    kind, words, after = match.lastgroup, match[0], document.lowered[end : end + 24]
    if kind in ("month", "unit_later", "part") and (month := _PATTERNS["word_month"].search(words)):
        written = document.text[begin + month.start() : begin + month.end()]
        is_all = document.lowered.endswith("all ", 0, begin)
        is_verb = written.isupper() and _PATTERNS["word_month_behind"].match(after)
        return bool(re.search(r"\d", words)) or (
            written[0].isupper() and not is_verb and (not words.startswith("of ") or is_all)
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
    is_on = document.lowered.endswith(("on ", "since ", "of "), 0, begin)
    if is_on and _PATTERNS["verb_behind"].match(after):
        return True  # "the attack on 8 March killed six"
    if kind == "day" and _PATTERNS["counted_day"].match(after):
        has_year = bool(_PATTERNS["any_year"].search(words))
        return has_year or not _PATTERNS["ends_in_number"].search(words)
    return True
