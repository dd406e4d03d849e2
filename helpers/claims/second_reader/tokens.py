"""Tokens and sentences of the second reader: words, digits and signs, with their places in the
text."""

import re
from functools import lru_cache
from typing import NamedTuple

from helpers.claims.second_reader.vocabulary import load_vocabulary

TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,]*|\S")
REACH = 1_000  # code points on either side of a quote in which its sentence is looked for
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
CLOSING = "\"'”’»)]"


class Token(NamedTuple):
    """A word, a run of digits or a sign: as written, in small letters, and where it stands."""

    raw: str
    word: str
    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence: where it begins and ends in its text, and its tokens with offsets of the text."""

    start: int
    end: int
    tokens: tuple[Token, ...]


@lru_cache(maxsize=4096)
def split_tokens(text: str, offset: int = 0) -> tuple[Token, ...]:
    """The tokens of a stretch of text, counted from an offset. Invisible signs part no word.

    >>> [token.word for token in split_tokens("Around2.3 million, say")]
    ['around', '2.3', 'million', ',', 'say']
    """
    places: list[int] = []
    visible = text
    if "-\n" in text or len(text.translate(INVISIBLE)) != len(text):
        places = [at for at in range(len(text)) if not _is_unseen(text, at)] + [len(text)]
        visible = "".join(text[at] for at in places[:-1])
    tokens = []
    for match in TOKEN.finditer(visible):
        raw = match.group()
        while len(raw) > 1 and raw[-1] in ".," and raw[0].isdigit():
            raw = raw[:-1]
        start, end = match.start(), match.start() + len(raw)
        left_over = range(end, match.end())
        if places:
            tokens.append(
                Token(raw, raw.lower(), places[start] + offset, places[end - 1] + 1 + offset)
            )
        else:
            tokens.append(Token(raw, raw.lower(), start + offset, end + offset))
        for at in left_over:
            place = places[at] if places else at
            tokens.append(Token(visible[at], visible[at], place + offset, place + 1 + offset))
    return tuple(tokens)


def _is_unseen(text: str, at: int) -> bool:
    """Whether a sign is invisible, or part of a hyphen at the end of a line that parts a word."""
    if ord(text[at]) in INVISIBLE:
        return True
    hyphen = at if text[at] == "-" else at - 1
    if text[at] not in "-\n" or text[hyphen : hyphen + 2] != "-\n" or hyphen < 1:
        return False
    return text[hyphen - 1].islower() and text[hyphen + 2 : hyphen + 3].islower()


def cut_sentence(text: str, start: int, end: int) -> Sentence:
    """The sentence, or sentences, in which text[start:end] stands; at most REACH code points more
    on either side."""
    first, last = max(0, start - REACH), min(len(text), end + REACH)
    begin = start
    while begin > first and not is_boundary(text, begin):
        begin -= 1
    stop = end
    while stop < last and not is_boundary(text, stop):
        stop += 1
    return Sentence(begin, stop, split_tokens(text[begin:stop], begin))


def is_boundary(text: str, at: int) -> bool:
    """Whether a sentence begins at this place: behind a full stop, question or exclamation mark and
    a space, or on a new line that does not go on with the one before it."""
    before = text[at - 1 : at]
    if before == "\n":
        return _is_line_end(text, at - 1)
    if not before.isspace() or at >= len(text) or text[at].isspace():
        return False
    head = text[max(0, at - 24) : at].rstrip().rstrip(CLOSING)
    if head[-1:] in ("!", "?"):
        return True
    if head[-1:] != "." or text[at].islower():
        return False
    words = head[:-1].replace("(", " ").split()
    last = words[-1].lower() if words else ""
    if last in load_vocabulary().abbreviations or last.endswith((".m", ".s", ".n")):
        return last.endswith((".m", ".s")) and text[at].isupper() and text[at : at + 2].isalpha()
    return not (len(last) == 1 and last.isalpha())


def _is_line_end(text: str, at: int) -> bool:
    """Whether the line that ends here ends its sentence: an empty line or a bullet follows, it is
    short as a heading is, or it ends as a sentence does. A longer line is one that was wrapped."""
    line_start = text.rfind("\n", max(0, at - 400), at) + 1
    line = text[line_start:at].strip()
    following = text[at + 1 : at + 4].lstrip(" \t")
    if not line or not following or following[0] in "\n\r-–—•*·[":
        return True
    if line[-1] in '.:!?"”)]':
        return True
    return len(line) < 50 or len(line) > 110
