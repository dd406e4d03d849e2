"""Lists of places: "Kell, a rail hub, and the port of Mira", "Kell in the north, Mira and Ost".

A list is read from one place to the next. What stands between them joins them, with an aside or a
where in between; a verb there, or behind the next place, begins a new clause, which never lengthens
a list.
"""

import re

from helpers.extract.rules.lexicon import KINDS, VERBS
from helpers.extract.rules.territory import FEATURES, PLACE_SIGN, compile_territory

_STEP = compile_territory(
    r"""(?P<aside>(~,\s*+(?!(and|or)\b|((the|its) )?{site}?{place}(~,| and\b| or\b))
    [^,;:.()–]{2,70}(?=~,)|~\([^)]{1,60}\)
    | (in|near|on|at|outside|north|south|east|west|further|just|along|around|beside|early|late)\s
    [^,;:.()–]{1,50}?|~{date})?)
    (?P<join>~,( and| or)?( then| later| finally| also)?| and( then| later| finally| also)?| or
    |,? as well as|;( and)?)\s+(?P<lead>(the|its|their|a|an|both)\s)?(?P<place>{site}?{place})"""
)
_FIRST = compile_territory(r"~(on {date},?~)?((the|its|both) )?(?P<place>{site}?{place})")
_NEXT_WORD = re.compile(r"~?['’]s\b|\s+(?P<word>[a-z][a-z'-]*)|\s*(?P<date>\ue002)")
_TIMES = frozenset("day days week weeks month months year years hour hours minutes".split())
_NOUNS = frozenset({"person", "household", "dwelling", "body", "thing", "noun"})
_OPENS_PHRASE = frozenset("prep conj sub rel aux be have modal adv det num subset".split())
_RELATIVE = frozenset({"rel", "sub"})
_PREDICATE = frozenset({"aux", "be", "have", "modal"})
_MOST = 30  # places


def is_noun(word: str) -> bool:
    """Whether a word behind a name is the noun that the name tells of: "Kell | farmers"."""
    kinds = KINDS.get(word, frozenset())
    if kinds & _OPENS_PHRASE or word in FEATURES or word in _TIMES:
        return False
    return bool(kinds & _NOUNS) or word.endswith("s")


def is_finite(word: str) -> bool:
    """Whether a word may be the finite verb of a clause: "was", "urged", "said"."""
    kinds = KINDS.get(word, frozenset())
    if kinds & _PREDICATE and word not in ("to", "being", "been", "be"):
        return True
    forms = {trigger.form for trigger in VERBS.get(word, ())}
    is_past = bool(forms & {"past"}) or word.endswith("ed") and not kinds
    return is_past and "adv" not in kinds


def read_list(marked: str, start: int) -> list[int]:
    """The offsets of the places of the list that begins at an offset, with whatever stands before
    its first name."""
    first = _FIRST.match(marked, start)
    if not first or _ends_clause(marked, first.end()):
        return []
    return [_find_sign(marked, first), *go_on(marked, first.end())]


def go_on(marked: str, at: int) -> list[int]:
    """The offsets of the places by which the list goes on behind a place that ends here."""
    signs: list[int] = []
    while len(signs) < _MOST and (step := _STEP.match(marked, at)):
        if _begins_clause(step["aside"]) or _ends_clause(marked, step.end()):
            break
        if any(map(is_finite, _list_words(step["place"]))):
            break
        signs.append(_find_sign(marked, step))
        at = step.end()
    return signs


def _find_sign(marked: str, step: re.Match[str]) -> int:
    """Where the name of a place stands that may be led by a phrase."""
    return marked.rindex(PLACE_SIGN, step.start("place"), step.end("place"))


def _list_words(words: str) -> list[str]:
    return re.findall(r"[a-z][a-z'-]*", words)


def _begins_clause(aside: str) -> bool:
    """Whether what stands between two places says something of its own: ", residents said"."""
    words = _list_words(aside)
    if not words or KINDS.get(words[0], frozenset()) & _RELATIVE:
        return False
    return any(map(is_finite, words[1:])) and not words[0].endswith("ed")


def _ends_clause(marked: str, at: int) -> bool:
    """Whether the place that ends here is the subject of a clause of its own, or stands before a
    noun: ", and Kell | urged", "and Kell | residents"."""
    behind = _NEXT_WORD.match(marked, at)
    if not behind or not behind["word"]:
        return False
    word = behind["word"]
    if word.endswith("ly") and word not in KINDS:
        return _ends_clause(marked, behind.end())
    return is_finite(word) or is_noun(word)
