"""Loading: what a corpus holds for a selection, and what of it may be drawn.

claims.csv is what people wrote. Where it is missing this module decides to propose; nothing below
the analysis does, so that the claims never import the extractor.
"""

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from helpers.claims.archive import Selection, describe_archive, load_cells
from helpers.claims.gate import (
    check_claims,
    describe_age,
    load_claim_table,
    load_claims,
    sort_claims,
)
from helpers.claims.proposals import PROPOSED, load_proposals
from helpers.corpus.copies import name_stories, set_repeats_apart
from helpers.corpus.places import load_places
from helpers.schema.csv_files import read_column_names
from helpers.schema.errors import CorpusError
from helpers.schema.formatting import count

DOUBTS_NAMED = 3  # proposals in doubt that a remark names one by one
FAULTS_NAMED, FAULT_LETTERS = 10, 300  # rows left out that it names, and how much of each reason
# What corpus.toml is checked against, of an archive whose claims are not all read.
HELD = ["actor", "source_original", "date_start", "date_end", "review"]


class Loaded(NamedTuple):
    """What a corpus holds for a selection. remark: what a reader should know of how the claims were
    come by. held: all claims of the corpus, or of an archive what they hold in some columns, for
    corpus.toml to be checked against. faulty: the rows left out, a sentence each."""

    places: pd.DataFrame
    claims: pd.DataFrame
    held: pd.DataFrame
    remark: str
    faulty: list[str]


def load_archive(folder: Path, selection: Selection, settings: dict[str, Any]) -> Loaded:
    """What an archive holds for a selection."""
    places = load_places(folder)
    claims = check_claims(selection.claims, selection.documents, places, f"{folder.name}/claims")
    remark = " ".join(filter(None, [selection.remark, describe_archive(folder)]))
    held = claims
    if len(settings) > 1:  # more than a title, which may name what was not selected
        held = load_cells(folder, HELD)
    return Loaded(places, claims, held, remark, [])


def load_coded_or_proposed(
    folder: Path, documents: pd.DataFrame, settings: dict[str, Any], strict: bool
) -> Loaded:
    """What a folder of texts holds: the claims that people coded, else those proposed."""
    places, file = load_places(folder), folder / "claims.csv"
    if not file.exists():
        country = str(settings.get("country", ""))
        claims, places, remark = load_proposed(folder, documents, places, country)
        return Loaded(places, claims, claims, remark, [])
    remark = describe_age("claims.csv", read_column_names(file), "the next merge adds")
    if strict:
        claims = load_claims(folder, documents, places)
        return Loaded(places, claims, claims, remark, [])
    table = load_claim_table(file)
    claims, faulty = sort_claims(table, documents, places, f"{folder.name}/claims.csv")
    held = claims
    if faulty:  # what corpus.toml names may stand in the rows left out alone
        others = table[~table["claim_id"].isin(claims["claim_id"])]
        held = pd.concat([claims, others[["actor", "source_original", "review"]]])
        said = f"{say_faulty(faulty)} strict = True stops there."
        remark = f"{remark} {said}".strip()
    return Loaded(places, claims, held, remark, faulty)


def load_proposed(
    folder: Path, documents: pd.DataFrame, places: pd.DataFrame, country: str = ""
) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """(claims, places, a remark or "") of a corpus without claims.csv: the rows of proposals.csv
    where they stand in the texts, else what the rules propose now, in memory. Claims are typed as
    load_claims types them; the remark says why proposals.csv was not used."""
    remark, file = "", folder / PROPOSED
    if file.exists():
        try:
            claims = check_claims(load_proposals(folder), documents, places, PROPOSED)
            columns = read_column_names(file)
            remark = describe_age(PROPOSED, columns, "00_propose_claims writes")
            return claims, places, remark
        except CorpusError as fault:
            first = next((line.strip() for line in str(fault).splitlines()[1:]), str(fault))
            remark = (
                f"{PROPOSED} does not stand in these texts and was not used ({first}); "
                "00_propose_claims writes it anew."
            )
    from helpers.extract.propose import propose_claims

    proposals = propose_claims(documents, places, country)
    claims = check_claims(proposals.claims, documents, proposals.places, "proposed claims")
    return claims, proposals.places, remark


def say_faulty(faulty: list[str], turn: Callable[[str], str] = str) -> str:
    """A sentence on the rows that were left out, the first of them with the reason. `turn`: the
    words into another language, braces and all."""
    if not faulty:
        return ""
    told = [textwrap.shorten(it, FAULT_LETTERS, placeholder=" …") for it in faulty[:FAULTS_NAMED]]
    more = ""
    if len(faulty) > FAULTS_NAMED:
        more = turn("; and {n} more").format(n=f"{len(faulty) - FAULTS_NAMED:,}")
    said = turn("{n} rows left out, for they do not stand in the texts ({told}).")
    if len(faulty) == 1:
        said = turn("{n} row left out, for it does not stand in the texts ({told}).")
    return said.format(n=len(faulty), told=" | ".join(told) + more)


def hold_back(claims: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """(the claims that may be drawn, a sentence on the others): a proposal whose words are read in
    two ways waits for a person; what a person decided is drawn, and its caption names it."""
    waits = (claims["review"] == "proposed") & (claims["doubt"] != "")
    if not waits.any():
        return claims, ""
    number = int(waits.sum())
    is_read = "is read" if number == 1 else "are read"
    said = f"{count(number, 'proposal')} {is_read} in two ways and not drawn until a person decides"
    named = [
        f"{row.claim_id} “{row.number or row.exact}”: {row.doubt}"
        for row in claims[waits].head(DOUBTS_NAMED).itertuples()
    ]
    more = f"; and {number - DOUBTS_NAMED:,} more" if number > DOUBTS_NAMED else ""
    return claims[~waits].reset_index(drop=True), f"{said} ({'; '.join(named)}{more})."


def set_copies_apart(claims: pd.DataFrame, documents: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """(the claims that are drawn, a sentence on the others): what a copy repeats word for word is
    drawn once. Where the corpus has copies a column `story` names the text that stands for each
    claim's: what a copy alone says is no word of another source."""
    stories = name_stories(documents)
    copies = sum(name != story for name, story in stories.items())
    if not copies:
        return claims, ""
    claims = claims.assign(story=claims["doc_id"].map(stories))
    repeats = set_repeats_apart(claims, documents)
    said = f"{count(copies, 'text')} of {len(documents)} repeat another and count with it as one."
    if repeats.any():
        repeated = count(int(repeats.sum()), "claim")
        said += f" {repeated} of theirs stand there too and are drawn once."
    return claims[~repeats].reset_index(drop=True), said
