"""Quantity phrases: what a number counts, as the words behind it say: "60 displaced families"."""

from dataclasses import dataclass, field

from helpers.extract.counts.grammar import peek
from helpers.extract.rules.lexicon import NOUNS
from helpers.extract.text.numbers import Number
from helpers.extract.text.tokens import NOUNLIKE, Token, skip_age
from helpers.schema.quantity import Reading

LONGEST = 10  # tokens from a number to the end of its phrase
_MOST_UNKNOWN = 4  # tokens of a phrase that no list knows


@dataclass(slots=True)
class QuantityPhrase:
    """A number with what it counts. `head`: person, household, dwelling, body, thing, unknown, none
    or subset ("three of them"); `index`: of the number; `last`: index behind the phrase; `nouns`:
    indexes of its nouns; `inside`: senses that its own words carry ("12 wounded soldiers", "40
    refugees"), and their indexes."""

    number: Number
    index: int
    last: int
    head: str
    nouns: list[int] = field(default_factory=list)
    inside: list[tuple[str, int]] = field(default_factory=list)

    @property
    def reading(self) -> Reading:
        """What its number says."""
        return self.number.reading


_STOPPERS = frozenset(
    "punct prep aux be have modal conj rel sub num quantity date phrase subset".split()
)
# What a noun of several kinds counts as, first of these.
_HEADS = ("household", "person", "body", "dwelling", "thing")
_STATES = ("dead", "wounded", "injured", "displaced", "killed", "missing", "homeless")
_HURT = ("dead", "wounded", "injured")


def read_phrase(tokens: list[Token], index: int) -> QuantityPhrase:
    """The phrase that the number at `index` heads: "60 displaced families", "two of the six
    officers"."""
    number, at = tokens[index].number, index + 1
    if peek(tokens, at).text in _MORE and peek(tokens, at + 1).text == "of":
        at += 1  # "26 more | of their servicemen"
    if peek(tokens, at).text in _QUOTES and peek(tokens, at + 1).text == "of":
        at += 1  # "“dozens” | of soldiers"
    if number is None:
        raise ValueError(f"the token {tokens[index].text} is no number")
    phrase = QuantityPhrase(number, index, at, "none")
    if at + 1 >= len(tokens) or tokens[at].text != "of":
        return _read_nouns(tokens, phrase, skip_age(tokens, at))
    following = tokens[at + 1]
    is_these = following.text == "these" and not peek(tokens, at + 2).kinds & (NOUNLIKE | {"num"})
    if following.text in ("them", "whom", "which", "us", "those") or is_these:
        phrase.last, phrase.head = at + 2, "subset"
        return phrase
    if following.text.endswith("'s") and at + 2 < len(tokens) and "num" in tokens[at + 2].kinds:
        at += 1  # "two of Kell's six officers"
        following = tokens[at + 1]
    if "det" in following.kinds or following.number is not None:
        return _read_whole(tokens, phrase, at + 2)
    is_plural = following.kinds & NOUNLIKE or following.text.endswith("s")  # "dozens of people"
    return _read_nouns(tokens, phrase, at + 1 if is_plural else at)


def _read_whole(tokens: list[Token], phrase: QuantityPhrase, at: int) -> QuantityPhrase:
    """The phrase of a number that is part of a whole, told of from `at` on: "two of the | six
    officers"."""
    if at < len(tokens) and "num" in tokens[at].kinds:
        at += 1
    phrase = _read_nouns(tokens, phrase, at)
    if phrase.last == at and "num" in tokens[at - 1].kinds:
        phrase.head, phrase.nouns = "subset", []  # "two of the five | were"
    if phrase.last == at and at < len(tokens) and tokens[at].text in _STATES:  # "two of the dead"
        phrase.last, phrase.head, phrase.nouns = at + 1, "person", [at]
        phrase.inside = [(_find_sense(tokens[at]), at)]
    if phrase.head == "none" and tokens[at - 1].text not in ("a", "an"):
        phrase.head = "subset"  # "400 of a planned 2,500" are no part of those told before
    return phrase


def _find_sense(token: Token) -> str:
    """What a word within a phrase says of its people: "12 | wounded | soldiers"; "" if nothing."""
    senses = (trigger.sense for trigger in token.triggers)
    told = (sense for sense in senses if sense in ("killed", "injured", "displaced"))
    return token.sense or next(told, "")


def _read_nouns(tokens: list[Token], phrase: QuantityPhrase, at: int) -> QuantityPhrase:
    """The phrase with the words from `at` on, as far as they belong to it: adjectives and unknown
    words, then nouns."""
    phrase.last, unknown = at, 0
    while at < len(tokens) and at - phrase.index < LONGEST:
        token = tokens[at]
        if token.text in _QUOTES and at + 1 < len(tokens) and not phrase.nouns:
            pass  # "12 'rebels'"
        elif token.kinds & _STOPPERS and not _joins_adjectives(tokens, phrase, at):
            break
        elif token.kinds & NOUNLIKE and not _acts(tokens, at, phrase):
            phrase.nouns.append(at)
            phrase.last = at + 1
            if "noun" in token.kinds or token.text.rsplit("-", 1)[-1] in _HURT:
                phrase.inside.append((_find_sense(token), at))
        elif phrase.nouns and not _is_people_between(tokens, at):
            break
        elif token.kinds & {"verb", "state"}:
            if not _describes(tokens, phrase.index, at):
                break
            if sense := _find_sense(token):
                phrase.inside.append((sense, at))
        elif unknown == _MOST_UNKNOWN or "det" in token.kinds and token.text not in _MORE:
            break
        else:
            unknown += 1
            if "adv" not in token.kinds:
                phrase.last = at + 1
        at += 1
    _name_head(tokens, phrase)
    return phrase


def _is_people_between(tokens: list[Token], at: int) -> bool:
    """Whether a word only says of which people those are: "150 wounded | Velmar | soldiers"."""
    after = peek(tokens, at + 1).kinds
    if "thing" in tokens[at - 1].kinds and tokens[at].text.islower() and not tokens[at].kinds:
        return "person" in after and "verb" not in after  # "three community | health | workers"
    return tokens[at - 1].text in _HURT and not tokens[at].kinds and "person" in after


def _joins_adjectives(tokens: list[Token], phrase: QuantityPhrase, at: int) -> bool:
    """Whether "and" stands between two adjectives: "52,000 new | and | secondary displacements"."""
    if tokens[at].text != "and" or phrase.nouns or at != phrase.index + 2 or at + 2 >= len(tokens):
        return False
    return (
        not tokens[at - 1].kinds
        and not tokens[at + 1].kinds
        and bool(tokens[at + 2].kinds & NOUNLIKE)
    )


_QUOTES = frozenset("'\"“”‘’/")
_GOING = frozenset("left reached entered crossed escaped quit abandoned".split())
_MORE = ("other", "more", "further", "additional", "extra", "another")  # "12 more"


def _describes(tokens: list[Token], index: int, at: int) -> bool:
    """Whether a participle or state stands before its noun: "60 | displaced people", "12 | armed
    Rohingya"; not "60 fled"."""
    for follower in tokens[at + 1 : at + 3]:
        if follower.kinds & NOUNLIKE:
            return True
        if "verb" not in follower.kinds:
            break
    if at != index + 1 or at + 1 >= len(tokens) or tokens[at + 1].kinds:
        return False
    if tokens[at].text in _GOING:
        return False  # "a further 900 | left | Mira"
    return not _find_sense(tokens[at]) and any(t.form == "past" for t in tokens[at].triggers)


def _name_head(tokens: list[Token], phrase: QuantityPhrase) -> None:
    """Says what the nouns of a phrase make it count; without nouns, words nobody knows may still
    name people."""
    at = phrase.last - 1
    if (
        at > phrase.index
        and peek(tokens, at + 1).text == "forces"
        and "adv" not in tokens[at].kinds
    ):
        if not tokens[at].kinds & {"person", "household"}:
            phrase.nouns, phrase.last, phrase.head = [at + 1], at + 2, "person"
            return  # "21 state | forces"
    if not phrase.nouns:
        spoken = tokens[phrase.index + 1 : phrase.last]
        if any(len(token.text) > 2 for token in spoken):
            if spoken[-1].text not in ("other", "others", "more"):
                phrase.head, phrase.nouns = "unknown", [phrase.last - 1]  # "12 Rohingya"
        return
    noun = tokens[phrase.nouns[-1]]
    phrase.head = next((kind for kind in _HEADS if kind in noun.kinds), "none")
    if phrase.head == "none" and noun.text in NOUNS:
        # "12 evacuation (centres)", but "12 evacuations"
        is_several = (phrase.reading.best or phrase.reading.low or 2) > 1
        phrase.head = "thing" if is_several and not noun.text.endswith("s") else "act"
    _join_nouns(tokens, phrase)


def _acts(tokens: list[Token], at: int, phrase: QuantityPhrase) -> bool:
    """Whether a word that may be noun or verb is the verb here, after a noun and before what a verb
    takes, or says whereto."""
    token = tokens[at]
    if token.text == "home" and phrase.nouns:
        return True  # "has taken 900 people | home"
    if "verb" not in token.kinds or not phrase.nouns:
        return False
    if any(trigger.form != "base" for trigger in token.triggers):
        return True
    behind = tokens[at + 1 : at + 2]
    return any(token.kinds & {"prep", "det", "num"} for token in behind)  # "guard the bridge"


def _join_nouns(tokens: list[Token], phrase: QuantityPhrase) -> None:
    """Nouns without a number of their own that share it: "12 men, women and children"."""
    if phrase.head not in ("person", "household"):
        return
    while phrase.last + 1 < len(tokens):
        joiner, step = tokens[phrase.last].text, phrase.last + 1
        if joiner not in (",", "and", "or", "&", "/"):
            return
        if tokens[step].text in ("and", "or") and step + 1 < len(tokens):
            step += 1  # "men, and children"
        elif joiner == "," and not any(
            token.text in ("and", "or") for token in tokens[step + 1 : step + 3]
        ):
            return  # "12 men, women who …"
        kinds = tokens[step].kinds
        if "num" in kinds or not kinds & {"person", "household"} or _is_list_break(tokens, step):
            return
        phrase.nouns.append(step)
        phrase.last = step + 1


def _is_list_break(tokens: list[Token], step: int) -> bool:
    """Whether a noun behind "and" opens something else: "12 soldiers and | two wounded", "12 men
    and the police shot the rest"."""
    if tokens[step].text in _HURT:
        return True
    if step + 2 >= len(tokens) or tokens[step].text == "others":
        return False
    if not tokens[step + 2].kinds & {"det", "num", "person"}:
        return False
    return any(t.form == "past" and t.said_of == "object" for t in tokens[step + 1].triggers)


def read_phrases(tokens: list[Token]) -> list[QuantityPhrase]:
    """The phrases of a sentence; a number within another's has none of its own: "two of the
    six officers"."""
    phrases: list[QuantityPhrase] = []
    for index, token in enumerate(tokens):
        within = phrases and index < phrases[-1].last and not _is_apart(tokens, phrases[-1], token)
        if within and "num" in token.kinds and _is_one_of(tokens, phrases[-1]):
            phrases[-1] = read_phrase(tokens, index)
        elif "num" in token.kinds and not within:
            if phrases and index < phrases[-1].last and _is_one_of(tokens, phrases[-1]):
                phrases.pop()
            phrases.append(_take_in_families(tokens, read_phrase(tokens, index)))
    return phrases


def _take_in_families(tokens: list[Token], phrase: QuantityPhrase) -> QuantityPhrase:
    """The phrase with the families whose members are counted: "18 members | of two families |"."""
    at = phrase.last
    if peek(tokens, at - 1).text != "members" or peek(tokens, at).text != "of":
        return phrase
    if "num" in peek(tokens, at + 1).kinds:
        families = read_phrase(tokens, at + 1)
        if families.head == "household" and families.reading.best != 1:
            phrase.last = families.last
    return phrase


def _is_one_of(tokens: list[Token], outer: QuantityPhrase) -> bool:
    """Whether one is told of only to tell of all: "was one of | 20 men taken by gunmen"."""
    return outer.reading.best == 1 and "be" in peek(tokens, outer.index - 1).kinds


def _is_apart(tokens: list[Token], outer: QuantityPhrase, token: Token) -> bool:
    """Whether the whole is a figure too: "6,000 of the 36,000 people who have fled", "one of 41,000
    driven out"."""
    whole = token.number.reading.best if token.number else None
    return bool(whole and whole >= 100) and (
        "rel" in peek(tokens, outer.last).kinds or outer.reading.best == 1
    )
