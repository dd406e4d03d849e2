"""Opening a review: from the parameters of the notebook to the claims, their texts, and whatever
changed in the folder since."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.claims.archive import is_archive
from helpers.claims.decisions.anchoring import settle_texts
from helpers.claims.decisions.journal import load_decisions
from helpers.claims.decisions.reviewed import (
    compare_reviewers,
    count_reviewed,
    list_apart,
    restore_proposed,
    say_reviewed,
)
from helpers.claims.decisions.table import ReviewTable
from helpers.claims.gate import load_claim_table
from helpers.corpus.documents import load_corpus
from helpers.corpus.folders import find_folder, is_guarded
from helpers.corpus.places import load_places
from helpers.corpus.settings import load_settings
from helpers.schema.csv_files import list_faults, name_some, save_table
from helpers.schema.errors import CorpusError
from helpers.schema.files import replace_file
from helpers.schema.formatting import count
from helpers.schema.parameters import check_choice, check_documents, check_parameters

if TYPE_CHECKING:
    from helpers.review.session import Review
    from helpers.review.widget import ReviewWidget

FIRST, SECOND = "claims.csv", "second_review.csv"
WORKBOOKS = {FIRST: "review.xlsx", SECOND: "second_review.xlsx"}
GUARDED = (
    "This corpus comes with the project and is never written into: look at its claims here, and "
    'decide in a copy of the folder, as in corpus = "my_articles"'
)


@dataclass(frozen=True)
class Reviewing:
    """A corpus to review. folder: where it lies. parameters: as asked, after checking. review: the
    review itself, by which the widget and every test hold it."""

    folder: Path
    parameters: dict[str, Any]
    review: "Review"

    @property
    def told(self) -> list[str]:
        """What was found when it was opened: texts that were renamed, edited or are gone, decisions
        that were brought back."""
        return [*self.review.settled, *self.review.table.brought_back]

    @cached_property
    def widget(self) -> "ReviewWidget":
        """The review by key; the plain table of what is left where a notebook shows no widgets."""
        from helpers.review.widget import ReviewWidget

        return ReviewWidget(self.review)

    def exchange_workbook(self) -> list[str]:
        """What the parameter `workbook` asks for, told in sentences: "write" writes the claims into
        review.xlsx beside claims.csv, "read" decides what a person decided there, "" does nothing.
        A workbook that is there is read before it is written over.

        Raises CorpusError where nothing can be decided, and for a workbook that holds what cannot
        be brought in: it is never written over.
        """
        from helpers.review.returned import read_workbook
        from helpers.review.workbook import compose_workbook

        asked = self.parameters.get("workbook", "")
        if not asked:
            return []
        if self.review.closed:
            raise CorpusError(self.review.closed)
        file = self.folder / WORKBOOKS[self.review.table.file.name]
        told: list[str] = []
        refused: list[str] = []
        if asked == "read" or file.exists():
            told, refused = read_workbook(self.review, file)
            self.review.begin()
        if asked == "read":
            return [*told, *refused] or [f"{file.name} holds no decision that is not kept already"]
        if refused:
            head = f"{file.name} holds what could not be brought in; mend it, or rename the file"
            raise CorpusError(list_faults(head, refused))
        data, left = compose_workbook(self.review)
        replace_file(file, data)
        told.append(f"{count(len(self.review.order) - len(left), 'claim')} written to {file.name}")
        if left:
            told.append(f"left to the widget, for a cell cannot hold them: {name_some(left)}")
        return told

    @property
    def decided(self) -> list[str]:
        """Who decided how much, in sentences, as the table on disk has it now."""
        said = []
        for name, words in ((FIRST, ""), (SECOND, "blind, a second time: ")):
            if not (self.folder / name).exists():
                continue
            reviews = load_claim_table(self.folder / name)["review"]
            reviewed = count_reviewed(reviews, load_decisions(self.folder, name))
            said.append(f"{words}{say_reviewed(reviewed)}")
        return said

    @property
    def agreement(self) -> pd.DataFrame:
        """How far the second reviewer agrees with the first (compare_reviewers); empty without a
        second review."""
        tables = self._load_both()
        return compare_reviewers(*tables).round(2) if tables else pd.DataFrame()

    @property
    def apart(self) -> pd.DataFrame:
        """The claims on which two reviewers differ (list_apart); empty without a second review."""
        tables = self._load_both()
        return list_apart(*tables) if tables else pd.DataFrame()

    def _load_both(self) -> list[pd.DataFrame]:
        files = [self.folder / name for name in (FIRST, SECOND)]
        if not all(file.exists() for file in files):
            return []
        return [load_claim_table(file) for file in files]


def tell_time() -> datetime:
    """The time of a decision, with the machine's offset from UTC."""
    return datetime.now().astimezone()


def open_review(namespace: dict[str, Any], clock: Callable[[], datetime] = tell_time) -> Reviewing:
    """The review that a notebook's parameters ask for; call it with `globals()` after the
    parameters cell.

    Texts that were renamed, edited or removed since are settled first (settle_texts), and decisions
    that the table has lost are brought back; both are told. With `second` the same proposals are
    decided again in second_review.csv, without sight of the first decisions. Without a reviewer,
    and in the corpus that comes with the project, nothing is written.

    Raises ParameterError for a wrong parameter, CorpusError for a folder without claims.csv.
    """
    from helpers.review.session import Review

    parameters = check_parameters(namespace)
    check_choice("workbook", parameters.get("workbook", ""), ["", "write", "read"])
    folder = find_folder(parameters["corpus"])
    if is_archive(folder):
        raise CorpusError(
            f"{folder.name} is the output of a run at scale, which is not reviewed whole; copy the "
            "texts of a selection into a folder, and propose and merge there"
        )
    closed = _find_closed(folder, parameters)
    settled = [] if closed else settle_texts(folder)
    documents = load_corpus(folder)
    wanted = check_documents(parameters["documents"], documents)
    file = folder / (SECOND if parameters.get("second") else FIRST)
    if parameters.get("second") and not file.exists() and not closed:
        _begin_second(folder)
    texts = dict(zip(documents["doc_id"], documents["text"]))
    table = ReviewTable(file, texts, load_places(folder), parameters.get("reviewer", ""), clock)
    if closed:
        table.read()
    else:
        table.recover()
    country = str(load_settings(folder).get("country", ""))
    review = Review(table, documents, country, settled=settled, closed=closed, wanted=wanted)
    return Reviewing(folder, parameters, review)


def _find_closed(folder: Path, parameters: dict[str, Any]) -> str:
    """Why nothing can be decided in a corpus; "" where it can."""
    if is_guarded(folder):
        return GUARDED
    if not parameters.get("reviewer", "").strip():
        return (
            'reviewer = "" says nobody: write your name or initials into the parameters and run '
            "all cells again. It stands beside each decision, and is never taken from the machine"
        )
    return ""


def _begin_second(folder: Path) -> None:
    """second_review.csv, with the rows as they were proposed."""
    rows = load_claim_table(folder / FIRST)
    cells = {row["claim_id"]: row for row in rows.to_dict("records")}
    before = restore_proposed(cells, load_decisions(folder))  # type: ignore[arg-type]
    table = pd.DataFrame(before, columns=list(rows.columns), dtype=str).fillna("")
    save_table(table, folder / SECOND)
