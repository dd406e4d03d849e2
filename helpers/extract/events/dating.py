"""When an event happened: the dating words of its own clause, else of its heading, of the sentences around it,
or at last the text's own date. A wide range that is right is better than a day that is wrong.
"""

import re
from bisect import bisect_right
from datetime import date, timedelta
from typing import NamedTuple

from helpers.extract.dates.expressions import Dating
from helpers.extract.text.sentences import Sentence

_DATELINE = re.compile(
    r"\s*(?:[A-ZÀ-Þ][A-ZÀ-Þ'’.-]{2,}[^\n]{0,110}?(?:\s(?:-|–|—|--|_)\s|\)\s*(?:--|—|–|-|_)\s|—)|\([A-Z][^)\n]{2,40}\)\s*[-–—]\s)"
)
_SAID = re.compile(
    r"\b(?:said|says|told(?:\s+\w+){1,3}|announced|reported|confirmed|warned|declared|claimed|added|conceded|admitted|acknowledged|denied|signalled|recalled|tweeted|wrote|insisted|spoke|statement|according\s+to(?:\s+\w+){1,4}|interview|published|issued|released|speaking)\s+(?:(?:by|in|via|to|at|from|through)\s+(?:\w+\s+){1,3})?(?:late\s+|early\s+|here\s+)?(?:on\s+)?$"
)
_SAID_OF = re.compile(
    r"\b(?:conced|acknowledg|admit|confirm|announc|claim|proclaim|declar)\w*\s+(?:the\s+|its\s+|their\s+)?(?:\w+\s+)?$"
)
_SAYS = re.compile(
    r"\s+(?:said|says|announced|reported|confirmed|claimed|declared|denied|acknowledged|admitted)\b"
)
_APART = re.compile(
    r"[;:]|\b(?:while|whereas|but|though|although)\b|,\s+and\s+(?!\ue000)|\b(?:after|before|since|until|when|where|who|whose|which|as)\b"
)
_DAYS_FROM = re.compile(
    r"\b(a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}|the)\s+(day|week|hour)s?\s+(after|before)\b\s*(?:\w+\s+){0,4}$"
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
} | {"a": 1, "the": 1}
_RUNS_ON = re.compile(
    r"\b(?:hours\s+later|later|then|also|too|as\s+well|shortly\s+after\w*|soon\s+after\w*|meanwhile|by\s+(?:dusk|dawn|noon|nightfall|midday|evening|night|midnight)|at\s+(?:dusk|dawn|noon|nightfall)|the\s+(?:town|city|village|position)|within\s+hours|finally|next|before\s+(?:dawn|nightfall|dusk|long)|in\s+the\s+(?:evening|afternoon|morning)|it\s+(?:was|fell|had)|that\s+fell)\b"
)
_CLOCK = re.compile(
    r"\b(?:by|at|around|before|after)\s+(?:midday|noon|midnight|dawn|dusk|nightfall|daybreak|sunrise|sunset|mid-?morning|mid-?afternoon)\b|\bhours\s+(?:earlier|ago|later|before)\b"
)
_HABIT = 31  # days; a day named earlier than this is history, and bounds no event of the news


class Timing(NamedTuple):
    """When: the dating words (None if there are none), first and last possible day, and the basis."""

    dating: Dating | None
    first: date | None
    last: date | None
    basis: str


def find_datelines(text: str, sentences: list[Sentence]) -> dict[int, int]:
    """Where the news begins in sentences that open with place and date of writing ("DAMAR, 6 Aug (JNA) — …")."""
    found = {}
    for index, sentence in enumerate(sentences):
        match = _DATELINE.match(text, sentence.start, min(sentence.end, sentence.start + 140))
        if not match:
            continue
        opening = text[sentence.start : min(sentence.end, sentence.start + 140)]
        if (index < 8 or re.match(r"[A-ZÀ-Þ' .]{4,30}(?:,[^–—-]{0,40})?\s[-–—]", opening)) and sum(
            map(str.isupper, opening)
        ) < 0.6 * sum(map(str.isalpha, opening)):
            found[index] = match.end()
    return found


def time_events(
    events: list,
    lowered: str,
    sentences: list[Sentence],
    dates: list[Dating],
    datelines: dict[int, int],
    published: tuple[date, date] | None,
) -> list[Timing]:
    """The days of each event (`events.Found`), in their order."""
    sections = _read_sections(lowered, sentences, dates, published)
    earliest = _find_earliest(
        [
            dating
            for dating in dates
            if not _SAID.search(lowered[max(0, dating.start - 40) : dating.start])
            and not _SAYS.match(lowered[dating.end : dating.end + 14])
        ],
        datelines,
        sentences,
        published,
    )
    spans = {}
    for event in events:
        spans.setdefault(event.sentence, []).append((event.start, event.end))
    by_sentence = _group_dates(sentences, dates, datelines)
    timings: list[Timing] = []
    for order, event in enumerate(events):
        own = _time_by_words(
            event,
            order,
            events,
            timings,
            lowered,
            sentences[event.sentence],
            by_sentence[event.sentence],
            spans[event.sentence],
            published,
            earliest,
        )
        timings.append(
            own
            or _time_by_context(
                event, order, events, timings, lowered, sentences, sections, published, earliest
            )
        )
    return _time_by_place(
        events, _respectively(events, timings, lowered, sentences, by_sentence), lowered
    )


def _group_dates(sentences, dates, datelines) -> list[list[Dating]]:
    grouped, at = [], 0
    for index, sentence in enumerate(sentences):
        here, begin = [], datelines.get(index, sentence.start)
        while at < len(dates) and dates[at].start < sentence.end:
            if dates[at].start >= begin:
                here.append(dates[at])
            at += 1
        grouped.append(here)
    return grouped


def _read_sections(lowered, sentences, dates, published) -> list[Dating | None]:
    """The day that a heading above gives to each sentence ("Day 4 - 12 March"); not the day a text was written."""
    sections, current, at = [], None, 0
    for index, sentence in enumerate(sentences):
        while at < len(dates) and dates[at].end <= sentence.start:
            at += 1
        if sentence.is_heading and at < len(dates) and dates[at].end <= sentence.end:
            dating, words = dates[at], lowered[sentence.start : sentence.end]
            rest = re.sub(
                r"\bday\s+\w+\b|[\W\d_]+",
                "",
                lowered[sentence.start : dating.start] + lowered[dating.end : sentence.end],
            )
            written = index < 5 and (
                re.search(r"\b(?:published|updated|issued|dated?|posted)\b", words)
                or published
                and dating.first
                and dating.last == published[1]
            )
            if dating.first and len(rest) < 12 and not written:
                current = dating
        sections.append(current)
    return sections


def _find_earliest(dates, datelines, sentences, published) -> date | None:
    """The first day of the news a text tells: no event of it that has no words of its own can be earlier."""
    openings, ends = [sentences[index].start for index in datelines], list(datelines.values())
    dates = [
        dating
        for dating in dates
        if not ((at := bisect_right(openings, dating.start)) and dating.start < ends[at - 1])
    ]
    days = [
        dating.first
        for dating in dates
        if dating.first
        and published
        and dating.first < published[1]
        and timedelta(0) <= published[1] - dating.first <= timedelta(_HABIT)
        and (dating.last - dating.first).days < 11
    ]
    return min(days) if days else None


def _time_by_words(
    event, order, events, timings, lowered, sentence, dates, spans, published, earliest
) -> Timing | None:
    before = lowered[max(sentence.start, event.start - 60) : event.start]
    if (step := _DAYS_FROM.search(before)) and (
        anchor := _find_main(event, sentence, dates, lowered, step)
    ):
        return _step(step, anchor, backwards=step[3] == "after")
    usable = [
        dating for dating in dates if dating.first and not _is_reporting(dating, lowered, event)
    ]
    best = min(
        (
            (cost, dating)
            for dating in usable
            if (cost := _distance(dating, event, lowered, sentence, spans)) is not None
        ),
        key=lambda pair: pair[0],
        default=None,
    )
    if best:
        return _bound(best[1], event, published, earliest, before)
    said = [dating for dating in dates if dating.first and _is_reporting(dating, lowered, event)]
    if said:
        return Timing(said[0], _reach_back(said[0].first, earliest), said[0].last, "inferred")
    return None


def _find_main(event, sentence, dates, lowered, step) -> Dating | None:
    """The date of the clause that "a day after they seized Kell" hangs on."""
    earlier = [
        dating
        for dating in dates
        if dating.first
        and dating.end < event.start
        and dating.lead != "since"
        and not re.match(r"(?:the\s+)?day\s", lowered[dating.start : dating.end])
    ]
    later = [dating for dating in dates if dating.first and dating.start > event.end]
    return earlier[-1] if earlier else later[0] if later else None


def _step(step: re.Match, anchor: Dating, backwards: bool) -> Timing:
    number = _NUMBERS.get(step[1]) or int(step[1])
    days = timedelta(0 if step[2] == "hour" else number * (7 if step[2] == "week" else 1)) * (
        -1 if backwards else 1
    )
    hour = timedelta(step[2] == "hour")
    return Timing(
        anchor,
        anchor.first + days - (hour if backwards else timedelta(0)),
        anchor.last + days + (timedelta(0) if backwards else hour),
        "relative",
    )


def _is_reporting(dating: Dating, lowered: str, event) -> bool:
    """Whether a date tells when somebody spoke, not when it happened."""
    before, after = (
        lowered[max(0, dating.start - 40) : dating.start],
        lowered[dating.end : dating.end + 14],
    )
    if event.form == "noun" and _SAID_OF.search(lowered[max(0, event.verb - 40) : event.verb]):
        return True
    return (
        bool(_SAID.search(before))
        or bool(_SAYS.match(after))
        or bool(
            re.match(
                r"['’]s\s+(?:statement|report|announcement|communiqu)",
                lowered[dating.end : dating.end + 16],
            )
        )
    )


def _distance(dating: Dating, event, lowered, sentence, spans) -> float | None:
    """How far dating words are from an event; None where another event, or another clause, stands between."""
    if dating.start >= event.start and dating.end <= event.end:
        if dating.end <= event.verb:
            return 5.0 if not re.search(r"[,:]", lowered[dating.end : event.verb]) else None
        return 0.0
    behind = dating.start >= event.end
    low, high = (
        (event.end, dating.start)
        if behind
        else (dating.end, max(event.start, event.verb) if event.form == "finite" else event.start)
    )
    between = lowered[low:high]
    own = (event.start, event.end)
    others = [
        span
        for span in spans
        if span != own and low <= span[0] < high and (behind or span[1] <= event.start)
    ]
    if event.form == "chain" and not behind and len(between) > 12:
        return None
    if behind:
        if others or re.search(
            r"[;]|\bwhile\b|\bwhereas\b|,\s+and\s+(?:a|the|an|on|in|that|his|her|who|\w+ers?)\b",
            between,
        ):
            return None
        cost = float(len(between)) + 25 * len(
            re.findall(
                r",\s+(?:which|who|after|when|where|and|but)\b|\b(?:after|when|before|since|until|who|whose)\b",
                between,
            )
        )
        follows = lowered[dating.end : dating.end + 30]
        if re.search(
            r"\b(?:later|earlier)\b", lowered[dating.start : dating.end]
        ) is None and re.match(r"\s+(?:after|before)\s+(?:a|the)\s+first\b", follows):
            return None
        return cost if cost < 160 else None
    if others and not (
        lowered[sentence.start : dating.start].strip(" -*•\"'“").count(" ") < 3
        and all(re.search(r"\band\b|,", lowered[span[1] : event.start]) for span in others[-1:])
        and event.form != "noun"
    ):
        return None
    if re.search(r"[;]", between) or event.form == "noun" and len(between) > 60:
        return None
    if (
        "," in between
        and not lowered[sentence.start : dating.start].strip(" -*•\"'“(").count(" ") < 3
        and len(between) > 40
    ):
        return None
    opening = lowered[sentence.start : dating.start].strip(" -*•\"'“(").count(" ") < 3
    cost = len(between) * (0.4 if opening else 1.0) + 20 + 20 * len(_APART.findall(between))
    return cost if cost < 170 else None


def _reach_back(day: date, earliest: date | None) -> date:
    """The first day for what had happened by a day: within the week before, and within the news of the text."""
    week = day - timedelta(6)
    return max(week, earliest) if earliest and earliest < day else week


def _bound(dating: Dating, event, published, earliest, before) -> Timing:
    """The days that dating words allow an event: "by Tuesday" and "since Friday" allow the days before."""
    first, last = dating.first, dating.last
    if (
        dating.lead in ("by", "before")
        or dating.lead == "since"
        and event.rule in ("held since", "under control since", "active")
    ):
        last -= timedelta(dating.lead == "before")
        first = _reach_back(last, earliest)
    elif event.form == "ing" and dating.end < event.start and re.search(r"\bafter\s+$", before):
        first = _reach_back(first, earliest)
    elif dating.lead == "after" and published and published[1] > first:
        last = min(published[1], last + timedelta(6))
    if published and first <= published[1] < last:
        last = published[1]
    return Timing(dating, first, last, dating.basis)


def _time_by_context(
    event, order, events, timings, lowered, sentences, sections, published, earliest
) -> Timing:
    if dating := sections[event.sentence]:
        return Timing(dating, dating.first, dating.last, dating.basis)
    here = sentences[event.sentence]
    words = lowered[here.start : here.end]
    for before in range(order - 1, -1, -1):
        other, timing = events[before], timings[before]
        near = (
            other.sentence == event.sentence
            or event.sentence - other.sentence == 1
            and sentences[other.sentence].paragraph == here.paragraph
        )
        if not near:
            break
        if (
            timing.first
            and timing.basis != "inferred"
            and event.form != "noun"
            and _runs_on(event, other, lowered, here, words)
        ):
            later = timedelta("later" in words or "then" in words)
            last = timing.last + later
            return Timing(
                timing.dating,
                timing.first,
                min(last, published[1]) if published and timing.last <= published[1] else last,
                "relative",
            )
    if published and _CLOCK.search(
        words
    ):  # "by midday", in a text of a known day: that day or the night before
        return Timing(None, published[0] - timedelta(1), published[1], "inferred")
    if published and earliest:
        return Timing(None, earliest, published[1], "inferred")
    return Timing(None, None, None, "")


def _runs_on(event, other, lowered, here, words) -> bool:
    """Whether an event without a date follows the one before it on the same day."""
    if event.sentence == other.sentence:
        between = lowered[other.end : event.start]
        return (
            event.form == "chain"
            or other.place.key == event.place.key
            or event.rule == "and"
            or bool(re.search(r"\band\b", between))
            and not re.search(r"\bhave\b|\bhas\b", lowered[event.start - 12 : event.end])
        )
    return bool(_RUNS_ON.search(words)) or lowered[
        max(0, here.start - 3) : here.start
    ].rstrip().endswith(";")


def _respectively(events, timings, lowered, sentences, by_sentence) -> list[Timing]:
    """ "Alto and Bajo fell on 14 and 15 August respectively": the n-th day to the n-th place."""
    timings = list(timings)
    for number in {event.sentence for event in events}:
        sentence = sentences[number]
        if "respectively" not in lowered[sentence.start : sentence.end]:
            continue
        orders = [order for order, event in enumerate(events) if event.sentence == number]
        days: list[tuple[Dating, date]] = []
        for dating in by_sentence[number]:
            if dating.first:
                days += (
                    [(dating, dating.first)]
                    if dating.first == dating.last
                    else [(dating, dating.first), (dating, dating.last)]
                )
        if len(days) == len(orders) > 1:
            for order, (dating, day) in zip(orders, days):
                timings[order] = Timing(dating, day, day, dating.basis)
    return timings


def _time_by_place(events, timings, lowered) -> list[Timing]:
    """ "Dullu, freed two days after Dailekh": counted from the day on which that place changed hands."""
    days = {
        event.place.words.lower(): timing
        for event, timing in zip(events, timings)
        if timing.first and timing.basis != "inferred"
    }
    timings = list(timings)
    for order, event in enumerate(events):
        match = re.match(
            r"[^.;]{0,20}?\b(a|one|two|three|four|five|six|seven|\d{1,2})\s+(day|week)s?\s+(after|before)\s+(?:the\s+(?:fall|capture|loss)\s+of\s+)?(?=([\w'’-]+(?: [\w'’-]+)?))",
            lowered[event.end : event.end + 90],
        )
        if not match:
            continue
        anchor = next(
            (
                timing
                for words, timing in days.items()
                if match[4].startswith(words)
                or words.startswith(match[4].split()[0] + " ")
                or match[4].split()[0].strip(".,'’") == words
            ),
            None,
        )
        if anchor:
            timings[order] = _step(
                match,
                Dating(
                    event.end + match.start(1),
                    event.end + match.end(3),
                    anchor.first,
                    anchor.last,
                    "point",
                    "relative",
                    "",
                ),
                backwards=match[3] == "before",
            )
    return timings
