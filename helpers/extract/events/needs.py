"""What every match of a pattern must hold: strings, read from the pattern itself, so that nothing
is said twice.

A pattern is read as alternatives of sequences. Of a sequence the rarest of its words is asked for,
of alternatives the words of each; what a pattern may leave out (`?`, `*`) or only looks at asks for
nothing.
"""

import re
from typing import NamedTuple

from helpers.extract.rules.lexicon import KINDS

_MOST = 300  # spellings of one word
_FUNCTION_KINDS = frozenset({"be", "have", "aux", "modal", "det", "prep", "sub", "rel", "conj"})
_ATOM = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[^()|]", re.DOTALL)
_GROUP = re.compile(r"\((?:\?(?P<kind>P<\w+>|[:>]|<?[=!]|i:))?")
_QUANTIFIER = re.compile(r"(?:(?P<few>[?*])|\+|\{(?P<least>\d+)(?:,(?P<most>\d*))?\})[?+]?")
WITHIN = "…"


class Item(NamedTuple):
    """A part of a sequence: a sign, or a group with its alternatives; whether it may be left out or
    repeated."""

    sign: str
    group: tuple["Sequence", ...]
    optional: bool
    repeated: bool


Sequence = tuple[Item, ...]
_END = Item(r"\s", (), False, True)


def read_pattern(pattern: str) -> tuple[Sequence, ...]:
    """The alternatives of a regular expression, each a sequence of items; look-arounds are left
    out."""
    alternatives, end = _read_alternatives(pattern, 0)
    if end != len(pattern):
        raise ValueError(f"the pattern ends at {end}: {pattern[end : end + 40]}")
    return alternatives


def _read_alternatives(pattern: str, at: int) -> tuple[tuple[Sequence, ...], int]:
    """(alternatives, where they end: at a closing bracket or the end of the pattern)."""
    found: list[Sequence] = []
    sequence: list[Item] = []
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            found.append(tuple(sequence))
            sequence, at = [], at + 1
            continue
        sign, looks = "", False
        group: tuple[Sequence, ...] = ()
        if opening := _GROUP.match(pattern, at):
            group, at = _read_alternatives(pattern, opening.end())
            at += 1
            looks = (opening["kind"] or "").rstrip("<")[-1:] in ("=", "!")
        elif atom := _ATOM.match(pattern, at):
            sign, at = atom[0], atom.end()
        quantifier = _QUANTIFIER.match(pattern, at)
        optional = repeated = False
        if quantifier:
            at = quantifier.end()
            optional = bool(quantifier["few"]) or quantifier["least"] == "0"
            repeated = quantifier["few"] != "?" and quantifier["most"] != "1"
        if not looks:
            sequence.append(Item(sign, group, optional, repeated))
    return (*found, tuple(sequence)), at


def find_needs(pattern: str) -> frozenset[str]:
    """Words of which every match of a regular expression holds one, or a word that begins so; those
    that may stand within a longer word begin with WITHIN. Empty where none can be named.

    >>> sorted(find_needs(r"\\b(?:won|fought)\\s+(?:\\w+\\s+)?back|\\w+-held"))
    ['back', '…-held']
    """
    return _join_needs(read_pattern(pattern), False)


def _join_needs(alternatives: tuple[Sequence, ...], within: bool) -> frozenset[str]:
    """The same of alternatives; `within`: whether a letter may stand right before them."""
    needs = [_choose(_list_words(sequence, within)) for sequence in alternatives]
    return frozenset().union(*needs) if all(needs) else frozenset()


def _choose(words: list[frozenset[str]]) -> frozenset[str]:
    """Of the words of a sequence, those to ask for: no function words, then the fewest
    spellings."""
    return min(words, key=_rank, default=frozenset())


def _rank(words: frozenset[str]) -> tuple[float, int]:
    """Small for words that few sentences hold."""
    common = [word for word in words if KINDS.get(word, frozenset()) & _FUNCTION_KINDS]
    return len(common) / len(words), len(words)


def _list_words(sequence: Sequence, within: bool) -> list[frozenset[str]]:
    """The words of a sequence that no match is without, each as its spellings; of one that may go
    on, its beginning."""
    words: list[frozenset[str]] = []
    spellings = {""}
    for item in (*sequence, _END):
        further = _spell(item)
        if further is not None and len(further) * len(spellings) <= _MOST:
            spellings = {spelling + more for spelling in spellings for more in further}
            continue
        if all(len(spelling) > 1 for spelling in spellings):
            mark = WITHIN if within else ""
            words.append(frozenset(mark + spelling for spelling in spellings))
            within = True
        if item.group and not item.optional and (needs := _join_needs(item.group, within)):
            words.append(needs)
        spellings, within = {""}, _may_end_in_letter(item)
    return words


def _may_end_in_letter(item: Item) -> bool:
    """Whether what an item stands for may end in a letter."""
    if item.group:
        return any(sequence and _may_end_in_letter(sequence[-1]) for sequence in item.group)
    return item.sign not in (r"\s", r"\b", r"\W") and not re.fullmatch(r"\W", item.sign)


def _spell(item: Item) -> set[str] | None:
    """What an item may add to a word; None where that cannot be listed, or is no part of it."""
    if item.repeated:
        return None
    found: set[str] = {""} if item.optional else set()
    if not item.group:
        letters = _list_letters(item.sign)
        return None if letters is None else found | letters
    for sequence in item.group:
        spellings = {""}
        for part in sequence:
            further = _spell(part)
            if further is None or len(further) * len(spellings) > _MOST:
                return None
            spellings = {spelling + more for spelling in spellings for more in further}
        found |= spellings
    return found


def _list_letters(sign: str) -> set[str] | None:
    """The letters that a sign stands for: one, those of a set, none (a boundary); None for
    others."""
    if sign in (r"\b", "^", "$"):
        return {""}
    if sign == "-" or sign.isalpha():
        return {sign}
    if re.fullmatch(r"\[[a-z]+\]", sign):
        return set(sign[1:-1])
    return None
