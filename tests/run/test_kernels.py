"""Kernels forked from one process: each notebook has its own, a fault is named, none is left
behind."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import nbformat
import pytest

from helpers.corpus.folders import REPOSITORY
from helpers.run.notebooks import run_notebook
from tests.conftest import PATIENCE, wait_until

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="kernels are forked where there is a fork"
)
# What `python -m helpers.run` does, for the notebooks of the working folder; also where a shell
# started all of this deaf to Ctrl-C.
RUN = """
import pathlib, signal, sys, helpers.run.notebooks as run
signal.signal(signal.SIGINT, signal.default_int_handler)
run.list_notebooks = lambda: sorted(pathlib.Path().glob('*.ipynb'))
sys.argv[1:] = ['-p', 'corpus', 'seeds']
sys.exit(run.main())
"""
ABOUT = """
import gc, json, os, sys
collects = gc.isenabled() and gc.get_freeze_count() > 100_000
print(json.dumps([os.getpid(), os.getppid(), 'matplotlib.figure' in sys.modules, collects]))
"""
FOREVER = """
import os, pathlib, time
pathlib.Path(corpus + '.pid').write_text(str(os.getpid()))
time.sleep(3_600)
"""


@pytest.fixture
def tmp_path():
    """A folder with a short name: that of a socket within it may have some hundred characters."""
    with tempfile.TemporaryDirectory(prefix="k", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def write_notebooks(folder: Path, **cells: str) -> None:
    for name, cell in {"00_first": "", **cells}.items():
        parameters = nbformat.v4.new_code_cell(
            'corpus: str = "seeds"  # a parameter', metadata={"tags": ["parameters"]}
        )
        book = nbformat.v4.new_notebook(
            cells=[parameters, nbformat.v4.new_code_cell(cell)],
            metadata={
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
            },
        )
        nbformat.write(book, folder / f"{name}.ipynb")


FORK_TWO = """
import json, os, papermill, helpers.run.kernels
assert helpers.run.kernels.fork_kernels()
for name in ('02_one', '03_two'):
    book = papermill.execute_notebook(
        f'{name}.ipynb', f'{name}.out', progress_bar=False, shutdown_kernel='immediate'
    )
    about = json.loads(book.cells[-1].outputs[0].text)
    tasks = f'/proc/{about[1]}/task'
    print(json.dumps(about + [len(os.listdir(tasks)) if os.path.exists(tasks) else 1]))
"""


def start_run(folder: Path, script: str = RUN) -> subprocess.Popen:
    (folder / "temporary").mkdir()
    environment = os.environ | {"TMPDIR": str(folder / "temporary"), "PYTHONPATH": str(REPOSITORY)}
    return subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        try:
            return not Path("/proc/self").exists() and os.kill(pid, 0) is None
        except ProcessLookupError:
            return False


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGKILL, -signal.SIGKILL)],
    ids=["Ctrl-C", "SIGTERM", "SIGKILL"],
)
def test_a_run_that_is_stopped_leaves_no_kernel(number, code, tmp_path):
    write_notebooks(
        tmp_path,
        **{
            "02_forever": FOREVER,
            "03_waiting": FOREVER.replace("corpus +", "'second' +"),
            "04_never": "raise SystemExit",
        },
    )
    run = start_run(tmp_path)
    try:
        files = wait_until(
            lambda: (
                [file for file in tmp_path.glob("*.pid") if file.read_text()][1:]
                and sorted(tmp_path.glob("*.pid"))
            )
        )
        pids = [int(file.read_text()) for file in files]
        assert len({*pids, run.pid}) == 3
        assert all(map(is_running, pids))
        os.kill(run.pid, number)
        assert run.wait(PATIENCE) == code
        wait_until(lambda: not any(map(is_running, pids)))  # they would sleep on for an hour
    finally:
        run.kill()
        for file in tmp_path.glob("*.pid"):
            with contextlib.suppress(ProcessLookupError, ValueError):
                os.kill(int(file.read_text()), signal.SIGKILL)
    if number != signal.SIGKILL:
        assert not list((tmp_path / "temporary").rglob("*.ipynb"))


def test_a_notebook_that_fails_is_named_and_the_others_run(tmp_path):
    write_notebooks(
        tmp_path,
        **{
            "02_fails": "raise ValueError('nobody counted')",
            "03_dies": "import os; os._exit(3)",
            "04_passes": "pass",
        },
    )
    run = start_run(tmp_path)
    out, err = run.communicate(timeout=PATIENCE)
    assert run.returncode == 1
    assert "02_fails: ValueError: nobody counted" in err
    assert "03_dies: Kernel died" in err
    assert "04_passes" not in err
    assert "04_passes: done" in out
    assert not list((tmp_path / "temporary").rglob("*.ipynb"))


def test_where_no_socket_can_be_opened_kernels_start_as_they_always_do(tmp_path):
    write_notebooks(tmp_path, **{"02_passes": "pass"})
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    out, err = start_run(deep, f"import os; os.chdir({str(tmp_path)!r}); {RUN}").communicate(
        timeout=PATIENCE
    )
    assert "02_passes: done" in out, err


def test_every_kernel_is_a_process_of_its_own_forked_from_one_that_has_no_threads(tmp_path):
    write_notebooks(tmp_path, **{"02_one": ABOUT, "03_two": ABOUT})
    out, err = start_run(tmp_path, FORK_TWO).communicate(timeout=PATIENCE)
    one, two = map(json.loads, out.splitlines())
    assert one[0] != two[0], "two kernels"
    assert one[1] == two[1], "of one parent"
    for about in (one, two):
        assert about[2], "matplotlib is there before anything is drawn"
        assert about[3], "the collector works, and need not look through what was there before"
        assert about[4] == 1, "a fork copies no thread: locks would stay shut for ever"
    assert "leaked" not in err


NO_FACTORY = (
    "import jupyter_client.provisioning as jupyter; "
    "jupyter.KernelProvisionerFactory.instance = object"
)
NO_SERVER = "from multiprocessing import forkserver; del forkserver.ensure_running"


@pytest.mark.parametrize("change", [NO_FACTORY, NO_SERVER], ids=["Jupyter", "multiprocessing"])
def test_where_another_package_has_changed_kernels_start_as_they_always_do(change, tmp_path):
    script = f"import helpers.run.kernels\n{change}\nprint(helpers.run.kernels.fork_kernels())"
    out, err = start_run(tmp_path, script).communicate(timeout=120)
    assert out == "False\n", err


def test_kernels_import_no_module_of_ours_that_was_there_to_be_forked(tmp_path):
    script = """
        import sys, helpers.run.preload
        before = {*sys.modules}
        from helpers.analysis.selection import open_study
        from helpers.charts import FIGURES, draw_figure
        from helpers.publish.tables import render_tables
        study = open_study({"__annotations__": {"corpus": str}, "corpus": "seeds"})
        for name in FIGURES:
            draw_figure(name, study)
        render_tables(study)
        print([name for name in {*sys.modules} - before if name.startswith("helpers")])
    """
    out, err = start_run(tmp_path, textwrap.dedent(script)).communicate(timeout=PATIENCE)
    assert out == "[]\n", err


@pytest.mark.parametrize("strict", [False, True], ids=["as it is", "that needs its grammar"])
def test_jsonschema_is_there_without_its_grammar_or_as_it_always_is(strict, tmp_path):
    if strict:
        (tmp_path / "jsonschema.py").write_text("import rfc3987_syntax")
        (tmp_path / "rfc3987_syntax.py").write_text("")
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); "
        "import helpers.run.kernels as kernels; kernels.skip_grammar(); import jsonschema; "
        "print('rfc3987_syntax' in sys.modules); import rfc3987_syntax"
    )
    out, err = start_run(tmp_path, script).communicate(timeout=120)
    assert out == f"{strict}\n", err


@pytest.mark.parametrize(
    ("said", "starts"), [("Kernel died before replying to kernel_info", 2), ("Kernel died", 1)]
)
def test_a_kernel_that_dies_as_it_starts_is_started_once_more_and_no_other_is(
    said, starts, tmp_path, monkeypatch
):
    tried = []

    def execute(*_, **__):
        tried.append(1)
        if len(tried) == 1:
            raise RuntimeError(said)

    monkeypatch.setattr("papermill.execute_notebook", execute)
    assert bool(run_notebook(tmp_path / "in.ipynb", tmp_path / "out.ipynb")) == (starts == 1)
    assert len(tried) == starts


def test_a_notebook_runs_in_its_folder_and_the_process_stays_in_its_own(tmp_path, monkeypatch):
    """Notebooks run side by side in threads: a process that went to the folder of one would start
    the kernel of another there, or where it came from."""
    home = tmp_path / "home"
    home.mkdir()
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("import os; os.getcwd()")],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(book, tmp_path / "in.ipynb")
    here, went = os.getcwd(), set()
    monkeypatch.setattr(os, "chdir", went.add)
    assert run_notebook(tmp_path / "in.ipynb", tmp_path / "out.ipynb", folder=home) == ""
    assert {str(Path(folder).resolve()) for folder in went} <= {here}
    [cell] = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells
    assert cell.outputs[0].data["text/plain"].strip("'") == str(home.resolve())
