"""Locks: one process at a time works on a table, on whatever system, and a lock ends with the
process that holds it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.schema.errors import CorpusError

PATIENCE = 20.0  # seconds; a save takes a fraction of one


@contextmanager
def hold_lock(file: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Nobody else who asks for the lock of this file has it while the block runs. It lies beside
    the file, as `.claims.csv.lock`; a process that is killed lets go of it.

    Raises CorpusError when somebody holds it longer than `patience` seconds, and where no lock can
    be written.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(file.with_name(f".{file.name}.lock"), timeout=patience, poll_interval=0.01)
    try:
        lock.acquire()
    except Timeout:
        raise CorpusError(
            f"{file.name} is being saved by somebody else for longer than {patience:.0f} seconds; "
            "nothing was written. Try again, or close the other notebook"
        ) from None
    except OSError as error:
        raise CorpusError(
            f"{file.parent} cannot be written into ({error.strerror}); nothing was changed. "
            "Copy the corpus to where you may write"
        ) from None
    try:
        yield
    finally:
        lock.release()
