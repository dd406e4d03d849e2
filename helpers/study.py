"""A study: what a notebook was asked to look at, checked, loaded and cut to the selection."""

import ast
import difflib
import os
import re
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import pandas as pd

from helpers.archive import is_archive, load_selection
from helpers.claims import MEASURES, VALUES, check_claims, load_claims
from helpers.corpus import load_corpus, load_settings, sum_corpus
from helpers.folders import REPOSITORY, find_folder
from helpers.places import load_places, share_value, split_values
from helpers.proposals import load_proposed
from helpers.tables import is_day_or_interval, pad_id

FORMATS = ["svg", "pdf", "png"]
WIDTHS = ["full", "column", "slide"]
DEFAULTS = {  # every notebook takes the first nine; of the others each takes what its topic knows
    "corpus": "seeds", "since": "", "until": "", "documents": [], "scope": [], "figures": "", "formats": FORMATS, "width": "full", "evidence": "",
    "topics": [], "measures": [], "affected": [], "actors": [],
}
COLUMNS = {"documents": "doc_id", "scope": "scope", "topics": "topic", "measures": "measure", "affected": "affected", "actors": "actor"}
FIGURES_FOLDER = REPOSITORY / "figures"
FIGURES_VARIABLE = "ELEVEN_DAYS_FIGURES"  # where default figures go instead of figures/; the tests set it


class ParameterError(ValueError):
    """A parameter nobody knows, or a value it cannot take: what was wrong, what is allowed, the nearest match."""


@dataclass(frozen=True, repr=False)
class Study:
    """A corpus, the claims selected from it, and how they were selected.

    documents, places: as loaded. coded: every claim of the corpus. claims: the dated ones within the
    selection. undated: claims within it that bear no date, listed beside. settings: corpus.toml.
    parameters: as asked, after checking. remark: what a reader should know of how the claims were come by.
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

    @cached_property
    def all_claims(self) -> pd.DataFrame:
        """The claims a chart without a time axis may draw, in reading order: the dated ones and, unless
        days were asked for (since, until), the undated."""
        parts = [self.claims] if self.parameters["since"] or self.parameters["until"] else [self.claims, self.undated]
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
        return "; ".join(limits + [f"{name} {', '.join(chosen[name])}" for name in COLUMNS if chosen[name]])

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
    CorpusError or ClaimsError for a corpus that does not stand.
    """
    pd.options.display.max_colwidth, pd.options.display.max_rows = None, 200  # a quote cut short is no evidence
    pd.options.mode.string_storage = "python"  # row by row, as charts read them, strings of Arrow take three times as long
    parameters = check_parameters(namespace)
    folder = find_folder(parameters["corpus"])
    selection = load_selection(folder, parameters) if is_archive(folder) else None
    documents, places, settings = selection.documents if selection else load_corpus(folder), load_places(folder), load_settings(folder)
    parameters["documents"] = check_documents(parameters["documents"], documents)
    figures = choose_figures_folder(parameters, folder)
    if figures.resolve() == folder:
        raise ParameterError(f'figures = "{parameters["figures"]}" is the folder of the texts, where pages would be taken for texts; name another, or "" for the usual one')
    remark = ""
    if selection:
        claims, remark = check_claims(selection.claims, documents, places, f"{folder.name}/claims"), selection.remark
    elif (folder / "claims.csv").exists():
        claims = load_claims(folder, documents, places)
    else:
        claims, places, remark = load_proposed(folder, documents, places, str(settings.get("country", "")))
    for actor in parameters["actors"]:
        _check_choice("actors", actor, sorted({name for cell in claims["actor"] for name in split_values(cell)}))
    dated, undated = select_claims(claims, parameters["since"], parameters["until"], {name: parameters[name] for name in COLUMNS})
    return Study(
        documents, places, claims, dated, undated, settings, parameters, sum_corpus(folder), folder, figures, remark,
    )


def check_parameters(namespace: dict) -> dict:
    """The notebook's parameters, each with the type its annotation states.

    A parameter is a name the notebook annotates (`since: str = ""`). papermill injects values in a cell
    headed "# Parameters" and only warns about names it does not know; here they stop the run. What a
    command line makes of values is forgiven: "no" for False, "004,002" or 4 for a list of documents.
    """
    annotations = namespace.get("__annotations__", {})
    for cell in namespace.get("In", []):
        if not cell.startswith("# Parameters"):
            continue
        targets = [node.targets[0].id for node in ast.parse(cell).body if isinstance(node, ast.Assign)]
        for name in targets:
            if name not in annotations:
                raise ParameterError(_advise(f'no parameter is called "{name}"', name, list(annotations)))
    parameters = {name: _cast(name, namespace[name], kind) for name, kind in annotations.items()}
    parameters = {**DEFAULTS, **parameters}
    for name, column in (("scope", "scope"), ("topics", "topic"), ("affected", "affected")):
        for value in parameters[name]:
            _check_choice(name, value, VALUES[column])
    for value in parameters["measures"]:
        _check_choice("measures", value, [measure for measure, topic in MEASURES.items() if topic == "displacement"])
    for value in parameters["formats"]:
        _check_choice("formats", value, FORMATS)
    _check_choice("width", parameters["width"], WIDTHS)
    if not is_day_or_interval(parameters.get("published", "")):
        raise ParameterError(f'published = "{parameters["published"]}" is not a day; write it as 2024-12-08, two as 2024-12-08/2024-12-09, or "" for none')
    if parameters["evidence"] and not re.fullmatch(r"https?://[^/\s\"<>?#()][^\s\"<>?#()]*", parameters["evidence"]):
        raise ParameterError(f'evidence = "{parameters["evidence"]}" is no address of a folder; write it as https://example.org/evidence, or "" for the folder beside the figures')
    for name in ("since", "until"):
        if not is_day_or_interval(parameters[name]) or "/" in parameters[name]:
            raise ParameterError(f'{name} = "{parameters[name]}" is not a day; write it as 2024-11-27, or "" for no limit')
    if parameters["since"] and parameters["until"] and parameters["since"] > parameters["until"]:
        raise ParameterError(f'since = "{parameters["since"]}" lies after until = "{parameters["until"]}"; swap them')
    return parameters


def _cast(name: str, value, kind: type):
    kind = kind if isinstance(kind, type) else getattr(kind, "__origin__", str)
    if kind is list and not isinstance(value, (list, tuple)):
        value = [part.strip() for part in str(value).split(",") if part.strip()]
    if kind is list:
        return [str(part) for part in value]
    if kind is bool and str(value).lower() in ("yes", "no", "true", "false", "0", "1"):
        return str(value).lower() in ("yes", "true", "1")
    if kind in (int, float) and not isinstance(value, bool):
        try:
            return kind(value)
        except (TypeError, ValueError):
            pass
    elif kind is str and value is None:
        return ""
    elif kind is str and not isinstance(value, (list, dict)):
        return str(value)
    raise ParameterError(f"{name} = {value!r} is not {'yes or no' if kind is bool else 'a ' + {int: 'whole number', float: 'number', str: 'text'}.get(kind, kind.__name__)}")


def _check_choice(name: str, value: str, allowed: list[str]) -> None:
    if value not in allowed:
        raise ParameterError(_advise(f'{name} cannot be "{value}"', value, allowed))


def _advise(what: str, wrong: str, allowed: list[str]) -> str:
    near = difflib.get_close_matches(str(wrong), allowed, 1, 0.5)
    return f"{what}{f'; did you mean {near[0]}?' if near else '.'} Allowed: {', '.join(allowed)}"


def check_documents(wanted: list[str], documents: pd.DataFrame) -> list[str]:
    """The document ids asked for, as the corpus writes them. Raises ParameterError for one it has not."""
    known = list(documents["doc_id"])
    wanted = [pad_id(name) for name in wanted]
    for name in wanted:
        _check_choice("documents", name, known)
    return wanted


def select_claims(claims: pd.DataFrame, since: str = "", until: str = "", only: dict | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(dated, undated) claims of a selection.

    `since` and `until` are ISO days; a claim whose bounds overlap them is kept whole. `only` maps a
    parameter (documents, scope, topics, measures, affected, actors) to the values kept; an empty list
    keeps all. Undated claims cannot be held against days and come back apart.
    """
    for name, values in (only or {}).items():
        if values:
            claims = claims[claims[COLUMNS[name]].map(partial(share_value, values=values)).astype(bool)]
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
            words = f"{name}-{'+'.join(value) if isinstance(value, list) else value}".replace(" ", "-")
            parts.append(re.sub(r"[^\w.,+-]", lambda letter: f"%{ord(letter[0]):02X}", words))  # an actor's name may hold ../
    parts += [f"width-{parameters['width']}"] * (parameters["width"] != "full")
    return home / "_".join(parts) if parts else home


def find_home() -> Path:
    """The folder under which figures go unless one is named."""
    return Path(os.environ.get(FIGURES_VARIABLE) or FIGURES_FOLDER)


def describe_study(study: Study) -> str:
    """Two sentences: corpus, claims, documents, selection; and the review."""
    claims, only = study.all_claims, f" ({study.selection})" if study.selection else ""
    remark = f" {study.remark}" * bool(study.remark)
    if study.coded.empty:
        return f"**{study.settings['title']}**: no claim was found in {count(len(study.documents), 'document')}, so there is nothing to draw.{remark}"
    if claims.empty:
        return f"**{study.settings['title']}**: no claim lies within the selection{only}, so there is nothing to draw. {count(len(study.undated), 'claim')} without a date cannot be held against days.{remark}"
    proposed = int((claims["review"] == "proposed").sum())
    undated = len(study.undated)
    return (
        f"**{study.settings['title']}**: {count(len(claims), 'claim')} from {count(claims['doc_id'].nunique(), 'document')}{only}; each was found again in its text. "
        + (f"{count(undated, 'claim')} without a date {'stand' if undated != 1 else 'stands'} beside. " if undated else "")
        + (f"{proposed} of them were proposed by rule and not reviewed." if proposed else "All were coded or reviewed by hand.") + remark
    )


def count(number: int, noun: str) -> str:
    """1 claim; 2 claims."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


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
    return split_values(row.source_original) or [f"text {row.doc_id}"]
