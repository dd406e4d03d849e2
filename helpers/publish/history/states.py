"""States: what a corpus and its figures were at earlier runs, kept small beside the figures.

`states/0001.json.gz` and on, one a run that changed something; a run that changed nothing adds
none. No clock stands in them: the day of a state is that of its file.
"""

import csv
import gzip
import io
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.analysis.changes.corpus import TEXT_FIELDS, State
from helpers.analysis.selection import Study
from helpers.claims.gate import load_claim_table
from helpers.schema.columns import CLAIM_COLUMNS
from helpers.schema.csv_files import compose_table, read_table
from helpers.schema.errors import CorpusError, ParameterError
from helpers.schema.files import save_files

FOLDER = "states"  # below the folder of the figures
CORPUS = ("documents", "claims", "rejected")
# What a state's file holds. corpus: checksum. documents, claims: CSV. rejected: ids. figures: stem
# → its marks, as CSV. drawn: the figures that differ from the state before, or that began it;
# carried: those that this run has not drawn, as the state before has them.
Content = dict[str, Any]


def save_state(study: Study, figures: Iterable[str]) -> None:
    """Keep what the corpus and these figures (stems, drawn from the corpus as it is now) are, if it
    is not what the newest state says. Raises CorpusError when the folder cannot be written.

    Notebooks may run side by side, and each keeps what it finds: the figures that a run draws go
    into the state that its first notebook began. A state is begun where texts or claims differ,
    where a figure differs and the corpus (its checksum) does, or where a figure that this state had
    drawn differs.
    """
    states, now = list_states(study.figures), compose_content(study, figures)
    if not states:
        _save_content(study.figures, 1, now | {"drawn": sorted(now["figures"]), "carried": []})
        return
    number = max(states)
    last = load_content(states[number])
    known, carried = last["figures"], {*last["carried"]} - now["figures"].keys()
    changed = {stem for stem, marks in now["figures"].items() if known.get(stem) != marks}
    if differ(now, last) or (changed and now["corpus"] != last["corpus"]):
        number, drawn, carried = number + 1, {*now["figures"]}, known.keys() - now["figures"].keys()
    elif changed & {*last["drawn"]}:
        number, drawn = number + 1, changed
    elif changed or (now["corpus"] == last["corpus"] and carried != {*last["carried"]}):
        drawn = {*last["drawn"], *changed}
    else:
        return
    more = {"figures": known | now["figures"], "drawn": sorted(drawn), "carried": sorted(carried)}
    _save_content(study.figures, number, now | more)


def differ(one: Content, other: Content) -> bool:
    """Whether two states differ in texts or claims."""
    return any(one[name] != other[name] for name in CORPUS)


def find_before(study: Study, now: Content) -> tuple[int, Content]:
    """The state to compare with, and its number: that which `changed_since` names, else the last
    that differs from the corpus as it is now; (0, {}) where there is none yet. Raises
    ParameterError where none is as asked for."""
    states, since = list_states(study.figures), study.parameters["changed_since"]
    if not states:
        return 0, {}
    if not since:
        newest = max(states)
        is_kept = not differ(now, load_content(states[newest]))
        earlier = [number for number in states if number < newest or not is_kept]
        if not earlier:
            return 0, {}
    elif since.isdigit():
        earlier = [number for number in states if number == int(since)]
    else:
        earlier = [number for number, file in states.items() if _find_day(file) <= since]
    if not earlier:
        kept = ", ".join(f"{number} of {_find_day(file)}" for number, file in states.items())
        raise ParameterError(
            f'changed_since = "{since}" is no state of the figures in {study.figures.name}; there '
            f"are {kept}. Name one by its number, or a day from the first on"
        )
    return max(earlier), load_content(states[max(earlier)])


def list_states(folder: Path) -> dict[int, Path]:
    """Number → file, of the states of a figures folder, the oldest first."""
    files = {file.name.partition(".")[0]: file for file in (folder / FOLDER).glob("*.json.gz")}
    return {int(name): files[name] for name in sorted(files) if name.isdigit()}


def forget_states(folder: Path) -> None:
    """Begin anew: what is committed tells of no earlier run."""
    for file in list_states(folder).values():
        file.unlink(missing_ok=True)


def _find_day(file: Path) -> str:
    return date.fromtimestamp(file.stat().st_mtime).isoformat()


# --- the file of a state -------------------------------------------------------------------------


def compose_content(study: Study, figures: Iterable[str] = ()) -> Content:
    """What the corpus and these figures are now; of figures what their CSV says."""
    rejected: list[str] = []
    if (study.folder / "claims.csv").exists():
        table = load_claim_table(study.folder / "claims.csv")
        rejected = sorted(table["claim_id"][table["review"] == "rejected"])
    return {
        "corpus": study.checksum,
        "documents": compose_rows(study.documents[["doc_id", *TEXT_FIELDS, "sha256"]]),
        "claims": compose_rows(study.coded[[*CLAIM_COLUMNS, "doubt"]]),
        "rejected": rejected,
        "figures": {stem: (study.figures / f"{stem}.csv").read_text("utf-8") for stem in figures},
    }


def compose_rows(table: pd.DataFrame) -> str:
    """A table as a figure's CSV has it, cells with line ends of any kind in quotes."""
    return compose_table(table, float_format="%.15g", quoting=csv.QUOTE_MINIMAL)


def open_state(content: Content) -> State:
    """A state as tables of text."""
    documents, claims = (_read_rows(content[name]) for name in ("documents", "claims"))
    figures = {stem: _read_rows(marks) for stem, marks in content["figures"].items()}
    return State(documents, claims, frozenset(content["rejected"]), figures)


def _read_rows(rows: str) -> pd.DataFrame:
    return read_table(rows.encode(), "a state of the figures", [])


def load_content(file: Path) -> Content:
    """What a state's file holds. Raises CorpusError when it cannot be read."""
    try:
        content = json.loads(gzip.decompress(file.read_bytes()))
        if {*CORPUS, "corpus", "figures", "drawn", "carried"} <= content.keys():
            return content
    except (OSError, EOFError, ValueError, AttributeError):
        pass
    raise CorpusError(
        f"{FOLDER}/{file.name} is damaged; delete it: what has changed is then told since another "
        "run"
    )


def _save_content(folder: Path, number: int, content: Content) -> None:
    """Compressed without name and clock: the same bytes for the same content."""
    packed = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, packed, 0) as file:
        file.write(json.dumps(content, sort_keys=True).encode())
    save_files(folder, {f"{FOLDER}/{number:04d}.json.gz": packed.getvalue()})
