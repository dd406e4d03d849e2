"""Captives: whether those who were held, or are called prisoners, are told of because they are
free."""

import re

from helpers.extract.counts.phrase import QuantityPhrase
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.text.tokens import Token

_FREED = re.compile(
    r"[^,;.]{0,60}?\b(?:was|were|been) (?:later |since )?(?:freed|released|set free|let go|ransomed"
    r"|rescued|recovered|exchanged|swapped|traded|handed (?:over|back)|repatriated|sent home)\b"
)
_FREEING = re.compile(
    r"\b(?:release|exchange|swap|freeing|handover) of (?:the )?(?:\w+ )?$"
    r"|\b(?:exchanged|swapped|freed|released|traded|returned|handed (?:over|back)) (?:\w+ )?$"
)


def are_freed(phrase: QuantityPhrase, verb: Token, lowered: str) -> bool:
    """Whether captives are told of because they are free: "Eleven drivers | abducted | in May were
    freed", "the exchange of | 16 prisoners"."""
    start = phrase.number.start
    if _FREEING.search(lowered[max(0, start - 30) : start]):
        return True
    return verb.start > start and _FREED.match(lowered, verb.end) is not None


_LETTING = ("let", "lets", "letting")


def lets_go(tokens: list[Token], at: int) -> bool:
    """Whether a verb lets captives go: "let | 40 prisoners go"; workers who go lose their jobs."""
    if tokens[at].text not in _LETTING:
        return False
    behind = [token.text for token in tokens[at + 1 : at + 8]]
    go = next((step for step, text in enumerate(behind) if text == "go"), 0)
    return bool(go) and behind[go - 1] in LISTS["identities"]


_HANDING = frozenset("handed hands handing returned traded swapped exchanged repatriated".split())
_CAPTIVES = frozenset("prisoners captives hostages detainees inmates captured pows".split())


def hands_over(tokens: list[Token], at: int) -> bool:
    """Whether captives are given back: "returned | 75 captured soldiers"."""
    behind = {token.text for token in tokens[at + 1 : at + 6]}
    return tokens[at].text in _HANDING and not _CAPTIVES.isdisjoint(behind)


def are_handed_over(tokens: list[Token], phrase: QuantityPhrase, at: int) -> bool:
    """Whether captives suffer the verb at an index: "82 prisoners of war were | handed | over"."""
    called = {token.text for token in tokens[phrase.index : phrase.last]}
    is_passive = at > 0 and "be" in tokens[at - 1].kinds
    return is_passive and tokens[at].text in _HANDING and not _CAPTIVES.isdisjoint(called)
