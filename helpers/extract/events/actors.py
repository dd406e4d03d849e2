"""Who acted in an event: the subject of an active verb, or the words behind "by"; and whether they
are such as may take a place.

The subject is looked for backwards from the verb; its words are those of one noun phrase.
"""

import re

from helpers.extract.events.sides.clause import (
    FORCES,
    MANY,
    PRONOUNS,
    Word,
    find_first_subject,
    hangs_on,
    is_fighter,
    list_words,
    pass_predicate,
    read_phrase,
    read_subject,
)
from helpers.extract.rules.lexicon import KINDS, LISTS
from helpers.extract.rules.load import load_toml
from helpers.extract.rules.territory import PLACE_SIGN, compile_territory

CIVILIANS = compile_territory(r"\b{people}\b")
_COUNTED = compile_territory(r"\b({count}|hundreds|thousands)\b")
_CLAUSE = compile_territory(r"[;:]|, (and|but|while)\s")
_AGENT = compile_territory(
    r"""[^.;:]{0,40}?\b(by|(?<!according.)to) (?P<actor>((?!by\b|on\b|in\b|after\b|and\b|at\b
    |from\b|before\b|without\b|who\b|when\b|that\b|this\b|last\b|late\b|early\b)
    ([\w'’-]+|{place})~){1,8})"""
)
# "came under the control of | the army"
_KEEPER = compile_territory(
    r"""(came|comes?|f[ae]lls?|fallen|pass(es|ed)?|w[ea]nt|gone|slid|slipped|is|was|are|were)
    ( [\w-]+){0,2}? (in|under|into|to) ((the|full|complete|firm|effective|sole) ){0,3}(control|rule
    |hands|sway|possession|command) of (the )?(?P<actor>((?!by\b|on\b|in\b|after\b|and\b|at\b
    |from\b|before\b|without\b|who\b|when\b|that\b|this\b|last\b|late\b|early\b)
    ([\w'’-]+|{place})~){1,6})"""
)
_BY = compile_territory(r"~\bby (?P<actor>((?!on\b|in\b|after\b|and\b)[\w'’-]+~){1,6})")
_WINNER = compile_territory(
    r"""(~,[^.;:]{1,60}?,|( on| in)? {date})? to ((an? |the )?([\w'’-]+ ){0,3}?(attack|assault|raid
    |push|offensive|counter-?attack|counter-?offensive|advance|ambush|onslaught|thrust|sweep) by )?
    (the )?(?P<actor>((?!by\b|on\b|in\b|after\b|and\b|at\b|from\b
    |before\b|without\b|who\b|when\b|that\b|this\b|last\b|late\b|early\b)
    ([\w'’-]+|{place})~){1,5})"""
)
_AND_TROOPS = compile_territory(r" and [\w-]+ ({forces})\b")
_OWNER = compile_territory(
    r"\b(?P<actor>its|their|(?:the )?(?:[\w-]+ ){0,2}?[\w-]+(?=['’]s? ))(?:['’]s?)? (?:[\w-]+ )?$"
)
_ANNOUNCES = re.compile(
    r"\b(?:announced|announces|claim(?:ed|s)?|celebrated|hailed|complete[ds]|finished)(?= the $| $)"
)
_JOINED = 6  # words of two subjects together
_OF_PEOPLE_TOO = re.compile(r"[a-z]+(?:[ns]ian|[aeiou]nian|ish|ese|iani|aqi|emi|pian|rean|ean)$")
_NONE: frozenset[str] = frozenset()
_UNABLE = frozenset(load_toml("territory.toml")["unable_to_take"].split())
ONE_FOR_MANY = frozenset(load_toml("territory.toml")["one_for_many"].split())
_UNARMED = frozenset(load_toml("territory.toml")["unarmed"].split())


def is_armed(before: str, words: str, rule: str) -> bool:
    """Whether those who enter, reach or leave are fighters, where no subject is found: by the words
    of the clause."""
    clause = _CLAUSE.split(before)[-1]
    armed = list(FORCES.finditer(clause))
    civil = [m for m in CIVILIANS.finditer(clause) if not clause.endswith("armed ", 0, m.start())]
    if rule == "withdrawal":
        armed += list(FORCES.finditer(words))
    if civil:
        armed = [match for match in armed if match[0] not in PRONOUNS]
    if not armed or not civil:
        return bool(armed)
    return armed[-1].start() > civil[-1].start() or armed[0].start() < civil[0].start()


def is_of_fighters(phrase: str) -> bool:
    """Whether a noun phrase is one of fighters: its head, or what its head is of.

    >>> is_of_fighters("the pick-ups of the army"), is_of_fighters("the soldiers' families")
    (True, False)
    """
    words = re.findall(r"[\w-]+(?:['’]s?)?", phrase.lower())
    if len(words) > 2 and words[0] in MANY and words[1] == "of":
        words = words[2:]
    if not words or words[-1] in PRONOUNS:
        return False
    head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
    if "armed" in words[:2] and head in _ARMED:
        return True  # "armed civilians"
    if CIVILIANS.fullmatch(head) or head in _UNABLE or head in _UNARMED:
        return False
    if words[0] in ("un", "aid", "relief") or {"un", "aid", "relief"} & set(words[1:-1]):
        return False
    if head in _CARRY:
        return any("combatant" in KINDS.get(word, _NONE) for word in words) or "military" in words
    if head == "men" and len(words) > 1 and (_OWNERS & set(words[:-1]) or "'" in words[-2]):
        return True
    if words == ["both", "sides"]:
        return True
    if head == "wing" and len(words) > 1 and words[-2] in ("armed", "military"):
        return True
    if head == "personnel" and words[-2:-1] and words[-2] in ("security", "military", "army"):
        return True
    if head in _OF_PEOPLE and "of" in words:
        return is_fighter(words[-1])
    return any(map(is_fighter, words))


_ALLIED = frozenset("its their allied".split())
_LED = frozenset("coalition alliance force column group forces".split())
_ARMED = frozenset("civilians villagers residents locals people persons youths herders".split())
_CARRY = frozenset("convoy convoys".split())  # of aid, if no word says that they are of fighters
_OWNERS = frozenset("his its their armed masked uniformed".split())
_OF_PEOPLE = frozenset("group groups column columns company companies team convoy".split())


def are_at_home(words: str) -> bool:
    """Whether those who are driven out are people who lived there: "residents", or a nation in
    numbers ("about 30,000 Kurds")."""
    return bool(CIVILIANS.search(words) or _COUNTED.search(words) and not FORCES.search(words))


def may_take(actor: str) -> bool:
    """Whether those who act may take a place: photographers, novels and markets capture nothing.

    >>> may_take("the photographer")
    False
    """
    words = re.findall(r"[\w'’-]+", actor.lower())
    if not words or any(KINDS.get(word, _NONE) & {"combatant"} for word in words):
        return True
    head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
    return head not in _UNABLE and head.rpartition("-")[2] not in _UNABLE


def find_winner(marked: str, end: int) -> tuple[int, int] | None:
    """To whom a place was lost, behind it (start, end): "lost Kell | to | the army"; None if nobody
    says."""
    behind = _WINNER.match(marked, end)
    if not behind:
        return None
    start = behind.start("actor")
    return start, start + len(behind["actor"].rstrip())


def find_owner(marked: str, noun: int) -> tuple[int, int] | None:
    """Whose act a noun says, before it (start, end): "the rebels' | capture of Kell", "their |
    seizure of"; None if nobody's."""
    if before := _OWNER.search(marked, max(0, noun - 70), noun):
        return before.span("actor")
    told = _ANNOUNCES.search(marked, max(0, noun - 30), noun)
    found, _ = find_actor(marked, *told.span(), "finite", False) if told else (None, 0)
    words = marked[slice(*found)] if found else ""
    is_side = is_of_fighters(words) or words.partition(" ")[0] in LISTS["sides"]
    return found if words and is_side else None


def find_actor(
    marked: str, verb: int, end: int, form: str, subject_first: bool
) -> tuple[tuple[int, int] | None, int]:
    """Who acted (start, end), or None; and where the event begins: with its subject, if that is not
    shared with a verb before it."""
    if subject_first or form == "noun":
        behind = _BY.match(marked[end : end + 60])
        if form != "noun":
            behind = _AGENT.match(marked[end : end + 90])
            keeper = _KEEPER.match(marked, verb, end + 90) if form == "finite" else None
            if keeper:
                return (
                    keeper.start("actor"),
                    keeper.start("actor") + len(keeper["actor"].rstrip()),
                ), end
        if not behind:
            return None, verb
        start = end + behind.start("actor")
        stop = start + len(behind["actor"].rstrip())
        joined = _AND_TROOPS.match(marked, stop)
        if joined and not is_fighter(behind["actor"].split()[-1]):
            stop = joined.end()  # "by federal | and Kell troops"
        return (start, stop), end
    words = list_words(marked, verb)
    last = pass_predicate(words, len(words) - 1)
    found = None if last is None else read_subject(words, last)
    if last is None or found and _is_passed_place(words, found):
        return find_first_subject(words), verb
    if found and words[found[0]].text[0] == PLACE_SIGN and found[0] == found[1] and form == "ing":
        return None, verb
    if not found:
        return None, verb
    found = _join_allies(words, _leave_allies(words, found))
    start, last = words[found[0]].start, _find_leader(words, found[1])
    return (start, words[last].end), start


def _find_leader(words: list[Word], last: int) -> int:
    """The last word of a subject that ends here, with its abbreviation in brackets, or with who
    leads it where its noun says no more ("a coalition | led by the Kell Front")."""
    behind = [word.text for word in words[last + 1 : last + 4]]
    if behind[::2] == ["(", ")"]:
        return last + 3
    if words[last].text not in _LED or behind[:2] != ["led", "by"]:
        return last
    end = last + 2
    while end + 1 < len(words) and end - last < _JOINED:
        word = words[end + 1]
        if word.opens_nothing and "det" not in word.kinds:
            break
        end += 1
    return end


def _leave_allies(words: list[Word], found: tuple[int, int]) -> tuple[int, int]:
    """The subject without those who only stand by it: "the army | and its allies"."""
    first = found[0]
    if first < 2 or words[first].text not in _ALLIED or words[first - 1].text != "and":
        return found
    last = first - 5 if first > 5 and words[first - 2].text == ")" else first - 2
    before = read_phrase(words, last)
    return found if before is None else (before, last)


def _join_allies(words: list[Word], found: tuple[int, int]) -> tuple[int, int]:
    """The subject with those who act with it: "Kell troops and | militiamen from Mira"."""
    first, last = found
    if first < 2 or words[first - 1].text != "and" or not is_fighter(words[last].text):
        return found
    before = read_phrase(words, first - 2)
    if before is None or last - before >= _JOINED or words[first].text in _ALLIED:
        return found
    is_side = is_fighter(words[first - 2].text) or bool(_OF_PEOPLE_TOO.match(words[first - 2].text))
    hangs = before > 0 and (hangs_on(words[before - 1]) or words[before - 1].text in ("and", ","))
    return (before, last) if is_side and not hangs else found


def _is_passed_place(words: list[Word], found: tuple[int, int]) -> bool:
    """Whether the subject read is only the place of the verb before: "took | Kell |, a port, then
    left it"."""
    is_place = found[0] == found[1] and words[found[0]].text[0] == PLACE_SIGN
    return is_place and words[-1].text == "then"
