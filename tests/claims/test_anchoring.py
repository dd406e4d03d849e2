"""A text that was renamed, edited or removed keeps the reviews of its claims."""

from pathlib import Path

import pytest

from helpers.claims.decisions.anchoring import anchor_row, load_aside_table, settle_texts
from helpers.claims.decisions.table import Change
from helpers.claims.gate import load_claims
from helpers.claims.merge import merge_proposals
from helpers.claims.proposals import load_coded, load_merged
from helpers.corpus.documents import load_corpus
from helpers.corpus.places import load_places
from helpers.extract.propose import propose_claims
from helpers.schema.csv_files import load_table
from tests.claims.storm import copy_proposed, open_table

TEXT, OTHER = "01_first_day.txt", "02_olmir_falls.txt"


@pytest.fixture
def folder(tmp_path) -> Path:
    """A corpus in which every claim was accepted."""
    folder = copy_proposed(tmp_path / "veshka")
    table = open_table(folder)
    changes = [
        Change(name, dict(row), {**row, "review": "accepted"}) for name, row in table.rows.items()
    ]
    table.decide(changes, "accepted")
    return folder


def edit(folder: Path, old: str, new: str, name: str = TEXT) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")


def read_reviews(folder: Path) -> dict[str, str]:
    """The reviews of a table that stands in its texts."""
    claims = load_claims(folder, load_corpus(folder), load_places(folder))
    return dict(zip(claims["claim_id"], claims["review"]))


def test_texts_that_are_as_they_were_are_left_alone(folder):
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert settle_texts(folder) == []
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_renamed_text_keeps_its_reviews(folder):
    before = read_reviews(folder)
    (folder / TEXT).rename(folder / "renamed.txt")
    assert settle_texts(folder) == [f"01_first_day: {TEXT} is renamed.txt now"]
    assert read_reviews(folder) == before
    assert settle_texts(folder) == []


def test_the_claims_of_an_edited_text_are_found_again_by_their_quotes(folder):
    before = read_reviews(folder)
    edit(folder, "3 March 2031 (Northern", "Corrected on Tuesday.\n\n3 March 2031 (Northern")
    told = settle_texts(folder)
    assert "6 claims found again by the quote" in told[1]
    assert read_reviews(folder) == before


def test_a_text_that_was_renamed_and_edited_is_known_by_its_quotes(folder):
    before = read_reviews(folder)
    edit(folder, "Rebels seize Veshka", "Veshka is seized")
    (folder / TEXT).rename(folder / "renamed.txt")
    settle_texts(folder)
    assert read_reviews(folder) == before


def test_a_claim_whose_words_are_gone_is_set_aside_with_its_review_and_the_rest_stands(folder):
    before = read_reviews(folder)
    edit(folder, "60 people were hurt", "many were hurt")
    told = settle_texts(folder)
    assert "01_first_day-p004 (accepted) set aside in claims.aside.csv: its words “60" in told[-1]
    assert read_reviews(folder) == {
        name: it for name, it in before.items() if name != "01_first_day-p004"
    }
    [row] = load_aside_table(folder).to_dict("records")
    assert (row["claim_id"], row["review"]) == ("01_first_day-p004", "accepted")


def test_what_was_set_aside_comes_back_with_its_words(folder):
    before = read_reviews(folder)
    edit(folder, "60 people were hurt", "many were hurt")
    settle_texts(folder)
    edit(folder, "many were hurt", "60 people were hurt")
    assert "1 claim back from claims.aside.csv" in settle_texts(folder)[-1]
    assert read_reviews(folder) == before
    assert load_aside_table(folder).empty


def test_a_quote_that_stands_twice_now_is_not_guessed(folder):
    edit(
        folder, "3 March 2031 (", "60 people were hurt. And 60 people were hurt.\n\n3 March 2031 ("
    )
    edit(folder, "killed and 60 people were hurt", "killed and 60 people hurt")
    assert "stand 2 times in the text now" in settle_texts(folder)[-1]


def test_the_claims_of_a_removed_text_are_set_aside_and_back_with_it(folder):
    before = read_reviews(folder)
    text = (folder / TEXT).read_bytes()
    (folder / TEXT).unlink()
    assert f"01_first_day ({TEXT}) is not in the folder any more" in settle_texts(folder)
    assert len(load_aside_table(folder)) == 6
    assert read_reviews(folder) == {
        name: it for name, it in before.items() if not name.startswith("01")
    }
    (folder / TEXT).write_bytes(text)
    settle_texts(folder)
    assert read_reviews(folder) == before


def test_ids_that_were_set_aside_are_not_given_again(folder):
    edit(folder, "More than 9,000 people fled", "More than 8,000 people fled")
    settle_texts(folder)
    texts, places = load_corpus(folder), load_places(folder)
    claims = load_coded(folder, texts, places)
    merged, report = merge_proposals(claims, propose_claims(texts, places), load_merged(folder))
    assert "01_first_day-p005" not in set(merged["claim_id"])
    assert report.added == ["01_first_day-p007"]


def test_a_claim_that_a_person_added_is_not_brought_back_while_it_is_set_aside(folder):
    table = open_table(folder)
    row = {**table.rows["01_first_day-p004"], "claim_id": "01_first_day-001"}
    table.decide([Change("01_first_day-001", None, row)], "added")
    edit(folder, "60 people were hurt", "many were hurt")
    settle_texts(folder)
    again = open_table(folder)
    again.recover()
    assert again.brought_back == []
    assert len(load_aside_table(folder)) == 2


def test_links_to_a_claim_set_aside_are_cut(folder):
    table = open_table(folder)
    name = "01_first_day-p003"
    row = {**table.rows[name], "same_as": "01_first_day-p004"}
    table.decide([Change(name, dict(table.rows[name]), row)], "corrected")
    edit(folder, "60 people were hurt", "many were hurt")
    settle_texts(folder)
    assert read_reviews(folder)[name] == "accepted"
    assert load_table(folder / "claims.csv", []).set_index("claim_id").loc[name, "same_as"] == ""


def test_a_row_whose_words_stand_once_moves_with_its_number_and_day():
    row = {
        "exact": "12 died",
        "start": "3",
        "end": "10",
        "number": "12",
        "number_start": "3",
        "date_exact": "on Monday",
        "date_at": "11",
    }
    moved = anchor_row(row, "Later: on Monday 12 died")
    assert (moved["start"], moved["number_start"], moved["date_at"]) == ("17", "17", "7")
    assert anchor_row(row, "12 died, and 12 died, on Monday").startswith("its words “12 died”")
