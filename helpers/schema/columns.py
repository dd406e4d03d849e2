"""Columns: every table of a corpus as tables.toml states it, and what follows from that.

Read by hand and not by a schema library (pandera, frictionless): those find that a cell is wrong,
and the remedy, the row's id and all faults at once would be written over their messages again.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("tables.toml")
DAY = r"\d{4}-\d{2}-\d{2}"


@dataclass(frozen=True)
class CellType:
    """What a cell of a type looks like: the type other programs know it by (Table Schema), the
    shape of its text, and what a message calls it ("no whole number")."""

    package: str
    shape: str = ""
    called: str = ""


TYPES = {
    "text": CellType("string"),
    "number": CellType("number", r"\d{1,15}(\.\d+)?", "number"),
    "offset": CellType("integer", r"\d{1,12}", "whole number"),
    "days": CellType("number", r"\d{1,12}", "whole number"),
    "degrees": CellType("number"),  # held against its bounds where places are loaded
    "day": CellType("date"),
    "interval": CellType("string"),
}


@dataclass(frozen=True)
class Column:
    """A column of a table; tables.toml says what each of these means. `allowed` leads from a value
    to its topic, to "" where none is stated."""

    name: str
    meaning: str
    coding: str = ""
    type: str = "text"
    allowed: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    several: bool = False
    added: bool = False
    pattern: str = ""
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Table:
    """A table of a corpus: its file ("" where corpus.toml names it), what one row is, its key (""
    for none), and its columns in order."""

    name: str
    row: str
    columns: tuple[Column, ...]
    file: str = ""
    key: str = ""

    @property
    def names(self) -> list[str]:
        """The names of all columns."""
        return [column.name for column in self.columns]

    @property
    def needed(self) -> list[str]:
        """The columns without which a file is not this table: all but the younger ones."""
        return [column.name for column in self.columns if not column.added]

    def pick(self, *types: str) -> list[str]:
        """The names of the columns of these types."""
        return [column.name for column in self.columns if column.type in types]

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


KNOWN = {kind: {known.name for known in fields(kind)} for kind in (Column, Table)}


def load_tables(file: Path = FILE) -> dict[str, Table]:
    """Name → table, from tables.toml. Raises ValueError for what it cannot mean: a word that nobody
    reads, a type that there is none of, a key that is no column, a column without a meaning."""
    given = tomllib.loads(file.read_text("utf-8"))
    tables: dict[str, Table] = {}
    for name in sorted(given, key=lambda name: name != "claims"):  # first, others refer to them
        words = dict(given[name])
        own = words.pop("columns", {})
        columns = tables[words.pop("like")].columns if "like" in words else ()
        columns += tuple(_read_column(name, column, own[column], tables) for column in own)
        _check_words(f"tables.toml [{name}]", words, Table)
        tables[name] = Table(name, columns=columns, **words)
        if tables[name].key not in ("", *tables[name].names):
            raise ValueError(f"tables.toml [{name}]: key {tables[name].key!r} is no column of it")
    return {name: tables[name] for name in given}


def _read_column(table: str, name: str, given: dict[str, Any], tables: dict[str, Table]) -> Column:
    """A column from its words; those of another table's column stand in for what is not said."""
    where, words = f"tables.toml [{table}.columns.{name}]", dict(given)
    base = Column(name, "")
    if "as_in" in words:
        base = replace(tables[words.pop("as_in")][name], coding="")
    _check_words(where, words, Column)
    allowed = words.pop("allowed", base.allowed)
    if isinstance(allowed, list):
        allowed = dict.fromkeys(allowed, "")
    elif "allowed" in given:
        allowed = {value: topic for topic, values in allowed.items() for value in values}
    column = replace(base, allowed=allowed, **words)
    if column.type not in TYPES or not column.meaning:
        raise ValueError(f"{where}: type {column.type!r} is none, or the meaning is empty")
    return column


def _check_words(where: str, words: dict[str, Any], kind: type[Column] | type[Table]) -> None:
    if unknown := set(words) - KNOWN[kind]:
        raise ValueError(f"{where} says {', '.join(sorted(unknown))}, which nobody reads")


TABLES = load_tables()
CLAIM_COLUMNS = TABLES["claims"].names
# By the rules; a file has the second reader's `agreement` besides.
PROPOSAL_COLUMNS = [*CLAIM_COLUMNS, "rule"]
ADDED_COLUMNS = [column.name for column in TABLES["claims"].columns if column.added]
LISTS = [column.name for column in TABLES["claims"].columns if column.several]
NUMBERS = TABLES["claims"].pick("number")
OFFSETS = TABLES["claims"].pick("offset")
WHOLE_NUMBERS = TABLES["claims"].pick("offset", "days")
DAYS = TABLES["claims"].pick("day")
VALUES = {
    column.name: list(column.allowed) for column in TABLES["claims"].columns if column.allowed
}
MEASURES = TABLES["claims"]["measure"].allowed  # measure → topic; the terms are IDMC's and UCDP's
SAID = TABLES["claims"]["measure"].said  # measure → how a chart says it after a number
TIME_UNITS = ["hour", "day", "night", "week", "month", "year"]
UNITS_OF_MEASURE = {
    "distance": ["km"],
    "duration": TIME_UNITS,
    "control_change": ["ratio", "percent"],
}
# days in the bounds → UCDP date_prec; ours: 6 beyond, 7 none
LONGEST = [(1, "1"), (6, "2"), (7, "3"), (31, "4"), (366, "5")]


def find_misfits(table: str, row: Mapping[str, str]) -> list[str]:
    """The cells of a row that hold none of the values allowed: column, finding and remedy."""
    return [
        f'{column.name} reads "{row[column.name]}"; write one of {", ".join(column.allowed)}'
        for column in TABLES[table].columns
        if column.allowed
        and row[column.name] not in column.allowed
        and (row[column.name] or column.required)
    ]


def find_misshapen(table: str, row: Mapping[str, str]) -> list[str]:
    """The cells of a row that are no number, or no whole number, where one belongs; an empty one
    is none of these."""
    return [
        f'{column.name} reads "{row[column.name]}", which is no {TYPES[column.type].called}; '
        "write digits only, or nothing"
        for column in TABLES[table].columns
        if row.get(column.name)
        and (shape := TYPES[column.type].shape)
        and not re.fullmatch(shape, row[column.name])
    ]
