"""Disagreements: readings of one question, each at its place in a text; and what each finding rests
on."""

import pandas as pd
import pytest

from helpers.analysis.disagreements import (
    find_claims_of,
    load_disagreements,
)
from helpers.analysis.findings import list_findings
from helpers.corpus.documents import load_corpus
from helpers.corpus.folders import REPOSITORY
from helpers.schema.columns import TABLES
from helpers.schema.csv_files import load_table
from helpers.schema.errors import CorpusError
from tests.analysis.made import make_claims, make_places


@pytest.fixture(scope="session")
def readings(study):
    return load_disagreements(REPOSITORY / "seeds", study.documents)


def edit_readings(folder, row, /, **cells):
    table = load_table(folder / "disagreements.csv", TABLES["disagreements"].names)
    for column, value in cells.items():
        table.loc[row, column] = value
    table.to_csv(folder / "disagreements.csv", index=False)


def refuse(folder) -> list[str]:
    with pytest.raises(CorpusError) as caught:
        load_disagreements(folder, load_corpus(folder))
    return [line.strip() for line in str(caught.value).splitlines()][1:]


def pick(claims, *ids, **changes) -> pd.DataFrame:
    return (
        claims.set_index("claim_id", drop=False)
        .loc[list(ids)]
        .reset_index(drop=True)
        .assign(**changes)
    )


def test_there_are_120_readings_of_30_questions(readings):
    assert (len(readings), readings["question_id"].nunique()) == (120, 30)


def test_every_reading_is_the_slice_of_its_text(readings, study):
    texts = dict(zip(study.documents["doc_id"], study.documents["text"]))
    assert [texts[row.doc_id][row.start : row.end] for row in readings.itertuples()] == list(
        readings["exact"]
    )


def test_every_question_has_two_readings_or_more(readings):
    assert readings["question_id"].value_counts().min() == 2


def test_a_question_is_worded_and_placed_the_same_in_all_its_rows(readings):
    assert (readings.groupby("question_id")[["question", "topic"]].nunique() == 1).all(axis=None)


def test_every_reading_is_explained(readings):
    assert (
        set(readings["explanation"])
        == {"time of writing", "scope", "wording", "parties", "open"}
        == set(TABLES["disagreements"]["explanation"].allowed)
    )
    assert (readings["why"] != "").all()


def test_a_reading_that_is_a_number_has_its_bounds_as_numbers(readings):
    row = readings[readings["exact"].str.startswith("nearly 400,000")].iloc[0]
    assert (pd.isna(row["low"]), row["high"], row["unit"]) == (True, 400_000, "person")


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (
            {"start": "3215", "end": "3251"},
            (
                'the text of 002 at 3215–3251 reads "isplaced large numbers of civilians ", '
                'not "displaced large '
            ),
        ),
        (
            {"exact": "displaced many"},
            (
                'the text of 002 at 3214–3250 reads "displaced large numbers of civilians", '
                'not "displaced many"'
            ),
        ),
        ({"end": "soon"}, "start or end is no whole number"),
        (
            {"doc_id": "009"},
            'doc_id "009" is no document here; the documents are 000, 001, 002, 003, 004',
        ),
        (
            {"explanation": "bias"},
            'explanation reads "bias"; write one of time of writing, scope, wording, parties, open',
        ),
        (
            {"topic": "weather"},
            'topic reads "weather"; write one of displacement, casualties, pace, other',
        ),
    ],
)
def test_a_faulty_reading_is_refused_with_what_stands_there(corpus, cells, fault):
    edit_readings(corpus, 0, **cells)
    faults = refuse(corpus)
    assert len(faults) == 1
    assert faults[0].startswith(f"disagreements.csv row 2: {fault}")


def test_faults_of_several_readings_are_named_at_once(corpus):
    edit_readings(corpus, 0, explanation="bias", topic="weather")
    edit_readings(corpus, 1, doc_id="009")
    assert [fault.split(":")[0] for fault in refuse(corpus)] == ["disagreements.csv row 2"] * 2 + [
        "disagreements.csv row 3"
    ]


def test_a_question_with_one_reading_is_no_disagreement(corpus):
    edit_readings(corpus, 0, question_id="d99")
    assert refuse(corpus) == ["d99 has one reading only; a disagreement takes two"]


def test_document_ids_without_their_zeros_are_forgiven(corpus):
    edit_readings(corpus, 0, doc_id="2")
    assert load_disagreements(corpus, load_corpus(corpus)).loc[0, "doc_id"] == "002"


def test_a_missing_column_is_named(corpus):
    load_table(corpus / "disagreements.csv", []).drop(columns="why").to_csv(
        corpus / "disagreements.csv", index=False
    )
    with pytest.raises(CorpusError, match="^disagreements.csv lacks the column why; add it"):
        load_disagreements(corpus, load_corpus(corpus))


def test_a_corpus_without_disagreements_csv_has_none(corpus):
    (corpus / "disagreements.csv").unlink()
    assert load_disagreements(corpus, load_corpus(corpus)).empty


@pytest.mark.parametrize(
    ("doc_id", "start", "end", "ids"),
    [
        ("003", 2289, 2334, ["003-011"]),
        ("004", 27459, 27486, ["004-078", "004-079"]),
        ("004", 27458, 27459, []),  # ends where the claims begin
        ("004", 27511, 27520, []),  # begins where they end
        ("001", 27459, 27486, []),  # another text
    ],
)
def test_the_claims_of_a_reading_are_those_that_share_words_with_it(
    claims, doc_id, start, end, ids
):
    (reading,) = pd.DataFrame({"doc_id": [doc_id], "start": [start], "end": [end]}).itertuples()
    assert find_claims_of(reading, claims) == ids


def test_findings_come_topic_by_topic(claims, study):
    assert (
        list_findings(claims, study.places)["topic"].tolist()
        == ["displacement"] * 9 + ["casualties"] * 12 + ["pace"] * 23
    )


def test_a_finding_of_one_text_falls_without_it(claims, study):
    (row,) = list_findings(pick(claims, "003-011"), study.places).to_dict("records")
    assert row == {
        "topic": "displacement",
        "finding": (
            "“nearly 400,000” newly displaced “within a week” · Syria · within 27 Nov to 7 Dec 2024"
        ),
        "claims": ["003-011"],
        "documents": ["003"],
        "sources": {"UN": ["003-011"]},
        "denied": {},
        "falls_without": "003",
    }


def test_two_numbers_for_one_place_are_two_findings(claims, study):
    findings = list_findings(pick(claims, "001-017", "004-080"), study.places)
    assert findings["falls_without"].tolist() == ["001", "004"]


def test_one_number_of_two_texts_stands_without_either():
    row = {"measure": "killed", "place": "odra", "days": "2031-03-03", "date_kind": "period"}
    told = make_claims({**row, "people": 12}, {**row, "people": 12, "quantifier": "about"})
    (finding,) = list_findings(told, make_places(("odra", 13.0, 30.0))).to_dict("records")
    assert (finding["documents"], finding["falls_without"]) == (["001", "002"], "")


def test_a_town_taken_twice_is_two_findings():
    taken = {"place": "odra", "actor": "Front"}
    told = make_claims({**taken, "days": "2031-03-03"}, {**taken, "days": "2031-03-09"})
    findings = list_findings(told, make_places(("odra", 13.0, 30.0)))
    assert findings["finding"].tolist() == [
        "Odra captured by Front · 3 Mar 2031",
        "Odra captured by Front · 9 Mar 2031",
    ]


def test_a_capture_is_a_finding(claims, study):
    (row,) = list_findings(pick(claims, "001-012", "004-005"), study.places).to_dict("records")
    assert (row["topic"], row["finding"]) == (
        "pace",
        "Hama captured by HTS coalition · 5 Dec 2024",
    )
    assert (row["claims"], row["documents"]) == (["001-012", "004-005"], ["001", "004"])


@pytest.mark.parametrize(
    ("ids", "finding"),
    [
        (
            ["001-025"],
            "Homs captured by HTS coalition (claimed by HTS) · 7–8 Dec 2024",
        ),
        (["001-018", "001-025"], "Homs captured by HTS coalition · 7–8 Dec 2024"),
        (["004-040"], "last ground of army and militias in Aleppo captured by SDF · 30 Nov 2024"),
        (
            ["002-015"],
            "“more than 200” killed (claimed by Syrian state media) · Syria · 29 Nov 2024",
        ),
        (["004-079"], "“176” killed · civilians · Syria · Nov 2024"),
        (
            ["004-011"],
            "“at least one” killed · combatants of Russia · Syria · a day in 27 Nov to 6 Dec 2024",
        ),
        (
            ["002-010"],
            (
                "“more than half” of the city of Aleppo held by HTS coalition · Aleppo · a "
                "day in 29 Nov to 1 Dec 2024"
            ),
        ),
        (["004-067"], "“two” counter-offensives by government · Syria · 27 Nov to 6 Dec 2024"),
        (["004-066"], "“four” killed · Jinderes · undated"),
        (
            ["001-028"],
            (
                "“three” settlements captured by HTS coalition within 1 day · Syria · within "
                "6–8 Dec 2024"
            ),
        ),
    ],
)
def test_a_finding_says_no_more_than_its_claims(claims, study, ids, finding):
    assert list(list_findings(pick(claims, *ids), study.places)["finding"]) == [finding]


def test_a_denial_is_not_behind_what_it_denies(claims, study):
    (row,) = list_findings(pick(claims, "001-018", "001-024"), study.places).to_dict("records")
    assert row["claims"] == ["001-018", "001-024"]
    assert row["sources"] == {"text 001": ["001-018"]}
    assert row["denied"] == {"government": ["001-024"]}


def test_a_denied_figure_is_a_finding_that_says_so(claims, study):
    denied = pick(claims, "002-015").assign(assertion="denied", source_original="government")
    (row,) = list_findings(denied, study.places).to_dict("records")
    assert "killed (denied by government)" in row["finding"]
    assert (row["sources"], row["denied"]) == ({}, {"government": ["002-015"]})


def test_what_is_expected_is_no_finding(claims, study):
    assert list_findings(pick(claims, "002-015").assign(assertion="expected"), study.places).empty


def test_no_finding_invents_a_place_for_who_withdrew_from_none(claims, study):
    assert list_findings(pick(claims, "003-012"), study.places).empty


def test_counts_of_periods_that_hardly_meet_are_two_findings(claims, study):
    findings = list_findings(pick(claims, "001-028", "004-001"), study.places)
    assert list(findings["claims"]) == [["001-028"], ["004-001"]]


@pytest.mark.parametrize("claim", ["004-036", "001-003", "001-019", "001-010", "000-001"])
def test_vague_figures_durations_and_distances_are_no_findings(claims, study, claim):
    assert list_findings(pick(claims, claim), study.places).empty


def test_listing_findings_changes_nothing(claims, study):
    before = claims.copy(deep=True)
    list_findings(claims, study.places)
    pd.testing.assert_frame_equal(claims, before)
