"""A study: what a notebook was asked to look at, checked, loaded and cut to the selection."""

import os
import re
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import pandas as pd

from helpers.analysis.proposed import load_proposed
from helpers.analysis.settings_check import check_settings
from helpers.claims.archive import describe_archive, is_archive, load_cells, load_selection
from helpers.claims.gate import check_claims, describe_age, load_claims, load_coded_twice
from helpers.corpus.copies import name_stories, set_repeats_apart
from helpers.corpus.documents import load_corpus, sum_corpus
from helpers.corpus.folders import REPOSITORY, find_folder
from helpers.corpus.places import load_places, share_value, split_values
from helpers.corpus.settings import load_settings
from helpers.schema.csv_files import read_columns
from helpers.schema.errors import ParameterError
from helpers.schema.formatting import count, join_words
from helpers.schema.parameters import COLUMNS, check_choice, check_documents, check_parameters

FIGURES_FOLDER = REPOSITORY / "figures"
FIGURES_VARIABLE = (
    "ELEVEN_DAYS_FIGURES"  # where default figures go instead of figures/; the tests set it
)


@dataclass(frozen=True, repr=False)
class Study:
    """A corpus, the claims selected from it, and how they were selected.

    documents, places: as loaded. coded: every claim of the corpus. claims: the dated ones within the
    selection. undated: claims within it that bear no date, listed beside. settings: corpus.toml.
    parameters: as asked, after checking. remark: what a reader should know of how the claims were come by.
    coded_twice: ids of the documents that second_coding.csv holds claims of.
    """

    documents: pd.DataFrame
    places: pd.DataFrame
    coded: pd.DataFrame
    claims: pd.DataFrame
    undated: pd.DataFrame
    settings: dict
    parameters: dict
    checksum: str
    folder: Path
    figures: Path
    remark: str = ""
    coded_twice: frozenset[str] = frozenset()

    @cached_property
    def all_claims(self) -> pd.DataFrame:
        """The claims a chart without a time axis may draw, in reading order: the dated ones and, unless
        days were asked for (since, until), the undated."""
        parts = (
            [self.claims]
            if self.parameters["since"] or self.parameters["until"]
            else [self.claims, self.undated]
        )
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
        return "; ".join(
            limits + [f"{name} {', '.join(chosen[name])}" for name in COLUMNS if chosen[name]]
        )

    def __repr__(self) -> str:
        return describe_study(self).replace("**", "")

    def _repr_markdown_(self) -> str:
        return describe_study(self)


def open_study(namespace: dict) -> Study:
    """The study that a notebook's parameters ask for; call it with `globals()` after the parameters cell.

    A corpus without claims.csv is proposed by rule: from its proposals.csv, else in memory, in the country
    that corpus.toml names (`country = "SYR"`), if it names one. Of an archive (propose_at_scale) only what
    the selection needs is read.

    Raises ParameterError for a parameter that the notebook does not annotate or a value it cannot take,
    CorpusError or ClaimsError for a corpus that does not stand, or a corpus.toml that names what it
    does not hold.
    """
    pd.options.display.max_colwidth, pd.options.display.max_rows = (
        None,
        200,
    )  # a quote cut short is no evidence
    pd.options.mode.string_storage = (
        "python"  # row by row, as charts read them, strings of Arrow take three times as long
    )
    parameters = check_parameters(namespace)
    folder = find_folder(parameters["corpus"])
    selection = load_selection(folder, parameters) if is_archive(folder) else None
    documents, places, settings = (
        selection.documents if selection else load_corpus(folder),
        load_places(folder),
        load_settings(folder, check=False),
    )
    parameters["documents"] = check_documents(parameters["documents"], documents)
    figures = choose_figures_folder(parameters, folder)
    if figures.resolve() == folder:
        raise ParameterError(
            f'figures = "{parameters["figures"]}" is the folder of the texts, where pages would be taken for texts; name another, or "" for the usual one'
        )
    remark = ""
    if selection:
        claims, remark = (
            check_claims(selection.claims, documents, places, f"{folder.name}/claims"),
            " ".join(filter(None, [selection.remark, describe_archive(folder)])),
        )
    elif (folder / "claims.csv").exists():
        claims = load_claims(folder, documents, places)
        columns = read_columns(folder / "claims.csv")
        remark = describe_age("claims.csv", columns, "the next merge adds them")
    else:
        claims, places, remark = load_proposed(
            folder, documents, places, str(settings.get("country", ""))
        )
    held = claims
    if selection and len(settings) > 1:  # more than a title, which may name what was not selected
        held = load_cells(folder, ["actor", "date_start", "date_end", "review"])
    check_settings(settings, folder, places, held)
    for actor in parameters["actors"]:
        check_choice(
            "actors",
            actor,
            sorted({name for cell in claims["actor"] for name in split_values(cell)}),
        )
    drawn, repeated = _set_copies_apart(claims, documents)
    dated, undated = select_claims(
        drawn,
        parameters["since"],
        parameters["until"],
        {name: parameters[name] for name in COLUMNS},
    )
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
        " ".join(filter(None, [remark, repeated])),
        load_coded_twice(folder),
    )


def _set_copies_apart(claims: pd.DataFrame, documents: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """(the claims that are drawn, a sentence on the others): what a copy repeats word for word is
    drawn once. Where the corpus has copies a column `story` names the text that stands for each
    claim's: what a copy alone says is no word of another source."""
    stories = name_stories(documents)
    if all(name == story for name, story in stories.items()):
        return claims, ""
    claims = claims.assign(story=claims["doc_id"].map(stories))
    repeats = set_repeats_apart(claims, documents)
    copies = sum(name != story for name, story in stories.items())
    said = f"{count(copies, 'text')} of {len(documents)} repeat another and count with it as one."
    if repeats.any():
        said += (
            f" {count(int(repeats.sum()), 'claim')} of theirs stand there too and are drawn once."
        )
    return claims[~repeats].reset_index(drop=True), said


def select_claims(
    claims: pd.DataFrame, since: str = "", until: str = "", only: dict | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(dated, undated) claims of a selection.

    `since` and `until` are ISO days; a claim whose bounds overlap them is kept whole. `only` maps a
    parameter (documents, scope, topics, measures, affected, actors) to the values kept; an empty list
    keeps all. Undated claims cannot be held against days and come back apart.
    """
    for name, values in (only or {}).items():
        if values:
            claims = claims[
                claims[COLUMNS[name]].map(partial(share_value, values=values)).astype(bool)
            ]
    undated = claims["date_start"].isna()
    kept = ~undated
    if since:
        kept &= claims["date_end"] >= pd.Timestamp(since)
    if until:
        kept &= claims["date_start"] <= pd.Timestamp(until)
    return claims[kept].reset_index(drop=True), claims[undated].reset_index(drop=True)


def choose_figures_folder(parameters: dict, corpus: Path) -> Path:
    """Where figures go: the folder asked for; figures/ for the default selection of seeds/ at full width;
    else a folder below it named after selection and width, so that figures/ holds what is committed and
    no partial picture replaces a full one."""
    if parameters["figures"]:
        return Path(parameters["figures"]).expanduser().absolute()
    home = find_home()
    parts = [] if corpus == REPOSITORY / "seeds" else [corpus.name]
    for name in ("since", "until", *COLUMNS):
        if value := parameters[name]:
            words = f"{name}-{'+'.join(value) if isinstance(value, list) else value}".replace(
                " ", "-"
            )
            parts.append(
                re.sub(r"[^\w.,+-]", lambda letter: f"%{ord(letter[0]):02X}", words)
            )  # an actor's name may hold ../
    parts += [f"width-{parameters['width']}"] * (parameters["width"] != "full")
    return home / "_".join(parts) if parts else home


def find_home() -> Path:
    """The folder under which figures go unless one is named."""
    return Path(os.environ.get(FIGURES_VARIABLE) or FIGURES_FOLDER)


def describe_study(study: Study) -> str:
    """Two sentences: corpus, claims, documents, selection; and the review."""
    review = describe_review(study, study.all_claims)
    claims, only = study.all_claims, f" ({study.selection})" if study.selection else ""
    remark = f" {study.remark}" * bool(study.remark)
    if study.coded.empty:
        return f"**{study.settings['title']}**: no claim was found in {count(len(study.documents), 'document')}, so there is nothing to draw.{remark}"
    if claims.empty:
        return f"**{study.settings['title']}**: no claim lies within the selection{only}, so there is nothing to draw. {count(len(study.undated), 'claim')} without a date cannot be held against days.{remark}"
    proposed = int((claims["review"] == "proposed").sum())
    undated = len(study.undated)
    return (
        f"**{study.settings['title']}**: {count(len(claims), 'claim')} from {count(count_texts(claims), 'document')}{only}; each was found again in its text. "
        + (
            f"{count(undated, 'claim')} without a date {'stand' if undated != 1 else 'stands'} beside. "
            if undated
            else ""
        )
        + (
            f"{proposed} of them were proposed by rule and not reviewed."
            if proposed
            else f"{review[:1].upper()}{review[1:]}."
        )
        + remark
    )


def describe_review(study: Study, claims: pd.DataFrame) -> str:
    """What stands behind claims, as every foot says it: whether a person coded or accepted them. No more is said
    than the tables show: that texts were coded twice where there is a second coding of them, else what the
    column review holds. (That each claim was checked against its text is what loading does.)"""
    proposed = int((claims["review"] == "proposed").sum())
    if proposed:
        return (
            f"{proposed} of {len(claims)} proposed by rule, not reviewed (drawn hollow or dotted)"
        )
    if claims.empty:
        return "no claim behind it"
    checked = "every claim checked against its text"
    from_proposals = claims["claim_id"].str.contains(r"-p\d+$").any()
    if not from_proposals and set(claims["doc_id"]) <= study.coded_twice:
        return f"texts coded by reading, twice, {checked}"
    decided = claims["review"].value_counts()
    kinds = [kind for kind in ("accepted", "corrected") if decided.get(kind)]
    if len(kinds) == 1:
        return f"every claim {kinds[0]} by a person, {checked}"
    said = " and ".join(f"{decided[kind]} {kind}" for kind in kinds)
    return f"{said} by a person, {checked}"


def find_period(study: Study, name: str) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """(first day, last day) of the corpus's "offensive" or "war": from corpus.toml, else from the claims of
    that scope, for the offensive those of pace if there are any; None when neither knows."""
    period = study.settings.get(name)
    if period:
        return pd.Timestamp(str(period["start"])), pd.Timestamp(str(period["end"]))
    claims = study.claims[study.claims["scope"] == name]
    dated = claims[claims["topic"] == "pace"]
    if dated.empty and name == "offensive":
        dated = claims
    return (dated["date_start"].min(), dated["date_end"].max()) if len(dated) else None


def list_sources(row) -> list[str]:
    """The original sources behind a claim row; a source the text does not name is the document itself."""
    return split_values(row.source_original) or [f"text {name_text(row)}"]


def name_text(row) -> str:
    """The text that a claim row counts for: its document, or the one that this is a copy of."""
    return getattr(row, "story", row.doc_id)


def count_texts(claims: pd.DataFrame) -> int:
    """How many texts claims stand in, a story and its copies counted once."""
    return claims["story" if "story" in claims else "doc_id"].nunique()


def say_stance(claims) -> str:
    """Who claims or denies what several claims say, where none of them reports it: "claimed by HTS"; "denied by
    government"; "" where one reports it. `claims`: a list of rows."""
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
