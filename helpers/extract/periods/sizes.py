"""Which figures and lengths of time are too large for the days that the context would give."""

from helpers.extract.counts.find import Count
from helpers.extract.periods.period import Period
from helpers.schema.quantity import read_length

_VAGUE = {"thousands": 2_000, "millions": 2_000_000, "million": 2_000_000}  # at least so many
_LARGE = 1000  # so many dead, of whom no day is told, are those of a war


def is_too_long(words: str, period: Period) -> bool:
    """Whether a length of time is longer than the days that the context would give it."""
    length = read_length(words)
    if not length or not period.first or not period.last or period.dating:
        return False
    return length.most > (period.last - period.first).days + 1


def is_large(count: Count, words: str) -> bool:
    """Whether so many were killed, hurt or displaced that they are those of a war, if no day is
    told. `words`: those of the number."""
    reading = count.number.reading
    least = reading.best or reading.low or 0
    if reading.quantifier == "vague":
        least = _VAGUE.get(words.split()[-1].lower(), 0)
    if count.unit != "person":
        return False
    return least >= (_LARGE if count.measure in ("killed", "injured") else _LARGE * 500)
