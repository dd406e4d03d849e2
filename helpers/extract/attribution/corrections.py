"""Corrections: figures that a text itself calls wrong, withdraws or replaces by others.

What is withdrawn or false is denied (codebook: a denial codes what is denied); the figure that
replaces it says so by `same_as`.
"""

from typing import NamedTuple

from helpers.extract.attribution.statement import PATTERNS
from helpers.extract.counts.find import Count
from helpers.extract.text.cache import Cache
from helpers.extract.text.document import Document

_MAY_CORRECT = Cache(lambda word: bool(PATTERNS["correction"].match(word)))
_NEXT = 2  # sentences on in which the right number may follow


class Corrections(NamedTuple):
    """What is corrected among the figures of a text, by index: those called wrong; new figure → the
    old one it replaces; part → the total it was added to ("rose by three to 15")."""

    denied: set[int]
    replaced: dict[int, int]
    parts: dict[int, int]


def find_corrections(document: Document, counts: list[Count]) -> Corrections:
    """The corrections among the figures of a text, which are in reading order."""
    found = Corrections(set(), {}, {})
    for index, count in enumerate(counts):
        if not any(map(_MAY_CORRECT.__getitem__, document.list_words(count.sentence))):
            continue
        before, after = _cut_sentence(document, count)
        is_older = PATTERNS["version"].search(before) and _is_corrected(document, count, before)
        if is_older or _is_wrong(before, after) or _is_taken_back(document, count, before):
            found.denied.add(index)
        for other in (index - 1, index + 1):
            if 0 <= other < len(counts) and counts[other].sentence == count.sentence:
                _pair(document, counts, other, index, found)
    for index in found.denied - set(found.replaced.values()):
        new = _find_right(document, counts, index)
        if new is not None:
            found.replaced[new] = index
    return found


def _cut_sentence(document: Document, count: Count) -> tuple[str, str]:
    """What stands before and behind a number in its sentence."""
    sentence, text = document.sentences[count.sentence], document.text
    return text[sentence.start : count.number.start], text[count.number.end : sentence.end]


def _is_wrong(before: str, after: str) -> bool:
    """Whether a figure is called false or withdrawn in its own sentence."""
    before = before.rpartition(" and now ")[2]  # "withdrew it and now gives | 17"
    before = PATTERNS["says_anew"].split(before)[-1]
    if PATTERNS["retracted"].search(before):
        return True
    if PATTERNS["given"].search(before) and PATTERNS["withdrawn"].match(after):
        return True
    if PATTERNS["brands"].search(before) and PATTERNS["branded"].match(after):
        return True
    return bool(PATTERNS["doubted"].search(before) and PATTERNS["refuted"].match(after))


def _is_taken_back(document: Document, count: Count, before: str) -> bool:
    """Whether "we reported" a figure of which the next sentences say that it was withdrawn."""
    if not PATTERNS["we_reported"].search(before):
        return False
    if count.sentence and _is_headed(document, count.sentence - 1):
        return True
    following = document.sentences[count.sentence + 1 : count.sentence + 1 + _NEXT]
    around = " ".join(document.text[one.start : one.end] for one in following)
    return bool(PATTERNS["taken_back"].search(around))


def _is_headed(document: Document, order: int) -> bool:
    """Whether a sentence says no more than that a correction follows: "18:50 | A correction."."""
    sentence = document.sentences[order]
    return bool(PATTERNS["correction_head"].fullmatch(document.text, sentence.start, sentence.end))


def _is_corrected(document: Document, count: Count, before: str) -> bool:
    """Whether what an earlier version said is corrected: it is called so, or the right number
    follows."""
    if PATTERNS["corrects"].search(before):
        return True
    sentences = document.sentences[count.sentence - 1 : count.sentence] if count.sentence else []
    sentences = [*sentences, *document.sentences[count.sentence + 1 : count.sentence + 1 + _NEXT]]
    around = " ".join(document.text[one.start : one.end] for one in sentences)
    return bool(PATTERNS["right_number"].search(around))


def _pair(document: Document, counts: list[Count], old: int, new: int, found: Corrections) -> None:
    """Adds what two neighbours of one sentence say of each other: the second replaces the first, or
    the first was added to it."""
    first, second = sorted((old, new))
    between = document.text[counts[first].number.end : counts[second].number.start]
    before, _ = _cut_sentence(document, counts[first])
    if old == first:
        is_revised = PATTERNS["revises"].search(before) and PATTERNS["to_new"].fullmatch(between)
        if is_revised and before.rstrip().endswith("from"):
            _replace(found, old, new, not PATTERNS["upwards"].search(before))
        elif PATTERNS["not_before"].search(before) and PATTERNS["but_new"].fullmatch(between):
            _replace(found, old, new, True)
        elif before.rstrip().endswith((" by", " by another", " by a further")):
            if PATTERNS["by_change"].fullmatch(between) and _is_more(counts[old], counts[new]):
                found.parts[old] = new
        return
    if PATTERNS["not_old"].fullmatch(between):
        _replace(found, old, new, True)
    elif PATTERNS["revises"].search(before) and PATTERNS["from_old"].fullmatch(between):
        _replace(found, old, new, not PATTERNS["upwards"].search(before))


def _is_more(part: Count, whole: Count) -> bool:
    """Whether a total holds what was added to it."""
    if part.measure != whole.measure or part.unit != whole.unit:
        return False
    most, least = whole.number.reading.high, part.number.reading.low
    return most is None or (least or 0) <= most


def _replace(found: Corrections, old: int, new: int, is_wrong: bool) -> None:
    """A figure replaces another, which was wrong or only is older."""
    found.replaced[new] = old
    if is_wrong:
        found.denied.add(old)


def _find_right(document: Document, counts: list[Count], old: int) -> int | None:
    """The figure behind one that was wrong of which the text says that it is right, or that follows
    a semicolon in the same sentence."""
    wrong = counts[old]
    for new in range(old + 1, len(counts)):
        count = counts[new]
        if count.sentence > wrong.sentence + _NEXT:
            return None
        if count.measure != wrong.measure or count.unit != wrong.unit:
            continue
        sentence = document.sentences[count.sentence]
        before = document.text[max(sentence.start, wrong.number.end) : count.number.start]
        if PATTERNS["right_number"].search(before) or _is_apart(before, count, wrong):
            return new
    return None


def _is_apart(before: str, count: Count, wrong: Count) -> bool:
    """Whether a figure stands behind "…; " in the sentence of one that was wrong."""
    return count.sentence == wrong.sentence and ";" in before
