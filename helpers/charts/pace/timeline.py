"""Timeline: who stood where, and when, by the days that each text allows."""

from __future__ import annotations

import itertools
from operator import attrgetter
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.analysis.selection import Study, say_stance
from helpers.charts.chart import Chart, Told, absent_chart
from helpers.charts.fonts import measure_text, wrap_text
from helpers.charts.layout import finish_chart, start_chart
from helpers.charts.marks import (
    DAY,
    add_document_legend,
    draw_days,
    draw_dot,
    draw_start,
    write_beside,
    write_in_margin,
)
from helpers.charts.pace.events import VERBS, find_route, name_kinds, select_events
from helpers.charts.panels import set_days
from helpers.charts.theme import GREY, INK, PALE, Looks, style_documents, themed
from helpers.corpus.places import name_places, split_values
from helpers.schema.formatting import count, say_period

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

LONGEST = {"full": 46, "column": 46, "slide": 36}  # letters of a row’s label
NAME = {"full": 112, "slide": 134}  # points: a wider name of a place takes a second line
NAME_SIZE, LABEL_SIZE = 6.2, 6.0  # points
# stripes of proposals, whose bars are not filled: the denser, the more was taken
STRIPES = {"entered": "||", "captured": "||||||", "withdrawn": "//////"}
STEPS = ["reached", "entered", "captured", "withdrawn"]
ROW_MM = 2.8
TOP = 4.4  # rows kept free above the first, for the days of publication
DASHES = (0, (2, 1.4))  # of what a party claims


@themed()
def draw_pace_timeline(study: Study) -> Chart:
    """Date bars by place, document and actor: reached, entered, captured, withdrawn. A bar is as
    wide as its date is uncertain; claims by a party have dashed edges, denials a cross. One mark is
    one claim, or (top row) a text on the days on which it was written or published. What is
    planned, demanded or rumoured is not drawn: its days are those on which it was said."""
    name = "pace_timeline"
    events = select_events(study, STEPS)
    events = events[events["assertion"] != "expected"]
    if events.empty:
        return absent_chart(
            study, name, "no dated event of the offensive lies within the selection."
        )
    rows = _group_rows(study, events)
    names = [_name_place(study, claims[0].place) for claims in rows]
    chart, axes = _start_timeline(study, name, rows, names)
    for axis, part in zip(axes, _split_places(rows, names, len(axes))):
        _draw_timeline(chart, axis, rows[part], names[part])
    first = events["date_start"].min()
    last = max(events["date_end"].max(), study.documents["published_end"].max())
    for axis in axes:
        set_days(axis, first, last, most=12 if len(axes) == 1 else 6)
    _draw_published(chart, axes[0], set(events["doc_id"]), TOP - 0.6)
    proposed = bool((events["review"] == "proposed").any())
    add_document_legend(chart, events["doc_id"], _list_signs(proposed))
    pace = study.all_claims[study.all_claims["topic"] == "pace"]
    chart.leave_out(pace, name_kinds(study, pace, {}))
    return finish_chart(chart, *_tell_timeline(study, events))


def _group_rows(study: Study, events: pd.DataFrame) -> list[list]:
    """The rows of the timeline in order, each with the claims of one place, document, step, actor
    and assertion."""
    places = order_places(study, events)
    alike = ["rank", "doc_id", "step", "actor", "assertion"]
    ordered = events.assign(
        rank=events["place"].map(places.index), step=events["measure"].map(STEPS.index)
    ).sort_values([*alike, "date_start", "start"])
    return [
        list(claims) for _, claims in itertools.groupby(ordered.itertuples(), attrgetter(*alike))
    ]


def order_places(study: Study, events: pd.DataFrame) -> list[str]:
    """Place cells of the events: those on the route first, in its order (with what lies in or
    around them), the others by their first day."""
    route = find_route(study)
    first = events.groupby("place")["date_start"].min()
    ranks = []
    for place in first.index:
        start = split_values(place)[0]
        near = [number for number, stop in enumerate(route) if start.startswith(stop)]
        stop = near[0] if near else len(route)
        ranks.append((stop, place not in route, first[place], place))
    return [place for *_, place in sorted(ranks)]


def _list_signs(proposed: bool) -> list[Artist]:
    """What the legend says of bars: the steps, who claims or denies, what was proposed."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    line: Looks = {"edgecolor": INK, "linewidth": 0.7}
    signs: list[Artist] = [
        Patch(facecolor=fill, hatch=hatch, label=label, **line)
        for label, fill, hatch in (
            ("reached", "white", ""),
            ("entered", "#b8b8b8", ""),
            ("captured", "#4d4d4d", ""),
            ("withdrawal, whole or in part", "white", STRIPES["withdrawn"]),
        )
    ]
    dashed = line | {"facecolor": "white", "linewidth": 0.8, "linestyle": DASHES}
    signs.append(Patch(label="claimed by a party", **dashed))
    cross: Looks = {"marker": "x", "color": INK, "linestyle": "none", "markersize": 4}
    signs.append(Line2D([], [], label="denied", **cross))
    if proposed:
        signs += [
            Patch(facecolor="white", hatch=STRIPES[step], label=f"{step}, proposed", **line)
            for step in ("entered", "captured")
        ]
    return signs


def _name_place(study: Study, place: str) -> str:
    """The name of a place in the column left of the rows: in lines that fit, in a figure of one
    column whole."""
    name = name_places(study.places, place)
    name = name[0].upper() + name[1:]
    width = study.parameters["width"]
    return name if width == "column" else wrap_text(name, NAME_SIZE, NAME[width], True)


def _start_timeline(
    study: Study, name: str, rows: list[list], names: list[str]
) -> tuple[Chart, list[Axes]]:
    width = study.parameters["width"]
    heights, gaps = _measure_rows(rows, names, width == "column")
    row_mm = 2.45 if width == "column" else ROW_MM
    high = row_mm * (heights.sum() + gaps[-1] + TOP) + 8
    return start_chart(study, name, high, ncols=2 if width == "slide" else 1)


def _measure_rows(
    rows: list[list], names: list[str], narrow: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Height of each row, with room for each claim's strip, and the gaps above it, wider between
    names of two lines; in a column the place has a line of its own."""
    heights = np.array([max(1.0, 0.4 * len(claims)) for claims in rows])
    gaps = [1.05 if narrow else 0.0]
    for above, name in itertools.pairwise(names):
        if above == name:
            gaps.append(0.0)
        elif narrow:
            gaps.append(1.05)
        else:
            gaps.append(0.35 + 0.5 * max(above.count("\n"), name.count("\n")))
    return heights, np.cumsum(gaps)


def _split_places(rows: list[list], names: list[str], panels: int) -> list[slice]:
    """Slices of the rows for each panel, cut between places, of about equal height."""
    heights, gaps = _measure_rows(rows, names, False)
    bottoms = np.cumsum(heights) + gaps
    starts = [0, *[number for number, (a, b) in enumerate(itertools.pairwise(names), 1) if a != b]]
    cuts = [
        min(starts, key=lambda start: abs(bottoms[start] - bottoms[-1] * part / panels))
        for part in range(1, panels)
    ]
    return [slice(*pair) for pair in itertools.pairwise([0, *cuts, len(rows)])]


def _draw_timeline(chart: Chart, axis: Axes, rows: list[list], names: list[str]) -> None:
    narrow = chart.width == "column"
    heights, gaps = _measure_rows(rows, names, narrow)
    ys = -(np.cumsum(heights) - heights / 2 - 0.5 + gaps)
    for y, high, claims in zip(ys, heights, rows):
        depth = (high - 0.24) / len(claims)
        thick = depth - 0.08 if len(claims) > 1 else depth
        for strip, row in enumerate(claims):
            _draw_event(chart, axis, row, y + (high - 0.24) / 2 - depth * (strip + 0.5), thick)
    labels = [_label_row(claims[0], LONGEST[chart.width]) for claims in rows]
    axis.set_yticks(ys, labels, size=LABEL_SIZE)
    axis.tick_params(axis="y", length=0, pad=2)
    axis.set_ylim(ys[-1] - heights[-1] / 2 - 0.3, TOP)
    widest = max(measure_text(label, LABEL_SIZE) for label in labels)
    _name_groups(axis, names, ys, heights, 0 if narrow else widest + 10)


def _label_row(row, most: int) -> str:
    verb, stance = VERBS[row.measure], "" if row.assertion == "reported" else f" ({row.assertion})"
    room = max(most - len(verb + stance), 8)  # a proposed actor may be long
    actor = shorten(row.actor.replace(";", ", "), room, placeholder="…")
    return verb + (f" · {actor}" if actor else "") + stance


def _draw_event(chart: Chart, axis: Axes, row, y: float, height: float) -> None:
    """A bar over the days on which an event may have happened, with its text's marker at the first
    of them; a cross where it is denied."""
    style = style_documents(chart.study.documents)[row.doc_id]
    firm, proposed = row.assertion in ("reported", "claimed"), row.review == "proposed"
    looks = _style_bar(row, style[0], firm and not proposed)
    bar = draw_days(axis, row, y, height, **looks)
    size = 3.4 if height > 0.5 else 2.4
    if firm:
        draw_start(axis, row.date_start, y, style, proposed, size)
    else:
        cross: Looks = {"marker": "x", "color": style[0], "markeredgewidth": 1.0}
        axis.plot([row.date_start], [y], markersize=size, zorder=4, **cross)
    if row.assertion == "denied":
        point = (row.date_start, y)
        write_beside(axis, say_stance([row]), point, (-5, 0), ha="right", size=LABEL_SIZE)
    chart.mark(
        bar,
        row,
        x=row.date_start,
        end=row.date_end,
        y=round(float(y), 2),
        measure=row.measure,
        place=row.place,
        actor=row.actor,
        assertion=row.assertion,
    )


def _style_bar(row, colour: str, filled: bool) -> dict[str, Any]:
    """How the bar of an event is drawn: the deeper, the more was taken; hatched where nobody
    reviewed it."""
    face = "white"
    if filled and row.measure == "captured":
        face = colour
    elif filled and row.measure == "entered":
        face = lighten(colour, 0.62)
    reported = row.assertion == "reported"
    looks: Looks = {
        "facecolor": face,
        "edgecolor": "white" if face == colour and reported else colour,
        "linewidth": 0.5 if face == colour else 0.8,
        "linestyle": "-" if reported else DASHES,
    }
    if row.review == "proposed":
        return looks | {"hatchcolor": colour, "hatch": STRIPES.get(row.measure)}
    if row.measure == "withdrawn":
        return looks | {"hatch": STRIPES["withdrawn"]}
    return looks


def lighten(colour: str, share: float) -> str:
    """A colour nearer to white by a share of the way."""
    from matplotlib.colors import to_hex, to_rgb

    red, green, blue = (part + (1 - part) * share for part in to_rgb(colour))
    return to_hex((red, green, blue))


def _name_groups(
    axis: Axes, names: list[str], ys: np.ndarray, heights: np.ndarray, labels: float
) -> None:
    """Bold place names left of the row labels, which take `labels` points (0: above them), a rule
    between places."""
    narrow = not labels
    above = None
    for name, y, high in zip(names, ys, heights):
        if name == above:
            continue
        top, offset = (y + high / 2 + 0.5, -2) if narrow else (y, -labels)
        bold: Looks = {"size": NAME_SIZE, "weight": "bold", "linespacing": 1.0}
        write_in_margin(axis, name, top, (offset, 0), ha="right", **bold)
        if above is not None:
            rule = y + high / 2 + (1.0 if narrow else 0.17)
            axis.axhline(rule, color=PALE, linewidth=0.5, zorder=0)
        above = name


def _draw_published(chart: Chart, axis: Axes, doc_ids: set[str], y: float) -> None:
    """The days on which each text was or must have been written or published, as marks for the text
    as a whole. Like that of a claim, the marker stands at the first of them."""
    documents, styles = chart.study.documents, style_documents(chart.study.documents)
    looks: Looks = {"size": NAME_SIZE, "style": "italic", "color": GREY}
    words = "texts written or published"
    write_in_margin(axis, words, y - 1.2, (-3, 0), ha="right", **looks)
    shown = documents[documents["doc_id"].isin(doc_ids) & documents["published_start"].notna()]
    for level, row in enumerate(shown.sort_values("published_start").itertuples()):
        style, at = styles[row.doc_id], y - 0.72 * level
        start, end = row.published_start, row.published_end
        axis.plot([start, end + DAY], [at, at], color=style[0], linewidth=1, zorder=3)
        dot = draw_dot(axis, [start], [at], style, markersize=3.4)
        said = f"written or published {say_period(start, end)}"
        chart.mark_document(dot, row.doc_id, said, x=start, end=end, y=round(at, 2))
        if chart.width != "slide":  # no height there; the marker says which
            grey = {"size": LABEL_SIZE, "color": GREY}
            write_beside(axis, row.doc_id, (end + DAY, at), (2, 0), **grey)


def _tell_timeline(study: Study, events: pd.DataFrame) -> Told:
    taken = events["measure"].isin(["entered", "captured"]) & (events["assertion"] != "denied")
    words = events[taken].groupby("place")["measure"].nunique()
    mixed = [name_places(study.places, place) for place in words[words > 1].index]
    places = count(events["place"].nunique(), "place")
    title = f"{count(len(events), 'claim')} on who stood where when, at {places}"
    if mixed:
        are = "are" if len(mixed) > 1 else "is"
        title += f", {len(mixed)} of which {are} entered in one sentence and captured in another"
    subtitle = (
        "Events by place or part of a place, document and actor, "
        f"{say_period(events['date_start'].min(), events['date_end'].max())}. A bar covers the "
        "days on which the event may have happened; bars in one row are several claims. Captured: "
        "control taken, in whatever words."
    )
    counts = events["measure"].value_counts()
    steps = ", ".join(f"{VERBS[step]} {counts[step]}" for step in STEPS if step in counts)
    alt = f"Date bars for {count(len(events), 'event claim')}: {steps}. {title}."
    reading = ""
    if mixed:
        reading = f"Entered in one sentence and captured in another: {', '.join(mixed)}. "
    claimed, denied = (int((events["assertion"] == said).sum()) for said in ("claimed", "denied"))
    reading += f"By a party’s own word: {count(claimed, 'bar')}; denied: {denied}."
    return Told(title, subtitle, alt, reading)
