"""Chunks: what a piece of a source holds (helpers.scale.split), a stretch at a time, as documents."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from helpers.articles import (
    ARTICLE_COLUMNS,
    NOT_READ,
    describe_file,
    describe_table,
    parse_lines,
    pick_columns,
)
from helpers.corpus import DOCUMENT_COLUMNS, FURTHER_COLUMNS
from helpers.folders import CorpusError
from helpers.languages import name_language
from helpers.reading import MEGABYTE, check_size
from helpers.tables import is_inside, load_table, pad_id

CHUNK = 1 * MEGABYTE  # bytes of a source that are in memory at a time
CHUNK_ROWS = 256
LONGEST_LINE = 100 * MEGABYTE


def load_chunks(home: Path, piece: dict) -> Iterator[tuple[int, list | pd.DataFrame]]:
    """What a piece holds, a chunk at a time: the number of its first item, and its items (lines, rows or [path, doc_id])."""
    if "files" in piece:
        yield from ((at, piece["files"][at : at + 20]) for at in range(0, len(piece["files"]), 20))
    elif "groups" in piece:
        yield from _load_rows(home / piece["file"], piece)
    else:
        yield from _load_lines(home / piece["file"], piece)


def _load_lines(file: Path, piece: dict) -> Iterator[tuple[int, list[bytes]]]:
    first, lines, held = piece["first"], [], 0
    with file.open("rb") as data:
        data.seek(piece["start"])
        while data.tell() < piece["stop"]:
            line = data.readline(LONGEST_LINE)
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                while (rest := data.readline(CHUNK)) and not rest.endswith(b"\n"):
                    pass
                line = b'{"text": "", "": "longer than any article"}'
            lines.append(line.rstrip(b"\r\n"))
            held += len(line)
            if held >= CHUNK or len(lines) >= CHUNK_ROWS:
                yield first, lines
                first, lines, held = first + len(lines), [], 0
    if lines:
        yield first, lines


def _load_rows(file: Path, piece: dict) -> Iterator[tuple[int, pd.DataFrame]]:
    import pyarrow
    from pyarrow import parquet

    at = 0  # of the row groups' rows; those before `start` belong to another piece
    with parquet.ParquetFile(file, pre_buffer=False) as table:
        columns = list(pick_columns(table.schema_arrow.names).values())
        for batch in table.iter_batches(CHUNK_ROWS, piece["groups"], columns, use_threads=False):
            begin, stop = max(piece["start"] - at, 0), min(piece["stop"] - at, len(batch))
            if begin < stop:
                first = piece["first"] + at + begin - piece["start"]
                cells = {
                    name: batch[name]
                    .slice(begin, stop - begin)
                    .cast(pyarrow.string())
                    .to_pandas()
                    .astype(str)
                    for name in columns
                }
                yield (
                    first,
                    pd.DataFrame(cells).fillna("").set_axis(range(first, first + stop - begin)),
                )
            at += len(batch)
            if at >= piece["stop"]:
                break


def load_documents(
    home: Path, piece: dict, first: int, items: list | pd.DataFrame, published: str = ""
) -> tuple[pd.DataFrame, dict[str, str], dict[str, str]]:
    """(documents, texts left out and why, what the columns are called) of some items of a piece; documents are those of
    load_corpus. `published`: see date_documents. Raises CorpusError for a table that cannot be read as one."""
    from helpers.proposals import date_documents

    picked: dict[str, str] = {}
    if "files" in piece:
        articles, left_out = _load_files(home, items)
    else:
        table, left = items, {}
        if isinstance(items, list):
            table, _, _, left = parse_lines(b"\n".join(items))
            table, left = (
                table.set_axis(table.index + first),
                {number + first: fault for number, fault in left.items()},
            )
            table = table.reindex(
                columns=list(dict.fromkeys([*piece["columns"], *table.columns])), fill_value=""
            )
        picked = pick_columns(list(table.columns))
        try:
            articles, left_out = describe_table(table, picked, "", left, piece["file"])
        except CorpusError as fault:
            raise CorpusError(f"{piece['file']}: {fault}") from None
        articles["doc_id"] = piece["prefix"] + articles["doc_id"]
    articles["language"] = [name_language(text) for text in articles["text"]]
    documents = add_days(_load_amended(articles, home))
    return date_documents(documents, published), left_out, picked


def name_item(piece: dict, number: int, items: list | pd.DataFrame) -> tuple[str, str]:
    """(where it stands, doc_id) of one item of a piece, found without reading its text."""
    if "files" in piece:
        return items[0][0], items[0][1]
    table = parse_lines(items[0])[0] if isinstance(items, list) else items
    column = pick_columns(["text", *table.columns]).get("id")
    own = str(table[column].iloc[0]).strip() if column and len(table) else ""
    doc_id = re.sub(r"[^\w.-]+", "-", own or str(number))
    where = (
        f"{piece['file']} row {number}"
        if "groups" in piece
        else f"{piece['file']} line {number + 1}"
    )
    return where, piece["prefix"] + (doc_id.zfill(3) if doc_id.isdigit() else doc_id)


def _load_files(home: Path, items: list) -> tuple[pd.DataFrame, dict[str, str]]:
    rows, left_out = [], {}
    for name, doc_id in items:
        try:
            if Path(name).suffix.lower() in NOT_READ:
                raise CorpusError(
                    "is no kind of file that is read here; save it as .txt, .md, .html or .pdf"
                )
            if not is_inside(home / name):
                raise CorpusError(
                    "is a link that leads out of its folder; put the text itself there"
                )
            check_size((home / name).stat().st_size, Path(name).suffix)
            row = describe_file(Path(name).name, (home / name).read_bytes())
            rows.append((doc_id, name, *row[2:]))
        except CorpusError as fault:
            left_out[name] = str(fault)
        except PermissionError as error:
            left_out[name] = f"cannot be opened ({error.strerror}); allow reading it, or remove it"
    return pd.DataFrame(rows, columns=ARTICLE_COLUMNS, dtype=str), left_out


def _load_amended(articles: pd.DataFrame, home: Path) -> pd.DataFrame:
    """What people wrote into documents.csv beside the source goes before what a text says of itself, as in load_corpus."""
    file = home / "documents.csv"
    if not file.exists() or articles.empty:
        return articles
    told = load_table(file, DOCUMENT_COLUMNS).set_index("file")
    told = told[told.index.isin(articles["file"])]
    articles, own = articles.set_index("file"), articles.set_index("file").loc[told.index]
    changed = told.index[(told["sha256"] != "") & (told["sha256"] != own["sha256"])]
    if len(changed):
        raise CorpusError(
            f"{changed[0]}: the text has changed since it was described (documents.csv has another SHA-256); restore it, or write the new sum"
        )
    for name in DOCUMENT_COLUMNS[:1] + DOCUMENT_COLUMNS[2:6]:
        articles.loc[told.index, name] = told[name].map(pad_id) if name == "doc_id" else told[name]
    for name in [name for name in FURTHER_COLUMNS if name in told]:
        articles.loc[told.index, name] = told[name].mask(told[name] == "", own[name])
    return articles.reset_index()[[*ARTICLE_COLUMNS, "language"]]


def add_days(documents: pd.DataFrame) -> pd.DataFrame:
    """Documents with published_start and published_end (days; missing when undated) from `published`."""
    days = (
        documents["published"].astype(str).str.partition("/")
        if len(documents)
        else pd.DataFrame(columns=[0, 1, 2], dtype=str)
    )
    return documents.assign(
        published_start=pd.to_datetime(days[0].where(days[0] != "")),
        published_end=pd.to_datetime(days[2].where(days[2] != "", days[0]).replace("", None)),
    )
