"""Whether the words around a name say that it is a place or a person: "captured Kell", "the town of
Mira", "Ost fell", "General Mira", "Mira, 43,". The patterns are in names.toml."""

import re

from helpers.extract.places.names import TITLES
from helpers.extract.rules.load import load_patterns
from helpers.extract.rules.notation import list_alternatives
from helpers.extract.rules.territory import PARTS
from helpers.extract.text.cache import Cache

_PATTERNS = load_patterns("names.toml", **PARTS)
_BEFORE, _AFTER = 70, 160  # characters before and behind a name that tell of it
_UNQUOTE = str.maketrans(dict.fromkeys('"“”‘'))
_QUOTED = re.compile("[\"“”‘'’]")
_APOSTROPHES = re.compile(r"(?<!\w)['’]|['’](?!s\b)")
_POSSESSED = re.compile(r"\b(?:its|their|his|her|our|my) $")  # "on its | Telegram | channels"
_STOP = re.compile(r"[.!?][\"'”’)]?\s+(?=[A-Z\"'“‘]|$)|\n\s*(?:\n|[-•*▪◦·‣–]\s)")
_TITLE = re.compile(rf"\b(?:{list_alternatives(TITLES)})\.?$")
_IS_TITLE = Cache(lambda word: bool(_TITLE.search(word)))
# "Argelia's mayor, | Nelson Daza"; "the group's radio station, | Andalus, said"
_APPOSED = re.compile(
    rf"(?P<title>\b(?:{list_alternatives(TITLES)}))$"
    r"|\b(?:station|newspaper|channel|agency|magazine|daily|weekly|outlet|website"
    r"|force|group|movement|alliance|coalition|organisation|organization)$"
)
# "shopkeepers in | Kell | said"
_FROM = re.compile(
    r"\b(?:in|at|from|near|(?:elders|residents|people|inhabitants|villagers|mayor|priest) of) $"
)
_PREPOSED = re.compile(r"\b(?:in|at|from|near|of|to|for|into|around|outside|towards?) $")
_WINS = Cache(lambda word: bool(_PATTERNS["wins"].search(word)))


def is_person(text: str, lowered: str, is_titled: bool, tokens: int, start: int, end: int) -> bool:
    """Whether a span of so many names is a person: by its own first word (`is_titled`), or by the
    words around it."""
    if is_titled:
        return True
    before = lowered[max(0, start - 16) : start]
    if before[-1:].isspace() and (words := before.split()) and _IS_TITLE[words[-1]]:
        return True
    if before.endswith(", ") and (apposed := _APPOSED.search(before[:-2])):
        return tokens > 1 or not apposed["title"]
    if _PATTERNS["speaks"].match(lowered, end, end + 24):
        return not _FROM.search(before)
    if tokens > 1 and lowered.startswith(", ", end) and not _FROM.search(before):
        if _PATTERNS["apposed"].match(lowered, end, end + 80):
            return True
    return tokens > 2 and text[end : end + 2] == ": "


def acts(lowered: str, start: int, end: int) -> bool:
    """Whether what follows a name is said of somebody: "| Mira, who has a shop in Kell"."""
    if not _PATTERNS["acts"].match(lowered, end, end + 24):
        return False
    return not _PREPOSED.search(lowered, max(0, start - 16), start)


def has_regime(lowered: str, end: int) -> bool:
    """Whether what follows a name is a regime, a son or a rule: "the Mira regime"."""
    return bool(_PATTERNS["regime"].match(lowered, end, end + 18))


def is_place(text: str, lowered: str, start: int, end: int, opens: bool = False) -> bool:
    """Whether only a place can stand where a name stands. `opens`: a word that begins a sentence,
    where every word has a capital, and ends as no name does: that a place changes hands near it
    says nothing of it."""
    if is_entry(text, lowered, start, end):
        return True
    before, after = lowered[max(0, start - _BEFORE) : start], lowered[end : end + _AFTER]
    if not opens and _is_won(text, before, after, start, end):
        return True
    if _QUOTED.search(before) or _QUOTED.search(after):
        before, after = before.translate(_UNQUOTE), _APOSTROPHES.sub("", after.translate(_UNQUOTE))
    return is_place_after(before) or is_place_before(after)


def may_be_entry(lowered: str, start: int, end: int) -> bool:
    """Whether a name between two offsets may open an entry: a day stands behind some word."""
    return bool(_PATTERNS["entry"].search(lowered, start, end + _AFTER))


def is_entry(text: str, lowered: str, start: int, end: int) -> bool:
    """Whether a name opens an entry of a log: a line that begins "Kell, 21 June."."""
    line = text[max(0, start - 4) : start].rpartition("\n")[2]
    is_first = start < 4 or "\n" in text[start - 4 : start]
    if not is_first or line.strip(" -•–*"):
        return False
    return bool(_PATTERNS["entry"].match(lowered, end))


def _is_won(text: str, before: str, after: str, start: int, end: int) -> bool:
    """Whether between the stops around a name a place changes hands."""
    if not any(map(_WINS.__getitem__, f"{before} {after}".split())):
        return False
    ahead, behind = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    around = f"{_STOP.split(ahead)[-1]} \n {_STOP.split(behind)[0]}".lower()
    return (
        any(map(_WINS.__getitem__, around.split()))
        and not _PATTERNS["no_place"].match(after)
        and not _PATTERNS["named"].search(before)
        and not _POSSESSED.search(before)
    )


def is_place_after(before: str) -> bool:
    """Whether what follows these words can only be a place: "captured", "the town of"."""
    return bool(_PATTERNS["before"].search(before))


def is_place_before(after: str) -> bool:
    """Whether what stands before these words can only be a place: "fell", "'s garrison"."""
    return bool(_PATTERNS["after"].match(after))
