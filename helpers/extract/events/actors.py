"""Who acted in an event: the words before an active verb or behind "by"; and whether they are fighters at all."""

import re

from helpers.extract.rules.ground import ADVERB, DATE, FORCES, PEOPLE

CIVIL = re.compile(rf"\b{PEOPLE}\b")
_ARMED = re.compile(rf"\b{FORCES}\b")
_CLAUSE = re.compile(r"[;:]|,\s+(?:and|but|while)\s")


def is_armed(before: str, words: str, rule: str) -> bool:
    """Whether those who enter, reach or leave are fighters: who flees, visits or brings aid is no event."""
    clause = _CLAUSE.split(before)[-1]
    armed = list(_ARMED.finditer(clause))
    civil = list(CIVIL.finditer(clause))
    if rule == "withdrawal":
        armed += list(_ARMED.finditer(words))
    return bool(armed) and (
        not civil or armed[-1].start() > civil[-1].start() or armed[0].start() < civil[0].start()
    )


_CUT = re.compile(
    rf"[,;:()]|\s[-–—]+\s|\b(?:and|but|when|after|that|as|while|said|says|which|because|since|before|until|where|than|if|then|once|how)\b|{DATE}"
)
_TAIL = re.compile(
    rf"(?:\s*\b(?:{ADVERB}|has|have|had|was|were|been|being|is|are|to|would|will|could|of|not|managed|in|on))+\s*$"
)

_AGENT = re.compile(
    r"[^.;:]{0,40}?\b(?:by|to)\s+((?:(?!by\b|on\b|in\b|after\b|and\b|at\b|from\b|before\b|without\b|who\b|when\b)[\w'’-]+\s*){1,6})"
)
_BY = re.compile(r"\s*\bby\s+((?:(?!on\b|in\b|after\b|and\b)[\w'’-]+\s*){1,6})")


def find_actor(
    masked: str, verb: int, end: int, form: str, subject_first: bool
) -> tuple[tuple[int, int] | None, int]:
    """Who acted: the words before an active verb, or behind "by"; and where they begin."""
    if subject_first or form == "noun":
        match = (
            _AGENT.match(masked[end : end + 90])
            if form != "noun"
            else _BY.match(masked[end : end + 60])
        )
        if not match:
            return None, verb
        return (end + match.start(1), end + match.start(1) + len(match[1].rstrip())), end
    base = max(0, verb - 90)
    before = masked[base:verb]
    cuts = list(_CUT.finditer(before))
    begin = cuts[-1].end() if cuts else (0 if base == 0 else before.find(" ") + 1)
    piece = before[begin:]
    tail = _TAIL.search(piece)
    piece = piece[: tail.start()] if tail else piece
    begin += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    if (
        not piece
        or len(piece.split()) > 9
        or "\ue000" == piece[:1]
        and len(piece.split()) == 1
        and form == "ing"
    ):
        return None, verb
    return (base + begin, base + begin + len(piece)), base + begin
