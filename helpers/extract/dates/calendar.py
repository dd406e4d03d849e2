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
ORDINALS: dict[str, int] = load_toml("dates.toml")["ordinals"]
_DOUBTFUL = load_toml("dates.toml")["doubtful_weekdays"].split()
NAMES = {  # what the patterns of dates.toml are made of
    "month_name": list_alternatives(MONTHS),
    "weekday_name": list_alternatives(set(WEEKDAYS) - set(_DOUBTFUL)),
    "any_name": list_alternatives([*MONTHS, *WEEKDAYS]),
    "amount_word": list_alternatives(AMOUNTS),
    "ordinal_word": list_alternatives(name.replace("-", "[- ]") for name in ORDINALS),
    "amount_opener": list_alternatives(name.split()[0] for name in AMOUNTS),
}
PARTS = load_parts("dates.toml", **NAMES)
YEAR, _PART_OF_MONTH = re.compile(PARTS["year"]), re.compile(PARTS["part_of_month"])
_OPENING_WEEKDAY = re.compile(f"^(?:{PARTS['weekday']})")
_ORDINAL = re.compile(rf"\b(?:{NAMES['ordinal_word']})\b")
_STEPS = compile_pattern(r"{amount} (day|week)", amount=PARTS["amount"])
_LONGEST_AMOUNTS = sorted(AMOUNTS, key=len, reverse=True)

Span = tuple[date, date]
Allowed = tuple[date, date, bool] | None  # first and last day, and whether all of them are meant


class Viewpoint(NamedTuple):
    """What words without a year or day are seen from. `published`: first and last possible day of
    publication; `anchor`: the day named last, from which "the next day" counts; `year`: one that
    the words beside them lend ("3 April and 9 May 2021"); `ahead`: the sentence tells of what is to
    come, so that a day may lie behind the day of publication."""

    published: Span | None
    anchor: date | None
    year: int | None
    ahead: bool = False


def names_year(words: str) -> bool:
    """Whether words name a year."""
    return bool(YEAR.search(words))


_AHEAD = timedelta(days=45)  # what is to come is told so long before, at most


def roll(month: int, day: int, view: Viewpoint) -> date | None:
    """The day without a year: of the year that is lent, else the last such day on or before the
    text's own; of what is to come, one shortly after it."""
    if view.year:
        return make_day(view.year, month, day)
    if view.published is None:
        return None
    base = view.published[1]
    latest = base + _AHEAD if view.ahead else base
    for year in (base.year + 1, base.year, base.year - 1):
        found = make_day(year, month, day)
        if found and found <= latest:
            return found
    return None


def find_months(words: str) -> list[int]:
    """The months that words name."""
    return [MONTHS[word] for word in re.findall(r"[a-z]+", words) if word in MONTHS]


def find_year(words: str) -> int | None:
    """The first year that words name."""
    found = YEAR.search(words)
    return int(found[0]) if found else None


def find_numbers(words: str) -> list[int]:
    """The numbers that words hold."""
    return list(map(int, re.findall(r"\d+", words)))


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, if there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def one(day: date | None) -> Allowed:
    """One day."""
    return (day, day, False) if day else None


def _resolve_iso(words: str, view: Viewpoint) -> Allowed:
    """2024-12-08, 2024/12/08."""
    year, month, day = re.split("[-/]", words)
    return one(make_day(int(year), MONTHS.get(month) or int(month), int(day)))


def _resolve_slash(words: str, view: Viewpoint) -> Allowed:
    """8/12/2024: either day, where both readings are days on or before the text's own; with full
    stops the day comes first."""
    first, second, year = map(int, re.split("[-/.]", words))
    if year < 100:
        year += 1900 if year > 69 else 2000
        if view.published and year > view.published[1].year and not view.ahead:
            year -= 100
    options = [day for day in (make_day(year, second, first), make_day(year, first, second)) if day]
    if "." in words:
        options = options[:1]
    if view.published and not view.ahead and min(options, default=date.max) <= view.published[1]:
        options = [day for day in options if day <= view.published[1]]
    return (min(options), max(options), False) if options else None


def step_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    count = day.year * 12 + day.month - 1 + months
    end = end_of_month(count // 12, count % 12 + 1)
    return end.replace(day=min(day.day, end.day))


def resolve_day(words: str, view: Viewpoint) -> Allowed:
    """8 December, the eighth of December."""
    month, said = find_months(_OPENING_WEEKDAY.sub("", words))[0], find_year(words)
    if words.endswith((" this year", " last year")):
        if not view.published:
            return None
        said = view.published[1].year - words.endswith("last year")
    ordinal = _ORDINAL.search(words)
    if ordinal:
        day = ORDINALS[ordinal[0].replace(" ", "-")]
    else:
        day = find_numbers(YEAR.sub(" ", words) if said else words)[0]
    return one(make_day(said, month, day) if said else roll(month, day, view))


def resolve_nth(words: str, view: Viewpoint) -> Allowed:
    """The 26th: of the month named last, else the last such day before the text's date."""
    day, published = find_numbers(words)[0], view.published
    if published and re.search("(?:this|last) month", words):
        month = open_unit("month", published[1], "last month" in words)
        return one(make_day(month.year, month.month, day))
    base = view.anchor or (published and published[1])
    if base is None or day > 31:
        return None
    found = make_day(base.year, base.month, day)
    if published and (found is None or found > published[1]) and not view.ahead:
        before = base.replace(day=1) - timedelta(days=1)
        found = make_day(before.year, before.month, day)
    return one(found)


def end_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def resolve_month(words: str, view: Viewpoint) -> Allowed:
    """December: a month that has not ended goes as far as the text's own day."""
    month, said, published = find_months(words)[0], find_year(words), view.published
    if words.endswith("next year"):
        return None
    if words.endswith(("last year", "this year")) and published:
        said = published[1].year - words.endswith("last year")
    if not said:
        start = None if words.startswith("next") else roll(month, 1, view)
        if start is None:
            return None
        said = start.year
    last = end_of_month(said, month)
    if published and date(said, month, 1) <= published[1] < last:
        last = published[1]
    return date(said, month, 1), last, False


def _resolve_part(words: str, view: Viewpoint) -> Allowed:
    """Early December, the second week of March, the first half of May."""
    part = _PART_OF_MONTH.match(words)
    at, published = part.end() if part else 0, view.published
    named = " ".join(words[at:].split()).strip(" -")  # a line may end within it
    if named in ("the month", "this month", "last month"):
        if not published:
            return None
        opening = open_unit("month", published[1], named == "last month")
        first, last = _cut_month(words[:at], opening)
        if (
            named == "the month" and first > published[1] and not view.ahead
        ):  # of a month that is over
            first, last = _cut_month(words[:at], step_months(opening, -1))
        return first, cut_at_text(first, last, view), False
    whole = resolve_month(named, view)
    if not whole:
        return None
    first, last = _cut_month(words, whole[0])
    if published and first > published[1] and not names_year(words) and not view.ahead:
        first, last = _cut_month(words, whole[0].replace(year=whole[0].year - 1))
    if published and first <= published[1]:
        last = min(last, published[1])
    return first, last, False


_WEEKS = ("first", "second", "third", "fourth")
_MANY = compile_pattern(r"{amount} (?P<unit>days|weeks) of", amount=PARTS["amount"])


def _cut_month(words: str, first: date) -> Span:
    """The days of a part of the month that begins with `first`."""
    end = end_of_month(first.year, first.month)
    is_last = bool(re.search(r"\b(?:last|final|closing|dying)\b", words))
    if many := _MANY.search(words):
        days = timedelta(days=count(many[0]) * (7 if many["unit"] == "weeks" else 1) - 1)
        return (end - days, end) if is_last else (first, first + days)
    week = re.search(r"first|second|third|fourth", words)
    if "week" in words and is_last:
        return end - timedelta(days=6), end
    if "week" in words:
        start = first + timedelta(days=7 * _WEEKS.index(week[0] if week else "first"))
        return start, start + timedelta(days=6)
    if re.search(r"half|fortnight", words):
        return (first, first.replace(day=15)) if "first" in words else (first.replace(day=16), end)
    if is_last or re.search(r"late|end", words):
        return first.replace(day=21), end
    if re.search(r"early|beginning|start|first|opening", words):
        return first, first.replace(day=10)
    return first.replace(day=11), first.replace(day=20)


def resolve_weekday(words: str, view: Viewpoint) -> Allowed:
    """Sunday, last Sunday night."""
    published = view.published
    if not published or "next" in words or view.ahead and words.startswith("this"):
        return None
    number = next(WEEKDAYS[word] for word in words.split() if word in WEEKDAYS)
    days = sorted({end - timedelta(days=(end.weekday() - number) % 7) for end in published})
    if (published[1] - published[0]).days > 6:
        return published[0], published[1], False
    last = days[-1]
    if named := re.search("(?:last|this) week", words):
        monday = open_unit("week", published[1], named[0] == "last week")
        return one(monday + timedelta(days=number))
    if words.startswith("last") and last == published[1]:
        last -= timedelta(days=7)
    return one(last)


def _resolve_near(words: str, view: Viewpoint) -> Allowed:
    """Today, yesterday, overnight."""
    if not view.published or re.search("tomorrow|next|from|days before", words):
        return None
    first, last = view.published
    if "yesterday" in words:
        back = timedelta(days=2 if "before" in words else 1)
        return first - back, last - back, False
    if words == "overnight" or "last" in words or words.endswith("the night"):
        return first - timedelta(days=1), last, False
    return first, last, False


def count(words: str) -> int:
    """The amount that words give, 1 if none."""
    digits = re.search(r"\d+", words)
    if digits:
        return int(digits[0])
    return next((AMOUNTS[word] for word in _LONGEST_AMOUNTS if re.search(rf"\b{word}\b", words)), 1)


_UNITS = {"year": 365, "month": 30, "fortnight": 14, "week": 7, "hour": 0}  # days
_SAME_DAY = 2  # hours ago, on the text's own day
_SLACK = {365: 182, 30: 15, 7: 3}  # days to either side of so many years, months, weeks ago


def _unit_days(words: str) -> int:
    """The days of the unit that words name."""
    return next((days for unit, days in _UNITS.items() if unit in words), 1)


def _resolve_ago(words: str, view: Viewpoint) -> Allowed:
    """Three days ago; a year ago is half a year early or late."""
    if not view.published:
        return None
    first, last = view.published
    number, unit = count(words), _unit_days(words)
    if unit == 0:
        back = timedelta(days=1 + number // 24 if number > _SAME_DAY else 0)
        return first - back, last, False
    parts = re.findall(r"(\S+) (day|week|month|year)", words)
    if len(parts) > 1:
        sizes = [_UNITS.get(name, 1) for _, name in parts]
        number, unit = sum(count(many) * size for (many, _), size in zip(parts, sizes)), 1
        back, slack = timedelta(days=number), timedelta(days=3)
        return first - back - slack, last - back + slack, False
    back, slack = timedelta(days=number * unit), timedelta(days=_SLACK.get(unit, 0))
    return first - back - slack, last - back + slack, False


_THEN = re.compile(r"that followed|^(?:in|over|during|within) the")
_FOLLOWING = re.compile(rf"the\s+(following|previous)\s+({NAMES['weekday_name']})\b")


def _resolve_later(words: str, view: Viewpoint) -> Allowed:
    """Two days later, the next day: counted from the day named last."""
    if view.anchor and (named := _FOLLOWING.match(words)):
        days = (WEEKDAYS[named[2]] - view.anchor.weekday()) % 7 or 7
        back = 7 if days == 7 else 7 - days
        return one(view.anchor + timedelta(days=days if named[1] == "following" else -back))
    if view.anchor is None or re.search(r"month|year|\w{3}days?\b", words):
        return None
    if _THEN.search(words):
        if view.ahead:
            return None
        steps = 1 if "hours" in words else count(words) * max(1, _unit_days(words))
        return view.anchor, view.anchor + timedelta(days=steps), True
    if re.search(r"same|that (?:day|night)|hours", words):
        return view.anchor, view.anchor + timedelta(days="hours" in words), False
    steps = count(words) * max(1, _unit_days(words)) if _STEPS.match(words) else 1
    sign = -1 if re.search(r"previous|earlier|before", words) else 1
    return one(view.anchor + timedelta(days=sign * steps))


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
    number = count(re.sub(r"past|last|previous|preceding", "", words))
    if "decade" in words or "year" in words:
        years = number * (10 if "decade" in words else 1)
        return step_months(first, -12 * years), last, is_period
    if "hour" in words:
        days = round(number / 24)
    else:
        days = number * (14 if "fortnight" in words else _unit_days(words))
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


def cut_at_text(first: date, last: date, view: Viewpoint) -> date:
    """The last day of a span that has not ended: the text's own."""
    if view.published and first <= view.published[1]:
        return min(last, view.published[1])
    return last


def open_unit(unit: str, day: date, is_last: bool) -> date:
    """The first day of the week, month or year of a day, or of the one before it."""
    if unit == "week":
        return day - timedelta(days=day.weekday() + 7 * is_last)
    if unit == "month":
        return step_months(day.replace(day=1), -1 if is_last else 0)
    return date(day.year - is_last, 1, 1)


RESOLVE_DAYS: dict[str, Callable[[str, Viewpoint], Allowed]] = {
    "iso": _resolve_iso,
    "slash": _resolve_slash,
    "day": resolve_day,
    "part": _resolve_part,
    "nth": resolve_nth,
    "month": resolve_month,
    "weekday": resolve_weekday,
    "near": _resolve_near,
    "ago": _resolve_ago,
    "later": _resolve_later,
    "past": _resolve_past,
}
