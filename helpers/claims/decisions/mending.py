"""Mending: what a spreadsheet did to a table of claims and what a person typed into it, put back
into the form that the table has. What is not clear stays as it is, and the gate asks about it."""

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pandas as pd

from helpers.claims.decisions.journal import JOURNALS, Cells, load_decisions
from helpers.corpus.places import split_values
from helpers.schema.columns import DAYS, NUMBERS, TABLES, VALUES
from helpers.schema.csv_files import load_table, pad_id
from helpers.schema.days import find_month, list_days, read_span
from helpers.schema.quantity import read_number

DATED = [*DAYS, *TABLES["claims"].pick("interval")]
ISO = re.compile(r"(\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?)?")
# What programs make of one another: a sign stands for all of its line.
ALIKE = ['"“”„‟«»″', "'’‘‚‛ʼʹ′`´", "-‐‑‒–—―−"]
INVISIBLE = "[\u00ad\u200b-\u200f\u2060\ufeff]*"
# UTF-8 that was opened as Windows-1252: â€œ for “, Ã© for é.
GARBLED = re.compile("[Â-ô][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
FIGURE = re.compile(r"\d(?:[\d., \u00a0\u202f]*\d)?")
DATING = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)? )?[A-Z][a-z]+\.?(?: \d{1,2}(?:st|nd|rd|th)?\b)?(?:,? \d{4})?"
)


def mend_cells(table: pd.DataFrame, file: Path) -> pd.DataFrame:
    """A table of claims as text with coded values in small letters, days in ISO form, and letters
    that were read in a wrong encoding put right. A day that may be two is the one that the row had
    when it was merged or decided, as the files beside `file` tell; where they do not it stays."""
    mended = {}
    for name in table.columns:
        cells = table[name]
        changes = {cell: new for cell in set(cells) if (new := mend_cell(name, cell)) != cell}
        if changes:
            mended[name] = cells.replace(changes)
    table = table.assign(**mended) if mended else table
    unclear = [
        name
        for name in DAYS
        if name in table and any(len(list_days(cell)) > 1 for cell in set(table[name]))
    ]
    return _settle_days(table, unclear, file) if unclear else table


def mend_cell(name: str, cell: str) -> str:
    """A cell in the form of its column; as it is where that is not clear."""
    if not cell:
        return cell
    if not cell.isascii() and GARBLED.search(cell):
        cell = _ungarble(cell)
    if name in VALUES and cell not in VALUES[name]:
        coded = re.sub(r"[\s_-]+", "_", cell.lower())
        return coded if coded in VALUES[name] else cell
    if name in DATED and not ISO.fullmatch(cell):
        return read_span(cell)
    return cell


def _ungarble(cell: str) -> str:
    """Words that were UTF-8 and read as Windows-1252, as they were; else as they are."""
    data = b""
    for letter in cell:
        try:
            data += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:
                return cell
            data += bytes([ord(letter)])  # a byte that Windows-1252 has no letter for
    with suppress(UnicodeDecodeError):
        return data.decode()
    return cell


def _settle_days(table: pd.DataFrame, columns: list[str], file: Path) -> pd.DataFrame:
    """Days that may be two, where one of them is what the row had before a program saved it."""
    had = _load_earlier(file)
    settled = {}
    for name in columns:
        cells = []
        for claim_id, cell in zip(table["claim_id"], table[name]):
            days = {day.isoformat() for day in list_days(cell)}
            known = {row[name] for row in had.get(claim_id, []) if row.get(name) in days}
            cells.append(known.pop() if len(days) > 1 and len(known) == 1 else cell)
        settled[name] = cells
    return table.assign(**settled)


def _load_earlier(file: Path) -> dict[str, list[Mapping[str, str]]]:
    """Claim id → cells that its row had: when it was merged, and at each decision."""
    had: dict[str, list[Mapping[str, str]]] = {}
    merged = file.with_name("proposals.merged.csv")
    if merged.exists():
        for row in load_table(merged, ["claim_id"]).to_dict("records"):
            had.setdefault(row["claim_id"], []).append(row)  # type: ignore[arg-type]
    if file.name in JOURNALS:
        for decision in load_decisions(file.parent, file.name):
            cells = [part for part in (decision.before, decision.after) if part]
            had.setdefault(decision.claim_id, []).extend(cells)
    return had


def mend_words(table: pd.DataFrame, texts: Mapping[str, str], places: pd.DataFrame) -> pd.DataFrame:
    """A table of claims whose quotes, numbers and dating words lost letters in a program (“curly”
    quotes, dashes, spaces that do not break, what an encoding lacks, a number or a day that was
    rewritten), with the words as the text has them; and with the keys of places that were named
    otherwise. Words that stand are left alone, as are those that stand nowhere."""
    keys = list_place_keys(places)
    wanted = ["doc_id", "start", "exact", "number", "number_start", "date_exact", "date_at"]
    unknown = set(table["place"]) | set(table["place_to"])
    unknown = {cell for cell in unknown if not all(key in keys for key in split_values(cell))}
    lost = [
        at
        for at, cells in enumerate(zip(*(table[name].tolist() for name in wanted)))
        if not _stands(texts.get(cells[0], ""), *cells[1:])
    ]
    named = table["place"].isin(unknown) | table["place_to"].isin(unknown)
    if not (lost or named.any()):
        return table
    found: dict[str, list[str]] = {name: table[name].tolist() for name in table}
    for at in {*lost, *named.to_numpy().nonzero()[0]}:
        row = {name: found[name][at] for name in found}
        for name, cell in _find_row_again(row, texts.get(pad_id(row["doc_id"]), ""), keys).items():
            found[name][at] = cell
    return table.assign(**found)


def _stands(
    text: str, start: str, exact: str, number: str, number_at: str, dating: str, dating_at: str
) -> bool:
    """Whether the words of a row stand at their offsets; looked at before anything is sought."""
    try:
        at = int(start)
        if text[at : at + len(exact)] != exact:
            return False
        at = int(number_at) if number else 0
        after = at + len(number)
        if number and (
            text[at:after] != number or text[after : after + 2].strip(",.")[:1] in "0123456789"
        ):
            return False
        at = int(dating_at) if dating else 0
        return text[at : at + len(dating)] == dating
    except ValueError:
        return False


def list_place_keys(places: pd.DataFrame) -> dict[str, str]:
    """A place by its key or a name in small letters → its key, where only one has it."""
    found: dict[str, set[str]] = {}
    for key, place in places.iterrows():
        own = place.get("names")
        names = [str(key), str(place.get("name") or ""), *(own if isinstance(own, list) else [])]
        for name in names:
            found.setdefault(name.casefold(), set()).add(str(key))
    return {name: keys.pop() for name, keys in found.items() if len(keys) == 1} | {
        str(key): str(key) for key in places.index
    }


def _find_row_again(row: Mapping[str, str], text: str, keys: Mapping[str, str]) -> Cells:
    cells = dict(row)
    for name in ("place", "place_to"):
        named = split_values(row[name])
        if not all(it in keys for it in named):
            cells[name] = ";".join(keys.get(it, keys.get(it.casefold(), it)) for it in named)
    start = _read_offset(row["start"], text)
    if start < 0 or not row["exact"]:
        return cells
    if row["exact"] not in text:  # if it is, only its offsets are wrong
        pattern = find_alike(row["exact"])
        spans = [match.span() for match in pattern.finditer(text)]
        at = [span for span in spans if span[0] == start] or spans
        if len(at) == 1:
            first, last = at[0]
            cells |= {"exact": text[first:last], "start": str(first), "end": str(last)}
    _find_number_again(cells, text)
    _find_dating_again(cells, text)
    return cells


def _read_offset(cell: str, text: str) -> int:
    """An offset within a text; -1 of a cell that holds none."""
    is_one = cell.isascii() and cell.isdigit() and len(cell) < 12
    return int(cell) if is_one and int(cell) <= len(text) else -1


def find_alike(words: str) -> re.Pattern[str]:
    """A pattern of what some words may have been before a program changed their signs."""
    return re.compile(INVISIBLE.join(_list_alike(words)))


def _list_alike(words: str) -> list[str]:
    """A pattern for each sign of some words: of what it may have been."""
    parts = []
    for part in re.findall(r"\.\.\.|…|\s+|.", words.strip(), re.S):
        like = next((line for line in ALIKE if part in line), "")
        if part in ("...", "…"):
            parts.append(r"(?:\.\.\.|…)")
        elif part.isspace():
            parts.append(r"\s+")
        elif part in ("?", "\ufffd"):  # what stands for a letter that an encoding lacks
            parts.append(r"(?:\?|[^\x00-\x7f])")
        else:
            parts.append(f"[{re.escape(like)}]" if like else re.escape(part))
    return parts


def _find_number_again(row: Cells, text: str) -> None:
    """The words of a number that was rewritten ("3,5" of "3,500" in a German locale, "01. Mai" of
    "1.5"): those at its offset, if they have the values of the row."""
    number, at = row["number"], _read_offset(row["number_start"], text)
    if not number or at < 0:
        return
    whole = FIGURE.match(text, at)
    if text.startswith(number, at) and not (whole and len(whole[0]) > len(number)):
        return
    if whole and _is_rewritten(number, whole[0]) and _has_values(row, whole[0]):
        row["number"] = whole[0]
    elif alike := find_alike(number).match(text, at):
        row["number"] = alike[0]


def _is_rewritten(number: str, whole: str) -> bool:
    """Whether a program may have made the first of the second: its figures, or the first of them,
    or a day. Other figures are a slip, which the gate names."""
    figures = re.sub(r"\D", "", number)
    return re.sub(r"\D", "", whole).startswith(figures) or any(map(str.isalpha, number))


def _has_values(row: Cells, words: str) -> bool:
    reading = read_number(words)
    if reading is None or reading.quantifier != row["quantifier"]:
        return False
    values = ["" if value is None else f"{value:.15g}" for value in reading[:3]]
    try:
        own = [f"{float(row[name]):.15g}" if row[name] else "" for name in NUMBERS]
    except ValueError:
        return False
    return own == values


def _find_dating_again(row: Cells, text: str) -> None:
    """Dating words that were rewritten ("8-Dec" of "December 8"): those at their offset, if they
    name the same month, and the same day or year."""
    words, at = row["date_exact"], _read_offset(row["date_at"], text)
    if not words or at < 0 or text.startswith(words, at):
        return
    if alike := find_alike(words).match(text, at):
        row["date_exact"] = alike[0]
        return
    whole = DATING.match(text, at)
    if whole is None:
        return
    month, figures = _read_parts(whole[0])
    days = [(day.month, {day.day, day.year % 100}) for day in list_days(words)]
    if any(month == other and figures <= parts for other, parts in [*days, _read_parts(words)]):
        row["date_exact"] = whole[0]


def _read_parts(words: str) -> tuple[int, set[int]]:
    """(the month that words name, 0 for none; their figures, of years the last two)."""
    months = [find_month(word) for word in re.findall(r"[^\W\d_]{3,}", words)]
    figures = {int(figure[-2:]) for figure in re.findall(r"\d{1,4}", words)}
    return next(filter(None, months), 0), figures
