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

from helpers.articles import (
    NOT_READ,
    TABLES,
    list_files,
    number_articles,
    parse_lines,
    pick_columns,
    read_header,
)
from helpers.folders import REPOSITORY, CorpusError
from helpers.reading import LARGEST, MEGABYTE
from helpers.scale.batch import CHUNK, LONGEST_LINE

MOST_FILES = 2_000  # in one piece
MOST_CUTS = 8  # of one row group: each cut reads the rows before it again


def find_home(source: str | Path) -> tuple[Path, Path]:
    """(the source, the folder that paths in it count from), looked up from the caller's folder, then from the repository. Raises
    CorpusError when neither has it."""
    wanted = Path(source).expanduser()
    path = next((path.resolve() for path in (wanted, REPOSITORY / wanted) if path.exists()), None)
    if path is None:
        raise CorpusError(
            f'nothing is called "{source}" here ({Path.cwd()}); give a .parquet or .jsonl file, or a folder of such files or of texts'
        )
    return path, path if path.is_dir() else path.parent


def load_pieces(source: str | Path, megabytes: float = 8) -> list[dict]:
    """The pieces of a source, in its order: about `megabytes` of text each. Reads names, sizes, a Parquet's footer and a
    JSONL's line ends. Raises CorpusError for a source without texts, and for a table that cannot be cut (.csv)."""
    path, home = find_home(source)
    files = [path] if path.is_file() else _walk(home)
    tables = [file for file in files if file.suffix.lower() in (".jsonl", ".parquet")]
    texts = [file for file in files if file.suffix.lower() in (*LARGEST, *NOT_READ)]
    if uncut := [
        file for file in files if file.suffix.lower() == ".csv" and pick_columns(read_header(file))
    ]:
        raise CorpusError(
            f"{uncut[0].relative_to(home)} is a table of texts that cannot be cut, for a line end may stand in a text; write it as .parquet"
        )
    if path.is_file() and not tables:
        raise CorpusError(
            f"{path.name} is no .parquet or .jsonl; give such a table, or the folder of the texts"
        )
    pieces = []
    for file in tables:
        cut = _cut_lines if file.suffix.lower() == ".jsonl" else _cut_groups
        stand, name = file.stat(), file.relative_to(home).as_posix()
        prefix = (
            re.sub(r"[^\w.-]+", "-", name.rpartition(".")[0]) + "-"
            if len(tables) + bool(texts) > 1
            else ""
        )
        pieces += [
            {"file": name, "prefix": prefix, "stamp": [stand.st_size, stand.st_mtime_ns]} | piece
            for piece in cut(file, megabytes * MEGABYTE)
        ]
    pieces += _cut_texts(texts, home, megabytes * MEGABYTE)
    if not pieces:
        raise CorpusError(
            f"{path} holds no text; put .parquet or .jsonl tables there, or texts (.txt, .md, .html, .pdf)"
        )
    return [{"number": number} | piece for number, piece in enumerate(pieces)]


def _walk(home: Path) -> list[Path]:
    """The files of a tree that hold texts, in order of their names; what explains a corpus or its report is no text."""
    own = home / "report" if (home / "report" / "report.md").exists() else None
    files = []
    for folder, below, _ in os.walk(home):
        below[:] = sorted(
            name for name in below if not name.startswith(".") and Path(folder, name) != own
        )
        files += list_files(Path(folder), (*LARGEST, *NOT_READ, *TABLES))
        files += list_files(Path(folder), tuple(LARGEST), inside=False)  # to be left out by name
        if links := list_files(Path(folder), (".jsonl", ".parquet"), inside=False):
            raise CorpusError(
                f"{links[0].relative_to(home)} is a link that leads out of its folder; put the table itself there"
            )
    return files


def _cut_lines(file: Path, size: float) -> Iterator[dict]:
    """Stretches of whole lines; `first` counts the lines before them."""
    start = first = 0
    with file.open("rb") as data:
        columns = list(
            parse_lines(data.read(CHUNK) + data.readline(LONGEST_LINE))[0].columns
        )  # whole lines
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
                raise CorpusError(
                    f"{file.name} is a table without a text column (it has {', '.join(table.schema_arrow.names)}); rename the column that holds the articles to text"
                )
    except (pyarrow.ArrowException, OSError) as error:
        raise CorpusError(
            f"{file.name} is no Parquet that can be read ({str(error).splitlines()[0]}); write it again"
        ) from None
    columns, first, open_groups, open_rows, open_size = set(picked.values()), 0, [], 0, 0
    for number, group in enumerate(groups):
        held = sum(
            group.column(at).total_uncompressed_size
            for at in range(group.num_columns)
            if group.column(at).path_in_schema in columns
        )
        open_groups, open_rows, open_size = (
            open_groups + [number],
            open_rows + group.num_rows,
            open_size + held,
        )
        if open_size < size and number + 1 < len(groups):
            continue
        cuts = max(1, min(MOST_CUTS, round(open_size / size), open_rows))
        edges = [open_rows * cut // cuts for cut in range(cuts + 1)]
        yield from (
            {"groups": open_groups, "start": start, "stop": stop, "first": first + start}
            for start, stop in zip(edges, edges[1:])
        )
        first, open_groups, open_rows, open_size = first + open_rows, [], 0, 0


def _cut_texts(files: list[Path], home: Path, size: float) -> list[dict]:
    """Files together, up to a size and a number; each has its doc_id from its name, as load_articles gives it."""
    names = pd.Series([file.relative_to(home).as_posix() for file in files], dtype=str)
    wished = (
        names.str.rpartition("/")[2].str.extract(r"^(\d{3,})_", expand=False).fillna("")
        if len(names)
        else names
    )
    ids = pd.Series(
        [
            re.sub(r"[^\w.-]+", "-", wish) if "/" in wish else wish
            for wish in number_articles(names, wished, set())
        ],
        dtype=str,
    )
    if doubled := ids[ids.duplicated()].unique().tolist():
        raise CorpusError(
            f"{home}: several files would have the id {', '.join(doubled[:5])}; rename them"
        )
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
