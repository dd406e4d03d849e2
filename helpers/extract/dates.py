"""Dates in a text: the words that date, and the days they allow, resolved against the text's own date.

Weekdays count back to the last such day on or before the text's date, as the codebook says. Words that
cannot be resolved (no publication date, no year) are found all the same, so that their numbers count nobody, but bear no days.
"""

import re
from datetime import date, timedelta
from itertools import accumulate, compress
from typing import NamedTuple

from helpers.extract.memo import Memo

MONTHS = {name: number for number, names in enumerate(
    ["january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec"], 1) for name in names.split()}
WEEKDAYS = {name: number for number, names in enumerate(
    ["monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu", "friday fri", "saturday sat", "sunday sun"]) for name in names.split()}
_COUNTS = {word: number for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)} | {"a": 1, "an": 1, "several": 4, "a few": 3, "a couple of": 2}
_M = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_FULL = "(?:january|february|april|june|july|august|september|october|november|december)"
_W = "(?:" + "|".join(sorted((name for name in WEEKDAYS if name not in ("sat", "sun", "wed", "mon")), key=len, reverse=True)) + r")\b"
_D = r"(?:[0-3]?\d)(?:st|nd|rd|th)?\b"
_DASH = r"\s?(?:-|–|—|to|and|until|through)\s?"
_Y = r"(?:(?:19|20)\d\d)\b"
_N = "(?:" + "|".join(sorted(_COUNTS, key=len, reverse=True)) + r"|\d{1,3})"
_PART = r"(?:early|mid|late|the\s+(?:beginning|start|middle|end)\s+of|the\s+(?:first|second|third|fourth|last)\s+week\s+(?:of|in)|the\s+(?:first|second)\s+half\s+of)"
_TIME = r"(?:\s+(?:morning|afternoon|evening|night|midnight|noon|dawn))?"
_NUMERAL = rf"{_Y}|\d{{1,2}}(?:st|nd|rd|th)?\s?(?:[-–—/.]|to|and|until|through)|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?[adfjmnos]|\d{{1,3}}\s+(?:day|week|month|year|hour)"  # what a date that begins with a digit begins with
DATE = re.compile(
    rf"(?<![\w/-])(?=\D|{_NUMERAL})(?:"
    rf"(?P<iso>{_Y}-[01]\d-[0-3]\d\b)"
    rf"|(?P<slash>[0-3]?\d/[0-3]?\d/(?:\d{{4}}|\d\d)\b|[0-3]?\d\.[01]?\d\.(?:19|20)\d\d\b)"
    rf"|(?P<range>(?:from\s+|between\s+)?(?:{_D}\s+{_M}(?:,?\s+{_Y})?{_DASH}{_D}\s+{_M}|{_M}\s+{_D}{_DASH}{_M}\s+{_D}|{_D}{_DASH}{_D}\s+{_M}|{_M}\s+{_D}{_DASH}{_D}(?!\s+(?:people|persons|families)))(?:,?\s+{_Y})?)"
    rf"|(?P<day>(?:{_W},?\s+(?:the\s+)?)?(?:{_D}\s+(?:of\s+)?{_M}(?:,?\s+{_Y})?|{_M}\s+(?:the\s+)?{_D}(?![,.]\d{{3}})(?:,?\s+{_Y})?))"
    rf"|(?P<part>{_PART}[\s-]+{_M}(?:\s+{_Y})?)"
    rf"|(?P<night>(?:the\s+)?night\s+(?:of|from)\s+{_W}\s+to\s+{_W})"
    rf"|(?P<nth>the\s+\d{{1,2}}(?:st|nd|rd|th)(?=\s*[.,;:)\"'”’]|\s+(?:and|by|after|in|when|while|of\s+(?:the|that|this|last)\s+month)\b|\s*$))"
    rf"|(?P<month>(?:(?:in|since|until|by|of)\s+)?{_M}\s+last\s+year\b|(?:(?:last|since|in|during|until|by|of)\s+)?{_M},?\s+(?:of\s+)?{_Y}|(?:last|this|next|since|in|during|until|by|of|that)\s+{_M}(?!\s+\d{{1,2}}\b)|{_FULL}\b)"
    rf"|(?P<weekday>(?:(?:last|this|next|on|past)\s+)?{_W}{_TIME})"
    rf"|(?P<near>the\s+day\s+before\s+yesterday|yesterday|today|tonight|overnight|last\s+night|this\s+(?:morning|afternoon|evening))\b"
    rf"|(?P<ago>(?:(?:some|about|around|nearly|over|more\s+than)\s+)?{_N}\s+(?:days?|weeks?|months?|years?|hours?)\s+ago\b)"
    rf"|(?P<later>{_N}\s+(?:days?|weeks?)\s+(?:later|earlier|afterwards?|before\s+that|after\s+that)\b|the\s+(?:next|following|previous|same)\s+(?:day|morning|evening|night)\b|the\s+day\s+(?:after|before)\b|that\s+(?:day|night)\b|hours\s+later\b|a\s+day\s+(?:later|earlier)\b)"
    rf"|(?P<past>(?:(?:in|over|during|within|for)\s+)?(?:the\s+)?(?:past|last|previous)\s+(?:{_N}\s+)?(?:days?|weeks?|months?|years?|hours?|24\s+hours|48\s+hours|72\s+hours|decade|fortnight|weekend)\b|(?:earlier|later)\s+(?:this|last)\s+(?:week|month|year)\b|this\s+(?:week|month|year|weekend)\b|(?:at|over)\s+the\s+weekend\b|(?:earlier\s+)?in\s+the\s+week\b)"
    rf"|(?P<year>(?:(?:early|mid|late|the\s+end\s+of|the\s+beginning\s+of|between|and|to)[\s-]+)?{_Y}(?!\s*(?:gmt|utc|hours|hrs|local))(?:s\b|[-–]\d{{2,4}}\b)?)"
    rf")")


# Where DATE may match: words that open dating words, and marks that all of them hold. Between the two lie at most five
# words ("more than | a couple of weeks ago"); what stands further from every mark is not tried.
_OPENER = re.compile(
    rf"(?<!\d)\d|\b(?:{'|'.join(sorted([*MONTHS, *WEEKDAYS], key=len, reverse=True))}|from|between|early|mid|late|the|night|in|since|until|by|of|last|during|this|next|that|on|past|yesterday|today|tonight|overnight|"
    rf"some|about|around|nearly|over|more|{'|'.join(sorted((name.split()[0] for name in _COUNTS), key=len, reverse=True))}|hours|within|for|previous|earlier|later|at|and|to)\b")
_MARK = re.compile(rf"\d|\b(?:{'|'.join(sorted([*MONTHS, *WEEKDAYS], key=len, reverse=True))}|yesterday|today|tonight|overnight|(?:day|week|month|year|hour)s?|night|morning|afternoon|evening|decade|fortnight|weekend)\b")
_REACH = 8  # words
_PIECE = 20_000  # characters judged at a time, so that a long text fills no memory with its words
_MARKED = Memo(lambda word: bool(_MARK.search(word)))
_OPENINGS = Memo(lambda word: tuple(match.start() for match in _OPENER.finditer(word)))


def _match_dates(lowered: str):
    """The matches of DATE in a text, as DATE.finditer gives them, tried only where they may begin."""
    begin, stop, at = 0, -1, 0
    while begin < len(lowered):
        stop = lowered.find(" ", max(begin + _PIECE, stop + 1))
        stop = len(lowered) if stop < 0 else stop
        words = lowered[begin:stop].split(" ")
        before = list(accumulate(map(len, words), initial=begin))  # letters before each word; as many blanks as words
        tried = 0
        for order in compress(range(len(words)), map(_MARKED.__getitem__, words)):
            for near in range(max(tried, order - _REACH + 1), order + 1):
                for offset in _OPENINGS[words[near]]:
                    start = before[near] + near + offset
                    if start >= at and (match := DATE.match(lowered, start)):
                        at = match.end()
                        yield match
            tried = order + 1
        tried = len(words) if stop == len(lowered) else max(tried, len(words) - _REACH)  # the last words may open dates of the next piece
        begin = before[tried] + tried


class Dating(NamedTuple):
    """Dating words: start and end in the text; the first and last day they allow (None where they cannot be
    resolved); kind "point" or "period"; basis explicit or relative; lead "since", "by", "before" or ""."""

    start: int
    end: int
    first: date | None
    last: date | None
    kind: str
    basis: str
    lead: str


def find_dates(lowered: str, text: str, published: tuple[date, date] | None = None) -> list[Dating]:
    """The dating words of a text in reading order, none inside another.

    `published`: first and last possible day of publication; None when unknown.
    """
    found: list[Dating] = []
    anchor = None  # the last day named: "the next day" counts from it
    year = None if published else _find_year(lowered)
    for match in _match_dates(lowered):
        kind = match.lastgroup
        if not _is_date(match, kind, text):
            continue
        resolved = _RESOLVE[kind](match[kind], published, anchor, year)
        lead = _LEAD.search(lowered[max(0, match.start() - 14):match.start()])
        first, last, period = resolved if resolved else (None, None, False)
        basis = "explicit" if kind in ("iso", "slash", "range", "day", "part", "month", "year") else "relative"
        word = lead[1] if lead else "since" if match[0].startswith("since") else ""
        word = {"since": "since", "from": "since" if published and first and last == first else "", "by": "by", "until": "by", "till": "by", "before": "before", "after": "after"}.get(word, "as_of" if word.startswith("as") else "")
        found.append(Dating(match.start(), match.end(), first, last, "period" if period else "point", basis, word))
        if first and (last - first).days <= 1 and word != "by":
            anchor = first
    return found


_LEAD = re.compile(r"\b(since|by|before|until|till|after|from|as\s+of|as\s+at|to)\s+(?:the\s+)?$")
_YEAR = re.compile(rf"{_Y}(?!\s*(?:gmt|utc|hours|hrs))")
_BEFORE_YEAR = re.compile(rf"(?:{_M},?|{_D},?|\bin|\bsince|\bof)$")


def _find_year(lowered: str) -> int | None:
    """The first year that a text names behind a month, a day, "in", "since" or "of"."""
    for match in _YEAR.finditer(lowered):
        end = match.start()
        while end and lowered[end - 1].isspace():
            end -= 1
        if end < match.start() and _BEFORE_YEAR.search(lowered, max(0, end - 16), end):
            return int(match[0])
    return None


def _is_date(match: re.Match, kind: str, text: str) -> bool:
    """Not "may" the verb, "march" the walk, or a count that looks like a year ("2000 people")."""
    words, after = match[0], match.string[match.end():match.end() + 24]
    if kind in ("month", "part") and re.search(r"\b(?:may|march|mar|sun|sat)\b", words) and not re.search(r"\d", words):
        month = re.search(r"\b(?:may|march|mar)\b", words)
        written = text[match.start() + month.start():match.start() + month.end()] if month else "X"
        return written[0].isupper() and not (written.isupper() and re.match(r"\s+(?:be|have|not|on|in|to|the)\b", after)) and not words.startswith("of ")
    if kind == "weekday" and re.fullmatch(r"(?:fri|tue|thu|thur|tues|thurs)", words):
        return text[match.start()].isupper()
    if kind == "year":
        return not re.match(r"\s+(?:people|persons|families|households|individuals|civilians|others|refugees|idps|residents|soldiers|troops|fighters|men|women|children|were|have|had|homes|houses|displaced|inhabitants|[a-z]+\s+(?:people|families|persons|civilians))\b|[,.]\d{3}", after) \
            and not re.search(r"(?:[$£€#]|\b(?:some|about|around|least|than|nearly|over|almost|total of|approximately|roughly|killed|killing|displaced|displacing|resolution|up to|estimated)\s?)$", match.string[max(0, match.start() - 14):match.start()])
    if kind == "day" and (clash := re.match(r"\s?(?:people|persons|families|civilians|others|soldiers|were|dead|killed)\b", after)) and not re.search(rf"{_Y}", words):
        return not re.search(r"\d(?:st|nd|rd|th)?$", words) or clash is None
    return True


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
    found = re.search(_Y, words)
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
    return _one(options[0]) if len(set(options)) == 1 else (min(options), max(options), False) if options else None


def _resolve_range(words, published, anchor, year):
    months = [MONTHS[word] for word in re.findall(r"[a-z]+", words) if word in MONTHS]
    said = _year_in(words)
    bare = re.sub(_Y, " ", words)
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
    month, said = _month_in(re.sub(rf"^{_W}", "", words)), _year_in(words)
    day = int(re.search(r"\d+", re.sub(_Y, " ", words) if said else words)[0])
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
    whole = _resolve_month(words[re.match(_PART, words).end():].strip(" -"), None, anchor, year or (published and published[1].year))
    if published and not _year_in(words) and whole and whole[0] > published[1]:
        whole = _resolve_month(words[re.match(_PART, words).end():].strip(" -"), None, anchor, published[1].year - 1)
    if not whole:
        return None
    first = whole[0]
    end = _end_of_month(first.year, first.month)
    week = re.search(r"first|second|third|fourth|last", words)
    if "week" in words and week:
        start = first + timedelta(days=7 * ["first", "second", "third", "fourth"].index(week[0])) if week[0] != "last" else end - timedelta(days=6)
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
        return last, min(last + timedelta(days=1), published[1]) if False else last, False
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
    return next((_COUNTS[word] for word in sorted(_COUNTS, key=len, reverse=True) if re.search(rf"\b{word}\b", words)), 1)


def _unit_days(words: str) -> int:
    return 365 if "year" in words else 30 if "month" in words else 7 if "week" in words else 0 if "hour" in words else 1


def _resolve_ago(words, published, anchor, year):
    if not published:
        return None
    number, unit = _count(words), _unit_days(words)
    slack = {365: 182, 30: 15, 7: 3}.get(unit, 0)
    if unit == 0:
        return published[0] - timedelta(days=1 + number // 24), published[1], False
    return published[0] - timedelta(days=number * unit + slack), published[1] - timedelta(days=number * unit - slack), False


def _resolve_later(words, published, anchor, year):
    if anchor is None:
        return None
    if re.search(r"same|that (?:day|night)|hours", words):
        return anchor, anchor + timedelta(days="hours" in words), False
    steps = _count(words) * max(1, _unit_days(words)) if re.match(_N + r"\s+(?:day|week)", words) else 1
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
    period = not words.startswith(("earlier", "later")) and bool(re.search(r"past|hours|\d|over|during|within|for", words))
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
    days = number / 24 if "hour" in words else number * (3650 if "decade" in words else 14 if "fortnight" in words else _unit_days(words))
    return first - timedelta(days=max(1, round(days))), last, True if period else False


def _resolve_year(words, published, anchor, year):
    if words.endswith("s"):
        return None
    years = [int(found) for found in re.findall(_Y, words)]
    if not years:
        return None
    last = date(years[0], 12, 31)
    if published and published[0].year == years[0]:
        last = published[1]
    return date(years[0], 1, 1), last, False


_RESOLVE = {name.removeprefix("_resolve_"): function for name, function in list(globals().items()) if name.startswith("_resolve_")}
