"""What an editor would send back: the faults of a chart as it is printed, one sentence each.

Nothing here asks the code that drew the chart; it reads the drawn figure and the tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from helpers.charts.look.theme import MM
from helpers.corpus.places import split_values
from tests.charts.boxes import Box, find_outside, find_overlaps, find_struck, list_boxes
from tests.reader.canvas import find_artists, is_time, read_points

HIGHEST_MM, SLIDE_MM = 240.0, 190.5  # of a page; of a slide 338.7 mm wide, which is 16:9
SMALLEST = {"full": 7.0, "column": 7.0, "slide": 12.0}  # points
SMALLEST_ON_MAP = 6.5
MAPS = ("overview", "advance_map", "advance_map_by_day")
TITLE_LINES, SOURCE_WORDS, NOTE_WORDS = 2, 15, 25
BANNED = re.compile(
    r"\bclaim(?:s|ed|ing)?\b|\bcoded\b|\bcoding\b|\bcorpus\b|\brelay(?:s|ed|ing)?\b|\bscope\b|"
    r"\bpublisher unknown\b|\bunknown publisher\b|\bnone of them\b|\baccounted for\b|"
    r"\bdocuments?\b",
    re.IGNORECASE,
)
DOC_ID = re.compile(r"(?<![\d,.])0\d+(?![\d,.])")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
# not "1 more: “about 20” people", which stands there in words
COUNTED = re.compile(r"\b(\d[\d,]*) more\b(?!:)|Other places: (\d[\d,]*) figure")
IN_ALL = "In all, "  # of a note: counts what the rows count too
LEFT_OUT = re.compile(r"\b(\d[\d,]*) more not shown")
SUBJECTS = {  # figure → the topic whose rows it must draw, or say that it does not
    "displacement_over_time": "displacement",
    "casualties_over_time": "casualties",
}
NUMBERS = ["low", "best", "high"]
CLOSE = 0.01  # share by which a length may miss its number


def list_faults(chart) -> list[str]:
    """Every fault of a chart; none for one that is not drawn and says why."""
    if chart.figure is None:
        return [] if chart.absence else ["neither drawn nor absent"]
    boxes = list_boxes(chart.figure)
    faults = [fault for check in OF_BOXES for fault in check(chart, boxes)]
    return faults + [fault for check in OF_CHARTS for fault in check(chart)]


def check_overlaps(chart, boxes: list[Box]) -> list[str]:
    """No two lines of words run over each other."""
    pairs = find_overlaps(boxes)
    return [f'"{one.words}" runs over "{other.words}"' for one, other in pairs]


def check_struck(chart, boxes: list[Box]) -> list[str]:
    """No line is drawn through words."""
    struck = find_struck(boxes, chart.figure)
    return [f'a line runs through "{box.words}"' for box in struck]


def check_marks(chart) -> list[str]:
    """No dot is cut off by the edge of its panel."""
    faults = []
    for mark_id, artist in find_artists(chart).items():
        clip = artist.get_clip_box() if artist.get_clip_on() else None
        if not isinstance(artist, Line2D) or artist.get_marker() in ("None", None, "") or not clip:
            continue
        radius = artist.get_markersize() / 2 * chart.figure.dpi / 72
        points = artist.get_transform().transform(np.column_stack(artist.get_data(orig=False)))
        (left, lower), (right, upper) = clip.min, clip.max
        edges = np.column_stack([points - (left, lower), (right, upper) - points])
        if (edges < radius - 0.25).any():
            faults.append(f"the dot of {mark_id} is cut off")
    return faults


def check_edges(chart, boxes: list[Box]) -> list[str]:
    """No line of words leaves the picture."""
    outside = find_outside(boxes, chart.figure)
    return [f'"{box.words}" leaves the picture' for box in outside]


def check_sizes(chart, boxes: list[Box]) -> list[str]:
    """No text is smaller than can be read; names on a map may be a little smaller in print."""
    least = SMALLEST[chart.width]
    if chart.name in MAPS and chart.width != "slide":
        least = SMALLEST_ON_MAP
    small = {box.size: box.words for box in boxes if box.size < least - 1e-6}
    return [f'"{words}" is set in {size:g} pt' for size, words in small.items()]


def check_page(chart) -> list[str]:
    """The figure fits on a page beside its caption; a slide has the shape of a slide."""
    wide, high = (side / MM for side in chart.figure.get_size_inches())
    faults = []
    if high > HIGHEST_MM + 0.1:
        faults.append(f"it is {high:.0f} mm high")
    if chart.width == "slide" and chart.framed and abs(high - SLIDE_MM) > 0.01:
        faults.append(f"a slide of {wide:.1f} × {high:.1f} mm")
    return faults


def check_title(chart) -> list[str]:
    """The title stands in at most two lines, whole."""
    if not chart.framed:
        return []
    bare = "".join(chart.title.split())
    drawn = [
        text.get_text()
        for text in chart.figure.texts
        if "".join(text.get_text().split()).removesuffix("…")[:30] == bare[:30]
    ]
    if not drawn:
        return [f'the title "{chart.title}" is not drawn']
    faults = []
    if drawn[0].count("\n") >= TITLE_LINES:
        faults.append(f"its title has {drawn[0].count(chr(10)) + 1} lines")
    if "".join(drawn[0].split()) != bare:
        faults.append(f'its title is cut: "{drawn[0]}"')
    return faults


def check_words(chart, boxes: list[Box]) -> list[str]:
    """No word of the trade, and no id of a text; what a text is quoted with is its own."""
    ids = {doc_id for doc_id in chart.study.documents["doc_id"] if doc_id.startswith("0")}
    said = [box.words for box in boxes]
    said += [chart.title, chart.subtitle, chart.source_line, chart.note]
    faults = []
    for words in dict.fromkeys(said):
        bare = QUOTED.sub("", words)
        found = BANNED.findall(bare) + [word for word in DOC_ID.findall(bare) if word in ids]
        faults += [f'"{word}" in "{words}"' for word in found]
    return faults


def check_invented(chart, boxes: list[Box]) -> list[str]:
    """A picture of an invented war says so, with and without a frame."""
    said = {box.words for box in boxes}
    if not chart.study.is_invented or "Invented texts" in said:
        return []
    return ["it does not say that its texts are invented"]


def check_foot(chart) -> list[str]:
    """Source line and note are short."""
    lines = (("source line", chart.source_line, SOURCE_WORDS), ("note", chart.note, NOTE_WORDS))
    return [
        f"its {what} has {len(words.split())} words: {words}"
        for what, words, most in lines
        if len(words.split()) > most
    ]


def check_rows(chart) -> list[str]:
    """Of the rows given each is drawn, or left out and counted, and none is both."""
    drawn = set(chart.claim_ids)
    out = [claim for group in chart.left_out for claim in group.claims]
    faults = [f"{claim} is drawn and left out" for claim in sorted(drawn & set(out))]
    if len(out) != len(set(out)):
        faults.append("a row is left out twice")
    topic = SUBJECTS.get(chart.name)
    if topic is None:
        return faults
    claims = chart.study.all_claims
    given = set(claims["claim_id"][claims["topic"] == topic])
    vanished = sorted(given - drawn - set(out))
    if vanished:
        faults.append(f"{len(vanished)} rows are neither drawn nor left out: {vanished[:5]}")
    return faults


def check_counts(chart, boxes: list[Box]) -> list[str]:
    """Figures for which there was no room are counted in the picture, all of them: the counts of
    its rows add up to them, or the note says how many they are in all, more than its rows count."""
    told = LEFT_OUT.search(chart.alt)
    if chart.name not in SUBJECTS or not told:
        return []
    words = [box.words for box in boxes if " ".join(box.text.get_text().split()) != chart.note]
    words.append(chart.note)  # once, and without a frame too
    counts = [_read_count(count) for said in words for count in COUNTED.findall(said)]
    left = _read_count(told.groups())
    rows = counts[:-1] if IN_ALL in chart.note else counts
    if sum(rows) == left or (rows != counts and sum(rows) < left == counts[-1]):
        return []
    return [f"it leaves out {told[1]} figures for want of room, and counts {counts} of them"]


def _read_count(found) -> int:
    """The number that one of several groups caught."""
    return int("".join(found).replace(",", ""))


def check_numbers(chart) -> list[str]:
    """Every dot stands at a number of its rows, and every bar is as long as one, from 0 on a linear
    scale."""
    if chart.name not in SUBJECTS:
        return []
    artists = find_artists(chart)
    coded = chart.study.coded.set_index("claim_id")
    faults = []
    for row in chart.marks.itertuples():
        values = coded.loc[split_values(row.claims), NUMBERS].to_numpy().ravel()
        values = [float(value) for value in values if pd.notna(value)]
        for side, start, end in _read_ends(artists[row.mark_id]):
            if not _is_near(end, values):
                faults.append(f"{row.mark_id} stands at {end:g}, its rows say {values}")
            if start or getattr(artists[row.mark_id].axes, f"get_{side}scale")() != "linear":
                faults.append(f"{row.mark_id} is not drawn from 0 on a linear scale")
    return faults


def _read_ends(artist) -> list[tuple[str, float, float]]:
    """(side, start, end) of an artist along an axis of numbers: a bar's length, a dot's height; of
    one that shows days alone, nothing."""
    if isinstance(artist, Rectangle) and not is_time(artist.axes, "x") and _has_ink(artist):
        start, end = read_points(artist, "x") or (0.0, 0.0)
        return [("x", start, end)]
    if isinstance(artist, Line2D) and is_time(artist.axes, "x") and not is_time(artist.axes, "y"):
        return [("y", 0.0, height) for height in read_points(artist, "y") or []]
    return []


def _has_ink(artist: Rectangle) -> bool:
    """Whether a rectangle is seen; one that only takes clicks stands for no number."""
    return artist.get_facecolor()[3] > 0 or artist.get_edgecolor()[3] > 0


def _is_near(at: float, values: list[float]) -> bool:
    return any(abs(at - value) <= CLOSE * max(value, 1) for value in values)


OF_BOXES: list[Callable] = [
    check_overlaps,
    check_struck,
    check_edges,
    check_sizes,
    check_words,
    check_invented,
    check_counts,
]
OF_CHARTS: list[Callable] = [
    check_marks,
    check_page,
    check_title,
    check_foot,
    check_rows,
    check_numbers,
]
