"""Counts: what a text says was done to how many people, and what only looks like it. Invented
events only."""

import itertools

import pytest

from helpers.extract.counts.find import METRICS, find_counts, is_figure
from helpers.extract.text.document import Document
from helpers.schema.quantity import bound_value, read_number
from tests.growth import MOST, measure_growth, repeat

NAMES = {
    "returns": "returned",
    "killed_or_injured": "casualties",
    "population": "lived",
}  # measure → what the tables call it; displaced stands for all measures of displacement


def find(text):
    return find_counts(Document(text))


def describe_count(count) -> tuple:
    """(what, low, best, high, quantifier, unit, assertion) of a figure found."""
    what = NAMES.get(count.measure) or (
        "displaced" if METRICS.get(count.measure) == "displacement" else count.measure
    )
    low, best, high, quantifier, _ = count.number.reading
    return (
        what,
        low,
        best,
        high,
        quantifier,
        count.unit,
        "denied" if count.denied else "expected" if count.expected else "reported",
    )


def read_figures(figures: str) -> list[tuple]:
    """The same of a row of the tables: "killed at_least 12; displaced between 300 400 households
    expected"."""
    return [_read_figure(*figure.split()) for figure in figures.split("; ") if figure]


def _read_figure(what, *words) -> tuple:
    values = [float(word) for word in words if word[0].isdigit()]
    quantifier = next(
        (
            word
            for word in words
            if word
            in (
                "vague",
                "between",
                "about",
                "nearly",
                "up_to",
                "less_than",
                "more_than",
                "at_least",
            )
        ),
        "exact",
    )
    bounds = (
        (values[0], None, values[1])
        if quantifier == "between"
        else bound_value(values[0], quantifier)
        if values
        else (None, None, None)
    )
    unit = "household" if "households" in words else "percent" if "percent" in words else "person"
    return (
        what,
        *bounds,
        quantifier,
        unit,
        next((word for word in words if word in ("denied", "expected")), "reported"),
    )


def find_figures(text) -> list[tuple]:
    """What a text says was done to people, in reading order, without how many live somewhere."""
    return [describe_count(count) for count in find(text) if count.measure != "population"]


# What a text says, row by row: text, then figures in reading order ("" for none)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Some 450 fami-lies fled Mira last week.", "displaced about 450 households"),
        ("At least 30 civil-\nians were killed when shells hit the market.", "killed at_least 30"),
        ("A total of 1 ,200 people fled Tessin.", "displaced 1200"),
        ("In all, 340 house-\nholds were evacuated from Bruma.", "displaced 340 households"),
        ("Clashes forced 3,200 peopleto leave their homes.", "displaced 3200"),
        ("600people fled Odra on Sunday.", "displaced 600"),
        ("The strike killed 12civilians and wounded 30 others.", "killed 12; injured 30"),
        ("Nearly 2,000 personswere evacuated from Pesk.", "displaced nearly 2000"),
        ("By Friday 85 families hadbeen displaced by the shelling.", "displaced 85 households"),
        ("The fire dis-\nplaced 1,150 people in Lunde.", "displaced 1150"),
    ],
)
def test_words_that_a_page_glued_or_cut_are_read(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("About 800 are living in collective sites in Kell.", "displaced about 800"),
        (
            "More than 2,300 people are sheltering in schools and mosques.",
            "displaced more_than 2300",
        ),
        (
            "Three hundred families are being hosted by relatives in Mira.",
            "displaced 300 households",
        ),
        ("Nearly 4,000 remain in two camps outside Odra.", "displaced nearly 4000"),
        ("At present 1,150 people are staying with host families.", "displaced 1150"),
        ("The gymnasium now houses 260 evacuees.", "displaced 260"),
        ("Some 90 families sleep in the open along the river.", "displaced about 90 households"),
        ("Up to 700 people are crammed into a former tobacco factory.", "displaced up_to 700"),
        ("The church at Pesk is sheltering 140 women and children.", "displaced 140"),
        ("There are 5,600 displaced people in Harlo district.", "displaced 5600"),
        ("The camp, which was built for 1,000, now holds 3,400 people.", "displaced 3400"),
        ("Another 75 people have found refuge in the cathedral.", "displaced 75"),
        ("Around 1,900 people remain displaced in Ost.", "displaced about 1900"),
        ("Kell is hosting 11,000 people displaced by the fighting.", "displaced 11000"),
        ("Of the families in the park, 40 have no tents.", ""),
        ("Some 3,000 people are camped on the road to Varo.", "displaced about 3000"),
        ("Around 2,000 people are now living under plastic sheeting.", "displaced about 2000"),
        ("Of the displaced, 1,200 are staying with relatives.", "displaced 1200"),
        (
            "The site at Pesk, the largest in the province, accommodates 9,800 people.",
            "displaced 9800",
        ),
        ("Nearly 700 people have taken shelter in the monastery.", "displaced nearly 700"),
    ],
)
def test_saying_where_people_stay_counts_the_displaced(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("On Tuesday 900 arrived in Kell.", "displaced 900"),
        ("Another 1,500 people crossed the border into Varo on Friday.", "displaced 1500"),
        (
            "Some 20,000 residents poured out of Mira as the shelling began.",
            "displaced about 20000",
        ),
        ("Since dawn, 350 families have walked to the coast road.", "displaced 350 households"),
        (
            "More than 60,000 people have streamed into the capital since the offensive began.",
            "displaced more_than 60000",
        ),
        ("Roughly 7,000 villagers left for the hills.", "displaced about 7000"),
        ("Hundreds fled across the river.", "displaced vague"),
        ("A further 480 were brought to safety by bus on Sunday.", "displaced 480"),
        ("Around 3,000 people escaped to neighbouring Tessin.", "displaced about 3000"),
        ("As many as 10,000 people have abandoned their homes.", "displaced up_to 10000"),
        (
            "An estimated 40 families moved in with relatives in Ost.",
            "displaced about 40 households",
        ),
        ("At least 2,200 residents have left Dorva since Sunday.", "displaced at_least 2200"),
        ("Boats ferried 630 people to the other bank.", "displaced 630"),
        ("The army drove 5,000 farmers from their land.", "displaced 5000"),
        ("Buses took 1,300 people out of the besieged quarter.", "displaced 1300"),
        ("About 250 people went back to Odra on Monday.", "returned about 250"),
        ("Some 12,000 people have returned to their homes in Kell.", "returned about 12000"),
        ("Fewer than 100 people have come home so far.", "returned less_than 100"),
        ("Police expelled 60 families from the old quarter.", "displaced 60 households"),
        ("The column of 2,000 refugees reached Varo at dusk.", "displaced 2000"),
        ("More than 1,400 have sought safety in the cathedral town.", "displaced more_than 1400"),
        ("Nearly 300 families have packed up and gone.", "displaced nearly 300 households"),
        (
            "Some 150 families came down from the hills after the raid.",
            "displaced about 150 households",
        ),
        ("About 4,500 people have been moved out of harm's way.", "displaced about 4500"),
    ],
)
def test_verbs_of_motion_count_the_displaced(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Sixty people, three of whom were teachers, were hurt.", "injured 60; injured 3"),
        (
            "Fourteen people who had been queueing for bread outside the mill were killed.",
            "killed 14",
        ),
        (
            "About 2,000 residents of the low-lying quarters on the eastern bank "
            "of the river fled.",
            "displaced about 2000",
        ),
        (
            (
                "The 26 miners, who were on their way home from the night shift in an open "
                "lorry, died at the scene."
            ),
            "killed 26",
        ),
        (
            (
                "More than 5,000 people living near the front line in the north of the "
                "district have been displaced."
            ),
            "displaced more_than 5000",
        ),
        (
            "Seven people, including two children and their grandmother, were killed in Pesk.",
            "killed 7; killed 2",
        ),
        (
            (
                "Eleven employees of the water board, which had kept the pumps running "
                "throughout the siege, were wounded."
            ),
            "injured 11",
        ),
        (
            "At least 18 people, according to the hospital in Kell, were killed by the blast.",
            "killed at_least 18",
        ),
        (
            "Up to 400 families whose houses stand below the dam were moved to higher ground.",
            "displaced up_to 400 households",
        ),
        (
            (
                "Five of the nine sailors on board the trawler, which was carrying fish to "
                "Ost, drowned."
            ),
            "killed 5",
        ),
        (
            "Two labourers asleep in a hut beside the railway line were killed instantly.",
            "killed 2",
        ),
        (
            (
                "The strike on a crowded market in the centre of Lunde shortly before the "
                "feast killed 33 people."
            ),
            "killed 33",
        ),
    ],
)
def test_what_stands_between_a_number_and_its_verb_is_passed_over(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "The clashes displaced 90 families or 450 people.",
            "displaced 90 households; displaced 450",
        ),
        (
            "In Lunde 1,200 households (about 6,000 people) were uprooted.",
            "displaced 1200 households; displaced about 6000",
        ),
        (
            "Some 310 families, comprising 1,640 individuals, fled Odra.",
            "displaced about 310 households; displaced 1640",
        ),
        (
            "At least 2,000 people from 400 families left Bruma.",
            "displaced at_least 2000; displaced 400 households",
        ),
        (
            "The raid drove out 64 families – 320 people – from the hamlet.",
            "displaced 64 households; displaced 320",
        ),
        (
            "Authorities evacuated 3,150 people, or 630 families, from Kirna.",
            "displaced 3150; displaced 630 households",
        ),
        (
            "Some 700 people (140 families) are staying in the school.",
            "displaced about 700; displaced 140 households",
        ),
        (
            "Around 5,000 people, that is 1,000 families, have fled.",
            "displaced about 5000; displaced 1000 households",
        ),
        (
            "Some 1,500 people in 300 families have been displaced.",
            "displaced about 1500; displaced 300 households",
        ),
        (
            "In total 2,410 individuals (502 families) were relocated.",
            "displaced 2410; displaced 502 households",
        ),
        (
            "Ninety households, or about 470 persons, have fled.",
            "displaced 90 households; displaced about 470",
        ),
        (
            "A total of 73 families with 365 members were evacuated.",
            "displaced 73 households; displaced 365",
        ),
    ],
)
def test_one_group_in_two_units_is_two_figures(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("In June 9,000 displacements were recorded.", "displaced 9000"),
        ("The exodus of 40,000 people emptied the valley.", "displaced 40000"),
        ("The deaths of 17 villagers have been confirmed.", "killed 17"),
        ("Hospitals reported 23 deaths and 61 injuries.", "killed 23; injured 61"),
        ("The shelling caused the displacement of some 3,300 people.", "displaced about 3300"),
        ("The massacre of 45 farmers at Odra shocked the country.", "killed 45"),
        ("The arrival of 1,100 refugees has strained the town's wells.", "displaced 1100"),
        ("There were six fatalities.", "killed 6"),
        ("The toll stood at 38 dead and 112 wounded.", "killed 38; injured 112"),
        ("The ministry recorded the evacuation of 2,700 residents.", "displaced 2700"),
        ("Monitors logged 5 killings in Pesk in March.", "killed 5"),
        ("The attack led to 14 casualties.", "casualties 14"),
        ("The return of 6,000 displaced people to Mira began on Monday.", "returned 6000"),
        (
            "The flight of about 500 families from Tessin continued.",
            "displaced about 500 households",
        ),
        ("The murder of two priests in Kell was condemned.", "killed 2"),
        ("The arrest of 15 students led to protests.", "detained 15"),
        ("The release of 70 detainees was announced on Friday.", "released 70"),
        ("The bombardment resulted in the death of at least nine civilians.", "killed at_least 9"),
        ("More than 300 civilian deaths were documented in April.", "killed more_than 300"),
        ("The loss of 21 lives has stunned the village.", "killed 21"),
        ("The storming of the jail cost 12 lives.", "killed 12"),
        ("The raid claimed the lives of four nurses.", "killed 4"),
        ("An influx of 8,000 displaced people has doubled the price of bread.", "displaced 8000"),
    ],
)
def test_nouns_count_as_verbs_do(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The ambush left 8 rebels and 3 soldiers dead.", "killed 8; killed 3"),
        (
            "Twelve died in Kell and 30 in Mira; another 40 are in morgues.",
            "killed 12; killed 30; killed 40",
        ),
        ("Five people were killed and nine wounded in Harlo.", "killed 5; injured 9"),
        (
            "Clashes killed 11 people in Odra, four in Pesk and two in Lunde.",
            "killed 11; killed 4; killed 2",
        ),
        (
            "The shelling displaced 3,000 people in Kell and a further 1,200 in Ost.",
            "displaced 3000; displaced 1200",
        ),
        ("Three police officers died and six were hurt in the blast.", "killed 3; injured 6"),
        (
            "Mortar fire wounded seven children in Kell and killed two in Bruma.",
            "injured 7; killed 2",
        ),
        ("The dead were 16 soldiers and four civilians.", "killed 16; killed 4"),
        (
            "The fighting left 20 dead, 45 injured and some 2,000 homeless.",
            "killed 20; injured 45; displaced about 2000",
        ),
        (
            (
                "Government losses were put at 30 killed and 70 wounded, those of the rebels "
                "at 55 killed."
            ),
            "killed 30; injured 70; killed 55",
        ),
        ("Ten men, six women and three children were killed.", "killed 10; killed 6; killed 3"),
        ("The two strikes killed 19 people and wounded 54.", "killed 19; injured 54"),
        (
            "Shells killed at least seven people and injured more than two dozen in the port.",
            "killed at_least 7; injured more_than 24",
        ),
        ("Some 4,000 people fled Kell and nearly as many left Mira.", "displaced about 4000"),
        (
            "Two soldiers and a policeman were killed; five rebels also died.",
            "killed 2; killed 1; killed 5",
        ),
        ("Kell received 2,000 displaced people and Mira 700.", "displaced 2000; displaced 700"),
        (
            "Some 3,000 people fled Pesk and 40 families left Ost.",
            "displaced about 3000; displaced 40 households",
        ),
        (
            "About 700 people fled Odra; 40 families left Ost.",
            "displaced about 700; displaced 40 households",
        ),
        ("Five were killed, 14 wounded.", "killed 5; injured 14"),
        (
            "Some 2,000 fled to Kell, 1,500 to Mira and the rest, about 400, into the hills.",
            "displaced about 2000; displaced 1500; displaced about 400",
        ),
        ("The first strike killed six, the second nine.", "killed 6; killed 9"),
        ("Six of the injured are in Kell's hospital, two in Mira's.", "injured 6; injured 2"),
    ],
)
def test_a_predicate_is_shared_by_the_numbers_that_follow_it(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Thursday's arrivals bring to 9,000 the number of people displaced.", "displaced 9000"),
        ("The toll from the bombing has risen to 44.", "killed 44"),
        ("That brings the death toll to 61.", "killed 61"),
        ("The number of displaced people in Kell now stands at 15,000.", "displaced 15000"),
        ("The number of wounded climbed to 130.", "injured 130"),
        ("In all, 2,450 people have been uprooted since May.", "displaced 2450"),
        ("The total number of people killed in the fighting has reached 310.", "killed 310"),
        ("The death toll rose from 30 to 52.", "killed 30; killed 52"),
        ("With these deaths the toll now stands at 27.", "killed 27"),
        ("The number of people who have fled Odra has passed 5,000.", "displaced 5000"),
        ("The number of people killed since January is now more than 200.", "killed more_than 200"),
        (
            "Two more people died on Sunday, raising the number of dead to 19.",
            "killed 2; killed 19",
        ),
        ("The death toll is at least 70, the coroner said.", "killed at_least 70"),
        ("The overall number of displaced has grown to nearly 90,000.", "displaced nearly 90000"),
        ("The number of refugees in Varo has doubled to 24,000.", "displaced 24000"),
        ("The figure for the wounded has been revised to 212.", "injured 212"),
        (
            "So far this year 1,870 civilians have been killed, according to the monitor.",
            "killed 1870",
        ),
        ("The latest deaths take the total to 96.", "killed 96"),
    ],
)
def test_a_total_is_said_of_those_it_counts(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Four gunmen murdered a judge in Odra.", "killed 1"),
        ("Thousands of fighters took Dorva.", ""),
        ("Between 30 and 50 IDPs were killed in the raid.", "killed between 30 50"),
        ("Six soldiers shot dead a shepherd near Pesk.", "killed 1"),
        ("Two suicide bombers killed 19 worshippers.", "killed 19"),
        ("A group of 15 militants attacked a checkpoint, killing three policemen.", "killed 3"),
        ("Twenty armed men stormed the village and burned six people alive.", "killed 6"),
        ("Three hundred soldiers evacuated 2,000 villagers from Kell.", "displaced 2000"),
        ("About 400 rebels entered Mira on Sunday.", ""),
        ("Some 5,000 troops withdrew from the valley.", ""),
        ("Five policemen arrested 32 protesters.", "detained 32"),
        ("Fourteen returnees were shot dead at a checkpoint.", "killed 14"),
        ("Police shot and killed two of the attackers.", "killed 2"),
        ("Eight drones struck the depot, injuring five workers.", "injured 5"),
        ("Ten thousand people rallied in the capital against the killings.", ""),
        ("Three gunmen who had killed two guards were themselves shot dead.", "killed 3; killed 2"),
        ("Some 2,000 soldiers arrived in Kell on Friday.", ""),
        ("Two hundred doctors treated 350 wounded.", "injured 350"),
        ("Seven rescuers were killed by a second shell.", "killed 7"),
        (
            "Thirty police officers searched the house where two women had been stabbed to death.",
            "killed 2",
        ),
        ("Sixty fighters were trapped in the mill and surrendered.", ""),
    ],
)
def test_those_who_strike_are_not_those_who_are_struck(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Kell, a town of 40,000, was shelled on 12 March, killing nine people.", "killed 9"),
        ("Two men aged 23 and 31 were killed.", "killed 2"),
        ("Residents of Kell fled 15 kilometres to the next town.", ""),
        ("The government will pay $5,000 to each family of those killed.", ""),
        (
            "More than 3,000 troops took part in the operation, in which two soldiers died.",
            "killed 2",
        ),
        ("The rebels, said to number 12,000, killed seven people in Mira.", "killed 7"),
        ("On 9 May 2021 shelling killed four people.", "killed 4"),
        ("The attack at 6.30 pm wounded 11 people.", "injured 11"),
        ("Within 48 hours 2,600 people had fled Ost.", "displaced 2600"),
        ("The ship sank with 80 tonnes of rice; three sailors drowned.", "killed 3"),
        ("Under Law 448 the displaced receive aid.", ""),
        ("Some 300 houses were destroyed and 1,400 people made homeless.", "displaced 1400"),
        ("The agency handed out 2,000 blankets to displaced people.", ""),
        ("The road was mined for 12 km and five vehicles were destroyed.", ""),
        ("For 20 years the family had lived in Mira before it was uprooted.", ""),
        ("Two bombs exploded near a school; nobody was hurt.", ""),
        ("Fighters seized 14 villages.", ""),
        ("The rebels killed 300 head of cattle.", ""),
        ("Shells hit 6 homes in Pesk; there were no casualties.", ""),
        ("One in four displaced children is out of school.", ""),
        ("Flight 604 was forced to land after a threat.", ""),
        ("The 54-page report describes the killings.", ""),
        ("Article 14 protects displaced persons.", ""),
        ("The fund has raised 3 million dollars for the wounded.", ""),
        ("He was killed by three bullets.", ""),
        ("Five rockets fell on the camp, killing nobody.", ""),
        ("The dead man had served 12 years in the army.", ""),
        ("The bus carrying the evacuees broke down after 40 miles.", ""),
        (
            (
                "Rebels hold 60 per cent of the town, which they entered on Monday, killing "
                "eight guards."
            ),
            "killed 8",
        ),
        ("The camp lies 8 km from the border and has 12 wells.", ""),
        ("The trial of the killers opened in Room 7 at 10 am.", ""),
        ("Each displaced household receives 25 kg of flour.", ""),
        ("The army fired 200 shells at the town; one woman was hurt.", "injured 1"),
        ("In 1994 thousands of houses were burned.", ""),
        ("The 7th Battalion lost nine men at the ford.", "killed 9"),
        ("The hospital has 300 beds and treats the wounded free of charge.", ""),
        (
            (
                "The bridge collapsed on 3 June, 14 days after it had been rebuilt, and two "
                "drivers died."
            ),
            "killed 2",
        ),
        ("The two governments have discussed the displaced.", ""),
        ("Nearly 500 goats died of thirst.", ""),
        ("Three newspapers reported the killings.", ""),
        ("Temperatures fell to 12 degrees in the camp.", ""),
        ("Twelve countries have offered to shelter refugees.", ""),
        ("The convoy of 30 lorries left Kell at dawn.", ""),
        ("A 600-bed hospital for the injured was opened.", ""),
        ("The ceasefire lasted three days.", ""),
        ("The 14 points of the plan include the return of refugees.", ""),
        ("The two sides met for the fourth time since the killings.", ""),
        ("The ambulance carrying the wounded covered the 30 miles in an hour.", ""),
        ("Some 40 tents were put up for the displaced.", ""),
        ("About 50 doctors volunteered to treat the injured.", ""),
        ("Displaced people pay 200 dollars a month for a room.", ""),
        ("The camp opened in 2014 and closed three years later.", ""),
        ("Two-thirds of the displaced are children.", "displaced 66.67 percent"),
        ("More than 1,000 homes have been burned down since the rebels arrived.", ""),
        ("Some 300 soldiers were deployed to protect the displaced.", ""),
        ("The four-day battle left the town without water.", ""),
        ("At least three shells landed in the refugee camp.", ""),
        ("The blast shattered windows 200 metres away.", ""),
        ("The school, where 700 pupils used to study, was hit; nobody died.", ""),
        ("Voters in 12 districts go to the polls amid killings.", ""),
        ("He has written two books about the massacre.", ""),
        ("The bishop, who is 71, was abducted and released within three hours.", ""),
        ("Five people have been charged with the murder of the mayor.", ""),
        ("The court sentenced nine men to death for the massacre.", ""),
        ("Seven judges will hear the case against the killers.", ""),
        (
            "The rebels have 9,000 men under arms and 40 tanks, and have killed dozens of farmers.",
            "killed vague",
        ),
        ("The town, 25 km from the front, has taken in no one.", ""),
        ("An average of three patrols a day leave the base.", ""),
        ("The ferry can carry 400 people and was evacuated empty.", ""),
    ],
)
def test_numbers_beside_a_trigger_that_count_no_victims_are_left_out(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Police detained 40 people after the riot.", "detained 40"),
        ("Sixteen men were arrested in Lunde.", "detained 16"),
        ("Twenty-two people are still missing.", ""),
        ("Rebels freed 90 prisoners from the jail in Odra.", "released 90"),
        ("The gunmen abducted 13 pupils.", "detained 13"),
        ("Seven were killed and 11 are missing.", "killed 7"),
        ("The army took 25 prisoners.", "detained 25"),
        ("Thirty-five hostages were released on Friday.", "released 35"),
        ("More than 300 people have been jailed since the protests.", "detained more_than 300"),
        ("About 60 people are unaccounted for after the raid that killed six.", "killed 6"),
        (
            "Three people were killed, five wounded and 28 taken into custody.",
            "killed 3; injured 5; detained 28",
        ),
        ("Some 50 fishermen disappeared in the storm.", ""),
        ("The army captured nine rebels and seized 30 rifles.", "detained 9"),
        ("The navy intercepted two boats and arrested 31 men.", "detained 31"),
        ("The two sides exchanged 120 prisoners on Sunday.", "released 120"),
        ("Eight hostages regained their freedom on Monday.", "released 8"),
    ],
)
def test_detained_and_freed_are_neither_killed_nor_hurt_and_the_missing_are_nobody(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            (
                "50 dead in Kell blast\n\nAt least 50 people were killed on Monday when a bomb "
                "exploded in Kell."
            ),
            "killed 50; killed at_least 50",
        ),
        (
            "Blast in Mira: 17 hurt\n\nAbout 17 people were hurt when a gas bottle exploded.",
            "injured 17; injured about 17",
        ),
        (
            "HUNDREDS FLEE ODRA\n\nMore than 700 people fled Odra on Sunday, officials said.",
            "displaced vague; displaced more_than 700",
        ),
        (
            "1,000 flee Lunde\n\nSome 1,000 people have fled Lunde.",
            "displaced 1000; displaced about 1000",
        ),
    ],
)
def test_a_repeat_is_found_with_its_own_quantifier(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "The rebels released 90 prisoners, 20 of them fighters, including 3 commanders.",
            "released 90; released 20; released 3",
        ),
        ("The shelling killed 31 people, 12 of them children.", "killed 31; killed 12"),
        ("Of the 44 dead, 30 were civilians.", "killed 44; killed 30"),
        (
            "At least 26 people, among them five nurses, were wounded.",
            "injured at_least 26; injured 5",
        ),
        (
            "Some 8,000 people fled Kell, of whom 3,000 crossed into Varo.",
            "displaced about 8000; displaced 3000",
        ),
        ("Seventeen people were killed, nine of them in the market.", "killed 17; killed 9"),
        ("Nineteen soldiers died, three of them officers.", "killed 19; killed 3"),
        ("About 120 people were hurt, 15 seriously.", "injured about 120; injured 15"),
        ("Forty people were wounded, ten of them critically.", "injured 40; injured 10"),
        (
            "Police arrested 80 demonstrators, half of whom were released at dawn.",
            "detained 80; released 50 percent",
        ),
        ("Of the 9,000 people who fled Kell, 2,500 are in Mira.", "displaced 9000; displaced 2500"),
        ("The dead include 14 women and nine children.", "killed 14; killed 9"),
        (
            "A bomb killed 22 people – 13 civilians and nine policemen – in Lunde.",
            "killed 22; killed 13; killed 9",
        ),
        (
            "Shelling killed eight people: five in Kell and three in Mira.",
            "killed 8; killed 5; killed 3",
        ),
        ("Out of 120 wounded, 15 have died.", "injured 120; killed 15"),
    ],
)
def test_parts_are_found_beside_their_whole(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Ost was the seventh town to fall in a week.", ""),
        ("It was the third attack in ten days to kill civilians.", ""),
        ("The 25th anniversary of the massacre was marked in Odra.", ""),
        ("She was the second journalist killed this year.", ""),
        ("The first 200 evacuees reached Kell on Sunday.", "displaced 200"),
        ("Four policemen died at once and a fifth was badly hurt.", "killed 4"),
        ("The 100th day of the siege passed without deaths.", ""),
        ("A third shell fell on the camp.", ""),
    ],
)
def test_ordinals_count_nobody(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            (
                "Home | News | World | 12 comments | Share\n\nAt least six people were killed "
                "in Pesk on Sunday."
            ),
            "killed at_least 6",
        ),
        (
            "Photo: a displaced family in Kell. 3 min read\n\nSome 2,000 people fled.",
            "displaced about 2000",
        ),
        ("Related: 5 things to know about the refugee crisis", ""),
        (
            (
                "Sign in | Register | 4 new alerts\nShare this story 27\n\nTen villagers were "
                "shot dead on Friday."
            ),
            "killed 10",
        ),
        ("Page 2 of 7\n\nRefugees wait at the crossing.", ""),
        ("Updated 14:32 GMT, 6 June\n\nThree soldiers died in an ambush.", "killed 3"),
        (
            "Read more: Why 2020 was a year of flight\n\nClashes displaced 75 families.",
            "displaced 75 households",
        ),
        ("Copyright 2023. All rights reserved. 15 photos of displaced children.", ""),
    ],
)
def test_menus_and_captions_around_an_article_count_nobody(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Half a million people have fled the delta.", "displaced 500000"),
        ("One and a half million people were displaced.", "displaced 1500000"),
        ("In all 1,20,000 people were evacuated from the coast.", "displaced 120000"),
        ("Some 12 500 people fled Kell.", "displaced about 12500"),
        ("By May 12.500 people were displaced in Tessin.", "displaced 12500"),
        ("c.40K people displaced since May.", "displaced about 40000"),
        ("About 1.2 million people have been displaced.", "displaced about 1200000"),
        ("Some 2.5m people are displaced inside the country.", "displaced about 2500000"),
        ("Two dozen people were wounded.", "injured 24"),
        ("Half a dozen villagers were killed.", "killed 6"),
        ("More than 60 thousand people were evacuated.", "displaced more_than 60000"),
        ("Two hundred and fifty people were killed.", "killed 250"),
        ("Twenty-two people died.", "killed 22"),
        ("A hundred families fled.", "displaced 100 households"),
        ("Some 1.5 lakh people were shifted to relief camps.", "displaced about 150000"),
        ("Two-thirds of the town's residents have fled.", "displaced 66.67 percent"),
        ("A third of the population was displaced.", "displaced 33.33 percent"),
        ("Forty per cent of the inhabitants fled.", "displaced 40 percent"),
        ("More than half of the villagers have been uprooted.", "displaced more_than 50 percent"),
        ("Some 12'500 people were displaced.", "displaced about 12500"),
        ("Between 200 and 300 people were killed.", "killed between 200 300"),
        ("Some 200 to 300 people were killed.", "killed between 200 300"),
        ("The raid killed 15-20 people.", "killed between 15 20"),
        ("The raid killed 15–20 people.", "killed between 15 20"),
        ("Two or three people were killed.", "killed between 2 3"),
        ("From 3,000 to 5,000 people fled.", "displaced between 3000 5000"),
        ("Two to three million people are displaced.", "displaced between 2000000 3000000"),
        ("Between 1 and 2 million people have fled.", "displaced between 1000000 2000000"),
        ("Five to six thousand people left the town on foot.", "displaced between 5000 6000"),
        ("One man was shot dead.", "killed 1"),
        ("Zero people were killed.", ""),
        ("No one was killed.", ""),
        ("Dozens were wounded.", "injured vague"),
        ("Several people were killed.", "killed vague"),
        ("Scores of families fled Ost.", "displaced vague households"),
        ("Three and a half thousand people were evacuated.", "displaced 3500"),
        ("A quarter of a million people were displaced.", "displaced 250000"),
        ("One hundred and twenty-five thousand people fled.", "displaced 125000"),
        ("A couple of hundred people were injured.", "injured vague"),
        ("Some 2.3 crore people were displaced by the partition.", "displaced about 23000000"),
        ("Hundreds of thousands have been driven from their homes.", "displaced vague"),
        ("About one person in ten has fled.", ""),
        ("Four score people were hurt.", "injured 80"),
    ],
)
def test_numbers_of_every_form_are_read(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("At least 20 people were killed.", "killed at_least 20"),
        ("Twenty people at least were killed.", "killed at_least 20"),
        ("Twenty or more people were killed.", "killed at_least 20"),
        ("No fewer than 20 people were killed.", "killed at_least 20"),
        ("Not less than 20 people were killed.", "killed at_least 20"),
        ("A minimum of 20 people were killed.", "killed at_least 20"),
        ("Upwards of 20 people were killed.", "killed more_than 20"),
        ("Well over 200 people were hurt.", "injured more_than 200"),
        ("In excess of 2,000 people fled.", "displaced more_than 2000"),
        ("Over 2,000 people fled.", "displaced more_than 2000"),
        ("Some 300+ families fled.", "displaced about 300 households"),
        ("300+ families were displaced.", "displaced more_than 300 households"),
        ("Just under 300 people were hurt.", "injured less_than 300"),
        ("Fewer than 50 people were hurt.", "injured less_than 50"),
        ("Less than 100 people have returned.", "returned less_than 100"),
        ("Close to 1,000 people fled.", "displaced nearly 1000"),
        ("Almost 1,000 people fled.", "displaced nearly 1000"),
        ("Nearly 1,000 people fled.", "displaced nearly 1000"),
        ("Up to 60 people were wounded.", "injured up_to 60"),
        ("As many as 60 people were wounded.", "injured up_to 60"),
        ("No more than 12 people were wounded.", "injured up_to 12"),
        ("Around 500 people were evacuated.", "displaced about 500"),
        ("Approximately 500 people were evacuated.", "displaced about 500"),
        ("Roughly 500 people were evacuated.", "displaced about 500"),
        ("An estimated 500 people were evacuated.", "displaced about 500"),
        ("Some 500 people were evacuated.", "displaced about 500"),
        ("Thirty or so people were killed.", "killed about 30"),
        ("300-odd people fled Odra.", "displaced about 300"),
        ("Another 250 people were displaced.", "displaced 250"),
        ("An additional 250 people were displaced.", "displaced 250"),
        ("Only 12 people were hurt.", "injured 12"),
        ("At least another 30 people were killed.", "killed at_least 30"),
        ("A total of 77 people were killed.", "killed 77"),
        ("The blast killed 20 people or more.", "killed at_least 20"),
        ("The blast killed 20 people, if not more.", "killed at_least 20"),
        ("The blast wounded some 40.", "injured about 40"),
        ("In the region of 900 people fled.", "displaced about 900"),
        ("More than an estimated 900 people fled.", "displaced more_than 900"),
        ("The number of dead is put at between 60 and 80.", "killed between 60 80"),
        ("At the very least 14 people died.", "killed at_least 14"),
        ("Somewhere around 70 people drowned.", "killed about 70"),
        ("Just over 3,000 people fled.", "displaced more_than 3000"),
    ],
)
def test_quantifiers_are_read_before_and_behind(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            (
                "AT LEAST 14 PERSONS WERE KILLED AND 35 WOUNDED WHEN GUERRILLAS ATTACKED THE "
                "TOWN OF ODRA."
            ),
            "killed at_least 14; injured 35",
        ),
        (
            "THE ARMY SAID THAT 22 SUBVERSIVES WERE KILLED IN ACTION AND NINE WERE CAPTURED.",
            "killed 22; detained 9",
        ),
        ("SOME 3,000 PEASANTS HAVE BEEN FORCED TO LEAVE THEIR HOMES.", "displaced about 3000"),
        (
            "UNIDENTIFIED MEN MURDERED SIX PRIESTS AND TWO OF THEIR HOUSEKEEPERS.",
            "killed 6; killed 2",
        ),
        ("NO CASUALTIES WERE REPORTED.", ""),
        (
            (
                "A CAR BOMB EXPLODED OUTSIDE THE BARRACKS IN KELL, KILLING FIVE SOLDIERS AND "
                "INJURING 17 PASSERSBY."
            ),
            "killed 5; injured 17",
        ),
        ("THE GUERRILLAS KIDNAPPED THREE ENGINEERS NEAR MIRA.", "detained 3"),
        (
            "ACCORDING TO THE POLICE, EIGHT PEOPLE DIED AND AT LEAST 20 WERE HURT.",
            "killed 8; injured at_least 20",
        ),
        ("THE BODIES OF 11 UNIONISTS WERE FOUND IN A RAVINE.", "killed 11"),
        (
            "OVER 200 FAMILIES HAVE FLED THE VILLAGES OF PESK AND LUNDE.",
            "displaced more_than 200 households",
        ),
        ("THE MINISTER, 52, AND TWO OF HIS BODYGUARDS WERE ASSASSINATED.", "killed 2"),
        ("SIX HOODED MEN SHOT AT THE HOUSE WITHOUT INJURING ANYONE.", ""),
        (
            "TWO POLICEMEN AND FIVE GUERRILLAS DIED IN CLASHES NEAR PESK ON SUNDAY.",
            "killed 2; killed 5",
        ),
        ("A TOTAL OF 1,400 REFUGEES CROSSED THE BORDER LAST WEEK.", "displaced 1400"),
        (
            (
                "THE ARMY REPORTED THAT 18 TERRORISTS WERE KILLED AND THAT IT HAD SUFFERED "
                "THREE CASUALTIES."
            ),
            "killed 18; casualties 3",
        ),
        (
            "THE ATTACK LEFT A TOTAL OF 12 DEAD AND 40 WOUNDED, MOSTLY WOMEN AND CHILDREN.",
            "killed 12; injured 40",
        ),
        ("FORTY-TWO PEASANTS WERE MASSACRED BY UNIFORMED MEN IN THE HAMLET OF OST.", "killed 42"),
        (
            "GUNMEN ON A MOTORCYCLE MACHINE-GUNNED A UNION LEADER AND HIS TWO SONS TO DEATH.",
            "killed 1; killed 2",
        ),
        (
            "THE GOVERNMENT HAS DENIED THAT 60 CIVILIANS WERE KILLED IN THE AIR RAID.",
            "killed 60 denied",
        ),
        (
            "SOME 30 TO 40 MEN, ARMED WITH RIFLES, ATTACKED THE POST AND WOUNDED TWO GUARDS.",
            "injured 2",
        ),
    ],
)
def test_capitals_are_read_as_small_letters_are(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            (
                "Officials in the coastal district said on Tuesday that at least\n1,300 people "
                "had been evacuated after the river burst its banks\nand that 14 people, most "
                "of whom lived near the bridge, had\ndrowned during the night."
            ),
            "displaced at_least 1300; killed 14; killed vague",
        ),
        (
            (
                "Heavy shelling resumed on Thursday along the northern road and\nin the "
                "villages behind it. Hospitals in the town counted twenty-\ntwo dead and more "
                "than\n60 wounded before the telephone lines were cut again at dusk."
            ),
            "killed 22; injured more_than 60",
        ),
        (
            (
                "The convoy was ambushed some way south of the river crossing and\nthe rebels "
                "killed between 12\nand 15 soldiers before they withdrew into the forest with "
                "their\nwounded, a spokesman for the provincial governor said."
            ),
            "killed between 12 15",
        ),
    ],
)
def test_a_line_end_within_a_sentence_changes_nothing(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Killed: 14\nInjured: 32\nDisplaced: 1,200", "killed 14; injured 32; displaced 1200"),
        ("Dead: 9. Wounded: 21.", "killed 9; injured 21"),
        ("IDPs: 4,300 (860 households)", "displaced 4300; displaced 860 households"),
        ("Casualties (as of 4 May): 7 killed, 19 injured", "killed 7; injured 19"),
        ("Affected: 12,000; displaced: 3,500; dead: 4", "displaced 3500; killed 4"),
        (
            "• 3 killed\n• 12 injured\n• 400 families displaced",
            "killed 3; injured 12; displaced 400 households",
        ),
        ("Number of people evacuated: 2,150", "displaced 2150"),
        ("Fatalities – 11", "killed 11"),
        ("Deaths: at least 40", "killed at_least 40"),
        (
            "Kell: 5 killed, 12 wounded\nMira: 3 killed, 8 wounded",
            "killed 5; injured 12; killed 3; injured 8",
        ),
        ("Persons displaced: 6,700", "displaced 6700"),
        ("- Returnees: 1,900", "returned 1900"),
        ("Death toll: 88", "killed 88"),
    ],
)
def test_labels_and_lists_are_read_as_sentences_are(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Up to 50,000 people could be displaced if the dam fails.",
            "displaced up_to 50000 expected",
        ),
        ("The army denied that 30 civilians had been killed.", "killed 30 denied"),
        ("Officials expect 2,000 people to flee in the coming days.", "displaced 2000 expected"),
        (
            "The agency fears that 100,000 people may be forced from their homes.",
            "displaced 100000 expected",
        ),
        ("Plans are being made to evacuate 6,000 residents.", "displaced 6000 expected"),
        ("It is not true that 200 people were killed, the minister said.", "killed 200 denied"),
        ("The militia dismissed reports that it had killed 40 villagers.", "killed 40 denied"),
        ("If fighting spreads, a further 20,000 people will flee.", "displaced 20000 expected"),
        ("The mayor threatened to evict 300 families.", "displaced 300 households expected"),
        ("Some 70 people are believed to have drowned.", "killed about 70"),
        (
            "An assault on Kell would displace at least 80,000 people.",
            "displaced at_least 80000 expected",
        ),
        ("The rebels rejected claims that they had executed 12 prisoners.", "killed 12 denied"),
        (
            "About 500 families are expected to return next week.",
            "returned about 500 households expected",
        ),
        ("The government plans to release 120 detainees.", "released 120 expected"),
        ("A further 1,000 people are likely to be evacuated on Monday.", "displaced 1000 expected"),
        ("The rebels vowed to kill ten hostages.", "killed 10 expected"),
        ("The commander denied his men had killed 25 farmers.", "killed 25 denied"),
        ("There are 140 men who cannot flee the valley.", "displaced 140 denied"),
        ("Of the village, 60 people who did not flee are feared lost.", "displaced 60 denied"),
        ("Some 90 families cannot flee the valley.", "displaced about 90 households denied"),
        ("The 60 people who not only fled but lost their homes are in tents.", "displaced 60"),
        ("Up to 300 people were feared dead.", "killed up_to 300"),
        ("Unless aid arrives, 4,000 people could die of hunger.", "killed 4000 expected"),
        (
            "No civilians were killed, the army said, denying reports of 14 deaths.",
            "killed 14 denied",
        ),
        ("Another 5,000 people could be forced to flee.", "displaced 5000 expected"),
        ("Aid workers warned that 15,000 people might have to leave.", "displaced 15000 expected"),
        (
            "Had the shell fallen an hour earlier, it would have killed 30 children.",
            "killed 30 expected",
        ),
    ],
)
def test_what_is_denied_or_only_expected_is_marked(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Police recovered 40 bodies in Odra. Thirteen of them were women.",
            "killed 40; killed 13",
        ),
        (
            "Two thousand people fled Kell on Monday. About 800 of them reached Mira.",
            "displaced 2000; displaced about 800",
        ),
        (
            "The blast injured 25 people. Of those, six are in a critical condition.",
            "injured 25; injured 6",
        ),
        ("Thirty-one people died. Nineteen were women.", "killed 31; killed 19"),
        (
            "The strike killed 16 people. At least five of them were children.",
            "killed 16; killed at_least 5",
        ),
        ("The committee met. Two of them were late.", ""),
        (
            "The militia seized 30 villagers on Friday. Four of them were killed.",
            "detained 30; killed 4",
        ),
        (
            "Some 200 people were injured. Half of them are children.",
            "injured about 200; injured 50 percent",
        ),
    ],
)
def test_those_of_the_sentence_before_are_taken_up(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("More than 100 people were killed or wounded.", "casualties more_than 100"),
        ("There were 60 casualties on both sides.", "casualties 60"),
        ("Some 250 people have been killed or injured since May.", "casualties about 250"),
        ("At least 3,000 people have been killed and injured.", "casualties at_least 3000"),
        ("The battle produced more than 500 casualties.", "casualties more_than 500"),
        ("Rockets killed or maimed 37 children last year.", "casualties 37"),
        ("Seventy dead and wounded lay in the square.", "casualties 70"),
        ("Around 900 civilians were killed or hurt in the first week.", "casualties about 900"),
        ("The mine caused five casualties.", "casualties 5"),
    ],
)
def test_killed_or_wounded_undivided_is_a_figure_of_its_own(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Some 80,000 people live in Kell.", "lived about 80000"),
        ("Mira is home to 25,000 people.", "lived 25000"),
        ("Fewer than 2,000 people still live in the old town.", "lived less_than 2000"),
        ("About 1.1 million people lived in the province before the war.", "lived about 1100000"),
    ],
)
def test_those_who_live_in_a_place_are_its_population(text, figures):
    assert [describe_count(count) for count in find(text)] == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("A soldier died and two civilians were wounded.", "killed 1; injured 2"),
        ("The mine killed a farmer and injured his three sons.", "killed 1; injured 3"),
        ("One person was killed and four were hurt.", "killed 1; injured 4"),
    ],
)
def test_one_victim_is_one(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The avalanche of shells buried nine people alive.", "killed 9"),
        ("Four cooks were beheaded.", "killed 4"),
        ("Rebels executed 18 captured soldiers.", "killed 18"),
        ("Two hundred people perished when the ferry was hit.", "killed 200"),
        ("Six children burned to death in the school.", "killed 6"),
        ("Thirty villagers were hacked to death.", "killed 30"),
        ("The strike took 14 lives.", "killed 14"),
        ("The gas sickened 90 people and killed two.", "killed 2"),
        ("Thirteen shoppers were treated for burns.", "injured 13"),
        ("Nine people suffered shrapnel wounds.", "injured 9"),
        ("Five people were in hospital with gunshot wounds.", "injured 5"),
        ("Two boys lost their legs to a mine.", "injured 2"),
        ("The siege has made 35,000 people homeless.", "displaced 35000"),
        (
            "The militia torched the village, leaving 90 families without a roof.",
            "displaced 90 households",
        ),
        (
            (
                "The offensive has uprooted an estimated 45,000 people from Kell and its "
                "surroundings, the mayor said on Tuesday."
            ),
            "displaced about 45000",
        ),
        ("Soldiers found 27 corpses in a well.", "killed 27"),
        ("A mass grave with 60 bodies was opened near Pesk.", "killed 60"),
        ("Rescuers pulled 14 bodies from the rubble.", "killed 14"),
        ("Rescuers pulled 14 survivors from the rubble.", ""),
        ("Five hundred mourners attended the burial of the two nurses.", ""),
        ("Ten people survived the attack.", ""),
        ("Forty students escaped unhurt.", ""),
        ("Police fired on 3,000 demonstrators, killing one.", "killed 1"),
        ("Three people were slightly injured by flying glass.", "injured 3"),
        ("At noon a rocket hit the bakery; 21 people lost their lives.", "killed 21"),
        ("Thousands remain trapped in the city.", ""),
        ("The 35 wounded were flown to the capital.", "injured 35"),
        ("The evacuees, 340 in all, were given blankets.", "displaced 340"),
        ("The rebels put their own losses at four dead.", "killed 4"),
        ("Close to 9,000 Tessinians have sought asylum in Varo.", "displaced nearly 9000"),
        ("Since Sunday more than 30 villages have been emptied of their inhabitants.", ""),
        (
            (
                "Shells fell on Kell for a fifth day, the hospital there said, and 16 patients "
                "had to be moved."
            ),
            "displaced 16",
        ),
        ("Fourteen people were confirmed dead by nightfall.", "killed 14"),
        ("The number of confirmed deaths is 14.", "killed 14"),
        (
            "At least 40 people drowned when a boat carrying refugees sank off Lunde.",
            "killed at_least 40",
        ),
        ("The village buried 19 of its own on Sunday.", "killed 19"),
        ("Five people died in the crossfire and scores were injured.", "killed 5; injured vague"),
        ("The explosion, which killed four workmen, was heard in Ost.", "killed 4"),
        ("Among the dead were three nurses.", "killed 3"),
        ("Among those killed were two brothers from Pesk.", "killed 2"),
        ("Among the injured are six schoolgirls.", "injured 6"),
        ("Two other policemen were wounded, one of them seriously.", "injured 2; injured 1"),
        ("A bomb went off in the square, wounding 16.", "injured 16"),
        ("The army says it has killed more than 400 rebels since June.", "killed more_than 400"),
        ("Troops gunned down nine unarmed farmers.", "killed 9"),
        ("Ten of the hostages were killed when the building collapsed.", "killed 10"),
        ("In the worst incident, a mortar round killed seven members of one family.", "killed 7"),
        ("Thirty-six bodies have so far been identified.", "killed 36"),
        ("They fired on a bus and eight passengers died.", "killed 8"),
        (
            "Hospital staff said they had received 17 bodies and more than 50 wounded.",
            "killed 17; injured more_than 50",
        ),
        ("With 29 dead, it was the bloodiest day of the siege.", "killed 29"),
        ("Twenty children lost limbs to mines last year.", "injured 20"),
        ("The 14 killed on Tuesday included three policemen.", "killed 14; killed 3"),
        (
            "Three civilians and nine soldiers lost their lives, and 22 others were injured.",
            "killed 3; killed 9; injured 22",
        ),
        ("At least one person was killed.", "killed at_least 1"),
        ("No fewer than 31 persons perished in the flames.", "killed at_least 31"),
        ("All 12 crew died.", "killed 12"),
        ("All six members of the family were found dead.", "killed 6"),
        ("Some 4,500 inhabitants take to the road.", "displaced about 4500"),
        (
            "North of 75,000 civilians have now quit the enclave, aid workers say.",
            "displaced more_than 75000",
        ),
        ("Fifteen hundred townspeople bedded down in the cathedral.", "displaced 1500"),
        ("A sniper picked off five of the mayor's guards within 20 minutes.", "killed 5"),
        ("An officer and 24 other ranks fell in the defence of Kell.", "killed 1; killed 24"),
        ("Twelve young women were carried off.", "detained 12"),
        ("The Red Crescent said 30,000 had gotten out since Tuesday.", "displaced 30000"),
        ("4,404 migrants were bused off to reception centres in two days.", "displaced 4404"),
    ],
)
def test_people_killed_hurt_or_driven_out_are_counted(text, figures):
    assert find_figures(text) == read_figures(figures)


# The words that carry a figure


@pytest.mark.parametrize(
    ("text", "quotes", "numbers"),
    [
        (
            "The shelling killed 31 people, 12 of them children.",
            ["killed 31 people", "12 of them"],
            ["31", "12"],
        ),
        (
            "On Friday at least 900 villagers fled Kell.",
            ["at least 900 villagers fled"],
            ["at least 900"],
        ),
        ("Hospitals reported 23 deaths.", ["23 deaths"], ["23"]),
        (
            "Two-thirds of the residents have fled.",
            ["Two-thirds of the residents have fled"],
            ["Two-thirds"],
        ),
        (
            "Between 200 and 300 people\nwere killed.",
            ["Between 200 and 300 people\nwere killed"],
            ["Between 200 and 300"],
        ),
        (
            "İ. İpek saw 40 people killed; İİ 12 died.",
            ["40 people killed", "12 died"],
            ["40", "12"],
        ),
    ],
)
def test_a_figure_is_quoted_with_number_noun_and_verb(text, quotes, numbers):
    counts = find(text)
    assert [text[count.start : count.end] for count in counts] == quotes
    assert [text[count.number.start : count.number.end] for count in counts] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "Killed: 14\nInjured: 32\nDisplaced: about 1,200 (300 families)",
        "AT LEAST 14 PERSONS WERE KILLED AND SOME 35 WOUNDED; OVER 200 FAMILIES FLED.",
        (
            "The raid killed 15–20 people, wounded two dozen or more and drove c.40K from "
            "their homes; 30 per cent of them are children."
        ),
        (
            "Half a million people have fled, dozens died, and between one and two thousand "
            "were detained."
        ),
    ],
)
def test_the_words_of_a_number_read_again_give_its_values(text):
    counts = find(text)
    assert len(counts) >= 3
    for count in counts:
        assert read_number(text[count.number.start : count.number.end]) == count.number.reading
        assert count.start <= count.number.start < count.number.end <= count.end


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The blast killed, officials said, 12 people.", "killed 12"),
        ("The evacuation of, according to officials, 900 people began.", "displaced 900"),
        ("The blast killed a judge, two clerks and 12 guards.", "killed 1; killed 2; killed 12"),
        ("She was killed along with 12 guards.", "killed 12"),
        ("The murder at the university of six priests shocked Odra.", "killed 6"),
        ("The killing in Odra of six priests went on.", "killed 6"),
        ("Storms killed a group of 12 people.", "killed 12"),
        ("They forced 900 people, mostly farmers, from their homes.", "displaced 900"),
        ("The bomb left 12 dead.", "killed 12"),
        ("The bomb left 900 people homeless.", "displaced 900"),
        ("The war claimed 12 lives.", "killed 12"),
        ("Some 12 people's lives were lost.", "killed about 12"),
        ("The six Jesuits' murder shocked Odra.", "killed 6"),
        ("The strike killed 12 party members.", "killed 12"),
        ("The victims were 12 farmers.", "killed 12"),
    ],
)
def test_what_is_said_before_a_number_reaches_it_over_what_lies_between(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The loss of 12 men was confirmed.", "killed 12"),
        ("The loss of 12 rifles was confirmed.", ""),
        ("The rebels lost 27 men.", "killed 27"),
        ("The rebels lost 27.", "killed 27"),
        ("The party lost 27 seats.", ""),
        ("The party lost 27 supporters.", ""),
    ],
)
def test_losses_are_deaths_of_people_only(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The camp is home to 900 people.", "displaced 900"),
        ("The town is home to 900 people.", ""),
        ("The camp holds 900 people.", "displaced 900"),
        ("Schools host 900 people.", "displaced 900"),
        ("The camp has grown to 9,000 people.", "displaced 9000"),
        ("Living in camps: 900", "displaced 900"),
        ("A city of 12,000 people was shelled.", ""),
    ],
)
def test_who_hosts_counts_the_displaced_only_in_camps_and_schools(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Some 900 people left on Monday.", "displaced about 900"),
        ("Some 900 people have left Kell.", "displaced about 900"),
        ("Some 900 people were forced to leave the mountains.", "displaced about 900"),
        ("Some 900 people left the party.", ""),
        ("Some 900 people have left the town.", "displaced about 900"),
        ("Some 900 people were moved to Kell.", "displaced about 900"),
        ("Some 900 people forced the gate.", ""),
        ("Some 900 people crossed lines.", ""),
        ("Some 900 people remain displaced.", "displaced about 900"),
        ("Some 60 evacuated people slept.", "displaced about 60"),
        ("Twelve troops arrived.", ""),
        ("Twelve troops fled.", ""),
        ("Twelve containers arrived.", ""),
        ("Twelve Rohingya arrived.", "displaced 12"),
        ("Twelve officials arrived.", ""),
    ],
)
def test_who_leaves_a_place_is_displaced_and_who_leaves_a_party_is_not(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Some 12 people are said to have died.", "killed about 12"),
        ("Some 12 people said they fled.", ""),
        ("Some 12 people were reported killed.", "killed about 12"),
        ("Some 12 people were vaccinated.", ""),
        ("Some 12 people trapped in a mine died.", "killed about 12"),
        ("Some 60 men carrying flags were killed.", "killed about 60"),
        ("Some 900 people living here fled.", "displaced about 900"),
        ("Some 12 people have killed a judge.", "killed 1"),
        ("Some 12 people may have fled.", "displaced about 12"),
    ],
)
def test_a_verb_that_only_leads_waits_for_the_one_that_says_it(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Plans are made to evacuate 6,000 people.", "displaced 6000 expected"),
        ("The army threatened to expel 6,000 people.", "displaced 6000 expected"),
        ("The strike did not kill 12 people.", "killed 12 denied"),
        ("Some 12 people tried to flee.", "displaced about 12 expected"),
        ("Some 12 people may flee.", "displaced about 12 expected"),
        ("Some 12 people were expected to flee.", "displaced about 12 expected"),
    ],
)
def test_plans_fears_and_denials_are_marked(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Thirteen people died. Of those, 4 were children.", "killed 13; killed 4"),
        ("Thirteen people died. Four of them were children.", "killed 13; killed 4"),
        ("Thirteen people died. Four were women.", "killed 13; killed 4"),
        ("Thirteen people died. The figure has since risen to 15.", "killed 13; killed 15"),
        ("Thirteen people died. The toll stands at 15.", "killed 13; killed 15"),
        ("Thirteen people died; 30 houses burned.", "killed 13"),
        ("Thirteen people died and rebels attacked 30 posts.", "killed 13"),
        ("Thirteen people died in Kell and 30 in Mira.", "killed 13; killed 30"),
        ("Thirteen people died, in 3 raids.", "killed 13"),
        ("Thirteen people died, up from 9 the day before.", "killed 13; killed 9"),
        ("Thirteen people died, compared with 9 in May.", "killed 13; killed 9"),
        ("Thirteen or 14 people were killed.", "killed between 13 14"),
        ("Some 12 (13 by another count) were killed.", "killed about 12; killed 13"),
        ("Thirteen people died, including two children.", "killed 13; killed 2"),
        ("Thirteen people died, of whom 4 were children.", "killed 13; killed 4"),
        ("Thirteen people died, among them seven women.", "killed 13; killed 7"),
        ("Some 12 died in 3 cars, 4 of them on Monday.", "killed about 12; killed 4"),
    ],
)
def test_a_number_may_take_up_continue_or_be_part_of_another(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "The number of displaced rose from 268,000 in April to 301,450.",
            "displaced 268000; displaced 301450",
        ),
        ("This brings to 9,000 the number of displaced.", "displaced 9000"),
        ("The storm brings to 12 people the death toll.", "killed 12"),
        ("The number of people displaced by the storm reached 9,000.", "displaced 9000"),
        ("Displaced by Typhoon Vera: 38,400", "displaced 38400"),
        ("Displacement in Oru: Kell 4,105; Mira 900", "displaced 4105; displaced 900"),
        ("Deaths: 12", "killed 12"),
        ("Displaced: 452", "displaced 452"),
        ("Evacuation centres: 12", ""),
        ("12 dead, missing 4", "killed 12"),
        ("The injury toll rose to 12.", "injured 12"),
        ("The mayor said: 12 died.", "killed 12"),
    ],
)
def test_tolls_and_labels_say_what_their_number_is_of(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Four and 6 years old, they were killed.", ""),
        ("A girl of nine was killed.", "killed 1"),
        ("Ali Hassan, 34, was killed.", ""),
        ("Desmond Magee (52) was killed.", ""),
        ("The bishop, who is 71, was killed.", ""),
        ("A driver, 34, was killed.", "killed 1"),
        ("Twelve drivers, 34, were killed.", "killed 12; killed 34"),
    ],
)
def test_ages_are_no_counts(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Doctors treated 12 people.", ""),
        ("Doctors treated 12 people for cholera.", ""),
        ("The chef treated 12 people.", ""),
        ("Some 12 people died of cholera.", ""),
        ("Some 12 people died of violence and disease.", "killed about 12"),
    ],
)
def test_wounds_are_treated_where_a_doctor_is_and_no_disease(text, figures):
    assert find_figures(text) == read_figures(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Of 90 rifles, 62 came from Odra.", ""),
        ("Soldiers died during 12 raids.", ""),
        ("Mines that kill 12 people a year were found.", ""),
        ("Sales to 12 people reached a peak.", ""),
        ("Some 12 houses were burned.", ""),
    ],
)
def test_things_raids_and_habits_count_nobody(text, figures):
    assert find_figures(text) == read_figures(figures)


def test_figures_come_in_reading_order_and_name_their_sentence():
    counts = find(
        "Nine people died in Kell. The army said nothing. Two hundred families fled Mira "
        "and 30 people were hurt."
    )
    assert [count.sentence for count in counts] == [0, 2, 2]
    assert [count.number.start for count in counts] == sorted(
        count.number.start for count in counts
    )


def test_every_figure_names_the_rule_that_made_it():
    counts = find(
        "Nine people died in Kell, four of them children. Clashes displaced 90 families or "
        "450 people. Injured: 12. The toll rose to 40."
    )
    assert len(counts) == 6
    assert all(count.rule.strip() for count in counts)


def test_the_same_text_gives_the_same_figures():
    text = (
        "Shelling killed 31 people, 12 of them children, and drove 90 families or 450 people "
        "from Kell."
    )
    assert find(text) == find(text)


# Measures, units, who is counted


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("The clashes in May displaced 12,000 people.", "new_displacement"),
        ("Some 700 families fled on Sunday.", "new_displacement"),
        ("About 3,000 people were forced from their homes on Sunday.", "new_displacement"),
        ("About 3,000 people have been forced from their homes.", "forced_to_flee"),
        ("Some 12,000 people remain displaced in Kell.", "idps"),
        ("There are 8,200 IDPs in the district.", "idps"),
        ("More than 900 people are sheltering in schools.", "idps"),
        ("The number of displaced people stands at 15,000.", "idps"),
        ("About 4,000 people are living in camps.", "in_camps"),
        ("The autumn war cost some 2,300 lives in Mira.", "killed"),
        ("The army lost 90 men killed and wounded.", "killed_or_injured"),
        ("Some 5,000 people crossed the border into Varo.", "refugees"),
        ("Varo hosts 24,000 refugees.", "refugees"),
        ("Some 700 people returned to their homes.", "returns"),
        ("Twelve people were killed.", "killed"),
        ("Twelve people were hurt.", "injured"),
        ("Over 100 people were killed or wounded.", "killed_or_injured"),
        ("Police detained 40 people.", "detained"),
        ("Rebels freed 90 prisoners.", "released"),
        ("About 80,000 people live in Kell.", "population"),
        ("The agency recorded 8,100 newly displaced people in July.", "new_displacement"),
        ("The district was home to some 6,000 people displaced by earlier raids.", "idps"),
        ("Varo deported 1,940 Malians in the last week of July.", "returns"),
        ("Varo sent back some 900 Malian asylum seekers in May.", "returns"),
        ("Varo sent back some 900 Malians in May.", "returns"),
        ("Varo deported 12 clerics in May.", "new_displacement"),
        ("Most have come back.", "returns"),
        ("Most were let go on Monday.", "released"),
    ],
)
def test_each_figure_has_the_measure_of_the_codebook(text, measure):
    assert [count.measure for count in find(text)] == [measure]


def test_a_bare_number_that_continues_a_stock_is_of_that_stock():
    text = "The mayor puts the number of displaced in Kell at 82,000, with 13,000 in Mira alone."
    assert [count.measure for count in find(text)] == ["idps", "idps"]


@pytest.mark.parametrize(
    ("text", "affected"),
    [
        ("Five soldiers were killed.", "combatant"),
        ("Two of the guards were killed.", "combatant"),
        ("Five villagers were killed.", "civilian"),
        ("Three teachers were hurt.", "civilian"),
        ("Five soldiers and civilians were killed.", "mixed"),
        ("Five people were killed.", "unknown"),
        ("Forty families fled.", "unknown"),
        ("In return 82 prisoners of war were exchanged.", "combatant"),
        ("The hospital received 150 wounded Velmar servicemen.", "combatant"),
        ("Near Kupiansk nineteen were taken prisoner.", "combatant"),
        ("Near Kupiansk nineteen were taken hostage.", "unknown"),
        ("The coroner counted 61 dead on the junta side.", "combatant"),
        ("Some forty of Kadyrov's men were killed.", "combatant"),
        ("Some forty of the village's men were killed.", "civilian"),
        ("The brawl killed six members of rival gangs.", "combatant"),
        ("The brawl killed six members of one choir.", "unknown"),
        ("Five of the bodies she washed were those of soldiers.", "combatant"),
        ("A Karen captain said: “We buried sixteen men there.”", "combatant"),
        ("The raiders fled, and nine of them were wounded.", "combatant"),
        ("The pilgrims saw the raiders flee, and nine of them were wounded.", "unknown"),
    ],
)
def test_who_is_counted_is_as_the_words_say(text, affected):
    assert [count.affected for count in find(text)] == [affected]


# Figures that belong together


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("The shelling killed 31 people, 12 of them children.", [None, 0]),
        (
            "The rebels released 90 prisoners, 20 of them fighters, including 3 commanders.",
            [None, 0, 1],
        ),
        ("Seventeen people were killed, nine of them in the market.", [None, 0]),
        ("Five people were killed and nine wounded.", [None, None]),
        ("Ten men, six women and three children were killed.", [None, None, None]),
        ("Clashes killed 11 people in Odra, four in Pesk and two in Lunde.", [None, None, None]),
    ],
)
def test_a_part_names_its_whole(text, wholes):
    assert [count.part_of for count in find(text)] == wholes


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("The clashes displaced 90 families or 450 people.", [None, 0]),
        ("Authorities evacuated 3,150 people, or 630 families, from Kirna.", [None, 0]),
        ("Clashes displaced 90 families in Kell and 40 families in Mira.", [None, None]),
        ("Clashes displaced 90 families and killed 12 people.", [None, None]),
    ],
)
def test_families_and_people_of_one_group_are_the_same(text, same):
    assert [count.same_as for count in find(text)] == same


def test_a_part_lies_before_no_other_figure_of_the_text():
    counts = find(
        "Nine people died. The shelling killed 31 people, 12 of them children. Four were hurt."
    )
    assert [count.part_of for count in counts if count.number.reading.best == 12] == [1]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Nine people were killed.", True),
        ("At least nine people were killed.", True),
        ("Between 3 and 5 people were killed.", True),
        ("Dozens were killed.", False),
        ("Two-thirds of the residents fled.", False),
        ("The army denied that 30 civilians had been killed.", False),
        ("If fighting spreads, a further 20,000 people will flee.", False),
    ],
)
def test_a_figure_is_a_number_of_people_said_to_have_happened(text, figure):
    assert [is_figure(count) for count in find(text)] == [figure]


# Nothing to find, and very much to read


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "12",
        "Killed",
        "killed killed killed",
        "....",
        "12 12 12",
        "\u200b\ufeff",
        "((((",
        "Neun Menschen wurden getötet.",
    ],
)
def test_a_text_that_says_nothing_gives_nothing(text):
    assert find(text) == []


REPEATED = {
    "one sentence without a stop": (
        "people of the valley fled the shelling with 12 carts of hay and "
    ),
    "numbers": "12,345 ",
    "numbers that count": "12 people killed and ",
    "one letter": "a",
    "only digits": "7",
    "opened brackets": "(12 killed ",
    "commas": "12, men, fled, ",
    "triggers without a number": "killed fled displaced wounded ",
    "number words": "two thousand and ",
    "ranges that never close": "killed between 3 people ",
    "hedges": "at least ",
    "line ends": "killed\n \n \t",
    "letters that grow when lowered": "İ",
    "hyphens": "killed-",
    "capitals": "Kell 12 Killed ",
}


@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED)
def test_a_long_text_costs_no_more_than_as_much_in_short_texts(piece):
    assert measure_growth(find, lambda length: repeat(piece, length), 80_000) < MOST


def test_nested_brackets_cost_no_more_than_their_length():
    def nest(length: int) -> str:
        return "(" * (length // 2) + " 12 people were killed " + ")" * (length // 2)

    assert measure_growth(find, nest, 80_000) < MOST


def test_long_runs_of_digits_cost_no_more_than_their_length():
    numbers = itertools.count(1)  # never the same again: what was read is remembered

    def write_runs(length: int) -> str:
        return ". ".join(
            "killed " + "".join(map(str, range(1_000 * run, 1_000 * run + 450)))
            for run in itertools.islice(numbers, length // 2_000)
        )

    assert measure_growth(find, write_runs, 320_000) < MOST


def test_a_sentence_of_a_million_characters_costs_no_more_than_as_many_in_short_texts():
    piece = "people of the valley fled the shelling with 12 carts of hay and "
    assert measure_growth(find, lambda length: repeat(piece, length), 1_000_000) < MOST


def test_ten_thousand_figures_in_one_sentence_are_all_found():
    text = " and ".join(f"{number} people were killed in Kell" for number in range(2, 10_002))
    counts = find(text)
    assert len(counts) == 10_000
    assert all(
        text[count.number.start : count.number.end] == str(order)
        for order, count in enumerate(counts, 2)
    )


def test_offsets_stay_right_behind_letters_that_grow_when_lowered():
    text = "İstif ve İpek: " * 50 + "Shells killed 31 people, about 12 of them children."
    assert [text[count.number.start : count.number.end] for count in find(text)] == [
        "31",
        "about 12",
    ]


def test_a_hedge_before_the_next_number_is_not_the_last_ones():
    counts = find("The strike killed 31 people, at least 12 of them children.")
    assert [(count.number.reading.best, count.number.reading.quantifier) for count in counts] == [
        (31, "exact"),
        (12, "at_least"),
    ]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        (
            "At Kell camp, the manager told reporters on Monday that the site now holds 33,000.",
            ["in_camps"],
        ),
        ("A tented settlement holds 610 families.", ["in_camps"]),
        ("Arrivals at Kell dropped to 1,500 on Monday.", ["new_displacement"]),
        ("Kell counts 900 displaced families (4,100 individuals).", ["idps", "idps"]),
        (
            "The number of displaced people stands at 15,000. Of these, 51 per cent are women.",
            ["idps", "idps"],
        ),
    ],
)
def test_sites_hold_camps_and_arrivals_are_a_flow(text, measures):
    assert [count.measure for count in find_counts(Document(text))] == measures
