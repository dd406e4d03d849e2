"""Claims that nobody has reviewed: proposed, written, merged into claims.csv, and drawn as what
they are."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from matplotlib.text import Text

from helpers.charts import FIGURES, draw_figure
from helpers.claims.checks import find_precision
from helpers.claims.gate import check_claims
from helpers.claims.matching import compare_claims, is_same, list_unmatched
from helpers.claims.merge import merge_proposals
from helpers.claims.proposals import (
    describe_proposals,
    list_doubts,
    load_coded,
    load_proposals,
    save_claims,
    save_places,
    save_proposals,
)
from helpers.corpus.documents import date_documents, load_corpus, sum_corpus
from helpers.corpus.folders import REPOSITORY, is_guarded
from helpers.corpus.places import load_places
from helpers.publish.notebook.display import show_proposals
from helpers.run.notebooks import list_notebooks, list_parameters, run_notebooks
from helpers.schema.columns import CLAIM_COLUMNS, PROPOSAL_COLUMNS
from helpers.schema.csv_files import load_table, python_strings
from helpers.schema.errors import ClaimsError, CorpusError
from helpers.schema.quantity import read_number
from tests.conftest import PATIENCE, SEEDS, make_study

SAMPLES = REPOSITORY / "tests" / "samples"
FIRST, SECOND, THIRD = "01_first_day", "02_olmir_falls", "03_the_port"
COUNTED = [  # text, quote, its number, topic, measure, affected, days
    (
        FIRST,
        "At least 22 civilians were killed",
        "At least 22",
        "casualties",
        "killed",
        "civilian",
        "2031-03-03",
    ),
    (FIRST, "60 people were hurt", "60", "casualties", "injured", "unknown", "2031-03-03"),
    (
        FIRST,
        "More than 9,000 people fled towards Olmir",
        "More than 9,000",
        "displacement",
        "new_displacement",
        "",
        "2031-03-03",
    ),
    (
        SECOND,
        "Between 10,000 and 40,000 people have been displaced",
        "Between 10,000 and 40,000",
        "displacement",
        "new_displacement",
        "",
        "2031-03-03/2031-03-06",
    ),
    (SECOND, "Dozens of soldiers were killed", "Dozens", "casualties", "killed", "combatant", ""),
    (
        THIRD,
        "3,500 people died",
        "3,500",
        "casualties",
        "killed",
        "unknown",
        "2019-01-01/2019-12-31",
    ),
]
EVENTS = [  # text, quote, measure, place, day
    (FIRST, "captured Veshka", "captured", "veshka", "2031-03-03"),
    (SECOND, "took control of Olmir", "captured", "olmir", "2031-03-06"),
    (SECOND, "stood under the walls of Sarn", "reached", "sarn", "2031-03-06"),
    (THIRD, "Port Adral fell", "captured", "port_adral", "2031-03-09"),
]


def date_row(days: str, kind: str) -> dict:
    first, _, last = days.partition("/")
    dated = (
        {
            "date_kind": kind,
            "date_start": first,
            "date_end": last or first,
            "date_basis": "inferred",
        }
        if days
        else {}
    )
    return dated | {"date_prec": find_precision(first or None, last or first or None)}


@python_strings
def propose_by_hand(documents: pd.DataFrame, counted=COUNTED, events=EVENTS) -> pd.DataFrame:
    """A table of proposals as the extractor writes it, from quotes; in reading order, numbered by
    text."""
    texts, rows = dict(zip(documents["doc_id"], documents["text"])), []
    common = {
        "assertion": "reported",
        "scope": "offensive",
        "review": "proposed",
        "rule": "by hand",
    }
    for doc_id, exact, number, topic, measure, affected, days in counted:
        start = texts[doc_id].index(exact)
        values = ["" if value is None else f"{value:.15g}" for value in read_number(number)[:3]]
        rows.append(
            common
            | dict(zip(("low", "best", "high"), values))
            | date_row(days, "period")
            | {
                "doc_id": doc_id,
                "start": start,
                "exact": exact,
                "number": number,
                "number_start": str(start + exact.index(number)),
                "topic": topic,
                "measure": measure,
                "quantifier": read_number(number).quantifier,
                "unit": "person",
                "affected": affected,
                "scope": "war" if "2019" in days else "offensive",
            }
        )
    for doc_id, exact, measure, place, day in events:
        rows.append(
            common
            | date_row(day, "point")
            | {
                "doc_id": doc_id,
                "start": texts[doc_id].index(exact),
                "exact": exact,
                "topic": "pace",
                "measure": measure,
                "unit": "event",
                "place": place,
                "place_prec": "1",
            }
        )
    table = pd.DataFrame(rows, columns=PROPOSAL_COLUMNS).sort_values(
        ["doc_id", "start"], ignore_index=True
    )
    table["end"] = table["start"] + table["exact"].str.len()
    table["claim_id"] = [
        f"{doc_id}-p{number + 1:03d}"
        for doc_id, number in zip(table["doc_id"], table.groupby("doc_id").cumcount())
    ]
    return table.astype(object).fillna("").astype(str)


@pytest.fixture
def veshka(tmp_path) -> Path:
    """Three texts about an invented offensive, and nothing else."""
    return Path(shutil.copytree(SAMPLES / "veshka", tmp_path / "veshka"))


@pytest.fixture
def documents(veshka) -> pd.DataFrame:
    return load_corpus(veshka)


@pytest.fixture
def proposals(documents) -> pd.DataFrame:
    return propose_by_hand(documents)


def review(table: pd.DataFrame, number: str, verdict: str, **cells) -> pd.DataFrame:
    """The table after a person looked at the claim with these words (of the number, else the
    quote)."""
    table = table.copy()
    row = (table["number"] == number) | (table["exact"] == number)
    assert row.sum() == 1
    for name, cell in {"review": verdict, **cells}.items():
        table.loc[row, name] = cell
    return table


def words(table: pd.DataFrame) -> list[str]:
    return [row.number or row.exact for row in table.itertuples()]


def find_id(table: pd.DataFrame, number: str) -> str:
    return table[(table["number"] == number) | (table["exact"] == number)]["claim_id"].iloc[0]


def test_the_proposals_of_these_tests_stand_in_their_texts(proposals, documents, veshka):
    assert len(check_claims(proposals, documents, load_places(veshka))) == len(COUNTED) + len(
        EVENTS
    )


# --- the merge -----------------------------------------------------------------------------------


@python_strings
def merge_empty(proposals):
    return merge_proposals(pd.DataFrame(columns=PROPOSAL_COLUMNS, dtype=str), proposals)


def test_where_nobody_coded_every_proposal_is_added(proposals):
    table, merge = merge_empty(proposals)
    pd.testing.assert_frame_equal(table, proposals)
    assert merge.added == list(proposals["claim_id"])
    assert (merge.left, merge.dropped, merge.unchanged, merge.decided) == ([], [], [], 0)


def test_merging_again_changes_nothing(proposals):
    first, _ = merge_empty(proposals)
    second, merge = merge_proposals(first, proposals, proposals)
    pd.testing.assert_frame_equal(second, first)
    assert merge.unchanged == list(first["claim_id"])
    assert not (merge.changes)
    assert not (merge.edited)


def test_a_merge_changes_neither_of_its_tables(proposals):
    claims = review(proposals, "60", "rejected")
    before = claims.copy(), proposals.copy()
    merge_proposals(claims, proposals.iloc[2:])
    pd.testing.assert_frame_equal(claims, before[0])
    pd.testing.assert_frame_equal(proposals, before[1])


@pytest.mark.parametrize("verdict", ["accepted", "corrected", "rejected"])
def test_a_row_a_person_decided_stays_as_it_is(proposals, verdict):
    claims = (
        review(proposals, "60", verdict, note='seen; see p. 3, "hospital"', place="veshka")
        .iloc[::-1]
        .reset_index(drop=True)
    )
    table, merge = merge_proposals(claims, proposals)
    pd.testing.assert_frame_equal(table, claims)
    assert merge.decided == 1
    assert merge.left == [f"“60” in {FIRST}, {verdict} as {find_id(claims, '60')}"]


@pytest.mark.parametrize("verdict", ["accepted", "corrected", "rejected"])
@pytest.mark.parametrize(
    ("quote", "number"),
    [
        ("60 people were hurt, the city hospital said", "60"),
        ("and 60 people were hurt", "60"),
        ("60 people", "60"),
    ],
)
def test_a_claim_a_person_decided_does_not_come_back_where_its_quote_moved(
    proposals, documents, verdict, quote, number
):
    claims = review(proposals, "60", verdict)
    moved = [row if row[2] != "60" else (FIRST, quote, number, *row[3:]) for row in COUNTED]
    table, merge = merge_proposals(claims, propose_by_hand(documents, moved))
    assert len(table) == len(claims)
    assert not merge.added
    assert len(merge.left) == 1


def test_a_rejected_event_does_not_come_back_where_its_quote_moved(proposals, documents):
    claims = review(proposals, "captured Veshka", "rejected")
    moved = [
        row
        if row[3] != "veshka"
        else (FIRST, "Fighters of the Northern Front captured Veshka on Monday", *row[2:])
        for row in EVENTS
    ]
    table, merge = merge_proposals(claims, propose_by_hand(documents, events=moved))
    assert len(table) == len(claims)
    assert not merge.added


def test_a_rejected_measure_does_not_forbid_another_reading_of_the_number(proposals, documents):
    claims = review(proposals, "60", "rejected")
    other = [row if row[2] != "60" else (*row[:4], "killed", *row[5:]) for row in COUNTED]
    table, merge = merge_proposals(claims, propose_by_hand(documents, other))
    assert len(merge.added) == 1
    assert (table["number"] == "60").sum() == 2


@pytest.mark.parametrize(
    "cells",
    [
        {"measure": "killed"},
        {"topic": "displacement", "measure": "idps"},
        {"exact": "60 people", "end": None},
        {"place": "olmir"},
        {"date_start": "2031-03-02"},
    ],
)
def test_a_corrected_number_does_not_come_back_in_its_old_form(proposals, cells):
    if "end" in cells:
        cells = cells | {
            "end": str(
                int(proposals.loc[proposals["number"] == "60", "start"].iloc[0]) + len("60 people")
            )
        }
    claims = review(proposals, "60", "corrected", **cells)
    table, merge = merge_proposals(claims, proposals)
    pd.testing.assert_frame_equal(table, claims)
    assert not merge.added


@pytest.mark.parametrize(
    "cells", [{"place": "olmir"}, {"measure": "entered"}, {"date_end": "2031-03-04"}]
)
def test_a_corrected_event_does_not_come_back_in_its_old_form(proposals, cells):
    claims = review(proposals, "captured Veshka", "corrected", **cells)
    table, merge = merge_proposals(claims, proposals)
    pd.testing.assert_frame_equal(table, claims)
    assert not merge.added


def test_a_corrected_event_of_a_list_takes_only_its_own_place_along(proposals, documents):
    """Three places in one quote are three claims: correcting one decides on no other."""
    quote = "took control of Olmir on Thursday and stood under the walls of Sarn"
    listed = [
        (SECOND, quote, "captured", place, "2031-03-06") for place in ("olmir", "sarn", "veshka")
    ]
    found = propose_by_hand(documents, [], listed)
    claims = found[found["place"] != "veshka"].reset_index(drop=True)
    claims.loc[claims["place"] == "olmir", ["review", "note"]] = ["corrected", "the day is another"]
    table, merge = merge_proposals(claims, found)
    assert sorted(table["place"]) == ["olmir", "sarn", "veshka"]
    assert len(merge.added) == 1
    assert len(merge.left) == 1
    assert len(merge.unchanged) == 1


def test_a_row_coded_by_hand_is_left_and_not_doubled(proposals):
    claims = review(
        proposals, "More than 9,000", "accepted", claim_id=f"{FIRST}-001", measure="forced_to_flee"
    )[CLAIM_COLUMNS]
    claims = claims[claims["review"] == "accepted"].reset_index(drop=True)
    table, merge = merge_proposals(claims, proposals)
    assert list(table["claim_id"])[0] == f"{FIRST}-001"
    assert len(table) == len(proposals)
    assert list(table.columns) == PROPOSAL_COLUMNS
    assert table["rule"][0] == ""
    assert len(merge.left) == 1


def test_what_is_no_longer_proposed_is_dropped_and_said(proposals):
    fewer = proposals[proposals["number"] != "60"]
    table, merge = merge_proposals(proposals, fewer, proposals)
    assert "60" not in words(table)
    assert merge.dropped == [find_id(proposals, "60")]


def test_a_decided_row_is_never_dropped(proposals):
    claims = review(proposals, "60", "accepted")
    table, merge = merge_proposals(claims, proposals[proposals["number"] != "60"])
    pd.testing.assert_frame_equal(table, claims)
    assert merge.dropped == []


def test_an_unchanged_proposal_keeps_its_id_whatever_its_number_in_a_new_run(proposals):
    later = proposals.iloc[1:].reset_index(drop=True)
    later = later.assign(
        claim_id=[
            f"{doc_id}-p{number + 1:03d}"
            for doc_id, number in zip(later["doc_id"], later.groupby("doc_id").cumcount())
        ]
    )
    table, merge = merge_proposals(proposals, later, proposals)
    assert list(table["claim_id"]) == list(proposals["claim_id"])[1:]
    assert merge.dropped == list(proposals["claim_id"])[:1]
    assert not merge.added
    assert not merge.updated


def test_a_new_claim_takes_no_id_that_was_ever_in_the_table(proposals):
    fewer = proposals[~proposals["number"].isin(["60", "More than 9,000"])]
    claims, _ = merge_empty(fewer)
    dropped = claims["claim_id"][(claims["doc_id"] == FIRST)].iloc[-1]
    claims = review(claims, "At least 22", "accepted", same_as=f"{FIRST}-p007")
    table, merge = merge_proposals(claims, proposals[proposals["exact"] != "captured Veshka"])
    assert dropped in set(claims["claim_id"])
    assert merge.added == [f"{FIRST}-p008", f"{FIRST}-p009"]
    assert table["claim_id"].is_unique


def test_a_proposal_in_other_words_keeps_its_id_and_is_said(proposals, documents):
    dated = [row if row[2] != "Dozens" else (*row[:6], "2031-03-06") for row in COUNTED]
    table, merge = merge_proposals(proposals, propose_by_hand(documents, dated), proposals)
    assert merge.updated == [find_id(proposals, "Dozens")]
    assert table.set_index("claim_id").loc[merge.updated[0], "date_start"] == "2031-03-06"


def test_a_row_edited_but_still_marked_as_proposed_is_kept_and_said(proposals):
    """Whoever forgets the review column loses no work."""
    claims = review(proposals, "60", "proposed", note="see the hospital's list")
    for later in (proposals, proposals[proposals["number"] != "60"]):
        table, merge = merge_proposals(claims, later, before=proposals)
        pd.testing.assert_frame_equal(table, claims)
        assert merge.edited == [find_id(claims, "60")]
        assert "set their review" in repr(merge)


def test_a_proposal_that_a_decided_row_names_is_kept(proposals):
    whole = find_id(proposals, "60")
    claims = review(proposals, "At least 22", "corrected", part_of=whole)
    table, merge = merge_proposals(claims, proposals[proposals["number"] != "60"], proposals)
    assert merge.held == [whole]
    assert "60" in words(table)


def test_links_between_proposals_lead_to_the_ids_of_the_table(proposals):
    linked = proposals.copy()
    linked.loc[linked["number"] == "60", "same_as"] = find_id(proposals, "At least 22")
    linked.loc[linked["number"] == "Dozens", "part_of"] = find_id(
        proposals, "Between 10,000 and 40,000"
    )
    claims = review(proposals, "At least 22", "accepted", claim_id=f"{FIRST}-001")
    claims = claims[claims["review"] == "accepted"].reset_index(drop=True)
    claims = pd.concat(
        [
            claims,
            review(proposals, "Between 10,000 and 40,000", "rejected").query(
                "review == 'rejected'"
            ),
        ],
        ignore_index=True,
    )
    table, _ = merge_proposals(claims, linked)
    cells = table.set_index("number")
    assert cells.loc["60", "same_as"] == f"{FIRST}-001"
    assert cells.loc["Dozens", "part_of"] == "", "a link to a rejected claim is cut"


def test_columns_of_a_person_are_kept(proposals):
    claims = proposals.assign(reader="A. N.")[["reader", *reversed(PROPOSAL_COLUMNS)]]
    table, _ = merge_proposals(claims[claims["number"] != "60"], proposals)
    assert list(table.columns) == list(claims.columns)
    assert list(table["reader"]) == ["A. N."] * (len(claims) - 1) + [""]


def test_ids_that_a_spreadsheet_shortened_are_recognised(documents, proposals):
    short = proposals.assign(
        doc_id=proposals["doc_id"].replace(FIRST, "004"),
        claim_id=proposals["claim_id"].str.replace(FIRST, "004"),
    )
    claims = short.assign(
        doc_id=short["doc_id"].replace("004", "4"), best=short["best"].replace("22", "22.0")
    )
    _, merge = merge_proposals(claims, short)
    assert len(merge.unchanged) == len(short)


def test_the_merge_says_what_it_did(proposals):
    claims = review(proposals, "60", "rejected")
    _, merge = merge_proposals(
        claims[claims["number"] != "Dozens"], proposals[proposals["number"] != "3,500"], proposals
    )
    said = merge._repr_markdown_()
    assert "**1** rows that people accepted, corrected or rejected: as they were" in said
    assert (
        "**1** left out, because people have decided on them: “60” in 01_first_day, "
        "rejected as 01_first_day-p003"
    ) in said
    assert f"**1** dropped, no longer proposed: {find_id(proposals, '3,500')}" in said
    assert "**" not in repr(merge)


def test_two_claims_are_the_same_only_in_one_text_and_one_measure(proposals):
    rows = proposals.to_dict("records")
    assert [
        [is_same(a, b) for b in rows if a["doc_id"] == b["doc_id"]].count(True) for a in rows
    ] == [1] * len(rows)


def test_proposals_are_compared_with_what_people_coded(proposals):
    coded = review(proposals[proposals["number"] != "Dozens"], "60", "rejected").assign(
        review=lambda table: table["review"].replace("proposed", "accepted")
    )
    table = compare_claims(coded, proposals).set_index("topic")
    assert list(table.loc["casualties", ["coded", "proposed", "both"]]) == [2, 4, 2]
    assert list(table.loc["pace", ["precision", "recall"]]) == [1.0, 1.0]
    apart = list_unmatched(coded, proposals)
    assert sorted(apart["number"]) == ["60", "Dozens"]
    assert set(apart["side"]) == {"rule only"}


# --- what is written -----------------------------------------------------------------------------


def test_proposals_are_written_and_read_again(veshka, proposals):
    save_proposals(proposals, veshka)
    pd.testing.assert_frame_equal(load_proposals(veshka).drop(columns="agreement"), proposals)
    assert [file.name for file in veshka.glob("*.part")] == []


def test_a_corpus_without_the_files_has_empty_tables(veshka, documents):
    assert load_proposals(veshka).empty
    assert load_coded(veshka, documents, load_places(veshka)).empty


def test_proposals_that_bear_a_review_are_not_overwritten(veshka, proposals):
    save_proposals(review(proposals, "60", "rejected"), veshka)
    with pytest.raises(
        CorpusError,
        match=(
            "1 of 10 rows bear a review, and this file is written anew at each run. Rename it "
            "to claims.csv"
        ),
    ):
        save_proposals(proposals, veshka)
    save_claims(proposals, veshka)
    with pytest.raises(CorpusError, match="Copy those rows into claims.csv"):
        save_proposals(proposals, veshka)


@pytest.mark.parametrize(
    ("separator", "ending", "mark", "remark"),
    [(",", "\n", "", ""), (";", "\r\n", "\ufeff", ""), ("\t", "\n", "", "# coded in May\n")],
)
def test_claims_keep_the_form_that_a_person_gave_the_file(
    veshka, proposals, separator, ending, mark, remark
):
    claims = proposals.assign(reader="Å", low=proposals["low"].replace("60", "60.5"))[
        ["reader", *PROPOSAL_COLUMNS]
    ]
    commas = claims.assign(low=claims["low"].str.replace(".", ",")) if separator == ";" else claims
    table = mark + remark + commas.to_csv(index=False, sep=separator, lineterminator=ending)
    (veshka / "claims.csv").write_bytes(table.encode())
    save_claims(load_table(veshka / "claims.csv", CLAIM_COLUMNS), veshka)
    assert (veshka / "claims.csv").read_bytes().decode() == table


def test_a_quote_with_line_ends_of_any_kind_survives(veshka, proposals):
    table = proposals.assign(
        exact=['one\r\ntwo "three"', "four\rfive", "six\nseven", *proposals["exact"][3:]]
    )
    save_claims(table, veshka)
    assert list(load_table(veshka / "claims.csv", CLAIM_COLUMNS)["exact"]) == list(table["exact"])


def test_claims_that_would_not_stand_are_not_written(veshka, documents, proposals):
    save_claims(proposals, veshka, documents)
    before = (veshka / "claims.csv").read_bytes()
    with pytest.raises(ClaimsError, match="61/60/60 is not low ≤ best ≤ high"):
        save_claims(review(proposals, "60", "corrected", low="61"), veshka, documents)
    assert (veshka / "claims.csv").read_bytes() == before


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_folder_that_cannot_be_written_is_said(veshka, proposals):
    veshka.chmod(0o500)
    with pytest.raises(CorpusError, match="cannot be written"):
        save_proposals(proposals, veshka)
    veshka.chmod(0o700)


def test_a_file_that_cannot_be_replaced_is_said_and_stays_as_it_was(veshka, proposals, monkeypatch):
    save_claims(proposals, veshka)
    before = sorted((file.name, file.read_bytes()) for file in veshka.iterdir())
    monkeypatch.setattr(
        os, "replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Permission denied"))
    )
    with pytest.raises(
        CorpusError, match=r"claims.csv cannot be written \(Permission denied\); it is as it was"
    ):
        save_claims(proposals.head(1), veshka)
    assert sorted((file.name, file.read_bytes()) for file in veshka.iterdir()) == before


def make_places(*keys: str) -> pd.DataFrame:
    rows = [
        {
            "place": key,
            "name": key.title(),
            "names": [key.title(), key.upper()],
            "kind": "town",
            "lat": lat,
            "lon": 30.5,
            "governorate": "",
            "country": "",
            "prec": "1",
            "parts": [],
            "note": "",
        }
        for key, lat in zip(keys, [41.25, float("nan")])
    ]
    return pd.DataFrame(rows).set_index("place")


def test_new_places_are_added_and_old_ones_stay(veshka):
    save_places(make_places("veshka"), veshka)
    written = (veshka / "places.csv").read_text("utf-8").replace("41.2500", "41.3")
    (veshka / "places.csv").write_text(written, "utf-8")
    save_places(make_places("veshka", "olmir"), veshka)
    assert (veshka / "places.csv").read_text("utf-8").startswith(written)
    places = load_places(veshka)
    assert places.loc["veshka", "lat"] == 41.3
    assert pd.isna(places.loc["olmir", "lat"])
    assert places.loc["olmir", "names"] == ["Olmir", "OLMIR"]


def test_places_that_only_the_claims_name_are_added_without_coordinates(veshka, proposals):
    save_claims(proposals, veshka)
    save_places(make_places("veshka"), veshka)
    places = load_places(veshka)
    assert list(places.index) == ["veshka", "olmir", "sarn", "port_adral"]
    assert places.loc["port_adral", "name"] == "Port Adral"
    assert places.loc["port_adral", "note"] == "not resolved: fill in lat and lon"


def test_nothing_is_written_where_no_place_is_new(veshka):
    save_places(make_places("veshka").iloc[:0], veshka)
    assert not (veshka / "places.csv").exists()


def test_the_corpus_of_the_project_is_guarded(veshka):
    assert is_guarded(SEEDS)
    assert not is_guarded(veshka)


# --- what a person has to look at ----------------------------------------------------------------


def test_questions_name_what_rules_could_not_tell(proposals):
    odd = proposals.assign(
        assertion=proposals["assertion"].mask(proposals["number"] == "60", "denied")
    )
    questions = list_doubts(odd)
    assert questions.loc["without a date", "claims"] == 1
    assert "“Dozens” (02_olmir_falls-p004)" in questions.loc["without a date", "which"]
    assert questions.loc["denied", "which"] == "“60” (01_first_day-p003)"
    assert questions.loc["without a place", "claims"] == len(COUNTED)
    assert questions.loc["one figure in several wordings", "claims"] == 0


def test_one_figure_in_two_wordings_is_a_question(documents, proposals):
    headline = documents.assign(
        text=documents["text"].str.replace(
            "Rebels seize Veshka", "22 killed as rebels seize Veshka"
        )
    )
    twice = propose_by_hand(
        headline, [*COUNTED, (FIRST, "22 killed", "22", "casualties", "killed", "unknown", "")]
    )
    assert list_doubts(twice).loc["one figure in several wordings", "claims"] == 2


def test_nothing_found_leaves_empty_lists(documents, proposals):
    none = proposals.iloc[:0]
    assert list(list_doubts(none)["claims"]) == [0] * 7
    assert describe_proposals(none, documents) == [
        "0 claims in 0 of 3 texts; the others hold none that a rule can see"
    ]


def test_texts_without_a_day_take_the_day_given(tmp_path):
    folder = Path(shutil.copytree(SAMPLES / "undated", tmp_path / "undated"))
    [plain] = date_documents(load_corpus(folder), "").itertuples()
    assert plain.published == ""
    assert pd.isna(plain.published_start)
    [given] = date_documents(load_corpus(folder), "2031-03-03/2031-03-04").itertuples()
    assert (given.published, f"{given.published_start:%d} {given.published_end:%d}") == (
        "2031-03-03/2031-03-04",
        "03 04",
    )
    assert given.published_basis == "given for the corpus; the text states none"


def test_texts_with_a_day_keep_it(documents):
    assert (
        list(date_documents(documents, "1999-01-01")["published"])
        == list(documents["published"])
        == ["2031-03-03", "2031-03-06", "2031-03-09"]
    )


def test_the_numbers_of_proposals_are_marked_in_their_sentence(documents, proposals):
    from types import SimpleNamespace

    page = show_proposals(
        SimpleNamespace(claims=proposals, places=make_places("veshka")), documents
    ).data
    assert "<b>At least 22</b> civilians were killed" in page
    assert "… </span><b>60</b> people were hurt" not in page
    assert "between 10,000 and 40,000 person" in page
    assert "01_first_day Rebels seize Veshka in surprise assault: 4 claims" in page
    assert (
        "more with claims"
        in show_proposals(
            SimpleNamespace(claims=proposals, places=make_places("veshka")), documents, most=1
        ).data
    )


# --- a study that nobody reviewed ----------------------------------------------------------------


def open_unreviewed(folder: Path, table: pd.DataFrame | None = None, **parameters):
    """The study of a corpus whose proposals.csv holds `table`."""
    if table is not None:
        save_proposals(table, folder)
    return make_study(corpus=str(folder), **parameters)


def test_a_corpus_without_claims_takes_its_proposals(veshka, proposals):
    study = open_unreviewed(veshka, proposals)
    assert set(study.coded["claim_id"]) == set(proposals["claim_id"])
    assert "10 of them were proposed by rule and not reviewed." in repr(study)


def test_claims_go_before_proposals(veshka, proposals):
    save_proposals(proposals, veshka)
    save_claims(proposals.head(2).assign(review="accepted"), veshka)
    study = make_study(corpus=str(veshka))
    assert len(study.coded) == 2
    assert "Every claim accepted by a person" in repr(study)


def fake_extractor(monkeypatch, table):
    """The extractor replaced by one that always finds `table`; the calls it got."""
    from types import ModuleType, SimpleNamespace

    calls, module = [], ModuleType("helpers.extract.propose")
    module.propose_claims = lambda documents, places, country="", progress=False: (
        calls.append(country)
        or SimpleNamespace(claims=table, places=places, unresolved=None, skipped=[])
    )
    monkeypatch.setitem(sys.modules, "helpers.extract.propose", module)
    return calls


def test_without_either_the_claims_are_proposed_in_memory(veshka, proposals, monkeypatch):
    (veshka / "corpus.toml").write_text('country = "XKX"\n', "utf-8")
    calls = fake_extractor(monkeypatch, proposals)
    before = sorted(veshka.iterdir())
    study = make_study(corpus=str(veshka))
    assert len(study.coded) == len(proposals)
    assert calls == ["XKX"]
    assert sorted(veshka.iterdir()) == before


def test_proposals_that_do_not_stand_are_not_used_and_it_is_said(veshka, proposals, monkeypatch):
    save_proposals(proposals, veshka)
    file = veshka / f"{FIRST}.txt"
    file.write_text(file.read_text("utf-8").replace("captured Veshka", "seized Veshka"), "utf-8")
    calls = fake_extractor(monkeypatch, proposals.iloc[:0])
    study = make_study(corpus=str(veshka))
    assert calls == [""]
    assert study.coded.empty
    assert (
        "proposals.csv does not stand in these texts and was not used (proposals.csv row "
        "2 (01_first_day-p001): the text at"
    ) in repr(study)
    assert "no claim was found in 3 documents" in repr(study)


def test_the_checksum_of_an_unreviewed_corpus_depends_on_its_texts(veshka):
    before = sum_corpus(veshka)
    file = veshka / f"{FIRST}.txt"
    file.write_text(file.read_text("utf-8") + " ", "utf-8")
    assert sum_corpus(veshka) != before


@pytest.fixture(scope="module")
def settled(tmp_path_factory) -> Path:
    """The corpus with a route in corpus.toml, and places that a map can show."""
    folder = Path(
        shutil.copytree(SAMPLES / "veshka", tmp_path_factory.mktemp("settled") / "veshka")
    )
    (folder / "corpus.toml").write_text(
        '[route]\nplaces = ["veshka", "olmir", "port_adral"]\ntarget = "port_adral"\n', "utf-8"
    )
    points = {
        "veshka": (41.0, 30.0),
        "olmir": (41.5, 30.5),
        "sarn": (42.0, 31.0),
        "port_adral": (42.3, 31.6),
    }
    rows = "".join(
        f"{key},{key.title()},{key.title()},town,{lat},{lon},,,1,,\n"
        for key, (lat, lon) in points.items()
    )
    (folder / "places.csv").write_text(
        "place,name,names,kind,lat,lon,governorate,country,prec,parts,note\n" + rows, "utf-8"
    )
    save_proposals(propose_by_hand(load_corpus(folder)), folder)
    return folder


@pytest.fixture(scope="module")
def unreviewed(settled) -> dict:
    study = make_study(corpus=str(settled))
    return {name: draw_figure(name, study) for name in FIGURES}


def list_words(chart) -> list[str]:
    """The texts on the page, each on one line."""
    texts = chart.figure.findobj(lambda artist: isinstance(artist, Text) and artist.get_visible())
    return [" ".join(text.get_text().split()) for text in texts if text.get_text()]


DRAWN = [name for name in FIGURES if name not in ("parts_of_a_total", "disagreements")]
NUMBERS = ["“Between 10,000 and 40,000”", "“More than 9,000”", "“At least 22”", "“60”"]
WHEN = ["3 Mar", "6 Mar", "9 Mar"]
QUESTIONED = {  # figure → the numbers and days in it that nobody has checked
    "overview": [*NUMBERS[::2], *WHEN],
    "displacement_over_time": NUMBERS[:2],
    "casualties_over_time": NUMBERS[2:],
    "advance_map": ["captured 3 Mar", "captured 6 Mar", "reached 6 Mar", "captured 9 Mar"],
    "advance_pace": WHEN,
}


@pytest.mark.parametrize("name", DRAWN)
def test_every_foot_says_that_nobody_checked_the_claims(unreviewed, name):
    assert unreviewed[name].figure is not None, unreviewed[name].absence
    claims = len(unreviewed[name].claim_ids)
    said = f"{claims} of {claims} figures not checked by a person."
    assert any(words.startswith(said) for words in list_words(unreviewed[name]))


@pytest.mark.parametrize("name", DRAWN)
def test_every_caption_says_that_nobody_reviewed_the_claims(unreviewed, name):
    claims = len(unreviewed[name].claim_ids)
    assert unreviewed[name].sources.endswith(
        f"; {claims} of {claims} proposed by rule, not reviewed."
    )


@pytest.mark.parametrize("name", QUESTIONED)
def test_a_number_or_day_that_nobody_checked_has_a_question_mark(unreviewed, name):
    marked = [words for words in list_words(unreviewed[name]) if "?" in words]
    said = [words.partition("?")[0].strip() for words in marked]
    assert sorted(said) == sorted(QUESTIONED[name])


def test_one_unreviewed_claim_gives_its_place_a_question_mark(settled, tmp_path):
    """A mark is no firmer than what it rests on."""
    folder = Path(shutil.copytree(settled, tmp_path / "mixed"))
    table = load_proposals(folder)
    save_claims(
        table.assign(review=table["review"].mask(table["place"] != "olmir", "accepted")), folder
    )
    chart = draw_figure("advance_map", make_study(corpus=str(folder)))
    marked = [words for words in list_words(chart) if "?" in words]
    assert marked == ["captured 6 Mar?, 1 text"]
    notes = [words for words in list_words(chart) if "checked by a person" in words]
    assert [note.split(". ")[0] for note in notes] == ["1 of 4 figures not checked by a person"]


UNUSUAL = {  # corpus → the proposals drawn
    "nothing found": lambda documents: propose_by_hand(documents).iloc[:0],
    "undated": lambda documents: propose_by_hand(
        documents, [(*row[:6], "") for row in COUNTED], [(*row[:4], "") for row in EVENTS]
    ),
    "one claim": lambda documents: propose_by_hand(documents, COUNTED[1:2], []),
    "one word": lambda documents: propose_by_hand(documents, COUNTED[4:5], []),
    "events only": lambda documents: propose_by_hand(documents, [], EVENTS),
    "no events": lambda documents: propose_by_hand(documents, COUNTED, []),
    "another war": lambda documents: propose_by_hand(documents, COUNTED[5:], []),
}


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("kind", UNUSUAL)
def test_every_figure_is_drawn_or_says_why_not(veshka, documents, kind, width):
    study = open_unreviewed(veshka, UNUSUAL[kind](documents), width=width)
    for name in FIGURES:
        chart = draw_figure(name, study)
        assert (chart.figure is None) == chart.absence.startswith(f"`{name}` is not drawn: ")
        assert chart.figure is None or "not checked by a person" in " ".join(list_words(chart))


# --- the notebooks -------------------------------------------------------------------------------


def papermill(notebook: Path, folder: Path, *parameters: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "papermill", str(notebook), "out.ipynb", "--no-progress-bar"]
    command += ["--start-timeout", str(PATIENCE)]
    for name, value in zip(parameters[::2], parameters[1::2]):
        command += ["-p", name, value]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def read_output(folder: Path) -> str:
    book = nbformat.read(folder / "out.ipynb", as_version=4)
    return json.dumps([cell.get("outputs") for cell in book.cells], ensure_ascii=False)


def test_a_newcomer_gets_proposals_then_claims_then_figures(veshka, tmp_path):
    """As the README says: a folder of texts, nothing else."""
    errors = run_notebooks(
        {"corpus": str(veshka), "figures": str(tmp_path / "made"), "formats": "png"},
        say=lambda *_, **__: None,
    )
    assert not errors
    assert {"proposals.csv", "documents.csv"} <= {file.name for file in veshka.iterdir()}
    assert not (veshka / "claims.csv").exists()
    made = {
        file.stem: json.loads(file.read_text("utf-8"))
        for file in (tmp_path / "made").glob("*.json")
    }
    assert {
        "corpus",
        "displacement_over_time",
        "casualties_over_time",
    } <= set(made)
    run = papermill(list_notebooks()[0], tmp_path, "corpus", str(veshka), "merge", "yes")
    assert run.returncode == 0, run.stderr[-3000:]
    assert set(load_table(veshka / "claims.csv", CLAIM_COLUMNS)["review"]) == {"proposed"}


@pytest.mark.parametrize("name", ["quiet", "undated"])
def test_notebooks_run_on_a_text_with_little_or_nothing_in_it(name, tmp_path):
    folder = Path(shutil.copytree(SAMPLES / name, tmp_path / name))
    assert (
        run_notebooks(
            {"corpus": str(folder), "figures": str(tmp_path / "made"), "formats": "png"},
            say=lambda *_, **__: None,
        )
        == []
    )


def test_the_first_notebook_compares_the_corpus_of_the_project_and_writes_nothing(tmp_path):
    before = {
        file.name: file.read_bytes() for file in (REPOSITORY / "seeds").rglob("*") if file.is_file()
    }
    run = papermill(list_notebooks()[0], tmp_path, "merge", "yes")
    assert run.returncode == 0, run.stderr[-3000:]
    said = read_output(tmp_path)
    assert "Nothing: `write` is off, or this is the corpus" in said
    assert "claims stand on one side only" in said
    assert {
        file.name: file.read_bytes() for file in (REPOSITORY / "seeds").rglob("*") if file.is_file()
    } == before


def test_the_first_notebook_may_be_told_to_write_nothing(veshka, tmp_path):
    before = sorted(veshka.iterdir())
    run = papermill(
        list_notebooks()[0], tmp_path, "corpus", str(veshka), "write", "no", "merge", "yes"
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert sorted(veshka.iterdir()) == before


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("published", "3 March", 'published = "3 March" is not a day'),
        ("merge", "perhaps", "merge = 'perhaps' is not yes or no"),
        ("contry", "SYR", 'no parameter is called "contry"; did you mean country?'),
        ("documents", "9", 'documents cannot be "009"'),
    ],
)
def test_a_wrong_parameter_stops_the_first_notebook(veshka, tmp_path, name, value, said):
    run = papermill(list_notebooks()[0], tmp_path, "corpus", str(veshka), name, value)
    assert run.returncode != 0
    assert said in run.stderr
    assert not (veshka / "claims.csv").exists()


def test_a_review_in_the_wrong_file_stops_the_first_notebook(veshka, proposals, tmp_path):
    save_proposals(review(proposals, "60", "rejected"), veshka)
    run = papermill(list_notebooks()[0], tmp_path, "corpus", str(veshka))
    assert run.returncode != 0
    assert "bear a review" in run.stderr


def collect_runs(monkeypatch, **options) -> list[tuple[str, dict]]:
    """The notebooks that a run of all would start, with their parameters."""
    import helpers.run.notebooks

    runs = []
    monkeypatch.setattr(
        helpers.run.notebooks,
        "run_notebook",
        lambda notebook, output, parameters=None, folder=None: (
            runs.append((notebook.stem[:2], parameters)),
            output.write_text("{}"),
            "",
        )[2],
    )
    assert run_notebooks(say=lambda *_, **__: None, **options) == []
    return sorted(runs, key=lambda run: run[0])


def test_the_first_notebook_runs_when_asked_or_when_nothing_is_proposed_yet(
    monkeypatch, veshka, proposals
):
    others = ["02", "03", "04", "05", "06"]
    assert [name for name, _ in collect_runs(monkeypatch)] == others
    assert [name for name, _ in collect_runs(monkeypatch, propose=True)] == ["00", *others]
    assert [name for name, _ in collect_runs(monkeypatch, parameters={"corpus": str(veshka)})] == [
        "00",
        *others,
    ]
    save_proposals(proposals, veshka)
    assert [
        name for name, _ in collect_runs(monkeypatch, parameters={"corpus": str(veshka)})
    ] == others
    assert [
        name
        for name, _ in collect_runs(
            monkeypatch, parameters={"corpus": str(veshka), "country": "XKX"}
        )
    ] == ["00", *others]


def test_those_for_review_and_large_sources_run_only_when_outputs_are_refreshed(monkeypatch):
    monkeypatch.setattr("helpers.run.notebooks.save_outputs", lambda *_: None)
    assert [name for name, _ in collect_runs(monkeypatch, refresh=True)] == [
        "00",
        "01",
        "02",
        "03",
        "04",
        "05",
        "06",
        "07",
    ]


def test_each_notebook_gets_the_parameters_it_knows(monkeypatch, veshka):
    runs = dict(
        collect_runs(
            monkeypatch,
            parameters={"corpus": "seeds", "merge": "yes", "width": "column", "documents": "004"},
        )
    )
    assert runs["00"] == {"corpus": "seeds", "merge": "yes", "documents": "004"}
    assert runs["03"] == {"corpus": "seeds", "width": "column", "documents": "004"}
    assert list_parameters(list_notebooks()[0]) == [
        "corpus",
        "country",
        "published",
        "documents",
        "write",
        "merge",
    ]
