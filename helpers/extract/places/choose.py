"""Where a figure is: the place of its clause, else of the words around its sentence.

Of a flight the place is what was left, and `to` where people went; of a stock, where they live
(codebook: `place`, `place_to`). A capital that speaks for its government, whose army it is, and
the place somebody speaks from are not where it happened. The patterns are in where.toml.
"""

import re
from functools import cached_property
from typing import NamedTuple

from helpers.extract.places.context import is_entry
from helpers.extract.places.gazetteer import Gazetteer, PlaceMention, is_region
from helpers.extract.places.mentions import Mentions
from helpers.extract.places.story import Story
from helpers.extract.rules.load import load_patterns
from helpers.extract.rules.territory import PARTS
from helpers.extract.text.datelines import find_datelines
from helpers.extract.text.document import Document
from helpers.extract.text.sentences import Sentence

_PATTERNS = load_patterns("where.toml", **PARTS)
FLIGHTS = frozenset({"new_displacement", "forced_to_flee", "refugees"})
STAYS = frozenset({"idps", "in_camps", "population", "returns"})
_BEFORE, _AFTER = 70, 90  # characters before and behind a name that tell of it
_FAR = 400  # characters between a figure and a place of its sentence
_BACK = 3  # sentences back that may name the place of a figure
_ENTRY = 40  # characters in which the place of an entry begins
_FAR_BACK = 8  # sentences back that may name what "the province" means
# What speaks against a place; a place in another clause is farther than any of another kind.
_CLAUSE, _ROLE, _AHEAD, _LOCATES, _COARSE, _UNKNOWN, _SPEAKER, _WRITTEN = 8, 6, 1, 4, 5, 2, 16, 40
_HAS_PART = re.compile(r"\b(?:of|among) (?:them|whom|these|those|which)\b|including|\ba \w+ of ")
_AND = re.compile(r",\s+|,?\s+and\s+")
_DEMONYM = re.compile(r"(?:an|ian|ese|ish)$")
_PREPOSED = re.compile(r"\b(?:in|at|near|on|of|from|to|into|around|outside|towards?)\s+$")


class Candidate(NamedTuple):
    """A place that a sentence names: what speaks against it, whether it stands before the figure,
    and whether people left it or went there."""

    cost: int
    place: PlaceMention
    is_ahead: bool
    is_origin: bool
    is_destination: bool


class Where(NamedTuple):
    """Where a figure is (several places: it counts for all), and where its people went."""

    places: list[PlaceMention]
    to: PlaceMention | None


class PlaceChooser:
    """The places of the figures of one text."""

    def __init__(self, document: Document, mentions: Mentions):
        self.document, self.mentions = document, mentions
        self.gazetteer: Gazetteer = mentions.gazetteer
        self._judged: dict[int, list[Candidate]] = {}
        self._story = Story(document, mentions, self._list_candidates)

    @cached_property
    def _datelines(self) -> dict[int, int]:
        """Sentence → where its news begins, behind place and date of writing."""
        return find_datelines(self.document)

    def choose(self, order: int, start: int, end: int, measure: str) -> Where:
        """The place of a figure of this measure that stands between two offsets of a sentence."""
        found = self._list_candidates(order, (start, end))
        to = left = None
        moved = [place for place in found if place.is_origin or place.is_destination]
        left_home = any(place.is_origin for place in moved) and moved == found
        left_home = left_home and not any(
            place.is_destination and place.is_ahead for place in moved
        )
        if measure in FLIGHTS or measure == "idps" and left_home:
            to = self._open_row(_find_best([one for one in found if one.is_destination]), found)
            left = _find_best([place for place in found if place.is_origin])
            near = _find_best([place for place in found if not place.is_destination])
            if left and near and near.cost < _CLAUSE <= left.cost:
                left = None  # "has 9,120 leaving Kell, which takes those uprooted in | Mira | to …"
            found = [place for place in found if not place.is_destination]
            if to and not left and to.cost < _CLAUSE:
                found = [place for place in found if place.is_ahead or place.cost < _CLAUSE]
        elif measure not in STAYS:  # those who fled Kell did not die there
            found = [
                place._replace(cost=place.cost + _ROLE * self._is_refuge(place))
                for place in found
                if not place.is_origin
            ]
        best = left or _find_best(found)
        if (label := self._find_label(order, start)) is not None:
            return Where([label], to.place if to else None)
        if (best is None or best.cost >= _LOCATES) and (entry := self._find_entry(order)):
            return Where([entry], to.place if to else None)
        is_told = best is not None and (best.place.resolved or self._is_located(best.place))
        is_doubtful = best is None or best.cost >= _CLAUSE or not is_told
        if is_doubtful and not left and (meant := self._find_meant(order, start, end)):
            return Where(meant, to.place if to else None)
        around: list[PlaceMention] = []
        if best is None or best.cost >= _SPEAKER:
            around = self._look_around(order, start, measure in FLIGHTS | STAYS)
            if not around and measure not in FLIGHTS | STAYS:
                around = self._story.find_scene(order)
        arrived = measure == "refugees" or "arrivals" in self.document.lowered[start:end]
        if best is None and to and arrived:
            return Where([to.place], None)  # "Velmar hosts 442,000": whence is not said
        places = self._join(best, found) if best and not around else around
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
        before = self.document.lowered[max(0, start - _BEFORE) : start]
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
                for one in self._list_candidates(order, None)
                if one.place.end <= at and one.cost < _ROLE and self._is_located(one.place)
            ]
            return [own[-1].place] if own else self._look_around(order, at)
        back = 0 if kind in ("capital", "division") else max(0, order - _FAR_BACK)
        for earlier in range(order, back - 1, -1):
            found = [
                place
                for place in self._list_candidates(earlier, None)
                if place.place.end <= at and self._is_of_kind(place.place, kind)
            ]
            if kind == "town" and earlier < order:
                found = [place for place in found if place.cost % _WRITTEN < _SPEAKER]
            if kind == "capital":
                found = [place for place in found if ranks.get(place.place.key) == "capital"]
            rows = (self._join(place, found) for place in found) if kind == "both" else ()
            if pair := next((row for row in rows if len(row) == 2), None):
                return pair
            if found and kind != "both":
                least = min(place.cost for place in found)
                return [place.place for place in found if place.cost == least][-1:]
        return []

    def _is_located(self, place: PlaceMention) -> bool:
        """Whether something is told to be in a place, near it, or on the way there."""
        before = self.document.lowered[max(0, place.start - _BEFORE) : place.start]
        return bool(_PATTERNS["located"].search(before))

    def _is_of_kind(self, place: PlaceMention, kind: str) -> bool:
        """Whether a place can be what a word of such a kind means: "the province", "the town"."""
        is_large = is_region(place, self.gazetteer)
        if kind == "division":
            return is_large and self.gazetteer.ranks.get(place.key) != "country"
        return not (kind in ("town", "capital") and is_large)

    def _list_candidates(self, order: int, span: tuple[int, int] | None) -> list[Candidate]:
        """The places of a sentence at which something may have happened. `span`: of the figure."""
        if order not in self._judged:
            self._judged[order] = self._judge_places(order)
        if span is None:
            return self._judged[order]
        found: list[Candidate] = []
        for candidate in self._judged[order]:
            place = candidate.place
            if not -_FAR < place.start - span[1] < _FAR:
                continue
            if place.start == span[0] and not place.resolved:
                continue  # "Thousands fled"
            before, after = self._read_around(self.document.sentences[order], place)
            if candidate.is_origin and self._is_of_part(place, before, span[1]):
                continue
            ahead = self.document.lowered[span[1] : max(span[1], place.start)]
            if " the " in ahead and _PATTERNS["of_rest"].search(ahead):
                continue
            if _HAS_PART.search(ahead) and _PATTERNS["of_part"].match(ahead):
                continue
            cost = candidate.cost + self._measure_distance(place, *span)
            if _PATTERNS["counts"].match(after) and not _PATTERNS["own_number"].fullmatch(
                self.document.lowered, place.end, max(place.end, span[0])
            ):
                cost += _CLAUSE  # "Kell took in 40 and | Mira | 30"
            is_own = self._is_apiece(place, span[1])
            if not is_own and place.start > span[1] and self._is_of_another(place):
                continue  # "9,800 in Kell, 8,100 in | Mira"
            candidate = candidate._replace(cost=cost, is_ahead=place.end <= span[0])
            if is_own and found:
                found, candidate = self._set_apart(found, candidate)
            found.append(candidate)
        return found

    def _is_apiece(self, place: PlaceMention, end: int) -> bool:
        """Whether a place stands right behind a figure: "8,100 | in Mueda"."""
        lowered = self.document.lowered
        return place.start > end and bool(_PATTERNS["apiece"].fullmatch(lowered, end, place.start))

    def _set_apart(
        self, ahead: list[Candidate], own: Candidate
    ) -> tuple[list[Candidate], Candidate]:
        """(the places before a figure that has its own, without those of the figures before it; its
        own, left or reached as they were): "9,800 arrived in Kell, 8,100 in | Mira"."""
        joint = self._read_joint(own.place)
        roles = [one for one in ahead if joint in ("", self._read_joint(one.place))]
        roles = [one for one in roles if one.is_origin or one.is_destination]
        if roles and not (own.is_origin or own.is_destination):
            own = own._replace(
                is_origin=roles[-1].is_origin, is_destination=roles[-1].is_destination
            )
        role = own.is_origin, own.is_destination
        kept = [one for one in ahead if (one.is_origin, one.is_destination) != role]
        return [one for one in kept if not self._is_of_another(one.place)], own

    def _is_of_another(self, place: PlaceMention) -> bool:
        """Whether a place stands right behind a number in a list: ", 8,100 in | Mueda"."""
        before = self.document.lowered[max(0, place.start - _BEFORE) : place.start]
        return bool(_PATTERNS["another_apiece"].search(before))

    def _read_joint(self, place: PlaceMention) -> str:
        """The preposition right before a place, or ""."""
        before = self.document.lowered[max(0, place.start - 12) : place.start]
        match = _PREPOSED.search(before)
        return match[0].strip() if match else ""

    def _judge_places(self, order: int) -> list[Candidate]:
        """The same of no figure."""
        sentence = self.document.sentences[order]
        written = self._datelines.get(order, 0)
        found: list[Candidate] = []
        places = self.mentions.within(sentence.start, sentence.end)
        for index, place in enumerate(places):
            before, after = self._read_around(sentence, place)
            cost = self._judge(place, before, after, place.end <= written)
            if cost is None:
                continue
            locates = index > 0 and self._is_locator(places[index - 1], place)
            if locates:
                cost += _LOCATES
            is_origin = not locates and bool(_PATTERNS["origin"].search(before))
            is_destination = not is_origin and bool(
                _PATTERNS["destination"].search(before)
                and not _PATTERNS["fighting_moves"].search(before)
                or _PATTERNS["receiver"].match(after)
            )
            found.append(Candidate(cost, place, False, is_origin, is_destination))
        return self._share_roles(found)

    def _share_roles(self, found: list[Candidate]) -> list[Candidate]:
        """The same, where those of a row were all left or all reached: "to Kell and | Ost"."""
        for index in range(1, len(found)):
            before = found[index - 1]
            if not self._is_row(before.place, found[index].place):
                continue
            row = self._join(before, found)
            if len(row) > 1 and not (found[index].is_origin or found[index].is_destination):
                found[index] = found[index]._replace(
                    is_origin=before.is_origin, is_destination=before.is_destination
                )
        return found

    def _read_around(self, sentence: Sentence, place: PlaceMention) -> tuple[str, str]:
        """The words of its sentence before and behind a place, in lower case."""
        lowered = self.document.lowered
        before = lowered[max(sentence.start, place.start - _BEFORE) : place.start]
        return before, lowered[place.end : min(sentence.end, place.end + _AFTER)]

    def _judge(self, place: PlaceMention, before: str, after: str, is_written: bool) -> int | None:
        """What speaks against a place, by the words around it; None if nothing happened there."""
        if _PATTERNS["compared"].search(before):
            return None
        speaks = self._is_speaker(before, after)
        rank = self.gazetteer.ranks.get(place.key, "")
        if rank and not (_PATTERNS["within"].search(before) or _PATTERNS["suffers"].match(after)):
            if speaks or is_written or _PATTERNS["whose"].match(after):
                return None
            if rank == "country" and not _PATTERNS["in_country"].search(before):
                return None
        if not place.resolved and _is_demonym(place, before, after):
            return None
        cost = (_WRITTEN if is_written else 0) + (0 if place.known or place.resolved else _UNKNOWN)
        cost += _COARSE if rank == "country" else 0
        cost += _LOCATES if _PATTERNS["road"].match(after) else 0
        is_apart = speaks or _PATTERNS["treated"].search(before)
        return cost + (_SPEAKER if is_apart else 0)

    def _is_of_part(self, place: PlaceMention, before: str, end: int) -> bool:
        """Whether only some of those counted came from a place: "71,000, a third of them from
        | Kell". `end`: of the figure."""
        if place.start < end or not _PATTERNS["part"].search(before):
            return False
        return not _PATTERNS["own_part"].fullmatch(self.document.lowered, end, place.start)

    def _is_speaker(self, before: str, after: str) -> bool:
        """Whether a place, or somebody of it, or somebody who stands there, only speaks."""
        if _PATTERNS["speaks"].match(after) or _PATTERNS["speaker_before"].search(before):
            return True
        if _PATTERNS["office"].match(after) and not _PREPOSED.search(before):
            return True
        if _PATTERNS["somebody"].search(before) and _PATTERNS["tells"].match(after):
            return True
        if _PATTERNS["told_behind"].match(after) and _PATTERNS["left_teller"].search(before):
            return True
        if _PATTERNS["told_before"].search(before):
            return True
        is_spoken_in = _PATTERNS["spoken_in"].search(before)
        return bool(is_spoken_in and _PATTERNS["spoken_behind"].match(after))

    def _is_locator(self, first: PlaceMention, place: PlaceMention) -> bool:
        """Whether a place only tells where the one before it lies: "Kell, near | Mira"."""
        pattern = _PATTERNS["locates"]
        return bool(pattern.fullmatch(self.document.lowered, first.end, place.start))

    def _measure_distance(self, place: PlaceMention, start: int, end: int) -> int:
        """What parts a place from a figure: other clauses, and standing before it."""
        if place.start >= start:
            between = self.document.lowered[end : max(end, place.start)]
            ahead = 0
        else:
            between, ahead = self.document.lowered[place.end : start], _AHEAD
            between = between.removesuffix(", with ")  # "a base near Kell, with | nine dead"
        return ahead + _CLAUSE * sum(1 for _ in _PATTERNS["clause"].finditer(between))

    def _join(self, best: Candidate, found: list[Candidate]) -> list[PlaceMention]:
        """The place with those that stand in a row with it: "Kell, Mira and Ost"."""
        at = found.index(best)
        first = last = at
        while last + 1 < len(found) and self._is_row(found[last].place, found[last + 1].place):
            last += 1
        while first and self._is_row(found[first - 1].place, found[first].place):
            first -= 1
        places = [candidate.place for candidate in found[first : last + 1]]
        has_and = any(
            "and" in self.document.lowered[one.end : other.start]
            for one, other in zip(places, places[1:])
        )
        unique = list({place.key: place for place in places}.values())
        return unique if has_and else [best.place]

    def _open_row(self, best: Candidate | None, found: list[Candidate]) -> Candidate | None:
        """The first of the places that stand in a row with one: "to | Kell | and Mira"."""
        if best is None:
            return None
        keys = {place.key for place in self._join(best, found)}
        return next(one for one in found if one.place.key in keys)._replace(cost=best.cost)

    def _is_row(self, one: PlaceMention, other: PlaceMention) -> bool:
        """Whether only a comma or "and" stands between two places."""
        return bool(_AND.fullmatch(self.document.lowered, one.end, other.start))

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
            found = self._list_candidates(earlier, None)
            found = [
                place._replace(
                    cost=place.cost
                    + _ROLE * (place.is_origin or not is_told_of and self._is_refuge(place))
                )
                for place in found
                if self.gazetteer.ranks.get(place.place.key) != "country"
                and (other.is_heading or place.cost % _WRITTEN < _SPEAKER)
            ]
            if found:
                least = min(place.cost for place in found)
                if least >= _ROLE and not refers and not is_told_of:
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


def _is_demonym(place: PlaceMention, before: str, after: str) -> bool:
    """Whether a name that no gazetteer knows says whose, not where: "the Velmaran Bar
    Association"."""
    if not _DEMONYM.search(place.words) or not re.match(r"\s+\w", after):
        return False
    return not _PREPOSED.search(before)
