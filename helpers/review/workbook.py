"""The workbook: the claims under review as an .xlsx, for who decides in a spreadsheet.

One row is one claim, its sentence first; beside the sheet `review` stand the places, the texts, the
values that may be chosen, and, hidden, the rows as they were written: by these `returned.py` knows
what a person changed.
"""

from __future__ import annotations

import io
import math
import re
from typing import TYPE_CHECKING, Any

from helpers.claims.decisions.journal import Cells, sum_row
from helpers.review.session import Review
from helpers.schema.columns import DAYS, NUMBERS, TABLES, VALUES
from helpers.schema.csv_files import FORMULA

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

REVIEW, WRITTEN = "review", "as_written"  # sheets
BESIDE = ["sentence", "review", "reviewer", "doubt"]
# What a person may change, in the order in which one reads; what follows from it is filled in.
CHANGED = [
    "number", "measure", "low", "best", "high", "quantifier", "unit", "affected", "affected_side",
    "actor", "place", "place_to", "date_start", "date_end", "date_kind", "days_most", "as_of",
    "date_exact", "source_original", "assertion", "scope", "part_of", "same_as", "base", "note",
    "exact",
]  # fmt: skip
COLUMNS = [*BESIDE, *CHANGED, "doc_id", "claim_id"]
WRITES = ["review", *CHANGED, "doc_id"]  # on the hidden sheet
WIDTHS = {"sentence": 62, "doubt": 26, "exact": 40, "note": 34, "number": 18, "measure": 19}
WIDTH = 15  # of the other columns, in letters
COUNTED = [*NUMBERS, "days_most"]
LONGEST = 32_000  # letters; a cell holds 32,767
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML has no signs for them
HEAD, SHADE, ASKED = "1F3A4D", "EAEFF2", "FFF4D6"


def compose_workbook(review: Review) -> tuple[bytes, list[str]]:
    """(the claims of a review as an .xlsx, the doubtful first; the ids of those that a cell cannot
    hold, which are left to the widget)."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = REVIEW
    rows = [dict(review.table.rows[name]) for name in review.order]
    long = [row for row in rows if any(len(row.get(name, "")) > LONGEST for name in CHANGED)]
    rows = [row for row in rows if row not in long]
    _write_rows(sheet, review, rows)
    _write_table(book, "places", *_list_places(review))
    _write_table(book, "texts", *_list_texts(review))
    _add_choices(book, sheet, len(rows))
    written = [[row["claim_id"], sum_row(row), *(row.get(n, "") for n in WRITES)] for row in rows]
    _write_table(book, WRITTEN, ["claim_id", "seen", *WRITES], written)
    book[WRITTEN].sheet_state = "hidden"
    book.properties.creator = "Eleven Days"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), [row["claim_id"] for row in long]


def put_text(cell: Cell, value: Any) -> None:
    """A value into a cell, where words are never a formula: not when the file is opened, and not
    when somebody edits the cell."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = CONTROLS.sub("", value)[: LONGEST + 700] or None
    if cell.value is not None:
        cell.data_type = "s"
        cell.number_format = "@"
    if FORMULA.match(value):
        cell.quotePrefix = True  # type: ignore[attr-defined]


def _write_rows(sheet: Worksheet, review: Review, rows: list[Cells]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.worksheet.properties import PageSetupProperties

    _write_head(sheet, COLUMNS)
    line = Border(bottom=Side("hair", color="A7B4BC"))
    at_top, wrapped = (
        Alignment("left", "top", wrap_text=is_wrapped) for is_wrapped in (False, True)
    )
    shade, asked = PatternFill("solid", SHADE), PatternFill("solid", ASKED)
    for number, row in enumerate(rows, 2):
        is_open = row["review"] == "proposed"
        doubt = "; ".join(review.list_doubts(row)) if is_open else ""
        values = {**row, "doubt": doubt, "reviewer": ""}
        for at, name in enumerate(COLUMNS, 1):
            cell = sheet.cell(number, at)
            if name == "sentence":
                cell.value = _show_sentence(review, row)
                cell.number_format = "@"
            else:
                put_text(cell, _read_value(name, values.get(name, "")))
            cell.alignment = wrapped if WIDTHS.get(name, 0) > WIDTH else at_top
            cell.border = line
            if name == "review":
                cell.font = Font("Calibri", 11, bold=True)
            if name == "doubt" and doubt:
                cell.fill = asked
            elif not is_open or name in ("sentence", "doc_id", "claim_id"):
                cell.fill = shade
            if name in DAYS:
                cell.number_format = "@"
        words = {name: str(sheet.cell(number, COLUMNS.index(name) + 1).value) for name in WIDTHS}
        lines = [1.15 * len(words[name]) / width for name, width in WIDTHS.items()]
        sheet.row_dimensions[number].height = 6 + 13 * math.ceil(max(lines))
    for at, name in enumerate(COLUMNS, 1):
        sheet.column_dimensions[sheet.cell(1, at).column_letter].width = WIDTHS.get(name, WIDTH)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8  # A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 2, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"


def _write_head(sheet: Worksheet, names: list[str]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    known = {column.name: column.meaning for column in TABLES["claims"].columns}
    for at, name in enumerate(names, 1):
        cell = sheet.cell(1, at, name)
        cell.font, cell.fill = (
            Font("Calibri", 11, bold=True, color="FFFFFF"),
            PatternFill("solid", HEAD),
        )
        cell.alignment = Alignment(vertical="center")
        if sheet.title == REVIEW and name in known:
            cell.comment = Comment(known[name], "Eleven Days", height=110, width=260)
    sheet.row_dimensions[1].height = 22
    sheet.freeze_panes = "A2"


def _read_value(name: str, cell: str) -> str | float:
    """A number where one belongs, which a spreadsheet shows in its own language; else words."""
    if name in COUNTED and re.fullmatch(r"\d{1,15}(\.\d+)?", cell):
        value = float(cell)
        return int(value) if value.is_integer() else value
    return cell


def _show_sentence(review: Review, row: Cells) -> Any:
    """The sentence of a claim, the words of the claim in bold letters."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    reading = review.read_text(row["doc_id"])
    if reading is None or not (row["start"].isdecimal() and row["end"].isdecimal()):
        return CellRichText(CONTROLS.sub("", row["exact"]) or " ")
    start, end = int(row["start"]), int(row["end"])
    first, last = reading.find_sentence(start, end)
    parts = [reading.text[first:start], reading.text[start:end], reading.text[end:last]]
    before, quote, after = (CONTROLS.sub("", part)[: LONGEST // 3] for part in parts)
    blocks = [before, TextBlock(InlineFont("Calibri", b=True, sz=11), quote), after]
    return CellRichText(*[block for block in blocks if str(block)])


def _list_places(review: Review) -> tuple[list[str], list[list[Any]]]:
    names = ["place", "name", "names", "kind", "country"]
    rows = [
        [str(key), *(_join(place.get(name)) for name in names[1:])]
        for key, place in review.table.places.iterrows()
    ]
    return names, sorted(rows)


def _join(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None or value != value else str(value)


def _list_texts(review: Review) -> tuple[list[str], list[list[Any]]]:
    names = ["doc_id", "title", "publisher", "published", "file", "text"]
    rows = [[_join(row[name]) for name in names] for row in review.documents.to_dict("records")]
    return names, rows


def _write_table(book: Workbook, title: str, names: list[str], rows: list[list[Any]]) -> None:
    from openpyxl.styles import Alignment

    sheet = book.create_sheet(title)
    _write_head(sheet, names)
    for number, row in enumerate(rows, 2):
        for at, value in enumerate(row, 1):
            put_text(sheet.cell(number, at), value)
            sheet.cell(number, at).alignment = Alignment(vertical="top", wrap_text=at == len(row))
    for at, name in enumerate(names, 1):
        wide = {"text": 110, "names": 44, "title": 40, "name": 24, "file": 30, "place": 24}
        sheet.column_dimensions[sheet.cell(1, at).column_letter].width = wide.get(name, 18)


def _add_choices(book: Workbook, sheet: Worksheet, rows: int) -> None:
    """What may stand in a column, to choose from. Of places and claims any number may be typed."""
    from openpyxl.worksheet.datavalidation import DataValidation

    lists = book.create_sheet("values")
    coded = [name for name in COLUMNS if name in VALUES]
    _write_head(lists, coded)
    spans = {}
    for at, name in enumerate(coded, 1):
        for number, value in enumerate(VALUES[name], 2):
            put_text(lists.cell(number, at), value)
        letter = lists.cell(1, at).column_letter
        lists.column_dimensions[letter].width = 22
        spans[name] = f"values!${letter}$2:${letter}${len(VALUES[name]) + 1}"
    if (last := book["places"].max_row) > 1:
        spans |= dict.fromkeys(("place", "place_to"), f"places!$A$2:$A${last}")
    for name, span in spans.items():
        is_coded = name in VALUES
        letter = sheet.cell(1, COLUMNS.index(name) + 1).column_letter
        choice = DataValidation("list", formula1=span, allow_blank=True, showErrorMessage=is_coded)
        choice.error = f"Choose one of the list: {name}"
        sheet.add_data_validation(choice)
        choice.add(f"{letter}2:{letter}{rows + 200}")
