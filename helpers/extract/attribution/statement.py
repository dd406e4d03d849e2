"""One statement: who says something, with what verb, and what of the sentence it holds for."""

from typing import NamedTuple

from helpers.extract.attribution.phrases import Phrase, Word, name_phrase
from helpers.extract.rules.load import load_patterns

PATTERNS = load_patterns("attribution.toml")


class Statement(NamedTuple):
    """Somebody says something: where it stands in the sentence (start, end), the speaker's words
    ("he" and "the agency" as they stand), the verb ("" for "according to"), and whether what
    stands before it (trails) or behind it (leads) is said; `aside`: what stands between commas
    behind the speaker ("Al Manar, | Hezbollah's television |, said"), or whom he is loyal to."""

    start: int
    end: int
    source: str
    verb: str
    trails: bool
    leads: bool
    is_definite: bool = False
    aside: str = ""


def state(
    words: list[Word],
    phrase: Phrase,
    verb: str,
    first: int,
    last: int,
    trails: bool,
    leads: bool,
) -> Statement:
    """A statement from the word at `first` to the one before `last`."""
    return Statement(
        words[first].start,
        words[last - 1].end,
        name_phrase(words, phrase),
        verb,
        trails,
        leads,
        is_definite(words, phrase),
    )


def is_definite(words: list[Word], phrase: Phrase) -> bool:
    """Whether "the" or "its" stands before a speaker, who may have been named before."""
    return phrase.first > 0 and words[phrase.first - 1].lower in (
        "the",
        "its",
        "their",
        "his",
        "her",
    )
