"""Settings check: what corpus.toml names held against what the corpus holds, before a figure is
drawn from it."""

from pathlib import Path

import pandas as pd

from helpers.corpus.places import split_values
from helpers.corpus.settings import (
    DEGREES,
    find_wrong,
    list_comparisons,
    list_periods,
    pick_words,
    raise_faults,
    say_unknown,
)
from helpers.schema.csv_files import load_table
from helpers.schema.errors import CorpusError
from helpers.schema.formatting import is_misspelt, suggest


def check_settings(
    settings: dict, folder: Path, places: pd.DataFrame, claims: pd.DataFrame
) -> None:
    """Raises CorpusError where corpus.toml says what it cannot say or names what the corpus does
    not hold: every fault at once, each with table and key, what was found, and what to do.

    settings: as load_settings gives them. places: as load_places. claims: all claims of the corpus,
    or what they hold in actor, source_original, date_start, date_end and review. Where no claim
    names an actor none is missed, and where none is dated no period is empty. Rules call actors by
    the words of a text ("the rebels"): as long as nobody has decided on a claim, only a misspelt
    actor is missed, one that comes near to a name the claims have.
    """
    faults = [
        *find_wrong(settings),
        *_find_unknown_country(settings),
        *_find_unknown_places(settings, places),
        *_find_unclaimed(settings, claims),
        *_find_outline_faults(settings, folder),
    ]
    raise_faults(folder, faults)


def _find_unknown_country(settings: dict) -> list[str]:
    country = settings.get("country")
    if not isinstance(country, str) or not country:
        return []
    from helpers.extract.places.geonames import name_countries, read_country

    faults = []
    for part in split_values(country):
        try:
            read_country(part)
        except ValueError:
            near = suggest(part, name_countries())
            faults.append(f'country = "{part}" is no country{near} Write its ISO code, as SYR')
    return faults


def _find_unknown_places(settings: dict, places: pd.DataFrame) -> list[str]:
    """Keys that places.csv lacks, and stops of the route that it cannot place on a map."""
    named = [("route", "places"), ("route", "target")]
    named += [(table, "places") for table in list_comparisons(settings)]
    faults = []
    for table, key in named:
        for place in dict.fromkeys(pick_words(settings, table, key)):
            where = f'[{table}] {key}: "{place}"'
            if place not in places.index:
                known = list(places.index)
                faults.append(say_unknown(f"{where} is no place of places.csv", place, known))
            elif table == "route" and places.loc[place, ["lat", "lon"]].isna().any():
                faults.append(f"{where} has no lat and lon in places.csv; write them there")
    return faults


def _find_unclaimed(settings: dict, claims: pd.DataFrame) -> list[str]:
    """Actors that no claim names, and periods within whose days none lies."""
    actors = _list_names(claims, "actor")
    speakers = sorted({*actors, *_list_names(claims, "source_original")})
    decided = (claims["review"] != "proposed").any()
    named = [
        ("[route] actors", pick_words(settings, "route", "actors"), actors, "acts in no claim"),
        ("sides", pick_words(settings, "", "sides"), actors, "acts in no claim"),
        ("parties", pick_words(settings, "", "parties"), speakers, "acts and speaks in no claim"),
    ]
    faults = [
        say_unknown(f'{where}: "{name}" {finding}', name, known)
        for where, names, known, finding in named
        for name in dict.fromkeys(names)
        if known and name not in known and (decided or is_misspelt(name, known))
    ]
    starts, ends = (
        pd.to_datetime(claims[name].replace("", None)) for name in ("date_start", "date_end")
    )
    if starts.isna().all():
        return faults
    return faults + [
        f"[{table}] {start} to {end} are days on which no claim lies; those of the claims are "
        f"{starts.min():%Y-%m-%d} to {ends.max():%Y-%m-%d}"
        for table, (start, end) in list_periods(settings).items()
        if start <= end and not ((starts <= end) & (ends >= start)).any()
    ]


def _list_names(claims: pd.DataFrame, column: str) -> list[str]:
    """The names that stand in a column of claims; none where an archive does not hold it."""
    cells = claims[column].unique() if column in claims else []
    return sorted({name for cell in cells for name in split_values(cell)})


def _find_outline_faults(settings: dict, folder: Path) -> list[str]:
    """Why the outline of the map cannot be drawn."""
    faults = []
    for name in pick_words(settings, "map", "outline"):
        where, file = f'[map] outline = "{name}"', folder / name
        if "\0" in name or not file.resolve().is_relative_to(folder.resolve()):
            faults.append(f"{where} lies outside the corpus folder; put the file beside the texts")
            continue
        if not file.is_file():
            near = suggest(name, [other.name for other in folder.glob("*.csv")])
            faults.append(f"{where} is no file of the corpus folder{near} Put it beside the texts")
            continue
        try:
            table = load_table(file, list(DEGREES))[list(DEGREES)]
        except CorpusError as error:
            faults.append(f"{where}: {error}")
            continue
        degrees = table.apply(pd.to_numeric, errors="coerce")
        if not (degrees.abs() <= pd.Series(DEGREES)).all(axis=None):
            faults.append(f"{where} holds a lat or lon that is none; write degrees")
        elif len(degrees) < 3:
            faults.append(f"{where} has {len(degrees)} points; an outline needs three")
    return faults
