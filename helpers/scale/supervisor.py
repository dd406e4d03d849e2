"""Watch: a partition done by a child process, which is ended when one text takes too long, too much memory, or kills it."""

import json
import os
import queue
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress

from helpers.folders import (
    CorpusError,
)  # and nothing that brings pandas: a Dask worker only watches

TRIES = 2  # of a text that fails or stops its process
LOOK = 0.2  # seconds between two looks at a child
START = 300  # seconds until a child begins to read: it loads what it needs first
MOST_STARTS = 3  # of a child that ends before that
_own = threading.local()  # .child: the process of this worker's thread, kept for its next partition
_children: set[subprocess.Popen] = set()  # of all threads
_stopped = threading.Event()


def do_partition(job: dict, piece: dict) -> dict:
    """The record of a partition (save_partition) without its piece, or its countries (count_partition), from a child process.

    job: as there, and `seconds` a text may take, `megabytes` of memory its process may have. A text that stops the process
    TRIES times is set aside with the reason. Raises CorpusError for what is no text's fault.
    """
    careful, tries, skipped, starts = set(), Counter(), {}, 0
    while not _stopped.is_set():
        answer, at, reason = _ask(
            {"job": job, "piece": piece, "careful": sorted(careful), "skipped": skipped},
            job["seconds"],
            job["megabytes"],
        )
        if "answer" in answer:
            return {name: value for name, value in answer["answer"].items() if name != "piece"}
        if "unfit" in answer:
            raise CorpusError(answer["unfit"])
        if not at or "loading" in at:
            starts += 1
            if starts == MOST_STARTS:
                raise CorpusError(
                    f"partition {piece['number']}: the process that reads it {reason} {'while it read the file' if at else 'before it began'}; its output (of a Dask worker: in its log) says why"
                )
        elif "where" not in at:
            careful.add(at["chunk"])
        else:
            tries[at["where"]] += 1
            if tries[at["where"]] == TRIES:
                skipped[at["where"]] = reason
    raise CorpusError(f"partition {piece['number']}: the run was stopped")


def stop_children() -> None:
    """End the children of all threads at once; what the threads were doing ends with them, until allow_children."""
    _stopped.set()
    for child in list(_children):
        child.kill()
        child.wait()
        _children.discard(child)


def allow_children() -> None:
    """From now on partitions may be done again."""
    _stopped.clear()


def _ask(request: dict, seconds: float, megabytes: float) -> tuple[dict, dict, str]:
    """(answer, where the child was, how it ended): the answer is empty where it ended without one."""
    child, news = _find_child()
    at, reason, waited = {}, "", 0.0
    try:
        child.stdin.write(json.dumps(request) + "\n")
        child.stdin.flush()
    except OSError:
        news = queue.SimpleQueue()
        news.put(None)
    while not reason:
        try:
            line = news.get(timeout=LOOK)
        except queue.Empty:
            waited += LOOK
            if waited > (seconds if at else START):
                reason = f"took longer than {seconds if at else START:g} s"
            elif _measure(child.pid) > megabytes:
                reason = f"took more than {megabytes:,g} MB of memory"
            continue
        if line is None:
            with suppress(
                subprocess.TimeoutExpired
            ):  # its output ends before it does: how it ends, it says itself
                child.wait(5)
            break
        said = json.loads(line)
        if "chunk" not in said:
            return said, at, ""
        at, waited = said, 0.0
    _own.child = None
    _children.discard(child)
    child.kill()
    code = child.wait()
    for end in (child.stdin, child.stdout):
        end.close()
    return (
        {},
        at,
        reason or (f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"),
    )


def _find_child() -> tuple[subprocess.Popen, queue.SimpleQueue]:
    if getattr(_own, "child", None) and _own.child[0].poll() is None:
        return _own.child
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "helpers.scale.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env=environment,
        )
    except (
        OSError
    ) as error:  # left as it is, a Dask run would take it for the scheduler's and try for ever
        raise CorpusError(
            f"no process can be started to read texts ({error.strerror}); make room (memory, processes, open files) and start again: what is done is kept"
        ) from None
    news = queue.SimpleQueue()

    def listen() -> None:
        """What the child says waits in a queue; None says that it has ended."""
        with child.stdout:
            for line in child.stdout:
                news.put(line)
        news.put(None)

    threading.Thread(target=listen, daemon=True).start()
    _children.add(child)
    _own.child = child, news
    return _own.child


def _measure(pid: int) -> float:
    """Megabytes that a process holds in memory; 0 when it is gone."""
    import psutil

    try:
        return psutil.Process(pid).memory_info().rss / 1e6
    except psutil.Error:
        return 0
