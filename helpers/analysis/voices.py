"""Voices: what kind of source says something, by a table of words that anybody may add to."""

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
