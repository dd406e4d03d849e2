"""The rules of events (events.toml), compiled with the parts of territory.toml."""

import re
from typing import NamedTuple

from helpers.extract.rules.load import EventRule, load_event_rules
from helpers.extract.rules.territory import compile_territory

# They say nothing by themselves: an event must have been told before.
FOLLOWING = frozenset({"turn of", "the same way", "so did", "that of"})


class Rule(NamedTuple):
    """How a sentence may tell an event: the name of the rule, the measure it tells, the form of its
    verb (finite, passive, noun), its pattern in the notation, and compiled, with the groups `verb`
    and `places`; `predicate`: what stands behind the places, where the pattern begins with them,
    which is found much faster."""

    name: str
    measure: str
    form: str
    template: str
    pattern: re.Pattern[str]
    predicate: re.Pattern[str] | None


def _compile(rule: EventRule) -> Rule:
    """A rule of events.toml, compiled."""
    behind = rule.pattern.removeprefix("{subjects}")
    predicate = compile_territory(behind) if behind != rule.pattern else None
    return Rule(*rule, compile_territory(rule.pattern), predicate)


RULES = tuple(map(_compile, load_event_rules()))
