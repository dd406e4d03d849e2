"""helpers/README.md is the map: it names every module, and no function or module that is gone."""

import re
from pathlib import Path

import pytest

from helpers.corpus.folders import REPOSITORY

HELPERS = REPOSITORY / "helpers"
FLOORS = ["schema", "corpus", "claims", "extract", "analysis", "scale", "charts", "publish"]
FLOORS += ["review", "run"]
MAP = (HELPERS / "README.md").read_text("utf-8")
DATA = {".toml", ".csv", ".zip", ".js", ".css"}  # rules, words, the gazetteer, the widget
FUNCTION = re.compile(r"`(\w+)` in `([\w/]+\.py)`")


def list_sections() -> dict[str, str]:
    """Floor → its part of the list of modules; "" for the folder itself."""
    modules = MAP.partition("## Every module, floor by floor")[2]
    parts = re.split(r"^### (?:`(\w+)/`|.*)$", modules, flags=re.M)[1:]
    return {floor or "": text for floor, text in zip(parts[::2], parts[1::2], strict=True)}


def list_named(floor: str) -> list[str]:
    return re.findall(r"^- `([^`]+)`: \S", list_sections()[floor], re.M)


def is_on_map(file: Path) -> bool:
    if file.name == "__init__.py" or {"templates", "typefaces"} & set(file.parts):
        return False  # the folder, its templates and its fonts are named as a whole
    return file.suffix == ".py" or file.suffix in DATA


def list_modules(folder: Path) -> list[str]:
    files = (file for file in folder.rglob("*") if is_on_map(file))
    return sorted(str(file.relative_to(folder)) for file in files)


def test_the_map_has_a_section_for_every_floor():
    folders = {file.parent.name for file in HELPERS.glob("*/__init__.py")}
    assert list(list_sections()) == ["", *FLOORS]
    assert folders == set(FLOORS)


@pytest.mark.parametrize("floor", FLOORS)
def test_the_map_names_every_module_of_a_floor_and_no_other(floor):
    named = [name for name in list_named(floor) if name not in ("templates/", "look/typefaces/")]
    assert sorted(named) == list_modules(HELPERS / floor)


def test_the_map_names_what_lies_in_the_folder_itself():
    assert sorted(list_named("")) == sorted(file.name for file in HELPERS.glob("*.py"))


def test_the_map_has_one_line_a_module():
    lines = [line for text in list_sections().values() for line in text.splitlines()]
    assert [line for line in lines if line.startswith("- ") and len(line) > 120] == []


@pytest.mark.parametrize(("name", "module"), sorted(set(FUNCTION.findall(MAP))))
def test_a_function_on_the_map_stands_in_its_module(name, module):
    home = HELPERS.parent if module.startswith("tests/") else HELPERS
    code = (home / module).read_text("utf-8")
    assert re.search(rf"^(def|class) {name}\b|^{name}\b[^=\n]*=", code, re.M)


def test_the_steps_of_a_claim_each_name_a_function():
    steps = re.findall(r"^\d+\. \*\*.*$", MAP.partition("## A claim")[2], re.M)
    assert len(steps) == 14
    assert all(FUNCTION.search(step) for step in steps)
