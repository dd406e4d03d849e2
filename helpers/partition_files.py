"""Partition files: the tables of one partition, which appear whole or not at all."""

import hashlib
import os
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path

import pandas as pd

from helpers.articles import ARTICLE_COLUMNS
from helpers.places import PLACE_COLUMNS
from helpers.proposals import PROPOSAL_COLUMNS

PART_TABLES = {
    "claims": PROPOSAL_COLUMNS,
    "documents": [*ARTICLE_COLUMNS, "language"],
    "places": PLACE_COLUMNS,
}
HELD = 8_000_000  # characters of texts with claims that wait in memory to be written
ROWS = 512  # in a row group of documents: what is read for the text of one


def name_file(target: str | Path, table: str, number: int) -> Path:
    """Where a table of a partition ("claims", "documents", "places"), or its record ("done"), is."""
    return Path(target) / table / f"part-{number:06d}.{'json' if table == 'done' else 'parquet'}"


@contextmanager
def save_tables(target: str | Path, number: int):
    """(add, sums): `add(claims=…, documents=…, places=…)` takes rows of a partition's tables; when the block ends well they
    are on disk under their names, whole, and `sums` holds the SHA-256 of each. When it does not, nothing is left of them."""
    import pyarrow
    from pyarrow import parquet

    kinds = {
        "names": pyarrow.list_(pyarrow.string()),
        "parts": pyarrow.list_(pyarrow.string()),
        "lat": pyarrow.float64(),
        "lon": pyarrow.float64(),
    }
    schemas = {
        table: pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in columns])
        for table, columns in PART_TABLES.items()
    }
    parts, writers, waiting, sums = {}, {}, {table: [] for table in PART_TABLES}, {}

    def write() -> None:
        """What waits goes to disk."""
        for table, frames in waiting.items():
            rows = (
                pd.concat(frames, ignore_index=True)[PART_TABLES[table]]
                if frames
                else pd.DataFrame(columns=PART_TABLES[table])
            )
            if (
                table == "places"
            ):  # met in several chunks; the first wording names it, as in a single run
                rows = rows.drop_duplicates("place")
            writers[table].write_table(
                pyarrow.Table.from_pandas(rows, schemas[table], preserve_index=False),
                row_group_size=ROWS if table == "documents" else None,
            )
            frames.clear()

    def add(**rows: pd.DataFrame) -> None:
        """Rows wait until they are many."""
        for table, frame in rows.items():
            waiting[table].append(frame)
        if sum(int(frame["text"].str.len().sum()) for frame in waiting["documents"]) > HELD:
            write()

    try:
        for table in PART_TABLES:
            file = name_file(target, table, number)
            file.parent.mkdir(parents=True, exist_ok=True)
            parts[table] = file.with_name(f".{file.name}.{uuid.uuid4().hex}.part").open("wb")
            writers[table] = parquet.ParquetWriter(parts[table], schemas[table], compression="zstd")
        yield add, sums
        write()
        for table, part in parts.items():
            writers.pop(table).close()
            _flush(part)
            with open(part.name, "rb") as data:
                sums[table] = hashlib.file_digest(data, "sha256").hexdigest()
        for table, part in parts.items():
            os.replace(part.name, name_file(target, table, number))
    finally:
        for writer in writers.values():
            with suppress(OSError):
                writer.close()
        for part in parts.values():
            with suppress(OSError):
                part.close()
            Path(part.name).unlink(missing_ok=True)


def _flush(part) -> None:
    part.flush()
    os.fsync(part.fileno())
    part.close()


def save_whole(file: Path, data: bytes) -> None:
    """Write a file so that it appears whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{uuid.uuid4().hex}.part")
    try:
        with part.open("wb") as out:
            out.write(data)
            _flush(out)
        os.replace(part, file)
    finally:
        part.unlink(missing_ok=True)
