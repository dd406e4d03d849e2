"""Split: a source too large to be read at once, cut so that a few words say which texts are
meant."""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd

from helpers.corpus.articles import (
    NOT_READ,
    TABLES,
    UNNAMED,
    is_of_page,
    list_files,
    list_unnamed,
    number_articles,
    read_header,
)
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.readers.article import LARGEST, MEGABYTE
from helpers.corpus.readers.table import parse_lines, pick_columns
from helpers.scale.batch import CHUNK, LONGEST_LINE
from helpers.scale.messages import LineSplit, RowSplit, Split, TableSplit, TextSplit
from helpers.schema.errors import CorpusError

MOST_FILES = 2_000  # in one split
MOST_CUTS = 8  # of one row group: each cut reads the rows before it again


def find_home(source: str | Path) -> tuple[Path, Path]:
    """(the source, the folder that paths in it count from), looked up from the caller's folder,
    then from the repository. Raises CorpusError when neither has it."""
    wanted = Path(source).expanduser()
    for path in (wanted, REPOSITORY / wanted):
        if path.exists():
            path = path.resolve()
            return path, path if path.is_dir() else path.parent
    raise CorpusError(
        f'nothing is called "{source}" here ({Path.cwd()}); '
        "give a .parquet or .jsonl file, or a folder of such files or of texts"
    )


def load_splits(source: str | Path, megabytes: float = 8) -> list[Split]:
    """The splits of a source, in its order: about `megabytes` of text each. Reads names, sizes, a
    Parquet's footer and a JSONL's line ends. Raises CorpusError for a source without texts, and for
    a table that cannot be cut (.csv)."""
    path, home = find_home(source)
    files = [path] if path.is_file() else _walk(home)
    tables = [file for file in files if file.suffix.lower() in (".jsonl", ".parquet")]
    texts = [file for file in files if file.suffix.lower() in (*LARGEST, *NOT_READ)]
    for file in files:
        if file.suffix.lower() == ".csv" and pick_columns(read_header(file)):
            raise CorpusError(
                f"{file.relative_to(home)} is a table of texts that cannot be cut, "
                "for a line end may stand in a text; write it as .parquet"
            )
    if path.is_file() and not tables:
        raise CorpusError(
            f"{path.name} is no .parquet or .jsonl; give such a table, or the folder of the texts"
        )
    several, size = len(tables) + bool(texts) > 1, megabytes * MEGABYTE
    splits: list[Split] = []
    for file in tables:
        splits += _cut_table(file, _describe_table(file, home, several), size)
    splits += _cut_texts(texts, home, size)
    if not splits:
        raise CorpusError(
            f"{path} holds no text; "
            "put .parquet or .jsonl tables there, or texts (.txt, .docx, .html, .pdf …)"
        )
    return [replace(split, number=number) for number, split in enumerate(splits)]


def _walk(home: Path) -> list[Path]:
    """The files of a tree that hold texts, in order of their names; what explains a corpus or its
    report is no text."""
    own = home / "report" if (home / "report" / "report.md").exists() else None
    files = []
    for folder, below, names in os.walk(home):
        if unnamed := list_unnamed([*below, *names]):
            raise CorpusError(f"{unnamed[0]} {UNNAMED}")
        below[:] = sorted(
            name
            for name in below
            if name[0] != "." and Path(folder, name) != own and not is_of_page(name, names)
        )
        files += list_files(Path(folder), (*LARGEST, *NOT_READ, *TABLES))
        files += list_files(Path(folder), tuple(LARGEST), inside=False)  # to be left out by name
        if links := list_files(Path(folder), (".jsonl", ".parquet"), inside=False):
            raise CorpusError(
                f"{links[0].relative_to(home)} is a link that leads out of its folder; "
                "put the table itself there"
            )
    return files


def _describe_table(file: Path, home: Path, several: bool) -> TableSplit:
    """What all splits of a table share."""
    name, stand = file.relative_to(home).as_posix(), file.stat()
    prefix = re.sub(r"[^\w.-]+", "-", name.rpartition(".")[0]) + "-" if several else ""
    return TableSplit(0, name, prefix, [stand.st_size, stand.st_mtime_ns])


def _cut_table(file: Path, table: TableSplit, size: float) -> Iterator[Split]:
    shared = (0, table.file, table.prefix, table.stamp)
    if file.suffix.lower() == ".jsonl":
        columns = _list_columns(file)
        for start, stop, first in _cut_lines(file, size):
            yield LineSplit(*shared, start, stop, first, columns)
    else:
        for groups, start, stop, first in _cut_groups(file, size):
            yield RowSplit(*shared, groups, start, stop, first)


def _list_columns(file: Path) -> list[str]:
    """The columns of the first lines of a .jsonl."""
    with file.open("rb") as data:
        return list(parse_lines(data.read(CHUNK) + data.readline(LONGEST_LINE))[0].columns)


def _cut_lines(file: Path, size: float) -> Iterator[tuple[int, int, int]]:
    """(start, stop, lines before it) of stretches of whole lines."""
    start = first = 0
    with file.open("rb") as data:
        while block := data.read(int(size)):
            stop, lines = start + len(block), block.count(b"\n")
            while not block.endswith(b"\n") and (block := data.readline(CHUNK)):
                stop, lines = stop + len(block), lines + block.endswith(b"\n")
            yield start, stop, first
            start, first = stop, first + lines


def _cut_groups(file: Path, size: float) -> Iterator[tuple[list[int], int, int, int]]:
    """(row groups, first and last of their rows, rows before that), small groups together and large
    ones cut by rows."""
    groups: list[int] = []
    first = rows = held = 0
    sizes = _measure_groups(file)
    for number, (more_rows, more_bytes) in enumerate(sizes):
        groups, rows, held = [*groups, number], rows + more_rows, held + more_bytes
        if held < size and number + 1 < len(sizes):
            continue
        cuts = max(1, min(MOST_CUTS, round(held / size), rows))
        edges = [rows * cut // cuts for cut in range(cuts + 1)]
        for start, stop in zip(edges, edges[1:], strict=False):
            yield groups, start, stop, first + start
        first, groups, rows, held = first + rows, [], 0, 0


def _measure_groups(file: Path) -> list[tuple[int, int]]:
    """(rows, bytes unpacked) of the row groups of a .parquet. Their columns are not asked: of some
    damaged files pyarrow ends the process then."""
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(file) as table:
            names = table.schema_arrow.names
            groups = [table.metadata.row_group(number) for number in range(table.num_row_groups)]
    except (pyarrow.ArrowException, OSError) as error:
        raise CorpusError(
            f"{file.name} is no Parquet that can be read ({str(error).splitlines()[0]}); "
            "write it again"
        ) from None
    if not pick_columns(names):
        raise CorpusError(
            f"{file.name} is a table without a text column (it has {', '.join(names)}); "
            "rename the column that holds the articles to text"
        )
    return [(group.num_rows, group.total_byte_size) for group in groups]


def _cut_texts(files: list[Path], home: Path, size: float) -> Iterator[TextSplit]:
    """Files together, up to a size and a number; each has its doc_id from its name, as
    load_articles gives it."""
    pairs: list[list[str]] = []
    held, stamp = 0, hashlib.sha256()
    names = [file.relative_to(home).as_posix() for file in files]
    for file, name, doc_id in zip(files, names, _number_texts(names, home), strict=True):
        stand = file.stat()
        if pairs and (held >= size or len(pairs) >= MOST_FILES):
            yield TextSplit(0, pairs, stamp.hexdigest())
            held, pairs, stamp = 0, [], hashlib.sha256()
        stamp.update(json.dumps([name, stand.st_size, stand.st_mtime_ns]).encode())
        pairs.append([name, doc_id])
        held += stand.st_size
    if pairs:
        yield TextSplit(0, pairs, stamp.hexdigest())


def _number_texts(names: list[str], home: Path) -> list[str]:
    """A doc_id for each text. Raises CorpusError where two would have the same."""
    if not names:
        return []
    paths = pd.Series(names, dtype=str)
    wished = paths.str.rpartition("/")[2].str.extract(r"^(\d{3,})_", expand=False).fillna("")
    ids = pd.Series(number_articles(paths, wished, set()), dtype=str)
    ids = ids.mask(ids.str.contains("/"), ids.str.replace(r"[^\w.-]+", "-", regex=True))
    if doubled := ids[ids.duplicated()].unique().tolist():
        raise CorpusError(
            f"{home}: several files would have the id {', '.join(doubled[:5])}; rename them"
        )
    return ids.tolist()
