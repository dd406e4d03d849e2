"""The container: its steps, run in a fresh folder with a fresh Python, end in JupyterLab on the
notebook of reviewing. No image is built: that takes an engine."""

import json
import os
import re
import shutil
import signal
import site
import socket
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from helpers.corpus.folders import REPOSITORY
from tests.conftest import PATIENCE

FILE = REPOSITORY / "Containerfile"
DEVCONTAINER = REPOSITORY / ".devcontainer" / "devcontainer.json"
OFFLINE = re.compile(r"No matching distribution found for setuptools|Failed to establish a new")
KNOWN = {"FROM", "WORKDIR", "COPY", "RUN", "EXPOSE", "CMD"}


def read_steps() -> list[tuple[str, str]]:
    """(instruction, its words) of each line of the Containerfile."""
    lines = FILE.read_text("utf-8").splitlines()
    steps = [line.partition(" ") for line in lines if line and line[0] != "#"]
    return [(name, words) for name, _, words in steps]


def make_python(folder: Path) -> Path:
    """A Python of its own that sees the packages of this one; its programs' folder."""
    venv.create(folder, with_pip=True)
    here = [path for path in sys.path if path.endswith("-packages")] or site.getsitepackages()
    [home] = folder.glob("lib/python*/site-packages")
    (home / "here.pth").write_text("\n".join(here), "utf-8")
    return folder / "bin"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, dict[str, str]]:
    """The folder in which all steps but the last have run, and their environment."""
    home = tmp_path_factory.mktemp("image")
    programs, work = make_python(home / "python"), home / "work"
    work.mkdir()
    kept = {"HOME": str(home), "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    proxies = {name: text for name, text in os.environ.items() if name.startswith("PIP_")}
    for name, words in read_steps():
        if name == "COPY":
            *sources, target = words.split()
            for source in sources:
                copy(REPOSITORY / source, work / target)
        elif name == "RUN":
            run = subprocess.run(
                ["sh", "-c", words],
                cwd=work,
                env=kept | proxies,
                capture_output=True,
                encoding="utf-8",
                timeout=30 * PATIENCE,
            )
            if OFFLINE.search(run.stderr):
                pytest.skip("no package index to ask for setuptools")
            assert run.returncode == 0, f"{words}\n{run.stdout}{run.stderr}"
    return work, kept


def copy(source: Path, target: Path) -> None:
    """As COPY does: a file into a folder, what a folder holds into a folder."""
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def test_the_file_has_no_step_that_the_test_does_not_run():
    steps = read_steps()
    assert {name for name, _ in steps} == KNOWN
    assert [name for name, _ in steps].count("CMD") == 1
    assert steps[-1][0] == "CMD"


def test_the_steps_end_in_jupyterlab_on_the_review_of_the_texts(built):
    work, environment = built
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = read_steps()[-1][1].replace("=8888", f"={port}").replace("0.0.0.0", "127.0.0.1")
    lab = subprocess.Popen(
        ["timeout", str(10 * PATIENCE), "sh", "-c", command],
        cwd=work,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    said = []
    try:
        for line in lab.stdout:
            said.append(line)
            if f":{port}/lab/tree/01_review_claims.ipynb?token=" in line:
                break
        else:
            pytest.fail("".join(said))
    finally:
        os.killpg(lab.pid, signal.SIGKILL)
        lab.communicate()
    assert (work / "corpus" / "claims.csv").exists()
    assert any("claims in 3 of 3 texts" in line for line in said)


def test_the_devcontainer_is_built_of_this_file_and_starts_the_same():
    told = json.loads(DEVCONTAINER.read_text("utf-8"))
    built_of = (DEVCONTAINER.parent / told["build"]["dockerfile"]).resolve()
    folder = dict(read_steps())["WORKDIR"]
    assert built_of == FILE
    assert (told["workspaceFolder"], told["workspaceMount"].split(",")[1]) == (
        folder,
        f"target={folder}",
    )
    assert told["postAttachCommand"].replace("exec ", "") == read_steps()[-1][1].replace(
        "exec ", ""
    )
    assert "tests/samples/veshka" in told["postCreateCommand"]
