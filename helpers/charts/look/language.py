"""Language: the fixed words of the figures, and how they write days and numbers.

All stand in strings.toml, a table a language. Ask for them with `find_words(study)`:

    words = find_words(study)
    words("more_in_table", n=3)                # 3 more not shown
    words.count("texts", 5)                    # 5 texts
    words.day(day), words.period(start, end)   # 26 Oct; 26 Oct to 9 Nov
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.analysis.selection import Study
from helpers.charts.look.style import find_style

LONG = 365  # days, of a period that is named by its months
TWICE = re.compile(r"(?<!\.)\.\.(?!\.)")  # a sentence that ends with "6. Dez."
FORMS = ("bare", "the", "dative")  # of a word for a side: without article, with it, after "by"
LINKS = (" of ", " in ", " from ", " at ", " near ")  # of a common word and a place's name
STRINGS = Path(__file__).parent / "strings.toml"


@cache
def load_strings() -> dict[str, dict[str, Any]]:
    """Language → name → words."""
    return tomllib.loads(STRINGS.read_text("utf-8"))


@cache
def _load_territories(language: str) -> Mapping[str, str]:
    """ISO code (alpha-2) → the name of a territory in a language, as the Unicode CLDR has it."""
    from babel import Locale

    return Locale.parse(language).territories


def find_words(study: Study) -> Words:
    """The words of the language that style.toml asks for, English where it asks for none, with its
    own forms of days and numbers; days have their year where what the texts tell spans two."""
    style, period = find_style(study), study.period
    years = period is not None and period[0].year != period[1].year
    return Words(style.language, tuple(style.format.items()), years)


@dataclass(frozen=True)
class Words:
    """The words of one language. own: what a house writes otherwise (name, words). years: whether
    every day has its year."""

    language: str = "en"
    own: tuple[tuple[str, str], ...] = ()
    years: bool = False

    def __call__(self, name: str, **values: Any) -> str:
        """The words of a name, its braces filled in.

        >>> Words()("more_in_table", n=3)
        '3 more not shown'
        """
        words = dict(self.own).get(name) or load_strings()[self.language][name]
        return TWICE.sub(".", words.format(**values)) if values else words

    def count(self, name: str, number: int, **values: Any) -> str:
        """The words of a name for one (name_one) or several (name_many).

        >>> Words().count("texts", 1), Words().count("texts", 5)
        ('1 text', '5 texts')
        """
        return self(f"{name}_{'one' if number == 1 else 'many'}", n=number, **values)

    def quote(self, text: str) -> str:
        """Words of a text in quotation marks; those within them become single."""
        inner = text.replace("“", "‘").replace("”", "’")
        if inner.count("‘") != inner.count("’") and "‘" in inner:
            inner = inner.replace("‘", "")
        return self("quote", words=inner)

    def join(self, parts: list[str], link: str = "and") -> str:
        """a; a and b; a, b and c; with the link "or" a, b or c."""
        if len(parts) < 2:
            return "".join(parts)
        return self(link, first=", ".join(parts[:-1]), last=parts[-1])

    def month(self, day: pd.Timestamp) -> str:
        """Oct."""
        return load_strings()[self.language]["months"][day.month - 1]

    def day(self, day: pd.Timestamp, year: bool = False) -> str:
        """26 Oct; 26 Oct 2025 with its year, which it always has where `years` holds."""
        named = {"day": day.day, "month": self.month(day), "year": day.year}
        return self("day_year" if year or self.years else "day", **named)

    def tick(self, day: pd.Timestamp) -> str:
        """A day as an axis names it: 26 Oct; the first of a month as Nov 2024, where days have
        their year."""
        return f"{self.month(day)} {day.year}" if self.years and day.day == 1 else self.day(day)

    def _bare(self, day: pd.Timestamp) -> str:
        """26 Oct, of a period whose end names the year."""
        return self("day", day=day.day, month=self.month(day))

    def period(self, start: pd.Timestamp, end: pd.Timestamp, year: bool = False) -> str:
        """26 Oct; 26–31 Oct; 26 Oct to 9 Nov; with the year at the end, if it is asked for, and at
        the beginning where that is another; of more than a year months, of whole years the years
        alone."""
        if start == end:
            return self.day(start, year)
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            ends = [str(start.year), str(end.year)]
            return ends[0] if ends[0] == ends[1] else self("span", first=ends[0], last=ends[1])
        if (start.year, start.month) == (end.year, end.month):
            return self("span_month", first=start.day, last=self.day(end, year))
        if (end - start).days > LONG:  # to the month: no text names the days
            ends = [f"{self.month(day)} {day.year}" for day in (start, end)]
            first = str(start.year) if (start.month, start.day) == (1, 1) else ends[0]
            return self("span", first=first, last=ends[1])
        years = year or self.years or start.year != end.year
        first = self.day(start, True) if start.year != end.year else self._bare(start)
        return self("span", first=first, last=self.day(end, years))

    def number(self, value: float) -> str:
        """25,000; 1.5 million."""
        if abs(value) >= 1e6:
            return self("million", number=self._mark(f"{value / 1e6:g}"))
        return self._mark(f"{value:,.6g}")

    def round(self, value: float) -> str:
        """A derived value as it may be said: two significant digits. 36,000; 2,400; 0.4."""
        return self.number(float(f"{value:.2g}"))

    def range(self, low: float, high: float) -> str:
        """15 to 25; one number where both ends say the same."""
        ends = [self.round(low), self.round(high)]
        return ends[0] if ends[0] == ends[1] else self("span", first=ends[0], last=ends[1])

    def distance(self, km: float) -> str:
        """1,000 km."""
        return self("km", n=self.number(km))

    def country(self, code: str, name: str) -> str:
        """The name of a country, given by its ISO code (alpha-3) and its English name, from the
        Unicode CLDR; the English one where that has none.

        >>> Words("de").country("SYR", "Syria"), Words().country("SYR", "Syria")
        ('Syrien', 'Syria')
        """
        if self.language == "en":
            return name
        from helpers.extract.places.geonames import read_country

        try:
            return _load_territories(self.language).get(read_country(code), name)
        except ValueError:  # a territory that has no code of its own
            return name

    def disputed(self, name: str, note: str) -> tuple[str, str]:
        """(name, note) of a disputed area, given in English; the note is English where the language
        has none."""
        told = load_strings()[self.language].get("disputed", {})
        return tuple(told.get(name, (name, note)))

    def turn(self, english: str) -> str:
        """A fixed sentence of a caption, or what it calls claims that are not drawn, given in
        English, in this language; as it is where the language has none.

        >>> Words("de").turn("a person"), Words().turn("a person")
        ('eine Person', 'a person')
        """
        return load_strings()[self.language].get("captions", {}).get(english, english)

    def reason(self, english: str) -> str:
        """In what answers to a question differ, given as helpers.analysis.questions says why.

        >>> Words().reason("different days"), Words("de").reason("different days")
        ('the days counted', 'die gezählten Tage')
        """
        return load_strings()[self.language]["reasons"].get(english, english)

    def name(self, name: str, form: str = "bare") -> str:
        """A side or a source as this language has it: a common word for one ("government") is
        translated, as is a country; another name of its own stays as the texts write it. form: one
        of FORMS.

        >>> [Words("de").name(name) for name in ("government", "doctors in Hama", "Russia", "HTS")]
        ['Regierung', 'Ärzte in Hama', 'Russland', 'HTS']
        >>> Words("de").name("government", "dative"), Words().name("government")
        ('der Regierung', 'government')
        """
        is_short = len(name) <= len("SYR")  # an abbreviation; IS is not Iceland
        return self._find_actor(name, form) or (name if is_short else self.country(name, name))

    def knows(self, name: str) -> bool:
        """Whether this language has a word of its own for a side or a source."""
        return bool(self._find_actor(name, "bare"))

    def _find_actor(self, name: str, form: str) -> str:
        """The word for a side or a source, with the place behind it ("mayor of Dunvarra"); "" of
        one that has none."""
        actors = load_strings()[self.language].get("actors", {})
        if forms := actors.get(name):
            return str(forms[min(FORMS.index(form), len(forms) - 1)])
        for link in LINKS:
            head, found, place = name.partition(link)
            if found and place[:1].isupper() and head in actors:
                return f"{self._find_actor(head, form)}{actors[link][0]}{place}"
        return ""

    def _mark(self, number: str) -> str:
        """A number with the language's marks in the place of the English ones."""
        marks = {",": self("thousands"), ".": self("decimal")}
        return "".join(marks.get(letter, letter) for letter in number)

    def spell(self, number: int) -> str:
        """three; 15 of what has no word of its own."""
        numbers = load_strings()[self.language]["numbers"]
        return numbers[number] if 0 < number < len(numbers) else str(number)
