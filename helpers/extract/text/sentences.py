"""Sentences: a text cut where reporters stop, whatever its line ends and capitals."""

import re
from typing import NamedTuple

from helpers.extract.rules.lexicon import LISTS

LONGEST = 2_000  # characters; what is longer is cut at a blank: no rule sees a million characters
_STOP = re.compile(  # opens with one set of signs, so that the scan passes over everything else
    r"[.!?…|\n](?:"
    r"(?<![|\n])[.!?…]*[\"'”’»)\]]*(?=\s|$)"
    r"|(?<=\n)[ \t]*\n"
    r"|(?<=[|\n])"
    r"|(?<=[a-z]{3}\.)(?=[A-Z][a-z]{2,})"  # "The army left.Nobody was hurt."
    r")"
)
_BULLET = re.compile(r"[-•*‣▪◦–—·]\s")
_WORD_BEFORE = re.compile(r"[\w.]*$")
_INITIALS = re.compile(r"[A-Za-z](?:\.[A-Za-z])*")
_OPENING = re.compile(
    r"[\"“'‘(]?(?:The|THE|In|IN|A|An|It|He|She|They|On|But|At|This|Two|Three|Four|Five|Six)\s"
)

_QUOTATION = re.compile(r"[\"“][A-Z]")  # 'at about 2 a.m. | "We have buried 42 people'


class Sentence(NamedTuple):
    """A span of the text (start, end) and the number of its paragraph; a heading is a short line
    without a stop."""

    start: int
    end: int
    paragraph: int
    is_heading: bool


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of a text in reading order. Linear in its length; none is longer than
    LONGEST."""
    wrapped = _is_wrapped(text)
    found, begin, paragraph = [], 0, 0

    def close(stop: int, is_heading: bool) -> None:
        """End the sentence at `stop` and begin the next: without blanks at its ends, in parts where
        it is too long."""
        nonlocal begin
        start, end = begin, stop
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        while end - start > LONGEST:
            cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
            cut = cut if cut > 0 else start + LONGEST
            found.append(Sentence(start, cut, paragraph, False))
            start = cut
        if end > start:
            found.append(Sentence(start, end, paragraph, is_heading and end - start < 120))
        begin = stop

    for match in _STOP.finditer(text):
        at, after = match.span()
        sign = text[at]
        if sign == "\n":
            blank = after - at > 1
            if blank or not _goes_on(text, at, begin, wrapped):
                close(at, True)
                paragraph += blank or not wrapped
        elif sign != "." or _is_end(text, at, after):
            close(after, False)
    close(len(text), True)
    return found


def _is_wrapped(text: str) -> bool:
    """Whether the lines end where the page ended: most lines of paragraphs are of one length."""
    if text.count("\n", 0, 20_000) < 3:
        return False
    lines = [
        len(line)
        for paragraph in re.split(r"\n\s*\n", text[:20_000])
        for line in paragraph.split("\n")[:-1]
    ]
    if len(lines) < 3:
        return False
    longest = sorted(lines)[int(len(lines) * 0.9)]
    return 40 <= longest <= 130 and sum(line > 0.75 * longest for line in lines) > 0.6 * len(lines)


def _goes_on(text: str, at: int, begin: int, wrapped: bool) -> bool:
    """Whether the sentence goes on behind a single line end."""
    after = text[at + 1 : at + 2]
    if not after.isalpha():
        after = text[at + 1 : at + 60].lstrip(" \t")
        if not after or _BULLET.match(after):
            return False
    return (
        wrapped
        or after[0].islower()
        or text[max(begin, at - 2) : at].rstrip().endswith((",", "-", "–"))
    )


def _is_end(text: str, at: int, after: int) -> bool:
    """Whether the full stop at `at` ends a sentence that would go on at `after`: not behind an
    abbreviation, an initial, or before a small letter."""
    word = text[max(0, at - 12) : at]
    word = word[word.rfind(" ") + 1 :]
    if not word.isalpha() and (letters := _WORD_BEFORE.search(word)):  # behind other signs
        word = letters[0]
    if (
        word.lower() in LISTS["abbreviations"]
        or word != "I"
        and (len(word) == 1 or "." in word)
        and _INITIALS.fullmatch(word)
    ):
        behind = text[after : after + 40].lstrip()
        if word.lower() in ("a.m", "p.m") and _QUOTATION.match(behind):
            return True
        return "." in word and bool(_OPENING.match(behind))
    following = text[after + 1 : after + 2]
    if not following or following.isspace() or not text[after].isspace():
        following = text[after : after + 40].lstrip()[:1]
    return not following.islower()
