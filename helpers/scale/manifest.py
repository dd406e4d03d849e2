"""The manifest: what of a large run is done, under which parameters, with a checksum for every file.

Each finished partition leaves a record in `done/`; `run.json` holds the parameters from the start; `manifest.json` gathers both
once all is done, without clock, machine or path, so that the same source and parameters give the same bytes.
"""

import hashlib
import json
from pathlib import Path

import pandas as pd

from helpers import __version__
from helpers.folders import CorpusError
from helpers.proposals import save_places
from helpers.saving import replace_file
from helpers.scale.parts import PART_TABLES, name_file
from helpers.tables import compose_table, list_faults, load_table

BOOKKEEPING = {
    "stamp",
    "columns",
}  # of a piece: a copy of the source elsewhere has other ones, or needs none


def load_run(target: Path, parameters: dict) -> dict:
    """The parameters of the run that `target` holds, or `parameters`, now written there. Raises CorpusError when it
    holds a run with others, or something else."""
    file, parameters = target / "run.json", {**parameters, "version": __version__}
    if not file.exists():
        if target.is_dir() and any(target.iterdir()):
            raise CorpusError(
                f"{target} holds other things than claims made at scale; name a folder of its own"
            )
        save_run(target, parameters)
        return parameters
    old = json.loads(file.read_text("utf-8"))
    faults = [
        f'{name}: "{old.get(name)}" there, "{value}" now'
        for name, value in parameters.items()
        if name != "countries" and old.get(name) != value
    ]
    if faults:
        raise CorpusError(
            list_faults(
                f"{target} holds a run with other parameters; go on with those, or name another output",
                faults,
            )
        )
    return old


def save_run(target: Path, parameters: dict) -> None:
    """Write run.json, whole or not at all. Raises CorpusError where it cannot be written."""
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorpusError(
            f"{target} cannot be made ({error.strerror}); name a folder where you may write"
        ) from None
    replace_file(target / "run.json", json.dumps(parameters, ensure_ascii=False, indent=1))


def load_done(target: Path, pieces: list[dict]) -> dict[int, dict]:
    """The records of the partitions that are done and whole, by number; a file that is missing or has another checksum makes its
    partition undone. Raises CorpusError when a piece has changed since it was read."""
    done, faults = {}, []
    for piece in pieces:
        file = name_file(target, "done", piece["number"])
        if not file.exists():
            continue
        record = json.loads(file.read_text("utf-8"))
        if record["piece"] != piece:
            faults.append(piece.get("file") or f"{piece['files'][0][0]} and what follows")
        elif all(
            _sum_file(name_file(target, table, piece["number"])) == record["files"][table]
            for table in PART_TABLES
        ):
            done[piece["number"]] = record
    last = name_file(target, "done", len(pieces) - 1).name
    if faults or any(file.name > last for file in (target / "done").glob("part-*.json")):
        raise CorpusError(
            list_faults(
                "the source has changed since its claims were proposed; name another output, or put the source back as it was",
                list(dict.fromkeys(faults)) or ["it is shorter"],
            )
        )
    return done


def sum_tables(home: Path) -> dict[str, str]:
    """What people wrote beside the texts and claims depend on: the first digits of each table's SHA-256, "" for none."""
    return {name: _sum_file(home / name)[:12] for name in ("documents.csv", "places.csv")}


def _sum_file(file: Path) -> str:
    if not file.exists():
        return ""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def save_manifest(target: Path, parameters: dict, records: list[dict]) -> Path:
    """Gather what the partitions left: places.csv (rows that people wrote stay), set_aside.csv, manifest.json.

    Raises CorpusError when an id stands in two partitions, or a table's columns are called otherwise further down.
    """
    _check_columns(records)
    _check_ids(target, records)
    aside = [entry for record in records for entry in record["set_aside"]] + [
        {"doc_id": "", "where": where, "reason": f"left out: {why}"}
        for record in records
        for where, why in record["left_out"].items()
    ]
    replace_file(
        target / "set_aside.csv",
        compose_table(pd.DataFrame(aside, columns=["doc_id", "where", "reason"])),
    )
    save_places(_gather_places(target, records), target)
    kept = [
        {
            **record,
            "piece": {
                name: len(value) if name == "files" else value
                for name, value in record["piece"].items()
                if name not in BOOKKEEPING
            },
        }
        for record in records
    ]
    totals = {
        name: sum(record[name] for record in records)
        for name in ("documents", "claims", "characters")
    } | {"set_aside": sum(len(record["set_aside"]) for record in records)}
    text = json.dumps(
        {"parameters": parameters, "totals": totals, "partitions": kept},
        ensure_ascii=False,
        indent=1,
    )
    for part in target.glob(
        "*/.*.part"
    ):  # of workers that were killed; earlier, one might still be written to
        part.unlink(missing_ok=True)
    return replace_file(target / "manifest.json", text + "\n")


def load_aside(target: str | Path) -> pd.DataFrame:
    """What a finished run did not propose from, and why. One row is one text or line: doc_id, where, reason."""
    return load_table(Path(target) / "set_aside.csv", ["doc_id", "where", "reason"])


def _check_columns(records: list[dict]) -> None:
    known: dict[tuple[str, str], str] = {}
    for record in records:
        file = record["piece"].get("file", "")
        for kind, name in record["columns"].items():
            if (first := known.setdefault((file, kind), name)) != name:
                raise CorpusError(
                    f'{file}: "{first}" holds the {kind} in some rows, "{name}" in others; give every row the same columns, and name another output'
                )


def _check_ids(target: Path, records: list[dict]) -> None:
    """No id may name two texts: claims could not say which one they quote. 8 bytes an id are kept, not the ids."""
    from pyarrow import parquet

    seen: set[int] = set()
    for record in records:
        number = record["piece"]["number"]
        for doc_id in parquet.read_table(
            name_file(target, "documents", number), columns=["doc_id"]
        )["doc_id"].to_pylist():
            key = int.from_bytes(hashlib.blake2b(doc_id.encode(), digest_size=8).digest())
            if key in seen:
                raise CorpusError(
                    f"the id {doc_id} stands twice (again in partition {number}); give every text its own, and name another output"
                )
            seen.add(key)


def _gather_places(target: Path, records: list[dict]) -> pd.DataFrame:
    """The places met, as one run over all texts would describe them: in the words that came first."""
    from pyarrow import parquet

    met: dict[str, dict] = {}
    for record in records:
        for row in parquet.read_table(
            name_file(target, "places", record["piece"]["number"])
        ).to_pylist():
            met.setdefault(row["place"], row)
    return pd.DataFrame(list(met.values()), columns=PART_TABLES["places"]).set_index("place")
