"""A corpus as its tables say it, and what follows from them by arithmetic: plain pandas, no
helper."""

import itertools
import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pandas as pd

DAY = pd.Timedelta(days=1)
VALUES = ["low", "best", "high"]
FIRM = ["reported", "claimed"]
POINTS = ["city", "town", "village", "site"]


@dataclass(frozen=True, eq=False)
class Tables:
    """The tables of one corpus: claims (rejected ones left out), documents, places by key, readings
    of disagreements, numbers that are no claims, settings, and the texts by document."""

    claims: pd.DataFrame
    documents: pd.DataFrame
    places: pd.DataFrame
    readings: pd.DataFrame
    not_claims: pd.DataFrame
    settings: dict
    texts: dict

    @property
    def period(self) -> tuple:
        """The days of the offensive, from corpus.toml."""
        named = self.settings.get("offensive", {})
        return tuple(pd.Timestamp(str(named[end])) for end in ("start", "end")) if named else ()

    @cached_property
    def by_id(self) -> dict:
        """claim_id → its row."""
        return {row["claim_id"]: row for _, row in self.claims.iterrows()}

    @cached_property
    def place_patterns(self) -> list[tuple]:
        """(key, pattern) of each place, the longest name first; a name without a capital is no
        name."""
        found = []
        for key, name in sorted(self.places["name"].items(), key=lambda item: -len(item[1])):
            flags = re.I if len(name) > 4 else 0
            if name != name.lower():
                pattern = rf"(?<![\w-]){re.escape(tame_name(name))}(?![\w-])"
                found.append((key, re.compile(pattern, flags)))
        return found

    @cached_property
    def odd_names(self) -> list[tuple]:
        """(pattern, tamed name) of each place whose name holds a quotation or a number."""
        return [
            (re.compile(re.escape(name).replace("\\ ", r"\s+"), re.I), tame_name(name))
            for name in self.places["name"]
            if re.search(r"[“”\d]", name)
        ]

    @property
    def target(self) -> str:
        """Where the route ends."""
        return self.settings.get("route", {}).get("target", "")

    @property
    def year(self) -> int:
        """The year of days that a chart writes without one: that of the last text."""
        return self.documents["last"].max().year


def load_tables(folder: Path) -> Tables:
    claims = type_claims(read(folder / "claims.csv"))
    documents = read(folder / "documents.csv")
    ends = documents["published"].str.partition("/")
    documents["first"] = pd.to_datetime(ends[0].replace("", None))
    documents["last"] = pd.to_datetime(ends[2].where(ends[2] != "", ends[0]).replace("", None))
    places = read(folder / "places.csv").set_index("place", drop=False)
    places[["lat", "lon"]] = places[["lat", "lon"]].apply(pd.to_numeric)
    file = folder / "corpus.toml"
    settings = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    claims = claims[claims["review"] != "rejected"].reset_index(drop=True)
    whole, within = span_period(claims, settings), lie_within(claims, settings)
    return Tables(
        claims.assign(whole=whole, within=within, beyond=lie_beyond(claims, settings)),
        documents,
        places,
        read(folder / "disagreements.csv"),
        read(folder / "not_claims.csv"),
        settings,
        {row.doc_id: (folder / row.file).read_text("utf-8") for row in documents.itertuples()},
    )


def read(file: Path) -> pd.DataFrame:
    """A table as text; an absent one is empty."""
    if not file.exists():
        return pd.DataFrame()
    return pd.read_csv(file, dtype=object, keep_default_na=False)


def type_claims(table: pd.DataFrame) -> pd.DataFrame:
    """Values and offsets as numbers, days as days, absent columns empty."""
    more = [name for name in ("affected_side", "days_most") if name not in table]
    claims = table.assign(**dict.fromkeys(more, ""))
    for name in [*VALUES, "days_most", "start", "end", "number_start", "date_at"]:
        claims[name] = pd.to_numeric(claims[name])
    for name in ("date_start", "date_end"):
        claims[name] = pd.to_datetime(claims[name].replace("", None))
    return claims


def lie_beyond(claims: pd.DataFrame, settings: dict) -> pd.Series:
    """Whether a claim of a year at most counts other days than the offensive's for the most part;
    those within a week of it count with it."""
    period, found = settings.get("offensive"), []
    for first, last in zip(claims["date_start"], claims["date_end"]):
        if not period or pd.isna(first) or last - first > 365 * DAY:
            found.append(False)
            continue
        start, end = (pd.Timestamp(str(period[name])) for name in ("start", "end"))
        days = pd.date_range(first, last)
        off = (days < start - 7 * DAY) | (days > end + 7 * DAY)
        found.append(2 * off.sum() > len(days))
    return pd.Series(found, index=claims.index)


def span_period(claims: pd.DataFrame, settings: dict) -> pd.Series:
    """Whether a claim counts the whole of the offensive: all its days but one, or more."""
    period = settings.get("offensive")
    if not period:
        return pd.Series(False, index=claims.index)
    start, end = (pd.Timestamp(str(period[name])) for name in ("start", "end"))
    return (claims["date_start"] <= start + DAY) & (claims["date_end"] >= end - DAY)


def lie_within(claims: pd.DataFrame, settings: dict) -> pd.Series:
    """Whether all days of a claim lie within the offensive."""
    period = settings.get("offensive")
    if not period:
        return pd.Series(False, index=claims.index)
    start, end = (pd.Timestamp(str(period[name])) for name in ("start", "end"))
    return (claims["date_start"] >= start) & (claims["date_end"] <= end)


def tame_name(name: str) -> str:
    """A place's name with other signs for its quotation marks and numbers, so that neither is read
    as one."""
    return re.sub(r"\d", "#", name.replace("“", "‹").replace("”", "›"))


def split(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def list_values(row) -> list[float]:
    """The numbers that a claim gives."""
    return [value for value in (row.low, row.best, row.high) if pd.notna(value)]


def measure_km(places: pd.DataFrame, one: str, other: str) -> float:
    """Along a great circle, in km."""
    if one not in places.index or other not in places.index:
        return float("nan")
    (lat, lon), (lat_to, lon_to) = (
        map(radians, places.loc[place, ["lat", "lon"]]) for place in (one, other)
    )
    half = sin((lat_to - lat) / 2) ** 2 + cos(lat) * cos(lat_to) * sin((lon_to - lon) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


@cache
def list_captures(tables: Tables, actors: tuple = ()) -> pd.DataFrame:
    """The captures of places, one row a claim and place, neither denied nor expected, in the
    offensive; by one of `actors`, or by nobody named."""
    claims = tables.claims
    rows = claims[
        (claims["measure"] == "captured")
        & (claims["unit"] == "event")
        & (claims["scope"] == "offensive")
        & claims["assertion"].isin(FIRM)
        & claims["place_prec"].isin(["1", "2", "3"])
        & claims["date_start"].notna()
    ]
    if actors:
        ours = [not cell or bool(set(split(cell)) & set(actors)) for cell in rows["actor"]]
        rows = rows[ours]
    return rows.assign(key=rows["place"].map(split)).explode("key")


def meet_days(rows: pd.DataFrame) -> tuple:
    """The days that every document allows: of each the stretch from its first to its last, of these
    what they share; where they share none, the stretch of all."""
    bounds: dict[str, tuple] = {}
    for row in rows.itertuples():
        first, last = bounds.get(row.doc_id, (row.date_start, row.date_end))
        bounds[row.doc_id] = min(first, row.date_start), max(last, row.date_end)
    first, last = max(pair[0] for pair in bounds.values()), min(pair[1] for pair in bounds.values())
    if first <= last:
        return first, last
    return rows["date_start"].min(), rows["date_end"].max()


@cache
def date_captures(tables: Tables, actors: tuple = ()) -> dict[str, tuple]:
    """Place → (first, last) day of its capture."""
    return {key: meet_days(rows) for key, rows in list_captures(tables, actors).groupby("key")}


def find_route(tables: Tables) -> tuple[list[str], tuple]:
    """(places, actors) of the advance, from corpus.toml."""
    route = tables.settings.get("route", {})
    return route.get("places", []), tuple(route.get("actors", []))


@cache
def list_speeds(tables: Tables) -> pd.DataFrame:
    """Between two places of the route that fell one after the other: km, the fewest and the most
    days between the two captures, and km a day over them (high missing where one day may have seen
    both)."""
    route, actors = find_route(tables)
    days, rows = date_captures(tables, actors), []
    for place, other in itertools.pairwise([place for place in route if place in days]):
        km = measure_km(tables.places, place, other)
        fewest = max((days[other][0] - days[place][1]).days, 0)
        most = (days[other][1] - days[place][0]).days
        high = km / fewest if fewest else float("nan")
        if most > 0 and pd.notna(km):
            rows.append((place, other, km, fewest, most, km / most, high))
    columns = ["place", "other", "km", "fewest", "most", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def count_days(row) -> float:
    """The days that a dated claim counts: of a window its length, else its bounds."""
    return row.days_most if pd.notna(row.days_most) else (row.date_end - row.date_start).days + 1


def name_sources(row) -> list[str]:
    """Who said it: as named, or the text itself."""
    return split(row.source_original) or [f"text {row.doc_id}"]


LEDGER = re.compile(
    r"\d+(?:[.,]\d+)*|(?<![^\W_])(?:(?:zero|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|"
    r"twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty"
    r"|fifty|"
    r"sixty|seventy|eighty|ninety|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|"
    r"eleventh|twelfth|quarter|quarters|half|halves|thirds|fourths|fifths|sixths|tenths)"
    r"|dozens?|hundreds?|thousands?|millions?|billions?|decades?|doubled?|doubling|tripled?"
    r"|tripling|"
    r"twice|both|once|several|few|many|multiple|most|majority)(?![^\W_])",
    re.I,
)


@cache
def account_numbers(tables: Tables) -> pd.DataFrame:
    """Each number of the texts (the closed list of the codebook) and what became of it: doc_id,
    account (claim: in the number of a claim; date: in its dating words; not a claim: listed with a
    reason; or "")."""
    claims, spans = tables.claims, {}
    for row in claims[claims["number"] != ""].itertuples():
        end = row.number_start + len(row.number)
        spans.setdefault(row.doc_id, []).append((row.number_start, end, "claim"))
    for row in claims[claims["date_exact"] != ""].itertuples():
        end = row.date_at + len(row.date_exact)
        spans.setdefault(row.doc_id, []).append((row.date_at, end, "date"))
    for row in tables.not_claims.itertuples():
        spans.setdefault(row.doc_id, []).append((int(row.start), int(row.end), "not a claim"))
    rows = []
    for doc_id, text in tables.texts.items():
        for match in LEDGER.finditer(text):
            homes = [
                account
                for start, end, account in spans.get(doc_id, [])
                if start <= match.start() and match.end() <= end
            ]
            rows.append((doc_id, match[0], homes[0] if homes else ""))
    return pd.DataFrame(rows, columns=["doc_id", "exact", "account"])
