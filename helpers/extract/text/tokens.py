"""A sentence as tokens with their grammar: what each word, number, date or phrase of it may be.

No parser and no model: the class of a word comes from the closed lists of the rules.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from helpers.extract.rules.lexicon import KINDS, LISTS, NOUNS, PHRASES, STATES, VERBS
from helpers.extract.rules.load import Trigger
from helpers.extract.rules.notation import list_alternatives
from helpers.extract.text.cache import Cache
from helpers.extract.text.document import Document
from helpers.extract.text.numbers import Number
from helpers.schema.characters import lower_text
from helpers.schema.quantity import Reading

NOUNLIKE = frozenset({"person", "household", "dwelling", "body", "thing", "noun"})
NUMBER, DATE = "<number>", "<date>"  # the text of a token that is one
_WORD = re.compile(
    r"[^\W\d_]+(?:[.][^\W\d_](?:[.][^\W\d_])*\b\.?|(?:['’-][^\W\d_]+)+)?|\d+|--+|[^\w\s]|_"
)
_LETTERS = re.compile(r"\bn['’]t\b|[^\W\d_]+")
_GLUED = re.compile(
    rf"({list_alternatives(LISTS['glued_front'])})({list_alternatives(LISTS['glued_behind'])})$"
)
_BEFALLING = frozenset({"killed", "injured", "displaced", "moved", "detained", "released"})
_GLUED_VERB = re.compile(  # "weredisplaced"
    r"(were|was|have|has|had|been|being)("
    + list_alternatives(
        word
        for word, triggers in VERBS.items()
        if len(word) > 3 and any(trigger.sense in _BEFALLING for trigger in triggers)
    )
    + ")$"
)
_GLUED_NOUN = re.compile(  # "peoplewere"
    f"({list_alternatives(word for word, kinds in KINDS.items() if 'person' in kinds)})"
    "(were|was|have|has|had)$"
)
_ENDINGS = tuple(LISTS["people_endings"])
_NONE: frozenset[str] = frozenset()


@dataclass(slots=True)
class Token:
    """One word, number, date or phrase of a sentence. `kinds`: the classes it may belong to;
    `triggers`: what it does to people, if it is a verb; `sense`: the same for a noun or state."""

    text: str
    start: int
    end: int
    kinds: frozenset[str] = frozenset()
    triggers: tuple[Trigger, ...] = ()
    sense: str = ""
    number: Number | None = None
    is_phrase: bool = False
    is_name: bool = False


class Lexeme(NamedTuple):
    """A token as it is read wherever it stands: start and end are those within what stands between
    two blanks; `opens`: the word, if it may open a phrase, else ""."""

    opens: str
    text: str
    start: int
    end: int
    kinds: frozenset[str]
    triggers: tuple[Trigger, ...]
    sense: str


def read_tokens(
    document: Document, order: int, numbers: list[Number], dates: list[tuple[int, int]]
) -> list[Token]:
    """The tokens of a sentence; `numbers` and `dates` (start, end) lie within it, in order. Words
    with a capital within a sentence in mixed case are marked as names."""
    start, end, _, _ = document.sentences[order]
    tokens: list[Token] = []
    spans: list[tuple[int, int, Number | None]] = [(n.start, n.end, n) for n in numbers]
    spans += [(first, last, None) for first, last in dates]
    at = start
    for begin, stop, number in sorted(spans, key=lambda span: (span[0], -span[1])):
        if begin < at:
            continue
        at = _read_plain(document, at, begin, tokens)
        if begin < at:  # the number lies in a phrase: "staying in 83 sites"
            continue
        if number is None:
            tokens.append(Token(DATE, begin, stop, frozenset({"date"})))
        else:
            kinds = frozenset({"num" if number.is_count else "quantity"})
            tokens.append(Token(NUMBER, begin, stop, kinds, number=number))
        at = stop
    _read_plain(document, at, end, tokens)
    if "-" in document.lowered[start:end]:
        tokens = _mend(tokens)
    _count_articles(tokens)
    shouted = document.text[start:end].isupper()
    for token in tokens[1:]:
        token.is_name = not token.kinds if shouted else document.text[token.start].isupper()
    return tokens


_ONE = Reading(1.0, 1.0, 1.0, "exact", False)
_OF_ONE = frozenset({"killed", "injured", "detained", "released"})  # senses
_ARTICLES = frozenset({"a", "an", "another"})


def tells_of_one(token: Token) -> bool:
    """Whether a word says what befell people one of whom an article may count: "murdered a judge",
    "the death of a judge"."""
    if token.sense in ("killed", "injured"):
        return True
    return bool(token.triggers) and any(trigger.sense in _OF_ONE for trigger in token.triggers)


def _count_articles(tokens: list[Token]) -> None:
    """ "murdered a judge" is one death: an article before one person counts, where a verb says what
    befell them; so does "another" that stands for one."""
    articles = [at for at, token in enumerate(tokens) if token.text in _ARTICLES]
    if not articles or not any(map(tells_of_one, tokens)):
        return
    for at in articles:
        token = tokens[at]
        counts = _stands_for_one if token.text == "another" else _names_one
        if counts(tokens, at):
            one = Number(token.start, token.end, token.start, token.end, _ONE, True)
            kinds = frozenset({"num"})
            tokens[at] = Token(token.text, token.start, token.end, kinds, number=one)


def _names_one(tokens: list[Token], at: int) -> bool:
    """Whether the article here stands before one person: "a young Red Cross driver", "an elderly
    woman"; "a fourth victim" counts four."""
    if at + 1 < len(tokens) and tokens[at + 1].text in LISTS["ordinals"]:
        return False
    first = skip_age(tokens, at + 1)
    step = next(
        (step for step in range(first, min(first + 3, len(tokens))) if tokens[step].kinds), 0
    )
    while step and step + 1 < len(tokens) and tokens[step + 1].kinds & _PEOPLE:
        if not tokens[step].kinds & NOUNLIKE or tokens[step + 1].text in _STATES_OF:
            break
        step += 1
    noun = tokens[step]
    is_one = step and noun.kinds & _PEOPLE and not noun.text.endswith("s")
    return bool(is_one) and noun.text not in LISTS["never_one"]


def skip_age(tokens: list[Token], at: int) -> int:
    """Where the words go on behind an age: "a | 14-year-old | boy"."""
    if at < len(tokens) and "quantity" in tokens[at].kinds:
        for step in range(at + 1, min(at + 6, len(tokens))):
            if tokens[step].text.rpartition("-")[2] == "old":
                return step + 1
    return at


_PEOPLE = frozenset({"civilian", "combatant"})
_STATES_OF = ("dead", "wounded", "injured", "other", "others")  # "left a driver | wounded"


def _stands_for_one(tokens: list[Token], at: int) -> bool:
    """Whether "another" is one more person: "one was killed and another | wounded", "wounded
    another."; not "another soldier", "from one to another"."""
    if at == 0 or "prep" in tokens[at - 1].kinds:
        return False
    if at + 1 == len(tokens):
        return True
    after = tokens[at + 1]
    if after.kinds & {"be", "have", "punct", "prep", "conj"}:
        return True
    return any(t.form in ("past", "participle") and t.sense in _OF_ONE for t in after.triggers)


def _mend(tokens: list[Token]) -> list[Token]:
    """Words that a page cut at a line end, joined: "per- sons"."""
    mended: list[Token] = []
    at = 0
    while at < len(tokens):
        whole = _join_cut(tokens[at : at + 3])
        mended.append(whole or tokens[at])
        at += 3 if whole else 1
    return mended


def _join_cut(tokens: list[Token]) -> Token | None:
    """The word of which these three tokens are the parts and the hyphen, if it is one that the
    lists know."""
    if len(tokens) < 3 or tokens[1].text != "-":
        return None
    first, hyphen, last = tokens
    whole = first.text + last.text
    if hyphen.start != first.end or last.start == hyphen.end or whole not in KINDS:
        return None
    return Token(whole, first.start, last.end, *_classify(whole))


def _read_plain(document: Document, start: int, end: int, tokens: list[Token]) -> int:
    """Adds the tokens between two offsets; returns where it stopped, behind `end` when a phrase
    goes on."""
    at = start
    while phrase := _read_to_phrase(document, at, end, tokens):
        tokens.append(phrase)
        at = phrase.end
    return max(at, end)


def _read_to_phrase(document: Document, start: int, end: int, tokens: list[Token]) -> Token | None:
    """Adds the tokens between two offsets up to the first phrase, and returns that; None if there
    is none."""
    for begin, word in document.cut_words(start, end):
        for opens, text, first, last, kinds, triggers, sense in _LEXEMES[word]:
            if opens:
                stop = begin + first + len(opens)
                if phrase := _find_phrase(document.lowered, opens, begin + first, stop, end):
                    return phrase
            tokens.append(Token(text, begin + first, begin + last, kinds, triggers, sense))
    return None


def _find_phrase(lowered: str, text: str, begin: int, stop: int, end: int) -> Token | None:
    """The phrase that a word opens, with what it does to people, in the form of that word: "fled |
    their homes"."""
    if text == "as":
        tail = _AS_WELL.match(lowered, stop)
        return Token("as well as", begin, tail.end(), frozenset({"conj"})) if tail else None
    for pattern, trigger in PHRASES[text]:
        rest = pattern.match(lowered, stop)
        if not rest or rest.end() > end and trigger.sense not in _CROSSING:
            continue
        if trigger.form == "participle" and text.endswith("ing") and text != "being":
            trigger = trigger._replace(form="ing")
        elif trigger.form == "participle" and text in _BARE:
            trigger = trigger._replace(form="base")
        kinds = frozenset({"verb", "phrase"})
        last = begin + len(lowered[begin : rest.end()].rstrip())
        return Token(text, begin, last, kinds, (trigger,), is_phrase=True)
    return None


_AS_WELL = re.compile(r"\s+well\s+as\b")
_BARE = frozenset("move relocate send put live stay shelter remain reside".split())
# Phrases that may count their places: "moved to 12 schools".
_CROSSING = frozenset({"sheltered", "displaced", "uprooted"})


def _unglue(text: str) -> list[tuple[str, int, int]]:
    """A word as it stands; joined again when a line end broke it ("fami-lies"), cut where a page
    lost the blank ("uprootedabout")."""
    if text in KINDS or len(text) > 40:
        return [(text, 0, len(text))]
    if "-" in text and text.replace("-", "") in KINDS:
        return [(text.replace("-", ""), 0, len(text))]
    if glued := _GLUED.match(text) or _GLUED_VERB.match(text) or _GLUED_NOUN.match(text):
        return [(glued[1], 0, glued.end(1)), (glued[2], glued.end(1), len(text))]
    return [(text, 0, len(text))]


def _classify(text: str) -> tuple[frozenset[str], tuple[Trigger, ...], str]:
    """The kinds, triggers and sense of a word; of one that no list knows, by its ending: "rebel's",
    "car-bombing", "churchmen", "vaccinated"."""
    kinds = KINDS.get(text, _NONE)
    plain = text
    if not kinds and text.endswith(("'s", "s'")):
        plain = text[:-2]
        kinds = KINDS.get(plain, _NONE) & {"person", "civilian", "combatant", "household", "thing"}
    if not kinds and "-" in text:
        plain = text.rsplit("-", 1)[1]
        kinds = KINDS.get(plain, _NONE) - {"prep", "adv", "conj", "aux"}
    if not kinds and not text[0].isalnum():
        kinds = frozenset({"punct"})
    if not kinds and len(text) > 5 and text.endswith(_ENDINGS):
        kinds = frozenset({"person"})
    sense = STATES.get(plain) or NOUNS.get(plain, "")
    triggers = VERBS.get(plain, ())
    if not kinds and len(text) > 4 and text.endswith(("ed", "ing")):
        kinds = frozenset({"verb", "guessed"})
        forms = ("ing",) if text.endswith("ing") else ("past", "participle")
        triggers = tuple(Trigger("other", "both", form) for form in forms)
    return kinds, triggers, sense


def _look_up(letters: str) -> list[Lexeme]:
    """A word without marks as lexemes: two where a page lost the blank."""
    plain = letters.replace("’", "'")
    opens = plain if plain == "as" or plain in PHRASES else ""
    return [
        Lexeme(opens, text, first, last, *_classify(text)) for text, first, last in _unglue(plain)
    ]


_LOOKED_UP = Cache(_look_up)


def _read_lexemes(word: str) -> list[Lexeme]:
    """The lexemes of what stands between two blanks."""
    return [
        lexeme._replace(start=match.start() + lexeme.start, end=match.start() + lexeme.end)
        for match in _WORD.finditer(lower_text(word).replace("incl.", "incl "))
        for lexeme in _LOOKED_UP[match[0]]
    ]


_LEXEMES = Cache(_read_lexemes)


def list_lexemes(word: str) -> Iterator[Lexeme]:
    """The lexemes that what stands between two blanks may hold; a word that hangs together is read
    by its parts too, for a number may end within it."""
    lowered = lower_text(word)
    for letters in (*_WORD.findall(lowered), *_LETTERS.findall(lowered)):
        yield from _LOOKED_UP[letters]
