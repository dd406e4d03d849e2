"""When the people of a figure were killed, displaced or counted: the dating words of its own
clause, else of the clauses beside it, of the entry or heading it stands under, or what the days
told before it allow. A wide range that is right is better than a day that is wrong; a total whose
beginning no words tell is undated.
"""

import re
from bisect import bisect_left
from datetime import date
from operator import attrgetter

from helpers.extract.counts.find import Count
from helpers.extract.dates.calendar import Span
from helpers.extract.dates.expressions import Dating
from helpers.extract.dates.speaking import is_of_speaking
from helpers.extract.periods.attacks import Attacks
from helpers.extract.periods.battle import Battle
from helpers.extract.periods.clauses import JOINT
from helpers.extract.periods.joined import join_days
from helpers.extract.periods.period import (
    AFTER_TEXT,
    BEFORE_WAR,
    DAY,
    MONTH,
    OPEN_TOTAL,
    SEASON,
    UNKNOWN_DAY,
    YEAR,
    Period,
    end_at,
)
from helpers.extract.periods.sizes import is_large, is_too_long
from helpers.extract.periods.those import asks_toll, find_named, find_then_end, find_those
from helpers.extract.periods.told import PATTERNS, Told
from helpers.extract.periods.words import OwnWords
from helpers.extract.text.document import Document
from helpers.extract.text.sentences import Sentence
from helpers.schema.columns import MEASURES
from helpers.schema.quantity import read_length

STOCKS = frozenset(
    {"idps", "in_camps", "refugees", "population", "control_share"}
)  # of a day: the text's own
_STILL = re.compile(r"\b(?:still|remain|now)\b")
_ALSO = re.compile(
    r"\balso (?:(?:been )?(?:died|killed|wounded|injured|hurt|shot)"
    r"|(?:claim|say|report|maintain|put)(?:s|ed)?|said)\b"
)
_CASUALTIES = frozenset({"killed", "injured", "killed_or_injured"})
_start = attrgetter("start")


def date_counts(
    document: Document, counts: list[Count], dates: list[Dating], published: Span | None
) -> list[Period]:
    """The days of each figure, in their order."""
    dater = _Dater(Told(document, dates, published), counts)
    return [dater.date_count(count) for count in counts]


def date_each(
    document: Document, counts: list[Count], dates: list[Dating], published: Span | None
) -> list[Period]:
    """The days of figures that share no dating words with others: lengths, stocks of people who
    live somewhere, settlements."""
    told = Told(document, dates, published)
    return [_Dater(told, [count]).date_count(count) for count in counts]


class _Dater:
    """The figures of one text on their way to days."""

    def __init__(self, told: Told, counts: list[Count]):
        self.told, self.dates, self.published = told, told.dates, told.published
        self.document, self.lowered = told.document, told.lowered
        self.words = OwnWords(self.told, counts)
        self.battle = Battle(self.told)
        self.attacks = Attacks(self.told)
        self._total: tuple[Count, Period] | None = None  # the total of a battle told last
        self._dated: dict[Count, Period] = {}  # a figure is asked again by those told after it

    def date_count(self, count: Count) -> Period:
        """The days of one figure."""
        period = self._dated.get(count)
        if period is None:
            period = self._dated[count] = self._date_count(count)
        if count.measure == "duration" and is_too_long(self._number(count), period):
            return Period()
        is_since = period.dating is None or period.dating.lead in ("since", "begun")
        is_total = is_since and period.kind == "period" and period.scope != "context"
        self._total = (count, period) if is_total else None
        return period

    def _date_count(self, count: Count) -> Period:
        sentence = self.document.sentences[count.sentence]
        begin = self.told.datelines.get(count.sentence, sentence.start)
        here = [dating for dating in self.told.list_dates(sentence) if dating.start >= begin]
        spoken = [dating for dating in here if is_of_speaking(self.lowered, dating)]
        told = [d for d in here if d not in spoken and d.lead != "named"]
        told = self.words.leave_compared(told, count)
        told = [d for d in join_days(self.lowered, told) if not self.words.is_of_others(d, count)]
        counted = self.words.by_sentence[count.sentence]
        if dating := self.words.pair_respectively(sentence, count, counted, told):
            return self._bound(count, dating, spoken)
        if step := self.words.step(sentence, count, told):
            return step
        if period := self.attacks.find_step(sentence, count, told):
            return period
        dating = self.words.choose(sentence, count, counted, told)
        if self.words.is_before_war(sentence, count, told):
            return Period(note=BEFORE_WAR, scope="context")
        if until := find_then_end(self.told, sentence, count, told):
            return self._bound(count, until, spoken)
        if not told and (those := find_those(self.told, sentence, count)):
            return self._bound(count, those, spoken)
        if since := self.attacks.find_since(sentence, count, told):
            return self._bound(count, since, spoken)
        whole = None if told else self._find_whole(sentence, count)
        if period := self._share_whole(count, whole):
            return end_at(period, next((d.span for d in spoken if d.span), None))
        if count.expected and not dating:
            return Period()  # of what may come no day is told
        if period := self.battle.find_duration(sentence, count, dating):
            return period
        return self._date_by_clause(sentence, count, dating, spoken, told)

    def _share_whole(self, count: Count, whole: Count | None) -> Period | None:
        """The days of the figure told before that one is part of; a stock need not have them."""
        period = self.date_count(whole) if whole else None
        return period if period and (period.first or count.measure not in STOCKS) else None

    def _date_by_clause(
        self,
        sentence: Sentence,
        count: Count,
        dating: Dating | None,
        spoken: list[Dating],
        told: list[Dating],
    ) -> Period:
        """The days of a figure by the dating words of its clause, or those around it."""
        if not dating and (total := self._find_battle(sentence, count, spoken)):
            return total
        if self._is_total(sentence, count, dating):
            return self._bound_total(sentence, count, spoken)
        if dating:
            dating = self.told.find_ended(count, dating) or dating
            dating = self.words.reach_back(sentence, count, dating)
            return self._bound(count, dating, [*spoken, *told])
        return self._date_without_words(sentence, count, spoken)

    def _find_battle(self, sentence: Sentence, count: Count, spoken: list[Dating]) -> Period | None:
        """The days of a total of the fighting: of its own length, else of the total told before in
        its paragraph, else of what has grown since the fighting began."""
        said = next((dating.span for dating in spoken if dating.span), None)
        if period := self.battle.find_length(sentence, count, said):
            return period
        before, total = self._total or (None, Period())
        if not before or not self.battle.shares_total(sentence, count, before):
            return None
        if self.attacks.find_attack(sentence, count):
            return None
        return end_at(total, said)

    def _find_whole(self, sentence: Sentence, count: Count) -> Count | None:
        """The figure told before that this one is part of: "Of these, 9,800 went to Palma", "killed
        40 on Friday. We can confirm nine"."""
        before = self.words.by_sentence.get(count.sentence - 1, [])
        before = [it for it in before if not self.words.is_compared(it.number.start)]
        if count.rule.endswith(" part") and before and before[-1].measure == count.measure:
            return before[-1]
        if count.measure in STOCKS and _STILL.search(
            self.lowered, count.number.end, count.end + 40
        ):
            return None  # "several thousand of them still live in tents"
        number, pattern = count.number, PATTERNS["of_these"]
        ahead = pattern.search(self.lowered, sentence.start, number.start)
        if not ahead and not pattern.match(self.lowered, number.end + 1, sentence.end):
            return None
        begin = ahead.start() if ahead else number.start
        here = [it for it in self.words.by_sentence[count.sentence] if it.number.start < begin]
        for counted in (here[-1:], before[::-1]):
            for other in counted:
                if MEASURES[other.measure] == MEASURES[count.measure]:
                    return other
        return None

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
            return Period(note=AFTER_TEXT.format(words=words))
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
        is_long = last - first > SEASON
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
        is_war = PATTERNS["war"].search(self.lowered, start, sentences[count.sentence].end)
        return "war" if is_war else otherwise

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
        if total := PATTERNS["total"].search(words):
            return not (dating and PATTERNS["superlative"].search(words[: total.start()]))
        if dating or not PATTERNS["perfect"].search(words):
            return False
        return (
            is_large(count, self._number(count))
            or self.told.find_told_before(sentence, count) is not None
        )

    def _bound_total(self, sentence: Sentence, count: Count, spoken: list[Dating]) -> Period:
        """The days of such a total: from the beginning that the text tells elsewhere, if it tells
        one, and one only."""
        if period := self._find_same_period(sentence, count):
            return period
        at = bisect_left(self.dates, count.start, key=_start)
        said = next((dating.span for dating in spoken if dating.span), None)
        if PATTERNS["since_then"].search(self.lowered, sentence.start, sentence.end):
            starts = self.told.find_then(at, sentence)
        elif told := self.told.find_told_before(sentence, count):
            starts = [told]
        else:
            starts = self.told.find_beginning(sentence)
        if not starts and PATTERNS["since_news"].search(self.lowered, sentence.start, sentence.end):
            starts = self.told.find_first_news(at)
        starts = starts or find_named(self.told, sentence)
        if not starts and self.told.is_of_news(sentence):
            starts = self.told.find_first_news(at, ("", "since", "begun"))
        if starts:
            words = sentence.start, sentence.end
            is_same = starts[0].kind == "period" and not starts[0].lead
            if is_same and PATTERNS["same_period"].search(self.lowered, *words):
                return self._bound(count, starts[0], spoken)
            return self._bound(count, starts[0]._replace(lead="begun"), spoken)
        if period := self.battle.find_total(sentence, count, said):
            return period
        is_news = PATTERNS["since_hostilities"].search(self.lowered, sentence.start, sentence.end)
        scope = self._name_war(count, "offensive" if is_news else "context")
        return Period(note=OPEN_TOTAL, scope=scope)

    def _find_same_period(self, sentence: Sentence, count: Count) -> Period | None:
        """The days of the figure that the sentence before tells, "in the same period"."""
        if not PATTERNS["same_period"].search(self.lowered, sentence.start, sentence.end):
            return None
        before = self.words.by_sentence.get(count.sentence - 1, [])
        period = self.date_count(before[-1]) if before else None
        return period if period and period.kind == "period" else None

    def _find_told(self, sentence: Sentence, count: Count, total: Period | None) -> Dating | None:
        """The dating words beside a sentence: of its item, of the attack whose dead it counts (a
        total of the battle counts more than those of another paragraph's), of what is past, or of
        its entry or heading."""
        if item := self.told.find_item(sentence):
            return item
        attack = self.attacks.find_attack(sentence, count)
        if attack and not (total and self.told.is_apart(sentence, attack)):
            return attack
        return (
            self.attacks.find_that_attack(sentence, count)
            or self.told.find_old(sentence, count)
            or self.told.find_above(sentence)
        )

    def _date_without_words(self, sentence: Sentence, count: Count, spoken: list[Dating]) -> Period:
        """The days of a figure without dating words: of its entry or heading; a stock, of the text
        or its "as of"; else what the days told before it and the day of speaking allow."""
        published = self.published
        said = next((dating.span for dating in spoken if dating.span), None)
        if period := self._find_past(sentence, count):
            return period
        total = self.battle.find_total(sentence, count, said)
        if dating := self._find_told(sentence, count, total):
            return self._bound(count, dating, [])
        if total:
            return total
        if count.measure in STOCKS:
            if self.told.as_of:
                return self._bound(count, self.told.as_of, [])
            day = said or published
            if day:
                return Period(None, *day, "point", basis="inferred", as_of=day)
            return Period(note=UNKNOWN_DAY)
        if not published:
            return Period(note=UNKNOWN_DAY)
        if not said and self.told.is_post(sentence):
            return Period(None, *published, "point", basis="inferred")
        if is_large(count, self._number(count)):
            return Period(note=OPEN_TOTAL, scope=self._name_war(count, back=1))
        if self.told.covered and not said and count.sentence > 0:
            return self._bound(count, self.told.covered, [])
        asked = asks_toll(self.told, count)
        if first := self._find_summed(sentence, count, asked):
            kind = "point" if asked else "period"
            return Period(None, first, (said or published)[1], kind, basis="inferred")
        return self.told.bound_by_context(count.start, said)

    def _find_past(self, sentence: Sentence, count: Count) -> Period | None:
        """The days of a war that is over, of all its dead, or of those told right before."""
        if past := self.battle.find_past(sentence, count):
            return self._bound(count, past, [])
        return self._find_also(sentence, count)

    def _find_also(self, sentence: Sentence, count: Count) -> Period | None:
        """The days of the dead told right before, whom a sentence only adds to: "187 were killed in
        last week's operation. A civilian also died"."""
        before = self.words.by_sentence.get(count.sentence - 1, [])
        if not before or not _ALSO.search(self.lowered, sentence.start, sentence.end):
            return None
        other = self.document.sentences[count.sentence - 1]
        if other.paragraph != sentence.paragraph or self.attacks.find_attack(sentence, count):
            return None
        if {count.measure, before[-1].measure} - _CASUALTIES:
            return None
        period = self.date_count(before[-1])
        return period if period.first else None

    def _find_summed(self, sentence: Sentence, count: Count, asked: bool) -> date | None:
        """The first day of the news before a toll of all of it ("The provisional toll stands at"),
        which the rest of its paragraph shares, or that answers a question; None of other
        figures."""
        if not self.told.is_summed(count.sentence) and not asked:
            return None
        at = bisect_left(self.dates, sentence.start, key=_start)
        news = self.told.find_first_news(at, longest=DAY if asked else YEAR)
        return news[0].first if news else None
