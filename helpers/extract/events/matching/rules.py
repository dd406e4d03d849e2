"""The rules of events (events.toml), compiled with the parts of territory.toml."""

import re
from typing import NamedTuple

from helpers.extract.rules.load import EventRule, load_event_rules
from helpers.extract.rules.territory import PLACE_FILL, PLACE_SIGN, compile_territory


class Rule(NamedTuple):
    """How a sentence may tell an event: the name of the rule, the measure it tells, the form of its
    verb (finite, passive, noun), its pattern in the notation, and compiled, with the groups `verb`
    and `places`; `predicate`: what stands behind the places, where the pattern begins with them,
    which is found much faster; `asks` and `allows` as in load.EventRule."""

    name: str
    measure: str
    form: str
    template: str
    pattern: re.Pattern[str]
    predicate: re.Pattern[str] | None
    asks: frozenset[str]
    allows: frozenset[str]


_BEHIND = rf"(?<=[\w{PLACE_SIGN}{PLACE_FILL}])(?!\w)"  # places end with a word


def _compile(rule: EventRule) -> Rule:
    """A rule of events.toml, compiled."""
    behind = rule.pattern.removeprefix("{subjects}")
    opens = behind != rule.pattern
    predicate = compile_territory(rf"{_BEHIND}(?:{behind})") if opens else None
    pattern = compile_territory(rule.pattern)
    return Rule(
        rule.name,
        rule.measure,
        rule.form,
        rule.pattern,
        pattern,
        predicate,
        rule.asks,
        rule.allows,
    )


RULES = tuple(map(_compile, load_event_rules()))
# They say nothing by themselves: an event must have been told before.
FOLLOWING = frozenset(rule.name for rule in RULES if rule.asks & {"event before", "capture beside"})
