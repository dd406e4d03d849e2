"""Pieces: a source too large to be read at once, cut so that a few words (a file and where in it) say which texts are meant.

A piece is a dict that JSON can hold; no text is in it. `number`: from 0, in the order of the source; `file`: the table, by its
path below the source's folder, with `start` and `stop` (bytes of a .jsonl, rows of a .parquet's `groups`) and `first` (the
number of its first line or row in the table); or `files`: pairs of path and doc_id; `prefix`: what goes before the ids of its
rows, where several tables are read; `stamp`: what changes when the source does.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from helpers.articles import ARTICLE_COLUMNS, NOT_READ, TABLES, describe_file, describe_table, list_files, number_articles, parse_lines, pick_columns, read_header
from helpers.corpus import DOCUMENT_COLUMNS, FURTHER_COLUMNS
from helpers.folders import REPOSITORY, CorpusError
from helpers.languages import name_language
from helpers.reading import LARGEST, MEGABYTE, check_size
from helpers.tables import is_inside, load_table, pad_id

CHUNK = 1 * MEGABYTE  # bytes of a source that are in memory at a time
CHUNK_ROWS = 256
MOST_FILES = 2_000  # in one piece
MOST_CUTS = 8  # of one row group: each cut reads the rows before it again
LONGEST_LINE = 100 * MEGABYTE


def find_home(source: str | Path) -> tuple[Path, Path]:
    """(the source, the folder that paths in it count from), looked up from the caller's folder, then from the repository. Raises
    CorpusError when neither has it."""
    wanted = Path(source).expanduser()
    path = next((path.resolve() for path in (wanted, REPOSITORY / wanted) if path.exists()), None)
    if path is None:
        raise CorpusError(f'nothing is called "{source}" here ({Path.cwd()}); give a .parquet or .jsonl file, or a folder of such files or of texts')
    return path, path if path.is_dir() else path.parent


def load_pieces(source: str | Path, megabytes: float = 8) -> list[dict]:
    """The pieces of a source, in its order: about `megabytes` of text each. Reads names, sizes, a Parquet's footer and a
    JSONL's line ends. Raises CorpusError for a source without texts, and for a table that cannot be cut (.csv)."""
    path, home = find_home(source)
    files = [path] if path.is_file() else _walk(home)
    tables = [file for file in files if file.suffix.lower() in (".jsonl", ".parquet")]
    texts = [file for file in files if file.suffix.lower() in (*LARGEST, *NOT_READ)]
    if uncut := [file for file in files if file.suffix.lower() == ".csv" and pick_columns(read_header(file))]:
        raise CorpusError(f"{uncut[0].relative_to(home)} is a table of texts that cannot be cut, for a line end may stand in a text; write it as .parquet")
    if path.is_file() and not tables:
        raise CorpusError(f"{path.name} is no .parquet or .jsonl; give such a table, or the folder of the texts")
    pieces = []
    for file in tables:
        cut = _cut_lines if file.suffix.lower() == ".jsonl" else _cut_groups
        stand, name = file.stat(), file.relative_to(home).as_posix()
        prefix = re.sub(r"[^\w.-]+", "-", name.rpartition(".")[0]) + "-" if len(tables) + bool(texts) > 1 else ""
        pieces += [{"file": name, "prefix": prefix, "stamp": [stand.st_size, stand.st_mtime_ns]} | piece for piece in cut(file, megabytes * MEGABYTE)]
    pieces += _cut_texts(texts, home, megabytes * MEGABYTE)
    if not pieces:
        raise CorpusError(f"{path} holds no text; put .parquet or .jsonl tables there, or texts (.txt, .md, .html, .pdf)")
    return [{"number": number} | piece for number, piece in enumerate(pieces)]


def _walk(home: Path) -> list[Path]:
    """The files of a tree that hold texts, in order of their names; what explains a corpus or its report is no text."""
    own = home / "report" if (home / "report" / "report.md").exists() else None
    files = []
    for folder, below, _ in os.walk(home):
        below[:] = sorted(name for name in below if not name.startswith(".") and Path(folder, name) != own)
        files += list_files(Path(folder), (*LARGEST, *NOT_READ, *TABLES))
        files += list_files(Path(folder), tuple(LARGEST), inside=False)  # to be left out by name
        if links := list_files(Path(folder), (".jsonl", ".parquet"), inside=False):
            raise CorpusError(f"{links[0].relative_to(home)} is a link that leads out of its folder; put the table itself there")
    return files


def _cut_lines(file: Path, size: float) -> Iterator[dict]:
    """Stretches of whole lines; `first` counts the lines before them."""
    start = first = 0
    with file.open("rb") as data:
        columns = list(parse_lines(data.read(CHUNK) + data.readline(LONGEST_LINE))[0].columns)  # whole lines
        data.seek(0)
        while block := data.read(int(size)):
            stop, lines = start + len(block), block.count(b"\n")
            while not block.endswith(b"\n") and (block := data.readline(CHUNK)):
                stop, lines = stop + len(block), lines + block.endswith(b"\n")
            yield {"start": start, "stop": stop, "first": first, "columns": columns}
            start, first = stop, first + lines


def _cut_groups(file: Path, size: float) -> Iterator[dict]:
    """Row groups, small ones together and large ones cut by rows."""
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(file) as table:
            groups = [table.metadata.row_group(number) for number in range(table.num_row_groups)]
            if not (picked := pick_columns(table.schema_arrow.names)):
                raise CorpusError(f"{file.name} is a table without a text column (it has {', '.join(table.schema_arrow.names)}); rename the column that holds the articles to text")
    except (pyarrow.ArrowException, OSError) as error:
        raise CorpusError(f"{file.name} is no Parquet that can be read ({str(error).splitlines()[0]}); write it again") from None
    columns, first, open_groups, open_rows, open_size = set(picked.values()), 0, [], 0, 0
    for number, group in enumerate(groups):
        held = sum(group.column(at).total_uncompressed_size for at in range(group.num_columns) if group.column(at).path_in_schema in columns)
        open_groups, open_rows, open_size = open_groups + [number], open_rows + group.num_rows, open_size + held
        if open_size < size and number + 1 < len(groups):
            continue
        cuts = max(1, min(MOST_CUTS, round(open_size / size), open_rows))
        edges = [open_rows * cut // cuts for cut in range(cuts + 1)]
        yield from ({"groups": open_groups, "start": start, "stop": stop, "first": first + start} for start, stop in zip(edges, edges[1:]))
        first, open_groups, open_rows, open_size = first + open_rows, [], 0, 0


def _cut_texts(files: list[Path], home: Path, size: float) -> list[dict]:
    """Files together, up to a size and a number; each has its doc_id from its name, as load_articles gives it."""
    names = pd.Series([file.relative_to(home).as_posix() for file in files], dtype=str)
    wished = names.str.rpartition("/")[2].str.extract(r"^(\d{3,})_", expand=False).fillna("") if len(names) else names
    ids = pd.Series([re.sub(r"[^\w.-]+", "-", wish) if "/" in wish else wish for wish in number_articles(names, wished, set())], dtype=str)
    if (doubled := ids[ids.duplicated()].unique().tolist()):
        raise CorpusError(f"{home}: several files would have the id {', '.join(doubled[:5])}; rename them")
    pieces, held, stamp = [], size, hashlib.sha256()
    for file, name, doc_id in zip(files, names, ids):
        stand = file.stat()
        if held >= size or len(pieces[-1]["files"]) >= MOST_FILES:
            pieces.append({"files": [], "stamp": ""})
            held, stamp = 0, hashlib.sha256()
        stamp.update(json.dumps([name, stand.st_size, stand.st_mtime_ns]).encode())
        pieces[-1]["files"].append([name, doc_id])
        pieces[-1]["stamp"] = stamp.hexdigest()
        held += stand.st_size
    return pieces


def load_chunks(home: Path, piece: dict) -> Iterator[tuple[int, list | pd.DataFrame]]:
    """What a piece holds, a chunk at a time: the number of its first item, and its items (lines, rows or [path, doc_id])."""
    if "files" in piece:
        yield from ((at, piece["files"][at:at + 20]) for at in range(0, len(piece["files"]), 20))
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
                cells = {name: batch[name].slice(begin, stop - begin).cast(pyarrow.string()).to_pandas().astype(str) for name in columns}
                yield first, pd.DataFrame(cells).fillna("").set_axis(range(first, first + stop - begin))
            at += len(batch)
            if at >= piece["stop"]:
                break


def describe_chunk(home: Path, piece: dict, first: int, items: list | pd.DataFrame, published: str = "") -> tuple[pd.DataFrame, dict[str, str], dict[str, str]]:
    """(documents, texts left out and why, what the columns are called) of some items of a piece; documents are those of
    load_corpus. `published`: see date_documents. Raises CorpusError for a table that cannot be read as one."""
    from helpers.proposals import date_documents

    picked: dict[str, str] = {}
    if "files" in piece:
        articles, left_out = _describe_files(home, items)
    else:
        table, left = items, {}
        if isinstance(items, list):
            table, _, _, left = parse_lines(b"\n".join(items))
            table, left = table.set_axis(table.index + first), {number + first: fault for number, fault in left.items()}
            table = table.reindex(columns=list(dict.fromkeys([*piece["columns"], *table.columns])), fill_value="")
        picked = pick_columns(list(table.columns))
        try:
            articles, left_out = describe_table(table, picked, "", left, piece["file"])
        except CorpusError as fault:
            raise CorpusError(f"{piece['file']}: {fault}") from None
        articles["doc_id"] = piece["prefix"] + articles["doc_id"]
    articles["language"] = [name_language(text) for text in articles["text"]]
    documents = add_days(_amend(articles, home))
    return date_documents(documents, published), left_out, picked


def name_item(piece: dict, number: int, items: list | pd.DataFrame) -> tuple[str, str]:
    """(where it stands, doc_id) of one item of a piece, found without reading its text."""
    if "files" in piece:
        return items[0][0], items[0][1]
    table = parse_lines(items[0])[0] if isinstance(items, list) else items
    column = pick_columns(["text", *table.columns]).get("id")
    own = str(table[column].iloc[0]).strip() if column and len(table) else ""
    doc_id = re.sub(r"[^\w.-]+", "-", own or str(number))
    where = f"{piece['file']} row {number}" if "groups" in piece else f"{piece['file']} line {number + 1}"
    return where, piece["prefix"] + (doc_id.zfill(3) if doc_id.isdigit() else doc_id)


def _describe_files(home: Path, items: list) -> tuple[pd.DataFrame, dict[str, str]]:
    rows, left_out = [], {}
    for name, doc_id in items:
        try:
            if Path(name).suffix.lower() in NOT_READ:
                raise CorpusError("is no kind of file that is read here; save it as .txt, .md, .html or .pdf")
            if not is_inside(home / name):
                raise CorpusError("is a link that leads out of its folder; put the text itself there")
            check_size((home / name).stat().st_size, Path(name).suffix)
            row = describe_file(Path(name).name, (home / name).read_bytes())
            rows.append((doc_id, name, *row[2:]))
        except CorpusError as fault:
            left_out[name] = str(fault)
        except PermissionError as error:
            left_out[name] = f"cannot be opened ({error.strerror}); allow reading it, or remove it"
    return pd.DataFrame(rows, columns=ARTICLE_COLUMNS, dtype=str), left_out


def _amend(articles: pd.DataFrame, home: Path) -> pd.DataFrame:
    """What people wrote into documents.csv beside the source goes before what a text says of itself, as in load_corpus."""
    file = home / "documents.csv"
    if not file.exists() or articles.empty:
        return articles
    told = load_table(file, DOCUMENT_COLUMNS).set_index("file")
    told = told[told.index.isin(articles["file"])]
    articles, own = articles.set_index("file"), articles.set_index("file").loc[told.index]
    changed = told.index[(told["sha256"] != "") & (told["sha256"] != own["sha256"])]
    if len(changed):
        raise CorpusError(f"{changed[0]}: the text has changed since it was described (documents.csv has another SHA-256); restore it, or write the new sum")
    for name in DOCUMENT_COLUMNS[:1] + DOCUMENT_COLUMNS[2:6]:
        articles.loc[told.index, name] = told[name].map(pad_id) if name == "doc_id" else told[name]
    for name in [name for name in FURTHER_COLUMNS if name in told]:
        articles.loc[told.index, name] = told[name].mask(told[name] == "", own[name])
    return articles.reset_index()[[*ARTICLE_COLUMNS, "language"]]


def add_days(documents: pd.DataFrame) -> pd.DataFrame:
    """Documents with published_start and published_end (days; missing when undated) from `published`."""
    days = documents["published"].astype(str).str.partition("/") if len(documents) else pd.DataFrame(columns=[0, 1, 2], dtype=str)
    return documents.assign(
        published_start=pd.to_datetime(days[0].where(days[0] != "")), published_end=pd.to_datetime(days[2].where(days[2] != "", days[0]).replace("", None)),
    )
