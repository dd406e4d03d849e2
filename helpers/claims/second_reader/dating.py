"""The days of a claim: which dating expression of its sentence is its own, and what days that
allows.

The expression of the claim's own stretch of the sentence counts first, then those of the sentence;
without any, the words that the row names elsewhere in the text, or the dated line above. A dateline
and the day on which somebody spoke are no days of a claim.
"""

from helpers.claims.second_reader.amounts import read_amount
from helpers.claims.second_reader.expressions import (
    STOPS,
    Site,
    find_datings,
    is_weak,
    list_spans,
    move_day,
    resolve_dating,
    run_on,
)
from helpers.claims.second_reader.periods import UNIT_DAYS
from helpers.claims.second_reader.spans import OPEN, UNDATED, Anchor, Dating, Span, make_span
from helpers.claims.second_reader.tokens import Token, cut_sentence, is_boundary, split_tokens
from helpers.claims.second_reader.vocabulary import load_vocabulary

MOST = 30  # dating expressions of a sentence that are looked at: those nearest to the claim
HEADING = 80  # code points that a line has at most which dates those under it
HEADINGS_BACK = 3_000  # code points before a claim in which such a line is looked for


def read_days(site: Site, date_exact: str, date_at: int | None) -> frozenset[Span] | None:
    """The days that the words allow, UNDATED among them where the claim may stand without; None
    where they date nothing."""
    tokens = site.sentence.tokens
    heading = find_heading(site.text, site.sentence.start, site.anchor)
    anchor = heading or site.anchor
    blocked = range(0) if site.is_event else range(site.first, site.behind)
    datings = _find_under_heading(tokens, site.anchor, heading, blocked)
    datings = sorted(datings, key=lambda one: abs(one.first - site.first))[:MOST]
    datings.sort()
    stretches = number_stretches(tokens, datings)
    datings = [one for one in datings if not _is_beside(one, tokens, site, stretches)]
    weak = [one for one in datings if is_weak(one, tokens, site)]
    strong = [one for one in datings if one not in weak]
    chosen = choose_datings(strong, tokens, site, stretches)
    spans: set[Span] = set()
    for dating in chosen:
        spans |= resolve_dating(dating, strong, site, anchor)
    respective = any(token.word == "respectively" for token in tokens)
    if chosen and (not spans or respective and any(one.listed for one in chosen)):
        return None
    quoted = [one for one in strong if site.quote[0] <= one.first < site.quote[1]]
    if len(quoted) > 1:
        told = [
            list_spans(one, anchor) | resolve_dating(one, strong, site, anchor) for one in quoted
        ]
        spans |= _join_spans(set().union(*told))
    words = [token.word for token in tokens]
    if all(_is_attribute(one, words) for one in chosen):
        spans |= _read_elsewhere(site, date_exact, date_at, anchor, heading)
    if weak and (not chosen or _in_quote(weak, site)):
        spans |= {UNDATED}
        spans |= {Span(OPEN, span.last) for one in weak for span in list_spans(one, anchor)}
    if _stands_after(tokens, site):
        spans |= {Span(OPEN, span.last) for span in spans if span.first}
    return frozenset(span for span in spans if _is_ordered(span)) or None


def _is_ordered(span: Span) -> bool:
    return OPEN in span or span.first <= span.last


def _find_under_heading(
    tokens: tuple[Token, ...],
    anchor: Anchor | None,
    heading: Anchor | None,
    blocked: range = range(0),
) -> list[Dating]:
    """The dating expressions of a sentence: weekdays and "today" count from the dated line above
    it, calendar dates from the day of writing."""
    datings = find_datings(tokens, anchor, blocked)
    if heading is None:
        return datings
    counted = {one.first: one for one in find_datings(tokens, heading, blocked)}
    return [one if _has_digits(one, tokens) else counted.get(one.first, one) for one in datings]


def _has_digits(dating: Dating, tokens: tuple[Token, ...]) -> bool:
    return any(token.raw[0].isdigit() for token in tokens[dating.first : dating.behind])


def _in_quote(datings: list[Dating], site: Site) -> bool:
    return any(site.first <= one.first < site.behind for one in datings)


def _join_spans(spans: set[Span]) -> set[Span]:
    """From the first to the last day of several expressions in one quote: "began in 1979 and ended
    four years later"."""
    firsts = [span.first for span in spans if span.first not in ("", OPEN)]
    lasts = [span.last for span in spans if span.last not in ("", OPEN)]
    return {Span(min(firsts), max(lasts))} if firsts and lasts else set()


def _stands_after(tokens: tuple[Token, ...], site: Site) -> bool:
    """Whether a claim is told as what came before the dated event: "on 30 November, after the fall
    of"."""
    words = [token.word for token in tokens[max(0, site.first - 2) : site.first]]
    return bool({"after", "following", "before"} & set(words))


def _is_beside(dating: Dating, tokens: tuple[Token, ...], site: Site, stretches: list[int]) -> bool:
    """Whether an expression dates something beside the claim: "the 2019 earthquake", an aside
    between or behind dashes, what the claim is compared with, or "the following day" behind it."""
    if set(range(dating.first, dating.behind)) & set(range(site.first, site.behind)):
        return False
    words = [token.word for token in tokens]
    if stretches[dating.first] in stretches[site.first : site.behind]:
        return False
    if _is_attribute(dating, words) or dating.relation == "counted" and dating.first >= site.behind:
        return True
    between = words[min(dating.behind, site.behind) : max(dating.first, site.first)]
    if dating.first >= site.behind and {"–", "—"} & set(between):
        return True
    stretch = [at for at in range(len(words)) if stretches[at] == stretches[dating.first]]
    phrases = load_vocabulary().days
    return any("comparison" in phrases.find(words, at)[0] for at in stretch)


def _is_attribute(dating: Dating, words: list[str]) -> bool:
    """Whether a year or month stands before the noun that it tells apart: "a 2011 popular
    uprising"."""
    if any(first == last for first, last in dating.bounds) or dating.behind >= len(words):
        return False
    lead, following = words[max(0, dating.first - 1) : dating.behind - 1], words[dating.behind]
    joined = {
        "and", "to", "that", "which", "who", "when", "as", "at", "by", "for", "from", "in", "on",
        "of", "with", "the", "a", "has", "have", "had", "were", "was", "is", "are", "but", "or",
    }  # fmt: skip
    is_year = words[dating.behind - 1].isdecimal()
    article = {"the", "a", "an"} & set(lead)
    return bool(article) and is_year and following.isalpha() and following not in joined


def _read_elsewhere(
    site: Site, date_exact: str, date_at: int | None, anchor: Anchor | None, heading: Anchor | None
) -> set[Span]:
    """The days of a claim whose sentence names none: those of the words that the row points to, and
    of the dated line above it."""
    spans: set[Span] = set()
    if heading:
        spans.add(make_span(heading.first, heading.last))
    if not date_exact or date_at is None:
        return spans
    other = cut_sentence(site.text, date_at, date_at + len(date_exact))
    above = find_heading(site.text, other.start, site.anchor)
    datings = _find_under_heading(other.tokens, site.anchor, above)
    ends = date_at + len(date_exact)
    for dating in datings:
        begin, stop = other.tokens[dating.first].start, other.tokens[dating.behind - 1].end
        there = site._replace(sentence=other, first=dating.first, behind=dating.behind)
        beside = is_weak(dating, other.tokens, there)
        beside = beside or _dates_the_text(dating, other.tokens, site)
        if begin < ends and date_at < stop and not beside:
            spans |= resolve_dating(dating, datings, there, above or site.anchor)
            spans |= run_on(spans, site.anchor)
    if site.is_event:
        spans |= {Span(OPEN, span.last) for span in spans if span.last}
    return spans | _stretch_spans(spans, site.sentence.tokens)


def _dates_the_text(dating: Dating, tokens: tuple[Token, ...], site: Site) -> bool:
    """Whether an expression is the text's own day on a line of its own: it says when the text was
    written, not when what another sentence tells took place."""
    if site.anchor is None or not dating.bounds:
        return False
    first, last = site.anchor.first, site.anchor.last
    own_day = all(first <= begin and end <= last for begin, end in dating.bounds)
    return own_day and dating.behind - dating.first >= len(tokens) - 2


def _stretch_spans(spans: set[Span], tokens: tuple[Token, ...]) -> set[Span]:
    """Days named elsewhere, with the length of time that the claim's own sentence gives: "in just
    three days" after "on 27 November", or "in 24 hours" about "this Saturday"."""
    longer: set[Span] = set()
    for at, token in enumerate(tokens):
        if token.word not in ("in", "within"):
            continue
        step = at + 1 + (tokens[at + 1 : at + 2] != () and tokens[at + 1].word in ("just", "only"))
        amount = read_amount(tokens, step) if step < len(tokens) else None
        unit = tokens[amount.behind].word if amount and amount.behind < len(tokens) else ""
        if amount is None or unit.rstrip("s") not in UNIT_DAYS:
            continue
        days = max(1, round(min(amount.values[0], 1000) * UNIT_DAYS[unit.rstrip("s")]))
        for span in spans:
            longer |= {Span(span.first, move_day(span.last, on)) for on in (days, days - 1)}
            longer.add(Span(move_day(span.first, -days), move_day(span.last, days)))
    return longer


def choose_datings(
    datings: list[Dating], tokens: tuple[Token, ...], site: Site, stretches: list[int]
) -> list[Dating]:
    """The expressions of the claim's own stretch of its sentence, else those of the sentence, in
    which what began on a day ("the war, which began in 2023, has …") has gone on since."""
    own = set(stretches[site.first : max(site.behind, site.first + 1)])
    inside = [one for one in datings if set(stretches[one.first : one.behind]) & own]
    inside += [
        one for one in datings if one not in inside and _follows(one, tokens, site, stretches)
    ]
    if inside:
        return [_mark_begin(one, tokens, site, stretches) for one in inside]
    return [_mark_begin(one, tokens, site, stretches) for one in datings]


def _follows(dating: Dating, tokens: tuple[Token, ...], site: Site, stretches: list[int]) -> bool:
    """Whether an expression stands alone between commas right behind the claim's stretch: "captured
    Nawnghkio, on July 10, and …"."""
    last = stretches[site.behind - 1]
    if stretches[dating.first] != last + 1:
        return False
    members = [at for at, one in enumerate(stretches) if one == last + 1]
    return len(members) <= dating.behind - dating.first + 2


def number_stretches(tokens: tuple[Token, ...], datings: list[Dating]) -> list[int]:
    """For each token, the number of its stretch; no stretch ends inside a dating expression."""
    inside = {at for dating in datings for at in range(dating.first, dating.behind)}
    number, stretches = 0, []
    for at, token in enumerate(tokens):
        number += token.word in STOPS and at not in inside
        stretches.append(number)
    return stretches


def _mark_begin(
    dating: Dating, tokens: tuple[Token, ...], site: Site, stretches: list[int]
) -> Dating:
    """An expression that dates a beginning, as one since which the claim is counted: "since" stands
    before it in its stretch, or a verb of beginning does, and the claim stands elsewhere or
    behind."""
    if dating.relation not in ("on", "after"):
        return dating
    words = [token.word for token in tokens]
    begins = load_vocabulary().days
    stretch = stretches[dating.first]
    claim_behind = site.first >= dating.behind
    elsewhere = stretches[site.first] != stretch
    if site.is_event and not elsewhere:
        return dating
    for at in range(dating.first - 1, max(-1, dating.first - 12), -1):
        if stretches[at] != stretch or site.first <= at < site.behind:
            break
        if words[at] == "since":
            return dating._replace(relation="since")
        if "begin" in begins.find(words, at)[0] and (claim_behind or elsewhere):
            firm = words[at] in ("began", "begun", "started", "erupted", "broke", "flared")
            return dating._replace(
                relation="since" if firm and not site.is_event else "perhaps_since"
            )
    for at in range(dating.behind, min(len(words), dating.behind + 6)):
        if stretches[at] == stretch and elsewhere and "begin" in begins.find([words[at]], 0)[0]:
            return dating._replace(relation="perhaps_since")
    return dating


def find_heading(text: str, start: int, anchor: Anchor | None) -> Anchor | None:
    """The day of the nearest line above that is little more than a date ("3 February 2025", "Day 3
    – Wednesday 6 October 2021", "[15.03.2022 21:35]"); None without one. The day of writing itself
    is a dateline, no heading."""
    begin = max(0, start - HEADINGS_BACK)
    lines = text[begin:start].splitlines(keepends=True)
    places = [begin]
    for line in lines:
        places.append(places[-1] + len(line))
    for line, place in reversed(list(zip(lines, places))[-60:]):
        if (
            place
            and not is_boundary(text, place)
            or place + len(line) > start - 1 + line.endswith("\n")
        ):
            continue
        if not 6 <= len(line.strip()) <= HEADING or not any(sign.isdigit() for sign in line):
            continue
        tokens = split_tokens(line)
        datings = [
            one for one in find_datings(tokens, anchor) if one.bounds and one.relation == "on"
        ]
        if len(datings) != 1 or datings[0].first > 4 or len(tokens) > datings[0].behind + 8:
            continue
        first, last = datings[0].bounds[0]
        words = {token.word for token in tokens}
        if first == last and not words & {
            "said",
            "was",
            "were",
            "killed",
            "in",
            "published",
            "updated",
        }:
            return None if anchor and anchor.first <= first <= anchor.last else Anchor(first, last)
    return None
