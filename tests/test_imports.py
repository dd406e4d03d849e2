"""What an import costs: a notebook that stops at a wrong parameter has waited for pandas, and for
little more."""

import ast
import json
import os
import subprocess
import sys

import nbformat
import pytest

import helpers
from helpers.corpus.folders import REPOSITORY
from helpers.run.notebooks import list_notebooks

HEAVY = {
    "matplotlib",
    "seaborn",
    "dask",
    "distributed",
    "papermill",
    "nbformat",
    "jinja2",
    "lxml",
    "pypdf",
    "trafilatura",
    "docx",
    "typst",
}
LIGHT = {"helpers", "tqdm"} | sys.stdlib_module_names
MOST = 0.25  # of the calls that importing pandas makes; matplotlib makes twice as many as pandas
COUNT = """
import cProfile, json, sys

def count_calls(imports):
    profile = cProfile.Profile()
    profile.run(imports)
    return sum(entry.callcount for entry in profile.getstats())

pandas, before = count_calls("import pandas"), set(sys.modules)
print(json.dumps([count_calls(sys.argv[1]) / pandas, sorted(set(sys.modules) - before)]))
"""


def find_imports(notebook) -> str:
    """The imports of a notebook's first cell after its parameters, in one line."""
    _, cell = [
        cell for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"
    ][:2]
    nodes = ast.parse(cell.source).body
    return "; ".join(ast.unparse(node) for node in nodes if isinstance(node, ast.ImportFrom))


@pytest.mark.parametrize("notebook", list_notebooks(), ids=lambda path: path.stem)
def test_a_notebook_imports_from_helpers_alone_and_once(notebook):
    cells = [
        cell for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"
    ]
    imports = [
        node
        for cell in cells
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert [getattr(node, "module", "") for node in imports] == ["helpers"]


def test_every_public_name_is_had_from_helpers():
    missing = [name for name in dir(helpers) if not callable(getattr(helpers, name))]
    assert len(dir(helpers)) > 30
    assert not missing


def test_a_name_that_helpers_does_not_have_is_refused_with_those_it_has():
    with pytest.raises(
        AttributeError, match="helpers has no draw_nothing; it has .*draw_advance_map"
    ):
        helpers.draw_nothing  # noqa: B018


def count_imports(notebook) -> tuple[float, list[str]]:
    """What a notebook imports beyond pandas, in a process of its own: its calls, as a share of
    those that pandas makes, and its modules."""
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    run = subprocess.run(
        [sys.executable, "-c", COUNT, f"import helpers; {find_imports(notebook)}"],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)


@pytest.fixture(scope="module", params=list_notebooks(), ids=lambda path: path.stem)
def imported(request) -> tuple[float, list[str]]:
    return count_imports(request.param)


def test_the_first_cell_of_a_notebook_imports_little_beyond_pandas(imported):
    assert {name.partition(".")[0] for name in imported[1]} <= LIGHT


def test_the_first_cell_of_a_notebook_builds_no_rules(imported):
    rules = [name for name in imported[1] if name.startswith("helpers.extract.")]
    assert set(rules) <= {"helpers.extract.propose"}


def test_the_first_cell_of_a_notebook_makes_few_calls_beyond_pandas(imported):
    assert imported[0] < MOST


def test_what_starts_the_kernels_waits_for_no_pandas():
    heavy = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import sys, helpers.run.notebooks; print(*sorted({'pandas', 'numpy', *HEAVY} & "
                "set(sys.modules)))"
            ).replace("HEAVY", repr(HEAVY)),
        ],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert heavy == "\n"
