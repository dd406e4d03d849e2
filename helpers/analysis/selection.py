"""A study: what a notebook was asked to look at, checked, loaded and cut to the selection."""

import os
import re
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.analysis.loading import (
    hold_back,
    load_archive,
    load_coded_or_proposed,
    set_copies_apart,
)
from helpers.analysis.review import describe_study
from helpers.analysis.settings.check import check_settings
from helpers.analysis.settings.derived import Derived, derive_settings
from helpers.analysis.settings.settling import settle
from helpers.analysis.stories import group_stories
from helpers.claims.archive import is_archive, load_selection
from helpers.claims.decisions.reviewed import Verdict, load_verdicts
from helpers.claims.gate import load_coded_twice
from helpers.corpus.copies import name_text
from helpers.corpus.documents import load_corpus, sum_corpus
from helpers.corpus.folders import REPOSITORY, find_folder
from helpers.corpus.places import share_value, split_values
from helpers.corpus.settings import load_settings
from helpers.schema.csv_files import python_strings
from helpers.schema.errors import ParameterError
from helpers.schema.formatting import count, join_words
from helpers.schema.parameters import COLUMNS, check_choice, check_documents, check_parameters

LIMITS = ("since", "until", "published_since", "published_until")  # parameters that are days
FIGURES_FOLDER = REPOSITORY / "figures"
# Where default figures go instead of figures/; the tests set it.
FIGURES_VARIABLE = "ELEVEN_DAYS_FIGURES"


@dataclass(frozen=True, repr=False, eq=False)  # each is itself: charts keep what they found by it
class Study:
    """A corpus, the claims selected from it, and how they were selected.

    documents, places: as loaded. coded: every claim of the corpus. claims: the dated ones within
    the selection. undated: claims within it without a date, listed beside. settings: corpus.toml.
    parameters: as asked, after checking. remark: what a reader should know of how the claims were
    come by. coded_twice: ids of the documents that second_coding.csv holds claims of. verdicts:
    claim id → what a person decided, and who, as decisions.csv has it. faulty: rows that do not
    stand in their texts and are drawn nowhere, a sentence each.
    """

    documents: pd.DataFrame
    places: pd.DataFrame
    coded: pd.DataFrame
    claims: pd.DataFrame
    undated: pd.DataFrame
    settings: dict[str, Any]
    parameters: dict[str, Any]
    checksum: str
    folder: Path
    figures: Path
    remark: str = ""
    coded_twice: frozenset[str] = frozenset()
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    faulty: list[str] = field(default_factory=list)

    @cached_property
    def texts(self) -> pd.DataFrame:
        """The documents of the selection: those asked for by id and by day of publication."""
        chosen = choose_texts(self.documents, self.parameters)
        if not chosen:
            return self.documents
        return self.documents[self.documents["doc_id"].isin(chosen)]

    @cached_property
    def stories(self) -> dict[str, str]:
        """doc_id → the first text that prints the same story (group_stories)."""
        return group_stories(self.documents)

    @cached_property
    def derived(self) -> Derived:
        """What is drawn by and stands in no claim (period, sides, parties, route, country), as
        corpus.toml says it, else as all claims of the corpus give it."""
        found = derive_settings(self.coded, self.documents, self.places)
        return settle(found, self.settings)

    @property
    def period(self) -> tuple[pd.Timestamp, pd.Timestamp] | None:
        """First and last day of what the texts tell; None where no claim has a day."""
        return self.derived.period

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides of the war, that which captured first before the others."""
        return self.derived.sides

    @property
    def parties(self) -> tuple[str, ...]:
        """The actors and sources whose word is that of a party to the war."""
        return self.derived.parties

    @property
    def leading(self) -> str:
        """The side whose advance is drawn; "" where none captured anything."""
        return self.derived.leading

    @property
    def route(self) -> tuple[str, ...]:
        """Place keys of the advance, in order; empty where captures make no way."""
        return self.derived.route

    @property
    def target(self) -> str:
        """The place key to which the advance went; "" without a route."""
        return self.derived.target

    @property
    def country(self) -> str:
        """The country of the war, ISO 3166-1 alpha-3; "" where nothing names one."""
        return self.derived.country

    @property
    def is_invented(self) -> bool:
        """Whether corpus.toml says that the texts are invented; every picture then says it."""
        return bool(self.settings.get("invented", False))

    def is_said_by_party(self, claim) -> bool:
        """Whether a party to the war, and nobody else, says what a claim row says; a source that is
        not named is a party where the row is coded as claimed."""
        sources = split_values(claim.source_original)
        if not sources:
            return claim.assertion == "claimed"
        return all(source in self.parties for source in sources)

    @cached_property
    def all_claims(self) -> pd.DataFrame:
        """The claims a chart without a time axis may draw, in reading order: the dated ones and,
        unless days were asked for (since, until), the undated."""
        limited = self.parameters["since"] or self.parameters["until"]
        parts = [self.claims] if limited else [self.claims, self.undated]
        return pd.concat(parts).sort_values(["doc_id", "start", "claim_id"], ignore_index=True)

    @cached_property
    def twins(self) -> dict[str, int]:
        """doc_id → 2, 3 … where an earlier one differs from it by case alone: not every system
        tells such names of files apart."""
        ids = self.documents["doc_id"]
        numbers = ids.groupby(ids.str.casefold(), sort=False).cumcount() + 1
        return {doc_id: number for doc_id, number in zip(ids, numbers) if number > 1}

    @cached_property
    def denials(self) -> list:
        """The dated claims that deny a capture of the offensive, as rows."""
        claims = self.claims
        is_denied = (claims["measure"] == "captured") & (claims["assertion"] == "denied")
        return list(claims[is_denied & (claims["scope"] == "offensive")].itertuples())

    @cached_property
    def by_claim(self) -> dict:
        """claim_id → its row of `coded`, for who looks claims up one by one."""
        return {row.claim_id: row for row in self.coded.itertuples()}

    @cached_property
    def length(self) -> int:
        """The characters of all texts."""
        return int(self.documents["text"].str.len().sum())

    @property
    def selection(self) -> str:
        """What was selected, in words; "" for everything."""
        chosen = self.parameters
        limits = [f"{name.replace('_', ' ')} {chosen[name]}" for name in LIMITS if chosen[name]]
        values = [f"{name} {', '.join(chosen[name])}" for name in COLUMNS if chosen[name]]
        checked = ["what a person has reviewed"] if chosen["reviewed"] else []
        return "; ".join(checked + limits + values)

    def __repr__(self) -> str:
        return describe_study(self).replace("**", "")

    def _repr_markdown_(self) -> str:
        return describe_study(self)


@python_strings
def open_study(namespace: dict[str, Any]) -> Study:
    """The study that a notebook's parameters ask for; call it with `globals()` after the parameters
    cell.

    A corpus without claims.csv is proposed by rule: from its proposals.csv, else in memory, in the
    country that corpus.toml names (`country = "SYR"`), if it names one. Of an archive
    (propose_at_scale) only what the selection needs is read.

    Raises ParameterError for a parameter that the notebook does not annotate or a value it cannot
    take, CorpusError for a corpus that does not stand, or a corpus.toml that names what it does not
    hold. A row of claims that does not stand in its text is left out, and the study says which;
    with `strict`, or where no row stands, ClaimsError is raised.
    """
    parameters = check_parameters(namespace)
    folder = find_folder(parameters["corpus"])
    settings = load_settings(folder, check=False)
    selection = load_selection(folder, parameters) if is_archive(folder) else None
    documents = selection.documents if selection else load_corpus(folder)
    parameters["documents"] = check_documents(parameters["documents"], documents)
    figures = choose_figures_folder(parameters, folder)
    if selection:
        loaded = load_archive(folder, selection, settings)
    else:
        loaded = load_coded_or_proposed(folder, documents, settings, parameters["strict"])
    places, claims = loaded.places, loaded.claims
    check_settings(settings, folder, places, loaded.held)
    actors = sorted({name for cell in claims["actor"] for name in split_values(cell)})
    for actor in parameters["actors"]:
        check_choice("actors", actor, actors)
    only = {name: parameters[name] for name in COLUMNS}
    only["documents"] = choose_texts(documents, parameters)
    drawn, doubtful = hold_back(claims)
    drawn, repeated = set_copies_apart(drawn, documents)
    if parameters["reviewed"]:
        drawn = drawn[drawn["review"] != "proposed"].reset_index(drop=True)
    dated, undated = select_claims(drawn, parameters["since"], parameters["until"], only)
    remarks = [loaded.remark, doubtful, repeated, _say_undated(documents, parameters)]
    return Study(
        documents=documents,
        places=places,
        coded=claims,
        claims=dated,
        undated=undated,
        settings=settings,
        parameters=parameters,
        checksum=sum_corpus(folder),
        folder=folder,
        figures=figures,
        remark=" ".join(filter(None, remarks)),
        coded_twice=load_coded_twice(folder),
        verdicts=load_verdicts(folder),
        faulty=loaded.faulty,
    )


def select_claims(
    claims: pd.DataFrame, since: str = "", until: str = "", only: dict | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(dated, undated) claims of a selection.

    `since` and `until` are ISO days; a claim whose bounds overlap them is kept whole. `only` maps a
    parameter (documents, scope, topics, measures, affected, actors) to the values kept; an empty
    list keeps all. Undated claims cannot be held against days and come back apart.
    """
    for name, values in (only or {}).items():
        if values:
            shares = claims[COLUMNS[name]].map(partial(share_value, values=values))
            claims = claims[shares.astype(bool)]
    undated = claims["date_start"].isna()
    kept = ~undated
    if since:
        kept &= claims["date_end"] >= pd.Timestamp(since)
    if until:
        kept &= claims["date_start"] <= pd.Timestamp(until)
    return claims[kept].reset_index(drop=True), claims[undated].reset_index(drop=True)


def choose_texts(documents: pd.DataFrame, parameters: dict[str, Any]) -> list[str]:
    """The ids of the documents asked for, by id and by day of publication (published_since,
    published_until; an interval that overlaps is kept); empty for all. A text that states no day is
    not kept. Raises ParameterError where none is left."""
    asked = parameters["documents"]
    first, last = parameters["published_since"], parameters["published_until"]
    if not first and not last:
        return asked
    kept = documents["published_start"].notna()
    if first:
        kept &= documents["published_end"] >= pd.Timestamp(first)
    if last:
        kept &= documents["published_start"] <= pd.Timestamp(last)
    if asked:
        kept &= documents["doc_id"].isin(asked)
    if kept.any():
        return list(documents["doc_id"][kept])
    days = sorted({day for day in documents["published"] if day})
    of_days = f"the texts are of {days[0]} to {days[-1]}" if days else "no text states a day"
    raise ParameterError(
        f'no text was published from published_since = "{first}" to published_until = "{last}"; '
        f"{of_days}"
    )


def _say_undated(documents: pd.DataFrame, parameters: dict[str, Any]) -> str:
    """A sentence on the texts without a day, where days of publication were asked for."""
    undated = int(documents["published_start"].isna().sum())
    if not undated or not (parameters["published_since"] or parameters["published_until"]):
        return ""
    return f"{count(undated, 'text')} without a day of publication left out."


def choose_figures_folder(parameters: dict[str, Any], corpus: Path) -> Path:
    """Where figures go: the folder asked for; figures/ for the default selection of seeds/ at full
    width; else a folder below it named after selection and width, so that figures/ holds what is
    committed and no partial picture replaces a full one. Raises ParameterError for the folder of
    the texts."""
    asked = parameters["figures"]
    if asked:
        folder = Path(asked).expanduser().absolute()
        if folder.resolve() == corpus:
            raise ParameterError(
                f'figures = "{asked}" is the folder of the texts, where pages would be taken for '
                'texts; name another, or "" for the usual one'
            )
        return folder
    parts = [] if corpus == REPOSITORY / "seeds" else [corpus.name]
    for name in (*LIMITS, *COLUMNS):
        if value := parameters[name]:
            values = "+".join(value) if isinstance(value, list) else value
            words = f"{name}-{values}".replace(" ", "-")
            # An actor's name may hold ../
            parts.append(re.sub(r"[^\w.,+-]", lambda letter: f"%{ord(letter[0]):02X}", words))
    if parameters["reviewed"]:
        parts.append("reviewed")
    if parameters["width"] != "full":
        parts.append(f"width-{parameters['width']}")
    home = find_figures_home()
    return home / "_".join(parts) if parts else home


def find_figures_home() -> Path:
    """The folder under which figures go unless one is named."""
    return Path(os.environ.get(FIGURES_VARIABLE) or FIGURES_FOLDER)


def list_sources(row) -> list[str]:
    """The original sources behind a claim row; a source the text does not name is the document
    itself."""
    return split_values(row.source_original) or [f"text {name_text(row)}"]


def say_stance(claims) -> str:
    """Who claims or denies what several claims say, where none of them reports it: "claimed by
    HTS"; "denied by government"; "" where one reports it. `claims`: a list of rows."""
    if any(row.assertion == "reported" for row in claims):
        return ""
    said = []
    for assertion in dict.fromkeys(row.assertion for row in claims):
        sources = dict.fromkeys(
            source
            for row in claims
            if row.assertion == assertion
            for source in split_values(row.source_original)
        )
        by = f" by {join_words(list(sources))}" if sources and assertion != "expected" else ""
        said.append(assertion + by)
    return ", ".join(said)
