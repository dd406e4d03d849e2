"""Batch: what a split holds, a stretch at a time, as documents."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from helpers.corpus.articles import NOT_READ, describe_file
from helpers.corpus.documents import DOCUMENT_COLUMNS, FURTHER_COLUMNS, add_days, date_documents
from helpers.corpus.language import name_language
from helpers.corpus.readers.article import MEGABYTE, check_size
from helpers.corpus.readers.table import (
    ARTICLE_COLUMNS,
    describe_table,
    parse_lines,
    pick_columns,
)
from helpers.scale.messages import LineSplit, RowSplit, Split, TextSplit
from helpers.schema.csv_files import load_table, pad_id, python_strings
from helpers.schema.errors import CorpusError
from helpers.schema.files import is_inside

CHUNK = 1 * MEGABYTE  # bytes of a source that are in memory at a time
BATCH_ROWS = 256
BATCH_FILES = 20
LONGEST_LINE = 100 * MEGABYTE
TOO_LONG = b'{"text": "", "": "longer than any article"}'  # what is read for a longer one


class Batch(NamedTuple):
    """Some items of a split: pairs of path and doc_id, lines of a .jsonl, or rows of a .parquet;
    first: the number of the first of them in its table."""

    first: int
    items: Any

    def pick(self, at: int) -> "Batch":
        """A batch of one item."""
        return Batch(self.first + at, self.items[at : at + 1])


def load_batches(home: Path, split: Split) -> Iterator[Batch]:
    """What a split holds, a batch at a time."""
    if isinstance(split, LineSplit):
        yield from _load_lines(home / split.file, split)
    elif isinstance(split, RowSplit):
        yield from _load_rows(home / split.file, split)
    else:
        for at in range(0, len(split.files), BATCH_FILES):
            yield Batch(at, split.files[at : at + BATCH_FILES])


def _load_lines(file: Path, split: LineSplit) -> Iterator[Batch]:
    first, lines, held = split.first, [], 0
    with file.open("rb") as data:
        data.seek(split.start)
        while data.tell() < split.stop:
            line = data.readline(LONGEST_LINE)
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                while (rest := data.readline(CHUNK)) and not rest.endswith(b"\n"):
                    pass
                line = TOO_LONG
            lines.append(line.rstrip(b"\r\n"))
            held += len(line)
            if held >= CHUNK or len(lines) >= BATCH_ROWS:
                yield Batch(first, lines)
                first, lines, held = first + len(lines), [], 0
    if lines:
        yield Batch(first, lines)


def _load_rows(file: Path, split: RowSplit) -> Iterator[Batch]:
    import pyarrow
    from pyarrow import parquet

    at = 0  # of the row groups' rows; those before `start` belong to another split
    with parquet.ParquetFile(file, pre_buffer=False) as table:
        names = list(pick_columns(table.schema_arrow.names).values())
        for rows in table.iter_batches(BATCH_ROWS, split.groups, names, use_threads=False):
            begin, stop = max(split.start - at, 0), min(split.stop - at, len(rows))
            if begin < stop:
                first = split.first + at + begin - split.start
                kept = rows.slice(begin, stop - begin)
                cells = {
                    name: kept[name].cast(pyarrow.string()).to_pandas().astype(str)
                    for name in names
                }
                numbers = range(first, first + len(kept))
                yield Batch(first, pd.DataFrame(cells).fillna("").set_axis(numbers))
            at += len(rows)
            if at >= split.stop:
                break


@python_strings
def load_documents(
    home: Path, split: Split, batch: Batch, published: str = ""
) -> tuple[pd.DataFrame, dict[str, str], dict[str, str]]:
    """(documents, texts left out and why, what the columns are called) of a batch; documents are
    those of load_corpus, copy_of empty: no two texts of a source are compared, or what is proposed
    would hang on where it is cut. `published`: see date_documents. Raises CorpusError for a table
    that cannot be read as one."""
    if isinstance(split, TextSplit):
        articles, left_out = _load_files(home, batch.items)
        picked: dict[str, str] = {}
    else:
        articles, left_out, picked = _read_items(split, batch)
    articles["language"] = [name_language(text) for text in articles["text"]]
    documents = add_days(_load_amended(articles, home))
    documents["copy_of"] = ""
    return date_documents(documents, published), left_out, picked


def _read_items(
    split: LineSplit | RowSplit, batch: Batch
) -> tuple[pd.DataFrame, dict[str, str], dict[str, str]]:
    """The articles in lines or rows, as load_documents."""
    table, faults = batch.items, {}
    if isinstance(split, LineSplit):
        table, _, _, left = parse_lines(b"\n".join(batch.items))
        faults = {number + batch.first: fault for number, fault in left.items()}
        columns = list(dict.fromkeys([*split.columns, *table.columns]))
        table = table.set_axis(table.index + batch.first).reindex(columns=columns, fill_value="")
    picked = pick_columns(list(table.columns))
    try:
        articles, left_out = describe_table(table, picked, "", faults, split.file)
    except CorpusError as fault:
        raise CorpusError(f"{split.file}: {fault}") from None
    articles["doc_id"] = split.prefix + articles["doc_id"]
    return articles, left_out, picked


def name_item(split: Split, batch: Batch) -> tuple[str, str]:
    """(where it stands, doc_id) of a batch of one item, found without reading its text."""
    if isinstance(split, TextSplit):
        return batch.items[0][0], batch.items[0][1]
    is_line = isinstance(split, LineSplit)
    table = parse_lines(batch.items[0])[0] if is_line else batch.items
    column = pick_columns(["text", *table.columns]).get("id")
    own = str(table[column].iloc[0]).strip() if column and len(table) else ""
    doc_id = re.sub(r"[^\w.-]+", "-", own or str(batch.first))
    place = f"line {batch.first + 1}" if is_line else f"row {batch.first}"
    return f"{split.file} {place}", split.prefix + pad_id(doc_id)


def _load_files(home: Path, pairs: list[list[str]]) -> tuple[pd.DataFrame, dict[str, str]]:
    rows, left_out = [], {}
    for name, doc_id in pairs:
        try:
            rows += _load_file(home, name, doc_id)
        except CorpusError as fault:
            left_out[name] = str(fault)
        except PermissionError as error:
            left_out[name] = f"cannot be opened ({error.strerror}); allow reading it, or remove it"
    return pd.DataFrame(rows, columns=ARTICLE_COLUMNS, dtype=str), left_out


def _load_file(home: Path, name: str, doc_id: str) -> list[tuple[str, ...]]:
    """The articles of a file; those of a file of several are called by it and by their number."""
    file = home / name
    if file.suffix.lower() in NOT_READ:
        raise CorpusError(
            "is no kind of file that is read here; save it as .txt, .docx, .html or .pdf"
        )
    if not is_inside(file):
        raise CorpusError("is a link that leads out of its folder; put the text itself there")
    check_size(file.stat().st_size, file.suffix)
    articles = describe_file(file.name, file.read_bytes())
    if len(articles) == 1:
        return [(doc_id, name, *articles[0][2:])]
    return [(f"{doc_id}-{own}", f"{name}#{own}", *rest) for own, _, *rest in articles]


def _load_amended(articles: pd.DataFrame, home: Path) -> pd.DataFrame:
    """What people wrote into documents.csv beside the source goes before what a text says of
    itself, as in load_corpus."""
    file = home / "documents.csv"
    if not file.exists() or articles.empty:
        return articles
    told = load_table(file, DOCUMENT_COLUMNS).set_index("file")
    told = told[told.index.isin(articles["file"])]
    articles = articles.set_index("file")
    own = articles.loc[told.index]
    changed = told.index[(told["sha256"] != "") & (told["sha256"] != own["sha256"])]
    if len(changed):
        raise CorpusError(
            f"{changed[0]}: the text has changed since it was described (documents.csv has another "
            "SHA-256); restore it, or write the new sum"
        )
    for name in DOCUMENT_COLUMNS[:1] + DOCUMENT_COLUMNS[2:6]:
        articles.loc[told.index, name] = told[name].map(pad_id) if name == "doc_id" else told[name]
    for name in [name for name in FURTHER_COLUMNS if name in told and name in own]:
        articles.loc[told.index, name] = told[name].mask(told[name] == "", own[name])
    return articles.reset_index()[[*ARTICLE_COLUMNS, "language"]]
