"""Number phrases: what a figure's words and the hedges beside them say.

The words decide the range (seeds/README.md, *Values*). Where words can be read in two ways, all
readings are kept: whoever compares is told of a difference only where none of them fits.
"""

from typing import NamedTuple

from helpers.claims.second_reader.amounts import DASHES, Amount, list_words, read_amount
from helpers.claims.second_reader.tokens import Token
from helpers.claims.second_reader.vocabulary import Phrases, load_vocabulary

JOINED = [[dash] for dash in sorted(DASHES)]
SPOKEN_UNITS = {"fortnight": 2, "decade": 10, "century": 100}
LENGTHS = {"hour", "day", "night", "week", "month", "year", "decade", "century", "fortnight"}
LONGEST_HEDGE = 5
WIDEST = 100  # "1 – 612" is a label and a number, no range
OWNERS = (["his"], ["her"], ["their"], ["my"], ["our"])
ABBREVIATED = (["c"], ["ca"], ["approx"], ["est"], ["min"], ["max"])


class Value(NamedTuple):
    """One reading of a figure: quantifier, and low, best, high where the words give them."""

    quantifier: str
    low: float | None
    best: float | None
    high: float | None


class Figure(NamedTuple):
    """A figure: its readings, whether it is a share or a multiple, and its tokens (first,
    behind)."""

    values: frozenset[Value]
    kind: str  # "" for a plain number, percent or ratio
    first: int
    behind: int


def read_figure(tokens: tuple[Token, ...], first: int, behind: int) -> Figure | None:
    """The figure whose stored words are tokens[first:behind], with every hedge and scale that
    stands beside it in the sentence, stored or not; None where these words hold no number."""
    named = _count_kin(tokens, first, behind)
    first, behind = _find_uncut(tokens, first, behind)
    inside = range(first, behind)
    start, before = _find_hedges_before(tokens, first, behind)
    amounts, stop = _list_amounts(tokens, start, behind)
    if not amounts:
        return _read_wordless(tokens, first, behind)
    after, stop = _find_hedges_behind(tokens, stop)
    stop = max(stop, behind)
    if _is_vague(tokens, inside):
        return Figure(
            frozenset({Value("vague", None, None, None)}), _find_kind(amounts), start, stop
        )
    share = _read_one_in(tokens, amounts, start, behind)
    if share is not None:
        amounts = [Amount((share,), "percent", 1, stop)]
    if named and len(amounts) == 1:
        amounts = [amounts[0]._replace(values=tuple(v + named for v in amounts[0].values))]
    values = _shape(amounts, before, after)
    return Figure(values, _find_kind(amounts), start, stop) if values else None


def _count_kin(tokens: tuple[Token, ...], first: int, behind: int) -> int:
    """How many are named one by one in a figure's words before those it counts: 1 in "her husband
    and two"."""
    words = [token.word for token in tokens[first:behind]]
    if words[:1] not in OWNERS or "and" not in words:
        return 0
    named = [word for word in words[: words.index("and")] if [word] not in OWNERS and word != ","]
    return len(named)


def _find_uncut(tokens: tuple[Token, ...], first: int, behind: int) -> tuple[int, int]:
    """A figure's tokens, with what it was cut out of: "thirty" before "four", "30-" before
    "40,000", "200 to" before "260", "to perhaps 260" behind "200"."""
    numbers, scales = load_vocabulary().numbers, load_vocabulary().scales
    word, before = tokens[first].word, tokens[first - 1].word if first else ""
    if numbers.get(before, 0) >= 20 and 1 <= numbers.get(word, 0) <= 9:
        first -= 1
    elif before in scales and len(before) > 2 and word in numbers and first > 1:
        first -= 2
    joined = first > 1 and (before in ("to", "or") or _is_tight_dash(tokens, first - 1))
    if joined and read_amount(tokens, first) and not _rises(tokens, first - 2):
        start = _find_amount_before(tokens, first - 1)
        first = first - 1 if start is None else start
        first += start is None
    amount = read_amount(tokens, first)
    if amount and amount.behind == behind and not _rises(tokens, first):
        step = behind + 1
        words = list_words(tokens, behind, 3)
        comma = words[:1] == [","] and word in numbers and words[1:2] and words[1] in numbers
        if words[:1] in (["to"], ["or"]) or comma:
            step += words[1:2] in (["perhaps"], ["about"], ["maybe"], ["possibly"])
            other = read_amount(tokens, step) if step < len(tokens) else None
            if (
                other
                and not other.kind
                and other.values[0] > amount.values[0]
                and (not comma or other.scale > 1)
            ):
                behind = other.behind
    return first, behind


def _is_tight_dash(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a dash joins the digits on both its sides."""
    before, dash, after = tokens[at - 1 : at + 2]
    digits = before.raw.isdecimal() and after.raw[0].isdecimal()
    tight = before.end == dash.start and dash.end == after.start
    apart = at < 2 or tokens[at - 2].word not in DASHES
    return dash.word in DASHES and digits and tight and apart


def _find_amount_before(tokens: tuple[Token, ...], end: int) -> int | None:
    """Where a number begins that ends right before this token."""
    for at in range(end - 1, max(-1, end - 4), -1):
        amount = read_amount(tokens, at)
        if amount and amount.behind == end and not amount.kind and not _rises(tokens, at):
            return at
    return None


def _rises(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a number before "to" is where a figure came from, or by how much it rose, not a
    range."""
    return at > 0 and tokens[at - 1].word in ("by", "from", "another", "further")


def _find_kind(amounts: list[Amount]) -> str:
    return next((amount.kind for amount in amounts if amount.kind), "")


def _is_vague(tokens: tuple[Token, ...], inside: range) -> bool:
    """Whether the stored words name no number: dozens, several hundred, a large number."""
    vague = load_vocabulary().vague
    return any(
        tokens[at].word in vague and (at == 0 or tokens[at - 1].word not in ("as", "at"))
        for at in inside
    )


def _read_wordless(tokens: tuple[Token, ...], first: int, behind: int) -> Figure | None:
    """Words without a numeral: vague ones, "years", "within hours", or an article, which is one."""
    words = [token.word for token in tokens[first:behind]]
    vague = frozenset({Value("vague", None, None, None)})
    plurals = {f"{length}s" for length in LENGTHS} | {"centuries"}
    if _is_vague(tokens, range(first, behind)) or plurals & set(words):
        share = bool({"most", "majority", "minority"} & set(words))
        return Figure(vague, "share" if share else "", first, behind)
    if words and words[0] in ("a", "an", "another", "the", "no", "none"):
        one = 0.0 if words[0] in ("no", "none") else 1.0
        values = {Value("exact", one, one, one)}
        for word in words[1:]:
            if word in SPOKEN_UNITS:
                many = float(SPOKEN_UNITS[word])
                values.add(Value("exact", many, many, many))
        return Figure(frozenset(values), "", first, behind)
    return None


def _find_hedges_before(
    tokens: tuple[Token, ...], first: int, behind: int
) -> tuple[int, frozenset[str]]:
    """Where the words that hedge a figure begin, left of it or within its stored words, and the
    quantifiers that they allow. Words that change nothing may stand between hedge and figure."""
    vocabulary = load_vocabulary()
    number = next((at for at in range(first, behind) if read_amount(tokens, at)), first)
    words = [token.word for token in tokens[max(0, number - 16) : number]]
    start, at = number, len(words)
    found: frozenset[str] = frozenset()
    while at > 0:
        meanings, length = _match_end(vocabulary.before, words, at)
        idle_length = 0 if length else _match_end(vocabulary.idle, words, at)[1]
        within = number - (len(words) - at) > first
        if (
            not (length or idle_length)
            and words[at - 1] == "."
            and words[at - 2 : at - 1] in ABBREVIATED
        ):
            idle_length = 1
        if length:
            found = meanings if not found else _join(found, meanings)
        elif not idle_length and not (within or words[at - 1] in DASHES):
            break
        at -= length or idle_length or 1
        if length or within:
            start = number - (len(words) - at)
    return min(start, first), found


def _join(inner: frozenset[str], outer: frozenset[str]) -> frozenset[str]:
    """Two hedges in a row: "at least about", "an estimated more than"; "about" yields to the
    other."""
    firm = (inner | outer) - {"about"}
    return firm | ((inner | outer) & {"about"})


def _match_end(phrases: Phrases, words: list[str], end: int) -> tuple[frozenset[str], int]:
    """The longest phrase that ends before this word: its meanings and its length."""
    for length in range(min(LONGEST_HEDGE, end), 0, -1):
        meanings, found = phrases.find(words[:end], end - length)
        if found == length:
            return meanings, length
    return frozenset(), 0


def _find_hedges_behind(tokens: tuple[Token, ...], stop: int) -> tuple[frozenset[str], int]:
    """The quantifiers that words directly behind a figure allow: "-plus", "or more", "-odd"."""
    vocabulary = load_vocabulary()
    words = [token.word for token in tokens[stop : stop + 8]]
    noun = vocabulary.units.find(words, 0)[1] if words else 0
    at = noun + (words[noun : noun + 1] in ([","], ["("]) or not noun and words[:1] in JOINED)
    if at >= len(words):
        return frozenset(), stop
    meanings, length = vocabulary.behind.find(words, at)
    last = words[at + length - 1] if length else ""
    joined = not noun and words[0] != ","
    following = stop + at + length
    if length and not joined and following < len(tokens) and read_amount(tokens, following):
        return frozenset(), stop
    if (
        not joined
        and (length == 1 or last in ("so", "over"))
        or words[at + length : at + length + 1] == ["than"]
    ):
        return frozenset(), stop
    return meanings, stop + at + length if length else stop


def _list_amounts(tokens: tuple[Token, ...], start: int, behind: int) -> tuple[list[Amount], int]:
    """The numbers in a figure's words, at most three, and where the last of them ends; a number
    joined to the last by a dash belongs to them, stored or not."""
    amounts: list[Amount] = []
    at = stop = start
    while at < min(len(tokens), behind) and len(amounts) < 3:
        amount = read_amount(tokens, at)
        if amount is None:
            at += 1
            continue
        amounts.append(amount)
        at = stop = amount.behind
    if len(amounts) == 1 and stop + 1 < len(tokens) and tokens[stop].word in DASHES:
        joined = read_amount(tokens, stop + 1)
        close = tokens[stop].start == tokens[stop - 1].end
        digits = tokens[stop + 1].raw[0].isdigit() and tokens[stop - 1].raw[-1].isdigit()
        if joined and close and digits and not _is_age(tokens, joined.behind):
            return [*amounts, joined], joined.behind
    return amounts, stop


def _is_age(tokens: tuple[Token, ...], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at].word in DASHES and tokens[at + 1].word == "year"


def _read_one_in(
    tokens: tuple[Token, ...], amounts: list[Amount], start: int, behind: int
) -> float | None:
    """The share in "one in four", "three out of five", "nine of ten"; None where the words have
    none."""
    words = {token.word for token in tokens[start:behind]}
    if len(amounts) != 2 or not words & {"in", "of"} or words & {"to", "and", "between"}:
        return None
    part, whole = amounts[0].values[0], amounts[1].values[0]
    return round(100 * part / whole, 2) if 0 < part <= whole <= 1000 else None


def _shape(
    amounts: list[Amount], before: frozenset[str], after: frozenset[str]
) -> frozenset[Value]:
    """The readings of one number under its hedges, or of two numbers as a range."""
    if len(amounts) == 2 and amounts[0].values == amounts[1].values:
        amounts = amounts[:1]
    if len(amounts) == 1:
        hedges = before | after or frozenset({"exact"})
        return frozenset(
            make_value(hedge, value) for hedge in hedges for value in amounts[0].values
        )
    if len(amounts) != 2:
        return frozenset()
    return frozenset(
        Value("between", low, None, high)
        for first in amounts[0].values
        for high in amounts[1].values
        for low in _spread_scale(first, high, amounts[0].scale, amounts[1].scale)
        if low < high and (low * WIDEST >= high or before)
    )


def _spread_scale(first: float, high: float, scale: float, other: float) -> list[float]:
    """What the first number of a range is, when the second has a scale and it has none: "30–40k"
    begins with 30,000; "20–30,000" with 20,000."""
    if scale == 1 and other > 1 and first * other < high:
        return [first * other]
    if (
        first < 1000 <= high
        and high % 1000 == 0
        and first * 1000 < high
        and first * 1000 * 10 >= high
    ):
        return [first * 1000, first] if first >= 100 else [first * 1000]
    return [first]


def make_value(quantifier: str, number: float) -> Value:
    """Codebook: a number under its quantifier, as low, best and high."""
    shapes = {
        "exact": (number, number, number),
        "more_than": (number, number, None),
        "at_least": (number, number, None),
        "nearly": (None, number, number),
        "less_than": (None, None, number),
        "up_to": (None, None, number),
        "about": (None, number, None),
    }
    return Value(quantifier, *shapes[quantifier])
