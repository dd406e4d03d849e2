"""Grammar the rules share: what a link is, and whether a word is a verb here, acts on an object, or
only names."""

from typing import NamedTuple

from helpers.extract.rules.lexicon import LISTS
from helpers.extract.rules.load import Trigger
from helpers.extract.text.tokens import Token

REACH = 45  # tokens; how far a number looks to either side
FIRM = frozenset({"killed", "injured", "detained", "released"})
SURE = FIRM | {"displaced"}  # a word of these senses says them of whoever is counted
# What people do every day says that they are displaced only where a text tells of flight.
EVERYDAY = {"staying": "sheltered", "coming": "moved"}
# A word of these says it only where civilians are counted: troops move too.
WEAK = frozenset({"moved", "sheltered", "returned", *EVERYDAY})
COUNTED = SURE | WEAK
# Senses said only of another verb's object: "drove 12 from their homes", "beat 12 to death".
GOVERNED = {
    "uprooted": "displaced",
    "treated": "injured",
    "to_death": "killed",
    "disabled": "casualties",  # "put 12 rebels out of action"
}

AUXILIARIES = frozenset({"be", "have", "modal"})
NAMING = frozenset({"noun", "thing"})
DETERMINED = frozenset({"prep", "det"})
COMMA_OR_DASH = frozenset({",", "–", "—", "--"})
BLANK = Token("", -1, -1)  # what stands beyond the ends of a sentence


class Link(NamedTuple):
    """What is said of a number: sense, the word that says it (index), the rule, and how far it was
    to seek.

    Beside the senses of the lexicon: "agent" (they act, and suffer nothing), "thing" (no people are
    counted), "other" (another act claims the number), "stop" (nothing before the number says
    anything of it, nor does an earlier number)."""

    sense: str
    at: int
    rule: str
    cost: float
    expected: bool = False
    denied: bool = False


def negates(tokens: list[Token], at: int) -> bool:
    """Whether a word denies the verb to come: "did | not | flee", "cannot flee"; but "not only",
    "not less than"."""
    return tokens[at].text in _NEGATIONS and peek(tokens, at + 1).text not in _LIMITS


_NEGATIONS = ("not", "n't", "never", "nor", "cannot")
_LIMITS = ("only", "just", "less", "fewer")


def peek(tokens: list[Token], at: int) -> Token:
    """The word at an index, or a blank one beyond the ends of the sentence."""
    return tokens[at] if 0 <= at < len(tokens) else BLANK


def find_strongest(token: Token) -> Trigger:
    """Of the meanings of a verb, the one that counts people: "return" comes back before it gives
    back."""
    if len(token.triggers) == 1:
        return token.triggers[0]
    return max(token.triggers, key=lambda t: (t.sense in COUNTED, t.sense != "other"))


def has_form(token: Token, *forms: str) -> bool:
    """Whether a word may be a verb in one of these forms: base, past, participle, ing."""
    return any(t.form in forms for t in token.triggers)


def is_base(token: Token) -> bool:
    """Whether a verb is bare, of present or infinitive: "flee", "attacks"."""
    return all(t.form == "base" for t in token.triggers)


def is_ing(token: Token) -> bool:
    """Whether a verb can only be the form in -ing: "fleeing"."""
    return all(t.form == "ing" for t in token.triggers)


def is_sure_participle(token: Token) -> bool:
    """Whether a word is the participle of what befalls people: "killed", "evacuated"."""
    return any(t.form == "participle" and t.sense in SURE for t in token.triggers)


def is_verb_behind(tokens: list[Token], at: int, after_aux: bool = False) -> bool:
    """Whether a word is a verb that may say something of a number before it: not the noun behind an
    article, adjective or preposition ("during an attack", "of displaced families"), nor a bare form
    without a subject. `after_aux`: an auxiliary was passed on the way ("were also hurt")."""
    token = tokens[at]
    if "verb" not in token.kinds:
        return False
    if token.is_phrase:
        return True
    before = peek(tokens, at - 1)
    if token.text == "cross" and before.text == "red":
        return False
    base = is_base(token)
    if base and before.kinds & DETERMINED and before.text not in _BEFORE_BARE_VERBS:
        return False
    if after_aux and not token.kinds & NAMING:
        return True
    if "det" in before.kinds and before.text not in _SUBJECTS_BEHIND:
        return False
    if "prep" in before.kinds and before.text not in _BEFORE_CLAUSES:
        return has_form(token, "ing")  # "60 people in fleeing", but "of displaced people"
    return not base or after_aux or _can_act(before, token)


def is_verb_before(tokens: list[Token], at: int) -> bool:
    """Whether a word is a verb that may act on a number behind it: "this killed 12", "shells
    killing 12"; not "the attack"."""
    token = tokens[at]
    if "verb" not in token.kinds:
        return False
    if token.is_phrase:
        return True
    before = peek(tokens, at - 1)
    if before.text == "s" and peek(tokens, at - 2).text in "'’" and token.text.endswith("ing"):
        return False  # "last week's | fighting"
    if "det" in before.kinds and before.text not in _SUBJECTS_BEFORE:
        if token.text != "killing":  # "another killing 12"
            return False
    return not is_base(token) or _can_act(before, token) or _goes_on(tokens, at)


_BEFORE_BARE_VERBS = ("to", "all", "both")  # "had to flee", "they all live"
# Behind these even a participle may say it: "registered as displaced".
_BEFORE_CLAUSES = ("to", "since", "before", "after", "by", "as")
# They may be the subject: "and 12 more died".
_SUBJECTS_BEHIND = ("all", "both", "that", "some", "more", "each")
_SUBJECTS_BEFORE = ("all", "both", "that", "some", "this", "these", "those")  # "this killed 12"
_PRONOUNS = frozenset("i we you they who that which he she it people".split())
_DOUBTFUL = frozenset({"thing", "person", "dwelling"})


def _can_act(before: Token, token: Token) -> bool:
    """Whether a bare form behind this word is a verb; one that is as often a noun needs a pronoun
    or "to": "rebels flee", but "they attack", "to attack"."""
    if before is BLANK:
        return False
    if before.text == "to" or before.text in _PRONOUNS or before.kinds & {"rel", "modal"}:
        return True
    if token.text in LISTS["noun_verbs"] or token.kinds & _DOUBTFUL:
        is_told = before.text in ("now", "also", "already", "still", "currently")
        return is_told and token.text in LISTS["hosting"]  # "camps now | shelter"
    return not before.kinds & DETERMINED and before.text not in ("'", "-", "s", "'s", "’")


def _goes_on(tokens: list[Token], at: int) -> bool:
    """Whether what may be a noun is a second verb: "kills nine and | wounds | 12"."""
    if tokens[at].text not in ("wounds", "arrests", "captures", "exiles"):
        return False
    follows = peek(tokens, at - 1).text in ("and", ",", "but")
    return follows and "num" in peek(tokens, at + 1).kinds


_NO_OBJECT = frozenset("prep punct conj sub be have modal date aux rel".split())


def takes_object(tokens: list[Token], at: int) -> bool:
    """Whether what follows a verb is its object: "murdered a judge", but "murdered in Kell"."""
    step = at + 1
    while (word := peek(tokens, step)).text in ("late", "early", "overnight") or (
        "adv" in word.kinds and not word.kinds & {"det", "sub", "prep"}
    ):
        step += 1
    kinds = peek(tokens, step).kinds
    if word.text in ("each", "every") and "thing" in peek(tokens, step + 1).kinds:
        return False  # "arrive each day"
    if step >= len(tokens) or kinds & _NO_OBJECT and not kinds & {"det", "person"}:
        return False
    if "state" in kinds and not kinds & {"person"}:
        return False  # "900 made homeless"
    # "killed guards", but "killed trying"
    return "verb" not in kinds or bool(kinds & {"person", "thing", "household"})


_HURTING = frozenset(
    {"wounding", "injuring", "hurting", "wounded", "injured", "hurt", "dead", "killed"}
)
_UNITS = frozenset(
    "brigade brigades battalion battalions regiment regiments division corps front legion guard"
    " police gendarmerie marines commandos".split()
)


def is_unit(tokens: list[Token], at: int) -> bool:
    """Whether the name of a unit begins at an index: "five men of | the Kell Brigades"."""
    at += peek(tokens, at).text == "the"
    while at < len(tokens) and tokens[at].is_name:
        if tokens[at].text in _UNITS or "combatant" in tokens[at].kinds:
            return True
        at += 1
    return False


def is_second(tokens: list[Token], at: int) -> bool:
    """Whether a number is of the wounded beside the dead: "killing seven and wounding | 12"."""
    if peek(tokens, at - 1).text == "and":
        return peek(tokens, at + 1).text in _HURTING
    return peek(tokens, at - 2).text == "and" and peek(tokens, at - 1).text in _HURTING
