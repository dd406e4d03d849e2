"""Which rules of events a sentence may match, told by its words, before places and dates are looked
for.

Every match of a rule holds one of a few words, which are read from its pattern (`needs`): nothing
is said twice. What this refuses, no rule would match.
"""

import re
from functools import lru_cache

from helpers.extract.events.coordination import IN_BRACKETS_NEEDS
from helpers.extract.events.needs import WITHIN, find_needs
from helpers.extract.events.rules import FOLLOWING, RULES, Rule
from helpers.extract.rules.notation import expand_pattern, list_alternatives
from helpers.extract.rules.territory import PARTS
from helpers.extract.text.cache import Cache
from helpers.extract.text.document import Document, lower_text

_PLACES = dict.fromkeys(("list", "subjects", "apposition"), "")  # parts that ask for no word


def _compile_needs(rule: Rule) -> re.Pattern[str]:
    """A pattern for the words one of which every match of a rule holds."""
    needs = find_needs(expand_pattern(rule.template, PARTS | _PLACES))
    within = {word for word in needs if word.startswith(WITHIN)}
    pattern = rf"(?<!\w)(?:{list_alternatives(map(re.escape, needs - within))})"
    return re.compile("|".join([pattern, *(re.escape(word[1:]) for word in sorted(within))]))


_NEEDS = [(1 << order, _compile_needs(rule)) for order, rule in enumerate(RULES)]


def _judge_word(word: str) -> int:
    """The rules that a word may be of, as bits."""
    lowered = lower_text(word)
    return sum(bit for bit, needs in _NEEDS if needs.search(lowered))


_BITS = Cache(_judge_word)


@lru_cache(maxsize=10_000)
def _list_rules(bits: int) -> tuple[Rule, ...]:
    """The rules of these bits."""
    return tuple(rule for (bit, _), rule in zip(_NEEDS, RULES) if bits & bit)


def choose_rules(document: Document, order: int, follows: bool) -> tuple[Rule, ...] | None:
    """The rules that a sentence may match; None if it need not be read. `follows`: whether an event
    was told before."""
    bits = 0
    for word_bits in map(_BITS.__getitem__, document.list_words(order)):
        bits |= word_bits
    rules = _list_rules(bits)
    if not follows and all(rule.name in FOLLOWING for rule in rules):
        rules = ()  # they say nothing by themselves
    start, end, _, _ = document.sentences[order]
    lowered = document.lowered
    in_brackets = lowered.find("(", start, end) >= 0 and IN_BRACKETS_NEEDS.search(
        lowered, start, end
    )
    return rules if rules or in_brackets else None
