"""The rules of events (events.toml), compiled with the parts of territory.toml."""

import re
from typing import NamedTuple

from helpers.extract.rules.load import load_event_rules
from helpers.extract.rules.territory import compile_territory

# They say nothing by themselves: an event must have been told before.
FOLLOWING = frozenset({"turn of", "the same way", "so did", "that of"})


class Rule(NamedTuple):
    """How a sentence may tell an event: the name of the rule, the measure it tells, the form of its
    verb (finite, passive, noun), its pattern in the notation, and compiled, with the groups `verb`
    and `places`."""

    name: str
    measure: str
    form: str
    template: str
    pattern: re.Pattern[str]


RULES = tuple(Rule(*rule, compile_territory(rule.pattern)) for rule in load_event_rules())
