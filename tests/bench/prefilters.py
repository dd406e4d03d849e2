"""prefilters.py [--data FOLDER]: what is found in the sentences that the prefilters choose, beside
what is found when all are read.

A prefilter saves time and may lose nothing. Read are the five coded texts, the labelled texts of
tests/labelled and, where they are, those of FOLDER.
"""

import argparse
import json
import sys
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from helpers.corpus.documents import load_corpus
from helpers.corpus.folders import REPOSITORY
from helpers.extract.counts.find import find_counts
from helpers.extract.events.matching.rules import RULES
from helpers.extract.places.gazetteer import build_gazetteer
from helpers.extract.text.document import Document

sys.path[:0] = [str(Path(__file__).parent), str(REPOSITORY / "tests")]
from promises import print_promise  # noqa: E402

from tests.extract.reading import read_events  # noqa: E402
from tests.labelled.texts import FILES, load_labelled, make_places  # noqa: E402

OPEN = {  # every prefilter, and what stands in its place: all pass
    "helpers.extract.counts.find.may_count": lambda *_: True,
    "helpers.extract.events.find.choose_rules": lambda *_: RULES,
}


def find_all(texts: list[str]) -> dict[str, set[tuple]]:
    """The figures of people, and the events, of some texts: all that is known of each."""
    gazetteer, figures, events = build_gazetteer(make_places()), set(), set()
    for order, text in enumerate(texts):
        figures |= {(order, count) for count in find_counts(Document(text))}
        events |= {(order, str(event)) for event in read_events(text, gazetteer)}
    return {"figures": figures, "events": events}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--data",
        default="../shared/bench",
        help="folder with further labelled texts, from the repository",
    )
    files = [
        file
        for name in ("idmc_full.jsonl", "muc4_dev.jsonl")
        if (file := (REPOSITORY / parser.parse_args().data / name)).exists()
    ]
    texts = [
        *load_corpus(REPOSITORY / "seeds")["text"],
        *(row["text"] for name in FILES for row in load_labelled(name)),
    ]
    texts += [
        json.loads(line)["text"]
        for file in files
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
    ]
    chosen = find_all(texts)
    with ExitStack() as stack:
        for name, value in OPEN.items():
            stack.enter_context(patch(name, value))
        all_read = find_all(texts)
    for kind, found in all_read.items():
        print(
            f"{kind} of {len(texts):,} texts: {len(found):,} in all sentences, "
            f"{len(chosen[kind]):,} in those chosen"
        )
        print_promise(
            f"{kind} found in chosen sentences ÷ in all",
            len(found & chosen[kind]) / len(found),
            least=1,
        )


if __name__ == "__main__":
    main()
