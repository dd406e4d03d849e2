"""Supervisor: a split done by a child process, which is ended when one text takes too long, too
much memory, or kills it. Nothing here brings pandas: a Dask worker only watches."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import asdict
from typing import Any, NamedTuple

from helpers.folders import CorpusError
from helpers.scale.messages import Job, Record, Request, Split, read_record

TRIES = 2  # of a text that fails or stops its process
LOOK = 0.2  # seconds between two looks at a child
START = 300  # seconds until a child begins to read: it loads what it needs first
MOST_STARTS = 3  # of a child that ends before that
_own = threading.local()  # .child: the process of this thread, kept for its next split
_children: set[Child] = set()  # of all threads
_stopped = threading.Event()


def propose_split(job: Job, split: Split) -> Record:
    """The record of a split whose part a child has written (helpers.scale.worker.write_part).
    Raises CorpusError for what is no text's fault."""
    return read_record(_supervise(Request(job, split)))


def count_split(job: Job, split: Split) -> dict[str, int]:
    """How often the texts of a split name each country. Raises CorpusError as propose_split
    does."""
    return _supervise(Request(job, split, count=True))


def _supervise(request: Request) -> dict[str, Any]:
    """What a child answers. A text that stops it TRIES times is set aside with the reason."""
    tries: Counter[str] = Counter()
    starts, number = 0, request.split.number
    while not _stopped.is_set():
        end = _ask(request)
        if "unfit" in end.answer:
            raise CorpusError(end.answer["unfit"])
        if end.answer:
            return end.answer["answer"]
        if not end.at or "loading" in end.at:
            starts += 1
            if starts == MOST_STARTS:
                when = "while it read the file" if end.at else "before it began"
                raise CorpusError(
                    f"partition {number}: the process that reads it {end.reason} {when}; "
                    "its output (of a Dask worker: in its log) says why"
                )
        elif "where" not in end.at:
            request.careful.append(end.at["batch"])
        else:
            where = end.at["where"]
            tries[where] += 1
            if tries[where] == TRIES:
                request.skipped[where] = end.reason
    raise CorpusError(f"partition {number}: the run was stopped")


def stop_children() -> None:
    """End the children of all threads at once; what the threads were doing ends with them, until
    allow_children."""
    _stopped.set()
    for child in list(_children):
        child.end()


def allow_children() -> None:
    """From now on splits may be done again."""
    _stopped.clear()


class End(NamedTuple):
    """How a request ended: with an answer, or where the child was when it ended, and how."""

    answer: dict[str, Any]
    at: dict[str, Any]
    reason: str


class Child:
    """A process that reads texts (helpers.scale.worker), and the lines it has said so far."""

    def __init__(self) -> None:
        paths = os.pathsep.join(path for path in sys.path if path)
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "helpers.scale.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                env={**os.environ, "PYTHONPATH": paths},
            )
        except OSError as error:
            # As it is, a Dask run would take it for the scheduler's, and try for ever.
            raise CorpusError(
                f"no process can be started to read texts ({error.strerror}); make room (memory, "
                "processes, open files) and start again: what is done is kept"
            ) from None
        assert self.process.stdin and self.process.stdout
        self.requests, self.output = self.process.stdin, self.process.stdout
        self.news: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()
        _children.add(self)

    def _listen(self) -> None:
        """What the child says waits in a queue; None says that it has ended."""
        with self.output:
            for line in self.output:
                self.news.put(line)
        self.news.put(None)

    def send(self, request: Request) -> None:
        """Ask for something; a child that is gone, or was ended, says so by its output."""
        with suppress(OSError, ValueError):
            self.requests.write(json.dumps(asdict(request)) + "\n")
            self.requests.flush()

    def measure(self) -> float:
        """Megabytes that it holds in memory; 0 when it is gone."""
        import psutil

        try:
            return psutil.Process(self.process.pid).memory_info().rss / 1e6
        except psutil.Error:
            return 0

    def end(self) -> str:
        """Kill it; returns how it ended."""
        _children.discard(self)
        self.process.kill()
        code = self.process.wait()
        with suppress(OSError):
            self.requests.close()
        return f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"


def _ask(request: Request) -> End:
    """What comes of a request, of this thread's child or a new one."""
    child = _own.child if hasattr(_own, "child") else None
    if child is None or child.process.poll() is not None:
        child = _own.child = Child()
    child.send(request)
    at: dict[str, Any] = {}
    waited = 0.0
    while True:
        try:
            line = child.news.get(timeout=LOOK)
        except queue.Empty:
            waited += LOOK
            if reason := _find_excess(child, request.job, waited, bool(at)):
                break
            continue
        if line is None:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(5)  # its output ends before it does: how, it says itself
            reason = ""
            break
        said = json.loads(line)
        if "batch" not in said:
            return End(said, at, "")
        at, waited = said, 0.0
    del _own.child
    ended = child.end()
    return End({}, at, reason or ended)


def _find_excess(child: Child, job: Job, waited: float, begun: bool) -> str:
    """What a child takes more of than it may, in words; "" for nothing."""
    most = job.seconds if begun else START
    if waited > most:
        return f"took longer than {most:g} s"
    if child.measure() > job.megabytes:
        return f"took more than {job.megabytes:,g} MB of memory"
    return ""
