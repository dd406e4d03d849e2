"""Written dates: days, months, years and weekdays, alone, in lists and in ranges."""

from datetime import date
from typing import NamedTuple

from helpers.claims.second_reader.amounts import DASHES
from helpers.claims.second_reader.spans import (
    Anchor,
    Dating,
    Written,
    bound_written,
    find_weekdays,
    make_day,
    shift_months,
)
from helpers.claims.second_reader.tokens import Token
from helpers.claims.second_reader.vocabulary import load_vocabulary

JOINS = {"and", "to", "through", "until", "till", "or", "&"} | DASHES
YEAR_LEADS = {
    "in", "since", "of", "from", "between", "until", "by", "during", "early", "late", "mid", "the",
    "after", "before", "through", "to", "and", "a", "around", "late-", "throughout", "till", "back",
    "summer", "winter", "spring", "autumn", "fall", "year", "that", "s", "for", "as", "(", "-", "–",
}  # fmt: skip


class Atom(NamedTuple):
    """One written date or weekday inside an expression: its bounds are found when the year is
    known."""

    written: Written
    weekday: int | None
    behind: int
    part: str = ""  # "last" or "this" where a month is "of last year"


def read_range(
    tokens: tuple[Token, ...], words: list[str], at: int, anchor: Anchor | None, blocked: range
) -> Dating | None:
    """One date, a list of dates, or a range of dates: "27 November", "August 8, 10 and 11",
    "between May 2012 and April 2024", "2014–15", "Monday to Wednesday"."""
    atoms, behind, ranged = _list_atoms(tokens, words, at, blocked)
    if not atoms:
        return None
    listed = resolve_atoms(atoms, anchor)
    if not listed:
        return Dating(at, behind, (), "on")
    before = words[at - 1] if at else ""
    lead = words[at - 2] if at > 1 and before in ("the", "early", "late", "mid") else before
    if len(listed) == 1:
        return Dating(at, behind, tuple(listed[0]), "on")
    whole = tuple(
        (first[0], last[1]) for first in listed[0] for last in listed[-1] if first[0] <= last[1]
    )
    single = tuple(bounds for one in listed for bounds in one)
    if ranged or lead in ("between", "from"):
        return Dating(at - (lead in ("between", "from")), behind, whole, "on")
    return Dating(at, behind, whole, "on", listed=single)


def _list_atoms(
    tokens: tuple[Token, ...], words: list[str], at: int, blocked: range
) -> tuple[list[Atom], int, bool]:
    """The dates that are joined to one expression, where it ends, and whether it is a range."""
    lists = _read_day_list(words, at, blocked)
    if lists:
        return lists
    atom = read_atom(words, at, blocked)
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
        if (
            step < len(words)
            and words[step] in ("the", "on", "early", "late", "mid")
            and join != ","
        ):
            step += words[step] in ("the", "on")
        following = read_atom(words, step, blocked) if step < len(words) else None
        if following is None or _kind(following) != _kind(atom) and not _short_year(words, step):
            short = (
                _short_year(words, step) if atom.written.day is None and join in DASHES else None
            )
            if short is None or atom.written.year is None or atom.written.month is not None:
                break
            following = Atom(
                Written(atom.written.year // 100 * 100 + short, None, None), None, step + 1
            )
        ranged = ranged or join in {"to", "through", "until", "till"} | DASHES
        atoms.append(following)
        behind = following.behind
    return atoms, behind, ranged


def _short_year(words: list[str], at: int) -> int | None:
    word = words[at] if at < len(words) else ""
    return int(word) if len(word) == 2 and word.isdecimal() else None


def _kind(atom: Atom) -> str:
    if atom.weekday is not None:
        return "weekday"
    if atom.written.day is not None:
        return "day"
    return "month" if atom.written.month is not None else "year"


def _read_day_list(
    words: list[str], at: int, blocked: range
) -> tuple[list[Atom], int, bool] | None:
    """Several days of one month: "4 and 5 June 2023", "between 3 and 9 of September", "August 8, 10
    and 11", "27–29 October"."""
    vocabulary = load_vocabulary()
    if at and words[at - 1] in ("day", "week", "wk"):
        return None
    month_first = words[at] in vocabulary.months
    step = at + 1 + (words[at + 1 : at + 2] == ["."]) if month_first else at
    days: list[int] = []
    ranged = False
    while step < len(words) and len(days) < 8 and step not in blocked:
        day, behind = read_day(words, step)
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
        year, behind = read_year_behind(words, end)
        if ranged and words[end - 1] in DASHES:
            return None
    else:
        step = end + (words[end : end + 1] == ["of"])
        if step >= len(words) or words[step] not in vocabulary.months:
            return None
        month = vocabulary.months[words[step]]
        year, behind = read_year_behind(words, step + 1)
    return [Atom(Written(year, month, day), None, behind) for day in days], behind, ranged


def read_day(words: list[str], at: int) -> tuple[int | None, int]:
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


def read_year_behind(words: list[str], at: int) -> tuple[int | None, int]:
    """The year behind a day and month, with or without a comma, and the place behind it."""
    if words[at : at + 1] == ["."]:
        at += 1
    step = at + (words[at : at + 1] in ([","], ["of"], ["in"]))
    word = words[step] if step < len(words) else ""
    if len(word) == 4 and word.isdecimal() and 1000 < int(word) < 2200:
        return int(word), step + 1
    return None, at


def read_atom(words: list[str], at: int, blocked: range) -> Atom | None:
    """One date: numeric, day and month, month, year, or weekday (with the date that follows it)."""
    if at >= len(words) or at in blocked:
        return None
    return (
        _read_numeric(words, at)
        or _read_weekday(words, at, blocked)
        or _read_day_month(words, at, blocked)
        or _read_month(words, at, blocked)
        or read_year(words, at)
    )


def _read_numeric(words: list[str], at: int) -> Atom | None:
    """A date in digits: 2024-11-27, 27/11/2024, 11/27/2024 where the second can be no month,
    15.03.2022."""
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
    return Atom(Written(year, month, day), None, behind) if make_day(year, month, day) else None


def _read_weekday(words: list[str], at: int, blocked: range) -> Atom | None:
    weekday = load_vocabulary().weekdays.get(words[at])
    is_word = words[at] in ("sat", "sun", "mon", "wed") and words[at + 1 : at + 2] != ["."]
    if weekday is None or is_word and not _read_day_month(words, at + 1, blocked):
        return None
    step = at + 1
    while step < len(words) and words[step] in (",", ".", "the", "("):
        step += 1
    dated = _read_day_month(words, step, blocked) if step < len(words) else None
    if dated is not None and dated.written.day is not None:
        return dated
    return Atom(Written(None, None, None), weekday, at + 1)


def _read_day_month(words: list[str], at: int, blocked: range) -> Atom | None:
    """As in "27 November", "27th of Nov. 2024", "November 27, 2024", "6 APR 89"."""
    if at >= len(words) or at in blocked:
        return None
    vocabulary = load_vocabulary()
    day, step = read_day(words, at)
    if day is not None:
        step += words[step : step + 1] in (["of"], ["-"])
        if step < len(words) and words[step] in vocabulary.months and step not in blocked:
            year, behind = read_year_behind(words, step + 1)
            short = _short_year(words, step + 1)
            if year is None and short is not None and short > 31 and step + 1 not in blocked:
                year, behind = 1900 + short, step + 2
            return Atom(Written(year, vocabulary.months[words[step]], day), None, behind)
        return None
    if words[at] not in vocabulary.months:
        return None
    step = at + 1 + (words[at + 1 : at + 2] == ["."])
    step += words[step : step + 1] == ["the"]
    day, behind = read_day(words, step)
    if day is None or step in blocked or _is_counted(words, behind):
        return None
    year, behind = read_year_behind(words, behind)
    return Atom(Written(year, vocabulary.months[words[at]], day), None, behind)


def _is_counted(words: list[str], at: int) -> bool:
    """Whether a noun follows at once that numbers count: the number is no day, then."""
    return at < len(words) and "person" in load_vocabulary().units.find(words, at)[0]


def _read_month(words: list[str], at: int, blocked: range) -> Atom | None:
    """A month, with or without its year. "May" and "March" are verbs, too: they need a word before
    them, or a year behind."""
    month = load_vocabulary().months.get(words[at])
    if month is None or at and words[at - 1] == "that":
        return None
    year, behind = read_year_behind(words, at + 1)
    if year is None and words[at + 1 : at + 3] in (["last", "year"], ["this", "year"]):
        part = words[at + 1]
        return Atom(Written(None, month, None), None, at + 3, part)
    if words[at] in ("may", "march", "mar", "dec", "sep", "jan") and year is None:
        leads = {
            "in",
            "since",
            "of",
            "by",
            "from",
            "until",
            "early",
            "late",
            "last",
            "mid",
            "-",
            "between",
            "and",
            "to",
            "through",
            "during",
            "this",
        }
        if at == 0 or words[at - 1] not in leads:
            return None
        if (
            words[at] == "march"
            and words[at - 1] in ("of", "to", "this", "and", "in", "last")
            and words[at - 2 : at - 1] == ["the"]
        ):
            return None
    if year is not None and at + 1 in blocked:
        year = None
    return Atom(Written(year, month, None), None, behind)


def read_year(words: list[str], at: int) -> Atom | None:
    word = words[at]
    if len(word) != 4 or not word.isdecimal() or not 1900 <= int(word) <= 2100:
        return None
    if _is_counted(words, at + 1) or words[at + 1 : at + 2] in (["gmt"], ["hours"], ["km"]):
        return None
    if at and words[at - 1] not in YEAR_LEADS | DASHES | JOINS and not _follows_year(words, at):
        return None
    return Atom(Written(int(word), None, None), None, at + 1)


def _follows_year(words: list[str], at: int) -> bool:
    return words[at - 1] in (",", "(") and at > 1


def resolve_atoms(atoms: list[Atom], anchor: Anchor | None) -> list[list[tuple[date, date]]]:
    """The bounds of each date of a list. A year said once holds for all; a day is not later than
    the one behind it in a range."""
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
            elif year and borrowed and found and bounds and bounds[0][0] > found[-1][0][1]:
                bounds = bound_written(written._replace(year=year - 1), anchor)
        if not bounds:
            return []
        found.append(bounds)
    return found[::-1]


def _pull_back(bounds: tuple[date, date], following: list[tuple[date, date]]) -> tuple[date, date]:
    """A date without a year, a year earlier where it would lie behind the date that follows it."""
    if bounds[0] <= max(last for _, last in following):
        return bounds
    return shift_months(bounds[0], -12), shift_months(bounds[1], -12)


def _resolve_weekday(
    weekday: int, anchor: Anchor | None, following: list[tuple[date, date]] | None
) -> list[tuple[date, date]]:
    if following:
        return [
            (day, day)
            for _, last in following
            for day in find_weekdays(weekday, Anchor(last, last))
        ]
    return [(day, day) for day in find_weekdays(weekday, anchor)] if anchor else []
