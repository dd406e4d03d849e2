"""Days: one day as spreadsheets and people write it in a cell, and what else it might mean."""

import re
from datetime import date, timedelta
from functools import cache

# What Excel counts whole days from; until 1900-02-28 it is one off, and no text tells of those.
EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(10_000, 100_000)  # 1927 to 2173: fewer or more digits are no day
TURN = 30  # of two digits, the first that Excel and LibreOffice take for 1930
MONTHS = (  # English and German, the languages in which spreadsheets were tried
    ("january", "januar", "jänner"),
    ("february", "februar"),
    ("march", "märz", "mrz", "maerz"),
    ("april",),
    ("may", "mai"),
    ("june", "juni"),
    ("july", "juli"),
    ("august",),
    ("september",),
    ("october", "oktober"),
    ("november",),
    ("december", "dezember"),
)
_WORD = r"(?P<month>[^\W\d_]{3,})\.?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_TIME = re.compile(r"[T ]0?0:00(?::00(?:\.0+)?)?$")
_WEEKDAY = re.compile(r"^[^\W\d_]+\.?, ?")
_ISO = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})\.?")
_NAMED = [
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[. -]*{_WORD}[, -]*{_YEAR}"),
    re.compile(rf"{_WORD}[ -]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +{_YEAR}"),
]


@cache
def list_days(cell: str) -> tuple[date, ...]:
    """Every day that a cell may mean: one where it is clear, none where it is no day. With dots the
    day stands first; with other signs one of the two must be above 12, or both the same. Five
    digits are a day as Excel counts them.

    >>> [str(day) for day in list_days("29-Nov-24") + list_days("03/04/2024")]
    ['2024-11-29', '2024-04-03', '2024-03-04']
    """
    words = _TIME.sub("", " ".join(cell.split()))
    if re.fullmatch(r"\d{5}(?:[.,]0+)?", words) and int(words[:5]) in SERIALS:
        return (EXCEL_EPOCH + timedelta(int(words[:5])),)
    if match := _ISO.fullmatch(words):
        return _make_days([(int(match[1]), int(match[3]), int(match[4]))])
    if match := _FIGURES.fullmatch(words):
        return _make_days(_list_orders(match[1], match[2], match[3], match[4]))
    words = _WEEKDAY.sub("", words) if words[:1].isalpha() else words
    for pattern in _NAMED:
        if (match := pattern.fullmatch(words)) and (month := find_month(match["month"])):
            return _make_days([(_read_year(match["year"]), month, int(match["day"]))])
    return ()


def _list_orders(first: str, sign: str, second: str, year: str) -> list[tuple[int, int, int]]:
    """What three figures may mean, as (year, month, day)."""
    years, one, two = _read_year(year), int(first), int(second)
    orders = [(years, two, one)]
    if sign != ".":
        orders.append((years, one, two))
    if sign == "-" and len(first) == len(year) == 2:  # ISO 8601 once allowed 24-11-29
        orders.append((_read_year(first), two, int(year)))
    return orders


def _make_days(orders: list[tuple[int, int, int]]) -> tuple[date, ...]:
    days = []
    for order in orders:
        try:
            days.append(date(*order))
        except ValueError:
            continue
    return tuple(dict.fromkeys(days))


def _read_year(figures: str) -> int:
    year = int(figures)
    if len(figures) == 4:
        return year
    return year + (2000 if year < TURN else 1900)


def find_month(word: str) -> int:
    """The number of a month from its name, or from its first three letters or more; 0 for none.

    >>> find_month("Dez"), find_month("sept"), find_month("mars")
    (12, 9, 0)
    """
    word = word.lower().rstrip(".")
    if len(word) < 3:
        return 0
    return next(
        (
            number
            for number, names in enumerate(MONTHS, 1)
            if any(name.startswith(word) for name in names)
        ),
        0,
    )


def ask_day(cell: str) -> str:
    """The question that a cell leaves which may be several days; "" where it is clear, or none."""
    days = list_days(cell)
    if len(days) < 2:
        return ""
    said = " or ".join(f"{day.day} {day:%b %Y}" for day in days)
    return f"“{cell}” may be {said}; write the one that is meant, as {days[0]} or {days[-1]}"


def read_span(cell: str) -> str:
    """A day, or two as first/last, in ISO form; the cell as it is where that is not clear.

    >>> read_span("27.11.2024 – 8 Dec 2024"), read_span("29/11/2024"), read_span("03/04/2024")
    ('2024-11-27/2024-12-08', '2024-11-29', '03/04/2024')
    """
    days = list_days(cell)
    if days:
        return days[0].isoformat() if len(days) == 1 else cell
    parts = re.split(r"\s*(?:/|–|—|\bto\b|\bbis\b)\s*", cell)
    ends = [list_days(part) for part in parts]
    if len(parts) == 2 and all(len(end) == 1 for end in ends):
        return "/".join(end[0].isoformat() for end in ends)
    return cell
