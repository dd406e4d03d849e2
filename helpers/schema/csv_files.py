"""CSV files as people and their spreadsheets keep them: read as text, written back as they were."""

import codecs
import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.schema.columns import DAY, TABLES
from helpers.schema.errors import CorpusError
from helpers.schema.files import check_inside, replace_file

csv.field_size_limit(2**31 - 1)  # of 131,072 characters: a cell may hold an article
REMARKS = re.compile(r"(?:(?:\"?#[^\n]*|[ \t\r]*)\n)*")  # and empty lines
THOUSANDS = r"[1-9]\d{0,2}(?:\.\d{3})+"
FORMULA = re.compile(r"'*(?:[\t\r\n]|[\s\ufeff\u200b-\u200f\u2060]*[=+\-@＝＋－＠])")
NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?", re.ASCII)
DECIMALS = [  # columns in which a spreadsheet that separates by semicolons writes 66,67 for 66.67
    *TABLES["claims"].pick("number"),
    *TABLES["places"].pick("degrees"),
]
# Tables are read row by row, as charts draw them, and strings of Arrow take three times as long:
# whatever loads one is decorated with this, and leaves the options of a session as they were.
python_strings = pd.option_context("mode.string_storage", "python")


class Layout(NamedTuple):
    """How a CSV is written: its byte order mark ("" for none), remarks (whole lines above the
    header that begin with #, or sep=), the header line, separator, line end and encoding."""

    mark: str
    remarks: str
    header: str
    separator: str
    line_end: str
    encoding: str = "utf-8"


def read_layout(file: Path) -> Layout:
    """The layout of a CSV that is there, else of a new one: commas, and the mark, for spreadsheets
    guess the encoding without it. Raises UnicodeDecodeError as decode_table does."""
    return find_layout(file.read_bytes() if file.exists() else b"\xef\xbb\xbf")


def find_layout(old: bytes) -> Layout:
    """The layout of a CSV from its bytes. Raises UnicodeDecodeError as decode_table does."""
    text, encoding = decode_table(old)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    remarks = find_remarks(text[len(mark) :])
    header = text[len(mark) + len(remarks) :].partition("\n")[0]
    told = remarks[4] if remarks[:4].lower() == "sep=" else ""
    return Layout(
        mark,
        remarks,
        header.rstrip("\r"),
        told or find_separator(header),
        "\r\n" if header.endswith("\r") else "\n",
        encoding,
    )


def decode_table(data: bytes) -> tuple[str, str]:
    """(a CSV as text, its mark included; the encoding): UTF-8, the UTF-16 of Excel's "Unicode
    text", or the Windows-1252 of its plain "CSV". Raises UnicodeDecodeError for what is none of
    these, as UTF-8 of which some bytes are damaged.

    >>> decode_table("café".encode("cp1252"))
    ('café', 'cp1252')
    """
    if data.startswith(codecs.BOM_UTF16_LE) or data[1:2] == b"\0":
        return data.decode("utf-16-le"), "utf-16-le"
    if data.startswith(codecs.BOM_UTF16_BE) or data[:1] == b"\0":
        return data.decode("utf-16-be"), "utf-16-be"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if not data.decode("utf-8", "ignore").isascii():
            raise  # some of its letters are UTF-8: read otherwise, all of them would be wrong
        with suppress(UnicodeDecodeError):
            return data.decode("cp1252"), "cp1252"
        raise


def find_remarks(text: str) -> str:
    """The remarks and empty lines above the header of a CSV; before them the line by which Excel
    is told the separator (sep=;)."""
    told = text[: text.find("\n") + 1] if text[:4].lower() == "sep=" else ""
    found = REMARKS.match(text, len(told))
    return told + found[0] if found else told


def find_separator(header: str) -> str:
    """What separates the names of a header line: the most frequent of comma, semicolon and tab."""
    return max(",;\t", key=header.count)


@python_strings
def make_empty(table: str) -> pd.DataFrame:
    """A table of text without rows, with all columns that tables.toml gives it."""
    return pd.DataFrame(columns=TABLES[table].names, dtype=str)


@python_strings
def load_table(file: Path, columns: list[str]) -> pd.DataFrame:
    """A CSV as text, forgiving what spreadsheets do to it: a byte order mark, UTF-16 or
    Windows-1252, `;` or tab as separator, capitals in the names of columns, rows without their last
    empty cells, empty rows and columns. Lines above the header that begin with `#` are remarks.
    The index counts empty rows too: that of the first row below the header is 0.

    Every cell is a string, stripped, empty where nothing stands, without the guard that
    compose_table gives to what a spreadsheet would take for a formula. Raises CorpusError when the
    file is missing, a link that leads out of its folder, in no encoding that can be told, not a
    table (with the line), or lacks one of `columns`.
    """
    if not file.exists():
        raise CorpusError(f"{file.parent.name}/{file.name} is missing")
    check_inside(file)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise CorpusError(
            f"{file.name} cannot be opened ({error.strerror}); allow reading it"
        ) from None
    return read_table(data, file.name, columns)


@python_strings
def read_table(data: bytes, file: str, columns: list[str]) -> pd.DataFrame:
    """The bytes of a CSV as load_table gives them; `file` is what messages call it."""
    try:
        layout = find_layout(data)
        text = data.decode(layout.encoding)[len(layout.mark) + len(layout.remarks) :]
        table = parse_table(text, layout.separator, layout.remarks.count("\n"))
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"{file} is not UTF-8 (byte {error.start}), nor in another encoding that can be told; "
            "export it as CSV UTF-8"
        ) from None
    except CorpusError as error:
        raise CorpusError(f"{file} is not a table: {error}") from None
    table = _name_columns(table.rename(columns=unguard_cell))
    missing = [name for name in columns if name not in table.columns]
    if missing:
        what, them = ("columns", "them") if len(missing) > 1 else ("column", "it")
        raise CorpusError(
            f"{file} lacks the {what} {', '.join(missing)}; add {them}, empty if need be"
        )
    quotes = ("exact", "number", "date_exact") if "exact" in table else ()
    cleaned = {
        name: table[name].map(unguard_cell if name in quotes else _clean_cell)
        for name in table.columns
    }
    if layout.separator != ",":
        cleaned |= _read_marks(cleaned, layout.separator)
    cleaned_table = table.assign(**cleaned)
    is_empty = (cleaned_table == "").all(axis=1)
    return cleaned_table[~is_empty] if is_empty.any() else cleaned_table


def _name_columns(table: pd.DataFrame) -> pd.DataFrame:
    """A table with the names of its columns as tables.toml has them, and without columns that have
    neither a name nor a cell."""
    empty = [
        name
        for name in table.columns
        if name.startswith("Unnamed: ") and not table[name].str.strip().any()
    ]
    table = table.drop(columns=empty)
    return table.set_axis(name_columns(list(table.columns)), axis=1)


def name_columns(names: list[str]) -> list[str]:
    """Names of columns as tables.toml writes them, whatever their capitals and spaces; a person's
    own stay as they are.

    >>> name_columns(["Claim ID", "Mine"])
    ['claim_id', 'Mine']
    """
    folded = ["_".join(name.lower().split()) for name in names]
    if folded == names:
        return names
    known = {name for table in TABLES.values() for name in table.names}
    return [
        own if own in known and own not in names and folded.count(own) == 1 else name
        for name, own in zip(names, folded)
    ]


def _read_marks(table: Mapping[str, pd.Series], separator: str) -> dict[str, pd.Series]:
    """The columns of numbers, with a point for a decimal comma. Where commas are decimal, 400.000
    may be 400 or 400,000: the cell says both, and is no number."""
    read = _replace_marks(table, ",", ".") if separator == ";" else {}
    for name in TABLES["claims"].pick("number"):
        if name not in table:
            continue
        cells = read.get(name, table[name])
        if separator == ";":
            own = table[name].where(
                table[name].map(lambda cell: bool(re.fullmatch(THOUSANDS, cell)))
            )
            both = own + " or " + own.str.replace(".", "", regex=False)
            read[name] = cells.mask(own.notna(), both)
        else:
            read[name] = cells.str.replace(r"^(\d+),(\d{1,2}|\d{4,})$", r"\1.\2", regex=True)
    return read


def _replace_marks(table: Mapping[str, pd.Series], mark: str, other: str) -> dict[str, pd.Series]:
    """The columns of numbers with another decimal mark."""
    return {
        name: table[name].str.replace(mark, other, regex=False)
        for name in DECIMALS
        if name in table
    }


def read_column_names(file: Path) -> list[str]:
    """The names of the columns of a CSV, from its first line."""
    layout = read_layout(file)
    return name_columns(list(parse_table(layout.header, layout.separator).columns))


def parse_table(text: str, separator: str, above: int = 0) -> pd.DataFrame:
    """The rows of a CSV as text, under the names of its first line; `above` lines stand over it in
    its file. Empty lines are no rows; a row that lacks cells at its end has empty ones.

    Raises CorpusError with the line: an open quote, a cell with no column over it, a name that
    stands twice.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header: list[str] = []
    rows: list[list[str]] = []
    numbers: list[int] = []
    line, number = above + 1, -2
    try:
        for row in reader:
            number += number > -2 or bool(row)  # of rows; empty ones above the header are none
            if row and not header:
                header = [name or f"Unnamed: {number}" for number, name in enumerate(row)]
                doubled = [name for name in header if header.count(name) > 1]
                if doubled:
                    raise CorpusError(
                        f"line {line}: the column {doubled[0]} stands twice; rename or delete one"
                    )
            elif row:
                if any(row[len(header) :]):
                    raise CorpusError(
                        f"line {line} has {len(row)} cells and the header {len(header)}; "
                        "check quotes and separators"
                    )
                rows.append(row[: len(header)] + [""] * (len(header) - len(row)))
                numbers.append(number)
            line = above + reader.line_num + 1
    except csv.Error as error:
        raise CorpusError(f"line {line}: {error}; check quotes and separators") from None
    if not header:
        raise CorpusError("it holds no line; write the names of the columns into the first")
    table = pd.DataFrame(rows, columns=header, dtype=str)
    return table if number + 1 == len(rows) else table.set_axis(numbers)


def compose_table(
    table: pd.DataFrame,
    separator: str = ",",
    line_end: str = "\n",
    own: Collection[str] = (),
    **options,
) -> str:
    """A table as CSV that a spreadsheet may open: what it would take for a formula is guarded,
    names of columns too, but not the columns `own`, which no text had a hand in. `options` go to
    pandas."""
    words = table.select_dtypes(["object", "str"]).columns.difference(own) if len(table) else []
    guarded = table.assign(**{name: [guard_cell(cell) for cell in table[name]] for name in words})
    return guarded.rename(columns=guard_cell).to_csv(
        index=False, sep=separator, lineterminator=line_end, **options
    )


def guard_cell(cell):
    """A cell as a spreadsheet may see it: with an apostrophe before it if it would be run as a
    formula, which a text of a corpus may be (=HYPERLINK(…), +CMD|…, @SUM(…)), or if it begins with
    apostrophes before such a one: so that unguard_cell gives back every cell as it was. Numbers
    stay numbers.

    What begins a formula: https://owasp.org/www-community/attacks/CSV_Injection.
    """
    if not isinstance(cell, str) or cell[:1].isalnum():
        return cell
    return "'" + cell if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell


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
    if not re.fullmatch(f"{DAY}(/{DAY})?", value):
        return False
    days = [pd.to_datetime(day, format="%Y-%m-%d", errors="coerce") for day in value.split("/")]
    return all(pd.notna(day) for day in days) and days == sorted(days)


def list_faults(head: str, faults: list[str], most: int = 50) -> str:
    """A message of several lines: what is wrong, then every fault (the first `most` of them)."""
    lines = [f"{head} ({len(faults)}):", *(f"  {fault}" for fault in faults[:most])]
    if len(faults) > most:
        lines.append(f"  … and {len(faults) - most} more")
    return "\n".join(lines)


def name_some(names: Sequence[str], most: int = 5) -> str:
    """a, b, c: the first `most` of some names, with an ellipsis where there are more."""
    said = ", ".join(names[:most])
    return f"{said} …" if len(names) > most else said


def write_cell(cell) -> str:
    """A cell of places.csv as text: lists with semicolons, degrees to four places."""
    if isinstance(cell, list):
        return ";".join(cell)
    if cell is None or cell != cell:
        return ""
    return f"{cell:.4f}" if isinstance(cell, float) else str(cell)


def compose_as(file: Path, table: pd.DataFrame) -> bytes:
    """A table of text as CSV, in the layout of the file that is there."""
    return compose_in(read_layout(file), table)


def compose_in(layout: Layout, table: pd.DataFrame) -> bytes:
    """A table of text as CSV in a layout."""
    if layout.separator == ";":
        table = table.assign(**_replace_marks(table, ".", ","))
    has_return = table.map(lambda cell: "\r" in cell).any(axis=None)
    quoting = csv.QUOTE_ALL if has_return else csv.QUOTE_MINIMAL
    words = compose_table(table, layout.separator, layout.line_end, quoting=quoting)
    return encode_table(layout, layout.mark + layout.remarks + words)


def encode_table(layout: Layout, text: str) -> bytes:
    """The text of a CSV in the encoding of a layout. Letters that it does not hold make it UTF-8,
    with the mark by which spreadsheets know that: none is lost."""
    try:
        return text.encode(layout.encoding)
    except UnicodeEncodeError:
        return ("\ufeff" + text.removeprefix("\ufeff")).encode()


def save_table(table: pd.DataFrame, file: Path, read: str | None = None) -> Path:
    """A table of text as CSV, in the layout of the file that is there, which is left alone if it
    is the same."""
    data = compose_as(file, table)
    if file.exists() and file.read_bytes() == data:
        return file
    return replace_file(file, data, read)
