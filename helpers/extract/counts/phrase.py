"""The groups that numbers head: what a number counts, as the words behind it say: "60 displaced families"."""

from dataclasses import dataclass, field

from helpers.extract.rules import verbs as fates
from helpers.extract.text.tokens import NOUNLIKE, Word


@dataclass(slots=True)
class Group:
    """A number with what it counts. `head`: person, household, dwelling, body, thing, unknown, none or subset
    ("three of them"); `last`: index behind the group; `named`: indexes of its nouns; `inside`: senses that its
    own words carry ("12 wounded soldiers", "40 refugees")."""

    index: int
    last: int
    head: str
    nouns: list[int] = field(default_factory=list)
    inside: list[tuple[str, int]] = field(default_factory=list)


_STOPPERS = frozenset(
    {
        "punct",
        "prep",
        "aux",
        "be",
        "have",
        "modal",
        "conj",
        "rel",
        "sub",
        "num",
        "quantity",
        "date",
        "phrase",
        "subset",
    }
)
_HEADS = (
    "household",
    "person",
    "body",
    "dwelling",
    "thing",
)  # what a noun of several kinds counts as, first of these
_STATES = ("dead", "wounded", "injured", "displaced", "killed", "missing", "homeless")


def read_group(words: list[Word], index: int) -> Group:
    """The group that the number at `index` heads: "60 displaced families", "two of the six officers"."""
    at = index + 1
    if at + 1 >= len(words) or words[at].text != "of":
        return _read_nouns(words, index, at)
    if words[at + 1].text in ("them", "whom", "which", "us", "those"):
        return Group(index, at + 2, "subset")
    if words[at + 1].text.endswith("'s") and at + 2 < len(words) and "num" in words[at + 2].kinds:
        at += 1  # "two of Kell's six officers"
    if "det" in words[at + 1].kinds or words[at + 1].number is not None:
        return _read_whole(words, index, at + 2)
    plural = words[at + 1].kinds & NOUNLIKE or words[at + 1].text.endswith(
        "s"
    )  # "dozens of people"
    return _read_nouns(words, index, at + 1 if plural else at)


def _read_whole(words: list[Word], index: int, at: int) -> Group:
    """The group of a number that is part of a whole, of which the words from `at` on tell: "two of the | six officers"."""
    if at < len(words) and "num" in words[at].kinds:
        at += 1
    group = _read_nouns(words, index, at)
    if group.last == at and at < len(words) and words[at].text in _STATES:
        return Group(
            index, at + 1, "person", [at], [(_find_sense(words[at]), at)]
        )  # "two of the dead"
    if group.head == "none":
        group.head = "subset"
    return group


def _find_sense(word: Word) -> str:
    """What a word within a group says of its people: "12 | wounded | soldiers"; "" if nothing."""
    return word.sense or next(
        (t.sense for t in word.triggers if t.sense in ("killed", "injured", "displaced")), ""
    )


def _read_nouns(words: list[Word], index: int, at: int) -> Group:
    """The group of the words from `at` on, as far as they are one phrase: adjectives and unknown words, then nouns."""
    group, unknown = Group(index, at, "none"), 0
    while at < len(words) and at - index < 10:
        word = words[at]
        if word.text in _QUOTES and at + 1 < len(words) and not group.nouns:
            pass  # "12 'rebels'"
        elif word.kinds & _STOPPERS:
            break
        elif word.kinds & NOUNLIKE and not _acts(words, at, group):
            group.nouns.append(at)
            group.last = at + 1
            if "noun" in word.kinds or word.text.rsplit("-", 1)[-1] in (
                "dead",
                "wounded",
                "injured",
            ):
                group.inside.append((_find_sense(word), at))
        elif group.nouns:
            break
        elif word.kinds & {"verb", "state"}:
            if not _describes(words, index, at):
                break
            if sense := _find_sense(word):
                group.inside.append((sense, at))
        elif unknown == 4 or "det" in word.kinds and word.text not in _MORE:
            break
        else:
            unknown += 1
            if "adv" not in word.kinds:
                group.last = at + 1
        at += 1
    _name_head(words, group)
    return group


_QUOTES = frozenset("'\"“”‘’/")
_MORE = (
    "other",
    "more",
    "further",
    "additional",
    "extra",
    "another",
)  # "12 other people", "12 more"


def _describes(words: list[Word], index: int, at: int) -> bool:
    """Whether a participle or state stands before its noun: "60 | displaced people", "12 | armed Rohingya"; not "60 fled"."""
    follower = next(
        (w for w in words[at + 1 : at + 3] if "verb" not in w.kinds or w.kinds & NOUNLIKE), None
    )
    if follower is not None and follower.kinds & NOUNLIKE:
        return True
    named = at == index + 1 and at + 1 < len(words) and not words[at + 1].kinds
    return (
        named and not _find_sense(words[at]) and any(t.form == "past" for t in words[at].triggers)
    )


def _name_head(words: list[Word], group: Group) -> None:
    """Says what the nouns of a group make it count; without nouns, words nobody knows may still name people."""
    if not group.nouns:
        spoken = words[group.index + 1 : group.last]
        if any(len(w.text) > 2 for w in spoken) and spoken[-1].text not in (
            "other",
            "others",
            "more",
        ):
            group.head, group.nouns = "unknown", [group.last - 1]  # "12 Rohingya"
        return
    noun = words[group.nouns[-1]]
    group.head = next((kind for kind in _HEADS if kind in noun.kinds), "none")
    if group.head == "none" and noun.text in fates.NOUNS:
        reading = words[group.index].number.reading
        several = (reading.best or reading.low or 2) > 1
        group.head = (
            "thing" if several and not noun.text.endswith("s") else "act"
        )  # "12 evacuation (centres)", but "12 evacuations"
    _join_nouns(words, group)


def _acts(words: list[Word], at: int, group: Group) -> bool:
    """Whether a word that may be noun or verb is the verb here: after a noun, and before what a verb takes."""
    word = words[at]
    if "verb" not in word.kinds or not group.nouns:
        return False
    if any(t.form != "base" for t in word.triggers):
        return True
    return at + 1 < len(words) and bool(
        words[at + 1].kinds & {"prep", "det", "num"}
    )  # "60 soldiers | guard the bridge"


def _join_nouns(words: list[Word], group: Group) -> None:
    """Nouns without a number of their own that share it: "12 men, women and children"."""
    if group.head not in ("person", "household"):
        return
    while group.last + 1 < len(words) and words[group.last].text in (",", "and", "or", "&", "/"):
        step = group.last + 1
        if words[step].text in ("and", "or") and step + 1 < len(words):
            step += 1  # "men, and children"
        elif words[group.last].text == "," and not any(
            w.text in ("and", "or") for w in words[step + 1 : step + 3]
        ):
            return  # "12 men, women who …"
        if (
            "num" in words[step].kinds
            or not words[step].kinds & {"person", "household"}
            or _is_list_break(words, step)
        ):
            return
        group.nouns.append(step)
        group.last = step + 1


def _is_list_break(words: list[Word], step: int) -> bool:
    """Whether a noun behind "and" opens something else: "12 soldiers and | two wounded", "12 men and the police shot the rest"."""
    if words[step].text in ("dead", "wounded", "injured"):
        return True
    if (
        step + 2 >= len(words)
        or words[step].text == "others"
        or not words[step + 2].kinds & {"det", "num", "person"}
    ):
        return False
    return any(t.form == "past" and t.frame == "object" for t in words[step + 1].triggers)
