"""Whether a sentence may count people, told by its words: it holds a number, and a word or phrase
that says something of people.

What a word may say is looked up in the rules that read it; what this refuses, no rule would count.
"""

import re
from functools import reduce
from itertools import compress
from operator import or_

from helpers.extract.rules.lexicon import LISTS, PHRASES
from helpers.extract.rules.load import Trigger
from helpers.extract.rules.notation import list_alternatives
from helpers.extract.text.cache import Cache
from helpers.extract.text.document import Document, lower_text
from helpers.extract.text.numbers import opens_number
from helpers.extract.text.tokens import list_lexemes

_UNTOLD = frozenset({"other", "force", "measure", "say"})  # senses that tell nothing of the people
_LISTS = ("telling", "killers", "identities", "forcing", "carriers")
_TELLING = frozenset().union(*(LISTS[name] for name in _LISTS))
_NUMBER, _TELLS, _OPENS = 1, 2, 4  # of a number; tells something of people; may open a phrase
# "a" or "another"; one person whom it may count; says that somebody was killed or hurt
_ARTICLE, _ONE, _BEFALLS = 8, 16, 32
_OF_ONE = _ARTICLE | _ONE | _BEFALLS
_LETTERS = re.compile(r"\bn['’]t\b|[^\W\d_]+n['’]t\b|[^\W\d_]+")
Opener = tuple[int, list[tuple[re.Pattern[str], Trigger]]]  # where it ends in its word, phrases


def may_count(document: Document, order: int, resumes: bool) -> bool:
    """Whether a sentence may count people; `resumes`: the one before did, so that "13 of them"
    needs no word of its own."""
    bits = reduce(or_, map(_BITS.__getitem__, document.list_words(order)), 0)
    if bits & _OF_ONE == _OF_ONE:
        return True  # "a man was killed"
    if not bits & _NUMBER:
        return False
    start = document.sentences[order].start
    is_cut = start and document.lowered[start - 1].isalnum()  # within a word: it may be another
    return bool(
        resumes or bits & _TELLS or is_cut or bits & _OPENS and _holds_phrase(document, order)
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


def _judge_word(word: str) -> int:
    """What a word may bring to its sentence, as bits."""
    is_half = word[-1:] == "-" and word[-2:-1].isalnum()  # the other half is on the next line
    tells = is_half or any(
        lexeme.text in _TELLING
        or lexeme.sense
        or any(trigger.sense not in _UNTOLD for trigger in lexeme.triggers)
        for lexeme in list_lexemes(word)
    )
    return (
        _judge_one(word)
        | (_NUMBER if opens_number(lower_text(word)) else 0)
        | (_TELLS if tells else 0)
        | (_OPENS if _OPENERS[word] else 0)
    )


def _judge_one(word: str) -> int:
    """What a word may bring to a sentence that tells of one person, as bits."""
    bits = 0
    for lexeme in list_lexemes(word):
        if lexeme.text in ("a", "an", "another"):
            bits |= _ARTICLE
        if lexeme.kinds & {"civilian", "combatant"} and not lexeme.text.endswith("s"):
            bits |= _ONE
        senses = {lexeme.sense, *(trigger.sense for trigger in lexeme.triggers)}
        if senses & {"killed", "injured"}:
            bits |= _BEFALLS
    return bits


def _list_openers(word: str) -> list[Opener]:
    """The words within a word that may open a phrase."""
    return [
        (match.end(), PHRASES[text])
        for match in _LETTERS.finditer(lower_text(word))
        if (text := match[0].replace("’", "'")) in PHRASES
    ]


_OPENERS = Cache(_list_openers)
_BITS = Cache(_judge_word)


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
