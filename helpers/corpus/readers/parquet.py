"""Parquet: columns of text from a file that may be damaged, or made to burst: a few hundred bytes
can hold terabytes. What the file says of its size is believed only until it has been unpacked."""

import io
from collections.abc import Callable
from typing import TypeVar

import pandas as pd

from helpers.schema.errors import CorpusError

MOST_UNPACKED = 1_000_000_000  # bytes: 200,000 articles of 5,000 characters, held in memory
MOST_ROWS = 5_000_000  # a million empty rows take a dozen bytes in the file and 100 MB in memory
AT_ONCE = 1_000  # rows unpacked at a time

Read = TypeVar("Read")


def list_names(data: bytes) -> list[str]:
    """The names of a file's columns. Raises CorpusError for what is no Parquet, and for a name that
    stands twice."""
    from pyarrow import parquet

    names = _guard(lambda: parquet.ParquetFile(io.BytesIO(data)).schema_arrow.names)
    if doubled := [name for name in names if names.count(name) > 1]:
        raise CorpusError(f"has the column {doubled[0]} twice; rename one of them")
    return names


def read_cells(data: bytes, names: list[str]) -> pd.DataFrame:
    """The columns `names` of a Parquet file as text, "" where a value is missing; one row a row.

    Raises CorpusError for a damaged file, for what is no text, and for a file that says it unpacks
    to more than MOST_UNPACKED bytes, in all its columns, or MOST_ROWS rows. One that says less than
    it holds is given up at the first rows beyond; by then a page of each column is in memory, at
    most.
    """
    return _guard(lambda: _read_batches(data, names))


def _read_batches(data: bytes, names: list[str]) -> pd.DataFrame:
    import pyarrow
    from pyarrow import parquet

    # A value that many rows share stays one value until its copies have been counted.
    file = parquet.ParquetFile(io.BytesIO(data), read_dictionary=names)
    _check_summary(file.metadata)
    left, batches = MOST_UNPACKED, []
    for batch in file.iter_batches(AT_ONCE, columns=names, use_threads=False):
        left -= sum(_count_bytes(column) for column in batch.columns)
        if left < 0:
            raise _refuse_size()
        batches.append(batch)
    table = pyarrow.table(
        {
            name: pyarrow.chunked_array(
                [batch[name].cast(pyarrow.string()) for batch in batches], pyarrow.string()
            )
            for name in names
        }
    )
    table.validate(full=True)  # text that is not UTF-8
    return table.to_pandas().astype(str).fillna("") if names else pd.DataFrame()


def _check_summary(summary) -> None:
    """Raises CorpusError for more rows or bytes than a file may have, as it says itself. Row groups
    are asked, not their columns: of some damaged files pyarrow ends the process when asked for
    those."""
    if summary.num_rows > MOST_ROWS:
        raise CorpusError(
            f"has {summary.num_rows:,} rows; split it, a table has at most {MOST_ROWS:,}"
        )
    groups = range(summary.num_row_groups)
    if sum(summary.row_group(group).total_byte_size for group in groups) > MOST_UNPACKED:
        raise _refuse_size()


def _refuse_size() -> CorpusError:
    return CorpusError(
        f"unpacks to more than {MOST_UNPACKED // 1_000_000:,} MB; split it into several files, "
        "and leave out columns that are not read"
    )


def _count_bytes(column) -> int:
    """The bytes of a column of a batch when each row has a copy of its own."""
    import pyarrow
    from pyarrow import compute

    if not pyarrow.types.is_dictionary(column.type):
        return column.nbytes
    lengths = compute.binary_length(column.dictionary).take(column.indices)
    return compute.sum(lengths).as_py() or 0


def _guard(read: Callable[[], Read]) -> Read:
    """What `read` gives; whatever a damaged file raises as one CorpusError."""
    import pyarrow

    try:
        return read()
    except CorpusError:
        raise
    except (pyarrow.ArrowException, OSError, ValueError, TypeError, MemoryError) as error:
        said = str(error).partition("\n")[0] or type(error).__name__
        remedy = "write it again"
        if "Not yet implemented" in said:
            remedy = "write it with the plain or the dictionary encoding"
        raise CorpusError(f"is no Parquet that can be read ({said}); {remedy}") from None
