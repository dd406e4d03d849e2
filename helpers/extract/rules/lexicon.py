"""The words the rules know: who can be counted, what only looks like them, and the words of grammar.

Closed lists of English, in lower case. They were written from grammars and codebooks of the field (UCDP,
IDMC's terms, ACLED's event types), one sense a list, not from any one corpus: a word belongs here because
reporters use it, whatever text it stands in.
"""


def list_words(text: str) -> frozenset[str]:
    """The words of a text that parts them by blanks."""
    return frozenset(text.split())


# --- who is counted -----------------------------------------------------------------------------------------

CIVILIANS = list_words("""
civilian civilians resident residents villager villagers inhabitant inhabitants townspeople townsfolk citizen citizens child children
minor minors infant infants baby babies toddler toddlers boy boys girl girls woman women elderly pensioner pensioners student students
pupil pupils schoolchild schoolchildren schoolgirl schoolgirls schoolboy schoolboys teacher teachers professor professors lecturer lecturers
farmer farmers peasant peasants campesino campesinos herder herders shepherd shepherds pastoralist pastoralists worker workers labourer
labourers laborer laborers miner miners fisherman fishermen trader traders shopkeeper shopkeepers shopper shoppers vendor vendors merchant
merchants driver drivers passenger passengers commuter commuters traveller travellers traveler travelers pilgrim pilgrims worshipper
worshippers worshiper worshipers mourner mourners protester protesters protestor protestors demonstrator demonstrators marcher marchers
bystander bystanders passer-by passers-by passerby passersby pedestrian pedestrians doctor doctors nurse nurses medic medics paramedic
paramedics patient patients volunteer volunteers aid-worker journalist journalists reporter reporters photographer photographers cameraman
cameramen priest priests monk monks nun nuns pastor pastors bishop bishops imam imams cleric clerics clergyman clergymen churchgoer
churchgoers jesuit jesuits missionary missionaries lawyer lawyers judge judges magistrate magistrates prosecutor prosecutors mayor mayors
councillor councillors councilman councilmen politician politicians deputy deputies lawmaker lawmakers senator senators minister ministers
diplomat diplomats ambassador ambassadors official officials candidate candidates leader leaders unionist unionists trade-unionist activist
activists businessman businessmen businesswoman engineer engineers technician technicians tourist tourists foreigner foreigners
holidaymaker holidaymakers visitor visitors guest guests neighbour neighbours neighbor neighbors relative relatives mother mothers father fathers
parent parents brother brothers sister sisters son sons daughter daughters wife wives husband husbands widow widows orphan orphans couple
employee employees staff staffer staffers servant servants housekeeper housekeepers cook cooks maid maids gardener gardeners clerk clerks
adult adults youth youths teenager teenagers youngster youngsters men man males females male female breadwinner caretaker caretakers
islander islanders settler settlers migrant migrants immigrant immigrants emigrant emigrants expatriate expatriates refugee refugees evacuee
evacuees returnee returnees idp idps firefighter firefighters fireman firemen rescuer rescuers athlete athletes player players fan fans spectator
spectators customer customers diner diners reveller revellers partygoer partygoers festivalgoer festivalgoers newborn newborns unarmed
trekker trekkers climber climbers scientist scientists academic academics nationals schoolteacher schoolteachers midwife midwives ranger rangers
survivor survivors victim victims noncombatant noncombatants non-combatant non-combatants displaced-person humanitarian
""")
COMBATANTS = list_words("""
soldier soldiers troop troops serviceman servicemen servicewoman servicewomen serviceperson conscript conscripts recruit recruits cadet cadets
officer officers sergeant sergeants lieutenant lieutenants captain captains colonel colonels general generals commander commanders corporal
corporals private privates marine marines paratrooper paratroopers commando commandos gendarme gendarmes policeman policemen policewoman
policewomen police constable constables trooper troopers guard guards guardsman guardsmen bodyguard bodyguards fighter fighters rebel rebels
insurgent insurgents guerrilla guerrillas guerilla guerillas militant militants militia militiaman militiamen militias gunman gunmen
terrorist terrorists extremist extremists jihadist jihadists jihadi jihadis islamist islamists mercenary mercenaries paramilitary paramilitaries
partisan partisans combatant combatants attacker attackers assailant assailants bomber bombers sniper snipers pilot pilots crewman crewmen
peacekeeper peacekeepers infantryman infantrymen ranger-soldier subversive subversives bandit bandits warrior warriors vigilante vigilantes
separatist separatists secessionist secessionists defector defectors deserter deserters airman airmen sailor sailors reservist reservists
noncommissioned contra contras reinforcement reinforcements cadre cadres comrade comrades ncos hitman hitmen traffickers trafficker gangster gangsters killer killers assassin assassins murderer murderers kidnapper kidnappers executioner executioners
""")
PEOPLE = list_words("""
people person persons individual individuals ind ind. indiv pax soul souls human humans beings others other dead wounded injured lives life member members
population populations casualty fatality prisoner prisoners inmate inmates detainee detainees hostage hostages captive captives suspect suspects
colleague colleagues friend friends companion companions local locals figure-person personnel crew crewmembers delegate delegates occupant
occupants participant participants supporter supporters sympathizer sympathizers sympathiser sympathisers follower followers
beneficiary beneficiaries headcount asylum-seekers asylum-seeker seekers seeker criminal criminals drug-dealers dealer dealers relation intruder intruders operatives operative sympathisers kin newcomers countrymen compatriots adherents parishioners natives ones youngest
""")
# Those who strike, when they are the ones who act; counted only as victims.
HOUSEHOLDS = list_words("family families fam fams household households hh hhs hh. hshlds")
DWELLINGS = list_words("""
home homes house houses dwelling dwellings hut huts apartment apartments flat flats residence residences housing-unit shack shacks
""")
BODIES = list_words(
    "body bodies corpse corpses cadaver cadavers remains martyr martyrs coffin coffins"
)

# Whatever else is counted beside a trigger: time, measure, money, things, animals, acts, groups.
THINGS = list_words("""
second seconds minute minutes hour hours day days night nights week weeks weekend weekends fortnight month months year years decade decades
century centuries time times am pm a.m p.m o'clock gmt utc occasion occasions season seasons quarter quarters age ages
metre metres meter meters km kms kilometre kilometres kilometer kilometers mile miles yard yards foot feet inch inches mm cm hectare hectares
acre acres kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes gram grams ton tons tonne tonnes pound pounds litre litres liter liters
gallon gallons barrel barrels mph kph knots degree degrees percent percentage point points magnitude calibre caliber
dollar dollars euro euros rupee rupees peso pesos shilling shillings franc francs naira riyal usd eur gbp cent cents
vehicle vehicles car cars truck trucks lorry lorries bus buses minibus minibuses van vans ambulance ambulances motorcycle motorcycles motorbike
motorbikes bicycle bicycles train trains wagon wagons boat boats ship ships vessel vessels ferry plane planes aircraft helicopter helicopters
jet jets drone drones tank tanks convoy convoys airplane airplanes
gun guns rifle rifles weapon weapons rocket rockets missile missiles shell shells round rounds bullet bullets bomb bombs grenade
grenades mine mines landmine landmines mortar mortars explosive explosives cartridge cartridges munition munitions artillery device devices ied ieds target targets tukul tukuls
attack attacks assault assaults ambush ambushes raid raids strike strikes airstrike airstrikes air-strike air-strikes sortie sorties bombing
bombings explosion explosions blast blasts clash clashes battle battles skirmish skirmishes incident incidents event events operation operations
massacre massacres offensive offensives war wars conflict conflicts protest protests demonstration demonstrations rally rallies riot riots
kidnapping kidnappings abduction abductions arrest arrests violation violations abuse abuses crime crimes case cases charge charges count counts
disaster disasters flood floods storm storms cyclone cyclones typhoon typhoons hurricane hurricanes earthquake earthquakes quake quakes aftershock
aftershocks fire fires wildfire wildfires landslide landslides tornado tornadoes eruption drought
village villages town towns city cities district districts province provinces region regions state states country countries nation nations county
counties prefecture prefectures governorate governorates municipality municipalities commune communes locality localities location locations area
areas neighbourhood neighbourhoods neighborhood neighborhoods suburb suburbs settlement settlements hamlet hamlets ward wards barangay barangays island islands
department departments canton cantons community communities parish parishes zone zones front fronts position positions place places block blocks
camp camps site sites centre centres center centers shelter shelters tent tents school schools classroom classrooms church churches mosque
mosques temple temples hospital hospitals clinic clinics building buildings structure structures shop shops store stores market markets stall stalls
office offices factory factories bridge bridges road roads street streets well wells latrine latrines pole poles tower towers airport airports base bases
barracks checkpoint checkpoints outpost outposts post posts bunker bunkers unit units room rooms floor floors bed beds facility facilities institution institutions
cow cows ox oxen mule mules reindeer hen hens duck ducks turkey turkeys yak yaks llama llamas cattle sheep goat goats livestock head animal animals camel camels horse horses donkey donkeys pig pigs chicken chickens poultry
bird birds buffalo buffaloes dog dogs elephant elephants fish herd herds crop crops tree trees
blanket blankets kit kits ration rations meal meals parcel parcels package packages item items bag bags box boxes sheet sheets
tarpaulin tarpaulins mat mats copy copies page pages document documents letter letters report reports statement statements photo photos video
videos vote votes seat seats goal goals article articles resolution resolutions law laws condition conditions demand demands proposal proposals
group groups organisation organisations organization organizations agency agencies company companies brigade brigades battalion battalions division
divisions regiment regiments squad squads platoon platoons column columns cell cells party parties team teams government governments ngo ngos
source sources witness-account meeting meetings talk talks session sessions phase phases stage stages step steps part parts piece pieces fold
job jobs project projects programme programmes program programs loan grant fund funds term terms sentence sentences per-cent
metric cubic square kilowatt megawatt volt shot shots blow blows wound wounds stitch side sides way ways attempt attempts line lines track tracks
field fields plot plots hole holes door doors wall walls window windows call calls message messages hit hits order orders request requests
power-line station stations dam dams canal canals pump pumps reservoir plant plants farm farms kiosk kiosks
deadly-attack ceasefire truce round-table movement movements trip trips flight flights entry entries crossing crossings visit visits
alert alerts warning warnings forecast level levels category grade copies tv radio channel figure figures estimate estimates number numbers total
governorates' households' sub-district sub-districts subdistrict subdistricts sub-county sub-counties chiefdom chiefdoms evacuation-centre
""")

# --- grammar ------------------------------------------------------------------------------------------------

BE = list_words(
    "is are was were be been being am 're 's get gets got getting gotten remain remains remained"
)
HAVE = list_words("have has had having 've")
MODALS = list_words("could would may might can will shall should must")
AUX = BE | HAVE | MODALS | list_words("do does did not n't to")
DETERMINERS = list_words(
    "the a an this that these those all both its their his her our your my some any every each such no another further additional extra more last first remaining final entire whole initial only"
)
PREPOSITIONS = list_words("""
in on at from to by with of for into onto over under through throughout across along near around among amongst between within without during
inside outside behind beyond beneath against towards toward via per despite amid amidst following including off up down out upon aboard beside
besides except like than according due owing due-to since until till after before
""")
SUBORDINATORS = list_words(
    "after when as because since while whilst before if although though unless until whereas where once so"
)
RELATIVES = list_words("who whom which that whose")
ADVERBS = list_words("""
also still now already just only so far later then reportedly allegedly apparently probably possibly likely currently presently recently
subsequently previously temporarily permanently internally newly forcibly violently brutally severely seriously slightly critically badly lightly
gravely moderately mostly mainly largely primarily either together simultaneously mistakenly instantly immediately almost nearly entirely completely directly
officially initially eventually finally quickly reluctantly forcefully involuntarily voluntarily spontaneously preventively preventatively
precautionarily safely already once twice again today yesterday tonight overnight here there too even ever never always since thereby thus
hence alone least summarily extrajudicially individually accidentally unlawfully deliberately jointly fatally mortally additionally consequently
provisionally preliminarily officially estimated confirmed reported registered
""")
CONJUNCTIONS = list_words("and or & plus nor but")
SUBSET = list_words("including among includes included include comprising")
