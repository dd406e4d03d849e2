"""The attack whose dead a sentence counts, where another sentence tells its day."""

import re
from datetime import date, timedelta

from helpers.extract.counts.find import Count
from helpers.extract.dates.expressions import Dating
from helpers.extract.dates.speaking import CAME
from helpers.extract.dates.steps import read_amount
from helpers.extract.periods.period import Period
from helpers.extract.periods.told import PATTERNS, Told
from helpers.extract.text.document import ARTICLE
from helpers.extract.text.sentences import Sentence

_NEAR, _FAR = 8, 14  # sentences between an attack and its dead; the same, of "the strike"
_HEAD = 3  # sentences of the head of a text, and behind it
_DAY = timedelta(days=1)
_CASUALTIES = frozenset({"killed", "injured", "killed_or_injured"})
_PLACED = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Aa]t|[Oo]utside) (?:the )?(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|[A-Z]\w+(?: [A-Z]\w+)* hospital)(?P<name>[A-Z][a-z]\w*)"
)
_LABEL = re.compile(r"[•*\s-]*(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}): ")
# "Three drones came down. | One bomb | hit a mill in Mira": of the same attack, wherever it was
_ONE_OF_THEM = re.compile(
    r"[“\"‘']?(?:one|another|two|three|a (?:first|second|third)) (?:of (?:them|these|the)\b"
    r"|(?:bombs?|shells?|rockets?|missiles?|drones?|strikes?|mortars?|rounds?)\b)",
    re.IGNORECASE,
)
# "… killed, said a monitor, whose investigators reached the town on | Wednesday"
_OF_SPEAKER = re.compile(
    r"\b(?:said|says|according to) [^.;“”\"]{3,80}, (?:whose|who|where|which) [^.;]*$"
)
_ASKED = ("what happened", "what has happened")
# "… wounded, because there has been no surgeon | since March": of the cause, not of the wounded
_MORE = re.compile(r"another (?=\w)")  # "| Another 31 were hurt": in the same attack
_CAUSE = re.compile(
    r"\b(?:because|as|for lack of|where|which|who|whose)\b|, and\b"
    r"|, (?:the|its) (?:deadliest|bloodiest|worst|heaviest|largest|biggest|most)\b"
)
# "They had already taken the post there on | 10 May"
_LOOKS_BACK = re.compile(r"\bhad (?:already|previously|earlier|once|long)\b")
# "We buried her | this morning", "found nine bodies | yesterday": of the days behind an attack
_BEHIND = re.compile(
    r"\b(?:buried|burials?|(?<!\bon a )(?<!\bhit a )(?<!struck a )(?<!bombed a )(?<!attacked a )"
    r"funerals?|(?<!\bon )(?<!\bat )mourn(?:ed|ers|ing)?|(?:stayed|remained) shut"
    r"|(?:recovered|retrieved|found|collected|dug out|pulled out) [^.;,]{0,30}\b(?:bod(?:y|ies)"
    r"|remains|corpses?))\b"
)
_SINCE_THE = re.compile(
    r"\bsince (?:the|that|this) (?P<noun>attack|ambush|raid|strike|massacre|bombing|explosion|blast"
    r"|shelling|shooting|assault|killings?|clash(?:es)?|fall|capture|takeover)\b(?! (?:of|on|in)\b)"
)
# "Twelve people died | there": on the day that the sentence before tells, whatever happened
_DEAD = re.compile(r"\b(?:killed|dead|died|wounded|injured)\b")  # "11 were killed, four taken"
_THERE = re.compile(
    r"\b(?:killed|died|dead|wounded|injured|hurt|shot|beheaded|executed|murdered|perished)"
    r"\b[^.;,]{0,25}\bthere\b"
)
_WITHIN = re.compile(
    r"\bwithin (?P<number>a|one|two|three|four|five|six|ten|\d{1,2}) (?P<unit>day|week)s?"
    r"(?: of the (?P<noun>attack|assault|raid|massacre|strike|fall|capture|takeover|shelling"
    r"|bombing|offensive)\b|(?! of\b))"
)
_TOOK = re.compile(r"\b(?:captured|seized|took|taken|retook|recaptured|fell|fallen|invaded)\b")
_THE_ATTACK = re.compile(
    r"\b(?:the|this) (?:[\w-]+ )?(?P<noun>strike|air ?strike|attack|raid|massacre|ambush|bombing"
    r"|blast|explosion|shelling|shooting|assault|collapse|crash)(?! of\b)\b"
)


class Attacks:
    """The attacks that one text tells of."""

    def __init__(self, told: Told):
        self.told, self.document, self.lowered = told, told.document, told.lowered
        self._has_within = "within " in self.lowered
        self._only: dict[int, Dating | None] = {}  # start of a sentence → its one day

    def find_attack(self, sentence: Sentence, count: Count) -> Dating | None:
        """The one day of an attack that the sentences before tell of, of whose dead this one
        speaks, or that the sentence behind dates ("The strike was on Monday")."""
        is_of_dead = count.measure in _CASUALTIES or (
            count.measure == "detained" and _DEAD.search(self.lowered, sentence.start, count.start)
        )
        if not is_of_dead or self._is_of_none(sentence, count):
            return None
        found = (
            self.find_that_attack(sentence, count)
            or self.find_happened(sentence, count)
            or self._find_before(sentence, count)
            or self._find_same(sentence, count)
            or self._find_behind_lead(count)
        )
        return found._replace(lead="") if found and found.lead == "since" else found

    def _is_of_none(self, sentence: Sentence, count: Count) -> bool:
        """Whether the words of a figure say that it is of no single attack."""
        cause = _CAUSE.search(self.lowered, count.end, sentence.end)
        end = cause.start() if cause else sentence.end
        more = _MORE.match(self.lowered, sentence.start)
        begin = more.end() if more and more.end() <= count.number.end else sentence.start
        for found in PATTERNS["no_attack"].finditer(self.lowered, begin, end):
            if found[0] != "another" or found.end() + 1 != count.number.start:
                return True
        return False

    def find_happened(self, sentence: Sentence, count: Count) -> Dating | None:
        """The day of the attack, told in the sentence behind; in the next paragraph too, of what
        this one names: "two bombs killed 14. // The bombs went off on | Tuesday"."""
        for other in self.document.sentences[count.sentence + 1 : count.sentence + 2]:
            if day := self._find_first(other):
                told = PATTERNS["happened"].match(self.lowered, other.start, day.start)
                if told and other.paragraph != sentence.paragraph:
                    named = self.lowered[sentence.start : sentence.end]
                    return day if told["noun"] in named else None
                return day if told else None
        return None

    def _find_before(self, sentence: Sentence, count: Count) -> Dating | None:
        """The day of the attack, told in the last sentence with a day before this one; none where
        that tells of more days, or this one of another place."""
        sentences = self.document.sentences
        for other in sentences[max(0, count.sentence - _NEAR) : count.sentence][::-1]:
            if other.is_heading:
                return None
            if self.told.is_live and other.paragraph != sentence.paragraph:
                return None
            if not self._list_told(other) or _BEHIND.search(self.lowered, other.start, other.end):
                continue
            if _LOOKS_BACK.search(self.lowered, other.start, other.end):
                continue
            day = self._find_only(other)
            is_attack = day and self._tells_attack(other, sentence)
            return day if is_attack and not self._is_elsewhere(sentence, other) else None
        return None

    def _tells_attack(self, dated: Sentence, sentence: Sentence) -> bool:
        """Whether a dated sentence tells of an attack, or those behind it in its paragraph: "On
        Sunday it was Kell's turn. Gunmen burned the market. | Nine died"."""
        before = self.document.sentences[max(0, self._order(dated) - 1)]
        if self.lowered.startswith(_ASKED, before.start):
            return True
        is_here = dated.paragraph == sentence.paragraph
        end = sentence.start if is_here else self._find_end(dated)
        if PATTERNS["attack"].search(self.lowered, dated.start, end):
            return True
        return is_here and bool(_THERE.search(self.lowered, sentence.start, sentence.end))

    def _find_end(self, sentence: Sentence) -> int:
        """Where the paragraph of a sentence ends."""
        paragraph = self.document.find_paragraph(self._order(sentence))
        return self.document.sentences[paragraph[-1]].end

    def _order(self, sentence: Sentence) -> int:
        """Which sentence of the text it is."""
        return self.document.find_sentence(sentence.start)

    def _list_told(self, sentence: Sentence) -> list[Dating]:
        """The dating words of a sentence that tell of no speaker ("said X, who came on | Friday"),
        nor measure anything."""
        told = [d for d in self.told.list_told(sentence) if d.lead != "compared"]
        if len(told) < 2 and not (told and " sa" in self.lowered[sentence.start : told[0].start]):
            return told
        return [d for d in told if not _OF_SPEAKER.search(self.lowered, sentence.start, d.start)]

    def _find_same(self, sentence: Sentence, count: Count) -> Dating | None:
        """The day of "the strike", which a sentence further back names with its one day."""
        named = _THE_ATTACK.search(self.lowered, sentence.start, sentence.end)
        if not named:
            return None
        noun = named["noun"].removeprefix("air").strip()
        sentences = self.document.sentences
        for other in sentences[max(0, count.sentence - _FAR) : count.sentence][::-1]:
            day = self._find_only(other)
            if day and noun in self.lowered[other.start : other.end]:
                return None if self._is_elsewhere(sentence, other) else day
        return None

    def find_step(self, sentence: Sentence, count: Count, told: list[Dating]) -> Period | None:
        """The days of a figure "within a week of the attack", or of what "came a day after" it,
        from the day of that attack. `told`: the dating words of the sentence."""
        if told:
            return None
        within = self._has_within and _WITHIN.search(self.lowered, sentence.start, sentence.end)
        noun = within["noun"] if within else ""
        if (
            within
            and not count.expected
            and (day := self._find_named(count, noun) if noun else self._find_told(count))
        ):
            size = read_amount(within["number"]) * (7 if within["unit"] == "week" else 1)
            first, last = day, day + size * _DAY
            if self.told.published:
                last = max(first, min(last, self.told.published[1]))
            return Period(None, first, last, "period", basis="inferred")
        came = CAME.match(self.lowered, sentence.start, count.start)
        if not came:
            return None
        for other in self.document.sentences[max(0, count.sentence - _HEAD) : count.sentence][::-1]:
            if self.told.list_told(other):
                only = self._find_only(other)
                return only and _step_from(only, came)
        return None

    def _find_told(self, count: Count) -> date | None:
        """The first day that the sentence before tells in a paragraph, from which "within a week"
        counts."""
        if not count.sentence:
            return None
        other, here = self.document.sentences[count.sentence - 1 : count.sentence + 1]
        if other.paragraph != here.paragraph:
            return None
        told = [d.first for d in self._list_told(other) if d.first and d.first == d.last]
        return told[0] if told else None

    def _find_named(self, count: Count, noun: str) -> date | None:
        """The day of the attack that a noun names, else of the first that the text tells of."""
        first = None
        for other in self.document.sentences[max(0, count.sentence - ARTICLE) : count.sentence]:
            day, span = self._find_only(other), (other.start, other.end)
            if not day or not any(
                pattern.search(self.lowered, *span) for pattern in (PATTERNS["attack"], _TOOK)
            ):
                continue
            if noun in self.lowered[other.start : other.end]:
                return day.first
            first = first or day.first
        return first

    def _find_behind_lead(self, count: Count) -> Dating | None:
        """The day of the news that the head of a text tells without one: the first day told behind
        it, of an attack."""
        sentences = self.document.sentences
        if count.sentence >= _HEAD or any(
            dating.span
            for sentence in sentences[: count.sentence + 1]
            for dating in self._list_told(sentence)
        ):
            return None
        here = sentences[count.sentence]
        if here.is_heading or not PATTERNS["attack"].search(self.lowered, here.start, here.end):
            return None
        for other in sentences[count.sentence + 1 : count.sentence + 1 + _HEAD]:
            if self.told.list_told(other):
                day = self._find_only(other)
                is_attack = PATTERNS["attack"].search(self.lowered, other.start, other.end)
                return day if is_attack else None
        return None

    def _find_only(self, sentence: Sentence) -> Dating | None:
        """The one day that a sentence tells of, or night: beside a month that it looks back to
        ("Having taken Kell in May, they struck Mira on | 11 June"), or the days that followed
        it."""
        if sentence.start not in self._only:
            self._only[sentence.start] = self._choose_only(self._list_told(sentence))
        return self._only[sentence.start]

    def _choose_only(self, told: list[Dating]) -> Dating | None:
        """The one of the dating words of a sentence."""
        days = [dating for dating in told if self._is_day(dating)]
        if len(days) != 1 or not days[0].span:
            return None
        day = days[0]
        for other in told:
            is_before = other.end <= day.start and other.lead in ("", "since")
            follows = other.start >= day.end and other.first == day.first
            if other is not day and not is_before and not follows:
                return None
        return day

    def _find_first(self, sentence: Sentence) -> Dating | None:
        """The first day that a sentence tells of, or night; none of a longer time."""
        first = next(iter(self.told.list_told(sentence)), None)
        return first if first and self._is_day(first) else None

    def _is_day(self, dating: Dating) -> bool:
        """Whether dating words name a day or night on which something happened: also "after
        4 February, when shells hit Kell", "since Thursday, when gunmen stormed it"."""
        if not dating.span or dating.span[1] - dating.span[0] > _DAY or dating.kind == "period":
            return False
        return not dating.lead or self.told.is_when(dating)

    def find_that_attack(self, sentence: Sentence, count: Count) -> Dating | None:
        """The day, month or year of "that raid", which the sentence before tells of, or the day of
        the last attack before it."""
        if not PATTERNS["that_attack"].search(self.lowered, sentence.start, sentence.end):
            return None
        before = self.document.sentences[max(0, count.sentence - _NEAR) : count.sentence][::-1]
        told = self.told.list_told(before[0]) if before else []
        if told or not before:
            return told[0] if len(told) == 1 and told[0].span and not told[0].lead else None
        for other in before[1:]:
            if PATTERNS["attack"].search(self.lowered, other.start, other.end):
                return self._find_only(other)
        return None

    def find_since(self, sentence: Sentence, count: Count, told: list[Dating]) -> Dating | None:
        """The day of the attack since which a figure counts: "have left since the ambush"."""
        since = None
        if not told and "since th" in self.lowered[sentence.start : sentence.end]:
            since = _SINCE_THE.search(self.lowered, sentence.start, sentence.end)
        back = max(0, count.sentence - ARTICLE)
        for other in self.document.sentences[back : count.sentence][::-1] if since else ():
            day = self._find_only(other)
            if day and since and since["noun"] in self.lowered[other.start : other.end]:
                return day._replace(lead="begun")
        return self._find_first_attack(count) if since else None

    def _find_first_attack(self, count: Count) -> Dating | None:
        """The day on which the first sentence before a figure that tells one tells of an attack, by
        whatever name."""
        for other in self.document.sentences[: min(count.sentence, ARTICLE)]:
            if self._list_told(other):
                day = self._find_only(other)
                is_attack = PATTERNS["attack"].search(self.lowered, other.start, other.end)
                return day._replace(lead="begun") if day and is_attack else None
        return None

    def _is_elsewhere(self, sentence: Sentence, other: Sentence) -> bool:
        """Whether a sentence names a place that another does not, or stands behind its label."""
        text = self.document.text
        label = _LABEL.match(text, sentence.start, sentence.end)
        if label and label["name"] not in text[other.start : other.end]:
            return True
        if _ONE_OF_THEM.match(text, sentence.start) and other.paragraph == sentence.paragraph:
            return False
        named = [found["name"] for found in _PLACED.finditer(text, sentence.start, sentence.end)]
        return any(name not in text[other.start : other.end] for name in named)


def _step_from(day: Dating, came: re.Match[str]) -> Period | None:
    """So many days or weeks before or after a day."""
    if not day.first or not day.last:
        return None
    days = read_amount(came["number"]) * (7 if came["unit"] == "week" else 1) * _DAY
    days = -days if came["side"] == "after" else days
    return Period(None, day.first + days, day.last + days, "point", basis="inferred")
