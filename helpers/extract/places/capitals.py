"""Places in passages all in capitals, as agencies once sent them: only a gazetteer, "the town of" or a verb tells a name."""

import re

from helpers.extract.places.context import stands_before, stands_behind
from helpers.extract.places.gazetteer import LONGEST_NAME, Gazetteer, PlaceMention, mention_place
from helpers.extract.places.names import FOLDED, JOINERS, Token, list_common, strip_possessive
from helpers.extract.rules.ground import FEATURE, FEATURES

_CALLED = re.compile(rf"\b(?:{FEATURE})s?\s+(?:of|called|named)\s+$")
_FRAME = re.compile(
    r"\b(?:capture|fall|loss|seizure|occupation|liberation|recapture)\s+of\s+$|\b(?:captured|seized|overran|retook|recaptured|occupied|liberated|took)\s+$"
)
_STOP = re.compile(
    r"[^\w\s'’-]|\b(?:of|in|on|at|by|and|with|from|to|the|was|were|is|are|has|had|have|after|before|when|where|which|who|defended|located|near|during|for|yesterday|today|fell|this|that)\b"
)
_AND = re.compile(r"\s*(?:,|,?\s+and)\s+")
_LISTED = re.compile(r"(?:towns|villages|cities|hamlets)\s+of\s+[\w\s,'-]{3,60}$")
_NO_GAP = re.compile(r"[^\s-]")
_NO_PLACE = re.compile(r"(?:s|tion|ment|ing|ed|ly|ers?)$")


def read_shouted(
    text: str, lowered: str, tokens: list[Token], at: int, gazetteer: Gazetteer, last_end: int
) -> tuple[list[PlaceMention], int]:
    """The place that a word in capitals names or opens, if any, and the index of the word to go on with.

    `last_end`: where the place before it ends.
    """
    start, word, common = tokens[at].start, tokens[at].folded, list_common()
    before = lowered[max(0, start - 40) : start].rstrip()
    called = before.endswith(("of", "called", "named"))
    opens = may_open(text, tokens[at], gazetteer)
    if word in common and not called and not opens:
        return [], at + 1
    if called and _CALLED.search(lowered[max(0, start - 40) : start]):
        stop = _STOP.search(lowered, start, start + 50)
        limit, last = stop.start() if stop else start + 50, at
        while last + 1 < len(tokens) and tokens[last + 1].end <= limit and last - at < 4:
            last += 1
        if last > at or tokens[at].end <= limit:
            return [_mention(text, tokens, at, last, gazetteer)], last + 1
    if (
        0 < start - last_end < 9
        and _AND.fullmatch(lowered, last_end, start)
        and word not in common
        and word not in JOINERS
        and word not in FEATURES
        and len(word) > 2
        and _LISTED.search(lowered[max(0, start - 80) : start])
    ):
        return [_mention(text, tokens, at, at, gazetteer)], at + 1
    if opens and (length := _count_words(text, tokens, at, gazetteer)):
        return [_mention(text, tokens, at, at + length - 1, gazetteer)], at + length
    if word in common:
        return [], at + 1
    framed = (
        before.endswith(_VERBS)
        and len(word) > 3
        and _FRAME.search(lowered[max(0, start - 40) : start])
        and not _NO_PLACE.search(word)
    )
    if (
        framed
        or stands_before(lowered[tokens[at].end : tokens[at].end + 80])
        and stands_behind(lowered[max(0, start - 70) : start])
    ):
        return [_mention(text, tokens, at, at, gazetteer)], at + 1
    return [], at + 1


_VERBS = ("of", "captured", "seized", "overran", "retook", "occupied", "liberated", "took")


def _mention(
    text: str, tokens: list[Token], first: int, last: int, gazetteer: Gazetteer
) -> PlaceMention:
    return mention_place(
        text,
        tokens[first].start,
        strip_possessive(text, tokens[first].start, tokens[last].end),
        gazetteer,
    )


def may_open(text: str, token: Token, gazetteer: Gazetteer) -> bool:
    """Whether a name of GeoNames may begin with a word."""
    word = token.folded
    if word in gazetteer.openings or word in ("the", "al", "el"):
        return True
    return (
        " " in word
        and word.split()[0] in gazetteer.openings
        or not (spelt := text[token.start : token.end]).isascii()
        or "'" in spelt
    )


def _count_words(text: str, tokens: list[Token], at: int, gazetteer: Gazetteer) -> int:
    """How many words the longest name of GeoNames has that begins here; 0 if none does."""
    start = tokens[at].start
    for length in range(min(LONGEST_NAME, len(tokens) - at), 0, -1):
        piece = tokens[at : at + length]
        name = FOLDED[text[start : strip_possessive(text, start, piece[-1].end)]]
        if (
            len(name) > 3
            and name in gazetteer.cities
            and name not in list_common()
            and not any(_NO_GAP.search(text, a.end, b.start) for a, b in zip(piece, piece[1:]))
        ):
            return length
    return 0
