"""Whether a text says that something happened: reported, claimed by a party, denied, or only expected.

Looked for in the words before a verb (negation, modals, plans, conditions) and in its sentence (denials,
who says so). A doubt is never resolved in favour of an event.
"""

import re

from helpers.extract.rules.ground import BASES

_FILL = r"(?:(?:\w+ly|also|then|soon|even|still|have|be|been|being|both|again|first|finally|now|yet|once|completely)\s+){0,4}"
_NOT = re.compile(
    rf"(?:\b(?:not|never|nor|neither|cannot|nowhere)\b|n['’]t\b)\s+(?:[\w'’-]+\s+){{0,4}}$|\b(?:fail(?:ed|s|ing|ure)?|unable|yet|refus\w+|declin\w+|powerless|too\s+\w+)\s+to\s+{_FILL}$"
    r"|\bwould\s+have\s+(?:\w+\s+){0,2}$|\b(?:no|none\s+of|nobody|no\s+one|nothing)\s+(?!sooner)(?:\w+\s+){0,3}$|\bno\s+(?:longer|sign|indication|evidence|question)\b[^,;]{0,40}$|\b(?:come|came|coming|get|got)\s+close\w*\s+to\s+$|\bnowhere\b[^;]{0,80}$|\b(?:almost|nearly|narrowly)\s+(?:been\s+)?$"
    r"|\bstopp?\w*\s+short\s+of\s+$|\bwithout\s+$|\bboth\s+sides\s+$"
)
_MODAL = re.compile(
    rf"(?:\b(?:would|could|might|may|will|shall|should|must|can|ought\s+to|about\s+to|going\s+to|due\s+to|set\s+to|likely\s+to|ready\s+to|poised\s+to)\b|['’](?:ll|d)\b)\s+{_FILL}$"
)
_TO = re.compile(rf"\bto\s+{_FILL}$")
_DONE = re.compile(
    rf"\b(?:manag\w+|able|went\s+on|goes\s+on|gone\s+on|help\w*|enabl\w+(?:\s+\w+){{1,4}}|allow\w+(?:\s+\w+){{1,4}}|proceed\w+|continu\w+|seems?|appears?|appeared|seemed|believed|said|reported|known|understood|claim\w*|purport\w*|boast\w*|alleged|thought|presumed|only|led\s+\w+)\s+to\s+{_FILL}$|\b(?:first|second|third|fourth|last|latest|biggest|largest|only|next|\w+est)\s+(?:[\w-]+\s+){{0,2}}to\s+{_FILL}$"
)
_CONDITION = re.compile(
    r"\b(?:if|unless|whether|lest|in\s+case|provided|suppose|assuming|in\s+the\s+event)\b[^,;:]{0,90}$|(?:^|[.;:\"]\s*|,\s+|\band\s+|\bbut\s+)(?:should|were|had\s+they)\s+[^,;:]{1,70}$"
)
_PLAN = re.compile(
    r"\b(?:attempt|bids?\b|plan|aim|hop(?:e|ing)|threat|vow|pledg|promis|effort|battle|battles|fight(?:ing)?\b|push(?:es|ing)?\b|campaign|goal|objective|intention|intent|chance|prospect|possibilit|possible|potential|risk|fear|prevent|avert|avoid|"
    r"ahead\s+of|pending|imminent|expect|predict|forecast|prepar|rumou?r|talk\s+of|clos(?:e|er|ing)\s+(?:in|to)\b|near\s+to|verge|brink|eve\s+of|warn|call(?:ed|s|ing)?\s+for|demand|capable|dream|focus\w*\s+on|order|tr(?:y|ied|ying|ies)\b|seek|sought|repel|repuls|resist|thwart|"
    r"foil|likely|planned|attempted|eventual|failed|abortive|would-be|future|hypothetical|until\s+the|before\s+(?:the|its|their|their|any)?|before\b|thinking|discuss|consider|mull|vulnerable|want|try|target\w*\s+of|short\s+of|if\s+only|next|wait|anticipat|delay|simulat|commemorat|anniversary|celebrat\w*\s+of)\w*\s+(?:[\w'’-]+\s+){0,4}$"
)
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ials?)|dismiss\w*|reject\w*|refut\w*|rebut\w*|scotch\w*|disput\w*|contradict\w*|untrue|untruth)\b[^.;]{0,110}$"
)
_DENIED = re.compile(
    r"^[^.;]{0,110}\b(?:untrue|false(?:ly)?|invention|inventions|baseless|unfounded|fabricat\w*|never\s+(?:happened|has\s+been|was|fell)|a\s+lie|lies\b|fantas\w+|nonsense|propaganda|premature|fiction|hoax)\b"
)
_RUMOUR = re.compile(r"\b(?:rumou?rs?|rumou?red|unconfirmed|hearsay|gossip|swears?|speculat\w*)\b")
_PARTY = r"(?:army|military|militar\w+|rebels?|insurgents?|front|movement|militants?|militias?|ministry|ministries|minister|government|regime|commanders?|general|col|gen|maj|radio|television|media|state\s+tv|command|guerrillas?|forces|brigade|group|opposition|alliance|coalition|admiral|junta|fighters?|jihadists?|separatists?|president|spokes\w+|communiqu\w+|statement|bulletin|marshal|front's|governor|broadcast)"
_SAYS = r"(?:said|says|say|claim(?:s|ed|ing)?|announc(?:es|ed|ing|e)|declar(?:es|ed|ing)|boast(?:s|ed)|proclaim(?:s|ed)|report(?:s|ed)|assert(?:s|ed|ing)|insist(?:s|ed)|conced(?:es|ed)|acknowledg(?:es|ed)|admit(?:s|ted)|signalled|signaled|trumpets?|according\s+to|told|confirmed|confirms)"
_WORD = r"\w[\w-]*+"  # all of it: a hyphen may stand in a word and between words, and every way to part them would be tried
_CLAIM = re.compile(
    rf"\b{_PARTY}(?:\W+{_WORD}){{0,6}}?\W+(?:[\w-]*-)?{_SAYS}\b|\b{_SAYS}\W+(?:{_WORD}\W+){{0,4}}?(?:[\w-]*-)?{_PARTY}\b|\b(?:our\s+(?:forces|troops|units|men|fighters|army)|we\s+(?:have|announce)|is\s+ours|claimed\s+(?:the\s+)?(?:capture|control|full|to\s+have|that|responsib))\b"
)


def judge_stance(sentence: str, left: int, verb: int, end: int, form: str) -> str:
    """What a sentence says of an event: reported, claimed, denied, expected, or "" (it did not happen, or is asked).

    `sentence`: lowered, places and dates masked; `left`: where the event begins (its subject, if that comes
    first), `verb` and `end`: where its verb begins and the event ends; `form`: finite, passive, noun or ing.
    """
    if sentence.rstrip(" \"'”’)").endswith("?"):
        return ""
    before = _clause(sentence, verb)
    if (
        _NOT.search(before)
        or form in ("passive", "finite")
        and left < verb
        and _NOT.search(_clause(sentence, left) + " ")
    ):
        return ""
    if _DENIES.search(sentence[max(0, verb - 150) : verb]) or _DENIED.match(
        sentence[end : end + 160]
    ):
        return "denied"
    if re.search(r"\bto\s+have\s+(?:been\s+)?(?:\w+ly\s+)?$", before) and not re.search(
        r"\b(?:hop|want|like|expect|plan|likely|due|were|intend)\w*\b[^,;]{0,30}$", before
    ):
        return "claimed"
    if re.match(
        r"\W*(?:\w+\s+){0,2}(?:reports?|claims?|allegations?|assertions?|talk|rumou?rs?)\s+(?:that|of|by)\b",
        sentence,
    ) and re.search(
        r"\b(?:denied|rejected|dismissed|untrue|false|wrong|exaggerated|unfounded)\b",
        sentence[end:],
    ):
        return "denied"
    if _MODAL.search(before) or _TO.search(before) and not _DONE.search(before):
        return "expected"
    if _CONDITION.search(_clause(sentence, verb, hard=True)):
        return "expected"
    if form in ("noun", "ing") and _PLAN.search(before):
        return "expected"
    if (
        form == "finite"
        and left < verb
        and (word := re.match(r"[\w-]+", sentence[verb:]))
        and word[0] in BASES | {"fall"}
        and re.search(r"\b(?:help\w*|see|let|make|watch)\s+$", sentence[:left]) is None
        and re.search(
            r"\b(?:would|could|might|may|will|should|must|can)\s+$",
            sentence[max(0, left - 12) : left],
        )
    ):
        return "expected"
    if (
        form == "ing"
        and re.search(r"\b(?:after|once|by|upon)\s+$", before)
        and re.match(r"[^.;]{0,60}\b(?:will|would|next|plans?|intends?)\b", sentence[end:])
    ):
        return "expected"
    if _RUMOUR.search(sentence[:verb]):
        return "expected"
    return "claimed" if _CLAIM.search(sentence) else "reported"


def _clause(sentence: str, at: int, hard: bool = False) -> str:
    """What stands before an offset within its clause (up to 140 characters)."""
    before = sentence[max(0, at - 140) : at]
    cut = list(
        re.finditer(
            r"[;:–—]|\s-\s|\.\s|,\s+(?:and|but|while|as|when|after|which|who|where)\b"
            if not hard
            else r"[;:–—]|\.\s",
            before,
        )
    )
    return before[cut[-1].end() :] if cut else before
