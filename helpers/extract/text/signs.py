"""Signs: what the words of a text bring to their sentences, as bits, asked of all words at once.

A rule that asks for certain words adds a sign for them. Each text then looks up each of its words
once for all rules together, and a rule goes only to the sentences that hold its sign.
"""

from collections.abc import Callable

from helpers.extract.text.cache import Cache

JUDGES: list[Callable[[str], bool]] = []


def add_sign(judge: Callable[[str], object]) -> int:
    """The bit of a sign that the words hold of which a careful pattern says yes. What is said of a
    word never depends on anything else."""
    JUDGES.append(lambda word: bool(judge(word)))
    SIGNS.clear()  # they knew nothing of this one
    return 1 << len(JUDGES) - 1


def _judge_word(word: str) -> int:
    """The signs of a word, cut at blanks."""
    return sum(1 << order for order, judge in enumerate(JUDGES) if judge(word))


SIGNS = Cache(_judge_word)
