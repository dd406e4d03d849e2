"""Theme: sizes by width, colours by role, and matplotlib's settings while a chart is drawn.

Sizes are printed sizes: millimetres and points. A chart takes both from `find_look(study)`:

    look = find_look(study)
    plot.text(0, 0, "…", size=look.label, color=look.colour["text"])

Here as in every module of charts matplotlib is imported where something is drawn: it takes as long
to import as pandas, and a notebook that stops at a wrong parameter should not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from functools import wraps
from typing import TYPE_CHECKING, Any

from helpers.charts.look.fonts import (
    FAMILIES,
    list_families,
    measure_line,
    register_fonts,
    share_extents,
    space_evenly,
    use_fonts,
)
from helpers.charts.look.style import find_style

if TYPE_CHECKING:
    from matplotlib.typing import RcKeyType

    from helpers.analysis.selection import Study
    from helpers.charts.chart import Chart

Looks = dict[str, Any]  # how matplotlib is to draw something: colour, width, size and so on
MM = 1 / 25.4  # inches
POINT = 25.4 / 72  # millimetres
LEADING = 1.2  # height of a line of text, in sizes of its letters

COLOUR: Mapping[str, str] = {  # role → colour; says what is counted, never which text
    "text": "#1B1B1B",
    "secondary": "#595959",
    "advance": "#4A1F70",
    "casualties": "#9B1C31",
    "displacement": "#0078B8",
    "second_side": "#B8860B",
    "other_side": "#1B1B1B",
    "party": "#8C8C8C",  # bars of what a party to the war says
    "party_text": "#6A6A6A",
    "rule": "#D4D4D4",
    "stripe": "#F5F5F5",
    "period": "#F1EDF5",  # the days told of, behind longer ones
    "sea": "#DCE7EE",
    "neighbour": "#F1EFEA",
    "country": "#FFFFFF",
    "border": "#77716A",
}


@dataclass(frozen=True)
class Look:
    """The sizes in points and the colours by role of one chart. label: places, names, words;
    number: a quotation beside its mark, bold; date: days and sources at the mark; foot: source line
    and note, nothing is smaller but names on a map."""

    title: float
    subtitle: float
    label: float
    number: float
    date: float
    foot: float
    map: float
    spacing: float = LEADING / 1.424  # LEADING as matplotlib takes it: in line heights of the font
    colour: Mapping[str, str] = field(default_factory=lambda: COLOUR)


LOOKS = {
    "full": Look(13.5, 9, 8.2, 8.9, 7.6, 7, 6.5),
    "column": Look(12, 8.6, 8.2, 8.9, 7.6, 7, 6.5),
    "slide": Look(28, 18, 16, 17.3, 14, 12, 12),
}


def list_sizes() -> dict[str, float]:
    """Role → its size on paper, in points."""
    roles = [one.name for one in fields(Look) if one.name not in ("colour", "spacing")]
    return {role: getattr(LOOKS["full"], role) for role in roles}


def find_look(study: Study) -> Look:
    """The sizes of the width that a study asks for, and the colours, of its house where that says
    so. A house's size is that on paper; on a slide it is larger by as much as ours."""
    look, style = LOOKS[study.parameters["width"]], find_style(study)
    if not (style.colours or style.sizes or style.fonts):
        return look
    paper = list_sizes()
    sizes = {
        role: round(getattr(look, role) * size / paper[role], 2)
        for role, size in style.sizes.items()
    }
    if style.fonts:
        sizes["spacing"] = LEADING / measure_line(style.fonts["regular"])
    return replace(look, colour={**COLOUR, **style.colours}, **sizes)


def mix_pale(colour: str, share: float = 0.5) -> str:
    """A colour on white, at `share` of its strength; always outlined in the full colour, because
    alone it lacks contrast.

    >>> mix_pale("#0078B8"), mix_pale("#000000", 0.2)
    ('#80bcdc', '#cccccc')
    """
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    mixed = (round(255 - share * (255 - part)) for part in parts)
    return "#" + "".join(f"{part:02x}" for part in mixed)


INK, GREY = COLOUR["text"], COLOUR["secondary"]
LABEL, SMALL = 7.6, 7.0  # points
RC: dict[RcKeyType, object] = {
    "font.family": FAMILIES,
    "font.size": LABEL,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.labelsize": LABEL,
    "xtick.labelsize": LABEL,
    "ytick.labelsize": LABEL,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.minor.width": 0.4,
    "xtick.major.size": 3,
    "ytick.major.size": 3,
    "xtick.minor.size": 1.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 0.4,
    "hatch.color": "#b0b0b0",
    "svg.hashsalt": "eleven-days",
    "svg.fonttype": "none",  # text stays text
    "pdf.fonttype": 42,
    "axes.unicode_minus": True,
    "text.hinting": "no_hinting",  # with it, words are drawn wider than they measure
    "text.parse_math": False,  # a dollar sign in a text is a dollar sign
}


@contextmanager
def themed(study: Study | None = None) -> Iterator[None]:
    """Within it, matplotlib draws as the charts of a study are drawn, in the fonts and colours of
    its house; afterwards, after an error too, its settings and functions are what they were. What
    renders a chart stands in it, and every draw_… (with_theme)."""
    import matplotlib

    register_fonts()
    settings, fonts = dict(RC), find_style(study).fonts if study else {}
    if study:
        ink, grey = (find_look(study).colour[role] for role in ("text", "secondary"))
        settings |= dict.fromkeys(["text.color", "axes.labelcolor", "xtick.color"], ink)
        settings |= {"ytick.color": ink, "axes.edgecolor": grey}
    with (
        use_fonts(fonts),
        share_extents(),
        space_evenly(LEADING / (find_look(study) if study else LOOKS["full"]).spacing),
        matplotlib.rc_context(settings | {"font.family": list_families()}),
    ):
        yield


def with_theme(draw: Callable[[Study], Chart]) -> Callable[[Study], Chart]:
    """What draws a chart, within the theme of its study."""

    @wraps(draw)
    def drawn(study: Study) -> Chart:
        with themed(study):
            return draw(study)

    return drawn
