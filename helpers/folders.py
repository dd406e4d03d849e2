"""Folders: where the repository and a corpus lie. Nothing here imports pandas: whoever starts processes first, and
thinks later (helpers.run, a watcher), would wait for it."""

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


class CorpusError(ValueError):
    """A corpus that cannot be read: the message says what, where and what to do."""


def find_folder(folder: str | Path) -> Path:
    """The folder meant by a relative path: looked up from the caller's folder, then from the repository.

    Raises CorpusError when neither has it.
    """
    wanted = Path(folder).expanduser()
    for candidate in (wanted, REPOSITORY / wanted):
        if candidate.is_dir():
            return candidate.resolve()
    raise CorpusError(
        f'no folder "{folder}", neither below {Path.cwd()} nor in the repository; '
        'give the folder that holds the texts, as in corpus="seeds"'
    )
