"""Pace events without a number: places captured, entered, reached or left, and offensives that
begin.

Places and dates of a sentence are replaced by placeholders, "the town" and "it" by the place they
stand for (`placeholders`); a few rules (active, passive, "X fell", "the loss of X", "drove … out of
X") then find the rest (`match`), in the sentences whose words may tell of one (`prefilter`). Each
event takes its days from its own clause, else from its heading, the sentences around it, or at last
the text's date (`dating`).
"""

import itertools
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import NamedTuple

from helpers.extract.dates.calendar import Span
from helpers.extract.dates.expressions import Dating
from helpers.extract.dates.search import DateSpans
from helpers.extract.events.bare import NEAR, find_bare, may_be_bare
from helpers.extract.events.coordination import CHANGES, Found, find_continued, read_changes
from helpers.extract.events.dating import Timing, date_events
from helpers.extract.events.matching.match import Sentence, match_rules
from helpers.extract.events.matching.placeholders import Placeholders
from helpers.extract.events.matching.prefilter import choose_rules
from helpers.extract.events.matching.rules import Rule
from helpers.extract.events.parties import Parties, tells_of_fighters
from helpers.extract.places.gazetteer import PlaceMention
from helpers.extract.places.mentions import Mentions
from helpers.extract.text.document import Document
from helpers.extract.text.teasers import find_teasers

_STOP = re.compile(r"[.!?]\W*\s|\n")
# "retook", "won it back"
_AGAIN = re.compile(r"\bre-?(?:t[ao]k|captur|gain|claim|conquer|occup|seiz)|\bback\b")

_DIALOGUE = 8  # sentences, with the questions between
_ASIDE = re.compile(r"\s*(?:[A-Z]{2,}:\s+)?(?:\S+\s*){1,3}|[^.!?]*\?\W*", re.DOTALL)
_SHARES = re.compile(r"\band(?: \w+ly| then| later| finally)? $")  # the subject before it
_SOME = frozenset(("Units", "units", "Columns", "columns", "Detachments", "detachments"))


class Event(NamedTuple):
    """One event at one place. start, end: the span that holds who, verb and place; `actor`: the
    words for who acted, "" if unsaid; `dating`: the words that date it, or None; date_first,
    date_last: the days on which it may have happened (None: undated); basis explicit, relative,
    inferred or ""; `rule`: the rule that found it."""

    measure: str
    start: int
    end: int
    place: PlaceMention
    actor: str
    dating: Dating | None
    date_first: date | None
    date_last: date | None
    basis: str
    assertion: str
    rule: str


def find_events(
    document: Document,
    dates: DateSpans,
    find_dates: Callable[[], list[Dating]],
    mentions: Mentions,
    published: Span | None,
) -> list[Event]:
    """The pace events of a text in reading order, one a place; a repeat stays only with other days.

    `dates`: where dating words stand; `find_dates` gives them with their days when asked: most
    texts tell of no event, and need none. Plans and conditions come with assertion "expected",
    denials with "denied"; what is negated, asked or failed is no event.
    """
    found: list[Found] = []
    latest: list[PlaceMention] = []
    sentences, teasers = Placeholders(document, dates, mentions), find_teasers(document)
    parties = Parties(document)
    for order in range(len(document.sentences)):
        if order in teasers:
            continue
        is_near = bool(found) and _count_told(document, found[-1].sentence, order) <= NEAR
        is_near = is_near or sentences.is_dated_place(order - 1)
        goes_on = bool(latest) and _goes_on(document, document.sentences[order].start)
        rules = choose_rules(document, order, bool(latest), partial(sentences.list_possible, order))
        rules = _leave_unarmed(rules, sentences, order, parties if found else None)
        is_near = is_near and may_be_bare(document, order)
        if rules is None and not goes_on and not is_near:
            continue
        before = found[-1] if found and order - found[-1].sentence == 1 else None
        here = _read_sentence(sentences, order, rules, latest, parties, before, is_near)
        here = [event for event in here if not _is_of_country(event, mentions)]
        if here:
            found += here
            last = [event.place for event in here if event.start == here[-1].start]
            latest = [place for place in last if place.key] or latest
    if not found:
        return []
    found = _name_actors(found, parties)
    timings = date_events(found, document, find_dates(), sentences.datelines, published)
    events = [_date(event, timing) for event, timing in zip(found, timings)]
    headings = {event.start for event in found if document.sentences[event.sentence].is_heading}
    events = _drop_announced(events, headings)
    return _drop_repeats(events, document.lowered, headings)


def _count_told(document: Document, last: int, order: int) -> int:
    """How many sentences one is behind another; questions and short answers do not count."""
    if order - last > _DIALOGUE:
        return order - last
    return 1 + sum(
        not _ASIDE.fullmatch(document.text, *document.sentences[between][:2])
        for between in range(last + 1, order)
    )


def _leave_unarmed(
    rules: tuple[Rule, ...] | None, sentences: Placeholders, order: int, parties: Parties | None
) -> tuple[Rule, ...] | None:
    """The rules without those that ask for fighters, where a sentence names none: most sentences
    in which somebody leaves or reaches a place need not be read. `parties`: of the text, once it
    has told of an event."""
    if not rules or not any("fighters" in rule.asks for rule in rules):
        return rules
    document = sentences.document
    if tells_of_fighters(document, order):
        return rules
    start, end, _, _ = document.sentences[order]
    if parties and any(document.text.find(name, start, end) >= 0 for name in parties.names):
        return rules
    if any(rule.measure == "withdrawn" for rule in rules) and sentences.names_countries(order):
        return rules  # "from which Velmar had withdrawn"
    kept = tuple(r for r in rules if "fighters" not in r.asks or r.form == "passive")
    return kept or None


def _is_of_country(event: Found, mentions: Mentions) -> bool:
    """Whether an event has a country as what was taken, entered or left, which none ever is."""
    is_country = mentions.gazetteer.ranks.get(event.place.key) == "country"
    return is_country and event.measure in ("captured", "entered", "reached", "withdrawn")


def _read_sentence(
    sentences: Placeholders,
    order: int,
    rules: tuple[Rule, ...] | None,
    latest: list[PlaceMention],
    parties: Parties,
    before: Found | None,
    is_near: bool,
) -> list[Found]:
    """The events of a sentence. `before`: the last of the sentence just before it. `rules`: none,
    where only brackets may tell of one; None, where nothing may but what goes on from before.
    `latest`: the places of the last event before it."""
    document, begin = sentences.document, sentences.begin(order)
    goes_on = bool(latest) and _goes_on(document, begin)
    may_tell = rules is not None
    marked, meant = sentences.replace(order, latest) if may_tell or goes_on else ("", {})
    if not meant and not is_near and not may_tell:
        return []
    marked = marked or sentences.mark(order)[0]
    sentence = Sentence(document.text, order, begin, marked, meant, before, bool(latest), parties)
    found = match_rules(sentence, rules or ()) if meant else []
    if may_tell and not found and CHANGES.search(marked):
        focus = sentences.find_focus(order, latest)
        found = read_changes(order, begin, document.text, marked, meant, focus)
    if not found and latest and meant and _goes_on(document, begin):
        return find_continued(order, begin, marked, meant)
    if (found or is_near) and may_be_bare(document, order):
        found += find_bare(sentence, found, sentences.find_focus(order, latest))
    return found


def _goes_on(document: Document, begin: int) -> bool:
    """Whether a semicolon stands before an offset: what follows may go on without a verb."""
    return document.text[max(0, begin - 3) : begin].rstrip().endswith(";")


def _name_actors(found: list[Found], parties: Parties) -> list[Found]:
    """The events with who is meant by "they", "its fighters" and "the group"."""
    named: list[Found] = []
    for event in found:
        told = named[-1] if named and event.sentence - named[-1].sentence < 2 else None
        before = told.actor if told else ""
        if told and told.measure == "withdrawn" and event.actor.lower() == "they":
            before = parties.find_since(told.end, event.start) or before
        words = "they" if event.actor.lower() == "them" else event.actor  # "taken by | them"
        actor = parties.resolve(words, event.start, before) if words else ""
        if told and before and event.actor in _SOME and event.measure == told.measure:
            actor = before  # "units that had set out from Kell": those of the sentence before
        if told and not actor and event.form == "ing" and told.sentence == event.sentence:
            actor = told.actor  # "took Kell before entering Mira"
        is_beside = told is not None and told.sentence == event.sentence
        if told and not actor and is_beside and event.measure == "captured":
            is_one = told.place.key == event.place.key and told.measure in ("entered", "reached")
            between = parties.lowered[told.end : max(told.end, event.verb)]
            if is_one or event.form == "finite" and _SHARES.search(between):
                actor = told.actor  # "fighters entered Kell, and by Sunday it had fallen"
        if told and not actor and is_beside and event.measure != "captured":
            actor = _find_shared(event, told, parties.lowered)
        named.append(event._replace(actor=actor))
    return named


def _find_shared(event: Found, told: Found, lowered: str) -> str:
    """Who acted before in a sentence, for a verb that shares the subject: "took Kell and | entered
    Mira", "who had seized Kell | left it"."""
    shares = event.form == "finite" and _SHARES.search(lowered, told.end, max(told.end, event.verb))
    is_left = event.measure == "withdrawn" and event.place.key == told.place.key
    if shares or is_left and " who " in lowered[told.start : told.verb]:
        return told.actor
    return ""


def _date(event: Found, timing: Timing) -> Event:
    """An event with its days."""
    return Event(
        event.measure,
        event.start,
        event.end,
        event.place,
        event.actor,
        timing.dating,
        timing.first,
        timing.last,
        timing.basis,
        event.assertion,
        event.rule,
    )


def _drop_announced(events: list[Event], headings: set[int]) -> list[Event]:
    """The events without those of headings that the text below tells otherwise: under "Troops push
    into Kell" it says that they captured it, or entered its north."""
    body = [event for event in events if event.start not in headings]
    return [
        event
        for event in events
        if event.start not in headings
        or event.measure not in ("entered", "reached")
        or not any(
            told.measure in ("captured", "entered") and told.place.key == event.place.key
            for told in body
        )
    ]


def _drop_repeats(events: list[Event], lowered: str, headings: set[int]) -> list[Event]:
    """One event for one place and measure on days that overlap: the one whose days are told best,
    then one of the text rather than of its `headings`, then the first. Who denies it says
    something else; who took a place back did not take it first."""
    kept: dict[tuple[str, str], list[Event]] = {}
    for event in sorted(events, key=lambda told: _rank_telling(told, told.start in headings)):
        same = kept.setdefault((event.measure, event.place.key or event.place.words), [])
        if not any(
            _overlap(event, other) and not _is_answer(event, other, lowered) for other in same
        ):
            same.append(event)
    return sorted(
        itertools.chain(*kept.values()), key=lambda event: (event.start, event.place.start)
    )


def _is_answer(event: Event, other: Event, lowered: str) -> bool:
    """Whether one of two events answers the other: denies what another sentence tells, or, by
    another side, takes back what was taken."""
    if (event.assertion == "denied") != (other.assertion == "denied"):
        first, last = sorted([event, other], key=lambda told: told.start)
        return bool(_STOP.search(lowered, first.end, max(first.end, last.start)))
    if not event.actor or not other.actor or event.actor.lower() == other.actor.lower():
        return False
    again = [bool(_AGAIN.search(lowered, told.start, told.end)) for told in (event, other)]
    return again[0] != again[1]


def _rank_telling(event: Event, is_heading: bool) -> tuple[float, ...]:
    """Small for an event that is told well: as having happened, with days, in words, on few of
    them, and by whom."""
    first, last = event.date_first, event.date_last
    return (
        event.assertion not in ("reported", "claimed"),
        first is None,
        event.basis == "inferred",
        (last - first).days if first and last else 0,
        is_heading,
        not event.actor,
        event.start,
    )


def _overlap(event: Event, other: Event) -> bool:
    """Whether two events may have been on the same day."""
    if event.date_first is None or other.date_first is None:
        return True
    if event.basis == "inferred" and event.rule == "noun":
        return True
    if event.date_last is None or other.date_last is None:
        return True
    return event.date_first <= other.date_last and other.date_first <= event.date_last
