"""What happens to people, in phrases: "fled | their homes", "taken | to hospital", "living | in tents".

A phrase is found where its first word stands, by what may follow there; the words alone are in `fates`.
"""

import re

from helpers.extract.rules.verbs import Trigger

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
    (
        "lost lose losing loses",
        r"(?:their|his|her)\s+li(?:ves|fe)\b",
        Trigger("killed", "subject", "past"),
    ),
    ("met meet", r"(?:their|his|her)\s+(?:deaths?|end)\b", Trigger("killed", "subject", "past")),
    ("passed", r"away\b", Trigger("killed", "subject", "past")),
    ("wiped wiping finished", r"(?:out|off)\b", Trigger("killed", "object", "participle")),
    (
        "driven forced chased pushed bombed shelled",
        r"(?:out\s+of|from)\s+[\w'’-]+|(?:there|here|away|north|south|east|west|abroad)\b",
        Trigger("displaced", "object", "participle"),
    ),
    ("left", r"for\s+dead\b", Trigger("killed", "object", "participle")),
    (
        "for",
        r"(?:[\w-]+\s+){0,3}?(?:injuries|wounds|burns|fractures)\b",
        Trigger("treated", "subject", "past"),
    ),
    (
        "in",
        r"(?:the\s+)?hospitals?\b(?!\s+(?:morgue|mortuar))(?!\s+with\s+(?:cholera|covid|fever))|(?:a\s+)?(?:critical|serious)\s+condition\b",
        Trigger("injured", "subject", "past"),
    ),
    ("walking", r"(?:to|towards?|into)\b", Trigger("moved", "subject", "past")),
    ("thrown evicted", r"off\b", Trigger("displaced", "object", "participle")),
    (
        "got gotten get getting",
        r"out\b(?!\s+of\s+(?:an?|the|his|their)\s+(?:van|car|cars|vehicles?|trucks?|bus|house|building|jeep|taxi))",
        Trigger("displaced", "subject", "past"),
    ),
    ("gone went going go", r"(?:over|across)\b", Trigger("moved", "subject", "past")),
    (
        "take took taken taking takes",
        r"in\b(?!\s+(?:a|the|part|place|custody))",
        Trigger("sheltered", "object", "participle"),
    ),
    ("to", r"death\b", Trigger("to_death", "subject", "past")),
    (
        "herded marched",
        r"(?:in)?to\s+(?:[\w-]+\s+){0,2}?(?:camps?|hamlets?|settlements?)\b",
        Trigger("displaced", "object", "participle"),
    ),
    (
        "back",
        r"(?:to|in|into)\s+(?:their\s+)?(?:homes?|houses|villages?)\b|home\b",
        Trigger("returned", "subject", "past"),
    ),
    ("picked picking", r"off\b", Trigger("killed", "object", "participle")),
    (
        "lost lose losing",
        r"(?:an?|their|his|her|both)?\s*(?:arms?|legs?|limbs?|eyes?|sight|hands?|f(?:oo|ee)t|fingers?)\b",
        Trigger("injured", "subject", "past"),
    ),
    (
        "rounded rounding carried carrying",
        r"(?:up|off)\b",
        Trigger("detained", "object", "participle"),
    ),
    (
        "taken held remain remained being",
        r"(?:into|in)\s+custody\b|captive\b|held\b",
        Trigger("detained", "object", "participle"),
    ),
    ("set", r"free\b", Trigger("released", "object", "participle")),
    (
        "regained regain",
        r"(?:their\s+)?(?:freedom|liberty)\b",
        Trigger("released", "subject", "past"),
    ),
    ("exchanged exchange swapped", r"(?!\s+fire)", Trigger("released", "object", "past")),
    (
        "sought seek seeking received",
        r"(?:medical\s+)?treatment\s+for\s+(?:[\w-]+\s+){0,2}?(?:injuries|wounds|burns|inhalation)\b",
        Trigger("injured", "subject", "past"),
    ),
    (
        "crammed crowded packed squeezed herded huddled",
        r"(?:into|in|inside)\b",
        Trigger("sheltered", "both", "participle"),
    ),
    ("escaped escape escaping", r"(?:to|into|across|over)\b", Trigger("moved", "subject", "past")),
    (
        "drove drive driven forced pushed chased threw thrown flushed ran",
        r"out\b(?!\s+of\b)",
        Trigger("displaced", "object", "participle"),
    ),
    ("not n't", r"survived?\b", Trigger("killed", "subject", "past")),
    ("went go sent", r"to\s+their\s+deaths?\b", Trigger("killed", "subject", "past")),
    (
        "fell",
        r"in\s+(?:the\s+)?(?:\w+\s+)?(?:defen[cs]e|battle|combat|action|fighting)\b",
        Trigger("killed", "subject", "past"),
    ),
    (
        "killed dead killing kill",
        r"(?:or|and|and/or)\s+(?:seriously\s+)?(?:wounded|injured|hurt|wounding|injuring|wound|injure)\b|or\s+(?:captured|missing|detained|arrested|abducted|kidnapped|imprisoned|maimed|displaced)\b",
        Trigger("casualties", "object", "participle"),
    ),
    (
        "among amongst",
        r"(?:the|those)\s+(?:dead|victims|killed|fatalities|slain|casualties)\b",
        Trigger("killed", "subject", "past"),
    ),
    (
        "among amongst",
        r"(?:the|those)\s+(?:displaced|uprooted|homeless|evacuees|refugees)\b",
        Trigger("displaced", "subject", "past"),
    ),
    (
        "among amongst",
        r"(?:the|those)\s+(?:wounded|injured|hurt)\b",
        Trigger("injured", "subject", "past"),
    ),
    (
        "laid gave given giving",
        r"(?:down\s+)?their\s+lives\b",
        Trigger("killed", "subject", "past"),
    ),
    (
        "bled froze burned burnt starved choked suffocated",
        r"to\s+death\b",
        Trigger("killed", "both", "participle"),
    ),
    (
        "shot gunned mowed mown cut hacked beaten stabbed stoned burned burnt crushed trampled tortured clubbed blown put kicked battered bombed",
        r"(?:dead|to\s+death|to\s+pieces|alive|and\s+killed)\b",
        Trigger("killed", "object", "participle"),
    ),
    ("gunned mowed mown gunning mowing", r"down\b", Trigger("killed", "object", "participle")),
    ("operated operate operating", r"on\b", Trigger("injured", "object", "participle")),
    (
        "shooting hacking beating stabbing stoning burning crushing trampling",
        r"(?:dead|to\s+death|alive)\b",
        Trigger("killed", "object", "ing"),
    ),
    (
        "found discovered",
        r"(?:\w+\s+)?(?:dead|murdered|killed|shot|strangled|lifeless|decapitated|hanged)\b",
        Trigger("killed", "object", "participle"),
    ),
    (
        "in at to",
        r"(?:the\s+|a\s+)?(?:\w+\s+){0,2}?(?:morgues?|mortuar(?:y|ies))\b",
        Trigger("killed", "subject", "past"),
    ),
    (
        "suffered suffer suffering sustained sustain sustaining received",
        r"(?:[\w,-]+\s+){0,4}?(?:injur(?:y|ies)|wounds?|burns|fractures|trauma|cuts|bruises|inhalation)\b",
        Trigger("injured", "subject", "past"),
    ),
    (
        "treated hospitalised hospitalized hospitalised admitted",
        r"(?:\w+\s+){0,3}?(?:for|with)\s+(?:[\w-]+\s+){0,3}?(?:injuries|wounds?|burns|fractures|cuts|bruises|shock|inhalation)\b",
        Trigger("injured", "object", "participle"),
    ),
    (
        "with",
        r"(?:[\w-]+\s+){0,3}?(?:injuries|wounds|burns|cuts|fractures|bruises|gunshot)\b",
        Trigger("injured", "subject", "past"),
    ),
    (
        "had have has having",
        r"(?:(?!of\b|died\b|from\b)[\w-]+\s+){0,2}?(?:injuries|wounds|burns|fractures)\b",
        Trigger("injured", "subject", "past"),
    ),
    (
        "needed required needing requiring",
        r"(?:hospital\s+|medical\s+|surgical\s+)?(?:treatment|care|attention|surgery|hospitali[sz]ation|amputations?)\b",
        Trigger("injured", "subject", "past"),
    ),
    (
        "taken rushed brought sent ferried carried evacuated transferred airlifted",
        r"to\s+(?:the\s+|a\s+)?(?:[\w'-]+\s+){0,3}?(?:hospitals?|clinics?)\b",
        Trigger("injured", "object", "participle"),
    ),
    (
        "seek seeks seeking sought find found finding take takes took taken taking given offered granted",
        r"(?:\w+\s+){0,2}?(?:refuge|shelter|sanctuary|asylum)\b",
        Trigger("displaced", "subject", "past"),
    ),
    (
        "took take taken taking",
        r"to\s+the\s+(?:roads?|hills|bush|forests?|mountains?|sea|streets)\b|flight\b",
        Trigger("displaced", "subject", "past"),
    ),
    (
        "bedded bedding slept sleep sleeping camped camping encamped squatting squeezed huddled",
        r"(?:down\b|rough\b|out\b|up\b|in\b|at\b|along\b|outside\b|near\b|beside\b|on\b|into\b|inside\b|under\b)",
        Trigger("sheltered", "subject", "past"),
    ),
    ("packed", r"up\b|into\b", Trigger("displaced", "subject", "past")),
    (
        "ran running run driven flown cleared spirited fanned",
        r"(?:away|out)\b",
        Trigger("displaced", "both", "participle"),
    ),
    (
        "slipped wading waded ferried swum swam rowed fanned",
        r"(?:or\s+been\s+ferried\s+)?(?:across|over|away|out|into)\b",
        Trigger("moved", "subject", "past"),
    ),
    ("plucked", r"from\b", Trigger("displaced", "object", "participle")),
    ("presented", r"themselves\s+at\b", Trigger("moved", "subject", "past")),
    (
        "found find",
        r"(?:room|lodgings?|accommodation|space)\b",
        Trigger("sheltered", "subject", "past"),
    ),
    ("looked", r"after\s+(?:in|at|by)\b", Trigger("sheltered", "object", "participle")),
    (
        "no",
        r"(?:longer\s+have\s+a\s+)?(?:roof|home|house)\b",
        Trigger("uprooted", "subject", "past"),
    ),
    (
        "under receiving getting",
        r"(?:medical\s+)?treatment\b",
        Trigger("injured", "subject", "past"),
    ),
    ("being", r"treated\b", Trigger("injured", "subject", "past")),
    (
        "ventured ventures venturing came gone went go come coming going moved trickled headed filtered drifted",
        r"(?:back|home)\b",
        Trigger("returned", "subject", "past"),
    ),
    ("sought seeking seek", r"safety\b", Trigger("displaced", "subject", "past")),
    (
        "leave leaves left leaving abandon abandoned abandoning vacate vacated vacating quit escape escaped escaping evacuate evacuated evacuating",
        rf"(?:behind\s+)?(?:(?:their|his|her|the|all\s+their|its|own)\s+)+{_GAP % 2}{_HOME}",
        Trigger("displaced", "subject", "past"),
    ),
    (
        "lose lost losing",
        rf"(?:their|his|her)\s+{_GAP % 2}(?:homes?|houses?|dwellings?|roofs?|huts?|apartments?)\b",
        Trigger("displaced", "subject", "past"),
    ),
    ("leave left leaving", r"(?:town|home)\b", Trigger("displaced", "subject", "past")),
    (
        "forced driven chased pushed thrown burned burnt bombed hounded flushed turned ousted removed",
        rf"(?:out\s+of|from|off|out)\s+(?:their|his|the|its)?\s*{_GAP % 2}{_HOME}",
        Trigger("displaced", "object", "participle"),
    ),
    (
        "from out",
        rf"(?:of\s+)?(?:(?:their|its|his)\s+{_GAP % 2}{_HOME}|homes?\b)",
        Trigger("uprooted", "subject", "past"),
    ),
    (
        "to into",
        r"(?:[\w'’-]+\s+){0,2}?(?:mosques|(?:the\s+)?other\s+(?:bank|side|shore)|sports\s+halls|safety|safer|higher\s+ground|exile|flight|shelters?|camps?|(?:evacuation|relief|displacement)\s+(?:cent|camp|site|shelter)\w*|churches|schools)\b",
        Trigger("uprooted", "subject", "past"),
    ),
    (
        "without",
        r"(?:a\s+|any\s+)?(?:roofs?|homes?|shelter|housing)\b",
        Trigger("uprooted", "subject", "past"),
    ),
    (
        "moved moving move relocated relocating shifted shifting transferred transferring taken brought bused bussed ferried rushed sent headed placed put airlifted",
        rf"{_GAP % 3}(?:to|into|in|towards?|with)\s+{_GAP % 4}(?:safety|safer|higher|host|evacuation|relief|{_SITES})",
        Trigger("displaced", "both", "participle"),
    ),
    (
        "cross crossed crossing crosses",
        rf"(?:over\s+)?(?:{_GAP % 4}(?:border|frontier|river|lake|sea|strait)\b|(?:the\s+)?(?:[\w-]+\s+){{0,3}}?(?:in)?to\b|from\b)",
        Trigger("moved", "subject", "past"),
    ),
    (
        "came come coming ran poured pouring streamed streaming flocked flocking flooded surged trekked trekking walked spilled pouring swarmed",
        rf"{_GAP % 1}(?:into|in|across|over|out\s+of|to|from|towards?)\b",
        Trigger("moved", "subject", "past"),
    ),
    ("made", r"(?:their|its)\s+way\b", Trigger("moved", "subject", "past")),
    ("headed heading", r"for\b|to\b|towards?\b|into\b", Trigger("moved", "subject", "past")),
    (
        "living live lived lives staying stay stayed sheltering shelter sheltered sleeping sleep slept camping camped residing reside resided remain remained remaining housed housing accommodated accommodating hosted crammed crowded packed huddled huddling languishing settled "
        "encamped squatting lodged put putting dwelling placed gathered registered taken hiding hidden squeezed sits sit waiting",
        rf"(?:(?:up|out|rough|temporarily|now|still)\s+)?(?:in|at|into|inside|with|under|on|among|by|between)\s+{_GAP % 5}(?:{_SITES})",
        Trigger("sheltered", "both", "participle"),
    ),
    (
        "spending spent spend passing passed",
        r"(?:[\w-]+\s+){0,4}?nights?\s+(?:in|at|with|on|under)\b(?!\s+(?:a|the|their)\s+(?:cellar|basement|plane|train|bus|road))|(?:[\w-]+\s+){0,4}?nights?\s+(?:outdoors|outside)\b",
        Trigger("sheltered", "subject", "past"),
    ),
    (
        "are were is was be been being remain remained still now",
        rf"(?:(?:now|still|also|all|being|currently|temporarily|already|together)\s+)?(?:in|at|with|under)\s+{_GAP % 3}(?:{_SITES})",
        Trigger("sheltered", "subject", "past"),
    ),
    (
        "in at",
        r"(?:[\w'’-]+\s+){0,3}?(?:evacuation|displacement|collective|reception|relief|transit|refugee|idp|temporary|makeshift|emergency)\s+(?:[\w-]+\s+)?(?:camps?|shelters?|sites?|cent(?:re|er)s?|settlements?)\b|(?:\d+\s+|the\s+)?camps?\b|(?:[\w-]+\s+){0,2}?shelters\b",
        Trigger("sheltered", "subject", "past"),
    ),
    (
        "living live lived lives remain remained remaining",
        r"in\s+(?:\w+\s+)?displacement\b|in\s+exile\b|abroad\b|(?:\w+\s+){0,2}?as\s+(?:refugees|idps|displaced)\b",
        Trigger("sheltered", "subject", "past"),
    ),
    (
        "confined",
        r"(?:to|in)\s+(?:[\w-]+\s+){0,2}?camps?\b",
        Trigger("sheltered", "object", "participle"),
    ),
    (
        "live lives lived living",
        r"(?:there|here|in|under|on)\b",
        Trigger("living", "subject", "past"),
    ),
    ("on", r"the\s+(?:move|run|road)\b", Trigger("moved", "subject", "past")),
    (
        "went gone go going came come coming",
        r"(?:back\b|home\b)",
        Trigger("returned", "subject", "past"),
    ),
    ("moved moving", r"(?:back\b|home\b)", Trigger("returned", "subject", "past")),
    (
        "taken held",
        r"(?:prisoners?|hostages?|captive)\b",
        Trigger("detained", "object", "participle"),
    ),
    ("taking took", r"(?:prisoners?|hostages?|captive)\b", Trigger("detained", "object", "ing")),
    (
        "went gone go reported still listed",
        r"(?:as\s+)?(?:missing|unaccounted)\b",
        Trigger("other", "subject", "past"),
    ),
]

PHRASES: dict[str, list[tuple[re.Pattern, Trigger]]] = {}
for _firsts, _rest, _trigger in _PHRASES:
    for _first in _firsts.split():
        PHRASES.setdefault(_first, []).append((re.compile(rf"\s+(?:{_rest})"), _trigger))
