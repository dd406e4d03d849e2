"""Row builders: a row of the claims table from a figure or an event: its span, place, days, source
and scope.

A row has the columns of a proposal (helpers.schema.columns.PROPOSAL_COLUMNS), all text; what no
rule can know stays empty.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any

import pandas as pd

from helpers.extract.attribution.find import Sources
from helpers.extract.attribution.names import brands_enemy
from helpers.extract.counts.find import Count
from helpers.extract.counts.people.affected import ACCUSED
from helpers.extract.dates.calendar import Span
from helpers.extract.dates.coverage import settle_covered
from helpers.extract.dates.expressions import Dating, find_dates
from helpers.extract.dates.search import DateSpans
from helpers.extract.events.agents import DONE, find_agent
from helpers.extract.events.find import Event
from helpers.extract.events.parties import Parties
from helpers.extract.periods.period import UNKNOWN_DAY, YEAR, Period
from helpers.extract.places.countries import count_countries
from helpers.extract.places.gazetteer import (
    Gazetteer,
    PlaceMention,
    is_region,
    name_precision,
)
from helpers.extract.places.mentions import Mentions
from helpers.extract.places.where.choose import PlaceChooser
from helpers.extract.starts import Start
from helpers.extract.text.document import Document
from helpers.schema.columns import LONGEST, MEASURES, PROPOSAL_COLUMNS

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
        publisher = str(row.get("publisher") or "")
        self.publisher = "" if publisher == "unknown" else publisher
        days = [row.get(name) for name in ("published_start", "published_end")]
        first, last = (day.date() if day is not None and pd.notna(day) else None for day in days)
        self.published: Span | None = (first, last) if first and last else None

    def close(self) -> None:
        """Lets go of all that was found in it, which holds the document in turn: else the garbage
        collector would have to find both."""
        vars(self).clear()

    @cached_property
    def date_spans(self) -> DateSpans:
        """Where dating words stand, as far as that was asked."""
        return DateSpans(self)

    @cached_property
    def dates(self) -> list[Dating]:
        """The dating words of the text, in reading order."""
        return settle_covered(self, find_dates(self, self.published, self.date_spans))

    @cached_property
    def mentions(self) -> Mentions:
        """The places of the text, which are judged when they are asked for."""
        return Mentions(self, self._gazetteer)

    @cached_property
    def sources(self) -> Sources:
        """Who says what in the text."""
        return Sources(self, self.publisher)

    @cached_property
    def parties(self) -> Parties:
        """Who fights in the text."""
        return Parties(self)

    @cached_property
    def chooser(self) -> PlaceChooser:
        """Chooses the places of figures."""
        return PlaceChooser(self, self.mentions)

    def quote(self, span: Any) -> str:
        """The words between the `start` and `end` of something, as they are read."""
        return self.text[span.start : span.end]

    def cite(self, start: int, end: int) -> tuple[int, int, str]:
        """(start, end, words) in the stored text of what stands between two offsets."""
        start, end = self.locate(start, end)
        return start, end, self.stored[start:end]


_OWN = re.compile(
    r"(?: more| other)? of (?:its|their)(?: own)?"
    r"(?: (?:men|fighters|soldiers|troops|personnel|servicemen|guerrillas)|(?<=own))\b",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    r",\s(?:an?|the|home|once|which|whose|where)\b[^,.;:]{0,60}\b(?:of|to|had|with|has)\s$"
)
# So a party counts its own: "we | lost 12 men", "30 | of our men |".
_OWN_MEN = re.compile(
    r"\blo(?:st|sing) (?:[^\s.,;]+ ){0,4}men\b|\bof (?:our|its|his|their) (?:own )?men\b"
)
_FEAT = re.compile(r"\b(?:neutrali[sz]|eliminat|liquidat)")  # as those say who did it
_OF_NAME = re.compile(r" (?:of|in|near|around|outside) (?:the )?[A-Z]")


def build_count_row(
    document: DatedDocument, count: Count, period: Period
) -> tuple[Row, list[PlaceMention]]:
    """(the row of a figure of these days, the place it is said of)."""
    reading = count.number.reading
    where = document.chooser.choose(count.sentence, count.start, count.end, count.measure)
    if count.measure == "settlements_captured" and _OF_NAME.search(document.quote(count)):
        # "three villages of Kell district, four of Odra": never the place of the others
        own = [place for place in where.places if count.start <= place.start < count.end]
        where = where._replace(places=own or document.mentions.within(count.start, count.end))
    source, assertion = document.sources.judge(count.number.start)
    if source and assertion == "reported" and _OWN.match(document.text, count.number.end):
        assertion = "claimed"  # who tells of "its own men" is a party
    is_moved = assertion == "claimed" and MEASURES[count.measure] == "displacement"
    if is_moved and (not source or _is_abroad(document, source)):
        assertion = "reported"  # a country that takes people in is no party to what they fled
    is_branded = brands_enemy(document.text, count.number.end)
    if assertion == "reported" and is_branded:
        assertion = "claimed"
    assertion = "expected" if count.expected else assertion
    if count.measure == "population" and _APPOSED.search(
        document.text, max(0, count.start - 80), count.start
    ):
        source, assertion = "", "reported"  # who writes says what size a town has
    affected = count.affected
    if affected == "unknown" and assertion == "claimed":
        end = count.end + len(" of our own men")
        is_own = bool(_OWN_MEN.search(document.lowered, count.start, end))
        affected = "combatant" if is_own else affected
    if affected == ACCUSED or is_branded:
        is_claim = assertion != "reported" or _FEAT.search(document.lowered, count.start, count.end)
        affected = "unknown" if is_claim else "combatant"
    is_refuted = document.sources.is_refuted(count.number.start)
    row = _start_row(document, count.start, count.end, count.measure)
    row |= _show_period(document, period)
    number_start, _, number = document.cite(count.number.start, count.number.end)
    row |= {
        "number": number,
        "number_start": str(number_start),
        "low": _show(reading.low),
        "best": _show(reading.best),
        "high": _show(reading.high),
        "quantifier": reading.quantifier,
        "unit": count.unit,
        "affected": affected,
        "source_original": source,
        "assertion": "denied" if count.denied or is_refuted else assertion,
        "rule": count.rule,
    }
    if count.measure in DONE:
        row["actor"] = name_actor(
            find_agent(document.parties, count.number.start, count.number.end, count.measure)
        )
    if count.base and count.part_of is None:
        row["base"] = " ".join(document.cite(*count.base)[2].split())
    row |= _locate(document, where.places)
    row["place_to"] = where.to.key if where.to else ""
    return row, [*where.places, *([where.to] if where.to else [])]


def _is_abroad(document: DatedDocument, source: str) -> bool:
    """Whether a government speaks that is of none of the countries that the texts are about."""
    home, named = document.mentions.gazetteer.home, count_countries([source]).keys()
    return bool(home and named) and home.isdisjoint(named)


def build_settlements_row(
    document: DatedDocument, count: Count, period: Period
) -> tuple[Row, list[PlaceMention]]:
    """(the row of a number of places that were taken, where): of no town, for they are several,
    but of a province or of the town whose villages they are."""
    row, met = build_count_row(document, count, period)
    is_said = [count.number.end <= one.start < count.end for one in met]  # "villages of Kell"
    are_large = all(is_region(place, document.mentions.gazetteer) for place in met)
    if not are_large and not all(is_said):
        return row | {"place": "", "place_prec": ""}, []
    return row, met


def build_event_row(document: DatedDocument, event: Event) -> tuple[Row, list[PlaceMention]]:
    """(the row of an event, its place)."""
    row = _start_row(document, event.start, event.end, event.measure)
    places = [event.place] if event.place.key else []  # of a camp without a town none
    row |= _locate(document, places)
    row |= {
        "unit": "event",
        "actor": name_actor(event.actor),
        "assertion": event.assertion,
        "rule": event.rule,
    }
    published = document.published
    if not event.date_first:
        row["note"] = "" if published else UNKNOWN_DAY
    elif _is_after(event, published):
        row["note"] = f"undated: the text dates it after its own day, {event.date_first}"
    elif event.date_last:
        is_told = event.basis != "inferred" and event.dating
        basis = event.basis if is_told else "inferred"
        row |= _bound("point", event.date_first, event.date_last, basis)
        row |= _quote_date(document, event.dating) if is_told and event.dating else {}
    source, assertion = document.sources.judge(event.end - 1, is_event=True)
    row["source_original"] = source
    is_named = bool(source) and source != "group"  # whose group it is the sentence may not say
    if event.assertion == "reported" or event.assertion == "claimed" and is_named:
        row["assertion"] = assertion
    elif event.assertion == "claimed" and document.sources.tells_itself(event.end - 1):
        row["assertion"] = "reported"
    if row["assertion"] in ("reported", "claimed") and document.sources.is_refuted(event.start):
        row["assertion"] = "denied"
    row["scope"] = _name_scope(document, event.date_last)
    return row, places


def build_start_row(document: DatedDocument, began: Start) -> Row:
    """The row of a day on which fighting began, of no place."""
    dating = began.dating
    row = _start_row(document, began.start, began.end, began.measure)
    source, assertion = document.sources.judge(began.start)
    row |= {"unit": "event", "assertion": assertion, "source_original": source, "rule": "began"}
    row["actor"] = name_actor(began.actor)
    if dating.first and dating.last:
        row |= _bound("point", dating.first, dating.last, dating.basis)
        row |= _quote_date(document, dating)
    return row


def _is_after(event: Event, published: Span | None) -> bool:
    """Whether an event that is told as past has days after that of the text."""
    is_told = event.assertion in ("reported", "claimed")
    return bool(is_told and published and event.date_first and event.date_first > published[1])


_LEADING = re.compile(
    r"^(?:(?:but|and|while|when|as|after|in|on|the|a|an|its|their|his"
    r"|(?:some|about|around|nearly|almost) [\d,]+)\s+)+",
    re.I,
)
_TRAILING = re.compile(
    r"(?:\s+(?:late|early|also|have|has|had|then|later|on|by|in|at|reportedly))+$", re.I
)
_SPEAKING = re.compile(r"\b(?:said|says|expect|seen|which|that)\b")
_UNITS = ("fighters", "forces", "troops", "soldiers", "members", "units")
_NOBODY = frozenset("they he she it we who which that i these those the a an men".split())
_MOST = 6  # words of an actor
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}[A-Z]$")


def name_actor(words: str) -> str:
    """An actor as a column keeps it: "they" is nobody yet.

    >>> name_actor("the Aurel Front late")
    'Aurel Front'
    """
    words = re.sub(r"\s+", " ", words).strip(" -–—,.;:'\"“”‘’•*")
    words += "." * bool(_DOTTED.search(words))  # "the | K.L.N.|"
    words = _TRAILING.sub("", _LEADING.sub("", words)).replace(";", ",")
    if len(words.split()) > _MOST:
        words = words.partition(" led by ")[0]
    if not words.lower().startswith(_UNITS) or len(words.split()) > _MOST:
        words = words.rpartition(" the ")[2]  # "Ilvet the insurgents"
    if words.lower() in _NOBODY or len(words.split()) > _MOST or _SPEAKING.search(words):
        return ""
    return words


def _start_row(document: DatedDocument, start: int, end: int, measure: str) -> Row:
    """A row with its span, and what holds unless something else is said."""
    start, end, exact = document.cite(start, end)
    return dict.fromkeys(PROPOSAL_COLUMNS, "") | {
        "doc_id": document.doc_id,
        "start": str(start),
        "end": str(end),
        "exact": exact,
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


def _show_period(document: DatedDocument, period: Period) -> Row:
    """The date columns of a figure, as the codebook fills them."""
    row = {"scope": period.scope, "note": period.note}
    if period.first and period.last:
        row |= _bound(period.kind, period.first, period.last, period.basis)
        row["days_most"] = period.days_most
    if period.dating and period.basis != "inferred":
        row |= _quote_date(document, period.dating)
    if period.as_of:
        row["as_of"] = _interval(*period.as_of)
    return row


def _quote_date(document: DatedDocument, dating: Dating) -> Row:
    """The words that date, and where they stand."""
    start, _, words = document.cite(dating.start, dating.end)
    return {"date_exact": words, "date_at": str(start)}


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
