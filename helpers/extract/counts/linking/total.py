"""Totals and labels: "the death toll rose to 12", "brings to 9,000 the number of displaced",
"Displaced: 452"."""

from helpers.extract.counts.grammar import (
    AUXILIARIES,
    SURE,
    WEAK,
    Link,
    find_strongest,
    has_form,
    is_sure_participle,
    is_verb_before,
    peek,
)
from helpers.extract.counts.people.fighters import is_side
from helpers.extract.counts.phrase import QuantityPhrase
from helpers.extract.text.tokens import NUMBER, Token

# "12 dead, missing 4"
_LISTED = ("missing", "affected", "arrested", "detained", "rescued", "unaccounted")
_CELLS = frozenset(";,|:(")
_IS = ("is", "are", "was", "were", "been")
_REACH = 22  # tokens between a total and its number


def look_total(tokens: list[Token], phrase: QuantityPhrase) -> Link | None:
    """The toll, the dead or the number of displaced that a number is the size of; it stands before
    the number, or behind it in "brings to 9,000 the number of"."""
    if phrase.reading.best == 1 and (phrase.head == "none" or _is_speaker(tokens, phrase)):
        return None  # "one" stands for a thing said before
    behind = peek(tokens, phrase.last)
    if behind.is_phrase and behind.triggers[0].sense == "casualties":
        return None  # "losses amount to 90 men | killed or wounded"
    link = _find_total_before(tokens, phrase) or _find_total_behind(tokens, phrase)
    if link and tokens[link.at].sense == "toll" and behind.text in ("displaced", "uprooted"):
        return link._replace(sense="displaced")  # "the latest count is 900 | displaced"
    return link


def _is_speaker(tokens: list[Token], phrase: QuantityPhrase) -> bool:
    """Whether one person only says it: "expects dozens of wounded, as | one surgeon | put it"."""
    return peek(tokens, phrase.index - 1).text in ("as", "to")


def _find_total_before(tokens: list[Token], phrase: QuantityPhrase) -> Link | None:
    """ "the number of displaced | has risen to | 9,000": a bridge of verbs of measure lies between,
    or nothing does ("deaths: 12")."""
    bridge, number = False, phrase.index
    for at in _list_steps(tokens, number):
        token, steps = tokens[at], number - 1 - at
        if token.text in ";.?!":
            return None
        sense = find_total_sense(tokens, at)
        if bridge and token.text in ("number", "total") and tokens[at + 1].text == "of":
            if found := _find_counted(tokens, at + 2, number):
                return Link(found[0], found[1], "total", 0.3)
        if steps <= 1 and token.text in _LISTED and (at == 0 or tokens[at - 1].text in _CELLS):
            return Link("other", at, "total", 0.1)
        if sense == "camp":  # "the camp has grown to 9,000"
            measures = [one.text for one in tokens[at:number] if _is_measure(one)]
            has_grown = bridge and bool(measures) and not _RECORDING & set(measures)
            sense = "sheltered" if has_grown else ""
        if sense and (bridge or _is_label(tokens, at, number)):
            link = Link(sense, at, "total", 0.4 if bridge else 0.7)
            return None if _is_overruled(tokens, phrase, link) else link
        if is_verb_before(tokens, at):
            bridge = bridge or _is_measure(token)
            if not (bridge and _says_less(token, sense)) and "be" not in token.kinds:
                return None  # "60 soldiers stormed 12 houses"
        elif _may_bridge(tokens, at, steps, phrase.last):
            bridge = True
        elif token.text == NUMBER and not _is_step(tokens, at, bridge):
            return None
    return None


def _list_steps(tokens: list[Token], number: int) -> list[int]:
    """The indexes from a number back as far as a total may stand, without what somebody says
    between commas: "its losses, officials say, stand at"."""
    first = max(0, number - _REACH)
    steps = list(range(number - 1, first - 1, -1))
    commas = [at for at in steps if tokens[at].text == ","]
    for close, opened in zip(commas, commas[1:]):
        is_said = "say" in {trigger.sense for trigger in tokens[close - 1].triggers}
        if is_said and close - opened <= _INSERTED and not has_form(tokens[close - 1], "ing"):
            return [at for at in steps if not opened <= at <= close]
    return steps


_INSERTED = 6  # tokens of what somebody says between commas


def _is_overruled(tokens: list[Token], phrase: QuantityPhrase, link: Link) -> bool:
    """Whether the words behind a number say what no toll says: "the latest count is 900 |
    displaced"."""
    state = peek(tokens, phrase.last)
    is_toll = tokens[link.at].sense == "toll"
    return is_toll and is_sure_participle(state) and find_strongest(state).sense != link.sense


_RECORDING = frozenset(
    "registered recorded counted documented verified reported estimated put".split()
)


def _may_bridge(tokens: list[Token], at: int, steps: int, behind: int) -> bool:
    """Whether a word leads from a total to its number: "is", "at", "to", "cut the toll | from",
    "IDPs in Kell | number"."""
    if steps == 0 and tokens[at].text == "number":
        return "det" not in peek(tokens, at - 1).kinds
    if tokens[at].text in _QUOTED and steps == 0:
        return peek(tokens, at - 1).text in ("at", "to", "as")
    if steps == 0:
        return tokens[at].text in (*_IS, "at", "to", "as") or _is_changed(tokens, at, behind)
    return steps <= 3 and tokens[at].text in _IS


_TIMES = frozenset("day days week weeks month months year years hours nights".split())


def _is_step(tokens: list[Token], at: int, bridge: bool) -> bool:
    """Whether a number between a total and its size only says by how much it changed, or from
    where: "rose by | four | to 27", "was cut from | 80 | to 55"."""
    if "thing" in peek(tokens, at + 1).kinds and peek(tokens, at + 1).text in _TIMES:
        return True  # "put the toll of the two days at | 73"
    before = peek(tokens, at - 1).text
    if before in ("about", "some", "another", "only", "at", "least"):
        before = peek(tokens, at - 2).text
    return bridge and before in ("by", "from", "to")


def _is_changed(tokens: list[Token], at: int, behind: int) -> bool:
    """Whether a total changes here: "cut the toll | from | 80 to 55", "cut to 41 | from | 58"."""
    if tokens[at].text != "from":
        return False
    is_second = "num" in peek(tokens, at - 1).kinds and peek(tokens, at - 2).text == "to"
    return is_second or peek(tokens, behind).text == "to"


def _is_measure(token: Token) -> bool:
    """Whether a verb gives a size: "rose to", "stands at"."""
    return any(t.sense == "measure" for t in token.triggers)


def _says_less(token: Token, sense: str) -> bool:
    """Whether a verb may stand between a total and its number: it measures, or only describes."""
    if any(trigger.sense in ("measure", "force") for trigger in token.triggers):
        return True
    return not sense and has_form(token, "participle", "past")


def _find_counted(tokens: list[Token], start: int, end: int) -> tuple[str, int] | None:
    """The sense and index of the verb that says of whom a number is given: "the number of people |
    displaced | by the storm reached", "of people | held | across the south at"."""
    for at in range(start, end):
        if tokens[at].triggers and find_strongest(tokens[at]).sense in SURE | {"sheltered"}:
            return find_strongest(tokens[at]).sense, at
        if tokens[at].text == "held" and "person" in tokens[at - 1].kinds:
            return "detained", at
    return None


def _find_total_behind(tokens: list[Token], phrase: QuantityPhrase) -> Link | None:
    """ "brings to 9,000 (people) the number of displaced"."""
    if peek(tokens, phrase.index - 1).text != "to":
        return None
    for step in range(phrase.last, min(phrase.last + 3, len(tokens) - 2)):
        if tokens[step].text != "the" or tokens[step + 1].text not in _SIZES:
            continue
        for at in range(step + 1, min(step + 9, len(tokens))):
            said = find_strongest(tokens[at]).sense if tokens[at].triggers else ""
            if sense := find_total_sense(tokens, at) or (said if said in SURE else ""):
                return Link(sense, at, "total", 0.2)
    return None


_ARE = ("were", "are", "include", "included")
_SIZES = ("number", "total", "toll", "death", "figure")
_LABELS = SURE | {"returned", "sheltered"}


def look_label(tokens: list[Token], phrase: QuantityPhrase) -> Link | None:
    """A label before a colon: "Displaced by Typhoon Vera: 38,400", "Displacement in Oru: Kell
    4,105; Mira 900"."""
    colon = phrase.index - 1
    while colon >= 0 and phrase.index - colon <= 5 and tokens[colon].text != ":":
        if tokens[colon].kinds & {"verb", "be", "have", "num", "punct"}:
            return None
        colon -= 1
    if colon < 1 or tokens[colon].text != ":":
        return None
    label = tokens[max(0, colon - 15) : colon]
    for token in label:
        is_sentence = token.kinds & AUXILIARIES or any(t.sense == "say" for t in token.triggers)
        if is_sentence or token.text in (";", "|") or "num" in token.kinds:
            return None  # a sentence, not a label: "the mayor said: 12"
    for at, token in enumerate(label, colon - len(label)):
        sense = token.sense if "noun" in token.kinds else ""
        if "noun" not in token.kinds and has_form(token, "participle", "ing"):
            sense = find_strongest(token).sense
        names_thing = at + 1 < colon and "thing" in tokens[at + 1].kinds  # "Evacuation centres: 12"
        if sense in _LABELS and not names_thing:
            return Link(sense, at, "total", 0.8)
    return None


_TOLLS = {  # what stands before "toll"; behind anything else it is of the dead
    "injury": "injured",
    "injured": "injured",
    "wounded": "injured",
    "displacement": "displaced",
    "casualty": "",
    "vote": "",
}
_STATES = ("dead", "injured", "wounded", "displaced", "homeless", "evacuated", "killed", "uprooted")
_UNTOLD = frozenset({"victims", "fatalities", "camp", "camps", "caseload"})
_BEFORE_STATES = frozenset(
    "the number of people persons total population families individuals residents internally "
    "civilians".split()
)
_TOTALLED = ("killed", "injured", "displaced", "returned", "casualties")


def find_total_sense(tokens: list[Token], at: int) -> str:
    """The sense of a word that a total can be said of: a toll, deaths, the dead, the number of
    displaced; "camp" for a camp, of which only a verb of measure makes a total; "" for others."""
    token = tokens[at]
    if token.text == "losses":  # "army losses"
        owner, size = peek(tokens, at - 1).text, peek(tokens, at + 1).text
        is_theirs = owner in _THEIRS or owner in ("its", "their") and size in ("at", "to")
        return "killed" if is_theirs or is_side(tokens, at - 1) else ""
    if not (token.sense or token.triggers or token.text in _UNTOLD):
        return ""
    before, after = peek(tokens, at - 1), peek(tokens, at + 1)
    if after.kinds & {"thing", "dwelling"} and "verb" not in after.kinds:
        return ""  # "death threats"
    if token.sense == "toll":
        return _TOLLS.get(before.text, "killed")
    if token.text in ("victims", "fatalities") and after.text in _ARE:
        return "killed"
    if token.text in ("camp", "camps", "caseload") and at and "prep" not in before.kinds:
        return "camp"
    if "noun" in token.kinds and token.sense in _TOTALLED:
        if token.text not in ("body", "flight", "remains"):
            return token.sense
    if token.text in _STATES and _is_noun_of_state(tokens, at):
        return token.sense or find_strongest(token).sense
    if _names_those(tokens, at):
        return "moved" if token.text in _GONE else find_strongest(token).sense
    return _find_phrase_sense(token, after) if token.is_phrase else ""


_GONE = frozenset({"left", "crossed", "arrived", "moved"})


def _names_those(tokens: list[Token], at: int) -> bool:
    """Whether a verb says who "those" are: "those | expelled", "those who | fled"."""
    token, before = tokens[at], peek(tokens, at - 1)
    if before.text == "who" and peek(tokens, at - 2).text == "those":
        is_gone = token.text in _GONE  # "the number of those who | left | Kell"
        return is_gone or has_form(token, "past") and find_strongest(token).sense in SURE
    if before.text in ("those", "the") and is_sure_participle(token):
        return not peek(tokens, at + 1).kinds & {"person", "thing"}
    return False


def _find_phrase_sense(token: Token, after: Token) -> str:
    """The sense of a phrase that a total can be said of: "among the dead", "In camps: 900"."""
    sense = token.triggers[0].sense
    is_label = after.text == ":" and sense in WEAK | {"displaced"}
    return sense if token.text in ("among", "amongst") or is_label else ""


def _is_noun_of_state(tokens: list[Token], at: int) -> bool:
    """Whether "displaced" or "dead" names those who are: "the dead", "| Displaced", "displaced
    people", "homeless:"."""
    before = [token.text for token in tokens[max(0, at - 3) : at]]
    if not before or before[-1] in ",;:|/(" or not _BEFORE_STATES.isdisjoint(before):
        return True
    if tokens[at].text in ("dead", "wounded") and _is_sized(tokens, at):
        return True
    after = peek(tokens, at + 1)
    return after.text == ":" or bool(after.kinds & {"person", "household"})


def _is_sized(tokens: list[Token], at: int) -> bool:
    """Whether those whose dead are told stand before, and their number behind: "rebel dead | at
    60", "put its own dead at"."""
    after, further = peek(tokens, at + 1).text, peek(tokens, at + 2)
    is_size = (
        after in ("at", "to") or after in ("alone", "stands", "stood") and further.text == "at"
    )
    owner = at - 1 - (peek(tokens, at - 1).text in _QUOTED)
    if owner < 0 or not is_size:
        return False
    is_theirs = tokens[owner].text in ("own", "its", "their") or tokens[owner].is_name
    return is_theirs or is_side(tokens, owner) or "civilian" in tokens[owner].kinds


_THEIRS = ("own", "combat", "battlefield", "military", "personnel", "troop")
_QUOTED = ('"', "”", "'", "’")
_COUNTED = frozenset(
    "deaths fatalities injuries toll idps refugees evacuees returnees displacements "
    "evacuations".split()
)
_FILLERS = frozenset(
    ": - – — = ( ) total of people persons population individuals households families hh nb no "
    "number to date approx is are , ind as at by so far confirmed reported".split()
)
_CLOSING = ("", ",", ";", "|", ".", "people", "persons", "pax")
_SIGNS = frozenset({":", "-", "–", "=", "total"})


def _is_label(tokens: list[Token], at: int, number: int) -> bool:
    """Whether only a colon, a dash or nothing stands between a label and its number, at the start
    of a line or cell."""
    between = {token.text for token in tokens[at + 1 : number] if "date" not in token.kinds}
    if not between and tokens[at].text in _COUNTED:
        return True  # "deaths 12"
    if not between <= _FILLERS:
        return False
    if between & _SIGNS:
        return True  # "deaths (confirmed): 12"
    after = peek(tokens, number + 1)
    is_closed = after.text in _CLOSING or "household" in after.kinds
    if not between and is_closed and at and tokens[at - 1].text in ",;|:(/":
        return True  # "| Displaced 452 |"
    return at <= 3 and not any(map(_says_more, tokens[:at]))


def _says_more(token: Token) -> bool:
    """Whether a word before a label makes a sentence of it: another number, or another verb."""
    is_other = "verb" in token.kinds and find_strongest(token).sense not in SURE
    return "num" in token.kinds or is_other
