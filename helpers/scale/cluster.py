"""Cluster: splits handed to the workers of a Dask scheduler, and what they made of them handed
back.

No text goes over the wire: workers read and write shared storage.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from helpers.folders import CorpusError
from helpers.scale.messages import Job, Split
from helpers.scale.supervisor import allow_children, stop_children

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 300  # seconds that a scheduler may be away
KILLED = 2  # times that workers of one split may be killed, beyond what Dask itself forgives
AHEAD = (
    2  # splits a worker's thread has before it: it never waits, and a million are no million tasks
)

Made = TypeVar("Made")
Work = Callable[[Job, Split], Made]


@contextmanager
def open_workers(scheduler: str, workers: int) -> Iterator[str]:
    """The address of the scheduler to use; one of this machine lives as long as the block. "" for
    one worker: no Dask."""
    if scheduler or workers == 1:
        yield scheduler
        return
    import dask
    from distributed import LocalCluster

    # One process with a thread a worker: a thread only watches the child that reads. Memory is
    # watched there too, a profile of threads that wait tells nothing, and looking round fifty times
    # a second takes from those who read. No port is open to others.
    quiet = {
        "distributed.worker.profile.enabled": False,
        "distributed.admin.tick.interval": "1s",
        "distributed.admin.system-monitor.interval": "10s",
    }
    here = {
        "n_workers": 1,
        "threads_per_worker": workers,
        "memory_limit": 0,
        "processes": False,
        "dashboard_address": "127.0.0.1:0",
        "worker_dashboard_address": "127.0.0.1:0",
        "silence_logs": logging.CRITICAL,
    }
    try:
        with dask.config.set(quiet), LocalCluster(**here) as cluster:
            try:
                yield cluster.scheduler_address
            finally:
                stop_children()  # else the cluster would wait for what is under way
    finally:
        allow_children()


def do_splits(
    work: Work[Made], job: Job, splits: list[Split], address: str, patience: float
) -> Iterator[tuple[Split, Made]]:
    """(split, what work made of it) as they are done: on the scheduler at `address`, or here for
    "". A scheduler that goes is waited for; what was under way there is done again. Raises
    CorpusError."""
    if not address:
        yield from ((split, work(job, split)) for split in splits)
        return
    waiting, killed = list(reversed(splits)), Counter[int]()
    while waiting:
        with _connect(address, patience) as client:
            for split, made in _submit(client, work, job, waiting):
                if made is not None:
                    yield split, made
                    continue
                killed[split.number] += 1
                waiting.append(split)
                if killed[split.number] > KILLED:
                    raise CorpusError(
                        f"the workers that took partition {split.number} were killed, again and "
                        "again; their logs may say by what (memory?)"
                    )


def _submit(
    client: Client, work: Work[Made], job: Job, waiting: list[Split]
) -> Iterator[tuple[Split, Made | None]]:
    """(split, what was made) as workers finish; nothing was where a worker was killed too often.
    Takes splits from the end of `waiting`; ends when all are done or, with those under way put
    back, when the scheduler is gone."""
    from distributed import CancelledError, KilledWorker, as_completed

    under_way: dict[Any, Split] = {}
    finished = as_completed(loop=client.loop)
    while waiting or under_way:
        try:
            room = AHEAD * max(1, sum(client.ncores().values()))
            while waiting and len(under_way) < room:
                future = client.submit(work, job, waiting[-1], pure=False)
                under_way[future] = waiting.pop()
                finished.add(future)
            future = next(finished)
            made = future.result()
        except KilledWorker:
            made = None
        except (CancelledError, OSError, TimeoutError):
            # The scheduler's, not the split's: those are CorpusErrors.
            waiting += reversed(under_way.values())
            return
        yield under_way.pop(future), made


def _connect(address: str, patience: float) -> Client:
    """A client of a scheduler with at least one worker. Raises CorpusError when there is none for
    `patience` seconds."""
    from distributed import Client

    # What it says of lost connections is said here, in a sentence.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    deadline = time.monotonic() + patience
    while True:
        try:
            client = Client(address, timeout=max(1, min(5, patience)), set_as_default=False)
            break
        except (OSError, TimeoutError) as error:
            if time.monotonic() > deadline:
                raise CorpusError(
                    f"the Dask scheduler {address} cannot be reached ({error}); "
                    "start it, or correct the address"
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
