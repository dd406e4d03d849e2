"""The days that dating words name one after another, from which those behind them count: "the next
day", "in the first 48 hours", "that May"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from helpers.extract.dates.calendar import NAMES, Span
from helpers.extract.dates.speaking import is_of_speaking
from helpers.extract.rules.load import load_patterns
from helpers.extract.text.cache import Cache
from helpers.extract.text.document import Document

if TYPE_CHECKING:
    from helpers.extract.dates.expressions import Dating

_PATTERNS = load_patterns("dates.toml", **NAMES)
# Whether words count back: behind a night, "the day before" counts from its second day.
_BACKWARDS = Cache(lambda words: bool(re.search(r"\b(?:before|previous|earlier)\b", words)))
_PREVIOUS = re.compile(r"\b(?:previous|preceding)\b")
_FRESH = 2  # days between a day and a text of its night
_NOWHERE = -1


class NamedDays:
    """The days named so far in one text. `anchor`: the last day or night; `named`: the last day,
    whatever is said of it, and the sentence it stands `told_in`; `happened`: the last on which
    nobody only spoke; `begun`: the last on which fighting began; `spoken_in`: the paragraph of
    the anchor, if it is the text's own day, on which somebody only spoke."""

    def __init__(self, document: Document, published: Span | None):
        self.document, self.published = document, published
        self.anchor: Span | None = None
        self.named: date | None = None
        self.happened: date | None = None
        self.begun: date | None = None
        self.told_in = self.spoken_in = _NOWHERE

    def find_anchor(self, match: re.Match[str], found: list[Dating]) -> date | None:
        """The day from which dating words count. `found`: those before them."""
        words, kind = match[0], match.lastgroup
        if kind == "before_that":
            return _find_stretch(found[-_NEAR:])
        if kind == "unit_later" or kind == "nth" and found and _is_stretch(found[-1]):
            return _find_named(found[-_NEAR:])
        if kind == "of_start":
            is_next = self._is_told_right_before(match.start())
            return self.begun or (self.happened if is_next else None)
        if not words.startswith("that ") and ("same" in words or "earlier" in words):
            return self.named
        day = self.anchor and self.anchor[_BACKWARDS[words]]
        is_apart = self.spoken_in not in (_NOWHERE, self._find_paragraph(match.start()))
        return self.happened or day if words.startswith("that ") or is_apart else day

    def see_back(
        self, match: re.Match[str], before: list[Dating], seen: Span | None
    ) -> Span | None:
        """The days from which words are seen that count back from the day told right before: "said
        on 24 October that … in the | previous five days"; "took Kell on 9 March. They had left |
        during the night". `seen`: those of the text."""
        if match.lastgroup not in ("past", "near") or not seen or not before:
            return seen
        day = before[0].last
        if not day or day != before[0].first or before[0].lead == "compared":
            return seen
        sentence = self.document.sentences[self.document.find_sentence(match.start())]
        if match.lastgroup == "past":
            is_here = before[0].start >= sentence.start
            return (day, day) if is_here and _PREVIOUS.search(match[0]) else seen
        if not match[0].endswith("the night") or (seen[0] - day).days <= _FRESH:
            return seen
        if self._find_paragraph(before[0].start) != sentence.paragraph:
            return seen
        if " had " not in self.document.lowered[sentence.start : match.start()]:
            day += timedelta(days=1)
        return day, day

    def remember(self, dating: Dating) -> None:
        """Take in dating words that name a day or night."""
        order = self.document.find_sentence(dating.start)
        if not dating.first or not dating.last or (dating.last - dating.first).days > 1:
            return
        # "five died on Friday, the most since the war began on 1 October"
        is_aside = dating.lead in ("since", "begun", "compared") and order == self.told_in
        if not is_aside:
            self.named, self.told_in = dating.first, order
        if _begins_fighting(self.document, dating) or dating.lead == "since" and not self.begun:
            self.begun = dating.first
        if dating.lead == "by" or is_aside:
            return
        self.anchor, self.spoken_in = (dating.first, dating.last), _NOWHERE
        if not is_of_speaking(self.document.lowered, dating):
            self.happened = dating.first
        elif self.published and dating.first == self.published[1]:
            self.spoken_in = self._find_paragraph(dating.start)

    def _is_told_right_before(self, at: int) -> bool:
        """Whether the sentence before an offset, in its paragraph, names a day."""
        order = self.document.find_sentence(at)
        sentences = self.document.sentences
        is_next = order > 0 and self.told_in == order - 1
        return is_next and sentences[order - 1].paragraph == sentences[order].paragraph

    def _find_paragraph(self, at: int) -> int:
        """The paragraph of an offset."""
        return self.document.sentences[self.document.find_sentence(at)].paragraph


def _begins_fighting(document: Document, dating: Dating) -> bool:
    """Whether words tell on which day fighting began: "since troops opened their drive on |
    13 June", "launched an offensive on | 5 May"."""
    if dating.lead == "since":
        return bool(_PATTERNS["begins"].search(document.lowered, dating.opens, dating.start))
    before = document.lowered[max(0, dating.start - 120) : dating.start]
    is_launch = not dating.lead and "launched" in before and _PATTERNS["launched"].search(before)
    return dating.lead == "begun" or bool(is_launch)


_NEAR = 4  # dating words before "the week before" among which its week is told


def _find_stretch(near: list[Dating]) -> date | None:
    """The first day of the week or month told last, from which "the week before" counts."""
    told = [dating for dating in near if dating.span and not dating.lead and _is_stretch(dating)]
    return told[-1].first if told else None


def _find_named(near: list[Dating]) -> date | None:
    """The first day of the day, month or year named last, from which "that May" counts."""
    told = [dating for dating in near if dating.span and dating.lead != "compared"]
    if not told or not told[-1].span:
        return None
    first, last = told[-1].span
    return first if (last - first).days <= 366 else None


def _is_stretch(dating: Dating) -> bool:
    return bool(dating.span and 4 <= (dating.span[1] - dating.span[0]).days <= 31)
