"""A sentence as words with their grammar: what each may be, and the groups that numbers head.

No parser and no model: a word's class comes from the closed lists of `lexicon`, its reading from its
neighbours.
"""

import re
from dataclasses import dataclass, field

from helpers.extract import lexicon as lex
from helpers.extract.numbers import Number
from helpers.extract.sentences import WORD

GLUED = re.compile(r"(displaced|uprooted|killed|evacuated|injured|wounded|relocated|people|persons|families|households|homes|residents|individuals)(about|around|some|over|nearly|almost|at|more|in|by|and|from|were|have|had|to|are|as|of|on|the|who)$")


@dataclass(slots=True)
class Word:
    """One word, number, date or phrase of a sentence. `kinds`: the classes it may belong to; `triggers`: what
    it does to people, if it is a verb; `sense`: the same for a noun or state."""

    text: str
    start: int
    end: int
    kinds: frozenset[str] = frozenset()
    triggers: tuple[lex.Trigger, ...] = ()
    sense: str = ""
    number: Number | None = None
    is_phrase: bool = False
    is_name: bool = False


@dataclass(slots=True)
class Group:
    """A number with what it counts. `head`: person, household, dwelling, body, thing, unknown, none or subset
    ("three of them"); `last`: index behind the group; `named`: indexes of its nouns; `inside`: senses that its
    own words carry ("12 wounded soldiers", "40 refugees")."""

    index: int
    last: int
    head: str
    nouns: list[int] = field(default_factory=list)
    inside: list[tuple[str, int]] = field(default_factory=list)


_CLASSES = [
    ("be", lex.BE), ("have", lex.HAVE), ("modal", lex.MODALS), ("aux", lex.AUX), ("det", lex.DETERMINERS), ("prep", lex.PREPOSITIONS),
    ("sub", lex.SUBORDINATORS), ("rel", lex.RELATIVES), ("adv", lex.ADVERBS), ("conj", lex.CONJUNCTIONS), ("subset", lex.SUBSET),
    ("person", lex.CIVILIANS | lex.COMBATANTS | lex.PEOPLE), ("civilian", lex.CIVILIANS), ("combatant", lex.COMBATANTS), ("household", lex.HOUSEHOLDS),
    ("dwelling", lex.DWELLINGS), ("body", lex.BODIES), ("thing", lex.THINGS), ("state", frozenset(lex.STATES)), ("noun", frozenset(lex.NOUNS)),
    ("verb", frozenset(lex.VERBS)),
]
_KINDS: dict[str, frozenset[str]] = {}
for _kind, _members in _CLASSES:
    for _word in _members:
        _KINDS[_word] = _KINDS.get(_word, frozenset()) | {_kind}
_NONE: frozenset[str] = frozenset()
_PEOPLE_ENDINGS = ("men", "women", "people", "persons", "ists", "ians", "eers", "goers", "folk", "workers", "keepers", "holders", "makers", "dwellers", "ites", "ese")


def read_words(lowered: str, start: int, end: int, numbers: list[Number], dates: list[tuple[int, int]], text: str = "") -> list[Word]:
    """The words of a sentence (offsets in lowered text); `numbers` and `dates` lie within it, in order. With the
    text as written, words with a capital within a sentence in mixed case are marked as names."""
    words: list[Word] = []
    spans = sorted([(n.start, n.end, n) for n in numbers] + [(a, b, None) for a, b in dates], key=lambda span: (span[0], -span[1]))
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
            words.append(Word("<number>", begin, stop, frozenset({"num" if number.is_count else "quantity"}), number=number))
        at = stop
    _read_plain(lowered, at, end, words)
    words = _mend(words)
    shouted = text[start:end].isupper()
    for word in words[1:] if text else ():
        word.is_name = not word.kinds if shouted else text[word.start].isupper()
    return words


def _mend(words: list[Word]) -> list[Word]:
    """Words that a page cut at a line end, joined: "per- sons"."""
    mended: list[Word] = []
    at = 0
    while at < len(words):
        if at + 2 < len(words) and words[at + 1].text == "-" and words[at + 1].start == words[at].end and words[at + 2].start > words[at + 1].end and words[at].text + words[at + 2].text in _KINDS:
            mended.append(_classify(words[at].text + words[at + 2].text, words[at].start, words[at + 2].end))
            at += 3
        else:
            mended.append(words[at])
            at += 1
    return mended


def _read_plain(lowered: str, start: int, end: int, words: list[Word]) -> int:
    """Reads the words between two offsets; returns where it stopped, behind `end` when a phrase goes on."""
    at = start
    while at < end and (match := WORD.search(lowered, at, end)):
        text, begin, stop = match[0], match.start(), match.end()
        at = stop
        text = text.replace("’", "'")
        if text == "as" and (tail := _AS_WELL.match(lowered, stop)):
            words.append(Word("as well as", begin, tail.end(), frozenset({"conj"})))
            at = tail.end()
            continue
        if phrase := _find_phrase(lowered, text, stop, end):
            trigger, stop = phrase
            words.append(Word(text, begin, stop, frozenset({"verb", "phrase"}), (trigger,), is_phrase=True))
            at = stop
            continue
        for piece, first, last in _unglue(text, begin, stop):
            words.append(_classify(piece, first, last))
    return max(at, end)


def _find_phrase(lowered: str, text: str, stop: int, end: int) -> tuple[lex.Trigger, int] | None:
    for pattern, trigger in lex.PHRASES.get(text, ()):
        if (match := pattern.match(lowered, stop)) and (match.end() <= end or trigger.sense in _CROSSING):
            if trigger.form == "participle" and text.endswith("ing"):
                trigger = trigger._replace(form="ing")
            elif trigger.form == "participle" and text in ("move", "relocate", "send", "put", "live", "stay", "shelter", "remain", "reside"):
                trigger = trigger._replace(form="base")
            return trigger, match.end()
    return None


_AS_WELL = re.compile(r"\s+well\s+as\b")
_CROSSING = {"sheltered", "displaced"}  # phrases that may count their places: "moved to 12 schools"


def _unglue(text: str, begin: int, stop: int) -> list[tuple[str, int, int]]:
    """A word as it stands; joined again when a line end broke it ("fami-lies"), cut where a page lost the blank
    ("uprootedabout")."""
    if text in _KINDS or len(text) > 40:
        return [(text, begin, stop)]
    if "-" in text and text.replace("-", "") in _KINDS:
        return [(text.replace("-", ""), begin, stop)]
    if glued := GLUED.match(text):
        cut = begin + glued.end(1)
        return [(glued[1], begin, cut), (glued[2], cut, stop)]
    return [(text, begin, stop)]


def _classify(text: str, begin: int, stop: int) -> Word:
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
    sense = lex.STATES.get(plain) or lex.NOUNS.get(plain, "")
    triggers = lex.VERBS.get(plain, ())
    if not kinds and len(text) > 4 and text.endswith(("ed", "ing")):
        kinds = frozenset({"verb", "guessed"})
        triggers = (lex.Trigger("other", "both", "ing"),) if text.endswith("ing") else (lex.Trigger("other", "both", "past"), lex.Trigger("other", "both", "participle"))
    return Word(text, begin, stop, kinds, triggers, sense)


_NOUNLIKE = {"person", "household", "dwelling", "body", "thing", "noun"}
_STOPPERS = {"punct", "prep", "aux", "be", "have", "modal", "conj", "rel", "sub", "num", "quantity", "date", "phrase", "subset"}


def read_group(words: list[Word], index: int) -> Group:
    """The group that the number at `index` heads: "60 displaced families", "two of the six officers"."""
    at = index + 1
    if at + 1 < len(words) and words[at].text == "of":
        if words[at + 1].text in ("them", "whom", "which", "us", "those"):
            return Group(index, at + 2, "subset")
        if words[at + 1].text.endswith("'s") and at + 2 < len(words) and "num" in words[at + 2].kinds:
            at += 1
        if "det" in words[at + 1].kinds or "num" in words[at + 1].kinds or words[at + 1].number is not None:
            at += 2
            if at < len(words) and "num" in words[at].kinds:
                at += 1
            inner = _read_nouns(words, index, at)
            if inner.last == at and at < len(words) and words[at].text in ("dead", "wounded", "injured", "displaced", "killed", "missing", "homeless"):
                inner = Group(index, at + 1, "person", [at], [(_sense_of(words[at]), at)])
            if inner.head in ("none", "unknown"):
                inner.head = "subset" if inner.head == "none" else inner.head
            return inner
        if words[at + 1].kinds & _NOUNLIKE or words[at + 1].text.endswith("s"):  # dozens of people
            return _read_nouns(words, index, at + 1)
    return _read_nouns(words, index, at)


def _sense_of(word: Word) -> str:
    if word.sense:
        return word.sense
    return next((t.sense for t in word.triggers if t.sense in ("killed", "injured", "displaced")), "")


def _read_nouns(words: list[Word], index: int, at: int) -> Group:
    group = Group(index, at, "none")
    unknown = 0
    while at < len(words) and at - index < 10:
        word = words[at]
        if word.text in ("'", '"', "“", "”", "‘", "’", "/") and at + 1 < len(words) and not group.nouns:
            at += 1
            continue
        noun = word.kinds & _NOUNLIKE
        if word.kinds & _STOPPERS and not (noun and "aux" not in word.kinds):
            break
        if noun and not _acts(words, at, group):
            group.nouns.append(at)
            if word.sense and "noun" in word.kinds or word.text.rsplit("-", 1)[-1] in ("dead", "wounded", "injured"):
                group.inside.append((_sense_of(word), at))
            at += 1
            group.last = at
            continue
        if group.nouns:
            break
        if "verb" in word.kinds or "state" in word.kinds:
            sense = _sense_of(word)
            follower = next((w for w in words[at + 1:at + 3] if "verb" not in w.kinds or w.kinds & _NOUNLIKE), None)
            adjective = follower is not None and follower.kinds & _NOUNLIKE and not _acts(words, at + 1, group)
            adjective = adjective or at == index + 1 and not sense and at + 1 < len(words) and not words[at + 1].kinds and any(t.form == "past" for t in word.triggers)
            if not adjective:
                break
            if sense:
                group.inside.append((sense, at))
            at += 1
            continue
        if "det" in word.kinds and word.text not in ("other", "more", "further", "additional", "extra", "another"):
            break
        unknown += 1
        if unknown > 4:
            break
        at += 1
        if "adv" not in word.kinds:
            group.last = at
    if group.nouns:
        head = words[group.nouns[-1]]
        group.head = next((kind for kind in ("household", "person", "body", "dwelling", "thing") if kind in head.kinds), "none")
        if head.text in lex.NOUNS and group.head == "none":
            number = words[index].number
            singular = not head.text.endswith("s") and head.text not in ("dead",) and (number is None or (number.reading.best or number.reading.low or 2) > 1)
            group.head = "thing" if singular else "act"
        group.last = group.nouns[-1] + 1
        _join_nouns(words, group)
    elif group.last > index + 1 and any(len(w.text) > 2 for w in words[index + 1:group.last]) and words[group.last - 1].text not in ("other", "others", "more"):
        group.head = "unknown"
        group.nouns = [group.last - 1]
    return group


def _acts(words: list[Word], at: int, group: Group) -> bool:
    """Whether a word that may be noun or verb is the verb here: after a noun, and before what a verb takes."""
    word = words[at]
    if "verb" not in word.kinds or not group.nouns:
        return False
    if any(t.form in ("past", "participle", "ing") for t in word.triggers):
        return True
    follower = words[at + 1] if at + 1 < len(words) else None
    return follower is not None and bool(follower.kinds & {"prep", "det", "num"})


def _join_nouns(words: list[Word], group: Group) -> None:
    """Nouns without a number of their own that share it: "12 men, women and children"."""
    at = group.last
    if group.head not in ("person", "household"):
        return
    while at + 1 < len(words) and words[at].text in (",", "and", "or", "&", "/"):
        step = at + 1 + (words[at + 1].text in ("and", "or") and at + 2 < len(words))
        if words[at].text == "," and not any(w.text in ("and", "or") for w in words[step + 1:step + 3]) and step == at + 1:
            return
        if step < len(words) and words[step].kinds & {"person", "household"} and "num" not in words[step].kinds and not _is_list_break(words, step):
            group.nouns.append(step)
            at = group.last = step + 1
        else:
            return


def _is_list_break(words: list[Word], step: int) -> bool:
    follower = words[step + 1] if step + 1 < len(words) else None
    if follower is None or words[step].text in ("others", "dead", "wounded", "injured"):
        return words[step].text in ("dead", "wounded", "injured")
    return bool("verb" in follower.kinds and any(t.form == "past" and t.frame == "object" for t in follower.triggers) and len(words) > step + 2 and words[step + 2].kinds & {"det", "num", "person"})
