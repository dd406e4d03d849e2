"""The files of the rules: read once, checked, with a message for every fault that says what, where
and what to do."""

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from helpers.extract.rules.notation import expand_parts, expand_pattern
from helpers.schema.columns import MEASURES

FOLDER = Path(__file__).parent
FORMS = ("base", "third", "past", "participle", "ing")
PEOPLE_SENSES = frozenset(  # what a word says of people
    "killed injured displaced moved sheltered returned detained released casualties toll treated "
    "to_death uprooted disabled staying coming living force measure say other".split()
)
PLACE_SENSES = frozenset(  # what a verb says of a place
    "capture control contest drive enter go reach withdraw abandon start".split()
)
SAID_OF = frozenset({"object", "subject", "both"})
EVENT_FORMS = frozenset({"finite", "passive", "noun"})
ASKS = frozenset(  # what must hold around a match of an event rule
    {
        "event before",  # an event was told before it: "so did Kell"
        "capture beside",  # a capture stands in its sentence
        "word of gain",  # its sentence speaks of prizes, gains or losses
        "since",  # "since" stands near
        "no auxiliary",  # no "was" or "in" stands before its verb
        "fighters",  # those who act are in arms
        "fighters driven",  # those driven out are no civilians
        "armed holder",  # those who hold the place are in arms
        "news",  # its sentence gives a day, gains, losses, "now" or "again"
    }
)
ALLOWS = frozenset(  # what else an event rule may read
    {
        "ing",  # its verb may be a participle: "taking Kell"
        "again",  # its place may be that of another event of its sentence
        "after a preposition",  # its first place may follow one: "in Kell, taken on Monday"
        "shared place",  # a further verb may share its place: "and later retaken"
        "further places",  # its list may go on behind an aside: "Kell, a port, and Mira"
        "since",  # "since Friday" allows the days before
        "state",  # it tells who holds the place: taken by any day of which that is said
        "subject between",  # who acts stands behind its place: "Kell, which they took"
        "object before the verb",  # its places come first, and are its object
    }
)


class RulesError(ValueError):
    """A file of the rules that cannot be used: the message says where, what is wrong and what to
    write."""


class Trigger(NamedTuple):
    """What a word does to those it is said of: the sense (PEOPLE_SENSES), who suffers it ("object":
    killed them, "subject": they fled, "both": evacuated them, they evacuated), and the form of the
    verb (FORMS)."""

    sense: str
    said_of: str
    form: str


class Verb(NamedTuple):
    """A line of verbs.csv: lemma, its five forms ("" where one is not used in this sense), sense,
    and of whom it is said."""

    lemma: str
    forms: tuple[str, ...]
    sense: str
    said_of: str


class EventRule(NamedTuple):
    """A rule of events.toml: its name, the measure it tells, the form of its verb, its pattern in
    the notation, what it asks of the words around a match (ASKS), what else it may read (ALLOWS),
    and its examples: sentence, places."""

    name: str
    measure: str
    form: str
    pattern: str
    asks: frozenset[str]
    allows: frozenset[str]
    examples: tuple[tuple[str, str], ...]


def _check(value: str, allowed: Iterable[str], where: str, what: str) -> str:
    """The value, if it is allowed. Raises RulesError."""
    if value not in allowed:
        raise RulesError(
            f'{where}: {what} "{value}" is unknown; write {", ".join(sorted(allowed))}'
        )
    return value


@cache
def load_toml(name: str) -> dict:
    """A TOML file of the rules. Raises RulesError when it cannot be read."""
    try:
        return tomllib.loads((FOLDER / name).read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RulesError(
            f"{name}: {error}; see the lines around it for how it is written"
        ) from None


class WordLists(dict[str, frozenset[str]]):
    """Name → words of a list. A list that is asked for and missing raises RulesError."""

    def __init__(self, where: str, lists: dict[str, str]):
        super().__init__(
            {name: _split_words(words, f"{where}, {name}") for name, words in lists.items()}
        )
        self.where = where

    def __missing__(self, name: str) -> frozenset[str]:
        raise RulesError(f'{self.where}: the list {name} is missing; write {name} = "…"')


def _split_words(words: str, where: str) -> frozenset[str]:
    """The words of a list, parted by blanks. Raises RulesError for one that stands twice or has a
    capital."""
    if not isinstance(words, str):
        raise RulesError(f'{where}: this is no list of words; write them as one text: "one two"')
    found = words.split()
    for word in found:
        if word != word.lower():
            raise RulesError(f'{where}: "{word}" has a capital; texts are read in small letters')
        if found.count(word) > 1:
            raise RulesError(f'{where}: "{word}" stands twice; leave one out')
    return frozenset(found)


def load_words(name: str, table: str = "") -> WordLists:
    """The word lists of a TOML file, or of one of its tables."""
    lists = load_toml(name)[table] if table else load_toml(name)
    return WordLists(
        f"{name} [{table}]" if table else name,
        {key: value for key, value in lists.items() if isinstance(value, str)},
    )


class Patterns(dict[str, re.Pattern[str]]):
    """Name → pattern of a table, compiled when first asked for: a text needs few of them. One that
    is asked for and missing raises RulesError."""

    def __init__(self, where: str, patterns: dict[str, str], parts: dict[str, str]):
        super().__init__()
        self.where = where
        self.written = {
            name: _expand(pattern, parts, f"{where}, {name}") for name, pattern in patterns.items()
        }

    def __missing__(self, name: str) -> re.Pattern[str]:
        if name not in self.written:
            raise RulesError(f"{self.where}: the pattern {name} is missing; write {name} = '…'")
        self[name] = _compile(self.written[name], f"{self.where}, {name}")
        return self[name]


def load_parts(name: str, **base: str) -> dict[str, str]:
    """The parts of a TOML file as regular expressions, with `base`, which they may use."""
    return expand_parts(load_toml(name).get("parts", {}), base)


def load_patterns(name: str, **base: str) -> Patterns:
    """The patterns of a TOML file, made of its parts and of `base`."""
    return Patterns(f"{name} [patterns]", load_toml(name)["patterns"], load_parts(name, **base))


def load_senses(table: str) -> dict[str, str]:
    """Word → sense, from the table `noun` or `state` of lexicon.toml."""
    found: dict[str, str] = {}
    for sense, words in load_words("lexicon.toml", table).items():
        _check(sense, PEOPLE_SENSES, f"lexicon.toml [{table}]", "sense")
        for word in words:
            if word in found:
                raise RulesError(
                    f'lexicon.toml [{table}]: "{word}" is {found[word]} and {sense}; leave one out'
                )
            found[word] = sense
    return found


@cache
def load_verbs() -> tuple[Verb, ...]:
    """The lines of verbs.csv, in their order; forms that are not written are the regular ones."""
    verbs: list[Verb] = []
    with (FOLDER / "verbs.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        for row in rows:
            where = f"verbs.csv line {rows.line_num} ({row['lemma']})"
            forms = row["forms"].split() or conjugate(row["lemma"])
            if len(forms) != len(FORMS):
                raise RulesError(
                    f"{where}: {len(forms)} forms; write five ({', '.join(FORMS)}), - for one that "
                    "is not used, or none for a regular verb"
                )
            if any(verb.lemma == row["lemma"] and verb.sense == row["sense"] for verb in verbs):
                raise RulesError(f"{where}: this verb stands above in this sense; leave one out")
            _check(row["sense"], PEOPLE_SENSES | PLACE_SENSES, where, "sense")
            of_place = row["sense"] in PLACE_SENSES
            _check(row["said_of"], ("place",) if of_place else SAID_OF, where, "said_of")
            verbs.append(
                Verb(
                    row["lemma"],
                    tuple("" if form == "-" else form for form in forms),
                    row["sense"],
                    row["said_of"],
                )
            )
    return tuple(verbs)


def conjugate(lemma: str) -> list[str]:
    """The five forms of a regular verb.

    >>> conjugate("bury")
    ['bury', 'buries', 'buried', 'buried', 'burying']
    """
    stem = lemma.removesuffix("e")
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    past = stem + "ed"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        third, past = lemma[:-1] + "ies", lemma[:-1] + "ied"
    if lemma in ("trap", "ship", "rob", "top", "hit", "hurt"):
        past, stem = lemma + lemma[-1] + "ed", lemma + lemma[-1]
    return [lemma, third, past, past, stem + "ing"]


def load_phrases() -> Iterator[tuple[str, re.Pattern[str], Trigger]]:
    """(word that opens it, what must follow, what it says of people) of every phrase of
    phrases.toml, in its order."""
    parts = load_parts("phrases.toml")
    for order, phrase in enumerate(load_toml("phrases.toml")["phrase"], 1):
        where = f'phrases.toml, phrase {order} ("{phrase.get("opens", "")[:30].strip()}")'
        tells = _take_keys(phrase, ("opens", "then", "tells"), where)["tells"]
        trigger = Trigger(**_take_keys(tells, Trigger._fields, f"{where}, tells"))
        _check(trigger.sense, PEOPLE_SENSES, where, "sense")
        _check(trigger.said_of, SAID_OF, where, "said_of")
        _check(trigger.form, FORMS, where, "form")
        pattern = _compile(rf"\s+(?:{_expand(phrase['then'], parts, where)})", where)
        for word in phrase["opens"].split():
            yield word, pattern, trigger


def load_event_rules() -> list[EventRule]:
    """The rules of events.toml, in their order; their patterns are not yet compiled."""
    rules = []
    for order, row in enumerate(load_toml("events.toml")["rule"], 1):
        where = f'events.toml, rule {order} ("{row.get("name", "")}")'
        row = {"asks": [], "allows": []} | row
        keys = ("name", "tells", "form", "pattern", "asks", "allows", "examples")
        _take_keys(row, keys, where)
        _check(row["tells"], MEASURES, where, "measure")
        _check(row["form"], EVENT_FORMS, where, "form")
        for name in ("verb", "places"):
            if f"<{name}>" not in row["pattern"] and not (
                name == "places" and ("{list}" in row["pattern"] or "{subjects}" in row["pattern"])
            ):
                raise RulesError(f"{where}: the pattern names no {name}; write (?P<{name}>…)")
        asks = frozenset(_check(word, ASKS, where, "asks") for word in row["asks"])
        allows = frozenset(_check(word, ALLOWS, where, "allows") for word in row["allows"])
        examples = tuple((text, places) for text, places in row["examples"])
        pattern = row["pattern"].strip("\n")
        rules.append(
            EventRule(row["name"], row["tells"], row["form"], pattern, asks, allows, examples)
        )
    return rules


def _take_keys(table: dict, keys: tuple[str, ...], where: str) -> dict:
    """The table, if it has these keys and no others. Raises RulesError."""
    for key in keys:
        if key not in table:
            raise RulesError(f"{where}: {key} is missing; write {key} = …")
    for key in table:
        _check(key, keys, where, "key")
    return table


def _expand(pattern: str, parts: dict[str, str], where: str) -> str:
    """A pattern as a regular expression. Raises RulesError for a part that is not defined."""
    try:
        return expand_pattern(pattern.strip("\n"), parts)
    except KeyError as error:
        raise RulesError(
            f"{where}: no part {error} is defined; write one of {', '.join(sorted(parts))}"
        ) from None


def _compile(expression: str, where: str) -> re.Pattern[str]:
    """A regular expression, compiled. Raises RulesError."""
    try:
        return re.compile(expression)
    except re.error as error:
        raise RulesError(f"{where}: the pattern cannot be read: {error}; correct it") from None
