"""Whether the sentence of a claim leaves its place in doubt."""

from collections.abc import Iterable, Mapping
from typing import Any

from helpers.claims.second_reader.amounts import read_amount
from helpers.claims.second_reader.naming.sentence import (
    Stretch,
    find_before,
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
LABELS = (":", ",", "'", "’")
NEAR = 4  # tokens between a number and the place that is its own
BACK = 3  # sentences before a claim in which its place may be named
OPENING = 4  # tokens at the opening of a sentence
PARTS = (["them"], ["whom"], ["these"], ["those"])
SPEAKERS = 4  # tokens between a name and who speaks there

Names = Mapping[str, list[list[str]]]  # key of a place → the words of each of its names


def doubt_place(row: Mapping[str, Any], text: str, names: Names) -> str:
    """Why the place of a claim is doubtful, in words; "" where nothing speaks against it.

    A place is doubtful where neither the sentence nor, first of its places, one before names it;
    where none is given and the sentence names one; where it is that of a dateline, of who speaks or
    of another figure; and where another stands in the claim's own part of the sentence.
    """
    stretch = find_stretch(row, text)
    if stretch is None:
        return ""
    keys = [key for key in str(row.get("place") or "").split(";") if key]
    others = find_places(stretch.tokens)
    if not keys:
        return f"none is given, beside {_show(stretch.tokens, others)}" if others else ""
    for key in keys:
        own = names.get(key, [fold_words(key)])
        spots = find_spots(stretch.tokens, own)
        doubt = _doubt_spots(stretch, spots, [at for at in others if at not in spots])
        if not spots:
            doubt = _doubt_silence(stretch, others, own, text)
        if doubt:
            return doubt
    return ""


def find_spots(tokens: tuple[Token, ...], names: list[list[str]]) -> list[int]:
    """Where a sentence has one of the names of a place."""
    return [at for name in names for at in find_name(tokens, name)]


def find_places(tokens: tuple[Token, ...]) -> list[int]:
    """Where names stand that a preposition or a verb makes places, or that open the sentence as its
    label or owner: "Kilo: …", "Minjivan, which", "Moebye's last residents"."""
    found = []
    for at, token in enumerate(tokens):
        if not is_named(token) or _is_no_place(token):
            continue
        behind = tokens[at + 1].word if at + 1 < len(tokens) else ""
        opens = at == 0 or at == 1 and not tokens[0].raw.isalnum()
        if opens and behind in LABELS and not means(token, "opening"):
            found.append(at)
        is_led = at > 0 and means(tokens[at - 1], "leads")
        if is_led and not (at > 1 and means(tokens[at - 2], "reporting")):
            found.append(at)
    return found


def _doubt_silence(stretch: Stretch, others: list[int], names: list[list[str]], text: str) -> str:
    """The doubt about a place that the sentence does not name: none where it names no other, and
    this one is the first that the sentences before name."""
    if others:
        return f"its sentence does not name it, but {_show(stretch.tokens, others)}"
    for sentence in find_before(text, stretch.sentence, BACK):
        spots = [
            at for at in find_spots(sentence.tokens, names) if not _is_aside(sentence.tokens, at)
        ]
        there = [at for at in find_places(sentence.tokens) if at not in spots]
        if spots and min(spots) < min(there, default=len(sentence.tokens)):
            return ""
        if there:
            break
    return "its sentence does not name it"


def _is_aside(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a name is only that of a dateline, of who speaks or of a day."""
    return _is_dateline(tokens, at) or _is_of_speaker(tokens, at) or _is_of_time(tokens, at)


def _is_no_place(token: Token) -> bool:
    vocabulary = load_vocabulary()
    dates = token.word in vocabulary.months or token.word in vocabulary.weekdays
    is_short = token.raw.isupper() and len(token.raw) < 5  # initials
    return dates or is_short or means(token, "no_place")


def _show(tokens: tuple[Token, ...], spots: Iterable[int]) -> str:
    return ", ".join(dict.fromkeys(tokens[at].raw for at in spots))


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
        return f"{_show(tokens, here)} stands in the claim’s own part of the sentence"
    if told := _find_own(stretch, here, spots):
        return f"{_show(tokens, told)} stands behind the number, it behind another"
    if all(_is_of_time(tokens, at) for at in spots):
        return "it dates, and is not told of them"
    if all(_is_of_part(stretch, at) for at in spots):
        return "it is said of a part of them"
    if all(at < first and at < OPENING and tokens[at - 1].word in ("in", "within") for at in spots):
        behind = [at for at in here if at >= stretch.behind and _is_joined(stretch, at)]
        if behind:
            return f"{_show(tokens, behind)} stands behind the number"
    return ""


def _find_own(stretch: Stretch, others: list[int], spots: list[int]) -> list[int]:
    """The places between a number and the next, where that of the claim stands only beyond it:
    "9,800 arrived in | Palma, | 8,100 in Mueda"."""
    ends = (at for at in range(stretch.behind, len(stretch.tokens)) if _counts(stretch.tokens, at))
    end = next(ends, len(stretch.tokens))
    own = [at for at in others if stretch.behind <= at < end]
    return own if own and all(at >= end or _is_taken(stretch, at) for at in spots) else []


def _is_taken(stretch: Stretch, at: int) -> bool:
    """Whether a name before a number stands right behind another: "8,100 in | Mueda, 5,500"."""
    near = range(max(0, at - NEAR), at)
    is_before = at < stretch.first and means(stretch.tokens[at - 1], "leads")
    return is_before and any(_counts(stretch.tokens, one) for one in near)


def _counts(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a number stands here that may count people: no day, year or bracket."""
    vocabulary, token = load_vocabulary(), tokens[at]
    beside = [other.word for other in tokens[max(0, at - 1) : at + 2]]
    if read_amount(tokens, at) is None or "(" in beside or token.word in ("a", "an"):
        return False
    is_year = len(token.raw) == 4 and token.raw[:2] in ("19", "20")
    return not is_year and not any(word in vocabulary.months for word in beside)


def _is_of_time(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a name stands in what only dates: "the worst month since the attack on | X"."""
    words = [token.word for token in tokens[max(0, at - 5) : at]]
    return "since" in words and words[-1:] in (["on"], ["of"], ["in"])


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
    X"), opens the sentence before one ("In X, the ministry says"), or speaks itself ("X says",
    "X's ministry")."""
    behind = tokens[at + 1 : at + 1 + SPEAKERS + 2]
    lead = tokens[at - 1].word if at else ""
    if not means(tokens[at - 1], "leads") if at else True:
        step = 2 if [token.word for token in behind[1:2]] == ["s"] else 0
        following = behind[step : step + 2]
        first, second = following[:1], following[1:2] if step else ()
        if any(means(token, "reporting") for token in first):
            return True
        return any(means(token, "speakers") for token in (*first, *second))
    if lead not in ("in", "at", "from", "to"):
        return False
    if any(means(token, "speaking") for token in behind[:1]):
        return True
    before = tokens[at - 2 : at - 1] if at > 1 else ()
    if any(means(token, "speakers") or means(token, "speaking") for token in before):
        return True
    opens = at <= 2 and any(token.word == "," for token in behind[:2])
    return opens and any(means(token, "speakers") for token in behind)


def _is_owner(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a name owns what follows: "Haiti | 's capital"."""
    words = [token.word for token in tokens[at + 1 : at + 4]]
    return words[:1] in (["'"], ["’"]) and words[1:2] == ["s"] and words[2:3] == ["capital"]
