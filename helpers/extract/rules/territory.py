"""Territorial control: the parts of territory.toml, with the verbs of verbs.csv, for the patterns
that tell of places taken, held, entered, reached or left.

They are matched within a sentence in which places and dates are replaced by placeholders (`PLACE`,
`DATE`), as long as the words they stand for, so that offsets hold; all of them are bounded.
"""

import re

from helpers.extract.rules.load import (
    PLACE_SENSES,
    load_parts,
    load_toml,
    load_verbs,
    load_words,
)
from helpers.extract.rules.notation import expand_pattern, list_alternatives

PLACE_SIGN, PLACE_FILL, DATE_SIGN, DATE_FILL = "\ue000", "\ue001", "\ue002", "\ue003"
PLACE = f"{PLACE_SIGN}{PLACE_FILL}*+"
DATE = f"{DATE_SIGN}{DATE_FILL}*+"
FEATURES = load_words("territory.toml")["features"]
BARE_VERBS = frozenset(  # "would | seize": what is only thought of
    verb.lemma for verb in load_verbs() if verb.sense in ("capture", "control", "contest")
)


def _name_verbs() -> dict[str, str]:
    """Part → the verbs of a sense as alternatives: {capture_verb}, {drive_verb} …; {take} is any
    form of "capture", {taken} its participle."""
    parts = {}
    for sense in PLACE_SENSES:
        forms = [verb.forms for verb in load_verbs() if verb.sense == sense]
        parts[f"{sense}_verb"] = list_alternatives(form for verb in forms for form in verb if form)
        if sense == "capture":
            parts["take"] = parts["capture_verb"]
            parts["taken"] = list_alternatives(verb[3] for verb in forms)
    return parts


def _collect_parts() -> dict[str, str]:
    """Part → regular expression."""
    features = list_alternatives([*FEATURES, *load_toml("territory.toml")["features_of_words"]])
    base = {"place": PLACE, "date": DATE, "feature": features} | _name_verbs()
    return load_parts("territory.toml", **base)


PARTS = _collect_parts()


def compile_territory(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern in the notation, with the parts of territory.toml, as `re` searches for it."""
    return re.compile(expand_pattern(pattern, PARTS), flags)
