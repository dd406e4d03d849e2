"""One claim read again, from its stored words and the sentence round them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from helpers.claims.second_reader.dating import read_days
from helpers.claims.second_reader.expressions import Site
from helpers.claims.second_reader.measures import (
    read_affected,
    read_event_measures,
    read_figure_measures,
    read_units,
)
from helpers.claims.second_reader.spans import Span, read_anchor
from helpers.claims.second_reader.tokens import Sentence, cut_sentence
from helpers.claims.second_reader.values import Figure, Value, read_figure

LONGEST_DATING = 200  # code points of dating words
LONGEST = 1_500  # code points of a quote that are read; a longer one is read round its number


@dataclass(frozen=True)
class Reading:
    """What the second reader reads of one claim. Each field holds all readings that the words
    allow, and is None where they allow none: then it cannot tell, which is not the same as a
    difference.

    values: quantifier, low, best, high; none for an event. units, measures, affected: as in the
    codebook. days: first and last day, ("", "") where the claim may be undated, "*" for a side that
    the words leave open. last_day: the day of writing, behind which nothing is past; "" if unknown.
    words: the words that were read.
    """

    values: frozenset[Value] | None
    units: frozenset[str] | None
    measures: frozenset[str] | None
    affected: frozenset[str] | None
    days: frozenset[Span] | None
    last_day: str
    words: str
    unsure: frozenset[str] = frozenset()


def read_claim(row: Mapping[str, Any], text: str, published: str) -> Reading:
    """A claim as its words say it: `row` has at least exact, start, number, number_start,
    date_exact and date_at (offsets as text or numbers, in code points of `text`); `published` is
    the day of writing, an interval "a/b", or "".

    >>> text = "Over 1.5m people fled Homs on Thursday, the UN said."
    >>> row = {"exact": "Over 1.5m people fled", "start": 0}
    >>> row |= {"number": "Over 1.5m", "number_start": 0}
    >>> reading = read_claim(row, text, "2024-12-08")
    >>> reading.values
    frozenset({Value(quantifier='more_than', low=1500000.0, best=1500000.0, high=None)})
    >>> reading.days
    frozenset({Span(first='2024-12-05', last='2024-12-05')})
    """
    start = _read_offset(row.get("start"))
    end = (start or 0) + min(len(row["exact"]), LONGEST)
    if start is None or start >= len(text):
        return Reading(None, None, None, None, None, "", "")
    number, at = str(row.get("number") or "")[:LONGEST], _read_offset(row.get("number_start"))
    if number and at is not None and not start <= at <= end - len(number):
        start, end = at, at + len(number)
    sentence = cut_sentence(text, start, end)
    quote = _find_tokens(sentence, start, end)
    figure, first, behind = None, *quote
    if number and at is not None:
        first, behind = _find_tokens(sentence, at, at + len(number))
        figure = read_figure(sentence.tokens, first, behind) if first < behind else None
    anchor = read_anchor(published)
    site = Site(sentence, first, behind, quote, not number, anchor, text)
    days = None
    if first < behind:
        dating = str(row.get("date_exact") or "")[:LONGEST_DATING]
        days = read_days(site, dating, _read_offset(row.get("date_at")))
    last_day = anchor.last.isoformat() if anchor else ""
    words = text[sentence.start : sentence.end].strip()
    if not number:
        measures, decides = read_event_measures(sentence.tokens[first:behind], sentence.tokens)
        unsure = frozenset() if decides else frozenset({"measure"})
        event = frozenset({"event", ""})
        return Reading(frozenset(), event, measures, None, days, last_day, words, unsure)
    reading = Reading(None, None, None, None, days, last_day, words)
    if figure is None:
        return reading
    return _read_figure_fields(reading, sentence, figure, (first, behind), quote)


def _read_figure_fields(
    reading: Reading,
    sentence: Sentence,
    figure: Figure,
    number: tuple[int, int],
    quote: tuple[int, int],
) -> Reading:
    """The reading with what the words of a figure say. `number`, `quote`: where its tokens stand in
    the sentence."""
    first, behind = number
    tokens, stop = sentence.tokens, max(figure.behind, behind)
    units = read_units(tokens, first, stop, figure.kind)
    measures, decides = read_figure_measures(tokens, first, stop, units)
    if units == {"event"}:
        measures, decides = read_event_measures(tokens[slice(*quote)], tokens)
    affected = read_affected(tokens, first, stop, tokens)
    unsure = frozenset() if decides else frozenset({"measure"})
    reading = replace(reading, values=figure.values, units=units, measures=measures)
    return replace(reading, affected=affected, unsure=unsure)


def _read_offset(cell: Any) -> int | None:
    """An offset from a cell: a number, digits as text, or nothing."""
    if isinstance(cell, str):
        return int(cell) if cell.isdecimal() else None
    try:
        return int(cell)
    except (TypeError, ValueError):
        return None


def _find_tokens(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The tokens of a sentence that stand between two offsets: first, and behind the last."""
    found = [
        at for at, token in enumerate(sentence.tokens) if token.end > start and token.start < end
    ]
    return (found[0], found[-1] + 1) if found else (0, 0)
