"""Whether a name of a text is a place or a person, by itself and the words around it: a span is
judged where it stands. The patterns are in names.toml."""

import re
from collections import Counter
from collections.abc import Callable
from functools import cached_property

from helpers.extract.places.context import acts, is_person, is_place
from helpers.extract.places.gazetteer import (
    Gazetteer,
)
from helpers.extract.places.geonames import City
from helpers.extract.places.names import (
    AREAS,
    COMMON_WORDS,
    NO_NAMES,
    ORGANISATIONS,
    TITLES,
    NameToken,
    fold_name,
)
from helpers.extract.places.spans import (
    NameSpan,
    begins,
)
from helpers.extract.text.document import Document
from helpers.extract.text.signs import add_sign

_ADJECTIVE = re.compile(r"(?:ian|ans|landers|ese|ish|ists?|ites|eans?)$")
# "the Velmaran | army", not "took Velmaran | on Sunday"
_WHOSE = re.compile(
    r"\s+(?!(?:in|on|at|by|to|from|of|for|with|since|after|before|when|while|as|that|but|was|were"
    r"|is|are|has|had|and|or|where|who|which|late|early|last|this|over|overnight|yesterday"
    r"|today)\b)\w"
)
_COMPOUND = re.compile(r"-(?:[a-z]+ed|led|held|run)\b")  # "RSF-affiliated media"
_PEOPLE = re.compile(r"(?:iens|ans|ns|is|ien|an|n|i|ese|ish)$")
_NOUN = re.compile(r"(?:ment|tion|sion|ness|ance|ence|ship|ism|ers|ors|ing|ed|ly|ity|ic)$")
_CAPITALISED = re.compile(r"(?: [A-Z][\w'’]+){1,4}")
_LABEL = re.compile(r"^([A-Z][A-Z'’-]+)(?: [A-Z.'’-]+){0,3}: ", re.MULTILINE)
_FIGHTERS = re.compile(
    r"(?:rebels?|movement|militia|insurgents?|fighters|forces|militants|gang|gunmen)\b"
)
_FIGHTS = add_sign(_FIGHTERS.match, lowers=True)
_ENDS_WORD = re.compile(r"[\w'’-]+$")
_BODY = re.compile(r"([A-Z]\w+) for (?:the )?$")
# "the Coalition of | Patriots", "Help Across | Frontiers"
_UNION = re.compile(
    r"\b(?:Coalition|Front|Movement|Alliance|Union|Party|League|Congress) of (?:the )?"
    r"(?:[A-Z]\w+ for (?:the )?)?$|\b[A-Z]\w+ (?:Without|Beyond|Across) $"
)
_RUN_IN = re.compile(r"(?:^|\n)([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)\. (?=[A-Z])")
_WATERS = frozenset("sea ocean river lake gulf strait canal".split())
_LONG_NAME, _SOME_SIZE = 5, 5_000  # letters; inhabitants


def _is_run_in(text: str, start: int, end: int) -> bool:
    """Whether a name is all that a paragraph opens with: "Kell. A drone killed three."."""
    return text[end : end + 2] == ". " and (not start or text[start - 1] == "\n")


class Judge:
    """What the names of one text are. `is_namesake`: whether a name here can hardly mean a city
    abroad."""

    def __init__(
        self, document: Document, gazetteer: Gazetteer, is_namesake: Callable[[City], bool]
    ):
        self.document, self.gazetteer = document, gazetteer
        self.text, self.lowered = document.text, document.lowered
        self._is_namesake = is_namesake

    def is_place(self, span: NameSpan) -> bool:
        """Whether a span, if no person, is a place by itself: known, or by the words around it."""
        start, end, name, tokens = span
        alone = len(tokens) == 1
        if self._opens_body(span):
            return False
        if name in AREAS:
            return True
        if name in self.gazetteer.cities:
            opens = begins(self.text, start) and not self._is_trusted(name)
            is_common = opens or tokens[0].folded in COMMON_WORDS
            chance = alone and begins(self.text, start) and self._is_chance(name)
            if not (alone and is_common or chance):
                return True
            return is_place(self.text, self.lowered, start, end, chance)
        if len(name) < 3 or _ADJECTIVE.search(name) and _WHOSE.match(self.lowered, end):
            return False
        if any(map(self._names_body, tokens)) or self._is_people(span):
            return False
        if tokens[-1].folded in _WATERS:
            return False
        if _COMPOUND.search(self.text[start:end]) or self._is_short_form(start, end):
            return False
        first = name.partition(" ")[0]  # "Twenty-three"
        if alone and (first in NO_NAMES or begins(self.text, start) and name in COMMON_WORDS):
            return False
        if self._has_headings and _is_run_in(self.text, start, end):
            return True
        opens = alone and bool(_NOUN.search(name)) and begins(self.text, start)
        return is_place(self.text, self.lowered, start, end, opens)

    def _is_short_form(self, start: int, end: int) -> bool:
        """Whether a name is written as a short form is, which no place bears."""
        words = self.text[start:end]
        is_short = len(words) <= 5 and not words[-1].isdigit()  # "PK 5" is a place
        if is_short and words[:2].isupper() or "-" in words and words.isupper():
            return True  # "FAMa", "JNIM", "SPLM-IO"
        if not words.isalpha():
            return False
        if is_short and words[-1].isupper():
            return True  # "PoC"
        return words.isupper() and not begins(self.text, start)  # "the UNMISS base"

    def is_person(self, span: NameSpan) -> bool:
        """Whether a span is a person by its own words and those around it."""
        tokens = span.tokens
        is_titled = all(word in TITLES for word in tokens[0].folded.split())
        if is_titled and len(tokens) > 1 and self._is_known(span):
            return False  # "DR Congo" is no doctor
        if tokens[-1].folded in self._speakers:
            return True
        if span.name not in self.gazetteer.cities and acts(self.lowered, span.start, span.end):
            return True
        return is_person(self.text, self.lowered, is_titled, len(tokens), span.start, span.end)

    @cached_property
    def _speakers(self) -> frozenset[str]:
        """The last names of those whose turns a text gives, "BRIA: Good morning.", with a first
        name somewhere: "our correspondent Solange | Bria"."""
        labels = Counter(match[1] for match in _LABEL.finditer(self.text))
        return frozenset(
            fold_name(label)
            for label, count in labels.items()
            if count > 1 and re.search(rf"[A-Z][a-z]\S+ {re.escape(label.title())}\b", self.text)
        )

    def _is_known(self, span: NameSpan) -> bool:
        """Whether a span is the name of a country, or of a town of those the corpus is about: "Imam
        Sahib"."""
        known = self.gazetteer.cities.get(span.name)
        if known is None:
            return False
        return known.get("kind") == "country" or known["countrycode"] in self.gazetteer.home

    def _names_body(self, token: NameToken) -> bool:
        """Whether a word belongs to the name of a body, as it is written: no "La | Unión"."""
        word = self.text[token.start : token.end].lower()
        return word.isascii() and any(part in ORGANISATIONS for part in token.folded.split())

    def _opens_body(self, span: NameSpan) -> bool:
        """Whether a span is only the first word of the name of a body: "the | Mon | National
        Liberation Army"; of a place that is known no verb of a headline may stand behind it."""
        behind = _CAPITALISED.match(self.text, span.end)
        words = [fold_name(word) for word in behind[0].split()] if behind else []
        if span.name in self.gazetteer.cities and words and words[0] not in NO_NAMES:
            return False
        if words == ["division"]:
            return False  # of a district: what soldiers are called keeps the word
        if any(word in ORGANISATIONS for word in words):
            return True
        ahead = self.text[max(0, span.start - 14) : span.start]
        return ahead == "Islamic State "  # "Islamic State | Sahel Province"

    @cached_property
    def _has_headings(self) -> bool:
        """Whether paragraphs of the text open with the name of the place they are about."""
        heads = (match[1] for match in _RUN_IN.finditer(self.text))
        return any(fold_name(head) in self.gazetteer.cities for head in heads)

    def _is_chance(self, name: str) -> bool:
        """Whether a word that begins a sentence is a city only by chance: "Mobile phones"."""
        return self._is_namesake(self.gazetteer.cities[name])

    def _is_people(self, span: NameSpan) -> bool:
        """Whether a name that no gazetteer knows is that of a people, by its country or province
        ("Tigrayans", "Somali") or its fighters ("Houthi"), or the purpose of a body: "the
        Observatory for | Human Rights"."""
        stem = _PEOPLE.sub("", span.name)
        stems = (stem, stem + "a", stem + "ia", stem.removesuffix("c") + "que")
        for name in (*(stems if stem != span.name else ()), span.name + "s"):
            known = self.gazetteer.cities.get(name)
            if known and known.get("kind") in ("country", "governorate"):
                return True
        last = span.name.rpartition(" ")[2]
        if last in self._fighting or self._has_word(f"{last}s"):
            return True  # "Houthi fighters", "the Houthis"
        ahead = self.text[max(0, span.start - 40) : span.start]
        if _UNION.search(ahead):
            return True
        before = _BODY.search(ahead)
        return before is not None and fold_name(before[1]) in ORGANISATIONS

    @cached_property
    def _fighting(self) -> frozenset[str]:
        """The words that stand before "rebels" and "fighters" somewhere in the text."""
        words = self.document.words
        marked = self.document.find_signs(_FIGHTS)
        starts = self.document.starts  # no heading stands before "Rebels" in the line below it
        beside = (at for at in marked if at and self.text[starts[at] - 1] == " ")
        before = (_ENDS_WORD.search(words[at - 1].lower()) for at in beside)
        return frozenset(match[0] for match in before if match)

    def _has_word(self, word: str) -> bool:
        """Whether a word of small letters stands in the text, whatever signs stand around it."""
        if word not in self.lowered:
            return False
        return bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self.lowered))

    def _is_trusted(self, name: str) -> bool:
        """Whether a known name is a place even where a sentence begins: too long to be chance, or a
        town of some size, and no word that the text writes small."""
        city = self.gazetteer.cities[name]
        is_large = fold_name(city["name"]) == name and city.get("population", 0) >= _SOME_SIZE
        if len(name) < _LONG_NAME and not is_large:
            return False
        return not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", self.text)
