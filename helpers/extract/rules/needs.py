"""What every match of a pattern must hold: words in their order, and places among them, read from
the pattern itself, so that nothing is said twice.

A pattern is read as alternatives of sequences. A sequence asks for each of its words, alternatives
for those of one of them; what a pattern may leave out (`?`, `*`) asks for nothing, nor does what it
only looks at, but for what must follow at its end.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from helpers.extract.rules.territory import PLACE_SIGN

_MOST = 300  # spellings of one word
_MOST_WAYS = 48  # alternatives told apart; of more, each asks for one word only
_ATOM = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[^()|]", re.DOTALL)
_GROUP = re.compile(r"\((?:\?(?P<kind>P<\w+>|[:>]|<?[=!]|i:))?")
_QUANTIFIER = re.compile(r"(?:(?P<few>[?*])|\+|\{(?P<least>\d+)(?:,(?P<most>\d*))?\})[?+]?")
_ENDS_WORD = (r"(?=\W|$)", r"(?!\w)")  # look-arounds that say what `\b` says
_BOUNDARIES = (r"\b", "^", "$")
OPEN = "…"  # on the side of a word on which it may go on

Word = frozenset[str]  # the spellings of a word
PLACE = frozenset({PLACE_SIGN})  # the word that stands for any place
Way = tuple[Word, ...]  # words that a match holds in this order


class Item(NamedTuple):
    """A part of a sequence: a sign, or a group with its alternatives; whether it may be left out or
    repeated, and whether it is only looked at."""

    sign: str
    group: tuple["Sequence", ...]
    optional: bool = False
    repeated: bool = False
    looks: bool = False


Sequence = tuple[Item, ...]


def read_pattern(pattern: str) -> tuple[Sequence, ...]:
    """The alternatives of a regular expression, each a sequence of items; of look-arounds only
    those ahead and ends of words."""
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
        sign, looks, start = "", "", at
        group: tuple[Sequence, ...] = ()
        if opening := _GROUP.match(pattern, at):
            group, at = _read_alternatives(pattern, opening.end())
            at += 1
            looks = opening["kind"] or ""
        elif atom := _ATOM.match(pattern, at):
            sign, at = atom[0], atom.end()
        if pattern[start:at] in _ENDS_WORD:
            sequence.append(Item(r"\b", ()))
            continue
        if looks.endswith(("=", "!")):
            sequence += [Item("", group, looks=True)] if looks == "=" else []
            continue
        quantifier = _QUANTIFIER.match(pattern, at)
        optional = repeated = False
        if quantifier:
            at = quantifier.end()
            optional = bool(quantifier["few"]) or quantifier["least"] == "0"
            repeated = quantifier["few"] != "?" and quantifier["most"] != "1"
        sequence.append(Item(sign, group, optional, repeated))
    return (*found, tuple(sequence)), at


def find_needs(pattern: str) -> frozenset[Way]:
    """The ways to match a regular expression, each with the words that such a match holds; an empty
    one where a match may hold any words.

    >>> find_needs(r"\\bback in \\w+ hands\\b")
    frozenset({(frozenset({'back'}), frozenset({'in'}), frozenset({'hands'}))})
    """
    return _find_ways([_end_ahead(sequence) for sequence in read_pattern(pattern)], True, True)


def _end_ahead(sequence: Sequence) -> Sequence:
    """A sequence in which what must follow at its end is a part like others."""
    if not sequence or not sequence[-1].looks:
        return sequence
    return (*sequence[:-1], sequence[-1]._replace(looks=False))


def _find_ways(alternatives: Iterable[Sequence], before: bool, after: bool) -> frozenset[Way]:
    """The same of alternatives; `before`, `after`: whether a letter may stand right beside them.
    Those that ask for one word only are one way."""
    ways = {way for sequence in alternatives for way in _read_ways(sequence, before, after)}
    if () in ways:
        return frozenset({()})
    if len(ways) > _MOST_WAYS:
        ways = {(find_rarest(way),) for way in ways}
    short = {way for way in ways if len(way) == 1 and way != (PLACE,)}
    joined = {(frozenset().union(*(word for way in short for word in way)),)} if short else set()
    return frozenset(ways - short | joined)


def find_rarest(way: Way) -> Word:
    """Of the words of a way, the one that few sentences hold: a long one, with few spellings."""
    return max(
        set(way) - {PLACE} or way, key=lambda word: (min(map(len, word)), -len(word), sorted(word))
    )


def list_signs(*patterns: str) -> tuple[str, ...]:
    """Letters of which every match of one of these patterns holds some, in small letters: where
    none of them stands, no pattern need be tried. Raises ValueError where a match may hold any.

    >>> list_signs(r"\\bsoldiers? of\\b", r"\\b[A-Z]+ (?:rebels|fighters)\\b")
    ('fighters', 'rebels', 'soldier')
    """
    ways = [way for pattern in patterns for way in find_needs(pattern)]
    signs = {spelling.strip(OPEN).lower() for way in ways for spelling in find_rarest(way)}
    return tuple(
        sorted(sign for sign in signs if not any(one in sign and one != sign for one in signs))
    )


def _read_ways(sequence: Sequence, before: bool, after: bool) -> set[Way]:
    """The ways to match a sequence."""
    ways: set[Way] = {()}
    spellings, first = {""}, 0
    for at in range(len(sequence) + 1):
        further = _spell(sequence[at]) if at < len(sequence) else None
        if further is not None and len(further) * len(spellings) <= _MOST:
            spellings = {spelling + more for spelling in spellings for more in further}
            continue
        ahead = _meets_letter(sequence[:first][::-1], before, backwards=True)
        behind = _meets_letter(sequence[at:], after)
        if all(len(spelling) > 1 for spelling in spellings):
            word = frozenset(_mark(spelling, ahead, behind) for spelling in spellings)
            ways = {(*way, word) for way in ways}
        item = sequence[at] if at < len(sequence) else None
        if item and item.group and not (item.optional or item.looks):
            ahead = item.repeated or _meets_letter(sequence[:at][::-1], before, backwards=True)
            behind = item.repeated or _meets_letter(sequence[at + 1 :], after)
            inner = _find_ways(item.group, ahead, behind)
            ways = {way + more for way in ways for more in inner}
        elif item and item.sign == PLACE_SIGN and not item.optional:
            ways = {(*way, PLACE) for way in ways}
        spellings, first = {""}, at + 1
    return ways


def _mark(spelling: str, ahead: bool, behind: bool) -> str:
    """A spelling with OPEN on the sides on which a letter may stand."""
    ahead, behind = ahead or spelling[0] == "-", behind or spelling[-1] == "-"
    return f"{OPEN if ahead else ''}{spelling}{OPEN if behind else ''}"


def _meets_letter(sequence: Sequence, beyond: bool, backwards: bool = False) -> bool:
    """Whether a sequence may begin with a letter; `beyond`: whether what follows it may. With
    `backwards`, it is given from its end, and so are the groups in it read."""
    if not sequence:
        return beyond
    item, rest = sequence[0], sequence[1:]
    if item.sign in _BOUNDARIES:
        return False
    if item.looks:
        return _meets_letter(rest, beyond, backwards)
    if item.group:
        beyond = _meets_letter(rest, beyond, backwards)
        inner = [other[::-1] if backwards else other for other in item.group]
        meets = any(_meets_letter(other, beyond, backwards) for other in inner)
        return meets or item.optional and beyond
    if _may_be_letter(item.sign):
        return True
    return item.optional and _meets_letter(rest, beyond, backwards)


def _may_be_letter(sign: str) -> bool:
    """Whether a sign may stand for a letter or digit."""
    if sign.startswith("["):
        return sign[1] == "^" or bool(re.search(r"[^\W_]|\\", sign))
    if sign.startswith("\\"):
        return sign[1] in "wdSDB"
    return sign == "." or sign.isalnum()


def _spell(item: Item) -> set[str] | None:
    """What an item may add to a word; None where that cannot be listed, or is no part of it."""
    if item.repeated or item.looks:
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
    """The letters that a sign stands for: one, or those of a set; None for others."""
    if sign == "-" or sign.isalpha():
        return {sign}
    if re.fullmatch(r"\[[a-z]+\]", sign):
        return set(sign[1:-1])
    return None
