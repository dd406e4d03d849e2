"""Notebooks: all of them run at once, and the committed outputs refreshed.

`python -m helpers.run` makes every figure; `--refresh` writes the notebooks' outputs back into
notebooks/. 00_propose_claims runs first, and alone, when it is asked for (`--propose`, or a
parameter that only it takes), with `--refresh`, or when the corpus has neither claims.csv nor
proposals.csv: the others then read what it wrote. `--settings` writes a corpus.toml with what was
derived, before the others run: it belongs to what they draw. 01_review_claims and
07_propose_at_scale make no figure and run with `--refresh` only. One line of progress for each
notebook; the exit code says whether all of them passed. From the command line kernels are forked
from one process (helpers.run.kernels).
"""

import argparse
import contextlib
import json
import re
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from helpers.corpus.folders import REPOSITORY, find_folder
from helpers.run.kernels import end_kernels, fork_kernels
from helpers.schema.errors import CorpusError
from helpers.schema.files import replace_file
from helpers.schema.locks import expect_turns

NOTEBOOKS = REPOSITORY / "notebooks"
PROPOSING, REVIEWING, AT_SCALE = "00_", "01_", "07_"  # the notebooks that make no figure
# A kernel each: on two cores the third works while others wait for messages; more gain nothing.
WORKERS = 3
# A kernel that is asked to stop while idle reports that as an error.
QUIET = ["--IPKernelApp.log_level=50"]
PLAIN: dict[str, Any] = {
    "progress_bar": False,
    "log_output": False,
    "request_save_on_cell_execute": False,  # written once, when all cells have run
    "shutdown_kernel": "immediate",  # nothing in a kernel needs a farewell
    "start_timeout": 600,  # a busy machine starts one late
}
WIDGET = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


class Stage(NamedTuple):
    """Notebooks that run side by side, and the parameters they get."""

    notebooks: list[Path]
    parameters: dict[str, Any]


def list_notebooks() -> list[Path]:
    """The numbered notebooks, in order."""
    return sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))


def run_notebook(
    notebook: Path, output: Path, parameters: dict | None = None, folder: Path | None = None
) -> str:
    """Run one notebook by papermill into `output`, its kernel in `folder` (None: here); "" when it
    passed, else its error in a few lines.

    A run that fails leaves no output notebook behind. The folder is told to the kernel alone:
    papermill's `cwd` moves the whole process, in which other notebooks start at the same time.
    """
    import papermill

    execute = partial(
        papermill.execute_notebook,
        notebook,
        output,
        parameters=parameters or {},
        resources={"metadata": {"path": str(folder)}} if folder else {},
        extra_arguments=QUIET,
        **PLAIN,
    )
    try:
        try:
            execute()
        except RuntimeError as error:
            if "before replying" not in str(error):
                raise
            execute()  # two kernels starting at one moment may get one port: one of them dies of it
    except papermill.PapermillExecutionError as error:
        output.unlink(missing_ok=True)
        return f"{error.ename}: {error.evalue}"
    except RuntimeError as error:  # of nbclient
        output.unlink(missing_ok=True)
        return (
            f"{error}; was it killed, or out of memory? Open the notebook in JupyterLab to see "
            "which cell it is"
        )
    return ""


def list_parameters(notebook: Path) -> list[str]:
    """The names of a notebook's parameters, in order."""
    import nbformat

    [cell] = [
        cell
        for cell in nbformat.read(notebook, as_version=4).cells
        if "parameters" in cell.metadata.get("tags", [])
    ]
    return re.findall(r"^(\w+): ", cell.source, re.M)


def plan_stages(parameters: dict[str, Any], refresh: bool, propose: bool) -> list[Stage]:
    """The notebooks to run, stage by stage. The one that proposes claims, and the one that does so
    at scale, take part as the head of this module says; they get the parameters they know, the
    others all but those that the first alone knows."""
    books = list_notebooks()
    first, review, large = (
        [book for book in books if book.name.startswith(number)]
        for number in (PROPOSING, REVIEWING, AT_SCALE)
    )
    others = [book for book in books if book not in first + review + large]
    known, taken, reviewed, scaled = (
        {name for book in some for name in list_parameters(book)}
        for some in (first, others, review, large)
    )
    own = (known - taken) & parameters.keys()
    stages = [Stage(others, _choose(parameters, parameters.keys() - own))]
    if propose or refresh or own or is_uncoded(parameters.get("corpus", "seeds")):
        stages.insert(0, Stage(first, _choose(parameters, known)))
    if refresh:
        stages.append(Stage(review, _choose(parameters, reviewed)))
        stages.append(Stage(large, _choose(parameters, scaled)))
    return stages


def _choose(parameters: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if name in names}


def run_notebooks(
    parameters: dict | None = None,
    refresh: bool = False,
    say=print,
    propose: bool = False,
    settings: bool = False,
) -> list[str]:
    """Run every notebook, WORKERS at a time, the longest first; returns the errors, one that
    several notebooks stopped at once, behind their names. With `refresh` the notebooks that passed
    are written back with their outputs, without clock, path or Python version; they run where they
    lie, as in JupyterLab, so that their links lead from there. Says last which texts were not
    read."""
    parameters = parameters or {}
    corpus, stages = parameters.get("corpus", "seeds"), plan_stages(parameters, refresh, propose)
    if refresh:
        begin_anew()
    total, done, begun = sum(len(stage.notebooks) for stage in stages), 0, time.perf_counter()
    errors: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder, _open_pool() as pool:
        unread = pool.submit(say_unread, corpus)
        for number, stage in enumerate(stages):
            if settings and not stage.notebooks[0].name.startswith(PROPOSING):
                settings = False
                for line in write_settings(corpus):
                    say(line, flush=True)
            outputs = Path(folder) / str(number)
            for book, error in run_stage(pool, stage, outputs, NOTEBOOKS if refresh else None):
                done += 1
                spent = f"({time.perf_counter() - begun:.0f} s)"
                say(f"[{done}/{total}] {book.stem}: {_say_end(error)} {spent}", flush=True)
                if error:
                    errors.setdefault(error, []).append(book.stem)
                    continue
                for line in list_absent(outputs / book.name):
                    say(f"      {line}", flush=True)
                if refresh:
                    save_outputs(outputs / book.name, book)
        for line in unread.result():
            say(line, flush=True)
    return [f"{', '.join(sorted(books))}: {error}" for error, books in errors.items()]


def run_stage(
    pool: ThreadPoolExecutor, stage: Stage, outputs: Path, home: Path | None
) -> Iterator[tuple[Path, str]]:
    """(notebook, its error or "") of a stage, each as it ends; `outputs`: a new folder for what
    they give; `home`: the folder they run in. The last to hang its figures writes the gallery for
    all; one that stopped may not have had its turn, and then one that passed runs again."""
    outputs.mkdir()
    hanging, passed = [book for book in stage.notebooks if hangs_gallery(book)], []
    with expect_turns(outputs / "turns", len(hanging)):
        jobs = {
            pool.submit(run_notebook, book, outputs / book.name, stage.parameters, home): book
            for book in sorted(stage.notebooks, key=_estimate_time, reverse=True)
        }
        for job in as_completed(jobs):
            book, error = jobs[job], job.result()
            if book in hanging and not error:
                passed.append(book)
            yield book, error
    if passed and len(passed) < len(hanging):
        run_notebook(passed[-1], outputs / "again.ipynb", stage.parameters, home)


def _say_end(error: str) -> str:
    return "stopped" if error else "done"


def write_settings(corpus: str) -> list[str]:
    """corpus.toml of a corpus, if it has none, with what was derived (save_settings); what was
    done, in sentences. Nothing for a corpus that does not stand: the notebooks say why."""
    from helpers.analysis.selection import open_study
    from helpers.analysis.settings.derived import derive_settings
    from helpers.analysis.settings.settling import save_settings

    try:
        study = open_study({"__annotations__": {"corpus": str}, "corpus": corpus})
    except ValueError:
        return []
    derived = derive_settings(study.coded, study.documents, study.places)
    return save_settings(study.folder, derived)


def say_unread(corpus: str) -> list[str]:
    """Which texts of a corpus were not read, and why, as 00_propose_claims says it. Nothing for a
    corpus that does not stand, which the notebooks say, nor for an archive, which lists its own."""
    from helpers.claims.archive import is_archive
    from helpers.corpus.documents import list_unread, load_corpus

    try:
        folder = find_folder(corpus)
        unread = [] if is_archive(folder) else list_unread(load_corpus(folder, add_new=True))
    except CorpusError:
        return []
    return ["", "Not read:", *(f"- {line}" for line in unread)] if unread else []


def begin_anew() -> None:
    """Forget the states of the default figures: what is committed tells of no earlier run."""
    from helpers.analysis.selection import find_figures_home
    from helpers.publish.history.states import forget_states

    forget_states(find_figures_home())


@contextlib.contextmanager
def _open_pool() -> Iterator[ThreadPoolExecutor]:
    """Threads to run notebooks in; what stops the caller stops the notebooks under way and those
    that wait."""
    pool = ThreadPoolExecutor(WORKERS)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        end_kernels()
        raise
    finally:
        pool.shutdown()


def _estimate_time(notebook: Path) -> int:
    """How long a notebook takes, by its size: most of both are its pictures."""
    return notebook.stat().st_size


def list_absent(executed: Path) -> list[str]:
    """The sentences in which an executed notebook says why a figure is not drawn."""
    said = re.findall(r"`\w+` is not drawn: (?:[^\"\\]|\\[^n])*", executed.read_text("utf-8"))
    return list(dict.fromkeys(json.loads(f'"{sentence}"') for sentence in said))


def is_uncoded(corpus: str) -> bool:
    """Whether a corpus is there and has neither claims nor proposals yet (an archive has them at
    scale). Proposals that are there may be of other parameters (a country, a day), and are not
    written over unasked."""
    try:
        folder = find_folder(corpus)
    except CorpusError:  # the notebooks say so themselves
        return False
    return not any((folder / name).exists() for name in ("claims.csv", "proposals.csv", "run.json"))


def hangs_gallery(notebook: Path) -> bool:
    """Whether a notebook writes what belongs to all figures: of several the last will do."""
    return "save_gallery(" in notebook.read_text("utf-8")


def save_outputs(executed: Path, notebook: Path) -> None:
    """Write an executed notebook over its source, keeping only what a rerun gives again."""
    import nbformat

    run = nbformat.read(executed, as_version=4)
    run.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    run.cells = [
        cell for cell in run.cells if "injected-parameters" not in cell.metadata.get("tags", [])
    ]
    for number, cell in enumerate(run.cells):
        tags = cell.metadata.get("tags", [])
        cell.id, cell.metadata = f"cell-{number:02d}", {"tags": tags} if tags else {}
        for output in cell.get("outputs", []):  # a widget's number differs at each run
            output.get("data", {}).pop(WIDGET, None)
    replace_file(notebook, nbformat.writes(run).rstrip() + "\n")


def main(given: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.run", description="Run all notebooks and make every figure."
    )
    parser.add_argument(
        "--refresh", action="store_true", help="write the outputs back into notebooks/"
    )
    parser.add_argument(
        "--propose",
        action="store_true",
        help="run 00_propose_claims first, even where there is a claims.csv",
    )
    parser.add_argument(
        "-p",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "VALUE"),
        help="a parameter for every notebook, as in papermill",
    )
    parser.add_argument(
        "--settings",
        action="store_true",
        help="write a corpus.toml with what was derived, each line commented out and with its "
        "reason; one that is there stays, and what it says otherwise is shown",
    )
    arguments = parser.parse_args(given)
    # Told to end it cleans up, as after Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    fork_kernels()
    try:
        errors = run_notebooks(
            dict(arguments.p),
            arguments.refresh,
            propose=arguments.propose,
            settings=arguments.settings,
        )
    except KeyboardInterrupt:
        print(
            "\nStopped; the figures of the notebooks that were done are new, the others and the "
            "gallery as they were.",
            file=sys.stderr,
        )
        return 130
    for error in errors:
        print(f"\n{error}", file=sys.stderr)
    return 1 if errors else 0
