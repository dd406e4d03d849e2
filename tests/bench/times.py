"""Times of this package on this machine, side by side in one run: absolute seconds are noisy,
ratios less.

Prints the machine's load; one empty papermill run; every notebook alone; all of them at once (make
figures); nbval one after another and as make test runs it; what imports cost. Then each ratio that
is promised, and whether it holds.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from helpers.corpus.folders import REPOSITORY
from helpers.run.notebooks import list_notebooks
from tests.bench.promises import print_promise
from tests.test_imports import MOST, count_imports

BIN = Path(sys.executable).parent
PYTHON, PYTEST = BIN / "python", ["-m", "pytest", "-q", "--nbval", "-p", "no:cacheprovider"]


def measure(*command) -> float:
    """Wall seconds of a command; the run ends with its output when it fails."""
    begun = time.perf_counter()
    done = subprocess.run(list(map(str, command)), cwd=REPOSITORY, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return time.perf_counter() - begun


def measure_notebooks(folder: Path) -> dict[str, float]:
    """What was run → seconds. The empty run is measured first and last, and its mean taken: load
    changes."""
    import nbformat

    empty = folder / "empty.ipynb"
    nbformat.write(
        nbformat.v4.new_notebook(
            metadata={
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
            }
        ),
        empty,
    )

    def run(notebook: Path) -> float:
        return measure(BIN / "papermill", notebook, folder / "out.ipynb", "--no-progress-bar")

    run(empty)  # now all bytecode is there
    first, figures, last = run(empty), measure(PYTHON, "-m", "helpers.run"), run(empty)
    return {
        "papermill, an empty notebook": (first + last) / 2,
        "make figures: all notebooks": figures,
        "nbval, one after another": measure(PYTHON, *PYTEST, "-p", "no:xdist", "notebooks"),
        "nbval, as make test runs it": measure(
            PYTHON, *PYTEST, "-p", "tests.warm", "-n", "2", "--dist", "loadfile", "notebooks"
        ),
        **{f"papermill, {notebook.stem}": run(notebook) for notebook in list_notebooks()},
    }


def main() -> None:
    os.environ.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # with it nothing is kept, and every start takes twice as long
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ELEVEN_DAYS_FIGURES"] = folder
        print(
            f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, Python "
            f"{sys.version.split()[0]}"
        )
        seconds = measure_notebooks(Path(folder))
    empty, figures, one, two = list(seconds.values())[:4]
    for name, value in seconds.items():
        print(f"{name:<36}{value:>7.1f} s{value / empty:>7.1f} × an empty run")
    imports = {book.stem: count_imports(book)[0] for book in list_notebooks()}
    for name, value in imports.items():
        print(f"{'imports of ' + name:<36}{value:>7.2f} × the calls of pandas")
    print(f"load {os.getloadavg()[0]:.1f} at the end")
    print_promise("make figures ÷ an empty run", figures / empty, most=4)
    print_promise("nbval in make test ÷ one after another", two / one, most=0.55)
    print_promise(
        "calls of a notebook's imports ÷ those of pandas", max(imports.values()), most=MOST
    )


if __name__ == "__main__":
    main()
