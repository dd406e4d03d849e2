"""Times of this package on this machine, side by side in one run: absolute seconds are noisy, ratios less.

Prints the machine's load; one empty papermill run; every notebook alone; all of them at once (make
figures); nbval one after another and as make test runs it.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from helpers.corpus import REPOSITORY
from helpers.run import list_notebooks

BIN = Path(sys.executable).parent


def measure(*command) -> float:
    """Wall seconds of a command; the run ends with its output when it fails."""
    begun = time.perf_counter()
    done = subprocess.run(list(map(str, command)), cwd=REPOSITORY, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return time.perf_counter() - begun


def main() -> None:
    import nbformat

    with tempfile.TemporaryDirectory() as folder:
        os.environ["ELEVEN_DAYS_FIGURES"] = folder
        output = Path(folder) / "out.ipynb"
        empty = Path(folder) / "empty.ipynb"
        book = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
        nbformat.write(book, empty)
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, Python {sys.version.split()[0]}")
        one = measure(BIN / "papermill", empty, output, "--no-progress-bar")
        rows = [("papermill, an empty notebook", one)]
        rows += [(f"papermill, {notebook.stem}", measure(BIN / "papermill", notebook, output, "--no-progress-bar")) for notebook in list_notebooks()]
        rows.append(("make figures: all notebooks", measure(BIN / "python", "-m", "helpers.run")))
        rows.append(("nbval, one after another", measure(BIN / "python", "-m", "pytest", "-q", "notebooks")))
        rows.append(("nbval, as make test runs it", measure(BIN / "python", "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "notebooks")))
    for name, seconds in rows:
        print(f"{name:<36}{seconds:>7.1f} s{seconds / one:>7.1f} × an empty run")


if __name__ == "__main__":
    main()
