"""Who acted in an event: the subject of an active verb, or the words behind "by"; and whether they
are such as may take a place.

The subject is looked for backwards from the verb, word by word, by the classes of the lexicon:
over adverbs and auxiliaries, over "vowed to" and "managed to", over an insertion between commas
("the rebels, who had regrouped, …"), and over what hangs on a noun ("fighters backed by air
strikes"). Then its words are those of one noun phrase.
"""

import re
from typing import NamedTuple

from helpers.extract.rules.lexicon import KINDS, LISTS, VERBS
from helpers.extract.rules.load import load_toml
from helpers.extract.rules.territory import DATE_SIGN, PLACE_SIGN, compile_territory

CIVILIANS = compile_territory(r"\b{people}\b")
_FORCES = compile_territory(r"\b{forces}\b")
_CLAUSE = compile_territory(r"[;:]|, (and|but|while)\s")
_AGENT = compile_territory(
    r"""[^.;:]{0,40}?\b(by|(?<!according.)to) (?P<actor>((?!by\b|on\b|in\b|after\b|and\b|at\b
    |from\b|before\b|without\b|who\b|when\b|that\b|this\b|last\b|late\b|early\b)
    ([\w'’-]+|{place})~){1,8})"""
)
_BY = compile_territory(r"~\bby (?P<actor>((?!on\b|in\b|after\b|and\b)[\w'’-]+~){1,6})")
_WINNER = compile_territory(
    r"""(~,[^.;:]{1,60}?,)? to (the )?(?P<actor>((?!by\b|on\b|in\b|after\b|and\b|at\b|from\b
    |before\b|without\b|who\b|when\b|that\b|this\b|last\b|late\b|early\b)
    ([\w'’-]+|{place})~){1,5})"""
)
_OWNER = compile_territory(
    r"\b(?P<actor>its|their|(?:the )?(?:[\w-]+ ){0,2}?[\w-]+(?=['’]s? ))(?:['’]s?)? (?:[\w-]+ )?$"
)
_ANNOUNCES = re.compile(r"\b(?:announced|announces|claim(?:ed|s)?|celebrated|hailed)(?= the $| $)")
_WORD = re.compile(r"[\ue000\ue002][\ue001\ue003]*(?:['’]s?(?!\w))?|[\w'’&-]+|[^\w\s]")
_REACH = 260  # characters before a verb in which its subject stands
_MOST = 8  # words of a subject
_JOINED = 6  # words of two subjects together
_OF_PEOPLE_TOO = re.compile(r"[a-z]+(?:[ns]ian|[aeiou]nian|ish|ese|iani|aqi|emi|pian|rean|ean)$")
_NONE: frozenset[str] = frozenset()
_STOPS = frozenset({"prep", "conj", "sub", "rel", "aux", "be", "have", "modal", "adv", "num"})
PRONOUNS = frozenset("he she they it we who which that i".split())
_COMMAS = frozenset(", – — - ( )".split())
_ENDS = frozenset(". ; : ! ?".split())
_OPENS_INSERTION = frozenset({"rel", "prep", "sub", "det", "subset"})
TIMES = frozenset("day days week weeks month months year years hour hours dawn dusk noon".split())
_UNABLE = frozenset(load_toml("territory.toml")["unable_to_take"].split())
ONE_FOR_MANY = frozenset(load_toml("territory.toml")["one_for_many"].split())
_UNARMED = frozenset(load_toml("territory.toml")["unarmed"].split())


class Word(NamedTuple):
    """A word or mark of a clause, where it stands in its sentence, and its classes."""

    text: str
    start: int
    end: int
    kinds: frozenset[str]

    @property
    def is_verb(self) -> bool:
        """Whether it is a verb that says what somebody did, not one that is as often a noun or
        stands before its noun ("allied")."""
        forms = {trigger.form for trigger in VERBS.get(self.text, ())}
        return bool(forms & {"past", "ing"}) and "person" not in self.kinds

    @property
    def is_light(self) -> bool:
        """Whether it may stand between a subject and its verb: an adverb, auxiliary or date."""
        if self.kinds & {"adv", "aux", "be", "have", "modal"} or self.text[0] == DATE_SIGN:
            return True
        return self.text in _LIGHT or self.text.endswith("ly") and not self.kinds

    @property
    def opens_nothing(self) -> bool:
        """Whether no noun phrase goes on over it to the left."""
        if self.text in _COMMAS or self.text in _ENDS or not self.text[0].isalnum():
            return self.text[0] != PLACE_SIGN
        is_stop = bool(self.kinds & _STOPS) and "person" not in self.kinds
        return is_stop or self.is_light or self.is_verb or self.text in TIMES or _says(self)


_LIGHT = frozenset(
    "again then finally once even both all to early late today yesterday ever first".split()
)


def _says(word: Word) -> bool:
    """Whether a word says that somebody spoke: "said", "vowed"."""
    says = any(trigger.sense == "say" for trigger in VERBS.get(word.text, ()))
    return says and word.text not in _NOUNS_TOO or word.text in _SAYING


_NOUNS_TOO = frozenset(("state", "report"))  # "Islamic State militants executed"
_SAYING = frozenset("vowed pledged promised threatened managed tried hoped wants".split())


_SIDING = frozenset("loyal allied linked aligned faithful belonging".split())
_ALLIED = frozenset("its their allied".split())
_WHICH = frozenset("that which who".split())
_MAY_OPEN = frozenset("after before since until till as once".split())


def is_armed(before: str, words: str, rule: str) -> bool:
    """Whether those who enter, reach or leave are fighters, where no subject is found: by the words
    of the clause."""
    clause = _CLAUSE.split(before)[-1]
    armed = list(_FORCES.finditer(clause))
    civil = [m for m in CIVILIANS.finditer(clause) if not clause.endswith("armed ", 0, m.start())]
    if rule == "withdrawal":
        armed += list(_FORCES.finditer(words))
    if civil:
        armed = [match for match in armed if match[0] not in PRONOUNS]
    if not armed or not civil:
        return bool(armed)
    return armed[-1].start() > civil[-1].start() or armed[0].start() < civil[0].start()


def is_of_fighters(phrase: str) -> bool:
    """Whether a noun phrase is one of fighters: its head, or what its head is of.

    >>> is_of_fighters("the pick-ups of the army"), is_of_fighters("the soldiers' families")
    (True, False)
    """
    words = re.findall(r"[\w-]+(?:['’]s?)?", phrase.lower())
    if len(words) > 2 and words[0] in _MANY and words[1] == "of":
        words = words[2:]
    if not words or words[-1] in PRONOUNS:
        return False
    head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
    if "armed" in words[:2] and head in _ARMED:
        return True  # "armed civilians"
    if CIVILIANS.fullmatch(head) or head in _UNABLE or head in _UNARMED:
        return False
    if words[0] in ("un", "aid", "relief") or {"un", "aid", "relief"} & set(words[1:-1]):
        return False
    if head in _CARRY:
        return any("combatant" in KINDS.get(word, _NONE) for word in words) or "military" in words
    if head == "men" and len(words) > 1 and (words[0] in _OWNERS or "'" in words[-2]):
        return True
    if head == "personnel" and words[-2:-1] and words[-2] in ("security", "military", "army"):
        return True
    if head in _OF_PEOPLE and "of" in words:
        return _is_fighter(words[-1])
    return any(map(_is_fighter, words))


_MANY = frozenset("hundreds dozens scores thousands".split())
_ARMED = frozenset("civilians villagers residents locals people persons youths herders".split())
_CARRY = frozenset("convoy convoys".split())  # of aid, if no word says that they are of fighters
_OWNERS = frozenset("his its their armed masked".split())
_OF_PEOPLE = frozenset("group groups column columns company companies team convoy".split())


def _is_fighter(word: str) -> bool:
    return "combatant" in KINDS.get(word, _NONE) or bool(_FORCES.fullmatch(word))


def may_take(actor: str) -> bool:
    """Whether those who act may take a place: photographers, novels and markets capture nothing.

    >>> may_take("the photographer")
    False
    """
    words = re.findall(r"[\w'’-]+", actor.lower())
    if not words or any(KINDS.get(word, _NONE) & {"combatant"} for word in words):
        return True
    head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
    return head not in _UNABLE and head.rpartition("-")[2] not in _UNABLE


def find_winner(marked: str, end: int) -> tuple[int, int] | None:
    """To whom a place was lost, behind it (start, end): "lost Kell | to | the army"; None if nobody
    says."""
    behind = _WINNER.match(marked, end)
    if not behind:
        return None
    start = behind.start("actor")
    return start, start + len(behind["actor"].rstrip())


def find_owner(marked: str, noun: int) -> tuple[int, int] | None:
    """Whose act a noun says, before it (start, end): "the rebels' | capture of Kell", "their |
    seizure of"; None if nobody's."""
    if before := _OWNER.search(marked, max(0, noun - 70), noun):
        return before.span("actor")
    told = _ANNOUNCES.search(marked, max(0, noun - 30), noun)
    found, _ = find_actor(marked, *told.span(), "finite", False) if told else (None, 0)
    words = marked[slice(*found)] if found else ""
    is_side = is_of_fighters(words) or words.partition(" ")[0] in LISTS["sides"]
    return found if words and is_side else None


def find_actor(
    marked: str, verb: int, end: int, form: str, subject_first: bool
) -> tuple[tuple[int, int] | None, int]:
    """Who acted (start, end), or None; and where the event begins: with its subject, if that is not
    shared with a verb before it."""
    if subject_first or form == "noun":
        behind = _BY.match(marked[end : end + 60])
        if form != "noun":
            behind = _AGENT.match(marked[end : end + 90])
        if not behind:
            return None, verb
        start = end + behind.start("actor")
        return (start, start + len(behind["actor"].rstrip())), end
    words = _list_words(marked, verb)
    last = _pass_predicate(words, len(words) - 1)
    found = None if last is None else _read_subject(words, last)
    if last is None or found and _is_passed_place(words, found):
        return _find_first_subject(words), verb
    if found and words[found[0]].text[0] == PLACE_SIGN and found[0] == found[1] and form == "ing":
        return None, verb
    if not found:
        return None, verb
    found = _join_allies(words, _leave_allies(words, found))
    start = words[found[0]].start
    return (start, words[found[1]].end), start


def _leave_allies(words: list[Word], found: tuple[int, int]) -> tuple[int, int]:
    """The subject without those who only stand by it: "the army | and its allies"."""
    first = found[0]
    if first < 2 or words[first].text not in _ALLIED or words[first - 1].text != "and":
        return found
    last = first - 5 if first > 5 and words[first - 2].text == ")" else first - 2
    before = _read_phrase(words, last)
    return found if before is None else (before, last)


def _join_allies(words: list[Word], found: tuple[int, int]) -> tuple[int, int]:
    """The subject with those who act with it: "Kell troops and | militiamen from Mira"."""
    first, last = found
    if first < 2 or words[first - 1].text != "and" or not _is_fighter(words[last].text):
        return found
    before = _read_phrase(words, first - 2)
    if before is None or last - before >= _JOINED or words[first].text in _ALLIED:
        return found
    is_side = _is_fighter(words[first - 2].text) or bool(
        _OF_PEOPLE_TOO.match(words[first - 2].text)
    )
    hangs = before > 0 and (_hangs(words[before - 1]) or words[before - 1].text in ("and", ","))
    return (before, last) if is_side and not hangs else found


def _is_passed_place(words: list[Word], found: tuple[int, int]) -> bool:
    """Whether the subject read is only the place of the verb before: "took | Kell |, a port, then
    left it"."""
    is_place = found[0] == found[1] and words[found[0]].text[0] == PLACE_SIGN
    return is_place and words[-1].text == "then"


def _list_words(marked: str, verb: int) -> list[Word]:
    """The words before a verb, from the last full stop, semicolon or colon on."""
    base = max(0, verb - _REACH)
    base = marked.find(" ", base) + 1 if base else 0
    words = [
        Word(match[0], base + match.start(), base + match.end(), KINDS.get(match[0], _NONE))
        for match in _WORD.finditer(marked[base:verb])
    ]
    ends = [order for order, word in enumerate(words) if word.text in _ENDS]
    return words[ends[-1] + 1 :] if ends else words


def _pass_predicate(words: list[Word], at: int) -> int | None:
    """The last word of the subject: what stands before adverbs, auxiliaries and "vowed to"; None
    where a conjunction joins the verb to one before it, whose subject it shares."""
    while at >= 0:
        word = words[at]
        if word.text == "to" and at and not words[at - 1].is_light:
            at -= 2  # "vowed to", "managed to"
        elif word.is_light or word.text[0] in "\"'“”‘’":
            at -= 1
        elif word.text in ("by", "on", "in") and _is_date(words, at + 1):
            at -= 1  # "pushed south and | by Friday | had reached"
        elif word.text in ("and", "but", "then", "&"):
            return None
        elif _opens_having(words, at):
            at -= 1  # "the rebels | , having crossed the river"
        elif word.text in _COMMAS:
            opening = _find_opening(words, at)
            if opening is None:
                return None
            at = opening - 1
        elif "rel" in word.kinds and at and word.text != "that":
            at -= 2 if words[at - 1].text in _COMMAS else 1
        elif _follows_to(words, at):
            at -= 1  # "is pushing | to seize"
        else:
            return at
    return None


def _opens_having(words: list[Word], at: int) -> bool:
    """Whether a comma stands between the words with which a sentence opens and "having"."""
    is_comma = words[at].text == "," and at + 1 < len(words)
    return is_comma and words[at + 1].text == "having" and _read_phrase(words, at - 1) == 0


def _is_date(words: list[Word], at: int) -> bool:
    """Whether dating words stand at an index."""
    return at < len(words) and words[at].text[0] == DATE_SIGN


def _follows_to(words: list[Word], at: int) -> bool:
    """Whether a word is the verb on which "to seize" hangs, behind an auxiliary: "is pushing"."""
    behind = words[at + 1].text if at + 1 < len(words) else ""
    return behind == "to" and at > 0 and bool(words[at - 1].kinds & {"be", "have", "modal"})


def _find_opening(words: list[Word], close: int) -> int | None:
    """The comma that opens the insertion which this one closes; None if it closes none."""
    for at in range(close - 1, 0, -1):
        if words[at].text == words[close].text or (words[at].text, words[close].text) == ("(", ")"):
            first = words[at + 1]
            is_aside = first.kinds & _OPENS_INSERTION or first.is_light or not first.kinds
            spoke = any(_says(word) for word in words[at + 1 : close])
            is_act = first.is_verb or first.text.endswith(("ed", "ing"))
            return at if is_aside or spoke or is_act else None
    return None


def _read_subject(words: list[Word], last: int) -> tuple[int, int] | None:
    """The noun phrase that ends with a word, as (first, last); where it hangs on another by "of"
    the two together, by another preposition only that other."""
    for _ in range(4):
        first = _read_phrase(words, last)
        if first is None:
            return None
        before = words[first - 1] if first else None
        acts = before and first > 1 and ("have" in before.kinds or before.is_verb)
        if acts and words[first - 2].text in _WHICH:
            last = first - 3  # "units | that had set out from Kell"
            continue
        if before is None or not _hangs(before) or words[first].text in PRONOUNS:
            return first, last
        outer = first - 2
        while outer >= 0 and (_is_participle(words[outer]) or "prep" in words[outer].kinds):
            outer -= 1
        if outer < 0 or (head := _read_phrase(words, outer)) is None:
            return None
        is_joined = before.text == "of" and outer == first - 2
        is_joined = is_joined or before.text == "from" and bool(_FORCES.fullmatch(words[last].text))
        if is_joined or before.text == "to" and words[first - 2].text in _SIDING:
            return head, last
        last = outer
    return None


def _hangs(word: Word) -> bool:
    """Whether what follows a word hangs on a noun before it; "after" may open a clause."""
    return "prep" in word.kinds and word.text not in _MAY_OPEN


def _is_participle(word: Word) -> bool:
    """Whether a word says what was done to the noun before it: "fighters | backed by"."""
    return word.text.endswith(("ed", "ing")) and not word.kinds & {"person", "thing"}


def _read_phrase(words: list[Word], last: int) -> int | None:
    """Where the noun phrase begins that ends with a word; None if there is none."""
    if last < 0 or words[last].text not in PRONOUNS and words[last].opens_nothing:
        return None
    if words[last].text in PRONOUNS:
        return last
    first = last
    while first > 0 and last - first < _MOST and not words[first].kinds & {"det"}:
        before = words[first - 1]
        if before.text == ")" and first > 3 and words[first - 3].text == "(":
            first -= 3  # "Free Velmar Army (FVA) | factions"
            continue
        if before.opens_nothing and "det" not in before.kinds or before.text in PRONOUNS:
            break
        first -= 1
    return first


def _are_many(words: list[Word], at: int) -> bool:
    """Whether "of" stands behind a word for how many: "dozens | of | gunmen"."""
    return at > 0 and words[at].text == "of" and words[at - 1].text in _MANY


def _find_first_subject(words: list[Word]) -> tuple[int, int] | None:
    """The subject of the first verb of a clause, which those joined to it share: the first noun
    phrase of those who fight."""
    for order, word in enumerate(words):
        if order and "prep" in words[order - 1].kinds and not _are_many(words, order - 1):
            continue
        if "combatant" in word.kinds or _FORCES.fullmatch(word.text):
            first = _read_phrase(words, order)
            behind = words[order + 1] if order + 1 < len(words) else None
            if first is None or behind is None or _is_fighter(behind.text):
                continue  # the head is the last of them: "government | troops"
            if first and "prep" in words[first - 1].kinds and not _are_many(words, first - 1):
                continue
            if behind.kinds & {"conj"} and behind.text != "then" or behind.text == ",":
                return None
            return words[first].start, word.end
    return None
