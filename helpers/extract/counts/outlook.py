"""Outlook: figures that a text expects, by the words before the number: "Partners plan for | 30,000
IDPs", "Were Kell to fall, | 9,000 people …"."""

from helpers.extract.counts.phrase import QuantityPhrase
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.text.tokens import Token

_LIGHT = frozenset({"det", "adv"})
_FORESEERS = ("he", "she", "it", "they", "we", "i")  # "he | expected | another 3,000"
_PARTICLES = ("back", "home", "out", "in", "away")  # "will send | back | 5,000"
_HEDGING = ("say", "estimate", "put", "guess", "think", "reckon")  # "I would | say | 400 died"
_LINKS = ("for", "with", "on", "to", "that")


def is_planned(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a number is only planned for or expected, or hangs on a condition."""
    return plans(tokens, phrase.index) or _hangs_on(tokens, phrase.index)


def plans(tokens: list[Token], index: int) -> bool:
    """Whether a verb of planning governs what stands at an index: "expect a further | 40,000",
    "reckon with up to | 9,000"."""
    at = index - 1
    while at >= 0 and tokens[at].kinds & _LIGHT and tokens[at].text not in LISTS["foreseeing"]:
        at -= 1
    if at >= 1 and tokens[at].text in _LINKS:
        return tokens[at - 1].text in LISTS["preparing"]
    if at >= 1 and tokens[at].text == "expected":
        return tokens[at - 1].text in _FORESEERS
    if at >= 0 and tokens[at].text in LISTS["foreseeing"]:
        return True
    at -= at >= 0 and tokens[at].text in _PARTICLES
    return at >= 2 and tokens[at].text not in _HEDGING and _is_future(tokens, at)


_WILL = ("will", "shall", "would", "'ll")
_BE_TO = ("is", "are", "due", "set", "supposed", "planned", "scheduled")


def _is_future(tokens: list[Token], verb: int) -> bool:
    """Whether a verb tells what is to come: "buses are to | take | 640", "will | carry | 640"."""
    if not tokens[verb].text.isalpha():
        return False
    before = tokens[verb - 1].text
    return before in _WILL or before == "to" and tokens[verb - 2].text in _BE_TO


def _hangs_on(tokens: list[Token], index: int) -> bool:
    """Whether the sentence opens with a condition without "if": "Were Kell to fall, |", "Should it
    be attacked, |"."""
    first = next((at for at in range(min(3, index)) if tokens[at].kinds != {"punct"}), index)
    opening = [token.text for token in tokens[first : first + 8]]
    if opening[:1] == ["should"]:
        return any(token.text == "," for token in tokens[first:index])
    is_were = opening[:1] in (["were"], ["had"]) and "to" in opening
    return is_were and any(token.text == "," for token in tokens[first:index])
