"""What happens to people, in words: verbs, states and nouns, and what each says of those it is said of.

Closed lists of English, one sense a list, as in `lexicon`; phrases of several words are in `phrases`.
"""

from typing import NamedTuple

from helpers.extract.rules.lexicon import list_words


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
    (
        "injured",
        "object",
    ): "injure wound hurt/hurts/hurt/hurt/hurting maim mutilate hospitalise hospitalize scald lacerate",
    ("displaced", "object"): """
        displace uproot dislodge dispossess deport exile rehouse expel/expels/expelled/expelled/expelling evict re-house""",
    ("displaced", "both"): "evacuate relocate resettle",
    ("moved", "subject"): "arrive cross",
    ("displaced", "subject"): "flee/flees/fled/fled/fleeing decamp",
    ("moved", "object"): "shift",
    ("sheltered", "both"): "shelter",
    ("sheltered", "object"): "accommodate house lodge host",
    ("returned", "both"): "return repatriate",
    (
        "detained",
        "object",
    ): "arrest detain imprison jail apprehend kidnap/kidnaps/kidnapped/kidnapped/kidnapping abduct seize capture incarcerate",
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
    word: sense
    for sense, words in {
        "killed": "dead deceased lifeless martyred",
        "injured": "unconscious",
        "displaced": "homeless roofless shelterless",
        "other": "missing unaccounted unharmed unhurt alive sick ill infected hungry",
    }.items()
    for word in words.split()
}
NOUNS = {
    word: sense
    for sense, words in {
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
    }.items()
    for word in words.split()
}
# Verbs whose bare form is a noun as often: a verb only behind "to", a modal, a pronoun or "who".
NOUN_VERBS = list_words("""
force forces claim claims report reports order orders cause causes raid raids attack attacks assault assaults storm storms ambush ambushes bomb bombs fight fights march marches
protest protests work works study studies need needs hold holds rescue guard guards escort escorts patrol patrols target targets benefit benefits support supports supply supplies
flood floods damage burn burns visit visits rise rises fall falls drop drops total totals number numbers count counts stand stands top tops hit hits record records document documents
estimate estimates surge return returns house houses host hosts shelter shelters exile exiles hurt wound wounds crush move moves help aid find transfer transport release capture arrest arrests
cost costs start run runs lead leads leave leaves survey surveys screen screens demand demands request requests experience torture rape blow blows launch retreat surrender stay stays
open use uses airlift ship ships state states note notes suspect suspects convict charge charges sentence sentences train trains increase increases double place places average
murder murders massacre slaughter hunt claim push drive drives
""")
HOSTS = list_words("house houses host hosts shelter shelters accommodate accommodates")
DEADLY = list_words(
    "burn burned burnt burning stab stabbed stabbing shoot shot beat beaten beating hack hacked hacking put putting stone stoned torture tortured crush crushed starve starved trample trampled club clubbed"
)
EXPELLING = ("sent", "send", "driv", "drov", "forc", "push", "chas")
KILLERS = list_words(
    "killer killers assassin assassins murderer murderers executioner executioners"
)
MOTION = list_words(
    "abandon leave vacate evacuate quit run go move walk sleep live hide escape cross trek travel migrate relocate camp stay shelter seek spend find"
)  # "forced 900 to …"
FORCING = list_words(
    "send sends sent sending force forces forced forcing compel compelled compels compelling oblige obliged drive drives drove driven driving push pushed prompt prompted prompting cause caused causing made make making order ordered"
)
# Who they are already; what is done to them counts first ("30 refugees were killed").
IDENTITIES = list_words(
    "idp idps refugee refugees evacuee evacuees returnee returnees asylum-seeker asylum-seekers displaced detainee detainees prisoner prisoners hostage hostages captive captives"
)


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
