"""Dating words of one sentence that tell one stretch of days together: a list of days, or the two
ends of a period."""

import re

from helpers.extract.dates.expressions import Dating

_BETWEEN = re.compile(
    r"\bbetween (?:the )?(?:start|beginning|launch|outbreak|fall|capture|siege|battle) of "
    r"[^.;:]{3,60}? (?:(?:in|on) )?$"
)
_LISTED = re.compile(r",?\s*(?:and\s+)?(?:on\s+)?")


def join_days(lowered: str, told: list[Dating]) -> list[Dating]:
    """Dating words with days that are told as a list taken as one: "12 March, 3 April and
    9 May"; so are the ends of "between the start of the siege in October and May"."""
    joined: list[Dating] = []
    for dating in told:
        last = joined[-1] if joined else None
        if last and _spans_between(lowered, last, dating):
            joined[-1] = last._replace(end=dating.end, last=dating.last, kind="period", lead="")
            continue
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


def _spans_between(lowered: str, first: Dating, last: Dating) -> bool:
    """Whether dating words are the two ends of a period whose beginning bears its name: "between
    the start of the siege in | October | and | the end of May"."""
    if lowered[first.end : last.start] not in (" and ", " and on "):
        return False
    if not first.first or not last.last or first.first > last.last:
        return False
    return bool(_BETWEEN.search(lowered, max(0, first.start - 90), first.start))


def _is_day(dating: Dating) -> bool:
    """Whether dating words name one day of the calendar, or a list of days."""
    is_one = dating.first == dating.last and dating.first is not None or bool(dating.days)
    return is_one and dating.basis == "explicit" and not dating.lead
