"""Files whole or not at all, whatever stops whoever writes them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.corpus.folders import REPOSITORY
from helpers.schema.errors import CorpusError
from helpers.schema.files import finish_saving, open_part, replace_file, save_files
from tests.elsewhere.sitecustomize import refuse_open


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file in it, hidden ones too."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture
def full_disk(monkeypatch):
    def fill(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fill)


# --- one file ------------------------------------------------------------------------------------


def test_a_file_is_replaced_and_nothing_left_beside_it(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"old")
    assert replace_file(tmp_path / "a.csv", "né") == tmp_path / "a.csv"
    assert read_folder(tmp_path) == {"a.csv": "né".encode()}


def test_who_reads_the_old_file_meanwhile_reads_it_whole(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"old")
    with (tmp_path / "a.csv").open("rb") as reader:
        replace_file(tmp_path / "a.csv", "new")
        assert reader.read() == b"old"


def test_on_a_full_disk_the_old_file_still_stands(tmp_path, full_disk):
    (tmp_path / "a.csv").write_bytes(b"old")
    with pytest.raises(
        CorpusError, match="a.csv cannot be written .No space left on device.; it is as it was"
    ):
        replace_file(tmp_path / "a.csv", "new")
    assert read_folder(tmp_path) == {"a.csv": b"old"}


def test_what_is_written_stands_under_its_name_only_when_all_of_it_is(tmp_path):
    with open_part(tmp_path / "a.parquet") as out:
        out.write(b"half")
        assert [name for name in read_folder(tmp_path) if not name.endswith(".part")] == []
    assert read_folder(tmp_path) == {"a.parquet": b"half"}


@pytest.mark.parametrize("stop", [ValueError, KeyboardInterrupt])
def test_who_stops_in_mid_writing_leaves_nothing(stop, tmp_path):
    def write_half():
        with open_part(tmp_path / "a.parquet") as out:
            out.write(b"half")
            raise stop

    with pytest.raises(stop):
        write_half()
    assert read_folder(tmp_path) == {}


def test_two_that_write_one_file_do_not_write_into_each_other(tmp_path):
    with open_part(tmp_path / "a") as first, open_part(tmp_path / "a") as second:
        first.write(b"first")
        second.write(b"second")
    assert read_folder(tmp_path) == {"a": b"first"}


# --- several files -------------------------------------------------------------------------------


def test_a_file_that_cannot_be_replaced_leaves_all_as_they_were(tmp_path):
    (tmp_path / "b.txt").mkdir()
    (tmp_path / "a.txt").write_bytes(b"old")
    with pytest.raises(CorpusError, match="as they were"):
        save_files(tmp_path, {"a.txt": b"new", "b.txt": b"new"})
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert not list(tmp_path.glob("*.part"))


def test_an_interrupt_right_after_a_file_was_replaced_puts_that_one_back_too(tmp_path, monkeypatch):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"old")
    true = os.replace

    def interrupt(source, target):
        true(source, target)
        if Path(target).name == "b.txt":
            raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save_files(tmp_path, {"a.txt": b"new", "b.txt": b"new", "c.txt": b"new"})
    assert read_folder(tmp_path) == {"a.txt": b"old", "b.txt": b"old"}


KILL = """
import os, sys
sys.path.insert(0, {home!r})
from pathlib import Path
from helpers.schema.files import save_files
true, left = os.replace, [{after}]
def replace(*names):
    if not left[0]:
        os.kill(os.getpid(), 9)
    left[0] -= 1
    true(*names)
os.replace = replace
save_files(Path({folder!r}), {{name: b"new" for name in {names!r}}})
"""


@pytest.mark.parametrize("after", range(5))
def test_files_are_all_old_or_all_new_after_a_kill_in_their_midst(tmp_path, after):
    names = ["a.svg", "a.pdf", "evidence/a.csv"]
    save_files(tmp_path, dict.fromkeys(names, b"old"))
    code = KILL.format(home=str(REPOSITORY), after=after, folder=str(tmp_path), names=names)
    died = subprocess.run([sys.executable, "-c", code])
    assert died.returncode == (-9 if after < 4 else 0)
    finish_saving(tmp_path)
    assert {(tmp_path / name).read_bytes() for name in names} == {b"old" if after == 0 else b"new"}


def test_a_journal_moves_nothing_out_of_its_folder(tmp_path):
    folder = tmp_path / "figures"
    folder.mkdir()
    (tmp_path / ".x.1.part").write_text("bad", "utf-8")
    (folder / ".1.journal.part").write_text('["../x", "/x", 3]', "utf-8")
    finish_saving(folder)
    assert not (tmp_path / "x").exists()


# --- files that somebody reads, where the system minds -------------------------------------------


@pytest.fixture
def minds(monkeypatch):
    """os.replace as on Windows; what each pause between two tries does may be set."""
    monkeypatch.setattr("os.replace", refuse_open(os.replace))
    return lambda pause: monkeypatch.setattr("time.sleep", pause)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are found in /proc")
@pytest.mark.parametrize("save", ["one", "several"])
def test_a_file_that_is_read_for_a_moment_is_replaced_after_it(save, tmp_path, minds):
    (tmp_path / "a.csv").write_bytes(b"old")
    reader = (tmp_path / "a.csv").open("rb")
    minds(lambda _: reader.close())
    if save == "one":
        replace_file(tmp_path / "a.csv", "new")
    else:
        save_files(tmp_path, {"a.csv": b"new"})
    assert read_folder(tmp_path) == {"a.csv": b"new"}


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are found in /proc")
def test_of_files_of_which_one_is_held_open_none_is_replaced_and_it_is_said(tmp_path, minds):
    old = {"a.csv": b"old", "b.csv": b"old"}
    for name, data in old.items():
        (tmp_path / name).write_bytes(data)
    minds(lambda _: None)
    with (
        (tmp_path / "b.csv").open("rb"),
        pytest.raises(CorpusError, match="cannot be written .The process cannot access the file"),
    ):
        save_files(tmp_path, {"a.csv": b"new", "b.csv": b"new"})
    assert read_folder(tmp_path) == old
