"""Review: what a study says of itself, and of who stands behind its claims."""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from helpers.claims.archive import is_archive
from helpers.claims.decisions.reviewed import Reviewed
from helpers.corpus.copies import count_texts
from helpers.schema.formatting import count

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


def name_doubted(claims: pd.DataFrame, turn: Callable[[str], str] = str) -> str:
    """A sentence for a caption: the claims that a person settled and a reading of their words has
    otherwise, by id and field; "" where there is none. `turn`: as in describe_review."""
    doubted = claims[(claims["doubt"] != "") & (claims["review"] != "proposed")]
    if doubted.empty:
        return ""
    named = [f"{row.claim_id} ({row.doubt.split(' ')[0]})" for row in doubted.itertuples()]
    said = turn("A person settled what a second reading has otherwise: {named}.")
    *others, last = named
    return said.format(named=turn(" and ").join(filter(None, [", ".join(others), last])))


def describe_review(study: "Study", claims: pd.DataFrame, turn: Callable[[str], str] = str) -> str:
    """What stands behind claims, as every footer says it: whether a person coded or accepted them.
    No more is said than the tables show: that texts were coded twice where there is a second coding
    of them, else what the column review holds. (That each claim was checked against its text is
    what loading does.) `turn`: the words into another language, braces and all."""
    found = count_review(study, claims)
    by = turn("a person")
    if found.reviewers:
        one = len(found.reviewers) == 1
        by = turn("1 reviewer" if one else "{n} reviewers").format(n=len(found.reviewers))
    rejected = turn(", {n} rejected").format(n=found.rejected) if found.rejected else ""
    numbers = {"accepted": found.accepted, "corrected": found.corrected}
    kinds = [kind for kind, number in numbers.items() if number]
    counted = turn(" and ").join(f"{numbers[kind]} {turn(kind)}" for kind in kinds)
    said = turn("{counted} by {by}").format(counted=counted, by=by) + rejected
    if found.proposed:
        waits = turn("{n} of {all} proposed by rule, not reviewed")
        waits = waits.format(n=found.proposed, all=len(claims))
        if kinds:
            return f"{waits}; {said}"
        counted = f"{found.rejected} {turn('rejected')}"
        said = turn("{counted} by {by}").format(counted=counted, by=by)
        return f"{waits}; {said}" if found.rejected else waits
    if claims.empty:
        return turn("no claim behind it")
    checked = turn("every claim checked against its text")
    from_proposals = claims["claim_id"].str.contains(r"-p\d+$").any()
    if not from_proposals and set(claims["doc_id"]) <= study.coded_twice:
        return f"{turn('texts coded by reading, twice')}, {checked}"
    if len(kinds) == 1:
        every = turn(f"every claim {kinds[0]} by {{by}}").format(by=by)
        return f"{every}{rejected}, {checked}"
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
