"""Whose people a figure counts: civilians, combatants or both, as the words beside it say.

UCDP's deaths of civilians and of combatants, without inventing: people of whom nothing is said are
unknown.
"""

from collections.abc import Iterable

from helpers.extract.counts.grammar import Link, is_second, peek
from helpers.extract.counts.people.fighters import (
    ARMS,
    LOSING,
    MEMBERS,
    MEN,
    NEAR,
    POSSESSIVES,
    REMAINS,
    STATES,
    are_of_a_side,
    are_of_named_forces,
    are_others,
    are_told_to_fight,
    is_bare,
    is_own_loss,
    is_side,
    list_texts,
    name_lost,
)
from helpers.extract.counts.phrase import QuantityPhrase
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.text.tokens import Token
from helpers.schema.columns import MEASURES

# Fighters in the word of those who fight them: "the army killed 42 | terrorists".
ACCUSED = "accused"
_LEFT_OPEN = LISTS["identities"] | {"victims", "survivors"}  # they say no side
# Of these the next number is of the same people: "four soldiers were killed and | six wounded".
_SHARED = ("killed", "injured", "killed_or_injured", "detained")
_COST = 6  # tokens between "cost" and the number it took
_MAKING = 8  # tokens beside a number in which its people are named
_JOINED = 6  # tokens of "and some 31 wounded"
_APPOSED = 14  # tokens behind a figure in which "all of them civilians" stands


def name_affected(
    tokens: list[Token],
    phrase: QuantityPhrase,
    link: Link,
    measure: str,
    whole: str,
    lowered: str,
) -> str:
    """civilian, combatant, mixed, unknown or ACCUSED. `whole`: what is said of the people whose
    number this one continues or is part of, "" if there are none; `lowered`: the text in small
    letters."""
    behind = [peek(tokens, at).text for at in (phrase.last, phrase.last + 1)]
    if are_of_a_side(tokens, phrase) or behind == ["of", "war"]:
        return "combatant"  # "82 prisoners | of war"
    if measure in _SHARED and are_told_to_fight(tokens, phrase, link, lowered):
        return "combatant"
    if measure == "killed" and (lost := name_lost(tokens, phrase, link)):
        return lost
    if are_of_named_forces(tokens, phrase, lowered):
        return "combatant"
    said = _name_kind(tokens, _list_nouns(tokens, phrase, measure))
    if said == "unknown":
        said = _name_beside(tokens, phrase, link, measure, whole)
    if said == "civilian" and (told := _name_men(tokens, phrase)):
        return told
    is_casualty = measure in _SHARED and tokens[link.at].text not in LOSING
    if said == "unknown" and is_casualty and whole in ("civilian", "combatant", ACCUSED):
        are_fighters = whole != "civilian" and are_others(tokens, phrase, link)
        return whole if are_fighters or is_bare(tokens, phrase) else said
    return said


def _name_beside(
    tokens: list[Token], phrase: QuantityPhrase, link: Link, measure: str, whole: str
) -> str:
    """What the words around a figure say of its people, whose own noun says nothing."""
    said = "unknown"
    if measure in _SHARED:
        said = _name_kind(tokens, _list_apposed(tokens, phrase, link))
    if said == "unknown" and (link.rule == "total" or STATES & list_texts(tokens, phrase)):
        said = _name_kind(tokens, _list_beside(tokens, phrase, link))
    if said == "unknown" and is_own_loss(tokens, phrase):
        return "combatant"
    if said == "unknown" and measure in _SHARED:
        said = _name_kind(tokens, _list_among(tokens, phrase, link))
    if said == "unknown" and (measure in _SHARED or measure == "released"):
        said = _name_kind(tokens, _list_named(tokens, phrase))
    if said == "unknown":
        named = _list_predicate(tokens, phrase) or _list_belonging(tokens, phrase, measure)
        named = named or _list_shared(tokens, phrase)
        said = _name_kind(tokens, named)
    if said == "unknown" and measure in _SHARED and not whole:
        said = _name_kind(tokens, _list_antecedents(tokens, phrase))
    return said


def _name_men(tokens: list[Token], phrase: QuantityPhrase) -> str:
    """What men are that are told to be of an army ("130 | mobilised | men") or of somebody ("two |
    of their men"), and patients, who may be soldiers; "" of others."""
    nouns = {tokens[index].text for index in phrase.nouns}
    if nouns and nouns <= {"patient", "patients"}:
        return "unknown"
    if _are_volunteers_in_arms(tokens, phrase):
        return "combatant"
    if not nouns <= MEN:
        return ""
    words = list_texts(tokens, phrase)
    if words & LISTS["enlisted"]:
        return "combatant"
    return "unknown" if words & set(POSSESSIVES) else ""


def _name_kind(tokens: list[Token], indexes: Iterable[int]) -> str:
    """What the words at these indexes say of people."""
    named = [tokens[index] for index in indexes]
    is_civil = any("civilian" in token.kinds for token in named)
    fighters = {token.text for token in named if "combatant" in token.kinds}
    fighters |= {token.text.removesuffix("'s") for token in named} & LISTS["sides"]
    if not fighters:
        return "civilian" if is_civil else "unknown"
    if is_civil:
        return "mixed"
    return ACCUSED if fighters <= LISTS["accused"] else "combatant"


def _list_nouns(tokens: list[Token], phrase: QuantityPhrase, measure: str) -> list[int]:
    """The words of a phrase that name its people: its nouns, and "civilian" among the others; of
    the displaced only those that say more than that they are ("refugees")."""
    words = range(phrase.index, phrase.last)
    found = [*phrase.nouns, *(at for at in words if tokens[at].text == "civilian")]
    if MEASURES[measure] != "displacement":
        return found
    return [at for at in found if tokens[at].text not in LISTS["identities"]]


def _list_apposed(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> list[int]:
    """The nouns of an "all of them …" behind a figure: "twelve dead, all of them | civilians"."""
    first = max(phrase.last, link.at + 1)
    for at in range(first, min(len(tokens), first + _APPOSED)):
        is_next = "num" in tokens[at].kinds and is_second(tokens, at)
        if tokens[at].kinds & {"num"} and not is_next or tokens[at].text in (".", ";"):
            return []
        is_all = tokens[at].text == "all" and peek(tokens, at + 1).text != "but"
        if is_all and tokens[at - 1].text in (",", "–", "—", "("):
            ends = (i for i in range(at + 1, len(tokens)) if "punct" in tokens[i].kinds)
            return [i for i in range(at + 1, next(ends, len(tokens))) if _is_person(tokens[i])]
    return []


def _is_person(token: Token) -> bool:
    return bool(token.kinds & {"person", "civilian", "combatant"})


_PEOPLES = ("ese", "ians", "eans", "ans", "nis", "lis", "qis")


def is_nation(tokens: list[Token], at: int) -> bool:
    """Whether a word names the people of a country by its ending: "900 | Sudanese", "Malians"."""
    token = tokens[at]
    is_other = token.text in LISTS["sides"] or token.kinds - {"person"}
    return token.is_name and token.text.endswith(_PEOPLES) and not is_other


def _list_beside(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> list[int]:
    """The words beside a total that say whose it is: "| civilian | deaths", "| rebel | losses at
    60 dead", "deaths among | soldiers", "cost the | army | 150 dead"."""
    found = list(range(phrase.index + 1, phrase.last))
    if link.rule == "total":
        first, last = link.at, min(link.at + 1 + NEAR, phrase.index)
        while first > 0 and link.at - first < NEAR and _may_describe(tokens[first - 1]):
            first -= 1
        ends = (at for at in range(link.at + 1, last) if tokens[at].kinds & {"num", "date"})
        found += range(first, next(ends, last))
    for at in range(phrase.index - 1, max(-1, phrase.index - _COST), -1):
        if tokens[at].text in ("cost", "costing", "losses", "loss"):
            found += range(max(0, at - 1), phrase.index)
    return [at for at in found if tokens[at].text not in _LEFT_OPEN]


def _list_among(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> list[int]:
    """The nouns of those among whom people died: "44 casualties among its | troops", "brings to
    1,221 the number of its | soldiers killed"."""
    first = phrase.last
    if peek(tokens, first).text == "and" and "num" in peek(tokens, first + 1).kinds:
        while first < len(tokens) and first - phrase.last < _JOINED:
            first += 1  # "27 dead | and 31 wounded | among the population"
            if peek(tokens, first).text == "among":
                break
    if [token.text for token in tokens[first : first + 3]] == ["the", "number", "of"]:
        return [at for at in range(first + 3, max(first + 3, link.at)) if _is_person(tokens[at])]
    if peek(tokens, first).text != "among":
        return []
    among = range(first + 1, min(len(tokens), first + 4))
    return [at for at in among if _is_person(tokens[at]) or tokens[at].text == "civilian"]


def _list_named(tokens: list[Token], phrase: QuantityPhrase) -> list[int]:
    """The words for a side within a phrase ("6 | FDS killed", "21 | BIFF members"), and those
    behind a part of others that say who they were ("29 of them | civilians")."""
    found = [
        at
        for at in range(phrase.index + 1, min(phrase.index + 3, len(tokens)))
        if tokens[at].text in LISTS["sides"] and tokens[at].is_name
    ]
    if phrase.head == "subset":
        behind = peek(tokens, phrase.last)
        ends = peek(tokens, phrase.last + 1)
        is_told = behind.text in ("civilian", "civilians") or "combatant" in behind.kinds
        if is_told and ends.text in (",", ".", ";", ")", ""):
            found.append(phrase.last)
    return found


def _may_describe(token: Token) -> bool:
    """Whether a word may stand in the phrase of a total; in "volunteers put the displaced at" they
    speak."""
    if any(trigger.sense in ("measure", "say") for trigger in token.triggers):
        return False
    return not token.kinds & {"num", "date", "conj", "rel", "sub"} and token.text not in ",;:.("


def _list_predicate(tokens: list[Token], phrase: QuantityPhrase) -> list[int]:
    """The nouns behind "were": "38 | were of civilians", "1,102 were civilians", "six of the dead
    | being policemen", "four of them | of fighters"; and behind the wounded: "60 wounded | Chadian
    soldiers"."""
    following = peek(tokens, phrase.last)
    if named := _list_told_of(tokens, phrase):
        return named
    if phrase.head == "subset" and following.text in ("of", "those"):
        nouns = [at for at in range(phrase.last + 1, phrase.last + 3) if at < len(tokens)]
        return [at for at in nouns if tokens[at].kinds & {"civilian", "combatant"}][:1]
    if _is_hurt(tokens, phrase) and following.is_name and not following.kinds:
        behind = peek(tokens, phrase.last + 1)
        return [phrase.last + 1] if behind.kinds & {"civilian", "combatant"} else []
    is_part = phrase.head in ("none", "subset")
    if following.text != "being" and not (is_part and "be" in following.kinds):
        return []
    last = min(len(tokens), phrase.last + 4)
    nouns = [at for at in range(phrase.last + 1, last) if "person" in tokens[at].kinds]
    return nouns[:1]


def _list_shared(tokens: list[Token], phrase: QuantityPhrase) -> list[int]:
    """The noun that a number shares with the next: "four American and five Nigerien | soldiers"."""
    ends = phrase.last
    if not (peek(tokens, ends - 1).is_name and peek(tokens, ends).text in ("and", "or")):
        return []
    if phrase.head != "unknown" or "num" not in peek(tokens, ends + 1).kinds:
        return []
    behind = range(ends + 2, min(len(tokens), ends + 5))
    return [at for at in behind if _is_person(tokens[at])][:1]


def _list_told_of(tokens: list[Token], phrase: QuantityPhrase) -> list[int]:
    """The noun behind "those of": "seven of the bodies he had seen were | those of fighters"."""
    if not {tokens[at].text for at in phrase.nouns} & REMAINS:
        return []
    texts = [token.text for token in tokens[phrase.last : phrase.last + _MAKING]]
    at = next((at for at, pair in enumerate(zip(texts, texts[1:])) if pair == ("those", "of")), 0)
    if not at or "be" not in tokens[phrase.last + at - 1].kinds:
        return []
    behind = range(phrase.last + at + 2, min(len(tokens), phrase.last + at + 5))
    return [at for at in behind if tokens[at].kinds & {"civilian", "combatant"}][:1]


def _list_antecedents(tokens: list[Token], phrase: QuantityPhrase) -> list[int]:
    """Whom "of them" means that counts no part of another figure: those whom the sentence names
    before it ("the | gunmen | fled, and seven of them were killed"), if it says so of all."""
    words = [token.text for token in tokens[phrase.index + 1 : phrase.index + 3]]
    if words != ["of", "them"] or phrase.head != "subset":
        return []
    before = [at for at in range(phrase.index) if _is_person(tokens[at])]
    if any(tokens[at].text in MEN and tokens[at - 1].text in POSSESSIVES for at in before):
        return [at for at in range(before[0]) if is_side(tokens, at)]  # "the army said its men"
    kinds = [tokens[at].kinds & {"civilian", "combatant"} for at in before]
    return before if len(set(kinds)) == 1 and all(kinds) else []


def _list_belonging(tokens: list[Token], phrase: QuantityPhrase, measure: str) -> list[int]:
    """The nouns of those whose bodies or deaths are counted ("40 deaths of Kell | servicemen"), of
    the forces whose members died, and of those who "made up 38 per cent of the dead"."""
    if measure not in _SHARED:
        return []
    before = [token.text for token in tokens[max(0, phrase.index - 3) : phrase.index]]
    if before[-2:] in (["made", "up"], ["accounted", "for"]) or before[-1:] == ["comprised"]:
        ahead = range(max(0, phrase.index - _MAKING), phrase.index)
        return [at for at in ahead if tokens[at].kinds & {"civilian", "combatant"}][:1]
    nouns = {tokens[at].text for at in phrase.nouns}
    nouns -= STATES if nouns & REMAINS else set()  # "22 | dead bodies | of soldiers"
    is_of = nouns and nouns <= REMAINS | MEMBERS
    first = next((at for at in (phrase.last, phrase.last - 1) if peek(tokens, at).text == "of"), 0)
    if not is_of or not first:
        return []
    behind = range(first + 1, min(len(tokens), first + _MAKING))
    ends = (at for at in behind if tokens[at].kinds & {"punct", "rel", "be", "prep", "have", "num"})
    behind = range(first + 1, next(ends, behind.stop))
    if nouns <= MEMBERS:
        return [at for at in behind if tokens[at].text in LISTS["sides"] | ARMS]
    return [at for at in behind if tokens[at].kinds & {"civilian", "combatant"}]


def _are_volunteers_in_arms(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether volunteers are counted beside soldiers or set apart from civilians, and so fight:
    "57 soldiers and | 20 volunteers |"."""
    if {tokens[at].text for at in phrase.nouns} != {"volunteers"}:
        return False
    before = [peek(tokens, at) for at in (phrase.index - 1, phrase.index - 2)]
    if before[0].text not in ("and", ","):
        return False
    return "combatant" in before[1].kinds or before[1].text in ("civilians", "civilian")


def _is_hurt(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a phrase says no more than that people are dead or wounded: "60 | wounded"."""
    return phrase.head == "person" and {tokens[at].text for at in phrase.nouns} <= STATES
