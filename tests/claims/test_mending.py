"""What a spreadsheet did to a table of claims, read as it was meant."""

import pandas as pd
import pytest

from helpers.claims.decisions.mending import mend_cells, mend_words
from helpers.claims.gate import load_claim_table, load_claims
from helpers.corpus.documents import load_corpus
from helpers.corpus.places import load_places
from helpers.schema.errors import ClaimsError, CorpusError
from tests.claims.storm import copy_proposed, open_table

TEXT = (
    "On 8 December the U.N. said that “nearly 3,500\u00a0people” fled – some say 1.5 million – "
    "to Ḥalab’s north."
)
NONE = pd.DataFrame()


def make_row(**cells) -> dict[str, str]:
    row = dict.fromkeys(["doc_id", "number", "number_start", "place", "place_to"], "")
    row |= dict.fromkeys(["date_exact", "date_at", "low", "best", "high", "quantifier"], "")
    exact = cells.pop("exact", TEXT)
    start = cells.pop("start", 0)
    return {**row, "doc_id": "1", "start": str(start), "end": str(start + len(exact)),
            "exact": exact, **cells}  # fmt: skip


def mend(**cells) -> dict[str, str]:
    table = pd.DataFrame([make_row(**cells)], dtype=str)
    return mend_words(table, {"1": TEXT, "001": TEXT}, NONE).to_dict("records")[0]


@pytest.mark.parametrize(
    ("what", "by"),
    [
        ("“", '"'),
        ("”", '"'),
        ("–", "-"),
        ("\u00a0", " "),
        ("’", "'"),
        ("Ḥ", "?"),
    ],
)
def test_a_quote_that_lost_its_signs_is_found_again(what, by):
    lost = TEXT.replace(what, by)
    assert lost != TEXT
    row = mend(exact=lost)
    assert (row["exact"], row["start"], row["end"]) == (TEXT, "0", str(len(TEXT)))


def test_a_quote_that_lost_all_at_once_is_found_again_wherever_it_stands():
    quote = TEXT[26:]
    lost = quote.replace("“", '"').replace("”", '"').replace("\u00a0", " ").replace("–", "-")
    row = mend(exact=lost, start=3)
    assert (row["exact"], row["start"], row["end"]) == (quote, "26", str(len(TEXT)))


def test_other_words_are_no_loss_of_signs():
    assert mend(exact="On 9 December")["exact"] == "On 9 December"


@pytest.mark.parametrize(
    ("now", "was", "value"),
    [("3,5", "3,500", "3500"), ("3500", "3,500", "3500"), ("01. Mai", "1.5", "1.5")],
)
def test_a_number_that_was_rewritten_is_found_again_by_its_value(now, was, value):
    values = dict.fromkeys(["low", "best", "high"], value) | {"quantifier": "exact"}
    assert mend(number=now, number_start=str(TEXT.index(was)), **values)["number"] == was


@pytest.mark.parametrize(("now", "value"), [("3,5", "7"), ("764", "3500")])
def test_a_number_of_another_value_or_other_figures_is_left_to_the_gate(now, value):
    values = dict.fromkeys(["low", "best", "high"], value) | {"quantifier": "exact"}
    assert mend(number=now, number_start=str(TEXT.index("3,500")), **values)["number"] == now


@pytest.mark.parametrize("now", ["8-Dec", "08. Dez", "2026-12-08", "08.12.2026", "Dec 8"])
def test_dating_words_that_were_rewritten_are_found_again(now):
    assert mend(date_exact=now, date_at="3")["date_exact"] == "8 December"


@pytest.mark.parametrize("now", ["9-Dec", "8-Nov", "yesterday"])
def test_dating_words_of_another_day_are_left_to_the_gate(now):
    assert mend(date_exact=now, date_at="3")["date_exact"] == now


@pytest.fixture
def folder(tmp_path):
    return copy_proposed(tmp_path / "veshka")


def rewrite(folder, change):
    """The text of claims.csv, changed."""
    file = folder / "claims.csv"
    file.write_text(change(file.read_text("utf-8-sig")), "utf-8")


def load(folder):
    return load_claims(folder, load_corpus(folder), load_places(folder))


def test_letters_read_in_a_wrong_encoding_are_put_right(tmp_path):
    cells = ["“café” – Ḥalab", "É"]
    table = pd.DataFrame({"note": [bytes_as_letters(cell.encode()) for cell in cells]}, dtype=str)
    assert table["note"][1] == "Ã‰"
    assert mend_cells(table, tmp_path / "claims.csv")["note"].tolist() == cells


def bytes_as_letters(data: bytes) -> str:
    """UTF-8 as a program shows it that takes it for Windows-1252."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


@pytest.mark.parametrize("cell", ["Ångström", "«café»", "naïve â", "£ 5"])
def test_letters_that_are_right_stay(tmp_path, cell):
    table = pd.DataFrame({"note": [cell]}, dtype=str)
    assert mend_cells(table, tmp_path / "claims.csv")["note"].tolist() == [cell]


def test_capitals_in_coded_values_and_names_of_places_are_read(folder):
    before = load(folder)
    rewrite(
        folder,
        lambda text: text.replace(",proposed", ",Proposed").replace(",more_than,", ",More than,"),
    )
    rewrite(folder, lambda text: text.replace(",port_adral,", ",Port Adral,"))
    pd.testing.assert_frame_equal(load(folder), before)


def test_a_day_that_may_be_two_is_the_one_that_was_merged(folder):
    before = load(folder)
    rewrite(folder, lambda text: text.replace("2031-03-06", "06/03/2031"))
    pd.testing.assert_frame_equal(load(folder), before)
    assert open_table(folder).rows["02_olmir_falls-p002"]["date_end"] == "2031-03-06"


def test_a_day_that_nobody_knows_of_is_asked_with_row_and_column(folder):
    (folder / "proposals.merged.csv").unlink()
    rewrite(folder, lambda text: text.replace("2031-03-06", "06/03/2031", 1))
    with pytest.raises(
        ClaimsError, match=r"claims.csv row \d+ \(\S+\): date_\w+: “06/03/2031” may"
    ):
        load(folder)


def test_the_row_that_is_named_counts_the_empty_ones(folder):
    (folder / "proposals.merged.csv").unlink()
    lines = (folder / "claims.csv").read_text("utf-8-sig").splitlines()
    lines[3] = lines[3].replace("2031-03-", "03/0", 1)
    wrong = lines[3].split(",")[0]
    text = "\n".join([*lines[:2], "," * 30, "", *lines[2:]])
    (folder / "claims.csv").write_text(text, "utf-8")
    with pytest.raises(ClaimsError, match=rf"claims.csv row 6 \({wrong}\)"):
        load(folder)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_journal_that_was_saved_in_another_encoding_is_named(folder, encoding):
    table = open_table(folder, "Zoë")
    table.undo()
    (folder / "decisions.csv").write_bytes("decision,when,who\n1,now,Zoë\n".encode(encoding))
    with pytest.raises(CorpusError, match="decisions.csv is not UTF-8"):
        table.recover()


def test_a_table_saved_in_windows_1252_is_the_table_that_was(folder):
    before = load(folder)
    table = load_claim_table(folder / "claims.csv")
    text = table.to_csv(index=False, sep=";", lineterminator="\r\n")
    (folder / "claims.csv").write_bytes(text.encode("cp1252", "replace"))
    pd.testing.assert_frame_equal(load(folder), before)
