"""Where a figure is: the place of its clause, else of the words around its sentence.

Of a flight the place is what was left, and `to` where people went; of a stock, where they live
(codebook: `place`, `place_to`). A capital that speaks for its government, whose army it is, and
the place somebody speaks from are not where it happened. The patterns are in where.toml.
"""

from typing import NamedTuple

from helpers.extract.places.context import is_entry, may_be_entry
from helpers.extract.places.gazetteer import Gazetteer, PlaceMention
from helpers.extract.places.mentions import Mentions
from helpers.extract.places.where.around import Around
from helpers.extract.places.where.candidates import (
    BEFORE,
    CLAUSE,
    LOCATES,
    ROLE,
    SPEAKER,
    Candidate,
    Candidates,
)
from helpers.extract.places.where.referents import Referents
from helpers.extract.places.where.story import Story
from helpers.extract.rules.load import load_patterns
from helpers.extract.rules.territory import PARTS
from helpers.extract.text.document import Document

_PATTERNS = load_patterns("where.toml", **PARTS)
FLIGHTS = frozenset({"new_displacement", "forced_to_flee", "refugees"})
STAYS = frozenset({"idps", "in_camps", "population", "returns"})
_PEOPLE = 25  # characters behind a number in which its people are named
_RECOUNTED = 2  # sentences back that may tell of a figure that is given anew
_ENTRY = 40  # characters in which the place of an entry begins


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
        self._around = Around(document, self.candidates, self._story)
        self._chosen: dict[int, list[PlaceMention]] = {}  # sentence → places of its last figure
        self._referents = Referents(document, mentions, self.candidates, self._story, self._around)

    def choose(self, order: int, start: int, end: int, measure: str) -> Where:
        """The place of a figure of this measure that stands between two offsets of a sentence."""
        where = self._choose(order, start, end, measure)
        self._chosen[order] = where.places
        return where

    def _choose(self, order: int, start: int, end: int, measure: str) -> Where:
        """The same, looked up."""
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
        else:
            found = self._weigh_roles(order, measure, found)
        best = left or self._narrow(order, _find_best(found), found)
        if (best is None or best.cost >= CLAUSE) and (again := self._find_recounted(order, end)):
            return Where(again, None)
        told = self._find_told(order, (start, end), measure, best, left)
        if told is not None:
            return Where(told, to.place if to else None)
        around: list[PlaceMention] = []
        if best is None or best.cost >= SPEAKER:
            is_moved = measure in FLIGHTS | STAYS
            around = self._around.find_left(order) if measure == "returns" else []
            around = around or self._referents.find_before(order)
            around = around or self._around.look(order, start, is_moved, measure in FLIGHTS)
            if not around and not is_moved:
                around = self._story.find_scene(order)
        arrived = measure == "refugees" or "arrivals" in self.document.lowered[start:end]
        is_elsewhere = best is None or best.cost >= CLAUSE and not best.is_origin
        if is_elsewhere and to and to.cost < CLAUSE and arrived:
            return Where([to.place], None)  # "Velmar hosts 442,000": whence is not said
        places = self.candidates.join(best, found) if best and not around else around
        if not places and (measure in FLIGHTS | STAYS or self._around.is_of_all(order)):
            stop = self.document.sentences[order].end
            places = self._story.find_people(start, min(end + _PEOPLE, stop))
        return Where(places, to.place if to else None)

    def _weigh_roles(self, order: int, measure: str, found: list[Candidate]) -> list[Candidate]:
        """The places of a figure other than of a flight, as far as those counted may be there, and
        did not leave them or go there."""
        if measure == "in_camps":  # the camp, not the land that its people left
            return [place._replace(cost=place.cost + ROLE * place.is_origin) for place in found]
        if measure == "returns":  # home is where they went back to
            home = [one for one in found if one.is_destination]
            return home if any(one.cost < CLAUSE for one in home) else found
        if measure == "released":  # "freed from a prison in | Kell", but "abducted from | Kell"
            return [one for one in found if not (one.is_origin and self._is_taken(one))]
        if measure in STAYS:
            return found
        return [  # those who fled Kell did not die there
            place._replace(cost=place.cost + self._weigh_refuge(place) + ROLE * is_given_up)
            for place in found
            for is_given_up in (place.is_origin and self._around.is_given_up(place),)
            if not place.is_origin or is_given_up or self._is_brought(order, place)
        ]

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
        if (sized := self._find_sized(order, start)) is not None:
            return [sized]
        if measure in ("refugees", "idps") and (home := self._find_host(order, start, end)):
            return home
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
        return self._referents.find(order, start, end, measure in FLIGHTS | STAYS) or None

    def _find_recounted(self, order: int, end: int) -> list[PlaceMention]:
        """The places of the figure before of which another number is told: "Medics later put the
        toll at | 23"."""
        begin = self.document.sentences[order].start
        if not _PATTERNS["recounted"].search(self.document.lowered, begin, end):
            return []
        for earlier in range(order, max(-1, order - 1 - _RECOUNTED), -1):
            if earlier in self._chosen:
                return self._chosen[earlier]
        return []

    def _weigh_refuge(self, place: Candidate) -> int:
        """What speaks against a place to which people went, of those killed: most where another
        clause says that they fled."""
        if not self._around.is_refuge(place):
            return 0
        at, lowered = place.place.start, self.document.lowered
        if _PATTERNS["road_to"].search(lowered, max(0, at - BEFORE), at):
            return 0  # "a mine on the road to | Kell"
        fled = place.cost >= CLAUSE and _PATTERNS["flight"].search(lowered, max(0, at - BEFORE), at)
        return SPEAKER if fled else ROLE

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

    def _find_sized(self, order: int, start: int) -> PlaceMention | None:
        """The town that so many live in: "Kell, a town of some | 12,000 in the hills of Mira"."""
        begin = self.document.sentences[order].start
        for place in self.mentions.within(max(begin, start - BEFORE), start):
            if _PATTERNS["of_size"].fullmatch(self.document.lowered, place.end, start):
                return place
        return None

    def _find_host(self, order: int, start: int, end: int) -> list[PlaceMention]:
        """What takes in refugees, whatever country they left: "| the region hosts 119,900 refugees
        from Velmar"."""
        begin = self.document.sentences[order].start
        if not _PATTERNS["hosts"].search(self.document.lowered, begin, end):
            return []
        meant = self._referents.find(order, start, start, True)
        labels = self.mentions.within(begin, start)[:1]
        if meant or not labels or labels[0].start != begin:
            return meant
        return labels if self.document.lowered.startswith(": ", labels[0].end) else []

    def _is_brought(self, order: int, place: Candidate) -> bool:
        """Whether the hurt or the dead were brought from a place: it happened there."""
        first = max(self.document.sentences[order].start, place.place.start - BEFORE)
        pattern, lowered = _PATTERNS["brought_from"], self.document.lowered
        return bool(pattern.search(lowered, first, place.place.start))

    def _is_taken(self, place: Candidate) -> bool:
        """Whether those let go had been taken from a place."""
        at, lowered = place.place.start, self.document.lowered
        return bool(_PATTERNS["taken_from"].search(lowered, max(0, at - BEFORE), at))

    def _find_entry(self, order: int) -> PlaceMention | None:
        """The place that the entry of a log opens with in which a sentence stands: "Kell, 21 June.
        A drone killed three.", or None."""
        start, end, *_ = self.document.sentences[self.document.find_paragraph(order)[0]]
        if not may_be_entry(self.document.lowered, start, start + _ENTRY):
            return None
        for place in self.mentions.within(start, min(end, start + _ENTRY)):
            if is_entry(self.document.text, self.document.lowered, place.start, place.end):
                return place
        return None

    def _narrow(
        self, order: int, best: Candidate | None, found: list[Candidate]
    ) -> Candidate | None:
        """The town in whose clause a figure stands rather than its province: "In Kell province
        nine were shot dead near | Mira"."""
        lowered = self.document.lowered
        if not best or not best.is_ahead:
            return best
        sentence = self.document.sentences[order]
        if _PATTERNS["in_division"].search(lowered, sentence.start, sentence.end):
            return best
        is_called = _PATTERNS["called"].match(lowered, best.place.end)
        if not is_called and not self.candidates.is_large(best.place):
            return best
        finer = [
            one
            for one in found
            if one.cost < LOCATES
            and not (one.is_ahead and one.place.start <= best.place.start)
            and not (one.is_origin or self.candidates.is_large(one.place))
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


def _find_best(found: list[Candidate]) -> Candidate | None:
    """The candidate with the least against it; of several the nearest behind, or before, the
    figure."""
    if not found:
        return None
    least = min(place.cost for place in found)
    best = [place for place in found if place.cost == least]
    return best[-1] if best[-1].is_ahead else best[0]
