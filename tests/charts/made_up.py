"""Made-up rows: corpora of any size and awkwardness, written as a folder with its coding.

Each row is a sentence of a made-up text and the claim that it makes, so the gate holds them as it
holds those of people. They try the layout of figures; what they say means nothing.

    write_corpus(tmp_path / "fifty", Wish(claims=50))
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from helpers.claims.checks import find_precision
from helpers.schema.columns import CLAIM_COLUMNS, MEASURES, NUMBERS, TABLES
from helpers.schema.quantity import read_number

FIRST = date(2041, 3, 4)
ROWS_A_TEXT = 10
NAMES = [
    *("Ardel", "Brennoch", "Calder Reach", "Dovrin", "Eskmouth", "Farrow", "Gildenmark"),
    *("Harrowgate-on-the-Lake", "Inverlonn", "Jarsk", "Kettlewick", "Lower Marrowby"),
    *("Mirefield", "Nant Aber", "Ostrava Nova", "Pellingham", "Querrin", "Rosk"),
    *("Saint Odrun of the Marshes", "Tavistan", "Upper Marrowby", "Vell", "Wexcombe", "Yarrow"),
]
SPREAD = [(5, 1.1), (3, -1.7), (8, 2.3), (1, 0.4), (6, -0.6)]  # of points, hundredths of a degree
NUMBER_WORDS = [  # as texts word them; the third is filled with a number twice as large
    "{0:,}",
    "more than {0:,}",
    "about {0:,}",
    "between {0:,} and {1:,}",
    "nearly {0:,}",
    "at least {0:,}",
    "Dozens of",
    "up to {0:,}",
]
SOURCES = ["OCHA", "", "Northern League", "Peace Observatory", "government", "UN;IOM", "Red Cross"]
PARTIES = {"Northern League": "claimed", "government": "claimed"}
ACTORS = ["Northern League", "government", "River Brigades"]
PUBLISHERS = ["Northern Wire", "The Harbour Post", "Coast Review", "Radio Two Rivers"]
# measure → the sentence, with number, place and day
TOLD = {
    "captured": "{actor} captured {place} on {day}.",
    "new_displacement": "{number} people fled {place} on {day}{said}.",
    "killed": "{number} people were killed in {place} on {day}{said}.",
    "in_camps": "{number} people lived in camps near {place} on {day}{said}.",
    "injured": "{number} people were injured in {place} on {day}{said}.",
    "entered": "{actor} entered {place} on {day}.",
    "returns": "{number} people returned to {place} on {day}{said}.",
    "reached": "{actor} reached {place} on {day}.",
    "refugees": "{number} refugees from {place} were counted on {day}{said}.",
    "detained": "{number} people were detained in {place} on {day}{said}.",
    "released": "{number} people were released in {place} on {day}{said}.",
    "withdrawn": "{actor} withdrew from {place} on {day}.",
}
STOCKS = ("in_camps", "refugees")
EVENTS = ("captured", "entered", "reached", "withdrawn")


@dataclass(frozen=True)
class Wish:
    """What a made-up corpus is to be like. claims: how many; days: over how many they are spread;
    places: how many there are; points: whether they have coordinates; countries: ISO codes, in
    turn; title: of every text, "" for short ones; publisher: whether texts name one; first: which
    measure of TOLD comes first. Every second flight is a running total of OCHA for one place."""

    claims: int
    days: int = 30
    places: int = 12
    points: bool = True
    countries: tuple[str, ...] = ("",)
    title: str = ""
    publisher: bool = True
    first: int = 1


LONG_TITLE = (
    "Fighting spreads from the river towns to the hill country as columns of rebels, soldiers and "
    "armed farmers cross and cross again, and nobody, say the people who live there, counts the "
    "dead any more at all"
)
ARABIC_TITLE = "النازحون من المدن الشمالية بعد أسبوع من القتال"
WISHES = {
    "one": Wish(1, first=1),
    "one capture": Wish(1, first=0),
    "one death": Wish(1, first=2),
    "five": Wish(5),
    "fifty": Wish(50),
    "five hundred": Wish(500, places=24),
    "one day": Wish(500, days=1, places=24),
    "thirty years": Wish(50, days=30 * 365),
    "no points": Wish(50, points=False),
    "two countries": Wish(50, countries=("SDN", "TCD")),
    "long titles": Wish(50, title=LONG_TITLE),
    "arabic titles": Wish(50, title=ARABIC_TITLE),
    "no publisher": Wish(50, publisher=False),
    "long titles alone": Wish(50, title=LONG_TITLE, publisher=False),
    "arabic titles alone": Wish(50, title=ARABIC_TITLE, publisher=False),
}
AT = {"": (-37.0, -24.0), "SDN": (13.2, 22.6), "TCD": (13.4, 21.6)}  # where a country's points lie


def write_corpus(folder: Path, wish: Wish) -> Path:
    """The folder of a made-up corpus: texts, documents.csv, places.csv, claims.csv."""
    folder.mkdir(parents=True)
    places = [_make_place(number, wish) for number in range(min(wish.places, wish.claims))]
    _save(folder / "places.csv", TABLES["places"].names, places)
    documents, claims = [], []
    for number, rows in enumerate(_cut(list(_make_rows(wish, places))), 1):
        doc_id = f"{number:03}"
        title = wish.title or f"Day by day, {number}"
        text = title + "\n\n"
        for at, row in enumerate(rows, 1):
            claims.append(_place_row(row, f"{doc_id}-{at:03}", doc_id, len(text)))
            text += row["sentence"] + "\n"
        (folder / f"{doc_id}.txt").write_bytes(text.encode())
        documents.append(_make_document(doc_id, title, text, wish, rows))
    columns = [column.name for column in TABLES["documents"].columns if not column.added]
    _save(folder / "documents.csv", columns, documents)
    _save(folder / "claims.csv", CLAIM_COLUMNS, claims)
    return folder


def _cut(rows: list) -> list[list]:
    return [rows[at : at + ROWS_A_TEXT] for at in range(0, len(rows), ROWS_A_TEXT)]


def _make_place(number: int, wish: Wish) -> dict:
    country = wish.countries[number % len(wish.countries)]
    lat, lon = AT[country]
    step, side = SPREAD[number % len(SPREAD)]
    point = (f"{lat - 0.17 * number - step / 100:.4f}", f"{lon + 0.21 * side:.4f}")
    row = {"place": f"place_{number}", "name": NAMES[number], "names": NAMES[number]}
    row |= {"kind": "town", "country": country, "prec": "1"}
    return row | (dict(zip(("lat", "lon"), point)) if wish.points else {})


def _make_document(doc_id: str, title: str, text: str, wish: Wish, rows: list[dict]) -> dict:
    publisher = PUBLISHERS[int(doc_id) % len(PUBLISHERS)] if wish.publisher else "unknown"
    last = max(row["claim"]["date_end"] for row in rows)
    row = {"doc_id": doc_id, "file": f"{doc_id}.txt", "title": title, "publisher": publisher}
    row |= {"published": last, "published_basis": "made up: the last day it tells of"}
    return row | {"sha256": hashlib.sha256(text.encode()).hexdigest()}


def _make_rows(wish: Wish, places: list[dict]) -> Iterator[dict]:
    """One row a claim: its sentence and its cells, offsets counted from the sentence."""
    measures = list(TOLD)
    for number in range(wish.claims):
        turn, step = divmod(number + wish.first, len(measures))
        measure = measures[step]
        is_total = measure == "new_displacement" and turn % 2 == 0
        place = places[0 if is_total else (number * 5 + turn) % len(places)]
        day = FIRST + timedelta(days=number * wish.days // max(wish.claims, 1))
        source = "OCHA" if is_total else SOURCES[number % len(SOURCES)]
        actor = ACTORS[turn % len(ACTORS)]
        words = _word_number(number + 3 * turn, is_total)
        said = f", according to {source.replace(';', ' and ')}" if source else ""
        day_words = f"{day.day} {day:%B %Y}"
        sentence = TOLD[measure].format(
            actor=f"The {actor}", number=words, place=place["name"], day=day_words, said=said
        )
        if is_total:
            sentence = sentence.replace(f"on {day_words}", f"since {FIRST.day} {FIRST:%B %Y}")
            day_words = f"{FIRST.day} {FIRST:%B %Y}"
        start = FIRST if is_total else day
        claim = {"topic": MEASURES[measure], "measure": measure, "place": place["place"]}
        claim |= {"place_prec": "1", "scope": "offensive", "review": "accepted"}
        claim |= {"date_start": start.isoformat(), "date_end": day.isoformat()}
        claim |= {"date_prec": find_precision(start.isoformat(), day.isoformat())}
        claim |= {"date_basis": "explicit", "date_exact": day_words}
        claim |= _count(measure, words) if measure not in EVENTS else {"unit": "event"}
        claim |= _say_who(measure, actor, source)
        if measure in STOCKS or is_total:
            claim["as_of"] = day.isoformat()
        point = measure in EVENTS or measure in STOCKS
        yield {"sentence": sentence, "claim": claim | {"date_kind": "point" if point else "period"}}


def _word_number(number: int, is_total: bool) -> str:
    if is_total:  # grows from text to text, as a count does
        return f"{12_000 + 310 * number:,}"
    value = 13 * (number % 9 + 1) ** 3 + 7 * number
    return NUMBER_WORDS[number % len(NUMBER_WORDS)].format(value, 2 * value)


def _count(measure: str, words: str) -> dict:
    number = words.removesuffix(" of")
    reading = read_number(number)
    values = {name: getattr(reading, name) for name in NUMBERS}
    cells = {name: "" if value is None else f"{value:.0f}" for name, value in values.items()}
    return cells | {"number": number, "quantifier": reading.quantifier, "unit": "person"}


def _say_who(measure: str, actor: str, source: str) -> dict:
    if measure in EVENTS:
        return {"actor": actor, "assertion": "reported"}
    assertion = PARTIES.get(source, "reported")
    return {"source_original": source, "assertion": assertion, "affected": "unknown"}


def _place_row(row: dict, claim_id: str, doc_id: str, at: int) -> dict:
    """The cells of a claim whose sentence stands at `at` in its text."""
    sentence, claim = row["sentence"].removesuffix("."), row["claim"]
    cells = claim | {"claim_id": claim_id, "doc_id": doc_id, "exact": sentence}
    cells |= {"start": at, "end": at + len(sentence)}
    cells["date_at"] = at + sentence.index(claim["date_exact"])
    if "number" in claim:
        cells["number_start"] = at + sentence.index(claim["number"])
    return cells


def _save(file: Path, columns: list[str], rows: list[dict]) -> None:
    with file.open("w", newline="", encoding="utf-8") as out:
        table = csv.DictWriter(out, columns, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
