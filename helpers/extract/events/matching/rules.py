"""The rules of events (events.toml), with the parts of territory.toml. Each is compiled when a
sentence may first match it: all of them take seconds.

Nearly all hold a list of places, either in front ({subjects}) or behind words that end with a blank
({list}). Its pattern is by far the longest of all: it is compiled once for all rules and matched by
itself, and the rules hold what stands before and behind it.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from helpers.extract.rules.load import load_event_rules
from helpers.extract.rules.territory import PLACE_FILL, PLACE_SIGN, compile_territory

_ENDS_PLACES = rf"(?<=[\w{PLACE_SIGN}{PLACE_FILL}])(?!\w)"  # they end with a word
_SUBJECTS, _LIST = "{subjects}", "{list}"
_LEADS = "\u2003"  # a blank behind which a list may stand: a sentence holds no such blank


@cache
def _compile_part(part: str) -> re.Pattern[str]:
    """{list} or {subjects}, compiled when first needed."""
    return compile_territory(part)


class Marked:
    """A sentence with placeholders, and the lists of places in it, found once for all rules."""

    def __init__(self, words: str):
        self.words = words
        self._lists: dict[int, re.Match[str] | None] = {}

    @cached_property
    def subjects(self) -> list[re.Match[str]]:
        """Each {subjects}, by where it begins; they overlap."""
        found, pattern, at = [], _compile_part(_SUBJECTS), 0
        while match := pattern.search(self.words, at):
            found.append(match)
            at = match.start() + 1
        return found

    def read_list(self, at: int) -> re.Match[str] | None:
        """The {list} that begins at an offset."""
        if at not in self._lists:
            self._lists[at] = _compile_part(_LIST).match(self.words, at)
        return self._lists[at]


class RuleMatch(NamedTuple):
    """Where a rule matches in a sentence with placeholders, and the spans of those of its named
    groups that take part."""

    marked: str
    start: int
    end: int
    spans: dict[str, tuple[int, int]]

    @property
    def words(self) -> str:
        """All its words."""
        return self.marked[self.start : self.end]

    def read(self, name: str) -> str:
        """The words of a group that takes part."""
        start, end = self.spans[name]
        return self.marked[start:end]


def _join(marked: Marked, *pieces: re.Match[str]) -> RuleMatch:
    """Matches that stand one behind the other as one."""
    spans = {
        name: piece.span(name)
        for piece in pieces
        for name in piece.re.groupindex
        if piece.start(name) >= 0
    }
    return RuleMatch(marked.words, pieces[0].start(), pieces[-1].end(), spans)


@dataclass(frozen=True)
class Rule:
    """How a sentence may tell an event: the name of the rule, the measure it tells, the form of its
    verb (finite, passive, noun), its pattern in the notation; `asks` and `allows` as in
    load.EventRule."""

    name: str
    measure: str
    form: str
    template: str
    asks: frozenset[str]
    allows: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """It compiled as a whole, with the groups `verb` and `places`."""
        return compile_territory(self.template)

    @cached_property
    def _before(self) -> re.Pattern[str]:
        """What stands before its list."""
        return compile_territory(f"{self.template.partition(_LIST)[0]}(?<={_LEADS})")

    @cached_property
    def _behind(self) -> re.Pattern[str]:
        """What stands behind its list or its subjects."""
        if self.template.startswith(_SUBJECTS):
            return compile_territory(f"{_ENDS_PLACES}(?:{self.template.removeprefix(_SUBJECTS)})")
        return compile_territory(self.template.partition(_LIST)[2])

    def search(self, marked: Marked, at: int) -> RuleMatch | None:
        """Its first match in a sentence from an offset on."""
        if self.template.startswith(_SUBJECTS):
            return self._search_behind(marked, at)
        if _LIST in self.template:
            return self._search_before(marked, at)
        return _join(marked, match) if (match := self.pattern.search(marked.words, at)) else None

    def _search_behind(self, marked: Marked, at: int) -> RuleMatch | None:
        """The same where its subjects stand in front."""
        if not self._behind.search(marked.words, at):
            return None
        for subjects in marked.subjects:
            if subjects.start() >= at:
                if behind := self._behind.match(marked.words, subjects.end()):
                    return _join(marked, subjects, behind)
        return None

    def _search_before(self, marked: Marked, at: int) -> RuleMatch | None:
        """The same where a list stands behind a blank: any blank, until no list is found there."""
        words = marked.words.replace(" ", _LEADS)
        while before := self._before.search(words, at):
            end = before.end()
            if places := marked.read_list(end):
                if behind := self._behind.match(marked.words, places.end()):
                    return _join(marked, before, places, behind)
            words = f"{words[: end - 1]} {words[end:]}"
        return None


RULES = tuple(
    Rule(rule.name, rule.measure, rule.form, rule.pattern, rule.asks, rule.allows)
    for rule in load_event_rules()
)
# They say nothing by themselves: an event must have been told before.
FOLLOWING = frozenset(rule.name for rule in RULES if rule.asks & {"event before", "capture beside"})
