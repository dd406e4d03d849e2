"""Settings: what corpus.toml says of a corpus, and whether it can say so."""

import re
import tomllib
from pathlib import Path
from typing import Any

from helpers.schema.csv_files import is_day_or_interval
from helpers.schema.errors import CorpusError
from helpers.schema.files import is_inside
from helpers.schema.formatting import suggest

PERIOD = {"start": "day", "end": "day"}
SETTINGS = {  # all that corpus.toml may say, and in what shape
    "title": str,
    "country": str,
    "invented": bool,
    "texts": str,
    "sides": [str],
    "parties": [str],
    "kinds": [{"name": str, "kind": str}],
    "offensive": PERIOD,
    "war": PERIOD,
    "route": {"places": [str], "target": str, "actors": [str]},
}
TEXTS = ["whole", "quotes"]  # what a page holds of the texts, that given first by default
NEEDED = ("start", "end", "name", "kind")  # of a table that may have them
OUTLIVED = ("map", "comparisons")  # tables that earlier figures read; left unread
MOST = 12  # allowed values that a message lists


def load_settings(folder: Path, check: bool = True) -> dict[str, Any]:
    """What corpus.toml says of a corpus that cannot be derived; a title where it is silent.

    Keys: title; country; invented (true of texts about a war that never was: every picture says
    so); sides (in order) and parties (whose word is a party's); kinds (of sources: name and kind);
    offensive and war (start, end: ISO days); route. All but the title may be missing: what is, is
    derived from the claims (analysis.settings.derived). Raises CorpusError for a file that is no
    TOML and, with `check`, for all that can be wrong in it by itself, every fault at once. Who has
    places and claims too leaves that to analysis.settings.check.
    """
    file = folder / "corpus.toml"
    if not is_inside(file):
        raise CorpusError(
            f"{folder.name}/corpus.toml is a link that leads out of the corpus; "
            "put the file itself there"
        )
    try:
        settings = tomllib.loads(file.read_text("utf-8-sig")) if file.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{folder.name}/corpus.toml: {error}; correct that line") from None
    for name in OUTLIVED:
        settings.pop(name, None)
    if check:
        raise_faults(folder, find_wrong(settings))
    return {"title": folder.name.replace("_", " ").title(), **settings}


def raise_faults(folder: Path, faults: list[str]) -> None:
    """Raises CorpusError with all faults, each after the file it stands in; nothing without any."""
    if faults:
        raise CorpusError("\n".join(f"{folder.name}/corpus.toml {fault}" for fault in faults))


def say_unknown(finding: str, wrong: str, allowed: list[str]) -> str:
    """A finding on a wrong name, the nearest right one, and the right ones unless they are many."""
    near = suggest(wrong, allowed)
    if near.startswith(";") and len(allowed) > MOST or not allowed:
        return finding + near
    more = " …" if len(allowed) > MOST else ""
    return f"{finding}{near} Known: {', '.join(allowed[:MOST])}{more}"


# --- shape: tables, keys, kinds ------------------------------------------------------------------


def _find_misfits(value, shape, *path: str) -> list[str]:
    """What is of another shape than SETTINGS says: `[offensive] start = "May" is not a day`."""
    if isinstance(shape, dict):
        return _find_table_misfits(value, shape, *path)
    named = path[-1]
    if path[:-1]:
        named = f"[{'.'.join(path[:-1])}] {named}"
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{named} = {value!r} is no list; write it in brackets"]
        return [fault for cell in value for fault in _find_misfits(cell, shape[0], *path)]
    if shape == "day":
        return [] if _is_day(value) else [f'{named} = "{value}" is not a day; write 2024-11-27']
    if shape is bool:
        wrong = f"{named} = {value!r} is neither true nor false; write true without quotes"
        return [] if isinstance(value, bool) else [wrong]
    if isinstance(value, bool) or not isinstance(value, shape):
        kind = "text; write it in quotes" if shape is str else "number; write it without quotes"
        return [f"{named} = {value!r} is no {kind}"]
    if isinstance(value, str) and "\0" in value:
        return [f"{named} holds a NUL; delete it"]
    return []


def _find_table_misfits(value, shape: dict, *path: str) -> list[str]:
    named = ".".join(path)
    if not isinstance(value, dict):
        return [f"{named} = {value!r} is no table; write [{named}] and its keys below"]
    where = f"[{named}] " if path else ""
    faults = [
        say_unknown(f'{where}knows no "{key}"', key, list(shape))
        for key in value
        if key not in shape
    ]
    for key, kind in shape.items():
        if key in value:
            faults += _find_misfits(value[key], kind, *path, key)
        elif key in NEEDED:
            faults.append(f"{where}lacks {key}; write it there")
    return faults


def _is_day(value) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", str(value))) and is_day_or_interval(str(value))


def _open_table(settings: dict[str, Any], name: str) -> dict[str, Any]:
    """A table, "" the file itself; empty where it is missing or no table, which _find_misfits
    says."""
    table = settings.get(name) if name else settings
    return table if isinstance(table, dict) else {}


def _pick(settings: dict, table: str, key: str) -> list:
    """What stands under a key of a table, one value or a list of them."""
    value = _open_table(settings, table).get(key, [])
    return value if isinstance(value, list) else [value]


def pick_words(settings: dict, table: str, key: str) -> list[str]:
    """The words that stand under a key of a table, one or a list of them."""
    return [value for value in _pick(settings, table, key) if isinstance(value, str)]


def list_periods(settings: dict) -> dict[str, tuple[str, str]]:
    """Table → (start, end), ISO days, of the tables that name two."""
    periods = {}
    for name in ("offensive", "war"):
        days = [_open_table(settings, name).get(key) for key in PERIOD]
        if all(map(_is_day, days)):
            periods[name] = str(days[0]), str(days[1])
    return periods


# --- what corpus.toml alone can tell -------------------------------------------------------------


def find_wrong(settings: dict) -> list[str]:
    """Every fault of corpus.toml that needs neither the corpus nor a gazetteer to be seen."""
    return [
        *_find_misfits(settings, SETTINGS),
        *_find_texts(settings),
        *_find_disorder(settings),
    ]


def _find_texts(settings: dict) -> list[str]:
    asked = settings.get("texts", TEXTS[0])
    if not isinstance(asked, str) or asked in TEXTS:
        return []
    return [say_unknown(f'texts = "{asked}" is neither', asked, TEXTS)]


def _find_disorder(settings: dict) -> list[str]:
    """Days and stops that cannot follow each other as they do."""
    periods, stops = list_periods(settings), pick_words(settings, "route", "places")
    faults = [
        f"[{table}] start = {start} lies after end = {end}; swap them"
        for table, (start, end) in periods.items()
        if start > end
    ]
    if not faults and {"offensive", "war"} <= periods.keys():
        (start, end), (first, last) = periods["offensive"], periods["war"]
        if start < first or end > last:
            faults.append(
                f"[offensive] {start} to {end} is no part of [war], {first} to {last}; correct one"
            )
    return faults + [
        f'[route] places names "{stop}" twice; name each stop once'
        for stop in dict.fromkeys(stops)
        if stops.count(stop) > 1
    ]
