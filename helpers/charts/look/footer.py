"""Footer: what stands below a chart (a source line, a note) and what its caption says of sources.

The source line has at most 15 words, the note at most 25; everything else is in the caption.
"""

import pandas as pd

from helpers.analysis.review import describe_review
from helpers.analysis.selection import Study, list_sources
from helpers.charts.chart import Chart, LeftOut
from helpers.charts.look.language import Words, find_words, load_strings
from helpers.corpus.copies import name_stories
from helpers.corpus.places import split_values

NAMED_MOST = 7  # documents that a caption names one by one
LINE_WORDS, NOTE_WORDS = 15, 25


def compose_source_line(chart: Chart, data: str = "") -> str:
    """How many texts of which days stand behind the marks, and whose data besides (`data`:
    "Borders: Natural Earth."), in at most 15 words.

    Sources: 2 of 5 texts, 30 Nov to 9 Dec 2024, and those they quote.
    """
    words, documents = find_words(chart.study), chart.study.documents
    used = documents[documents["doc_id"].isin(_list_documents(chart))]
    told = words.count("texts", len(used))
    if len(used) < len(documents):
        told = words("texts_of", n=len(used), all=len(documents))
    days = used[["published_start", "published_end"]].dropna()
    lines = [words("sources_undated", texts=told)]
    if len(days):
        ends = days["published_start"].min(), days["published_end"].max()
        when = words.period(*ends, True)
        lines = [words(name, texts=told, days=when) for name in ("sources_line", "sources_short")]
    for line in lines:
        whole = f"{line} {data}".strip()
        if len(whole.split()) <= LINE_WORDS:
            return whole
    return f"{words('sources_bare', texts=told)} {data}".strip()


def compose_note(chart: Chart, sentences: tuple[str, ...] = ()) -> str:
    """What a reader would otherwise get wrong, in at most 25 words: first how much nobody has
    checked and how many rows were left out as faulty, then of `sentences`, in their order, those
    that fit."""
    used = chart.used
    proposed = int((used["review"] == "proposed").sum())
    name = "unchecked_one" if len(used) == 1 else "unchecked_many"
    words, faulty = find_words(chart.study), len(chart.study.faulty)
    first = [words(name, n=proposed, all=len(used))] if proposed else []
    if faulty:
        first.append(words.count("faulty", faulty))
    note = ""
    for sentence in [*first, *sentences]:
        longer = f"{note} {sentence}".strip()
        if len(longer.split()) <= NOTE_WORDS:
            note = longer
    return note


def compose_sources(chart: Chart) -> str:
    """The sources as a caption names them: each text, numbers of claims and documents, the date of
    the corpus, the review."""
    study = chart.study
    used = study.all_claims[study.all_claims["claim_id"].isin(chart.claim_ids)]
    doc_ids, stories = _list_documents(chart), name_stories(study.documents)
    texts = {stories[doc_id] for doc_id in doc_ids}
    words = find_words(study)
    claims, documents = words.count("claims", len(used)), words.count("documents_of", len(texts))
    counted = words("caption_counted", claims=claims, documents=documents)
    latest = study.documents["published_end"].max()
    if pd.notna(latest):
        counted += f"; {words('caption_latest', day=_say_day(words, latest))}"
    review = describe_review(study, used, words.turn)
    named = _name_documents(study, words, doc_ids, used)
    return words("caption_sources", named=named, counted=counted, review=review)


def _say_day(words: Words, day: pd.Timestamp) -> str:
    """8 December 2024, the month in full where the language has it so."""
    month = load_strings()[words.language]["months_full"][day.month - 1]
    return words("day_year", day=day.day, month=month, year=day.year)


def say_left_out(groups: list[LeftOut], words: Words) -> str:
    """Not drawn: counter-offensives (4), plans (2). Nothing where nothing was left out."""
    said = ", ".join(f"{words.turn(group.words)} ({len(group.claims)})" for group in groups)
    return words("caption_not_drawn", kinds=said) if said else ""


def _list_documents(chart: Chart) -> list[str]:
    return sorted({doc_id for row in chart.rows for doc_id in split_values(row["documents"])})


def _name_documents(study: Study, words: Words, doc_ids: list[str], used: pd.DataFrame) -> str:
    """Each document with its publisher, where it names one, and the sources that it relays."""
    relayed: dict[str, set[str]] = {}
    for claim in used.itertuples():
        relayed.setdefault(claim.doc_id, set()).update(
            source for source in list_sources(claim) if not source.startswith("text ")
        )
    if len(doc_ids) > NAMED_MOST:
        named = ", ".join(sorted({source for sources in relayed.values() for source in sources}))
        relaying = f" ({words('caption_relaying', sources=named)})" if named else ""
        return words("caption_documents", n=len(doc_ids)) + relaying
    about = study.documents.set_index("doc_id").loc[doc_ids]
    names = []
    for doc_id, title, publisher in zip(about.index, about["title"], about["publisher"]):
        beside = [] if publisher == "unknown" else [publisher]
        if relayed.get(doc_id):  # a text may stand for itself as a whole, without a claim
            beside.append(words("caption_relaying", sources=", ".join(sorted(relayed[doc_id]))))
        names.append(f"{doc_id} {title}" + (f" ({'; '.join(beside)})" if beside else ""))
    unknown = bool((about["publisher"] == "unknown").all())
    return "; ".join(names) + (f" – {words('caption_unknown')}" if unknown else "")
