"""Attribution: what kind of source says something, by a table of words that anybody may add to."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.analysis.selection import Study

TABLE = Path(__file__).with_name("source_kinds.csv")  # words of a source's name → its kind
# in the order in which a figure shows them
KINDS = ("unnamed", "party", "aid", "monitor", "people", "media", "other", "mixed")
SAID_BY = ("aid", "monitor", "people", "media", "other")  # that a named source may be
ARTICLE = re.compile(  # bodies that English names with an article
    r"^(?:UN|EU|AU|US|UAE|[a-z].*|.*\b(?:Observatory|Council|Union|Network|Agency|Office|Army|"
    r"Monitor|Front|Column|League|[Cc]oalition|Red Cross|Red Crescent|Commission|Organi[sz]ation|"
    r"Ministry))$"
)
NO_ARTICLE = re.compile(r"^(?:an?|the|some|several|one) ")
PLURAL = re.compile(r"^[a-z].*?[a-z]s(?: (?:in|of|from|at|near) .*)?$")
SINGULAR_S = re.compile(r"(?:ss|us|is|'s|’s)$")


@cache
def load_kinds() -> tuple[tuple[re.Pattern, str], ...]:
    """(whole words, kind) of source_kinds.csv, longer ones first: "refugees" may be witnesses, the
    refugee agency is none."""
    with TABLE.open(encoding="utf-8", newline="") as opened:
        rows = sorted(csv.DictReader(opened), key=lambda row: -len(row["words"]))
    return tuple(
        (re.compile(rf"\b{re.escape(row['words'])}\b", 0 if row["words"].isupper() else re.I), kind)
        for row in rows
        for kind in [row["kind"]]
    )


def find_kind(study: Study, source: str) -> str:
    """The kind of a source (a key of KINDS): a party as the study says; as corpus.toml says under
    `kinds`; else by the words of its name, "other" where none is known."""
    if source.startswith("text "):
        return "unnamed"
    if source in study.parties:
        return "party"
    for row in study.settings.get("kinds", []):
        if row["name"] == source:
            return row["kind"]
    return next((kind for words, kind in load_kinds() if words.search(source)), "other")


def choose_kind(study: Study, sources: list[str]) -> str:
    """The kind of what several sources say: "mixed" where one text names a source and another
    none; a party's only where nobody else says so."""
    kinds = [find_kind(study, source) for source in sources]
    named = [kind for kind in kinds if kind != "unnamed"]
    if not named:
        return "unnamed"
    if len(named) < len(kinds):
        return "mixed"
    return next((kind for kind in named if kind != "party"), "party")


def takes_article(name: str) -> bool:
    """Whether English says "the" of a source or a side.

    >>> [takes_article(name) for name in ("Amambay Front", "HTS", "rebels", "government")]
    [True, False, False, True]
    """
    return not (NO_ARTICLE.match(name) or is_plural([name]) or not ARTICLE.match(name))


def is_plural(sources: list[str]) -> bool:
    """Whether a sentence says "say" of them.

    >>> is_plural(["aid workers"]), is_plural(["bishop's office"]), is_plural(["UN", "IOM"])
    (True, False, True)
    """
    if len(sources) != 1:
        return len(sources) > 1
    head = re.split(r" (?:in|of|from|at|near) ", sources[0])[0]
    return bool(PLURAL.match(sources[0])) and head.endswith("s") and not SINGULAR_S.search(head)
