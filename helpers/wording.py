"""Wording: what a number says and how far it may be stretched, read from its own words alone.

"nearly 400,000" is best 400,000 and not more; "Dozens" is no number at all. The rules are those of the
codebook (seeds/README.md), after IDMC's quantifiers and UCDP's low/best/high.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from helpers.codebook import TIME_UNITS

DAYS_IN = {"hour": 1 / 24, "day": 1, "night": 1, "week": 7, "month": 30.4375, "year": 365.25}
ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: value * 10
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
SCALES = {
    "dozen": 12,
    "score": 20,
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
}
SUFFIXES = {
    "k": "thousand",
    "m": "million",
    "mn": "million",
    "mln": "million",
    "bn": "billion",
}  # "c.40K", "1.2m"
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}
PARTS |= {f"{word}s": parts for word, parts in PARTS.items()} | {"halves": 2}
FOLDS = {
    "double": 2,
    "doubled": 2,
    "doubling": 2,
    "twice": 2,
    "triple": 3,
    "tripled": 3,
    "tripling": 3,
    "quadrupled": 4,
}

HEDGES = {  # quantifier → the words that may stand before a number
    "more_than": "more than, over, upwards of, upward of, in excess of, well over, just over, slightly over, slightly more than, a little over, well above, above, exceeding, north of, >",
    "at_least": "at least, no fewer than, no less than, not less than, not fewer than, at the very least, a minimum of, as few as",
    "less_than": "less than, fewer than, under, within, below, just under, slightly under, slightly less than, slightly fewer than, a little under, <",
    "up_to": "up to, as many as, at most, no more than, not more than, a maximum of, as much as, at the most",
    "nearly": "nearly, almost, close to, approaching, nearing, just short of, close on, virtually, near to, just shy of, shy of, nigh on, not quite, nearer to",
    "about": "about, approximately, around, roughly, some, an estimated, estimated, circa, c., ca., ca, approx, approx., ~, "
    "in the region of, in the order of, of the order of, on the order of, somewhere around, something like, an approximate",
}
HEDGES = {
    hedge: quantifier for quantifier, hedges in HEDGES.items() for hedge in hedges.split(", ")
}
TAILS = {  # the same behind it
    "or more": "at_least",
    "or so": "about",
    "at least": "at_least",
    "at most": "up_to",
    "or fewer": "up_to",
    "or less": "up_to",
    "at the very least": "at_least",
    "or thereabouts": "about",
    "at the minimum": "at_least",
    "if not more": "at_least",
    "at a minimum": "at_least",
    "at the most": "up_to",
    "-odd": "about",
    "odd": "about",
    "-plus": "more_than",
    "plus": "more_than",
    "+": "more_than",
}
_LONGEST_FIRST = sorted(HEDGES, key=len, reverse=True)
LONGEST = 150  # characters that one number's words may have; a thousand digits in a row are none
VAGUE = re.compile(
    r"\b(?:dozens|scores|hundreds|thousands|millions|several|few|many|most|mostly|majority|multiple|numerous|droves|"
    r"(?:a|the|large|small|significant|huge|similar)(?: \w+)? numbers?|numbers of|countless|a couple)\b"
)
SPANS = re.compile(
    r"(?:recent |long )?(?:hours|days|weeks|months|years|decades)"
)  # "for years": long, and no number

FILLERS = re.compile(
    r"\b(?:only|just|the|past|last|next|first|another|other|a total of|full|nor|of|people|straight)\b"
)
UNIT_WORDS = re.compile(
    r"\b(?:percent|per cent|people|persons|civilians|days?|nights?|hours?|weeks?|months?|years?|kilomet(?:er|re)s?|km|"
    r"towns?|cities|city|villages?|neighbou?rhoods?|families|households|prisoners|inmates|fighters)\b|%"
)
# 12,345 · 12 345 · 12.345 · 12'345 · 1,20,000 · 1 ,200 (a text copied from a page) · 12.5
DIGITS = re.compile(
    r"\d{1,3}(?:(?: ?,|[.'’\u202f\u00a0 ])\d{3})+(?![\d])|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d+,\d(?=\s?(?:million|billion)\b)|\d+(?:\.\d+)?"
)


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
    """The reading of a claim's `number` words; None when they hold neither number nor vague word."""
    text = re.sub(r"\s+", " ", words.lower().replace("’", "'")).strip(" \"“”«»'")
    if len(text) > LONGEST:
        return None
    if re.match(r"[-−]", text):
        return None
    quantifier, bare = _take_hedge(text)
    if VAGUE.search(bare) or SPANS.fullmatch(bare):
        return Reading(None, None, None, "vague", False)
    pair = re.fullmatch(
        r"between (.+?) and (.+)|from (.+?) (?:up )?to (.+)|(.+?),? (?:to|or|maybe|perhaps|possibly) (.+)|(.*\d.*?) ?[-–—] ?(\d.*)",
        bare,
    )
    if pair:
        ends = [read_value(part) for part in _share_scale(*filter(None, pair.groups()))]
        if None not in ends and ends[0][0] < ends[1][0]:
            return Reading(ends[0][0], None, ends[1][0], "between", ends[0][1] or ends[1][1])
    value = read_value(bare)
    if value is None:
        return None
    return Reading(*bound_value(value[0], quantifier), quantifier, value[1])


def _share_scale(low: str, high: str) -> tuple[str, str]:
    """Both ends of a range with the scale that is said once: "1 and 2 million" is 1 million and 2 million."""
    scale = re.search(r"\b(hundred|thousand|million|billion)\b(?: \w+)?$", high)
    if (
        re.fullmatch(r"\d{1,3}", low)
        and re.fullmatch(r"\d{1,3},000", high)
        and int(low) < int(high[:-4])
    ):
        return low + ",000", high
    if scale and not re.search(r"\b(hundred|thousand|million|billion)\b|\d{3}$", low):
        low = f"{low} {scale[1]}"
    return low, high


def bound_value(value: float, quantifier: str) -> tuple[float | None, float | None, float | None]:
    """(low, best, high) of a single value under its quantifier; "between" has two and is not here."""
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
    """(quantifier, the words without their hedge). Of two hedges ("at least some 300") the first counts."""
    found = "exact"
    text = re.sub(
        r"^(?:(?:only|just|in|the|another|a further|a total of|an additional|perhaps|maybe|fully) )+(?!over|under|short|below|excess|the region|the order|region|order)",
        "",
        text,
    )
    while True:
        hedge = next(
            (
                hedge
                for hedge in _LONGEST_FIRST
                if text.startswith(hedge + " ")
                or text.startswith(hedge)
                and text[len(hedge) :][:1].isdigit()
            ),
            None,
        )
        if hedge is None:
            break
        found = HEDGES[hedge] if found == "exact" else found
        text = re.sub(
            r"^(?:the|another|a further|a total of|an additional) ", "", text[len(hedge) :].strip()
        )
    for tail, quantifier in TAILS.items():
        if text.endswith(tail) and not text[-len(tail) - 1 : -len(tail)].isalpha():
            return quantifier if found == "exact" else found, _drop_noun(text[: -len(tail)].strip())
    return found, text


def _drop_noun(text: str) -> str:
    """ "60 soldiers" (at least) without what is counted, which stands between number and hedge."""
    words = text.rstrip(",").split()
    for kept in range(len(words), max(0, len(words) - 3), -1):
        if _add_words(" ".join(words[:kept])) is not None:
            return " ".join(words[:kept])
    return text


def read_value(text: str) -> tuple[float, bool] | None:
    """(value, is a share) of bare number words: "746", "one and a half million", "two-thirds" (66.67),
    "thirty percent" (30), "a decade" (10 years), "an" (1); None when a word is left over."""
    share = bool(re.search(r"\b(?:percent|per cent)\b|%", text))
    if text.strip() in FOLDS:
        return float(FOLDS[text.strip()]), False
    bare = " ".join(UNIT_WORDS.sub(" ", FILLERS.sub(" ", text.replace("-", " "))).split())
    decades = re.fullmatch(r"(.+?) ?decades?", bare)
    if decades:
        value = read_value(decades[1])
        return value and (value[0] * 10, False)
    bare = re.sub(r"(?<=\d)(k|mn|mln|m|bn)\b", lambda match: " " + SUFFIXES[match[1]], bare)
    fold = re.fullmatch(r"(.+?) ?fold", bare)
    if fold:
        bare = fold[1]
    if fraction := re.fullmatch(
        r"(.+?) (?:of )?(?:an? )?(million|billion|dozen|thousand|hundred)", bare
    ):
        value = read_value(fraction[1])
        if value and value[1] and not share:
            return value[0] / 100 * SCALES[fraction[2]], False
    if not share:
        part = re.fullmatch(
            r"(?:(a|one|two|three|four) )?(?:of )?(" + "|".join(PARTS) + r")(?: of)?", bare
        )
        if part:
            count = {"a": 1, None: 1}.get(part[1]) or ONES[part[1]]
            return round(100 * count / PARTS[part[2]], 2), True
    value = _add_words(bare)
    return None if value is None else (value, share)


def _add_words(text: str) -> float | None:
    """The sum of number words: "one and a half million" is (1 + 0.5) × 1,000,000; None when a word is left
    over, or when plain numbers stand side by side and nothing says what that means."""
    total, current, last, scale = 0.0, 0.0, "", 1
    text = DIGITS.sub(lambda match: " " + _bare_digits(match) + " ", text)
    for word in text.split():
        if re.fullmatch(r"\d+(?:\.\d+)?", word) or word in ONES or word in TENS:
            if last in ("digits", "ones") or (last == "tens" and ONES.get(word, 10) > 9):
                return None
            current += float(word) if word[0].isdigit() else ONES.get(word, 0) + TENS.get(word, 0)
            last = "digits" if word[0].isdigit() else "tens" if word in TENS else "ones"
        elif word == "half":
            current, last = (
                current + 0.5 * (scale if last == "scale" else 1),
                "half",
            )  # "a million and a half": half of the million
        elif word in SCALES:
            current, last, scale = (current or 1) * SCALES[word], "scale", SCALES[word]
            if word not in ("hundred", "dozen", "score"):
                total, current = total + current, 0.0
        elif word in ("a", "an"):
            last = last if last == "scale" else last or "article"
        elif word != "and":
            return None
    if not last:
        return None
    return total + current or (1.0 if last == "article" else 0.0)


def _bare_digits(match: re.Match) -> str:
    """Digits without the separators of thousands. A point before three digits separates thousands, unless a
    scale or "percent" follows: 3.400 people, but 1.250 million."""
    digits = match[0]
    if re.fullmatch(r"\d+,\d", digits):
        return digits.replace(",", ".")
    if re.fullmatch(r"\d{1,3}\.\d{3}", digits) and re.match(
        rf" ?(?:{'|'.join(SCALES)})\b", match.string[match.end() :]
    ):
        return digits
    return (
        digits
        if re.fullmatch(r"\d+(?:\.\d{1,2}|\.\d{4,})?", digits)
        else re.sub(r"[^\d]", "", digits)
    )


def find_hedge_outside(before: str, after: str) -> str | None:
    """The hedge that stands unquoted right before or after a number's words, if there is one.

    `before` and `after` are the text around them. "nearly" in front of a number quoted without it
    would turn a ceiling into a figure.
    """
    before = re.sub(r"(?: (?:the|only|just|a total of))+$", "", " ".join(before.lower().split()))
    after = " ".join(after.lower().split())
    for hedge in _LONGEST_FIRST:
        if before.endswith(hedge) and not before[-len(hedge) - 1 : -len(hedge)].isalnum():
            return hedge
    return next(
        (
            tail
            for tail in TAILS
            if tail[0].isalpha() and tail not in ("odd", "plus") and re.match(rf"{tail}\b", after)
        ),
        None,
    )


class Days(NamedTuple):
    """The days that a figure counts: their number, and whether its words allow fewer ("within a week")."""

    most: float
    or_fewer: bool

    def __str__(self) -> str:
        return f"{self.most:g} day{'' if self.most == 1 else 's'}{' or fewer' if self.or_fewer else ''}"


def read_length(words: str) -> Days | None:
    """The length that dating words name: at most 7 days for "within a week", 3 for "in three days"; None for
    words that name none."""
    words = words.lower()
    reading = read_number(words)
    unit = next((unit for unit in TIME_UNITS if unit in words), None)
    value = reading and (reading.high or reading.best)
    if not value or not unit:
        return None
    return Days(value * DAYS_IN[unit], reading.quantifier in ("less_than", "up_to"))
