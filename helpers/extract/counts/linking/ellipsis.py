"""Ellipsis: numbers without a word of their own continue another ("and 30 in Mira"), are part of
one, or take one up."""

from helpers.extract.counts.grammar import (
    FIRM,
    Link,
    find_strongest,
    has_form,
    is_verb_before,
    peek,
)
from helpers.extract.counts.linking.resumption import (
    SPEAKING,
    adds,
    gives_figure,
    is_peak,
    restates,
)
from helpers.extract.counts.phrase import QuantityPhrase
from helpers.extract.counts.selection import fit_link, is_in_need
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.text.tokens import NUMBER, Token

_BACK = 6  # numbers between one and that which it continues


def inherit_links(
    tokens: list[Token], phrases: list[QuantityPhrase], links: list[Link | None]
) -> None:
    """Numbers without a word of their own take that of the number they continue or are part of;
    fills in `links`."""
    for order, phrase in enumerate(phrases):
        link, earlier = links[order], links[order - 1] if order else None
        is_bracketed = order > 0 and _is_bracketed(tokens, phrases[order - 1], phrase)
        is_part = is_bracketed or _is_part(tokens, phrase)
        if is_bracketed and link and earlier and link.sense == earlier.sense:
            links[order] = link = link._replace(rule="part")  # "12 people (four women) died"
        if phrase.head in ("thing", "dwelling", "act"):
            continue
        is_added = (
            is_part
            or is_peak(tokens, phrase)
            or adds(tokens, phrase)
            or gives_figure(tokens, phrase)
        )
        if link and link.sense != "stop" and not (is_added and link.sense == "other"):
            continue  # "among them seven who were buried by lava": what befell them all
        links[order] = None
        is_apart = link and not is_added
        later = links[order + 1] if order + 1 < len(phrases) else None
        if later and is_apart and _says_in_other_unit(tokens, phrase, phrases[order + 1]):
            links[order] = later._replace(rule="continued")
            continue
        if is_apart and not (order and _leaves_verb_out(tokens, phrases[order - 1], phrase)):
            continue  # "during 12": a preposition keeps it from what came before
        links[order] = _take_earlier(tokens, phrases, links, order, is_part)
        if later and not links[order] and _is_alternative(tokens, phrase, phrases[order + 1]):
            links[order] = later._replace(rule="continued")


def _take_earlier(
    tokens: list[Token],
    phrases: list[QuantityPhrase],
    links: list[Link | None],
    order: int,
    is_part: bool,
) -> Link | None:
    """The link of the number before, if this one is part of it or continues it."""
    for earlier in range(order - 1, max(-1, order - 1 - _BACK), -1):
        source = links[earlier]
        if phrases[earlier].head == "thing" and _is_part_of_things(tokens, phrases, order, earlier):
            return None  # "arrested nine people and seized four rifles, | two of them | new"
        if phrases[earlier].head == "thing" or is_part and source is None:
            continue  # "12 died in 3 cars, 4 of them on Monday"
        if source is None and tokens[phrases[earlier].index].text != NUMBER:
            continue  # "112 dead; a surgeon counted | 74"
        if source is None or source.sense in ("agent", "thing"):
            return None
        if not is_part and not _continues(tokens, phrases[earlier], source, phrases[order]):
            return None
        rule = "part" if is_part else "continued"
        return fit_link(tokens, phrases[order], source._replace(rule=rule, cost=source.cost + 1))
    return None


def _is_part_of_things(
    tokens: list[Token], phrases: list[QuantityPhrase], order: int, earlier: int
) -> bool:
    """Whether "two of them" are of the things right before, which a verb governs."""
    phrase, things = phrases[order], phrases[earlier]
    is_next = phrase.head == "subset" and phrase.index - things.last == 1
    return is_next and "verb" in peek(tokens, things.index - 1).kinds


def _says_in_other_unit(tokens: list[Token], phrase: QuantityPhrase, later: QuantityPhrase) -> bool:
    """ "one of | 14,870 people, or 2,974 families |, who left"."""
    between = [token.text for token in tokens[phrase.last : later.index]]
    return between in (["or"], [",", "or"]) and {phrase.head, later.head} == {"person", "household"}


def _is_alternative(tokens: list[Token], phrase: QuantityPhrase, later: QuantityPhrase) -> bool:
    """ "12 or 13 people", "12 (13 by another count) were killed"."""
    between = tokens[phrase.last : later.index]
    if any("verb" in token.kinds for token in between) or later.head == "subset":
        return False  # "said to number 12,000, killed seven", "52, | eight of them"
    return len(between) <= 2 and any(
        token.text in ("or", "(", "and", ",", "/") for token in between
    )


_PARTS = frozenset({"including", "incl", "among", "includes", "included", "include", "comprising"})


def _is_part(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """ "three of them", "including two children", "of whom 12 …"."""
    before = [token.text for token in tokens[max(0, phrase.index - 4) : phrase.index]]
    if phrase.head == "subset" or not _PARTS.isdisjoint(before) or before[-1:] == ["whom"]:
        return True
    # "of whom about 12"
    return before[-2:] in (["of", "them"], ["of", "which"]) or before[-3:-1] == ["of", "whom"]


def _is_bracketed(tokens: list[Token], whole: QuantityPhrase, phrase: QuantityPhrase) -> bool:
    """ "31 people (19 civilians and 12 fighters)": a bracket says of whom a number is made up."""
    if peek(tokens, phrase.index - 1).text != "(" or whole.last != phrase.index - 1:
        return False
    part, most = phrase.reading.high, whole.reading.low or whole.reading.best
    return phrase.head == "person" and bool(part and most and part < most)


def _continues(
    tokens: list[Token], source: QuantityPhrase, link: Link, phrase: QuantityPhrase
) -> bool:
    """Whether nothing but a conjunction and phrases of place lie between two numbers: "12 died in
    Kell and 30 in Mira"."""
    before = peek(tokens, phrase.index - 1)
    is_foreign = phrase.head == "unknown" and not before.kinds & {"conj", "punct"}
    if is_foreign or before.text == "as":  # "as | one surgeon | put it"
        return False
    if gives_figure(tokens, phrase) or _leaves_verb_out(tokens, source, phrase):
        return True
    if restates(tokens, phrase) or adds(tokens, phrase) or is_peak(tokens, phrase):
        return True
    lead = _find_lead(tokens, phrase)
    if _is_compared(tokens, source, phrase, lead):
        return True
    texts = {token.text for token in lead}
    is_listed = peek(tokens, source.index - 1).text in ("(", ";")
    if ";" in texts and before.text not in ("another", "and") and not is_listed:
        if phrase.head not in ("none", "subset"):
            return False  # "12 died; 30 houses"
    if phrase.head == "household" and link.sense in FIRM:
        return False  # families are not killed, but displaced
    if texts.isdisjoint(_JOINTS) and not any("conj" in token.kinds for token in lead):
        return False
    if "prep" in before.kinds and not before.kinds & {"conj", "det"}:
        if before.text not in ("with", "of", "from"):
            return False  # "12 died, in 3 raids"
    if is_in_need(tokens, phrase.last):
        return False
    return not _says_other(tokens, source.last, phrase.index, link)


def _leaves_verb_out(tokens: list[Token], source: QuantityPhrase, phrase: QuantityPhrase) -> bool:
    """ "The bishop spoke of 80,000 displaced, the prefect | of 65,000": the second speaks of the
    same; so does a number of souls behind one of families: "640 families, | over 3,000 people"."""
    before, sign = peek(tokens, phrase.index - 1).text, peek(tokens, phrase.last).text
    between = tokens[source.last : phrase.index]
    at = phrase.index - 1 - (before in _OPENING_QUOTES)
    if peek(tokens, at).text == "of" and phrase.head == "none":
        spoke = peek(tokens, source.index - 2).text in SPEAKING
        return spoke and any(token.text in (",", ";") for token in between)
    is_other_unit = source.head == "household" and phrase.head == "person"
    return is_other_unit and before == "," and sign in (".", ",", ";", "", ")")


_OPENING_QUOTES = ('"', "“")
_JOINTS = frozenset({",", ";", "(", "/", "–", "—", ":", "-"})


def _find_lead(tokens: list[Token], phrase: QuantityPhrase) -> list[Token]:
    """The words that lead to a number: the last three, or back over a name to what parts it: "Kell
    4,105; Lanao del Norte 900"."""
    opened = phrase.index - 1
    while opened > 0 and phrase.index - opened < 6:
        if not tokens[opened].is_name and tokens[opened].kinds:
            break
        opened -= 1
    if phrase.head == "none" and opened < phrase.index - 1:
        if tokens[opened].text in (",", ";", "and"):
            return tokens[opened : phrase.index]
    return tokens[max(0, phrase.index - 3) : phrase.index]


def _is_compared(
    tokens: list[Token], source: QuantityPhrase, phrase: QuantityPhrase, lead: list[Token]
) -> bool:
    """Whether a number says the same of another time or in another unit: "up from 900", "103,352
    IDPs in 21,880 households"."""
    before, texts = tokens[phrase.index - 1].text, {token.text for token in lead}
    if texts & {"against", "compared", "versus"} or before == "from" and texts & {"up", "down"}:
        return True
    if before == "after" and phrase.head == "none" and _is_earlier(tokens, phrase.last):
        return True  # "74 dead, after 51 | the month before"
    is_near = phrase.index - source.last <= 2
    if phrase.head == "household" and is_near:
        if before in ("in", "from", "comprising", "representing", "or"):
            return True
    # "rose from 268,000 in April to 301,450"
    rises = before == "to" and peek(tokens, source.index - 1).text == "from"
    return rises and phrase.head in ("none", "person", "household")


_EARLIER = frozenset({"before", "earlier", "previous", "ago"})


def _is_earlier(tokens: list[Token], at: int) -> bool:
    """Whether a time before another is told from here on: "the month | before"."""
    if "date" in peek(tokens, at).kinds:
        return True
    is_open = peek(tokens, at).text in ("the", "a", "one", "in")
    return is_open and any(token.text in _EARLIER for token in tokens[at : at + 4])


def _says_other(tokens: list[Token], start: int, end: int, link: Link) -> bool:
    """Whether a verb between two numbers says something else of the second: "12 died and rebels
    attacked 30"."""
    for at in range(start, end):
        token = tokens[at]
        is_noun = token.kinds & {"person", "thing"} or has_form(token, "ing")
        if at == link.at or is_noun or not is_verb_before(tokens, at):
            continue
        sense = find_strongest(token).sense
        if token.text in LISTS["seeming"] and "be" in tokens[at - 1].kinds:
            continue  # "14 deaths | were registered in Kell and three more in Mira"
        is_guessed = at > link.at and "guessed" in token.kinds
        if sense != "measure" and (sense != link.sense or is_guessed):
            return True
    return False
