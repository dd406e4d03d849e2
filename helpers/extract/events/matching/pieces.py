"""Pieces of places: the airport or station of a town, which is a place of its own; and provinces
and quarters, which "the town" is not."""

import re

from helpers.extract.places.gazetteer import PlaceMention, is_governorate
from helpers.extract.places.names import key_name
from helpers.extract.rules.territory import compile_territory

_COUNTY = re.compile(r" (?:county|territory|province|region|state)\b")
_PART = compile_territory(
    r"""citadel|airport|universit|countryside|province|governorate|outskirts|square|base|border
    |river|region|district|headquarters|neighbou?rhoods|territory|northern|southern|eastern
    |western"""
)
_BESIDE = re.compile(
    r"\b(?:(?:north|south|east|west)\w*(?:-(?:east|west))? of|near|outside|close to|not far from"
    r"|the road (?:to|from)|(?:km|kilomet\w+|miles) (?:\w+ )?(?:from|of)) (?:the )?"
    r"(?:[\w-]+ ){0,3}?(?:of )?$"
)
_ARTICLE = re.compile(r"^(?:the|an?|its|their)\s+")


def leave_regions(places: list[PlaceMention], lowered: str) -> list[PlaceMention]:
    """Places without provinces and what is called a county."""
    return [
        place
        for place in places
        if not (is_governorate(place) or _COUNTY.match(lowered, place.end))
    ]


def leave_beside(places: list[PlaceMention], lowered: str) -> list[PlaceMention]:
    """Places without those that only say where another lies: "Kell, west of | Mira"."""
    return [place for place in places if not _BESIDE.search(lowered[: place.start][-60:])]


def leave_parts(places: list[PlaceMention]) -> list[PlaceMention]:
    """Places without those that are a part of a town, or hold several."""
    return [place for place in places if not _PART.search(place.words.lower())]


def name_piece(piece: str, places: list[PlaceMention]) -> list[PlaceMention]:
    """The airport or base of the place named last, unless one with that word was named: a piece of
    a place is not the place."""
    piece = _ARTICLE.sub("", piece)
    named = [place for place in places if piece in place.words.lower()]
    if named or not places:
        return named[-1:]
    words = f"{places[-1].words} {piece}"
    return [places[-1]._replace(words=words, key=key_name(words), resolved=False)]
