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
