"""The places that a sentence names at which something may have happened, and what speaks against
each: a capital that speaks for its government, whose army it is, and the place somebody speaks from
are not where it happened. The patterns are in where.toml."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from helpers.extract.places.gazetteer import Gazetteer, PlaceMention, is_region
from helpers.extract.places.mentions import Mentions
from helpers.extract.places.names import key_name
from helpers.extract.rules.load import load_patterns
from helpers.extract.rules.territory import PARTS
from helpers.extract.text.datelines import find_datelines
from helpers.extract.text.document import Document
from helpers.extract.text.sentences import Sentence

_PATTERNS = load_patterns("where.toml", **PARTS)
BEFORE, _AFTER = 70, 90  # characters before and behind a name that tell of it
_LONG_ASIDE = 150  # characters of an aside before a place in it
_FAR = 400  # characters between a figure and a place of its sentence
# What speaks against a place; a place in another clause is farther than any of another kind.
CLAUSE, ROLE, LOCATES, SPEAKER, WRITTEN = 8, 6, 4, 16, 40
_AHEAD, _COARSE, _UNKNOWN = 1, 5, 2
_HAS_PART = re.compile(r"\b(?:of|among) (?:them|whom|these|those|which)\b|including|\ba \w+ of ")
_CALLED = re.compile(
    r"\b([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
    r" (?:[Rr]egion|[Pp]rovince|[Zz]one|[Gg]overnorate|[Oo]blast|[Dd]ivision)\b"
)
# "the siege of the Jubba View | hotel", which lies in the town told of
BUILDING = re.compile(
    r" (?:hotel|hospital|clinic|restaurant|caf[eé]|mosque|church|school|university|market|mall"
    r"|prison|stadium|theatre|hall|building|compound|palace|villa|plaza|tower|beach|bridge)\b"
)
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


class Candidates:
    """The places of the sentences of one text."""

    def __init__(self, document: Document, mentions: Mentions):
        self.document, self.mentions = document, mentions
        self.gazetteer: Gazetteer = mentions.gazetteer
        self._judged: dict[int, list[Candidate]] = {}

    @cached_property
    def datelines(self) -> dict[int, int]:
        """Sentence → where its news begins, behind place and date of writing."""
        return find_datelines(self.document)

    def find(self, order: int, span: tuple[int, int] | None) -> list[Candidate]:
        """The places of a sentence at which something may have happened. `span`: of the figure."""
        if order not in self._judged:
            self._judged[order] = self._judge_places(order)
        if span is None:
            return self._judged[order]
        found: list[Candidate] = []
        others: PlaceMention | None = None  # the last place that is not of those counted
        for candidate in self._judged[order]:
            place = candidate.place
            if not -_FAR < place.start - span[1] < _FAR:
                continue
            if place.start == span[0] and not place.resolved:
                continue  # "Thousands fled"
            before, after = self._read_around(self.document.sentences[order], place)
            if others and (self._is_row(others, place) or self._is_in_where(others, place)):
                others = place
                continue
            is_of_part = candidate.is_origin and self._is_of_part(place, before, span[1])
            if is_of_part or self._is_of_others(place, *span):
                others = place
                continue
            cost = candidate.cost + self._measure_distance(place, *span)
            if _PATTERNS["counts"].match(after) and not _PATTERNS["own_number"].fullmatch(
                self.document.lowered, place.end, max(place.end, span[0])
            ):
                cost += CLAUSE  # "Kell took in 40 and | Mira | 30"
            is_own = not (found and found[-1].place.start > span[1])
            is_own = is_own and self._is_apiece(place, span[1])
            if not is_own and place.start > span[1] and self._is_of_another(place):
                continue  # "9,800 in Kell, 8,100 in | Mira"
            candidate = candidate._replace(cost=cost, is_ahead=place.end <= span[0])
            if is_own and found:
                found, candidate = self._set_apart(found, candidate)
            found.append(candidate)
        return found

    def _is_in_where(self, place: PlaceMention, other: PlaceMention) -> bool:
        """Whether "where" goes on from the first place to tell of the second: "half of them in Kell
        |, where the army sealed off | Mira"."""
        return ", where " in self.document.lowered[place.end : other.start]

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
        before = self.document.lowered[max(0, place.start - BEFORE) : place.start]
        return bool(_PATTERNS["another_apiece"].search(before))

    def _read_joint(self, place: PlaceMention) -> str:
        """The preposition right before a place, or ""."""
        before = self.document.lowered[max(0, place.start - 12) : place.start]
        match = _PREPOSED.search(before)
        return match[0].strip() if match else ""

    def _judge_places(self, order: int) -> list[Candidate]:
        """The same of no figure."""
        sentence = self.document.sentences[order]
        written = self.datelines.get(order, 0)
        found: list[Candidate] = []
        places = self.mentions.within(sentence.start, sentence.end)
        for index, place in enumerate(places):
            before, after = self._read_around(sentence, place)
            cost = self._judge(place, before, after, place.end <= written)
            if cost is None and found and self._is_country_in_row(found[-1], place):
                cost = found[-1].cost
            if cost is None:
                continue
            is_beyond = _PATTERNS["beyond"].fullmatch(before) and place.start - sentence.start < 40
            cost += LOCATES * (self._is_seat(sentence, place) or bool(is_beyond))
            locates = self._only_locates(places, index)
            head = None
            if locates and self._names_within(places[index - 1], place):
                locates = False  # the land says where the town lies
                if found and found[-1].place is places[index - 1]:
                    found[-1] = found[-1]._replace(cost=found[-1].cost + LOCATES)
            if locates:
                cost += LOCATES
                head = found[-1] if found and found[-1].place is places[index - 1] else None
                cost = max(cost, head.cost + LOCATES) if head else cost
            is_origin = not locates and bool(_PATTERNS["origin"].search(before))
            is_destination = not is_origin and bool(
                _PATTERNS["destination"].search(before)
                and not _PATTERNS["fighting_moves"].search(before)
                or _PATTERNS["receiver"].match(after)
            )
            found.append(Candidate(cost, place, False, is_origin, is_destination))
        return self._share_roles(found)

    def _only_locates(self, places: list[PlaceMention], index: int) -> bool:
        """Whether a place of a sentence only tells where another before it lies, with its country
        between them or not: "the village of Kell, in Velmar's | Mira region"."""
        place, last = places[index], index - 1
        if last > 0 and self.document.lowered[places[last].end : place.start] in ("'s ", "’s "):
            is_country = self.gazetteer.ranks.get(places[last].key) == "country"
            last -= is_country
        return last >= 0 and self.is_locator(places[last], place)

    def _names_within(self, land: PlaceMention, place: PlaceMention) -> bool:
        """Whether a town is named by the land that it lies in: "the Velmar town of | Kell"."""
        if not self.is_large(land):
            return False
        pattern = _PATTERNS["named_within"]
        return bool(pattern.fullmatch(self.document.lowered, land.end, place.start))

    def _is_country_in_row(self, last: Candidate, place: PlaceMention) -> bool:
        """Whether a country goes on with a row of such: "refugees in Velmar, | Ost | and Kell"."""
        ranks = self.gazetteer.ranks
        is_country = ranks.get(last.place.key) == ranks.get(place.key) == "country"
        return is_country and self._is_row(last.place, place)

    def _share_roles(self, found: list[Candidate]) -> list[Candidate]:
        """The same, where those of a row were all left or all reached: "to Kell and | Ost"."""
        for index in range(1, len(found)):
            before = found[index - 1]
            if not self._is_row(before.place, found[index].place):
                continue
            between = self.document.lowered[before.place.end : found[index].place.start]
            if before.cost < SPEAKER <= found[index].cost and between == " and ":
                before = before._replace(cost=found[index].cost)  # "elders of Kell | and Mira said"
                found[index - 1] = before
            row = self.join(before, found)
            if len(row) > 1 and not (found[index].is_origin or found[index].is_destination):
                found[index] = found[index]._replace(
                    is_origin=before.is_origin, is_destination=before.is_destination
                )
        return found

    def _read_around(self, sentence: Sentence, place: PlaceMention) -> tuple[str, str]:
        """The words of its sentence before and behind a place, in lower case."""
        lowered = self.document.lowered
        before = lowered[max(sentence.start, place.start - BEFORE) : place.start]
        return before, lowered[place.end : min(sentence.end, place.end + _AFTER)]

    def _judge(self, place: PlaceMention, before: str, after: str, is_written: bool) -> int | None:
        """What speaks against a place, by the words around it; None if nothing happened there."""
        if _PATTERNS["compared"].search(before):
            return None
        speaks = self._is_speaker(before, after)
        if after.startswith((" river", " creek")):
            return None  # "crossed to the eastern bank of the | Juba | river"
        rank = self.gazetteer.ranks.get(place.key, "")
        if rank and not (_PATTERNS["within"].search(before) or _PATTERNS["suffers"].match(after)):
            if speaks or is_written or _PATTERNS["whose"].match(after):
                return None
            if rank == "capital" and _PATTERNS["party"].search(before):
                return None
            if rank == "country" and not _PATTERNS["in_country"].search(before):
                if not self._is_at_war(place, after):
                    return None
        if not place.resolved and _is_demonym(place, before, after):
            return None
        cost = (WRITTEN if is_written else 0) + (0 if place.known or place.resolved else _UNKNOWN)
        cost += _COARSE if rank == "country" else 0
        cost += LOCATES if _PATTERNS["road"].match(after) else 0
        is_apart = speaks or _PATTERNS["treated"].search(before) or _PATTERNS["body"].match(after)
        if not (place.known or place.resolved) and before.endswith("the "):
            is_apart = is_apart or BUILDING.match(after)  # "the Jubba | hospital" lies in the town
        return cost + (SPEAKER if is_apart or _is_measured_from(before) else 0)

    def _is_at_war(self, place: PlaceMention, after: str) -> bool:
        """Whether a country that the corpus is about has its own war: "| Velmar's conflict"."""
        is_home = place.known and place.known["countrycode"] in self.gazetteer.home
        return bool(is_home and _PATTERNS["its_war"].match(after))

    def _is_of_part(self, place: PlaceMention, before: str, end: int) -> bool:
        """Whether only some of those counted came from a place: "71,000, a third of them from
        | Kell". `end`: of the figure."""
        if place.start < end or not _PATTERNS["part"].search(before):
            return False
        return not _PATTERNS["own_part"].fullmatch(self.document.lowered, end, place.start)

    def _is_speaker(self, before: str, after: str) -> bool:
        """Whether a place, or somebody of it, or somebody who stands there, only speaks."""
        if _PATTERNS["own_deed"].match(after):
            return False
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

    def _is_seat(self, sentence: Sentence, place: PlaceMention) -> bool:
        """Whether somebody only speaks in a place that opens a sentence: "In | Kell, the governor's
        office said"."""
        lowered = self.document.lowered
        if not _PATTERNS["seated"].match(lowered, place.end, sentence.end):
            return False
        return bool(_PATTERNS["opens_in"].fullmatch(lowered, sentence.start, place.start))

    def is_locator(self, first: PlaceMention, place: PlaceMention) -> bool:
        """Whether a place only tells where the one before it lies: "Kell, near | Mira"."""
        pattern = _PATTERNS["locates"]
        return bool(pattern.fullmatch(self.document.lowered, first.end, place.start))

    def _is_of_others(self, place: PlaceMention, start: int, end: int) -> bool:
        """Whether only the rest of those counted, or a part of them, were in a place behind their
        figure, or an aside before it tells of the place."""
        ahead = self.document.lowered[end : max(end, place.start)]
        if " the " in ahead and _PATTERNS["of_rest"].search(ahead):
            return True
        if (" who " in ahead or "; " in ahead) and _PATTERNS["of_next"].search(ahead):
            return True
        if _HAS_PART.search(ahead) and _PATTERNS["of_part"].search(ahead):
            return True
        return self._is_in_aside(place, start)

    def _is_in_aside(self, place: PlaceMention, start: int) -> bool:
        """Whether a place stands in an aside that is closed before a figure: "The war, which began
        with a coup in | Kell, has killed 9,000"."""
        lowered = self.document.lowered
        between = lowered[place.end : max(place.end, start)]
        if ", ha" not in between and not between.endswith(", "):
            return False
        before = lowered[max(0, place.start - _LONG_ASIDE) : place.start]
        return bool(_PATTERNS["opens_aside"].search(before)) and bool(
            _PATTERNS["closes"].search(_PATTERNS["aside"].sub(" ", between))
        )

    def _measure_distance(self, place: PlaceMention, start: int, end: int) -> int:
        """What parts a place from a figure: other clauses, and standing before it."""
        if place.start >= start:
            between = self.document.lowered[end : max(end, place.start)]
            ahead = 0
        else:
            between, ahead = self.document.lowered[place.end : start], _AHEAD
            between = between.removesuffix(", with ")  # "a base near Kell, with | nine dead"
            between = _PATTERNS["aside"].sub(" ", between)
        clauses = sum(1 for _ in _PATTERNS["clause"].finditer(between))
        if not ahead and not clauses and _PATTERNS["and_subject"].search(between):
            clauses += bool(_PATTERNS["acts"].match(self.document.lowered, place.end))
        return ahead + CLAUSE * min(clauses, 1) + max(clauses - 1, 0)

    def join(self, best: Candidate, found: list[Candidate]) -> list[PlaceMention]:
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

    def open_row(self, best: Candidate | None, found: list[Candidate]) -> Candidate | None:
        """The first of the places that stand in a row with one: "to | Kell | and Mira"."""
        if best is None:
            return None
        keys = {place.key for place in self.join(best, found)}
        return next(one for one in found if one.place.key in keys)._replace(cost=best.cost)

    def _is_row(self, one: PlaceMention, other: PlaceMention) -> bool:
        """Whether only a comma or "and" stands between two places."""
        return bool(_PATTERNS["row"].fullmatch(self.document.lowered, one.end, other.start))

    def is_large(self, place: PlaceMention) -> bool:
        """Whether a place is a country or province, or called one anywhere in the text."""
        is_called = not place.resolved and place.key in self._divisions
        return is_called or is_region(place, self.gazetteer)

    @cached_property
    def _divisions(self) -> frozenset[str]:
        """The keys of the names that the text calls a region or zone somewhere."""
        text = self.document.text
        return frozenset(key_name(match[1]) for match in _CALLED.finditer(text))

    def is_located(self, place: PlaceMention) -> bool:
        """Whether something is told to be in a place, near it, or on the way there."""
        before = self.document.lowered[max(0, place.start - BEFORE) : place.start]
        return bool(_PATTERNS["located"].search(before))


_DISTANCES = ("km ", "kilom", "mile", " drive ", " walk ", " ride ")  # letters of its matches


def _is_measured_from(before: str) -> bool:
    """Whether it is only told how far from a place another lies: "The town lies 70 km from |
    Mira"."""
    may = any(letters in before for letters in _DISTANCES)
    return may and bool(_PATTERNS["measured_from"].search(before))


def leave_asides(
    document: Document, order: int, places: Sequence[PlaceMention]
) -> list[PlaceMention]:
    """The places of a sentence without those that only say what came before: "Having stormed
    | Kell |, they attacked Mira"; all where no others stand in it."""
    if len(places) < 2:
        return list(places)
    sentence, lowered = document.sentences[order], document.lowered
    opens = _PATTERNS["aside_ahead"].match(lowered, sentence.start, sentence.end)
    first = opens.end() if opens else sentence.start
    closes = _PATTERNS["aside_behind"].search(lowered, first, sentence.end)
    last = closes.start() if closes else sentence.end
    return [one for one in places if first <= one.start < last] or list(places)


def _is_demonym(place: PlaceMention, before: str, after: str) -> bool:
    """Whether a name that no gazetteer knows says whose, not where: "the Velmaran Bar
    Association"."""
    if not _DEMONYM.search(place.words) or not _PATTERNS["of_demonym"].match(after):
        return False
    return not _PREPOSED.search(before)
