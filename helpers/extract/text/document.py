"""A document, cut once: its sentences, and the words between its blanks, which all rules look
up."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import reduce
from itertools import accumulate
from operator import add, itemgetter, or_

from helpers.extract.text.sentences import Sentence, split_sentences
from helpers.extract.text.signs import JUDGES, SIGNS
from helpers.schema.characters import fold_text, lower_text

# Sentences back, or from the beginning, in which what a word means may stand. No article is as
# long; in a file that is, the time of each sentence would grow with its length.
ARTICLE = 200


class Document:
    """A text as the rules read it.

    `stored`: as written; `text`: as it is read, without what the eye passes over, to which all
    offsets belong until `locate` finds those of the stored text; `lowered`: the same in lower case,
    character for character; `sentences`: in reading order; `words`: whatever stands between blanks,
    as written and with its marks, none of which goes over the end of a sentence; `starts`: where
    each word begins. Whoever asks something of a word asks a `Cache`, once a word.
    """

    def __init__(self, text: str):
        self._folded = fold_text(text)
        self.stored, self.text = text, self._folded.text
        self.lowered = lower_text(self.text)
        self.sentences = split_sentences(self.text)
        self.words, self.starts, self._firsts = _cut_words(self.text, self.sentences)
        self._asked = 0  # of the signs that rules have added, those that the words were asked for
        self._word_signs: list[int] = []
        self._signs: list[int] = []

    def find_last_word(self, order: int) -> str:
        """The last word of a sentence."""
        return self.words[self._firsts[order + 1] - 1]

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Where the words between two offsets stand in the stored text."""
        return self._folded.find_span(start, end)

    def list_words(self, order: int) -> list[str]:
        """The words of a sentence."""
        return self.words[self._firsts[order] : self._firsts[order + 1]]

    @property
    def signs(self) -> list[int]:
        """The signs of the words of each sentence."""
        if self._asked < len(JUDGES):
            here = list(map(SIGNS.__getitem__, self.words))
            spans = zip(self._firsts, self._firsts[1:])
            self._signs = [reduce(or_, here[first:last], 0) for first, last in spans]
            self._word_signs, self._asked = here, len(JUDGES)
        return self._signs

    def find_sentences(self, sign: int) -> list[int]:
        """The indexes of the sentences that hold a sign."""
        return [order for order, signs in enumerate(self.signs) if signs & sign]

    def find_signs(self, sign: int) -> Iterator[int]:
        """The indexes of the words that hold a sign."""
        for order in self.find_sentences(sign):
            for index in range(self._firsts[order], self._firsts[order + 1]):
                if self._word_signs[index] & sign:
                    yield index

    def find_sentence(self, at: int) -> int:
        """The index of the sentence that an offset stands in, or of the one before it."""
        return max(0, bisect_right(self.sentences, at, key=itemgetter(0)) - 1)

    def find_paragraph(self, order: int) -> range:
        """The indexes of the sentences of the paragraph that a sentence stands in."""
        number = self.sentences[order].paragraph
        first = bisect_left(self.sentences, number, key=itemgetter(2))
        return range(first, bisect_right(self.sentences, number, first, key=itemgetter(2)))

    def find_words(self, start: int, end: int) -> range:
        """The indexes of the words that begin between two offsets."""
        first = bisect_left(self.starts, start)
        return range(first, bisect_left(self.starts, end, first))

    def cut_words(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """(where it begins, word) between two offsets; a word that goes over an offset is cut
        there."""
        first = max(0, bisect_right(self.starts, start) - 1)
        for index in range(first, bisect_left(self.starts, end, first)):
            begin, word = self.starts[index], self.words[index]
            if begin < start or begin + len(word) > end:
                word = word[max(0, start - begin) : end - begin]
                begin = max(begin, start)
            if word:
                yield begin, word


def _cut_words(text: str, sentences: list[Sentence]) -> tuple[list[str], list[int], list[int]]:
    """(words, where each begins, index of the first word of each sentence and of the end). Linear
    in the text."""
    words: list[str] = []
    starts: list[int] = []
    firsts = [0]
    for start, end, _, _ in sentences:
        here = text[start:end].split()
        lengths = list(map(len, here))
        if sum(lengths) + len(here) - 1 == end - start:  # one blank between all words
            starts += map(add, accumulate(lengths, initial=start), range(len(here)))
        else:
            at = start
            for word in here:
                at = text.index(word, at)
                starts.append(at)
                at += len(word)
        words += here
        firsts.append(len(words))
    return words, starts, firsts
