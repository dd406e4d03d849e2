"""The place that the sentences before a figure are about: of its paragraph, of the heading above,
of the fighting told of last. The patterns are in where.toml."""

import re

from helpers.extract.places.gazetteer import Gazetteer, PlaceMention
from helpers.extract.places.where.candidates import (
    BEFORE,
    ROLE,
    SPEAKER,
    WRITTEN,
    Candidate,
    Candidates,
    leave_asides,
)
from helpers.extract.places.where.story import Story
from helpers.extract.rules.load import load_patterns
from helpers.extract.rules.territory import PARTS
from helpers.extract.text.document import Document

_PATTERNS = load_patterns("where.toml", **PARTS)
_BACK = 3  # sentences back that may name the place of a figure
FAR_BACK = 8  # sentences back that may name what "the province" means
_OWN_NAME = re.compile(r"(?:[Tt]he|[Tt]his|[Tt]hat) [A-Z]")
_BULLETS = tuple("•-*▪◦·‣")


class Around:
    """What the sentences of one text say of the place of a figure behind them."""

    def __init__(self, document: Document, candidates: Candidates, story: Story):
        self.document, self.candidates = document, candidates
        self.gazetteer: Gazetteer = candidates.gazetteer
        self._story = story

    def look(
        self, order: int, start: int, is_told_of: bool = True, has_left: bool = False
    ) -> list[PlaceMention]:
        """The one place that the sentences before a figure are about: of its paragraph or the
        heading above, or, for "there" and "the town", of the paragraphs before it too. None for a
        figure of more than a place. `is_told_of`: whether those counted may have gone there;
        `has_left`: whether they left it, so that a place that others left is theirs."""
        sentences, lowered = self.document.sentences, self.document.lowered
        sentence = sentences[order]
        words = lowered[sentence.start : sentence.end]
        goes_on = _PATTERNS["goes_on"].match(words)
        refers = bool(goes_on) or self._refers(order)
        if not refers and (land := self._story.find_land(order)):
            return land
        if not refers and self.is_of_more(words):
            return []
        back = FAR_BACK if _PATTERNS["folk"].search(words) else _BACK
        is_item = lowered.startswith(_BULLETS, sentence.start)
        for earlier in range(order - 1, max(-1, order - 1 - (1 if goes_on else back)), -1):
            other = sentences[earlier]
            is_near = other.paragraph == sentence.paragraph or other.is_heading
            if not refers and not is_near:
                break
            if not refers and is_item and lowered.startswith(_BULLETS, other.start):
                break  # each item tells something else
            found = self._list_told(earlier, is_told_of, has_left)
            if refers:
                found = self.leave_asides(earlier, found)
            if found:
                least = min(place.cost for place in found)
                if least >= ROLE and not (refers or is_told_of or self._story.is_fought(earlier)):
                    continue  # "called it a move towards | Mira": nobody was hurt there
                keys = {place.place.key: place.place for place in found if place.cost == least}
                if len(keys) == 1 or refers:
                    return list(keys.values())[-1:]
                return self._find_fought(earlier, found, is_told_of)
        return self._find_farther(order, words, refers)

    def _find_farther(self, order: int, words: str, refers: bool) -> list[PlaceMention]:
        """The place of a figure that no sentence near it tells: of the fighting that it means, of
        the country told of, of the headline."""
        if not self._is_placed(order) and (scene := self._find_fight(order, words)):
            return scene
        if _PATTERNS["in_another"].search(words):
            return []
        country = [] if refers else self._story.find_country(order)
        return country or self._story.main_place

    def _refers(self, order: int) -> bool:
        """Whether words of a sentence mean a place named before: not "the Odra market", which has a
        name."""
        sentence = self.document.sentences[order]
        start, end = sentence.start, sentence.end
        found = _PATTERNS["anaphor"].finditer(self.document.lowered, start, end)
        return any(not _OWN_NAME.match(self.document.text, one.start()) for one in found)

    def is_of_all(self, order: int) -> bool:
        """Whether a sentence tells of years or a whole country."""
        sentence = self.document.sentences[order]
        words = self.document.lowered[sentence.start : sentence.end]
        return bool(_PATTERNS["everywhere"].search(words) or "decade" in words or "years" in words)

    def is_of_more(self, words: str) -> bool:
        """Whether the words of a sentence tell of more than a place."""
        if _PATTERNS["everywhere"].search(words):
            return True
        return bool(_PATTERNS["span_of_days"].search(words)) and not _PATTERNS[
            "in_fighting"
        ].search(words)

    def _list_told(self, order: int, is_told_of: bool, has_left: bool) -> list[Candidate]:
        """The places of a sentence that a figure behind it may be told of, the less likely the more
        those counted went to others (see `look`)."""
        found = self.candidates.find(order, None)
        if has_left and all(self.is_refuge(place) for place in found):
            begin = self.document.sentences[order].start
            if _PATTERNS["some_went"].match(self.document.lowered, begin):
                return []  # "Most have gone to | Kell": where from was told before
        has_left = has_left and any(place.is_origin for place in found)
        if is_told_of and not has_left and all(place.is_origin for place in found):
            begin, end = self.document.sentences[order].start, self.document.sentences[order].end
            if self.document.lowered.find(" arriv", begin, end) > 0:
                return []  # "3,000 have arrived from | Kell", where the text is about
        is_heading = self.document.sentences[order].is_heading
        weighed = [
            place._replace(cost=place.cost + ROLE * self._is_apart(place, is_told_of, has_left))
            for place in found
        ]
        for index, (head, place) in enumerate(zip(weighed, weighed[1:]), start=1):
            if place.cost <= head.cost and self.candidates.is_locator(head.place, place.place):
                weighed[index] = place._replace(cost=head.cost + 1)  # "from Mira, south of | Kell"
        if len(weighed) == 1 and self._is_of_folk(weighed[0].place):
            return weighed  # "residents of | Kell | said …", who tell of their town
        return [
            place
            for place in weighed
            if self.gazetteer.ranks.get(place.place.key) != "country"
            and (is_told_of or not self._is_from(place))
            and (is_heading or place.cost % WRITTEN < SPEAKER)
        ]

    def _is_of_folk(self, place: PlaceMention) -> bool:
        """Whether those who live in a town speak of it: "residents of | Kell | said"."""
        if self.gazetteer.ranks.get(place.key) or self.candidates.is_large(place):
            return False
        before = self.document.lowered[max(0, place.start - BEFORE) : place.start]
        return bool(_PATTERNS["folk_of"].search(before))

    def _is_from(self, place: Candidate) -> bool:
        """Whether somebody only comes from a place: "a nurse who came from | Kell"."""
        start = place.place.start
        before = self.document.lowered[max(0, start - BEFORE) : start]
        return place.is_origin and bool(_PATTERNS["came_from"].search(before))

    def find_left(self, order: int) -> list[PlaceMention]:
        """The one place that a sentence of the paragraph tells to have been left, to which those
        who "have gone back" returned."""
        sentences, lowered = self.document.sentences, self.document.lowered
        for earlier in range(order - 1, max(-1, order - 1 - _BACK), -1):
            other = sentences[earlier]
            if other.paragraph != sentences[order].paragraph:
                break
            if not _PATTERNS["flight"].search(lowered, other.start, other.end):
                continue
            found = self.candidates.find(earlier, None)
            left = [one.place for one in found if one.is_origin] or [
                one.place for one in found if not one.is_destination and one.cost < SPEAKER
            ]
            return left[:1] if len({place.key for place in left}) == 1 else []
        return []

    def _find_fought(
        self, order: int, found: list[Candidate], is_told_of: bool
    ) -> list[PlaceMention]:
        """Of several places of a sentence the one right behind what befell people there: "In Mira,
        where the road is closed, a convoy was ambushed at | Kell"; else, of a toll, the row of all
        its towns; none if that is said of several, or other towns stand beside the row."""
        start, lowered = self.document.sentences[order].start, self.document.lowered
        least = min(one.cost for one in found)
        best = [one for one in found if one.cost == least]
        fought = {
            one.place.key: one
            for one in best
            if _PATTERNS["befell_at"].search(
                lowered, max(start, one.place.start - BEFORE), one.place.start
            )
        }
        if len(fought) == 1:
            return self.candidates.join(next(iter(fought.values())), found)
        small = [one for one in best if not self.candidates.is_large(one.place)]
        if is_told_of or not small or not self._story.is_fought(order):
            return []
        row = self.candidates.join(small[-1], found)
        return row if all(one.place in row for one in small) else []

    def _is_placed(self, order: int) -> bool:
        """Whether a sentence names a place other than that of somebody who speaks."""
        return any(one.cost % WRITTEN < SPEAKER for one in self.candidates.find(order, None))

    def _find_fight(self, order: int, words: str) -> list[PlaceMention]:
        """The one town of the last sentence before that tells of fighting, which "the clash" or
        "the raid" in the words of a sentence means."""
        if not _PATTERNS["the_fight"].search(words):
            return []
        for earlier in range(order - 1, max(-1, order - 1 - FAR_BACK), -1):
            if self.document.sentences[earlier].is_heading or not self._story.is_fought(earlier):
                continue
            if towns := self._story.list_towns(earlier):
                keys = {place.key: place for place in towns}
                return list(keys.values()) if len(keys) == 1 else []
        return []

    def _is_apart(self, place: Candidate, is_told_of: bool, has_left: bool) -> bool:
        """Whether those counted are elsewhere than in a place that others left, or went to."""
        if has_left:
            return place.is_destination
        if place.is_origin and not is_told_of:
            return not self.is_given_up(place)
        return place.is_origin or not is_told_of and self.is_refuge(place)

    def is_given_up(self, place: Candidate) -> bool:
        """Whether fighters left a place: "troops had abandoned | Kell"."""
        start = place.place.start
        before = self.document.lowered[max(0, start - BEFORE) : start]
        return bool(_PATTERNS["gave_up"].search(before))

    def is_refuge(self, place: Candidate) -> bool:
        """Whether people went to a place, and fighters did not: "entered | Kell"."""
        start = place.place.start
        before = self.document.lowered[max(0, start - BEFORE) : start]
        return place.is_destination and not _PATTERNS["entered"].search(before)

    def leave_asides(self, order: int, found: list[Candidate]) -> list[Candidate]:
        """The places of a sentence without those that only say what came before."""
        kept = leave_asides(self.document, order, [one.place for one in found])
        return [one for one in found if one.place in kept]
