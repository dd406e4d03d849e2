"""Dating expressions: every stretch of words that dates something, and the days that it allows."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from helpers.claims.second_reader.dates import read_range
from helpers.claims.second_reader.measures import find_cues
from helpers.claims.second_reader.periods import read_length, read_part_of, read_relative
from helpers.claims.second_reader.spans import (
    OPEN,
    UNDATED,
    Anchor,
    Dating,
    Span,
    make_day,
    make_span,
    shift_days,
    shift_months,
)
from helpers.claims.second_reader.tokens import Sentence, Token, split_tokens
from helpers.claims.second_reader.vocabulary import load_vocabulary

BETWEEN = {"the", "about", "around", "late", "early", "on", "night"}
STOPS = {",", ";", ":", "(", ")", "and", "but", "while", ".", "–", "—"}
DATELINE = 70  # code points in which a dateline names its place and day
EARLIER = 1_500  # code points before a sentence in which "the following day" finds its day
LEADS = {  # words with which a dating expression may begin, beside those of the vocabulary
    "a", "an", "the", "this", "last", "past", "previous", "preceding", "final", "week", "few",
    "several", "some", "couple", "half",
}  # fmt: skip


class Site(NamedTuple):
    """A claim in its sentence: the sentence, the tokens of its figure (for an event, of its quote),
    those of its quote, whether it is
    an event, and the days of writing."""

    sentence: Sentence
    first: int
    behind: int
    quote: tuple[int, int]
    is_event: bool
    anchor: Anchor | None
    text: str


def find_datings(
    tokens: tuple[Token, ...], anchor: Anchor | None, blocked: range = range(0)
) -> list[Dating]:
    """The dating expressions of a sentence, in order; tokens in `blocked` are a figure's and none
    of them a day."""
    datings, at = [], 0
    words = [token.word for token in tokens]
    while at < len(tokens):
        found = None
        if may_begin(words[at]):
            found = _read_dating(tokens, words, at, anchor, blocked)
        if found is None:
            at += 1
            continue
        datings.append(found)
        at = max(found.behind, at + 1)
    return datings


@lru_cache(maxsize=50_000)
def may_begin(word: str) -> bool:
    """Whether a dating expression can begin with a word: most words need no further look."""
    vocabulary = load_vocabulary()
    tables = (
        vocabulary.months, vocabulary.weekdays, vocabulary.ordinals, vocabulary.numbers,
        vocabulary.seasons, vocabulary.fractions, vocabulary.scales, vocabulary.signs, LEADS,
    )  # fmt: skip
    known = word[0].isdigit() or any(word in table for table in tables)
    return known or vocabulary.days.begins_with(word)


def _read_dating(
    tokens: tuple[Token, ...], words: list[str], at: int, anchor: Anchor | None, blocked: range
) -> Dating | None:
    readers = (read_length, read_part_of, read_range, read_relative)
    for read in readers[:1] if at in blocked else readers:
        found = read(tokens, words, at, anchor, blocked)
        if found is not None:
            relation, first = _find_relation(words, found.first)
            if found.relation == "on" and relation != "on":
                found = found._replace(relation=relation, first=first)
            return found
    return None


def _find_relation(words: list[str], at: int) -> tuple[str, int]:
    """How the words before an expression relate to it: since, until, after, as of; else on."""
    step = at
    while step > 0 and words[step - 1] in BETWEEN:
        step -= 1
    days = load_vocabulary().days
    for length in (3, 2, 1):
        begin = step - length
        meanings, found = days.find(words[:step], begin) if begin >= 0 else (frozenset(), 0)
        relations = [name for name in ("as_of", "since", "until", "after") if name in meanings]
        if found == length and relations and words[begin:step] != ["to"]:
            return relations[0], begin
    return "on", at


def list_spans(dating: Dating, anchor: Anchor | None) -> set[Span]:
    """The spans that an expression allows, cut off at the day of writing: nothing told as past lies
    behind it. `since` runs on to that day, `until` leaves the beginning open."""
    last_day = anchor.last.isoformat() if anchor else OPEN
    spans: set[Span] = set()
    for first, last in dating.bounds + dating.listed:
        begin, end = first.isoformat(), last.isoformat()
        if last_day != OPEN and begin <= last_day < end:
            end = last_day
        if dating.relation == "since":
            ends = (
                {last_day}
                if anchor is None
                else {anchor.last.isoformat(), anchor.first.isoformat()}
            )
            spans |= {Span(begin, one) for one in ends}
        elif dating.relation == "until":
            spans |= {Span(OPEN, end), Span(OPEN, shift_days(first, -1).isoformat())}
        elif dating.relation == "from_about":
            spans |= {Span(begin, end), Span(begin, OPEN)}
        elif dating.relation == "now":
            spans |= {Span(begin, end), Span(OPEN, end)}
        elif dating.relation == "after":
            spans |= {Span(begin, OPEN), Span(shift_days(last, 1).isoformat(), OPEN)}
        else:
            spans |= {Span(begin, end)}
    return spans


def may_be_future(dating: Dating, anchor: Anchor | None) -> bool:
    """Whether a date without a year, thought past, would lie within two months after the day of
    writing: then the text may mean a plan, or err, and an undated row is right, too."""
    if anchor is None:
        return True
    return any(0 < (shift_months(first, 12) - anchor.last).days <= 62 for first, _ in dating.bounds)


def is_weak(dating: Dating, tokens: tuple[Token, ...], site: Site) -> bool:
    """Whether an expression dates the text or a speech, not the claim: a dateline at the beginning
    of a line, or "said on Thursday"."""
    if dating.relation == "as_of":
        return False
    return _is_dateline(dating, tokens, site) or _is_speech_day(dating, tokens, site)


def _is_dateline(dating: Dating, tokens: tuple[Token, ...], site: Site) -> bool:
    """A day behind a place's name at the beginning of a line, closed by a dash or an agency's
    name."""
    begin, stop = tokens[dating.first].start, tokens[dating.behind - 1].end
    nearby = max(0, begin - DATELINE)
    line = site.text.rfind("\n", nearby, begin) + 1
    if not line and nearby or begin - site.sentence.start > DATELINE:
        return False
    head = [token for token in tokens[: dating.first] if token.raw[0].isalpha()]
    if not head or not all(token.raw[0].isupper() for token in head):
        return False
    if any(token.word in STOPS - {",", "(", ".", ")"} for token in tokens[: dating.first]):
        return False
    following = site.text[stop : stop + 40].lstrip(" .,)0123456789")
    return following[:1] in ("-", "–", "—", "(") or following.startswith("/")


def _is_speech_day(dating: Dating, tokens: tuple[Token, ...], site: Site) -> bool:
    """Whether a verb of speech stands at most four words before an expression, or right behind it,
    with nothing told between them."""
    phrases = load_vocabulary().days
    words = [token.word for token in tokens]
    if dating.relation not in ("on", "at", "part"):
        return False
    for at in range(dating.first - 1, max(-1, dating.first - 6), -1):
        if (
            words[at] in {";", ":", "."}
            or _tells(tokens, at)
            or site.first <= at < site.behind
            and not site.is_event
        ):
            break
        if "speech" in phrases.find(words, at)[0]:
            return True
    for at in range(dating.behind, min(len(words), dating.behind + 4)):
        if words[at] in {",", ";", ":", "."} or _tells(tokens, at) or at == site.first:
            return False
        if "speech" in phrases.find(words, at)[0]:
            return True
    return False


def _tells(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a word tells what happened to people or ground, or counts them."""
    firm = {"killed", "injured", "captured", "withdrawn", "entered", "new_displacement", "detained"}
    cues = find_cues(tokens[at : at + 2])
    speech = "speech" in load_vocabulary().days.find([tokens[at].word], 0)[0]
    return not speech and any(cue.at == 0 and cue.measures & firm for cue in cues)


def resolve_dating(
    dating: Dating, datings: list[Dating], site: Site, anchor: Anchor | None
) -> set[Span]:
    """The spans of an expression; one that counts from another date finds it before itself."""
    if dating.relation == "day_of_month":
        earlier = _find_earlier(dating, datings, site, anchor) | (
            _day_of(anchor) if anchor else set()
        )
        return _find_day_of_month(earlier, dating.days_on, anchor)
    if dating.relation == "since" and site.is_event:
        return list_spans(dating, anchor) | list_spans(dating._replace(relation="on"), anchor)
    if dating.relation == "since_then":
        earlier = _find_earlier(dating, datings, site, anchor)
        return run_on(earlier, anchor) | run_on({Span(one.last, "") for one in earlier}, anchor)
    if dating.relation == "counted":
        return _count_from(dating, datings, site, anchor)
    if dating.relation == "perhaps_since":
        return list_spans(dating, anchor) | list_spans(dating._replace(relation="since"), anchor)
    spans = list_spans(dating, anchor)
    if not site.is_event and dating.first < site.behind and site.first < dating.behind:
        spans |= list_spans(dating._replace(relation="since"), anchor)
    if dating.relation == "on" and _says_earlier(dating, site):
        spans = {Span(span.first, OPEN) for span in spans}
    if dating.relation == "part":
        spans |= {UNDATED} | {Span(OPEN, span.last) for span in spans}
    if dating.relation in ("at", "part"):
        spans |= _shift_spans(_find_earlier(dating, datings, site, anchor), {0, 1})
    if dating.relation == "on" and _has_night(dating, site):
        spans |= {Span(span.first, move_day(span.last, 1)) for span in spans}
    if may_be_future(dating, anchor):
        spans = spans | {UNDATED}
    return spans


def _says_earlier(dating: Dating, site: Site) -> bool:
    """Whether "earlier" or "later" stands before an expression: "earlier this week" ends before
    today."""
    before = site.sentence.tokens[max(0, dating.first - 1) : dating.first]
    return any(token.word in ("earlier", "later") for token in before)


def _has_night(dating: Dating, site: Site) -> bool:
    """Whether an expression names a night, which lies in two days."""
    tokens = site.sentence.tokens
    beside = (
        tokens[max(0, dating.first - 2) : dating.first] + tokens[dating.behind : dating.behind + 1]
    )
    return any(token.word in ("night", "overnight", "evening") for token in beside)


def _count_from(
    dating: Dating, datings: list[Dating], site: Site, anchor: Anchor | None
) -> set[Span]:
    """Counting on: "Two days later", "a day earlier": from the date before it. With a clause behind
    it ("two days after artillery had killed 13"), what that clause tells came first."""
    earlier = _find_earlier(dating, datings, site, anchor)
    days = {dating.days_on}
    behind = site.sentence.tokens[dating.behind - 1].word in ("after", "before")
    if behind:
        days |= {-dating.days_on} if site.first >= dating.behind or site.is_event else set()
    if dating.months_on:
        return {
            Span(
                _move_months(span.first, dating.months_on),
                _move_months(span.last, dating.months_on),
            )
            for span in earlier
        }
    return _shift_spans(earlier, days)


def _find_earlier(
    dating: Dating, datings: list[Dating], site: Site, anchor: Anchor | None
) -> set[Span]:
    """The spans of the expressions before this one in its sentence, else of the last one before
    it."""
    before = [one for one in datings if one.behind <= dating.first and one.bounds]
    if dating.days_on or not dating.months_on:
        before = [one for one in before if _is_day(one)]
    only_days = not dating.months_on
    if before:
        return list_spans(before[-1]._replace(relation="on"), anchor)
    begin = max(0, site.sentence.start - EARLIER)
    tokens = split_tokens(site.text[begin : site.sentence.start], begin)
    found = [
        one
        for one in find_datings(tokens, anchor)
        if one.bounds and one.relation not in ("at", "part")
    ]
    strong = [
        one
        for one in found
        if not _is_dateline(
            one, tokens, site._replace(sentence=Sentence(begin, site.sentence.start, tokens))
        )
    ]
    days = [one for one in strong if _is_day(one)]
    spans: set[Span] = set()
    for one in days[-2:] if only_days else (days or strong)[-2:]:
        spans |= list_spans(one._replace(relation="on"), anchor)
    return spans


def _is_day(dating: Dating) -> bool:
    return all((last - first).days <= 1 for first, last in dating.bounds)


def _day_of(anchor: Anchor) -> set[Span]:
    return {make_span(anchor.last, anchor.last)}


def _find_day_of_month(spans: set[Span], day: int, anchor: Anchor | None) -> set[Span]:
    """Of "on the 19th": that day in the months of the dates before it, on or before the day of
    writing."""
    found = set()
    for span in spans:
        if span.first in ("", OPEN):
            continue
        begin = date.fromisoformat(span.first)
        for month in (begin, shift_months(begin, -1), shift_months(begin, 1)):
            one = make_day(month.year, month.month, day)
            if one and (anchor is None or one <= anchor.last):
                found.add(make_span(one, one))
    return found


def _move_months(day: str, months: int) -> str:
    if day in ("", OPEN):
        return day
    return shift_months(date.fromisoformat(day), months).isoformat()


def _shift_spans(spans: set[Span], days: set[int]) -> set[Span]:
    return {
        Span(move_day(span.first, on), move_day(span.last, on)) for span in spans for on in days
    }


def move_day(day: str, days: int) -> str:
    return shift_days(date.fromisoformat(day), days).isoformat() if day not in ("", OPEN) else day


def run_on(spans: set[Span], anchor: Anchor | None) -> set[Span]:
    """Days named in another sentence may be where a total begins that runs to the day of
    writing."""
    if anchor is None:
        return set()
    days = {anchor.first.isoformat(), anchor.last.isoformat()}
    return {Span(span.first, day) for span in spans if span.first != OPEN for day in days}
