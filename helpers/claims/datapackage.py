"""What the tables of a corpus hold, column by column: for other programs a Data Package, for people
the data dictionary of the codebook.

    python -m helpers.claims.datapackage [corpus]

writes datapackage.json beside the tables (Frictionless Data Package and Table Schema, version 1,
https://specs.frictionlessdata.io) and, into the README.md of the corpus where it has a place for
it, the dictionary. Both follow from helpers/schema/tables.toml."""

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from helpers.corpus.folders import find_folder, is_guarded
from helpers.corpus.settings import load_settings
from helpers.schema.columns import DAY, TABLES, TYPES, Column, Table
from helpers.schema.csv_files import load_table, read_layout
from helpers.schema.errors import CorpusError
from helpers.schema.files import replace_file

FILE, README = "datapackage.json", "README.md"
MARKS = ("<!-- dictionary: begins -->", "<!-- dictionary: ends -->")
DESCRIPTION = (
    "The tables that people wrote about a corpus of news texts. Every quote stands in its text at "
    "the code points given. An apostrophe before a cell that a spreadsheet would run as a formula "
    "is no part of it. The texts are not part of this package."
)
LICENCE = {"name": "MIT", "title": "MIT License", "path": "https://opensource.org/license/mit"}
CALLED = {  # type → what the dictionary calls it
    "number": "a number",
    "offset": "a whole number",
    "days": "a whole number",
    "degrees": "degrees",
    "day": "an ISO day",
    "interval": "an ISO day, or two as `a/b`",
}


def describe_tables(folder: Path) -> dict[str, Any]:
    """The Data Package of a corpus: a resource for each of its tables that exists, with all their
    columns.

    The texts are no part of it: they are no tables, documents.csv lists them with their checksums,
    and the licence of the tables does not cover them. No size, checksum or date either: only
    another column or separator makes the description stale, not another row. A column that
    tables.toml does not know is described by name alone. Raises CorpusError for a folder without
    tables and for a file that is no table.
    """
    settings = load_settings(folder)
    files = {name: folder / table.file for name, table in TABLES.items() if table.file}
    files = {name: file for name, file in files.items() if file.is_file()}
    if not files:
        raise CorpusError(
            f"{folder} holds no table to describe; notebooks/00_propose_claims writes "
            "documents.csv, proposals.csv and places.csv"
        )
    title = settings["title"]
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "corpus",
        "title": title,
        "description": DESCRIPTION,
    }
    if is_guarded(folder):
        package["licenses"] = [LICENCE]
    package["resources"] = [
        describe_resource(TABLES[name], file, folder, "documents" in files)
        for name, file in files.items()
    ]
    return package


def describe_resource(table: Table, file: Path, folder: Path, refers: bool) -> dict[str, Any]:
    """One table as a tabular data resource; `refers` says whether there is a documents.csv that
    doc_id can refer to."""
    names = list(load_table(file, []).columns)
    known = {column.name: column for column in table.columns}
    dialect = find_dialect(file)
    decimal = "," if dialect["delimiter"] == ";" else "."
    schema: dict[str, Any] = {
        "fields": [describe_column(known.get(name, Column(name, "")), decimal) for name in names],
        "missingValues": [""],
    }
    if table.key in names:
        schema["primaryKey"] = table.key
    if refers and table.name != "documents" and "doc_id" in names:
        schema["foreignKeys"] = [
            {"fields": "doc_id", "reference": {"resource": "documents", "fields": "doc_id"}}
        ]
    return {
        "name": table.name,
        "title": table.name.replace("_", " ").capitalize(),
        "description": table.row,
        "profile": "tabular-data-resource",
        "path": file.relative_to(folder).as_posix(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": dialect,
        "schema": schema,
    }


def describe_column(column: Column, decimal: str = ".") -> dict[str, Any]:
    """One column as a field of a Table Schema. `decimal`: the mark that its numbers have."""
    kind = TYPES[column.type].package
    field: dict[str, Any] = {"name": column.name, "type": kind}
    if kind == "number" and decimal != ".":
        field["decimalChar"] = decimal
    if column.meaning:
        field["description"] = column.meaning
    constraints = {
        "required": column.required or None,
        "enum": list(column.allowed) or None,
        "pattern": f"{DAY}(/{DAY})?" if column.type == "interval" else column.pattern or None,
        "minimum": 0 if column.type == "offset" else column.least,
        "maximum": column.most,
    }
    stated = {name: value for name, value in constraints.items() if value is not None}
    return field | ({"constraints": stated} if stated else {})


def find_dialect(file: Path) -> dict[str, Any]:
    """How a table is written: its separator, and # where remarks stand above the header. Said of
    plain CSV too, for what is not said readers guess from the first rows."""
    layout = read_layout(file)
    dialect: dict[str, Any] = {"delimiter": layout.separator, "skipInitialSpace": False}
    return dialect | ({"commentChar": "#"} if layout.remarks else {})


def write_dictionary() -> str:
    """The data dictionary in Markdown: every table, with a row for each column of its own."""
    parts = [f"{MARKS[0]}\n<!-- written by python -m helpers.claims.datapackage -->"]
    told: list[tuple[Column, ...]] = []
    for table in TABLES.values():
        columns = table.columns
        for others in told:  # the columns of the table that this one is like
            if others == columns[: len(others)]:
                columns = columns[len(others) :]
        told.append(table.columns)
        parts.append(f"### `{table.file}`\n\n{table.row}")
        if columns:
            rows = [
                f"| `{column.name}` | {_say_cells(column)} | {_explain(column)} |"
                for column in columns
            ]
            parts.append("\n".join(["| column | holds | meaning |", "|---|---|---|", *rows]))
    return "\n\n".join([*parts, MARKS[1]])


def _say_cells(column: Column) -> str:
    """What a column holds: words, a number, one of these; whether it may be empty."""
    held = CALLED.get(column.type, "words")
    if column.allowed:
        held = " · ".join(column.allowed)
    more = [word for word in ("required", "several", "added") if getattr(column, word)]
    said = {
        "required": "required",
        "several": "several with `;`",
        "added": "younger, may be missing",
    }
    return "; ".join([held, *(said[word] for word in more)])


def _explain(column: Column) -> str:
    """The meaning, without the separator that the second cell states, and what a coder should know
    besides."""
    meaning = re.sub(r"[;,] (several )?separated by ;", "", column.meaning)
    return f"{meaning}. {column.coding[:1].upper()}{column.coding[1:]}".rstrip(". ")


def fill_dictionary(text: str) -> str:
    """A README with the dictionary between its marks; one without marks as it is."""
    before, begins, rest = text.partition(MARKS[0])
    _, ends, after = rest.partition(MARKS[1])
    return before + write_dictionary() + after if begins and ends else text


def save_datapackage(folder: Path) -> Path:
    """Write datapackage.json into a corpus, and the dictionary into its README.md where that has a
    place for it, each whole or not at all. Raises CorpusError when one cannot be written; what
    stood there before still stands."""
    package = json.dumps(describe_tables(folder), ensure_ascii=False, indent=1) + "\n"
    readme = folder / README
    if readme.is_file():
        text = readme.read_text("utf-8")
        if fill_dictionary(text) != text:
            replace_file(readme, fill_dictionary(text))
    return replace_file(folder / FILE, package)


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.claims.datapackage",
        description="Describe the tables of a corpus in datapackage.json.",
    )
    parser.add_argument(
        "corpus", nargs="?", default="seeds", help="the folder of the corpus (seeds)"
    )
    try:
        print(save_datapackage(find_folder(parser.parse_args(arguments).corpus)))
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
