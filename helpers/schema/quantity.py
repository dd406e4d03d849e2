"""Quantity: what a number says and how far it may be stretched, read from its own words alone.

"nearly 400,000" is best 400,000 and not more; "Dozens" is no number at all. The words stand in
quantity.toml. The rules are those of the codebook (seeds/README.md), after IDMC's quantifiers and
UCDP's low/best/high.
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from helpers.schema.characters import fold_text
from helpers.schema.columns import TIME_UNITS

WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
DAYS_IN = WORDS["days_in"]
ONES = {word: value for value, word in enumerate(WORDS["ones"])}
TENS = {word: value * 10 for value, word in enumerate(WORDS["tens"], 2)}
SCALES, SUFFIXES, FOLDS, TAILS = (WORDS[name] for name in ("scales", "suffixes", "folds", "tails"))
VULGAR = WORDS["vulgar"]
INCREMENTS = frozenset(WORDS["increments"])
PARTS = WORDS["parts"] | {f"{word}s": parts for word, parts in WORDS["parts"].items()}
PARTS["halves"] = 2
HEDGES = {hedge: name for name, hedges in WORDS["hedges"].items() for hedge in hedges}
_LONGEST_FIRST = tuple(sorted(HEDGES, key=len, reverse=True))
_WORD_TAILS = tuple(tail for tail in TAILS if tail[0].isalpha() and tail not in ("odd", "plus"))
LONGEST = 150  # characters that one number's words may have; a thousand digits in a row are none
VAGUE = re.compile(
    r"\b(?:dozens|scores|hundreds|thousands|millions|several|few|many|most|mostly|majority|"
    r"multiple|numerous|droves|(?:a|the|large|small|significant|huge|similar)(?: \w+)? numbers?|"
    r"numbers of|countless|a couple)\b"
)
# "for years": long, and no number
SPANS = re.compile(r"(?:recent |long )?(?:hours|days|weeks|months|years|decades)")

FILLERS = re.compile(
    r"\b(?:only|just|the|past|last|next|first|another|other|a total of|full|nor|of|people|"
    r"straight)\b"
)
UNIT_WORDS = re.compile(
    r"\b(?:percent|per cent|people|persons|civilians|days?|nights?|hours?|weeks?|months?|years?|"
    r"kilomet(?:er|re)s?|km|towns?|cities|city|villages?|neighbou?rhoods?|families|households|"
    r"prisoners|inmates|fighters)\b|%"
)
BEFORE_HEDGE = re.compile(  # "just over" and "in the region of" are hedges themselves
    r"(?:(?:only|just|in|the|another|a further|a total of|an additional|perhaps|maybe|fully) )+"
    r"(?!over|under|short|below|excess|the region|the order|region|order)"
)
AFTER_HEDGE = re.compile(r"(?:the|another|a further|a total of|an additional) ")
_PERHAPS = r"(?:(?:perhaps|possibly|maybe|even|as many as|up to) )?"
# Compiled when first used (re keeps them): a notebook waits for none of them on import.
RANGE = (
    r"between (.+?) and (.+)|from (.+?) (?:up )?to (.+)|"
    rf"(.+?),? (?:(?:to|through|or) {_PERHAPS}|maybe |perhaps |possibly )(.+)|"
    r"(.*\d.*?) ?[-–—~] ?(\d.*)|(.+?) \((?:perhaps|possibly|maybe) (.+)\)|"
    r"([a-z]+), ([a-z]+ (?:hundred|thousand|million|dozen))"
)
TWICE = r"([^()]+) ?\(([^()]+)\)"  # "fifteen (15)"
LARGE = r"(?:million|billion|trillion|dozen|thousand|hundred)"
_SCALE = sorted(SCALES, key=len, reverse=True)
# "3 dozens", but "hundreds of thousands"
PLURAL_SCALE = rf"(\d|\b(?:{'|'.join([*ONES, *TENS])})) ({'|'.join(_SCALE)})s\b"
SCALED = rf"(.*?)[\s-]*(?:\b({'|'.join(_SCALE)})|(?<=\d)({'|'.join(SUFFIXES)}))(?: [a-z]+)?$"
RATIO = r"(\w+) (?:in|out of) (?:every )?(\w+)"
PART = rf"(?:(a|{'|'.join(list(ONES)[1:10])}) )?(?:of )?({'|'.join(PARTS)})(?: of)?"
# 12,345 · 12 345 · 12.345 · 12'345 · 1,20,000 · 1 ,200 (a text copied from a page) · 12.5
DIGITS = re.compile(
    r"\d{1,3}(?:,\d{3})+\.\d+(?!\d)|"
    r"\d{1,3}(?:(?: ?,|[.'’\u202f\u00a0 ])\d{3})+(?![\d])|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|"
    r"\d+,\d(?=\s?(?:million|billion)\b)|\d+(?:\.\d+)?"
)


# "her husband, father and | two": one each, beside those who are counted
_OWNER = r"(?:his|her|their|my|our)"
KIN = (
    "husband|wife|father|mother|brother|sister|son|daughter|child|baby|uncle|aunt|cousin|nephew|"
    "niece|grandfather|grandmother|grandson|granddaughter|grandchild|fiancé|fiancée"
)
WITH_KIN = rf"({_OWNER} (?:{KIN})(?:, (?:{_OWNER} )?(?:{KIN}))*),? and (?:{_OWNER} )?(.+)"


class Reading(NamedTuple):
    """What the words say: UCDP's low, best and high (None where the words leave it open), the
    quantifier, and whether the value is a share of a whole (then in percent)."""

    low: float | None
    best: float | None
    high: float | None
    quantifier: str
    is_share: bool


@lru_cache(maxsize=50_000)
def read_number(words: str) -> Reading | None:
    """The reading of a claim's `number` words; None when they hold neither number nor vague
    word."""
    text = fold_text(words).text.lower().replace("’", "'")
    text = re.sub(r"\s+", " ", text).strip(" \"“”«»'")
    if len(text) > LONGEST or text.startswith(("-", "−")):
        return None
    quantifier, bare = _take_hedge(text)
    bare = re.sub(PLURAL_SCALE, r"\1 \2", bare)
    if VAGUE.search(bare) or SPANS.fullmatch(bare):
        return Reading(None, None, None, "vague", False)
    if pair := re.fullmatch(RANGE, bare):
        low, high = map(read_value, _share_scale(*filter(None, pair.groups())))
        if low and high and low[0] < high[0]:
            return Reading(low[0], None, high[0], "between", low[1] or high[1])
    value = _read_twice(bare) or _read_with_kin(bare) or read_value(bare)
    if value is None:
        return None
    return Reading(*bound_value(value[0], quantifier), quantifier, value[1])


def _read_twice(text: str) -> tuple[float, bool] | None:
    """The value that words give twice, as "fifteen (15)" does; None where they do not."""
    twice = re.fullmatch(TWICE, text)
    if not twice:
        return None
    first, second = map(read_value, map(str.strip, twice.groups()))
    return first if first == second else None


def _read_with_kin(text: str) -> tuple[float, bool] | None:
    """The value of kin named one by one and counted together: "her husband and two" is 3."""
    named = re.fullmatch(WITH_KIN, text)
    counted = read_value(named[2]) if named else None
    if named is None or counted is None or counted[1]:
        return None
    return counted[0] + named[1].count(",") + 1, False


def _share_scale(low: str, high: str) -> tuple[str, str]:
    """Both ends of a range with the scale that is said once: "1 and 2 million" is 1 million and
    2 million, "30-40k" is 30,000 and 40,000, "10 to 40,000" is 10,000 and 40,000; but "800 to
    1 million" is what it says."""
    short = re.fullmatch(r"\d{1,3}", low) and re.fullmatch(r"\d{1,3},000", high)
    if short and int(low) < int(high[:-4]):
        return low + ",000", high
    scale = re.fullmatch(SCALED, high)
    if not scale or re.fullmatch(SCALED, low):
        return low, high
    least, most = read_value(low), read_value(scale[1])
    if least and most and least[0] < most[0]:
        low = f"{low} {scale[2] or SUFFIXES[scale[3]]}"
    return low, high


def bound_value(value: float, quantifier: str) -> tuple[float | None, float | None, float | None]:
    """(low, best, high) of a single value under its quantifier; "between" has two and is not
    here."""
    return {
        "exact": (value, value, value),
        "more_than": (value, value, None),
        "at_least": (value, value, None),
        "nearly": (None, value, value),
        "about": (None, value, None),
        "less_than": (None, None, value),
        "up_to": (None, None, value),
    }[quantifier]


def _take_hedge(text: str) -> tuple[str, str]:
    """(quantifier, the words without their hedge). Of two hedges ("at least some 300") the first
    counts."""
    found = "exact"
    text = _drop_start(BEFORE_HEDGE, text)
    while hedge := _find_hedge(text):
        found = HEDGES[hedge] if found == "exact" else found
        text = _drop_start(AFTER_HEDGE, text[len(hedge) :].strip())
    for tail, quantifier in TAILS.items():
        before = text[-len(tail) - 1 : -len(tail)]
        if text.endswith(tail) and not (tail[0].isalpha() and before.isalpha()):
            return quantifier if found == "exact" else found, _drop_noun(text[: -len(tail)].strip())
    return found, text


def _drop_start(words: re.Pattern[str], text: str) -> str:
    found = words.match(text)
    return text[found.end() :] if found else text


def _find_hedge(text: str) -> str:
    """The longest hedge that begins the words and is followed by a space or a digit; "" without."""
    for hedge in _LONGEST_FIRST:
        if text.startswith(hedge) and (
            text[len(hedge) :][:1] == " " or text[len(hedge) :][:1].isdigit()
        ):
            return hedge
    return ""


def _drop_noun(text: str) -> str:
    """ "60 soldiers" (at least) without what is counted, which stands between number and hedge."""
    words = text.rstrip(",").split()
    for kept in range(len(words), max(0, len(words) - 3), -1):
        if _add_words(" ".join(words[:kept])) is not None:
            return " ".join(words[:kept])
    return text


def read_value(text: str) -> tuple[float, bool] | None:
    """(value, is a share) of bare number words: "746", "one and a half million", "two-thirds"
    (66.67), "thirty percent" (30), "a decade" (10 years), "an" (1); None when a word is left over.

    >>> read_value("two-thirds")
    (66.67, True)
    """
    share = bool(re.search(r"\b(?:percent|per cent)\b|%", text))
    text = text.strip()
    if text in FOLDS:
        return float(FOLDS[text]), False
    if text == "another":
        return 1.0, False  # "one was killed and another hurt"
    if ratio := _read_ratio(text):
        return ratio, True
    text = re.sub(_VULGAR, _read_vulgar, text)
    bare = " ".join(UNIT_WORDS.sub(" ", FILLERS.sub(" ", text.replace("-", " "))).split())
    decades = re.fullmatch(r"(.+?) ?decades?", bare)
    if decades:
        tens = read_value(decades[1])
        return tens and (tens[0] * 10, False)
    bare = re.sub(
        rf"(?<=\d) ?({'|'.join(SUFFIXES)})\b", lambda match: " " + SUFFIXES[match[1]], bare
    )
    fold = re.fullmatch(r"(.+?) ?fold", bare)
    if fold:
        bare = fold[1]
    if not share and (fraction := re.fullmatch(rf"(.+?) (?:of )?(?:an? )?({LARGE})", bare)):
        part_of = read_value(fraction[1])
        if part_of and part_of[1]:
            return part_of[0] / 100 * SCALES[fraction[2]], False
    if not share and (part := re.fullmatch(PART, bare)):
        return round(100 * ONES.get(part[1], 1) / PARTS[part[2]], 2), True
    value = _add_words(bare)
    return None if value is None else (value, share)


def _read_ratio(text: str) -> float | None:
    """ "one in four" as a share, 25; None where the words are no such ratio."""
    ratio = re.fullmatch(RATIO, text)
    if not ratio:
        return None
    part, whole = map(_add_words, ratio.groups())
    return round(100 * part / whole, 2) if part and whole and part < whole else None


_VULGAR = rf"(\d*) ?([{''.join(VULGAR)}])"


def _read_vulgar(match: re.Match[str]) -> str:
    """ "1½" in decimals."""
    return f"{int(match[1] or 0) + VULGAR[match[2]]:g}"


def _add_words(text: str) -> float | None:
    """The sum of number words: "one and a half million" is (1 + 0.5) × 1,000,000; None when a word
    is left over, or when plain numbers stand side by side and nothing says what that means."""
    total, current, last, scale = 0.0, 0.0, "", 1
    text = DIGITS.sub(lambda match: " " + _bare_digits(match) + " ", text)
    for word in text.split():
        if re.fullmatch(r"\d+(?:\.\d+)?", word) or word in ONES or word in TENS:
            if last in ("digits", "ones") or (last == "tens" and ONES.get(word, 10) > 9):
                return None
            if word[0].isdigit():
                current, last = current + float(word), "digits"
            elif word in TENS:
                current, last = current + TENS[word], "tens"
            else:
                current, last = current + ONES[word], "ones"
        elif word == "half":  # "a million and a half": half of the million
            current, last = current + (0.5 * scale if last == "scale" else 0.5), "half"
        elif word in SCALES and last == "scale" and not current:
            total *= SCALES[word]  # "three lakh crore"
        elif word in SCALES:
            current, last, scale = (current or 1) * SCALES[word], "scale", SCALES[word]
            if word not in ("hundred", "dozen", "score"):
                total, current = total + current, 0.0
        elif word in ("a", "an"):
            last = last if last == "scale" else last or "article"
        elif word != "and":
            return None
    value = total + current or float(last == "article")
    return value if last else None


def _bare_digits(match: re.Match) -> str:
    """Digits without the separators of thousands. A point before three digits separates thousands,
    unless a scale follows: 3.400 people, but 1.250 million."""
    digits, rest = match[0], match.string[match.end() :]
    if re.fullmatch(r"[\d,]+\.\d+", digits) and "," in digits:
        return digits.replace(",", "")  # 1,674.5
    if re.fullmatch(r"\d+,\d", digits):
        return digits.replace(",", ".")
    is_scaled = re.match(rf" ?(?:{'|'.join(SCALES)})\b", rest)
    if is_scaled and re.fullmatch(r"\d{1,3}\.\d{3}", digits):
        return digits
    if re.fullmatch(r"\d+(?:\.\d{1,2}|\.\d{4,})?", digits):
        return digits
    return re.sub(r"[^\d]", "", digits)


def find_hedge_outside(before: str, after: str) -> str | None:
    """The hedge that stands unquoted right before or after a number's words, if there is one.

    `before` and `after` are the text around them. "nearly" in front of a number quoted without it
    would turn a ceiling into a figure.
    """
    before, after = (" ".join(fold_text(side).text.lower().split()) for side in (before, after))
    before = re.sub(r"(?: (?:the|only|just|a total of))+$", "", before)
    if before.endswith(_LONGEST_FIRST):
        for hedge in _LONGEST_FIRST:
            if before.endswith(hedge) and not before[-len(hedge) - 1 : -len(hedge)].isalnum():
                return hedge
    if after.startswith(_WORD_TAILS):
        for tail in _WORD_TAILS:
            if re.match(rf"{tail}\b", after):
                return tail
    return None


def is_increment(words: str) -> bool:
    """Whether the words of a number say how many more there are, not how many in all.

    >>> is_increment("a further 6,300"), is_increment("more than 6,300")
    (True, False)
    """
    return not INCREMENTS.isdisjoint(words.lower().split())


class Days(NamedTuple):
    """The days that a figure counts: their number, and whether its words allow fewer ("within a
    week")."""

    most: float
    or_fewer: bool

    def __str__(self) -> str:
        days = "1 day" if self.most == 1 else f"{self.most:g} days"
        return f"{days} or fewer" if self.or_fewer else days


def read_length(words: str) -> Days | None:
    """The length that dating words name: at most 7 days for "within a week", 3 for "in three days";
    None for words that name none."""
    words = words.lower()
    reading = read_number(words)
    unit = next((unit for unit in TIME_UNITS if unit in words), None)
    value = (reading.high or reading.best) if reading else None
    if not reading or not value or not unit:
        return None
    return Days(value * DAYS_IN[unit], reading.quantifier in ("less_than", "up_to"))
