"""Voices: who a sentence says it from, and how far the reporter stands behind it.

A party to the fighting claims; everybody else reports (codebook: `assertion`, `source_original`).
"""

import re

_SAYING = (
    r"said|says|say|saying|reported|reports|announced|announces|claimed|claims|estimated|estimates|confirmed|confirms|told|added|put|puts|counted|counts|documented|recorded|records|stated|states|declared|acknowledged|"
    r"admitted|insisted|alleged|boasted|maintains|maintained|believes|recalled|registered|verified|wrote|warned"
)
_ROLE = (
    r"officials?|police|authorities|ministry|government|media|monitors?|activists?|army|military|rebels?|insurgents?|residents?|witnesses|doctors?|medics|observers|agency|agencies|hospital|governor|mayor|"
    r"spokesman|spokeswoman|spokesperson|commander|militia|front|radio|television|statement|report|bishop|office|organisation|organization|groups?|coroner|prefect|director|minister"
)
_NAME = r"(?:[A-Z][\w’'.-]*)(?:\s+(?:(?:of|for|and|the|on|in)\s+(?:the\s+)?)?[A-Z][\w’'.-]*){0,6}"
_SOURCE = rf"(?:{_NAME}|(?:the\s+|a\s+|an\s+)?(?:[\w’'-]+\s+){{0,3}}?(?:{_ROLE})(?:\s+(?:of|for|in|at)\s+(?:the\s+)?{_NAME})?)"
_ACCORDING = re.compile(
    rf"\b(?:[Aa]ccording\s+to|[Bb]y\s+the\s+count\s+of|[Cc]iting)\s+(?:the\s+|an?\s+)?(?P<source>{_SOURCE})"
)
_SAID = re.compile(
    rf"(?<![\w’'-])(?:[Tt]he\s+|[Aa]n?\s+)?(?P<source>{_SOURCE})(?:\s*\([A-Z]+\))?(?:,[^,.;]{{1,80}},)?\s+(?:has\s+|have\s+|had\s+|also\s+|later\s+)?(?P<verb>{_SAYING})\b"
)
_PARTY = re.compile(
    r"\b(?:army|military|rebels?|insurgents?|militia|front|movement|brigades?|general staff|armed forces|defen[cs]e ministry|ministry of defen[cs]e|commander|fighters|guerrillas|taliban|government spokes\w+|"
    r"state (?:media|television|radio|news)|presidency|regime|coalition|alliance|troops|forces)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(?:he|she|it|they|we|i|who|that|which|the|a|on|in|at|by|but|and|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december)$",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?:in|at|of|from|near|to|by|on|for|with)\s+(?:the\s+)?$", re.IGNORECASE
)  # "nuns in Kell said": not Kell
_SHORT = {
    "united nations": "UN",
    "u.n.": "UN",
    "un": "UN",
    "syrian observatory for human rights": "SOHR",
    "international organization for migration": "IOM",
    "international organisation for migration": "IOM",
}


def find_source(sentence: str) -> tuple[str, str]:
    """(source_original, assertion) of a sentence: who it names as having said it ("" if nobody), and "claimed"
    where that is a party to the fighting or the verb is to claim, else "reported".

    Linear: looks at the first 1,500 characters.
    """
    sentence = re.sub(r"\s", " ", sentence[:1500])
    for pattern in (_ACCORDING, _SAID):
        for match in pattern.finditer(sentence):
            source = re.sub(
                r"^(?:the|an?)\s+", "", match["source"].strip(" .,'’"), flags=re.IGNORECASE
            )
            source = re.sub(
                r"^(?:and|but|as|while|when|that)\s+(?:the\s+|an?\s+)?",
                "",
                source,
                flags=re.IGNORECASE,
            )
            if (
                not source
                or _NOBODY.match(source)
                or pattern is _SAID
                and _PLACED.search(sentence[: match.start()])
            ):
                continue
            verb = match.groupdict().get("verb") or ""
            assertion = (
                "claimed"
                if _PARTY.search(source)
                or verb in ("claimed", "claims", "boasted", "alleged", "insisted")
                else "reported"
            )
            return _SHORT.get(source.lower(), source.replace(";", ",")), assertion
    return "", "reported"
