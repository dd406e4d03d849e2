"""A sentence with placeholders for the places and days that it names."""

import re
from functools import cached_property

from helpers.extract.dates.search import DateSpans, Offsets
from helpers.extract.events.headings import (
    find_heading_name,
    find_label_name,
    may_be_heading,
)
from helpers.extract.events.matching.countries import names_country
from helpers.extract.places.gazetteer import PlaceMention, mention_place
from helpers.extract.places.mentions import Mentions
from helpers.extract.rules.territory import (
    DATE_FILL,
    DATE_SIGN,
    PLACE_FILL,
    PLACE_SIGN,
    compile_territory,
)
from helpers.extract.text.datelines import find_datelines
from helpers.extract.text.document import Document

_MOST_DATES = 60  # in one sentence
_OF_COUNTRY = re.compile(r"['’]s [a-z][a-z -]{2,50} (?:at|in|of) [A-Z]")
_BLANKS = re.compile(r"[^\S ]|[\"“”‘`_\[\]]")  # all that stands for a blank and is none
_QUOTES = re.compile(r"['’](?:(?<![\w\ue000\ue001\ue003]['’])|(?!\w))")
_FIGHTERS = compile_territory(
    r""" (fighters?|forces?|rebels?|troops?|militants?|insurgents?|soldiers?|commanders?
    |guerrillas?|gunmen|movement|leaders?|spokes\w+|officials?|government)\b
    | (town|city|village|port|district)s? of\b"""
)


class Marks:
    """One text and what its sentences name."""

    def __init__(self, document: Document, dates: DateSpans, mentions: Mentions):
        self.document, self.dates, self.mentions = document, dates, mentions
        self._named: dict[int, list[PlaceMention]] = {}
        self._countries: dict[int, list[PlaceMention]] = {}

    @cached_property
    def datelines(self) -> dict[int, int]:
        """Sentence → where its news begins, behind place and date of writing."""
        return find_datelines(self.document)

    def begin(self, order: int) -> int:
        """Where a sentence begins behind its dateline."""
        return self.datelines.get(order, self.document.sentences[order].start)

    def name_places(self, order: int) -> list[PlaceMention]:
        """The places that a sentence names; no countries, which nobody captures."""
        if order not in self._named:
            sentence, begin = self.document.sentences[order], self.begin(order)
            found = [
                place
                for place in self.mentions.within(sentence.start, sentence.end)
                if place.start >= begin
                and not (
                    self.mentions.gazetteer.ranks.get(place.key) == "country"
                    and _OF_COUNTRY.match(self.document.text, place.end)
                )
                and (place.resolved or not self._names_fighters(place))
            ]
            found = found or self._name_heading(order)
            self._named[order] = [place for place in found if not names_country(place)]
            self._countries[order] = [place for place in found if names_country(place)]
        return self._named[order]

    def names_countries(self, order: int) -> bool:
        """Whether a sentence names a country."""
        self.name_places(order)
        return bool(self._countries[order])

    def is_heading(self, order: int) -> bool:
        """Whether a sentence is a heading of a day and a place."""
        heading = self.document.sentences[order]
        return may_be_heading(self.document, heading) and bool(
            find_heading_name(self.document, heading, self.list_dates(order))
        )

    def is_dated_place(self, order: int) -> bool:
        """Whether a sentence is nothing but a place and a day: "Kell, 21 June"."""
        if order < 0 or not may_be_heading(self.document, self.document.sentences[order]):
            return False
        is_one = len(self.name_places(order)) == len(self.list_dates(order)) == 1
        return is_one and not any(map(str.isalnum, self.mark(order)[0]))

    def _name_heading(self, order: int) -> list[PlaceMention]:
        """The place of a sentence that is a dated heading: "Nov. 3 - KELL"."""
        heading = self.document.sentences[order]
        if label := find_label_name(self.document, heading):
            return [mention_place(self.document.text, *label, self.mentions.gazetteer)]
        if not may_be_heading(self.document, heading):
            return []
        name = find_heading_name(self.document, heading, self.list_dates(order))
        return [mention_place(self.document.text, *name, self.mentions.gazetteer)] if name else []

    def _names_fighters(self, place: PlaceMention) -> bool:
        """Whether a name that no gazetteer knows is that of fighters ("Sanda fighters"), or stands
        before "town of"."""
        if "-backed" in place.words or "-led" in place.words:
            return True
        return bool(_FIGHTERS.match(self.document.lowered, place.end))

    def list_dates(self, order: int) -> list[Offsets]:
        """(start, end) of the dating words of a sentence."""
        sentence, begin = self.document.sentences[order], self.begin(order)
        return [
            (start, end)
            for start, end in self.dates.within(order)[:_MOST_DATES]
            if begin <= start and end <= sentence.end
        ]

    def mark(self, order: int) -> tuple[str, dict[int, list[PlaceMention]]]:
        """The same with placeholders for names and dates only."""
        begin, places = self.begin(order), self.name_places(order)
        end = self.document.sentences[order].end
        plain = _BLANKS.sub(" ", self.document.lowered[begin:end])
        letters = list(plain)
        if self.document.text.find("IS", begin, end) >= 0:
            _set_apart(letters, self.document.text[begin:end])
        for first, last in self.list_dates(order):
            _cover(letters, first - begin, last - begin, DATE_SIGN, DATE_FILL)
        for place in places + self._countries[order]:
            _cover(letters, place.start - begin, place.end - begin, PLACE_SIGN, PLACE_FILL)
        meant = {place.start - begin: [place] for place in places}
        return _QUOTES.sub(" ", "".join(letters)), meant


_GROUP = re.compile(r"\bIS\b(?! [A-Z]{2})")


def _set_apart(letters: list[str], text: str) -> None:
    """Writes the group "IS" so that it is not read as the verb; not where all is in capitals."""
    if not text.isupper():
        for named in _GROUP.finditer(text):
            letters[named.start()] = "ı"


def _cover(letters: list[str], start: int, end: int, sign: str, fill: str) -> None:
    """Puts a placeholder in the place of letters."""
    letters[start:end] = [sign] + [fill] * (end - start - 1)
