"""Events without a number: what counts as captured, entered, reached or left, where, and when.
Invented places only."""

from datetime import date

import pandas as pd
import pytest

from helpers.corpus.places import PLACE_COLUMNS
from helpers.extract.places.countries import guess_country
from helpers.extract.places.gazetteer import build_gazetteer, describe_place
from helpers.extract.places.mentions import find_places
from helpers.extract.rules.load import load_event_rules
from helpers.extract.text.document import Document
from tests.extract.reading import read_events
from tests.growth import MOST, measure_growth, repeat

WEDNESDAY = date(2022, 3, 16)
EMPTY = pd.DataFrame(columns=PLACE_COLUMNS).set_index("place")


@pytest.fixture(scope="module")
def nowhere():
    return build_gazetteer(EMPTY)


def read(text, gazetteer, published=WEDNESDAY):
    return read_events(text, gazetteer, (published, published) if published else None)


def told(text, gazetteer, measure="captured"):
    """Places and March days of what a text reports of a measure."""
    return {
        (
            event.place.words,
            event.date_first.day
            if event.date_first
            and event.date_first == event.date_last
            and event.basis != "inferred"
            else None,
        )
        for event in read(text, gazetteer)
        if event.measure == measure and event.assertion in ("reported", "claimed")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Insurgents took full control of Harlo on Monday.", {("Harlo", 14)}),
        ("The army wrested Bruma from the militia on Sunday.", {("Bruma", 13)}),
        (
            "Loyalist units liberated the villages of Odra, Pesk and Lunde on Tuesday.",
            {("Odra", 15), ("Pesk", 15), ("Lunde", 15)},
        ),
        ("Fighters overran Odra early on Tuesday, officials said.", {("Odra", 15)}),
        ("Rebels said on Tuesday that they had seized Odra the day before.", {("Odra", 14)}),
        ("Having taken Odra on Monday, the rebels turned to Pesk.", {("Odra", 14)}),
        (
            "Rebels seized several towns on Monday, including Odra and Pesk.",
            {("Odra", 14), ("Pesk", 14)},
        ),
        ("The bridge at Odra was seized intact on Saturday.", {("Odra", 12)}),
        ("Paramilitaries captured Odra’s airport on Monday.", {("Odra airport", 14)}),
        ("THE TOWN OF ODRA FELL TO THE GUERRILLAS ON 14 MARCH.", {("ODRA", 14)}),
        ("On Saturday, rebel forces pushed government soldiers out of Odra.", {("Odra", 12)}),
        ("Soldiers were driven out of Odra on Saturday.", {("Odra", 12)}),
    ],
)
def test_a_place_taken_is_captured(text, expected, nowhere):
    assert told(text, nowhere) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bruma fell to the insurgents on Saturday.", {("Bruma", 12)}),
        ("Odra, which fell on 3 March, is a rail hub.", {("Odra", 3)}),
        (
            "Odra, a hub that the rebels took over on 3 March, was retaken on Monday.",
            {("Odra", 3), ("Odra", 14)},
        ),
        (
            "Odra was seized on the 3rd and recaptured by the army on the 10th.",
            {("Odra", 3), ("Odra", 10)},
        ),
        ("The fall of Odra on 3 March cut the road.", {("Odra", 3)}),
        ("Odra's capture on 3 March cut the road.", {("Odra", 3)}),
        ("Odra is now in the hands of the separatists.", {("Odra", None)}),
        ("Control of Odra passed to the separatists on Friday.", {("Odra", 11)}),
        ("Odra changed hands on Saturday for the third time.", {("Odra", 12)}),
        ("Odra capitulated on Saturday.", {("Odra", 12)}),
        ("The army lost Odra to the separatists on Monday.", {("Odra", 14)}),
        ("The government conceded the loss of Odra.", {("Odra", None)}),
        ("Rebels handed Odra back to the government on Saturday.", {("Odra", 12)}),
        ("Odra became the seventh town to fall on Monday.", {("Odra", 14)}),
        ("Odra is occupied by the rebels on 12 March.", {("Odra", 12)}),
    ],
)
def test_a_place_that_falls_or_is_lost_is_captured(text, expected, nowhere):
    assert told(text, nowhere) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Odra, Pesk and Lunde fell on Tuesday, as did Kirna.",
            {("Odra", 15), ("Pesk", 15), ("Lunde", 15), ("Kirna", 15)},
        ),
        ("Odra was seized on Monday and Pesk on Tuesday.", {("Odra", 14), ("Pesk", 15)}),
        (
            "Rebels took Odra on Saturday and Pesk, its neighbour, the next day.",
            {("Odra", 12), ("Pesk", 13)},
        ),
        (
            "Odra and Pesk were captured on Saturday and Sunday respectively.",
            {("Odra", 12), ("Pesk", 13)},
        ),
        ("A day after taking Odra, rebels captured Pesk on Tuesday.", {("Odra", 14), ("Pesk", 15)}),
        (
            "Rebels overran four border villages on Monday, Odra, Pesk, Lunde and Kirna.",
            {("Odra", 14), ("Pesk", 14), ("Lunde", 14), ("Kirna", 14)},
        ),
        (
            "The army retook Odra, on the Lunde road, on Saturday and Pesk on Sunday.",
            {("Odra", 12), ("Pesk", 13)},
        ),
        (
            "Rebels took Odra on Saturday. A day later soldiers drove them out.",
            {("Odra", 12), ("Odra", 13)},
        ),
    ],
)
def test_each_place_of_a_list_has_an_event_on_its_own_day(text, expected, nowhere):
    assert told(text, nowhere) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels entered Odra on Monday. The town fell on Tuesday.", {("Odra", 15)}),
        ("Clashes resumed near Odra. The town was regained by the army on Monday.", {("Odra", 14)}),
        (
            "Odra came under fire at dawn on Monday. By dusk the same day it had fallen.",
            {("Odra", 14)},
        ),
        ("Odra, Pesk: both were captured on Sunday.", {("Odra", 13), ("Pesk", 13)}),
    ],
)
def test_the_town_means_the_place_named_last(text, expected, nowhere):
    assert {(words, day) for words, day in told(text, nowhere) if day} == expected


@pytest.mark.parametrize(
    "text",
    [
        "If Odra falls, the road to Pesk is open.",
        "Should Odra fall, the road is open.",
        "Rebels vowed to take Odra.",
        "Rebels failed to capture Odra on Monday.",
        "The army repelled an attack on Odra on Monday.",
        "The army denied that Odra had fallen.",
        "Odra has not fallen, the mayor said.",
        "Has Odra fallen?",
        "Rebels are advancing on Odra.",
        "Rebels encircled Odra on Monday.",
        "Rebels captured 40 soldiers near Odra on Monday.",
        "Police seized weapons in Odra on Monday.",
        "Rebels captured General Hart on Monday.",
        "Rebels captured Anton Velde, 43, on Monday.",
        "Prices fell in Odra on Monday.",
        "Snow fell on Odra on Monday.",
        "Odra fell silent on Monday.",
        "Gunmen seized the mayor of Odra on Monday.",
        "Odra would be retaken by Monday, he promised.",
        "An attempt to recapture Odra failed on Monday.",
        "The rebels came close to capturing Odra on Monday.",
        "Odra remained in government hands on Monday.",
        "Villagers were driven out of Odra on Monday.",
        "The army said it would recapture Odra.",
        "Residents fear Odra will fall.",
        "Rebels withdrew from Odra on Monday.",
        "A broadcast asserting that Odra had been captured on Monday was untrue.",
        "The film 'The Fall of Odra' was shown on Monday.",
        "Both sides claim control of Odra.",
        "He took Odra's hand on Saturday.",
    ],
)
def test_what_did_not_happen_or_took_no_ground_is_not_captured(text, nowhere):
    assert told(text, nowhere) == set()


@pytest.mark.parametrize(
    ("text", "assertion"),
    [
        ("The army denied that Odra had fallen on Monday.", "denied"),
        ("Rebels vowed to take Odra.", "expected"),
        ("Rebels said they had seized Odra on Monday.", "claimed"),
        ("Gunmen seized Odra on Monday.", "reported"),
        ("The rebels said on Monday that Odra had not fallen.", "denied"),
        ("The army said no rebel had set foot in Odra.", "denied"),
    ],
)
def test_an_assertion_says_who_stands_behind_an_event(text, assertion, nowhere):
    assert [event.assertion for event in read(text, nowhere)] == [assertion]


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("Government tanks entered Odra on Tuesday.", "entered", {("Odra", 15)}),
        ("Rebel fighters swept into Odra on Tuesday.", "entered", {("Odra", 15)}),
        ("Rebel fighters reached the outskirts of Odra on Tuesday.", "reached", {("Odra", 15)}),
        ("Soldiers withdrew from Odra on Tuesday.", "withdrawn", {("Odra", 15)}),
        ("Odra was abandoned by its garrison on Tuesday.", "withdrawn", {("Odra", 15)}),
        ("Rebels launched an offensive on Odra on Tuesday.", "offensive_start", {("Odra", 15)}),
        (
            "The army launched a counter-offensive at Odra on Tuesday.",
            "counter_offensive",
            {("Odra", 15)},
        ),
        (
            "Rebels entered Odra on Monday and took control of the town on Tuesday.",
            "entered",
            {("Odra", 14)},
        ),
        (
            "Rebels took Odra on Monday. The attackers ate there before withdrawing on Tuesday.",
            "withdrawn",
            {("Odra", 15)},
        ),
        (
            "Soldiers entered Pesk on Monday, traders and a clerk said. On Tuesday they left Odra.",
            "withdrawn",
            {("Odra", 15)},
        ),
        ("Aid convoys reached Odra on Monday.", "reached", set()),
        ("Families fled as the minister entered Odra on Monday.", "entered", set()),
    ],
)
def test_entry_arrival_and_retreat_have_measures_of_their_own(text, measure, expected, nowhere):
    assert told(text, nowhere, measure) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 March: Odra falls.", {("Odra", 12)}),
        (
            (
                "Diary of a war\n\nDay 1 - 10 March\nRebels shell Pesk.\n\nDay 3 - Saturday 12 "
                "March\nOdra is seized."
            ),
            {("Odra", 12)},
        ),
        ("* March 12 - Odra falls\n* March 14 - Pesk falls", {("Odra", 12), ("Pesk", 14)}),
        (
            "BORDA, March 16 - Rebels seized Odra on Monday, the army said on Tuesday.",
            {("Odra", 14)},
        ),
    ],
)
def test_headings_and_bullets_date_what_stands_below_them_and_datelines_nothing(
    text, expected, nowhere
):
    assert told(text, nowhere) == expected


def test_a_day_on_which_somebody_spoke_bounds_an_event_but_does_not_date_it(nowhere):
    (event,) = read("Rebels have captured Odra, a resident said by phone on Tuesday.", nowhere)
    assert event.basis == "inferred"
    assert event.date_last == date(2022, 3, 15)
    assert event.date_first < date(2022, 3, 15)


def test_by_tuesday_allows_the_days_before(nowhere):
    (event,) = read("By Tuesday the rebels had captured Odra.", nowhere)
    assert event.date_first < event.date_last == date(2022, 3, 15)


def acted(text, gazetteer) -> list[tuple]:
    """Measure, place, who acted, and the day of March of each event, in reading order."""
    return [
        (event.measure, event.place.words, event.actor, event.date_first.day)
        for event in read(text, gazetteer)
    ]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "Odra fell on Saturday; Pesk, on Sunday.",
            [("captured", "Odra", "", 12), ("captured", "Pesk", "", 13)],
        ),
        (
            "Odra fell on Monday, Pesk on Tuesday.",
            [("captured", "Odra", "", 14), ("captured", "Pesk", "", 15)],
        ),
        (
            "Rebels captured Odra (12 March) and Pesk (13 March).",
            [("captured", "Odra", "Rebels", 12), ("captured", "Pesk", "Rebels", 13)],
        ),
        ("In Norra, Odra fell on Monday.", [("captured", "Odra", "", 14)]),
        (
            "Rebels captured Odra's military airport on Monday.",
            [("captured", "Odra military airport", "Rebels", 14)],
        ),
        (
            "The army withdrew from Odra, which was seized by rebels on Monday.",
            [("withdrawn", "Odra", "The army", 14), ("captured", "Odra", "rebels", 14)],
        ),
        (
            "Rebels entered Odra on Monday and captured it on Tuesday.",
            [("entered", "Odra", "Rebels", 14), ("captured", "Odra", "Rebels", 15)],
        ),
        (
            "Rebels entered Odra and raised their flag on Monday.",
            [("captured", "Odra", "Rebels", 14)],
        ),
        (
            "Rebels took Odra on Sunday. Then it was the turn of Pesk on Monday.",
            [("captured", "Odra", "Rebels", 13), ("captured", "Pesk", "", 14)],
        ),
        (
            "Rebels took Odra on Sunday. Pesk went the same way on Monday.",
            [("captured", "Odra", "Rebels", 13), ("captured", "Pesk", "", 14)],
        ),
        (
            "Odra is quiet. Pesk was shelled. The town fell on Monday.",
            [("captured", "Pesk", "", 14)],
        ),
        ("Rebels attacked Odra. It fell on Monday.", [("captured", "Odra", "", 14)]),
    ],
)
def test_what_goes_on_without_its_verb_or_its_name_is_an_event_of_its_own(text, events, nowhere):
    assert acted(text, nowhere) == events


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Sanda fighters seized Odra on Monday.", "Sanda fighters"),
        ("Odra was captured by the Kell Front on Monday.", "the Kell Front"),
        ("The capture of Odra by rebels on Monday was confirmed.", "rebels"),
        (
            "On Monday, after heavy fighting, the rebels of the north seized Odra.",
            "the rebels of the north",
        ),
        ("Odra was quickly seized on Monday by rebels from Pesk.", "rebels"),
        ("Odra, besieged for weeks, fell to the Kell militia on Monday.", "the Kell militia"),
        ("Odra fell on Monday.", ""),
    ],
)
def test_who_acted_stands_before_an_active_verb_or_behind_by(text, actor, nowhere):
    assert acted(text, nowhere) == [("captured", "Odra", actor, 14)]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "Amin al-Rasi, a spokesman for the Tresk Brigades, said his men took Odra on Monday.",
            "Tresk Brigades",
        ),
        (
            "Colonel Bo, who leads the border force, said his men took Odra on Monday.",
            "border force",
        ),
        (
            "The army left Pesk on Sunday, and by nightfall the rebels were in. Bruma was next:"
            " they captured Odra on Monday.",
            "rebels",
        ),
        (
            "The army had surrounded Odra for weeks. On Sunday it went in. By the evening it"
            " announced it had recaptured Odra on Monday.",
            "army",
        ),
        ("MEYER: The junta came back in May. On Monday it seized Odra.", "junta"),
        (
            "The larger faction, the Free Tresk Army (FTA), fights the state. On Monday it"
            " overran Odra.",
            "Free Tresk Army",
        ),
        (
            "The Northern Defence Forces said they had captured Odra on Monday.",
            "Northern Defence Forces",
        ),
        (
            "Tresk rebels and allied militias burned houses when they captured Odra on Monday.",
            "Tresk rebels",
        ),
        ("The rebels, having seized Odra on Monday, turned south.", "The rebels"),
        ("The movement announced the capture of Odra on Monday.", "The movement"),
        ("RSF channels also claim the capture of Odra on Monday.", "RSF channels"),
        ("Residents announced the capture of Odra on Monday.", ""),
        ("Forty policemen came in June. They entered Odra on Monday.", "policemen"),
    ],
)
def test_who_is_meant_by_a_pronoun_or_by_his_men_is_named(text, actor, nowhere):
    assert [told[2] for told in acted(text, nowhere) if told[1] == "Odra"] == [actor]


def test_of_a_retreat_those_are_named_who_retreat(nowhere):
    text = "They marched in after the retreat of the Velmar army from Odra on Monday."
    assert ("withdrawn", "Odra", "Velmar army", 14) in acted(text, nowhere)


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "Rebels seized Odra on Monday. The rebels seized Odra on Monday.",
            [("captured", "Odra", "Rebels", 14)],
        ),
        (
            "Rebels seized Odra on Monday. The army retook Odra on Tuesday.",
            [("captured", "Odra", "Rebels", 14), ("captured", "Odra", "The army", 15)],
        ),
        ("Rebels seized Odra. Odra was seized on Monday.", [("captured", "Odra", "", 14)]),
    ],
)
def test_a_repeat_is_one_event_told_as_well_as_it_is_anywhere(text, events, nowhere):
    assert acted(text, nowhere) == events
    assert {event.assertion for event in read(text, nowhere)} == {"reported"}


@pytest.mark.parametrize(
    ("text", "assertions"),
    [
        ("The army denied that Odra fell on Monday. Odra fell on Monday.", ["denied", "reported"]),
        ("Gunmen took Odra on Monday. The army denied the fall of Odra.", ["reported", "denied"]),
        ("The army denied that Odra had fallen: Odra is ours.", ["denied"]),
    ],
)
def test_who_denies_what_another_sentence_tells_says_something_else(text, assertions, nowhere):
    assert [event.assertion for event in read(text, nowhere)] == assertions


@pytest.mark.parametrize(
    "text",
    [
        "Odra (taken 1 March, retaken by the army 8 March, lost again 12 March) is quiet.",
        "4/ Odra: contested. Changed hands (taken 1 March, retaken 8 March, lost 12 March).",
    ],
)
def test_brackets_tell_the_changes_of_the_place_before_them(text, nowhere):
    assert told(text, nowhere) == {("Odra", 1), ("Odra", 8), ("Odra", 12)}


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Rebels entered Odra on Monday and seized the airport.", "Odra airport"),
        ("Rebels entered Odra on Monday. They captured the main base on Tuesday.", "Odra base"),
        ("Rebels hold Odra, except for the airstrip, which troops retook.", "Odra airstrip"),
    ],
)
def test_a_piece_of_a_place_is_a_place_of_its_own(text, piece, nowhere):
    assert piece in {place for place, _ in told(text, nowhere)}
    assert ("Odra", 14) not in told(text, nowhere)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels captured 12 villages in Norra on Monday.",
        "Rebels captured parts of Odra on Monday.",
        "Rebels captured Odra's town hall on Monday.",
        "The capital of Norra fell on Monday.",
        "The fall of Odra would open the road.",
        "Visitors entered Odra on Monday.",
        "Rebels fought on. It fell on Monday.",
        "Then it was the turn of Odra on Monday.",
        "The rebels, who had held Odra since 2019, gave no reason on Monday.",
    ],
)
def test_a_part_a_guess_or_nobody_in_arms_takes_no_place(text, nowhere):
    assert read(text, nowhere) == []


def bound(text, gazetteer, published=WEDNESDAY) -> dict:
    """Place → first and last day of March on which its event may have been, and the basis."""
    return {
        event.place.words: (event.date_first.day, event.date_last.day, event.basis)
        for event in read(text, gazetteer, published)
    }


@pytest.mark.parametrize(
    ("text", "pesk"),
    [
        ("Rebels seized Odra on Saturday. Hours later they captured Pesk.", (12, 13, "relative")),
        ("Rebels seized Odra on Saturday. They then captured Pesk.", (12, 13, "relative")),
        ("Rebels seized Odra on Saturday. They also captured Pesk.", (12, 12, "relative")),
        ("Rebels seized Odra on Saturday and captured Pesk.", (12, 12, "relative")),
        ("Rebels seized Odra on Saturday while the army took Pesk.", (12, 12, "relative")),
        (
            "On Saturday rebels took Odra, and on Monday, with guns at their side, they took Pesk.",
            (14, 14, "relative"),
        ),
        (
            "On Saturday, rebels seized Odra, while the army took Pesk on Sunday.",
            (13, 13, "relative"),
        ),
    ],
)
def test_what_follows_on_an_event_is_of_its_day_or_soon_after(text, pesk, nowhere):
    assert bound(text, nowhere) == {"Odra": (12, 12, "relative"), "Pesk": pesk}


@pytest.mark.parametrize(
    "text",
    [
        "Rebels seized Odra on Saturday. Rebels captured Pesk.",
        "Rebels seized Odra on Saturday.\n\nThey also captured Pesk.",
        "Rebels seized Odra on Saturday. The army is weak. Pesk fell.",
    ],
)
def test_what_stands_apart_lies_between_the_first_day_of_the_news_and_the_text(text, nowhere):
    assert bound(text, nowhere) == {"Odra": (12, 12, "relative"), "Pesk": (12, 16, "inferred")}


@pytest.mark.parametrize(
    ("text", "pesk"),
    [
        ("Odra fell on 4 March. Pesk, freed two days after Odra, is calm.", 6),
        ("Odra fell on 4 March. Rebels took Pesk two days after the fall of Odra.", 6),
        ("Odra and Pesk fell on 4 and 14 March respectively.", 14),
        ("Odra fell on 4 March. Rebels took Pesk a week after Odra.", 11),
        ("Odra fell on 4 March. Rebels took Pesk a day before Odra.", 3),
    ],
)
def test_a_day_is_counted_from_the_place_it_is_said_to_follow(text, pesk, nowhere):
    days = bound(text, nowhere)
    assert (days["Odra"][:2], days["Pesk"][:2]) == ((4, 4), (pesk, pesk))


@pytest.mark.parametrize(
    ("text", "odra"),
    [
        ("Rebels had captured Odra by Tuesday.", (9, 15, "relative")),
        ("Rebels have held Odra since Friday.", (11, 11, "relative")),
        ("Rebels captured Odra before Friday.", (4, 10, "relative")),
        ("Rebels captured Odra after Friday.", (11, 16, "relative")),
        ("Rebels captured Odra in March.", (1, 16, "explicit")),
        ("By midday rebels had captured Odra.", (15, 16, "inferred")),
        ("The army said on Tuesday that rebels captured Odra.", (14, 15, "inferred")),
        ("Rebels captured Odra, the army said on Tuesday.", (14, 15, "inferred")),
        ("In Tuesday's statement the army said rebels captured Odra.", (14, 15, "inferred")),
        ("The army said on Tuesday that 40 people died after Odra fell.", (9, 15, "inferred")),
        ("Rebels captured Odra on Saturday, the army said on Tuesday.", (12, 12, "relative")),
        ("Updated 12 March 2022\n\nRebels captured Odra.", (12, 16, "inferred")),
        (
            "Rebels entered Pesk on 13 March. Rebels had captured Odra by Tuesday.",
            (13, 15, "relative"),
        ),
    ],
)
def test_dating_words_bound_an_event_as_far_as_they_allow(text, odra, nowhere):
    assert bound(text, nowhere)["Odra"] == odra


def test_what_is_announced_is_not_of_that_night_where_the_text_tells_its_day(nowhere):
    text = "The rebels said on Tuesday they had taken Odra. The town of Odra fell on Saturday."
    days = [(event.date_first.day, event.date_last.day) for event in read(text, nowhere, WEDNESDAY)]
    assert days == [(12, 12)]  # one event, of which both tell


@pytest.mark.parametrize(
    "text", ["HARLO, 15 March (JNA) — Rebels captured Odra.", "Rebels captured Odra."]
)
def test_the_day_of_writing_dates_no_event(text, nowhere):
    (event,) = read(text, nowhere)
    assert (event.date_first, event.date_last) == (None, None)


def test_an_event_without_any_date_is_undated(nowhere):
    (event,) = read("Rebels have captured Odra.", nowhere, published=None)
    assert (event.date_first, event.date_last, event.dating) == (None, None, None)


def test_an_event_bears_who_acted_and_the_words_that_date_it(nowhere):
    text = "On Monday Tresk insurgents seized Odra."
    (event,) = read(text, nowhere)
    assert event.actor == "Tresk insurgents"
    assert text[event.start : event.end] == "Tresk insurgents seized Odra"
    assert text[event.dating.start : event.dating.end] == "On Monday"


def test_the_table_of_the_corpus_comes_before_geonames_and_knows_every_spelling():
    places = pd.DataFrame(
        [{"place": "tal_odra", "name": "Tal Odra", "names": ["Tell Udra"]}]
    ).set_index("place")
    gazetteer = build_gazetteer(places, "Syria")
    text = "Rebels seized Tell Udra and Aleppo's citadel."
    mentions = find_places(Document(text), gazetteer)
    assert [(place.key, place.words, place.resolved) for place in mentions] == [
        ("tal_odra", "Tell Udra", True),
        ("aleppo", "Aleppo", True),
    ]


def test_a_name_no_gazetteer_knows_is_described_without_coordinates(nowhere):
    text = "Rebels seized Harlovia on Monday."
    (mention,) = find_places(Document(text), nowhere)
    row = describe_place(mention)
    assert not mention.resolved
    assert row["note"].startswith("not resolved")
    assert pd.isna(row["lat"])
    assert set(row) == set(PLACE_COLUMNS)


def test_a_city_of_geonames_is_described_with_its_id_to_check():
    gazetteer = build_gazetteer(EMPTY, "SYR")
    text = "Rebels seized Raqqa on Monday."
    row = describe_place(find_places(Document(text), gazetteer)[0])
    assert row["country"] == "SYR"
    assert 35 < row["lat"] < 37
    assert row["note"].startswith("GeoNames ")
    assert row["note"].endswith(": check")


def test_the_country_is_the_one_that_texts_name_most_often():
    assert (
        guess_country(
            ["Syrian rebels left Idlib. Damascus, Syria's capital, is quiet. France waits."]
        )
        == "SY"
    )
    assert guess_country(["Nobody is named here."]) == ""


def test_an_unknown_country_is_refused_in_words():
    with pytest.raises(ValueError, match="two or three letters"):
        build_gazetteer(EMPTY, "Atlantis")


SENTENCE = "Rebels seized Odra on Monday and the army lost Pesk, a small town, two days later. "
LONG = {  # a text of about so many letters
    "sentences": lambda length: repeat(SENTENCE, length),
    "names that fell": lambda length: repeat("Odra fell, ", length),
    "names before one verb": lambda length: repeat("Odra and ", length) + "fell.",
    "names without a verb": lambda length: (
        repeat("Odra, Pesk, ", length) + repeat("the town of ", length // 4)
    ),
    "one letter": lambda length: repeat("A", 5 * length),
}


@pytest.mark.parametrize("make", LONG.values(), ids=LONG)
def test_a_long_text_costs_no_more_than_as_much_in_short_texts(make, nowhere):
    assert measure_growth(lambda text: read(text, nowhere), make, 40_000) < MOST


@pytest.fixture(scope="module")
def invented():
    names = ("Odra", "Pesk", "Lunde")
    rows = [{"place": name.lower(), "name": name, "names": [name]} for name in names]
    return build_gazetteer(pd.DataFrame(rows).set_index("place"))


EXAMPLES = [(rule, *example) for rule in load_event_rules() for example in rule.examples]


@pytest.mark.parametrize(
    ("rule", "text", "places"), EXAMPLES, ids=[f"{rule.name}: {text}" for rule, text, _ in EXAMPLES]
)
def test_a_rule_reads_its_examples(rule, text, places, invented):
    found = {
        event.place.words
        for event in read(text, invented)
        if (event.rule, event.measure) == (rule.name, rule.measure)
    }
    assert found == set(filter(None, places.split("; ")))


def test_every_rule_has_an_example_that_it_reads():
    assert [
        rule.name for rule in load_event_rules() if not any(places for _, places in rule.examples)
    ] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # With the name of their town, if one is told of; without, no place.
        ("Troops entered Odra. They seized the police station on Monday.", {"Odra police station"}),
        ("Rebels entered Odra. They took the barangay hall and the public market on Monday.",
         {"Odra barangay hall", "Odra public market"}),
        ("The brigade says it captured the camp on Monday.", {""}),
        ("Soldiers overran a camp of the same militia near the border on Monday.", {""}),
        ("The camp fell on Monday, a rebel officer said.", {""}),
        ("Gunmen attacked at dawn. The barracks was overrun on Monday, the army said.", {""}),
        ("Troops crossed the river and retook the eastern half of Odra on Monday.", {""}),
        ("The army has taken control of Odra's western outskirts, it said on Monday.", {""}),
        ("The army took control of the port city of Odra on Monday.", {"Odra"}),
        # Nobody under arms takes or loses these.
        ("The hospital was taken over by a private firm on Monday.", set()),
        ("Residents took the bus to the market on Monday.", set()),
        ("The camp fell silent on Monday.", set()),
        ("Voters in the eastern half of Odra took buses on Monday.", set()),
    ],
)  # fmt: skip
def test_a_site_taken_is_captured_and_not_its_town(text, expected, nowhere):
    found = [event for event in read(text, nowhere) if event.measure == "captured"]
    assert {event.place.words if event.place.key else "" for event in found} == expected


def test_who_leaves_their_barracks_has_withdrawn(nowhere):
    (event,) = read("By six o'clock the army had left the barracks.", nowhere)
    assert (event.measure, event.place.key, event.actor) == ("withdrawn", "", "the army")
    assert not read("By six o'clock the refugees had left the barracks.", nowhere)


def test_a_heading_tells_no_event_that_its_text_tells_otherwise(nowhere):
    text = "Soldiers entered Odra\n\nThe army captured Odra on Monday, residents said."
    assert [event.measure for event in read(text, nowhere)] == ["captured"]


def test_questions_do_not_part_an_event_from_what_goes_on(nowhere):
    text = (
        "Gunmen overran Odra on Saturday. The dead were buried on Sunday.\n\n"
        "Are they still there?\n\nNo. The gunmen pulled out on Monday evening."
    )
    assert {(e.measure, e.place.words) for e in read(text, nowhere)} == {
        ("captured", "Odra"),
        ("withdrawn", "Odra"),
    }
