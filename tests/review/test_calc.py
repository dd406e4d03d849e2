"""LibreOffice Calc, in an English and a German locale: what it saves comes back."""

import pytest

from helpers.claims.decisions.journal import read_cell
from helpers.claims.gate import load_claim_table, load_claims
from helpers.corpus.documents import load_corpus
from helpers.corpus.places import load_places
from helpers.review.workbook import COLUMNS
from helpers.schema.columns import CLAIM_COLUMNS
from helpers.schema.csv_files import find_layout
from tests.claims.storm import copy_proposed, open_table
from tests.review.calc import is_missing, type_into
from tests.review.test_opening import open_for

pytestmark = pytest.mark.skipif(is_missing(), reason="LibreOffice Calc or python3-uno is missing")
LOCALES = {"en-US": "11/29/2030", "de-DE": "29.11.2030"}
# separator, quotes, UTF-8, first line, columns, language, quote all, detect dates and numbers
FILTERS = {"en-US": "44,34,76,1,,1033,false,true", "de-DE": "59,34,76,1,,1031,false,true"}


@pytest.fixture
def folder(tmp_path):
    return copy_proposed(tmp_path / "veshka")


def find_column(name: str) -> int:
    return COLUMNS.index(name) + 1


@pytest.mark.parametrize("locale", LOCALES)
def test_a_workbook_that_calc_saved_comes_back(folder, tmp_path, locale):
    written = open_for(folder, workbook="write")
    written.exchange_workbook()
    first, second, third, fourth = written.review.order[:4]
    day = LOCALES[locale]
    typed = {
        (2, find_column("review")): "accepted",
        (3, find_column("date_start")): day,
        (3, find_column("date_end")): day,
        (4, find_column("review")): "rejected",
        (5, find_column("note")): "=1+1",
    }
    type_into(folder / "review.xlsx", typed, locale, tmp_path / "home")
    told = open_for(folder, workbook="read").exchange_workbook()
    assert told == [
        "1 claim accepted by RK, from review.xlsx",
        "1 claim corrected by RK, from review.xlsx",
        "1 claim rejected by RK, from review.xlsx",
        f"review.xlsx row 5 ({fourth}): note holds a formula or its error, which is never worked "
        "out here; type the value itself",
    ]
    rows = load_claim_table(folder / "claims.csv").set_index("claim_id")
    assert rows.loc[[first, second, third, fourth], "review"].tolist() == [
        "accepted",
        "corrected",
        "rejected",
        "proposed",
    ]
    assert rows.loc[second, ["date_start", "date_prec"]].tolist() == ["2030-11-29", "1"]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_table_that_calc_saved_is_the_table_that_was(folder, tmp_path, locale):
    file = folder / "claims.csv"
    before = load_claim_table(file)
    if locale == "de-DE":  # as Calc and Excel write it there
        text = before.to_csv(index=False, sep=";", lineterminator="\r\n")
        file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    columns = list(load_claim_table(file).columns)
    typed = {
        (2, columns.index("review") + 1): "Accepted",
        (2, columns.index("date_start") + 1): LOCALES[locale],
        (2, columns.index("date_end") + 1): LOCALES[locale],
    }
    type_into(file, typed, locale, tmp_path / "home", FILTERS[locale])
    assert find_layout(file.read_bytes()).separator == (";" if locale == "de-DE" else ",")
    after = load_claim_table(file)
    assert after.iloc[0][["review", "date_start"]].tolist() == ["accepted", "2030-11-29"]
    table = open_table(folder)
    for old in before.iloc[1:].to_dict("records"):
        row = table.rows[old["claim_id"]]
        names = [name for name in CLAIM_COLUMNS if read_cell(row, name) != read_cell(old, name)]
        assert {name: (old[name], row[name]) for name in names} == {}
    claims = load_claims(folder, load_corpus(folder), load_places(folder))
    assert len(claims) == len(before)
