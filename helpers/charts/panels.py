"""Panels: claims as worded, one row each, like beside like; vague figures in a hatched strip."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.analysis.selection import Study
from helpers.charts.chart import Chart
from helpers.charts.layout import start_chart
from helpers.charts.marks import (
    DAY,
    add_document_legend,
    draw_value,
    format_numbers,
    shorten,
    write_in_margin,
)
from helpers.charts.theme import FAINT, GREY, SMALL, Looks
from helpers.corpus.places import name_places, split_values
from helpers.schema.formatting import name_harmed, say_voice, say_when

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW_MM = {"full": 4.1, "column": 3.2, "slide": 4.1}
LABEL_MOST = {"full": 88, "column": 62, "slide": 84}  # characters in a line of a label
BESIDE_MOST = 46  # the same in the second panel of a slide, which stands beside the first
LINE = {"full": 0.65, "column": 0.95, "slide": 0.65}  # rows that a further line of a label takes
UNBROKEN = 44  # characters up to which a part of a label stays on one line
NO_BREAK = "\u00a0"
SCOPES = {
    "offensive": "offensive",
    "war": "war, or part of it",
    "historical": "before the war",
    "context": "background",
}


def find_step(study: Study) -> float:
    """The height of a row, in rows: a column has no room left of its panel, so labels stand above
    their marks and each row takes two lines."""
    return 1.55 if study.parameters["width"] == "column" else 1.0


def space_labels(labels: list[str], top: float, study: Study) -> tuple[list[float], float]:
    """(heights of rows below `top`, one a label; the bottom of the last). A label of several lines
    has more room: round its mark or, in a column, above it."""
    step, line = find_step(study), LINE[study.parameters["width"]]
    heights, bottom = [], top
    for label in labels:
        more = line * label.count("\n")
        above = more if step > 1 else more / 2
        heights.append(bottom - step - above)
        bottom = heights[-1] - (more - above)
    return heights, bottom


def stack_rows(claims: pd.DataFrame, by: str, order: list[str], study: Study) -> pd.DataFrame:
    """Heights for one row a labelled claim (label_claims), grouped: column `y` counts down, with a
    line left free before each group for its heading (`heading_y`). Groups follow `order`, then
    first appearance."""
    keys = list(dict.fromkeys([*order, *claims[by]]))
    rows = claims.sort_values(by, key=lambda cells: cells.map(keys.index), kind="stable")
    lead = min(find_step(study), 1.2)
    heights, headings, bottom = [], [], lead
    for _, group in rows.groupby(by, sort=False):
        top = bottom - lead
        spaced, bottom = space_labels(list(group["label"]), top, study)
        headings += [top] * len(group)
        heights += spaced
    return rows.assign(group=rows[by], y=heights, heading_y=headings)


def label_rows(
    axis: Axes,
    ys: list[float],
    labels: list[str],
    study: Study,
    headings: dict[float, str] | None = None,
    size: float = SMALL,
    weight: str = "normal",
    lift: float = 3.6,
) -> None:
    """Names of rows left of the axis, or `lift` points above their marks in a column; bold
    `headings` by height."""
    headings = headings or {}
    axis.tick_params(axis="y", length=0)
    axis.spines["left"].set_visible(False)
    if study.parameters["width"] == "column":
        axis.set_yticks([])
        over: Looks = {"ha": "left", "va": "bottom", "size": size, "weight": weight}
        for y, label in zip(ys, labels):
            whole = "\n" in label
            words = label if whole else shorten(label, LABEL_MOST["column"])
            write_in_margin(axis, words, y, (0, lift), **over)
        for y, heading in headings.items():
            bold: Looks = {"size": size + 0.4, "weight": "bold"}
            write_in_margin(axis, shorten(heading, 50), y, (0, 0), ha="left", **bold)
        return
    most = LABEL_MOST[study.parameters["width"]]
    shown = [
        label if label.startswith("  ") or "\n" in label else shorten(label, most)
        for label in _make_room(labels, list(headings.values()))
    ]
    axis.set_yticks(ys, shown, size=size, weight=weight)
    for y, heading in headings.items():
        name_group(axis, heading, y, size)


def _make_room(labels: list[str], headings: list[str]) -> list[str]:
    """The labels with blanks before the first, where a heading is wider than all of them: the
    layout makes room for labels, not for headings."""
    widest = max(map(len, headings), default=0) * 1.2
    lines = [line for label in labels for line in label.splitlines()]
    if not labels or widest <= max(map(len, lines), default=0):
        return labels
    blanks = " " * int(1.3 * (widest - len(labels[0])))
    return [blanks + labels[0], *labels[1:]]


def name_group(axis: Axes, heading: str, y: float, size: float = SMALL) -> None:
    """The bold heading of a group of rows, left of the panel."""
    bold: Looks = {"size": size + 0.4, "weight": "bold"}
    write_in_margin(axis, heading, y, (-3.5, 0), ha="right", **bold)


def set_log_limits(axis: Axes, rows: pd.DataFrame, ticks: int) -> None:
    """A log axis with room round the numbers of the rows, and at most `ticks` labels."""
    from matplotlib.ticker import LogLocator

    numbers = rows[["low", "best", "high"]].stack().dropna()
    axis.set_xscale("log")
    if len(numbers):
        axis.set_xlim(max(numbers.min(), 1) / 2, max(numbers.max(), 2) * 6)  # room for an arrow
    axis.xaxis.set_major_locator(LogLocator(numticks=ticks))
    format_numbers(axis.xaxis)


def stack_strips(claims: pd.DataFrame, measures: dict[str, str], study: Study) -> pd.DataFrame:
    """stack_rows by measure, then scope: like beside like."""
    keyed = claims.assign(strip=claims["measure"] + "|" + claims["scope"])
    order = [f"{measure}|{scope}" for measure in measures for scope in SCOPES]
    return stack_rows(keyed, "strip", order, study)


def draw_panels(
    study: Study, name: str, people: pd.DataFrame, shares: pd.DataFrame, measures: dict[str, str]
) -> Chart:
    """A started chart of claims as worded: people on a log axis, shares in a percent panel of their
    own, a strip for each measure and scope, one mark a claim. The caller finishes it."""
    width = study.parameters["width"]
    beside = BESIDE_MOST if width == "slide" else None
    panels = [
        stack_strips(label_claims(study, claims, most), measures, study)
        for claims, most in ((people, None), (shares, beside))
        if len(claims)
    ]
    spans = [-rows["y"].min() + 1.6 for rows in panels]
    layout: dict[str, Any] = {"nrows": len(panels), "height_ratios": spans}
    if width == "slide":  # it has no height for two
        layout = {"ncols": len(panels), "width_ratios": [1.6, 1][: len(panels)]}
    high = ROW_MM[width] * sum(spans) + 13 * len(panels)
    chart, axes = start_chart(study, name, high, **layout)
    names = {
        f"{measure}|{scope}": f"{measures[measure]} · {SCOPES[scope]}"
        for measure in measures
        for scope in SCOPES
    }
    for axis, rows in zip(axes, panels):
        if rows["unit"].iloc[0] == "percent":
            axis.set_xlim(0, 100)
            axis.set_xlabel("percent of the base named")
        else:
            set_log_limits(axis, rows, 6 if width == "full" else 4)
            axis.set_xlabel("people, log scale")
        draw_panel(chart, axis, rows, names)
    add_document_legend(chart, [*people["doc_id"], *shares["doc_id"]])
    return chart


def draw_panel(chart: Chart, axis: Axes, rows: pd.DataFrame, names: dict[str, str]) -> None:
    """A panel of claims, one row each, labelled (label_claims) and grouped (stack_rows): labels,
    the hatched strip, the marks. Every chart of figures as worded is made of such panels."""
    axis.set_ylim(rows["y"].min() - 0.8, 0.6)
    strip_x = draw_vague_strip(axis) if (rows["quantifier"] == "vague").any() else None
    headings = {y: names.get(key, key) for y, key in zip(rows["heading_y"], rows["group"])}
    label_rows(axis, list(rows["y"]), list(rows["label"]), chart.study, headings)
    for row in rows.itertuples():
        axis.axhline(row.y, color=FAINT, linewidth=0.5, zorder=0)
        draw_value(chart, axis, row, row.y, strip_x, measure=row.measure, unit=row.unit)


def label_claims(study: Study, claims: pd.DataFrame, most: int | None = None) -> pd.DataFrame:
    """The claims with a `label` each, in lines of at most `most` characters, else of as many as the
    width of the study has room for: “nearly 400,000” · Syria · 7 days or fewer in 27 Nov to 7 Dec
    2024 (UN)."""
    wholes = [study.by_claim.get(key) for key in claims["part_of"]]
    labels = [
        wrap_label([*list_parts(row, study.places, whole), say_voice(row)], study, most)
        for row, whole in zip(claims.itertuples(), wholes)
    ]
    return claims.assign(label=labels)


def wrap_label(parts: list[str], study: Study, most: int | None = None) -> str:
    """The parts of a label and its voice, the last of them, in lines; a part is broken only if it
    is long."""
    *parts, voice = parts
    label = f"{hold_parts(parts, UNBROKEN)} {voice.strip().replace(' ', NO_BREAK)}"
    lines = textwrap.wrap(
        label.strip(),
        most or LABEL_MOST[study.parameters["width"]],
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines).replace(NO_BREAK, " ")


def hold_parts(parts: list[str], most: int) -> str:
    """The parts of a label in one line, with blanks that do not break within parts of at most so
    many characters."""
    kept = [part.replace(" ", NO_BREAK) if len(part) <= most else part for part in parts]
    return f"{NO_BREAK}· ".join(kept)


def list_parts(row, places: pd.DataFrame, whole=None) -> list[str]:
    """The parts of a label without who says so: words, whom they count (the dead also whose
    people), where, when. `whole` is the claim of which a share is a share. An article that stands
    for 1 is shown with its noun, and so is a number whose people only a party names: “more than 200
    ‘terrorists’”."""
    words, where = f"“{quote_words(row)}”", name_places(places, row.place)
    if row.unit == "percent" and row.base:
        words, where = f"{words} of {row.base}", ""
    elif row.unit == "percent" and whole is not None:
        words = f"{words} of the “{whole.number or whole.exact}”"
    parts = [words, name_harmed(row), where, say_when(row)]
    return [part for part in parts if part]


def quote_words(row) -> str:
    """A claim's number words; for a bare article, and for people of whom only a party says who they
    were, the words that follow it too; for an event the quote."""
    words = row.number or row.exact
    unnamed = row.topic == "casualties" and row.affected == "unknown" and row.assertion == "claimed"
    if row.number and (words.lower() in ("a", "an") or unnamed):
        words = shorten(row.exact[int(row.number_start - row.start) :], 40)
    return nest_quotes(words)


def quote_claim(row) -> str:
    """A claim's number in a title: its words, and who says so: “more than 200 ‘terrorists’”
    (claimed · Syrian state media)."""
    return f"“{quote_words(row)}”{say_voice(row)}"


def find_extremes(numbers: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The claims with the smallest and the largest number, of those that have one."""
    values = numbers[["low", "best", "high"]]
    return numbers.loc[values.min(axis=1).idxmin()], numbers.loc[values.max(axis=1).idxmax()]


def nest_quotes(words: str) -> str:
    """Words that stand within quotation marks, theirs made single; a mark without its other half is
    dropped."""
    if words.count("“") != words.count("”"):
        words = words.replace("“", "").replace("”", "")
    return words.replace("“", "‘").replace("”", "’")


def draw_vague_strip(axis: Axes) -> float:
    """The hatched strip for figures without a number, right of the axes; returns its middle (axes
    fraction)."""
    from matplotlib.patches import Rectangle

    left, width = 1.02, 0.1
    looks: Looks = {"facecolor": "#f7f7f7", "edgecolor": "#b0b0b0", "hatch": "////", "linewidth": 0}
    on_axes: Looks = {"transform": axis.transAxes}
    strip = Rectangle((left, 0), width, 1, clip_on=False, zorder=0, **looks, **on_axes)
    axis.add_patch(strip)
    axis.text(
        left + width / 2,
        1.005,
        "no number\nin the text",
        ha="center",
        va="bottom",
        size=SMALL,
        color=GREY,
        linespacing=1.1,
        **on_axes,
    )
    return left + width / 2


def describe_extent(claims: pd.DataFrame, study: Study) -> str:
    """Place and period of a set of claims, for a subtitle: "9 places, 2011 to 2024"."""
    keys = [key for cell in claims["place"] for key in split_values(cell)]
    names = list(dict.fromkeys(name_places(study.places, key) for key in keys))
    where = " and ".join(names) if len(names) < 3 else f"{len(names)} places"
    years = pd.concat([claims["date_start"], claims["date_end"]]).dropna().dt.year
    ends = [] if years.empty else [str(years.min()), str(years.max())]
    when = " to ".join(dict.fromkeys(ends))
    return ", ".join(part for part in (where, when) if part) or "places and days unsaid"


def set_days(axis: Axes, first: pd.Timestamp, last: pd.Timestamp, most: int = 20) -> None:
    """A time axis from day to day: each day has a label while there is room (for `most`), its month
    is named once. Of 200 days and more months or years have labels."""
    import matplotlib.dates as mdates

    axis.set_xlim(first - DAY / 2, last + 1.5 * DAY)
    days = (last - first).days + 2
    if days < 200:  # a day's label stands in the middle of its day, the lines between days
        step = max(1, -(-days // most))
        shown = _choose_days(first, last, step)
        labels = [_say_tick(day, number == 0, step) for number, day in enumerate(shown)]
        axis.set_xticks([day + DAY / 2 for day in shown], labels)
        axis.set_xticks(list(pd.date_range(first, last + DAY)), minor=True)
        axis.tick_params(axis="x", which="major", length=0)
        axis.grid(axis="x", which="minor", color=FAINT, linewidth=0.5, zorder=0)
    else:
        axis.xaxis.set_major_locator(mdates.AutoDateLocator(maxticks=8))
        axis.xaxis.set_major_formatter(mdates.DateFormatter("%b\n%Y" if days < 1500 else "%Y"))
        axis.grid(axis="x", which="major", color=FAINT, linewidth=0.5, zorder=0)
    axis.set_axisbelow(True)


def _choose_days(first: pd.Timestamp, last: pd.Timestamp, step: int) -> list[pd.Timestamp]:
    """The days that have a label: all of them, the even ones, or the 1st of a month and every
    `step`-th day from it on, but for one so late in the month that it would run into the 1st."""
    days = list(pd.date_range(first, last))
    if step == 1:
        return days
    if step == 2:
        return [day for day in days if day.day % 2 == 0]
    return [
        day
        for day in days
        if day.day == 1 or (day.day % step == 1 and day.days_in_month - day.day + 1 >= 0.7 * step)
    ]


def _say_tick(day: pd.Timestamp, first: bool, step: int) -> str:
    return f"{day.day}\n{day:%b}" if first or day.day <= step else f"{day.day}"
