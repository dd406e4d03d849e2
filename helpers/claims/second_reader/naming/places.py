"""Whether the sentence of a claim leaves its place in doubt."""

from collections.abc import Iterable, Mapping
from typing import Any

from helpers.claims.second_reader.amounts import read_amount
from helpers.claims.second_reader.naming.sentence import (
    Stretch,
    find_name,
    find_stretch,
    fold_words,
    is_apart,
    is_named,
    means,
)
from helpers.claims.second_reader.tokens import Token
from helpers.claims.second_reader.vocabulary import load_vocabulary

DATELINE = 6  # tokens at the opening of a text's line in which its place stands
OPENING = 4  # tokens at the opening of a sentence
PARTS = (["them"], ["whom"], ["these"], ["those"])
SPEAKERS = 4  # tokens between a name and who speaks there

Names = Mapping[str, list[list[str]]]  # key of a place → the words of each of its names


def doubt_place(row: Mapping[str, Any], text: str, names: Names) -> str:
    """Why the place of a claim is doubtful, in words; "" where nothing speaks against it.

    A place is doubtful where the sentence does not name it; where none is given and the sentence
    names one; where it is that of a dateline or of who speaks; and where another stands nearer, or
    on the claim's side of a semicolon or of another number.
    """
    stretch = find_stretch(row, text)
    if stretch is None:
        return ""
    keys = [key for key in str(row.get("place") or "").split(";") if key]
    others = find_places(stretch.tokens)
    if not keys:
        return (
            f"none is given, though the sentence names {_show(stretch, others)}" if others else ""
        )
    for key in keys:
        spots = [
            at
            for name in names.get(key, [fold_words(key)])
            for at in find_name(stretch.tokens, name)
        ]
        if not spots:
            return "its sentence does not name it"
        if doubt := _doubt_spots(stretch, spots, [at for at in others if at not in spots]):
            return doubt
    return ""


def find_places(tokens: tuple[Token, ...]) -> list[int]:
    """Where names stand that a preposition or a verb makes places."""
    found = []
    for at in range(1, len(tokens)):
        if not is_named(tokens[at]) or _is_no_place(tokens[at]):
            continue
        lead = tokens[at - 1]
        if lead.word == "the" and at > 1:
            continue
        if means(lead, "leads") and not (at > 1 and means(tokens[at - 2], "reporting")):
            found.append(at)
    return found


def _is_no_place(token: Token) -> bool:
    vocabulary = load_vocabulary()
    dates = token.word in vocabulary.months or token.word in vocabulary.weekdays
    return dates or means(token, "no_place")


def _show(stretch: Stretch, spots: Iterable[int]) -> str:
    return ", ".join(dict.fromkeys(stretch.tokens[at].raw for at in spots))


def _doubt_spots(stretch: Stretch, spots: list[int], others: list[int]) -> str:
    """The doubt about a place named at these tokens, beside other places of the sentence."""
    tokens, first = stretch.tokens, stretch.first
    if all(_is_dateline(tokens, at) for at in spots):
        return "it is the place of the dateline"
    if all(_is_of_speaker(tokens, at) for at in spots):
        return "it is where somebody speaks"
    if all(_is_owner(tokens, at) for at in spots):
        return "the words name a part of it"
    here = [at for at in others if not is_apart(tokens, at, first)]
    if here and all(is_apart(tokens, at, first) for at in spots):
        return f"{_show(stretch, here)} stands in the claim’s own part of the sentence"
    if all(_is_of_part(stretch, at) for at in spots):
        return "it is said of a part of them"
    if all(at < first and at < OPENING and tokens[at - 1].word in ("in", "within") for at in spots):
        behind = [at for at in here if at >= stretch.behind and _is_joined(stretch, at)]
        if behind:
            return f"{_show(stretch, behind)} stands behind the number"
    return ""


def _is_of_part(stretch: Stretch, at: int) -> bool:
    """Whether a name is told of some of those who are counted: "200 were killed, 43 of them at
    | X"."""
    words = [token.word for token in stretch.tokens[stretch.behind : at]]
    parts = [
        one for one, word in enumerate(words) if word == "of" and words[one + 1 :][:1] in PARTS
    ]
    return bool(parts) and "," in words[: parts[-1]] and "," not in words[parts[-1] :]


def _is_joined(stretch: Stretch, at: int) -> bool:
    """Whether no sign and no other number stands between a claim and a name behind it."""
    tokens = stretch.tokens
    between = range(stretch.behind, at)
    return all(tokens[one].raw.isalpha() and not read_amount(tokens, one) for one in between)


def _is_dateline(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a name in capitals opens a sentence with a dash or day behind it."""
    behind = [token.word for token in tokens[at : at + DATELINE]]
    return at < 3 and tokens[at].raw.isupper() and bool({"-", "–", "—", "("} & {*behind})


def _is_of_speaker(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a name stands behind who speaks or a verb of reporting ("officials in X", "said in
    X"), or opens the sentence before one ("In X, the ministry says")."""
    if at and tokens[at - 1].word not in ("in", "at", "from"):
        return False
    before = tokens[at - 2 : at - 1] if at > 1 else ()
    if any(means(token, "speakers") or means(token, "speaking") for token in before):
        return True
    behind = tokens[at + 1 : at + 1 + SPEAKERS + 2]
    opens = at <= 2 and any(token.word == "," for token in behind[:2])
    return opens and any(means(token, "speakers") for token in behind)


def _is_owner(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a name owns what follows: "Haiti | 's capital"."""
    words = [token.word for token in tokens[at + 1 : at + 4]]
    return words[:1] in (["'"], ["’"]) and words[1:2] == ["s"] and words[2:3] == ["capital"]
