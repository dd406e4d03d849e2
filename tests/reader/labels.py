"""Labels on a figure: what is quoted at a mark are its claim's words; its days, place and people
are the claim's.

A label stands at a mark when the point that it is tied to lies on it; the label of a row is tied to
a height alone.
"""

import re
from dataclasses import dataclass

import matplotlib.colors
import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from .axes import is_list
from .canvas import (
    SIDES,
    box_of,
    find_artists,
    is_time,
    list_marks,
    list_texts,
    place_day,
    read_anchor,
    read_face,
    read_points,
    read_ticks,
)
from .tables import (
    Tables,
    date_captures,
    find_route,
    list_captures,
    meet_days,
    split,
    tame_name,
)
from .words import MONTH, QUOTED, YEAR, find_days, read_number, smooth

NEAR = 4.0  # pixels between a label's point and its mark
REACH = 40.0  # pixels within which the nearest mark is the one meant
BY = re.compile(rf"\bby (\d{{1,2}}) ({MONTH})(?: {YEAR})?")
CUT = re.compile(r"“([^“”]+?)\s*…")  # a quotation cut short
VERBS = {
    r"start(?:ed|s)|beg[aiu]ns?": "offensive_start",
    r"reached": "reached",
    r"entered": "entered",
    r"captured|fell|taken": "captured",
    r"left|withdrawn": "withdrawn",
    r"countered": "counter_offensive",
}
PEOPLE = {"civilians": "civilian", "combatants": "combatant", "fighters": "combatant"}
MEASURES = {
    r"killed|dead|deaths": {"killed", "killed_or_injured"},
    r"injured|wounded|hurt": {"injured", "killed_or_injured"},
    r"displaced": {"new_displacement", "forced_to_flee", "idps", "in_camps"},
    r"forced to flee": {"forced_to_flee"},
    r"refugees": {"refugees"},
    r"freed|released": {"released"},
    r"detained|arrested": {"detained"},
}
STANCES = {"claimed": "claimed", "denied": "denied", "expected": "expected"}


@dataclass(frozen=True)
class Label:
    """Words, and the point in pixels that they are tied to (None on a side where they are tied to
    none)."""

    words: str
    axes: object
    at: tuple


def list_labels(chart, tables: Tables) -> list[Label]:
    """The texts in the panels, and the labels of axes that are lists of rows or columns."""
    found = []
    for axes in chart.figure.axes:
        texts = list_texts(axes)
        for artist, mine in group_rows(chart, axes, texts):
            words = "\n".join(text.get_text() for text in mine)
            box = box_of(artist)
            middle = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
            found.append(Label(tame(words, tables), artist.axes, middle))
            texts = [text for text in texts if text not in mine]
        found += [Label(tame(text.get_text(), tables), axes, read_anchor(text)) for text in texts]
        for number, side in enumerate(SIDES):
            if is_time(axes, side) or not is_list(read_ticks(axes, side), tables):
                continue
            for tick in read_ticks(axes, side):
                point = [0.0, 0.0]
                point[number] = tick.at
                pixel = axes.transData.transform(point)[number]
                at = tuple(float(pixel) if one == number else None for one in (0, 1))
                found.append(Label(tame(tick.words, tables), axes, at))
    return [label for label in found if label.at != (None, None)]


def group_rows(chart, axes, texts: list) -> list[tuple]:
    """(mark, texts) of each row of words that takes a click with its mark: what stands in the row
    is one label, save what is a mark of its own."""
    artists, found = find_artists(chart), []
    if not chart.name.startswith(("advance", "overview")):
        return []  # there each label of a row is read by itself
    for mark_id, target in chart.targets.items():
        if target.axes is not axes or mark_id not in artists:
            continue
        row = box_of(target).padded(1)
        artist = artists[mark_id]
        mine = [
            text
            for text in texts
            if row.contains(*_find_middle(text))
            and (text is artist or not (text.get_gid() or "").startswith("mark-"))
        ]
        if mine:
            found.append((artist, mine))
    return found


def _find_middle(text) -> tuple[float, float]:
    box = box_of(text)
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


@dataclass(frozen=True)
class Mark:
    """A mark: its row, its artist, the box in pixels that it takes, and that of the row of words
    which takes its click (None where only the mark does)."""

    row: object
    artist: object
    box: tuple
    line: tuple | None = None

    def holds(self, label: Label) -> bool:
        """Whether a label stands in the row of words of the mark."""
        if self.line is None or None in label.at:
            return False
        return all(low <= at <= high for at, (low, high) in zip(label.at, self.line))


def measure_marks(chart) -> list[Mark]:
    found = []
    for row, artist in list_marks(chart):
        target = chart.targets.get(row.mark_id)
        line = artist if target is None and artist.get_gid().startswith("mark-") else target
        bare = target is None and not is_bare_row(artist)
        found.append(Mark(row, artist, _sides(artist), None if bare else _sides(line)))
    return found


def is_bare_row(artist) -> bool:
    """Whether a mark is a row of words itself, without ink of its own."""
    return isinstance(artist, Rectangle) and not artist.get_facecolor()[3]


def _sides(artist) -> tuple:
    box = box_of(artist)
    return (box.x0, box.x1), (box.y0, box.y1)


def find_marks(marks: list[Mark], label: Label, within: float = NEAR) -> list[Mark]:
    """The marks that a label stands at: the one that it is; that in whose row of words it stands;
    else of those in its panel (for words on a bare sheet: in any) no farther than `within` pixels
    the nearest."""
    own = [mark for mark in marks if isinstance(mark.artist, Text)]
    own = [mark for mark in own if mark.artist.axes is label.axes]
    own = [mark for mark in own if read_anchor(mark.artist) == label.at]
    if own:
        return own
    rows = [mark for mark in marks if mark.holds(label)]
    if rows:
        return rows
    reach, sheet = [], not label.axes.axison
    for mark in marks:
        if mark.artist.axes is not label.axes and not (sheet and mark.line is None):
            continue
        gaps = [
            max(low - at, at - high, 0.0)
            for at, (low, high) in zip(label.at, mark.box)
            if at is not None
        ]
        reach.append((float(np.hypot(*(gaps if len(gaps) == 2 else [*gaps, 0.0]))), mark))
    nearest = min((gap for gap, _ in reach), default=np.inf)
    if nearest > within:
        return []
    if tied := [mark for _, mark in reach if is_tied(label, mark)]:
        return tied
    return [mark for gap, mark in reach if gap <= max(nearest, NEAR)]


def is_tied(label: Label, mark: Mark) -> bool:
    """Whether a label is tied to the middle of a mark: of dots that touch it means this one."""
    if None in label.at:
        return False
    middle = [(low + high) / 2 for low, high in mark.box]
    return bool(np.hypot(*np.subtract(label.at, middle)) < 1)


# --- quotations ----------------------------------------------------------------------------------


IN_TITLE = re.compile(r",? in “[^“”]*”")  # "no source named, in “The siege of Kell”"
COMPARED = re.compile(r", besides “([^”]*)”(?: (\w+))?")
ASIDE = re.compile(r"(“([^”]*)”) \([^)]*\)")


def drop_asides(words: str, quote: str) -> str:
    """A label without what it says in brackets behind other quotations than this one, and so of
    them alone."""
    return ASIDE.sub(lambda aside: aside[0] if aside[2] == quote else aside[1], words)


def drop_compared(words: str, rows: list, tables: Tables) -> str:
    """A label without the figure that its own is compared with ("fighters, besides “at least 22”
    civilians"), where the words of its claim hold that figure, of such people."""
    match = COMPARED.search(words)
    if match is None:
        return words
    for row in rows:
        for other in tables.claims.itertuples():
            held = other.doc_id == row["doc_id"] and row["start"] <= other.number_start < row["end"]
            people = PEOPLE.get(match[2] or "", other.affected)
            if held and smooth(other.number) == smooth(match[1]) and other.affected == people:
                return words.replace(match[0], "")
    return words


def is_title(quote: str, words: str, rows: list, tables: Tables) -> bool:
    """Whether a label names with it the text of a claim that it stands at."""
    titles = dict(zip(tables.documents["doc_id"], tables.documents["title"], strict=True))
    title = " ".join(quote.split())
    return f"in “{title}”" in words and any(titles[row.doc_id] == title for row in rows)


def check_quotes(chart, tables: Tables) -> list[str]:
    """Every quotation at a mark against the claims of the mark: its number's words, and all that
    the label says beside them."""
    claims, found = tables.claims.set_index("claim_id", drop=False), []
    marks, labels = measure_marks(chart), list_labels(chart, tables)
    for label in labels:
        if is_reading(marks, label):
            continue
        near = find_marks(marks, label, NEAR if label.axes.axison else REACH)
        behind = [key for mark in near for key in split(mark.row.claims)]
        rows = [claims.loc[key] for key in dict.fromkeys(behind) if key in claims.index]
        words = drop_compared(" ".join(label.words.split()), rows, tables)
        quotes = [(quote, False) for quote in QUOTED.findall(words)]
        quotes = quotes or [(quote, True) for quote in CUT.findall(words)]
        for quote, cut in quotes:
            if is_title(quote, words, rows, tables):
                continue
            said = [row for row in rows if is_quoted(quote, cut, row, tables)]
            if not said:
                names = [mark.row.mark_id for mark in near]
                found.append(f'{chart.name}: "{words}" stands at {names}, which say no such words')
                continue
            beside = " ".join(read_columns(mark.artist) for mark in near)
            beside += " ".join(one.words for one in labels if any(m.holds(one) for m in near))
            own = drop_asides(words, quote)
            faults = [hold_label(own, row, tables, beside) for row in said]
            if all(faults):
                ids = [row["claim_id"] for row in said]
                found += [f'{chart.name}: "{words}" at {ids}: {fault}' for fault in faults[0]]
    return found


def is_reading(marks: list[Mark], label: Label) -> bool:
    """Whether a label belongs to readings of a question, which check_reading_lines holds against
    their table."""
    return any(mark.row.kind == "reading" for mark in marks if mark.artist.axes is label.axes)


def read_columns(artist) -> str:
    """The label of the column that a mark stands in, where its panel has columns of words."""
    points = read_points(artist, "x")
    ticks = [tick for tick in read_ticks(artist.axes, "x") if read_number(tick.words) is None]
    if not points or is_time(artist.axes, "x"):
        return ""
    return " ".join(tick.words for tick in ticks if np.isclose(tick.at, points).any())


def drop_cut(words: str) -> str:
    """A label without its last part where that is cut short, unless what is left of it reads as a
    whole."""
    if not words.endswith("…"):
        return words
    parts = words.rstrip(" …").split(" · ")
    left = parts.pop()
    days = find_days(left, 2000)
    if left[:1].isupper() and " " not in left or any(days) and days[0].end == len(left):
        parts.append(left)
    return " · ".join(parts)


def check_reading_lines(chart, tables: Tables) -> list[str]:
    """What is written beside readings: a question, a reading of it or what explains it, word by
    word, or a part of it where it runs over lines; the reading stands at its own mark."""
    found, readings, marks = [], tables.readings, measure_marks(chart)
    for label in list_labels(chart, tables):
        if not is_reading(marks, label):
            continue
        words = " ".join(label.words.split()).rstrip(" …")
        columns = ("question", "reading", "explanation", "why")
        if not any(words in cell for column in columns for cell in readings[column]):
            found.append(f'{chart.name}: "{words}" is in no row of disagreements.csv')
    lines = [label for label in list_labels(chart, tables) if label.at[1] is not None]
    for mark in marks:
        low, high = mark.box[1]
        beside = [
            label.words.rstrip(" …")
            for label in lines
            if label.axes is mark.artist.axes and low - 1 <= label.at[1] <= high + 1
        ]
        if mark.row.kind == "reading" and not any(map(mark.row.words.startswith, beside)):
            found.append(f"{chart.name}: beside {mark.row.mark_id} stands another reading")
    return found


def is_quoted(quote: str, cut: bool, claim, tables: Tables) -> bool:
    """Whether a quotation is a claim's number, alone or with the words beside it (an article with
    its noun), its dating words, the number of what it is a part of, or words of an event."""
    words = smooth(quote)
    if words.endswith("…"):
        words, cut = words.rstrip(" …"), True
    number, exact = smooth(claim["number"]), smooth(claim["exact"])
    if not number:
        return words in exact
    if words in (number, smooth(claim["date_exact"])) or (cut and number.startswith(words)):
        return True
    if number in words and words in exact:
        return True
    if words.isalpha() and re.search(rf"\b{words}\b", exact) and claim["topic"] == "casualties":
        return True  # a party's own word for whom it counts
    wholes = [*split(claim["part_of"]), *split(claim["same_as"])]
    if words in [smooth(tables.by_id[key]["number"]) for key in wholes if key in tables.by_id]:
        return True
    text = smooth(tables.texts[claim["doc_id"]][int(claim["number_start"]) :][:200])
    own_noun = text.startswith(words) or exact.startswith(words)
    return number.lower() in ("a", "an") and own_noun


def hold_label(words: str, claim, tables: Tables, beside: str = "") -> list[str]:
    """What a label says beside its quotation, against the claim: days, place, people, measure,
    stance, source. `beside`: what the figure says of the mark elsewhere."""
    plain, found = drop_cut(QUOTED.sub(" ", words)), []
    plain = re.sub(re.escape(f" of {claim['base']}"), " ", plain) if claim["base"] else plain
    last = claim["date_end"]
    for day, month in BY.findall(plain):  # a total by a day is of the days before it too
        if (int(day), month[:3]) != (last.day, f"{last:%b}"):
            found.append(f"its last day is {last.date()}")
    plain = BY.sub(" ", plain)
    for days in find_days(plain, tables.year):
        if not days.fits(claim["date_start"], claim["date_end"]):
            first, last = (day.date() for day in (claim["date_start"], claim["date_end"]))
            found.append(f"its days are {first} to {last}")
    named, own = name_places(plain, tables), list_own_places(claim, tables)
    if named and not set(named) & own:
        found.append(f"its place is {claim['place']}")
    found += _hold_coding(plain, claim)
    if claim["assertion"] != "reported" and not tells_stance(f"{words} {beside}", claim):
        found.append(f"it is {claim['assertion']}, which the label does not say")
    for source in name_known_sources(plain, tables):
        if source not in split(claim["source_original"]):
            found.append(f"its source is {claim['source_original'] or 'unnamed'}")
    return found


def _hold_coding(plain: str, claim) -> list[str]:
    """What words say of people, measure and stance, against the claim."""
    found = []
    for word, who in PEOPLE.items():
        if re.search(rf"\b{word}\b", plain) and claim["affected"] not in (who, "mixed"):
            found.append(f"it counts {claim['affected'] or 'nobody in particular'}")
    for pattern, measures in MEASURES.items():
        if re.search(rf"\b(?:{pattern})\b", plain, re.I) and claim["measure"] not in measures:
            found.append(f"its measure is {claim['measure']}")
    for word, stance in STANCES.items():
        if re.search(rf"\b{word}\b", plain) and claim["assertion"] != stance:
            found.append(f"it is {claim['assertion']}")
    return found


def tells_stance(words: str, claim) -> bool:
    """Whether words say that a claim is a party's, denied or expected, or name whose it is."""
    speakers = [*split(claim["source_original"]), *split(claim["actor"])]
    if any(re.search(rf"\b{re.escape(name)}\b", words) for name in speakers):
        return True
    told = (
        r"\bclaimed\b|party|own account|announce|den(?:y|ied|ies)|expect|plan|forecast|accord"
        r"|\bsa(?:ys?|id)\b"
    )
    return bool(re.search(told, words, re.I))


def tame(words: str, tables: Tables) -> str:
    """Words in which a place whose name holds a quotation or a number ("the “liberated areas” (HTS,
    5 December)") bears it with other signs, so that neither is read as one."""
    for pattern, name in tables.odd_names:
        words = pattern.sub(name, words)
    return words


def name_places(words: str, tables: Tables) -> list[str]:
    """Keys of the places that words name, as they stand one after the other; the longest name
    counts, so that "Outskirts of Homs" is not Homs."""
    found, left = [], tame(words, tables)
    for title in tables.documents["title"]:
        left = left.replace(title, " " * len(title))
    for key, pattern in tables.place_patterns:
        for match in pattern.finditer(left):
            found.append((match.start(), key))
            left = left[: match.start()] + " " * len(match[0]) + left[match.end() :]
    return [key for _, key in sorted(found)]


def list_own_places(claim, tables: Tables) -> set[str]:
    """The places of a claim, with the parts of a total over places, and where it went to."""
    keys = {*split(claim["place"]), *split(claim["place_to"])}
    parts = tables.places["parts"]
    return keys | {part for key in keys if key in parts.index for part in split(parts[key])}


def name_known_sources(words: str, tables: Tables) -> list[str]:
    """The sources that words name; not where they stand in the name of a side or a place, as in
    "HTS coalition"."""
    sides = {
        name
        for column in ("actor", "affected_side")
        for cell in tables.claims[column]
        for name in split(cell)
    }
    known = {source for cell in tables.claims["source_original"] for source in split(cell)} - sides
    names = [*sides, *map(tame_name, tables.places["name"])]
    for name in sorted(names, key=len, reverse=True):
        words = words.replace(name, " ")
    return [name for name in known if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)]


# --- days and places at marks --------------------------------------------------------------------


def check_days_at_marks(chart, tables: Tables) -> list[str]:
    """Labels without a quotation that give days: those of the mark that they stand at. A place's
    days are those that every text allows for its capture, or, where a label's verb is another, for
    what the verb says."""
    found, marks = [], measure_marks(chart)
    for label in list_labels(chart, tables):
        words = IN_TITLE.sub("", " ".join(label.words.split()))
        if "“" in words or is_scale(label) or is_reading(marks, label):
            continue
        said = find_days(drop_cut(words), tables.year)
        near = find_marks(marks, label, REACH)
        if not said or not near:
            continue
        for days in said:
            right = [list_right_days(mark.row, words, tables) for mark in near]
            if not any(days.fits(*pair) for pairs in right for pair in pairs):
                found.append(
                    f'{chart.name}: "{words}" stands at {[mark.row.mark_id for mark in near]}, '
                    "whose days are "
                    f"{[[day.date() for day in pair] for pairs in right for pair in pairs]}"
                )
    return found


def is_scale(label: Label) -> bool:
    """Whether a label belongs to a colour bar."""
    return label.axes.get_label() == "<colorbar>"


def list_right_days(row, words: str, tables: Tables) -> list[tuple]:
    """The days that a label at a mark may give."""
    claims = tables.claims[tables.claims["claim_id"].isin(split(row.claims))]
    if row.kind == "document":
        about = tables.documents.set_index("doc_id").loc[row.documents]
        return [(about["first"], about["last"])]
    claims = claims[claims["date_start"].notna()]
    verbs = {measure for verb, measure in VERBS.items() if re.search(rf"\b(?:{verb})\b", words)}
    if " sites at " in words:  # from the first day of one to the last of another
        days = [meet_days(own) for _, own in claims.groupby("place")]
        return [(min(first for first, _ in days), max(last for _, last in days))]
    taken = claims[claims["measure"] == "captured"]
    if verbs - {"captured"}:
        claims = claims[claims["measure"].isin(verbs)]
        if claims.empty:
            return []
        return [(claims["date_start"].min(), claims["date_end"].max()), meet_days(claims)]
    if len(taken) and row.kind == "group":
        return list_capture_days(taken, tables)
    return [meet_days(claims)] if len(claims) else []


def list_capture_days(taken: pd.DataFrame, tables: Tables) -> list[tuple]:
    """The days of a mark's captures: of its place by the side whose advance it is, where it gathers
    all of these; else of the captures that it gathers."""
    rows = list_captures(tables, find_route(tables)[1])
    days, found = date_captures(tables, find_route(tables)[1]), []
    for key, mine in rows.groupby("key"):
        if set(mine["claim_id"]) <= set(taken["claim_id"]):
            found.append(days[key])
    return found or [meet_days(taken)]


LEFT_OUT = "Captures not shown"


def list_captured(tables: Tables, drawn: set[str] | None = None) -> set[str]:
    """The places that claims, or those of them that are drawn, tell the capture of."""
    claims = tables.claims[tables.claims["measure"] == "captured"]
    if drawn is not None:
        claims = claims[claims["claim_id"].isin(drawn)]
    return {key for cell in claims["place"] for key in split(cell)}


def check_places_at_marks(chart, tables: Tables) -> list[str]:
    """Labels that name places: the marks they stand at are of one of them."""
    found, marks = [], measure_marks(chart)
    for label in list_labels(chart, tables):
        words = " ".join(QUOTED.sub(" ", label.words).split())
        named = set(name_places(drop_cut(words), tables))
        near = find_marks(marks, label, REACH if None in label.at else 2 * NEAR)
        if words.startswith(LEFT_OUT):
            drawn = {key for cell in chart.marks["claims"] for key in split(cell)}
            if named & list_captured(tables, drawn) or not named <= list_captured(tables):
                found.append(f'{chart.name}: "{words}" is shown, or was not captured')
            continue
        if not named or not near or is_reading(marks, label):
            continue
        behind = {key for mark in near for key in split(mark.row.claims)}
        rows = tables.claims[tables.claims["claim_id"].isin(behind)]
        here = {key for _, row in rows.iterrows() for key in list_own_places(row, tables)}
        actors = {name for cell in rows["actor"] for name in split(cell)}
        actors |= {name for cell in rows["affected_side"] for name in split(cell)}
        if {tables.places.loc[key, "name"] for key in named} <= actors:
            continue
        route = {tables.settings.get("route", {}).get("target")}
        whole = {str(tables.places.loc[key, "name"]) for key in here & set(tables.places.index)}
        if any(name.startswith(words) for name in whole):
            continue  # the first line of a name that is broken
        if here and not named & (here | route if "km" in words else here):
            found.append(f'{chart.name}: "{words}" stands at marks of {sorted(here)}')
    return found


def check_colour_bar(chart, tables: Tables) -> list[str]:
    """Marks coloured by day: the colour of each is, on the colour bar, that of the first day of its
    capture."""
    bars = [axes for axes in chart.figure.axes if axes.get_label() == "<colorbar>"]
    found, days = [], date_captures(tables, find_route(tables)[1])
    for bar in bars:
        side = max(SIDES, key=lambda side: len(read_ticks(bar, side)))
        places = {
            said[0].first: tick.at
            for tick in read_ticks(bar, side)
            if (said := find_days(tick.words, tables.year))
        }
        mesh = next(one for one in bar.collections if one.get_array() is not None)
        for row, artist in list_marks(chart):
            if row.kind != "group" or row.mark_id not in tables.places.index:
                continue
            found += [
                f"{chart.name}: {row.mark_id} {fault}"
                for fault in _check_colour(artist, days.get(row.mark_id), places, mesh)
            ]
    return found


def _check_colour(artist, days, places: dict, mesh) -> list[str]:
    face = read_face(artist)
    if days is None:
        return [] if face == "#ffffff" else ["is filled, and no text has it captured"]
    told = sorted(places)
    numbers = [place_day(day) for day in told]
    at = np.interp(place_day(days[0]), numbers, [places[day] for day in told])
    wanted = matplotlib.colors.to_hex(mesh.cmap(mesh.norm(at)))
    worn = face if face != "#ffffff" else matplotlib.colors.to_hex(artist.get_markeredgecolor())
    if worn != wanted:
        return [f"is {worn}; its first day, {days[0].date()}, is {wanted} on the colour bar"]
    return []
