"""A study: what a notebook was asked to look at, checked, loaded and cut to the selection."""

import os
import re
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from helpers.analysis.proposed import load_proposed
from helpers.analysis.review import describe_study
from helpers.analysis.settings_check import check_settings
from helpers.claims.archive import (
    Selection,
    describe_archive,
    is_archive,
    load_cells,
    load_selection,
)
from helpers.claims.decisions import load_decisions
from helpers.claims.gate import check_claims, describe_age, load_claims, load_coded_twice
from helpers.claims.reviewed import Verdict, list_verdicts
from helpers.corpus.documents import load_corpus, sum_corpus
from helpers.corpus.folders import REPOSITORY, find_folder
from helpers.corpus.places import load_places, share_value, split_values
from helpers.corpus.settings import load_settings
from helpers.schema.csv_files import python_strings, read_column_names
from helpers.schema.errors import ParameterError
from helpers.schema.formatting import join_words
from helpers.schema.parameters import COLUMNS, check_choice, check_documents, check_parameters

FIGURES_FOLDER = REPOSITORY / "figures"
# Where default figures go instead of figures/; the tests set it.
FIGURES_VARIABLE = "ELEVEN_DAYS_FIGURES"


@dataclass(frozen=True, repr=False)
class Study:
    """A corpus, the claims selected from it, and how they were selected.

    documents, places: as loaded. coded: every claim of the corpus. claims: the dated ones within
    the selection. undated: claims within it without a date, listed beside. settings: corpus.toml.
    parameters: as asked, after checking. remark: what a reader should know of how the claims were
    come by. coded_twice: ids of the documents that second_coding.csv holds claims of. verdicts:
    claim id → what a person decided, and who, as decisions.csv has it.
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

    @cached_property
    def all_claims(self) -> pd.DataFrame:
        """The claims a chart without a time axis may draw, in reading order: the dated ones and,
        unless days were asked for (since, until), the undated."""
        limited = self.parameters["since"] or self.parameters["until"]
        parts = [self.claims] if limited else [self.claims, self.undated]
        return pd.concat(parts).sort_values(["doc_id", "start", "claim_id"], ignore_index=True)

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
        limits = [f"{name} {chosen[name]}" for name in ("since", "until") if chosen[name]]
        values = [f"{name} {', '.join(chosen[name])}" for name in COLUMNS if chosen[name]]
        checked = ["what a person has reviewed"] if chosen["reviewed"] else []
        return "; ".join(checked + limits + values)

    def __repr__(self) -> str:
        return describe_study(self).replace("**", "")

    def _repr_markdown_(self) -> str:
        return describe_study(self)


class Loaded(NamedTuple):
    """What a corpus holds for a selection. remark: what a reader should know of how the claims were
    come by. held: all claims of the corpus, or of an archive what they hold in some columns, for
    corpus.toml to be checked against."""

    places: pd.DataFrame
    claims: pd.DataFrame
    held: pd.DataFrame
    remark: str


@python_strings
def open_study(namespace: dict[str, Any]) -> Study:
    """The study that a notebook's parameters ask for; call it with `globals()` after the parameters
    cell.

    A corpus without claims.csv is proposed by rule: from its proposals.csv, else in memory, in the
    country that corpus.toml names (`country = "SYR"`), if it names one. Of an archive
    (propose_at_scale) only what the selection needs is read.

    Raises ParameterError for a parameter that the notebook does not annotate or a value it cannot
    take, CorpusError or ClaimsError for a corpus that does not stand, or a corpus.toml that names
    what it does not hold.
    """
    parameters = check_parameters(namespace)
    folder = find_folder(parameters["corpus"])
    settings = load_settings(folder, check=False)
    selection = load_selection(folder, parameters) if is_archive(folder) else None
    documents = selection.documents if selection else load_corpus(folder)
    parameters["documents"] = check_documents(parameters["documents"], documents)
    figures = choose_figures_folder(parameters, folder)
    if selection:
        places, claims, held, remark = _load_archive(folder, selection, settings)
    else:
        places, claims, held, remark = _load_coded(folder, documents, settings)
    check_settings(settings, folder, places, held)
    actors = sorted({name for cell in claims["actor"] for name in split_values(cell)})
    for actor in parameters["actors"]:
        check_choice("actors", actor, actors)
    only = {name: parameters[name] for name in COLUMNS}
    if parameters["reviewed"]:
        claims = claims[claims["review"] != "proposed"].reset_index(drop=True)
    dated, undated = select_claims(claims, parameters["since"], parameters["until"], only)
    return Study(
        documents,
        places,
        claims,
        dated,
        undated,
        settings,
        parameters,
        sum_corpus(folder),
        folder,
        figures,
        remark,
        load_coded_twice(folder),
        list_verdicts(load_decisions(folder)),
    )


def _load_archive(folder: Path, selection: Selection, settings: dict[str, Any]) -> Loaded:
    """What an archive holds for a selection."""
    places = load_places(folder)
    claims = check_claims(selection.claims, selection.documents, places, f"{folder.name}/claims")
    remark = " ".join(filter(None, [selection.remark, describe_archive(folder)]))
    held = claims
    if len(settings) > 1:  # more than a title, which may name what was not selected
        held = load_cells(folder, ["actor", "date_start", "date_end", "review"])
    return Loaded(places, claims, held, remark)


def _load_coded(folder: Path, documents: pd.DataFrame, settings: dict[str, Any]) -> Loaded:
    """What a folder of texts holds: the claims that people coded, else those proposed."""
    places = load_places(folder)
    if (folder / "claims.csv").exists():
        claims = load_claims(folder, documents, places)
        columns = read_column_names(folder / "claims.csv")
        remark = describe_age("claims.csv", columns, "the next merge adds them")
    else:
        country = str(settings.get("country", ""))
        claims, places, remark = load_proposed(folder, documents, places, country)
    return Loaded(places, claims, claims, remark)


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
    for name in ("since", "until", *COLUMNS):
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


def find_period(study: Study, name: str) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """(first day, last day) of the corpus's "offensive" or "war": from corpus.toml, else from the
    claims of that scope, for the offensive those of pace if there are any; None when neither
    knows."""
    period = study.settings.get(name)
    if period:
        return pd.Timestamp(str(period["start"])), pd.Timestamp(str(period["end"]))
    claims = study.claims[study.claims["scope"] == name]
    dated = claims[claims["topic"] == "pace"]
    if dated.empty and name == "offensive":
        dated = claims
    return (dated["date_start"].min(), dated["date_end"].max()) if len(dated) else None


def list_sources(row) -> list[str]:
    """The original sources behind a claim row; a source the text does not name is the document
    itself."""
    return split_values(row.source_original) or [f"text {row.doc_id}"]


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
