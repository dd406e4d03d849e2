"""When the people of a figure were killed, displaced or counted: the dating words of its own
clause, else of the clauses beside it, of the entry or heading it stands under, or what the days
told before it allow. A wide range that is right is better than a day that is wrong; a total whose
beginning no words tell is undated.
"""

import re
from bisect import bisect_left
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from helpers.extract.counts.find import Count
from helpers.extract.dates.calendar import AMOUNTS, NAMES, Span
from helpers.extract.dates.expressions import Dating
from helpers.extract.dates.speaking import DAYS_FROM, is_of_speaking
from helpers.extract.periods.clauses import JOINT, Piece, choose_dating, cut_pieces
from helpers.extract.rules.load import load_patterns
from helpers.extract.text.datelines import find_datelines
from helpers.extract.text.document import Document
from helpers.extract.text.sentences import Sentence
from helpers.schema.quantity import read_length

STOCKS = frozenset({"idps", "in_camps", "refugees", "population"})  # of a day: the text's own
_LOOK_BACK = 60  # dating words between a figure and the day told last
_DAY, _WEEK = timedelta(days=1), timedelta(days=6)
_SEASON = timedelta(days=92)
MONTH, YEAR = timedelta(days=31), timedelta(days=366)  # what lies further back is no news
_VAGUE = {"thousands": 2_000, "millions": 2_000_000, "million": 2_000_000}  # at least so many
_CASUALTIES = frozenset({"killed", "injured", "killed_or_injured"})
_LARGE = 1000  # so many dead, of whom no day is told, are those of a war
_PATTERNS = load_patterns("dates.toml", **NAMES)
_start = attrgetter("start")


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


def date_counts(
    document: Document, counts: list[Count], dates: list[Dating], published: Span | None
) -> list[Period]:
    """The days of each figure, in their order."""
    dater = _Dater(document, counts, dates, published)
    return [dater.date_count(count) for count in counts]


UNKNOWN_DAY = "undated: the day of the text is unknown"
_OPEN_TOTAL = "undated: a total of which the text does not say since when"
_BEFORE_WAR = "undated: of the time before the war"
_PRE_WAR = ("pre-war population of ", "prewar population of ")
_AFTER_TEXT = "undated: the text dates it after its own day, {words}"


class _Dater:
    """The figures of one text on their way to days."""

    def __init__(
        self, document: Document, counts: list[Count], dates: list[Dating], published: Span | None
    ):
        self.document, self.lowered = document, document.lowered
        self.dates, self.published = dates, published
        self._by_sentence: dict[int, list[Count]] = {}
        for count in counts:
            self._by_sentence.setdefault(count.sentence, []).append(count)
        self._pieces: dict[tuple[int, ...], list[Piece]] = {}

    @cached_property
    def _datelines(self) -> dict[int, int]:
        """Sentence → where its news begins."""
        return find_datelines(self.document)

    @cached_property
    def _entries(self) -> list[Dating]:
        """The days that stand over entries."""
        return [dating for dating in self.dates if dating.is_entry]

    @cached_property
    def _as_of(self) -> Dating | None:
        """The day that a text gives for its figures: "The figures are as of 31 October."."""
        for dating in self.dates:
            if dating.lead == "as_of" and dating.span:
                sentence = self.document.sentences[self.document.find_sentence(dating.start)]
                if _PATTERNS["figures"].search(self.lowered, sentence.start, dating.start):
                    return dating
        return None

    @cached_property
    def _covered(self) -> Dating | None:
        """The weeks or months that a text says it tells of: "Monthly note, March 2018"."""
        for dating in self.dates[:4]:
            if dating.span and _WEEK <= dating.span[1] - dating.span[0] <= _SEASON:
                sentence = self.document.sentences[self.document.find_sentence(dating.start)]
                if _PATTERNS["covers"].search(self.lowered, sentence.start, dating.start):
                    return dating
        return None

    @cached_property
    def _beginnings(self) -> list[Dating]:
        """The days on which the text lets a war or siege begin, "since fighting broke out on
        6 February" among them."""
        return [
            dating
            for dating in self.dates
            if dating.span
            and (
                dating.lead == "begun"
                or dating.lead == "since"
                and _PATTERNS["begins"].search(self.lowered, dating.opens, dating.start)
            )
        ]

    @cached_property
    def _headings(self) -> list[Sentence]:
        """The sentences that are headings."""
        return [
            sentence
            for sentence in self.document.sentences
            if sentence.is_heading and not self.lowered.startswith(_BULLETS, sentence.start)
        ]

    def _list_dates(self, sentence: Sentence) -> list[Dating]:
        """The dating words that begin within a sentence."""
        first = bisect_left(self.dates, sentence.start, key=_start)
        last = bisect_left(self.dates, sentence.end, first, key=_start)
        return self.dates[first:last]

    def date_count(self, count: Count) -> Period:
        """The days of one figure."""
        sentence = self.document.sentences[count.sentence]
        begin = self._datelines.get(count.sentence, sentence.start)
        here = [dating for dating in self._list_dates(sentence) if dating.start >= begin]
        spoken = [dating for dating in here if is_of_speaking(self.lowered, dating)]
        told = [d for d in here if d not in spoken and d.lead != "compared"]
        told = [d for d in _join_days(self.lowered, told) if not self._is_of_others(d, count)]
        counted = self._by_sentence[count.sentence]
        if dating := self._pair_respectively(sentence, count, counted, told):
            return self._bound(count, dating, spoken)
        if step := self._step(sentence, count, told):
            return step
        dating = self._choose(sentence, count, counted, told)
        if not told and self._is_before_war(sentence, count):
            return Period(note=_BEFORE_WAR)
        if until := self._find_then_end(sentence, count, told):
            return self._bound(count, until, spoken)
        if not told and (those := self._find_those(sentence, count)):
            return self._bound(count, those, spoken)
        if self._is_total(sentence, count, dating):
            return self._bound_total(sentence, count, spoken)
        if dating:
            dating = self._reach_back(sentence, count, dating)
            return self._bound(count, dating, [*spoken, *told])
        return self._date_without_words(sentence, count, spoken)

    # The words that date

    def _find_then_end(self, sentence: Sentence, count: Count, told: list[Dating]) -> Dating | None:
        """The day told last, on which "3,000 had gone by then", or after which "a further 80
        since"."""
        is_since = _SINCE.match(self.lowered, count.number.end, sentence.end)
        by_then = not told and _BY_THEN.search(self.lowered, sentence.start, sentence.end)
        if not is_since and not by_then:
            return None
        at = bisect_left(self.dates, count.start, key=_start)
        days = [d for d in self.dates[max(0, at - 3) : at] if d.span and d.lead != "since"]
        if not days or not days[-1].span:
            return None
        day = days[-1].span[1]
        lead, first = ("begun", day) if is_since else ("by", days[-1].span[0])
        return days[-1]._replace(first=first, last=day, lead=lead)

    def _is_before_war(self, sentence: Sentence, count: Count) -> bool:
        """Whether a figure is of the time before the war: "26,000 before the invasion"."""
        pattern = _PATTERNS["before_war"]
        ahead = pattern.match(self.lowered, count.number.end, sentence.end)
        return bool(ahead or self.lowered[: count.number.start].endswith(_PRE_WAR))

    def _find_those(self, sentence: Sentence, count: Count) -> Dating | None:
        """The days that "on those days" means: the last ones told before it."""
        if not _PATTERNS["those_days"].search(self.lowered, sentence.start, sentence.end):
            return None
        at = bisect_left(self.dates, sentence.start, key=_start)
        told = [d for d in self.dates[max(0, at - 3) : at] if d.span and not d.lead]
        return told[-1] if told else None

    def _is_of_others(self, dating: Dating, count: Count) -> bool:
        """Whether dating words tell when those who are counted did something else: "30 who fled in
        2012 have come back"."""
        between = self.lowered[count.number.end : dating.start]
        if _OF_PART.search(between):
            return True
        if self._is_in_brackets(dating, count):
            return True
        if not count.number.end <= dating.start or not dating.end < count.end:
            return False
        return bool(_WHO.search(self.lowered, count.number.end, dating.start))

    def _is_in_brackets(self, dating: Dating, count: Count) -> bool:
        """Whether dating words stand in brackets with another figure, whose they are:
        "19,340 displaced (13,120 in the week to | 6 June)"."""
        opens = self.lowered.rfind("(", count.number.end, dating.start)
        if opens < 0 or ")" in self.lowered[opens : dating.start]:
            return False
        others = self._by_sentence[count.sentence]
        return any(opens < other.number.start < dating.start for other in others)

    def _pair_respectively(
        self, sentence: Sentence, count: Count, counted: list[Count], told: list[Dating]
    ) -> Dating | None:
        """ "12 and 15 people were killed on 8 and 10 March respectively": the n-th day."""
        if "respectively" not in self.lowered[sentence.start : sentence.end]:
            return None
        days = [
            (dating, day)
            for dating in told
            if dating.span
            for day in dating.days or sorted(set(dating.span))
        ]
        if len(days) != len(counted) or len(days) < 2:
            return None
        dating, day = days[counted.index(count)]
        return dating._replace(first=day, last=day, kind="point")

    def _step(self, sentence: Sentence, count: Count, told: list[Dating]) -> Period | None:
        """ "… on Friday, two days after artillery had killed 13": counted from that Friday."""
        before = self.lowered[max(sentence.start, count.start - 60) : count.start]
        step = DAYS_FROM.search(before)
        anchors = [d for d in told if d.span and d.end <= count.start and d.lead != "since"]
        if not step or step["unit"] == "hour" or not anchors or not anchors[-1].span:
            return self._step_far(before, anchors)
        words = step["number"]
        number = AMOUNTS.get(words) or (int(words) if words.isdigit() else 1)
        days = _DAY * number * (7 if step["unit"] == "week" else 1)
        days = -days if step["side"] == "after" else days
        first, last = (day + days for day in anchors[-1].span)
        return Period(anchors[-1], first, last, "point", basis="relative")

    def _step_far(self, before: str, anchors: list[Dating]) -> Period | None:
        """ "… on Friday, a year after 19 were killed": half a year early or late."""
        step = _PATTERNS["years_from"].search(before)
        if not step or not anchors or not anchors[-1].span:
            return None
        number = AMOUNTS.get(step["number"]) or int(step["number"])
        length = 365 if step["unit"] == "year" else 30
        back = _DAY * number * length * (-1 if step["side"] == "after" else 1)
        slack = _DAY * (length // 2)
        first, last = (day + back for day in anchors[-1].span)
        first, last = first - slack, last + slack
        is_old = self.published and last < self.published[0] - MONTH
        scope = "context" if is_old else "offensive"
        return Period(None, first, last, "point", basis="inferred", scope=scope)

    def _choose(
        self, sentence: Sentence, count: Count, counted: list[Count], told: list[Dating]
    ) -> Dating | None:
        """The dating words of a figure in its sentence."""
        if not told:
            return None
        key = (count.sentence, *(dating.start for dating in told))
        if key not in self._pieces:
            self._pieces[key] = cut_pieces(self.lowered, sentence, counted, told)
        dating = choose_dating(self._pieces[key], count)
        if dating and dating.lead in ("by", "until"):  # "by Tuesday 90 had been killed since 3 May"
            since = [other for other in told if other.lead == "since"]
            return since[0] if since else dating
        if dating and dating.lead == "as_of":  # "since 27 November, 280,000 … as of 2 December"
            since = [other for other in told if other.lead in ("since", "begun")]
            return since[0] if since and since[0].end <= count.start else dating
        return dating

    def _reach_back(self, sentence: Sentence, count: Count, dating: Dating) -> Dating:
        """The words that date a toll that grew ("… on Monday, bringing the toll to 12"), from the
        day of the first news of it in its paragraph on."""
        if not dating.span or not _PATTERNS["grew"].search(
            self.lowered, sentence.start, count.number.start
        ):
            return dating
        for other in self.dates[: bisect_left(self.dates, sentence.start, key=_start)][::-1]:
            at = self.document.sentences[self.document.find_sentence(other.start)]
            if at.paragraph != sentence.paragraph:
                break
            if other.span and not other.lead and other.span[0] <= dating.span[0]:
                return dating._replace(first=other.span[0], kind="period")
        return dating

    # The days they give

    def _bound(self, count: Count, dating: Dating, others: list[Dating]) -> Period:
        """The days that the chosen words give a figure."""
        is_stock, seen = count.measure in STOCKS, dating.seen
        if not dating.span or dating.lead == "before":
            return Period(note="" if self.published else UNKNOWN_DAY)
        (first, last), kind, as_of = dating.span, dating.kind, None
        is_inside = dating.opens <= count.start and count.end <= dating.start
        is_since = dating.lead in ("since", "begun") and not (is_inside and dating.lead == "since")
        if is_since:
            end = self._find_end(first, dating, others)
            if not end:
                return Period(note=UNKNOWN_DAY, scope=self._name_war(count))
            kind, last = "period", end[1]
            as_of = end if is_stock or end != seen else None
        elif is_stock or dating.lead in ("as_of", "by", "until"):
            as_of = (first, last)
        if self.published and first > self.published[1] and not count.expected:
            words = self.document.text[dating.start : dating.end]
            return Period(note=_AFTER_TEXT.format(words=words))
        days_most = self._find_window(dating, kind, first, last)
        return Period(
            dating,
            first,
            last,
            "window" if days_most else kind,
            days_most,
            dating.basis,
            as_of,
            self._name_scope(count, first, last, kind),
        )

    def _find_end(self, first: date, dating: Dating, others: list[Dating]) -> Span | None:
        """The day on which a total since a beginning is said or counted: told in the sentence
        ("as of", "said on"), else the text's own."""
        for other in others:
            is_end = other.lead in ("as_of", "by") or is_of_speaking(self.lowered, other)
            if other is not dating and is_end and other.span and other.span[0] >= first:
                return other.span
        seen = dating.seen
        return seen if seen and seen[1] >= first else None

    def _find_window(self, dating: Dating, kind: str, first: date, last: date) -> str:
        """The most days of a shorter length ("within a week") that its bounds hold as a window."""
        words = self.document.text[dating.start : dating.end]
        length = read_length(words) if kind == "period" else None
        if not length or not length.or_fewer or not 1 <= length.most < (last - first).days + 1:
            return ""
        return f"{int(length.most)}"

    def _name_scope(self, count: Count, first: date, last: date, kind: str) -> str:
        """What ended more than a year before the text is background; so is a total that began more
        than a month before it, of the war where the text says so or it goes back years."""
        published = self.published
        if not published:
            return "offensive"
        is_long = last - first > _SEASON
        if last < published[0] - YEAR or is_long and last < published[0] - MONTH:
            return "context"
        if kind != "period" or first >= published[0] - MONTH:
            return "offensive"
        reaches = first < published[0] - YEAR and last >= published[0]
        return "war" if reaches else self._name_war(count, "context")

    def _name_war(self, count: Count, otherwise: str = "offensive", back: int = 0) -> str:
        """ "war" where the sentence of a figure speaks of one, or one so many before it."""
        sentences = self.document.sentences
        start = sentences[max(0, count.sentence - back)].start
        is_war = _PATTERNS["war"].search(self.lowered, start, sentences[count.sentence].end)
        return "war" if is_war else otherwise

    # Totals without a day

    def _number(self, count: Count) -> str:
        """The words of its number."""
        return self.document.text[count.number.start : count.number.end]

    def _is_total(self, sentence: Sentence, count: Count, dating: Dating | None) -> bool:
        """Whether a figure is the total of a war or siege that its own words date no further:
        "The war has killed 40,000 people", "since the war began"."""
        if dating and (dating.lead in ("since", "begun") or dating.kind == "period"):
            return False
        begin = sentence.start
        if dating:
            if (
                dating.start >= count.start
                or JOINT.search(self.lowered, dating.end, count.start) is None
            ):
                return False
            begin = dating.end
        words = self.lowered[begin : sentence.end]
        if _PATTERNS["total"].search(words):
            return True
        if dating or not _PATTERNS["perfect"].search(words):
            return False
        return (
            _is_large(count, self._number(count))
            or self._find_told_before(sentence, count) is not None
        )

    def _find_beginning(self, sentence: Sentence) -> list[Dating]:
        """The one beginning that the text tells under the heading that a sentence stands under;
        none where it tells two: of two wars, say."""
        order = bisect_left(self._headings, sentence.start, key=_start)
        opens = self._headings[order - 1].start if order else 0
        below = self._headings[order : order + 1]
        closes = below[0].start if below else len(self.lowered)
        here = [d for d in self._beginnings if opens <= d.start < max(closes, sentence.end)]
        return here[:1] if len({dating.span for dating in here}) == 1 else []

    def _find_first_news(self, at: int) -> list[Dating]:
        """The first day of the news, which "since the fighting resumed" means where no words tell
        which: none where it was told more than a month before. `at`: how many days are told
        before."""
        if not self.published:
            return []
        recent = self.published[0] - MONTH
        told = [d for d in self.dates[:at] if d.span and not d.lead and d.span[0] >= recent]
        return [min(told, key=lambda dating: dating.first or date.max)] if told else []

    def _find_then(self, at: int) -> list[Dating]:
        """The day that "since then" or "in that time" means: the last "since" of those told shortly
        before, else the last day. `at`: how many are told before."""
        told = [dating for dating in self.dates[max(0, at - 4) : at] if dating.span]
        since = [dating for dating in told if dating.lead in ("since", "begun")]
        return since[-1:] or told[-1:]

    def _find_told_before(self, sentence: Sentence, count: Count) -> Dating | None:
        """The beginning that the sentence before tells, where this one goes on: "The war erupted
        in April 2023. It has killed …"."""
        goes_on = _PATTERNS["goes_on"].match(self.lowered, sentence.start) or _PATTERNS[
            "by_it"
        ].search(self.lowered, sentence.start, sentence.end)
        if not goes_on or not count.sentence:
            return None
        before = self.document.sentences[count.sentence - 1]
        at = bisect_left(self._beginnings, sentence.start, key=_start)
        told = self._beginnings[at - 1] if at else None
        return told if told and told.start >= before.start else None

    def _bound_total(self, sentence: Sentence, count: Count, spoken: list[Dating]) -> Period:
        """The days of such a total: from the beginning that the text tells elsewhere, if it tells
        one, and one only."""
        at = bisect_left(self.dates, count.start, key=_start)
        if _PATTERNS["since_then"].search(self.lowered, sentence.start, sentence.end):
            starts = self._find_then(at)
        elif told := self._find_told_before(sentence, count):
            starts = [told]
        else:
            starts = self._find_beginning(sentence)
        if not starts and _PATTERNS["since_news"].search(
            self.lowered, sentence.start, sentence.end
        ):
            starts = self._find_first_news(at)
        if starts:
            return self._bound(count, starts[0]._replace(lead="begun"), spoken)
        return Period(note=_OPEN_TOTAL, scope=self._name_war(count, "context"))

    def _date_without_words(self, sentence: Sentence, count: Count, spoken: list[Dating]) -> Period:
        """The days of a figure without dating words: of its entry or heading; a stock, of the text
        or its "as of"; else what the days told before it and the day of speaking allow."""
        published = self.published
        if attack := self._find_attack(sentence, count):
            return self._bound(count, attack, [])
        if above := self._find_above(sentence):
            return self._bound(count, above, [])
        said = next((dating.span for dating in spoken if dating.span), None)
        if count.measure in STOCKS:
            if self._as_of:
                return self._bound(count, self._as_of, [])
            day = said or published
            if day:
                return Period(None, *day, "point", basis="inferred", as_of=day)
            return Period(note=UNKNOWN_DAY)
        if not published:
            return Period(note=UNKNOWN_DAY)
        if _is_large(count, self._number(count)):
            return Period(note=_OPEN_TOTAL, scope=self._name_war(count, back=1))
        if self._covered and not said and count.sentence > 0:
            return self._bound(count, self._covered, [])
        return self._bound_by_context(count.start, said)

    def _find_attack(self, sentence: Sentence, count: Count) -> Dating | None:
        """The one day of an attack that the sentence before tells of, of whose dead this one
        speaks, or that the sentence behind dates ("The strike was on Monday")."""
        lowered, sentences = self.lowered, self.document.sentences
        if count.measure not in _CASUALTIES:
            return None
        if _PATTERNS["no_attack"].search(lowered, sentence.start, sentence.end):
            return None
        for order in (count.sentence - 1, count.sentence + 1):
            if not 0 <= order < len(sentences) or sentences[order].paragraph != sentence.paragraph:
                continue
            other = sentences[order]
            days = [d for d in self._list_dates(other) if not is_of_speaking(lowered, d)]
            first = days[0] if days else None
            if not first or not first.span or first.span[1] - first.span[0] > _DAY or first.lead:
                continue
            if order > count.sentence:
                if _PATTERNS["happened"].match(lowered, other.start, first.start):
                    return first
            elif len(days) == 1 and _PATTERNS["attack"].search(lowered, other.start, other.end):
                if not _PLACED.search(self.document.text, sentence.start, sentence.end):
                    return first
        return None

    def _find_above(self, sentence: Sentence) -> Dating | None:
        """The day of the entry that a sentence stands in, or of the heading above it."""
        at = bisect_left(self._entries, sentence.start, key=_start)
        order = bisect_left(self._headings, sentence.start, key=_start)
        for heading in self._headings[max(0, order - 1) : order]:
            if inside := [dating for dating in self._list_dates(heading) if dating.span]:
                return inside[0]
        return self._entries[at - 1] if at else None

    def _bound_by_context(self, at: int, said: Span | None) -> Period:
        """The days that the context allows: from the day told last before it to the text's own, or
        to the day on which it was said. No such day: undated."""
        published = self.published
        if not published:
            return Period()
        before = bisect_left(self.dates, at, key=_start)
        told = [
            dating.span[0]
            for dating in self.dates[max(0, before - _LOOK_BACK) : before]
            if dating.end <= at
            and dating.span
            and dating.lead == ""
            and dating.span[1] - dating.span[0] <= MONTH
            and not self._is_written(dating)
        ]
        end = said[1] if said else published[1]
        if told and published[1] - YEAR < told[-1] <= end:
            return Period(None, told[-1], end, "point", basis="inferred")
        if said:
            return Period(None, said[0] - _WEEK, end, "point", basis="inferred")
        return Period()

    def _is_written(self, dating: Dating) -> bool:
        """Whether a day is that of a dateline, or of speaking."""
        begin = self._datelines.get(self.document.find_sentence(dating.start), 0)
        return dating.start < begin or is_of_speaking(self.lowered, dating)


def _join_days(lowered: str, told: list[Dating]) -> list[Dating]:
    """Dating words with days that are told as a list taken as one: "12 March, 3 April and
    9 May"."""
    joined: list[Dating] = []
    for dating in told:
        last = joined[-1] if joined else None
        is_list = last and _is_day(last) and _is_day(dating) and last.first
        if not last or not is_list or not _LISTED.fullmatch(lowered, last.end, dating.start):
            joined.append(dating)
        else:
            own = [last.first] if last.first else []
            days = (*(last.days or own), *(dating.days or (dating.span or ())[:1]))
            joined[-1] = last._replace(
                end=dating.end, first=min(days), last=max(days), kind="period", days=days
            )
    return joined


# "8,250 people, a fifth of them since | last week"
_SINCE = re.compile(r"[^.;,\d]{0,30}\bsince(?=[.,;])")
_BY_THEN = re.compile(r"\bby (?:then|that time)\b")
_OF_PART = re.compile(r",[^,;.]*\b(?:of (?:them|whom|these)|most|many)\b[^,;.]*$")
_BULLETS = tuple("•-*–—·▪◦‣")
_PLACED = re.compile(
    r"\b(?:in|near|at|outside) (?:the )?(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|[A-Z]\w+(?: [A-Z]\w+)* hospital)[A-Z][a-z]"
)
_WHO = re.compile(r"\b(?:who|which|that)\b")
_LISTED = re.compile(r",?\s*(?:and\s+)?(?:on\s+)?")


def _is_day(dating: Dating) -> bool:
    """Whether dating words name one day of the calendar, or a list of days."""
    is_one = dating.first == dating.last and dating.first is not None or bool(dating.days)
    return is_one and dating.basis == "explicit" and not dating.lead


def _is_large(count: Count, words: str) -> bool:
    """Whether so many were killed, hurt or displaced that they are those of a war, if no day is
    told. `words`: those of the number."""
    reading = count.number.reading
    least = reading.best or reading.low or 0
    if reading.quantifier == "vague":
        least = _VAGUE.get(words.split()[-1].lower(), 0)
    if count.unit != "person":
        return False
    return least >= (_LARGE if count.measure in ("killed", "injured") else _LARGE * 500)
