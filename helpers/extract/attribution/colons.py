"""Who speaks at a colon, or in a headline: "IOM: 12,000 flee", "12 dead: governor"."""

import re

from helpers.extract.attribution.names import is_office, name_source
from helpers.extract.attribution.phrases import (
    WORDS,
    Word,
    cut_words,
    read_behind,
)
from helpers.extract.attribution.statement import PATTERNS, Statement, name_phrase
from helpers.extract.places.countries import name_governments

CLOCK = re.compile(
    r"\d{1,2}[.:h]\d\d (?:(?:GMT|UTC|CET|EST|BST) )?(?:[-–—|] )?"
)  # at the head of an entry of a live blog
# At the head of an entry of a chronology: "26 September: the militia".
DAY = re.compile(
    r"\W*(?:\d{1,2} [A-Z][a-z]{2,8}\.?|[A-Z][a-z]{2,8}\.? \d{1,2})(?: \d{4})? ?[:–—-] "
)
_HEADS = 110  # characters before a colon in which it is said who speaks


def read_colon(words: str, found: list[Statement]) -> Statement | None:
    """Who speaks before a colon without a verb of saying: "Army spokesman in Kell: 150 killed",
    "State radio gave a different account: 31 dead"; None where somebody else speaks before it."""
    head = words[: words.index(": ")]
    if len(head) > _HEADS or any(one.start < len(head) for one in found):
        return None
    clock = CLOCK.match(head)
    cut = [word for word in cut_words(head) if not clock or word.start >= clock.end()]
    phrase = read_behind(cut, _skip_day(cut))
    if phrase is None or not is_speaker(name_phrase(cut, phrase)):
        return None
    if any(word.lower in WORDS["document"] for word in cut[: phrase.last]):
        return None  # "The bulletin of the health ministry: …" heads a section
    rest = head[cut[phrase.last - 1].end :]
    if not PATTERNS["before_colon"].fullmatch(rest) and not (clock and not rest):
        return None
    return Statement(0, len(head) + 1, name_phrase(cut, phrase), "", False, True)


def _skip_day(words: list[Word]) -> int:
    """Behind the day with which a sentence opens: "On Monday | the Red Cross issued"."""
    at = 1 if words and words[0].lower == "on" else 0
    while at < len(words) and words[at].lower in WORDS["calendar"] | {",", "last"}:
        at += 1
    return at if at > 1 else 0


def read_heading(words: str, found: list[Statement]) -> list[Statement]:
    """Who speaks in a headline: "IOM: 12,000 flee", "12 dead: governor", and whose report it heads;
    `found`: the statements of its words."""
    if (match := PATTERNS["own_report"].match(words)) and is_office(match["source"]):
        return [Statement(*match.span("source"), match["source"], "", False, True)]
    for name, leads in (("headline_opens", True), ("headline_closes", False)):
        pattern = PATTERNS[name]
        match = pattern.match(words) if leads else pattern.search(words)
        if match and is_speaker(match["source"]):
            start, end = match.span("source")
            return [Statement(start, end, match["source"], "", not leads, leads), *found]
    return found


def read_bracket(words: str) -> Statement | None:
    """The sources in brackets at the end of a sentence: "(IOM, UNHCR)"; not the abbreviation of
    what stands before them."""
    match = PATTERNS["bracketed"].search(words)
    if match is None:
        kind = PATTERNS["bracketed_kind"].search(words)
        return kind and Statement(*kind.span(), kind["source"], "", True, False)
    names = [name.strip() for name in re.split(r",|;|/| and ", match["source"])]
    before = words[: match.start()].split()[-8:]
    initials = "".join(word[0] for word in before if word[0].isupper())
    is_introduced = initials.endswith(names[0]) and len(names) == 1
    if is_introduced or not all(is_office(name) for name in names):
        return None
    source = " and ".join(dict.fromkeys(map(name_source, names)))
    return Statement(match.start(), match.end(), source, "", True, False)


def read_briefing(words: str) -> str:
    """Whose briefing or bulletin a sentence is about, before a list of what it says; "" of none."""
    match = PATTERNS["briefing"].search(words)
    return name_source(match["source"]) if match and is_speaker(match["source"]) else ""


def is_speaker(name: str) -> bool:
    """Whether what stands at the colon of a headline speaks, and is no place or subject."""
    words = cut_words(name)
    phrase = read_behind(words, 0)
    if phrase is None or phrase.last < len(words):
        return False
    parts = {word.stem for word in words}
    is_body = not parts.isdisjoint(WORDS["body"] | WORDS["role"] | WORDS["person"])
    is_short = len(words) == 1 and name.isupper() and len(name) < 8
    return is_body or is_short and name.lower() not in name_governments()


def add_marked(words: str, found: list[Statement], is_heading: bool) -> list[Statement]:
    """The statements of a sentence with those that its brackets and colons make."""
    if "(" in words and (bracket := read_bracket(words)):
        found = [*found, bracket]
    if is_heading:
        found = read_heading(words, found)
    if ": " not in words:
        return found
    if colon := read_colon(words, found):
        found = [colon, *found]
    figure = _read_figure(words)
    return [*found, figure] if figure else found


def _read_figure(words: str) -> Statement | None:
    """ "UNHCR's figure is lower: | 28,000", "The ministry has updated its count: | 61,380", "Its
    count: | 85 dead", of whom the sentence before is about; None of others."""
    if match := PATTERNS["its_figure"].search(words) or PATTERNS["its_update"].match(words):
        return Statement(*match.span(), match["source"], "", False, True)
    if match := PATTERNS["own_tally"].match(words):
        return Statement(*match.span(), "it", "", False, True)
    return None
