"""How long reading and proposing take as texts grow, and how much memory: ordinary news and the
worst there is.

    python tests/bench/linear.py [--sizes 1 10 100] [--kinds news digits …]

Prints for each kind and size (MB) the seconds of CPU, MB a second and the peak of memory. News is
read from a table of articles, as an archive comes; each of the others is one article, at most as
long as one may be (20 MB).
"""

import argparse
import json
import multiprocessing
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from helpers.corpus.places import PLACE_COLUMNS
from helpers.corpus.readers.article import LARGEST
from helpers.corpus.readers.table import read_rows
from helpers.extract.propose import propose_claims
from tests.bench.promises import print_promise  # noqa: E402

NEWS = (
    "KELL, 3 March 2024 - Rebels entered the town of Odra on Sunday after the army withdrew, "
    "residents said. At least 31 people were killed, 12 of them children, and more than 2,000 "
    "families fled towards Harlo, according to the UN.\nThe governor denied that the airport had "
    "been captured. Some 400 prisoners were freed; dozens are missing.\n\n"
)
KINDS = {  # what a text of so many characters holds
    "news": lambda length: repeat(NEWS, length),
    "one line": lambda length: repeat(NEWS.replace("\n", " "), length),
    "digits": lambda length: "7" * length,
    "spaces": lambda length: "a" + " " * (length - 2) + "b",
    "newlines": lambda length: "a" + "\n" * (length - 2) + "b",
    "and": lambda length: repeat("and ", length),
    "quotes": lambda length: '"' * length,
    "ones": lambda length: repeat("1,", length),
    "brackets": lambda length: "(" * length,
    "long words": lambda length: repeat("a" * 5_000 + " ", length),
    "no ends": lambda length: repeat(
        "the rebels and the army were in Aleppo with 31 people ", length
    ),
    "years": lambda length: repeat("2024 ", length),
    "digits beside a keyword": lambda length: repeat(
        "At least 31 people were killed in Aleppo " + "7" * 1_000 + " ", length
    ),
    "long words beside a keyword": lambda length: repeat(
        "At least 31 people were killed in Aleppo " + "a" * 1_000 + " ", length
    ),
}
ARTICLE = 5_000  # characters of an article in a table of news


def repeat(words: str, length: int) -> str:
    return (words * (length // len(words) + 1))[:length]


def measure(text: str) -> float:
    """Seconds of CPU that reading and proposing one text take."""
    begun = time.process_time()
    propose(write_article(text))
    return time.process_time() - begun


def write_article(text: str) -> bytes:
    """A table of one article."""
    return json.dumps({"id": "a", "text": text}).encode()


def propose(data: bytes) -> None:
    """A table of articles read, and its claims proposed."""
    rows, _ = read_rows(data, "table.jsonl")
    days = pd.to_datetime(rows["published"].replace("", None))
    propose_claims(
        rows.assign(published_start=days, published_end=days, language="English"),
        pd.DataFrame(columns=PLACE_COLUMNS).set_index("place"),
        "SYR",
    )


def report(kind: str, size: float) -> float:
    """One line for a kind and a size in MB, measured in a process of its own; the seconds."""
    length = int(size * 1_000_000)
    texts = (
        [KINDS[kind](min(ARTICLE, length))] * max(1, length // ARTICLE)
        if kind == "news"
        else [KINDS[kind](min(length, LARGEST[".txt"]))] * max(1, length // LARGEST[".txt"])
    )
    data = "\n".join(
        json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts)
    ).encode()
    measure(KINDS["news"](1_000))  # what is loaded once
    begun = time.process_time()
    propose(data)
    seconds, peak = (
        time.process_time() - begun,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )
    print(
        (
            f"{kind:28} {size:8.2f} MB {seconds:9.2f} s {size / seconds:8.2f} MB/s {peak:8.0f} "
            "MB at "
            "most"
        ),
        flush=True,
    )
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Time and memory of reading and proposing as texts grow."
    )
    parser.add_argument("--sizes", type=float, nargs="+", default=[1, 10, 100], help="MB of text")
    parser.add_argument("--kinds", nargs="+", default=list(KINDS), choices=list(KINDS))
    asked = parser.parse_args()
    for kind in asked.kinds:
        with ProcessPoolExecutor(
            1, mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=1
        ) as processes:
            seconds = list(processes.map(report, [kind] * len(asked.sizes), asked.sizes))
        first, last = asked.sizes[0], asked.sizes[-1]
        print_promise(
            f"{kind}: seconds a MB at {last:g} MB ÷ at {first:g} MB",
            seconds[-1] / last / (seconds[0] / first),
            most=1.5,
        )


if __name__ == "__main__":
    main()
