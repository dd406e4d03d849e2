"""A sentence with placeholders for its places and dates, and for "the town", "both" or "it" that
stand for a place.

Sentences are asked for one by one, and most never: what a sentence needs of those before it is
looked up when needed.
"""

import re
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache

from helpers.extract.dates.search import DateSpans, Offsets
from helpers.extract.events.headings import (
    find_heading_name,
    find_label_name,
    may_be_heading,
)
from helpers.extract.events.lists import read_list
from helpers.extract.events.matching.pieces import leave_parts, leave_regions, name_piece
from helpers.extract.events.matching.prefilter import Prefilter
from helpers.extract.events.parties import names_fighters
from helpers.extract.places.gazetteer import PlaceMention, mention_place
from helpers.extract.places.geonames import name_countries
from helpers.extract.places.mentions import Mentions
from helpers.extract.places.names import FOLDED, fold_name
from helpers.extract.rules.load import load_patterns, load_toml
from helpers.extract.rules.needs import find_needs
from helpers.extract.rules.notation import expand_pattern
from helpers.extract.rules.territory import (
    DATE_FILL,
    DATE_SIGN,
    PARTS,
    PLACE_FILL,
    PLACE_SIGN,
    compile_territory,
)
from helpers.extract.text.datelines import find_datelines
from helpers.extract.text.document import Document

_NEAR = 3  # sentences back that "the town" may mean a place of
_MOST = 12  # places remembered
_MOST_DATES = 60  # in one sentence
_OF_COUNTRY = re.compile(r"['’]s [a-z][a-z -]{2,50} (?:at|in|of) [A-Z]")
_NEAR_WHICH = 90  # characters between a place and the "which" that means it
_BLANKS = re.compile(r"[^\S ]|[\"“”‘`_\[\]]")  # all that stands for a blank and is none
_QUOTES = re.compile(r"['’](?:(?<![\w\ue000\ue001\ue003]['’])|(?!\w))")
_CAPITAL = compile_territory(r"\bcapital( city)?,? (of \w+,? )?(?=[A-Z]\w+)")
_THE_CAPITAL = compile_territory(r"(the|that|this) (\w+(an|ese|ish|i) )?capital")
_WHOLE_PLACE = re.compile(r"stronghold|port|settlement")
_STANDS_FOR = (  # each kind of them with a group of its own
    r"""\b(?P<town>(the|that|this) (
(?!\w+(th|st|nd|rd)\b|latest|second|next|other|only|\w+est\b|capital\b)[\w-]+ ){0,2}
(city|town|village|capital|place|hamlet|island|islet|settlement
|stronghold|port|(district|town|city|mining) cent(re|er)|site|military camp|barangay|commune
|municipality|township|neighbou?rhood|suburb|enclave|locality))\b
(?!['’]| (of|called|named|in(?!~({date}|early|late|mid-)|~{region})|which
|that(?! (morning|afternoon|evening|night|day|week)\b)|where|itself of|authorities|council
|hall|cent\w+|police|people)\b|~,?~\ue000)""",
    r"""\b(?P<both>both( (towns|cities|villages|places|bases))?|the two (towns|cities|villages
|places|bases))\b(?= (of which )?(had|have|were|was|fell|are))""",
    r"""(?P<headed>the ([\w-]+ )?(capital|seat|administrative cent(re|er)) of (the )?([\w-]+ ){0,4}?
(\ue000\ue001*( (province|region|district|governorate|state|county))?|province|region|district
|governorate|state|county))\b""",
    r"""\b(?P<several>(((a|another|at least|more than|some|the|its|these) )?((string|series|number
|handful|cluster|host) of |{count} )(more |other |further )?{attribute}{0,2}?|(the|these|its|their
|other|more) ({modifier} ){0,2})?(towns|cities|villages|places|districts|positions|bases
|settlements|hamlets|provinces|localities|capitals|garrisons|strongholds|cent(re|er)s|seats|camps
|ports|airports|posts|headquarters|outposts))\b(?! of\b)""",
    r"""({take}( back)?|{enter_verb}|{abandon_verb}|into|out of
|(withdr[ae]w\w*|retreated|back|away) from|(won|claw(ed|s))(?= it back\b))\s+
(?P<it>it)\b""",
    r"""(?P<piece>(the ((town|city|village)['’]s )?|that |this |its )
((?!\w+(th|st|nd|rd)\b|second|next|other|only)[\w-]+ )?
(airport|airfield|airstrip|airbase|air base|base|citadel|(military|army) camp
|(camp|garrison)(?= there\b)))\b
(?!['’]| (of|at|near|called|named|is ours|in(?!~({date}|early|late|mid-))|where|authorities|staff
|workers?|road)\b|~,?~\ue000)""",
    r"""\b(?P<part>(the|an?|its|their) ((?!({opening})\b)[\w-]+ ){0,2}?(stations?|hall|posts?
|camp|base|barracks|headquarters|airbase|airport|airfield|airstrip|market|prison|jail|hospital|school|university
|bridge|refinery|palace|stadium|cathedral|monastery|factory|courthouse|parliament|terminal))\b
(?!['’]| (of|near|called|named|where|authorities|staff|workers?|road|in (?!(the )?({modifier} ){0,3}
((town|city|village|port|district) of )?(the )?\ue000))\b|~,?~\ue000)""",
    r"""(flags?|banners?|colou?rs) (over|above|on|at)\s+(?P<seat>(the|its) {seat})\b
(?! (in|of|at)\b)""",
    r"""(?P<its>its (\w+ )?(outskirts|suburbs|edges?|terminal|runway))\b""",
    r"""\b(?P<that>it|that) (?=(has|had)?~({adverb} )?(fell|fallen|capitulated|surrendered
|changed hands)\b|(was|has been|had been|is) ({adverb} )?({taken}\b|handed over))""",
    r"""(?P<which>which|that)(?= (({adverb} ){0,2}(fell|had fallen|capitulated|changed hands
|surrendered)|(was|were|had been|has been) ({adverb} ){0,2}({taken}\b|handed over
|overrun)))""",
)


@cache
def _compile_anaphors(kinds: tuple[int, ...]) -> re.Pattern[str]:
    """One pattern for some of the kinds."""
    return compile_territory("|".join(_STANDS_FOR[kind] for kind in kinds))


_LISTS = compile_territory(
    r"""[^.;:()]{0,80}?(:| [-–—]+|,? (including|among (them|these)( (is|are|was|were))?|such as
    |namely|notably|chief among them),?)\s+(?={site}?{modifier}?~{place}|{date})"""
)
_ARE = compile_territory(
    r"""[\W_]*(they|these|those|the (two|three|four|five|six|seven|eight|nine|ten)) (are|were
    |include|included)(?= )"""
)
_COUNTED = compile_territory(r"\b{count}\b")
_ANAPHORS = Prefilter(find_needs(expand_pattern(kind, PARTS)) for kind in _STANDS_FOR)
_FIGHTERS = compile_territory(
    r""" (fighters?|forces?|rebels?|troops?|militants?|insurgents?|soldiers?|commanders?
    |guerrillas?|gunmen|movement|leaders?|spokes\w+|officials?|government)\b
    | (town|city|village|port|district)s? of\b"""
)


# "fighters from | Kell", "the defence ministry in | Kell"
_WHOSE = re.compile(
    r"\b(?:(?:fighters|forces|militia\w*|brigades?|troops|units|gunmen|rebels)"
    r" from(?: the (?:town|city|village) of)?"
    r"|(?:ministry|spokes\w+|headquarters|presidency|government|command) in) $"
)


_TAKES = compile_territory(r"\b({take}( (back|over))?|{enter_verb}|storm(ed|s|ing)?( into)?) $")
_IS_PART = compile_territory(r"\b({part})$")
_LIES_IN = re.compile(
    r" (?:in|at) (?:the )?(?:[\w-]+ ){0,3}?(?:(?:town|city|village|port|district) of )?(?:the )?"
)
_SPEAKS = load_patterns("where.toml", **PARTS)["speaks"]


class Placeholders:
    """One text and what its sentences name."""

    def __init__(self, document: Document, dates: DateSpans, mentions: Mentions):
        self.document, self.dates, self.mentions = document, dates, mentions
        self._named: dict[int, list[PlaceMention]] = {}
        self._countries: dict[int, list[PlaceMention]] = {}
        self._standing: dict[int, bool] = {}

    @cached_property
    def datelines(self) -> dict[int, int]:
        """Sentence → where its news begins, behind place and date of writing."""
        return find_datelines(self.document)

    @cached_property
    def _capital(self) -> list[PlaceMention]:
        """The place that the text calls the capital, if any."""
        match = _CAPITAL.search(self.document.text)
        found = self.mentions.within(match.end(), match.end() + 1) if match else []
        return found[:1] if match and found and found[0].start == match.end() else []

    def begin(self, order: int) -> int:
        """Where a sentence begins behind its dateline."""
        return self.datelines.get(order, self.document.sentences[order].start)

    def _may_stand_for(self, order: int) -> bool:
        """Whether a sentence may hold a word that stands for a place."""
        if order not in self._standing:
            self._standing[order] = bool(_ANAPHORS.choose(self.document, order, list))
        return self._standing[order]

    def list_possible(self, order: int) -> Iterable[int]:
        """The indexes of the words of a sentence at which a place may begin, named or not."""
        words, (start, end, _, _) = self.document.list_words(order), self.document.sentences[order]
        if self._may_stand_for(order) or self.mentions.lists_capitals(start, end):
            return range(len(words))
        opens = self.mentions.gazetteer.opens
        return [index for index, word in enumerate(words) if opens[word]]

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
        for match in self._find_anaphors(order, marked) if has_anaphor else ():
            group = match.lastgroup or ""
            start, end = match.span(group)
            if group == "several":
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

    def _find_anaphors(self, order: int, marked: str) -> list[re.Match[str]]:
        """The words of a sentence that stand for a place, read only as what they may be."""
        words = self.document.list_words(order)
        kinds = _ANAPHORS.choose(self.document, order, lambda: range(len(words)))
        return list(_compile_anaphors(tuple(sorted(kinds))).finditer(marked))

    def mark(self, order: int) -> tuple[str, dict[int, list[PlaceMention]]]:
        """The same with placeholders for names and dates only."""
        begin, places = self.begin(order), self.name_places(order)
        end = self.document.sentences[order].end
        plain = _BLANKS.sub(" ", self.document.lowered[begin:end])
        letters = list(plain)
        for first, last in self.list_dates(order):
            _cover(letters, first - begin, last - begin, DATE_SIGN, DATE_FILL)
        for place in places + self._countries[order]:
            _cover(letters, place.start - begin, place.end - begin, PLACE_SIGN, PLACE_FILL)
        meant = {place.start - begin: [place] for place in places}
        return _QUOTES.sub(" ", "".join(letters)), meant

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
            return self._name_part(order, words, at)
        if kind == "headed":
            above = order - 1
            return self.name_places(above)[:1] if order and self.is_heading(above) else []
        if kind == "which":
            return before[-1:] if before and at - before[-1].end < _NEAR_WHICH else []
        if kind == "town" and _THE_CAPITAL.fullmatch(words):
            return self._capital
        recent = [
            place
            for earlier in range(max(0, order - _NEAR), order)
            for place in self.name_places(earlier)
        ][-_MOST:]
        if kind == "both":
            pool = before if len(before) > 1 else recent + before
            several = list({place.key: place for place in pool[-3:]}.values())
            return several[-2:] if len(pool) > 1 else []
        before = [place for place in before if not self._only_tells_whose(place)]
        recent = [place for place in recent if not self._only_tells_whose(place)]
        if kind in ("town", "piece", "seat"):
            towns = leave_regions(before), leave_regions(recent)
            before, recent = towns if any(towns) else (before, recent)
        if kind == "piece":
            return name_piece(words.split()[-1], before or [*recent, *latest])
        if kind == "town" and not _WHOLE_PLACE.search(words):
            before, recent = leave_parts(before), leave_parts(recent)
        if before:
            return before[-1:]
        if latest and (words.startswith("the same ") or kind == "seat" and not recent):
            return latest[-1:]
        if kind in ("it", "its", "that") and not self._is_spoken_of(order - 1):
            return []
        again = [place for place in latest if any(place.key == other.key for other in recent)]
        return (again or recent[-1:])[-1:]

    def _name_part(self, order: int, words: str, at: int) -> list[PlaceMention]:
        """The station or prison that fighters took, as a piece of the town that is named behind it
        ("the station in Kell") or was spoken of last."""
        end, lowered = at + len(words), self.document.lowered
        begin = self.document.sentences[order].start
        if not _TAKES.search(lowered, max(begin, at - 40), at) or not _IS_PART.search(words):
            return []
        if not names_fighters(self.document, begin, at):
            return []
        behind = [place for place in self.name_places(order) if place.start >= end]
        if behind and _LIES_IN.fullmatch(lowered, end, behind[0].start):
            return name_piece(words, behind[:1])
        return name_piece(words, self._resolve(order, "town", "the town", at, []))


@lru_cache(maxsize=1)
def _list_countries() -> frozenset[str]:
    """The folded names of all countries, with those that GeoNames writes otherwise."""
    names = [*name_countries(), *load_toml("territory.toml")["countries_too"]]
    return frozenset(map(fold_name, names))


def names_country(place: PlaceMention) -> bool:
    """Whether a place is a country."""
    return FOLDED[place.words] in _list_countries()


def _cover(letters: list[str], start: int, end: int, sign: str, fill: str) -> None:
    """Puts a placeholder in the place of letters."""
    letters[start:end] = [sign] + [fill] * (end - start - 1)
