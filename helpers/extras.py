"""Extras: packages that only some of the work needs, and the line that installs them."""

from importlib.util import find_spec

from helpers.folders import CorpusError


class MissingExtraError(CorpusError):
    """A package is missing that this work needs."""


def require_extra(extra: str, purpose: str, *packages: str) -> None:
    """Raises MissingExtraError where one of these packages of an extra in pyproject.toml cannot be
    imported, with the line that installs it. `purpose` begins the sentence: "reading
    news.parquet"."""
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        raise MissingExtraError(
            f"{purpose} needs {' and '.join(missing)}, which {verb} not installed; "
            f'in the folder of this project run: python -m pip install -e ".[{extra}]"'
        )
