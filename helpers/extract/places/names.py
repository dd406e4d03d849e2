"""Names in a text: words written as names are, and runs of them that belong together ("Deir ez-Zor", "Old Pell").

A name is folded before it is looked up; a word is folded once, however often it stands in the texts.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from helpers.extract.dates.calendar import MONTHS, WEEKDAYS
from helpers.extract.rules import lexicon as lex
from helpers.extract.rules import verbs as fates
from helpers.extract.rules.ground import FEATURES
from helpers.extract.text.cache import Memo

TOKEN = re.compile(r"[^\W\d_]+(?:[-'’ʿʾ`][^\W\d_]+)*")
JOINERS = frozenset(
    "al el ez es as ash ar ad de del della di da do dos das du la las le los les y e bin ibn abu sur upon".split()
)
_FOLD = str.maketrans(
    {mark: None for mark in "'’ʿʾ`‘"} | {"-": " ", "–": " ", "ı": "i", "ø": "o", "ł": "l", "đ": "d"}
)
TITLES = frozenset(
    """
mr mrs ms dr prof gen general col colonel lt lieutenant maj major capt captain sgt sergeant brig brigadier president premier minister prime king queen prince
imam father sister bishop pope judge governor prefect mayor commander chief secretary spokesman spokeswoman ambassador envoy sen senator rep mp dame sir lord private
marshal admiral director chairman professor doctor nurse surgeon comrade
""".split()
)
ORGANISED = frozenset(
    """
front army movement brigade brigades party council ministry organisation organization committee watch cross crescent force forces guard guards union command
column hospital agency bank association group government police militia nations observatory coalition authority parliament corps division regiment battalion
office centre center court radio news operation university school church mosque team times post highway institute foundation fund service services bureau
congress senate assembly republicans democrats company mission league alliance federation commission department network media television tv press society
brotherhood rebels troops army's front's resistance guerrillas squad convention agreement accord treaty war games cup museum hotel fc artillery unit navy
""".split()
)
NO_NAME = frozenset(
    """
i he she it we they you his her its their our my this that these those the a an and or but if when while after before since until although though because as at by for from in into of off on onto
out over per than to toward towards under up via with within without all any both each either every few many more most much neither no none not one other others several some such two three four five
nearby neighbouring neighboring six seven eight nine ten eleven twelve hundred thousand million dozens what which who whom whose where why how there here now then today tomorrow yesterday also already again meanwhile however earlier later once only even
arab arabs kurds kurdish alawites druze sunni sunnis shia shiite shiites turkish syrian iraqi iranian
yes just still yet soon another same man men ban god allah christmas ramadan easter eid new old islam christian muslim english french arabic russian soviet european african american british
gmt utc ap afp reuters upi text un us uk eu nato idp idps ngo ngos aid day week month year reports officials residents witnesses sources elsewhere nobody everyone someone nothing everything
north south east west northern southern eastern western central upper lower fighters fighting clashes shelling air analysis update breaking photo picture exclusive interview map
towns villages cities weapons ships tanks shares prices snow rain night silence homes houses schools mosques roads bridges buildings hostages spirits stocks temperatures turnout support
exports imports production rainfall inflation sales profits morale bombs shells missiles rockets mortars drones planes oil gold land territory ground power control positions power
refuge shelter part place office cover aim care advantage charge hostages prisoners captives revenge responsibility credit command parts territory taliban
monday tuesday wednesday thursday friday saturday sunday government opposition parliament congress police army rebel insurgent militia state local national international federal first second third last next
january february march april may june july august september october november december following should could would were had has have been being be rs usd inr eur can must shall let do did does even given having when operation resolution article according despite during against between among around near inside outside beyond behind below above across along through throughout
""".split()
)
_SIDES = frozenset(
    "new old upper lower north south east west central".split()
)  # may open a name: "Old Pell"
_OPENS_NONE = NO_NAME - _SIDES
_INNER_NONE = NO_NAME - {"new", "old", "central"}
STANDS_BEFORE = _OPENS_NONE | MONTHS.keys() | WEEKDAYS.keys()
_STANDS_BEHIND = FEATURES | NO_NAME | WEEKDAYS.keys()
_ALONE_NONE = NO_NAME | MONTHS.keys() | WEEKDAYS.keys() | FEATURES
_BEFORE_STOP = TITLES | {"st", "mt", "ft"}


def fold_name(name: str) -> str:
    """A name in lower case without diacritics, apostrophes, hyphens, possessive 's, or a leading article."""
    if name.isascii():
        plain = (
            _POSSESSIVE.sub("", name.lower()).replace("'", "").replace("`", "").replace("-", " ")
        )
    else:
        plain = _POSSESSIVE.sub("", unicodedata.normalize("NFC", name).lower())
        plain = "".join(
            letter
            for letter in unicodedata.normalize("NFKD", plain.translate(_FOLD))
            if not unicodedata.combining(letter)
        )
    plain = " ".join(plain.split())
    return _LEADING.sub("", plain) if plain.startswith(("the ", "al ", "el ")) else plain


_POSSESSIVE = re.compile(r"['’]s?$")
_LEADING = re.compile(r"^(?:the|al|el) (?=\w)")


def key_name(name: str) -> str:
    """The key of a place that no table has: its folded words joined by `_`."""
    return re.sub(r"\W+", "_", fold_name(name)).strip("_") or "place"


@lru_cache(maxsize=1)
def list_common() -> frozenset[str]:
    """Words that begin sentences and are no names."""
    return (
        lex.CIVILIANS
        | lex.COMBATANTS
        | lex.PEOPLE
        | lex.HOUSEHOLDS
        | lex.DWELLINGS
        | lex.BODIES
        | lex.THINGS
        | frozenset(fates.STATES)
        | frozenset(fates.NOUNS)
        | frozenset(fates.VERBS)
        | NO_NAME
    )


class Token(NamedTuple):
    """A word of a text: where it stands, folded, whether it is written as a name is, whether all around it is in capitals."""

    start: int
    end: int
    folded: str
    is_name: bool
    shouted: bool


def _read_word(word: str) -> tuple[str, bool]:
    return fold_name(word) or word.lower(), word[0].isupper() or bool(
        re.match(r"(?:al|el|ad|ar|as|ash|ez)[-'’][A-Z]", word)
    )


READ = Memo(_read_word)  # word → folded, whether it is written as a name is
FOLDED = Memo(fold_name)


def read_tokens(text: str, first: int, last: int) -> list[Token]:
    """All words of a text between two offsets, none of which cuts a paragraph."""
    tokens, line_end, shouted = [], 0, False
    for match in TOKEN.finditer(text, first, last):
        start, end = match.span()
        if start >= line_end:
            line_end = text.find("\n", start)
            line_end = len(text) if line_end < 0 else line_end
            shouted = is_shouted(text[start:line_end])
        folded, is_name = READ[match[0]]
        tokens.append(Token(start, end, folded, is_name, shouted))
    return tokens


_SMALL, _CAPITAL = bytes(range(97, 123)), bytes(range(65, 91))


def is_shouted(line: str) -> bool:
    """Whether a line is all in capitals, or nearly."""
    if not may_shout(line):
        return False
    capitals, small = sum(map(str.isupper, line)), sum(map(str.islower, line))
    return capitals > 4 * small and capitals > 3


def may_shout(line: str) -> bool:
    """Whether a line is shouted, if any letter beyond A to Z were a capital: quickly counted, and never too few."""
    plain = line.encode("ascii", "ignore")
    small = len(plain) - len(plain.translate(None, _SMALL))
    capitals = len(line) - len(plain.translate(None, _CAPITAL))
    return capitals > 3 and capitals > 4 * small


# Words with a capital, found by their first letter: ten times as fast as reading every word.
_CAPITALISED = re.compile(
    r"[A-Z\u0080-\U0010ffff](?<=[^\W\d_])(?<![^\W\d_].)[^\W\d_]*(?:[-'’ʿʾ`][^\W\d_]+)*"
)
_WITHIN = re.compile(r"[^\W\d_][-'’ʿʾ`]$")
_ARTICLE = re.compile(r"(?<![^\W\d_])(?<![^\W\d_][-'’ʿʾ`])(?:al|el|ad|ar|as|ash|ez)[-'’]$")


def read_names(text: str, first: int, last: int) -> list[Token]:
    """The words of a text, between two offsets, that are written as names, and the joiners between them ("Deir | ez | Zor")."""
    tokens, behind = [], first
    for start, end in find_names(text, first, last):
        if (
            2 < start - behind < 20
            and text[start - 1] == " " != text[start - 2]
            and (between := text[behind:start].split())
            and READ[between[-1]][0] in JOINERS
            and TOKEN.fullmatch(between[-1])
        ):
            tokens.append(
                Token(start - 1 - len(between[-1]), start - 1, READ[between[-1]][0], False, False)
            )
        tokens.append(Token(start, end, READ[text[start:end]][0], True, False))
        behind = end
    return tokens


def find_names(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Where words written as names stand between two offsets."""
    for match in _CAPITALISED.finditer(text, first, last):
        start, end = match.span()
        if (
            start > 1 and text[start - 1] in "-'’ʿʾ`" and _WITHIN.match(text, start - 2, start)
        ):  # "ex-President" is no name, "al-Bab" is one
            article = (
                _ARTICLE.search(text, max(0, start - 4), start)
                if "A" <= text[start] <= "Z"
                else None
            )
            if article:
                yield article.start(), end
        elif text[start].isupper():
            yield start, end


def end_run(text: str, tokens: list[Token], at: int) -> int:
    """Index behind the names that belong together: "Old Pell", "Kafr Nabl", "Deir ez-Zor", not over a stop."""
    stop = at + 1
    if tokens[at].folded in _OPENS_NONE:
        return stop
    while stop < len(tokens) and stop - at < 6:
        last, following = tokens[stop - 1], tokens[stop]
        gap = text[last.end : following.start]
        if (
            gap != " "
            and (
                len(gap) > 3
                or not _GAP.fullmatch(gap)
                or "\n\n" in gap
                or gap == ". "
                and last.folded not in _BEFORE_STOP
            )
            or text[last.end - 2 : last.end] in ("'s", "’s")
        ):
            break
        if following.is_name and not following.shouted and following.folded not in _INNER_NONE:
            stop += 1
        elif (
            following.folded in JOINERS
            and stop + 1 < len(tokens)
            and tokens[stop + 1].is_name
            and text[following.end : tokens[stop + 1].start] == " "
        ):
            stop += 2
        else:
            break
    return stop


_GAP = re.compile(r"\.? |\s?\n?\s?")


def trim_run(run: list[Token]) -> list[Token]:
    """A run without words that only stand beside a name: "On Tuesday", "The", "Kell City" keeps its city."""
    first, last = 0, len(run)
    while first < last and run[first].folded in STANDS_BEFORE:
        first += 1
    while last - first > 1 and run[last - 1].folded in _STANDS_BEHIND:
        last -= 1
    return (
        []
        if first == last or last - first == 1 and run[first].folded in _ALONE_NONE
        else run[first:last]
    )


def strip_possessive(text: str, start: int, end: int) -> int:
    """Where a name ends without its 's."""
    if end - start > 1 and text[end - 1] in "sS" and text[end - 2] in "'’":
        return end - 2
    return end - 1 if end > start and text[end - 1] in "'’" else end
