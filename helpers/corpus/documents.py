"""A corpus: a folder of conflict-news texts, and the tables people wrote about them."""

import csv
import hashlib
import io
import re
from pathlib import Path

import pandas as pd

from helpers.corpus.articles import MANY, list_texts, load_articles, number_articles
from helpers.corpus.copies import find_copies
from helpers.corpus.folders import open_folder
from helpers.corpus.language import spell_language
from helpers.corpus.overview import list_parts
from helpers.corpus.readers.article import HOLDS_TABLE, ONLY_TABLE, UNSPLIT
from helpers.schema.columns import TABLES
from helpers.schema.csv_files import (
    encode_table,
    guard_cell,
    is_day_or_interval,
    list_faults,
    load_table,
    name_columns,
    name_some,
    pad_id,
    python_strings,
    read_layout,
    unguard_cell,
)
from helpers.schema.errors import CorpusError
from helpers.schema.files import replace_file, sum_file

DOCUMENT_COLUMNS = TABLES["documents"].needed
FURTHER_COLUMNS = [column.name for column in TABLES["documents"].columns if column.added]
# What decides a figure: a change in any of these makes the committed figures stale.
CODED_TABLES = (
    "corpus.toml",
    "documents.csv",
    "claims.csv",
    "not_claims.csv",
    "places.csv",
    "disagreements.csv",
    "manifest.json",
)
REMARKS = (  # words of a note, what they say of a text, and what a person should do
    ("a guess", "the encoding was guessed", "look at its accents and quotes, and save it as UTF-8"),
    ("which is no day", "published could not be read", "write it as 2024-12-08"),
    ("hold no text", "pages hold no text (a scan?)", "look at what they show"),
    (re.escape(UNSPLIT), UNSPLIT, "save each article as a file of its own"),
    (
        "of the page w.* not read",
        "a table of the page was not read",
        "look at it, and write what it says into claims.csv",
    ),
    (
        re.escape(ONLY_TABLE),
        f"the text {ONLY_TABLE}",
        "rules read sentences; code its figures by hand",
    ),
    (HOLDS_TABLE, f"the text {HOLDS_TABLE}", "rules read sentences; code what it says by hand"),
    (
        "attached and not read",
        "what was attached to the letter was not read",
        "save it into the folder",
    ),
    ("footnotes are not read", "footnotes were not read", "look whether they hold figures"),
)


@python_strings
def load_corpus(folder: str | Path, add_new: bool = False) -> pd.DataFrame:
    """The documents of a corpus. One row is one text: a file (.txt, .md, .html, .pdf, .docx,
    .odt, .rtf, .eml, .mht), an article of an export or a post of a live blog in one, or a row of a
    table (.jsonl, .csv, .parquet) with a text column.

    Columns: doc_id, file, title, publisher ("unknown" where the text names none), published (the
    day on which it was written or published: an ISO day, an interval "a/b" in which it must lie, or
    empty), published_basis (printed, or inferred from which words), sha256 of the file as it stands
    (of a table row and of a part of a file: of its text), text, published_start, published_end
    (days; missing when undated), url, note (what to know: an encoding that was guessed), copy_of
    (the doc_id of the text that it is a copy of; a person's own id there says that it is none),
    author, language ("" where it cannot be told), accessed (ISO day). Offsets everywhere in this
    package count Unicode code points of `text`; save_texts writes it out. What documents.csv says
    goes before what a text says of itself; without documents.csv everything is derived, with
    `add_new` the rows it lacks.

    `documents.attrs["unread"]` lists the files that were left out: "name: why; what to do". Raises
    CorpusError, listing every fault at once: no text that can be read, or a documents.csv that
    names other files, a file that cannot be read or another checksum.
    """
    folder = open_folder(folder)
    documents, unread = load_articles(folder)
    if documents.empty and not unread:
        raise CorpusError(
            f"{folder} holds no text; put the articles there, one file each (.txt, .md, .html, "
            ".pdf, .docx, .odt, .rtf, .eml) or as a table with a column text (.jsonl, .csv, "
            ".parquet)"
        )
    left_out = {name: f"{name}: {why}" for name, why in unread.items()}
    if (folder / "documents.csv").exists():
        documents = _describe_articles(folder, documents, left_out, add_new)
    if documents.empty:
        what = f"{folder.name}: no text that can be read"
        raise CorpusError(list_faults(what, list(left_out.values())))
    documents = sort_documents(_tell_copies(add_days(documents)))
    last = ["text", "published_start", "published_end", *FURTHER_COLUMNS]
    documents = documents[[name for name in documents.columns if name not in last] + last]
    documents.attrs["unread"] = list(left_out.values())
    return documents


def sort_documents(documents: pd.DataFrame) -> pd.DataFrame:
    """Documents in the order of their ids, of numbers by their value."""
    return documents.sort_values(
        "doc_id", key=lambda ids: ids.mask(ids.str.isdigit(), ids.str.zfill(12)), ignore_index=True
    )


def _tell_copies(documents: pd.DataFrame) -> pd.DataFrame:
    """Documents with copy_of where nobody wrote it. Raises CorpusError for an id that is no
    document's."""
    told = documents["copy_of"].map(pad_id)
    unknown = documents[(told != "") & ~told.isin(documents["doc_id"])]
    if len(unknown):
        faults = [
            f'documents.csv ({row.doc_id}): copy_of reads "{row.copy_of}"; write the doc_id of '
            "another text, its own where it is no copy, or nothing"
            for row in unknown.itertuples()
        ]
        raise CorpusError(list_faults("documents.csv names texts that are not there", faults))
    copies = pd.Series(find_copies(documents), documents.index, dtype=str)
    return documents.assign(copy_of=told.mask(told == "", copies))


def add_days(documents: pd.DataFrame) -> pd.DataFrame:
    """Documents with published_start and published_end (days; missing when undated) from
    `published`."""
    days = pd.DataFrame(columns=[0, 1, 2], dtype=str)
    if len(documents):
        days = documents["published"].astype(str).str.partition("/")
    return documents.assign(
        published_start=pd.to_datetime(days[0].where(days[0] != "")),
        published_end=pd.to_datetime(days[2].where(days[2] != "", days[0]).replace("", None)),
    )


def _describe_articles(
    folder: Path, articles: pd.DataFrame, left_out: dict[str, str], add_new: bool
) -> pd.DataFrame:
    """documents.csv held against the articles: the documents. `left_out`: name of a file → why it
    is none of them. Raises CorpusError with all faults."""
    documents = load_table(folder / "documents.csv", DOCUMENT_COLUMNS)
    documents["doc_id"] = documents["doc_id"].map(pad_id)
    known = articles.set_index("file")
    for column in FURTHER_COLUMNS:  # what a person wrote goes before what the file says
        derived = documents["file"].map(known[column]).fillna("")
        written = documents.get(column, derived)
        documents[column] = written.mask(written == "", derived)
    documents["language"] = documents["language"].map(spell_language)
    documents["text"] = documents["file"].map(known["text"])
    holders = documents["file"].str.split("#").str[0]
    gone = documents[~documents["file"].isin(known.index) & ~holders.isin(list(left_out))]
    new = articles[~articles["file"].isin(documents["file"])]
    listed = set(documents["file"]) | set(holders)
    faults = [why for name, why in left_out.items() if name in listed]
    faults += [
        f"documents.csv row {row.Index + 2} ({row.doc_id}): {_say_missing(row.file)}"
        for row in gone.itertuples()
    ]
    if not add_new:
        faults += [
            f"documents.csv: {name} is in the folder but not listed; "
            "add a row (00_propose_claims adds it)"
            for name in new["file"]
        ]
    faults += [
        f"documents.csv: doc_id {doc_id} stands twice"
        for doc_id in documents["doc_id"][documents["doc_id"].duplicated()]
    ]
    faults += _find_unfit(documents, documents["file"].map(known["sha256"]).fillna(""))
    if faults:
        what = f"{folder.name}: texts that cannot be read, or do not fit documents.csv"
        raise CorpusError(list_faults(what, faults))
    if new.empty:
        return documents
    ids = number_articles(new["file"], new["doc_id"], set(documents["doc_id"]))
    return pd.concat([documents, new.assign(doc_id=ids)], ignore_index=True)


def _find_unfit(documents: pd.DataFrame, sums: pd.Series) -> list[str]:
    """Rows of documents.csv whose text was changed, or whose day is none. `sums`: the checksum of
    each text as it is."""
    faults = []
    for row, there in zip(documents.itertuples(), sums, strict=True):
        if row.sha256 and there and there != row.sha256:
            faults.append(
                f"{row.file}: the text has changed since it was coded (SHA-256 {there[:12]}…, "
                f"documents.csv says {row.sha256[:12]}…); restore it, or check every claim of "
                f"{row.doc_id} and write the new sum"
            )
        if not is_day_or_interval(row.published):
            faults.append(
                f'documents.csv ({row.doc_id}): published reads "{row.published}"; '
                "write 2024-12-08, 2024-12-08/2024-12-09 or nothing"
            )
    return faults


def _say_missing(name: str) -> str:
    """What is wrong with a file that documents.csv lists and the folder does not hold. Nothing is
    opened by the name that stands there: a text is found in the folder, or not at all."""
    if re.search(r"^~|^[A-Za-z]:|[/\\\x00]", name.partition("#")[0]) or name.startswith(".."):
        return (
            f"file reads {name!r}, which is a path; the texts lie in the folder itself: "
            "put the file there and write its name"
        )
    return f'file "{name}" is listed but not in the folder; restore it, or delete the row'


def save_documents(documents: pd.DataFrame, folder: Path) -> Path:
    """Write documents.csv for a folder: one row a document. Rows that stand there already stay as
    they are, in their order, but that copy_of is filled in where it is empty; documents whose file
    they do not name are added below.

    Raises CorpusError when the file cannot be written, or was saved by somebody else meanwhile;
    what stood there before still stands.
    """
    file = folder / "documents.csv"
    read = sum_file(file)
    layout = read_layout(file)
    old = file.read_bytes().decode(layout.encoding) if file.exists() else ""
    old = old[len(layout.mark) + len(layout.remarks) :]
    lines = csv.reader(io.StringIO(old, newline=""), delimiter=layout.separator)
    first, *rows = [row for row in lines if row] or [TABLES["documents"].names]
    first = name_columns(first)
    header = first + [name for name in FURTHER_COLUMNS if name not in first]
    at = first.index("file")
    listed = {unguard_cell(row[at].strip()) for row in rows if len(row) > at}
    new = documents[~documents["file"].isin(listed)].reindex(columns=header, fill_value="")
    new = new.fillna("").map(guard_cell)
    filled = _fill_copies(rows, header, at, documents)
    if file.exists() and new.empty and filled == rows:
        return file
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=layout.separator, lineterminator=layout.line_end)
    writer.writerow(header)
    writer.writerows(row + [""] * (len(header) - len(row)) for row in filled)
    writer.writerows(new.itertuples(index=False, name=None))
    data = encode_table(layout, layout.mark + layout.remarks + table.getvalue())
    return replace_file(file, data, read)


def _fill_copies(
    rows: list[list[str]], header: list[str], at: int, documents: pd.DataFrame
) -> list[list[str]]:
    """The rows of documents.csv with copy_of where a text is a copy and the cell is empty. `at`:
    the column of the file."""
    copies = dict(zip(documents["file"], documents["copy_of"])) if "copy_of" in documents else {}
    column, filled = header.index("copy_of"), []
    for row in rows:
        first = copies.get(unguard_cell(row[at].strip()), "") if len(row) > at else ""
        if first and not "".join(row[column : column + 1]).strip():
            row = row + [""] * (len(header) - len(row))
            row = [*row[:column], guard_cell(first), *row[column + 1 :]]
        filled.append(row)
    return filled


def save_texts(documents: pd.DataFrame, folder: str | Path) -> Path:
    """Write every document's text as stored, `<doc_id>.txt` in UTF-8, line ends untouched, into a
    folder that is made if need be: what offsets count in. Read again, each is the same text.

    A character of a doc_id that a file name cannot hold is written as %2F. Raises CorpusError when
    the folder cannot be written.
    """
    from tqdm import tqdm

    folder = Path(folder).expanduser()
    pairs = list(zip(documents["doc_id"], documents["text"], strict=True))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for doc_id, text in tqdm(pairs, "writing texts", unit=" files", disable=len(pairs) <= MANY):
            name = re.sub(
                r"^\.|[/\\:*?\"<>|%\x00-\x1f]", lambda letter: f"%{ord(letter[0]):02X}", doc_id
            )
            # Or reading would take the first mark for its own.
            encoding = "utf-8-sig" if text.startswith("\ufeff") else "utf-8"
            (folder / f"{name}.txt").write_bytes(text.encode(encoding))
    except OSError as error:
        raise CorpusError(
            f"{folder} cannot be written ({error.strerror}); name a folder where you may write"
        ) from None
    return folder


def list_missing(documents: pd.DataFrame) -> list[str]:
    """What a person should fill in or settle before the documents are relied on, one line a group:
    no day of publication, no publisher, a guessed encoding, what was not read, another language
    (not mined), files of several texts, copies, and a line for each file that was left out."""
    unsaid = [
        (documents["published"] == "", "published is empty", "write the day into documents.csv"),
        (
            documents["publisher"].isin(["", "unknown"]),
            "publisher is unknown",
            "write it into documents.csv",
        ),
    ]
    lines = _name_groups(documents, [*unsaid, *_group_unread(documents)])
    return [*lines, *list_parts(documents), *documents.attrs.get("unread", [])]


def list_unread(documents: pd.DataFrame) -> list[str]:
    """What of the documents was not read, or not as it stands there, as list_missing says it: a
    line for a guessed encoding, for each kind of what was left out of texts, for those in another
    language, and for each file that could not be read."""
    return [*_name_groups(documents, _group_unread(documents)), *documents.attrs.get("unread", [])]


def _group_unread(documents: pd.DataFrame) -> list[tuple[pd.Series, str, str]]:
    """(which documents, what was not read of them, what a person should do)."""
    language, note = documents["language"], documents["note"]
    groups = [(note.str.contains(words), what, remedy) for words, what, remedy in REMARKS]
    return groups + [
        (
            language == name,
            f"the text is not English but {name}, and not mined",
            "take it out, or put a translation there",
        )
        for name in sorted({*language} - {"", "English"})
    ]


def _name_groups(documents: pd.DataFrame, groups: list[tuple[pd.Series, str, str]]) -> list[str]:
    """A line a group that holds a document."""
    return [
        f"{what} for {sum(which):,} of {len(documents):,}: "
        f"{name_some(list(documents['doc_id'][which]))}; {remedy}"
        for which, what, remedy in groups
        if which.any()
    ]


def sum_corpus(folder: Path) -> str:
    """SHA-256 over the texts, of whatever kind, and the coded tables (line ends normalised), so
    that a figure can say which corpus it was made from."""
    total = hashlib.sha256()
    for file in list_texts(folder):
        with file.open("rb") as data:
            total.update(file.name.encode() + b"\0" + hashlib.file_digest(data, "sha256").digest())
    tables = list(CODED_TABLES)
    if not (folder / "claims.csv").exists():
        tables.append("proposals.csv")  # what is drawn until people have coded
    for file in (folder / name for name in tables):
        if file.exists():
            lines = file.read_bytes().replace(b"\r\n", b"\n")
            total.update(file.name.encode() + b"\0" + hashlib.sha256(lines).digest())
    return total.hexdigest()


def date_documents(documents: pd.DataFrame, published: str) -> pd.DataFrame:
    """Documents with `published` (an ISO day, or two as a/b) where a text states no day of its own;
    "" leaves them as they are."""
    undated = (documents["published"] == "") & bool(published)
    first, _, last = published.partition("/")
    return documents.assign(
        published=documents["published"].mask(undated, published),
        published_basis=documents["published_basis"].mask(
            undated, "given for the corpus; the text states none"
        ),
        published_start=documents["published_start"].mask(undated, pd.to_datetime(first or None)),
        published_end=documents["published_end"].mask(
            undated, pd.to_datetime(last or first or None)
        ),
    )
