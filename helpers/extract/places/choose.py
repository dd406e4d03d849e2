"""Where a figure is: the place of its clause, else of the words around its sentence.

Of a flight the place is what was left, and `to` where people went; of a stock, where they live
(codebook: `place`, `place_to`). A capital that speaks for its government, whose army it is, and
the place somebody speaks from are not where it happened. The patterns are in where.toml.
"""

import re
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
from helpers.extract.places.context import is_entry, may_be_entry
from helpers.extract.places.gazetteer import Gazetteer, PlaceMention
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
_BULLETS = tuple("•-*▪◦·‣")
_WRITES = re.compile(r"\b(?:writes|wrote|writing|reports|reporting|reported) (?:to us )?from $")
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
        self._story = Story(document, mentions, self.candidates)

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
        best = left or self._narrow(_find_best(found), found)
        told = self._find_told(order, (start, end), measure, best, left)
        if told is not None:
            return Where(told, to.place if to else None)
        around: list[PlaceMention] = []
        if best is None or best.cost >= SPEAKER:
            is_moved = measure in FLIGHTS | STAYS
            around = self._look_around(order, start, is_moved, measure in FLIGHTS)
            if not around and not is_moved:
                around = self._story.find_scene(order)
        arrived = measure == "refugees" or "arrivals" in self.document.lowered[start:end]
        is_elsewhere = best is None or best.cost >= CLAUSE and not best.is_origin
        if is_elsewhere and to and to.cost < CLAUSE and arrived:
            return Where([to.place], None)  # "Velmar hosts 442,000": whence is not said
        places = self.candidates.join(best, found) if best and not around else around
        return Where(places, to.place if to else None)

    def _find_told(
        self,
        order: int,
        span: tuple[int, int],
        measure: str,
        best: Candidate | None,
        left: Candidate | None,
    ) -> list[PlaceMention] | None:
        """The places that other words than a name in its clause give a figure: a label, the entry
        of a log, "where", "there"; None if no such words do. `best`: of the clause; `left`: that
        people left."""
        start, end = span
        if (label := self._find_label(order, start)) is not None:
            return [label]
        if (best is None or best.cost >= LOCATES) and (entry := self._find_entry(order)):
            return [entry]
        may_live = not left or measure in STAYS or left.cost >= CLAUSE
        if may_live and (place := self._find_where(order, end)):
            return place
        is_told = best is not None and (
            best.place.resolved or self.candidates.is_located(best.place)
        )
        if best is not None and best.cost < CLAUSE and is_told:
            return None
        if self._is_of_country(order, measure):
            return [self._story.home_country] if self._story.home_country else []
        if left and left.cost < CLAUSE:
            return None
        return self._find_meant(order, start, end, measure in FLIGHTS | STAYS) or None

    def _is_apart(self, place: Candidate, is_told_of: bool, has_left: bool) -> bool:
        """Whether those counted are elsewhere than in a place that others left, or went to."""
        if has_left:
            return place.is_destination
        return place.is_origin or not is_told_of and self._is_refuge(place)

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
        if not may_be_entry(self.document.lowered, start, start + _ENTRY):
            return None
        for place in self.mentions.within(start, min(end, start + _ENTRY)):
            if is_entry(self.document.text, self.document.lowered, place.start, place.end):
                return place
        return None

    def _is_refuge(self, place: Candidate) -> bool:
        """Whether people went to a place, and fighters did not: "entered | Kell"."""
        start = place.place.start
        before = self.document.lowered[max(0, start - BEFORE) : start]
        return place.is_destination and not _PATTERNS["entered"].search(before)

    def _narrow(self, best: Candidate | None, found: list[Candidate]) -> Candidate | None:
        """The town in whose clause a figure stands rather than its province: "In Kell province
        nine were shot dead near | Mira"."""
        lowered = self.document.lowered
        if not best or not best.is_ahead:
            return best
        is_called = _PATTERNS["called"].match(lowered, best.place.end)
        if not is_called and not self.candidates.is_large(best.place):
            return best
        finer = [
            one
            for one in found
            if one.cost < LOCATES
            and not (one.is_ahead or one.is_origin or self.candidates.is_large(one.place))
            and _PATTERNS["scene"].search(
                lowered, max(0, one.place.start - BEFORE), one.place.start
            )
        ]
        return _find_best(finer) or best

    def _find_where(self, order: int, end: int) -> list[PlaceMention]:
        """The place of which "where" goes on to tell a figure: "reached Kell, a town near Mira,
        where | 900 families"; none where another place stands behind it."""
        sentence, lowered = self.document.sentences[order], self.document.lowered
        at = lowered.rfind(" where ", sentence.start, end)
        if at < 0 or _PATTERNS["clause"].search(lowered, at + len(" where "), end):
            return []
        places = self.candidates.find(order, (end, end))
        if any(at < one.place.start and not one.is_origin and one.cost < CLAUSE for one in places):
            return []
        heads = [one for one in self.candidates.find(order, None) if one.place.end <= at]
        if not heads or not _PATTERNS["before_where"].fullmatch(lowered, heads[-1].place.end, at):
            return []
        head = len(heads) - 1
        while head and self._is_beside(heads[head - 1].place, heads[head].place):
            head -= 1
        return self.candidates.join(heads[head], heads[: head + 1])

    def _is_beside(self, place: PlaceMention, other: PlaceMention) -> bool:
        """Whether the second of two places only says where the first lies: "the Kell camp north of
        | Mira"."""
        is_near = _PATTERNS["beside"].fullmatch(self.document.lowered, place.end, other.start)
        return bool(is_near) or self.candidates.is_locator(place, other)

    def _is_of_country(self, order: int, measure: str) -> bool:
        """Whether a figure is told of the whole country ("nationwide", "of the country"), in the
        sentence before too of a share of its ground."""
        sentences = self.document.sentences
        start, end = sentences[order].start, sentences[order].end
        if measure == "control_share" and order:
            start = sentences[order - 1].start
        return bool(_PATTERNS["whole_country"].search(self.document.lowered, start, end))

    def _find_meant(self, order: int, start: int, end: int, is_moved: bool) -> list[PlaceMention]:
        """The places that "there", "the town" or "both cities" mean, where such words stand in the
        clause of a figure. `is_moved`: those counted live there, or left it."""
        sentence, lowered = self.document.sentences[order], self.document.lowered
        for match in _PATTERNS["meant"].finditer(lowered, sentence.start, sentence.end):
            low, high = min(match.end(), end), max(match.start(), start)
            if _PATTERNS["clause"].search(lowered[low:high].replace(":", " ")):
                continue  # a colon only opens the parts of a total
            before = lowered[max(sentence.start, match.start() - BEFORE) : match.start()]
            if not is_moved and _PATTERNS["fled"].search(before):
                continue  # "17 fleeing | the town | drowned"
            if match.lastgroup == "here":
                meant = self._find_written(order, match.start())
            elif match.lastgroup == "facility":
                meant = self._find_facility(order, match)
            else:
                meant = self._find_referent(order, match.start(), match.lastgroup or "")
            if meant:
                return meant
        return []

    def _find_written(self, order: int, at: int) -> list[PlaceMention]:
        """The place in which a text was written, which "here" means outside of quotations."""
        sentences, lowered = self.document.sentences, self.document.lowered
        quoted = lowered[sentences[order].start : at]
        if quoted.count('"') % 2 or quoted.count("“") > quoted.count("”"):
            return []
        for told, begin in self.candidates.datelines.items():
            if named := self.mentions.within(sentences[told].start, begin):
                return named[:1]
        return []

    def _find_facility(self, order: int, match: re.Match[str]) -> list[PlaceMention]:
        """The place after which "the camp" or "the post" was named before: "Kell signal | post"."""
        noun, lowered = match["facility"], self.document.lowered
        named = re.compile(rf" (?:[\w-]+ )?{noun}\b")
        for earlier in range(order, max(-1, order - 1 - _FAR_BACK), -1):
            sentence = self.document.sentences[earlier]
            places = self.mentions.within(sentence.start, min(sentence.end, match.start()))
            for place in reversed(places):
                words = lowered[place.start : place.end]
                if words.endswith(f" {noun}") or named.match(lowered, place.end):
                    return [place]
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
            return [own[-1].place] if own else self._find_only(order, at)
        if kind == "town" and (written := self._find_reported(order, at)):
            return [written]
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
        return self._find_headed(order) if kind == "division" else []

    def _find_reported(self, order: int, at: int) -> PlaceMention | None:
        """The town from which a correspondent tells what a paragraph says: "writes from | Kell"."""
        sentences, lowered = self.document.sentences, self.document.lowered
        first = order
        while first and sentences[first - 1].paragraph == sentences[order].paragraph:
            first -= 1
        begin = sentences[first].start
        colon = lowered.find(": ", begin, at)
        if colon < 0 or " from " not in lowered[begin:colon]:
            return None
        named = self.mentions.within(begin, colon)
        if not named or named[-1].end != colon:
            return None
        return named[-1] if _WRITES.search(lowered[begin : named[-1].start]) else None

    def _find_headed(self, order: int) -> list[PlaceMention]:
        """The one place that the heading above a sentence names: "MARIB", for "the governorate"."""
        for earlier in range(order - 1, -1, -1):
            if self.document.sentences[earlier].is_heading:
                named = {one.place.key: one.place for one in self.candidates.find(earlier, None)}
                return list(named.values()) if len(named) == 1 else []
        return []

    def _find_only(self, order: int, at: int) -> list[PlaceMention]:
        """The one place that a sentence names before "there", else that of the sentences before."""
        own = [one for one in self.candidates.find(order, None) if one.place.end <= at]
        if len({one.place.key for one in own}) != 1:
            return self._look_around(order, at)
        is_told_of = _PATTERNS["told_of"].match(self.document.lowered, own[-1].place.end)
        if own[-1].place.resolved or is_told_of:
            return [own[-1].place]
        return self._look_around(order, at)

    def _is_of_kind(self, place: PlaceMention, kind: str) -> bool:
        """Whether a place can be what a word of such a kind means: "the province", "the town"."""
        is_large = self.candidates.is_large(place)
        if kind == "division":
            return is_large and self.gazetteer.ranks.get(place.key) != "country"
        return not (kind in ("town", "capital") and is_large)

    def _look_around(
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
        refers = bool(goes_on or _PATTERNS["anaphor"].search(words))
        if not refers and (land := self._story.find_land(order)):
            return land
        if not refers and any(
            _PATTERNS[name].search(words) for name in ("everywhere", "span_of_days")
        ):
            return []
        back = 1 if goes_on else _BACK
        is_item = lowered.startswith(_BULLETS, sentence.start)
        for earlier in range(order - 1, max(-1, order - 1 - back), -1):
            other = sentences[earlier]
            is_near = other.paragraph == sentence.paragraph or other.is_heading
            if not refers and not is_near:
                break
            if not refers and is_item and lowered.startswith(_BULLETS, other.start):
                break  # each item tells something else
            found = self.candidates.find(earlier, None)
            was_left = any(place.is_origin for place in found)
            found = [
                place._replace(
                    cost=place.cost
                    + ROLE * self._is_apart(place, is_told_of, has_left and was_left)
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
