"""Dates in a text: the words that date, and the days they allow, resolved against the text's own
date (`calendar`).

Words that cannot be resolved (no publication date, no year) are found all the same, so that their
numbers count nobody, but bear no days. The patterns are in dates.toml.
"""

import re
from datetime import date
from typing import NamedTuple

from helpers.extract.dates.calendar import NAMES, Span, Viewpoint, names_year
from helpers.extract.dates.leads import read_lead
from helpers.extract.dates.named import NamedDays
from helpers.extract.dates.search import DateSpans
from helpers.extract.dates.spans import list_days, resolve_days
from helpers.extract.rules.load import load_patterns
from helpers.extract.text.datelines import find_lines
from helpers.extract.text.document import Document

_PATTERNS = load_patterns("dates.toml", **NAMES)


class Dating(NamedTuple):
    """Dating words: start and end in the text; the first and last day they allow (None where they
    cannot be resolved); kind "point" or "period"; basis explicit or relative; lead "since",
    "begun" (the day on which a war or siege began), "compared" (the deadliest since), "by",
    "before", "after", "as_of", "named" (part of a name) or "";
    `opens`: where the words of the lead begin; `seen`: the days from which the words were seen,
    those of the text or of the dated entry they stand in; `days`: the days named one by one;
    `is_entry`: it stands over an entry of a list or live report; `is_item`: it heads an item of a
    brief, with its place ("Odra, 3 December. …"), which dates its paragraph."""

    start: int
    end: int
    first: date | None
    last: date | None
    kind: str
    basis: str
    lead: str
    opens: int = 0
    seen: Span | None = None
    days: tuple[date, ...] = ()
    is_entry: bool = False
    is_item: bool = False

    @property
    def span(self) -> Span | None:
        """First and last day; None where they cannot be resolved."""
        return (self.first, self.last) if self.first and self.last else None


_EXPLICIT = frozenset("iso slash week_of range day part month year".split())
# Explicit where they name a month or year.
_EITHER = frozenset("ending list between quarter start weekday_nth".split())


def find_dates(
    document: Document, published: Span | None = None, spans: DateSpans | None = None
) -> list[Dating]:
    """The dating words of a text in reading order, none inside another; `spans`: what was found of
    them before.

    `published`: first and last possible day of publication; None when unknown. Words without a
    year are seen from there, or from the day of the entry they stand in ("3 May: …"); in a text
    of unknown day, none takes its year from another sentence.
    """
    matches = _leave_out_written(document, (spans or DateSpans(document)).find_all())
    years = _lend_years(document, matches, published)
    found: list[Dating] = []
    days = NamedDays(document, published)
    seen = published
    for match, year in zip(matches, years):
        kind = match.lastgroup or ""
        is_ahead = not year and not names_year(match[0]) and _tells_ahead(document, match)
        is_today = published is not None and _is_today(document, match, found)
        is_of_text = kind in _OF_TEXT and published is not None or is_today
        day = days.find_anchor(match, found)
        view = Viewpoint(published if is_of_text else seen, day, year, is_ahead)
        view = view._replace(published=days.see_back(match, found[-1:], view.published))
        dating = _resolve(document, match, kind, view)
        if kind == "of_start" and not dating.span:
            continue
        if match[0] == "hours later" and published and not day:
            continue  # behind no day: "lost the base and regained it | hours later"
        dating = _place_by_told(document, dating, found, day)
        if is_today or _opens_entry(document, dating, published):
            dating = dating._replace(is_entry=True)
        elif _heads_item(document, dating, published):
            dating = dating._replace(is_item=True)
        dating = dating._replace(seen=seen)
        found.append(dating)
        days.remember(dating)
        if dating.is_entry:
            seen = dating.span
    return found


_NEAR = 4  # dating words back to the day whose hours are counted
_STRETCH = 4  # days; what leaves fewer open is told as a day
_EARLY = re.compile(r"\b(?:dawn|sunrise|daybreak|morning|noon|midday|early)\b")


def _place_by_told(
    document: Document, dating: Dating, told: list[Dating], anchor: date | None
) -> Dating:
    """ "The same day" behind a stretch of its sentence is one of those days ("stormed Kell earlier
    this month and were driven out | the same day"); "hours later" than a morning is still that day
    ("attacked before dawn on Sunday but left a few | hours later")."""
    words, here = document.lowered[dating.start : dating.end], dating.span
    if not told or not here or not words.endswith(("same day", "s later")):
        return dating
    if words.endswith(("days later", "weeks later")):
        return _step_from_stretch(document, dating, told[-1], anchor)
    if words == "hours later":
        day = next((d for d in told[: -_NEAR - 1 : -1] if d.span == (here[0], here[0])), None)
        begin = max(0, day.start - 24) if day else 0
        is_early = day and _EARLY.search(document.lowered, begin, day.end)
        is_entry = day is not None and day.is_entry
        return dating._replace(last=here[0]) if is_early or is_entry else dating
    near = told[-1]
    if near.lead or document.find_sentence(near.start) != document.find_sentence(dating.start):
        return dating
    return dating._replace(first=near.first, last=near.last)


def _step_from_stretch(
    document: Document, dating: Dating, near: Dating, anchor: date | None
) -> Dating:
    """ "Eight days later" than some day of "early November": any of the days that this leaves
    open, where it was told right before, in the paragraph. `anchor`: the day counted from."""
    here, there = dating.span, near.span
    if not here or not there or not anchor or near.lead or near.kind == "period":
        return dating
    if not _STRETCH <= (there[1] - there[0]).days <= 31:
        return dating
    sentences, find = document.sentences, document.find_sentence
    if sentences[find(near.start)].paragraph != sentences[find(dating.start)].paragraph:
        return dating
    steps = here[0] - anchor
    return dating._replace(first=there[0] + steps, last=there[1] + steps)


def _leave_out_written(document: Document, matches: list[re.Match[str]]) -> list[re.Match[str]]:
    """The dating words but those of a line that says where and when the text was written."""
    lines = find_lines(document)
    if not lines:
        return matches
    return [match for match in matches if document.find_sentence(match.start()) not in lines]


def _resolve(document: Document, match: re.Match[str], kind: str, view: Viewpoint) -> Dating:
    """Dating words with their days."""
    resolved = resolve_days(kind, match[0], view)
    first, last, is_period = resolved or (None, None, False)
    is_day = view.published is not None and first is not None and first == last
    lead, opens = read_lead(document, match, is_day)
    if lead == "named":
        first = last = None
    return Dating(
        match.start(),
        match.end(),
        first,
        last,
        "period" if is_period or _is_throughout(match) else "point",
        "explicit" if _is_explicit(kind, match[0]) else "relative",
        lead,
        opens,
        None,
        list_days(kind, match[0], (first, last) if first and last else None),
    )


def _is_explicit(kind: str, words: str) -> bool:
    """Whether words name a day, month or year of the calendar: "the week to Sunday" does not."""
    if kind in _EXPLICIT:
        return True
    return kind in _EITHER and bool(_PATTERNS["calendar"].search(words))


def _is_throughout(match: re.Match[str]) -> bool:
    """Whether all days of a span are meant: "throughout November"."""
    before = match.string[max(0, match.start() - 24) : match.start()]
    if match[0].startswith("throughout"):
        return True
    return before.rstrip().endswith(("throughout", "throughout the month of", "all through"))


def _lend_years(
    document: Document, matches: list[re.Match[str]], published: Span | None
) -> list[int | None]:
    """The year that other words of the sentence lend to those that have none: the next of the days
    they are joined with ("3 April and 9 May 2021"), or the one named before them."""
    years: list[int | None] = [None] * len(matches)
    named = [_last_year(match) for match in matches]
    for at in range(len(matches) - 2, -1, -1):
        if named[at] is None and matches[at].lastgroup in _DAYS:
            between = document.lowered[matches[at].end() : matches[at + 1].start()]
            if matches[at + 1].lastgroup in _DAYS and _PATTERNS["joins_days"].match(between):
                years[at] = named[at] = named[at + 1]
    carried, order, last = None, -1, None
    topic: _Topic | None = None
    for at, match in enumerate(matches):
        last = named[at] or last
        if last and named[at] is None and _OF_THAT_YEAR.match(document.lowered, match.end()):
            years[at] = last
            continue
        sentence = document.find_sentence(match.start())
        carried = carried if sentence == order else None
        order = sentence
        if named[at] is not None:
            is_told = not read_lead(document, match, True)[0] and match.lastgroup in _LENDING
            carried = named[at] if is_told else carried
        elif carried and match.lastgroup in _DAYS and not _is_recent(match, published):
            years[at] = carried + _is_next_year(document, matches[at - 1], match, carried)
        elif topic and _may_be_of(topic, document, match, published):
            years[at] = topic.year
        topic = _find_topic(document, match, published) if years[at] is None else topic
    return years


_AND = re.compile(r"[^.;]*\band\b(?![^.;]*\b(?:after|since|following)\b)[^.;]*")


def _is_next_year(document: Document, told: re.Match[str], match: re.Match[str], year: int) -> bool:
    """Whether a day that goes on from one of a year is of the next: "fell in August 2014 and was
    retaken on | 18 March"."""
    if not _AND.fullmatch(document.lowered, told.end(), match.start()):
        return False
    kinds = told.lastgroup or "", match.lastgroup or ""
    if kinds[0] not in _DAYS | {"month"} or _last_year(told) != year:
        return False
    first = resolve_days(kinds[0], told[0], Viewpoint(None, None, year))
    then = resolve_days(kinds[1], match[0], Viewpoint(None, None, year))
    return bool(first and then and then[0] < first[0])


class _Topic(NamedTuple):
    """An old year that a paragraph tells of; the day told of it, where it is one."""

    year: int
    paragraph: int
    day: date | None


def _find_topic(document: Document, match: re.Match[str], published: Span | None) -> _Topic | None:
    """An old year of which a paragraph goes on to tell: "What was new in 2024 was the ambition.
    | Rebels took Kell in July", "On 27 September 2020 the army attacked. | On 8 November …",
    "… retook it on 4 June 2021. | They then moved south and in July …"; None behind words of
    another time."""
    year, kind = _last_year(match), match.lastgroup or ""
    if kind not in _TOPICS or not published or not year or year >= published[0].year:
        return None
    sentence = document.sentences[document.find_sentence(match.start())]
    opens = document.lowered[sentence.start : match.start()]
    is_opening = opens.endswith("in ") if kind == "year" else opens in ("on ", "in ", "")
    if not is_opening and (kind == "year" or not _GOES_ON.match(document.lowered, sentence.end)):
        return None  # "in the same period of 2023"
    for name in ("begins", "founded"):
        if _PATTERNS[name].search(document.lowered, sentence.start, sentence.end):
            return None
    if read_lead(document, match, True)[0]:
        return None
    days = resolve_days(kind, match[0], Viewpoint(published, None, None))
    return _Topic(year, sentence.paragraph, days[0] if days and kind != "year" else None)


def _may_be_of(
    topic: _Topic, document: Document, match: re.Match[str], published: Span | None
) -> bool:
    """Whether a month or day without a year is one of the year that its paragraph tells of."""
    kind = match.lastgroup or ""
    if kind not in _DAYS | {"month"} or _NEAR_YEAR.match(match[0]):
        return False
    sentence = document.sentences[document.find_sentence(match.start())]
    if sentence.paragraph != topic.paragraph or _is_recent(match, published):
        return False
    if not topic.day:
        return True
    if _OF_NOW.search(document.lowered, sentence.start, match.start()):
        return False
    days = resolve_days(kind, match[0], Viewpoint(published, None, topic.year))
    return days is not None and days[0] >= topic.day  # told in the order of the days


_OF_NOW = re.compile(r"\b(?:has|have|is|are|now|since|today|currently|this year)\b")
_NEAR_YEAR = re.compile(r"(?:this|last|next|since)\b")
_OF_THAT_YEAR = re.compile(r",? (?:of )?(?:that|the same) year\b")
_GOES_ON = re.compile(r"\s*(?:they|it|he|she|its|their|his|her|then|later)\b")
_DAYS = frozenset({"day", "list", "range", "part"})
_TOPICS = frozenset({"year", "day", "month", "part", "night"})
_OF_TEXT = _DAYS | {"month", "between", "quarter"}  # seen from the text's day in its entries too
_LENDING = frozenset("day list range iso slash month year between night".split())
_RECENT = 31  # days before the text: a day so near needs no year


def _is_recent(match: re.Match[str], published: Span | None) -> bool:
    """Whether a day without a year is near the text's own, so that it is hardly one of another
    year."""
    if not published:
        return False
    found = resolve_days(match.lastgroup or "", match[0], Viewpoint(published, None, None))
    return found is not None and (published[1] - found[0]).days <= _RECENT


def _last_year(match: re.Match[str]) -> int | None:
    """The last year that dating words name; None of a decade."""
    years = _PATTERNS["any_year"].findall(match[0])
    return int(years[-1]) if years and not match[0].endswith("s") else None


def _tells_ahead(document: Document, match: re.Match[str]) -> bool:
    """Whether a sentence tells of what is to come."""
    sentence, ahead = document.sentences[document.find_sentence(match.start())], _PATTERNS["ahead"]
    if match.lastgroup == "later":  # "over the | next | three days"
        before = ahead.search(document.lowered, sentence.start, match.start())
        return bool(before or ahead.search(document.lowered, match.end(), sentence.end))
    return bool(ahead.search(document.lowered, sentence.start, sentence.end))


def _opens_entry(document: Document, dating: Dating, published: Span | None) -> bool:
    """Whether a day stands over what is told of it: a heading that is all but a date, or a date at
    the opening of a line ("[16.03.2022 21:35] …"); not the day on which the text was written."""
    if dating.first != dating.last or dating.basis != "explicit" or not dating.first:
        return False
    if published and dating.first > published[1] or dating.lead:
        return False
    order = document.find_sentence(dating.start)
    sentence, text = document.sentences[order], document.lowered
    before = text[sentence.start : dating.start]
    if sentence.is_heading and dating.end <= sentence.end:
        heading = before + " " + text[dating.end : sentence.end]
        if _PATTERNS["written"].search(heading):
            return False
        return not _PATTERNS["beside_date"].sub("", heading)
    if before.strip(" [(-–—•*"):
        return False
    return bool(_PATTERNS["opens_entry"].match(text, dating.end))


def _is_today(document: Document, match: re.Match[str], found: list[Dating]) -> bool:
    """Whether "Today" heads the last entry of a list of days."""
    if match[0] != "today" or not any(dating.is_entry for dating in found):
        return False
    begin = document.sentences[document.find_sentence(match.start())].start
    before = document.lowered[begin : match.start()].strip(" [(-–—•*")
    return not before and bool(_PATTERNS["opens_entry"].match(document.lowered, match.end()))


_PLACE_BEFORE = re.compile(r"[•*–—-]?\s*[A-ZÀ-Þ][^\W\d_][^\n.:;!?\d]{0,50}(?:,|\s[-–—]|\s\()\s?")
_ENDS_HEAD = re.compile(r"\)?\s*(?:[.:](?=\s)|\n)")


def _heads_item(document: Document, dating: Dating, published: Span | None) -> bool:
    """Whether a place and a day open a line and nothing else stands with them: "Odra, 3 December.
    Shelling at noon …"; not at the head of a text, where they tell of its writing."""
    order = document.find_sentence(dating.start)
    if not dating.first or dating.first != dating.last or dating.lead:
        return False
    if order == 0 and published and dating.first == published[1]:
        return False
    if dating.basis != "explicit" or published and dating.first > published[1]:
        return False
    start = document.sentences[order].start
    if order and document.sentences[order - 1].paragraph == document.sentences[order].paragraph:
        return False
    before = _PLACE_BEFORE.fullmatch(document.text, start, dating.start)
    is_alone = dating.end >= document.sentences[order].end
    return bool(before and (is_alone or _ENDS_HEAD.match(document.text, dating.end)))
