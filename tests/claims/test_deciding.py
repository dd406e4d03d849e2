"""What a person decided is on disk before anything else happens, and stays there: whatever stops
the process, whoever else saves."""

import builtins
import io
import json
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from helpers.claims.decisions.journal import Journal, find_lost, load_decisions, sum_row
from helpers.claims.decisions.table import Change, ChangedError, ReviewTable
from helpers.claims.gate import load_claims
from helpers.claims.merge import merge_proposals, save_merge
from helpers.claims.proposals import load_coded, load_merged, save_claims
from helpers.corpus.documents import load_corpus, save_documents
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.places import load_places
from helpers.extract.propose import propose_claims
from helpers.schema.csv_files import load_table
from helpers.schema.errors import ClaimsError, CorpusError, ParameterError
from helpers.schema.locks import hold_lock
from tests.claims.storm import copy_proposed, open_table
from tests.growth import count_calls

DAY = datetime(2031, 3, 10, 9, 30, tzinfo=UTC)
FIRST, SECOND, THIRD = "01_first_day-p001", "01_first_day-p003", "01_first_day-p004"


@pytest.fixture
def folder(tmp_path) -> Path:
    """A corpus whose proposals were merged, reviewed by nobody yet."""
    return copy_proposed(tmp_path / "veshka")


def accept(table: ReviewTable, *ids: str, what: str = "accepted", **cells: str) -> None:
    table.decide(
        [
            Change(name, dict(table.rows[name]), {**table.rows[name], "review": what, **cells})
            for name in ids
        ],
        what,
    )


def read_rows(folder: Path, name: str = "claims.csv") -> dict[str, dict]:
    return {row["claim_id"]: row for row in load_table(folder / name, []).to_dict("records")}


def edit_rows(folder: Path, cells: dict[str, dict[str, str]]) -> None:
    """Another program saves the table: claim id → its new cells."""
    table = load_table(folder / "claims.csv", []).set_index("claim_id", drop=False)
    for name, new in cells.items():
        for column, cell in new.items():
            table.loc[name, column] = cell
    save_claims(table, folder)


# --- one decision --------------------------------------------------------------------------------


def test_a_decision_is_in_the_table_and_the_journal_when_it_returns(folder):
    before = read_rows(folder)
    accept(open_table(folder), FIRST)
    after = read_rows(folder)
    assert after.pop(FIRST) == {**before.pop(FIRST), "review": "accepted"}
    assert after == before
    [decision] = load_decisions(folder)
    assert decision._replace(seen="") == (
        1,
        "2031-03-10T09:30:00+00:00",
        "RK",
        "accepted",
        FIRST,
        "",
        {"review": "proposed"},
        {"review": "accepted"},
    )


def test_the_journal_is_on_disk_before_the_table_is(folder, monkeypatch):
    table = open_table(folder)

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", stop)
    with pytest.raises(KeyboardInterrupt):
        accept(table, FIRST)
    monkeypatch.undo()
    assert read_rows(folder)[FIRST]["review"] == "proposed"
    assert [decision.claim_id for decision in load_decisions(folder)] == [FIRST]
    again = open_table(folder)
    again.recover()
    assert read_rows(folder)[FIRST]["review"] == "accepted"
    assert "1 decision by RK stood in the journal but not in the table" in again.brought_back[0]


def test_a_decision_is_one_read_and_one_write_of_the_table(folder, monkeypatch):
    table = open_table(folder)
    opened, renamed = Counter(), Counter()
    plain, replace = io.open, os.replace

    def count(file, mode="r", *rest, **options):
        if isinstance(file, str | os.PathLike):
            opened[Path(file).name, "w" in mode] += 1
        return plain(file, mode, *rest, **options)

    def count_renamed(old, new):
        renamed[Path(new).name] += 1
        replace(old, new)

    monkeypatch.setattr(io, "open", count)
    monkeypatch.setattr(builtins, "open", count)
    monkeypatch.setattr("os.replace", count_renamed)
    accept(table, FIRST)
    parts = [name for name, writes in opened if name.endswith(".part") and writes]
    assert opened["claims.csv", False] == 1
    assert opened["claims.csv", True] == 0
    assert len(parts) == 1
    assert renamed == {"claims.csv": 1}


def test_a_decision_on_2000_rows_costs_at_most_three_plain_writes_of_the_table(folder):
    file = folder / "claims.csv"
    rows = load_table(file, [])
    many = pd.concat([rows] * 143, ignore_index=True)
    many["claim_id"] = many["doc_id"] + "-p" + (many.index + 1).astype(str)
    save_claims(many, folder)
    table = open_table(folder)
    first = next(iter(table.rows))
    plain = count_calls(lambda: save_claims(many.assign(note="x"), folder))
    table.read()
    assert len(table.rows) == 2_002
    assert count_calls(lambda: accept(table, first)) <= 3 * plain


def test_several_claims_are_decided_in_one_stroke_and_taken_back_in_one(folder):
    table = open_table(folder)
    before = read_rows(folder)
    accept(table, FIRST, SECOND, THIRD)
    assert {decision.number for decision in load_decisions(folder)} == {1}
    assert sorted(table.undo()) == [FIRST, SECOND, THIRD]
    assert read_rows(folder) == before


def test_the_layout_of_the_file_stays(folder):
    file = folder / "claims.csv"
    text = file.read_text("utf-8-sig")
    kept = "# coded in March\r\n" + text.replace("\n", "\r\n")
    file.write_bytes(kept.encode())
    accept(open_table(folder), FIRST)
    wanted = kept.split("\r\n")
    now = file.read_bytes().decode().split("\r\n")
    assert [line for line in now if line not in wanted] == [
        next(line for line in wanted if line.startswith(FIRST)).replace(",proposed,", ",accepted,")
    ]


@pytest.mark.skipif(os.name == "nt", reason="modes and links are POSIX's")
def test_mode_and_link_of_the_file_stay(folder):
    file = folder / "claims.csv"
    file.rename(folder / "shared.csv")
    (folder / "shared.csv").chmod(0o664)
    file.symlink_to("shared.csv")
    accept(open_table(folder), FIRST)
    assert file.is_symlink()
    assert (folder / "shared.csv").stat().st_mode & 0o777 == 0o664
    assert read_rows(folder, "shared.csv")[FIRST]["review"] == "accepted"


def test_a_column_of_a_person_stays(folder):
    table = load_table(folder / "claims.csv", [])
    save_claims(table.assign(mine="look again"), folder)
    accept(open_table(folder), FIRST)
    assert {row["mine"] for row in read_rows(folder).values()} == {"look again"}


def test_a_younger_column_is_added_when_it_is_filled(folder):
    table = load_table(folder / "claims.csv", []).drop(columns=["days_most"])
    save_claims(table, folder)
    cells = {"date_kind": "window", "days_most": "1"}
    accept(open_table(folder), SECOND, what="corrected", **cells)
    assert read_rows(folder)[SECOND]["days_most"] == "1"


def test_a_row_that_would_not_stand_in_its_text_is_refused_in_words(folder):
    table, before = open_table(folder), (folder / "claims.csv").read_bytes()
    with pytest.raises(ClaimsError, match="date_start 2031-03-09 lies after date_end 2031-03-03"):
        accept(table, FIRST, what="corrected", date_start="2031-03-09")
    assert (folder / "claims.csv").read_bytes() == before
    assert load_decisions(folder) == []


def test_a_whole_made_smaller_than_its_part_is_refused(folder):
    table = open_table(folder)
    accept(table, THIRD, what="corrected", part_of=SECOND, number="60", note="see")
    with pytest.raises(ClaimsError, match="the part .60. is larger than the whole"):
        accept(table, SECOND, what="corrected", number="22", number_start="181", **_values(22))


def _values(value: int) -> dict[str, str]:
    return {**dict.fromkeys(("low", "best", "high"), str(value)), "quantifier": "exact"}


def test_a_row_that_does_not_stand_can_be_rejected(folder):
    edit_rows(folder, {FIRST: {"place": "nowhere"}})
    table = open_table(folder)
    with pytest.raises(ClaimsError, match='place "nowhere" is not in places.csv'):
        accept(table, FIRST)
    accept(table, FIRST, what="rejected")
    assert read_rows(folder)[FIRST]["review"] == "rejected"


def test_nobody_decides_without_a_name(folder):
    with pytest.raises(ParameterError, match='reviewer = "" says nobody'):
        accept(open_table(folder, reviewer=""), FIRST)
    assert load_decisions(folder) == []


def test_who_decides_is_who_was_named_and_nothing_of_the_machine(folder, monkeypatch):
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "machine")
    accept(open_table(folder, reviewer="  R.\nKell "), FIRST)
    assert {decision.who for decision in load_decisions(folder)} == {"R. Kell"}
    assert b"machine" not in (folder / "decisions.csv").read_bytes()


# --- back and forth ------------------------------------------------------------------------------


def test_ten_decisions_are_taken_back_and_made_again(folder):
    table = open_table(folder)
    states = [read_rows(folder)]
    ids = list(table.rows)[:10]
    for name in ids:
        accept(table, name, what="rejected" if name == SECOND else "accepted")
        states.append(read_rows(folder))
    for state in reversed(states[:-1]):
        table.undo()
        assert read_rows(folder) == state
    assert table.undo() == []
    for state in states[1:]:
        table.redo()
        assert read_rows(folder) == state
    assert table.redo() == []


def test_a_new_decision_ends_what_could_be_made_again(folder):
    table = open_table(folder)
    accept(table, FIRST)
    table.undo()
    accept(table, SECOND)
    assert table.redo() == []


def test_back_and_forth_works_in_a_new_session_and_only_on_what_oneself_decided(folder):
    accept(open_table(folder), FIRST)
    accept(open_table(folder, reviewer="SM"), SECOND)
    assert open_table(folder).undo() == [FIRST]
    assert read_rows(folder)[SECOND]["review"] == "accepted"
    assert open_table(folder).may_step() == (False, True)


def test_a_decision_on_a_row_that_somebody_changed_since_is_not_taken_back(folder):
    table = open_table(folder)
    accept(table, FIRST)
    accept(open_table(folder, reviewer="SM"), FIRST, what="rejected")
    with pytest.raises(ChangedError, match="review reads “rejected”, you “proposed”"):
        table.undo()


def test_a_claim_added_is_taken_out_again_and_its_id_is_not_used_twice(folder):
    table = open_table(folder)
    row = {
        **table.rows[THIRD],
        "claim_id": table.number_claim("01_first_day"),
        "review": "accepted",
    }
    assert row["claim_id"] == "01_first_day-001"
    table.decide([Change(row["claim_id"], None, row)], "added")
    assert sum_row(read_rows(folder)["01_first_day-001"]) == sum_row(row)
    table.undo()
    assert "01_first_day-001" not in read_rows(folder)
    assert table.number_claim("01_first_day") == "01_first_day-002"
    table.redo()
    assert sum_row(read_rows(folder)["01_first_day-001"]) == sum_row(row)


# --- others save meanwhile -----------------------------------------------------------------------


def test_what_another_program_saved_in_other_rows_stays(folder):
    table = open_table(folder)
    edit_rows(folder, {SECOND: {"note": "by hand"}})
    accept(table, FIRST)
    rows = read_rows(folder)
    assert rows[SECOND]["note"] == "by hand"
    assert rows[FIRST]["review"] == "accepted"


def test_the_same_row_changed_meanwhile_is_refused_with_both_shown(folder):
    table = open_table(folder)
    edit_rows(folder, {FIRST: {"note": "by hand"}})
    with pytest.raises(
        ChangedError, match="review reads “proposed”, you “accepted”; note reads “by hand”, you “”"
    ):
        accept(table, FIRST)
    assert load_decisions(folder) == []
    assert read_rows(folder)[FIRST]["review"] == "proposed"


def test_what_somebody_saves_right_before_the_table_is_written_stays(folder, monkeypatch):
    table, plain, saved = open_table(folder), os.fsync, []

    def save_first(handle):
        plain(handle)
        if b"accepted" in (folder / "decisions.csv").read_bytes() and not saved:
            saved.append(True)
            edit_rows(folder, {SECOND: {"note": "by hand"}})

    monkeypatch.setattr("os.fsync", save_first)
    accept(table, FIRST)
    rows = read_rows(folder)
    assert saved
    assert (rows[FIRST]["review"], rows[SECOND]["note"]) == ("accepted", "by hand")
    assert len(load_decisions(folder)) == 1


def test_the_same_row_saved_right_before_is_refused_and_the_journal_says_so(folder, monkeypatch):
    table, plain, saved = open_table(folder), os.fsync, []

    def save_first(handle):
        plain(handle)
        if b"accepted" in (folder / "decisions.csv").read_bytes() and not saved:
            saved.append(True)
            edit_rows(folder, {FIRST: {"note": "x", "review": "rejected"}})

    monkeypatch.setattr("os.fsync", save_first)
    with pytest.raises(ChangedError, match="review reads “rejected”, you “accepted”"):
        accept(table, FIRST)
    assert read_rows(folder)[FIRST]["review"] == "rejected"
    assert [decision.what for decision in load_decisions(folder)] == ["accepted", "undone"]
    assert table.may_step() == (False, True)


def test_decisions_that_an_older_copy_was_saved_over_are_brought_back(folder):
    old = (folder / "claims.csv").read_bytes()
    table = open_table(folder)
    accept(table, FIRST)
    accept(table, SECOND, what="rejected")
    accept(table, SECOND, note="doubled")
    (folder / "claims.csv").write_bytes(old)
    accept(table, THIRD)
    rows = read_rows(folder)
    assert [rows[name]["review"] for name in (FIRST, SECOND, THIRD)] == ["accepted"] * 3
    assert rows[SECOND]["note"] == "doubled"
    assert "2 decisions by RK" in table.brought_back[0]


def test_what_a_person_edited_by_hand_after_a_decision_is_left_to_them(folder):
    accept(open_table(folder), FIRST)
    edit_rows(folder, {FIRST: {"review": "rejected", "note": "by hand"}})
    again = open_table(folder)
    again.recover()
    assert read_rows(folder)[FIRST]["review"] == "rejected"
    assert again.brought_back == []


def test_a_merge_waits_for_who_decides_and_keeps_what_they_decided(folder):
    texts, places = load_corpus(folder), load_places(folder)
    accept(open_table(folder), FIRST)
    claims = load_coded(folder, texts, places)
    accept(open_table(folder), SECOND, what="rejected")
    merged, report = merge_proposals(claims, propose_claims(texts, places), load_merged(folder))
    with pytest.raises(CorpusError, match="was changed after it was read here"):
        save_merge(merged.assign(note="x"), report._replace(added=["x"]), folder, texts)
    with hold_lock(folder / "claims.csv"), pytest.raises(CorpusError, match="saved by somebody"):
        save_merge(merged, report, folder, texts, patience=0.1)
    assert read_rows(folder)[SECOND]["review"] == "rejected"


def test_a_merge_stops_where_the_table_has_lost_decisions(folder):
    old = (folder / "claims.csv").read_bytes()
    accept(open_table(folder), FIRST)
    (folder / "claims.csv").write_bytes(old)
    texts, places = load_corpus(folder), load_places(folder)
    claims = load_coded(folder, texts, places)
    merged, report = merge_proposals(claims, propose_claims(texts, places), load_merged(folder))
    with pytest.raises(CorpusError, match="1 decision .* open 01_review_claims"):
        save_merge(merged.assign(note="x"), report._replace(added=["x"]), folder, texts)


# --- faults of the disk --------------------------------------------------------------------------


def test_on_a_full_disk_nothing_is_decided_and_the_journal_has_no_half_line(folder, monkeypatch):
    table = open_table(folder)
    accept(table, FIRST)
    journal = (folder / "decisions.csv").read_bytes()

    def fill(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fill)
    with pytest.raises(CorpusError, match="No space left on device.; nothing was decided"):
        accept(table, SECOND)
    assert (folder / "decisions.csv").read_bytes() == journal


def test_where_the_table_cannot_be_written_the_journal_keeps_the_decision(folder, monkeypatch):
    table = open_table(folder)

    def refuse(*_):
        raise PermissionError(13, "in use by another program")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(CorpusError, match="in use by .* your decision is kept in the journal"):
        accept(table, FIRST)
    monkeypatch.undo()
    accept(table, SECOND)
    rows = read_rows(folder)
    assert [rows[name]["review"] for name in (FIRST, SECOND)] == ["accepted"] * 2


def test_a_line_that_a_killed_process_left_half_is_no_decision(folder):
    table = open_table(folder)
    accept(table, FIRST)
    with (folder / "decisions.csv").open("ab") as journal:
        journal.write(b'2,2031-03-10T09:30:00+00:00,RK,accepted,x,"{' + b"n" * 900)
    assert len(load_decisions(folder)) == 1
    accept(table, SECOND)
    assert [decision.claim_id for decision in load_decisions(folder)] == [FIRST, SECOND]


def test_a_journal_that_a_spreadsheet_saved_is_read_and_added_to(folder):
    accept(open_table(folder), FIRST)
    file = folder / "decisions.csv"
    text = load_table(file, []).to_csv(index=False, sep=";", lineterminator="\r\n")
    file.write_bytes(text.rstrip().encode())
    accept(open_table(folder), SECOND)
    assert [decision.claim_id for decision in load_decisions(folder)] == [FIRST, SECOND]
    assert b";" in file.read_bytes().splitlines()[-1]


def test_a_spoiled_line_of_the_journal_is_named(folder):
    accept(open_table(folder), FIRST)
    with (folder / "decisions.csv").open("ab") as journal:
        journal.write(b"what is this\n")
    with pytest.raises(CorpusError, match="decisions.csv line 3 is no decision"):
        load_decisions(folder)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_says_so(folder):
    folder.chmod(0o555)
    with pytest.raises(CorpusError, match="cannot be written into"):
        accept(open_table(folder), FIRST)


def test_a_table_that_is_half_written_is_refused_and_nothing_decided(folder):
    table = open_table(folder)
    whole = (folder / "claims.csv").read_bytes()
    (folder / "claims.csv").write_bytes(whole[: whole.index(b'"') + 5])
    with pytest.raises(CorpusError, match="claims.csv is not a table"):
        accept(table, FIRST)
    assert load_decisions(folder) == []


def test_a_claim_id_that_stands_twice_is_named(folder):
    table = load_table(folder / "claims.csv", [])
    save_claims(pd.concat([table, table.head(1)]), folder)
    with pytest.raises(ClaimsError, match=f"claim_id {FIRST} stands on more than one row"):
        open_table(folder)


def test_words_that_a_spreadsheet_would_run_are_guarded_in_the_journal_too(folder):
    table = open_table(folder, reviewer="=cmd|'/c calc'!A1")
    accept(table, FIRST, note='=HYPERLINK("x")\nsecond line')
    assert ",'=cmd" in (folder / "decisions.csv").read_text("utf-8-sig")
    [decision] = load_decisions(folder)
    assert decision.who == "=cmd|'/c calc'!A1"
    assert decision.after["note"] == '=HYPERLINK("x")\nsecond line'
    table.undo()
    assert read_rows(folder)[FIRST]["note"] == ""


def test_nothing_is_lost_of_a_table_that_was_never_decided_on(folder):
    assert find_lost(open_table(folder).rows, []) == {}
    assert Journal(folder / "none.csv").last_number == 0


# --- kills, edits, merges ------------------------------------------------------------------------


def test_no_decision_is_lost_in_200_kills_with_others_saving_meanwhile(tmp_path):
    """In a process of its own, which forks: see tests/claims/storm.py."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.claims.storm", str(tmp_path / "storm"), "200", "17"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr[-3000:]
    told = json.loads(run.stdout)
    assert told["kills"] == 200
    assert told["killed within a decision"] >= 20, "or nothing was tried"
    assert told["decisions told as kept"] > 10  # how many depends on the machine
    assert told["edits by another program"] > 40
    assert told["lost"] == []
    texts = load_corpus(tmp_path / "storm")
    assert len(load_claims(tmp_path / "storm", texts, load_places(tmp_path / "storm")))


def test_documents_stay_as_they_were(folder):
    before = (folder / "documents.csv").read_bytes()
    accept(open_table(folder), FIRST)
    save_documents(load_corpus(folder), folder)
    assert (folder / "documents.csv").read_bytes() == before
