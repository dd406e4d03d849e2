"""News of one's own making, for measuring speed: what a general crawl holds, with conflict reports
among it.

Most texts are about sport, business, politics, courts, weather, culture, science and everyday life,
and use the words of war in other senses (a lead surrendered, a title captured, a seat taken, a suit
dropped); 2 % are conflict reports. Every sentence comes from the templates below: the same size and
seed give the same texts.
"""

import random
import re

SHARE = 0.02  # of texts that report a conflict
FIRST = """
Adela Agnes Albert Alma Amir Anders Andrea Anita Anton Arjun Astrid Aurelia Bastian Beatrice Benedict Bianca Boris Bruno Camille Carla Cedric Chiara Clara Claudia Conrad Dalia Damian Daniel Daria Diego Dominic Edith Edmund
Elena Elias Emil Emma Erik Esther Eva Fabian Farid Felix Fiona Flora Francis Gareth Gemma Georg Gita Gloria Grace Gustav Hanna Harold Hector Helga Henrik Hugo Ian Ida Ingrid Irene Isaac Ivana Jakob Jasmine Joan Jonas Judith
Julia Karim Karl Katarina Kemal Kofi Lars Laura Leila Leon Lidia Linus Louise Lucas Lydia Magnus Malik Marcel Marta Matteo Maya Milan Mira Nadia Natalie Nico Nina Noah Olga Oscar Otto Paula Pavel Petra Philip Rafael Rania
Regina Robin Rosa Rufus Ruth Samir Sandra Selma Silvia Simon Sofia Stefan Tamara Tariq Teresa Theo Thomas Ulrich Ursula Valeria Vera Victor Wanda Walter Yara Yusuf Zoe
""".split()
LAST = """
Abbott Adeyemi Ahlberg Almeida Anand Arden Ashworth Baker Balint Banerjee Barlow Becker Bell Bergman Blake Boateng Bonnet Brandt Briggs Carver Castell Chandra Clarke Costa Crane Dahl Dawson Delgado Dietrich Dunne Eklund Ellis
Eriksen Farrell Ferrari Fischer Fletcher Forde Fraser Gallo Garrick Geller Gibbs Grant Greene Haas Hakimi Hale Hartley Hassan Hayes Holm Horvat Hughes Ibarra Ilic Jansen Jarvis Johansson Kapoor Keller Kemp Khoury Kimura Kovac
Lambert Larsen Lindgren Lopez Lowe Maddox Mahler Marlow Marsh Mensah Mercer Miller Moreau Morgan Nakata Navarro Nielsen Norris Novak Oakley Okafor Olsen Ortega Osei Palmer Park Patel Pereira Petrov Pollard Quinn Rahman Ramsay
Reyes Ricci Roth Rowe Sato Schmidt Sharma Shaw Silva Sorensen Stone Strand Sutter Tanaka Thorne Tobin Torres Turner Udall Vance Varga Vogel Wagner Walsh Weber Whitlock Winter Wolfe Yamada Young Zeller Zimmer
""".split()
TOWNS = """
Aberdeen|Adelaide|Alicante|Antwerp|Bath|Bergen|Bilbao|Birmingham|Bologna|Bordeaux|Boston|Bremen|Brighton|Bristol|Brno|Calgary|Cardiff|Chicago|Cologne|Cork|Dallas|Denver|Dresden|Dublin|Dundee|Durban|Edinburgh|Essen|Florence|
Galway|Genoa|Ghent|Glasgow|Gothenburg|Graz|Halifax|Hamburg|Hanover|Helsinki|Houston|Kyoto|Leeds|Leicester|Leipzig|Lille|Linz|Lisbon|Liverpool|Ljubljana|Lyon|Madrid|Malaga|Manchester|Marseille|Melbourne|Milan|Montreal|Munich|
Nantes|Naples|New Orleans|Newcastle|Nice|Nottingham|Oslo|Ottawa|Oxford|Palermo|Perth|Plymouth|Porto|Prague|Riga|Rotterdam|Salzburg|San Diego|Santiago|Seattle|Seville|Sheffield|Split|Stockholm|Stuttgart|Swansea|Sydney|Tallinn|
Tampere|Toronto|Toulouse|Trieste|Turin|Utrecht|Valencia|Vancouver|Venice|Verona|Vienna|Vilnius|Warsaw|Wellington|York|Zagreb|Zurich|Harrowgate Mills|Little Denby|Port Ellery|Castle Brue|Upper Marden|Saint Orlan|Westerham Vale
""".replace("\n", "").split("|")
COUNTRIES = "Argentina|Australia|Austria|Belgium|Brazil|Britain|Canada|Chile|Croatia|Denmark|Egypt|Estonia|Finland|France|Germany|Greece|Hungary|Iceland|India|Indonesia|Ireland|Italy|Japan|Kenya|Latvia|Mexico|Morocco|Nigeria|Norway|Peru|Poland|Portugal|Spain|Sweden|Switzerland|Thailand|Turkey|Vietnam".split(
    "|"
)
TEAMS = (
    "United|Rovers|the Harriers|City|the Falcons|Athletic|the Bears|Wanderers|the Comets|the "
    "Saints|Albion|the Kestrels|Rangers|the Rebels|the Pilots|County|the Spartans|Dynamo|the "
    "Lancers|Olympic|the Guardsmen|the Raiders"
).split("|")
FIRMS = (
    "Ardent Foods|Belmar Motors|Brightwater Energy|Calloway Group|Corvane|Dunmore "
    "Textiles|Ellipse Media|Fenwick & Sons|Gildan Shipping|Halcyon Bank|Inverlake "
    "Capital|Kestrel Airways|Lumen Software|Marlin Insurance|Northgate Rail|Orla Pharma|Pellham "
    "Stores|Quillon Systems|Redfern Mining|Solway Steel|Tarn Telecom|Veritec|Westbourne "
    "Homes|Yarrow Chemicals"
).split("|")
THINGS = (
    "The Glass Orchard|A Winter Ledger|The Long Canal|Seven Quiet Rooms|The Cartographer|Salt "
    "and Iron|Northern Lines|The Last Ferry|An Honest Clock|Paper Boats|The Fall of "
    "Morwen|Harbour Lights|The Siege of Elmet|The Taking of Room Nine"
).split("|")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = (
    "January February March April May June July August September October November December".split()
)
FEW = "two three four five six seven eight nine ten eleven twelve".split()
FIELDS = (
    "education transport health housing energy trade culture tourism finance sport farming science"
).split()
POSTS = (
    "mayor|minister|chief "
    "executive|spokeswoman|spokesman|coach|captain|professor|chairman|director|union "
    "leader|judge|shadow minister|councillor|analyst|curator|head teacher|chief "
    "economist|commissioner|producer"
).split("|")
FRONT = (
    "Adrask|Belmesh|Corvat|Dareth|Elmuk|Farsund "
    "Kala|Ghorra|Hazret|Ilvesh|Jabrin|Karsun|Lethra|Marwad|Nisra|Ordesh|Pelkan|Qarda|Rasvan|Serim|Tolvek|Urmash|Veldra|Wadi "
    "Samir|Yarvik|Zerdab"
).split("|")
ARMED = (
    "rebels|the army|government troops|insurgents|fighters of the Aurel Front|the "
    "militia|separatists|soldiers|the northern alliance|militants|gunmen|the coalition"
).split("|")

OTHER = """
{team} surrendered a two-goal lead in the last {few} minutes and had to settle for a draw in {town}.
{town} captured the league title for the {nth} time after beating {team} {score} on {day}.
{person} won the {year} final in straight sets and took home a cheque for {money}.
Captain {person} has been ruled out for {few} weeks with a knee injury, the club said.
"We lost our shape after the break and they turned the game around," said coach {person}.
{team} have won {few} of their last {n} matches and lie third in the table with {n} points.
{person}, {n}, seized her chance and held off {person} to win by {few} seconds in {clock}.
The {nation} striker scored twice in the first half as {team} went top with a {score} win over {team}.
{team} lost at home for the first time since {month} after conceding {few} goals in the second half.
More than {big} fans watched {team} take on {team} at the new stadium in {town}.
The defender was sent off for a late tackle and will miss the next {few} games.
{person} turned professional in {year} and has since won {n} titles.
The champions were held to a goalless draw by {team}, who defended with {few} men for most of the match.
Rain stopped play for {few} hours on {day}, and England were {big} for {few} when the players returned.
{person} regained the world number one ranking after a run of {n} wins.
{town} will host the championships in {year}, beating bids from {town} and {town}.
{team} freed the midfielder from his contract and signed {person} for a fee of {money}.
The relay team took silver in {clock}, {few} hundredths behind {country}.
Substitute {person} struck the post {few} minutes from time, and {team} held on.
{person} quit as coach of {team} on {day} after a run of {n} matches without a win.
A late penalty from {person} rescued a point for the visitors, who had fallen behind early on.
The driver crashed out on lap {n} but walked away unhurt from the car.
Skier {person} entered the record books with her {nth} victory of the season at {town}.
{team} face {team} in the semi-final on {day}, with the winners to meet {town} or {town}.
Organisers expect {big} runners at the start of the marathon in {town} on {date}.
The club from {town} fell to a {score} defeat, its {nth} in a row.
Shares in {firm} fell {percent} on {day} after the company issued its {nth} profit warning this year.
{firm} has taken over {firm} in a deal worth {money}, the companies said in a statement.
Profits at {firm} rose {percent} to {money} in the {few} months to the end of {month}.
{firm} is to cut {big} jobs in {country}, about {percent} of its workforce there.
The {nation} group said it would open {n} shops in {country} by the end of {year}.
Unemployment fell to {percent} in {month}, the lowest level since {year}, official figures showed.
Inflation rose to {percent} in the year to {month}, driven by the cost of food and fuel.
The central bank held interest rates at {percent} for the {nth} month in a row.
{person}, chief executive of {firm}, will leave in {month} after {few} years in the post.
The bank lost {money} on loans to property developers, its accounts for {year} show.
Workers at the {firm} plant near {town} walked out on {day} in a row over pay.
Oil fell below ${n} a barrel as traders bet on weaker demand from {country}.
House prices in {town} have risen by {percent} since {year}, according to a survey of {big} sales.
{firm} recalled {big} cars after faults were found in the brakes.
Analysts at {firm} expect sales to reach {money} next year.
The airline carried {million} million passengers in {year}, {percent} more than the year before.
Retail sales dropped by {percent} in {month} as shoppers stayed at home.
The {nation} currency gained {percent} against the dollar, its best day since {date}.
A trade deal between {country} and {country} could be signed as early as {month}, officials said.
{firm} secured a loan of {money} to complete the tunnel between {town} and {town}.
"Demand has held up better than we feared," {person} told shareholders at a meeting in {town}.
Investors pulled {money} out of property funds in the last {few} weeks of {month}.
The start-up, founded in {year} by {person}, has raised {money} from {few} investors.
Some {big} small firms have closed since {month}, the chamber of commerce said.
The {post} of {town}, {person}, won re-election with {percent} of the vote.
Voters in {country} go to the polls on {date} to choose a new parliament.
The ruling party lost control of the council for the first time in {n} years.
{person} took {percent} of the vote in the first round, ahead of {person} with {percent}.
Parliament passed the {field} bill by {n} votes to {n} after a debate that lasted {few} hours.
The opposition won {n} of the {big} seats and will hold talks with {few} smaller parties.
"People are tired of promises," said {person}, who is standing for the Greens in {town}.
The government faces a vote of confidence on {day} over its handling of the {field} reforms.
{post} {person} said the plan would cost {money} over {few} years and create {big} jobs.
Thousands marched through {town} on {day} to protest against cuts to {field} spending.
Ministers from {n} countries met in {town} to discuss {field} and the climate.
{country} took over the presidency of the council from {country} on {date}.
The {field} secretary dropped the plan after {few} of her own members threatened to vote against it.
A poll of {big} adults put the party on {percent}, down {few} points since {month}.
The president of {country} arrived in {town} on {day} for a state visit of {few} days.
{person} resigned as {post} on {date}, saying she wanted to spend more time with her family.
The mayor defended the decision to close {few} libraries in the north of the city.
Council leaders in {town} freed {money} for repairs to roads and bridges.
The two leaders signed an accord on {field} at a ceremony in {town}.
Ambassador {person} handed over her letters of credence in {town} on {day}.
Critics say the law hands too much power to the {field} ministry.
{person} was elected in {year} and has held the seat ever since.
A court in {town} sentenced {person}, {n}, to {few} years in prison for fraud.
Police in {town} arrested {few} men after a break-in at a jewellery shop on {day}.
The jury took {few} hours to find {person} guilty of stealing {money} from her employer.
{person}, of {town}, denied {few} counts of theft and was released on bail until {date}.
The judge freed the defendant after the main witness withdrew his statement.
Detectives recovered {few} paintings worth {money}, which had been taken from a gallery in {town} in {year}.
A man of {n} lost his licence after driving at {n} miles an hour past a school near {town}.
Officers seized {big} cigarettes at the port of {town} on {day} night.
The appeal will be heard in {town} on {date} before {few} judges.
{firm} was fined {money} for polluting a river near {town}.
The lawyer said her client had surrendered his passport and would answer all questions.
An inquest into the deaths of {few} climbers opened in {town} on {day}.
{few_title} people were injured when a bus overturned near {town}, police said.
A driver was killed and {few} passengers were hurt in a crash on the road to {town} on {day}.
Fire destroyed a warehouse in {town} on {day} night; nobody was hurt.
Firefighters rescued {few} cats and a parrot from a flat in the centre of {town}.
Temperatures fell to minus {n} degrees in {town} overnight, the coldest night of the winter.
Heavy rain is expected across the north and west on {day}, with up to {n} millimetres in places.
Snow closed {few} schools in and around {town} on {day}, and trains ran up to {few} hours late.
Storm {first} is due to reach the coast by {day} evening, with gusts of up to {n} kilometres an hour.
About {big} homes in {country} were left without power after a storm brought down lines.
The river at {town} rose by {few} metres within {few} hours and flooded cellars in the old town.
It was the hottest {month} in {country} since records began in {year}.
Forecasters say the dry weather will hold until the end of {month}.
A tree fell on {few} parked cars in {town} during the gale; the owners were at work.
Farmers in the south have lost up to {percent} of their crop to the frost.
{person}'s new novel, "{thing}", tells of a family that leaves {town} for a small island in {year}.
"{thing}" took {money} at the box office in its first weekend.
The film by {person} won {few} prizes in {town}, among them that for best picture.
The exhibition, which runs until {date}, shows {n} drawings on loan from museums in {town} and {town}.
Pianist {person} will play {few} concerts in {country} in {month}.
The museum in {town} reopened on {day} after {few} years of repairs that cost {money}.
Critics were divided over the opera, which opened on {day} with {person} in the title role.
Her second album, "{thing}", entered the charts at number {few} and stayed there for {n} weeks.
The theatre lost its grant of {money} in {year} and has since lived on what it takes at the door.
The festival drew {big} visitors to {town}, {percent} more than in {year}.
{person}, who played the king in "{thing}", has died at the age of {n}.
Actor {person} turned down the part {few} times before she said yes.
The painting was sold for {money} to a buyer who did not want to be named.
Readers of the magazine chose "{thing}" as book of the year.
The series, filmed in {town} and {town}, will be shown in {n} countries from {date}.
The choir of {n} children from {town} sang for the queen of {country} on {day}.
Scientists in {town} have found a way to store {percent} more energy in a battery.
Researchers studied {big} people over {n} years and found no link between coffee and sleep.
The probe, launched in {year}, reached the comet on {date} and sent back {n} pictures.
The team led by {person} at the university of {town} published its results on {day}.
A bone found near {town} is about {big} years old, say archaeologists.
The number of storks in {country} has risen to {big} pairs, from {n} in {year}.
Doctors in {town} have treated {n} patients with the new drug; {percent} of them felt better within a month.
The vaccine will be offered to all {big} pupils in {town} before {month}.
Waiting times in hospitals rose to an average of {few} hours in {month}, figures show.
One in {few} adults in {country} does not take enough exercise, a study has found.
The telescope, {n} metres wide, will be built on a hill in {country} and cost {money}.
Volunteers counted {big} birds on the lake near {town} on {date}.
Trains between {town} and {town} will not run at the weekend because of work on the line.
The new tram line carried {big} passengers on its first day.
The airport at {town} plans a {nth} runway by {year}; residents have vowed to fight it.
Cyclists in {town} have gained {n} kilometres of lanes since {year}.
The bridge, closed in {month} after cracks were found, will open again on {date}.
The ferry to {town} left {few} hours late on {day} after an engine failed.
Fares will go up by {percent} from {date}, the operator {firm} said.
More than half of all commuters in {town} now work from home at least {few} days a week.
{town} zoo has a new arrival: a giraffe called {first}, born on {day}.
Residents of {town} raised {money} to keep the village shop, which had stood empty since {year}.
The baker {person} gets up at {few} in the morning and sells {big} rolls a day.
Pupils at a school in {town} have written {big} letters to people in care homes.
The recipe takes {few} eggs, {n} grams of flour and a little patience.
{person}, {n}, found the ring in her garden in {town}, {n} years after she had lost it.
Visitors are advised to book, as places on the tour are soon taken.
The hotel on the hill above {town} has {n} rooms and a pool.
A reader from {town} asks whether a lease of {n} years can be broken.
The old mill at {town} has been turned into {n} flats.
Some {big} people live in the valley, most of them from farming.
The street market, held every {day} since {year}, may have to leave the square.
Officials said the water was safe to drink again, and schools would open on {day}.
The union said its {big} members would strike for {few} days from {date}.
{post_title} {person} praised the volunteers and thanked them for their work.
"It was the right time to go," {person} said. "I leave with {few} good years behind me."
"We took a hard look at the numbers, and they did not add up," {person} told reporters in {town}.
"Nobody was forced to sign," said {person}, a lawyer for {firm}.
"I lost {n} kilos and won back my life," said {person} of {town}.
The report, {big} pages long, blames poor planning and a lack of money.
It was the {nth} time in {few} years that the date had been moved.
The decision came after {few} days of talks in {town} between {firm} and the unions.
Asked about his plans, {person} said he would take some time off with his family in {country}.
According to {person}, the figures for {month} leave no room for doubt.
{firm} declined to comment.
No one from the ministry was available for comment on {day}.
The company did not say how many people would lose their jobs.
The {nation} prime minister flew home early from a summit in {town}.
Work began in {year} and should have been finished {few} years ago.
The minister broke off her visit to {country} and returned to {town} on {day} evening.
It is still not clear who will pay the {money} needed to repair the roof.
He moved to {town} in {year}, where he met his wife, {first}, a nurse.
The couple have {few} children and live near {town}.
The {few} finalists come from {town}, {town} and {town}.
Campaigners handed in a petition with {big} names at the town hall in {town}.
The archive was evacuated for an hour on {day} when a smoke alarm went off.
Staff left the building in {town} by the back door as the rain came through the ceiling.
The brewery, besieged by tourists in summer, has stopped its tours until {month}.
The debate over the {field} budget came to a head on {day}, with shouting from both sides.
Sales of the phone exploded in {month}, when {firm} halved the price.
The dispute has dragged on since {date} and shows no sign of an end.
Rival fans clashed over tickets outside the ground in {town}; {few} were taken away by police.
Advertising revenue at {firm} collapsed to {money}, from {money} in {year}.
The city has fallen in love with its new park, where {big} people spent the first warm {day} of the year.
An army of volunteers cleared {n} tonnes of rubbish from the beach at {town}.
The battle for the top job at {firm} is over: {person} will take charge on {date}.
The young {nation} conquered the summit in {few} days and was back in {town} by {day}.
Nobody in the village could remember a summer like it, with the meadows brown by the end of May and the old people sitting in front of their doors until long after midnight.
For years the committee had argued about what to do with the empty factory, and in the end it was a group of students who came up with an answer that everybody could live with.
What makes the study unusual is that the researchers did not ask people what they thought of the programme but looked at what they actually did once it was over.
Her critics say that she has never been tested in a real crisis, while those who have worked with her for a long time describe a patient and careful manager who listens before she speaks.
The idea is simple enough: those who bring their own cup pay less for their coffee, and the shop saves the cost of washing up or of throwing paper cups away.
It is an open secret in the industry that the new rules will be hard to enforce, because there are too few inspectors and because most of the work is done at night.
The novel begins slowly, with a long description of a railway station in the rain, and it takes some patience to reach the point at which the two sisters meet again.
He has been called a dreamer and a showman, but even his rivals admit that without his stubbornness the concert hall by the harbour would never have been built.
There was a time when almost every street in this part of {town} had its own bakery, its own butcher and a small shop where children spent their pocket money on sweets.
Those who want to apply should send a short letter and a list of their publications to the office, where {person} will be glad to answer any questions about the scheme.
"I think that we owe it to our customers to be honest about what went wrong, and that is why we are publishing the whole report and not only the summary," said {person}.
The question of whether teachers should be allowed to use the programme in class has divided parents, schools and the ministry, and it is unlikely to be settled before the holidays.
Much will depend on whether the weather stays dry, since the vines are already in flower and a week of rain would spoil the quality of the grapes, as {person} explains.
In the second half of the programme the orchestra plays a suite that the composer wrote for his daughter, and which was not heard in public until long after both of them had died.
The company says that it takes the complaints seriously and that it has asked an outside firm to look into the way in which its managers treat the people who work for them.
Economists had expected a smaller rise, and several of them warned that the figures should be read with care because the holidays fell earlier than usual this spring.
As so often in this long and quarrelsome marriage of two banks, the numbers were right and the people were wrong, and so the plan was held back until the old guard had gone.
The road winds up through pine woods to a pass from which, on a clear day, one can see as far as the sea, and then drops down in a series of bends towards {town}.
Although the two parties agree on most questions of {field} policy, they have not been able to settle who should lead the ministry and who should take the chair of the committee.
Once a week the volunteers load the van with bread, fruit and vegetables that the shops would otherwise have thrown out, and drive it round to people who have little to eat.
""".strip().splitlines()
HEADS = """
{team} hold on to win in {town}
{firm} to cut {big} jobs
Storm {first} heads for {country}
{town} votes for change
Court frees {person}
{person}: "I have nothing to hide"
{country} and {country} sign trade deal
Homes lost, trees down: a night of wind in {town}
{thing}: a review
Rates held at {percent}
{person} takes charge at {firm}
What {country} did next
Letters to the editor
In brief
""".strip().splitlines()
WAR = """
{armed_title} captured the town of {front} on {day}, {few} days after the fall of {front}.
{front} fell to {armed} on {date}, residents said.
{armed_title} took {front} and {front} late on {day} and advanced towards {front}.
{front}, {front} and {front} were seized by {armed} on {date}.
{armed_title} have withdrawn from {front}, a commander said on {day}.
{armed_title} entered {front} from the south on {day} morning.
{armed_title} reached the outskirts of {front} on {date}.
{armed_title} launched an offensive on {front} on {day}.
The town of {front} changed hands for the {nth} time since {month}.
{armed_title} drove the garrison out of {front} on {day}.
At least {n} people were killed and {n} wounded when shells hit a market in {front} on {day}.
{few_title} civilians, {few} of them children, died in air strikes on {front}, rescuers said.
Some {big} people have fled {front} since {date}, according to the United Nations.
More than {big} families are living in camps around {front}.
About {big} people have returned to {front} since {month}.
Between {n} and {big} people were displaced by fighting near {front} on {day}.
The army said {n} soldiers had been killed in fighting around {front}.
{armed_title} denied that they had lost {front}.
The toll since {month} has reached {big} dead, a monitoring group said.
{few_title} aid workers were detained at a checkpoint near {front} and released on {day}.
The road between {front} and {front} has been cut since {date}.
Hospitals in {front} treated {n} people for wounds on {day} alone.
"They came at dawn, and by noon the town was theirs," said {first}, a shopkeeper in {front}.
The United Nations said {big} people needed food in and around {front}.
{armed_title} regained control of {front} {few} days later.
The governor said {front} would not fall.
Shelling of {front} went on into the night; there was no word on casualties.
Mediators from {country} have called for a truce of {few} days.
{armed_title} handed over {n} prisoners at {front} on {date}.
{front} was retaken by {armed} on {day}, state radio reported.
""".strip().splitlines()


def make_news(size: int, seed: int = 0) -> list[str]:
    """News texts of about `size` characters in all, 150 to 6,000 each; 2 % of them conflict
    reports. The same size and seed give the same texts, and a larger size the same texts first."""
    rng = random.Random(seed)
    texts, held = [], 0
    while held < size:
        texts.append(_write_text(rng, _WAR if rng.random() < SHARE else _OTHER))
        held += len(texts[-1])
    return texts


def _write_text(rng: random.Random, sentences: list) -> str:
    """Headline, dateline (in some), paragraphs of one to four sentences."""
    parts = [_fill(rng, rng.choice(_HEADS if sentences is _OTHER else sentences)).rstrip(".")]
    if rng.random() < 0.15:
        parts[0] = parts[0].upper()
    opening = (
        (
            f"{rng.choice(TOWNS).upper()}, {rng.randint(1, 28)} {rng.choice(MONTHS)} "
            f"{rng.randint(1995, 2024)} (NWA) - "
        )
        if rng.random() < 0.4
        else ""
    )
    for _ in range(rng.choice((2, 4, 6, 8, 12, 18))):
        paragraph = " ".join(
            _fill(rng, rng.choice(sentences if rng.random() < 0.8 else _OTHER))
            for _ in range(rng.randint(1, 4))
        )
        parts.append(opening + paragraph)
        opening = ""
    return "\n\n".join(parts)


def _fill(rng: random.Random, template: list[str]) -> str:
    """A template as a sentence: every second piece is the name of a slot."""
    words = [DRAW[piece](rng) if at % 2 else piece for at, piece in enumerate(template)]
    sentence = "".join(words)
    return sentence if template[0] != "" else sentence[:1].upper() + sentence[1:]


def _cut(templates: list[str]) -> list[list[str]]:
    return [re.split(r"\{(\w+)\}", template) for template in templates]


def _ordinal(number: int) -> str:
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')) if number not in (11, 12, 13) else 'th'}"


def _percent(rng: random.Random) -> str:
    return f"{rng.randint(1, 60)}{rng.choice(('', '.5', '.2'))}{rng.choice((' per cent', '%', ' percent'))}"


DRAW = {  # slot → what stands there
    "person": lambda rng: f"{rng.choice(FIRST)} {rng.choice(LAST)}",
    "first": lambda rng: rng.choice(FIRST),
    "town": lambda rng: rng.choice(TOWNS),
    "country": lambda rng: rng.choice(COUNTRIES),
    "nation": lambda rng: rng.choice(
        (
            "German",
            "French",
            "Dutch",
            "Swedish",
            "Spanish",
            "Italian",
            "Irish",
            "Danish",
            "Polish",
            "Greek",
            "Turkish",
            "Kenyan",
            "Indian",
            "Chilean",
        )
    ),
    "team": lambda rng: rng.choice(TEAMS),
    "firm": lambda rng: rng.choice(FIRMS),
    "thing": lambda rng: rng.choice(THINGS),
    "field": lambda rng: rng.choice(FIELDS),
    "post": lambda rng: rng.choice(POSTS),
    "post_title": lambda rng: rng.choice(POSTS).capitalize(),
    "day": lambda rng: rng.choice(DAYS),
    "month": lambda rng: rng.choice(MONTHS),
    "year": lambda rng: str(rng.randint(1951, 2024)),
    "date": lambda rng: rng.choice(
        (
            f"{rng.randint(1, 28)} {rng.choice(MONTHS)}",
            f"{rng.choice(MONTHS)} {rng.randint(1, 28)}",
            f"{rng.randint(1, 28)} {rng.choice(MONTHS)} {rng.randint(1995, 2024)}",
        )
    ),
    "few": lambda rng: rng.choice(FEW),
    "few_title": lambda rng: rng.choice(FEW).capitalize(),
    "n": lambda rng: str(rng.randint(13, 99)),
    "big": lambda rng: f"{rng.randint(2, 400) * 50:,}",
    "million": lambda rng: f"{rng.randint(2, 40)}.{rng.randint(1, 9)}",
    "nth": lambda rng: rng.choice(
        ("second", "third", "fourth", "fifth", _ordinal(rng.randint(6, 30)))
    ),
    "score": lambda rng: f"{rng.randint(1, 5)}-{rng.randint(0, 3)}",
    "clock": lambda rng: f"{rng.randint(9, 58)}.{rng.randint(10, 99)} seconds",
    "money": lambda rng: (
        f"{rng.choice('$£€')}{rng.randint(2, 900)}{rng.choice(('m', ' million', ',000', 'bn', ' billion'))}"
    ),
    "percent": _percent,
    "front": lambda rng: rng.choice(FRONT),
    "armed": lambda rng: rng.choice(ARMED),
    "armed_title": lambda rng: (words := rng.choice(ARMED))[0].upper() + words[1:],
}
_OTHER, _HEADS, _WAR = _cut(OTHER), _cut(HEADS), _cut(WAR)
