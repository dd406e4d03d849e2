"""Quotes: tables beside the claims whose rows quote the texts, each held against its text."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from helpers.corpus.folders import open_folder
from helpers.schema.columns import TABLES
from helpers.schema.csv_files import (
    list_faults,
    load_table,
    make_empty,
    name_some,
    pad_id,
    python_strings,
)
from helpers.schema.errors import CorpusError


@python_strings
def load_quotes(
    folder: str | Path,
    name: str,
    documents: pd.DataFrame,
    check: Callable[[dict[str, str]], list[str]] = lambda row: [],
) -> pd.DataFrame:
    """A table of tables.toml whose rows quote the texts, every quote held against its text; start
    and end are whole numbers. Empty when the corpus has no such file.

    `check` takes a row (dict of text) and returns further faults. Raises CorpusError, all faults at
    once.
    """
    table_file = TABLES[name].file
    file = open_folder(folder) / table_file
    if not file.exists():
        return make_empty(name).astype({"start": int, "end": int})
    table = load_table(file, TABLES[name].needed)
    younger = [column for column in TABLES[name].names if column not in table]
    table = table.assign(**dict.fromkeys(younger, ""))
    table["doc_id"] = table["doc_id"].map(pad_id)
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    faults = [
        f"{table_file} row {number}: {fault}"
        for number, row in enumerate(table.to_dict("records"), 2)
        for fault in [*check(row), *_check_quote(row, texts)]
    ]
    if faults:
        raise CorpusError(list_faults(f"{table_file} does not stand in its texts", faults))
    return table.astype({"start": int, "end": int})


def _check_quote(row: dict[str, str], texts: dict[str, str]) -> list[str]:
    doc_id, start, end, exact = (row[name] for name in ("doc_id", "start", "end", "exact"))
    if doc_id not in texts:
        documents = name_some(list(texts))
        return [f'doc_id "{doc_id}" is no document here; the documents are {documents}']
    if not (start.isdigit() and end.isdigit()):
        return [f"start or end is no whole number; type the offsets of {exact!r}"]
    there = texts[doc_id][int(start) : int(end)]
    if there == exact:
        return []
    return [
        f'the text of {doc_id} at {start}–{end} reads "{there}", not "{exact}"; '
        "correct start/end or exact"
    ]


def load_defects(folder: str | Path, documents: pd.DataFrame) -> pd.DataFrame:
    """Spelling variants and defects of the texts. One row is one place in a text: doc_id, start,
    end, exact, kind, note. Empty without defects.csv; raises CorpusError when a quote does not
    stand."""
    return load_quotes(folder, "defects", documents)
