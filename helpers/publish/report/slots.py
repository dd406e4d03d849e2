"""Slots: what the source of a report may ask for, and the Markdown that each slot becomes.

A slot is a call between double braces, `{{ number("003-011") }}`. SLOTS lists them all; the docstring of each
function says what it writes. Whatever comes from the corpus is escaped: it arrives as text in every format.
"""

import re

import pandas as pd

from helpers.analysis.disagreements import find_claims_of
from helpers.analysis.review import describe_review
from helpers.analysis.selection import Study
from helpers.charts import FIGURES
from helpers.corpus.places import split_values
from helpers.publish.links import anchor_claim, anchor_document, link_anchor
from helpers.publish.report.draft import (
    Draft,
    ReportError,
    cite,
    escape_text,
    find_claim,
    find_figure,
    suggest,
)
from helpers.schema.formatting import count, say_day, say_voice, say_when, spell_months

MOST_TEXTS = 20  # texts that the methods box names one by one
RANGES = (
    "“More than” and “at least” state a lower bound and leave the top open, “nearly” and “up to” an upper bound; “between” states both ends and nothing in the middle; "
    "“about” states a middle and no ends. Words such as “dozens” or “thousands” state no number, and none is put in their place. Nothing is added up."
)


def write_title(draft: Draft) -> str:
    """The title of the corpus."""
    return escape_text(draft.study.settings["title"])


def write_headline(draft: Draft, figure: str) -> str:
    """The computed title of a figure, as text."""
    return escape_text(find_figure(draft, figure)[1]["title"])


def write_number(draft: Draft, claim: str) -> str:
    """The words that carry the claim's number, quoted: “nearly 400,000” [12]."""
    row = find_claim(draft, claim)
    if not row.number:
        raise ReportError(
            f'claim {claim} ("{row.exact[:60]}") carries no number; write {{{{ quote("{claim}") }}}} or {{{{ days("{claim}") }}}}'
        )
    return f"[“{escape_text(row.number)}”]{{dir=auto}} {cite(draft, claim)}"


def write_quote(draft: Draft, claim: str) -> str:
    """The claim's sentence as it stands: “nearly 400,000 people displaced within a week” [12]."""
    return f"[“{escape_text(find_claim(draft, claim).exact)}”]{{dir=auto}} {cite(draft, claim)}"


def write_days(draft: Draft, claim: str) -> str:
    """The days the claim tells of, as its kind of date means them: 5 December 2024; March 2011 to December
    2024; 7 days or fewer in 27 November to 7 December 2024."""
    row = find_claim(draft, claim)
    if pd.isna(row.date_start):
        raise ReportError(
            f"claim {claim} bears no date; drop the slot, or date the claim in claims.csv"
        )
    return spell_months(say_when(row))


def write_source(draft: Draft, claim: str) -> str:
    """Who said it first, as the text names them: UN and SOHR; for a source the text does not name, the text."""
    row = find_claim(draft, claim)
    return escape_text(" and ".join(split_values(row.source_original))) or write_document(
        draft, claim
    )


def write_document(draft: Draft, claim: str) -> str:
    """The title of the text that holds the claim, quoted: “Advance towards Damascus”."""
    return f"“{escape_text(draft.study.documents.set_index('doc_id').loc[find_claim(draft, claim).doc_id, 'title'])}”"


def write_count(draft: Draft, noun: str) -> str:
    """How many there are in the selection: 208 claims, 5 texts, 30 questions answered differently."""
    counts = {
        "claim": len(draft.study.all_claims),
        "text": len(list_documents(draft.study)),
        "question": draft.readings["question_id"].nunique(),
    }
    if noun not in counts:
        raise ReportError(
            f'nothing called "{noun}" is counted{suggest(noun, counts)} What is: {", ".join(counts)}'
        )
    return count(counts[noun], noun)


def list_stems(draft: Draft) -> list[str]:
    """The names of all figures in the folder, for a loop: {% for name in figures() %}{{ figure(name) }}{% endfor %}."""
    suffix = (
        "" if draft.study.parameters["width"] == "full" else f"_{draft.study.parameters['width']}"
    )
    return [name for name in FIGURES if name + suffix in draft.figures]


def write_see(draft: Draft, figure: str) -> str:
    """Figure 2, linked to the figure, which must be shown somewhere in the report."""
    stem, _ = find_figure(draft, figure)
    if draft.second and stem not in draft.shown:
        raise ReportError(
            f'{stem} is referred to and not shown; write {{{{ figure("{figure}") }}}} where it belongs'
        )
    return f"[Figure {draft.shown.index(stem) + 1 if stem in draft.shown else 0}](#fig-{stem})"


def write_figure(draft: Draft, name: str) -> str:
    """The picture with its alt text and, as caption, number, computed title, a sentence that reads it, the
    numbers of its sentences in the annex, and the source lines."""
    stem, figure = find_figure(draft, name)
    names = dict(zip(draft.readings["mark"], draft.readings["name"]))
    claims = {entry["claim"] for mark in figure["marks"] for entry in mark["claims"]} | {
        names[mark["mark"]] for mark in figure["marks"] if mark["kind"] == "reading"
    }
    draft.cited |= dict.fromkeys(claims)
    if stem not in draft.shown:
        draft.shown.append(stem)
    reading = (
        figure["caption"]
        .removeprefix(f"{figure['title']}. ")
        .removeprefix(figure["subtitle"])
        .strip()
    )
    lines = [
        f"**Figure {draft.shown.index(stem) + 1}. {escape_text(figure['title'])}.** {escape_text(reading)}",
        f'[{name_sentences(draft, claims)}{escape_text(figure.get("sources", ""))}]{{.source custom-style="Source Line"}}',
    ]
    caption, alt = "\\\n".join(lines), escape_text(figure["alt"])
    return (
        f'\n\n![{caption}]({stem}){{#fig-{stem} alt="{alt}" width={draft.sizes[stem][0]:g}mm}}\n\n'
    )


def name_sentences(draft: Draft, names: set[str]) -> str:
    """Sentences 3–9, 14 in the annex; each run is a link to its first."""
    numbers, runs = sorted(draft.numbers[name] for name in names if name in draft.numbers), []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    links = ", ".join(
        f"[{first}{f'–{last}' if last > first else ''}](#s{first})" for first, last in runs
    )
    return f"Sentence{'s' * (len(numbers) > 1)} {links} in the annex. " if links else ""


def write_disagreement(draft: Draft, question: str) -> str:
    """A question that the texts answer differently: its readings as a list, each with its text and its
    sentence in the annex, and what explains the difference."""
    rows = draft.readings[draft.readings["question_id"] == question]
    if rows.empty:
        raise ReportError(
            f'no question has the id "{question}"{suggest(question, draft.readings["question_id"].unique())} disagreements.csv lists the ids; correct the id or drop the slot'
        )
    titles, first = draft.study.documents.set_index("doc_id")["title"], rows.iloc[0]
    items = [
        f"- {escape_text(row.reading + voice_reading(draft, row))} "
        f"(“{escape_text(titles[row.doc_id])}”) {cite(draft, row.name)}"
        for row in rows.itertuples(index=False)
    ]
    return (
        "\n\n"
        + "\n".join(
            [
                f"**{escape_text(first['question'])}**",
                "",
                *items,
                "",
                f"*{escape_text(first['explanation'].capitalize())}*: {escape_text(first['why'])}",
                "",
            ]
        )
        + "\n"
    )


def voice_reading(draft: Draft, reading) -> str:
    """Who says what a reading quotes, where the claims that share its words agree and the reading does not say
    so itself: " (claimed · HTS)". What is denied or expected it says."""
    if re.search(r"\bsays?\b|\bsaid\b", reading.reading):
        return ""
    claims = [
        draft.study.by_claim[name] for name in find_claims_of(reading, draft.study.all_claims)
    ]
    stated = all(claim.assertion in ("reported", "claimed") for claim in claims)
    voices = {say_voice(claim) for claim in claims}
    return voices.pop() if stated and len(voices) == 1 else ""


def list_documents(study: Study) -> pd.DataFrame:
    """The texts of the selection."""
    chosen = study.parameters["documents"]
    return study.documents[study.documents["doc_id"].isin(chosen)] if chosen else study.documents


def write_own(draft: Draft, words: str) -> str:
    """A number of the author's own, which no text gives: the day of the report, a resolution. The methods box
    lists them, so that a reader knows that no sentence stands behind them."""
    draft.own[words] = None
    return escape_text(words)


def write_methods(draft: Draft) -> str:
    """The methods box: corpus, texts with their dates, review, how to read ranges, what the figures shown
    refuse to compare, checksum."""
    study, refused = (
        draft.study,
        {stem: " ".join(draft.figures[stem]["refused"]) for stem in draft.shown},
    )
    texts, review = list_documents(study), describe_review(study, study.all_claims)
    named = (
        "; ".join(f"{row.doc_id} {row.title} ({describe_date(row)})" for row in texts.itertuples())
        if len(texts) <= MOST_TEXTS
        else f"listed in documents.csv, written or published {describe_span(texts)}"
    )
    parts = {
        "Corpus": f"{study.settings['title']}. {count(len(study.all_claims), 'claim')} from {count(len(texts), 'text')}"
        + f"; selection: {study.selection}" * bool(study.selection)
        + ".",
        "Texts": f"{named}.",
        "Review": f"{review[:1].upper()}{review[1:]}. {study.remark}".strip(),
        "How to read ranges": RANGES,
        "Not compared, or not drawn": " ".join(
            f"Figure {draft.shown.index(stem) + 1}: {said}"
            for stem, said in refused.items()
            if said
        )
        or "Nothing was refused by the figures shown.",
        **({"The author’s own, from no text": "; ".join(draft.own) + "."} if draft.own else {}),
        "Checksum of the corpus": f"SHA-256 {study.checksum}. The same corpus and parameters give the same figures and the same report.",
    }
    body = "\n\n".join(
        f"**{escape_text(head)}.** {escape_text(text)}" for head, text in parts.items()
    )
    return f'\n\n::: {{#methods .box custom-style="Box"}}\n{body}\n:::\n\n'


def describe_date(row) -> str:
    """When a text was written or published, and whether it says so: 6 December 2024, printed as the day of
    writing."""
    if pd.isna(row.published_start):
        return "undated"
    days = " to ".join(
        dict.fromkeys(say_day(day) for day in (row.published_start, row.published_end))
    )
    basis = row.published_basis.partition(":")[0].partition('"')[0].strip()
    return f"{days}, {basis or 'stated'}"


def describe_span(texts: pd.DataFrame) -> str:
    """First to last day of writing or publication; the undated counted."""
    dated = texts.dropna(subset=["published_start"])
    days = (
        f"{say_day(dated['published_start'].min())} to {say_day(dated['published_end'].max())}"
        if len(dated)
        else "on days unknown"
    )
    return days + (f" ({len(texts) - len(dated)} undated)" if 0 < len(dated) < len(texts) else "")


def write_annex(draft: Draft) -> str:
    """Every sentence cited in the running text or behind a figure shown, once, numbered through the texts in
    order of place: quote with the number's words in bold, characters, and the link to its evidence."""
    study, titles, parts = draft.study, draft.study.documents.set_index("doc_id")["title"], []
    cited = draft.evidence.loc[list(draft.numbers)]
    for doc_id, rows in cited.groupby("doc_id", sort=False):
        parts += [
            f"### [{escape_text(f'{doc_id} {titles[doc_id]}')}]({link_anchor(study, anchor_document(doc_id), doc_id)})",
            "",
        ]
        for row in rows.itertuples():
            number, address = (
                draft.numbers[row.Index],
                link_anchor(study, anchor_claim(row.Index), doc_id),
            )
            parts.append(
                f"{number}. [“{embolden_number(row)}”]{{#s{number} dir=auto}} · characters {row.start}–{row.end} · [{escape_text(row.Index)}]({address})\n"
            )
    return '\n\n::: {#annex custom-style="Annex"}\n' + "\n".join(parts) + "\n:::\n\n"


def embolden_number(row) -> str:
    """A quote of the evidence, escaped, the words that carry its number in bold."""
    if not row.number:
        return escape_text(row.quote)
    at = int(row.number_start) - int(row.start)
    stop = at + len(row.number)
    return f"{escape_text(row.quote[:at])}**{escape_text(row.quote[at:stop])}**{escape_text(row.quote[stop:])}"


SLOTS = {
    "title": write_title,
    "headline": write_headline,
    "figure": write_figure,
    "figures": list_stems,
    "see": write_see,
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
