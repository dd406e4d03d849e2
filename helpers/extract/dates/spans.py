"""The days of words that name a span, a list of days or a part of something longer: "between March
2011 and June 2024", "the 72 hours to Friday", "the fourth quarter of 2024".
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from helpers.extract.dates.calendar import (
    PARTS,
    RESOLVE_DAYS,
    YEAR,
    Allowed,
    Span,
    Viewpoint,
    count,
    cut_at_text,
    end_of_month,
    find_months,
    find_numbers,
    find_year,
    make_day,
    names_year,
    one,
    open_unit,
    resolve_day,
    resolve_month,
    resolve_nth,
    resolve_weekday,
    roll,
    step_months,
)
from helpers.extract.dates.steps import resolve_of_start, resolve_season, resolve_unit_later
from helpers.extract.rules.lexicon import WEEKDAYS
from helpers.extract.rules.notation import compile_pattern

_YEAR_WORD = re.compile(PARTS["year_word"])


_CLOCK = re.compile(r"(?:,?\s|t)\d{1,2}:\d\d(?::\d\d)?z?(?=\s|$)")


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
        first = next(WEEKDAYS[word] for word in words.split() if word in WEEKDAYS)
        return span if span[0].weekday() == first else span[::-1]
    if kind == "range":
        return span if re.search(r"\d(st|nd|rd|th)?\s+and\s", words) else ()
    numbers = find_numbers(YEAR.sub(" ", words))
    days = [make_day(span[1].year, span[1].month, number) for number in numbers]
    return tuple(day for day in days if day)


def _resolve_range(words: str, view: Viewpoint) -> Allowed:
    """27-30 November, between the 2nd and the 9th of last month."""
    days = find_numbers(YEAR.sub(" ", words))
    month = _end_within_month(words, days[1], view) if len(days) > 1 else None
    if not month:
        return None
    first = make_day(month.year, month.month, days[0])
    return (first, month, True) if first and first <= month else None


def _end_within_month(words: str, day: int, view: Viewpoint) -> date | None:
    """The last day of a range within the month that its words name."""
    months, said = find_months(words), find_year(words)
    if months:
        return make_day(said, months[-1], day) if said else roll(months[-1], day, view)
    if not view.published:
        return None
    base = view.published[1]
    if "last month" in words:
        base = base.replace(day=1) - timedelta(days=1)
    return make_day(base.year, base.month, day)


def _resolve_list(words: str, view: Viewpoint) -> Allowed:
    """3, 7 and 12 March, Friday and Saturday: from the first of these days to the last."""
    if not re.search(r"\d", words):
        named = [resolve_weekday(word, view) for word in words.split() if word in WEEKDAYS]
        found = sorted(allowed[0] for allowed in named if allowed)
        return (found[0], found[-1], True) if found else None
    days = find_numbers(YEAR.sub(" ", words))
    last = _end_within_month(words, max(days), view)
    first = make_day(last.year, last.month, min(days)) if last else None
    return (first, last, True) if first and last else None


_ENDS = {  # kind → what an end of "from … to …" may be, tried in this order
    kind: re.compile(PARTS[part])
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
    "month": re.compile(rf"(?:{PARTS['month_year']})|(?:{PARTS['year']}\s)?(?:{PARTS['month']})"),
    "weekday": re.compile(rf"(?:(?:last|this) )?{PARTS['weekday']}{PARTS['time']}"),
    "near": re.compile(
        rf"yesterday{PARTS['time']}|today|this (?:morning|afternoon|evening)|last night|tonight"
    ),
}


def _resolve_end(words: str, view: Viewpoint) -> Allowed:
    """The days of an end of "from … to …"."""
    words = words.replace("last night", "yesterday")  # as an end, the evening on which it began
    kind = next((kind for kind, pattern in _ENDS.items() if pattern.fullmatch(words)), "")
    return _RESOLVE[kind](words, view) if kind else None


_BETWEEN = compile_pattern(
    r"((from|between|since) (on )?|(in|of|during) )?(?P<first>{end}),?"
    r"( (to|and|until|till|through|up to) |~[-–—]~)(on )?(?P<last>{end}|now)",
    end=PARTS["end"],
)


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
    lent = find_year(left)
    if lent and not names_year(right) and find_months(right):
        first = _resolve_end(left, view)
        last = _resolve_end(right, view._replace(year=lent))
        if first and last and last[1] < first[0]:
            last = _resolve_end(right, view._replace(year=lent + 1))
    else:
        last = _resolve_end(right, view)
    return last[1] if last else None


_ENDING = compile_pattern(
    r"(?P<length>.*?) (to|until|till|ending|ended|up to|through)( on)? {hour}(?P<last>{last_day})",
    hour=PARTS["hour"],
    last_day=PARTS["last_day"],
)


def _resolve_ending(words: str, view: Viewpoint) -> Allowed:
    """The 72 hours to Friday, the week ending 5 November."""
    match = _ENDING.fullmatch(words)
    if not match:
        return None
    end = _resolve_end(match["last"], view)
    if not end:
        return None
    length, last = match["length"].partition(" of ")[0], end[1]
    number = count(re.sub(r"past|last", "", length))
    if "hour" in length:
        first = last - timedelta(days=max(1, round(number / 24)))
    elif "month" in length or "year" in length:
        months = number * (12 if "year" in length else 1)
        first = step_months(last + timedelta(days=1), -months)
    else:
        first = last - timedelta(days=number * (7 if "week" in length else 1) - 1)
    return first, last, True


def _resolve_week_of(words: str, view: Viewpoint) -> Allowed:
    """The week of 18 November: seven days from then."""
    found = _ENDS["day"].search(words)
    day = _resolve_end(found[0], view) if found else resolve_nth(words, view)
    if not day:
        return None
    first, named = day[0], words[: found.start()] if found else words
    if re.search("starting|beginning|began|started|opened|commencing|w/c|from", named):
        number = count(re.sub("^(?:for|in|over|during) ", "", named))
        if "month" in named:
            return first, step_months(first, number) - timedelta(days=1), True
        return first, first + timedelta(days=number * (1 if "day" in named else 7) - 1), True
    monday = first - timedelta(days=first.weekday())
    return monday, cut_at_text(monday, monday + timedelta(days=6), view), True


def _resolve_weekday_nth(words: str, view: Viewpoint) -> Allowed:
    """The first Friday of March; without a month it is that of something else."""
    months, published = find_months(words), view.published
    if months:
        month = resolve_month(re.split(r"\s(?:of|in)\s", words)[-1], view)
        first = month[0] if month else None
    elif published and re.search("(?:this|last) month", words):
        first = open_unit("month", published[1], "last month" in words)
    else:
        first = None
    number = next(WEEKDAYS[word] for word in words.split() if word in WEEKDAYS)
    if not first:
        return None
    days = [first + timedelta(days=(number - first.weekday()) % 7 + 7 * week) for week in range(5)]
    days = [day for day in days if day.month == first.month]
    place = ("first", "second", "third", "fourth", "fifth").index(_find_place(words))
    if "last " in words.replace("last month", ""):
        return one(days[-1])
    return one(days[place]) if place < len(days) else None


def _find_place(words: str) -> str:
    """The place in a row that words name."""
    found = re.search("first|second|third|fourth|fifth", words)
    return found[0] if found else "first"


def _resolve_night(words: str, view: Viewpoint) -> Allowed:
    """The night of Sunday to Monday, overnight Thursday: either day."""
    weekdays = [word for word in re.findall("[a-z]+", words) if word in WEEKDAYS]
    if len(weekdays) > 1:
        last = resolve_weekday(weekdays[-1], view)
        nights = (WEEKDAYS[weekdays[-1]] - WEEKDAYS[weekdays[0]]) % 7
        return (last[0] - timedelta(days=nights), last[1], False) if last else None
    evening = _find_evening(words, bool(weekdays), view)
    if not evening:
        return None
    return evening, cut_at_text(evening, evening + timedelta(days=1), view), False


def _find_evening(words: str, names_weekday: bool, view: Viewpoint) -> date | None:
    """The day on which a night begins."""
    if names_weekday and not find_months(words):
        found = resolve_weekday(words, view)
    elif len(find_numbers(YEAR.sub(" ", words))) > 1:
        found = _resolve_range(words, view)
    else:
        day = _ENDS["day"].search(words)
        found = resolve_day(day[0], view) if day else None
    return found[0] if found else None


_NTH = re.compile(PARTS["nth_of_year"])


_QUARTERS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 3, "final": 3}


def _resolve_quarter(words: str, view: Viewpoint) -> Allowed:
    """The fourth quarter of 2024, Q2 2023, the first five months of the year."""
    year, published = find_year(words), view.published
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
        months = min(12, count(YEAR.sub("", words[nth.end() :])))
    if "month" in words and place:
        if place < 3 or nth and nth[0] == "fourth":
            return None  # "the second three months"
        begin = 12 - months
    else:
        begin = place * months
    first = date(year, begin + 1, 1)
    if published and first > published[1] and "year" not in words and not names_year(words):
        first = first.replace(year=year - 1)
    last = end_of_month(first.year, begin + months)
    return first, cut_at_text(first, last, view), True


_OPENING_DAYS = {"year": 120, "month": 9, "week": 2}  # what "the start of" them leaves open


def _resolve_start(words: str, view: Viewpoint) -> Allowed:
    """The start of the year: its first day, and those near it."""
    year, published = find_year(words), view.published
    unit = next((unit for unit in _OPENING_DAYS if unit in words), "year")
    if year:
        first = date(year, 1, 1)
    elif not published:
        return None
    else:
        first = open_unit(unit, published[1], "last " in words)
    last = first + timedelta(days=_OPENING_DAYS[unit])
    return first, cut_at_text(first, last, view), False


_DAYS_BEHIND = timedelta(days=7)  # by which a review appears behind its month


def _resolve_to_date(words: str, view: Viewpoint) -> Allowed:
    """So far this year, 2024 so far: as far as the text's own day."""
    published, year = view.published, find_year(words)
    if not published:
        return None
    unit = next(unit for unit in ("week", "month", "year") if unit in words or unit == "year")
    if words.endswith("the month"):  # told of the month in a text of the first days of the next
        first = open_unit("month", published[1] - _DAYS_BEHIND, False)
        return first, cut_at_text(first, end_of_month(first.year, first.month), view), True
    first = date(year, 1, 1) if year else open_unit(unit, published[1], False)
    return (first, cut_at_text(first, date(first.year, 12, 31), view), True)


_PART_OF_YEAR = re.compile(r"early|mid|late|the (?:end|start|beginning|middle) of")
# Part of a year → its first and last month.
_MONTHS_OF_PART = {
    "early": (1, 4),
    "start": (1, 4),
    "beginning": (1, 4),
    "mid": (5, 8),
    "middle": (5, 8),
    "late": (9, 12),
    "end": (12, 12),
}


def _resolve_year(words: str, view: Viewpoint) -> Allowed:
    """2011, 2012–13, 2013 and 2014; a year that has not ended goes as far as the text's own day.
    2024-12 is a month."""
    years = [] if words.endswith("s") else [int(year) for year in re.findall(r"\d{4}", words)]
    if not years:
        return None
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    if len(years) == 1 and (part := _PART_OF_YEAR.match(words)):
        begin, end = _MONTHS_OF_PART[part[0].removeprefix("the ").partition(" ")[0]]
        first, last = date(years[0], begin, 1), end_of_month(years[0], end)
    if short := re.search(r"\d[-–/](\d\d)$", words):
        number = int(short[1])
        if number > years[0] % 100:
            last = date(years[0] // 100 * 100 + number, 12, 31)
        elif 1 <= number <= 12:
            first, last = date(years[0], number, 1), end_of_month(years[0], number)
        else:
            return None
    if last < first:
        return None
    return first, cut_at_text(first, last, view), last.year > first.year


def _resolve_year_part(words: str, view: Viewpoint) -> Allowed:
    """Mid-2023, as an end of a span: a third of the year."""
    found = _resolve_year(words, view)
    return (*found[:2], False) if found else None


def _resolve_before_that(words: str, view: Viewpoint) -> Allowed:
    """The week or month before that told last, which the viewpoint's anchor begins; "the previous
    week", where none was told, before the text's own day."""
    unit = next(name for name in ("week", "month", "fortnight") if name in words)
    if view.anchor is None:
        return None if "before" in words else RESOLVE_DAYS["past"](words, view)
    if unit == "month":
        return open_unit("month", view.anchor, True), view.anchor - timedelta(days=1), True
    days = timedelta(days=7 if unit == "week" else 14)
    return view.anchor - days, view.anchor - timedelta(days=1), True


_RESOLVE: dict[str, Callable[[str, Viewpoint], Allowed]] = RESOLVE_DAYS | {
    "before_that": _resolve_before_that,
    "of_start": resolve_of_start,
    "season": resolve_season,
    "unit_later": resolve_unit_later,
    "ending": _resolve_ending,
    "week_of": _resolve_week_of,
    "weekday_nth": _resolve_weekday_nth,
    "list": _resolve_list,
    "range": _resolve_range,
    "between": _resolve_between,
    "quarter": _resolve_quarter,
    "start": _resolve_start,
    "to_date": _resolve_to_date,
    "night": _resolve_night,
    "year": _resolve_year,
    "year_part": _resolve_year_part,
}
