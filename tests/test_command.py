"""The command, as it is typed in another folder, and on a system that is not this one: texts whose
names Windows reserves or cannot tell apart, without what POSIX alone has (tests/elsewhere)."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath

import nbformat
import pandas as pd
import pytest

from helpers import command
from helpers.corpus.folders import REPOSITORY
from tests.conftest import PATIENCE

TEXTS = REPOSITORY / "tests/samples/invented_war"
ELSEWHERE = REPOSITORY / "tests/elsewhere"
RUNS = {
    "propose": ["propose", "my articles", "--merge"],
    "figures": ["figures", "my articles", "-p", "formats", "svg,png"],
    "report": ["report", "my articles"],
}
DEVICES = r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?"
LETTERS = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')


def start(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    """A command of its own process, in a folder of the user's, as on Windows."""
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {"PYTHONPATH": str(ELSEWHERE), "PYTHONWARNDEFAULTENCODING": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=kept | own | {"ELEVEN_DAYS_FIGURES": str(folder / "figures")},
        capture_output=True,
        encoding="utf-8",
        timeout=10 * PATIENCE,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A folder of a user's, with one of texts in it and nothing else."""
    home = tmp_path_factory.mktemp("home")
    texts = Path(shutil.copytree(TEXTS, home / "my articles"))
    (texts / "day_7.txt").rename(texts / "CON.txt")
    told = (texts / "day_4.txt").read_text("utf-8").replace("Olmir", "Kell")
    (texts / "Day_4.txt").write_text(told, "utf-8")
    table = 'id,published,text\nnul,2031-03-08,"Some 300 people fled Port Adral on Saturday."\n'
    (texts / "aux.csv").write_text(table, "utf-8")
    return home


@pytest.fixture(scope="module")
def runs(home) -> dict[str, subprocess.CompletedProcess]:
    """What came of proposing, drawing and reporting, one after the other."""
    return {name: start(home, "-m", "helpers.command", *run) for name, run in RUNS.items()}


# --- whole runs ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RUNS)
def test_a_whole_run_needs_nothing_that_windows_lacks(runs, name):
    assert runs[name].returncode == 0, runs[name].stdout + runs[name].stderr


def test_texts_whose_names_are_reserved_or_differ_by_case_are_all_read(runs, home):
    texts = pd.read_csv(home / "my articles" / "documents.csv", dtype=str)
    assert set(texts["doc_id"]) == {"CON", "Day_4", "day_1", "day_4", "nul"}
    claims = pd.read_csv(home / "my articles" / "claims.csv", dtype=str)
    assert set(claims["doc_id"]) == set(texts["doc_id"])


def test_no_file_that_was_written_has_a_name_that_windows_refuses(runs, home):
    written = [file.relative_to(home) for file in (home / "figures").rglob("*")]
    assert len(written) > 20
    assert find_refused(written) == []


def test_no_file_of_the_project_has_a_name_that_windows_refuses():
    folders = ("figures", "helpers", "notebooks", "seeds", "tests")
    files = [file for folder in folders for file in (REPOSITORY / folder).rglob("*")]
    kept = [file.relative_to(REPOSITORY) for file in files if "__pycache__" not in file.parts]
    assert len(kept) > 300
    assert find_refused(kept) == []


def find_refused(paths: Iterable[PurePath]) -> list[str]:
    """Paths with the name of a device, a letter that no name may hold, or that another differs
    from by case alone."""
    seen, found = set(), []
    for path in sorted(map(PurePath, paths)):
        is_device = any(re.fullmatch(DEVICES, part) for part in path.parts)
        folded = str(path).casefold()
        if is_device or folded in seen or any(LETTERS.search(part) for part in path.parts):
            found.append(str(path))
        seen.add(folded)
    return found


@pytest.mark.parametrize("name", ["CON.txt", "a/nul", "Aux.csv", "a:b", "a.", "A b/c?", "b.txt"])
def test_a_name_that_windows_refuses_is_found(name):
    assert find_refused([PurePath("B.txt"), PurePath(name)])


PLAYED = {  # a module of ours that does what Windows minds → what comes of it
    "open('x', 'w')": "EncodingWarning",
    "import pathlib; pathlib.Path('y').write_text('')": "EncodingWarning",
    "import fcntl": "ModuleNotFoundError",
    "from pwd import getpwnam": "ModuleNotFoundError",
    "import resource": "ModuleNotFoundError",
    "import os; os.fork()": "AttributeError",
    "import os; os.killpg(1, 9)": "AttributeError",
    "import os; f = open('z', 'wb'); open('w', 'wb').close(); os.replace('w', 'z')": "Permission",
}


@pytest.mark.parametrize(("code", "error"), PLAYED.items())
def test_what_windows_minds_is_an_error_where_windows_is_played(tmp_path, code, error):
    run = start(tmp_path, "-c", f"exec({code!r}, {{'__name__': 'helpers.tried'}})")
    assert error in run.stderr


# --- the command itself --------------------------------------------------------------------------


def test_the_page_of_the_figures_is_named_at_the_end(runs, home):
    page = home / "figures" / "my articles" / "index.html"
    assert runs["figures"].stdout.strip().endswith(page.as_uri())


def test_a_folder_that_is_not_there_is_said_in_a_line(capsys):
    assert command.main(["figures", "nowhere at all"]) == 1
    assert capsys.readouterr().err.startswith('no folder "nowhere at all"')


@pytest.mark.parametrize("name", command.TASKS)
def test_the_help_of_a_task_shows_how_it_is_typed(name, capsys):
    with pytest.raises(SystemExit):
        command.main([name, "--help"])
    assert f"eleven-days {name} my_articles" in capsys.readouterr().out


def test_every_example_is_taken():
    lines = re.findall(r"^  eleven-days (.*?)(?:  |$)", command.EXAMPLES, re.M)
    assert len(lines) > 4
    for line in lines:
        assert command.build_parser().parse_args(line.split()).corpus == "my_articles"


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_shell_is_told_the_tasks_and_their_options(shell, capsys):
    with pytest.raises(SystemExit):
        command.main(["--print-completion", shell])
    script = capsys.readouterr().out
    assert all(word in script for word in (*command.TASKS, "--country", "--reviewer"))


def test_bash_completes_a_task(tmp_path):
    parser = subprocess.run(
        [sys.executable, "-m", "helpers.command", "--print-completion", "bash"],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    (tmp_path / "complete").write_text(parser.stdout, "utf-8")
    ask = (
        "source complete; COMP_WORDS=(eleven-days pro); COMP_CWORD=1; "
        "$(complete -p eleven-days | sed 's/.*-F \\([^ ]*\\).*/\\1/') eleven-days pro eleven-days; "
        'echo "${COMPREPLY[@]}"'
    )
    answer = subprocess.run(
        ["bash", "-c", ask], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    assert answer.stdout.strip() == "propose", answer.stderr


def test_a_review_opens_a_copy_of_the_notebook_with_the_folder_in_it(tmp_path, monkeypatch):
    texts = Path(shutil.copytree(TEXTS, tmp_path / "texts"))
    (texts / "claims.csv").write_text("", "utf-8")
    seen = []

    def look(lab):
        [home] = [Path(word.split("=")[1]) for word in lab if "root_dir" in word]
        [page] = [word.split("=")[1] for word in lab if "default_url" in word]
        book = nbformat.read(home / page.removeprefix("/lab/tree/"), as_version=4)
        seen.append((book, lab[-1]))
        return subprocess.CompletedProcess(lab, 0)

    monkeypatch.setattr(subprocess, "run", look)
    given = ["review", str(texts), "--reviewer", "RK", "--jupyter=--no-browser"]
    assert command.main(given) == 0
    [(book, option)] = seen
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    [injected] = [cell.source for cell in cells if "injected-parameters" in cell.metadata.tags]
    assert f'corpus = "{texts}"' in injected
    assert 'reviewer = "RK"' in injected
    assert not any(cell.outputs for cell in cells)
    assert option == "--no-browser"


def test_a_review_of_what_nobody_merged_says_what_to_do_first(capsys):
    assert command.main(["review", str(TEXTS)]) == 1
    assert "eleven-days propose" in capsys.readouterr().err
