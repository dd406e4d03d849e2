"""Totals and labels: "the death toll rose to 12", "brings to 9,000 the number of displaced", "Displaced: 452"."""

from helpers.extract.counts.grammar import (
    AUXILIARIES,
    SURE,
    WEAK,
    Link,
    find_strongest,
    has_form,
    is_fate,
    is_verb_before,
    peek,
)
from helpers.extract.counts.phrase import Group
from helpers.extract.text.tokens import Word

_LISTED = (
    "missing",
    "affected",
    "arrested",
    "detained",
    "rescued",
    "unaccounted",
)  # "12 dead, missing 4"
_CELLS = frozenset(";,|:(")
_IS = ("is", "are", "was", "were", "been")


def look_total(words: list[Word], group: Group) -> Link | None:
    """The toll, the dead or the number of displaced that a number is the size of; it stands before the number, or
    behind it in "brings to 9,000 the number of"."""
    if group.head == "none" and words[group.index].number.reading.best == 1:
        return None  # "one" stands for a thing said before
    return _find_total_before(words, group) or _find_total_behind(words, group)


def _find_total_before(words: list[Word], group: Group) -> Link | None:
    """ "the number of displaced | has risen to | 9,000": a bridge of verbs of measure lies between, or nothing does ("deaths: 12")."""
    bridge, number = False, group.index
    for at in range(number - 1, max(-1, number - 23), -1):
        word, steps = words[at], number - 1 - at
        if word.text in ";.?!":
            return None
        sense = find_total_sense(words, at)
        if (
            bridge
            and word.text in ("number", "total")
            and words[at + 1].text == "of"
            and (far := _find_counted(words, at + 2, number)) is not None
        ):
            return Link(find_strongest(words[far]).sense, far, "total", 0.3)
        if steps <= 1 and word.text in _LISTED and (at == 0 or words[at - 1].text in _CELLS):
            return Link("other", at, "total", 0.1)
        if sense == "camp":  # "the camp has grown to 9,000"
            sense = (
                "sheltered" if bridge and any(_is_measure(w) for w in words[at:number]) else None
            )
        if sense and (bridge or _is_label(words, at, number)):
            return Link(sense, at, "total", 0.4 if bridge else 0.7)
        if is_verb_before(words, at):
            bridge = bridge or _is_measure(word)
            says_less = (
                any(t.sense in ("measure", "force") for t in word.triggers)
                or sense is None
                and has_form(word, "participle", "past")
            )
            if not (bridge and says_less) and "be" not in word.kinds:
                return None  # "60 soldiers stormed 12 houses"
        elif steps <= 3 and word.text in _IS or steps == 0 and word.text in ("at", "to", "as"):
            bridge = True
        elif "num" in word.kinds:
            return None
    return None


def _is_measure(word: Word) -> bool:
    """Whether a verb gives a size: "rose to", "stands at"."""
    return any(t.sense == "measure" for t in word.triggers)


def _find_counted(words: list[Word], start: int, end: int) -> int | None:
    """The verb that says of whom a number is given: "the number of people | displaced | by the storm reached"."""
    return next(
        (
            at
            for at in range(start, end)
            if words[at].triggers and find_strongest(words[at]).sense in SURE | {"sheltered"}
        ),
        None,
    )


def _find_total_behind(words: list[Word], group: Group) -> Link | None:
    """ "brings to 9,000 (people) the number of displaced"."""
    if peek(words, group.index - 1).text != "to":
        return None
    for step in range(group.last, min(group.last + 3, len(words) - 2)):
        if words[step].text == "the" and words[step + 1].text in (
            "number",
            "total",
            "toll",
            "death",
            "figure",
        ):
            for at in range(step + 1, min(step + 9, len(words))):
                said = words[at].triggers and find_strongest(words[at]).sense
                if sense := find_total_sense(words, at) or said in SURE and said:
                    return Link(sense, at, "total", 0.2)
    return None


_LABELS = SURE | {"returned", "sheltered"}


def look_label(words: list[Word], group: Group) -> Link | None:
    """A label before a colon: "Displaced by Typhoon Vera: 38,400", "Displacement in Oru: Kell 4,105; Mira 900"."""
    colon = group.index - 1
    while colon >= 0 and group.index - colon <= 5 and words[colon].text != ":":
        if words[colon].kinds & {"verb", "be", "have", "num", "punct"}:
            return None
        colon -= 1
    if colon < 1 or words[colon].text != ":":
        return None
    label = words[max(0, colon - 15) : colon]
    for word in label:
        if (
            word.text in (";", "|")
            or word.kinds & AUXILIARIES
            or "num" in word.kinds
            or any(t.sense == "say" for t in word.triggers)
        ):
            return None  # a sentence, not a label: "the mayor said: 12"
    for at, word in enumerate(label, colon - len(label)):
        sense = (
            word.sense
            if "noun" in word.kinds
            else has_form(word, "participle", "ing") and find_strongest(word).sense
        )
        if sense in _LABELS and not (
            at + 1 < colon and "thing" in words[at + 1].kinds
        ):  # "Evacuation centres: 12"
            return Link(sense, at, "total", 0.8)
    return None


_TOLLS = {  # what stands before "toll"; behind anything else it is of the dead
    "injury": "injured",
    "injured": "injured",
    "wounded": "injured",
    "displacement": "displaced",
    "casualty": None,
    "vote": None,
}
_STATES = ("dead", "injured", "wounded", "displaced", "homeless", "evacuated", "killed", "uprooted")
_UNTOLD = frozenset({"victims", "fatalities", "camp", "camps", "caseload"})
_BEFORE_STATES = {
    "the",
    "number",
    "of",
    "people",
    "persons",
    "total",
    "population",
    "families",
    "individuals",
    "residents",
    "internally",
    "civilians",
}


def find_total_sense(words: list[Word], at: int) -> str | None:
    """The sense of a word that a total can be said of: a toll, deaths, the dead, the number of displaced; "camp" for a
    camp, of which only a verb of measure makes a total."""
    word = words[at]
    if not (word.sense or word.triggers or word.text in _UNTOLD):
        return None
    after = peek(words, at + 1)
    if after.kinds & {"thing", "dwelling"} and "verb" not in after.kinds:
        return None  # "death threats"
    if word.sense == "toll":
        return _TOLLS.get(peek(words, at - 1).text, "killed")
    if word.text in ("victims", "fatalities") and after.text in (
        "were",
        "are",
        "include",
        "included",
    ):
        return "killed"
    if word.text in ("camp", "camps", "caseload") and at and "prep" not in words[at - 1].kinds:
        return "camp"
    if (
        "noun" in word.kinds
        and word.sense in ("killed", "injured", "displaced", "returned")
        and word.text not in ("body", "flight", "remains")
    ):
        return word.sense
    if word.text in _STATES and _is_noun_of_state(words, at):
        return word.sense or find_strongest(word).sense
    if (
        peek(words, at - 1).text in ("those", "the")
        and is_fate(word)
        and not after.kinds & {"person", "thing"}
    ):
        return find_strongest(word).sense  # "those expelled"
    if word.is_phrase and (
        word.text in ("among", "amongst")
        or after.text == ":"
        and word.triggers[0].sense in WEAK | {"displaced"}
    ):
        return word.triggers[0].sense  # "among the dead", "Living in camps: 900"
    return None


def _is_noun_of_state(words: list[Word], at: int) -> bool:
    """Whether "displaced" or "dead" names those who are: "the dead", "| Displaced", "displaced people", "homeless:"."""
    before, after = [w.text for w in words[max(0, at - 3) : at]], peek(words, at + 1)
    return (
        not before
        or not _BEFORE_STATES.isdisjoint(before)
        or before[-1] in ",;:|/("
        or after.text == ":"
        or bool(after.kinds & {"person", "household"})
    )


_COUNTED = frozenset(
    "deaths fatalities injuries toll idps refugees evacuees returnees displacements evacuations".split()
)
_FILLERS = frozenset(
    """
: - – — = ( ) total of people persons population individuals households families hh nb no number to date approx is are , ind as at by so far confirmed reported
""".split()
)
_SIGNS = frozenset({":", "-", "–", "=", "total"})


def _is_label(words: list[Word], at: int, number: int) -> bool:
    """Whether only a colon, a dash or nothing stands between a label and its number, at the start of a line or cell."""
    between = {w.text for w in words[at + 1 : number] if "date" not in w.kinds}
    if not between and words[at].text in _COUNTED:
        return True  # "deaths 12"
    if not between <= _FILLERS:
        return False
    if between & _SIGNS:
        return True  # "deaths (confirmed): 12"
    after = peek(words, number + 1)
    closed = (
        after.text in ("", ",", ";", "|", ".", "people", "persons", "pax")
        or "household" in after.kinds
    )
    if not between and closed and at and words[at - 1].text in ",;|:(/":
        return True  # "| Displaced 452 |"
    return at <= 3 and not any(
        "num" in w.kinds or "verb" in w.kinds and find_strongest(w).sense not in SURE
        for w in words[:at]
    )
