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
_ORDINALS: dict[str, int] = load_toml("dates.toml")["ordinals"]
_DOUBTFUL = load_toml("dates.toml")["doubtful_weekdays"].split()
NAMES = {  # what the patterns of dates.toml are made of
    "month_name": list_alternatives(MONTHS),
    "weekday_name": list_alternatives(set(WEEKDAYS) - set(_DOUBTFUL)),
    "any_name": list_alternatives([*MONTHS, *WEEKDAYS]),
    "amount_word": list_alternatives(AMOUNTS),
    "ordinal_word": list_alternatives(name.replace("-", "[- ]") for name in _ORDINALS),
    "amount_opener": list_alternatives(name.split()[0] for name in AMOUNTS),
}
_PARTS = load_parts("dates.toml", **NAMES)
_YEAR, _PART_OF_MONTH = re.compile(_PARTS["year"]), re.compile(_PARTS["part_of_month"])
_OPENING_WEEKDAY = re.compile(f"^(?:{_PARTS['weekday']})")
_YEAR_WORD = re.compile(_PARTS["year_word"])
_CLOCK = re.compile(r"(?:(?:,?\s|t)\d{1,2}:\d\d(?::\d\d)?z?)$")
_ORDINAL = re.compile(rf"\b(?:{NAMES['ordinal_word']})\b")
_ENDS = {  # kind → what an end of "from … to …" may be, tried in this order
    kind: re.compile(_PARTS[part])
    for kind, part in (
        ("iso", "iso_day"),
        ("slash", "slash_day"),
        ("day", "month_day"),
        ("part", "month_part"),
        ("month", "month_year"),
        ("year_part", "year_part"),
        ("year", "year"),
    )
} | {
    "month": re.compile(
        rf"(?:{_PARTS['month_year']})|(?:{_PARTS['year']}\s)?(?:{_PARTS['month']})"
    ),
    "weekday": re.compile(rf"{_PARTS['weekday']}{_PARTS['time']}"),
    "near": re.compile("yesterday|today"),
}
_BETWEEN = compile_pattern(
    r"((from|between|since) (on )?|in )?(?P<first>{end}),?"
    r"( (to|and|until|till|through|up to) |~[-–—]~)(on )?(?P<last>{end}|now)",
    end=_PARTS["end"],
)
_ENDING = compile_pattern(
    r"(?P<length>.*?) (to|until|till|ending|ended|up to|through)( on)? {hour}(?P<last>{last_day})",
    **_PARTS,
)
_NTH = re.compile(_PARTS["nth_of_year"])
_STEPS = compile_pattern(r"{amount} (day|week)", amount=_PARTS["amount"])
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


def resolve_days(kind: str, words: str, view: Viewpoint) -> Allowed:
    """The days that dating words of a kind (dates.toml [dates]) allow; None where they cannot be
    resolved."""
    if _YEAR_WORD.search(words):
        return None
    return _RESOLVE[kind](_CLOCK.sub("", words), view)


def list_days(kind: str, words: str, span: Span | None) -> tuple[date, ...]:
    """The days that words name one by one ("3, 7 and 12 March"), in their order."""
    if kind not in ("list", "range") or not span:
        return ()
    if not re.search(r"\d", words):
        return span
    if kind == "range":
        return span if re.search(r"\d(st|nd|rd|th)?\s+and\s", words) else ()
    numbers = _find_numbers(_YEAR.sub(" ", words))
    days = [_make_day(span[1].year, span[1].month, number) for number in numbers]
    return tuple(day for day in days if day)


def names_year(words: str) -> bool:
    """Whether words name a year."""
    return bool(_YEAR.search(words))


_AHEAD = timedelta(days=45)  # what is to come is told so long before, at most


def _roll(month: int, day: int, view: Viewpoint) -> date | None:
    """The day without a year: of the year that is lent, else the last such day on or before the
    text's own; of what is to come, one shortly after it."""
    if view.year:
        return _make_day(view.year, month, day)
    if view.published is None:
        return None
    base = view.published[1]
    latest = base + _AHEAD if view.ahead else base
    for year in (base.year + 1, base.year, base.year - 1):
        found = _make_day(year, month, day)
        if found and found <= latest:
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
    """2024-12-08, 2024/12/08."""
    year, month, day = re.split("[-/]", words)
    return _one(_make_day(int(year), MONTHS.get(month) or int(month), int(day)))


def _resolve_slash(words: str, view: Viewpoint) -> Allowed:
    """8/12/2024: either day, where both readings are days on or before the text's own; with full
    stops the day comes first."""
    first, second, year = map(int, re.split("[-/.]", words))
    if year < 100:
        year += 1900 if year > 69 else 2000
        if view.published and year > view.published[1].year and not view.ahead:
            year -= 100
    options = [
        day for day in (_make_day(year, second, first), _make_day(year, first, second)) if day
    ]
    if "." in words:
        options = options[:1]
    if view.published and not view.ahead and min(options, default=date.max) <= view.published[1]:
        options = [day for day in options if day <= view.published[1]]
    return (min(options), max(options), False) if options else None


def _resolve_range(words: str, view: Viewpoint) -> Allowed:
    """27-30 November, between the 2nd and the 9th of last month."""
    days = _find_numbers(_YEAR.sub(" ", words))
    month = _end_within_month(words, days[1], view) if len(days) > 1 else None
    if not month:
        return None
    first = _make_day(month.year, month.month, days[0])
    return (first, month, True) if first and first <= month else None


def _end_within_month(words: str, day: int, view: Viewpoint) -> date | None:
    """The last day of a range within the month that its words name."""
    months, said = _find_months(words), _find_year(words)
    if months:
        return _make_day(said, months[-1], day) if said else _roll(months[-1], day, view)
    if not view.published:
        return None
    base = view.published[1]
    if "last month" in words:
        base = base.replace(day=1) - timedelta(days=1)
    return _make_day(base.year, base.month, day)


def _resolve_list(words: str, view: Viewpoint) -> Allowed:
    """3, 7 and 12 March, Friday and Saturday: from the first of these days to the last."""
    weekdays = [word for word in re.findall("[a-z]+", words) if word in WEEKDAYS]
    if weekdays:
        until = _resolve_weekday(weekdays[-1], view)
        apart = (WEEKDAYS[weekdays[-1]] - WEEKDAYS[weekdays[0]]) % 7
        return (until[0] - timedelta(days=apart), until[1], True) if until else None
    days = _find_numbers(_YEAR.sub(" ", words))
    last = _end_within_month(words, max(days), view)
    first = last and _make_day(last.year, last.month, min(days))
    return (first, last, True) if first and last else None


def _resolve_between(words: str, view: Viewpoint) -> Allowed:
    """Between March 2011 and June 2024, from Friday to Sunday. Where one end has no year, it is
    that of the other."""
    match = _BETWEEN.fullmatch(words)
    if not match:
        return None
    left, right = match["first"], match["last"]
    last = _resolve_last(left, right, view)
    if not last:
        return None
    begin = view._replace(published=(last, last), year=None)
    if view.published is None and not names_year(left) and not names_year(right):
        return None
    first = _resolve_end(left, begin)
    return (first[0], last, True) if first and first[0] <= last else None


def _resolve_last(left: str, right: str, view: Viewpoint) -> date | None:
    """The last day of "from … to …"."""
    if right == "now":
        return view.published[1] if view.published else None
    lent = _find_year(left)
    if lent and not names_year(right) and _find_months(right):
        first = _resolve_end(left, view)
        last = _resolve_end(right, view._replace(year=lent))
        if first and last and last[1] < first[0]:
            last = _resolve_end(right, view._replace(year=lent + 1))
    else:
        last = _resolve_end(right, view)
    return last[1] if last else None


def _resolve_end(words: str, view: Viewpoint) -> Allowed:
    """The days of an end of "from … to …"."""
    kind = next((kind for kind, pattern in _ENDS.items() if pattern.fullmatch(words)), "")
    return _RESOLVE[kind](words, view) if kind else None


def _resolve_ending(words: str, view: Viewpoint) -> Allowed:
    """The 72 hours to Friday, the week ending 5 November."""
    match = _ENDING.fullmatch(words)
    if not match:
        return None
    end = _resolve_end(match["last"], view)
    if not end:
        return None
    length, last = match["length"], end[1]
    number = _count(re.sub(r"past|last", "", length))
    if "hour" in length:
        first = last - timedelta(days=max(1, round(number / 24)))
    elif "month" in length or "year" in length:
        months = number * (12 if "year" in length else 1)
        first = _step_months(last + timedelta(days=1), -months)
    else:
        first = last - timedelta(days=number * (7 if "week" in length else 1) - 1)
    return first, last, True


def _step_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    count = day.year * 12 + day.month - 1 + months
    end = _end_of_month(count // 12, count % 12 + 1)
    return end.replace(day=min(day.day, end.day))


def _resolve_week_of(words: str, view: Viewpoint) -> Allowed:
    """The week of 18 November: seven days from then."""
    found = _ENDS["day"].search(words)
    day = _resolve_end(found[0], view) if found else _resolve_nth(words, view)
    if not day:
        return None
    first, named = day[0], words[: found.start()] if found else words
    if re.search("starting|beginning|commencing|w/c|from", named):
        number = _count(re.sub("^(?:for|in|over|during) ", "", named))
        if "month" in named:
            return first, _step_months(first, number) - timedelta(days=1), True
        return first, first + timedelta(days=number * (1 if "day" in named else 7) - 1), True
    monday = first - timedelta(days=first.weekday())
    return monday, _cut_at_text(monday, monday + timedelta(days=6), view), True


def _resolve_weekday_nth(words: str, view: Viewpoint) -> Allowed:
    """The first Friday of March; without a month it is that of something else."""
    months, published = _find_months(words), view.published
    if months:
        month = _resolve_month(re.split(r"\s(?:of|in)\s", words)[-1], view)
        first = month[0] if month else None
    elif published and re.search("(?:this|last) month", words):
        first = _open_unit("month", published[1], "last month" in words)
    else:
        first = None
    number = next(WEEKDAYS[word] for word in words.split() if word in WEEKDAYS)
    if not first:
        return None
    days = [first + timedelta(days=(number - first.weekday()) % 7 + 7 * week) for week in range(5)]
    days = [day for day in days if day.month == first.month]
    place = ("first", "second", "third", "fourth", "fifth").index(_find_place(words))
    if "last " in words.replace("last month", ""):
        return _one(days[-1])
    return _one(days[place]) if place < len(days) else None


def _find_place(words: str) -> str:
    """The place in a row that words name."""
    found = re.search("first|second|third|fourth|fifth", words)
    return found[0] if found else "first"


def _resolve_day(words: str, view: Viewpoint) -> Allowed:
    """8 December, the eighth of December."""
    month, said = _find_months(_OPENING_WEEKDAY.sub("", words))[0], _find_year(words)
    ordinal = _ORDINAL.search(words)
    if ordinal:
        day = _ORDINALS[ordinal[0].replace(" ", "-")]
    else:
        day = _find_numbers(_YEAR.sub(" ", words) if said else words)[0]
    return _one(_make_day(said, month, day) if said else _roll(month, day, view))


def _resolve_night(words: str, view: Viewpoint) -> Allowed:
    """The night of Sunday to Monday, overnight Thursday: either day."""
    weekdays = [word for word in re.findall("[a-z]+", words) if word in WEEKDAYS]
    if len(weekdays) > 1:
        last = _resolve_weekday(weekdays[-1], view)
        nights = (WEEKDAYS[weekdays[-1]] - WEEKDAYS[weekdays[0]]) % 7
        return (last[0] - timedelta(days=nights), last[1], False) if last else None
    if weekdays and not _find_months(words):
        evening = _resolve_weekday(weekdays[0], view)
    elif len(_find_numbers(_YEAR.sub(" ", words))) > 1:
        evening = _resolve_range(words, view)
        return (evening[0], evening[1], False) if evening else None
    else:
        day = _ENDS["day"].search(words)
        evening = _resolve_day(day[0], view) if day else None
    if not evening:
        return None
    first, last = evening[0], evening[0] + timedelta(days=1)
    if view.published and first <= view.published[1]:
        last = min(last, view.published[1])
    return first, last, False


def _resolve_nth(words: str, view: Viewpoint) -> Allowed:
    """The 26th: of the month named last, else the last such day before the text's date."""
    day, published = _find_numbers(words)[0], view.published
    if published and re.search("(?:this|last) month", words):
        month = _open_unit("month", published[1], "last month" in words)
        return _one(_make_day(month.year, month.month, day))
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
    if words.endswith("next year"):
        return None
    if words.endswith("last year") and published:
        said = published[1].year - 1
    if not said:
        start = None if words.startswith("next") else _roll(month, 1, view)
        if start is None:
            return None
        said = start.year
    last = _end_of_month(said, month)
    if published and date(said, month, 1) <= published[1] < last:
        last = published[1]
    return date(said, month, 1), last, False


def _resolve_part(words: str, view: Viewpoint) -> Allowed:
    """Early December, the second week of March, the first half of May."""
    part = _PART_OF_MONTH.match(words)
    named, published = words[part.end() if part else 0 :].strip(" -"), view.published
    if published and named in ("this month", "last month"):
        opening = _open_unit("month", published[1], named == "last month")
        first, last = _cut_month(words.removesuffix(named), opening)
        return first, _cut_at_text(first, last, view), False
    whole = _resolve_month(named, view)
    if not whole:
        return None
    first, last = _cut_month(words, whole[0])
    if published and first > published[1] and not names_year(words) and not view.ahead:
        first, last = _cut_month(words, whole[0].replace(year=whole[0].year - 1))
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
    if "days" in words:
        days = timedelta(days=_count(words) - 1)
        return (end - days, end) if "last" in words else (first, first + days)
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
    if not published or "next" in words or view.ahead and words.startswith("this"):
        return None
    number = next(WEEKDAYS[word] for word in words.split() if word in WEEKDAYS)
    days = sorted({end - timedelta(days=(end.weekday() - number) % 7) for end in published})
    if (published[1] - published[0]).days > 6:
        return published[0], published[1], False
    last = days[-1]
    if named := re.search("(?:last|this) week", words):
        monday = _open_unit("week", published[1], named[0] == "last week")
        return _one(monday + timedelta(days=number))
    if words.startswith("last") and last == published[1]:
        last -= timedelta(days=7)
    return _one(last)


def _resolve_near(words: str, view: Viewpoint) -> Allowed:
    """Today, yesterday, overnight."""
    if not view.published or re.search("tomorrow|next|from|days before", words):
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
    parts = re.findall(r"(\S+) (day|week|month|year)", words)
    if len(parts) > 1:
        sizes = [_UNITS.get(name, 1) for _, name in parts]
        number, unit = sum(_count(many) * size for (many, _), size in zip(parts, sizes)), 1
        back, slack = timedelta(days=number), timedelta(days=3)
        return first - back - slack, last - back + slack, False
    back, slack = timedelta(days=number * unit), timedelta(days=_SLACK.get(unit, 0))
    return first - back - slack, last - back + slack, False


def _resolve_later(words: str, view: Viewpoint) -> Allowed:
    """Two days later, the next day: counted from the day named last."""
    if view.anchor is None or re.search(r"month|year|\w{3}days?\b", words):
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
    """2011, 2012–13, 2013 and 2014; a year that has not ended goes as far as the text's own day.
    2024-12 is a month."""
    years = (
        []
        if words.endswith("s") or _YEAR_WORD.search(words)
        else [int(year) for year in re.findall(r"\d{4}", words)]
    )
    if not years:
        return None
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    if short := re.search(r"\d[-–/](\d\d)$", words):
        number = int(short[1])
        if number > years[0] % 100:
            last = date(years[0] // 100 * 100 + number, 12, 31)
        elif 1 <= number <= 12:
            first, last = date(years[0], number, 1), _end_of_month(years[0], number)
        else:
            return None
    if last < first:
        return None
    return first, _cut_at_text(first, last, view), last.year > first.year


def _resolve_year_part(words: str, view: Viewpoint) -> Allowed:
    """Mid-2023, as an end of a span: a third of the year."""
    year = _find_year(words)
    if year is None:
        return None
    if re.search("early|start|beginning", words):
        first, last = 1, 4
    elif "mid" in words:
        first, last = 5, 8
    else:
        first, last = 9, 12
    begin = date(year, first, 1)
    return begin, _cut_at_text(begin, _end_of_month(year, last), view), False


def _cut_at_text(first: date, last: date, view: Viewpoint) -> date:
    """The last day of a span that has not ended: the text's own."""
    if view.published and first <= view.published[1]:
        return min(last, view.published[1])
    return last


_QUARTERS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 3, "final": 3}


def _resolve_quarter(words: str, view: Viewpoint) -> Allowed:
    """The fourth quarter of 2024, Q2 2023, the first five months of the year."""
    year, published = _find_year(words), view.published
    if year is None and published:
        year = published[1].year - ("last year" in words)
    if year is None:
        return None
    nth = _NTH.search(words)
    short = re.search(r"\bq([1-4])", words) or re.search(r"\b([1-4])(?:st|nd|rd|th)", words)
    place = int(short[1]) - 1 if short else _QUARTERS[nth[0] if nth else "first"]
    months = 3
    if "half" in words:
        months, place = 6, min(place, 1)
    elif "month" in words and nth:
        months = min(12, _count(_YEAR.sub("", words[nth.end() :])))
    if "month" in words and place:
        if place < 3 or nth and nth[0] == "fourth":
            return None  # "the second three months"
        begin = 12 - months
    else:
        begin = place * months
    first = date(year, begin + 1, 1)
    if published and first > published[1] and "year" not in words and not names_year(words):
        first = first.replace(year=year - 1)
    last = _end_of_month(first.year, begin + months)
    return first, _cut_at_text(first, last, view), True


_OPENING_DAYS = {"year": 120, "month": 9, "week": 2}  # what "the start of" them leaves open


def _resolve_start(words: str, view: Viewpoint) -> Allowed:
    """The start of the year: its first day, and those near it."""
    year, published = _find_year(words), view.published
    unit = next((unit for unit in _OPENING_DAYS if unit in words), "year")
    if year:
        first = date(year, 1, 1)
    elif not published:
        return None
    else:
        first = _open_unit(unit, published[1], "last " in words)
    last = first + timedelta(days=_OPENING_DAYS[unit])
    return first, _cut_at_text(first, last, view), False


def _open_unit(unit: str, day: date, is_last: bool) -> date:
    """The first day of the week, month or year of a day, or of the one before it."""
    if unit == "week":
        return day - timedelta(days=day.weekday() + 7 * is_last)
    if unit == "month":
        return _step_months(day.replace(day=1), -1 if is_last else 0)
    return date(day.year - is_last, 1, 1)


def _resolve_to_date(words: str, view: Viewpoint) -> Allowed:
    """So far this year, 2024 so far: as far as the text's own day."""
    published, year = view.published, _find_year(words)
    if not published:
        return None
    unit = next(unit for unit in ("week", "month", "year") if unit in words or unit == "year")
    first = date(year, 1, 1) if year else _open_unit(unit, published[1], False)
    return (first, _cut_at_text(first, date(first.year, 12, 31), view), True)


_RESOLVE: dict[str, Callable[[str, Viewpoint], Allowed]] = {
    "iso": _resolve_iso,
    "slash": _resolve_slash,
    "ending": _resolve_ending,
    "week_of": _resolve_week_of,
    "weekday_nth": _resolve_weekday_nth,
    "list": _resolve_list,
    "range": _resolve_range,
    "between": _resolve_between,
    "quarter": _resolve_quarter,
    "start": _resolve_start,
    "to_date": _resolve_to_date,
    "day": _resolve_day,
    "part": _resolve_part,
    "night": _resolve_night,
    "nth": _resolve_nth,
    "month": _resolve_month,
    "weekday": _resolve_weekday,
    "near": _resolve_near,
    "year_part": _resolve_year_part,
    "ago": _resolve_ago,
    "later": _resolve_later,
    "past": _resolve_past,
    "year": _resolve_year,
}
