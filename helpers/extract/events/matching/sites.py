"""Sites that fighters take, leave or lose: the station, hall or camp of a town, which is not the
town, and a side of one."""

import re

from helpers.extract.events.parties import names_fighters
from helpers.extract.places.gazetteer import PlaceMention
from helpers.extract.rules.territory import PLACE_FILL, PLACE_SIGN, compile_territory
from helpers.extract.text.document import Document

_TAKES = compile_territory(
    r"""\b({take}( (back|over))?|{gain_control}|{enter_verb}|storm(ed|s|ing)?( into)?)
    ( (the|an?|its|their) ([\w-]+ ){0,2}?{part}( (in|of|at) {place})? and)? $"""
)
_LEAVES = compile_territory(r"\b({leave}|leaving) $")
_LOST = compile_territory(
    r"""({apposition}~({adverb} )?({auxiliary})?({taken}|overrun|abandoned)
    (~[.,;]|~{date}| (by|on|at|in)\b)
    | ({adverb} )?(has |had )?(fell|fallen|surrendered)
    (?=~[.,;]|~{date}| (on|at|to|after|late|early|that|last|in)\b))"""
)
IS_PART = compile_territory(r"\b({part})$")
_IS_ARMED_SITE = compile_territory(r"\b({armed_site})$")
_IN = re.compile(r" (?:in|at) ")
_SEIZES = compile_territory(r"\b({take}( (back|over))?|{gain_control}) $")


def is_taken(document: Document, begin: int, at: int, end: int) -> bool:
    """Whether fighters take the site between two offsets, in a sentence that begins at another;
    or leave or lose it, where it is one of theirs."""
    lowered = document.lowered
    if _TAKES.search(lowered, max(begin, at - 90), at):
        return names_fighters(document, begin, at)
    if not _IS_ARMED_SITE.search(lowered, at, end):
        return False
    if _LEAVES.search(lowered, max(begin, at - 40), at) and not _IN.match(lowered, end):
        return names_fighters(document, begin, at)
    stop = min(end + 120, len(lowered))
    return bool(_LOST.match(lowered, end, stop)) and names_fighters(document, begin, stop)


def name_share(
    document: Document,
    begin: int,
    match: re.Match[str],
    marked: str,
    meant: dict[int, list[PlaceMention]],
) -> tuple[int, int, list[PlaceMention]]:
    """(start, end, place) of a side of a place that is taken: "the eastern half of Kell",
    "Kell's western outskirts". Without a name of its own, for it is not the town."""
    group = match.lastgroup or ""
    start, end = match.span(group)
    if group == "shared":
        start = marked.rfind(PLACE_SIGN, 0, start)
    at = end if group == "share" else start
    if not meant.get(at) or not _SEIZES.search(marked, max(0, start - 60), start):
        return start, end, []
    while group == "share" and marked[end : end + 1] in (PLACE_SIGN, PLACE_FILL):
        end += 1
    words = document.text[begin + start : begin + end]
    share = PlaceMention(begin + start, begin + end, "", words, False)
    return start, end, [share]
