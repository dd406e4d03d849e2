"""How the matches of a pattern may begin, read from the pattern itself, so that a pattern that
cannot match at an offset is not tried there.

The first signs of a match are written with 0 for any digits in a row and one blank for any blanks;
what a pattern leaves open ends them.
"""

import re
from functools import cache

from helpers.extract.rules.needs import Item, Sequence, read_pattern

LENGTH = 8  # signs that are told apart
_MOST = 1_000  # beginnings of one pattern; of more, all are shortened
_DIGITS, _BLANKS = re.compile(r"\d+"), re.compile(r"\s+")
_IN_SET = re.compile(r"\\?.-\\?.|\\.|.", re.DOTALL)
_NOTHING = frozenset({r"\b", r"\B", "^", "$"})
_OPEN = "\0"  # behind it, anything


def write_opening(text: str) -> str:
    """The first signs of a text as the beginnings of patterns are written.

    >>> write_opening("12  March 2021")
    '0 March '
    """
    return _BLANKS.sub(" ", _DIGITS.sub("0", text))[:LENGTH]


def find_openings(pattern: str) -> frozenset[str]:
    """The beginnings that the matches of a regular expression may have: each match begins with one.

    >>> sorted(find_openings("[ab]c|\\\\d+x"))
    ['0x', 'ac', 'bc']
    """
    found = {opening.partition(_OPEN)[0] for opening in _join(read_pattern(pattern))}
    return frozenset(opening[:LENGTH] for opening in found)


@cache
def _join(alternatives: tuple[Sequence, ...]) -> frozenset[str]:
    """The beginnings of alternatives."""
    return frozenset(opening for sequence in alternatives for opening in _read(sequence))


def _read(sequence: Sequence) -> set[str]:
    """The beginnings of a sequence."""
    found = {""}
    for item in sequence:
        if item.looks or item.sign in _NOTHING:
            continue
        further = _join(item.group) if item.group else _list_signs(item)
        found = _append(found, further, item)
        if item.repeated:
            for _ in range(LENGTH):
                longer = found | _append(found, further, item)
                if longer == found:
                    break
                found = longer
        if all(map(_is_over, found)):
            break
    return found


def _append(found: set[str], further: frozenset[str], item: Item) -> set[str]:
    """Beginnings with what an item adds to each."""
    longer = {
        _write(opening + more) for opening in found if not _is_over(opening) for more in further
    }
    longer |= found if item.optional else set(filter(_is_over, found))
    length = LENGTH
    while len(longer) > _MOST:
        length -= 1
        longer = {_shorten(opening, length) for opening in longer}
    return longer


def _shorten(opening: str, length: int) -> str:
    """A beginning of no more than so many signs, behind which anything may stand."""
    return opening if len(opening.rstrip(_OPEN)) <= length else opening[:length] + _OPEN


def _write(opening: str) -> str:
    """A beginning with one 0 for digits and one blank for blanks in a row."""
    while "  " in opening:
        opening = opening.replace("  ", " ")
    while "00" in opening:
        opening = opening.replace("00", "0")
    return opening[: LENGTH + 1]


def _is_over(opening: str) -> bool:
    """Whether nothing more needs to be known of a beginning."""
    return len(opening) > LENGTH or opening.endswith(_OPEN)


def _list_signs(item: Item) -> frozenset[str]:
    """The signs that an item stands for; _OPEN for one that may be any."""
    sign = item.sign
    if not sign.startswith("["):
        return frozenset({_name_sign(sign)})
    if sign[1] == "^":
        return frozenset({_OPEN})
    found: set[str] = set()
    for part in _IN_SET.findall(sign[1:-1]):
        first, hyphen, last = part.partition("-") if len(part) > 2 else (part, "", "")
        if hyphen:
            span = range(ord(first[-1]), ord(last[-1]) + 1)
            found |= {_name_sign(chr(code)) for code in span} if len(span) < 99 else {_OPEN}
        else:
            found.add(_name_sign(part))
    return frozenset(found)


def _name_sign(sign: str) -> str:
    """A sign as beginnings write it."""
    if sign in (r"\d", r"\s"):
        return "0" if sign == r"\d" else " "
    if sign == "." or sign.startswith("\\") and sign[1:].isalnum():
        return _OPEN
    plain = sign[-1]
    return "0" if plain.isdigit() else " " if plain.isspace() else plain
