"""figures.xlsx, opened with openpyxl and held against claims.csv and the charts."""

import io
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from helpers.charts import FIGURES
from helpers.corpus.places import split_values
from helpers.publish.exports.workbook import MOST_LETTERS, render_workbook
from tests.publish.exports.conftest import FORMULA, MARKUP, find_changes, load_rows, load_texts


def open_book(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def read_sheet(sheet, top: int = 1) -> list[dict]:
    head, *rows = sheet.iter_rows(min_row=top, values_only=True)
    return [dict(zip(head, row)) for row in rows]


def find_head(sheet) -> int:
    return next(row[0].row for row in sheet.iter_rows() if row[0].value == "mark")


@pytest.fixture(scope="module")
def book(folder):
    return open_book((folder / "figures.xlsx").read_bytes())


def test_there_is_a_sheet_a_figure_between_the_first_page_and_the_tables(book):
    tables = ["all_claims", "all_texts", "all_places"]
    assert book.sheetnames == ["readme", *FIGURES, *tables]


def test_all_claims_are_those_of_the_table_field_by_field(book):
    assert find_changes(read_sheet(book["all_claims"])) == []


def test_all_texts_are_those_of_the_table_field_by_field(book):
    found = read_sheet(book["all_texts"])
    assert [[row[name] or "" for name in load_texts()[0]] for row in found] == [
        list(row.values()) for row in load_texts()
    ]


@pytest.mark.parametrize("name", FIGURES)
def test_a_sheet_has_every_mark_and_every_sentence_of_its_figure(book, charts, name):
    sheet, chart = book[name], charts[name]
    found = read_sheet(sheet, find_head(sheet))
    claims = {row["claim_id"]: row for row in load_rows()}
    pairs = [(row["mark"], row["claim"]) for row in found if row["claim"]]
    for mark in chart.rows:
        wanted = split_values(mark["claims"])
        wanted += [mark["mark_id"]] if mark["kind"] == "reading" else []
        assert sorted(claim for at, claim in pairs if at == mark["mark_id"]) == sorted(wanted)
        assert any(row["mark"] == mark["mark_id"] for row in found)
    for row in found:
        if row["claim"] in claims:
            assert row["quote"] == claims[row["claim"]]["exact"]
            assert row["doc_id"] == claims[row["claim"]]["doc_id"]
            assert " ".join(row["quote"].split()) in row["sentence"]
    assert sheet.cell(1, 1).value == chart.title


def test_what_was_plotted_stands_beside_the_mark(book, charts):
    sheet = book["displacement_over_time"]
    found = {row["mark"]: row for row in read_sheet(sheet, find_head(sheet))}
    for mark in charts["displacement_over_time"].rows:
        for bound in ("x", "low", "high"):
            value = found[mark["mark_id"]][bound]
            assert value == mark[bound] or (value is None and pd.isna(mark[bound]))


def test_no_cell_is_a_formula_and_no_word_is_changed(spoiled):
    book = open_book(render_workbook(spoiled).files["figures.xlsx"])
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert {row["note"] for row in read_sheet(book["all_claims"])} == {FORMULA}
    assert {row["source_original"] for row in read_sheet(book["all_claims"])} == {"@SUM(1)"}
    title = book["all_texts"].cell(2, 3).value
    assert title.replace("_x0007_", "\x07") == MARKUP  # as Excel writes a sign that XML has not


@pytest.fixture(scope="module")
def odd(study):
    """What is made of notes longer than a cell of Excel, and of a day that Excel has not."""
    early = study.coded["date_start"].where(study.coded.index > 0, pd.Timestamp("1860-05-01"))
    coded = study.coded.assign(note="x" * (MOST_LETTERS + 1), date_start=early)
    return render_workbook(replace(study, coded=coded))


def test_a_cell_longer_than_excel_takes_is_cut_and_said(odd, study):
    rows = read_sheet(open_book(odd.files["figures.xlsx"])["all_claims"])
    assert {row["note"] for row in rows} == {"x" * (MOST_LETTERS - 1) + "…"}
    assert f"{len(study.coded)} cells longer" in odd.remarks[-1]


def test_a_day_before_excel_counts_is_text(odd):
    rows = read_sheet(open_book(odd.files["figures.xlsx"])["all_claims"])
    assert rows[0]["date_start"] == "1860-05-01"


def test_every_row_of_ten_thousand_claims_is_there(crowded):
    book = open_book(render_workbook(crowded).files["figures.xlsx"])
    assert book["all_claims"].max_row == len(crowded.coded) + 1
