"""Where a text plays, for figures that its own sentences place nowhere: the town of the headline,
that of the first sentence, or the country that the sentence before tells of. The patterns are in
where.toml."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from helpers.extract.places.countries import name_country, name_nation
from helpers.extract.places.gazetteer import Gazetteer, PlaceMention, is_region
from helpers.extract.places.mentions import Mentions
from helpers.extract.places.names import key_name
from helpers.extract.places.where.candidates import BUILDING, Candidates
from helpers.extract.rules.load import load_patterns
from helpers.extract.rules.territory import PARTS
from helpers.extract.text.document import Document

_PATTERNS = load_patterns("where.toml", **PARTS)
_HEAD = 10  # sentences that may be the first to tell
_GREETING = 5  # words of a sentence that tells nothing yet: "Good evening."
_BULLETS = tuple("•-*▪◦·‣")
_NAME = re.compile(r"\b[A-Z]\w+")
_LEAD = 4  # sentences that tell, of which one may be the first to name a town
_SURE = 6  # what speaks against a place, at most, where a sentence tells of it


# What may be called so, by one word for each kind.
_KINDS = {
    "town": "town", "township": "town", "municipality": "town", "city": "city", "capital": "city",
    "village": "village", "hamlet": "village", "camp": "camp", "port": "port",
    "local government": "local government", "hill": "hill", "mountain": "hill", "ridge": "hill",
    "peak": "hill", "river": "hill", "valley": "hill",
}  # fmt: skip
_APART = {
    "town": {"village", "camp", "hill"},
    "city": {"village", "camp", "hill"},
    "village": {"town", "city", "hill"},
}
_KIND = re.compile(rf"\b(?:{'|'.join(_KINDS)})\b")
_OF = re.compile(r" (?:of|called|named) (?:the )?(?!\d)")
_CALLS = re.compile(
    r"(?:, (?:an?|the|another) (?:[\w-]+ ){0,3}| (?:(?:military|army|refugee|displacement|idp) )?)$"
)
_CALLED_BEFORE = 60  # characters before a word of kind in which a name may stand


def list_called(document: Document, mentions: Mentions) -> dict[str, set[str]]:
    """Key of a place → what the text calls it somewhere: "the town of | Kell", "Mira, a | village",
    "Ost | camp"."""
    called: dict[str, set[str]] = {}
    for match in _KIND.finditer(document.lowered):
        for place in _list_named_beside(document, mentions, match):
            if is_region(place, mentions.gazetteer) and match.start() > place.end:
                continue  # "a | Tigray | town"
            called.setdefault(place.key, set()).add(_KINDS[match[0]])
    return called


def _list_named_beside(
    document: Document, mentions: Mentions, match: re.Match[str]
) -> list[PlaceMention]:
    """The place, if any, that a word of kind is said of."""
    text, lowered = document.text, document.lowered
    opens = _OF.match(lowered, match.end())
    first = opens.end() if opens else match.end() + 1
    is_of = opens and match[0] != "capital"
    if text[first : first + 1].isalpha() and (is_of or text[match.end() : first] == " "):
        places = mentions.within(first, first + 1)
        if places and places[0].start == first:
            return places[:1]
    begin = max(0, match.start() - _CALLED_BEFORE)
    calls = _CALLS.search(lowered, begin, match.start())
    if text[match.start()].isupper():
        return []  # "Ost | City" bears that name
    if not calls or not text[calls.start() - 1 : calls.start()].isalpha():
        return []
    return [place for place in mentions.within(begin, calls.start()) if place.end == calls.start()]


class Story:
    """Where one text plays."""

    def __init__(self, document: Document, mentions: Mentions, candidates: Candidates):
        self.document, self.mentions = document, mentions
        self.gazetteer: Gazetteer = mentions.gazetteer
        self.candidates = candidates

    @cached_property
    def called(self) -> dict[str, set[str]]:
        """Key of a place → what kinds the text calls it."""
        return list_called(self.document, self.mentions)

    def is_called(self, place: PlaceMention, noun: str) -> bool | None:
        """Whether "the town" can well mean a place: it is called so, or the headline is about it;
        False if it is only called something else, None if neither can be said."""
        kind, kinds = _KINDS.get(noun, noun), self.called.get(place.key, set())
        if kind in kinds:
            return True
        if kinds and kinds <= _APART.get(kind, set()):
            return False
        is_town = kind in ("town", "city")
        is_main = is_town and any(place.key == one.key for one in self.main_place)
        return True if is_main else None

    def find_called(self, noun: str) -> list[PlaceMention]:
        """The one place of the text that is called so, or that the headline is about."""
        kind = _KINDS.get(noun, noun)
        keys = {key for key, kinds in self.called.items() if kind in kinds}
        if len(keys) != 1:
            return self.main_place if kind in ("town", "city") else []
        return [place for place in self._named if place.key in keys][:1]

    @cached_property
    def _named(self) -> list[PlaceMention]:
        """The first mention of each place of the text, in reading order."""
        named: dict[str, PlaceMention] = {}
        for place in self.mentions.within(0, len(self.document.text)):
            named.setdefault(place.key, place)
        return list(named.values())

    def find_first(self, noun: str) -> list[PlaceMention]:
        """The only town of which the first sentence tells, for "the town" that nothing else tells
        of."""
        town = self._scene[0] if _KINDS.get(noun, noun) in ("town", "city") else None
        return [town] if town else []

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
        if named and named[0].start == sentence.start and self._is_home(named[0]):
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
        if not sentences or not sentences[0].is_heading or self.list_towns(0):
            return None, None
        told = islice(self._list_told(), _LEAD)
        lead = next((order for order in told if self.list_towns(order)), None)
        if lead is None:
            return None, None
        towns = {place.key: place for place in self.list_towns(lead)}
        if len(towns) != 1 or not self.is_fought(lead):
            return None, None
        for order in range(lead + 1, len(sentences)):
            if any(place.key not in towns for place in self.list_towns(order)):
                if self.is_fought(order):
                    return next(iter(towns.values())), order
        return next(iter(towns.values())), None

    def list_towns(self, order: int) -> list[PlaceMention]:
        """The towns and villages of a sentence where something may have happened."""
        return [
            one.place
            for one in self.candidates.find(order, None)
            if one.cost < _SURE
            and not (one.is_origin or one.is_destination or self.candidates.is_large(one.place))
            and (one.place.known or not BUILDING.match(self.document.lowered, one.place.end))
        ]

    def is_fought(self, order: int) -> bool:
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

    def find_people(self, start: int, end: int) -> list[PlaceMention]:
        """The country the corpus is about whose people are counted between two offsets: "49,000
        | Velmarans", "a third of the population"."""
        words = self.document.text[start:end]
        codes = {name_nation(name) for name in _NAME.findall(words)} & self.gazetteer.home
        if self.home_country and (codes or "of the population" in words):
            return [self.home_country]
        known = self.gazetteer.cities.get(name_country(codes.pop())) if len(codes) == 1 else None
        if known is None:
            return []
        return [PlaceMention(start, end, key_name(known["name"]), known["name"], True, known)]

    @cached_property
    def home_capital(self) -> list[PlaceMention]:
        """The one capital of a country the corpus is about that the text names, be it where it was
        written."""
        named = self.mentions.within(0, len(self.document.text))
        home = {
            place.key: place
            for place in reversed(named)
            if self.gazetteer.ranks.get(place.key) == "capital"
            and place.known
            and place.known["countrycode"] in self.gazetteer.home
        }
        return list(home.values()) if len(home) == 1 else []

    @cached_property
    def main_place(self) -> list[PlaceMention]:
        """The one place that the headline names, if the first sentences tell of it too: what a
        text does not place elsewhere happened there."""
        sentences = self.document.sentences
        if not sentences or not sentences[0].is_heading:
            return []
        first = islice(self._list_told(), _LEAD)
        lead = {place.key for order in first for place in self._list_small(order)}
        keys = {place.key: place for place in self._list_small(0)}
        return list(keys.values()) if len(keys) == 1 and keys.keys() <= lead else []

    def _list_small(self, order: int) -> list[PlaceMention]:
        """The places of a sentence that are no country and no province."""
        sentence, lowered = self.document.sentences[order], self.document.lowered
        return [
            one.place
            for one in self.candidates.find(order, None)
            if not self.candidates.is_large(one.place)
            and not _PATTERNS["of_nameless"].search(lowered, sentence.start, one.place.start)
        ]

    def _read(self, order: int) -> str:
        """The words of a sentence in small letters."""
        sentence = self.document.sentences[order]
        return self.document.lowered[sentence.start : sentence.end]

    def _is_home(self, place: PlaceMention) -> bool:
        """Whether a place is a country that the corpus is about."""
        codes = self.gazetteer.home
        nation = place.known and place.known["countrycode"]
        return self._is_country(place) and (not codes or nation in codes)

    def _is_country(self, place: PlaceMention) -> bool:
        return self.gazetteer.ranks.get(place.key) == "country"
