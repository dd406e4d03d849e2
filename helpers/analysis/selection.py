"""A study: what a notebook was asked to look at, checked, loaded and cut to the selection."""

import os
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from helpers.analysis.proposed import load_proposed
from helpers.analysis.review import describe_study
from helpers.analysis.settings.check import check_settings
from helpers.analysis.settings.derived import Derived, derive_settings
from helpers.analysis.settings.settling import settle
from helpers.claims.archive import (
    Selection,
    describe_archive,
    is_archive,
    load_cells,
    load_selection,
)
from helpers.claims.decisions.reviewed import Verdict, load_verdicts
from helpers.claims.gate import (
    check_claims,
    describe_age,
    load_claim_table,
    load_claims,
    load_coded_twice,
    sort_claims,
)
from helpers.corpus.copies import name_stories, name_text, set_repeats_apart
from helpers.corpus.documents import load_corpus, sum_corpus
from helpers.corpus.folders import REPOSITORY, find_folder
from helpers.corpus.places import load_places, share_value, split_values
from helpers.corpus.settings import load_settings
from helpers.schema.csv_files import python_strings, read_column_names
from helpers.schema.errors import ParameterError
from helpers.schema.formatting import count, join_words
from helpers.schema.parameters import COLUMNS, check_choice, check_documents, check_parameters

LIMITS = ("since", "until", "published_since", "published_until")  # parameters that are days
DOUBTS_NAMED = 3  # proposals in doubt that a remark names one by one
FAULTS_NAMED, FAULT_LETTERS = 10, 300  # rows left out that it names, and how much of each reason
FIGURES_FOLDER = REPOSITORY / "figures"
# Where default figures go instead of figures/; the tests set it.
FIGURES_VARIABLE = "ELEVEN_DAYS_FIGURES"
# What corpus.toml is checked against, of an archive whose claims are not all read.
HELD = ["actor", "source_original", "date_start", "date_end", "review"]


@dataclass(frozen=True, repr=False)
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


class Loaded(NamedTuple):
    """What a corpus holds for a selection. remark: what a reader should know of how the claims were
    come by. held: all claims of the corpus, or of an archive what they hold in some columns, for
    corpus.toml to be checked against. faulty: the rows left out, a sentence each."""

    places: pd.DataFrame
    claims: pd.DataFrame
    held: pd.DataFrame
    remark: str
    faulty: list[str]


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
        loaded = _load_archive(folder, selection, settings)
    else:
        loaded = _load_coded(folder, documents, settings, parameters["strict"])
    places, claims = loaded.places, loaded.claims
    check_settings(settings, folder, places, loaded.held)
    actors = sorted({name for cell in claims["actor"] for name in split_values(cell)})
    for actor in parameters["actors"]:
        check_choice("actors", actor, actors)
    only = {name: parameters[name] for name in COLUMNS}
    only["documents"] = choose_texts(documents, parameters)
    drawn, doubtful = _hold_back(claims)
    drawn, repeated = _set_copies_apart(drawn, documents)
    if parameters["reviewed"]:
        drawn = drawn[drawn["review"] != "proposed"].reset_index(drop=True)
    dated, undated = select_claims(drawn, parameters["since"], parameters["until"], only)
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
        " ".join(
            filter(None, [loaded.remark, doubtful, repeated, _say_undated(documents, parameters)])
        ),
        load_coded_twice(folder),
        load_verdicts(folder),
        loaded.faulty,
    )


def _load_archive(folder: Path, selection: Selection, settings: dict[str, Any]) -> Loaded:
    """What an archive holds for a selection."""
    places = load_places(folder)
    claims = check_claims(selection.claims, selection.documents, places, f"{folder.name}/claims")
    remark = " ".join(filter(None, [selection.remark, describe_archive(folder)]))
    held = claims
    if len(settings) > 1:  # more than a title, which may name what was not selected
        held = load_cells(folder, HELD)
    return Loaded(places, claims, held, remark, [])


def _load_coded(
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


def _hold_back(claims: pd.DataFrame) -> tuple[pd.DataFrame, str]:
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


def _set_copies_apart(claims: pd.DataFrame, documents: pd.DataFrame) -> tuple[pd.DataFrame, str]:
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
