"""All measurements one after another, and at the end every promised ratio side by side with the
machine's load.

    python -m tests.bench [--data FOLDER] [--megabytes 500] [--sizes 0.25 1]

FOLDER holds the labelled texts; --megabytes is the size of the run at scale, --sizes those of the
texts whose time must be linear (1 10 100 take hours). How many mutants the tests kill is `make
mutants`. Whether a promise holds is for the reader: it ends with 1 only when a measurement fails,
or disturbed runs lose claims.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from helpers.corpus.folders import REPOSITORY
from tests.bench.promises import BROKEN, KEPT

HERE = Path(__file__).parent


def run(command: list[str]) -> tuple[list[str], int]:
    """Run a measurement, showing what it prints; returns its lines that say whether a promise
    holds, and its exit code."""
    print(f"\n$ python {' '.join(command).replace(str(HERE), 'tests/bench')}", flush=True)
    promises = []
    with subprocess.Popen(
        [sys.executable, "-u", *command], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            if line.rstrip().endswith((f": {KEPT}", f": {BROKEN}")):
                promises.append(line.rstrip())
    return promises, process.returncode


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--data", default="../shared/bench", help="folder of labelled texts, from the repository"
    )
    parser.add_argument(
        "--megabytes",
        default="500",
        help="of text in the run at scale; a fifth for memory, an eighth for disturbed runs",
    )
    parser.add_argument(
        "--sizes", nargs="+", default=["0.25", "1"], help="MB of the texts whose time is compared"
    )
    asked = parser.parse_args()
    scale = [
        ["--megabytes", f"{float(asked.megabytes) / part:g}", "--only", what]
        for what, part in (("speed", 1), ("memory", 5), ("faults", 8))
    ]
    parts = [
        [f"{HERE}/extraction.py", "--data", asked.data],
        [f"{HERE}/prefilters.py", "--data", asked.data],
        [f"{HERE}/speed.py", "--data", asked.data],
        [f"{HERE}/linear.py", "--sizes", *asked.sizes],
        ["-m", "tests.bench.times"],
        *([f"{HERE}/scale.py", *options] for options in scale),
    ]
    found, failed = [], []
    for part in parts:
        load = os.getloadavg()[0]
        lines, code = run(part)
        found += [f"{line}   (load {load:.1f})" for line in lines]
        failed += [f"{' '.join(part)} ended with {code}; what it printed above says why"] * bool(
            code
        )
    print(
        f"\nEvery promise, on {os.cpu_count()} cores, with the load when its measurement began",
        *found,
        sep="\n",
    )
    if failed:
        sys.exit("\n".join(failed))


if __name__ == "__main__":
    main()
