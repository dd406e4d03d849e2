"""Draft: a report in the making. What it may cite and show, what it has, and the faults that stop
it."""

import hashlib
import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

import pandas as pd

from helpers.analysis.disagreements import load_disagreements
from helpers.analysis.selection import Study
from helpers.charts import FIGURES
from helpers.extract.text.sentences import Sentence, split_sentences
from helpers.publish.record import name_stem
from helpers.publish.report.pictures import Picture, draw_picture
from helpers.schema.errors import ClaimsError, CorpusError
from helpers.schema.formatting import suggest
from helpers.schema.parameters import COLUMNS

REMAKE = "run make figures (with parameters: python -m helpers.run with the same -p)"
SELECTION = (
    "since",
    "until",
    "evidence",
    "reviewed",
    *COLUMNS,
)  # in which a figure and its report agree


class ReportError(CorpusError):
    """A report that cannot be written: file and line, what is wrong, what to do."""


@dataclass
class Draft:
    """A report in the making.

    figures: stem → what its .json says. readings: as load_disagreements gives them, with mark and
    name. evidence: what can be cited, in order of text and place; one row is one claim, or one
    reading of a question that quotes what no claim does (columns doc_id, start, end, quote, number,
    number_start; first, last: where the sentence begins and ends that holds the quote; begin, stop:
    with the sentence before and the one after; the index is the id). selected: ids of the claims
    within the selection. pictures: stem → its picture, of the figures drawn so far. cited, shown,
    own: ids, stems and the author's own numbers, in order of first use. noted: id → number of its
    footnote, in order of first use. numbers: id → number of its sentence in the annex. second:
    whether the source was read once, so that these are known.
    """

    study: Study
    figures: dict[str, dict]
    readings: pd.DataFrame
    evidence: pd.DataFrame
    selected: set[str]
    pictures: dict[str, Picture] = field(default_factory=dict)
    cited: dict[str, None] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    own: dict[str, None] = field(default_factory=dict)
    noted: dict[str, int] = field(default_factory=dict)
    second: bool = False


def load_draft(study: Study, figures: dict[str, dict]) -> Draft:
    """A draft of nothing yet. A reading that quotes just what a claim quotes is cited as that claim
    (column name)."""
    readings = load_disagreements(study.folder, study.documents)
    claims = study.coded.rename(columns={"claim_id": "name"})
    names: dict[tuple, str] = {}
    for row in claims.itertuples():
        names.setdefault((row.doc_id, row.start, row.end), row.name)
    readings["name"] = [
        names.get((row.doc_id, row.start, row.end), row.mark) for row in readings.itertuples()
    ]
    columns = ["name", "doc_id", "start", "end", "exact", "number", "number_start"]
    own = readings[readings["name"] == readings["mark"]].assign(number="", number_start=None)
    citable = pd.concat([claims[columns].astype(object), own[columns].astype(object)])
    order = {doc_id: position for position, doc_id in enumerate(study.documents["doc_id"])}
    citable = (
        citable.assign(at=citable["doc_id"].map(order))
        .sort_values(["at", "start", "name"])
        .set_index("name")
        .rename(columns={"exact": "quote"})
    )
    texts = dict(zip(study.documents["doc_id"], study.documents["text"]))
    cut = {doc_id: split_sentences(texts[doc_id]) for doc_id in citable["doc_id"].unique()}
    bounds = [
        find_sentences(cut[row.doc_id], int(row.start), int(row.end))
        for row in citable.itertuples()
    ]
    citable[["first", "last", "begin", "stop"]] = pd.DataFrame(
        bounds, columns=range(4), index=citable.index
    )
    return Draft(study, figures, readings, citable, set(study.all_claims["claim_id"]))


def find_sentences(sentences: list[Sentence], start: int, end: int) -> tuple[int, int, int, int]:
    """(first, last, begin, stop) of a stretch of a text: where the sentences begin and end that
    hold it, and where the one before them begins and the one after them ends."""
    if not sentences:
        return start, end, start, end
    at = max(0, bisect_right(sentences, start, key=lambda one: one.start) - 1)
    to = max(at, bisect_left(sentences, end, key=lambda one: one.start) - 1)
    first, last = min(start, sentences[at].start), max(end, sentences[to].end)
    before, after = sentences[max(0, at - 1)], sentences[min(to + 1, len(sentences) - 1)]
    return first, last, min(first, before.start), max(last, after.end)


def clean_text(text: str) -> str:
    """Text on one line: white space made single, characters that no file may hold shown as �."""
    return "".join(
        "\ufffd" if _is_forbidden(letter) else letter for letter in re.sub(r"\s+", " ", text)
    )


def escape_text(text: str) -> str:
    """Text as Markdown that says just this: cleaned, with a backslash before all punctuation."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", clean_text(text))


def compute_sum(text: str) -> str:
    """SHA-256 of a text in UTF-8, as a page computes it again of what it shows."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def prove_words(words: str, name: str = "") -> str:
    """Words in quotation marks, free to run right to left, with the checksum by which the web page
    knows them: a span of Markdown. `name` is its anchor."""
    anchor = f"#{name} " if name else ""
    total = compute_sum(f"“{clean_text(words)}”")
    return f"[“{escape_text(words)}”]{{{anchor}dir=auto proof={total}}}"


def _is_forbidden(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs") or ord(letter) & 0xFFFE == 0xFFFE


def find_claim(draft: Draft, claim_id: str):
    """The row of a claim. Raises ReportError for an id that no claim has, or one outside the
    selection."""
    claim = draft.study.by_claim.get(claim_id)
    if claim is None:
        raise ReportError(
            f'no claim has the id "{claim_id}"{suggest(claim_id, draft.study.by_claim)} claims.csv '
            "lists the ids; correct the id or drop the slot"
        )
    if claim_id not in draft.selected:
        raise ReportError(
            f"claim {claim_id} lies outside the selection ({draft.study.selection}); drop the slot "
            "or select more"
        )
    return claim


def find_figure(draft: Draft, name: str) -> tuple[str, dict]:
    """(stem, .json) of a figure. Raises ReportError when it is unknown, missing, or made from other
    claims."""
    stem, ours = name_stem(draft.study, name), draft.study.parameters
    if name not in FIGURES:
        raise ReportError(
            f'no figure is called "{name}"{suggest(name, FIGURES)} The figures are '
            f"{', '.join(FIGURES)}"
        )
    if stem not in draft.figures:
        raise ReportError(
            f"{stem} (.json) is not in {draft.study.figures}; {REMAKE}, or drop the "
            "slot if this selection has no such figure; "
            "--source helpers/publish/templates/report.md shows whatever there is"
        )
    figure = draft.figures[stem]
    if figure["corpus"]["sha256"] != draft.study.checksum:
        raise ReportError(
            f"{stem} was drawn before texts or tables of the corpus changed; {REMAKE}"
        )
    if other := [key for key in SELECTION if figure["parameters"].get(key, ours[key]) != ours[key]]:
        raise ReportError(f"{stem} was drawn from another selection ({', '.join(other)}); {REMAKE}")
    return stem, figure


def find_picture(draft: Draft, name: str) -> Picture:
    """The picture of a figure, drawn when it is first asked for."""
    stem, _ = find_figure(draft, name)
    if stem not in draft.pictures:
        try:
            draft.pictures[stem] = draw_picture(draft.study, name)
        except ClaimsError as error:
            raise ReportError(f"{stem} cannot be drawn: {error}; drop the slot") from None
    return draft.pictures[stem]


def cite(draft: Draft, name: str) -> str:
    """[12], linked to its entry in the annex."""
    draft.cited[name] = None
    number = draft.numbers.get(name, 0)
    return f"[\\[{number}\\]](#s{number})"


def note(draft: Draft, name: str) -> str:
    """A footnote that quotes the sentence; a heading, which can have none, cites it."""
    cite(draft, name)
    return f"[^n{draft.noted.setdefault(name, len(draft.noted))}]"
