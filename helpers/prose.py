"""Prose: numbers, spans and days in words, the same on charts, pages and in reports."""

import pandas as pd


def count(number: int, noun: str) -> str:
    """1 claim; 2 claims."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def join_words(words: list[str]) -> str:
    """a; a and b; a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def say_day(day) -> str:
    """8 December 2024."""
    return f"{day.day} {day:%B %Y}"


def say_period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """29 Nov 2024; 27–30 Nov 2024; Nov 2024; 2012 to 2016."""
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
    return f"{start:%b %Y} to {end:%b %Y}"


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
