"""The days that dating words allow, seen from a text's own date.

Weekdays count back to the last such day on or before the text's date, as the codebook says.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from helpers.extract.rules.lexicon import MONTHS, WEEKDAYS
from helpers.extract.rules.load import load_parts, load_toml
from helpers.extract.rules.notation import compile_pattern, list_alternatives

AMOUNTS: dict[str, int] = load_toml("dates.toml")["amounts"]
_DOUBTFUL = load_toml("dates.toml")["doubtful_weekdays"].split()
NAMES = {  # what the patterns of dates.toml are made of
    "month_name": list_alternatives(MONTHS),
    "weekday_name": list_alternatives(set(WEEKDAYS) - set(_DOUBTFUL)),
    "any_name": list_alternatives([*MONTHS, *WEEKDAYS]),
    "amount_word": list_alternatives(AMOUNTS),
    "amount_opener": list_alternatives(name.split()[0] for name in AMOUNTS),
}
_PARTS = load_parts("dates.toml", **NAMES)
_YEAR, _PART_OF_MONTH = re.compile(_PARTS["year"]), re.compile(_PARTS["part_of_month"])
_OPENING_WEEKDAY = re.compile(f"^(?:{_PARTS['weekday']})")
_STEPS = compile_pattern(r"{amount} (day|week)", amount=_PARTS["amount"])
_LONGEST_AMOUNTS = sorted(AMOUNTS, key=len, reverse=True)

Span = tuple[date, date]
Allowed = tuple[date, date, bool] | None  # first and last day, and whether all of them are meant


class Viewpoint(NamedTuple):
    """What words without a year or day are seen from. `published`: first and last possible day of
    publication; `anchor`: the day named last, from which "the next day" counts; `year`: one that
    the text names."""

    published: Span | None
    anchor: date | None
    year: int | None


def resolve_days(kind: str, words: str, view: Viewpoint) -> Allowed:
    """The days that dating words of a kind (dates.toml [dates]) allow; None where they cannot be
    resolved."""
    return _RESOLVE[kind](words, view)


def _roll(month: int, day: int, view: Viewpoint) -> date | None:
    """The day without a year: the last such day before the text's date, or shortly after it."""
    base = date(view.year, 12, 31) if view.year else None
    base = view.published[1] if view.published else base
    if base is None:
        return None
    for year in (base.year, base.year - 1):
        found = _make_day(year, month, day)
        if found is None or found <= base + timedelta(days=45):
            return found
    return None


def _find_months(words: str) -> list[int]:
    """The months that words name."""
    return [MONTHS[word] for word in re.findall(r"[a-z]+", words) if word in MONTHS]


def _find_year(words: str) -> int | None:
    """The first year that words name."""
    found = _YEAR.search(words)
    return int(found[0]) if found else None


def _find_numbers(words: str) -> list[int]:
    """The numbers that words hold."""
    return list(map(int, re.findall(r"\d+", words)))


def _make_day(year: int, month: int, day: int) -> date | None:
    """The day, if there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _one(day: date | None) -> Allowed:
    """One day."""
    return (day, day, False) if day else None


def _resolve_iso(words: str, view: Viewpoint) -> Allowed:
    """2024-12-08."""
    return _one(_make_day(*map(int, words.split("-"))))


def _resolve_slash(words: str, view: Viewpoint) -> Allowed:
    """8/12/2024: either day, where both readings are days; with full stops the day comes first."""
    first, second, year = map(int, re.split(r"[/.]", words))
    if year < 100:
        year += 1900 if year > 69 else 2000
    options = [
        day for day in (_make_day(year, second, first), _make_day(year, first, second)) if day
    ]
    if "." in words:
        options = options[:1]
    return (min(options), max(options), False) if options else None


def _resolve_range(words: str, view: Viewpoint) -> Allowed:
    """27-30 November."""
    months, said = _find_months(words), _find_year(words)
    days = _find_numbers(_YEAR.sub(" ", words))
    if len(days) < 2 or not months:
        return None
    month, day = months[-1], days[1]
    last = _make_day(said, month, day) if said else _roll(month, day, view)
    if not last:
        return None
    first = _make_day(last.year, months[0], days[0])
    if first and first > last:
        first = _make_day(last.year - 1, months[0], days[0])
    return (first, last, True) if first else None


def _resolve_day(words: str, view: Viewpoint) -> Allowed:
    """8 December."""
    month, said = _find_months(_OPENING_WEEKDAY.sub("", words))[0], _find_year(words)
    day = _find_numbers(_YEAR.sub(" ", words) if said else words)[0]
    return _one(_make_day(said, month, day) if said else _roll(month, day, view))


def _resolve_night(words: str, view: Viewpoint) -> Allowed:
    """The night of Sunday to Monday: either day."""
    last = _resolve_weekday(words.rsplit(" ", 1)[1], view)
    return (last[0] - timedelta(days=1), last[1], False) if last else None


def _resolve_nth(words: str, view: Viewpoint) -> Allowed:
    """The 26th: of the month named last, else the last such day before the text's date."""
    day, published = _find_numbers(words)[0], view.published
    base = view.anchor or (published and published[1])
    if base is None or day > 31:
        return None
    found = _make_day(base.year, base.month, day)
    if published and (found is None or found > published[1]) and not view.anchor:
        before = base.replace(day=1) - timedelta(days=1)
        found = _make_day(before.year, before.month, day)
    return _one(found)


def _end_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _resolve_month(words: str, view: Viewpoint) -> Allowed:
    """December: a month that has not ended goes as far as the text's own day."""
    month, said, published = _find_months(words)[0], _find_year(words), view.published
    if words.endswith("last year") and published:
        said = published[1].year - 1
    if not said:
        start = None if words.startswith("next") else _roll(month, 1, view)
        if start is None:
            return None
        said = start.year - (1 if published and start > published[1] else 0)
    last = _end_of_month(said, month)
    if published and date(said, month, 1) <= published[1] < last:
        last = published[1]
    return date(said, month, 1), last, False


def _resolve_part(words: str, view: Viewpoint) -> Allowed:
    """Early December, the second week of March, the first half of May."""
    part = _PART_OF_MONTH.match(words)
    month, published = words[part.end() if part else 0 :].strip(" -"), view.published
    year = view.year or (published[1].year if published else None)
    whole = _resolve_month(month, Viewpoint(None, view.anchor, year))
    if published and not _find_year(words) and whole and whole[0] > published[1]:
        year = published[1].year - 1
        whole = _resolve_month(month, Viewpoint(None, view.anchor, year))
    if not whole:
        return None
    first, last = _cut_month(words, whole[0])
    if published and first <= published[1]:
        last = min(last, published[1])
    return first, last, False


_WEEKS = ("first", "second", "third", "fourth")


def _cut_month(words: str, first: date) -> Span:
    """The days of a part of the month that begins with `first`."""
    end = _end_of_month(first.year, first.month)
    week = re.search(r"first|second|third|fourth|last", words)
    if "week" in words and week:
        start = end - timedelta(days=6)
        if week[0] != "last":
            start = first + timedelta(days=7 * _WEEKS.index(week[0]))
        return start, start + timedelta(days=6)
    if "half" in words:
        return (first, first.replace(day=15)) if "first" in words else (first.replace(day=16), end)
    if re.search(r"early|beginning|start", words):
        return first, first.replace(day=10)
    if re.search(r"late|end", words):
        return first.replace(day=21), end
    return first.replace(day=11), first.replace(day=20)


def _resolve_weekday(words: str, view: Viewpoint) -> Allowed:
    """Sunday, last Sunday night."""
    published = view.published
    if not published or words.startswith("next"):
        return None
    number = next(WEEKDAYS[word] for word in words.split() if word in WEEKDAYS)
    days = sorted({end - timedelta(days=(end.weekday() - number) % 7) for end in published})
    if (published[1] - published[0]).days > 6:
        return published[0], published[1], False
    last = days[-1]
    if words.startswith("last") and last == published[1]:
        last -= timedelta(days=7)
    return _one(last)


def _resolve_near(words: str, view: Viewpoint) -> Allowed:
    """Today, yesterday, overnight."""
    if not view.published:
        return None
    first, last = view.published
    if "yesterday" in words:
        back = timedelta(days=2 if "before" in words else 1)
        return first - back, last - back, False
    if words == "overnight" or "last" in words:
        return first - timedelta(days=1), last, False
    return first, last, False


def _count(words: str) -> int:
    """The amount that words give, 1 if none."""
    digits = re.search(r"\d+", words)
    if digits:
        return int(digits[0])
    return next((AMOUNTS[word] for word in _LONGEST_AMOUNTS if re.search(rf"\b{word}\b", words)), 1)


_UNITS = {"year": 365, "month": 30, "week": 7, "hour": 0}  # days
_SLACK = {365: 182, 30: 15, 7: 3}  # days to either side of so many years, months, weeks ago


def _unit_days(words: str) -> int:
    """The days of the unit that words name."""
    return next((days for unit, days in _UNITS.items() if unit in words), 1)


def _resolve_ago(words: str, view: Viewpoint) -> Allowed:
    """Three days ago; a year ago is half a year early or late."""
    if not view.published:
        return None
    first, last = view.published
    number, unit = _count(words), _unit_days(words)
    if unit == 0:
        return first - timedelta(days=1 + number // 24), last, False
    back, slack = timedelta(days=number * unit), timedelta(days=_SLACK.get(unit, 0))
    return first - back - slack, last - back + slack, False


def _resolve_later(words: str, view: Viewpoint) -> Allowed:
    """Two days later, the next day: counted from the day named last."""
    if view.anchor is None:
        return None
    if re.search(r"same|that (?:day|night)|hours", words):
        return view.anchor, view.anchor + timedelta(days="hours" in words), False
    steps = _count(words) * max(1, _unit_days(words)) if _STEPS.match(words) else 1
    sign = -1 if re.search(r"previous|earlier|before", words) else 1
    return _one(view.anchor + timedelta(days=sign * steps))


def _resolve_past(words: str, view: Viewpoint) -> Allowed:
    """In the past three days, last week, this month, over the weekend."""
    if not view.published:
        return None
    first, last = view.published
    if "weekend" in words:
        saturday = last - timedelta(days=(last.weekday() - 5) % 7)
        return saturday, min(saturday + timedelta(days=1), last), False
    if named := _resolve_named(words, first, last):
        return *named, False
    is_period = not words.startswith(("earlier", "later")) and bool(
        re.search(r"past|hours|\d|over|during|within|for", words)
    )
    number = _count(re.sub(r"past|last|previous", "", words))
    if "hour" in words:
        days = round(number / 24)
    else:
        decades = {"decade": 3650, "fortnight": 14}
        unit = next((size for name, size in decades.items() if name in words), _unit_days(words))
        days = number * unit
    return first - timedelta(days=max(1, days)), last, is_period


def _resolve_named(words: str, first: date, last: date) -> Span | None:
    """The week, month or year that is named as such: last week, this year."""
    monday = last - timedelta(days=last.weekday())
    if "last week" in words and not re.search(r"over|during|within|the last week", words):
        return monday - timedelta(days=7), monday - timedelta(days=1)
    if "last month" in words and "the last month" not in words:
        end = last.replace(day=1) - timedelta(days=1)
        return end.replace(day=1), end
    if "last year" in words and "the last year" not in words:
        return date(last.year - 1, 1, 1), date(last.year - 1, 12, 31)
    if re.search(r"this week|in the week", words):
        return min(monday, first), last
    if "this month" in words:
        return first.replace(day=1), last
    if "this year" in words:
        return date(first.year, 1, 1), last
    return None


def _resolve_year(words: str, view: Viewpoint) -> Allowed:
    """2011; a year that has not ended goes as far as the text's own day."""
    years = [] if words.endswith("s") else _YEAR.findall(words)
    if not years:
        return None
    year, published = int(years[0]), view.published
    last = published[1] if published and published[0].year == year else date(year, 12, 31)
    return date(year, 1, 1), last, False


_RESOLVE: dict[str, Callable[[str, Viewpoint], Allowed]] = {
    "iso": _resolve_iso,
    "slash": _resolve_slash,
    "range": _resolve_range,
    "day": _resolve_day,
    "part": _resolve_part,
    "night": _resolve_night,
    "nth": _resolve_nth,
    "month": _resolve_month,
    "weekday": _resolve_weekday,
    "near": _resolve_near,
    "ago": _resolve_ago,
    "later": _resolve_later,
    "past": _resolve_past,
    "year": _resolve_year,
}
