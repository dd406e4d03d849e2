"""Settings: what corpus.toml says of a corpus, and in what shape."""

import re
from pathlib import Path

from helpers.folders import CorpusError, find_folder
from helpers.tables import is_day_or_interval, is_inside

PERIOD = {"start": "day", "end": "day"}
SETTINGS = {  # what corpus.toml may say, and in what shape; other keys are not looked at
    "title": str,
    "country": str,
    "offensive": PERIOD,
    "war": PERIOD,
    "route": {"places": [str], "target": str, "actors": [str]},
    "map": {
        "outline": str,
        "source": str,
        "neighbours": [{"name": str, "lat": (int, float), "lon": (int, float)}],
    },
    "comparisons": {"*": {"places": [str], "measures": [str]}},
}


def load_settings(folder: str | Path) -> dict:
    """What corpus.toml says of a corpus that cannot be derived; derived defaults where it is silent.

    Keys: title; offensive and war (start, end: ISO days); route, comparisons, map. All but the title
    may be missing: a figure that needs one explains its absence.
    """
    import tomllib

    folder = find_folder(folder)
    file = folder / "corpus.toml"
    if not is_inside(file):
        raise CorpusError(
            f"{folder.name}/corpus.toml is a link that leads out of the corpus; put the file itself there"
        )
    try:
        settings = tomllib.loads(file.read_text("utf-8-sig")) if file.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{folder.name}/corpus.toml: {error}; correct that line") from None
    if misfits := _find_misfits(settings, SETTINGS):
        raise CorpusError("\n".join(f"{folder.name}/corpus.toml {misfit}" for misfit in misfits))
    return {"title": folder.name.replace("_", " ").title(), **settings}


def _find_misfits(value, shape, *path: str) -> list[str]:
    """What in corpus.toml is of another shape than SETTINGS says: `[offensive] start = "May" is not a day`."""
    named = f"[{'.'.join(path[:-1])}] " * (len(path) > 1) + "".join(path[-1:])
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return [f"{named} = {value!r} is no table; write [{'.'.join(path)}] and its keys below"]
        faults = [
            fault
            for key, cell in value.items()
            if (kind := shape.get(key, shape.get("*")))
            for fault in _find_misfits(cell, kind, *path, key)
        ]
        return faults + [
            f"[{'.'.join(path)}] lacks {key}; write it there"
            for key in ("start", "end", "name", "lat", "lon")
            if key in shape and key not in value
        ]
    if isinstance(shape, list):
        return (
            [fault for cell in value for fault in _find_misfits(cell, shape[0], *path)]
            if isinstance(value, list)
            else [f"{named} = {value!r} is no list; write it in brackets"]
        )
    if shape == "day":
        return (
            []
            if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)) and is_day_or_interval(str(value))
            else [f'{named} = "{value}" is not a day; write 2024-11-27']
        )
    if shape is str and isinstance(value, str) and "\0" in value:
        return [f"{named} holds a NUL; delete it"]
    return (
        []
        if isinstance(value, shape) and not isinstance(value, bool)
        else [
            f"{named} = {value!r} is no {'text; write it in quotes' if shape is str else 'number; write it without quotes'}"
        ]
    )
