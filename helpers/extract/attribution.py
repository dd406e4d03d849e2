"""Attribution: who a sentence says it from, and how far the reporter stands behind it.

A party to the fighting claims; everybody else reports (codebook: `assertion`, `source_original`).
The patterns are in attribution.toml.
"""

import re

from helpers.extract.rules.load import load_patterns, load_toml

_PATTERNS = load_patterns("attribution.toml")
_SHORT: dict[str, str] = load_toml("attribution.toml")["short"]
_CLAIMING = ("claimed", "claims", "boasted", "alleged", "insisted")
_LONGEST = 1500  # characters of a sentence that are looked at


def find_source(sentence: str) -> tuple[str, str]:
    """(source_original, assertion) of a sentence: who it names as having said it ("" if nobody),
    and "claimed" where that is a party to the fighting or the verb is to claim, else "reported".

    >>> find_source("The army said 30 rebels were killed.")
    ('army', 'claimed')
    """
    sentence = re.sub(r"\s", " ", sentence[:_LONGEST])
    for match in _PATTERNS["according"].finditer(sentence):
        if source := _name_source(match):
            return _judge(source, "")
    for match in _PATTERNS["said"].finditer(sentence):
        source = _name_source(match)
        if source and not _PATTERNS["placed"].search(sentence[: match.start()]):
            return _judge(source, match["verb"])
    return "", "reported"


def _name_source(match: re.Match[str]) -> str:
    """The source without article and conjunction; "" if it is nobody."""
    source = _PATTERNS["article"].sub("", match["source"].strip(" .,'’"))
    source = _PATTERNS["conjunction"].sub("", source)
    return "" if _PATTERNS["nobody"].match(source) else source


def _judge(source: str, verb: str) -> tuple[str, str]:
    """(the source as it goes by, how far what it says is taken)."""
    is_claim = _PATTERNS["party"].search(source) or verb in _CLAIMING
    name = _SHORT.get(source.lower(), source.replace(";", ","))
    return name, "claimed" if is_claim else "reported"
