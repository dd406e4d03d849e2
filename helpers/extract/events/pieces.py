"""How a sentence writes a place, a list of places, those who take it and what stands between: pieces of the patterns of `ground`.

`NP` to `SUBJECTS` match places masked by signs (`frames.PLACE`), with the words that belong to them ("the port city of …").
"""

from helpers.extract.rules.ground import ADVERB, DATE, FEATURE, FORCES, MODIFIERS, PLACE, TOWN

MOD = r"(?:(?!(?:and|or|but|in|on|at|by|to|from|of|for|with|near|around|outside|towards?|between|against|after|before|as|was|were|is|are|had|has|who|which|that|under|during|while|when|among|amid|over|into|through|until|since|if|because|then|also|without|inside|across|along|not|be|been|being|to)\b)[\w'’-]+\s+)"
FAC = (
    r"(?:"
    + TOWN
    + r"|border\s+crossing|border\s+post|airstrip|air\s+base|army\s+base|military\s+base|naval\s+base|refugee\s+camp|dam|bridges?|barracks|prison|garrison|international\s+airport|military\s+airport|city\s+cent(?:re|er)|town\s+cent(?:re|er)|cent(?:re|er)|valley|crossing|oil\s?fields?|refinery|governorate|county|department|peninsula|pass|heights|headquarters|monastery)"
)
GROUNDS = r"(?:ports?|airports?|airfields?|airstrip|airbases?|(?:air|army|military|naval)\s+bases?|bases?|citadel|castle|fort|fortress|bridges?|dam|barracks|prison|garrison|crossing|headquarters|camps?|quarters?|neighbou?rhoods?|suburbs?|districts?|refinery|oil\s?fields?|cent(?:re|er)|positions?|defen[cs]es)"
SITE = (
    rf"(?:(?:the|an?|its|their|his)\s+)?(?:{MOD}{{0,4}}?{FAC}\s+(?:of|called|named)\s+(?:the\s+)?|{MOD}{{0,4}}?{GROUNDS}\s+(?:at|in)\s+(?:the\s+)?)"
    rf"|(?:the\s+|{PLACE}['’]s?\s+){MOD}{{0,4}}?{TOWN}\s*,?\s+"
)
ITEM = rf"(?:{SITE}|(?:(?:both|all\s+of|all|much\s+of|most\s+of|nearby|nearly\s+all\s+of|almost\s+all\s+of|the\s+rest\s+of|the\s+whole\s+of|neighbou?ring|the\s+last\s+[\w-]+\s+(?:[\w-]+\s+)?in|(?:more\s+)?(?:territory|ground|land)\s+in)\s+)*(?:the\s+)?(?:{MODIFIERS}{{1,4}})?)"
NOUN_BEHIND = r"(?!\s+(?:residents?|commanders?|mayor|governor|villagers|officials?|police|tribesmen|men|fighters|soldiers|troops|militants|rebels|leaders?|seats?|votes?|title|championship|hostages?|prisoners|headlines|passports?|native)\b|-based|-born)"
NP = rf"{ITEM}{PLACE}(?:['’]s?\s+(?:{MOD}{{0,3}}?){FAC}\b|(?!['’])(?:\s+{MOD}{{0,2}}?{FAC}\b)?){NOUN_BEHIND}(?:\s+(?:itself|proper|alike|too))?"
SHORT = rf"(?:{SITE}|(?:the\s+)?(?:{MOD}{{0,3}}?{FEATURE}\s+)?)?{PLACE}(?:['’]s?\s+(?:{MOD}{{0,3}}?){FAC}\b|(?!['’])(?:\s+{MOD}{{0,2}}?{FAC}\b)?)(?:\s+(?:itself|proper))?"
JOIN = r"(?:\s*,\s+(?:and\s+)?(?:then\s+|later\s+)?|\s+and\s+(?:then\s+|later\s+|also\s+|finally\s+)?|,?\s+as\s+well\s+as\s+|\s*,?\s+followed\s+by\s+|\s+or\s+|\s*&\s*)"
LIST = rf"(?P<places>{NP}(?>(?:{JOIN}{SHORT}(?!['’])){{0,9}}))"
SUBJECTS = rf"(?P<places>(?>{SHORT}(?:{JOIN}{SHORT}){{0,9}}))"  # atomic: a long list is read once
APPOSED = (
    r"(?:\s*,\s*[^;:.()!?]{1,140}?,|\s*\([^)]{1,60}\)|\s+[-–—]+\s+[^;:.()!?–—]{1,100}?\s+[-–—]+)?"
)
AUX = rf"(?:(?:was|were|is|are|(?:has|have|had)\s+(?:{ADVERB}\s+){{0,2}}been|been|being|got|gets)\s+(?:{ADVERB}\s+){{0,3}}(?:been\s+|being\s+)?(?:{ADVERB}\s+){{0,2}})"
NO_TAKE = rf"(?!\s+(?:to\b(?!\s+(?:the\s+)?(?:[\w'’-]+\s+){{0,2}}?{FORCES}\b)|ill\b|by\s+surprise|aback|hostage|part\b|place\b|away\b|off\b|seriously|for\s+granted|prisoner|into\s+account|in\s+by|from\s+the\s+list|up\s+by))"
DRIVE = r"(?:dr[oi]ve|drives|driving|driven|oust(?:ed|s|ing)?|expel(?:led|s|ling)?|push(?:ed|es|ing)?|forc(?:ed|ing)|kick(?:ed|s|ing)?|clear(?:ed|s|ing)?|dislodg(?:ed|es|ing)|flush(?:ed|es|ing)?|rout(?:ed|s|ing)?|chas(?:ed|es|ing)|evict(?:ed|s|ing)|eject(?:ed|s|ing)|sweep|swept|thr[eo]w(?:n|ing)?|turf(?:ed|ing)|boot(?:ed|ing)|hound(?:ed|ing)|hurl(?:ed|ing)|beat(?:en|ing)?|r[au]n)"
FALL_NOUN = r"(?:capture|recapture|fall|loss|seizure|liberation|conquest|takeover|recovery|retaking|surrender|overrunning|taking|annexation|capitulation)"
ENTER = r"(?:enter(?:ed|s|ing)?|storm(?:ed|s|ing)?(?:\s+into)?|(?:swept|sweep(?:s|ing)?|push(?:ed|es|ing)?|roll(?:ed|s|ing)?|mov(?:ed|es|ing)|march(?:ed|es|ing)?|burst|broke|broken|pour(?:ed|s|ing)?|fought\s+their\s+way|drove|rode|penetrated|charg(?:ed|es)|flood(?:ed|s))\s+(?:deep\s+)?into|penetrat(?:ed|es))"
REACH = r"(?:reach(?:ed|es|ing)?|arriv(?:ed|es|ing)\s+(?:at|in)|got\s+within\s+sight\s+of|(?:stood|stand|were|are|was|is|came|come|within)\s+(?:\w+\s+){0,2}?(?:at|on|in|to|within)?\s*(?:the\s+gates\s+of|sight\s+of|the\s+outskirts\s+of|the\s+doorstep\s+of))"
LEAVE = r"(?:withdr(?:ew|aw|aws|awn|awing)|pull(?:ed|s|ing)?\s+(?:back|out)|retreat(?:ed|s|ing)?|retir(?:ed|es|ing)|fell\s+back|decamp(?:ed|s))\s+(?:\w+\s+){0,2}?(?:from|out\s+of|of)|abandon(?:ed|s|ing)?|quit|quits|quitting|vacat(?:ed|es|ing)|evacuat(?:ed|es|ing)|g[ai]v(?:e|es|en|ing)\s+up"
START = r"(?:launch(?:ed|es|ing)?|beg[au]n|begins|start(?:ed|s|ing)?|open(?:ed|s|ing)?|mount(?:ed|s|ing)?|unleash(?:ed|es))"
ATTACK = r"(?:offensive|assault|attack|operation|push|campaign|advance|incursion|invasion)"
OBJECT_GAP = rf"(?=\s*(?:[,.;:)]|$|{DATE}|(?:on|in|at|from|without|by|after|before|during|last|earlier|early|late|two|three|a|over|just|only|this|that\s+same|almost|nearly|with|last|some|and)\s))"

PRIZE = r"prizes?|captur\w+|seiz\w+|taken|took|fell|fallen|falls?|conquest\w*|gains?|lost|losses|overrun|recover\w+|liberated"
