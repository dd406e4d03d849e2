"""What an import costs: a notebook that stops at a wrong parameter has waited for pandas, and for little more."""

import json
import os
import subprocess
import sys

import nbformat
import pytest

from helpers.folders import REPOSITORY
from helpers.run import list_notebooks

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
    return "; ".join(
        line for line in cell.source.splitlines() if line.startswith(("from ", "import "))
    )


@pytest.fixture(scope="module", params=list_notebooks(), ids=lambda path: path.stem)
def imported(request) -> tuple[float, list[str]]:
    """What a notebook imports beyond pandas, in a process of its own: its calls, as a share of those that pandas makes,
    and its modules."""
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    run = subprocess.run(
        [sys.executable, "-c", COUNT, f"import helpers; {find_imports(request.param)}"],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)


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
            "import sys, helpers.run; print(*sorted({'pandas', 'numpy', *HEAVY} & set(sys.modules)))".replace(
                "HEAVY", repr(HEAVY)
            ),
        ],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert heavy == "\n"
