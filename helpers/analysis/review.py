"""Review: what a study says of itself, and of who stands behind its claims."""

from typing import TYPE_CHECKING

import pandas as pd

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
    proposed = int((claims["review"] == "proposed").sum())
    if proposed:
        said = f"{proposed} of {len(claims)} proposed by rule, not reviewed"
        return f"{said}{_say_decided(study, claims)}"
    if claims.empty:
        return "no claim behind it"
    checked = "every claim checked against its text"
    from_proposals = claims["claim_id"].str.contains(r"-p\d+$").any()
    if not from_proposals and set(claims["doc_id"]) <= study.coded_twice:
        return f"texts coded by reading, twice, {checked}"
    decided = claims["review"].value_counts()
    kinds = [kind for kind in ("accepted", "corrected") if decided.get(kind)]
    people = _count_reviewers(study, claims)
    by = count(people, "reviewer") if people else "a person"
    rejected = _say_rejected(study, claims)
    if len(kinds) == 1:
        return f"every claim {kinds[0]} by {by}{rejected}, {checked}"
    said = " and ".join(f"{decided[kind]} {kind}" for kind in kinds)
    return f"{said} by {by}{rejected}, {checked}"


def _say_decided(study: "Study", claims: pd.DataFrame) -> str:
    """Of claims that nobody has reviewed whole: what was decided, and by how many."""
    people = _count_reviewers(study, claims)
    if not people:
        return ""
    decided = claims["review"].value_counts()
    kinds = [f"{decided[kind]} {kind}" for kind in ("accepted", "corrected") if kind in decided]
    by = count(people, "reviewer")
    return f"; {' and '.join(kinds)} by {by}{_say_rejected(study, claims)}"


def _count_reviewers(study: "Study", claims: pd.DataFrame) -> int:
    """How many people decided on these claims, as the journal names them."""
    verdicts = (study.verdicts.get(name) for name in claims["claim_id"])
    return len({verdict.who for verdict in verdicts if verdict})


def _say_rejected(study: "Study", claims: pd.DataFrame) -> str:
    """How many claims of the same texts people rejected."""
    doc_ids = set(claims["doc_id"])
    rejected = sum(
        verdict.review == "rejected" and name.rpartition("-")[0] in doc_ids
        for name, verdict in study.verdicts.items()
    )
    return f", {rejected} rejected" if rejected else ""
