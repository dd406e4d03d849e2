"""The clause of a verb, read backwards by the classes of the lexicon for the subject in it: over
adverbs and auxiliaries, over "vowed to" and "managed to", over an insertion between commas, and
over what hangs on a noun ("fighters backed by air strikes").
"""

import re
from typing import NamedTuple

from helpers.extract.rules.lexicon import KINDS, VERBS
from helpers.extract.rules.territory import DATE_SIGN, PLACE_SIGN, compile_territory

FORCES = compile_territory(r"\b{forces}\b")
_WORD = re.compile(
    r"[\ue000\ue002][\ue001\ue003]*(?:['’]s?(?!\w))?|(?:[a-z]\.){3,}|[\w'’&-]+|[^\w\s]"
)
_REACH = 260  # characters before a verb in which its subject stands
_MOST = 8  # words of a subject
_STOPS = frozenset({"prep", "conj", "sub", "rel", "aux", "be", "have", "modal", "adv", "num"})
PRONOUNS = frozenset("he she they it we who which that i".split())
_COMMAS = frozenset(", – — - ( )".split())
_ENDS = frozenset(". ; : ! ?".split())
_OPENS_INSERTION = frozenset({"rel", "prep", "sub", "det", "subset"})
_TIMES = frozenset("day days week weeks month months year years hour hours dawn dusk noon".split())
_NONE: frozenset[str] = frozenset()
_SIDING = frozenset("loyal allied linked aligned faithful belonging".split())
_WHICH = frozenset("that which who".split())
# What may be "for" something in its name.
_BODIES = frozenset(
    "front fronts movement coalition alliance army party union council forces patriots".split()
)
_PERSONS = frozenset("men man youth youths people individuals".split())
_ARMED = frozenset("armed masked uniformed".split())
_POSSESSIVE = frozenset("his its their".split())
_ORDERS = frozenset("last first final remaining".split())  # "the army's | last | tanks"
_OWNING = ("'s", "’s", "s'", "s’")
_HEDGES = frozenset("around about over under".split())
_CALLED = frozenset("called named dubbed".split())
_PARTICLES = frozenset("out over up off on in".split())  # "before the week was | out"
_MAY_OPEN = frozenset("after before since until till as once".split())
MANY = frozenset("hundreds dozens scores thousands".split())


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
        return is_stop or self.is_light or self.is_verb or self.text in _TIMES or _says(self)


_LIGHT = frozenset(
    "again then finally once even both all to early late today yesterday ever first".split()
)


def _says(word: Word) -> bool:
    """Whether a word says that somebody spoke: "said", "vowed"."""
    says = any(trigger.sense == "say" for trigger in VERBS.get(word.text, ()))
    return says and word.text not in _NOUNS_TOO or word.text in _SAYING


_NOUNS_TOO = frozenset(("state", "report"))  # "Islamic State militants executed"
_SAYING = frozenset(
    "vowed pledged promised threatened managed tried hoped wants shows showed showing".split()
)


def is_fighter(word: str) -> bool:
    return "combatant" in KINDS.get(word, _NONE) or bool(FORCES.fullmatch(word))


def list_words(marked: str, verb: int) -> list[Word]:
    """The words before a verb, from the last full stop, semicolon or colon on."""
    base = max(0, verb - _REACH)
    base = marked.find(" ", base) + 1 if base else 0
    words = [
        Word(match[0], base + match.start(), base + match.end(), KINDS.get(match[0], _NONE))
        for match in _WORD.finditer(marked[base:verb])
    ]
    ends = [order for order, word in enumerate(words) if word.text in _ENDS]
    return words[ends[-1] + 1 :] if ends else words


def pass_predicate(words: list[Word], at: int) -> int | None:
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
    return is_comma and words[at + 1].text == "having" and read_phrase(words, at - 1) == 0


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


def read_subject(words: list[Word], last: int) -> tuple[int, int] | None:
    """The noun phrase that ends with a word, as (first, last); where it hangs on another by "of"
    the two together, by another preposition only that other."""
    for _ in range(4):
        first = read_phrase(words, last)
        if first is None:
            return None
        before = words[first - 1] if first else None
        acts = before and first > 1 and ("have" in before.kinds or before.is_verb)
        if acts and words[first - 2].text in _WHICH:
            last = first - 3  # "units | that had set out from Kell"
            continue
        if before and before.text in _CALLED:
            last = first - 2  # "fighters | called Dozos"
            continue
        if before is None or not hangs_on(before) or words[first].text in PRONOUNS:
            return first, last
        if before.text in _HEDGES and words[first].text[0].isdigit():
            return first, last  # "around | 60 gunmen"
        if before.text in _PARTICLES and first > 1 and "be" in words[first - 2].kinds:
            return first, last
        outer = _pass_brackets(words, first - 2)
        while outer >= 0 and _hangs_together(words[outer]):
            outer -= 1
        outer = _pass_brackets(words, _pass_relative(words, outer))
        if outer < 0 or (head := read_phrase(words, outer)) is None:
            return None
        is_joined = before.text == "of" and outer == first - 2
        is_joined = is_joined or before.text == "for" and words[outer].text in _BODIES
        is_named = [word.text for word in words[last + 1 : last + 4 : 2]] == ["(", ")"]
        is_named = is_named and is_fighter(words[outer].text) or is_fighter(words[last].text)
        is_joined = is_joined or before.text == "from" and is_named
        if is_joined or before.text == "to" and words[first - 2].text in _SIDING:
            return _read_whole_name(words, head), last
        last = outer
    return None


def _hangs_together(word: Word) -> bool:
    """Whether a word belongs to the preposition behind it: "backed | by", "together | with"."""
    return _is_participle(word) or "prep" in word.kinds or word.text in ("together", "along")


def _pass_brackets(words: list[Word], at: int) -> int:
    """The last word before an abbreviation in brackets that ends here: "the Kell Front | (KF)"."""
    return at - 3 if at > 2 and (words[at].text, words[at - 2].text) == (")", "(") else at


def _pass_relative(words: list[Word], at: int) -> int:
    """The last word before a clause of "who" whose verb stands here: "gunmen | who came"."""
    is_act = at > 1 and words[at].is_verb and words[at - 1].text in _WHICH
    return at - 2 if is_act else at


def _read_whole_name(words: list[Word], head: int) -> int:
    """Where a noun phrase begins whose last piece begins here: "rebels of the Front for | the
    Rebirth of Kell"."""
    while head > 1 and words[head - 1].text in ("of", "for"):
        is_name = words[head - 1].text == "of" or words[head - 2].text in _BODIES
        first = read_phrase(words, head - 2)
        if first is None or not is_name:
            break
        head = first
    return head


def hangs_on(word: Word) -> bool:
    """Whether what follows a word hangs on a noun before it; "after" may open a clause."""
    return "prep" in word.kinds and word.text not in _MAY_OPEN


def _is_participle(word: Word) -> bool:
    """Whether a word says what was done to the noun before it: "fighters | backed by"."""
    return word.text.endswith(("ed", "ing")) and not word.kinds & {"person", "thing"}


def read_phrase(words: list[Word], last: int) -> int | None:
    """Where the noun phrase begins that ends with a word; None if there is none."""
    if last < 0 or words[last].text not in PRONOUNS and words[last].opens_nothing:
        return None
    if words[last].text in PRONOUNS:
        return last
    if [word.text for word in words[max(0, last - 2) : last + 1]] == ["law", "and", "order"]:
        return last - 2  # "the forces of | law and order"
    first = last
    while first > 0 and last - first < _MOST:
        if words[first].kinds & {"det"} and not _is_owned(words, first):
            break
        before = words[first - 1]
        if before.text == ")" and first > 3 and words[first - 3].text == "(":
            first -= 3  # "Free Velmar Army (FVA) | factions"
            continue
        if before.opens_nothing and "det" not in before.kinds or before.text in PRONOUNS:
            break
        first -= 1
    return first


def _is_owned(words: list[Word], at: int) -> bool:
    """Whether a word for which of them stands behind their owner: "the army's | last | tanks"."""
    return words[at].text in _ORDERS and at > 0 and words[at - 1].text.endswith(_OWNING)


def _are_many(words: list[Word], at: int) -> bool:
    """Whether "of" stands behind a word for how many: "dozens | of | gunmen"."""
    return at > 0 and words[at].text == "of" and words[at - 1].text in MANY


def find_first_subject(words: list[Word]) -> tuple[int, int] | None:
    """The subject of the first verb of a clause, which those joined to it share: the first noun
    phrase of those who fight."""
    speaker: tuple[int, int] | None = None
    for order, word in enumerate(words):
        if order and "prep" in words[order - 1].kinds and not _are_many(words, order - 1):
            continue
        is_armed = word.text in _PERSONS and order and words[order - 1].text in _ARMED
        is_armed = is_armed or word.text == "men" and order and words[order - 1].text in _POSSESSIVE
        if is_armed or "combatant" in word.kinds or FORCES.fullmatch(word.text):
            first = read_phrase(words, order)
            behind = words[order + 1] if order + 1 < len(words) else None
            if first is None or behind is None or is_fighter(behind.text):
                continue  # the head is the last of them: "government | troops"
            if first and "prep" in words[first - 1].kinds and not _are_many(words, first - 1):
                continue
            if behind.kinds & {"conj"} and behind.text != "then" or behind.text == ",":
                return speaker
            if speaker and words[first - 1].text != "that" and not _says(words[first - 1]):
                return speaker
            is_bare = first == order or first + 1 == order and "det" in words[first].kinds
            found = words[first].start, words[_find_last(words, order, is_bare)].end
            if speaker or not (_says(behind) or behind.text == "told"):
                return found
            speaker = found  # "the colonel | told us that his men held the bridge and had"
    return speaker


def _find_last(words: list[Word], noun: int, is_bare: bool) -> int:
    """The last word of what hangs on a noun for those who fight: "fighters | of the Kell group",
    and, where no word before it tells whose they are, "forces | loyal to the Kell Front (KF)"."""
    at = noun + 1
    behind = [word.text for word in words[at : at + 2]]
    if is_bare and behind[0] in _SIDING and behind[-1] in ("to", "with"):
        at += 1
    elif words[at].text != "of":
        return noun
    last = at
    while last + 1 < len(words) and last - at < _MOST:
        word = words[last + 1]
        is_name = word.text in ("of", "for") or "det" in word.kinds or word.text[0] == PLACE_SIGN
        if not is_name and (word.opens_nothing or word.text.endswith("ed")):
            break
        last += 1
    if [word.text for word in words[last + 1 : last + 4 : 2]] == ["(", ")"]:
        return last + 3
    return last if last > at else noun
