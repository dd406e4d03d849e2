"""Write tests/licences.csv, the licence of every package that is pinned: python -m tests.licences

A row of a package that is not installed stays as it is; a new one has no licence until it is.
"""

import csv
import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
TABLE = TESTS / "licences.csv"
COLUMNS = ["package", "for", "licence"]
PIN = re.compile(r"([\w.-]+)==[\w.]+(?: *; python_version == \"3\.\d+\")?")
READ = {  # where a package states none, or brings what has another: read in its own files
    "atheris": "Apache-2.0",
    "axe-playwright-python": "MIT; its axe-core MPL-2.0",
    "pypandoc-binary": "MIT; its pandoc GPL-2.0-or-later",
}


def list_pins() -> dict[str, list[str]]:
    """Where packages are pinned (a requirements file, or an extra of pyproject.toml) → the
    lines."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        extras = tomllib.load(file)["project"]["optional-dependencies"]
    pins = {
        name: _load_lines(ROOT / name) for name in ("requirements.txt", "tests/requirements.txt")
    }
    return pins | extras | {"tests/tools.txt": _load_lines(TESTS / "tools.txt")}


def _load_lines(file: Path) -> list[str]:
    lines = (line.split("  #")[0].strip() for line in file.read_text("utf-8").splitlines())
    return [line for line in lines if line and line[0] not in "#-"]


def name_package(pin: str) -> str:
    """The name that a line pins, as indexes write it. Raises ValueError where it pins none."""
    pinned = PIN.fullmatch(pin)
    if not pinned:
        raise ValueError(f'"{pin}" pins no version; write name==version')
    return re.sub(r"[-_.]+", "-", pinned[1]).lower()


def read_licence(package: str) -> str:
    """The licence that an installed package states; "" where it is not installed."""
    if package in READ:
        return READ[package]
    try:
        told = metadata(package)
    except PackageNotFoundError:
        return ""
    classes = [
        line.rpartition(" :: ")[2]
        for line in told.get_all("Classifier") or []
        if line.startswith("License :: OSI")
    ]
    stated = (told.get("License") or "").strip().partition("\n")[0]
    return told.get("License-Expression") or "; ".join(classes) or stated


def load_licences() -> list[dict[str, str]]:
    """The rows of the table as it stands."""
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    known = {row["package"]: row["licence"] for row in load_licences()}
    pins = [(name_package(pin), where) for where, pinned in list_pins().items() for pin in pinned]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for package, where in sorted(pins):
            out.writerow([package, where, read_licence(package) or known.get(package, "")])


if __name__ == "__main__":
    main()
