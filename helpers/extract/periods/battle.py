"""The battle that a text tells of: when it began, by words or by its length ("five days of
fighting"), and which figures are totals of it."""

import re
from datetime import date, timedelta
from functools import cached_property

from helpers.extract.counts.find import Count
from helpers.extract.dates.calendar import ORDINALS, Span, count
from helpers.extract.dates.expressions import Dating
from helpers.extract.dates.speaking import is_of_speaking
from helpers.extract.periods.period import MONTH, SEASON, Period
from helpers.extract.periods.told import PATTERNS, Told
from helpers.extract.text.sentences import Sentence
from helpers.schema.quantity import read_number

_DAY = timedelta(days=1)
_LENGTH_OF = {"day": 1, "week": 7, "month": 30}
_GOES_ON = re.compile(r"\b(?:has|have) been\b[^.;]*$")
_PAST_WAR = re.compile(
    r"(?:the|this|that) (?:[\w-]+ )?(?:war|fighting|battle|conflict|offensive|siege|clashes"
    r"|campaign|assault|operation|violence|bombardment|invasion) (?:killed|left|cost|claimed"
    r"|displaced|drove|forced|uprooted|wounded|injured|sent)\b"
)
_LONGEST = timedelta(days=730)  # of a war whose days one paragraph tells
_SLACK = 2  # days by which a beginning and a length may differ
_GROWING = frozenset({"killed", "injured", "killed_or_injured", "new_displacement"})
_LENGTHS = _GROWING | {"forced_to_flee", "duration"}


class Battle:
    """The battle of one text; without a day of the text there is none."""

    def __init__(self, told: Told):
        self.told, self.lowered = told, told.lowered

    def find_length(self, sentence: Sentence, counted: Count, said: Span | None) -> Period | None:
        """The days of a figure whose own words say how long the battle has lasted: from its
        beginning to the day of the text, or of speaking."""
        end = said or self.told.published
        if counted.measure not in _LENGTHS or not end:
            return None
        days = self._read_length(sentence) or self._read_lasted(sentence)
        if not days:
            return None
        told = [d.first for d in self.told.find_beginning(sentence) if d.first]
        near = [first for first in told if abs((end[1] - first).days - days) <= _SLACK]
        if not near and self._is_over(sentence):
            return None
        return _show(near[0] if near else end[1] - (days - 1) * _DAY, end)

    def find_duration(
        self, sentence: Sentence, counted: Count, dating: Dating | None
    ) -> Period | None:
        """The days of a length of fighting that ended on a day ("took Kell on Sunday after three
        days of clashes") or goes on ("have traded fire for six weeks")."""
        size, number = _LENGTH_OF.get(counted.unit), counted.number.reading.best
        if counted.measure != "duration" or not size or not number or size > 7:
            return None
        back = (int(number) * size - (size == 1)) * _DAY
        before = self.lowered[sentence.start : counted.number.start]
        if before.endswith("after "):
            is_day = dating is not None and dating.span is not None and not dating.lead
            end = dating.span[1] if is_day and dating and dating.span else None
            if not end or not dating or dating.first != dating.last:
                return None
            return Period(dating, end - back, end, "period", basis="inferred")
        if _GOES_ON.search(before) and self.told.published:
            if dating is None or dating.span == self.told.published:
                return _show(self.told.published[1] - back, self.told.published)
        return None

    def find_total(self, sentence: Sentence, counted: Count, said: Span | None) -> Period | None:
        """The days of a figure that is told in the perfect: what has happened since the battle
        began, where the text tells of one that began within the month before."""
        end = said or self.told.published
        if counted.measure not in _GROWING or not end:
            return None
        begin, lowered = sentence.start, self.lowered
        if not PATTERNS["grown"].search(lowered, begin, sentence.end):
            return None
        if not self._first or self._first >= end[1]:
            return None
        stop = lowered.find(",", counted.end, sentence.end)
        if PATTERNS["one_attack"].search(lowered, begin, stop if stop > 0 else sentence.end):
            return None
        return _show(self._first, end)

    def find_past(self, sentence: Sentence, counted: Count) -> Dating | None:
        """The days that a paragraph tells of a war that is over, for its whole toll: "On 5 June
        2018 rebels attacked. In 30 days of fighting they took Mira. | The war killed 900"."""
        published = self.told.published
        if not published or not _PAST_WAR.match(self.lowered, sentence.start, sentence.end):
            return None
        begin = self.told.document.find_paragraph(counted.sentence)[0]
        earlier = self.told.document.sentences[begin : counted.sentence]
        told = [d for other in earlier for d in self.told.list_dates(other) if d.span]
        told = [d for d in told if d.lead not in ("compared", "before", "after")]
        if not told or any(d.span[1] >= published[0] - SEASON for d in told if d.span):
            return None
        first = min(d.first for d in told if d.first)
        last = max(d.last for d in told if d.last)
        lengths = [days for other in earlier if (days := self._read_length(other))]
        last = max([last, *(first + (days - 1) * _DAY for days in lengths)])
        if first == last or last - first > _LONGEST:
            return None
        return told[0]._replace(first=first, last=last, kind="period", lead="")

    def shares_total(self, sentence: Sentence, counted: Count, before: Count) -> bool:
        """Whether a figure goes on with the total told before in its paragraph: "51 have been
        killed since Saturday. The hospital puts the number of wounded at 130"."""
        other = self.told.document.sentences[before.sentence]
        if other.paragraph != sentence.paragraph or not other.end <= sentence.start:
            return False
        if {counted.measure, before.measure} - _GROWING:
            return False
        return not PATTERNS["one_attack"].search(self.lowered, sentence.start, sentence.end)

    def _is_over(self, sentence: Sentence) -> bool:
        """Whether the fighting ended on a day that is not told: "took the town after two days of
        fighting"."""
        span = sentence.start, sentence.end
        if PATTERNS["grown"].search(self.lowered, *span):
            return False
        match = PATTERNS["length"].search(self.lowered, *span)
        return bool(match and self.lowered.endswith("after ", 0, match.start()))

    def _read_length(self, sentence: Sentence) -> int:
        """How many days a sentence lets the fighting last; 0 if it does not say."""
        match = PATTERNS["length"].search(self.lowered, sentence.start, sentence.end)
        if not match:
            return 0
        reading = read_number(match["number"])
        number = int(reading.best) if reading and reading.best else count(match["number"])
        if match["unit"] == "hour":
            return number // 24 + 1
        return number * (7 if match["unit"] == "week" else 1)

    def _read_lasted(self, sentence: Sentence) -> int:
        """Over how many days, counted back from the text, a total told in the perfect has come
        about: "has displaced 63,000 in three weeks"; 0 if the sentence does not say."""
        span = sentence.start, sentence.end
        match = PATTERNS["lasted"].search(self.lowered, *span)
        if not match or not PATTERNS["perfect"].search(self.lowered, *span):
            return 0
        number = count(match["number"])
        return (
            number * _LENGTH_OF[match["unit"]] + 1 if match["unit"] != "hour" else number // 24 + 1
        )

    def _read_nth(self, sentence: Sentence) -> date | None:
        """The day on which fighting began that goes on "for an 18th day" on the day of the text."""
        span = sentence.start, sentence.end
        match = PATTERNS["nth_day"].search(self.lowered, *span)
        if (
            not match
            or not self.told.published
            or not PATTERNS["fought"].search(self.lowered, *span)
        ):
            return None
        number = ORDINALS.get(match["number"]) or int(match["number"])
        return self.told.published[1] - (number - 1) * _DAY

    @cached_property
    def _first(self) -> date | None:
        """The day on which the fighting of the news began; None where the text tells none or
        two."""
        published = self.told.published
        if not published:
            return None
        recent = published[0] - SEASON
        first = {d.first for d in self.told.beginnings if d.first and d.first >= recent}
        if first:
            return first.pop() if len(first) == 1 else None
        for sentence in self.told.document.sentences:
            if nth := self._read_nth(sentence):
                return nth
            dates = self.told.list_dates(sentence)
            if self._tells_other_days(dates):
                continue
            if days := self._read_length(sentence):
                return published[1] - (days - 1) * _DAY if days <= MONTH.days else None
        return None

    def _tells_other_days(self, dates: list[Dating]) -> bool:
        """Whether dating words say more than when somebody spoke."""
        return any(not is_of_speaking(self.lowered, dating) for dating in dates)


def _show(first: date, end: Span) -> Period:
    return Period(None, first, end[1], "period", basis="inferred", as_of=end)
