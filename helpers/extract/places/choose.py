"""Where a figure is: the place of its clause, else of the words around its sentence.

Of a flight the place is what was left, and `to` where people went; of a stock, where they live
(codebook: `place`, `place_to`). A capital that speaks for its government, whose army it is, and
the place somebody speaks from are not where it happened. The patterns are in where.toml.
"""

from typing import NamedTuple

from helpers.extract.places.candidates import (
    BEFORE,
    CLAUSE,
    LOCATES,
    ROLE,
    SPEAKER,
    WRITTEN,
    Candidate,
    Candidates,
)
from helpers.extract.places.context import is_entry
from helpers.extract.places.gazetteer import Gazetteer, PlaceMention, is_region
from helpers.extract.places.mentions import Mentions
from helpers.extract.places.story import Story
from helpers.extract.rules.load import load_patterns
from helpers.extract.rules.territory import PARTS
from helpers.extract.text.document import Document

_PATTERNS = load_patterns("where.toml", **PARTS)
FLIGHTS = frozenset({"new_displacement", "forced_to_flee", "refugees"})
STAYS = frozenset({"idps", "in_camps", "population", "returns"})
_BACK = 3  # sentences back that may name the place of a figure
_ENTRY = 40  # characters in which the place of an entry begins
_FAR_BACK = 8  # sentences back that may name what "the province" means


class Where(NamedTuple):
    """Where a figure is (several places: it counts for all), and where its people went."""

    places: list[PlaceMention]
    to: PlaceMention | None


class PlaceChooser:
    """The places of the figures of one text."""

    def __init__(self, document: Document, mentions: Mentions):
        self.document, self.mentions = document, mentions
        self.gazetteer: Gazetteer = mentions.gazetteer
        self.candidates = Candidates(document, mentions)
        self._story = Story(document, mentions, self.candidates.find)

    def choose(self, order: int, start: int, end: int, measure: str) -> Where:
        """The place of a figure of this measure that stands between two offsets of a sentence."""
        found = self.candidates.find(order, (start, end))
        to = left = None
        moved = [place for place in found if place.is_origin or place.is_destination]
        left_home = any(place.is_origin for place in moved) and moved == found
        left_home = left_home and not any(
            place.is_destination and place.is_ahead for place in moved
        )
        if measure in FLIGHTS or measure == "idps" and left_home:
            to = self.candidates.open_row(
                _find_best([one for one in found if one.is_destination]), found
            )
            left = _find_best([place for place in found if place.is_origin])
            near = _find_best([place for place in found if not place.is_destination])
            if left and near and near.cost < CLAUSE <= left.cost:
                left = None  # "has 9,120 leaving Kell, which takes those uprooted in | Mira | to …"
            found = [place for place in found if not place.is_destination]
            if to and not left and to.cost < CLAUSE:
                found = [place for place in found if place.is_ahead or place.cost < CLAUSE]
        elif measure not in STAYS:  # those who fled Kell did not die there
            found = [
                place._replace(cost=place.cost + ROLE * self._is_refuge(place))
                for place in found
                if not place.is_origin
            ]
        best = left or _find_best(found)
        if (label := self._find_label(order, start)) is not None:
            return Where([label], to.place if to else None)
        if (best is None or best.cost >= LOCATES) and (entry := self._find_entry(order)):
            return Where([entry], to.place if to else None)
        is_told = best is not None and (
            best.place.resolved or self.candidates.is_located(best.place)
        )
        is_doubtful = best is None or best.cost >= CLAUSE or not is_told
        if is_doubtful and not left and (meant := self._find_meant(order, start, end)):
            return Where(meant, to.place if to else None)
        around: list[PlaceMention] = []
        if best is None or best.cost >= SPEAKER:
            around = self._look_around(order, start, measure in FLIGHTS | STAYS)
            if not around and measure not in FLIGHTS | STAYS:
                around = self._story.find_scene(order)
        arrived = measure == "refugees" or "arrivals" in self.document.lowered[start:end]
        if best is None and to and arrived:
            return Where([to.place], None)  # "Velmar hosts 442,000": whence is not said
        places = self.candidates.join(best, found) if best and not around else around
        return Where(places, to.place if to else None)

    def _find_label(self, order: int, start: int) -> PlaceMention | None:
        """The place that labels the figures right behind it: "South Darfur: | 22 killed, 35
        wounded, nearly all in Nyala"; None where other words stand between."""
        sentence, lowered = self.document.sentences[order], self.document.lowered
        colon = lowered.find(": ", sentence.start, start)
        if colon < 0 or not _PATTERNS["labels"].fullmatch(lowered, colon, start):
            return None
        for place in self.mentions.within(sentence.start, colon):
            opens = not lowered[sentence.start : place.start].strip(" •*–—-▪◦·")
            if opens and not lowered[place.end : colon].strip(" )"):
                return place
        return None

    def _find_entry(self, order: int) -> PlaceMention | None:
        """The place that the entry of a log opens with in which a sentence stands: "Kell, 21 June.
        A drone killed three.", or None."""
        sentences, first = self.document.sentences, order
        while first and sentences[first - 1].paragraph == sentences[order].paragraph:
            first -= 1
        start, end = sentences[first].start, sentences[first].end
        for place in self.mentions.within(start, min(end, start + _ENTRY)):
            if is_entry(self.document.text, self.document.lowered, place.start, place.end):
                return place
        return None

    def _is_refuge(self, place: Candidate) -> bool:
        """Whether people went to a place, and fighters did not: "entered | Kell"."""
        start = place.place.start
        before = self.document.lowered[max(0, start - BEFORE) : start]
        return place.is_destination and not _PATTERNS["entered"].search(before)

    def _find_meant(self, order: int, start: int, end: int) -> list[PlaceMention]:
        """The places that "there", "the town" or "both cities" mean, where such words stand in the
        clause of a figure."""
        sentence, lowered = self.document.sentences[order], self.document.lowered
        for match in _PATTERNS["meant"].finditer(lowered, sentence.start, sentence.end):
            low, high = min(match.end(), end), max(match.start(), start)
            if not _PATTERNS["clause"].search(lowered, low, high):
                return self._find_referent(order, match.start(), match.lastgroup or "")
        return []

    def _find_referent(self, order: int, at: int, kind: str) -> list[PlaceMention]:
        """The places of such a kind that are named last before an offset: in its sentence, or the
        few before it."""
        ranks = self.gazetteer.ranks
        if kind == "there":
            own = [
                one
                for one in self.candidates.find(order, None)
                if one.place.end <= at and one.cost < ROLE and self.candidates.is_located(one.place)
            ]
            return [own[-1].place] if own else self._look_around(order, at)
        back = 0 if kind in ("capital", "division") else max(0, order - _FAR_BACK)
        for earlier in range(order, back - 1, -1):
            found = [
                place
                for place in self.candidates.find(earlier, None)
                if place.place.end <= at and self._is_of_kind(place.place, kind)
            ]
            if kind == "town" and earlier < order:
                found = [place for place in found if place.cost % WRITTEN < SPEAKER]
            if kind == "capital":
                found = [place for place in found if ranks.get(place.place.key) == "capital"]
            rows = (self.candidates.join(place, found) for place in found) if kind == "both" else ()
            if pair := next((row for row in rows if len(row) == 2), None):
                return pair
            if found and kind != "both":
                least = min(place.cost for place in found)
                return [place.place for place in found if place.cost == least][-1:]
        return []

    def _is_of_kind(self, place: PlaceMention, kind: str) -> bool:
        """Whether a place can be what a word of such a kind means: "the province", "the town"."""
        is_large = is_region(place, self.gazetteer)
        if kind == "division":
            return is_large and self.gazetteer.ranks.get(place.key) != "country"
        return not (kind in ("town", "capital") and is_large)

    def _look_around(self, order: int, start: int, is_told_of: bool = True) -> list[PlaceMention]:
        """The one place that the sentences before a figure are about: of its paragraph or the
        heading above, or, for "there" and "the town", of the paragraphs before it too. None for a
        figure of more than a place. `is_told_of`: whether those counted may have gone there."""
        sentences, lowered = self.document.sentences, self.document.lowered
        sentence = sentences[order]
        words = lowered[sentence.start : sentence.end]
        goes_on = _PATTERNS["goes_on"].match(words)
        refers = bool(goes_on or _PATTERNS["anaphor"].search(words))
        if not refers and (land := self._story.find_land(order)):
            return land
        if not refers and _PATTERNS["everywhere"].search(words):
            return []
        back = 1 if goes_on else _BACK
        for earlier in range(order - 1, max(-1, order - 1 - back), -1):
            other = sentences[earlier]
            is_near = other.paragraph == sentence.paragraph or other.is_heading
            if not refers and not is_near:
                break
            found = self.candidates.find(earlier, None)
            found = [
                place._replace(
                    cost=place.cost
                    + ROLE * (place.is_origin or not is_told_of and self._is_refuge(place))
                )
                for place in found
                if self.gazetteer.ranks.get(place.place.key) != "country"
                and (other.is_heading or place.cost % WRITTEN < SPEAKER)
            ]
            if found:
                least = min(place.cost for place in found)
                if least >= ROLE and not refers and not is_told_of:
                    continue  # "called it a move towards | Mira": nobody was hurt there
                keys = {place.place.key: place.place for place in found if place.cost == least}
                last = list(keys.values())[-1:]
                return last if len(keys) == 1 or refers else []
        if refers or _PATTERNS["in_another"].search(words):
            return []
        return self._story.find_country(order) or self._story.main_place


def _find_best(found: list[Candidate]) -> Candidate | None:
    """The candidate with the least against it; of several the nearest behind, or before, the
    figure."""
    if not found:
        return None
    least = min(place.cost for place in found)
    best = [place for place in found if place.cost == least]
    return best[-1] if best[-1].is_ahead else best[0]
