"""What opening a review does and does not do, and what two reviewers come to."""

import pytest

from helpers.claims.decisions.journal import load_decisions
from helpers.claims.decisions.reviewed import compare_reviewers, count_reviewed, say_reviewed
from helpers.corpus.folders import REPOSITORY
from helpers.review.keys import press
from helpers.review.opening import open_review
from helpers.schema.csv_files import load_table
from helpers.schema.errors import CorpusError, ParameterError
from tests.claims.storm import MOMENT, copy_proposed

TYPES = {"corpus": str, "reviewer": str, "documents": list, "second": bool, "workbook": str}


def open_for(folder, reviewer="RK", **more):
    asked = {"corpus": str(folder), "reviewer": reviewer, "documents": [], "second": False}
    asked |= {"workbook": "", **more}
    return open_review({"__annotations__": TYPES, **asked}, clock=lambda: MOMENT)


@pytest.fixture
def folder(tmp_path):
    return copy_proposed(tmp_path / "veshka")


def is_kept(file) -> bool:
    return file.is_file() and file.suffix != ".lock"


def read_files(folder) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if is_kept(file)}


def test_without_a_reviewer_nothing_is_written_and_it_says_why(folder):
    before = read_files(folder)
    run = open_for(folder, reviewer=" ")
    press(run.review, "accept")
    assert 'reviewer = "" says nobody' in run.review.told[1]
    assert read_files(folder) == before


def test_the_corpus_of_the_project_is_never_written_into():
    seeds = REPOSITORY / "seeds"
    before = read_files(seeds)
    run = open_for(seeds)
    for key in ("accept", "reject", "undo", "save"):
        press(run.review, key)
        assert run.review.told[0] in ("refused", "")
    assert read_files(seeds) == before


def test_a_folder_without_claims_says_what_writes_them(tmp_path):
    (tmp_path / "1.txt").write_text("Nothing.", "utf-8")
    with pytest.raises(CorpusError, match="has no claims.csv; notebooks/00_propose_claims"):
        open_for(tmp_path)


def test_an_unknown_text_is_refused(folder):
    with pytest.raises(ParameterError, match='documents cannot be "nine"'):
        open_for(folder, documents=["nine"])


def test_only_the_texts_asked_for_are_reviewed(folder):
    review = open_for(folder, documents=["03_the_port"]).review
    assert {name.rpartition("-")[0] for name in review.order} == {"03_the_port"}
    assert len(review.left) == 4


def test_an_edited_text_is_settled_when_the_review_opens(folder):
    file = folder / "01_first_day.txt"
    file.write_text("Corrected.\n" + file.read_text("utf-8"), "utf-8")
    run = open_for(folder)
    assert "6 claims found again by the quote" in run.told[1]
    press(run.review, "accept")
    assert run.review.told[0] == "done"


def test_decisions_brought_back_are_told(folder):
    old = (folder / "claims.csv").read_bytes()
    press(open_for(folder).review, "accept")
    (folder / "claims.csv").write_bytes(old)
    assert "1 decision by RK stood in the journal" in open_for(folder).told[0]


def decide_all(run, *rejected: str) -> None:
    while name := run.review.claim_id:
        press(run.review, "reject" if name in rejected else "accept")


def test_a_second_reviewer_sees_the_proposals_and_not_what_the_first_decided(folder):
    first = open_for(folder)
    press(first.review, "set", chip="p", typed="Olmir")
    press(first.review, "save")
    start = first.review.table.texts["02_olmir_falls"].index("stood under the walls")
    press(first.review, "mark", doc_id="02_olmir_falls", start=start, end=start + 29)
    press(first.review, "set", chip="m", typed="entered")
    press(first.review, "save")
    assert first.review.told[0] == "done"
    second = open_for(folder, reviewer="SM", second=True)
    proposed = load_table(folder / "proposals.merged.csv", ["claim_id"])
    seen = load_table(folder / "second_review.csv", ["claim_id"])
    assert seen[list(proposed)].to_dict("records") == proposed.to_dict("records")
    claims = (folder / "claims.csv").read_bytes()
    decide_all(second)
    assert (folder / "claims.csv").read_bytes() == claims
    assert {decision.who for decision in load_decisions(folder)} == {"RK"}
    assert {decision.who for decision in load_decisions(folder, "second_review.csv")} == {"SM"}


def test_two_reviewers_are_compared_question_by_question(folder):
    first, second = open_for(folder), open_for(folder, reviewer="SM", second=True)
    press(first.review, "set", chip="p", typed="Olmir")
    press(first.review, "save")
    decide_all(first, "03_the_port-p004")
    decide_all(second)
    told = first.agreement
    assert list(told.loc["kept or rejected", ["rows", "agree"]]) == [14, 13]
    assert list(told.loc["place", ["rows", "agree"]]) == [13, 12]
    assert list(told.loc["days", ["rows", "agree"]]) == [13, 13]
    assert list(told.loc["the whole row", ["rows", "agree"]]) == [13, 12]
    assert set(first.apart.index) == {"01_first_day-p006", "03_the_port-p004"}
    assert first.apart.loc["01_first_day-p006", "first"] == "place: olmir"


def test_claims_that_only_one_of_two_decided_are_not_compared(folder):
    first, second = open_for(folder), open_for(folder, reviewer="SM", second=True)
    press(first.review, "accept")
    press(second.review, "next")
    press(second.review, "accept")
    assert first.agreement.loc["kept or rejected", "rows"] == 0


def test_who_decided_how_much_is_said(folder):
    run = open_for(folder)
    press(run.review, "accept")
    press(run.review, "reject")
    other = open_for(folder, reviewer="SM")
    press(other.review, "set", chip="p", typed="Veshka")
    press(other.review, "save")
    [said] = run.decided
    assert said == (
        "1 accepted, 1 corrected and 1 rejected by 2 reviewers, 11 not checked by a person"
    )
    press(other.review, "undo")
    assert run.decided == ["1 accepted and 1 rejected by 1 reviewer, 12 not checked by a person"]


def test_rows_coded_by_hand_name_nobody():
    assert say_reviewed(count_reviewed(["accepted"] * 3, [])) == "3 accepted by a person"


def test_nobody_agrees_without_rows():
    table = load_table(REPOSITORY / "seeds" / "claims.csv", []).head(0)
    assert compare_reviewers(table, table)["rows"].tolist() == [0] * 7
