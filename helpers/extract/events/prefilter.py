"""A second gate, behind the words of `ground`: where a place would have to stand for a rule to match.

A sketch is a sentence, lowered, with a sign behind every word that may belong to the name of a place, or stand for one ("the town").
It costs a look-up a word, and needs nothing of the rest of the text. What a sketch refuses, no rule would match
(tests/test_extract_gates.py); most sentences with a "taken" or a "fell" in them end here.
"""

import re
from functools import partial

from helpers.extract.dates.calendar import MONTHS, WEEKDAYS
from helpers.extract.events.pieces import DRIVE, FAC, FALL_NOUN, GROUNDS
from helpers.extract.events.rules import Rule, drop_followers, is_auxiliary, is_head, judge_word
from helpers.extract.places.names import JOINERS, READ, STANDS_BEFORE, TOKEN
from helpers.extract.rules.ground import ADVERB, TAKEN, TAKES
from helpers.extract.text.cache import Memo

SIGN = "\ue004"  # behind a word that may be of a place
VERB, BE, IT = (
    "\ue005",
    "\ue006",
    "\ue007",
)  # before one that may be the verb or noun of a rule; before "was", "been"; before "it", "that", "which"
_STANDS_FOR = frozenset(
    "city town village capital place hamlet island islet settlement base airport airfield citadel stronghold port cities towns villages places bases both".split()
)


_IT = re.compile(r"\b_*(?:it|that|which)_*\b")


def make_marks(own: frozenset[str]) -> Memo:
    """A stretch without blanks → the same lowered, with its signs. `own`: words of the corpus's own names."""
    return Memo(partial(_mark, own))


def sketch_places(lowered: str, places: list[tuple[int, int]]) -> str:
    """The sketch of a stretch whose places are known (start and end in it, in order): each is one word with its sign."""
    for start, end in reversed(places):
        lowered = f"{lowered[:start]}x{SIGN}{lowered[end:]}"
    return " ".join(map(_PLAIN.__getitem__, lowered.split()))


def _mark(own: frozenset[str], stretch: str) -> str:
    marked, at = "", 0
    for match in TOKEN.finditer(stretch):
        folded, is_name = READ[match[0]]
        may = (
            is_name
            and folded not in STANDS_BEFORE
            or folded in own
            or folded in _STANDS_FOR
            or folded in JOINERS
            and len(folded) > 2
        )
        sign = SIGN if may else ""
        marked += stretch[at : match.end()] + sign
        at = match.end()
    bits = judge_word(stretch.lower())
    return (
        (IT if _IT.search(stretch.lower()) else "")
        + (VERB if is_head(bits) else "")
        + (BE if is_auxiliary(bits) else "")
        + (marked + stretch[at:]).lower().replace("_", " ")
    )


_PLAIN = make_marks(frozenset())
_STOP = r"(?!(?:and|or|but|in|on|at|by|to|from|of|for|with|near|around|outside|towards?|between|against|after|before|as|was|were|is|are|had|has|who|which|that|under|during|while|when|among|amid|over|into|through|until|since|if|because|then|also|without|inside|across|along|not|be|been|being)\b)"
_WORD, _WORDS = r"[\w'’-]+", r"(?:[\w'’-]+\W+)"
_MONTHS = "|".join(sorted({*MONTHS, *WEEKDAYS}, key=len, reverse=True))
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?\b"
_DAY = (
    rf"(?:(?:19|20)\d\d(?:[-–]\d{{2,4}}){{0,2}}\w?|[0-3]?\d[/.][\d/.]+|the\W+\d{{1,2}}(?:st|nd|rd|th)(?!\W+time)|(?:{_MONTHS})\b(?:\W+(?:(?:the|to|and|until|through)\W+)?{_NUMBER}){{0,2}}|yesterday|today|tonight|overnight|night|morning|afternoon|evening|midnight|noon|dawn|"
    r"hours?|days?|weeks?|weekend|months?|years?|decade|fortnight)"
)
_DATE = rf"(?:{_WORDS}{{0,9}}?{_DAY}(?:\W+(?:ago|later|earlier|afterwards?|after|before)\b(?:\W+that)?)?)"  # what may be a date, and more


def _loosen(pattern: str) -> str:
    """A pattern for masked sentences as one for sketches, in which quotes, brackets and signs may stand between words."""
    return pattern.replace(r"\s+", r"\W+").replace(r"\s?", r"\W?").replace(r"\ue002\ue003*|", "")


_ADVERBS = rf"(?:(?:{_loosen(ADVERB)})\W+){{0,4}}(?:{_WORDS}{{0,9}}?{_DAY}\W+{_WORDS}{{0,14}}?)?"
_AUX = rf"(?:(?:was|were|is|are|been|being|got|gets)\W+{_ADVERBS}(?:been\W+|being\W+)?(?:(?:{_loosen(ADVERB)})\W+){{0,2}})"
# Between a verb and the place it takes stand no other prepositions than these; between a place and its verb its own words, or an apposition.
_LED = rf"(?:(?:{_loosen(FAC)}|{_loosen(GROUNDS)}|all|much|most|rest|whole|territory|ground|land|control|heart|streets|outskirts|gates?|edges?|suburbs?|entrance|last\W+{_WORD}(?:\W+{_WORD})?)\W+(?:of|called|named|at|in|to)\W+|{_STOP}{_WORD}\W+)"
_OBJECT = rf"\W+(?:{_DATE}\W+)?(?:back\W+|by\W+storm\W+)?{_LED}{{0,30}}?(?:(?:the|that|this)\W+{_WORDS}{{0,2}}?)?[\w'’-]*\w{SIGN}"
_PLACE = rf"{SIGN}(?:\W+{_STOP}{_WORD}){{0,8}}?"
_SUBJECT = rf"{_PLACE}(?:\W*[,(–—-][^;:!?]{{1,170}}?[,)–—-])?\W+"
_NEXT = rf"(?=\W*(?:$|[,.;:)])|\W*(?:on|in|at|from|without|by|after|before|during|last|earlier|early|late|two|three|a|over|just|only|this|that|almost|nearly|with|some|and)\W|\W+{_DATE})"
_V, _B = rf"{VERB}\S*?\b", rf"{BE}\S*?\b"
_PASSIVE = rf"(?:{TAKEN}(?!\w)|won\W+back|(?:handed|turned|given)\W+(?:over|back)|ceded|surrendered|yielded|relinquished|delivered\W+up|signed\W+over|returned\W+to|(?:cleared|cleansed|purged|emptied)\W+of|stormed\W+and)"
_FALLS = (
    rf"(?:{_V}(?:f[ae]ll(?:s|en|ing)?\b(?![\s{IT}{VERB}{BE}{SIGN}]+(?:short|silent|quiet|apart|behind|below|above|asleep|victim|steeply|sharply|off)\b)|capitulat\w*|surrender\w*|chang\w*\W+(?:hands|sides|masters)|pass(?:es|ed)?\W+(?:\w+\W+)?(?:in)?to\b|"
    rf"(?:go|goes|went|gone|came|come|comes|slid|slipped)\W+over\W+to|slip(?:s|ped)|succumb)|(?:{_V}|{_B})(?:came|comes|come|is|was|are|were)\W+(?:\w+ly\W+)?(?:back\W+)?(?:in|under|into)\W.*?(?:control|rule|hands|sway))"
)
_RELATIVE = rf"\b(?:which|that)\W+(?!(?:was|were|is|are|has|had|have)\b){_WORDS}{{1,7}}?(?:{TAKES}(?:\W+(?:back|over))?|won\W+back){_NEXT}"
_REDUCED = rf"[,:]\W+(?:first\W+|only\W+|itself\W+|\w+ly\W+)?{TAKEN}(?:\W+(?:over|back))?{_NEXT}"
_HEADLINE = rf"{TAKEN}(?:\W+(?:over|back))?(?=\W*(?:$|[.;,])|\W*(?:by|in|on|from)\W|\W+{_DATE})"
_IN_HANDS = rf"(?:\b(?:back|now|once\W+(?:more|again))\W+(?:firmly\W+|fully\W+)?(?:in|under)\b|\bin\W+(?:the\W+)?{_WORD}\W+hands\W+by\b|\b(?:is|are|was|were)\W+(?:ours|theirs)\b)"
_GAVE_WAY = r"\b(?:opened\W+its\W+gates|struck\W+its\W+colours|submitted\W+to|gave\W+in|caved\W+in|declared\W+for\W+the|was\W+rid\W+of|slipped\W+out\W+of|ran\W+up\W+the\W+white\W+flag|was\W+gone)\b"
_TO_FALL = rf"\bto\W+(?:fall|go\b|surrender|capitulate|change\W+hands|be\W+(?:\w+ly\W+)?{TAKEN})"
_SHAPES = {  # rule → what its sketch must hold, all of it, the quickest first
    "listed": [
        rf"(?:towns|cities|villages|places|districts|headquarters|positions|bases|settlements|hamlets|provinces|localities)\b.*?(?::|including|among\W+them|such\W+as|namely).*?{SIGN}"
    ],
    "handed over": [
        rf"{_V}(?:hand|turn|ced|yield|surrender|g[ai]v|relinquish|deliver)\w*(?:\W+(?:over|back|up|away))?(?:\W+the)?{_OBJECT}"
    ],
    "active": [
        rf"{_V}(?:{TAKES}(?:\W+(?:back|over))?|(?:won|winning|wins|claw\w*|fought|got)\W+back|(?:control|possession|charge|command|hold)\W+(?:of|over)|masters?\W+of){_OBJECT}"
    ],
    "driven out": [rf"{_V}{DRIVE}\b.*?\b(?:out\W+of|from){_OBJECT}"],
    "to fall": [
        _TO_FALL,
        rf"{_SUBJECT}(?:(?:has|had)\W+)?(?:bec[oa]me|becomes|is|was)\W+the\W+{_WORDS}{{0,12}}?{_TO_FALL}",
    ],
    "among": [
        rf"\b(?:towns|cities|villages|places|bases|settlements|conquests|gains|prizes)\W+.*?\b(?:included?|were|was|are){_OBJECT}"
    ],
    "held since": [rf"{_V}(?:held|controlled|occupied|control\W+of){_OBJECT}"],
    "under control since": [
        rf"{SIGN}.*?\b(?:(?:in|under)\W+{_WORDS}{{0,6}}?(?:hands|control|rule|occupation)|(?:held|occupied|controlled|ruled)\W+by\b|{_WORD}-(?:held|controlled|occupied|ruled))"
    ],
    "where": [rf"{SIGN}.*?\bwhere\W+{_WORDS}{{1,12}}?(?:control|charge|over)"],
    "with it": [rf"\bwith\W+(?:it|them|that){_OBJECT}"],
    "won": [rf"{_V}(?:won|bagged|pocketed|gained|prised|plucked|swallowed|reclaimed){_OBJECT}"],
    "gave way": [_GAVE_WAY, rf"{_SUBJECT}{_ADVERBS}{_GAVE_WAY}"],
    "passive": [
        rf"{_B}{_AUX}{_PASSIVE}",
        rf"{_SUBJECT}{_ADVERBS}(?:(?:has|have|had)\W+{_ADVERBS})?{_AUX}{_PASSIVE}",
    ],
    "falls": [_FALLS, rf"{_SUBJECT}{_ADVERBS}(?:(?:has|have|had)\W+{_ADVERBS})?(?<!\w){_FALLS}"],
    "relative": [_RELATIVE, rf"{_PLACE}[^;:!?()]{{0,80}}?{_RELATIVE}"],
    "headline": [_V + _HEADLINE, rf"{_PLACE}\W+{_HEADLINE}"],
    "reduced": [_REDUCED, rf"{_PLACE}\W*{_REDUCED}"],
    "in hands": [
        _IN_HANDS,
        rf"{_SUBJECT}(?:(?:is|was|are|were|(?:has|had)\W+been)\W+)?{_ADVERBS}{_IN_HANDS}",
    ],
    "noun": [rf"{_V}{FALL_NOUN}\W+(?:back\W+)?of{_OBJECT}|{_PLACE}\W+{FALL_NOUN}\b"],
    "control passed": [
        rf"{_V}control\W+(?:of|over){_OBJECT}.*?\b(?:pass|went|changed|shifted|switched|slipped|was\W)"
    ],
    "so did": [rf"\b(?:as|so)\W+(?:did|had|have|has|was|were){_OBJECT}"],
    "the same way": [r"\bthe\W+same\W+way\b|\bwent\W|\bfate\b|\bfollowed"],
    "turn of": [rf"\bthe\W+turn\W+of{_OBJECT}"],
    "left": [
        rf"{_V}(?:(?:withdr|pull|retreat|retir|fell\W+back|decamp)\w*\W+{_WORDS}{{0,4}}?(?:from|of)|(?:abandon|quit|vacat|evacuat)\w*|g[ai]v\w*\W+up){_OBJECT}|{SIGN}.*?{_B}{_AUX}(?:abandoned|evacuated|vacated)\W+by\b"
    ],
    "withdrawal": [rf"{_V}(?:withdrawal|retreat|pull-?out|pullback)\W.*?\bfrom{_OBJECT}"],
    "entered": [rf"(?:{_V}(?:enter\w*|storm\w*(?:\W+into)?|penetrat\w*)|\binto){_OBJECT}"],
    "reached": [
        rf"{_V}(?:reach\w*|arriv\w*\W+(?:at|in)|(?:gates|sight|outskirts|doorstep)\W+of){_OBJECT}"
    ],
}
_SHAPED = {rule: [re.compile(shape) for shape in shapes] for rule, shapes in _SHAPES.items()}
_ANY_SIGN = [re.compile(SIGN)]
# "captured it", "that fell", "which was taken": one word for a place named before.
_MEANS = re.compile(
    rf"{_V}(?:{TAKES}(?:\W+back)?|entered|abandoned)\W+it\b|{IT}\S*?(?:it|that)\W+(?:(?:has|had)?\W*{_ADVERBS}(?:fell|fallen|capitulated|surrendered|changed\W+hands)\b|(?:was|has\W+been|had\W+been|is)\W+{_ADVERBS}(?:{TAKEN}\b|handed\W+over))"
    rf"|{IT}\S*?(?:which|that)\W+(?:{_ADVERBS}(?:fell|had\W+fallen|capitulated|changed\W+hands|surrendered)|(?:was|were|had\W+been|has\W+been)\W+{_ADVERBS}(?:{TAKEN}\b|handed\W+over|overrun))"
)


# Signs that may stand in a word and between words: with n of them in a sentence, shapes would try 2ⁿ ways to read it.
_JOINTS, _MOST_JOINTS = "'’-", 8


def choose_shaped(rules: tuple[Rule, ...], sketch: str, follows: bool) -> tuple[Rule, ...]:
    """The rules, of some, that a sentence with this sketch may match. `follows`: whether an event was told before."""
    if sum(map(sketch.count, _JOINTS)) > _MOST_JOINTS:
        return rules
    if IT in sketch and _MEANS.search(sketch):
        return rules
    if SIGN not in sketch:
        return ()
    return drop_followers(
        tuple(
            rule
            for rule in rules
            if all(shape.search(sketch) for shape in _SHAPED.get(rule.name, _ANY_SIGN))
        ),
        follows,
    )
