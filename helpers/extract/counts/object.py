"""What is said before a number, whose people are then the object: "killing 12", "the deaths of 12"."""

from dataclasses import dataclass

from helpers.extract.counts.grammar import (
    REACH,
    SURE,
    Link,
    find_strongest,
    has_form,
    is_verb_before,
    peek,
)
from helpers.extract.counts.phrase import Group
from helpers.extract.rules import verbs as fates
from helpers.extract.text.tokens import Word


@dataclass(slots=True)
class Search:
    """A search from a number back to its verb. `at`: where it stands; `cost`: how far it came. `joined`: the number shares
    the verb of what was passed ("killing a judge and | 12"); `named`: a noun was passed that may be that other object;
    `beside`: it stands beside another ("killed along with 12"). `found`: the link, if any, once it is `over`."""

    words: list[Word]
    group: Group
    at: int
    cost: float = 0.0
    joined: bool = False
    named: bool = False
    beside: bool = False
    found: Link | None = None
    over: bool = False

    def finish(self, link: Link | None = None) -> bool:
        """Ends the search with this link, or with none."""
        self.found, self.over = link, True
        return True

    def step(self, cost: float) -> bool:
        """Goes on to the word before."""
        self.at, self.cost = self.at - 1, self.cost + cost
        return True


def look_before(words: list[Word], group: Group) -> Link | None:
    """The word before a number that acts on it, or whose noun it completes: "killing 12", "the deaths of 12"."""
    search = Search(words, group, group.index - 1)
    while not search.over and search.at >= 0 and group.index - search.at < REACH:
        word = words[search.at]
        if _is_light(word):
            search.at -= 1
        elif word.text == "of" and search.at:
            _meet_of(search)
        elif not (
            _meet_verb(search, word) or _meet_joint(search, word) or _meet_preposition(search, word)
        ):
            _pass_noun(search, word)
    return search.found


_LIGHT = frozenset("\" ' “ ‘ other others total combined".split())
_SAID_OF = {  # noun → what "… of 12" says of them
    "population": "living",
    "wounds": "injured",
    "injuries": "injured",
    "lives": "killed",
    **dict.fromkeys(["movement", "movements", "arrival", "departure"], "moved"),
    **dict.fromkeys(fates.KILLERS, "killed"),
}
_HOMES = frozenset(
    "city town village district region province island neighbourhood suburb enclave".split()
)
_CONTAINERS = frozenset(
    """
city town village district region province island country neighbourhood crowd force army convoy audience contingent garrison capacity radius distance age team
unit average rate height speed minimum maximum area home budget staff total-force column gathering caseload
""".split()
)  # "a city of 12,000": nothing befell them
_TRANSPARENT = frozenset(
    "total group some wave estimate tally family number toll sum remainder rest".split()
)  # "killed a group of 12"


def _is_light(word: Word) -> bool:
    """Whether a word between a verb and its number says nothing: "killed | a further | 12"."""
    return (
        "det" in word.kinds
        or "adv" in word.kinds
        and "prep" not in word.kinds
        or word.text in _LIGHT
    )


def _stop(search: Search) -> bool:
    """Ends a search where a preposition keeps the number from everything before it: "during | 12"."""
    return search.finish(Link("stop", search.at, "stop", 9))


def _meet_of(search: Search) -> bool:
    """ "of" before a number: the noun before it says it, or contains it, or is no more than a measure."""
    at, cost = search.at - 1, search.cost + 0.1
    noun = search.words[at]
    if "noun" in noun.kinds and noun.sense not in ("toll", "other", ""):
        return search.finish(Link(noun.sense, at, "of", cost))  # "the deaths of 12"
    if any(t.form == "ing" and t.sense in SURE for t in noun.triggers):
        return search.finish(
            Link(find_strongest(noun).sense, at, "of", cost)
        )  # "the wounding of 12"
    if noun.text in _SAID_OF:
        return search.finish(Link(_SAID_OF[noun.text], at, "of", cost))
    if noun.text == "loss" and any("person" in search.words[n].kinds for n in search.group.nouns):
        return search.finish(
            Link("killed", at, "of", cost)
        )  # "the loss of 12 men", not of 12 rifles
    if noun.text in _CONTAINERS:
        return search.finish(Link("other", at, "other", search.cost))
    if noun.text in _TRANSPARENT:
        search.at -= 2
        return True
    if (far := _find_nominal(search.words, at)) is not None:
        return search.finish(
            Link(
                search.words[far].sense or find_strongest(search.words[far]).sense,
                far,
                "of",
                search.cost + 0.3,
            )
        )
    return search.finish() if search.joined else _stop(search)


def _find_nominal(words: list[Word], at: int) -> int | None:
    """The noun that "of" belongs to when place or day stands between: "the murder at the university of six"."""
    for step in range(at, max(-1, at - 9), -1):
        word = words[step]
        if (
            "noun" in word.kinds
            and word.sense in SURE
            and not word.text.endswith("s")
            and word.text not in ("idp", "refugee", "evacuee", "body", "corpse")
        ):
            return step
        if word.text == "killing" and step and "det" in words[step - 1].kinds:
            return step
        if word.kinds & _BREAKS or is_verb_before(words, step):
            return None
    return None


_BREAKS = frozenset({"punct", "num", "conj", "be", "have", "rel"})
_SITES = frozenset(
    "camp camps site sites centre centres center centers shelter shelters school schools settlement settlements".split()
)


def _meet_verb(search: Search, word: Word) -> bool:
    """A verb acts on the number, if the number is its object: "the blast killed 12"; "schools host 900"."""
    words, group, at = search.words, search.group, search.at
    if at == group.index - 1:
        hosts = word.text in fates.HOSTS and group.head in (
            "person",
            "household",
            "none",
            "unknown",
        )
        holds = word.text in ("hold", "holds", "held") and any(
            w.text in _SITES for w in words[max(0, at - 9) : at]
        )  # "the camp holds 900"
        if hosts or holds:
            return search.finish(Link("sheltered", at, "object", search.cost))
    if not is_verb_before(words, at):
        return False
    if search.beside and find_strongest(word).sense in SURE:
        return search.finish(
            Link(find_strongest(word).sense, at, "continued", search.cost)
        )  # "was killed along with 12"
    return search.finish(
        _act_on(words, at, search.cost) if search.named or not search.joined else None
    )


_PLANS = frozenset(
    "plan plans planned planning prepare prepares preparing expect expects expected hope hopes vowed threatened threatens order orders ordered".split()
)
_AIMS = ("threatens", "threatened", "planned", "plans", "vowed")


def _act_on(words: list[Word], at: int, cost: float) -> Link | None:
    """The link that a verb before the number makes, when the number is its object."""
    word, back = words[at], words[max(0, at - 4) : at]
    sense, frame, _ = find_strongest(word)
    before = peek(words, at - 1)
    passive = any("be" in w.kinds for w in back[-3:]) and not before.kinds & {"verb", "punct"}
    if passive and has_form(word, "participle") and not has_form(word, "ing"):
        return Link("stop", at, "stop", 9)  # "was killed, 12 said"
    if sense in ("force", "measure"):
        return Link("force", at, "force", cost)  # "forced 12": what follows says to what
    if (
        frame == "subject"
        or word.is_phrase
        and (frame == "both" and cost > 0 or sense == "sheltered")
    ):
        return None  # "fled 12": no object
    if word.text in ("lost", "losing", "lose", "loses") and not word.is_phrase:
        return Link("lost", at, "object", cost)
    if sense == "say":
        return None
    aimed = before.text == "to" and any(
        w.text in _PLANS for w in words[max(0, at - 8) : at]
    )  # "plans are made to evacuate 6,000"
    expected = aimed or any("modal" in w.kinds or w.text in _AIMS for w in back)
    denied = any(w.text in ("not", "n't", "never", "without") for w in back)
    generic = before.text in ("that", "which") and all(
        t.form == "base" for t in word.triggers
    )  # "mines that kill 12 a year"
    return Link("other" if generic else sense, at, "object", cost, expected, denied)


def _meet_joint(search: Search, word: Word) -> bool:
    """The number shares what is said of those before it: "killed a judge, two clerks and | 12 guards", "along with | 12"."""
    words, at = search.words, search.at
    if (
        "conj" in word.kinds
        or word.text in (",", "alongside", "along", "plus")
        or word.text == "with"
        and peek(words, at - 1).text in ("along", "together")
    ):
        comma = word.text == ","
        if comma and (opened := _find_insertion(words, at)) is not None:
            search.at = opened - 1
            return True
        search.joined = True
        search.beside = search.beside or word.text in ("along", "with", "as well as", "alongside")
        return search.step(0.9 if comma and "conj" not in words[at + 1].kinds else 0.4)
    return search.beside and not word.kinds & {"num", "punct", "rel", "sub"} and search.step(0.1)


def _find_insertion(words: list[Word], at: int) -> int | None:
    """Where the insertion that ends in this comma begins: "the evacuation of, according to officials, 900"."""
    for step in range(at - 1, max(0, at - 9), -1):
        if words[step].text == ",":
            said = "say" in words[step + 1].text or words[at - 1].text in ("said", "says", "say")
            return (
                step
                if said or words[step + 1].text in ("according", "as", "in", "on", "at", "so")
                else None
            )
    return None


_OPEN = (
    "with",
    "to",
    "at",
    "among",
    "from",
    "between",
    "as",
    "than",
    "against",
    "in",
)  # behind these an earlier number may still go on: "from 12 to 30"


def _meet_preposition(search: Search, word: Word) -> bool:
    """A preposition takes the number from the verb: "killed by | 12 gunmen" makes them agents, "during | 12 raids" nobody."""
    if word.text == "by":
        if search.joined:
            return search.finish()
        passive = any(
            has_form(w, "participle") for w in search.words[max(0, search.at - 6) : search.at]
        )
        return search.finish(Link("by", search.at, "agent", 0)) if passive else _stop(search)
    if "subset" in word.kinds or word.text in ("(", "–", "—", ";"):
        return search.finish()
    if (
        word.text == "to" and peek(search.words, search.at - 1).text == "home"
    ):  # "the camp is home to 900"
        site = any(w.text in _SITES for w in search.words[max(0, search.at - 10) : search.at])
        return search.finish(
            Link("sheltered" if site else "living", search.at, "object", search.cost)
        )
    if "prep" in word.kinds:
        return (
            search.finish() if search.joined and search.at or word.text in _OPEN else _stop(search)
        )
    return False


_OTHERS = frozenset({"person", "household", "thing", "noun"})


def _pass_noun(search: Search, word: Word) -> None:
    """A noun before "and" is what the verb acts on too: "killing | a judge and 12 guards"."""
    after = search.words[search.at + 1]
    if search.joined and "punct" not in word.kinds and (after.text == "," or "conj" in after.kinds):
        search.named = True
    if search.joined and (not word.kinds or word.kinds & _OTHERS):
        search.step(0.15)
    else:
        search.finish()
