"""What a chart may say in numbers: counts, values, lengths and days, recomputed from the tables
under names.

A Scene is a chart beside its tables: which claims its marks rest on, which it leaves out. `WORDS`
binds the words beside a number to the rows that they mean, so that "3 numbers for the dead" can
only be three claims of killed that bear a number.
"""

import itertools
import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from .canvas import SIDES, is_time
from .tables import (
    VALUES,
    Tables,
    account_numbers,
    count_days,
    date_captures,
    find_route,
    list_captures,
    list_speeds,
    list_values,
    measure_km,
    name_sources,
    split,
)

FLED = ["new_displacement", "forced_to_flee"]
MOVED = ["new_displacement", "forced_to_flee", "idps"]
# Words beside a number → what they are about, a column, and the values that it then has. Tried in
# this order; what one pattern takes the next does not see. Patterns of one subject widen each other
# ("entry or capture claims"), subjects narrow each other ("civilians killed").
WORDS = [
    (r"of an event on a day unknown", "dated", "somewhere", None),
    (r"of a base without a number", "number", "any", None),
    (r"without (?:a|any) (?:figure|number)(?: for people)?(?: or as a share)?",
     "number", "uncounted", None),
    (r"of no day or of others", "within", "within", [False]),
    (r"\bcounts? other days for the most part", "beyond", "beyond", [True]),
    (r"without a date|undated|no date|no day", "dated", "date_prec", ["7"]),
    (r"\bdated\b", "dated", "date_prec", ["1", "2", "3", "4", "5", "6"]),
    (r"(?:in|use|uses|gives?) words(?: alone)?|words alone|(?:no|bears? no|gives? no) number|vague",
     "number", "quantifier", ["vague"]),
    (r"puts? a number|with a number", "number", "numbered", None),
    (r"for (?:the whole|all these days)", "span", "whole", [True]),
    (r"killed or harmed", "what", "topic", ["casualties"]),
    (r"on people displaced", "what", "topic", ["displacement"]),
    (r"killed or injured", "what", "measure", ["killed_or_injured"]),
    (r"new(?:ly)? displace(?:ment|d)", "what", "measure", ["new_displacement"]),
    (r"forced to flee", "what", "measure", ["forced_to_flee"]),
    (r"\bflights?\b", "what", "measure", FLED),
    (r"refugees?", "what", "measure", ["refugees"]),
    (r"returns?\b|returned", "what", "measure", ["returns"]),
    (r"(?:in )?camps\b", "what", "measure", ["in_camps"]),
    (r"displaced within the country|displaced from elsewhere", "what", "measure", ["idps"]),
    (r"\bdisplaced\b", "what", "measure", MOVED),
    (r"\bpopulations?\b", "what", "measure", ["population"]),
    (r"\bkilled\b|\bdead\b|\bdeaths?\b|\bdied\b|\btolls?\b|\bkillings?\b",
     "what", "measure", ["killed"]),
    (r"\binjured\b|\bwounded\b|\bhurt\b", "what", "measure", ["injured", "killed_or_injured"]),
    (r"\bdetained\b|\barrest(?:s|ed)\b|detentions?", "what", "measure", ["detained"]),
    (r"\breleased?\b|\breleases\b|\bfreed\b", "what", "measure", ["released"]),
    (r"\bcounter-(?:offensives?|attacks?)", "what", "measure", ["counter_offensive"]),
    (r"\bsettlements(?: captured)?\b", "what", "measure", ["settlements_captured"]),
    (r"\bcaptur(?:e|es|ed)\b|\bfell\b", "what", "measure", ["captured"]),
    (r"\bentered\b|\bentry\b|\bentries\b", "what", "measure", ["entered"]),
    (r"\breached\b|\barrivals?\b", "what", "measure", ["reached"]),
    (r"\bleft\b(?! out| to| of)|\bwithdrawn\b|\bwithdrawals?\b", "what", "measure", ["withdrawn"]),
    (r"\bbeg[aiu]ns?\b|\bbeginnings?\b|\bstart(?:s|ed)?\b", "what", "measure", ["offensive_start"]),
    (r"(?<!line )\bdistances?\b", "what", "measure", ["distance"]),
    (r"\bdurations?\b", "what", "measure", ["duration"]),
    (r"(?:shares? and changes? of )?what is held",
     "what", "measure", ["control_share", "control_change"]),
    (r"\bdisplacements?\b", "what", "topic", ["displacement"]),
    (r"\bcasualty\b|\bcasualties\b", "what", "topic", ["casualties"]),
    (r"\bpace\b", "what", "topic", ["pace"]),
    (r"\bin people\b", "unit", "unit", ["person"]),
    (r"\bshares?\b|\bin percent\b", "unit", "unit", ["percent"]),
    (r"\bevents?\b", "unit", "unit", ["event"]),
    (r"\bthat counts?\b|\bcounts of\b", "unit", "counted", None),
    (r"\boffensives on other fronts\b", "front", "any", None),
    (r"\bother times\b", "scope", "any", None),
    (r"\boffensive\b", "scope", "scope", ["offensive"]),
    (r"\byears before\b", "scope", "scope", ["war", "historical"]),
    (r"\bbefore the war\b", "scope", "scope", ["historical"]),
    (r"\bof the war\b", "scope", "scope", ["war"]),
    (r"\bbackground\b", "scope", "scope", ["context"]),
    (r"\bannouncements?\b|\bclaimed\b|\bannounced\b|\bparty’s own word\b",
     "stance", "assertion", ["claimed"]),
    (r"\bdenials?\b|\bdenied\b", "stance", "assertion", ["denied"]),
    (r"\bexpected\b|\bexpectations?\b|\bplans\b|\bforecasts\b",
     "stance", "assertion", ["expected"]),
    (r"\bcivilians?\b", "who", "affected", ["civilian"]),
    (r"\bcombatants?\b", "who", "affected", ["combatant"]),
    (r"\bmixed\b", "who", "affected", ["mixed"]),
    (r"\bunknown\b", "who", "affected", ["unknown"]),
]  # fmt: skip
NOUNS = {
    r"numbers?": "number",
    r"claims?|figures?|events?|bars?|tolls?|rows?|reports?|shares?"
    r"|announcements?|denials?": "claim",
    r"marks?|dots?|points?|statements?": "mark",
    r"texts?|documents?": "text",
    r"places?|areas?|towns?|stops?": "place",
    r"sources?": "source",
    r"questions?|differences?": "question",
    r"readings?": "reading",
    r"findings?": "finding",
    r"derived totals?|rates?|speeds?": "derived",
    r"axes|panels?": "axes",
}
LEFT_OUT = r"not drawn|left out|not on the map|cannot be placed|no rate for|not shown"
ALL_TEXTS = r"texts? (?:name|tell|give|say|have)|in the texts|of the corpus"
SHOWN = r"on the map|\bmap of\b|drawn|shown|in the picture"


def pick_rows(claims: pd.DataFrame, words: str | list[str]) -> pd.DataFrame:
    """The claims that words mean: rows that fit every subject which the words touch. Of several
    phrases the later decides on a subject that both touch."""
    kept: dict[str, pd.Series] = {}
    for phrase in [words] if isinstance(words, str) else words:
        own: dict[str, pd.Series] = {}
        for subject, mask in read_filters(claims, phrase):
            own[subject] = own.get(subject, False) | mask
        kept |= own
    chosen = pd.Series(True, index=claims.index)
    for mask in kept.values():
        chosen &= mask
    return claims[chosen]


def read_filters(claims: pd.DataFrame, words: str) -> list[tuple]:
    """(subject, which rows) of each word in WORDS that stands in these words; asides in brackets do
    not count."""
    found, left = [], re.sub(r"\([^)]*\)", " ", words.lower())
    for pattern, subject, column, values in WORDS:
        if re.search(pattern, left):
            left = re.sub(pattern, " ", left)
            found.append((subject, _mask(claims, column, values)))
    return found


def _mask(claims: pd.DataFrame, column: str, values) -> pd.Series:
    if column == "uncounted":
        vague = claims["quantifier"] == "vague"
        return vague | ~claims["unit"].isin(["person", "percent"])
    if column == "any":
        return pd.Series(True, index=claims.index)
    if column == "somewhere":
        return (claims["date_kind"] == "point") & (claims["date_start"] != claims["date_end"])
    if column == "numbered":
        return is_numbered(claims)
    if column == "counted":
        return claims["unit"] != "event"
    return claims[column].isin(values)


def list_places(claims: pd.DataFrame) -> set[str]:
    return {key for cell in claims["place"] for key in split(cell)}


def is_numbered(claims: pd.DataFrame) -> pd.Series:
    return (claims["number"] != "") & (claims["quantifier"] != "vague")


@dataclass(frozen=True)
class Value:
    """A number that a chart may name: what it is, its unit, and the claims behind it (none for a
    distance)."""

    name: str
    number: float
    unit: str
    claims: tuple = ()
    places: tuple = ()


class Scene:
    """A chart beside the tables that it was drawn from."""

    def __init__(self, chart, tables: Tables):
        self.chart, self.tables, self.name = chart, tables, chart.name

    @cached_property
    def marks(self) -> pd.DataFrame:
        marks = self.chart.marks
        return marks.assign(ids=marks["claims"].map(split), docs=marks["documents"].map(split))

    @cached_property
    def drawn(self) -> pd.DataFrame:
        ids = {key for keys in self.marks["ids"] for key in keys}
        claims = self.tables.claims
        return claims[claims["claim_id"].isin(ids)]

    @cached_property
    def rest(self) -> pd.DataFrame:
        claims = self.tables.claims
        return claims[~claims["claim_id"].isin(self.drawn["claim_id"])]

    @cached_property
    def single(self) -> pd.DataFrame:
        """The claims that have a mark of their own."""
        own = self.marks[self.marks["kind"] == "claim"]["claims"]
        return self.drawn[self.drawn["claim_id"].isin(own)]

    @cached_property
    def texts(self) -> set[str]:
        return {doc for docs in self.marks["docs"] for doc in docs}

    # --- counts ----------------------------------------------------------------------------------

    def count(
        self, noun: str, words: list[str], rows: pd.DataFrame, everything: bool
    ) -> int | None:
        """How many there are of what a noun names, in these rows, as far as the words beside it
        allow; None where the noun names nothing here."""
        if noun == "reading":
            return int((self.marks["kind"] == "reading").sum())
        if noun == "axes":
            return sum(
                any(is_time(axes, side) for side in SIDES) or "time" not in words[-1]
                for axes in self.chart.figure.axes
            )
        if noun == "derived":
            return int((self.marks["kind"] == "derived").sum())
        chosen = pick_rows(rows, words)
        if noun == "number":
            return int(is_numbered(pick_rows(rows, words)).sum())
        if noun == "mark":
            ids = set(chosen["claim_id"])
            return sum(bool(ids & set(keys)) for keys in self.marks["ids"])
        if noun == "text":
            return self.count_texts(chosen, rows, everything)
        if noun == "place":
            return len(list_places(chosen))
        if noun == "source":
            return len({source for row in chosen.itertuples() for source in name_sources(row)})
        return len(chosen) if noun == "claim" else None

    def list_rest(self, noun: str, words: list[str]) -> pd.DataFrame:
        """The claims left out that a chart might have drawn: of the measures, scopes and stances
        that it draws, or of those that the words name; for places, at none that it shows."""
        touched = {subject for phrase in words for subject, _ in read_filters(self.rest, phrase)}
        rows = self.rest
        widest = set(self.drawn["topic"]) == set(self.tables.claims["topic"])
        for subject, column in (("what", "measure"), ("scope", "scope"), ("stance", "assertion")):
            if subject not in touched and not widest:
                rows = rows[rows[column].isin(self.drawn[column])]
        if noun == "place":
            shown = list_places(self.drawn)
            elsewhere = [not set(split(cell)) & shown for cell in rows["place"]]
            rows = rows[np.array(elsewhere, dtype=bool)]
        return rows

    def count_accounts(self, account: str) -> int:
        accounts = account_numbers(self.tables)["account"]
        name = {"unaccounted": ""}.get(account, account)
        return len(accounts) if account == "all" else int((accounts == name).sum())

    def count_texts(self, chosen: pd.DataFrame, rows: pd.DataFrame, everything: bool) -> int:
        if len(chosen) < len(rows):
            return chosen["doc_id"].nunique()
        return len(self.tables.documents) if everything else len(self.texts)

    def count_groups(self, noun: str, words: str) -> int | None:
        """Findings or questions, of which a mark is one part: all, or those with one text, with no
        named source, without another text, with one explanation."""
        groups = self.groups.get(noun)
        if groups is None:
            return None
        if match := re.search(r"without text (\w+)", words.lower()):
            return sum(group["texts"] == {match[1]} for group in groups)
        if re.search(r"by one text alone|on one text|in one text", words.lower()):
            return sum(len(group["texts"]) == 1 for group in groups)
        if re.search(r"no text names a source|no source named", words.lower()):
            return sum(group["sources"] == set() for group in groups)
        for why in sorted({group["why"] for group in groups if group["why"]}, key=len):
            if re.search(rf"\b{why}\b", words):
                return sum(group["why"] == why for group in groups)
        return len(groups)

    @cached_property
    def groups(self) -> dict[str, list[dict]]:
        """Of each noun that is a column of the marks: the groups of marks that share a value, with
        their texts, the sources that their claims name, and what explains them."""
        found, readings = {}, self.tables.readings
        why = {}
        if len(readings):
            why = dict(zip(readings["question"], readings["explanation"]))
        for noun in ("finding", "question"):
            if noun not in self.marks:
                continue
            parts = self.marks[self.marks[noun].notna()].groupby(noun)
            found[noun] = [self._describe(key, part, why) for key, part in parts]
        return found

    def _describe(self, key: str, part: pd.DataFrame, why: dict) -> dict:
        ids = {claim for keys in part["ids"] for claim in keys}
        mine = self.drawn[self.drawn["claim_id"].isin(ids)]
        sources = {source for cell in mine["source_original"] for source in split(cell)}
        texts = {doc for docs in part["docs"] for doc in docs}
        return {"texts": texts, "sources": sources, "why": why.get(key, "")}

    def count_label(self, label: str, sentence: str) -> list[int]:
        """How many the list "killed 14, freed 3" may mean by a label: claims drawn (of people, or
        all) that it fits, numbers by account, questions by explanation."""
        if "numbers" in sentence and label in ("claim", "date", "not a claim"):
            return [self.count_accounts(label)]
        if label in {group["why"] for group in self.groups.get("question", [])}:
            return [self.count_groups("question", label)]
        found = []
        for rows in (self.single, self.drawn, self.drawn[self.drawn["unit"] == "person"]):
            if read_filters(rows, label):
                found.append(len(pick_rows(rows, label)))
        return found

    # --- values ----------------------------------------------------------------------------------

    @cached_property
    def values(self) -> list[Value]:
        """Every number that the chart may name beside a unit."""
        found = [
            Value(f"{row.claim_id} {name}", getattr(row, name), row.unit, (row.claim_id,))
            for row in self.drawn.itertuples()
            for name in VALUES
            if pd.notna(getattr(row, name))
        ]
        return [*found, *self.distances, *self.speeds, *self.arithmetic]

    @cached_property
    def distances(self) -> list[Value]:
        """Between any two places of the route, and from any place drawn to where the route ends."""
        route, target = (
            find_route(self.tables)[0],
            self.tables.settings.get("route", {}).get("target"),
        )
        here = {key for cell in self.drawn["place"] for key in split(cell)}
        pairs = [*itertools.combinations(route, 2), *((place, target) for place in here if target)]
        found = [(pair, measure_km(self.tables.places, *pair)) for pair in dict.fromkeys(pairs)]
        return [Value(f"km {a} to {b}", km, "km", (), (a, b)) for (a, b), km in found if km == km]

    @cached_property
    def steps(self) -> list:
        """The steps of the route between two captures that the chart draws."""
        fell = list_places(self.drawn[self.drawn["measure"] == "captured"])
        rows = list_speeds(self.tables).itertuples()
        return [row for row in rows if {row.place, row.other} <= fell]

    @cached_property
    def speeds(self) -> list[Value]:
        found = []
        for row in self.steps:
            pair = (row.place, row.other)
            for name, number in (("low", row.low), ("high", row.high)):
                if pd.notna(number):
                    said = f"speed {row.place} to {row.other}, {name}"
                    found.append(Value(said, number, "km per day", (), pair))
            for name, number in (("fewest", row.fewest), ("most", row.most)):
                said = f"days {row.place} to {row.other}, {name}"
                found.append(Value(said, number, "day", (), pair))
        return found

    @cached_property
    def arithmetic(self) -> list[Value]:
        """What follows from claims by the rules of the codebook: a whole less its parts, a part as
        a share of its whole, what a share and a number imply, a figure over the days it counts."""
        claims, found = self.drawn.set_index("claim_id", drop=False), []
        parts: dict[str, list] = {}
        for row in claims.itertuples():
            for whole in (key for key in split(row.part_of) if key in claims.index):
                found += _relate(row, claims.loc[whole])
                if row.unit == claims.loc[whole, "unit"]:
                    parts.setdefault(whole, []).append(row)
            for same in (key for key in split(row.same_as) if key in claims.index):
                found += _imply(row, claims.loc[same])
            found += _spread(row)
        for whole, rows in parts.items():
            rest = claims.loc[whole, "best"] - sum(row.best for row in rows)
            ids = (whole, *(row.claim_id for row in rows))
            found.append(Value(f"{whole} less its parts", rest, claims.loc[whole, "unit"], ids))
        return [value for value in found if pd.notna(value.number)]

    @cached_property
    def lengths(self) -> list[Value]:
        """Stretches of days: of each claim drawn that counts days, of each claim that says one, and
        from the first day of the offensive to the last possible day of each capture."""
        found = []
        for row in self.drawn.itertuples():
            if pd.notna(row.date_start):
                said = f"{row.claim_id} counts its days"
                found.append(Value(said, count_days(row), "day", (row.claim_id,)))
        if self.tables.period:
            start = self.tables.period[0]
            for place, (_, last) in self.captures.items():
                days = (last - start).days
                found.append(
                    Value(f"days from {start:%d %b} to {place}", days, "day", (), (place,))
                )
        return [*found, *self.between]

    @cached_property
    def between(self) -> list[Value]:
        """The fewest and the most days between the captures of any two places."""
        found = []
        for one, other in itertools.permutations(self.captures, 2):
            (first, last), (first_to, last_to) = self.captures[one], self.captures[other]
            for name, days in (("fewest", first_to - last), ("most", last_to - first)):
                said = f"days {one} to {other}, {name}"
                found.append(Value(said, days.days, "day", (), (one, other)))
        return found

    @cached_property
    def captures(self) -> dict[str, tuple]:
        return date_captures(self.tables, find_route(self.tables)[1])

    def count_captured(self, words: str) -> int:
        """The places captured in all texts, by the side that is named, or by the one whose advance
        it is."""
        actors = {name for cell in self.tables.claims["actor"] for name in split(cell)}
        named = tuple(name for name in actors if f"by {name}" in words)
        rows = list_captures(self.tables, named or find_route(self.tables)[1])
        if named:
            rows = rows[rows["actor"] != ""]
        return rows["key"].nunique()

    def count_both(self, one: str, other: str) -> int:
        """The places drawn of which both is said ("entered" and "captured")."""
        return len(
            list_places(pick_rows(self.drawn, one)) & list_places(pick_rows(self.drawn, other))
        )


def _relate(part, whole) -> list[Value]:
    """A part beside its whole: as a share of it; or, where it is a share, how many that is."""
    ids = (part.claim_id, whole["claim_id"])
    if part.unit == "percent" and whole["unit"] == "person":
        number = whole["best"] * part.best / 100
        return [Value(f"{part.claim_id} of {whole['claim_id']}", number, "person", ids)]
    if part.unit == whole["unit"]:
        share = 100 * part.best / whole["best"]
        return [Value(f"{part.claim_id} as a share of {whole['claim_id']}", share, "percent", ids)]
    return []


def _imply(share, number) -> list[Value]:
    """The whole of which a share is a number."""
    if share.unit != "percent" or number["unit"] != "person" or pd.isna(share.best):
        return []
    ids = (share.claim_id, number["claim_id"])
    return [Value(f"whole of {ids}", 100 * number["best"] / share.best, "person", ids)]


def _spread(row) -> list[Value]:
    """A figure of people over the days that it counts."""
    if row.unit != "person" or pd.isna(row.date_start) or row.date_kind == "point":
        return []
    days = count_days(row)
    return [
        Value(f"{row.claim_id} over {days:g} days", value / days, "person per day", (row.claim_id,))
        for value in dict.fromkeys(list_values(row))
    ]


def is_written(shown: float, number: float, unit: str = "") -> bool:
    """Whether a number may be written so: as it is, to the unit, or to its first two or three
    digits; years to a tenth."""
    if unit == "year":
        return abs(shown - number) <= 0.05
    if np.isclose(shown, number, rtol=1e-9):
        return True
    ways = [round(number), round(number, 1), *(float(f"{number:.{digits}g}") for digits in (2, 3))]
    if number < 10:
        ways = [round(number, 1), float(f"{number:.2g}")]
    return any(np.isclose(shown, way, rtol=1e-9) for way in ways)
