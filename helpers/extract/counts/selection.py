"""Selection: whether those a number counts are people, and such as the link can be said of:
soldiers who arrive are not displaced."""

import re

from helpers.extract.counts.grammar import SURE, WEAK, Link, peek
from helpers.extract.counts.people.affected import is_nation
from helpers.extract.counts.phrase import QuantityPhrase, read_phrase
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.text.tokens import Token


def counts_things(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a number counts no people: things ("12 houses"), or years of age ("a girl of
    nine")."""
    if phrase.head == "thing":
        if tokens[phrase.nouns[-1]].text == "arrests":
            return False  # "33 arrests" are of as many people
        return all(tokens[n].text != "members" for n in phrase.nouns)  # "12 party members"
    if phrase.reading.best == 1 and _is_one_of_things(tokens, phrase.index):
        return True
    if phrase.head != "none":
        return False
    if peek(tokens, phrase.index - 1).text in _DASHES:
        if "date" in peek(tokens, phrase.index - 2).kinds and (phrase.reading.best or 99) < 32:
            return True  # "overnight on June | 8–9 |"
    after, further = peek(tokens, phrase.last), peek(tokens, phrase.last + 1)
    if "conj" in after.kinds and "num" in further.kinds:
        if read_phrase(tokens, phrase.last + 1).head == "thing":
            return True  # "4 and 6 years old"
    before, noun = peek(tokens, phrase.index - 1), peek(tokens, phrase.index - 2)
    return before.text == "of" and noun.text in LISTS["aged"] or _is_age(tokens, phrase)


_DASHES = ("-", "–", "—")
_SUPERLATIVE = 7  # tokens behind "one" in which "largest" stands


def _is_one_of_things(tokens: list[Token], at: int) -> bool:
    """Whether "one" is one of the greatest of things: "| one | of the world's worst crises"."""
    if [token.text for token in tokens[at + 1 : at + 3]] != ["of", "the"]:
        return False
    for word in tokens[at + 3 : at + _SUPERLATIVE]:
        if word.kinds & {"person", "combatant", "civilian", "punct"}:
            return False
        if word.text in ("worst", "most") or len(word.text) > 5 and word.text.endswith("est"):
            return True
    return False


def _is_age(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """ "Ali Hassan, 34, was killed", "Desmond Magee (52)": a bare number set off behind a name;
    "children under 5"."""
    reading, index = phrase.reading, phrase.index
    if reading.quantifier not in ("exact", "less_than") or not 1 < index < len(tokens) - 1:
        return False
    if not 1 <= (reading.best or reading.high or 0) <= _OLDEST:
        return False
    name, before, after = tokens[index - 2], tokens[index - 1], tokens[index + 1].text
    if before.text in ("is", "was") and name.text == "who" and after == ",":
        return True  # "the bishop, who is 71,"
    if reading.quantifier == "less_than":
        if "person" in before.kinds or before.text in _BEFORE_AGES:
            return True
    if _are_ages(tokens, index):
        return True
    if (before.text, after) not in ((",", ","), ("(", ")")):
        return False
    # "a driver, 34, was", but "drivers, 34, were"
    is_one = not name.kinds or "person" in name.kinds and not name.text.endswith("s")
    return name.is_name or is_one and name.text.isalpha()


def _are_ages(tokens: list[Token], index: int) -> bool:
    """Whether a bare number is one of as many as the people before them: "two brothers, | 15 and
    17 |, were killed", "(8, 11 and 14)"."""
    first = last = index
    while first > 1 and tokens[first - 1].text in (",", "and") and _is_number(tokens, first - 2):
        first -= 2
    while _is_number(tokens, last + 2) and tokens[last + 1].text in (",", "and"):
        last += 2
    opens, closes = peek(tokens, first - 1).text, peek(tokens, last + 1).text
    if first == last or (opens, closes) not in ((",", ","), ("(", ")")):
        return False
    person, count = peek(tokens, first - 2), peek(tokens, first - 3)
    number = count.number.reading.best if count.number else None
    return "person" in person.kinds and number == (last - first) // 2 + 1


def _is_number(tokens: list[Token], at: int) -> bool:
    return "num" in peek(tokens, at).kinds


_OLDEST = 110  # years
_BEFORE_AGES = frozenset("them whom were was are is those".split())  # "those | under 5"


def is_beside_things(
    tokens: list[Token], earlier: list[QuantityPhrase], phrase: QuantityPhrase, link: Link
) -> bool:
    """A bare number behind a count of things goes on counting things: "of 90 rifles, 62 came
    from"."""
    if link.sense not in WEAK | {"displaced"} or phrase.head != "none":
        return False
    if not earlier or not tokens[link.at].is_phrase:
        return False
    heads = [other.head for other in earlier]
    return heads[-1] in ("thing", "dwelling") and not {"person", "household"} & set(heads)


def is_treated_wound(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> bool:
    """Whether "treated 12" means wounded: where the clause says of what, or of wounds before it."""
    if link.sense != "force" or not tokens[link.at].text.startswith("treat"):
        return False
    if phrase.head not in ("person", "none"):
        return False
    ends = (at for at in range(phrase.last, len(tokens)) if "punct" in tokens[at].kinds)
    texts = {token.text for token in tokens[: next(ends, len(tokens))]}
    is_ill = bool(texts & (LISTS["diseases"] | LISTS["cures"]))
    is_beside_dead = any(token.sense == "killed" for token in tokens[: link.at])
    return bool(texts & LISTS["wounds"] or is_beside_dead) and not is_ill


def fit_link(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> Link | None:
    """The link if these people can be its subject, else None or one that says they are not
    counted."""
    if _is_of_thing(tokens, phrase):
        return None
    if link.sense == "lost":
        return _fit_loss(tokens, phrase, link)
    if link.sense == "other":
        link = _fit_other(tokens, phrase, link)
    if link.sense == "killed" and _is_of_disease(tokens[link.at : link.at + 7]):
        return Link("thing", phrase.index, "thing", 0)
    if link.rule == "other" and link.sense == "other" and phrase.head == "subset":
        return None
    is_of_fighters = tokens[link.at].text in _OF_FIGHTERS and link.sense in ("killed", "casualties")
    if is_of_fighters and not _are_fighters(tokens, phrase):
        return None
    if _are_no_subject(tokens, phrase, link):
        return None
    is_evacuated = link.sense == "displaced" and tokens[link.at].text.startswith("evacuat")
    if phrase.head == "dwelling" and not is_evacuated:
        # "12 houses were evacuated" counts homes, "were burned" does not
        return Link("thing", phrase.index, "thing", 0)
    return None if _is_doubtful(tokens, phrase, link) else link


def _is_of_thing(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a person told with an article only describes a thing: "a rebel | command post"."""
    behind = peek(tokens, phrase.last)
    is_plain = behind.text.isalpha() and not behind.kinds and not behind.is_name
    is_plain = is_plain and behind.text not in _TOLD_OF
    return tokens[phrase.index].text in ("a", "an") and phrase.head == "person" and is_plain


_TOLD_OF = frozenset("aged named called identified alone nearby".split())
_RECEIVING = frozenset("received receives receive receiving absorbed".split())
_LANDING = frozenset({"landed", "disembarked"})
_ELIMINATING = frozenset(
    "eliminated eliminate eliminating neutralised neutralized neutralising neutralizing".split()
)


def _fit_other(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> Link:
    """An act that counts people only where the right ones suffer or do it: a country "received
    900 Sudanese", "900 Nigerians landed", "eliminated 14 terrorists"."""
    verb = tokens[link.at].text
    if verb in _ELIMINATING and any("combatant" in tokens[at].kinds for at in phrase.nouns):
        return link._replace(sense="killed")
    if not any(is_nation(tokens, at) for at in phrase.nouns):
        return link
    if verb in _RECEIVING and link.rule == "object":
        return link._replace(sense="sheltered")
    is_after = link.at >= phrase.last
    return link._replace(sense="moved", rule="after") if verb in _LANDING and is_after else link


def _are_fighters(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether those counted fight: "31 insurgents", "31 members of the Defence and Security |
    Forces"."""
    nouns = [tokens[at] for at in phrase.nouns]
    if any("combatant" in noun.kinds or noun.text == "men" for noun in nouns):
        return True
    behind = tokens[phrase.last : phrase.last + _SIDE_REACH]
    words = [token.text for token in behind]
    return words[:1] == ["of"] and not LISTS["sides"].isdisjoint(words)


_SIDE_REACH = 8  # tokens behind "members" in which it is said of whom
# What only of those who fight means that they die or are hurt: "12 pupils were put out of action".
_OF_FIGHTERS = frozenset({"put", "puts", "putting", "out", "fallen", "cost"})


def _is_of_disease(cause: list[Token]) -> bool:
    """ "12 died of cholera"; but not "of violence and disease", which is not told apart."""
    texts = {token.text for token in cause}
    return not texts.isdisjoint(LISTS["diseases"]) and texts.isdisjoint(("and", "violence"))


def _fit_loss(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> Link | None:
    """ "lost 27 men" and "the rebels lost 27" are deaths; lost seats, homes and supporters are
    not."""
    if phrase.head == "none":
        has_troops = any("combatant" in token.kinds for token in tokens)
        killed = not tokens[link.at].is_phrase and has_troops
    elif phrase.head == "person":
        killed = tokens[phrase.nouns[-1]].text not in ("supporters", "followers", "lives")
    else:
        killed = phrase.head == "subset"
    return link._replace(sense="killed") if killed else None


_FLED = ("fled", "flee", "fleeing", "flees")


def _are_no_subject(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> bool:
    """Whether those who move are not displaced by it: soldiers, officials on the road, or nobody
    known as people."""
    is_weak, verb = link.sense in WEAK, tokens[link.at]
    if not is_weak and link.sense != "displaced":
        return False
    if _runs_errand(tokens, link):
        return True
    nouns = [tokens[index] for index in phrase.nouns]
    are_troops = any("combatant" in noun.kinds for noun in nouns)
    if is_weak and phrase.head == "unknown" and not nouns[-1].is_name:
        return True  # "12 containers arrived", but "12 Rohingya arrived"
    if not is_weak and are_troops and verb.text in ("evacuate", "evacuating", "relocate"):
        return True
    if are_troops and (is_weak or verb.is_phrase or verb.text in _FLED):
        if not any("civilian" in noun.kinds for noun in nouns):
            return True
    return is_weak and bool(nouns) and nouns[-1].text in LISTS["travellers"]


_PURPOSES = ("for", "to")
_ERRAND = 8  # tokens behind the verb


def _runs_errand(tokens: list[Token], link: Link) -> bool:
    """Whether people went for something of everyday life: "left Kell for the | holiday", "returned
    to | work", "went home for the new year"."""
    if link.sense not in WEAK and tokens[link.at].text not in ("left", "leave", "leaving"):
        return False
    behind = tokens[link.at + 1 : link.at + 1 + _ERRAND]
    for at, token in enumerate(behind):
        if token.text in _PURPOSES:
            after = _list_object(behind[at + 1 : at + 5])
            named = [text for text in after if text in LISTS["errands"]]
            if named or after[:3] == ["the", "new", "year"]:
                return True
        if token.text in ",;.":
            return False
    return False


def _list_object(tokens: list[Token]) -> list[str]:
    """The texts of the words that a preposition governs: "to | the Kell market | since"."""
    ends = (at for at, one in enumerate(tokens) if one.kinds & {"prep", "date", "punct", "sub"})
    return [token.text for token in tokens[: next(ends, len(tokens))]]


def _is_doubtful(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> bool:
    """Numbers that need a nearer word: "12 Kalashnikovs … killed", "many to go", "most live in
    town"."""
    if phrase.head == "unknown":
        is_name = tokens[phrase.nouns[-1]].is_name
        if link.sense in ("detained", "released") and not is_name:
            return True  # "seized 900 cigarettes"
        return link.rule == "after" and link.cost > _FAR or phrase.reading.best == 1
    is_vague = phrase.head == "none" and phrase.reading.quantifier == "vague"
    is_short = phrase.number.end - phrase.number.start < _SHORT
    opens = all(token.text in _OPENING for token in tokens[: phrase.index])
    if opens and link.rule == "after" and link.sense in ("returned", "released"):
        return False  # "Most have come back", "But only a few hundred were let go"
    return is_vague and (link.sense in WEAK or is_short)


_OPENING = ("but", "only", "just", "so", "far", ",")
_FAR = 1.5  # a verb further off is not said of words nobody knows
_SHORT = 5  # letters: "many", "most"
_SOFT = 1.6  # how far what people are already is to seek: what is done to them counts first


def _are_lives_taken(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """ "claimed 12 lives", "12 people's lives were lost"."""
    if all(token.text != "lives" for token in tokens[phrase.nouns[-1] : phrase.last + 2]):
        return False
    before = tokens[max(0, phrase.index - 4) : phrase.index]
    behind = tokens[phrase.last : phrase.last + 4]
    return any(token.text in LISTS["life_taking"] for token in before + behind)


def look_inside(tokens: list[Token], phrase: QuantityPhrase) -> Link | None:
    """What a phrase's own words say: "12 deaths", "claimed 12 lives", "the six Jesuits' murder";
    weakly, "40 refugees"."""
    if phrase.nouns and _are_lives_taken(tokens, phrase):
        return Link("killed", phrase.nouns[-1], "noun", 0)
    apostrophe = peek(tokens, phrase.last).text in ("'", "’")
    owned = phrase.last + apostrophe
    noun, is_owned = peek(tokens, owned), apostrophe or tokens[owned - 1].text.endswith("'s")
    if is_owned and "noun" in noun.kinds and noun.sense in SURE:
        return Link(noun.sense, owned, "noun", 0)
    at = phrase.index + 1
    for at in range(phrase.index + 1, phrase.last - 1):
        if tokens[at].text == "asylum" and tokens[at + 1].text in ("seekers", "seeker"):
            return Link("displaced", at, "identity", _SOFT)
    for sense, at in phrase.inside:
        token = tokens[at]
        if sense in ("other", "toll", "") or tokens[at - 1].text in ("former", "ex", "freed"):
            continue  # "five former detainees"
        if sense == "detained" and token.text in LISTS["arrests"]:
            is_thing = token.text != "arrests"  # "33 arrests" are of as many people
            return Link("thing", at, "thing", 0) if is_thing else Link(sense, at, "noun", 0)
        is_state = sense in ("displaced", "detained", "returned", "released")
        if token.text in LISTS["identities"] or is_state and "noun" not in token.kinds:
            return Link(sense, at, "identity", _SOFT)
        return Link(sense, at, "noun", 0)
    return None


_NEEDING = frozenset(
    "need needs needed require requires required face faces lack lacks depend depends rely relies "
    "risk risks suffer suffers".split()
)
_IN_NEED = (
    ["at", "risk"],
    ["in", "need"],
    ["in", "dire"],
    ["in", "urgent"],
    ["facing"],
    ["going", "hungry"],
    ["hungry"],
    ["starving"],
    ["malnourished"],
    ["dependent", "on"],
    ["on", "the", "brink"],
)


def is_in_need(tokens: list[Token], at: int) -> bool:
    """Whether those of a number are said to need help, whatever befell others: "2 million are
    displaced and 8 million | need | aid", "| are at risk of famine"."""
    behind = [token.text for token in tokens[at : at + 5]]
    if behind[:1] and behind[0] in _NEEDING:
        return True
    if behind[:1] not in (["are"], ["were"], ["remain"], ["is"]):
        return False
    said = behind[2:] if behind[1:2] in (["now"], ["also"], ["still"]) else behind[1:]
    return any(said[: len(words)] == words for words in _IN_NEED)


_CAMP = re.compile(r"\bcamps?\b|\b\d+ sites\b")
_CAMP_REACH = 160  # characters before a sentence in which a camp is told of


def name_living(tokens: list[Token], phrase: QuantityPhrase, at: int, lowered: str) -> str:
    """The measure of those who live somewhere: a population, or those of a camp ("the camp was
    planned for 20,000; today 54,000 | live there"); "" of one and of what is no people."""
    if phrase.head not in ("person", "household", "none", "subset") or phrase.reading.best == 1:
        return ""
    near = lowered[max(0, tokens[0].start - _CAMP_REACH) : tokens[at].end]
    is_there = tokens[at].text in ("live", "living") and near.endswith(("there", "here"))
    return "in_camps" if is_there and _CAMP.search(near) else "population"
