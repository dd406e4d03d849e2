"""Articles: what a folder holds before anybody described it, one row a text, with what each says of itself."""

import csv
import hashlib
import json
import re
from pathlib import Path

import pandas as pd

from helpers.corpus.dateline import find_dateline, read_day
from helpers.corpus.language import name_language
from helpers.corpus.readers.article import (
    LARGEST,
    check_size,
    decode_text,
    find_title,
)
from helpers.corpus.readers.kinds import read_articles
from helpers.corpus.readers.parquet import read_columns, read_names
from helpers.schema.csv_files import REMARKS, parse_table
from helpers.schema.errors import CorpusError
from helpers.schema.extras import MissingExtraError, require_extra
from helpers.schema.files import is_inside

TABLES = (".jsonl", ".csv", ".parquet")
NOT_READ = (".doc", ".msg", ".pages", ".wpd")
UNNAMED = "has a name that is not UTF-8 and that no table can hold; rename it"
RESERVED = {  # tables about the texts, and what explains them: never texts
    "readme.md",
    "documents.csv",
    "claims.csv",
    "claims.before_merge.csv",
    "not_claims.csv",
    "places.csv",
    "disagreements.csv",
    "defects.csv",
    "proposals.csv",
    "proposals.merged.csv",
    "second_coding.csv",
}
NAMES = {  # what a column holds → what it may be called; the first that is there is taken
    "text": ("text", "content", "body", "article"),
    "id": ("id", "doc_id"),
    "title": ("title",),
    "publisher": ("publisher",),
    "published": ("published", "date"),
    "url": ("url",),
}
KNOWN = {name for names in NAMES.values() for name in names}
ARTICLE_COLUMNS = [
    "doc_id",
    "file",
    "title",
    "publisher",
    "published",
    "published_basis",
    "sha256",
    "text",
    "url",
    "note",
]
MANY = 200  # files or rows; above it a bar on stderr says how far the reading is


class DoubledIds(CorpusError):
    """Ids of a table that stand on several rows: claims could not say which text they quote."""


def load_articles(folder: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    """Every article of a folder and, by file name, why a file was left out and what to do.

    One row is one text, from a file of its own or from a row of a table ("articles.jsonl#17"). Columns:
    doc_id, file, title, publisher, published (ISO day or ""), published_basis, sha256 (of the file, or of
    the row's text in UTF-8), text, url, note, language. Raises CorpusError when ids in a table are
    doubled, MissingExtraError for a .parquet without pyarrow; anything else that cannot be read
    leaves the rest as it is.
    """
    from tqdm import tqdm

    rows, tables, unread = [], [], {}
    files = list_texts(folder)
    for file in tqdm(files, desc="reading texts", unit=" files", disable=len(files) <= MANY):
        try:
            if file.suffix.lower() in TABLES:
                tables.append(read_rows(file.read_bytes(), file.name))
            else:
                check_size(file.stat().st_size, file.suffix)
                rows += describe_file(file.name, file.read_bytes())
        except (DoubledIds, MissingExtraError):
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
    unread |= {name: UNNAMED for name in list_unnamed([file.name for file in folder.iterdir()])}
    unread |= {
        file.name: "is a link that leads out of the corpus; put the text itself there"
        for file in list_files(folder, (*LARGEST, *TABLES), inside=False)
    }
    for _, faults in tables:
        unread |= faults
    articles = pd.concat(
        [pd.DataFrame(rows, columns=ARTICLE_COLUMNS, dtype=str), *(table for table, _ in tables)],
        ignore_index=True,
    )
    articles["doc_id"] = number_articles(articles["file"], articles["doc_id"], set())
    articles["copy_of"] = ""  # load_corpus tells, once the texts have their names and days
    many = len(articles) > max(MANY, len(files))
    articles["language"] = [
        name_language(text)
        for text in tqdm(
            articles["text"], desc="telling languages", unit=" texts", disable=not many
        )
    ]
    return articles, unread


def list_texts(folder: Path) -> list[Path]:
    """The files of a folder that hold articles, by name. A .csv without a text column is a table about
    something else, unless the folder holds nothing but it: then it is listed, to be refused with its columns."""
    files = list_files(folder, (*LARGEST, *TABLES))
    texts = [
        file for file in files if file.suffix.lower() != ".csv" or pick_columns(read_header(file))
    ]
    return texts or files


def list_files(folder: Path, suffixes: tuple[str, ...], inside: bool = True) -> list[Path]:
    """The files of a folder that may hold texts; or those that seem to, and are links to somewhere else."""
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
    return next(csv.reader([line], delimiter=_find_separator(line)), [])


def _find_separator(header: str) -> str:
    return max(",;\t", key=header.count)


def pick_columns(columns: list[str]) -> dict[str, str]:
    """What a table's columns hold: "text", "id", … → the column's own name. Empty without a text column."""
    own = {str(name).strip().lower(): name for name in reversed(columns)}
    picked = {
        kind: own[found]
        for kind, names in NAMES.items()
        if (found := next((name for name in names if name in own), ""))
    }
    return picked if "text" in picked else {}


def describe_file(name: str, data: bytes) -> list[tuple[str, ...]]:
    """The rows of ARTICLE_COLUMNS from a file's bytes: one, or one a part ("export.txt#001") where
    it holds several articles. doc_id is the leading number of the file, or that of the part, ""
    without one; the checksum is that of the file, of a part that of its text."""
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
                article.note,
            )
        )
    return rows


def number_articles(files: pd.Series, wished: pd.Series, taken: set[str]) -> list[str]:
    """A doc_id for each article, none doubled and none among `taken`: its number or the id of its row, else
    the name of its file without the suffix (before the id of a row), else the whole name."""
    kinds = "|".join(suffix[1:] for suffix in (*TABLES, *LARGEST))
    holders = files.str.extract(rf"(?i)^(.*?\.(?:{kinds}))#", expand=False)
    names, rows = holders.fillna(files), holders.notna()
    stems = names.str.replace(r"\.\w+$", "", regex=True)
    full = names.mask(rows, names + "-" + wished)
    stem = stems.mask(rows, stems + "-" + wished)
    for ids in (wished.mask(wished == "", stem), stem, full):
        if ids.is_unique and taken.isdisjoint(ids):
            break
    return ids.tolist()


def read_rows(data: bytes, name: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """The articles of a table (.jsonl, .csv, .parquet), one a row, as ARTICLE_COLUMNS; and, by name, which
    rows were left out and why.

    The text stands in a column text (or content, body, article, in any case); id or doc_id, title,
    publisher, published or date, url may stand beside it. Rows without an id are numbered from 000 as
    they stand. A day of publication is kept as printed; an empty one is looked for in the text's dateline.
    Raises CorpusError without a text column, for ids that stand twice and for a damaged table.
    """
    kind = Path(name).suffix.lower()
    if kind == ".parquet":
        require_extra("scale", f"reading {name}", "pyarrow")
    parse = {".jsonl": parse_lines, ".csv": _parse_csv, ".parquet": _parse_parquet}[kind]
    table, picked, note, left_out = parse(data)
    if left_out and table.empty:
        first = next(iter(left_out))
        raise CorpusError(
            f'holds no line of JSON; write one object a line, as {{"text": "…"}} (line {first} {left_out[first]})'
        )
    return describe_table(table, picked, note, left_out, name)


def describe_table(
    table: pd.DataFrame, picked: dict[str, str], note: str, left_out: dict[int, str], name: str
) -> tuple[pd.DataFrame, dict[str, str]]:
    """The articles among the rows of a table, or of a part of one, as read_rows gives them. `table`: text, indexed by
    the number of the row in the whole; `picked`: what its columns hold; `left_out`: lines that were none, and why."""
    if not picked:
        raise CorpusError(
            f"is a table without a text column (it has {', '.join(map(str, table.columns)) or 'none'}); rename the column that holds the articles to text"
        )
    cells = {
        kind: table[picked[kind]] if kind in picked else pd.Series("", table.index, dtype=str)
        for kind in NAMES
    }
    rows = pd.DataFrame(
        {kind: cell if kind == "text" else cell.str.strip() for kind, cell in cells.items()}
    )
    numbers = pd.Series(table.index.astype(str), table.index).str.zfill(3)
    rows["id"] = rows["id"].mask(rows["id"] == "", numbers)
    faults = {f"{name} line {number}": fault for number, fault in left_out.items()}
    bare, huge = (
        rows["text"].str.strip("\ufeff \t\r\n") == "",
        rows["text"].str.len() > LARGEST[".txt"],
    )
    for which, why in ((bare, "without text"), (huge, "too large for one article")):
        if which.any():
            ids = rows.loc[which, "id"].tolist()
            faults[f"{name} ({why})"] = (
                f"{len(ids):,} row{'s' * (len(ids) > 1)} left out: {', '.join(ids[:5])}{' …' * (len(ids) > 5)}; fill in the text, split it or delete the row"
            )
    rows = rows[~(bare | huge)]
    if doubled := rows["id"][rows["id"].duplicated()].unique().tolist():
        raise DoubledIds(
            f"{name}: the id {', '.join(doubled[:5])}{' …' * (len(doubled) > 5)} stands twice; give every row its own"
        )
    return _describe_rows(rows, name, picked, note), faults


def _describe_rows(
    rows: pd.DataFrame, name: str, picked: dict[str, str], note: str
) -> pd.DataFrame:
    """The rows of a table as ARTICLE_COLUMNS. Only what a column leaves open is looked for in the text."""
    text = rows["text"].str.replace("\x00", "\ufffd", regex=False)
    cells = rows["published"]
    days = {cell: _read_cell(cell) for cell in cells.unique()}
    published = cells.map(days).astype(str)
    basis = pd.Series("", rows.index, dtype=str).mask(
        published != "", f"column {picked.get('published', '')}"
    )
    notes = pd.Series(note, rows.index, dtype=str)
    lost = (cells != "") & (published == "")
    notes = notes.mask(
        lost,
        (notes + "; ").where(notes != "", "")
        + 'published reads "'
        + cells
        + '", which is no day; write 2024-12-08',
    )
    found = {
        index: day for index, words in text[cells == ""].items() if (day := find_dateline(words))
    }
    published.update(pd.Series({index: day for index, (day, _) in found.items()}, dtype=str))
    basis.update(
        pd.Series({index: f'dateline "{words}"' for index, (_, words) in found.items()}, dtype=str)
    )
    untitled = rows["title"] == ""
    titles = rows["title"].mask(
        untitled,
        pd.Series({index: find_title(words) for index, words in text[untitled].items()}, dtype=str),
    )
    doc_ids = rows["id"].str.replace(r"[^\w.-]+", "-", regex=True)
    return pd.DataFrame(
        {
            "doc_id": doc_ids.mask(doc_ids.str.isdigit(), doc_ids.str.zfill(3)),
            "file": name + "#" + rows["id"],
            "title": titles.mask(titles == "", Path(name).stem + " " + rows["id"]),
            "publisher": rows["publisher"].mask(rows["publisher"] == "", "unknown"),
            "published": published,
            "published_basis": basis,
            "sha256": [hashlib.sha256(words.encode()).hexdigest() for words in text],
            "text": text,
            "url": rows["url"],
            "note": notes,
        },
        columns=ARTICLE_COLUMNS,
    )


def _read_cell(cell: str) -> str:
    """The day, or the interval of two days in order, that a cell holds; "" without one."""
    ends = re.fullmatch(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", cell)
    if not ends:
        return read_day(cell)
    first, last = read_day(ends[1]), read_day(ends[2])
    return f"{first}/{last}" if first and last and first <= last else ""


def parse_lines(data: bytes) -> tuple[pd.DataFrame, dict[str, str], str, dict[int, str]]:
    """JSON objects, one a line; a line that is none is left out with its number."""
    records, numbers, columns, faults = [], [], {}, {}
    for number, line in enumerate(
        data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    ):  # not splitlines: U+2028 may stand in a text
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError("not an object in braces")
        except (ValueError, RecursionError) as error:
            faults[number + 1] = f"is no JSON ({error}); correct or delete it"
            continue
        columns.update(dict.fromkeys(record))
        records.append(
            {
                key: _write_cell(value)
                for key, value in record.items()
                if key.strip().lower() in KNOWN
            }
        )
        numbers.append(number)
    first = {name.strip().lower(): name for name in reversed(columns)}
    kept = [
        name for name in columns if (key := name.strip().lower()) in KNOWN and first[key] == name
    ]
    others = dict.fromkeys(
        _write_cell(name) for name in columns if name.strip().lower() not in KNOWN
    )  # named in an error, not read
    return (
        pd.DataFrame(records, index=numbers, columns=[*kept, *list(others)[:20]], dtype=str).fillna(
            ""
        ),
        pick_columns(kept),
        "",
        faults,
    )


def _write_cell(value) -> str:
    """A JSON value as text; lone surrogates, which no file can hold, become U+FFFD."""
    if value is None or isinstance(value, (dict, list)):
        return ""
    return re.sub("[\ud800-\udfff]", "\ufffd", str(value))


def _parse_csv(data: bytes) -> tuple[pd.DataFrame, dict[str, str], str, dict[int, str]]:
    text, note = decode_text(data)
    remarks = REMARKS.match(text)[0]
    table = text[len(remarks) :]
    try:
        table = parse_table(table, _find_separator(table.partition("\n")[0]), remarks.count("\n"))
    except CorpusError as error:
        raise CorpusError(f"is no table that can be read ({error})") from None
    return table, pick_columns(list(table.columns)), note, {}


def _parse_parquet(data: bytes) -> tuple[pd.DataFrame, dict[str, str], str, dict[int, str]]:
    names = read_names(data)
    picked = pick_columns(names)
    return (
        read_columns(data, list(picked.values())) if picked else pd.DataFrame(columns=names),
        picked,
        "",
        {},
    )
