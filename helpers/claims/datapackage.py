"""Data package: what the tables of a corpus hold, column by column, in a form that other programs read.

    python -m helpers.claims.datapackage [corpus]

writes datapackage.json beside the tables (Frictionless Data Package and Table Schema, version 1,
https://specs.frictionlessdata.io). The words are those of the codebook in seeds/README.md.
"""

import argparse
import json
import re
import sys
from pathlib import Path

from helpers.corpus.folders import find_folder, is_guarded
from helpers.corpus.settings import load_settings
from helpers.schema.columns import DAYS, EXPLANATIONS, NUMBERS, OFFSETS, OPTIONAL, VALUES
from helpers.schema.csv_files import load_table, read_layout
from helpers.schema.errors import CorpusError
from helpers.schema.files import replace_file

FILE = "datapackage.json"
TABLES = {  # file → what one row is
    "documents.csv": "One row is one text, with its checksum: a text that changes after coding stops every chart.",
    "claims.csv": "One row is one figure or one dated event, as one document words it in one place.",
    "second_coding.csv": "The same texts coded a second time, without sight of the first; rows as in claims.csv.",
    "proposals.csv": "Claims that rules found and nobody has reviewed; rows as in claims.csv, and the rule.",
    "not_claims.csv": "One row is one number that is no claim, and why.",
    "places.csv": "One row is one place, or one total over several.",
    "disagreements.csv": "One row is one reading of one question by one document.",
    "defects.csv": "One row is one spelling variant or defect of a text, kept as it stands.",
}
OUTLINE = "One row is one corner of the country's outline on the map; the last is the first again."
CLAIM_TABLES = ("claims", "second_coding", "proposals")
KEYS = {**dict.fromkeys(CLAIM_TABLES, "claim_id"), "documents": "doc_id", "places": "place"}
COLUMNS = {  # column, or table.column where it means something of its own there → what stands in it
    "claim_id": "Number of the document, hyphen, running number; never reused",
    "doc_id": "The document: doc_id of documents.csv",
    "start": "Where the quote starts in the text: Unicode code points, counted from 0",
    "end": "Where the quote ends: code points, exclusive",
    "exact": "The words as they stand in the text, from start to end",
    "number": "The words inside exact that carry the figure, hedge included; empty for an event",
    "number_start": "Where number starts in the text: code points, counted from 0",
    "topic": "Displacement, casualties, or the offensive's pace",
    "measure": "What is counted, or what happened",
    "low": "Lowest value that the words allow, in the row's unit; empty where they leave it open",
    "best": "The value that the words give, in the row's unit; empty for a range or a vague word",
    "high": "Highest value that the words allow, in the row's unit; empty where they leave it open",
    "quantifier": "How the words qualify the figure; vague words have no value at all",
    "unit": "What the values count; shares are percent, 0 to 100",
    "base": "Of what a share is a share, when no claim in part_of says so",
    "actor": "Who acted; several separated by ;",
    "affected": "Whom it befell, only as the text says",
    "affected_side": "Whose people it befell, as the text says (UCDP's side_a and side_b deaths); several separated by ;",
    "place": "Where: keys of places.csv, several separated by ;",
    "place_prec": "Precision of the place, UCDP where_prec: 1 exact to 7 abroad or international",
    "place_to": "The other end of a distance, a flight or a withdrawal: keys of places.csv, several separated by ;",
    "date_kind": "point: the bounds are the days on which it may have happened; period: the days counted; window: the days within which a shorter period lies",
    "date_start": "First day of the bounds; empty when undated",
    "date_end": "Last day of the bounds; empty when undated",
    "days_most": "Of a window, the most days that its words allow the period within it: 7 for “within a week”; else empty",
    "date_prec": "Precision of the date, UCDP date_prec: 1 a day to 5 up to a year; ours: 6 more than a year, 7 undated",
    "date_basis": "Whether the text dates it by a calendar date, relative to another day, or not (inferred from its context)",
    "date_exact": "The words of the text that date it, wherever they stand; empty if inferred",
    "date_at": "Where date_exact starts in the text: code points, counted from 0",
    "as_of": "For stocks and totals the day that the figure describes, or an interval a/b",
    "source_original": "Who said it, when the text names somebody other than itself; several separated by ;",
    "assertion": "Who stands behind it: the reporter, a party to the war, a denial, a forecast or condition",
    "scope": "The offensive, the whole war, what was before it, or background",
    "part_of": "Claims of which this is a part or a share: claim ids, several separated by ;",
    "same_as": "Claims that say the same people or event again: claim ids, several separated by ;",
    "review": "Proposed by rule, or what a person decided",
    "note": "What a careful reader could ask about the row, answered",
    "rule": "The rule that proposed the claim",
    "documents.copy_of": "The text that this one is a copy of, which stands for both; its own id where a person says it is none",
    "documents.doc_id": "Number or name of the text, to which the other tables refer",
    "file": "File of the text in this folder; after # the row, where a table holds several texts",
    "title": "Short title, ours, for charts",
    "publisher": "Who published the text; unknown where it names nobody",
    "published": "Day on which the text was written or published, or the interval a/b in which it must lie",
    "published_basis": "How the day is known: printed, printed as the day of writing, or inferred from which words",
    "sha256": "SHA-256 of the file, of a table's row that of its text",
    "url": "Address of the text",
    "not_claims.kind": "Class of the number: date, rank, order, money, name, pronoun, …",
    "reason": "Why the number is no claim",
    "places.place": "Key of the place, to which the claims refer",
    "name": "Name as charts write it",
    "names": "All spellings met in the texts, separated by ;",
    "places.kind": "City, town, governorate, region, site, composite of several, …",
    "lat": "Latitude in degrees, WGS 84; empty where a point makes no sense",
    "lon": "Longitude in degrees, WGS 84; empty where a point makes no sense",
    "governorate": "Governorates that hold it, several separated by ;",
    "country": "Countries that hold it, ISO 3166-1 alpha-3, several separated by ;",
    "prec": "Precision of the place, UCDP where_prec",
    "parts": "Keys of the places that a total or a region consists of, separated by ;",
    "question_id": "Key of the question on which the texts differ",
    "question": "The question, in words",
    "disagreements.topic": "Topic of the question; other where it lies beside the three",
    "reading": "What the document answers, in few words",
    "disagreements.low": "Lowest value of the reading, where it is a number",
    "disagreements.high": "Highest value of the reading, where it is a number",
    "disagreements.unit": "What the values of the reading count",
    "explanation": "What explains the difference",
    "why": "The explanation in a sentence",
    "defects.kind": "Spelling variant, heading lost, run together, lost space, encoding, grammar, other",
}
REQUIRED = {
    **dict.fromkeys(
        CLAIM_TABLES, {"claim_id", "doc_id", "start", "end", "exact", *VALUES} - OPTIONAL
    ),
    "documents": {"doc_id", "file"},
    "places": {"place"},
    "not_claims": {"doc_id", "start", "end", "exact", "kind", "reason"},
    "disagreements": {
        "question_id",
        "question",
        "topic",
        "doc_id",
        "start",
        "end",
        "exact",
        "explanation",
    },
    "defects": {"doc_id", "start", "end", "exact"},
    "outline": {"lon", "lat"},
}
ALLOWED = {
    **dict.fromkeys(CLAIM_TABLES, VALUES),
    "places": {"prec": VALUES["place_prec"]},
    "disagreements": {"topic": [*VALUES["topic"], "other"], "explanation": EXPLANATIONS},
}
DAY = r"\d{4}-\d{2}-\d{2}"
PATTERNS = {
    "claim_id": r".+-p?\d+",
    "as_of": f"{DAY}(/{DAY})?",
    "published": f"{DAY}(/{DAY})?",
    "sha256": "[0-9a-f]{64}",
    "country": "[A-Z]{3}(;[A-Z]{3})*",
}
LIMITS = {
    **dict.fromkeys([*NUMBERS, *OFFSETS], (0, None)),
    "days_most": (1, None),
    "lat": (-90, 90),
    "lon": (-180, 180),
}


def describe_tables(folder: str | Path) -> dict:
    """The Data Package of a corpus: a resource for each of its tables that exists, with all their columns.

    The texts are no part of it: they are no tables, documents.csv lists them with their checksums, and the
    licence of the tables does not cover them. No size, checksum or date either: only another column or
    separator makes the description stale, not another row. A column that COLUMNS does not know is described
    by name alone. Raises CorpusError for a folder without tables and for a file that is no table.
    """
    folder = find_folder(folder)
    settings = load_settings(folder)
    tables = {name.removesuffix(".csv"): (folder / name, row) for name, row in TABLES.items()}
    outline = folder / str(settings.get("map", {}).get("outline", ""))
    if outline.resolve().is_relative_to(folder):  # a package may name no file outside its folder
        tables["outline"] = (outline, OUTLINE)
    tables = {name: (file, row) for name, (file, row) in tables.items() if file.is_file()}
    if not tables:
        raise CorpusError(
            f"{folder} holds no table to describe; notebooks/00_propose_claims writes documents.csv, proposals.csv and places.csv"
        )
    return {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^a-z0-9]+", "-", settings["title"].lower()).strip("-") or "corpus",
        "title": settings["title"],
        "description": "The tables that people wrote about a corpus of news texts. Every quote stands in its text at the code points given. An apostrophe before a cell that a spreadsheet would run as a formula is no part of it. The texts are not part of this package.",
        **(
            {
                "licenses": [
                    {
                        "name": "MIT",
                        "title": "MIT License",
                        "path": "https://opensource.org/license/mit",
                    }
                ]
            }
            if is_guarded(folder)
            else {}
        ),
        "resources": [
            describe_table(name, file, row, folder, "documents" in tables)
            for name, (file, row) in tables.items()
        ],
    }


def describe_table(name: str, file: Path, row: str, folder: Path, refers: bool) -> dict:
    """One table as a tabular data resource; `row` says what one row is, `refers` whether there is a
    documents.csv that doc_id can refer to."""
    columns = list(load_table(file, []).columns)
    dialect = find_dialect(file)
    schema = {
        "fields": [describe_column(name, column, dialect) for column in columns],
        "missingValues": [""],
    }
    if KEYS.get(name) in columns:
        schema["primaryKey"] = KEYS[name]
    if refers and name != "documents" and "doc_id" in columns:
        schema["foreignKeys"] = [
            {"fields": "doc_id", "reference": {"resource": "documents", "fields": "doc_id"}}
        ]
    return {
        "name": name,
        "title": name.replace("_", " ").capitalize(),
        "description": row,
        "profile": "tabular-data-resource",
        "path": file.relative_to(folder).as_posix(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": dialect,
        "schema": schema,
    }


def describe_column(table: str, column: str, dialect: dict) -> dict:
    """One column as a field of a Table Schema."""
    kind = (
        "integer"
        if column in OFFSETS
        else "date"
        if column in DAYS
        else "number"
        if column in LIMITS
        else "string"
    )
    least, most = LIMITS.get(column, (None, None))
    constraints = {
        "required": column in REQUIRED.get(table, ()) or None,
        "enum": ALLOWED.get(table, {}).get(column),
        "pattern": PATTERNS.get(column),
        "minimum": least,
        "maximum": most,
    }
    constraints = {name: value for name, value in constraints.items() if value is not None}
    return {
        "name": column,
        "type": kind,
        **(
            {"decimalChar": ","} if kind == "number" and dialect["delimiter"] == ";" else {}
        ),  # as spreadsheets write where they separate by ;
        **(
            {"description": words}
            if (words := COLUMNS.get(f"{table}.{column}", COLUMNS.get(column)))
            else {}
        ),
        **({"constraints": constraints} if constraints else {}),
    }


def find_dialect(file: Path) -> dict:
    """How a table is written: its separator, and # where remarks stand above the header. Said of plain CSV
    too, for what is not said readers guess from the first rows."""
    layout = read_layout(file)
    return {
        "delimiter": layout.separator,
        "skipInitialSpace": False,
        **({"commentChar": "#"} if layout.remarks else {}),
    }


def save_datapackage(folder: str | Path) -> Path:
    """Write datapackage.json into a corpus, whole or not at all. Raises CorpusError when it cannot be
    written; what stood there before still stands."""
    folder = find_folder(folder)
    return replace_file(
        folder / FILE, json.dumps(describe_tables(folder), ensure_ascii=False, indent=1) + "\n"
    )


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
        print(save_datapackage(parser.parse_args(arguments).corpus))
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
