"""Counts of people: what a text says was done to how many, each with the words that say it."""

import re
from functools import reduce
from operator import or_
from typing import NamedTuple

from helpers.extract.counts.link import Link, link_numbers
from helpers.extract.counts.phrase import Group
from helpers.extract.dates.expressions import DateSpans
from helpers.extract.rules import verbs as fates
from helpers.extract.text.cache import Memo
from helpers.extract.text.numbers import Number, find_numbers, opens_number
from helpers.extract.text.sentences import Sentence
from helpers.extract.text.tokens import (
    Word,
    befalls_one,
    holds_phrase,
    names_thing,
    opens_phrase,
    read_words,
    tells_fate,
)

METRICS = {  # measure → what the benches call it; the measures are those of the codebook
    **dict.fromkeys(
        ["new_displacement", "idps", "in_camps", "refugees", "forced_to_flee", "returns"],
        "displacement",
    ),
    "killed": "killed",
    "injured": "injured",
}
_MOST = 400  # numbers read in one sentence; what holds more is a table, and each further number is its own business


class Count(NamedTuple):
    """One figure of people: the stretch of text that holds number, noun and verb (start, end), its number, the measure
    of the codebook, unit, who is counted, the rule, whether it is expected or denied, the sentence it stands in (index)
    and the figure it is part of or says in another unit (indexes into the list; None)."""

    start: int
    end: int
    number: Number
    measure: str
    unit: str
    affected: str
    rule: str
    expected: bool
    denied: bool
    sentence: int
    part_of: int | None
    same_as: int | None


def find_counts(text: str, lowered: str, sentences: list[Sentence]) -> list[Count]:
    """The figures of people killed, injured, displaced, returning, detained and released, in reading order.

    `lowered` is numbers.lower_text(text). The numbers of dating words count nobody; those words are looked for only around
    sentences that may count people at all. Linear in the length of the text: each number is found once, and looks at
    most some 45 words to either side.
    """
    counts: list[Count] = []
    previous, dates = "", DateSpans(text, lowered, sentences)
    for order, sentence in enumerate(sentences):
        gate = reduce(
            or_, set(map(_GATES.__getitem__, lowered[sentence.start : sentence.end].split())), 0
        )
        if not gate & _NUMBER or not (
            previous or _tells(gate, _TELLING, lowered, sentence)
        ):  # "13 of them" needs no word of its own
            previous = ""
            continue
        numbers = _list_countable(
            find_numbers(lowered, sentence.start, sentence.end), lowered, sentence
        )
        if numbers and not previous and _counts_things(numbers, gate, lowered, sentence):
            continue
        spans = dates.within(order) if numbers else []
        numbers = _list_countable(
            [n for n in numbers if not any(a < n.end and n.start < b for a, b in spans)],
            lowered,
            sentence,
        )
        previous = (
            _read_sentence(
                read_words(lowered, sentence.start, sentence.end, numbers[:_MOST], spans, text),
                order,
                lowered,
                previous,
                counts,
            )
            if numbers
            else ""
        )
    return counts


# What a word (cut at blanks) may bring to its sentence: a number; a word that tells what befell people; one that may open a
# phrase that does; one that tells what befell one person, whom an article counts.
_NUMBER, _TELLING, _OPENING, _BEFALLING = 1, 2, 4, 8
_GATES = Memo(
    lambda word: (
        _NUMBER * opens_number(word)
        | _TELLING * tells_fate(word)
        | _OPENING * opens_phrase(word)
        | _BEFALLING * befalls_one(word)
    )
)


def _tells(gate: int, bit: int, lowered: str, sentence: Sentence) -> bool:
    """Whether a word of a sentence has a bit, or it holds a phrase that tells what befell people; these are searched for only
    where a word may open one. A sentence that begins within a word has every bit, for its gate may be another's."""
    is_cut = sentence.start and lowered[sentence.start - 1].isalnum()
    return bool(
        is_cut
        or gate & bit
        or gate & _OPENING
        and holds_phrase(lowered, sentence.start, sentence.end)
    )


def _counts_things(numbers: list[Number], gate: int, lowered: str, sentence: Sentence) -> bool:
    """Whether all numbers of a sentence count things, by the word behind each, and nothing in it befalls one person: then it
    need not be read."""
    return all(
        not number.is_count or names_thing(lowered, number.end, sentence.end) for number in numbers
    ) and not _tells(gate, _BEFALLING, lowered, sentence)


_ARTICLE = re.compile(r"\ban?\b")


def _list_countable(numbers: list[Number], lowered: str, sentence: Sentence) -> list[Number]:
    """The numbers of a sentence, if one of them, or an article ("murdered a judge"), may count people; else none."""
    return (
        numbers
        if any(number.is_count for number in numbers)
        or numbers
        and _ARTICLE.search(lowered, sentence.start, sentence.end)
        else []
    )


def _read_sentence(
    words: list[Word], order: int, lowered: str, previous: str, counts: list[Count]
) -> str:
    """Adds a sentence's counts; returns the sense of the last, which "13 of them" in the next sentence takes up."""
    said, first = "", len(counts)
    for group, link in link_numbers(words, previous):
        if link is None or not (measure := name_measure(words, group, link, lowered)):
            continue
        number = words[group.index].number
        last, verb = max(group.last - 1, group.index), words[link.at]
        start, end = number.start, max(number.end, words[last].end)
        if link.rule not in ("part", "continued"):  # theirs is the verb of another figure
            start, end = min(start, verb.start), max(end, verb.end)
        kin = _find_kin(group, link, counts) if len(counts) > first else (None, None)
        counts.append(
            Count(
                start,
                end,
                number,
                measure,
                "percent" if number.reading.is_share else _name_unit(group, link, counts[first:]),
                _name_affected(words, group),
                f"{link.sense} {link.rule}",
                link.expected,
                link.denied or _is_denied(words, group),
                order,
                *kin,
            )
        )
        if link.sense in ("killed", "injured", "displaced", "sheltered", "moved", "returned"):
            said = link.sense
    return said


def _name_unit(group: Group, link: Link, earlier: list[Count]) -> str:
    """household or person; "300 from Mira" counts what the number it continues counts."""
    if group.head in ("none", "subset") and link.rule in ("part", "continued") and earlier:
        return earlier[-1].unit if earlier[-1].unit == "household" else "person"
    return "household" if group.head in ("household", "dwelling") else "person"


def _find_kin(group: Group, link: Link, counts: list[Count]) -> tuple[int | None, int | None]:
    """(part of, same as): the last figure, if this one is part of it ("three of them"), or says it in another unit
    ("103,352 people in 21,880 households")."""
    last, unit = len(counts) - 1, counts[-1].unit
    if link.rule == "part":
        return last, None
    is_household = group.head in ("household", "dwelling")
    if link.rule == "continued" and unit != "percent" and (unit == "household") != is_household:
        return None, last
    return None, None


_MEASURES = {
    "killed": "killed",
    "injured": "injured",
    "casualties": "killed_or_injured",
    "returned": "returns",
    "detained": "detained",
    "released": "released",
}
_CAMP = re.compile(r"\bcamps?\b")
_ABROAD = re.compile(r"\bborders?\b|\bfrontier|\basylum|\brefugee")


def name_measure(words: list[Word], group: Group, link: Link, lowered: str) -> str:
    """The codebook's measure for what a link says; "" for what it does not count."""
    if link.sense in _MEASURES:
        return _MEASURES[link.sense]
    if link.sense == "living":
        return (
            "population"
            if group.head in ("person", "household", "none")
            and words[group.index].number.reading.best != 1
            else ""
        )
    if link.sense not in ("displaced", "moved", "sheltered"):
        return ""
    nouns = " ".join(words[n].text for n in group.nouns)
    verb = words[link.at]
    if "refugee" in nouns or "asylum" in nouns or verb.text.startswith(("refugee", "asylum")):
        return "refugees"
    if nouns.startswith("returnee") or verb.text.startswith("returnee"):
        return "returns"
    near = lowered[verb.start : verb.end + 40]
    if link.sense == "moved":
        return "refugees" if _ABROAD.search(near) else "new_displacement"
    if link.sense == "sheltered":
        return "in_camps" if _CAMP.search(near) else "idps"
    if (
        "idp" in nouns
        or "displaced" in nouns
        or link.rule in ("identity", "total")
        or verb.text.startswith("idp")
    ):
        return "idps"
    before = {w.text for w in words[max(0, link.at - 3) : link.at]}
    dated = any("date" in w.kinds for w in words)
    if verb.text in ("displaced", "uprooted") and (
        before & {"are", "remain", "still", "is", "remained", "internally"}
        or "been" in before
        and not dated
    ):
        return "idps"  # "have been displaced from elsewhere": they are, whenever it was
    if not dated and (verb.text in fates.FORCING or before & fates.FORCING):
        return "forced_to_flee"  # "12 million were forced to flee": neither stock nor flow is said
    return "new_displacement"


def _name_affected(words: list[Word], group: Group) -> str:
    """civilian, combatant, mixed or unknown, as the nouns of the group say; people are unknown."""
    kinds = [words[n].kinds for n in group.nouns]
    before = {w.text for w in words[group.index : group.last]}
    civilian = any("civilian" in kind for kind in kinds) or "civilian" in before
    combatant = any("combatant" in kind for kind in kinds)
    return (
        "mixed"
        if civilian and combatant
        else "civilian"
        if civilian
        else "combatant"
        if combatant
        else "unknown"
    )


_DENIALS = frozenset(
    "denied denies deny denying dismissed dismisses rejected rejects refuted untrue false falsely".split()
)


def _is_denied(words: list[Word], group: Group) -> bool:
    before = [w.text for w in words[max(0, group.index - 14) : group.index]]
    return bool(_DENIALS & set(before)) or any(
        before[at : at + 3] == ["not", "true", "that"] for at in range(len(before))
    )


def is_figure(count: Count) -> bool:
    """Whether a count is a number of people or households that its text states as having happened: no share, no
    vague word, nothing expected or denied."""
    return (
        count.number.reading.quantifier != "vague"
        and not count.number.reading.is_share
        and not count.expected
        and not count.denied
    )
