"""The days that a bulletin says it covers ("Weekly figures, 26 August to 1 September"), by which
"on Monday" and "this week" in it are meant, whenever it was published."""

import re
from datetime import timedelta

from helpers.extract.dates.calendar import NAMES, WEEKDAYS
from helpers.extract.dates.expressions import Dating
from helpers.extract.rules.load import load_patterns
from helpers.extract.text.document import Document
from helpers.extract.text.sentences import Sentence

_COVERS = load_patterns("dates.toml", **NAMES)["covers"]
_HEAD = 4  # dating words of a text among which it says what it covers
_DAY, _WEEK, _SEASON = timedelta(days=1), timedelta(days=7), timedelta(days=92)
_THIS = ("this week", "the week", "this month", "the month", "this period", "the period")


def find_covered(document: Document, dates: list[Dating]) -> Dating | None:
    """The weeks or months that a text says it tells of: "Monthly note, March 2018"."""
    for dating in dates[:_HEAD]:
        if dating.span and _DAY <= dating.span[1] - dating.span[0] <= _SEASON:
            sentence = document.sentences[document.find_sentence(dating.start)]
            if _COVERS.search(document.lowered, sentence.start, dating.start):
                return dating
            if _opens(document, sentence, dating) and _is_over(dating):
                return dating
    return None


def _opens(document: Document, sentence: Sentence, dating: Dating) -> bool:
    """Whether a month opens a text or its heading, or stands there behind its subject: "February
    was the deadliest month yet", "Odra in April: …"."""
    if dating.start == 0:
        return True
    opens = document.text[sentence.start : dating.start]
    if sentence.start == 0 and sentence.is_heading:
        return bool(_SUBJECT.fullmatch(opens)) and document.lowered.startswith(":", dating.end)
    at = document.find_sentence(sentence.start)
    return not opens and at == 1 and document.sentences[0].is_heading


_SUBJECT = re.compile(r"(?:The )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3} ?")


def _is_over(dating: Dating) -> bool:
    """Whether dating words name a whole month that ended shortly before the text."""
    if not dating.span or not dating.seen:
        return False
    (first, last), seen = dating.span, dating.seen[1]
    is_whole = first.day == 1 and (last + _DAY).day == 1 and last - first < timedelta(days=31)
    return is_whole and timedelta(0) < seen - last <= 2 * _WEEK


def settle_covered(document: Document, dates: list[Dating]) -> list[Dating]:
    """The dating words, with weekdays and "this week" behind the heading of a bulletin within the
    days that it covers; as they are in other texts."""
    covered = find_covered(document, dates)
    if not covered or not covered.span:
        return dates
    first, last = covered.span
    settled = []
    for dating in dates:
        words = document.lowered[dating.start : dating.end]
        is_behind = dating.start > covered.start and dating.basis == "relative"
        if is_behind and words.removeprefix("during ").removeprefix("in ").endswith(_THIS):
            dating = dating._replace(first=first, last=last, kind="period")
        elif is_behind and dating.span and not WEEKDAYS.keys().isdisjoint(words.split()):
            early = dating.span[0] - _WEEK, dating.span[1] - _WEEK
            if dating.span[0] > last and early[0] >= first - _DAY:
                dating = dating._replace(first=early[0], last=early[1])
        settled.append(dating)
    return settled
