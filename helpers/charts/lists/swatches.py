"""Swatches: the key of parts of totals."""

from __future__ import annotations

from helpers.charts.chart import Chart
from helpers.charts.lists.wholes import Total
from helpers.charts.look.language import find_words
from helpers.charts.look.signs import PALE, SIGNS, WORDED
from helpers.charts.look.theme import Looks, find_look, mix_pale

TINTS = {"displacement": "displacement", "casualties": "casualties", "pace": "advance"}
DOTTED = (0, (1, 1))  # what is computed
DARKER = 0.7  # strength of a pale fill in ink
THIN = 0.5  # of the bar of a part that another source gives, in lines of words


def add_key(chart: Chart, totals: list[Total]) -> None:
    """What solid, pale and dotted mean, and the ends of bars, of those that occur; in ink where
    bars are of several colours, as their heads are."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch
    from matplotlib.path import Path

    look, words = find_look(chart.study), find_words(chart.study)
    topics = {total.first.topic for total in totals}
    colour = look.colour["text" if len(topics) > 1 else TINTS[totals[0].first.topic]]
    claims = [total.first for total in totals] + [one[0] for total in totals for one in total.parts]
    half = DARKER if len(topics) > 1 else PALE  # half of ink is the grey of a party
    shades = {SIGNS[WORDED[one[0].quantifier]].fill for total in totals for one in total.parts}
    ends = {SIGNS[WORDED[claim.quantifier]].end for claim in claims}
    rests = [total.rest is not None for total in totals]
    dotted: Looks = {"facecolor": "white", "edgecolor": colour, "linestyle": DOTTED}
    bars = {  # words → (whether it occurs, its look)
        "key_part": (shades - {"pale"}, {"color": colour}),
        "key_part_about": (
            "pale" in shades,
            {"facecolor": mix_pale(colour, half), "edgecolor": colour},
        ),
        "key_rest": (any(rests), dotted),
        "key_whole": (not all(rests), {"facecolor": mix_pale(colour, 0.25), "edgecolor": colour}),
        "party": (any(map(chart.study.is_said_by_party, claims)), {"color": look.colour["party"]}),
    }
    chart.legend += [
        Patch(label=words(name), linewidth=0.9, **looks)
        for name, (occurs, looks) in bars.items()
        if occurs
    ]
    size: Looks = {"color": colour, "linestyle": "none", "markersize": look.foot * 0.85}
    size |= {"markerfacecolor": "none"}
    chevron = Path([(-0.25, -0.5), (0.25, 0), (-0.25, 0.5)])
    chart.legend += [
        Line2D([], [], marker=marker, label=words(name), **size)
        for name, end, marker in (("at_most", "stop", "|"), ("at_least", "chevron", chevron))
        if end in ends
    ]
    if any(total.others for total in totals):
        thin: Looks = {"color": colour, "linewidth": THIN * look.foot, "solid_capstyle": "butt"}
        chart.legend.insert(1, Line2D([], [], label=words("key_other"), **thin))
