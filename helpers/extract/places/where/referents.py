"""The places that words without a name mean: "there", "the town", "both cities", "the camp",
"here". The patterns are in where.toml."""

import re

from helpers.extract.places.gazetteer import Gazetteer, PlaceMention
from helpers.extract.places.mentions import Mentions
from helpers.extract.places.where.around import FAR_BACK, Around
from helpers.extract.places.where.candidates import (
    BEFORE,
    LOCATES,
    ROLE,
    SPEAKER,
    WRITTEN,
    Candidate,
    Candidates,
)
from helpers.extract.places.where.story import Story
from helpers.extract.rules.load import load_patterns
from helpers.extract.rules.territory import PARTS
from helpers.extract.text.document import ARTICLE, Document

_PATTERNS = load_patterns("where.toml", **PARTS)
_WHOLES = frozenset({"city", "town"})
_QUARTER = re.compile(r" (?:district|quarter|neighbou?rhood|suburb|ward)\b")
_BACK = 3  # sentences back of a paragraph that may name the place of a figure
_WRITES = re.compile(r"\b(?:writes|wrote|writing|reports|reporting|reported) (?:to us )?from $")


class Referents:
    """The places that such words of one text mean."""

    def __init__(
        self,
        document: Document,
        mentions: Mentions,
        candidates: Candidates,
        story: Story,
        around: Around,
    ):
        self.document, self.mentions, self.candidates = document, mentions, candidates
        self.gazetteer: Gazetteer = mentions.gazetteer
        self._story, self._around = story, around

    def find(self, order: int, start: int, end: int, is_moved: bool) -> list[PlaceMention]:
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
                kind = match.lastgroup or ""
                meant = self._find_referent(order, match.start(), kind, match[kind], is_moved)
            if meant:
                return meant
        return []

    def find_before(self, order: int) -> list[PlaceMention]:
        """The town that "the town" means in the sentences of the paragraph before one that names no
        place, as long as they name none of their own: "They took | the town | on Friday. A mine
        killed six."."""
        sentences, lowered = self.document.sentences, self.document.lowered
        sentence = sentences[order]
        if self._around.is_of_more(lowered[sentence.start : sentence.end]):
            return []
        for earlier in range(order - 1, max(-1, order - 1 - _BACK), -1):
            other = sentences[earlier]
            if other.paragraph != sentence.paragraph:
                return []
            named = [one for one in self.candidates.find(earlier, None) if one.cost < SPEAKER]
            if not all(one.is_destination for one in named):
                return []
            for match in _PATTERNS["meant"].finditer(lowered, other.start, other.end):
                if match.lastgroup == "town":
                    return self._find_referent(earlier, match.start(), "town", match["town"], True)
            if named:
                return []
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
        named = re.compile(rf" (?:[\w-]+ ){{0,3}}{noun}\b")
        for earlier in range(order, max(-1, order - 1 - ARTICLE), -1):
            sentence = self.document.sentences[earlier]
            places = self.mentions.within(sentence.start, min(sentence.end, match.start()))
            for place in reversed(places):
                words = lowered[place.start : place.end]
                if words.endswith(f" {noun}") or named.match(lowered, place.end):
                    return [place]
        return []

    def _find_referent(
        self, order: int, at: int, kind: str, noun: str, is_moved: bool
    ) -> list[PlaceMention]:
        """The places of such a kind, called by such a noun, that are named last before an offset:
        in its sentence, or the few before it."""
        ranks, lowered = self.gazetteer.ranks, self.document.lowered
        if kind == "there":
            own = [
                one
                for one in self.candidates.find(order, None)
                if one.place.end <= at and one.cost < ROLE and self.candidates.is_located(one.place)
            ]
            return [own[-1].place] if own else self._find_only(order, at)
        if kind == "division" and (main := self._find_main_division(order, at)):
            return main
        if kind == "town" and (written := self._find_reported(order, at)):
            return [written]
        back = ARTICLE if kind in ("capital", "division") else FAR_BACK
        for earlier in range(order, max(-1, order - 1 - back), -1):
            found = [
                place
                for place in self.candidates.find(earlier, None)
                if place.place.end <= at and self._is_of_kind(place.place, kind, noun)
                if noun not in _WHOLES or not _QUARTER.match(lowered, place.place.end)
            ]
            if kind == "town" and earlier < order:
                if noun == "camp":
                    found = self._leave_home(earlier, found)
                found = [place for place in found if place.cost % WRITTEN < SPEAKER]
                found = self._leave_called(order, earlier, found, noun)
                found = found if is_moved else self._leave_refuges(found)
            if kind == "capital":
                found = [place for place in found if ranks.get(place.place.key) == "capital"]
            rows = (self.candidates.join(place, found) for place in found) if kind == "both" else ()
            if pair := next((row for row in rows if len(row) == 2), None):
                return pair
            if found and kind != "both":
                least = min(place.cost for place in found)
                return [place.place for place in found if place.cost == least][-1:]
        if kind == "town":
            return self._story.find_called(noun) or self._story.find_first(noun)
        if kind == "capital":
            return self._story.home_capital
        return self._find_headed(order) if kind == "division" else []

    def _leave_refuges(self, found: list[Candidate]) -> list[Candidate]:
        """Places without those to which others fled, where nobody was hurt."""
        return [one for one in found if not self._around.is_refuge(one)] or found

    def _leave_home(self, order: int, found: list[Candidate]) -> list[Candidate]:
        """The places of a sentence without those from which people came to the camp told of."""
        sentence = self.document.sentences[order]
        if self.document.lowered.find(" arriv", sentence.start, sentence.end) < 0:
            return found
        return [one for one in found if not one.is_origin]

    def _leave_called(
        self, order: int, earlier: int, found: list[Candidate], noun: str
    ) -> list[Candidate]:
        """The places of an earlier sentence that "the town" can mean: none that the text calls a
        village; in another paragraph, where it tells of one as of a town, only that."""
        sentences = self.document.sentences
        found = [one for one in found if self._story.is_called(one.place, noun) is not False]
        called = [one for one in found if self._story.is_called(one.place, noun)]
        is_apart = sentences[earlier].paragraph != sentences[order].paragraph
        is_apart = is_apart or noun == "camp"
        if called or is_apart and self._story.find_called(noun):
            return called
        return self._around.leave_asides(earlier, found)

    def _find_reported(self, order: int, at: int) -> PlaceMention | None:
        """The town from which a correspondent tells what a paragraph says: "writes from | Kell"."""
        lowered = self.document.lowered
        begin = self.document.sentences[self.document.find_paragraph(order)[0]].start
        colon = lowered.find(": ", begin, at)
        if colon < 0 or " from " not in lowered[begin:colon]:
            return None
        named = self.mentions.within(begin, colon)
        if not named or named[-1].end != colon:
            return None
        return named[-1] if _WRITES.search(lowered[begin : named[-1].start]) else None

    def _find_main_division(self, order: int, at: int) -> list[PlaceMention]:
        """The one province that the headline names, where the paragraph and the heading above name
        none, for "the state"."""
        sentences, first = self.document.sentences, self.document.find_paragraph(order)[0]
        if first and sentences[first - 1].is_heading:
            first -= 1
        if not first or not sentences[0].is_heading:
            return []
        near = self.mentions.within(sentences[first].start, at)
        if any(self._is_of_kind(place, "division") for place in near):
            return []
        named = self.mentions.within(0, sentences[0].end)
        main = {one.key: one for one in named if self._is_of_kind(one, "division")}
        if len(main) != 1:
            return []
        [only] = main.values()
        begin = sentences[max(0, order - ARTICLE)].start
        again = self.mentions.within(begin, at)  # by the fuller name that the text gives it
        same = [
            one for one in again if one.key == only.key or one.known and one.known == only.known
        ]
        return (same or [only])[-1:]

    def _find_headed(self, order: int) -> list[PlaceMention]:
        """The one place that the heading above a sentence names: "MARIB", for "the governorate"."""
        for earlier in range(order - 1, max(-1, order - 1 - ARTICLE), -1):
            if self.document.sentences[earlier].is_heading:
                named = {one.place.key: one.place for one in self.candidates.find(earlier, None)}
                return list(named.values()) if len(named) == 1 else []
        return []

    def _find_only(self, order: int, at: int) -> list[PlaceMention]:
        """The one place that a sentence names before "there", else that of the sentences before."""
        own = [one for one in self.candidates.find(order, None) if one.place.end <= at]
        if len({one.place.key for one in own}) != 1:
            return self._around.look(order, at)
        is_told_of = _PATTERNS["told_of"].match(self.document.lowered, own[-1].place.end)
        if own[-1].place.resolved or is_told_of or own[-1].cost < LOCATES:
            return [own[-1].place]
        return self._around.look(order, at)

    def _is_of_kind(self, place: PlaceMention, kind: str, noun: str = "") -> bool:
        """Whether a place can be what a word of such a kind means: "the province", "the town"."""
        is_large = self.candidates.is_large(place)
        if kind == "division":
            return is_large and self.gazetteer.ranks.get(place.key) != "country"
        called = _PATTERNS["called"].match(self.document.lowered, place.end)
        if kind == "town" and called:
            return called[0].strip() == noun  # "in Djugu | territory" is no town
        return not (kind in ("town", "capital") and is_large)
