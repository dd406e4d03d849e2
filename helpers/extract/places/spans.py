"""Name spans: names of a text that belong together ("Deir ez-Zor", "Old Pell"), and the places
among them that need no judging: those of the corpus's own table, and those in passages all in
capitals."""

import re
from typing import NamedTuple

from helpers.extract.places.capitals import read_in_capitals
from helpers.extract.places.gazetteer import Gazetteer, PlaceMention
from helpers.extract.places.names import (
    ALONE,
    ARMS,
    COUNTRIES_TOO,
    FOLDED,
    HEADS,
    JOINERS,
    NO_NAMES,
    NUMBERED,
    OPENS_NONE,
    ORGANISATIONS,
    OUTLYING,
    STANDS_BEFORE,
    TITLES,
    NameToken,
    fold_name,
    read_all_names,
    read_names,
    strip_possessive,
)
from helpers.extract.rules.lexicon import MONTHS, WEEKDAYS
from helpers.extract.rules.notation import compile_pattern
from helpers.extract.rules.territory import FEATURES
from helpers.extract.text.document import Document

LONGEST_SPAN = 6  # tokens
_WRAPPED = 30  # characters of a line that was broken for its length
_INNER_NONE = NO_NAMES - {"new", "old", "central"}
_STANDS_BEHIND = FEATURES | NO_NAMES | WEEKDAYS.keys()
_ALONE_NONE = NO_NAMES | ALONE | MONTHS.keys() | WEEKDAYS.keys() | FEATURES
_HELD = tuple(f" {held}" for held in ("run", "held", "controlled", "occupied", "administered"))
_BEFORE_STOP = TITLES | {"st", "mt", "ft"}
_ARTICLES = frozenset({"as", "at", "an"})
_NUMBERED = re.compile(r"(?:^|\n)\s?\(?\d{1,2}[/)] $")  # "7/ | Displacement: …"
_NUMBER = re.compile(
    r" (?:\d{1,3}(?![\d.,:/-]*\d|%)"
    r"|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve)\b"
)
_COMPASS = frozenset("north south east west".split())
_IN_DIVISION = re.compile(r"\b(?:[Ii]n|[Aa]cross|[Tt]hroughout|[Ww]ithin|[Aa]round)(?: the)? $")
_GAP = re.compile(r"\.? |\s?\n?\s?")
_NO_OWN_GAP = re.compile(r"[,;:()]|\n\n")
_LISTED = r",? and (then |later )?|,? as well as |, as did |,\s+|\s+\([^)]{1,20}\)(,| and)\s+"
_DATED_LIST = r"""
\s+((early |late )?on |by |yesterday|overnight)[\w ]{0,22}(,|,? and) (then |on [\w ]{3,20}, )?
"""
_BETWEEN, _BETWEEN_DATED = compile_pattern(_LISTED), compile_pattern(_DATED_LIST.strip())
_DATED = compile_pattern(
    r"(,[^,.;]{1,40},)? (on\s|the (next|following|same)|a day|two days|three days|hours|last\s"
    r"|\d{1,2}\s)"
)
LISTS_ON = compile_pattern(
    rf"({_LISTED}|{_DATED_LIST.strip()})([^\Wa-z\d_]|(al|el|ad|ar|as|ash|ez)[-'’])"
)
LIST_ENDS = (",", "and", "then", "later", "as", "did")


def _ends_name(word: str) -> bool:
    """Whether a name that is no country's ends before a word: "Bosnia | and"."""
    return word[0].islower() or word.lower() in _INNER_NONE


def _open_countries() -> dict[str, list[str]]:
    """First word folded → the names of countries that hold words which end other names, longest
    first."""
    found: dict[str, list[str]] = {}
    for name in sorted((name for names in COUNTRIES_TOO.values() for name in names), key=len):
        if any(_ends_name(word) for word in name.split()[1:]):
            found.setdefault(fold_name(name.split()[0]), []).insert(0, name)
    return found


_COUNTRIES = _open_countries()


class NameSpan(NamedTuple):
    """Names that belong together and may be a place."""

    start: int
    end: int
    name: str  # folded
    tokens: list[NameToken]


def drop_adverbs(text: str, spans: list[NameSpan]) -> list[NameSpan]:
    """Spans without words such as "Finally", which begin a sentence and name nobody."""
    return [
        span
        for span in spans
        if not (len(span.tokens) == 1 and span.name.endswith("ly") and begins(text, span.start))
    ]


def read_spans(
    document: Document, gazetteer: Gazetteer, start: int, end: int, has_capitals: bool
) -> tuple[list[PlaceMention], list[NameSpan]]:
    """(places of the corpus's own table and of passages in capitals, spans of names to be judged)
    between two offsets."""
    text = document.text
    if has_capitals or gazetteer.may_hold_own(document, start, end):
        tokens = read_all_names(document, start, end)
    else:
        tokens = read_names(document, start, end)
    known: list[PlaceMention] = []
    spans: list[NameSpan] = []
    at = 0
    while at < len(tokens):
        _, _, folded, is_name, in_capitals = tokens[at]
        own = _find_own(text, tokens, at, gazetteer) if folded in gazetteer.own_first else None
        if own:
            known.append(own[0])
            at = own[1]
        elif in_capitals:
            last_end = known[-1].end if known else -99
            met, at = read_in_capitals(document, tokens, at, gazetteer, last_end)
            known += met
        elif country := _find_country(text, tokens[at]):
            stop = at + 1
            while stop < len(tokens) and tokens[stop].start < country:
                stop += 1
            begin = tokens[at].start
            spans.append(NameSpan(begin, country, FOLDED[text[begin:country]], tokens[at:stop]))
            at = stop
        elif is_name and folded in NUMBERED and (number := _NUMBER.match(text, tokens[at].end)):
            stop, begin = at + 1, tokens[at].start
            while stop < len(tokens) and tokens[stop].start < number.end():
                stop += 1
            name = FOLDED[text[begin : number.end()]]
            spans.append(NameSpan(begin, number.end(), name, tokens[at : at + 1]))
            at = stop
        elif is_name:
            stop = _find_known_end(text, tokens, at, gazetteer) or _find_end(text, tokens, at)
            kept = _leave_division(text, tokens[at:stop])
            if span := kept if _is_whole(text, tokens, at, stop, gazetteer) else _trim(kept):
                last = strip_possessive(text, span[0].start, span[-1].end)
                spans.append(
                    NameSpan(span[0].start, last, FOLDED[text[span[0].start : last]], span)
                )
            at = stop
        else:
            at += 1
    return known, spans


def _find_own(
    text: str, tokens: list[NameToken], at: int, gazetteer: Gazetteer
) -> tuple[PlaceMention, int] | None:
    """The place of the corpus's own table whose name begins here, and the index of the token to go
    on with."""
    first = tokens[at]
    for length in gazetteer.own_first.get(first.folded, ()):
        here = tokens[at : at + length]
        key = gazetteer.own.get(tuple(token.folded for token in here))
        if key is None or len(here) < length:
            continue
        if length == 1 and not _is_written_as_name(text, first):
            continue
        if any(_NO_OWN_GAP.search(text, a.end, b.start) for a, b in zip(here, here[1:])):
            continue
        inner = (
            first.folded == "the"
            and at + 1 < len(tokens)
            and _find_own(text, tokens, at + 1, gazetteer)
        )
        if inner and inner[1] > at + length:
            return None  # "the outskirts of Kell" is no "the outskirts"
        behind = tokens[at + length : _find_end(text, tokens, at)]
        if any(token.folded in ORGANISATIONS for token in behind):
            return None  # "the Kell Doctors Network" is no Kell
        end = strip_possessive(text, first.start, here[-1].end)
        return PlaceMention(first.start, end, key, text[first.start : end], True), at + length
    return None


def _find_country(text: str, token: NameToken) -> int:
    """Where the name of a country ends that begins here and holds words that end other names:
    "Bosnia and Herzegovina"; 0 where none does."""
    for name in _COUNTRIES.get(token.folded, ()):
        if text.startswith(name, token.start):
            return token.start + len(name)
    return 0


def _is_written_as_name(text: str, token: NameToken) -> bool:
    """Whether a single word is written as a name is: "Kell", "US", but not "us"."""
    word = text[token.start : token.end]
    if not token.is_name or word.islower():
        return False
    return len(token.folded) > 2 or word.replace(".", "").isupper()


def _find_end(text: str, tokens: list[NameToken], at: int) -> int:
    """Index behind the names that belong together: "Old Pell", "Kafr Nabl", "Deir ez-Zor", not over
    a stop."""
    stop = at + 1
    if tokens[at].folded in OPENS_NONE and not _is_article(text, tokens, at):
        return stop
    while stop < len(tokens) and stop - at < LONGEST_SPAN:
        last, following = tokens[stop - 1], tokens[stop]
        if not _hangs_together(text, last, following):
            break
        goes_on = following.is_name and following.folded not in _INNER_NONE
        if goes_on and not following.in_capitals or _is_outlying(last, following):
            stop += 1
        elif following.folded in JOINERS and _goes_on(text, following, tokens[stop + 1 : stop + 2]):
            stop += 2
        else:
            break
    return stop


def _find_known_end(text: str, tokens: list[NameToken], at: int, gazetteer: Gazetteer) -> int:
    """Index behind the two words of a known name that would end another: "Sanski | Most",
    "Cox's | Bazar"; 0 where none begins."""
    here = tokens[at : at + 2]
    if len(here) < 2 or not here[1].is_name:
        return 0
    is_of = text[here[0].end - 2 : here[0].end] in ("'s", "’s")
    if here[1].folded not in _INNER_NONE and not is_of:
        return 0
    if text[here[0].end : here[1].start] != " ":
        return 0
    return at + 2 if FOLDED[text[here[0].start : here[1].end]] in gazetteer.cities else 0


def _is_whole(text: str, tokens: list[NameToken], at: int, stop: int, gazetteer: Gazetteer) -> bool:
    """Whether a name keeps words that only stand beside others: "Sanski | Most", "| As | Suki"."""
    if _is_article(text, tokens, at):
        return True
    return stop == _find_known_end(text, tokens, at, gazetteer)


def _is_outlying(last: NameToken, following: NameToken) -> bool:
    """Whether two words are the name of a region at the edge of a country: "Far | North"."""
    return last.folded in OUTLYING and following.is_name and following.folded in _COMPASS


def _leave_division(text: str, tokens: list[NameToken]) -> list[NameToken]:
    """A name without "Division", where that is a district and no soldiers: "in Kell | Division"."""
    if len(tokens) != 2 or tokens[1].folded != "division" or tokens[0].folded in ARMS:
        return tokens
    start = tokens[0].start
    return tokens[:1] if _IN_DIVISION.search(text, max(0, start - 16), start) else tokens


def _is_article(text: str, tokens: list[NameToken], at: int) -> bool:
    """Whether a word is the article of an Arabic name within a sentence: "entered | As | Suki"."""
    token = tokens[at]
    is_one = token.folded in _ARTICLES and token.is_name and not begins(text, token.start)
    return is_one and _goes_on(text, token, tokens[at + 1 : at + 2])


def _goes_on(text: str, joiner: NameToken, behind: list[NameToken]) -> bool:
    """Whether a name follows right behind a joiner: "Deir ez | Zor"."""
    return any(token.is_name and text[joiner.end : token.start] == " " for token in behind)


def _hangs_together(text: str, last: NameToken, following: NameToken) -> bool:
    """Whether nothing parts two tokens of a name: no more than a blank, a line end, or the stop of
    "St."."""
    gap = text[last.end : following.start]
    if text[last.end - 2 : last.end] in ("'s", "’s"):
        return False
    if gap == " ":
        return True
    if len(gap) > 3 or not _GAP.fullmatch(gap) or "\n\n" in gap:
        return False
    if "\n" in gap:  # a heading in small letters over a dateline in capitals
        if last.end - text.rfind("\n", 0, last.end) < _WRAPPED:
            return False  # a heading over a line of its own: "Events | Kell, 21 June."
        return _is_capitals(text, last) == _is_capitals(text, following)
    return gap != ". " or last.folded in _BEFORE_STOP


def _is_capitals(text: str, token: NameToken) -> bool:
    return text[token.start : token.end].isupper()


def _trim(tokens: list[NameToken]) -> list[NameToken]:
    """Names without words that only stand beside them: "On Tuesday", "The", "Barangay Kell";
    "Kell City" keeps its city."""
    first, last = 0, len(tokens)
    while first < last and _stands_before(tokens[first].folded):
        first += 1
    if last - first > 1 and tokens[first].folded in HEADS:
        first += 1
    while last - first > 1 and tokens[last - 1].folded in _STANDS_BEHIND:
        if _is_outlying(*tokens[last - 2 : last]):
            break
        last -= 1
    if last - first == 1 and tokens[first].folded in _ALONE_NONE:
        return []
    return tokens[first:last]


def _stands_before(name: str) -> bool:
    """Whether a word only stands before a name: "the", "On", "Hamas-run"."""
    return name in STANDS_BEFORE or name.endswith(_HELD)


def begins(text: str, start: int) -> bool:
    """Whether a sentence or line begins at an offset."""
    before = text[max(0, start - 4) : start].rstrip(" \"'“‘(-*•–—")
    if not before or before[-1] in ".!?:\n" or "\n" in text[max(0, start - 3) : start]:
        return True
    return before[-1] in "/)" and bool(_NUMBERED.search(text, max(0, start - 8), start))


def is_list(text: str, span: NameSpan, other: NameSpan) -> bool:
    """Whether a span and the next stand in a list."""
    start, end = span.end, other.start
    if text[start:end].isspace():
        return False
    if _BETWEEN.fullmatch(text, start, end):
        return True
    return bool(_BETWEEN_DATED.fullmatch(text, start, end) and _DATED.match(text, other.end))
