"""The language of ground won and lost: verbs, nouns and the frames in which only a place can stand.

Patterns are bounded: they are matched within a sentence, in which places and dates have been replaced by
signs of their own (`PLACE`, `DATE`), as long as the words they stand for, so that offsets hold.
"""

import re

PLACE = "\ue000\ue001*+"
DATE = "\ue002\ue003*+"
FEATURES = frozenset(
    """
city cities town towns township village villages hamlet hamlets capital port harbour harbor district districts province provinces region governorate county municipality
department canton parish quarter quarters neighbourhood neighbourhoods neighborhood neighborhoods suburb suburbs island islands islet airport airports airfield airfields airstrip airbase airbases base bases barracks garrison
camp camps citadel castle fort fortress bridge bridges dam crossing junction crossroads oilfield oilfields prison mine stronghold strongholds enclave valley settlement
settlements headquarters bazaar outpost hill hills peak heights pass plateau peninsula refinery plant place places position area areas countryside hub centre center locality localities monastery station checkpoint depot post
""".split()
)
_LONG = [
    "air base",
    "air bases",
    "army base",
    "military base",
    "naval base",
    "refugee camp",
    "border crossing",
    "border post",
    "border town",
    "oil field",
    "oil fields",
    "rail junction",
    "power station",
    "power plant",
    "district headquarters",
    "provincial capital",
    "market town",
    "city centre",
    "city center",
    "town centre",
    "town center",
    "military airport",
    "international airport",
]
FEATURE = "(?:" + "|".join(sorted([*_LONG, *FEATURES], key=len, reverse=True)) + ")"
TOWN = r"(?:city|cities|town|towns|townships?|villages?|hamlets?|capitals?|ports?|districts?|provinces?|regions?|islands?|islets?|airports?|airfields?|airstrip|airbases?|air bases?|bases?|citadel|castle|fort|fortress|stronghold|strongholds|enclaves?|settlements?|bazaar|places?|localit(?:y|ies)|quarters?|neighbou?rhoods?|suburbs?|headquarters|camps?|junction)"

_VERBS = {  # base, third person, past, participle, -ing
    "capture": "capture captures captured captured capturing",
    "recapture": "recapture recaptures recaptured recaptured recapturing",
    "seize": "seize seizes seized seized seizing",
    "overrun": "overrun overruns overran overrun overrunning",
    "take": "take takes took taken taking",
    "retake": "retake retakes retook retaken retaking",
    "occupy": "occupy occupies occupied occupied occupying",
    "reoccupy": "reoccupy reoccupies reoccupied reoccupied reoccupying",
    "liberate": "liberate liberates liberated liberated liberating",
    "free": "free frees freed freed freeing",
    "conquer": "conquer conquers conquered conquered conquering",
    "reconquer": "reconquer reconquers reconquered reconquered reconquering",
    "wrest": "wrest wrests wrested wrested wresting",
    "secure": "secure secures secured secured securing",
    "regain": "regain regains regained regained regaining",
    "recover": "recover recovers recovered recovered recovering",
    "reclaim": "reclaim reclaims reclaimed reclaimed reclaiming",
    "grab": "grab grabs grabbed grabbed grabbing",
    "snatch": "snatch snatches snatched snatched snatching",
    "annex": "annex annexes annexed annexed annexing",
    "lose": "lose loses lost lost losing",
    "win": "win wins won won winning",
    "subdue": "subdue subdues subdued subdued subduing",
    "cede": "cede cedes ceded ceded ceding",
    "yield": "yield yields yielded yielded yielding",
    "surrender": "surrender surrenders surrendered surrendered surrendering",
    "concede": "concede concedes conceded conceded conceding",
    "claw": "claw claws clawed clawed clawing",
    "hand": "hand hands handed handed handing",
    "turn": "turn turns turned turned turning",
    "gain": "gain gains gained gained gaining",
    "wrench": "wrench wrenches wrenched wrenched wrenching",
    "assume": "assume assumes assumed assumed assuming",
    "establish": "establish establishes established established establishing",
    "consolidate": "consolidate consolidates consolidated consolidated consolidating",
    "storm": "storm storms stormed stormed storming",
    "rout": "rout routs routed routed routing",
}
_FORMS = [forms.split() for forms in _VERBS.values()]
BASES = frozenset(forms[0] for forms in _FORMS)
_GROUND = "capture recapture seize overrun take retake occupy reoccupy liberate free conquer reconquer wrest secure regain recover reclaim grab snatch annex lose subdue wrench".split()


def _any(words) -> str:
    return "(?:" + "|".join(sorted(set(words), key=len, reverse=True)) + ")"


def _forms(keys, *indexes) -> list[str]:
    return [_VERBS[key].split()[index] for key in keys for index in (indexes or range(5))]


TAKES = _any(_forms(_GROUND))  # finite, participle or -ing
TAKEN = _any(_forms(_GROUND, 3))
_CONTROL = r"(?:(?:full|complete|total|effective|firm|undisputed|sole|military|partial|renewed|physical|de facto)\s+)*(?:and\s+(?:full|complete)\s+)?(?:control|possession|charge|command|hold)\s+(?:of|over)"
WON = re.compile(
    rf"\b(?:{TAKES}|{TAKEN}|overr[ua]n|f[ae]ll|falls|fallen|capitulat\w+|surrender\w*|changed\s+hands|(?:control|hands|loss|conquest|seizure|takeover)\b|claw\w+|handed|returned|snatch\w+|theirs|ours|master|won|bagged|pocketed|gates|since|went|held|holding|prizes?|cleared|cleansed|eject(?:ed|ing)|evict(?:ed|ing)|oust(?:ed|ing)|drove|driven|dislodged|expelled|withdr\w+|abandon\w*|retreat\w*)\b"
)
HOLDS = rf"(?:{_any(_forms(['take', 'seize', 'gain', 'regain', 'assume', 'wrest', 'secure', 'lose', 'establish', 'reclaim', 'win', 'recover', 'capture', 'cede', 'surrender', 'yield']))}|extend(?:ed|s|ing)?|claim(?:ed|ing)|re-?establish(?:ed|es|ing)?|complet(?:ed|es|ing)|got|have|has|had|were|was|are|is)\s+(?:back\s+|in\s+)?(?:their\s+|its\s+)?{_CONTROL}"
GAVE = r"(?:hand(?:s|ed|ing)?\s+(?:over|back)|turn(?:s|ed|ing)?\s+over|cede[sd]?|ceding|yield(?:s|ed|ing)?|surrender(?:s|ed|ing)?|g[ai]v(?:e|es|en|ing)\s+(?:up|away|back)|relinquish(?:es|ed|ing)?|deliver(?:s|ed|ing)?\s+up)"
GIVEN = r"(?:(?:handed|turned|given)\s+(?:over|back)|ceded|surrendered|yielded|relinquished|delivered\s+up|signed\s+over)"
ADVERB = r"(?:\w+ly|also|again|later|then|now|finally|since|already|soon|first|once|twice|even|all|both|in\s+turn|too|just|back|at\s+last|for\s+good|in\s+effect|at\s+dawn|at\s+dusk|by\s+then|thus|long|today|\ue002\ue003*|itself|themselves|either|last|next)"
FALLS = (
    r"(?:f[ae]ll(?:s|en|ing)?(?!\s+(?:\w+ly\s+)?(?:by|silent|quiet|short|ill|off|apart|behind|under\s+(?:fire|attack|shell\w*|bombard\w*|suspicion|curfew|pressure|siege)|within|from|out|back|asleep|down|victim|sick|upon|on\s+(?:hard|deaf)|below|above|into\s+(?:disrepair|chaos|disuse|ruin|darkness|silence|anarchy|decline|poverty|despair|the\s+sea)|to\s+(?:its|a|their|pieces|disease|[\d$]|less|more)|[\d$]|steeply|sharply|in\s+(?:price|love|value))\b)"
    r"|capitulat(?:e|es|ed|ing)|surrender(?:s|ed|ing)?(?!\s+(?:\w+\s+)?(?:weapons|arms|prisoners))|chang(?:es|ed|e|ing)\s+(?:hands|sides|masters)|pass(?:es|ed)?\s+(?:\w+\s+)?(?:in)?to\s+(?:the\s+)?(?:\w+[\s-]+){0,3}?(?:hands|control|possession|rule|government|rebels|insurgents|army|militias?|militants|rebels'|front|side|custody)"
    r"|(?:go(?:es)?|went|gone|came|come|comes|slid|slipped)\s+over\s+to|slip(?:s|ped)\s+(?:\w+\s+)?(?:from|out\s+of)|(?:came|comes|come|fallen|fell|is|was|are|were)\s+(?:\w+ly\s+)?(?:back\s+)?(?:in|under|into)\s+(?:the\s+)?(?:full\s+|complete\s+|firm\s+|effective\s+)?(?:\w+[\s-]+){0,2}(?:control|rule|hands|sway)(?:\s+of)?|succumb(?:s|ed)?)"
)
PEOPLE = r"(?:people|persons|civilians?|residents?|families|villagers?|inhabitants?|population|refugees?|households?|women|children|locals|townspeople|townsfolk|workers?|staff|shopkeepers?|traders?|patients?|students?|evacuees?|convoys?\s+of\s+aid|journalists?|reporters?|monitors?|doctors?|nurses?|teams?|agencies|aid|relief|red\s+cross|crescent|he|she|him|her|i|we|everyone|thousands|hundreds|dozens|passengers|pupils|tourists|pilgrims|delegat\w+|visitors?|minister|president|pope|envoy|mediators?|inspectors?|observers?|peacekeepers?)"
FORCES = r"(?:army|armies|troops?|forces?|soldiers?|rebels?|insurgents?|fighters?|militants?|militia(?:s|men)?|gunmen|guerrillas?|guerillas?|tanks?|columns?|columns|brigades?|battalions?|divisions?|regiments?|units?|commandos?|marines|paratroop(?:s|ers)|parachutists|infantry|vanguard|vehicles|advance|opposition|jihadists?|separatists?|loyalists?|front|alliance|coalition|guards?|regime|government|offensive|movement|patrols?|garrison|convoy|armou?r|combatants|paramilitaries|defenders|police|gendarmes|bases|positions|militants'|detachment|squads?|group|groups|faction|factions|cadres|rebellion|attackers|assailants|invaders|armoured|vehicles|mutineers|junta|warriors|herders|they|it|who|[a-z]{2,4}(?=-led|-backed))"

MODIFIER = r"(?:the|their|its|his|a|an|all|both|nearby|neighbouring|neighboring|strategic|key|northern|southern|eastern|western|central|northeastern|northwestern|southeastern|southwestern|coastal|small|large|tiny|rebel-held|government-held|border|market|mining|contested|besieged|historic|ancient|important|whole|entire|main|village|town|city|lakeside|hilltop|nearby|major|crucial|provincial|regional|district|desert|mountain|riverside|citadel|remote|\w+-held|\w+-controlled|\w+ern|disputed|oil-rich|adjacent|adjoining|second|third|last|country's|mountainous|walled|fortified|garrison|frontline|front-line|twin|embattled|devastated|ruined|abandoned)"
MODIFIERS = rf"(?:{MODIFIER}\s+)"
_OF = r"(?:capture|captures|captured|fall|falls|loss|seizure|recapture|liberation|conquest|takeover|retaking|recovery|surrender|occupation|siege|storming|defenders|garrison|residents|inhabitants|mayor|governor|people|streets|population|control|outskirts|gates|centre|center|edge|battle)"
_NEAR = r"in|near|towards?|into|around|outside|inside|at|upon|reach(?:ed|es|ing)?|enter(?:ed|s|ing)?|storm(?:ed|s|ing)?|abandon(?:ed|s|ing)?|evacuat(?:ed|es|ing)?|quit|besieg(?:ed|es|ing)|encircl(?:ed|es|ing)|shell(?:ed|s|ing)?|bombard(?:ed|s|ing)?|bomb(?:ed|s|ing)|attack(?:ed|s|ing)?|leaving|left"
_IN = rf"(?:{_NEAR}|out\s+of|withdr\w+\s+from|retreat\w*\s+from|advanc\w*\s+on|assault\s+on|offensive\s+on|attack\s+on|turn\s+of|(?:battle|fight)\s+for)"
BEFORE = re.compile(
    rf"(?:\b(?:{TAKES}(?:\s+(?:back|over))?|{HOLDS}|{GAVE}|(?:{_OF})\s+of|(?:control|possession|charge|masters?)\s+(?:of|over)|{_IN}|{FEATURE}s?\s+(?:of|called|named|at))\s+{MODIFIERS}{{0,4}}(?:(?:{FEATURE})\s+(?:of\s+)?)?)$"
)
# Words that frame a place by themselves, last before its name; then the first words of FALLS: the gates of `framed`.
SINGLE_FRAMES = rf"{TAKES}|cede[sd]?|ceding|yield(?:s|ed|ing)?|surrender(?:s|ed|ing)?|relinquish(?:es|ed|ing)?|{_NEAR}"
FALLS_OPEN = (
    r"f[ae]ll|capitulat|surrender|chang|pass|go|went|c[oa]me|slid|slip|is|was|are|were|succumb"
)
AFTER = re.compile(
    rf"['’]s?\s+(?:defenders|garrison|residents|mayor|inhabitants|fall|capture|loss|recapture|liberation|seizure)\b|(?:['’]s)?\s+(?:(?:{MODIFIERS}{{0,2}}{FEATURE})\b|(?:{ADVERB}\s+){{0,2}}(?:has|have|had|was|were|is|are)?\s*(?:{ADVERB}\s+){{0,3}}(?:been\s+|being\s+)?(?:{ADVERB}\s+){{0,2}}(?:{TAKEN}\b(?!\s+(?:to|ill|by\s+surprise|aback|hostage|part|away|off))|{GIVEN}|{FALLS}|abandoned\s+by|evacuated|besieged|encircled|surrounded|shelled|stormed)"
    rf"|(?:is|are|was)\s+(?:ours|theirs)\b|(?:back\s+)?in\s+\w+\s+hands|(?:(?:is|was|are|were)\s+)?(?:back|now)\s+(?:in|under)\b|followed\s+(?:on|the|hours)|(?:was|were|is|are)\s+next\b|c[oa]me\s+under|(?:held|holds)\s+out|lies?\s+\d|went\s+the\s+same)"
    rf"|,?\s*,[^.;:!?()]{{2,100}}?,\s+(?:{ADVERB}\s+){{0,2}}(?:has|have|had|was|were|is|are)?\s*(?:{ADVERB}\s+){{0,2}}(?:been\s+)?(?:{TAKEN}\b|{GIVEN}|{FALLS})"
    rf"|,\s+(?:which|that)\s+(?:\w+\s+){{1,6}}?(?:{TAKEN}|took)\b|,\s+{TAKEN}\s+(?:by|on|in|last|at|without|from)\b|\s+\(\d{{1,2}}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\)"
)
