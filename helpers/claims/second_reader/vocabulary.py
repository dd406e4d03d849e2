"""The words of the second reader, from vocabulary.toml, checked when they are loaded."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from helpers.schema.columns import MEASURES, VALUES
from helpers.schema.errors import ClaimsError

FILE = Path(__file__).with_name("vocabulary.toml")
TABLES = {
    "numbers", "scales", "fractions", "signs", "times_over", "vague", "before", "behind", "idle",
    "units", "affected", "measures", "days", "months", "weekdays", "ordinals", "sentences", "weak",
    "naming", "agencies",
}  # fmt: skip


@dataclass(frozen=True)
class Phrases:
    """Words and phrases, each with the meanings it may have. A phrase is found at the place where
    its first word stands; where several are, the longest counts. exact: first word → phrases;
    begins: first letter → those whose first word is a stem; known: word → both."""

    exact: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = field(default_factory=dict)
    begins: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = field(default_factory=dict)
    known: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = field(default_factory=dict)

    def find(self, words: list[str], at: int) -> tuple[frozenset[str], int]:
        """The meanings of the longest phrase that begins at this word, and its length; else none,
        0."""
        meanings: frozenset[str] = frozenset()
        longest = 0
        for pattern, meaning in self._candidates(words[at]):
            if len(pattern) >= longest and _fits(pattern, words, at):
                meanings = meaning if len(pattern) > longest else meanings | meaning
                longest = len(pattern)
        return meanings, longest

    def begins_with(self, word: str) -> bool:
        """Whether any phrase begins with this word."""
        return bool(self._candidates(word))

    def _candidates(self, word: str) -> list[tuple[tuple[str, ...], frozenset[str]]]:
        found = self.known.get(word)
        if found is None:
            stems = [
                entry
                for entry in self.begins.get(word[:1], [])
                if word.startswith(entry[0][0].rstrip("*"))
            ]
            found = stems + self.exact.get(word, [])
            if len(self.known) < 50_000:
                self.known[word] = found
        return found


def _fits(pattern: tuple[str, ...], words: list[str], at: int) -> bool:
    """Whether the words behind this one are those of the pattern; its first word is known to
    fit."""
    if len(pattern) > len(words) - at:
        return False
    for step in range(1, len(pattern)):
        part, word = pattern[step], words[at + step]
        if not (word == part or part[-1] == "*" and word.startswith(part[:-1])):
            return False
    return True


def gather(table: dict[str, Iterable[str]]) -> Phrases:
    """The phrases of a table: meaning → its phrases."""
    meanings: dict[tuple[str, ...], set[str]] = {}
    for meaning, phrases in table.items():
        for phrase in phrases:
            meanings.setdefault(tuple(phrase.split()), set()).add(meaning)
    found = Phrases()
    for pattern, names in meanings.items():
        if pattern[0].endswith("*"):
            found.begins.setdefault(pattern[0][0], []).append((pattern, frozenset(names)))
        else:
            found.exact.setdefault(pattern[0], []).append((pattern, frozenset(names)))
    return found


@dataclass(frozen=True)
class Vocabulary:
    """What the second reader knows, one field a table of vocabulary.toml."""

    numbers: dict[str, float]
    scales: dict[str, float]
    fractions: dict[str, float]
    signs: dict[str, float]
    times_over: dict[str, float]
    vague: frozenset[str]
    before: Phrases
    behind: Phrases
    idle: Phrases
    units: Phrases
    affected: Phrases
    measures: Phrases
    weak: Phrases
    days: Phrases
    seasons: dict[str, list[int]]
    months: dict[str, int]
    weekdays: dict[str, int]
    ordinals: dict[str, int]
    abbreviations: frozenset[str]
    naming: Phrases
    agencies: Phrases


@cache
def load_vocabulary(file: Path = FILE) -> Vocabulary:
    """The vocabulary of a file. Raises ClaimsError, naming every fault, when it says what no claim
    can."""
    with file.open("rb") as handle:
        tables = tomllib.load(handle)
    faults = find_vocabulary_faults(tables)
    if faults:
        raise ClaimsError(f"{file.name} cannot be used: " + "; ".join(faults))
    days = {name: phrases for name, phrases in tables["days"].items() if name != "seasons"}
    return Vocabulary(
        numbers=tables["numbers"],
        scales=tables["scales"],
        fractions=tables["fractions"],
        signs=tables["signs"],
        times_over=tables["times_over"],
        vague=frozenset(tables["vague"]["words"]),
        before=gather(tables["before"]),
        behind=gather(tables["behind"]),
        idle=gather({"idle": tables["idle"]["words"]}),
        units=gather(tables["units"]),
        affected=gather(tables["affected"]),
        measures=gather(tables["measures"]),
        weak=gather(tables["weak"]),
        days=gather(days),
        seasons=tables["days"]["seasons"],
        months=tables["months"],
        weekdays=tables["weekdays"],
        ordinals=tables["ordinals"],
        abbreviations=frozenset(tables["sentences"]["abbreviations"]),
        naming=gather(tables["naming"]),
        agencies=gather(tables["agencies"]),
    )


def find_vocabulary_faults(tables: dict) -> list[str]:
    """What is wrong with the tables of a vocabulary: a table too few or too many, a meaning that
    the codebook does not have, a word that is none."""
    faults = [f"the table [{name}] is missing" for name in sorted(TABLES - set(tables))]
    faults += [f"the table [{name}] is not known" for name in sorted(set(tables) - TABLES)]
    allowed = {
        "units": set(VALUES["unit"]),
        "measures": set(MEASURES),
        "before": set(VALUES["quantifier"]),
        "behind": set(VALUES["quantifier"]),
        "affected": {*VALUES["affected"], "civilian_or_unknown", "combatant_or_unknown"},
    }
    for name, meanings in allowed.items():
        strange = sorted(set(tables.get(name, {})) - meanings)
        faults += [f"[{name}] {meaning} is no value of the codebook" for meaning in strange]
    limits = {"months": (1, 12), "weekdays": (0, 6), "ordinals": (1, 31)}
    for name, (first, last) in limits.items():
        for word, number in tables.get(name, {}).items():
            if number not in range(first, last + 1):
                faults.append(f"[{name}] {word} is {number}, not {first} to {last}")
    for name, table in tables.items():
        for phrase in _list_phrases(table):
            if phrase != phrase.lower() or not phrase.split():
                faults.append(f'[{name}] "{phrase}" is not written in small letters')
    return faults


def _list_phrases(table: dict) -> Iterable[str]:
    for key, value in table.items():
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            yield from value
        elif isinstance(value, int | float):
            yield key
