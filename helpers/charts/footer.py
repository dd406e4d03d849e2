"""Footer: the lines below a chart: its sources, how much stands behind it, who reviewed that."""

import pandas as pd

from helpers.analysis.review import describe_review
from helpers.analysis.selection import Study, list_sources
from helpers.charts.chart import Chart, LeftOut
from helpers.corpus.copies import name_stories
from helpers.corpus.places import split_values
from helpers.schema.formatting import count, say_day

NAMED_MOST = 7  # documents that a footer names one by one


def compose_sources(chart: Chart) -> str:
    """The source lines: sources, numbers of claims and documents, the date of the corpus, the
    review."""
    study = chart.study
    used = study.all_claims[study.all_claims["claim_id"].isin(chart.claim_ids)]
    doc_ids = sorted({doc_id for row in chart.rows for doc_id in split_values(row["documents"])})
    stories = name_stories(study.documents)
    texts = {stories[doc_id] for doc_id in doc_ids}
    counted = f"{count(len(used), 'claim')} from {count(len(texts), 'document')}"
    latest = study.documents["published_end"].max()
    if pd.notna(latest):
        counted += f"; corpus of texts up to {say_day(latest)}"
    named = _name_documents(study, doc_ids, used)
    return f"Sources: {named}. {counted}; {describe_review(study, used)}."


def say_left_out(groups: list[LeftOut]) -> str:
    """Not drawn: counter-offensives (4), plans (2). Nothing where nothing was left out."""
    said = ", ".join(f"{group.words} ({len(group.claims)})" for group in groups)
    return f"Not drawn: {said}." if said else ""


def _name_documents(study: Study, doc_ids: list[str], used: pd.DataFrame) -> str:
    """Each document with its publisher, where it names one, and the sources that it relays."""
    relayed: dict[str, set[str]] = {}
    for claim in used.itertuples():
        relayed.setdefault(claim.doc_id, set()).update(
            source for source in list_sources(claim) if not source.startswith("text ")
        )
    if len(doc_ids) > NAMED_MOST:
        named = ", ".join(sorted({source for sources in relayed.values() for source in sources}))
        relaying = f" (relaying {named})" if named else ""
        return f"{len(doc_ids)} documents of the corpus{relaying}"
    about = study.documents.set_index("doc_id").loc[doc_ids]
    names = []
    for doc_id, title, publisher in zip(about.index, about["title"], about["publisher"]):
        beside = [] if publisher == "unknown" else [publisher]
        if relayed.get(doc_id):  # a text may stand for itself as a whole, without a claim
            beside.append(f"relaying {', '.join(sorted(relayed[doc_id]))}")
        names.append(f"{doc_id} {title}" + (f" ({'; '.join(beside)})" if beside else ""))
    unknown = bool((about["publisher"] == "unknown").all())
    return "; ".join(names) + (" – publishers unknown" if unknown else "")
