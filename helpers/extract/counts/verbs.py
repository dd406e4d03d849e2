"""Verbs behind a number: whether its people suffer what the verb says, do it, or wait for the next verb."""

from dataclasses import dataclass
from typing import NamedTuple

from helpers.extract.counts.grammar import (
    Link,
    find_strongest,
    is_base,
    is_fate,
    is_ing,
    peek,
    takes_object,
)
from helpers.extract.text.tokens import Word


@dataclass(slots=True)
class Walk:
    """A walk along a clause, word by word, and what the words passed say of the verb to come.

    `at`: where it stands; `first`: where it began; `limit`: where it must end; `cost`: how far it came. `be`, `have`,
    `modal`, `infinitive`: such an auxiliary was passed; `denied`: a "not"; `in_phrase`: it is inside a phrase of place
    or a participle clause, where nouns are not the subject ("12 people in the town attacked"). `governed`: another verb
    acts on the people ("seen to"); `forced`: the verb that makes them act ("forced 900 to"); `kept`: a passive was
    passed that says nothing by itself ("were believed"). `spare`: a link said in a relative clause or beside, which
    counts if nothing else is said. `found`, `over`: the link that ends the walk, and whether it ended.
    """

    words: list[Word]
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
        """Whether an auxiliary was passed; without one a participle may only describe ("people displaced")."""
        return self.be or self.have or self.modal or self.infinitive

    def pass_auxiliary(self, word: Word) -> None:
        """Remembers a form of be or have, or a modal."""
        self.be = self.be or "be" in word.kinds
        self.have = self.have or "have" in word.kinds
        self.modal = self.modal or "modal" in word.kinds

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

    def finish(self, link: Link | None = None) -> bool:
        """Ends the walk with this link, or with what it has to spare."""
        self.found, self.over = link, True
        return True


class Verb(NamedTuple):
    """A verb as it stands: its word, sense and frame, whether an object follows, whether it is passive or expected."""

    word: Word
    sense: str
    frame: str
    has_object: bool
    passive: bool
    expected: bool


_IDLE = frozenset({"other", "force", "measure"})  # say nothing of people by themselves


def judge_verb(walk: Walk) -> Link | str:
    """What the verb at which the walk stands says of its people: a link, or how to go on.

    "keep": the next verb says it ("were believed killed"); "reduced": a clause of its own, the main verb comes later
    ("people living in Kell fled"); "weak": it counts if nothing else is said; "stop": nothing is said of them.
    """
    word = walk.words[walk.at]
    sense, frame, _ = find_strongest(word)
    has_object = (not word.is_phrase or frame == "object" and sense == "killed") and takes_object(
        walk.words, walk.at
    )
    if is_ing(word) and not walk.be and (sense in _IDLE or has_object and frame != "subject"):
        return "reduced"  # "60 men carrying flags"
    if word.text == "living" and sense == "living" and not walk.be:
        return "reduced"  # "900 people living here fled"
    verb = Verb(
        word, sense, frame, has_object, _is_passive(walk, word, has_object), _is_expected(walk)
    )
    return _judge_departure(walk, verb) or _CASES.get(sense, _judge_fate)(walk, verb)


def _is_passive(walk: Walk, word: Word, has_object: bool) -> bool:
    """Whether the people suffer the verb. "were killed", "have been killed", "have to be moved", "60 killed in Kell",
    but "have killed", "be killing", "60 killed a judge"."""
    participle = any(t.form == "participle" for t in word.triggers)
    if is_ing(word):
        return False
    if (
        walk.be
        and participle
        and not (
            walk.have and all(w.text != "been" for w in walk.words[max(0, walk.at - 3) : walk.at])
        )
    ):
        return True
    if (
        walk.have or walk.modal or walk.infinitive or is_base(word)
    ):  # active, but for "have been" and "to be"
        return (
            walk.have
            and walk.words[walk.at - 1].text == "been"
            or walk.infinitive
            and walk.be
            and participle
        )
    return participle and not has_object


def _is_expected(walk: Walk) -> bool:
    """ "may flee" and "were expected to flee"; "may have fled" is told as having happened."""
    return (
        walk.modal
        and not (
            walk.have and not any(w.text == "to" for w in walk.words[max(0, walk.at - 3) : walk.at])
        )
        or walk.infinitive
        and any(w.text in _PLANS for w in walk.words[max(0, walk.at - 6) : walk.at])
    )


_LEAVING = ("left", "leave", "leaving", "leaves")
_DEPARTING = frozenset({*_LEAVING, "moved", "reached", "entered"})
_ENDINGS = (
    "by",
    "on",
    "for",
    "from",
    "after",
    "when",
    "since",
    "in",
    "at",
    "during",
    "as",
    "because",
    "before",
    "all",
)
_NOT_LEFT = frozenset(
    """
army party group organisation organization hospital job work office bus car vehicle meeting court prison scene table government force forces alliance talks room train
""".split()
)


def _judge_departure(walk: Walk, verb: Verb) -> Link | None:
    """ "left", "moved", "reached": who leaves a place, or just leaves, is displaced; who leaves a party is not."""
    text = verb.word.text
    if text not in _DEPARTING:
        return None
    follower = peek(walk.words, walk.at + 1)
    is_end = not follower.text
    is_name = not is_end and (follower.is_name or not follower.kinds)  # perhaps of a place
    if text in _LEAVING and not verb.word.is_phrase and not (walk.be and verb.passive):
        if _is_left(walk, follower, is_name):
            return walk.say("moved", 0.3, verb.expected)
    if (
        text == "moved"
        and walk.be
        and (is_end or follower.kinds & {"punct", "date"} or follower.text in ("from", "to", "out"))
    ):
        return walk.say("moved", 0.2, verb.expected)  # "900 were moved to Kell"
    if text in ("reached", "entered") and is_name and (walk.have or not walk.has_aux):
        return walk.say("moved", 0.4, verb.expected)  # "900 have reached Kell"
    return None


def _is_left(walk: Walk, follower: Word, is_name: bool) -> bool:
    """Whether nothing or a place is left: "900 left on Monday", "900 have left Kell", "to leave the mountains"; not
    "left 900 dead", "left the party"."""
    if (
        not follower.text
        or follower.text in _ENDINGS
        or follower.kinds & {"date", "punct", "adv"}
        and follower.text != "dead"
    ):
        return True
    if is_name:
        return True
    place = peek(walk.words, walk.at + 2)
    is_place = (
        bool(place.text)
        and place.text not in _NOT_LEFT
        and not place.kinds & {"person", "household", "verb"}
    )
    return is_place and "det" in follower.kinds and (walk.have or walk.infinitive)


def _judge_force(walk: Walk, verb: Verb) -> Link | str:
    """ "900 were forced to flee" waits for the verb; "900 forced the gate" acts."""
    if verb.passive and (walk.be or not walk.has_aux):
        return "keep"
    return "stop" if walk.in_phrase else Link("agent", walk.at, "agent", 0)


def _judge_saying(walk: Walk, verb: Verb) -> Link | str:
    """ "12 are said to have died" waits for the verb; "12 said" claims the number."""
    if not walk.be and walk.words[walk.at - 1].text in (
        "it",
        "he",
        "she",
        "they",
        "officials",
        "police",
    ):
        return "reduced"  # "the 5 million it says have been displaced"
    return "keep" if verb.passive and walk.be else Link("other", walk.at, "other", walk.cost)


def _judge_measure(walk: Walk, verb: Verb) -> str:
    """ "12 were reported killed" and "900 remain displaced" wait for the state; "12 reached a peak" says nothing."""
    return (
        "keep" if verb.passive or verb.word.text in ("remain", "remained", "remaining") else "stop"
    )


_PLANS = frozenset(
    """
expect expects expecting expected likely feared planned threatened due set ready able risk want wanted wanting hoping hope hoped waiting trying tried attempting preparing prepares prepare plan plans need needs needed refused refuse declined unable
""".split()
)
_SEEMS = frozenset(
    """
believed thought known said reported presumed feared confirmed found estimated assumed understood listed described registered counted recorded become became
""".split()
)
_LEADING = _PLANS | _SEEMS


def _judge_other(walk: Walk, verb: Verb) -> Link | str:
    """Another act claims the number ("12 were vaccinated") unless it only leads to the verb: "tried to flee"."""
    if verb.word.text in _LEADING and not verb.word.is_phrase:
        return "keep"
    if verb.passive and not walk.has_aux:
        return "reduced"  # "12 people trapped in a mine died"
    step = walk.at + 1 + (peek(walk.words, walk.at + 1).text in ("up", "down", "out", "away"))
    joined = walk.be and verb.passive and peek(walk.words, step).text in ("and", "or", "then")
    if joined and any(map(is_fate, walk.words[step + 1 : step + 3])):
        return "keep"  # "were rounded up and shot dead"
    return Link("other", walk.at, "other", walk.cost)


def _judge_fate(walk: Walk, verb: Verb) -> Link | str:
    """A verb that counts people says it of those who suffer it: "12 were killed", "12 fled"; "12 killed a judge" act."""
    text, bare = verb.word.text, not walk.has_aux
    if verb.word.is_phrase and not walk.be:
        if text in ("in", "at") and verb.sense in ("sheltered", "injured"):
            return "weak"  # "900 in camps"
        if text in ("with", "from", "out", "without") and walk.cost >= 0.6:
            return "weak"  # "12 men from a village of the far north with burns"
    if (
        verb.sense == "moved"
        and verb.frame == "subject"
        and verb.has_object
        and not verb.word.is_phrase
    ):
        return "stop"  # "900 people crossed lines"
    acts = not verb.passive and (
        verb.frame == "object" or verb.frame == "both" and verb.has_object and not walk.infinitive
    )
    if acts:
        return Link("agent", walk.at, "agent", 0)
    if not (bare and verb.passive):
        return walk.say(verb.sense, 0.0, verb.expected)
    # a participle alone may only describe: "60 evacuated people"; "killed" and "injured" seldom do
    return walk.say(verb.sense, 0.3 if verb.sense in ("killed", "injured") else 0.5, verb.expected)


_CASES = {
    "force": _judge_force,
    "say": _judge_saying,
    "measure": _judge_measure,
    "other": _judge_other,
}
