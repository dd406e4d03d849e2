"""Which places are countries, which nobody captures, enters or leaves."""

from functools import lru_cache

from helpers.extract.places.gazetteer import PlaceMention
from helpers.extract.places.geonames import name_countries
from helpers.extract.places.names import COUNTRIES_TOO, FOLDED, fold_name
from helpers.extract.rules.load import load_toml


@lru_cache(maxsize=1)
def _list_countries() -> frozenset[str]:
    """The folded names of all countries, with those that GeoNames writes otherwise."""
    names = [*name_countries(), *load_toml("territory.toml")["countries_too"]]
    names += [name for others in COUNTRIES_TOO.values() for name in others]
    return frozenset(map(fold_name, names))


def names_country(place: PlaceMention) -> bool:
    """Whether a place is a country."""
    return is_country(place.words)


def is_country(words: str) -> bool:
    """Whether words are the name of a country."""
    return FOLDED[words] in _list_countries()
