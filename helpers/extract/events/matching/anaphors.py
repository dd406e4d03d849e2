"""Words that stand for a place named elsewhere: "the town", "both", "it", "whose fall".

Each group of the patterns is a kind of such words, which `placeholders` resolves in its own way.
"""

import re
from functools import cache

from helpers.extract.events.matching.prefilter import Prefilter
from helpers.extract.rules.needs import find_needs
from helpers.extract.rules.notation import expand_pattern
from helpers.extract.rules.territory import PARTS, compile_territory
from helpers.extract.text.document import Document

_STANDS_FOR = (  # each kind of them with a group of its own
    r"""\b(?P<town>(the|that|this) (
(?!\w+(th|st|nd|rd)\b|latest|second|next|other|only|\w+est\b|capital\b)[\w-]+ ){0,2}
(city|town|village|capital|place|hamlet|island|islet|settlement
|stronghold|port|(district|town|city|mining) cent(re|er)|site|military camp|barangay|commune
|municipality|township|neighbou?rhood|suburb|enclave|locality))\b
(?!['’]| ((city |town )?of|called|named|in(?!~({date}|early|late|mid-)|~{region})|which
|that(?! (morning|afternoon|evening|night|day|week)\b)|where|itself of|authorities|council
|hall|cent\w+|police|people)\b|~,?~\ue000)""",
    r"""\b(?P<both>both( (towns|cities|villages|places|bases))?|the two (towns|cities|villages
|places|bases))\b(?= (of which )?(had|have|were|was|fell|are))""",
    r"""(?P<headed>the ([\w-]+ )?(capital|seat|administrative cent(re|er)) of (the )?([\w-]+ ){0,4}?
(\ue000\ue001*( (province|region|district|governorate|state|county))?|province|region|district
|governorate|state|county))\b""",
    r"""\b(?P<several>(((a|another|at least|more than|some|the|its|these) )?((string|series|number
|handful|cluster|host) of |{count} )(more |other |further )?{attribute}{0,2}?|(the|these|its|their
|other|more) ({modifier} ){0,2})?(towns|cities|villages|places|districts|positions|bases
|settlements|hamlets|provinces|localities|capitals|garrisons|strongholds|cent(re|er)s|seats|camps
|ports|airports|posts|headquarters|outposts))\b(?! of\b)""",
    r"""({take}( back)?|{enter_verb}|{abandon_verb}|leaving|into|out of
|(withdr[ae]w\w*|retreated|back|away) from|(won|claw(ed|s))(?= it back\b))\s+
((?P<it>it)|(?P<latter>the latter))\b""",
    r"""(?P<piece>(the ((town|city|village|port|capital|district)['’]s )?|that |this |its )
((?!\w+(th|st|nd|rd)\b|second|next|other|only)[\w-]+ )?
(airport|airfield|airstrip|airbase|air base|base|citadel|(military|army) camp
|(camp|garrison)(?= there\b)))\b
(?!['’]| (of|at|near|called|named|is ours|in(?!~({date}|early|late|mid-))|where|authorities|staff
|workers?|road)\b|~,?~\ue000)""",
    r"""(flags?|banners?|colou?rs) (over|above|on|at)\s+(?P<seat>(the|its) {seat})\b
(?! (in|of|at)\b)""",
    r"""(?P<its>(its|\bthe( (town|city|village|port|capital)['’]s)?) ([\w-]+ ){0,2}?(outskirts
|suburbs|edges?|terminal|runway|neighbou?rhoods|districts|quarters|cent(re|er)|streets))\b
(?!['’]| (of|in|near|for|and)\b|~\ue000)""",
    r"""\b(?P<owned>it|who)(?=se? (\w+ )?(re)?(capture|seizure|liberation|conquest|takeover|taking
|fall)\b(?! (of|in|by \d|from grace)\b))""",
    r"""\b(?P<that>it|that) (?=(has|had)?~({adverb} )?(fell|fallen|capitulated|surrendered
|changed hands)\b|(was|has been|had been|is) ({adverb} )?({taken}\b|handed over))""",
    r"""(?P<which>which|that)(?= (({adverb} ){0,2}(fell|had fallen|capitulated|changed hands
|surrendered)|(was|were|had been|has been) ({adverb} ){0,2}({taken}\b|handed over
|overrun)))""",
    # Sites of which fighters take or leave one: "the police station", "a camp".
    r"""\b(?P<part>(the|an?|its|their) ((?!({opening}|the|an?)\b)[\w-]+ ){0,2}?{part})\b
(?!['’]| (of(?!~(the )?((same|rival|other) )?({attribute})?{forces}\b)|near|called|named|where
|authorities|staff|workers?|road|city|town|village|capital|district|area|zone|commander
|in (?!(the )?({modifier} ){0,3}(((town|city|village|port|district) of|barangay|commune
|municipality) )?(the )?\ue000))\b|~,?~\ue000)""",
    # "the eastern half of | Kell", "Kell | 's western outskirts"
    r"""\b(?P<share>(the )?{side} (half|halves|parts?|side|bank|quarters?|sector|end|outskirts
|suburbs|edges?|districts?|neighbou?rhoods|areas|flank) of (the (city|town|village|port) of )?)
|(?<=[\ue000\ue001])(?P<shared>['’]s? {side} (half|parts?|side|bank|quarters?|sector|end|outskirts
|suburbs|edges?|districts?|neighbou?rhoods|areas|flank))\b""",
)
_NEEDED = Prefilter(find_needs(expand_pattern(kind, PARTS)) for kind in _STANDS_FOR)


def may_stand_for(document: Document, order: int) -> bool:
    """Whether a sentence may hold a word that stands for a place."""
    return bool(_NEEDED.choose(document, order, list))


def find_anaphors(document: Document, order: int, marked: str) -> list[re.Match[str]]:
    """The words of a sentence, `marked`, that stand for a place, read only as what they may be."""
    words = document.list_words(order)
    kinds = _NEEDED.choose(document, order, lambda: range(len(words)))
    patterns = [_compile_kind(kind) for kind in sorted(kinds)]
    found: list[re.Match[str]] = []
    at = 0
    while near := [match for one in patterns if (match := one.search(marked, at))]:
        found.append(min(near, key=re.Match.start))
        at = found[-1].end()
    return found


@cache
def _compile_kind(kind: int) -> re.Pattern[str]:
    """The pattern of one kind, compiled when a sentence first has words that may be of it. Compiled
    together, every new set of kinds would be a pattern of its own."""
    return compile_territory(_STANDS_FOR[kind])
