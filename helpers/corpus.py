"""A corpus: a folder of conflict-news texts, and the tables people wrote about them."""

import hashlib
import re
import tomllib
from pathlib import Path

import pandas as pd

REPOSITORY = Path(__file__).resolve().parent.parent
DOCUMENT_COLUMNS = ["doc_id", "file", "title", "publisher", "published", "published_basis", "sha256"]
# What decides a figure: a change in any of these makes the committed figures stale.
CODED_TABLES = ("corpus.toml", "documents.csv", "claims.csv", "not_claims.csv", "places.csv", "disagreements.csv")


class CorpusError(ValueError):
    """A corpus that cannot be read: the message says what, where and what to do."""


def find_folder(folder: str | Path) -> Path:
    """The folder meant by a relative path: looked up from the caller's folder, then from the repository.

    Raises CorpusError when neither has it.
    """
    wanted = Path(folder).expanduser()
    for candidate in (wanted, REPOSITORY / wanted):
        if candidate.is_dir():
            return candidate.resolve()
    raise CorpusError(
        f'no folder "{folder}", neither below {Path.cwd()} nor in the repository; '
        "give the folder that holds the texts, as in corpus=\"seeds\""
    )


def load_corpus(folder: str | Path) -> pd.DataFrame:
    """The documents of a corpus. One row is one text.

    Columns: doc_id, file, title, publisher ("unknown" where the text names none), published (an ISO
    day, an interval "a/b" in which it must lie, or empty), published_basis (printed, or inferred from
    which words), sha256 of the file as it stands, published_start, published_end (days; missing when
    undated), text. Offsets everywhere in this package count Unicode code points of `text`.

    Raises CorpusError, listing every fault at once: no text, a text that is empty, binary or not
    UTF-8, a documents.csv that names other files or another checksum.
    """
    folder = find_folder(folder)
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise CorpusError(f"{folder} holds no .txt file; put the texts there, one file each, in UTF-8")
    faults, texts, sums = [], {}, {}
    for file in files:
        data = file.read_bytes()
        sums[file.name] = hashlib.sha256(data).hexdigest()
        try:
            texts[file.name] = decode_text(data)
        except CorpusError as fault:
            faults.append(f"{file.name}: {fault}")
    documents, more = _described_documents(folder, files, sums, unread=set(sums) - set(texts))
    if faults + more:
        raise CorpusError(list_faults(f"{folder.name}: texts that cannot be read, or do not fit documents.csv", faults + more))
    documents["text"] = documents["file"].map(texts)
    days = documents["published"].str.partition("/")
    documents["published_start"] = pd.to_datetime(days[0].where(days[0] != ""))
    documents["published_end"] = pd.to_datetime(days[2].where(days[2] != "", days[0]).replace("", None))
    return documents.sort_values("doc_id", ignore_index=True)


def decode_text(data: bytes) -> str:
    """The text of a file's bytes. Raises CorpusError when it is binary, not UTF-8 or empty."""
    if b"\x00" in data:
        raise CorpusError("is binary (it holds NUL bytes); save the article as plain text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError(f"is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    if not text.strip():
        raise CorpusError("is empty; remove it or fill it")
    return text


def _described_documents(folder: Path, files: list[Path], sums: dict[str, str], unread: set[str]) -> tuple[pd.DataFrame, list[str]]:
    """documents.csv held against the files, with its faults; derived from the file names where it is missing."""
    table_file = folder / "documents.csv"
    if not table_file.exists():
        stems = [re.match(r"(\d{3,})_", file.name) for file in files]
        ids = [match[1] if match else file.stem for match, file in zip(stems, files)]
        if len(set(ids)) < len(ids):
            ids = [file.stem for file in files]
        rows = [
            (doc_id, file.name, file.stem.replace("_", " "), "unknown", "", "", sums[file.name])
            for doc_id, file in zip(ids, files)
        ]
        return pd.DataFrame(rows, columns=DOCUMENT_COLUMNS), []
    documents = load_table(table_file, DOCUMENT_COLUMNS)
    documents["doc_id"] = documents["doc_id"].map(pad_id)
    faults = [f"documents.csv: {name} is listed but not in the folder" for name in documents["file"] if name not in sums]
    faults += [f"documents.csv: {file.name} is in the folder but not listed; add a row" for file in files if file.name not in set(documents["file"])]
    faults += [f"documents.csv: doc_id {doc_id} stands twice" for doc_id in documents["doc_id"][documents["doc_id"].duplicated()]]
    for row in documents.itertuples():
        if row.sha256 and row.file not in unread and sums.get(row.file, row.sha256) != row.sha256:
            faults.append(
                f"{row.file}: the text has changed since it was coded (SHA-256 {sums[row.file][:12]}…, documents.csv "
                f"says {row.sha256[:12]}…); restore it, or check every claim of {row.doc_id} and write the new sum"
            )
        if not is_day_or_interval(row.published):
            faults.append(f'documents.csv ({row.doc_id}): published reads "{row.published}"; write 2024-12-08, 2024-12-08/2024-12-09 or nothing')
    return documents, faults


def load_settings(folder: str | Path) -> dict:
    """What corpus.toml says of a corpus that cannot be derived; derived defaults where it is silent.

    Keys: title; offensive and war (start, end: ISO days); route, comparisons, map. All but the title
    may be missing: a figure that needs one explains its absence.
    """
    folder = find_folder(folder)
    file = folder / "corpus.toml"
    try:
        settings = tomllib.loads(file.read_text("utf-8-sig")) if file.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{folder.name}/corpus.toml: {error}; correct that line") from None
    for period in ("offensive", "war"):
        for end, day in settings.get(period, {}).items():
            if not is_day_or_interval(str(day)) or not str(day):
                raise CorpusError(f'{folder.name}/corpus.toml [{period}] {end} = "{day}" is not a day; write 2024-11-27')
    return {"title": folder.name.replace("_", " ").title(), **settings}


def load_table(file: Path, columns: list[str]) -> pd.DataFrame:
    """A CSV as text, forgiving what spreadsheets do to it: a byte order mark, `;` or tab as separator.
    Lines above the header that begin with `#` are remarks.

    Every cell is a string, stripped, empty where nothing stands. Raises CorpusError when the file is
    missing, not UTF-8, not a table, or lacks one of `columns`.
    """
    if not file.exists():
        raise CorpusError(f"{file.parent.name}/{file.name} is missing")
    try:
        lines = file.read_text("utf-8-sig").splitlines()
        remarks = next((number for number, line in enumerate(lines) if not line.startswith("#")), 0)
        separator = max(",;\t", key=lines[remarks].count) if lines else ","
        table = pd.read_csv(file, sep=separator, skiprows=remarks, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{file.name} is not UTF-8 (byte {error.start}); export it as CSV UTF-8") from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise CorpusError(f"{file.name} is not a table: {error}; check quotes and separators") from None
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise CorpusError(f"{file.name} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}; add {'them' if len(missing) > 1 else 'it'}, empty if need be")
    table = table.map(str.strip) if "exact" not in table else table.assign(
        **{name: table[name].str.strip() for name in table.columns if name not in ("exact", "number", "date_exact")}
    )
    if separator == ";":  # a spreadsheet that separates by semicolons writes 66,67 for 66.67
        for name in {"low", "best", "high", "lat", "lon"} & set(table.columns):
            table[name] = table[name].str.replace(",", ".", regex=False)
    return table


def load_quotes(folder: str | Path, name: str, columns: list[str], documents: pd.DataFrame, check=None) -> pd.DataFrame:
    """A table whose rows quote the texts (doc_id, start, end, exact among `columns`), every quote held
    against its text; start and end are whole numbers. Empty when the corpus has no such file.

    `check` takes a row (dict of text) and returns further faults. Raises CorpusError, all faults at once.
    """
    file = find_folder(folder) / name
    if not file.exists():
        return pd.DataFrame(columns=columns)
    table = load_table(file, columns)
    table["doc_id"] = table["doc_id"].map(pad_id)
    texts, faults = dict(zip(documents["doc_id"], documents["text"])), []
    for number, row in enumerate(table.to_dict("records"), 2):
        found = check(row) if check else []
        if row["doc_id"] not in texts:
            found.append(f'doc_id "{row["doc_id"]}" is no document here; the documents are {", ".join(texts)}')
        elif not (row["start"].isdigit() and row["end"].isdigit()):
            found.append(f"start or end is no whole number; type the offsets of {row['exact']!r}")
        elif (there := texts[row["doc_id"]][int(row["start"]):int(row["end"])]) != row["exact"]:
            found.append(f'the text of {row["doc_id"]} at {row["start"]}–{row["end"]} reads "{there}", not "{row["exact"]}"; correct start/end or exact')
        faults += [f"{name} row {number}: {fault}" for fault in found]
    if faults:
        raise CorpusError(list_faults(f"{name} does not stand in its texts", faults))
    return table.astype({"start": int, "end": int})


def load_defects(folder: str | Path, documents: pd.DataFrame) -> pd.DataFrame:
    """Spelling variants and defects of the texts. One row is one place in a text: doc_id, start, end,
    exact, kind, note. Empty without defects.csv; raises CorpusError when a quote does not stand."""
    return load_quotes(folder, "defects.csv", ["doc_id", "start", "end", "exact", "kind", "note"], documents)


def pad_id(value: str) -> str:
    """`004` from the `4` that a spreadsheet made of it; ids that are no number stay as they are."""
    return value.zfill(3) if value.isdigit() else value


def is_day_or_interval(value: str) -> bool:
    """True for "", an ISO day, or an interval of two ISO days in order."""
    if not value:
        return True
    if not all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) for day in value.split("/")):
        return False
    days = [pd.to_datetime(day, format="%Y-%m-%d", errors="coerce") for day in value.split("/")]
    return len(days) <= 2 and all(pd.notna(day) for day in days) and days == sorted(days)


def sum_corpus(folder: str | Path) -> str:
    """SHA-256 over the texts and the coded tables (line ends normalised), so that a figure can say
    which corpus it was made from."""
    folder = find_folder(folder)
    total = hashlib.sha256()
    for file in sorted(folder.glob("*.txt")) + [folder / name for name in CODED_TABLES]:
        if file.exists():
            data = file.read_bytes()
            data = data if file.suffix == ".txt" else data.replace(b"\r\n", b"\n")
            total.update(file.name.encode() + b"\0" + hashlib.sha256(data).digest())
    return total.hexdigest()


def list_faults(head: str, faults: list[str], most: int = 50) -> str:
    """A message of several lines: what is wrong, then every fault (the first `most` of them)."""
    more = [f"  … and {len(faults) - most} more"] if len(faults) > most else []
    return "\n".join([f"{head} ({len(faults)}):", *(f"  {fault}" for fault in faults[:most]), *more])
