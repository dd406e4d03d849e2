"""One statement: who says something, with what verb, what of the sentence it holds for, and the
clauses that may describe who speaks."""

import re
from typing import NamedTuple

from helpers.extract.attribution.phrases import (
    ROLES,
    TITLES,
    WORDS,
    Phrase,
    Word,
    describes,
    find_head,
    is_sign,
    read_before,
    read_behind,
    skip_aside,
)
from helpers.extract.rules.load import load_patterns

PATTERNS = load_patterns("attribution.toml")


class Statement(NamedTuple):
    """Somebody says something: where it stands in the sentence (start, end), the speaker's words
    ("he" and "the agency" as they stand), the verb ("" for "according to"), and whether what
    stands before it (trails) or behind it (leads) is said; `aside`: what stands between commas
    behind the speaker ("Al Manar, | Hezbollah's television |, said"), or whom he is loyal to."""

    start: int
    end: int
    source: str
    verb: str
    trails: bool
    leads: bool
    is_definite: bool = False
    aside: str = ""


def name_phrase(words: list[Word], phrase: Phrase) -> str:
    """The words of a speaker, with one blank between; "Col." keeps its stop."""
    found = words[phrase.first].text
    for before, word in zip(words[phrase.first :], words[phrase.first + 1 : phrase.last]):
        found += "." if before.text in TITLES and word.start == before.end + 2 else ""
        found += ("" if word.start == before.end else " ") + word.text
    return found


def state(
    words: list[Word],
    phrase: Phrase,
    verb: str,
    first: int,
    last: int,
    trails: bool,
    leads: bool,
) -> Statement:
    """A statement from the word at `first` to the one before `last`."""
    return Statement(
        words[first].start,
        words[last - 1].end,
        name_phrase(words, phrase),
        verb,
        trails,
        leads,
        is_definite(words, phrase),
    )


def is_definite(words: list[Word], phrase: Phrase) -> bool:
    """Whether "the" or "its" stands before a speaker, who may have been named before."""
    return phrase.first > 0 and words[phrase.first - 1].lower in (
        "the",
        "that",
        "its",
        "their",
        "his",
        "her",
    )


_CLAUSE_BACK = 12  # words of a clause between a speaker and the verb


def read_before_clause(words: list[Word], end: int) -> Phrase | None:
    """The speaker before a clause that describes it: "residents | who walked from Kell | said",
    "aid groups | interviewed for this note | say", "the brigade | defending it | said"; None where
    there is no such clause."""
    end = skip_aside(words, end)
    at = end - 1
    while at > 0 and end - at <= _CLAUSE_BACK:
        word = words[at]
        if word.text in _CLAUSE_SIGNS:
            return None
        if word.lower == "calling" and words[at + 1].lower in ("itself", "themselves"):
            return read_behind(words, at + 2)  # "a group | calling itself the Kell Lions | said"
        is_clause = word.lower in ("who", "whom", "that") and end - at > 2
        is_met = word.lower in ("i", "we") and words[at - 1].lower not in ("whom", "who", "that")
        is_met = is_met and end - at > 1  # "a doctor | I reached | said"
        is_told = words[at - 1].lower in ("i", "we", "reporters")  # "whom we | reached by phone"
        is_consulted = word.lower in WORDS["consulted"] and not is_told
        is_consulted = is_consulted and words[at - 1].lower not in _RELATIVES
        is_consulted = is_consulted or find_loyalty(words, at, end) > at
        is_consulted = is_consulted or word.lower in _KNOWING and words[at - 1].stem in ROLES
        does = is_doing(words, at) and end - at > 1
        if is_clause or is_met or does or is_consulted and end - at > 1:
            opens = words[at + 1]
            is_other = opens.lower in WORDS["determiners"] or opens.is_name
            is_other = is_other or opens.stem in ROLES or opens.lower in WORDS["pronouns"]
            if is_clause and is_other and word.lower != "whom":
                return None  # "12 people | who officials say were"
            before = words[at - 1]
            noun = before._replace(text=before.lower) if at == 1 else before
            is_who = before.stem in ROLES or (is_consulted or is_met) and describes(noun)
            phrase = read_before(words, at)
            is_who = is_who or bool(phrase and words[find_head(words, phrase)].stem in ROLES)
            if phrase and before.lower in _FOLLOWING and find_loyalty(words, at, end) > at:
                return Phrase(phrase.first, end)  # "forces | loyal to Kell's governor | say"
            return phrase if is_who else None
        at -= 1
    return None


_FOLLOWING = frozenset("forces troops units fighters gunmen militiamen militias soldiers".split())
_RELATIVES = frozenset({"who", "that", "whom"})
# "two sources | with knowledge of the matter | said"
_KNOWING = frozenset("with familiar briefed privy aware".split())
_NO_DEED = frozenset("building meeting briefing hearing wing king morning evening".split())


def is_doing(words: list[Word], at: int) -> bool:
    """Whether a participle tells what a speaker does: "the brigade | defending | the village"."""
    word = words[at].lower
    is_participle = word.endswith("ing") and word not in _NO_DEED | WORDS["stop"]
    return is_participle and words[at].text.islower() and words[at - 1].stem in ROLES


def find_loyalty(words: list[Word], at: int, end: int) -> int:
    """Where those begin whom a speaker belongs to: "authorities appointed by | the RSF | said"; the
    index itself where no such word stands there."""
    if words[at].lower in WORDS["loyal"]:
        for step in range(at + 1, min(end - 1, at + _LOYAL)):
            if words[step].lower in ("by", "to", "with"):
                return step + 1
    return at


def is_denied(words: list[Word], at: int) -> bool:
    """Whether somebody denies what is named here: "denied rebel | claims | that"."""
    for word in reversed(words[max(0, at - _DENIED) : at]):
        if not word.text[0].isalnum():
            return False
        if word.lower in WORDS["denying"]:
            return True
    return False


_DENIED = 4  # words between "denied" and "reports"


_LOYAL = 4  # words between "put" and "by"
_CLAUSE_SIGNS = (",", ";", ":", ".", "“", "”", '"')


def is_named(one: Statement) -> bool:
    """Whether a speaker goes by a name; "Local committees" at the head of a sentence does not."""
    words = one.source.split()[0 if one.start > 1 or one.is_definite else 1 :]
    return one.source.isupper() or any(word[0].isupper() for word in words)


_AND_IT = re.compile(
    r"(?:\b(?:and|but)|;)"
    r"(?: (?:by|on|in|at|since|later|then|last|this|early|late)\b[^,.;:]{0,30},?)? $"
)


def means_subject(words: str, one: Statement, pronoun: str) -> bool:
    """Whether a pronoun may mean whom its own sentence is about: "An activist contradicted it: …,
    | he | said", "The army moved on Kell and by noon | it | said"."""
    opening = words[: one.start]
    joins = pronoun in ("it", "they") and one.leads and not one.trails
    return ":" in opening or joins and bool(_AND_IT.search(opening))


def has_that(words: list[Word], at: int) -> bool:
    """Whether what somebody found is a clause: "found | in 2022 that |"."""
    near = words[at + 1 : at + _THAT]
    that = next((step for step, word in enumerate(near) if word.lower == "that"), None)
    return that is not None and all(word.text[0].isalnum() for word in near[:that])


def ends_finding(words: list[Word], at: int) -> bool:
    """Whether a sentence ends with who found it: "… 4,000 dead, a commission | found |"."""
    opens = at - 1
    while opens > 0 and at - opens < _FINDERS and words[opens].text != ",":
        opens -= 1
    is_end = at + 1 == len(words) or words[at + 1].text == "."
    finders = words[opens + 1 : at]
    return is_end and words[opens].text == "," and any(one.stem in ROLES for one in finders)


_THAT = 5  # words in which it is said when somebody found "that"
_FINDERS = 8  # words between the last comma and "found"


_BEING = frozenset("is are was were be been being".split())


def read_quoted(words: list[Word], at: int) -> Statement | None:
    """ "Ali Noor | was quoted as saying | by Tass", "Tass | quoted | Ali Noor as saying"; None of
    others."""
    told = [word.lower for word in words[at + 1 : at + 3]]
    phrase = read_behind(words, at + 1)
    cited = [word.lower for word in words[phrase.last : phrase.last + 2]] if phrase else []
    if phrase and cited[:1] == ["as"] and cited[-1] in _AS_SAYING:
        verb = "denied" if cited[-1] in _AS_DENYING else "quoted"
        return state(words, phrase, verb, phrase.first, phrase.last + 2, False, True)
    if (
        not at
        or words[at - 1].lower not in _BEING
        or told[:1] != ["as"]
        or told[-1] not in _AS_SAYING
    ):
        return None
    phrase = read_before(words, at - 1)
    if phrase is None:
        return None
    trails = phrase.first > 2 and is_sign(words, phrase.first - 1)
    return state(words, phrase, "quoted", phrase.first, at + 3, trails, not trails)


_AS_DENYING = frozenset("denying dismissing rejecting disputing".split())
_AS_SAYING = _AS_DENYING | frozenset(
    "saying adding stating confirming announcing reporting claiming insisting asserting alleging"
    " telling declaring acknowledging admitting conceding estimating putting warning".split()
)
