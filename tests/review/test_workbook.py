"""review.xlsx: what is written into it, and what comes back of whatever a spreadsheet makes of
it."""

import datetime
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText

from helpers.claims.decisions.journal import load_decisions
from helpers.claims.gate import load_claim_table
from helpers.claims.proposals import save_claims
from helpers.review.keys import press
from helpers.review.workbook import COLUMNS, WRITTEN
from helpers.schema.columns import VALUES
from helpers.schema.csv_files import load_table
from helpers.schema.errors import CorpusError, ParameterError
from tests.claims.storm import copy_proposed
from tests.review.test_opening import open_for, read_files

FORMULA = "is never worked out here; type the value itself"


@pytest.fixture
def folder(tmp_path):
    return copy_proposed(tmp_path / "veshka")


@pytest.fixture
def order(folder):
    """The claims of a workbook that was just written, in the order of its rows."""
    run = open_for(folder, workbook="write")
    assert run.exchange_workbook() == ["14 claims written to review.xlsx"]
    return run.review.order


def edit(folder, change):
    """Change the workbook: `change` gets the book and a function that gives a cell by row and
    column name."""
    book = load_workbook(folder / "review.xlsx", rich_text=True)
    sheet = book["review"]
    at = {cell.value: cell.column for cell in sheet[1]}
    change(book, lambda row, name: sheet.cell(row, at[name]))
    book.save(folder / "review.xlsx")


def fill(folder, **cells):
    """Cells typed into a row: `row=3, place="Olmir"`."""
    row = cells.pop("row")

    def change(_, cell):
        for name, value in cells.items():
            cell(row, name).value = value

    edit(folder, change)


def read_back(folder, **more) -> list[str]:
    return open_for(folder, workbook="read", **more).exchange_workbook()


def rows_of(folder):
    return load_claim_table(folder / "claims.csv").set_index("claim_id", drop=False)


def test_the_sentence_stands_first_and_its_claim_in_bold(folder, order):
    book = load_workbook(folder / "review.xlsx", rich_text=True)
    sheet = book["review"]
    assert [cell.value for cell in sheet[1]] == COLUMNS
    sentence = sheet["A2"].value
    assert isinstance(sentence, CellRichText)
    bold = [str(part) for part in sentence if getattr(part, "font", None) and part.font.b]
    assert bold == [rows_of(folder).loc[order[0], "exact"]]
    assert sheet["A2"].alignment.wrap_text
    assert sheet.freeze_panes == "B2"


def test_coded_columns_are_chosen_from_what_is_allowed(folder, order):
    book = load_workbook(folder / "review.xlsx")
    sheet, lists = book["review"], book["values"]
    chosen = {str(it.sqref).split("2:")[0]: it.formula1 for it in
              sheet.data_validations.dataValidation}  # fmt: skip
    for name, values in VALUES.items():
        if name not in COLUMNS:
            continue
        letter = sheet.cell(1, COLUMNS.index(name) + 1).column_letter
        span = chosen[letter].removeprefix("values!").replace("$", "")
        assert [cell.value for (cell,) in lists[span]] == list(values)


def test_days_are_text_and_places_and_texts_stand_beside(folder, order):
    book = load_workbook(folder / "review.xlsx")
    column = COLUMNS.index("date_start") + 1
    rows = range(2, book["review"].max_row + 1)
    days = [book["review"].cell(row, column) for row in rows]
    assert {day.number_format for day in days} == {"@"}
    assert {day.data_type for day in days if day.value} == {"s"}
    places = {row[0] for row in book["places"].iter_rows(2, values_only=True)}
    assert places == set(load_table(folder / "places.csv", [])["place"])
    texts = [row[0] for row in book["texts"].iter_rows(2, values_only=True)]
    assert texts == load_table(folder / "documents.csv", [])["doc_id"].tolist()


def test_words_that_look_like_formulas_are_written_as_words(folder):
    table = load_claim_table(folder / "claims.csv")
    table.loc[0, "note"] = '=HYPERLINK("http://x")'
    save_claims(table, folder)
    run = open_for(folder, workbook="write")
    run.exchange_workbook()
    row = run.review.order.index(table.loc[0, "claim_id"]) + 2
    note = load_workbook(folder / "review.xlsx")["review"].cell(row, COLUMNS.index("note") + 1)
    assert (note.data_type, note.quotePrefix) == ("s", True)
    with zipfile.ZipFile(folder / "review.xlsx") as archive:
        assert all(b"<f>" not in archive.read(name) for name in archive.namelist())
    assert read_back(folder) == ["review.xlsx holds no decision that is not kept already"]


def test_a_decision_goes_into_the_journal_and_the_table(folder, order):
    fill(folder, row=2, review="Accepted")
    fill(folder, row=3, review="rejected", reviewer=" Mo ")
    assert read_back(folder) == [
        "1 claim accepted by RK, from review.xlsx",
        "1 claim rejected by Mo, from review.xlsx",
    ]
    assert rows_of(folder).loc[order[:3], "review"].tolist() == ["accepted", "rejected", "proposed"]
    assert [(it.who, it.what, it.claim_id) for it in load_decisions(folder)] == [
        ("RK", "accepted", order[0]),
        ("Mo", "rejected", order[1]),
    ]


def test_a_correction_fills_in_what_follows(folder, order):
    fill(folder, row=2, date_start="5.3.2031", date_end=datetime.datetime(2031, 3, 6))
    fill(folder, row=3, place="Olmir", review="accepted")
    assert read_back(folder) == ["2 claims corrected by RK, from review.xlsx"]
    rows = rows_of(folder)
    dated = ["date_start", "date_end", "date_prec"]
    assert rows.loc[order[0], dated].tolist() == ["2031-03-05", "2031-03-06", "2"]
    assert rows.loc[order[1], ["place", "review"]].tolist() == ["olmir", "corrected"]


def test_a_day_as_the_number_that_excel_counts_is_read(folder, order):
    fill(folder, row=2, date_start=47912, date_end=47912)
    read_back(folder)
    assert rows_of(folder).loc[order[0], "date_start"] == "2031-03-05"


def test_a_day_that_may_be_two_is_asked_and_the_other_rows_are_decided(folder, order):
    fill(folder, row=2, date_start="03/04/2031", date_end="03/04/2031")
    fill(folder, row=3, review="accepted")
    told = read_back(folder)
    assert told[0] == "1 claim accepted by RK, from review.xlsx"
    assert told[1].startswith(
        f"review.xlsx row 2 ({order[0]}): date_start: “03/04/2031” may be 3 Apr 2031 or 4 Mar 2031"
    )
    assert rows_of(folder).loc[order[0], "review"] == "proposed"


def test_a_formula_is_refused_in_words_and_never_worked_out(folder, order):
    fill(folder, row=2, review='=IF(1=1,"accepted","rejected")')
    fill(folder, row=3, review="accepted")
    assert read_back(folder) == [
        "1 claim accepted by RK, from review.xlsx",
        f"review.xlsx row 2 ({order[0]}): review holds a formula or its error, which {FORMULA}",
    ]


def test_columns_may_be_moved_deleted_and_added(folder, order):
    def change(book, cell):
        sheet = book["review"]
        sheet.delete_cols(COLUMNS.index("scope") + 1)
        sheet.delete_cols(1)
        sheet.insert_cols(2)
        sheet.cell(1, 2).value, sheet.cell(2, 2).value = "Mine", "=1+1"
        names = [one.value for one in sheet[1]]
        sheet.cell(2, names.index("review") + 1).value = "accepted"
        sheet.move_range(f"A1:A{sheet.max_row}", cols=40)

    edit(folder, change)
    assert read_back(folder) == ["1 claim accepted by RK, from review.xlsx"]
    assert rows_of(folder).loc[order[0], "scope"] == "offensive"


def test_empty_rows_a_title_and_another_order_of_rows_do_no_harm(folder, order):
    fill(folder, row=3, review="rejected")

    def change(book, cell):
        book["review"].insert_rows(3, 4)
        book["review"].insert_rows(1, 2)
        book["review"]["A1"].value = "The review of Monday"

    edit(folder, change)
    assert read_back(folder) == ["1 claim rejected by RK, from review.xlsx"]
    assert rows_of(folder).loc[order[1], "review"] == "rejected"


def test_merged_cells_are_named_and_the_other_rows_are_decided(folder, order):
    def change(book, cell):
        column = cell(2, "review").column_letter
        cell(2, "review").value = cell(5, "review").value = "accepted"
        book["review"].merge_cells(f"{column}2:{column}3")

    edit(folder, change)
    told = read_back(folder)
    assert told[0] == "2 claims accepted by RK, from review.xlsx"
    assert told[1].startswith(f"review.xlsx row 3 ({order[1]}): review is merged with other cells")
    assert rows_of(folder).loc[order[:2], "review"].tolist() == ["accepted", "proposed"]


def test_a_row_that_was_decided_meanwhile_is_refused_with_both_shown(folder, order):
    fill(folder, row=2, review="accepted", note="from the sheet")
    other = open_for(folder, reviewer="Mo")
    other.review.order = [order[0]]
    press(other.review, "reject")
    told = read_back(folder)
    assert "claims.csv was changed since the workbook was written" in told[0]
    assert "review reads “rejected” there, “corrected” here" in told[0]
    assert rows_of(folder).loc[order[0], "review"] == "rejected"


def test_what_another_decided_in_other_rows_is_kept(folder, order):
    fill(folder, row=2, review="accepted")
    other = open_for(folder, reviewer="Mo")
    other.review.order = [order[1]]
    press(other.review, "reject")
    read_back(folder)
    assert rows_of(folder).loc[order[:2], "review"].tolist() == ["accepted", "rejected"]


def test_a_workbook_is_read_again_and_again(folder, order):
    fill(folder, row=2, review="accepted")
    read_back(folder)
    assert read_back(folder) == ["review.xlsx holds no decision that is not kept already"]
    fill(folder, row=2, place="Olmir")
    assert read_back(folder) == ["1 claim corrected by RK, from review.xlsx"]
    assert len(load_decisions(folder)) == 2


def test_a_workbook_is_read_before_it_is_written_over(folder, order):
    fill(folder, row=2, review="accepted")
    told = open_for(folder, workbook="write").exchange_workbook()
    assert told == ["1 claim accepted by RK, from review.xlsx", "14 claims written to review.xlsx"]
    assert rows_of(folder).loc[order[0], "review"] == "accepted"


def test_a_workbook_with_an_open_question_is_never_written_over(folder, order):
    fill(folder, row=2, date_start="03/04/2031")
    before = (folder / "review.xlsx").read_bytes()
    with pytest.raises(CorpusError, match="could not be brought in; mend it, or rename the file"):
        open_for(folder, workbook="write").exchange_workbook()
    assert (folder / "review.xlsx").read_bytes() == before


def test_a_claim_written_into_a_new_row_is_added_once(folder, order):
    fill(
        folder,
        row=20,
        doc_id="02_olmir_falls",
        exact="Dozens of soldiers were killed",
        measure="detained",
        number="Dozens",
        scope="offensive",
    )
    assert read_back(folder) == ["1 claim added by RK, from review.xlsx"]
    assert read_back(folder) == ["review.xlsx holds no decision that is not kept already"]
    added = rows_of(folder).iloc[-1]
    assert added[["measure", "quantifier", "review"]].tolist() == ["detained", "vague", "accepted"]


def test_a_row_that_lost_its_id_is_named(folder, order):
    fill(folder, row=2, claim_id=None, doc_id=None, review="accepted")
    assert "review.xlsx row 2 (without claim_id): has no claim_id" in read_back(folder)[0]


def test_a_claim_that_stands_twice_is_named(folder, order):
    fill(folder, row=2, claim_id=order[1], review="accepted")
    told = read_back(folder)
    assert len(told) == 2
    assert all("the claim stands on more than one row" in line for line in told)


def test_without_the_hidden_sheet_no_decision_is_undone(folder, order):
    fill(folder, row=2, review="accepted")
    fill(folder, row=3, review="accepted")
    edit(folder, lambda book, cell: book.remove(book[WRITTEN]))
    other = open_for(folder, reviewer="Mo")
    other.review.order = [order[0]]
    press(other.review, "reject")
    told = read_back(folder)
    assert told[0] == "1 claim accepted by RK, from review.xlsx"
    assert "was decided since" in told[1]
    assert rows_of(folder).loc[order[:2], "review"].tolist() == ["rejected", "accepted"]


def test_quotes_that_lost_their_curls_are_no_change(folder):
    table = load_claim_table(folder / "claims.csv")
    text = folder / f"{table.loc[0, 'doc_id']}.txt"
    exact = table.loc[0, "exact"]
    curly = exact.replace(" ", "\u00a0", 1) + " “so”"
    text.write_text(text.read_text("utf-8").replace(exact, curly), "utf-8")
    table.loc[0, ["exact", "end"]] = [curly, str(int(table.loc[0, "start"]) + len(curly))]
    save_claims(table, folder)
    documents = load_table(folder / "documents.csv", [])
    documents["sha256"] = ""
    documents.to_csv(folder / "documents.csv", index=False)
    run = open_for(folder, workbook="write")
    run.exchange_workbook()
    row = run.review.order.index(table.loc[0, "claim_id"]) + 2
    fill(folder, row=row, exact=curly.replace("\u00a0", " ").replace("“", '"').replace("”", '"'))
    assert read_back(folder) == ["review.xlsx holds no decision that is not kept already"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no archive", "is no .xlsx, or damaged"),
        (b"\xd0\xcf\x11\xe0 and so on", "is an old .xls or has a password"),
    ],
)
def test_what_is_no_workbook_is_named(folder, data, said):
    (folder / "review.xlsx").write_bytes(data)
    with pytest.raises(CorpusError, match=said):
        read_back(folder)


def test_a_workbook_without_its_columns_says_which_are_missing(folder, order):
    edit(folder, lambda book, cell: setattr(cell(1, "claim_id"), "value", "number of the claim"))
    with pytest.raises(CorpusError, match="no sheet with the columns claim_id and review"):
        read_back(folder)


def test_a_workbook_that_unpacks_to_too_much_is_refused(folder, order, monkeypatch):
    monkeypatch.setattr("helpers.review.returned.MOST_UNPACKED", 1000)
    with pytest.raises(CorpusError, match="more than a review can have"):
        read_back(folder)


def test_there_is_nothing_to_read_before_something_was_written(folder):
    with pytest.raises(CorpusError, match='has no review.xlsx; workbook = "write" writes it'):
        read_back(folder)


def test_without_a_reviewer_no_workbook_is_written(folder):
    before = read_files(folder)
    with pytest.raises(CorpusError, match='reviewer = "" says nobody'):
        open_for(folder, reviewer="", workbook="write").exchange_workbook()
    assert read_files(folder) == before


def test_another_word_for_the_workbook_is_refused(folder):
    with pytest.raises(ParameterError, match="Allowed: , write, read"):
        open_for(folder, workbook="out")
