"""Casualties: what was counted, how one month adds up, and each toll against the length of its period."""

import re

import numpy as np
import pandas as pd

from helpers.charts.lanes import describe_extent, draw_panels, find_step, label_claim, label_rows
from helpers.charts.marks import (
    MARKER_SIZE,
    add_document_legend,
    draw_value,
    format_numbers,
    place_labels,
)
from helpers.charts.theme import (
    GREY,
    INK,
    PALE,
    SMALL,
    Chart,
    absent_chart,
    finish_chart,
    start_chart,
    style_documents,
)
from helpers.estimates import derive_remainders
from helpers.places import name_places, split_values
from helpers.prose import count, say_number, say_period
from helpers.study import Study, find_period

PEOPLE = {
    "civilian": "civilians",
    "combatant": "combatants",
    "mixed": "people of both kinds",
    "unknown": "people",
}
MEASURES = {
    "killed": "Killed",
    "injured": "Injured",
    "killed_or_injured": "Killed or injured (undivided)",
    "detained": "Detained",
    "released": "Released",
}


def draw_casualties_reported(study: Study) -> Chart:
    """Every casualty claim in persons on a log axis, a lane for each measure and scope, vague figures in
    the hatched lane. One mark is one claim; events without a figure are counted in the foot."""
    name = "casualties_reported"
    claims = study.all_claims[study.all_claims["topic"] == "casualties"]
    people, shares = claims[claims["unit"] == "person"], claims[claims["unit"] == "percent"]
    if people.empty and shares.empty:
        return absent_chart(
            study, name, "no casualty claim in persons or percent lies within the selection."
        )
    chart = draw_panels(study, name, people, shares, MEASURES)
    title = _tell_dead(
        study, people[(people["measure"] == "killed") & (people["scope"] == "offensive")]
    )
    subtitle = f"People killed, hurt, detained or released, as each text words it; {describe_extent(people, study)}. Dot: best; bar: low to high; arrow: open end."
    alt = (
        f"Range-dot chart of {count(len(people), 'casualty claim')} in people and {count(len(shares), 'share')}. {title}. By lane: "
        + ", ".join(
            f"{MEASURES[measure]} {len(group)}"
            for measure, group in people.groupby("measure", sort=False)
        )
        + "."
    )
    sides = people["affected"].value_counts()
    reading = (
        "Of whom the texts speak: "
        + ", ".join(
            f"{side} {sides[side]}"
            for side in ("civilian", "combatant", "mixed", "unknown")
            if side in sides
        )
        + " (claims, not people). A figure said of one side is never set against one said of all."
    )
    bare = claims[~claims["unit"].isin(["person", "percent"])]
    refused = (
        [f"Not drawn: {count(len(bare), 'claim')} of deaths or arrests without any figure."]
        if len(bare)
        else []
    )
    refused.append(
        "Nothing is added up: the claims overlap in place and time, and parts stand beside their wholes."
    )
    return finish_chart(chart, title, subtitle, alt, reading, refused)


def _tell_dead(study: Study, dead: pd.DataFrame) -> str:
    """The offensive's dead: only figures whose days lie within it; what counts other days too is named."""
    numbers, words = dead[dead["quantifier"] != "vague"], dead[dead["quantifier"] == "vague"]
    period = find_period(study, "offensive")
    inside = (
        numbers
        if period is None
        else numbers[(numbers["date_start"] >= period[0]) & (numbers["date_end"] <= period[1])]
    )
    if inside.empty:
        title = f"{'None of the selected claims' if study.selection else 'No text'} puts a number on the offensive’s dead; {len(words)} use{'s' * (len(words) == 1)} words"
    else:
        largest = inside.loc[inside[["low", "best", "high"]].max(axis=1).idxmax()]
        title = f"The offensive’s dead: {count(len(inside), 'number')}, the largest “{largest['number']}”, and {count(len(words), 'claim')} in words"
    beyond = numbers[~numbers["claim_id"].isin(inside["claim_id"]) & (numbers["part_of"] == "")]
    undated, beyond = beyond[beyond["date_start"].isna()], beyond[beyond["date_start"].notna()]
    if len(beyond) > 3:  # many are told by their number, few by name
        title += f"; {len(beyond)} more count other days too"
    else:
        title += "".join(f"; “{row.number}” counts other days too" for row in beyond.itertuples())
    return title + (
        f"; {len(undated)} more bear{'s' * (len(undated) == 1)} no date" if len(undated) else ""
    )


def draw_casualties_november_2024(study: Study) -> Chart:
    """The total of one month taken apart into its coded parts and the derived remainder; below, other
    deaths within the month that no text calls part of it. The month stands in corpus.toml."""
    name = "casualties_november_2024"
    month = study.settings.get("comparisons", {}).get(name)
    if not month:
        return absent_chart(study, name, f"corpus.toml names no month under [comparisons.{name}].")
    start, end = pd.Timestamp(str(month["start"])), pd.Timestamp(str(month["end"]))
    claims = study.claims[
        (study.claims["measure"] == "killed")
        & (study.claims["unit"] == "person")
        & study.claims["best"].notna()
    ]
    within = claims[(claims["date_start"] >= start) & (claims["date_end"] <= end)]
    remainders = derive_remainders(within)
    if remainders.empty:
        return absent_chart(
            study,
            name,
            f"no total with coded parts lies between {start:%d %B} and {end:%d %B %Y} within the selection.",
        )
    whole_id, *part_ids = remainders.iloc[0]["claims"]
    indexed = within.set_index("claim_id", drop=False)
    whole, parts = indexed.loc[whole_id], indexed.loc[part_ids]
    beside = within[
        ~within["claim_id"].isin([whole_id, *part_ids])
        & ~within["part_of"].map(lambda cell: whole_id in split_values(cell))
    ]
    chart, [axis] = start_chart(study, name, 15 + 7.5 * find_step(study) * len(beside) + 16)
    _draw_whole(chart, axis, whole, parts, remainders.iloc[0])
    ys = [-1.1 - 0.62 * find_step(study) * number for number in range(1, len(beside) + 1)]
    for y, row in zip(ys, beside.itertuples()):
        draw_value(chart, axis, row, y, measure=row.measure, unit=row.unit)
    label_rows(
        axis,
        [0.0, *ys],
        [
            "" if study.parameters["width"] == "column" else f"“{whole['number']}” killed",
            *[label_claim(row, study.places) for row in beside.itertuples()],
        ],
        study,
        lift=4,
    )
    if len(beside):
        axis.annotate(
            "Within the month, but said to be part of it by no text:",
            xy=(0, -1.2),
            xycoords=("axes fraction", "data"),
            size=SMALL,
            color=GREY,
            style="italic",
            xytext=(2, 0),
            textcoords="offset points",
            va="center",
        )
    axis.set_ylim(min([0.0, *ys]) - 0.5, 0.75)
    most = max(whole["best"], within["best"].max())
    axis.set_xlim(-0.008 * most, 1.06 * most)
    axis.set_xlabel("people killed")
    add_document_legend(chart, [whole["doc_id"], *beside["doc_id"]])
    rest = remainders.iloc[0]
    share = parts["best"].sum() / whole["best"]
    said = " and ".join(f"{row.best:,.0f} {PEOPLE[row.affected]}" for row in parts.itertuples())
    title = f"Of {whole['best']:,.0f} killed, {said}; of the other {rest['best']:,.0f} the text does not say who they were"
    subtitle = f"People killed, {name_places(study.places, whole['place'])}, {say_period(start, end)}. Filled: stated by the text; hatched: derived."
    alt = f"Stacked bar of {whole['best']:,.0f} deaths. {title}."
    reading = f"The stated part is {share:.0%} of the whole. The remainder is a subtraction; it is not a count of combatants."
    refused = [
        f"{start:%B %Y} begins before the offensive: its total is no figure of the offensive."
    ]
    return finish_chart(chart, title, subtitle, alt, reading, refused)


def _draw_whole(chart: Chart, axis, whole, parts: pd.DataFrame, rest) -> None:
    from matplotlib.patheffects import withStroke

    colour, marker = style_documents(chart.study.documents)[whole["doc_id"]]
    left = 0.0
    for row in parts.itertuples():
        [bar] = axis.barh(
            0,
            row.best,
            left=left,
            height=0.62,
            facecolor="white" if row.review == "proposed" else colour,
            edgecolor=colour if row.review == "proposed" else "white",
        )
        chart.mark(bar, row, x=row.best, y=0.0, measure=row.measure, unit=row.unit)
        axis.text(
            left + row.best / 2,
            0,
            f"{row.best:,.0f}\n{PEOPLE[row.affected]}",
            ha="center",
            va="center",
            size=SMALL,
            color="black",
        )
        left += row.best
    [bar] = axis.barh(
        0, rest["best"], left=left, height=0.62, facecolor="white", edgecolor=colour, hatch="////"
    )
    chart.mark_derived(bar, rest, x=rest["best"], y=0.0, unit=rest["unit"])
    axis.text(
        left + rest["best"] / 2,
        0,
        f"{rest['best']:,.0f} others\n{rest['formula']}",
        ha="center",
        va="center",
        size=SMALL,
        color=INK,
        path_effects=[withStroke(linewidth=3, foreground="white")],
    )
    [dot] = axis.plot(
        [whole["best"]],
        [0.52],
        marker=marker,
        color=colour,
        markerfacecolor="white" if whole["review"] == "proposed" else colour,
        markersize=MARKER_SIZE,
        linestyle="none",
    )
    chart.mark(dot, whole, x=whole["best"], y=0.52, measure=whole["measure"], unit=whole["unit"])
    axis.annotate(
        f"{whole['number']} in all",
        (whole["best"], 0.52),
        xytext=(-6, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        size=SMALL,
    )
    axis.plot([0, whole["best"]], [0.4, 0.4], color=colour, linewidth=0.8)


def draw_casualties_in_context(study: Study) -> Chart:
    """Deaths against the length of the period counted, both log, with per-day guide lines. One mark is
    one claim of deaths with a number and a period; ranges are drawn as ranges."""
    name = "casualties_in_context"
    dead = study.claims[
        (study.claims["measure"] == "killed")
        & (study.claims["unit"] == "person")
        & ~study.claims["quantifier"].isin(["vague", ""])
    ]
    if dead.empty:
        return absent_chart(
            study, name, "no claim of deaths with a number and a date lies within the selection."
        )
    days = (dead["date_end"] - dead["date_start"]).dt.days + 1
    chart, [axis] = start_chart(study, name, 105)
    axis.set_xscale("log")
    axis.set_yscale("log")
    numbers = dead[["low", "best", "high"]].stack().dropna()
    axis.set_xlim(0.6, max(days.max() * 4, 60))
    axis.set_ylim(0.6, numbers.max() * 4)
    bars = list(_draw_guides(axis))
    points = [_draw_toll(chart, axis, row, x, bars) for row, x in zip(dead.itertuples(), days)]
    place_labels(
        chart, axis, points, [_label_toll(study, row) for row in dead.itertuples()], avoid=bars
    )
    axis.set_xlabel("days in the period counted, log scale")
    axis.set_ylabel("people killed, log scale")
    for side in (axis.xaxis, axis.yaxis):
        format_numbers(side)
    add_document_legend(chart, dead["doc_id"])
    return finish_chart(chart, *_tell_context(study, dead, days), refused=_refuse_context(study))


def _draw_toll(chart: Chart, axis, row, x: int, bars: list) -> tuple[float, float]:
    """One toll at `x` days, its range or open end drawn; returns its point and adds to `bars` what labels must
    avoid."""
    colour, marker = style_documents(chart.study.documents)[row.doc_id]
    ends = [row.low, row.high]
    y = (
        row.best
        if pd.notna(row.best)
        else np.sqrt(row.low * row.high)
        if pd.notna(row.low) and pd.notna(row.high)
        else row.high
        if pd.isna(row.low)
        else row.low
    )
    if pd.notna(ends).all() and ends[0] < ends[1]:
        [dot] = axis.plot(
            [x, x],
            ends,
            color=colour,
            linewidth=2,
            marker="_",
            markersize=7,
            markeredgewidth=1.6,
            solid_capstyle="butt",
            linestyle=":" if row.review == "proposed" else "-",
            zorder=4,
        )
        bars.append(dot)
    else:
        [dot] = axis.plot(
            [x],
            [y],
            marker=marker,
            color=colour,
            markerfacecolor="white" if row.review == "proposed" else colour,
            markersize=5,
            linestyle="none",
            zorder=5,
        )
        direction = {"more_than": 1, "at_least": 1, "nearly": -1, "up_to": -1, "less_than": -1}.get(
            row.quantifier
        )
        if direction:
            bars.append(
                axis.annotate(
                    "",
                    (x, y),
                    xytext=(0, direction * 12),
                    textcoords="offset points",
                    arrowprops=dict(
                        arrowstyle="<|-,head_width=0.15,head_length=0.3",
                        color=colour,
                        linewidth=1,
                        shrinkA=0,
                        shrinkB=0,
                    ),
                )
            )
    if not counts_its_days(row):
        axis.plot([1, x], [y, y], color=colour, linewidth=0.7, linestyle=(0, (1, 2)), zorder=2)
    chart.mark(dot, row, days=x, low=row.low, x=row.best, high=row.high, unit="person")
    return x, y


def _label_toll(study: Study, row) -> str:
    when = say_period(row.date_start, row.date_end)
    return (
        f"“{row.number}”,\n{when}"
        if study.parameters["width"] == "column"
        else f"{label_claim(row, study.places).replace(f' · {when}', '')},\n{when}"
    )


def _tell_context(study: Study, dead: pd.DataFrame, days: pd.Series) -> tuple[str, str, str, str]:
    least, top = (
        dead.loc[dead[["low", "best", "high"]].max(axis=1).idxmin()],
        dead.loc[dead[["low", "best", "high"]].max(axis=1).idxmax()],
    )
    lengths = list(dict.fromkeys((count(int(days.min()), "day"), say_length(int(days.max())))))
    if len(dead) == 1:
        title = f"One toll bears a number and a date: “{top['number']}” killed, in {lengths[-1]}"
    else:
        title = f"From “{least['number']}” to “{top['number']}” killed, in periods of {' to '.join(lengths)}"
    subtitle = f"People killed against the days their figure counts, {describe_extent(dead, study)}. Dashed: the same number every day; bar: low to high; arrow: open end; dotted: the days may have been fewer."
    alt = (
        f"Scatter chart, both axes logarithmic, of {count(len(dead), 'claim')} of deaths. {title}."
    )
    reading = "A point on a dashed line is a toll spread evenly over its days; no toll was. The claims differ in place and in whom they count, so height is not a ranking."
    return title, subtitle, alt, reading


def _refuse_context(study: Study) -> list[str]:
    undated = study.undated[(study.undated["measure"] == "killed") & study.undated["best"].notna()]
    vague = study.claims[
        (study.claims["measure"] == "killed") & (study.claims["quantifier"] == "vague")
    ]
    if vague.empty and undated.empty:
        return []
    return [
        f"Not drawn: {count(len(vague), 'claim')} without a number"
        + (
            f", {count(len(undated), 'claim')} without a date (“{'”, “'.join(undated['number'])}”)"
            if len(undated)
            else ""
        )
        + "."
    ]


def counts_its_days(row) -> bool:
    """Whether a figure's bounds are the days it counts, not days among which fewer are meant: a single day,
    a stretch that the dating words name ("from 2012 to 2016", "throughout November 2024"), the whole war."""
    return (
        row.date_start == row.date_end
        or row.scope == "war"
        or bool(re.search(r"\b(?:to|throughout|during|since|between|until)\b", row.date_exact))
    )


def say_length(days: int) -> str:
    """7 days; 14 years."""
    return count(days, "day") if days < 730 else f"{days / 365.25:.0f} years"


def _draw_guides(axis) -> list:
    """The per-day guide lines; returns their labels, which others must avoid."""
    texts = []
    (left, right), (bottom, top) = axis.get_xlim(), axis.get_ylim()
    for rate in (0.1, 1, 10, 100, 1000):
        axis.plot(
            [left, right],
            [rate * left, rate * right],
            color=PALE,
            linewidth=0.8,
            linestyle=(0, (4, 3)),
            zorder=1,
            scalex=False,
            scaley=False,
        )
        x = min(right / 1.15, top / rate / 1.25)
        if bottom < rate * x and x > left:
            at_top = x < right / 1.15
            texts.append(
                axis.annotate(
                    f"{say_number(rate)} a day",
                    (x, rate * x),
                    size=SMALL,
                    color=GREY,
                    ha="right" if not at_top else "center",
                    va="bottom",
                    xytext=(0, 1),
                    textcoords="offset points",
                    zorder=1,
                )
            )
    axis.set_xlim(left, right)
    axis.set_ylim(bottom, top)
    return texts
