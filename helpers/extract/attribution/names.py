"""Names of sources: one name for the organisation, its abbreviation and its spokesman; what kind of
speaker it is, and whether a party to the fighting."""

import re
from functools import cache, lru_cache

from helpers.extract.attribution.phrases import ARABIC, WORDS
from helpers.extract.attribution.statement import PATTERNS
from helpers.extract.places.countries import name_governments
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.rules.load import load_toml
from helpers.extract.rules.needs import list_signs
from helpers.extract.rules.notation import compile_pattern

_SHORT: dict[str, str] = load_toml("attribution.toml")["short"]
_TITLE = re.compile(r"^(?:the|an?|its|their|his|her|this) ", re.I)
_HEARD = re.compile(
    r" (?:in|on|over|through|via) (?:the|an?|one|its|their|his) (?:short |recorded |own )?(?:clips?"
    r"|videos?|footage|film|recording|post|message|interview|broadcast|letter|audio|tape|picture"
    r"|(?:radio|television|channel|website)(?: [A-Z][\w-]+)?)$"
)
_POSSESSIVE = re.compile(r"['’]s?$")


@lru_cache(maxsize=4096)  # the same few speak all the time
def name_source(words: str) -> str:
    """The name a source goes by: without article, and of a spokesman the body that speaks.

    >>> name_source("UNHCR spokesman Babar Baloch"), name_source("United Nations")
    ('UNHCR', 'UN')
    """
    words = _TITLE.sub("", " ".join(words.split())).strip(" .,'’").replace(";", ",")
    words = _HEARD.sub("", words)  # "a commander | in the clip"
    for name in ("speaks_for", "speaks_as", "belongs", "teams", "teams_of"):
        match = PATTERNS[name].search(words)
        if match and words.isupper() and match["source"].lower() in WORDS["role"]:
            continue  # "MILITARY SPOKESMAN" in a text in capitals
        if (
            match
            and name == "speaks_as"
            and _POSSESSIVE.sub("", match["source"]).lower() in (WORDS["person"])
        ):
            continue  # "Governor's spokeswoman Ana Brel" is not the governor
        if match and match["source"][0].isupper():
            words = _TITLE.sub("", match["source"])
            break
    if (match := PATTERNS["leads"].search(words)) and not words.isupper():
        words = match["source"] or match["side"]
    if " and " in words and words.lower() not in _SHORT:
        parts = [_shorten(_TITLE.sub("", part)) for part in words.split(" and ")]
        if all(part.isupper() for part in parts):
            return ";".join(parts)  # "the UN and the Syrian Observatory for Human Rights"
    return _shorten(words)


def _shorten(words: str) -> str:
    """The short name of an organisation, or the name without its possessive."""
    words = _POSSESSIVE.sub("", words)
    if match := PATTERNS["apposed"].search(words):
        words = match["source"]
    key = words.lower().replace("’", "'").replace("u.n.", "un").replace("un's ", "un ")
    return _SHORT.get(key, words)


def is_party(source: str, armed: frozenset[str]) -> bool:
    """Whether a source is a party to the fighting: by its own words, as a government, or as one of
    those whom the text calls armed."""
    if PATTERNS["no_party"].search(source):
        return False
    if PATTERNS["party"].search(source) or source.lower() in name_governments():
        return True
    if PATTERNS["nations_officer"].fullmatch(source) or PATTERNS["named_force"].match(source):
        return True
    if len(source) < 6 and source.isupper() and source.lower() in LISTS["sides"]:
        return True
    if source in armed:
        return True
    if source.endswith(_HOLDING) and source.rpartition(" ")[0] in armed:
        return True  # "the Odran | authorities", of whose soldiers the text tells
    first = re.split("[- ]", source, maxsplit=1)[0]  # "M23 | officer", "AA | -aligned officer"
    return first in armed and first.isupper() and not is_office(first) and first != "UN"


_HOLDING = (" authorities", " officials")
_OFFICES = frozenset(_SHORT.values()) | set(
    "IDMC ACLED UCDP ACAPS DTM AFP AP UNDP UNFPA IFRC ECHO FAO UNMISS MONUSCO UNAMA UNSMIL MINUSMA "
    "UNAMI UNITAMS INSO IPC FEWS ISW KST SNHR UNOSAT IRC RRC UNDSS EUAA".split()
)


def is_office(source: str) -> bool:
    """Whether a name in brackets is that of an agency or monitor that gives figures."""
    return source.split()[0] in _OFFICES if source else False


# "UN spokesman | David Hallam", "army spokesman | Brig. Gen. Ana Brel"
_TITLED = re.compile(
    rf" (?:{'|'.join(sorted(WORDS['person']))}) [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){{1,4}}$"
)


_RANKS = frozenset("lt gen col maj capt brig sgt cpl adm cmdr dr prof mr mrs ms".split())
_BEHIND_HEAD = frozenset("of for in at from near on to with".split())


_SEVERAL = frozenset("refugees migrants families women mothers people civilians deportees".split())


@cache
def name_kind(source: str) -> str:
    """person, body (an organisation) or several (residents, officials)."""
    words = re.findall(r"[\w-]+", source.lower())
    head = words
    for at, word in enumerate(words):
        if word in _BEHIND_HEAD and at:
            head = words[:at]
            break
    if not head:
        return "body"
    if head[-1] in ("staff", "command"):
        return "body"  # "General | Staff"
    if head[-1] in WORDS["person"]:
        return "person"
    if head[-1] in _SEVERAL:
        return "several"
    if head[0] in WORDS["person"] and any(word[0].isupper() for word in source.split()[:2]):
        return "person"  # "spokesman | Ana Brel"
    if _TITLED.search(source):
        return "person"
    is_plural = head[-1] in WORDS["role"] and head[-1].endswith("s")
    if is_plural and head[-1] not in WORDS["body"]:
        return "several"  # "junta | newspapers"
    if not WORDS["body"].isdisjoint(head) or source.isupper():
        return "body"
    parts = [part for part in source.split() if not ARABIC.match(part)]
    if head[0] in _RANKS and len(head) > 1:
        return "person"
    is_full_name = len(head) > 1 and all(part[:1].isupper() for part in parts)
    return "person" if is_full_name else "body"


_TITLE_BEFORE = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof|Professor|Father|Sister|Brother|Sheikh|Imam|Pastor|Bishop|Mayor"
    r"|Governor|Judge)\.? (?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2})"
    r"|\b(?P<officer>(?:(?:Lt|Gen|Maj|Col|Capt|Brig|Sgt|General|Colonel|Major|Captain)\.? ){1,2}"
    r"[A-Z][\w’'-]+(?: (?:[A-Z]|al-[A-Z])[\w’'-]+){1,2})"
)
# What people do whom a text shows.
_LIVED = (
    "is|was|has|had|sat|sits|stood|stands|waited|waits|walked|came|arrived|left|fled|lost|lives"
    "|lived|works|worked|runs|ran|keeps|kept|sells|sold|remembers|remembered|carried|held|looked"
    "|slept|sleeps|buried|returned|stayed|drives|drove|teaches|taught|spent|cooked|escaped"
)
_FULL = r"(?P<name>[A-Z][\w’'-]+(?: (?:[A-Z]|al-[A-Z])[\w’'-]+){1,2})"
_MET = re.compile(
    rf"\b(?:speaking to|spoke (?:to|with)|met|called|named|interviewed|visited) {_FULL}"
)
_SUBJECT = re.compile(
    rf"(?:^\W*|, ){_FULL}(?:, \d\d,|, (?:an? |the |who\b|whose\b)| (?:{_LIVED})\b)"
)


# "Emergency |, the charity | that runs the ward".
DESCRIBED = re.compile(
    r", (?:the|an?) (?:[\w-]+ ){0,3}(?:charity|organi[sz]ation|agency|group|ngo|network|monitor"
    r"|committee|association|union|federation|foundation|watchdog|observatory)\b"
)


def find_titled(sentence: str) -> set[str]:
    """The persons whom a sentence names with a title or rank, an officer with both: "Dr | Paul Kiza
    | has treated …"."""
    return {match["name"] or match["officer"] for match in _TITLE_BEFORE.finditer(sentence)}


def find_persons(sentence: str) -> set[str]:
    """The persons by whose full name a sentence begins, or whom somebody met: "| Ana Brel |, 41,
    walked"."""
    found = [match["name"] for pattern in (_MET, _SUBJECT) for match in pattern.finditer(sentence)]
    return {name for name in found if _is_person(name)}


def _is_person(name: str) -> bool:
    """Whether a name of two or three words is of a person, by its words: of no body, no land."""
    words = set(name.lower().split())
    is_body = not words.isdisjoint(WORDS["body"] | WORDS["role"] | WORDS["calendar"])
    is_stop = not words.isdisjoint(WORDS["stop"] | WORDS["determiners"] | WORDS["links"])
    return not (is_body or is_stop or name.lower() in name_governments())


_CLAIMING = compile_pattern(
    r"(?P<name>[A-Z]{3,8}|(?!The\b)[A-Z][a-z]\w+( [A-Z]\w+){0,3})\)?(, [^,.;]{3,60},)? "
    r"((has|have|had) )?claimed "
    r"(responsibility|the (attack|ambush|raid|assault|bombing|capture))\b"
)
_OFFICERS = compile_pattern(
    r"(?P<name>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,4}), (?:an?|the|its) (?P<office>[\w -]{3,40}?"
    r" (?:spokes(?:man|woman|person)|commander))\b"
)
_OFFICERS_SIGNS = list_signs(_OFFICERS.pattern)
_OF_ARMED = compile_pattern(
    rf"\b(?i:{PATTERNS['armed'].pattern}) of (?:the )?(?P<name>[A-Z][\w-]+)"
)
ARMED = compile_pattern(rf"\b(?P<name>[A-Z][\w-]+) {PATTERNS['armed'].pattern}")
_ARMED_SIGNS = list_signs(PATTERNS["armed"].pattern)
_FULL_NAME = compile_pattern(
    rf"(?P<men>\b(?i:{PATTERNS['armed'].pattern}|units) of (?:the )?)?"
    r"(?P<name>(?:[A-Z][\w-]+ (?:(?:of|for|the) ){0,2})+)$"
)
# "| KLN | seized Goma", "clashes between troops and the | KLN |".
_FIGHTS = compile_pattern(
    r"\b(?P<name>[A-Z]{3,8}(-[A-Z]{1,3})?) ((has|have|had|also|already|later) ){0,2}"
    r"(seized|captured|recaptured|overran|retook|took control of) (the )?[A-Z]"
    r"|\b(?i:fighting|clashes|battles?|fights?) between [^.,;]{2,50}? and (the )?"
    r"(?P<other>[A-Z]{3,8}(-[A-Z]{1,3})?)\b"
)
_FIGHTS_SIGNS = list_signs(_FIGHTS.pattern)
_BRACKETED = re.compile(r"\((?P<short>[A-Z][A-Z0-9]{1,7})\)")
_OF_MANY = re.compile(r"s['’]\s")  # "rebels' | own"


def _is_armed(text: str, short: re.Match[str]) -> bool:
    """Whether an abbreviation in brackets is of a party: "the Odran Guerrillas (KVO)", "units of
    the Kell Council (KVO)"."""
    full = _FULL_NAME.search(text, max(0, short.start() - 90), short.start())
    if full is None or "Nations" in full["name"]:
        return False
    return bool(full["men"]) or is_party(full["name"].strip(), frozenset())


def find_armed(text: str, lowered: str, abbreviations: dict[str, str]) -> frozenset[str]:
    """Names that a text gives to fighters: "M23 rebels", "fighters of the MNDAA"; the
    abbreviations of armies and fronts; who claimed an attack; and their spokesmen: "Major Idris, a
    military spokesman". `lowered`: the text in small letters."""
    names = {"IS", "ISIS"}
    patterns = [ARMED, _OF_ARMED] if any(sign in lowered for sign in _ARMED_SIGNS) else []
    patterns += [PATTERNS["of_armed"]] if _OF_MANY.search(text) else []
    patterns += [_CLAIMING] if "claimed" in lowered else []
    for pattern in patterns:
        names |= {match["name"] for match in pattern.finditer(text)}
    if any(sign in lowered for sign in _FIGHTS_SIGNS):
        fights = (match["name"] or match["other"] for match in _FIGHTS.finditer(text))
        names |= {name for name in fights if not is_office(name)}
    names |= {short for name, short in abbreviations.items() if is_party(name, frozenset())}
    names |= {match["short"] for match in _BRACKETED.finditer(text) if _is_armed(text, match)}
    if any(sign in lowered for sign in _OFFICERS_SIGNS):
        names |= {
            match["name"]
            for match in _OFFICERS.finditer(text)
            if is_party(match["office"], frozenset())
        }
    return frozenset(names)


def brands_enemy(text: str, end: int) -> bool:
    """Whether a number is of an enemy whose name stands in quotation marks: "killed 52 | “bandits”
    |": so a party speaks."""
    return bool(PATTERNS["branded_enemy"].match(text, end))


OWN_TROOPS = re.compile(
    r"\b(?:his|its|their|our) (?:own )?(?:troops|soldiers|servicemen|fighters|army|armed|military"
    r"|forces|men\b)"
)
# Who says that somebody has "neutralised four terrorists" speaks as one of those who did.
_FEAT = re.compile(
    r"[\"“](?:neutrali[sz]ed|eliminated|liquidated) [^\"”]{0,40}?"
    r"(?:terrorists|bandits|criminals|invaders|mercenaries|occupiers|enemies)\b"
)


def find_branded_feat(words: str) -> int:
    """Where a sentence quotes that an enemy with such a name was killed; -1 if nowhere.

    >>> find_branded_feat('He said troops had "neutralised nine bandits".')
    19
    """
    found = _FEAT.search(words) if '"' in words or "“" in words else None
    return found.start() if found else -1


def may_brand(name: str) -> bool:
    """Whether who quotes such a feat may be of those who did it: no organisation and no monitor."""
    return not is_office(name) and not PATTERNS["no_party"].search(name)


_RUNS = ("run", "led", "controlled", "held", "appointed", "affiliated", "aligned")
_RUN = re.compile(
    rf"(?<![\w-])[\w’']+-(?:{'|'.join(_RUNS)}) "
    r"(?P<body>(?:[a-z]+ )?(?:ministry|authorities|administration|government|agency|office))\b"
)


def find_run_by_side(lowered: str, armed: frozenset[str]) -> frozenset[str]:
    """Offices that a text in small letters once says a side runs: "health ministry" of "the
    houthi-run health ministry"."""
    if not any(f"-{word} " in lowered for word in _RUNS):
        return frozenset()
    found = _RUN.finditer(lowered)
    return frozenset(one["body"] for one in found if is_party(one[0], armed))


_CERTAIN = frozenset("council committee commission ministry".split())  # of one kind only


def may_be(noun: str, name: str) -> bool:
    """Whether a body may be called so: "the council" is no hospital."""
    return noun not in _CERTAIN or noun in name.lower() or name.isupper()


def is_named_plural(source: str) -> bool:
    """Whether a body has a name of several: "Local Coordination Committees", not "residents"."""
    words = source.split()
    return len(words) > 1 and words[-1][0].isupper() and name_kind(source) == "several"


_INITIAL = re.compile(r"(?:[a-z]{2,4}-)?([A-Z])")  # "al- | Islam"
_LED = re.compile(
    r"\b(?P<body>[A-Z]{2,}[0-9]*)(?:['’]s)? (?:chief |military )?"
    r"(?:leader|commander|chief|spokes(?:man|woman|person)),? "
    r"(?P<name>(?:[A-Z]|al-[A-Z])[\w’'-]+(?: (?:[A-Z]|al-[A-Z])[\w’'-]+){0,3})"
)


def find_leaders(text: str) -> dict[str, str]:
    """Surname in small letters → the side whose leader or spokesman a text calls so."""
    return {
        match["name"].split()[-1].lower(): name_source(match["body"])
        for match in _LED.finditer(text)
    }


def find_abbreviations(text: str) -> dict[str, str]:
    """Name in small letters → abbreviation that a text puts behind it in brackets."""
    found = {}
    for match in _BRACKETED.finditer(text):
        words = text[max(0, match.start() - 120) : match.start()].split()
        capitals = {at: one[1] for at, word in enumerate(words) if (one := _INITIAL.match(word))}
        for at in capitals:
            initials = "".join(capitals[order] for order in capitals if order >= at)
            if initials == match["short"]:
                found[" ".join(words[at:]).lower()] = match["short"]
    return found


def take_conjunct(source: str, role: str) -> str:
    """Of several who spoke together the last, where he is meant: "two sources and an elected
    | official"."""
    last = re.sub(r"^(?:the|an?) ", "", source.rpartition(" and ")[2])
    return last if last.lower().split()[-1:] == [role] else source


def read_late_body(words: str) -> str:
    """The army or government that a sentence is about behind the words that open it, or that it
    asks of: "After two days | the army | retakes Kell", "How has | the army | responded?"."""
    named = PATTERNS["late_body"].match(words)
    return named["source"] or named["asked"] if named else ""


# Whom "he" and "she" do not mean; a sentence that opens with "it".
NOT_MEANT = {
    "he": re.compile(
        r"\b(?:\w*woman|nun|sister|mother|wife|widow|Ms|Mrs|midwife)\b", re.IGNORECASE
    ),
    "she": re.compile(r"\b(?:spokesman|imam|priest|bishop|father|monk|Mr|sheikh)\b", re.IGNORECASE),
}
ITSELF = re.compile(
    r"\W*(?:(?:On|By|In|At|Then|Later|But|And)\b[^,.;:]{0,30}?,? )?(?:[Ii]t|[Tt]hey)\b"
)
