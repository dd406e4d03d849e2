"""Who says something with a verb: "X said that …", "…, said X", "with X reporting …"."""

import re

from helpers.extract.attribution.citing import DATA, read_data
from helpers.extract.attribution.phrases import (
    ROLES,
    SOME,
    WORDS,
    Phrase,
    Word,
    find_head,
    is_sign,
    read_before,
    read_behind,
)
from helpers.extract.attribution.statement import (
    PATTERNS,
    Statement,
    ends_finding,
    find_loyalty,
    has_that,
    is_denied,
    is_doing,
    name_phrase,
    read_before_clause,
    read_quoted,
    state,
)

VERBS = WORDS["saying"] | WORDS["showing"] | WORDS["finding"] | {"state"}
_OWNED = WORDS["determiners"] | {"own"}  # "keeps his own | count"
_BE = frozenset("is are was were be been being".split())
_NEVER_FIRST = WORDS["showing"] | {"told", "tell", "tells"}
_CUT_TOLLS = frozenset("toll tolls number figure count estimate losses".split())  # not the road
_HAVE = frozenset("has have had also now since already so earlier previously".split())
_SPEAKING_OF = frozenset("spoke speaks speak talked talks talk".split())
_NOUNS = frozenset(
    "estimate estimates count counts report reports claim claims record records".split()
)
_LIVES = frozenset({"lives", "life", "responsibility"})


def read_saying(words: list[Word], at: int) -> Statement | None:
    """The statement whose verb stands at an index."""
    verb = words[at].lower
    if verb in ("quoted", "quotes") and (quoted := read_quoted(words, at)):
        return quoted
    begin = _skip_errand(words, _skip_able(words, at))
    begin -= begin > 1 and verb == "put" and words[begin - 1].lower == "would"
    if begin and words[begin - 1].lower in _BE | {"to", "being"} and verb not in ("saying",):
        return None
    if not _is_verb(words, at):
        return None
    if verb == "added" and at + 1 < len(words) and words[at + 1].lower in ("together", "up", "to"):
        return None
    if verb not in _NEVER_FIRST | WORDS["counting"] and (inverted := _read_inverted(words, at)):
        return inverted
    if statement := read_data(words, at):
        return statement
    finds = verb in WORDS["finding"] and (has_that(words, at) or ends_finding(words, at))
    finds = finds or verb == "suggested" and words[at - 1].lower in ("has", "have", "had")
    if verb in WORDS["showing"] | WORDS["finding"] and verb not in _ALSO_SAYING and not finds:
        return None
    if verb in WORDS["denying"] and not WORDS["parts"].isdisjoint(
        word.lower for word in words[at + 1 : at + 4]
    ):
        return None  # "denies any part in it"
    phrase = _read_pronoun(words, begin) or read_before_clause(words, begin)
    phrase = phrase or read_before(words, begin)
    if phrase is None or phrase.first and words[phrase.first - 1].lower == "whose":
        return None
    leads, trails = _judge_reach(words, phrase, at)
    if verb == "established" and not finds:
        leads = False
    statement = state(words, phrase, verb, phrase.first, at + 1, trails, leads)
    return statement._replace(aside=_read_aside(words, phrase.last, at))


_ALSO_SAYING = frozenset({"established"})
_ABLE = (["is", "able"], ["was", "able"], ["are", "able"], ["were", "able"], ["been", "able"])


def _skip_able(words: list[Word], at: int) -> int:
    """Before "was able to", "has managed to": who | was able to | confirm something says it."""
    if at < 3 or words[at - 1].lower != "to":
        return at
    if words[at - 2].lower == "managed":
        return at - 2
    return at - 3 if [word.lower for word in words[at - 3 : at - 1]] in _ABLE else at


_ERRAND = 9  # words between "went" and "to say"


def _skip_errand(words: list[Word], at: int) -> int:
    """Before what somebody did so as to speak: "the minister | went on television to | say"."""
    if at < 3 or words[at - 1].lower != "to":
        return at
    for step in range(at - 2, max(0, at - _ERRAND), -1):
        if not words[step].text[0].isalnum():
            return at
        if words[step].lower in WORDS["errands"]:
            means = {word.lower for word in words[step + 1 : at - 1]}
            calls = words[step].lower in WORDS["calling"] and len(means) < _CALL
            return step if calls or not means.isdisjoint(WORDS["means"]) else at
    return at


_CALL = 3  # words behind "rang": "us", "a reporter"


_PARTICIPLES = {"claiming": "claimed", "saying": "said", "adding": "added"}


def read_relative(words: list[Word], at: int, found: list[Statement]) -> Statement | None:
    """ "said Ana Brel, the coordinator, | who counted | 22 bodies": whoever is described says this
    too."""
    step = at
    while step and words[step - 1].lower in WORDS["auxiliary"]:
        step -= 1
    is_relative = step > 2 and words[step - 2].text == ","
    is_relative = is_relative and words[step - 1].lower in ("who", "which")
    if not is_relative or not _is_verb(words, at):
        return None
    if words[step - 1].lower == "which" and words[step - 3].stem not in WORDS["body"]:
        return None
    verb, start = words[at].lower, words[at].start
    last = found[-1] if found else None
    if last and last.trails and last.end < start:
        between = [word for word in words[: step - 1] if word.start >= last.end]
        if not any(word.text in '.;:“”"' for word in between):
            return last._replace(
                start=start, end=words[at].end, verb=verb, trails=False, leads=True
            )
    phrase = read_before(words, step - 2, is_met=True)
    return state(words, phrase, verb, at, at + 1, False, True) if phrase else None


def read_joined(words: list[Word], at: int, found: list[Statement]) -> Statement | None:
    """ "denied that Kell had fallen and | put the losses at 60": whoever spoke before says this
    too; or who acts before: "the Front called it a lie and | said"."""
    step = at
    while step and words[step - 1].lower in WORDS["auxiliary"]:
        step -= 1
    is_participle = words[at].lower in _PARTICIPLES
    if not step or words[step - 1].lower not in ("and", "but") and not is_participle:
        return None
    if not is_participle and not _is_verb(words, at):
        return None
    verb = _PARTICIPLES.get(words[at].lower, words[at].lower)
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
    is_clause = words[at + 1].lower == "that" if at + 1 < len(words) else False
    for back in range(step - 2, max(0, step - _ACTING), -1):
        if words[back].text in ";:":
            return None
        acts = words[back].lower in WORDS["acting"] or is_clause and words[back].lower in _ACTED
        if acts and (phrase := _read_acting(words, back)):
            said = state(words, phrase, verb, step - 1, at + 1, False, True)
            return said._replace(aside=_read_aside(words, phrase.last, back))
    return None


def _read_acting(words: list[Word], at: int) -> Phrase | None:
    """Who acts before a verb, or "has not" acted."""
    return read_before(words, at - (words[at - 1].lower in _NOT))


_NOT = frozenset("not hasn't hasn’t haven't haven’t didn't didn’t".split())
_ACTED = ("has", "have", "had")  # "MSF | has | closed its ward and fears that"
_ACTING = 24  # words between what somebody did and said


def _read_aside(words: list[Word], first: int, last: int) -> str:
    """What stands between commas behind a speaker: "Al Manar, | Hezbollah's television |, said"; or
    whom he is loyal to: "authorities appointed by | the RSF | said"."""
    if last - first > 2 and (side := find_loyalty(words, first, last)) > first:
        side += words[side].lower in WORDS["determiners"]
        return name_phrase(words, Phrase(side, last)) if side < last else ""
    if last - first < 3 or words[first].text != "," or words[last - 1].text != ",":
        return ""
    return name_phrase(words, Phrase(first + 1, last - 1))


def read_with(words: list[Word], at: int) -> Statement | None:
    """ "with the United Nations | reporting 400,000 displaced"."""
    for step in range(at - 1, max(-1, at - DATA), -1):
        if words[step].lower == "with":
            phrase = read_behind(words, step + 1)
            if phrase is None or phrase.last != at:
                return None
            return state(words, phrase, words[at].lower, phrase.first, at + 1, False, True)
    return None


def _is_verb(words: list[Word], at: int) -> bool:
    """Whether a word of saying is the verb here: "the army's | claims" and "12 | reported | killed"
    are not."""
    verb = words[at].lower
    behind = words[at + 1].lower if at + 1 < len(words) else ""
    before = words[at - 1] if at else None
    if before and (before.lower in _OWNED or re.search(r"['’]s?$", before.text)):
        return False
    if verb in ("claimed", "claims", "claim") and _LIVES & {
        one.lower for one in words[at : at + 8]
    }:
        return False  # "violence has | claimed | 15,000 lives"
    if verb in _NOUNS and (behind in VERBS | {"by", "of", "from"} or is_denied(words, at)):
        return False  # "an interim | count | gives"
    if (tells := _tells_of(words, at)) is not None:
        return tells
    if verb in _CHARGING:
        return _CHARGING[verb] in [word.lower for word in words[at + 1 : at + 12]]
    if verb in WORDS["participles"]:
        if behind in ("by", "dead", "killed", "missing", "injured", "wounded", "so", "as"):
            return False
        if behind in ("deaths", "cases", "casualties") and before and before.text[0].islower():
            return before.lower in WORDS["role"] | WORDS["body"]
    return True


def _puts_at(words: list[Word], at: int) -> bool:
    """Whether a number of people is put at an amount: "puts those who fled Kell | at 5,725"."""
    for step in range(at + 1, min(at + _PUT, len(words) - 1)):
        if words[step].text in ";:":
            return False
        behind = words[step + 1]
        is_amount = behind.text[0].isdigit() or behind.lower in WORDS["amounts"]
        if words[step].lower == "at" and is_amount:
            return True
    return False


_PUT = 18  # words between "puts" and the amount


_LISTING = frozenset("list lists listed".split())
_CHARGING = dict.fromkeys(("accused", "accuses", "accuse"), "of")
_CHARGING |= dict.fromkeys(("blamed", "blames", "blame"), "for")


def _tells_of(words: list[Word], at: int) -> bool | None:
    """Whether a verb that says something of certain things only has one behind it: a list that is
    published, a toll that is put, anything but war that is declared; None of other verbs."""
    verb, before = words[at].lower, words[at - 1].lower if at else ""
    if verb == "state":  # "authorities | state that", not "the | state"
        return "that" in [word.lower for word in words[at + 1 : at + 4]]
    reach = 9 if verb in ("list", "lists", "listed") else 6
    near = [word.lower for word in words[at + 1 : at + reach]]
    if verb in _LISTING and near and (near[0][0].isdigit() or near[0] in WORDS["amounts"]):
        return True  # "the registry | lists | 1,912 families"
    if verb in WORDS["publishing"] and verb != "posted":
        is_done = near[:1] != ["by"] and before not in _NOT | {"never"}
        return is_done and not WORDS["published"].isdisjoint(near)
    if verb in ("declared", "declares", "declare", "announced", "announces"):
        return WORDS["declared"].isdisjoint(near[:4]) or "that" in near
    if verb in _SPEAKING_OF:
        near = near[2 * (near[:2] == ["at", "first"]) :]
        near = near[near[:1] in (["only"], ["just"]) :]
        return near[:1] in (["of"], ["about"]) or near[:1] == ["to"] and _speaks_of(words, at)
    if verb == "withdrew" and near[:1] in (["from"], ["to"]):
        return False  # "rebels | withdrew | from Kell in support of a truce"
    if verb == "given" and before not in _HAVE:
        return False  # "| given | the number of dead"
    tolls = _CUT_TOLLS if verb in ("cut", "cuts") else WORDS["tolls"]
    if verb in WORDS["counting"] and tolls.isdisjoint(near):
        return verb in ("put", "puts") and _puts_at(words, at)
    return None


def _speaks_of(words: list[Word], at: int) -> bool:
    """Whether a number is spoken of to somebody: "spoke to our nurses | of a dozen bodies"."""
    for step in range(at + 2, min(at + _PUT, len(words) - 2)):
        if not words[step].text[0].isalnum():
            return False
        if words[step].lower == "of":
            behind = words[step + 1 + (words[step + 1].lower in WORDS["determiners"])]
            is_dozen = behind.lower in ("dozen", "score", "hundred", "thousand")
            return is_dozen or behind.text[0].isdigit() or behind.lower in WORDS["amounts"]
    return False


def _read_pronoun(words: list[Word], at: int) -> Phrase | None:
    """ "he | said", "it | also added"; not "men who they said"."""
    while at and words[at - 1].lower in WORDS["auxiliary"]:
        at -= 1
    if at > 2 and words[at - 1].lower == "them" and words[at - 2].lower == "of":
        is_some = words[at - 3].lower in SOME | WORDS["numerals"]
        return Phrase(at - 1, at) if is_some else None  # "two | of them | said"
    if not at or words[at - 1].lower not in WORDS["pronouns"]:
        return None
    before = words[at - 2].lower if at > 1 else ""
    if at > 2 and is_doing(words, at - 2):
        return None  # "the brigade defending | it | said"
    if before == "what":  # "What | it did tell us is that"
        told = [word.lower for word in words[at : at + 7]]
        return Phrase(at - 1, at) if "that" in told and not _BE.isdisjoint(told) else None
    return None if before in ("who", "which", "whom") else Phrase(at - 1, at)


def _read_inverted(words: list[Word], at: int) -> Statement | None:
    """ "…, | said Ali Saleh, a medic"; "said the army had" is not one."""
    if not at or words[at - 1].text not in (",", "”", '"', "'", "’", "–", "—"):
        if not (at and words[at].lower in ("says", "said") and is_sign(words, at - 1)):
            return None
    phrase = read_behind(words, at + 1)
    if phrase is None or not _closes(words, _pass_brackets(words, phrase.last)):
        return None
    if words[at].lower in WORDS["participles"] and words[phrase.first - 1].lower == "the":
        head = words[find_head(words, phrase)]
        if not head.is_name and head.stem not in ROLES:
            return None  # "an officer, who …, | confirmed the loss | of Kell"
    end, speaker = phrase.last, name_phrase(words, phrase)
    if end < len(words) and words[end].text == ",":
        title = read_behind(words, end + 1)
        whole = name_phrase(words, title) if title else ""
        if title and PATTERNS["speaks_for"].search(whole):
            speaker, end = whole, title.last
    return Statement(words[at].start, words[end - 1].end, speaker, words[at].lower, True, False)


def _pass_brackets(words: list[Word], at: int) -> int:
    """Behind an abbreviation at an index: "said the Kell Tigers | (KT) | had"."""
    is_short = [one.text for one in words[at : at + 3 : 2]] == ["(", ")"]
    return at + 3 if is_short else at


_CLOSING = frozenset(
    "on in at late early earlier last during after when told as adding by from via claiming who"
    " to".split()
)


def _closes(words: list[Word], at: int) -> bool:
    """Whether a statement ends at an index: at a sign, a day, or "in a statement"."""
    if is_sign(words, at):
        return True
    word = words[at].lower
    if word == "this":  # "said | this evening"
        behind = words[at + 1].lower if at + 1 < len(words) else ""
        return behind in WORDS["calendar"] | {"afternoon", "week", "month"}
    if word == "for":  # "confirmed | for the first time"
        return [one.lower for one in words[at + 1 : at + 4 : 2]] == ["the", "time"]
    if word == "over":  # "said | over the phone", not "over 300 people"
        return at + 1 < len(words) and words[at + 1].lower in ("a", "the")
    return word in _CLOSING or word in WORDS["calendar"]


def _find_opening(words: list[Word], first: int) -> int:
    """Where those begin who speak together: "| two local officials and three residents | said",
    "| one of the residents | said"."""
    opens = first
    while opens:
        word, before = words[opens - 1].lower, words[opens - 2].lower if opens > 1 else ""
        if word in WORDS["determiners"] | WORDS["numerals"]:
            opens -= 1
        elif word == "of" and before in SOME:
            opens -= 2
        elif word == "and" and words[opens - 2].stem in WORDS["role"]:
            other = read_before(words, opens - 1)
            if other is None:
                return opens
            opens = other.first
        else:
            return opens
    return opens


_OPENERS = ("that", "what")


def _judge_reach(words: list[Word], phrase: Phrase, at: int) -> tuple[bool, bool]:
    """(whether what follows the verb at an index is said, whether what stands before the speaker
    is)."""
    step = at + 1
    if words[at].lower in ("told", "tell", "tells", "informed") and step < len(words):
        if words[step].lower in ("this", "our"):
            step += 1  # "told | this paper"
        listener = read_behind(words, step)
        step = listener.last if listener else step + 1
    opens = _find_opening(words, phrase.first)
    opens -= opens > 2 and words[opens - 1].lower in _OPENERS  # "…, | that network | said"
    has_content = opens > 2 and is_sign(words, opens - 1) and words[opens - 1].text not in ";:("
    is_closed = _closes(words, step)
    for word in words[step : step + 6]:
        if not word.text[0].isalnum():
            break
        is_closed = is_closed and word.lower != "that"
    leads = step < len(words) and words[step].text not in ".!?"
    return leads, has_content and is_closed
