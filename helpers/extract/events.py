"""Pace events without a number: places captured, entered, reached or left, and offensives that begin.

Places and dates are masked in the sentence by signs of the same length, "the town" and "it" by the place they
stand for; a few frames (active, passive, "X fell", "the loss of X", "drove … out of X") then find the rest. Each event takes its days from its own
clause, else from its heading, the sentences around it, or at last the text's date (`timing`).
"""

import itertools
import re
from datetime import date
from typing import NamedTuple

from helpers.extract.dates import Dating
from helpers.extract.frames import ADVERB, DATE, FALLS, FEATURE, FORCES, GAVE, GIVEN, HOLDS, MODIFIERS, PEOPLE, PLACE, TAKEN, TAKES, TOWN
from helpers.extract.gazetteer import PlaceMention, key_name
from helpers.extract.sentences import Sentence
from helpers.extract.stance import judge_stance
from helpers.extract.timing import Timing, find_datelines, time_events

_MOD = r"(?:(?!(?:and|or|but|in|on|at|by|to|from|of|for|with|near|around|outside|towards?|between|against|after|before|as|was|were|is|are|had|has|who|which|that|under|during|while|when|among|amid|over|into|through|until|since|if|because|then|also|without|inside|across|along|not|be|been|being|to)\b)[\w'’-]+\s+)"
_FAC = r"(?:" + TOWN + r"|border\s+crossing|border\s+post|airstrip|air\s+base|army\s+base|military\s+base|naval\s+base|refugee\s+camp|dam|bridges?|barracks|prison|garrison|international\s+airport|military\s+airport|city\s+cent(?:re|er)|town\s+cent(?:re|er)|cent(?:re|er)|valley|crossing|oil\s?fields?|refinery|governorate|county|department|peninsula|pass|heights|headquarters|monastery)"
_GROUNDS = r"(?:ports?|airports?|airfields?|airstrip|airbases?|(?:air|army|military|naval)\s+bases?|bases?|citadel|castle|fort|fortress|bridges?|dam|barracks|prison|garrison|crossing|headquarters|camps?|quarters?|neighbou?rhoods?|suburbs?|districts?|refinery|oil\s?fields?|cent(?:re|er)|positions?|defen[cs]es)"
_SITE = (
    rf"(?:(?:the|an?|its|their|his)\s+)?(?:{_MOD}{{0,4}}?{_FAC}\s+(?:of|called|named)\s+(?:the\s+)?|{_MOD}{{0,4}}?{_GROUNDS}\s+(?:at|in)\s+(?:the\s+)?)"
    rf"|(?:the\s+|{PLACE}['’]s?\s+){_MOD}{{0,4}}?{TOWN}\s*,?\s+"
)
_ITEM = rf"(?:{_SITE}|(?:(?:both|all\s+of|all|much\s+of|most\s+of|nearby|nearly\s+all\s+of|almost\s+all\s+of|the\s+rest\s+of|the\s+whole\s+of|neighbou?ring|the\s+last\s+[\w-]+\s+(?:[\w-]+\s+)?in|(?:more\s+)?(?:territory|ground|land)\s+in)\s+)*(?:the\s+)?(?:{MODIFIERS}{{1,4}})?)"
_NOUN_BEHIND = r"(?!\s+(?:residents?|commanders?|mayor|governor|villagers|officials?|police|tribesmen|men|fighters|soldiers|troops|militants|rebels|leaders?|seats?|votes?|title|championship|hostages?|prisoners|headlines|passports?|native)\b|-based|-born)"
_NP = rf"{_ITEM}{PLACE}(?:['’]s?\s+(?:{_MOD}{{0,3}}?){_FAC}\b|(?!['’])(?:\s+{_MOD}{{0,2}}?{_FAC}\b)?){_NOUN_BEHIND}(?:\s+(?:itself|proper|alike|too))?"
_SHORT = rf"(?:{_SITE}|(?:the\s+)?(?:{_MOD}{{0,3}}?{FEATURE}\s+)?)?{PLACE}(?:['’]s?\s+(?:{_MOD}{{0,3}}?){_FAC}\b|(?!['’])(?:\s+{_MOD}{{0,2}}?{_FAC}\b)?)(?:\s+(?:itself|proper))?"
_JOIN = r"(?:\s*,\s+(?:and\s+)?(?:then\s+|later\s+)?|\s+and\s+(?:then\s+|later\s+|also\s+|finally\s+)?|,?\s+as\s+well\s+as\s+|\s*,?\s+followed\s+by\s+|\s+or\s+|\s*&\s*)"
_LIST = rf"(?P<places>{_NP}(?>(?:{_JOIN}{_SHORT}(?!['’])){{0,9}}))"
_SUBJECTS = rf"(?P<places>(?>{_SHORT}(?:{_JOIN}{_SHORT}){{0,9}}))"  # atomic: a long list is read once
_APPOSED = r"(?:\s*,\s*[^;:.()!?]{1,140}?,|\s*\([^)]{1,60}\)|\s+[-–—]+\s+[^;:.()!?–—]{1,100}?\s+[-–—]+)?"
_AUX = rf"(?:(?:was|were|is|are|(?:has|have|had)\s+(?:{ADVERB}\s+){{0,2}}been|been|being|got|gets)\s+(?:{ADVERB}\s+){{0,3}}(?:been\s+|being\s+)?(?:{ADVERB}\s+){{0,2}})"
_NO_TAKE = rf"(?!\s+(?:to\b(?!\s+(?:the\s+)?(?:[\w'’-]+\s+){{0,2}}?{FORCES}\b)|ill\b|by\s+surprise|aback|hostage|part\b|place\b|away\b|off\b|seriously|for\s+granted|prisoner|into\s+account|in\s+by|from\s+the\s+list|up\s+by))"
_DRIVE = r"(?:dr[oi]ve|drives|driving|driven|oust(?:ed|s|ing)?|expel(?:led|s|ling)?|push(?:ed|es|ing)?|forc(?:ed|ing)|kick(?:ed|s|ing)?|clear(?:ed|s|ing)?|dislodg(?:ed|es|ing)|flush(?:ed|es|ing)?|rout(?:ed|s|ing)?|chas(?:ed|es|ing)|evict(?:ed|s|ing)|eject(?:ed|s|ing)|sweep|swept|thr[eo]w(?:n|ing)?|turf(?:ed|ing)|boot(?:ed|ing)|hound(?:ed|ing)|hurl(?:ed|ing)|beat(?:en|ing)?|r[au]n)"
_FALL_NOUN = r"(?:capture|recapture|fall|loss|seizure|liberation|conquest|takeover|recovery|retaking|surrender|overrunning|taking|annexation|capitulation)"
_ENTER = r"(?:enter(?:ed|s|ing)?|storm(?:ed|s|ing)?(?:\s+into)?|(?:swept|sweep(?:s|ing)?|push(?:ed|es|ing)?|roll(?:ed|s|ing)?|mov(?:ed|es|ing)|march(?:ed|es|ing)?|burst|broke|broken|pour(?:ed|s|ing)?|fought\s+their\s+way|drove|rode|penetrated|charg(?:ed|es)|flood(?:ed|s))\s+(?:deep\s+)?into|penetrat(?:ed|es))"
_REACH = r"(?:reach(?:ed|es|ing)?|arriv(?:ed|es|ing)\s+(?:at|in)|got\s+within\s+sight\s+of|(?:stood|stand|were|are|was|is|came|come|within)\s+(?:\w+\s+){0,2}?(?:at|on|in|to|within)?\s*(?:the\s+gates\s+of|sight\s+of|the\s+outskirts\s+of|the\s+doorstep\s+of))"
_LEAVE = r"(?:withdr(?:ew|aw|aws|awn|awing)|pull(?:ed|s|ing)?\s+(?:back|out)|retreat(?:ed|s|ing)?|retir(?:ed|es|ing)|fell\s+back|decamp(?:ed|s))\s+(?:\w+\s+){0,2}?(?:from|out\s+of|of)|abandon(?:ed|s|ing)?|quit|quits|quitting|vacat(?:ed|es|ing)|evacuat(?:ed|es|ing)|g[ai]v(?:e|es|en|ing)\s+up"
_START = r"(?:launch(?:ed|es|ing)?|beg[au]n|begins|start(?:ed|s|ing)?|open(?:ed|s|ing)?|mount(?:ed|s|ing)?|unleash(?:ed|es))"
_ATTACK = r"(?:offensive|assault|attack|operation|push|campaign|advance|incursion|invasion)"
_OBJECT_GAP = rf"(?=\s*(?:[,.;:)]|$|{DATE}|(?:on|in|at|from|without|by|after|before|during|last|earlier|early|late|two|three|a|over|just|only|this|that\s+same|almost|nearly|with|last|some|and)\s))"

_RULES = [  # (rule, measure, form, pattern); first rules win where two meet
    ("listed", "captured", "finite", rf"\b(?P<verb>{TAKES}|{HOLDS}|overr[ua]n)\s+(?:\w[\w'’-]*\s+){{0,6}}?(?:towns|cities|villages|places|districts|headquarters|positions|bases|settlements|hamlets|provinces|localities)\b(?:[^.;:]{{0,110}}:|[^.;:]{{0,40}}?,?\s+(?:including|among\s+them|such\s+as|namely))\s+(?:(?:on\s+|by\s+)?{DATE},?\s+)?{_LIST}"),
    ("handed over", "captured", "finite", rf"\b(?P<verb>{GAVE})\s+(?:(?:the\s+)?control\s+of\s+)?{_LIST}(?:\s+(?:back\s+)?(?:over\s+)?to\b)"),
    ("handed over", "captured", "finite", rf"\b(?P<verb>(?:hand|g[ai]v|turn)\w*\s+back)\s+{_LIST}"),
    ("handed over", "captured", "finite", rf"\b(?P<verb>handed|handing|hands)\s+{_LIST}\s+(?:back\s+)?(?:over\s+)?to\b"),
    ("active", "captured", "finite", rf"\b(?P<verb>(?:{TAKES})(?:\s+(?:back|over))?|(?:won|winning|wins|claw(?:ed|s|ing)?|fought|got)\s+back(?!\s+(?:place|part|aim|care|advantage|refuge|shelter|turns|toll|power|office|issue|note|steps|action|off)\b)|{HOLDS}|(?:made|make|making)\s+(?:itself|themselves|himself)\s+masters?\s+of|(?:is|are|was|were|became|now)\s+(?:the\s+)?masters?\s+of)\s+(?:{DATE}\s+)?(?:back\s+|first\s+|both\s+|by\s+storm\s+)?{_LIST}(?!\s+(?:by\s+surprise|hostage|seriously|for\s+granted)\b)"),
    ("driven out", "captured", "finite", rf"\b(?P<verb>{_DRIVE})\s+(?!into\b|back\b)(?P<object>[^.;:!?]{{2,70}}?)\s+(?:out\s+of|from)\s+{_LIST}"),
    ("driven out", "captured", "passive", rf"(?P<object>\b{FORCES}(?:\s+[\w'’-]+){{0,3}}?)\s+(?:{ADVERB}\s+){{0,2}}{_AUX}(?P<verb>driven|ousted|expelled|pushed|forced|dislodged|evicted|ejected|chased|flushed|routed|cleared)\s+(?:out\s+of|from)\s+{_LIST}"),
    ("to fall", "captured", "finite", rf"{_SUBJECTS}{_APPOSED}\s*(?P<verb>(?:(?:has\s+|had\s+)?bec[oa]me|becomes|is|was)\s+the\s+(?:[\w'’-]+\s+){{0,4}}?(?:{TOWN}\s+)?(?:[\w'’-]+\s+){{0,3}}?to\s+(?:fall|go\b|surrender|capitulate|change\s+hands|be\s+(?:\w+ly\s+)?{TAKEN}))"),
    ("among", "captured", "finite", rf"\b(?P<verb>(?:towns|cities|villages|places|bases|settlements|conquests|gains|prizes)(?:\s+[\w'’-]+)?\s+(?:(?:{TAKEN})\s+)?(?:[\w'’-]+\s+){{0,3}}?(?:{DATE}\s+)?(?:included?|were|was|are))\s+{_LIST}"),
    ("held since", "captured", "finite", rf"\b(?P<verb>(?:held|controlled|occupied|in\s+control\s+of))\s+{_LIST}(?=[^.;,]{{0,20}}\bsince\s+(?:\w+\s+){{0,2}}{DATE})"),
    ("under control since", "captured", "finite", rf"{_SUBJECTS}{_APPOSED}\s*(?P<verb>(?:has|have|had)\s+(?:{ADVERB}\s+)?been\s+(?:{ADVERB}\s+)?(?:in|under)\s+(?:the\s+)?(?:[\w'’-]+\s+){{0,3}}?(?:hands|control|rule|occupation))"),
    ("under control since", "captured", "finite", rf"{_SUBJECTS}{_APPOSED}\s*,?\s*(?:has\s+been\s+|had\s+been\s+)?(?P<verb>(?:in|under)\s+(?:the\s+)?(?:[\w'’-]+\s+){{0,3}}?(?:hands|control|rule|occupation)|[\w-]+-(?:held|controlled|occupied|ruled)|(?:held|occupied|controlled|ruled)\s+by\s+(?:[\w'’-]+\s+){{1,4}}?)\s*(?=\bsince\s+(?:\w+\s+){{0,2}}{DATE})"),
    ("where", "captured", "finite", rf"{_SUBJECTS}\s*,?\s+where\s+(?:[\w'’-]+\s+){{1,6}}?(?P<verb>(?:t[ao]ke?n?|took|seized|regained|gained|wrested|retook|reasserted|re-?established|assumed)\s+(?:full\s+|complete\s+|back\s+)*(?:control|charge|over){_OBJECT_GAP})"),
    ("with it", "captured", "noun", rf"\bin\s+(?:their|his|its|our|rebel|insurgent)\s+(?:possession|hands)\b,?\s+and\s+(?P<verb>with\s+(?:it|them|that)),?\s+{_LIST}"),
    ("that of", "captured", "noun", rf"\b(?P<verb>follow(?:ed|ing)\s+(?:\w+\s+){{0,3}}?by\s+(?:that|those))\s+of\s+{_LIST}"),
    ("won", "captured", "finite", rf"{FORCES}\s+(?:{ADVERB}\s+|have\s+|had\s+|has\s+)*(?P<verb>won|bagged|pocketed|gained|prised|plucked|swallowed|reclaimed)\s+{_LIST}(?!\s+(?:over|seats?|votes?|province\s+by))"),
    ("gave way", "captured", "finite", rf"{_SUBJECTS}{_APPOSED}\s*(?:{ADVERB}\s+)?(?P<verb>opened\s+its\s+gates|struck\s+its\s+colours|submitted\s+to|gave\s+in|caved\s+in|declared\s+for\s+the|was\s+rid\s+of|slipped\s+out\s+of|ran\s+up\s+the\s+white\s+flag|was\s+gone)\b"),
    ("passive", "captured", "passive", rf"{_SUBJECTS}{_APPOSED}\s*,?\s*(?:{ADVERB}\s+){{0,2}}{_AUX}(?P<verb>(?:{TAKEN}(?:\s+(?:over|back))?{_NO_TAKE}|won\s+back|{GIVEN}|returned\s+to\s+(?:the\s+)?(?:government|state|army|regime|rebels)|(?:cleared|cleansed|purged|emptied)\s+of(?=\s+(?!mines|snow|rubble|debris))|stormed\s+and\s+\w+)(?!\w))"),
    ("falls", "captured", "finite", rf"{_SUBJECTS}{_APPOSED}\s*,?\s*(?:{ADVERB}\s+){{0,3}}(?:(?:has|have|had)\s+(?:{ADVERB}\s+){{0,2}})?(?P<verb>{FALLS})(?=\W|$)"),
    ("relative", "captured", "finite", rf"{_SUBJECTS}(?:\s*,)?(?:\s+[^.;:!?(){PLACE[0]}]{{1,70}})?\s*\b(?:which|that)\s+(?!(?:was|were|is|are|has|had|have)\b)(?:[\w'’-]+\s+){{1,7}}?(?P<verb>(?:{TAKES}(?:\s+(?:over|back))?|won\s+back){_OBJECT_GAP})"),
    ("headline", "captured", "passive", rf"(?:^|[:•*.]\s*|{DATE}\s*[-–—:,]?\s*|[-–—]\s+){_SUBJECTS}\s+(?P<verb>{TAKEN}(?:\s+(?:back|over))?)(?=\s*(?:[.;,]|$|by\s|in\s|on\s|from\s|{DATE}))"),
    ("reduced", "captured", "passive", rf"{_SUBJECTS}\s*[,:]\s+(?:first\s+|only\s+|itself\s+|\w+ly\s+)?(?P<verb>{TAKEN}(?:\s+(?:back|over))?{_NO_TAKE}){_OBJECT_GAP}"),
    ("in hands", "captured", "finite", rf"{_SUBJECTS}{_APPOSED}\s*(?P<verb>(?:(?:is|was|are|were|has\s+been|had\s+been)\s+)?(?:{ADVERB}\s+){{0,2}}(?:back|now|once\s+(?:more|again))\s+(?:firmly\s+|fully\s+)?(?:in|under)\s+(?:the\s+)?(?:[\w'’-]+\s+){{0,3}}?(?:hands|control|possession|flag|rule)|in\s+(?:the\s+)?(?!government\s+hands\s+\w+ing)[\w'’-]+\s+hands\s+(?=by\s)|(?:is|are|was|were)\s+(?:ours|theirs)\b)(?:\s+of)?"),
    ("noun", "captured", "noun", rf"\b(?P<verb>{_FALL_NOUN})\s+(?:back\s+)?of\s+{_LIST}"),
    ("noun", "captured", "noun", rf"(?P<places>{PLACE})['’]s?\s+(?P<verb>{_FALL_NOUN})\b(?!\s+of\b)"),
    ("control passed", "captured", "finite", rf"\bcontrol\s+(?:of|over)\s+{_LIST}\s+(?:{ADVERB}\s+|has\s+|have\s+|had\s+){{0,3}}(?P<verb>pass(?:ed|es)|went|changed|shifted|switched|slipped|was\s+(?:handed|given|ceded|turned|transferred))"),
    ("turn of", "captured", "noun", rf"\b(?P<verb>the\s+turn\s+of)\s+{_LIST}"),
    ("the same way", "captured", "finite", rf"{_SUBJECTS}{_APPOSED}\s*,?\s*(?:{ADVERB}\s+){{0,2}}(?:has\s+|had\s+)?(?P<verb>(?:went|go(?:es)?|gone)\s+the\s+same\s+way|went(?=\s*(?:on\s+)?{DATE})|(?:suffered|met|shared)\s+(?:the\s+same|a\s+similar|its|that)\s+fate|followed(?:\s+suit)?(?=\s*(?:[.,;]|$|{DATE}|on\s|the\s|hours\s|two\s|a\s|in\s+turn)))"),
    ("so did", "captured", "finite", rf"\b(?P<verb>(?:as|so)\s+(?:did|had|have|has|was|were))\s+{_LIST}"),
    ("left", "withdrawn", "finite", rf"\b(?P<verb>{_LEAVE})\s+{_LIST}"),
    ("left", "withdrawn", "passive", rf"{_SUBJECTS}{_APPOSED}\s*{_AUX}(?P<verb>(?:abandoned|evacuated|vacated)\s+by\s+(?:the\s+|its\s+)?(?:[\w'’-]+\s+){{0,3}}?{FORCES})"),
    ("withdrawal", "withdrawn", "noun", rf"\b(?P<verb>(?:withdrawal|retreat|pull-?out|pullback)\s+(?:of\s+(?:[\w'’-]+\s+){{1,6}}?)?from)\s+{_LIST}"),
    ("entered", "entered", "finite", rf"\b(?P<verb>{_ENTER})\s+(?:the\s+(?:[\w-]+\s+)?(?:heart|cent(?:re|er)|quarters?|districts?|suburbs|streets|neighbou?rhoods?)\s+of\s+)?{_LIST}"),
    ("reached", "reached", "finite", rf"\b(?P<verb>{_REACH})\s+(?:the\s+(?:\w+\s+)?(?:outskirts|gates?|edges?|suburbs?|entrance)\s+(?:of|to)\s+)?{_LIST}"),
    ("counter", "counter_offensive", "finite", rf"\b(?P<verb>(?:{_START}|repelled|beat\s+off)\s+(?:an?\s+|the\s+|its\s+|their\s+)?(?:[\w'’-]+\s+){{0,3}}?counter-?\s?(?:offensive|attack|assault))\s+(?:[\w'’-]+\s+){{0,4}}?(?:on|in|at|near|around|against|towards?|to\s+\w+)\s+{_LIST}"),
    ("offensive", "offensive_start", "finite", rf"\b(?P<verb>{_START}\s+(?:an?\s+|the\s+|its\s+|their\s+)?(?:[\w'’-]+\s+){{0,5}}?{_ATTACK})\s+(?:[\w'’-]+\s+){{0,3}}?(?:on|in|at|near|against|towards?|to\s+\w+|into)\s+{_LIST}"),
    ("offensive", "offensive_start", "finite", rf"\b(?:{_ATTACK}|battle|siege)\s+(?:[\w'’-]+\s+){{0,2}}?(?:on|for|against|of|towards?|in)\s+{_LIST}\s+(?:{ADVERB}\s+|has\s+|had\s+){{0,3}}(?P<verb>beg[au]n|started|opened|was\s+launched|got\s+under\s+way|begins)"),
]
RULES = [(rule, measure, form, re.compile(pattern)) for rule, measure, form, pattern in _RULES]
_CHAIN = re.compile(rf"\s*(?:(?:{_JOIN}|\s*[,;:]\s*(?:and\s+)?|\s+and\s*,\s*)(?:(?:on\s+|by\s+)?{DATE}\s*,?\s*)?(?:in\s+turn\s+)?(?:of\s+)?)(?P<places>{_SHORT}(?:\s+and\s+{_SHORT}(?!\s*,?\s*(?:on\s+)?{DATE})(?!\s*(?:was|were|fell|has|had)\b))*)(?P<after>(?:\s*,[^,.;:]{{1,40}},)?(?:\s*,?\s*(?:on\s+|by\s+|early\s+|late\s+|only\s+|just\s+)*{DATE})?)(?!\s*(?:was|were|is|are|fell|has|had)\b)")
_AFTER_STOP = re.compile(rf"\s*(?:and\s+)?(?:then\s+)?(?P<places>{_SHORT})\s*,?\s*(?:on\s+)?{DATE}\s*[.;]?$")
_AND_VERB = re.compile(rf"(?:\band|\bbut|\bthen|,)\s+(?:{ADVERB}\s+){{0,3}}(?:was\s+|were\s+)?(?:{ADVERB}\s+){{0,2}}(?P<verb>{TAKEN}(?:\s+(?:over|back))?{_NO_TAKE})(?=\s+(?:by|on|in|from)\b|\s*{DATE}|\s*[.,;])")
_PARENTHESES = re.compile(rf"(?P<places>{PLACE})\s+\((?P<verb>{TAKEN}|fell|lost|overrun)?\s*(?:\w+\s+){{0,3}}?(?:on\s+)?{DATE}\)")
_PRIZE = re.compile(r"\b(?:prizes?|captur\w+|seiz\w+|taken|took|fell|fallen|falls?|conquest\w*|gains?|lost|losses|overrun|recover\w+|liberated)\b")
_OWNS = re.compile(rf"{PLACE}['’]s?\s+{_MOD}{{0,4}}?{TOWN}\s*,?\s+{PLACE}")
_TITLE = re.compile(r"[\"'“‘](?:the\s+)?$", re.I)
_PREPOSED = re.compile(r"\b(?:in|at|near|from|on|around|for|to|outside|between|into|towards?|with|against|over|inside|beyond|about|than|like|if\s+not|of|by)\s+(?:the\s+)?$")
_RAISED = re.compile(r"\b(?:rais(?:ed|ing)|hoist(?:ed|ing)|planted)\s+(?:\w+\s+){0,3}flags?\b|\btook\s+(?:charge|over|control|possession)\b")
_CIVIL = re.compile(rf"\b{PEOPLE}\b")
_ARMED = re.compile(rf"\b{FORCES}\b")


class Event(NamedTuple):
    """One event at one place. start, end: the stretch that holds who, verb and place; `actor`: the words for who
    acted, "" if unsaid; `dating`: the words that date it, or None; date_first, date_last: the days on which it may have
    happened (None: undated); basis explicit, relative, inferred or ""; `rule`: the frame that found it."""

    measure: str
    start: int
    end: int
    place: PlaceMention
    actor: str
    dating: Dating | None
    date_first: date | None
    date_last: date | None
    basis: str
    assertion: str
    rule: str


class Found(NamedTuple):
    """An event before it is dated: `verb` its offset in the text, `sentence` the index of its sentence."""

    measure: str
    start: int
    end: int
    verb: int
    place: PlaceMention
    actor: str
    assertion: str
    rule: str
    form: str
    sentence: int


def find_events(text: str, lowered: str, sentences: list[Sentence], dates: list[Dating], places: list[PlaceMention], published: tuple[date, date] | None) -> list[Event]:
    """The pace events of a text in reading order, one a place; a repeat stays only with other days.

    Plans and conditions come with assertion "expected", denials with "denied"; what is negated, asked or
    failed is no event.
    """
    datelines = find_datelines(text, sentences, dates)
    finder = _Finder(text, lowered, dates, places, datelines)
    found = [event for index, sentence in enumerate(sentences) for event in finder.read_sentence(index, sentence)]
    timings = time_events(found, lowered, sentences, dates, datelines, published)
    return _drop_repeats([_date(event, timing) for event, timing in zip(found, timings)])


def _date(event: Found, timing: Timing) -> Event:
    return Event(event.measure, event.start, event.end, event.place, event.actor, timing.dating, timing.first, timing.last, timing.basis, event.assertion, event.rule)


def _drop_repeats(events: list[Event]) -> list[Event]:
    """One event for one place and measure on days that overlap: the one whose days are told best, then the first."""
    kept: dict[tuple[str, str], list[Event]] = {}
    for event in sorted(events, key=_rank_telling):
        same = kept.setdefault((event.measure, event.place.key), [])
        if not any(_overlap(event, other) for other in same):
            same.append(event)
    return sorted(itertools.chain(*kept.values()), key=lambda event: (event.start, event.place.start))


def _rank_telling(event: Event) -> tuple:
    """Small for an event that is told well: as having happened, with days, in words, on few of them."""
    days = (event.date_last - event.date_first).days if event.date_first else 0
    return event.assertion not in ("reported", "claimed"), event.date_first is None, event.basis == "inferred", days, event.start


def _overlap(event: Event, other: Event) -> bool:
    if event.date_first is None or other.date_first is None or event.basis == "inferred" and event.rule == "noun":
        return True
    return event.date_first <= other.date_last and other.date_first <= event.date_last


class _Finder:
    """Reads the sentences of one text in order, and remembers the places named, which "the town" may mean."""

    def __init__(self, text, lowered, dates, places, datelines):
        self.text, self.lowered, self.dates, self.places, self.datelines = text, lowered, dates, places, datelines
        self.at_place = self.at_date = 0
        self.named: list[tuple[int, PlaceMention]] = []  # (sentence, mention), latest last
        self.latest: list[PlaceMention] = []  # places of the last event
        capital = re.search(r"\bcapital(?:\s+city)?,?\s+(?:of\s+\w+,?\s+)?(?=([A-Z]\w+))", text)
        self.capital = next((place for place in places if capital and place.start == capital.end()), None)

    def read_sentence(self, index: int, sentence: Sentence) -> list[Found]:
        """The events of the next sentence; sentences are read in order, for each may speak of the town before."""
        places = []
        while self.at_place < len(self.places) and self.places[self.at_place].start < sentence.end:
            if (place := self.places[self.at_place]).start >= sentence.start and (place.resolved or not _is_no_place(place, self.lowered)):
                places.append(place)
            self.at_place += 1
        while self.at_date < len(self.dates) and self.dates[self.at_date].end <= sentence.start:
            self.at_date += 1
        begin = self.datelines.get(index, sentence.start)
        dates = [dating for dating in self.dates[self.at_date:self.at_date + 60] if begin <= dating.start and dating.end <= sentence.end]
        places = [place for place in places if place.start >= begin]
        masked, meant = self._mask(index, sentence, begin, places, dates)
        found = [] if "\ue000" not in masked else self._match(index, begin, masked, meant)
        if self.latest and not found and self.text[max(0, begin - 3):begin].rstrip().endswith(";") and (match := _AFTER_STOP.match(masked)):  # "Kell fell on Saturday; Mira, on Sunday"
            found = [Found("captured", begin, begin + match.end("places"), begin + match.start("places"), place, "", "reported", "chain", "chain", index) for place in meant[masked.index("\ue000")]]
        self.named += [(index, place) for place in places]
        self.named = self.named[-12:]
        if found:
            self.latest = [event.place for event in found if event.start == found[-1].start]
        return found

    # --- masking --------------------------------------------------------------------------------------------

    def _mask(self, index, sentence, begin, places, dates) -> tuple[str, dict[int, list[PlaceMention]]]:
        """The sentence with places and dates as signs, and what each place sign stands for."""
        letters = list(re.sub(r"[\s\"“”‘`_\[\]]", " ", self.lowered[begin:sentence.end]))
        meant: dict[int, list[PlaceMention]] = {}
        for dating in dates:
            _cover(letters, dating.start - begin, dating.end - begin, "\ue002", "\ue003")
        for place in places:
            _cover(letters, place.start - begin, place.end - begin, "\ue000", "\ue001")
            meant[place.start - begin] = [place]
        masked = re.sub(r"(?<![\w\ue000\ue001\ue003])['’]|['’](?!\w)", " ", "".join(letters))
        letters = list(masked)
        for match in _ANAPHOR.finditer(masked):
            group = match.lastgroup
            meanings = self._resolve(index, group, match, masked, begin, places)
            if meanings:
                _cover(letters, match.start(group), match.end(group), "\ue000", "\ue001")
                meant[match.start(group)] = [place._replace(start=begin + match.start(group), end=begin + match.end(group)) for place in meanings]
        return "".join(letters), meant

    def _resolve(self, index, group, match, masked, begin, places) -> list[PlaceMention]:
        before = [place for place in places if place.end <= begin + match.start(group)]
        recent = [place for number, place in self.named if index - number <= 3]
        if group == "which":
            return before[-1:] if before and match.start(group) - (before[-1].end - begin) < 90 else []
        if group == "both":
            pool = before if len(before) > 1 else recent + before
            return list(dict((place.key, place) for place in pool[-3:]).values())[-2:] if len(pool) > 1 else []
        if group == "town" and not re.search(r"air|base|citadel|stronghold|port|settlement", match["town"]):
            before, recent = ([place for place in some if not _PART.search(place.words.lower())] for some in (before, recent))
        if group == "town" and re.fullmatch(r"(?:the|that|this)\s+(?:\w+(?:an|ese|ish|i)\s+)?capital", match["town"]):
            return [self.capital] if self.capital else []
        if before:
            return before[-1:]
        if group in ("it", "that") and not any(number == index - 1 for number, _ in self.named):
            return []
        latest = [place for place in self.latest if any(place.key == other.key for other in recent)]
        return (latest or recent[-1:])[-1:]

    # --- frames ---------------------------------------------------------------------------------------------

    def _match(self, index, begin, masked, meant) -> list[Found]:
        found: list[Found] = []
        taken: set[tuple[int, str]] = set()
        for rule, measure, form, pattern in RULES:
            at = 0
            while match := pattern.search(masked, at):
                at = max(match.start() + 1, match.start("verb") + 1 if match.start("verb") <= match.start("places") else match.start("places") + 1)
                event = self._accept(index, begin, masked, meant, match, rule, measure, form, taken)
                if event:
                    found += event
                    taken |= {(match.start("verb"), measure)} | {(place.place.start, measure) for place in event}
        found += self._chain(index, begin, masked, meant, found)
        return sorted(found, key=lambda event: (event.start, event.place.start))

    def _accept(self, index, begin, masked, meant, match, rule, measure, form, taken) -> list[Found]:
        first, last = match.span("places")
        verb, end = match.start("verb"), max(match.end("verb"), last)
        subject_first = first < verb and rule not in ("control passed",)
        mentions = [place for at in range(first, last) if at in meant and not _OWNS.match(masked, at) for place in meant[at]]
        if rule not in ("passive", "falls", "relative", "reduced"):
            mentions = [place for place in mentions if (place.start, measure) not in taken]
        mentions = [place for place in mentions if measure != "captured" or not _WHOLE.search(masked[max(0, place.start - begin - 60):place.start - begin]) and not _TOWN_OF.match(masked, place.start - begin)]
        if subject_first and rule not in ("reduced", "relative") and _PREPOSED.search(masked[max(0, first - 30):first]):
            mentions = mentions[1:]  # "in Norra, Kell fell": Kell did
        if not mentions or (verb, measure) in taken or form == "noun" and _MAY.match(masked, end):
            return []
        word = re.match(r"[\w'-]+", masked[verb:])[0]
        if form == "finite" and word.endswith("ing") and rule in ("active", "listed", "left", "entered", "reached", "driven out", "handed over"):
            form = "ing"
        if rule == "active" and re.search(r"\b(?:was|were|been|being|is|are|be)\s+(?:\w+ly\s+)?$", masked[max(0, verb - 20):verb]) and form != "ing":
            return []
        before = masked[max(0, verb - 90):verb]
        actor, actor_at = _find_actor(masked, verb, end, form, subject_first)
        if measure in ("entered", "reached", "withdrawn") and form != "passive" and not _is_armed(before, match[0], rule):
            return []
        if form == "noun" and self.text[begin + verb].isupper() and _TITLE.search(self.text[max(0, begin + verb - 6):begin + verb]):
            return []  # a film or a book
        if rule in ("that of",) and not any(m == "captured" for _, m in taken):
            return []
        if rule in ("held since", "under control since") and "since" not in masked[max(0, min(first, verb) - 16):end + 40]:
            return []
        if rule == "among" and not _PRIZE.search(masked):
            return []
        if rule == "driven out" and form != "passive" and (_CIVIL.search(match["object"]) or re.search(r"\b(?:were|was|been|being|be|are)\s+$", before)):
            return []
        if rule in ("turn of", "the same way", "so did") and not (self.latest or any(m == "captured" for _, m in taken)):
            return []
        if rule == "entered" and _RAISED.search(masked[end:end + 90]) or rule == "entered" and re.match(r"[^.;]{0,50}\b(?:drove|driving|expelled|ousted)\s+[^.;]{3,50}\s+from\s", masked[end:end + 130]):
            measure = "captured"
        stance = judge_stance(masked, min(first, verb), verb, end, form)
        if not stance:
            return []
        start = begin + (actor_at if actor and actor_at < verb and not subject_first else min(first, verb))
        words = self.text[begin + actor[0]:begin + actor[1]] if actor else ""
        return [Found(measure, start, begin + end, begin + verb, self._name_part(place, masked, begin), " ".join(words.split()), stance, rule, form, index) for place in mentions]

    def _name_part(self, place: PlaceMention, masked: str, begin: int) -> PlaceMention:
        """The airport, base or bridge of a place, when that is what was taken: a place of its own."""
        part = _FACILITY.match(masked, place.start - begin)
        if not part or place.end - place.start != len(part[0]) - len(part["rest"]):
            return place
        words = place.words + " " + re.sub(r"^['’]s", "", part["rest"]).strip()
        return place._replace(end=begin + part.end(), words=words, key=key_name(words), resolved=False)

    def _chain(self, index, begin, masked, meant, found) -> list[Found]:
        """What goes on without its verb: "Kell fell on Monday, Mira on Tuesday"; "was seized and later retaken"."""
        more: list[Found] = []
        for event in [event for event in found if event.measure == "captured"]:
            at = event.end - begin
            tail = re.match(rf"[^.;:{PLACE[0]}]{{0,60}}?{DATE}", masked[at:at + 110])
            at += tail.end() if tail else 0
            while link := _CHAIN.match(masked, at):
                if "\ue002" not in link[0] and " as well as " not in link[0]:
                    break
                more += [event._replace(start=begin + link.start("places"), end=begin + link.end("places"), verb=begin + link.start("places"), place=place, rule="chain", form="chain", actor=event.actor)
                         for sign in range(*link.span("places")) for place in meant.get(sign, [])]
                at = link.end()
            if event.rule in ("passive", "falls", "left", "reduced"):
                for match in _AND_VERB.finditer(masked, event.end - begin):
                    if "\ue000" not in masked[event.end - begin:match.start()]:
                        actor, _ = _find_actor(masked, match.start("verb"), match.end(), "passive", True)
                        more.append(event._replace(start=begin + match.start("verb"), end=begin + match.end("verb"), verb=begin + match.start("verb"), rule="and", actor=self.text[begin + actor[0]:begin + actor[1]] if actor else ""))
        for event in [event for event in found if event.measure == "withdrawn" and event.form == "passive"]:
            for match in _AND_VERB.finditer(masked, event.end - begin):
                more.append(event._replace(measure="captured", start=begin + match.start("verb"), end=begin + match.end("verb"), verb=begin + match.start("verb"), rule="and", actor=""))
        pairs = list(_PARENTHESES.finditer(masked))
        pairs = [pair for pair in pairs if pair["verb"] or len(pairs) > 1 and _PRIZE.search(masked)]
        if pairs:
            more += [Found("captured", begin + pair.start(), begin + pair.end(), begin + pair.start(), place, "", "reported", "parentheses", "chain", index) for pair in pairs for place in meant[pair.start()]]
        known = {(event.place.start, event.measure) for event in found}
        return [event for event in more if event.rule == "and" or (event.place.start, event.measure) not in known]


_PART = re.compile(r"citadel|airport|universit|countryside|province|governorate|outskirts|square|base|border|river|region|district|headquarters|neighbou?rhoods|territory|northern|southern|eastern|western")
_ANAPHOR = re.compile(
    rf"\b(?P<town>(?:the|that|this)\s+(?:(?!\w+(?:th|st|nd|rd)\b|latest|second|next|other|only|same|\w+est\b|capital\b)[\w-]+\s+){{0,2}}(?:city|town|village|capital|place|hamlet|island|islet|settlement|base|airport|airfield|citadel|stronghold|port))\b(?!['’]|\s+(?:of|called|named|in|which|that|where|itself\s+of|authorities|council|hall|cent\w+|police|people)\b|\s*,?\s*\ue000)"
    rf"|\b(?P<both>both(?:\s+(?:towns|cities|villages|places|bases))?|the\s+two\s+(?:towns|cities|villages|places|bases))\b(?=\s+(?:of\s+which\s+)?(?:had|have|were|was|fell|are))"
    rf"|(?:{TAKES}(?:\s+back)?|entered|abandoned)\s+(?P<it>it)\b|\b(?P<that>it|that)\s+(?=(?:has|had)?\s*(?:{ADVERB}\s+)?(?:fell|fallen|capitulated|surrendered|changed\s+hands)\b|(?:was|has\s+been|had\s+been|is)\s+(?:{ADVERB}\s+)?(?:{TAKEN}\b|handed\s+over))"
    rf"|(?P<which>which|that)(?=\s+(?:(?:{ADVERB}\s+){{0,2}}(?:fell|had\s+fallen|capitulated|changed\s+hands|surrendered)|(?:was|were|had\s+been|has\s+been)\s+(?:{ADVERB}\s+){{0,2}}(?:{TAKEN}\b|handed\s+over|overrun)))"
)


# "the capital of Norra", "12 villages in Norra": a part of it was taken, not Norra.
_WHOLE = re.compile(
    r"\b(?:(?:capital|parts?|areas|portions?|swathes?)\s+of|(?:districts|villages|towns|cities|positions|outskirts|suburbs|checkpoints|hills)\s+(?:in|around|near)|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|dozens\s+of)\s+(?:districts|villages|towns)\s+of)"
    r"\s+(?:the\s+)?(?:[\w-]+\s+){0,2}$")
_TOWN_OF = re.compile(rf"{PLACE}['’]s\s+(?:[\w-]+\s+){{0,2}}?(?:city|cities|towns?|capital|villages?)\b")
_MAY = re.compile(r"\s+(?:would|could|might|may|will|is\s+expected)\b")
_FACILITY = re.compile(rf"{PLACE}(?P<rest>(?:['’]s)?\s+(?:(?:international|military|main|old|air)\s+)?(?:airport|airbase|base|airfield|citadel|bridge|dam|prison|refinery))\b")
_FIGHTERS = re.compile(r"\s+(?:fighters?|forces?|rebels?|troops?|militants?|insurgents?|soldiers?|commanders?|guerrillas?|gunmen|movement|leaders?|spokes\w+|officials?|government)\b|\s+(?:town|city|village|port|district)s?\s+of\b")


def _is_no_place(place: PlaceMention, lowered: str) -> bool:
    """Whether a name that no gazetteer knows is a group ("Sanda fighters") or a word before "town of"."""
    return "-backed" in place.words or "-led" in place.words or bool(_FIGHTERS.match(lowered, place.end))


def _cover(letters: list[str], start: int, end: int, first: str, rest: str) -> None:
    letters[start:end] = [first] + [rest] * (end - start - 1)


def _is_armed(before: str, words: str, rule: str) -> bool:
    """Whether those who enter, reach or leave are fighters: who flees, visits or brings aid is no event."""
    clause = re.split(r"[;:]|,\s+(?:and|but|while)\s", before)[-1]
    armed = list(_ARMED.finditer(clause))
    civil = list(_CIVIL.finditer(clause))
    if rule == "withdrawal":
        armed += list(_ARMED.finditer(words))
    return bool(armed) and (not civil or armed[-1].start() > civil[-1].start() or armed[0].start() < civil[0].start())


_CUT = re.compile(rf"[,;:()]|\s[-–—]+\s|\b(?:and|but|when|after|that|as|while|said|says|which|because|since|before|until|where|than|if|then|once|how)\b|{DATE}")
_TAIL = re.compile(rf"(?:\s*\b(?:{ADVERB}|has|have|had|was|were|been|being|is|are|to|would|will|could|of|not|managed|in|on))+\s*$")


def _find_actor(masked: str, verb: int, end: int, form: str, subject_first: bool) -> tuple[tuple[int, int] | None, int]:
    """Who acted: the words before an active verb, or behind "by"; and where they begin."""
    if subject_first or form == "noun":
        match = re.match(r"[^.;:]{0,40}?\b(?:by|to)\s+((?:(?!by\b|on\b|in\b|after\b|and\b|at\b|from\b|before\b|without\b|who\b|when\b)[\w'’-]+\s*){1,6})", masked[end:end + 90]) if form != "noun" else re.match(r"\s*\bby\s+((?:(?!on\b|in\b|after\b|and\b)[\w'’-]+\s*){1,6})", masked[end:end + 60])
        if not match:
            return None, verb
        return (end + match.start(1), end + match.start(1) + len(match[1].rstrip())), end
    base = max(0, verb - 90)
    before = masked[base:verb]
    cuts = list(_CUT.finditer(before))
    begin = cuts[-1].end() if cuts else (0 if base == 0 else before.find(" ") + 1)
    piece = before[begin:]
    tail = _TAIL.search(piece)
    piece = piece[:tail.start()] if tail else piece
    begin += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    if not piece or len(piece.split()) > 9 or "\ue000" == piece[:1] and len(piece.split()) == 1 and form == "ing":
        return None, verb
    return (base + begin, base + begin + len(piece)), base + begin
