"""What is said before a number, whose people are then the object: "killing 12", "the deaths of
12"."""

from dataclasses import dataclass

from helpers.extract.counts.captives import hands_over, lets_go
from helpers.extract.counts.grammar import (
    FIRM,
    REACH,
    SURE,
    Link,
    find_strongest,
    has_form,
    is_base,
    is_ing,
    is_verb_before,
    peek,
)
from helpers.extract.counts.phrase import QuantityPhrase
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.text.tokens import Token


@dataclass(slots=True)
class Search:
    """A search from a number back to its verb. `at`: where it stands; `cost`: how far it came.
    `joined`: the number shares the verb of what was passed ("killing a judge and | 12"); `named`: a
    noun was passed that may be that other object; `beside`: it stands beside another ("killed along
    with 12"). `found`: the link, if any, once it is `over`."""

    tokens: list[Token]
    phrase: QuantityPhrase
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


def look_before(tokens: list[Token], phrase: QuantityPhrase) -> Link | None:
    """The word before a number that acts on it, or whose noun it completes: "killing 12", "the
    deaths of 12"."""
    if peek(tokens, phrase.index - 1).text == "back" and phrase.head in ("person", "unknown"):
        if peek(tokens, phrase.index - 2).text in _SENDING:
            return Link("returned", phrase.index - 2, "object", 0)  # "sent back | 900 Afghans"
    search = Search(tokens, phrase, phrase.index - 1)
    while not search.over and search.at >= 0 and phrase.index - search.at < REACH:
        token = tokens[search.at]
        if _is_light(token):
            search.at -= 1
        elif token.text == "of" and search.at:
            _meet_of(search)
        elif not (
            _meet_verb(search, token)
            or _meet_joint(search, token)
            or _meet_preposition(search, token)
        ):
            _pass_noun(search, token)
    return search.found


_TAKING = frozenset("take takes took taken taking".split())
_MANY = 10  # people whom a town takes in; fewer are guests of a house
_LIGHT = frozenset("\" ' “ ‘ ” ’ other others total combined alive".split())
_SAID_OF = {  # noun → what "… of 12" says of them
    "population": "living",
    "wounds": "injured",
    "injuries": "injured",
    "lives": "killed",
    **dict.fromkeys(["movement", "movements", "arrival", "departure"], "moved"),
    **dict.fromkeys(LISTS["killers"], "killed"),
}
_FAR = 9  # cost of what says nothing of a number


def _is_light(token: Token) -> bool:
    """Whether a word between a verb and its number says nothing: "killed | a further | 12"."""
    is_adverb = "adv" in token.kinds and "prep" not in token.kinds
    return "det" in token.kinds or is_adverb or token.text in _LIGHT


def _stop(search: Search) -> bool:
    """Ends a search where a preposition keeps the number from everything before it: "during |
    12"."""
    return search.finish(Link("stop", search.at, "stop", _FAR))


def _meet_of(search: Search) -> bool:
    """ "of" before a number: the noun before it says it, or contains it, or is no more than a
    measure."""
    at = search.at - 1
    noun = search.tokens[at]
    if sense := _read_noun(search, noun):
        return search.finish(Link(sense, at, "of", search.cost + 0.1))
    if (emptied := _find_emptied(search)) is not None:
        return search.finish(Link("displaced", emptied, "object", search.cost + 0.2))
    if noun.text in LISTS["containers"]:
        return search.finish(Link("other", at, "other", search.cost))
    if noun.text in LISTS["collectives"]:
        search.at -= 2
        return True
    if (far := _find_nominal(search.tokens, at)) is not None:
        sense = search.tokens[far].sense or find_strongest(search.tokens[far]).sense
        return search.finish(Link(sense, far, "of", search.cost + 0.3))
    if search.joined and "person" in noun.kinds and not noun.text.endswith("s"):
        search.named = True  # "abducted the mayor | of | Kell and 12 of his guards"
        return search.step(0.1)
    return search.finish() if search.joined else _stop(search)


def _read_noun(search: Search, noun: Token) -> str:
    """What a noun says of those whom "of" adds to it; "" if nothing."""
    if "noun" in noun.kinds and noun.sense not in ("toll", "other", ""):
        return noun.sense  # "the deaths of 12"
    if any(trigger.form == "ing" and trigger.sense in SURE for trigger in noun.triggers):
        return find_strongest(noun).sense  # "the wounding of 12"
    if noun.text == "loss":  # "the loss of 12 men", not of 12 rifles
        are_people = any("person" in search.tokens[at].kinds for at in search.phrase.nouns)
        return "killed" if are_people else ""
    if noun.text == "cost" and search.tokens[search.at - 2].text in ("a", "the"):
        return "killed" if search.tokens[search.at - 3].text == "at" else ""
    return _SAID_OF.get(noun.text, "")


def _find_emptied(search: Search) -> int | None:
    """The verb of "emptied Kell of | 900 people"."""
    nouns = {search.tokens[index].text for index in search.phrase.nouns}
    if search.phrase.head not in ("person", "household") or nouns & LISTS["identities"]:
        return None
    for step in range(search.at - 1, max(-1, search.at - 7), -1):
        token = search.tokens[step]
        if token.text in LISTS["emptying"]:
            return step
        if token.kinds & _BREAKS:
            return None
    return None


def _find_nominal(tokens: list[Token], at: int) -> int | None:
    """The noun that "of" belongs to when place or day stands between: "the murder at the university
    of six"."""
    for step in range(at, max(-1, at - 9), -1):
        token = tokens[step]
        is_act = "noun" in token.kinds and token.sense in SURE and not token.text.endswith("s")
        if is_act and token.text not in ("idp", "refugee", "evacuee", "body", "corpse"):
            return step
        if token.text == "killing" and step and "det" in tokens[step - 1].kinds:
            return step
        if token.kinds & _BREAKS or is_verb_before(tokens, step):
            return None
    return None


_BREAKS = frozenset({"punct", "num", "conj", "be", "have", "rel"})


def _meet_verb(search: Search, token: Token) -> bool:
    """A verb acts on the number, if the number is its object: "the blast killed 12"; "schools host
    900"."""
    tokens, phrase, at = search.tokens, search.phrase, search.at
    if at == phrase.index - 1 and _hosts(search, token):
        return search.finish(Link("sheltered", at, "object", search.cost))
    if not is_verb_before(tokens, at):
        return False
    if search.beside and find_strongest(token).sense in SURE:  # "was killed along with 12"
        sense = find_strongest(token).sense
        return search.finish(Link(sense, at, "continued", search.cost))
    if token.text == "held" and _hold_captive(search):
        return search.finish(Link("detained", at, "object", search.cost))
    acts = search.named or not search.joined
    return search.finish(_act_on(tokens, at, search.cost) if acts else None)


def _hosts(search: Search, token: Token) -> bool:
    """Whether people live in what "houses | 12", or in the camp that "holds | 900"."""
    if token.text in ("hold", "holds", "held"):
        return _names_site(search, 9)
    are_people = search.phrase.head in ("person", "household", "none", "unknown")
    if token.is_phrase and token.text in _TAKING and (search.phrase.reading.best or 0) >= _MANY:
        behind = search.tokens[search.phrase.last : search.phrase.last + 3]
        senses = {trigger.sense for other in behind for trigger in other.triggers}
        if senses & {"displaced", "moved", "injured"}:
            return False  # "took in 900 people | displaced from Kell", "| with gunshot wounds"
        is_counted = search.phrase.head in ("person", "household")
        return is_counted and token.triggers[0].sense in ("sheltered", "staying")
    return token.text in LISTS["hosting"] and are_people


_SENDING = frozenset("sent sends send sending pushed turned shipped flew drove bused".split())


def _hold_captive(search: Search) -> bool:
    """Whether those who fight hold people: "The soldiers also | held | 120 men and boys"; or
    whoever it is does so until a time: "a crowd | held | 29 soldiers for a night"."""
    if search.phrase.head == "person" and _is_for_a_time(search.tokens, search.phrase.last):
        return True
    nouns = [search.tokens[index] for index in search.phrase.nouns]
    if search.phrase.head != "person" or not any("civilian" in noun.kinds for noun in nouns):
        return False
    before = search.tokens[max(0, search.at - 3) : search.at]
    return any("combatant" in token.kinds for token in before)


_TIMES = frozenset("night nights hour hours day days week weeks month months".split())
_LETTING = frozenset("letting releasing freeing handing release freed".split())


def _is_for_a_time(tokens: list[Token], at: int) -> bool:
    """Whether people were held "| for two days", or "| before being released"."""
    behind = [token.text for token in tokens[at : at + 4]]
    if behind[:1] == ["for"]:
        return not _TIMES.isdisjoint(behind) or "quantity" in peek(tokens, at + 1).kinds
    return behind[:1] in (["before"], ["until"]) and not _LETTING.isdisjoint(behind)


def _names_site(search: Search, reach: int) -> bool:
    """Whether a camp or shelter stands among so many tokens before the one here."""
    before = search.tokens[max(0, search.at - reach) : search.at]
    return any(token.text in LISTS["sites"] for token in before)


def _act_on(tokens: list[Token], at: int, cost: float) -> Link | None:
    """The link that a verb before the number makes, when the number is its object."""
    token, back = tokens[at], tokens[max(0, at - 4) : at]
    sense, said_of, _ = find_strongest(token)
    before, texts = peek(tokens, at - 1), {other.text for other in back}
    # "at 7.45 | am | wounded 30" is no passive
    is_passive = any(
        "be" in other.kinds and other.text != "am" and not other.is_name for other in back[-3:]
    )
    if is_passive and not before.kinds & {"verb", "punct", "have"}:
        if has_form(token, "participle") and not has_form(token, "ing"):
            return Link("stop", at, "stop", _FAR)  # "was killed, 12 said"
    if lets_go(tokens, at) or hands_over(tokens, at):
        return Link("released", at, "object", cost)
    if sense in ("force", "measure"):
        return Link("force", at, "force", cost)  # "forced 12": what follows says to what
    if said_of == "subject":
        return None  # "fled 12": no object
    if token.is_phrase and (said_of == "both" and cost > 0 or sense == "sheltered"):
        return None
    if token.text in ("lost", "losing", "lose", "loses") and not token.is_phrase:
        return Link("lost", at, "object", cost)
    if sense == "say":
        return None
    if _comes_to_nothing(tokens, at):
        return Link("other", at, "other", cost)
    # "plans are made to evacuate 6,000"
    planned = {other.text for other in tokens[max(0, at - 8) : at]} & LISTS["planning"]
    is_modal = any("modal" in other.kinds for other in back)
    expected = bool(before.text == "to" and planned or is_modal or texts & LISTS["aiming"])
    denied = bool(texts & {"not", "n't", "never", "without"})
    if before.text in ("that", "which") and is_base(token):
        sense = "other"  # "mines that kill 12 a year"
    return Link(sense, at, "object", cost, expected, denied)


def _comes_to_nothing(tokens: list[Token], at: int) -> bool:
    """Whether an act failed or was only tried: "failed to | hurt", "narrowly missed | killing",
    "came close to | killing"."""
    before, further = peek(tokens, at - 1).text, peek(tokens, at - 2).text
    if before in ("came", "come") and peek(tokens, at - 1).is_phrase:
        return is_ing(tokens[at])  # "came close to" is one phrase
    if before in ("to", "of", "from"):
        return further in LISTS["failing"] or further in ("close", "short") and is_ing(tokens[at])
    return before in LISTS["failing"] and is_ing(tokens[at])


def _meet_joint(search: Search, token: Token) -> bool:
    """The number shares what is said of those before it: "killed a judge, two clerks and | 12
    guards", "along with | 12"."""
    tokens, at, text = search.tokens, search.at, token.text
    joins = "conj" in token.kinds or text in (",", "alongside", "along", "plus")
    if not joins and text == "with":
        joins = peek(tokens, at - 1).text in ("along", "together") or _befell_with(tokens, at)
    if not joins:
        passes = search.beside and not token.kinds & {"num", "punct", "rel", "sub"}
        return passes and search.step(0.1)
    if text == "," and (opened := _find_insertion(tokens, at)) is not None:
        search.at = opened - 1
        return True
    search.joined = True
    search.beside = search.beside or text in ("along", "with", "as well as", "alongside")
    return search.step(0.9 if text == "," and "conj" not in tokens[at + 1].kinds else 0.4)


def _befell_with(tokens: list[Token], at: int) -> bool:
    """Whether what befell somebody befell those "with" whom he was: "was killed | with four of his
    men"."""
    if "be" not in peek(tokens, at - 2).kinds and "be" not in peek(tokens, at - 3).kinds:
        return False
    verb = peek(tokens, at - 1)
    is_held = verb.text == "held"
    return is_held or has_form(verb, "participle") and find_strongest(verb).sense in FIRM


def _find_insertion(tokens: list[Token], at: int) -> int | None:
    """Where the insertion that ends in this comma begins: "the evacuation of, according to
    officials, 900"."""
    for step in range(at - 1, max(0, at - 9), -1):
        if tokens[step].text == ",":
            first, last = tokens[step + 1].text, tokens[at - 1].text
            is_said = "say" in first or last in ("said", "says", "say")
            is_insertion = first in ("according", "as", "in", "on", "at", "so")
            return step if is_said or is_insertion else None
    return None


# Behind these an earlier number may still go on: "from 12 to 30".
_OPEN = "with to at among from between as than against in after".split()


def _meet_preposition(search: Search, token: Token) -> bool:
    """A preposition takes the number from the verb: "killed by | 12 gunmen" makes them agents,
    "during | 12 raids" nobody."""
    if token.text == "by":
        if search.joined:
            return search.finish()
        before = search.tokens[max(0, search.at - 6) : search.at]
        is_passive = any(has_form(other, "participle") for other in before)
        return search.finish(Link("by", search.at, "agent", 0)) if is_passive else _stop(search)
    if "subset" in token.kinds or token.text in ("(", "–", "—", ";"):
        return search.finish()
    if token.text == "to" and peek(search.tokens, search.at - 1).text == "home":
        sense = "sheltered" if _names_site(search, 10) else "living"  # "the camp is home to 900"
        return search.finish(Link(sense, search.at, "object", search.cost))
    if token.text == "for" and _becomes_shelter(search):
        return search.finish(Link("sheltered", search.at - 1, "of", search.cost + 0.2))
    if "prep" not in token.kinds:
        return False
    if search.joined and search.at or token.text in _OPEN:
        return search.finish()
    return _stop(search)


_BECOMING = frozenset("turned converted become became serve serves served act acts used".split())
_REFUGES = ("shelter", "shelters", "refuge", "home", "homes", "dormitories")


def _becomes_shelter(search: Search) -> bool:
    """Whether buildings became the shelter of as many: "27 schools were turned into shelters | for
    11,340 people"; "a camp for 900" only has room for them."""
    noun = peek(search.tokens, search.at - 1)
    into = noun.is_phrase and noun.triggers[0].sense == "uprooted"  # "into shelters"
    if search.joined or not into and noun.text not in _REFUGES:
        return False
    if search.phrase.head not in ("person", "household"):
        return False
    before = search.tokens[max(0, search.at - 6) : search.at - 1]
    return any(token.text in _BECOMING for token in before)


_OTHERS = frozenset({"person", "household", "thing", "noun"})


def _pass_noun(search: Search, token: Token) -> None:
    """A noun before "and" is what the verb acts on too: "killing | a judge and 12 guards"."""
    after = search.tokens[search.at + 1]
    is_joined = after.text == "," or "conj" in after.kinds
    if search.joined and is_joined and "punct" not in token.kinds:
        search.named = True
    if search.joined and (not token.kinds or token.kinds & _OTHERS):
        search.step(0.15)
    else:
        search.finish()
