"""Sentences built of parts: every dating phrase of dates.txt from several days, every sentence of counts.txt and captures.txt
with several numbers, people, places and days in its gaps. Many say nothing a reporter would: rules must not change on those either."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from labelled.readings import make_places, show

from helpers.extract.counts.find import find_counts
from helpers.extract.dates.expressions import find_dates
from helpers.extract.events.find import find_events
from helpers.extract.places.mentions import Places, build_gazetteer
from helpers.extract.rows import name_actor
from helpers.extract.text.numbers import lower_text
from helpers.extract.text.sentences import split_sentences

FOLDER = Path(__file__).parent
STEPS = {"dates": 225, "counts": 20, "captures": 20}  # lines read in one test
WEDNESDAY = (date(2022, 3, 16), date(2022, 3, 16))
PUBLISHED = [
    WEDNESDAY,
    None,
    (date(2022, 3, 15), date(2022, 3, 16)),
    (date(2021, 12, 30), date(2022, 1, 2)),
    (date(2020, 3, 1), date(2020, 3, 20)),
    (date(2021, 5, 31), date(2021, 5, 31)),
]
DATED = ["It fell {}.", "On 25 February it fell, and {} so did Pesk, in 2021."]
PEOPLE = [
    {"n": "14", "who": "people", "m": "six"},
    {"n": "At least 30", "who": "civilians", "m": "more than 40"},
    {"n": "some 1,200", "who": "families", "m": "7,000 people"},
    {"n": "between 30 and 40", "who": "fighters and two civilians", "m": "up to 12"},
    {"n": "dozens of", "who": "villagers", "m": "scores"},
    {"n": "two-thirds of the", "who": "residents", "m": "half"},
    {"n": "one", "who": "policeman", "m": "another"},
    {"n": "300", "who": "displaced people", "m": "50 households"},
    {"n": "nearly half a million", "who": "refugees", "m": "1.2m"},
    {
        "n": "twelve more",
        "who": "internally displaced persons, most of them women,",
        "m": "a third",
    },
    {"n": "5", "who": "members of one family", "m": "two"},
    {"n": "60", "who": "soldiers, including three officers,", "m": "an estimated 80"},
    {"n": "2,000", "who": "elderly and wounded", "m": "90 per cent"},
    {"n": "four", "who": "rebels", "m": "3"},
]
TOWNS = [
    {"who": "rebels", "place": "Odra", "other": "Harlo", "day": "Monday"},
    {"who": "The Aurel Front", "place": "Old Pell", "other": "Sar-e Pul", "day": "12 March"},
    {"who": "Army units", "place": "al-Qasr", "other": "Bab al-Hawa", "day": "last week"},
    {"who": "they", "place": "Kandahar", "other": "Herat", "day": "yesterday"},
    {
        "who": "Fighters loyal to General Ansel Durro",
        "place": "the port city of Lunde",
        "other": "the airport",
        "day": "the 8th",
    },
]


@lru_cache
def load_lines(name: str) -> tuple[str, ...]:
    """The phrases or sentences of a file, one a line."""
    return tuple((FOLDER / f"{name}.txt").read_text("utf-8").splitlines())


def list_steps() -> list[tuple[str, int]]:
    """(file, its first line) of every step."""
    return [
        (name, first)
        for name, step in STEPS.items()
        for first in range(0, len(load_lines(name)), step)
    ]


def _read_dates(phrase: str, _) -> list[list[str]]:
    texts = [frame.format(phrase) for frame in DATED]
    return [
        [show(found) for text in texts for found in find_dates(lower_text(text), text, published)]
        for published in PUBLISHED
    ]


def _read_counts(sentence: str, _) -> list[list[str]]:
    read = []
    for parts in PEOPLE:
        text = sentence.format(**parts)
        text = text[0].upper() + text[1:]
        read.append(list(map(show, find_counts(text, lower_text(text), split_sentences(text)))))
    return read


def _read_captures(sentence: str, gazetteer) -> list[list[str]]:
    read = []
    for order, parts in enumerate(TOWNS):
        text, published = sentence.format(**parts), WEDNESDAY if order % 2 == 0 else None
        text = text[0].upper() + text[1:]
        lowered = lower_text(text)
        events = find_events(
            text,
            lowered,
            split_sentences(text),
            find_dates(lowered, text, published),
            Places(text, lowered, gazetteer),
            published,
        )
        read.append([f"{show(event)} by {name_actor(event.actor)}" for event in events])
    return read


def read_step(name: str, first: int) -> dict[str, dict[str, list[str]]]:
    """Line → what is read in it with the first parts in its gaps, and with all others."""
    read, gazetteer = (
        {"dates": _read_dates, "counts": _read_counts, "captures": _read_captures}[name],
        build_gazetteer(make_places([]), ""),
    )
    found: dict[str, dict[str, list[str]]] = {}
    for line in load_lines(name)[first : first + STEPS[name]]:
        once, *others = read(line, gazetteer)
        found[f"{name}: {line}"] = {
            "found": once,
            "in other words": [
                f"{order} {finding}"
                for order, findings in enumerate(others)
                for finding in findings
            ],
        }
    return found
