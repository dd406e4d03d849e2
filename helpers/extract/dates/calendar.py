"""Days: the words for days, months and years, and which days some words allow, seen from a text's own date.

Weekdays count back to the last such day on or before the text's date, as the codebook says.
"""

import re
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        [
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ]
    )
    for name in names.split()
}
COUNTS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
} | {"a": 1, "an": 1, "several": 4, "a few": 3, "a couple of": 2}
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
FULL_MONTH = "(?:january|february|april|june|july|august|september|october|november|december)"
WEEKDAY = (
    "(?:"
    + "|".join(
        sorted(
            (name for name in WEEKDAYS if name not in ("sat", "sun", "wed", "mon")),
            key=len,
            reverse=True,
        )
    )
    + r")\b"
)
DAY = r"(?:[0-3]?\d)(?:st|nd|rd|th)?\b"
DASH = r"\s?(?:-|–|—|to|and|until|through)\s?"
YEAR = r"(?:(?:19|20)\d\d)\b"
AMOUNT = "(?:" + "|".join(sorted(COUNTS, key=len, reverse=True)) + r"|\d{1,3})"
PART = r"(?:early|mid|late|the\s+(?:beginning|start|middle|end)\s+of|the\s+(?:first|second|third|fourth|last)\s+week\s+(?:of|in)|the\s+(?:first|second)\s+half\s+of)"
TIME = r"(?:\s+(?:morning|afternoon|evening|night|midnight|noon|dawn))?"


def resolve_days(
    kind: str,
    words: str,
    published: tuple[date, date] | None,
    anchor: date | None,
    year: int | None,
) -> tuple[date, date, bool] | None:
    """(first day, last day, whether all of them are meant) that dating words allow; None where they cannot be resolved.

    `kind` is the group of dates.DATE that found the words; `published` the first and last possible day of
    publication; `anchor` the day named last, from which "the next day" counts; `year` one that the text names.
    """
    return _RESOLVE[kind](words, published, anchor, year)


def _roll(month: int, day: int, published, year) -> date | None:
    """The day without a year: the last such day before the text's date, or shortly after it."""
    base = published[1] if published else date(year, 12, 31) if year else None
    if base is None:
        return None
    for candidate in (base.year, base.year - 1):
        try:
            found = date(candidate, month, day)
        except ValueError:
            return None
        if found <= base + timedelta(days=45):
            return found
    return None


def _month_in(words: str) -> int | None:
    found = [MONTHS[word] for word in re.findall(r"[a-z]+", words) if word in MONTHS]
    return found[0] if found else None


def _year_in(words: str) -> int | None:
    found = re.search(YEAR, words)
    return int(found[0]) if found else None


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _one(day: date | None):
    return (day, day, False) if day else None


def _resolve_iso(words, published, anchor, year):
    return _one(_safe(*map(int, words.split("-"))))


def _resolve_slash(words, published, anchor, year):
    a, b, c = map(int, re.split(r"[/.]", words))
    c += 0 if c > 99 else 1900 if c > 69 else 2000
    options = [day for day in (_safe(c, b, a), _safe(c, a, b)) if day]
    if "." in words:
        options = options[:1]
    return (
        _one(options[0])
        if len(set(options)) == 1
        else (min(options), max(options), False)
        if options
        else None
    )


def _resolve_range(words, published, anchor, year):
    months = [MONTHS[word] for word in re.findall(r"[a-z]+", words) if word in MONTHS]
    said = _year_in(words)
    bare = re.sub(YEAR, " ", words)
    days = [int(day) for day in re.findall(r"\d+", bare)]
    if len(days) < 2 or not months:
        return None
    last = _safe(said, months[-1], days[1]) if said else _roll(months[-1], days[1], published, year)
    if not last:
        return None
    first = _safe(last.year, months[0], days[0])
    if first and first > last:
        first = _safe(last.year - 1, months[0], days[0])
    return (first, last, True) if first else None


def _resolve_day(words, published, anchor, year):
    month, said = _month_in(re.sub(rf"^{WEEKDAY}", "", words)), _year_in(words)
    day = int(re.search(r"\d+", re.sub(YEAR, " ", words) if said else words)[0])
    return _one(_safe(said, month, day) if said else _roll(month, day, published, year))


def _resolve_night(words, published, anchor, year):
    """The night of Sunday to Monday: either day."""
    last = _resolve_weekday(words.rsplit(" ", 1)[1], published, anchor, year)
    return (last[0] - timedelta(days=1), last[1], False) if last else None


def _resolve_nth(words, published, anchor, year):
    """The 26th: of the month named last, else the last such day before the text's date."""
    day, base = int(re.search(r"\d+", words)[0]), anchor or (published and published[1])
    if base is None or day > 31:
        return None
    found = _safe(base.year, base.month, day)
    if published and (found is None or found > published[1]) and not anchor:
        before = base.replace(day=1) - timedelta(days=1)
        found = _safe(before.year, before.month, day)
    return _one(found)


def _end_of_month(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def _resolve_month(words, published, anchor, year):
    month, said = _month_in(words), _year_in(words)
    if words.endswith("last year") and published:
        said = published[1].year - 1
    if not said:
        if words.startswith("next"):
            return None
        start = _roll(month, 1, published, year)
        if start is None:
            return None
        if published and start > published[1]:
            start = start.replace(year=start.year - 1)
        said = start.year
    last = _end_of_month(said, month)
    if published and date(said, month, 1) <= published[1] < last:
        last = published[1]
    return date(said, month, 1), last, False


def _resolve_part(words, published, anchor, year):
    whole = _resolve_month(
        words[re.match(PART, words).end() :].strip(" -"),
        None,
        anchor,
        year or (published and published[1].year),
    )
    if published and not _year_in(words) and whole and whole[0] > published[1]:
        whole = _resolve_month(
            words[re.match(PART, words).end() :].strip(" -"), None, anchor, published[1].year - 1
        )
    if not whole:
        return None
    first = whole[0]
    end = _end_of_month(first.year, first.month)
    week = re.search(r"first|second|third|fourth|last", words)
    if "week" in words and week:
        start = (
            first + timedelta(days=7 * ["first", "second", "third", "fourth"].index(week[0]))
            if week[0] != "last"
            else end - timedelta(days=6)
        )
        span = (start, start + timedelta(days=6))
    elif "half" in words:
        span = (first, first.replace(day=15)) if "first" in words else (first.replace(day=16), end)
    elif re.search(r"early|beginning|start", words):
        span = (first, first.replace(day=10))
    elif re.search(r"late|end", words):
        span = (first.replace(day=21), end)
    else:
        span = (first.replace(day=11), first.replace(day=20))
    last = min(span[1], published[1]) if published and span[0] <= published[1] else span[1]
    return span[0], last, False


def _resolve_weekday(words, published, anchor, year):
    if not published or words.startswith("next"):
        return None
    number = next(WEEKDAYS[word] for word in words.split() if word in WEEKDAYS)
    days = sorted({end - timedelta(days=(end.weekday() - number) % 7) for end in published})
    if (published[1] - published[0]).days > 6:
        return published[0], published[1], False
    last = days[-1]
    if words.startswith("last") and last == published[1]:
        last -= timedelta(days=7)
    if "night" in words and "midnight" not in words:
        return last, last, False
    return _one(last)


def _resolve_near(words, published, anchor, year):
    if not published:
        return None
    first, last = published
    if "before yesterday" in words:
        return first - timedelta(days=2), last - timedelta(days=2), False
    if "yesterday" in words:
        return first - timedelta(days=1), last - timedelta(days=1), False
    if words in ("overnight",) or "last" in words:
        return first - timedelta(days=1), last, False
    return first, last, False


def _count(words: str) -> int:
    digits = re.search(r"\d+", words)
    if digits:
        return int(digits[0])
    return next(
        (
            COUNTS[word]
            for word in sorted(COUNTS, key=len, reverse=True)
            if re.search(rf"\b{word}\b", words)
        ),
        1,
    )


def _unit_days(words: str) -> int:
    return (
        365
        if "year" in words
        else 30
        if "month" in words
        else 7
        if "week" in words
        else 0
        if "hour" in words
        else 1
    )


def _resolve_ago(words, published, anchor, year):
    if not published:
        return None
    number, unit = _count(words), _unit_days(words)
    slack = {365: 182, 30: 15, 7: 3}.get(unit, 0)
    if unit == 0:
        return published[0] - timedelta(days=1 + number // 24), published[1], False
    return (
        published[0] - timedelta(days=number * unit + slack),
        published[1] - timedelta(days=number * unit - slack),
        False,
    )


def _resolve_later(words, published, anchor, year):
    if anchor is None:
        return None
    if re.search(r"same|that (?:day|night)|hours", words):
        return anchor, anchor + timedelta(days="hours" in words), False
    steps = (
        _count(words) * max(1, _unit_days(words))
        if re.match(AMOUNT + r"\s+(?:day|week)", words)
        else 1
    )
    sign = -1 if re.search(r"previous|earlier|before", words) else 1
    return _one(anchor + timedelta(days=sign * steps))


def _resolve_past(words, published, anchor, year):
    if not published:
        return None
    first, last = published
    monday = last - timedelta(days=last.weekday())
    if "weekend" in words:
        saturday = last - timedelta(days=(last.weekday() - 5) % 7)
        return saturday, min(saturday + timedelta(days=1), last), False
    period = not words.startswith(("earlier", "later")) and bool(
        re.search(r"past|hours|\d|over|during|within|for", words)
    )
    if "last week" in words and not re.search(r"over|during|within|the last week", words):
        return monday - timedelta(days=7), monday - timedelta(days=1), False
    if "last month" in words and "the last month" not in words:
        end = last.replace(day=1) - timedelta(days=1)
        return end.replace(day=1), end, False
    if "last year" in words and "the last year" not in words:
        return date(last.year - 1, 1, 1), date(last.year - 1, 12, 31), False
    if re.search(r"this week|in the week", words):
        return min(monday, first), last, False
    if "this month" in words:
        return first.replace(day=1), last, False
    if "this year" in words:
        return date(first.year, 1, 1), last, False
    number = _count(re.sub(r"past|last|previous", "", words))
    days = (
        number / 24
        if "hour" in words
        else number
        * (3650 if "decade" in words else 14 if "fortnight" in words else _unit_days(words))
    )
    return first - timedelta(days=max(1, round(days))), last, True if period else False


def _resolve_year(words, published, anchor, year):
    if words.endswith("s"):
        return None
    years = [int(found) for found in re.findall(YEAR, words)]
    if not years:
        return None
    last = date(years[0], 12, 31)
    if published and published[0].year == years[0]:
        last = published[1]
    return date(years[0], 1, 1), last, False


_RESOLVE = {
    name.removeprefix("_resolve_"): function
    for name, function in list(globals().items())
    if name.startswith("_resolve_")
}
