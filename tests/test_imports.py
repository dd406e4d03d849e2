"""What an import costs: a notebook that stops at a wrong parameter has waited for pandas, and for little more."""

import json
import os
import subprocess
import sys

import nbformat
import pytest

from helpers.folders import REPOSITORY
from helpers.run import list_notebooks

MOST = 0.050  # seconds of processor time beyond pandas
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
MEASURE = "import json, sys, time, pandas; begun = time.process_time(); {imports}; print(json.dumps([time.process_time() - begun, sorted(set(sys.modules))]))"


def find_imports(notebook) -> str:
    """The imports of a notebook's first cell after its parameters, in one line."""
    _, cell = [
        cell for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"
    ][:2]
    return "; ".join(
        line for line in cell.source.splitlines() if line.startswith(("from ", "import "))
    )


def measure(imports: str) -> tuple[float, set[str]]:
    """(seconds beyond pandas, modules) of a fresh process."""
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }  # with it, it is compiling that would be measured
    run = subprocess.run(
        [sys.executable, "-c", MEASURE.format(imports=imports)],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, modules = json.loads(run.stdout)
    return seconds, {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize("notebook", list_notebooks(), ids=lambda path: path.stem)
def test_the_first_cell_of_a_notebook_imports_nothing_heavy(notebook):
    assert not measure(find_imports(notebook))[1] & HEAVY


@pytest.mark.parametrize("notebook", list_notebooks(), ids=lambda path: path.stem)
def test_the_first_cell_of_a_notebook_costs_little_beyond_pandas(notebook):
    imports = f"import helpers; {find_imports(notebook)}"
    assert any(measure(imports)[0] < MOST for _ in range(5)), "the best of five"


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
