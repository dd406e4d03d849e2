"""A sentence as words with their grammar: what each word, number, date or phrase of it may be.

No parser and no model: a word's class comes from the closed lists of `lexicon`.
"""

import re
from dataclasses import dataclass

from helpers.extract.rules import lexicon as lex
from helpers.extract.rules import verbs as fates
from helpers.extract.rules.phrases import PHRASES
from helpers.extract.text.cache import Memo
from helpers.extract.text.numbers import Number
from helpers.extract.text.sentences import WORD
from helpers.wording import Reading

GLUED = re.compile(
    r"(displaced|uprooted|killed|evacuated|injured|wounded|relocated|people|persons|families|households|homes|residents|individuals)(about|around|some|over|nearly|almost|at|more|in|by|and|from|were|have|had|to|are|as|of|on|the|who)$"
)


@dataclass(slots=True)
class Word:
    """One word, number, date or phrase of a sentence. `kinds`: the classes it may belong to; `triggers`: what
    it does to people, if it is a verb; `sense`: the same for a noun or state."""

    text: str
    start: int
    end: int
    kinds: frozenset[str] = frozenset()
    triggers: tuple[fates.Trigger, ...] = ()
    sense: str = ""
    number: Number | None = None
    is_phrase: bool = False
    is_name: bool = False


_CLASSES = [
    ("be", lex.BE),
    ("have", lex.HAVE),
    ("modal", lex.MODALS),
    ("aux", lex.AUX),
    ("det", lex.DETERMINERS),
    ("prep", lex.PREPOSITIONS),
    ("sub", lex.SUBORDINATORS),
    ("rel", lex.RELATIVES),
    ("adv", lex.ADVERBS),
    ("conj", lex.CONJUNCTIONS),
    ("subset", lex.SUBSET),
    ("person", lex.CIVILIANS | lex.COMBATANTS | lex.PEOPLE),
    ("civilian", lex.CIVILIANS),
    ("combatant", lex.COMBATANTS),
    ("household", lex.HOUSEHOLDS),
    ("dwelling", lex.DWELLINGS),
    ("body", lex.BODIES),
    ("thing", lex.THINGS),
    ("state", frozenset(fates.STATES)),
    ("noun", frozenset(fates.NOUNS)),
    ("verb", frozenset(fates.VERBS)),
]
_KINDS: dict[str, frozenset[str]] = {}
for _kind, _members in _CLASSES:
    for _word in _members:
        _KINDS[_word] = _KINDS.get(_word, frozenset()) | {_kind}
_NONE: frozenset[str] = frozenset()
NOUNLIKE = frozenset({"person", "household", "dwelling", "body", "thing", "noun"})
_PEOPLE_ENDINGS = (
    "men",
    "women",
    "people",
    "persons",
    "ists",
    "ians",
    "eers",
    "goers",
    "folk",
    "workers",
    "keepers",
    "holders",
    "makers",
    "dwellers",
    "ites",
    "ese",
)


def read_words(
    lowered: str,
    start: int,
    end: int,
    numbers: list[Number],
    dates: list[tuple[int, int]],
    text: str = "",
) -> list[Word]:
    """The words of a sentence (offsets in lowered text); `numbers` and `dates` lie within it, in order. With the
    text as written, words with a capital within a sentence in mixed case are marked as names."""
    words: list[Word] = []
    spans = sorted(
        [(n.start, n.end, n) for n in numbers] + [(a, b, None) for a, b in dates],
        key=lambda span: (span[0], -span[1]),
    )
    at = start
    for begin, stop, number in spans:
        if begin < at:
            continue
        at = _read_plain(lowered, at, begin, words)
        if begin < at:  # the number lies in a phrase: "staying in 83 sites"
            continue
        if number is None:
            words.append(Word("<date>", begin, stop, frozenset({"date"})))
        else:
            words.append(
                Word(
                    "<number>",
                    begin,
                    stop,
                    frozenset({"num" if number.is_count else "quantity"}),
                    number=number,
                )
            )
        at = stop
    _read_plain(lowered, at, end, words)
    if "-" in lowered[start:end]:
        words = _mend(words)
    _count_articles(words)
    shouted = text[start:end].isupper()
    for word in words[1:] if text else ():
        word.is_name = not word.kinds if shouted else text[word.start].isupper()
    return words


_ONE = Reading(1.0, 1.0, 1.0, "exact", False)
_FATES = frozenset({"killed", "injured", "detained", "released"})


def _count_articles(words: list[Word]) -> None:
    """ "murdered a judge" is one death: an article before one person counts, where a verb says what befell them."""
    if not any(t.sense in _FATES for word in words for t in word.triggers):
        return
    for at, word in enumerate(words):
        if word.text not in ("a", "an"):
            continue
        if at + 1 < len(words) and words[at + 1].text in _ORDINALS:
            continue  # "a fourth victim" counts four
        noun = next((w for w in words[at + 1 : at + 4] if w.kinds), None)
        if (
            noun
            and noun.kinds & {"civilian", "combatant"}
            and not noun.text.endswith("s")
            and noun.text not in _MANY
        ):
            words[at] = Word(
                word.text,
                word.start,
                word.end,
                frozenset({"num"}),
                number=Number(word.start, word.end, word.start, word.end, _ONE, True),
            )


_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
_MANY = frozenset(
    "police staff couple militia children women men people folk elderly youth troop infantry humanitarian unarmed private general".split()
)


def _mend(words: list[Word]) -> list[Word]:
    """Words that a page cut at a line end, joined: "per- sons"."""
    mended: list[Word] = []
    at = 0
    while at < len(words):
        if (
            at + 2 < len(words)
            and words[at + 1].text == "-"
            and words[at + 1].start == words[at].end
            and words[at + 2].start > words[at + 1].end
            and words[at].text + words[at + 2].text in _KINDS
        ):
            whole = words[at].text + words[at + 2].text
            mended.append(Word(whole, words[at].start, words[at + 2].end, *_classify(whole)))
            at += 3
        else:
            mended.append(words[at])
            at += 1
    return mended


def _read_plain(lowered: str, start: int, end: int, words: list[Word]) -> int:
    """Reads the words between two offsets; returns where it stopped, behind `end` when a phrase goes on."""
    at, phrase = start, True
    while phrase:
        begin = at
        for chunk in lowered[at:end].split(" "):
            for opens, text, first, last, kinds, triggers, sense in _CHUNKS[chunk]:
                if opens and (
                    phrase := _find_phrase(
                        lowered, opens, begin + first, begin + first + len(opens), end
                    )
                ):
                    words.append(phrase)
                    at = phrase.end
                    break
                words.append(Word(text, begin + first, begin + last, kinds, triggers, sense))
            else:
                begin += len(chunk) + 1
                continue
            break
        else:
            phrase = None
    return max(at, end)


def _find_phrase(lowered: str, text: str, begin: int, stop: int, end: int) -> Word | None:
    """The phrase that a word opens, with what it does to people, in the form of that word: "fled | their homes"."""
    if text == "as":
        tail = _AS_WELL.match(lowered, stop)
        return tail and Word("as well as", begin, tail.end(), frozenset({"conj"}))
    for pattern, trigger in PHRASES[text]:
        if (rest := pattern.match(lowered, stop)) and (
            rest.end() <= end or trigger.sense in _CROSSING
        ):
            if trigger.form == "participle" and text.endswith("ing"):
                trigger = trigger._replace(form="ing")
            elif trigger.form == "participle" and text in (
                "move",
                "relocate",
                "send",
                "put",
                "live",
                "stay",
                "shelter",
                "remain",
                "reside",
            ):
                trigger = trigger._replace(form="base")
            return Word(
                text, begin, rest.end(), frozenset({"verb", "phrase"}), (trigger,), is_phrase=True
            )
    return None


_AS_WELL = re.compile(r"\s+well\s+as\b")
_CROSSING = {
    "sheltered",
    "displaced",
    "uprooted",
}  # phrases that may count their places: "moved to 12 schools"


def _unglue(text: str) -> list[tuple[str, int, int]]:
    """A word as it stands; joined again when a line end broke it ("fami-lies"), cut where a page lost the blank
    ("uprootedabout")."""
    if text in _KINDS or len(text) > 40:
        return [(text, 0, len(text))]
    if "-" in text and text.replace("-", "") in _KINDS:
        return [(text.replace("-", ""), 0, len(text))]
    if glued := GLUED.match(text):
        return [(glued[1], 0, glued.end(1)), (glued[2], glued.end(1), len(text))]
    return [(text, 0, len(text))]


def _classify(text: str) -> tuple[frozenset[str], tuple[fates.Trigger, ...], str]:
    """The kinds, triggers and sense of a word; of one that no list knows, by its ending: "rebel's", "car-bombing",
    "churchmen", "vaccinated"."""
    kinds = _KINDS.get(text, _NONE)
    plain = text
    if not kinds and text.endswith(("'s", "s'")):
        plain = text[:-2]
        kinds = _KINDS.get(plain, _NONE) & {"person", "civilian", "combatant", "household", "thing"}
    if not kinds and "-" in text:
        kinds = _KINDS.get(text.rsplit("-", 1)[1], _NONE) - {"prep", "adv", "conj", "aux"}
        plain = text.rsplit("-", 1)[1]
    if not kinds and not text[0].isalnum():
        kinds = frozenset({"punct"})
    if not kinds and len(text) > 5 and text.endswith(_PEOPLE_ENDINGS):
        kinds = frozenset({"person"})
    sense = fates.STATES.get(plain) or fates.NOUNS.get(plain, "")
    triggers = fates.VERBS.get(plain, ())
    if not kinds and len(text) > 4 and text.endswith(("ed", "ing")):
        kinds = frozenset({"verb", "guessed"})
        triggers = (
            (fates.Trigger("other", "both", "ing"),)
            if text.endswith("ing")
            else (
                fates.Trigger("other", "both", "past"),
                fates.Trigger("other", "both", "participle"),
            )
        )
    return kinds, triggers, sense


def _read_word(word: str) -> tuple[bool, list[tuple]]:
    """Whether a word may open a phrase, and what it is otherwise: text, first and last letter, kinds, triggers, sense of
    each word it holds (two where a page lost the blank)."""
    text = word.replace("’", "'")
    return text == "as" or text in PHRASES, [
        (*piece, *_classify(piece[0])) for piece in _unglue(text)
    ]


_READINGS = Memo(_read_word)


def _read_chunk(chunk: str) -> list[tuple]:
    """The words of what stands between two blanks: the word, if it may open a phrase, else ""; then as _READINGS has them."""
    found = []
    for match in WORD.finditer(chunk):
        opens, pieces = _READINGS[match[0]]
        found += [
            (
                match[0].replace("’", "'") if opens else "",
                text,
                match.start() + first,
                match.start() + last,
                *rest,
            )
            for text, first, last, *rest in pieces
        ]
    return found


_CHUNKS = Memo(_read_chunk)


_UNTOLD = frozenset({"other", "force", "measure", "say"})  # senses that tell nothing of the people
_TELLING = (
    frozenset(
        """
lost lose loses losing loss lives population wounds injuries movement movements arrival departure victims fatalities camp camps caseload alive abroad away out underground home
hold holds held treated left leave leaving leaves moved reached entered
""".split()
    )
    | fates.KILLERS
    | fates.IDENTITIES
    | fates.FORCING
)  # these tell by what stands beside them


def tells_fate(word: str) -> bool:
    """Whether a word (lowered, cut at blanks) may tell what befell people, by itself or with words beside it. Without such
    a word, or a phrase (`holds_phrase`), a sentence counts nobody."""
    return _is_half(word) or any(
        text in _TELLING or sense or any(trigger.sense not in _UNTOLD for trigger in triggers)
        for text, triggers, sense in _read_pieces(word)
    )


def befalls_one(word: str) -> bool:
    """Whether a word (lowered, cut at blanks) may say what befell one person whom no number counts: "murdered a judge"."""
    return _is_half(word) or any(
        trigger.sense in _FATES for _, triggers, _ in _read_pieces(word) for trigger in triggers
    )


def _is_half(word: str) -> bool:
    return word[-1:] == "-" and word[-2:-1].isalnum()  # the other half is on the next line


_LETTERS = re.compile(
    r"\bn['’]t\b|[^\W\d_]+"
)  # a word that hangs together is read by its parts too: a number may end within it


def _read_pieces(word: str):
    """(text, triggers, sense) of each word within a word cut at blanks."""
    for piece in (*WORD.findall(word), *_LETTERS.findall(word)):
        for text, _, _, _, triggers, sense in _READINGS[piece][1]:
            yield text, triggers, sense


def opens_phrase(word: str) -> bool:
    """Whether a word (lowered, cut at blanks) holds one that may open a phrase of `phrases.PHRASES`."""
    return bool(_OPENERS[word])


def holds_phrase(lowered: str, start: int, end: int) -> bool:
    """Whether a phrase that tells what befell people begins between two offsets of lowered text."""
    for word in lowered[start:end].split(" "):
        if any(
            pattern.match(lowered, start + stop)
            for stop, patterns in _OPENERS[word]
            for pattern, _ in patterns
        ):
            return True
        start += len(word) + 1
    return False


_OPENERS = Memo(
    lambda word: [
        (match.end(), PHRASES[text])
        for match in _LETTERS.finditer(word)
        if (text := match[0].replace("’", "'")) in PHRASES
    ]
)


def names_thing(lowered: str, start: int, end: int) -> bool:
    """Whether the first word between two offsets, which stand behind a number, is all that it counts, and a thing: "12 | hours
    later". Where that is not sure it says no."""
    blank, thing, after = [*lowered[start:end].split(" ", 3), "", "", ""][:3]
    return not blank and (_THINGS[thing] == 2 or _THINGS[thing] == 1 and not _MAY_NAME[after])


def _judge_thing(chunk: str) -> int:
    """0: no thing; 1: a thing, or part of what the next word names ("12 party | members"); 2: a thing, and a stop."""
    words = _CHUNKS[chunk]
    if (
        not words
        or words[0][0]
        or words[0][4] != _THING
        or len(words) > 1
        and (words[1][0] or words[1][1] not in _STOPS)
    ):
        return 0
    return min(len(words), 2)


_THING, _STOPS = frozenset({"thing"}), frozenset(".,;:!?")
_THINGS = Memo(_judge_thing)
_MAY_NAME = Memo(
    lambda chunk: "-" in chunk or not _CHUNKS[chunk] or bool(_CHUNKS[chunk][0][4] & NOUNLIKE)
)
