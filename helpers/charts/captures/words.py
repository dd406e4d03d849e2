"""Words: how titles and labels of the advance name sides, places and numbers."""

from __future__ import annotations

import re

from helpers.charts.captures.stops import Stop
from helpers.charts.look.language import Words
from helpers.corpus.places import split_values

YEAR = 365.25  # days
# A side named by such a noun takes an article: the army, the Northern Front; Israel takes none.
COMMON = (
    r"coalition|army|armies|forces?|fronts?|rebels|government|militias?|fighters|insurgents"
    r"|troops|military|police|opposition|militants|soldiers|council|alliance|movement|regime"
    r"|groups?|gunmen|tribes|administration|guards?|brigades?|party|resistance|junta|league|column"
    r"|corps|legion|command|union|division|battalions?"
)

BARE = (
    "HTS",
    "IS",
    "ISIL",
    "ISIS",
    "ISWAP",
    "JNIM",
    "AQAP",
    "AQIM",
)  # names, not initials in English


def say_side(words: Words, side: str, form: str = "the") -> str:
    """A side as a sentence names it. form: of a language that has several (Words.name).

    >>> [say_side(Words(), side) for side in ("HTS coalition", "SDF", "HTS", "local insurgents")]
    ['the HTS coalition', 'the SDF', 'HTS', 'local insurgents']
    """
    if not side:
        return words("unsaid_side")
    if words.knows(side):
        return words.name(side, form)
    last = side.split()[-1]
    if side[0].islower() and last.endswith("s") and " " in side:
        return side  # local insurgents
    if side in BARE:
        return side
    if re.fullmatch(r"[A-Z]{2,5}", side) or re.search(rf"\b(?:{COMMON})$", side, re.I):
        return side if side.lower().startswith("the ") else words("the", source=side)
    return side


def say_by(words: Words, side: str) -> str:
    """by the SDF, after a blank; "" of no side."""
    return f" {words('side_by', side=say_side(words, side))}" if side else ""


def open_sentence(words: str) -> str:
    """Words as a sentence begins with them."""
    return words[0].upper() + words[1:]


def say_spelled(words: Words, name: str, number: int) -> str:
    """The words of a name for so many, the number in words up to twelve: three places."""
    return words(f"{name}_{'one' if number == 1 else 'many'}", n=words.spell(number))


def list_sides(stops: list[Stop]) -> list[str]:
    """The sides of stops, those with most captures first."""
    sides = list(dict.fromkeys(stop.side for stop in stops))
    taken = {side: sum(s.side == side and s.step == "captured" for s in stops) for side in sides}
    return sorted(sides, key=lambda side: -taken[side])


def say_verb(words: Words, stop: Stop) -> str:
    """captured; recaptured; offensive begins."""
    if stop.step == "captured" and stop.retaken:
        return words("recaptured")
    return words("offensive_begins" if stop.step == "offensive_start" else stop.step)


def say_step(words: Words, stop: Stop, leading: str, year: bool = False) -> str:
    """captured 29–30 Nov; entered by the SDF 30 Nov – 6 Dec; captured 7–8 Dec, says HTS; "?" after
    the days where nobody checked it; announced 9 May, of a place taken again without doubt.
    The leading side is named where another took the place too."""
    by = say_by(words, stop.side) if stop.side != leading or stop.contested else ""
    if stop.side and stop.stance == f"claimed by {stop.side}" and not stop.redone:
        by = ""  # who says so is named
    verb = words("announced") if stop.stance and stop.redone else say_verb(words, stop)
    said = f"{verb}{by} {words.period(stop.first, stop.last, year)}"
    if stop.unreviewed:
        said += words("not_checked")
    return f"{said}, {say_claimed(words, stop)}" if stop.stance and not stop.redone else said


def say_claimed(words: Words, stop: Stop) -> str:
    """says HTS; "claimed" where the text does not say by whom."""
    names = re.split(r", | and ", stop.stance.removeprefix("claimed").removeprefix(" by "))
    said = words.join([say_side(words, name) for name in names if name])
    if not said:
        return words("claimed")
    return words("so_say" if len(names) > 1 else "so_says", source=said)


def say_texts(words: Words, stop: Stop) -> str:
    """5 texts."""
    return words.count("texts", stop.texts)


def say_denier(words: Words, stop: Stop) -> str:
    """Who denies it: the government; others, where the text does not say who."""
    if stop.deniers:
        return words.join([say_side(words, name, "dative") for name in stop.deniers])
    return words("others")


def say_denied(words: Words, stop: Stop) -> str:
    """denied by the government."""
    return words("denied_by", source=say_denier(words, stop))


def list_partly(words: Words, stop: Stop) -> list[str]:
    """parts disputed by Syrian state media: who denies that its side holds a part of the
    place, where anybody does."""
    if not stop.partly:
        return []
    names = [name for row in stop.partly for name in split_values(row.source_original)]
    said = words.join([say_side(words, name, "dative") for name in dict.fromkeys(names)])
    return [words("denied_partly", source=said or words("others"))]


def caption_partly(words: Words, stops: list[Stop]) -> list[str]:
    """Aleppo: parts disputed by Syrian state media. For a caption: at most places there is
    no room for it."""
    return [f"{stop.name}: {said}." for stop in stops for said in list_partly(words, stop)]


def list_denied(words: Words, stop: Stop) -> list[str]:
    """Who denies it, whole or in part, as far as anybody does."""
    return [*([say_denied(words, stop)] if stop.denials else []), *list_partly(words, stop)]


def say_denials(words: Words, stops: list[Stop]) -> list[str]:
    """The government denied the capture of Homs; of a place that was taken again, of which days."""
    said = []
    for stop in (stop for stop in stops if stop.denials):
        name = "denial_dated" if stop.redone else "denial"
        days = words.period(stop.first, stop.last)
        said.append(words(name, side=say_denier(words, stop), place=stop.name, days=days))
    return list(dict.fromkeys(map(open_sentence, said)))


def say_odd(words: Words, stops: list[Stop]) -> list[str]:
    """El Fasher: one text says 1 Nov; the others exclude it."""
    return [
        words("odd_text", place=stop.name, days=words.period(*stop.alone[text]))
        for stop in stops
        for text in stop.odd
    ]


def span_captures(words: Words, stops: list[Stop]) -> str:
    """The days from the first to the last of captures: eight to nine days."""
    fewest = (max(stop.first for stop in stops) - min(stop.last for stop in stops)).days
    most = (max(stop.last for stop in stops) - min(stop.first for stop in stops)).days
    return say_span(words, fewest, most)


def say_span(words: Words, fewest: int, most: int) -> str:
    """five to six days; at most three days."""
    if fewest > 2 * YEAR:
        return words("span_years", n=round((fewest + most) / 2 / YEAR))
    if fewest <= 0:
        return say_spelled(words, "span_most", most) if most > 0 else words("span_day")
    if fewest == most:
        return say_spelled(words, "span_days", most)
    return words("span_between", fewest=words.spell(fewest), most=words.spell(most))


def keep_together(words: str) -> str:
    """Words in which a number stays on a line with its texts or its month."""
    return re.sub(r"(?<=\d) (?=[Tt]exte?s?\b|[A-Z][a-z]{2}\b)|(?<=\d\.) (?=[A-Z])", "\u00a0", words)
