"""Speakers: the noun phrases that name who says something, before a verb or behind "according to".

A phrase is read word by word from where it touches its verb, as far as names, roles and what
describes them go. The words are in attribution.toml.
"""

import re
from typing import NamedTuple

from helpers.extract.rules.load import load_toml, load_words
from helpers.extract.rules.notation import list_alternatives

WORDS = load_words("attribution.toml", "words")
ROLES = WORDS["role"] | WORDS["body"] | WORDS["person"]
WHOLE_NAMES: list[str] = load_toml("attribution.toml")["whole_names"]
_SIGN = re.compile(
    rf"(?:{list_alternatives(WHOLE_NAMES)})\b|\d+:\d+|[A-Z][\w-]*s['’](?= [A-Z])|"
    + r"[^\W_](?:[\w&/-]|['’](?=s?\b|[a-z]+)|(?<=s)['’](?= [a-z])|\.(?=\w))*|[^\w\s]"
)
_UNFIT = frozenset().union(
    *(
        WORDS[name]
        for name in ("saying", "showing", "links", "calendar", "auxiliary", "acts", "compiled")
    )
)
ARABIC = re.compile(r"(?:w?a[lnrstdz]|ash|el|ul|bin|ibn)-[A-Z]")
_LONGEST = 14  # words of a speaker
_PLAIN = 4  # small words in a row that may describe one
TITLES = frozenset("Col Gen Lt Maj Capt Brig Dr Mr Mrs Ms Sgt Prof Gov".split())
_NO_SMALL_WORDS = {"IS": "isis", "WHO": "w.h.o."}  # abbreviations that read like small words
_ABBREVIATED = re.compile(rf"(?:[A-Z]\.)+[A-Z]|{'|'.join(sorted(TITLES))}")


class Word(NamedTuple):
    """A word or sign of a sentence: as written, in small letters, and where it stands."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_name(self) -> bool:
        """Whether it is written as a name, and is no day or month."""
        has_capital = self.text[0].isupper() or bool(ARABIC.match(self.text))
        return has_capital and self.lower not in WORDS["calendar"]

    @property
    def stem(self) -> str:
        """Without the possessive."""
        return re.sub(r"['’]s?$", "", self.lower)


class Phrase(NamedTuple):
    """Who is named: index of the first word and of the one behind the last."""

    first: int
    last: int


def cut_words(sentence: str) -> list[Word]:
    """The words and signs of a sentence; the full stop of an abbreviation is none."""
    words: list[Word] = []
    for match in _SIGN.finditer(sentence):
        text, (start, end) = match[0], match.span()
        is_stop = text == "." and words and words[-1].end == start
        if is_stop and _ABBREVIATED.fullmatch(words[-1].text):
            continue
        lower = text.lower()
        if text in _NO_SMALL_WORDS and not sentence.isupper():
            lower = _NO_SMALL_WORDS[text]
        words.append(Word(text, lower, start, end))
    return words


def is_sign(words: list[Word], at: int) -> bool:
    """Whether a sign, or the end of the sentence, stands at an index."""
    return not 0 <= at < len(words) or not words[at].text[0].isalnum()


def read_before(words: list[Word], end: int, is_met: bool = False) -> Phrase | None:
    """The speaker that ends before an index ("an official | said"), or None; `is_met`: who speaks
    need not be what the clause is about ("a raid by | rebels |, who say")."""
    end = skip_aside(words, _skip_light(words, end))
    end = skip_aside(words, end) if words[end - 1 : end] and words[end - 1].text == ")" else end
    end -= end > 2 and words[end - 1].lower in _HERE and end < len(words) and words[end].text == ","
    at, plain = end, 0
    while at > 0 and end - at < _LONGEST:
        word = words[at - 1]
        if at < end and _is_around(words, at - 1):
            at -= 2
            continue
        if word.lower in WORDS["links"] and at < end:
            if not _may_belong(words, at - 2, word.lower == "and"):
                break
        elif passed := _pass_small(words, at):
            at -= passed - 1
        elif word.lower in WORDS["determiners"]:
            at -= 2 if _is_around(words, at - 2) else 0
            link = words[at - 2].lower if at > 1 else ""
            is_sent = link == "to" and at > 2 and words[at - 3].stem in _SENT
            belongs = link in WORDS["links"] and _may_belong(words, at - 3, link == "and")
            is_with = link == "with" and at > 2 and words[at - 3].stem in ROLES
            if not (is_sent or belongs or is_with):
                break
        elif _names(word) or word.stem in ROLES or _is_inner(words, at - 1, end):
            plain = 0
        elif describes(word) and plain < _PLAIN:
            plain += 1
        else:
            break
        at -= 1
    return _fit(words, Phrase(at, end), is_met)


def _pass_small(words: list[Word], at: int) -> int:
    """How many words before an index belong to a speaker, small as they are: "the mission | to |
    the Joint Center", "a medic | with | an allied unit", "medics at | two | field hospitals", "an
    association | of families |"; 0 where they do not."""
    word, before = words[at - 1].lower, words[at - 2].lower if at > 1 else ""
    if (
        _are_kin(words, at - 1)
        or word == "to"
        and words[at - 2].stem in _SENT
        or word == "with"
        and words[at - 2].stem in ROLES
    ):
        return 1 if before else 0
    if word.isdigit() and len(word) < 3 and before in _NUMBERED:
        return 1  # "an inhabitant of sector | 4"
    behind_role = at > 2 and words[at - 3].stem in ROLES
    if word in WORDS["numerals"] and before in ("at", "in", "from") and behind_role:
        return 1
    if theirs := _STRICKEN.search(" ".join(one.text for one in words[max(0, at - 5) : at])):
        passed = theirs[0].count(" ")  # "relatives | of the victims | said"
        return passed if words[at - passed - 1].stem in ROLES else 0
    if word == "other" and before == "the" and at > 3 and words[at - 3].lower in WORDS["links"]:
        return 1  # "councils on | the other | bank"
    return 2 if word in _MEMBERS and before == "of" and behind_role else 0


def _are_kin(words: list[Word], at: int) -> bool:  # "the | families", "local | people"
    return at > 0 and words[at].lower in _KIN and words[at - 1].lower in _WHOSE


_STRICKEN = re.compile(r" (?:of|for) the (?:displaced|victims|dead|wounded|missing)(?: people)?$")
_HERE = ("there", "here", "nearby")  # "the director of the clinic | there |, Ana Brel, said"
_NUMBERED = ("sector", "district", "ward", "zone", "block", "camp")
_MEMBERS = frozenset("families victims women mothers people".split())
_KIN = frozenset({"families", "people"})  # "according to | their families"
_WHOSE = WORDS["determiners"] | {"local", "many", "several", "most"}  # "| local | people said"
_SENT = frozenset("mission ambassador envoy representative adviser".split())
SOME = frozenset("one two some several another most many".split())  # "one | of the medics"
_AROUND = frozenset("around near outside beyond above below along".split())
_ALSO_NAMES = frozenset("than so may an now will no".split())  # "Khin | Than | Nu"


def _names(word: Word) -> bool:
    """Whether a word is a name; a small word with a capital may be part of one."""
    is_short = word.lower in _ALSO_NAMES and word.text[1:].islower()
    return word.is_name and (is_short or word.lower not in WORDS["stop"])


def _is_around(words: list[Word], at: int) -> bool:
    """Whether a second preposition stands at an index: "in and | around | the city"."""
    return at > 2 and words[at].lower in _AROUND and words[at - 1].lower in ("and", "or")


def _is_inner(words: list[Word], at: int, end: int) -> bool:
    """Whether a word with a capital stands between others of a name: "Chin | Displaced People |
    Network"."""
    if not 0 < at < end - 1 or words[at].lower not in WORDS["stop"] or not words[at].is_name:
        return False
    before, behind = words[at - 1], words[at + 1]
    is_first = at == 1 and before.lower in WORDS["stop"]
    opens = before.is_name and not is_first or before.lower == "the"
    return opens and behind.text[0].isupper()


def read_behind(words: list[Word], start: int) -> Phrase | None:
    """The speaker that begins at an index ("according to | the mayor of Kell"), or None."""
    at, plain = start, 0
    if at < len(words) and words[at].lower in WORDS["determiners"]:
        if words[at].lower == "this":
            return None  # "a count by this agency": who writes
        at += 1
    if at + 1 < len(words) and words[at].lower in WORDS["numerals"]:
        at += 1  # "according to | two aid workers"
    first = at
    while at < len(words) and at - first < _LONGEST:
        word = words[at]
        if word.lower in _HEADED | WORDS["links"] and at > first:
            if not _goes_on(words, at):
                break
        elif word.lower in WORDS["determiners"]:
            if words[at - 1].lower not in _HEADED | WORDS["links"]:
                break
        elif _names(word) or word.stem in ROLES or _are_kin(words, at):
            plain = 0
        elif describes(word) and plain < _PLAIN:
            plain += 1
        else:
            break
        at += 1
    phrase = Phrase(first, at)
    return phrase if at > first and _has_speaker(words, phrase, True) else None


_HEADED = WORDS["links"] - {"and", "&", "de", "la"} | {"with"}


def find_head(words: list[Word], phrase: Phrase) -> int:
    """The word that says who it is: the last before "of", "for", "in" …"""
    for at in range(phrase.first + 1, phrase.last):
        if words[at].lower in _HEADED:
            return at - 1
    return phrase.last - 1


def _skip_light(words: list[Word], end: int) -> int:
    """Before auxiliaries and days: "police | on Tuesday also | said"."""
    while end > 1 and (
        words[end - 1].lower in WORDS["auxiliary"]
        or (words[end - 2].lower, words[end - 1].lower) in _UNTIL_NOW
        or words[end - 1].lower in ("first", "initially")
        or words[end - 1].lower in WORDS["calendar"]
        or words[end - 1].lower in _HERE
        and words[end - 2].stem in ROLES
    ):
        end -= 1
        if end > 1 and (words[end - 1].lower, words[end].lower) in _UNTIL_NOW:
            end -= 1
        if end > 1 and words[end - 1].lower == "on" and words[end].lower in WORDS["calendar"]:
            end -= 1
    if (
        end > 3
        and words[end - 1].lower in ("part", "side")
        and words[end - 3].lower in ("on", "for")
    ):
        return skip_aside(words, end - 3)  # "the prefect | on his part | said"
    return end


_ADVERBS = ("so far", "thus far", "to date", "till now", "until now", "at first", "in turn")
_UNTIL_NOW = set(map(tuple, map(str.split, _ADVERBS)))
_ASIDE = 24  # words between the commas of an aside
_SHORT_ASIDE = 9
_TITLE = 4  # words of a title: "press | officer | of the navy"
_PREDICATES = frozenset("was were is are had has have been people and who".split())
# "in Kell, some 40 | km | (25 miles) up the coast, said"
_DISTANCE = re.compile(r"\d*(?:km|kms|kilomet(?:re|er)s?|miles?)")
_OPENS_ASIDE = frozenset("who which whose a an the citing speaking its in at where one".split())


def skip_aside(words: list[Word], end: int) -> int:
    """Before brackets, and before what stands between commas: "Ana Brel, the mayor, | said"."""
    if end > 2 and words[end - 1].text == ")":
        for at in range(end - 2, max(0, end - 8), -1):
            if words[at].text == "(":
                return at
        return end
    if end < 3 or words[end - 1].text != ",":
        return end
    for at in range(end - 2, max(0, end - _ASIDE), -1):
        if words[at].text == "," and not _parts_number(words, at):
            first, inner = words[at + 1], {word.lower for word in words[at + 1 : end]}
            opens = first.lower in _OPENS_ASIDE or first.text[0].isupper()
            opens = opens or any(word.stem in ROLES for word in words[at + 1 : at + _TITLE])
            opens = opens or any(map(_DISTANCE.fullmatch, inner))
            is_name = not inner & _PREDICATES and end - at < _SHORT_ASIDE
            return _skip_age(words, at) if opens or is_name else end
        if words[at].text in ';:“”"':
            break
    return end


def _skip_age(words: list[Word], at: int) -> int:
    """Before an age that stands before an aside: "an elder |, 67 |, who hid in the swamp, said"."""
    is_age = at > 2 and words[at - 1].text.isdigit() and words[at - 2].text == ","
    return at - 2 if is_age else at


def _parts_number(words: list[Word], at: int) -> bool:
    """Whether a comma stands within a number: "12,500"."""
    before, behind = words[at - 1], words[at + 1]
    is_close = before.end == words[at].start and behind.start == words[at].end
    return is_close and behind.text.isdigit()


def describes(word: Word) -> bool:
    """Whether a small word may describe a speaker ("rights group") or be one ("a shopkeeper")."""
    if not word.text[0].isalpha() or word.lower in WORDS["stop"] or word.is_name:
        return False
    if word.lower in WORDS["document"]:
        return True
    if word.lower in _UNFIT:
        return False
    if "-" in word.text:
        return True  # "Houthi-run", "coalition-backed"
    return not word.lower.endswith(("ed", "ing", "ly")) or word.lower in _DESCRIBING


_DESCRIBING = frozenset(
    "acting outgoing incoming serving leading armed united allied unnamed retired backed ruling "
    "governing monitoring mining local "
    "tracking coordinating planning visiting internationally recognised recognized elected "
    "neighbouring neighboring weekly monthly quarterly yearly hourly fortnightly elderly".split()
)


def _may_belong(words: list[Word], at: int, is_joined: bool) -> bool:
    """Whether the word before "of" may be of the same speaker: "mayor | of Kell"; before "and"
    only a role may, or a name before another ("Law and Justice")."""
    if at < 0:
        return False
    word = words[at]
    if word.stem in ROLES:
        return True
    if is_joined:
        is_two = (
            word.is_name and words[at + 2].is_name or word.text.isupper() and len(word.text) > 1
        )
        return is_two and word.lower not in WORDS["stop"]
    if word.is_name:
        return word.lower not in WORDS["stop"]
    if at > 1 and words[at - 1].lower in ("at", "in") and words[at - 2].stem in ROLES:
        return describes(word)  # "medics at | hospitals | in Kell"
    return at > 0 and words[at - 1].lower in WORDS["determiners"] and describes(word)


def _goes_on(words: list[Word], at: int) -> bool:
    """Whether a speaker goes on behind "of" or "in": with a name or role; behind "and" with a
    name."""
    step = at + 1
    if step < len(words) and words[step].lower in WORDS["determiners"]:
        step += 1
    if step >= len(words) or words[step].lower in WORDS["calendar"] | WORDS["stop"]:
        return False
    word, joint = words[step], words[at].lower
    if joint == "with":
        return words[at - 1].stem in ROLES and (word.is_name or word.stem in ROLES)
    if joint in ("on", "from", "at", "in"):
        return word.is_name and words[at - 1].stem in ROLES
    return word.is_name or word.stem in ROLES or joint in ("of", "for") and describes(word)


def _fit(words: list[Word], phrase: Phrase, is_met: bool) -> Phrase | None:
    """A speaker without the place before it ("in Goma | residents"); None where it is none."""
    first, last = phrase
    before = words[first - 1].lower if first else ""
    is_one_of = first > 2 and words[first - 3].lower in SOME and words[first - 2].lower == "of"
    if before in WORDS["determiners"] and first > 1 and not is_one_of and not is_met:
        if words[first - 2].lower in ("to", "of", "by", "with", "for", "from", "into", "in", "at"):
            return None  # "militiamen loyal to the president said"
    if before in _GOVERNING and not is_met or before in ("our", "my"):
        return None  # "our teams": who writes
    if before in ("in", "at", "near", "from", "on"):
        while first < last and words[first].is_name and words[first].stem not in ROLES:
            first += 1
        if first < last and words[first].text == ",":
            first += 1
    while first < last and (
        words[first].lower in WORDS["links"] | WORDS["auxiliary"]
        or not words[first].text[0].isalnum()
    ):
        first += 1
    if first < last and words[first].lower in _AROUND:
        return None  # "facilities in and | around Kell | said"
    fits = first < last and _has_speaker(words, Phrase(first, last), _is_bounded(words, first))
    return Phrase(first, last) if fits else None


_GOVERNING = frozenset("to of by with for into".split())


def _is_bounded(words: list[Word], first: int) -> bool:
    """Whether a clause or an article opens right before a phrase, so that all of it is meant."""
    before = words[first - 1].lower if first else ","
    opens = before in ("but", "and", "as", "while", "when", "that", "because", "although")
    is_counted = before in WORDS["numerals"]  # "two | shepherds | tell us"
    return is_sign(words, first - 1) or before in WORDS["determiners"] or opens or is_counted


def _has_speaker(words: list[Word], phrase: Phrase, is_bounded: bool) -> bool:
    """Whether a phrase names somebody who can speak: a name, a role, or in its own clause any
    noun."""
    head = words[find_head(words, phrase)]
    is_nobody = head.lower in (WORDS["nobody"] | WORDS["stop"]) - _KIN
    is_named = any(word.is_name for word in words[phrase.first : phrase.last])
    has_owner = any(word.stem in ROLES for word in words[phrase.first : phrase.last - 1])
    is_document = head.lower in WORDS["document"] and (is_named or has_owner)
    if is_nobody and not is_document:
        return False  # but "a United Nations | report"
    says = any(word.lower in WORDS["saying"] for word in words[phrase.first : phrase.last - 1])
    if says and not is_document:
        return any(word.stem in ROLES for word in words[phrase.first : phrase.last])
    if is_document or head.is_name or head.stem in ROLES or head.lower in _KIN:
        return True
    is_short = find_head(words, phrase) - phrase.first < _PLAIN
    return is_bounded and is_short and describes(head)
