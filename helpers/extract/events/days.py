"""The days a text tells, from which events without words of their own are dated: those of each
sentence, of the heading above it, and the first of the news."""

import re
from bisect import bisect_right
from datetime import date, timedelta
from typing import NamedTuple

from helpers.extract.dates.calendar import AMOUNTS, Span
from helpers.extract.dates.expressions import Dating
from helpers.extract.dates.speaking import is_of_speaking, is_of_study
from helpers.extract.dates.steps import read_amount
from helpers.extract.events.coordination import Found
from helpers.extract.events.nearness import LASTED
from helpers.extract.rules.territory import compile_territory
from helpers.extract.text.document import ARTICLE, Document
from helpers.extract.text.sentences import Sentence

_WRITTEN = re.compile(r"\b(?:published|updated|issued|dated?|posted|cut-?off)\b")
_HABIT = 31  # days; a day named earlier than this is history, and bounds no event of the news
_NARROW = 11  # days; what allows more bounds no event
_DAY = timedelta(days=1)
_DAYS_FROM_PLACE = compile_territory(
    r"""[^.;]{0,20}?\b(?P<number>a|one|two|three|four|five|six|seven
    |\d{1,2}) (?P<unit>day|week)s? (?P<side>after|before)\s+
    (the ([\w-]+ ){0,3}?(fall|capture|loss|city|town|village|port) of )?
    (?=(?P<place>[\w'’-]+(\x20[\w'’-]+)?))"""
)

# "took over Kell | within hours of the departure"
_HOURS_AFTER = compile_territory(
    r"""( [\w'’-]+){0,4}?,? (just |only |a few |within |some )*
    (hours|minutes) (of|after)\s+(the|their|its|his) ([\w'’-]+ ){0,3}?(withdrawal|departure|retreat
    |pull-?out|exit|flight|fall|capture|loss|evacuation)\b"""
)
_WITHIN_BEHIND = compile_territory(
    r""",? within (?P<number>a|one|two|three|four|five|six|seven|ten|\d{1,2})? ?
    (?P<unit>day|week|hour)s?\b(?! of\b)"""
)
_WITHIN = compile_territory(
    r"""\b(with)?in (just |only |barely |the (space|course) of )?(?P<number>a|one|two|three|four
    |five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}) (?P<unit>day|week|month)s?\b
    (?! (of (?!fighting|combat|battle|war|clashes|siege|shelling)|to\b|ago|that))
    (?!,? (after|when|since|before|as|while)\b)[^.;:\d]*$"""
)
_IS_PERFECT = re.compile(r"\b(?:have|has)\b")


class Timing(NamedTuple):
    """When: the dating words (None if there are none), first and last possible day, and the
    basis."""

    dating: Dating | None
    first: date | None
    last: date | None
    basis: str


def group_dates(
    sentences: list[Sentence], dates: list[Dating], datelines: dict[int, int]
) -> list[list[Dating]]:
    """The dating words of each sentence, behind its dateline."""
    grouped, at = [], 0
    for order, sentence in enumerate(sentences):
        here, begin = [], datelines.get(order, sentence.start)
        while at < len(dates) and dates[at].start < sentence.end:
            if dates[at].start >= begin:
                here.append(dates[at])
            at += 1
        grouped.append(here)
    return grouped


def read_sections(
    document: Document, dates: list[Dating], published: Span | None
) -> list[Dating | None]:
    """The day that a heading above gives to each sentence ("Day 4 - 12 March"); not the day a text
    was written."""
    sections: list[Dating | None] = []
    current: Dating | None = None
    item: tuple[int, Dating] | None = None  # the paragraph that a place and a day head
    at = 0
    for order, sentence in enumerate(document.sentences):
        while at < len(dates) and dates[at].end <= sentence.start:
            at += 1
        dating = dates[at] if at < len(dates) else None
        if item and document.sentences[item[0]].paragraph != sentence.paragraph:
            item = None
        if dating and dating.end <= sentence.end and (dating.is_item or dating.is_entry):
            item = (order, dating)
        if dating and dating.end <= sentence.end and sentence.is_heading and dating.span:
            heading = document.lowered[sentence.start : sentence.end]
            before = heading[: max(0, dating.start - sentence.start)]
            behind = heading[dating.end - sentence.start :]
            rest = re.sub(r"\bday\s+\w+\b|[\W\d_]+", "", before + behind)
            is_own = bool(published) and dating.last == (published and published[1])
            is_written = order < 5 and (_WRITTEN.search(heading) or is_own)
            if len(rest) < 12 and not is_written:
                current = dating
        sections.append(item[1] if item else current)
    return sections


def find_earliest(
    document: Document, dates: list[Dating], datelines: dict[int, int], published: Span | None
) -> date | None:
    """The first day of the news a text tells: no event of it that has no words of its own can be
    earlier."""
    if not published:
        return None
    openings = [document.sentences[order].start for order in datelines]
    ends = list(datelines.values())
    days = []
    for dating in dates:
        at = bisect_right(openings, dating.start)
        in_dateline = at and dating.start < ends[at - 1]
        if in_dateline or not dating.span or is_of_speaking(document.lowered, dating):
            continue
        if is_of_study(document.lowered, dating):
            continue
        first, last = dating.span
        is_news = first < published[1] and (published[1] - first).days <= _HABIT
        if is_news and (last - first).days < _NARROW:
            days.append(first)
    return min(days, default=None)


def find_only_day(lowered: str, dates: list[Dating]) -> Dating | None:
    """The one day among the dating words of a sentence that tells when something happened."""
    told = [d for d in dates if not is_of_speaking(lowered, d) and not is_of_study(lowered, d)]
    days = [d for d in told if d.span and d.first == d.last and d.lead in ("", "after")]
    wider = [d for d in told if d not in days]
    if len(days) != 1 or any(d.start > days[0].start for d in wider):
        return None
    return days[0]


def step_days(step: re.Match[str], anchor: Dating | Timing, backwards: bool) -> Timing | None:
    """So many days, weeks or hours from the days of an anchor."""
    if not anchor.first or not anchor.last:
        return None
    number = read_amount(step["number"])
    if step["unit"] == "hour":
        first = anchor.first - (_DAY if backwards else timedelta(0))
        last = anchor.last + (timedelta(0) if backwards else _DAY)
    else:
        days = number * (7 if step["unit"] == "week" else 1) * (-1 if backwards else 1)
        first, last = anchor.first + days * _DAY, anchor.last + days * _DAY
    return Timing(anchor if isinstance(anchor, Dating) else None, first, last, "relative")


def date_by_place(events: list[Found], timings: list[Timing], lowered: str) -> list[Timing]:
    """ "Dullu, freed two days after Dailekh": counted from the day on which that place changed
    hands."""
    days = {
        event.place.words.lower(): timing
        for event, timing in zip(events, timings)
        if timing.first and timing.basis != "inferred"
    }
    timings = list(timings)
    for order, event in enumerate(events):
        match = _DAYS_FROM_PLACE.match(lowered[event.end : event.end + 90])
        if not match:
            continue
        named, first = match["place"], match["place"].split()[0]
        anchor = next(
            (
                timing
                for words, timing in days.items()
                if named.startswith(words)
                or words.startswith(first + " ")
                or first.strip(".,'’") == words
            ),
            None,
        )
        if anchor and (timing := step_days(match, anchor, backwards=match["side"] == "before")):
            start, end = event.end + match.start("number"), event.end + match.end("side")
            dating = Dating(start, end, anchor.first, anchor.last, "point", "relative", "")
            timings[order] = timing._replace(dating=dating)
    return timings


def find_hours_after(
    lowered: str, event: Found, events: list[Found], timings: list[Timing]
) -> Timing | None:
    """The days of what happened "hours after the withdrawal" that was told before of its place:
    that day or the next. `timings`: those of the events before it."""
    if not _HOURS_AFTER.match(lowered, event.end):
        return None
    for other, timing in zip(reversed(events[: len(timings)]), reversed(timings)):
        if other.place.key == event.place.key and timing.first and timing.last:
            last = timing.last + (_DAY if timing.first == timing.last else timedelta(0))
            return Timing(None, timing.first, last, "inferred")
    return None


def find_hours_before(event: Found, dates: list[Dating], lowered: str) -> Timing | None:
    """The days of what happened before something else of its sentence "a few hours later": those of
    the other. `dates`: the dating words of the sentence."""
    for dating in dates:
        if dating.start >= event.end and dating.span and not dating.lead:
            is_hours = lowered.endswith("hours later", dating.start, dating.end)
            return Timing(None, *dating.span, "inferred") if is_hours else None
    return None


def find_within(event: Found, document: Document, here: list[list[Dating]]) -> Timing | None:
    """The days of what happened "within ten weeks" of the day told in the sentence before.
    `here`: the dating words of each sentence."""
    sentences, sentence = document.sentences, document.sentences[event.sentence]
    match = _WITHIN.search(document.lowered, sentence.start, event.start)
    if not match or not event.sentence:
        return None
    if sentence.paragraph != sentences[event.sentence - 1].paragraph:
        return None
    told = [d.span for d in here[event.sentence - 1] if d.span and not d.lead]
    if not told:
        return None
    number = AMOUNTS.get(match["number"]) or int(match["number"])
    size = {"day": 1, "week": 7, "month": 31}[match["unit"]]
    return Timing(None, told[-1][0], told[-1][0] + number * size * _DAY, "inferred")


def leave_last(
    event: Found, events: list[Found], dates: list[Dating], lowered: str
) -> list[Dating]:
    """The dating words of an event without those behind the last place of its list, where others
    open it: "On Monday they took Kell, and Mira | the next day"."""
    ahead = [dating for dating in dates if dating.end <= event.start and not dating.lead]
    behind = [d for d in dates if lowered[event.end : d.start] in (" ", ", ", " on ")]
    if (
        not ahead
        or not behind
        or not any(
            event.place.end < other.place.start < event.end == other.place.end
            for other in events
            if other.sentence == event.sentence
        )
    ):
        return dates
    return [dating for dating in dates if dating not in behind]


def find_in_paragraph(
    order: int,
    events: list[Found],
    timings: list[Timing],
    document: Document,
    here: list[list[Dating]],
) -> Timing | None:
    """The days of the last event that the paragraph tells of the same place: "took Kell on Monday.
    The last guards fled it". `here`: the dating words of each sentence; no other day may stand
    between."""
    event, sentences = events[order], document.sentences
    if "state" in event.allows:
        return None
    for earlier in range(order - 1, -1, -1):
        other, timing = events[earlier], timings[earlier]
        if event.sentence - other.sentence > ARTICLE:
            return None
        if sentences[other.sentence].paragraph != sentences[event.sentence].paragraph:
            return None
        if other.place.key != event.place.key or not timing.first or timing.basis == "inferred":
            continue
        between = (d for told in here[other.sentence + 1 : event.sentence + 1] for d in told)
        if any(
            d.span and d.start < event.start and not is_of_speaking(document.lowered, d)
            for d in between
        ):
            return None
        if LASTED.search(document.lowered, other.end, max(other.end, event.start)):
            return None
        within = _WITHIN_BEHIND.match(document.lowered, event.end)
        if other.measure == event.measure and not within:
            return None
        if _IS_PERFECT.search(document.lowered, max(0, event.start - 12), event.end):
            return None
        last = timing.last
        if within and last:
            days = read_amount(within["number"] or "a") * (7 if within["unit"] == "week" else 1)
            last += days * _DAY
        return Timing(None, timing.first, last, "inferred")
    return None


def date_respectively(
    events: list[Found], timings: list[Timing], document: Document, here: list[list[Dating]]
) -> list[Timing]:
    """ "Alto and Bajo fell on 14 and 15 August respectively": the n-th day to the n-th place.
    `here`: the dating words of each sentence."""
    timings = list(timings)
    for number in {event.sentence for event in events}:
        sentence = document.sentences[number]
        if "respectively" not in document.lowered[sentence.start : sentence.end]:
            continue
        orders = [order for order, event in enumerate(events) if event.sentence == number]
        days = [
            (dating, day)
            for dating in here[number]
            if dating.span
            for day in dating.days or sorted(set(dating.span))
        ]
        if len(days) == len(orders) > 1:
            for order, (dating, day) in zip(orders, days):
                timings[order] = Timing(dating, day, day, dating.basis)
    return timings


def narrow_by_place(events: list[Found], timings: list[Timing]) -> list[Timing]:
    """The days of events that no words date, narrowed by the one day that the text tells of their
    place: what else befell it came on that day or later."""
    told: dict[str, set[Span]] = {}
    what: dict[str, set[tuple[str, str]]] = {}  # place → what is told of it, and by whom
    for event, timing in zip(events, timings):
        if timing.first and timing.last and timing.basis != "inferred" and event.place.key:
            told.setdefault(event.place.key, set()).add((timing.first, timing.last))
            what.setdefault(event.place.key, set()).add((event.measure, event.actor))
    narrowed = list(timings)
    for order, (event, timing) in enumerate(zip(events, timings)):
        days = told.get(event.place.key, set())
        if timing.basis != "inferred" or timing.dating or "state" in event.allows:
            continue
        if len(days) != 1 or not timing.first or not timing.last:
            continue
        [(first, last)] = days
        if last - first > _DAY or not timing.first <= first <= last <= timing.last:
            continue
        is_then = any(_fell_together(event, *other) for other in what[event.place.key])
        narrowed[order] = timing._replace(first=first, last=last if is_then else timing.last)
    return narrowed


def _fell_together(event: Found, measure: str, actor: str) -> bool:
    """Whether an event is of the day on which somebody entered or captured its place: fighters
    enter and capture it, or others leave it as it is captured."""
    is_other = bool(event.actor and actor and event.actor != actor)
    if event.measure == "withdrawn":
        return measure == "captured" and is_other
    is_taken = event.measure in ("entered", "captured") and measure in ("captured", event.measure)
    return is_taken and not is_other
