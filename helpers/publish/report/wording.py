"""Wording: what words beside a figure say that it counts, whose it is and when it was."""

# What words name a measure: those that name nothing else, then those that may name it too.
COUNTED = {
    "killed": (
        r"kill\w*|dead|deaths?|died?|dies|massacr\w*|slain|perish\w*|fatalit\w*|executed",
        r"lost their lives|tolls?",
    ),
    "injured": (r"injur\w*|wound\w*", "hurt"),
    "killed_or_injured": ("casualt(?:y|ies)", r"kill\w*|injur\w*|wound\w*"),
    "detained": (r"detain\w*|arrest\w*", r"held|hold|jail\w*|imprison\w*|captive|prisoners?"),
    "released": (r"releas\w*|freed|freeing", "free|set free|let go|prisoners?|inmates?"),
    "displaced": (
        r"displac\w*|fled|flee\w*|uproot\w*|forced (?:to flee|from|out)|driven (?:from|out)",
        r"left|leave|leaving|evacuat\w*|forced|homes?|IDPs?",
    ),
    "in_camps": ("in (?:the )?camps?", "camps?"),
    "refugees": ("refugees?", "abroad|asylum|borders?|overseas"),
    "returns": (r"return\w*", "back|home"),
    "population": ("populations?|inhabitants?", r"liv\w+|people|residents?"),
    "settlements_captured": (r"captur\w*", r"t[ao]k\w+|seiz\w*|f[ea]ll\w*|conquer\w*|liberat\w*"),
    "control_share": ("", r"control\w*|h[eo]ld\w*|captur\w*|part|territor\w*"),
}
DISPLACED = ("new_displacement", "forced_to_flee", "idps")  # words do not tell these apart
NO_FLOW = ("population", "idps", "in_camps", "refugees", "returns")  # background of any day
OFTEN = ("population", "settlements_captured")  # whose words are often said of what has no number
STRONG = {name: words for name, (words, _) in COUNTED.items() if words and name not in OFTEN}
HARMED = {"civilian": "civilians?", "combatant": "fighters?|soldiers?|combatants?|troops"}
SAYING = (
    r"sa(?:y|ys|id|ying)|claim\w*|announc\w*|according|declar\w*|report\w*|puts?|accounts?|"
    r"tells?|told|speaks?|spoke|gives?|gave|quot\w*|relay\w*|words?"
)
ASSERTIONS = {  # a claim that the text does not state itself → words without which it would seem so
    "claimed": SAYING,
    "denied": r"den(?:y|ies|ied|ying|ial)\w*|disput\w*|reject\w*",
    "expected": r"expect\w*|likely|will|would|may|might|plan\w*|hop\w+|forecast\w*|could|if",
}
SCOPES = {"war": "war|war’s", "context": "before|background|abroad|other wars", "historical": ""}
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
BEFORE = "in|of|since|late|early|mid|from|to|until|by|during|throughout|and"
MONTH = rf"\b(?:(?i:{BEFORE}))[ -]({MONTHS})\b"
