"""Lanes: panels of claims as worded, one row each, like beside like; vague figures in a hatched
lane."""

import textwrap

import pandas as pd

from helpers.charts.marks import add_document_legend, draw_value, format_numbers, shorten
from helpers.charts.theme import GREY, SMALL, Chart, start_chart
from helpers.places import name_places, split_values
from helpers.prose import name_harmed, say_voice, say_when
from helpers.study import Study

FAINT = "#ececec"
ROW_MM = {"full": 4.1, "column": 3.2, "slide": 4.1}
LABEL_MOST = {"full": 88, "column": 62, "slide": 84}  # characters in a line of a label
BESIDE_MOST = 46  # the same in the second panel of a slide, which stands beside the first
LINE = {"full": 0.65, "column": 0.95, "slide": 0.65}  # rows that a further line of a label takes
UNBROKEN = 44  # characters up to which a part of a label stays on one line
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
    lead = min(find_step(study), 1.2)
    heights, headings, bottom = [], [], lead
    for _, group in rows.groupby(by, sort=False):
        top = bottom - lead
        spaced, bottom = space_labels(list(group["label"]), top, study)
        headings += [top] * len(group)
        heights += spaced
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
    """Names of rows left of the axis, or `lift` points above their marks in a column; bold
    `headings` by height."""
    narrow = study.parameters["width"] == "column"
    widest = max(map(len, (headings or {}).values()), default=0) * 1.2
    if (
        labels
        and not narrow
        and widest > max(len(line) for label in labels for line in label.splitlines() or [""])
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
            else shorten(label, LABEL_MOST[study.parameters["width"]])
            for label in labels
        ],
        **({} if narrow else {"size": size, "weight": weight}),
    )
    beside = dict(xycoords=("axes fraction", "data"), textcoords="offset points")
    if narrow:
        for y, label in zip(ys, labels):
            axis.annotate(
                label if "\n" in label else shorten(label, LABEL_MOST["column"]),
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
            shorten(heading, 50) if narrow else heading,
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


def stack_lanes(claims: pd.DataFrame, measures: dict[str, str], study: Study) -> pd.DataFrame:
    """stack_rows by measure, then scope: like beside like."""
    keyed = claims.assign(lane=claims["measure"] + "|" + claims["scope"])
    order = [f"{measure}|{scope}" for measure in measures for scope in SCOPES]
    return stack_rows(keyed, "lane", order, study)


def draw_panels(
    study: Study, name: str, people: pd.DataFrame, shares: pd.DataFrame, measures: dict[str, str]
) -> Chart:
    """A started chart of claims as worded: people on a log axis, shares in a percent panel of their
    own, a lane for each measure and scope, one mark a claim. The caller finishes it."""
    slide = study.parameters["width"] == "slide"
    panels = [
        stack_lanes(label_claims(study, claims, most), measures, study)
        for claims, most in ((people, None), (shares, BESIDE_MOST if slide else None))
        if len(claims)
    ]
    spans = [-rows["y"].min() + 1.6 for rows in panels]
    across = {
        "ncols": len(panels),
        "width_ratios": [1.6, 1][: len(panels)],
    }  # a slide has no height for two
    layout = across if slide else {"nrows": len(panels), "height_ratios": spans}
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
    """A panel of claims, one row each, labelled (label_claims) and grouped (stack_rows): labels,
    the hatched lane, the marks. Every chart of figures as worded is made of such panels."""
    study = chart.study
    axis.set_ylim(rows["y"].min() - 0.8, 0.6)
    lane = draw_vague_lane(axis) if (rows["quantifier"] == "vague").any() else None
    headings = {
        heading_y: names.get(key, key) for heading_y, key in zip(rows["heading_y"], rows["group"])
    }
    label_rows(axis, rows["y"], list(rows["label"]), study, headings)
    for row in rows.itertuples():
        axis.axhline(row.y, color=FAINT, linewidth=0.5, zorder=0)
        draw_value(chart, axis, row, row.y, lane, measure=row.measure, unit=row.unit)


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
    kept = [part.replace(" ", "\u00a0") if len(part) <= UNBROKEN else part for part in parts]
    label = "\u00a0· ".join(kept) + " " + voice.strip().replace(" ", "\u00a0")
    lines = textwrap.wrap(
        label.strip(),
        most or LABEL_MOST[study.parameters["width"]],
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines).replace("\u00a0", " ")


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


def find_extremes(numbers: pd.DataFrame):
    """The claims with the smallest and the largest number, of those that have one."""
    values = numbers[["low", "best", "high"]]
    return numbers.loc[values.min(axis=1).idxmin()], numbers.loc[values.max(axis=1).idxmax()]


def nest_quotes(words: str) -> str:
    """Words that stand within quotation marks, theirs made single; a mark without its other half is
    dropped."""
    if words.count("“") != words.count("”"):
        words = words.replace("“", "").replace("”", "")
    return words.replace("“", "‘").replace("”", "’")


def draw_vague_lane(
    axis, left: float = 1.02, width: float = 0.1, label: str = "no number\nin the text"
) -> float:
    """The hatched lane for figures without a number, right of the axes; returns its middle (axes
    fraction)."""
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
