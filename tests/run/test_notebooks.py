"""The notebooks as their users run them: by papermill from elsewhere, with other parameters, and as
committed."""

import json
import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import nbformat
import pytest

from helpers import charts
from helpers.corpus.folders import REPOSITORY
from helpers.publish.tables import TABLES
from helpers.run import notebooks
from helpers.run.notebooks import list_notebooks, run_notebooks
from helpers.schema.locks import is_last_turn
from tests.conftest import PATIENCE

FIGURES = REPOSITORY / "figures"
NOTEBOOKS = list_notebooks()
# The first and the last make no figure; tests/claims/test_proposals.py and tests/scale run what
# they run.
PROPOSING, REVIEWING, *CHARTING, SCALING = NOTEBOOKS
NUMBERS = {"02": "topics", "03": "measures", "04": "affected", "05": "actors", "06": "topics"}
OWN = {"topics": "pace", "measures": "idps,in_camps", "affected": "civilian", "actors": "SDF"}


def papermill(notebook: Path, folder: Path, *parameters: str) -> subprocess.CompletedProcess:
    """A plain papermill run from `folder`, figures below it."""
    command = [
        sys.executable,
        "-m",
        "papermill",
        str(notebook),
        "out.ipynb",
        "--no-progress-bar",
        "--start-timeout",
        str(PATIENCE),
        "-p",
        "figures",
        "made",
    ]
    for name, value in zip(parameters[::2], parameters[1::2]):
        command += ["-p", name, value]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def read_output(folder: Path) -> str:
    """All text that the notebook left in out.ipynb."""
    book = nbformat.read(folder / "out.ipynb", as_version=4)
    return json.dumps([cell.get("outputs") for cell in book.cells], ensure_ascii=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """Every figure of the default selection, made afresh."""
    folder = tmp_path_factory.mktemp("figures")
    errors = run_notebooks({"figures": str(folder)}, say=lambda *_, **__: None)
    assert not errors
    return folder


def test_every_committed_figure_is_what_the_notebooks_make_today(made):
    kept = [*FIGURES.iterdir(), *(FIGURES / "evidence").iterdir()]
    committed = {
        str(file.relative_to(FIGURES)): file.read_bytes()
        for file in kept
        if file.is_file() and file.stem != "report"
    }
    fresh = {
        str(file.relative_to(made)): file.read_bytes()
        for file in made.rglob("*")
        if file.is_file() and file.parent.name != "states"  # of one's own runs, not committed
    }
    assert sorted(committed) == sorted(fresh)
    stale = [name for name in fresh if fresh[name] != committed[name]]
    assert not stale, f"stale: {stale}; run make figures and commit them"


def test_all_figures_are_made_as_whole_families(made):
    endings = ["svg", "pdf", "png", "csv", "json", "md"]
    families = [f"{name}.{ending}" for name in charts.FIGURES for ending in endings]
    lists = [f"{name}.{ending}" for name in TABLES for ending in ("csv", "html")]
    shared = ["README.md", "index.html", "claims.jsonld", "evidence", "states"]
    assert sorted(file.name for file in made.iterdir()) == sorted(families + lists + shared)


def test_a_run_that_is_stopped_says_what_it_left_as_it_was(monkeypatch, capsys):
    monkeypatch.setattr(notebooks, "fork_kernels", lambda: None)
    monkeypatch.setattr(notebooks, "run_notebooks", Mock(side_effect=KeyboardInterrupt))
    monkeypatch.setattr(notebooks.signal, "signal", lambda *_: None)
    assert notebooks.main([]) == 130
    assert "the others and the gallery as they were" in capsys.readouterr().err


@pytest.mark.parametrize("stopped", [[], ["02", "06"]])
def test_a_run_writes_the_gallery_once_also_when_notebooks_stop(stopped, monkeypatch):
    written = []

    def run(notebook: Path, output: Path, *_) -> str:
        if notebook.stem[:2] in stopped:
            return "ValueError: stopped before its gallery"
        output.write_text("")
        if is_last_turn():
            written.append(output.stem)
        return ""

    monkeypatch.setattr(notebooks, "run_notebook", run)
    errors = run_notebooks(say=lambda *_, **__: None)
    assert len(errors) == bool(stopped)
    assert len(written) == 1
    assert (written == ["again"]) == bool(stopped)


@pytest.mark.parametrize("notebook", CHARTING, ids=lambda path: path.stem)
def test_a_notebook_runs_from_another_folder_with_other_parameters(notebook, tmp_path):
    own = NUMBERS[notebook.stem[:2]]
    run = papermill(
        notebook,
        tmp_path,
        "since",
        "2024-11-20",
        "documents",
        "004,1",
        "formats",
        "png",
        own,
        OWN[own],
    )
    assert run.returncode == 0, run.stderr[-3000:]
    figures = sorted((tmp_path / "made").glob("*.json"))
    assert figures
    for file in figures:
        parameters = json.loads(file.read_text("utf-8"))["parameters"]
        assert (parameters["documents"], parameters[own]) == (["004", "001"], OWN[own].split(","))
        assert file.with_suffix(".png").exists()
        assert not file.with_suffix(".svg").exists()


@pytest.mark.parametrize("notebook", CHARTING, ids=lambda path: path.stem)
def test_a_selection_without_claims_is_said_in_words_and_is_no_error(notebook, tmp_path):
    run = papermill(notebook, tmp_path, "since", "2030-01-01", "scope", "offensive")
    assert run.returncode == 0, run.stderr[-3000:]
    assert "is not drawn: no " in read_output(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("corpsu", "seeds", 'no parameter is called "corpsu"; did you mean corpus?'),
        (
            "width",
            "colum",
            'width cannot be "colum"; did you mean column? Allowed: full, column, slide',
        ),
        ("documents", "9", 'documents cannot be "009"'),
        ("since", "27.11.2024", 'since = "27.11.2024" is not a day'),
        ("corpus", "nowhere", 'no folder "nowhere"'),
        ("measures", "displaced", 'measures cannot be "displaced"'),
    ],
)
def test_a_wrong_parameter_stops_the_run_and_says_what_is_allowed(name, value, said, tmp_path):
    run = papermill(REPOSITORY / "notebooks" / "03_displacement.ipynb", tmp_path, name, value)
    assert run.returncode != 0
    assert said in run.stderr
    assert not (tmp_path / "made").exists()


FAULT = "the row says exact 764/764/764"


def test_a_corpus_that_does_not_stand_draws_nothing_when_strict_is_asked_for(corpus, tmp_path):
    table = (corpus / "claims.csv").read_text("utf-8")
    (corpus / "claims.csv").write_text(table.replace(",746,746,746,", ",764,764,764,"), "utf-8")
    notebook = REPOSITORY / "notebooks" / "04_casualties.ipynb"
    asked = ("corpus", str(corpus), "strict", "yes")
    run = papermill(notebook, tmp_path, *asked)
    assert run.returncode != 0
    assert FAULT in run.stderr
    assert not (tmp_path / "made").exists()


def test_a_row_that_does_not_stand_is_left_out_and_its_figures_say_so(corpus, tmp_path):
    table = (corpus / "claims.csv").read_text("utf-8")
    (corpus / "claims.csv").write_text(table.replace(",746,746,746,", ",764,764,764,"), "utf-8")
    notebook = REPOSITORY / "notebooks" / "04_casualties.ipynb"
    run = papermill(notebook, tmp_path, "corpus", str(corpus), "formats", "svg")
    assert run.returncode == 0, run.stderr
    assert FAULT in read_output(tmp_path)
    made = tmp_path / "made" / "casualties_over_time"
    assert FAULT in json.loads(made.with_suffix(".json").read_text("utf-8"))["refused"][0]
    assert "1 faulty row left out." in made.with_suffix(".svg").read_text("utf-8")


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_committed_notebook_has_been_run_from_top_to_bottom(notebook):
    book = nbformat.read(notebook, as_version=4)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    silent = [cell.source for cell in code if not cell.outputs]
    assert len(silent) == 1, "a cell shows nothing; run make notebooks"
    assert silent[0].startswith(("corpus: str", "input: str")), "the parameters show nothing"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_reads_as_prose(notebook):
    book = nbformat.read(notebook, as_version=4)
    code = [cell.source for cell in book.cells if cell.cell_type == "code"]
    prose = [cell.source for cell in book.cells if cell.cell_type == "markdown"]
    assert not [source for source in code if re.search(r"^\s*(def|class) ", source, re.M)]
    rest = [cell for cell in book.cells if "parameters" not in cell.metadata.get("tags", [])]
    assert max(len(cell.source.splitlines()) for cell in rest if cell.cell_type == "code") <= 8
    assert len(prose) >= len(code)
    assert not [
        number for text in prose for number in re.findall(r"(?<![\w#/.-])\d[\d,.]{2,}", text)
    ], "numbers are computed, not typed"
    assert prose[0].splitlines()[0].startswith("# ")
    assert prose[0].splitlines()[0].endswith("?")
    assert any(text.startswith("## What this notebook cannot tell you") for text in prose)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_parameter_is_annotated_and_explained(notebook):
    book = nbformat.read(notebook, as_version=4)
    [cell] = [cell for cell in book.cells if "parameters" in cell.metadata.get("tags", [])]
    assert all(re.fullmatch(r"\w+: \w+ = .+  # .+", line) for line in cell.source.splitlines())
    names = [line.partition(":")[0] for line in cell.source.splitlines()]
    charting = [
        "corpus",
        "since",
        "until",
        "published_since",
        "published_until",
        "documents",
        "scope",
        "figures",
        "formats",
        "width",
        "frame",
        "svg_font",
        "style",
        "evidence",
        "reviewed",
        "strict",
        "changed_since",
        NUMBERS.get(notebook.stem[:2]),
    ]
    apart = {
        PROPOSING: ["corpus", "country", "published", "documents", "write", "merge"],
        REVIEWING: ["corpus", "reviewer", "documents", "second", "workbook"],
        SCALING: ["input", "output", "scheduler", "workers", "country", "published"],
    }
    assert names == apart.get(notebook, charting)


def test_committed_files_name_no_machine_and_no_clock():
    for file in [
        *NOTEBOOKS,
        *(
            file
            for kind in ("json", "svg", "md", "html", "jsonld")
            for file in FIGURES.rglob(f"*.{kind}")
        ),
    ]:
        text = file.read_text("utf-8")
        assert not re.search(r"/(home|root|tmp|work|Users)/", text), file.name
        assert '"version": "3.' not in text, file.name


# --- every cell is compared ----------------------------------------------------------------------


def list_exemptions(book) -> list[str]:
    """What would let a cell pass unread: tags other than that of the parameters, and comments to
    nbval."""
    tags = [tag for cell in book.cells for tag in cell.metadata.get("tags", [])]
    comments = [
        comment
        for cell in book.cells
        for comment in re.findall(r"#\s*(?:NBVAL|PYTEST)_\w+", cell.source)
    ]
    return [tag for tag in tags if tag != "parameters"] + comments


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_cell_is_exempt_from_comparison(notebook):
    assert list_exemptions(nbformat.read(notebook, as_version=4)) == []


@pytest.mark.parametrize(
    ("tag", "source"),
    [
        ("raises-exception", ""),
        ("nbval-ignore-output", ""),
        ("nbval-skip", ""),
        ("nbval-raises-exception", ""),
        ("skip-execution", ""),
        ("", "# NBVAL_IGNORE_OUTPUT\n"),
        ("", "# NBVAL_SKIP\n"),
    ],
)
def test_a_cell_that_is_exempt_is_noticed(tag, source):
    book = nbformat.read(NOTEBOOKS[1], as_version=4)
    cell = book.cells[-1]
    cell.metadata["tags"] = [tag] * bool(tag)
    cell.source = source + cell.source
    assert len(list_exemptions(book)) == 1


def test_pytest_compares_every_output():
    import tomllib

    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    options = settings["tool"]["pytest"]["ini_options"]["addopts"].split()
    assert "--nbval" in options
    lax = {"--nbval-lax", "--nbval-sanitize-with", "--nbval-skip"}
    assert not lax & {option.partition("=")[0] for option in options}
