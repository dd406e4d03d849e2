"""Codebook: the columns of claims.csv, and what may stand in them (in words: seeds/README.md)."""

MEASURES = {  # measure → topic; the terms are IDMC's and UCDP's
    **dict.fromkeys(
        [
            "new_displacement",
            "idps",
            "in_camps",
            "refugees",
            "forced_to_flee",
            "returns",
            "population",
        ],
        "displacement",
    ),
    **dict.fromkeys(
        ["killed", "injured", "killed_or_injured", "detained", "released"], "casualties"
    ),
    **dict.fromkeys(
        [
            "offensive_start",
            "reached",
            "entered",
            "captured",
            "withdrawn",
            "counter_offensive",
            "settlements_captured",
            "control_share",
            "control_change",
            "distance",
            "duration",
        ],
        "pace",
    ),
}
SAID = {  # measure → how a chart says it after a number
    "new_displacement": "newly displaced",
    "idps": "displaced within",
    "in_camps": "in camps",
    "refugees": "refugees abroad",
    "forced_to_flee": "forced to flee",
    "returns": "returning",
    "population": "living there",
    "killed": "killed",
    "injured": "injured",
    "killed_or_injured": "killed or injured",
    "detained": "detained",
    "released": "released",
    "offensive_start": "attacks begun",
    "reached": "reached",
    "entered": "entered",
    "captured": "captured",
    "withdrawn": "withdrawn",
    "counter_offensive": "counter-offensives",
    "settlements_captured": "settlements captured",
    "control_share": "held",
    "control_change": "of the territory held",
    "distance": "distant",
    "duration": "long",
}
TIME_UNITS = ["hour", "day", "night", "week", "month", "year"]
VALUES = {  # column → what may stand in it
    "topic": ["displacement", "casualties", "pace"],
    "measure": list(MEASURES),
    "quantifier": [
        "exact",
        "more_than",
        "at_least",
        "less_than",
        "up_to",
        "nearly",
        "about",
        "between",
        "vague",
    ],
    "unit": [
        "person",
        "household",
        "settlement",
        "neighbourhood",
        "site",
        "percent",
        "ratio",
        "km",
        *TIME_UNITS,
        "event",
    ],
    "affected": ["civilian", "combatant", "mixed", "unknown"],
    "place_prec": list("1234567"),
    "date_kind": ["point", "period", "window"],
    "date_prec": list("1234567"),
    "date_basis": ["explicit", "relative", "inferred"],
    "assertion": ["reported", "claimed", "denied", "expected"],
    "scope": ["offensive", "war", "historical", "context"],
    "review": ["proposed", "accepted", "corrected", "rejected"],
}
OPTIONAL = {"quantifier", "unit", "affected", "place_prec", "date_kind", "date_basis"}
UNITS_OF_MEASURE = {
    "distance": ["km"],
    "duration": TIME_UNITS,
    "control_change": ["ratio", "percent"],
}
CLAIM_COLUMNS = [
    "claim_id",
    "doc_id",
    "start",
    "end",
    "exact",
    "number",
    "number_start",
    "topic",
    "measure",
    "low",
    "best",
    "high",
    "quantifier",
    "unit",
    "base",
    "actor",
    "affected",
    "affected_side",
    "place",
    "place_prec",
    "place_to",
    "date_kind",
    "date_start",
    "date_end",
    "days_most",
    "date_prec",
    "date_basis",
    "date_exact",
    "date_at",
    "as_of",
    "source_original",
    "assertion",
    "scope",
    "part_of",
    "same_as",
    "review",
    "note",
]
ADDED_COLUMNS = ["affected_side", "days_most"]  # younger than the first tables; absent means empty
NUMBERS, OFFSETS, DAYS = (
    ["low", "best", "high"],
    ["start", "end", "number_start", "date_at"],
    ["date_start", "date_end"],
)
LONGEST = [
    (1, "1"),
    (6, "2"),
    (7, "3"),
    (31, "4"),
    (366, "5"),
]  # days in the bounds → UCDP date_prec; ours: 6 beyond, 7 none


EXPLANATIONS = ["time of writing", "scope", "wording", "parties", "open"]


PROPOSAL_COLUMNS = [*CLAIM_COLUMNS, "rule"]
