"""Those who fight, though no noun says it of them: prisoners, members and men of forces, and the
men whom an army lost."""

from helpers.extract.counts.grammar import Link, is_unit, peek
from helpers.extract.counts.phrase import QuantityPhrase
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.text.tokens import Token

STATES = frozenset({"dead", "wounded", "injured", "killed", "hurt"})
POSSESSIVES = ("its", "their", "our", "his")
_OTHERS = STATES | {"others", "other"}
_OWN = frozenset({"men", "members", "people", "personnel", "own", "ranks"})
MEN = frozenset({"men", "man", "boys", "lads"})
NEAR = 4  # tokens beside a total in which it is said whose it is
_LOST = frozenset({"losses", "casualties", "dead", "wounded", "fatalities", "toll"})
REMAINS = frozenset("death deaths body bodies corpse corpses fatality fatalities loss".split())
MEMBERS = frozenset({"member", "members"})
_SERVING = MEMBERS | {"personnel"}
_CAPTIVE = frozenset({"captives", "prisoners", "detainees"})
_SERVICES = frozenset("service army military navy security paramilitary militia".split())
_BODIES = ("army", "forces", "force", "front", "guard", "guards", "corps", "militia", "legion")
ARMS = frozenset({"guard", "police", "gendarmerie", "marines", "corps", "legion", "commandos"})
_NATIONS = ("ian", "ean", "can", "ese", "ish", "rab", "qi", "ni", "li", "yan", "mi")
_SUFFERING = frozenset("suffered suffering suffers sustained sustaining incurred".split())
_SPEAKER = 24  # tokens before "its own men" in which it is said whose
_FALLING = ("fell", "fallen", "falling")
LOSING = ("lost", "lose", "loses", "losing", "loss")
_ADMITTING = ("admit", "admits", "admitted", "acknowledges", "acknowledged", "concedes", "conceded")
_ARABIC = frozenset("ansar jaish jaysh lashkar harakat hizb jabhat katibat liwa saraya".split())
_LOSERS = 20  # tokens before "lost four men" in which it is said who lost them
_CIVIL_LOSERS = LISTS["settlements"] | {"family", "families", "community", "clan", "household"}


def is_side(tokens: list[Token], at: int) -> bool:
    """Whether a word names those who fight, or their army; "civil defence" does not."""
    token = peek(tokens, at)
    owner = token.text.removesuffix("'s").removesuffix("’s")  # "the front's rearguard"
    is_named = owner in LISTS["sides"] or "combatant" in token.kinds
    is_named = is_named or "-" in owner and owner.partition("-")[0] in _ARABIC
    return is_named and peek(tokens, at - 1).text != "civil"


def are_of_a_side(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether those who fight tell of their own: "the brigade lost five | of its own men"; "of its
    members" of a charity are not."""
    words = [token.text for token in tokens[phrase.index + 1 : phrase.index + 6]]
    words = words[words[:1] != [] and words[0] in STATES :]  # "two | dead | of its own"
    if words[:1] != ["of"] or words[1:2] == [] or words[1] not in POSSESSIVES:
        return False
    nouns = {tokens[index].text for index in phrase.nouns}
    if "own" not in words and not nouns & _OWN or nouns - _OWN - STATES:
        return False
    before = tokens[max(0, phrase.index - _SPEAKER) : phrase.index]
    owns = LOSING if "own" not in words else LOSING + _ADMITTING
    is_fighting = any(token.is_name and token.text in _BODIES for token in before)
    return is_fighting or any(
        token.text in owns or is_side(before, at) for at, token in enumerate(before)
    )


_GROUPS = frozenset("groups group gangs gang militias factions cartels sides camps clans".split())
_ARMED = frozenset("both rival armed warring opposing".split())
_CAPTAINS = frozenset("captain commander officer colonel general sergeant lieutenant major".split())


def are_told_to_fight(
    tokens: list[Token], phrase: QuantityPhrase, link: Link, lowered: str
) -> bool:
    """Whether people of whom no noun says it are told to fight: "Fourteen were taken | prisoner",
    "150 | of Kell's men", "12 members | of both groups", "392 | on the rebel side"; or "we buried
    110 men", as a captain says."""
    nouns = {tokens[at].text for at in phrase.nouns}
    behind = [token.text for token in tokens[phrase.last : phrase.last + NEAR]]
    verb = tokens[link.at]
    if nouns == {"prisoner"} and phrase.reading.best != 1:
        return True  # "killed 60 soldiers and took | 11 prisoner"
    if "prisoners" in nouns and verb.text == "prisoners" and tokens[link.at - 1].text in _FALLING:
        return True  # "14 fell | prisoners"
    last = max(verb.end, phrase.number.end + len(" of them prisoner"))
    if link.sense == "detained" and (is_bare(tokens, phrase) or nouns <= MEN):
        if "prisoner" in lowered[verb.start : verb.end] or verb.text in ("took", "taken", "taking"):
            return " prisoner" in lowered[verb.start : last]
    if nouns <= MEMBERS | MEN and nouns & MEMBERS and behind[:1] == ["of"]:
        return behind[1:2] != [] and behind[1] in _ARMED and behind[2] in _GROUPS
    if behind[:2] == ["on", "the"] and not nouns - STATES - REMAINS:
        return "side" in behind[2:4] or behind[2:3] != [] and behind[2].endswith(("'s", "’s"))
    men = {noun for noun in nouns if not noun.endswith(("'s", "’s"))}
    return bool(men) and men <= MEN and _are_men_of(tokens, phrase)


_MEN_OF = frozenset("movement militia army front force brigade faction battalion rebels".split())


def _are_men_of(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether men are those of whom a name tells ("Kell's men"), or whom a captain calls ours."""
    at = phrase.nouns[-1]
    owner = peek(tokens, at - 1)
    if owner.text.replace("’", "'").removesuffix("'s") in _MEN_OF:
        return "'" in owner.text or "’" in owner.text  # "a few of the movement's | men"
    if owner.is_name and owner.text.endswith(("'s", "’s")) and "of" in list_texts(tokens, phrase):
        return True
    before = [token.text for token in tokens[max(0, phrase.index - _SPEAKER) : phrase.index]]
    if peek(tokens, phrase.last).text == "of" and is_unit(tokens, phrase.last + 1):
        return True
    return before[-2:-1] == ["we"] and not _CAPTAINS.isdisjoint(before)


def are_of_named_forces(tokens: list[Token], phrase: QuantityPhrase, lowered: str) -> bool:
    """Whether members are of forces: "2,400 | service members", "nine | security personnel", "42
    | KNGF | members" of "the Kell National Guard Forces (KNGF)"."""
    nouns = [tokens[at].text for at in phrase.nouns]
    if not nouns or not set(nouns) <= _SERVING | _CAPTIVE:
        return False
    before = peek(tokens, min(phrase.nouns) - 1)
    if set(nouns) <= _SERVING and (before.text in _SERVICES or before.text in ARMS):
        return True
    if set(nouns) == {"personnel"} and before.is_name and before.text.endswith(_NATIONS):
        return True  # "910 Russian | personnel"
    return before.is_name and any(f"{body} ({before.text})" in lowered for body in _BODIES)


def name_lost(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> str:
    """Whose the men are that somebody "lost": an army's are combatants, a village's what their noun
    says (""), those of whom no such word tells unknown."""
    nouns = {tokens[index].text for index in phrase.nouns}
    if tokens[link.at].text not in LOSING or not nouns or nouns - _OWN:
        return ""
    for at in range(link.at - 1, max(-1, link.at - _LOSERS), -1):
        if is_side(tokens, at) and peek(tokens, at - 1).text not in ("by", "against"):
            return "combatant"
        if tokens[at].text in _CIVIL_LOSERS and not _is_passed(tokens, at):
            return ""
    return "unknown"


def _is_passed(tokens: list[Token], at: int) -> bool:
    """Whether a place is only where somebody went: "whose company entered the | town | at dawn"."""
    is_object = tokens[at - 1].text == "the" and bool(peek(tokens, at - 2).kinds & {"verb", "prep"})
    return is_object and not peek(tokens, at + 1).kinds & {"rel", "punct"}


def is_own_loss(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether an army gives its own losses ("put its own losses at | 14 dead"), or leaves its dead
    on the field ("the rebels left | 70 corpses | behind")."""
    first = max(0, phrase.index - _LOSERS)
    before = [token.text for token in tokens[first : phrase.index]]
    behind = [token.text for token in tokens[phrase.last : phrase.last + 3]]
    is_left = behind[:1] == ["behind"] or behind in (
        ["on", "the", "field"],
        ["on", "the", "ground"],
    )
    if is_left and before[-1:] in (["left"], ["leaving"], ["abandoned"]):
        return any(is_side(tokens, at) for at in range(first, phrase.index))
    if before[-1:] and not _SUFFERING.isdisjoint(before[-3:]):  # "forces | have suffered | 900"
        verb = next(
            at for at in range(phrase.index - 1, first, -1) if tokens[at].text in _SUFFERING
        )
        return any(is_side(tokens, at) for at in range(max(0, verb - NEAR), verb))
    pairs = zip(before, before[1:])
    if before[-2:] != ["them", "at"]:
        return any(owner == "own" and lost in _LOST for owner, lost in pairs)
    # "The army hides its losses; others put | them at 60 dead"
    is_told = any(owner in POSSESSIVES and lost in _LOST for owner, lost in pairs)
    return is_told and any(is_side(tokens, at) for at in range(phrase.index))


def is_bare(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a number says nothing of its people: "and 13 | wounded", "12 of them"."""
    is_told = any(tokens[index].text not in STATES for index in phrase.nouns)
    return not is_told and phrase.head in ("none", "subset", "person")


def are_others(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> bool:
    """Whether people with a verb of their own are only said to be others of those before: "killed
    23 soldiers and captured | 17 others"; "two soldiers and | seven others" are not soldiers."""
    nouns = {tokens[index].text for index in phrase.nouns}
    return bool(nouns) and nouns <= _OTHERS and link.rule not in ("part", "continued")


def list_texts(tokens: list[Token], phrase: QuantityPhrase) -> set[str]:
    """The words of a phrase behind its number."""
    return {token.text for token in tokens[phrase.index : phrase.last]}
