"""Signs: what the words of a text bring to their sentences, as bits, asked of all words at once.

A rule that asks for certain words adds a sign for them. Each text then looks up each of its words
once for all rules together, and a rule goes only to the sentences that hold its sign.
"""

from collections.abc import Callable

from helpers.extract.text.cache import Cache
from helpers.schema.characters import lower_text

# Bit, who judges, whether he reads small letters.
JUDGES: list[tuple[int, Callable[[str], object], bool]] = []


def add_sign(judge: Callable[[str], object], lowers: bool = False) -> int:
    """The bit of a sign that the words hold of which a careful pattern says yes. What is said of a
    word never depends on anything else. `lowers`: the pattern reads it in lower case, which is
    made once for all of them."""
    bit = 1 << len(JUDGES)
    JUDGES.append((bit, judge, lowers))
    SIGNS.clear()  # they knew nothing of this one
    return bit


def _judge_word(word: str) -> int:
    """The signs of a word, cut at blanks."""
    lowered, signs = lower_text(word), 0
    for bit, judge, lowers in JUDGES:
        if judge(lowered if lowers else word):
            signs |= bit
    return signs


SIGNS = Cache(_judge_word)
