"""Sentences with words changed: where a condition of a rule ends shows when a word is another, or stands one word off.

Every line of counts.txt, captures.txt and dates.txt, filled, is changed by chance, always in the same way: a word left out, moved
or put in from words.txt, a mark set, another line joined. And every second word of words.txt is put into
the gap {w} of each frame of frames.txt, and more and more words, or letters, into the gap {f}: how far a rule looks."""

import random
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from labelled.grids import PEOPLE, PUBLISHED, TOWNS, WEDNESDAY, load_lines
from labelled.readings import make_places, show

from helpers.extract.counts.find import find_counts
from helpers.extract.dates.expressions import find_dates
from helpers.extract.events.find import find_events
from helpers.extract.places.mentions import Places, build_gazetteer
from helpers.extract.rows import name_actor
from helpers.extract.text.numbers import lower_text
from helpers.extract.text.sentences import split_sentences

TIMES = {"counts": 20, "captures": 20, "dates": 20}  # how often each line is changed
STEP = {"counts": 20, "captures": 20, "dates": 225}  # lines read in one test
MARKS = (",", ",", ".", ";", ":", " -", " –", " (", ")", "'s", '"', "-", "\n", "!", " |", "/")
NUMBERS = (
    "12",
    "a",
    "one",
    "40 people",
    "three",
    "2,500 families",
    "dozens",
    "six of them",
    "30 to 40",
    "in 2021",
    "on Monday",
    "5 March",
    "Norra",
    "Ali Hassan, 34,",
    "per cent",
)
DAYS = [
    *PUBLISHED,
    *(
        (day, day)
        for day in (
            date(2022, 1, 1),
            date(2021, 12, 31),
            date(2020, 2, 29),
            date(2022, 3, 1),
            date(2022, 5, 31),
            date(2021, 3, 14),
            date(2021, 3, 15),
            date(2021, 5, 8),
        )
    ),
]
FILLERS = ("grey", "old", "of the hills", "very")  # said several times: how far a rule looks


@lru_cache
def list_words(kind: str) -> tuple[str, ...]:
    """The words and phrases of words.txt for this kind of sentences."""
    return tuple(
        line.removeprefix(f"{kind} ") for line in load_lines("words") if line.startswith(f"{kind} ")
    )


def _change(words: list[str], kind: str, chance: random.Random) -> None:
    """One change at one place."""
    at, change = chance.randrange(len(words)), chance.random()
    if change < 0.35:
        words.insert(at, chance.choice(list_words(kind)))
    elif change < 0.5:
        words[at] = chance.choice(list_words(kind))
    elif change < 0.6:
        words.insert(at, chance.choice(NUMBERS))
    elif change < 0.72:
        words[at] += chance.choice(MARKS)
    elif change < 0.8:
        words.insert(at, " ".join([chance.choice(FILLERS)] * chance.randrange(1, 12)))
    elif change < 0.88 and len(words) > 3:
        del words[at]
    elif change < 0.94:
        words.insert(at, words.pop(chance.randrange(len(words))))
    else:
        words[at] = chance.choice((str.upper, str.title, str.lower))(words[at])


def change_line(kind: str, line: str, chance: random.Random) -> str:
    """A line with other words in its gaps, one to four changes, and sometimes another line behind it."""
    if chance.random() < 0.25:
        line = (
            line.rstrip(".")
            + chance.choice((". ", " and ", ", ", "; ", ", but ", " when ", "\n", "\n\n"))
            + chance.choice(load_lines(kind))
        )
    words = (line if chance.random() < 0.8 else line.rstrip(".")).split(" ")
    for _ in range(chance.choice((1, 1, 2, 3, 4))):
        _change(words, kind, chance)
    parts = (
        {**chance.choice(PEOPLE), **chance.choice(TOWNS)}
        if kind == "captures"
        else {**chance.choice(TOWNS), **chance.choice(PEOPLE)}
    )
    for gap, filling in parts.items():
        words = [word.replace(f"{{{gap}}}", filling) for word in words]
    text = " ".join(words)
    return text.upper() if chance.random() < 0.03 else text[:1].upper() + text[1:]


def _read(kind: str, gazetteer) -> Callable[[str, random.Random], list[str]]:
    """What is read in one changed sentence: figures, pace events or dates."""

    def read(text: str, chance: random.Random) -> list[str]:
        lowered, published = (
            lower_text(text),
            chance.choice(DAYS)
            if kind == "dates"
            else WEDNESDAY
            if chance.random() < 0.5
            else None,
        )
        if kind == "dates":
            return list(map(show, find_dates(lowered, text, published)))
        sentences = split_sentences(text)
        if kind == "counts":
            return list(map(show, find_counts(text, lowered, sentences)))
        events = find_events(
            text,
            lowered,
            sentences,
            find_dates(lowered, text, published),
            Places(text, lowered, gazetteer),
            published,
        )
        return [f"{show(event)} by {name_actor(event.actor)}" for event in events]

    return read


@lru_cache
def list_frames(kind: str) -> tuple[str, ...]:
    """The frames of frames.txt for this kind of sentences."""
    return tuple(
        line.removeprefix(f"{kind} ")
        for line in load_lines("frames")
        if line.startswith(f"{kind} ")
    )


def _fill(frame: str, gap: str, words: str) -> str:
    """A frame with these words in its gap, in capitals where it is."""
    text = frame.replace(gap, words.upper() if frame.replace(gap, "").isupper() else words)
    return text[:1].upper() + text[1:]


def list_framed() -> list[tuple[str, str]]:
    """(kind of sentences, frame) of every step."""
    return [(kind, frame) for kind in TIMES for frame in list_frames(kind) if "{w}" in frame]


def list_far() -> list[tuple[str, str]]:
    """The same of the frames with a gap that grows."""
    return [(kind, frame) for kind in TIMES for frame in list_frames(kind) if "{f}" in frame]


def read_far(kind: str, frame: str) -> dict[str, dict[str, list[str]]]:
    """Frame → what is read with a gap of no words, one, two … (counts), no letters, one, two … (captures, dates)."""
    read, chance = _read(kind, build_gazetteer(make_places([]), "")), random.Random(frame)
    gaps = (
        [" ".join([word] * length) for word in ("grey", "hills") for length in range(50)]
        if kind == "counts"
        else [("of the grey hills " * 12)[:length] for length in range(180)]
    )
    return {
        f"{kind} · over a gap: {frame}": {
            "read": [
                f"{order}: {finding}"
                for order, gap in enumerate(gaps)
                for finding in read(_fill(frame, "{f}", gap), chance)
            ]
        }
    }


def read_framed(kind: str, frame: str) -> dict[str, dict[str, list[str]]]:
    """First letter → what is read in a frame with each word that begins with it."""
    read, chance, found = (
        _read(kind, build_gazetteer(make_places([]), "")),
        random.Random(frame),
        {},
    )
    for word in list_words(kind)[list_frames(kind).index(frame) % 2 :: 2]:
        text = _fill(frame, "{w}", word)
        findings = read(text, chance)
        found.setdefault(f"{kind} · with {word[0]}…: {frame}", {}).setdefault("read", []).extend(
            f"{word}: {finding}" for finding in findings
        )
    return found


def list_edits() -> list[tuple[str, int]]:
    """(file, its first line) of every step."""
    return [
        (kind, first)
        for kind, step in STEP.items()
        for first in range(0, len(load_lines(kind)), step)
    ]


def read_edits(kind: str, first: int) -> dict[str, dict[str, list[str]]]:
    """Line → what is read in its changed forms, in their order."""
    read, found = _read(kind, build_gazetteer(make_places([]), "")), {}
    for line in load_lines(kind)[first : first + STEP[kind]]:
        chance = random.Random(f"{kind} {line}")
        texts = [change_line(kind, line, chance) for _ in range(TIMES[kind])]
        found[f"{kind} · changed: {line}"] = {
            "read": [
                f"{order} {finding}"
                for order, text in enumerate(texts)
                for finding in read(text, chance)
            ]
        }
    return found
