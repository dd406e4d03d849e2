"""Tables: CSV as people and their spreadsheets keep it, read as text and written back in the same dress."""

import csv
import io
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.folders import CorpusError
from helpers.saving import check_inside

csv.field_size_limit(2**31 - 1)  # of 131,072 characters: a cell may hold an article
REMARKS = re.compile(r"(?:(?:#[^\n]*|[ \t\r]*)\n)*")  # and empty lines
FORMULA = re.compile(r"'*(?:[\t\r\n]|[\s\ufeff\u200b-\u200f\u2060]*[=+\-@＝＋－＠])")
NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?", re.ASCII)


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
    remarks = REMARKS.match(text)[0]
    header = text[len(remarks) :].partition("\n")[0]
    return Layout(
        "\ufeff" if old.startswith(b"\xef\xbb\xbf") else "",
        remarks,
        header.rstrip("\r"),
        max(",;\t", key=header.count),
        "\r\n" if header.endswith("\r") else "\n",
    )


def load_table(file: Path, columns: list[str]) -> pd.DataFrame:
    """A CSV as text, forgiving what spreadsheets do to it: a byte order mark, `;` or tab as separator, rows
    without their last empty cells. Lines above the header that begin with `#` are remarks.

    Every cell is a string, stripped, empty where nothing stands, without the guard that compose_table gives to
    what a spreadsheet would take for a formula. Raises CorpusError when the file is missing, a link that leads
    out of its folder, not UTF-8, not a table (with the line), or lacks one of `columns`.
    """
    if not file.exists():
        raise CorpusError(f"{file.parent.name}/{file.name} is missing")
    check_inside(file)
    try:
        layout = read_layout(file)
        table = parse_table(
            file.read_bytes().decode("utf-8-sig")[len(layout.remarks) :],
            layout.separator,
            layout.remarks.count("\n"),
        )
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"{file.name} is not UTF-8 (byte {error.start}); export it as CSV UTF-8"
        ) from None
    except OSError as error:
        raise CorpusError(
            f"{file.name} cannot be opened ({error.strerror}); allow reading it"
        ) from None
    except CorpusError as error:
        raise CorpusError(f"{file.name} is not a table: {error}") from None
    table = table.rename(columns=unguard_cell)
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise CorpusError(
            f"{file.name} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}; add {'them' if len(missing) > 1 else 'it'}, empty if need be"
        )
    quotes = ("exact", "number", "date_exact") if "exact" in table else ()
    table = table.assign(
        **{
            name: table[name].map(unguard_cell if name in quotes else _clean_cell)
            for name in table.columns
        }
    )
    if layout.separator == ";":  # a spreadsheet that separates by semicolons writes 66,67 for 66.67
        for name in {"low", "best", "high", "lat", "lon"} & set(table.columns):
            table[name] = table[name].str.replace(",", ".", regex=False)
    return table


def read_columns(file: Path) -> list[str]:
    """The names of the columns of a CSV, from its first line."""
    layout = read_layout(file)
    return list(parse_table(layout.header, layout.separator).columns)


def parse_table(text: str, separator: str, above: int = 0) -> pd.DataFrame:
    """The rows of a CSV as text, under the names of its first line; `above` lines stand over it in its file.
    Empty lines are no rows; a row that lacks cells at its end has empty ones.

    Raises CorpusError with the line: an open quote, a cell with no column over it, a name that stands twice.
    """
    reader, rows, line = (
        csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True),
        [],
        above + 1,
    )
    header: list[str] = []
    try:
        for row in reader:
            if row and not header:
                header = [name or f"Unnamed: {number}" for number, name in enumerate(row)]
                if len(set(header)) < len(header):
                    raise CorpusError(
                        f"line {line}: the column {next(name for name in header if header.count(name) > 1)} stands twice; rename or delete one"
                    )
            elif row:
                if any(row[len(header) :]):
                    raise CorpusError(
                        f"line {line} has {len(row)} cells and the header {len(header)}; check quotes and separators"
                    )
                rows.append(row[: len(header)] + [""] * (len(header) - len(row)))
            line = above + reader.line_num + 1
    except csv.Error as error:
        raise CorpusError(f"line {line}: {error}; check quotes and separators") from None
    if not header:
        raise CorpusError("it holds no line; write the names of the columns into the first")
    return pd.DataFrame(rows, columns=header, dtype=str)


def compose_table(
    table: pd.DataFrame, separator: str = ",", line_end: str = "\n", **options
) -> str:
    """A table as CSV that a spreadsheet may open: what it would take for a formula is guarded, names of columns too.
    `options` go to pandas."""
    words = table.select_dtypes(["object", "str"]).columns
    guarded = (
        table.assign(**{name: [guard_cell(cell) for cell in table[name]] for name in words})
        if len(table)
        else table
    )
    return guarded.rename(columns=guard_cell).to_csv(
        index=False, sep=separator, lineterminator=line_end, **options
    )


def guard_cell(cell):
    """A cell as a spreadsheet may see it: with an apostrophe before it if it would be run as a formula, which
    a text of a corpus may be (=HYPERLINK(…), +CMD|…, @SUM(…)), or if it begins with apostrophes before
    such a one: so that unguard_cell gives back every cell as it was. Numbers stay numbers.

    What counts as the beginning of a formula: https://owasp.org/www-community/attacks/CSV_Injection.
    """
    if (
        not isinstance(cell, str)
        or cell[:1].isalnum()
        or not FORMULA.match(cell)
        or NUMBER.fullmatch(cell)
    ):
        return cell
    return "'" + cell


def unguard_cell(cell: str) -> str:
    """A cell without the apostrophe that guard_cell put before it."""
    return cell[1:] if cell[:1] == "'" and FORMULA.match(cell) else cell


def _clean_cell(cell: str) -> str:
    return unguard_cell(cell.strip()).strip()


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
    return "\n".join(
        [f"{head} ({len(faults)}):", *(f"  {fault}" for fault in faults[:most]), *more]
    )
