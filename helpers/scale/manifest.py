"""Manifest: what of a large run is done, under which parameters, with a checksum for every file.

Each finished part leaves a record in `done/`; `run.json` holds the parameters from the start;
`manifest.json` gathers both once all is done, without clock, machine or path, so that the same
source and parameters give the same bytes.
"""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

import helpers
from helpers import __version__
from helpers.claims.archive import TABLES
from helpers.claims.proposals import save_places
from helpers.scale.messages import Aside, Part, Split, TextSplit, read_part
from helpers.scale.parts import name_file
from helpers.schema.csv_files import compose_table, list_faults, load_table
from helpers.schema.errors import CorpusError
from helpers.schema.files import replace_file

BOOKKEEPING = ("stamp", "columns")  # of a split: a copy of the source has other ones, or needs none
READING = ("schema", "corpus", "claims", "extract")  # the floors that decide how a text is read
READERS = ("charset-normalizer", "lxml", "pypdf", "striprtf", "trafilatura")
ASIDE = ["doc_id", "where", "reason"]


def load_run(target: Path, parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters of the run that `target` holds, or `parameters`, now written there. Raises
    CorpusError when it holds a run with others, or under other rules, or something else."""
    file = target / "run.json"
    parameters = {**parameters, "version": __version__, "rules": sum_rules()}
    if not file.exists():
        if target.is_dir() and any(target.iterdir()):
            raise CorpusError(
                f"{target} holds other things than claims made at scale; name a folder of its own"
            )
        save_run(target, parameters)
        return parameters
    old: dict[str, Any] = json.loads(file.read_text("utf-8"))
    faults = [
        f'{name}: "{old.get(name)}" there, "{value}" now'
        for name, value in parameters.items()
        if name != "countries" and old.get(name) != value
    ]
    if faults:
        head = (
            f"{target} holds a run with other parameters or rules; go on with those, or name "
            "another output"
        )
        raise CorpusError(list_faults(head, faults))
    return old


def save_run(target: Path, parameters: dict[str, Any]) -> None:
    """Write run.json, whole or not at all. Raises CorpusError where it cannot be written."""
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorpusError(
            f"{target} cannot be made ({error.strerror}); name a folder where you may write"
        ) from None
    replace_file(target / "run.json", json.dumps(parameters, ensure_ascii=False, indent=1))


def load_done(target: Path, splits: list[Split]) -> dict[int, Part]:
    """The parts that are done and whole, by number; a file that is missing or has another checksum
    makes its part undone. Raises CorpusError when a split has changed since it was read."""
    done, changed = {}, []
    for split in splits:
        file = name_file(target, "done", split.number)
        if not file.exists():
            continue
        part = read_part(json.loads(file.read_text("utf-8")))
        if part.split != split:
            changed.append(split.name)
        elif all(
            _sum_file(name_file(target, table, split.number)) == part.record.files[table]
            for table in TABLES
        ):
            done[split.number] = part
    last = name_file(target, "done", len(splits) - 1).name
    if changed or any(file.name > last for file in (target / "done").glob("part-*.json")):
        head = (
            "the source has changed since its claims were proposed; "
            "name another output, or put the source back as it was"
        )
        raise CorpusError(list_faults(head, list(dict.fromkeys(changed)) or ["it is shorter"]))
    return done


def sum_tables(home: Path) -> dict[str, str]:
    """What people wrote beside the texts and claims depend on: the first digits of each table's
    SHA-256, "" for none."""
    return {name: _sum_file(home / name)[:12] for name in ("documents.csv", "places.csv")}


def sum_rules() -> str:
    """The first digits of a SHA-256 over what decides how a text is read: the files of the packages
    that read and propose, and the versions of the packages that take pages and PDFs apart. A run
    that goes on under other rules would mix two readings in one table."""
    from importlib.metadata import version

    package, total = Path(helpers.__file__).parent, hashlib.sha256()
    for file in sorted(file for floor in READING for file in (package / floor).rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            total.update(file.relative_to(package).as_posix().encode() + file.read_bytes())
    total.update(" ".join(f"{name} {version(name)}" for name in READERS).encode())
    return total.hexdigest()[:12]


def _sum_file(file: Path) -> str:
    if not file.exists():
        return ""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def save_manifest(target: Path, parameters: dict[str, Any], parts: list[Part]) -> Path:
    """Gather what the parts left: places.csv (rows that people wrote stay), set_aside.csv,
    manifest.json.

    Raises CorpusError when an id stands in two parts, or a table's columns are called otherwise
    further down.
    """
    _check_columns(parts)
    _check_ids(target, parts)
    aside = pd.DataFrame([asdict(entry) for entry in _list_aside(parts)], columns=ASIDE)
    replace_file(target / "set_aside.csv", compose_table(aside))
    save_places(_gather_places(target, parts), target)
    records = [part.record for part in parts]
    totals = {
        "documents": sum(record.documents for record in records),
        "claims": sum(record.claims for record in records),
        "characters": sum(record.characters for record in records),
        "set_aside": sum(len(record.set_aside) for record in records),
    }
    told = {
        "parameters": parameters,
        "totals": totals,
        "partitions": [{**part.to_json(), "piece": _describe_split(part.split)} for part in parts],
    }
    for left in target.glob("*/.*.part"):  # by killed workers; earlier, one might still write to it
        left.unlink(missing_ok=True)
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return replace_file(target / "manifest.json", text + "\n")


def load_aside(target: str | Path) -> pd.DataFrame:
    """What a finished run did not propose from, and why. One row is one text or line: doc_id,
    where, reason."""
    return load_table(Path(target) / "set_aside.csv", ASIDE)


def _list_aside(parts: list[Part]) -> list[Aside]:
    """Texts set aside, then what was left out."""
    aside = [entry for part in parts for entry in part.record.set_aside]
    return aside + [
        Aside("", where, f"left out: {why}")
        for part in parts
        for where, why in part.record.left_out.items()
    ]


def _describe_split(split: Split) -> dict[str, Any]:
    """A split as it stands in the manifest: of files only how many."""
    told = {name: value for name, value in asdict(split).items() if name not in BOOKKEEPING}
    return told | {"files": len(split.files)} if isinstance(split, TextSplit) else told


def _check_columns(parts: list[Part]) -> None:
    known: dict[tuple[str, str], str] = {}
    for part in parts:
        for kind, name in part.record.columns.items():
            first = known.setdefault((part.split.name, kind), name)
            if first != name:
                raise CorpusError(
                    f'{part.split.name}: "{first}" holds the {kind} in some rows, "{name}" in '
                    "others; give every row the same columns, and name another output"
                )


def _check_ids(target: Path, parts: list[Part]) -> None:
    """No id may name two texts: claims could not say which one they quote. 8 bytes an id are kept,
    not the ids."""
    from pyarrow import parquet

    seen: set[int] = set()
    for part in parts:
        number = part.split.number
        table = parquet.read_table(name_file(target, "documents", number), columns=["doc_id"])
        for doc_id in table["doc_id"].to_pylist():
            key = int.from_bytes(hashlib.blake2b(doc_id.encode(), digest_size=8).digest())
            if key in seen:
                raise CorpusError(
                    f"the id {doc_id} stands twice (again in partition {number}); "
                    "give every text its own, and name another output"
                )
            seen.add(key)


def _gather_places(target: Path, parts: list[Part]) -> pd.DataFrame:
    """The places met, as one run over all texts would describe them: in the words that came
    first."""
    from pyarrow import parquet

    met: dict[str, dict] = {}
    for part in parts:
        table = parquet.read_table(name_file(target, "places", part.split.number))
        for row in table.to_pylist():
            met.setdefault(row["place"], row)
    return pd.DataFrame(list(met.values()), columns=TABLES["places"]).set_index("place")
