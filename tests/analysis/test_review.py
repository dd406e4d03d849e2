"""Who decided: what figures and notebooks say of it, and figures of reviewed rows alone."""

import pytest

from helpers.analysis.proposing import open_proposing
from helpers.analysis.review import describe_review
from helpers.claims.decisions.reviewed import list_verdicts
from helpers.claims.matching import compare_claims, list_unmatched
from helpers.claims.proposals import load_proposals
from helpers.schema.csv_files import load_table
from tests.claims.storm import TYPES, copy_proposed, open_table
from tests.claims.test_deciding import FIRST, SECOND, THIRD, accept
from tests.conftest import make_study


@pytest.fixture
def folder(tmp_path):
    return copy_proposed(tmp_path / "veshka")


def describe(folder, **parameters) -> str:
    study = make_study(corpus=str(folder), **parameters)
    return describe_review(study, study.all_claims)


def test_where_nobody_decided_no_reviewer_is_named(folder):
    assert describe(folder) == "14 of 14 proposed by rule, not reviewed"


def test_what_was_decided_is_counted_by_kind_and_reviewer(folder):
    accept(open_table(folder), FIRST)
    accept(open_table(folder, reviewer="SM"), SECOND, what="corrected", note="x")
    accept(open_table(folder, reviewer="SM"), THIRD, what="rejected")
    assert describe(folder) == (
        "11 of 13 proposed by rule, not reviewed; "
        "1 accepted and 1 corrected by 2 reviewers, 1 rejected"
    )


def test_a_decision_taken_back_counts_for_nobody(folder):
    table = open_table(folder)
    accept(table, FIRST)
    accept(table, SECOND, what="rejected")
    table.undo()
    table.undo()
    assert list_verdicts(table.journal.decisions) == {}
    assert describe(folder) == "14 of 14 proposed by rule, not reviewed"


def test_when_all_is_decided_the_reviewers_are_counted(folder):
    table = open_table(folder)
    accept(table, *list(table.rows)[:-1])
    accept(table, list(table.rows)[-1], what="rejected")
    assert describe(folder) == (
        "every claim accepted by 1 reviewer, 1 rejected, every claim checked against its text"
    )


def test_figures_of_reviewed_rows_alone(folder):
    accept(open_table(folder), FIRST, SECOND)
    accept(open_table(folder), THIRD, what="rejected")
    study = make_study(corpus=str(folder), reviewed=True)
    assert sorted(study.all_claims["claim_id"]) == [FIRST, SECOND]
    assert study.figures.name.endswith("_reviewed")
    assert "(what a person has reviewed)" in repr(study)
    assert describe_review(study, study.all_claims).startswith("every claim accepted by 1 reviewer")


def test_a_merge_that_nobody_reviewed_is_not_what_people_coded(folder):
    asked = {"corpus": str(folder), "country": "", "published": "", "write": False, "merge": False}
    run = open_proposing({"__annotations__": TYPES, **asked})
    assert run.compare().empty
    assert run.list_unmatched().empty
    accept(open_table(folder), FIRST)
    again = open_proposing({"__annotations__": TYPES, **asked})
    assert again.compare().loc["pace", ["coded", "proposed", "both"]].tolist() == [1, 1, 1]


def test_proposals_are_compared_with_what_people_decided_only(folder):
    accept(open_table(folder), SECOND)
    accept(open_table(folder), THIRD, what="rejected")
    coded, proposals = load_table(folder / "claims.csv", []), load_proposals(folder)
    told = compare_claims(coded, proposals).set_index("topic")
    assert told.loc["casualties", ["coded", "proposed", "both"]].tolist() == [1, 2, 1]
    assert told.loc["pace", ["coded", "proposed", "both"]].tolist() == [0, 0, 0]
    assert list(list_unmatched(coded, proposals).index) == [THIRD]
