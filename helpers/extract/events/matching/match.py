"""The matches of the rules in a sentence with placeholders, and which of them are events."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from helpers.extract.events.actors import (
    ONE_FOR_MANY,
    PRONOUNS,
    are_at_home,
    find_actor,
    find_owner,
    find_winner,
    is_armed,
    may_take,
)
from helpers.extract.events.coordination import PRIZE, Found, find_coordinated
from helpers.extract.events.lists import is_noun
from helpers.extract.events.matching.countries import is_country
from helpers.extract.events.matching.rules import FOLLOWING, Marked, Rule, RuleMatch
from helpers.extract.events.modality import judge_modality
from helpers.extract.events.parties import Parties
from helpers.extract.events.sides.clause import find_first_subject, list_words
from helpers.extract.places.gazetteer import PlaceMention, is_governorate
from helpers.extract.places.names import key_name
from helpers.extract.rules.territory import DATE_SIGN, compile_territory

_WHOLE = compile_territory(
    r"""\b((capital|parts?|areas|portions?|swathes?) of
    |(districts|villages|towns|cities|positions|outskirts|suburbs|checkpoints
    |hills) (in|around|near)
    |(\d+|two|three|four|five|six|seven|eight|nine|ten|several
    |dozens of) (districts|villages|towns) of) (the )?([\w-]+ ){0,2}$"""
)
_TOWN_OF = compile_territory(
    r"{place}['’]s ([\w-]+ ){0,2}?(city|cities|towns?|capital|villages?)\b"
)
_MAY = compile_territory(r" (would|could|might|may|will|is expected)\b")
_FACILITY = compile_territory(
    r"""{place}(?P<rest>(['’]s)? ((international|military|main|old|air) )?
    (airport|airbase|base|airfield|airstrip|citadel|bridge|dam|prison
    |refinery|fort|fortress|barracks))\b"""
)
_OWNS = compile_territory(
    r"{place}['’]s? {attribute}{0,4}?{town}~,? {place}"
    r"|{place} {attribute}{0,3}?{town} of (the )?{place}"
)
_TOWN_IN = compile_territory(r"{place} {attribute}{0,2}?(city|town|village|port|base|township)\b")
_OPENING = 30  # characters of a sentence before a "they" that goes on from the one before
_LOST = re.compile(r"los(?:e|es|t|ing)\b")
_LOSSES = re.compile(r"loss|fall|surrender|capitulation|withdrawal|retreat|pull")
_TITLE = re.compile(r"[\"'“‘](?:the\s+)?$", re.IGNORECASE)
_PREPOSED = compile_territory(
    r"""\b(in|at|near|from|on|around|for|to|outside|between|into|towards?|with|against|over|inside
    |beyond|about|than|like|if not|of|by) (the )?$"""
)
_RAISED = compile_territory(
    r"""\b(rais(ed|ing)|hoist(ed|ing)|planted) (\w+ ){0,3}flags?\b
    |\btook (charge|over|control|possession)\b"""
)
_OF_PLACE = compile_territory(
    r" (of|over|in) ((the|its) )?([\w-]+ ){0,3}?(of )?{place}"
)  # an event of its own
_EXPELLED = compile_territory(r"[^.;]{0,50}\b(drove|driving|expelled|ousted) [^.;]{3,50} from\s")
_PASSIVE = compile_territory(r"\b(was|were|been|being|is|are|be) (\w+ly )?$")
_BALLOT = compile_territory(r"\b{ballot}\b")
_NEWLY = compile_territory(
    r"\b(now|again|already|meanwhile|by (nightfall|dusk|dawn|noon|midnight|evening|morning))\b"
)
_ENDED = compile_territory(r"\b(were|was|been|being|be|are) $")
# "was | taken", "those who live in | occupied | Kell"
_NO_ACT = compile_territory(
    r"\b((was|were|been|being|is|are|be) (\w+ly )?|in|of|from|near|inside|across|around|into) $"
)
_BEFORE_THEY = re.compile(r"\bbefore $")
_DRIVEN = re.compile(r"driven|pushed|swept|forced|thrown")
_EVERYDAY = re.compile(r"lef|leav|fle|we?nt|go|com|came|walk|got|get|arriv|fl[ey]w?")
_IS_TOWN = compile_territory(r"(the )?([\w-]+ )?{town} of {place}")
_APPOSED = compile_territory(r"{place}~, (an?|the) {attribute}{0,3}?{town} (of|in|near) (the )?$")
_TOWN_AFTER = compile_territory(
    r"{place} (?!port\b){attribute}(city|town|village)(?=~([.,;:]|$)| (as|after|amid)\b)"
)
_SITE_OF = compile_territory(r"\b({site_within}|garrisons|strongholds) (of|in) (the )?$")
_IN_TOWN = compile_territory(r"{place}~ (at|in) ({attribute}{0,4}?{town} of )?(the )?{place}")
_PULLS_OUT = compile_territory(r"{withdraw_verb}|pull(ed|s|ing)?\b")
_TOOK = compile_territory(
    r" (\([^()]{1,40}\) )?((has|had|have|later|also|then) )?{take} (\w+ )?[A-Z]"
)
_ING = re.compile(r"[\w'-]*ing(?![\w'-])")
_NOUN_BEHIND = re.compile(r"\s+(?P<noun>[a-z][a-z-]+)(?!\w)")


@dataclass
class Sentence:
    """A sentence in which rules are matched. order: its number in the text; begin: its offset.
    marked: in lower case with placeholders; meant: what each stands for. before: the last event of
    the sentence just before it; follows: whether any was told before it. taken: offsets of verbs
    and places that an event has, with its measure."""

    text: str
    order: int
    begin: int
    marked: str
    meant: dict[int, list[PlaceMention]]
    before: Found | None
    follows: bool
    parties: Parties
    taken: set[tuple[int, str]] = field(default_factory=set)

    @property
    def has_capture(self) -> bool:
        """Whether a capture was found in it."""
        return any(measure == "captured" for _, measure in self.taken)


def match_rules(sentence: Sentence, rules: tuple[Rule, ...]) -> list[Found]:
    """The events of a sentence, in reading order."""
    found: list[Found] = []
    marked = Marked(sentence.marked)
    for rule in rules:
        if rule.name in FOLLOWING and not (sentence.follows or sentence.has_capture):
            continue
        at = 0
        while match := rule.search(marked, at):
            verb, (places, behind) = match.spans["verb"][0], match.spans["places"]
            at = max(match.start, min(verb, places)) + 1
            if events := _accept(sentence, match, rule):
                found += events
                sentence.taken.add((verb, rule.measure))
                sentence.taken |= {(event.place.start, rule.measure) for event in events}
                if "state" in rule.allows and places < verb:  # "was in | their hands" is no second
                    passed = range(behind, match.end)
                    sentence.taken |= {(offset, rule.measure) for offset in passed}
    found += find_coordinated(
        sentence.order, sentence.begin, sentence.text, sentence.marked, sentence.meant, found
    )
    return sorted(found, key=lambda event: (event.start, event.place.start))


def _accept(sentence: Sentence, match: RuleMatch, rule: Rule) -> list[Found]:
    """The events of one match; none, where what surrounds it says otherwise."""
    marked, begin = sentence.marked, sentence.begin
    first, last = match.spans["places"]
    verb, end = match.spans["verb"]
    end = max(end, last)
    for name in ("actor", "closes"):  # "declared Kell | liberated"
        end = max(end, match.spans.get(name, (0, 0))[1])
    subject_first = first < verb and "object before the verb" not in rule.allows
    places = _list_places(sentence, match, rule, subject_first)
    form = _name_form(marked, verb, rule)
    if not places or (verb, rule.measure) in sentence.taken:
        return []
    if not _meets(Match(sentence, match, rule, form, end)):
        return []
    modality = judge_modality(marked, min(first, verb), verb, end, form)
    if not modality or modality == "expected" and "state" in rule.allows:
        return []
    acts_behind = first < verb and "subject between" not in rule.allows
    actor, actor_at = find_actor(marked, verb, end, form, acts_behind)
    actor = match.spans.get("actor", actor)
    if actor and _IS_TOWN.fullmatch(marked, *actor):
        actor, actor_at = None, verb
    if rule.name in FOLLOWING:
        actor = None  # "so did Kell": whose act it was stands with the event before
    subject = actor
    if _LOST.match(marked, verb) and form != "noun":
        actor = None if subject_first else find_winner(marked, end)
    elif form == "noun" and not actor and not _LOSSES.match(marked, verb):
        actor = find_owner(marked, verb)
    start = actor_at if subject and actor_at < verb and not subject_first else min(first, verb)
    words = sentence.text[begin + actor[0] : begin + actor[1]] if actor else ""
    words += "s" if words.lower() in ONE_FOR_MANY else ""
    if rule.measure == "captured" and not may_take(words):
        return []
    return [
        Found(
            _name_measure(marked, end, rule),
            begin + start,
            max(begin + end, place.end),
            begin + verb,
            _name_part(place, marked, begin),
            " ".join(words.split()),
            modality,
            rule.name,
            form,
            sentence.order,
            rule.allows,
        )
        for place in places
    ]


def _list_places(
    sentence: Sentence, match: RuleMatch, rule: Rule, subject_first: bool
) -> list[PlaceMention]:
    """The places of a match that the event is told of."""
    marked, begin = sentence.marked, sentence.begin
    first, last = match.spans["places"]
    places = [
        place
        for at in range(first, last)
        if at in sentence.meant and not _OWNS.match(marked, at)
        for place in sentence.meant[at]
    ]
    if "again" not in rule.allows:
        places = [place for place in places if (place.start, rule.measure) not in sentence.taken]
    if not subject_first and places and _modifies(sentence, last):
        places.pop()  # "seized Kell farmers"
    places = [
        place for place in places if not (is_governorate(place) and _lies_in(marked, place, begin))
    ]
    places = [place for place in places if not _only_locates(marked, place.start - begin)]
    if rule.measure == "captured":
        places = [place for place in places if not _is_part(marked, place.start - begin)]
    is_preposed = _PREPOSED.search(marked[max(0, first - 30) : first])
    if subject_first and is_preposed and "after a preposition" not in rule.allows:
        return places[1:]  # "in Norra, Kell fell": Kell did
    return places


def _lies_in(marked: str, region: PlaceMention, begin: int) -> bool:
    """Whether a region only says where a town without a name lies: "a | South Norra | town"."""
    return bool(_TOWN_IN.match(marked, region.start - begin))


def _only_locates(marked: str, at: int) -> bool:
    """Whether a place only says where another lies: "Kell, a district of | Mira", "a | Mira
    crossroads town", "the garrison of | Kell in Mira"."""
    before = marked[max(0, at - 90) : at]
    is_site = _IN_TOWN.match(marked, at) and _SITE_OF.search(before)
    return bool(is_site or _TOWN_AFTER.match(marked, at) or _APPOSED.search(before))


def _modifies(sentence: Sentence, end: int) -> bool:
    """Whether the place that ends here stands before a noun that it tells of: "seized Kell |
    shares", "the recovery of Kell | farmers"."""
    behind = _NOUN_BEHIND.match(sentence.marked, end)
    if not behind or sentence.text[sentence.begin + behind.start("noun")].isupper():
        return False
    return is_noun(behind["noun"])


def _is_part(marked: str, at: int) -> bool:
    """Whether only a part of a place is meant, or something of it: "districts of | Kell", "Kell's
    town"."""
    before = marked[max(0, at - 60) : at]
    return bool(_WHOLE.search(before) or _TOWN_OF.match(marked, at))


def _name_form(marked: str, verb: int, rule: Rule) -> str:
    """The form of the verb: that of the rule, or "ing"."""
    is_ing = bool(_ING.match(marked, verb))
    return "ing" if rule.form == "finite" and is_ing and "ing" in rule.allows else rule.form


class Match(NamedTuple):
    """A match of a rule in a sentence, the form of its verb, and where it ends."""

    sentence: Sentence
    match: RuleMatch
    rule: Rule
    form: str
    end: int

    @property
    def before(self) -> str:
        """What stands before the verb."""
        verb = self.match.spans["verb"][0]
        return self.sentence.marked[max(0, verb - 90) : verb]

    @property
    def around(self) -> str:
        """From some words before it to some words behind it."""
        first = min(self.match.spans["places"][0], self.match.spans["verb"][0])
        return self.sentence.marked[max(0, first - 16) : self.end + 40]


def _is_of_fighters(match: Match) -> bool:
    """Whether those who enter, reach or leave are fighters: who flees, visits or brings aid is no
    event."""
    sentence, verb = match.sentence, match.match.spans["verb"][0]
    by_words = is_armed(match.before, match.match.words, match.rule.name)
    if match.form == "noun":
        return by_words
    is_passive = match.form == "passive"
    actor, _ = find_actor(sentence.marked, verb, match.end, match.form, is_passive)
    if actor and _IS_TOWN.fullmatch(sentence.marked, *actor):
        actor = None  # "who had seized the village of Kell | left it"
    if not actor and match.form == "ing":
        return is_armed(sentence.marked[:verb], match.match.words, match.rule.name)
    if not actor:
        shares = sentence.has_capture and match.before.endswith(("and ", "then "))
        return (by_words or shares) and not is_passive
    start, end = sentence.begin + actor[0], sentence.begin + actor[1]
    words, told = sentence.text[start:end], match.match.read("verb")
    if _PASSIVE.search(match.before[-20:]) and _DRIVEN.match(told) and not is_passive:
        return False
    if words.lower() == "they" and _are_those_told(sentence, actor[0]):
        return True
    if words.lower() in PRONOUNS and not sentence.parties.names_anybody(start):
        return by_words and not _EVERYDAY.match(told)
    if words.lower() in ("that", "which") and _EVERYDAY.match(told):
        return False  # "a win that leaves Kell in third place"
    if sentence.parties.is_armed(words, start) or is_passive and words[:1].isupper():
        return True
    if match.rule.measure == "withdrawn" and _PULLS_OUT.match(told) and is_country(words):
        return True  # "from which Israel had withdrawn"
    return _is_taker(words, sentence.text)


def _are_those_told(sentence: Sentence, at: int) -> bool:
    """Whether "they" at an offset are fighters who acted before: in the sentence before ("Troops
    took Kell, residents said. On Friday | they | left Mira") or in the clause before ("gunmen
    kidnapped four villagers before | they | left Kell")."""
    if at < _OPENING and (told := sentence.before) and told.actor:
        if sentence.parties.is_armed(told.actor, told.start):
            return True
    is_behind = _BEFORE_THEY.search(sentence.marked, max(0, at - 8), at)
    return bool(is_behind and find_first_subject(list_words(sentence.marked, at)))


def _is_taker(words: str, text: str) -> bool:
    """Whether a text tells of a short name that it took a place: "The SDF recaptured Kell and
    entered Mira"."""
    name = words.removeprefix("The ").removeprefix("the ")
    if not name.isupper() or len(name) < 3:
        return False
    ends = (match.end() for match in re.finditer(rf"\b{re.escape(name)}\b", text))
    return any(_TOOK.match(text, end) for end in ends)


def _is_armed_holder(match: Match) -> bool:
    """Whether those who hold a place are in arms, as the words for them say."""
    if _BALLOT.search(match.sentence.marked):
        return False
    start, end = match.match.spans["actor"]
    begin, parties = match.sentence.begin, match.sentence.parties
    return parties.may_hold(match.sentence.text[begin + start : begin + end], begin + start)


def _is_news(match: Match) -> bool:
    """Whether it is new that a place is held: so long as nothing else is said, it may have been
    for years."""
    marked = match.sentence.marked
    if _BALLOT.search(marked):
        return False
    return DATE_SIGN in marked or bool(PRIZE.search(marked) or _NEWLY.search(marked))


_HOLDS: dict[str, Callable[[Match], bool]] = {  # what a rule asks → whether it holds of a match
    "event before": lambda m: m.sentence.follows or m.sentence.has_capture,
    "capture beside": lambda m: m.sentence.has_capture,
    "word of gain": lambda m: bool(PRIZE.search(m.sentence.marked)),
    "since": lambda m: "since" in m.around,
    "no auxiliary": lambda m: m.form == "ing" or not _NO_ACT.search(m.before[-20:]),
    "fighters": _is_of_fighters,
    "armed holder": _is_armed_holder,
    "news": _is_news,
    "fighters driven": lambda m: (
        not (are_at_home(m.match.read("object")) or _ENDED.search(m.before))
    ),
}


def _meets(match: Match) -> bool:
    """Whether a match is an event, by what its rule asks of the words around it."""
    sentence, verb = match.sentence, match.match.spans["verb"][0]
    if match.form == "noun":
        if _MAY.match(sentence.marked, match.end) or _is_title(sentence, verb):
            return False
    return all(_HOLDS[asked](match) for asked in match.rule.asks)


def _is_title(sentence: Sentence, verb: int) -> bool:
    """Whether a noun is the title of a film or a book: "The Fall of Kell"."""
    at = sentence.begin + verb
    return sentence.text[at].isupper() and bool(_TITLE.search(sentence.text[max(0, at - 6) : at]))


def _name_measure(marked: str, end: int, rule: Rule) -> str:
    """The measure of the rule; who raises a flag or drives others out has captured what they
    entered."""
    if rule.name != "entered":
        return rule.measure
    behind = marked[end : end + 130]
    raised = _RAISED.search(behind[:90])
    if raised and not _OF_PLACE.match(behind, raised.end()):
        return "captured"
    return "captured" if _EXPELLED.match(behind) else rule.measure


def _name_part(place: PlaceMention, marked: str, begin: int) -> PlaceMention:
    """The airport, base or bridge of a place, when that is what was taken: a place of its own."""
    part = _FACILITY.match(marked, place.start - begin)
    if not part or place.end - place.start != len(part[0]) - len(part["rest"]):
        return place
    words = place.words + " " + re.sub(r"^['’]s", "", part["rest"]).strip()
    return place._replace(end=begin + part.end(), words=words, key=key_name(words), resolved=False)
