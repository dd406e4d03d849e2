"""Partition files: the tables of one partition, which appear whole or not at all."""

import hashlib
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

import pandas as pd

from helpers.articles import ARTICLE_COLUMNS
from helpers.places import PLACE_COLUMNS
from helpers.proposals import PROPOSAL_COLUMNS
from helpers.saving import open_part

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
    writers, waiting, sums = {}, {table: [] for table in PART_TABLES}, {}

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

    with ExitStack() as stack:
        parts = {}
        for table in PART_TABLES:
            file = name_file(target, table, number)
            file.parent.mkdir(parents=True, exist_ok=True)
            parts[table] = stack.enter_context(open_part(file))
            writers[table] = parquet.ParquetWriter(parts[table], schemas[table], compression="zstd")
            stack.push(partial(_close_quietly, writers[table]))
        yield add, sums
        write()
        for table, part in parts.items():
            writers[table].close()
            part.flush()
            with open(part.name, "rb") as data:
                sums[table] = hashlib.file_digest(data, "sha256").hexdigest()


def _close_quietly(writer, *_) -> None:
    """Close a writer though the disk may be full; what it wrote is then given up."""
    with suppress(OSError):
        writer.close()
