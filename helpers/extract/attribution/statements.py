"""Statements: where a sentence says who says something, and what stands under it.

"X said that …" holds for what follows, "…, X said" for what stands before, "according to X" for
both within its clause.
"""

import re
from typing import NamedTuple

from helpers.extract.attribution.phrases import (
    WORDS,
    Phrase,
    Word,
    cut_words,
    find_head,
    is_sign,
    name_phrase,
    read_before,
    read_before_clause,
    read_behind,
)
from helpers.extract.rules.load import load_patterns
from helpers.extract.text.cache import Cache

PATTERNS = load_patterns("attribution.toml")
_VERBS = WORDS["saying"] | WORDS["showing"]
_REPORTING = WORDS["reporting"]
_CITING = frozenset({"to", "citing", "quoting", "per", "by", "on"})
_OPENS = _VERBS | _REPORTING | _CITING | {"claiming", "if"}
_CUES = (_VERBS | _REPORTING | _CITING | WORDS["passive"]) - {"to"}
_CUES |= {"according", "believed", "claiming"}
_LETTERS = re.compile(r"[^\W\d_]+")
_IS_CUE = Cache(lambda word: any(part in _CUES for part in _LETTERS.findall(word.lower())))
_BE = frozenset("is are was were be been being".split())
_NEVER_FIRST = WORDS["showing"] | {"told", "tell", "tells"}
_NOUNS = frozenset(
    "estimate estimates count counts report reports claim claims record records".split()
)
_LIVES = frozenset({"lives", "life", "responsibility"})
_DATA = 14  # words between "figures" and "show"


class Statement(NamedTuple):
    """Somebody says something: where it stands in the sentence (start, end), the speaker's words
    ("he" and "the agency" as they stand), the verb ("" for "according to"), and whether what
    stands before it (trails) or behind it (leads) is said; `aside`: what stands between commas
    behind the speaker ("Al Manar, | Hezbollah's television |, said")."""

    start: int
    end: int
    source: str
    verb: str
    trails: bool
    leads: bool
    is_definite: bool = False
    aside: str = ""


def find_statements(sentence: str) -> list[Statement]:
    """The statements of a sentence in reading order.

    >>> [one.source for one in find_statements("Nine died, an official said.")]
    ['official']
    """
    if not any(map(_IS_CUE.__getitem__, sentence.split())):
        return []
    words = cut_words(sentence)
    found: list[Statement] = []
    for at, word in enumerate(words):
        if word.lower not in _OPENS:
            continue
        statement = None
        if word.lower in _VERBS:
            statement = _read_saying(words, at) or _read_joined(words, at, found)
        elif word.lower == "claiming":
            statement = _read_joined(words, at, found)
        elif word.lower in _REPORTING:
            statement = _read_with(words, at)
        if word.lower == "if":
            statement = _read_believed(words, at)
        if statement is None and word.lower in _CITING:
            statement = _read_according(words, at)
        if statement and not (found and statement.start < found[-1].end):
            found.append(statement)
    return found


def choose_statement(found: list[Statement], sentence: str, at: int) -> Statement | None:
    """The statement under which what stands at an offset is said, or None; who is cited says it,
    not who cites."""
    chosen = _choose(found, sentence, at)
    if chosen:
        for one in found:
            first, last = sorted((chosen, one))
            apart = PATTERNS["boundary"].search(sentence, first.end, last.start)
            if one.verb == "citing" and not apart:
                return one
    return chosen


_MARKS = re.compile("[,:;]")
_COUNTING = frozenset("counted recorded registered hosted documented counts".split())


def _choose(found: list[Statement], sentence: str, at: int) -> Statement | None:
    """The nearest statement that reaches an offset, or None; a country that "counted" is none
    where somebody else is named."""
    if not found:
        return None
    leading = [one for one in found if one.end <= at and one.leads]
    if any(one.verb == "" and one.trails for one in found):
        leading = [
            one
            for one in leading
            if one.verb not in _COUNTING or not one.source.istitle() or " " in one.source
        ]
    trailing = [one for one in found if one.start >= at and one.trails]
    before, after = leading[-1] if leading else None, trailing[0] if trailing else None
    if after and after.verb == "own" and _MARKS.search(sentence, at, after.start):
        after = None  # "by its own account" reaches no further than its clause
    if PATTERNS["ours"].search(sentence, before.end if before else 0, at):
        return None
    if before and after:
        own = PATTERNS["boundary"].search(sentence, before.end, at)
        apart = PATTERNS["boundary"].search(sentence, at, after.start)
        return after if own and not apart else before
    if before:
        is_over = before.trails and PATTERNS["contrast"].search(sentence, before.end, at)
        return None if is_over else before
    if after and PATTERNS["contrast"].search(sentence, at, after.start):
        return None
    return after


def _read_saying(words: list[Word], at: int) -> Statement | None:
    """The statement whose verb stands at an index."""
    verb = words[at].lower
    if at and words[at - 1].lower in _BE | {"to", "being"} and verb not in ("saying",):
        return None
    if not _is_verb(words, at):
        return None
    if verb not in _NEVER_FIRST and (inverted := _read_inverted(words, at)):
        return inverted
    if statement := _read_data(words, at):
        return statement
    if verb in WORDS["showing"]:
        return None
    if verb in WORDS["denying"] and not WORDS["parts"].isdisjoint(
        word.lower for word in words[at + 1 : at + 4]
    ):
        return None  # "denies any part in it"
    phrase = _read_pronoun(words, at) or read_before_clause(words, at) or read_before(words, at)
    if phrase is None or phrase.first and words[phrase.first - 1].lower == "whose":
        return None
    leads, trails = _judge_reach(words, phrase, at)
    if verb == "established":
        leads = False
    statement = _state(words, phrase, verb, phrase.first, at + 1, trails, leads)
    return statement._replace(aside=_read_aside(words, phrase.last, at))


def _read_joined(words: list[Word], at: int, found: list[Statement]) -> Statement | None:
    """ "denied that Kell had fallen and | put the losses at 60": whoever spoke before says this
    too; or who acts before: "the Front called it a lie and | said"."""
    step = at
    while step and words[step - 1].lower in WORDS["auxiliary"]:
        step -= 1
    is_participle = words[at].lower == "claiming"
    if not step or words[step - 1].lower not in ("and", "but") and not is_participle:
        return None
    if not is_participle and not _is_verb(words, at):
        return None
    verb = "claimed" if is_participle else words[at].lower
    for earlier in reversed(found):
        if earlier.source and (earlier.verb or earlier.trails):
            if any(word.text in ";:" for word in words[:at] if word.start >= earlier.end):
                return None
            return earlier._replace(
                start=words[step - 1].start,
                end=words[at].end,
                verb=verb,
                trails=False,
                leads=True,
            )
    for back in range(step - 2, max(0, step - _ACTING), -1):
        if words[back].text in ";:":
            return None
        if words[back].lower in WORDS["acting"] and (phrase := read_before(words, back)):
            said = _state(words, phrase, verb, step - 1, at + 1, False, True)
            return said._replace(aside=_read_aside(words, phrase.last, back))
    return None


_ACTING = 24  # words between what somebody did and said


def _read_aside(words: list[Word], first: int, last: int) -> str:
    """What stands between commas behind a speaker: "Al Manar, | Hezbollah's television |, said"."""
    if last - first < 3 or words[first].text != "," or words[last - 1].text != ",":
        return ""
    return name_phrase(words, Phrase(first + 1, last - 1))


def _read_with(words: list[Word], at: int) -> Statement | None:
    """ "with the United Nations | reporting 400,000 displaced"."""
    for step in range(at - 1, max(-1, at - _DATA), -1):
        if words[step].lower == "with":
            phrase = read_behind(words, step + 1)
            if phrase is None or phrase.last != at:
                return None
            return _state(words, phrase, words[at].lower, phrase.first, at + 1, False, True)
    return None


def _is_verb(words: list[Word], at: int) -> bool:
    """Whether a word of saying is the verb here: "the army's | claims" and "12 | reported | killed"
    are not."""
    verb = words[at].lower
    behind = words[at + 1].lower if at + 1 < len(words) else ""
    before = words[at - 1] if at else None
    if before and (before.lower in WORDS["determiners"] or re.search(r"['’]s?$", before.text)):
        return False
    if verb in ("claimed", "claims", "claim") and _LIVES & {
        one.lower for one in words[at : at + 8]
    }:
        return False  # "violence has | claimed | 15,000 lives"
    if verb in _NOUNS and behind in _VERBS | {"by", "of", "from"}:
        return False  # "an interim | count | gives"
    if verb in WORDS["counting"]:
        near = [word.lower for word in words[at + 1 : at + 6]]
        is_speaking = verb in ("spoke", "speaks", "speak")
        if WORDS["tolls"].isdisjoint(near) or is_speaking and behind != "of":
            return False
    if verb in WORDS["participles"]:
        if behind in ("by", "dead", "killed", "missing", "injured", "wounded", "so", "as"):
            return False
        if behind in ("deaths", "cases", "casualties") and before and before.text[0].islower():
            return before.lower in WORDS["role"] | WORDS["body"]
    return True


def _read_pronoun(words: list[Word], at: int) -> Phrase | None:
    """ "he | said", "it | also added"; not "men who they said"."""
    while at and words[at - 1].lower in WORDS["auxiliary"]:
        at -= 1
    if not at or words[at - 1].lower not in WORDS["pronouns"]:
        return None
    is_relative = at > 1 and words[at - 2].lower in ("who", "which", "whom", "what")
    return None if is_relative else Phrase(at - 1, at)


def _read_inverted(words: list[Word], at: int) -> Statement | None:
    """ "…, | said Ali Saleh, a medic"; "said the army had" is not one."""
    if not at or words[at - 1].text not in (",", "”", '"', "'", "’", "–", "—"):
        if not (at and words[at].lower in ("says", "said") and is_sign(words, at - 1)):
            return None
    phrase = read_behind(words, at + 1)
    if phrase is None or phrase.last < len(words) and not _closes(words, phrase.last):
        return None
    end, speaker = phrase.last, name_phrase(words, phrase)
    if end < len(words) and words[end].text == ",":
        title = read_behind(words, end + 1)
        whole = name_phrase(words, title) if title else ""
        if title and PATTERNS["speaks_for"].search(whole):
            speaker, end = whole, title.last
    return Statement(words[at].start, words[end - 1].end, speaker, words[at].lower, True, False)


_CLOSING = frozenset(
    "on in at late early during after when told as adding by from via claiming".split()
)


def _closes(words: list[Word], at: int) -> bool:
    """Whether a statement ends at an index: at a sign, a day, or "in a statement"."""
    if is_sign(words, at):
        return True
    return words[at].lower in _CLOSING or words[at].lower in WORDS["calendar"]


def _read_data(words: list[Word], at: int) -> Statement | None:
    """ "figures released by the ministry | show", "an AFP tally | found"."""
    for step in range(at - 1, max(-1, at - _DATA), -1):
        word = words[step]
        if is_sign(words, step) and word.text not in "()" or word.lower == "that":
            return None
        if word.lower not in WORDS["document"]:
            continue
        if step == at - 1:
            whole = read_before(words, at)
            owner = drop_documents(words, whole) if whole else None
            if owner is None:
                return _state_document(words, step, at)
            return _state(words, owner, words[at].lower, owner.first, at + 1, False, True)
        whole = read_before(words, step + 1)
        owner = drop_documents(words, whole) if whole else None
        owner = owner or _read_maker(words, step + 1)
        if owner is None:
            return None
        return _state(words, owner, words[at].lower, step, at + 1, False, True)
    return None


def _state_document(words: list[Word], noun: int, at: int) -> Statement | None:
    """ "the report | said": whose it is was said before; "a previous version | said": nobody's."""
    if noun == 0 or words[noun - 1].lower not in ("the", "its", "their"):
        return Statement(words[noun].start, words[at].end, "", words[at].lower, False, True)
    return _state(words, Phrase(noun, at), words[at].lower, noun, at + 1, False, True)


def _read_maker(words: list[Word], at: int) -> Phrase | None:
    """Who made what is read: "data | compiled by the UN", "a report | by Kell's hospital"."""
    if at < len(words) and words[at].lower in WORDS["compiled"]:
        at += 1
    if at < len(words) and words[at].lower in ("by", "from", "of"):
        phrase = read_behind(words, at + 1)
        return (drop_documents(words, phrase) or phrase) if phrase else None
    return None


def drop_documents(words: list[Word], phrase: Phrase) -> Phrase | None:
    """The speaker without what is read of it: "IOM | data"; None where nobody is left."""
    last = phrase.last
    while last > phrase.first and words[last - 1].lower in WORDS["document"] | {"of"}:
        last -= 1
    while last > phrase.first and not (
        words[last - 1].is_name or words[last - 1].stem in WORDS["role"] | WORDS["body"]
    ):
        last -= 1
    if last == phrase.first or last == phrase.last:
        return None
    is_adjective = words[last - 1].lower in ("official", "local", "new", "preliminary")
    return None if is_adjective else Phrase(phrase.first, last)


def _read_according(words: list[Word], at: int) -> Statement | None:
    """ "according to X", "citing X", "as reported by X", "by X's count"."""
    word, before = words[at].lower, words[at - 1].lower if at else ""
    if word == "to" and before != "according":
        return None
    if word == "by" and (own := _read_own(words, at)):
        return own
    phrase = read_behind(words, at + 1)
    has_article = phrase is not None and phrase.first > at + 1
    if phrase is None or word == "per" and not (has_article or words[phrase.first].is_name):
        return None
    first = words[at - 1].start if word in ("to", "by") and before else words[at].start
    end = phrase.last
    if any(words[step].lower in WORDS["document"] for step in range(phrase.first, phrase.last)):
        head = find_head(words, phrase)
        maker = None
        if words[head].lower in WORDS["document"]:
            maker = drop_documents(words, Phrase(phrase.first, head + 1))
            maker = maker or _read_maker(words, head + 1)
        elif words[phrase.last - 1].lower in WORDS["document"]:
            maker = drop_documents(words, phrase)
        if maker is None:
            return None
        phrase, end = maker, max(maker.last, end)
    elif word == "on" or word == "by" and before not in WORDS["passive"]:
        return None
    opens = at < 3
    return Statement(
        first,
        words[end - 1].end,
        name_phrase(words, phrase),
        "citing" if word in ("citing", "quoting") else "",
        not opens,
        True,
        _is_definite(words, phrase),
    )


def _read_believed(words: list[Word], at: int) -> Statement | None:
    """ "if | the foreign ministry | is to be believed"."""
    phrase = read_behind(words, at + 1)
    told = [word.lower for word in words[phrase.last : phrase.last + 4]] if phrase else []
    if phrase is None or told[1:] != ["to", "be", "believed"]:
        return None
    end = words[phrase.last + 3].end
    return Statement(words[at].start, end, name_phrase(words, phrase), "", at > 2, True)


def _read_own(words: list[Word], at: int) -> Statement | None:
    """ "cost the army 150 dead | by its own account": whoever was named right before."""
    told = [word.lower for word in words[at + 1 : at + 4]]
    if told[:2] not in (["its", "own"], ["their", "own"], ["his", "own"]):
        return None
    if told[2:] and told[2] not in WORDS["document"] | {"admission"}:
        return None
    for step in range(at - 1, max(-1, at - _DATA), -1):
        if words[step].stem in WORDS["role"] and (phrase := read_before(words, step + 1)):
            end = words[min(at + 3, len(words) - 1)].end
            return Statement(words[at].start, end, name_phrase(words, phrase), "own", True, False)
    return None


def _is_definite(words: list[Word], phrase: Phrase) -> bool:
    """Whether "the" or "its" stands before a speaker, who may have been named before."""
    return phrase.first > 0 and words[phrase.first - 1].lower in (
        "the",
        "its",
        "their",
        "his",
        "her",
    )


def _judge_reach(words: list[Word], phrase: Phrase, at: int) -> tuple[bool, bool]:
    """(whether what follows the verb at an index is said, whether what stands before the speaker
    is)."""
    step = at + 1
    if words[at].lower in ("told", "tell", "tells") and step < len(words):
        if words[step].lower in ("this", "our"):
            step += 1  # "told | this paper"
        listener = read_behind(words, step)
        step = listener.last if listener else step + 1
    opens = phrase.first
    while opens and words[opens - 1].lower in WORDS["determiners"] | WORDS["numerals"]:
        opens -= 1
    has_content = opens > 2 and is_sign(words, opens - 1) and words[opens - 1].text not in ";:("
    is_closed = _closes(words, step)
    for word in words[step : step + 6]:
        if not word.text[0].isalnum():
            break
        is_closed = is_closed and word.lower != "that"
    leads = step < len(words) and words[step].text not in ".!?"
    return leads, has_content and is_closed


def _state(
    words: list[Word],
    phrase: Phrase,
    verb: str,
    first: int,
    last: int,
    trails: bool,
    leads: bool,
) -> Statement:
    """A statement from the word at `first` to the one before `last`."""
    return Statement(
        words[first].start,
        words[last - 1].end,
        name_phrase(words, phrase),
        verb,
        trails,
        leads,
        _is_definite(words, phrase),
    )
