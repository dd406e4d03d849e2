"""Anchoring: claims of texts that were renamed, edited or removed since, found again by their
quotes. What cannot be found is set aside, listed, and comes back when its words do."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.claims.decisions.journal import Cells
from helpers.claims.decisions.mending import mend_cells, mend_words
from helpers.corpus.articles import load_articles
from helpers.corpus.documents import DOCUMENT_COLUMNS
from helpers.schema.csv_files import load_table, name_some, pad_id, python_strings, save_table
from helpers.schema.files import sum_file
from helpers.schema.formatting import count
from helpers.schema.locks import hold_lock

ASIDE, WHY = "claims.aside.csv", "set_aside"  # the file; its column of reasons
LEAST = 0.5  # of the quotes of a text, for another file to be taken for it


class Settled(NamedTuple):
    """The texts of a corpus as they are now: documents.csv with new names and checksums, doc_id →
    text, and sentences on what was found."""

    documents: pd.DataFrame
    texts: dict[str, str]
    told: list[str]


@python_strings
def settle_texts(folder: Path) -> list[str]:
    """Bring documents.csv and claims.csv to the texts as they lie in the folder now: a text that
    was renamed keeps its id, the claims of an edited one are anchored anew, and claims whose words
    are gone go to claims.aside.csv, decisions and all. Returns in sentences what was done; none
    where every text is as it was, and nothing is written then.

    Raises CorpusError for tables that cannot be read or written.
    """
    file, listed = folder / "claims.csv", folder / "documents.csv"
    if not (file.exists() and listed.exists()):
        return []
    with hold_lock(file):
        read = sum_file(file)
        table, aside = mend_cells(load_table(file, []), file), load_aside_table(folder)
        settled = _settle_documents(folder, [*_list_rows(table), *_list_rows(aside)])
        table = mend_words(table, settled.texts, pd.DataFrame())
        if not settled.told and aside.empty:
            return []
        kept, left = _anchor_rows(_list_rows(table), _list_rows(aside), settled.texts)
        told = settled.told + _tell(kept, left, _list_rows(table), _list_rows(aside))
        if not told:
            return []
        if left or len(aside):  # first: a row may stand in both for a moment, and never in none
            columns = [*dict.fromkeys([*table.columns, *aside.columns, WHY])]
            save_table(_make_table(left, columns), folder / ASIDE)
        save_table(_make_table(kept, list(table.columns)), file, read)
        save_table(settled.documents, listed)
        return told


def load_aside_table(folder: Path) -> pd.DataFrame:
    """claims.aside.csv as text. One row is one claim whose words no text holds any more; columns
    as claims.csv, and why it was set aside. Empty without the file."""
    file = folder / ASIDE
    return load_table(file, ["claim_id", WHY]) if file.exists() else pd.DataFrame()


def load_ids_aside(folder: Path) -> list[str]:
    """The ids of the claims that were set aside."""
    table = load_aside_table(folder)
    return table["claim_id"].tolist() if len(table) else []


def anchor_row(row: Mapping[str, str], text: str) -> Cells | str:
    """A row with the offsets that its words have in a text; else why they cannot be told.

    >>> row = {"exact": "12 died", "start": "0", "end": "7", "number": "12", "number_start": "0"}
    >>> anchor_row(row | {"date_exact": "", "date_at": ""}, "Then 12 died.")["number_start"]
    '5'
    """
    exact = row["exact"]
    start = int(row["start"]) if row["start"].isdigit() else -1
    if start < 0 or text[start : start + len(exact)] != exact:
        found = _find_all(text, exact)
        if len(found) != 1:
            return _say_found("its words", exact, len(found))
        moved, start = found[0] - start, found[0]
    else:
        moved = 0
    cells = {**row, "start": str(start), "end": str(start + len(exact))}
    for words, offset in (("number", "number_start"), ("date_exact", "date_at")):
        if not row[words]:
            continue
        at = int(row[offset]) + moved if row[offset].isdigit() else -1
        if at < 0 or text[at : at + len(row[words])] != row[words]:
            found = _find_all(text, row[words])
            if len(found) != 1:
                return _say_found(f"its {words}", row[words], len(found))
            at = found[0]
        cells[offset] = str(at)
    return cells


def _find_all(text: str, words: str) -> list[int]:
    found, at = [], text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _say_found(what: str, words: str, times: int) -> str:
    where = "nowhere in the text any more" if not times else f"{times} times in the text now"
    return f"{what} “{words}” stand {where}"


def _settle_documents(folder: Path, rows: list[Cells]) -> Settled:
    """documents.csv held against the files: what was renamed, edited, or is gone."""
    documents = load_table(folder / "documents.csv", DOCUMENT_COLUMNS)
    articles, left_out = load_articles(folder)
    by_file = articles.set_index("file")
    unlisted = by_file[~by_file.index.isin(list(documents["file"]))]
    quotes: dict[str, list[str]] = {}
    for row in rows:
        quotes.setdefault(pad_id(row["doc_id"]), []).append(row["exact"])
    told, texts, kept = [], {}, []
    for row in documents.to_dict("records"):
        name, doc_id = row["file"], pad_id(row["doc_id"])
        if name.split("#")[0] in left_out:  # cannot be read; loading says so
            kept.append(row)
            continue
        if name not in by_file.index:
            name = _find_renamed(unlisted, row["sha256"], quotes.get(doc_id, []))
            if not name:
                told.append(f"{doc_id} ({row['file']}) is not in the folder any more")
                continue
            unlisted = unlisted.drop(index=name)
            told.append(f"{doc_id}: {row['file']} is {name} now")
        text = by_file.loc[name]
        if row["sha256"] and row["sha256"] != text["sha256"]:
            told.append(f"{doc_id} ({name}) was edited since its claims were coded")
        kept.append({**row, "file": name, "sha256": text["sha256"] if row["sha256"] else ""})
        texts[doc_id] = text["text"]
    for doc_id in quotes.keys() - {pad_id(row["doc_id"]) for row in documents.to_dict("records")}:
        if name := _find_renamed(unlisted, "", quotes[doc_id]):
            text, unlisted = unlisted.loc[name], unlisted.drop(index=name)
            told.append(f"{doc_id} is back, as {name}")
            cells = {column: text.get(column, "") for column in documents.columns}
            kept.append({**cells, "doc_id": doc_id, "file": name})
            texts[doc_id] = text["text"]
    return Settled(_make_table(kept, list(documents.columns)), texts, told)


def _find_renamed(unlisted: pd.DataFrame, checksum: str, quotes: list[str]) -> str:
    """The file that nothing lists and that is a text under another name: the same bytes, else at
    least half of its quotes; "" for none."""
    same = unlisted[unlisted["sha256"] == checksum]
    if len(same):
        return str(same.index[0])
    shares = {
        str(name): sum(quote in text for quote in quotes) / len(quotes)
        for name, text in unlisted["text"].items()
        if quotes
    }
    best = max(shares, key=lambda name: shares[name], default="")
    return best if best and shares[best] >= LEAST else ""


def _anchor_rows(
    rows: list[Cells], aside: list[Cells], texts: dict[str, str]
) -> tuple[list[Cells], list[Cells]]:
    """(the rows that stand, those that do not, each with the reason)."""
    kept, left = [], []
    known = {row["claim_id"] for row in rows}
    for row in [*rows, *(row for row in aside if row["claim_id"] not in known)]:
        cells = {name: cell for name, cell in row.items() if name != WHY}
        text = texts.get(pad_id(row["doc_id"]))
        anchored = "its text is not in the folder" if text is None else anchor_row(cells, text)
        if isinstance(anchored, str):
            left.append({**cells, WHY: anchored})
        else:
            kept.append(anchored)
    return _cut_links(kept, left), left


def _cut_links(kept: list[Cells], left: list[Cells]) -> list[Cells]:
    """Links to claims that were set aside lead nowhere; the rows set aside keep theirs."""
    gone = {row["claim_id"] for row in left}
    cut = []
    for row in kept:
        links = {
            name: ";".join(other for other in row[name].split(";") if other not in gone)
            for name in ("part_of", "same_as")
            if row.get(name)
        }
        cut.append({**row, **links})
    return cut


def _tell(kept: list[Cells], left: list[Cells], rows: list[Cells], aside: list[Cells]) -> list[str]:
    """Sentences on the claims that moved, were set aside, or came back."""
    before = {row["claim_id"]: row for row in rows}
    was_aside = {row["claim_id"] for row in aside} - before.keys()
    moved = [
        row["claim_id"]
        for row in kept
        if (old := before.get(row["claim_id"])) and old["start"] != row["start"]
    ]
    back = [row["claim_id"] for row in kept if row["claim_id"] in was_aside]
    told = []
    if moved:
        told.append(f"{count(len(moved), 'claim')} found again by the quote: {name_some(moved)}")
    if back:
        told.append(f"{count(len(back), 'claim')} back from {ASIDE}: {name_some(back)}")
    return told + [
        f"{row['claim_id']} ({row.get('review', '')}) set aside in {ASIDE}: {row[WHY]}"
        for row in left
        if row["claim_id"] not in was_aside
    ]


def _list_rows(table: pd.DataFrame) -> list[Cells]:
    columns = [table[name].tolist() for name in table]
    return [dict(zip(table.columns, cells)) for cells in zip(*columns)]


def _make_table(rows: list[Cells], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame([[row.get(name, "") for name in columns] for row in rows], columns=columns)
