"""The dating words of a figure in its own sentence: which of them are told of it, by clause, list
or step ("two days after"), and which of others."""

import re
from bisect import bisect_left
from datetime import date, timedelta
from operator import attrgetter

from helpers.extract.counts.find import Count
from helpers.extract.dates.calendar import AMOUNTS
from helpers.extract.dates.expressions import Dating
from helpers.extract.dates.speaking import DAYS_FROM
from helpers.extract.dates.steps import read_amount
from helpers.extract.periods.attacks import Attacks
from helpers.extract.periods.clauses import Piece, choose_dating, cut_pieces
from helpers.extract.periods.period import MONTH, Period
from helpers.extract.periods.those import find_named
from helpers.extract.periods.told import PATTERNS, Told
from helpers.extract.text.sentences import Sentence

_DAY = timedelta(days=1)
_CASUALTIES = frozenset({"killed", "injured", "killed_or_injured"})
_OF_A_DAY = frozenset({"idps", "in_camps", "refugees", "population", "control_share"})
_PRE_WAR = ("pre-war population of ", "prewar population of ")
# "8,250 people, a fifth of them since | last week"
_OF_PART = re.compile(
    r",[^,;.]*\b(?:of (?:them|whom|these)"
    r"|(?:most|many|(?:nearly|almost) all|mostly|mainly|chiefly)\b(?! of the\b))\b[^,;.]*"
    r"(?:, (?:where|which|who)\b[^,;.]*)?$"
)
_HAVE_SINCE = re.compile(r"\b(?:have|has) since\b")
# "left Odra on Friday | and claimed to have killed 200"
_CLAIMED = re.compile(r" and (?:claim(?:s|ed)? to have|boast(?:s|ed)? of) (?:[\w'’-]+ ){0,4}$")
_HAVE = re.compile(r"\b(?:have|has)\b")
# "detained 37 on 1 November, and five | of them have been released"
_OF_THEM_HAVE = re.compile(r" of (?:them|these|those) (?:have|has) (?!been killed)")
_WHO_TOOK = re.compile(
    r"\b(?:as|while) [^.;]*\b(?:who|which|that) (?:have |had )?(?:seized|captured|stormed|attacked"
    r"|overran|entered|took|invaded|occupied)\b[^.;]*$"
)
# '… 17 bodies," she said by phone from Kell, where she arrived on | Friday'
_OF_SPEAKER = re.compile(
    r"[\"”][^.;“”\"]*\b(?:said|says|told|recalled|added|recounted)\b[^.;“”\"]*"
    r"\b(?:where|who|which|whom|after|having)\b[^.;“”\"]*$"
    r"|, (?:said|says|according to) [^.;“”\"]*, (?:where|who|which|whose|whom)\b[^.;“”\"]*$"
)
# "Eleven were injured, including a family of four in Susa on | 15 February"
_INCLUDING = re.compile(r",? (?:including|among them) [^,;.]*$")
# "three | of the people taken at the school on | Saturday | walked free"
_WHO_WERE = re.compile(
    r" of (?:the|those) (?:[\w'’-]+ ){0,3}?(?:taken|abducted|kidnapped|seized|detained|arrested"
    r"|captured|held|displaced|uprooted|driven|evacuated)\b[^.;,]*$"
)
_BECAUSE = re.compile(r",? (?:because|for lack of)\b[^;]*$")
_TAKEN = re.compile(
    r"\b(?:taken|abducted|kidnapped|seized|detained|arrested|captured|jailed"
    r"|rounded up|imprisoned)\b"
)
_IN_WHICH = re.compile(r",? (?:in|during) which\b|, when\b[^,;]*$")
_WHEN = re.compile(r", when\b[^;.]*$")
_IN_ASIDE = re.compile(r"[,(] ?(?:which|who|whose) [^,;.]*$")
_WHO = re.compile(r"\b(?:who|which|that)\b")
_LATER = re.compile(r"the (?:next|following) (?:day|morning|night|evening)|(?:[\w-]+ ){1,3}later")
_MEASURES = re.compile(
    r"\b(?:(?:up|down) from|compared (?:with|to)|as against|against|from) (?:[\w-]+ ){0,2}$"
)
# "on Monday, | hours before two bombs killed at least | 14"
_HOURS = re.compile(
    r"\b(?:hours?|minutes?|moments|shortly) (?P<side>before|after) (?:[\w'’-]+ ){0,8}$"
)
_start = attrgetter("start")


class OwnWords:
    """The dating words of the sentences of one text, shared out among their figures."""

    def __init__(self, told: Told, counts: list[Count]):
        self.told, self.lowered = told, told.lowered
        self.by_sentence: dict[int, list[Count]] = {}
        for count in counts:
            self.by_sentence.setdefault(count.sentence, []).append(count)
        self._pieces: dict[tuple[int, ...], list[Piece]] = {}

    def is_of_others(self, dating: Dating, count: Count) -> bool:
        """Whether dating words tell when those who are counted did something else: "30 who fled in
        2012 have come back"."""
        between = self.lowered[count.number.end : dating.start]
        if _OF_PART.search(between) or self._is_of_cause(dating):
            return True
        if _CLAIMED.search(self.lowered[dating.end : count.start]):
            return True
        if self._is_of_next(dating, count):
            return True
        if self._is_in_brackets(dating, count) or _OF_SPEAKER.search(between):
            return True
        if _INCLUDING.search(between) and (
            self.told.covered or PATTERNS["year_of_cause"].match(self.lowered, dating.end)
        ):
            return True
        if count.measure in ("released", "returns") and _WHO_WERE.match(between):
            return True
        if self._is_of_doer(dating, count):
            return True
        if self._is_of_main_clause(dating, count) or _BECAUSE.search(between):
            return True
        if not count.number.end <= dating.start or not dating.end < count.end:
            return False
        if _TAKEN.search(between):  # "detained | on 3 December | are still held", "were freed"
            return count.measure in ("released", "returns")
        return bool(_WHO.search(self.lowered, count.number.end, dating.start))

    def _is_of_doer(self, dating: Dating, count: Count) -> bool:
        """Whether dating words tell only who somebody is, not of an attack: "The junta, which
        seized power in | 2021 |, killed 14"."""
        if dating.end > count.start or dating.lead or self.lowered[dating.end] not in ",)":
            return False
        begin = self.told.document.sentences[count.sentence].start
        words = self.lowered[begin : dating.start]
        if not _IN_ASIDE.search(words) or PATTERNS["attack"].search(words):
            return False
        return not PATTERNS["happens"].search(words)

    def _is_of_main_clause(self, dating: Dating, count: Count) -> bool:
        """Whether dating words before a figure tell when others dealt with those who "were killed
        in February": they are dated behind it."""
        if dating.end > count.number.start or not _WHO.search(
            self.lowered, count.number.end, count.end
        ):
            return False
        sentence = self.told.document.sentences[count.sentence]
        behind = [d for d in self.told.list_dates(sentence) if d.start >= count.end and d.span]
        return bool(behind) and not re.search("[,;:]", self.lowered[count.end : behind[0].start])

    def leave_compared(self, told: list[Dating], count: Count) -> list[Dating]:
        """The dating words but those that only measure something: "the deadliest raid since | May
        |"; of what happened then they are the days: "… since | May |, when 14 were killed"."""
        kept = []
        for dating in told:
            if dating.lead != "compared":
                kept.append(dating)
            elif _WHEN.match(self.lowered[dating.end : max(dating.end, count.start)]):
                kept.append(dating._replace(lead=""))
        return kept

    def is_compared(self, at: int) -> bool:
        """Whether a number only measures another: "214 deaths, up from | 131 the week before"."""
        return bool(_MEASURES.search(self.lowered, max(0, at - 40), at))

    def _is_of_next(self, dating: Dating, count: Count) -> bool:
        """Whether dating words only say how much later than a figure the next one was: "killed
        three, and two others died | the next day"."""
        if not _LATER.fullmatch(self.lowered, dating.start, dating.end):
            return False
        others = self.by_sentence[count.sentence]
        return any(count.end <= other.start < dating.start for other in others)

    def _is_of_cause(self, dating: Dating) -> bool:
        """Whether dating words only name the war by which those were driven out who "still live"
        somewhere: "displaced by the | 2017 | siege still live in tents"."""
        sentence = self.told.document.sentences[self.told.document.find_sentence(dating.start)]
        if not PATTERNS["year_of_cause"].match(self.lowered, dating.end):
            return False
        return " still " in self.lowered[dating.end : sentence.end]

    def _is_in_brackets(self, dating: Dating, count: Count) -> bool:
        """Whether dating words stand in brackets with or right behind another figure, whose they
        are: "19,340 displaced (13,120 in the week to | 6 June)", "displaced 900 (IOM, | May) and
        killed 40"."""
        if self._is_in_brackets_before(dating, count):
            return True
        opens = self.lowered.rfind("(", count.number.end, dating.start)
        if opens < 0 or ")" in self.lowered[opens : dating.start]:
            return False
        others = self.by_sentence[count.sentence]
        return any(opens < other.number.start < dating.start for other in others)

    def _is_in_brackets_before(self, dating: Dating, count: Count) -> bool:
        """Whether dating words stand in brackets that close before a figure and follow another."""
        others = [o for o in self.by_sentence[count.sentence] if o.number.end <= dating.start]
        if dating.end > count.number.start or not others:
            return False
        opens = self.lowered.rfind("(", others[-1].number.end, dating.start)
        closes = self.lowered.find(")", dating.start, count.number.start)
        return opens >= 0 and closes >= dating.end

    def pair_respectively(
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

    def step(self, sentence: Sentence, count: Count, told: list[Dating]) -> Period | None:
        """ "… on Friday, two days after artillery had killed 13": counted from that Friday."""
        if hours := self._step_hours(sentence, count, told):
            return hours
        before = self.lowered[max(sentence.start, count.start - 60) : count.start]
        step = DAYS_FROM.search(before)
        anchors = [d for d in told if d.span and d.end <= count.start and d.lead != "since"]
        if not step or step["unit"] == "hour" or not anchors or not anchors[-1].span:
            return self._step_far(before, anchors)
        number = read_amount(step["number"])
        days = _DAY * number * (7 if step["unit"] == "week" else 1)
        days = -days if step["side"] == "after" else days
        first, last = (day + days for day in anchors[-1].span)
        return Period(anchors[-1], first, last, "point", basis="relative")

    def _step_hours(self, sentence: Sentence, count: Count, told: list[Dating]) -> Period | None:
        """ "… on Monday, hours before bombs killed 14": that day or the next, or the day on which
        the sentence behind says that they went off; "hours after …": that day or the one before."""
        begin = max(sentence.start, count.start - 90)
        match = _HOURS.search(self.lowered[begin : count.start])
        ahead = [d for d in told if d.span and d.end <= count.start] if match else []
        if not match or not ahead or not ahead[-1].span or told[-1].end > begin + match.start():
            return None
        first, last = ahead[-1].span
        if ahead[-1].lead or first != last:
            return None
        if match["side"] == "after":
            first -= _DAY
        else:
            last += _DAY
        if self.told.published:
            last = max(first, min(last, self.told.published[1]))
        behind = Attacks(self.told).find_happened(sentence, count)
        if behind and behind.span and first <= behind.span[0] and behind.span[1] <= last:
            return Period(behind, *behind.span, "point", basis=behind.basis)
        return Period(None, first, last, "point", basis="inferred")

    def _step_far(self, before: str, anchors: list[Dating]) -> Period | None:
        """ "… on Friday, a year after 19 were killed": half a year early or late."""
        step = PATTERNS["years_from"].search(before)
        if not step or not anchors or not anchors[-1].span:
            return None
        number = AMOUNTS.get(step["number"]) or int(step["number"])
        length = 365 if step["unit"] == "year" else 30
        back = _DAY * number * length * (-1 if step["side"] == "after" else 1)
        slack = _DAY * (length // 2)
        first, last = (day + back for day in anchors[-1].span)
        first, last = first - slack, last + slack
        is_old = self.told.published and last < self.told.published[0] - MONTH
        scope = "context" if is_old else "offensive"
        return Period(None, first, last, "point", basis="inferred", scope=scope)

    def choose(
        self, sentence: Sentence, count: Count, counted: list[Count], told: list[Dating]
    ) -> Dating | None:
        """The dating words of a figure in its sentence."""
        if not told:
            return None
        key = (count.sentence, *(dating.start for dating in told))
        if key not in self._pieces:
            self._pieces[key] = cut_pieces(self.lowered, sentence, counted, told)
        dating = choose_dating(self._pieces[key], count)
        dating = self._find_in_brackets(count, told) or dating
        if dating and not dating.lead and self._goes_on(dating, count):
            return dating._replace(lead="begun")
        if dating and self._is_war_aside(sentence, dating, count):
            return dating._replace(lead="begun")
        if dating and dating.lead == "since" and dating.end <= count.start:
            if _IN_WHICH.match(self.lowered[dating.end : min(count.start, count.number.start)]):
                return dating._replace(lead="")
        if dating and dating.lead in ("by", "until"):  # "by Tuesday 90 had been killed since 3 May"
            since = [other for other in told if other.lead == "since"]
            since = since or find_named(self.told, sentence)
            return since[0] if since else self._reach_from(sentence, count, dating, told)
        if dating and dating.lead == "as_of":  # "since 27 November, 280,000 … as of 2 December"
            since = [other for other in told if other.lead in ("since", "begun")]
            if since and since[0].end <= count.start:
                return since[0]
            is_toll = count.measure in _CASUALTIES and not dating.is_entry
            return self._reach_from(sentence, count, dating, told) if is_toll else dating
        if dating and dating.is_entry:  # "Today: 58 killed since 29 May"
            since = [other for other in told if other.lead == "since" and other.start >= count.end]
            return since[0] if since else dating
        return dating

    def _reach_from(
        self, sentence: Sentence, count: Count, dating: Dating, told: list[Dating]
    ) -> Dating:
        """The days up to a day, from that told before it in its sentence or paragraph: "entered
        Kell on Friday, and by | Monday | had killed 40"; a stock is of the last day alone."""
        first = next(
            (d.first for d in told if d.end <= dating.opens and d.span and not d.lead), None
        )
        if count.measure in _OF_A_DAY:
            return dating
        first = first or self._find_start(sentence) or self._find_begun(sentence)
        if not first or not dating.first or not first <= dating.first <= first + MONTH:
            return dating
        return dating._replace(first=first, kind="period")

    def _find_begun(self, sentence: Sentence) -> date | None:
        """The day on which the fighting began that the text tells of, if it tells of one."""
        return next((d.first for d in self.told.find_beginning(sentence)), None)

    def _find_start(self, sentence: Sentence) -> date | None:
        """The last day or night that the sentences before tell in a paragraph, if it is that of an
        attack or of a beginning."""
        order = self.told.document.find_sentence(sentence.start)
        for other in self.told.document.sentences[:order][::-1]:
            if other.paragraph != sentence.paragraph:
                return None
            days = [d for d in self.told.list_told(other) if d.span]
            if days and days[-1].span:
                first, last = days[-1].span
                begins = PATTERNS["begins"].search(self.lowered, other.start, other.end)
                attack = begins or PATTERNS["attack"].search(self.lowered, other.start, other.end)
                is_day = last - first <= _DAY and days[-1].lead in ("", "begun")
                return first if is_day and attack else None
        return None

    def _find_in_brackets(self, count: Count, told: list[Dating]) -> Dating | None:
        """The dating words before a figure in its own brackets: "611 in June (all of May: 702)"."""
        opens = self.lowered.rfind("(", 0, count.number.start)
        if opens < 0 or ")" in self.lowered[opens : count.number.start]:
            return None
        inside = [d for d in told if opens < d.start and d.end <= count.number.start]
        return inside[-1] if inside else None

    def _goes_on(self, dating: Dating, count: Count) -> bool:
        """Whether what a figure counts came after the day, up to now: "stormed Ramadi on Sunday,
        and 40,000 people have since fled", "40,000 have fled as troops fight the rebels who
        stormed Ramadi on Sunday"."""
        if count.end <= dating.start and _HAVE.search(self.lowered, count.start, count.end):
            return bool(_WHO_TOOK.search(self.lowered, count.end, dating.start))
        if dating.end > count.start:
            return False
        is_since = bool(_HAVE_SINCE.search(self.lowered, dating.end, count.end))
        return is_since or bool(_OF_THEM_HAVE.match(self.lowered, count.number.end))

    def _is_war_aside(self, sentence: Sentence, dating: Dating, count: Count) -> bool:
        """Whether a day stands in an aside on the war whose total a figure is: "The war, in which
        the coalition intervened in | March 2015, has killed 9,000"."""
        if dating.lead or dating.end > count.start:
            return False
        match = PATTERNS["war_aside"].search(self.lowered, sentence.start, count.number.start)
        return match is not None and match.start() < dating.start < match.end()

    def reach_back(self, sentence: Sentence, count: Count, dating: Dating) -> Dating:
        """The words that date a toll that grew ("… on Monday, bringing the toll to 12"), from the
        day of the first news of it in its paragraph on."""
        if not dating.span or not PATTERNS["grew"].search(
            self.lowered, sentence.start, count.number.start
        ):
            return dating
        for other in self.told.dates[: bisect_left(self.told.dates, sentence.start, key=_start)][
            ::-1
        ]:
            at = self.told.document.sentences[self.told.document.find_sentence(other.start)]
            if at.paragraph != sentence.paragraph:
                break
            if other.span and not other.lead and other.span[0] <= dating.span[0]:
                return dating._replace(first=other.span[0], kind="period")
        return dating

    def is_before_war(self, sentence: Sentence, count: Count, told: list[Dating]) -> bool:
        """Whether a figure is of the time before the war: "26,000 before the invasion",
        "Before this escalation, 461,000"; days behind a semicolon are of others."""
        if any(";" not in self.lowered[count.number.end : dating.start] for dating in told):
            return False
        if PATTERNS["opens_before"].match(self.lowered, sentence.start, count.number.end):
            return True
        pattern = PATTERNS["before_war"]
        ahead = pattern.match(self.lowered, count.number.end, sentence.end)
        return bool(ahead or self.lowered[: count.number.start].endswith(_PRE_WAR))
