"""Periods and days counted from another: "late November", "two days ago", "so far this year"."""

from datetime import date

from helpers.claims.second_reader.amounts import DASHES, read_amount
from helpers.claims.second_reader.dates import (
    read_atom,
    read_day,
    read_year,
    read_year_behind,
    resolve_atoms,
)
from helpers.claims.second_reader.spans import (
    Anchor,
    Dating,
    Written,
    bound_written,
    end_month,
    find_weekdays,
    shift_days,
    shift_months,
)
from helpers.claims.second_reader.tokens import Token
from helpers.claims.second_reader.vocabulary import load_vocabulary

UNIT_DAYS = {"hour": 1 / 24, "day": 1, "night": 1, "week": 7, "fortnight": 14}
UNIT_MONTHS = {"month": 1, "year": 12, "decade": 120}
PERIODS = {"week", "weekend", "month", "year", "night"}
BEHIND_DAY = {".", ",", "and", ";", ")", "by", "when"}
# Meaning of a phrase → how it stands to its days, and how far these lie from the day of writing.
SHIFTS = {
    "now": ("now", [(0, 0)]),
    "today": ("on", [(0, 0)]),
    "part_of_day": ("part", [(0, 0)]),
    "yesterday": ("on", [(-1, -1)]),
    "before_yesterday": ("on", [(-2, -2)]),
    "overnight": ("at", [(-1, 0), (-1, -1), (0, 0)]),
}
VAGUE_PERIODS = {"decade", "day", "hours", "century", "summer", "winter", "spring", "autumn"}


def read_part_of(
    tokens: tuple[Token, ...], words: list[str], at: int, anchor: Anchor | None, blocked: range
) -> Dating | None:
    """A part of a month or year: "late November", "the first week of December", "the second quarter
    of 2024", "the first five months of the year", "winter 2019", "the end of last November"."""
    if words[at : at + 2] in (
        ["week", "of"],
        ["week", "ending"],
        ["week", "beginning"],
        ["week", "to"],
    ):
        return _read_week_of(words, at, anchor, blocked)
    count, kind, step = _read_part_head(tokens, words, at)
    if kind is None:
        return None
    while step < len(words) and words[step] in ("of", "the", "in", "-", "last", "this", "to"):
        step += 1
    whole, behind = _read_whole(words, step, anchor, blocked)
    if not whole:
        return None
    bounds = tuple(part for one in whole for part in _cut_part(one, kind, count))
    return Dating(at, behind, bounds, "on") if bounds else None


def _read_week_of(
    words: list[str], at: int, anchor: Anchor | None, blocked: range
) -> Dating | None:
    """As in "the week of 20 May", "the week ending 5 June": the seven days from, or up to, the day
    named."""
    atom = read_atom(words, at + 2, blocked)
    resolved = resolve_atoms([atom], anchor) if atom and atom.written.day else []
    if not atom or not resolved:
        return None
    ends = words[at + 1] in ("ending", "to")
    bounds = []
    for day, _ in resolved[0]:
        monday = shift_days(day, -day.weekday())
        first = shift_days(day, -6) if ends else day
        bounds += [(first, shift_days(first, 6)), (monday, shift_days(monday, 6))]
    return Dating(at, atom.behind, tuple(bounds), "on")


def _read_part_head(
    tokens: tuple[Token, ...], words: list[str], at: int
) -> tuple[int, str | None, int]:
    """The count and kind of a part ("first", "week") and where its words end; kind None if none
    begins."""
    vocabulary = load_vocabulary()
    meanings, length = vocabulary.days.find(words, at)
    for kind in ("early", "middle", "late"):
        if kind in meanings:
            return 0, kind, at + length
    if words[at] in vocabulary.seasons:
        return 0, words[at], at + 1
    ordinal = vocabulary.ordinals.get(words[at], 0)
    ordinal = -1 if words[at] in ("last", "final") else ordinal
    if words[at].isdecimal() and words[at + 1 : at + 2] in (["st"], ["nd"], ["rd"], ["th"]):
        ordinal, at = int(words[at]), at + 1
    if not ordinal or at + 1 >= len(words):
        return 0, None, at
    noun = words[at + 1]
    if noun in ("week", "half", "quarter", "weekend") and "of" in words[at + 2 : at + 3]:
        return ordinal, noun, at + 2
    amount = read_amount(tokens, at + 1)
    if amount and ordinal == 1 and amount.behind < len(words):
        unit = words[amount.behind].rstrip("s")
        if unit in ("month", "week", "day"):
            return int(amount.values[0]), f"first {unit}s", amount.behind + 1
    return 0, None, at


def _read_whole(
    words: list[str], at: int, anchor: Anchor | None, blocked: range
) -> tuple[list[tuple[date, date]], int]:
    """The month or year of which a part is named."""
    if at >= len(words):
        return [], at
    if words[at] in ("year", "month"):
        if anchor is None:
            return [], at
        last = words[at - 1] == "last"
        months = -12 if words[at] == "year" and last else -1 if last else 0
        day = shift_months(anchor.last, months)
        if words[at] == "year":
            return [(date(day.year, 1, 1), date(day.year, 12, 31))], at + 1
        return [(date(day.year, day.month, 1), end_month(day.year, day.month))], at + 1
    month = load_vocabulary().months.get(words[at])
    if month is not None:
        year, behind = read_year_behind(words, at + 1)
        return bound_written(Written(year, month, None), anchor), behind
    atom = read_year(words, at) if at not in blocked else None
    return (bound_written(atom.written, anchor), atom.behind) if atom else ([], at)


def _cut_part(whole: tuple[date, date], kind: str, count: int) -> list[tuple[date, date]]:
    """The days of a part of a month or year; a week "of" a month may begin on its first day or
    Monday."""
    first, last = whole
    year, is_month = first.year, first.month == last.month
    if kind in ("early", "middle", "late"):
        place = ("early", "middle", "late").index(kind)
        if is_month:
            thirds = [(1, 10), (11, 20), (21, last.day)]
            begin, end = thirds[place]
            return [(first.replace(day=begin), first.replace(day=end))]
        return [
            (date(year, 1 + 4 * place, 1), end_month(year, 4 + 4 * place)),
            (
                date(year, 1 + 3 * place + (place == 2) * 3, 1),
                end_month(year, 3 + 3 * place + (place == 2) * 3),
            ),
        ]
    if kind == "half" and not is_month:
        return [(date(year, 1, 1), date(year, 6, 30)) if count == 1 else (date(year, 7, 1), last)]
    if kind == "half":
        return [(first, first.replace(day=15)) if count == 1 else (first.replace(day=16), last)]
    if kind == "quarter":
        count = 4 if count < 0 else count
        return [(date(year, 3 * count - 2, 1), end_month(year, 3 * count))] if count <= 4 else []
    if kind == "week":
        return _cut_week(first, last, count)
    if kind.startswith("first "):
        if "month" in kind:
            return [(first, end_month(year, first.month - 1 + count))] if count <= 24 else []
        days = count * (7 if "week" in kind else 1)
        return [(first, shift_days(first, days - 1))]
    return _cut_season(year, kind) if not is_month else []


def _cut_week(first: date, last: date, count: int) -> list[tuple[date, date]]:
    if count < 0:
        monday = shift_days(last, -last.weekday())
        return [(shift_days(last, -6), last), (monday, last)]
    begin = shift_days(first, 7 * (count - 1))
    monday = shift_days(first, -first.weekday() + 7 * (count - 1))
    later = shift_days(monday, 7)
    weeks = [
        (begin, shift_days(begin, 6)),
        (monday, shift_days(monday, 6)),
        (later, shift_days(later, 6)),
    ]
    return [
        (max(start, first), min(end, last))
        for start, end in weeks
        if start <= last and end >= first
    ]


def _cut_season(year: int, kind: str) -> list[tuple[date, date]]:
    begin, end = load_vocabulary().seasons.get(kind, [0, 0])
    if not begin:
        return []
    if begin < end:
        return [(date(year, begin, 1), end_month(year, end))]
    return [
        (date(year, begin, 1), end_month(year + 1, end)),
        (date(year - 1, begin, 1), end_month(year, end)),
    ]


def read_length(
    tokens: tuple[Token, ...], words: list[str], at: int, anchor: Anchor | None, blocked: range
) -> Dating | None:
    """Lengths of time that date: "two days ago", "in the past 24 hours", "the 48 hours to Tuesday",
    "three days later"."""
    if words[at] in ("few", "several", "some", "couple") and _is_vague_length(words, at + 1):
        return Dating(at, at + 3, (), "vague")
    past = words[at] in ("past", "last", "previous", "preceding")
    amount = read_amount(tokens, at + past) if at + past < len(tokens) else None
    article = not past and words[at] in ("a", "an") and amount is None
    if amount is None and not article:
        return None
    number = 1.0 if amount is None else amount.values[0]
    step = at + 1 if amount is None else amount.behind
    step += step < len(words) and words[step] in DASHES
    unit = words[step].rstrip("s") if step < len(words) else ""
    if unit not in UNIT_DAYS and unit not in UNIT_MONTHS:
        return None
    step += 1
    following = words[step] if step < len(words) else ""
    if past:
        relation = "from_about" if unit in ("year", "decade") else "on"
        return Dating(at, step, _count_back(number, unit, anchor), relation)
    if following == "ago":
        return Dating(at, step + 1, _go_back(number, unit, anchor), "on")
    if following in ("to", "through", "until", "ending") and unit in ("hour", "day"):
        return _end_length(words, at, step, number, unit, anchor)
    signs = {"earlier": -1, "before": -1, "later": 1, "after": 1}
    if following in signs and unit in UNIT_DAYS:
        days = round(number * UNIT_DAYS[unit]) * signs[following]
        return Dating(at, step + 1, (), "counted", days_on=days) if days else None
    if following in ("earlier", "later"):
        months = int(number * UNIT_MONTHS[unit]) * signs[following]
        return Dating(at, step + 1, (), "counted", months_on=months) if months else None
    return None


def _is_vague_length(words: list[str], at: int) -> bool:
    """Whether "days ago", "weeks earlier" and the like stand here."""
    unit = words[at].rstrip("s") if at < len(words) else ""
    known = unit in UNIT_DAYS or unit in UNIT_MONTHS
    return known and words[at + 1 : at + 2] in (
        ["ago"],
        ["earlier"],
        ["later"],
        ["before"],
        ["after"],
    )


def _end_length(
    words: list[str], at: int, step: int, number: float, unit: str, anchor: Anchor | None
) -> Dating | None:
    ending = read_atom(words, step + 1, range(0)) if step + 1 < len(words) else None
    resolved = resolve_atoms([ending], anchor) if ending else []
    if not ending or not resolved:
        return None
    days = max(1, round(number * UNIT_DAYS[unit]))
    bounds = tuple(
        (shift_days(last, back), last) for _, last in resolved[0] for back in (-days, 1 - days)
    )
    return Dating(at, ending.behind, bounds, "on")


def _count_back(number: float, unit: str, anchor: Anchor | None) -> tuple[tuple[date, date], ...]:
    """The so many hours, days or years up to the day of writing, counted with and without that
    day."""
    if anchor is None:
        return ()
    bounds = []
    for last in {anchor.first, anchor.last}:
        if unit in UNIT_MONTHS:
            first = shift_months(last, -int(number * UNIT_MONTHS[unit]))
            bounds += [(first, last), (shift_days(first, 1), last), (first, anchor.last)]
            continue
        days = max(1, round(number * UNIT_DAYS[unit]))
        bounds += [(shift_days(last, back), last) for back in (-days, 1 - days)]
        bounds += [(shift_days(last, -days), shift_days(last, -1))]
    return tuple(bounds)


def _go_back(number: float, unit: str, anchor: Anchor | None) -> tuple[tuple[date, date], ...]:
    """The day so long ago; weeks, months and years are kept as wide as their words."""
    if anchor is None:
        return ()
    bounds = []
    for day in {anchor.first, anchor.last}:
        if unit in UNIT_MONTHS:
            months = int(number * UNIT_MONTHS[unit])
            back = shift_months(day, -months)
            bounds += [(back, back)]
            if unit == "month":
                bounds += [(back.replace(day=1), end_month(back.year, back.month))]
            else:
                bounds += [(date(back.year, 1, 1), date(back.year, 12, 31))]
            continue
        back = shift_days(day, -round(number * UNIT_DAYS[unit]))
        bounds += [(back, back)]
        if unit == "week":
            monday = shift_days(back, -back.weekday())
            bounds += [(shift_days(back, -3), shift_days(back, 3)), (monday, shift_days(monday, 6))]
    return tuple(bounds)


def read_relative(
    tokens: tuple[Token, ...], words: list[str], at: int, anchor: Anchor | None, blocked: range
) -> Dating | None:
    """Days told from the day of writing or from another date: "today", "overnight", "this week",
    "last year", "that day", "on the 19th"."""
    meanings, length = load_vocabulary().days.find(words, at)
    if at in blocked:
        return None
    period = _read_this_or_last(words, at, anchor) or _read_day_of_month(words, at)
    if period is not None:
        return period
    behind = at + length
    if "since_then" in meanings:
        return Dating(at, behind, (), "since_then")
    for name, days in {"same_day": 0, "next_day": 1, "day_before": -1}.items():
        if name in meanings:
            return Dating(at, behind, (), "counted", days_on=days)
    if "weekend" in meanings and anchor and words[behind : behind + 1] != ["of"]:
        latest = {one for day in anchor for one in _bound_period("this", "weekend", day)}
        return Dating(at, behind, tuple(sorted(latest)), "on")
    for name, (relation, offsets) in SHIFTS.items():
        if name in meanings:
            return Dating(at, behind, _shift_anchor(offsets, anchor), relation)
    if meanings & {"tomorrow", "recent"}:
        return Dating(at, behind, (), "vague")
    return None


def _read_day_of_month(words: list[str], at: int) -> Dating | None:
    """A day without its month: "seized on the 19th and retaken"; its month is that of another
    date."""
    if words[at] != "the" or words[at + 2 : at + 3] not in (["st"], ["nd"], ["rd"], ["th"]):
        return None
    day, behind = read_day(words, at + 1)
    if day and (behind >= len(words) or words[behind] in BEHIND_DAY):
        return Dating(at, behind, (), "day_of_month", days_on=day)
    return None


def _shift_anchor(
    offsets: list[tuple[int, int]], anchor: Anchor | None
) -> tuple[tuple[date, date], ...]:
    if anchor is None:
        return ()
    pairs = {(anchor.first, anchor.first), (anchor.last, anchor.last), (anchor.first, anchor.last)}
    return tuple(
        (shift_days(first, back), shift_days(last, on))
        for first, last in pairs
        for back, on in offsets
    )


def _read_this_or_last(words: list[str], at: int, anchor: Anchor | None) -> Dating | None:
    """As in "this week", "last month", "last November", "this Saturday", "last Thursday", "this
    year"."""
    lead, noun = words[at], words[at + 1] if at + 1 < len(words) else ""
    if lead not in ("this", "last", "past"):
        return None
    vocabulary = load_vocabulary()
    if noun in vocabulary.weekdays and anchor:
        days = find_weekdays(vocabulary.weekdays[noun], anchor)
        if lead in ("last", "past"):
            before = [shift_days(day, -7) for day in days]
            days = [day for day in days if day < anchor.last] + before
        return Dating(at, at + 2, tuple((day, day) for day in days), "on")
    month = vocabulary.months.get(noun)
    if month and noun not in ("march",) and anchor:
        found = bound_written(Written(None, month, None), anchor)
        earlier = [(shift_months(first, -12), shift_months(last, -12)) for first, last in found]
        both = found + earlier if lead == "last" else found
        return Dating(at, at + 2, tuple(both), "on")
    if noun not in PERIODS | VAGUE_PERIODS:
        return None
    if anchor is None or noun in VAGUE_PERIODS:
        return Dating(at, at + 2, (), "vague")
    early = _bound_period(lead, noun, anchor.first)
    late = _bound_period(lead, noun, anchor.last)
    bounds = early + late + [(one[0], other[1]) for one, other in zip(early, late)]
    return Dating(at, at + 2, tuple(bounds), "on")


def _bound_period(lead: str, noun: str, day: date) -> list[tuple[date, date]]:
    monday = shift_days(day, -day.weekday())
    last = lead != "this"
    if noun == "night":
        return [(shift_days(day, -1), day), (shift_days(day, -1), shift_days(day, -1)), (day, day)]
    if noun == "week":
        week = [(monday, shift_days(monday, 6))]
        if not last:
            return week
        rolling = [(shift_days(day, -7), day), (shift_days(day, -6), day)] if lead == "past" else []
        return [(shift_days(a, -7), shift_days(b, -7)) for a, b in week] + rolling
    if noun == "weekend":
        saturday = shift_days(monday, 5 if day.weekday() >= 5 and not last else -2)
        return [(saturday, shift_days(saturday, 1))]
    if noun == "month":
        back = shift_months(day, -1 if last else 0)
        rolling = [(shift_months(day, -1), day)] if lead == "past" else []
        return [(back.replace(day=1), end_month(back.year, back.month)), *rolling]
    year = day.year - (1 if last else 0)
    rolling = [(shift_months(day, -12), day)] if last else []
    return [(date(year, 1, 1), date(year, 12, 31)), *rolling]
