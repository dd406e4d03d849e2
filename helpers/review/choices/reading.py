"""Reading: one text as a reviewer needs it: its sentences and paragraphs, the places, days, numbers
and sources that it offers. All offsets are those of the stored text."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from helpers.claims.decisions.journal import Cells
from helpers.extract.dates.calendar import Span
from helpers.extract.places.gazetteer import Gazetteer, PlaceMention, mention_place
from helpers.extract.places.names import NAME_WORD, STANDS_BEFORE, fold_name
from helpers.extract.rows import DatedDocument
from helpers.extract.text.numbers import find_numbers
from helpers.review.doubt import Known
from helpers.schema.characters import fold_text

# A paragraph that says of somebody named before it, behind the name of a speaker or not.
POINTS_BACK = re.compile(
    r"[^\w\n]*(?:[A-Z]{2,}: )?(?:He|She|It|They|His|Her|Its|Their|This|These|Those)\b"
)
LONGEST = 4  # words of a name
# An organisation by its letters, "UNHCR": within a line, for a line in capitals is a heading, and
# what opens one names a place or a speaker.
LETTERS = re.compile(
    r"""(?<=[a-z’'”"),;:-] )[A-Z][A-Z&]{1,6}(?![\w$-])|(?<=\()[A-Z][A-Z&]{1,6}(?=\))"""
)
AROUND = 6_000  # characters before and behind a claim that are read for what they offer


class Offer(NamedTuple):
    """Something a text offers for a cell: where its words stand, the words, and what they mean."""

    start: int
    end: int
    words: str
    means: Any


class Option(NamedTuple):
    """Something to choose for a chip: its label, a hint beside it, the cells it fills, and where
    its words stand in the text (-1: nowhere)."""

    label: str
    hint: str
    cells: Cells
    at: int = -1


class TextReading:
    """A text and what it offers. `row`: of the table of documents, by column."""

    def __init__(self, row: Mapping[str, Any], gazetteer: Gazetteer):
        self.doc_id: str = row["doc_id"]
        self.title: str = row.get("title") or row["doc_id"]
        self.text: str = row["text"]
        self._row, self._gazetteer = row, gazetteer
        self._offsets = fold_text(self.text).offsets
        self._sources: dict[int, str] = {}

    @cached_property
    def document(self) -> DatedDocument:
        """The text as the rules read it."""
        return DatedDocument(self._row, self._gazetteer)

    @cached_property
    def published(self) -> Span | None:
        """The text's own days."""
        days = [self._row.get(name) for name in ("published_start", "published_end")]
        first, last = (day.date() if day is not None and pd.notna(day) else None for day in days)
        return (first, last) if first and last else None

    def find_paragraph(self, start: int, end: int) -> tuple[int, int]:
        """Where the paragraph begins and ends that holds a stretch of the text: between empty
        lines, and not beyond AROUND."""
        begin = self.text.rfind("\n\n", max(0, start - AROUND), start)
        stop = self.text.find("\n\n", end, end + AROUND)
        begin = max(0, start - AROUND) if begin < 0 else begin + 2
        return begin, min(len(self.text), end + AROUND) if stop < 0 else stop

    def find_context(self, start: int, end: int) -> tuple[int, int]:
        """The paragraph, with the sentence before it where it begins with a word such as "He"."""
        begin, stop = self.find_paragraph(start, end)
        order = self.document.find_sentence(self._fold(begin))
        if order and POINTS_BACK.match(self.text, begin):
            before = self.document.sentences[order - 1]
            begin = min(begin, self.document.locate(before.start, before.end)[0])
        return begin, stop

    def find_sentence(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentences begin and end that hold a stretch of the text."""
        sentences = self.document.sentences
        first = sentences[self.document.find_sentence(self._fold(start))]
        last = sentences[self.document.find_sentence(self._fold(max(start, end - 1)))]
        begin, stop = self.document.locate(first.start, last.end)
        return min(begin, start), max(stop, end)

    def list_dates(self, start: int, end: int) -> list[Offer]:
        """The dating words around a stretch of the text, the nearest first."""
        offers = [
            self._cite(dating.start, dating.end, dating)
            for dating in self.document.dates
            if dating.span and abs(dating.start - self._fold(start)) <= AROUND
        ]
        return self._sort(offers, start, end)

    def list_places(self, start: int, end: int) -> list[Offer]:
        """The places named around a stretch of the text, the nearest first."""
        first, last = self._fold(max(0, start - AROUND)), self._fold(end + AROUND)
        found: list[PlaceMention] = self.document.mentions.within(first, last)
        offers = [self._cite(place.start, place.end, place) for place in found]
        return self._sort(offers, start, end)

    def list_names(self, start: int, end: int, places: pd.DataFrame) -> list[Offer]:
        """The places named around a stretch of the text, and whatever is written as a name in its
        sentences and in the title that the gazetteer or `places` knows, the nearest first."""
        offers = self.list_places(start, end)
        heads = [(0, len(self.title))] if self.text.startswith(self.title) else []
        for first, last in [self.find_sentence(start, end), *heads]:
            known = self._find_known(self._fold(first), self._fold(last), places)
            taken = [(offer.start, offer.end) for offer in offers]
            offers += [
                offer
                for offer in known
                if not any(offer.start < stop and begin < offer.end for begin, stop in taken)
            ]
        return self._sort(offers, start, end)

    def _find_known(self, start: int, end: int, places: pd.DataFrame) -> list[Offer]:
        """The longest runs of words between two offsets that begin and end as names do and that the
        gazetteer or `places` knows."""
        text, gazetteer = self.document.text, self._gazetteer
        words = list(NAME_WORD.finditer(text, start, end))
        offers: list[Offer] = []
        at = 0
        while at < len(words):
            for last in range(min(at + LONGEST, len(words)) - 1, at - 1, -1):
                begin, stop = words[at].start(), words[last].end()
                mention = mention_place(text, begin, stop, gazetteer)
                own = gazetteer.own.get(tuple(fold_name(w[0]) for w in words[at : last + 1]))
                is_known = own or mention.resolved or mention.key in places.index
                if is_known and _is_name(text[begin:stop]):
                    offers.append(self._cite(begin, stop, mention._replace(key=own or mention.key)))
                    at = last
                    break
            at += 1
        return offers

    def list_numbers(self, start: int, end: int) -> list[Offer]:
        """The numbers in the sentences of a stretch of the text, the nearest first."""
        document = self.document
        first = document.find_sentence(self._fold(start))
        last = document.find_sentence(self._fold(max(start, end - 1)))
        dates = [(dating.start, dating.end) for dating in document.dates]
        found = [
            number
            for order in range(first, last + 1)
            for number in find_numbers(document, order, dates)
        ]
        offers = [self._cite(number.start, number.end, number.reading) for number in found]
        return self._sort(offers, start, end)

    def list_sources(self, start: int, end: int) -> list[str]:
        """Who says something in the text, those of the paragraph of a stretch of it first; then who
        published it, and the organisations it names by their letters."""
        first, last = self._fold(max(0, start - AROUND)), self._fold(end + AROUND)
        document = self.document
        orders = range(document.find_sentence(first), document.find_sentence(last) + 1)
        at = document.find_sentence(self._fold(start))
        near = sorted(orders, key=lambda order: abs(order - at))
        named = [self.judge_source(start)[0], *(self._find_source(order) for order in near)]
        named.append(str(self._row.get("publisher") or "").replace("unknown", ""))
        named += [it[0] for it in LETTERS.finditer(document.text, first, last)]
        return [source for source in dict.fromkeys(named) if source]

    def _find_source(self, order: int) -> str:
        """Who says what a sentence begins with; "" for nobody."""
        if order not in self._sources:
            at = self.document.sentences[order].start
            self._sources[order] = self.document.sources.judge(at).source
        return self._sources[order]

    def find_name(self, name: str) -> tuple[int, int] | None:
        """Where a name first stands in the text as words of their own; None for nowhere."""
        return find_name(self.text, name)

    def judge_source(self, start: int) -> tuple[str, str]:
        """(who says what stands at an offset, "" for nobody; how far the reporter stands behind
        it)."""
        return tuple(self.document.sources.judge(self._fold(start)))  # type: ignore[return-value]

    def _cite(self, start: int, end: int, means: Any) -> Offer:
        return Offer(*self.document.cite(start, end), means)

    def _fold(self, at: int) -> int:
        """An offset in the text as it is read."""
        return at if self._offsets is None else bisect_left(self._offsets, at)

    def _sort(self, offers: list[Offer], start: int, end: int) -> list[Offer]:
        """In the sentence first, then by how far they stand from the words."""
        begin, stop = self.find_sentence(start, end)

        def rank(offer: Offer) -> tuple[bool, int]:
            gap = max(offer.start - end, start - offer.end, 0)
            return not begin <= offer.start < stop, gap

        return sorted(offers, key=rank)


class Asked(NamedTuple):
    """A claim for which choices are listed. row: as it would be saved. others: the claims of its
    text, this one among them, whose names and days are offered again. places: the places that the
    text names, with their keys. begin, stop: where its sentences begin and end."""

    row: Mapping[str, str]
    reading: TextReading
    others: list[Cells]
    places: list[tuple[str, Offer]]
    known: Known
    begin: int
    stop: int


def ask_about(
    row: Mapping[str, str],
    reading: TextReading,
    others: Iterable[Cells],
    places: list[tuple[str, Offer]],
    known: Known,
) -> Asked:
    """A claim for which choices are listed; of `others` those of its own sentences first."""
    begin, stop = reading.find_sentence(int(row["start"] or 0), int(row["end"] or 0))

    def is_apart(other: Cells) -> bool:
        return not (other["start"].isdecimal() and begin <= int(other["start"]) < stop)

    return Asked(row, reading, sorted(others, key=is_apart), places, known, begin, stop)


def find_name(text: str, name: str) -> tuple[int, int] | None:
    """Where a name stands in a text as words of their own, whatever its capitals; None for nowhere.

    >>> find_name("They run, the UN said", "UN")
    (14, 16)
    """
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I)
    return found.span() if found else None


def _is_name(words: str) -> bool:
    """Whether words are written as a name is: a capital first and last, and no word such as
    "Monday" alone.

    >>> _is_name("Mocímboa da Praia"), _is_name("The"), _is_name("Praia said")
    (True, False, False)
    """
    first, last = words.split()[0], words.split()[-1]
    is_alone = first == last and fold_name(first) in STANDS_BEFORE
    return first[0].isupper() and last[0].isupper() and not is_alone and "\n" not in words
