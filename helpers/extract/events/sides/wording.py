"""How texts refer to those who fight without their name: as "it" or "they" of the sentence before,
as "its forces", "his men" or "the group", or as whoever speaks of their own side."""

import re

from helpers.extract.places.countries import name_governments
from helpers.extract.rules.load import load_toml

CAPITAL = r"(?:[A-Z]|al-[A-Z]|Al-[A-Z])[\w’'-]*"
NAME = rf"{CAPITAL}(?:(?: (?:of|for|the|al|de|in)){{0,2}} {CAPITAL}){{0,6}}"
ARMED = (
    r"(?:fighters|forces|troops|soldiers|gunmen|rebels|insurgents|militants|militia(?:men|s)?"
    r"|guerrillas|units|tanks|marines|infantry|army|military|pick-ups|columns|elements|battalions?)"
)
# "fighters of the Kell | movement"
ENDS_NAME = re.compile(r"(?: (?:movement|group|militia|faction|front|rebellion|coalition))?")
IN_ARMS = re.compile(rf"\b(?!pick-ups|tanks|columns){ARMED}\b")  # not what they ride in
# A name that says by itself that it is one of an army or an armed group.
CALLED = re.compile(
    rf"\b(?P<name>(?:{CAPITAL} ){{1,4}}(?:Army|Brigades?|Militia|Guards?|Legion|Battalions?"
    r"|Joint Forces?|(?:Armed|Defen[cs]e|Support|Shield) Forces|(?:Liberation|Salvation|Resistance"
    r"|Revolutionary|Patriotic) Front)|(?:Brotherhood|Northern|Resistance|Rebel) Alliance)\b"
)
# How somebody says something, and when: "has | also said on Friday that |".
_ADVERB = r"(?: (?:also|later|earlier|since|now|again|still|separately|meanwhile|then|already))?"
_WHEN = (
    r"(?: (?:on|late on|early on|late|early|last|this) \w+(?: \d+)?| of \w+| earlier| later| today"
    r"| yesterday| tonight| on \d+ \w+"
    r"| (?:on|in|via|through|over) (?:its|an?|the) [\w ]{3,40}?)?"
)
# "| Odran | spokesman Ali Noor | denied", of whose troops he speaks.
_VOICE = rf"(?: (?:spokes\w+|commanders?)(?: {CAPITAL} {CAPITAL})?)?"
SPEAKER = re.compile(
    rf"(?P<name>{NAME})(?:['’]s? (?:statements?|claims?|assertions?|reports?|announcement) that "
    rf"|{_VOICE}(?:, [\w ]{{1,24}},)? (?:has |had )?(?:also |since |later )?(?:said|says"
    r"|announced|announces|stated|states|reported|reports|claimed|claims|declared|confirmed|denies"
    r"|denied|conceded"
    r"|admitted|acknowledged|insists)"
    r"(?: on \w+(?: \d+)?| on \d+ \w+| of \w+| this week)?(?: that)? )"
    r"(?:on \w+ )?(?:its|his|their)? ?$"
)
# Somebody without a name says what "its forces" did: not those named before.
UNNAMED = re.compile(
    r"\b(?:ministry|spokes\w+|command|staff|officials?|authorities) (?:\w+ )?(?:said|says|denie[ds]"
    r"|claim\w*|insist\w*)(?: (?:reports|claims))?(?: (?:on )?\w+day)?(?: that)? $"
)
# An office that speaks for its country or its army: "| Kell's | defence ministry said that".
OFFICE = re.compile(
    rf"(?:(?P<owner>{NAME})['’]s? (?:[\w-]+ ){{0,2}}(?:[Mm]inistry|[Cc]ommand|[Gg]eneral [Ss]taff"
    r"|[Mm]ilitary|[Aa]rmy|[Ss]pokes\w+|[Gg]overnment|[Aa]uthorities)"
    r"|(?P<army>[Aa]rmy|[Mm]ilitary|[Jj]unta|[Gg]overnment)"
    r"(?: (?:[Cc]ommand\w*|spokes\w+|headquarters|chiefs?|statement|officials?)"
    r"| in [A-Z]\w+)?)"
    rf"(?: [A-Z][\w-]+ [A-Z][\w-]+)?(?:(?: has| had)?{_ADVERB} (?:said|says|announced"
    r"|announces|claimed|claims|declared|confirmed|denie[ds](?: (?:reports|claims))?|insist\w+"
    rf"|admitted|acknowledged|told \w+){_WHEN}{_ADVERB},?(?: that)?"
    r"|[^.;:]{2,50},? and (?:says|said|claims|claimed)(?: that)?) $"
)
# How names of those who fight end.
NAMED_BODY = (
    "Guards?|Forces?|Front|Brigades?|Movement|Army|Alliance|Legion|Coalition|Resistance|Militia"
    "|Battalions?|Council|Union|Command|Corps|Organi[sz]ation|Division|Party|Group"
)
# Who speaks of what "it" did: "Kell's army said Tuesday that | it".
SAYS_IT = re.compile(
    rf"(?P<name>(?:{CAPITAL} ){{1,4}}(?:{NAMED_BODY})"
    rf"|(?:(?:{CAPITAL} ){{0,3}}{CAPITAL}['’]s )?(?:[\w-]+ )?(?:army|military"
    rf"|government|armed forces|Armed Forces|Army|junta|militia|air force)"
    rf"|(?:[Aa]l )?{CAPITAL})"
    rf"\)?(?:, [^,.;]{{3,60}},)?(?: has| had)?{_ADVERB} "
    r"(?:said|says|state[ds]|report(?:ed|s)|announce[ds]|claim(?:ed|s)|declared|confirm(?:ed|s))"
    rf"(?: \w+day)?{_WHEN},?(?: that)?[ \"“]+$"
)
SAY_THEY = re.compile(
    r"(?:^|[.!?,] |\n|\b(?:[Oo]n|Late|Early) \w+day )(?:[Tt]he )?"
    r"(?P<name>(?:[\w-]+ ){0,3}?(?:[Rr]ebels|[Ii]nsurgents|[Mm]ilitants"
    r"|[Ff]ighters|[Pp]aramilitaries|[Ii]slamists|[Gg]unmen|[Mm]ilitias"
    r"|(?:defen[cs]e|armed|resistance|opposition|vigilante) groups"
    r"|[Ss]eparatists|[Bb]rigades|[Gg]uerrillas|[Jj]ihadists|[Ff]orces|[Tt]roops|Units|Houthis"
    rf"|Generals|Commanders|Tal[ie]ban|Peshmerga)(?: (?:loyal|allied) to {NAME})?)(?: \(\w+\))?"
    r"(?: in (?:[\w-]+ ){0,2}[\w-]+)?(?: have| had)?"
    rf"{_ADVERB} (?:say|said|claim|claimed|announced|confirm|confirmed|admit|admitted"
    rf"|acknowledged)(?: \w+day)?{_WHEN}(?: that)? $"
)
# Who speaks or where, before a sentence: "KAMBALE: |", "(Nairobi) – |".
LABEL = r"(?:[A-Z]{2,}(?: \([\w ]+\))?: |\([A-Z][\w ]+\) [–—-]+ )?"
# What may stand before the subject of a sentence: "On Sunday | they", "Within ten weeks | it".
FRONT = re.compile(
    rf"[\W_]*{LABEL}(?:(?:On the other (?:side|hand)|(?:For|On|From) its (?:part|side)), )?"
    r"(?:By the (?:evening|morning|afternoon|end|weekend)\b,? "
    r"|[IO]n the (?:first|second|third|last|final|following|next|same|early) (?:\w+ )?"
    r"(?:days?|weeks?|weekend|months?|hours?|night|morning|half)(?: of (?:(?:the|this|that|last) )?"
    r"\w+)?,? "
    r"|(?:On|By|In|At|Within|During|Over|Since|Until|Earlier|Later|Then|Soon|Meanwhile|That|This"
    r"|Last|Next|The (?:next|same|following)|(?:\w+ )?(?:days?|hours?|weeks?|months?) later)\b"
    r"(?: (?!the\b)[\w-]+){0,4}?,? (?:\w+day |\d+ [A-Z]\w+ |[A-Z]\w+ \d+,? )?)?"
)
# The subject that opens a sentence: "The Iran-backed insurgents | launched".
OPENS = re.compile(
    rf"[\W_]*{LABEL}(?:The |A |An |Some )?(?P<name>(?:(?!and\b|by\b|for\b|in\b|of\b|on\b|said\b"
    rf"|that\b|the\b|with\b|from\b|to\b|against\b)[\w'’-]+ ){{0,3}}(?i:{ARMED})"
    rf"(?: of (?:the )?{NAME}(?: \(\w+\))?)?)(?! (?:and (?!allied\b)|or|said|says"
    r"|have said|leaders?|comman\w+|spokes\w+|chiefs?|officials?|positions?)\b)(?= [a-z]|,)"
)
OPENS_LATER = re.compile(FRONT.pattern + OPENS.pattern.removeprefix(rf"[\W_]*{LABEL}"))
THE_GROUP = re.compile(
    r"\W*(?:The|This) (?:armed )?(?:group|movement|force|militia|front|organi[sz]ation)\b"
)
ASKS = re.compile(
    rf"\b(?:Who|What) (?:are|is|was|were) (?:the )?(?P<name>{CAPITAL}(?: {CAPITAL}){{0,3}})"
)
OWN = re.compile(r"(?:its|their|his)\b")
WITH_OTHERS = re.compile(r"(?<=\w) (?:and|with|alongside|backed by) .*")
OTHERS = re.compile(r"\b(?:all(?:y|ies|ied)|proxy|proxies|partners?|rivals?|enem(?:y|ies)|foes?)\b")
AND_OTHERS = re.compile(r"(?: [\w()-]+){0,2} and ")
SUBJECT = re.compile(rf"[\W_]*(?:The )?(?P<name>(?!\w+ing ){NAME}) [a-z]+ed\b")
# An army or a movement with which a sentence opens: "The army | had surrounded Kell".
# Who sent troops, before a sentence that opens with "they": "| Kell | sent in its troops. They".
SENT = re.compile(
    rf"(?:^\W*|, |\b(?:and|but|so) )(?P<name>(?:[Tt]he )?(?:{NAME}|(?:[\w-]+ )?(?:government"
    r"|junta|regime|army|military))) (?:then |has |had )?(?:sent|deployed|dispatched|moved|rushed"
    r"|airlifted)(?: in)? (?:its|his|their) (?:own )?(?:troops|forces|soldiers|army|men|tanks)\b"
    r"[^.,;:]{0,40}\W*$"
)
BODY = re.compile(
    FRONT.pattern + r"(?:[Tt]he |[Aa]n? )(?P<name>(?:[\w'’-]+ ){0,2}?(?:army|military|junta|militia"
    r"|navy|government|air force|coalition|regime|alliance|insurgency|rebellion)"
    rf"|(?:{CAPITAL} ){{1,4}}(?:front|faction|militia|cartel|gang))(?= [a-z]|,)"
)
AND_SAID = re.compile(r"\b(?:and|but) [^,.;:]{0,30}?(?:\bit (?:said|says) (?:that )?)?$")
# "The larger faction, | the Kell Front (KF), holds"
FACTION = re.compile(
    r"[\W_]*(?:The|An?|Another) (?:[\w-]+ ){0,2}(?:faction|group|movement|militia|force|front), "
)
TURNS = re.compile(
    FRONT.pattern
    + r"(?P<turn>(?i:it|they)|[Tt]he (?:group|movement|militia))\b(?! (?:was|is|were)\b)"
)
ABOUT_IT = re.compile(r"\bthe (?:armed )?(?:group|movement|militia)\b[^.]*\?")
SAYS_TOO = re.compile(
    r"\b(?P<it>it|they|It|They) (?:said|says?|announce[ds]|claim(?:ed|s)?|add(?:ed|s))(?: that)? $"
)
# Whom somebody commands or speaks for: "a spokesman for the | Kell Brigade |, said his men".
LEADS = re.compile(
    r"(?:\b(?:[Cc]ommander|[Oo]fficer|[Ss]pokes\w+|[Cc]hief|[Gg]eneral|[Cc]olonel|[Ll]eader|[Hh]ead"
    r"|[Cc]aptain)|\b(?:Gen|Lt|Col|Maj|Capt|Brig|Sgt|General|Colonel|Major)\b\.?"
    r"(?: (?:al-)?[A-Z][\w'’.-]+)+) (?:of|for|with|from|in) (?:the |an? )?"
    r"(?P<name>(?!said\b|his\b)[\w'’-]+(?: (?!in\b|at\b|near\b|on\b|said\b|says\b|told\b|who\b"
    r"|has\b|had\b|claim|also\b)[\w'’-]+){0,4})"
    r"|\b(?:commands|leads|heads|commanding|leading|heading) (?:the |an? )?"
    r"(?P<led>[\w'’-]+(?: [\w'’-]+){0,3}?)(?=,| in | at | says| said)"
)
HE = re.compile(r"\W*(?:Speaking [^,.;:]{2,40}, )?[Hh]e\b")
LATER = re.compile(rf"\b(?:[Tt]he |(?=[A-Z]))(?P<name>(?:[\w-]+ ){{0,2}}?{ARMED})\b(?=['’]? [a-z])")
# Fighters of whom a sentence tells: "the | vigilantes |, in spring", "four hundred | policemen".
FIGHTERS = re.compile(
    r"\b(?P<name>(?:(?:rebel|government|junta|army|security|pro-\w+) )?(?:fighters|forces|troops"
    r"|soldiers|gunmen|rebels|insurgents|militants|militiamen|guerrillas|vigilantes|policemen"
    r"|gendarmes|gangs|bandits|jihadists|separatists|mercenaries|paramilitaries|raiders"
    r"|tribesmen|commandos|paratroopers|marines|police))\b(?!['’])",
    re.IGNORECASE,
)
ARMY = re.compile(r"\b(?:the|its|their) (?:army|military|junta|regime|government)\b(?!-)")
OF_OTHERS = re.compile(r"\b(?:by|of|against|from|with|to|between|at|on)(?: the)? $")
OPENING_NAME = re.compile(rf"(?P<name>{NAME})(?= [a-z])")
FULL_NAME = re.compile(NAME)
PREPOSITION = re.compile(
    r"\b(?:in|of|from|to|with|against|at|by|for|into|near|between|across|and) $", re.IGNORECASE
)
GROUP = re.compile(r"(?:the|that) (?:armed )?(?:group|movement|organi[sz]ation)$")
SPEAK = re.compile(r" (?:there |in \w+ )?(?:say|said|told|reported)\b")
_HEAD = 60  # characters of a sentence in which its subject is looked for


def find_clause(text: str, start: int, at: int) -> int:
    """Where what somebody says begins of which an offset opens a second clause: "said | that it had
    freed 40 people and that its troops"; the offset itself elsewhere. `start`: of the sentence."""
    if not text.endswith("and that ", start, at):
        return at
    first = text.find(" that ", start, at - len("that "))
    return first + len(" that ") if first >= 0 else at


def find_joined_body(text: str, start: int, at: int, pronoun: str) -> str:
    """The army with which a sentence opens, where "it" at an offset is what the army says of
    itself: "The army moved on Kell, and by noon it said | it"; "" elsewhere."""
    body = BODY.match(text, start, at) if pronoun == "it" else None
    return body["name"] if body and AND_SAID.search(text, start, at) else ""


def find_army(text: str, start: int, at: int) -> str:
    """The army with which a sentence opens, where its second clause begins at an offset: "| The
    army | took Kell, and | its troops"; "" elsewhere."""
    body = BODY.match(text, start, at) if text.endswith("and ", start, at) else None
    return body["name"] if body else ""


def find_country(text: str, start: int, end: int) -> str:
    """The country with which a sentence opens, or ""."""
    for named in OPENING_NAME.finditer(text, start, min(end, start + _HEAD)):
        hangs = PREPOSITION.search(text, start, named.start())
        for name in (named["name"], named["name"].rpartition(" ")[2]):  # "On 2 May | Mali"
            if name.lower() in name_governments() and not hangs:
                return name
    return ""


_OPENS_SHORT = re.compile(r" \([A-Z]")


def match_bracketed(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The matches of names with their abbreviation behind them, as `finditer` gives them, tried
    only where words stand right before one, without a sign between."""
    found: list[re.Match[str]] = []
    for opening in _OPENS_SHORT.finditer(text):
        start, first = opening.start(), found[-1].end() if found else 0
        while start > first and (text[start - 1].isalnum() or text[start - 1] in "_ '’-"):
            start -= 1
        if match := pattern.search(text, start, text.find(")", opening.end()) + 1):
            found.append(match)
    return found


SIDES = frozenset(load_toml("agents.toml")["sides"].split())
_ARABIC = re.compile(r"^(?:al|as|ash|el)[- ]", re.IGNORECASE)
_LEADING_ARTICLE = re.compile(r"^(?:The|In|On|By|At|A|An|When|After|Since|From|As) ")


def is_side(words: str) -> bool:
    """Whether words name a side though none of them is one for fighters, in any usual spelling.

    >>> is_side("Al-Shabab"), is_side("al Shabaab"), is_side("Al Jazeera")
    (True, True, False)
    """
    name = _LEADING_ARTICLE.sub("", words).removeprefix("the ").lower()
    return bool({_fold(name), _fold(_ARABIC.sub("", name))} & SIDES)


def _fold(name: str) -> str:
    return name.replace(" ", "-")
