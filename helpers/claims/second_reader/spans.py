"""Days: what a written date is, counted from the day of writing.

Days are ISO text, which sorts as days do. A span has "" on both sides where the claim must be
undated, and OPEN on a side that the words leave to the text round them.
"""

from datetime import date, timedelta
from typing import NamedTuple

OPEN = "*"
ONE = timedelta(days=1)


class Span(NamedTuple):
    """The first and last day of a reading."""

    first: str
    last: str


class Written(NamedTuple):
    """A date as written: year, month and day, None where it is not said."""

    year: int | None
    month: int | None
    day: int | None


class Anchor(NamedTuple):
    """The days between which a text was written."""

    first: date
    last: date


class Dating(NamedTuple):
    """A dating expression: its tokens, the bounds it names, and how it stands to them: on (they are
    the days), since, until, after, as_of; `named` is empty where only the text round it can tell
    the days."""

    first: int
    behind: int
    bounds: tuple[tuple[date, date], ...]
    relation: str
    days_on: int = 0  # for "two days later": so many days from another date
    months_on: int = 0  # for "four years later"
    listed: tuple[tuple[date, date], ...] = ()  # the days of a list, one by one


UNDATED = Span("", "")


def make_span(first: date, last: date) -> Span:
    return Span(first.isoformat(), last.isoformat())


def read_anchor(published: str) -> Anchor | None:
    """The days of writing from documents.csv: a day, an interval "a/b", or None where it is not
    known.

    >>> read_anchor("2024-12-08/2024-12-09").last
    datetime.date(2024, 12, 9)
    """
    first, _, last = str(published or "").partition("/")
    try:
        return Anchor(date.fromisoformat(first[:10]), date.fromisoformat((last or first)[:10]))
    except ValueError:
        return None


def make_day(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, or None where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def end_month(year: int, month: int) -> date:
    """The last day of a month; months beyond December count on into the next year."""
    year, month = year + month // 12, month % 12 + 1
    return date(min(max(year, 1), 9998), month, 1) - ONE


def shift_months(day: date, months: int) -> date:
    """A day so many months earlier or later, in the month's last days where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = min(max(count // 12, 1), 9998), count % 12 + 1
    return date(year, month, min(day.day, end_month(year, month - 0).day))


def shift_days(day: date, days: float) -> date:
    """A day so many days later, within the calendar."""
    number = day.toordinal() + int(days)
    return date.fromordinal(min(max(number, 1), date(9998, 12, 31).toordinal()))


def bound_written(written: Written, anchor: Anchor | None) -> list[tuple[date, date]]:
    """The first and last day of a written date. Without a year it is the last such date that begins
    on or before the day of writing; without either it is none."""
    years = [written.year] if written.year else _guess_years(written, anchor)
    found = []
    for year in years:
        if year is None or not 1 <= year <= 9998:
            continue
        if written.month is None:
            found.append((date(year, 1, 1), date(year, 12, 31)))
        elif written.day is None:
            found.append((date(year, written.month, 1), end_month(year, written.month)))
        else:
            day = make_day(year, written.month, written.day)
            found += [(day, day)] if day else []
    return found


def _guess_years(written: Written, anchor: Anchor | None) -> list[int]:
    if anchor is None or written.month is None:
        return []
    years = []
    for day in {anchor.first, anchor.last}:
        behind = (written.month, written.day or 1) > (day.month, day.day)
        years.append(day.year - 1 if behind else day.year)
    return sorted(set(years))


def find_weekdays(weekday: int, anchor: Anchor) -> list[date]:
    """The last such day of the week on or before each day on which the text may have been
    written."""
    days = [anchor.last, anchor.first]
    return sorted({day - timedelta(days=(day.weekday() - weekday) % 7) for day in days})
