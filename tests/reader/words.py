"""Numbers, days and quotations as they stand in English sentences, read without the code that wrote them."""

import calendar
import contextlib
import re
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL = {word: number for number, word in enumerate(ONES)}
SMALL |= {word: 10 * number for number, word in enumerate(TENS, 2)}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9}
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}

DIGITS = r"[−-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[−-]?\d+(?:\.\d+)?"
WORD = "|".join(sorted([*SMALL, *SCALES], key=len, reverse=True))
PART = "|".join(f"{name}s?" for name in PARTS).replace("halfs?", "half|halves")
SPELLED = rf"(?:{WORD})(?:[ -](?:and a half|(?:and )?(?:{WORD}|{PART})))*|half"
NUMBER = re.compile(
    rf"(?<![\w.,])(?:{DIGITS})(?:[  ](?:thousand|million|billion))?(?![\w]|[.,]\d)"
    rf"|\b(?:{SPELLED})\b",
    re.I,
)


def read_number(words: str) -> float | None:
    """The value of a number in digits or words: 1.5 million, one and a half million, two-thirds (2/3)."""
    words = words.lower().replace("−", "-").replace("\u00a0", " ").strip()
    value, scale = words, 1
    for name, size in SCALES.items():
        if words.endswith(" " + name) and re.fullmatch(DIGITS, words.removesuffix(" " + name)):
            value, scale = words.removesuffix(" " + name), size
    if re.fullmatch(DIGITS, value):
        return float(value.replace(",", "")) * scale
    return _read_spelled(re.split(r"[ -]", words))


def _read_spelled(parts: list[str]) -> float | None:
    """twenty two; one and a half million; two thirds; None for words that are no number."""
    total, here = Fraction(0), Fraction(0)
    for part in parts:
        singular = {"halves": "half"}.get(part, part.removesuffix("s"))
        if part in ("and", "a"):
            continue
        if part in SMALL:
            here += SMALL[part]
        elif part == "hundred":
            here = (here or 1) * 100
        elif part in SCALES:
            total, here = total + (here or 1) * SCALES[part], Fraction(0)
        elif singular in PARTS:
            share = Fraction(1, PARTS[singular])
            here = here + share if singular == "half" and "and" in parts else (here or 1) * share
        else:
            return None
    return float(total + here)


def find_numbers(text: str) -> list[tuple[int, int, float]]:
    """(start, end, value) of each number in a text, in digits or words; "one" in "no one" is none."""
    found = []
    for match in NUMBER.finditer(text):
        if re.search(r"\b(?:no|every|any|this|that|each|the|which) $", text[: match.start()], re.I):
            if match[0].lower() in ("one", "half"):
                continue
        found.append((match.start(), match.end(), read_number(match[0])))
    return found


def list_values(text: str) -> list[float]:
    return [value for _, _, value in find_numbers(text)]


# --- days ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Days:
    """A stretch of days as a text writes it: its first and last day, each as finely as it is written (day, month,
    year), and whether a year is named: "2011 to Dec 2024" begins in a year and ends in a month."""

    first: pd.Timestamp
    last: pd.Timestamp
    units: tuple
    year_said: bool
    start: int
    end: int

    def fits(self, first, last) -> bool:
        """Whether days from `first` to `last` would be written so."""
        if pd.isna(first) or pd.isna(last):
            return False
        for said, day, unit in (
            (self.first, first, self.units[0]),
            (self.last, last, self.units[1]),
        ):
            length = {"day": 10, "month": 7, "year": 4}[unit]
            pair = [f"{one:%Y-%m-%d}"[:length] for one in (said, day)]
            if not self.year_said:
                pair = [one[5:] for one in pair]
            if pair[0] != pair[1]:
                return False
        return True


MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
YEAR = r"(?:19|20)\d\d"
TO = r"(?: ?– ?| to | and )"
END = (
    rf"(?P<d{{0}}>\d{{{{1,2}}}}) (?P<m{{0}}>{MONTH})(?: (?P<y{{0}}>{YEAR}))?"
    rf"|(?P<n{{0}}>{MONTH}) (?P<x{{0}}>{YEAR})|(?P<z{{0}}>{YEAR})"
)
# 29–30 Nov 2024; 27 Nov to 8 Dec; Mar 2011 to Dec 2024; 2011 to Dec 2024; 8 Dec; 1982
DAYS = re.compile(
    rf"(?<![\w.,–-])(?:(?P<d0>\d{{1,2}}){TO}(?P<d9>\d{{1,2}}) (?P<m9>{MONTH})(?: (?P<y9>{YEAR}))?"
    rf"|(?:{END.format(1)})(?:{TO}(?:{END.format(2)}))?)(?![\w]|[.,]\d)"
)


def find_days(text: str, year: int) -> list[Days]:
    """The stretches of days that a text names; `year` stands in where it names none. 31 November is no day."""
    found = []
    for match in DAYS.finditer(text):
        with contextlib.suppress(ValueError):
            found.append(_read_days(match, year))
    return found


def _read_days(match: re.Match, year: int) -> Days:
    got = match.groupdict()
    if got["d0"]:
        ends = [(got[day], got["m9"], got["y9"]) for day in ("d0", "d9")]
    else:
        ends = [_read_end(got, number) for number in "12"]
        ends = [end for end in ends if end[1] or end[2]]
        if len(ends) == 1:
            ends *= 2
    said = [end[2] or ends[-1][2] for end in ends]
    (first, _), (_, last) = (
        _span(day, month, int(named or year)) for (day, month, _), named in zip(ends, said)
    )
    units = tuple("day" if day else "month" if month else "year" for day, month, _ in ends)
    return Days(first, last, units, bool(said[-1]), *match.span())


def _read_end(got: dict, number: str) -> tuple:
    """(day, month, year) of one end, each as written or None."""
    year = got["y" + number] or got["x" + number] or got["z" + number]
    return got["d" + number], got["m" + number] or got["n" + number], year


def _span(day: str | None, month: str | None, year: int) -> tuple:
    """The first and the last day of a day, month or year."""
    if not month:
        return pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 31)
    first = pd.Timestamp(year, MONTHS[month.lower()], int(day or 1))
    return first, first if day else first + pd.offsets.MonthEnd(0)


# --- sentences and quotations --------------------------------------------------------------------

QUOTED = re.compile(r"“([^“”]+)”")


def split_sentences(text: str) -> list[str]:
    """Sentences; a full stop within a quotation or a number ends none."""
    quotes = [match.span() for match in QUOTED.finditer(text)]
    cuts = [0]
    for match in re.finditer(r"[.!?](?=\s+[A-Z“\d(])|\n\n+", text):
        if not any(start < match.start() < end - 1 for start, end in quotes):
            cuts.append(match.end())
    pieces = [text[start:end].strip() for start, end in zip(cuts, [*cuts[1:], len(text)])]
    return [piece for piece in pieces if piece]


def smooth(words: str) -> str:
    """Words with single spaces and plain quotation marks, as quotations are compared."""
    return re.sub(r"[“”‘’']", '"', " ".join(words.split()))


HEDGES = {
    "more_than": r"more than|over|greater than|upwards of",
    "at_least": r"at least|no fewer than|no less than",
    "less_than": r"less than|fewer than|under|within",
    "up_to": r"up to|at most|no more than",
    "nearly": r"nearly|almost|close to",
    "about": r"about|approximately|some|around|roughly",
    "between": r"between",
}


def read_hedge(words: str) -> str:
    """The quantifier that the words before a number give it; "" where they give none."""
    lowered = words.lower()
    for name, pattern in HEDGES.items():
        if re.search(rf"\b(?:{pattern})\b", lowered):
            return name
    return ""
