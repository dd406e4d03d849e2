"""The country that texts are about: the one they name most."""

from collections import Counter
from functools import lru_cache, partial

from helpers.extract.places.geonames import load_countries
from helpers.extract.places.names import PARTS, fold_name
from helpers.extract.text.cache import Cache

_NEARLY = 0.6  # a country is meant too where it is named so many times as often as the first


def guess_country(texts: list[str]) -> str:
    """The country that texts name most often, with those named nearly as often; two letters, joined
    by `;`. "" if none is named."""
    return choose_countries(count_countries(texts))


def count_countries(texts: list[str]) -> Counter[str]:
    """How often texts name a country (two letters): by its name or an adjective made of it (Syria,
    Syrian), and by its capital."""
    meant = Cache(partial(_read_nations, *_name_nations()))
    counts: Counter[str] = Counter()
    for text in texts:
        words = text.split()
        for index, found in enumerate(map(meant.__getitem__, words)):
            for start, code, several in found:
                if code and start == 0 and index and words[index - 1] in _WITHIN:
                    continue
                if code:
                    counts[code] += 1
                else:
                    ahead = " ".join(words[index : index + 10])[start : start + 40].lower()
                    counts.update(code for name, code in several if ahead.startswith(name))
    return counts


def choose_countries(counts: Counter[str]) -> str:
    """The country counted most, with those counted nearly as often; two letters, joined by `;`, ""
    for none."""
    most = max(counts.values(), default=0)
    return ";".join(sorted(code for code, count in counts.items() if count >= _NEARLY * most))


_WITHIN = frozenset("da do das dos de del".split())  # "Mocímboa da | Praia" is no capital
_ADJECTIVES = ("n", "an", "ian", "ians", "ans", "i", "is", "ese", "ish")


@lru_cache(maxsize=1)
def _name_nations() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """(names, adjectives and capitals → code, first word → names of several words → code)."""
    nations: dict[str, str] = {}
    capitals: dict[str, str] = {}
    several: dict[str, dict[str, str]] = {}
    for code, row in load_countries().items():
        name = fold_name(row["name"])
        if " " in name:
            several.setdefault(name.split()[0], {})[name] = code
        else:
            nations[name] = code
            if len(people := name.removesuffix("istan")) > 3 and people != name:
                nations |= {people: code, people + "s": code}  # "Afghans"
            nations |= {
                stem + ending: code
                for stem in {name, name.rstrip("aeiouy")}
                if len(stem) > 3
                for ending in _ADJECTIVES
            }
        if len(row["capital"]) > 3:
            capitals[fold_name(row["capital"])] = code
    return capitals | nations, several


def name_nation(word: str) -> str:
    """The two letters of the country that a word names, by its people or otherwise; "" if none."""
    return _name_nations()[0].get(fold_name(word), "")


def name_country(code: str) -> str:
    """The name of a country, folded."""
    return fold_name(load_countries()[code]["name"])


Nation = tuple[int, str, tuple[tuple[str, str], ...]]  # offset, code, or names that go on and codes


def _read_nations(
    nations: dict[str, str], several: dict[str, dict[str, str]], word: str
) -> tuple[Nation, ...]:
    """The countries that the names between two blanks mean, or may open."""
    found: list[Nation] = []
    for start, end, _, is_name in PARTS[word]:
        name = word[start:end]
        if is_name and name[0].isupper():  # not "al-Bab"
            code = nations.get(fold_name(name), "")
            longer = several.get(name.lower(), {})
            if code or longer:
                found.append((start, code, tuple(longer.items())))
    return tuple(found)


@lru_cache(maxsize=1)
def name_governments() -> frozenset[str]:
    """Countries and their capitals in small letters: a capital that speaks is its government."""
    rows = load_countries().values()
    return frozenset(row[name].lower() for row in rows for name in ("name", "capital") if row[name])
