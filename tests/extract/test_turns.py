"""Turns of phrase, one a line: what a row has to say of them. Each was misread in texts that nobody
had written rules for; the places and people are invented."""

from functools import cache

import pytest

from helpers.extract.propose import propose_claims
from tests.labelled.texts import make_documents, make_places

DAY = "2024-06-19"  # a Wednesday

SOURCES = [
    ("a list", "The mayor of Kell has a list of 87 dead civilians.", "87", "mayor of Kell"),
    ("it has", "IOM has 9,120 people leaving Kell and Mira.", "9,120", "IOM"),
    (
        "another speaks of a number",
        "The interior ministry speaks of 46,000 refugees, the police of 22,000.",
        "22,000",
        "police",
    ),
    (
        "a claim",
        "Mira called “a fabrication” the Odra Front's claim that 200 soldiers had died.",
        "200",
        "Odra Front",
    ),
    (
        "to him",
        "The governor of Odra spoke of 12 dead. According to him 30 rebels have died.",
        "30",
        "governor of Odra",
    ),
    ("there", "Nine people died in Kell, shopkeepers there said.", "Nine", "shopkeepers"),
    (
        "a member",
        "Nine people died, a member of Kell's provincial council told reporters.",
        "Nine",
        "member of Kell's provincial council",
    ),
    ("a trader who", "Nine people died, said a trader who escaped to Kell.", "Nine", "trader"),
    (
        "a time between",
        "Radio Kell, in its bulletin at 19:00, reported that nine people had died.",
        "nine",
        "Radio Kell",
    ),
    (
        "a plural's spokesman",
        "The Velmar forces' spokesman announced that nine soldiers had died.",
        "nine",
        "Velmar forces",
    ),
    (
        "a lower figure",
        "Some 900 people fled, an officer said; UNHCR's figure is lower: 700.",
        "700",
        "UNHCR",
    ),
    (
        "he after a colon",
        "An activist in Kell contradicted it: no more than 900 people fled, he said.",
        "no more than 900",
        "activist in Kell",
    ),
]

DAYS = [
    (
        "by then",
        "Kell fell on 3 June. By then 900 people had fled.",
        "900",
        "2024-06-03/2024-06-03",
    ),
    (
        "a further 80 since",
        "About 700 people fled in the 48 hours to Monday, and a further 80 since, the UN said.",
        "80",
        "2024-06-17/2024-06-19",
    ),
    (
        "before the war",
        "Some 900 people remain in Kell, against 26,000 before the war.",
        "26,000",
        "undated",
    ),
    (
        "a monthly note",
        "Monthly note, May 2024.\n\nIn Kell 93 persons were killed, most by mines.",
        "93",
        "2024-05-01/2024-05-31",
    ),
]

EVENTS = [
    ("left in the night", "Rebels entered Kell on Friday. The soldiers had left in the night.",
     "withdrawn", "kell", "2024-06-13/2024-06-14", "soldiers"),
    ("that morning", "Rebels were seen at Kell on Sunday. They entered the town that morning.",
     "entered", "kell", "2024-06-16/2024-06-16", "Rebels"),
    ("in early June", "Its troops left the town of Kell in early June.",
     "withdrawn", "kell", "2024-06-01/2024-06-10", "troops"),
    ("by Monday",
     "Shells hit Mira on 11 June. Rebels entered Kell on Friday, and by Monday it had fallen.",
     "captured", "kell", "2024-06-14/2024-06-17", "Rebels"),
    ("held out until", "Kell held out until 6 June.",
     "captured", "kell", "2024-06-06/2024-06-06", ""),
    ("held for a week", "Rebels entered Kell on 3 June, held it for a week and withdrew.",
     "withdrawn", "kell", "2024-06-03/2024-06-19", "Rebels"),
    ("fighters from a town",
     "Troops left Homs on Sunday, and fighters from Hama entered the city on Monday.",
     "entered", "homs", "2024-06-17/2024-06-17", "fighters"),
    ("an article that opens a name", "The Velmar army entered As Suki on Sunday.",
     "entered", "as_suki", "2024-06-16/2024-06-16", "Velmar army"),
]  # fmt: skip

SETTLEMENTS = [
    ("Rebels have overrun four towns since 3 June.", "four", "reported", "Rebels"),
    ("His army had liberated Kell and 24 villages around it.", "24", "reported", "army"),
    ("At least six villages fell on Sunday.", "At least six", "reported", ""),
    ("Rebels may seize five towns.", "five", "expected", "Rebels"),
]

NO_SETTLEMENTS = [
    "The army failed to take two villages.",
    "Shelling hit three villages.",
    "Troops captured a hill overlooking two towns.",
    "40 people from three villages were captured.",
    "The photographer captured ten villages.",
    "Rebels seized four towns: Kell, Mira, Ost and Pell.",
]


@cache
def read(text):
    documents = make_documents([{"id": "000", "text": text, "published": DAY}])
    return propose_claims(documents, make_places(), "SYR").claims.to_dict("records")


def find(text, number):
    return next(row for row in read(text) if row["number"].endswith(number))


def show_days(row):
    return f"{row['date_start']}/{row['date_end']}" if row["date_start"] else "undated"


@pytest.mark.parametrize(("text", "number", "source"), [row[1:] for row in SOURCES])
def test_the_source_is_who_is_said_to_say_so(text, number, source):
    assert find(text, number)["source_original"] == source


@pytest.mark.parametrize(("text", "number", "days"), [row[1:] for row in DAYS])
def test_a_figure_has_the_days_that_the_turn_allows(text, number, days):
    assert show_days(find(text, number)) == days


@pytest.mark.parametrize(("text", "measure", "place", "days", "actor"), [e[1:] for e in EVENTS])
def test_an_event_is_read_with_place_days_and_actor(text, measure, place, days, actor):
    row = next(row for row in read(text) if row["measure"] == measure)
    assert (row["place"], show_days(row), row["actor"]) == (place, days, actor)


@pytest.mark.parametrize(("text", "number", "assertion", "actor"), SETTLEMENTS)
def test_places_taken_that_are_counted_without_names_are_a_figure(text, number, assertion, actor):
    row = next(row for row in read(text) if row["measure"] == "settlements_captured")
    assert (row["number"], row["unit"]) == (number, "settlement")
    assert (row["assertion"], row["actor"]) == (assertion, actor)


@pytest.mark.parametrize("text", NO_SETTLEMENTS)
def test_places_hit_seen_or_named_are_no_figure_of_places_taken(text):
    assert "settlements_captured" not in {row["measure"] for row in read(text)}


@pytest.mark.parametrize(
    ("text", "number", "measure"),
    [
        ("Some 900 people have since fled Kell.", "900", "new_displacement"),
        ("Kell, home to 60,000 people, has 11,000 left.", "60,000", "population"),
    ],
)
def test_a_figure_counts_what_the_turn_says(text, number, measure):
    assert find(text, number)["measure"] == measure


def test_the_family_that_the_dead_are_from_is_no_household_killed():
    assert [row["number"] for row in read("Five people from one family were killed.")] == ["Five"]


@pytest.mark.parametrize(
    ("text", "number", "place"),
    [
        (  # the place of a part is not that of the whole
            "In the province of Odra 57 civilians were killed, of whom 39 in the town of Kell.",
            "57",
            "odra",
        ),
        (  # what a text does not place elsewhere happened where its headline says
            "Shells fall on the town of Odra\n\nShells hit the town of Odra on Sunday.\n\n"
            "The mayor said nine people had died.",
            "nine",
            "odra",
        ),
        (  # but not in a place of its own without a name
            "Shells fall on the town of Odra\n\nShells hit the town of Odra on Sunday.\n\n"
            "In my village we buried nine people.",
            "nine",
            "",
        ),
    ],
)
def test_a_figure_is_where_the_text_says_and_nowhere_it_does_not(text, number, place):
    assert find(text, number)["place"] == place


def test_whether_an_event_is_claimed_follows_from_who_says_it():
    text = "Residents who walked from Kell said the army had pulled out of the town of Mira."
    assert [row["assertion"] for row in read(text)] == ["reported"]


def test_each_number_of_places_taken_has_its_own_place_or_none():
    text = "The army captured nine villages of Odra district and three villages of Kell district."
    rows = [row for row in read(text) if row["measure"] == "settlements_captured"]
    assert [(row["number"], row["place"]) for row in rows] == [("nine", "odra"), ("three", "kell")]


@pytest.mark.parametrize("words", ["launched the assault", "began their ground offensive"])
def test_a_day_on_which_an_assault_was_launched_begins_it(words):
    found = read(f"The rebels {words} on 13 June.")
    assert [row["measure"] for row in found] == ["offensive_start"]


LEFT_BEHIND = [
    ("Fewer than 1,300 civilians remain in the town, the mayor said.", "Fewer than 1,300"),
    ("Around 400 people are still in Korl, a town on the river.", "400"),
    ("Odra, a town where 17,000 lived before the war, lies empty.", "17,000"),
    ("The population of Mira has shrunk to 53,000.", "53,000"),
    ("Some 900 people have come back to Kell, out of 11,000 before the war.", "11,000"),
    ("More than 1 million civilians are thought to be still inside.", "1 million"),
    ("The UN believes up to 65,000 are still there.", "65,000"),
    ("About 71,000 remain of a population of 280,000.", "71,000"),
    ("Between 50 and 1,000 ethnic Serbs remain.", "1,000"),
    ("Some 2,900 people remain in Kell, against 26,000 before the invasion.", "26,000"),
    ("The census found 189,000 inhabitants.", "189,000"),
    ("Of Korl's 40,000 people, few got away.", "40,000"),
]


@pytest.mark.parametrize(("text", "number"), LEFT_BEHIND)
def test_those_who_stay_or_lived_there_are_a_population(text, number):
    assert find(text, number)["measure"] == "population"


@pytest.mark.parametrize(
    "text",
    [
        "Twelve people remain in hospital.",
        "Some 300 people remain in detention.",
        "Around 25 are still inside.",
        "Some 400 people remain displaced in Kell.",
        "Some 2,000 people remain missing.",
        "Nine hundred rifles are still in Kell.",
    ],
)
def test_those_who_stay_displaced_held_or_hurt_are_no_population(text):
    assert "population" not in {row["measure"] for row in read(text)}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Raid kills six in Odra\n\nShells killed six people in Odra on Monday.", ["six"]),
        ("Dozens dead in Odra raid\n\nShells killed 34 people in Odra on Monday.", ["34"]),
        ("Raid kills six in Odra\n\nShells killed nine people in Odra.", ["six", "nine"]),
        ("Raid kills six in Odra\n\nShells fell on the town.", ["six"]),
    ],
)
def test_a_headline_repeats_the_figures_of_its_text(text, numbers):
    assert [row["number"] for row in read(text) if row["measure"] == "killed"] == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The army freed 61 captives, most of them women.", ["61"]),
        ("Another 71 people, most of them farmers, were wounded.", ["71"]),
        ("How many people have been killed? The clinic counts 34 dead.", ["34"]),
        ("Some 900 people were killed, a number that nobody can check.", ["Some 900"]),
        ("The shells killed 61 people, dozens of them children.", ["61", "dozens"]),
        ("Some 900 fled. Most of them have returned.", ["Some 900", "Most"]),
    ],
)
def test_words_that_only_describe_or_ask_are_no_figure(text, numbers):
    assert [row["number"] for row in read(text)] == numbers


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "How many have fled?\n\nSome 340 families, says the mayor of Odra. It has 90 wells.",
            [("Some 340", "new_displacement", "household")],
        ),
        (
            "HOST: And how many people have had to leave?\n\nLUND: From the hills, 1,200 people.",
            [("1,200", "new_displacement", "person")],
        ),
        (
            "How many were killed?\n\nTwelve people, says the clinic.",
            [("Twelve", "killed", "person")],
        ),
        ("Who pays the bus drivers?\n\nSome 340 families, says the mayor.", []),
        ("How many have fled?\n\nNobody knows.\n\nThe hall holds 340 people.", []),
    ],
)
def test_the_answer_counts_those_of_whom_a_question_asks(text, told):
    assert [(row["number"], row["measure"], row["unit"]) for row in read(text)] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The parish has listed 310 households in Odra and 45 in Pesk.", ["310", "45"]),
        ("The ministry lists 1,912 families from six villages.", ["1,912"]),
        ("The town hall counted 580 people by last night.", ["580"]),
        ("The town hall registered 580 voters in Odra.", []),
        ("The town hall registered 580 people with cholera.", []),
    ],
)
def test_those_registered_where_a_text_tells_of_flight_are_displaced(text, told):
    rows = read(f"Thousands fled Odra on Monday. {text}")[1:]
    assert [row["number"] for row in rows] == told
    assert not read(f"The fair opened on Monday. {text}")


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Nine men were shot in one group behind the church.", "killed"),
        ("Raiders shot 14 herders in front of the mosque.", "killed"),
        ("She saw six boys shot one by one.", "killed"),
        ("Nine men were shot on the road to Odra.", ""),
        ("A mob held 22 soldiers for a night before letting them go.", "detained"),
        ("Villagers held 22 soldiers for six hours.", "detained"),
        ("The hall held 22 soldiers.", ""),
        (
            "Nine were taken from their homes; six have been handed over to the Red Cross.",
            "released",
        ),
        ("Two suspects were handed over to the police.", ""),
        ("We left Odra at dawn, nineteen of us in one truck.", "new_displacement"),
        ("“We were forty from our street when we fled,” she said.", "new_displacement"),
        ("“We were forty in the class,” she said.", ""),
    ],
)
def test_what_befell_people_is_told_in_turns_of_phrase(text, measure):
    rows = [row for row in read(text) if row["measure"] != "duration"]
    assert (rows[-1]["measure"] if rows else "") == measure


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Some 40 families went back, and I met one of them.", ["Some 40"]),
        ("Some 40 families went back. Rosa Lund is one of them.", ["Some 40"]),
        ("Two have died. One was a boy of six.", ["Two"]),
        ("Eleven have been freed, one of them the father of a singer.", ["Eleven"]),
        ("Two nurses were abducted. One was freed.", ["Two", "One"]),
        ("Six men were wounded. One of them died.", ["Six", "One"]),
    ],
)
def test_whoever_is_one_of_those_counted_is_no_figure(text, numbers):
    assert [row["number"] for row in read(text)] == numbers


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("The people of Odra, who numbered about 2,400, fled into the bush.", "population"),
        ("The villagers, who once numbered 900, fled.", "population"),
        ("The displaced numbered 2,400.", "idps"),
        ("The monastery we saw is home to 410 people.", "idps"),
        ("The hill town is home to 4,100 people.", "population"),
    ],
)
def test_those_who_number_so_many_live_there(text, measure):
    assert [row["measure"] for row in read(text) if row["number"] != ""][0] == measure
