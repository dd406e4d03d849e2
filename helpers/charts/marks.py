"""Marks: how a single claim is drawn. Uncertainty is visible: a bar for low–high, an arrow for an open
end, a hatched lane for a figure without a number, a hollow marker for a claim nobody reviewed."""

import itertools

import numpy as np
import pandas as pd

from helpers.charts.theme import COLOURS, GREY, SMALL, Chart, style_documents
from helpers.prose import say_number

MARKER_SIZE = 4.6  # points
LIMIT = [(-0.09, -1), (0.09, -1), (0.09, 1), (-0.09, 1), (-0.09, -1)]  # a dash that can be hollow
SIDES = [  # where a label may stand round its point, in the order tried
    (1, 0, "left", "center"),
    (-1, 0, "right", "center"),
    (0, 1, "center", "bottom"),
    (0, -1, "center", "top"),
    (0.8, 0.7, "left", "bottom"),
    (0.8, -0.7, "left", "top"),
    (-0.8, 0.7, "right", "bottom"),
    (-0.8, -0.7, "right", "top"),
]


def draw_value(chart: Chart, axis, claim, y: float, lane_x: float | None = None, **plotted) -> None:
    """One claim at height `y`: a dot at best, a bar from low to high, an arrow where the words leave the
    end open, a dash where only a limit is said; a vague figure at `lane_x` (axes fraction)."""
    colour, marker = style_documents(chart.study.documents)[claim.doc_id]
    fill = "white" if claim.review == "proposed" else colour
    style = dict(
        marker=marker,
        color=colour,
        markerfacecolor=fill,
        markersize=MARKER_SIZE,
        markeredgewidth=1.0,
        linestyle="none",
        zorder=4,
    )
    value = {"x": claim.best, "low": claim.low, "high": claim.high, "y": y}
    if claim.quantifier == "vague":
        [dot] = axis.plot(
            [lane_x], [y], transform=axis.get_yaxis_transform(), clip_on=False, **style
        )
        chart.mark(dot, claim, x=None, low=None, high=None, y=y, **plotted)
        return
    if pd.notna(claim.low) and pd.notna(claim.high) and claim.low < claim.high:
        axis.plot(
            [claim.low, claim.high],
            [y, y],
            color=colour,
            linewidth=2.2,
            solid_capstyle="butt",
            zorder=3,
            **style_line(claim.review == "proposed", colour, 2.2),
        )
    for open_end, at, direction in (
        (claim.quantifier in ("more_than", "at_least"), claim.best, 1),
        (claim.quantifier in ("less_than", "up_to"), claim.high, -1),
        (claim.quantifier == "nearly", claim.best, -1),
    ):
        if open_end:
            length = 9 if claim.quantifier == "nearly" else 15
            draw_arrow(axis, (at, y), (direction * length, 0), colour)
    if (
        claim.quantifier == "about" and chart.study.parameters["width"] != "column"
    ):  # there the words stand on the mark
        axis.annotate(
            "≈",
            (claim.best, y),
            xytext=(-5, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            size=SMALL + 1,
            color=colour,
        )
    if pd.isna(claim.best):  # a limit or a range without a best: ends are said, no dot is
        ends = [end for end in (claim.low, claim.high) if pd.notna(end)]
        dash = (
            {"marker": LIMIT, "markersize": 8, "markeredgewidth": 0.6}
            if claim.review == "proposed"
            else {"marker": "|", "markersize": 8, "markeredgewidth": 1.4}
        )
        [dot] = axis.plot(ends, [y] * len(ends), **{**style, **dash})
    else:
        [dot] = axis.plot([claim.best], [y], **style)
    chart.mark(dot, claim, **value, **plotted)


def draw_arrow(axis, point: tuple, offset: tuple[float, float], colour: str):
    """An open end: an arrow from a point, as long and in the direction that `offset` (points) says."""
    return axis.annotate(
        "",
        xy=point,
        xytext=offset,
        textcoords="offset points",
        arrowprops=dict(
            arrowstyle="<|-,head_width=0.16,head_length=0.3",
            color=colour,
            linewidth=1.1,
            shrinkA=0,
            shrinkB=0,
        ),
        zorder=3,
    )


def style_line(unreviewed: bool, colour: str, width: float) -> dict:
    """What makes a bar that is drawn as a line hollow, where nobody reviewed its claims."""
    from matplotlib.patheffects import Stroke

    return (
        {
            "path_effects": [
                Stroke(linewidth=width, foreground=colour),
                Stroke(linewidth=max(width - 1.4, 0.6), foreground="white"),
            ]
        }
        if unreviewed
        else {}
    )


def is_unreviewed(chart: Chart, claim_ids: list[str]) -> bool:
    """Whether a mark that gathers claims rests on one that nobody reviewed: then it is drawn as those are."""
    coded = chart.study.coded
    return bool((coded["claim_id"].isin(claim_ids) & (coded["review"] == "proposed")).any())


def add_document_legend(chart: Chart, doc_ids, more: list | None = None) -> None:
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
    chart.legend += [
        Line2D(
            [],
            [],
            color=colour,
            marker=marker,
            markersize=MARKER_SIZE,
            linestyle="none",
            label=label,
        )
        for label, (colour, marker) in shown.items()
    ]
    chart.legend += more or []


def shorten(text: str, most: int) -> str:
    """`text` in at most `most` characters, cut at a word and marked as cut."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(",;·(– ") + " …"


def format_numbers(axis) -> None:
    """Ticks as a reader says them: 400, 10,000, 1.5 million; no minor labels."""
    from matplotlib.ticker import FuncFormatter, NullFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _: say_number(value)))
    axis.set_minor_formatter(NullFormatter())


def place_labels(
    chart: Chart,
    axis,
    points: list[tuple[float, float]],
    labels: list[str],
    size: float = SMALL,
    avoid: list | None = None,
) -> None:
    """Labels beside points, none over another, over a point, over an artist to `avoid` or outside the
    panel, or, if it can be, nearer to another point than to its own: each takes the first free place, once finish_chart has settled
    the layout. A label that finds none is left out, and the chart's reading says how many were."""
    chart.later.append(lambda: _place_labels(chart, axis, points, labels, size, avoid or []))


def _place_labels(chart: Chart, axis, points, labels, size, avoid) -> None:
    from matplotlib.patheffects import withStroke
    from matplotlib.transforms import Bbox

    renderer = chart.figure.canvas.get_renderer()
    panel, scale = axis.get_window_extent(renderer), chart.figure.dpi / 72
    spots = axis.transData.transform(points)
    taken = [
        Bbox.from_bounds(x - 3.2 * scale, y - 3.2 * scale, 6.4 * scale, 6.4 * scale)
        for x, y in spots
    ] + [artist.get_window_extent(renderer) for artist in avoid]
    lost = 0
    for number, (point, label) in enumerate(zip(points, labels)):
        text = axis.annotate(
            label,
            point,
            xytext=(0, 0),
            textcoords="offset points",
            size=size,
            linespacing=1.05,
            zorder=6,
            path_effects=[withStroke(linewidth=2, foreground="white")],
        )
        text.set_in_layout(False)
        for nearest, radius, (dx, dy, ha, va) in itertools.product(
            (True, False), (6, 9, 13, 18, 25, 34, 45, 58, 72, 90), SIDES
        ):
            text.set(
                position=(dx * radius, dy * radius), horizontalalignment=ha, verticalalignment=va
            )
            box = text.get_window_extent(renderer).padded(1.0 * scale)
            inside = (
                panel.x0 <= box.x0
                and box.x1 <= panel.x1
                and panel.y0 <= box.y0
                and box.y1 <= panel.y1
            )
            away = np.hypot(
                *(np.clip(spots, box.min, box.max) - spots).T
            )  # from each point to the label
            if (
                inside
                and (away[number] <= away.min() + 0.5 or not nearest)
                and not any(box.overlaps(other) for other in taken)
            ):
                break
        else:
            text.remove()
            lost += 1
            continue
        if radius > 9 or not nearest:
            axis.annotate(
                "",
                point,
                xytext=(dx * radius, dy * radius),
                textcoords="offset points",
                zorder=1,
                arrowprops=dict(arrowstyle="-", color=GREY, linewidth=0.4, shrinkA=0, shrinkB=3),
            ).set_in_layout(False)
        taken.append(box)
    if lost:
        chart.reading += f" {lost} of {len(labels)} labels found no room in the picture; the evidence lists every mark."
