"""What is written within the panels of a chart, beside quotations and days: numbers at marks, and
derived marks."""

import re

import numpy as np
from matplotlib.text import Text

from .advance import is_key
from .canvas import is_time, list_marks, read_points
from .facts import Scene, is_written
from .labels import (
    PEOPLE,
    Label,
    Mark,
    drop_cut,
    find_marks,
    is_reading,
    is_scale,
    list_labels,
    measure_marks,
)
from .legend import is_title
from .numbers import compute, read_operand, read_pieces
from .tables import Tables, list_values, split
from .words import QUOTED, find_days, find_numbers

SIGN = re.compile(r"\s([÷×−=≈])\s")
NUMBERED = re.compile(r"\btext (\d+)\b")  # a text without a publisher, at its statement
LEFT_TO_TABLE = re.compile(r"(\d+) more not shown|Other places: (\d+) figures?[^.]*")
NAMED = re.compile(r"(\d+) more:")
COLUMNS = ("x", "low", "best", "high", "value", "km", "days", "computed_km")


def check_writing(chart, tables: Tables) -> list[str]:
    """Every number that is written in a panel, outside quotations and days: it is one of the mark
    that it stands at, counts its claims, or says a fact of them."""
    found, marks = [], measure_marks(chart)
    for label in list_labels(chart, tables):
        words = " ".join(label.words.split())
        for number in NUMBERED.findall(words):
            own = {doc for mark in find_marks(marks, label) for doc in split(mark.row.documents)}
            if int(number) not in {int(doc) for doc in own if doc.isdigit()}:
                found.append(f'{chart.name}: "{words}" stands at {sorted(own)}')
        words = NUMBERED.sub(" ", words)
        words = NAMED.sub(" ", LEFT_TO_TABLE.sub(" ", words))  # check_left_to_table holds these
        plain = blot_days(QUOTED.sub(lambda match: "•" * len(match[0]), drop_cut(words)), tables)
        if not find_numbers(plain) or is_scale(label) or is_reading(marks, label):
            continue
        if is_key(words) and chart.name.startswith(("advance", "overview")):
            continue  # the number of a place, which check_numbering holds
        if doc_id := read_text(words, tables):
            if not is_at_text(marks, label, doc_id):
                found.append(f'{chart.name}: "{words}" stands at marks of other texts')
        elif not is_plain(label, plain, find_marks(marks, label), tables):
            part = Part(chart, tables, find_marks(marks, label, np.inf))
            lines = LEFT_TO_TABLE.sub(" ", NUMBERED.sub(" ", drop_cut(label.words)))
            lines = NAMED.sub(" ", lines)
            lines = re.sub(r"(?<=\d)\n(?=[a-z])", " ", lines).replace("\n", "; ")
            pieces = {"panel": blot_days(lines, tables)}
            found += [fault for reading in read_pieces(part, pieces) for fault in reading.found]
    return found


def check_left_to_table(chart, tables: Tables) -> list[str]:
    """How many statements a figure leaves to the table: the alt text counts those of the subject
    that no mark rests on and no reason but room keeps out; panels and note together count these;
    what a panel counts and then names stands beside its number."""
    left = [group for group in chart.left_out if "no room" in group.words]
    wanted = sum(len(group.claims) for group in left)
    told = sum(int(number) for number in re.findall(r"(\d+) more not shown", chart.alt))
    found = []
    if told != wanted:
        found.append(f"{chart.name}, alt: {told} more not shown, and there are {wanted}")
    labels = list_labels(chart, tables)
    counts = [match for label in labels for match in LEFT_TO_TABLE.findall(label.words)]
    shown = sum(int(one or other) for one, other in counts)
    if shown > wanted:
        found.append(f"{chart.name}, panels: {shown} more not shown, and there are {wanted}")
    for lead in labels:
        if counted := NAMED.search(lead.words):
            beside = sum(is_named_beside(label, lead) for label in labels)
            if beside != int(counted[1]):
                found.append(f"{chart.name}, panels: {beside} named behind “{lead.words}”")
    if chart.name == "advance_map":  # whose panel counts places, which check_undrawn holds
        return found
    noted = sum(map(int, re.findall(r"(\d+) more figures? (?:is|are) not", chart.note)))
    if (noted if "In all" in chart.note else shown + noted) != told:
        found.append(f"{chart.name}, note: {shown} + {noted} more, and the alt text says {told}")
    return found


def is_named_beside(label, lead) -> bool:
    """Whether a figure in words stands on the line of a number of those without a row, or on the
    next: “1,100” in camps, 9 Sep."""
    below = lead.at[1] - label.at[1]
    return bool(re.match(r"“[^”]+” [^,]+, ", label.words)) and -6 < below < 28


def read_text(words: str, tables: Tables) -> str:
    """The number of the text that a label names by it, alone or with its title; "" where it names
    none, or gives it another's title."""
    titles = dict(zip(tables.documents["doc_id"], tables.documents["title"]))
    doc_id, _, title = words.partition(" ")
    if doc_id in titles and (not title or is_title(title, titles[doc_id])):
        return doc_id
    return ""


def is_at_text(marks: list[Mark], label: Label, doc_id: str) -> bool:
    """Whether the number of a text stands beside a mark of it: on its height, or, for the label of
    a row or column, nearer to it than to any other, in whichever panel."""
    if None not in label.at:
        here = [mark for mark in marks if mark.artist.axes is label.axes]
        here = [mark for mark in here if mark.box[1][0] - 1 <= label.at[1] <= mark.box[1][1] + 1]
        return any(doc_id in split(mark.row.documents) for mark in here)
    side = "x" if label.at[1] is None else "y"
    siblings = getattr(label.axes, f"get_shared_{side}_axes")().get_siblings(label.axes)
    pixel = (label.at[0] or 0.0, label.at[1] or 0.0)
    at = label.axes.transData.inverted().transform(pixel)["xy".index(side)]
    gaps = [
        (min(abs(point - at) for point in points), doc_id in split(mark.row.documents))
        for mark in marks
        if mark.artist.axes in siblings and (points := read_points(mark.artist, side))
    ]
    nearest = min((gap for gap, _ in gaps), default=0.0)
    return any(own for gap, own in gaps if gap <= nearest + 1e-9)


def blot_days(words: str, tables: Tables) -> str:
    """Words with their days blotted out, save in quotations; labels.check_days_at_marks holds
    these."""
    quotes = [match.span() for match in QUOTED.finditer(words)]
    for days in find_days(words, tables.year):
        if any(start <= days.start < end for start, end in quotes):
            continue
        words = words[: days.start] + "•" * (days.end - days.start) + words[days.end :]
    return words


class Part(Scene):
    """A chart as far as some of its marks go."""

    def __init__(self, chart, tables: Tables, near: list[Mark]):
        super().__init__(chart, tables)
        named = {mark.row.mark_id for mark in near}
        self.marks = self.marks[self.marks["mark_id"].isin(named)]


def is_plain(label: Label, words: str, near: list[Mark], tables: Tables) -> bool:
    """Whether a label whose only words are a number, and perhaps what it counts, is true of the
    mark at which it stands: a value of it or of its claim, how many claims it gathers, or where it
    stands on the axes."""
    numbers = find_numbers(words)
    if re.fullmatch(r"[\d,.]+ to [\d,.]+", words):  # both ends are of one mark
        ends = [value for _, _, value in numbers]
        rows = [mark.row for mark in near]
        known = [[getattr(row, name, None) for name in ("low", "high")] for row in rows]
        return any(None not in pair and all(map(is_written, ends, pair)) for pair in known)
    rest = re.sub(r"[•·“”\s]", "", words)
    for start, end, _ in numbers:
        rest = rest.replace(words[start:end].replace(" ", ""), "", 1)
    if len(numbers) != 1:
        return False
    value = numbers[0][2]
    if re.fullmatch(r"(?:people)?aday", rest):
        return is_guide(label, value)
    if re.fullmatch(r"km", rest) and is_bar_of_scale(label, value, tables):
        return True
    if rest not in ("", "inall", "others", *PEOPLE):
        return False
    if not near:
        return value == 0  # an empty cell
    claims = tables.claims.set_index("claim_id", drop=False)
    for row in (mark.row for mark in near):
        if rest in PEOPLE and PEOPLE[rest] not in set(
            tables.claims[tables.claims["claim_id"].isin(split(row.claims))]["affected"]
        ):
            continue
        mine = [claims.loc[key] for key in split(row.claims) if key in claims.index]
        known = [getattr(row, name, None) for name in COLUMNS]
        known += [number for claim in mine for number in list_values(claim)]
        known += [len(mine)] if row.kind == "group" else []
        if any(
            isinstance(one, int | float) and one == one and is_written(value, one) for one in known
        ):
            return True
    return False


def is_guide(label: Label, value: float) -> bool:
    """Whether a label "10 a day" stands where people are ten times the days: on a line of so many a
    day."""
    x, y = label.axes.transData.inverted().transform(label.at) if None not in label.at else (0, 0)
    axes = label.axes
    counts = "day" in axes.get_xlabel() and not is_time(axes, "x")
    return bool(counts and x and np.isclose(y / x, value, rtol=1e-6))


def is_bar_of_scale(label: Label, km: float, tables: Tables) -> bool:
    """Whether a label stands over a bar on a map that is so long."""
    if None in label.at:
        return False
    x, y = label.axes.transData.inverted().transform(label.at)
    latitude = np.mean(label.axes.get_ylim())
    degree = 2 * np.pi * 6371.0088 / 360 * np.cos(np.radians(latitude))
    for line in label.axes.lines:
        points = [read_points(line, side) for side in "xy"]
        if None in points or len(points[0]) != 2 or points[1][0] != points[1][1]:
            continue
        if points[0][0] <= x <= points[0][1] and abs(points[1][0] - y) < 0.3:
            return bool(np.isclose((points[0][1] - points[0][0]) * degree, km, rtol=1e-3))
    return False


def check_derived(chart, tables: Tables) -> list[str]:
    """Every derived mark: what its formula says comes to what it plots, and it stands there."""
    found = []
    for row, artist in list_marks(chart):
        if row.kind != "derived":
            continue
        say = f'{chart.name}: derived mark {row.mark_id} ("{row.words}")'
        parts = SIGN.split(row.words)
        ends = [read_operand(part) for part in parts[::2]]
        plotted = [getattr(row, name, None) for name in ("x", "low", "best", "high")]
        plotted = [one for one in plotted if isinstance(one, int | float) and one == one]
        if not plotted and "day" in row.words:
            pieces = read_pieces(Scene(chart, tables), {f"mark {row.mark_id}": row.words})
            found += [fault for reading in pieces for fault in reading.found]
            continue
        if len(parts) < 3 or None in ends:
            found.append(f"{say} has no formula that can be read")
            continue
        (low, high), said = compute(
            [as_share(end, part) for end, part in zip(ends, parts[::2])], parts[1::2]
        )
        rounded = 0.5 / ends[0][0] if "km" in parts[0] else 0.0
        for value in plotted:
            if not any(np.isclose(value, end, rtol=5e-3 + rounded) for end in (low, high)):
                found.append(f"{say} plots {value:g}, and comes to {low:g} to {high:g}")
        if isinstance(artist, Text):
            found += [f"{say} {fault}" for fault in check_said(artist.get_text(), plotted)]
            continue
        places = [read_points(artist, side) for side in "xy" if not is_time(artist.axes, side)]
        if any(is_time(artist.axes, side) for side in "xy") or not plotted:
            continue
        if not any(stands(points, plotted) for points in places if points):
            found.append(f"{say} stands at {places}, and plots {plotted}")
    return found


def check_said(words: str, values: list[float]) -> list[str]:
    """A derived mark that is words says its values, each as it may be written."""
    said = [value for _, _, value in find_numbers(words)]
    if not values:
        return []
    right = len(said) in (1, len(values)) and all(
        any(is_written(one, value) for value in values) for one in said
    )
    return [] if right else [f'says "{words}", and plots {values}']


def as_share(pair: tuple, words: str) -> tuple:
    """A part of a sum that says a percentage, as the fraction that it is."""
    return tuple(end / 100 for end in pair) if "%" in words or "percent" in words else pair


def stands(points: list[float], values: list[float]) -> bool:
    """Whether points are at such values, or the ends of a bar as long as one."""
    if all(np.isclose(point, values).any() for point in points):
        return True
    return bool(np.isclose(max(points) - min(points), values).any())
