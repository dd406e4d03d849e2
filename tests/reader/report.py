"""A report as its reader has it: each quoted number leads by its footnote to a sentence of the
annex, and so to a claim; the words round it say what that claim says, and no more.

It is read from its Markdown, of which Word, PDF and web page are made word for word.
"""

import re

from .report_annex import (
    check_annex,
    check_notes,
    cut_report,
    find_cited,
    list_notes,
    read_annex,
)
from .report_prose import CITED, check_rest, hold_quote
from .report_tables import check_disagreements, check_summary
from .tables import Tables
from .words import split_sentences

__all__ = ["check_report", "list_prose", "read_annex"]


def read_plain(markdown: str) -> str:
    """What Markdown reads as: no escapes, links, spans or pictures with their captions."""
    text = re.sub(r"!\[.*?\]\([\w.-]+\)\{#fig-[^\n]*\}\n", "\n", markdown, flags=re.S)
    text = re.sub(r"\[(“(?:\\.|[^\]\\])*”)\]\{dir=auto[^}]*\}", r"\1", text)
    text = re.sub(r"(?<=”)\[\^(n\d+)\]", r" [\1]", text)
    text = re.sub(r"\[(Figure \d+)\]\(#[\w-]+\)", r"\1", text)
    return re.sub(r"\\(.)", r"\1", text)


def list_prose(markdown: str) -> list[str]:
    """The sentences of the prose: paragraphs that are neither headings, lists, tables, boxes nor
    annex."""
    body = read_plain(cut_report(markdown)[0])
    body = re.sub(r":::.*?:::", "", body, flags=re.S)
    found = []
    for paragraph in re.split(r"\n\s*\n", body):
        words = " ".join(paragraph.split())
        if words and not re.match(r"#|- |\*|\| Key figure \|", words):
            found += split_sentences(words)
    return found


def check_report(markdown: str, tables: Tables) -> list[str]:
    """Complaints about a report."""
    found = check_annex(markdown, tables) + check_notes(markdown, tables)
    cited = cite_notes(markdown, tables)
    for sentence in list_prose(markdown):
        for match in CITED.finditer(sentence):
            found += [
                f"{fault}, in “{sentence}”" for fault in check_quote(sentence, match, cited, tables)
            ]
        found += [f"{fault}, in “{sentence}”" for fault in check_rest(sentence, tables)]
    found += check_summary(markdown, cited, tables)
    return found + check_disagreements(markdown, tables)


def cite_notes(markdown: str, tables: Tables) -> dict[int, list[str]]:
    """Number of each footnote → the ids of the claims that it cites; none where it leads to no
    sentence."""
    annex = read_annex(markdown)
    return {note.number: find_cited(note, annex, tables) for note in list_notes(markdown)}


def check_quote(sentence: str, match: re.Match, cited: dict, tables: Tables) -> list[str]:
    """Faults of a quotation, against its claim; where two claims share a number, against the one
    that it fits better."""
    said = f"“{match[1]}” [{match[2]}]"
    if not (names := cited.get(int(match[2]), [])):
        return [f"{said} leads to no claim"]
    faults = [
        [
            f"{said} ({name}): {fault}"
            for fault in hold_quote(sentence, match, tables.by_id[name], tables)
        ]
        for name in names
    ]
    return min(faults, key=len)
