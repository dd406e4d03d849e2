"""Namesakes: a town that no table has, and that bears the name of a large city at the other end of
the world."""

from math import asin, cos, radians, sin, sqrt

from helpers.extract.places.countries import count_countries
from helpers.extract.places.geonames import City, load_countries

_FAR = 3_000  # km from everything else that the text tells of
_FAMOUS = 1_000_000  # inhabitants of a city that is meant wherever it is named
_ENOUGH = 2  # other places of the text, all in the countries the corpus is about
_RADIUS = 6_371  # km


def is_abroad(city: City | None, home: frozenset[str]) -> bool:
    """Whether a place is a city outside of the countries that a corpus is about."""
    if not city or not home or city.get("kind") in ("country", "governorate", "unknown"):
        return False
    return city["countrycode"] not in home


def is_famous(city: City) -> bool:
    """Whether a city is meant wherever it is named: a capital, or one of fame."""
    country = load_countries()[city["countrycode"]]
    return city["population"] >= _FAMOUS or city["name"] == country["capital"]


def is_namesake(city: City, others: list[City], text: str) -> bool:
    """Whether a name can hardly mean this city abroad, which is not famous: it is in a country that
    the text does not name, and far from its other places (`others`: those at home)."""
    if len({other["name"] for other in others}) < _ENOUGH:
        return False
    if any(_measure(city, other) < _FAR for other in others):
        return False
    return not count_countries([text])[city["countrycode"]]


def _measure(one: City, other: City) -> float:
    """Kilometres between two places as the crow flies."""
    north, south = radians(one["latitude"]), radians(other["latitude"])
    east = radians(one["longitude"] - other["longitude"])
    half = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * _RADIUS * asin(sqrt(half))
