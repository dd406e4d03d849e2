"""The days of a figure, as a value, and why it has none."""

from datetime import date, timedelta
from typing import NamedTuple

from helpers.extract.dates.calendar import Span
from helpers.extract.dates.expressions import Dating

MONTH, YEAR = timedelta(days=31), timedelta(days=366)  # what lies further back is no news
SEASON = timedelta(days=92)
DAY = timedelta(days=1)
UNKNOWN_DAY = "undated: the day of the text is unknown"
OPEN_TOTAL = "undated: a total of which the text does not say since when"
BEFORE_WAR = "undated: of the time before the war"
AFTER_TEXT = "undated: the text dates it after its own day, {words}"


class Period(NamedTuple):
    """The days of a figure: the words that date it (None if none do), first and last day (None:
    undated), kind point, period or window, the most days of a window ("" of none), basis, the days
    that a stock or total describes, scope, and why it is undated."""

    dating: Dating | None = None
    first: date | None = None
    last: date | None = None
    kind: str = ""
    days_most: str = ""
    basis: str = ""
    as_of: Span | None = None
    scope: str = "offensive"
    note: str = ""


def end_at(total: Period, said: Span | None) -> Period:
    """A total as far as the day on which it was so high: "On Monday it had spoken of nine"."""
    is_since = total.kind == "period" and (not total.dating or total.dating.lead)
    if not said or not is_since or not total.first or not total.last:
        return total
    if not total.first <= said[1] or said[1] == total.last:
        return total
    return total._replace(last=said[1], as_of=said)
