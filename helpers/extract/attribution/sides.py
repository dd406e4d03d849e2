"""Whether a text itself takes a side: "our troops" and "the enemy", outside of what it quotes."""

import re
from collections.abc import Callable
from itertools import islice

from helpers.extract.attribution.statement import PATTERNS
from helpers.extract.text.document import Document
from helpers.extract.text.signs import add_sign

_PARTISAN = 2  # different words of a party that make a text its own
_SIDES = add_sign(PATTERNS["partisan_word"].search)
_QUOTED = re.compile('“[^“”]*”|"[^"]*"')
# So parties call those whom they fight, often in what they are said to have told.
_BRANDING = frozenset("neutralised neutralized terrorists".split())


def takes_side(document: Document, is_said: Callable[[int], bool]) -> bool:
    """Whether a text, outside of quotations, speaks as a party: "our troops" and "the enemy", not
    one of these alone. `is_said`: whether somebody says what stands at an offset."""
    marked = document.find_signs(_SIDES)
    if len(list(islice(marked, _PARTISAN))) < _PARTISAN:
        return False
    plain = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), document.text)
    words = set()
    for match in PATTERNS["partisan"].finditer(plain):
        word = match["word"].lower()
        if word not in words and not (word in _BRANDING and is_said(match.start())):
            words.add(word)
    return len(words) >= _PARTISAN
