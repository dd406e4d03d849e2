"""Places in a text: names that a gazetteer knows, and names that stand where only a place can
stand.

The corpus's own places come first, then GeoNames (`gazetteer`). What neither knows but the words
around it show to be a place ("captured Kell", "the town of Mira", "Ost fell") is listed for a
person, without coordinates. A name is judged only when somebody asks for the places of its
sentence, and then with all that bears on it elsewhere.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from operator import itemgetter

from helpers.extract.places.context import has_regime
from helpers.extract.places.gazetteer import (
    Gazetteer,
    PlaceMention,
    is_governorate,
    mention_division,
    mention_place,
    mention_within,
)
from helpers.extract.places.geonames import City
from helpers.extract.places.judge import Judge
from helpers.extract.places.names import (
    KEYS,
    NO_NAMES,
    ORGANISATIONS,
    TITLES,
    fold_name,
    key_name,
    may_be_in_capitals,
)
from helpers.extract.places.namesakes import is_abroad, is_famous, is_namesake
from helpers.extract.places.spans import (
    LIST_ENDS,
    LISTS_ON,
    NameSpan,
    begins,
    drop_adverbs,
    is_list,
    read_spans,
)
from helpers.extract.rules.load import load_toml
from helpers.extract.rules.notation import compile_pattern
from helpers.extract.text.document import Document

_DIVISION, _SHARED_DIVISION, _LIES_IN = (
    compile_pattern(load_toml("where.toml")["names"][name].strip("\n"))
    for name in ("division", "shared_division", "lies_in")
)
# "the Jordan | Valley": the land has no point in the gazetteer, and is not the place of its name
_NATURAL = re.compile(
    r" (?i:valley|plains?|mountains|highlands|lowlands|peninsula|delta|basin|forest|desert|plateau"
    r"|marshes|gorge|canyon|archipelago|steppe)\b"
)
_UNIT = re.compile(r" (?:township|district|territory|county|commune|municipality)\b")
_HALF = re.compile(r"(?:North|South|East|West|Northern|Southern|Eastern|Western) (?=[A-Z])")
_HALVES = re.compile(r"\b((?:North|South|East|West)(?:ern)?) and $")
_PLURAL = ("s", "counties")
_ODD = re.compile("[^\x00-\x7f“”‘’–—…€£•\xa0]")
_LONG = 20_000  # characters; in a longer text all names are read at once: a look costs its length
_start, _end = itemgetter(0), itemgetter(1)


def find_places(document: Document, gazetteer: Gazetteer) -> list[PlaceMention]:
    """The places a text names, in reading order, none inside another. Linear in the length of the
    text."""
    return Mentions(document, gazetteer).within(0, len(document.text))


class Mentions:
    """The places of one text, found when they are asked for."""

    def __init__(self, document: Document, gazetteer: Gazetteer):
        self.document, self.gazetteer = document, gazetteer
        self.text, self.lowered = document.text, document.lowered
        self._judge = Judge(document, gazetteer, self._is_namesake)
        self._has_person: dict[str, bool] = {}  # last word → whether a person bears it somewhere
        self._has_place: dict[str, bool] = {}  # name → whether it is a place somewhere
        self._abroad: dict[str, PlaceMention] = {}  # key → the place of this name abroad it means
        self._asks_all = False  # whether a name asked for the rest of the text
        self._persons: dict[int, bool] = {}  # span → whether it is a person
        # Start and end of a paragraph → known places, spans.
        self._paragraphs: dict[tuple[int, int], tuple[list[PlaceMention], list[NameSpan]]] = {}

    def within(self, start: int, end: int) -> list[PlaceMention]:
        """The places that begin between two offsets, in reading order."""
        words = self.document.find_words(start, end)
        may_open = map(
            self.gazetteer.opens.__getitem__, self.document.words[words.start : words.stop]
        )
        if not any(may_open) and not self.lists_capitals(start, end):
            return []
        if (near := self._read_near(start, end)) is not None:
            return near
        first = bisect_left(self.spans, start, key=_start)
        orders = range(first, bisect_left(self.spans, end, first, key=_start))
        names = {self.spans[order].name for order in orders}
        self._judge_names(names - self._has_place.keys())
        places = [
            self.spans[order]
            for order in orders
            if self._has_place[self.spans[order].name] and not self._is_person(order)
        ]
        return self._mention(start, end, self._all[0], places)

    def _mention(
        self, start: int, end: int, known: list[PlaceMention], spans: list[NameSpan]
    ) -> list[PlaceMention]:
        """These spans as places, with the known ones between two offsets."""
        found = [mention_place(self.text, span.start, span.end, self.gazetteer) for span in spans]
        home = self.gazetteer.home
        if any(is_abroad(place.known, home) for place in found):
            found = [self._leave_open(place) for place in found]
        known = known[bisect_left(known, start, key=_start) : bisect_left(known, end, key=_start)]
        return self._join(sorted(found + known, key=_start) if known else found)

    def _leave_open(self, place: PlaceMention) -> PlaceMention:
        """A place without the city far abroad that only bears its name."""
        if place.known is None or not self._is_namesake(place.known):
            return place
        nation = {"name": place.words, "countrycode": self._homes[0]["countrycode"]}
        known = nation | {"kind": "unknown"}
        return place._replace(key=key_name(place.words), resolved=False, known=known)

    @cached_property
    def _homes(self) -> list[City]:
        """The places that the text names in the countries the corpus is about."""
        named = map(self.gazetteer.cities.get, {span.name: None for span in self.spans})
        found = [one for one in named if one and one["countrycode"] in self.gazetteer.home]
        return [one for one in found if one.get("kind") != "country"]

    def _is_namesake(self, city: City) -> bool:
        """Whether a name of this text can hardly mean this city abroad."""
        if not is_abroad(city, self.gazetteer.home) or is_famous(city):
            return False
        return is_namesake(city, self._homes, self.text)

    def _join(self, places: list[PlaceMention]) -> list[PlaceMention]:
        """Places with what stands behind them and says which they are: "Kell | province", and, as
        one place, "Kell, | Velmar" and "Kell in northern | Velmar"."""
        joined: list[PlaceMention] = []
        for place in places:
            if place.known and (match := _DIVISION.match(self.text, place.end)):
                end = place.end if match["kind"].endswith(_PLURAL) else match.end()
                place = mention_division(place, end, self.text, self.gazetteer)
            elif place.known and self._shares_division(place):
                place = mention_division(place, place.end, self.text, self.gazetteer)
            if place.key in self._abroad and place.known:
                place = place._replace(
                    key=self._abroad[place.key].key, known=self._abroad[place.key].known
                )
            if match := _NATURAL.match(self.text, place.end):
                words = self.text[place.start : match.end()]
                place = PlaceMention(place.start, match.end(), KEYS[words], words, False)
            if half := self._find_half(place):
                joined.append(half)
            last = joined[-1] if joined else None
            if last and self._is_under(last, place):
                joined[-1] = last._replace(end=place.end)
            elif last and self._lies_in(last, place):
                whole = mention_within(last, place, self.gazetteer)
                if unit := _DIVISION.match(self.text, place.end):  # "Kell, in Mira | state |"
                    whole = whole._replace(end=unit.end())
                if whole.key != last.key:
                    self._abroad[last.key] = whole
                joined[-1] = whole
            else:
                joined.append(place)
        return joined

    def _find_half(self, place: PlaceMention) -> PlaceMention | None:
        """The other land of a pair that shares its name: "| North | and South Kell"."""
        own = _HALF.match(place.words)
        pair = own and _HALVES.search(self.text, max(0, place.start - 12), place.start)
        if not own or not pair:
            return None
        words = f"{pair[1]} {place.words[own.end() :]}"
        known = self.gazetteer.cities.get(fold_name(words))
        if known is None:
            return None
        return PlaceMention(pair.start(), pair.end(1), key_name(known["name"]), words, True, known)

    def _shares_division(self, place: PlaceMention) -> bool:
        """Whether a place shares the word "provinces" with those listed behind it: "Kell | and Mira
        provinces"."""
        return bool(_SHARED_DIVISION.match(self.text, place.end, place.end + 90))

    def _is_under(self, place: PlaceMention, other: PlaceMention) -> bool:
        """Whether a village is named with what it is administered under: "Kell | village of Mira |
        township"."""
        between = self.text[place.end : other.start]
        return between in (" village of ", " ward of ") and bool(_UNIT.match(self.text, other.end))

    def _lies_in(self, place: PlaceMention, other: PlaceMention) -> bool:
        """Whether the second of two places is the country or province that the first lies in."""
        ranks = self.gazetteer.ranks
        is_country = ranks.get(other.key) == "country"
        is_division = is_governorate(other)
        if not (is_country or is_division) or ranks.get(place.key) == "country":
            return False
        if is_division and is_governorate(place):
            return False
        if self.text[other.end : other.end + 2] in ("'s", "’s"):
            return False
        return bool(_LIES_IN.fullmatch(self.text, place.end, other.start))

    def lists_capitals(self, start: int, end: int) -> bool:
        """Whether a line that may be all in capitals reaches between two offsets: there every word
        may be a name."""
        line = bisect_right(self._capitals, start, key=_end)
        return line < len(self._capitals) and self._capitals[line][0] < end

    @cached_property
    def _capitals(self) -> list[tuple[int, int]]:
        """The lines that may be all in capitals: there every word must be read."""
        found, at = [], 0
        for line in self.text.split("\n"):
            if may_be_in_capitals(line):
                found.append((at, at + len(line)))
            at += len(line) + 1
        return found

    @cached_property
    def _all(self) -> tuple[list[PlaceMention], list[NameSpan]]:
        """(places that a table or, in capitals, GeoNames tells without judging; spans) of the whole
        text."""
        if self._capitals:
            return read_spans(self.document, self.gazetteer, 0, len(self.text), True)
        known: list[PlaceMention] = []
        spans: list[NameSpan] = []
        first = 0
        for paragraph in self.text.split("\n\n"):  # no name goes over a blank line
            last = first + len(paragraph)
            met, found = self._read_paragraph(first, last)
            known += met
            spans += found
            first = last + 2
        return known, spans

    def _read_paragraph(self, start: int, end: int) -> tuple[list[PlaceMention], list[NameSpan]]:
        """(known places, spans) of a paragraph without a line in capitals."""
        if (start, end) not in self._paragraphs:
            read = read_spans(self.document, self.gazetteer, start, end, False)
            self._paragraphs[start, end] = read
        return self._paragraphs[start, end]

    @cached_property
    def spans(self) -> list[NameSpan]:
        """The names of the whole text that are to be judged, in reading order."""
        return drop_adverbs(self.text, self._all[1])

    # --- without the rest of the text: a name that stands nowhere else is judged where it stands

    @cached_property
    def _letters(self) -> str:
        """The text in lower case without apostrophes: in it every name that folds to the same has
        the same letters. "" where that cannot be said."""
        text = self.text
        if self._capitals or len(text) > _LONG or not text.isascii() and _ODD.search(text):
            return ""
        return self.lowered.replace("'", "").replace("’", "").replace("‘", "").replace("`", "")

    def _read_near(self, start: int, end: int) -> list[PlaceMention] | None:
        """The places between two offsets, if the words of their paragraph are enough to tell."""
        if self._asks_all or not self._letters:
            return None
        first, last = self.text.rfind("\n\n", 0, start) + 2, self.text.find("\n\n", end)
        first, last = first if first > 1 else 0, last if last >= 0 else len(self.text)
        known, spans = self._read_paragraph(first, last)
        spans = drop_adverbs(self.text, spans)
        places = []
        at = bisect_left(spans, start, key=_start)
        for order in range(at, bisect_left(spans, end, at, key=_start)):
            judged = self._judge_near(spans[order], spans[order - 1] if order else None)
            if judged is None:
                self._asks_all = True  # and once all are judged, no look is shorter
                return None
            if judged:
                places.append(spans[order])
        return self._mention(start, end, known, places)

    def _judge_near(self, span: NameSpan, before: NameSpan | None) -> bool | None:
        """Whether a span is a place; None if the rest of the text has a say: the name again, or a
        list with others."""
        if self._judge.is_person(span):
            return False
        is_known = span.name in self.gazetteer.cities
        if is_known and self._judge.is_place(span):
            return True
        if self._letters.count(span.tokens[-1].folded.split()[-1]) != 1:
            return None
        if not is_known and has_regime(self.lowered, span.tokens[-1].end):
            return False
        if not is_known and self._judge.is_place(span):
            return True
        if LISTS_ON.match(self.text, span.end):
            return None
        if before:
            return None if is_list(self.text, before, span) else False
        ahead = self.text[max(0, span.start - 60) : span.start].rstrip()
        return None if ahead.endswith(LIST_ENDS) else False

    # --- with the rest of the text

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        """Name → the spans that bear it."""
        found: dict[str, list[int]] = {}
        for order, span in enumerate(self.spans):
            found.setdefault(span.name, []).append(order)
        return found

    @cached_property
    def _by_last(self) -> dict[str, list[NameSpan]]:
        """Last word → the spans that end with it."""
        found: dict[str, list[NameSpan]] = {}
        for span in self._all[1]:
            found.setdefault(span.tokens[-1].folded, []).append(span)
        return found

    def _is_person(self, order: int) -> bool:
        """Whether a span is a person, by its own words or those around another of the same last
        name."""
        if order not in self._persons:
            span = self.spans[order]
            self._persons[order] = self._judge.is_person(span) or (
                self._is_last_name(span.tokens[-1].folded)
                and span.name not in self.gazetteer.cities
            )
        return self._persons[order]

    def _is_last_name(self, last: str) -> bool:
        """Whether a span with this last word is a person anywhere in the text."""
        if last not in self._has_person:
            self._has_person[last] = any(
                has_regime(self.lowered, span.tokens[-1].end) or self._judge.is_person(span)
                for span in self._by_last[last]
            )
        return self._has_person[last]

    def _judge_names(self, names: set[str]) -> None:
        """Judges names, with those that stand in a list with them: "Kell, Mira and Ost fell". From
        both ends, one pass each."""
        links: set[int] = set()  # first of two spans of a list
        open_names, names = names, set()
        while open_names:
            name = open_names.pop()
            names.add(name)
            for order in self._by_name[name]:
                for first in (order - 1, order):
                    if first not in links and self._is_linked(first):
                        links.add(first)
                        open_names |= {span.name for span in self.spans[first : first + 2]} - names
        for name in names:
            self._has_place[name] = any(
                not self._is_person(order) and self._judge.is_place(self.spans[order])
                for order in self._by_name[name]
            )
        for first in sorted(links):
            self._pass_on(first, first, first + 1)
        for first in sorted(links, reverse=True):
            self._pass_on(first, first + 1, first)

    def _is_linked(self, first: int) -> bool:
        """Whether a span and the next stand in a list."""
        if not 0 <= first < len(self.spans) - 1:
            return False
        return is_list(self.text, self.spans[first], self.spans[first + 1])

    def _is_abbreviation(self, span: NameSpan) -> bool:
        """Whether a span is written as the short name of a body is: "Kell, | FPRC | men"."""
        words = self.text[span.start : span.end]
        return words.isupper() and words.isalpha() and not self.lists_capitals(span.start, span.end)

    def _pass_on(self, first: int, one: int, other: int) -> None:
        """In a list, the other of two names is a place too, if the one is."""
        name, before = self.spans[other].name, self.spans[first]
        if (
            self._has_place[self.spans[one].name]
            and not self._has_place[name]
            and not self._is_person(other)
            and name not in NO_NAMES
            and not any(word in ORGANISATIONS or word in TITLES for word in name.split())
            and not (self.text[before.end] == "," and begins(self.text, before.start))
            and not self._is_abbreviation(self.spans[other])
        ):
            self._has_place[name] = True
