"""Articles: what a folder holds before anybody described it, one row a text, with what each says of
itself."""

import csv
import hashlib
import re
from pathlib import Path

import pandas as pd

from helpers.corpus.language import name_language
from helpers.corpus.readers.article import LARGEST, check_size
from helpers.corpus.readers.table import (
    ARTICLE_COLUMNS,
    DoubledIdsError,
    pick_columns,
    read_rows,
)
from helpers.schema.columns import TABLES as SCHEMA
from helpers.schema.csv_files import find_separator, pad_id
from helpers.schema.errors import CorpusError
from helpers.schema.extras import MissingExtraError
from helpers.schema.files import is_inside

TABLES = (".jsonl", ".csv", ".parquet")
NOT_READ = (".doc", ".msg", ".pages", ".wpd")
UNNAMED = "has a name that is not UTF-8 and that no table can hold; rename it"
RESERVED = {  # tables about the texts, and what explains them: never texts
    "readme.md",
    "claims.before_merge.csv",
    "claims.aside.csv",
    "proposals.merged.csv",
    *(table.file for table in SCHEMA.values()),
}
MANY = 200  # files or rows; above it a bar on stderr says how far the reading is


def load_articles(folder: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    """Every article of a folder and, by file name, why a file was left out and what to do.

    One row is one text, from a file of its own or from a row of a table ("articles.jsonl#17").
    Columns: doc_id, file, title, publisher, published (ISO day or ""), published_basis, sha256 (of
    the file, or of the row's text in UTF-8), text, url, author, accessed, note, language. Raises
    CorpusError when ids in a table are doubled, MissingExtraError for a .parquet without pyarrow;
    anything else that cannot be read leaves the rest as it is.
    """
    from tqdm import tqdm

    rows, tables = [], []
    unread: dict[str, str] = {}  # files
    left_out: dict[str, str] = {}  # rows of tables
    files = list_texts(folder)
    for file in tqdm(files, desc="reading texts", unit=" files", disable=len(files) <= MANY):
        try:
            if file.suffix.lower() in TABLES:
                table, faults = read_rows(file.read_bytes(), file.name)
                tables.append(table)
                left_out |= faults
            else:
                check_size(file.stat().st_size, file.suffix)
                rows += describe_file(file.name, file.read_bytes())
        except (DoubledIdsError, MissingExtraError):
            raise
        except CorpusError as fault:
            unread[file.name] = str(fault)
        except OSError as error:
            unread[file.name] = (
                f"cannot be opened ({error.strerror}); allow reading it, or remove it"
            )
    unread |= {
        file.name: "is no kind of file that is read here; save it as .txt, .docx, .html or .pdf"
        for file in list_files(folder, NOT_READ)
    }
    unread |= dict.fromkeys(list_unnamed([file.name for file in folder.iterdir()]), UNNAMED)
    unread |= {
        file.name: "is a link that leads out of the corpus; put the text itself there"
        for file in list_files(folder, (*LARGEST, *TABLES), inside=False)
    }
    unread |= left_out
    own = pd.DataFrame(rows, columns=ARTICLE_COLUMNS, dtype=str)
    articles = pd.concat([own, *tables], ignore_index=True)
    articles["doc_id"] = number_articles(articles["file"], articles["doc_id"], set())
    articles["copy_of"] = ""  # load_corpus tells, once the texts have their names and days
    few = len(articles) <= max(MANY, len(files))
    texts = tqdm(articles["text"], desc="telling languages", unit=" texts", disable=few)
    articles["language"] = [name_language(text) for text in texts]
    return articles, unread


def list_texts(folder: Path) -> list[Path]:
    """The files of a folder that hold articles, by name. A .csv without a text column is a table
    about something else, unless the folder holds nothing but it: then it is listed, to be refused
    with its columns."""
    files = list_files(folder, (*LARGEST, *TABLES))
    texts = [
        file for file in files if file.suffix.lower() != ".csv" or pick_columns(read_header(file))
    ]
    return texts or files


def list_files(folder: Path, suffixes: tuple[str, ...], inside: bool = True) -> list[Path]:
    """The files of a folder that may hold texts; or those that seem to, and are links to somewhere
    else."""
    return sorted(
        file
        for file in folder.iterdir()
        if file.suffix.lower() in suffixes
        and file.name[0] not in ".~"
        and file.name.lower() not in RESERVED
        and not list_unnamed([file.name])
        and file.is_file()
        and is_inside(file) == inside
    )


def list_unnamed(names: list[str]) -> list[str]:
    """Those of some file names that are not UTF-8, as they can be shown."""
    shown = [name.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for name in names]
    return [name for name, own in zip(shown, names) if name != own]


def is_of_page(folder: str, names: list[str]) -> bool:
    """Whether a folder holds what a browser saved beside a page ("kell_files" beside "kell.html"):
    scripts, pictures and frames, and no texts. `names`: of the files beside it."""
    stem = re.sub(r"[_.-](?:files|fichiers|dateien|archivos|bestanden|file|arquivos)$", "", folder)
    return stem != folder and not {f"{stem}.html", f"{stem}.htm"}.isdisjoint(names)


def read_header(file: Path) -> list[str]:
    """The columns of a CSV, remarks above them skipped; none where it cannot be opened."""
    try:
        with file.open(encoding="utf-8-sig", errors="replace") as lines:
            line = next((line for line in lines if not line.startswith("#")), "")
    except OSError:
        return []
    return next(csv.reader([line], delimiter=find_separator(line)), [])


def describe_file(name: str, data: bytes) -> list[tuple[str, ...]]:
    """The rows of ARTICLE_COLUMNS from a file's bytes: one, or one a part ("export.txt#001") where
    it holds several articles. doc_id is the leading number of the file, or that of the part, ""
    without one; the checksum is that of the file, of a part that of its text."""
    from helpers.corpus.readers.kinds import read_articles

    articles, stem = read_articles(data, Path(name).suffix), Path(name).stem
    number = re.match(r"(\d{3,})_", name)
    is_whole = len(articles) == 1
    first = int(articles[0].note.startswith("one of"))  # what stands beside posts is no post: 000
    rows: list[tuple[str, ...]] = []
    for order, article in enumerate(articles, first):
        own = number[1] if number else ""
        rows.append(
            (
                own if is_whole else f"{order:03d}",
                name if is_whole else f"{name}#{order:03d}",
                article.title or stem.replace("_", " "),
                article.publisher or "unknown",
                article.published,
                article.basis,
                hashlib.sha256(data if is_whole else article.text.encode()).hexdigest(),
                article.text,
                article.url,
                article.author,
                article.accessed,
                article.note,
            )
        )
    return rows


def number_articles(files: pd.Series, wished: pd.Series, taken: set[str]) -> list[str]:
    """A doc_id for each article, none doubled and none among `taken`: its number or the id of its
    row, else the name of its file without the suffix (before the id of a row; a number in three
    digits, as claims name it), else the whole name."""
    kinds = "|".join(suffix[1:] for suffix in (*TABLES, *LARGEST))
    holders = files.str.extract(rf"(?i)^(.*?\.(?:{kinds}))#", expand=False)
    names, rows = holders.fillna(files), holders.notna()
    stems = names.str.replace(r"\.\w+$", "", regex=True)
    full = names.mask(rows, names + "-" + wished)
    stem = stems.map(pad_id).mask(rows, stems + "-" + wished)
    for ids in (wished.mask(wished == "", stem), stem, full):
        if ids.is_unique and taken.isdisjoint(ids):
            break
    return ids.tolist()
