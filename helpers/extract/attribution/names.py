"""Names of sources: one name for the organisation, its abbreviation and its spokesman; what kind of
speaker it is, and whether a party to the fighting."""

import re
from functools import cache

from helpers.extract.attribution.phrases import WORDS
from helpers.extract.attribution.statement import PATTERNS
from helpers.extract.places.countries import name_governments
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.rules.load import load_toml

_SHORT: dict[str, str] = load_toml("attribution.toml")["short"]
_TITLE = re.compile(r"^(?:the|an?|its|their|his|her|this) ", re.I)
_POSSESSIVE = re.compile(r"['’]s?$")


def name_source(words: str) -> str:
    """The name a source goes by: without article, and of a spokesman the body that speaks.

    >>> name_source("UNHCR spokesman Babar Baloch"), name_source("United Nations")
    ('UNHCR', 'UN')
    """
    words = _TITLE.sub("", " ".join(words.split())).strip(" .,'’").replace(";", ",")
    for name in ("speaks_for", "speaks_as", "belongs", "teams"):
        match = PATTERNS[name].search(words)
        if match and words.isupper() and match["source"].lower() in WORDS["role"]:
            continue  # "MILITARY SPOKESMAN" in a text in capitals
        if match and match["source"][0].isupper():
            words = _TITLE.sub("", match["source"])
            break
    if (match := PATTERNS["leads"].search(words)) and not words.isupper():
        words = match["source"] or match["side"]
    if " and " in words and words.lower() not in _SHORT:
        parts = [_shorten(_TITLE.sub("", part)) for part in words.split(" and ")]
        if all(part.isupper() for part in parts):
            return ";".join(parts)  # "the UN and the Syrian Observatory for Human Rights"
    return _shorten(words)


def _shorten(words: str) -> str:
    """The short name of an organisation, or the name without its possessive."""
    words = _POSSESSIVE.sub("", words)
    if match := PATTERNS["apposed"].search(words):
        words = match["source"]
    key = words.lower().replace("’", "'").replace("u.n.", "un").replace("un's ", "un ")
    return _SHORT.get(key, words)


def is_party(source: str, armed: frozenset[str]) -> bool:
    """Whether a source is a party to the fighting: by its own words, as a government, or as one of
    those whom the text calls armed."""
    if PATTERNS["no_party"].search(source):
        return False
    if PATTERNS["party"].search(source) or source.lower() in name_governments():
        return True
    if len(source) < 6 and source.isupper() and source.lower() in LISTS["sides"]:
        return True
    if source in armed:
        return True
    first = re.split("[- ]", source, maxsplit=1)[0]  # "M23 | officer", "AA | -aligned officer"
    return first in armed and first.isupper() and not is_office(first) and first != "UN"


_OFFICES = frozenset(_SHORT.values()) | set(
    "IDMC ACLED UCDP ACAPS DTM AFP AP UNDP UNFPA IFRC ECHO FAO UNMISS MONUSCO UNAMA UNSMIL MINUSMA "
    "UNAMI UNITAMS INSO IPC FEWS ISW KST SNHR UNOSAT IRC RRC UNDSS EUAA".split()
)


def is_office(source: str) -> bool:
    """Whether a name in brackets is that of an agency or monitor that gives figures."""
    return source.split()[0] in _OFFICES if source else False


# "UN spokesman | David Hallam", "army spokesman | Brig. Gen. Ana Brel"
_TITLED = re.compile(
    rf" (?:{'|'.join(sorted(WORDS['person']))}) [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){{1,4}}$"
)


_BEHIND_HEAD = frozenset("of for in at from near on to with".split())


@cache
def name_kind(source: str) -> str:
    """person, body (an organisation) or several (residents, officials)."""
    words = re.findall(r"[\w-]+", source.lower())
    head = words
    for at, word in enumerate(words):
        if word in _BEHIND_HEAD and at:
            head = words[:at]
            break
    if not head:
        return "body"
    if head[-1] in ("staff", "command"):
        return "body"  # "General | Staff"
    if head[-1] in WORDS["person"]:
        return "person"
    if head[0] in WORDS["person"] and any(word[0].isupper() for word in source.split()[:2]):
        return "person"  # "spokesman | Ana Brel"
    if _TITLED.search(source):
        return "person"
    is_plural = head[-1] in WORDS["role"] and head[-1].endswith("s")
    if is_plural and head[-1] not in WORDS["body"]:
        return "several"  # "junta | newspapers"
    if not WORDS["body"].isdisjoint(head) or source.isupper():
        return "body"
    is_full_name = len(head) > 1 and all(part[:1].isupper() for part in source.split())
    return "person" if is_full_name else "body"
