"""Tables: CSV as people and their spreadsheets keep it, read as text and written back in the same dress."""

import os
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.reading import CorpusError


class Layout(NamedTuple):
    """How a CSV is written: its byte order mark ("" for none), remarks (whole lines above the header that begin
    with #), the header line, separator and line end."""

    mark: str
    remarks: str
    header: str
    separator: str
    line_end: str


def read_layout(file: Path) -> Layout:
    """The layout of a CSV that is there, else of a new one: commas, and the mark, for spreadsheets guess the
    encoding without it. Raises UnicodeDecodeError for what is not UTF-8."""
    old = file.read_bytes() if file.exists() else b"\xef\xbb\xbf"
    text = old.decode("utf-8-sig")
    remarks = re.match(r"(?:#[^\n]*\n)*", text)[0]
    header = text[len(remarks):].partition("\n")[0]
    return Layout("\ufeff" if old.startswith(b"\xef\xbb\xbf") else "", remarks, header.rstrip("\r"), max(",;\t", key=header.count), "\r\n" if header.endswith("\r") else "\n")


def load_table(file: Path, columns: list[str]) -> pd.DataFrame:
    """A CSV as text, forgiving what spreadsheets do to it: a byte order mark, `;` or tab as separator.
    Lines above the header that begin with `#` are remarks.

    Every cell is a string, stripped, empty where nothing stands. Raises CorpusError when the file is
    missing, not UTF-8, not a table, or lacks one of `columns`.
    """
    if not file.exists():
        raise CorpusError(f"{file.parent.name}/{file.name} is missing")
    try:
        layout = read_layout(file)
        table = pd.read_csv(file, sep=layout.separator, skiprows=layout.remarks.count("\n"), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{file.name} is not UTF-8 (byte {error.start}); export it as CSV UTF-8") from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise CorpusError(f"{file.name} is not a table: {error}; check quotes and separators") from None
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise CorpusError(f"{file.name} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}; add {'them' if len(missing) > 1 else 'it'}, empty if need be")
    table = table.map(str.strip) if "exact" not in table else table.assign(
        **{name: table[name].str.strip() for name in table.columns if name not in ("exact", "number", "date_exact")}
    )
    if layout.separator == ";":  # a spreadsheet that separates by semicolons writes 66,67 for 66.67
        for name in {"low", "best", "high", "lat", "lon"} & set(table.columns):
            table[name] = table[name].str.replace(",", ".", regex=False)
    return table


def replace_file(file: Path, text: str) -> Path:
    """Write a file under a temporary name, then rename it: it appears whole or not at all. Raises CorpusError
    when it cannot be written; what stood there before still stands."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_bytes(text.encode())
        os.replace(part, file)
    except OSError as error:
        raise CorpusError(f"{file} cannot be written ({error.strerror}); it is as it was. Close it in other programs, or copy the corpus to where you may write") from None
    finally:
        part.unlink(missing_ok=True)
    return file


def pad_id(value: str) -> str:
    """`004` from the `4` that a spreadsheet made of it; ids that are no number stay as they are."""
    return value.zfill(3) if value.isdigit() else value


@cache
def is_day_or_interval(value: str) -> bool:
    """True for "", an ISO day, or an interval of two ISO days in order."""
    if not value:
        return True
    if not all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) for day in value.split("/")):
        return False
    days = [pd.to_datetime(day, format="%Y-%m-%d", errors="coerce") for day in value.split("/")]
    return len(days) <= 2 and all(pd.notna(day) for day in days) and days == sorted(days)


def list_faults(head: str, faults: list[str], most: int = 50) -> str:
    """A message of several lines: what is wrong, then every fault (the first `most` of them)."""
    more = [f"  … and {len(faults) - most} more"] if len(faults) > most else []
    return "\n".join([f"{head} ({len(faults)}):", *(f"  {fault}" for fault in faults[:most]), *more])
