"""Methods: the box in which a report says what it rests on and how its numbers are to be read."""

import pandas as pd

from helpers.analysis.review import describe_review
from helpers.publish.report.draft import Draft, escape_text
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
        f"**{escape_text(head)}.** {escape_text(text)}" for head, text in parts.items()
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
