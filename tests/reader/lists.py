"""Lists on a figure: what sources, disagreements, corpus and parts_of_a_total say, held against the
tables. They stand on a bare sheet in millimetres, so that nothing is read off an axis."""

import re

import numpy as np

from .canvas import list_marks
from .tables import Tables, split
from .words import find_days, find_numbers, read_number

NAMES = ("sources", "disagreements", "corpus", "parts_of_a_total")
QUOTES = str.maketrans("", "", '“”‘’"')
COUNTED = re.compile(  # in a title: on how many questions sources contradict, and texts differ
    r"(?P<disputed>\w+) questions?(?: is disputed| are disputed)?(?:; on (?P<rest>\w+) more)?", re.I
)


def check_lists(chart, tables: Tables) -> list[str]:
    """All that a list says which the tables do not."""
    if chart.name not in NAMES:
        return []
    checks = {
        "sources": _check_sources,
        "disagreements": _check_disagreements,
        "corpus": _check_corpus,
        "parts_of_a_total": _check_parts,
    }
    return [f"{chart.name}: {fault}" for fault in checks[chart.name](chart, tables)]


def _list_texts(chart) -> list:
    return [text for axes in chart.figure.axes for text in axes.texts if text.get_text()]


def _find_level(chart, words: str) -> list:
    """The texts that stand on the line of these words, without them."""
    texts = _list_texts(chart)
    levels = {round(text.get_position()[1], 2) for text in texts if text.get_text() == words}
    return [
        text.get_text()
        for text in texts
        if round(text.get_position()[1], 2) in levels and text.get_text() != words
    ]


def _count_texts(claims: str, tables: Tables) -> int:
    rows = tables.claims[tables.claims["claim_id"].isin(split(claims))]
    return rows[rows["assertion"] != "denied"]["doc_id"].nunique() or rows["doc_id"].nunique()


def _check_sources(chart, tables: Tables) -> list[str]:
    """The number of a row counts its squares; the title those without a source, all, and those in
    more than one text, or the first two of these."""
    found, marks = [], chart.marks
    for row, squares in marks.groupby("row"):
        if str(len(squares)) not in _find_level(chart, row):
            found.append(f"{row} has {len(squares)} squares, and says {_find_level(chart, row)}")
    several = sum(_count_texts(cell, tables) > 1 for cell in marks["claims"])
    by_id = tables.claims.set_index("claim_id")
    bare = sum(
        not any(by_id.loc[key, "source_original"] for key in split(cell))
        for cell in marks["claims"]
    )
    counted = chart.title.replace("more than one", "several")
    title = [int(number) for _, _, number in find_numbers(counted)]
    right = [number for number in (bare, len(marks), several, len(marks)) if number]
    if title not in (right, right[: 1 + bool(bare)]):
        found.append(f"the title says {title}, and it is {right}")
    for quote in re.findall(r"“([^”]*)”", " ".join(text.get_text() for text in _list_texts(chart))):
        said = " ".join(quote.split()).translate(QUOTES)
        capital = said[:1].upper() + said[1:]  # with which its text begins a sentence
        words = tables.claims["exact"].map(lambda cell: " ".join(cell.split()).translate(QUOTES))
        names = tables.places["name"].map(lambda cell: cell.translate(QUOTES))
        if (
            not words.str.contains(said, regex=False).any()
            and not words.str.contains(capital, regex=False).any()
            and not names.str.contains(said, regex=False).any()
        ):
            found.append(f"no claim says “{quote}”")
    return found


def _check_disagreements(chart, tables: Tables) -> list[str]:
    """An answer in quotation marks stands in its text, any other in the table; the title counts the
    questions on which parties disagree and one is among who answers, and all others; and what a
    party answers is then among the answers shown."""
    found, readings = [], tables.readings
    for row, artist in list_marks(chart):
        words = " ".join(artist.get_text().split()).removesuffix(" ?")
        texts = [" ".join(tables.texts[doc].split()) for doc in split(row.documents)]
        words, aside = _split_aside(words)
        if aside and not _is_aside(aside, row, tables):
            found.append(f"({aside}) is not so of {row.mark_id}")
        if words.startswith("“"):
            inner = words.translate(QUOTES)
            if not any(inner in text.translate(QUOTES) for text in texts):
                found.append(f"“{inner}” stands in no text of {row.mark_id}")
        elif row.kind == "reading" and not (readings["reading"] == words).any():
            found.append(f"{words} is in no row of disagreements.csv")
    firm = _find_contradicted(tables)
    for question, mine in chart.marks.groupby("question"):
        key = readings.loc[readings["question"] == question, "question_id"]
        if len(key) and key.iloc[0] in firm and not set(mine["mark_id"]) & firm[key.iloc[0]]:
            found.append(f'"{question}" shows no answer of a party')
    if len(readings) and (said := COUNTED.search(chart.title)):
        right = [len(firm), readings["question_id"].nunique() - len(firm)]
        if [read_number(words or "") for words in said.groups()] != right:
            found.append(f"the title says {said[0]}, and it is {right}")
    return found


def _split_aside(words: str) -> tuple[str, str]:
    """An answer, and what stands in brackets behind its quotation."""
    match = re.fullmatch(r"(“.*”) \(([^()]*)\)", words)
    return (match[1], match[2]) if match else (words, "")


def _is_aside(aside: str, row, tables: Tables) -> bool:
    """Whether the source of a reading withdrew its figure (or another of its own), or its claims
    are of the people and the days."""
    mine = tables.claims[tables.claims["claim_id"].isin(split(row.claims))]
    denied = tables.claims[tables.claims["assertion"] == "denied"]
    denied = denied[denied["source_original"].isin(mine["source_original"])]
    same = bool(set(denied["best"]) & set(mine["best"]))
    if aside in ("later corrected", "correction"):
        return len(denied) > 0 and same == (aside == "later corrected")
    people, _, rest = aside.partition(", ")
    kind = {"fighters": "combatant", "civilians": "civilian"}.get(people.split(" for ")[0])
    if kind or people == "people":
        sides = people.partition(" for the ")[2] or people.partition(" for ")[2]
        if not all(
            set(split(cell)) <= set(sides.split(" and the ")) for cell in mine["affected_side"]
        ):
            return False
        if any(
            (cell if cell in ("combatant", "civilian") else None) != kind
            for cell in mine["affected"]
        ):
            return False
        if not rest:
            return True
        aside = rest
    ends = zip(mine["date_start"], mine["date_end"])
    days = list(find_days(aside, tables.year))
    return bool(days) and any(one.fits(*pair) for one in days for pair in ends)


def _find_contradicted(tables: Tables) -> dict[str, set[str]]:
    """question_id → the marks of what parties to the war answer, of questions that a person says
    parties answer differently and that one of them answers."""
    found: dict[str, set[str]] = {}
    parties = set(tables.settings.get("parties", []))
    rows = tables.readings[tables.readings["explanation"] == "parties"]
    turns = rows.groupby(["question_id", "doc_id"]).cumcount() + 1
    for row, turn in zip(rows.itertuples(), turns):
        same = tables.claims[
            (tables.claims["doc_id"] == row.doc_id)
            & (tables.claims["start"] < int(row.end))
            & (tables.claims["end"] > int(row.start))
        ]
        named = {source for cell in same["source_original"] for source in split(cell)}
        if parties & (named or {row.source}):
            mark = f"reading-{row.question_id}-{row.doc_id}" + (f"--{turn}" if turn > 1 else "")
            found.setdefault(row.question_id, set()).add(mark)
    return found


def _check_corpus(chart, tables: Tables) -> list[str]:
    """A bar counts the claims of its kind in its text, is as long as their number, and says it."""
    found, lengths = [], []
    kinds = {"displaced": "displacement", "casualties": "casualties", "captures": "pace"}
    claims = tables.claims.set_index("claim_id")
    for row, artist in list_marks(chart):
        kind = row.mark_id.partition("-")[0]
        if kind not in kinds:
            continue
        own = claims.loc[split(row.claims)]
        if set(own["topic"]) != {kinds[kind]} or len(own) != row.number:
            found.append(f"{row.mark_id} counts {row.number}, and its claims are {len(own)}")
        lengths.append(artist.get_width() / row.number)
        middle = artist.get_y() + artist.get_height() / 2
        right = artist.get_x() + artist.get_width()
        beside = [
            text.get_text()
            for text in _list_texts(chart)
            if abs(text.get_position()[1] - middle) < 0.1 and 0 < text.get_position()[0] - right < 3
        ]
        if beside != [f"{row.number:.0f}"]:
            found.append(f"beside {row.mark_id}, of {row.number}, stands {beside}")
    if lengths and not np.allclose(lengths, lengths[0]):
        found.append("bars are of several scales")
    return found


def _check_parts(chart, tables: Tables) -> list[str]:
    """Bars of one measure are as long as their numbers; what is computed is what is left."""
    found, scales = [], {}
    claims = tables.claims.set_index("claim_id")
    for row, artist in list_marks(chart):
        ids = split(row.claims)
        if row.kind == "derived":
            whole, *parts = (claims.loc[key] for key in ids)
            value = float(whole["best"]) - sum(float(part["best"]) for part in parts)
            if f"{value:,.0f} others" not in " ".join(map(_read, _list_texts(chart))):
                found.append(f"{row.mark_id} leaves {value:g}, and nothing says so")
        else:
            first = claims.loc[ids[0]]
            value = next(float(first[end]) for end in ("best", "high", "low") if _has(first[end]))
        measure = claims.loc[ids[0], "measure"]
        scales.setdefault(measure, []).append((row.mark_id, artist.get_width() / value))
    for measure, bars in scales.items():
        if not np.allclose([scale for _, scale in bars], bars[0][1]):
            found.append(f"bars of {measure} are of several scales: {bars}")
    return found


def _read(text) -> str:
    return text.get_text()


def _has(cell) -> bool:
    return str(cell) not in ("", "nan")
