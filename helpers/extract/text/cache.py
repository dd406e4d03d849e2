"""A cache: what a careful pattern says of a word, worked out once a word and looked up ever after.

A text of a million words has some ten thousand different ones. A look-up costs a thirtieth of a
microsecond, so that the words of a text are judged faster than a pattern can scan its letters.
"""

from collections.abc import Callable
from typing import TypeVar

WORDS = 100_000  # kept at a time; more only in texts of noise, which must not fill the memory
LONGEST = 60  # characters of a word worth keeping
Judged = TypeVar("Judged")


class Cache(dict[str, Judged]):
    """word → judge(word), as far as it was asked for. What it says never depends on what was asked
    before."""

    def __init__(self, judge: Callable[[str], Judged], words: int = WORDS):
        super().__init__()
        self.judge, self.words = judge, words

    def __missing__(self, word: str) -> Judged:
        judged = self.judge(word)
        if len(word) <= LONGEST:
            if len(self) >= self.words:
                self.clear()
            self[word] = judged
        return judged
