"""The days that a text tells beside a figure's own words: of its entry or heading, of the sentences
around it, of the weeks it reports on, and the beginnings from which its totals count."""

import re
from bisect import bisect_left
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter

from helpers.extract.counts.find import Count
from helpers.extract.dates.calendar import NAMES, Span
from helpers.extract.dates.coverage import find_covered
from helpers.extract.dates.expressions import Dating
from helpers.extract.dates.speaking import is_of_speaking, is_of_study
from helpers.extract.periods.clauses import drop_repeated
from helpers.extract.periods.period import MONTH, YEAR, Period
from helpers.extract.rules.load import load_patterns
from helpers.extract.text.datelines import find_datelines
from helpers.extract.text.document import ARTICLE, Document
from helpers.extract.text.sentences import Sentence

PATTERNS = load_patterns("dates.toml", **NAMES)
_LOOK_BACK = 60  # dating words between a figure and the day told last
_HEAD = 200  # characters in which a text says when it was written
_DAY, _WEEK = timedelta(days=1), timedelta(days=6)
_BULLETS = tuple("•-*–—·▪◦‣")
_CLOCK = re.compile(r"\d{1,2}[.:]\d\d\b(?! ?(?:%|per ?cent|million|billion))")
_POSTS = re.compile(r"^\d{1,2}[.:]\d\d\b(?! ?(?:%|per ?cent|million|billion))", re.MULTILINE)
_NIGHT = re.compile(r"\b(?:midnight|overnight|night)\b")
# "231 deaths in May, compared with 107 in | April"
_COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|(?:up|down) from|as against|against|than) [^.;,]{0,40}$"
)
_WHEN = ", when "
_NOW = re.compile(r"\b(?:has|have|are|is|still|now|since|today|currently|remain|live)\b")
_HAS = re.compile(r"\b(?:has|have)\b(?! (?:said|told|reported|confirmed|announced|put)\b)")
_LAUNCHED = re.compile(r"(?:launched|started|begun) (?:on )?")
_ASIDE = re.compile(r"\b(?:that|which|who) [^.,;]*$")
_start = attrgetter("start")


class Told:
    """The days that one text tells."""

    def __init__(self, document: Document, dates: list[Dating], published: Span | None):
        self.document, self.lowered = document, document.lowered
        self.dates, self.published = drop_repeated(dates, self.lowered), published
        self._told: dict[int, list[Dating]] = {}  # start of a sentence → its dating words
        self.named: dict[str, list[Dating]] = {}  # "ceasefire" → its one day
        self._summed: dict[int, int] = {}  # paragraph → where its first sum ends, or far off

    @cached_property
    def datelines(self) -> dict[int, int]:
        """Sentence → where its news begins."""
        return find_datelines(self.document)

    @cached_property
    def _entries(self) -> list[Dating]:
        """The days that stand over entries."""
        return [dating for dating in self.dates if dating.is_entry]

    @cached_property
    def as_of(self) -> Dating | None:
        """The day that a text gives for its figures: "The figures are as of 31 October."."""
        for dating in self.dates:
            if dating.lead == "as_of" and dating.span:
                sentence = self.document.sentences[self.document.find_sentence(dating.start)]
                if PATTERNS["figures"].search(self.lowered, sentence.start, dating.start):
                    return dating
        return None

    def is_summed(self, order: int) -> bool:
        """Whether a sentence, or one before it in its paragraph, tells a toll of all of it."""
        sentence = self.document.sentences[order]
        if sentence.paragraph not in self._summed:
            paragraph = self.document.find_paragraph(order)
            first, last = (self.document.sentences[paragraph[at]] for at in (0, -1))
            sums = PATTERNS["summed"].search(self.lowered, first.start, last.end)
            self._summed[sentence.paragraph] = sums.end() if sums else len(self.lowered) + 1
        return self._summed[sentence.paragraph] <= sentence.end

    @cached_property
    def covered(self) -> Dating | None:
        """The weeks or months that a text says it tells of: "Monthly note, March 2018"."""
        return find_covered(self.document, self.dates)

    @cached_property
    def beginnings(self) -> list[Dating]:
        """The days on which the text lets a war or siege begin, "since fighting broke out on
        6 February" among them."""
        return [
            dating
            for dating in self.dates
            if dating.span
            and (
                dating.lead == "begun"
                or dating.lead == "since"
                and self._is_beginning(dating)
                or not dating.lead
                and self._is_launch(dating)
            )
        ]

    def _is_beginning(self, dating: Dating) -> bool:
        """Whether the words of a "since" tell of fighting that began then, or goes on from then."""
        if PATTERNS["begins"].search(self.lowered, dating.opens, dating.start):
            return True
        begin = self.document.sentences[self.document.find_sentence(dating.opens)].start
        return bool(PATTERNS["at_war"].search(self.lowered[begin : dating.opens]))

    def _is_launch(self, dating: Dating) -> bool:
        """Whether somebody "launched an offensive on" that day."""
        sentence = self.document.sentences[self.document.find_sentence(dating.start)]
        words = self.lowered[max(sentence.start, dating.start - 120) : dating.start]
        if sentence.start == dating.start - len(words) and _LAUNCHED.fullmatch(words):
            return True
        is_day = dating.span and dating.span[1] - dating.span[0] <= _DAY
        return bool(is_day and PATTERNS["launched"].search(words))

    @cached_property
    def _headings(self) -> list[Sentence]:
        """The sentences that are headings."""
        return [
            sentence
            for sentence in self.document.sentences
            if sentence.is_heading and not self.lowered.startswith(_BULLETS, sentence.start)
        ]

    def list_dates(self, sentence: Sentence) -> list[Dating]:
        """The dating words that begin within a sentence."""
        first = bisect_left(self.dates, sentence.start, key=_start)
        last = bisect_left(self.dates, sentence.end, first, key=_start)
        return self.dates[first:last]

    def find_beginning(self, sentence: Sentence) -> list[Dating]:
        """The one beginning that the text tells under the heading that a sentence stands under;
        none where it tells two: of two wars, say."""
        order = bisect_left(self._headings, sentence.start, key=_start)
        opens = self._headings[order - 1].start if order else 0
        below = self._headings[order : order + 1]
        closes = below[0].start if below else len(self.lowered)
        here = [d for d in self.beginnings if opens <= d.start < max(closes, sentence.end)]
        return here[:1] if len({dating.span for dating in here}) == 1 else []

    def find_first_news(
        self, at: int, leads: tuple[str, ...] = ("",), longest: timedelta = YEAR
    ) -> list[Dating]:
        """The first day of the news, which "since the fighting resumed" means where no words tell
        which: none where it was told more than a month before. `at`: how many days are told
        before; `leads`: what may stand before them; `longest`: how far apart the first and last of
        such days may be."""
        if not self.published:
            return []
        recent = self.published[0] - MONTH
        dates = self.dates[max(0, at - ARTICLE) : at]
        told = [d for d in dates if d.span and d.lead in leads and d.span[0] >= recent]
        told = [d for d in told if d.span and d.span[1] - d.span[0] <= longest]
        return [min(told, key=lambda dating: dating.first or date.max)] if told else []

    def is_of_news(self, sentence: Sentence) -> bool:
        """Whether a sentence counts "since the start of the offensive", and all days that the text
        tells are news: what it is about began with the first of them."""
        if not self.published or not PATTERNS["since_hostilities"].search(
            self.lowered, sentence.start, sentence.end
        ):
            return False
        recent = self.published[0] - MONTH
        return all(dating.span[0] >= recent for dating in self.dates if dating.span)

    def find_then(self, at: int, sentence: Sentence) -> list[Dating]:
        """The day that "since then" or "in that time" means: the last "since" of those told shortly
        before, in the paragraph where it tells any, else the last day. `at`: how many are told
        before."""
        told = [dating for dating in self.dates[max(0, at - 4) : at] if dating.span]
        told = [d for d in told if not self.is_apart(sentence, d)] or told
        since = [dating for dating in told if dating.lead in ("since", "begun")]
        return since[-1:] or told[-1:]

    def find_told_before(self, sentence: Sentence, count: Count) -> Dating | None:
        """The beginning that the sentence before tells, where this one goes on: "The war erupted
        in April 2023. It has killed …"."""
        order = count.sentence
        while order and self._goes_on(self.document.sentences[order]):
            order -= 1
        if order == count.sentence:
            return None
        before = self.document.sentences[order]
        at = bisect_left(self.beginnings, sentence.start, key=_start)
        told = self.beginnings[at - 1] if at else None
        return told if told and told.start >= before.start else None

    def _goes_on(self, sentence: Sentence) -> bool:
        """Whether a sentence goes on about what the one before tells of."""
        start, end = sentence.start, sentence.end
        goes_on = PATTERNS["goes_on"].match(self.lowered, start)
        return bool(goes_on or PATTERNS["by_it"].search(self.lowered, start, end))

    def list_told(self, sentence: Sentence) -> list[Dating]:
        """The dating words of a sentence that date neither its writing nor somebody's words."""
        if sentence.start not in self._told:
            begin = self.datelines.get(self.document.find_sentence(sentence.start), sentence.start)
            told = [dating for dating in self.list_dates(sentence) if dating.start >= begin]
            self._told[sentence.start] = [d for d in told if not self.is_of_others(d)]
        return self._told[sentence.start]

    def is_of_others(self, dating: Dating) -> bool:
        """Whether somebody spoke on a day, or only worked on a report then."""
        return is_of_speaking(self.lowered, dating) or is_of_study(self.lowered, dating)

    def find_item(self, sentence: Sentence) -> Dating | None:
        """The day that heads the item of a brief that a sentence stands in."""
        at = bisect_left(self.dates, sentence.start, key=_start)
        for dating in self.dates[max(0, at - _LOOK_BACK) : at][::-1]:
            order = self.document.find_sentence(dating.start)
            if self.document.sentences[order].paragraph != sentence.paragraph:
                return None
            if dating.is_item:
                return dating
        return None

    def is_post(self, sentence: Sentence) -> bool:
        """Whether a sentence stands in an entry headed by the hour: of the day of a live report;
        not where the entry tells of a night, or of another day."""
        order = bisect_left(self._headings, sentence.start, key=_start)
        if order and _CLOCK.match(self.lowered, self._headings[order - 1].start):
            return True
        begin = self.lowered.rfind("\n", 0, sentence.start) + 1
        if not self.is_live or not _CLOCK.match(self.lowered, begin):
            return False
        first = bisect_left(self.dates, begin, key=_start)
        told = self.dates[first : bisect_left(self.dates, sentence.end, key=_start)]
        is_night = _NIGHT.search(self.lowered, begin, sentence.end)
        return not is_night and all(d.span == self.published for d in told if d.span)

    @cached_property
    def is_live(self) -> bool:
        """Whether a text is a live report: more than two of its lines begin with the hour."""
        return len(_POSTS.findall(self.lowered)) > 2

    def is_apart(self, sentence: Sentence, dating: Dating) -> bool:
        """Whether dating words stand in another paragraph."""
        order = self.document.find_sentence(dating.start)
        return self.document.sentences[order].paragraph != sentence.paragraph

    def find_old(self, sentence: Sentence, count: Count) -> Dating | None:
        """The year that a paragraph tells of as the past, for what the sentence tells in the past
        tense: all its days, for no words say more."""
        published, lowered = self.published, self.lowered
        if not published or _NOW.search(lowered, sentence.start, count.end):
            return None
        at = bisect_left(self.dates, sentence.start, key=_start)
        for dating in self.dates[max(0, at - 3) : at][::-1]:
            order = self.document.find_sentence(dating.start)
            is_here = self.document.sentences[order].paragraph == sentence.paragraph
            if not is_here or dating.lead or not dating.span:
                return None
            first, last = dating.span
            if first.year != last.year or last >= published[0] - YEAR:
                return None
            start = self.document.sentences[order].start
            opens = self.lowered[start : dating.start] in ("", "in ")
            if opens or self.lowered.startswith(", when ", dating.end):
                return dating._replace(first=date(first.year, 1, 1), last=date(last.year, 12, 31))
        return None

    def find_ended(self, count: Count, dating: Dating) -> Dating | None:
        """The days of what happened before an old day ended it ("killed before the army retook the
        town on 9 October of that year"): from the beginning of its year."""
        published, between = self.published, (count.number.end, dating.start)
        if not published or not dating.span or dating.span[1] >= published[0] - YEAR:
            return None
        if count.number.end > dating.start or not PATTERNS["ended"].search(self.lowered, *between):
            return None
        return dating._replace(first=date(dating.span[1].year, 1, 1), kind="period")

    def find_above(self, sentence: Sentence) -> Dating | None:
        """The day of the entry that a sentence stands in, or of the heading above it."""
        at = bisect_left(self._entries, sentence.start, key=_start)
        order = bisect_left(self._headings, sentence.start, key=_start)
        for heading in self._headings[max(0, order - 1) : order]:
            if inside := [dating for dating in self.list_dates(heading) if dating.span]:
                return None if self._is_own_day(heading, inside[0]) else inside[0]
        entry = self._entries[at - 1] if at else None
        above = self._headings[order - 1] if order else None
        if entry and above and above.start > entry.start:
            if PATTERNS["sums_up"].search(self.lowered, above.start, above.end):
                return None  # "The week in numbers", behind the entry of its last day
        if entry and len(self._entries) == 1 and entry.start < _HEAD:
            heading = self.document.sentences[self.document.find_sentence(entry.start)]
            return None if self._is_own_day(heading, entry) else entry
        return entry

    def _is_own_day(self, heading: Sentence, dating: Dating) -> bool:
        """Whether a heading at the head of a text says when it was written, of no more than its
        day: "19 August 2026"."""
        if heading.start > _HEAD or dating.span != self.published:
            return False
        words = self.lowered[heading.start : heading.end]
        rest = words.replace(self.lowered[dating.start : dating.end], "")
        return not rest.strip(" .:,-–|") or bool(PATTERNS["written"].search(rest))

    def bound_by_context(self, at: int, said: Span | None) -> Period:
        """The days that the context allows: from the day told last before it to the text's own, or
        to the day on which it was said. No such day: undated."""
        published = self.published
        if not published:
            return Period()
        before = bisect_left(self.dates, at, key=_start)
        told = [
            dating
            for dating in self.dates[max(0, before - _LOOK_BACK) : before]
            if dating.end <= at
            and dating.span
            and (dating.lead == "" or self.is_when(dating))
            and not self._is_compared(dating)
            and dating.span[1] - dating.span[0] <= MONTH
            and not self._is_written(dating)
        ]
        end = said[1] if said else published[1]
        told = [d for d in told if not self._is_aside(d, told)]
        if stop := self._find_stop(self.dates[max(0, before - 1) : before], told, at):
            told = [d for d in told if d.last and d.last <= stop]
            end = min(end, stop) if told else end
        first, last = told[-1].span if told and told[-1].span else (None, None)
        if first and told[-1].basis == "relative" and told[-1].kind != "period":
            first = self._find_opening(first, told)
        if first and last and published[1] - YEAR < first <= end:
            is_whole = told[-1].kind == "period" or (
                _is_month(first, last) and self._is_beside(told[-1], at)
            )
            end = last if is_whole and last <= end and not self._is_perfect(at) else end
            return Period(None, first, end, "point", basis="inferred")
        if said:
            return Period(None, said[0] - _WEEK, end, "point", basis="inferred")
        return Period()

    def _is_perfect(self, at: int) -> bool:
        """Whether the sentence of an offset tells what has happened up to now: "have gone home"."""
        sentence = self.document.sentences[self.document.find_sentence(at)]
        return bool(_HAS.search(self.lowered, sentence.start, sentence.end))

    def _find_opening(self, first: date, told: list[Dating]) -> date:
        """The first of the days that the sentence of the last of them tells of an attack: "On
        19 September the army attacked, and | a day later | they laid down their arms"."""
        sentence = self.document.sentences[self.document.find_sentence(told[-1].start)]
        if not self.lowered.endswith((", and ", ", but ", "; "), 0, told[-1].start):
            return first  # "overran Kell on Monday and Mira | two days later"
        if not PATTERNS["attack"].search(self.lowered, sentence.start, told[-1].start):
            return first
        here = [d.first for d in told if d.start >= sentence.start and d.first]
        near = [day for day in here if first - 2 * _DAY <= day <= first]
        return min([first, *near])

    def _is_aside(self, dating: Dating, told: list[Dating]) -> bool:
        """Whether a day is only that of an aside behind the news of its sentence: "shells killed
        nine overnight, as a truce that took effect on | Saturday | collapsed"."""
        begin = self.document.sentences[self.document.find_sentence(dating.start)].start
        if not any(begin <= other.start < dating.start for other in told):
            return False
        return bool(_ASIDE.search(self.lowered, max(begin, dating.start - 60), dating.start))

    def _is_beside(self, dating: Dating, at: int) -> bool:
        """Whether dating words stand in the paragraph of an offset."""
        sentences, find = self.document.sentences, self.document.find_sentence
        return sentences[find(dating.start)].paragraph == sentences[find(at)].paragraph

    def _find_stop(self, near: list[Dating], told: list[Dating], at: int) -> date | None:
        """The day on which that ended which the paragraph tells, where another day is named before
        it: "… died on Saturday. // The pursuit ran until | Friday | . Eight were wounded"."""
        for dating in near:
            is_until = self.lowered.startswith(("until", "till"), dating.opens)
            if is_until and told and dating.start > told[-1].end and self._is_beside(dating, at):
                return dating.last
        return None

    def is_when(self, dating: Dating) -> bool:
        """Whether words tell what happened on the day of a beginning: "since Thursday, when …"."""
        return dating.lead in ("since", "after") and self.lowered.startswith(_WHEN, dating.end)

    def _is_compared(self, dating: Dating) -> bool:
        """Whether a month only measures the figure of another."""
        before = self.lowered[max(0, dating.start - 60) : dating.start]
        return bool(_COMPARED.search(before))

    def _is_written(self, dating: Dating) -> bool:
        """Whether a day is that of a dateline, or of speaking."""
        begin = self.datelines.get(self.document.find_sentence(dating.start), 0)
        return dating.start < begin or self.is_of_others(dating)


def _is_month(first: date, last: date) -> bool:
    """Whether days are those of a whole month."""
    return first.day == 1 and (last + _DAY).day == 1 and last - first < MONTH
