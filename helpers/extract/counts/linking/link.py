"""Links: what happened to the people a number counts.

Each number looks for the word that says it: within its own phrase ("12 deaths"), behind it ("60
people, three of whom were teachers, were hurt"), before it ("killing 12"), in a total ("brings to
9,000 the number of"), and last to the number it continues ("and 30 in Mira"). The nearest word that
grammar allows wins.
"""

from helpers.extract.counts.captives import are_handed_over
from helpers.extract.counts.grammar import (
    EVERYDAY,
    FIRM,
    SURE,
    WEAK,
    Link,
    find_strongest,
    has_form,
    is_ing,
    peek,
    takes_object,
)
from helpers.extract.counts.linking.described import (
    are_met,
    is_apposed_to,
    names_one,
    only_describes,
)
from helpers.extract.counts.linking.ellipsis import inherit_links
from helpers.extract.counts.linking.object import look_before
from helpers.extract.counts.linking.resumption import is_resumed, lists_the_dead, restates
from helpers.extract.counts.linking.subject import look_behind
from helpers.extract.counts.linking.total import find_total_sense, look_label, look_total
from helpers.extract.counts.phrase import QuantityPhrase, read_phrase, read_phrases
from helpers.extract.counts.selection import (
    counts_things,
    fit_link,
    is_beside_things,
    is_treated_wound,
    look_inside,
)
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.text.tokens import NUMBER, Token

_UNSAID = ("other", "stop")  # senses that say nothing of the people
_UNTAKEN = ("other", "thing", "stop")  # those that "13 of them" does not take
_FAR = 0.35  # an article counts one person only if a verb is nearer than this
_FAR_DEAD = 0.8  # that somebody died is said further on: "a boy who had been wounded in May died"
_LISTED = 3  # how far the verb of a list is to seek
_NEAR = 0.5  # a verb nearer than this acts on them, whatever they do themselves
_OTHER, _OTHER_OBJECT = 1.2, 2.0  # another act claims a number only if it is so much nearer
_TAKEN_UP = 1.5  # how far the sense of the sentence before is to seek


def link_numbers(
    tokens: list[Token], previous: str = ""
) -> list[tuple[QuantityPhrase, Link | None]]:
    """Every number of a sentence that counts something, with its link, in reading order. A phrase
    without a link counts nobody who was killed, injured, displaced, detained or released.

    `previous`: the sense of the last figure of the sentence before, for those who are "13 of them".
    """
    phrases = read_phrases(tokens)
    if not phrases:
        return []
    links = [_link_phrase(tokens, phrase) for phrase in phrases]
    if previous == "detained":
        links = [link or _free_captives(tokens, one) for one, link in zip(phrases, links)]
    _share_opening(tokens, phrases, links)
    _drop_parts_of_troops(tokens, phrases, links)
    for order, phrase in enumerate(phrases):
        is_untold = all(map(_is_untold, links[: order + 1]))
        if previous and is_untold and restates(tokens, phrase):
            links[order] = Link(previous, phrase.index, "part", _TAKEN_UP)
        if lists_the_dead(tokens, phrase, previous):
            links[order] = Link("killed", phrase.index, "part", _TAKEN_UP)
    if previous and _is_untold(links[0]) and is_resumed(tokens, phrases[0]):
        links[0] = Link(previous, phrases[0].index, "part", _TAKEN_UP)
    inherit_links(tokens, phrases, links)
    return [
        (phrase, link if link and _counts(tokens, phrases, order, link, links) else None)
        for order, (phrase, link) in enumerate(zip(phrases, links))
    ]


_RESCUED = ("rescued", "recovered")


def _free_captives(tokens: list[Token], phrase: QuantityPhrase) -> Link | None:
    """The link of captives told of before who "were recovered"."""
    verb = peek(tokens, phrase.last + 1)
    is_passive = "be" in peek(tokens, phrase.last).kinds and verb.text in _RESCUED
    return Link("released", phrase.last + 1, "after", 0) if is_passive else None


def _is_untold(link: Link | None) -> bool:
    """Whether nothing is said of a number."""
    return link is None or link.sense in _UNTAKEN


def _counts(
    tokens: list[Token],
    phrases: list[QuantityPhrase],
    order: int,
    link: Link,
    links: list[Link | None],
) -> bool:
    """Whether a number counts somebody at all: not none, not things, nor an article ("a judge")
    without a verb right beside that says what befell one person."""
    earlier, phrase = phrases[:order], phrases[order]
    if phrase.reading.high == 0 or is_beside_things(tokens, earlier, phrase, link):
        return False
    if _is_repeat(tokens, phrase) or only_describes(tokens, phrase, link):
        return False
    if phrase.head == "subset" and names_one(tokens, phrase, link):
        return False
    if phrase.head in ("subset", "none") and are_met(tokens, phrase, link):
        return False
    if tokens[phrase.index].text == NUMBER:
        return True
    is_apposed = is_apposed_to(tokens, phrase, link)
    if link.sense not in FIRM or is_apposed:
        return False  # "her husband, a soldier, was killed"
    if link.rule == "noun":
        return tokens[phrase.index].text == "another"  # "another | wounded"
    if order + 1 < len(phrases) and _opens_pair(tokens, phrases[order : order + 2], link, links):
        return True
    reach = _FAR_DEAD if tokens[link.at].text in ("died", "succumbed") else _FAR
    is_near = link.cost <= reach and link.rule in ("after", "object", "of")
    return is_near or _closes_list(tokens, phrase, link)


def _opens_pair(
    tokens: list[Token], pair: list[QuantityPhrase], link: Link, links: list[Link | None]
) -> bool:
    """Whether one person opens a list of two whose verb follows: "| a clerk | and two porters were
    killed"."""
    first, second = pair
    is_joined = tokens[first.last].text == "and" and second.index == first.last + 1
    begins = first.index == 0 or tokens[first.index - 1].text in _STARTS
    is_shared = any(one and one.at == link.at and one is not link for one in links)
    return is_joined and begins and is_shared and link.rule == "after"


_STARTS = frozenset(("“", '"', ":", ";", "that"))


def _is_repeat(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a number points back to those counted before: "the same | 9 bodies"."""
    before = [token.text for token in tokens[max(0, phrase.index - 2) : phrase.index]]
    return before in (["the", "same"], ["these", "same"], ["those", "same"])


def _closes_list(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> bool:
    """Whether one person ends the list of those whom a verb acts on: "killed four soldiers and | a
    nurse", but not "and a nurse was hurt", nor "and a nurse at the hospital said"."""
    before, after = peek(tokens, phrase.index - 1), peek(tokens, phrase.last)
    is_listed = link.rule in ("object", "continued") and (
        before.text == "," or "conj" in before.kinds
    )
    goes_on = after.kinds & {"verb", "be", "have", "modal", "aux", "adv"} and not is_ing(after)
    is_near = bool(is_listed and link.cost <= _LISTED and not goes_on)
    return is_near and not _acts(tokens, phrase.last)


_CLAUSE_ENDS = frozenset({"punct", "rel", "sub", "conj"})


def _acts(tokens: list[Token], start: int) -> bool:
    """Whether the first verb behind a noun, before its clause ends, is its own: one of saying, or
    with an object: "a nurse | in the town told reporters"."""
    for at in range(start, len(tokens)):
        token = tokens[at]
        if token.kinds & _CLAUSE_ENDS and "prep" not in token.kinds:
            return False
        if "verb" in token.kinds:
            is_said = any(trigger.sense in ("say", "measure") for trigger in token.triggers)
            return is_said or has_form(token, "past") and takes_object(tokens, at)
    return False


def _share_opening(
    tokens: list[Token], phrases: list[QuantityPhrase], links: list[Link | None]
) -> None:
    """ "Among the dead are the mayor, two teachers and a nurse": all people of the list are of the
    dead."""
    opens = tokens[0].is_phrase and tokens[0].text in ("among", "amongst")
    if len(tokens) < 3 or not opens or "be" not in tokens[1].kinds:
        return
    for order, (phrase, link) in enumerate(zip(phrases, links)):
        if phrase.head == "person" and (link is None or link.sense in _UNSAID):
            links[order] = Link(tokens[0].triggers[0].sense, 0, "part", 1)


def _drop_parts_of_troops(
    tokens: list[Token], phrases: list[QuantityPhrase], links: list[Link | None]
) -> None:
    """Of 20,000 soldiers, the "11,000 of them" who arrived are not displaced either."""
    for order in range(1, len(phrases)):
        link, whole = links[order], phrases[order - 1]
        is_part = phrases[order].head == "subset" and whole.head == "person"
        if link and link.sense in WEAK and is_part and fit_link(tokens, whole, link) is None:
            links[order] = None


def _link_phrase(tokens: list[Token], phrase: QuantityPhrase) -> Link | None:
    """The link of a number that looks for itself alone: the best of what its own phrase and both
    sides of it say."""
    is_none = _is_none(tokens, phrase) or _are_of_households(tokens, phrase)
    if counts_things(tokens, phrase) or is_none:
        return Link("thing", phrase.index, "thing", 0)
    # "killed 12, two of whom": that verb is the whole's
    is_clause = phrase.head == "subset" and tokens[phrase.last - 1].text in ("whom", "which")
    left = None if is_clause else look_before(tokens, phrase)
    if left and left.sense == "by":
        return Link("agent", phrase.index, "agent", 0)
    if _is_fronted(tokens, phrase):  # "of its 3,000 people, 1,800 left": the whole, not the figure
        tokens = _cut_at_comma(tokens, phrase.last)
    right = _look_behind(tokens, phrase, left)
    if right and right.sense == "other" and are_handed_over(tokens, phrase, right.at):
        right = right._replace(sense="released", rule="after")
    inside = look_inside(tokens, phrase)
    if inside and right and _die(tokens, phrase, inside, right):
        inside = None
    if left and is_treated_wound(tokens, phrase, left):
        left = left._replace(sense="injured", rule="object")
    # who acts suffers nothing ("12 men killed a judge"), unless a verb right before or their own
    # noun says so: "killing 12 men who attacked"
    acted_on = left and left.cost < _NEAR and left.sense not in ("force", *_UNSAID)
    if right and right.sense == "agent" and not acted_on and not inside:
        return _share_verb(tokens, phrase) or right
    if right and right.sense == "agent" and acted_on:
        right = None  # "the bodies of six soldiers | and treated 29 others"
    if not right and _are_we(tokens, phrase):
        right = Link("displaced", phrase.index, "after", _LISTED)
    found = [
        link
        for link in (inside, look_total(tokens, phrase), look_label(tokens, phrase), left, right)
        if link and link.sense not in ("force", "stop")
    ]
    if phrase.head in ("none", "subset") and (said := _read_opening(tokens, phrase)):
        found = [link for link in found if link.sense != "other"] or [said]
    return _choose(tokens, phrase, found, inside) or (
        left if left and left.sense == "stop" else None
    )


_WE_FLEE = frozenset("left fled escaped ran walked crossed abandoned".split())


def _are_we(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether those who speak count themselves and say that they fled: "we left Kell, | nineteen
    of us |", "we were | 200 from our quarter | when we left"."""
    behind = [token.text for token in tokens[phrase.index + 1 : phrase.index + 3]]
    before = [token.text for token in tokens[max(0, phrase.index - 3) : phrase.index]]
    is_ours = behind == ["of", "us"] or "we" in before and "were" in before
    texts = [token.text for token in tokens] if is_ours else []
    return any(one == "we" and other in _WE_FLEE for one, other in zip(texts, texts[1:]))


def _die(tokens: list[Token], phrase: QuantityPhrase, inside: Link, right: Link) -> bool:
    """Whether those who are told of as hurt have died: "three of the | wounded | had died"."""
    if right.sense != "killed" or right.expected or right.denied or right.at < phrase.last:
        return False
    between = tokens[phrase.last : right.at]
    is_hurt = tokens[inside.at].text in ("wounded", "injured", "hurt")
    if is_hurt and len(between) > 1 and between[0].text == between[-1].text == ",":
        return True  # "three of the injured, all of them boys, died"
    return is_hurt and not any(token.kinds & {"punct", "conj", "num"} for token in between)


def _is_none(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether nobody of a number is told of: "none of the | 42 passengers", "not | one of them"."""
    before = [token.text for token in tokens[max(0, phrase.index - 3) : phrase.index]]
    if phrase.reading.best == 1 and before[-1:] == ["not"]:
        return True
    while before and before[-1] in ("the", "its", "their", "these", "those"):
        before.pop()
    return before[-1:] == ["of"] and before[-2:-1] in (["none"], ["neither"], ["any"])


def _are_of_households(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a number only says how many people the families are that are counted: "two households
    of | 13 people"."""
    if peek(tokens, phrase.index - 1).text != "of":
        return False
    families, counted = peek(tokens, phrase.index - 2), peek(tokens, phrase.index - 3)
    return "household" in families.kinds and counted.number is not None


def _share_verb(tokens: list[Token], phrase: QuantityPhrase) -> Link | None:
    """The verb of the number before, where both are of one list: "killed six clerks, | two guards
    and a cook and wounded 31"."""
    at = phrase.index - 1
    if peek(tokens, at).text != ",":
        return None
    while at > 0 and tokens[at - 1].kinds & {"person", "civilian", "combatant"}:
        at -= 1
    if at == 0 or at == phrase.index - 1 or "num" not in tokens[at - 1].kinds:
        return None
    left = look_before(tokens, read_phrase(tokens, at - 1))
    is_object = left and left.rule == "object" and left.sense in FIRM and left.cost < _NEAR
    return left._replace(rule="continued") if left and is_object else None


def _look_behind(tokens: list[Token], phrase: QuantityPhrase, left: Link | None) -> Link | None:
    """The link behind a number, whose people the verb before it may act on."""
    if left is None:  # "treated 26, | 15 of them for wounds"
        treated = any(token.text == "treated" for token in tokens[: phrase.index])
        return look_behind(tokens, phrase, phrase.head == "subset" and treated)
    verb = tokens[left.at].text
    governed = left.sense in ("force", "other")
    right = look_behind(tokens, phrase, governed, verb if verb in LISTS["forcing"] else "")
    before = tokens[max(0, left.at - 3) : left.at]
    if right and left.sense == "force" and any("modal" in token.kinds for token in before):
        return right._replace(expected=True)  # "would see 900 families moved"
    return right


def _cut_at_comma(tokens: list[Token], start: int) -> list[Token]:
    """The tokens up to the first comma from an index on."""
    commas = (at for at in range(start, len(tokens)) if tokens[at].text == ",")
    return tokens[: next(commas, len(tokens))]


def _choose(
    tokens: list[Token], phrase: QuantityPhrase, found: list[Link], inside: Link | None
) -> Link | None:
    """The nearest of the links that these people can be subject of; another act wins only where it
    is much nearer."""
    fitting = [fitted for link in found if (fitted := fit_link(tokens, phrase, link))]
    if not fitting:
        are_victims = phrase.head == "person" and tokens[phrase.nouns[-1]].text == "victims"
        if are_victims and tokens[phrase.index + 1].text == "of":  # "two of the victims"
            return Link("killed", phrase.nouns[-1], "part", 1)
        return None
    # "assisting 2,700 people in 12 shelters"
    are_moved = any(link.sense in WEAK | {"displaced"} for link in fitting)

    def weigh(link: Link) -> float:
        """How far a link is to seek."""
        if link.sense == "living" and are_moved:
            return link.cost + _OTHER  # "home to 900 people who fled"
        if link.sense != "other":
            return link.cost
        return link.cost + (_OTHER_OBJECT if are_moved and link.rule == "object" else _OTHER)

    best = min(fitting, key=weigh)
    if best.sense in ("other", "living", *EVERYDAY) and inside and inside.sense != "detained":
        if tokens[inside.at].text in LISTS["identities"]:
            return inside  # "40 refugees were vaccinated" are refugees none the less
    return best


def _is_fronted(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a number stands in an opening "of the 3,000 …", which only says whom a later figure
    is part of."""
    at = phrase.index - 1
    while at > 0 and "det" in tokens[at].kinds:
        at -= 1
    if at < 0 or tokens[at].text != "of":
        return False
    return at == 0 or tokens[at - 1].text in (";", ".", "“", '"', "that")


def _read_opening(tokens: list[Token], phrase: QuantityPhrase) -> Link | None:
    """ "Of the dead, 57 were women": what the opening phrase says of those it counts from."""
    if phrase.index < 3 or tokens[0].text != "of":
        return None
    if tokens[1].text not in ("the", "those", "these"):
        return None
    is_listed = peek(tokens, phrase.last).text in ("were", "was", "belonged")
    leads = (",", "only", "just", "some", "about", *((";", "and") if is_listed else ()))
    if tokens[phrase.index - 1].text not in leads:
        return None
    for at in range(2, min(6, phrase.index)):
        sense = find_total_sense(tokens, at)
        if not sense and tokens[at].triggers:
            sense = find_strongest(tokens[at]).sense
        if sense and sense in SURE | {"returned"}:
            return Link(sense, at, "part", 0.8)
    return None
