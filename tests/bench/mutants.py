"""How many small changes of the code the tests notice (mutation testing), module by module.

Every change of helpers/claims/gate.py and helpers/analysis/comparisons.py is tried, of
helpers/extract a random sample: it allows some 14,000, and all of them would take half a day. The
seed is fixed, so the same code gives the same sample. mutmut makes the changes, within functions:
word lists and patterns of a module stay as they are. All tests run once, each with the functions it
calls noted. Then every change is tried in a process of its own, forked with everything read and
collected: the code of one function is exchanged, and the tests that call it run, those first that
noticed most in the least time, until one fails. What runs on import is tried in a new process, in a
copy of the repository.

    python tests/bench/mutants.py [--sample 1000] [--seed 5]

mutants/survivors.txt then holds the changes that no test noticed.
"""

import __future__

import argparse
import ast
import contextlib
import difflib
import importlib
import io
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest
from mutmut.mutation.file_mutation import mutate_file_contents

REPOSITORY = Path(__file__).parents[2]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tests")]
FOLDER = (
    REPOSITORY / "mutants"
)  # a copy of the repository, for what runs on import; and the results
WHOLE = ["helpers/claims/checks.py", "helpers/claims/gate.py", "helpers/analysis/comparisons.py"]
TESTS = [
    *(f"tests/test_{name}.py" for name in ("claims", "estimates", "wording", "predict")),
    "tests/extract",
]
ARGUMENTS = [
    "-q",
    "-o",
    "addopts=",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:warnings",
    "-s",
    "-k",
    "not (the_time or no_time or linear or cost or ten_thousand or as_many)",
]  # these measure time, or say again in sum what the kept readings say in full
SURVIVED, NOTICED, NOT_REACHED = 0, 1, 2
LONGEST = 100  # seconds of processor time for one change

Key = tuple[str, int]  # of a function: its file and first line


@cache
def mutate(file: str) -> tuple[list[str], dict[str, ast.FunctionDef]]:
    """The names of a file's mutants, as mutmut gives them, and every function of the changed file
    by its name."""
    changed = mutate_file_contents(file, (REPOSITORY / file).read_text("utf-8"))
    functions = {
        node.name: node
        for node in ast.walk(ast.parse(changed.code))
        if isinstance(node, ast.FunctionDef)
    }
    return list(changed.mutant_names), functions


def name_module(file: str) -> str:
    """helpers/extract/days.py is helpers.extract.dates.calendar."""
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def find_original(file: str, mutant: str):
    """The function that a mutant is made of; mutmut's x_f__mutmut_3 is of f, xǁPlacesǁf__mutmut_3
    of Places.f."""
    module, name = importlib.import_module(name_module(file)), mutant.partition("__mutmut_")[0]
    *_, owner, method = name.split("ǁ") if "ǁ" in name else ("", name.removeprefix("x_"))
    found = vars(getattr(module, owner) if owner else module)[method]
    return getattr(found, "__func__", found)


def exchange(file: str, mutant: str) -> None:
    """From now on the function does what its mutant says, whoever holds it."""
    node, held = mutate(file)[1][mutant], {}
    function = find_original(file, mutant)
    exec(
        compile(
            ast.Module([node], []),
            file,
            "exec",
            __future__.annotations.compiler_flag,
            dont_inherit=True,
        ),
        function.__globals__,
        held,
    )
    new = held[mutant]
    function.__code__, function.__defaults__, function.__kwdefaults__ = (
        new.__code__,
        new.__defaults__,
        new.__kwdefaults__,
    )


def forget() -> None:
    """The rules remember no word: a change of what judges words would make no difference."""
    cache = importlib.import_module("helpers.extract.text.cache").Cache
    for name, module in list(sys.modules.items()):
        if name.startswith("helpers.extract.") and not name.endswith("places.gazetteer"):
            for memory in vars(module).values():
                if isinstance(memory, cache):
                    memory.clear()
                elif hasattr(memory, "cache_clear"):
                    memory.cache_clear()


def name_key(code) -> Key:
    return code.co_filename, code.co_firstlineno


@contextlib.contextmanager
def note_calls():
    """The set of functions of helpers that are called."""
    codes, root = set(), str(REPOSITORY / "helpers")
    sys.setprofile(lambda frame, event, _: event == "call" and codes.add(frame.f_code))
    calls: set[Key] = set()
    try:
        yield calls
    finally:
        sys.setprofile(None)
        calls |= {name_key(code) for code in codes if code.co_filename.startswith(root)}


class Trial:
    """A pytest run that tries mutants: the tests once, with what each calls, and then for each
    mutant those that call it."""

    def __init__(
        self, mutants: list[tuple[str, str]], results: dict[str, int], on_import: set[Key]
    ):
        self.mutants, self.results, self.on_import = mutants, results, on_import
        self.calls: dict[str, set[Key]] = {}
        self.seconds: dict[str, float] = {}
        self.kills: Counter = Counter()

    def pytest_runtestloop(self, session) -> bool:
        """Instead of running the tests."""
        for order, item in enumerate(session.items):
            forget()  # what was read before is not read again, and what is not called cannot fail
            begun = time.process_time()
            with note_calls() as self.calls[item.nodeid]:
                self._run(item, session.items[order + 1 :])
            self.seconds[item.nodeid] = (
                time.process_time() - begun
            )  # two or three times what it takes unnoted
        if session.testsfailed:
            return True
        if self._try_unchanged(session) != SURVIVED:
            return True
        running: dict[int, tuple[str, str]] = {}
        for file, mutant in self.mutants:
            if len(running) == os.cpu_count():
                self._wait(running)
            mutate(file)
            if (pid := os.fork()) == 0:
                self._try(session, file, mutant)
            running[pid] = (file, mutant)
        while running:
            self._wait(running)
        return True

    @staticmethod
    def _run(item, following) -> None:
        item.config.hook.pytest_runtest_protocol(
            item=item, nextitem=following[0] if following else None
        )

    def _choose(self, session, key: Key) -> list:
        """The tests that call a function, the likeliest to fail for their time first."""
        chosen = [item for item in session.items if key in self.calls[item.nodeid]]
        return sorted(
            chosen, key=lambda item: self.seconds[item.nodeid] / (self.kills[item.nodeid] + 0.2)
        )

    def _try_unchanged(self, session) -> int:
        """All tests in a fork with nothing changed: they must pass, or what fails with a change
        says nothing."""
        if (pid := os.fork()) == 0:
            forget()
            for order, item in enumerate(session.items):
                self._run(item, session.items[order + 1 :])
            os._exit(NOTICED if session.testsfailed else SURVIVED)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    def _try(self, session, file: str, mutant: str) -> None:
        """In a process of its own: change, run, and tell by the exit code; the test that failed is
        noted."""
        status = NOTICED
        with contextlib.suppress(BaseException):
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1), os.dup2(silence, 2)
            resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
            chosen = self._choose(session, name_key(find_original(file, mutant).__code__))
            exchange(file, mutant)
            forget()
            for order, item in enumerate(chosen):
                signal.setitimer(
                    signal.ITIMER_PROF, 3 * self.seconds[item.nodeid] + 3
                )  # it ends the process
                self._run(item, chosen[order + 1 :])
                if session.testsfailed:
                    (FOLDER / f"{mutant}.failed").write_text(item.nodeid, "utf-8")
                    break
            else:
                status = SURVIVED if chosen else NOT_REACHED
        os._exit(status)

    def _wait(self, running: dict[int, tuple[str, str]]) -> None:
        pid, status = os.wait()
        file, mutant = running.pop(pid)
        name = f"{name_module(file)}.{mutant}"
        self.results[name] = code = (
            NOTICED if os.waitstatus_to_exitcode(status) < 0 else os.waitstatus_to_exitcode(status)
        )
        if (failed := FOLDER / f"{mutant}.failed").exists():
            self.kills[failed.read_text("utf-8")] += 1
            failed.unlink()
        if code != NOTICED and name_key(find_original(file, mutant).__code__) in self.on_import:
            self.results[name] = try_alone(file, mutant)
        (FOLDER / "results.json").write_text(json.dumps(self.results, indent=0), "utf-8")


def write_changed(file: str, mutant: str) -> str:
    """The text of a file with one function changed."""
    lines = (REPOSITORY / file).read_text("utf-8").splitlines()
    old, node = find_original(file, mutant).__code__.co_firstlineno - 1, mutate(file)[1][mutant]
    end = next(
        n.end_lineno
        for n in ast.walk(ast.parse("\n".join(lines)))
        if isinstance(n, ast.FunctionDef) and n.lineno == old + 1
    )
    indent = lines[old][: len(lines[old]) - len(lines[old].lstrip())]
    name = lines[old].split("def ")[1].partition("(")[0]
    body = ast.unparse(node).replace(f"def {mutant}(", f"def {name}(", 1).splitlines()
    return "\n".join([*lines[:old], *(indent + line for line in body), *lines[end:]]) + "\n"


def try_alone(file: str, mutant: str) -> int:
    """A change of what runs on import: all tests, in a process that reads the changed file."""
    shutil.copytree(
        REPOSITORY / "helpers",
        FOLDER / "helpers",
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    (FOLDER / file).write_text(write_changed(file, mutant), "utf-8")
    environment = {**os.environ, "PYTHONPATH": f"{FOLDER}{os.pathsep}{FOLDER / 'tests'}"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", *ARGUMENTS, *TESTS],
            cwd=FOLDER,
            env=environment,
            capture_output=True,
            timeout=900,
        )
    except subprocess.TimeoutExpired:
        return NOTICED
    return NOTICED if done.returncode else SURVIVED


def print_row(module: str, codes: list[int], possible: int) -> None:
    killed = codes.count(NOTICED)
    print(
        f"{module:<32}{killed:>7} of {len(codes):>5}{killed / max(len(codes), 1):>8.1%}   "
        f"({possible} possible)"
    )


def describe(name: str) -> str:
    """A mutant's name and the lines that it changes."""
    module, _, mutant = name.rpartition(".")
    functions = mutate(module.replace(".", "/") + ".py")[1]
    original = mutant.partition("__mutmut_")[0]
    old, new = (
        ast.unparse(functions[which]).replace(which, original).splitlines()
        for which in (f"{original}__mutmut_orig", mutant)
    )
    lines = [
        line
        for line in difflib.unified_diff(old, new, lineterm="", n=0)
        if not line.startswith(("---", "+++", "@@"))
    ]
    return "\n".join([name, *lines])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--sample",
        type=int,
        default=1000,
        help="how many mutants of helpers/extract are tried; 0 for all",
    )
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument(
        "--only-extract", action="store_true", help="leave out claims and estimates"
    )
    options = parser.parse_args()
    begun = time.perf_counter()
    os.chdir(REPOSITORY)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    for name in ("tests", "seeds", "requirements.txt", "pyproject.toml"):
        (shutil.copytree if (REPOSITORY / name).is_dir() else shutil.copy)(
            REPOSITORY / name, FOLDER / name
        )
    extract = sorted(
        str(file.relative_to(REPOSITORY))
        for file in (REPOSITORY / "helpers" / "extract").rglob("*.py")
    )
    possible = [(file, mutant) for file in extract for mutant in mutate(file)[0]]
    chosen = (
        random.Random(options.seed).sample(possible, options.sample)
        if 0 < options.sample < len(possible)
        else possible
    )
    if not options.only_extract:
        chosen = [(file, mutant) for file in WHOLE for mutant in mutate(file)[0]] + chosen
    with note_calls() as on_import:
        for file in [*WHOLE, *extract]:
            importlib.import_module(name_module(file))
    results: dict[str, int] = {}
    with contextlib.redirect_stdout(io.StringIO()) as said:
        pytest.main([*ARGUMENTS, *TESTS], plugins=[Trial(chosen, results, on_import)])
    if len(results) < len(chosen):
        sys.exit(
            f"{said.getvalue()[-3000:]}\nThe tests must pass before anything is changed: make test"
        )
    print(
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, "
        f"{(time.perf_counter() - begun) / 60:.0f} minutes\n"
    )
    by_module = defaultdict(list)
    for name, code in results.items():
        by_module[name.rpartition(".")[0].replace(".", "/") + ".py"].append(code)
    for file in sorted(by_module):
        print_row(file, by_module[file], len(mutate(file)[0]))
    print_row(
        "helpers/extract",
        [code for file in extract for code in by_module.get(file, [])],
        len(possible),
    )
    survivors = [describe(name) for name, code in sorted(results.items()) if code != NOTICED]
    (FOLDER / "survivors.txt").write_text("\n\n".join(survivors) + "\n", "utf-8")
    print(f"\nsurvivors, with what they change: {FOLDER.name}/survivors.txt")


if __name__ == "__main__":
    main()
