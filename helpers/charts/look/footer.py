"""Footer: what stands below a chart (a source line, a note) and what its caption says of sources.

The source line, of publishers or titles, has at most 15 words, the note at most 25; everything else
is in the caption.
"""

from collections import Counter

import pandas as pd

from helpers.analysis.review import describe_review
from helpers.analysis.selection import Study, list_sources
from helpers.charts.chart import Chart, LeftOut
from helpers.charts.look.language import Words, find_words, load_strings
from helpers.corpus.copies import name_stories
from helpers.corpus.places import split_values

NAMED_MOST = 7  # documents that a caption names one by one
NAMED_IN_LINE = 3  # publishers in a source line
LINE_WORDS, NOTE_WORDS = 15, 25
LINE_LETTERS = 130  # of a source line: on one line of a page or a slide
NAMELESS = ("", "unknown")  # publishers that nobody knows


def compose_source_line(chart: Chart, data: str = "") -> str:
    """Whose texts stand behind the marks and of which days, and whose data besides (`data`:
    "Borders: Natural Earth."), in at most 15 words: their publishers, else titles, first the one on
    which most marks rest; as many as have room beside the days, where there is no room for those
    as many as there is without; where not even one has room, the table that lists them.

    Sources: Asunción Star, River Plate Wire and 9 others, 22 Aug to 4 Oct 2034.
    """
    words, documents = find_words(chart.study), chart.study.documents
    used = documents[documents["doc_id"].isin(_list_documents(chart))]
    days = used[["published_start", "published_end"]].dropna()
    when = ""
    if len(days):
        ends = days["published_start"].min(), days["published_end"].max()
        when = words.period(*ends, True)
    used = used.assign(weight=used["doc_id"].map(_weigh_texts(chart)))
    head = "source" if len(_list_names(words, used)) == 1 else "sources"
    named = _name_sources(words, used)
    lines = [words(f"{head}_dated", named=names, days=when) for names in named if when]
    for line in [*lines, *(words(f"{head}_named", named=names) for names in named)]:
        whole = f"{line} {data}".strip()
        if len(whole.split()) <= LINE_WORDS and len(whole) <= LINE_LETTERS:
            return whole
    listed = words(f"{head}_listed", texts=words.count("texts", len(used)))
    return f"{listed} {data}".strip()


def _list_names(words: Words, used: pd.DataFrame) -> list[str]:
    """Who published the texts, first the one on whose texts most marks rest; then the titles of
    texts that nobody is known to have published."""
    is_known = ~used["publisher"].isin(NAMELESS)
    counted = used[is_known].groupby("publisher", sort=False)["weight"].sum()
    counted = counted.sort_values(ascending=False, kind="stable")
    titles = used[~is_known].sort_values("weight", ascending=False, kind="stable")["title"]
    return [*counted.index, *map(words.quote, titles)]


def _weigh_texts(chart: Chart) -> dict[str, float]:
    """doc_id → how many marks rest on a text; of as many, how many claims behind them are its."""
    marks = Counter(doc_id for row in chart.rows for doc_id in split_values(row["documents"]))
    claims = Counter(chart.used["doc_id"])
    return {key: number + claims[key] / (1 + claims.total()) for key, number in marks.items()}


def _name_sources(words: Words, used: pd.DataFrame) -> list[str]:
    """Who published the texts, the longest list first: at most NAMED_IN_LINE of them and how many
    others; of texts that nobody is known to have published, their titles."""
    names = _list_names(words, used)
    publishers = set(used["publisher"]) - set(NAMELESS)
    most = min(NAMED_IN_LINE, len(publishers)) if publishers else len(names)
    found = []
    for kept in range(most, 0, -1):
        left = len(names) - kept
        first = names[:kept]
        others = words.count("and_others", left, first=", ".join(first))
        found.append(others if left else words.join(first))
    return found


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
    said = {"named": named, "counted": counted, "review": review}
    return words.count("caption_sources", len(doc_ids), **said)


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
