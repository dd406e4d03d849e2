"""Counts of people: what a text says was done to how many, each with the words that say it."""

import re
from typing import NamedTuple

from helpers.extract.counts.grammar import EVERYDAY, Link, peek
from helpers.extract.counts.linking.link import link_numbers
from helpers.extract.counts.lists import read_list, read_question
from helpers.extract.counts.measures import name_measure
from helpers.extract.counts.outlook import is_planned
from helpers.extract.counts.people.affected import name_affected
from helpers.extract.counts.phrase import QuantityPhrase
from helpers.extract.counts.prefilter import may_count, tells_of_flight
from helpers.extract.dates.search import DateSpans
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.text.document import Document
from helpers.extract.text.numbers import Number, find_numbers
from helpers.extract.text.teasers import find_teasers
from helpers.extract.text.tokens import Token, read_tokens
from helpers.schema.columns import MEASURES

METRICS = {  # measure → what the benches call it; the measures are those of the codebook
    **dict.fromkeys(
        ["new_displacement", "idps", "in_camps", "refugees", "forced_to_flee", "returns"],
        "displacement",
    ),
    "killed": "killed",
    "injured": "injured",
}
# Numbers read in one sentence; what holds more is a table, and each is its own business.
_MOST = 400


class Count(NamedTuple):
    """One figure: the span of text that holds number, noun and verb (start, end), its number, the
    measure of the codebook, unit, the rule, the sentence it stands in (index), who is counted (""
    of what is no people), whether it is expected or denied, the figure it is part of or says in
    another unit (indexes into the list; None), and of a share the words that say of what (start and
    end)."""

    start: int
    end: int
    number: Number
    measure: str
    unit: str
    rule: str
    sentence: int
    affected: str = ""
    expected: bool = False
    denied: bool = False
    part_of: int | None = None
    same_as: int | None = None
    base: tuple[int, int] | None = None


def find_counts(
    document: Document, dates: DateSpans | None = None, lived_in: frozenset[int] = frozenset()
) -> list[Count]:
    """The figures of people killed, injured, displaced, returning, detained and released, in
    reading order. `lived_in`: where the numbers begin of those who live in a place, to whom nothing
    else has happened.

    The numbers of dating words (`dates`: those that were found before) count nobody; those words
    are looked for only around sentences that may count people at all. Linear in the length of the
    text: each number is found once, and looks at most some 45 words to either side.
    """
    counts: list[Count] = []
    previous, dates, teasers = "", dates or DateSpans(document), find_teasers(document)
    listed = asked = ""
    for order in range(len(document.sentences)):
        listed = read_list(document, order, listed)
        asked = read_question(document, order, asked)
        if order in teasers or not (listed or asked or may_count(document, order, bool(previous))):
            previous = ""
            continue
        numbers = find_numbers(document, order)
        if not _is_countable(document, order, numbers):
            previous = ""
            continue
        spans = dates.within(order)
        undated = _leave_dates(document, order, numbers, spans) if spans else numbers
        undated = [number for number in undated if number.start not in lived_in]
        if not _is_countable(document, order, undated):
            previous = ""
            continue
        tokens = read_tokens(document, order, undated[:_MOST], spans)
        told = len(counts)
        previous = _read_sentence(document, order, tokens, previous, listed or asked, counts)
        asked = "" if len(counts) > told else asked
    return counts


def _leave_dates(
    document: Document, order: int, numbers: list[Number], spans: list[tuple[int, int]]
) -> list[Number]:
    """The numbers that lie in no dating words. Where one goes beyond them, it has taken the hedge
    of the next ("in 2021, at least | 4,180"), and all are found again."""
    undated = []
    for number in numbers:
        span = next((s for s in spans if s[0] < number.end and number.start < s[1]), None)
        if span is None:
            undated.append(number)
        elif number.end > span[1] or number.start < span[0]:
            return find_numbers(document, order, spans)
    return undated


_ARTICLE = re.compile(r"\b(?:an?|another)\b")


def _is_countable(document: Document, order: int, numbers: list[Number]) -> bool:
    """Whether one of the numbers of a sentence, or an article ("murdered a judge"), may count
    people."""
    if any(number.is_count for number in numbers):
        return True
    start, end, _, _ = document.sentences[order]
    return bool(_ARTICLE.search(document.lowered, start, end))


def _read_sentence(
    document: Document,
    order: int,
    tokens: list[Token],
    previous: str,
    listed: str,
    counts: list[Count],
) -> str:
    """Adds a sentence's counts; returns the sense of the last, which "13 of them" in the next
    sentence takes up. `listed`: what the words above a list say of its items, or a question of
    those who are its answer."""
    said, first = "", len(counts)
    for phrase, link in link_numbers(tokens, previous):
        if listed and not link and phrase.head in ("person", "household"):
            link = Link(listed, phrase.index, "listed", 0)
        link = _settle_everyday(document, order, link, counts) if link else None
        measure = name_measure(tokens, phrase, link, document.lowered) if link else ""
        if link and measure == "new_displacement" and counts:
            is_near = len(counts) > first or counts[-1].sentence == order - 1
            measure = _keep_measure(tokens, phrase, link, counts[-1] if is_near else None)
        if not link or not measure or _is_origin(tokens, phrase):
            continue
        number, verb = phrase.number, tokens[link.at]
        last = max(phrase.last - 1, phrase.index)
        start, end = number.start, max(number.end, tokens[last].end)
        if link.rule not in ("part", "continued", "listed"):  # theirs is the verb of another figure
            start, end = min(start, verb.start), max(end, verb.end)
        taken = counts[first - 1 :] if first and link.rule == "part" else counts[first:]
        unit = _name_unit(phrase, link, taken)
        kin = _find_kin(phrase, link, counts) if len(counts) > first else (None, None)
        whole = _name_whole(document, phrase, link, counts, order)
        counts.append(
            Count(
                start,
                end,
                number,
                measure,
                "percent" if phrase.reading.is_share else unit,
                f"{link.sense} {link.rule}",
                order,
                name_affected(tokens, phrase, link, measure, whole, document.lowered),
                link.expected or is_planned(tokens, phrase),
                link.denied or _is_denied(tokens, phrase),
                *kin,
                _find_base(tokens, phrase),
            )
        )
        if link.sense in _RESUMED:
            said = link.sense
    return said


def _keep_measure(
    tokens: list[Token], phrase: QuantityPhrase, link: Link, told: Count | None
) -> str:
    """The measure of a number that continues a stock: "put the displaced at 826,000, with
    | 130,000 | in Kell alone", "900 displaced families (| 4,100 | people)", "Of these, | 58 % | are
    children"; else that of those who became displaced."""
    if not told or told.measure != "idps":
        return "new_displacement"
    is_in_brackets = phrase.index > 0 and tokens[phrase.index - 1].text == "("
    is_more = link.rule == "continued" and (phrase.head == "none" or is_in_brackets)
    is_share = link.rule == "part" and phrase.reading.is_share
    return "idps" if is_more or is_share else "new_displacement"


def _find_base(tokens: list[Token], phrase: QuantityPhrase) -> tuple[int, int] | None:
    """The words that say of what a share is: "54 per cent of | the new arrivals"."""
    at = phrase.index + 1
    if not phrase.reading.is_share or not phrase.nouns or peek(tokens, at).text != "of":
        return None
    return tokens[at + 1].start, tokens[phrase.last - 1].end


def _settle_everyday(
    document: Document, order: int, link: Link, counts: list[Count]
) -> Link | None:
    """The link of a verb of everyday life ("600 people | camped along | the canal") as one of the
    displaced, where the text tells of flight, else None; other links as they are."""
    if link.sense not in EVERYDAY:
        return link
    last = counts[-1] if counts else None
    is_near = last is not None and order - last.sentence <= _NEIGHBOURS
    is_told = is_near and last and MEASURES[last.measure] == "displacement"
    if (
        is_told
        and last
        and last.measure != "population"
        or tells_of_flight(document, order, link.sense)
    ):
        return link._replace(sense=EVERYDAY[link.sense])
    return None


_NEIGHBOURS = 2  # sentences from a figure of the displaced to one that goes on telling of them


def _is_origin(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether people are only of a family that is counted: "five of them from | one family"."""
    is_one = phrase.head == "household" and phrase.reading.best == 1
    return is_one and peek(tokens, phrase.index - 1).text in ("from", "of")


# Senses that "13 of them" in the next sentence takes up.
_RESUMED = frozenset(
    {"killed", "injured", "displaced", "sheltered", "moved", "returned", "detained"}
)


def _name_unit(phrase: QuantityPhrase, link: Link, earlier: list[Count]) -> str:
    """household or person; "300 from Mira" counts what the number it continues counts."""
    is_taken = link.rule in ("part", "continued") or phrase.head == "subset"
    if phrase.head in ("none", "subset") and is_taken and earlier:
        last = earlier[-1] if earlier[-1].same_as is None or len(earlier) == 1 else earlier[-2]
        return last.unit if last.unit == "household" else "person"
    return "household" if phrase.head in ("household", "dwelling") else "person"


def _find_kin(
    phrase: QuantityPhrase, link: Link, counts: list[Count]
) -> tuple[int | None, int | None]:
    """(part of, same as): the last figure, if this one is part of it ("three of them"), or says it
    in another unit ("103,352 people in 21,880 households")."""
    last, unit = len(counts) - 1, counts[-1].unit
    if link.rule == "part":
        return last, None
    is_joined = phrase.number.start - counts[last].end <= len(", and ")
    if link.rule == "continued" and is_joined and counts[last].part_of is not None:
        return counts[last].part_of, None  # "12, five of them women | and three children"
    is_household = phrase.head in ("household", "dwelling")
    if link.rule == "continued" and unit != "percent" and (unit == "household") != is_household:
        return None, last
    return None, None


_CLAUSE = re.compile(r"[;.?!:]|\b(?:but|while|whereas)\b")
_BREAKS = re.compile(r"[;.?!]|\b(?:but|while|whereas)\b")


def _are_opposed(first: Count, second: Count) -> bool:
    """Whether two figures of one sentence tell the same of different people."""
    is_one = first.sentence == second.sentence and first.measure == second.measure
    return is_one and first.affected != second.affected and second.part_of is None


def _name_whole(
    document: Document, phrase: QuantityPhrase, link: Link, counts: list[Count], order: int
) -> str:
    """Who the people are whose number this one continues or is part of: "four soldiers were killed
    and | six wounded", "40 civilian casualties: | 12 killed"; "" if there are none."""
    last = counts[-1] if counts else None
    if last is None or last.sentence < order - 1 or MEASURES[last.measure] == "displacement":
        return ""
    if last.sentence < order:
        return last.affected if phrase.head == "subset" or link.rule == "part" else ""
    if link.rule in ("part", "continued"):
        return last.affected
    if len(counts) > 1 and _are_opposed(counts[-2], last):
        return ""  # "30 fighters and two civilians dead and | 12 wounded"
    stops = _BREAKS if last.measure == "killed_or_injured" else _CLAUSE
    between = document.lowered[last.number.end : phrase.number.start]
    return "" if stops.search(between) else last.affected


def _says(token: Token) -> bool:
    """Whether a word is a verb of saying or of giving a number."""
    senses = {trigger.sense for trigger in token.triggers}
    return bool(senses & {"say", "measure"}) or token.text in _SAYING_TOO


_SAYING_TOO = frozenset("claimed claims claim gives gave give spoke speaks speak".split())


def _is_denied(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether somebody denies it, in the words before the number."""
    first = max(0, phrase.index - 14)
    for at in range(phrase.index - 1, first, -1):
        is_new = tokens[at].text in ("saying", "adding") and "punct" in tokens[at - 1].kinds
        is_new = is_new or tokens[at].text == ":" and tokens[at - 1].text in ("this", "that", "it")
        opens = at - (tokens[at - 1].text in ("he", "she", "it", "they"))
        if is_new or "conj" in tokens[opens - 1].kinds and _says(tokens[at]):
            first = at  # "denied that Kell had fallen and | put the losses at 60"
            break
    before = [token.text for token in tokens[first : phrase.index]]
    if not LISTS["denials"].isdisjoint(before):
        return LISTS["no_denial"].isdisjoint(before)
    return any(before[at : at + 3] == ["not", "true", "that"] for at in range(len(before)))


def is_figure(count: Count) -> bool:
    """Whether a count is a number of people or households that its text states as having happened:
    no share, no vague word, nothing expected or denied."""
    return (
        count.number.reading.quantifier != "vague"
        and not count.number.reading.is_share
        and not count.expected
        and not count.denied
    )
