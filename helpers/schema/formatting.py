"""Formatting: numbers, spans and days in words, the same on charts, pages and in reports."""

import difflib
import re

import pandas as pd


def suggest(wrong: str, allowed) -> str:
    """The end of a sentence on a wrong name: `; did you mean "…"?`, or a full stop when none is
    near."""
    near = difflib.get_close_matches(str(wrong), [str(name) for name in allowed], 1, 0.5)
    return f'; did you mean "{near[0]}"?' if near else "."


def is_misspelt(word: str, allowed) -> bool:
    """Whether a word is one of `allowed` but for a letter or two."""
    return bool(difflib.get_close_matches(word, allowed, 1, 0.85))


def count(number: int, noun: str) -> str:
    """1 claim; 2 claims."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def join_words(words: list[str]) -> str:
    """a; a and b; a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def end_sentence(words: str) -> str:
    """Words with the full stop that they lack."""
    return words if words.endswith((".", "?", "!")) else f"{words}."


def say_day(day) -> str:
    """8 December 2024."""
    return f"{day.day} {day:%B %Y}"


def say_period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """29 Nov 2024; 27–30 Nov 2024; Nov 2024; 2012 to 2016; 2011 to Dec 2024, where a year alone
    begins it."""
    if start == end:
        return f"{start.day} {start:%b %Y}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year}" if start.year == end.year else f"{start.year} to {end.year}"
    if start.day == 1 and end == start + pd.offsets.MonthEnd(0):
        return f"{start:%b %Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {end:%b %Y}"
    if start.year == end.year:
        return f"{start.day} {start:%b} to {end.day} {end:%b %Y}"
    first = f"{start:%Y}" if (start.month, start.day) == (1, 1) else f"{start:%b %Y}"
    last = f"{end:%Y}" if (end.month, end.day) == (12, 31) else f"{end:%b %Y}"
    return f"{first} to {last}"


def say_when(claim) -> str:
    """The days of a claim as its kind means them. 27–30 Nov 2024: a period, all its days are
    counted; "a day in 27–30 Nov 2024": a point, on one of them; "7 days or fewer in 27 Nov to 7 Dec
    2024": a window; "undated"."""
    if pd.isna(claim.date_start):
        return "undated"
    days = say_period(claim.date_start, claim.date_end)
    if claim.date_kind == "window":
        return f"{count(claim.days_most, 'day')} or fewer in {days}"
    if claim.date_kind == "point" and claim.date_start != claim.date_end:
        return f"a day in {days}"
    return days


def name_harmed(claim) -> str:
    """Whom a casualty figure counts, and of which side, as far as the text says: civilians;
    combatants of Russia; ""."""
    if claim.topic != "casualties":
        return ""
    people = {"civilian": "civilians", "combatant": "combatants"}.get(claim.affected, "")
    sides = join_words(claim.affected_side.split(";")) if claim.affected_side else ""
    return f"{people or 'people'} of {sides}" if sides else people


def say_attribution(claim) -> str:
    """Who says so, where the text names somebody or its own word does not stand behind it: " (UN)",
    " (claimed · HTS)", " (expected)"; "" for what the text reports itself."""
    attribution = [] if claim.assertion == "reported" else [claim.assertion]
    attribution += [claim.source_original.replace(";", ", ")] if claim.source_original else []
    return f" ({' · '.join(attribution)})" if attribution else ""


def spell_months(words: str) -> str:
    """Days as a sentence says them: 27 November to 7 December 2024 for 27 Nov to 7 Dec 2024."""
    full = {f"{day:%b}": f"{day:%B}" for day in pd.date_range("2024-01-01", periods=12, freq="MS")}
    return re.sub(rf"\b(?:{'|'.join(full)})\b", lambda month: full[month[0]], words)


def say_round(value: float) -> str:
    """A derived value as it may be said: two significant digits. 36,000; 2,400; 0.4."""
    return say_number(float(f"{value:.2g}"))


def say_range(low: float, high: float) -> str:
    """15 to 25; one number where both ends say the same; "140 or more" where the top is open."""
    if high is None or high != high:
        return f"{say_round(low)} or more"
    ends = [say_round(low), say_round(high)]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def say_number(value: float) -> str:
    """1,500; 1.5 million."""
    return f"{value / 1e6:g} million" if abs(value) >= 1e6 else f"{value:,.6g}"
