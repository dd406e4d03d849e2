"""Who acted in an event: the words before an active verb or behind "by"; and whether they are
fighters at all."""

from helpers.extract.rules.territory import PLACE_SIGN, compile_territory

CIVILIANS = compile_territory(r"\b{people}\b")
_FORCES = compile_territory(r"\b{forces}\b")
_CLAUSE = compile_territory(r"[;:]|, (and|but|while)\s")
_CUT = compile_territory(
    r"""[,;:()]|\s[-–—]+\s|\b(and|but|when|after|that|as|while|said|says|which|because|since|before
    |until|where|than|if|then|once|how)\b|{date}"""
)
_TAIL = compile_territory(
    r"""(~\b({adverb}|has|have|had|was|were|been|being|is|are|to|would|will|could|of|not|managed|in
    |on))+~$"""
)
_AGENT = compile_territory(
    r"""[^.;:]{0,40}?\b(by|to) (?P<actor>((?!by\b|on\b|in\b|after\b|and\b|at\b|from\b|before\b
    |without\b|who\b|when\b)[\w'’-]+~){1,6})"""
)
_BY = compile_territory(r"~\bby (?P<actor>((?!on\b|in\b|after\b|and\b)[\w'’-]+~){1,6})")
_BEFORE = 90  # characters before a verb in which its subject begins
_MOST = 9  # words of a subject


def is_armed(before: str, words: str, rule: str) -> bool:
    """Whether those who enter, reach or leave are fighters: who flees, visits or brings aid is no
    event."""
    clause = _CLAUSE.split(before)[-1]
    armed = list(_FORCES.finditer(clause))
    civil = list(CIVILIANS.finditer(clause))
    if rule == "withdrawal":
        armed += list(_FORCES.finditer(words))
    if not armed or not civil:
        return bool(armed)
    return armed[-1].start() > civil[-1].start() or armed[0].start() < civil[0].start()


def find_actor(
    marked: str, verb: int, end: int, form: str, subject_first: bool
) -> tuple[tuple[int, int] | None, int]:
    """Who acted (start, end): the words before an active verb, or behind "by"; and where they
    begin."""
    if subject_first or form == "noun":
        behind = _BY.match(marked[end : end + 60])
        if form != "noun":
            behind = _AGENT.match(marked[end : end + 90])
        if not behind:
            return None, verb
        start = end + behind.start("actor")
        return (start, start + len(behind["actor"].rstrip())), end
    base = max(0, verb - _BEFORE)
    before = marked[base:verb]
    cuts = list(_CUT.finditer(before))
    begin = before.find(" ") + 1 if base else 0
    begin = cuts[-1].end() if cuts else begin
    words = before[begin:]
    tail = _TAIL.search(words)
    words = words[: tail.start()] if tail else words
    begin += len(words) - len(words.lstrip())
    words = words.strip()
    count = len(words.split())
    is_place_alone = words[:1] == PLACE_SIGN and count == 1 and form == "ing"
    if not words or count > _MOST or is_place_alone:
        return None, verb
    return (base + begin, base + begin + len(words)), base + begin
