"""The tables of the rules: every pattern that is written can be read, and is asked for."""

import importlib
import pkgutil
from pathlib import Path

import pytest

import helpers.extract
from helpers.extract.rules.load import Patterns


def list_tables() -> dict[str, Patterns]:
    """The file of a table of patterns → the table, of all modules that read one."""
    modules = pkgutil.walk_packages(helpers.extract.__path__, "helpers.extract.")
    loaded = [importlib.import_module(module.name) for module in modules if not module.ispkg]
    return {
        table.where: table
        for module in loaded
        for table in vars(module).values()
        if isinstance(table, Patterns)
    }


TABLES = list_tables()


@pytest.mark.parametrize("table", TABLES)
def test_every_pattern_of_a_table_can_be_read(table):
    patterns = TABLES[table]
    assert patterns.written
    for name in patterns.written:
        assert patterns[name].pattern


def test_every_pattern_of_a_table_is_asked_for():
    files = Path(helpers.extract.__path__[0]).rglob("*.py")
    code = "".join(file.read_text("utf-8") for file in files)
    unused = {
        f"{table}: {name}"
        for table, patterns in TABLES.items()
        for name in patterns.written
        if f'"{name}"' not in code
    }
    assert not unused
