"""Statements: where a sentence says who says something, and what stands under it.

"X said that …" holds for what follows, "…, X said" for what stands before, "according to X" for
both within its clause.
"""

import re

from helpers.extract.attribution.citing import (
    read_according,
    read_believed,
    read_claim,
    read_gapped,
    read_holding,
)
from helpers.extract.attribution.phrases import WORDS, cut_words
from helpers.extract.attribution.saying import VERBS, read_joined, read_saying, read_with
from helpers.extract.attribution.statement import PATTERNS, Statement
from helpers.extract.text.cache import Cache

_REPORTING = WORDS["reporting"]
_CITING = frozenset({"to", "citing", "quoting", "per", "by", "on"})
_OPENS = VERBS | _REPORTING | _CITING | {"claiming", "if"}
_CUES = (VERBS | _REPORTING | _CITING | WORDS["passive"]) - {"to"}
_CUES |= {"according", "believed", "claiming"}
_SPEAKING = frozenset({"speaks", "spoke", "speak"})
_HOLDS = re.compile(r"\bha(?:s|ve) (?:an? (?:list|lists|record|count) of )?\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_IS_CUE = Cache(lambda word: any(part in _CUES for part in _LETTERS.findall(word.lower())))


def find_statements(sentence: str) -> list[Statement]:
    """The statements of a sentence in reading order.

    >>> [one.source for one in find_statements("Nine died, an official said.")]
    ['official']
    """
    holds = _HOLDS.search(sentence)
    if not holds and not any(map(_IS_CUE.__getitem__, sentence.split())):
        return []
    words = cut_words(sentence)
    found: list[Statement] = []
    for at, word in enumerate(words):
        is_holding = holds is not None and word.start == holds.start()
        if word.lower not in _OPENS and not is_holding:
            continue
        statement = read_holding(words, at) if is_holding else None
        if word.lower in VERBS:
            statement = read_saying(words, at) or read_joined(words, at, found)
            statement = statement or read_claim(words, at)
        elif word.lower == "claiming":
            statement = read_joined(words, at, found)
        elif word.lower in _REPORTING:
            statement = read_with(words, at)
        if word.lower == "if":
            statement = read_believed(words, at)
        if statement is None and word.lower in _CITING:
            statement = read_according(words, at)
        if statement and not (found and statement.start < found[-1].end):
            found.append(statement)
            if statement.verb in _SPEAKING:
                found += read_gapped(words, statement)
    return found


def choose_statement(found: list[Statement], sentence: str, at: int) -> Statement | None:
    """The statement under which what stands at an offset is said, or None; who is cited says it,
    not who cites."""
    chosen = _choose(found, sentence, at)
    if chosen:
        for one in found:
            first, last = sorted((chosen, one))
            apart = PATTERNS["boundary"].search(sentence, first.end, last.start)
            if one.verb == "citing" and not apart:
                return one
    return chosen


_MARKS = re.compile("[,:;]")
_COUNTING = frozenset("counted recorded registered hosted documented counts".split())


def _choose(found: list[Statement], sentence: str, at: int) -> Statement | None:
    """The nearest statement that reaches an offset, or None; a country that "counted" is none
    where somebody else is named."""
    if not found:
        return None
    leading = [one for one in found if one.end <= at and one.leads]
    if any(one.verb == "" and one.trails for one in found):
        leading = [
            one
            for one in leading
            if one.verb not in _COUNTING or not one.source.istitle() or " " in one.source
        ]
    trailing = [one for one in found if one.start >= at and one.trails]
    before, after = leading[-1] if leading else None, trailing[0] if trailing else None
    if after and after.verb == "own" and _MARKS.search(sentence, at, after.start):
        after = None  # "by its own account" reaches no further than its clause
    if PATTERNS["ours"].search(sentence, before.end if before else 0, at):
        return None
    if before and after:
        own = PATTERNS["boundary"].search(sentence, before.end, at)
        apart = PATTERNS["boundary"].search(sentence, at, after.start)
        return after if own and not apart else before
    if before:
        is_over = before.trails and PATTERNS["contrast"].search(sentence, before.end, at)
        return None if is_over else before
    if after and PATTERNS["contrast"].search(sentence, at, after.start):
        return None
    return after
