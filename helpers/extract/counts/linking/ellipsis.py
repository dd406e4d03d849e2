"""Ellipsis: numbers without a word of their own continue another ("and 30 in Mira"), are part of
one, or take one up."""

from helpers.extract.counts.grammar import (
    FIRM,
    Link,
    find_strongest,
    has_form,
    is_verb_before,
    peek,
)
from helpers.extract.counts.outlook import plans
from helpers.extract.counts.phrase import QuantityPhrase
from helpers.extract.counts.selection import fit_link, is_in_need
from helpers.extract.text.tokens import NUMBER, Token


def is_resumed(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a sentence's first number takes up those of the sentence before: "13 of them were",
    "Of those, 13"."""
    if phrase.head == "subset" or _gives_figure(tokens, phrase) or _answers(tokens, phrase):
        return True
    if _adds(tokens, phrase):
        return True
    if _stands_under_place(tokens, phrase):
        return True
    is_share = phrase.reading.is_share and phrase.head == "none"
    if is_share and all("punct" in token.kinds for token in tokens[: phrase.index]):
        return True  # "Sixty per cent moved to Kell"
    opening, after = [token.text for token in tokens[: phrase.index]], peek(tokens, phrase.last)
    if phrase.head == "none" and phrase.index <= 1 and after.text in ("were", "was", "are"):
        # "Thirteen were women"; but "thirteen were arrested" says its own
        if not peek(tokens, phrase.last + 1).triggers:
            return True
    leads = opening[-1:] in (["to"], ["at"], ["is"], ["was"]) or opening[-2:] == ["is", "now"]
    if leads and "of" not in opening and not _FIGURES.isdisjoint(opening[-8:]):
        return phrase.head in ("none", "person", "household")  # "The figure has since risen to 13"
    is_taken_up = opening[1:2] in (["those"], ["these"], ["them"])
    return len(opening) <= 4 and opening[:1] == ["of"] and is_taken_up


def restates(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a bare number is the figure told before, at another time or put right: "the figure is
    now | 12", "a day earlier it stood at | 41"."""
    if phrase.head != "none" or phrase.reading.is_share:
        return False
    before = [token.text for token in tokens[max(0, phrase.index - 4) : phrase.index]]
    if before[-1:] == ["at"] and before[-2:-1] in (["stood"], ["stands"]):
        return before[-3:-2] == ["it"] or before[-3:-2] in ([one] for one in _FIGURES)
    before = before[:-1] if before[-1:] in (["now"], ["then"]) else before
    if before[-1:] in ([one] for one in _EXCEEDING) and before[-2:-1] in (
        [one] for one in _FIGURES
    ):
        return True  # "the real number exceeds | 3 million"
    if before[-1:] == ["it's"] or before[-2:] in (["it", "was"], ["it", "is"], ["there", "were"]):
        return _is_of_day(tokens, phrase)
    return before[-1:] in (["is"], ["was"]) and before[-2:-1] in ([one] for one in _FIGURES)


_EXCEEDING = ("exceeds", "exceeded", "tops", "topped", "passes", "passed", "surpasses", "nears")


def _is_of_day(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a bare number is that of another day: "on 24 October it was | 120", "today it is |
    40 so far", "last Thursday there were | 1,870 left"."""
    behind = peek(tokens, phrase.last)
    if behind.kinds & {"verb", "be", "have"} and behind.text != "left":
        return False
    first = max(0, phrase.index - 5)
    days = (token for token in tokens[first : phrase.index - 1])
    return any("date" in token.kinds or token.text in ("today", "yesterday") for token in days)


def lists_the_dead(tokens: list[Token], phrase: QuantityPhrase, previous: str) -> bool:
    """Whether names on a list that somebody keeps are those of the dead, as its sentence says, or
    the one before: "had a list of | 243 names | of the dead"; not of those "read out"."""
    if peek(tokens, phrase.last - 1).text != "names":
        return False
    before = tokens[max(0, phrase.index - 4) : phrase.index]
    if [token.text for token in before[1:]] != ["a", "list", "of"]:
        return False
    if "have" not in before[0].kinds and before[0].text not in _KEEPING:
        return False
    behind = tokens[phrase.last : phrase.last + _NAMED]
    if not behind or behind[0].text != "of":
        return previous == "killed"
    return any(token.text in _DEAD for token in behind)


_KEEPING = frozenset("keeps kept holds compiled published collected".split())
_NAMED = 4  # tokens behind "names" in which it is said whose
_DEAD = frozenset("dead killed victims slain".split())
_ANSWER = 5  # tokens behind a bare number in which it is said whose it is


def _answers(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a bare number opens a sentence that only says whose it is: "| Four |, said the
    commander", and so gives another's figure for what was counted before."""
    if phrase.head != "none" or phrase.index or peek(tokens, phrase.last).text != ",":
        return False
    behind = tokens[phrase.last + 1 : phrase.last + 1 + _ANSWER]
    verbs = (token for token in behind if "verb" in token.kinds)
    said = next(verbs, None)
    return said is not None and any(trigger.sense == "say" for trigger in said.triggers)


_WHOLE = ("all", "most", "mostly", "both")


def _stands_under_place(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a bare number behind a place and a colon says what befell as many there as was told
    before: "Raqqa: | 28 |, all by mines"."""
    opening, behind = tokens[: phrase.index], tokens[phrase.last : phrase.last + 3]
    if phrase.head != "none" or len(opening) < 2 or opening[-1].text != ":":
        return False
    is_place = not any(token.kinds for token in opening[:-1])
    texts = [token.text for token in behind]
    return is_place and texts[:1] == [","] and texts[2:] == ["by"] and texts[1] in _WHOLE


_BACK = 6  # numbers between one and that which it continues
_FIGURES = frozenset({"figure", "number", "total", "tally"})


def inherit_links(
    tokens: list[Token], phrases: list[QuantityPhrase], links: list[Link | None]
) -> None:
    """Numbers without a word of their own take that of the number they continue or are part of;
    fills in `links`."""
    for order, phrase in enumerate(phrases):
        link, earlier = links[order], links[order - 1] if order else None
        is_bracketed = order > 0 and _is_bracketed(tokens, phrases[order - 1], phrase)
        is_part = is_bracketed or _is_part(tokens, phrase)
        if is_bracketed and link and earlier and link.sense == earlier.sense:
            links[order] = link = link._replace(rule="part")  # "12 people (four women) died"
        if phrase.head in ("thing", "dwelling", "act"):
            continue
        is_added = is_part or _adds(tokens, phrase) or _gives_figure(tokens, phrase)
        if link and link.sense != "stop" and not (is_added and link.sense == "other"):
            continue  # "among them seven who were buried by lava": what befell them all
        links[order] = None
        is_apart = link and not is_added
        later = links[order + 1] if order + 1 < len(phrases) else None
        if later and is_apart and _says_in_other_unit(tokens, phrase, phrases[order + 1]):
            links[order] = later._replace(rule="continued")
            continue
        if is_apart and not (order and _leaves_verb_out(tokens, phrases[order - 1], phrase)):
            continue  # "during 12": a preposition keeps it from what came before
        links[order] = _take_earlier(tokens, phrases, links, order, is_part)
        if later and not links[order] and _is_alternative(tokens, phrase, phrases[order + 1]):
            links[order] = later._replace(rule="continued")


def _take_earlier(
    tokens: list[Token],
    phrases: list[QuantityPhrase],
    links: list[Link | None],
    order: int,
    is_part: bool,
) -> Link | None:
    """The link of the number before, if this one is part of it or continues it."""
    for earlier in range(order - 1, max(-1, order - 1 - _BACK), -1):
        source = links[earlier]
        if phrases[earlier].head == "thing" or is_part and source is None:
            continue  # "12 died in 3 cars, 4 of them on Monday"
        if source is None and tokens[phrases[earlier].index].text != NUMBER:
            continue  # "112 dead; a surgeon counted | 74"
        if source is None or source.sense in ("agent", "thing"):
            return None
        if not is_part and not _continues(tokens, phrases[earlier], source, phrases[order]):
            return None
        rule = "part" if is_part else "continued"
        return fit_link(tokens, phrases[order], source._replace(rule=rule, cost=source.cost + 1))
    return None


def _says_in_other_unit(tokens: list[Token], phrase: QuantityPhrase, later: QuantityPhrase) -> bool:
    """ "one of | 14,870 people, or 2,974 families |, who left"."""
    between = [token.text for token in tokens[phrase.last : later.index]]
    return between in (["or"], [",", "or"]) and {phrase.head, later.head} == {"person", "household"}


def _is_alternative(tokens: list[Token], phrase: QuantityPhrase, later: QuantityPhrase) -> bool:
    """ "12 or 13 people", "12 (13 by another count) were killed"."""
    between = tokens[phrase.last : later.index]
    if any("verb" in token.kinds for token in between) or later.head == "subset":
        return False  # "said to number 12,000, killed seven", "52, | eight of them"
    return len(between) <= 2 and any(
        token.text in ("or", "(", "and", ",", "/") for token in between
    )


_GIVING = frozenset(
    "concede concedes conceded admit admits admitted confirm confirms confirmed acknowledge "
    "acknowledges acknowledged count counts counted list lists listed gives gave track tracks "
    "tracked register registers registered record records recorded document documents documented "
    "verified tallied logged found identified estimates estimated".split()
)
_SPEAKING = frozenset("speak speaks spoke speaking talk talks talked".split())
_SIZES = frozenset("figure number count toll tally estimate".split())


def _gives_figure(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a bare number is somebody's for what was counted before: "the rebels concede | 38",
    "the prefect speaks of | 9,000", "its figure is lower: | 28", "that makes | 47"."""
    if phrase.head not in ("none", "household"):
        return False
    at = phrase.index - 1
    while at >= 0 and tokens[at].kinds & {"adv", "det"} and tokens[at].text not in _GIVING:
        at -= 1
    if at >= 0 and tokens[at].text in ("“", '"'):
        at -= 1  # "Kigali of “more than 22,000”"
    last, before = peek(tokens, at).text, peek(tokens, at - 1)
    after = peek(tokens, phrase.last)
    if after.kinds & {"verb", "be", "have"} or phrase.reading.is_share:
        return False
    if last in _GIVING:
        return "det" not in before.kinds and phrase.head == "none"
    if last == "of":
        return before.text in _SPEAKING or _sums_up(tokens, phrase)
    if last == ":":
        return any(token.text in _SIZES for token in tokens[max(0, at - 4) : at])
    if last in ("makes", "make", "making"):
        return before.text in ("that", "which", "together")
    return last in ("read", "been", "be") and before.text in ("have", "should")


def _adds(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether as many more are expected of what was counted before, or came after: "900 people had
    been registered, and he expected another | 300", "another | 300 | followed"."""
    if phrase.head != "none" or peek(tokens, phrase.index - 1).text not in _MORE:
        return False
    behind = tokens[phrase.last : phrase.last + _ADDED]
    return plans(tokens, phrase.index) or any(token.text in _FOLLOWING for token in behind)


_ADDED = 4  # tokens behind a number in which it is said that as many came after
_FOLLOWING = frozenset({"followed", "follow", "unregistered", "uncounted"})
_MORE = ("another", "further", "additional")
_PARTS = frozenset({"including", "among", "includes", "included", "include", "comprising"})


def _is_part(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """ "three of them", "including two children", "of whom 12 …"."""
    before = [token.text for token in tokens[max(0, phrase.index - 4) : phrase.index]]
    if phrase.head == "subset" or not _PARTS.isdisjoint(before) or before[-1:] == ["whom"]:
        return True
    # "of whom about 12"
    return before[-2:] in (["of", "them"], ["of", "which"]) or before[-3:-1] == ["of", "whom"]


def _is_bracketed(tokens: list[Token], whole: QuantityPhrase, phrase: QuantityPhrase) -> bool:
    """ "31 people (19 civilians and 12 fighters)": a bracket says of whom a number is made up."""
    if peek(tokens, phrase.index - 1).text != "(" or whole.last != phrase.index - 1:
        return False
    part, most = phrase.reading.high, whole.reading.low or whole.reading.best
    return phrase.head == "person" and bool(part and most and part < most)


def _continues(
    tokens: list[Token], source: QuantityPhrase, link: Link, phrase: QuantityPhrase
) -> bool:
    """Whether nothing but a conjunction and phrases of place lie between two numbers: "12 died in
    Kell and 30 in Mira"."""
    before = peek(tokens, phrase.index - 1)
    is_foreign = phrase.head == "unknown" and not before.kinds & {"conj", "punct"}
    if is_foreign or before.text == "as":  # "as | one surgeon | put it"
        return False
    if _gives_figure(tokens, phrase) or _leaves_verb_out(tokens, source, phrase):
        return True
    if restates(tokens, phrase) or _adds(tokens, phrase):
        return True
    lead = _find_lead(tokens, phrase)
    if _is_compared(tokens, source, phrase, lead):
        return True
    texts = {token.text for token in lead}
    is_listed = peek(tokens, source.index - 1).text in ("(", ";")
    if ";" in texts and before.text not in ("another", "and") and not is_listed:
        if phrase.head not in ("none", "subset"):
            return False  # "12 died; 30 houses"
    if phrase.head == "household" and link.sense in FIRM:
        return False  # families are not killed, but displaced
    if texts.isdisjoint(_JOINTS) and not any("conj" in token.kinds for token in lead):
        return False
    if "prep" in before.kinds and not before.kinds & {"conj", "det"}:
        if before.text not in ("with", "of", "from"):
            return False  # "12 died, in 3 raids"
    if is_in_need(tokens, phrase.last):
        return False
    return not _says_other(tokens, source.last, phrase.index, link)


def _sums_up(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a number is the sum to which the one before was added: "the death of 43 of its men,
    for a total of | 772"."""
    before = [token.text for token in tokens[max(0, phrase.index - 4) : phrase.index]]
    return before[-4:] == ["for", "a", "total", "of"]


def _leaves_verb_out(tokens: list[Token], source: QuantityPhrase, phrase: QuantityPhrase) -> bool:
    """ "The bishop spoke of 80,000 displaced, the prefect | of 65,000": the second speaks of the
    same; so does a number of souls behind one of families: "640 families, | over 3,000 people"."""
    before, sign = peek(tokens, phrase.index - 1).text, peek(tokens, phrase.last).text
    between = tokens[source.last : phrase.index]
    at = phrase.index - 1 - (before in _OPENING_QUOTES)
    if peek(tokens, at).text == "of" and phrase.head == "none":
        spoke = peek(tokens, source.index - 2).text in _SPEAKING
        return spoke and any(token.text in (",", ";") for token in between)
    is_other_unit = source.head == "household" and phrase.head == "person"
    return is_other_unit and before == "," and sign in (".", ",", ";", "", ")")


_OPENING_QUOTES = ('"', "“")
_JOINTS = frozenset({",", ";", "(", "/", "–", "—", ":", "-"})


def _find_lead(tokens: list[Token], phrase: QuantityPhrase) -> list[Token]:
    """The words that lead to a number: the last three, or back over a name to what parts it: "Kell
    4,105; Lanao del Norte 900"."""
    opened = phrase.index - 1
    while opened > 0 and phrase.index - opened < 6:
        if not tokens[opened].is_name and tokens[opened].kinds:
            break
        opened -= 1
    if phrase.head == "none" and opened < phrase.index - 1:
        if tokens[opened].text in (",", ";", "and"):
            return tokens[opened : phrase.index]
    return tokens[max(0, phrase.index - 3) : phrase.index]


def _is_compared(
    tokens: list[Token], source: QuantityPhrase, phrase: QuantityPhrase, lead: list[Token]
) -> bool:
    """Whether a number says the same of another time or in another unit: "up from 900", "103,352
    IDPs in 21,880 households"."""
    before, texts = tokens[phrase.index - 1].text, {token.text for token in lead}
    if texts & {"against", "compared", "versus"} or before == "from" and texts & {"up", "down"}:
        return True
    if before == "after" and phrase.head == "none" and _is_earlier(tokens, phrase.last):
        return True  # "74 dead, after 51 | the month before"
    is_near = phrase.index - source.last <= 2
    if phrase.head == "household" and is_near:
        if before in ("in", "from", "comprising", "representing", "or"):
            return True
    # "rose from 268,000 in April to 301,450"
    rises = before == "to" and peek(tokens, source.index - 1).text == "from"
    return rises and phrase.head in ("none", "person", "household")


_EARLIER = frozenset({"before", "earlier", "previous", "ago"})


def _is_earlier(tokens: list[Token], at: int) -> bool:
    """Whether a time before another is told from here on: "the month | before"."""
    if "date" in peek(tokens, at).kinds:
        return True
    is_open = peek(tokens, at).text in ("the", "a", "one", "in")
    return is_open and any(token.text in _EARLIER for token in tokens[at : at + 4])


def _says_other(tokens: list[Token], start: int, end: int, link: Link) -> bool:
    """Whether a verb between two numbers says something else of the second: "12 died and rebels
    attacked 30"."""
    for at in range(start, end):
        token = tokens[at]
        is_noun = token.kinds & {"person", "thing"} or has_form(token, "ing")
        if at == link.at or is_noun or not is_verb_before(tokens, at):
            continue
        sense = find_strongest(token).sense
        is_guessed = at > link.at and "guessed" in token.kinds
        if sense != "measure" and (sense != link.sense or is_guessed):
            return True
    return False
