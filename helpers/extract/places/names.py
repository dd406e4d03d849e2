"""Names in a text: words written as names are, and what they are when folded to be looked up.

A word is read once, however often it stands in the texts.
"""

import re
import unicodedata
from itertools import compress
from typing import NamedTuple

from helpers.extract.rules.lexicon import COMMON, MONTHS, WEEKDAYS
from helpers.extract.rules.load import load_toml, load_words
from helpers.extract.text.cache import Cache
from helpers.extract.text.document import Document

_LISTS = load_words("names.toml")
JOINERS, TITLES = _LISTS["joiners"], _LISTS["titles"]
ORGANISATIONS, NO_NAMES = _LISTS["organisations"], _LISTS["no_names"]
OPENS_NONE = NO_NAMES - _LISTS["sides"]
STANDS_BEFORE = OPENS_NONE | MONTHS.keys() | WEEKDAYS.keys()
NUMBERED, OUTLYING, ARMS = _LISTS["numbered"], _LISTS["outlying"], _LISTS["arms"]
HEADS, ALONE = _LISTS["heads"], _LISTS["alone"]
AREAS = frozenset(load_toml("names.toml")["areas"])  # folded
COMMON_WORDS = COMMON | NO_NAMES
# Two letters → other names of a country than GeoNames has.
COUNTRIES_TOO: dict[str, list[str]] = load_toml("names.toml")["countries"]
NAME_WORD = re.compile(r"[^\W\d_]+(?:[-'’ʿʾ`][^\W\d_]+)*")
_FOLD = str.maketrans(
    dict.fromkeys("'’ʿʾ`‘") | {"-": " ", "–": " ", "ı": "i", "ø": "o", "ł": "l", "đ": "d"}
)
_POSSESSIVE = re.compile(r"['’]s?$")
_LEADING = re.compile(r"^(?:the|al|el) (?=\w)")
_ARTICLE_NAME = re.compile(r"(?:al|el|ad|ar|as|ash|ez)[-'’][A-Z]")


def fold_name(name: str) -> str:
    """A name in lower case without diacritics, apostrophes, hyphens, possessive 's, or a leading
    article.

    >>> fold_name("Al-Qa’im")
    'qaim'
    """
    if name.isascii():
        plain = _POSSESSIVE.sub("", name.lower())
        plain = plain.replace("'", "").replace("`", "").replace("-", " ")
    else:
        plain = _POSSESSIVE.sub("", unicodedata.normalize("NFC", name).lower())
        letters = unicodedata.normalize("NFKD", plain.translate(_FOLD))
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    plain = " ".join(plain.split())
    return _LEADING.sub("", plain) if plain.startswith(("the ", "al ", "el ")) else plain


def key_name(name: str) -> str:
    """The key of a place that no table has: its folded words joined by `_`."""
    return re.sub(r"\W+", "_", fold_name(name)).strip("_") or "place"


KEYS = Cache(key_name)
FOLDED = Cache(fold_name)


class NameToken(NamedTuple):
    """A word of a text: where it stands, folded, whether it is written as a name is, whether all
    around it is in capitals."""

    start: int
    end: int
    folded: str
    is_name: bool
    in_capitals: bool


class Part(NamedTuple):
    """The same within what stands between two blanks."""

    start: int
    end: int
    folded: str
    is_name: bool


def _read_parts(word: str) -> tuple[Part, ...]:
    """The words within what stands between two blanks."""
    return tuple(
        Part(
            match.start(),
            match.end(),
            fold_name(name := match[0]) or name.lower(),
            name[0].isupper() or bool(_ARTICLE_NAME.match(name)),
        )
        for match in NAME_WORD.finditer(word)
    )


PARTS = Cache(_read_parts)
# Of these, the names and the joiners, which may stand within one: "Deir | ez | Zor".
_NAMES = Cache(
    lambda word: tuple(part for part in PARTS[word] if part.is_name or part.folded in JOINERS)
)


def read_names(document: Document, start: int, end: int) -> list[NameToken]:
    """The words between two offsets that are written as names, and the joiners."""
    return [
        NameToken(begin + part.start, begin + part.end, part.folded, part.is_name, False)
        for begin, parts in _look_up(document, start, end, _NAMES)
        for part in parts
    ]


def read_all_names(document: Document, start: int, end: int) -> list[NameToken]:
    """All words between two offsets, none of which cuts a paragraph."""
    text, line_end, in_capitals = document.text, 0, False
    tokens: list[NameToken] = []
    for begin, parts in _look_up(document, start, end, PARTS):
        for first, last, folded, is_name in parts:
            if begin + first >= line_end:
                line_end = text.find("\n", begin + first)
                line_end = len(text) if line_end < 0 else line_end
                in_capitals = is_in_capitals(text[begin + first : line_end])
            tokens.append(NameToken(begin + first, begin + last, folded, is_name, in_capitals))
    return tokens


def _look_up(document: Document, start: int, end: int, parts: Cache[tuple[Part, ...]]):
    """(where it begins, parts) of each word between two offsets that has any."""
    words = document.find_words(start, end)
    found = list(map(parts.__getitem__, document.words[words.start : words.stop]))
    return compress(zip(document.starts[words.start : words.stop], found), found)


_SMALL, _CAPITAL = bytes(range(97, 123)), bytes(range(65, 91))


def is_in_capitals(line: str) -> bool:
    """Whether a line is all in capitals, or nearly."""
    if not may_be_in_capitals(line):
        return False
    capitals, small = sum(map(str.isupper, line)), sum(map(str.islower, line))
    return capitals > 4 * small and capitals > 3


def may_be_in_capitals(line: str) -> bool:
    """Whether a line is, if any letter beyond A to Z were a capital: quickly counted, and never too
    few."""
    plain = line.encode("ascii", "ignore")
    small = len(plain) - len(plain.translate(None, _SMALL))
    capitals = len(line) - len(plain.translate(None, _CAPITAL))
    return capitals > 3 and capitals > 4 * small


def strip_possessive(text: str, start: int, end: int) -> int:
    """Where a name ends without its 's."""
    if end - start > 1 and text[end - 1] in "sS" and text[end - 2] in "'’":
        return end - 2
    return end - 1 if end > start and text[end - 1] in "'’" else end
