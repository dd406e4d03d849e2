"""Back matter: the methods box, which says what a report rests on, and the annex: every sentence it
cites, numbered once, and how figures point there."""

from itertools import groupby

import pandas as pd

from helpers.analysis.review import describe_review
from helpers.corpus.documents import list_unread
from helpers.publish.links import anchor_claim, anchor_document, link_anchor
from helpers.publish.report.draft import Draft, clean_text, compute_sum, escape_text
from helpers.schema.formatting import count, say_day

MOST_TEXTS = 20  # texts that the methods box names one by one
RANGES = (
    "“More than” and “at least” state a lower bound and leave the top open, “nearly” and “up to” "
    "an upper bound; “between” states both ends and nothing in the middle; “about” states a middle "
    "and no ends. Words such as “dozens” or “thousands” state no number, and none is put in their "
    "place. Nothing is added up."
)


def write_methods(draft: Draft) -> str:
    """The methods box: corpus, texts with their dates, review, how to read ranges, what the figures
    shown refuse to compare, checksum."""
    study, texts = draft.study, draft.study.texts
    selection = f"; selection: {study.selection}" if study.selection else ""
    review = describe_review(study, study.all_claims)
    parts = {
        "Corpus": f"{study.settings['title']}. {count(len(study.all_claims), 'claim')} from "
        f"{count(len(texts), 'text')}{selection}.",
        "Texts": f"{name_texts(texts)}.",
        "Review": f"{review[:1].upper()}{review[1:]}. {study.remark}".strip(),
        "Not read": " ".join(f"{line}." for line in list_unread(study.documents)),
        "How to read ranges": RANGES,
        "Not compared, or not drawn": list_refusals(draft),
    }
    if draft.own:
        parts["The author’s own, from no text"] = "; ".join(draft.own) + "."
    parts["Checksum of the corpus"] = (
        f"SHA-256 {study.checksum}. The same corpus and parameters give the same figures and the "
        "same report."
    )
    body = "\n\n".join(
        f"**{escape_text(head)}.** {escape_text(text)}" for head, text in parts.items() if text
    )
    return f'\n\n::: {{#methods .box custom-style="Box"}}\n{body}\n:::\n\n'


def name_texts(texts: pd.DataFrame) -> str:
    """The texts, each with its date; of many where they are listed, and the days they span."""
    if len(texts) > MOST_TEXTS:
        return f"listed in documents.csv, written or published {describe_span(texts)}"
    return "; ".join(
        f"{row.doc_id} {row.title} ({describe_date(row)})" for row in texts.itertuples()
    )


def list_refusals(draft: Draft) -> str:
    """What the figures shown do not compare or draw, figure by figure."""
    said = [
        f"Figure {number}: {' '.join(draft.figures[stem]['refused'])}"
        for number, stem in enumerate(draft.shown, 1)
        if draft.figures[stem]["refused"]
    ]
    return " ".join(said) or "Nothing was refused by the figures shown."


def describe_date(row) -> str:
    """When a text was written or published, and whether it says so: 6 December 2024, printed as the
    day of writing."""
    if pd.isna(row.published_start):
        return "undated"
    ends = (row.published_start, row.published_end)
    days = " to ".join(dict.fromkeys(say_day(day) for day in ends))
    basis = row.published_basis.partition(":")[0].partition('"')[0].strip()
    return f"{days}, {basis or 'stated'}"


def describe_span(texts: pd.DataFrame) -> str:
    """First to last day of writing or publication; the undated counted."""
    dated = texts.dropna(subset=["published_start"])
    if dated.empty:
        return "on days unknown"
    first, last = dated["published_start"].min(), dated["published_end"].max()
    undated = len(texts) - len(dated)
    return f"{say_day(first)} to {say_day(last)}" + (f" ({undated} undated)" if undated else "")


def number_evidence(draft: Draft) -> dict[str, int]:
    """id → number of the sentence that holds its quote, of everything cited, counted through the
    texts in order of place."""
    sentences: dict[tuple, int] = {}
    cited = draft.evidence.loc[[name for name in draft.evidence.index if name in draft.cited]]
    return {
        row.Index: sentences.setdefault((row.doc_id, row.first, row.last), len(sentences) + 1)
        for row in cited.itertuples()
    }


def write_annex(draft: Draft) -> str:
    """Every sentence cited in the running text or behind a figure shown, once, numbered through the
    texts in order of place: the sentence with the words of its numbers in bold, and of each claim
    in it the link to its evidence and its characters."""
    study, parts = draft.study, []
    documents = {row.doc_id: row for row in study.documents.itertuples()}
    cited = draft.evidence.loc[list(draft.numbers)].assign(n=list(draft.numbers.values()))
    for doc_id, rows in cited.groupby("doc_id", sort=False):
        document = documents[doc_id]
        address = link_anchor(study, anchor_document(doc_id), doc_id)
        parts += [f"### [{escape_text(f'{doc_id} {document.title}')}]({address})", ""]
        parts += [escape_text(describe_origin(document)), ""]
        for number, sentence in rows.groupby("n", sort=False):
            quotes = " · ".join(
                f"[{escape_text(row.Index)}]"
                f"({link_anchor(study, anchor_claim(row.Index), doc_id)}) {row.start}–{row.end}"
                for row in sentence.itertuples()
            )
            words = quote_sentence(document.text, list(sentence.itertuples()), f"s{number}")
            parts.append(f"{number}. {words} · {quotes}\n")
    return '\n\n::: {#annex custom-style="Annex"}\n' + "\n".join(parts) + "\n:::\n\n"


def describe_origin(document, brief: bool = False) -> str:
    """Publisher, day and address of a text; with `brief` the first two, where they are known."""
    if brief:
        publisher = document.publisher if document.publisher != "unknown" else ""
        return ", ".join(filter(None, [publisher, describe_date(document).partition(",")[0]]))
    known = [document.publisher if document.publisher != "unknown" else "publisher unknown"]
    known += [describe_date(document), getattr(document, "url", "")]
    return ", ".join(filter(None, known))


def quote_sentence(text: str, rows: list, name: str = "") -> str:
    """The sentence that holds the quotes of these rows of the evidence, the words that carry their
    numbers in bold; `name` is its anchor."""
    first, last = rows[0].first, rows[0].last
    bold = {
        at
        for row in rows
        if row.number
        for at in range(int(row.number_start), int(row.number_start) + len(row.number))
    }
    pieces = [
        (loud, clean_text("".join(text[at] for at in run)))
        for loud, run in groupby(range(first, last), bold.__contains__)
    ]
    said = "".join(
        f"**{escape_text(words)}**" if loud else escape_text(words) for loud, words in pieces
    )
    total = compute_sum(f"“{''.join(words for _, words in pieces)}”")
    anchor = f"#{name} " if name else ""
    return f"[“{said}”]{{{anchor}dir=auto proof={total}}}"


def write_notes(draft: Draft) -> str:
    """The footnotes of the numbers and quotes in the running text: the whole sentence, its text,
    who published it and when, and its number in the annex."""
    documents = {row.doc_id: row for row in draft.study.documents.itertuples()}
    notes = []
    for name, number in draft.noted.items():
        row = next(draft.evidence.loc[[name]].itertuples())
        document, sentence = documents[row.doc_id], draft.numbers.get(name, 0)
        said = quote_sentence(document.text, [row])
        origin = escape_text(f"“{document.title}”, {describe_origin(document, True)}")
        notes.append(f"[^n{number}]: {said} {origin}; [sentence {sentence}](#s{sentence}).\n")
    return "\n\n" + "\n".join(notes)


def point_to_sentences(draft: Draft, names: set[str]) -> str:
    """Sentences 3–9, 14 in the annex; each run is a link to its first."""
    numbers = sorted({draft.numbers[name] for name in names if name in draft.numbers})
    links = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        first, *others = [number for _, number in run]
        links.append(f"[{first}{f'–{others[-1]}' if others else ''}](#s{first})")
    if not links:
        return ""
    noun = "Sentences" if len(numbers) > 1 else "Sentence"
    return f"{noun} {', '.join(links)} in the annex. "
