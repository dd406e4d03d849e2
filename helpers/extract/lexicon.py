"""The words the rules know: who can be counted, what happens to them, and what only looks like either.

Closed lists of English, in lower case. They were written from grammars and codebooks of the field (UCDP,
IDMC's terms, ACLED's event types), one sense a list, not from any one corpus: a word belongs here because
reporters use it, whatever text it stands in.
"""

import re
from typing import NamedTuple


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- who is counted -----------------------------------------------------------------------------------------

CIVILIANS = _words("""
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
COMBATANTS = _words("""
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
PEOPLE = _words("""
people person persons individual individuals ind ind. indiv pax soul souls human humans beings others other dead wounded injured lives life member members
population populations casualty fatality prisoner prisoners inmate inmates detainee detainees hostage hostages captive captives suspect suspects
colleague colleagues friend friends companion companions local locals figure-person personnel crew crewmembers delegate delegates occupant
occupants participant participants supporter supporters sympathizer sympathizers sympathiser sympathisers follower followers
beneficiary beneficiaries headcount asylum-seekers asylum-seeker seekers seeker criminal criminals drug-dealers dealer dealers relation intruder intruders operatives operative sympathisers kin newcomers countrymen compatriots adherents parishioners natives ones youngest
""")
# Those who strike, when they are the ones who act; counted only as victims.
HOUSEHOLDS = _words("family families fam fams household households hh hhs hh. hshlds")
DWELLINGS = _words("""
home homes house houses dwelling dwellings hut huts apartment apartments flat flats residence residences housing-unit shack shacks
""")
BODIES = _words("body bodies corpse corpses cadaver cadavers remains martyr martyrs coffin coffins")

# Whatever else is counted beside a trigger: time, measure, money, things, animals, acts, groups.
THINGS = _words("""
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

BE = _words("is are was were be been being am 're 's get gets got getting gotten remain remains remained")
HAVE = _words("have has had having 've")
MODALS = _words("could would may might can will shall should must")
AUX = BE | HAVE | MODALS | _words("do does did not n't to")
DETERMINERS = _words("the a an this that these those all both its their his her our your my some any every each such no another further additional extra more last first remaining final entire whole initial only")
PREPOSITIONS = _words("""
in on at from to by with of for into onto over under through throughout across along near around among amongst between within without during
inside outside behind beyond beneath against towards toward via per despite amid amidst following including off up down out upon aboard beside
besides except like than according due owing due-to since until till after before
""")
SUBORDINATORS = _words("after when as because since while whilst before if although though unless until whereas where once so")
RELATIVES = _words("who whom which that whose")
ADVERBS = _words("""
also still now already just only so far later then reportedly allegedly apparently probably possibly likely currently presently recently
subsequently previously temporarily permanently internally newly forcibly violently brutally severely seriously slightly critically badly lightly
gravely moderately mostly mainly largely primarily either together simultaneously mistakenly instantly immediately almost nearly entirely completely directly
officially initially eventually finally quickly reluctantly forcefully involuntarily voluntarily spontaneously preventively preventatively
precautionarily safely already once twice again today yesterday tonight overnight here there too even ever never always since thereby thus
hence alone least summarily extrajudicially individually accidentally unlawfully deliberately jointly fatally mortally additionally consequently
provisionally preliminarily officially estimated confirmed reported registered
""")
CONJUNCTIONS = _words("and or & plus nor but")
SUBSET = _words("including among includes included include comprising")


# --- what happens to them -----------------------------------------------------------------------------------

class Trigger(NamedTuple):
    """What a word does to those it is said of.

    sense: killed, injured, displaced, moved (displaced, if civilians move), sheltered (are where the displaced are), returned,
    detained, released, toll, or "other" (an act that claims the number for itself). frame: who suffers it:
    "object" (killed them), "subject" (they fled), "both" (evacuated them, they evacuated). form: base,
    past, participle, ing.
    """

    sense: str
    frame: str
    form: str


_VERBS = {  # the regular ones: base alone; the others: base/third person/past/participle/-ing
    ("killed", "object"): """
        kill murder assassinate execute massacre behead slaughter butcher lynch strangle decapitate poison electrocute martyr slay/slays/slew/slain/slaying
        exterminate bury/buries/buried/buried/burying crush neutralise neutralize suffocate asphyxiate bludgeon incinerate garrotte exhume
        garrotte/garrottes/garrotted/garrotted/garrotting hang/hangs/hanged/hanged/hanging  annihilate machine-gun/machine-guns/machine-gunned/machine-gunned/machine-gunning""",
    ("killed", "subject"): "die/dies/died/died/dying perish succumb",
    ("killed", "both"): "drown",
    ("injured", "object"): "injure wound hurt/hurts/hurt/hurt/hurting maim mutilate hospitalise hospitalize scald lacerate",
    ("displaced", "object"): """
        displace uproot dislodge dispossess deport exile rehouse expel/expels/expelled/expelled/expelling evict re-house""",
    ("displaced", "both"): "evacuate relocate resettle",
    ("moved", "subject"): "arrive cross",
    ("displaced", "subject"): "flee/flees/fled/fled/fleeing decamp",
    ("moved", "object"): "shift",
    ("sheltered", "both"): "shelter",
    ("sheltered", "object"): "accommodate house lodge host",
    ("returned", "both"): "return repatriate",
    ("detained", "object"): "arrest detain imprison jail apprehend kidnap/kidnaps/kidnapped/kidnapped/kidnapping abduct seize capture incarcerate",
    ("released", "object"): "free release liberate",
    ("force", "object"): """
        force compel oblige drive/drives/drove/driven/driving push prompt cause order lead/leads/led/led/leading leave/leaves/left/left/leaving make/makes/made/made/making
        render keep/keeps/kept/kept/keeping send/sends/sent/sent/sending require instruct urge ask tell/tells/told/told/telling bring/brings/brought/brought/bringing
        take/takes/took/taken/taking move cost/costs/cost/cost/costing claim find/finds/found/found/finding allow help enable report see/sees/saw/seen/seeing treat airlift ferry bus""",
    ("measure", "object"): """
        reach total number exceed surpass top pass rise/rises/rose/risen/rising climb jump grow/grows/grew/grown/growing increase stand/stands/stood/stood/standing swell soar
        hit/hits/hit/hit/hitting put/puts/put/put/putting raise bring/brings/brought/brought/bringing take/takes/took/taken/taking push estimate include comprise surge double count amount revise
        drop/drops/dropped/dropped/dropping fall/falls/fell/fallen/falling remain average touch breach record register report document verify confirm""",
    ("say", "object"): """
        say/says/said/said/saying believe fear know/knows/knew/known/knowing announce think/thinks/thought/thought/thinking reckon calculate admit acknowledge concede
        declare state write/writes/wrote/written/writing suggest warn add insist argue note recall""",
    ("living", "subject"): "inhabit",
    ("other", "both"): """
        affect feed/feeds/fed/fed/feeding assist aid rescue save trap strand vaccinate serve train employ hire recruit deploy
        dispatch mobilise mobilize gather attend vote protest march demonstrate attack assault storm raid ambush fight/fights/fought/fought/fighting
        participate join work study live need receive lack face threaten surrender defect disappear sign testify interview question charge convict sentence
        accuse acquit indict suspect patrol guard protect defend escort accompany infect disarm graduate target benefit provide support supply deliver distribute
        destroy damage burn collapse flood carry/carries/carried/carried/carrying hold/holds/held/held/holding give/gives/gave/given/giving
        contain belong elect appoint visit meet/meets/met/met/meeting pay/pays/paid/paid/paying identify/identifies/identified/identified/identifying interrogate torture rape
        beat/beats/beat/beaten/beating rob/robs/robbed/robbed/robbing blow/blows/blew/blown/blowing launch enter occupy/occupies/occupied/occupied/occupying
        invade bomb shoot/shoots/shot/shot/shooting intercept encircle surround besiege screen assess survey hail plant detonate explode negotiate
        request demand suffer experience survive escape quarantine isolate represent deprive withdraw/withdraws/withdrew/withdrawn/withdrawing retreat
        queue apply/applies/applied/applied/applying admit/admits/admitted/admitted/admitting discharge transport transfer
        come/comes/came/come/coming go/goes/went/gone/going stay sleep/sleeps/slept/slept/sleeping settle spend/spends/spent/spent/spending abandon vacate
        throw/throws/threw/thrown/throwing open use become/becomes/became/become/becoming
        begin/begins/began/begun/beginning start continue run/runs/ran/run/running lose/loses/lost/lost/losing win/wins/won/won/winning build/builds/built/built/building
        ship hunt""",
}
STATES = {
    word: sense for sense, words in {
        "killed": "dead deceased lifeless martyred",
        "injured": "unconscious",
        "displaced": "homeless roofless shelterless",
        "other": "missing unaccounted unharmed unhurt alive sick ill infected hungry",
    }.items() for word in words.split()
}
NOUNS = {
    word: sense for sense, words in {
        "killed": """death deaths fatality fatalities killing killings murder murders assassination assassinations execution executions massacre slaying slayings slaughter
            drowning drownings homicide homicides beheading beheadings body bodies corpse corpses cadaver cadavers remains martyr martyrs coffins""",
        "injured": "injury injuries wounding",
        "displaced": """displacement displacements evacuation evacuations evacuee evacuees exodus relocation relocations flight idp idps deportation expulsion eviction evictions
            resettlement influx outflow arrivals asylum-seeker asylum-seekers refugee refugees""",
        "returned": "returnee returnees return returns repatriation repatriations",
        "toll": "toll tally count",
        "casualties": "casualty casualties",
        "detained": "arrest arrests detention detentions abduction abductions kidnapping kidnappings capture imprisonment detainee detainees prisoner prisoners hostage hostages captive captives",
        "released": "release liberation",
        "other": "rescue disappearance disappearances trial training deployment surrender recruitment vaccination registration",
    }.items() for word in words.split()
}
# Verbs whose bare form is a noun as often: a verb only behind "to", a modal, a pronoun or "who".
NOUN_VERBS = _words("""
force forces claim claims report reports order orders cause causes raid raids attack attacks assault assaults storm storms ambush ambushes bomb bombs fight fights march marches
protest protests work works study studies need needs hold holds rescue guard guards escort escorts patrol patrols target targets benefit benefits support supports supply supplies
flood floods damage burn burns visit visits rise rises fall falls drop drops total totals number numbers count counts stand stands top tops hit hits record records document documents
estimate estimates surge return returns house houses host hosts shelter shelters exile exiles hurt wound wounds crush move moves help aid find transfer transport release capture arrest arrests
cost costs start run runs lead leads leave leaves survey surveys screen screens demand demands request requests experience torture rape blow blows launch retreat surrender stay stays
open use uses airlift ship ships state states note notes suspect suspects convict charge charges sentence sentences train trains increase increases double place places average
murder murders massacre slaughter hunt claim push drive drives
""")
HOSTS = _words("house houses host hosts shelter shelters accommodate accommodates")
DEADLY = _words("burn burned burnt burning stab stabbed stabbing shoot shot beat beaten beating hack hacked hacking put putting stone stoned torture tortured crush crushed starve starved trample trampled club clubbed")
EXPELLING = ("sent", "send", "driv", "drov", "forc", "push", "chas")
KILLERS = _words("killer killers assassin assassins murderer murderers executioner executioners")
# Who they are already; what is done to them counts first ("30 refugees were killed").
MOTION = _words("abandon leave vacate evacuate quit run go move walk sleep live hide escape cross trek travel migrate relocate camp stay shelter seek spend find")  # "forced 900 to …"
FORCING = _words("send sends sent sending force forces forced forcing compel compelled compels compelling oblige obliged drive drives drove driven driving push pushed prompt prompted prompting cause caused causing made make making order ordered")
IDENTITIES = _words("idp idps refugee refugees evacuee evacuees returnee returnees asylum-seeker asylum-seekers displaced detainee detainees prisoner prisoners hostage hostages captive captives")
# Sites where only the displaced are.
_SITES = (
    r"(?:evacuation|displacement|accommodation|welfare|community|rest|holding|gathering|sports|convention|exhibition|collective|reception|transit|relief|emergency|temporary|makeshift|tented|idps?|refugee|internally|informal|spontaneous|safe|host|overcrowded|public)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:camps?|shelters?|sites?|cent(?:re|er)s?|settlements?|accommodations?|famil(?:y|ies)|communit(?:y|ies)|buildings?|housing|houses?|homes|lodgings?|tents?|schools?)"
    r"|camps?\b|shelters?\b|schools?\b|classrooms?|tents?\b|churches|church\b|mosques?|monaster(?:y|ies)|cathedrals?|chapels?|missions?|gurdwaras?|temples?|hotels?|guest\s?houses?|hostels?|racecourse|grounds?\b|courtyards?|compounds?|parks?\b|terminal|stadiums?|(?:rest|nursing|private)\s+homes?|streets?\b|roadsides?|forests?\b|bush\b|woods\b|mountains?|hills?\b|beach|public\s+buildings|sites\b|containers?|prefabs?|caravans?|barracks|arenas?|gym(?:nasium)?s?\b|sports\s+halls?|town\s+halls?|tarpaulins?|plastic\s+sheeting"
    r"|open\b|relatives|friends|relations|kin\b|neighbou?rs|host\s+families|the\s+open|exile|barns?|warehouses?|abandoned|unfinished|caves?|colleges?|universit(?:y|ies)|convents?|seminar(?:y|ies)|halls?\b|bunkers?"
)
_GAP = r"(?:(?:[\[(]?[\w'’-]+[\])]?|\d[\d,.]*)\s+){0,%d}?"
_HOME = r"(?:homes?|houses?|villages?|dwellings?|residences?|propert(?:y|ies)|neighbou?rhoods?|farms?|lands?|homeland|towns?|cit(?:y|ies)|areas?|camps?|country|district|region|communit(?:y|ies)|huts?|shacks?|apartments?|flats?|tents?|province|enclave|sites?|zones?|territory|capital|plots|premises|suburbs?|slums?|island|valley|hamlets?|settlements?|quarters?)\b"
_PHRASES = [  # (first words, what follows, trigger); matched where the first word stands
    ("lost lose losing loses", r"(?:their|his|her)\s+li(?:ves|fe)\b", Trigger("killed", "subject", "past")),
    ("met meet", r"(?:their|his|her)\s+(?:deaths?|end)\b", Trigger("killed", "subject", "past")),
    ("passed", r"away\b", Trigger("killed", "subject", "past")),
    ("wiped wiping finished", r"(?:out|off)\b", Trigger("killed", "object", "participle")),
    ("driven forced chased pushed bombed shelled", r"(?:out\s+of|from)\s+[\w'’-]+|(?:there|here|away|north|south|east|west|abroad)\b", Trigger("displaced", "object", "participle")),
    ("left", r"for\s+dead\b", Trigger("killed", "object", "participle")),
    ("for", r"(?:[\w-]+\s+){0,3}?(?:injuries|wounds|burns|fractures)\b", Trigger("treated", "subject", "past")),
    ("in", r"(?:the\s+)?hospitals?\b(?!\s+(?:morgue|mortuar))(?!\s+with\s+(?:cholera|covid|fever))|(?:a\s+)?(?:critical|serious)\s+condition\b", Trigger("injured", "subject", "past")),
    ("walking", r"(?:to|towards?|into)\b", Trigger("moved", "subject", "past")),
    ("thrown evicted", r"off\b", Trigger("displaced", "object", "participle")),
    ("got gotten get getting", r"out\b(?!\s+of\s+(?:an?|the|his|their)\s+(?:van|car|cars|vehicles?|trucks?|bus|house|building|jeep|taxi))", Trigger("displaced", "subject", "past")),
    ("gone went going go", r"(?:over|across)\b", Trigger("moved", "subject", "past")),
    ("take took taken taking takes", r"in\b(?!\s+(?:a|the|part|place|custody))", Trigger("sheltered", "object", "participle")),
    ("to", r"death\b", Trigger("to_death", "subject", "past")),
    ("herded marched", r"(?:in)?to\s+(?:[\w-]+\s+){0,2}?(?:camps?|hamlets?|settlements?)\b", Trigger("displaced", "object", "participle")),
    ("back", r"(?:to|in|into)\s+(?:their\s+)?(?:homes?|houses|villages?)\b|home\b", Trigger("returned", "subject", "past")),
    ("picked picking", r"off\b", Trigger("killed", "object", "participle")),
    ("lost lose losing", r"(?:an?|their|his|her|both)?\s*(?:arms?|legs?|limbs?|eyes?|sight|hands?|f(?:oo|ee)t|fingers?)\b", Trigger("injured", "subject", "past")),
    ("rounded rounding carried carrying", r"(?:up|off)\b", Trigger("detained", "object", "participle")),
    ("taken held remain remained being", r"(?:into|in)\s+custody\b|captive\b|held\b", Trigger("detained", "object", "participle")),
    ("set", r"free\b", Trigger("released", "object", "participle")),
    ("regained regain", r"(?:their\s+)?(?:freedom|liberty)\b", Trigger("released", "subject", "past")),
    ("exchanged exchange swapped", r"(?!\s+fire)", Trigger("released", "object", "past")),
    ("sought seek seeking received", r"(?:medical\s+)?treatment\s+for\s+(?:[\w-]+\s+){0,2}?(?:injuries|wounds|burns|inhalation)\b", Trigger("injured", "subject", "past")),
    ("crammed crowded packed squeezed herded huddled", r"(?:into|in|inside)\b", Trigger("sheltered", "both", "participle")),
    ("escaped escape escaping", r"(?:to|into|across|over)\b", Trigger("moved", "subject", "past")),
    ("drove drive driven forced pushed chased threw thrown flushed ran", r"out\b(?!\s+of\b)", Trigger("displaced", "object", "participle")),
    ("not n't", r"survived?\b", Trigger("killed", "subject", "past")),
    ("went go sent", r"to\s+their\s+deaths?\b", Trigger("killed", "subject", "past")),
    ("fell", r"in\s+(?:the\s+)?(?:\w+\s+)?(?:defen[cs]e|battle|combat|action|fighting)\b", Trigger("killed", "subject", "past")),
    ("killed dead killing kill", r"(?:or|and|and/or)\s+(?:seriously\s+)?(?:wounded|injured|hurt|wounding|injuring|wound|injure)\b|or\s+(?:captured|missing|detained|arrested|abducted|kidnapped|imprisoned|maimed|displaced)\b", Trigger("casualties", "object", "participle")),
    ("among amongst", r"(?:the|those)\s+(?:dead|victims|killed|fatalities|slain|casualties)\b", Trigger("killed", "subject", "past")),
    ("among amongst", r"(?:the|those)\s+(?:displaced|uprooted|homeless|evacuees|refugees)\b", Trigger("displaced", "subject", "past")),
    ("among amongst", r"(?:the|those)\s+(?:wounded|injured|hurt)\b", Trigger("injured", "subject", "past")),
    ("laid gave given giving", r"(?:down\s+)?their\s+lives\b", Trigger("killed", "subject", "past")),
    ("bled froze burned burnt starved choked suffocated", r"to\s+death\b", Trigger("killed", "both", "participle")),
    ("shot gunned mowed mown cut hacked beaten stabbed stoned burned burnt crushed trampled tortured clubbed blown put kicked battered bombed", r"(?:dead|to\s+death|to\s+pieces|alive|and\s+killed)\b", Trigger("killed", "object", "participle")),
    ("gunned mowed mown gunning mowing", r"down\b", Trigger("killed", "object", "participle")),
    ("operated operate operating", r"on\b", Trigger("injured", "object", "participle")),
    ("shooting hacking beating stabbing stoning burning crushing trampling", r"(?:dead|to\s+death|alive)\b", Trigger("killed", "object", "ing")),
    ("found discovered", r"(?:\w+\s+)?(?:dead|murdered|killed|shot|strangled|lifeless|decapitated|hanged)\b", Trigger("killed", "object", "participle")),
    ("in at to", r"(?:the\s+|a\s+)?(?:\w+\s+){0,2}?(?:morgues?|mortuar(?:y|ies))\b", Trigger("killed", "subject", "past")),
    ("suffered suffer suffering sustained sustain sustaining received", r"(?:[\w,-]+\s+){0,4}?(?:injur(?:y|ies)|wounds?|burns|fractures|trauma|cuts|bruises|inhalation)\b", Trigger("injured", "subject", "past")),
    ("treated hospitalised hospitalized hospitalised admitted", r"(?:\w+\s+){0,3}?(?:for|with)\s+(?:[\w-]+\s+){0,3}?(?:injuries|wounds?|burns|fractures|cuts|bruises|shock|inhalation)\b", Trigger("injured", "object", "participle")),
    ("with", r"(?:[\w-]+\s+){0,3}?(?:injuries|wounds|burns|cuts|fractures|bruises|gunshot)\b", Trigger("injured", "subject", "past")),
    ("had have has having", r"(?:(?!of\b|died\b|from\b)[\w-]+\s+){0,2}?(?:injuries|wounds|burns|fractures)\b", Trigger("injured", "subject", "past")),
    ("needed required needing requiring", r"(?:hospital\s+|medical\s+|surgical\s+)?(?:treatment|care|attention|surgery|hospitali[sz]ation|amputations?)\b", Trigger("injured", "subject", "past")),
    ("taken rushed brought sent ferried carried evacuated transferred airlifted", r"to\s+(?:the\s+|a\s+)?(?:[\w'-]+\s+){0,3}?(?:hospitals?|clinics?)\b", Trigger("injured", "object", "participle")),
    ("seek seeks seeking sought find found finding take takes took taken taking given offered granted", r"(?:\w+\s+){0,2}?(?:refuge|shelter|sanctuary|asylum)\b", Trigger("displaced", "subject", "past")),
    ("took take taken taking", r"to\s+the\s+(?:roads?|hills|bush|forests?|mountains?|sea|streets)\b|flight\b", Trigger("displaced", "subject", "past")),
    ("bedded bedding slept sleep sleeping camped camping encamped squatting squeezed huddled", r"(?:down\b|rough\b|out\b|up\b|in\b|at\b|along\b|outside\b|near\b|beside\b|on\b|into\b|inside\b|under\b)", Trigger("sheltered", "subject", "past")),
    ("packed", r"up\b|into\b", Trigger("displaced", "subject", "past")),
    ("ran running run driven flown cleared spirited fanned", r"(?:away|out)\b", Trigger("displaced", "both", "participle")),
    ("slipped wading waded ferried swum swam rowed fanned", r"(?:or\s+been\s+ferried\s+)?(?:across|over|away|out|into)\b", Trigger("moved", "subject", "past")),
    ("plucked", r"from\b", Trigger("displaced", "object", "participle")),
    ("presented", r"themselves\s+at\b", Trigger("moved", "subject", "past")),
    ("found find", r"(?:room|lodgings?|accommodation|space)\b", Trigger("sheltered", "subject", "past")),
    ("looked", r"after\s+(?:in|at|by)\b", Trigger("sheltered", "object", "participle")),
    ("no", r"(?:longer\s+have\s+a\s+)?(?:roof|home|house)\b", Trigger("uprooted", "subject", "past")),
    ("under receiving getting", r"(?:medical\s+)?treatment\b", Trigger("injured", "subject", "past")),
    ("being", r"treated\b", Trigger("injured", "subject", "past")),
    ("ventured ventures venturing came gone went go come coming going moved trickled headed filtered drifted", r"(?:back|home)\b", Trigger("returned", "subject", "past")),
    ("sought seeking seek", r"safety\b", Trigger("displaced", "subject", "past")),
    ("leave leaves left leaving abandon abandoned abandoning vacate vacated vacating quit escape escaped escaping evacuate evacuated evacuating", rf"(?:behind\s+)?(?:(?:their|his|her|the|all\s+their|its|own)\s+)+{_GAP % 2}{_HOME}", Trigger("displaced", "subject", "past")),
    ("lose lost losing", rf"(?:their|his|her)\s+{_GAP % 2}(?:homes?|houses?|dwellings?|roofs?|huts?|apartments?)\b", Trigger("displaced", "subject", "past")),
    ("leave left leaving", r"(?:town|home)\b", Trigger("displaced", "subject", "past")),
    ("forced driven chased pushed thrown burned burnt bombed hounded flushed turned ousted removed", rf"(?:out\s+of|from|off|out)\s+(?:their|his|the|its)?\s*{_GAP % 2}{_HOME}", Trigger("displaced", "object", "participle")),
    ("from out", rf"(?:of\s+)?(?:(?:their|its|his)\s+{_GAP % 2}{_HOME}|homes?\b)", Trigger("uprooted", "subject", "past")),
    ("to into", r"(?:[\w'’-]+\s+){0,2}?(?:mosques|(?:the\s+)?other\s+(?:bank|side|shore)|sports\s+halls|safety|safer|higher\s+ground|exile|flight|shelters?|camps?|(?:evacuation|relief|displacement)\s+(?:cent|camp|site|shelter)\w*|churches|schools)\b", Trigger("uprooted", "subject", "past")),
    ("without", r"(?:a\s+|any\s+)?(?:roofs?|homes?|shelter|housing)\b", Trigger("uprooted", "subject", "past")),
    ("moved moving move relocated relocating shifted shifting transferred transferring taken brought bused bussed ferried rushed sent headed placed put airlifted",
     rf"{_GAP % 3}(?:to|into|in|towards?|with)\s+{_GAP % 4}(?:safety|safer|higher|host|evacuation|relief|{_SITES})", Trigger("displaced", "both", "participle")),
    ("cross crossed crossing crosses", rf"(?:over\s+)?(?:{_GAP % 4}(?:border|frontier|river|lake|sea|strait)\b|(?:the\s+)?(?:[\w-]+\s+){{0,3}}?(?:in)?to\b|from\b)", Trigger("moved", "subject", "past")),
    ("came come coming ran poured pouring streamed streaming flocked flocking flooded surged trekked trekking walked spilled pouring swarmed", rf"{_GAP % 1}(?:into|in|across|over|out\s+of|to|from|towards?)\b", Trigger("moved", "subject", "past")),
    ("made", r"(?:their|its)\s+way\b", Trigger("moved", "subject", "past")),
    ("headed heading", r"for\b|to\b|towards?\b|into\b", Trigger("moved", "subject", "past")),
    ("living live lived lives staying stay stayed sheltering shelter sheltered sleeping sleep slept camping camped residing reside resided remain remained remaining housed housing accommodated accommodating hosted crammed crowded packed huddled huddling languishing settled "
     "encamped squatting lodged put putting dwelling placed gathered registered taken hiding hidden squeezed sits sit waiting", rf"(?:(?:up|out|rough|temporarily|now|still)\s+)?(?:in|at|into|inside|with|under|on|among|by|between)\s+{_GAP % 5}(?:{_SITES})", Trigger("sheltered", "both", "participle")),
    ("spending spent spend passing passed", r"(?:[\w-]+\s+){0,4}?nights?\s+(?:in|at|with|on|under)\b(?!\s+(?:a|the|their)\s+(?:cellar|basement|plane|train|bus|road))|(?:[\w-]+\s+){0,4}?nights?\s+(?:outdoors|outside)\b", Trigger("sheltered", "subject", "past")),
    ("are were is was be been being remain remained still now", rf"(?:(?:now|still|also|all|being|currently|temporarily|already|together)\s+)?(?:in|at|with|under)\s+{_GAP % 3}(?:{_SITES})", Trigger("sheltered", "subject", "past")),
    ("in at", r"(?:[\w'’-]+\s+){0,3}?(?:evacuation|displacement|collective|reception|relief|transit|refugee|idp|temporary|makeshift|emergency)\s+(?:[\w-]+\s+)?(?:camps?|shelters?|sites?|cent(?:re|er)s?|settlements?)\b|(?:\d+\s+|the\s+)?camps?\b|(?:[\w-]+\s+){0,2}?shelters\b", Trigger("sheltered", "subject", "past")),
    ("living live lived lives remain remained remaining", r"in\s+(?:\w+\s+)?displacement\b|in\s+exile\b|abroad\b|(?:\w+\s+){0,2}?as\s+(?:refugees|idps|displaced)\b", Trigger("sheltered", "subject", "past")),
    ("confined", r"(?:to|in)\s+(?:[\w-]+\s+){0,2}?camps?\b", Trigger("sheltered", "object", "participle")),
    ("live lives lived living", r"(?:there|here|in|under|on)\b", Trigger("living", "subject", "past")),
    ("on", r"the\s+(?:move|run|road)\b", Trigger("moved", "subject", "past")),
    ("went gone go going came come coming", r"(?:back\b|home\b)", Trigger("returned", "subject", "past")),
    ("moved moving", r"(?:back\b|home\b)", Trigger("returned", "subject", "past")),
    ("taken held", r"(?:prisoners?|hostages?|captive)\b", Trigger("detained", "object", "participle")),
    ("taking took", r"(?:prisoners?|hostages?|captive)\b", Trigger("detained", "object", "ing")),
    ("went gone go reported still listed", r"(?:as\s+)?(?:missing|unaccounted)\b", Trigger("other", "subject", "past")),
]


def _conjugate(entry: str) -> list[tuple[str, str]]:
    """(word, form) of a verb written as "kill" (regular) or "flee/flees/fled/fled/fleeing"."""
    forms = entry.split("/")
    if len(forms) == 1:
        stem = entry.removesuffix("e")
        third = entry + ("es" if entry.endswith(("s", "sh", "ch", "x")) else "s")
        past = stem + "ed"
        if entry.endswith("y") and entry[-2] not in "aeiou":
            third, past = entry[:-1] + "ies", entry[:-1] + "ied"
        if entry in ("trap", "ship", "rob", "top", "hit", "hurt"):
            past, stem = entry + entry[-1] + "ed", entry + entry[-1]
        forms = [entry, third, past, past, stem + "ing"]
    return list(zip(forms, ("base", "base", "past", "participle", "ing")))


def _collect_verbs() -> dict[str, tuple[Trigger, ...]]:
    found: dict[str, tuple[Trigger, ...]] = {}
    for (sense, frame), lines in _VERBS.items():
        for entry in lines.split():
            for word, form in _conjugate(entry):
                found[word] = (*found.get(word, ()), Trigger(sense, frame, form))
    return found


VERBS = _collect_verbs()
PHRASES: dict[str, list[tuple[re.Pattern, Trigger]]] = {}
for _firsts, _rest, _trigger in _PHRASES:
    for _first in _firsts.split():
        PHRASES.setdefault(_first, []).append((re.compile(rf"\s+(?:{_rest})"), _trigger))
