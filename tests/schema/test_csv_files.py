"""CSV as Excel and LibreOffice save it: read, and written back in the layout it had."""

import pytest

from helpers.schema.csv_files import (
    find_layout,
    load_table,
    name_columns,
    read_column_names,
    save_table,
)

ROWS = [["1", "“nearly” – café", "66.67"], ["2", "b", ""]]


def write_as(file, encoding="utf-8", separator=",", line_end="\r\n", head=""):
    lines = [["claim_id", "note", "low"], *ROWS]
    if separator == ";":
        lines = [[cell.replace("66.67", "66,67") for cell in line] for line in lines]
    text = head + "".join(separator.join(line) + line_end for line in lines)
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_and_written_back_byte_for_byte(tmp_path, encoding, separator):
    file = write_as(tmp_path / "t.csv", encoding, separator)
    before = file.read_bytes()
    table = load_table(file, ["claim_id"])
    assert table.values.tolist() == ROWS
    other = [f"{cell}!" for cell in table["note"]]
    save_table(table.assign(note=other), file)
    assert load_table(file, [])["note"].tolist() == other
    save_table(table, file)
    assert file.read_bytes() == before


def test_a_line_that_names_the_separator_is_obeyed_and_kept(tmp_path):
    file = write_as(tmp_path / "t.csv", separator="|", head="sep=|\r\n")
    assert load_table(file, []).values.tolist() == ROWS
    save_table(load_table(file, []).assign(note="x"), file)
    assert file.read_bytes().startswith(b"sep=|\r\nclaim_id|note|low\r\n1|x|")


def test_a_letter_that_an_encoding_lacks_makes_it_utf_8_with_its_mark(tmp_path):
    file = write_as(tmp_path / "t.csv", "cp1252")
    save_table(load_table(file, []).assign(note="ʿAyn"), file)
    assert find_layout(file.read_bytes()).mark
    assert load_table(file, [])["note"].tolist() == ["ʿAyn", "ʿAyn"]


def test_capitals_and_spaces_in_names_of_columns_are_forgiven(tmp_path):
    (tmp_path / "t.csv").write_text("Claim ID,NOTE,Mine\n1,a,b\n", "utf-8")
    assert list(load_table(tmp_path / "t.csv", ["claim_id", "note"]).columns) == [
        "claim_id",
        "note",
        "Mine",
    ]
    assert read_column_names(tmp_path / "t.csv") == ["claim_id", "note", "Mine"]


def test_a_column_of_ones_own_is_no_other_in_small_letters():
    assert name_columns(["note", "Note"]) == ["note", "Note"]


def test_empty_rows_are_left_out_and_counted(tmp_path):
    (tmp_path / "t.csv").write_text("claim_id,note\n1,a\n,\n\n  ,\n2,b\n", "utf-8")
    table = load_table(tmp_path / "t.csv", [])
    assert table["claim_id"].tolist() == ["1", "2"]
    assert list(table.index) == [0, 4]


def test_columns_without_name_and_cell_are_left_out(tmp_path):
    (tmp_path / "t.csv").write_text("claim_id,note,,\n1,a,,\n2,b,,x\n", "utf-8")
    table = load_table(tmp_path / "t.csv", [])
    assert list(table.columns) == ["claim_id", "note", "Unnamed: 3"]


def test_a_point_where_commas_are_decimal_may_part_thousands(tmp_path):
    (tmp_path / "t.csv").write_text("claim_id;low\n1;400.000\n2;66,67\n3;66.67\n", "utf-8")
    assert load_table(tmp_path / "t.csv", [])["low"].tolist() == [
        "400.000 or 400000",
        "66.67",
        "66.67",
    ]


def test_decimal_commas_are_read_where_tabs_separate(tmp_path):
    (tmp_path / "t.csv").write_text("claim_id\tlow\n1\t66,67\n2\t1,234\n", "utf-8")
    assert load_table(tmp_path / "t.csv", [])["low"].tolist() == ["66.67", "1,234"]
