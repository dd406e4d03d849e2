"""Units, measures and who is affected: what nouns and verbs beside a figure allow.

A reading is a set. The nearest nouns and verbs count first: those of the figure's own stretch of
the sentence (up to a comma, "and" or the next number), then those of its neighbours.
"""

from typing import NamedTuple

from helpers.claims.second_reader.amounts import read_amount
from helpers.claims.second_reader.tokens import Token
from helpers.claims.second_reader.vocabulary import Phrases, load_vocabulary
from helpers.schema.columns import MEASURES, TIME_UNITS

PEOPLE = {name for name, topic in MEASURES.items() if topic != "pace"}
PERSONS = PEOPLE | {"withdrawn"}
GROUND = {
    "captured", "entered", "reached", "withdrawn", "settlements_captured", "control_share",
    "control_change",
}  # fmt: skip
OF_UNIT = {
    "person": PERSONS,
    "household": PERSONS,
    "settlement": GROUND,
    "neighbourhood": GROUND,
    "site": GROUND | {"in_camps", "idps"},
    "percent": PEOPLE | GROUND,
    "ratio": {"control_change", "new_displacement", "idps", "killed"},
    "km": {"distance", "control_change"},
    "event": set(MEASURES) - {"duration", "distance"},
    **dict.fromkeys(TIME_UNITS, {"duration"}),
}
# Measures that one wording allows together; the text round it decides, or leaves it open.
DISPLACED = {"new_displacement", "forced_to_flee", "idps"}
FAMILY = {name: DISPLACED | {name} for name in ("new_displacement", "in_camps", "refugees")}
FAMILY["population"] = DISPLACED | {"population", "in_camps"}
HAPPENED = {name for name, topic in MEASURES.items() if topic == "pace"} - {"duration", "distance"}
BREAKS = {
    ",",
    ";",
    ":",
    "(",
    ")",
    "|",
    "/",
    "•",
    "and",
    "but",
    "while",
    "or",
    "as",
    "when",
    "after",
    "before",
    ".",
}
NO_NOUN = {  # behind these words stands no noun that a figure before them counts
    ";", ":", ".", "(", ",", "–", "—", "|", "/", "were", "was", "are", "is", "have", "has", "had",
    "to", "in", "into", "under", "at", "on", "from", "for", "by", "after", "who", "since", "with",
    "that", "as", "and", "or", "but", "be", "been", "could", "may", "might", "will", "would",
    "fled", "died", "left", "passed", "went", "during", "over", "before", "while", "when", "whose",
    "whom", "there", "he", "now",
}  # fmt: skip
COUNTED = {"person", "household", "settlement", "neighbourhood", "site"}
LOSING = {"lost", "lose", "loses", "losing"}
REACH = 8  # tokens behind a figure in which the noun that is counted stands


class Cue(NamedTuple):
    """A noun or verb: where it stands, how many tokens it has, and the measures it allows; a weak
    one ("left", "hospital", "prisoners") does not say alone what happened to them."""

    at: int
    length: int
    measures: frozenset[str]
    is_weak: bool


def read_units(tokens: tuple[Token, ...], first: int, behind: int, kind: str) -> frozenset[str]:
    """The units that a figure at tokens[first:behind] may be counted in; a share is percent. With
    no noun behind it, it counts persons, or what its own words name ("years")."""
    if kind in ("percent", "ratio"):
        return frozenset({kind})
    units = load_vocabulary().units
    words = [token.word for token in tokens]
    vague_share = frozenset({"percent"}) if kind == "share" else frozenset()
    for at in range(first, min(len(words), behind + REACH)):
        if at >= behind and _ends_noun(tokens, at):
            break
        found, length = units.find(words, at)
        if at < behind:
            found -= {"neighbourhood", "person"}
        elif found and words[at + length : at + length + 1] in (["'"], ["’"]):
            continue
        if found:
            return _find_head(words, at, length, found) | vague_share
    if first and words[first - 1] == ":":
        labels = [units.find(words, at)[0] & COUNTED for at in range(first - 1)]
        named = [found for found in labels if found]
        if named:
            return named[-1] | vague_share
    others: frozenset[str] = frozenset().union(
        *(units.find(words, at)[0] for at in range(len(words)))
    )
    return (others & COUNTED) | {"person"} | vague_share


def _find_head(words: list[str], at: int, length: int, found: frozenset[str]) -> frozenset[str]:
    """The unit of the last noun of a compound: families in "IDP families"."""
    behind = at + length
    if words[behind - 1].endswith("s") or behind >= len(words):
        return found
    return load_vocabulary().units.find(words, behind)[0] & COUNTED or found


def _ends_noun(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the noun that a figure counts cannot stand from here on: a stop, a verb, a
    preposition, another number."""
    word = tokens[at].word
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if following in ("st", "nd", "rd", "th") and word.isdecimal():
        return False
    if word in ("a", "an", "this", "last", "each", "per") and tokens[at - 1].word != "of":
        return True
    if word in NO_NOUN or word == "the" and tokens[at - 1].word != "of":
        return True
    if word[0].isdigit():
        return True
    units, measures = load_vocabulary().units, load_vocabulary().measures
    is_verb = word.endswith(("ed", "ing")) and bool(measures.find([word], 0)[0])
    return (
        is_verb and not units.find([word], 0)[0] and word not in ("armed", "displaced", "uprooted")
    )


def find_cues(tokens: tuple[Token, ...], on_ground: bool = False) -> list[Cue]:
    """Every noun and verb of a measure, in the order of the words; which of them are weak depends
    on whether people are counted or something happened on the ground. A word that lost the space
    before it ("weredisplaced", "havefled") counts, too."""
    phrases, words = load_vocabulary().measures, [token.word for token in tokens]
    cues = []
    for at, word in enumerate(words):
        found, length = phrases.find(words, at)
        if not found and len(word) > 6:
            found, length = _find_glued(phrases, word)
        if word in ("lives", "life") and at and read_amount(tokens, at - 1):
            cues.append(Cue(at, 1, frozenset({"killed"}), False))
        elif found:
            weak = length == 1 and _is_weak(word, words, at, on_ground)
            cues.append(Cue(at, length, _spread(found), weak))
    return cues


def _is_weak(word: str, words: list[str], at: int, on_ground: bool) -> bool:
    vocabulary = load_vocabulary()
    kinds = vocabulary.weak.find([word], 0)[0]
    if on_ground:
        return "ground" in kinds
    noun = "person" in vocabulary.units.find(words[at : at + 1], 0)[0]
    return noun and "firm" not in kinds or "people" in kinds


def _find_glued(phrases: Phrases, word: str) -> tuple[frozenset[str], int]:
    for verb in ("were", "was", "have", "has", "had", "been", "are"):
        if word.startswith(verb):
            return phrases.find([word[len(verb) :]], 0)
    return frozenset(), 0


def _spread(measures: frozenset[str]) -> frozenset[str]:
    wider = [FAMILY.get(measure, {measure}) for measure in measures]
    return frozenset().union(*wider)


def read_figure_measures(
    tokens: tuple[Token, ...], first: int, behind: int, units: frozenset[str]
) -> tuple[frozenset[str] | None, bool]:
    """The measures that the words round a figure allow, nearest first (None where they allow none),
    and whether they decide: a weak word alone, or one of another number's stretch, does not."""
    allowed: set[str] = set().union(*(OF_UNIT[unit] for unit in units))
    if units and units <= set(TIME_UNITS):
        return frozenset({"duration"}), True
    on_ground = not units & {"person", "household"}
    cues = [
        cue for cue in _join_tolls(tokens, find_cues(tokens, on_ground)) if cue.measures & allowed
    ]
    stretches = _number_stretches(tokens, first, behind)
    own = stretches[first]
    nearest = [cue for cue in cues if stretches[cue.at] == own]
    decides = any(not cue.is_weak for cue in nearest)
    if decides:
        nearest = [cue for cue in nearest if not cue.is_weak]
    told: frozenset[str] = frozenset().union(*(cue.measures for cue in nearest))
    leans = _leans_back(tokens, stretches, own) and not told & {"killed", "injured"}
    if not decides or leans or all(_names_displaced(tokens, cue) for cue in nearest):
        for firm in (True, False):
            others = [
                cue for cue in cues if stretches[cue.at] != own and not (firm and cue.is_weak)
            ]
            left = [stretches[cue.at] for cue in others if cue.at < first]
            right = [stretches[cue.at] for cue in others if cue.at >= behind]
            sides = {*left[-1:], *right[:1]}
            decides = (
                decides
                or firm
                and bool(sides)
                and (bool(left) or not _counts(tokens, stretches, right[0]))
            )
            nearest += [cue for cue in cues if stretches[cue.at] in sides]
    found: frozenset[str] = frozenset().union(*(cue.measures for cue in nearest))
    if "person" in units and not found & PERSONS:
        decides = False
    if not on_ground and "withdrawn" in found:
        found |= DISPLACED
    if found & DISPLACED:
        everywhere = frozenset().union(*(cue.measures for cue in cues))
        found |= everywhere & {"in_camps", "refugees"}
        found |= {"refugees"} if _goes_abroad(tokens) else set()
    return (found & allowed) or None, decides


def _counts(tokens: tuple[Token, ...], stretches: list[int], stretch: int) -> bool:
    """Whether a stretch has a number of its own."""
    return any(one == stretch and _is_number(tokens, at) for at, one in enumerate(stretches))


def _goes_abroad(tokens: tuple[Token, ...]) -> bool:
    """Whether somebody goes to, into or stays in what has a name: it may lie across a border."""
    return any(
        before.word in ("to", "into", "in", "for", "towards") and token.raw[0].isupper()
        for before, token in zip(tokens, tokens[1:])
    )


def _leans_back(tokens: tuple[Token, ...], stretches: list[int], own: int) -> bool:
    """Whether a stretch says of whom it counts some only by pointing back: "ninety of whom"."""
    words = {token.word for token, stretch in zip(tokens, stretches) if stretch == own}
    return bool(words & {"whom", "them", "those", "these", "which"})


def _names_displaced(tokens: tuple[Token, ...], cue: Cue) -> bool:
    """Whether a cue is only the name of those who are counted ("refugees"): a verb elsewhere may
    say that they return."""
    names = load_vocabulary().units.find([tokens[cue.at].word], 0)[0]
    return "person" in names and bool(cue.measures & DISPLACED)


def _join_tolls(tokens: tuple[Token, ...], cues: list[Cue]) -> list[Cue]:
    """The cues, with those of "killed or wounded" and "dead and injured" read as one: undivided, or
    either."""
    joined = []
    by_place = {cue.at: cue for cue in cues}
    both = frozenset({"killed", "injured", "killed_or_injured"})
    for cue in cues:
        others = [by_place[at] for at in (cue.at - 2, cue.at + 2) if at in by_place]
        partner = any(
            tokens[(cue.at + other.at) // 2].word in ("or", "and", "/")
            and {"killed", "injured"} <= cue.measures | other.measures
            for other in others
        )
        joined.append(cue._replace(measures=cue.measures | both) if partner else cue)
    return joined


def _number_stretches(tokens: tuple[Token, ...], first: int, behind: int) -> list[int]:
    """For each token, the number of its stretch: a new one begins behind each break and at each
    other number."""
    number, stretches = 0, []
    fresh = True
    for at, token in enumerate(tokens):
        other = not first <= at < behind and _is_number(tokens, at)
        label = token.word == ":" and at + 1 == first
        if token.word in BREAKS and not label and not first <= at < behind or other and not fresh:
            number += 1
        fresh = token.word in BREAKS
        stretches.append(number)
    return stretches


def _is_number(tokens: tuple[Token, ...], at: int) -> bool:
    before_is = at > 0 and read_amount(tokens, at - 1) is not None
    return not before_is and read_amount(tokens, at) is not None


def read_event_measures(
    quote: tuple[Token, ...], sentence: tuple[Token, ...]
) -> tuple[frozenset[str] | None, bool]:
    """The measures that the words of an event allow: of its quote; where these do not say what
    happened ("Torghundi the following day"), of its sentence. And whether they decide."""
    cues = find_cues(quote, on_ground=True)
    firm = any(cue.measures & HAPPENED and not cue.is_weak for cue in cues)
    if not firm:
        cues += find_cues(sentence, on_ground=True)
    return frozenset().union(*(cue.measures for cue in cues)) or None, firm


def read_affected(
    tokens: tuple[Token, ...], first: int, behind: int, sentence: tuple[Token, ...]
) -> frozenset[str] | None:
    """Who the counted are, where the noun behind the figure says so; None where the words are
    silent. Words for both sides in one sentence allow "mixed"."""
    phrases = load_vocabulary().affected
    words = [token.word for token in tokens[: behind + REACH]]
    for at in range(first, len(words)):
        if at >= behind and _ends_noun(tokens, at):
            break
        found, _ = phrases.find(words, at)
        if found and not LOSING.isdisjoint(words[max(0, first - 3) : first]):
            found |= {"combatant_or_unknown"}  # "the brigade lost four men"
        if found:
            return _open_affected(found, sentence)
        if "person" in load_vocabulary().units.find(words, at)[0]:
            break
    return None


def _open_affected(found: frozenset[str], sentence: tuple[Token, ...]) -> frozenset[str]:
    readings = {name for name in found if not name.endswith("_or_unknown")}
    for name in found:
        if name.endswith("_or_unknown"):
            readings |= {name.removesuffix("_or_unknown"), "unknown"}
    words = {token.word for token in sentence}
    if {"and", "including", "among", "both"} & words:
        readings |= {"mixed"}
    return frozenset(readings)
