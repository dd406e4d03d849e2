"""gates.py [--data FOLDER]: what is found behind the gates, beside what is found when every sentence is read by every rule.

A gate saves time and may lose nothing. Read are the five coded texts, the labelled texts of tests/labelled and, where they are, those
of FOLDER. Then what the rules read in the texts of tests/labelled is compared with what was kept of it, byte for byte.
"""

import argparse
import json
import sys
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from helpers.corpus import load_corpus
from helpers.extract.counts.find import find_counts
from helpers.extract.dates.expressions import find_dates
from helpers.extract.events import rules as ground
from helpers.extract.events.find import find_events
from helpers.extract.places.mentions import Places, build_gazetteer
from helpers.extract.text.cache import Memo
from helpers.extract.text.numbers import lower_text
from helpers.extract.text.sentences import split_sentences
from helpers.folders import REPOSITORY

sys.path[:0] = [str(Path(__file__).parent), str(REPOSITORY / "tests")]
from labelled.readings import FILES, compare_readings, load_labelled, make_places, read_all  # noqa: E402
from promises import print_promise  # noqa: E402

OPEN = {  # every gate, and what stands in its place: all pass
    "helpers.extract.counts.find._GATES": Memo(lambda word: ~0),
    "helpers.extract.counts.find._tells": lambda *_: True,
    "helpers.extract.counts.find._counts_things": lambda *_: False,
    "helpers.extract.events.find.choose_rules": lambda bits, follows: (
        ground.drop_followers(tuple(ground.RULES), follows),
        True,
    ),
    "helpers.extract.events.find.choose_shaped": lambda rules, sketch, follows: (
        ground.drop_followers(rules, follows)
    ),
}


def find_all(texts: list[str]) -> dict[str, set[tuple]]:
    """The figures of people, and the events, of some texts: all that is known of each."""
    gazetteer, figures, events = build_gazetteer(make_places([]), ""), set(), set()
    for order, text in enumerate(texts):
        lowered, sentences = lower_text(text), split_sentences(text)
        dates = find_dates(lowered, text)
        figures |= {(order, count) for count in find_counts(text, lowered, sentences)}
        events |= {
            (order, str(event))
            for event in find_events(
                text, lowered, sentences, dates, Places(text, lowered, gazetteer), None
            )
        }
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
    gated = find_all(texts)
    with ExitStack() as stack:
        for name, value in OPEN.items():
            stack.enter_context(patch(name, value))
        ungated = find_all(texts)
    for kind, found in ungated.items():
        print(
            f"{kind} of {len(texts):,} texts: {len(found):,} without gates, {len(gated[kind]):,} behind them"
        )
        print_promise(
            f"{kind} found behind the gates ÷ without them",
            len(found & gated[kind]) / len(found),
            least=1,
        )
    read = list(read_all())
    print_promise(
        f"of {sum(map(len, read)):,} texts, those that are read otherwise than kept",
        sum(
            bool(compare_readings({text: rules})) for found in read for text, rules in found.items()
        ),
        most=0,
    )


if __name__ == "__main__":
    main()
