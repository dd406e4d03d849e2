"""Where figures are: a table of sentences about many wars with the place that a reader would write,
and where people went (places.tsv, answered before the rules were written)."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from helpers.corpus.places import PLACE_COLUMNS
from helpers.extract.places.names import fold_name
from helpers.extract.propose import propose_claims

EMPTY = pd.DataFrame(columns=PLACE_COLUMNS).set_index("place")
WITH_KIND = (" governorate", " province", " state", " region")
# Known to be read otherwise: a short name that opens the sentence, and figures that no rule finds.
OPEN = (
    "Renk has received",
    "A mine killed 16",
    "Fifteen people were killed by Turkish",
    "Some 6,400 people reached Metuge",  # no word joins the number to its place
)


def load_sentences() -> list[dict[str, str]]:
    with Path(__file__).with_name("places.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def propose(text: str, country: str = "", places: pd.DataFrame = EMPTY):
    """What is proposed from one text of 6 August 2024."""
    day = pd.Timestamp("2024-08-06")
    row = {"doc_id": "001", "text": text, "language": "English"}
    documents = pd.DataFrame([row | {"published_start": day, "published_end": day}])
    return propose_claims(documents, places, country)


def name_place(proposals, key: str) -> str:
    """The label of a key, or of several, folded, without the words for their kind."""
    names = [fold_name(proposals.places.loc[part, "name"]) for part in key.split(";") if part]
    for kind in WITH_KIND:
        names = [name.removesuffix(kind) for name in names]
    return ";".join(names)


@pytest.mark.parametrize(
    "row", load_sentences(), ids=lambda row: f"{row['number']} {row['text'][:40]}"
)
def test_a_figure_is_where_a_reader_would_put_it(row):
    if row["text"].startswith(OPEN):
        pytest.xfail("known to be read otherwise")
    proposals = propose(row["text"], row["country"])
    claims = proposals.claims
    found = claims[claims["number"].str.contains(row["number"], regex=False)].iloc[0]
    assert name_place(proposals, found["place"]) == fold_name(row["place"])
    assert name_place(proposals, found["place_to"]) == fold_name(row["place_to"])


def test_a_place_in_another_country_has_that_country_and_a_key_of_its_own():
    places = propose("A bomb killed 18 people in Tripoli, Lebanon.", "LBY").places
    assert list(places.index) == ["tripoli_lebanon"]
    assert places["country"].tolist() == ["LBN"]
    assert places["name"].tolist() == ["Tripoli"]


def test_a_place_named_with_its_country_once_is_the_same_later_in_the_text():
    text = "A bomb killed 18 people in Tripoli, Lebanon. Doctors said 30 were wounded in Tripoli."
    assert propose(text, "LBY").claims["place"].unique().tolist() == ["tripoli_lebanon"]


def test_a_label_is_spelled_as_the_text_spells_it():
    places = propose("Shelling killed 12 people in Hama.", "SYR").places
    assert places["name"].tolist() == ["Hama"]


def test_two_spellings_of_a_town_are_one_key():
    text = "Shelling killed 12 people in Raqqa. On Friday nine people were killed in Ar Raqqah."
    assert propose(text, "SYR").claims["place"].nunique() == 1


@pytest.mark.parametrize(
    ("text", "prec"),
    [
        ("Shelling killed 12 people in Homs.", "1"),
        ("Shelling killed 12 people in Homs province.", "4"),
        ("Shelling killed 12 people in Syria.", "6"),
        ("Rebels captured Zzelmir. Shelling killed 12 people in Zzelmir.", ""),
    ],
)
def test_precision_follows_from_the_kind_of_place(text, prec):
    claims = propose(text, "SYR").claims
    assert claims["place_prec"].tolist()[-1] == prec


def test_a_figure_of_two_places_names_both():
    claims = propose("Shelling killed 40 people in Homs and Hama.", "SYR").claims
    assert claims["place"].tolist() == ["homs;hamah"]


@pytest.mark.parametrize(
    "text",
    [
        "The Nyala Lawyers Fund said 30 people died.\n\nShelling killed nine people in Nyala.",
        "The bombing of Sudan went on. Tripoli, Libya, was quiet. Sudan's army killed 40 men.",
        "A raid on Malakal in South Sudan killed 20 people. In Bara, Sudan, six people died.",
    ],
)
def test_a_second_run_over_its_own_places_gives_the_same_rows(text):
    first = propose(text, "SDN")
    second = propose(text, "SDN", first.places)
    assert second.claims["place"].tolist() == first.claims["place"].tolist()
    assert second.claims["place_prec"].tolist() == first.claims["place_prec"].tolist()


def test_a_namesake_abroad_that_an_earlier_run_wrote_does_not_take_the_plain_name():
    places = propose("A bomb killed 18 people in Tripoli, Lebanon.", "LBY").places
    claims = propose("A bomb killed six people in Tripoli.", "LBY", places).claims
    assert claims["place"].tolist() == ["tripoli"]


def test_an_organisation_named_after_a_town_of_the_corpus_is_no_place():
    places = propose("Shelling killed nine people in Nyala.", "SDN").places.assign(note="checked")
    claims = propose("The Nyala Lawyers Fund said 30 people died.", "SDN", places).claims
    assert claims["place"].tolist() == [""]


def test_a_country_is_never_captured():
    claims = propose("Rebels captured Syria on Sunday. Rebels captured Homs, Syria.", "SYR").claims
    assert claims["place"].tolist() == ["homs"]


def test_a_large_city_far_abroad_is_not_meant_where_all_else_is_in_one_country():
    text = "Some 900 people fled Mueda for Pemba. At least 12 people were killed in Palma."
    found = propose(text, "MOZ")
    assert "palma" in found.claims["place"].tolist()
    assert found.places.loc["palma", "country"] == "MOZ"
    assert "palma" in found.unresolved["place"].tolist()


def test_a_large_city_abroad_is_meant_where_its_country_is_named():
    text = (
        "Some 900 people fled Mueda for Pemba. At least 12 people were killed in Palma. "
        "Spain mourned them."
    )
    assert propose(text, "MOZ").places.loc["palma", "country"] == "ESP"


def test_a_city_abroad_by_chance_is_no_place_where_a_sentence_begins():
    text = (
        "Some 900 people fled Mueda for Pemba on Monday.\n\nMobile phones have been silent since. "
        "At least 12 people were killed."
    )
    assert "mobile" not in ";".join(propose(text, "MOZ").claims["place"])


def test_greetings_below_a_headline_do_not_hide_where_it_happened():
    text = (
        "The fighting in Macomia\n\nANCHOR: Good evening.\n\nKALU: Good evening.\n\n"
        "The town of Macomia has fallen to the rebels.\n\nANCHOR: And the people?\n\n"
        "Around 12,000 people are on the road to Pemba."
    )
    claims = propose(text, "MOZ").claims
    found = claims[claims["measure"] == "new_displacement"].iloc[0]
    assert (found["place"], found["place_to"]) == ("macomia", "pemba")


def test_those_of_a_figure_that_goes_on_left_the_same_place():
    text = (
        "- Some 23,400 people were displaced from Macomia.\n\n"
        "- Of these, 9,800 arrived in Pemba and 8,100 in Mueda."
    )
    claims = propose(text, "MOZ").claims.set_index("number")
    assert claims.loc["8,100", ["place", "place_to"]].tolist() == ["macomia", "mueda"]


STORIES = [
    # the speaker of a turn bears the name of a town
    (
        "SSD",
        "HOST: Our correspondent Mary Bor is in Malakal.\n\nBOR: Good morning.\n\nHOST: And?\n\n"
        "BOR: Twelve soldiers were killed in Malakal.",
        "Twelve",
        "malakal",
    ),
    # "the raid", "the clash": that of which the text told last
    (
        "PAK",
        "Gunmen stormed a post in Spinwam on Monday.\n\nThe army did not comment.\n\n"
        "Police said nine guards had been killed in the raid.",
        "nine",
        "spinwam",
    ),
    # right behind what befell people, of several places of the sentence before
    (
        "MLI",
        "In Kidal, where the road to Gao is closed, a convoy was ambushed at Menaka. "
        "Six drivers died.",
        "Six",
        "menaka",
    ),
    # a toll of both towns
    (
        "SYR",
        "Troops attacked villagers in Homs and Hama. Medics counted 57 dead.",
        "57",
        "homs;hamah",
    ),
    # the people of the village told of paragraphs before
    (
        "MMR",
        "On Monday soldiers reached the village of Monywa.\n\nThey searched it. Witnesses fled. "
        "Nobody spoke.\n\nA monk hid. All 900 inhabitants were displaced.",
        "900",
        "monywa",
    ),
    # what the headline names may be told of first some sentences down
    (
        "LBY",
        "The strike on Sirte\n\nA wedding was bombed this week. Here is what is known. "
        "Two missiles hit a hall in Sirte.\n\nThe dead\n\nThe ministry counts 42 dead.",
        "42",
        "sirte",
    ),
    # a "Borno town" is no Borno; the first sentence tells which
    (
        "NGA",
        "Rebels killed dozens in Borno town\n\nRebels killed 57 people in Monguno, in Nigeria's "
        "Borno state, on Monday.\n\nThe men came at dawn. They spoke Kanuri. They had lists. "
        "They stayed long.\n\nThey left. Nobody came.\n\nIn the town 33 people were wounded.",
        "33",
        "monguno",
    ),
]


@pytest.mark.parametrize(("country", "text", "number", "place"), STORIES)
def test_a_figure_is_where_the_story_before_it_plays(country, text, number, place):
    claims = propose(text, country).claims
    assert claims.set_index("number").loc[number, "place"] == place
