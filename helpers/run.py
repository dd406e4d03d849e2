"""Run: all notebooks at once, and the committed outputs refreshed.

`python -m helpers.run` makes every figure; `--refresh` writes the notebooks' outputs back into
notebooks/. One line of progress for each notebook; the exit code says whether all of them passed.
"""

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from helpers.corpus import REPOSITORY

NOTEBOOKS = REPOSITORY / "notebooks"
WORKERS = 2  # a kernel each; more only crowd a small machine
QUIET = ["--IPKernelApp.log_level=50"]  # a kernel that is asked to stop while idle reports that as an error


def list_notebooks() -> list[Path]:
    """The numbered notebooks, in order."""
    return sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))


def run_notebook(notebook: Path, output: Path, parameters: dict | None = None, folder: Path | None = None) -> str:
    """Run one notebook by papermill into `output`; "" when it passed, else its error in a few lines.

    A run that fails leaves no output notebook behind.
    """
    import papermill

    try:
        papermill.execute_notebook(notebook, output, parameters=parameters or {}, cwd=folder, progress_bar=False, log_output=False, extra_arguments=QUIET)
    except papermill.PapermillExecutionError as error:
        output.unlink(missing_ok=True)
        return f"{error.ename}: {error.evalue}"
    return ""


def run_notebooks(parameters: dict | None = None, refresh: bool = False, say=print) -> list[str]:
    """Run every notebook, two at a time; returns the errors. With `refresh` the notebooks that passed are
    written back with their outputs, without clock, path or Python version."""
    notebooks, errors, begun = list_notebooks(), [], time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(WORKERS) as pool:
        jobs = {pool.submit(run_notebook, notebook, Path(folder) / notebook.name, parameters): notebook for notebook in notebooks}
        for done, job in enumerate(as_completed(jobs), 1):
            notebook, error = jobs[job], job.result()
            say(f"[{done}/{len(notebooks)}] {notebook.stem}: {error or 'done'} ({time.perf_counter() - begun:.0f} s)", flush=True)
            if error:
                errors.append(f"{notebook.stem}: {error}")
            elif refresh:
                save_outputs(Path(folder) / notebook.name, notebook)
    return errors


def save_outputs(executed: Path, notebook: Path) -> None:
    """Write an executed notebook over its source, keeping only what a rerun gives again."""
    import nbformat

    run = nbformat.read(executed, as_version=4)
    run.metadata = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    run.cells = [cell for cell in run.cells if "injected-parameters" not in cell.metadata.get("tags", [])]
    for number, cell in enumerate(run.cells):
        tags = cell.metadata.get("tags", [])
        cell.id, cell.metadata = f"cell-{number:02d}", {"tags": tags} if tags else {}
    part = notebook.with_name(f".{notebook.name}.part")
    nbformat.write(run, part)
    os.replace(part, notebook)


def main() -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m helpers.run", description="Run all notebooks and make every figure.")
    parser.add_argument("--refresh", action="store_true", help="write the outputs back into notebooks/")
    parser.add_argument("-p", nargs=2, action="append", default=[], metavar=("NAME", "VALUE"), help="a parameter for every notebook, as in papermill")
    arguments = parser.parse_args()
    errors = run_notebooks(dict(arguments.p), arguments.refresh)
    for error in errors:
        print(f"\n{error}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
