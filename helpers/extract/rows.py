"""Drafts: a row of the claims table from a count or an event: its span, place, days, source and scope.

A row has the columns of a proposal (helpers.proposals.PROPOSAL_COLUMNS), all text; what no rule can know stays empty.
"""

import re
from bisect import bisect_left
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter

import pandas as pd

from helpers.codebook import LONGEST, MEASURES
from helpers.extract.attribution import find_source
from helpers.extract.counts.find import Count
from helpers.extract.dates.expressions import Dating, find_dates
from helpers.extract.events.find import Event
from helpers.extract.places.mentions import Gazetteer, PlaceMention, Places
from helpers.extract.text.numbers import lower_text
from helpers.extract.text.sentences import Sentence, split_sentences
from helpers.proposals import PROPOSAL_COLUMNS

STOCKS = {
    "idps",
    "in_camps",
    "refugees",
    "population",
}  # describe a day; without dating words, the day of the text
NEAR, LOOK_BACK = (
    220,
    60,
)  # characters between a figure and its place; dating words between it and the day told last
MONTH, YEAR = timedelta(days=31), timedelta(days=366)  # what lies further back is no news


class Text:
    """One document read once: what the row builders look up. Dates and places are found when first asked for: most texts need neither."""

    def __init__(self, document, gazetteer: Gazetteer):
        self.doc_id, self.text, self.gazetteer = document.doc_id, document.text, gazetteer
        self.lowered, self.sentences = lower_text(self.text), split_sentences(self.text)
        start, end = (
            getattr(document, "published_start", None),
            getattr(document, "published_end", None),
        )
        self.published = (start.date(), end.date()) if pd.notna(start) and pd.notna(end) else None

    @cached_property
    def dates(self) -> list[Dating]:
        """The dating words of the text, in reading order."""
        return find_dates(self.lowered, self.text, self.published)

    @cached_property
    def places(self) -> Places:
        """The places of the text, which are judged when a stretch of it is asked for."""
        return Places(self.text, self.lowered, self.gazetteer)

    @cached_property
    def headings(self) -> list[Sentence]:
        """The sentences that are headings: their days hold for what stands under them."""
        return [sentence for sentence in self.sentences if sentence.is_heading]


def draft_count(read: Text, count: Count) -> tuple[dict, list[PlaceMention]]:
    """(the row of a figure, the place it is said of)."""
    sentence, reading = read.sentences[count.sentence], count.number.reading
    place = _choose_place(read, sentence, count.start, count.end)
    source, assertion = find_source(read.text[sentence.start : sentence.end])
    assertion = "denied" if count.denied else "expected" if count.expected else assertion
    dated = _date_claim(
        read, _choose_dating(read, sentence, count.start, count.end), count.measure, count.start
    )
    row = (
        _empty_row(read, count.start, count.end, count.measure)
        | dated
        | {
            "number": read.text[count.number.start : count.number.end],
            "number_start": str(count.number.start),
            "quantifier": reading.quantifier,
            "unit": count.unit,
            **{name: _show(value) for name, value in zip(("low", "best", "high"), reading[:3])},
            "affected": count.affected,
            "source_original": source,
            "assertion": assertion,
            "rule": count.rule,
        }
    )
    if place:
        row |= {"place": place.key, "place_prec": "1" if place.resolved else ""}
    return row, [place] if place else []


def draft_event(read: Text, event: Event) -> tuple[dict, list[PlaceMention]]:
    """(the row of an event, its place)."""
    row = _empty_row(read, event.start, event.end, event.measure) | {
        "unit": "event",
        "actor": name_actor(event.actor),
        "assertion": event.assertion,
        "rule": event.rule,
    }
    if event.date_first and event.date_last:
        row |= _bounds("point", event.date_first, event.date_last, event.basis)
        if event.basis != "inferred" and event.dating:
            row |= {
                "date_exact": read.text[event.dating.start : event.dating.end],
                "date_at": str(event.dating.start),
            }
        else:
            row["date_basis"] = "inferred"
    before = bisect_left(read.sentences, event.start + 1, key=_start) - 1
    if before >= 0:
        sentence = read.sentences[before]
        source, assertion = find_source(read.text[sentence.start : sentence.end])
        row |= {
            "source_original": source,
            "assertion": assertion if event.assertion == "reported" else event.assertion,
        }
    row["scope"] = _name_scope(read, event.date_last)
    row |= {"place": event.place.key, "place_prec": "1" if event.place.resolved else ""}
    return row, [event.place]


def name_actor(words: str) -> str:
    """An actor as a column keeps it: "the Aurel Front late" is Aurel Front, "they" is nobody yet."""
    words = re.sub(r"\s+", " ", words).strip(" -–—,.;:'\"“”‘’•*")
    words = re.sub(
        r"^(?:(?:but|and|while|when|as|after|in|on|the|a|an|its|their|his)\s+)+",
        "",
        words,
        flags=re.IGNORECASE,
    )
    words = re.sub(
        r"(?:\s+(?:late|early|also|have|has|had|then|later|on|by|in|at|reportedly))+$",
        "",
        words,
        flags=re.IGNORECASE,
    ).replace(";", ",")
    words = (
        words.rpartition(" the ")[2]
        if not words.lower().startswith(
            ("fighters", "forces", "troops", "soldiers", "members", "units")
        )
        else words
    )  # "Ilvet the insurgents"
    nobody = words.lower() in (
        "they",
        "he",
        "she",
        "it",
        "we",
        "who",
        "which",
        "that",
        "i",
        "these",
        "those",
        "the",
        "a",
        "an",
    )
    return (
        ""
        if nobody
        or len(words.split()) > 6
        or re.search(r"\b(?:said|says|expect|seen|which|that)\b", words)
        else words
    )


def _empty_row(read: Text, start: int, end: int, measure: str) -> dict:
    row = dict.fromkeys(PROPOSAL_COLUMNS, "")
    return row | {
        "doc_id": read.doc_id,
        "start": str(start),
        "end": str(end),
        "exact": read.text[start:end],
        "topic": MEASURES[measure],
        "measure": measure,
        "date_prec": "7",
        "assertion": "reported",
        "scope": "offensive",
        "review": "proposed",
    }


def _show(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _choose_place(read: Text, sentence: Sentence, start: int, end: int) -> PlaceMention | None:
    """The place a figure is said of: the nearest name in its sentence, one behind it before one ahead of it."""
    near = [
        place
        for place in read.places.within(sentence.start, sentence.end)
        if place.resolved
        or not (_is_demonym(read.text, place) or start <= place.start and place.end <= end)
    ]
    behind = [place for place in near if place.start >= start and place.start - end < NEAR]
    ahead = [place for place in near if place.end <= start and start - place.end < NEAR]
    return (
        min(behind, key=lambda place: place.start)
        if behind
        else max(ahead, key=lambda place: place.end)
        if ahead
        else None
    )


_DEMONYM = re.compile(r"(?:an|ian|ese|ish)$")


def _is_demonym(text: str, place: PlaceMention) -> bool:
    """Whether a name that no gazetteer knows says whose, not where: "the Velmaran Bar Association"."""
    stands = re.search(
        r"\b(?:in|at|near|of|from|to|into|around|outside|towards?)\s+$",
        text[max(0, place.start - 12) : place.start],
    )
    return bool(
        _DEMONYM.search(place.words)
        and not stands
        and re.match(r"\s+\w", text[place.end : place.end + 3])
    )


def _within(marks: list[Dating], stretch: Sentence) -> list[Dating]:
    """The dating words that begin within a sentence; they are in reading order."""
    return marks[
        bisect_left(marks, stretch.start, key=_start) : bisect_left(marks, stretch.end, key=_start)
    ]


_start = attrgetter("start")


def _choose_dating(read: Text, sentence: Sentence, start: int, end: int) -> Dating | None:
    """The dating words of a figure: the nearest in its sentence, else of the heading it stands under."""
    inside = [dating for dating in _within(read.dates, sentence) if dating.first]
    if inside:
        return min(inside, key=lambda dating: min(abs(dating.start - end), abs(start - dating.end)))
    order = bisect_left(read.headings, sentence.start, key=_start)
    above = read.headings[max(0, order - 1) : order]
    return next(
        (dating for heading in above for dating in _within(read.dates, heading) if dating.first),
        None,
    )


def _date_claim(read: Text, dating: Dating | None, measure: str, start: int) -> dict:
    """The date columns of a figure at `start`, as the codebook fills them."""
    published = read.published
    if dating is None:
        if measure in STOCKS and published:
            return _bounds("point", *published, "inferred") | {"as_of": _interval(*published)}
        return _bound_by_context(read, start)
    first, last, kind = dating.first, dating.last, dating.kind
    if dating.lead == "since":
        kind, last = "period", max(published[1], first) if published else last
    row = _bounds(kind, first, last, dating.basis) | {
        "date_exact": read.text[dating.start : dating.end],
        "date_at": str(dating.start),
        "scope": _name_scope(read, last),
    }
    if measure in STOCKS or dating.lead in ("as_of", "by", "until"):
        row["as_of"] = _interval(first, last)
    return row


def _bound_by_context(read: Text, at: int) -> dict:
    """The days that the context allows a figure without dating words: from the day told last before it to the
    text's own. No day before it, or no day of the text: undated."""
    before = read.dates[
        max(0, bisect_left(read.dates, at, key=_start) - LOOK_BACK) : bisect_left(
            read.dates, at, key=_start
        )
    ]
    told = next(
        (
            dating
            for dating in reversed(before)
            if dating.end <= at
            and dating.first
            and dating.lead == ""
            and dating.last - dating.first <= MONTH
        ),
        None,
    )
    if (
        not told
        or not read.published
        or not read.published[1] - YEAR < told.first <= read.published[1]
    ):
        return {}
    return _bounds("point", told.first, read.published[1], "inferred")


def _bounds(kind: str, first: date, last: date, basis: str) -> dict:
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
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _name_scope(read: Text, last: date | None) -> str:
    """What ended more than a year before the text is background; everything else is the offensive until a person says otherwise."""
    return "context" if last and read.published and last < read.published[0] - YEAR else "offensive"
