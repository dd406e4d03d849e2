"""Claims at scale: the rows of a single run, whatever the partitions, whatever goes wrong."""

import contextlib
import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from distributed import CancelledError

import helpers
from helpers.corpus.articles import load_articles
from helpers.corpus.documents import load_corpus
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.places import load_places
from helpers.extract.propose import propose_claims
from helpers.scale import manifest, propose
from helpers.scale.batch import load_batches, load_documents
from helpers.scale.cluster import do_splits
from helpers.scale.manifest import sum_rules
from helpers.scale.messages import Job, Request, TextSplit
from helpers.scale.parts import name_file
from helpers.scale.propose import propose_at_scale
from helpers.scale.split import load_splits
from helpers.scale.worker import UnfitError, write_part
from helpers.schema.csv_files import python_strings
from helpers.schema.errors import CorpusError
from tests.conftest import PATIENCE, SEEDS, make_study, wait_until

STANDIN = """
import os, time
from pathlib import Path
import pandas as pd
from types import SimpleNamespace
from helpers.schema.columns import PROPOSAL_COLUMNS

def propose(documents, places, country=""):
    for text in documents["text"]:
        if "CRASH" in text:
            os._exit(3)
        if "HANG" in text:
            Path(__file__).with_name("hangs").touch()
            time.sleep(3_600)
        if "MEMORY" in text:
            held = [bytearray(b"x" * 50_000_000) for _ in range(16)]
            time.sleep(3_600)
        if "RAISE" in text:
            raise ValueError("a rule that broke")
        while "WAIT" in text and not Path(__file__).with_name("go").exists():
            time.sleep(0.05)
    rows = []
    for row in documents.itertuples():
        told = {"claim_id": f"{row.doc_id}-p001", "doc_id": row.doc_id, "exact": row.text[:8]}
        rows.append(dict.fromkeys(PROPOSAL_COLUMNS, "") | told | {"actor": country})
    claims = pd.DataFrame(rows, columns=PROPOSAL_COLUMNS, dtype=str)
    return SimpleNamespace(claims=claims, places=places, skipped=[])
"""


@pytest.fixture
def standin(tmp_path, monkeypatch) -> str:
    """The name of a quick function that proposes one claim a text and breaks on certain words."""
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "standin.py").write_text(STANDIN)
    monkeypatch.syspath_prepend(tmp_path / "code")
    return "standin:propose"


def write_lines(file: Path, texts: list[str], **columns) -> Path:
    """A JSONL of texts with ids from a00."""
    rows = [
        {"id": f"a{number:02d}", "text": text}
        | {name: values[number] for name, values in columns.items()}
        for number, text in enumerate(texts)
    ]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return file


@python_strings
def read_claims(folder: Path) -> pd.DataFrame:
    return pd.concat(
        [pd.read_parquet(file) for file in sorted((folder / "claims").iterdir())], ignore_index=True
    )


@python_strings
def read_splits(source: Path, megabytes: float) -> pd.DataFrame:
    """All documents of a source, read split by split."""
    home = source if source.is_dir() else source.parent
    parts = [
        load_documents(home, split, batch)[0]
        for split in load_splits(source, megabytes)
        for batch in load_batches(home, split)
    ]
    return pd.concat(parts, ignore_index=True)


@pytest.fixture(scope="module")
def news(tmp_path_factory) -> Path:
    """A folder with one table: the five texts, in several copies of different length, with days and
    odd letters."""
    folder = tmp_path_factory.mktemp("news")
    texts = [
        f"{text[cut : cut + 2_000]}\n\u2028İstanbul {cut}"
        for text in load_articles(SEEDS)[0]["text"]
        for cut in (0, 2_000)
    ]
    write_lines(
        folder / "news.jsonl",
        texts,
        published=[
            f"2024-12-{1 + number:02d}" if number % 3 else "" for number in range(len(texts))
        ],
    )
    return folder


@pytest.fixture(scope="module")
@python_strings
def single(news):
    """What one process proposes from all of it."""
    return propose_claims(load_corpus(news), load_places(news), "SYR")


@pytest.fixture(scope="module")
def archive(news, tmp_path_factory) -> Path:
    """What two Dask workers propose from it."""
    target = tmp_path_factory.mktemp("archive") / "claims"
    propose_at_scale(news, target, workers=2, country="SYR", megabytes=0.005)
    return target


# --- the same rows
# ------------------------------------------------------------------------------------------


def test_two_dask_workers_propose_row_for_row_what_one_process_does(archive, single):
    assert len(list((archive / "claims").iterdir())) > 3
    pd.testing.assert_frame_equal(read_claims(archive), single.claims)


def test_places_are_those_of_a_single_run(archive, single):
    pd.testing.assert_frame_equal(
        load_places(archive).round(4), single.places.round(4), check_dtype=False
    )


def test_a_part_names_each_place_once_whatever_batches_are(news, tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.scale.batch.BATCH_ROWS", 3)
    [split] = load_splits(news)
    write_part(Request(Job(str(news), str(tmp_path), "SYR", "", propose.EXTRACT, 9, 4_000), split))
    assert pd.read_parquet(name_file(tmp_path, "places", 0))["place"].is_unique


@pytest.mark.parametrize("megabytes", [0.001, 0.02, 1])
def test_a_jsonl_gives_the_documents_of_load_corpus_wherever_it_is_cut(news, megabytes):
    whole = load_corpus(news).sort_values("doc_id", ignore_index=True)
    pd.testing.assert_frame_equal(
        read_splits(news, megabytes).sort_values("doc_id", ignore_index=True)[whole.columns], whole
    )


@pytest.mark.parametrize(("rows", "megabytes"), [(2, 0.001), (4, 0.05), (1_000, 0.01), (1_000, 1)])
def test_a_parquet_gives_the_documents_of_load_corpus_wherever_it_is_cut(
    news, tmp_path, rows, megabytes
):
    table = pd.read_json(news / "news.jsonl", lines=True, dtype=str).drop(columns="id")
    table.to_parquet(tmp_path / "news.parquet", row_group_size=rows)
    whole = load_corpus(tmp_path)
    pd.testing.assert_frame_equal(
        read_splits(tmp_path / "news.parquet", megabytes)[whole.columns], whole
    )


def test_a_folder_of_texts_gives_the_documents_of_load_corpus_with_what_people_wrote_of_them():
    whole = load_corpus(SEEDS)
    pd.testing.assert_frame_equal(read_splits(SEEDS, 0.01)[whole.columns], whole)


def test_texts_in_folders_below_have_ids_of_their_own(tmp_path):
    for name in ("2024/a.txt", "2024/b.txt", "2025/a.txt", ".hidden/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"A text called {name}.")
    assert list(read_splits(tmp_path, 1)["doc_id"]) == ["2024-a", "2024-b", "2025-a"]


def test_rows_of_several_tables_bear_the_name_of_their_table(tmp_path):
    for name in ("one", "two"):
        write_lines(tmp_path / f"{name}.jsonl", ["A text.", "Another."])
    assert list(read_splits(tmp_path, 1)["doc_id"]) == ["one-a00", "one-a01", "two-a00", "two-a01"]


def test_rows_without_an_id_keep_the_number_of_their_line_in_any_split(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        "".join(
            json.dumps({"text": f"Text {number}."}) + "\n" * (1 + number % 2)
            for number in range(40)
        )
    )
    whole = load_corpus(tmp_path)
    assert list(read_splits(tmp_path, 0.0001)["doc_id"]) == list(whole["doc_id"])
    assert len(load_splits(tmp_path, 0.0001)) > 5


def test_without_a_country_the_one_that_all_texts_name_most_is_taken(tmp_path, standin):
    source = write_lines(
        tmp_path / "news.jsonl", ["Syria and Damascus."] * 3 + ["Lebanon, Beirut."]
    )
    propose_at_scale(source, tmp_path / "out", workers=1, megabytes=0.00005, extract=standin)
    assert (
        json.loads((tmp_path / "out" / "manifest.json").read_text())["parameters"]["countries"]
        == "SY"
    )
    assert list(read_claims(tmp_path / "out")["actor"]) == ["SY"] * 4


# --- what goes wrong
# ----------------------------------------------------------------------------------------


class HurriedQueue(queue.SimpleQueue):
    """News of a child, and no waiting for more once a text hangs, which says so in a file: its time
    is up at once."""

    hangs: Path

    def __init__(self):
        self.hangs.unlink(missing_ok=True)

    def get(self, timeout):
        if self.hangs.exists():
            raise queue.Empty
        return super().get(timeout=timeout)


def test_a_text_that_crashes_hangs_grows_or_raises_is_set_aside_and_the_others_are_kept(
    tmp_path, standin, monkeypatch
):
    monkeypatch.setattr(HurriedQueue, "hangs", tmp_path / "code" / "hangs", raising=False)
    hurried = SimpleNamespace(SimpleQueue=HurriedQueue, Empty=queue.Empty)
    monkeypatch.setattr("helpers.scale.supervisor.queue", hurried)
    source = write_lines(
        tmp_path / "news.jsonl",
        ["Good one.", "CRASH", "Good two.", "HANG", "MEMORY", "RAISE", "Good three."],
    )
    counts = propose_at_scale(
        source, tmp_path / "out", workers=1, country="SYR", extract=standin, seconds=600, memory=500
    )
    assert counts.sum()[["claims", "set_aside"]].tolist() == [3, 4]
    assert list(read_claims(tmp_path / "out")["doc_id"]) == ["a00", "a02", "a06"]
    aside = manifest.load_aside(tmp_path / "out")
    assert list(zip(aside["doc_id"], aside["where"], aside["reason"])) == [
        ("a01", "news.jsonl line 2", "ended with code 3"),
        ("a03", "news.jsonl line 4", "took longer than 600 s"),
        ("a04", "news.jsonl line 5", "took more than 500 MB of memory"),
        ("a05", "news.jsonl line 6", "ValueError: a rule that broke"),
    ]


@pytest.fixture
def cluster() -> str:
    """The address of a Dask scheduler with two workers, each a process that its nanny starts
    again."""
    import psutil

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    worker = ["worker", address, "--nthreads", "1", "--memory-limit", "0", "--no-dashboard"]
    commands = [
        [
            "scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            address.rpartition(":")[2],
            "--no-dashboard",
        ],
        worker,
        worker,
    ]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{name}", *rest],
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        for name, *rest in commands
    ]
    yield address
    for process in [
        *(child for one in started for child in psutil.Process(one.pid).children(recursive=True)),
        *started,
    ]:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    for process in started:
        process.wait()


def list_children(parent: int = 0) -> list:
    """The processes below one, this one if none is named, that read texts."""
    import psutil

    found = []
    for child in psutil.Process(parent or None).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            found += [child] if "helpers.scale.worker" in child.cmdline() else []
    return found


@pytest.mark.parametrize("where", ["on a cluster, the worker", "here, what reads for it"])
def test_a_worker_killed_in_mid_run_loses_nothing_and_doubles_nothing(
    where, tmp_path, standin, request
):
    texts = [f"Text {number}." for number in range(8)] + [f"WAIT {number}" for number in range(16)]
    source, killed, before = write_lines(tmp_path / "news.jsonl", texts), [], list_children()

    def kill() -> None:
        try:
            wait_until(lambda: list((tmp_path / "out").glob("done/*")))
            child = next(
                child for child in list_children() if child not in before
            )  # not one that another test left to end by itself
            killed.append(child.pid if where.startswith("here") else child.ppid())
            assert killed[0] != os.getpid()
            os.kill(killed[0], signal.SIGKILL)
        finally:
            (tmp_path / "code" / "go").touch()

    killer = threading.Thread(target=kill)
    killer.start()
    scheduler = "" if where.startswith("here") else request.getfixturevalue("cluster")
    counts = propose_at_scale(
        source,
        tmp_path / "out",
        scheduler=scheduler,
        workers=2,
        country="SYR",
        megabytes=0.0001,
        extract=standin,
    )
    killer.join()
    assert killed
    assert len(counts) >= 6
    assert counts["claims"].sum() == 24
    assert list(read_claims(tmp_path / "out")["doc_id"]) == [
        f"a{number:02d}" for number in range(24)
    ]
    assert not list((tmp_path / "out").rglob("*.part"))


def test_a_run_that_is_interrupted_waits_for_no_text_and_leaves_no_process(tmp_path, standin):
    source = write_lines(tmp_path / "news.jsonl", ["A text.", "Another."] * 4 + ["HANG"] * 20)
    # a shell starts what runs in the background deaf to it
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    code += (
        f"from helpers.scale import propose_at_scale; propose_at_scale({str(source)!r}, "
        f"{str(tmp_path / 'out')!r}, workers=2, country='SYR', megabytes=0.00005, seconds=1e6, "
        "extract='standin:propose')"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", code],
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path / "code"), str(REPOSITORY)])},
    )
    try:
        wait_until((tmp_path / "code" / "hangs").exists)
        wait_until(lambda: len(list_children(run.pid)) == 2)
        children = list_children(run.pid)
        run.send_signal(signal.SIGINT)
        said = run.communicate(timeout=PATIENCE)[1].decode()  # what hangs would do so for an hour
    finally:
        run.kill()
    assert "KeyboardInterrupt" in said
    assert list((tmp_path / "out").glob("done/*"))
    assert not any(child.is_running() for child in children)


def test_after_a_run_of_several_workers_none_of_their_processes_is_left_and_another_run_works(
    tmp_path, standin
):
    source = write_lines(tmp_path / "news.jsonl", [f"Text {number}." for number in range(6)])
    for name, workers in (("two", 2), ("one", 1), ("again", 2)):
        propose_at_scale(
            source,
            tmp_path / name,
            workers=workers,
            country="SYR",
            megabytes=0.00005,
            extract=standin,
        )
        if name != "one":  # one worker keeps its process for a minute
            assert not list_children()


@pytest.fixture
def stopped(tmp_path, standin, monkeypatch) -> tuple[Path, list[int]]:
    """A run that ended after three partitions, and a list of the partitions that are read from then
    on."""
    source, read, do = (
        write_lines(tmp_path / "news.jsonl", [f"Text {number}." for number in range(20)]),
        [],
        propose.propose_split,
    )

    def stop(job, split):
        if split.number == 3:
            raise KeyboardInterrupt
        return do(job, split)

    monkeypatch.setattr(propose, "propose_split", stop)
    with pytest.raises(KeyboardInterrupt):
        propose_at_scale(
            source, tmp_path / "out", workers=1, country="SYR", megabytes=0.0001, extract=standin
        )
    monkeypatch.setattr(
        propose, "propose_split", lambda job, split: read.append(split.number) or do(job, split)
    )
    return source, read


def go_on(source: Path, **changes) -> Path:
    target = source.parent / "out"
    propose_at_scale(
        source,
        target,
        **{"workers": 1, "country": "SYR", "megabytes": 0.0001, "extract": "standin:propose"}
        | changes,
    )
    return target


def test_a_run_goes_on_where_it_stopped_and_ends_with_the_bytes_of_one_that_did_not(
    stopped, tmp_path
):
    source, read = stopped
    target = go_on(source)
    assert read == list(range(3, len(load_splits(source, 0.0001))))
    propose_at_scale(
        source,
        tmp_path / "straight",
        workers=1,
        country="SYR",
        megabytes=0.0001,
        extract="standin:propose",
    )
    files = [
        sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
        for folder in (target, tmp_path / "straight")
    ]
    assert files[0] == files[1]
    assert [
        name
        for name in files[0]
        if (target / name).read_bytes() != (tmp_path / "straight" / name).read_bytes()
    ] == []


def test_a_partition_whose_file_was_damaged_is_done_again(stopped):
    source, read = stopped
    damaged = name_file(source.parent / "out", "claims", 1)
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    go_on(source)
    assert read[0] == 1


def test_a_source_that_changed_in_between_is_refused(stopped):
    source, _ = stopped
    write_lines(source, [f"Other text {number}." for number in range(20)])
    with pytest.raises(
        CorpusError,
        match=r"the source has changed since its claims were proposed; name another output",
    ):
        go_on(source)


def test_a_source_that_lost_its_last_tables_is_refused_though_a_partition_between_was_never_done(
    tmp_path, standin
):
    (tmp_path / "in").mkdir()
    for name in "abcde":
        write_lines(tmp_path / "in" / f"{name}.jsonl", [f"Text {name}."])
    run = {"workers": 1, "country": "SYR", "extract": standin}
    propose_at_scale(tmp_path / "in", tmp_path / "out", **run)
    for table in ("done", "claims", "documents", "places"):
        name_file(tmp_path / "out", table, 3).unlink()
    for name in "de":
        (tmp_path / "in" / f"{name}.jsonl").unlink()
    with pytest.raises(CorpusError, match="it is shorter"):
        propose_at_scale(tmp_path / "in", tmp_path / "out", **run)


def test_other_parameters_in_between_are_refused_by_name(stopped):
    with pytest.raises(CorpusError, match='country: "SYR" there, "LBN" now'):
        go_on(stopped[0], country="LBN")


def test_rules_that_changed_in_between_are_refused(stopped, monkeypatch):
    monkeypatch.setattr("helpers.scale.manifest.sum_rules", lambda: "0123456789ab")
    with pytest.raises(CorpusError, match='rules: "[0-9a-f]{12}" there, "0123456789ab" now'):
        go_on(stopped[0])


def test_another_rule_file_is_another_digest_of_the_rules(tmp_path, monkeypatch):
    before = sum_rules()
    assert sum_rules() == before
    package = tmp_path / "helpers"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(helpers.__file__).parent, package, ignore=ignored)
    monkeypatch.setattr(helpers, "__file__", str(package / "__init__.py"))
    assert sum_rules() == before
    with (package / "extract" / "rules" / "verbs.csv").open("a", encoding="utf-8") as verbs:
        verbs.write("overwhelm,,capture,place\n")
    assert sum_rules() != before


def test_places_written_in_between_are_refused_for_claims_rest_on_them(stopped):
    (stopped[0].parent / "places.csv").write_bytes((SEEDS / "places.csv").read_bytes())
    with pytest.raises(CorpusError, match='places.csv: "" there'):
        go_on(stopped[0])


def test_figures_are_not_drawn_from_a_run_that_has_not_ended(stopped):
    with pytest.raises(CorpusError, match="has not ended; start it again"):
        make_study(corpus=str(stopped[0].parent / "out"))


def test_a_full_disk_leaves_no_part_of_a_partition_and_says_what_to_do(
    tmp_path, standin, monkeypatch
):
    source = write_lines(tmp_path / "news.jsonl", ["A text."])
    [split] = load_splits(source)

    def fill(number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fill)
    job = Job(str(tmp_path), str(tmp_path / "out"), "SYR", "", standin, 9, 4_000)
    with pytest.raises(
        UnfitError,
        match=(
            "No space left on device; this partition is not written. Make room, or mend it, and "
            "start again"
        ),
    ):
        write_part(Request(job, split))
    assert [file for file in (tmp_path / "out").rglob("*") if file.is_file()] == []


def test_a_table_that_is_damaged_further_down_is_named_and_no_text_before_it_is_blamed(
    tmp_path, standin
):
    import pyarrow
    from pyarrow import parquet

    texts = [f"Text {number}.".encode() for number in range(600)]
    texts[300] = b"\xff"
    parquet.write_table(
        pyarrow.table({"text": pyarrow.array(texts, pyarrow.binary())}), tmp_path / "a.parquet"
    )
    with pytest.raises(CorpusError, match="a.parquet cannot be read .*; write it again"):
        propose_at_scale(
            tmp_path / "a.parquet", tmp_path / "out", workers=1, country="SYR", extract=standin
        )


def test_what_a_child_says_of_the_whole_run_is_said(tmp_path, standin):
    source = write_lines(tmp_path / "a.jsonl", ["A text."])
    job = Job(str(tmp_path / "unmounted"), str(tmp_path / "out"), "SYR", "", standin, 9, 4_000)
    with pytest.raises(CorpusError, match="unmounted"):
        propose.propose_split(job, load_splits(source)[0])


def test_a_machine_that_can_start_no_process_says_so_once(tmp_path, standin, monkeypatch):
    def refuse(*_, **__):
        raise OSError(12, "Cannot allocate memory")

    source = write_lines(tmp_path / "a.jsonl", ["A text."])
    monkeypatch.setattr("subprocess.Popen", refuse)
    monkeypatch.setattr("helpers.scale.supervisor._own", threading.local())
    with pytest.raises(
        CorpusError,
        match=r"no process can be started to read texts \(Cannot allocate memory\); make room",
    ):
        propose_at_scale(source, tmp_path / "out", workers=1, country="SYR", extract=standin)


def test_fewer_than_one_worker_are_refused(tmp_path):
    with pytest.raises(CorpusError, match="workers = 0 does nothing"):
        propose_at_scale(
            write_lines(tmp_path / "a.jsonl", ["A text."]), tmp_path / "out", workers=0
        )


def test_a_text_that_is_a_link_to_elsewhere_is_left_out_by_name_and_a_table_is_refused(
    tmp_path, standin
):
    (tmp_path / "in").mkdir()
    (tmp_path / "elsewhere.txt").write_text("Not of this folder.")
    (tmp_path / "in" / "a.txt").symlink_to(tmp_path / "elsewhere.txt")
    (tmp_path / "in" / "b.txt").write_text("A text.")
    counts = propose_at_scale(
        tmp_path / "in", tmp_path / "out", workers=1, country="SYR", extract=standin
    )
    assert counts[["documents", "left_out"]].sum().tolist() == [1, 1]
    assert manifest.load_aside(tmp_path / "out")["where"].tolist() == ["a.txt"]
    (tmp_path / "in" / "c.jsonl").symlink_to(write_lines(tmp_path / "elsewhere.jsonl", ["A text."]))
    with pytest.raises(CorpusError, match="c.jsonl is a link that leads out of its folder"):
        load_splits(tmp_path / "in")


def test_a_line_that_is_none_is_left_out_though_the_first_line_is_longer_than_what_is_read_at_once(
    tmp_path, standin, monkeypatch
):
    for module in ("split", "batch"):
        monkeypatch.setattr(f"helpers.scale.{module}.CHUNK", 100)
    source = write_lines(tmp_path / "a.jsonl", ["A text. " * 50])
    source.write_text(source.read_text() + "no json, in a split of its own\n")
    counts = propose_at_scale(
        source, tmp_path / "out", workers=1, country="SYR", extract=standin, megabytes=0.00001
    )
    assert counts[["documents", "left_out"]].sum().tolist() == [1, 1]


class StandinClient:
    """A Dask client that does what it is given at once, until its scheduler goes after `lasts` of
    them."""

    loop = None

    def __init__(self, lasts: int):
        self.lasts, self.futures = lasts, []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def __next__(self):
        return self.futures.pop(0)

    def ncores(self):
        return {"worker": 1}

    def submit(self, work, job, split, pure):
        future = Future()
        future.result = lambda: self.finish(work, job, split)
        return future

    def add(self, future):
        self.futures.append(future)

    def finish(self, work, job, split):
        self.lasts -= 1
        if self.lasts < 0:
            raise CancelledError("the scheduler is gone")
        return work(job, split)


def test_what_was_under_way_when_the_scheduler_went_is_done_again_and_nothing_twice(monkeypatch):
    clients = [StandinClient(lasts=3), StandinClient(lasts=99)]
    monkeypatch.setattr("distributed.as_completed", lambda loop: clients_under_way[-1])
    clients_under_way = []

    def connect(*_):
        clients_under_way.append(clients.pop(0))
        return clients_under_way[-1]

    monkeypatch.setattr("helpers.scale.cluster._connect", connect)
    splits = [TextSplit(number, [["a.txt", "a"]]) for number in range(7)]
    job = Job("", "", "", "", "", 9, 4_000)
    done = list(do_splits(lambda job, split: split.number + 1, job, splits, "tcp://there", 9))
    assert sorted(made for _, made in done) == [1, 2, 3, 4, 5, 6, 7]
    assert len(clients_under_way) == 2


def test_a_scheduler_that_is_not_there_is_named_with_how_much_is_done(tmp_path, standin):
    source = write_lines(tmp_path / "news.jsonl", ["A text.", "Another."])
    with pytest.raises(
        CorpusError,
        match=(
            r"the Dask scheduler tcp://127.0.0.1:9 cannot be reached(.|\n)*0 of 1 partitions are "
            r"done"
        ),
    ):
        propose_at_scale(
            source,
            tmp_path / "out",
            scheduler="tcp://127.0.0.1:9",
            country="SYR",
            extract=standin,
            patience=0,
        )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [
                {"id": "a", "text": "One."},
                {"id": "b", "text": "Two."},
                {"id": "a", "text": "Three."},
            ],
            "the id a stands twice",
        ),
        (
            [
                {"text": "One."},
                {"text": "Two."},
                {"content": "Three.", "text": "", "body": "Four."},
                {"body": "Five.", "Text": "Six."},
            ],
            "",
        ),
        (
            [{"text": "One.", "date": "2024-12-08"}, {"text": "Two.", "published": "2024-12-08"}],
            '"date" holds',
        ),
        ([{"words": "One."}], "is a table without a text column"),
    ],
)
def test_tables_that_change_further_down_are_refused_not_read_otherwise(
    rows, said, tmp_path, standin, monkeypatch
):
    if said.startswith('"date"'):  # as a file whose first rows do not show all its columns
        for module in ("split", "batch"):
            monkeypatch.setattr(f"helpers.scale.{module}.CHUNK", 10)
    source = tmp_path / "news.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    run = {"workers": 1, "country": "SYR", "megabytes": 0.00002, "extract": standin}
    if said:
        with pytest.raises(CorpusError, match=said):
            propose_at_scale(source, tmp_path / "out", **run)
    else:
        assert propose_at_scale(source, tmp_path / "out", **run)["documents"].sum() == len(
            load_corpus(source.parent)
        )


def test_a_column_that_is_called_otherwise_within_a_split_is_refused(
    tmp_path, standin, monkeypatch
):
    monkeypatch.setattr("helpers.scale.batch.BATCH_ROWS", 1)
    rows = [{"text": "One.", "date": "2024-12-08"}, {"text": "Two.", "published": "2024-12-08"}]
    source = tmp_path / "news.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    monkeypatch.setattr("helpers.scale.split.CHUNK", 10)
    [split] = load_splits(source)
    job = Job(str(tmp_path), str(tmp_path / "out"), "SYR", "", standin, 9, 4_000)
    with pytest.raises(UnfitError, match='up to row 1 "date" holds what "published" holds then'):
        write_part(Request(job, split))


def test_lines_that_hold_no_json_or_no_text_are_counted_and_named(tmp_path, standin):
    source = write_lines(tmp_path / "news.jsonl", ["A text.", " "])
    source.write_text(source.read_text() + "no json\n")
    counts = propose_at_scale(source, tmp_path / "out", workers=1, country="SYR", extract=standin)
    assert counts[["documents", "left_out"]].sum().tolist() == [1, 2]
    assert set(manifest.load_aside(tmp_path / "out")["where"]) == {
        "news.jsonl line 3",
        "news.jsonl (without text)",
    }


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("nowhere.parquet", "out", 'nothing is called "nowhere.parquet"'),
        ("empty", "out", "holds no text"),
        ("tables", "out", "cannot be cut"),
        ("texts", "texts/out", "lies within the texts"),
        ("texts", "tables", "holds other things"),
    ],
)
def test_a_source_or_an_output_that_cannot_be_is_said_before_anything_runs(
    source, target, said, tmp_path, monkeypatch
):
    for folder in ("empty", "tables", "texts"):
        (tmp_path / folder).mkdir()
    (tmp_path / "tables" / "a.csv").write_text("id,text\n1,One.\n")
    (tmp_path / "texts" / "a.txt").write_text("One.")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CorpusError, match=said):
        propose_at_scale(source, target, country="SYR")


# --- from there to the figures
# ------------------------------------------------------------------------------


def test_a_selection_of_an_archive_holds_what_the_same_selection_of_everything_would(
    archive, single, news
):
    chosen = {"since": "2024-12-05", "topics": ["pace"]}
    study = make_study(corpus=str(archive), **chosen)
    claims = single.claims[
        (single.claims["topic"] == "pace") & (single.claims["date_end"] >= "2024-12-05")
    ]
    assert len(claims)
    assert sorted(study.claims["claim_id"]) == sorted(claims["claim_id"])
    assert set(study.documents["doc_id"]) == set(claims["doc_id"]) < set(single.claims["doc_id"])
    assert "nothing was read" in study.remark
    assert "proposed by rule and not reviewed" in repr(study)


def test_texts_of_an_archive_are_selected_by_day_of_publication(archive, single):
    everything = make_study(corpus=str(archive)).documents
    days = sorted({day for day in everything["published"] if day})
    middle = days[len(days) // 2][:10]
    late = make_study(corpus=str(archive), published_since=middle).documents
    early = make_study(corpus=str(archive), published_until=middle).documents
    dated = everything[everything["published"] != ""]
    assert 0 < len(late) < len(dated)
    for kept, wanted in (
        (late, dated["published"].str[-10:] >= middle),
        (early, dated["published"].str[:10] <= middle),
    ):
        assert set(kept["doc_id"]) == set(dated["doc_id"][wanted])


def test_only_partitions_with_a_selected_document_are_read_for_their_texts(
    archive, single, tmp_path
):
    first = single.claims["doc_id"].iloc[0]
    copy = Path(shutil.copytree(archive, tmp_path / "copy"))
    for file in sorted((copy / "documents").iterdir())[1:]:
        file.unlink()
    study = make_study(corpus=str(copy), documents=[first])
    assert list(study.documents["doc_id"]) == [first]
    assert len(study.coded) == (single.claims["doc_id"] == first).sum()


def test_a_quote_that_does_not_stand_in_the_text_stops_an_archive_too(archive, tmp_path):
    copy = Path(shutil.copytree(archive, tmp_path / "copy"))
    file = sorted((copy / "documents").iterdir())[0]
    table = pd.read_parquet(file)
    table.assign(text="x" + table["text"]).to_parquet(file)
    with pytest.raises(CorpusError, match="does not stand in its texts; nothing is drawn"):
        make_study(corpus=str(copy))


def test_too_many_documents_for_a_figure_are_refused_before_their_texts_are_read(
    archive, monkeypatch
):
    monkeypatch.setattr("helpers.claims.archive.MOST_DOCUMENTS", 3)
    with pytest.raises(CorpusError, match="more than 3 texts hold a claim within this selection"):
        make_study(corpus=str(archive))


def test_a_document_that_an_archive_has_not_is_named(archive):
    with pytest.raises(CorpusError, match="no claim was proposed from zzz"):
        make_study(corpus=str(archive), documents=["zzz"])


@pytest.fixture
def lone(archive, single, tmp_path) -> tuple[Path, str, str]:
    """A copy of the archive, an actor of few texts, and a text that does not name it."""
    named = {
        actor: set(single.claims["doc_id"][single.claims["actor"] == actor])
        for actor in sorted(set(single.claims["actor"]) - {""})
    }
    actor = min(named, key=lambda name: len(named[name]))
    other = sorted(set(single.claims["doc_id"]) - named[actor])[0]
    return Path(shutil.copytree(archive, tmp_path / "copy")), actor, other


def test_settings_of_an_archive_may_name_what_was_not_selected(lone):
    copy, actor, other = lone
    (copy / "corpus.toml").write_text(f'[route]\nactors = ["{actor}"]\n', "utf-8")
    study = make_study(corpus=str(copy), documents=[other])
    assert actor not in set(study.coded["actor"])


def test_settings_of_an_archive_name_what_its_claims_hold(lone):
    copy, actor, other = lone
    words = f'[route]\nactors = ["{actor}x"]\n[war]\nstart = 1901-01-01\nend = 1902-01-01\n'
    (copy / "corpus.toml").write_text(words, "utf-8")
    with pytest.raises(CorpusError, match=f'"{actor}x" acts in no claim; did you mean "{actor}"'):
        make_study(corpus=str(copy), documents=[other])
    with pytest.raises(CorpusError, match="1901-01-01 to 1902-01-01 are days on which no claim"):
        make_study(corpus=str(copy), documents=[other])


def test_nothing_of_dask_is_imported_unless_a_run_uses_it():
    code = (
        "import sys, helpers, helpers.analysis.selection, helpers.scale, helpers.claims.archive, "
        "helpers.charts, helpers.publish.figures; print([name for name in ('distributed', "
        "'dask', 'pyarrow', 'psutil') if name in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert said.strip() in ("[]", "['pyarrow']")  # pandas may bring pyarrow for its strings
