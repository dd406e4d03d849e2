"""The gate: the table of what the texts say, and what every row must pass before a chart is
drawn."""

from pathlib import Path

import pandas as pd

from helpers.claims.checks import Row, check_reading, check_row
from helpers.schema.columns import ADDED_COLUMNS, DAYS, NUMBERS, TABLES, WHOLE_NUMBERS
from helpers.schema.csv_files import list_faults, load_table, pad_id, python_strings
from helpers.schema.errors import ClaimsError
from helpers.schema.formatting import join_words


def load_claims(folder: Path, documents: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """The claims of a corpus, every row held against the text. One row is one figure or one dated
    event, as one document words it in one place; rejected rows are left out.

    low, best, high are floats in the row's unit, missing where the words leave them open (all three
    for a vague word); date_start and date_end are days, missing when undated; days_most is a number
    of days, missing unless date_kind is window; the other cells are text. Columns younger than the
    table are empty. `doubt` says where a reading of the words differs from the row ("value exact 40
    or exact 14"), "" where none does. Raises ClaimsError with all faults at once; no chart is drawn
    from a table that has one.
    """
    file = folder / "claims.csv"
    if not file.exists():
        raise ClaimsError(
            f"{folder.name} has no claims.csv. notebooks/00_propose_claims proposes claims from "
            "the texts and, with merge=True, writes it; or code the texts by hand, one row a "
            "figure or dated event, as the codebook in seeds/README.md says. Offsets may stay "
            "empty until locate_quotes fills them in"
        )
    return check_claims(load_claim_table(file), documents, places, f"{folder.name}/claims.csv")


@python_strings
def load_claim_table(file: Path) -> pd.DataFrame:
    """A table of claims as text, before any check: claims.csv, proposals.csv, a second coding.
    Columns that are younger than the file (ADDED_COLUMNS) are added at its end, empty. Raises
    CorpusError as load_table does. What programs make of days and values is read as it was meant
    (mend_cells)."""
    from helpers.claims.decisions.mending import mend_cells

    return mend_cells(add_columns(load_table(file, TABLES["claims"].needed)), file)


def load_coded_twice(folder: Path) -> frozenset[str]:
    """The ids of the documents of which second_coding.csv holds claims; none without that table."""
    file = folder / "second_coding.csv"
    if not file.exists():
        return frozenset()
    return frozenset(load_table(file, ["doc_id"])["doc_id"].map(pad_id))


def add_columns(table: pd.DataFrame) -> pd.DataFrame:
    """The table with the columns of claims that are younger than it, empty."""
    return table.assign(**{name: "" for name in ADDED_COLUMNS if name not in table})


def describe_age(name: str, columns: list[str], remedy: str) -> str:
    """A sentence on the columns that are younger than a table of claims with these columns, and
    what adds them ("the next merge adds"); "" when it has all."""
    absent = [column for column in ADDED_COLUMNS if column not in columns]
    if not absent:
        return ""
    columns_said, them = ("columns", "them") if len(absent) > 1 else ("column", "it")
    younger = f"the {columns_said} {join_words(absent)}"
    return f"{name} is older than {younger}, read as empty; {remedy} {them}."


@python_strings
def check_claims(
    table: pd.DataFrame, documents: pd.DataFrame, places: pd.DataFrame, name: str = "claims.csv"
) -> pd.DataFrame:
    """The claims of a table of text, typed as load_claims describes, without the rejected ones.
    `name` is what messages call the table. Raises ClaimsError with all faults at once."""
    table = _mend_words(table, documents, places)
    faults = find_faults(table, documents, places, name.rpartition("/")[2])
    if faults:
        raise ClaimsError(
            list_faults(f"{name} does not stand in its texts; nothing is drawn", faults)
        )
    return _type_claims(table, documents)


@python_strings
def sort_claims(
    table: pd.DataFrame, documents: pd.DataFrame, places: pd.DataFrame, name: str = "claims.csv"
) -> tuple[pd.DataFrame, list[str]]:
    """(the claims that stand in their texts, as check_claims gives them; the faults of the other
    rows, a sentence a row). One faulty row stops no other; where nothing would be left ClaimsError
    is raised as check_claims does. A rejected row is drawn nowhere, and never missed."""
    table = _mend_words(table, documents, places)
    faults = _list_faults(table, documents, places)
    stands = pd.Series([not found for found in faults], index=table.index, dtype=bool)
    missed = ~stands & (table["review"] != "rejected")
    if missed.any() and not stands.any():
        return check_claims(table, documents, places, name), []
    said = [
        f"{where}: {'; '.join(found)}"
        for where, found, is_missed in zip(_name_rows(table, name), faults, missed)
        if is_missed
    ]
    return _type_claims(table[stands], documents), said


def _mend_words(table: pd.DataFrame, documents: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    from helpers.claims.decisions.mending import (
        mend_words,  # who only imports a notebook's names waits for none
    )

    return mend_words(table, _list_texts(documents), places)


def _type_claims(table: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table that stands, typed, with their doubts and without the rejected ones."""
    doubts = pd.Series(describe_doubts(table, documents), index=table.index, dtype=str)
    claims = type_claims(table.assign(doubt=doubts))
    return claims[claims["review"] != "rejected"].reset_index(drop=True)


def describe_doubts(table: pd.DataFrame, documents: pd.DataFrame) -> list[str]:
    """For each row where one of the two readers reads it otherwise; "" where neither does."""
    from helpers.claims.second_reader.doubts import describe_differences

    texts = _list_texts(documents)
    second = describe_differences(table.assign(doc_id=table["doc_id"].map(pad_id)), documents)
    rows = table.to_dict("records")
    first = [check_reading(row, texts) for row in rows]
    return ["; ".join(filter(None, [other, *own])) for own, other in zip(first, second)]


def type_claims(table: pd.DataFrame) -> pd.DataFrame:
    """A table of claims as text with its numbers and days as such, and ids of three digits."""
    claims = table.assign(doc_id=table["doc_id"].map(pad_id))
    for column in NUMBERS:
        claims[column] = pd.to_numeric(claims[column]).astype(float)
    for column in WHOLE_NUMBERS:
        claims[column] = pd.to_numeric(claims[column]).astype("Int64")
    for column in DAYS:
        claims[column] = pd.to_datetime(claims[column].replace("", None), format="%Y-%m-%d")
    return claims


def _check_readings(row: Row, texts: dict[str, str], published: dict[str, str]) -> list[str]:
    """What the words of a number say otherwise than its row, where the second reader does not
    confirm the row, and nobody corrected it."""
    misread = [] if row["review"] == "corrected" else check_reading(row, texts)
    if not misread:
        return []
    from helpers.claims.second_reader.doubts import is_confirmed

    document = pad_id(row["doc_id"])
    confirmed = is_confirmed(row, texts.get(document, ""), published.get(document, ""))
    return [] if confirmed else misread


def find_faults(
    table: pd.DataFrame, documents: pd.DataFrame, places: pd.DataFrame, name: str = "claims.csv"
) -> list[str]:
    """Every fault of a claims table as text:
    `claims.csv row 31 (004-031): what is wrong; what to do`.

    What a person corrected is not held against the reading of its number, and a row that the second
    reader confirms is not either: both are drawn, and the caption names them.

    `table` holds strings, as load_table gives them; row numbers count the header as row 1, as a
    spreadsheet does, and the empty rows that load_table left out.
    """
    rows = zip(_name_rows(table, name), _list_faults(table, documents, places))
    return [f"{where}: {fault}" for where, found in rows for fault in found]


def _list_texts(documents: pd.DataFrame) -> dict[str, str]:
    return dict(zip(documents["doc_id"], documents["text"], strict=True))


def _name_rows(table: pd.DataFrame, name: str) -> list[str]:
    """claims.csv row 31 (004-031): what messages call the rows of a table."""
    numbers = table.index if pd.api.types.is_integer_dtype(table.index) else range(len(table))
    file = name.rpartition("/")[2]
    return [f"{file} row {at + 2} ({claim})" for at, claim in zip(numbers, table["claim_id"])]


def _list_faults(
    table: pd.DataFrame, documents: pd.DataFrame, places: pd.DataFrame
) -> list[list[str]]:
    """What is wrong with each row of a table of text."""
    texts = _list_texts(documents)
    published = dict(zip(documents["doc_id"], documents.get("published", ""), strict=False))
    # Column by column: ten times as fast as to_dict, which asks for each cell.
    columns = table.columns.tolist()
    cells = zip(*(table[column].tolist() for column in columns), strict=True)
    records: list[Row] = [dict(zip(columns, row, strict=True)) for row in cells]
    rows = {row["claim_id"]: row for row in records}
    faults, seen = [], set()
    for row in records:
        found = [] if row["claim_id"] else ["claim_id is empty; number the claim"]
        if row["claim_id"] in seen:
            found.append("this claim_id stands on an earlier row too; ids are never reused")
        seen.add(row["claim_id"])
        found += check_row(row, texts, places, rows)
        found += _check_readings(row, texts, published)
        faults.append(found)
    return faults
