"""Marks: how a single claim is drawn. Uncertainty is visible: a bar for low–high, an arrow for an
open end, a hatched strip for a figure without a number, a hollow marker for a claim nobody
reviewed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.charts.chart import Chart
from helpers.charts.theme import COLOURS, SMALL, Looks, style_documents
from helpers.schema.formatting import say_number

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle
    from matplotlib.text import Annotation

DAY = pd.Timedelta(days=1)
MARKER_SIZE = 4.6  # points
LIMIT = [(-0.09, -1), (0.09, -1), (0.09, 1), (-0.09, 1), (-0.09, -1)]  # a dash that can be hollow
OPEN_ABOVE, OPEN_BELOW = ("more_than", "at_least"), ("less_than", "up_to")


def draw_dot(
    axis: Axes, xs: list, ys: list, style: tuple[str, str], hollow: bool = False, **more: Any
) -> Line2D:
    """A document's marker (`style`: its colour and marker) at a point, or at several; hollow for
    what nobody reviewed."""
    colour, marker = style
    looks: Looks = {
        "marker": marker,
        "color": colour,
        "markerfacecolor": "white" if hollow else colour,
        "markersize": MARKER_SIZE,
        "linestyle": "none",
        "zorder": 4,
    }
    [dot] = axis.plot(xs, ys, **looks | more)
    return dot


def draw_start(
    axis: Axes,
    day: pd.Timestamp,
    y: float,
    style: tuple[str, str],
    hollow: bool,
    size: float,
    rim: float = 0.7,
) -> None:
    """A document's small marker on a bar, at its first day: with a white edge, or hollow with an
    edge `rim` points wide for what nobody reviewed."""
    edge: Looks = {"markeredgecolor": "white", "markeredgewidth": 0.4}
    if hollow:
        edge = {"markerfacecolor": "white", "markeredgewidth": rim}
    colour, marker = style
    axis.plot([day], [y], marker=marker, color=colour, markersize=size, zorder=4, **edge)


def write_beside(
    axis: Axes, words: str, point: tuple, offset: tuple[float, float] = (0, 0), **looks: Any
) -> Annotation:
    """Small words, `offset` points away from a point."""
    small: Looks = {"size": SMALL, "va": "center"}
    return axis.annotate(words, point, xytext=offset, textcoords="offset points", **small | looks)


def write_in_margin(axis: Axes, words: str, y: float, offset: tuple, **looks: Any) -> Annotation:
    """Words left of the panel at height `y`, `offset` points from its edge."""
    return write_beside(axis, words, (0, y), offset, xycoords=("axes fraction", "data"), **looks)


def draw_value(
    chart: Chart, axis: Axes, claim, y: float, strip_x: float | None = None, **plotted: Any
) -> None:
    """One claim at height `y`: a dot at best, a bar from low to high, an arrow where the words
    leave the end open, a dash where only a limit is said; a vague figure at `strip_x` (axes
    fraction)."""
    style = style_documents(chart.study.documents)[claim.doc_id]
    colour, hollow = style[0], claim.review == "proposed"
    if claim.quantifier == "vague":
        across: Looks = {"transform": axis.get_yaxis_transform(), "clip_on": False}
        dot = draw_dot(axis, [strip_x], [y], style, hollow, markeredgewidth=1.0, **across)
        chart.mark(dot, claim, x=None, low=None, high=None, y=y, **plotted)
        return
    if pd.notna(claim.low) and pd.notna(claim.high) and claim.low < claim.high:
        draw_bar(axis, [claim.low, claim.high], [y, y], colour, 2.2, hollow)
    _draw_open_ends(axis, claim, y, colour)
    if claim.quantifier == "about" and chart.width != "column":  # there the words say it
        write_beside(axis, "≈", (claim.best, y), (-5, 0), ha="right", size=SMALL + 1, color=colour)
    if pd.isna(claim.best):  # a limit or a range without a best: ends are said, no dot is
        ends = [end for end in (claim.low, claim.high) if pd.notna(end)]
        dash: Looks = {"marker": "|", "markersize": 8, "markeredgewidth": 1.4}
        if hollow:
            dash |= {"marker": LIMIT, "markeredgewidth": 0.6}
        dot = draw_dot(axis, ends, [y] * len(ends), style, hollow, **dash)
    else:
        dot = draw_dot(axis, [claim.best], [y], style, hollow, markeredgewidth=1.0)
    chart.mark(dot, claim, x=claim.best, low=claim.low, high=claim.high, y=y, **plotted)


def _draw_open_ends(axis: Axes, claim, y: float, colour: str) -> None:
    """An arrow for an end that the words leave open, a short one for "nearly"."""
    if claim.quantifier in OPEN_ABOVE:
        draw_arrow(axis, (claim.best, y), (15, 0), colour)
    if claim.quantifier in OPEN_BELOW:
        draw_arrow(axis, (claim.high, y), (-15, 0), colour)
    if claim.quantifier == "nearly":
        draw_arrow(axis, (claim.best, y), (-9, 0), colour)


def draw_arrow(axis: Axes, point: tuple, offset: tuple[float, float], colour: str) -> Annotation:
    """An open end: an arrow from a point, as long and in the direction that `offset` (points)
    says."""
    arrow: Looks = {
        "arrowstyle": "<|-,head_width=0.16,head_length=0.3",
        "color": colour,
        "linewidth": 1.1,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    return axis.annotate(
        "", xy=point, xytext=offset, textcoords="offset points", arrowprops=arrow, zorder=3
    )


def draw_bar(
    axis: Axes, xs: list, ys: list, colour: str, width: float, hollow: bool = False, **looks: Any
) -> Line2D:
    """A bar drawn as a line `width` points wide; hollow for what nobody reviewed."""
    flat: Looks = {"color": colour, "linewidth": width, "solid_capstyle": "butt", "zorder": 3}
    [bar] = axis.plot(xs, ys, **flat | style_line(hollow, colour, width) | looks)
    return bar


def draw_days(axis: Axes, claim, y: float, height: float, **looks: Any) -> Rectangle:
    """A bar over all days of a claim, the last included."""
    days = claim.date_end + DAY - claim.date_start
    [bar] = axis.barh(y, days, left=claim.date_start, height=height, zorder=3, **looks)
    return bar


def style_line(unreviewed: bool, colour: str, width: float) -> dict[str, Any]:
    """What makes a bar that is drawn as a line hollow, where nobody reviewed its claims."""
    from matplotlib.patheffects import Stroke

    if not unreviewed:
        return {}
    inner = Stroke(linewidth=max(width - 1.4, 0.6), foreground="white")
    return {"path_effects": [Stroke(linewidth=width, foreground=colour), inner]}


def is_unreviewed(chart: Chart, claim_ids: list[str]) -> bool:
    """Whether a mark that gathers claims rests on one that nobody reviewed: then it is drawn as
    those are."""
    coded = chart.study.coded
    return bool((coded["claim_id"].isin(claim_ids) & (coded["review"] == "proposed")).any())


def add_document_legend(chart: Chart, doc_ids: Iterable[str], more: Iterable[Artist] = ()) -> None:
    """Which colour and marker is which document; finish_chart puts it under the subtitle."""
    from matplotlib.lines import Line2D

    documents, styles = chart.study.documents, style_documents(chart.study.documents)
    titles = documents.set_index("doc_id")["title"].map(lambda title: shorten(title, 40))
    labels = {doc_id: f"{doc_id} {titles[doc_id]}" for doc_id in sorted(set(doc_ids))}
    if len(documents) > len(COLOURS):  # colour goes by publisher, or there is one
        publishers = documents.set_index("doc_id")["publisher"]
        several = len(set(styles.values())) > 1
        labels = {doc_id: publishers[doc_id] if several else "all documents" for doc_id in labels}
    shown = {label: styles[doc_id] for doc_id, label in labels.items()}
    point: Looks = {"markersize": MARKER_SIZE, "linestyle": "none"}
    for label, (colour, marker) in shown.items():
        chart.legend.append(Line2D([], [], color=colour, marker=marker, label=label, **point))
    chart.legend += more


def shorten(text: str, most: int) -> str:
    """`text` in at most `most` characters, cut at a word and marked as cut."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(",;·(– ") + " …"


def format_numbers(axis: Axis) -> None:
    """Ticks as a reader says them: 400, 10,000, 1.5 million; no minor labels."""
    from matplotlib.ticker import FuncFormatter, NullFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _: say_number(value)))
    axis.set_minor_formatter(NullFormatter())
