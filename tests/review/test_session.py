"""A review held without a browser: what each key does, and what stands on disk after it."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from helpers.analysis.proposing import open_proposing
from helpers.claims.decisions.table import ReviewTable
from helpers.claims.gate import load_claims
from helpers.claims.merge import merge_proposals, save_merge
from helpers.claims.proposals import (
    add_agreement,
    load_coded,
    load_proposals,
    save_proposals,
)
from helpers.corpus.documents import load_corpus
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.places import UNRESOLVED, load_places
from helpers.review.choices.chips import BY_KEY, CHIPS, CODEBOOK, say_typed
from helpers.review.choices.reading import find_name
from helpers.review.keys import press
from helpers.review.session import Review
from helpers.review.view import cut_text, list_rows, name_chips, say_left, show_review
from helpers.schema.columns import TABLES
from helpers.schema.csv_files import load_table
from helpers.schema.files import replace_file
from tests.claims.storm import ASKED, TYPES, VESHKA, copy_proposed

FIRST = "02_olmir_falls-p002"  # the largest number without a place
AIRPORT = "01_first_day-p006"  # an event that no words date


class Clock:
    """Ten seconds pass between two decisions."""

    now = datetime(2031, 3, 10, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=10)
        return self.now


@pytest.fixture
def folder(tmp_path) -> Path:
    return copy_proposed(tmp_path / "veshka")


def open_review(folder: Path, reviewer: str = "RK", name: str = "claims.csv") -> Review:
    documents = load_corpus(folder)
    texts = dict(zip(documents["doc_id"], documents["text"]))
    table = ReviewTable(folder / name, texts, load_places(folder), reviewer, Clock())
    table.recover()
    return Review(table, documents)


@pytest.fixture
def review(folder) -> Review:
    """A review that has come to the first of the claims without a place."""
    review = open_review(folder)
    go_to(review, FIRST)
    return review


def read_row(folder: Path, claim_id: str) -> dict:
    table = load_table(folder / "claims.csv", []).set_index("claim_id", drop=False)
    return table.loc[claim_id].to_dict()


def go_to(review: Review, claim_id: str) -> None:
    review.at = review.order.index(claim_id)


# --- keys ----------------------------------------------------------------------------------------


def test_accepting_takes_one_key_and_shows_the_next_claim(review, folder):
    assert review.claim_id == FIRST
    press(review, "accept")
    assert read_row(folder, FIRST)["review"] == "accepted"
    assert review.claim_id != FIRST
    assert review.told == ("done", f"{FIRST} accepted")


def test_at_the_end_the_next_step_is_named(review, folder):
    assert show_review(review)["finished"] == ""
    for _ in review.order:
        press(review, "accept")
    shown = show_review(review)
    assert shown["claim"] == ""
    assert shown["finished"].startswith("Every claim is decided. Now run notebooks 02 to 06, or")
    assert f"-p corpus {folder.name}" in shown["finished"]


def test_all_claims_are_decided_by_keys_alone_and_the_table_stands(review, folder):
    for number in range(len(review.order)):
        press(review, "reject" if number % 5 == 4 else "accept")
    assert (review.left, review.claim_id) == ([], "")
    assert say_left(review) == "Every claim is decided."
    claims = load_claims(folder, load_corpus(folder), load_places(folder))
    assert set(claims["review"]) == {"accepted"}
    assert len(claims) == 12


def test_a_place_is_chosen_among_those_of_the_text(review, folder):
    labels = [option.label for option in review.list_options("p")]
    assert labels == ["Olmir", "Sarn", "none"], "in the order of the text"
    press(review, "set", chip="p", option=labels.index("Olmir"))
    assert read_row(folder, FIRST)["place"] == "", "nothing is saved before it is"
    press(review, "save")
    row = read_row(folder, FIRST)
    assert (row["place"], row["review"]) == ("olmir", "corrected")


def test_a_place_that_the_table_of_places_lacks_is_added_to_it(review, folder):
    press(review, "set", chip="p", typed="sarn")
    assert review.faults == []
    press(review, "save")
    assert read_row(folder, FIRST)["place"] == "sarn"
    assert load_places(folder).loc["sarn", "note"] == "not resolved: fill in lat and lon"


def test_a_place_that_stands_nowhere_is_not_taken(review):
    press(review, "set", chip="p", typed="Atlantis")
    assert review.told[0] == "refused"
    assert "stands neither in places.csv nor in the text" in review.told[1]
    assert review.draft is None


def test_a_day_is_chosen_by_its_words_and_the_rest_follows(review, folder):
    options = review.list_options("d")
    chosen = next(at for at, option in enumerate(options) if option.hint == "“on Thursday”")
    press(review, "set", chip="d", option=chosen)
    press(review, "save")
    row = read_row(folder, FIRST)
    days = ("date_start", "date_end", "date_prec", "date_basis", "date_exact", "date_kind")
    assert [row[name] for name in days] == [
        "2031-03-06",
        "2031-03-06",
        "1",
        "relative",
        "on Thursday",
        "point",
    ]
    text = review.table.texts["02_olmir_falls"]
    assert text[int(row["date_at"]) :].startswith("on Thursday")


def test_a_day_is_typed_as_a_person_writes_it(review, folder):
    press(review, "set", chip="d", typed="3 to 5 March")
    press(review, "save")
    row = read_row(folder, FIRST)
    assert (row["date_start"], row["date_end"], row["date_prec"]) == (
        "2031-03-03",
        "2031-03-05",
        "2",
    )


def test_an_undated_claim_has_nothing_of_a_date(review, folder):
    press(review, "set", chip="d", typed="undated")
    press(review, "save")
    row = read_row(folder, FIRST)
    cells = [row[name] for name in row if name.startswith("date_") or name == "days_most"]
    assert [cell for cell in cells if cell] == ["7"]


def test_the_words_of_a_number_give_its_values(review, folder):
    go_to(review, "01_first_day-p002")
    press(review, "set", chip="v", typed="22")
    assert any("at least" in fault.lower() for fault in review.faults), (
        "the gate minds a hedge left out"
    )
    press(review, "save")
    assert review.told[0] == "refused"
    assert read_row(folder, "01_first_day-p002")["review"] == "proposed"
    press(review, "set", chip="v", typed="At least 22")
    assert review.faults == []


def test_another_measure_brings_its_topic_and_unit(review, folder):
    go_to(review, "03_the_port-p001")
    press(review, "set", chip="m", typed="entered")
    press(review, "save")
    row = read_row(folder, "03_the_port-p001")
    assert (row["measure"], row["topic"], row["unit"]) == ("entered", "pace", "event")


def test_accepting_what_was_changed_corrects_it(review, folder):
    press(review, "set", chip="p", typed="Olmir")
    press(review, "accept")
    assert read_row(folder, FIRST)["review"] == "corrected"


def test_leaving_a_change_leaves_the_claim_as_it_was(review, folder):
    before = read_row(folder, FIRST)
    press(review, "set", chip="p", typed="Olmir")
    press(review, "drop")
    assert review.row["place"] == ""
    assert read_row(folder, FIRST) == before


def test_taking_back_shows_the_claim_again_and_making_again_decides_it(review, folder):
    press(review, "accept")
    press(review, "undo")
    assert (review.claim_id, read_row(folder, FIRST)["review"]) == (FIRST, "proposed")
    press(review, "redo")
    assert read_row(folder, FIRST)["review"] == "accepted"
    press(review, "undo")
    press(review, "undo")
    assert review.told == ("", "nothing to be taken back")


def test_a_skipped_claim_comes_last_of_those_left(review):
    press(review, "skip")
    assert review.claim_id != FIRST
    assert review.order[-1] == FIRST


def test_a_text_is_gone_to_by_its_key(review):
    press(review, "texts")
    texts = show_review(review)["texts"]
    assert [(doc, left) for doc, _, left in texts] == [
        ("01_first_day", "6 left"),
        ("02_olmir_falls", "4 left"),
        ("03_the_port", "4 left"),
    ]
    press(review, "text", doc_id="03_the_port")
    assert (review.claim_id, show_review(review)["texts"]) == ("03_the_port-p001", [])


def test_a_text_without_a_claim_is_shown_and_words_of_it_can_be_marked(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "1.txt").write_text(LIST, "utf-8")
    (tmp_path / "texts" / "2.txt").write_text("Traders stood at the gates of Dorn.\n", "utf-8")
    review = open_review(copy_proposed(tmp_path / "list", tmp_path / "texts"))
    here = review.claim_id
    press(review, "text", doc_id="002")
    shown = show_review(review)
    assert (shown["claim"], shown["doc"]) == ("", "002")
    assert shown["finished"].startswith("No claim of this text stands in the table")
    press(review, "mark", doc_id="002", start=0, end=35)
    press(review, "set", chip="m", typed="reached")
    press(review, "save")
    assert review.told == ("done", "002-001 added")
    assert show_review(review)["doc"] == "002"
    press(review, "next")
    assert review.claim_id == here


def test_a_paragraph_that_begins_with_he_is_shown_with_the_sentence_before_it(tmp_path):
    (tmp_path / "texts").mkdir()
    told = "Jan Orr spoke on 3 March 2031. It rained.\n\n{} said 12 people were killed.\n"
    for number, who in enumerate(("He", "HOST: He", "Helen"), 1):
        (tmp_path / "texts" / f"{number}.txt").write_text(told.format(who), "utf-8")
    review = open_review(copy_proposed(tmp_path / "he", tmp_path / "texts"))
    for doc_id, is_wider in (("001", True), ("002", True), ("003", False)):
        press(review, "text", doc_id=doc_id)
        words = "".join(part["words"] for part in show_review(review)["text"])
        assert words.startswith("It rained.") == is_wider
        assert "12 people" in words


def test_next_and_back_decide_nothing(review, folder):
    before = (folder / "claims.csv").read_bytes()
    press(review, "next")
    press(review, "back")
    assert review.claim_id == FIRST
    for _ in review.order:
        press(review, "back")
    assert review.claim_id == review.order[0]
    assert (folder / "claims.csv").read_bytes() == before


def test_a_claim_that_nobody_proposed_is_added_by_marking_its_words(review, folder):
    words = "stood under the walls of Sarn"
    start = review.table.texts["02_olmir_falls"].index(words)
    press(review, "mark", doc_id="02_olmir_falls", start=start, end=start + len(words) + 1)
    assert [fault for fault in review.faults if "measure" in fault]
    press(review, "set", chip="m", typed="entered")
    assert review.faults == []
    press(review, "save")
    row = read_row(folder, "02_olmir_falls-001")
    said = {name: row[name] for name in ("exact", "measure", "place", "date_exact", "review")}
    assert said == {
        "exact": words,
        "measure": "entered",
        "place": "sarn",
        "date_exact": "the same evening",
        "review": "accepted",
    }
    assert len(load_claims(folder, load_corpus(folder), load_places(folder))) == 15


def add_claim(review: Review) -> str:
    words = "stood under the walls of Sarn"
    start = review.table.texts["02_olmir_falls"].index(words)
    press(review, "mark", doc_id="02_olmir_falls", start=start, end=start + len(words))
    press(review, "set", chip="m", typed="entered")
    press(review, "save")
    return "02_olmir_falls-001"


def test_after_an_addition_and_after_it_is_taken_back_the_claim_shown_is_where_one_was(review):
    press(review, "next")
    here = review.claim_id
    added = add_claim(review)
    assert (review.claim_id, added in review.table.rows) == (here, True)
    press(review, "undo")
    assert (review.claim_id, added in review.table.rows) == (here, False)
    press(review, "redo")
    assert review.claim_id == added
    press(review, "undo")
    assert review.claim_id == here
    press(review, "accept")
    press(review, "back")
    add_claim(review)
    assert review.claim_id == here, "though it is decided"
    press(review, "undo")
    assert review.claim_id == here


def test_an_added_claim_that_is_made_again_is_shown_whole(review):
    added = add_claim(review)
    press(review, "undo")
    press(review, "redo")
    shown = show_review(review)
    chips = {chip["name"]: chip["value"] for chip in shown["chips"]}
    assert (shown["claim"], chips["what"], chips["number"]) == (added, "entered", "")
    assert set(review.row) == set(review.table.rows[FIRST])


def test_the_number_of_marked_words_is_read(review):
    text = review.table.texts["02_olmir_falls"]
    words = "the army's losses at 14"
    start = text.index(words)
    press(review, "mark", doc_id="02_olmir_falls", start=start, end=start + len(words))
    row = review.row
    assert (row["number"], row["best"], row["quantifier"]) == ("14", "14", "exact")
    assert (row["source_original"], row["assertion"]) == ("defence ministry", "claimed")
    assert text[int(row["number_start"]) :].startswith("14")


def test_nothing_marked_is_refused_in_words(review):
    press(review, "mark", doc_id="02_olmir_falls", start=5, end=5)
    assert review.told == ("refused", "mark the words of the claim in the text first")


def test_who_has_no_name_is_told_so_and_decides_nothing(folder):
    review = open_review(folder, reviewer="")
    press(review, "accept")
    assert review.told[0] == "refused"
    assert 'reviewer = "" says nobody' in review.told[1]
    assert not (folder / "decisions.csv").exists()


def test_a_row_edited_meanwhile_is_shown_as_it_stands_now(review, folder):
    file = folder / "claims.csv"
    table = load_table(file, [])
    table.loc[table["claim_id"] == FIRST, "note"] = "by hand"
    replace_file(file, table.to_csv(index=False))
    press(review, "accept")
    assert review.told[0] == "refused"
    assert "note reads “by hand”, you “”" in review.told[1]
    assert review.row["note"] == "by hand"
    press(review, "accept")
    assert read_row(folder, FIRST)["review"] == "accepted"


# --- what may be chosen --------------------------------------------------------------------------

LIST = """Aid Watch

5 March 2031 (Wire) - On Monday 4,000 people fled to Kell and 3,000 people fled to Mira and 90 \
people were killed in Dorn, the UN said. Since Sunday the Relief Council (RLC) has counted 700 \
people injured in Sarn.
"""


@pytest.fixture
def listed(tmp_path) -> Review:
    """A text in which one sentence holds several figures."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "1.txt").write_text(LIST, "utf-8")
    return open_review(copy_proposed(tmp_path / "list", tmp_path / "texts"))


def list_labels(review: Review, key: str) -> list[str]:
    return [f"{option.label} {option.hint}".strip() for option in review.list_options(key)]


def find_row(review: Review, number: str) -> str:
    return next(name for name, row in review.table.rows.items() if row["number"] == number)


def test_all_claims_of_a_sentence_have_the_same_choices_in_the_order_of_the_text(listed):
    seen: dict[str, list] = {key: [] for key in "pdsvm"}
    for number in ("4,000", "3,000", "90"):
        go_to(listed, find_row(listed, number))
        for key, lists in seen.items():
            lists.append(list_labels(listed, key))
    for key, lists in seen.items():
        assert lists[0] == lists[1] == lists[2], key
    text = listed.table.texts["001"]
    places = [label for label in seen["p"][0] if label != "none"]
    assert places == sorted(places, key=text.index)
    assert {"Dorn", "Sarn"} <= set(places)


def test_what_is_chosen_now_is_marked_where_it_stands(listed):
    go_to(listed, find_row(listed, "3,000"))
    chips = {chip["name"]: chip for chip in show_review(listed)["chips"]}
    marked = [label for label, _, chosen in chips["number"]["options"] if chosen]
    assert marked == ["3,000"]
    assert [label for label, *_ in chips["number"]["options"]] == ["4,000", "3,000", "90"]


def test_since_a_day_also_offers_the_days_up_to_that_of_the_text(listed):
    go_to(listed, find_row(listed, "700"))
    label = "2–5 Mar 2031 “Sunday” to the day of the text"
    press(listed, "set", chip="d", option=list_labels(listed, "d").index(label))
    row = listed.row
    assert (row["date_end"], row["date_kind"]) == ("2031-03-05", "period")


def test_typed_days_places_and_names_are_offered_again_in_the_rows_of_the_text(listed):
    go_to(listed, find_row(listed, "4,000"))
    for key, words in (("d", "1 to 4 March 2031"), ("p", "Kell; Mira"), ("s", "the mayor")):
        press(listed, "set", chip=key, typed=words)
    press(listed, "set", chip="a", typed="raiders")
    press(listed, "save")
    assert listed.told[0] == "done"
    go_to(listed, find_row(listed, "90"))
    assert f"1–4 Mar 2031 as in {find_row(listed, '4,000')}" in list_labels(listed, "d")
    assert "Kell; Mira" in list_labels(listed, "p")
    assert "the mayor" in list_labels(listed, "s")
    assert "raiders" in list_labels(listed, "a")
    assert "raiders" in list_labels(listed, "x")


def test_organisations_and_who_published_are_offered_as_sources(listed):
    listed.documents.loc[0, "publisher"] = "Northern Wire"
    review = Review(listed.table, listed.documents)
    labels = list_labels(review, "s")
    assert {"UN", "RLC", "Northern Wire"} <= set(labels)


def test_a_known_name_of_the_sentence_or_title_is_offered_though_no_rule_took_it_for_a_place(
    folder,
):
    places = load_table(folder / "places.csv", [])
    named = {"place": "relief_council", "name": "Relief Council", "names": "Relief Council"}
    row = dict.fromkeys(places.columns, "") | named | {"note": UNRESOLVED}
    rows = [*places.to_dict("records"), row]
    replace_file(folder / "places.csv", pd.DataFrame(rows).to_csv(index=False))
    review = open_review(folder)
    go_to(review, FIRST)
    assert "Relief Council" in list_labels(review, "p")


def read_days_of(row: dict) -> list[str]:
    return [row[name] for name in ("date_kind", "date_exact", "date_basis")]


def test_the_kind_of_days_follows_what_was_typed(listed):
    go_to(listed, find_row(listed, "90"))
    for words, kind in (
        ("3 March 2031", "point"),
        ("1 to 4 March 2031", "period"),
        ("between 1 and 4 March 2031", "period"),
        ("3 March 2031", "point"),
    ):
        press(listed, "set", chip="d", typed=words)
        assert listed.row["date_kind"] == kind, words


def test_a_range_of_an_event_is_the_days_on_which_it_may_have_been(review):
    go_to(review, "03_the_port-p001")
    press(review, "set", chip="d", typed="3 to 5 March 2031")
    assert review.row["date_kind"] == "point"
    press(review, "set", chip="d", typed="between 3 and 5 March 2031")
    assert review.row["date_kind"] == "period"


def test_a_kind_of_days_set_by_hand_stays(listed):
    go_to(listed, find_row(listed, "90"))
    press(listed, "set", chip="k", typed="point")
    press(listed, "set", chip="d", typed="1 to 4 March 2031")
    assert listed.row["date_kind"] == "point"


def test_words_that_do_not_say_the_days_any_more_go_with_them(listed):
    go_to(listed, find_row(listed, "90"))
    assert listed.row["date_exact"] == "On Monday"
    press(listed, "set", chip="d", typed="4 March 2031")
    assert read_days_of(listed.row) == ["point", "", "inferred"]
    press(listed, "set", chip="d", typed="3 March 2031")
    assert read_days_of(listed.row) == ["point", "On Monday", "relative"]
    assert listed.faults == []


def test_a_note_that_a_claim_bears_no_day_goes_when_it_bears_one(listed):
    name = find_row(listed, "90")
    listed.table.rows[name]["note"] = "undated: a total of which the text does not say since when"
    go_to(listed, name)
    press(listed, "set", chip="m", typed="injured")
    assert listed.row["note"]
    press(listed, "set", chip="d", typed="3 March 2031")
    assert listed.row["note"] == ""


def test_the_day_of_a_stock_follows_its_days(listed):
    go_to(listed, find_row(listed, "90"))
    press(listed, "set", chip="m", typed="idps")
    press(listed, "set", chip="d", typed="4 March 2031")
    assert listed.row["as_of"] == "2031-03-04"
    press(listed, "set", chip="g", typed="5 March 2031")
    press(listed, "set", chip="d", typed="3 March 2031")
    assert listed.row["as_of"] == "2031-03-05", "it was set by hand"


def test_a_flow_describes_no_single_day(listed):
    go_to(listed, find_row(listed, "90"))
    press(listed, "set", chip="d", typed="4 March 2031")
    assert listed.row["as_of"] == ""


def test_a_part_of_a_rejected_claim_says_so(listed):
    whole, part = find_row(listed, "4,000"), find_row(listed, "3,000")
    go_to(listed, part)
    press(listed, "set", chip="h", typed=whole)
    press(listed, "save")
    assert listed.told[0] == "done"
    go_to(listed, whole)
    press(listed, "reject")
    assert listed.told == ("done", f"{whole} rejected; {part} is still said to be part of it")
    go_to(listed, part)
    assert show_chip(listed, "part of") == f"{whole} (rejected)"
    assert whole not in str(list_labels(listed, "h"))


def test_the_full_stop_behind_marked_words_is_none_of_theirs(listed):
    text = listed.table.texts["001"]
    start = text.index("700")
    press(listed, "mark", doc_id="001", start=start, end=len(text))
    assert listed.row["exact"] == "700 people injured in Sarn"
    row = listed.row
    assert (row["date_kind"], row["date_start"], row["date_end"]) == (
        "period",
        "2031-03-02",
        "2031-03-05",
    )


def test_for_words_without_a_number_the_events_come_first(listed, review):
    start = review.table.texts["02_olmir_falls"].index("stood under the walls")
    press(review, "mark", doc_id="02_olmir_falls", start=start, end=start + 29)
    assert [label.split()[0] for label in list_labels(review, "m")][:4] == [
        "offensive",
        "reached",
        "entered",
        "captured",
    ]
    assert "killed" in say_typed(BY_KEY["m"], review.row)
    assert show_review(review)["faults"] == [
        "what is not said yet: press m, and choose or type what is counted or happened"
    ]


def test_the_check_names_what_it_minds_as_the_frame_does(review):
    press(review, "set", chip="p", typed="Sarn")
    review.draft.row["date_kind"] = ""
    assert show_review(review)["faults"][0].startswith("a dated claim needs kind of days (point")
    assert name_chips('topic reads ""; write one of pace') == 'what reads ""; write one of pace'
    assert name_chips("measure killed belongs to x") == "what killed belongs to x"


def test_each_chip_says_what_its_column_means_in_the_words_of_the_codebook(review):
    words = " ".join((REPOSITORY / "seeds" / "README.md").read_text("utf-8").split())
    words = words.replace("`", "").replace("**", "").lower()
    assert set(CODEBOOK["asks"]) == {chip.name for chip in CHIPS}
    for column, told in CODEBOOK.items():
        if column != "asks":
            assert set(told) == set(TABLES["claims"][column].allowed)
    for value, meaning in CODEBOOK["measure"].items():
        assert value in words
        assert meaning in words
    asks = {chip["name"]: chip["asks"] for chip in show_review(review)["chips"]}
    assert asks["place"].startswith("Where it happened; of a withdrawal or a flight what is left")


def test_every_list_opens_empty_but_those_of_words_to_mend(review):
    filled = [chip["name"] for chip in show_review(review)["chips"] if chip["text"]]
    assert filled == ["quote"]


# --- the order of doubt --------------------------------------------------------------------------


def test_claims_whose_readings_differ_come_first_then_the_undated_then_those_without_a_place(
    folder,
):
    file = folder / "claims.csv"
    table = load_table(file, [])
    table.loc[table["claim_id"] == "01_first_day-p003", "measure"] = "injured"
    undated = table["claim_id"] == "01_first_day-p004"
    dates = ["date_kind", "date_start", "date_end", "date_basis", "date_exact", "date_at"]
    table.loc[undated, dates] = ""
    table.loc[undated, "date_prec"] = "7"
    broken = table["claim_id"] == "01_first_day-p001"
    table.loc[broken, "place"] = "nowhere"
    replace_file(file, table.to_csv(index=False))
    review = open_review(folder)
    assert review.order[:5] == [
        "01_first_day-p001",
        "01_first_day-p003",
        "01_first_day-p004",
        AIRPORT,
        FIRST,
    ]
    go_to(review, "01_first_day-p003")
    assert review.doubts == ["the two readings differ: measure injured or killed"]


def test_what_two_readers_read_otherwise_comes_first_from_the_proposals_to_the_queue(tmp_path):
    folder = tmp_path / "veshka"
    shutil.copytree(VESHKA, folder)
    run = open_proposing({"__annotations__": TYPES, **ASKED, "corpus": str(folder)})
    run.save()
    documents = load_corpus(folder)
    proposals = load_proposals(folder)
    misread = proposals["exact"] == "60 people were hurt"
    proposals.loc[misread, "measure"] = "detained"
    save_proposals(add_agreement(proposals, documents), folder)
    proposals = load_proposals(folder)
    assert (proposals["agreement"].str.startswith("differs") == misread).all()
    merged, merge = merge_proposals(load_coded(folder, documents, load_places(folder)), proposals)
    save_merge(merged, merge, folder, documents)
    review = open_review(folder)
    assert review.row["exact"] == "60 people were hurt"
    assert review.doubts[0] == "the two readings differ: measure detained or injured"


def place_abroad(folder: Path, note: str) -> None:
    """Olmir as a gazetteer might have found it, in Spain."""
    places = load_table(folder / "places.csv", [])
    places["country"] = "MOZ"
    places.loc[places["place"] == "olmir", ["country", "kind", "note"]] = ["ESP", "city", note]
    replace_file(folder / "places.csv", places.to_csv(index=False))


def show_chip(review: Review, name: str) -> str:
    return next(chip["value"] for chip in show_review(review)["chips"] if chip["name"] == name)


def test_a_place_abroad_is_shown_with_its_country_and_comes_early(folder):
    place_abroad(folder, "GeoNames 1, population 2: check")
    review = open_review(folder)
    assert review.order[:2] == ["01_first_day-p005", "02_olmir_falls-p004"]
    assert show_chip(review, "where to") == "Olmir (Spain)"
    assert review.doubts[0] == "is it Olmir (Spain)?"
    press(review, "next")
    assert show_chip(review, "place") == "Olmir (Spain)"


def test_a_place_abroad_that_a_person_checked_is_no_doubt(folder):
    place_abroad(folder, "as the reporter confirms")
    review = open_review(folder)
    assert review.order[:2] == [AIRPORT, FIRST]
    go_to(review, "02_olmir_falls-p001")
    assert (show_chip(review, "place"), review.doubts) == ("Olmir (Spain)", [])


def test_a_doubtful_place_comes_after_those_without_one_with_the_reason(folder):
    file = folder / "claims.csv"
    table = load_table(file, [])
    table.loc[table["claim_id"] == "01_first_day-p004", "place"] = "olmir"
    replace_file(file, table.to_csv(index=False))
    review = open_review(folder)
    without = [name for name in review.order if not read_row(folder, name)["place"]]
    assert review.order.index("01_first_day-p004") > max(map(review.order.index, without))
    assert review.order.index("01_first_day-p004") < review.order.index("01_first_day-p003")
    go_to(review, "01_first_day-p004")
    [said] = review.doubts
    assert said.startswith("doubtful: place (")


def test_among_equals_the_largest_number_comes_first(review):
    people = ("03_the_port-p003", "01_first_day-p003", "01_first_day-p002")
    assert [name for name in review.order if name in people] == list(people)


def test_what_is_decided_comes_after_what_is_left(review, folder):
    press(review, "accept")
    again = open_review(folder)
    assert again.order[-1] == FIRST
    assert again.claim_id != FIRST


# --- repeats -------------------------------------------------------------------------------------


@pytest.fixture
def wired(tmp_path) -> Path:
    """Three texts, two of which bring one sentence word for word."""
    folder = tmp_path / "texts"
    folder.mkdir()
    told = "At least 22 civilians were killed in Veshka on 3 March 2031, the UN said."
    for name, more in (("1.txt", "It rained."), ("2.txt", "Snow fell.")):
        (folder / name).write_text(f"Title\n\n{told} {more}\n", "utf-8")
    (folder / "3.txt").write_text(
        f"Title\n\nNearly all agree. {told.replace('22', '23')}\n", "utf-8"
    )
    return copy_proposed(tmp_path / "wired", folder)


def test_a_statement_repeated_in_another_text_is_decided_once(wired):
    review = open_review(wired)
    go_to(review, "001-p001")
    assert review.repeats == ["002-p001"]
    press(review, "set", chip="p", typed="Veshka")
    press(review, "set", chip="e", typed="claimed")
    press(review, "save")
    rows = [read_row(wired, name) for name in ("001-p001", "002-p001")]
    assert {row["review"] for row in rows} == {"corrected"}
    assert {row["assertion"] for row in rows} == {"claimed"}
    assert read_row(wired, "003-p001")["review"] == "proposed"
    press(review, "undo")
    assert len(review.left) == 3


def test_a_repeat_can_be_decided_alone(wired):
    review = open_review(wired)
    go_to(review, "001-p001")
    press(review, "only")
    press(review, "accept")
    assert review.left == ["002-p001", "003-p001"]


def test_another_figure_in_the_same_words_is_no_repeat(wired):
    review = open_review(wired)
    go_to(review, "003-p001")
    assert review.repeats == []


def write_pair(folder: Path, one: str, other: str) -> Review:
    """A review of two texts of a sentence each."""
    (folder / "texts").mkdir()
    for name, words in (("1.txt", one), ("2.txt", other)):
        (folder / "texts" / name).write_text(f"Title\n\n{words}\n", "utf-8")
    review = open_review(copy_proposed(folder / "pair", folder / "texts"))
    assert len(review.order) == 2
    return review


def test_the_same_words_with_other_days_are_no_repeat(tmp_path):
    told = "22 civilians were killed in Veshka on Monday, the UN said."
    dated = [f"{day} March 2031 (Wire) - It rained. {told}" for day in (4, 11)]
    review = write_pair(tmp_path, *dated)
    sentences = {review._quote_sentence(row) for row in review.table.rows.values()}
    assert len(sentences) == 1
    assert review._repeats == {}


def test_the_same_cells_in_other_words_are_no_repeat(tmp_path):
    told = "The UN said 22 civilians were killed in Veshka on 3 March 2031"
    review = write_pair(tmp_path, f"{told}.", f"{told} and that it counts further.")
    assert len({row["exact"] for row in review.table.rows.values()}) == 1
    assert review._repeats == {}


# --- what is shown -------------------------------------------------------------------------------


def test_what_is_left_how_long_it_takes_and_the_next_figures_are_shown(review):
    for _ in range(6):
        press(review, "accept")
    shown = show_review(review)
    assert (shown["left"], shown["total"]) == (8, 14)
    assert review.minutes == pytest.approx(8 * 10 / 60)
    assert shown["figures"] == (
        "the next figures: 6 checked, 8 not checked (“?”), 0 rejected and left out"
    )


def test_the_words_that_a_claim_rests_on_are_marked(review):
    reading = review.read_text("02_olmir_falls")
    parts = cut_text(review, review.row, reading)
    assert "".join(part["words"] for part in parts) in reading.text
    named = {name: part["words"] for part in parts for name in part["is"]}
    assert named["number"] == "Between 10,000 and 40,000"
    assert named["days"] == "Monday"
    assert named["source"] == "Relief Council"
    assert all(reading.text.startswith(part["words"], part["at"]) for part in parts)


def test_a_source_is_marked_where_it_is_a_word_of_its_own():
    assert find_name("They run, the UN said", "UN") == (14, 16)
    assert find_name("They run", "UN") is None


def test_the_whole_text_is_shown_when_asked_for(review):
    reading = review.read_text("02_olmir_falls")
    press(review, "whole")
    assert "".join(p["words"] for p in cut_text(review, review.row, reading)) == reading.text


def test_a_text_of_a_megabyte_is_shown_in_part(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    told = "At least 22 civilians were killed in Kell on 3 March 2031.\n\n"
    (folder / "1.txt").write_text("Nothing was said. " * 30_000 + "\n\n" + told * 2, "utf-8")
    review = open_review(copy_proposed(tmp_path / "long", folder))
    press(review, "whole")
    shown = show_review(review)
    assert 0 < sum(len(part["words"]) for part in shown["text"]) < 50_000


def test_without_a_widget_what_is_left_is_a_plain_table(review):
    rows = list_rows(review)
    assert [row["claim_id"] for row in rows] == review.order
    assert rows[0]["doubt"].startswith("undated")
    press(review, "accept")
    assert len(list_rows(review)) == len(rows) - 1
    assert say_left(review).startswith("13 claims left to decide, about")
