"""Slots: what the source of a report may ask for, and the Markdown that each slot becomes.

A slot is a call between double braces, `{{ number("003-011") }}`. SLOTS lists them all; the
docstring of each function says what it writes. Whatever comes from the corpus is escaped: it
arrives as text in every format.
"""

import re
from collections.abc import Callable

import pandas as pd

from helpers.analysis.disagreements import find_claims_of
from helpers.charts import FIGURES
from helpers.corpus.places import name_places, split_values
from helpers.publish.record import name_stem
from helpers.publish.report.backmatter import (
    point_to_sentences,
    write_annex,
    write_methods,
)
from helpers.publish.report.draft import (
    Draft,
    ReportError,
    cite,
    escape_text,
    find_claim,
    find_figure,
    find_picture,
    note,
    prove_words,
)
from helpers.publish.report.statements import name_counted, say_counted
from helpers.schema.formatting import (
    count,
    end_sentence,
    name_harmed,
    say_attribution,
    say_when,
    spell_months,
    suggest,
)

# Where key figures come from, the first that was drawn; and how many fit on the first page.
KEY = ("overview", "displacement_over_time", "casualties_over_time")
MOST_KEY = 12


def write_title(draft: Draft) -> str:
    """The title of the corpus."""
    return escape_text(draft.study.settings["title"])


def write_headline(draft: Draft, figure: str) -> str:
    """The computed title of a figure, as text."""
    return escape_text(find_figure(draft, figure)[1]["title"])


def write_number(draft: Draft, claim: str) -> str:
    """The words that carry the claim's number, quoted, with a footnote that holds the sentence."""
    row = find_claim(draft, claim)
    if not row.number:
        raise ReportError(
            f'claim {claim} ("{row.exact[:60]}") carries no number; write '
            f'{{{{ quote("{claim}") }}}} or {{{{ days("{claim}") }}}}'
        )
    return prove_words(row.number) + note(draft, claim)


def write_quote(draft: Draft, claim: str) -> str:
    """The claim's words as they stand, “nearly 400,000 people displaced within a week”, with a
    footnote that holds the whole sentence."""
    return prove_words(find_claim(draft, claim).exact) + note(draft, claim)


def write_days(draft: Draft, claim: str) -> str:
    """The days the claim tells of, as its kind of date means them: 5 December 2024; March 2011 to
    December 2024; 7 days or fewer in 27 November to 7 December 2024."""
    row = find_claim(draft, claim)
    if pd.isna(row.date_start):
        raise ReportError(
            f"claim {claim} bears no date; drop the slot, or date the claim in claims.csv"
        )
    return spell_months(say_when(row))


def write_source(draft: Draft, claim: str) -> str:
    """Who said it first, as the text names them: UN and SOHR; for a source the text does not name,
    the text."""
    named = split_values(find_claim(draft, claim).source_original)
    return escape_text(" and ".join(named)) if named else write_document(draft, claim)


def write_document(draft: Draft, claim: str) -> str:
    """The title of the text that holds the claim, quoted: “Advance towards Damascus”."""
    titles = draft.study.documents.set_index("doc_id")["title"]
    return f"“{escape_text(titles[find_claim(draft, claim).doc_id])}”"


def write_count(draft: Draft, noun: str) -> str:
    """How many there are in the selection: 208 claims, 5 texts, 30 questions answered
    differently."""
    counts = {
        "claim": len(draft.study.all_claims),
        "text": len(draft.study.texts),
        "question": draft.readings["question_id"].nunique(),
    }
    if noun not in counts:
        raise ReportError(
            f'nothing called "{noun}" is counted{suggest(noun, counts)} What is: '
            f"{', '.join(counts)}"
        )
    return count(counts[noun], noun)


def list_names(draft: Draft) -> list[str]:
    """The names of all figures in the folder, for a loop:
    {% for name in figures() %}{{ figure(name) }}{% endfor %}."""
    return [name for name in FIGURES if name_stem(draft.study, name) in draft.figures]


def write_see(draft: Draft, figure: str) -> str:
    """Figure 2, linked to the figure, which must be shown somewhere in the report."""
    stem, _ = find_figure(draft, figure)
    if draft.second and stem not in draft.shown:
        raise ReportError(
            f'{stem} is referred to and not shown; write {{{{ figure("{figure}") }}}} where it '
            "belongs"
        )
    number = draft.shown.index(stem) + 1 if stem in draft.shown else 0
    return f"[Figure {number}](#fig-{stem})"


def write_figure(draft: Draft, name: str) -> str:
    """The picture with its alt text and, as caption, number, computed title, what it shows, a
    sentence that reads it, the numbers of its sentences in the annex, and the source lines."""
    stem, figure = find_figure(draft, name)
    picture = find_picture(draft, name)
    draft.cited |= dict.fromkeys(list_cited(draft, picture.marks))
    if stem not in draft.shown:
        draft.shown.append(stem)
    title = figure["title"]
    subtitle = end_sentence(figure["subtitle"])
    reading = figure["caption"].removeprefix(f"{title}. ").removeprefix(subtitle).strip()
    said = [subtitle, reading.removeprefix(f"{title}.").strip()]
    said += [_leave_said(picture.note, reading)]
    number, sources = draft.shown.index(stem) + 1, escape_text(figure.get("sources", ""))
    pointed = point_to_sentences(draft, list_cited(draft, picture.marks))
    caption = (
        f"**Figure {number}. {escape_text(title)}.** {escape_text(' '.join(said).strip())}\\\n"
        f"[{pointed}{sources}]"
        '{.source custom-style="Source Line"}'
    )
    look = f'{{#fig-{stem} alt="{escape_text(figure["alt"])}" width={picture.size[0]:g}mm}}'
    return f"\n\n![{caption}]({stem}){look}\n\n"


def _leave_said(note: str, reading: str) -> str:
    """A note without the sentences that the reading has."""
    sentences = re.split(r"(?<=[.!?])\s+", note)
    return " ".join(sentence for sentence in sentences if sentence not in reading)


def list_cited(draft: Draft, marks: list[dict]) -> set[str]:
    """The ids of the claims and readings behind the marks of a figure, as the annex has them."""
    names = dict(zip(draft.readings["mark"], draft.readings["name"]))
    claims = {entry["claim"] for mark in marks for entry in mark["claims"]}
    return claims | {names[mark["mark"]] for mark in marks if mark["kind"] == "reading"}


def write_summary(draft: Draft, *claims: str) -> str:
    """A table of key figures, in the words of the texts: of the claims named, or, without any, of
    what the figure `overview` shows (else that of displacement, else that of casualties)."""
    rows = [_sum_up_claim(draft, claim) for claim in claims]
    if not claims:
        stems = [name_stem(draft.study, name) for name in KEY]
        stem = next((stem for stem in stems if stem in draft.figures), "")
        marks: dict[tuple, dict] = {}
        for mark in draft.figures.get(stem, {"marks": []})["marks"]:
            marks.setdefault(tuple(claim["claim"] for claim in mark["claims"]), mark)
        rows = [_sum_up_mark(draft, mark) for mark in list(marks.values())[:MOST_KEY]]
    if not any(rows):
        return ""
    head = "| Key figure | As the texts put it | Where it stands |\n|:-----|:------|:------|\n"
    return f"\n\n{head}{''.join(rows)}\n"


def _sum_up_mark(draft: Draft, mark: dict) -> str:
    """A mark as a row: a single claim's like that of a claim, a group's with its sentences."""
    single = mark["kind"] == "claim" and draft.study.by_claim[mark["mark"]].number
    if single:
        return _sum_up_claim(draft, mark["mark"])
    names = [claim["claim"] for claim in mark["claims"]]
    draft.cited |= dict.fromkeys(names)
    what, colon, words = mark["words"].partition(": ")
    first = draft.study.by_claim[names[0]] if names else None
    if first is not None and first.number:  # a place says of itself what befell it
        what = f"{name_counted(first).capitalize()}: {what[:1].lower()}{what[1:]}"
    cells = [what, words] if colon else [", ".join(mark["documents"]), what]
    pointed = point_to_sentences(draft, set(names)).removesuffix(" in the annex. ")
    return f"| {' | '.join(map(escape_text, cells))} | {pointed} |\n"


def _sum_up_claim(draft: Draft, claim: str) -> str:
    row = find_claim(draft, claim)
    where = name_places(draft.study.places, row.place)
    what = ", ".join(filter(None, [say_counted(row).capitalize(), name_harmed(row), where]))
    said = write_number(draft, claim) if row.number else write_quote(draft, claim)
    when = escape_text(say_when(row))
    named = split_values(row.source_original)
    who = escape_text(f"{' and '.join(named)}, in ") if named else ""
    return f"| {escape_text(what)} | {said}, {when} | {who}{write_document(draft, claim)} |\n"


def write_disagreement(draft: Draft, question: str) -> str:
    """A question that the texts answer differently: its readings as a list, each with its text and
    its sentence in the annex, and what explains the difference."""
    rows = draft.readings[draft.readings["question_id"] == question]
    if rows.empty:
        near = suggest(question, draft.readings["question_id"].unique())
        raise ReportError(
            f'no question has the id "{question}"{near} disagreements.csv lists the ids; correct '
            "the id or drop the slot"
        )
    titles, first = draft.study.documents.set_index("doc_id")["title"], rows.iloc[0]
    items = [
        f"- {escape_text(row.reading + attribute_reading(draft, row))} "
        f"(“{escape_text(titles[row.doc_id])}”) {cite(draft, row.name)}\n"
        for row in rows.itertuples(index=False)
    ]
    explanation = escape_text(first["explanation"].capitalize())
    return (
        f"\n\n**{escape_text(first['question'])}**\n\n{''.join(items)}\n"
        f"*{explanation}*: {escape_text(first['why'])}\n\n"
    )


def attribute_reading(draft: Draft, reading) -> str:
    """Who says what a reading quotes, where the claims that share its words agree and the reading
    does not say so itself: " (claimed · HTS)". What is denied or expected it says."""
    if re.search(r"\bsays?\b|\bsaid\b", reading.reading):
        return ""
    claims = [
        draft.study.by_claim[name] for name in find_claims_of(reading, draft.study.all_claims)
    ]
    stated = all(claim.assertion in ("reported", "claimed") for claim in claims)
    attributions = {say_attribution(claim) for claim in claims}
    return attributions.pop() if stated and len(attributions) == 1 else ""


def write_own(draft: Draft, words: str) -> str:
    """A number of the author's own, which no text gives: the day of the report, a resolution. The
    methods box lists them, so that a reader knows that no sentence stands behind them."""
    draft.own[words] = None
    return escape_text(words)


SLOTS: dict[str, Callable] = {
    "title": write_title,
    "headline": write_headline,
    "figure": write_figure,
    "figures": list_names,
    "see": write_see,
    "summary": write_summary,
    "number": write_number,
    "quote": write_quote,
    "days": write_days,
    "source": write_source,
    "document": write_document,
    "count": write_count,
    "disagreement": write_disagreement,
    "own": write_own,
    "methods": write_methods,
    "annex": write_annex,
}
