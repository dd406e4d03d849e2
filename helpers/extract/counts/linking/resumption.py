"""Resumption: numbers that take up a figure told before, give another's for it, or put it right."""

from helpers.extract.counts.grammar import peek
from helpers.extract.counts.outlook import plans
from helpers.extract.counts.phrase import QuantityPhrase
from helpers.extract.text.tokens import Token

_FIGURES = frozenset({"figure", "number", "total", "tally"})


def is_resumed(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a sentence's first number takes up those of the sentence before: "13 of them were",
    "Of those, 13"."""
    if phrase.head == "subset" or gives_figure(tokens, phrase) or _answers(tokens, phrase):
        return True
    if adds(tokens, phrase):
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
    if _is_real(opening):
        return phrase.head in ("none", "person")
    leads = opening[-1:] in (["to"], ["at"], ["is"], ["was"]) or opening[-2:] == ["is", "now"]
    if leads and "of" not in opening and not _FIGURES.isdisjoint(opening[-8:]):
        return phrase.head in ("none", "person", "household")  # "The figure has since risen to 13"
    is_taken_up = opening[1:2] in (["those"], ["these"], ["them"])
    return len(opening) <= 4 and opening[:1] == ["of"] and is_taken_up


def _is_real(opening: list[str]) -> bool:
    """Whether the words before a number put right that of the sentence before: "The real number,
    according to volunteers, is closer to"."""
    is_led = opening[-1:] in (["is"], ["was"]) or opening[-3:-1] == ["is", "closer"]
    return is_led and opening[:2] in (["the", "real"], ["the", "true"], ["the", "actual"])


def restates(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a bare number is the figure told before, at another time or put right: "the figure is
    now | 12", "a day earlier it stood at | 41"."""
    if phrase.head != "none" or phrase.reading.is_share:
        return False
    before = [token.text for token in tokens[max(0, phrase.index - 4) : phrase.index]]
    if before[-1:] in (['"'], ["“"]):
        before.pop()
    if before[-2:] == ["it", "is"] and _is_in_eyes(tokens, phrase):
        return True
    if before[-1:] == ["at"] and before[-2:-1] in (["stood"], ["stands"]):
        return before[-3:-2] == ["it"] or before[-3:-2] in ([one] for one in _FIGURES)
    if _is_put(before):
        return True
    before = before[:-1] if before[-1:] in (["now"], ["then"]) else before
    if before[-1:] in ([one] for one in _EXCEEDING) and before[-2:-1] in (
        [one] for one in _FIGURES
    ):
        return True  # "the real number exceeds | 3 million"
    if before[-1:] == ["it's"] or before[-2:] in (["it", "was"], ["it", "is"], ["there", "were"]):
        return _is_of_day(tokens, phrase)
    if before[-1:] == ["was"] and before[-2:-1] in (["had"], ["given"], ["published"]):
        return not _FIGURES.isdisjoint(before)  # "the last figure we had was | 900"
    return before[-1:] in (["is"], ["was"]) and before[-2:-1] in ([one] for one in _FIGURES)


def _is_in_eyes(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a number is that of somebody else: "39 dead; for the Red Cross it is | 40"."""
    before = tokens[max(0, phrase.index - 10) : phrase.index]
    texts = [token.text for token in before]
    return "for" in texts[1:] and texts[texts.index("for", 1) - 1] in (";", ",", "and", "but")


_PUTTING = ("put", "puts", "putting", "set", "sets", "revised", "raised", "lowered", "corrected")


def _is_put(before: list[str]) -> bool:
    """Whether the four words before a number say that somebody counts so many: "the army puts the
    figure at | 100"."""
    is_at = before[-1:] in (["at"], ["to"]) and not _FIGURES.isdisjoint(before[-2:-1])
    return is_at and before[-4:-3] in ([one] for one in _PUTTING)


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
    if before and before[-1].text in _HOLDING:
        ahead = {token.text for token in tokens[: phrase.index]}
        return previous == "killed" and bool(ahead & {"list", "lists"})
    if [token.text for token in before[1:]] != ["a", "list", "of"]:
        return False
    if "have" not in before[0].kinds and before[0].text not in _KEEPING:
        return False
    behind = tokens[phrase.last : phrase.last + _NAMED]
    if not behind or behind[0].text != "of":
        return previous == "killed"
    return any(token.text in _DEAD for token in behind)


_KEEPING = frozenset("keeps kept holds compiled published collected".split())
_HOLDING = ("has", "had", "holds", "held", "contains", "contained", "bears", "bore", "carries")
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


_GIVING = frozenset(
    "concede concedes conceded admit admits admitted confirm confirms confirmed acknowledge "
    "acknowledges acknowledged count counts counted list lists listed gives gave track tracks "
    "tracked register registers registered record records recorded document documents documented "
    "verified tallied logged found identified estimates estimated claim claims claimed".split()
)
SPEAKING = frozenset("speak speaks spoke spoken speaking talk talks talked".split())
_SIZES = frozenset("figure number count toll tally estimate".split())


def gives_figure(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a bare number is somebody's for what was counted before: "the rebels concede | 38",
    "the prefect speaks of | 9,000", "its figure is lower: | 28", "that makes | 47"."""
    nouns = {tokens[index].text for index in phrase.nouns}
    if phrase.head not in ("none", "household") and nouns != {"victims"}:
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
    if nouns == {"victims"}:
        return last == "of" and before.text in SPEAKING  # "spoke of “more than twenty” victims"
    if last in _GIVING:
        return "det" not in before.kinds and phrase.head == "none"
    if last == "of":
        return before.text in SPEAKING or _sums_up(tokens, phrase)
    if last == ":":
        return any(token.text in _SIZES for token in tokens[max(0, at - 4) : at])
    if last in ("makes", "make", "making"):
        return before.text in ("that", "which", "together")
    return last in ("read", "been", "be") and before.text in ("have", "should")


def is_peak(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a bare number is what another was at its height: "down from a peak of | 900"."""
    before = [token.text for token in tokens[max(0, phrase.index - 5) : phrase.index]]
    return phrase.head == "none" and before[-2:] == ["peak", "of"] and "from" in before


def adds(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether as many more are expected of what was counted before, or came after: "900 people had
    been registered, and he expected another | 300", "another | 300 | followed"."""
    if phrase.head != "none" or peek(tokens, phrase.index - 1).text not in _MORE:
        return False
    behind = tokens[phrase.last : phrase.last + _ADDED]
    return plans(tokens, phrase.index) or any(token.text in _FOLLOWING for token in behind)


_ADDED = 4  # tokens behind a number in which it is said that as many came after
_FOLLOWING = frozenset({"followed", "follow", "unregistered", "uncounted"})
_MORE = ("another", "further", "additional")


def _sums_up(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether a number is the sum to which the one before was added: "the death of 43 of its men,
    for a total of | 772"."""
    before = [token.text for token in tokens[max(0, phrase.index - 4) : phrase.index]]
    return before[-4:] == ["for", "a", "total", "of"]
