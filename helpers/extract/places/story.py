"""Where a text plays, for figures that its own sentences place nowhere: the town of the headline,
that of the first sentence, or the country that the sentence before tells of. The patterns are in
where.toml."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from helpers.extract.places.candidates import Candidates
from helpers.extract.places.gazetteer import Gazetteer, PlaceMention
from helpers.extract.places.mentions import Mentions
from helpers.extract.rules.load import load_patterns
from helpers.extract.rules.territory import PARTS
from helpers.extract.text.document import Document

_PATTERNS = load_patterns("where.toml", **PARTS)
_HEAD = 10  # sentences that may be the first to tell
_GREETING = 5  # words of a sentence that tells nothing yet: "Good evening."
_BULLETS = tuple("•-*▪◦·‣")
# "the siege of the Jubba View | hotel", which lies in the town told of
_BUILDING = re.compile(
    r" (?:hotel|hospital|clinic|restaurant|caf[eé]|mosque|church|school|university|market|mall"
    r"|prison|stadium|theatre|hall|building|compound|palace|villa|plaza|tower|beach|bridge)\b"
)
_SURE = 6  # what speaks against a place, at most, where a sentence tells of it


class Story:
    """Where one text plays."""

    def __init__(self, document: Document, mentions: Mentions, candidates: Candidates):
        self.document, self.mentions = document, mentions
        self.gazetteer: Gazetteer = mentions.gazetteer
        self.candidates = candidates

    def find_land(self, order: int) -> list[PlaceMention]:
        """The country of "the unrest" or "the conflict", with which a sentence begins, or which
        "it" means there: that with which the sentence before begins."""
        sentences = self.document.sentences
        if order and _PATTERNS["goes_on_it"].match(self._read(order)):
            if sentences[order - 1].paragraph == sentences[order].paragraph:
                order -= 1
        if not order or not _PATTERNS["unrest"].match(self._read(order)):
            return []
        before = sentences[order - 1]
        named = self.mentions.within(before.start, before.end)
        if len({place.key for place in named}) != 1 or named[0].start != before.start:
            return []
        speaks = _PATTERNS["speaks"].match(self.document.lowered, named[0].end, before.end)
        return named[:1] if self._is_country(named[0]) and not speaks else []

    def find_country(self, order: int) -> list[PlaceMention]:
        """The one country in which the sentence before tells that something happened, where it is
        of the same paragraph and names no other place."""
        sentences = self.document.sentences
        if not order or sentences[order].paragraph != sentences[order - 1].paragraph:
            return []
        before = sentences[order - 1]
        keys = {place.key for place in self.mentions.within(before.start, before.end)}
        told = [
            one.place
            for one in self.candidates.find(order - 1, None)
            if not (one.is_origin or one.is_destination)
        ]
        return told[:1] if len(keys) == 1 and told and self._is_country(told[0]) else []

    def find_scene(self, order: int) -> list[PlaceMention]:
        """The one town of the first sentence, where the headline names none, as long as no sentence
        up to this one tells of fighting in another; none for a figure of more than a place."""
        sentence, lowered = self.document.sentences[order], self.document.lowered
        for name in ("everywhere", "in_another"):
            if _PATTERNS[name].search(lowered, sentence.start, sentence.end):
                return []
        named = self.mentions.within(sentence.start, sentence.end)
        if named and named[0].start == sentence.start and self._is_country(named[0]):
            return []  # "Velmar says 43 have been killed": all over the country
        if lowered.startswith(_BULLETS, sentence.start):
            return []  # each item of a list tells something else
        town, other = self._scene
        if town is None or sentence.is_heading and order or other is not None and order >= other:
            return []
        return [town]

    @cached_property
    def _scene(self) -> tuple[PlaceMention | None, int | None]:
        """(the only town that the first sentence tells of, where the headline has none; the first
        sentence that tells of fighting in another town)."""
        sentences = self.document.sentences
        lead = next(self._list_told(), None)
        if lead is None or not sentences[0].is_heading or self._list_towns(0):
            return None, None
        towns = {place.key: place for place in self._list_towns(lead)}
        if len(towns) != 1 or not self._is_fought(lead):
            return None, None
        for order in range(lead + 1, len(sentences)):
            if any(place.key not in towns for place in self._list_towns(order)):
                if self._is_fought(order):
                    return next(iter(towns.values())), order
        return next(iter(towns.values())), None

    def _list_towns(self, order: int) -> list[PlaceMention]:
        """The towns and villages of a sentence where something may have happened."""
        return [
            one.place
            for one in self.candidates.find(order, None)
            if one.cost < _SURE
            and not (one.is_origin or one.is_destination or self.candidates.is_large(one.place))
            and (one.place.known or not _BUILDING.match(self.document.lowered, one.place.end))
        ]

    def _is_fought(self, order: int) -> bool:
        """Whether a sentence tells of people hurt or ground taken."""
        sentence = self.document.sentences[order]
        return bool(_PATTERNS["befell"].search(self.document.lowered, sentence.start, sentence.end))

    def _list_told(self) -> Iterator[int]:
        """The sentences at the head that tell: no headings, and no greeting."""
        sentences = self.document.sentences
        for order in range(1, min(_HEAD, len(sentences))):
            if not sentences[order].is_heading:
                if len(self.document.list_words(order)) >= _GREETING:
                    yield order

    @cached_property
    def home_country(self) -> PlaceMention | None:
        """The one country the corpus is about that the text names; None of several."""
        named = self.mentions.within(0, len(self.document.text))
        home = {
            place.key: place
            for place in reversed(named)
            if self._is_country(place)
            and place.known
            and place.known["countrycode"] in self.gazetteer.home
        }
        return next(iter(home.values())) if len(home) == 1 else None

    @cached_property
    def main_place(self) -> list[PlaceMention]:
        """The one place that the headline names, if the first sentences tell of it too: what a
        text does not place elsewhere happened there."""
        sentences = self.document.sentences
        if not sentences or not sentences[0].is_heading:
            return []
        first = islice(self._list_told(), 2)
        lead = {place.key for order in first for place in self._list_small(order)}
        keys = {place.key: place for place in self._list_small(0)}
        return list(keys.values()) if len(keys) == 1 and keys.keys() <= lead else []

    def _list_small(self, order: int) -> list[PlaceMention]:
        """The places of a sentence that are no country and no province."""
        found = [one.place for one in self.candidates.find(order, None)]
        return [place for place in found if not self.candidates.is_large(place)]

    def _read(self, order: int) -> str:
        """The words of a sentence in small letters."""
        sentence = self.document.sentences[order]
        return self.document.lowered[sentence.start : sentence.end]

    def _is_country(self, place: PlaceMention) -> bool:
        return self.gazetteer.ranks.get(place.key) == "country"
