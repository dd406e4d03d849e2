"""Swatches: the key of parts of totals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers.analysis.selection import Study
from helpers.charts.chart import Chart
from helpers.charts.lists.wholes import Total
from helpers.charts.look.language import find_words
from helpers.charts.look.signs import PALE, SIGNS, WORDED
from helpers.charts.look.theme import Looks, find_look, mix_pale

TINTS = {"displacement": "displacement", "casualties": "casualties", "pace": "advance"}
DOTTED = (0, (1, 1))  # what is computed
THIN = 0.5  # of the bar of a part that another source gives, in lines of words


def find_tint(study: Study, claims: list[Any]) -> str:
    """Grey where only a party says so, else the colour of what is counted."""
    party = all(study.is_said_by_party(claim) for claim in claims)
    return find_look(study).colour["party" if party else TINTS[claims[0].topic]]


def _choose_tint(study: Study, marks: list[list[Any]]) -> str:
    """The colour in which a key shows marks, each the claims that say it: that of the first that
    not only a party says, whose grey the key says by itself."""
    tints = [find_tint(study, claims) for claims in marks]
    grey = find_look(study).colour["party"]
    return next((tint for tint in tints if tint != grey), grey)


def add_key(chart: Chart, totals: list[Total]) -> None:
    """What solid, pale and dotted mean, and the ends of bars, of those that occur, each in a colour
    in which it occurs."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch
    from matplotlib.path import Path

    study, look, words = chart.study, find_look(chart.study), find_words(chart.study)
    wholes = [total.claims for total in totals]
    parts = [part for total in totals for part in total.parts]
    pale = [part for part in parts if SIGNS[WORDED[part[0].quantifier]].fill == "pale"]
    party = [one for one in [*wholes, *parts] if study.is_said_by_party(one[0])]
    looks: dict[str, tuple[list[list[Any]], Callable[[str], Looks]]] = {
        "key_part": (
            [part for part in parts if part not in pale],
            lambda tint: {"color": tint},
        ),
        "key_part_about": (
            pale,
            lambda tint: {"facecolor": mix_pale(tint, PALE), "edgecolor": tint},
        ),
        "key_rest": (
            [total.claims for total in totals if total.rest is not None],
            lambda tint: {"facecolor": "white", "edgecolor": tint, "linestyle": DOTTED},
        ),
        "key_whole": (
            [total.claims for total in totals if total.rest is None],
            lambda tint: {"facecolor": mix_pale(tint, 0.25), "edgecolor": tint},
        ),
        "party": (party, lambda _: {"color": look.colour["party"]}),
    }
    chart.legend += [
        Patch(label=words(name), linewidth=0.9, **style(_choose_tint(study, marks)))
        for name, (marks, style) in looks.items()
        if marks
    ]
    chevron = Path([(-0.25, -0.5), (0.25, 0), (-0.25, 0.5)])
    size: Looks = {"linestyle": "none", "markersize": look.foot * 0.85, "markerfacecolor": "none"}
    for name, end, marker in (("at_most", "stop", "|"), ("at_least", "chevron", chevron)):
        mine = [one for one in [*wholes, *parts] if SIGNS[WORDED[one[0].quantifier]].end == end]
        if mine:
            tint = _choose_tint(study, mine)
            chart.legend.append(
                Line2D([], [], marker=marker, label=words(name), color=tint, **size)
            )
    if others := [part for total in totals for part in total.others]:
        thin: Looks = {"color": _choose_tint(study, others), "solid_capstyle": "butt"}
        thin["linewidth"] = THIN * look.foot
        chart.legend.insert(1, Line2D([], [], label=words("key_other"), **thin))
