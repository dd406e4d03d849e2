"""Verbs behind a number: whether its people suffer what the verb says, do it, or wait for the next
verb."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from helpers.extract.counts.grammar import (
    Link,
    find_strongest,
    has_form,
    is_base,
    is_ing,
    is_sure_participle,
    peek,
    takes_object,
)
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.text.tokens import Token


@dataclass(slots=True)
class Walk:
    """A walk along a clause, word by word, and what the words passed say of the verb to come.

    `at`: where it stands; `first`: where it began; `limit`: where it must end; `cost`: how far it
    came. `be`, `have`, `modal`, `infinitive`: such an auxiliary was passed; `denied`: a "not";
    `in_phrase`: it is inside a phrase of place or a participle clause, where nouns are not the
    subject ("12 people in the town attacked"). `governed`: another verb acts on the people ("seen
    to"); `forced`: the verb that makes them act ("forced 900 to"); `kept`: a passive was passed
    that says nothing by itself ("were believed"). `spare`: a link said in a relative clause or
    beside, which counts if nothing else is said. `found`, `over`: the link that ends the walk, and
    whether it ended.
    """

    tokens: list[Token]
    at: int
    limit: int
    first: int = 0
    cost: float = 0.0
    be: bool = False
    have: bool = False
    modal: bool = False
    infinitive: bool = False
    denied: bool = False
    in_phrase: bool = False
    governed: bool = False
    forced: str = ""
    kept: bool = False
    spare: Link | None = None
    found: Link | None = None
    over: bool = False

    @property
    def has_aux(self) -> bool:
        """Whether an auxiliary was passed; without one a participle may only describe ("people
        displaced")."""
        return self.be or self.have or self.modal or self.infinitive

    def pass_auxiliary(self, token: Token) -> None:
        """Remembers a form of be or have, or a modal."""
        self.be = self.be or "be" in token.kinds
        self.have = self.have or "have" in token.kinds
        self.modal = self.modal or "modal" in token.kinds

    def say(self, sense: str, extra: float = 0.0, expected: bool | None = None) -> Link:
        """The link that the word here makes; expected, unless told, behind a modal ("may flee")."""
        return Link(
            sense,
            self.at,
            "after",
            self.cost + extra,
            self.modal if expected is None else expected,
            self.denied,
        )

    def list_texts(self, count: int) -> list[str]:
        """The texts of so many tokens before the one at which it stands."""
        return [token.text for token in self.tokens[max(0, self.at - count) : self.at]]

    def finish(self, link: Link | None = None) -> bool:
        """Ends the walk with this link, or with what it has to spare."""
        self.found, self.over = link, True
        return True


class Verb(NamedTuple):
    """A verb as it stands: its word, sense, of whom it is said, whether an object follows, whether
    it is passive or expected."""

    token: Token
    sense: str
    said_of: str
    has_object: bool
    passive: bool
    expected: bool


_IDLE = frozenset({"other", "force", "measure"})  # say nothing of people by themselves


def judge_verb(walk: Walk) -> Link | str:
    """What the verb at which the walk stands says of its people: a link, or how to go on.

    "keep": the next verb says it ("were believed killed"); "reduced": a clause of its own, the main
    verb comes later ("people living in Kell fled"); "weak": it counts if nothing else is said;
    "stop": nothing is said of them.
    """
    token = walk.tokens[walk.at]
    sense, said_of, _ = find_strongest(token)
    may_have_object = not token.is_phrase or said_of == "object" and sense == "killed"
    has_object = may_have_object and takes_object(walk.tokens, walk.at)
    if is_ing(token) and not walk.be and (sense in _IDLE or has_object and said_of != "subject"):
        return _judge_leaving(walk)
    if token.text == "living" and sense == "living" and not walk.be:
        return "reduced"  # "900 people living here fled"
    passive = _is_passive(walk, token, has_object)
    verb = Verb(token, sense, said_of, has_object, passive, _is_expected(walk))
    return _judge_departure(walk, verb) or _CASES.get(sense, _judge_predicate)(walk, verb)


def _is_passive(walk: Walk, token: Token, has_object: bool) -> bool:
    """Whether the people suffer the verb. "were killed", "have been killed", "have to be moved",
    "60 killed in Kell", but "have killed", "be killing", "60 killed a judge"."""
    is_participle = has_form(token, "participle")
    if is_ing(token):
        return False
    is_perfect = walk.have and "been" not in walk.list_texts(3)
    if walk.be and is_participle and not is_perfect:
        return True
    if walk.have or walk.modal or walk.infinitive or is_base(token):
        # active, but for "have been" and "to be"
        has_been = walk.have and walk.tokens[walk.at - 1].text == "been"
        return has_been or walk.infinitive and walk.be and is_participle
    return is_participle and not has_object


def _is_expected(walk: Walk) -> bool:
    """ "may flee" and "were expected to flee"; "may have fled" is told as having happened."""
    has_happened = walk.have and "to" not in walk.list_texts(3)
    is_intended = walk.infinitive and not LISTS["intending"].isdisjoint(walk.list_texts(6))
    return walk.modal and not has_happened or is_intended


_LEAVING = ("left", "leave", "leaving", "leaves")
_DEPARTING = frozenset({*_LEAVING, *"moved reached entered escaped escape registered".split()})
_ENDINGS = frozenset("by on for from after when since in at during as because before all".split())


def _judge_departure(walk: Walk, verb: Verb) -> Link | None:
    """ "left", "moved", "reached": who leaves a place, or just leaves, is displaced; who leaves a
    party is not."""
    text = verb.token.text
    is_origin = text == "come" and verb.token.end - verb.token.start == len("come from")
    if is_origin and not walk.has_aux:
        return Link("other", walk.at, "other", walk.cost)  # "the finalists come from Kell"
    if text not in _DEPARTING:
        return None
    follower = peek(walk.tokens, walk.at + 1)
    is_end = not follower.text or bool(follower.kinds & {"punct", "date"})
    is_name = bool(follower.text) and (follower.is_name or not follower.kinds)  # perhaps a place's
    if text in _LEAVING and not verb.token.is_phrase and not (walk.be and verb.passive):
        if _is_left(walk, follower, is_name):
            return walk.say("moved", 0.3, verb.expected)
    if text == "moved" and walk.be and (is_end or follower.text in ("from", "to", "out")):
        return walk.say("moved", 0.2, verb.expected)  # "900 were moved to Kell"
    if text == "registered" and walk.be and is_end:
        return walk.say("staying", 0.3, verb.expected)  # "900 people have been registered"
    if text == "moved" and not walk.be and _is_whither(walk, follower):
        return walk.say("coming", 0.3, verb.expected)  # "900 have moved from the town"
    if _is_named(walk, text, follower):
        return walk.say("moved", 0.3, verb.expected)
    is_name = (
        is_name
        or text == "reached"
        and "det" in follower.kinds
        and (peek(walk.tokens, walk.at + 2).text in LISTS["settlements"])
    )
    if text in ("reached", "entered") and is_name and (walk.have or not walk.has_aux):
        return walk.say("moved", 0.4, verb.expected)  # "900 have reached Kell"
    return None


def _is_named(walk: Walk, text: str, follower: Token) -> bool:
    """Whether a place is named that people left or went to: "escaped | from Kell", not "from jail";
    "moved | towards Kell"."""
    has_escaped = text in ("escaped", "escape") and follower.text == "from"
    has_moved = text == "moved" and follower.text in ("towards", "toward") and not walk.be
    return (has_escaped or has_moved) and peek(walk.tokens, walk.at + 2).is_name


_SINCE = ("since", "by")


def _is_whither(walk: Walk, follower: Token) -> bool:
    """Whether it is said from where, whereto or since when people moved: "moved | from the town",
    "| to Kell"; not "to the next round"."""
    is_named = "det" not in peek(walk.tokens, walk.at + 2).kinds
    if walk.have and (not follower.text or "date" in follower.kinds or follower.text in _SINCE):
        return True  # "900 families have moved | since Wednesday"
    return follower.text == "from" or is_named and follower.text in ("to", "into", "out")


def _judge_leaving(walk: Walk) -> Link | str:
    """ "900 people leaving Kell": displaced, if the main verb says nothing else; other acts in
    "-ing" only describe: "60 men carrying flags"."""
    token, follower = walk.tokens[walk.at], peek(walk.tokens, walk.at + 1)
    if token.text == "leaving" and not token.is_phrase and not walk.spare:
        is_name = bool(follower.text) and (follower.is_name or not follower.kinds)
        if _is_left(walk, follower, is_name):
            walk.spare = walk.say("moved", 0.3)
    return "reduced"


_PARTS = ("part", "parts", "side", "half", "areas", "territory", "zone")


def _is_left(walk: Walk, follower: Token, is_name: bool) -> bool:
    """Whether nothing or a place is left: "900 left on Monday", "900 have left Kell", "to leave the
    mountains"; not "left 900 dead", "left the party"."""
    is_end = follower.kinds & {"date", "punct", "adv"} and follower.text != "dead"
    if not follower.text or follower.text in _ENDINGS or is_end or is_name:
        return True
    place = peek(walk.tokens, walk.at + 2)
    if not place.text or place.text in LISTS["not_left"]:
        return False
    if "det" not in follower.kinds:
        return follower.text in LISTS["settlements"]  # "left | communities in Kell"
    noun = peek(walk.tokens, walk.at + 3)
    if noun.text in LISTS["settlements"] or noun.text in _PARTS:
        return not place.kinds & {"person", "household"}  # "left the rebel-held | part of Kell"
    is_place = not place.kinds & {"person", "household", "verb"}
    return place.text in LISTS["settlements"] or is_place and (walk.have or walk.infinitive)


def _judge_force(walk: Walk, verb: Verb) -> Link | str:
    """ "900 were forced to flee" waits for the verb; "900 forced the gate" acts."""
    if verb.passive and (walk.be or not walk.has_aux):
        return "keep"
    return "stop" if walk.in_phrase else Link("agent", walk.at, "agent", 0)


def _is_in_camp(walk: Walk) -> bool:
    """Whether a sentence opens with a camp in which people live: "In the camp at Kell 900 people
    now | live"."""
    before = walk.tokens[: walk.first]
    return any(
        token.text in LISTS["sites"] or token.is_phrase and token.triggers[0].sense == "sheltered"
        for token in before
    )


_SPEAKERS = ("it", "he", "she", "they", "officials", "police")


def _judge_saying(walk: Walk, verb: Verb) -> Link | str:
    """ "12 are said to have died" waits for the verb; "12 said" claims the number."""
    if not walk.be and walk.tokens[walk.at - 1].text in _SPEAKERS:
        return "reduced"  # "the 5 million it says have been displaced"
    return "keep" if verb.passive and walk.be else Link("other", walk.at, "other", walk.cost)


def _judge_measure(walk: Walk, verb: Verb) -> Link | str:
    """ "12 were reported killed" and "900 remain displaced" wait for the state, "900 remain in the
    town" live there; "12 reached a peak" says nothing."""
    remains = verb.token.text in ("remain", "remained", "remaining")
    if remains and _is_inside(walk.tokens, walk.at + 1):
        return walk.say("living", 0.0, verb.expected)
    follower = peek(walk.tokens, walk.at + 1)
    if verb.token.text == "fallen" and walk.have:
        is_end = not follower.text or follower.kinds & {"date", "punct"}
        if is_end or follower.text in ("in", "since"):
            return walk.say("killed", 0.3, verb.expected)  # "31 soldiers have fallen"
    return "keep" if verb.passive or remains else "stop"


def _is_inside(tokens: list[Token], at: int) -> bool:
    """Whether "in" and a settlement follow: "remain | in the town of Kell"; not "in hospital"."""
    if peek(tokens, at).text not in ("in", "inside", "there"):
        return False
    place = peek(tokens, at + 1 + ("det" in peek(tokens, at + 1).kinds))
    return place.text in LISTS["settlements"] or place.is_name and not place.kinds


_LEADING = LISTS["intending"] | LISTS["seeming"]


def _judge_other(walk: Walk, verb: Verb) -> Link | str:
    """Another act claims the number ("12 were vaccinated") unless it only leads to the verb: "tried
    to flee"."""
    if verb.token.text in ("live", "lives", "living") and _is_in_camp(walk):
        return walk.say("sheltered", 0.0, verb.expected)
    is_troop = "combatant" in walk.tokens[walk.first - 1].kinds
    if verb.token.text == "lost" and verb.passive and walk.be and is_troop:
        return walk.say("lost", 0.2, verb.expected)  # "one fighter had been lost"
    if verb.token.text in _LEADING and not verb.token.is_phrase:
        return "keep"
    if verb.passive and not walk.has_aux:
        return "reduced"  # "12 people trapped in a mine died"
    step = walk.at + 1 + (peek(walk.tokens, walk.at + 1).text in ("up", "down", "out", "away"))
    joined = walk.be and verb.passive and peek(walk.tokens, step).text in ("and", "or", "then")
    if joined and any(map(is_sure_participle, walk.tokens[step + 1 : step + 3])):
        return "keep"  # "were rounded up and shot dead"
    return Link("other", walk.at, "other", walk.cost)


def _judge_predicate(walk: Walk, verb: Verb) -> Link | str:
    """A verb that counts people says it of those who suffer it: "12 were killed", "12 fled"; "12
    killed a judge" act."""
    text, bare = verb.token.text, not walk.has_aux
    if verb.token.is_phrase and not walk.be:
        if text in ("in", "at") and verb.sense in ("sheltered", "injured"):
            return "weak"  # "900 in camps"
        if text in ("with", "from", "out", "without") and walk.cost >= _FAR:
            return "weak"  # "12 men from a village of the far north with burns"
    if text.endswith("ing") and not walk.has_aux and not walk.spare:
        if verb.sense in _MIDWAY:  # "60 people | sheltering in | a school were killed"
            walk.spare = walk.say(verb.sense, 0.0, verb.expected)
            return "reduced"
    if verb.sense == "moved" and verb.said_of == "subject":
        if verb.has_object and not verb.token.is_phrase:
            return "stop"  # "900 people crossed lines"
    acts_on_others = verb.said_of == "both" and verb.has_object and not walk.infinitive
    if not verb.passive and (verb.said_of == "object" or acts_on_others):
        return Link("agent", walk.at, "agent", 0)
    if not (bare and verb.passive):
        is_past = text == "not" and walk.tokens[walk.at - 1].text == "could"
        return walk.say(verb.sense, 0.0, verb.expected and not is_past)  # "could not be saved"
    # a participle alone may only describe: "60 evacuated people"; "killed" and "injured" seldom do
    doubt = _DOUBT_FIRM if verb.sense in ("killed", "injured") else _DOUBT
    return walk.say(verb.sense, doubt, verb.expected)


_MIDWAY = frozenset({"sheltered", "moved", "staying", "coming"})
_FAR = 0.6  # what a phrase so far off says counts only if nothing else is said
_DOUBT, _DOUBT_FIRM = 0.5, 0.3  # how much further a participle is to seek that may only describe


_CASES: dict[str, Callable[[Walk, Verb], Link | str]] = {
    "force": _judge_force,
    "say": _judge_saying,
    "measure": _judge_measure,
    "other": _judge_other,
}
