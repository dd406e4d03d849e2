"""Parquet: columns of text from a file that may be damaged, or made to burst. What it unpacks to is known before it
is unpacked: a few hundred bytes can hold terabytes, and the sizes in a file's own summary can be false.
"""

import io

import pandas as pd

from helpers.folders import CorpusError

MOST_UNPACKED = 1_000_000_000  # bytes of a file's columns: 200,000 articles of 5,000 characters; they are held in memory
MOST_ROWS = 5_000_000  # a million empty rows take a dozen bytes in the file and 100 MB in memory
AT_ONCE = 1_000  # rows unpacked at a time
FIXED = {
    1: 0,
    2: 0,
    3: 1,
    7: 8,
}  # kinds of value in Thrift's compact protocol → bytes; 4 to 6 are numbers, 8 bytes, 9 a list, 12 a structure
DEEPEST = 12  # structures in one another; the format has no more than six


def read_names(data: bytes) -> list[str]:
    """The names of a file's columns. Raises CorpusError for what is no Parquet, and for a name that stands twice."""
    from pyarrow import parquet

    names = _guard(lambda: parquet.ParquetFile(io.BytesIO(data)).schema_arrow.names)
    if len(set(names)) < len(names):
        raise CorpusError(
            f"has the column {next(name for name in names if names.count(name) > 1)} twice; rename one of them"
        )
    return names


def read_columns(data: bytes, names: list[str]) -> pd.DataFrame:
    """The columns `names` of a Parquet file as text, "" where a value is missing; one row a row.

    Raises CorpusError for a damaged file, for what is no text, and for more than MOST_UNPACKED bytes or MOST_ROWS
    rows, before they are in memory: what the pages say they unpack to is added up first, and a value that
    many rows share is counted for each of them before it is copied.
    """
    import pyarrow
    from pyarrow import compute, parquet

    def read() -> pd.DataFrame:
        """The columns, batch by batch, as long as there is room."""
        check_pages(data, names)
        file = parquet.ParquetFile(io.BytesIO(data), read_dictionary=names)
        left, batches = MOST_UNPACKED, []
        for batch in file.iter_batches(AT_ONCE, columns=names, use_threads=False):
            for column in batch.columns:
                lengths = (
                    compute.binary_length(column.dictionary).take(column.indices)
                    if pyarrow.types.is_dictionary(column.type)
                    else None
                )
                left -= (
                    (compute.sum(lengths).as_py() or 0) if lengths is not None else column.nbytes
                )
            if left < 0:
                raise CorpusError(
                    f"unpacks to more than {MOST_UNPACKED // 1_000_000:,} MB; split it into several files"
                )
            batches.append(batch)
        chunks = {
            name: [batch[name].cast(pyarrow.string()) for batch in batches] for name in names
        }  # now each row has its own copy
        table = pyarrow.table(
            {
                name: pyarrow.chunked_array(arrays, pyarrow.string())
                for name, arrays in chunks.items()
            }
        )
        table.validate(full=True)  # text that is not UTF-8
        return table.to_pandas().astype(str).fillna("") if names else pd.DataFrame()

    return _guard(read)


def check_pages(data: bytes, names: list[str]) -> None:
    """Raises CorpusError when the pages of the columns `names` unpack to more than MOST_UNPACKED bytes, by their
    own headers, or when a file has more than MOST_ROWS rows; ValueError or the like for a file that is none.

    A page cannot unpack to more than its header says. The structures are those of
    https://github.com/apache/parquet-format (parquet.thrift); pyarrow gives no page headers, and it ends the
    process on some damaged summaries when it is asked for those of the columns.
    """
    summary, _ = _read_struct(data, len(data) - 8 - int.from_bytes(data[-8:-4], "little"))
    if summary[3] > MOST_ROWS:
        raise CorpusError(f"has {summary[3]:,} rows; split it, a table has at most {MOST_ROWS:,}")
    total, roots = 0, _list_roots(summary[2])
    for root, column in (
        (root, column[3])
        for group in summary[4]
        for root, column in zip(roots, group[1], strict=True)
    ):
        if (
            root in names
        ):  # by place, as pyarrow does: the name that stands with the pages may be another
            first = min(
                at for at in (column[9], column.get(11)) if at
            )  # the pages, or before them their dictionary
            total += add_pages(data, first, min(first + column[7], len(data)))
            if total > MOST_UNPACKED:
                raise CorpusError(
                    f"unpacks to more than {MOST_UNPACKED // 1_000_000:,} MB; split it into several files"
                )


def _list_roots(schema: list[dict]) -> list[str]:
    """For each column of values, in the order of the pages, the name of the table's column that it is part of."""
    roots, left, root = [], 0, ""
    for element in schema[1:]:
        if not left:
            root, left = element[4].decode(), 1
        left += element.get(5, 0) - 1
        roots += [] if element.get(5) else [root]
    return roots


def add_pages(data: bytes, at: int, end: int) -> int:
    """What the pages between two offsets of a file unpack to, in bytes."""
    total = 0
    while at < end:
        page, at = _read_struct(data, at)
        if min(page[2], page[3]) < 0:
            raise ValueError("a page of a negative size")
        total, at = total + page[2], at + page[3]
    return total


def _read_struct(data: bytes, at: int, depth: int = 0) -> tuple[dict, int]:
    """A structure of Thrift's compact protocol (field → value), and where it ends."""
    fields, field = {}, 0
    while kind := data[at] & 15:
        step, at = data[at] >> 4, at + 1
        if not step:
            field, at = _read_number(data, at)
        field += step
        fields[field], at = _read_value(data, at, kind, depth)
    return fields, at + 1


def _read_value(data: bytes, at: int, kind: int, depth: int):
    """One value (whole number, bytes, list or structure; None for what is not looked at), and where it ends."""
    if kind in FIXED:
        return None, at + FIXED[kind]
    if kind in (4, 5, 6):
        return _read_number(data, at)
    if kind == 8:
        length, at = _read_varint(data, at)
        return data[at : at + length], at + length
    if kind == 9 and depth < DEEPEST:
        length, kind, at = data[at] >> 4, data[at] & 15, at + 1
        length, at = _read_varint(data, at) if length == 15 else (length, at)
        if length > len(data):
            raise ValueError("a list longer than the file")
        values = []
        for _ in range(length):
            value, at = _read_value(data, at, kind, depth + 1) if kind > 2 else (None, at + 1)
            values.append(value)
        return values, at
    if kind == 12 and depth < DEEPEST:
        return _read_struct(data, at, depth + 1)
    raise ValueError("a structure that Parquet does not have")


def _read_number(data: bytes, at: int) -> tuple[int, int]:
    number, at = _read_varint(data, at)
    return number >> 1 ^ -(number & 1), at


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    number = 0
    for shift in range(0, 70, 7):
        number |= (data[at] & 127) << shift
        at += 1
        if data[at - 1] < 128:
            return number, at
    raise ValueError("a number without an end")


def _guard(read):
    """What `read` gives; whatever a damaged file raises as one CorpusError."""
    import pyarrow

    try:
        return read()
    except CorpusError:
        raise
    except (
        pyarrow.ArrowException,
        OSError,
        ValueError,
        IndexError,
        KeyError,
        TypeError,
        AttributeError,
        OverflowError,
        MemoryError,
    ) as error:
        remedy = (
            "write it with the plain or the dictionary encoding"
            if "Not yet implemented" in str(error)
            else "write it again"
        )
        raise CorpusError(
            f"is no Parquet that can be read ({str(error).splitlines()[0] if str(error) else type(error).__name__}); {remedy}"
        ) from None
