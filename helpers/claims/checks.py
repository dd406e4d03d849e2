"""Checks: what one row of claims must hold, beside its cells, to stand in its text.

Each takes a row as a dict of text and returns faults: what is wrong; what to do.
"""

import re
from collections.abc import Mapping

import pandas as pd

from helpers.corpus.places import split_values
from helpers.schema.characters import fold_text
from helpers.schema.columns import (
    DAYS,
    LONGEST,
    MEASURES,
    NUMBERS,
    TABLES,
    UNITS_OF_MEASURE,
    find_misfits,
    find_misshapen,
)
from helpers.schema.csv_files import is_day_or_interval, pad_id
from helpers.schema.quantity import find_hedge_outside, read_number

Row = Mapping[str, str]
PLACED = ("claim_id", "doc_id", "start", "end", "exact")  # empty, they have a remedy of their own
NEEDED = [  # columns that are never empty and take any words
    column.name
    for column in TABLES["claims"].columns
    if column.required and not column.allowed and column.name not in PLACED
]


def check_row(
    row: Row, texts: dict[str, str], places: pd.DataFrame, rows: Mapping[str, Row]
) -> list[str]:
    """Every fault of a row. `rows`: claim id → row, for the links; where a cell is no number or day
    nothing further can be checked."""
    return check_values(row) + (
        check_cells(row)
        or [
            *check_span(row, texts),
            *check_number(row),
            *check_date(row, texts),
            *check_keys(row, places),
            *check_links(row, rows),
        ]
    )


def check_cells(row: Row) -> list[str]:
    """Cells that are no number, offset or day."""
    return find_misshapen("claims", row) + [
        _say_no_day(column, row[column], ", which is no day; write 2024-11-27")
        for column in DAYS
        if not is_day_or_interval(row[column]) or "/" in row[column]
    ]


def _say_no_day(column: str, cell: str, remedy: str) -> str:
    """The question that a cell leaves which may be two days, else what to write."""
    from helpers.schema.days import ask_day  # its patterns are compiled when a cell is no day

    asked = ask_day(cell)
    return f"{column}: {asked}" if asked else f'{column} reads "{cell}"{remedy}'


def check_values(row: Row) -> list[str]:
    """Cells whose words the codebook does not know, or that do not fit one another."""
    faults = find_misfits("claims", row)
    faults += [f"{column} is empty; fill it in" for column in NEEDED if not row[column]]
    if not is_day_or_interval(row["as_of"]):
        remedy = "; write a day, or two as 2024-11-27/2024-12-08"
        faults.append(_say_no_day("as_of", row["as_of"], remedy))
    measure, topic = row["measure"], row["topic"]
    if MEASURES.get(measure, topic) != topic:
        faults.append(f"measure {measure} belongs to {MEASURES[measure]}, not {topic}")
    units = UNITS_OF_MEASURE.get(measure)
    if units and row["number"] and row["unit"] not in units:
        faults.append(f'a {measure} is counted in {", ".join(units)}, not "{row["unit"]}"')
    return faults


def check_span(row: Row, texts: dict[str, str]) -> list[str]:
    """The quote and its number against the text at their offsets."""
    text = texts.get(pad_id(row["doc_id"]))
    if text is None:
        documents = ", ".join(texts)
        return [f'doc_id "{row["doc_id"]}" is no document here; the documents are {documents}']
    if row["start"] == "" or row["end"] == "":
        return ["start or end is empty; locate_quotes fills them in from exact"]
    faults = []
    start, end = int(row["start"]), int(row["end"])
    if not 0 <= start < end <= len(text):
        faults.append(
            f"the span {start}–{end} lies outside the text, which has {len(text)} characters; "
            "correct start/end"
        )
    elif text[start:end] != row["exact"]:
        faults.append(
            f'the text at {start}–{end} reads "{text[start:end]}", not "{row["exact"]}"; '
            "correct start/end or exact"
        )
    return faults + _check_number_span(row, text, start, end)


def _check_number_span(row: Row, text: str, start: int, end: int) -> list[str]:
    number = row["number"]
    if not number:
        return []
    if not row["number_start"]:
        return ["number_start is empty; locate_quotes fills it in from number"]
    at = int(row["number_start"])
    stop = at + len(number)
    if text[at:stop] != number:
        return [
            f'number "{number}" does not stand at {at} (the text there reads "{text[at:stop]}"); '
            "correct number_start"
        ]
    if not start <= at < stop <= end:
        return [
            f'number "{number}" at {at} lies outside exact ({start}–{end}); quote both together'
        ]
    if _is_cut_out(text, at, stop):
        whole = text[max(at - 8, 0) : stop + 8]
        return [f'number "{number}" at {at} is cut out of "{whole}"; quote all of it']
    return []


def _is_cut_out(text: str, at: int, stop: int) -> bool:
    """Whether more of a number stands right before or behind its words. A word that a page glued to
    it ("killed12"), what the eye does not see and the mark of a note are none of it."""
    before, behind = fold_text(text[max(0, at - 20) : at]).text, text[stop : stop + 20]
    is_glued = re.search(r"(?<![A-Z])[a-z]{4,}$", before)
    if re.search(r"\w[.,]?$", before[-2:]) and text[at].isdigit() and not is_glued:
        return True
    # A letter keeps a mark at the start of what is folded from being one of its own.
    return bool(re.match(r"\w|[.,]\d", fold_text(f"x{behind}").text[1:]))


def check_number(row: Row) -> list[str]:
    """Values, quantifier and unit against one another: filled in where there is a number."""
    number, unit = row["number"], row["unit"]
    if not number:
        filled = any(row[column] for column in (*NUMBERS, "quantifier"))
        if not filled and unit in ("", "event"):
            return []
        return [
            "low, best, high, quantifier or unit are filled in but number is empty; "
            "quote the words that carry the figure"
        ]
    faults = []
    if not unit:
        faults.append("unit is empty; say what is counted")
    written = _list_values(row)
    ordered = [value for value in written if value is not None]
    if ordered != sorted(ordered):
        faults.append(f"{_write_values(written)} is not low ≤ best ≤ high")
    return faults


def check_reading(row: Row, texts: dict[str, str]) -> list[str]:
    """Values, quantifier and unit against what the number's own words say, as `schema/quantity`
    reads them. A reader can be wrong: a person's correction is not held against it."""
    number, unit = row["number"], row["unit"]
    if not number or check_cells(row):
        return []
    written = _list_values(row)
    reading = read_number(number)
    if reading is None:
        return [
            f'"{number}" holds no number that can be read; quote the words that carry the figure'
        ]
    faults = []
    read = (reading.low, reading.best, reading.high)
    if row["quantifier"] != reading.quantifier or written != read:
        faults.append(
            f'"{number}" reads {reading.quantifier} {_write_values(read)}, the row says '
            f"{row['quantifier'] or 'nothing'} {_write_values(written)}; correct the values or "
            "quote the words that say so"
        )
    if reading.is_share != (unit == "percent") and reading.quantifier != "vague":
        share = "a share" if reading.is_share else "no share"
        faults.append(f'"{number}" is {share}, but unit is "{unit}"; a share is percent, 0 to 100')
    text, at = texts.get(pad_id(row["doc_id"]), ""), int(row["number_start"] or 0)
    hedge = find_hedge_outside(text[max(0, at - 40) : at], text[at + len(number) :][:40])
    if hedge:
        faults.append(
            f'"{hedge}" stands unquoted beside "{number}"; '
            "take it into number, exact and quantifier"
        )
    return faults


def _list_values(row: Row) -> tuple[float | None, ...]:
    """low, best and high of a row whose cells are numbers or empty."""
    return tuple(float(row[column]) if row[column] else None for column in NUMBERS)


def _write_values(values: tuple[float | None, ...]) -> str:
    """22/22/–: low, best and high as a message names them."""
    words = ["–" if value is None else f"{value:,.2f}" for value in values]
    return "/".join(word.rstrip("0").rstrip(".") for word in words)


def find_precision(start, end) -> str:
    """UCDP date_prec of bounds (days): 1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 up
    to a year; 6 (ours) more, 7 (ours) undated."""
    if pd.isna(start) or pd.isna(end):
        return "7"
    days = _count_days(start, end)
    return next((precision for longest, precision in LONGEST if days <= longest), "6")


def _count_days(start, end) -> int:
    return (pd.Timestamp(end) - pd.Timestamp(start)).days + 1


def check_date(row: Row, texts: dict[str, str]) -> list[str]:
    """Bounds, precision, kind and basis of the date, and its words against the text."""
    faults = []
    start, end = row["date_start"], row["date_end"]
    if (start == "") != (end == ""):
        faults.append(
            "one of date_start and date_end is empty; fill in both, or neither for an undated claim"
        )
    elif start > end:
        faults.append(f"date_start {start} lies after date_end {end}; swap or correct them")
    elif row["date_prec"] != (precision := find_precision(start or None, end or None)):
        faults.append(
            f"date_prec reads {row['date_prec']}, but {start or 'no date'} to {end or 'no date'} "
            f"is {precision} (UCDP); correct one of them"
        )
    if start and not (row["date_kind"] and row["date_basis"]):
        faults.append(
            "a dated claim needs date_kind (point, period or window) and date_basis "
            "(explicit, relative or inferred)"
        )
    faults += _check_length(row)
    words, basis, at = row["date_exact"], row["date_basis"], int(row["date_at"] or -1)
    if bool(words) != (basis in ("explicit", "relative")):
        faults.append(
            f'date_basis "{basis}" and date_exact "{words}" do not fit: quote the dating words for '
            "explicit and relative, none for inferred"
        )
    text = texts.get(pad_id(row["doc_id"]), "")
    if words and (at < 0 or text[at : at + len(words)] != words):
        faults.append(
            f'date_exact "{words}" does not stand at {row["date_at"] or "(empty)"}; '
            "correct date_at or the words"
        )
    return faults


def _check_length(row: Row) -> list[str]:
    """A window holds a shorter period, whose length is days_most; no other kind of date has one."""
    most = row["days_most"]
    if (row["date_kind"] == "window") != bool(most):
        return [
            f'date_kind is "{row["date_kind"]}" and days_most "{most}"; a window needs the most '
            "days that its words allow (“within a week” is 7), a point or a period has none"
        ]
    if not (most and row["date_start"] and row["date_end"]):
        return []
    bounds = _count_days(row["date_start"], row["date_end"])
    if 1 <= int(most) <= bounds:
        return []
    return [f"days_most reads {most}, but the window has {bounds} days; the period lies within it"]


def check_keys(row: Row, places: pd.DataFrame) -> list[str]:
    """Keys that places.csv lacks; a corpus without places has none to hold them against."""
    if places.empty:
        return []
    return [
        f'{column} "{key}" is not in places.csv; add it there or use one of its keys'
        for column in ("place", "place_to")
        for key in split_values(row[column])
        if key not in places.index
    ]


def check_links(row: Row, rows: Mapping[str, Row]) -> list[str]:
    """Links that lead nowhere, and parts that are larger than their whole."""
    faults = []
    for column in ("part_of", "same_as"):
        for other in split_values(row[column]):
            if other == row["claim_id"]:
                faults.append(f"{column} names {other}, which is the row itself; correct the id")
            elif other not in rows:
                faults.append(f"{column} names {other}, which is no claim here; correct the id")
            elif column == "part_of":
                faults += _check_part(row, rows[other])
    return faults


def _check_part(row: Row, whole: Row) -> list[str]:
    if not whole["unit"] == row["unit"] != "percent" or check_cells(whole) or not whole["high"]:
        return []
    part, most = float(row["low"] or row["best"] or 0), float(whole["high"])
    if part <= most:
        return []
    return [
        f"the part ({part:,.0f}) is larger than the whole {whole['claim_id']} ({most:,.0f}); "
        "swap part_of or correct a value"
    ]
