"""Characters: a text as it is read, without what the eye does not see or passes over.

Pages and PDFs carry soft hyphens, spaces of no width, ligatures, letters parted from their accents,
and the marks of footnotes ("25³", "60 people[2]"). Whoever reads a text for its words folds it
first, and finds the way back to the characters as they are stored.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_HYPHENS = "\u2010\u2011"
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_RAISED = "¹²³⁰⁴-⁹"
# What a text must hold, or a bracket, so that anything of it is folded; most hold nothing of it.
_FOLDABLE = re.compile(rf"[{_INVISIBLE}{_RAISED}{_HYPHENS}\u0300-\u036f\ufb00-\ufb06]")
_FOLDED = re.compile(
    rf"(?P<cut>\u00ad[ \t]*\n[ \t]*|[{_INVISIBLE}]+)"
    # "25³", "people[2]", "killed.[a][b]", "70 [6] miners"; not "[12] people" for an editor's twelve
    rf"|(?P<note>(?<=[^\s{_RAISED}])[{_RAISED}]{{1,3}}(?![\w{_RAISED}])"
    r"|(?:(?<=[^\s\[(])|(?<=\d) )(?:\[(?:\d{1,3}|[a-z])\])+(?![\w(]))"
    r"|(?P<ligature>[\ufb00-\ufb06])"
    rf"|(?P<hyphen>[{_HYPHENS}])"
    r"|(?P<accented>\w[\u0300-\u036f]+)"
)


def lower_text(text: str) -> str:
    """The text in lower case, character for character: letters that would grow when lowered
    stay."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(letter if len(letter.lower()) != 1 else letter.lower() for letter in text)


class Folded(NamedTuple):
    """A text as it is read, and for each of its characters where it stands in the stored text
    (`offsets`; None where nothing was folded)."""

    text: str
    offsets: Sequence[int] | None

    def find_span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters from `start` to `end` stand in the stored text."""
        if self.offsets is None or not start < end:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def fold_text(text: str) -> Folded:
    """A text without what the eye does not see. Linear in its length.

    >>> fold_text("kil\\u00adled 25[3] \\ufb01ghters").text
    'killed 25 fighters'
    """
    if "[" not in text and (text.isascii() or not _FOLDABLE.search(text)):
        return Folded(text, None)
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in _FOLDED.finditer(text):
        first, last = match.span()
        parts.append(text[at:first])
        offsets += range(at, first)
        read = _read_sign(match)
        parts.append(read)
        # An accented letter that stays in two parts keeps the offsets of both.
        step = 1 if len(read) == last - first else 0
        offsets += [first + step * index for index in range(len(read))]
        at = last
    parts.append(text[at:])
    offsets += range(at, len(text))
    return Folded("".join(parts), offsets)


def _read_sign(match: re.Match[str]) -> str:
    """What is read where something is folded; "" for what is left out."""
    sign = match[0]
    if match["ligature"]:
        return _LIGATURES[sign]
    if match["hyphen"]:
        return "-"
    return unicodedata.normalize("NFC", sign) if match["accented"] else ""
