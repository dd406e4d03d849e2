"""Which patterns a sentence may match, told by its words, before places and dates are looked for.

What words every match of a pattern holds is read from the pattern itself (`needs`): nothing is said
twice. What this refuses, no pattern would match.
"""

import re
from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_

from helpers.extract.events.coordination import IN_BRACKETS_NEEDS
from helpers.extract.events.matching.rules import FOLLOWING, RULES, Rule
from helpers.extract.rules.needs import OPEN, PLACE, Way, find_needs, find_rarest
from helpers.extract.rules.notation import expand_pattern
from helpers.extract.rules.territory import PARTS, PLACE_SIGN
from helpers.extract.text.cache import Cache
from helpers.extract.text.document import Document
from helpers.extract.text.signs import add_sign
from helpers.schema.characters import lower_text

_PART = re.compile(r"[^\W_]+")  # a word without its marks


class Prefilter:
    """Some patterns by the words that they ask for, each of which is a bit; so is any place.

    `ways`: bit of the rarest word of a way to match one → (bits of all its words, bits of each in
    their order, number of the pattern)."""

    def __init__(self, needs: Iterable[frozenset[Way]]):
        listed = list(enumerate(needs))
        self._always = {number for number, ways in listed if () in ways}
        numbered = [(way, number) for number, ways in listed for way in ways if way]
        words = sorted({word for way, _ in numbered for word in way} - {PLACE}, key=sorted)
        self._bit = {word: 1 << order for order, word in enumerate(words)}
        self._place = 1 << len(words)
        self.ways: dict[int, list[tuple[int, list[int], int]]] = {}
        for way, number in numbered:
            bits = [self._bit.get(word, self._place) for word in way]
            every = sum(set(bits) - {self._place})
            rarest = self._bit[find_rarest(way)]
            self.ways.setdefault(rarest, []).append((every, bits, number))
        self._rare = sum(self.ways)
        self._whole = self._list_plain(whole=True)
        self._beginnings = self._list_plain(whole=False)
        self._lengths = sorted(set(map(len, self._beginnings)))
        self._others = [
            (bit, re.compile("|".join(patterns)))
            for word, bit in self._bit.items()
            if (patterns := [_write_pattern(s) for s in word if s[0] == OPEN or "-" in s])
        ]
        self.bits = Cache(self._judge_word)
        self._sign = add_sign(lambda word: self.bits[word] & self._rare)

    def _list_plain(self, whole: bool) -> dict[str, int]:
        """Spelling → the bits of the words that are spelled so, or begin so."""
        found: dict[str, int] = {}
        for word, bit in self._bit.items():
            for spelling in word:
                if spelling.endswith(OPEN) != whole:
                    plain = spelling.removesuffix(OPEN)
                    found[plain] = found.get(plain, 0) | bit
        return found

    def _judge_word(self, word: str) -> int:
        """The words that this one, cut at blanks, may hold."""
        lowered, bits = lower_text(word), 0
        for part in _PART.findall(lowered):
            bits |= self._whole.get(part, 0)
            for length in self._lengths:
                bits |= self._beginnings.get(part[:length], 0)
        for bit, pattern in self._others:
            if not bits & bit and pattern.search(lowered):
                bits |= bit
        return bits

    def choose(
        self, document: Document, order: int, list_places: Callable[[], Iterable[int]]
    ) -> set[int]:
        """The numbers of the patterns that a sentence may match; `list_places` gives the indexes of
        its words at which the name of a place may begin."""
        if not document.signs[order] & self._sign:
            return self._always
        bits = list(map(self.bits.__getitem__, document.list_words(order)))
        here = reduce(or_, filter(None, bits), 0)
        ways, rare = [], here & self._rare
        while rare:
            last = rare & -rare  # one bit after another
            rare -= last
            ways += [way for way in self.ways[last] if here & way[0] == way[0]]
        if ways:
            for index in list_places():
                bits[index] |= self._place
        return self._always.union(number for _, way, number in ways if _in_order(way, bits))


def _in_order(way: list[int], bits: list[int]) -> bool:
    """Whether the words of a way stand in a sentence in their order; two may stand within one."""
    at = 0
    for wanted in way:
        while not bits[at] & wanted:
            at += 1
            if at == len(bits):
                return False
    return True


def _write_pattern(spelling: str) -> str:
    """A spelling that goes over a hyphen, or may stand within a word, as a pattern."""
    begin = "" if spelling.startswith(OPEN) else r"(?<![^\W_])"
    end = "" if spelling.endswith(OPEN) else r"(?![^\W_])"
    return f"{begin}{re.escape(spelling.strip(OPEN))}{end}"


# The parts of rules that are places, which begin and end with a word.
_PLACES = {"list": rf"\b{PLACE_SIGN}\b", "subjects": rf"\b{PLACE_SIGN}\b", "apposition": ""}
_RULES = Prefilter(find_needs(expand_pattern(rule.template, PARTS | _PLACES)) for rule in RULES)


def choose_rules(
    document: Document, order: int, follows: bool, list_places: Callable[[], Iterable[int]]
) -> tuple[Rule, ...] | None:
    """The rules that a sentence may match; None if it need not be read. `follows`: whether an event
    was told before; without one some rules say nothing by themselves. `list_places`: as in
    Prefilter."""
    chosen = _RULES.choose(document, order, list_places)
    rules = tuple(RULES[number] for number in sorted(chosen))
    if not follows and all(rule.name in FOLLOWING for rule in rules):
        rules = ()
    if rules:
        return rules
    start, end, _, _ = document.sentences[order]
    if document.lowered.find("(", start, end) < 0:
        return None
    return () if IN_BRACKETS_NEEDS.search(document.lowered, start, end) else None
