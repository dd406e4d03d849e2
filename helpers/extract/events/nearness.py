"""How near dating words are to an event in its sentence: whether they tell of it, of another event,
of another clause or of somebody's speaking."""

import re

from helpers.extract.dates.expressions import Dating
from helpers.extract.dates.speaking import is_of_speaking
from helpers.extract.events.coordination import Found
from helpers.extract.rules.territory import compile_territory
from helpers.extract.text.sentences import Sentence

_SAID_OF = compile_territory(
    r"""\b(conced|acknowledg|admit|confirm|announc|claim|proclaim|declar)\w*\s+
    (the |its |their )?(\w+ )?$"""
)
_STATEMENT = compile_territory(r"['’]s (statement|report|announcement|communiqu)")
_APART = compile_territory(
    r"""[;:]|\b(while|whereas|but|though|although)\b|, and (?!\ue000)
    |\b(after|before|since|until|when|where|who|whose|which|as)\b"""
)
_NEW_CLAUSE = compile_territory(
    r"[;]|\bwhile\b|\bwhereas\b|, and (a|the|an|on|in|that|his|her|who|\w+ers?)\b|, and $"
)
_FURTHER = compile_territory(
    r", (which|who|after|when|where|and|but)\b|\b(after|when|before|since|until|who|whose)\b"
)
# "entered Kell on 2 June, held it | for a week | and withdrew"
LASTED = re.compile(r"\bfor (?:a|an|one|two|three|four|several|some|\d+) (?:day|week|month)s?\b")
_NEXT_DAY = re.compile(r"(?:,|\band),?\s+(?:on |since |by )?$")
_IS_NEXT = re.compile(r",?\s")
_WHEN = re.compile(
    r",? (?:when|the (?:day|night|morning|evening|afternoon)(?: (?:that|when|on which|in which))?)"
    r" (?:an? |the |its )?(?:[\w-]+ ){0,9}?"
)
_FIRST_SINCE = re.compile(r"\bfor the first time since\b")
# "took Kell, and on | Sunday |, with guns from the north, they took Mira"
_JOINS = re.compile(r"(?:[,;]| and| but)(?: and| but| then)? (?:(?:on|early|late) )*$")
_OPENS_ASIDE = re.compile(r",\s+(?:(?:in|on|early|late) ){0,2}$")
_CLOSES_ASIDE = re.compile(r",\s+(?:has |had |have )?")
_FAR_BEHIND, _FAR_AHEAD = 160, 170  # characters; a date further away is another's
_CHANGE, _CLAUSE_AHEAD, _CLAUSE_BEHIND = 20, 20, 25  # what a new clause adds to the distance
_OTHERS = 40  # what it adds that a date stands right behind another event
_OPENING = 0.4  # of its length counts, between the opening words of a sentence and its event


class Nearness:
    """The events of one text and the dating words around them. `spans`: where the events of each
    sentence stand."""

    def __init__(
        self, lowered: str, sentences: list[Sentence], spans: dict[int, list[tuple[int, int]]]
    ):
        self.lowered, self.sentences, self.spans = lowered, sentences, spans

    def is_own(self, dating: Dating, event: Found) -> bool:
        """Whether dating words stand right behind the words of an event."""
        return event.end <= dating.start and bool(
            re.fullmatch(r" (?:on |in )?", self.lowered[event.end : dating.start])
        )

    def is_reporting(self, dating: Dating, event: Found) -> bool:
        """Whether a date tells when somebody spoke, not when it happened."""
        if event.form == "noun":
            before = self.lowered[max(0, event.verb - 40) : event.verb]
            if _SAID_OF.search(before):
                return True
        behind = self.lowered[dating.end : dating.end + 16]
        return is_of_speaking(self.lowered, dating) or bool(_STATEMENT.match(behind))

    def measure(self, dating: Dating, event: Found) -> float | None:
        """How far dating words are from an event; None where another event, or another clause,
        stands between."""
        if dating.start >= event.start and dating.end <= event.end:
            if dating.end > event.verb:
                return 0.0
            is_apart = re.search(r"[,:]", self.lowered[dating.end : event.verb])
            return None if is_apart and not self._is_aside(dating, event) else 5.0
        if dating.start >= event.end:
            return self._measure_behind(dating, event)
        return self._measure_ahead(dating, event)

    def _is_aside(self, dating: Dating, event: Found) -> bool:
        """Whether dating words stand between commas right before a verb: "its army|, in May,|
        retook Kell"."""
        before = self.lowered[max(event.start, dating.start - 12) : dating.start]
        behind = self.lowered[dating.end : event.verb]
        return bool(_OPENS_ASIDE.search(before) and _CLOSES_ASIDE.fullmatch(behind))

    def _measure_behind(self, dating: Dating, event: Found) -> float | None:
        """The same of dating words behind an event."""
        between = self.lowered[event.end : dating.start]
        if _NEXT_DAY.search(between) and any(
            _IS_NEXT.fullmatch(self.lowered, dating.end, start)
            for start, _ in self.spans[event.sentence]
        ):
            return None  # "took Kell and, on | Monday |, Mira"
        for start, end in self.spans[event.sentence]:
            if (start, end) != (event.start, event.end) and event.end <= start < dating.start:
                return None
        if _FIRST_SINCE.search(between):
            return None  # "entered Kell | for the first time since | 19 August"
        if _NEW_CLAUSE.search(between) or "state" in event.allows and ", and" in between:
            return None
        cost = float(len(between)) + _CLAUSE_BEHIND * len(list(_FURTHER.finditer(between)))
        is_step = re.search(r"\b(?:later|earlier)\b", self.lowered[dating.start : dating.end])
        follows = self.lowered[dating.end : dating.end + 30]
        if not is_step and re.match(r"\s+(?:after|before)\s+(?:a|the)\s+first\b", follows):
            return None
        return cost if cost < _FAR_BEHIND else None

    def _measure_ahead(self, dating: Dating, event: Found) -> float | None:
        """The same of dating words before it."""
        if self.is_when(dating, event):
            return 0.0
        high = max(event.start, event.verb) if event.form == "finite" else event.start
        between = self.lowered[dating.end : high]
        if event.form == "list" and len(between) > 12:
            return None
        sentence = self.sentences[event.sentence]
        opening = self.lowered[sentence.start : dating.start]
        others = [
            (start, end)
            for start, end in self.spans[event.sentence]
            if (start, end) != (event.start, event.end)
            and dating.end <= start < high
            and end <= event.start
        ]
        if others:
            opens = opening.strip(" -*•\"'“").count(" ") < 3
            joined = re.search(r"\band\b|,", self.lowered[others[-1][1] : event.start])
            if not (opens and joined and event.form != "noun"):
                return None
        if LASTED.search(between):
            return None
        if ";" in between or event.form == "noun" and len(between) > 60:
            return None
        opens = opening.strip(" -*•\"'“(").count(" ") < 3
        comes = self.lowered.startswith(
            "come", dating.start
        )  # "comes two months after a raid in which"
        joins = between.startswith(",") and bool(_JOINS.search(opening))
        if "," in between and not opens and len(between) > 40 and not comes and not joins:
            return None
        cost = len(between) * (_OPENING if opens else 1.0)
        reach = _FAR_AHEAD if event.form == "list" else len(" on ")  # "Kell, in the hills, in May"
        if any(end <= dating.start <= end + reach for _, end in self.spans[event.sentence]):
            cost += _OTHERS
        cost += _CHANGE + _CLAUSE_AHEAD * len(_APART.findall(between))
        return cost if cost < _FAR_AHEAD else None

    def is_when(self, dating: Dating, event: Found) -> bool:
        """Whether dating words name the day of an event: held "until Sunday, when | soldiers retook
        it", "6 June, the day | rebels entered"."""
        return dating.end < event.start and bool(
            _WHEN.fullmatch(self.lowered, dating.end, event.start)
        )
