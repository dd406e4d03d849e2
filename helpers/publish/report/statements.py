"""Statements: whether the words round a slot of a report say what its claim says.

A slot carries the words of a number; what they count, of whom, where, when and who says so stands
in the prose beside it, and can be wrong there. So every clause that holds a number or a quote is
held against its claims:

- beside a number stands what it counts, and nothing that no figure of the clause counts;
- whoever claims, denies or expects it is named, with a word that says so;
- a text or source that is named is that of its figures, and so are places and months;
- a figure that is not of the offensive says so: the war, before, or its days.

Only words are compared: a clause that passes may still be wrong, one that is refused says more than
its claim, less, or something else.
"""

import re

import pandas as pd
from jinja2.sandbox import SandboxedEnvironment

from helpers.analysis.selection import Study, list_sources
from helpers.corpus.places import find_parts, split_values
from helpers.publish.report.clauses import (
    CITED,
    Clause,
    Slot,
    find_beside,
    find_words,
    read_source,
    split_clauses,
)

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


def check_statements(
    environment: SandboxedEnvironment, source: str, study: Study
) -> list[tuple[int, str]]:
    """(line, fault) of every clause that says of a claim what it does not say, or too little of it,
    and of every slot that takes the id of a claim and has none written into it. Unknown ids are
    left to the slots."""
    text, holes, faults = read_source(environment, source)
    for clause in split_clauses(text, holes):
        known = [slot for slot in clause.slots if slot.claim in study.by_claim]
        cited = [slot for slot in known if slot.name in CITED]
        for slot in cited:
            claim = study.by_claim[slot.claim]
            others = [study.by_claim[other.claim] for other in cited]
            found = [
                *check_counted(clause, slot, claim, others),
                *check_harmed(clause, slot, claim),
                *check_attribution(clause, known, claim, study),
                *check_days(clause, known, claim, study),
                *check_place(clause, slot, claim, study),
            ]
            faults += [(slot.line, fault) for fault in dict.fromkeys(found)]
    return faults


def check_counted(clause: Clause, slot: Slot, claim, others: list) -> list[str]:
    """What a number counts stands beside it, and nothing stands in its clause that no figure there
    counts."""
    allowed = {name_counted(other) for other in others}
    if "killed_or_injured" in allowed:
        allowed |= {"killed", "injured"}
    foreign = find_words(
        clause.words, *(words for name, words in STRONG.items() if name not in allowed)
    )
    said, counted = name_claim(claim), say_counted(claim)
    if foreign:
        return [
            f"the sentence says “{foreign}”, and {said} counts {counted}; say what it counts, or "
            "give the other its own figure in a sentence of its own"
        ]
    measure = name_counted(claim)
    if slot.name != "number" or measure not in COUNTED:
        return []  # a quote says itself what it counts, and so does a length: “three days”
    beside = " ".join(find_beside(clause, slot))
    other = [words for name, words in STRONG.items() if name != measure]
    if find_words(beside, *COUNTED[measure]) or (
        find_words(clause.words, *COUNTED[measure]) and not find_words(beside, *other)
    ):
        return []
    return [
        f"{said} counts {counted}, and the words beside it do not say so; write what it counts, or "
        f'{{{{ quote("{claim.claim_id}") }}}}'
    ]


def check_harmed(clause: Clause, slot: Slot, claim) -> list[str]:
    """Whom a number is said to count, in the words right behind it, is whom its text says it
    counts."""
    _, after = find_beside(clause, slot)
    named = re.match(rf"\W*(?:\w+\W+){{0,2}}?({'|'.join(HARMED.values())})\b", after, re.I)
    if slot.name != "number" or claim.topic == "pace" or not named:
        return []
    own = HARMED.get(claim.affected)
    if own and re.fullmatch(own, named[1], re.I):
        return []
    return [
        f"{name_claim(claim)} is said of “{named[1]}”, and its text says of whom it counts: "
        f"{claim.affected}; write people, or the text’s own word in a quote"
    ]


def check_attribution(clause: Clause, slots: list[Slot], claim, study: Study) -> list[str]:
    """Who claims, denies or expects something is named, and a source or text that is named is the
    claim's."""
    faults, said = [], name_claim(claim)
    named = [
        (slot.name, study.by_claim[slot.claim])
        for slot in slots
        if slot.name in ("source", "document")
    ]
    if named and not any(_is_of(name, other, claim) for name, other in named):
        faults.append(
            f"the sentence names another text or source than that of {said}; write "
            f'{{{{ document("{claim.claim_id}") }}}}, or a sentence of its own'
        )
    if claim.assertion not in ASSERTIONS:
        return faults
    sources = split_values(claim.source_original)
    typed = find_words(clause.words, *map(re.escape, sources))
    spoken = any(name == "source" and _is_of(name, other, claim) for name, other in named)
    if sources and not typed and not spoken:
        faults.append(
            f"{said} is {claim.assertion} by {' and '.join(sources)}, whom the sentence does not "
            f'name; write {{{{ source("{claim.claim_id}") }}}} into it'
        )
    elif not find_words(clause.words, ASSERTIONS[claim.assertion]):
        faults.append(
            f"{said} is {claim.assertion}, and the sentence states it; write that it is "
            f"{claim.assertion}"
        )
    return faults


def _is_of(slot: str, other, claim) -> bool:
    """Whether the text or source that a slot names, by the id of `other`, is that of a claim."""
    if slot == "document":
        return other.doc_id == claim.doc_id
    return set(list_sources(other)) <= set(list_sources(claim))


def check_days(clause: Clause, slots: list[Slot], claim, study: Study) -> list[str]:
    """A figure that is not of the offensive says so, and months that are named are the claim's."""
    said, bounds = name_claim(claim), (claim.date_start, claim.date_end)
    dated = [study.by_claim[slot.claim] for slot in slots if slot.name == "days"]
    if any((other.date_start, other.date_end) == bounds for other in dated):
        return []
    faults = []
    apart = claim.scope in SCOPES and not (claim.scope == "context" and claim.measure in NO_FLOW)
    if apart and not find_words(clause.words, SCOPES[claim.scope]):
        remedy = (
            f'{{{{ days("{claim.claim_id}") }}}}' if pd.notna(claim.date_start) else "when it was"
        )
        faults.append(
            f"{said} is no figure of the offensive ({claim.scope}), and the sentence does not say "
            f"so; write {remedy}"
        )
    told = find_words(clause.words, "the (?:whole )?war") and not find_words(
        clause.words, "offensive"
    )
    if claim.scope == "offensive" and told:
        faults.append(
            f"{said} is a figure of the offensive, and the sentence speaks of the war; say of "
            "which it is"
        )
    months = set(re.findall(MONTH, clause.words))
    if months and pd.notna(claim.date_start):
        longest = min(claim.date_end, claim.date_start + pd.Timedelta(days=366))
        if months.isdisjoint(f"{day:%B}" for day in pd.date_range(claim.date_start, longest)):
            faults.append(
                f"{said} is not of {' or '.join(sorted(months))}; write "
                f'{{{{ days("{claim.claim_id}") }}}}'
            )
    return faults


def check_place(clause: Clause, slot: Slot, claim, study: Study) -> list[str]:
    """Of the places that stand beside a figure, else in its clause, one is the claim's or holds
    it."""
    beside = " ".join(find_beside(clause, slot))
    named = find_named_places(beside, study.places) or find_named_places(clause.words, study.places)
    if (
        not named
        or not claim.place
        or any(_covers(study.places, key, claim.place) for key in named)
    ):
        return []
    names = " or ".join(dict.fromkeys(named.values()))
    where = " and ".join(study.places.loc[key, "name"] for key in split_values(claim.place))
    return [f"{name_claim(claim)} is of {where}, not of {names}; name its place, or none"]


def find_named_places(words: str, places: pd.DataFrame) -> dict[str, str]:
    """Place key → the words that name it, of the places within the country; the longest names
    first."""
    spelled: dict[str, list[str]] = {}
    for key, row in places[places["prec"] != "7"].iterrows():
        for name in dict.fromkeys([row["name"], *row["names"]]):
            if name[:1].isupper():
                spelled.setdefault(name, []).append(key)
    found: dict[str, str] = {}
    for name in sorted(spelled, key=lambda name: (-len(name), name)):
        pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
        if re.search(pattern, words):
            words = re.sub(pattern, " ", words)
            found |= dict.fromkeys(spelled[name], name)
    return found


def _covers(places: pd.DataFrame, named: str, cell: str) -> bool:
    """Whether a named place is that of a claim, holds it, or lends it its name (“Outskirts of
    Homs”)."""
    keys, row = split_values(cell), places.loc[named]
    if row["kind"] == "country" or set(keys) <= {named} | find_parts(places, {named}):
        return True
    lends = rf"(?<!\w){re.escape(row['name'])}(?!\w)"
    governs = row["kind"] == "governorate"
    return all(
        re.search(lends, places.loc[key, "name"])
        or (governs and places.loc[key, "governorate"] == row["governorate"])
        for key in keys
    )


def name_counted(claim) -> str:
    """The measure as words tell it: flows, stocks and unsaid displacement are one."""
    return "displaced" if claim.measure in DISPLACED else claim.measure


def say_counted(claim) -> str:
    """What a claim counts: new displacement; people killed."""
    people = {"killed": "people killed", "injured": "people injured", "in_camps": "people in camps"}
    return people.get(claim.measure, claim.measure.replace("_", " "))


def name_claim(claim) -> str:
    """A claim as a message names it: “More than 500,000” (000-006)."""
    return f"“{claim.number or claim.exact[:60]}” ({claim.claim_id})"
