"""Who killed, wounded or took those whom a figure counts, where its own sentence says so: "rebels
seized Kell, killing eight soldiers", "a coalition strike killed 40". Where a second party might be
meant nobody is named."""

import re

from helpers.extract.events.actors import find_actor
from helpers.extract.events.parties import Parties

DONE = frozenset(("killed", "injured", "killed_or_injured", "detained"))  # measures
_HARMED = (
    r"kill(?:ed|ing)|execut(?:ed|ing)|wound(?:ed|ing)|injur(?:ed|ing)|behead(?:ed|ing)"
    r"|massacr(?:ed|ing)|slaughter(?:ed|ing)|captur(?:ed|ing)|abduct(?:ed|ing)|shot dead"
    r"|kidnapp(?:ed|ing)|detain(?:ed|ing|s)|arrest(?:ed|ing|s)|murder(?:ed|ing)|seiz(?:ed|ing)"
    r"|(?:pick|round)(?:ed|ing) up|gunn(?:ed|ing) down|holding|holds?|held|kills|wounds|injures"
    r"|took away|taking away|taken away"
)
_VERB = re.compile(rf"\b(?P<verb>{_HARMED}) (?:(?:a|an|the|another|also) )?$")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|who|which|that) (?:\w+ly )?$")
_BY = re.compile(
    r"(?: [\w'’-]+){0,3} (?:was|were|been) (?:\w+ly )?(?:killed|wounded|captured"
    r"|executed|detained|arrested|shot dead|abducted) by (?:the )?(?P<name>[^,.;:()]{2,50})"
)
# "died | in an attack by separatists", "killed | in Monday's shelling of Kell by the army"
_IN_ATTACK = re.compile(
    r"[^.;:]{0,140}?\b(?:in|by|during|from) (?:[\w'’-]+ ){0,3}?"
    r"(?:attacks?|ambush|raids?|(?:air)?strikes?|shelling|bombardment|bombing|assault|shooting)"
    r"(?: (?:on|of|at|in|near) [^.;:,]{2,50}?)? by (?:the )?(?P<name>[^,.;:()]{2,50})"
)
# "gunmen | attacked | Kell: 11 killed, | 8 wounded"
_ATTACKED = re.compile(
    r"\b(?P<verb>attack(?:ed|s)|ambush(?:ed|es)|raid(?:ed|s)|storm(?:ed|s)|shell(?:ed|s)"
    r"|bomb(?:ed|s)) [^.;:]{2,80}: (?:[^.;:]{0,60}, )?(?:and )?$"
)
_ENDS = re.compile(
    r" (?:in|on|at|near|during|after|since|when|and|while|(?:last|this|late|early) \w+|\w+day)\b"
)
_LEFT = re.compile(r"\bleft (?:the )?$")
_DEAD = re.compile(r"(?: [\w-]+){1,3} (?:dead|wounded)\b")
# What somebody says is another clause: "the army said | rebels attacked Kell, killing 30".
_SAYS = re.compile(
    r"\b(?:said|says|recalled|added|reported|announced|claimed|told [\w' ]{2,30}|confirmed|stated)"
    r"(?: (?:on )?\w+day)?(?: that)? (?!it\b|they\b|he\b|she\b|to\b|an?\b|the \w+ (?:on|in|at)\b)"
)
_CLAIMS = re.compile(
    r"(?P<name>(?:[A-Z][\w’'-]*|\([A-Z]\w+\))(?:"
    r" (?:[A-Z][\w’'-]*|\([A-Z]\w+\)|of|for|al-\w+|the)){0,7}?)"
    r" (?:has |had )?claimed (?:the|an?) (?:[\w-]+ )?(?:attack|ambush|assault|raid|bombing|strike)"
    r"[^.;]{0,60}?(?:,? saying|that) it (?:said |had |has )?$"
)
_SPEAKS_IT = re.compile(r"\b(?:said|says)(?: (?:on )?\w+day)?(?: that)? it (?:had|has)\b")
_STRIKE = re.compile(
    r"(?:(?:air|drone|missile|artillery|mortar|rocket)[ -]?)?(?:air ?)?(?:strikes?|raids?|attacks?"
    r"|shelling|bombardment|fire|bombing)$"
)
_OPENING = re.compile(  # "On 2 November, | militiamen attacked Bule, killing 18"
    r"\W*(?:on|in|at|by|late|early|during|overnight|before) [\w ]{2,30}, (?=[\w'’-]+ )"
    r"|\W*(?:on |late |early )*(?:\w+day|\d+ \w+) (?=[a-z])"
)
_OTHERS = re.compile(
    r"\b(?:who|which|when|while|as|and (?:the )?(?:army|rebels|troops|soldiers))\b"
)


def find_agent(parties: Parties, at: int, end: int) -> str:
    """The words for who did what the number between two offsets counts; "" if its sentence does not
    say."""
    document = parties.document
    sentence, lowered = document.sentences[document.find_sentence(at)], document.lowered
    behind = _BY.match(lowered, end, sentence.end)
    verb = _VERB.search(lowered, sentence.start, at)
    attack = None if behind or verb else _IN_ATTACK.match(lowered, end, sentence.end)
    if told := behind or attack:
        start, stop = told.span("name")
        words = _ENDS.split(document.text[start:stop])[0]
        is_name = attack is not None and words[:1].isupper()
        return parties.resolve(words, start, "") if is_name else _name(parties, words, start)
    left = _LEFT.search(lowered, sentence.start, at)
    if not verb and left and _DEAD.match(lowered, end, sentence.end):
        verb = left
    verb = verb or _ATTACKED.search(lowered, sentence.start, at)
    if not verb:
        return ""
    is_ing = lowered[verb.start() : verb.end()].split()[0].endswith("ing")
    if not is_ing and _PASSIVE.search(lowered, sentence.start, verb.start()):
        return ""
    if claims := _CLAIMS.search(document.text, sentence.start, verb.start()):
        return parties.resolve(claims["name"], verb.start(), "")
    last = verb.end("verb") if "verb" in verb.re.groupindex else verb.end()
    return _find_subject(parties, sentence.start, verb.start(), last)


def _find_subject(parties: Parties, first: int, verb: int, end: int) -> str:
    """Whose act a verb is: the subject of its clause, behind who says so."""
    text, lowered = parties.text, parties.document.lowered
    says = list(_SAYS.finditer(lowered, first, verb))
    begin = says[-1].end() if says else first
    if opening := _OPENING.match(lowered, begin, verb):
        begin = opening.end()
    form = "ing" if lowered[verb:end].split()[0].endswith("ing") else "finite"
    found, _ = find_actor(lowered[begin:end], verb - begin, end - begin, form, False)
    if not found:
        return ""
    start, stop = begin + found[0], begin + found[1]
    words, between = text[start:stop], lowered[stop:verb]
    if words.lower() == "it":
        return parties.find_speaker("it", start)
    if _OTHERS.search(between) and form == "ing" or _says_other(between):
        return ""
    return _name(parties, words, start)


def _says_other(between: str) -> bool:
    """Whether between a subject and a verb somebody says what another did."""
    return bool(re.search(r"\b(?:said|says)\b", between)) and not _SPEAKS_IT.search(between)


def _name(parties: Parties, words: str, at: int) -> str:
    """The words, if they are those for a party in arms or for its strikes."""
    if strike := _STRIKE.search(words):
        words = re.sub(
            r"^(?:an?|the|two|three|\w+ of) ", "", words[: strike.start()].strip(), flags=re.I
        )
        is_side = bool(words) and parties.may_hold(words, at)
        return words if is_side or words.lower().endswith("coalition") else ""
    is_pronoun = words.lower() in ("it", "they")
    return parties.resolve(words, at, "") if is_pronoun or parties.is_armed(words, at) else ""
