"""Row builders: a row of the claims table from a figure or an event: its span, place, days, source
and scope.

A row has the columns of a proposal (helpers.claims.proposals.PROPOSAL_COLUMNS), all text; what no
rule can know stays empty.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter
from typing import Any

import pandas as pd

from helpers.extract.attribution import find_source
from helpers.extract.counts.find import Count
from helpers.extract.dates.calendar import Span
from helpers.extract.dates.expressions import Dating, find_dates
from helpers.extract.events.find import Event
from helpers.extract.places.choose import PlaceChooser
from helpers.extract.places.gazetteer import Gazetteer, PlaceMention, name_precision
from helpers.extract.places.mentions import Mentions
from helpers.extract.text.document import Document
from helpers.extract.text.sentences import Sentence
from helpers.schema.columns import LONGEST, MEASURES, PROPOSAL_COLUMNS
from helpers.schema.quantity import read_length

# Measures that describe a day; without dating words, the day of the text.
STOCKS = frozenset({"idps", "in_camps", "refugees", "population"})
LOOK_BACK = 60  # dating words between a figure and the day told last
MONTH, YEAR = timedelta(days=31), timedelta(days=366)  # what lies further back is no news
Row = dict[str, str]
_start = attrgetter("start")


class DatedDocument(Document):
    """One document as the row builders look things up in it: with its dates and places, which are
    found when first asked for, since most texts need neither. `row`: of a table of documents, by
    column."""

    def __init__(self, row: Mapping[str, Any], gazetteer: Gazetteer):
        super().__init__(row["text"])
        self.doc_id: str = row["doc_id"]
        self._gazetteer = gazetteer
        days = [row.get(name) for name in ("published_start", "published_end")]
        first, last = (day.date() if day is not None and pd.notna(day) else None for day in days)
        self.published: Span | None = (first, last) if first and last else None

    @cached_property
    def dates(self) -> list[Dating]:
        """The dating words of the text, in reading order."""
        return find_dates(self, self.published)

    @cached_property
    def mentions(self) -> Mentions:
        """The places of the text, which are judged when they are asked for."""
        return Mentions(self, self._gazetteer)

    @cached_property
    def chooser(self) -> PlaceChooser:
        """Chooses the places of figures."""
        return PlaceChooser(self, self.mentions)

    @cached_property
    def headings(self) -> list[Sentence]:
        """The sentences that are headings: their days hold for what stands under them."""
        return [sentence for sentence in self.sentences if sentence.is_heading]

    def quote(self, span: Any) -> str:
        """The words between the `start` and `end` of something."""
        return self.text[span.start : span.end]


def build_count_row(document: DatedDocument, count: Count) -> tuple[Row, list[PlaceMention]]:
    """(the row of a figure, the place it is said of)."""
    sentence, reading = document.sentences[count.sentence], count.number.reading
    where = document.chooser.choose(count.sentence, count.start, count.end, count.measure)
    source, assertion = find_source(document.quote(sentence))
    assertion = "expected" if count.expected else assertion
    row = _start_row(document, count.start, count.end, count.measure)
    row |= _date_count(document, sentence, count)
    row |= {
        "number": document.quote(count.number),
        "number_start": str(count.number.start),
        "low": _show(reading.low),
        "best": _show(reading.best),
        "high": _show(reading.high),
        "quantifier": reading.quantifier,
        "unit": count.unit,
        "affected": count.affected,
        "source_original": source,
        "assertion": "denied" if count.denied else assertion,
        "rule": count.rule,
    }
    row |= _locate(document, where.places)
    row["place_to"] = where.to.key if where.to else ""
    return row, [*where.places, *([where.to] if where.to else [])]


def build_event_row(document: DatedDocument, event: Event) -> tuple[Row, list[PlaceMention]]:
    """(the row of an event, its place)."""
    row = _start_row(document, event.start, event.end, event.measure)
    row |= _locate(document, [event.place])
    row |= {
        "unit": "event",
        "actor": name_actor(event.actor),
        "assertion": event.assertion,
        "rule": event.rule,
    }
    if event.date_first and event.date_last:
        is_told = event.basis != "inferred" and event.dating
        basis = event.basis if is_told else "inferred"
        row |= _bound("point", event.date_first, event.date_last, basis)
        row |= _quote_date(document, event.dating) if is_told and event.dating else {}
    before = bisect_left(document.sentences, event.start + 1, key=_start) - 1
    if before >= 0:
        source, assertion = find_source(document.quote(document.sentences[before]))
        row["source_original"] = source
        if event.assertion == "reported":
            row["assertion"] = assertion
    row["scope"] = _name_scope(document, event.date_last)
    return row, [event.place]


_LEADING = re.compile(
    r"^(?:(?:but|and|while|when|as|after|in|on|the|a|an|its|their|his)\s+)+", re.I
)
_TRAILING = re.compile(
    r"(?:\s+(?:late|early|also|have|has|had|then|later|on|by|in|at|reportedly))+$", re.I
)
_SPEAKING = re.compile(r"\b(?:said|says|expect|seen|which|that)\b")
_UNITS = ("fighters", "forces", "troops", "soldiers", "members", "units")
_NOBODY = frozenset("they he she it we who which that i these those the a an".split())
_MOST = 6  # words of an actor


def name_actor(words: str) -> str:
    """An actor as a column keeps it: "they" is nobody yet.

    >>> name_actor("the Aurel Front late")
    'Aurel Front'
    """
    words = re.sub(r"\s+", " ", words).strip(" -–—,.;:'\"“”‘’•*")
    words = _TRAILING.sub("", _LEADING.sub("", words)).replace(";", ",")
    if not words.lower().startswith(_UNITS):
        words = words.rpartition(" the ")[2]  # "Ilvet the insurgents"
    if words.lower() in _NOBODY or len(words.split()) > _MOST or _SPEAKING.search(words):
        return ""
    return words


def _start_row(document: DatedDocument, start: int, end: int, measure: str) -> Row:
    """A row with its span, and what holds unless something else is said."""
    return dict.fromkeys(PROPOSAL_COLUMNS, "") | {
        "doc_id": document.doc_id,
        "start": str(start),
        "end": str(end),
        "exact": document.text[start:end],
        "topic": MEASURES[measure],
        "measure": measure,
        "date_prec": "7",
        "assertion": "reported",
        "scope": "offensive",
        "review": "proposed",
    }


def _show(value: float | None) -> str:
    """A number as a cell keeps it."""
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _locate(document: DatedDocument, places: list[PlaceMention]) -> Row:
    """The place columns; several places are as precise as the least."""
    gazetteer = document.mentions.gazetteer
    precisions = [name_precision(place, gazetteer) for place in places]
    return {
        "place": ";".join(place.key for place in places),
        "place_prec": max(precisions, default="") if all(precisions) else "",
    }


def _list_dates(document: DatedDocument, sentence: Sentence) -> list[Dating]:
    """The dating words that begin within a sentence and bear days."""
    first = bisect_left(document.dates, sentence.start, key=_start)
    last = bisect_left(document.dates, sentence.end, first, key=_start)
    return [dating for dating in document.dates[first:last] if dating.span]


def _choose_dating(document: DatedDocument, sentence: Sentence, count: Count) -> Dating | None:
    """The dating words of a figure: the nearest in its sentence, else of the heading it stands
    under."""
    start, end = count.start, count.end
    if inside := _list_dates(document, sentence):
        return min(inside, key=lambda d: min(abs(d.start - end), abs(start - d.end)))
    order = bisect_left(document.headings, sentence.start, key=_start)
    above = document.headings[max(0, order - 1) : order]
    return next((dating for heading in above for dating in _list_dates(document, heading)), None)


def _date_count(document: DatedDocument, sentence: Sentence, count: Count) -> Row:
    """The date columns of a figure, as the codebook fills them."""
    published, is_stock = document.published, count.measure in STOCKS
    dating = _choose_dating(document, sentence, count)
    if not dating or not dating.span:
        if is_stock and published:
            return _bound("point", *published, "inferred") | {"as_of": _interval(*published)}
        return _bound_by_context(document, count.start)
    (first, last), kind = dating.span, dating.kind
    if dating.lead == "since":
        kind, last = "period", max(published[1], first) if published else last
    row = _bound(kind, first, last, dating.basis) | _quote_date(document, dating)
    row |= _find_window(kind, first, last, row["date_exact"])
    row["scope"] = _name_scope(document, last)
    if is_stock or dating.lead in ("as_of", "by", "until"):
        row["as_of"] = _interval(first, last)
    return row


def _find_window(kind: str, first: date, last: date, words: str) -> Row:
    """A period whose words name a shorter length ("within a week") lies in its bounds as in a
    window."""
    length = read_length(words) if kind == "period" else None
    if not length or not length.or_fewer or not 1 <= length.most < (last - first).days + 1:
        return {}
    return {"date_kind": "window", "days_most": f"{int(length.most)}"}


def _bound_by_context(document: DatedDocument, at: int) -> Row:
    """The days that the context allows a figure without dating words: from the day told last before
    it to the text's own. No day before it, or no day of the text: undated."""
    published = document.published
    before = bisect_left(document.dates, at, key=_start)
    told = [
        dating.span[0]
        for dating in document.dates[max(0, before - LOOK_BACK) : before]
        if dating.end <= at
        and dating.span
        and dating.lead == ""
        and dating.span[1] - dating.span[0] <= MONTH
    ]
    if not told or not published or not published[1] - YEAR < told[-1] <= published[1]:
        return {}
    return _bound("point", told[-1], published[1], "inferred")


def _quote_date(document: DatedDocument, dating: Dating) -> Row:
    """The words that date, and where they stand."""
    return {"date_exact": document.quote(dating), "date_at": str(dating.start)}


def _bound(kind: str, first: date, last: date, basis: str) -> Row:
    """The date columns of a span of days."""
    return {
        "date_kind": kind,
        "date_start": first.isoformat(),
        "date_end": last.isoformat(),
        "date_prec": _name_precision(first, last),
        "date_basis": basis,
    }


def _name_precision(first: date, last: date) -> str:
    """As claims.find_precision, of two days."""
    days = (last - first).days + 1
    return next((precision for longest, precision in LONGEST if days <= longest), "6")


def _interval(first: date, last: date) -> str:
    """A day, or two as a/b."""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _name_scope(document: DatedDocument, last: date | None) -> str:
    """What ended more than a year before the text is background; all else is the offensive until a
    person says otherwise."""
    published = document.published
    return "context" if last and published and last < published[0] - YEAR else "offensive"
