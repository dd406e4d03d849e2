"""How many small changes of the code the tests notice (mutation testing with mutmut), module by module.

Every change of helpers/claims.py and helpers/estimates.py is tried, of helpers/extract a random sample: it
allows some 13,000, and all of them would take a day. The seed is fixed, so the same code gives the same sample.
mutmut changes what stands inside functions; word lists and patterns of a module are not changed. It forks with
everything imported: what runs once, on import, is tried again in a process of its own.

    python tests/bench/mutants.py [--sample 1000] [--seed 5]

Then `mutmut show NAME` prints a change, `mutmut run NAME` tries it again after a test was written.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

from helpers.folders import REPOSITORY

FOLDER = REPOSITORY / "mutants"
NOTICED = {1, 3, 24, -24, 36, 152, 255}  # mutmut's exit codes: a test failed, pytest broke, the time ran out


def run_mutants(names: list[str]) -> None:
    """Try these mutants (names or patterns of names); the run ends with mutmut's words when it fails."""
    done = subprocess.run([Path(sys.executable).parent / "mutmut", "run", *names], cwd=REPOSITORY, capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": "0"})
    if done.returncode:
        sys.exit(f"{done.stdout[-3000:]}{done.stderr[-2000:]}")


def read_results() -> dict[str, dict[str, int | None]]:
    """Module → name of a mutant → exit code of its tests, None for one that was not tried."""
    files = sorted(FOLDER.rglob("*.meta"))
    return {str(file.relative_to(FOLDER).with_suffix("")): json.loads(file.read_text("utf-8"))["exit_code_by_key"] for file in files}


def look_again(names: list[str]) -> dict[str, int]:
    """Exit codes of those survivors whose function no more than one test is known to reach, each tried in a process of its own:
    what runs on import, or once, was done with before mutmut forked."""
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    arguments = ["-x", "-q", *settings["pytest_add_cli_args"], *settings["pytest_add_cli_args_test_selection"]]
    tests = json.loads((FOLDER / "mutmut-stats.json").read_text("utf-8"))["tests_by_mangled_function_name"]
    again = {}
    for name in names:
        if len(tests.get(name.partition("__mutmut_")[0], ())) <= 1:
            environment = {**os.environ, "MUTANT_UNDER_TEST": name, "PYTHONPATH": str(FOLDER)}
            try:
                done = subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=FOLDER, env=environment, capture_output=True, timeout=1800)
                again[name] = min(done.returncode, 1)
            except subprocess.TimeoutExpired:
                again[name] = 36
    return again


def print_row(module: str, results: dict[str, int | None]) -> None:
    tried = [code for code in results.values() if code is not None]
    killed = sum(code in NOTICED for code in tried)
    share = f"{killed / len(tried):>8.1%}" if tried else f"{'–':>8}"
    print(f"{module:<32}{killed:>7} of {len(tried):>5}{share}   ({len(results)} possible)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sample", type=int, default=1000, help="how many mutants of helpers/extract are tried; 0 for all")
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    begun = time.perf_counter()
    shutil.rmtree(FOLDER, ignore_errors=True)
    run_mutants(["helpers.claims.*", "helpers.estimates.*"])
    names = [name for module, results in read_results().items() if "/extract/" in module for name in results]
    chosen = random.Random(options.seed).sample(names, options.sample) if 0 < options.sample < len(names) else names
    run_mutants(chosen)
    results = {module: codes for module, codes in read_results().items() if codes}
    again = look_again([name for codes in results.values() for name, code in codes.items() if code in (0, 33)])
    results = {module: codes | {name: again[name] for name in codes if name in again} for module, codes in results.items()}
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {(time.perf_counter() - begun) / 60:.0f} minutes\n")
    for module, codes in results.items():
        print_row(module, codes)
    print_row("helpers/extract", {name: code for module, codes in results.items() if "/extract/" in module for name, code in codes.items()})
    survivors = [name for codes in results.values() for name, code in codes.items() if code is not None and code not in NOTICED]
    (FOLDER / "survivors.txt").write_text("\n".join(survivors) + "\n", "utf-8")
    print(f"\nsurvivors: {FOLDER.name}/survivors.txt")


if __name__ == "__main__":
    main()
