"""What the rules read in the labelled texts, in lines that can be kept and compared.

    python tests/labelled/readings.py

writes kept.jsonl anew: to be run when a rule was changed on purpose and every difference that test_labelled.py named was read.
"""

import hashlib
import json
import random
import re
import sys
import textwrap
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from helpers.corpus import load_corpus
from helpers.extract.attribution import find_source
from helpers.extract.dates.expressions import find_dates
from helpers.extract.places.gazetteer import count_countries
from helpers.extract.places.mentions import build_gazetteer, find_places
from helpers.extract.propose import propose_claims
from helpers.extract.text.cache import Memo
from helpers.extract.text.numbers import find_numbers, lower_text
from helpers.extract.text.sentences import split_sentences
from helpers.folders import REPOSITORY
from helpers.places import PLACE_COLUMNS, load_places

FOLDER = Path(__file__).parent
KEPT = FOLDER / "kept.jsonl"
FILES = ("mixed", "news", "sentences", "wire", "alerts", "plain_alerts", "plain_news")
CORPORA = {
    "seeds": REPOSITORY / "seeds",
    **{name: REPOSITORY / "tests" / "samples" / name for name in ("quiet", "undated", "veshka")},
}
BLOCK = 30  # texts read in one test
COUNTRIES = {
    "mixed": "SD;UA",
    "news": "SY",
    "sentences": "",
    "wire": "CO;SV;PE",
    "alerts": "",
    "plain_alerts": "TZ;CD;NG",
    "plain_news": "SY",
}
DIGESTED = {"sentences", "numbers", "in other words"}
NOT_KEPT = {
    "claim_id",
    "doc_id",
    "start",
    "end",
    "exact",
    "topic",
    "review",
}  # said before the others or by them, or the same in every row
USUAL = {
    "unit": "person",
    "affected": "unknown",
    "assertion": "reported",
    "scope": "offensive",
}  # not written
MIXTURES = {"sentences": 8, "scraps": 8, "dated": 8}  # blocks of texts mixed of these
GAPS = {
    "n": "some 40",
    "m": "three",
    "who": "rebels",
    "place": "Odra",
    "other": "Harlo",
    "day": "Monday",
}  # of captures.txt and counts.txt
_MARKS = str.maketrans(
    {",": " –", "(": "[", ")": "]", "'": "’", "-": "–", ";": ":", "–": "-", "’": "'"}
)
FILLERS = ("also", "reportedly", "in the north", "(again)", "and others", "not", "two", "who")
MANNERS = {  # how a text may be written as well
    "capitals": str.upper,
    "small letters": str.lower,
    "title case": str.title,
    "other marks": lambda text: text.translate(_MARKS),
    "wrapped": lambda text: "\n\n".join(
        textwrap.fill(paragraph, 72) for paragraph in text.split("\n\n")
    ),
    "one line": lambda text: " ".join(text.split()),
    "gaps": lambda text: " ".join(
        word for order, word in enumerate(text.split(" ")) if order % 7 != 5
    ),
    "more words": lambda text: " ".join(
        f"{word} {FILLERS[order // 6 % len(FILLERS)]}" if order % 6 == 3 else word
        for order, word in enumerate(text.split(" "))
    ),
    "other order": lambda text: " ".join(reversed(re.split(r"(?<=[.!?])\s+", text))),
}


@lru_cache
def load_labelled(name: str) -> tuple[dict, ...]:
    """The texts of a file with their labels, one a line."""
    return tuple(
        json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    )


def list_blocks() -> list[tuple[str, int]]:
    """(file, its first text) of every block."""
    return [(name, first) for name in FILES for first in range(0, len(load_labelled(name)), BLOCK)]


def forget_words() -> None:
    """Empty what the rules remember of words, so that each is judged anew: what was read before must make no difference,
    and a process that was forked off another's tests (bench/mutants.py) would judge none."""
    for name, module in list(sys.modules.items()):
        if name.startswith("helpers.extract."):
            for memory in vars(module).values():
                if isinstance(memory, Memo):
                    memory.clear()
                elif hasattr(memory, "cache_clear") and not name.endswith("places.gazetteer"):
                    memory.cache_clear()


def show(value) -> str:
    """Anything a rule returns as words: fields in their order, – for None, · for no words."""
    if isinstance(value, tuple):
        return " ".join(map(show, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None else f"{value:g}" if isinstance(value, float) else str(value) or "·"


def make_documents(rows: list[dict]) -> pd.DataFrame:
    """Labelled texts as a table of documents; `published` is a day, two days as a/b, or None."""
    days = [(row["published"] or "/").partition("/") for row in rows]
    return pd.DataFrame(
        {
            "doc_id": [row["id"] for row in rows],
            "text": [row["text"] for row in rows],
            "language": "English",
            "published_start": pd.to_datetime([first or None for first, _, _ in days]),
            "published_end": pd.to_datetime([last or first or None for first, _, last in days]),
        }
    )


def make_places(rows: Sequence[dict]) -> pd.DataFrame:
    """A places table with every second place of the labels, as a corpus has one of its own."""
    names = sorted({event["place"] for row in rows for event in row["events"]})[::2]
    table = [
        (name.lower().replace(" ", "-"), name, [name], "city", 10.0, 20.0, "", "", 1, [], "")
        for name in names
    ]
    return pd.DataFrame(table, columns=PLACE_COLUMNS).set_index("place")


def read_text(row: dict, gazetteer) -> dict[str, list[str]]:
    """What each rule finds in a text: name of the rule → its findings as words."""
    text, lowered, sentences = row["text"], lower_text(row["text"]), split_sentences(row["text"])
    first, _, last = (row["published"] or "").partition("/")
    published = (date.fromisoformat(first), date.fromisoformat(last or first)) if first else None
    dates, places = find_dates(lowered, text, published), find_places(text, lowered, gazetteer)
    sources = [
        (str(order), *found)
        for order, sentence in enumerate(sentences)
        if (found := find_source(text[sentence.start : sentence.end])) != ("", "reported")
    ]
    found = {
        "sentences": sentences,
        "numbers": find_numbers(lowered, 0, len(text)),
        "dates": dates,
        "places": places,
        "sources": sources,
        "countries": sorted(count_countries([text]).items()),
    }
    return {rule: list(map(show, findings)) for rule, findings in found.items()}


def read_rows(
    rows: list[dict], places: pd.DataFrame, country: str
) -> dict[str, dict[str, list[str]]]:
    """Text → rule → findings, "claims" and "new places" as propose_claims gives them among the rules."""
    gazetteer = build_gazetteer(places, country)
    found = {
        row["id"]: read_text(row, gazetteer) | {"claims": [], "new places": []} for row in rows
    }
    proposed = propose_claims(make_documents(rows), places, country)
    for claim in proposed.claims.to_dict("records"):
        said = [
            f"{column}={value}"
            for column, value in claim.items()
            if column not in NOT_KEPT and value != USUAL.get(column, "")
        ]
        found[claim["doc_id"]]["claims"].append(
            " ".join(
                [f"{claim['claim_id'].rpartition('-')[2]} {claim['start']}-{claim['end']}", *said]
            )
        )
    for place in proposed.places.drop(index=places.index).reset_index().to_dict("records"):
        text = next(
            (
                row["id"]
                for row in rows
                if any(f" place={place['place']} " in claim for claim in found[row["id"]]["claims"])
            ),
            rows[0]["id"],
        )
        found[text]["new places"].append(
            " ".join(
                f"{column}={show(value)}"
                for column, value in place.items()
                if value and column != "parts" and value == value
            )
        )
    for line in proposed.skipped:
        found[rows[0]["id"]].setdefault("left out", []).append(line)
    return found


def read_block(name: str, first: int) -> dict[str, dict[str, list[str]]]:
    """What is read in a block of texts as they are."""
    rows, places = (
        list(load_labelled(name)[first : first + BLOCK]),
        make_places(load_labelled(name)),
    )
    return read_rows(rows, places, COUNTRIES[name])


def rewrite(order: int, row: dict) -> dict:
    """A text written another way, a different one from text to text, and dated otherwise: not, or to three days."""
    manner = list(MANNERS)[order // 2 % len(MANNERS)]
    day = date.fromisoformat(row["published"] or "2016-03-14")
    published = None if row["published"] and order % 8 < 4 else f"{day}/{day + timedelta(days=2)}"
    return {
        "id": f"{row['id']} · {manner}",
        "published": published,
        "text": MANNERS[manner](row["text"]),
    }


def read_rewritten(name: str, first: int) -> dict[str, dict[str, list[str]]]:
    """The same of every second of these texts, written another way and dated otherwise."""
    rows = [
        rewrite(first + order, row)
        for order, row in enumerate(load_labelled(name)[first : first + BLOCK])
        if order % 2
    ]
    return read_rows(rows, make_places([]), COUNTRIES[name])


@lru_cache
def list_parts() -> dict[str, list[str]]:
    """What mixed texts are made of: the sentences of all labelled texts; scraps of three words of those on ground and people;
    and sentences on both, each with a date behind it or before it."""
    sentences = [
        sentence
        for name in FILES
        for row in load_labelled(name)
        for sentence in re.split(r"(?<=[.!?])\s+", row["text"])
    ]
    filled = [
        line.format_map(GAPS)
        for name in ("captures", "counts")
        for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    ]
    words = " ".join([row["text"] for row in load_labelled("sentences")] + filled).split()
    dates = (FOLDER / "dates.txt").read_text("utf-8").splitlines()
    scraps = [" ".join(words[at : at + 3]) for at in range(0, len(words), 3)] + dates[::5]
    dated = [
        f"{line.rstrip('.')} {dates[5 * order % len(dates)]}."
        if order % 3
        else f"{dates[7 * order % len(dates)]}, {line}"
        for order, line in enumerate(filled)
    ]
    return {"sentences": sentences, "scraps": scraps, "dated": dated}


def list_mixtures() -> list[tuple[str, int]]:
    """(what is mixed, number) of every block of mixed texts."""
    return [(kind, number) for kind, blocks in MIXTURES.items() for number in range(blocks)]


def read_mixture(kind: str, number: int) -> dict[str, dict[str, list[str]]]:
    """The same of texts mixed by chance, of sentences or scraps (`list_parts`), always the same ones: what a rule looks at beside its own
    words is another thing in each of them."""
    chance, rows = random.Random(f"{kind} {number}"), []
    for order in range(BLOCK):
        parts = chance.choices(
            list_parts()[kind], k={"sentences": 10, "scraps": 40, "dated": 4}[kind]
        )
        text = "".join(
            part + chance.choice((" ", " ", " ", " ", ", ", ". ", "; ", "\n", "\n\n"))
            for part in parts
        )
        rows.append(
            {
                "id": f"{number}/{order} · mixed {kind}",
                "published": chance.choice((None, "2016-03-14", "2021-05-31/2021-06-02")),
                "text": text,
            }
        )
    return read_rows(rows, make_places(load_labelled("sentences")), "")


def read_corpus(name: str) -> dict[str, dict[str, list[str]]]:
    """The same of a corpus folder with documents.csv and places.csv."""
    documents, places = load_corpus(CORPORA[name]), load_places(CORPORA[name])
    rows = [SimpleNamespace(**row) for row in documents.to_dict("records")]
    days = [
        f"{row.published_start:%Y-%m-%d}/{row.published_end:%Y-%m-%d}"
        if pd.notna(row.published_start)
        else None
        for row in rows
    ]
    return read_rows(
        [{"id": row.doc_id, "text": row.text, "published": day} for row, day in zip(rows, days)],
        places,
        "",
    )


def digest(findings: list[str]) -> str:
    """Eight letters for many words: enough to see that something is read otherwise, too little to see what."""
    return hashlib.sha256("\n".join(findings).encode()).hexdigest()[:8]


def shorten(found: dict[str, list[str]], text: str) -> dict[str, list[str] | str]:
    """What is kept of a reading: claims, places, dates, sources and events word for word; the rest, which claims show
    most of, and all of a rewritten text as digests."""
    return {
        rule: digest(findings) if rule in DIGESTED or " · " in text else findings
        for rule, findings in found.items()
    }


@lru_cache
def load_kept() -> dict[str, dict[str, list[str] | str]]:
    """Text → rule → what was kept of its findings."""
    kept: dict[str, dict] = {}
    for line in KEPT.read_text("utf-8").splitlines():
        row = json.loads(line)
        kept.setdefault(row.pop("text"), {}).update(row)
    return kept


def compare_readings(found: dict[str, dict[str, list[str]]]) -> list[str]:
    """Where the rules read another thing than was kept: the text, the rule, and what is gone (-) and new (+)."""
    differences = []
    for text, rules in found.items():
        kept = load_kept().get(text, {})
        for rule, now in shorten(rules, text).items():
            before = kept.get(rule, []) if kept else None
            if now == before:
                continue
            if isinstance(now, str) or before is None:
                differences.append(
                    f"{text}: {rule}: read otherwise than kept; now: {'; '.join(rules[rule][:12])}"
                )
            else:
                differences += [
                    f"{text}: {rule}: - {finding}" for finding in before if finding not in now
                ] + [f"{text}: {rule}: + {finding}" for finding in now if finding not in before]
                differences += [f"{text}: {rule}: the same findings in another order or number"] * (
                    set(before) == set(now)
                )
    return differences


def explain(differences: list[str]) -> str:
    """Differences as the words of a failed test, and what to do."""
    return "\n".join(
        [
            "the rules read something else in these texts (- kept, + read now):",
            *differences[:20],
            *[f"and {len(differences) - 20} more"] * (len(differences) > 20),
            "If all of it is better, or wanted: python tests/labelled/readings.py keeps it. Else undo the change.",
        ]
    )


def read_all():
    """The readings of every block, rewritten block, corpus, mixture and step."""
    from labelled.edits import list_edits, list_far, list_framed, read_edits, read_far, read_framed
    from labelled.grids import list_steps, read_step

    for block in list_blocks():
        yield read_block(*block)
        yield read_rewritten(*block)
    yield from map(read_corpus, CORPORA)
    for mixture in list_mixtures():
        yield read_mixture(*mixture)
    for step in list_steps():
        yield read_step(*step)
    for step in list_edits():
        yield read_edits(*step)
    for step in list_framed():
        yield read_framed(*step)
    for step in list_far():
        yield read_far(*step)


def main() -> None:
    """Read all, and keep it."""
    lines = []
    for found in read_all():
        for text, rules in found.items():
            kept = shorten(rules, text)
            short = {rule: findings for rule, findings in kept.items() if isinstance(findings, str)}
            lines += [
                {"text": text} | short,
                *(
                    {"text": text, rule: findings}
                    for rule, findings in kept.items()
                    if findings and rule not in short
                ),
            ]
    KEPT.write_text(
        "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n", "utf-8"
    )
    print(f"{KEPT.relative_to(REPOSITORY)}: {len({line['text'] for line in lines})} texts")


if __name__ == "__main__":
    sys.path.insert(0, str(FOLDER.parent))
    main()
