"""A sentence with its places and dates as signs, and "the town", "both" or "it" as signs of the place they stand for.

Sentences are asked for one by one, and most never: what a sentence needs of those before it is looked up when it needs it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property
from operator import attrgetter

from helpers.extract.dates.expressions import Dating
from helpers.extract.events.dating import find_datelines
from helpers.extract.events.prefilter import sketch_places
from helpers.extract.events.rules import BLANKS
from helpers.extract.places.gazetteer import PlaceMention
from helpers.extract.places.mentions import Places
from helpers.extract.rules.ground import ADVERB, TAKEN, TAKES
from helpers.extract.text.sentences import Sentence

_NEAR = 3  # sentences back that "the town" may mean a place of
_MOST = 12  # places remembered
_MOST_DATES = 60  # in one sentence
_start, _end = attrgetter("start"), attrgetter("end")
_QUOTES = re.compile(r"(?<![\w\ue000\ue001\ue003])['’]|['’](?!\w)")
_CAPITAL = re.compile(r"\bcapital(?:\s+city)?,?\s+(?:of\s+\w+,?\s+)?(?=([A-Z]\w+))")
_THE_CAPITAL = re.compile(r"(?:the|that|this)\s+(?:\w+(?:an|ese|ish|i)\s+)?capital")
_WHOLE_PLACE = re.compile(r"air|base|citadel|stronghold|port|settlement")
_PART = re.compile(
    r"citadel|airport|universit|countryside|province|governorate|outskirts|square|base|border|river|region|district|headquarters|neighbou?rhoods|territory|northern|southern|eastern|western"
)
_ANAPHOR = re.compile(
    rf"\b(?P<town>(?:the|that|this)\s+(?:(?!\w+(?:th|st|nd|rd)\b|latest|second|next|other|only|same|\w+est\b|capital\b)[\w-]+\s+){{0,2}}(?:city|town|village|capital|place|hamlet|island|islet|settlement|base|airport|airfield|citadel|stronghold|port))\b(?!['’]|\s+(?:of|called|named|in|which|that|where|itself\s+of|authorities|council|hall|cent\w+|police|people)\b|\s*,?\s*\ue000)"
    rf"|\b(?P<both>both(?:\s+(?:towns|cities|villages|places|bases))?|the\s+two\s+(?:towns|cities|villages|places|bases))\b(?=\s+(?:of\s+which\s+)?(?:had|have|were|was|fell|are))"
    rf"|(?:{TAKES}(?:\s+back)?|entered|abandoned)\s+(?P<it>it)\b|\b(?P<that>it|that)\s+(?=(?:has|had)?\s*(?:{ADVERB}\s+)?(?:fell|fallen|capitulated|surrendered|changed\s+hands)\b|(?:was|has\s+been|had\s+been|is)\s+(?:{ADVERB}\s+)?(?:{TAKEN}\b|handed\s+over))"
    rf"|(?P<which>which|that)(?=\s+(?:(?:{ADVERB}\s+){{0,2}}(?:fell|had\s+fallen|capitulated|changed\s+hands|surrendered)|(?:was|were|had\s+been|has\s+been)\s+(?:{ADVERB}\s+){{0,2}}(?:{TAKEN}\b|handed\s+over|overrun)))"
)
_FIGHTERS = re.compile(
    r"\s+(?:fighters?|forces?|rebels?|troops?|militants?|insurgents?|soldiers?|commanders?|guerrillas?|gunmen|movement|leaders?|spokes\w+|officials?|government)\b|\s+(?:town|city|village|port|district)s?\s+of\b"
)


class Masks:
    """One text and what its sentences name. `dates` and `places`: those of the text, or what finds them when first asked."""

    def __init__(
        self,
        text: str,
        lowered: str,
        sentences: list[Sentence],
        dates: list[Dating] | Callable[[], list[Dating]],
        places: list[PlaceMention] | Places,
    ):
        self.text, self.lowered, self.sentences = text, lowered, sentences
        self._dates, self._places = dates, places
        self._named: dict[int, list[PlaceMention]] = {}

    @cached_property
    def dates(self) -> list[Dating]:
        """The dating words of the text, in reading order."""
        return self._dates() if callable(self._dates) else self._dates

    def within(self, start: int, end: int) -> list[PlaceMention]:
        """The places that begin between two offsets."""
        if isinstance(self._places, Places):
            return self._places.within(start, end)
        return self._places[
            bisect_left(self._places, start, key=_start) : bisect_left(
                self._places, end, key=_start
            )
        ]

    @cached_property
    def datelines(self) -> dict[int, int]:
        """Sentence → where its news begins, behind place and date of writing."""
        return find_datelines(self.text, self.sentences)

    @cached_property
    def capital(self) -> PlaceMention | None:
        """The place that the text calls the capital."""
        match = _CAPITAL.search(self.text)
        found = self.within(match.end(), match.end() + 1) if match else []
        return found[0] if found and found[0].start == match.end() else None

    def begin(self, index: int) -> int:
        """Where a sentence begins behind its dateline."""
        return self.datelines.get(index, self.sentences[index].start)

    def name_places(self, index: int) -> list[PlaceMention]:
        """The places that a sentence names."""
        if index not in self._named:
            sentence, begin = self.sentences[index], self.begin(index)
            self._named[index] = [
                place
                for place in self.within(sentence.start, sentence.end)
                if place.start >= begin and (place.resolved or not self._is_group(place))
            ]
        return self._named[index]

    def _is_group(self, place: PlaceMention) -> bool:
        """Whether a name that no gazetteer knows is a group ("Sanda fighters") or a word before "town of"."""
        return (
            "-backed" in place.words
            or "-led" in place.words
            or bool(_FIGHTERS.match(self.lowered, place.end))
        )

    def _find_dates_within(self, index: int) -> list[Dating]:
        sentence, begin = self.sentences[index], self.begin(index)
        first = bisect_right(self.dates, sentence.start, key=_end)
        return [
            dating
            for dating in self.dates[first : first + _MOST_DATES]
            if begin <= dating.start and dating.end <= sentence.end
        ]

    def sketch(self, index: int) -> str:
        """The sketch of a sentence, with signs behind the places it names and no others."""
        start, end = self.sentences[index][:2]
        return sketch_places(
            self.lowered[start:end],
            [(place.start - start, place.end - start) for place in self.name_places(index)],
        )

    def mask(
        self, index: int, latest: list[PlaceMention]
    ) -> tuple[str, dict[int, list[PlaceMention]]]:
        """A sentence, lowered, with places and dates as signs, and what each place sign stands for; "" without any.

        `latest`: the places of the last event told before it.
        """
        sentence, begin, places = self.sentences[index], self.begin(index), self.name_places(index)
        plain = BLANKS.sub(" ", self.lowered[begin : sentence.end])
        if not places and not _STANDS_FOR.search(plain):
            return "", {}
        letters = list(plain)
        meant: dict[int, list[PlaceMention]] = {}
        for dating in self._find_dates_within(index):
            _cover(letters, dating.start - begin, dating.end - begin, "\ue002", "\ue003")
        for place in places:
            _cover(letters, place.start - begin, place.end - begin, "\ue000", "\ue001")
            meant[place.start - begin] = [place]
        masked = _QUOTES.sub(" ", "".join(letters))
        for match in list(_ANAPHOR.finditer(masked)):
            group = match.lastgroup
            if meanings := self._resolve(index, group, match, begin, places, latest):
                start, end = match.span(group)
                masked = masked[:start] + "\ue000" + "\ue001" * (end - start - 1) + masked[end:]
                meant[start] = [
                    place._replace(start=begin + start, end=begin + end) for place in meanings
                ]
        return masked if meant else "", meant

    def _resolve(
        self,
        index: int,
        group: str,
        match: re.Match,
        begin: int,
        places: list[PlaceMention],
        latest: list[PlaceMention],
    ) -> list[PlaceMention]:
        """The places that a word or phrase stands for: named before it in its sentence, else in the last few."""
        before = [place for place in places if place.end <= begin + match.start(group)]
        if group == "which":
            return (
                before[-1:] if before and match.start(group) - (before[-1].end - begin) < 90 else []
            )
        if group == "town" and _THE_CAPITAL.fullmatch(match["town"]):
            return [self.capital] if self.capital else []
        recent = [
            place
            for number in range(max(0, index - _NEAR), index)
            for place in self.name_places(number)
        ][-_MOST:]
        if group == "both":
            pool = before if len(before) > 1 else recent + before
            return (
                list(dict((place.key, place) for place in pool[-3:]).values())[-2:]
                if len(pool) > 1
                else []
            )
        if group == "town" and not _WHOLE_PLACE.search(match["town"]):
            before, recent = (
                [place for place in some if not _PART.search(place.words.lower())]
                for some in (before, recent)
            )
        if before:
            return before[-1:]
        if group in ("it", "that") and not (index and self.name_places(index - 1)):
            return []
        again = [place for place in latest if any(place.key == other.key for other in recent)]
        return (again or recent[-1:])[-1:]


_STANDS_FOR = re.compile(
    rf"cit(?:y|ies)|town|village|capital|place|hamlet|isl|settlement|base|airport|airfield|citadel|stronghold|port|both"
    rf"|\b(?:it|that)\s.*?(?:fell|fallen|capitulated|surrendered|changed|{TAKEN}|handed)|(?:{TAKES}(?:\s+back)?|entered|abandoned)\s+it\b"
)


def _cover(letters: list[str], start: int, end: int, first: str, rest: str) -> None:
    letters[start:end] = [first] + [rest] * (end - start - 1)
