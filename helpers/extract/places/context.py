"""Whether the words around a name say that it is a place or a person: "captured Kell", "the town of Mira", "Ost fell",
"General Mira", "Mira, 43,".

The patterns of `frames` are long. Each has a gate: a look-up of the one word that must stand beside the name, or
between the stops around it, before the pattern can match at all.
"""

import re

from helpers.extract.places.names import TITLES
from helpers.extract.rules.ground import (
    ADVERB,
    AFTER,
    BEFORE,
    FALLS_OPEN,
    FEATURES,
    FORCES,
    MODIFIER,
    PEOPLE,
    SINGLE_FRAMES,
    TAKEN,
    WON,
)
from helpers.extract.text.cache import Memo

_UNQUOTE = str.maketrans({mark: None for mark in '"“”‘'})
_QUOTED = re.compile("[\"“”‘'’]")
_APOSTROPHES = re.compile(r"(?<!\w)['’]|['’](?!s\b)")
_STOP = re.compile(r"[.!?][\"'”’)]?\s+(?=[A-Z\"'“‘])|\n\s*\n")
_NO_GROUND = re.compile(rf"-\w|\s+\([A-Z]{{2,6}}\)|\s+(?:{FORCES}|{PEOPLE})\b", re.I)
_NAMED = re.compile(r"\b(?:operation|name|named|called|by)\s+$")

_FEATURE = "(?:" + "|".join(sorted(FEATURES, key=len, reverse=True)) + ")"
# 2: with this word last, BEFORE matches; 1: it may; 0: it cannot.
_FRAMES = re.compile(rf"\b(?:{SINGLE_FRAMES})$")
_MAY_FRAME = re.compile(
    rf"\b(?:back|over|up|away|of|from|on|for|called|named|fields?|{_FEATURE}s?)$|\b(?:{MODIFIER})$"
)
_LAST = Memo(lambda word: 2 if _FRAMES.search(word) else 1 if _MAY_FRAME.search(word) else 0)
# The words with which AFTER may open.
_OPENS = re.compile(
    rf",|\(\d|{MODIFIER}|{_FEATURE}|air|army|military|naval|refugee|border|oil|rail|power|provincial|market|international|{ADVERB}|in|at|for|by|"
    rf"ha[sd]|have|was|were|is|are|be|{TAKEN}|handed|turned|given|ceded|surrendered|yielded|relinquished|delivered|signed|{FALLS_OPEN}|abandoned|evacuated|besieged|encircled|surrounded|shelled|stormed|back|now|followed|held|holds|lies?"
)
_FIRST = Memo(lambda word: bool(_OPENS.match(word)))
_WINS = Memo(lambda word: bool(WON.search(word)))
_TITLED = re.compile(r"\b(?:" + "|".join(sorted(TITLES)) + r")\.?$")
_TITLE = Memo(lambda word: bool(_TITLED.search(word)))
_SPEAKS = re.compile(
    r"['’]?,\s+\d\d[,.;)]|\s+(?:said|says|told|wrote|tweeted|recalled|added|warned)\b(?!\s+to\s+be)"
)
_RULES = re.compile(r"\s+regime\b|['’]s\s+(?:regime|government|rule|son|wife|father)\b")


def is_person(text: str, lowered: str, titled: bool, words: int, start: int, end: int) -> bool:
    """Whether a run of `words` names is a person: `titled` by its own first word, or by the words around it."""
    if titled:
        return True
    before = lowered[max(0, start - 16) : start]
    if before[-1:].isspace() and (last := before.split()) and _TITLE[last[-1]]:
        return True
    return bool(_SPEAKS.match(lowered, end, end + 24)) or words > 2 and text[end : end + 2] == ": "


def has_followers(lowered: str, end: int) -> bool:
    """Whether what follows a name is a regime, a son or a rule: "the Mira regime"."""
    return bool(_RULES.match(lowered, end, end + 18))


def is_framed(text: str, lowered: str, start: int, end: int) -> bool:
    """Whether only a place can stand where a name stands."""
    before, after = lowered[max(0, start - 70) : start], lowered[end : end + 160]
    if _is_won(text, before, after, start, end):
        return True
    if _QUOTED.search(before) or _QUOTED.search(after):
        before, after = before.translate(_UNQUOTE), _APOSTROPHES.sub("", after.translate(_UNQUOTE))
    return stands_behind(before) or stands_before(after)


def _is_won(text: str, before: str, after: str, start: int, end: int) -> bool:
    """Whether between the stops around a name ground is won or lost."""
    ahead, behind = text[max(0, start - 70) : start], text[end : end + 160]
    if not any(map(_WINS.__getitem__, f"{ahead} {behind}".lower().split())):
        return False
    around = _STOP.split(ahead)[-1] + " \n " + _STOP.split(behind)[0]
    return (
        any(map(_WINS.__getitem__, around.lower().split()))
        and not _NO_GROUND.match(after)
        and not _NAMED.search(before)
    )


def stands_behind(before: str) -> bool:
    """Whether BEFORE is found at the end of the words before a name."""
    if not before[-1:].isspace() or not (words := before.split()):
        return False
    may = _LAST[words[-1]]
    return may == 2 or may == 1 and bool(BEFORE.search(before))


def stands_before(after: str) -> bool:
    """Whether AFTER matches the words behind a name."""
    return (
        bool(after)
        and (
            after[0] in "'’,"
            or after[0].isspace()
            and bool(words := after.split(None, 1))
            and bool(_FIRST[words[0]])
        )
        and bool(AFTER.match(after))
    )
