"""Parameters: what a notebook was asked for, each with the type it states, or the reason why it cannot be had."""

import ast
import difflib
import re

import pandas as pd

from helpers.schema.columns import MEASURES, VALUES
from helpers.schema.csv_files import is_day_or_interval, pad_id
from helpers.schema.errors import ParameterError

FORMATS = ["svg", "pdf", "png"]
WIDTHS = ["full", "column", "slide"]
DEFAULTS = {  # every notebook takes the first nine; of the others each takes what its topic knows
    "corpus": "seeds",
    "since": "",
    "until": "",
    "documents": [],
    "scope": [],
    "figures": "",
    "formats": FORMATS,
    "width": "full",
    "evidence": "",
    "topics": [],
    "measures": [],
    "affected": [],
    "actors": [],
}
COLUMNS = {
    "documents": "doc_id",
    "scope": "scope",
    "topics": "topic",
    "measures": "measure",
    "affected": "affected",
    "actors": "actor",
}


def check_parameters(namespace: dict) -> dict:
    """The notebook's parameters, each with the type its annotation states.

    A parameter is a name the notebook annotates (`since: str = ""`). papermill injects values in a cell
    headed "# Parameters" and only warns about names it does not know; here they stop the run. What a
    command line makes of values is forgiven: "no" for False, "004,002" or 4 for a list of documents.
    """
    annotations = namespace.get("__annotations__", {})
    for cell in namespace.get("In", []):
        if not cell.startswith("# Parameters"):
            continue
        targets = [
            node.targets[0].id for node in ast.parse(cell).body if isinstance(node, ast.Assign)
        ]
        for name in targets:
            if name not in annotations:
                raise ParameterError(
                    _advise(f'no parameter is called "{name}"', name, list(annotations))
                )
    parameters = {name: _cast(name, namespace[name], kind) for name, kind in annotations.items()}
    parameters = {**DEFAULTS, **parameters}
    for name, column in (("scope", "scope"), ("topics", "topic"), ("affected", "affected")):
        for value in parameters[name]:
            check_choice(name, value, VALUES[column])
    for value in parameters["measures"]:
        check_choice(
            "measures",
            value,
            [measure for measure, topic in MEASURES.items() if topic == "displacement"],
        )
    for value in parameters["formats"]:
        check_choice("formats", value, FORMATS)
    check_choice("width", parameters["width"], WIDTHS)
    if not is_day_or_interval(parameters.get("published", "")):
        raise ParameterError(
            f'published = "{parameters["published"]}" is not a day; write it as 2024-12-08, two as 2024-12-08/2024-12-09, or "" for none'
        )
    if parameters["evidence"] and not re.fullmatch(
        r"https?://[^/\s\"<>?#()][^\s\"<>?#()]*", parameters["evidence"]
    ):
        raise ParameterError(
            f'evidence = "{parameters["evidence"]}" is no address of a folder; write it as https://example.org/evidence, or "" for the folder beside the figures'
        )
    for name in ("since", "until"):
        if not is_day_or_interval(parameters[name]) or "/" in parameters[name]:
            raise ParameterError(
                f'{name} = "{parameters[name]}" is not a day; write it as 2024-11-27, or "" for no limit'
            )
    if parameters["since"] and parameters["until"] and parameters["since"] > parameters["until"]:
        raise ParameterError(
            f'since = "{parameters["since"]}" lies after until = "{parameters["until"]}"; swap them'
        )
    return parameters


def _cast(name: str, value, kind: type):
    kind = kind if isinstance(kind, type) else getattr(kind, "__origin__", str)
    if kind is list and not isinstance(value, (list, tuple)):
        value = [part.strip() for part in str(value).split(",") if part.strip()]
    if kind is list:
        return [str(part) for part in value]
    if kind is bool and str(value).lower() in ("yes", "no", "true", "false", "0", "1"):
        return str(value).lower() in ("yes", "true", "1")
    if kind in (int, float) and not isinstance(value, bool):
        try:
            return kind(value)
        except (TypeError, ValueError):
            pass
    elif kind is str and value is None:
        return ""
    elif kind is str and not isinstance(value, (list, dict)):
        return str(value)
    raise ParameterError(
        f"{name} = {value!r} is not {'yes or no' if kind is bool else 'a ' + {int: 'whole number', float: 'number', str: 'text'}.get(kind, kind.__name__)}"
    )


def check_choice(name: str, value: str, allowed: list[str]) -> None:
    """Raises ParameterError for a value that is none of those allowed."""
    if value not in allowed:
        raise ParameterError(_advise(f'{name} cannot be "{value}"', value, allowed))


def _advise(what: str, wrong: str, allowed: list[str]) -> str:
    near = difflib.get_close_matches(str(wrong), allowed, 1, 0.5)
    return f"{what}{f'; did you mean {near[0]}?' if near else '.'} Allowed: {', '.join(allowed)}"


def check_documents(wanted: list[str], documents: pd.DataFrame) -> list[str]:
    """The document ids asked for, as the corpus writes them. Raises ParameterError for one it has not."""
    known = list(documents["doc_id"])
    wanted = [pad_id(name) for name in wanted]
    for name in wanted:
        check_choice("documents", name, known)
    return wanted
