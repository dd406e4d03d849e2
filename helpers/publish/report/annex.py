"""Annex: every sentence a report cites, numbered once, and how its figures point there."""

from itertools import groupby

from helpers.publish.escaping import split_quote
from helpers.publish.links import anchor_claim, anchor_document, link_anchor
from helpers.publish.report.draft import Draft, escape_text


def number_evidence(draft: Draft) -> dict[str, int]:
    """id → number of everything cited, counted through the texts in order of place."""
    cited = [name for name in draft.evidence.index if name in draft.cited]
    return {name: number for number, name in enumerate(cited, 1)}


def write_annex(draft: Draft) -> str:
    """Every sentence cited in the running text or behind a figure shown, once, numbered through the
    texts in order of place: quote with the number's words in bold, characters, and the link to its
    evidence."""
    study, parts = draft.study, []
    titles = dict(zip(study.documents["doc_id"], study.documents["title"]))
    cited = draft.evidence.loc[list(draft.numbers)]
    for doc_id, rows in cited.groupby("doc_id", sort=False):
        address = link_anchor(study, anchor_document(doc_id), doc_id)
        parts += [f"### [{escape_text(f'{doc_id} {titles[doc_id]}')}]({address})", ""]
        for row in rows.itertuples():
            number = draft.numbers[row.Index]
            address = link_anchor(study, anchor_claim(row.Index), doc_id)
            parts.append(
                f"{number}. [“{embolden_number(row)}”]{{#s{number} dir=auto}} · characters "
                f"{row.start}–{row.end} · [{escape_text(row.Index)}]({address})\n"
            )
    return '\n\n::: {#annex custom-style="Annex"}\n' + "\n".join(parts) + "\n:::\n\n"


def embolden_number(row) -> str:
    """A quote of the evidence, escaped, the words that carry its number in bold."""
    before, number, after = map(escape_text, split_quote(row))
    return f"{before}**{number}**{after}" if number else before


def point_to_sentences(draft: Draft, names: set[str]) -> str:
    """Sentences 3–9, 14 in the annex; each run is a link to its first."""
    numbers = sorted(draft.numbers[name] for name in names if name in draft.numbers)
    links = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        first, *others = [number for _, number in run]
        links.append(f"[{first}{f'–{others[-1]}' if others else ''}](#s{first})")
    if not links:
        return ""
    noun = "Sentences" if len(numbers) > 1 else "Sentence"
    return f"{noun} {', '.join(links)} in the annex. "
