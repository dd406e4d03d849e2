"""Clauses: the prose of a report, clause by clause, with the slots that stand in each."""

import re
from typing import NamedTuple

from jinja2.sandbox import SandboxedEnvironment

CITED = ("number", "quote")  # slots that say a claim's words
CLAIMED = (*CITED, "days", "source", "document")  # slots that take the id of a claim
HOLE = "\ufffc"  # stands in the text where a slot stood


class Slot(NamedTuple):
    """A slot in the text: its name, the id written into it ("" where none is) and its line."""

    name: str
    claim: str
    line: int


class Clause(NamedTuple):
    """A clause of the prose: its words, with HOLE where slots stand, and those slots, hole by
    hole."""

    words: str
    holes: list[list[Slot]]

    @property
    def slots(self) -> list[Slot]:
        """Its slots in order."""
        return [slot for hole in self.holes for slot in hole]


def read_source(
    environment: SandboxedEnvironment, source: str
) -> tuple[str, list[list[Slot]], list[tuple[int, str]]]:
    """(the prose with HOLE for every slot, the slots in each hole, faults)."""
    text, faults, begun = [], [], ""
    holes: list[list[Slot]] = []
    tokens = [token for token in environment.lex(source) if token[1] != "whitespace"]
    for at, (line, kind, value) in enumerate(tokens):
        if kind == "data":
            text.append(value.replace(HOLE, " "))
        elif kind in ("variable_begin", "block_begin"):
            begun = kind
            text.append(HOLE)
            holes.append([])
        elif kind == "name" and value in CLAIMED and tokens[at + 1][2] == "(":
            words = [word for _, sort, word in tokens[at + 2 : at + 5] if sort == "string"]
            if begun == "block_begin" or not words:
                faults.append((line, _ask_for_id(value)))
            holes[-1].append(Slot(value, words[0][1:-1] if words else "", line))
    return "".join(text), holes, faults


def _ask_for_id(slot: str) -> str:
    return (
        f"{slot}(…) takes the id of a claim, written out where its words are to stand: "
        f'{{{{ {slot}("003-011") }}}}; otherwise the sentence cannot be held against it'
    )


def split_clauses(text: str, holes: list[list[Slot]]) -> list[Clause]:
    """The prose clause by clause: to the end of a sentence, a semicolon, an empty line, or a line
    that begins a list item, a heading or a row; cells are clauses too."""
    ends = r"(?<=[.!?])[\"”’)]*\s+|;|\n\s*\n|\n(?=\s*(?:[-*+#|]|\d+[.)])\s?)|\|"
    clauses, used = [], 0
    for words in re.split(ends, text):
        count = words.count(HOLE)
        clauses.append(Clause(" ".join(words.split()), holes[used : used + count]))
        used += count
    return clauses


def find_beside(clause: Clause, slot: Slot) -> tuple[str, str]:
    """The words between a slot and the numbers or quotes on either side of it in its clause."""
    parts = clause.words.split(HOLE)
    at = next(number for number, hole in enumerate(clause.holes) if slot in hole)
    cites = [
        number
        for number, hole in enumerate(clause.holes)
        if any(other.name in CITED for other in hole)
    ]
    first = max((number for number in cites if number < at), default=-1)
    last = min((number for number in cites if number > at), default=len(clause.holes))
    return " ".join(parts[first + 1 : at + 1]), " ".join(parts[at + 1 : last + 1])


def find_words(words: str, *patterns: str) -> str:
    """The first of the words that one of the patterns names; "" where none does."""
    named = "|".join(pattern for pattern in patterns if pattern)
    found = re.search(rf"(?<!\w)(?:{named})(?!\w)", words, re.I) if named else None
    return found[0] if found else ""
