"""Measures: which of the codebook's a figure is of, as the word says that links it."""

import re

from helpers.extract.counts.captives import are_freed
from helpers.extract.counts.grammar import Link, has_form, peek
from helpers.extract.counts.people.affected import is_nation
from helpers.extract.counts.phrase import QuantityPhrase
from helpers.extract.counts.selection import name_living
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.text.tokens import Token

_MEASURES = {  # sense → measure, where nothing else has a say
    "killed": "killed",
    "injured": "injured",
    "casualties": "killed_or_injured",
    "detained": "detained",
    "returned": "returns",
    "released": "released",
}
_DISPLACED = frozenset({"displaced", "moved", "sheltered"})
_REMAINING = frozenset({"are", "remain", "still", "is", "remained", "internally"})


def _name_sheltered(tokens: list[Token], phrase: QuantityPhrase, link: Link, near: str) -> str:
    """Those whom a country hosts are refugees, those whom a camp holds live in camps."""
    verb = tokens[link.at]
    if link.rule == "object" and any(is_nation(tokens, index) for index in phrase.nouns):
        return "refugees"  # "Chad hosts 900 Sudanese"
    is_held = verb.text in ("hold", "holds", "held")  # "Kell camp …, and the site now holds 900"
    subject = [token.text for token in tokens[0 if is_held else max(0, link.at - 8) : link.at]]
    if verb.text in ("live", "lives", "living"):
        subject = [token.text for token in tokens[: phrase.index]]
    if _AS_REFUGEES.match(near):
        return "refugees"  # "304,000 live as refugees in Chad"
    is_camp = not verb.is_phrase and not {"camp", "camps"}.isdisjoint(subject)
    is_camp = is_camp or is_held and bool({"settlement", "settlements"} & set(subject))
    return "in_camps" if is_camp or _CAMP.search(near) else "idps"


_SINCE = re.compile(r"\bsince\b")
_BE = frozenset({"is", "are", "was", "were"})
_AUXILIARIES = frozenset("have has had were was".split())
_CAMP = re.compile(r"\bcamps?\b|\b\d+ sites\b")
_ABROAD = re.compile(r"\bborders?\b|\bfrontier|\basylum|\brefugee|\bneighbou?ring countr|\babroad")
_AS_REFUGEES = re.compile(r"\w+( \w+)? as refugees\b")


def _name_held(tokens: list[Token], phrase: QuantityPhrase, link: Link, lowered: str) -> str:
    """What befell those who are held or taken; "35 families were | taken away | from the river"
    are displaced."""
    if phrase.head == "household" and tokens[link.at].text.startswith("tak"):
        return "new_displacement"
    return "released" if are_freed(phrase, tokens[link.at], lowered) else "detained"


def name_measure(tokens: list[Token], phrase: QuantityPhrase, link: Link, lowered: str) -> str:
    """The codebook's measure for what a link says; "" for what it does not count."""
    if link.sense == "living" and _is_taken(tokens, phrase, link):
        return "killed"  # "the war cost 900 lives in Mira"
    if link.sense == "killed" and _is_undivided(tokens, phrase):
        return "killed_or_injured"
    if link.sense in _MEASURES:
        is_held = link.sense == "detained"
        return _name_held(tokens, phrase, link, lowered) if is_held else _MEASURES[link.sense]
    if link.sense == "living":
        return name_living(tokens, phrase, link.at, lowered)
    if link.sense not in _DISPLACED:
        return ""
    nouns = " ".join(tokens[index].text for index in phrase.nouns)
    verb = tokens[link.at]
    if "refugee" in nouns or "asylum" in nouns or verb.text.startswith(("refugee", "asylum")):
        return "refugees"
    if nouns.startswith("returnee") or verb.text.startswith("returnee"):
        return "returns"
    near = lowered[verb.start : verb.end + 40]
    if link.sense == "moved":
        return "refugees" if _ABROAD.search(near) else "new_displacement"
    if link.sense == "sheltered":
        return _name_sheltered(tokens, phrase, link, near)
    return _name_displaced(tokens, phrase, link, lowered)


def _is_taken(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> bool:
    """Whether the "lives" of people are what something took."""
    if tokens[link.at].text != "lives" or link.at > phrase.last:
        return False
    before = tokens[max(0, phrase.index - 3) : phrase.index]
    return any(token.text in LISTS["life_taking"] for token in before)


def _is_undivided(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether people are said to be killed or wounded in one: "lost 90 men | killed and
    wounded"."""
    behind = peek(tokens, phrase.last)
    return behind.is_phrase and any(t.sense == "casualties" for t in behind.triggers)


def _name_displaced(tokens: list[Token], phrase: QuantityPhrase, link: Link, lowered: str) -> str:
    """Of those who are said to be displaced: whether they are so (a stock), became so (a flow), or
    were sent back over a border."""
    nouns, verb = {tokens[index].text for index in phrase.nouns}, tokens[link.at]
    if {"idp", "idps", "displaced"} & nouns or verb.text.startswith("idp"):
        return "idps"
    if link.rule == "total" and _is_since(tokens, phrase, link, lowered):
        return "new_displacement"  # "the number uprooted since June"
    is_part = peek(tokens, phrase.index + 1).text == "of" and not phrase.reading.is_share
    if link.rule == "identity" and "arrivals" in nouns and not is_part:
        return "new_displacement"  # but "3,000 of the new arrivals" are in a hall
    if verb.text.startswith("deport") and any(is_nation(tokens, at) for at in phrase.nouns):
        return "returns"  # "Mira deported 900 Afghans"
    if link.rule == "identity" and tokens[link.at - 1].text == "newly":
        return "new_displacement"
    if link.rule in ("identity", "total"):
        return "new_displacement" if verb.text in ("fled", "escaped", "arrivals") else "idps"
    if link.rule == "after" and _is_home(tokens, phrase):
        return "idps"  # "was home to | 60,000 people displaced by"
    return _name_flow(tokens, link)


def _is_home(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a place is "home to" the people."""
    return [token.text for token in tokens[max(0, phrase.index - 2) : phrase.index]] == [
        "home",
        "to",
    ]


def _is_since(tokens: list[Token], phrase: QuantityPhrase, link: Link, lowered: str) -> bool:
    """Whether a total counts those driven out from a day on: "people | uprooted by the push since
    mid-June | at 900"; the number of "displaced" says no day."""
    if has_form(tokens[link.at], "participle") and "noun" not in tokens[link.at].kinds:
        is_evacuated = tokens[link.at].text.startswith("evacuat")
        return is_evacuated or bool(
            _SINCE.search(lowered, tokens[link.at].end, phrase.number.start)
        )
    return False


def _is_as_of(tokens: list[Token], at: int) -> bool:
    """Whether people "were displaced" as of a day: they are still."""
    texts = [token.text for token in tokens]
    return texts[:2] == ["as", "of"] or texts[at + 1 : at + 3] == ["as", "of"]


def _name_flow(tokens: list[Token], link: Link) -> str:
    """Whether people who "were displaced" are so (a stock), became so (a flow), or nothing of it is
    said."""
    verb = tokens[link.at].text
    before = {token.text for token in tokens[max(0, link.at - 3) : link.at]}
    is_dated = any("date" in token.kinds for token in tokens)
    remain = before & _REMAINING or "been" in before and not is_dated
    remain = remain or before & _BE and _is_as_of(tokens, link.at)
    remain = remain or "already" in before and before.isdisjoint(_AUXILIARIES)
    if verb in ("displaced", "uprooted") and remain:
        return "idps"  # "have been displaced from elsewhere": they are, whenever it was
    if not is_dated and (verb in LISTS["forcing"] or before & LISTS["forcing"]):
        return "forced_to_flee"  # "12 million were forced to flee"
    return "new_displacement"
