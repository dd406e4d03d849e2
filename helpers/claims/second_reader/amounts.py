"""Amounts: a number without its hedges, in digits, words, fractions and scales."""

from typing import NamedTuple

from helpers.claims.second_reader.tokens import Token
from helpers.claims.second_reader.vocabulary import load_vocabulary

DASHES = {"-", "–", "—", "‐", "‑", "−"}
PER_CENT = {"percent", "%", "pct", "percentage", "٪"}


class Amount(NamedTuple):
    """A number without hedges: the values it may have, its kind, whether it has a scale word, and
    the place behind it."""

    values: tuple[float, ...]
    kind: str
    scale: float
    behind: int


def read_amount(tokens: tuple[Token, ...], at: int) -> Amount | None:
    """The number that begins at a token, with its scale words, fraction and per cent sign.

    >>> from helpers.claims.second_reader.tokens import split_tokens
    >>> read_amount(split_tokens("one and a half million people"), 0).values
    (1500000.0,)
    """
    values, behind = _read_digits(tokens, at)
    if not values:
        values, behind = _read_words(tokens, at)
    if not values:
        return _read_share_word(tokens, at)
    values, behind = _add_part(tokens, behind, values)
    scale, behind = _read_scale(tokens, behind)
    values, behind = _add_part(tokens, behind, values)
    more, behind = _read_scale(tokens, behind)
    scale *= more
    values = tuple(round(value * scale, 2) for value in values)
    scale = 100.0 if scale == 1 and tokens[behind - 1].word == "hundred" else scale
    if behind < len(tokens):
        share = _read_parts(tokens, behind, values)
        if share is not None:
            return share
        if tokens[behind].word in PER_CENT:
            return Amount(values, "percent", scale, behind + 1)
        if list_words(tokens, behind, 2) == ["per", "cent"]:
            return Amount(values, "percent", scale, behind + 2)
        if tokens[behind].word in ("fold", "times"):
            return Amount(
                values, "ratio" if tokens[behind].word == "fold" else "", scale, behind + 1
            )
    return Amount(values, "", scale, behind)


def list_words(tokens: tuple[Token, ...], at: int, count: int) -> list[str]:
    return [token.word for token in tokens[at : at + count]]


def _read_digits(tokens: tuple[Token, ...], at: int) -> tuple[tuple[float, ...], int]:
    """The values of a run of digits: "12,000", "1.5", "12 000"; one that can be read as thousands
    or as a decimal has both."""
    raw = tokens[at].raw
    if not raw[0].isdigit() or not raw[0].isdecimal():
        return (), at
    behind = at + 1
    while len(raw) < 12 and (step := _find_more_digits(tokens, behind)):
        raw += tokens[step].raw
        behind = step + 1
    groups = raw.replace(",", ".").split(".")
    if len(raw) > 15 or not all(groups):
        return (), at
    if len(groups) == 1:
        return (float(raw),), behind
    grouped = all(len(group) == 3 for group in groups[1:])
    indian = raw.count(",") > 1 and len(groups[-1]) == 3
    decimal = len(groups) == 2
    whole = float("".join(groups))
    if (grouped and len(groups[0]) <= 3 or indian) and not decimal:
        return (whole,), behind
    if decimal and grouped and len(groups[0]) <= 3:
        return (whole,) if "," in raw else (whole, float(raw)), behind
    if decimal:
        return (float(".".join(groups)),), behind
    return (), at


def _find_more_digits(tokens: tuple[Token, ...], at: int) -> int:
    """The token of three digits that goes on with the number before it, parted by one space or an
    apostrophe; 0 if none does."""
    step = at + 1 if at < len(tokens) and tokens[at].raw in ("'", "’") else at
    if step >= len(tokens):
        return 0
    before, here = tokens[at - 1], tokens[step]
    groups = len(here.raw) == 3 and here.raw.isdecimal() and before.raw.isdecimal()
    fits = groups and len(before.raw) <= 3 and before.raw[0] != "0" and here.start == before.end + 1
    return step if fits else 0


def _read_words(tokens: tuple[Token, ...], at: int) -> tuple[tuple[float, ...], int]:
    """A number in words, up to its first scale word: "eighty-five", "two hundred and six", "a
    dozen"."""
    vocabulary = load_vocabulary()
    word = tokens[at].word
    if word == "a" and list_words(tokens, at + 1, 1) == ["score"]:
        return (20.0,), at + 2
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if word in ("a", "an", "one") and following in vocabulary.scales and following != "hundred":
        return ((1.0,), at + 1) if len(following) > 2 else ((), at)
    if word in vocabulary.signs:
        return (vocabulary.signs[word],), at + 1
    if word == "half" and list_words(tokens, at + 1, 1)[:1] in (["a"], ["dozen"], ["million"]):
        behind = at + 2 if tokens[at + 1].word == "a" else at + 1
        if behind < len(tokens) and tokens[behind].word in vocabulary.scales:
            return (0.5,), behind
        return (), at
    if word == "dozen":
        return (12.0,), at + 1
    if word not in vocabulary.numbers and not (word == "a" and following == "hundred"):
        return (), at
    total, behind = _read_below_thousand(tokens, at)
    return (total,), behind


def _read_below_thousand(tokens: tuple[Token, ...], at: int) -> tuple[float, int]:
    """Cardinal words without scales of a thousand and more: 85 in "eighty five thousand"."""
    numbers = load_vocabulary().numbers
    last = numbers.get(tokens[at].word, 1)  # "a hundred"
    total, behind = float(last), at + 1
    while behind < len(tokens):
        step = behind + 1 if tokens[behind].word in DASHES else behind
        joined = step < len(tokens) and tokens[step].word in ("and", "hundred")
        if joined and tokens[step].word == "hundred" and total < 100:
            total, last, behind = total * 100, 100, step + 1
            continue
        if joined and last == 100:
            step += 1
        word = tokens[step].word if step < len(tokens) else ""
        value = numbers.get(word, 0)
        if not (last == 100 and value or 20 <= last <= 90 and 1 <= value <= 9):
            break
        total, last, behind = total + value, value, step + 1
    return total, behind


def _read_scale(tokens: tuple[Token, ...], at: int) -> tuple[float, int]:
    """The product of the scale words that follow a number; one letter counts only where it is
    joined."""
    scales, product = load_vocabulary().scales, 1.0
    for _ in range(3):
        step = at + 1 if at < len(tokens) and tokens[at].word in DASHES else at
        if step >= len(tokens) or tokens[step].word not in scales:
            break
        word, joined = tokens[step].word, tokens[step].start == tokens[step - 1].end
        if len(word) == 1 and not joined:
            break
        product, at = product * scales[word], step + 1
        following = tokens[at].word if at < len(tokens) else ""
        if following in load_vocabulary().numbers:
            break
    return product, at


def _add_part(
    tokens: tuple[Token, ...], at: int, values: tuple[float, ...]
) -> tuple[tuple[float, ...], int]:
    """A number with the part behind it: "1½", "two and a half", "three and a quarter"."""
    vocabulary = load_vocabulary()
    if at < len(tokens) and tokens[at].word in vocabulary.signs:
        return tuple(value + vocabulary.signs[tokens[at].word] for value in values), at + 1
    at += (
        at < len(tokens) and tokens[at].word in DASHES and list_words(tokens, at + 1, 1) == ["and"]
    )
    words = [word for word in list_words(tokens, at, 6) if word not in DASHES][:3]
    dashes = sum(word in DASHES for word in list_words(tokens, at, 5))
    if words[:2] == ["and", "a"] and len(words) == 3 and words[2] in ("half", "quarter"):
        part = vocabulary.fractions[words[2]] / 100
        return tuple(value + part for value in values), at + 3 + dashes
    return values, at


def _read_parts(tokens: tuple[Token, ...], at: int, values: tuple[float, ...]) -> Amount | None:
    """A count of parts: "two-thirds", "three quarters"."""
    step = at + 1 if tokens[at].word in DASHES else at
    part = load_vocabulary().fractions.get(tokens[step].word) if step < len(tokens) else None
    if part is None or values[0] > 9 or values[0] != int(values[0]):
        return None
    words = list_words(tokens, step + 1, 3)
    if words[:2] == ["of", "a"] and len(words) == 3 and words[2] in load_vocabulary().scales:
        whole = load_vocabulary().scales[words[2]]
        return Amount((round(values[0] * part / 100 * whole, 2),), "", 1, step + 4)
    return Amount((round(values[0] * part, 2),), "percent", 1, step + 1)


def _read_share_word(tokens: tuple[Token, ...], at: int) -> Amount | None:
    """A share or a multiple in one word: "half", "a third", "a quarter-million",
    "tripling"."""
    vocabulary = load_vocabulary()
    word = tokens[at].word
    if word in vocabulary.times_over:
        return Amount((vocabulary.times_over[word],), "ratio", 1, at + 1)
    part = vocabulary.fractions.get(word)
    article = at > 0 and tokens[at - 1].word in (
        "a",
        "one",
        "than",
        "nearly",
        "about",
        "almost",
        "over",
    )
    if part is None or not (word in ("half", "halves") or article):
        return None
    behind = at + 1
    while behind < len(tokens) and tokens[behind].word in _TO_SCALE:
        behind += 1
    whole = vocabulary.scales.get(tokens[behind].word) if behind < len(tokens) else None
    if whole is not None:
        return Amount((part / 100 * whole,), "", 1, behind + 1)
    return Amount((round(part, 2),), "percent", 1, at + 1)


_TO_SCALE = frozenset({"of", "a", *DASHES})  # "quarter | of a | million", "half-| million"
