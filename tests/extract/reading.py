"""How the tests read events of a text."""

from helpers.extract.dates.expressions import find_dates
from helpers.extract.dates.search import DateSpans
from helpers.extract.events.find import Event, find_events
from helpers.extract.places.mentions import Mentions
from helpers.extract.text.document import Document


def read_events(text: str, gazetteer, days=None) -> list[Event]:
    """The events of a text published within these days (first and last)."""
    document = Document(text)
    dates, mentions = DateSpans(document), Mentions(document, gazetteer)
    return find_events(document, dates, lambda: find_dates(document, days, dates), mentions, days)
