"""Whether a text says that something happened: reported, claimed by a party, denied, or only
expected.

Looked for in the words before a verb (negation, modals, plans, conditions) and in its sentence
(denials, who says so). A doubt is never resolved in favour of an event. The patterns are in
modality.toml.
"""

import re

from helpers.extract.rules.load import load_patterns
from helpers.extract.rules.notation import compile_pattern
from helpers.extract.rules.territory import BARE_VERBS

_PATTERNS = load_patterns("modality.toml")
_NARROW = compile_pattern(r"[;:–—]|\s-\s|\.\s|, (and|but|while|as|when|after|which|who|where)\b")
_WIDE = re.compile(r"[;:–—]|\.\s")
# It denies what followed from an event, not the event.
_NEITHER = re.compile(
    r"\b(?:neither|nor)(?: (?:has|had|have|did|does|do|is|was|were))?(?: (?:the|its|their|his))? $"
)
_CLAUSE = 140  # characters before an offset that its clause may have


def judge_modality(sentence: str, left: int, verb: int, end: int, form: str) -> str:
    """What a sentence says of an event: reported, claimed, denied, expected, or "" (it did not
    happen, or is asked).

    `sentence`: in lower case, with placeholders; `left`: where the event begins (its subject, if
    that comes first), `verb` and `end`: where its verb begins and the event ends; `form`: finite,
    passive, noun or ing.
    """
    if sentence.rstrip(" \"'”’)").endswith("?"):
        return ""
    before = _cut_clause(sentence, verb, _NARROW)
    if form == "noun":
        before = _NEITHER.sub("", before)  # "neither has | their seizure of Kell"
    if _PATTERNS["negated"].search(before):
        is_said = form in ("passive", "finite") and _PATTERNS["says_not"].search(sentence[:verb])
        return "denied" if is_said else ""
    if _PATTERNS["long_tried"].search(before):
        return ""
    if form in ("passive", "finite") and left < verb:
        subject = _cut_clause(sentence, left, _NARROW) + " "
        if _PATTERNS["negated"].search(subject):
            return ""
    denial_begins = _PATTERNS["denies"].search(sentence[max(0, verb - 150) : verb])
    if denial_begins or _PATTERNS["denied"].match(sentence[end : end + 160]):
        return "denied"
    if _PATTERNS["said_to_have"].search(before) and not _PATTERNS["hoped"].search(before):
        return "claimed"
    if _PATTERNS["allegation"].match(sentence) and _PATTERNS["dismissed"].search(sentence[end:]):
        return "denied"
    if _is_expected(sentence, before, left, verb, end, form):
        return "expected"
    goes_on = _PATTERNS["goes_on"].search(sentence, end)
    told = sentence[: goes_on.start()] if goes_on else sentence
    return "claimed" if _PATTERNS["claim"].search(told) else "reported"


def _is_expected(sentence: str, before: str, left: int, verb: int, end: int, form: str) -> bool:
    """Whether it may happen, is planned, feared, rumoured or depends on something."""
    if _PATTERNS["modal"].search(before):
        return True
    if _PATTERNS["infinitive"].search(before) and not _PATTERNS["done"].search(before):
        return True
    if _PATTERNS["condition"].search(_cut_clause(sentence, verb, _WIDE)):
        return True
    if form in ("noun", "ing") and _PATTERNS["plan"].search(before):
        return True
    if form in ("noun", "ing") and _PATTERNS["to_come"].search(before):
        return True
    if form == "finite" and left < verb and _is_bare(sentence, left, verb):
        return True
    is_means = form == "ing" and _PATTERNS["by_doing"].search(before)
    if is_means and _PATTERNS["will"].match(sentence[end:]):
        return True
    return bool(_PATTERNS["rumour"].search(sentence[:verb]))


def _is_bare(sentence: str, left: int, verb: int) -> bool:
    """Whether a verb behind its subject is bare, and the modal stands before that: "would | Kell |
    fall"."""
    word = re.match(r"[\w-]+", sentence[verb:])
    if not word or word[0] not in BARE_VERBS | {"fall"}:
        return False
    return bool(_PATTERNS["before_bare"].search(sentence[max(0, left - 12) : left]))


def _cut_clause(sentence: str, at: int, stops: re.Pattern[str]) -> str:
    """What stands before an offset within its clause."""
    before = sentence[max(0, at - _CLAUSE) : at]
    return before[max((stop.end() for stop in stops.finditer(before)), default=0) :]
