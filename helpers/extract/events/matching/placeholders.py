"""A sentence with placeholders for its places and dates, and for "the town", "both" or "it" that
stand for a place.

Sentences are asked for one by one, and most never: what a sentence needs of those before it is
looked up when needed.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property

from helpers.extract.dates.search import DateSpans
from helpers.extract.events.lists import read_list
from helpers.extract.events.matching.anaphors import find_anaphors, may_stand_for
from helpers.extract.events.matching.marking import Marks
from helpers.extract.events.matching.pieces import (
    leave_beside,
    leave_parts,
    leave_regions,
    name_piece,
)
from helpers.extract.events.matching.sites import IS_PART, is_taken, name_share
from helpers.extract.places.gazetteer import PlaceMention
from helpers.extract.places.mentions import Mentions
from helpers.extract.places.where.candidates import leave_asides
from helpers.extract.places.where.story import list_called
from helpers.extract.rules.load import load_patterns
from helpers.extract.rules.territory import PARTS, PLACE_FILL, PLACE_SIGN, compile_territory
from helpers.extract.text.document import Document

_NEAR = 3  # sentences back that "the town" may mean a place of
_MOST = 12  # places remembered
_POST = re.compile(r"\W*\d{1,2}[:.h]\d{2}\b")
# Characters between a place and the word that means it.
_POINTS_BACK = {"which": 90, "latter": 200}
_CAPITAL = compile_territory(r"\bcapital( city)?,? (of \w+,? )?(?=[A-Z]\w+)")
_THE_CAPITAL = compile_territory(r"(the|that|this) (\w+(an|ese|ish|i) )?capital")
_WHOLE_PLACE = re.compile(r"stronghold|port|settlement")
_LISTS = compile_territory(
    r"""[^.;:()]{0,80}?(:| [-–—]+|,? (including|among (them|these)( (is|are|was|were))?|such as
    |namely|notably|chief among them),?)\s+(?={site}?{modifier}?~{place}|{date})"""
)
# "four villages|, Kell, Mira, Ost and Pesk"
_NAMED = compile_territory(
    r"( (in|of|near|around|along) (the )?([\w-]+ ){0,2}?"
    r"({place}( {feature})?|(region|border|front)))?( (on |in )?{date})?,\s+(?={site}?{place})"
)
_NUMBER = {
    word: at for at, word in enumerate("one two three four five six seven eight nine".split(), 1)
}
_ARE = compile_territory(
    r"""[\W_]*(they|these|those|the (two|three|four|five|six|seven|eight|nine|ten)) (are|were
    |include|included)(?= )"""
)
_COUNTED = compile_territory(r"\b{count}\b")
# "fighters from | Kell", "the ministry in | Kell", "the rebels, who control | Kell, said"
_WHOSE = re.compile(
    r"\b(?:(?:fighters|forces|militia\w*|brigades?|troops|units|gunmen|rebels)"
    r" from(?: the (?:town|city|village) of)?"
    r"|(?:ministry|spokes\w+|headquarters|presidency|government|command) in"
    r"|who (?:now |still )?(?:control|hold|held|rule|run)(?:led)?"
    r"(?: the (?:capital|city of|town of))?) $"
)
_OUTER = re.compile(r"its (?:[\w-]+ ){0,2}?(?:outskirts|suburbs|edges?|terminal|runway)")
_GOES = compile_territory(r"\b({enter_verb}|into|{reach_verb}) $")
_ANY = re.compile(r"an? ")
_LIES_IN = re.compile(
    r" (?:in|at) (?:the )?(?:[\w-]+ ){0,3}?(?:(?:town|city|village|port|district) of )?(?:the )?"
)
_SPEAKS = load_patterns("where.toml", **PARTS)["speaks"]


class Placeholders(Marks):
    """The same with what "the town", "both" or "it" in a sentence stand for."""

    def __init__(self, document: Document, dates: DateSpans, mentions: Mentions):
        super().__init__(document, dates, mentions)
        self._standing: dict[int, bool] = {}

    @cached_property
    def _capital(self) -> list[PlaceMention]:
        """The place that the text calls the capital, if any."""
        match = _CAPITAL.search(self.document.text)
        found = self.mentions.within(match.end(), match.end() + 1) if match else []
        return found[:1] if match and found and found[0].start == match.end() else []

    def _may_stand_for(self, order: int) -> bool:
        """Whether a sentence may hold a word that stands for a place."""
        if order not in self._standing:
            self._standing[order] = may_stand_for(self.document, order)
        return self._standing[order]

    def list_possible(self, order: int) -> Iterable[int]:
        """The indexes of the words of a sentence at which a place may begin, named or not."""
        words, (start, end, _, _) = self.document.list_words(order), self.document.sentences[order]
        if self._may_stand_for(order) or self.mentions.lists_capitals(start, end):
            return range(len(words))
        opens = self.mentions.gazetteer.opens
        return [index for index, word in enumerate(words) if opens[word]]

    def replace(
        self, order: int, latest: list[PlaceMention]
    ) -> tuple[str, dict[int, list[PlaceMention]]]:
        """A sentence in lower case with placeholders, and what each of a place stands for; ""
        without any. A country has a placeholder that stands for nothing: it says where a place is.

        `latest`: the places of the last event told before it.
        """
        has_anaphor = self._may_stand_for(order)
        if not self.name_places(order) and not has_anaphor:
            return "", {}
        begin = self.begin(order)
        marked, meant = self.mark(order)
        for match in find_anaphors(self.document, order, marked) if has_anaphor else ():
            group = match.lastgroup or ""
            start, end = match.span(group)
            if group in ("share", "shared"):
                start, end, meanings = name_share(self.document, begin, match, marked, meant)
            elif group == "several":
                meanings = self._find_list(order, match, marked, meant)
            else:
                meanings = [
                    place._replace(start=begin + start, end=begin + end)
                    for place in self._resolve(order, group, match[group], begin + start, latest)
                ]
            if meanings:
                marked = marked[:start] + PLACE_SIGN + PLACE_FILL * (end - start - 1) + marked[end:]
                meant = {at: places for at, places in meant.items() if not start <= at < end}
                meant[start] = meanings
        return marked if meant else "", meant

    def find_focus(self, order: int, latest: list[PlaceMention]) -> list[PlaceMention]:
        """The place last spoken of before a sentence."""
        return self._resolve(order, "town", "the town", self.begin(order), latest)

    def _is_spoken_of(self, order: int) -> bool:
        """Whether a sentence names a place, or calls the one named before it "the town"."""
        if order < 0 or self.name_places(order):
            return order >= 0
        return self._may_stand_for(order) and order > 0 and bool(self.name_places(order - 1))

    def _only_tells_whose(self, place: PlaceMention) -> bool:
        """Whether a place only says where fighters come from or an office sits, or is a capital
        that speaks."""
        lowered = self.document.lowered
        if _WHOSE.search(lowered, max(0, place.start - 50), place.start):
            return True
        is_capital = self.mentions.gazetteer.ranks.get(place.key) == "capital"
        return is_capital and bool(_SPEAKS.match(lowered, place.end))

    def _find_list(
        self,
        order: int,
        phrase: re.Match[str],
        marked: str,
        meant: dict[int, list[PlaceMention]],
    ) -> list[PlaceMention]:
        """The places that "several towns" stands for: those listed behind it ("including Kell and
        Mira"), or in the next sentence ("They are Kell and Mira")."""
        if leads := _LISTS.match(marked, phrase.end()):
            return [place for at in read_list(marked, leads.end()) for place in meant.get(at, [])]
        if named := _NAMED.match(marked, phrase.end()):
            signs, count = read_list(marked, named.end()), _COUNTED.search(phrase[0])
            told = count and (_NUMBER.get(count[0]) or count[0].isdigit() and int(count[0]))
            if len(signs) > 1 and (not told or told == len(signs)):
                return [place for at in signs for place in meant.get(at, [])]
        if order + 1 == len(self.document.sentences) or not _COUNTED.search(phrase[0]):
            return []
        following = self.document.sentences[order + 1]
        opening = _ARE.match(self.document.lowered, following.start, following.end)
        if not opening or self.begin(order + 1) != following.start:
            return []
        marked, meant = self.mark(order + 1)
        begin = self.begin(order)
        start, end = begin + phrase.start("several"), begin + phrase.end("several")
        return [
            place._replace(start=start, end=end)
            for at in read_list(marked, opening.end() - following.start)
            for place in meant.get(at, [])
        ]

    def _resolve(
        self, order: int, kind: str, words: str, at: int, latest: list[PlaceMention]
    ) -> list[PlaceMention]:
        """The places that a word or phrase at an offset stands for: named before it in its
        sentence, else in the last few.

        `kind`: the group of the pattern of such words."""
        before = [place for place in self.name_places(order) if place.end <= at]
        if kind == "part":
            return self._name_part(order, words, at, latest)
        if kind == "headed":
            above = order - 1
            return self.name_places(above)[:1] if order and self.is_heading(above) else []
        if kind == "owned":
            return leave_beside(before, self.document.lowered)[-1:]
        if reach := _POINTS_BACK.get(kind):
            return before[-1:] if before and at - before[-1].end < reach else []
        if kind == "town" and _THE_CAPITAL.fullmatch(words):
            return self._capital
        if kind == "its" and not _OUTER.fullmatch(words):
            if not _GOES.search(self.document.lowered, max(0, at - 20), at):
                return []
            kind = "town"
        recent = self._list_recent(order)
        if kind == "both":
            pool = before if len(before) > 1 else recent + before
            several = list({place.key: place for place in pool[-3:]}.values())
            return several[-2:] if len(pool) > 1 else []
        before = [place for place in before if not self._only_tells_whose(place)]
        recent = [place for place in recent if not self._only_tells_whose(place)]
        if kind in ("town", "piece", "seat"):
            lowered = self.document.lowered
            towns = leave_regions(before, lowered), leave_regions(recent, lowered)
            before, recent = towns if any(towns) else (before, recent)
        if kind == "piece":
            return name_piece(words.split()[-1], before or [*recent, *latest])
        if kind == "town" and not _WHOLE_PLACE.search(words):
            before, recent = leave_parts(before), leave_parts(recent)
        return before[-1:] or self._choose_recent(order, kind, words, recent, latest)

    def _choose_recent(
        self,
        order: int,
        kind: str,
        words: str,
        recent: list[PlaceMention],
        latest: list[PlaceMention],
    ) -> list[PlaceMention]:
        """Of the places of the last few sentences and of the last event, the one that words mean
        whose own sentence names none before them: of those that the last event was told of, else
        the last. For "the town" without any it is the one that the text calls a town, else that of
        the last event, and for "this town" that of the dateline."""
        if latest and (words.startswith("the same ") or kind == "seat" and not recent):
            return latest[-1:]
        if kind in ("it", "its", "that") and not self._is_spoken_of(order - 1):
            return []
        if kind == "town" and not recent:
            found = self._find_called(order, words.split()[-1])
            if not found and "capital" not in words:
                found = leave_parts(latest)[-1:]
            return found or (self._dateline if words.startswith("this ") else [])
        again = [place for place in latest if any(place.key == other.key for other in recent)]
        return (again or recent)[-1:]

    def _list_recent(self, order: int) -> list[PlaceMention]:
        """The places of the sentences just before one, no further back than the time at which the
        post of a live page begins."""
        recent: list[PlaceMention] = []
        for earlier in range(order - 1, max(0, order - _NEAR) - 1, -1):
            recent = leave_asides(self.document, earlier, self.name_places(earlier)) + recent
            if _POST.match(self.document.text, self.document.sentences[earlier].start):
                break
        return recent[-_MOST:]

    @cached_property
    def _dateline(self) -> list[PlaceMention]:
        """The place from which a text is sent, as its dateline says."""
        for order, begin in self.datelines.items():
            return self.mentions.within(self.document.sentences[order].start, begin)[:1]
        return []

    @cached_property
    def _called(self) -> dict[str, list[PlaceMention]]:
        """What kind of place → where the text names the first that it calls so somewhere, and last
        another, behind which there is no one such place."""
        kinds = list_called(self.document, self.mentions)
        named: dict[str, list[PlaceMention]] = {}
        several: set[str] = set()
        for place in self.mentions.within(0, len(self.document.text)) if kinds else []:
            for kind in kinds.get(place.key, set()) - several:
                named.setdefault(kind, []).append(place)
                if place.key != named[kind][0].key:
                    several.add(kind)
        return named

    def _find_called(self, order: int, noun: str) -> list[PlaceMention]:
        """The one place named before a sentence that the text calls a town or a village."""
        named, begin = self._called.get(noun, []), self.document.sentences[order].start
        last = bisect_left(named, begin, key=lambda place: place.start)
        if not last or named[last - 1].key != named[0].key:
            return []
        return [named[last - 1]]

    def _name_part(
        self, order: int, words: str, at: int, latest: list[PlaceMention]
    ) -> list[PlaceMention]:
        """The station or prison that fighters took, as a piece of the town that is named behind it
        ("the station in Kell") or was spoken of last."""
        end, lowered = at + len(words), self.document.lowered
        begin = self.document.sentences[order].start
        if not IS_PART.search(words) or not is_taken(self.document, begin, at, end):
            return []
        behind = [place for place in self.name_places(order) if place.start >= end]
        if behind and _LIES_IN.fullmatch(lowered, end, behind[0].start):
            return name_piece(words, behind[:1])
        if _ANY.match(words):
            return [PlaceMention(at, end, "", words, False)]
        town = self._resolve(order, "town", "the town", at, latest)
        if not town:
            return [PlaceMention(at, end, "", words, False)]
        return name_piece(words, town)
