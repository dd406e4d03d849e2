"""Numbers in a text: where one stands, which words carry it, and what it is surely not.

Only the span is found here; `helpers.schema.quantity` reads it, as the gate will read it again. The
patterns are in numbers.toml; the one that finds a number is tried only where a digit or a number
word stands.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import NamedTuple

from helpers.extract.rules.lexicon import KINDS
from helpers.extract.rules.load import load_patterns
from helpers.extract.rules.notation import list_alternatives
from helpers.extract.text.cache import Cache
from helpers.extract.text.document import Document
from helpers.extract.text.signs import add_sign
from helpers.schema.characters import lower_text
from helpers.schema.quantity import DIGITS, HEDGES, KIN, ONES, SCALES, TENS, Reading, read_number

_PATTERNS = load_patterns(
    "numbers.toml",
    one=list_alternatives([*ONES, *TENS]),
    tens=list_alternatives(TENS),
    units=list_alternatives(list(ONES)[1:10]),
    scale=list_alternatives(SCALES),
    people=list_alternatives(
        word for word, kinds in KINDS.items() if kinds & {"person", "household"} and word.isalpha()
    ),
    digits=DIGITS.pattern,
    kin=KIN,
    hedge=list_alternatives(re.escape(hedge).replace(r"\ ", r"\s+") for hedge in HEDGES),
)
_NUMBER = _PATTERNS["number"]
# Offsets in a word at which a number may begin.
_OPENINGS = Cache(
    lambda word: tuple(match.start() for match in _PATTERNS["opener"].finditer(lower_text(word)))
)
NUMBER = add_sign(_PATTERNS["mark"].search, lowers=True)
"""The sign of a word that may be of a number: every number holds such a word."""


class Number(NamedTuple):
    """A number as the text words it: start and end of the words that carry it (hedge included),
    where the bare number begins and ends, its reading, and whether it only names or measures (a
    house number, "12-year-old")."""

    start: int
    end: int
    bare_start: int
    bare_end: int
    reading: Reading
    is_count: bool


def find_numbers(
    document: Document, order: int, dates: Sequence[tuple[int, int]] = ()
) -> list[Number]:
    """The numbers of a sentence, in reading order, none inside another, none in `dates` (start and
    end of the dating words, which `dates.expressions` finds): "since 2021, at least | 4,180".

    Ordinals, sums of money,
    ages in compounds, and names with a number in them come with is_count False.
    """
    text = document.lowered
    found: list[Number] = []
    last = document.sentences[order].start
    for match in _match_numbers(document, order):
        begin, end = match.span()
        if dates and (over := next((d for d in dates if d[0] < end and begin < d[1]), None)):
            last = max(last, over[1])
            behind = _NUMBER.search(text, last, end) if end > last else None
            if behind is None:
                continue
            match = behind  # "July 17 - Seventeen people"
        for part in _split_change(text, match):
            if number := _read_match(text, part, last):
                found.append(number)
                last = number.end
                if text.startswith((" - ", " – "), last) and (
                    rest := _NUMBER.match(text, last + 3, end)
                ):
                    if last < part.end() and (number := _read_match(text, rest, last)):
                        found.append(number)
                        last = number.end
    return found


def _split_change(text: str, match: re.Match[str]) -> list[re.Match[str]]:
    """A match, or both of its ends where they are two counts and no range: "rose from 30 to 50"."""
    begin, end = match.span()
    if not (opening := _open_change(text, match)):
        return [match]
    *_, to = _TO.finditer(text, begin, end)
    ends = _NUMBER.match(text, opening, to.start()), _NUMBER.match(text, to.end())
    return [part for part in ends if part]


def _open_change(text: str, match: re.Match[str]) -> int:
    """Where the first of two counts begins: "revised from | 58 to 41", "rose by | four to 27"; 0 if
    they are a range."""
    begin = match.start()
    before = text[max(0, begin - _CHANGE_REACH) : begin]
    if match["pair"] == "from" and _PATTERNS["change"].search(before):
        return begin + len("from ")
    is_to = match["range"] and _TO.match(text, match.start("range"))
    return begin if is_to and _PATTERNS["change_by"].search(before) else 0


_CHANGE_REACH = 90  # characters before two counts in which the change is said
_TO = re.compile(r"\s+to\s+")


def _match_numbers(document: Document, order: int) -> Iterator[re.Match[str]]:
    """The matches of the pattern in a sentence, as `finditer` gives them, tried only where a number
    may begin."""
    if not document.signs[order] & NUMBER:
        return
    at, end, _, _ = document.sentences[order]
    openings = list(map(_OPENINGS.__getitem__, document.list_words(order)))
    for index, offsets in compress(zip(document.find_words(at, end), openings), openings):
        for offset in offsets:
            begin = document.starts[index] + offset
            if begin >= at and (match := _NUMBER.match(document.lowered, begin, end)):
                at = match.end()
                yield match


def _read_match(text: str, match: re.Match[str], last: int) -> Number | None:
    """The number of a match with its hedge, which stands before it, or behind what it counts; None
    if nothing can be read."""
    begin, stop = match.span()
    earliest = max(last, begin - _HEDGE_REACH)
    before = text[earliest:begin]
    if match["pair"] and read_number(text[begin:stop]) is None:
        return None  # "from 30 people to 40" that is no range
    hedge = _may_hedge(before) and _PATTERNS["hedge_before"].search(before)
    if hedge and hedge[0].startswith("up to") and _PATTERNS["gone"].search(before[: hedge.start()]):
        hedge = None  # "has gone up | to seven"
    first = earliest + hedge.start() if hedge else _find_kin(text, begin, stop, earliest)
    late = None if match["tail"] or hedge else _PATTERNS["late_tail"].match(text, stop, stop + 45)
    if late:
        reading = read_number(text[first : late.end()])
        if reading and reading.quantifier != "exact":
            is_count = _is_count(text, begin, stop, first)
            return Number(first, late.end(), begin, stop, reading, is_count)
    reading = read_number(text[first:stop])
    if reading is None and match["range"]:  # two numbers side by side that are no range: the first
        stop = match.start("range")
        reading = read_number(text[first:stop])
    if reading is None:
        return None
    again = "(" in text[stop : stop + 2] and _PATTERNS["again"].match(text, stop)
    if again and (twice := read_number(text[first : again.end()])):  # "fifteen (15)"
        stop, reading = again.end(), twice
    is_count = _is_whole(reading) and _is_count(text, begin, stop, first)
    return Number(first, stop, begin, stop, reading, is_count)


def _find_kin(text: str, begin: int, stop: int, earliest: int) -> int:
    """Where a number begins that counts kin beside those named one by one: "| her husband and |
    two brothers"; at the number itself where there are none."""
    before = text[earliest:begin]
    kin = " and " in before[-9:] and _PATTERNS["with_kin"].search(before)
    if not kin:
        return begin
    opened = earliest + kin.start()
    is_subject = _PATTERNS["kin_as_subject"].match(text, stop)
    if is_subject and _PATTERNS["opens_clause"].search(text[max(0, opened - 12) : opened]):
        return opened
    return opened if _PATTERNS["kin_behind"].match(text, stop) else begin


def _is_whole(reading: Reading) -> bool:
    """Whether a reading may be of people, of whom there are no fractions: "at 7.45" is none."""
    values = (reading.low, reading.best, reading.high)
    return reading.is_share or all(value is None or value == int(value) for value in values)


_HEDGE_REACH = 45  # characters before a number in which its hedge begins
_ENDS = {hedge.split()[-1] for hedge in HEDGES} | set(
    "the another further of additional other".split()
)
_HEDGE_ENDS = re.compile(rf"(?<![\w-])(?:{list_alternatives(map(re.escape, _ENDS))})$")
_CLOSES_HEDGE = Cache(lambda word: bool(_HEDGE_ENDS.search(word)))


def _may_hedge(before: str) -> bool:
    """Whether the last word before a number may close a hedge."""
    words = before.split()
    return bool(words) and _CLOSES_HEDGE[words[-1]]


_CODING = re.compile(r"\b(?:as|at|to) $")
_MAY_CODE = ("as ", "at ", "to ")  # ends of its matches
_CODED = 160  # characters in which it is said that a number is nobody's report


def _is_coding(text: str, stop: int, first: int) -> bool:
    """Whether a number stands for one that nobody reported: "unknown number of dead, entered as
    10", "put at 10 by default"."""
    if _PATTERNS["by_rule"].match(text, stop):
        return True
    return bool(_PATTERNS["unreported"].search(text, max(0, first - _CODED), first))


def _is_hour(text: str, words: str, begin: int, stop: int, first: int) -> bool:
    """Whether a number is an hour of the day: "at 2320", "at about | four in the morning"."""
    before = text[max(0, begin - 8) : begin]
    if _PATTERNS["clock"].fullmatch(words) and _PATTERNS["at_time"].search(before):
        return not _PATTERNS["counted"].match(text, stop, stop + 12)
    if not _PATTERNS["of_day"].match(text, stop):
        return False
    return bool(_PATTERNS["at_hour"].search(text, max(0, first - 16), first))


# Last words of what makes a number part of a ratio, or names what it numbers.
_LAST = {
    "ratio": re.compile(r"\b(?:and|to|in|of|every|oldest|youngest|eldest|them|whom|was|being)\b"),
    "named": re.compile(rf"\b(?:as|at)\s|{_PATTERNS['named'].pattern}"),
}
# The last word before a number → which of them may stand there.
_AHEAD = Cache(lambda word: frozenset(name for name, last in _LAST.items() if last.search(word)))


def _is_count(text: str, begin: int, stop: int, first: int) -> bool:
    """Whether the number can count people: no ordinal, clock time, measure, money, or part of a
    name."""
    before, after = text[max(0, first - 24) : first], text[stop : stop + 12]
    before = before.rpartition("\n\n")[2]  # a heading names no number
    words = text[begin:stop]
    if _PATTERNS["opens_line"].match(text, begin):
        return False  # "6/ The army says"
    if _is_hour(text, words, begin, stop, first):
        return False
    if words == "one" and _PATTERNS["some"].search(before):
        return False  # no one, another one
    if _PATTERNS["goes_before"].search(before) or _PATTERNS["goes_on"].match(text, stop):
        return False  # a number, but not this one
    if text.startswith("over ", first) and _PATTERNS["number_before"].search(before):
        return False  # "one over three"
    if before.endswith("[") and after.startswith("]"):
        return False  # the mark of a note
    if before.endswith(_MAY_CODE) and _CODING.search(before) and _is_coding(text, stop, first):
        return False
    if words[0] == "0" and stop - begin > 2 and words.isdigit():
        return False  # 0600, a time
    is_short = stop - begin <= 5 and (words[0].isalpha() or stop - begin == 1)
    if is_short and _PATTERNS["of_ten"].match(text, stop):
        return False
    ahead = _AHEAD[before[before.rstrip().rfind(" ") + 1 :]]
    if _PATTERNS["measured"].match(after) or "ratio" in ahead and _PATTERNS["ratio"].search(before):
        return False
    may_name = "named" in ahead and (words[0].isdigit() or "age" in before)
    if may_name and _PATTERNS["named"].search(before):
        return False
    return not _PATTERNS["money"].search(before)
