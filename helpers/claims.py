"""Claims: the table of what the texts say, and the gate that every row must pass before a chart is drawn."""

import re
from pathlib import Path

import pandas as pd

from helpers.codebook import (
    ADDED_COLUMNS,
    CLAIM_COLUMNS,
    DAYS,
    LONGEST,
    MEASURES,
    NUMBERS,
    OFFSETS,
    OPTIONAL,
    UNITS_OF_MEASURE,
    VALUES,
)
from helpers.folders import CorpusError, find_folder
from helpers.places import split_values
from helpers.prose import join_words
from helpers.tables import is_day_or_interval, list_faults, load_table, pad_id
from helpers.wording import find_hedge_outside, read_number


class ClaimsError(CorpusError):
    """Claims that do not stand in their texts: every fault, each with row, finding and remedy."""


def load_claims(folder: str | Path, documents: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """The claims of a corpus, every row held against the text. One row is one figure or one dated
    event, as one document words it in one place; rejected rows are left out.

    low, best, high are floats in the row's unit, missing where the words leave them open (all three for
    a vague word); date_start and date_end are days, missing when undated; days_most is a number of days,
    missing unless date_kind is window; the other cells are text. Columns younger than the table are empty.
    Raises ClaimsError with all faults at once; no chart is drawn from a table that has one.
    """
    folder = find_folder(folder)
    if not (folder / "claims.csv").exists():
        raise ClaimsError(
            f"{folder.name} has no claims.csv. notebooks/00_propose_claims proposes claims from the texts and, with merge=True, writes it; or code the texts "
            "by hand, one row a figure or dated event, as the codebook in seeds/README.md says. Offsets may stay empty until locate_quotes fills them in"
        )
    return check_claims(
        load_claim_table(folder / "claims.csv"),
        documents,
        places,
        f"{folder.name}/claims.csv",
    )


def load_claim_table(file: Path) -> pd.DataFrame:
    """A table of claims as text, before any check: claims.csv, proposals.csv, a second coding. Columns that are
    younger than the file (ADDED_COLUMNS) are added at its end, empty. Raises CorpusError as load_table does."""
    table = load_table(file, [name for name in CLAIM_COLUMNS if name not in ADDED_COLUMNS])
    return add_columns(table)


def load_coded_twice(folder: str | Path) -> frozenset[str]:
    """The ids of the documents of which second_coding.csv holds claims; none without that table."""
    file = find_folder(folder) / "second_coding.csv"
    if not file.exists():
        return frozenset()
    return frozenset(load_table(file, ["doc_id"])["doc_id"].map(pad_id))


def add_columns(table: pd.DataFrame) -> pd.DataFrame:
    """The table with the columns of claims that are younger than it, empty."""
    return table.assign(**{name: "" for name in ADDED_COLUMNS if name not in table})


def describe_age(name: str, columns: list[str], remedy: str) -> str:
    """A sentence on the columns that are younger than a table of claims with these columns, and what adds
    them; "" when it has all."""
    absent = [column for column in ADDED_COLUMNS if column not in columns]
    if not absent:
        return ""
    return (
        f"{name} is older than the column{'s' if len(absent) > 1 else ''} {join_words(absent)}, "
        f"read as empty; {remedy}."
    )


def check_claims(
    table: pd.DataFrame, documents: pd.DataFrame, places: pd.DataFrame, name: str = "claims.csv"
) -> pd.DataFrame:
    """The claims of a table of text, typed as load_claims describes, without the rejected ones. `name` is
    what messages call the table. Raises ClaimsError with all faults at once."""
    faults = find_faults(table, documents, places, name.rpartition("/")[2])
    if faults:
        raise ClaimsError(
            list_faults(f"{name} does not stand in its texts; nothing is drawn", faults)
        )
    claims = _typed(table)
    return claims[claims["review"] != "rejected"].reset_index(drop=True)


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    claims = table.assign(doc_id=table["doc_id"].map(pad_id))
    for column in NUMBERS:
        claims[column] = pd.to_numeric(claims[column]).astype(float)
    for column in (*OFFSETS, "days_most"):
        claims[column] = pd.to_numeric(claims[column]).astype("Int64")
    for column in DAYS:
        claims[column] = pd.to_datetime(claims[column].replace("", None), format="%Y-%m-%d")
    return claims


def find_faults(
    table: pd.DataFrame, documents: pd.DataFrame, places: pd.DataFrame, name: str = "claims.csv"
) -> list[str]:
    """Every fault of a claims table as text: `claims.csv row 31 (004-031): what is wrong; what to do`.

    `table` holds strings, as load_table gives them; row numbers count the header as row 1, as a
    spreadsheet does.
    """
    texts = dict(zip(documents["doc_id"], documents["text"]))
    cells = zip(
        *(table[column].tolist() for column in table.columns)
    )  # ten times as fast as to_dict, which asks for each cell
    records = [dict(zip(table.columns, row)) for row in cells]
    rows = {row["claim_id"]: row for row in records}
    faults, seen = [], set()
    for number, row in enumerate(records, 2):
        found = ["claim_id is empty; number the claim"] if not row["claim_id"] else []
        if row["claim_id"] in seen:
            found.append("this claim_id stands on an earlier row too; ids are never reused")
        seen.add(row["claim_id"])
        found += _check_values(row)
        found += _check_cells(row) or [
            *_check_span(row, texts),
            *_check_reading(row, texts),
            *_check_date(row, texts),
            *_check_place(row, places),
            *_check_links(row, rows),
        ]
        faults += [f"{name} row {number} ({row['claim_id']}): {fault}" for fault in found]
    return faults


def _check_cells(row: dict) -> list[str]:
    """Cells that are no number, offset or day: nothing further can be checked until they are."""
    faults = []
    for column in (*NUMBERS, *OFFSETS, "days_most"):
        kind, shape = (
            ("number", r"\d{1,15}(\.\d+)?") if column in NUMBERS else ("whole number", r"\d{1,12}")
        )
        if row[column] and not re.fullmatch(shape, row[column]):
            faults.append(
                f'{column} reads "{row[column]}", which is no {kind}; write digits only, or nothing'
            )
    for column in DAYS:
        if not is_day_or_interval(row[column]) or "/" in row[column]:
            faults.append(f'{column} reads "{row[column]}", which is no day; write 2024-11-27')
    return faults


def _check_values(row: dict) -> list[str]:
    faults = []
    for column, allowed in VALUES.items():
        if row[column] not in allowed and not (column in OPTIONAL and row[column] == ""):
            faults.append(f'{column} reads "{row[column]}"; write one of {", ".join(allowed)}')
    if not is_day_or_interval(row["as_of"]):
        faults.append(f'as_of reads "{row["as_of"]}"; write a day, or two as 2024-11-27/2024-12-08')
    if MEASURES.get(row["measure"], row["topic"]) != row["topic"]:
        faults.append(
            f"measure {row['measure']} belongs to {MEASURES[row['measure']]}, not {row['topic']}"
        )
    units = UNITS_OF_MEASURE.get(row["measure"])
    if units and row["number"] and row["unit"] not in units:
        faults.append(f'a {row["measure"]} is counted in {", ".join(units)}, not "{row["unit"]}"')
    return faults


def _check_span(row: dict, texts: dict[str, str]) -> list[str]:
    text = texts.get(pad_id(row["doc_id"]))
    if text is None:
        return [
            f'doc_id "{row["doc_id"]}" is no document here; the documents are {", ".join(texts)}'
        ]
    if row["start"] == "" or row["end"] == "":
        return ["start or end is empty; locate_quotes fills them in from exact"]
    faults = []
    start, end = int(row["start"]), int(row["end"])
    if not 0 <= start < end <= len(text):
        faults.append(
            f"the span {start}–{end} lies outside the text, which has {len(text)} characters; correct start/end"
        )
    elif text[start:end] != row["exact"]:
        faults.append(
            f'the text at {start}–{end} reads "{text[start:end]}", not "{row["exact"]}"; correct start/end or exact'
        )
    if row["number"] and not row["number_start"]:
        faults.append("number_start is empty; locate_quotes fills it in from number")
    elif row["number"]:
        at = int(row["number_start"])
        stop = at + len(row["number"])
        if text[at:stop] != row["number"]:
            faults.append(
                f'number "{row["number"]}" does not stand at {at} (the text there reads "{text[at:stop]}"); correct number_start'
            )
        elif not start <= at < stop <= end:
            faults.append(
                f'number "{row["number"]}" at {at} lies outside exact ({start}–{end}); quote both together'
            )
        elif (
            re.search(r"[\w][.,]?$", text[:at][-2:])
            and re.match(r"\d", row["number"])
            or re.match(r"\w|[.,]\d", text[stop:])
        ):
            faults.append(
                f'number "{row["number"]}" at {at} is cut out of "{text[max(at - 8, 0) : stop + 8]}"; quote all of it'
            )
    return faults


def _check_reading(row: dict, texts: dict[str, str]) -> list[str]:
    written = tuple(float(row[column]) if row[column] else None for column in NUMBERS)
    if not row["number"]:
        empty = not any(row[column] for column in (*NUMBERS, "quantifier"))
        return (
            []
            if empty and row["unit"] in ("", "event")
            else [
                "low, best, high, quantifier or unit are filled in but number is empty; quote the words that carry the figure"
            ]
        )
    reading = read_number(row["number"])
    if reading is None:
        return [
            f'"{row["number"]}" holds no number that can be read; quote the words that carry the figure'
        ]
    faults = []
    if row["quantifier"] != reading.quantifier or written != (
        reading.low,
        reading.best,
        reading.high,
    ):
        faults.append(
            f'"{row["number"]}" reads {reading.quantifier} {_show(reading[:3])}, the row says {row["quantifier"] or "nothing"} {_show(written)}; correct the values or quote the words that say so'
        )
    if reading.is_share != (row["unit"] == "percent") and reading.quantifier != "vague":
        faults.append(
            f'"{row["number"]}" is {"a share" if reading.is_share else "no share"}, but unit is "{row["unit"]}"; a share is percent, 0 to 100'
        )
    if not row["unit"]:
        faults.append("unit is empty; say what is counted")
    ordered = [value for value in written if value is not None]
    if ordered != sorted(ordered):
        faults.append(f"{_show(written)} is not low ≤ best ≤ high")
    text, at = texts.get(pad_id(row["doc_id"]), ""), int(row["number_start"] or 0)
    hedge = find_hedge_outside(text[max(0, at - 40) : at], text[at + len(row["number"]) :][:40])
    if hedge:
        faults.append(
            f'"{hedge}" stands unquoted beside "{row["number"]}"; take it into number, exact and quantifier'
        )
    return faults


def _show(values) -> str:
    return "/".join(
        "–" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".") for value in values
    )


def find_precision(start, end) -> str:
    """UCDP date_prec of bounds (days): 1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 up to a
    year; 6 (ours) more, 7 (ours) undated."""
    if pd.isna(start) or pd.isna(end):
        return "7"
    days = (pd.Timestamp(end) - pd.Timestamp(start)).days + 1
    return next((precision for longest, precision in LONGEST if days <= longest), "6")


def _check_date(row: dict, texts: dict[str, str]) -> list[str]:
    faults = []
    start, end = row["date_start"], row["date_end"]
    if (start == "") != (end == ""):
        faults.append(
            "one of date_start and date_end is empty; fill in both, or neither for an undated claim"
        )
    elif start > end:
        faults.append(f"date_start {start} lies after date_end {end}; swap or correct them")
    elif row["date_prec"] != find_precision(start or None, end or None):
        faults.append(
            f"date_prec reads {row['date_prec']}, but {start or 'no date'} to {end or 'no date'} is {find_precision(start or None, end or None)} (UCDP); correct one of them"
        )
    if start and not (row["date_kind"] and row["date_basis"]):
        faults.append(
            "a dated claim needs date_kind (point, period or window) and date_basis (explicit, relative or inferred)"
        )
    faults += _check_length(row)
    if bool(row["date_exact"]) != (row["date_basis"] in ("explicit", "relative")):
        faults.append(
            f'date_basis "{row["date_basis"]}" and date_exact "{row["date_exact"]}" do not fit: quote the dating words for explicit and relative, none for inferred'
        )
    if row["date_exact"]:
        text, at = texts.get(pad_id(row["doc_id"]), ""), int(row["date_at"] or -1)
        if at < 0 or text[at : at + len(row["date_exact"])] != row["date_exact"]:
            faults.append(
                f'date_exact "{row["date_exact"]}" does not stand at {row["date_at"] or "(empty)"}; correct date_at or the words'
            )
    return faults


def _check_length(row: dict) -> list[str]:
    """A window holds a shorter period, whose length is days_most; no other kind of date has one."""
    if (row["date_kind"] == "window") != bool(row["days_most"]):
        return [
            f'date_kind is "{row["date_kind"]}" and days_most "{row["days_most"]}"; a window needs the most '
            "days that its words allow (“within a week” is 7), a point or a period has none"
        ]
    if not (row["days_most"] and row["date_start"] and row["date_end"]):
        return []
    bounds = (pd.Timestamp(row["date_end"]) - pd.Timestamp(row["date_start"])).days + 1
    if not 1 <= int(row["days_most"]) <= bounds:
        return [
            f"days_most reads {row['days_most']}, but the window has {bounds} days; the period lies within it"
        ]
    return []


def _check_place(row: dict, places: pd.DataFrame) -> list[str]:
    if places.empty:
        return []
    return [
        f'{column} "{key}" is not in places.csv; add it there or use one of its keys'
        for column in ("place", "place_to")
        for key in split_values(row[column])
        if key not in places.index
    ]


def _check_links(row: dict, rows: dict[str, dict]) -> list[str]:
    faults = []
    for column in ("part_of", "same_as"):
        for other in split_values(row[column]):
            if other not in rows or other == row["claim_id"]:
                faults.append(
                    f"{column} names {other}, which is {'the row itself' if other == row['claim_id'] else 'no claim here'}; correct the id"
                )
            elif (
                column == "part_of"
                and rows[other]["unit"] == row["unit"] != "percent"
                and not _check_cells(rows[other])
            ):
                part, whole = float(row["low"] or row["best"] or 0), rows[other]["high"]
                if whole and part > float(whole):
                    faults.append(
                        f"the part ({part:,.0f}) is larger than the whole {other} ({float(whole):,.0f}); swap part_of or correct a value"
                    )
    return faults


def locate_quotes(table: pd.DataFrame, documents: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Offsets for quotes typed without them: start, end, number_start and date_at where they are empty or
    their columns are missing.

    Returns a new table and the list of what a person must settle: a quote that stands nowhere, or
    several times (then the offsets stay empty and all places are named). The number is looked for
    inside its quote, dating words in the whole text.
    """
    texts = dict(zip(documents["doc_id"], documents["text"]))
    table, questions = table.assign(**{name: "" for name in OFFSETS if name not in table}), []
    for index, row in table.iterrows():
        text = texts.get(pad_id(str(row["doc_id"])), "")
        for quote, offset in (
            ("exact", "start"),
            ("number", "number_start"),
            ("date_exact", "date_at"),
        ):
            words, inside = row.get(quote, ""), table.at[index, "start"]
            if not words or str(row[offset]) != "" or (quote == "number" and inside == ""):
                continue
            begin, stop = (
                (int(inside), int(inside) + len(row["exact"]))
                if quote == "number"
                else (0, len(text))
            )
            found = [at for at in range(begin, stop - len(words) + 1) if text.startswith(words, at)]
            if len(found) == 1:
                table.at[index, offset] = str(found[0])
            else:
                where = (
                    f"stands {len(found)} times, at {', '.join(map(str, found))}; type {offset}"
                    if found
                    else "stands nowhere in the text"
                )
                questions.append(
                    f'row {index + 2} ({row.get("claim_id", "")}): {quote} "{words}" {where}'
                )
        if table.at[index, "start"] != "" and str(row["end"]) == "":
            table.at[index, "end"] = str(int(table.at[index, "start"]) + len(row["exact"]))
    return table, questions
