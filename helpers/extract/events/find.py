"""Pace events without a number: places captured, entered, reached or left, and offensives that begin.

Places and dates are masked in the sentence by signs of the same length, "the town" and "it" by the place they
stand for (`masks`); a few frames (active, passive, "X fell", "the loss of X", "drove … out of X") then find the rest (`ground`), in the
sentences whose words pass a gate. Each event takes its days from its own clause, else from its heading, the sentences around it, or at
last the text's date (`timing`).
"""

import itertools
import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from helpers.extract.dates.expressions import Dating
from helpers.extract.events.actors import CIVIL, find_actor, is_armed
from helpers.extract.events.coordination import Found, find_chained, find_continued
from helpers.extract.events.dating import Timing, time_events
from helpers.extract.events.modality import judge_stance
from helpers.extract.events.pieces import MOD
from helpers.extract.events.placeholders import Masks
from helpers.extract.events.prefilter import choose_shaped
from helpers.extract.events.rules import FOLLOWING, PRIZE, Rule, choose_rules, judge_words
from helpers.extract.places.gazetteer import PlaceMention
from helpers.extract.places.mentions import Places
from helpers.extract.places.names import key_name
from helpers.extract.rules.ground import PLACE, TOWN
from helpers.extract.text.sentences import Sentence

_WHOLE = re.compile(
    r"\b(?:(?:capital|parts?|areas|portions?|swathes?)\s+of|(?:districts|villages|towns|cities|positions|outskirts|suburbs|checkpoints|hills)\s+(?:in|around|near)|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|dozens\s+of)\s+(?:districts|villages|towns)\s+of)"
    r"\s+(?:the\s+)?(?:[\w-]+\s+){0,2}$"
)
_TOWN_OF = re.compile(
    rf"{PLACE}['’]s\s+(?:[\w-]+\s+){{0,2}}?(?:city|cities|towns?|capital|villages?)\b"
)
_MAY = re.compile(r"\s+(?:would|could|might|may|will|is\s+expected)\b")
_FACILITY = re.compile(
    rf"{PLACE}(?P<rest>(?:['’]s)?\s+(?:(?:international|military|main|old|air)\s+)?(?:airport|airbase|base|airfield|citadel|bridge|dam|prison|refinery))\b"
)
_OWNS = re.compile(rf"{PLACE}['’]s?\s+{MOD}{{0,4}}?{TOWN}\s*,?\s+{PLACE}")
_TITLE = re.compile(r"[\"'“‘](?:the\s+)?$", re.I)
_PREPOSED = re.compile(
    r"\b(?:in|at|near|from|on|around|for|to|outside|between|into|towards?|with|against|over|inside|beyond|about|than|like|if\s+not|of|by)\s+(?:the\s+)?$"
)
_RAISED = re.compile(
    r"\b(?:rais(?:ed|ing)|hoist(?:ed|ing)|planted)\s+(?:\w+\s+){0,3}flags?\b|\btook\s+(?:charge|over|control|possession)\b"
)
_PRIZE = re.compile(rf"\b(?:{PRIZE})\b")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|be)\s+(?:\w+ly\s+)?$")
_ENDED = re.compile(r"\b(?:were|was|been|being|be|are)\s+$")
_WORD = re.compile(r"[\w'-]+")
_EXPELLED = re.compile(r"[^.;]{0,50}\b(?:drove|driving|expelled|ousted)\s+[^.;]{3,50}\s+from\s")


class Event(NamedTuple):
    """One event at one place. start, end: the stretch that holds who, verb and place; `actor`: the words for who
    acted, "" if unsaid; `dating`: the words that date it, or None; date_first, date_last: the days on which it may have
    happened (None: undated); basis explicit, relative, inferred or ""; `rule`: the frame that found it."""

    measure: str
    start: int
    end: int
    place: PlaceMention
    actor: str
    dating: Dating | None
    date_first: date | None
    date_last: date | None
    basis: str
    assertion: str
    rule: str


def find_events(
    text: str,
    lowered: str,
    sentences: list[Sentence],
    dates: list[Dating] | Callable[[], list[Dating]],
    places: list[PlaceMention] | Places,
    published: tuple[date, date] | None,
) -> list[Event]:
    """The pace events of a text in reading order, one a place; a repeat stays only with other days.

    `dates` and `places` are those of the text, or what finds them when asked: most texts tell of no event, and need neither. Plans
    and conditions come with assertion "expected", denials with "denied"; what is negated, asked or failed is no event.
    """
    found, latest, masks = [], [], None
    for index, sentence in enumerate(sentences):
        rules, bracketed = choose_rules(
            judge_words(lowered[sentence.start : sentence.end]), bool(latest)
        )
        whole = (
            bracketed or latest and _goes_on(text, sentence.start)
        )  # what comes of such a sentence needs no rule
        if (
            not whole
            and rules
            and isinstance(places, Places)
            and (sketch := places.sketch(sentence.start, sentence.end))
        ):
            rules = choose_shaped(rules, sketch, bool(latest))
        if not (rules or whole):
            continue
        masks = masks or Masks(text, lowered, sentences, dates, places)
        rules = choose_shaped(rules, masks.sketch(index), bool(latest))
        if not (rules or whole):
            continue
        here = _read_sentence(masks, index, rules, latest)
        if here:
            found += here
            latest = [event.place for event in here if event.start == here[-1].start]
    if not found:
        return []
    timings = time_events(found, lowered, sentences, masks.dates, masks.datelines, published)
    return _drop_repeats([_date(event, timing) for event, timing in zip(found, timings)])


def _read_sentence(
    masks: Masks, index: int, rules: tuple[Rule, ...], latest: list[PlaceMention]
) -> list[Found]:
    """The events of a sentence. `latest`: the places of the last event before it."""
    begin = masks.begin(index)
    masked, meant = masks.mask(index, latest)
    if not meant:
        return []
    found = _match_rules(masks.text, index, begin, masked, meant, rules, bool(latest))
    return found or (
        find_continued(index, begin, masked, meant)
        if latest and _goes_on(masks.text, begin)
        else []
    )


def _goes_on(text: str, begin: int) -> bool:
    return text[max(0, begin - 3) : begin].rstrip().endswith(";")


def _match_rules(
    text: str,
    index: int,
    begin: int,
    masked: str,
    meant: dict[int, list[PlaceMention]],
    rules: tuple[Rule, ...],
    follows: bool,
) -> list[Found]:
    found: list[Found] = []
    taken: set[tuple[int, str]] = set()
    for rule in rules:
        if (
            rule.name in FOLLOWING
            and not follows
            and not any(measure == "captured" for _, measure in taken)
        ):
            continue
        at = 0
        while match := rule.pattern.search(masked, at):
            at = max(match.start() + 1, min(match.start("verb"), match.start("places")) + 1)
            event = _accept(text, index, begin, masked, meant, match, rule, follows, taken)
            if event:
                found += event
                taken |= {(match.start("verb"), rule.measure)} | {
                    (place.place.start, rule.measure) for place in event
                }
    found += find_chained(index, begin, text, masked, meant, found)
    return sorted(found, key=lambda event: (event.start, event.place.start))


def _accept(
    text: str,
    index: int,
    begin: int,
    masked: str,
    meant: dict[int, list[PlaceMention]],
    match: re.Match,
    told: Rule,
    follows: bool,
    taken: set,
) -> list[Found]:
    """The events of one match; none, where what surrounds it says otherwise."""
    rule, measure, form = told.name, told.measure, told.form
    first, last = match.span("places")
    verb, end = match.start("verb"), max(match.end("verb"), last)
    subject_first = first < verb and rule not in ("control passed",)
    mentions = [
        place
        for at in range(first, last)
        if at in meant and not _OWNS.match(masked, at)
        for place in meant[at]
    ]
    if rule not in ("passive", "falls", "relative", "reduced"):
        mentions = [place for place in mentions if (place.start, measure) not in taken]
    mentions = [
        place
        for place in mentions
        if measure != "captured"
        or not _WHOLE.search(masked[max(0, place.start - begin - 60) : place.start - begin])
        and not _TOWN_OF.match(masked, place.start - begin)
    ]
    if (
        subject_first
        and rule not in ("reduced", "relative")
        and _PREPOSED.search(masked[max(0, first - 30) : first])
    ):
        mentions = mentions[1:]  # "in Norra, Kell fell": Kell did
    if not mentions or (verb, measure) in taken or form == "noun" and _MAY.match(masked, end):
        return []
    word = _WORD.match(masked, verb)[0]
    if (
        form == "finite"
        and word.endswith("ing")
        and rule in ("active", "listed", "left", "entered", "reached", "driven out", "handed over")
    ):
        form = "ing"
    if rule == "active" and _PASSIVE.search(masked[max(0, verb - 20) : verb]) and form != "ing":
        return []
    before = masked[max(0, verb - 90) : verb]
    actor, actor_at = find_actor(masked, verb, end, form, subject_first)
    if (
        measure in ("entered", "reached", "withdrawn")
        and form != "passive"
        and not is_armed(before, match[0], rule)
    ):
        return []
    if (
        form == "noun"
        and text[begin + verb].isupper()
        and _TITLE.search(text[max(0, begin + verb - 6) : begin + verb])
    ):
        return []  # a film or a book
    if rule in ("that of",) and not any(m == "captured" for _, m in taken):
        return []
    if (
        rule in ("held since", "under control since")
        and "since" not in masked[max(0, min(first, verb) - 16) : end + 40]
    ):
        return []
    if rule == "among" and not _PRIZE.search(masked):
        return []
    if (
        rule == "driven out"
        and form != "passive"
        and (CIVIL.search(match["object"]) or _ENDED.search(before))
    ):
        return []
    if rule in ("turn of", "the same way", "so did") and not (
        follows or any(m == "captured" for _, m in taken)
    ):
        return []
    if (
        rule == "entered"
        and _RAISED.search(masked[end : end + 90])
        or rule == "entered"
        and _EXPELLED.match(masked[end : end + 130])
    ):
        measure = "captured"
    stance = judge_stance(masked, min(first, verb), verb, end, form)
    if not stance:
        return []
    start = begin + (
        actor_at if actor and actor_at < verb and not subject_first else min(first, verb)
    )
    words = text[begin + actor[0] : begin + actor[1]] if actor else ""
    return [
        Found(
            measure,
            start,
            begin + end,
            begin + verb,
            _name_part(place, masked, begin),
            " ".join(words.split()),
            stance,
            rule,
            form,
            index,
        )
        for place in mentions
    ]


def _name_part(place: PlaceMention, masked: str, begin: int) -> PlaceMention:
    """The airport, base or bridge of a place, when that is what was taken: a place of its own."""
    part = _FACILITY.match(masked, place.start - begin)
    if not part or place.end - place.start != len(part[0]) - len(part["rest"]):
        return place
    words = place.words + " " + re.sub(r"^['’]s", "", part["rest"]).strip()
    return place._replace(end=begin + part.end(), words=words, key=key_name(words), resolved=False)


def _date(event: Found, timing: Timing) -> Event:
    return Event(
        event.measure,
        event.start,
        event.end,
        event.place,
        event.actor,
        timing.dating,
        timing.first,
        timing.last,
        timing.basis,
        event.assertion,
        event.rule,
    )


def _drop_repeats(events: list[Event]) -> list[Event]:
    """One event for one place and measure on days that overlap: the one whose days are told best, then the first."""
    kept: dict[tuple[str, str], list[Event]] = {}
    for event in sorted(events, key=_rank_telling):
        same = kept.setdefault((event.measure, event.place.key), [])
        if not any(_overlap(event, other) for other in same):
            same.append(event)
    return sorted(
        itertools.chain(*kept.values()), key=lambda event: (event.start, event.place.start)
    )


def _rank_telling(event: Event) -> tuple:
    """Small for an event that is told well: as having happened, with days, in words, on few of them."""
    days = (event.date_last - event.date_first).days if event.date_first else 0
    return (
        event.assertion not in ("reported", "claimed"),
        event.date_first is None,
        event.basis == "inferred",
        days,
        event.start,
    )


def _overlap(event: Event, other: Event) -> bool:
    if (
        event.date_first is None
        or other.date_first is None
        or event.basis == "inferred"
        and event.rule == "noun"
    ):
        return True
    return event.date_first <= other.date_last and other.date_first <= event.date_last
