"""Findings: the title of a figure over time, computed from the statements that it draws.

The first of these that holds: two sources on the same people and days; a running total of one
source; no figure for the whole period; the largest figure, with its source. A number never stands
without who says it, and keeps its hedge.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers.analysis.attribution import is_plural, takes_article
from helpers.analysis.comparisons import find_obstacle
from helpers.analysis.selection import Study
from helpers.analysis.settings.derived import name_country
from helpers.analysis.statements import Statement, Totals
from helpers.charts.look.language import Words
from helpers.charts.page.grid import quote_within
from helpers.charts.page.sums import find_sums, say_sum
from helpers.corpus.places import measure_between, name_places, split_values

ABROAD = "7"  # precision of a place that lies outside the country
NEAR = pd.Timedelta(days=1)  # by which the days of two figures may differ and still be the same


@dataclass(frozen=True)
class Story:
    """What a title is made from. rows: statements of the period, the bars of the figure; all: those
    drawn on other scales too; period: the days told of; subject: "killed" or "displaced", as
    strings.toml names it; what: a word for what befell people."""

    study: Study
    words: Words
    subject: str
    rows: list[Statement]
    totals: list[Totals]
    others: list[Statement]

    def find_title(self) -> list[str]:
        """The title, and shorter ones for narrow widths."""
        return (
            self.tell_two_sources()
            or (self.tell_running() if self.is_low else [])  # it draws these alone
            or self.tell_whole()
            or self.tell_running()
            or self.tell_none()
            or self.tell_largest()
            or [self.words(f"no_number_{self.subject}{self.selected}")]
        )

    @property
    def days(self) -> tuple[pd.Timestamp, pd.Timestamp] | None:
        """The days that its title says no text counts, where it names them."""
        if self.study.settings.get("offensive") or self.tell_two_sources():
            return None
        if self.tell_whole() or self.tell_running():
            return None
        return self.study.period if self.tell_none() else None

    @property
    def is_low(self) -> bool:
        """Whether a page has room for a panel of lines and nothing else."""
        return bool(self.study.parameters["width"] == "slide")

    @property
    def selected(self) -> str:
        """The end of a name in strings.toml, where only some of the texts were read."""
        return "_selected" if self.study.selection else ""

    @property
    def counted(self) -> list[Statement]:
        """The main figures of the period that have a number, the largest first."""
        main = [one for one in self.rows if one.first.measure in MAIN[self.subject]]
        numbers = [one for one in main if not one.worded and not one.first.part_of]
        return sorted(numbers, key=lambda one: -one.number)

    def tell_two_sources(self) -> list[str]:
        """Two named sources on the same people, place and days, one of them with the largest figure
        of all."""
        counted = [one for one in self.counted if one.sources]
        places = self.study.places
        for largest in counted[:1]:
            for other in counted[1:]:
                if _is_same_question(largest, other, places):
                    what = self.say_what(largest)
                    one, two = self.say_speaks(largest, what), self.say_speaks(other)
                    place = self.say_place(largest)
                    brief = self.words(
                        "two_numbers",
                        place=place,
                        first=self.words.quote(largest.first.number),
                        what=what,
                        one=self.say_source(largest),
                        last=self.words.quote(other.first.number),
                        other=self.say_source(other),
                    )
                    return [self.words("two_sources", place=place, one=one, other=two), brief]
        return []

    def tell_whole(self) -> list[str]:
        """The toll of the whole country that counts most days of the period, with its last day, or
        that of the counts that it is the sum of: the largest, a party's only where nobody else
        gives one."""
        if self.subject != "killed" or self.study.period is None:
            return []
        tolls = [one for one in self.counted if self.is_national(one, self.study.period)]
        if not tolls:
            return []
        one = min(tolls, key=lambda one: (one.party, -one.number))
        said = {
            "quote": self.words.quote(one.first.number),
            "what": self.say_what(one),
            "place": name_cell(self.study, self.words, one.first.place),
            "day": self.words.day(one.first.date_end),
            "says": self.say_says(one),
        }
        parts = find_sums(self.rows).get(one.first.claim_id)
        if parts:
            summed = self.words("whole_sum", sum=say_sum(self.words, parts), **said)
            return [summed, self.words("whole_bare", **said)]
        return [self.words("whole", **said)]

    def tell_running(self) -> list[str]:
        """The last of a source's running totals, and from which it has come, of the largest line;
        then without the first. None that its source has withdrawn."""
        lines = [line for totals in self.totals for line in totals.lines]
        lines = [[one for one in line if not one.withdrawn] for line in lines]
        lines = [line for line in lines if len(line) > 1]
        lines = [line for line in lines if line[0].first.measure in MAIN[self.subject]]
        if not lines:
            return []
        first, *_, last = max(lines, key=lambda line: line[-1].number)
        told = self.words(
            f"running_{self.subject}" if last.first.place else "running_nowhere",
            quote=self.words.quote(last.first.number),
            what=self.say_what(last),
            place=name_cell(self.study, self.words, last.first.place),
            day=self.words.day(last.first.date_end),
            says=self.say_says(last),
        )
        span = self.say_span((last.first.date_end - first.first.date_end).days)
        whence = "up" if last.number > first.number else "down"
        if last.number == first.number:
            whence = "level"
        quote = quote_within(self.words, first)
        before = self.words(f"running_{whence}", first=quote, span=span)
        told = told[:1] + told[1:2].upper() + told[2:]  # a quotation begins the sentence
        return [told] if self.is_low else [f"{told}, {before}", told]

    def tell_none(self) -> list[str]:
        """That no figure counts all people of the period, where none does."""
        period = self.study.period
        if period is None or len(self.rows) < 2:
            return []
        whole = [one for one in self.counted if self.is_whole(one, period)]
        if whole:
            return []
        said = self.words("these_days", days=self.words.period(*period))
        if self.study.settings.get("offensive"):
            said = self.words("the_offensive")
        return [self.words(f"no_total_{self.subject}{self.selected}", period=said)]

    def is_national(self, one: Statement, period: tuple[pd.Timestamp, pd.Timestamp]) -> bool:
        """Whether a figure counts everybody in the whole country on most days of the period, and
        its source stands by it."""
        first = one.first
        days = min(first.date_end, period[1]) - max(first.date_start, period[0])
        most = 2 * (days.days + 1) > (period[1] - period[0]).days + 1
        everybody = first.affected in ("", "unknown", "mixed") and not first.affected_side
        return bool(most and everybody and first.place_prec == "6" and not one.withdrawn)

    def is_whole(self, one: Statement, period: tuple[pd.Timestamp, pd.Timestamp]) -> bool:
        """Whether a figure counts all people whom the period harmed, as far as its words say."""
        first = one.first
        spans = first.date_start <= period[0] + NEAR and first.date_end >= period[1] - NEAR
        everybody = first.affected in ("", "unknown", "mixed") and not first.affected_side
        widest = first.place_prec in ("", "6", "7") or first.place == self.widest_place
        return bool(spans and everybody and widest)

    @property
    def widest_place(self) -> str:
        """The place that most figures of the period are of."""
        named = pd.Series([one.first.place for one in self.counted], dtype=object)
        return "" if named.empty else str(named.mode().iloc[0])

    def tell_largest(self) -> list[str]:
        """The largest figure with its source; of a single figure with its days too."""
        found = self.counted or sorted(
            (one for one in self.others if not one.worded), key=lambda one: -one.number
        )
        if not found:
            return []
        one = found[0]
        said = {
            "place": self.say_place(one),
            "quote": self.words.quote(one.first.number),
            "what": self.say_what(one),
            "says": self.say_says(one),
        }
        if len(self.rows) + len(self.others) > 1:
            return [self.words("largest", **said)]
        days = self.words.period(one.first.date_start, one.first.date_end)
        return [self.words("only", days=days, **said), self.words("largest", **said)]

    # --- words -----------------------------------------------------------------------------------

    def say_place(self, one: Statement) -> str:
        """The place of a statement, as a sentence begins with it."""
        return name_place(self.study, self.words, one)

    def say_what(self, one: Statement) -> str:
        """What befell the people: killed, displaced."""
        return self.words(one.first.measure)

    def say_source(self, one: Statement) -> str:
        """Who says so, with its article; "one text" where no source is named."""
        if not one.sources:
            return self.words("one_text")
        return self.words.join([add_article(name, self.words) for name in one.sources])

    def say_says(self, one: Statement) -> str:
        """the UN says; aid workers say."""
        source = self.say_source(one)
        return self.words("say" if say_many(self.words, one.sources) else "says", source=source)

    def say_speaks(self, one: Statement, what: str = "") -> str:
        """the UN speaks of “1,350” killed."""
        quote = f"{self.words.quote(one.first.number)} {what}".strip()
        name = "speak" if say_many(self.words, one.sources) else "speaks"
        return self.words(name, source=self.say_source(one), quote=quote)

    def say_span(self, days: int) -> str:
        """three weeks; two months; five days."""
        for name, length in (("months", 60), ("weeks", 14), ("days", 0)):
            if days >= length:
                number = max(1, round(days / {"months": 30.4, "weeks": 7, "days": 1}[name]))
                form = f"{name}_{'one' if number == 1 else 'many'}"
                return self.words(form, n=self.words.spell(number))
        return ""


MAIN = {
    "killed": ("killed",),
    "displaced": ("new_displacement", "forced_to_flee"),
}


def name_place(study: Study, words: Words, one: Statement) -> str:
    """The name of a statement's place, its first letter large."""
    name = name_cell(study, words, one.first.place) or words("place_unsaid")
    return name[:1].upper() + name[1:]


def name_cell(study: Study, words: Words, keys: str) -> str:
    """The names of a `place` cell as places.csv has them, countries in the language of the
    figure."""
    names = {key: name_places(study.places, key) for key in split_values(keys)}
    for key in study.places.index.intersection(names):
        row = study.places.loc[key]
        if row["kind"] == "country" and row["country"]:
            names[key] = words.country(row["country"], names[key])
    return ", ".join(names.values())


def say_country(study: Study, words: Words) -> str:
    """in Sudan, after a blank; "" of no country."""
    name = name_home(study, words)
    return words("in_country", country=name) if name else ""


def name_home(study: Study, words: Words) -> str:
    """The name of the country of the war; of one that no list of countries has (it is invented)
    that of places.csv, of several there the one whose middle is nearest to the places that claims
    name; "" of none."""
    if study.country:
        return words.country(study.country, name_country(study.country))
    places = study.places
    lands = places[(places["kind"] == "country") & (places["country"] == "")]
    lands = lands[lands["prec"] != ABROAD]
    if len(lands) < 2:
        return "".join(lands["name"])
    sharp = places["prec"].isin(["1", "2", "3"]) & places["lat"].notna()
    named = {key for cell in study.coded["place"] for key in split_values(cell)}
    points = [key for key in places.index[sharp] if key in named]
    away = {land: [measure_between(places, land, key) for key in points] for land in lands.index}
    near = [land for land in lands.index if points and not pd.isna(away[land]).any()]
    nearest = min(near, key=lambda land: sum(away[land]), default="")
    return str(places.loc[nearest, "name"]) if nearest else ""


def say_many(words: Words, sources: list[str]) -> bool:
    """Whether a sentence says "say" of them, in the language of the figure."""
    if len(sources) == 1 and words.knows(sources[0]):  # German plurals have this article alone
        return words.name(sources[0], "dative").startswith("den ")
    return is_plural(sources)


def add_article(source: str, words: Words, form: str = "the") -> str:
    """The UN; IOM; the regional government; aid workers; a soldier. form: of a language that has
    several, as Words.name takes it.

    >>> [add_article(name, Words()) for name in ("UN", "IOM", "government", "nurses", "a nurse")]
    ['the UN', 'IOM', 'the government', 'nurses', 'a nurse']
    """
    named = words.name(source, form)
    if words.knows(source) or not takes_article(source):
        return named
    return words("the", source=named)


def _is_same_question(one: Statement, other: Statement, places: pd.DataFrame) -> bool:
    """Whether two sources give other numbers for the same people and days."""
    a, b = one.first, other.first
    if set(one.sources) & set(other.sources) or one.number == other.number or one.denials:
        return False
    days = abs(a.date_start - b.date_start) <= NEAR and abs(a.date_end - b.date_end) <= NEAR
    return bool(days) and a.place == b.place and not find_obstacle(a, b, places)
