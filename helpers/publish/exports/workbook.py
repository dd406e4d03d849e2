"""Workbook: figures.xlsx, a sheet a figure with its rows, sentences and sources, then all claims,
texts and places; the first sheet says how to read it.

No cell is a formula, whatever its words begin with. Same corpus, same bytes.
"""

import io
import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.analysis.selection import Study
from helpers.charts import FIGURES, draw_figure
from helpers.charts.chart import Chart
from helpers.corpus.places import split_values
from helpers.publish.exports.rows import (
    Rendered,
    date_corpus,
    describe_claims,
    quote_sentence,
)
from helpers.publish.record import Citation, make_record
from helpers.schema.columns import TABLES
from helpers.schema.extras import require_extra
from helpers.schema.formatting import count

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FILE = "figures.xlsx"
MOST_LETTERS = 32_767  # in a cell of Excel
MOST_NAME = 31  # letters in the name of a sheet
WIDE = {"sentence": 70, "quote": 45, "exact": 45, "note": 45}  # letters, of columns of words
WIDEST, NARROWEST = 28, 7  # of the others
LINE = 13.5  # points that a line of words takes
MOST_LINES = 12
README = (
    "Each sheet named after a figure holds what it draws: one row is one sentence behind one mark. "
    "A mark that rests on several sentences stands on as many rows, with the same values: they are "
    "no further people or places, and nothing here is to be added up.",
    "x, low and high are what was plotted, in the unit beside them; an empty cell is a bound that "
    "the words leave open. mark, sentence_no and claim are the names that the picture's .json and "
    "the evidence pages use; address leads there from the folder of the figures.",
    "The sheets all_claims, all_texts and all_places hold the tables of the corpus. review tells "
    "what a person has decided: proposed rows have been read by rules alone.",
    "Cite a figure as “according to”, with its sentence.",
)


class _Book:
    """A workbook in the making, and the looks of its cells."""

    def __init__(self, study: Study):
        from xlsxwriter import Workbook

        self.out = io.BytesIO()
        words = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
        self.book: Workbook = Workbook(self.out, words)
        made = {"created": date_corpus(study).to_pydatetime(), "author": "Eleven Days"}
        self.book.set_properties({"title": _fit(study.settings["title"]), **made})
        self.bold: Format = self.book.add_format({"bold": True, "font_size": 13})
        self.head: Format = self.book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self.cell: Format = self.book.add_format({"valign": "top", "text_wrap": True})
        self.number: Format = self.book.add_format({"valign": "top"})
        self.day: Format = self.book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
        self.names: set[str] = set()

    def add_sheet(self, name: str) -> "Worksheet":
        """A sheet of this name, cut to what Excel takes and never doubled."""
        name = re.sub(r"[\[\]:*?/\\']", "_", name)[:MOST_NAME] or "sheet"
        taken, number = name, 2
        while taken.lower() in self.names:
            taken = f"{name[: MOST_NAME - 3]}_{number}"
            number += 1
        self.names.add(taken.lower())
        return self.book.add_worksheet(taken)

    def close(self) -> bytes:
        """The bytes of the workbook."""
        self.book.close()
        return self.out.getvalue()


def render_workbook(study: Study) -> Rendered:
    """figures.xlsx. Raises MissingExtraError where XlsxWriter is not installed."""
    require_extra("export", FILE, "xlsxwriter")
    book, remarks = _Book(study), []
    charts = [draw_figure(name, study) for name in FIGURES]
    remarks += [chart.absence for chart in charts if chart.figure is None]
    drawn = [chart for chart in charts if chart.figure is not None]
    _write_readme(book, study, drawn)
    cut = 0
    for chart in drawn:
        sheet = book.add_sheet(chart.name)
        told = (chart.title, chart.subtitle, chart.reading, chart.sources, *chart.refused)
        lines = [line for line in told if line]
        cut += write_table(book, sheet, list_sentences(chart), lines)
    tables = {
        "all_claims": describe_claims(study),
        "all_texts": study.documents.drop(columns=["text", "published_start", "published_end"]),
        "all_places": study.places.reset_index().map(_join_list),
    }
    for name, table in tables.items():
        cut += write_table(book, book.add_sheet(name), table)
    if cut:
        remarks.append(
            f"{FILE}: {count(cut, 'cell')} longer than the {MOST_LETTERS:,} letters that a cell "
            "holds, cut there with an ellipsis"
        )
    return Rendered({FILE: book.close()}, remarks)


def list_sentences(chart: Chart) -> pd.DataFrame:
    """One row is one sentence behind one mark, in the order of the marks: mark, kind, what was
    plotted, then sentence_no (its number under the figure), claim, quote, sentence, text,
    publisher, published, author, url, doc_id and address. A mark that stands for a text as a whole
    has the text."""
    record = make_record(chart)
    by_claim = {citation.claim_id: citation for citation in record.citations}
    texts = chart.study.documents.set_index("doc_id").to_dict("index")
    rows = []
    for mark in chart.rows:
        plotted = {
            name: cell
            for name, cell in mark.items()
            if name not in ("claims", "documents", "quote")
        }
        plotted["mark"] = plotted.pop("mark_id")
        names = split_values(mark["claims"])
        if mark["kind"] == "reading":
            names = [mark["mark_id"], *names]
        found = [_describe_citation(by_claim[name], texts) for name in names]
        if not found:
            found = [_describe_text(doc_id, texts) for doc_id in split_values(mark["documents"])]
        rows += [plotted | cited | {"address": record.links[mark["mark_id"]]} for cited in found]
    table = pd.DataFrame(rows)
    first = ["mark", "kind", "words"]
    last = ["sentence_no", "claim", "quote", "sentence", "text", *TEXT, "doc_id", "address"]
    between = [name for name in table if name not in (*first, *last)]
    return table.reindex(columns=[*first, *between, *last])


TEXT = ("publisher", "published", "author", "url")


def _describe_citation(citation: Citation, texts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    text = texts[citation.doc_id]["text"]
    return {
        "sentence_no": citation.n,
        "claim": citation.claim_id,
        "quote": citation.quote,
        "sentence": quote_sentence(text, citation.start, citation.end),
        **_describe_text(citation.doc_id, texts),
    }


def _describe_text(doc_id: str, texts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    row = texts[doc_id]
    return {"doc_id": doc_id, "text": row["title"]} | {name: row.get(name, "") for name in TEXT}


def _write_readme(book: _Book, study: Study, charts: list[Chart]) -> None:
    sheet = book.add_sheet("readme")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, _fit(study.settings["title"]), book.bold)
    rows = [("", line) for line in README]
    rows += [
        ("corpus", f"SHA-256 {study.checksum}"),
        ("selection", study.selection or "everything"),
    ]
    rows += [("note", study.remark)] if study.remark else []
    rows += [("", "The texts are invented.")] if study.is_invented else []
    rows += [("", ""), ("sheet", "what it shows")]
    rows += [(chart.name, chart.title) for chart in charts]
    rows += [("", ""), ("column", "meaning, in all_claims and all_texts")]
    meanings: dict[str, str] = {}
    for table in ("claims", "documents", "places"):
        for column in TABLES[table].columns:
            meanings.setdefault(column.name, column.meaning)
    rows += list(meanings.items())
    for at, (name, words) in enumerate(rows, 2):
        look = book.head if name in ("sheet", "column") else book.cell
        sheet.write_string(at, 0, _fit(name), look)
        sheet.write_string(at, 1, _fit(words), look)
        sheet.set_row(at, LINE * _count_lines(words, 100))
    _set_page(sheet)


def write_table(
    book: _Book, sheet: "Worksheet", table: pd.DataFrame, lines: list[str] | None = None
) -> int:
    """A table below some lines of words, to filter; how many of its cells had to be cut. Numbers
    and days are numbers and days, everything else is text, whatever it looks like."""
    lines, cut = lines or [], 0
    for at, line in enumerate(lines):
        sheet.write_string(at, 0, _fit(line), None if at else book.bold)
    top = len(lines) + 1 if lines else 0
    high = [1] * len(table)
    for column, name in enumerate(table.columns):
        longest = max([len(str(name)) + 2, *(len(_say(cell)) + 1 for cell in table[name])])
        wide = max(NARROWEST, min(longest, WIDE.get(str(name), WIDEST)))
        sheet.write_string(top, column, _fit(str(name)), book.head)
        sheet.set_column(column, column, wide)
        for row, cell in enumerate(table[name]):
            cut += _write_cell(book, sheet, top + 1 + row, column, cell)
            high[row] = max(high[row], _count_lines(_say(cell), wide))
    for row, number in enumerate(high, top + 1):  # LibreOffice would not make room by itself
        sheet.set_row(row, LINE * number)
    last = (top + len(table), max(len(table.columns) - 1, 0))
    sheet.autofilter(top, 0, *last)
    sheet.freeze_panes(top + 1, 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    _set_page(sheet)
    return cut


def _set_page(sheet: "Worksheet") -> None:
    """Printed, a sheet is as wide as a page of A4 across."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _say(cell) -> str:
    """What a cell shows."""
    if pd.isna(cell):
        return ""
    return f"{cell:%Y-%m-%d}" if isinstance(cell, pd.Timestamp) else str(cell)


def _count_lines(words: str, wide: int) -> int:
    """How many lines some words take in a column, at most MOST_LINES; a word too many rather than
    one that is not seen."""
    lines = sum(1 + int(len(line) / (0.9 * wide)) for line in words.split("\n"))
    return min(lines, MOST_LINES)


def _write_cell(book: _Book, sheet: "Worksheet", row: int, column: int, cell) -> bool:
    """Writes a cell as what it is; whether it was cut. A day before 1900, which Excel has not, is
    text."""
    if pd.isna(cell) or cell == "":
        return False
    if isinstance(cell, pd.Timestamp):
        if cell.year < 1900:
            sheet.write_string(row, column, f"{cell:%Y-%m-%d}", book.cell)
        else:
            sheet.write_datetime(row, column, cell.to_pydatetime(), book.day)
        return False
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        words = str(cell)
        sheet.write_string(row, column, _fit(words), book.cell)
        return len(words) > MOST_LETTERS
    sheet.write_number(row, column, cell, book.number)
    return False


def _fit(words: str) -> str:
    """Words as a cell takes them: no half of a letter, and no longer than Excel allows."""
    words = words.encode("utf-8", "replace").decode()
    return words if len(words) <= MOST_LETTERS else words[: MOST_LETTERS - 1] + "…"


def _join_list(cell):
    return ";".join(cell) if isinstance(cell, list) else cell
