"""Tables of texts (.jsonl, .csv, .parquet): one article a row, with what its other cells say of
it."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from helpers.corpus.dateline import find_dateline, read_day
from helpers.corpus.readers.article import LARGEST, decode_text, find_title
from helpers.corpus.readers.parquet import list_names, read_cells
from helpers.schema.columns import TABLES as SCHEMA
from helpers.schema.csv_files import find_remarks, find_separator, name_some, parse_table
from helpers.schema.errors import CorpusError
from helpers.schema.extras import require_extra

KINDS = {  # what a column holds → what it may be called; the first that is there is taken
    "text": ("text", "content", "body", "article"),
    "id": ("id", "doc_id"),
    "title": ("title",),
    "publisher": ("publisher",),
    "published": ("published", "date"),
    "url": ("url",),
    "author": ("author", "byline"),
    "accessed": ("accessed",),
}
KNOWN = {name for names in KINDS.values() for name in names}
ARTICLE_COLUMNS = [  # those of documents.csv that one text can tell, and the text
    *SCHEMA["documents"].needed,
    "text",
    *(
        column.name
        for column in SCHEMA["documents"].columns
        if column.added and column.name not in ("copy_of", "language")
    ),
]


class DoubledIdsError(CorpusError):
    """Ids of a table that stand on several rows: claims could not say which text they quote."""


class TextTable(NamedTuple):
    """A table before anything is looked for in its texts. rows: text, indexed by the number of the
    row. picked: what a column holds → its own name. note: what a person should know of all rows.
    left_out: line → why it is none."""

    rows: pd.DataFrame
    picked: dict[str, str]
    note: str
    left_out: dict[int, str]


def pick_columns(columns: list[str]) -> dict[str, str]:
    """What a table's columns hold: "text", "id", … → the column's own name. Empty without a text
    column."""
    own = {str(name).strip().lower(): name for name in reversed(columns)}
    picked = {
        kind: own[found]
        for kind, names in KINDS.items()
        if (found := next((name for name in names if name in own), ""))
    }
    return picked if "text" in picked else {}


def read_rows(data: bytes, name: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """The articles of a table (.jsonl, .csv, .parquet), one a row, as ARTICLE_COLUMNS; and, by
    name, which rows were left out and why.

    The text stands in a column text (or content, body, article, in any case); id or doc_id, title,
    publisher, published or date, url, author or byline, accessed may stand beside it. Rows without
    an id are numbered from 000 as they stand. A day of publication is kept as printed; an empty one
    is looked for in the text's dateline. Raises CorpusError without a text column, for ids that
    stand twice and for a damaged table.
    """
    kind = Path(name).suffix.lower()
    if kind == ".parquet":
        require_extra("scale", f"reading {name}", "pyarrow")
    parse = {".jsonl": parse_lines, ".csv": _parse_csv, ".parquet": _parse_parquet}[kind]
    table, picked, note, left_out = parse(data)
    if left_out and table.empty:
        first = next(iter(left_out))
        raise CorpusError(
            'holds no line of JSON; write one object a line, as {"text": "…"} '
            f"(line {first} {left_out[first]})"
        )
    return describe_table(table, picked, note, left_out, name)


def describe_table(
    table: pd.DataFrame, picked: dict[str, str], note: str, left_out: dict[int, str], name: str
) -> tuple[pd.DataFrame, dict[str, str]]:
    """The articles among the rows of a TextTable, or of a part of one, as read_rows gives them."""
    if not picked:
        columns = ", ".join(map(str, table.columns)) or "none"
        raise CorpusError(
            f"is a table without a text column (it has {columns}); "
            "rename the column that holds the articles to text"
        )
    empty = pd.Series("", table.index, dtype=str)
    cells = {kind: table[picked[kind]] if kind in picked else empty for kind in KINDS}
    rows = pd.DataFrame(
        {kind: cell if kind == "text" else cell.str.strip() for kind, cell in cells.items()}
    )
    numbers = pd.Series(table.index.astype(str), table.index).str.zfill(3)
    rows["id"] = rows["id"].mask(rows["id"] == "", numbers)
    faults = {f"{name} line {number}": fault for number, fault in left_out.items()}
    bare = rows["text"].str.strip("\ufeff \t\r\n") == ""
    huge = rows["text"].str.len() > LARGEST[".txt"]
    for which, why in ((bare, "without text"), (huge, "too large for one article")):
        if which.any():
            ids = rows.loc[which, "id"].tolist()
            said = "1 row" if len(ids) == 1 else f"{len(ids):,} rows"
            faults[f"{name} ({why})"] = (
                f"{said} left out: {name_some(ids)}; fill in the text, split it or delete the row"
            )
    rows = rows[~(bare | huge)]
    if doubled := rows["id"][rows["id"].duplicated()].unique().tolist():
        raise DoubledIdsError(
            f"{name}: the id {name_some(doubled)} stands twice; give every row its own"
        )
    return _describe_rows(rows, name, picked, note), faults


def _describe_rows(
    rows: pd.DataFrame, name: str, picked: dict[str, str], note: str
) -> pd.DataFrame:
    """The rows of a table as ARTICLE_COLUMNS. Only what a column leaves open is looked for in the
    text."""
    text = rows["text"].str.replace("\x00", "\ufffd", regex=False)
    stem = Path(name).stem
    untitled = rows["title"] == ""
    titles = rows["title"].mask(untitled, _look(text[untitled], find_title))
    doc_ids = rows["id"].str.replace(r"[^\w.-]+", "-", regex=True)
    articles = pd.DataFrame(
        {
            "doc_id": doc_ids.mask(doc_ids.str.isdigit(), doc_ids.str.zfill(3)),
            "file": name + "#" + rows["id"],
            "title": titles.mask(titles == "", stem + " " + rows["id"]),
            "publisher": rows["publisher"].mask(rows["publisher"] == "", "unknown"),
            "sha256": [hashlib.sha256(words.encode()).hexdigest() for words in text],
            "text": text,
            "url": rows["url"],
            "author": rows["author"],
            "accessed": rows["accessed"].map(read_day),
        }
    )
    dated = _date_rows(rows["published"], text, f"column {picked.get('published', '')}", note)
    return articles.join(dated)[ARTICLE_COLUMNS]


def _look(texts: pd.Series, find: Any) -> pd.Series:
    """What is found in each of some texts."""
    return pd.Series({index: find(words) for index, words in texts.items()}, dtype=str)


def _date_rows(cells: pd.Series, text: pd.Series, where: str, note: str) -> pd.DataFrame:
    """published, published_basis and note of rows: from their cell, else from a dateline."""
    published = cells.map({cell: _read_days(cell) for cell in cells.unique()}).astype(str)
    basis = pd.Series("", cells.index, dtype=str).mask(published != "", where)
    notes = pd.Series(note, cells.index, dtype=str)
    before = (notes + "; ").where(notes != "", "")
    lost = before + 'published reads "' + cells + '", which is no day; write 2024-12-08'
    notes = notes.mask((cells != "") & (published == ""), lost)
    found = {index: find_dateline(words) for index, words in text[cells == ""].items()}
    stated = {index: line for index, line in found.items() if line}
    days = {index: day for index, (day, _) in stated.items()}
    words = {index: f'dateline "{words}"' for index, (_, words) in stated.items()}
    published.update(pd.Series(days, dtype=str))
    basis.update(pd.Series(words, dtype=str))
    return pd.DataFrame({"published": published, "published_basis": basis, "note": notes})


def _read_days(cell: str) -> str:
    """The day, or the interval of two days in order, that a cell holds; "" without one."""
    ends = re.fullmatch(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", cell)
    if not ends:
        return read_day(cell)
    first, last = read_day(ends[1]), read_day(ends[2])
    return f"{first}/{last}" if first and last and first <= last else ""


def parse_lines(data: bytes) -> TextTable:
    """JSON objects, one a line; a line that is none is left out with its number."""
    records: list[dict[str, str]] = []
    numbers: list[int] = []
    columns: dict[str, None] = {}
    left_out: dict[int, str] = {}
    # Not splitlines: U+2028 may stand in a text.
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n")):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError("not an object in braces")
        except (ValueError, RecursionError) as error:
            left_out[number + 1] = f"is no JSON ({error}); correct or delete it"
            continue
        columns.update(dict.fromkeys(record))
        known = {key: value for key, value in record.items() if _is_known(key)}
        records.append({key: _read_value(value) for key, value in known.items()})
        numbers.append(number)
    first = {name.strip().lower(): name for name in reversed(columns)}
    kept = [name for name in columns if _is_known(name) and first[name.strip().lower()] == name]
    # The others are named in an error, not read.
    others = dict.fromkeys(_read_value(name) for name in columns if not _is_known(name))
    table = pd.DataFrame(
        records, index=numbers, columns=[*kept, *list(others)[:20]], dtype=str
    ).fillna("")
    return TextTable(table, pick_columns(kept), "", left_out)


def _is_known(name: str) -> bool:
    return name.strip().lower() in KNOWN


def _read_value(value: Any) -> str:
    """A JSON value as text; lone surrogates, which no file can hold, become U+FFFD."""
    if value is None or isinstance(value, (dict, list)):
        return ""
    return re.sub("[\ud800-\udfff]", "\ufffd", str(value))


def _parse_csv(data: bytes) -> TextTable:
    text, note = decode_text(data)
    remarks = find_remarks(text)
    rows = text[len(remarks) :]
    try:
        table = parse_table(rows, find_separator(rows.partition("\n")[0]), remarks.count("\n"))
    except CorpusError as error:
        raise CorpusError(f"is no table that can be read ({error})") from None
    return TextTable(table, pick_columns(list(table.columns)), note, {})


def _parse_parquet(data: bytes) -> TextTable:
    names = list_names(data)
    picked = pick_columns(names)
    table = read_cells(data, list(picked.values())) if picked else pd.DataFrame(columns=names)
    return TextTable(table, picked, "", {})
