"""Lanes: panels of claims as worded, one row each, like beside like; vague figures in a hatched lane."""

import pandas as pd

from helpers.charts.marks import add_document_legend, draw_value, format_numbers, shorten
from helpers.charts.theme import GREY, SMALL, Chart, start_chart
from helpers.places import name_places, split_values
from helpers.prose import say_period
from helpers.study import Study

FAINT = "#ececec"
ROW_MM = {"full": 4.1, "column": 3.2, "slide": 4.1}
SCOPES = {
    "offensive": "offensive",
    "war": "war",
    "historical": "before the war",
    "context": "background",
}


def find_step(study: Study) -> float:
    """The height of a row, in rows: a column has no room left of its panel, so labels stand above their
    marks and each row takes two lines."""
    return 1.55 if study.parameters["width"] == "column" else 1.0


def stack_rows(claims: pd.DataFrame, by: str, order: list[str], step: float = 1.0) -> pd.DataFrame:
    """Heights for one row a claim, grouped: column `y` counts down by `step`, with a line left free before
    each group for its heading (`heading_y`). Groups follow `order`, then first appearance."""
    ranks = {
        key: number
        for number, key in enumerate(
            [*order, *[key for key in claims[by].unique() if key not in order]]
        )
    }
    rows = (
        claims.assign(_rank=claims[by].map(ranks))
        .sort_values("_rank", kind="stable")
        .drop(columns="_rank")
    )
    lead = min(step, 1.2)
    y, heights, headings, last = lead, [], [], None
    for key in rows[by]:
        if key != last:
            y, last = y - lead, key
            heading_y = y
        y -= step
        heights.append(y)
        headings.append(heading_y)
    return rows.assign(group=rows[by], y=heights, heading_y=headings)


def label_rows(
    axis,
    ys,
    labels: list[str],
    study: Study,
    headings: dict[float, str] | None = None,
    size: float = SMALL,
    weight: str = "normal",
    lift: float = 3.6,
) -> None:
    """Names of rows left of the axis, or `lift` points above their marks in a column; bold `headings` by
    height."""
    narrow = study.parameters["width"] == "column"
    widest = max(map(len, (headings or {}).values()), default=0) * 1.2
    if (
        labels and not narrow and widest > max(map(len, labels))
    ):  # the layout makes room for labels, not for headings: blanks before one do
        labels = [" " * int(1.3 * (widest - len(labels[0]))) + labels[0], *labels[1:]]
    axis.tick_params(axis="y", length=0)
    axis.spines["left"].set_visible(False)
    axis.set_yticks(
        [] if narrow else list(ys),
        None
        if narrow
        else [
            label
            if label.startswith("  ") or "\n" in label
            else shorten(label, 84 if study.parameters["width"] == "full" else 48)
            for label in labels
        ],
        **({} if narrow else {"size": size, "weight": weight}),
    )
    beside = dict(xycoords=("axes fraction", "data"), textcoords="offset points")
    if narrow:
        for y, label in zip(ys, labels):
            axis.annotate(
                label if "\n" in label else shorten(label, 58),
                xy=(0, y),
                xytext=(0, lift),
                ha="left",
                va="bottom",
                size=size,
                weight=weight,
                **beside,
            )
    for y, heading in (headings or {}).items():
        axis.annotate(
            shorten(heading, 46) if narrow else heading,
            xy=(0, y),
            xytext=(0 if narrow else -3.5, 0),
            ha="left" if narrow else "right",
            va="center",
            size=size + 0.4,
            weight="bold",
            **beside,
        )


def set_log_limits(axis, rows: pd.DataFrame, ticks: int) -> None:
    """A log axis with room round the numbers of the rows, and at most `ticks` labels."""
    from matplotlib.ticker import LogLocator

    numbers = rows[["low", "best", "high"]].stack().dropna()
    axis.set_xscale("log")
    if len(numbers):
        axis.set_xlim(max(numbers.min(), 1) / 2, max(numbers.max(), 2) * 6)  # room for an arrow
    axis.xaxis.set_major_locator(LogLocator(numticks=ticks))
    format_numbers(axis.xaxis)


def stack_lanes(claims: pd.DataFrame, measures: dict[str, str], step: float) -> pd.DataFrame:
    """stack_rows by measure, then scope: like beside like."""
    keyed = claims.assign(lane=claims["measure"] + "|" + claims["scope"])
    return stack_rows(
        keyed, "lane", [f"{measure}|{scope}" for measure in measures for scope in SCOPES], step
    )


def draw_panels(
    study: Study, name: str, people: pd.DataFrame, shares: pd.DataFrame, measures: dict[str, str]
) -> Chart:
    """A started chart of claims as worded: people on a log axis, shares in a percent panel of their own,
    a lane for each measure and scope, one mark a claim. The caller finishes it."""
    panels = [
        stack_lanes(claims, measures, find_step(study))
        for claims in (people, shares)
        if len(claims)
    ]
    spans = [-rows["y"].min() + 1.6 for rows in panels]
    across = {
        "ncols": len(panels),
        "width_ratios": [1.6, 1][: len(panels)],
    }  # a slide has no height for two
    layout = (
        across
        if study.parameters["width"] == "slide"
        else {"nrows": len(panels), "height_ratios": spans}
    )
    chart, axes = start_chart(
        study,
        name,
        ROW_MM[study.parameters["width"]] * sum(spans) + 13 * len(panels),
        **layout,
        squeeze=False,
    )
    for axis, rows in zip(axes, panels):
        percent = rows["unit"].iloc[0] == "percent"
        if percent:
            axis.set_xlim(0, 100)
        else:
            set_log_limits(axis, rows, 6 if study.parameters["width"] == "full" else 4)
        axis.set_xlabel("percent of the base named" if percent else "people, log scale")
        draw_lanes(
            chart,
            axis,
            rows,
            {
                key: f"{measures[key.partition('|')[0]]} · {SCOPES[key.partition('|')[2]]}"
                for key in rows["group"].unique()
            },
        )
    add_document_legend(chart, [*people["doc_id"], *shares["doc_id"]])
    return chart


def draw_lanes(chart: Chart, axis, rows: pd.DataFrame, names: dict[str, str]) -> None:
    """A panel of claims, one row each, grouped (stack_rows): labels, the hatched lane, the marks. Every
    chart of figures as worded is made of such panels."""
    study = chart.study
    axis.set_ylim(rows["y"].min() - 0.8, 0.6)
    lane = draw_vague_lane(axis) if (rows["quantifier"] == "vague").any() else None
    headings = {
        heading_y: names.get(key, key) for heading_y, key in zip(rows["heading_y"], rows["group"])
    }
    label_rows(
        axis,
        rows["y"],
        [label_claim(row, study.places) for row in rows.itertuples()],
        study,
        headings,
    )
    for row in rows.itertuples():
        axis.axhline(row.y, color=FAINT, linewidth=0.5, zorder=0)
        draw_value(chart, axis, row, row.y, lane, measure=row.measure, unit=row.unit)


def label_claim(row, places: pd.DataFrame) -> str:
    """Words, whom they count, place, for the dead also when, and (unless plainly reported) the stance:
    "“at least 22” · civilians · Aleppo · 30 Nov to 6 Dec 2024". An article that stands for 1 is shown with
    its noun."""
    words = f"“{quote_words(row)}”"
    people = (
        {"civilian": "civilians", "combatant": "combatants"}.get(row.affected, "")
        if row.topic == "casualties"
        else ""
    )
    where = name_places(places, row.place)
    when = (
        say_period(row.date_start, row.date_end)
        if row.topic == "casualties" and pd.notna(row.date_start)
        else ""
    )
    if row.unit == "percent" and row.base:
        words, where = f"{words} of {row.base}", ""
    stance = "" if row.assertion == "reported" else f" ({row.assertion})"
    return " · ".join(part for part in (words, people, where, when) if part) + stance


def quote_words(row) -> str:
    """A claim's number words; for a bare article the words that follow it, for an event the quote."""
    words = row.number or row.exact
    return (
        shorten(row.exact[int(row.number_start - row.start) :], 40)
        if words.lower() in ("a", "an")
        else words
    )


def draw_vague_lane(
    axis, left: float = 1.02, width: float = 0.1, label: str = "no number\nin the text"
) -> float:
    """The hatched lane for figures without a number, right of the axes; returns its middle (axes fraction)."""
    from matplotlib.patches import Rectangle

    axis.add_patch(
        Rectangle(
            (left, 0),
            width,
            1,
            transform=axis.transAxes,
            clip_on=False,
            facecolor="#f7f7f7",
            edgecolor="#b0b0b0",
            hatch="////",
            linewidth=0,
            zorder=0,
        )
    )
    axis.text(
        left + width / 2,
        1.005,
        label,
        transform=axis.transAxes,
        ha="center",
        va="bottom",
        size=SMALL,
        color=GREY,
        linespacing=1.1,
    )
    return left + width / 2


def describe_extent(claims: pd.DataFrame, study: Study) -> str:
    """Place and period of a set of claims, for a subtitle: "9 places, 2011 to 2024"."""
    names = list(
        dict.fromkeys(
            name_places(study.places, key) for cell in claims["place"] for key in split_values(cell)
        )
    )
    years = pd.concat([claims["date_start"], claims["date_end"]]).dropna().dt.year
    where = " and ".join(names) if len(names) < 3 else f"{len(names)} places"
    when = (
        ""
        if years.empty
        else f"{years.min()}"
        if years.min() == years.max()
        else f"{years.min()} to {years.max()}"
    )
    return ", ".join(part for part in (where, when) if part) or "places and days unsaid"
