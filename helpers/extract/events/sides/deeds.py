"""The words for what armed people do to others (agents.toml), and who claims such a deed or is said
next to have done it."""

import re

from helpers.extract.events.parties import Parties
from helpers.extract.rules.load import load_toml

RULES = {name: words.split() for name, words in load_toml("agents.toml").items()}


def join_words(*names: str) -> str:
    """An alternation of the words of lists, the longest first."""
    words = sorted({word for name in names for word in RULES[name]}, key=len, reverse=True)
    return "|".join(word.replace("-", "[ -]?") for word in words)


_CLAIMS = (
    re.compile(
        r"(?P<name>(?:[A-Z][\w’'-]*|\([A-Z]\w+\)|al-[A-Z]\w+)(?:"
        r" (?:[A-Z][\w’'-]*|\([A-Z]\w+\)|of|for|al-\w+|the)){0,7}?)"
        r" (?:has |had )?claimed (?:responsibility for )?(?:the|an?) (?:[\w-]+ )?"
        r"(?:attack|ambush|assault|raid|bombing|strike|blast)"
        r"[^.;]{0,60}?(?:,? saying|that|in which) (?:it (?:said |had |has )?)?"
    ),
    re.compile(
        r"\bwhich (?:the )?(?P<name>[^,.;:]{2,40}?)(?: group)?(?: has| had)?(?: later)? claimed\b"
    ),
)
_CLAIMED_IT = re.compile(
    r"\W*(?:The )?(?P<name>(?!No\b|Nobody\b|Neither\b|It\b|None\b)[\w'’-]+"
    r"(?: [\w'’()-]+){0,5}?)(?: has| had)?(?: later| since| quickly| swiftly)? claimed"
    r"(?: responsibility\b| the (?:attack|bombing|blast|strike|ambush)| it\b)"
)
_BLAST = re.compile(
    rf"\b(?:{join_words('deeds', 'weapons', 'attacked')}|explo\w+|blew up|went off|detonat\w+"
    r"|vbied|ied)\b"
)
_THE_MEN = re.compile(
    r"The (?P<name>soldiers|gunmen|attackers|fighters|militants|insurgents|rebels|militiamen|police"
    r"|policemen|gendarmes|troops|assailants|kidnappers|bandits|officers|guards) [a-z]"
)
_TAKEN = re.compile(
    r"\b(?:was|were|been) (?:\w+ly )?(?:arrested|detained|abducted|kidnapped|taken|seized|shot|led"
    r"|rounded up|executed|beaten|stopped)\b"
)


def find_claimant(parties: Parties, at: int, order: int) -> str:
    """Who claims the deed that a sentence tells of."""
    sentence = parties.document.sentences[order]
    for claims in _CLAIMS:
        if claim := claims.search(parties.text, sentence.start, sentence.end):
            return parties.resolve(claim["name"], at, "")
    return ""


def find_told_behind(parties: Parties, order: int) -> str:
    """Who claims the blast or attack of a sentence in the next one: "Kell claimed responsibility",
    or whose men opens it: "The soldiers | gave no reason"."""
    sentences = parties.document.sentences
    if order + 1 == len(sentences) or sentences[order].paragraph != sentences[order + 1].paragraph:
        return ""
    here, behind = sentences[order], sentences[order + 1]
    if claim := _CLAIMED_IT.match(parties.text, behind.start, behind.end):
        is_told = bool(_BLAST.search(parties.lowered, here.start, here.end))
        return parties.resolve(claim["name"], behind.start, "") if is_told else ""
    if named := _THE_MEN.match(parties.text, behind.start, behind.end):
        is_suffered = bool(_TAKEN.search(parties.lowered, here.start, here.end))
        is_other = parties.names_fighters(here.start, here.end)
        return named["name"] if is_suffered and not is_other else ""
    return ""
