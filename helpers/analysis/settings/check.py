"""Check: what corpus.toml names held against what the corpus holds, before a figure is drawn from
it."""

from pathlib import Path

import pandas as pd

from helpers.analysis.attribution import SAID_BY
from helpers.corpus.places import split_values
from helpers.corpus.settings import (
    find_wrong,
    list_periods,
    pick_words,
    raise_faults,
    say_unknown,
)
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
        *_find_unknown_kinds(settings),
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
    speakers = sorted({*actors, *_list_names(claims, "source_original")}) if actors else []
    decided = (claims["review"] != "proposed").any()
    # A party that never speaks greys nothing, and rules may word its name otherwise.
    parties = pick_words(settings, "", "parties") if decided else []
    named = [
        ("[route] actors", pick_words(settings, "route", "actors"), actors, "acts in no claim"),
        ("sides", pick_words(settings, "", "sides"), actors, "acts in no claim"),
        ("parties", parties, speakers, "acts and speaks in no claim"),
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


def _find_unknown_kinds(settings: dict) -> list[str]:
    """Kinds of sources that no figure knows."""
    rows = settings.get("kinds", [])
    named = [row.get("kind") for row in rows if isinstance(row, dict)]
    return [
        say_unknown(f'kinds: "{kind}" is no kind of source', kind, list(SAID_BY))
        for kind in named
        if isinstance(kind, str) and kind not in SAID_BY
    ]


def _list_names(claims: pd.DataFrame, column: str) -> list[str]:
    """The names that stand in a column of claims; none where an archive does not hold it."""
    cells = claims[column].unique() if column in claims else []
    return sorted({name for cell in cells for name in split_values(cell)})
