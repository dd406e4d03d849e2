"""Review: what a study says of itself, and of who stands behind its claims."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from helpers.claims.archive import is_archive
from helpers.claims.reviewed import Reviewed
from helpers.corpus.copies import count_texts
from helpers.schema.formatting import count, join_words

if TYPE_CHECKING:
    from helpers.analysis.selection import Study


def describe_study(study: "Study") -> str:
    """Two sentences: corpus, claims, documents, selection; and the review."""
    claims, title = study.all_claims, f"**{study.settings['title']}**"
    only = f" ({study.selection})" if study.selection else ""
    remark = f" {study.remark}" if study.remark else ""
    if study.coded.empty:
        documents = count(len(study.documents), "document")
        return f"{title}: no claim was found in {documents}, so there is nothing to draw.{remark}"
    undated = count(len(study.undated), "claim")
    if claims.empty:
        return (
            f"{title}: no claim lies within the selection{only}, so there is nothing to draw. "
            f"{undated} without a date cannot be held against days.{remark}"
        )
    documents = count(count_texts(claims), "document")
    sentences = [
        f"{title}: {count(len(claims), 'claim')} from {documents}{only}; "
        "each was found again in its text."
    ]
    if len(study.undated):
        stand = "stands" if len(study.undated) == 1 else "stand"
        sentences.append(f"{undated} without a date {stand} beside.")
    proposed = int((claims["review"] == "proposed").sum())
    review = describe_review(study, claims)
    if proposed:
        sentences.append(f"{proposed} of them were proposed by rule and not reviewed.")
    else:
        sentences.append(f"{review[:1].upper()}{review[1:]}.")
    return " ".join(sentences) + remark


def name_doubted(claims: pd.DataFrame) -> str:
    """A sentence for a caption: the claims that a person settled and a reading of their words has
    otherwise, by id and field; "" where there is none."""
    doubted = claims[(claims["doubt"] != "") & (claims["review"] != "proposed")]
    if doubted.empty:
        return ""
    named = [f"{row.claim_id} ({row.doubt.split(' ')[0]})" for row in doubted.itertuples()]
    return f"A person settled what a second reading has otherwise: {join_words(named)}."


def describe_review(study: "Study", claims: pd.DataFrame) -> str:
    """What stands behind claims, as every footer says it: whether a person coded or accepted them.
    No more is said than the tables show: that texts were coded twice where there is a second coding
    of them, else what the column review holds. (That each claim was checked against its text is
    what loading does.)"""
    found = count_review(study, claims)
    by = count(len(found.reviewers), "reviewer") if found.reviewers else "a person"
    rejected = f", {found.rejected} rejected" if found.rejected else ""
    numbers = {"accepted": found.accepted, "corrected": found.corrected}
    kinds = [kind for kind, number in numbers.items() if number]
    said = f"{' and '.join(f'{numbers[kind]} {kind}' for kind in kinds)} by {by}{rejected}"
    if found.proposed:
        waits = f"{found.proposed} of {len(claims)} proposed by rule, not reviewed"
        if kinds:
            return f"{waits}; {said}"
        return f"{waits}; {found.rejected} rejected by {by}" if found.rejected else waits
    if claims.empty:
        return "no claim behind it"
    checked = "every claim checked against its text"
    from_proposals = claims["claim_id"].str.contains(r"-p\d+$").any()
    if not from_proposals and set(claims["doc_id"]) <= study.coded_twice:
        return f"texts coded by reading, twice, {checked}"
    if len(kinds) == 1:
        return f"every claim {kinds[0]} by {by}{rejected}, {checked}"
    return f"{said}, {checked}"


def count_review(study: "Study", claims: pd.DataFrame) -> Reviewed:
    """How many of some claims people accepted and corrected, how many of the same texts they
    rejected, how many nobody has decided on, and by whom, as far as the journal knows."""
    names, texts = set(claims["claim_id"]), set(claims["doc_id"])
    rejected = {
        name: verdict
        for name, verdict in study.verdicts.items()
        if verdict.review == "rejected" and name.rpartition("-")[0] in texts
    }
    decided = {name: study.verdicts[name] for name in names & study.verdicts.keys()} | rejected
    people = tuple(sorted({verdict.who for verdict in decided.values()} - {""}))
    kinds = claims["review"].value_counts()
    accepted, corrected, proposed = (
        int(kinds.get(kind, 0)) for kind in ("accepted", "corrected", "proposed")
    )
    return Reviewed(accepted, corrected, len(rejected), proposed, people)


def say_where_to_review(study: "Study") -> str:
    """How many claims of a corpus nobody has checked, and where one does so; "" where all are."""
    waiting = int((study.coded["review"] == "proposed").sum())
    if not waiting:
        return ""
    said = f"{waiting:,} of {count(len(study.coded), 'claim')} not checked by a person:"
    if is_archive(study.folder):
        return f"{said} copy the texts you need into a folder, and propose and review there."
    where = "review them in notebooks/01_review_claims (make lab)."
    if (study.folder / "claims.csv").exists():
        return f"{said} {where}"
    asked = study.parameters["corpus"]
    corpus = shlex.quote(study.folder.name if Path(asked).is_absolute() else asked)
    return f"{said} run “python -m helpers.run -p corpus {corpus} -p merge yes”, then {where}"
