"""The rules of events (events.toml), with the parts of territory.toml. Each is compiled when a
sentence may first match it: all of them take seconds."""

import re
from dataclasses import dataclass
from functools import cached_property

from helpers.extract.rules.load import load_event_rules
from helpers.extract.rules.territory import PLACE_FILL, PLACE_SIGN, compile_territory

_BEHIND = rf"(?<=[\w{PLACE_SIGN}{PLACE_FILL}])(?!\w)"  # places end with a word
_SUBJECTS = "{subjects}"


@dataclass(frozen=True)
class Rule:
    """How a sentence may tell an event: the name of the rule, the measure it tells, the form of its
    verb (finite, passive, noun), its pattern in the notation; `asks` and `allows` as in
    load.EventRule."""

    name: str
    measure: str
    form: str
    template: str
    asks: frozenset[str]
    allows: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """It compiled, with the groups `verb` and `places`."""
        return compile_territory(self.template)

    @cached_property
    def predicate(self) -> re.Pattern[str] | None:
        """What stands behind the places, where they are the subject, which is found much faster;
        else None."""
        before, subjects, behind = self.template.partition(_SUBJECTS)
        is_whole = before.count("(") == before.count(")")
        return compile_territory(f"{_BEHIND}(?:{behind})") if subjects and is_whole else None


RULES = tuple(
    Rule(rule.name, rule.measure, rule.form, rule.pattern, rule.asks, rule.allows)
    for rule in load_event_rules()
)
# They say nothing by themselves: an event must have been told before.
FOLLOWING = frozenset(rule.name for rule in RULES if rule.asks & {"event before", "capture beside"})
