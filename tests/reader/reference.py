"""What stands beside the speeds and is no claim: said to be so, and as its table has it."""

import re
import tomllib
from functools import cache

from matplotlib.patches import Rectangle
from matplotlib.text import Text

from helpers.corpus.folders import REPOSITORY

from .canvas import is_reference, list_marks
from .tables import Tables
from .words import smooth

TABLE = REPOSITORY / "helpers/charts/advance/reference.toml"
FOOT = "The grey band"
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]*\w)")
MUST = "Not from these texts"


@cache
def load_rows() -> list[dict]:
    told = tomllib.loads(TABLE.read_text("utf-8"))
    return [{**told, **row} for row in told["row"]]


def check_reference(chart, tables: Tables) -> list[str]:
    """Its words name their row of the table and give its numbers alone, whose they are and what
    they are not; its bands lie from the lower to the upper quartile."""
    artists = chart.figure.findobj(is_reference)
    words = " ".join(smooth(artist.get_text()) for artist in artists if isinstance(artist, Text))
    feet = [sentence for sentence in chart.refused if sentence.startswith(FOOT)]
    if not artists and not feet:
        return []
    rows = [row for row in load_rows() if f"{row['battles']} {row['words']}" in words]
    if len(rows) != 1 or len(feet) != 1:
        return [f'{chart.name}: "{words}" is no row of the table, or is not in the caption']
    found, [row] = [], rows
    for said in (words, *feet):
        found += _check_words(said, row)
    if MUST not in words:
        found.append(f'"{words}" does not say whose it is not')
    panels = {artist.axes for mark, artist in list_marks(chart) if mark.kind == "derived"}
    for band in (artist for artist in artists if isinstance(artist, Rectangle)):
        ends = (band.get_x(), band.get_x() + band.get_width())
        is_scaled = band.axes in panels and len(chart.panels) > 2
        if is_scaled and max(abs(ends[0] - row["lower"]), abs(ends[1] - row["upper"])) > 1e-6:
            found.append(f"a grey band runs from {ends[0]:g} to {ends[1]:g}")
    return [f"{chart.name}: {fault}" for fault in found]


def _check_words(said: str, row: dict) -> list[str]:
    """What a sentence on a row says that the row does not, or leaves out."""
    numbers = [float(row[name]) for name in ("battles", "lower", "median", "upper")]
    known = {*numbers, *map(float, NUMBER.findall(row["words"]))}
    said_plainly = said.replace(row["address"], "").replace(row["licence"], "")
    wrong = [number for number in NUMBER.findall(said_plainly) if float(number) not in known]
    found = [f'{number} in "{said}" is no number of the reference' for number in wrong]
    lacking = [row[name] for name in ("source", "caveats") if row[name] not in said]
    return found + [f'"{said}" does not say "{words}"' for words in lacking]
