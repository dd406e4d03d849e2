"""Who is cited, without a verb of saying of their own: "according to X", "X's figures show"."""

import re

from helpers.extract.attribution.names import is_office, name_source
from helpers.extract.attribution.phrases import (
    ROLES,
    WHOLE_NAMES,
    WORDS,
    Phrase,
    Word,
    cut_words,
    find_head,
    is_sign,
    read_before,
    read_behind,
)
from helpers.extract.attribution.statement import (
    Statement,
    is_definite,
    name_phrase,
    read_before_clause,
    state,
)

DATA = 14  # words between "figures" and "show"


def read_data(words: list[Word], at: int) -> Statement | None:
    """ "figures released by the ministry | show", "an AFP tally | found"."""
    for step in range(at - 1, max(-1, at - DATA), -1):
        word = words[step]
        if is_sign(words, step) and word.text not in "()" or word.lower == "that":
            return None
        if word.lower not in WORDS["document"] or words[step - 1].lower.startswith("pro-"):
            continue  # "a pro-junta | account | claimed"
        if step == at - 1:
            whole = read_before(words, at)
            owner = drop_documents(words, whole) if whole else None
            if owner is None:
                return _state_document(words, step, at)
            return _state_data(words, owner, owner.first, at)
        whole = read_before(words, step + 1)
        owner = drop_documents(words, whole) if whole else None
        owner = owner or _read_maker(words, step + 1)
        if owner is None:
            return None
        return _state_data(words, owner, step, at)
    return None


def _state_data(words: list[Word], owner: Phrase, start: int, at: int) -> Statement:
    """What data show: what follows, or, at the end of a sentence, what stands before: "380,000 are
    displaced, | UN figures show"."""
    behind = words[at + 1].text if at + 1 < len(words) else "."
    ends = not behind[0].isalnum() and behind != "," and start > 2
    return state(words, owner, words[at].lower, start, at + 1, ends, not ends)


def _state_document(words: list[Word], noun: int, at: int) -> Statement | None:
    """ "the report | said": whose it is was said before; "a previous version | said": nobody's."""
    if noun == 0 or words[noun - 1].lower not in ("the", "its", "their"):
        return Statement(words[noun].start, words[at].end, "", words[at].lower, False, True)
    return _state_data(words, Phrase(noun, at), noun, at)


_PRESS = frozenset("media press newspaper newspapers outlets papers".split())


_BASED = 7  # words in which "based on" stands: "by our reporters | based on | hospital sources"


def _read_maker(words: list[Word], at: int) -> Phrase | None:
    """Who made what is read: "data | compiled by the UN", "a report | by Kell's hospital",
    "figures | the army gave"."""
    if at < len(words) and words[at].lower in WORDS["compiled"]:
        at += 1
    is_printed = at + 1 < len(words) and words[at].lower == "in"
    is_printed = is_printed and any(word.lower in _PRESS for word in words[at + 1 : at + 4])
    if is_printed or at < len(words) and words[at].lower in ("by", "from", "of"):
        if phrase := read_behind(words, at + 1):
            return drop_documents(words, phrase) or phrase
    near = [word.lower for word in words[at : at + _BASED]]
    if "based" in near[:-1] and near[near.index("based") + 1] == "on":
        return read_behind(words, at + near.index("based") + 2)
    giver = read_behind(words, at)
    gives = words[giver.last].lower if giver and giver.last < len(words) else ""
    return giver if gives in WORDS["giving"] else None


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
    return None if is_adjective else Phrase(_find_name(words, phrase.first, last), last)


def _find_name(words: list[Word], first: int, last: int) -> int:
    """Where the name begins behind words that only tell what is read: "an internal | United
    Nations report"."""
    at = first
    while at < last and not words[at].is_name:
        if words[at].stem in WORDS["role"] | WORDS["body"]:
            return first
        at += 1
    return at if at < last else first


def read_according(words: list[Word], at: int) -> Statement | None:
    """ "according to X", "citing X", "as reported by X", "by X's count"."""
    word, before = words[at].lower, words[at - 1].lower if at else ""
    if word == "to" and before != "according":
        return None
    if word == "by" and (own := _read_own(words, at) or _read_account(words, at)):
        return own
    if word == "to" and (told := _read_told(words, at)):
        return told
    phrase = read_behind(words, at + 1)
    has_article = phrase is not None and phrase.first > at + 1
    if phrase is None or word == "per" and not (has_article or words[phrase.first].is_name):
        return None
    if words[phrase.last - 1].lower in WORDS["lists"] and not _names_maker(words, phrase):
        return None  # "according to a handwritten | list"
    first = words[at - 1].start if word in ("to", "by") and before else words[at].start
    end = phrase.last
    if any(_is_document(words, step, phrase) for step in range(phrase.first, phrase.last)):
        maker = _find_maker(words, phrase)
        if maker is None:
            return None
        if not _PEOPLES.fullmatch(name_phrase(words, maker)):  # but "Odran | tallies"
            phrase, end = maker, max(maker.last, end)
    elif word == "on" or word == "by" and not _is_passive(words, at):
        return None
    opens = at < 3 or [one.lower for one in words[at - 2 : at]] == ["and", ","]
    if (apposed := _read_apposed(words, phrase)) is not None:
        phrase, end = apposed, apposed.last
    return Statement(
        first,
        words[end - 1].end,
        name_phrase(words, phrase),
        "citing" if word in ("citing", "quoting") else "",
        not opens,
        True,
        is_definite(words, phrase),
    )


def _find_maker(words: list[Word], phrase: Phrase) -> Phrase | None:
    """Who made what a phrase says is read: "the count of | MSF |", "| IOM | figures"."""
    head = find_head(words, phrase)
    if words[head].lower in WORDS["document"]:
        maker = drop_documents(words, Phrase(phrase.first, head + 1))
        return maker or _read_maker(words, head + 1)
    is_read = words[phrase.last - 1].lower in WORDS["document"]
    return drop_documents(words, phrase) if is_read else None


_PEOPLES = re.compile(r"[A-Z]\w+(?:an|ian|ese|ish|[aeiou]li|[aq]i|ni)")
_TOLD = dict.fromkeys("accounts account reports testimony testimonies complaints".split(), "")
_TOLD |= dict.fromkeys("claims claim allegations assertions boasts accusations".split(), "claimed")


def _read_account(words: list[Word], at: int) -> Statement | None:
    """ "accounts | by residents that |": who tells it, unless it is denied ("rejected claims by
    residents that")."""
    noun = words[at - 1].lower if at else ""
    phrase = read_behind(words, at + 1) if noun in _TOLD else None
    if phrase is None or phrase.last >= len(words) or words[phrase.last].lower != "that":
        return None
    if any(word.lower in WORDS["denying"] for word in words[max(0, at - 4) : at]):
        return None
    return state(words, phrase, _TOLD[noun], at - 1, phrase.last + 1, False, True)


def _read_told(words: list[Word], at: int) -> Statement | None:
    """ "according to | him", "according to | the communiqué", "according to | lists kept by …"."""
    if pronoun := _read_meant(words, at + 1):
        last = words[at + 1].end
        return Statement(words[at - 1].start, last, pronoun, "", at > 2, True)
    return _read_issued(words, at) or _read_listed(words, at)


def _read_apposed(words: list[Word], phrase: Phrase) -> Phrase | None:
    """The name behind a body that has none: "according to his party, | the SPLM-IO |"."""
    is_plain = phrase.last == phrase.first + 1 and words[phrase.first].lower in WORDS["body"]
    if not is_plain or words[phrase.last : phrase.last + 1] == [] or words[phrase.last].text != ",":
        return None
    name = read_behind(words, phrase.last + 1)
    is_name = name and all(word.is_name for word in words[name.first : name.last])
    return name if name and is_name and is_sign(words, name.last) else None


def _read_issued(words: list[Word], at: int) -> Statement | None:
    """ "According to | the communiqué", "communiqué No. 31": of whoever was said to have issued
    one; None of "data" and "reports"."""
    noun = at + 1 + (at + 1 < len(words) and words[at + 1].lower == "the")
    if noun + 1 >= len(words) or words[noun].lower not in WORDS["issuing"]:
        return None
    is_numbered = words[noun + 1].lower == "no" or words[noun + 1].text.isdigit()
    if not (is_numbered or noun > at + 1 and is_sign(words, noun + 1)):
        return None
    return Statement(
        words[at - 1].start, words[noun].end, words[noun].lower, "", at > 2, True, True
    )


_LISTED = 4  # words between "to" and "lists"


def _read_listed(words: list[Word], at: int) -> Statement | None:
    """ "according to | lists | compiled by local lawyers": who made what is cited."""
    near = range(at + 1, min(at + _LISTED, len(words)))
    noun = next((step for step in near if words[step].lower in WORDS["lists"]), 0)
    phrase = _read_maker(words, noun + 1) if noun else None
    if phrase is None or not _names_maker(words, phrase):
        return None
    return state(words, phrase, "", at - 1, phrase.last, at > 2, True)


def _names_maker(words: list[Word], phrase: Phrase) -> bool:
    """Whether a phrase holds a name or a role: "military | documents"."""
    parts = words[phrase.first : phrase.last]
    return any(word.is_name or word.stem in ROLES for word in parts)


def _is_document(words: list[Word], at: int, phrase: Phrase) -> bool:
    """Whether a word of a speaker is what is read, and not within its name: "Event | Data |
    Project"."""
    if words[at].lower not in WORDS["document"]:
        return False
    head = words[find_head(words, phrase)]
    if at == phrase.first + 1 == phrase.last - 2 and head.stem in ROLES:
        return False  # "a local | monitoring | group"
    is_inner = phrase.first < at < phrase.last - 1 and words[at].is_name
    return not (is_inner and words[at - 1].is_name and words[at + 1].is_name)


def read_believed(words: list[Word], at: int) -> Statement | None:
    """ "if | the foreign ministry | is to be believed"."""
    phrase = read_behind(words, at + 1)
    told = [word.lower for word in words[phrase.last : phrase.last + 4]] if phrase else []
    if phrase is None or told[1:] != ["to", "be", "believed"]:
        return None
    end = words[phrase.last + 3].end
    return Statement(words[at].start, end, name_phrase(words, phrase), "", at > 2, True)


_OWNERS = {"its": "it", "their": "they", "his": "he", "her": "she"}


def _read_own(words: list[Word], at: int) -> Statement | None:
    """ "cost the army 150 dead | by its own account": whoever was named right before."""
    told = [word.lower for word in words[at + 1 : at + 4]]
    if at < 3 and told[:1] and told[0] in _OWNERS and told[1] in WORDS["document"]:
        end = words[at + 2].end  # "By | their | count 450 died": whoever spoke before
        return Statement(words[at].start, end, _OWNERS[told[0]], "", False, True)
    if told[:2] not in (["its", "own"], ["their", "own"], ["his", "own"]):
        return None
    if told[2:] and told[2] not in WORDS["document"] | {"admission"}:
        return None
    for step in range(at - 1, max(-1, at - DATA), -1):
        if words[step].stem in WORDS["role"] and (phrase := read_before(words, step + 1)):
            end = words[min(at + 3, len(words) - 1)].end
            return Statement(words[at].start, end, name_phrase(words, phrase), "own", True, False)
    return None


def _is_passive(words: list[Word], at: int) -> bool:
    """Whether "by" names who said it: "confirmed | by", "confirmed to me | by"."""
    back = at - 3 if at > 2 and words[at - 2].lower == "to" else at - 1
    return back >= 0 and words[back].lower in WORDS["passive"]


_MEANT = {"him": "he", "her": "she", "them": "they", "it": "it"}


def _read_meant(words: list[Word], at: int) -> str:
    """The pronoun of "according to | him"; "" of "according to | her husband"."""
    pronoun = _MEANT.get(words[at].lower, "") if at < len(words) else ""
    is_owner = words[at].lower == "her" and not is_sign(words, at + 1) if pronoun else False
    return "" if is_owner else pronoun


def read_claim(words: list[Word], at: int) -> Statement | None:
    """ "Kinshasa's | claim that 200 had died"."""
    behind = words[at + 1].lower if at + 1 < len(words) else ""
    if not at or words[at].lower not in ("claim", "claims") or behind not in ("that", "to", "of"):
        return None
    phrase = read_before(words, at) if words[at - 1].stem != words[at - 1].lower else None
    return state(words, phrase, "claimed", phrase.first, at + 1, False, True) if phrase else None


def read_holding(words: list[Word], at: int) -> Statement | None:
    """ "the district office | has a list of 87 dead", "IOM | has 9,120 people leaving"."""
    phrase = read_before(words, at)
    if phrase is None:
        return None
    head = words[find_head(words, phrase)]
    speaks = head.stem in WORDS["body"] | WORDS["role"] or head.text.isupper()
    return state(words, phrase, "has", phrase.first, at + 1, False, True) if speaks else None


_BE = frozenset("is are was were".split())
_SEEN = 7  # words between "saw" and "dead"


def read_acting(words: list[Word], at: int) -> Statement | None:
    """ "Doctors Without Borders | treated | 26 people", "UNHCR is deeply | alarmed": organisations
    that count whom they help, and nobody who fights."""
    feels, step = words[at].lower in WORDS["feeling"], at
    while step and words[step - 1].lower.endswith("ly"):
        step -= 1
    if feels and step and words[step - 1].lower in _BE:
        step -= 1
    if step and words[step - 1].lower in ("he", "she") and words[at].lower in WORDS["own_hand"]:
        near = [word.lower for word in words[at + 1 : at + _SEEN]]
        if words[at].lower != "saw" or not WORDS["tolls"].isdisjoint(near):
            return state(
                words, Phrase(step - 1, step), words[at].lower, step - 1, at + 1, False, True
            )
    phrase = read_before_clause(words, step) or read_before(words, step)
    if phrase is None:
        return None
    name = name_source(name_phrase(words, phrase))
    counts = "trackers" if words[at].lower in WORDS["tracking"] else "caring"
    cares = words[find_head(words, phrase)].lower in WORDS[counts]
    parts = {word.stem for word in words[phrase.first : phrase.last]}
    cares = cares or counts == "caring" and not parts.isdisjoint(WORDS["helping"])
    if not (cares or is_office(name) or name in WHOLE_NAMES):
        return None
    return state(words, phrase, words[at].lower, phrase.first, at + 1, False, True)


_NEAR = 14  # words between "count" and "is"


def read_tally(words: list[Word], at: int) -> Statement | None:
    """ "IOM's latest | count | is 31,400", "IOM's | latest |: 31,400", "IOM | now | at 41,700"."""
    step = at
    while step and words[step - 1].lower in WORDS["newest"]:
        step -= 1
    phrase = read_before(words, step)
    is_owner = step > 0 and words[step - 1].stem != words[step - 1].lower
    if phrase is None or not is_owner and words[at].lower != "now":
        return None
    told = (word.lower for word in words[at + 1 : at + _NEAR])
    if is_owner and words[at].lower in WORDS["figures"] and WORDS["amounts_to"].isdisjoint(told):
        return None
    return state(words, phrase, "", phrase.first, at + 1, False, True)


def read_gapped(words: list[Word], after: Statement) -> list[Statement]:
    """ "The ministry speaks of 46,000, | the police of | 22,000": who else speaks of a number."""
    found = []
    for at, word in enumerate(words[:-1]):
        is_number = words[at + 1].text[0].isdigit() or words[at + 1].lower in WORDS["amounts"]
        if word.start < after.end or word.lower != "of" or not is_number:
            continue
        phrase = read_before(words, at)
        opens = words[phrase.first - 1].text if phrase and phrase.first else ""
        if phrase and opens.lower() in (",", ";", "and", "while", "but", "the"):
            found.append(state(words, phrase, after.verb, phrase.first, at + 1, False, True))
    return found


# These have no director and no house of their own.
_NO_HOUSES = frozenset("army military police front movement militia party opposition news".split())


def find_house(sentence: str) -> str:
    """The hospital or office that the beginning of a sentence names last: "admitted to | Kell
    hospital | by noon, its director said"; "" if none.

    >>> find_house("Nine were admitted to Kell hospital by noon, its ")
    'Kell hospital'
    """
    words = cut_words(sentence)
    houses = WORDS["caring"] | WORDS["body"]
    for at in range(len(words) - 1, -1, -1):
        if words[at].lower in houses and words[at].lower not in _NO_HOUSES:
            phrase = read_before(words, at + 1, is_met=True)
            return name_phrase(words, phrase) if phrase else ""
    return ""
