"""The words the rules know: kinds, senses, verbs and phrases, from lexicon.toml, verbs.csv and
phrases.toml."""

import re

from helpers.extract.rules.load import (
    FORMS,
    PEOPLE_SENSES,
    Trigger,
    load_phrases,
    load_senses,
    load_toml,
    load_verbs,
    load_words,
)

LISTS = load_words("lexicon.toml", "lists")
NOUNS, STATES = load_senses("noun"), load_senses("state")  # word → sense


def _collect_verbs() -> dict[str, tuple[Trigger, ...]]:
    """Form of a verb → what it may do to people, in the order of the table."""
    found: dict[str, tuple[Trigger, ...]] = {}
    for verb in load_verbs():
        if verb.sense not in PEOPLE_SENSES:
            continue
        for word, form in zip(verb.forms, FORMS):
            if word:
                form = "base" if form == "third" else form
                found[word] = (*found.get(word, ()), Trigger(verb.sense, verb.said_of, form))
    return found


VERBS = _collect_verbs()


def _collect_phrases() -> dict[str, list[tuple[re.Pattern[str], Trigger]]]:
    """First word → the phrases it may open: what must follow, and what they do to people."""
    found: dict[str, list[tuple[re.Pattern[str], Trigger]]] = {}
    for word, pattern, trigger in load_phrases():
        found.setdefault(word, []).append((pattern, trigger))
    return found


PHRASES = _collect_phrases()


def _collect_kinds() -> dict[str, frozenset[str]]:
    """Word → what it may be in a sentence (lexicon.toml [kinds], and noun, state, verb)."""
    kinds = dict(load_words("lexicon.toml", "kinds"))
    kinds["person"] |= kinds["civilian"] | kinds["combatant"]
    kinds["aux"] |= kinds["be"] | kinds["have"] | kinds["modal"]
    kinds |= {"state": frozenset(STATES), "noun": frozenset(NOUNS), "verb": frozenset(VERBS)}
    found: dict[str, set[str]] = {}
    for kind, words in kinds.items():
        for word in words:
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(names) for word, names in found.items()}


KINDS = _collect_kinds()
COUNTED_KINDS = frozenset(
    {"civilian", "combatant", "person", "household", "dwelling", "body", "thing"}
)
COMMON = frozenset(  # words that begin sentences and are no names
    word for word, kinds in KINDS.items() if kinds & (COUNTED_KINDS | {"state", "noun", "verb"})
)


def _number_names(table: str, first: int) -> dict[str, int]:
    """Name → number, from a list of dates.toml whose lines are names for one month or day."""
    return {
        name: number
        for number, names in enumerate(load_toml("dates.toml")[table], first)
        for name in names.split()
    }


MONTHS, WEEKDAYS = _number_names("months", 1), _number_names("weekdays", 0)
