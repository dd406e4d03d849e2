"""speed.py [--data FOLDER] [--megabytes N]: how fast claims are proposed, in CPU seconds on one
core, beside others in the same run.

Three kinds of text: the five coded texts and the labelled texts of FOLDER (all of conflict), and
general news (`news.py`, 2 % of conflict). Two readers of this package: predict.py (figures of
people) and propose_claims (the whole row: figures and events with places, dates and sources). Two
others: quantulum3 (reads quantities; on a sample, for it is slow) and spaCy's blank English
tokenizer (only cuts words), when it is installed.
"""

import argparse
import gc
import json
import os
import sys
import time
from pathlib import Path

import pandas as pd

from helpers.corpus.documents import load_corpus
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.places import load_places
from helpers.extract.propose import propose_claims

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.bench.news import make_news  # noqa: E402
from tests.bench.predict import predict_claims  # noqa: E402
from tests.bench.promises import print_promise  # noqa: E402

SLOW = 100_000  # characters that quantulum3 is given of each kind
TARGETS = {"quantulum3": 200, "spaCy blank": 2}  # times as fast as these


def measure(read, texts: list[str], rounds: int) -> float:
    """Megabytes a second of CPU time: the best of some rounds, after one that fills the memos."""
    size, best = sum(len(text.encode()) for text in texts) / 1e6, float("inf")
    gc.collect()
    gc.freeze()  # what the others hold is not looked through while this one reads
    for order in range(rounds + 1):
        begun = time.process_time()
        read(texts)
        best = min(best, time.process_time() - begun) if order or rounds == 0 else best
    return size / best


def make_readers() -> dict:
    """name → function of a list of texts; what is not installed is left out and said."""
    from quantulum3 import parser

    places = load_places(REPOSITORY / "seeds")

    def propose(texts):
        documents = pd.DataFrame(
            {
                "doc_id": [f"{number:06d}" for number in range(len(texts))],
                "text": texts,
                "published_start": pd.Timestamp("2024-12-09"),
                "published_end": pd.Timestamp("2024-12-09"),
                "language": "English",
            }
        )
        return propose_claims(documents, places, "SYR")

    readers = {
        "propose_claims": propose,
        "predict.py": lambda texts: [predict_claims(text) for text in texts],
        "quantulum3": lambda texts: [parser.parse(text) for text in texts],
    }
    parser.parse("12 people")  # what it loads once is not its speed
    try:
        import spacy
    except ImportError:
        print("spaCy is not installed: make bench installs it")
        return readers
    tokenizer = spacy.blank("en").tokenizer
    return readers | {"spaCy blank": lambda texts: [tokenizer(text) for text in texts]}


def cut_sample(texts: list[str]) -> list[str]:
    """The first texts, up to SLOW characters."""
    sample, size = [], 0
    for text in texts:
        if size + len(text) <= SLOW:
            sample, size = [*sample, text], size + len(text)
    return sample


def list_kinds(folder: Path, megabytes: float) -> dict[str, list[str]]:
    kinds = {"the five texts": list(load_corpus(REPOSITORY / "seeds")["text"])}
    files = [
        folder / name for name in ("idmc_full.jsonl", "muc4_dev.jsonl") if (folder / name).exists()
    ]
    if files:
        kinds["labelled texts"] = [
            json.loads(line)["text"]
            for file in files
            for line in file.read_text("utf-8").splitlines()
            if line.strip()
        ]
    return kinds | {"general news": make_news(int(megabytes * 1e6), 1)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument(
        "--data",
        default="../shared/bench",
        help="folder with idmc_full.jsonl and muc4_dev.jsonl, from the repository",
    )
    options.add_argument("--megabytes", type=float, default=4, help="of general news")
    chosen = options.parse_args()
    readers = make_readers()
    print(
        f"\nSpeed in CPU time on one core; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    for kind, texts in list_kinds((REPOSITORY / chosen.data).resolve(), chosen.megabytes).items():
        speeds = {
            name: measure(
                read,
                cut_sample(texts) if name == "quantulum3" else texts,
                0 if name == "quantulum3" else 3,
            )
            for name, read in readers.items()
        }
        for name, speed in speeds.items():
            ratios = "".join(
                f"{speed / speeds[other]:>9.1f} × {other}"
                for other in ("quantulum3", "spaCy blank")
                if other in speeds and name in ("propose_claims", "predict.py")
            )
            print(f"{kind:<16}{name:<16}{speed:>9.3f} MB/s{ratios}")
        for name in ("predict.py", "propose_claims"):
            print_promise(f"{name}, {kind}: MB a second on one core", speeds[name], least=10)
            for other, least in TARGETS.items():
                if other in speeds:
                    print_promise(
                        f"{name}, {kind}: ÷ {other}", speeds[name] / speeds[other], least=least
                    )


if __name__ == "__main__":
    main()
