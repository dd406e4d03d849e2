"""Proposals: a claims table from raw texts, every row with its span and the rule that made it.

The rows are those of claims.csv with review "proposed", and pass its gate. What a rule cannot know stays empty and is
listed; nothing is guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers.claims import find_faults
from helpers.folders import CorpusError
from helpers.places import PLACE_COLUMNS
from helpers.proposals import PROPOSAL_COLUMNS

if TYPE_CHECKING:  # the patterns of the rules take a second to build; a run that stops at a wrong parameter is spared them
    from helpers.extract.counts.find import Count
    from helpers.extract.places.mentions import Gazetteer, PlaceMention
    from helpers.extract.rows import Text


class Proposals(NamedTuple):
    """What the texts claim, by rule. claims: one row a figure or dated event (PROPOSAL_COLUMNS, text); places: the
    places given and those met, indexed by key; unresolved: place, name, documents, mentions: names that no gazetteer knows;
    skipped: what was not mined or not kept, and why."""

    claims: pd.DataFrame
    places: pd.DataFrame
    unresolved: pd.DataFrame
    skipped: list[str]


def propose_claims(
    documents: pd.DataFrame, places: pd.DataFrame, country: str = "", progress: bool = False
) -> Proposals:
    """Claims proposed from the texts of a corpus (tables of load_corpus and load_places; neither is changed).

    `country`: where the corpus plays (ISO letters or English name, several with `;`), to tell places of one name apart; ""
    takes the countries the texts name most. The same texts give the same rows. Texts in another language than English
    are skipped and said. Raises CorpusError when `country` is no country.
    """
    from helpers.extract.places.mentions import build_gazetteer, guess_country
    from helpers.extract.rows import Text

    try:
        gazetteer = build_gazetteer(places, country or guess_country(list(documents["text"])))
    except ValueError as error:
        raise CorpusError(str(error)) from None
    rows, mentions, skipped = [], [], []
    for document in _show_progress(documents, progress):
        language = getattr(document, "language", "")
        if language not in ("", "English"):
            skipped.append(
                f"{document.doc_id}: the text is in {language}; the rules read English only"
            )
            continue
        read = Text(document, gazetteer)
        found, met = _propose_document(read)
        rows += found
        mentions += [(read.doc_id, mention) for mention in met]
    claims = pd.DataFrame(rows, columns=PROPOSAL_COLUMNS).astype(str)
    known, unresolved = _collect_places(mentions, places, gazetteer)
    faults = find_faults(claims, documents, known)
    wrong = {int(fault.split(" row ")[1].split(" ")[0]) - 2 for fault in faults}
    if wrong:  # words glued by a page, say: the gate could not read such a row again
        skipped += [
            f"left out, it would not pass the gate: {fault.split(': ', 1)[1]}" for fault in faults
        ]
        claims = claims.drop(index=sorted(wrong)).reset_index(drop=True)
        claims.loc[~claims["part_of"].isin(set(claims["claim_id"])), "part_of"] = ""
        claims.loc[~claims["same_as"].isin(set(claims["claim_id"])), "same_as"] = ""
    return Proposals(claims, known, unresolved, skipped)


def _show_progress(documents: pd.DataFrame, progress: bool):
    rows = documents.itertuples()
    if not progress or len(documents) <= 200:
        return rows
    from tqdm import tqdm

    return tqdm(rows, total=len(documents), desc="proposing", unit=" texts")


def _propose_document(read: Text) -> tuple[list[dict], list[PlaceMention]]:
    """The rows of one document in reading order, and the places they name."""
    from helpers.extract.counts.find import find_counts
    from helpers.extract.events.find import find_events
    from helpers.extract.rows import draft_count, draft_event

    found: list[tuple[int, dict, list[PlaceMention]]] = []
    counts = find_counts(read.text, read.lowered, read.sentences)
    drafts = [draft_count(read, count) for count in counts]
    for count, (row, met) in zip(counts, drafts):
        found.append((count.start, row, met))
    for event in find_events(
        read.text, read.lowered, read.sentences, lambda: read.dates, read.places, read.published
    ):
        found.append((event.start, *draft_event(read, event)))
    seen, rows, places = set(), [], []
    for _, row, met in sorted(found, key=lambda item: (item[0], item[1]["end"])):
        same = tuple(
            row[column]
            for column in (
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
        )
        if same in seen:  # a repeat; its claim_id stays empty
            continue
        seen.add(same)
        row["claim_id"] = f"{read.doc_id}-p{len(rows) + 1:03d}"
        rows.append(row)
        places += met
    _link_rows(counts, [row for row, _ in drafts])
    return rows, places


def _link_rows(counts: list[Count], drafts: list[dict]) -> None:
    """part_of and same_as as claim ids, where both rows were kept and the part is no larger than the whole."""
    for count, row in zip(counts, drafts):
        for column, index in (("part_of", count.part_of), ("same_as", count.same_as)):
            if index is None or not row["claim_id"] or not drafts[index]["claim_id"]:
                continue
            part, whole = count.number.reading, counts[index].number.reading
            larger = whole.high is not None and (part.low or part.best or 0) > whole.high
            if column == "same_as" or not (larger and drafts[index]["unit"] == row["unit"]):
                row[column] = drafts[index]["claim_id"]


def _collect_places(
    mentions: list[tuple[str, PlaceMention]], places: pd.DataFrame, gazetteer: Gazetteer
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(places given and met, names that no gazetteer knows)."""
    from helpers.extract.places.mentions import describe_place

    rows, unresolved = {}, {}
    for doc_id, mention in mentions:
        if mention.key in places.index:
            continue
        rows.setdefault(mention.key, describe_place(mention, gazetteer))
        if not mention.resolved:
            entry = unresolved.setdefault(mention.key, [mention.words, {}, 0])
            entry[1][doc_id] = True
            entry[2] += 1
    met = pd.DataFrame(list(rows.values()), columns=PLACE_COLUMNS).set_index("place")
    known = pd.concat([places, met]) if len(met) and len(places) else met if len(met) else places
    table = [
        (key, name, "; ".join(documents), count)
        for key, (name, documents, count) in unresolved.items()
    ]
    return known, pd.DataFrame(table, columns=["place", "name", "documents", "mentions"])
