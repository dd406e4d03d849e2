"""Merging twice, beside a person who saves meanwhile: nothing that anybody decided is lost."""

import os
import shutil
from functools import partial
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

import helpers.claims.proposals
import helpers.corpus.documents
from helpers.claims.datapackage import describe_tables
from helpers.claims.merge import BEFORE, merge_proposals, save_merge
from helpers.claims.proposals import (
    MERGED,
    load_coded,
    load_merged,
    save_claims,
    save_places,
    save_proposals,
)
from helpers.corpus.documents import load_corpus, save_documents, sum_corpus
from helpers.corpus.places import load_places
from helpers.extract.propose import propose_claims
from helpers.run.notebooks import list_notebooks
from helpers.schema.columns import ADDED_COLUMNS, CLAIM_COLUMNS
from helpers.schema.csv_files import compose_table, load_table, python_strings
from helpers.schema.errors import ClaimsError, CorpusError
from helpers.schema.files import replace_file, sum_file
from tests.claims.test_proposals import COUNTED, EVENTS, FIRST, SAMPLES, propose_by_hand

NOTEBOOK = list_notebooks()[0]
CHANGED = "claims.csv was changed after it was read here; nothing was written over it"


@pytest.fixture
def folder(tmp_path) -> Path:
    """Three texts about an invented offensive, and nothing else."""
    return Path(shutil.copytree(SAMPLES / "veshka", tmp_path / "veshka"))


@pytest.fixture
def texts(folder) -> pd.DataFrame:
    return load_corpus(folder)


@pytest.fixture
def found(texts) -> pd.DataFrame:
    """What rules propose today."""
    return propose_by_hand(texts)


@pytest.fixture
def later(texts) -> pd.DataFrame:
    """What newer rules propose: the dozens bear a day, and the hurt are not found."""
    counted = [row if row[2] != "Dozens" else (*row[:6], "2031-03-06") for row in COUNTED]
    return propose_by_hand(texts, [row for row in counted if row[2] != "60"])


def read(folder: Path) -> pd.DataFrame:
    return load_table(folder / "claims.csv", CLAIM_COLUMNS).set_index("claim_id", drop=False)


def merge(folder: Path, texts: pd.DataFrame, proposals: pd.DataFrame):
    """A merge as notebook 00 does it, up to its last cell: what that is to write."""
    coded = load_coded(folder, texts, load_places(folder))
    return merge_proposals(coded, proposals, load_merged(folder))


def run(folder: Path, texts: pd.DataFrame, proposals: pd.DataFrame):
    """A merge as notebook 00 does it; its report and what it says it wrote."""
    table, report = merge(folder, texts, proposals)
    return report, save_merge(table, report, folder, texts)


def save(folder: Path, claim_id: str, **cells: str) -> None:
    """A person opens claims.csv, writes into a row of it and saves."""
    table = load_table(folder / "claims.csv", CLAIM_COLUMNS)
    for name, cell in cells.items():
        if name not in table:
            table[name] = ""
        table.loc[table["claim_id"] == claim_id, name] = cell
    (folder / "claims.csv").write_text(table.to_csv(index=False), "utf-8")


def find(table: pd.DataFrame, words: str) -> str:
    """The id of the claim with these words."""
    [name] = table["claim_id"][(table["number"] == words) | (table["exact"] == words)]
    return name


def slow_down(monkeypatch, module, name: str, act) -> None:
    """A loader after which a person acts at once."""
    load = getattr(module, name)

    def load_slowly(*arguments):
        """What the loader gives; the person acts."""
        loaded = load(*arguments)
        act()
        return loaded

    monkeypatch.setattr(module, name, load_slowly)


def read_files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


# --- what was edited -----------------------------------------------------------------------------


@pytest.fixture
def linked(found) -> pd.DataFrame:
    """Proposals of which one names another."""
    whole = find(found, "Between 10,000 and 40,000")
    return found.assign(part_of=found["part_of"].mask(found["number"] == "Dozens", whole))


def change(table: pd.DataFrame, words: str, **cells: str) -> pd.DataFrame:
    """The table with cells of the claim with these words changed."""
    table = table.copy()
    for name, cell in cells.items():
        table.loc[table["claim_id"] == find(table, words), name] = cell
    return table


@python_strings
@pytest.mark.parametrize("known", [True, False], ids=["after a merge", "without its proposals"])
@pytest.mark.parametrize("cells", [{"note": "see p. 3"}, {"place": "olmir"}, {"actor": ""}])
def test_an_edited_proposal_stays_as_it_is_and_is_named(found, later, known, cells):
    claims = change(found.assign(actor="rebels"), "60", **cells)
    before = found.assign(actor="rebels") if known else None
    table, report = merge_proposals(claims, later, before)
    name = find(claims, "60")
    kept = table.set_index("claim_id").loc[name]
    pd.testing.assert_series_equal(kept, claims.set_index("claim_id").loc[name])
    assert name in report.edited
    assert "somebody edited or linked them" in repr(report)


@pytest.mark.parametrize("known", [True, False], ids=["after a merge", "without its proposals"])
@pytest.mark.parametrize("column", ["part_of", "same_as"])
def test_a_link_set_by_hand_on_a_proposal_stays(found, known, column):
    claims = change(found, "60", **{column: find(found, "At least 22")})
    table, report = merge_proposals(claims, found, found if known else None)
    pd.testing.assert_frame_equal(table, claims)
    assert report.edited == [find(found, "60")]


@pytest.mark.parametrize("known", [True, False], ids=["after a merge", "without its proposals"])
def test_a_link_deleted_by_hand_does_not_come_back(linked, known):
    claims = change(linked, "Dozens", part_of="")
    table, report = merge_proposals(claims, linked, linked if known else None)
    pd.testing.assert_frame_equal(table, claims)
    assert report.edited == [find(linked, "Dozens")]


@pytest.mark.parametrize("verdict", ["accepted", "corrected", "rejected"])
@pytest.mark.parametrize("merged", [True, False], ids=["merged", "proposed only"])
def test_a_link_that_rules_set_is_no_edit_whatever_was_decided_on_its_other_end(
    folder, texts, linked, verdict, merged
):
    """A link to a rejected row is cut; not knowing what the merge wrote, it may be a person's."""
    run(folder, texts, linked)
    whole = find(linked, "Between 10,000 and 40,000")
    save(folder, whole, review=verdict, note="seen")
    if not merged:
        save_proposals(linked, folder)
        (folder / MERGED).unlink()
    report, _ = run(folder, texts, linked)
    kept = "" if verdict == "rejected" and merged else whole
    assert read(folder).loc[find(linked, "Dozens"), "part_of"] == kept
    assert bool(report.edited) == (verdict == "rejected" and not merged)


def test_a_link_of_the_rules_follows_the_rules(folder, texts, linked, found):
    run(folder, texts, linked)
    report, _ = run(folder, texts, found)
    assert report.updated == [find(found, "Dozens")]
    assert set(read(folder)["part_of"]) == {""}


def test_without_the_proposals_of_the_last_merge_nothing_is_dropped_that_may_be_edited(
    found, later
):
    table, report = merge_proposals(found, later)
    assert report.edited == [find(found, "60"), find(found, "Dozens")]
    assert not report.dropped
    pd.testing.assert_frame_equal(table, found)


def test_with_them_what_nobody_touched_follows_the_rules(found, later):
    table, report = merge_proposals(found, later, found)
    assert report.dropped == [find(found, "60")]
    assert report.updated == [find(found, "Dozens")]
    assert not report.edited
    assert len(table) == len(found) - 1


def test_an_edited_proposal_does_not_come_back_in_its_old_form(found):
    claims = change(found, "60", topic="displacement", measure="idps")
    table, report = merge_proposals(claims, found, found)
    pd.testing.assert_frame_equal(table, claims)
    assert report.left == [f"“60” in {FIRST}, edited as {find(found, '60')}"]


@pytest.mark.parametrize("known", [True, False], ids=["after a merge", "without its proposals"])
def test_a_row_that_somebody_copied_under_an_id_of_its_own_is_kept(found, later, known):
    copied = found[found["number"] == "60"].assign(claim_id=f"{FIRST}-099")
    claims = pd.concat([found, copied], ignore_index=True)
    for proposals in (found, later):
        table, report = merge_proposals(claims, proposals, found if known else None)
        assert f"{FIRST}-099" in report.edited
        assert f"{FIRST}-099" in set(table["claim_id"])


def test_an_edit_that_newer_rules_agree_with_stays_when_they_change_again(folder, texts, found):
    run(folder, texts, found)
    name = find(found, "Dozens")
    save(folder, name, affected="civilian")
    agreed = change(found, "Dozens", affected="civilian")
    run(folder, texts, agreed)
    run(folder, texts, change(found, "Dozens", affected="mixed"))
    assert read(folder).loc[name, "affected"] == "civilian"


def test_a_look_at_newer_proposals_makes_no_edits_of_the_rows_that_differ(
    folder, texts, found, later
):
    """proposals.csv is of the last run, merged or not; what was merged is kept apart."""
    run(folder, texts, found)
    save_proposals(later, folder)
    report, _ = run(folder, texts, later)
    assert report.updated == [find(found, "Dozens")]
    assert not report.edited


def test_columns_of_a_person_stay_on_rows_that_follow_the_rules(folder, texts, found, later):
    run(folder, texts, found)
    save(folder, find(found, "Dozens"), reader="A. N.")
    report, _ = run(folder, texts, later)
    row = read(folder).loc[find(found, "Dozens")]
    assert (row["reader"], row["date_start"]) == ("A. N.", "2031-03-06")
    assert report.updated == [find(found, "Dozens")]


def test_a_row_with_a_note_in_a_column_of_a_person_is_not_dropped(folder, texts, found, later):
    run(folder, texts, found)
    save(folder, find(found, "60"), reader="ask the hospital")
    report, _ = run(folder, texts, later)
    assert read(folder).loc[find(found, "60"), "reader"] == "ask the hospital"
    assert report.held == [find(found, "60")]
    assert "they bear a note of yours" in repr(report)


def test_a_row_that_a_noted_row_names_is_not_dropped_either(folder, texts, linked, found):
    run(folder, texts, linked)
    save(folder, find(found, "Dozens"), reader="of how many?")
    gone = found["number"].isin(["Dozens", "Between 10,000 and 40,000"])
    report, _ = run(folder, texts, found[~gone])
    assert report.held == sorted(found["claim_id"][gone])
    assert not report.dropped


# --- columns -------------------------------------------------------------------------------------


@pytest.fixture
def wider(found) -> pd.DataFrame:
    """Proposals with a column that older tables lack."""
    return found.assign(whose="theirs")


def test_a_column_that_claims_lack_is_added_and_named(found, wider):
    claims = change(found, "60", review="accepted")
    table, report = merge_proposals(claims, wider, found)
    assert list(table.columns) == [*claims.columns, "whose"]
    assert report.columns == ["whose"]
    assert set(table["whose"][table["review"] == "proposed"]) == {"theirs"}
    assert set(table["whose"][table["review"] == "accepted"]) == {""}
    assert "columns added, empty where people decided: whose" in repr(report)


def test_a_column_that_is_new_makes_no_edits_of_old_rows(found, wider, monkeypatch):
    monkeypatch.setattr("helpers.claims.merge.OWN", [*helpers.claims.merge.OWN, "whose"])
    _, report = merge_proposals(found, wider, wider)
    assert len(report.updated) == len(found)
    assert not report.edited
    _, report = merge_proposals(found, wider, found)
    assert len(report.updated) == len(found)
    assert not report.edited


def test_a_column_that_is_there_is_not_added_again(found, wider):
    table, _ = merge_proposals(found, wider, found)
    again, report = merge_proposals(table, wider, wider)
    pd.testing.assert_frame_equal(again, table)
    assert not report.columns


def test_a_table_older_than_a_column_gets_it_at_the_next_merge(folder, texts, found):
    """At its end, empty where a person decided; a column of theirs named as a formula stays."""
    run(folder, texts, found)
    save(folder, find(found, "60"), review="accepted", **{"=own": "seen"})
    older = read(folder).drop(columns=ADDED_COLUMNS)
    (folder / "claims.csv").write_text(compose_table(older), "utf-8")
    report, said = run(folder, texts, found.assign(affected_side="theirs"))
    table = read(folder)
    assert list(table.columns) == [*older.columns, *ADDED_COLUMNS]
    assert report.columns == ADDED_COLUMNS
    assert BEFORE in str(said)
    assert table.loc[find(found, "60"), ["=own", *ADDED_COLUMNS]].tolist() == ["seen", "", ""]
    assert set(table["affected_side"][table["review"] == "proposed"]) == {"theirs"}
    assert not report.edited
    assert not run(folder, texts, found)[0].columns


# --- what is written -----------------------------------------------------------------------------


def test_a_merge_written_twice_is_written_once(folder, texts, found, later):
    run(folder, texts, found)
    table, report = merge(folder, texts, later)
    save_merge(table, report, folder, texts)
    written = read_files(folder)
    times = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert save_merge(table, report, folder, texts) == [
        "`claims.csv` holds this merge already: nothing was written"
    ]
    assert read_files(folder) == written
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == times


def test_a_review_saved_while_a_merge_runs_is_not_written_over(folder, texts, found, later):
    run(folder, texts, found)
    table, report = merge(folder, texts, later)
    save(folder, find(found, "60"), review="accepted")
    saved = read_files(folder)
    with pytest.raises(CorpusError, match=f"{CHANGED}, and what was saved there stands.* anew"):
        save_merge(table, report, folder, texts)
    assert read_files(folder) == saved


def test_the_run_after_a_refused_merge_merges_anew(folder, texts, found, later):
    run(folder, texts, found)
    table, report = merge(folder, texts, later)
    save_proposals(later, folder)
    save(folder, find(found, "60"), review="accepted")
    with pytest.raises(CorpusError):
        save_merge(table, report, folder, texts)
    report, _ = run(folder, texts, later)
    assert report.updated == [find(found, "Dozens")]
    assert not report.edited
    assert read(folder).loc[find(found, "60"), "review"] == "accepted"
    assert read(folder).loc[find(found, "Dozens"), "date_start"] == "2031-03-06"


def test_a_review_saved_after_a_merge_is_not_written_over_by_its_last_cell(folder, texts, found):
    table, report = merge(folder, texts, found)
    save_merge(table, report, folder, texts)
    save(folder, find(found, "60"), review="rejected")
    with pytest.raises(CorpusError, match="claims.csv appeared after it was read here"):
        save_merge(table, report, folder, texts)
    assert read(folder).loc[find(found, "60"), "review"] == "rejected"


def test_a_table_that_vanished_is_not_made_anew(folder, texts, found, later):
    run(folder, texts, found)
    table, report = merge(folder, texts, later)
    (folder / "claims.csv").unlink()
    with pytest.raises(CorpusError, match="claims.csv vanished after it was read here"):
        save_merge(table, report, folder, texts)
    assert not (folder / "claims.csv").exists()


def test_a_table_that_nobody_read_is_not_written_over_claims(folder, texts, found, later):
    run(folder, texts, found)
    table, report = merge_proposals(found, later, found)
    with pytest.raises(CorpusError, match="claims.csv appeared"):
        save_merge(table, report, folder, texts)


def test_what_is_saved_between_the_reading_and_its_sum_is_not_written_over(
    folder, texts, found, later, monkeypatch
):
    run(folder, texts, found)

    act = partial(save, folder, find(found, "60"), review="accepted")
    slow_down(monkeypatch, helpers.claims.proposals, "load_claim_table", act)
    coded = load_coded(folder, texts, load_places(folder))
    monkeypatch.undo()
    table, report = merge_proposals(coded, later, found)
    with pytest.raises(CorpusError, match=CHANGED):
        save_merge(table, report, folder, texts)
    assert read(folder).loc[find(found, "60"), "review"] == "accepted"


def test_a_file_is_looked_at_last_thing_before_it_is_replaced(tmp_path, monkeypatch):
    file = tmp_path / "a.csv"
    file.write_bytes(b"read")
    known, sync = sum_file(file), os.fsync

    def sync_slowly(handle):
        """The new file goes to disk, and somebody saves the old one meanwhile."""
        sync(handle)
        file.write_bytes(b"saved")

    monkeypatch.setattr(os, "fsync", sync_slowly)
    with pytest.raises(CorpusError, match="a.csv was changed after it was read here"):
        replace_file(file, "new", known)
    assert [(kept.name, kept.read_bytes()) for kept in tmp_path.iterdir()] == [("a.csv", b"saved")]


def test_the_table_before_a_merge_is_kept_beside_it_and_said(folder, texts, found, later):
    _, said = run(folder, texts, found)
    assert not (folder / BEFORE).exists()
    assert BEFORE not in str(said)
    save(folder, find(found, "At least 22"), review="accepted", reader="A. N.")
    kept = (folder / "claims.csv").read_bytes()
    table, report = merge(folder, texts, later)
    said = save_merge(table, report, folder, texts)
    assert said[1] == f"`{BEFORE}`: `claims.csv` as it was before this merge"
    assert (folder / BEFORE).read_bytes() == kept != (folder / "claims.csv").read_bytes()
    save_merge(table, report, folder, texts)
    assert (folder / BEFORE).read_bytes() == kept, "the second run of one merge"


def test_a_merge_that_changes_nothing_writes_no_claims(folder, texts, found):
    """Not even in another dress: a spreadsheet quotes as it likes."""
    run(folder, texts, found)
    quoted = read(folder).to_csv(index=False, quoting=1, lineterminator="\r\n")
    (folder / "claims.csv").write_bytes(quoted.encode())
    files = read_files(folder)
    _, said = run(folder, texts, found)
    assert said == ["`claims.csv` is as it was: there is nothing to bring in"]
    assert read_files(folder) == files
    assert not (folder / BEFORE).exists()


def test_where_nobody_coded_and_nothing_is_proposed_nothing_is_written(folder, texts, found):
    before = read_files(folder)
    report, said = run(folder, texts, found.iloc[:0])
    assert not report.changes
    assert "nothing to bring in" in said[0]
    assert read_files(folder) == before


def test_a_merge_that_does_not_stand_in_its_texts_writes_nothing(folder, texts, found, later):
    run(folder, texts, found)
    table, report = merge(folder, texts, change(later, "Dozens", low="24"))
    files = read_files(folder)
    with pytest.raises(ClaimsError, match="“Dozens”|Dozens"):
        save_merge(table, report, folder, texts)
    assert read_files(folder) == files


@pytest.mark.parametrize("name", [BEFORE, MERGED])
def test_what_a_merge_keeps_is_no_text_and_no_table_of_the_corpus(
    folder, texts, found, later, name
):
    """Not even where a person's column bears the name that texts stand under."""
    run(folder, texts, found)
    save_documents(texts, folder)
    save(folder, find(found, "At least 22"), review="accepted")
    run(folder, texts, later)
    tables, total = describe_tables(folder), sum_corpus(folder)
    kept = load_table(folder / name, CLAIM_COLUMNS)
    kept.assign(text="Rebels took Odra on Sunday.").to_csv(folder / name, index=False)
    documents = load_corpus(folder)
    assert list(documents["doc_id"]) == list(texts["doc_id"])
    assert not documents.attrs["unread"]
    assert describe_tables(folder) == tables
    assert sum_corpus(folder) == total
    assert name not in str(tables)


def test_a_place_edited_while_places_are_added_keeps_the_edit(folder, texts, found, monkeypatch):
    save_claims(found, folder)
    file = folder / "places.csv"
    header = "place,name,names,kind,lat,lon,governorate,country,prec,parts,note\n"
    file.write_text(header + "veshka,Veshka,,,,,,,,,\n", "utf-8")
    edited = header + "veshka,Veshka,,town,41.2,30.5,,,,,\n"
    slow_down(monkeypatch, helpers.claims.proposals, "load_table", lambda: file.write_text(edited))
    with pytest.raises(CorpusError, match="places.csv was changed after it was read here"):
        save_places(load_places(folder), folder)
    assert file.read_text("utf-8") == edited


def test_a_document_edited_while_documents_are_added_keeps_the_edit(folder, texts, monkeypatch):
    file = save_documents(texts.head(2), folder)
    edited = file.read_text("utf-8").replace(texts["title"].iloc[0], "Another title")
    slow_down(
        monkeypatch,
        helpers.corpus.documents,
        "read_layout",
        lambda: file.write_text(edited, "utf-8"),
    )
    with pytest.raises(CorpusError, match="documents.csv was changed after it was read here"):
        save_documents(texts, folder)
    assert file.read_text("utf-8") == edited


def test_a_review_saved_in_proposals_meanwhile_is_not_written_over(
    folder, found, later, monkeypatch
):
    file = save_proposals(found, folder)
    edited = file.read_text("utf-8").replace("proposed", "rejected", 1)

    def act() -> None:
        """Save the review."""
        file.write_text(edited, "utf-8")

    slow_down(monkeypatch, helpers.claims.proposals, "load_claim_table", act)
    with pytest.raises(CorpusError, match="proposals.csv was changed after it was read here"):
        save_proposals(later, folder)
    assert file.read_text("utf-8") == edited


@pytest.mark.parametrize("name", ["proposals.csv", MERGED])
def test_a_column_of_a_person_in_proposals_is_not_written_over(folder, found, name):
    found.assign(reader="A. N.").to_csv(folder / name, index=False)
    with pytest.raises(CorpusError, match=r"a column of your own \(reader\).* Rename it to claims"):
        save_proposals(found, folder, name)


# --- any order of things -------------------------------------------------------------------------


PEOPLE = ["accepted", "corrected", "rejected", "edit", "link", "unlink", "note"]
STEPS = st.one_of(
    st.tuples(st.sampled_from(PEOPLE), st.integers(0, 99), st.integers(0, 99)),
    st.tuples(st.sampled_from(["read", "write", "run", "run"]), st.integers(0, 1), st.just(0)),
    st.tuples(st.sampled_from(["rules", "look", "forget"]), st.integers(0, 3), st.just(0)),
)


def propose_variant(texts: pd.DataFrame, number: int) -> pd.DataFrame:
    """What rules of some version propose: each finds, dates and links in its own way."""
    counted = [row for at, row in enumerate(COUNTED) if at % 4 != number]
    counted = [
        row if row[2] != "Dozens" else (*row[:6], f"2031-03-0{6 + number}") for row in counted
    ]
    table = propose_by_hand(texts, counted, EVENTS[number % 2 :])
    whole = find(table, "Between 10,000 and 40,000") if number != 3 else ""
    return table.assign(part_of=table["part_of"].mask(table["number"] == "Dozens", whole))


@pytest.fixture(scope="module")
def variants() -> list[pd.DataFrame]:
    """What four versions of the rules propose."""
    texts = load_corpus(SAMPLES / "veshka")
    return [propose_variant(texts, number) for number in range(4)]


class Corpus:
    """A folder that two notebooks merge into while a person decides; `decided` remembers what they
    did."""

    def __init__(self, folder: Path, variants: list[pd.DataFrame]):
        self.folder, self.texts, self.variants = folder, load_corpus(folder), variants
        self.proposals, self.merges, self.decided, self.done = variants[0], {}, {}, 0

    def act(self, kind: str, first: int, second: int) -> None:
        """A person opens claims.csv, decides on a row of it, and saves."""
        table, self.done = read(self.folder), self.done + 1
        row, other = table.iloc[first % len(table)], table["claim_id"].iloc[second % len(table)]
        cells = {
            "edit": {"actor": f"side {self.done}"},
            "link": {"same_as": other if other != row["claim_id"] else ""},
            "unlink": {"part_of": "", "same_as": ""},
            "note": {"reader": f"note {self.done}"},
        }.get(kind, {"review": kind, "note": f"decision {self.done}"})
        if any(row.get(column, "") != cell for column, cell in cells.items()):
            save(self.folder, row["claim_id"], **cells)
            kept = self.decided.setdefault(row["claim_id"], {})
            kept |= cells if kind == "note" else read(self.folder).loc[row["claim_id"]]

    def work(self, kind: str, which: int) -> None:
        """A notebook reads and merges, or writes what it merged; rules change; files are
        deleted."""
        if kind == "rules":
            self.proposals = self.variants[which]
        elif kind == "look":
            save_proposals(self.variants[which], self.folder)
        elif kind == "forget":
            for name in [MERGED, "proposals.csv"][: 1 + which % 2]:
                (self.folder / name).unlink(missing_ok=True)
        elif kind == "run":
            self.work("read", which)
            self.work("write", which)
        elif kind == "read":
            known = sum_file(self.folder / "claims.csv")
            self.merges[which] = (*merge(self.folder, self.texts, self.proposals), known)
        elif which in self.merges:
            self.write(*self.merges[which])

    def write(self, table: pd.DataFrame, report, known: str) -> None:
        """A merge is written, unless somebody saved or merged since it was read."""
        now, refused = sum_file(self.folder / "claims.csv"), ""
        try:
            save_merge(table, report, self.folder, self.texts)
        except CorpusError as fault:
            refused = str(fault)
        if refused:
            assert "after it was read here" in refused
            assert now != known
            assert sum_file(self.folder / "claims.csv") == now
        rows = read(self.folder)
        for name, cells in self.decided.items():
            assert rows.loc[name].reindex(cells).to_dict() == cells


@settings(max_examples=60, deadline=None, derandomize=True)
@given(steps=st.lists(STEPS, min_size=6, max_size=24))
def test_no_order_of_reading_merging_saving_and_writing_loses_a_decision(
    tmp_path_factory, variants, steps
):
    folder = tmp_path_factory.mktemp("any") / "veshka"
    corpus = Corpus(Path(shutil.copytree(SAMPLES / "veshka", folder)), variants)
    for kind, first, second in [("run", 0, 0), *steps]:
        if kind in PEOPLE:
            corpus.act(kind, first, second)
        else:
            corpus.work(kind, first)
    shutil.rmtree(folder)


# --- the notebook --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory) -> Path:
    """A corpus that people work on: reviews, columns of their own, links by hand, an edit unmarked
    as such."""
    folder = tmp_path_factory.mktemp("reviewed") / "veshka"
    shutil.copytree(SAMPLES / "veshka", folder)
    texts = load_corpus(folder)
    claims = propose_claims(texts, load_places(folder)).claims
    places = claims["place"].tolist()
    run(folder, texts, claims.iloc[:-1])
    ids = claims["claim_id"].tolist()
    save(folder, ids[0], review="accepted", reader="A. N.")
    save(folder, ids[1], review="rejected", note='seen; "not here"')
    save(folder, ids[2], review="corrected", place=places[0], reader="B. O.")
    save(folder, ids[3], actor="whoever it was")
    save(folder, ids[4], same_as=ids[5], reader="one event?")
    return folder


def open_notebook(folder: Path) -> tuple[NotebookClient, list[int]]:
    """Notebook 00 on a corpus, with its last step; and which of its cells are code."""
    book = nbformat.read(NOTEBOOK, as_version=4)
    [cell] = [cell for cell in book.cells if "parameters" in cell.metadata.get("tags", [])]
    cell.source = cell.source.replace('"seeds"', repr(str(folder)))
    cell.source = cell.source.replace("merge: bool = False", "merge: bool = True")
    code = [number for number, cell in enumerate(book.cells) if cell.cell_type == "code"]
    resources = {"metadata": {"path": str(NOTEBOOK.parent)}}
    return NotebookClient(book, timeout=None, resources=resources), code


def execute(client: NotebookClient, number: int) -> str:
    """Run one cell; what it shows, as text."""
    cell = client.execute_cell(client.nb.cells[number], number)
    return str([output.get("data") for output in cell.get("outputs", [])])


def test_running_any_cell_of_the_first_notebook_a_second_time_changes_nothing(reviewed, tmp_path):
    folder = Path(shutil.copytree(reviewed, tmp_path / "veshka"))
    decided = read(folder)
    decided = decided[(decided["review"] != "proposed") | (decided["actor"] == "whoever it was")]
    client, code = open_notebook(folder)
    with client.setup_kernel():
        shown = {number: execute(client, number) for number in code}
        files = read_files(folder)
        assert {"claims.csv", BEFORE, MERGED, "proposals.csv", "places.csv"} <= files.keys()
        assert files["claims.csv"] != (reviewed / "claims.csv").read_bytes()
        assert files[BEFORE] == (reviewed / "claims.csv").read_bytes()
        for number in code:
            again = execute(client, number)
            assert read_files(folder) == files, client.nb.cells[number].source
            if number < code[-5]:  # from there on the table is shown that was merged before
                assert again == shown[number]
    kept = read(folder)
    pd.testing.assert_frame_equal(kept.loc[decided.index, decided.columns], decided)
    linked = kept[kept["reader"] == "one event?"]
    assert (
        linked["same_as"].tolist() == read(reviewed).loc[linked.index, "same_as"].tolist() != [""]
    )


def test_a_review_saved_before_the_last_cells_run_again_is_there_afterwards(reviewed, tmp_path):
    folder = Path(shutil.copytree(reviewed, tmp_path / "veshka"))
    client, code = open_notebook(folder)
    with client.setup_kernel():
        for number in code:
            execute(client, number)
        name = read(folder).query("review == 'proposed'")["claim_id"].iloc[0]
        save(folder, name, review="rejected", note="not in this text")
        saved = read_files(folder)
        for number in code[-3:-1]:
            execute(client, number)
        with pytest.raises(CellExecutionError, match=f"{CHANGED}.*merges anew"):
            execute(client, code[-1])
        assert read_files(folder) == saved
        for number in code:
            execute(client, number)
    assert read(folder).loc[name, ["review", "note"]].tolist() == ["rejected", "not in this text"]
