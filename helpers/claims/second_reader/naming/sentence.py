"""The sentence of a claim for who looks for names in it: its tokens, where the claim stands, and
what the words mean."""

import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

from helpers.claims.second_reader.tokens import Sentence, Token, cut_sentence, split_tokens
from helpers.claims.second_reader.vocabulary import load_vocabulary

BREAKS = (";", "•", "|")


class Stretch(NamedTuple):
    """A sentence, and the tokens in it of a claim: first, and behind the last."""

    sentence: Sentence
    first: int
    behind: int

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens


def find_stretch(row: Mapping[str, Any], text: str) -> Stretch | None:
    """The sentence of a claim with the place of its number, of an event that of its quote; None
    where the offsets are none of the text."""
    words = str(row.get("number") or row.get("exact") or "")
    try:
        at = int(float(row["number_start"] if row.get("number") else row["start"]))
    except (KeyError, TypeError, ValueError):
        return None
    if not words or at >= len(text):
        return None
    sentence = cut_sentence(text, at, at + len(words))
    inside = [i for i, t in enumerate(sentence.tokens) if t.end > at and t.start < at + len(words)]
    return Stretch(sentence, inside[0], inside[-1] + 1) if inside else None


def find_neighbours(text: str, sentence: Sentence) -> list[Sentence]:
    """The sentences before and behind one."""
    before, behind = text[: sentence.start].rstrip(), sentence.end
    while behind < len(text) and text[behind].isspace():
        behind += 1
    found = [cut_sentence(text, len(before) - 1, len(before))] if before else []
    return found + ([cut_sentence(text, behind, behind + 1)] if behind < len(text) else [])


def find_before(text: str, sentence: Sentence, most: int) -> list[Sentence]:
    """So many sentences before one, the nearest first."""
    found: list[Sentence] = []
    while len(found) < most:
        start = (found[-1] if found else sentence).start
        before = text[max(0, start - 2_000) : start].rstrip()
        if not before:
            break
        at = max(0, start - 2_000) + len(before)
        found.append(cut_sentence(text, at - 1, at))
        if found[-1].start >= start:
            break
    return found


def means(token: Token, kind: str) -> bool:
    """Whether a word is of a kind of [naming]."""
    return kind in load_vocabulary().naming.find([token.word], 0)[0]


def is_named(token: Token) -> bool:
    """Whether a word is written as a name."""
    return token.raw[:1].isupper() and token.raw.isalpha()


def is_apart(tokens: tuple[Token, ...], one: int, other: int) -> bool:
    """Whether a semicolon, or what parts like it, stands between two tokens."""
    low, high = sorted((one, other))
    return any(token.word in BREAKS for token in tokens[low:high])


def fold_words(name: str) -> list[str]:
    """The words of a name without accents, in small letters."""
    plain = unicodedata.normalize("NFKD", name.replace("_", " "))
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [token.word for token in split_tokens(kept) if token.word[0].isalnum()]


def find_name(tokens: tuple[Token, ...], name: list[str]) -> list[int]:
    """Where the words of a name stand in a sentence, whatever signs part them."""
    if not name:
        return []
    words = [(at, fold_words(token.raw)) for at, token in enumerate(tokens)]
    kept = [(at, folded[0]) for at, folded in words if folded]
    found = []
    for order in range(len(kept) - len(name) + 1):
        if [word for _, word in kept[order : order + len(name)]] == name:
            found.append(kept[order][0])
    return found
