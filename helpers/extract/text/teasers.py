"""Teasers: lines of a page that lead to other articles ("Read also: …", a list under "Most read").

What they tell is another text's news, and no claim of this one.
"""

from bisect import bisect_left
from functools import lru_cache
from operator import attrgetter

from helpers.extract.rules.load import load_patterns
from helpers.extract.text.document import Document

_PATTERNS = load_patterns("teasers.toml")
_LABEL, _ITEM = _PATTERNS["label"], _PATTERNS["item"]
_MOST = 12  # lines under a label
_LONGEST = 160  # characters of a headline
_STOPS = (".", "!", "?", "”", '"')
_start = attrgetter("start")


@lru_cache(maxsize=1)  # all that is found in a text asks for the same
def find_teasers(document: Document) -> frozenset[int]:
    """The sentences (indexes) that lead to other articles. Linear in the text."""
    found: set[int] = set()
    for match in _LABEL.finditer(document.lowered):
        begin = match.start()
        end = _find_end(document.text, match.end())
        first = bisect_left(document.sentences, begin, key=_start)
        last = bisect_left(document.sentences, end, first, key=_start)
        found.update(range(first, last))
    return frozenset(found)


def _find_end(text: str, at: int) -> int:
    """Where the teasers behind a label end: with its line, or, where it stands alone, with the last
    of the headlines below it."""
    end = _find_line_end(text, at)
    if text[at:end].strip():
        return end
    for _ in range(_MOST):
        begin = end + 1
        while begin < len(text) and text[begin].isspace():
            begin += 1
        stop = _find_line_end(text, begin)
        line = text[begin:stop].rstrip()
        is_headline = len(line) <= _LONGEST and not line.endswith(_STOPS)
        if not line or not (is_headline or _ITEM.match(line)):
            return end
        end = stop
    return end


def _find_line_end(text: str, at: int) -> int:
    """Where the line of an offset ends."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end
