"""Dating expressions: every stretch of words that dates something, with the days it may mean."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from helpers.claims.second_reader.calendar import (
    OPEN,
    UNDATED,
    Anchor,
    Span,
    Written,
    bound_written,
    end_month,
    find_weekdays,
    make_day,
    make_span,
    shift_days,
    shift_months,
)
from helpers.claims.second_reader.tokens import Token
from helpers.claims.second_reader.values import DASHES, read_amount
from helpers.claims.second_reader.vocabulary import load_vocabulary

JOINS = {"and", "to", "through", "until", "till", "or", "&"} | DASHES
UNIT_DAYS = {"hour": 1 / 24, "day": 1, "night": 1, "week": 7, "fortnight": 14}
UNIT_MONTHS = {"month": 1, "year": 12, "decade": 120}
YEAR_LEADS = {
    "in", "since", "of", "from", "between", "until", "by", "during", "early", "late", "mid", "the",
    "after", "before", "through", "to", "and", "a", "around", "late-", "throughout", "till", "back",
    "summer", "winter", "spring", "autumn", "fall", "year", "that", "s", "for", "as", "(", "-", "–",
}  # fmt: skip


LEADS = {"a", "an", "the", "this", "last", "past", "previous", "preceding", "final", "week", "few", "several", "some", "couple", "half"}  # fmt: skip


class Dating(NamedTuple):
    """A dating expression: its tokens, the bounds it names, and how it stands to them: on (they are the
    days), since, until, after, as_of; `named` is empty where only the text round it can tell the days."""

    first: int
    behind: int
    bounds: tuple[tuple[date, date], ...]
    relation: str
    days_on: int = 0  # for "two days later": so many days from another date
    months_on: int = 0  # for "four years later"
    listed: tuple[tuple[date, date], ...] = ()  # the days of a list, one by one


class _Atom(NamedTuple):
    """One written date or weekday inside an expression: its bounds are found when the year is known."""

    written: Written
    weekday: int | None
    behind: int
    part: str = ""  # "last" or "this" where a month is "of last year"


def find_datings(
    tokens: tuple[Token, ...], anchor: Anchor | None, blocked: range = range(0)
) -> list[Dating]:
    """The dating expressions of a sentence, in order; tokens in `blocked` are a figure's and none of
    them a day."""
    datings, at = [], 0
    words = [token.word for token in tokens]
    while at < len(tokens):
        found = None
        if may_begin(words[at]):
            found = _read_dating(tokens, words, at, anchor, blocked)
        if found is None:
            at += 1
            continue
        datings.append(found)
        at = max(found.behind, at + 1)
    return datings


@lru_cache(maxsize=50_000)
def may_begin(word: str) -> bool:
    """Whether a dating expression can begin with a word: most words need no further look."""
    vocabulary = load_vocabulary()
    tables = (
        vocabulary.months, vocabulary.weekdays, vocabulary.ordinals, vocabulary.numbers,
        vocabulary.seasons, vocabulary.fractions, vocabulary.scales, vocabulary.signs, LEADS,
    )  # fmt: skip
    known = word[0].isdigit() or any(word in table for table in tables)
    return known or vocabulary.days.begins_with(word)


def _read_dating(
    tokens: tuple[Token, ...], words: list[str], at: int, anchor: Anchor | None, blocked: range
) -> Dating | None:
    readers = (_read_length, _read_part_of, _read_range, _read_relative)
    for read in readers[:1] if at in blocked else readers:
        found = read(tokens, words, at, anchor, blocked)
        if found is not None:
            relation, first = _find_relation(words, found.first)
            if found.relation == "on" and relation != "on":
                found = found._replace(relation=relation, first=first)
            return found
    return None


def _find_relation(words: list[str], at: int) -> tuple[str, int]:
    """How the words before an expression relate to it: since, until, after, as of; else on."""
    step = at
    while step > 0 and words[step - 1] in ("the", "about", "around", "late", "early", "on", "night"):
        step -= 1
    days = load_vocabulary().days
    for relation in ("as_of", "since", "until", "after"):
        for length in (3, 2, 1):
            if step >= length and relation in days.find(words[:step], step - length)[0]:
                if days.find(words[:step], step - length)[1] == length:
                    if words[step - 1] == "to" and relation == "until" and length == 1:
                        return "on", at
                    return relation, step - length
    return "on", at


# Calendar dates


def _read_range(
    tokens: tuple[Token, ...], words: list[str], at: int, anchor: Anchor | None, blocked: range
) -> Dating | None:
    """One date, a list of dates, or a range of dates: "27 November", "August 8, 10 and 11", "between May
    2012 and April 2024", "2014–15", "Monday to Wednesday"."""
    atoms, behind, ranged = _list_atoms(tokens, words, at, blocked)
    if not atoms:
        return None
    listed = _resolve_atoms(atoms, anchor)
    if not listed:
        return Dating(at, behind, (), "on")
    before = words[at - 1] if at else ""
    lead = words[at - 2] if at > 1 and before in ("the", "early", "late", "mid") else before
    if len(listed) == 1:
        return Dating(at, behind, tuple(listed[0]), "on")
    whole = tuple((first[0], last[1]) for first in listed[0] for last in listed[-1] if first[0] <= last[1])
    single = tuple(bounds for one in listed for bounds in one)
    if ranged or lead in ("between", "from"):
        return Dating(at - (lead in ("between", "from")), behind, whole, "on")
    return Dating(at, behind, whole, "on", listed=single)


def _list_atoms(
    tokens: tuple[Token, ...], words: list[str], at: int, blocked: range
) -> tuple[list[_Atom], int, bool]:
    """The dates that are joined to one expression, where it ends, and whether it is a range."""
    lists = _read_day_list(words, at, blocked)
    if lists:
        return lists
    atom = _read_atom(words, at, blocked)
    if atom is None:
        return [], at, False
    atoms, behind, ranged = [atom], atom.behind, False
    while len(atoms) < 6 and behind < len(words):
        step = behind + (words[behind] == ",")
        if step < len(words) and words[step] in JOINS:
            join, step = words[step], step + 1
        elif step > behind and atom.written.day is not None:
            join = ","
        else:
            break
        if step < len(words) and words[step] in ("the", "on", "early", "late", "mid") and join != ",":
            step += words[step] in ("the", "on")
        following = _read_atom(words, step, blocked) if step < len(words) else None
        if following is None or _kind(following) != _kind(atom) and not _short_year(words, step):
            short = _short_year(words, step) if atom.written.day is None and join in DASHES else None
            if short is None or atom.written.year is None or atom.written.month is not None:
                break
            following = _Atom(Written(atom.written.year // 100 * 100 + short, None, None), None, step + 1)
        ranged = ranged or join in {"to", "through", "until", "till"} | DASHES
        atoms.append(following)
        behind = following.behind
    return atoms, behind, ranged


def _short_year(words: list[str], at: int) -> int | None:
    word = words[at] if at < len(words) else ""
    return int(word) if len(word) == 2 and word.isdecimal() else None


def _kind(atom: _Atom) -> str:
    if atom.weekday is not None:
        return "weekday"
    if atom.written.day is not None:
        return "day"
    return "month" if atom.written.month is not None else "year"


def _read_day_list(
    words: list[str], at: int, blocked: range
) -> tuple[list[_Atom], int, bool] | None:
    """Several days of one month: "4 and 5 June 2023", "between 3 and 9 of September", "August 8, 10
    and 11", "27–29 October"."""
    vocabulary = load_vocabulary()
    if at and words[at - 1] in ("day", "week", "wk"):
        return None
    month_first = words[at] in vocabulary.months
    step = at + 1 + (words[at + 1 : at + 2] == ["."]) if month_first else at
    days, ranged = [], False
    while step < len(words) and len(days) < 8 and step not in blocked:
        day, behind = _read_day(words, step)
        if day is None:
            break
        days.append(day)
        step, end = behind, behind
        while step < len(words) and words[step] in JOINS | {",", "the", "on"}:
            ranged = ranged or words[step] in {"to", "through"} | DASHES
            step += 1
        if step == end:
            break
    if len(days) < 2:
        return None
    if month_first:
        month, year, behind = vocabulary.months[words[at]], None, end
        year, behind = _read_year_behind(words, end)
        if ranged and words[end - 1] in DASHES:
            return None
    else:
        step = end + (words[end : end + 1] == ["of"])
        if step >= len(words) or words[step] not in vocabulary.months:
            return None
        month = vocabulary.months[words[step]]
        year, behind = _read_year_behind(words, step + 1)
    return [_Atom(Written(year, month, day), None, behind) for day in days], behind, ranged


def _read_day(words: list[str], at: int) -> tuple[int | None, int]:
    """A day of the month: "5", "5th", "the fifth"."""
    word = words[at] if at < len(words) else ""
    if word.isdecimal() and 1 <= len(word) <= 2 and 1 <= int(word) <= 31:
        suffix = at + 1 < len(words) and words[at + 1] in ("st", "nd", "rd", "th")
        return int(word), at + 1 + suffix
    ordinals = load_vocabulary().ordinals
    if word in ("twenty", "thirty") and len(words) > at + 2 and words[at + 1] in DASHES:
        unit = ordinals.get(words[at + 2])
        if unit and unit < 10:
            return {"twenty": 20, "thirty": 30}[word] + unit, at + 3
    return ordinals.get(word), at + 1


def _read_year_behind(words: list[str], at: int) -> tuple[int | None, int]:
    """The year behind a day and month, with or without a comma, and the place behind it."""
    if words[at : at + 1] == ["."]:
        at += 1
    step = at + (words[at : at + 1] in ([","], ["of"], ["in"]))
    word = words[step] if step < len(words) else ""
    if len(word) == 4 and word.isdecimal() and 1000 < int(word) < 2200:
        return int(word), step + 1
    return None, at


def _read_atom(words: list[str], at: int, blocked: range) -> _Atom | None:
    """One date: numeric, day and month, month, year, or weekday (with the date that follows it)."""
    if at >= len(words) or at in blocked:
        return None
    return (
        _read_numeric(words, at)
        or _read_weekday(words, at, blocked)
        or _read_day_month(words, at, blocked)
        or _read_month(words, at, blocked)
        or _read_year(words, at)
    )


def _read_numeric(words: list[str], at: int) -> _Atom | None:
    """A date in digits: 2024-11-27, 27/11/2024, 11/27/2024 where the second can be no month, 15.03.2022."""
    word = words[at]
    if word.count(".") == 2:
        parts, behind = word.split("."), at + 1
    elif len(words) > at + 4 and words[at + 1] == words[at + 3] and words[at + 1] in DASHES | {"/"}:
        parts, behind = [words[at], words[at + 2], words[at + 4]], at + 5
    else:
        return None
    if not all(part.isdecimal() and len(part) in (1, 2, 4) for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if len(parts[0]) == 4:
        year, month, day = numbers
    elif len(parts[2]) == 4:
        day, month, year = numbers
        if month > 12 >= day:
            day, month = month, day
    else:
        return None
    return _Atom(Written(year, month, day), None, behind) if make_day(year, month, day) else None


def _read_weekday(words: list[str], at: int, blocked: range) -> _Atom | None:
    weekday = load_vocabulary().weekdays.get(words[at])
    if weekday is None or words[at] in ("sat", "sun", "mon", "wed") and words[at + 1 : at + 2] != ["."]:
        if weekday is None or not _read_day_month(words, at + 1, blocked):
            return None
    step = at + 1
    while step < len(words) and words[step] in (",", ".", "the", "("):
        step += 1
    dated = _read_day_month(words, step, blocked) if step < len(words) else None
    if dated is not None and dated.written.day is not None:
        return dated
    return _Atom(Written(None, None, None), weekday, at + 1)


def _read_day_month(words: list[str], at: int, blocked: range) -> _Atom | None:
    """"27 November", "27th of Nov. 2024", "November 27, 2024", "6 APR 89"."""
    if at >= len(words) or at in blocked:
        return None
    vocabulary = load_vocabulary()
    day, step = _read_day(words, at)
    if day is not None:
        step += words[step : step + 1] in (["of"], ["-"])
        if step < len(words) and words[step] in vocabulary.months and step not in blocked:
            year, behind = _read_year_behind(words, step + 1)
            short = _short_year(words, step + 1)
            if year is None and short is not None and short > 31 and step + 1 not in blocked:
                year, behind = 1900 + short, step + 2
            return _Atom(Written(year, vocabulary.months[words[step]], day), None, behind)
        return None
    if words[at] not in vocabulary.months:
        return None
    step = at + 1 + (words[at + 1 : at + 2] == ["."])
    step += words[step : step + 1] == ["the"]
    day, behind = _read_day(words, step)
    if day is None or step in blocked or _is_counted(words, behind):
        return None
    year, behind = _read_year_behind(words, behind)
    return _Atom(Written(year, vocabulary.months[words[at]], day), None, behind)


def _is_counted(words: list[str], at: int) -> bool:
    """Whether a noun follows at once that numbers count: the number is no day, then."""
    return at < len(words) and "person" in load_vocabulary().units.find(words, at)[0]


def _read_month(words: list[str], at: int, blocked: range) -> _Atom | None:
    """A month, with or without its year. "May" and "March" are verbs, too: they need a word before
    them, or a year behind."""
    month = load_vocabulary().months.get(words[at])
    if month is None or at and words[at - 1] == "that":
        return None
    year, behind = _read_year_behind(words, at + 1)
    if year is None and words[at + 1 : at + 3] in (["last", "year"], ["this", "year"]):
        part = words[at + 1]
        return _Atom(Written(None, month, None), None, at + 3, part)
    if words[at] in ("may", "march", "mar", "dec", "sep", "jan") and year is None:
        leads = {"in", "since", "of", "by", "from", "until", "early", "late", "last", "mid", "-", "between", "and", "to", "through", "during", "this"}
        if at == 0 or words[at - 1] not in leads:
            return None
        if words[at] == "march" and words[at - 1] in ("of", "to", "this", "and", "in", "last") and words[at - 2 : at - 1] == ["the"]:
            return None
    if year is not None and at + 1 in blocked:
        year = None
    return _Atom(Written(year, month, None), None, behind)


def _read_year(words: list[str], at: int) -> _Atom | None:
    word = words[at]
    if len(word) != 4 or not word.isdecimal() or not 1900 <= int(word) <= 2100:
        return None
    if _is_counted(words, at + 1) or words[at + 1 : at + 2] in (["gmt"], ["hours"], ["km"]):
        return None
    if at and words[at - 1] not in YEAR_LEADS | DASHES | JOINS and not _follows_year(words, at):
        return None
    return _Atom(Written(int(word), None, None), None, at + 1)


def _follows_year(words: list[str], at: int) -> bool:
    return words[at - 1] in ("," , "(") and at > 1


def _resolve_atoms(atoms: list[_Atom], anchor: Anchor | None) -> list[list[tuple[date, date]]]:
    """The bounds of each date of a list. A year said once holds for all; a day is not later than the one
    behind it in a range."""
    year = next((atom.written.year for atom in reversed(atoms) if atom.written.year), None)
    found: list[list[tuple[date, date]]] = []
    for atom in reversed(atoms):
        if atom.weekday is not None:
            bounds = _resolve_weekday(atom.weekday, anchor, found[-1] if found else None)
        else:
            written = atom.written
            borrowed = written.year is None and year is not None
            if atom.part and anchor:
                written = written._replace(year=anchor.last.year - (atom.part == "last"))
            bounds = bound_written(written._replace(year=year) if borrowed else written, anchor)
            if found and not borrowed and written.year is None:
                bounds = [_pull_back(one, found[-1]) for one in bounds]
            elif borrowed and found and found[-1] and bounds and bounds[0][0] > found[-1][0][1]:
                bounds = bound_written(written._replace(year=year - 1), anchor)
        if not bounds:
            return []
        found.append(bounds)
    return found[::-1]


def _pull_back(
    bounds: tuple[date, date], following: list[tuple[date, date]]
) -> tuple[date, date]:
    """A date without a year, a year earlier where it would lie behind the date that follows it."""
    if bounds[0] <= max(last for _, last in following):
        return bounds
    return shift_months(bounds[0], -12), shift_months(bounds[1], -12)


def _resolve_weekday(
    weekday: int, anchor: Anchor | None, following: list[tuple[date, date]] | None
) -> list[tuple[date, date]]:
    if following:
        return [(day, day) for _, last in following for day in find_weekdays(weekday, Anchor(last, last))]
    return [(day, day) for day in find_weekdays(weekday, anchor)] if anchor else []


# Parts of months and years


def _read_part_of(
    tokens: tuple[Token, ...], words: list[str], at: int, anchor: Anchor | None, blocked: range
) -> Dating | None:
    """A part of a month or year: "late November", "the first week of December", "the second quarter of
    2024", "the first five months of the year", "winter 2019", "the end of last November"."""
    if words[at : at + 2] in (["week", "of"], ["week", "ending"], ["week", "beginning"], ["week", "to"]):
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
    """"The week of 20 May", "the week ending 5 June": the seven days from, or up to, the day named."""
    atom = _read_atom(words, at + 2, blocked)
    resolved = _resolve_atoms([atom], anchor) if atom and atom.written.day else []
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
    """The count and kind of a part ("first", "week") and where its words end; kind None if none begins."""
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
        year, behind = _read_year_behind(words, at + 1)
        return bound_written(Written(year, month, None), anchor), behind
    atom = _read_year(words, at) if at not in blocked else None
    return (bound_written(atom.written, anchor), atom.behind) if atom else ([], at)


def _cut_part(whole: tuple[date, date], kind: str, count: int) -> list[tuple[date, date]]:
    """The days of a part of a month or year; a week "of" a month may begin on its first day or Monday."""
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
            (date(year, 1 + 3 * place + (place == 2) * 3, 1), end_month(year, 3 + 3 * place + (place == 2) * 3)),
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
    weeks = [(begin, shift_days(begin, 6)), (monday, shift_days(monday, 6)), (later, shift_days(later, 6))]
    return [(max(start, first), min(end, last)) for start, end in weeks if start <= last and end >= first]


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


# Days counted from the day of writing, or from another date


def _read_length(
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
        return Dating(at, step, _count_back(number, unit, anchor), "on")
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
    return known and words[at + 1 : at + 2] in (["ago"], ["earlier"], ["later"], ["before"], ["after"])


def _end_length(
    words: list[str], at: int, step: int, number: float, unit: str, anchor: Anchor | None
) -> Dating | None:
    ending = _read_atom(words, step + 1, range(0)) if step + 1 < len(words) else None
    resolved = _resolve_atoms([ending], anchor) if ending else []
    if not ending or not resolved:
        return None
    days = max(1, round(number * UNIT_DAYS[unit]))
    bounds = tuple(
        (shift_days(last, back), last) for _, last in resolved[0] for back in (-days, 1 - days)
    )
    return Dating(at, ending.behind, bounds, "on")


def _count_back(number: float, unit: str, anchor: Anchor | None) -> tuple[tuple[date, date], ...]:
    """The so many hours, days or years up to the day of writing, counted with and without that day."""
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


def _read_relative(
    tokens: tuple[Token, ...], words: list[str], at: int, anchor: Anchor | None, blocked: range
) -> Dating | None:
    """"today", "yesterday", "overnight", "this week", "last year", "so far this year", "that day"."""
    meanings, length = load_vocabulary().days.find(words, at)
    if at in blocked:
        return None
    if words[at] in ("this", "last", "past") and at + 1 < len(words):
        period = _read_this_or_last(words, at, anchor)
        if period is not None:
            return period
    if "since_then" in meanings:
        return Dating(at, at + length, (), "since_then")
    if words[at] == "the" and words[at + 2 : at + 3] in (["st"], ["nd"], ["rd"], ["th"]):
        day, behind = _read_day(words, at + 1)
        if day and words[behind : behind + 1] in ([], ["."], [","], ["and"], [";"], [")"], ["by"], ["when"]):
            return Dating(at, behind, (), "day_of_month", days_on=day)
    counted = {"same_day": 0, "next_day": 1, "day_before": -1}
    for name, days in counted.items():
        if name in meanings and not (name == "same_day" and words[at] == "the"):
            return Dating(at, at + length, (), "counted", days_on=days)
    shifts = {
        "today": [(0, 0)], "part_of_day": [(0, 0)], "yesterday": [(-1, -1)],
        "before_yesterday": [(-2, -2)], "overnight": [(-1, 0), (-1, -1), (0, 0)],
    }  # fmt: skip
    if "weekend" in meanings and anchor and words[at + length : at + length + 1] != ["of"]:
        both = {one for day in anchor for one in _bound_period("last", "weekend", day)}
        both |= {one for day in anchor for one in _bound_period("this", "weekend", day)}
        return Dating(at, at + length, tuple(sorted(both)), "on")
    if "now" in meanings:
        return Dating(at, at + length, _shift_anchor([(0, 0)], anchor), "now")
    for name, offsets in shifts.items():
        if name in meanings:
            relation = {"part_of_day": "part", "overnight": "at"}.get(name, "on")
            return Dating(at, at + length, _shift_anchor(offsets, anchor), relation)
    if meanings & {"tomorrow", "recent"}:
        return Dating(at, at + length, (), "vague")
    return None


def _shift_anchor(
    offsets: list[tuple[int, int]], anchor: Anchor | None
) -> tuple[tuple[date, date], ...]:
    if anchor is None:
        return ()
    pairs = {(anchor.first, anchor.first), (anchor.last, anchor.last), (anchor.first, anchor.last)}
    return tuple(
        (shift_days(first, back), shift_days(last, on)) for first, last in pairs for back, on in offsets
    )


def _read_this_or_last(words: list[str], at: int, anchor: Anchor | None) -> Dating | None:
    """"this week", "last month", "last November", "this Saturday", "last Thursday", "this year"."""
    lead, noun = words[at], words[at + 1]
    vocabulary = load_vocabulary()
    if noun in vocabulary.weekdays and anchor:
        days = find_weekdays(vocabulary.weekdays[noun], anchor)
        if lead in ("last", "past"):
            earlier = [shift_days(day, -7) for day in days]
            days = [day for day in days if day < anchor.last] + earlier
        return Dating(at, at + 2, tuple((day, day) for day in days), "on")
    month = vocabulary.months.get(noun)
    if month and noun not in ("march",) and anchor:
        found = bound_written(Written(None, month, None), anchor)
        earlier = [(shift_months(first, -12), shift_months(last, -12)) for first, last in found]
        both = found + earlier if lead == "last" else found
        return Dating(at, at + 2, tuple(both), "on")
    if noun not in ("week", "weekend", "month", "year", "decade", "night", "day", "hours", "century", "summer", "winter", "spring", "autumn"):
        return None
    if anchor is None or noun in ("decade", "day", "hours", "century", "summer", "winter", "spring", "autumn"):
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
        week = [(monday, shift_days(monday, 6)), (shift_days(monday, -1), shift_days(monday, 5))]
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


def list_spans(dating: Dating, anchor: Anchor | None) -> set[Span]:
    """The spans that an expression allows, cut off at the day of writing: nothing told as past lies
    behind it. `since` runs on to that day, `until` leaves the beginning open."""
    last_day = anchor.last.isoformat() if anchor else OPEN
    spans: set[Span] = set()
    for first, last in dating.bounds + dating.listed:
        begin, end = first.isoformat(), last.isoformat()
        if last_day != OPEN and begin <= last_day < end:
            end = last_day
        if dating.relation == "since":
            ends = {last_day} if anchor is None else {anchor.last.isoformat(), anchor.first.isoformat()}
            spans |= {Span(begin, one) for one in ends}
        elif dating.relation == "until":
            spans |= {Span(OPEN, end), Span(OPEN, shift_days(first, -1).isoformat())}
        elif dating.relation == "now":
            spans |= {Span(begin, end), Span(OPEN, end)}
        elif dating.relation == "after":
            spans |= {Span(begin, OPEN), Span(shift_days(last, 1).isoformat(), OPEN)}
        else:
            spans |= {Span(begin, end)}
    return spans


def may_be_future(dating: Dating, anchor: Anchor | None) -> bool:
    """Whether a date without a year, thought past, would lie within two months after the day of writing:
    then the text may mean a plan, or err, and an undated row is right, too."""
    if anchor is None:
        return True
    return any(
        0 < (shift_months(first, 12) - anchor.last).days <= 62 for first, _ in dating.bounds
    )


__all__ = ["UNDATED", "Dating", "find_datings", "list_spans", "make_span", "may_be_future"]
