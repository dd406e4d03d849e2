"""Parameters: what a notebook was asked for, each with the type it states, or why it cannot be
had."""

import ast
import difflib
import re
from contextlib import suppress
from typing import Any

import pandas as pd

from helpers.schema.columns import TABLES
from helpers.schema.csv_files import is_day_or_interval, pad_id
from helpers.schema.errors import ParameterError

FORMATS = ["svg", "pdf", "png"]
WIDTHS = ["full", "column", "slide"]
FRAMES = ["full", "none"]
DEFAULTS = {  # a notebook that charts takes the first fifteen, and what its topic knows
    "corpus": "seeds",
    "since": "",
    "until": "",
    "published_since": "",
    "published_until": "",
    "documents": [],
    "scope": [],
    "figures": "",
    "formats": FORMATS,
    "width": "full",
    "frame": "full",
    "svg_font": "",
    "evidence": "",
    "reviewed": False,
    "changed_since": "",
    "topics": [],
    "measures": [],
    "affected": [],
    "actors": [],
}
COLUMNS = {  # parameter that selects → the column of claims that it selects by
    "documents": "doc_id",
    "scope": "scope",
    "topics": "topic",
    "measures": "measure",
    "affected": "affected",
    "actors": "actor",
}


BOOLEANS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
KINDS = {bool: "yes or no", int: "a whole number", float: "a number", str: "a text"}
ADDRESS = r"https?://[^/\s\"<>?#()][^\s\"<>?#()]*"


def list_choices(name: str) -> list[str]:
    """The values that a parameter which selects can take, as tables.toml states those of its
    column; of measures, which displacement alone takes, those of that topic. Empty where any word
    may stand."""
    allowed = TABLES["claims"][COLUMNS[name]].allowed
    return [value for value, topic in allowed.items() if topic in ("", "displacement")]


def check_parameters(namespace: dict[str, Any]) -> dict[str, Any]:
    """The notebook's parameters, each with the type its annotation states.

    A parameter is a name the notebook annotates (`since: str = ""`). papermill injects values in a
    cell headed "# Parameters" and only warns about names it does not know; here they stop the run.
    What a command line makes of values is forgiven: "no" for False, "004,002" or 4 for a list of
    documents. Raises ParameterError.
    """
    annotations = namespace.get("__annotations__", {})
    for name in _list_injected(namespace.get("In", [])):
        if name not in annotations:
            known = list(annotations)
            raise ParameterError(_advise(f'no parameter is called "{name}"', name, known))
    asked = {name: _cast(name, namespace[name], kind) for name, kind in annotations.items()}
    parameters = {**DEFAULTS, **asked}
    for name in ("scope", "topics", "affected", "measures"):
        for value in parameters[name]:
            check_choice(name, value, list_choices(name))
    for value in parameters["formats"]:
        check_choice("formats", value, FORMATS)
    check_choice("width", parameters["width"], WIDTHS)
    check_choice("frame", parameters["frame"], FRAMES)
    if not re.fullmatch(r"[\w .-]*", parameters["svg_font"]):
        raise ParameterError(
            f'svg_font = "{parameters["svg_font"]}" is no name of a font; write it as Source Sans '
            '3, or "" to put the letters into the SVG'
        )
    published, evidence = parameters.get("published", ""), parameters["evidence"]
    if not is_day_or_interval(published):
        raise ParameterError(
            f'published = "{published}" is not a day; write it as 2024-12-08, two as '
            '2024-12-08/2024-12-09, or "" for none'
        )
    if evidence and not re.fullmatch(ADDRESS, evidence):
        raise ParameterError(
            f'evidence = "{evidence}" is no address of a folder; write it as '
            'https://example.org/evidence, or "" for the folder beside the figures'
        )
    _check_limits(parameters, "since", "until")
    _check_limits(parameters, "published_since", "published_until")
    _check_state(parameters["changed_since"])
    return parameters


def _list_injected(cells: list[str]) -> list[str]:
    """The names that papermill assigned, from the code of the cells that ran."""
    return [
        node.targets[0].id
        for cell in cells
        if cell.startswith("# Parameters")
        for node in ast.parse(cell).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    ]


def _check_limits(parameters: dict[str, Any], *names: str) -> None:
    for name in names:
        day = parameters[name]
        if not is_day_or_interval(day) or "/" in day:
            raise ParameterError(
                f'{name} = "{day}" is not a day; write it as 2024-11-27, or "" for no limit'
            )
    first, last = (parameters[name] for name in names)
    if first and last and first > last:
        raise ParameterError(f'{names[0]} = "{first}" lies after {names[1]} = "{last}"; swap them')


def _check_state(since: str) -> None:
    if not since.isdecimal() and ("/" in since or not is_day_or_interval(since)):
        raise ParameterError(
            f'changed_since = "{since}" is neither a state nor a day; write 3, or 2024-12-08, or '
            '"" for the last run'
        )


def _cast(name: str, value: Any, kind: Any) -> Any:
    """A value as its annotation has it."""
    kind = kind if isinstance(kind, type) else getattr(kind, "__origin__", str)
    if kind is list:
        given = value if isinstance(value, (list, tuple)) else str(value).split(",")
        parts = [str(part) for part in given]
        return parts if given is value else [part.strip() for part in parts if part.strip()]
    if kind is bool and str(value).lower() in BOOLEANS:
        return BOOLEANS[str(value).lower()]
    if kind in (int, float) and not isinstance(value, bool):
        with suppress(TypeError, ValueError):
            return kind(value)
    elif kind is str and not isinstance(value, (list, dict)):
        return "" if value is None else str(value)
    raise ParameterError(f"{name} = {value!r} is not {KINDS.get(kind, f'a {kind.__name__}')}")


def check_choice(name: str, value: str, allowed: list[str]) -> None:
    """Raises ParameterError for a value that is none of those allowed."""
    if value not in allowed:
        raise ParameterError(_advise(f'{name} cannot be "{value}"', value, allowed))


def _advise(what: str, wrong: str, allowed: list[str]) -> str:
    near = difflib.get_close_matches(str(wrong), allowed, 1, 0.5)
    hint = f"; did you mean {near[0]}?" if near else "."
    return f"{what}{hint} Allowed: {', '.join(allowed)}"


def check_documents(wanted: list[str], documents: pd.DataFrame) -> list[str]:
    """The document ids asked for, as the corpus writes them. Raises ParameterError for one it has
    not."""
    known = list(documents["doc_id"])
    wanted = [pad_id(name) for name in wanted]
    for name in wanted:
        check_choice("documents", name, known)
    return wanted
