"""Whether a sentence may count people, told by its words: it holds a number, and a word or phrase
that says something of people.

What a word may say is looked up in the rules that read it; what this refuses, no rule would count.
"""

import re
from itertools import compress

from helpers.extract.rules.lexicon import LISTS, PHRASES
from helpers.extract.rules.load import Trigger
from helpers.extract.rules.notation import list_alternatives
from helpers.extract.text.cache import Cache
from helpers.extract.text.document import Document
from helpers.extract.text.numbers import NUMBER
from helpers.extract.text.signs import add_sign
from helpers.extract.text.tokens import list_lexemes
from helpers.schema.characters import lower_text

_UNTOLD = frozenset({"other", "force", "measure", "say"})  # senses that tell nothing of the people
_LISTS = ("telling", "killers", "identities", "forcing", "carriers")
_TELLING = frozenset().union(*(LISTS[name] for name in _LISTS))
_LETTERS = re.compile(r"\bn['’]t\b|[^\W\d_]+n['’]t\b|[^\W\d_]+")
Opener = tuple[int, list[tuple[re.Pattern[str], Trigger]]]  # where it ends in its word, phrases


def may_count(document: Document, order: int, resumes: bool) -> bool:
    """Whether a sentence may count people; `resumes`: the one before did, so that "13 of them"
    needs no word of its own."""
    signs = document.signs[order]
    if signs & _OF_ONE == _OF_ONE:
        return True  # "a man was killed"
    if not signs & NUMBER:
        return False
    start = document.sentences[order].start
    is_cut = start and document.lowered[start - 1].isalnum()  # within a word: it may be another
    return bool(
        resumes or signs & _TELLS or is_cut or signs & _OPENS and _holds_phrase(document, order)
    )


_FLIGHT = re.compile(
    rf"\b(?:{list_alternatives(LISTS['flight'])}|dr[io]v\w+ (?:\w+ ){{0,3}}(?:out|from))\b"
)
_ATTACK = re.compile(rf"\b(?:{list_alternatives(LISTS['attack'])})\b")
_BEFORE, _BEHIND, _OPENING = 3, 1, 3  # sentences before and behind one, and that open a text


def tells_of_flight(document: Document, order: int, sense: str) -> bool:
    """Whether the sentences around one, or those that open its text, tell of people in flight, so
    that whoever "waits at the bridge" is displaced; those who arrive ("coming") are so too where a
    text opens with an attack."""
    spans, lowered = document.sentences, document.lowered
    first, last = max(0, order - _BEFORE), min(len(spans) - 1, order + _BEHIND)
    opening = spans[min(len(spans), _OPENING) - 1].end
    if _FLIGHT.search(lowered, spans[first].start, spans[last].end):
        return True
    if _FLIGHT.search(lowered, 0, opening):
        return True
    return sense == "coming" and bool(_ATTACK.search(lowered, 0, opening))


def _tells(word: str) -> bool:
    """Whether a word tells something of people."""
    is_half = word[-1:] == "-" and word[-2:-1].isalnum()  # the other half is on the next line
    return is_half or any(
        lexeme.text in _TELLING
        or lexeme.sense
        or any(trigger.sense not in _UNTOLD for trigger in lexeme.triggers)
        for lexeme in list_lexemes(word)
    )


def _is_article(word: str) -> bool:
    """Whether a word may count one: "a", "another"."""
    return any(lexeme.text in ("a", "an", "another") for lexeme in list_lexemes(word))


def _is_one(word: str) -> bool:
    """Whether a word is one person, whom an article may count."""
    return any(
        lexeme.kinds & {"civilian", "combatant"} and not lexeme.text.endswith("s")
        for lexeme in list_lexemes(word)
    )


def _befalls(word: str) -> bool:
    """Whether a word says that somebody was killed or hurt, or opens such a phrase: "gunned
    down"."""
    opened = PHRASES.get(word, ()) if len(word) > _SHORT else ()
    if any(trigger.sense in ("killed", "injured") for _, trigger in opened):
        return True
    return any(
        sense in ("killed", "injured")
        for lexeme in list_lexemes(word)
        for sense in (lexeme.sense, *(trigger.sense for trigger in lexeme.triggers))
    )


_SHORT = 5  # letters: "not", "with", "found" open such phrases too, and much else


def _list_openers(word: str) -> list[Opener]:
    """The words within a word that may open a phrase."""
    return [
        (match.end(), PHRASES[text])
        for match in _LETTERS.finditer(lower_text(word))
        if (text := match[0].replace("’", "'")) in PHRASES
    ]


_OPENERS = Cache(_list_openers)
_TELLS, _OPENS = add_sign(_tells), add_sign(_OPENERS.__getitem__)
_OF_ONE = add_sign(_is_article) | add_sign(_is_one) | add_sign(_befalls)


def _holds_phrase(document: Document, order: int) -> bool:
    """Whether a phrase that says something of people begins in a sentence."""
    words = document.find_words(*document.sentences[order][:2])
    openers = list(map(_OPENERS.__getitem__, document.words[words.start : words.stop]))
    return any(
        pattern.match(document.lowered, document.starts[index] + stop)
        for index in compress(words, openers)
        for stop, phrases in openers[index - words.start]
        for pattern, _ in phrases
    )
