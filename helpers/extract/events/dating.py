"""When an event happened: the dating words of its own clause, else of its heading, of the sentences
around it, or at last the text's own date. A wide range that is right is better than a day that is
wrong.
"""

import re
from datetime import date, timedelta

from helpers.extract.dates.calendar import Span
from helpers.extract.dates.expressions import Dating
from helpers.extract.dates.speaking import CAME, DAYS_FROM
from helpers.extract.events.coordination import Found
from helpers.extract.events.days import (
    Timing,
    date_by_place,
    date_respectively,
    find_earliest,
    find_hours_after,
    find_hours_before,
    find_in_paragraph,
    find_only_day,
    find_within,
    group_dates,
    leave_last,
    narrow_by_place,
    read_sections,
    step_days,
)
from helpers.extract.events.nearness import LASTED, Nearness
from helpers.extract.rules.territory import compile_territory
from helpers.extract.text.document import Document
from helpers.extract.text.sentences import Sentence

_RUNS_ON = compile_territory(
    r"""\b(hours later|later|then|also|too|as well|shortly after\w*|soon after\w*|meanwhile
    |by (dusk|dawn|noon|nightfall|midday|evening|night|midnight)|at (dusk|dawn|noon|nightfall)
    |the (town|city|village|position)|within hours|finally|next
    |before (dawn|nightfall|dusk|long)|in the (evening|afternoon|morning)|it (was|fell|had)
    |that fell|at the same (time|moment|hour)|simultaneously)\b"""
)
_CLOCK = compile_territory(
    r"""\b(by|at|around|before|after) (midday|noon|midnight|dawn|dusk|nightfall|daybreak|sunrise
    |sunset|mid-?morning|mid-?afternoon)\b|\bhours (earlier|ago|later|before)\b"""
)
_THAT_DAY = re.compile(
    r"[^.;,]{0,30}?\b(?:that (?:same )?(?:day|morning|afternoon|evening)|(?P<night>in the night))\b"
)
_TIMES = re.compile(r"[^.;]{0,60}\b(?:times|twice|repeatedly)\s(?:since\s)?$")
_HAVE_TAKEN = re.compile(r"\b(?:have|has) (?:now |also |already )?(?!been\b)\w")
_HELD_OUT = re.compile(r"[^.;]*\bheld out(?: there)? (?:until|till) $")
_SINCE_BEGAN = re.compile(
    r"\bsince (?:an? |the |its |their )?(?:[\w'’-]+ ){1,7}?(?:began|started|broke out|erupted"
    r"|(?:was|were) launched) (?:on |in |at )?$"
)
# The posts of a live blog, each under its time.
_POSTS = re.compile(r"^\W*\d{1,2}[:.]\d{2}\b", re.MULTILINE)
_UP_TO_NOW = re.compile(r"\b(?:has|have|had|is|are|will|would|now|since|later|then)\b")
# "It went in on Wednesday. | By the evening it had the town"
_BY_THEN = re.compile(
    r"\W*by (?:the |that )?(?:evening|afternoon|noon|midday|dusk|nightfall|night)\b"
)
_THEY = re.compile(
    r"\W*(?:its?|they|their|he|she|his|her|these|those|this time"
    r"|the (?:attackers|gunmen|militants|fighters|assailants|rebels|insurgents|raiders"
    r"|soldiers|troops|column|convoy|men))\b"
)
_HAD_ALREADY = re.compile(r"\bhad (?:already|previously|earlier|once)\b")
_AFTER = re.compile(r"\bafter\s+$")
_DAY = timedelta(days=1)
_WEEK = timedelta(days=6)  # and the day itself
_BEHIND = re.compile(r"\b(?:after|since|following|when|before|until|once)\b[^,;.]*$")
_FRESH = timedelta(days=3)  # between a text and what was said in its news


def date_events(
    events: list[Found],
    document: Document,
    dates: list[Dating],
    datelines: dict[int, int],
    published: Span | None,
) -> list[Timing]:
    """The days of each event, in their order."""
    dater = _Dater(events, document, dates, datelines, published)
    for order in range(len(events)):
        dater.timings.append(dater.date_by_words(order) or dater.date_by_context(order))
    dater.widen_news()
    timings = narrow_by_place(
        events, date_respectively(events, dater.timings, document, dater.here)
    )
    return date_by_place(events, timings, document.lowered)


class _Dater:
    """The events of one text on their way to days. `here`: the dating words of each sentence;
    `spans`: where its events stand; `sections`: the day that a heading gives to it; `earliest`: the
    first day of the news the text tells."""

    def __init__(
        self,
        events: list[Found],
        document: Document,
        dates: list[Dating],
        datelines: dict[int, int],
        published: Span | None,
    ):
        self.events, self.published, self.document = events, published, document
        self.lowered, self.sentences = document.lowered, document.sentences
        self.timings: list[Timing] = []
        self.wide: dict[int, Timing] = {}
        self._is_blog = len(_POSTS.findall(self.lowered)) > 2
        self.sections = read_sections(document, dates, published)
        self.earliest = find_earliest(document, dates, datelines, published)
        self.here = group_dates(self.sentences, dates, datelines)
        self.spans: dict[int, list[tuple[int, int]]] = {}
        for event in events:
            self.spans.setdefault(event.sentence, []).append((event.start, event.end))
        self.nearness = Nearness(self.lowered, self.sentences, self.spans)

    def date_by_words(self, order: int) -> Timing | None:
        """The days of an event by the dating words of its clause; None if it has none."""
        event = self.events[order]
        sentence, here = self.sentences[event.sentence], self.here[event.sentence]
        if timing := self._find_that_day(event):
            return timing
        if timing := find_within(event, self.document, self.here):
            return timing
        if timing := find_hours_after(self.lowered, event, self.events, self.timings):
            return timing
        dates = [dating for dating in here if dating.span]
        dates = [d for d in dates if d.lead != "compared" or self.nearness.is_when(d, event)]
        before = self.lowered[max(sentence.start, event.start - 60) : event.start]
        if timing := self._find_since(event, dates):
            return timing
        step = DAYS_FROM.search(before)
        is_dated = step and any(self.nearness.is_own(dating, event) for dating in dates)
        if step and not is_dated and (anchor := self._find_main(event, dates)):
            return step_days(step, anchor, backwards=step["side"] == "after")
        if timing := self._find_came(event, dates):
            return timing
        dates = leave_last(event, self.events, dates, self.lowered)
        of_speaking = [dating for dating in dates if self.nearness.is_reporting(dating, event)]
        costs = [
            (cost, dating)
            for dating in dates
            if dating not in of_speaking
            and (cost := self.nearness.measure(dating, event)) is not None
        ]
        if costs:
            return self._bound(min(costs, key=lambda pair: pair[0])[1], event, before)
        if of_speaking and (days := of_speaking[0].span):
            first = self._find_turn(event, days[1]) or self._reach_back(days[0])
            timing = Timing(of_speaking[0], first, days[1], "inferred")
            is_news = self.published and self.published[1] - days[1] <= _FRESH
            if not is_news or _BEHIND.search(before):
                return timing
            self.wide[order] = timing
            return timing._replace(first=max(first, days[0] - _DAY))  # announced: of that night
        return None

    def widen_news(self) -> None:
        """Gives what was dated to the night of its announcement the days before it again, where the
        text tells another day for the same place: "said on Monday it had taken Kell" whose next
        sentence says that the town fell on Friday."""
        told = [
            (e.place.key, t) for e, t in zip(self.events, self.timings) if t.basis != "inferred"
        ]
        for order, wide in self.wide.items():
            key, night = self.events[order].place.key, self.timings[order].first
            days = [timing.last for place, timing in told if place == key]
            if any(d and night and wide.first and wide.first <= d < night for d in days):
                self.timings[order] = wide

    def _find_came(self, event: Found, dates: list[Dating]) -> Timing | None:
        """The day of an event that "the strike came a day after", counted from the day of the
        strike, which one of the sentences before tells."""
        here = self.sentences[event.sentence]
        came = None if dates else CAME.match(self.lowered, here.start, event.start)
        for order in range(event.sentence - 1, max(-1, event.sentence - 4), -1) if came else ():
            if self.here[order]:
                day = find_only_day(self.lowered, self.here[order])
                return step_days(came, day, came["side"] == "after") if came and day else None
        return None

    def _find_since(self, event: Found, dates: list[Dating]) -> Timing | None:
        """The days from the beginning of a fight to the text, of what was taken "since an offensive
        began on 20 November"."""
        if event.form == "noun" or not self.published:
            return None
        sentence = self.sentences[event.sentence]
        for dating in dates:
            since = _SINCE_BEGAN.search(self.lowered, sentence.start, dating.start)
            if not since or not dating.span or since.start() < event.start < dating.end:
                continue
            between = (
                self.lowered[dating.end : event.start],
                self.lowered[event.end : since.start()],
            )
            if not re.search(r"[;.]", between[event.end <= since.start()]):
                return Timing(dating, dating.span[0], self.published[1], dating.basis)
        return None

    def _find_main(self, event: Found, dates: list[Dating]) -> Dating | None:
        """The date of the clause that "a day after they seized Kell" hangs on."""
        earlier = [
            dating
            for dating in dates
            if dating.end < event.start
            and dating.lead != "since"
            and not re.match(r"(?:the\s+)?day\s", self.lowered[dating.start : dating.end])
        ]
        later = [dating for dating in dates if dating.start > event.end]
        return next(iter([*earlier[-1:], *later]), None)

    def _reach_back(self, day: date) -> date:
        """The first day for what had happened by a day: within the week before, and within the news
        of the text."""
        week = day - _WEEK
        return max(week, self.earliest) if self.earliest and self.earliest < day else week

    def _find_start(self, event: Found, last: date) -> date | None:
        """The day of the event told before in its sentence, for one that had happened by another
        day: "entered Kell on Friday, and by Monday it was in their hands"."""
        for other, timing in zip(reversed(self.events[: len(self.timings)]), self.timings[::-1]):
            if other.sentence != event.sentence:
                return None
            if timing.first and timing.basis != "inferred" and timing.first <= last:
                return timing.first
        return None

    def _find_turn(self, event: Found, last: date) -> date | None:
        """The day on which a place last changed hands before, for what had happened to it by
        another day: "moved into Kell on Wednesday. By Thursday the army had retaken it"."""
        for other, timing in zip(reversed(self.events[: len(self.timings)]), self.timings[::-1]):
            if other.place.key == event.place.key and timing.first and timing.basis != "inferred":
                is_near = last - _WEEK <= timing.first <= last
                return timing.first if is_near else None
        return None

    def _find_that_day(self, event: Found) -> Timing | None:
        """The day that "that morning" behind an event means: the last one told before it."""
        here = self.sentences[event.sentence]
        match = _THAT_DAY.match(self.lowered, event.end, here.end)
        for number in range(event.sentence, max(-1, event.sentence - 2), -1) if match else ():
            if self.sentences[number].paragraph != here.paragraph:
                return None
            told = [d for d in self.here[number] if d.end <= event.start and d.first == d.last]
            if match and told and told[-1].span:
                first, last = told[-1].span
                return Timing(None, first - _DAY if match["night"] else first, last, "relative")
        return None

    def _bound(self, dating: Dating, event: Found, before: str) -> Timing | None:
        """The days that dating words allow an event: "by Tuesday" and "since Friday" allow the days
        before."""
        if not dating.span:
            return None
        (first, last), published = dating.span, self.published
        if self.nearness.is_when(dating, event):
            is_ended = dating.kind == "period" or dating.lead == "by"
            return Timing(dating, last if is_ended else first, last, dating.basis)
        if dating.lead == "since" and published and self._is_often(dating, event):
            return Timing(dating, first, published[1], dating.basis)
        is_inside = dating.opens <= event.start and event.end <= dating.start
        is_since = dating.lead == "since" and "since" in event.allows and not is_inside
        if "state" in event.allows:
            if dating.kind == "period" and first < last and dating.lead not in ("by", "before"):
                return Timing(dating, first, first, dating.basis)  # held "from Friday to Sunday"
            if dating.lead == "since":
                return Timing(dating, first, last, dating.basis)  # held "since 10 March"
            is_since = dating.lead != "before"
        if dating.lead in ("by", "before", "as_of") or is_since:
            last -= _DAY if dating.lead == "before" else timedelta(0)
            held = _HELD_OUT.match(self.lowered, event.start, dating.start)
            told = self._find_start(event, last) or self._find_turn(event, last)
            first = last if held else told or self._reach_back(last)
        elif event.form == "ing" and dating.end < event.start and _AFTER.search(before):
            first = self._reach_back(first)
        elif dating.lead == "after" and published and published[1] > first:
            last = min(published[1], last + _WEEK)
        if published and first <= published[1] < last:
            last = published[1]
        return Timing(dating, first, last, dating.basis)

    def _is_often(self, dating: Dating, event: Found) -> bool:
        """Whether a place was taken "four times | since 2016", or several "have been taken since"
        a day."""
        if event.end > dating.start:
            return False
        begin = max(0, event.start - 12)
        is_perfect = _HAVE_TAKEN.search(self.lowered, begin, event.end)
        if is_perfect and "state" not in event.allows:
            return True
        return bool(_TIMES.fullmatch(self.lowered, event.end, dating.start))

    def date_by_context(self, order: int) -> Timing:
        """The days of an event without dating words: of its heading, of the event it follows, or of
        the text."""
        event, published = self.events[order], self.published
        section = self.sections[event.sentence]
        if section and section.span:
            bound = self._bound(section, event, "")
            return bound or Timing(section, *section.span, section.basis)
        here = self.sentences[event.sentence]
        words = self.lowered[here.start : here.end]
        if timing := self._find_same(order) or self._follow(order, here, words):
            return timing
        if timing := self._find_day_before(event, words):
            return timing
        if timing := find_in_paragraph(order, self.events, self.timings, self.document, self.here):
            return timing
        if published and self._is_blog and "state" not in event.allows:
            return Timing(None, *published, "inferred")
        if timing := find_hours_before(event, self.here[event.sentence], self.lowered):
            return timing
        if published and _CLOCK.search(words):  # "by midday": that day or the night before
            return Timing(None, published[0] - _DAY, published[1], "inferred")
        if published and self.earliest and "state" not in event.allows:  # held for years, it may be
            return Timing(None, self.earliest, published[1], "inferred")
        return Timing(None, None, None, "")

    def _find_day_before(self, event: Found, words: str) -> Timing | None:
        """The one day that the sentence before tells of, where this one goes on in its paragraph:
        "rebels attacked Kell on 11 June. Its defenders left the town at dusk"; of the one before
        it, where it looks further back ("They had already taken the post on 1 June")."""
        here, order = self.sentences[event.sentence], event.sentence - 1
        if order < 0 or self.sentences[order].paragraph != here.paragraph:
            return None
        by_then = _BY_THEN.match(words)
        if not by_then and (_UP_TO_NOW.search(words) or not self._goes_on(words)):
            return None
        if "state" in event.allows and not by_then:
            return None
        looks_back = _HAD_ALREADY.search(self.lowered, self.sentences[order].start, here.start)
        if looks_back or (not self.here[order] and _THEY.match(words)):
            order -= 1
        if order < 0 or self.sentences[order].paragraph != here.paragraph:
            return None
        told = find_only_day(self.lowered, self.here[order])
        if not told or not told.span:
            return None
        return Timing(None, *told.span, "inferred")

    def _goes_on(self, words: str) -> bool:
        """Whether a sentence goes on about what the one before tells of."""
        return bool(_THEY.match(words) or _CLOCK.search(words) or _RUNS_ON.search(words))

    def _find_same(self, order: int) -> Timing | None:
        """The days of the same event, told before with a day: "denied that Kell had fallen"."""
        event = self.events[order]
        for other, timing in zip(reversed(self.events[:order]), reversed(self.timings)):
            if (other.place.key, other.measure) == (event.place.key, event.measure):
                is_told = timing.first and timing.basis != "inferred"
                is_same = event.actor in ("", other.actor)
                return timing._replace(basis="inferred") if is_told and is_same else None
        return None

    def _follow(self, order: int, here: Sentence, words: str) -> Timing | None:
        """The days of the event before, if this one follows it on the same day, or the next."""
        event, published = self.events[order], self.published
        for before in range(order - 1, -1, -1):
            other, timing = self.events[before], self.timings[before]
            if other.sentence != event.sentence:
                paragraph = self.sentences[other.sentence].paragraph
                if event.sentence - other.sentence != 1 or paragraph != here.paragraph:
                    return None
            if not timing.first or not timing.last or timing.basis == "inferred":
                continue
            if LASTED.search(self.lowered, other.end, max(other.end, event.start)):
                return None
            if event.form != "noun" and self._runs_on(event, other, here, words):
                later = timedelta("later" in words or "then" in words)
                last = timing.last + later
                if published and timing.last <= published[1]:
                    last = min(last, published[1])
                return Timing(timing.dating, timing.first, last, "relative")
        return None

    def _runs_on(self, event: Found, other: Found, here: Sentence, words: str) -> bool:
        """Whether an event without a date follows the one before it on the same day."""
        if "state" in event.allows and event.place.key != other.place.key:
            return False
        if event.sentence != other.sentence:
            before = self.lowered[max(0, here.start - 3) : here.start]
            return bool(_RUNS_ON.search(words)) or before.rstrip().endswith(";")
        if event.form == "list" or other.place.key == event.place.key or event.rule == "and":
            return True
        is_perfect = re.search(r"\bhave\b|\bhas\b", self.lowered[event.start - 12 : event.end])
        joined = re.search(r"\band\b", self.lowered[other.end : event.start])
        return bool(joined) and not is_perfect
