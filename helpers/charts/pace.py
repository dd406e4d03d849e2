"""Pace: who stood where when, by the days that each text allows."""

import itertools
from operator import attrgetter
from textwrap import shorten

import numpy as np
import pandas as pd

from helpers.charts.fonts import measure_text, wrap_text
from helpers.charts.lanes import FAINT
from helpers.charts.marks import add_document_legend
from helpers.charts.theme import (
    GREY,
    INK,
    PALE,
    Chart,
    absent_chart,
    finish_chart,
    start_chart,
    style_documents,
)
from helpers.places import name_places, share_value, split_values
from helpers.prose import count, say_period
from helpers.study import Study, say_stance

DAY = pd.Timedelta(days=1)
LONGEST = {"full": 46, "column": 46, "slide": 36}  # letters of a row’s label
NAME = {"full": 112, "slide": 134}  # points: a wider name of a place takes a second line
VERBS = {  # a withdrawal may be of one side, of a part, or under way: it is not "left"
    "offensive_start": "attack began",
    "reached": "reached",
    "entered": "entered",
    "captured": "captured",
    "withdrawn": "withdrawal",
    "counter_offensive": "counter-offensive",
}
STRIPES = {
    "entered": "||",
    "captured": "||||||",
    "withdrawn": "//////",
}  # of proposals, whose bars are not filled: the denser, the more was taken
STEPS = ["reached", "entered", "captured", "withdrawn"]
ROW_MM = 2.8
TOP = 4.4  # rows kept free above the first, for the days of publication


def select_events(study: Study, measures: list[str]) -> pd.DataFrame:
    """The dated events of the offensive with a place, of the measures named. One row is one claim."""
    claims = study.claims
    return claims[
        (claims["scope"] == "offensive")
        & claims["measure"].isin(measures)
        & (claims["place"] != "")
        & (claims["unit"] == "event")
    ]


def find_actors(study: Study) -> list[str]:
    """Whose advance it is: the actors named under [route] in corpus.toml; nobody named means everybody."""
    return study.settings.get("route", {}).get("actors", [])


def name_kinds(
    study: Study, claims: pd.DataFrame, more: dict[str, pd.Series]
) -> dict[str, pd.Series]:
    """What a foot calls the claims of pace that its figure does not draw (Chart.leave_out): words → rows of
    `claims`. `more` names the steps that the figure draws of some places only."""
    measure, actors = claims["measure"], find_actors(study)
    elsewhere = claims["actor"].map(
        lambda cell: bool(cell and actors and not share_value(cell, actors))
    )
    starts = measure == "offensive_start"
    return {
        "claims of the years before and of background": claims["scope"] != "offensive",
        "plans, demands, rumours and forecasts": claims["assertion"] == "expected",
        "denials": claims["assertion"] == "denied",
        "counter-offensives": measure == "counter_offensive",
        "offensives on other fronts": starts & elsewhere,
        "beginnings of the advance and its battles": starts,
        "durations": measure == "duration",
        "distances": measure == "distance",
        "shares and changes of what is held": measure.isin(["control_share", "control_change"]),
        "counts of unnamed places or people": (measure == "settlements_captured")
        | (claims["unit"] != "event"),
        "events without a date": claims["date_start"].isna(),
        "events at no named place": claims["place"] == "",
        **more,
    }


def list_steps(study: Study) -> pd.DataFrame:
    """The events of the offensive, drawn or not: what the foot of a figure of the advance accounts for."""
    claims = study.all_claims
    return claims[(claims["scope"] == "offensive") & claims["measure"].isin(VERBS)]


def find_denials(study: Study, place: str) -> list:
    """The claims that deny that a place was captured in the offensive, as rows."""
    claims = study.claims
    denials = claims[
        (claims["measure"] == "captured")
        & (claims["assertion"] == "denied")
        & (claims["scope"] == "offensive")
    ]
    return [row for row in denials.itertuples() if place in split_values(row.place)]


def order_places(study: Study, events: pd.DataFrame) -> list[str]:
    """Place cells of the events: those on the route first, in its order (with what lies in or around
    them), the others by their first day."""
    route = study.settings.get("route", {}).get("places", [])
    first = events.groupby("place")["date_start"].min()

    def rank(place):
        """On the route before off it, in its order, then by first day."""
        on_route = next(
            (
                number
                for number, stop in enumerate(route)
                if split_values(place)[0].startswith(stop)
            ),
            len(route),
        )
        return (on_route, place not in route, first[place], place)

    return sorted(first.index, key=rank)


def draw_pace_timeline(study: Study) -> Chart:
    """Date bars by place, document and actor: reached, entered, captured, withdrawn. A bar is as wide as its
    date is uncertain; claims by a party have dashed edges, denials a cross. One mark is one claim, or (top
    row) a text on the days on which it was written or published. What is planned, demanded or rumoured is
    not drawn: its days are those on which it was said."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    name = "pace_timeline"
    events = select_events(study, STEPS)
    events = events[events["assertion"] != "expected"]
    if events.empty:
        return absent_chart(
            study, name, "no dated event of the offensive lies within the selection."
        )
    places = order_places(study, events)
    alike = ["rank", "doc_id", "step", "actor", "assertion"]
    ordered = events.assign(
        rank=events["place"].map(places.index), step=events["measure"].map(STEPS.index)
    ).sort_values([*alike, "date_start", "start"])
    rows = [
        list(claims) for _, claims in itertools.groupby(ordered.itertuples(), attrgetter(*alike))
    ]
    names = [_name_place(study, claims[0].place) for claims in rows]
    chart, axes = _start_timeline(study, name, rows, names)
    for axis, part in zip(axes, _split_places(rows, names, len(axes))):
        _draw_timeline(chart, axis, rows[part], names[part])
    first, last = (
        events["date_start"].min(),
        max(events["date_end"].max(), study.documents["published_end"].max()),
    )
    for axis in axes:
        set_days(axis, first, last, most=12 if len(axes) == 1 else 6)
    _draw_published(chart, axes[0], set(events["doc_id"]), TOP - 0.6)
    styles = [
        Patch(facecolor=fill, edgecolor=INK, hatch=hatch, linewidth=0.7, label=label)
        for label, fill, hatch in (
            ("reached", "white", ""),
            ("entered", "#b8b8b8", ""),
            ("captured", "#4d4d4d", ""),
            ("withdrawal, whole or in part", "white", "//////"),
        )
    ]
    styles += [
        Patch(
            facecolor="white",
            edgecolor=INK,
            linestyle=(0, (2, 1.4)),
            linewidth=0.8,
            label="claimed by a party",
        ),
        Line2D(
            [],
            [],
            marker="x",
            color=INK,
            linestyle="none",
            markersize=4,
            label="denied",
        ),
    ]
    if (events["review"] == "proposed").any():
        styles += [
            Patch(
                facecolor="white",
                edgecolor=INK,
                hatch=STRIPES[step],
                linewidth=0.7,
                label=f"{step}, proposed",
            )
            for step in ("entered", "captured")
        ]
    add_document_legend(chart, events["doc_id"], styles)
    pace = study.all_claims[study.all_claims["topic"] == "pace"]
    chart.leave_out(pace, name_kinds(study, pace, {}))
    return finish_chart(chart, *_tell_timeline(study, events))


def _name_place(study: Study, place: str) -> str:
    """The name of a place in the column left of the rows: in lines that fit, in a figure of one column whole."""
    name = name_places(study.places, place)
    name = name[0].upper() + name[1:]
    width = study.parameters["width"]
    return name if width == "column" else wrap_text(name, 6.2, NAME[width], True)


def _start_timeline(
    study: Study, name: str, rows: list[list], names: list[str]
) -> tuple[Chart, list]:
    heights, gaps = _measure_rows(rows, names, study.parameters["width"] == "column")
    row_mm = ROW_MM if study.parameters["width"] != "column" else 2.45
    return start_chart(
        study,
        name,
        row_mm * (heights.sum() + gaps[-1] + TOP) + 8,
        ncols=2 if study.parameters["width"] == "slide" else 1,
        squeeze=False,
    )


def _measure_rows(
    rows: list[list], names: list[str], narrow: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Height of each row, with room for each claim's strip, and the gaps above it, wider between names of
    two lines; in a column the place has a line of its own."""
    heights = np.array([max(1.0, 0.4 * len(claims)) for claims in rows])
    gaps = [1.05 * narrow]
    for above, name in itertools.pairwise(names):
        lines = 0 if narrow else max(above.count("\n"), name.count("\n"))
        gaps.append((1.05 if narrow else 0.35 + 0.5 * lines) * (above != name))
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


def _draw_timeline(chart: Chart, axis, rows: list[list], names: list[str]) -> None:
    narrow = chart.study.parameters["width"] == "column"
    heights, gaps = _measure_rows(rows, names, narrow)
    ys = -(np.cumsum(heights) - heights / 2 - 0.5 + gaps)
    for y, high, claims in zip(ys, heights, rows):
        for strip, row in enumerate(claims):
            depth = (high - 0.24) / len(claims)
            _draw_event(
                chart,
                axis,
                row,
                y + (high - 0.24) / 2 - depth * (strip + 0.5),
                depth - 0.08 * (len(claims) > 1),
            )
    most = LONGEST[chart.study.parameters["width"]]
    labels = [_label_row(claims[0], most) for claims in rows]
    axis.set_yticks(ys, labels, size=6.0)
    axis.tick_params(axis="y", length=0, pad=2)
    axis.set_ylim(ys[-1] - heights[-1] / 2 - 0.3, TOP)
    widest = max(measure_text(label, 6.0) for label in labels)
    _name_groups(axis, names, ys, heights, 0 if narrow else widest + 10)


def _label_row(row, most: int) -> str:
    verb, stance = VERBS[row.measure], "" if row.assertion == "reported" else f" ({row.assertion})"
    room = max(most - len(verb + stance), 8)  # a proposed actor may be long
    actor = shorten(row.actor.replace(";", ", "), room, placeholder="…")
    return verb + (f" · {actor}" if actor else "") + stance


def _draw_event(chart: Chart, axis, row, y: float, height: float) -> None:
    import matplotlib

    colour, marker = style_documents(chart.study.documents)[row.doc_id]
    firm = row.assertion in ("reported", "claimed")
    face = {
        "captured": colour,
        "entered": matplotlib.colors.to_hex(
            matplotlib.colors.to_rgb(colour)
            + (1 - np.array(matplotlib.colors.to_rgb(colour))) * 0.62
        ),
    }.get(row.measure, "white")
    face = face if firm and row.review != "proposed" else "white"
    [bar] = axis.barh(
        y,
        row.date_end + DAY - row.date_start,
        left=row.date_start,
        height=height,
        facecolor=face,
        edgecolor="white" if face == colour and row.assertion == "reported" else colour,
        linewidth=0.5 if face == colour else 0.8,
        **({"hatchcolor": colour} if row.review == "proposed" else {}),
        hatch=STRIPES.get(row.measure)
        if row.review == "proposed" or row.measure == "withdrawn"
        else None,
        linestyle="-" if row.assertion == "reported" else (0, (2, 1.4)),
        zorder=3,
    )
    axis.plot(
        [row.date_start],
        [y],
        marker=marker if firm else "x",
        color=colour,
        markersize=3.4 if height > 0.5 else 2.4,
        zorder=4,
        **(
            dict(markerfacecolor="white", markeredgewidth=0.7)
            if firm and row.review == "proposed"
            else dict(
                markeredgecolor="white" if firm else colour, markeredgewidth=0.4 if firm else 1.0
            )
        ),
    )
    if row.assertion == "denied":
        axis.annotate(
            say_stance([row]),
            (row.date_start, y),
            xytext=(-5, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            size=6.0,
        )
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


def _name_groups(
    axis, names: list[str], ys: np.ndarray, heights: np.ndarray, labels: float
) -> None:
    """Bold place names left of the row labels, which take `labels` points (0: above them), a rule between
    places."""
    narrow = not labels
    last = None
    for name, y, high in zip(names, ys, heights):
        if name != last:
            at = (0, y + high / 2 + 0.5) if narrow else (0, y)
            axis.annotate(
                name,
                xy=at,
                xycoords=("axes fraction", "data"),
                xytext=(-2 if narrow else -labels, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                size=6.2,
                weight="bold",
                linespacing=1.0,
            )
            if last is not None:
                axis.axhline(
                    y + high / 2 + (1.0 if narrow else 0.17), color=PALE, linewidth=0.5, zorder=0
                )
        last = name


def _draw_published(chart: Chart, axis, doc_ids: set[str], y: float) -> None:
    """The days on which each text was or must have been written or published, as marks for the text as a
    whole. Like that of a claim, the marker stands at the first of them."""
    styles = style_documents(chart.study.documents)
    axis.annotate(
        "texts written or published",
        xy=(0, y - 1.2),
        xycoords=("axes fraction", "data"),
        xytext=(-3, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        size=6.2,
        style="italic",
        color=GREY,
    )
    shown = chart.study.documents[
        chart.study.documents["doc_id"].isin(doc_ids)
        & chart.study.documents["published_start"].notna()
    ]
    for level, row in enumerate(shown.sort_values("published_start").itertuples()):
        colour, marker = styles[row.doc_id]
        at = y - 0.72 * level
        axis.plot(
            [row.published_start, row.published_end + DAY],
            [at, at],
            color=colour,
            linewidth=1,
            zorder=3,
        )
        [dot] = axis.plot(
            [row.published_start],
            [at],
            marker=marker,
            color=colour,
            markersize=3.4,
            linestyle="none",
            zorder=4,
        )
        chart.mark_document(
            dot,
            row.doc_id,
            f"written or published {say_period(row.published_start, row.published_end)}",
            x=row.published_start,
            end=row.published_end,
            y=round(at, 2),
        )
        if chart.study.parameters["width"] != "slide":  # no height there; the marker says which
            axis.annotate(
                row.doc_id,
                (row.published_end + DAY, at),
                xytext=(2, 0),
                textcoords="offset points",
                va="center",
                size=6.0,
                color=GREY,
            )


def set_days(axis, first: pd.Timestamp, last: pd.Timestamp, most: int = 20) -> None:
    """A time axis from day to day: each day has a label while there is room (for `most`), its month is named once."""
    import matplotlib.dates as mdates

    axis.set_xlim(first - DAY / 2, last + 1.5 * DAY)
    days = (last - first).days + 2
    step = max(1, -(-days // most))
    if days < 200:  # a day's label stands in the middle of its day, the lines between days
        shown = [
            day
            for day in pd.date_range(first, last)
            if day.day % step == (1 if step > 2 else 0) or step == 1
        ]
        shown = [
            day
            for day in shown
            if step < 3
            or (day + pd.offsets.MonthEnd(0) - day).days + 1 >= 0.7 * step
            or day.day == 1
        ]  # the 31st would run into the 1st
        axis.set_xticks(
            [day + DAY / 2 for day in shown],
            [_say_tick(day, number == 0, step) for number, day in enumerate(shown)],
        )
        axis.set_xticks(list(pd.date_range(first, last + DAY)), minor=True)
        axis.tick_params(axis="x", which="major", length=0)
    else:
        axis.xaxis.set_major_locator(mdates.AutoDateLocator(maxticks=8))
        axis.xaxis.set_major_formatter(mdates.DateFormatter("%b\n%Y" if days < 1500 else "%Y"))
    axis.grid(
        axis="x", which="minor" if days < 200 else "major", color=FAINT, linewidth=0.5, zorder=0
    )
    axis.set_axisbelow(True)


def _say_tick(day, first: bool, step: int) -> str:
    return f"{day.day}\n{day:%b}" if first or day.day <= step else f"{day.day}"


def _tell_timeline(study: Study, events: pd.DataFrame) -> tuple[str, str, str, str]:
    words = (
        events[events["measure"].isin(["entered", "captured"]) & (events["assertion"] != "denied")]
        .groupby("place")["measure"]
        .nunique()
    )
    mixed = [name_places(study.places, place) for place in words[words > 1].index]
    title = f"{count(len(events), 'claim')} on who stood where when, at {count(events['place'].nunique(), 'place')}"
    if mixed:
        title += f", {len(mixed)} of which {'are' if len(mixed) > 1 else 'is'} entered in one sentence and captured in another"
    subtitle = f"Events by place or part of a place, document and actor, {say_period(events['date_start'].min(), events['date_end'].max())}. A bar covers the days on which the event may have happened; bars in one row are several claims. Captured: control taken, in whatever words."
    counts = events["measure"].value_counts()
    alt = (
        f"Date bars for {count(len(events), 'event claim')}: "
        + ", ".join(f"{VERBS[step]} {counts[step]}" for step in STEPS if step in counts)
        + f". {title}."
    )
    reading = (
        (f"Entered in one sentence and captured in another: {', '.join(mixed)}. " if mixed else "")
        + f"By a party’s own word: {count(int((events['assertion'] == 'claimed').sum()), 'bar')}; denied: {int((events['assertion'] == 'denied').sum())}."
    )
    return title, subtitle, alt, reading
