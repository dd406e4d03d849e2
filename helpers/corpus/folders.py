"""Folders: where the repository and a corpus lie. Nothing here imports pandas: whoever starts
processes first, and thinks later (helpers.run.notebooks, a supervisor), would wait for it."""

from pathlib import Path

from helpers.schema.errors import CorpusError

REPOSITORY = Path(__file__).resolve().parents[2]


def find_folder(folder: str | Path) -> Path:
    """The folder meant by a relative path: looked up from the caller's folder, then from the
    repository.

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


def open_folder(folder: str | Path) -> Path:
    """The folder itself where a path leads to one, as it does when it was found before; else what
    somebody typed is looked up (find_folder). For what a notebook calls; inside, paths are handed
    on."""
    return folder if isinstance(folder, Path) and folder.is_dir() else find_folder(folder)


def is_guarded(folder: Path) -> bool:
    """Whether a corpus is the one that comes with this project, which no notebook writes into."""
    return folder == REPOSITORY / "seeds"
