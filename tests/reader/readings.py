"""disagreements.csv: what each reading says in few words stands in its own quotation."""

import re

from .tables import Tables
from .words import find_days, find_numbers, read_hedge

VAGUE = (
    r"dozens?|hundreds|thousands|millions|several|few|many|most|majority|multiple|droves|"
    r"large numbers?|months|years|hours"
)
# Words of a reading that must be the quotation's, in one spelling or another.
KEYS = {
    r"civilians?": r"civilians?",
    r"fighters?": r"fighters?|rebels?|combatants?",
    r"soldiers?": r"soldiers?|army|forces",
    r"prisoners?": r"prisoners?|inmates",
    r"camps?": r"camps?",
    r"all but": r"except|remained|only",
    r"killed|dead": r"killed|dead|died|massacre",
    r"displaced": r"displaced|fled",
}


def check_readings(tables: Tables) -> list[str]:
    """Complaints about the readings of a corpus, each naming its question, text and words."""
    found = []
    for row in tables.readings.itertuples():
        faults = [*check_words(row, tables), *check_values(row)]
        found += [f"{row.question_id} ({row.doc_id}) “{row.reading}”: {fault}" for fault in faults]
    return found


def check_words(row, tables: Tables) -> list[str]:
    """Numbers, hedges, vague words and people of a reading against its quotation; a number that counts days from a
    date may stand in the note."""
    found, quote, beside = [], row.exact, read_beside(row, tables)
    known = list_known(quote, tables) | list_known(row.note, tables)
    days = find_days(row.reading, tables.year)
    dated = [range(one.start, one.end) for one in days]
    for start, end, value in find_numbers(row.reading):
        counted = value == count_list(quote)
        if value not in known and not counted and not any(start in span for span in dated):
            found.append(f"{row.reading[start:end]} does not stand in “{quote}”")
        hedge, said = read_hedge(row.reading[:start][-20:]), list_hedges(quote, value)
        if hedge and said and hedge not in said:
            found.append(
                f"{hedge.replace('_', ' ')} {row.reading[start:end]} is {said} in “{quote}”"
            )
    found += [f"{words} is no day of its text" for words in list_odd_days(row, days, tables)]
    for word in re.findall(rf"\b(?:{VAGUE})\b", row.reading, re.I):
        if not re.search(rf"\b{word.rstrip('s')}", f"{quote} {row.note}", re.I):
            found.append(f"“{word}” does not stand in “{quote}”")
    for pattern, words in KEYS.items():
        match = re.search(rf"\b(?:{pattern})\b", row.reading, re.I)
        if match and not re.search(rf"\b(?:{words})\b", beside, re.I):
            found.append(f"“{match[0]}” does not stand beside “{quote}”")
    return found


def read_beside(row, tables: Tables) -> str:
    """A quotation with what stands round it in its text."""
    text = tables.texts[row.doc_id]
    return text[max(0, int(row.start) - 250) : int(row.end) + 250]


def count_list(quote: str) -> int:
    """How many things a quotation lists: "the regime, the militias, and the SDF" are three."""
    return len(re.split(r", and |, | and ", quote))


def list_known(words: str, tables: Tables) -> set[float]:
    """The numbers of a text, those of its days among them."""
    return {value for _, _, value in find_numbers(words)} | {
        float(number) for number in re.findall(r"\d+", words) if len(number) < 5
    }


def list_hedges(quote: str, value: float) -> set[str]:
    """The hedges that a number bears in a quotation; "exact" where it bears none."""
    return {
        read_hedge(quote[:start][-20:]) or "exact"
        for start, _, number in find_numbers(quote)
        if number == value
    }


def list_odd_days(row, days: list, tables: Tables) -> list[str]:
    """Days that a reading gives and neither its quotation nor a claim of its text bears out."""
    claims = tables.claims[
        (tables.claims["doc_id"] == row.doc_id) & tables.claims["date_start"].notna()
    ]
    ends = {*claims["date_start"], *claims["date_end"]}
    said = list_known(f"{read_beside(row, tables)} {row.note}", tables)
    odd = []
    for one in days:
        words = row.reading[one.start : one.end]
        numbers = {float(number) for number in re.findall(r"\d+", words)}
        if not numbers <= said and not {one.first, one.last} & ends:
            odd.append(words)
    return odd


def check_values(row) -> list[str]:
    """low and high against the number of the quotation and its hedge: of "more than" low alone, of "nearly" high
    alone, both where there is none."""
    values = {name: getattr(row, name) for name in ("low", "high")}
    given = {name: float(value) for name, value in values.items() if value}
    if not given:
        return []
    known: dict[float, set] = {}
    for start, end, value in find_numbers(row.exact):
        own = 100 * value if row.unit == "percent" else value
        known.setdefault(round(own, 2), set()).add(read_hedge(row.exact[:start][-20:]))
        if not row.exact[end:].strip() or re.match(r" (?:week|day)", row.exact[end:]):
            known.setdefault(round(value, 2), set()).add(read_hedge(row.exact[:start][-20:]))
    for rank, words in enumerate(("largest", "second", "third"), 1):
        if row.unit == "rank" and re.search(rf"\b{words}\b", row.exact):
            known = {float(rank): {""}}
    if re.match(r"a (?:week|day|year)\b", row.exact, re.I):
        known.setdefault(1.0, set()).add("")
    found = [
        f"{name} {value:g} is no number of “{row.exact}”"
        for name, value in given.items()
        if round(value, 2) not in known
    ]
    hedges = set().union(*(known.get(round(value, 2), set()) for value in given.values()))
    for hedge, ends in {
        "more_than": {"low"}, "at_least": {"low"}, "nearly": {"high"}, "less_than": {"high"},
        "up_to": {"high"}, "": {"low", "high"}, "between": {"low", "high"},
    }.items():  # fmt: skip
        if hedges == {hedge} and set(given) != ends:
            found.append(f"{sorted(given)} for “{row.exact}”, which is {hedge or 'exact'}")
    return found


def check_questions(tables: Tables) -> list[str]:
    """A number in a question is one of the quotations that answer it."""
    found = []
    for question, rows in tables.readings.groupby("question"):
        known = set().union(
            *(list_known(read_beside(row, tables), tables) for row in rows.itertuples())
        )
        found += [
            f"“{question}”: {value:g} is in no quotation"
            for _, _, value in find_numbers(question)
            if value not in known
        ]
    return found
