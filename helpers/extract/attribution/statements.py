"""Statements: where a sentence says who says something, and what stands under it.

"X said that …" holds for what follows, "…, X said" for what stands before, "according to X" for
both within its clause.
"""

import re

from helpers.extract.attribution.citing import (
    read_according,
    read_acting,
    read_believed,
    read_claim,
    read_gapped,
    read_holding,
    read_tally,
)
from helpers.extract.attribution.phrases import WORDS, Word, cut_words
from helpers.extract.attribution.saying import (
    VERBS,
    read_joined,
    read_relative,
    read_saying,
    read_with,
)
from helpers.extract.attribution.statement import PATTERNS, Statement
from helpers.extract.text.cache import Cache

_REPORTING = WORDS["reporting"]
_CITING = frozenset({"to", "citing", "quoting", "per", "by", "on"})
_OPENS = VERBS | _REPORTING | _CITING | {"claiming", "if"}
_CUES = (VERBS | _REPORTING | _CITING | WORDS["passive"]) - {"to", "state"}
_CUES |= {"according", "believed", "claiming"}
_ACTING = WORDS["own_hand"] | WORDS["tending"] | WORDS["feeling"] | WORDS["tracking"]
_OWN = re.compile(r" (?:that )?(?:its|their|his|her) (?:[\w-]+ ){0,3}")
_SPEAKING = frozenset({"speaks", "spoke", "speak"})
_HOLDS = re.compile(
    r"\bha(?:s|ve) (?:an? (?:list|lists|record|count) of )?\d"
    r"|\b(?:keep|maintain|hold)s? (?:an? )?(?:lists?|records?|count|register|roll|tally)"
    r" (?:of|with) \d"
)
_TALLY = re.compile(
    rf"['’]s? (?:(?:{'|'.join(sorted(WORDS['newest']))}) ){{0,3}}"
    rf"(?:{'|'.join(sorted(WORDS['figures']))})\b|['’]s latest:|\bnow (?=at \d)"
)
_RECEIVES = re.compile(
    r"\b(?:received|receives|gathered|collected|compiled|obtained|heard) (?:\w+ ){0,2}"
    r"(?:reports|accounts|testimony|testimonies|complaints|allegations|information|word|news|names)"
    r" (?:of|about|that)\b"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_IS_CUE = Cache(lambda word: any(part in _CUES for part in _LETTERS.findall(word.lower())))


def find_statements(sentence: str) -> list[Statement]:
    """The statements of a sentence in reading order; where there is none, of an organisation that
    helps those it counts.

    >>> [one.source for one in find_statements("Nine died, an official said.")]
    ['official']
    """
    holds, tally = _HOLDS.search(sentence), _TALLY.search(sentence)
    holds = holds or _RECEIVES.search(sentence)
    found: list[Statement] = []
    if (
        holds
        or tally
        or " state that" in sentence
        or any(map(_IS_CUE.__getitem__, sentence.split()))
    ):
        words = cut_words(sentence)
        for at, word in enumerate(words):
            statement = None
            if holds and word.start == holds.start():
                statement = read_holding(words, at)
            elif tally and word.start <= tally.end() <= word.end + 1:
                statement = read_tally(words, at)
            if statement is None and word.lower in _OPENS:
                statement = _read_at(words, at, found)
            if statement and not (found and _goes_under(statement, found[-1], sentence)):
                found.append(statement)
                if statement.verb in _SPEAKING:
                    found += read_gapped(words, statement)
    return found or _read_acting(sentence)


def _read_acting(sentence: str) -> list[Statement]:
    """The first statement of an organisation that helps those it counts; none or one."""
    if _ACTING.isdisjoint(sentence.split()):
        return []
    words = cut_words(sentence)
    acting = (read_acting(words, at) for at, word in enumerate(words) if word.lower in _ACTING)
    return [statement for statement in acting if statement][:1]


def _goes_under(statement: Statement, before: Statement, sentence: str) -> bool:
    """Whether a statement is part of the one before: "MSF said its | hospital admitted 112"."""
    if statement.start < before.start:
        return False  # "the army, which | survivors told us | had fired it, puts …"
    if statement.start < before.end:
        return True
    between = sentence[before.end : statement.start]
    return before.leads and statement.verb in _ACTING and bool(_OWN.fullmatch(between))


def _read_at(words: list[Word], at: int, found: list[Statement]) -> Statement | None:
    """The statement that a word of saying or citing makes, behind those found before it."""
    verb, statement = words[at].lower, None
    if verb in VERBS:
        statement = read_saying(words, at) or read_joined(words, at, found)
        statement = statement or read_relative(words, at, found)
        statement = statement or read_claim(words, at)
    elif verb == "claiming":
        statement = read_joined(words, at, found)
    elif verb in _REPORTING:
        statement = read_with(words, at) or _read_participle(words, at, found)
    if verb == "if":
        statement = read_believed(words, at)
    if statement is None and verb in _CITING:
        statement = read_according(words, at)
    return statement


def _read_participle(words: list[Word], at: int, found: list[Statement]) -> Statement | None:
    """ "rejected the charge, | saying | 12 rebels had died": behind a comma, of whoever acts."""
    is_apart = words[at].lower == "saying" and at > 1 and words[at - 1].text == ","
    return read_joined(words, at, found) if is_apart else None


def choose_statement(found: list[Statement], sentence: str, at: int) -> Statement | None:
    """The statement under which what stands at an offset is said, or None; who is cited says it,
    not who cites."""
    chosen = _choose(found, sentence, at)
    if chosen:
        for one in found:
            first, last = sorted((chosen, one))
            apart = PATTERNS["boundary"].search(sentence, first.end, last.start)
            if one.verb == "citing" and not apart:
                return one
    return chosen


_RELATIVE = re.compile(r", (?:who|whom|which)(?: [\w-]+)? $")


def is_aside(one: Statement, sentence: str, at: int) -> bool:
    """Whether a statement within commas is over at an offset: "the rebels, who | experts say | are
    paid, took Kell"."""
    if not _RELATIVE.search(sentence, max(0, one.start - 24), one.start):
        return False
    return "," in sentence[one.end : at]


_MARKS = re.compile("[,:;]")
_COUNTING = frozenset("counted recorded registered hosted documented counts".split())


def _is_nearer(before: Statement, after: Statement, sentence: str, at: int) -> bool:
    """Whether what stands at an offset is said by who is named behind it, though somebody speaks
    before: within a quotation that closes there (… “We buried | 42 |,” said the mayor), or behind
    the last comma before "according to" ("…, out of | 120,000 | according to the city")."""
    held, behind = sentence[before.end : at], sentence[at : after.start]
    is_open = held.count('"') % 2 == 1 or held.count("“") > held.count("”")
    if is_open and re.search('[,.!?]["”] $', behind):
        return True
    is_cited = not after.verb and ", " in held and ", " not in behind
    return is_cited and after.trails and " according " in f" {sentence[after.start : after.end]} "


def _choose(found: list[Statement], sentence: str, at: int) -> Statement | None:
    """The nearest statement that reaches an offset, or None; a country that "counted" is none
    where somebody else is named."""
    if not found:
        return None
    leading = [one for one in found if one.end <= at and one.leads]
    leading = [one for one in leading if not is_aside(one, sentence, at)]
    if any(one.verb == "" and one.trails for one in found):
        leading = [
            one
            for one in leading
            if one.verb not in _COUNTING or not one.source.istitle() or " " in one.source
        ]
    trailing = [one for one in found if one.start >= at and one.trails]
    before, after = leading[-1] if leading else None, trailing[0] if trailing else None
    if after and after.verb == "own" and _MARKS.search(sentence, at, after.start):
        after = None  # "by its own account" reaches no further than its clause
    if PATTERNS["ours"].search(sentence, before.end if before else 0, at):
        return None
    if before and after and _is_nearer(before, after, sentence, at):
        return after
    if before and after:
        own = PATTERNS["boundary"].search(sentence, before.end, at)
        apart = PATTERNS["boundary"].search(sentence, at, after.start)
        return after if own and not apart else before
    if before:
        turn = PATTERNS["contrast"].search(sentence, before.end) if before.trails else None
        return None if turn and turn.start() < at else before
    if after and PATTERNS["contrast_back"].search(sentence, at, after.start):
        return None
    is_own = after and sentence[: after.start].endswith((" its ", " their "))
    if after and is_own and PATTERNS["contrast"].search(sentence, at, after.start):
        return None  # "…, while drones hit Kell, | its | governor said"
    return after


_COUNTED = re.compile(r"\bby [^,;]*\b(?:count|tally|estimates?|reckoning|figures)$")


def is_count(words: str, one: Statement) -> bool:
    """Whether a statement is of figures alone: "| by the army's own count |"."""
    return one.verb in ("", "own") and bool(_COUNTED.search(words, one.start, one.end))
