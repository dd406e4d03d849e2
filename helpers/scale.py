"""Scale: claims proposed from more texts than one machine reads, on Dask; the rows are those of a single run.

A source is cut into pieces (helpers.pieces), each is proposed from by a process of its own (helpers.watch), and leaves its files
whole or not at all (helpers.partition_files, helpers.manifest). No text goes over the wire: workers read and write shared storage.
"""

import logging
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from helpers.folders import CorpusError
from helpers.manifest import load_done, load_run, save_manifest, save_run, sum_tables
from helpers.pieces import find_home, load_pieces
from helpers.places import load_places
from helpers.proposals import save_places
from helpers.settings import load_settings
from helpers.tables import is_day_or_interval, is_inside
from helpers.watch import allow_children, do_partition, stop_children

EXTRACT = "helpers.extract.propose:propose_claims"
PATIENCE = 300  # seconds that a scheduler may be away
KILLED = (
    2  # times that the workers of one partition may be killed more often than Dask itself forgives
)
AHEAD = 2  # pieces a worker's thread has before it, so that it never waits and a million pieces are no million tasks


def propose_at_scale(
    source: str | Path,
    target: str | Path,
    scheduler: str = "",
    workers: int = 2,
    country: str = "",
    published: str = "",
    megabytes: float = 8,
    seconds: float = 120,
    memory: float = 4_000,
    extract: str = EXTRACT,
    patience: float = PATIENCE,
) -> pd.DataFrame:
    """Propose claims from a source of any size into a folder; returns one row a partition: documents, claims, set_aside,
    left_out, not_english, characters. Claims, their documents, places and manifest are in the folder (see README, "More than one machine").

    source: a .parquet or .jsonl file, or a folder of such files or of texts, at any depth. target: a folder of its own. scheduler:
    address of a Dask scheduler whose workers see both under the same paths; "" starts `workers` processes here (1: without Dask).
    country, published: as in 00_propose_claims; an empty country is looked for in all texts first. megabytes: of text
    in a partition. seconds, memory (MB): what one text may take before it is set aside. extract: the function that proposes,
    as "module:function". patience: seconds that a scheduler may be away.

    The rows are those of propose_claims over the whole source in that country, whatever workers and partitions are; of several
    tables the ids bear the table's name. What is done is not done again: after any end of a run, start it again. Raises
    CorpusError, saying what to do.
    """
    path, home = find_home(source)
    target = Path(target).expanduser().resolve()
    if target == home or home in target.parents and path.is_dir():
        raise CorpusError(f"the output {target} lies within the texts; name a folder beside them")
    if workers < 1:
        raise CorpusError(f"workers = {workers} does nothing; name 1 or more")
    if not is_day_or_interval(published):
        raise CorpusError(
            f'published = "{published}" is not a day; write it as 2024-12-08, two as 2024-12-08/2024-12-09, or "" for none'
        )
    from helpers.extract.places.gazetteer import choose_countries

    country = _check_country(country or str(load_settings(home).get("country", "")))
    pieces = load_pieces(path, megabytes)
    run = load_run(
        target,
        {
            "source": path.name,
            "country": country,
            "published": published,
            "megabytes": megabytes,
            "extract": extract,
        }
        | sum_tables(home),
    )
    job = {
        "source": str(home),
        "target": str(target),
        "country": country,
        "published": published,
        "extract": extract,
        "seconds": seconds,
        "megabytes": memory,
        "count": False,
    }
    done = load_done(target, pieces)
    todo = [piece for piece in pieces if piece["number"] not in done]
    with _open_workers(scheduler, workers if len(todo) > 1 else 1) as address:
        if todo and not country:
            if "countries" not in run:
                counts = sum(
                    (
                        Counter(found)
                        for _, found in _do_pieces(
                            address,
                            job | {"count": True},
                            pieces,
                            "finding the country",
                            0,
                            patience,
                        )
                    ),
                    Counter(),
                )
                run["countries"] = choose_countries(counts)
                save_run(target, run)
            job["country"] = run["countries"]
        for piece, record in _do_pieces(address, job, todo, "proposing", len(done), patience):
            done[piece["number"]] = {"piece": piece, **record}
    records = [done[number] for number in sorted(done)]
    save_places(load_places(home), target)
    _save_settings(home, target)
    save_manifest(target, run, records)
    return _count_records(records)


def _check_country(country: str) -> str:
    """The country as it is, "" for none. Raises CorpusError when a part of it is no country."""
    from helpers.extract.places.gazetteer import read_country

    try:
        for part in country.split(";") if country else ():
            read_country(part)
    except ValueError as error:
        raise CorpusError(str(error)) from None
    return country


def _count_records(records: list[dict]) -> pd.DataFrame:
    """What propose_at_scale returns: one row a partition, counts alone."""
    return pd.DataFrame(
        [
            (
                record["piece"]["number"],
                record["documents"],
                record["claims"],
                len(record["set_aside"]),
                len(record["left_out"]),
                sum(record["languages"].values()),
                record["characters"],
            )
            for record in records
        ],
        columns=[
            "partition",
            "documents",
            "claims",
            "set_aside",
            "left_out",
            "not_english",
            "characters",
        ],
    ).set_index("partition")


def _save_settings(home: Path, target: Path) -> None:
    """What a corpus.toml beside the texts says of period, route and map goes with the claims, unless the output has its own."""
    outline = str(load_settings(home).get("map", {}).get("outline", ""))
    for name in ("corpus.toml", outline):
        if (
            name
            and Path(name).name == name
            and (home / name).is_file()
            and is_inside(home / name)
            and not (target / name).exists()
        ):
            shutil.copy(home / name, target)


def describe_counts(counts: pd.DataFrame) -> list[str]:
    """What a run at scale did, in sentences; `counts` as propose_at_scale returns them."""
    total = counts.sum()
    return [
        f"{total['claims']:,} claims from {total['documents']:,} texts of {total['characters'] / 1e6:,.2f} million characters, in {len(counts):,} partition{'s' * (len(counts) != 1)}",
        f"{total['set_aside']:,} texts set aside, for they failed twice; {total['left_out']:,} left out, for they cannot be read or hold no text; {total['not_english']:,} in other languages, not mined",
    ]


@contextmanager
def _open_workers(scheduler: str, workers: int) -> Iterator[str]:
    """The address of the scheduler to use; one of this machine lives as long as the block. "" for one worker: no Dask."""
    if scheduler or workers == 1:
        yield scheduler
        return
    import dask
    from distributed import LocalCluster

    # One process with a thread a worker: a thread only watches the child that reads. Memory is watched there too, a profile of
    # threads that wait tells nothing, and looking round fifty times a second takes from those who read. No port is open to others.
    quiet = {
        "distributed.worker.profile.enabled": False,
        "distributed.admin.tick.interval": "1s",
        "distributed.admin.system-monitor.interval": "10s",
    }
    here = {
        "processes": False,
        "dashboard_address": "127.0.0.1:0",
        "worker_dashboard_address": "127.0.0.1:0",
        "silence_logs": logging.CRITICAL,
    }
    try:
        with (
            dask.config.set(quiet),
            LocalCluster(
                n_workers=1, threads_per_worker=workers, memory_limit=0, **here
            ) as cluster,
        ):
            try:
                yield cluster.scheduler_address
            finally:
                stop_children()  # else the cluster would wait for what is under way
    finally:
        allow_children()


def _do_pieces(
    address: str, job: dict, pieces: list[dict], what: str, done: int, patience: float
) -> Iterator[tuple[dict, dict]]:
    """(piece, record) of every piece, as they are done, with a bar. Raises CorpusError, saying how much is done."""
    total = len(pieces) + done
    try:
        results = (
            _do_on_dask(address, job, pieces, patience)
            if address
            else ((piece, do_partition(job, piece)) for piece in pieces)
        )
        for piece, record in tqdm(
            results, desc=what, unit=" partitions", total=total, initial=done, disable=total == 1
        ):
            yield piece, record
            done += 1
    except CorpusError as error:
        raise CorpusError(
            f"{error}\n({done:,} of {total:,} partitions are done: {what}; start again to go on with the others)"
        ) from None


def _do_on_dask(
    address: str, job: dict, pieces: list[dict], patience: float
) -> Iterator[tuple[dict, dict]]:
    """As _do_pieces. A scheduler that goes is waited for; what was under way there is done again."""
    waiting, killed = list(reversed(pieces)), Counter()
    while waiting:
        with _connect(address, patience) as client:
            for piece, record in _submit(client, job, waiting):
                if record is not None:
                    yield piece, record
                    continue
                killed[piece["number"]] += 1
                waiting.append(piece)
                if killed[piece["number"]] > KILLED:
                    raise CorpusError(
                        f"the workers that took partition {piece['number']} were killed, again and again; their logs may say by what (memory?)"
                    )


def _submit(client, job: dict, waiting: list[dict]) -> Iterator[tuple[dict, dict | None]]:
    """(piece, record) as workers finish; the record is missing where a worker was killed too often. Takes pieces from the end of
    `waiting`; ends when all are done or, with those under way put back, when the scheduler is gone."""
    from distributed import CancelledError, KilledWorker, as_completed

    under_way, finished = {}, as_completed(loop=client.loop)
    while waiting or under_way:
        try:
            room = AHEAD * max(1, sum(client.ncores().values()))
            while waiting and len(under_way) < room:
                future = client.submit(do_partition, job, waiting[-1], pure=False)
                under_way[future] = waiting.pop()
                finished.add(future)
            future = next(finished)
            record = future.result()
        except KilledWorker:
            record = None
        except (
            CancelledError,
            OSError,
            TimeoutError,
        ):  # the scheduler's, not the partition's: those are CorpusErrors
            waiting += reversed(under_way.values())
            return
        yield under_way.pop(future), record


def _connect(address: str, patience: float):
    """A client of a scheduler with at least one worker. Raises CorpusError when there is none for `patience` seconds."""
    from distributed import Client

    logging.getLogger("distributed").setLevel(
        logging.CRITICAL
    )  # what it says of lost connections is said here, in a sentence
    deadline = time.monotonic() + patience
    while True:
        try:
            client = Client(address, timeout=max(1, min(5, patience)), set_as_default=False)
            break
        except (OSError, TimeoutError) as error:
            if time.monotonic() > deadline:
                raise CorpusError(
                    f"the Dask scheduler {address} cannot be reached ({error}); start it, or correct the address"
                ) from None
            time.sleep(1)
    try:
        client.wait_for_workers(1, timeout=max(5, deadline - time.monotonic()))
    except TimeoutError:
        client.close()
        raise CorpusError(
            f"the Dask scheduler {address} has no workers; start some (dask worker {address})"
        ) from None
    return client
