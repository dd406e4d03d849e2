"""Days: as a person writes them (27 Nov, 27.11.2024, 27 Nov to 8 Dec, on Saturday, late November),
and as the text offers them, with the words and the kind that go with them."""

import re
from collections.abc import Mapping

import pandas as pd

from helpers.claims.decisions.journal import Cells
from helpers.claims.decisions.table import DECIDED
from helpers.extract.dates.calendar import Span
from helpers.extract.dates.expressions import find_dates
from helpers.extract.text.document import Document
from helpers.review.choices.completion import DATE_COLUMNS
from helpers.review.choices.reading import Asked, Offer, Option, TextReading
from helpers.schema.days import ask_day, list_days
from helpers.schema.errors import ClaimsError
from helpers.schema.formatting import say_period

_FIGURES = re.compile(r"\d{1,2}([./-])\d{1,2}\1(\d{4}|\d{2})\.?")
_SPLIT = re.compile(r"\s*(?:/(?=\s*\d{4}-)|\bto\b|\buntil\b|\bthrough\b|–|—|\s-\s)\s*", re.I)
_OPENS = re.compile(r"(?:in|between|from|since|during|throughout)\s+", re.I)
_ALL = re.compile(r"(?:in|from|during|throughout)\s+", re.I)
_BETWEEN = re.compile(r"between\s+(.+?)\s+and\s+(.+)", re.I)
_SINCE = re.compile(r"since\s+(.+)", re.I)
_NONE = ("", "-", "–", "none", "no", "undated", "unknown")


def read_days(words: str, published: Span | None = None) -> Span | None:
    """The first and last day that a person means; None for none ("", "undated"). `published`: the
    text's own days, from which "on Saturday" and days without a year are seen.

    Raises ClaimsError, with what to write instead, for words that are no day, and for figures that
    may be two: 11/12/2024.

    >>> read_days("27.11.2024")
    (datetime.date(2024, 11, 27), datetime.date(2024, 11, 27))
    """
    words = " ".join(words.split()).strip(" .,")
    if words.lower() in _NONE:
        return None
    if (since := _SINCE.fullmatch(words)) and published:
        begun = _read_one(since[1], published)
        if begun and begun[0] == begun[1]:
            return _order((begun[0], published[1]), words)
    if whole := _read_one(words, published):
        return _order(whole, words)
    between = _BETWEEN.fullmatch(words)
    parts = list(between.groups()) if between else _SPLIT.split(_ALL.sub("", words, count=1))
    if len(parts) == 1 and (whole := _read_one(parts[0], published)):
        return _order(whole, words)
    if len(parts) == 2:
        last = _read_one(parts[1], published)
        first = _read_one(parts[0], last or published)
        if first and last:
            return _order((first[0], last[1]), words)
    raise ClaimsError(
        f"“{words}” is no day that can be read; write it as 27 Nov 2024, 2024-11-27 or "
        "27 Nov to 8 Dec 2024, or nothing for an undated claim"
    )


def is_throughout(words: str) -> bool:
    """Whether typed days are opened by a word that means all of them: "between 3 and 5 March".

    >>> is_throughout("in late November"), is_throughout("27 Nov")
    (True, False)
    """
    return bool(_OPENS.match(words))


def _order(span: Span, words: str) -> Span:
    if span[0] > span[1]:
        raise ClaimsError(f"“{words}” ends before it begins; swap the days")
    return span


def _read_one(words: str, published: Span | None) -> Span | None:
    """A day, or what the words of a date allow; None for what is none."""
    days = list_days(words)
    if len(days) > 1:
        raise ClaimsError(ask_day(words))
    if days:
        return days[0], days[0]
    if _FIGURES.fullmatch(words):
        raise ClaimsError(f"“{words}” is no day of the calendar; write it as 27 Nov 2024")
    for tried in (words, f"on {words}"):
        found = find_dates(Document(tried), published)
        if len(found) == 1 and (span := found[0].span) and not found[0].lead:
            if found[0].end == len(tried) and tried.find(words) >= found[0].start:
                return span
    return None


def offer_days(asked: Asked) -> list[Option]:
    """The days that the text's words tell; "since" a day also up to that of the text; and those
    that a person chose or typed for another claim of the text."""
    options = []
    row, reading = asked.row, asked.reading
    for offer in reading.list_dates(int(row["start"] or 0), int(row["end"] or 0)):
        first, last = (day.isoformat() for day in offer.means.span)
        words = {"date_exact": offer.words, "date_at": str(offer.start)}
        cells = write_days(first, last) | words
        cells |= {"date_basis": offer.means.basis, "date_kind": name_kind(offer)}
        options.append(Option(say_days(first, last), f"“{offer.words}”", cells, offer.start))
        if until := find_until(offer, reading):
            open_days = cells | write_days(first, until) | {"date_kind": "period"}
            hint = f"“{offer.words}” to the day of the text"
            options.append(Option(say_days(first, until), hint, open_days, offer.start))
    told = {option.label for option in options}
    for other in asked.others:
        label = say_days(other["date_start"], other["date_end"])
        if label and label not in told and other["review"] in DECIDED:
            cells = {name: other.get(name, "") for name in DATE_COLUMNS}
            options.append(Option(label, f"as in {other['claim_id']}", cells))
            told.add(label)
    return options


def offer_as_of(asked: Asked) -> list[Option]:
    return [
        option._replace(cells=write_as_of(option.cells["date_start"], option.cells["date_end"]))
        for option in offer_days(asked)
        if option.at >= 0 and not option.hint.endswith("day of the text")
    ]


def write_as_of(first: str, last: str) -> Cells:
    return {"as_of": "/".join(dict.fromkeys((first, last)))}


def type_days(words: str, span: Span, row: Mapping[str, str], reading: TextReading) -> Cells:
    """Days that were typed, with the words of the sentence that say them; none where none do.
    One day is a point; a range the days counted, or, of an event, those on which it may have
    been; a window stays one."""
    first, last = (day.isoformat() for day in span)
    cells = write_days(first, last) | {"date_exact": "", "date_at": ""}
    if span[0] == span[1]:
        cells["date_kind"] = "point"
    elif is_throughout(words) or row["number"] and row["date_kind"] != "window":
        cells["date_kind"] = "period"
    elif not row["number"]:
        cells["date_kind"] = "point"
    start, end = int(row["start"] or 0), int(row["end"] or 0)
    begin, stop = reading.find_sentence(start, end)
    for offer in reading.list_dates(start, end):
        is_own = (offer.words, str(offer.start)) == (row["date_exact"], row["date_at"])
        until = find_until(offer, reading)
        says = [offer.means.span[1].isoformat(), until] if offer.means.span[0] == span[0] else []
        if last in says and (is_own or begin <= offer.start < stop):
            return cells | {
                "date_exact": offer.words,
                "date_at": str(offer.start),
                "date_basis": offer.means.basis,
            }
    return cells


def name_kind(offer: Offer) -> str:
    """The kind of days that dating words tell of: one day, or the days counted."""
    return "period" if offer.means.kind == "period" else "point"


def find_until(offer: Offer, reading: TextReading) -> str:
    """The last day of what has gone on since these dating words: that of the text; "" where they
    open nothing."""
    if offer.means.lead not in ("since", "begun") or not reading.published:
        return ""
    last = reading.published[1]
    return last.isoformat() if last > offer.means.span[1] else ""


def say_days(first: str, last: str) -> str:
    """29 Nov 2024; 27–30 Nov 2024; "" for none, the cells themselves where they are no days."""
    if not first:
        return ""
    try:
        return say_period(pd.Timestamp(first), pd.Timestamp(last))
    except (ValueError, TypeError):
        return f"{first}/{last}"


def write_days(first: str, last: str) -> Cells:
    return {"date_start": first, "date_end": last}
