"""Saving: files that appear whole or not at all. Each is written beside its name, then renamed."""

import hashlib
import json
import os
import stat
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from helpers.schema.errors import CorpusError

JOURNAL = ".journal.part"
PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)  # seconds


@contextmanager
def open_part(file: Path) -> Iterator[BinaryIO]:
    """A file to write into, beside `file`. When the block ends well it is on disk under that name;
    when it does not, nothing is left of it and what stood there still stands. Who may read and
    write the file stays; a link stays one, and what it leads to is written, if that lies in the
    same folder. Raises OSError."""
    file = file.resolve() if file.is_symlink() and is_inside(file) else file
    part = _name_aside(file, uuid.uuid4().hex)
    try:
        with part.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        _keep_mode(file, part)
        _rename(part, file)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _keep_mode(file: Path, part: Path) -> None:
    """Who may do what with a file, carried over to what takes its place. A group that this user
    is no member of cannot be."""
    with suppress(OSError):
        before, now = file.stat(), part.stat()
        part.chmod(stat.S_IMODE(before.st_mode))
        if before.st_gid != now.st_gid and hasattr(os, "chown"):
            os.chown(part, -1, before.st_gid)


def replace_file(file: Path, data: str | bytes, read: str | None = None) -> Path:
    """Write one file, whole or not at all.

    `read` is the sum_file of what the caller read there; what somebody saved since is not written
    over (looked at last thing before the rename). Raises CorpusError then, and when the file cannot
    be written; what stood there before still stands.
    """
    try:
        with open_part(file) as out:
            out.write(data.encode() if isinstance(data, str) else data)
            if read is not None:  # on disk first: waiting for it leaves time to save in between
                out.flush()
                os.fsync(out.fileno())
                check_unchanged(file, read)
    except OSError as error:
        raise CorpusError(
            f"{file} cannot be written ({error.strerror}); it is as it was. "
            "Close it in other programs, or copy the corpus to where you may write"
        ) from None
    return file


KEPT = 'the figures there are as they were. Free it, or name another with figures="…"'


def save_files(folder: Path, files: dict[str, bytes], kept: str = KEPT) -> None:
    """Write several files so that each appears whole, and none when one cannot be written.

    All are written beside their names first; then a journal of the names stands while they are
    renamed, so that a process killed in between leaves what finish_saving ends. Nothing waits for
    the disk, as open_part does: figures can be drawn again. Raises CorpusError naming the folder,
    with `kept`, what is as it was and what to do; what stood there before still stands.
    """
    finish_saving(folder)
    token = uuid.uuid4().hex
    parts = {name: _name_aside(folder / name, token) for name in files}
    journal, before = folder / f".{token}{JOURNAL}", {}
    parts_and_journal = (*parts.values(), _name_aside(journal, token), journal)
    try:
        for name, part in parts.items():
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(files[name])
        _name_aside(journal, token).write_text(json.dumps(list(files)), "utf-8")
        _rename(_name_aside(journal, token), journal)
        for name, part in parts.items():
            old = (folder / name).read_bytes() if (folder / name).exists() else None
            before[name] = old  # first: what stops this process may come right after the renaming
            try:
                _rename(part, folder / name)
            except FileNotFoundError:  # another process saw the journal and finished it
                if not (folder / name).exists():
                    raise
    except BaseException as error:
        with suppress(OSError):  # no such folder, no journal
            journal.unlink(missing_ok=True)  # first: nobody may finish what is undone here
        for name, old in before.items():
            _put_back(folder / name, old)
        if not isinstance(error, OSError):
            raise
        raise CorpusError(f"{folder} cannot be written ({error.strerror}); {kept}") from None
    finally:
        for part in parts_and_journal:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _put_back(file: Path, old: bytes | None) -> None:
    """What a file held before; one that holds it still is not touched, for a full disk might not
    take it back."""
    if old is None:
        file.unlink(missing_ok=True)
    elif not file.exists() or file.read_bytes() != old:
        file.write_bytes(old)


def finish_saving(folder: Path) -> None:
    """Rename what processes had written whole when they were killed, so that their files are all
    new."""
    for journal in folder.glob(f".*{JOURNAL}"):
        with suppress(OSError, ValueError, TypeError):  # another process is faster; no journal
            for name in json.loads(journal.read_text("utf-8")):
                part = _name_aside(folder / name, journal.name.removesuffix(JOURNAL)[1:])
                if (folder / name).resolve().is_relative_to(folder.resolve()) and part.exists():
                    _rename(part, folder / name)
            journal.unlink(missing_ok=True)


def _rename(part: Path, file: Path) -> None:
    """os.replace, tried again for a moment: on Windows no file can be replaced while another
    process reads it, and notebooks that run side by side look into one folder."""
    for pause in PAUSES:
        try:
            os.replace(part, file)
            return
        except PermissionError:
            time.sleep(pause)
    os.replace(part, file)


def _name_aside(file: Path, token: str) -> Path:
    return file.with_name(f".{file.name}.{token}.part")


def is_inside(file: Path) -> bool:
    """Whether a file is what it seems to be: no link, or one that stays in the folder."""
    return not file.is_symlink() or file.resolve().is_relative_to(file.parent.resolve())


def check_inside(file: Path) -> None:
    """Raises CorpusError for a link that leads out of its folder."""
    if not is_inside(file):
        raise CorpusError(
            f"{file.name} is a link that leads out of the corpus; put the table itself there"
        )


def sum_file(file: Path) -> str:
    """SHA-256 of the bytes of a file; "" where there is none. Raises CorpusError when it cannot be
    opened, or is a link that leads out of its folder."""
    if not file.exists():
        return ""
    check_inside(file)
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise CorpusError(
            f"{file.name} cannot be opened ({error.strerror}); allow reading it"
        ) from None


def check_unchanged(file: Path, read: str) -> None:
    """Raises CorpusError when a file is not what it was when `read`, its sum_file, was taken."""
    now = sum_file(file)
    if now == read:
        return
    happened = "was changed"
    if not read:
        happened = "appeared"
    elif not now:
        happened = "vanished"
    raise CorpusError(
        f"{file.parent.name}/{file.name} {happened} after it was read here; nothing was written "
        "over it, and what was saved there stands. Run all cells again: the next run reads it as "
        "it is now, and merges anew"
    )
