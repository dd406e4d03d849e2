"""Every number in the words of a chart: which fact it states, or that it states none.

A sentence is read as a reader reads it. Titles of texts and quotations are taken first, then sums
that are shown ("124 km ÷ 5 to 6 days"), then days, then numbers with a unit, then counts of things.
What is left is a complaint.
"""

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from .advance import take_advance
from .facts import ALL_TEXTS, LEFT_OUT, NOUNS, SHOWN, Scene, is_written, pick_rows, read_filters
from .labels import name_places, tame, tells_stance
from .reference import FOOT
from .tables import FIRM, count_days, split
from .words import QUOTED, find_days, find_numbers, read_hedge, smooth, split_sentences

IDIOMS = re.compile(r"\bin two ways\b|\bits own two\b|\bbetween two\b", re.I)
UNITS = [
    (r"\s*km (?:a|per|each) day", "km per day"),
    (r"\s*(?:people )?(?:a|per|each) day", "person per day"),
    (r"\s*(?:km|kilomet(?:er|re)s)\b", "km"),
    (r"\s*(?:%|percent)", "percent"),
    (r"\s*days?\b", "day"),
    (r"\s*weeks?\b", "week"),
    (r"\s*years?\b", "year"),
    (r"\s*hours?\b", "hour"),
    (r"\s*(?:people|persons|civilians|combatants|fighters|deaths|others|prisoners)\b", "person"),
    (r"\s*(?:people )?(?:were )?(?:killed|dead|displaced|hurt|freed|detained)\b", "person"),
]
RANGE = re.compile(r"(?: to | and |–| or more\b)")
HARD = re.compile(r"[;:()]|\.\s|\. ?$|\n| – ")


@dataclass
class Reading:
    """A sentence with what has been explained of it blotted out, the explanations, and the
    complaints."""

    scene: Scene
    where: str
    text: str
    left: str = ""
    facts: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    noun: str = ""  # what was counted last
    words: list[str] = field(default_factory=list)  # and with which words

    def __post_init__(self):
        self.left = self.text

    def blot(self, start: int, end: int) -> None:
        self.left = self.left[:start] + "•" * (end - start) + self.left[end:]

    def explain(self, number: str, fact: str) -> None:
        self.facts.append(f"{number} = {fact}")

    def complain(self, what: str) -> None:
        self.found.append(f'{self.scene.name}, {self.where}: {what}, in "{self.text}"')


def check_numbers(scene: Scene, pieces: dict[str, str]) -> list[str]:
    """Complaints about the numbers in the words of a chart: `pieces` maps where they stand to what
    they say."""
    return [fault for reading in read_pieces(scene, pieces) for fault in reading.found]


def list_pieces(chart) -> dict[str, str]:
    """The words of a chart, by where they stand."""
    parts = {
        name: getattr(chart, name) for name in ("title", "subtitle", "alt", "reading", "sources")
    }
    # what is left to the table is held by writing.check_left_to_table, the foot by feet.check_foot
    parts["alt"] = re.sub(r"\d+ more not shown\.?", "", parts["alt"])
    # what is no claim is held by reference.check_reference
    feet = [words for words in chart.refused if not words.startswith(FOOT)]
    return parts | {f"foot {number}": words for number, words in enumerate(feet, 1)}


def read_pieces(scene: Scene, pieces: dict[str, str]) -> list[Reading]:
    found, noun, words = [], "", []
    for where, text in pieces.items():
        for sentence in split_sentences(tame(text, scene.tables)):
            reading = Reading(scene, where, sentence, noun=noun, words=words)
            for step in STEPS:
                step(reading)
            noun, words = reading.noun, reading.words
            found.append(reading)
    return found


# --- texts, quotations ---------------------------------------------------------------------------


def take_texts(reading: Reading) -> None:
    """Titles of texts after their numbers, and "text 004": texts on which the chart rests."""
    scene = reading.scene
    for row in scene.tables.documents.itertuples():
        for match in re.finditer(re.escape(f"{row.doc_id} {row.title}"), reading.left):
            reading.blot(*match.span())
            if row.doc_id not in scene.texts:
                reading.complain(f'"{match[0]}" is behind no mark')
    ids = "|".join(map(re.escape, scene.tables.documents["doc_id"]))
    for match in re.finditer(rf"\btexts? (?:{ids})(?:(?:, | and )(?:{ids}))*\b", reading.left):
        reading.explain(match[0], "texts of the corpus")
        reading.blot(match.start(), match.end())
    for match in re.finditer(r"\btext \d{3}\b", reading.left):
        reading.complain(f'there is no "{match[0]}"')
    for match in re.finditer(r"(?<![\w.,•])0\d+(?![\w.,])", reading.left):
        reading.complain(f'"{match[0]}" is no number of a text beside its title')
        reading.blot(match.start(), match.end())


def take_quotes(reading: Reading) -> None:
    """Quotations: the words of a number, or of a text; beside them nothing that their claim does
    not say."""
    scene = reading.scene
    for match in QUOTED.finditer(reading.text):
        quote = " ".join(match[1].split())
        around = read_phrase(
            QUOTED.sub(lambda m: "•" * len(m[0]), reading.text), *match.span(), commas=True
        )
        said = find_quoted(scene.tables.claims, quote)
        reading.blot(*match.span())
        if said.empty:
            if any(smooth(quote) in smooth(text) for text in scene.tables.texts.values()):
                reading.explain(match[0], "words of a text")
            else:
                reading.complain(f"“{quote}” stands in no text")
            continue
        if not re.search(LEFT_OUT, reading.text, re.I) and not reading.where.startswith("foot"):
            said = said[said["claim_id"].isin(scene.drawn["claim_id"])]
        beside = reading.text[: match.start()][-40:] + "“”" + reading.text[match.end() :][:12]
        if speaker := re.search(
            r"\btext (\w+) (?:says|has|gives|puts)[^“,;]*“|”[^“]? ?\(text (\w+)", beside
        ):
            said = said[said["doc_id"] == (speaker[1] or speaker[2])]
        fits = pick_rows(said, around) if read_filters(said, around) else said
        days = find_days(around, scene.tables.year)
        for stretch in days:
            right = [stretch.fits(*pair) for pair in zip(fits["date_start"], fits["date_end"])]
            fits = fits[np.array(right, dtype=bool)]
        if fits.empty:
            reading.complain(f"“{quote}”: no claim behind the chart says so of “{around.strip()}”")
            continue
        reading.explain(match[0], f"number of {', '.join(fits['claim_id'])}")
        if not any(
            row["assertion"] == "reported" or tells_stance(QUOTED.sub(" ", reading.text), row)
            for _, row in fits.iterrows()
        ):
            reading.complain(f"“{quote}” is {fits.iloc[0]['assertion']}, and nothing says so")


def find_quoted(claims: pd.DataFrame, quote: str) -> pd.DataFrame:
    """The claims whose number a quotation gives, alone or with the words beside it in their
    sentence."""
    words = smooth(quote)
    right = [
        number != ""
        and (smooth(number) == words or (smooth(number) in words and words in smooth(exact)))
        for number, exact in zip(claims["number"], claims["exact"])
    ]
    return claims[np.array(right, dtype=bool)]


def read_phrase(text: str, start: int, end: int, commas: bool) -> str:
    """The words round a place in a sentence, as far as the next colon, semicolon or bracket, or
    comma."""
    stops = re.compile(HARD.pattern + (r"|, " if commas else ""))
    before = [match.end() for match in stops.finditer(text, 0, start)]
    after = stops.search(text, end)
    left, right = before[-1] if before else 0, after.start() if after else len(text)
    return text[left:start] + " " + text[end:right]


# --- sums that are shown -------------------------------------------------------------------------

OPERAND = (
    r"(?:at most |at least |up to |nearly |about |approximately |more than |some )*"
    r"(?:[Bb]etween [\d,.]+ and )?[\w,.–-]+(?: (?:to|and a half|million|thousand|third|thirds) "
    r"?[\w,.]*)*(?: (?:km|days?|weeks?|people))?"
)
SUM = re.compile(rf"{OPERAND}(?: [÷×−=≈] {OPERAND})+", re.I)


def take_sums(reading: Reading) -> None:
    """A sum shown with its signs: each of its numbers is a fact, and it comes out as it says."""
    for match in SUM.finditer(reading.left):
        parts = re.split(r" ([÷×−=≈]) ", match[0].strip())
        if not any(find_numbers(part) for part in parts[::2]):
            continue
        ends = [read_operand(part) for part in parts[::2]]
        if None in ends:
            reading.complain(f'the sum "{match[0]}" cannot be read')
        else:
            for part, pair in zip(parts[::2], ends):
                explain_operand(reading, part, pair, parts)
            result, said = compute(ends, parts[1::2])
            if said is not None and not (
                is_written(said[0], result[0]) and is_written(said[1], result[1])
            ):
                reading.complain(
                    f'the sum "{match[0]}" comes out at {result[0]:g} to {result[1]:g}'
                )
        reading.blot(*match.span())


def read_operand(words: str) -> tuple | None:
    """The one or two numbers of a part of a sum: 124 km (124, 124); 5 to 6 days (5, 6)."""
    values = [value for _, _, value in find_numbers(words)]
    return (values[0], values[-1]) if 1 <= len(values) <= 2 else None


def compute(ends: list[tuple], signs: list[str]) -> tuple:
    """(what the left side comes to, from its least to its most; what stands right of the = or ≈, or
    None)."""
    low, high = ends[0]
    said = None
    for sign, (least, most) in zip(signs, ends[1:]):
        if sign in "=≈":
            said = (least, most)
        elif sign == "÷":
            low, high = low / (most or np.nan), high / (least or np.nan)
        elif sign == "×":
            low, high = low * least, high * most
        else:
            low, high = low - most, high - least
    return (low, high), said


def explain_operand(reading: Reading, words: str, pair: tuple, parts: list[str]) -> None:
    """A part of a sum is a claim's number in its own words, a distance, or a count of days, which
    of a distance is that between the same two captures; what stands after the sign for "equals"
    follows from the others."""
    scene, place = reading.scene, parts.index(words)
    if place and parts[place - 1] in "=≈":
        return None
    if (scene.drawn["number"] == words).any():
        return reading.explain(words, "number of a claim in a sum")
    if "km" in words:
        right = [f"km {row.place} to {row.other}" for row in find_steps(scene, pair[0])]
    elif "day" in words and "km" in parts[0]:
        steps = find_steps(scene, read_operand(parts[0])[0])
        right = [
            f"days {row.place} to {row.other}" for row in steps if (row.fewest, row.most) == pair
        ]
    elif "day" in words and place:
        said = scene.drawn[scene.drawn["number"] == parts[0].strip()]
        right = [
            f"days of {row.claim_id}" for row in said.itertuples() if count_days(row) == pair[0]
        ]
    else:
        unit = "day" if "day" in words else "person"
        known = [value for value in [*scene.values, *scene.lengths] if value.unit == unit]
        right = [value.name for value in known if is_written(pair[0], value.number)]
    if not right:
        return reading.complain(f'"{words}", in a sum, is no number of the claims')
    return reading.explain(f"{words} in a sum", right[0])


def find_steps(scene: Scene, km: float) -> list:
    """The steps of the route that are so many km long."""
    return [row for row in scene.steps if is_written(km, row.km)]


# --- days ----------------------------------------------------------------------------------------


def take_days(reading: Reading) -> None:
    """Stretches of days: of the place named beside them, else of the claims drawn, the texts or the
    settings."""
    scene, masked = reading.scene, reading.left
    for days in find_days(masked, scene.tables.year):
        words = masked[days.start : days.end]
        if days.units[0] == "year" and re.match(
            r" (?:dated )?(?:claims|people)", masked[days.end :]
        ):
            continue
        pairs = list_quoted_days(reading, days) or list_days(scene, masked, days)
        if right := [name for name, first, last in pairs if days.fits(first, last)]:
            reading.explain(words, right[0])
        else:
            reading.complain(f'"{words}" are the days of nothing behind the chart')
        reading.blot(days.start, days.end)


def list_quoted_days(reading: Reading, days) -> list[tuple]:
    """The days of the claims whose number is quoted before them: “746” killed, Nov 2024."""
    before = re.split(r"[;:.]\s", reading.text[: days.start])[-1]
    claims, quotes = reading.scene.tables.claims, QUOTED.findall(before)
    said = find_quoted(claims, quotes[-1]) if quotes else claims[:0]
    return [(row.claim_id, row.date_start, row.date_end) for row in said.itertuples()]


def list_days(scene: Scene, text: str, days) -> list[tuple]:
    """(name, first, last) of the days that may stand at this place of a sentence."""
    before = re.split(r"[;:.]\s", text[: days.start])[-1]
    places = name_places(before, scene.tables)
    if places:
        name = scene.tables.places.loc[places[-1], "name"]
        between = before[before.lower().rindex(name.lower()) + len(name) :]
        if between == " (" or re.fullmatch(r",? ?(?:[\w-]+ ){0,4}", between):
            own = list_place_days(scene, places[-1], between)
            country = scene.tables.places.loc[places[-1], "kind"] == "country"
            return own + list_hulls(scene) if country else own
    found, drawn = list_hulls(scene), scene.drawn[scene.drawn["date_start"].notna()]
    about = scene.tables.documents
    if scene.tables.period and "pace" in set(scene.drawn["topic"]):
        found.append(("the days of the settings", *scene.tables.period))
    part = scene.tables.settings.get("comparisons", {}).get(scene.name, {})
    if "start" in part:
        ends = (pd.Timestamp(str(part[end])) for end in ("start", "end"))
        found.append(("the days of the settings", *ends))
    for name, rows in (("drawn", drawn), ("drawn in people", drawn[drawn["unit"] == "person"])):
        if len(rows):
            first, last = rows["date_start"].min(), rows["date_end"].max()
            found.append((f"all claims {name}", first, last))
            found.append((f"first day of claims {name}", first, first))
    published = [about["first"].min(), about["last"].max()]
    found += [("published", *published), *(("published", day, day) for day in published)]
    if re.search(r"\bsince\b", before):
        found += [(row.claim_id, row.date_start, row.date_start) for row in drawn.itertuples()]
    return found


def list_hulls(scene: Scene) -> list[tuple]:
    """The first and the last of the days of the claims drawn that count a year at most: a figure's
    subtitle names these, and no whole war; nor, where a head says that they stand apart, totals
    that count other days than the offensive's for the most part."""
    drawn = scene.drawn[scene.drawn["date_start"].notna()]
    short = drawn[drawn["date_end"] - drawn["date_start"] <= pd.Timedelta(days=365)]
    words = " ".join(text.get_text() for axes in scene.chart.figure.axes for text in axes.texts)
    if re.search(r"\bCounts that (?:begin before|reach beyond)\b", words):
        short = short[~short["beyond"]]
    if short.empty:
        return []
    return [("all claims of a year at most", short["date_start"].min(), short["date_end"].max())]


EVENT = r"\b(?:captured|entered|reached|left|fell|started|begins|began)\b"


def list_place_days(scene: Scene, place: str, words: str) -> list[tuple]:
    """The days of what words say befell a place: of its capture, or of what the verb says."""
    rows = scene.drawn[scene.drawn["place"].map(lambda cell: place in split(cell)).astype(bool)]
    rows = rows[rows["date_start"].notna()]
    verbs = read_filters(rows, words)
    if place in scene.captures and (not verbs or "captured" in words):
        return [(f"capture of {place}", *scene.captures[place])]
    rows = pick_rows(rows, words)
    return (
        [(f"{place} in claims", rows["date_start"].min(), rows["date_end"].max())]
        if len(rows)
        else []
    )


# --- numbers with a unit -------------------------------------------------------------------------


def take_values(reading: Reading) -> None:
    """Numbers with a unit: values of the claims drawn, of what follows from them, distances,
    lengths."""
    numbers = find_numbers(reading.left)
    taken = set()
    for order, (start, end, value) in enumerate(numbers):
        if order in taken:
            continue
        group, stop = [(start, end, value)], end
        if order + 1 < len(numbers):
            gap = reading.left[end : numbers[order + 1][0]]
            if re.fullmatch(r"(?: days?| years?)? to | and |–", gap):
                group.append(numbers[order + 1])
                stop = numbers[order + 1][1]
        unit = read_unit(reading.left, stop, end, value)
        if not unit:
            continue
        taken |= {order, order + len(group) - 1}
        open_top = reading.left[stop:].startswith(" or more")
        ends = ["low", "high"] if len(group) == 2 else ["low" if open_top else ""]
        for (one_start, one_end, number), role in zip(group, ends):
            own = read_own_unit(reading.left[one_end:]) or unit
            explain_value(reading, one_start, one_end, number, own, role)


def read_unit(text: str, stop: int, end: int, value: float) -> str:
    """The unit after a number or a range, "or more" between them or not; thousands with a comma
    that count nothing named are people."""
    after = re.sub(r"^ or more", "", text[stop:])
    if unit := read_own_unit(after):
        return unit
    number = text[:end].split()[-1]
    if re.search(r"\bthe other $", text[: end - len(number)]):
        return "person"
    if "factor of " in text[:end][-30:]:
        return "factor"
    counted = find_noun(HARD.split(after)[0])[0]
    return "person" if value >= 1e5 or ("," in number and not counted) else ""


def read_own_unit(after: str) -> str:
    return next((unit for pattern, unit in UNITS if re.match(pattern, after)), "")


def explain_value(
    reading: Reading, start: int, end: int, number: float, unit: str, role: str
) -> None:
    scene, words = reading.scene, reading.left[start:end]
    around = read_phrase(reading.left, start, end, commas=True)
    known = list_known(scene, unit, around)
    right = [v for v in known if is_written(number, v.number, unit)]
    if unit == "year" and read_hedge(reading.left[max(0, start - 8) : start]) == "nearly":
        right = [v for v in known if number - 0.5 <= v.number < number]
    if unit in ("km", "km per day"):
        right = bind_places(reading, start, end, right, unit, role)
    if unit == "person":
        right = [v for v in right if fits_words(scene, v, around)]
    reading.blot(start, end)
    if not right:
        return reading.complain(
            f'{words} {unit} is no number behind the chart ("{around.strip()}")'
        )
    reading.explain(f"{words} {unit}", right[0].name)
    rows = [scene.drawn.set_index("claim_id").loc[v.claims[0]] for v in right if len(v.claims) == 1]
    if rows and len(rows) == len(right) and unit == "person":
        hedge = read_hedge(reading.left[max(0, start - 18) : start])
        if not any(row["quantifier"] in ("exact", "between", hedge) for row in rows):
            reading.complain(f"{words} loses its hedge ({rows[0]['number']})")
    return None


def bind_places(reading: Reading, start: int, end: int, right: list, unit: str, role: str) -> list:
    """Of distances and speeds those between the places that are named beside them, or the speed to
    the one place named; the first of two speeds is the slowest, the second the fastest."""
    tables = reading.scene.tables
    for commas in (True, False):
        around = read_phrase(reading.left, start, end, commas)
        if commas and not name_places(around, tables):
            continue
        if not commas:
            around = re.split(r"[;.] ", reading.left[:start])[-1]
        places = name_places(around, tables)
        if len(places) == 1 and unit == "km per day":
            right = [value for value in right if value.places[-1] == places[0]]
        elif places:
            right = [value for value in right if set(places[-2:]) <= {*value.places, tables.target}]
        break
    return [value for value in right if not role or value.name.endswith(role) or unit == "km"]


def fits_words(scene: Scene, value, around: str) -> bool:
    """Whether the claims behind a value are of what the words beside it say."""
    rows = scene.drawn[scene.drawn["claim_id"].isin(value.claims)]
    return not read_filters(rows, around) or len(pick_rows(rows, around)) > 0


def list_known(scene: Scene, unit: str, around: str) -> list:
    """The facts in a unit."""
    from .facts import Value

    if unit == "factor":
        people = [v for v in scene.values if v.unit == "person" and len(v.claims) == 1]
        people = [v.number for v in people if fits_words(scene, v, "population")]
        wholes = [v.number for v in scene.arithmetic if v.name.startswith("whole of")]
        return [
            Value("largest over smallest base", max([*people, *wholes]) / min(people), "factor")
        ]
    if unit in ("day", "week", "year"):
        return list_lengths(scene, unit, around)
    return [v for v in scene.values if v.unit == unit]


def list_lengths(scene: Scene, unit: str, around: str) -> list:
    from .facts import Value

    own = [v for v in scene.values if v.unit == unit]
    places = set(name_places(around, scene.tables))
    if places and re.search(r"\bto\b", around):
        return (
            [v for v in scene.lengths if v.places and places & set(v.places)]
            if unit == "day"
            else own
        )
    counted = [v for v in scene.lengths if v.claims]
    if not counted:
        return own
    ends = [min(counted, key=lambda v: v.number), max(counted, key=lambda v: v.number)]
    if unit == "year":
        return own + [Value(v.name, round(v.number / 365.25, 1), "year", v.claims) for v in ends]
    return own + ends + [v for v in scene.speeds if v.unit == "day"]


# --- counts --------------------------------------------------------------------------------------


@dataclass
class Count:
    """A number that counts, what stands before and after it, and whether it is a part ("6 of 13
    places")."""

    start: int
    end: int
    value: float
    before: str = ""
    after: str = ""
    part_of: int | None = None
    asked: str = ""  # what stands before, with all that was explained of it


def take_counts(reading: Reading) -> None:
    """Numbers that count things: as many as there are of what is named, as the words beside them
    narrow it."""
    text = reading.left
    mentions = list_mentions(text)
    for order, mention in enumerate(mentions):
        following = mentions[order + 1].start if order + 1 < len(mentions) else len(text)
        stop = HARD.search(text, mention.end, following)
        mention.after = text[mention.end : stop.start() if stop else following]
        previous = mentions[order - 1].end if order else 0
        starts = [match.end() for match in HARD.finditer(text, previous, mention.start)]
        mention.before = text[(starts[-1] if starts else previous) : mention.start]
        mention.asked = reading.text[(starts[-1] if starts else previous) : mention.start]
        if order and re.fullmatch(r",? of(?: the(?: other)?)? ", text[previous : mention.start]):
            mentions[order - 1].part_of = order
    for order, mention in enumerate(mentions):
        explain_count(reading, mentions, order)
        reading.blot(mention.start, mention.end)


def list_mentions(text: str) -> list[Count]:
    idioms = [match.span() for match in IDIOMS.finditer(text)]
    found = []
    for start, end, value in find_numbers(text):
        word = text[start:end]
        if word.lower() == "one" and not (word[0].isupper() and start == 0):
            continue
        if not any(left <= start < right for left, right in idioms):
            found.append(Count(start, end, value))
    for match in re.finditer(r"\bnone\b(?= of them)", text, re.I):
        found.append(Count(match.start(), match.end(), 0))
    return sorted(found, key=lambda mention: mention.start)


def explain_count(reading: Reading, mentions: list[Count], order: int) -> None:
    scene, mention = reading.scene, mentions[order]
    said = reading.text[mention.start : mention.end]
    group = list_left_out(scene, mention, reading.text)
    if group is not None:
        return check_left_out(reading, said, mention, group)
    if is_label(reading, mention):
        label = read_label(reading, mention)
        wanted = scene.count_label(label, reading.text)
        if mention.value in wanted:
            return reading.explain(said, f"those of “{label}”")
        return reading.complain(f"{said} is not the number of “{label}” ({wanted})")
    noun, words = read_noun(mention, mentions, reading)
    ways = list_ways(scene, reading, noun, words, mention)
    if mention.after.startswith(" more "):  # than those that were told one by one
        told = len(QUOTED.findall(reading.text[: mention.start]))
        ways = [(f"{name}, less {told}", number - told) for name, number in ways if number]
    reading.noun, reading.words = noun, words
    for name, number in ways:
        if number is not None and number == mention.value:
            return reading.explain(said, name)
    told = "; ".join(f"{name}: {number}" for name, number in ways) or "nothing that is counted here"
    return reading.complain(f"{said} is none of: {told}")


def is_label(reading: Reading, mention: Count) -> bool:
    """Whether a number follows what it counts: "killed 14, freed (by rebels) 3"."""
    alone = re.match(r"\s*(?:[,.;)(]|and\b|$)", mention.after) or not mention.after.strip()
    before = read_label(reading, mention)
    return bool(alone and re.search(r"[a-z)]$", before) and not before.endswith(" of"))


def read_label(reading: Reading, mention: Count) -> str:
    """The words before a number since the last comma or colon."""
    before = reading.left[: mention.start].rstrip(" (•:")
    return re.split(r"[,;:]|\. ", before)[-1].strip(" (•")


def read_noun(mention: Count, mentions: list[Count], reading: Reading) -> tuple[str, list[str]]:
    """(what is counted, the words that narrow it, those that weigh least first). "6 of 13 places"
    counts places twice, the first time with what is said of them; "9 give no number" counts what
    was counted before."""
    before = re.split(r", ", mention.before)[-1]
    head = read_head(reading.left, mention.start)
    whole = mention.part_of is not None and mentions[mention.part_of]
    noun, phrase = find_noun(mention.after)
    if whole and not noun:
        noun, phrase = find_noun(whole.after)
    elif any(
        other.part_of is not None and mentions[other.part_of] is mention for other in mentions
    ):
        phrase = stop_at_noun(phrase, noun)
    if noun:
        return noun, [head, before, phrase]
    return reading.noun, [*reading.words, mention.after]


def read_head(text: str, start: int) -> str:
    """What a sentence is headed with: the words before its first colon, where they hold no
    number."""
    head, colon, _ = text.partition(": ")
    return head if colon and len(head) < start and not find_numbers(head) else ""


def find_noun(after: str) -> tuple[str, str]:
    """The noun after a number that names what is counted, and all words up to the next comma. It
    stands before what is told of it."""
    phrase = re.split(r",", after)[0]
    near = re.split(r"\b(?:that|who|which|no|the|whose|without|of them)\b", phrase)[0]
    places = [
        (match.start(), noun)
        for pattern, noun in NOUNS.items()
        for match in [re.search(rf"\b(?:{pattern})\b", near)]
        if match
    ]
    if not places:
        return "", phrase
    start, noun = min(places)
    return (noun, phrase) if len(phrase[:start].split()) <= 4 else ("", phrase)


def stop_at_noun(phrase: str, noun: str) -> str:
    """A phrase as far as its noun."""
    pattern = next((one for one, name in NOUNS.items() if name == noun), "$")
    match = re.search(rf"\b(?:{pattern})\b", phrase)
    return phrase[: match.end()] if match else phrase


def list_ways(
    scene: Scene, reading: Reading, noun: str, words: list, mention: Count
) -> list[tuple]:
    """(name, number) of each count that a phrase may mean: of the claims drawn; of those left out,
    where the sentence says so; of all texts, where it says that."""
    told = " ".join(words[-1].split())
    if noun in ("finding", "question"):
        scope = f"{mention.asked} {words[-1]}"
        return [(f"{noun}s ({told})", scene.count_groups(noun, scope))]
    if noun == "number" and (account := read_account(words[-1], reading.text)):
        return [(f"numbers ({account})", scene.count_accounts(account))]
    if noun == "place" and (both := re.search(r"(\w+) in one \w+ and (\w+) in another", words[-1])):
        return [(f"places {both[1]} and {both[2]}", scene.count_both(both[1], both[2]))]
    happened = noun == "place" and re.search(EVENT, " ".join(words))
    if happened and not re.search(SHOWN, f"{mention.before} {mention.after}"):
        return [("places that fell, in all texts", scene.count_captured(" ".join(words)))]
    if re.search(LEFT_OUT, reading.text, re.I):
        return [
            (
                f"{noun}s not drawn ({told})",
                scene.count(noun, words, scene.list_rest(noun, words), False),
            )
        ]
    everything = bool(re.search(ALL_TEXTS, reading.text))
    ways = []
    if reading.where != "sources" and len(scene.single) and noun == "claim":
        own = scene.single
        if "figure" in " ".join(words):
            own = own[own["topic"] != "pace"]
        ways.append((f"{noun}s with a mark ({told})", scene.count(noun, words, own, False)))
    ways.append((f"{noun}s drawn ({told})", scene.count(noun, words, scene.drawn, everything)))
    if noun == "claim" and re.search(r"\b(?:dead|displaced|people)\b", words[0]):
        people = scene.single[scene.single["unit"] == "person"]
        ways.append((f"{noun}s of people ({told})", scene.count(noun, words, people, False)))
    if noun == "source":  # whoever denies a thing is no source of it
        firm = scene.drawn[scene.drawn["assertion"].isin(FIRM)]
        ways.append((f"{noun}s drawn, denials apart", scene.count(noun, words, firm, False)))
    return ways


def read_account(words: str, sentence: str) -> str:
    """Of numbers in the texts: which account is meant, or "all"; "" where claims' numbers are
    meant."""
    if re.search(r"\bcarry\b", words):
        return "claim"
    if re.search(r"\bdate one\b", words):
        return "date"
    if re.search(r"\bnot_claims\b", words):
        return "not a claim"
    if re.search(r"\bunaccounted\b|in no claim", words):
        return "unaccounted"
    return "all" if re.search(r"numbers in the texts", sentence) else ""


def list_left_out(scene: Scene, mention: Count, text: str):
    """The kind of claims left out that a number in brackets counts, where the chart names such
    kinds."""
    for group in getattr(scene.chart, "left_out", []):
        if re.search(re.escape(group.words) + r" \($", text[: mention.start]):
            return group
    return None


def check_left_out(reading: Reading, said: str, mention: Count, group) -> None:
    """As many claims as the kind holds, none of them drawn, all of them what the words say."""
    claims = reading.scene.tables.claims
    mine = claims[claims["claim_id"].isin(group.claims)]
    if len(mine) != mention.value or mine["claim_id"].isin(reading.scene.drawn["claim_id"]).any():
        reading.complain(f"{said} “{group.words}” are {len(mine)}")
    elif len(pick_rows(mine, group.words)) < len(mine):
        odd = mine[~mine["claim_id"].isin(pick_rows(mine, group.words)["claim_id"])]["claim_id"]
        reading.complain(f"{list(odd)} are no “{group.words}”")
    else:
        reading.explain(said, f"left out: {group.words}")


STEPS = [take_texts, take_quotes, take_advance, take_sums, take_days, take_values, take_counts]
