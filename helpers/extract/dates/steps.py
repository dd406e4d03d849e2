"""Months and years that are told from those named before: "that September", "in that year", "the
following month", "two years later"."""

import re
from datetime import date, timedelta

from helpers.extract.dates.calendar import (
    AMOUNTS,
    ORDINALS,
    YEAR,
    Allowed,
    Span,
    Viewpoint,
    count,
    cut_at_text,
    end_of_month,
    find_months,
    step_months,
)
from helpers.schema.quantity import read_number

_BACK = re.compile(r"\bprevious\b")
_HALF = {"month": timedelta(days=15), "year": timedelta(days=182)}  # left open to either side


def resolve_unit_later(words: str, view: Viewpoint) -> Allowed:
    """The days of such words, counted from the viewpoint's anchor; none where nothing is named
    before, or where they would lie behind the text's own day."""
    anchor = view.anchor
    if anchor is None:
        return None
    first, last = _find_span(words, anchor)
    if view.published and first > view.published[1]:
        return None
    return first, cut_at_text(first, last, view), False


_NTH_DAY = re.compile(r"\bthe (\S+(?: \S+)?) day of\b")


def resolve_of_start(words: str, view: Viewpoint) -> Allowed:
    """The days that count from the beginning of the fighting, which is the viewpoint's anchor: "in
    the first 48 hours", "on the second day of the assault"."""
    first = view.anchor
    if first is None:
        return None
    if nth := _NTH_DAY.search(words):
        digits = re.match(r"\d+", nth[1])
        number = int(digits[0]) if digits else ORDINALS[nth[1].replace(" ", "-")]
        day = first + timedelta(days=number - 1)
        return day, day, False
    number = count(re.sub(r"first|opening|initial", "", words))
    days = number * (7 if "week" in words else 1)
    if "hour" in words:
        days = number // 24 + 1
    return first, cut_at_text(first, first + timedelta(days=days - 1), view), True


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9}  # the first month


def resolve_season(words: str, view: Viewpoint) -> Allowed:
    """The three months of a season of the north: of a year, else the last that has begun."""
    year, published = YEAR.search(words), view.published
    month = next(month for season, month in _SEASONS.items() if season in words)
    if not year and not published:
        return None
    first = date(int(year[0]) if year else published[1].year if published else 0, month, 1)
    if published and first > published[1] and not year:
        if view.ahead:
            return None
        first = first.replace(year=first.year - 1)
    last = end_of_month(first.year, month + 2)
    return first, cut_at_text(first, last, view), False


def read_amount(words: str) -> int:
    """The amount that a number in words or figures gives; 1 of "the"."""
    reading = read_number(words)
    return AMOUNTS.get(words) or int(reading.best if reading and reading.best else 1)


def _find_span(words: str, anchor: date) -> Span:
    """The first and last day."""
    if months := find_months(words):
        return _find_month(words, months[0], anchor)
    if "week" in words:
        return _find_week(words, anchor)
    if words.startswith("before"):
        return anchor, date(anchor.year, 12, 31)
    if words.endswith("that year"):
        return date(anchor.year, 1, 1), date(anchor.year, 12, 31)
    if "year" in words and "the" in words.split():
        return date(anchor.year + 1, 1, 1), date(anchor.year + 1, 12, 31)
    if "same" in words:
        return _open_month(anchor.year, anchor.month)
    if "the" in words.split():
        after = step_months(anchor.replace(day=1), 1)
        return _open_month(after.year, after.month)
    unit = "year" if "year" in words else "month"
    middle = step_months(anchor, count(words) * (12 if unit == "year" else 1))
    return middle - _HALF[unit], middle + _HALF[unit]


def _find_week(words: str, anchor: date) -> Span:
    """The week of a day, or the weekend that it falls on or before."""
    monday = anchor - timedelta(days=anchor.weekday())
    first = monday + timedelta(days=5 if "weekend" in words else 0)
    return first, monday + timedelta(days=6)


def _find_month(words: str, month: int, anchor: date) -> Span:
    """The next such month behind the anchor, or the last before it: "that May" may be its own."""
    if _BACK.search(words):
        return _open_month(anchor.year - (month >= anchor.month), month)
    is_later = month >= anchor.month if words.startswith("that") else month > anchor.month
    return _open_month(anchor.year + (not is_later), month)


def _open_month(year: int, month: int) -> Span:
    return date(year, month, 1), end_of_month(year, month)
