"""What an editor would send back: the faults of a chart as it is printed, one sentence each.

Nothing here asks the code that drew the chart; it reads the drawn figure and the tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from helpers.charts.theme import MM
from helpers.corpus.places import split_values
from tests.charts.boxes import find_outside, find_overlaps, find_struck, list_boxes
from tests.reader.canvas import find_artists, is_time, read_points

HIGHEST_MM = 240.0
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
MORE = re.compile(r"\b(\d[\d,]*) more\b")
SUBJECTS = {  # figure → the topic whose rows it must draw, or say that it does not
    "displacement_over_time": "displacement",
    "casualties_over_time": "casualties",
}
NUMBERS = ["low", "best", "high"]
CLOSE = 0.01  # share by which a length may miss its number
SHORTEST_MM = 0.35  # of a bar; a shorter one would not be seen


def list_faults(chart) -> list[str]:
    """Every fault of a chart; none for one that is not drawn and says why."""
    if chart.figure is None:
        return [] if chart.absence else ["neither drawn nor absent"]
    return [fault for check in CHECKS for fault in check(chart)]


def check_overlaps(chart) -> list[str]:
    """No two lines of words run over each other."""
    pairs = find_overlaps(list_boxes(chart.figure))
    return [f'"{one.words}" runs over "{other.words}"' for one, other in pairs]


def check_struck(chart) -> list[str]:
    """No line is drawn through words."""
    struck = find_struck(list_boxes(chart.figure), chart.figure)
    return [f'a line runs through "{box.words}"' for box in struck]


def check_edges(chart) -> list[str]:
    """No line of words leaves the picture."""
    outside = find_outside(list_boxes(chart.figure), chart.figure)
    return [f'"{box.words}" leaves the picture' for box in outside]


def check_sizes(chart) -> list[str]:
    """No text is smaller than can be read; names on a map may be a little smaller in print."""
    least = SMALLEST[chart.width]
    if chart.name in MAPS and chart.width != "slide":
        least = SMALLEST_ON_MAP
    small = {box.size: box.words for box in list_boxes(chart.figure) if box.size < least - 1e-6}
    return [f'"{words}" is set in {size:g} pt' for size, words in small.items()]


def check_page(chart) -> list[str]:
    """The figure fits on a page beside its caption; a slide has the shape of a slide."""
    wide, high = (side / MM for side in chart.figure.get_size_inches())
    faults = []
    if high > HIGHEST_MM + 0.1:
        faults.append(f"it is {high:.0f} mm high")
    if chart.width == "slide" and chart.framed and abs(wide / high - 16 / 9) > 0.01:
        faults.append(f"a slide of {wide:.0f} × {high:.0f} mm")
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


def check_words(chart) -> list[str]:
    """No word of the trade, and no id of a text; what a text is quoted with is its own."""
    ids = {doc_id for doc_id in chart.study.documents["doc_id"] if doc_id.startswith("0")}
    said = [box.words for box in list_boxes(chart.figure)]
    said += [chart.title, chart.subtitle, chart.source_line, chart.note]
    faults = []
    for words in dict.fromkeys(said):
        bare = QUOTED.sub("", words)
        found = BANNED.findall(bare) + [word for word in DOC_ID.findall(bare) if word in ids]
        faults += [f'"{word}" in "{words}"' for word in found]
    return faults


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


def check_numbers(chart) -> list[str]:
    """Every dot stands at a number of its rows; the bars of a panel are as long as numbers of
    theirs, all at one scale."""
    if chart.name not in SUBJECTS:
        return []
    artists = find_artists(chart)
    coded = chart.study.coded.set_index("claim_id")
    faults, bars = [], []
    for row in chart.marks.itertuples():
        artist = artists.get(row.mark_id)
        if row.kind not in ("claim", "group") or artist is None:
            continue
        values = coded.loc[split_values(row.claims), NUMBERS].to_numpy().ravel()
        values = [float(value) for value in values if pd.notna(value)]
        if isinstance(artist, Line2D) and is_time(artist.axes, "x"):
            at = read_points(artist, "y")
            if len(at) == 1 and not _is_near(at[0], values):
                faults.append(f"{row.mark_id} stands at {at[0]:g}, its rows say {values}")
        elif isinstance(artist, Rectangle) and values:
            bars.append((row, artist, values))
    return faults + _check_lengths(bars)


def _check_lengths(bars: list) -> list[str]:
    """Bars that are as long as no number of theirs, at the scale of the bars in their column and
    block."""
    faults = []
    for left in sorted({round(artist.get_x(), 2) for _, artist, _ in bars}):
        column = [bar for bar in bars if round(bar[1].get_x(), 2) == left]
        scales = [
            (abs(artist.get_width()) / value, row.mark_id)
            for row, artist, values in column
            for value in values
            if value
        ]
        left_over = column
        while left_over:  # blocks of one column have each their scale: at most four
            scale = _find_scale(left_over, scales)
            fit = [bar for bar in left_over if _fits(bar, scale)]
            if len(fit) < 2 and len(left_over) > 1 and len(fit) < len(left_over):
                faults += [
                    f"{row.mark_id} is {artist.get_width():.2f} mm long, which is none of {values}"
                    for row, artist, values in left_over
                ]
                break
            left_over = [bar for bar in left_over if bar not in fit]
    return faults


def _find_scale(bars: list, scales: list) -> float:
    """The millimetres a person that most bars fit."""
    return max((scale for scale, _ in scales), key=lambda scale: sum(_fits(b, scale) for b in bars))


def _fits(bar: tuple, scale: float) -> bool:
    _, artist, values = bar
    length = abs(artist.get_width())
    return any(
        abs(length - value * scale) <= max(CLOSE * length, 0.02)
        or (value * scale < SHORTEST_MM and length <= 2 * SHORTEST_MM)
        for value in values
    )


def _is_near(at: float, values: list[float]) -> bool:
    return any(abs(at - value) <= CLOSE * max(value, 1) for value in values)


CHECKS: list[Callable] = [
    check_overlaps,
    check_struck,
    check_edges,
    check_sizes,
    check_page,
    check_title,
    check_words,
    check_foot,
    check_rows,
    check_numbers,
]
