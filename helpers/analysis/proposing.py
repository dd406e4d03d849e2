"""Proposing: what notebook 00 works with, from its parameters to the files it writes.

Texts go in, dated as far as they say; proposals come out beside what people coded, and are written
and merged only where that was asked for and the corpus is not the one that comes with the project.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.analysis.settings.derived import derive_settings
from helpers.analysis.settings.settling import list_questions, settle
from helpers.claims.gate import check_claims
from helpers.claims.matching import compare_claims, list_unmatched
from helpers.claims.merge import Merge, merge_proposals, save_merge
from helpers.claims.proposals import (
    add_agreement,
    load_coded,
    load_merged,
    save_places,
    save_proposals,
)
from helpers.corpus.documents import date_documents, load_corpus, save_documents
from helpers.corpus.folders import find_folder, is_guarded
from helpers.corpus.places import load_places
from helpers.corpus.settings import load_settings
from helpers.schema.parameters import check_documents, check_parameters

if TYPE_CHECKING:
    from helpers.extract.propose import Proposals

MANY = 200  # texts; above it a bar says how far the rules are


@dataclass(frozen=True)
class Proposing:
    """A corpus whose claims are to be proposed.

    folder: where it lies. texts: its documents, as load_corpus gives them, dated by `published`
    where they do not date themselves. parameters: as asked, after checking. shown: ids of the texts
    whose proposals the notebook shows; empty for all.
    """

    folder: Path
    texts: pd.DataFrame
    parameters: dict[str, Any]
    shown: list[str]

    @property
    def may_write(self) -> bool:
        """Whether files are written: if asked for, and never into seeds/."""
        return self.parameters["write"] and not is_guarded(self.folder)

    @cached_property
    def coded(self) -> pd.DataFrame:
        """claims.csv as it stands (load_coded); empty where nobody has coded."""
        return load_coded(self.folder, self.texts, load_places(self.folder))

    @cached_property
    def merged(self) -> pd.DataFrame:
        """The rows that the last merge brought into claims.csv (load_merged)."""
        return load_merged(self.folder)

    @cached_property
    def proposals(self) -> "Proposals":
        """What the rules find in the texts (propose_claims), in the country of the parameters, else
        that of corpus.toml, else the countries named most; with `agreement`, what a second reader
        says of each row."""
        from helpers.extract.propose import propose_claims

        country = self.parameters["country"] or str(load_settings(self.folder).get("country", ""))
        many = len(self.texts) > MANY
        found = propose_claims(self.texts, load_places(self.folder), country, progress=many)
        return found._replace(claims=add_agreement(found.claims, self.texts, found.places))

    @cached_property
    def questions(self) -> pd.DataFrame:
        """What the figures would take for granted (list_questions), from what people coded, else
        from the proposals; corpus.toml where it says so."""
        places = self.proposals.places
        table = self.proposals.claims if self.coded.empty else self.coded
        claims = check_claims(table, self.texts, places, "claims")
        derived = derive_settings(claims, self.texts, places)
        return list_questions(settle(derived, load_settings(self.folder)), places)

    @property
    def is_decided(self) -> bool:
        """Whether people coded, accepted or corrected anything here."""
        return bool(self.coded["review"].isin(("accepted", "corrected")).any())

    def compare(self) -> pd.DataFrame:
        """The proposals beside what people coded (compare_claims), one row a topic; empty where
        nobody has decided on any."""
        if not self.is_decided:
            return pd.DataFrame()
        return compare_claims(self.coded, self.proposals).round(2).set_index("topic")

    def list_unmatched(self) -> pd.DataFrame:
        """What stands on one side only (list_unmatched); empty where nobody has decided on any."""
        return list_unmatched(self.coded, self.proposals) if self.is_decided else pd.DataFrame()

    @cached_property
    def merge(self) -> tuple[pd.DataFrame, Merge]:
        """(table, report): claims.csv after the merge, and what would change; nothing is
        written."""
        return merge_proposals(self.coded, self.proposals, self.merged)

    def save(self) -> list[str]:
        """Write proposals.csv, and what documents.csv and places.csv lack; returns their names,
        none where nothing may be written."""
        if not self.may_write:
            return []
        files = [
            save_proposals(self.proposals, self.folder),
            save_documents(self.texts, self.folder),
            save_places(self.proposals.places, self.folder),
        ]
        return [f"`{file.name}`" for file in files if file.exists()]

    def save_merge(self) -> list[str]:
        """Write claims.csv if a merge was asked for; returns what was done, in sentences."""
        if not (self.may_write and self.parameters["merge"]):
            return []
        table, report = self.merge
        return save_merge(table, report, self.folder, self.texts)


def open_proposing(namespace: dict[str, Any]) -> Proposing:
    """The texts that a notebook's parameters ask for; call it with `globals()` after the parameters
    cell. Raises ParameterError for a wrong parameter, CorpusError for a folder without texts."""
    parameters = check_parameters(namespace)
    folder = find_folder(parameters["corpus"])
    texts = date_documents(load_corpus(folder, add_new=True), parameters["published"])
    shown = check_documents(parameters["documents"], texts)
    return Proposing(folder, texts, parameters, shown)
