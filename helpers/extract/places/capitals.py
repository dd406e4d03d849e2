"""Places in passages all in capitals, as agencies once sent them: only a gazetteer, "the town of"
or a verb tells a name."""

import re

from helpers.extract.places.context import is_place_after, is_place_before
from helpers.extract.places.gazetteer import Gazetteer, PlaceMention, mention_place
from helpers.extract.places.geonames import LONGEST_NAME
from helpers.extract.places.names import (
    COMMON_WORDS,
    FOLDED,
    JOINERS,
    NameToken,
    strip_possessive,
)
from helpers.extract.rules.territory import FEATURES, compile_territory
from helpers.extract.text.document import Document

_CALLED = compile_territory(r"\b{feature}s? (of|called|named) $")
_CONTEXT = compile_territory(
    r"\b(capture|fall|loss|seizure|occupation|liberation|recapture) of $"
    r"|\b(captured|seized|overran|retook|recaptured|occupied|liberated|took) $"
)
_BEFORE = ("of", "captured", "seized", "overran", "retook", "occupied", "liberated", "took")
_STOP = compile_territory(
    r"""[^\w\s'’-]|\b(of|in|on|at|by|and|with|from|to|the|was|were|is|are|has|had|have|after|before
    |when|where|which|who|defended|located|near|during|for|yesterday|today|fell|this|that)\b"""
)
_AND = compile_territory(r"~(,|,? and) ")
_LISTED = compile_territory(r"(towns|villages|cities|hamlets) of [\w\s,'-]{3,60}$")
_NO_GAP = re.compile(r"[^\s-]")
_NO_PLACE = re.compile(r"(?:s|tion|ment|ing|ed|ly|ers?)$")


def read_in_capitals(
    document: Document, tokens: list[NameToken], at: int, gazetteer: Gazetteer, last_end: int
) -> tuple[list[PlaceMention], int]:
    """The place that a word in capitals names or opens, if any, and the index of the word to go on
    with.

    `last_end`: where the place before it ends.
    """
    length = _count_tokens(document, tokens, at, gazetteer, last_end)
    if not length:
        return [], at + 1
    start, text = tokens[at].start, document.text
    end = strip_possessive(text, start, tokens[at + length - 1].end)
    return [mention_place(text, start, end, gazetteer)], at + length


def _count_tokens(
    document: Document, tokens: list[NameToken], at: int, gazetteer: Gazetteer, last_end: int
) -> int:
    """How many words the name of a place has that begins here; 0 if none does."""
    lowered, (start, end, word, _, _) = document.lowered, tokens[at]
    before = lowered[max(0, start - 40) : start]
    is_common = word in COMMON_WORDS
    is_called = before.rstrip().endswith(("of", "called", "named"))
    may_open = _may_open(document.text, tokens[at], gazetteer)
    if is_common and not is_called and not may_open:
        return 0
    if is_called and _CALLED.search(before) and (length := _count_called(lowered, tokens, at)):
        return length
    if not is_common and _is_listed(lowered, tokens[at], last_end):
        return 1
    if may_open and (length := _count_known(document.text, tokens, at, gazetteer)):
        return length
    if is_common:
        return 0
    stands_behind_verb = (
        before.rstrip().endswith(_BEFORE)
        and len(word) > 3
        and _CONTEXT.search(before)
        and not _NO_PLACE.search(word)
    )
    if stands_behind_verb or (
        is_place_before(lowered[end : end + 80])
        and is_place_after(lowered[max(0, start - 70) : start])
    ):
        return 1
    return 0


def _count_called(lowered: str, tokens: list[NameToken], at: int) -> int:
    """How many words stand behind "the town of" until something else begins, five at most."""
    start = tokens[at].start
    stop = _STOP.search(lowered, start, start + 50)
    limit = stop.start() if stop else start + 50
    length = 1
    while at + length < len(tokens) and tokens[at + length].end <= limit and length < 5:
        length += 1
    return length if length > 1 or tokens[at].end <= limit else 0


def _is_listed(lowered: str, token: NameToken, last_end: int) -> bool:
    """Whether a word goes on a list of places: "the towns of Kell and | Mira"."""
    start, word = token.start, token.folded
    return bool(
        0 < start - last_end < 9
        and _AND.fullmatch(lowered, last_end, start)
        and word not in JOINERS
        and word not in FEATURES
        and len(word) > 2
        and _LISTED.search(lowered[max(0, start - 80) : start])
    )


def _may_open(text: str, token: NameToken, gazetteer: Gazetteer) -> bool:
    """Whether a name of GeoNames may begin with a word."""
    word = token.folded
    if word in gazetteer.openings or word in ("the", "al", "el"):
        return True
    if " " in word and word.split()[0] in gazetteer.openings:
        return True
    written = text[token.start : token.end]
    return not written.isascii() or "'" in written


def _count_known(text: str, tokens: list[NameToken], at: int, gazetteer: Gazetteer) -> int:
    """How many words the longest name of GeoNames has that begins here; 0 if none does."""
    start = tokens[at].start
    for length in range(min(LONGEST_NAME, len(tokens) - at), 0, -1):
        here = tokens[at : at + length]
        name = FOLDED[text[start : strip_possessive(text, start, here[-1].end)]]
        if (
            len(name) > 3
            and name in gazetteer.cities
            and name not in COMMON_WORDS
            and not any(_NO_GAP.search(text, a.end, b.start) for a, b in zip(here, here[1:]))
        ):
            return length
    return 0
