"""Parts: the tables that one split leaves, which appear whole or not at all."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd

from helpers.archive import TABLES
from helpers.saving import open_part

HELD = 8_000_000  # characters of texts with claims that wait in memory to be written
ROWS = 512  # in a row group of documents: what is read for the text of one


def name_file(target: str | Path, table: str, number: int) -> Path:
    """Where a table of a part ("claims", "documents", "places"), or its record ("done"), is."""
    return Path(target) / table / f"part-{number:06d}.{'json' if table == 'done' else 'parquet'}"


def make_schema(table: str) -> Any:
    """What Arrow calls the columns of a table: text, but for lists of names and degrees."""
    import pyarrow

    names = pyarrow.list_(pyarrow.string())
    kinds = {"names": names, "parts": names, "lat": pyarrow.float64(), "lon": pyarrow.float64()}
    return pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in TABLES[table]])


class PartTables:
    """The tables of a part while they are written; `sums` holds the SHA-256 of each when they are
    whole."""

    def __init__(self, files: dict[str, BinaryIO], writers: dict[str, Any]):
        self.sums: dict[str, str] = {}
        self._files, self._writers = files, writers
        self._waiting: dict[str, list[pd.DataFrame]] = {table: [] for table in TABLES}

    def add(self, **rows: pd.DataFrame) -> None:
        """Take rows: add(claims=…, documents=…, places=…). They wait until they are many."""
        for table, frame in rows.items():
            self._waiting[table].append(frame)
        if sum(int(frame["text"].str.len().sum()) for frame in self._waiting["documents"]) > HELD:
            self._write()

    def finish(self) -> None:
        """Write what waits, and sum up every file."""
        self._write()
        for table, file in self._files.items():
            self._writers[table].close()
            file.flush()
            with open(file.name, "rb") as data:
                self.sums[table] = hashlib.file_digest(data, "sha256").hexdigest()

    def _write(self) -> None:
        import pyarrow

        for table, frames in self._waiting.items():
            rows = pd.DataFrame(columns=TABLES[table])
            if frames:
                rows = pd.concat(frames, ignore_index=True)[TABLES[table]]
            if table == "places":  # met in several batches; the first wording names it
                rows = rows.drop_duplicates("place")
            self._writers[table].write_table(
                pyarrow.Table.from_pandas(rows, make_schema(table), preserve_index=False),
                row_group_size=ROWS if table == "documents" else None,
            )
            frames.clear()


@contextmanager
def open_tables(target: str | Path, number: int) -> Iterator[PartTables]:
    """The tables of a part to add rows to. When the block ends well they are on disk under their
    names, whole; when it does not, nothing is left of them."""
    from pyarrow import parquet

    files, writers = {}, {}
    with ExitStack() as stack:
        for table in TABLES:
            file = name_file(target, table, number)
            file.parent.mkdir(parents=True, exist_ok=True)
            files[table] = stack.enter_context(open_part(file))
            writer = parquet.ParquetWriter(files[table], make_schema(table), compression="zstd")
            writers[table] = writer
            stack.callback(_close_quietly, writer)
        tables = PartTables(files, writers)
        yield tables
        tables.finish()


def _close_quietly(writer: Any) -> None:
    """Close a writer that may be closed already, or whose disk may be full."""
    with suppress(OSError):
        writer.close()
