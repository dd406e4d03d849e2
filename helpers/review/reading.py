"""Reading: one text as a reviewer needs it: its sentences and paragraphs, the places, days, numbers
and sources that it offers. All offsets are those of the stored text."""

from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from helpers.extract.dates.calendar import Span
from helpers.extract.places.gazetteer import Gazetteer, PlaceMention
from helpers.extract.rows import DatedDocument
from helpers.extract.text.numbers import find_numbers
from helpers.schema.characters import fold_text

AROUND = 6_000  # characters before and behind a claim that are read for what they offer


class Offer(NamedTuple):
    """Something a text offers for a cell: where its words stand, the words, and what they mean."""

    start: int
    end: int
    words: str
    means: Any


class TextReading:
    """A text and what it offers. `row`: of the table of documents, by column."""

    def __init__(self, row: Mapping[str, Any], gazetteer: Gazetteer):
        self.doc_id: str = row["doc_id"]
        self.title: str = row.get("title") or row["doc_id"]
        self.text: str = row["text"]
        self._row, self._gazetteer = row, gazetteer
        self._offsets = fold_text(self.text).offsets

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
        """Who says something in the paragraph of a stretch of the text, the nearest first."""
        begin, stop = self.find_paragraph(start, end)
        document, at = self.document, self._fold(start)
        orders = range(
            document.find_sentence(self._fold(begin)), document.find_sentence(self._fold(stop)) + 1
        )
        starts = sorted(
            (document.sentences[order].start for order in orders), key=lambda one: abs(one - at)
        )
        named = [document.sources.judge(one).source for one in [at, *starts]]
        return [source for source in dict.fromkeys(named) if source]

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
