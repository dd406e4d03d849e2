"""Who killed, wounded or took those whom a figure counts, where the text says so: as the subject of
the verb ("rebels seized Kell, killing eight"), behind "by", as the owner of a deed or a weapon
("an army raid", "a mine laid by the rebels"), in the clause that tells of the attack ("when gunmen
stormed"), or as who claims it. Where a second party might be meant nobody is named."""

import re

from helpers.extract.events.actors import find_actor
from helpers.extract.events.parties import Parties, is_side
from helpers.extract.events.sides.deeds import (
    RULES,
    find_claimant,
    find_told_behind,
    join_words,
)
from helpers.extract.places.countries import name_governments
from helpers.extract.rules.lexicon import LISTS

# Measures of what somebody did to people.
DONE = frozenset(("killed", "injured", "killed_or_injured", "detained", "released"))
_HARMED, _ATTACKED, _THINGS = (
    join_words("harmed"),
    join_words("attacked"),
    join_words("deeds", "weapons"),
)
_FREED, _ACTS = join_words("freed"), join_words("harmed", "freed")
_IDLE = frozenset(
    word for name in ("kinds", "deeds", "weapons") for word in RULES[name]
)  # words before a deed that name nobody
_SIDING = ("coalition", "alliance", "dissidents", "paramilitaries", "bandits", "kidnappers")
_NAME = r"(?P<name>[^,.;:()]{2,50})"
_DETERMINED = (
    r"[\"”]?(?: (?:a|an|the|another|also|further|additional|more|other|some|their|its)){0,3}"
    r" [\"“]?$"
)  # "killed | a further | 11", "\"neutralised\" | 17 rebels"
_VERB = re.compile(rf"\b(?P<verb>{_HARMED}){_DETERMINED}")
_FREES = re.compile(rf"\b(?P<verb>{_FREED}|(?<=did )(?:free|release)){_DETERMINED}")
_FREED_BY = re.compile(
    rf"[^.;:]{{0,60}}?\b(?:was|were|been|being|are) (?:\w+ly )?(?:{_FREED}) by (?:the )?{_NAME}"
)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|who|which|that) (?:\w+ly )?$")
_SHARED = re.compile(
    rf"\b(?P<verb>{_ACTS}) (?:[^.;:]{{2,60}}?,? )(?:and|or)"
    r" (?:(?:had|has|have|is|are|was|were) )?(?:\w+ly )?$"
)
_BY = re.compile(
    rf"[^.;:]{{0,90}}?\b(?:was|were|been|being|are) (?:\w+ly )?"
    rf"(?:{_HARMED}|taken (?:prisoner|captive|hostage))"
    rf"(?: there| here| again| (?:on |last )?\w+day)? by (?:the )?{_NAME}"
    rf"|(?: [\w'’-]+){{0,3}} (?:{_HARMED}) by (?:the )?{_NAME.replace('name', 'other')}"
)
_BY_TOO = re.compile(rf"(?: of (?:them|whom))?,? by (?:the )?{_NAME}")
# "60 men were taken aside by the police, and eleven | of them were arrested"
_OF_THEM = re.compile(rf" of (?:them|these|those)(?: \w+)? (?:was|were) (?:\w+ly )?(?:{_HARMED})\b")
_TAKEN_BY = re.compile(
    rf"\b(?:was|were|been) \w+ (?:[^.;:]{{0,40}} )?by (?:the )?{_NAME}, and (?:\w+ )?\w+$"
)
_WAS_HARMED = re.compile(rf"\b(?:was|were|been|being) (?:\w+ly )?(?:{_HARMED}) by ")
_DOERS = frozenset(RULES["doers"])
_PEOPLES = re.compile(r"[A-Z][a-z]+(?:[ei]ans|nis|lis|qis|mis|[aeiou]ns|ese)")
_ORGAN = re.compile(
    rf"(?:.* )?(?:{join_words('organ_kinds')}) (?:{join_words('organs')})|(?:[\w-]+ ){{0,2}}"
    rf"(?:{join_words('bodies')})(?: in [\w ]+)?"
)
# "government air raids | the night before | had killed nine"
_BEFORE = re.compile(r" the (?:\w+ )?(?:night|day|evening|morning|week) before(?= )")
_SHORT = re.compile(r" \([A-Z]{2,}\)?$")
_LEFT = re.compile(
    r"\b(?P<verb>left|leaving|leaves) (?:[^.;:,]{2,60}? (?:dead|wounded|injured|hurt) and )?"
    r"(?:the |an? )?$"
)
_DEAD = re.compile(
    r"(?: [\w'’-]+){0,4} (?:dead|wounded|injured|hurt)\b(?! (?:behind|on the|in the field))"
)  # "the enemy left 60 dead | on the field": its own
_TOOK = re.compile(
    r"\b(?P<verb>took|taking|(?:(?<=have )|(?<=has )|(?<=had )|(?<=and ))taken) (?:the |an? )?$"
)
_PRISONER = re.compile(r"(?: [\w'’-]+){0,5} (?:prisoners?|hostage|captive)\b")
# "gunmen | attacked | Kell: 11 killed, | 8 wounded"
_HEADED = re.compile(rf"\b(?P<verb>{_ATTACKED}) [^.;:]{{2,80}}: (?:[^.;:]{{0,60}}, )?(?:and )?$")
# Where the clause of a figure ends behind it.
_STOP = re.compile(r"[;:]|, (?:and|but|while|as well as) |\bwhile ")
_DEED = re.compile(
    rf"\b(?:in|by|during|from|after|following|under) "
    rf"(?P<phrase>(?:[\w'’-]+ ){{0,6}}?(?:{_THINGS}))\b"
    rf"(?! (?:{_THINGS})\b)"
)
_SOME = re.compile(
    r"\b(?:most|many|some|half|several|\d+) of (?:them|these|those|whom)\b|\bmostly\b"
)
_THE_DEED = re.compile(rf"\b(?:the|that|this) (?:[\w-]+ )?(?:{join_words('deeds')})\b")
_WHEN = re.compile(r"\b(?:when|after|as|where) ")
_ATTACK = re.compile(rf"\b(?:{_ATTACKED})\b")
_THING = re.compile(rf"\b(?:{_THINGS})$")
_BY_WHOM = re.compile(
    r"(?: (?:on|of|at|in|near|against|over) [^,.;:]{2,60}?| \w+ed(?: out)?| laid| flown){0,2}"
    rf" by (?!\w+ing\b|\w+day\b)(?:the )?{_NAME}"
)
_FROM_WHOM = re.compile(
    r" from (?:the )?(?P<name>[^,.;:()]{2,40}?)(?: positions| lines| side| territory)"
)
_FROM = re.compile(
    r" (?:from|of|belonging to|sent by) (?:the )?(?P<name>[\w-]+(?: (?:al-)?[A-Z][\w-]+){0,4})"
)
_REACH = 60  # letters behind a verb in which those are named who fired its subject
_ENDS = re.compile(
    r" (?:in|on|at|near|during|after|since|when|as|and|while|who|which|that|to|for|outside|inside"
    r"|between|hit|struck|(?:last|this|late|early) \w+|\w+day|\w*ed|was|were|had|has|have"
    r"|mistakenly)\b"
)
# What somebody says is another clause: "the army said | rebels attacked Kell, killing 30".
_SAYS = re.compile(
    r"\b(?:(?:said|says|recalled|added|told (?:[\w'’]+ ){1,5}?that|told (?:the )?\w+)"
    r"|(?:reported|announced|claimed|claims|confirmed|stated)(?! an?\b))"
    r"(?: (?:on )?\w+day)?(?: that)? (?!it\b|they\b|he\b|she\b|to\b|the \w+ (?:on|in|at)\b)"
)
_AND_THEN = re.compile(
    r"(?: and|, and|;|, where|, in which) (?:at least |about |some |around )?[\"“]?$"
)
_ADMITS = re.compile(
    r"\b(?:admit\w*|acknowledg\w*|conced\w*|confirm\w*|report\w*) (?:the )?(?:loss|losses|deaths?"
    r"|losing)(?: of)? (?:[\w-]+ ){0,2}$"
)
_SPEAKS_IT = re.compile(r"\b(?:said|says)(?: (?:on )?\w+day)?(?: that)? it (?:had|has)\b")
_SAID_IT = re.compile(
    r"\b(?:the )?(?P<name>(?:[\w'’-]+ ){0,2}?[\w'’-]+)(?:, [^,.;]{3,60},)?"
    r"(?: [a-z]+ed [^,.;]{3,40} and)? (?:has |had |also |later |earlier )?(?:said|says|claimed"
    r"|claims|announced|declared)(?: (?:on )?\w+day| earlier| later| today| also)?(?: that)? $"
)
_OPENING = re.compile(  # "On 2 November, | militiamen attacked Bule, killing 18"
    r"\W*(?:on|in|at|by|late|early|during|overnight|before) [\w ]{2,30}, (?=[\w'’-]+ )"
    r"|\W*(?:on |late |early )*(?:\w+day|\d+ \w+) (?=[a-z])"
)
_OTHERS = re.compile(
    r"\b(?:who|which|when|while|as|and (?:the )?(?:army|rebels|troops|soldiers))\b"
)
_ARTICLE = re.compile(r"^(?:[\w -]+ from )?(?:(?:an?|the|its|their) )?", re.I)
_LAID = re.compile(r" (?:\w+ed|laid|flown|thrown)$")
_BETWEEN = re.compile(r"\bbetween [^,.;]{2,80}? and (?:the )?$")
_LANDS = re.compile(r"stan$|^(?:south )?sudan$|^(?:iran|jordan|oman|japan|azerbaijan)$")


def find_agent(parties: Parties, at: int, end: int, measure: str = "") -> str:
    """The words for who did what the number between two offsets counts; "" if the text does not
    say."""
    document = parties.document
    order = document.find_sentence(at)
    sentence = document.sentences[order]
    if measure == "released":
        return _find_liberator(parties, sentence.start, at, end, sentence.end)
    if told := _find_by(parties, sentence.start, end, sentence.end):
        start, stop = told
        return _name_doer(parties, start, _find_end(document.text, start, stop), stop)
    if verb := _find_verb(parties, sentence.start, at, end, sentence.end):
        found = _find_subject(parties, sentence.start, *verb)
    else:
        behind = _STOP.search(document.lowered, end, sentence.end)
        last = behind.start() if behind else sentence.end
        found = _find_owner_behind(parties, end, last) or _find_attacker(parties, end, last)
        found = found or _find_attacker(parties, sentence.start, at)
    found = found or find_claimant(parties, at, order) or _find_told_before(parties, order)
    return found or find_told_behind(parties, order) or _find_loss(parties, order, at, end)


def _find_by(parties: Parties, first: int, end: int, last: int) -> tuple[int, int] | None:
    """Where those are named "by" whom the people of a number were harmed, also where it shares the
    verb of one before: "31 were killed by troops and four | by settlers"."""
    if told := _BY.match(parties.lowered, end, last):
        return told.span("name" if told["name"] else "other")
    is_part = _OF_THEM.match(parties.lowered, end, last)
    if is_part and (told := _TAKEN_BY.search(parties.lowered, first, is_part.start())):
        return told.span("name")
    told = _BY_TOO.match(parties.lowered, end, last)
    is_shared = told and _WAS_HARMED.search(parties.lowered, first, end)
    return told.span("name") if told and is_shared else None


def _name_doer(parties: Parties, start: int, stop: int, last: int) -> str:
    """Who is named behind "by": a party, a body of the state, or people who did it all the same."""
    if found := _name(parties, start, stop, last):
        return found
    words = parties.text[start:stop]
    if words.lower() in name_governments():
        return words
    head = re.split(r" (?:from|of|on|in|who|near|with) ", words.lower())[0].rpartition(" ")[2]
    is_people = words[:1].isupper() and bool(_PEOPLES.fullmatch(words.split()[-1]))
    return words if head in _DOERS or is_people else ""


def _find_liberator(parties: Parties, first: int, at: int, end: int, last: int) -> str:
    """Who let those go or freed them whom a figure counts."""
    if told := _FREED_BY.match(parties.lowered, end, last):
        start, stop = told.span("name")
        return _name(parties, start, _find_end(parties.text, start, stop), stop)
    verb = _FREES.search(parties.lowered, first, at)
    if not verb or (active := _find_active(parties, verb, first)) is None:
        return ""
    return _find_subject(parties, first, *active)


def _find_verb(
    parties: Parties, first: int, at: int, end: int, last: int
) -> tuple[int, int] | None:
    """The active verb whose object a figure is (start, end); None if it is none's."""
    lowered = parties.lowered
    verb = _VERB.search(lowered, first, at)
    left = _LEFT.search(lowered, first, at)
    if not verb and left and _DEAD.match(lowered, end, last):
        verb = left
    took = _TOOK.search(lowered, first, at)
    if not verb and took and _PRISONER.match(lowered, end, last):
        verb = took
    verb = verb or _HEADED.search(lowered, first, at)
    return _find_active(parties, verb, first) if verb else None


def _find_active(parties: Parties, verb: re.Match[str], first: int) -> tuple[int, int] | None:
    """The first of the verbs that share a subject with this one (start, end); None, if they say
    what was suffered."""
    lowered = parties.lowered
    while shared := _SHARED.search(lowered, first, verb.start()):
        verb = shared  # "killed three | and wounded | four"
    is_ing = lowered[slice(*verb.span("verb"))].split()[0].endswith("ing")
    if not is_ing and _PASSIVE.search(lowered, first, verb.start()):
        return None
    return verb.span("verb")


def _find_subject(parties: Parties, first: int, verb: int, end: int) -> str:
    """Whose act a verb is: the subject of its clause, behind who says so."""
    text, lowered = parties.text, parties.lowered
    says = list(_SAYS.finditer(lowered, first, verb))
    begin = says[-1].end() if says else first
    if opening := _OPENING.match(lowered, begin, verb):
        begin = opening.end()
    form = "ing" if lowered[verb:end].split()[0].endswith("ing") else "finite"
    clause = lowered[begin:end]
    if " before " in clause:
        clause = _BEFORE.sub(lambda when: " " * len(when[0]), clause)
    found, _ = find_actor(clause, verb - begin, end - begin, form, False)
    if not found:
        attacks = list(_ATTACK.finditer(lowered, begin, verb)) if form == "ing" else []
        return _find_subject(parties, first, *attacks[-1].span()) if attacks else ""
    start, stop = begin + found[0], begin + found[1]
    if laid := _LAID.search(lowered, start, stop):
        stop = laid.start()
    words, between = text[start:stop], lowered[stop:verb]
    pronoun = words.lower() if words.lower() in ("it", "they") else ""
    if pronoun and (speaker := _find_speaker(parties, pronoun, first, start)):
        return speaker
    if words.lower() in name_governments():
        return words
    if _BETWEEN.search(lowered, first, start):
        return ""
    if _OTHERS.search(between) and form == "ing" or _says_other(between):
        return ""
    return _name(parties, start, stop, end + _REACH)


def _find_speaker(parties: Parties, pronoun: str, first: int, at: int) -> str:
    """The side that says what "it" or "they" at an offset did."""
    said = _SAID_IT.search(parties.lowered, first, at)
    start, stop = said.span("name") if said else (at, at)
    while start < stop:
        if parties.is_armed(parties.lowered[start:stop], start):
            return parties.resolve(parties.text[start:stop], start, "")
        start = parties.lowered.find(" ", start, stop) + 1 or stop  # "on friday | the taliban"
    return parties.find_speaker(pronoun, at)


def _says_other(between: str) -> bool:
    """Whether between a subject and a verb somebody says what another did."""
    return bool(re.search(r"\b(?:said|says)\b", between)) and not _SPEAKS_IT.search(between)


def _find_owner_behind(parties: Parties, first: int, last: int) -> str:
    """Whose deed or weapon it was in which those died: "died | in an army raid", "in shelling of
    Kell by rebels"."""
    if _SOME.search(parties.lowered, first, last):
        return ""
    for deed in _DEED.finditer(parties.lowered, first, last):
        start, stop = deed.span("phrase")
        if owner := _find_owner(parties, start, stop, last):
            return owner
    return ""


def _find_attacker(parties: Parties, first: int, last: int) -> str:
    """Who attacks in the clause that tells how those died: "died | when gunmen stormed a hotel"."""
    for opening in _WHEN.finditer(parties.lowered, first, last):
        attack = _ATTACK.search(parties.lowered, opening.end(), min(last, opening.end() + 100))
        if attack and (found := _find_subject(parties, opening.end(), *attack.span())):
            return found
    return ""


def _find_loss(parties: Parties, order: int, at: int, end: int) -> str:
    """Who attacked those whose loss the other side admits ("it overran Kell, and the army admitted
    the loss of | 23 soldiers"), or whose deaths the same sentence goes on to tell of: "gunmen
    attacked Kell, and | 12 people were killed"; of fighters, it may be the attackers who died."""
    first = parties.document.sentences[order].start
    attack = _ATTACK.search(parties.lowered, first, at)
    if not attack:
        return ""
    if not _ADMITS.search(parties.lowered, attack.end(), at):
        last = min(end + _REACH, parties.document.sentences[order].end)
        is_next = _AND_THEN.search(parties.lowered, attack.end(), at)
        if not is_next or parties.names_fighters(attack.end(), last):
            return ""
    return _find_subject(parties, first, *attack.span())


def _find_told_before(parties: Parties, order: int) -> str:
    """Whose "the attack" was, of which a sentence tells: the one party that attacks in the sentence
    before."""
    sentences = parties.document.sentences
    sentence = sentences[order]
    if not order or not _THE_DEED.search(parties.lowered, sentence.start, sentence.end):
        return ""
    before = sentences[order - 1]
    found = {
        _find_subject(parties, before.start, *attack.span())
        for attack in _ATTACK.finditer(parties.lowered, before.start, before.end)
    }
    found.add(_find_owner_behind(parties, before.start, before.end))
    found.discard("")
    return found.pop() if len(found) == 1 else ""


def _name(parties: Parties, start: int, stop: int, last: int) -> str:
    """The party that words between two offsets name, or whose deed or weapon they name; "" for
    others. `last`: how far what hangs on them may reach."""
    words = parties.text[start:stop].split(" from ")[0]
    if _THING.search(words.lower()):
        if not words.lower().endswith(("suicide bomber", "suicide bombers")):
            return _find_owner(parties, start, stop, last)
        sent = _FROM.search(parties.text, start, last)
        owner = _name_short(parties, *sent.span("name")) if sent else ""
        return owner or _find_owner(parties, start, stop, last) or words
    is_organ = _ORGAN.fullmatch(_SHORT.sub("", words).lower().removeprefix("the "))
    if (
        words.lower() in ("it", "they")
        or parties.is_armed(words, start)
        or _is_side(words)
        or is_organ
    ):
        return parties.resolve(words, start, "")
    return ""


def _find_owner(parties: Parties, start: int, stop: int, last: int) -> str:
    """Whose a deed or a weapon is, by what stands behind it ("by the army", "from rebel lines"),
    else before ("a rebel mortar attack", "the army's shelling")."""
    text = parties.text
    for behind in (_BY_WHOM, _FROM_WHOM):
        if told := behind.match(text, stop, last):
            begin, end = told.span("name")
            end = _find_end(text, begin, end)
            if found := _name(parties, begin, end, end) or _name_short(parties, begin, end):
                return found
    words = re.findall(r"[\w'’-]+", _ARTICLE.sub("", text[start:stop]))
    kept = [word for word in words[:-1] if word.lower() not in _IDLE]
    owner = re.sub(r"['’]s?$", "", " ".join(kept))
    if not owner or _LANDS.search(owner.lower()):
        return ""
    is_side = parties.may_hold(owner, start) or _is_side(owner)
    return parties.resolve(owner, start, "") if is_side else ""


def _name_short(parties: Parties, start: int, stop: int) -> str:
    """A party that is named without a word for fighters: "a raid by | ELN"."""
    words = parties.text[start:stop]
    return parties.resolve(words, start, "") if parties.may_hold(words, start) else ""


def _find_end(text: str, start: int, stop: int) -> int:
    """Where the name of an agent ends that was read up to the next comma."""
    ends = _ENDS.search(text, start, stop)
    return ends.start() if ends else stop


def _is_side(words: str) -> bool:
    """Whether words name a side though none of them is one for fighters."""
    name = re.sub(r"^(?:the|an?) ", "", words.lower()).replace(" ", "-")
    return is_side(words) or name in LISTS["sides"] or name.endswith(_SIDING)
