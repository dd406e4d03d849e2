"""Places that change hands, as newspapers and agencies tell it: the sentences of captures.tsv,
moves.tsv (who leaves, enters and reaches a place, and who does so without arms) and control.tsv
(who holds a place, denies it or takes it back), with the events that a careful reader takes from
each, who acted in them and, in brackets, on which days of November: "(8)", "(3-9)", "(..7)" for
any by the 7th.

`half` a was before the eyes of whoever wrote the rules, b was not; the floors hold for both.
"""

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from helpers.corpus.places import PLACE_COLUMNS
from helpers.extract.events.find import Event
from helpers.extract.places.gazetteer import build_gazetteer
from helpers.extract.rows import name_actor
from tests.extract.reading import read_events

FILES = [Path(__file__).with_name(name) for name in ("captures.tsv", "moves.tsv", "control.tsv")]
EMPTY = pd.DataFrame(columns=PLACE_COLUMNS).set_index("place")
DAY = date(2025, 11, 12)
RIGHT = {"a": 1.0, "b": 0.97}  # of the events found, those right, rounded down
FOUND = {"a": 0.98, "b": 0.94}  # of the events told, those found
DATED = {"a": 1.0, "b": 0.93}  # of the events whose days are told, those found on these days


@cache
def make_gazetteer():
    return build_gazetteer(EMPTY, "UA;SY;SD;AF;MM;CD;ET;LY")


def load_rows(half: str) -> list[dict[str, str]]:
    found = []
    for path in FILES:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            found += [row for row in rows if row["half"] == half]
    return found


@cache
def read_row(text: str) -> list[Event]:
    return read_events(text.replace("\\n", "\n"), make_gazetteer(), (DAY, DAY))


def name_event(event: Event) -> str:
    is_told = event.assertion in ("reported", "claimed")
    return f"{event.measure if is_told else event.assertion} {event.place.words}".lower()


def list_wanted(row: dict[str, str]) -> list[tuple[str, str]]:
    """(event and place, its days or "") of a sentence."""
    told = [event.strip().lower() for event in row["events"].split(";") if event.strip()]
    found = [re.fullmatch(r"(.*?)(?: \((.+)\))?", event) for event in told]
    return [(match[1], match[2] or "") for match in found if match]


def wanted(row: dict[str, str]) -> set[str]:
    return {event for event, _ in list_wanted(row)}


def is_on(event: Event, days: str) -> bool:
    """Whether the days of an event are those of the table."""
    first, last = event.date_first, event.date_last
    if not first or not last or last.month != DAY.month:
        return False
    if days.startswith(".."):
        return last.day == int(days[2:]) and first < last
    return [first.day, last.day] == [int(days.split("-")[0]), int(days.split("-")[-1])]


@cache
def count(half: str) -> tuple[int, int, int]:
    """Events found and wanted, found, and wanted."""
    right = found = told = 0
    for row in load_rows(half):
        events = set(map(name_event, read_row(row["text"])))
        right += len(events & wanted(row))
        found += len(events)
        told += len(wanted(row))
    return right, found, told


@pytest.mark.parametrize("half", RIGHT)
def test_no_more_is_read_than_a_sentence_says(half):
    right, found, _ = count(half)
    assert right / found >= RIGHT[half], f"precision {right / found:.3f}"


@pytest.mark.parametrize("half", FOUND)
def test_as_many_events_are_found_as_before(half):
    right, _, told = count(half)
    assert right / told >= FOUND[half], f"recall {right / told:.3f}"


@pytest.mark.parametrize("half", FOUND)
def test_an_actor_is_who_acted(half):
    wrong = [
        (row["text"], acted)
        for row in load_rows(half)
        if row["actor"]
        and (acted := {name_actor(event.actor) for event in read_row(row["text"])} - {""})
        and acted != {name_actor(row["actor"])} - {""}
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "Al Shabaab captured Kobo on 2 November, after Somali National Army (SNA) soldiers"
            " withdrew from Lashio. The group had already overrun Falam in May.",
            "Al Shabaab",
        ),
        (
            "Fano fighters took Kobo after the Ethiopian army left Lashio. The group had held"
            " Falam in May and seized Hakha in June.",
            "Fano",
        ),
        (
            "On 27 September 2020 Azerbaijan went on the attack. In 44 days it took Falam.",
            "Azerbaijan",
        ),
        ("On 24 February Russia invaded. Within a week it captured Falam.", "Russia"),
        (
            "Al Shabaab's radio station denied the loss of Kobo and said its fighters had pulled"
            " out of Falam on Sunday.",
            "Al Shabaab",
        ),
        ("Baku speaks of gains. It said its troops captured Falam on October 4.", "Baku"),
        (
            "Israel's military said 11 Hezbollah men were dead. Its troops entered Falam on"
            " Monday.",
            "Israel",
        ),
    ],
)
def test_its_troops_and_the_group_are_of_whom_the_sentence_before_tells(text, actor):
    last = read_row(text)[-1]
    assert name_actor(last.actor) == actor
    assert last.assertion in ("reported", "claimed")


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("India's defence ministry said on Sunday that its forces had captured Kargil.", "India"),
        ("Tehran also said its troops had taken Basra.", "Tehran"),
        (
            "Minsk says nothing has changed. The defence ministry denies that its forces have"
            " withdrawn from Kobrin.",
            "Minsk",
        ),
        ("Forces loyal to Roger Sando say they have entered Kidal.", "Forces loyal to Roger Sando"),
        ("Raiders who came over the border from Chad overran Birao on Friday.", "Raiders"),
        (
            "Fighters of the Movement of Patriots for Change (MPC) on camels entered Birao.",
            "MPC",
        ),
        (
            "Rebels of the People's Front for the Renewal of Chad (PFRC) briefly seized Moundou.",
            "PFRC",
        ),
        ("On 2 May a coalition led by Ansar Dine retook Gao.", "coalition led by Ansar Dine"),
        ("Gao had been taken by French and Chadian troops on Sunday.", "French and Chadian troops"),
        ("On Monday the Saudi-backed forces said they had taken Gao.", "Saudi-backed forces"),
        (
            "The M23 rebels left on Friday. The army said that it had flown 40 people out and that"
            " its troops had retaken Gao.",
            "army",
        ),
        (
            "The Ansar Dine front, once part of a wider alliance. It seized Gao in 2012.",
            "Ansar Dine front",
        ),
        (
            "The Tuareg seized Gao, and lost it on 3 May to a night attack by army units.",
            "army units",
        ),
    ],
)
def test_who_acts_is_read_through_clauses_names_and_offices(text, actor):
    assert name_actor(read_row(text)[-1].actor) == actor


@pytest.mark.parametrize("half", FOUND)
def test_who_is_meant_by_a_pronoun_is_named_where_that_is_certain(half):
    rows = [row for row in load_rows(half) if row["kind"] == "stands for"]
    read = [{name_actor(event.actor) for event in read_row(row["text"])} for row in rows]
    wrong = [
        (row["text"], acted)
        for row, acted in zip(rows, read)
        if acted != {name_actor(row["actor"])}
    ]
    assert wrong == []


@pytest.mark.parametrize("half", DATED)
def test_an_event_has_the_days_of_its_own_clause(half):
    right = told = 0
    for row in load_rows(half):
        events = read_row(row["text"])
        for name, days in list_wanted(row):
            told += bool(days)
            right += bool(days) and any(name_event(e) == name and is_on(e, days) for e in events)
    assert right / told >= DATED[half], f"{right} of {told}"


def test_a_subject_is_found_whatever_stands_around_it():
    wrong = [
        (row["text"], acted)
        for row in load_rows("a")
        if row["kind"] == "subject"
        and (acted := {name_actor(event.actor) for event in read_row(row["text"])})
        != {name_actor(row["actor"])}
    ]
    assert not wrong, wrong
