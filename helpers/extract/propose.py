"""Proposals: a claims table from raw texts, every row with its span and the rule that made it.

The rows are those of claims.csv with review "proposed", and pass its gate. What a rule cannot know
stays empty and is listed; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers.claims.gate import find_faults
from helpers.corpus.copies import name_stories, set_repeats_apart
from helpers.corpus.places import PLACE_COLUMNS, UNRESOLVED
from helpers.schema.columns import PROPOSAL_COLUMNS
from helpers.schema.errors import CorpusError

if TYPE_CHECKING:  # building the rules takes a second, which a wrong parameter need not cost
    from helpers.extract.attribution.corrections import Corrections
    from helpers.extract.counts.find import Count
    from helpers.extract.places.gazetteer import Gazetteer, PlaceMention
    from helpers.extract.rows import DatedDocument, Row

    Found = tuple[int, Row, list[PlaceMention]]  # where a row stands, the row, the places it names

SAME = (  # a row that says the same in all of these is a repeat, unless it denies it
    "measure",
    "low",
    "best",
    "high",
    "quantifier",
    "unit",
    "place",
    "date_start",
    "date_end",
    "affected",
)


class Proposals(NamedTuple):
    """What the texts claim, by rule. claims: one row a figure or dated event (PROPOSAL_COLUMNS,
    text); places: the places given and those met, indexed by key; unresolved: place, name,
    documents, mentions: names that no gazetteer knows; skipped: what was not mined or not kept, and
    why."""

    claims: pd.DataFrame
    places: pd.DataFrame
    unresolved: pd.DataFrame
    skipped: list[str]


def propose_claims(
    documents: pd.DataFrame, places: pd.DataFrame, country: str = "", progress: bool = False
) -> Proposals:
    """Claims proposed from the texts of a corpus (tables of load_corpus and load_places; neither is
    changed).

    `country`: where the corpus plays (ISO letters or English name, several with `;`), to tell
    places of one name apart; "" takes the countries the texts name most. The same texts give the
    same rows. Texts in another language than English are skipped and said. Raises CorpusError when
    `country` is no country.
    """
    from helpers.extract.places.countries import guess_country
    from helpers.extract.places.gazetteer import build_gazetteer
    from helpers.extract.rows import DatedDocument

    try:
        gazetteer = build_gazetteer(places, country or guess_country(list(documents["text"])))
    except ValueError as error:
        raise CorpusError(str(error)) from None
    rows: list[Row] = []
    mentions: list[tuple[str, PlaceMention]] = []
    skipped: list[str] = []
    for row in _list_rows(documents, progress):
        doc_id, language = row["doc_id"], row.get("language", "")
        if language not in ("", "English"):
            skipped.append(f"{doc_id}: the text is in {language}; the rules read English only")
            continue
        document = DatedDocument(row, gazetteer)
        found, met = _propose_document(document)
        document.close()
        rows += found
        mentions += [(doc_id, mention) for mention in met]
    claims = pd.DataFrame(rows, columns=PROPOSAL_COLUMNS).astype(str)
    known, unresolved = _collect_places(mentions, places, gazetteer)
    faults = find_faults(claims, documents, known)
    if faults:  # words glued by a page, say: the gate could not read such a row again
        skipped += [
            f"left out, it would not pass the gate: {fault.split(': ', 1)[1]}" for fault in faults
        ]
        claims = _drop_faulty(claims, faults)
    claims, repeated = _drop_repeats(claims, documents)
    skipped += repeated
    return Proposals(claims, known, unresolved, skipped)


def _list_rows(documents: pd.DataFrame, progress: bool) -> Iterable[dict[str, Any]]:
    """The documents one by one, each by column; with a bar where there are many."""
    names = documents.columns.tolist()
    rows = (dict(zip(names, cells)) for cells in zip(*(documents[name].tolist() for name in names)))
    if not progress or len(documents) <= 200:
        return rows
    from tqdm import tqdm  # type: ignore[import-untyped]

    return tqdm(rows, total=len(documents), desc="proposing", unit=" texts")


def _propose_document(document: DatedDocument) -> tuple[list[Row], list[PlaceMention]]:
    """The rows of one document in reading order, and the places they name."""
    from helpers.extract.attribution.corrections import find_corrections
    from helpers.extract.control import find_control_shares
    from helpers.extract.counts.find import find_counts
    from helpers.extract.durations import find_durations
    from helpers.extract.events.find import find_events
    from helpers.extract.periods.figures import date_counts, date_each
    from helpers.extract.populations import find_populations
    from helpers.extract.rows import (
        build_count_row,
        build_event_row,
        build_settlements_row,
        build_start_row,
        name_actor,
    )
    from helpers.extract.settlements import find_settlements
    from helpers.extract.starts import find_starts

    settled = list(find_populations(document, document.date_spans))
    lived_in = frozenset(count.number.start for count in settled)
    counts = find_counts(document, document.date_spans, lived_in)
    periods = date_counts(document, counts, document.dates, document.published) if counts else []
    built = [build_count_row(document, *pair) for pair in zip(counts, periods)]
    found = [(count.start, *row) for count, row in zip(counts, built)]
    lengths = [
        *find_durations(document),
        *find_control_shares(document, document.date_spans),
        *settled,
    ]
    lists = list(find_settlements(document, document.date_spans))
    alone = [*lengths, *(count for count, _ in lists)]
    days = date_each(document, alone, document.dates, document.published) if alone else []
    for length, period in zip(lengths, days):
        found.append((length.start, *build_count_row(document, length, period)))
    for (count, actor), period in zip(lists, days[len(lengths) :]):
        row, met = build_settlements_row(document, count, period)
        found.append((count.start, row | {"actor": name_actor(actor)}, met))
    events = find_events(
        document, document.date_spans, lambda: document.dates, document.mentions, document.published
    )
    for event in events:
        found.append((event.start, *build_event_row(document, event)))
    starts = find_starts(document, lambda: document.dates, document.published)
    begun = {(event.measure, event.date_first) for event in events}
    for began in starts:
        if (began.measure, began.dating.first) not in begun:
            found.append((began.start, build_start_row(document, began), []))
    first = document.sentences[0] if document.sentences else None
    title = first.end if first and first.is_heading else 0
    rows, places = _number_rows(document.doc_id, _drop_announced(found, title))
    count_rows = [row for row, _ in built]
    _link_rows(counts, count_rows)
    _correct_rows(find_corrections(document, counts), count_rows)
    return rows, places


def _drop_announced(found: list[Found], title: int) -> list[Found]:
    """What was found without the figures of a title that the text below it gives as well, also
    as "at least 33", or that are no more than a word there ("dozens killed"). `title`: where it
    ends."""
    told = {
        (row["measure"], row["unit"], amount)
        for start, row, _ in found
        if start >= title
        for amount in (_name_amount(row), ("vague", ""), ("exact", _name_amount(row)[1]))
    }
    kept = []
    for start, row, met in found:
        is_figure = row["unit"] in ("person", "household") and start < title
        if not is_figure or (row["measure"], row["unit"], _name_amount(row)) not in told:
            kept.append((start, row, met))
    return kept


def _name_amount(row: Row) -> tuple[str, str]:
    """How many a row counts: quantifier, and the number, if there is one."""
    return row["quantifier"], row["best"] or row["low"] or row["high"]


def _number_rows(doc_id: str, found: list[Found]) -> tuple[list[Row], list[PlaceMention]]:
    """The rows in reading order with their ids, and the places they name; a repeat is left out."""
    seen: set[tuple[str, ...]] = set()
    rows: list[Row] = []
    places: list[PlaceMention] = []
    for _, row, met in sorted(found, key=lambda item: (item[0], item[1]["end"])):
        same = tuple(row[column] for column in SAME) + (str(row["assertion"] == "denied"),)
        if same in seen:  # a repeat; its claim_id stays empty
            continue
        seen.add(same)
        row["claim_id"] = f"{doc_id}-p{len(rows) + 1:03d}"
        rows.append(row)
        places += met
    return rows, places


def _link_rows(counts: list[Count], rows: list[Row]) -> None:
    """part_of and same_as as claim ids, where both rows were kept and the part is no larger than
    the whole."""
    for count, row in zip(counts, rows):
        for column, index in (("part_of", count.part_of), ("same_as", count.same_as)):
            if index is None or not row["claim_id"] or not rows[index]["claim_id"]:
                continue
            part, whole = count.number.reading, counts[index].number.reading
            larger = whole.high is not None and (part.low or part.best or 0) > whole.high
            if column == "same_as" or not (larger and rows[index]["unit"] == row["unit"]):
                row[column] = rows[index]["claim_id"]


def _correct_rows(corrections: Corrections, rows: list[Row]) -> None:
    """What the text itself calls wrong is denied; what replaces it says so, and what was added to a
    total is part of it."""
    for index in corrections.denied:
        rows[index]["assertion"] = "denied"
    for new, old in corrections.replaced.items():
        if rows[new]["claim_id"] and rows[old]["claim_id"]:
            rows[new]["same_as"] = rows[old]["claim_id"]
            rows[new]["note"] = f"replaces {rows[old]['number']} ({rows[old]['claim_id']})"
    for part, whole in corrections.parts.items():
        if rows[part]["claim_id"] and rows[whole]["claim_id"]:
            rows[part]["part_of"] = rows[whole]["claim_id"]


def _drop_faulty(claims: pd.DataFrame, faults: list[str]) -> pd.DataFrame:
    """The claims without those of which a fault is told ("claims.csv row 31 …"), and without links
    to them."""
    wrong = {int(fault.split(" row ")[1].split(" ")[0]) - 2 for fault in faults}
    return _drop_rows(claims, sorted(wrong))


def _drop_repeats(claims: pd.DataFrame, documents: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The claims without those that a copy repeats from the text it is a copy of, and a sentence on
    each copy: a person decides once on what was written once."""
    repeats = set_repeats_apart(claims, documents)
    stories = name_stories(documents)
    counts = claims["doc_id"][repeats].value_counts(sort=False)
    said = [
        f"{doc_id}: a copy of {stories[doc_id]}, where {times:,} of its claims stand word for "
        "word; they are proposed there"
        for doc_id, times in counts.items()
    ]
    return _drop_rows(claims, list(claims.index[repeats])), said


def _drop_rows(claims: pd.DataFrame, rows: list[int]) -> pd.DataFrame:
    if not rows:
        return claims
    claims = claims.drop(index=rows).reset_index(drop=True)
    kept = set(claims["claim_id"])
    for column in ("part_of", "same_as"):
        claims.loc[~claims[column].isin(kept), column] = ""
    return claims


def _collect_places(
    mentions: list[tuple[str, PlaceMention]], places: pd.DataFrame, gazetteer: Gazetteer
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(places given and met, names that no gazetteer knows)."""
    from helpers.extract.places.gazetteer import describe_place

    rows: dict[str, dict[str, Any]] = {}
    unresolved: dict[str, tuple[str, list[str]]] = {}  # key → words, documents
    waiting: set[str] = (
        set()
    )  # written into places.csv by an earlier run, and no better known for that
    if len(places):
        waiting = set(places.index[(places["note"] == UNRESOLVED) & places["lat"].isna()])
    for doc_id, mention in mentions:
        if mention.key in places.index and mention.key not in waiting:
            continue
        if mention.key not in waiting:
            rows.setdefault(mention.key, describe_place(mention))
        if not mention.resolved:
            unresolved.setdefault(mention.key, (mention.words, []))[1].append(doc_id)
    known = places
    if rows:
        met = pd.DataFrame(list(rows.values()), columns=PLACE_COLUMNS).set_index("place")
        known = pd.concat([places, met]) if len(places) else met
    table = [
        (key, name, "; ".join(dict.fromkeys(ids)), len(ids))
        for key, (name, ids) in unresolved.items()
    ]
    return known, pd.DataFrame(table, columns=["place", "name", "documents", "mentions"])
