"""Description: numbers that only say who those counted before are, and bring no figure of their
own: "one of them a girl", "and I met one of them"."""

from helpers.extract.counts.grammar import AUXILIARIES, Link, peek
from helpers.extract.counts.phrase import QuantityPhrase
from helpers.extract.text.tokens import Token


def is_apposed_to(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> bool:
    """Whether one person only says who somebody counted is: "her husband, | a soldier |, was
    killed", "two staff, a nurse and | a driver |, were killed", "including | a girl |, were
    hurt"."""
    if peek(tokens, phrase.last).text != ",":
        return False
    before = peek(tokens, phrase.index - 1).text
    if before in (",", "them", "whom"):
        return True  # "two people, one of them | a boy |, died"
    if before in ("including", "among") and link.rule == "after":
        return True
    opening = [token.text for token in tokens[max(0, phrase.index - 5) : phrase.index]]
    pairs = (opening[at : at + 2] for at in range(len(opening) - 1))
    return before == "and" and link.rule == "after" and any(pair in _OPENED for pair in pairs)


_OPENED = ([",", "a"], [",", "an"])


def only_describes(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> bool:
    """Whether "most of them" brings no figure: it only says who those counted before are ("61
    captives, | most of them | women"), without a verb of its own."""
    if phrase.head != "subset" or tokens[phrase.index].number is None:
        return False
    if phrase.reading.quantifier != "vague" or tokens[phrase.last - 1].text not in (
        "them",
        "those",
    ):
        return False
    if phrase.number.end - phrase.number.start > len("most"):
        return False  # "dozens of them"
    if link.rule in ("part", "continued"):
        return True
    behind = peek(tokens, phrase.last)
    return peek(tokens, phrase.index - 1).text == "," and not behind.kinds & AUXILIARIES


def names_one(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> bool:
    """Whether "one of them" only opens what is said between commas of those whose verb follows:
    "three of the injured, | one of them | a girl of nine, died"."""
    is_open = peek(tokens, phrase.index - 1).text == "," and link.rule == "after"
    return is_open and phrase.reading.best == 1 and peek(tokens, phrase.last).text in ("a", "an")


_MEETING = frozenset(
    "meet meets met meeting saw sees interviewed interviews knows knew visited with to from "
    "remembers recalls photographed is was".split()
)


_TELLING_WHO = ("a", "an", "the", "our", "my", "his", "her", "their")


def are_met(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> bool:
    """Whether somebody only meets or is one of those counted: "and I met | one of them |", "she is
    | one of them |", "| one | was a boy of six"; or one is named behind a comma without a verb: ",
    | one of them | the father of a singer"."""
    before, behind = peek(tokens, phrase.index - 1), peek(tokens, phrase.last)
    if phrase.reading.best != 1:
        return False
    if behind.text != "said" and any(one.sense == "say" for one in behind.triggers):
        return True  # "two witnesses, | one of whom | says"
    if link.rule not in ("part", "continued"):
        return False
    if behind.text == "," and before.text != "," and peek(tokens, phrase.last + 1).is_name:
        return True  # "| One of them |, Amal Sy, walked"
    if before.text == ",":
        return behind.text == "the"
    if "be" in behind.kinds and peek(tokens, phrase.last + 1).text in _TELLING_WHO:
        return True
    ends = behind.kinds & {"punct", "conj", "sub", "date"} or not behind.text
    return before.text in _MEETING and bool(ends)
