"""Words: how titles and labels of the advance name sides, places and numbers."""

from __future__ import annotations

import re

from helpers.charts.advance.stops import VERBS, Stop, say_days
from helpers.corpus.borders import load_borders
from helpers.schema.formatting import join_words

# A side named by such a noun takes an article: the army, the Northern Front; Israel takes none.
COMMON = (
    r"coalition|army|armies|forces?|fronts?|rebels|government|militias?|fighters|insurgents"
    r"|troops|military|police|opposition|militants|soldiers|council|alliance|movement|regime"
    r"|groups?|gunmen|tribes|administration|guards?|brigades?|party|resistance|junta|league|column"
    r"|corps|legion|command|union|division|battalions?"
)
SMALL = "no one two three four five six seven eight nine ten eleven twelve".split()


def say_side(side: str) -> str:
    """A side as a sentence names it.

    >>> say_side("HTS coalition"), say_side("SDF"), say_side("Israel"), say_side("local insurgents")
    ('the HTS coalition', 'the SDF', 'Israel', 'local insurgents')
    """
    if not side:
        return "a side not named"
    last = side.split()[-1]
    if side[0].islower() and last.endswith("s") and " " in side:
        return side  # local insurgents
    if re.fullmatch(r"[A-Z]{2,5}", side) or re.search(rf"\b(?:{COMMON})$", side, re.I):
        return side if side.lower().startswith("the ") else f"the {side}"
    return side


def open_sentence(words: str) -> str:
    """Words as a sentence begins with them."""
    return words[0].upper() + words[1:]


def say_small(number: int) -> str:
    """A number as a title has it: in words up to twelve."""
    return SMALL[number] if number < len(SMALL) else f"{number:,}"


def say_places(number: int) -> str:
    """three places."""
    return f"{say_small(number)} {'place' if number == 1 else 'places'}"


def name_country(code: str) -> str:
    """The name of a country; "" of one that the borders do not have."""
    land = load_borders().countries.get(code)
    return land.name if land else ""


def list_sides(stops: list[Stop]) -> list[str]:
    """The sides of stops, those with most captures first."""
    sides = list(dict.fromkeys(stop.side for stop in stops))
    taken = {side: sum(s.side == side and s.step == "captured" for s in stops) for side in sides}
    return sorted(sides, key=lambda side: -taken[side])


def say_step(stop: Stop, leading: str, year: bool = False) -> str:
    """captured 29–30 Nov; entered by the SDF 30 Nov – 6 Dec; captured 7–8 Dec, says HTS; "?" after
    the days where nobody checked it."""
    by = f" by {say_side(stop.side)}" if stop.side and stop.side != leading else ""
    words = f"{VERBS[stop.step]}{by} {say_days(stop.first, stop.last, year)}"
    if stop.unreviewed:
        words += "?"
    return f"{words}, {say_claimed(stop)}" if stop.stance else words


def say_claimed(stop: Stop) -> str:
    """says HTS; "claimed" where the text does not say by whom."""
    names = re.split(r", | and ", stop.stance.removeprefix("claimed").removeprefix(" by "))
    said = join_words([say_side(name) for name in names if name])
    if not said:
        return "claimed"
    return f"{'say' if len(names) > 1 else 'says'} {said}"


def say_denials(stops: list[Stop]) -> list[str]:
    """The government denied losing Homs."""
    said = [
        f"{open_sentence(say_side(stop.denied_by))} denied the capture of {stop.name}."
        for stop in stops
        if stop.denied_by
    ]
    return list(dict.fromkeys(said))


def say_odd(stops: list[Stop]) -> list[str]:
    """El Fasher: one text says 1 Nov; the others exclude it."""
    said = []
    for stop in stops:
        for text in stop.odd:
            said.append(f"{stop.name}: one text says {say_days(*stop.alone[text])}.")
    return said


def join_names(stops: list[Stop]) -> str:
    return join_words([stop.name for stop in stops])


def keep_together(words: str) -> str:
    """Words in which a number stays on a line with its texts or its month."""
    return re.sub(r"(?<=\d) (?=texts?\b|[A-Z][a-z]{2}\b)", "\u00a0", words)
