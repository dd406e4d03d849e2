"""How reports say that ground was won or lost: the rules, and the words without which none of them can match.

A rule's pattern is long, and most sentences tell of something else. So each rule has a gate, in the words of WORDS: "take, win back"
lets through a sentence that has a word of `take`, or both one of `win` and one of `back`. A word is judged once and
looked up ever after; a gate refuses nothing that its rule would match (tests/test_extract_gates.py).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from helpers.extract.events.pieces import (
    APPOSED,
    ATTACK,
    AUX,
    DRIVE,
    ENTER,
    FALL_NOUN,
    LEAVE,
    LIST,
    NO_TAKE,
    OBJECT_GAP,
    PRIZE,
    REACH,
    START,
    SUBJECTS,
)
from helpers.extract.rules.ground import (
    ADVERB,
    DATE,
    FALLS,
    FORCES,
    GAVE,
    GIVEN,
    HOLDS,
    PLACE,
    TAKEN,
    TAKES,
    TOWN,
)
from helpers.extract.text.cache import Memo

_RULES = [  # (rule, measure, form, gate, pattern); first rules win where two meet
    (
        "listed",
        "captured",
        "finite",
        "settlements take, settlements control",
        rf"\b(?P<verb>{TAKES}|{HOLDS}|overr[ua]n)\s+(?:\w[\w'’-]*\s+){{0,6}}?(?:towns|cities|villages|places|districts|headquarters|positions|bases|settlements|hamlets|provinces|localities)\b(?:[^.;:]{{0,110}}:|[^.;:]{{0,40}}?,?\s+(?:including|among\s+them|such\s+as|namely))\s+(?:(?:on\s+|by\s+)?{DATE},?\s+)?{LIST}",
    ),
    (
        "handed over",
        "captured",
        "finite",
        "yield, give off",
        rf"\b(?P<verb>{GAVE})\s+(?:(?:the\s+)?control\s+of\s+)?{LIST}(?:\s+(?:back\s+)?(?:over\s+)?to\b)",
    ),
    (
        "handed over",
        "captured",
        "finite",
        "give back",
        rf"\b(?P<verb>(?:hand|g[ai]v|turn)\w*\s+back)\s+{LIST}",
    ),
    (
        "handed over",
        "captured",
        "finite",
        "hand",
        rf"\b(?P<verb>handed|handing|hands)\s+{LIST}\s+(?:back\s+)?(?:over\s+)?to\b",
    ),
    (
        "active",
        "captured",
        "finite",
        "take, win back, control, master",
        rf"\b(?P<verb>(?:{TAKES})(?:\s+(?:back|over))?|(?:won|winning|wins|claw(?:ed|s|ing)?|fought|got)\s+back(?!\s+(?:place|part|aim|care|advantage|refuge|shelter|turns|toll|power|office|issue|note|steps|action|off)\b)|{HOLDS}|(?:made|make|making)\s+(?:itself|themselves|himself)\s+masters?\s+of|(?:is|are|was|were|became|now)\s+(?:the\s+)?masters?\s+of)\s+(?:{DATE}\s+)?(?:back\s+|first\s+|both\s+|by\s+storm\s+)?{LIST}(?!\s+(?:by\s+surprise|hostage|seriously|for\s+granted)\b)",
    ),
    (
        "driven out",
        "captured",
        "finite",
        "drive out",
        rf"\b(?P<verb>{DRIVE})\s+(?!into\b|back\b)(?P<object>[^.;:!?]{{2,70}}?)\s+(?:out\s+of|from)\s+{LIST}",
    ),
    (
        "driven out",
        "captured",
        "passive",
        "drive out",
        rf"(?P<object>\b{FORCES}(?:\s+[\w'’-]+){{0,3}}?)\s+(?:{ADVERB}\s+){{0,2}}{AUX}(?P<verb>driven|ousted|expelled|pushed|forced|dislodged|evicted|ejected|chased|flushed|routed|cleared)\s+(?:out\s+of|from)\s+{LIST}",
    ),
    (
        "to fall",
        "captured",
        "finite",
        "capitulate, depart, change grip, infinitive stem",
        rf"{SUBJECTS}{APPOSED}\s*(?P<verb>(?:(?:has\s+|had\s+)?bec[oa]me|becomes|is|was)\s+the\s+(?:[\w'’-]+\s+){{0,4}}?(?:{TOWN}\s+)?(?:[\w'’-]+\s+){{0,3}}?to\s+(?:fall|go\b|surrender|capitulate|change\s+hands|be\s+(?:\w+ly\s+)?{TAKEN}))",
    ),
    (
        "among",
        "captured",
        "finite",
        "settlements prize",
        rf"\b(?P<verb>(?:towns|cities|villages|places|bases|settlements|conquests|gains|prizes)(?:\s+[\w'’-]+)?\s+(?:(?:{TAKEN})\s+)?(?:[\w'’-]+\s+){{0,3}}?(?:{DATE}\s+)?(?:included?|were|was|are))\s+{LIST}",
    ),
    (
        "held since",
        "captured",
        "finite",
        "since held",
        rf"\b(?P<verb>(?:held|controlled|occupied|in\s+control\s+of))\s+{LIST}(?=[^.;,]{{0,20}}\bsince\s+(?:\w+\s+){{0,2}}{DATE})",
    ),
    (
        "under control since",
        "captured",
        "finite",
        "since held",
        rf"{SUBJECTS}{APPOSED}\s*(?P<verb>(?:has|have|had)\s+(?:{ADVERB}\s+)?been\s+(?:{ADVERB}\s+)?(?:in|under)\s+(?:the\s+)?(?:[\w'’-]+\s+){{0,3}}?(?:hands|control|rule|occupation))",
    ),
    (
        "under control since",
        "captured",
        "finite",
        "since held",
        rf"{SUBJECTS}{APPOSED}\s*,?\s*(?:has\s+been\s+|had\s+been\s+)?(?P<verb>(?:in|under)\s+(?:the\s+)?(?:[\w'’-]+\s+){{0,3}}?(?:hands|control|rule|occupation)|[\w-]+-(?:held|controlled|occupied|ruled)|(?:held|occupied|controlled|ruled)\s+by\s+(?:[\w'’-]+\s+){{1,4}}?)\s*(?=\bsince\s+(?:\w+\s+){{0,2}}{DATE})",
    ),
    (
        "where",
        "captured",
        "finite",
        "where control, where off",
        rf"{SUBJECTS}\s*,?\s+where\s+(?:[\w'’-]+\s+){{1,6}}?(?P<verb>(?:t[ao]ke?n?|took|seized|regained|gained|wrested|retook|reasserted|re-?established|assumed)\s+(?:full\s+|complete\s+|back\s+)*(?:control|charge|over){OBJECT_GAP})",
    ),
    (
        "with it",
        "captured",
        "noun",
        "hold",
        rf"\bin\s+(?:their|his|its|our|rebel|insurgent)\s+(?:possession|hands)\b,?\s+and\s+(?P<verb>with\s+(?:it|them|that)),?\s+{LIST}",
    ),
    (
        "that of",
        "captured",
        "noun",
        "follow",
        rf"\b(?P<verb>follow(?:ed|ing)\s+(?:\w+\s+){{0,3}}?by\s+(?:that|those))\s+of\s+{LIST}",
    ),
    (
        "won",
        "captured",
        "finite",
        "win force",
        rf"{FORCES}\s+(?:{ADVERB}\s+|have\s+|had\s+|has\s+)*(?P<verb>won|bagged|pocketed|gained|prised|plucked|swallowed|reclaimed)\s+{LIST}(?!\s+(?:over|seats?|votes?|province\s+by))",
    ),
    (
        "gave way",
        "captured",
        "finite",
        "submit, give",
        rf"{SUBJECTS}{APPOSED}\s*(?:{ADVERB}\s+)?(?P<verb>opened\s+its\s+gates|struck\s+its\s+colours|submitted\s+to|gave\s+in|caved\s+in|declared\s+for\s+the|was\s+rid\s+of|slipped\s+out\s+of|ran\s+up\s+the\s+white\s+flag|was\s+gone)\b",
    ),
    (
        "passive",
        "captured",
        "passive",
        "be stem, be win back, be yield, be give off, be sign off, be clear, be storm",
        rf"{SUBJECTS}{APPOSED}\s*,?\s*(?:{ADVERB}\s+){{0,2}}{AUX}(?P<verb>(?:{TAKEN}(?:\s+(?:over|back))?{NO_TAKE}|won\s+back|{GIVEN}|returned\s+to\s+(?:the\s+)?(?:government|state|army|regime|rebels)|(?:cleared|cleansed|purged|emptied)\s+of(?=\s+(?!mines|snow|rubble|debris))|stormed\s+and\s+\w+)(?!\w))",
    ),
    (
        "falls",
        "captured",
        "finite",
        "fall, slip, change hands, pass hands, go off, be sway, go sway",
        rf"{SUBJECTS}{APPOSED}\s*,?\s*(?:{ADVERB}\s+){{0,3}}(?:(?:has|have|had)\s+(?:{ADVERB}\s+){{0,2}})?(?P<verb>{FALLS})(?=\W|$)",
    ),
    (
        "relative",
        "captured",
        "finite",
        "take which, win back which",
        rf"{SUBJECTS}(?:\s*,)?(?:\s+[^.;:!?(){PLACE[0]}]{{1,70}})?\s*\b(?:which|that)\s+(?!(?:was|were|is|are|has|had|have)\b)(?:[\w'’-]+\s+){{1,7}}?(?P<verb>(?:{TAKES}(?:\s+(?:over|back))?|won\s+back){OBJECT_GAP})",
    ),
    (
        "headline",
        "captured",
        "passive",
        "stem",
        rf"(?:^|[:•*.]\s*|{DATE}\s*[-–—:,]?\s*|[-–—]\s+){SUBJECTS}\s+(?P<verb>{TAKEN}(?:\s+(?:back|over))?)(?=\s*(?:[.;,]|$|by\s|in\s|on\s|from\s|{DATE}))",
    ),
    (
        "reduced",
        "captured",
        "passive",
        "stem",
        rf"{SUBJECTS}\s*[,:]\s+(?:first\s+|only\s+|itself\s+|\w+ly\s+)?(?P<verb>{TAKEN}(?:\s+(?:back|over))?{NO_TAKE}){OBJECT_GAP}",
    ),
    (
        "in hands",
        "captured",
        "finite",
        "grip, ours",
        rf"{SUBJECTS}{APPOSED}\s*(?P<verb>(?:(?:is|was|are|were|has\s+been|had\s+been)\s+)?(?:{ADVERB}\s+){{0,2}}(?:back|now|once\s+(?:more|again))\s+(?:firmly\s+|fully\s+)?(?:in|under)\s+(?:the\s+)?(?:[\w'’-]+\s+){{0,3}}?(?:hands|control|possession|flag|rule)|in\s+(?:the\s+)?(?!government\s+hands\s+\w+ing)[\w'’-]+\s+hands\s+(?=by\s)|(?:is|are|was|were)\s+(?:ours|theirs)\b)(?:\s+of)?",
    ),
    ("noun", "captured", "noun", "noun", rf"\b(?P<verb>{FALL_NOUN})\s+(?:back\s+)?of\s+{LIST}"),
    (
        "noun",
        "captured",
        "noun",
        "noun",
        rf"(?P<places>{PLACE})['’]s?\s+(?P<verb>{FALL_NOUN})\b(?!\s+of\b)",
    ),
    (
        "control passed",
        "captured",
        "finite",
        "control",
        rf"\bcontrol\s+(?:of|over)\s+{LIST}\s+(?:{ADVERB}\s+|has\s+|have\s+|had\s+){{0,3}}(?P<verb>pass(?:ed|es)|went|changed|shifted|switched|slipped|was\s+(?:handed|given|ceded|turned|transferred))",
    ),
    ("turn of", "captured", "noun", "turn", rf"\b(?P<verb>the\s+turn\s+of)\s+{LIST}"),
    (
        "the same way",
        "captured",
        "finite",
        "go, meet, follow",
        rf"{SUBJECTS}{APPOSED}\s*,?\s*(?:{ADVERB}\s+){{0,2}}(?:has\s+|had\s+)?(?P<verb>(?:went|go(?:es)?|gone)\s+the\s+same\s+way|went(?=\s*(?:on\s+)?{DATE})|(?:suffered|met|shared)\s+(?:the\s+same|a\s+similar|its|that)\s+fate|followed(?:\s+suit)?(?=\s*(?:[.,;]|$|{DATE}|on\s|the\s|hours\s|two\s|a\s|in\s+turn)))",
    ),
    (
        "so did",
        "captured",
        "finite",
        "so",
        rf"\b(?P<verb>(?:as|so)\s+(?:did|had|have|has|was|were))\s+{LIST}",
    ),
    (
        "left",
        "withdrawn",
        "finite",
        "leave force, fall back force, give off force",
        rf"\b(?P<verb>{LEAVE})\s+{LIST}",
    ),
    (
        "left",
        "withdrawn",
        "passive",
        "leave be",
        rf"{SUBJECTS}{APPOSED}\s*{AUX}(?P<verb>(?:abandoned|evacuated|vacated)\s+by\s+(?:the\s+|its\s+)?(?:[\w'’-]+\s+){{0,3}}?{FORCES})",
    ),
    (
        "withdrawal",
        "withdrawn",
        "noun",
        "leave force",
        rf"\b(?P<verb>(?:withdrawal|retreat|pull-?out|pullback)\s+(?:of\s+(?:[\w'’-]+\s+){{1,6}}?)?from)\s+{LIST}",
    ),
    (
        "entered",
        "entered",
        "finite",
        "enter force, storm force, drive into force",
        rf"\b(?P<verb>{ENTER})\s+(?:the\s+(?:[\w-]+\s+)?(?:heart|cent(?:re|er)|quarters?|districts?|suburbs|streets|neighbou?rhoods?)\s+of\s+)?{LIST}",
    ),
    (
        "reached",
        "reached",
        "finite",
        "reach force",
        rf"\b(?P<verb>{REACH})\s+(?:the\s+(?:\w+\s+)?(?:outskirts|gates?|edges?|suburbs?|entrance)\s+(?:of|to)\s+)?{LIST}",
    ),
    (
        "counter",
        "counter_offensive",
        "finite",
        "counter",
        rf"\b(?P<verb>(?:{START}|repelled|beat\s+off)\s+(?:an?\s+|the\s+|its\s+|their\s+)?(?:[\w'’-]+\s+){{0,3}}?counter-?\s?(?:offensive|attack|assault))\s+(?:[\w'’-]+\s+){{0,4}}?(?:on|in|at|near|around|against|towards?|to\s+\w+)\s+{LIST}",
    ),
    (
        "offensive",
        "offensive_start",
        "finite",
        "attack begin",
        rf"\b(?P<verb>{START}\s+(?:an?\s+|the\s+|its\s+|their\s+)?(?:[\w'’-]+\s+){{0,5}}?{ATTACK})\s+(?:[\w'’-]+\s+){{0,3}}?(?:on|in|at|near|against|towards?|to\s+\w+|into)\s+{LIST}",
    ),
    (
        "offensive",
        "offensive_start",
        "finite",
        "attack begin",
        rf"\b(?:{ATTACK}|battle|siege)\s+(?:[\w'’-]+\s+){{0,2}}?(?:on|for|against|of|towards?|in)\s+{LIST}\s+(?:{ADVERB}\s+|has\s+|had\s+){{0,3}}(?P<verb>beg[au]n|started|opened|was\s+launched|got\s+under\s+way|begins)",
    ),
]

GLUED = "(?:on|in|at|from|without|by|after|before|during|last|earlier|early|late|two|three|a|over|just|only|this|almost|nearly|with|some|and)?"  # OBJECT_GAP asks for no blank
WORDS = {  # what a word (cut at blanks, lowered) may be to a rule; one word may be several things
    "take": TAKES + GLUED,
    "win": r"won|winning|wins|claw\w*|fought|got|bagged|pocketed|gained|prised|plucked|swallowed|reclaimed",
    "back": "back" + GLUED,
    "off": f"(?:over|up|away|back){GLUED}",
    "master": "masters?",
    "control": f"(?:control|possession|charge|command|hold){GLUED}",
    "settlements": "towns|cities|villages|places|districts|headquarters|positions|bases|settlements|hamlets|provinces|localities|conquests|gains|prizes",
    "yield": r"ced(?:e[sd]?|ing)|yield\w*|surrender\w*|relinquish\w*",
    "give": r"(?:hand|g[ai]v|turn|deliver)\w*",
    "hand": "handed|handing|hands",
    "drive": rf"{DRIVE}|roll(?:ed|s|ing)?|mov(?:ed|es|ing)|march(?:ed|es|ing)?|burst|broken?|pour(?:ed|s|ing)?|fought|rode|penetrated|charg(?:ed|es)|flood(?:ed|s)|push\w*|sweep\w*",
    "out": "out|from",
    "into": "into",
    "fall": r"f[ae]ll(?:s|en|ing)?|capitulat\w*|surrender\w*|succumb\w*",
    "slip": "slip(?:s|ped)|slid",
    "go": r"go|goes|went\w*|gone|came|come|comes|slid|slipped",
    "change": r"chang\w+|shifted|switched",
    "pass": "pass(?:ed|es)?",
    "hands": "hands|sides?|masters|control|possession|rule|government|rebels|insurgents|army|militias?|militants|front|custody",
    "sway": "control|rule|hands|sway",
    "hold": "possession|hands",
    "depart": "go",
    "infinitive": "be",
    "capitulate": r"(?:fall|surrender|capitulat)\w*",
    "grip": r"(?:hands|control|possession|flag|rule)\w*",
    "ours": "ours|theirs",
    "prize": PRIZE,
    "since": r"\w*since\w*",
    "held": r"\w*(?:hands|control|rule|occupation|held|occupied)\w*",
    "where": "where",
    "which": "which|that",
    "be": "was|were|is|are|been|being|be|got|gets",
    "force": rf"\w*{FORCES}|[a-z]{{2,4}}-(?:led|backed)\w*",
    "submit": "gates|colours|submitted|caved|declared|rid|slipped|flag|gone",
    "sign": "signed",
    "clear": "returned|cleared|cleansed|purged|emptied",
    "storm": r"storm\w*",
    "noun": FALL_NOUN,
    "turn": "turn",
    "follow": r"followed\w*|following",
    "meet": "suffered|met|shared",
    "so": "as|so",
    "leave": r"withdr\w+|pull\w*(?:-out)?|retreat\w*|retir(?:ed|es|ing)|decamp\w*|abandon\w*|quit\w*|vacat\w*|evacuat\w*",
    "enter": r"enter\w*|penetrat\w*",
    "reach": r"reach\w*|arriv\w*|gates|sight|outskirts|doorstep",
    "counter": r"counter\w*",
    "attack": f"{ATTACK}|battle|siege",
    "begin": r"launch\w*|beg[au]n\w*|begins\w*|start\w*|open\w*|mount\w*|unleash\w*|got",
    "stem": rf"(?:{TAKEN}|fell|lost|overrun)\w*",
    "bracket": r"\S*\(\S*",
}


class Rule(NamedTuple):
    """A frame of a sentence: its name, what it tells, the form of its verb, its gate as sets of bits one of which a sentence must hold whole."""

    name: str
    measure: str
    form: str
    gate: tuple[int, ...]
    pattern: re.Pattern


# Words at which the shape of a rule may be anchored (`sketches`).
_HEADS = "take win control master yield give hand drive fall slip go change pass held clear sign storm noun turn leave enter reach stem"
_BITS = {name: 1 << order for order, name in enumerate(WORDS)}


def _read_gate(gate: str) -> tuple[int, ...]:
    return tuple(sum(_BITS[word] for word in words.split()) for words in gate.split(", "))


_HEAD = sum(_read_gate(_HEADS))
RULES = [
    Rule(rule, measure, form, _read_gate(gate), re.compile(pattern))
    for rule, measure, form, gate, pattern in _RULES
]
_BRACKETED = _read_gate("bracket prize, bracket stem")
FOLLOWING = {
    "turn of",
    "the same way",
    "so did",
    "that of",
}  # say nothing by themselves: an event must have been told before
BLANKS = re.compile(r"[\s\"“”‘`_\[\]]")
_ANY = re.compile(
    "(?<!\\w)(?:"
    + "|".join(words for words in WORDS.values() if words[0] != "\\")
    + f")(?!\\w)|since|hands|control|rule|occupation|held|occupied|{FORCES}|-led|-backed|\\("
)
_EACH = [(_BITS[name], re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for name, words in WORDS.items()]


def judge_word(word: str) -> int:
    """What a word may be to the rules, as bits; with signs glued on, or several words in one ("army-held", "took—then")."""
    word = BLANKS.sub(" ", word)
    return sum(bit for bit, pattern in _EACH if pattern.search(word)) if _ANY.search(word) else 0


_JUDGED = Memo(judge_word)


def is_head(bits: int) -> bool:
    """Whether a word with these bits may be the verb or noun of a rule."""
    return bool(bits & _HEAD)


def is_auxiliary(bits: int) -> bool:
    """Whether a word with these bits may stand before a participle: "was", "been"."""
    return bool(bits & _BITS["be"])


def judge_words(lowered: str) -> int:
    """What the words of a sentence may be to the rules, as bits."""
    bits = 0
    for word in lowered.split():
        bits |= _JUDGED[word]
    return bits


@lru_cache(maxsize=10_000)
def choose_rules(bits: int, follows: bool) -> tuple[tuple[Rule, ...], bool]:
    """The rules that a sentence with these bits may match, and whether it may have a place with a date in brackets.

    `follows`: whether an event was told before it.
    """
    return drop_followers(
        tuple(rule for rule in RULES if _opens(rule.gate, bits)), follows
    ), _opens(_BRACKETED, bits)


def drop_followers(rules: tuple[Rule, ...], follows: bool) -> tuple[Rule, ...]:
    """No rules, where only such are left as tell nothing by themselves, and nothing was told before."""
    return rules if follows or any(rule.name not in FOLLOWING for rule in rules) else ()


def _opens(gate: tuple[int, ...], bits: int) -> bool:
    """Whether a sentence with these bits passes a gate."""
    return any(bits & needed == needed for needed in gate)
