"""Claims at scale, measured: one process, a plain pool and Dask over the same made-up news; and
runs that are disturbed.

    python tests/bench/scale.py --megabytes 500            # all of it
    python tests/bench/scale.py --megabytes 20 --fast      # with a quick stand-in for the rules:
    what the plumbing costs python tests/bench/scale.py --megabytes 20 --only faults

The news is written by templates here, the same for the same seed: every tenth text tells of tolls,
flights and places that fell, the others of anything else. Every run is compared with the
undisturbed one: counts, and the SHA-256 of its sorted rows.
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pandas as pd

from helpers.claims.archive import TABLES
from helpers.scale.messages import Job, Request, Split
from helpers.scale.parts import open_tables
from helpers.scale.propose import EXTRACT, Limits, propose_at_scale
from helpers.scale.split import load_splits
from helpers.scale.worker import write_part
from helpers.schema.columns import PROPOSAL_COLUMNS
from helpers.schema.errors import CorpusError

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.bench.promises import print_promise  # noqa: E402

PLACES = (
    "Aleppo Hama Homs Damascus Idlib Daraa Palmyra Raqqa Latakia Tartus Manbij Afrin Azaz Douma "
    "Saraqib Salamiyah Quneitra Qamishli Hasakah Jableh"
).split()
ACTORS = ["government forces", "the rebels", "the coalition", "an armed group", "the army"]
SOURCES = [
    "the United Nations",
    "a monitoring group",
    "residents",
    "the health ministry",
    "state media",
]
NUMBERS = [
    "{n:,}",
    "more than {n:,}",
    "at least {n:,}",
    "about {n:,}",
    "nearly {n:,}",
    "dozens of",
    "hundreds of",
    "between {n:,} and {m:,}",
]
NEWS = [
    "{number} people were displaced from {place} on {day}, {source} said.",
    (
        "{number} civilians were killed in {place} and {small} others were injured, according to "
        "{source}."
    ),
    "{actor} captured {place} on {day} after {small} days of fighting.",
    "{source} said {number} people had fled {place} since {day}.",
    "Fighters entered the town of {place} late on {day}, {source} reported.",
    "{number} families left {place} for {other}, some {small} kilometres away.",
]
OTHER = [
    "The council of {place} met for {small} hours and put off its vote on the new market hall.",
    "Prices of bread rose by {small} per cent in {place} between spring and autumn.",
    "The team from {place} won {small} of its matches and will play {other} next week.",
    "Rain is expected along the coast, with {small} degrees in {place}.",
    "A festival of short films opened in {place} with {n:,} visitors, its organisers said.",
    "The road from {place} to {other} is closed for repairs until {day}.",
    "Teachers of the school near the old mill have asked for smaller classes and longer breaks.",
    "The museum shows pottery, coins and letters that were found when the harbour was dug out.",
    "Engineers tested the pumps again and found nothing that would explain the noise.",
    "The orchard gives fewer apples than last year, the farmers say, but better ones.",
]


def write_text(chance: random.Random) -> str:
    """One article of about 3,000 characters."""
    told, size, lines = chance.random() < 0.1, 0, []
    while size < 3_000:
        template = chance.choice(NEWS if told and chance.random() < 0.4 else OTHER)
        n = chance.randrange(12, 90_000)
        line = template.format(
            number=chance.choice(NUMBERS).format(n=n, m=n * 2),
            n=n,
            small=chance.randrange(2, 40),
            place=chance.choice(PLACES),
            other=chance.choice(PLACES),
            day=f"{chance.randrange(1, 29)} November 2024",
            source=chance.choice(SOURCES),
            actor=chance.choice(ACTORS),
        )
        lines.append(line[0].upper() + line[1:])
        size += len(line) + 1
    return " ".join(lines)


def write_source(file: Path, megabytes: float, seed: int = 1) -> Path:
    """A Parquet of that much text, in the order of its days, 1,000 texts in a row group."""
    import pyarrow
    from pyarrow import parquet

    chance, written, number = random.Random(seed), 0, 0
    texts = [
        write_text(chance) for _ in range(min(4_000, int(megabytes * 340) + 1))
    ]  # then sentences in another order: writing is not what is measured
    with parquet.ParquetWriter(
        file,
        pyarrow.schema(
            [("id", pyarrow.string()), ("published", pyarrow.string()), ("text", pyarrow.string())]
        ),
    ) as out:
        while written < megabytes * 1e6:
            rows = []
            for _ in range(1_000):
                sentences = chance.choice(texts).split(". ")
                chance.shuffle(sentences)
                rows.append(
                    {
                        "id": f"n{number:08d}",
                        "published": str(
                            pd.Timestamp("2024-01-01").date()
                            + pd.Timedelta(days=min(365, number // 2_000))
                        ),
                        "text": ". ".join(sentences),
                    }
                )
                written, number = written + len(rows[-1]["text"]), number + 1
            out.write_table(pyarrow.Table.from_pylist(rows))
    return file


def propose_fast(documents, places, country="", share=20):
    """A stand-in about as quick as the rules are meant to be: one claim for every twentieth text,
    or another share."""
    from types import SimpleNamespace

    rows = []
    for row in documents.itertuples():
        found = 0
        for _ in range(12 if share > 1 else 0):
            found += sum(map(row.text.count, PLACES))
        if int(hashlib.sha256(row.text.encode()).hexdigest(), 16) % share == 0:
            rows.append(
                dict.fromkeys(PROPOSAL_COLUMNS, "")
                | {
                    "claim_id": f"{row.doc_id}-p001",
                    "doc_id": row.doc_id,
                    "exact": row.text[:60],
                    "start": "0",
                    "end": "60",
                    "topic": "pace",
                    "measure": "captured",
                    "unit": "event",
                    "date_prec": "7",
                    "assertion": "reported",
                    "scope": "offensive",
                    "review": "proposed",
                    "note": str(found),
                }
            )
    return SimpleNamespace(
        claims=pd.DataFrame(rows, columns=PROPOSAL_COLUMNS, dtype=str), places=places, skipped=[]
    )


def sum_claims(target: Path) -> tuple[int, str]:
    """(rows, SHA-256 of the sorted rows) of what a run left."""
    total, rows = hashlib.sha256(), []
    for file in (target / "claims").iterdir():
        table = pd.read_parquet(file)
        rows += ["\x1f".join(row) for row in table.itertuples(index=False, name=None)]
    for row in sorted(rows):
        total.update(row.encode() + b"\n")
    return len(rows), total.hexdigest()[:16]


def make_request(source: Path, target: Path, extract: str, split: Split) -> Request:
    return Request(Job(str(source.parent), str(target), "SYR", "", extract, 120, 4_000), split)


class Watch(threading.Thread):
    """What a run takes, looked at twice a second: `peak`, the most MB that one worker and its child
    hold together; `child`, the child alone; `cpu`, the seconds of all processes together, which a
    busy machine does not change as it changes the wall's."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak, self.child, self.seconds, self.ended, self.own, self.cost = (
            0.0,
            0.0,
            {},
            threading.Event(),
            time.process_time(),
            0.0,
        )

    def run(self) -> None:
        import psutil

        while not self.ended.wait(0.5):
            for child in psutil.Process().children(recursive=True):
                try:
                    times = child.cpu_times()
                    self.seconds[child.pid] = times.user + times.system
                    if "helpers.scale.worker" in child.cmdline():
                        self.peak = max(
                            self.peak,
                            (child.memory_info().rss + child.parent().memory_info().rss) / 1e6,
                        )
                        self.child = max(self.child, child.memory_info().rss / 1e6)
                except psutil.Error:
                    continue
            self.cost = time.thread_time()

    @property
    def cpu(self) -> float:
        return sum(self.seconds.values()) + time.process_time() - self.own - self.cost


def measure(do, *arguments, **named) -> tuple[float, Watch]:
    """(wall seconds, what it took) of a call."""
    watch, begun = Watch(), time.perf_counter()
    watch.start()
    try:
        do(*arguments, **named)
    finally:
        watch.ended.set()
    return time.perf_counter() - begun, watch


def run_dask(
    source: Path, target: Path, extract: str, megabytes: float, scheduler: str = ""
) -> None:
    """Two Dask workers, their start included."""
    limits = Limits(megabytes, patience=120) if scheduler else Limits(megabytes)
    propose_at_scale(
        source,
        target,
        workers=2,
        country="SYR",
        extract=extract,
        limits=limits,
        scheduler=scheduler,
    )


def run_pool(requests: list[Request], processes: int) -> None:
    """A plain pool, without Dask and without a watch; its processes import what they need, as
    Dask's do."""
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(write_part, requests))


def find_rate(target: Path) -> float:
    """Characters a second between the first partition that was done and the last: the start of
    processes is left out."""
    done = sorted(
        (file.stat().st_mtime, json.loads(file.read_text())["characters"])
        for file in target.glob("done/*")
    )
    return sum(size for _, size in done[1:]) / (done[-1][0] - done[0][0])


def compare_speeds(
    folder: Path, source: Path, size: float, extract: str, piece: float
) -> tuple[int, str]:
    splits, rows = load_splits(source, piece), []
    for name, processes in (("one process", 1), ("plain pool of two", 2)):
        wall, watch = measure(
            run_pool,
            [make_request(source, folder / f"pool{processes}", extract, part) for part in splits],
            processes,
        )
        rows.append((name, wall, watch.cpu))
    wall, watch = measure(run_dask, source, folder / "dask", extract, piece)
    rows.append(("Dask, two workers", wall, watch.cpu))
    for name, wall, cpu in rows:
        print(f"{name:<20}{wall:8.1f} s  {size / wall:6.2f} MB/s  {cpu:8.1f} s of CPU")
    (_, alone, alone_cpu), (_, pool, pool_cpu), (_, dask, dask_cpu) = rows
    print_promise(f"efficiency of two Dask workers, {size:g} MB", alone / (2 * dask), least=0.9)
    print_promise(f"wall of Dask ÷ a plain pool, {size:g} MB", dask / pool, most=1.1)
    print(
        f"efficiency of the pool {alone / (2 * pool):.2f}; by CPU: efficiency "
        f"{alone_cpu / dask_cpu:.2f}, of the pool {alone_cpu / pool_cpu:.2f}; Dask over pool "
        f"{dask_cpu / pool_cpu:.2f}"
    )
    rates = [find_rate(folder / name) for name in ("pool1", "pool2", "dask")]
    print(
        f"once all have begun: efficiency {rates[2] / (2 * rates[0]):.2f} (of the pool "
        f"{rates[1] / (2 * rates[0]):.2f}), Dask over pool {rates[1] / rates[2]:.2f}"
    )
    rate = size / alone_cpu
    print(
        f"ten million articles of 3,500 characters: {35_000 / rate / 3_600:,.1f} core-hours at "
        f"{rate:.2f} MB/s of CPU"
    )
    print(f"worker's peak       {watch.peak:8.0f} MB (its child {watch.child:.0f})")
    sums = {name: sum_claims(folder / name) for name in ("pool1", "pool2", "dask")}
    print(
        (
            f"rows and their sum  {sums['dask']}  "
            f"{'all three alike' if len(set(sums.values())) == 1 else sums}"
        ),
        flush=True,
    )
    return sums["dask"]


def compare_memory(folder: Path, size: float, extract: str, piece: float) -> None:
    peaks = []
    for times in (1, 10):
        source = folder / f"source{times}" / "news.parquet"
        source.parent.mkdir()
        write_source(source, size * times / 10)
        _, watch = measure(run_dask, source, folder / f"times{times}", extract, piece)
        peaks.append(watch.peak)
        print(
            f"peak at {times:2d} times ({size * times / 10:.3g} MB): {watch.peak:.0f} MB a "
            f"worker with its child, {watch.child:.0f} the child"
        )
    print_promise(f"a worker's peak at {size:g} MB ÷ at a tenth", peaks[1] / peaks[0], most=1.1)


# --- disturbed runs
# -----------------------------------------------------------------------------------------


def wait_for(folder: Path, number: int) -> None:
    while len(list(folder.glob("done/*"))) < number:
        time.sleep(0.1)


def check_unfinished(source: Path, target: Path, piece: float) -> None:
    """Raises RuntimeError when a run is done: what comes now disturbs nothing."""
    if len(list(target.glob("done/*"))) >= len(load_splits(source, piece)):
        raise RuntimeError("the run was done before it was disturbed; take more megabytes")


def kill_worker(target: Path, number: int) -> None:
    """SIGKILL for the first worker that has a child at work, once `number` partitions are done."""
    import psutil

    wait_for(target, number)
    for child in psutil.Process().children(recursive=True):
        if "helpers.scale.worker" in child.cmdline() and child.ppid() != os.getpid():
            os.kill(child.ppid(), signal.SIGKILL)
            return
    raise RuntimeError("no worker was at work")


def disturb_workers(source: Path, target: Path, extract: str, piece: float) -> str:
    port = find_port()
    cluster = start_cluster(port)
    with ThreadPoolExecutor() as killers:
        killed = [killers.submit(kill_worker, target, number) for number in (1, 3)]
        try:
            run_dask(source, target, extract, piece, scheduler=f"tcp://127.0.0.1:{port}")
            for killer in killed:
                # raises where no worker was at work: a run that nothing happened to shows nothing
                killer.result()
        finally:
            stop_cluster(cluster)
    return "two workers killed by SIGKILL"


def find_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def start_cluster(port: int) -> list[subprocess.Popen]:
    commands = [["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]]
    commands += [
        [
            "worker",
            f"tcp://127.0.0.1:{port}",
            "--nthreads",
            "1",
            "--memory-limit",
            "0",
            "--no-dashboard",
        ]
    ] * 2
    return [
        subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + name, *rest], stderr=subprocess.DEVNULL
        )
        for name, *rest in commands
    ]


def stop_cluster(cluster: list[subprocess.Popen], how: int = signal.SIGKILL) -> None:
    import psutil

    below = [
        child
        for process in cluster
        if process.poll() is None
        for child in psutil.Process(process.pid).children(recursive=True)
    ]
    for process in cluster:
        process.send_signal(how)
        process.wait()
    for child in below:
        try:
            child.kill()
        except psutil.Error:
            continue


def disturb_scheduler(source: Path, target: Path, extract: str, piece: float) -> str:
    port = find_port()
    clusters = [start_cluster(port)]

    def restart() -> None:
        wait_for(target, 2)
        check_unfinished(source, target, piece)
        stop_cluster(clusters[0])
        time.sleep(3)
        clusters.append(start_cluster(port))

    with ThreadPoolExecutor() as threads:
        restarted = threads.submit(restart)
        try:
            run_dask(source, target, extract, piece, scheduler=f"tcp://127.0.0.1:{port}")
            restarted.result()
        finally:
            stop_cluster(clusters[-1])
    return "scheduler and workers killed, started again 3 s later"


def disturb_disk(source: Path, target: Path, extract: str, piece: float) -> str:
    """A file system with room for half of the result (needs root); room is made, and the run
    started again."""
    size = sum(
        file.stat().st_size for file in (target.parent / "dask").rglob("*") if file.is_file()
    )
    target.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={max(size // 2, 200_000)}", "tmpfs", target],
        check=True,
    )
    try:
        try:
            run_dask(source, target / "out", extract, piece)
            raise RuntimeError("the disk was large enough")
        except CorpusError as error:
            said = str(error).replace(str(target), "…").replace("\n", " ")
        left = len(list(target.rglob("*.part")))
        subprocess.run(["mount", "-o", f"remount,size={size * 4 + 10_000_000}", target], check=True)
        run_dask(source, target / "out", extract, piece)
        shutil.copytree(target / "out", target.parent / "disk_kept")
    finally:
        subprocess.run(["umount", target], check=True)
    shutil.rmtree(target)
    (target.parent / "disk_kept").rename(target)
    return f"disk full, {left} unfinished files left: “{said}”; then room"


def disturb_run(source: Path, target: Path, extract: str, piece: float) -> str:
    """The run itself killed, workers and all left to notice; then started again."""
    command = [sys.executable, __file__, "--run", str(source), str(target), extract, str(piece)]
    for how, number in ((signal.SIGINT, 2), (signal.SIGKILL, 4)):
        run = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        wait_for(target, number)
        run.send_signal(how)
        run.wait()
        check_unfinished(source, target, piece)
    run_dask(source, target, extract, piece)
    return "interrupted by Ctrl-C, then by SIGKILL, then started again"


def compare_faults(
    folder: Path, source: Path, extract: str, piece: float, whole: tuple[int, str]
) -> bool:
    alike = 0
    for name, disturb in (
        ("killed", disturb_workers),
        ("scheduler", disturb_scheduler),
        ("disk", disturb_disk),
        ("restarted", disturb_run),
    ):
        if name == "disk" and os.geteuid():
            print("disk: not tried, mounting needs root", flush=True)
            continue
        said = disturb(source, folder / name, extract, piece)
        found, left = sum_claims(folder / name), len(list((folder / name).rglob("*.part")))
        print(
            (
                f"{'alike ' if found == whole else 'OTHER '} {found[0]:,} rows {found[1]}, {left} "
                f"files unfinished: {said}"
            ),
            flush=True,
        )
        alike += found == whole and not left
    print_promise("disturbed runs of four that end as the undisturbed one", alike, least=4)
    return alike == 4


def write_archive(folder: Path, texts: int) -> Path:
    """An archive as a run would leave it: 2,000 texts in a partition, 500 a day, a claim in
    each."""
    chance = random.Random(1)
    stock = [write_text(chance) for _ in range(100)]
    for number in range(texts // 2_000):
        ids = range(2_000 * number, 2_000 * (number + 1))
        days = [str(pd.Timestamp("2020-01-01").date() + pd.Timedelta(days=at // 500)) for at in ids]
        rows = {
            "doc_id": [f"n{at:08d}" for at in ids],
            "text": [stock[at % 100] for at in ids],
            "published": days,
        }
        documents = pd.DataFrame(rows).reindex(columns=TABLES["documents"]).fillna("")
        claims = propose_fast(documents, None, share=1).claims.assign(
            date_start=days, date_end=days, date_kind="point", date_prec="1", date_basis="inferred"
        )
        with open_tables(folder, number) as tables:
            tables.add(claims=claims, documents=documents)
    for name in ("run.json", "manifest.json"):
        (folder / name).write_text("{}")
    return folder


def compare_archives(folder: Path) -> None:
    """Time and memory of opening a small selection, at one and ten times the archive, each in a
    process of its own."""
    code = (
        "import resource, sys, time, json; from helpers.analysis.selection import open_study; "
        "begun = time.perf_counter(), time.process_time(); "
        "chosen = json.loads(sys.argv[1]); study = open_study({'__annotations__': {name: "
        "type(value) for name, value in chosen.items()}, **chosen}); "
        "print(f'{time.perf_counter() - begun[0]:.2f} s, {time.process_time() - begun[1]:.2f} of "
        "CPU, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB, "
        "{len(study.documents)} documents, {len(study.coded)} claims')"
    )
    for texts in (20_000, 200_000):
        archive = write_archive(folder / f"archive{texts}", texts)
        for chosen in (
            {"documents": ["n00010001", "n00010002"]},
            {"since": "2020-01-08", "until": "2020-01-08"},
        ):
            asked = {"corpus": str(archive), "figures": str(folder / "figures")} | chosen
            done = subprocess.run(
                [sys.executable, "-c", code, json.dumps(asked)], capture_output=True, text=True
            )
            print(
                f"{chosen} of {texts:,} texts: {done.stdout.strip() or done.stderr[-400:]}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=float, default=20, help="of text")
    parser.add_argument(
        "--piece",
        type=float,
        default=0,
        help="megabytes of text in a partition; 0: the default of the package, or a 24th",
    )
    parser.add_argument("--fast", action="store_true", help="a quick stand-in instead of the rules")
    parser.add_argument("--only", choices=["speed", "memory", "faults"], help="one part alone")
    parser.add_argument("--run", nargs=4, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.run:
        source, target, extract, piece = arguments.run
        signal.signal(
            signal.SIGINT, signal.default_int_handler
        )  # what a shell starts in the background is deaf to Ctrl-C, and so are its children
        run_dask(Path(source), Path(target), extract, float(piece))
        return
    extract = "scale:propose_fast" if arguments.fast else EXTRACT
    if arguments.fast:  # this file under the name that workers import it by
        os.environ["PYTHONPATH"] = os.pathsep.join(
            [str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]
        )
    size, piece = arguments.megabytes, arguments.piece or min(8, arguments.megabytes / 24)
    print(
        (
            f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, Python "
            f"{sys.version.split()[0]}; {size:g} MB in partitions of {piece:.2g}; {extract}"
        ),
        flush=True,
    )
    good = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments.only in (None, "speed", "faults"):
            (folder / "source").mkdir()
            source = write_source(folder / "source" / "news.parquet", size)
        if arguments.only in (None, "speed"):
            whole = compare_speeds(folder, source, size, extract, piece)
        if arguments.only in (None, "memory"):
            compare_memory(folder, size, extract, piece)
            compare_archives(folder)
        if arguments.only in (None, "faults"):
            if arguments.only:
                run_dask(source, folder / "dask", extract, piece)
                whole = sum_claims(folder / "dask")
            print(f"undisturbed: {whole[0]:,} rows {whole[1]}")
            good = compare_faults(folder, source, extract, piece, whole)
    print(
        f"peak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB"
    )
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
