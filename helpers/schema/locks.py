"""Locks: one process at a time works on a table, on whatever system, and a lock ends with the
process that holds it. Turns: of several processes the last does what all of them would do."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from helpers.schema.errors import CorpusError

PATIENCE = 20.0  # seconds; a save takes a fraction of one
TURNS = "ELEVEN_DAYS_TURNS"  # the folder in which each turn that is to come has a file


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


@contextmanager
def expect_turns(folder: Path, number: int) -> Iterator[None]:
    """Processes started while the block runs, which inherit the environment, will call is_last_turn
    so many times in all; the folder, which holds nothing else, keeps count of them."""
    folder.mkdir(exist_ok=True)
    for turn in range(number):
        (folder / str(turn)).touch()
    os.environ[TURNS] = str(folder)
    try:
        yield
    finally:
        del os.environ[TURNS]


def is_last_turn() -> bool:
    """Take a turn; whether none is to come. So it is where nobody expects turns, or no more. Of
    those that come at once one is the last: it alone removes the folder, found empty."""
    if TURNS not in os.environ:
        return True
    folder = Path(os.environ[TURNS])
    for turn in folder.glob("*"):
        with suppress(OSError):  # somebody else took this one
            turn.unlink()
            return _is_removed(folder)
    return True


def _is_removed(folder: Path) -> bool:
    """Remove a folder if it is empty; whether it was, and nobody else removed it."""
    try:
        folder.rmdir()
    except OSError:
        return False
    return True
